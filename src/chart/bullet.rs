//! Bullets: how much of its target each region has done and is projected to do, after Few (2013): a bar in front of
//! ranges, and a short tick across it for the target.

use super::axis::Axis;
use super::lamp;
use super::rows::{self, Label};
use super::scene::{Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along};
use super::spec::{ChartError, Quantiles, number, quantiles};
use super::text;
use crate::unit::fixed;
use serde::{Deserialize, Serialize};

/// One region; every number in percent of what it owes by December.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BulletRow {
    /// Light, name and figures.
    #[serde(flatten)]
    pub label: Label,
    /// Done so far.
    pub done: f64,
    /// The year's end; all quantiles equal where it is known.
    pub projected: Option<Quantiles>,
    /// Where past years stood by now.
    pub seasonal: Option<f64>,
}

/// The parts of a [`BulletSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BulletParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Headings of the figures, at most four.
    pub columns: Vec<String>,
    /// Over the ticks: `目标`.
    pub target_label: String,
    /// The regions, in order.
    pub rows: Vec<BulletRow>,
}

super::spec::checked!(
    /// Bullets that can be drawn.
    BulletSpec,
    BulletParts,
    "BulletParts"
);

impl BulletSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no row or more than 4,000, more than four columns, a row with
    /// another number of figures than there are columns, and numbers that are not finite or do not ascend.
    pub fn new(mut parts: BulletParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let labels: Vec<Label> = parts.rows.iter().map(|r| r.label.clone()).collect();
        rows::check(parts.rows.len(), parts.columns.len(), &labels)?;
        for row in &mut parts.rows {
            number("done", &mut row.done)?;
            row.projected.as_mut().map_or(Ok(()), |q| quantiles("projected", q))?;
            row.seasonal.as_mut().map_or(Ok(()), |v| number("seasonal", v))?;
        }
        Ok(Self(parts))
    }
}

/// Draws bullets as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, BulletParts, BulletRow, BulletSpec, Label};
/// let label = Label { name: "Litong".into(), ..Default::default() };
/// let rows = vec![BulletRow { label, done: 52.1, ..Default::default() }];
/// let svg = chart::bullet(&BulletSpec::new(BulletParts { rows, ..Default::default() })?)?;
/// assert!(svg.contains(">100%<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn bullet(spec: &BulletSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

pub(super) fn lay_out(p: &BulletParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let look = rows::look_for(look, room, p.rows.len());
    let (size, k, t) = (look.size, look.k, look.t);
    let labels: Vec<Label> = p.rows.iter().map(|r| r.label.clone()).collect();
    let table = rows::lay(&mut scene, &look, room, &p.columns, &labels, p.sheet.lang);
    let plot = table.plot;
    let far = p.rows.iter().flat_map(|r| [r.done, r.projected.map_or(0.0, |q| q.q90)]);
    // A region that doubled its target does not flatten the others: its bar ends at the edge.
    let hi = far.fold(100.0, f64::max).min(200.0);
    let lo = p.rows.iter().map(|r| r.done).fold(0.0, f64::min).max(-100.0);
    let axis = Axis::close(lo, hi, ((plot.x1 - plot.x0) / (6.0 * size)).floor().clamp(1.0, 5.0));
    let x = |value: f64| {
        let value = value.clamp(axis.lo, axis.hi);
        plot.x0 + (value - axis.lo) / (axis.hi - axis.lo) * (plot.x1 - plot.x0)
    };
    for (y0, y1) in table.spans() {
        scene.line([(x(0.0), y0), (x(0.0), y1)], Stroke::new(t.line_strong, k));
    }
    for (at, y, height) in &table.rows {
        let row = &p.rows[*at];
        let high = height.min(3.0 * size);
        let bar = |from: f64, to: f64, part: f64| {
            let (a, b) = (x(from), x(to));
            Box2 { x0: a.min(b), x1: a.max(b), y0: y - part * high / 2.0, y1: y + part * high / 2.0 }
        };
        let fill = row.label.light.map_or(t.forecast, |l| lamp::fill(&t, l));
        if let Some(q) = row.projected {
            if q.q10 < q.q90 {
                scene.rect(bar(q.q10, q.q90, 0.52), t.u_80);
                scene.rect(bar(q.q25, q.q75, 0.52), t.u_50);
            }
            scene.rect(bar(0.0, q.q50, 0.27), fill.over(t.surface, 45));
        }
        scene.rect(bar(0.0, row.done, 0.27), fill);
        let most = row.projected.map_or(row.done, |q| q.q90.max(row.done));
        if most > axis.hi {
            rows::goes_on(&mut scene, &look, (x(axis.hi), *y), true);
        }
        if let Some(seasonal) = row.seasonal {
            let x = x(seasonal);
            scene.line([(x, y - 0.24 * high), (x, y + 0.24 * high)], Stroke::new(t.ink_3, 1.5 * k));
        }
        let x = x(100.0);
        scene.line([(x, y - 0.37 * high), (x, y + 0.37 * high)], Stroke::new(t.ink, 2.0 * k));
    }
    let target = if p.target_label.is_empty() { "100%".into() } else { format!("{} 100%", p.target_label) };
    let target = text::fit(&target, size, true, plot.x1 - plot.x0);
    let target = Text::new((x(100.0), table.names), size, t.ink, target).bold(true);
    let mark = |value: f64| {
        let name = if value == 0.0 { "0".to_owned() } else { format!("{}%", fixed(value, 0)) };
        Text::new((x(value), table.names), size, t.ink_3, name)
    };
    let names = std::iter::once(target).chain(axis.ticks().map(mark));
    names_along(&mut scene, &look, names, Box2 { x0: plot.x0 - size, x1: plot.x1 + 0.5 * size, ..plot });
    scene
}
