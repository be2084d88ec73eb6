//! A waterfall as a native chart: columns on ones that are not filled. Where each begins and ends follows by formulas of the
//! sheet, so that a step edited there moves all that stand after it, and the total.

use super::native::{Cell, Column, Dash, Form, Group, NativeChart, Series};
use super::scale::{self, Scale};
use super::style::{self, INK};
use crate::chart::waterfall::{range, spans};
use crate::chart::{StepKind, WaterfallRow, WaterfallSpec};
use crate::error::Lang;
use crate::num;
use crate::unit::{fixed, signed};

/// Columns at most; smaller steps become one.
pub(super) const MOST: usize = 9;

/// The rows as drawn: those of the spec, the smallest steps as one where there are many.
pub(super) fn rows(spec: &WaterfallSpec) -> Vec<WaterfallRow> {
    let parts = spec.parts();
    let mut rows = parts.rows.clone();
    let last = rows.len().saturating_sub(1);
    if rows.len() <= MOST {
        return rows;
    }
    // Steps come the largest first; the last may be what is not attributed, which stays told apart.
    let others: Vec<WaterfallRow> = rows.drain(MOST - 3..last - 1).collect();
    let sum = num::sum(others.iter().map(|r| r.value));
    let figure = others.first().and_then(|r| r.label.figures.first()).map_or("", String::as_str);
    let digits = figure.rsplit_once('.').map_or(0, |(_, after)| after.len());
    let mut label = others.first().map(|r| r.label.clone()).unwrap_or_default();
    label.name = match parts.sheet.lang {
        Lang::En => format!("{} others", others.len()),
        Lang::Zh => format!("其余{}项", others.len()),
    };
    label.figures = vec![signed(sum, digits)];
    rows.insert(MOST - 3, WaterfallRow { label, kind: StepKind::Step, value: sum });
    rows
}

/// The level axis of some rows, and whether it begins elsewhere than at zero.
fn axis(spans: &[(f64, f64)], target: Option<f64>) -> (Scale, bool) {
    let (low, most, broken) = range(spans, target);
    if !broken {
        return (Scale::around([low, most].into_iter(), false), false);
    }
    let step = Scale::around([most - low].into_iter(), true).step;
    (Scale { low: (low / step).floor() * step, high: ((most / step).floor() + 1.0) * step, step }, true)
}

/// The chart.
pub(super) fn chart(spec: &WaterfallSpec) -> NativeChart {
    let parts = spec.parts();
    let (lang, t, rows) = (parts.sheet.lang, style::tokens(parts.sheet.house.as_ref(), false), rows(spec));
    let spans = spans(&rows);
    let in_percent = parts.columns.first().is_some_and(|c| matches!(c.as_str(), "pp" | "百分点"));
    let columns = vec![
        Column::names(lang.pick("Step", "项目"), rows.iter().map(|r| r.label.name.as_str())),
        Column::new(lang.pick("Value", "数值"), rows.iter().enumerate().map(|(at, row)| value(at, row))),
        by_formula(lang.pick("From", "起"), &spans, &rows, |at, row, (from, _)| {
            let formula = if row.kind == StepKind::Step { format!("D{}", at + 1) } else { "0".into() };
            (formula, from)
        }),
        by_formula(lang.pick("To", "止"), &spans, &rows, |at, _, (_, to)| {
            (format!("C{0}+B{0}", at + 2), to)
        }),
        by_formula(lang.pick("Below, not drawn", "垫底（不显示）"), &spans, &rows, |at, _, (a, b)| {
            (format!("MAX(0,MIN(C{0},D{0}))", at + 2), a.min(b).max(0.0))
        }),
        by_formula(lang.pick("Column", "柱"), &spans, &rows, |at, _, (a, b)| {
            (format!("MAX(0,C{0},D{0})-E{0}", at + 2), a.max(b).max(0.0) - a.min(b).max(0.0))
        }),
        by_formula(
            lang.pick("Above, not drawn", "负向垫底（不显示）"),
            &spans,
            &rows,
            |at, _, (a, b)| (format!("MIN(0,MAX(C{0},D{0}))", at + 2), a.max(b).min(0.0)),
        ),
        by_formula(lang.pick("Column below zero", "零线以下的柱"), &spans, &rows, |at, _, (a, b)| {
            (format!("MIN(0,C{0},D{0})-G{0}", at + 2), a.min(b).min(0.0) - a.max(b).min(0.0))
        }),
        Column::numbers(parts.target_label.as_str(), rows.iter().map(|_| parts.target)),
    ];
    let colours = |series: Series| Series {
        points: rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let color = match (row.kind, row.value < 0.0) {
                    (StepKind::Step, false) => t.forecast,
                    (StepKind::Step, true) => t.band_50,
                    _ => t.ink_3,
                };
                (at, color)
            })
            .collect(),
        ..series
    };
    let bars = vec![
        Series::of(4),
        colours(Series::of(5).fill(t.forecast)),
        Series::of(6),
        colours(Series::of(7).fill(t.forecast)),
    ];
    let mut groups = vec![Group { form: Form::Columns { stacked: true, gap: 50 }, series: bars }];
    if parts.target.is_some() {
        groups.push(Group {
            form: Form::Lines,
            series: vec![Series::of(8).stroke(INK, 1.5).dashed(Dash::Dashes)],
        });
    }
    let (scale, broken) = axis(&spans, parts.target);
    NativeChart {
        columns,
        groups,
        format: if in_percent { scale::PERCENT } else { scale::amounts(1) },
        // Left to the program where it begins at zero: a step that is edited may reach beyond.
        ends: if broken { [Some(scale.low), Some(scale.high)] } else { [None, None] },
        step: scale.step,
        plot: [0.09, 0.04, 0.89, 0.8],
        levels: Some(if in_percent { scale::percents(scale.step) } else { scale::level(scale.step) }),
        names: true,
        legend: false,
        lang: scale::tag(lang),
    }
}

/// How it is to be read: what the dashes are, and that the axis does not begin at zero where that is so; empty where there is
/// nothing to say.
pub(super) fn reading(spec: &WaterfallSpec) -> String {
    let parts = spec.parts();
    let lang = parts.sheet.lang;
    let mut said = Vec::new();
    if !parts.target_label.is_empty() {
        said.push(format!("{}{}", lang.pick("Dashes: ", "虚线："), parts.target_label));
    }
    let (scale, broken) = axis(&spans(&rows(spec)), parts.target);
    if broken {
        let low = fixed(scale.low, scale::digits(scale.step));
        said.push(match lang {
            Lang::En => format!("The axis begins at {low}, not at zero"),
            Lang::Zh => format!("纵轴从{low}开始，不从零开始"),
        });
    }
    said.join(lang.pick(". ", "；"))
}

/// The total is what it has come to.
fn value(at: usize, row: &WaterfallRow) -> Cell {
    match row.kind {
        StepKind::Total => Cell::Formula { formula: format!("D{}", at + 1), value: row.value },
        _ => Cell::Number(row.value),
    }
}

fn by_formula(
    name: &str,
    spans: &[(f64, f64)],
    rows: &[WaterfallRow],
    of: impl Fn(usize, &WaterfallRow, (f64, f64)) -> (String, f64),
) -> Column {
    let cells = spans.iter().zip(rows).enumerate().map(|(at, (span, row))| {
        let (formula, value) = of(at, row, *span);
        Cell::Formula { formula, value }
    });
    Column::new(name, cells)
}
