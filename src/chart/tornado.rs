//! Tornado: what each lever alone moves, from the low to the high end of its range; the widest on top.

use super::rows::{self, Label, Shape};
use super::scene::{Anchor, Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along};
use super::spec::{ChartError, number};
use super::text;
use serde::{Deserialize, Serialize};

/// One end of a lever's range.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct End {
    /// What it moves the figure by.
    pub effect: f64,
    /// As written at the bar's end: the lever's value and the effect.
    pub label: String,
}

/// One lever.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TornadoRow {
    /// Name of the lever.
    pub name: String,
    /// The low end of its range.
    pub low: End,
    /// The high end.
    pub high: End,
}

/// The parts of a [`TornadoSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TornadoParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Over the middle line: `照常 9.9%`.
    pub base_label: String,
    /// The levers, the widest first.
    pub rows: Vec<TornadoRow>,
}

super::spec::checked!(
    /// A tornado that can be drawn.
    TornadoSpec,
    TornadoParts,
    "TornadoParts"
);

impl TornadoSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no row or more than 4,000, and numbers that are not finite.
    pub fn new(mut parts: TornadoParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        rows::check(parts.rows.len(), 0, &[])?;
        for row in &mut parts.rows {
            number("effect", &mut row.low.effect)?;
            number("effect", &mut row.high.effect)?;
        }
        Ok(Self(parts))
    }
}

/// Draws a tornado as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, End, TornadoParts, TornadoRow, TornadoSpec};
/// let end = |effect: f64| End { effect, label: format!("{effect:+}") };
/// let rows = vec![TornadoRow { name: "Pace".into(), low: end(-2.1), high: end(1.9) }];
/// let svg = chart::tornado(&TornadoSpec::new(TornadoParts { rows, ..Default::default() })?)?;
/// assert!(svg.contains(">Pace<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn tornado(spec: &TornadoSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

pub(super) fn lay_out(p: &TornadoParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let look = rows::look_for(look, room, p.rows.len());
    let (size, k, t) = (look.size, look.k, look.t);
    let named = |row: &TornadoRow| Label { name: row.name.clone(), ..Label::default() };
    let labels: Vec<Label> = p.rows.iter().map(named).collect();
    // Words stand at both ends of a bar.
    let shape = Shape { wide: 24.0, ..Shape::default() };
    let table = rows::lay_as(&mut scene, &look, room, &[], &labels, p.sheet.lang, shape);
    let plot = table.plot;
    // Room for the words at both ends.
    let words = |left: bool| {
        let of = p.rows.iter().flat_map(|r| [&r.low, &r.high]).filter(|e| (e.effect < 0.0) == left);
        of.map(|e| text::width(&e.label, size, false)).fold(0.0, f64::max).min(0.3 * (plot.x1 - plot.x0))
    };
    let (left, right) = (words(true), words(false));
    let inner = Box2 { x0: plot.x0 + left + 0.5 * size, x1: plot.x1 - right - 0.5 * size, ..plot };
    let effects = || p.rows.iter().flat_map(|r| [r.low.effect, r.high.effect]);
    let (lo, hi) = effects().fold((0.0_f64, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let hi = if hi - lo < 1e-9 { lo + 1.0 } else { hi };
    let x = |value: f64| inner.x0 + (value - lo) / (hi - lo) * (inner.x1 - inner.x0);
    let zero = x(0.0);
    for (at, y, height) in &table.rows {
        let row = &p.rows[*at];
        let half = 0.25 * height;
        for (end, fill) in [(&row.low, t.band_50), (&row.high, t.forecast)] {
            let to = x(end.effect);
            scene.rect(Box2 { x0: zero.min(to), x1: zero.max(to), y0: y - half, y1: y + half }, fill);
        }
        // Where both ends move the figure the same way, the nearer one's words would lie on the other's bar.
        let same = row.low.effect * row.high.effect > 0.0;
        let inner_end = |end: &End, other: &End| same && end.effect.abs() < other.effect.abs();
        for (end, other) in [(&row.low, &row.high), (&row.high, &row.low)] {
            if inner_end(end, other) || (end.effect == other.effect && std::ptr::eq(end, &row.low)) {
                continue;
            }
            let to_left = end.effect < 0.0 || (end.effect == 0.0 && other.effect > 0.0);
            let (at, anchor, most) = if to_left {
                (x(end.effect) - 0.4 * size, Anchor::End, x(end.effect) - 0.4 * size - plot.x0)
            } else {
                (x(end.effect) + 0.4 * size, Anchor::Start, plot.x1 - x(end.effect) - 0.4 * size)
            };
            let words = text::fit(&end.label, size, false, most);
            scene.text(Text::new((at, y + look.drop()), size, t.ink_2, words).anchor(anchor));
        }
    }
    for (y0, y1) in table.spans() {
        scene.line([(zero, y0), (zero, y1)], Stroke::new(t.ink, 1.25 * k));
    }
    let label = text::fit(&p.base_label, size, true, plot.x1 - plot.x0);
    let base = Text::new((zero, table.names), size, t.ink, label).bold(true);
    names_along(&mut scene, &look, [base], plot);
    scene
}
