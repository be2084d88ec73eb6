//! Small multiples: each region's growth over the year on one shared axis.

use super::axis::{Axis, clip};
use super::lamp;
use super::look::Look;
use super::scene::{Anchor, Box2, Point, Scene, Stroke, Text};
use super::sheet::Sheet;
use super::spec::{At, ChartError, FanPoint, Light, number, quantiles, series};
use super::text::{self, ASCENT};
use crate::error::Lang;
use serde::{Deserialize, Serialize};

/// One region.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SmallFan {
    /// Name.
    pub name: String,
    /// The light; none where nothing is owed.
    pub light: Option<Light>,
    /// Beside the name: `9.9%`.
    pub figure: String,
    /// Growth known so far in percent, months ascending.
    pub actual: Vec<At>,
    /// The forecast in percent, months ascending.
    pub fan: Vec<FanPoint>,
    /// The median without the scenario, where the chart shows one.
    pub was: Vec<At>,
    /// Target growth in percent.
    pub target: Option<f64>,
    /// As written at the target: `12%`.
    pub target_label: String,
}

/// The parts of a [`MultiplesSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MultiplesParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// The regions, in order.
    pub panels: Vec<SmallFan>,
}

super::spec::checked!(
    /// Small multiples that can be drawn.
    MultiplesSpec,
    MultiplesParts,
    "MultiplesParts"
);

impl MultiplesSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no panel or more than 400, months that do not ascend within
    /// 1–12, and numbers that are not finite or do not ascend.
    pub fn new(mut parts: MultiplesParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let (got, most) = (parts.panels.len(), 400);
        if !(1..=most).contains(&got) {
            return Err(ChartError::Count { what: "panels", got, least: 1, most });
        }
        for panel in &mut parts.panels {
            series("actual", &mut panel.actual)?;
            series("was", &mut panel.was)?;
            super::spec::months("fan", panel.fan.iter().map(|p| p.month))?;
            panel.fan.iter_mut().try_for_each(|p| quantiles("fan", &mut p.quantiles))?;
            panel.target.as_mut().map_or(Ok(()), |v| number("target", v))?;
        }
        Ok(Self(parts))
    }
}

/// Draws small multiples as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, MultiplesParts, MultiplesSpec, SmallFan, spec::At};
/// let actual = vec![At { month: 2, value: 8.0 }, At { month: 3, value: 9.5 }];
/// let panels = vec![SmallFan { name: "Litong".into(), actual, ..Default::default() }];
/// let svg = chart::multiples(&MultiplesSpec::new(MultiplesParts { panels, ..Default::default() })?)?;
/// assert!(svg.contains(">Litong<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn multiples(spec: &MultiplesSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// The shared axis: all medians, actual figures and targets; bands as far as they do not flatten those.
fn axis(p: &MultiplesParts, wanted: f64) -> Axis {
    let points = p.panels.iter().flat_map(|panel| {
        let known = panel.actual.iter().map(|at| at.value);
        known.chain(panel.fan.iter().map(|f| f.quantiles.q50)).chain(panel.target)
    });
    let (mut lo, mut hi) = points.fold((0.0_f64, 0.0_f64), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let reach = 0.4 * (hi - lo).max(1.0);
    let (least, most) = (lo - reach, hi + reach);
    for q in p.panels.iter().flat_map(|panel| &panel.fan).map(|f| f.quantiles) {
        lo = lo.min(q.q10.max(least));
        hi = hi.max(q.q90.min(most));
    }
    Axis::new(lo, hi.max(lo + 1.0), wanted)
}

pub(super) fn lay_out(p: &MultiplesParts) -> Scene {
    let (mut scene, mut look, room) = p.sheet.open(None);
    if p.panels.iter().any(|panel| !panel.was.is_empty()) {
        look = p.sheet.of_scenario(look);
    }
    let size = look.size;
    let (wide, high) = (room.x1 - room.x0, room.y1 - room.y0);
    // Panels no narrower than a name and a figure need, no lower than a line of text needs beside them.
    let most_across = (wide / (9.5 * size)).floor().max(1.0) as usize;
    let most_down = (high / (5.2 * size)).floor().max(1.0) as usize;
    let shown = p.panels.len().min(most_across * most_down);
    let left_out = p.panels.len() - shown;
    let fit = |across: usize| {
        let (w, h) = (wide / across as f64, high / shown.div_ceil(across) as f64);
        (w / 1.45).min(h)
    };
    let across = (1..=most_across.min(shown))
        .filter(|across| shown.div_ceil(*across) <= most_down)
        .max_by(|a, b| fit(*a).total_cmp(&fit(*b)).then(b.cmp(a)))
        .unwrap_or(most_across.min(shown));
    let down = shown.div_ceil(across);
    let foot = if left_out > 0 { look.row() } else { 0.0 };
    if left_out > 0 {
        let words = match p.sheet.lang {
            Lang::En => format!("{left_out} more are not shown"),
            Lang::Zh => format!("另有{left_out}个未显示"),
        };
        scene.text(Text::new((room.x0, room.y1 - 0.25 * size), size, look.t.ink_3, words));
    }
    let gap = (1.2 * size, 0.9 * size);
    // The months stand below the last row: panels of one axis are of one height.
    let (w, h) = (wide / across as f64, (high - foot - 1.1 * size) / down as f64);
    let axis = axis(p, (h / (2.6 * size)).floor().clamp(3.0, 4.0));
    for (at, panel) in p.panels.iter().take(shown).enumerate() {
        let (column, row) = ((at % across) as f64, (at / across) as f64);
        let x0 = room.x0 + column * w;
        let y0 = room.y0 + row * h;
        let area = Box2 { x0, y0, x1: x0 + w - gap.0, y1: y0 + h - gap.1 };
        let named = Named { levels: at % across == 0, months: at + across >= shown };
        draw(&mut scene, &look, panel, area, &axis, &named, p.sheet.lang);
    }
    scene
}

/// Which axes of a panel are named: the first column's levels, the last row's months.
struct Named {
    levels: bool,
    months: bool,
}

fn draw(scene: &mut Scene, look: &Look, p: &SmallFan, area: Box2, axis: &Axis, named: &Named, lang: Lang) {
    let (size, k, t) = (look.size, look.k, &look.t);
    let head = area.y0 + size * ASCENT;
    let figure = text::width(&p.figure, size, true);
    scene.text(Text::new((area.x1, head), size, t.ink, p.figure.clone()).bold(true).anchor(Anchor::End));
    let lamp = if p.light.is_some() { 1.2 * size } else { 0.0 };
    if let Some(light) = p.light {
        lamp::shape(scene, t, light, (area.x0 + 0.45 * size, head - look.drop()), 0.4 * size);
    }
    let most = area.x1 - area.x0 - lamp - figure - 0.6 * size;
    scene.text(Text::new((area.x0 + lamp, head), size, t.ink, text::fit(&p.name, size, false, most)));

    let end = text::width(&p.target_label, size, true);
    let levels = axis.ticks().map(|v| text::width(&axis.name(v), size, false)).fold(0.0, f64::max) + 5.0 * k;
    let x0 = area.x0 + levels;
    let x1 = (area.x1 - end - 12.0 * k).max(x0 + 3.0 * size);
    let (top, foot) = (head + 1.3 * size, area.y1 - 0.2 * size);
    let x = |month: f64| x0 + (month - 1.0) / 11.0 * (x1 - x0);
    let y = |value: f64| foot - (value - axis.lo) / (axis.hi - axis.lo) * (foot - top);
    let ticks: Vec<f64> = axis.ticks().collect();
    let roomy = (foot - top) / (ticks.len().max(2) as f64 - 1.0) >= 1.1 * size;
    for (i, value) in ticks.iter().enumerate() {
        let (height, colour) = (y(*value), if *value == 0.0 { t.line_strong } else { t.line });
        scene.line([(x0, height), (x1, height)], Stroke::new(colour, 1.0));
        let end = i == 0 || i + 1 == ticks.len();
        if named.levels && (roomy || (end && foot - top >= 1.1 * size)) {
            let name = Text::new((x0 - 4.0 * k, height + look.drop()), size, t.ink_3, axis.name(*value));
            scene.text(name.anchor(Anchor::End));
        }
    }
    if named.months {
        let name = |month: u8| match lang {
            Lang::En => {
                ["", "Jan", "Feb", "", "", "", "", "", "", "", "", "", "Dec"][usize::from(month)].to_owned()
            }
            Lang::Zh => format!("{month}月"),
        };
        let base = foot + 1.15 * size;
        let (first, last) = (name(2), name(12));
        let apart =
            x(12.0) - x(2.0) > text::width(&first, size, false) + text::width(&last, size, false) + size;
        if apart {
            scene.text(Text::new((x(2.0), base), size, t.ink_3, first).anchor(Anchor::Middle));
        }
        scene.text(Text::new((x1, base), size, t.ink_3, last).anchor(Anchor::Middle));
    }
    let inside = |points: Vec<Point>| clip(&points, top, foot);
    if p.fan.len() > 1 {
        let line = |q: usize| -> Vec<Point> {
            let at = |f: &FanPoint| (x(f.month.into()), y(f.quantiles.values()[q]).clamp(top, foot));
            p.fan.iter().map(at).collect()
        };
        for (lower, upper, fill) in [(0, 4, t.band_80), (1, 3, t.band_50)] {
            let ring: Vec<Point> = line(upper).into_iter().chain(line(lower).into_iter().rev()).collect();
            scene.area(ring, fill);
        }
        let median = p.fan.iter().map(|f| (x(f.month.into()), y(f.quantiles.q50))).collect();
        for part in inside(median) {
            scene.line(part, Stroke::new(t.forecast, 2.0 * k).rounded());
        }
    }
    let path =
        |line: &[At]| -> Vec<Point> { line.iter().map(|at| (x(at.month.into()), y(at.value))).collect() };
    for part in inside(path(&p.was)) {
        scene.line(part, Stroke::new(t.ink_3, 1.25 * k));
    }
    for part in inside(path(&p.actual)) {
        scene.line(part, Stroke::new(t.ink, 2.0 * k).rounded());
    }
    if let [only] = p.actual.as_slice() {
        scene.disc((x(only.month.into()), y(only.value).clamp(top, foot)), 2.5 * k, t.ink);
    }
    if let Some(target) = p.target {
        let height = y(target).clamp(top, foot);
        scene.line([(x1 - 1.0 * k, height), (x1 + 6.0 * k, height)], Stroke::new(t.ink, 2.0 * k));
        let words =
            Text::new((area.x1, height + look.drop()), size, t.ink, p.target_label.clone()).bold(true);
        scene.text(words.anchor(Anchor::End));
    }
}
