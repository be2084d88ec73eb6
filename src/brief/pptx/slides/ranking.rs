//! Projected growth of the regions against their targets: columns in the colour of their light, with the 80 % interval, and
//! a mark at each target.

use super::paired::{self, Row};
use crate::brief::pptx::native::{Column, Form, Group, NativeChart, Series, Stroke};
use crate::brief::pptx::scale::{self, Scale};
use crate::brief::pptx::slide::Slide;
use crate::brief::pptx::style::{self, INK, INK_3};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, LeagueRow};
use crate::error::Lang;
use crate::target::TargetKind;

/// One slide, more where there are many regions; none for one alone, and where no growth of the year is told.
pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Vec<Slide> {
    let Some(league) = parts.leagues.first() else { return Vec::new() };
    let mut rows: Vec<&LeagueRow> =
        league.rows.iter().filter(|r| !r.unallocated && r.year_growth.is_some()).collect();
    // The region of the bulletin first, then by what is expected.
    let expected = |r: &LeagueRow| r.year_growth.map_or(f64::NEG_INFINITY, |g| g.median);
    rows.sort_by(|a, b| (a.depth > 0).cmp(&(b.depth > 0)).then(expected(b).total_cmp(&expected(a))));
    if rows.len() < 2 {
        return Vec::new();
    }
    rows.chunks(paired::MOST).map(|rows| slide(parts, words, rows)).collect()
}

fn slide(parts: &BulletinParts, words: &Words, rows: &[&LeagueRow]) -> Slide {
    let mut slide = Slide::content(finding(parts, words), &subtitle(parts, words));
    let alt = alt(words, rows);
    let heads: Vec<&str> = rows.iter().map(|r| r.region.as_str()).collect();
    slide.items.extend(paired::items(
        chart(words, rows),
        (&alt, &slide.title),
        &heads,
        table(words, rows),
        0.0,
    ));
    slide
}

/// The regions that are compared: the rows of the first league but for the unallocated rest and, where others lie in them, for
/// those around them.
fn inside(parts: &BulletinParts) -> impl Iterator<Item = &LeagueRow> {
    let rows = parts.leagues.first().map(|l| l.rows.as_slice()).unwrap_or_default();
    let deeper = rows.iter().any(|r| r.depth > 0 && !r.unallocated);
    rows.iter().filter(move |r| (r.depth > 0 || !deeper) && !r.unallocated)
}

/// Whether the year of all of them is over.
fn over(parts: &BulletinParts) -> bool {
    inside(parts).count() > 0 && inside(parts).all(|r| r.through == 12)
}

/// How many of the districts will more likely miss their target than reach it.
fn finding(parts: &BulletinParts, words: &Words) -> String {
    let districts = || inside(parts).filter_map(|r| r.probability);
    let (all, missing) = (districts().count(), districts().filter(|p| *p < 0.5).count());
    if over(parts) {
        return match (words.lang, all, missing) {
            (_, 0, _) => words.say("Growth of the year", "全年增速").into(),
            (Lang::Zh, _, 0) => format!("{all}个地区都完成了全年目标"),
            (Lang::Zh, _, n) => format!("{all}个地区中{n}个未完成全年目标"),
            (Lang::En, _, 0) => format!("All {all} regions reached their targets"),
            (Lang::En, _, n) => format!("{n} of {all} regions missed their target"),
        };
    }
    match (words.lang, all, missing) {
        (_, 0, _) => words.say("Expected growth of the year", "全年预计增速").into(),
        (Lang::Zh, _, 0) => format!("{all}个地区都有望完成全年目标"),
        (Lang::Zh, all, n) if n == all => format!("{all}个地区都多半完不成全年目标"),
        (Lang::Zh, _, n) => format!("{all}个地区中{n}个多半完不成全年目标"),
        (Lang::En, _, 0) => format!("All {all} regions may well reach their targets"),
        (Lang::En, all, n) if n == all => {
            format!("All {all} regions will more likely miss their target")
        }
        (Lang::En, _, n) => format!("{n} of {all} regions will more likely miss their target"),
    }
}

fn subtitle(parts: &BulletinParts, words: &Words) -> String {
    let owed = parts.leagues.iter().take(1).flat_map(|l| &l.rows).any(|r| target(r).is_some());
    let dashes = if owed {
        words.say("; black dashes: each region's target", "，黑色短横为各自目标")
    } else {
        ""
    };
    let (year, base) = (parts.year, &parts.base);
    match (words.lang, over(parts)) {
        (Lang::Zh, false) => format!("{year}年全年预计同比增速，%，{base}；须线为80%区间{dashes}"),
        (Lang::Zh, true) => format!("{year}年全年同比增速，%，{base}{dashes}"),
        (Lang::En, false) => format!("Expected growth of {year}, %, {base}; whiskers: 80% interval{dashes}"),
        (Lang::En, true) => format!("Growth of {year}, %, {base}{dashes}"),
    }
}

fn alt(words: &Words, rows: &[&LeagueRow]) -> String {
    let each = rows.iter().map(|r| {
        let (median, target) = (words::growth(r.year_growth.map(|g| g.median)), words.owed(r.target));
        match words.lang {
            Lang::Zh => format!("{}预计{median}，目标{target}", r.region),
            Lang::En => format!("{}: {median} expected, target {target}", r.region),
        }
    });
    each.collect::<Vec<_>>().join(words.say("; ", "；"))
}

/// Growth targets as growth; others are no growth and are not drawn.
pub(super) fn target(row: &LeagueRow) -> Option<f64> {
    row.target.filter(|t| t.kind == TargetKind::Growth).map(|t| t.value * 100.0)
}

fn chart(words: &Words, rows: &[&LeagueRow]) -> NativeChart {
    let span = |r: &&LeagueRow| r.year_growth.map(|g| (g.low * 100.0, g.median * 100.0, g.high * 100.0));
    let spans: Vec<_> = rows.iter().map(span).collect();
    let columns = vec![
        Column::names(words.say("Region", "地区"), rows.iter().map(|r| r.region.as_str())),
        Column::numbers(words.say("Expected growth, %", "预计增速，%"), spans.iter().map(|s| s.map(|s| s.1))),
        Column::numbers(words.say("Target, %", "目标，%"), rows.iter().map(|r| target(r))),
        Column::numbers(
            words.say("Up to the 90% quantile", "至90%分位"),
            spans.iter().map(|s| s.map(|s| s.2 - s.1)),
        ),
        Column::numbers(
            words.say("Down to the 10% quantile", "至10%分位"),
            spans.iter().map(|s| s.map(|s| s.1 - s.0)),
        ),
    ];
    let mut bars = Series::of(1).fill(INK_3);
    bars.points =
        (0..).zip(rows).filter_map(|(at, r)| Some((at, style::light(r.light?, &words.tokens).0))).collect();
    bars.whiskers = Some((3, 4, Stroke::solid(INK, 1.75)));
    let mut groups = vec![Group { form: Form::Columns { stacked: false, gap: 110 }, series: vec![bars] }];
    if rows.iter().any(|r| target(r).is_some()) {
        let marks = Series::of(2).marker("dash", 22, INK);
        groups.push(Group { form: Form::Lines, series: vec![marks] });
    }
    let ends = spans.iter().flatten().flat_map(|s| [s.0, s.2]);
    let scale = Scale::around(ends.chain(rows.iter().filter_map(|r| target(r))), false);
    NativeChart {
        columns,
        groups,
        format: scale::PERCENT,
        // Programs that choose the ends themselves cut the whiskers off.
        ends: [Some(scale.low), Some(scale.high)],
        step: scale.step,
        plot: [0.0, 0.0, 1.0, 1.0],
        levels: Some(scale::percents(scale.step)),
        names: false,
        legend: false,
        lang: scale::tag(words.lang),
    }
}

fn table(words: &Words, rows: &[&LeagueRow]) -> Vec<Row> {
    let row = |name: &str, cell: &dyn Fn(&LeagueRow) -> (String, bool, crate::chart::theme::Rgb)| Row {
        name: name.into(),
        cells: rows.iter().map(|r| cell(r)).collect(),
    };
    let quiet = |text: String| (text, false, INK);
    let over = rows.iter().all(|r| r.through == 12);
    let mut out = vec![
        row(words.say("Light", "预警"), &|r| match r.light {
            Some(light) => {
                let (_, ink, _) = style::light(light, &words.tokens);
                (format!("{} {}", style::sign(light), words.light(light, r)), true, ink)
            }
            None => (words::NONE.into(), false, INK_3),
        }),
        row(
            if over { words.say("Year", "全年增速") } else { words.say("Expected", "预计增速") },
            &|r| (words::growth(r.year_growth.map(|g| g.median)), true, INK),
        ),
        row(words.say("Target", "目标"), &|r| quiet(words.owed(r.target))),
        row(words.say("Gap, pp", "差距，百分点"), &|r| quiet(words::points(r.gap))),
    ];
    if !over {
        out.insert(2, row(words.say("80% interval", "80%区间"), &|r| quiet(words.interval(r.year_growth))));
        out.push(row(words.say("Chance", "达标概率"), &|r| {
            quiet(words.chance(r.probability_shown, r.through == 12))
        }));
    }
    out
}
