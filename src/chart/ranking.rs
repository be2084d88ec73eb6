//! Ranking with lights: projected growth of each region as a bar in front of its interval, with its own target.

use super::axis::Axis;
use super::lamp;
use super::rows::{self, Label};
use super::scene::{Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along};
use super::spec::{ChartError, Quantiles, bracket, number, quantiles};
use super::text;
use crate::unit::fixed;
use serde::{Deserialize, Serialize};

/// One region.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RankingRow {
    /// Light, name and figures.
    #[serde(flatten)]
    pub label: Label,
    /// Year-end growth in percent; all quantiles equal where it is known. None where nothing can be said.
    pub growth: Option<Quantiles>,
    /// What is owed in percent of growth; an amount at the growth that it takes.
    pub target: Option<f64>,
    /// Median growth without the scenario, in percent, where the chart shows one.
    pub was: Option<f64>,
}

/// The parts of a [`RankingSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RankingParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Headings of the figures, at most four: `预计增速`.
    pub columns: Vec<String>,
    /// The lowest and highest of what is owed, in percent of growth.
    pub bracket: Option<(f64, f64)>,
    /// Over the bracket, or over the targets: `目标 10–12%`.
    pub target_label: String,
    /// The regions, in order.
    pub rows: Vec<RankingRow>,
}

super::spec::checked!(
    /// A ranking that can be drawn.
    RankingSpec,
    RankingParts,
    "RankingParts"
);

impl RankingSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no row or more than 4,000, more than four columns, a row with
    /// another number of figures than there are columns, and numbers that are not finite or do not ascend.
    pub fn new(mut parts: RankingParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let labels: Vec<Label> = parts.rows.iter().map(|r| r.label.clone()).collect();
        rows::check(parts.rows.len(), parts.columns.len(), &labels)?;
        bracket("bracket", &mut parts.bracket)?;
        for row in &mut parts.rows {
            row.growth.as_mut().map_or(Ok(()), |q| quantiles("growth", q))?;
            row.target.as_mut().map_or(Ok(()), |v| number("target", v))?;
            row.was.as_mut().map_or(Ok(()), |v| number("was", v))?;
        }
        Ok(Self(parts))
    }
}

/// Draws a ranking as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, Label, RankingParts, RankingRow, RankingSpec, spec::Quantiles};
/// let label = Label { name: "Litong".into(), figures: vec!["13.2%".into()], ..Default::default() };
/// let growth = Some(Quantiles { q10: 9.0, q25: 11.0, q50: 13.2, q75: 15.0, q90: 17.0 });
/// let rows = vec![RankingRow { label, growth, target: Some(10.0), was: None }];
/// let spec = RankingSpec::new(RankingParts { columns: vec!["Growth".into()], rows, ..Default::default() })?;
/// assert!(chart::ranking(&spec)?.contains(">Litong<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn ranking(spec: &RankingSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// What the growth axis covers: every median, and targets and intervals as far as they do not flatten those.
fn axis(p: &RankingParts, wanted: f64) -> Axis {
    // An amount that is owed on hardly any base stands at the edge.
    const TARGETS: (f64, f64) = (-60.0, 120.0);
    let targets = p.rows.iter().filter_map(|r| r.target).map(|t| t.clamp(TARGETS.0, TARGETS.1));
    let medians = || p.rows.iter().filter_map(|r| r.growth.map(|g| g.q50));
    let points = medians().chain(targets).chain(p.rows.iter().filter_map(|r| r.was));
    let (mut lo, mut hi) = points.fold((0.0_f64, 0.0_f64), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let reach = 0.6 * (hi - lo).max(1.0);
    let (least, most) = (lo - reach, hi + reach);
    for q in p.rows.iter().filter_map(|r| r.growth) {
        lo = lo.min(q.q10.max(least));
        hi = hi.max(q.q90.min(most));
    }
    Axis::close(lo, hi.max(lo + 1.0), wanted)
}

pub(super) fn lay_out(p: &RankingParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let look = rows::look_for(look, room, p.rows.len());
    let (size, k, t) = (look.size, look.k, look.t);
    let labels: Vec<Label> = p.rows.iter().map(|r| r.label.clone()).collect();
    let table = rows::lay(&mut scene, &look, room, &p.columns, &labels, p.sheet.lang);
    let plot = table.plot;
    let axis = axis(p, ((plot.x1 - plot.x0) / (7.0 * size)).floor().clamp(1.0, 5.0));
    let x = |value: f64| {
        let value = value.clamp(axis.lo, axis.hi);
        plot.x0 + (value - axis.lo) / (axis.hi - axis.lo) * (plot.x1 - plot.x0)
    };
    // The plan's band behind everything, from the lowest to the highest target.
    for (y0, y1) in table.spans() {
        if let Some((lo, hi)) = p.bracket {
            scene.rect(Box2 { x0: x(lo), x1: x(hi).max(x(lo) + 1.0), y0, y1 }, t.sunken);
        }
        for value in axis.ticks() {
            let colour = if value == 0.0 { t.line_strong } else { t.line };
            scene.line([(x(value), y0), (x(value), y1)], Stroke::new(colour, k));
        }
    }

    for (at, y, height) in &table.rows {
        let (row, light) = (&p.rows[*at], p.rows[*at].label.light);
        let (thick, thin) = (0.52 * height.min(3.0 * size), 0.27 * height.min(3.0 * size));
        let bar = |from: f64, to: f64, high: f64| {
            let (a, b) = (x(from), x(to));
            Box2 { x0: a.min(b), x1: a.max(b), y0: y - high / 2.0, y1: y + high / 2.0 }
        };
        if let Some(q) = row.growth {
            if q.q10 < q.q90 {
                scene.rect(bar(q.q10, q.q90, thick), t.u_80);
                scene.rect(bar(q.q25, q.q75, thick), t.u_50);
            }
            let colour = light.map_or(t.forecast, |l| lamp::fill(&t, l));
            scene.rect(bar(0.0, q.q50, thin), colour);
            if q.q10 < q.q90 {
                // Tints alone are too near to the ground, and the bar hides half of them: ends and middle are lines.
                let at = |value: f64| [(x(value), y - thick / 2.0), (x(value), y + thick / 2.0)];
                // Beside the line of "as it was" a second one of its kind would be read for it.
                let ends = [q.q10, q.q90].into_iter().filter(|_| row.was.is_none());
                for end in ends.filter(|v| (axis.lo..=axis.hi).contains(v)) {
                    scene.line(at(end), Stroke::new(t.ink_3, k));
                }
                scene.line(at(q.q50), Stroke::new(colour, 2.0 * k));
                if q.q10 < axis.lo {
                    rows::goes_on(&mut scene, &look, (plot.x0, *y), false);
                }
                if q.q90 > axis.hi {
                    rows::goes_on(&mut scene, &look, (plot.x1, *y), true);
                }
            }
        }
        if let Some(was) = row.was {
            let (x, half) = (x(was), 0.36 * height.min(3.0 * size));
            scene.line([(x, y - half), (x, y + half)], Stroke::new(t.ink_3, 1.5 * k));
        }
        if let Some(target) = row.target {
            let (x, half) = (x(target), 0.37 * height.min(3.0 * size));
            scene.line([(x, y - half), (x, y + half)], Stroke::new(t.ink, 2.0 * k));
        }
    }
    let middle = match p.bracket {
        Some((lo, hi)) => Some(f64::midpoint(x(lo), x(hi))),
        None => p.rows.iter().find_map(|r| r.target).map(x),
    };
    let label = text::fit(&p.target_label, size, true, plot.x1 - plot.x0);
    let target = middle.map(|x| Text::new((x, table.names), size, t.ink, label).bold(true));
    let mark = |value: f64| {
        let name = if value == 0.0 {
            "0".to_owned()
        } else {
            format!("{}%", fixed(value, usize::from(value.fract() != 0.0)))
        };
        Text::new((x(value), table.names), size, t.ink_3, name)
    };
    let zero = std::iter::once(mark(0.0));
    names_along(
        &mut scene,
        &look,
        target.into_iter().chain(zero).chain(axis.ticks().map(mark)),
        Box2 { x0: plot.x0 - size, x1: plot.x1 + 0.5 * size, ..plot },
    );
    scene
}
