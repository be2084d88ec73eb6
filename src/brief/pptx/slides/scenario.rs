//! The year as it is beside the year under the scenario.

use super::paired::{self, Row};
use super::ranking;
use crate::brief::pptx::native::{Cell, Column, Form, Group, NativeChart, Series};
use crate::brief::pptx::scale::{self, Scale};
use crate::brief::pptx::slide::Slide;
use crate::brief::pptx::style::{self, INK, INK_2};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, Scenario, ScenarioRow};
use crate::chart::theme::Rgb;
use crate::error::Lang;

/// One slide, more where there are many regions; none without a scenario.
pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Vec<Slide> {
    let Some(scenario) = &parts.scenario else { return Vec::new() };
    let rows: Vec<&ScenarioRow> = scenario.rows.iter().filter(|r| r.after.is_some()).collect();
    rows.chunks(paired::MOST).map(|rows| slide(parts, words, scenario, rows)).collect()
}

fn slide(parts: &BulletinParts, words: &Words, scenario: &Scenario, rows: &[&ScenarioRow]) -> Slide {
    let title = scenario.words.first().map_or(&scenario.name, |s| &s.text);
    let subtitle = match words.lang {
        Lang::Zh => {
            format!("情景：{}；{}年全年预计同比增速，%；黑色短横为各自目标", scenario.name, parts.year)
        }
        Lang::En => format!(
            "Scenario: {}; expected growth of {}, %; black dashes: each region's target",
            scenario.name, parts.year
        ),
    };
    let mut slide = Slide::content(title.clone(), &subtitle);
    let each = rows.iter().map(|r| {
        let (before, after) = (words::growth(r.before), words::growth(r.after));
        match words.lang {
            Lang::Zh => format!("{}由{before}变为{after}", r.region),
            Lang::En => format!("{}: from {before} to {after}", r.region),
        }
    });
    let alt = each.collect::<Vec<_>>().join(words.say("; ", "；"));
    let heads: Vec<&str> = rows.iter().map(|r| r.region.as_str()).collect();
    let chart = chart(parts, words, rows);
    slide.items.extend(paired::items(chart, (&alt, &slide.title), &heads, table(words, rows), 26.0));
    slide
}

fn chart(parts: &BulletinParts, words: &Words, rows: &[&ScenarioRow]) -> NativeChart {
    let league = parts.leagues.first().map(|l| l.rows.as_slice()).unwrap_or_default();
    let target = |r: &ScenarioRow| league.iter().find(|l| l.region == r.region).and_then(ranking::target);
    let percent = |x: Option<f64>| x.map(|x| x * 100.0);
    let columns = vec![
        Column::names(words.say("Region", "地区"), rows.iter().map(|r| r.region.as_str())),
        Column::numbers(words.say("Baseline", "照常"), rows.iter().map(|r| percent(r.before))),
        Column::numbers(words.say("Scenario", "情景"), rows.iter().map(|r| percent(r.after))),
        Column::numbers(words.say("Target", "目标"), rows.iter().map(|r| target(r))),
    ];
    let (was, is) = (words.tokens, style::tokens(parts.house.as_ref(), true));
    let bars = vec![Series::of(1).fill(was.band_50), Series::of(2).fill(is.forecast)];
    let mut groups = vec![Group { form: Form::Columns { stacked: false, gap: 70 }, series: bars }];
    if rows.iter().any(|r| target(r).is_some()) {
        groups.push(Group { form: Form::Lines, series: vec![Series::of(3).marker("dash", 22, INK)] });
    }
    let figures = columns.iter().flat_map(|c| c.cells.iter().filter_map(Cell::number));
    let scale = Scale::around(figures, false);
    NativeChart {
        groups,
        format: scale::PERCENT,
        ends: [None, None],
        step: scale.step,
        columns,
        plot: [0.0, 0.0, 1.0, 1.0],
        levels: Some(scale::percents(scale.step)),
        names: false,
        legend: true,
        lang: scale::tag(words.lang),
    }
}

fn table(words: &Words, rows: &[&ScenarioRow]) -> Vec<Row> {
    let row = |name: &str, bold: bool, color: Rgb, cell: &dyn Fn(&ScenarioRow) -> String| Row {
        name: name.into(),
        cells: rows.iter().map(|r| (cell(r), bold, color)).collect(),
    };
    vec![
        row(words.say("Baseline", "照常"), false, INK_2, &|r| words::growth(r.before)),
        row(words.say("Scenario", "情景"), true, INK, &|r| words::growth(r.after)),
        row(words.say("Change, pp", "变化，百分点"), false, INK, &|r| words::points(r.effect)),
        row(words.say("Chance", "达标概率"), false, INK_2, &|r| words.chance(r.chance_before, false)),
        row(words.say("…scenario", "情景下概率"), true, INK, &|r| words.chance(r.chance_after, false)),
    ]
}
