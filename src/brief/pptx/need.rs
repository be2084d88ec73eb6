//! The monthly need as a native chart: bars of what is done and what is to be done, marks of what is expected and of last year.

use super::native::{Column, Form, Group, NativeChart, Series, Stroke};
use super::scale::{self, Scale};
use super::style::{self, INK};
use crate::chart::{NeedMonth, NeedSpec};

/// The chart, for a frame in which it has a place of its own for its plot.
pub(super) fn chart(spec: &NeedSpec) -> NativeChart {
    let parts = spec.parts();
    let (lang, t) = (parts.sheet.lang, style::tokens(parts.sheet.house.as_ref(), false));
    let numbers =
        |name: &str, of: fn(&NeedMonth) -> Option<f64>| Column::numbers(name, parts.months.iter().map(of));
    let columns = vec![
        Column::names(lang.pick("Month", "月份"), parts.months.iter().map(|m| m.name.as_str())),
        numbers(lang.pick("Done", "已完成"), |m| m.done),
        numbers(lang.pick("Needed", "需完成"), |m| m.need),
        numbers(lang.pick("Expected", "预计"), |m| m.expected),
        numbers(&parts.last_year, |m| m.last_year),
    ];
    let needed = Series { stroke: Some(Stroke::solid(t.forecast, 1.5)), ..Series::of(2).fill(t.band_80) };
    let bars = vec![Series::of(1).fill(INK), needed];
    let marks = vec![Series::of(3).marker("dash", 18, t.forecast), Series::of(4).marker("dash", 12, t.ink_3)];
    let all = parts.months.iter().flat_map(|m| [m.done, m.need, m.expected, m.last_year]);
    let scale = Scale::around(all.flatten(), false);
    NativeChart {
        columns,
        // A month has one of the two bars, so that they stand on each other's place.
        groups: vec![
            Group { form: Form::Columns { stacked: true, gap: 60 }, series: bars },
            Group { form: Form::Lines, series: marks },
        ],
        format: scale::amounts(parts.digits),
        ends: [None, None],
        step: scale.step,
        plot: [0.09, 0.12, 0.89, 0.76],
        levels: Some(scale::level(scale.step)),
        names: true,
        legend: true,
        lang: scale::tag(lang),
    }
}
