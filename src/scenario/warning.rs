//! What the reader of a scenario must know.

use crate::error::Note;
use crate::scenario::{Lever, LeverId};

pub(super) fn slowed(beyond: f64) -> Note {
    Note::new(
        "beyond_cap",
        format!(
            "projects would have to go faster than any of their kind has ever gone: {beyond:.1} of their spend is left out \
                 (quality and safety come before speed)"
        ),
        format!("所需进度超出同类项目单月最高完成额，{beyond:.1}的投资未计入（质量安全优先于进度）"),
    )
}

pub(super) fn no_effect() -> Note {
    Note::new(
        "no_effect",
        "no figure moves: the levers reach nothing that lies ahead, or stand where things are",
        "没有数字变化：所设抓手未触及剩余月份，或与现状相同",
    )
}

pub(super) fn capped(lever: LeverId, region: &str, asked: f64, missing: f64) -> Note {
    let named = |colon: &str| if region.is_empty() { String::new() } else { format!("{region}{colon}") };
    Note::new(
        "beyond_cap",
        format!(
            "{}{lever} = {asked:.0} % asks for more than projects of their kind have ever spent in a month; \
                 {missing:.1} points of the plan are left out (quality and safety come before speed)",
            named(": ")
        ),
        format!(
            "{}{lever}={asked:.0}%超出同类项目单月最高完成额，计划的{missing:.1}个百分点未计入（质量安全优先于进度）",
            named("：")
        ),
    )
}

pub(super) fn beyond(lever: &Lever, value: f64) -> Note {
    let (low, high) = lever.history;
    let (en, zh) = if lever.from_data { ("on record", "历史记录") } else { ("usual", "通常") };
    Note::new(
        "beyond_history",
        format!(
            "{} = {value} lies beyond what is {en} ({low} to {high}); it is answered all the same",
            lever.id
        ),
        format!("{}={value}超出{zh}范围（{low}至{high}），仍作推算", lever.id),
    )
}

pub(super) fn list_is_ahead(as_of: &str) -> Note {
    Note::new(
        "projects_after_data",
        format!(
            "the list of projects tells of days after {as_of}: what it knows already is taken as if it were still to come"
        ),
        format!("项目库的状态日期晚于{as_of}，其中已发生的情况按尚未发生处理"),
    )
}

pub(super) fn no_share(sector: &str) -> Note {
    Note::new(
        "sector_share_unknown",
        format!(
            "the panel has no rows of the sector {sector}, so its share of the year's rest is not known; the shock moves nothing"
        ),
        format!("面板中没有行业“{sector}”的数据，无法得知其占比，该冲击不起作用"),
    )
}
