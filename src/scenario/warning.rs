//! What the reader of a scenario must know.

use crate::error::{Lang, Note};
use crate::num::round_to;
use crate::scenario::{Lever, LeverUnit};
use crate::unit::Unit;

pub(super) fn slowed(beyond: f64, unit: &Unit) -> Note {
    let amount = |lang| unit.in_words(beyond, unit.digits(beyond), lang);
    Note::new(
        "beyond_cap",
        format!(
            "projects would have to go faster than any of their kind has ever gone: {} of their spend is left out \
                 (quality and safety come before speed)",
            amount(Lang::En)
        ),
        format!("所需进度超出同类项目单月最高完成额，{}的投资未计入（质量安全优先于进度）", amount(Lang::Zh)),
    )
}

pub(super) fn no_effect() -> Note {
    Note::new(
        "no_effect",
        "no figure moves: the levers reach nothing that lies ahead, or stand where things are",
        "没有数字变化：所设抓手未触及剩余月份，或与现状相同",
    )
}

pub(super) fn completion_fixes_the_sum() -> Note {
    Note::new(
        "completion_fixes_the_sum",
        "the rate of completion by December fixes what the projects bring by then: other levers on projects only move it between \
         districts and months, and the figure at each lever is its share of what they do together, not what is lost without it",
        "12月完成率已定，项目到年底的合计随之确定：其他项目类抓手只在地区和月份之间调整，各抓手旁的数是共同效果的分摊，去掉一项不等于减少这个数",
    )
}

pub(super) fn capped(lever: &Lever, region: &str, asked: f64, missing: f64) -> Note {
    let named = |colon: &str| if region.is_empty() { String::new() } else { format!("{region}{colon}") };
    Note::new(
        "beyond_cap",
        format!(
            "{}{} at {asked:.0} % asks for more than projects of their kind have ever spent in a month; \
                 {missing:.1} points of the plan are left out (quality and safety come before speed)",
            named(": "),
            lever.label.en
        ),
        format!(
            "{}{}设为{asked:.0}%，超出同类项目单月最高完成额，计划的{missing:.1}个百分点未计入（质量安全优先于进度）",
            named("："),
            lever.label.zh
        ),
    )
}

pub(super) fn done_already(lever: &Lever, region: &str, asked: f64, reached: f64) -> Note {
    let named = |colon: &str| if region.is_empty() { String::new() } else { format!("{region}{colon}") };
    Note::new(
        "below_done",
        format!(
            "{}{} at {asked:.0} % cannot be: {reached:.1} % are reached with no spend at all in the months that it is about; it is \
             answered with {reached:.1} %",
            named(": "),
            lever.label.en
        ),
        format!(
            "{}{}不可能低至{asked:.0}%：相应月份完全不投资也已达{reached:.1}%，按{reached:.1}%推算",
            named("："),
            lever.label.zh
        ),
    )
}

pub(super) const APPROVALS_CLEARED: &str = "approvals_cleared";

/// `waiting` are the working days that projects wait for approvals.
pub(super) fn approvals_cleared(waiting: impl Iterator<Item = u32>) -> Option<Note> {
    let (count, most) = waiting.fold((0_u32, 0), |(count, most), days| (count + 1, most.max(days)));
    let told = || {
        Note::new(
            APPROVALS_CLEARED,
            format!(
                "projects that start sooner are taken to have their approvals by then: {count} of them still wait for some, up to \
                 {most} working days"
            ),
            format!("提前开工的项目按届时审批均已办结推算：其中{count}个审批未办结，最长还需{most}个工作日"),
        )
    };
    (count > 0).then(told)
}

pub(super) fn sectors_overlap(share: f64) -> Note {
    let share = 100.0 * share;
    Note::new(
        "sectors_overlap",
        format!(
            "the sectors of the panel add up to {share:.0} % of the whole, so that one lies inside another: what several shocks \
             share is counted more than once"
        ),
        format!("面板各行业合计为总数的{share:.0}%，存在包含关系：同时设置多个行业冲击会重复计算"),
    )
}

pub(super) fn only_growth() -> Note {
    Note::new(
        "only_growth",
        "no figure moves: of these regions only growth is known, and the levers that are set move amounts",
        "没有数字变化：这些地区只有增速，而所设抓手作用于金额",
    )
}

pub(super) fn beyond(lever: &Lever, value: f64, unit: &Unit) -> Note {
    let (low, high) = lever.history;
    let number = |value: f64| round_to(value, 4).to_string().replace('-', "−");
    let said = |value: f64, lang: Lang| match lever.unit {
        LeverUnit::Amount => format!("{}{}{}", number(value), lang.pick(" ", ""), unit.label(lang)),
        counted => format!("{}{}", number(value), counted.behind(value, lang)),
    };
    let (en, zh) = if lever.from_data { ("on record", "历史记录") } else { ("usual", "通常") };
    Note::new(
        "beyond_history",
        format!(
            "{} at {} lies beyond what is {en} ({} to {}); it is answered all the same",
            lever.label.en,
            said(value, Lang::En),
            said(low, Lang::En),
            said(high, Lang::En)
        ),
        format!(
            "{}设为{}，超出{zh}范围（{}至{}），仍作推算",
            lever.label.zh,
            said(value, Lang::Zh),
            said(low, Lang::Zh),
            said(high, Lang::Zh)
        ),
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
