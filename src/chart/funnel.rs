//! Funnel: how many get from one place to the next, and what they bring.

use super::rows::{self, Label, Shape};
use super::scene::{Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along};
use super::spec::{ChartError, number};
use super::text;
use serde::{Deserialize, Serialize};

/// One place of the funnel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FunnelStage {
    /// Name and figures.
    #[serde(flatten)]
    pub label: Label,
    /// What is there now.
    pub value: f64,
    /// What is expected to come to it by the year's end, beyond `value`.
    pub ahead: Option<f64>,
    /// What is owed.
    pub target: Option<f64>,
    /// How this place leads to the next, under the bar: `约12%签约，平均6个月`.
    pub next: String,
}

/// The parts of a [`FunnelSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FunnelParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Headings of the figures, at most four.
    pub columns: Vec<String>,
    /// At a target's tick: `目标 421亿元`.
    pub target_label: String,
    /// The places, from the first on.
    pub stages: Vec<FunnelStage>,
}

super::spec::checked!(
    /// A funnel that can be drawn.
    FunnelSpec,
    FunnelParts,
    "FunnelParts"
);

impl FunnelSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no place or more than twelve, more than four columns, a place
    /// with another number of figures than there are columns, and numbers that are negative or not finite.
    pub fn new(mut parts: FunnelParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let (got, most) = (parts.stages.len(), 12);
        if !(1..=most).contains(&got) {
            return Err(ChartError::Count { what: "stages", got, least: 1, most });
        }
        let labels: Vec<Label> = parts.stages.iter().map(|s| s.label.clone()).collect();
        rows::check(got, parts.columns.len(), &labels)?;
        for stage in &mut parts.stages {
            for value in std::iter::once(&mut stage.value).chain(&mut stage.ahead).chain(&mut stage.target) {
                number("stage", value)?;
                super::sheet::within("stage", value, 0.0, 1e15)?;
            }
        }
        Ok(Self(parts))
    }
}

/// Draws a funnel as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, FunnelParts, FunnelSpec, FunnelStage, Label};
/// let label = Label { name: "Signed".into(), ..Default::default() };
/// let stages = vec![FunnelStage { label, value: 20.0, ..Default::default() }];
/// let svg = chart::funnel(&FunnelSpec::new(FunnelParts { stages, ..Default::default() })?)?;
/// assert!(svg.contains(">Signed<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn funnel(spec: &FunnelSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

pub(super) fn lay_out(p: &FunnelParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let look = rows::look_for(look, room, p.stages.len());
    let (size, k, t) = (look.size, look.k, look.t);
    let labels: Vec<Label> = p.stages.iter().map(|s| s.label.clone()).collect();
    let shape = Shape { high: 4.6, ..Shape::default() };
    let table = rows::lay_as(&mut scene, &look, room, &p.columns, &labels, p.sheet.lang, shape);
    let plot = table.plot;
    let far = p.stages.iter().flat_map(|s| [s.value + s.ahead.unwrap_or(0.0), s.target.unwrap_or(0.0)]);
    let hi = far.fold(0.0, f64::max).max(1e-9);
    let x = |value: f64| plot.x0 + (value / hi).clamp(0.0, 1.0) * (plot.x1 - plot.x0);
    for (y0, y1) in table.spans() {
        scene.line([(plot.x0, y0), (plot.x0, y1)], Stroke::new(t.line_strong, k));
    }
    let mut target = None;
    for (at, y, height) in &table.rows {
        let stage = &p.stages[*at];
        let words = height >= &(2.3 * size) && !stage.next.is_empty();
        let half = if words { 0.2 * height } else { 0.27 * height };
        let y = if words { y - 0.1 * height } else { *y };
        if let Some(ahead) = stage.ahead {
            let end = x(stage.value + ahead).max(plot.x0 + 1.5 * k);
            scene.rect(Box2 { x0: plot.x0, x1: end, y0: y - half, y1: y + half }, t.band_50);
        }
        // What has nothing in place yet has no sliver of it.
        if stage.value > 0.0 || stage.ahead.is_none() {
            let end = x(stage.value).max(plot.x0 + 1.5 * k);
            scene.rect(Box2 { x0: plot.x0, x1: end, y0: y - half, y1: y + half }, t.forecast);
        }
        if let Some(value) = stage.target {
            let x = x(value);
            scene.line([(x, y - 1.45 * half), (x, y + 1.45 * half)], Stroke::new(t.ink, 2.0 * k));
            target = Some(x);
        }
        if words {
            let words = text::fit(&format!("↓ {}", stage.next), size, false, plot.x1 - plot.x0);
            let base = (y + half + 1.15 * size).min(y + 0.55 * height);
            scene.text(Text::new((plot.x0 + 0.4 * size, base), size, t.ink_3, words));
        }
    }
    if let Some(x) = target {
        let label = text::fit(&p.target_label, size, true, plot.x1 - plot.x0);
        let label = Text::new((x, table.names), size, t.ink, label).bold(true);
        names_along(&mut scene, &look, [label], Box2 { x0: plot.x0, x1: plot.x1 + 0.5 * size, ..plot });
    }
    scene
}
