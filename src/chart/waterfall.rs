//! Waterfall: from the baseline over each lever to the scenario. Lying, so that long names have room.

use super::axis::Axis;
use super::rows::{self, Label};
use super::scene::{Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along};
use super::spec::{ChartError, number};
use super::text;
use serde::{Deserialize, Serialize};

/// What a row of a waterfall is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum StepKind {
    /// Where it begins: the value itself.
    Start,
    /// What is added: a difference.
    #[default]
    Step,
    /// What it has come to: the value itself.
    Total,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WaterfallRow {
    /// Name and figures.
    #[serde(flatten)]
    pub label: Label,
    /// What it is.
    pub kind: StepKind,
    /// The value, or the difference.
    pub value: f64,
}

/// The parts of a [`WaterfallSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WaterfallParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Headings of the figures, at most four.
    pub columns: Vec<String>,
    /// What is owed, in the unit of the values.
    pub target: Option<f64>,
    /// Over its line: `目标 11%`.
    pub target_label: String,
    /// Begins with a start and ends with a total.
    pub rows: Vec<WaterfallRow>,
}

super::spec::checked!(
    /// A waterfall that can be drawn.
    WaterfallSpec,
    WaterfallParts,
    "WaterfallParts"
);

impl WaterfallSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, fewer than two rows or more than 4,000, more than four
    /// columns, a row with another number of figures than there are columns, a first row that is no start or a last one that is no
    /// total, and numbers that are not finite.
    pub fn new(mut parts: WaterfallParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let labels: Vec<Label> = parts.rows.iter().map(|r| r.label.clone()).collect();
        if parts.rows.len() < 2 {
            let got = parts.rows.len();
            return Err(ChartError::Count { what: "rows", got, least: 2, most: rows::MOST });
        }
        let ends = [parts.rows.first(), parts.rows.last()].map(|row| row.map(|r| r.kind));
        if ends != [Some(StepKind::Start), Some(StepKind::Total)] {
            return Err(ChartError::Ends);
        }
        rows::check(parts.rows.len(), parts.columns.len(), &labels)?;
        parts.target.as_mut().map_or(Ok(()), |v| number("target", v))?;
        parts.rows.iter_mut().try_for_each(|row| number("value", &mut row.value))?;
        Ok(Self(parts))
    }
}

/// Draws a waterfall as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, Label, StepKind, WaterfallParts, WaterfallRow, WaterfallSpec};
/// let row = |name: &str, kind, value| {
///     WaterfallRow { label: Label { name: name.into(), ..Default::default() }, kind, value }
/// };
/// let rows = vec![
///     row("As it is", StepKind::Start, 9.9),
///     row("Pace", StepKind::Step, 1.5),
///     row("Scenario", StepKind::Total, 11.4),
/// ];
/// let svg = chart::waterfall(&WaterfallSpec::new(WaterfallParts { rows, ..Default::default() })?)?;
/// assert!(svg.contains(">Pace<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn waterfall(spec: &WaterfallSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// From where to where each row's bar reaches.
pub(crate) fn spans(rows: &[WaterfallRow]) -> Vec<(f64, f64)> {
    let mut at = 0.0;
    rows.iter()
        .map(|row| {
            let from = if row.kind == StepKind::Step { at } else { 0.0 };
            at = from + row.value;
            (from, at)
        })
        .collect()
}

/// Where the level axis begins and the greatest value on it, and whether it is broken: steps that are small beside the level are
/// shown from an axis that does not begin at zero.
pub(crate) fn range(spans: &[(f64, f64)], target: Option<f64>) -> (f64, f64, bool) {
    let ends = spans.iter().flat_map(|(a, b)| [*a, *b]).chain(target).filter(|v| *v != 0.0);
    let (least, most) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    let (least, most) = if least > most { (0.0, 1.0) } else { (least, most) };
    let broken = least > 0.0 && most - least < 0.25 * most;
    let low = if broken { least - 0.35 * (most - least).max(1e-9 * most) } else { least.min(0.0) };
    (low, most, broken)
}

pub(super) fn lay_out(p: &WaterfallParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let look = p.sheet.of_scenario(look);
    let look = rows::look_for(look, room, p.rows.len());
    let (size, k, t) = (look.size, look.k, look.t);
    let labels: Vec<Label> = p.rows.iter().map(|r| r.label.clone()).collect();
    let table = rows::lay(&mut scene, &look, room, &p.columns, &labels, p.sheet.lang);
    let plot = table.plot;
    let spans = spans(&p.rows);
    // On a broken axis the bars of start and total begin at its edge, which is marked.
    let (lo, most, broken) = range(&spans, p.target);
    let axis =
        Axis::close(lo, most.max(lo + 1e-6), ((plot.x1 - plot.x0) / (7.0 * size)).floor().clamp(1.0, 5.0));
    let x = |value: f64| {
        let value = value.clamp(axis.lo, axis.hi);
        plot.x0 + (value - axis.lo) / (axis.hi - axis.lo) * (plot.x1 - plot.x0)
    };
    for (y0, y1) in table.spans() {
        if axis.lo <= 0.0 {
            scene.line([(x(0.0), y0), (x(0.0), y1)], Stroke::new(t.line_strong, k));
        }
        if let Some(target) = p.target {
            let line = Stroke::new(t.ink, 1.5 * k).dashed(4.0 * k, 3.0 * k);
            scene.line([(x(target), y0), (x(target), y1)], line);
        }
    }
    let mut last: Option<(f64, f64)> = None;
    for (at, y, height) in &table.rows {
        let (from, to) = spans[*at];
        let half = 0.24 * height;
        if let Some((end, below)) = last {
            scene.line([(end, below), (end, y - half)], Stroke::new(t.ink_3, k));
        }
        let (a, b) = (x(from).min(x(to)), x(from).max(x(to)));
        let fill = match (p.rows[*at].kind, p.rows[*at].value < 0.0) {
            (StepKind::Start | StepKind::Total, _) => t.ink_3,
            (StepKind::Step, false) => t.forecast,
            (StepKind::Step, true) => t.band_50,
        };
        // A step too small to see is still a line.
        scene.rect(Box2 { x0: a, x1: b.max(a + 1.5 * k), y0: y - half, y1: y + half }, fill);
        if p.rows[*at].kind == StepKind::Step && p.rows[*at].value < 0.0 {
            for (from, to) in [((a, y - half), (b, y - half)), ((a, y + half), (b, y + half))] {
                scene.line([from, to], Stroke::new(t.edge, k));
            }
        }
        if broken && p.rows[*at].kind != StepKind::Step {
            for i in [0.6, 1.1] {
                let cut = plot.x0 + i * size;
                let slant = [(cut - 0.2 * size, y + half + 1.0), (cut + 0.2 * size, y - half - 1.0)];
                scene.line(slant, Stroke::new(t.surface, 2.0 * k));
            }
        }
        last = Some((x(to), y + half));
    }
    let label = text::fit(&p.target_label, size, true, plot.x1 - plot.x0);
    let target = p.target.map(|v| Text::new((x(v), table.names), size, t.ink, label).bold(true));
    let marks = axis.ticks().map(|v| Text::new((x(v), table.names), size, t.ink_3, axis.name(v)));
    let room = Box2 { x0: plot.x0 - size, x1: plot.x1 + 0.5 * size, ..plot };
    names_along(&mut scene, &look, target.into_iter().chain(marks), room);
    scene
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_where_the_last_one_ended() {
        let row = |kind, value| WaterfallRow { kind, value, ..Default::default() };
        let rows = [
            row(StepKind::Start, 9.9),
            row(StepKind::Step, 2.0),
            row(StepKind::Step, -0.5),
            row(StepKind::Total, 11.4),
        ];
        assert_eq!(spans(&rows), [(0.0, 9.9), (9.9, 11.9), (11.9, 11.4), (0.0, 11.4)]);
    }
}
