//! The fan as a native chart: bands as areas stacked on one that is not filled, the rest as lines. The bands follow from
//! the quantiles by formulas of the sheet, so that a quantile edited there moves its band.

use super::native::{Cell, Column, Dash, Form, Group, Label, NativeChart, Series, Side, Stroke, letters};
use super::scale::{self, Scale};
use super::slide::px;
use super::style;
use crate::chart::FanSpec;
use crate::chart::spec::{At, FanParts, FanPoint, Quantity};
use crate::chart::text;
use crate::chart::theme::{Rgb, Tokens};
use crate::error::Lang;
use crate::unit::fixed;

/// Names of the months along an axis.
pub(super) fn months(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Lang::Zh => ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    }
}

/// The chart of a fan, for a frame of a height in px, which is as wide as a slide's.
pub(super) fn chart(spec: &FanSpec, height: f64) -> NativeChart {
    let parts = spec.parts();
    let mut made = Made::new(parts);
    let months = months(parts.lang);
    made.column(Column::names(parts.lang.pick("Month", "月份"), months));
    let known = parts.actual.last().map_or(0, |at| at.month);
    let quantiles = made.quantiles(known);
    made.bands(quantiles, known);
    made.references(known);
    made.forecast(quantiles, known);
    made.actual(known);
    let growth = parts.quantity == Quantity::Growth;
    let scale = made.scale();
    made.end_labels(&scale, height);
    let step = scale.step;
    NativeChart {
        columns: made.columns,
        groups: vec![
            Group { form: Form::Areas, series: made.areas },
            Group { form: Form::Lines, series: made.lines },
        ],
        format: if growth { scale::PERCENT } else { scale::amounts(decimals(parts)) },
        ends: [(!growth).then_some(0.0), None],
        step,
        plot: plot(&scale, growth, height * ASPECT),
        levels: Some(if growth { scale::percents(step) } else { scale::level(step) }),
        names: true,
        legend: false,
        lang: scale::tag(parts.lang),
    }
}

/// Room at the right for what stands beside December, below for the months.
const PLOT: [f64; 4] = [0.075, 0.03, 0.745, 0.87];

/// Width of the frame to its height.
pub(super) const ASPECT: f64 = 1.73;

/// The plot in a frame of a width in px, with room at the left for the levels of an axis.
fn plot(scale: &Scale, growth: bool, width: f64) -> [f64; 4] {
    let digits = usize::from(scale.step < 1.0) + usize::from(scale.step < 0.1);
    let widest =
        [scale.low, scale.high].map(|v| text::width(&fixed(v, digits), px(style::CHART_TEXT), false));
    let percent = if growth { text::width("%", px(style::CHART_TEXT), false) } else { 0.0 };
    let left = (widest[0].max(widest[1]) + percent + 14.0) / width;
    let left = left.max(PLOT[0]);
    [left, PLOT[1], PLOT[0] + PLOT[2] - left, PLOT[3]]
}

/// Decimals that the fan's own labels are written with.
fn decimals(parts: &FanParts) -> u8 {
    let written = [&parts.labels.median, &parts.labels.through];
    let after = written.into_iter().find(|l| !l.is_empty()).and_then(|l| l.rsplit_once('.'));
    after.map_or(0, |(_, digits)| u8::try_from(digits.len()).unwrap_or(0))
}

/// A chart under way.
struct Made<'a> {
    parts: &'a FanParts,
    tokens: Tokens,
    columns: Vec<Column>,
    areas: Vec<Series>,
    lines: Vec<Series>,
    /// Values that stand beside December, with the place of their label: line, label.
    ends: Vec<(f64, usize, usize)>,
}

impl<'a> Made<'a> {
    fn new(parts: &'a FanParts) -> Self {
        let tokens = style::tokens(parts.house.as_ref(), parts.was.is_some());
        Self { parts, tokens, columns: Vec::new(), areas: Vec::new(), lines: Vec::new(), ends: Vec::new() }
    }

    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.parts.lang.pick(en, zh)
    }

    fn column(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }

    fn line_of(&mut self, name: &str, points: &[At]) -> usize {
        let at = |month: u8| points.iter().find(|p| p.month == month).map(|p| p.value);
        self.column(Column::numbers(name, (1..=12).map(at)))
    }

    /// The five quantiles as columns; empty up to the last month known, from which on they are what is known.
    fn quantiles(&mut self, known: u8) -> usize {
        let names = match self.parts.lang {
            Lang::En => ["10% quantile", "25% quantile", "Median", "75% quantile", "90% quantile"],
            Lang::Zh => ["10%分位", "25%分位", "预计", "75%分位", "90%分位"],
        };
        let first = self.columns.len();
        for (which, name) in names.into_iter().enumerate() {
            let at = |month: u8| {
                let point = self.parts.fan.iter().find(|p| p.month == month && month >= known);
                point.map(|p| pick(p, which))
            };
            let cells: Vec<Option<f64>> = (1..=12).map(at).collect();
            self.column(Column::numbers(name, cells));
        }
        first
    }

    /// The areas: what lies below the fan, then the three bands, the middle one dark.
    fn bands(&mut self, quantiles: usize, known: u8) {
        if self.parts.fan.is_empty() {
            return;
        }
        let whole: Vec<[f64; 5]> = (1..=12).map(|month| self.bridged(month, known)).collect();
        let base: Vec<Cell> = (0..12)
            .map(|row: usize| {
                let low = format!("{}{}", letters(quantiles), row + 2);
                match self.columns[quantiles].cells[row].number() {
                    Some(value) => Cell::Formula { formula: format!("={low}"), value },
                    None => Cell::Number(whole[row][0]),
                }
            })
            .collect();
        let base = self.column(Column::new(self.say("Below the fan", "扇形之下"), base));
        self.areas.push(Series::of(base));
        let bands = [
            (0, 1, self.say("Band 10–25%", "色带10–25%"), self.tokens.band_80),
            (1, 3, self.say("Band 25–75%", "色带25–75%"), self.tokens.band_50),
            (3, 4, self.say("Band 75–90%", "色带75–90%"), self.tokens.band_80),
        ];
        for (low, high, name, color) in bands {
            let cells: Vec<Cell> = (0..12)
                .map(|row: usize| {
                    let number = |which: usize| self.columns[quantiles + which].cells[row].number();
                    let cell = |which: usize| format!("{}{}", letters(quantiles + which), row + 2);
                    match number(low).zip(number(high)) {
                        Some((a, b)) => {
                            let formula = format!("={}-{}", cell(high), cell(low));
                            Cell::Formula { formula, value: b - a }
                        }
                        None => Cell::Number(whole[row][high] - whole[row][low]),
                    }
                })
                .collect();
            let column = self.column(Column::new(name, cells));
            self.areas.push(Series::of(column).fill(color));
        }
    }

    /// The quantiles of a month: before the fan opens the last figure, between months that were not asked for a straight
    /// line. An area without a figure would fall to zero.
    fn bridged(&self, month: u8, known: u8) -> [f64; 5] {
        let all = |p: &FanPoint| [0, 1, 2, 3, 4].map(|which| pick(p, which));
        let fan = &self.parts.fan;
        if month < known {
            let at = self.parts.actual.iter().rev().find(|a| a.month <= month);
            return [at.map_or(0.0, |a| a.value); 5];
        }
        let after = fan.iter().find(|p| p.month >= month);
        let before = fan.iter().rev().find(|p| p.month <= month);
        match (before, after) {
            (Some(a), Some(b)) if a.month < b.month => {
                let part = f64::from(month - a.month) / f64::from(b.month - a.month);
                let (from, to) = (all(a), all(b));
                std::array::from_fn(|i| from[i] + (to[i] - from[i]) * part)
            }
            // Before the first figure of a year of which nothing is known the fan opens from nothing.
            (None, Some(_)) => [0.0; 5],
            (Some(p), _) => all(p),
            (None, None) => [0.0; 5],
        }
    }

    /// The lines to read the figures against.
    fn references(&mut self, known: u8) {
        let t = self.tokens;
        if let Some(seasonal) = &self.parts.seasonal {
            let until = if known > 0 { known } else { 12 };
            let shown: Vec<At> = seasonal.iter().filter(|p| p.month <= until).copied().collect();
            let column = self.line_of(&self.parts.labels.seasonal, &shown);
            let mut line = Series::of(column).stroke(t.track, 6.0);
            // Below the line, on its open side, early in what is known.
            if let Some(at) = shown.get(shown.len() * 2 / 5).filter(|_| known == 0 || known > 3) {
                line = line.label(named(at.month, Side::Right, 0.045, style::INK_3));
            }
            self.lines.push(line);
        }
        if let Some(pace) = &self.parts.pace {
            let column = self.line_of(&self.parts.labels.pace, pace);
            let line = Series::of(column).stroke(t.ink_3, 2.0).dashed(Dash::Dots);
            self.lines.push(line.label(named(4, Side::Left, -0.02, style::INK_3)));
        }
    }

    /// Edges and median of the fan, and the year without the scenario.
    fn forecast(&mut self, quantiles: usize, known: u8) {
        let t = self.tokens;
        if !self.parts.fan.is_empty() {
            for edge in [quantiles, quantiles + 4] {
                self.lines.push(Series::of(edge).stroke(t.edge, 1.0));
            }
        }
        if let Some(was) = &self.parts.was {
            let shown: Vec<At> = was.median.iter().filter(|p| p.month >= known).copied().collect();
            let column = self.line_of(&was.label, &shown);
            let mut line = Series::of(column).stroke(t.ink_3, 1.5);
            if let Some(end) = shown.last().filter(|p| p.month == 12) {
                line = line.label(ending(t.ink_3, false));
                self.ends.push((end.value, self.lines.len(), 0));
            }
            self.lines.push(line);
        }
        if let Some(end) = self.parts.fan.last().filter(|p| p.month == 12) {
            let median = Series::of(quantiles + 2).stroke(t.forecast, 3.0).label(ending(t.forecast, true));
            self.ends.push((end.quantiles.q50, self.lines.len(), 0));
            self.lines.push(median);
        }
    }

    /// What is known, its last figure, and the target.
    fn actual(&mut self, known: u8) {
        let t = self.tokens;
        if let Some(target) = &self.parts.target {
            let at = [At { month: 12, value: target.value }];
            let column = self.line_of(self.say("Target", "目标"), &at);
            let line = Series::of(column).marker("dash", 14, t.ink).label(ending(t.ink, true));
            self.ends.push((target.value, self.lines.len(), 0));
            self.lines.push(line);
        }
        if self.parts.actual.is_empty() {
            return;
        }
        let column = self.line_of(self.say("Actual", "实际"), &self.parts.actual);
        let line = Series::of(column).stroke(t.ink, 3.5).marker("circle", 5, t.ink);
        self.lines.push(line);
        if let Some(last) = self.parts.actual.last().filter(|_| known < 12) {
            let name = match (self.parts.lang, known) {
                (Lang::Zh, 1) => "1月".to_owned(),
                (Lang::Zh, m) => format!("1–{m}月"),
                (Lang::En, 1) => "Jan".to_owned(),
                (Lang::En, m) => format!("Jan–{}", months(Lang::En)[usize::from(m.clamp(1, 12)) - 1]),
            };
            let column = self.line_of(&name, std::slice::from_ref(last));
            let falls = self.parts.fan.last().is_some_and(|p| p.quantiles.q50 < last.value);
            // Where the lines leave room: amounts rise, but early in the year there is none below them.
            let (side, down) = match self.parts.quantity {
                Quantity::Amount if known > 3 => (Side::Right, 0.035),
                Quantity::Growth if !falls => (Side::Below, 0.0),
                Quantity::Amount | Quantity::Growth => (Side::Above, 0.0),
            };
            let label = Label { valued: true, bold: true, ..named(known, side, down, t.ink) };
            let mut point = Series::of(column).marker("circle", 9, t.ink).label(label);
            point.stem = Some(Stroke { color: t.ink_3, width: 1.0, dash: Dash::Dashes });
            self.lines.push(point);
        } else if let Some(last) = self.parts.actual.last() {
            // The year is known: its last figure is where it landed.
            let at = self.lines.len() - 1;
            let label = ending(t.ink, true);
            self.ends.push((last.value, at, self.lines[at].labels.len()));
            self.lines[at].labels.push(label);
        }
    }

    fn scale(&self) -> Scale {
        let figures = self.columns.iter().flat_map(|c| c.cells.iter().filter_map(Cell::number));
        Scale::around(figures, self.parts.quantity == Quantity::Amount)
    }

    /// Moves apart what would stand on each other beside December.
    fn end_labels(&mut self, scale: &Scale, height: f64) {
        let wanted: Vec<f64> = self.ends.iter().map(|(v, ..)| (1.0 - scale.part(*v)) * PLOT[3]).collect();
        let row = 25.0 / height;
        for ((_, line, label), down) in self.ends.iter().zip(scale::apart(&wanted, row)) {
            if let Some(label) = self.lines.get_mut(*line).and_then(|l| l.labels.get_mut(*label)) {
                label.down = down;
            }
        }
    }
}

fn pick(point: &FanPoint, which: usize) -> f64 {
    let q = point.quantiles;
    [q.q10, q.q25, q.q50, q.q75, q.q90][which]
}

/// A line's name at one of its months.
fn named(month: u8, side: Side, down: f64, color: Rgb) -> Label {
    let at = usize::from(month.max(1)) - 1;
    Label { at, side, named: true, valued: false, down, bold: false, color }
}

/// Name and figure beside December.
fn ending(color: Rgb, bold: bool) -> Label {
    Label { at: 11, side: Side::Right, named: true, valued: true, down: 0.0, bold, color }
}
