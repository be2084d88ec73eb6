//! Need per month: what was done, what must be done in each month left, and what last year did in the same months.

use super::axis::Axis;
use super::scene::{Anchor, Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along, over};
use super::spec::{ChartError, number};
use super::text::{self, DESCENT};
use super::theme::Rgb;
use serde::{Deserialize, Serialize};

/// One reporting period.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NeedMonth {
    /// As written under it: `1–2月`.
    pub name: String,
    /// Done in it.
    pub done: Option<f64>,
    /// To be done in it.
    pub need: Option<f64>,
    /// Expected in it without doing more.
    pub expected: Option<f64>,
    /// Done in it last year, on the comparable base.
    pub last_year: Option<f64>,
}

/// The parts of a [`NeedSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NeedParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Over the level axis: `每月，亿元`.
    pub axis_title: String,
    /// What the bars are, at the right of it.
    pub remark: String,
    /// What last year's months are called, with what they are on.
    pub last_year: String,
    /// Digits after the point of the figures over the bars.
    pub digits: u8,
    /// The periods, in order.
    pub months: Vec<NeedMonth>,
    /// Whether what is expected is expected under a scenario.
    pub scenario: bool,
}

super::spec::checked!(
    /// A chart of monthly need that can be drawn.
    NeedSpec,
    NeedParts,
    "NeedParts"
);

impl NeedSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no period or more than 12, more than six digits, and numbers
    /// that are not finite.
    pub fn new(mut parts: NeedParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let (got, most) = (parts.months.len(), 12);
        if !(1..=most).contains(&got) {
            return Err(ChartError::Count { what: "months", got, least: 1, most });
        }
        if parts.digits > 6 {
            let got = f64::from(parts.digits);
            return Err(ChartError::Range { what: "digits", got, lo: 0.0, hi: 6.0 });
        }
        for month in &mut parts.months {
            for value in [&mut month.done, &mut month.need, &mut month.expected, &mut month.last_year] {
                value.as_mut().map_or(Ok(()), |v| number("month", v))?;
            }
        }
        Ok(Self(parts))
    }
}

/// Draws the monthly need as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, NeedMonth, NeedParts, NeedSpec};
/// let months = vec![NeedMonth { name: "Aug".into(), need: Some(43.7), ..Default::default() }];
/// let svg = chart::need(&NeedSpec::new(NeedParts { months, digits: 1, ..Default::default() })?)?;
/// assert!(svg.contains(">43.7<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn need(spec: &NeedSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

pub(super) fn lay_out(p: &NeedParts) -> Scene {
    let (mut scene, mut look, room) = p.sheet.open(None);
    if p.scenario {
        look = p.sheet.of_scenario(look);
    }
    let (size, k, t) = (look.size, look.k, look.t);
    let top = over(&mut scene, &look, room, &p.axis_title, &p.remark) + 1.5 * size;
    let names = room.y1 - size * DESCENT;
    let foot = (names - 1.35 * size).max(top + 2.0 * size);
    let values = || p.months.iter().flat_map(|m| [m.done, m.need, m.expected, m.last_year]).flatten();
    let (lo, hi) = values().fold((0.0_f64, 0.0_f64), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let hi = if hi - lo < 1e-9 { lo + 1.0 } else { hi };
    let axis = Axis::new(lo, hi, ((foot - top) / (3.3 * size)).floor().clamp(1.0, 6.0));
    let levels: Vec<(f64, String)> = axis.ticks().map(|v| (v, axis.name(v))).collect();
    let widest = levels.iter().map(|(_, n)| text::width(n, size, false)).fold(0.0, f64::max);
    let x0 = room.x0 + widest + 7.0 * k;
    let y = |value: f64| foot - (value - axis.lo) / (axis.hi - axis.lo) * (foot - top);
    for (value, name) in &levels {
        let (height, colour) = (y(*value), if *value == 0.0 { t.line_strong } else { t.line });
        scene.line([(x0, height), (room.x1, height)], Stroke::new(colour, 1.0));
        let name = Text::new((x0 - 7.0 * k, height + look.drop()), size, t.ink_3, name.clone());
        scene.text(name.anchor(Anchor::End));
    }
    let step = (room.x1 - x0) / p.months.len() as f64;
    let half = (0.31 * step).min(2.4 * size);
    let mut taken: Vec<Box2> = Vec::new();
    let middle_of = |place: usize| x0 + step * (place as f64 + 0.5);
    let bar = |value: f64, place: usize| {
        let (a, b) = (y(0.0).min(y(value)), y(0.0).max(y(value)));
        Box2 { x0: middle_of(place) - half, x1: middle_of(place) + half, y0: a, y1: b }
    };
    for (place, month) in p.months.iter().enumerate() {
        let middle = middle_of(place);
        let outline = |scene: &mut Scene, area: Box2, stroke: Stroke| {
            let corners = [(area.x0, area.y1), (area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1)];
            scene.line(corners, stroke);
        };
        if let Some(done) = month.done {
            scene.rect(bar(done, place), t.ink);
        }
        if let Some(need) = month.need {
            let area = bar(need, place);
            scene.rect(area, t.band_80);
            // Hatched, as what is planned is.
            let mut at = area.x0 - (area.y1 - area.y0);
            while at < area.x1 {
                let line = [(at, area.y1), (at + (area.y1 - area.y0), area.y0)];
                if let Some(part) = within(line, area) {
                    scene.line(part, Stroke::new(t.edge, k));
                }
                at += 0.55 * size;
            }
            outline(&mut scene, area, Stroke::new(t.forecast, 1.5 * k));
        }
        if let Some(expected) = month.expected {
            let height = y(expected);
            scene.line(
                [(middle - half - 4.0 * k, height), (middle + half + 4.0 * k, height)],
                Stroke::new(t.forecast, 2.5 * k),
            );
        }
        if let Some(last) = month.last_year {
            let height = y(last);
            let line = Stroke::new(t.ink_3, 1.5 * k).dashed(3.0 * k, 2.0 * k);
            scene.line([(middle - half - 4.0 * k, height), (middle + half + 4.0 * k, height)], line);
        }
        let Some(value) = month.need.or(month.done) else { continue };
        let bold = month.need.is_some();
        let colour = if bold { t.forecast } else { t.ink };
        let written = crate::unit::fixed(value, p.digits.into());
        let at = |base: f64, (colour, ground): (Rgb, Rgb)| {
            let words = Text::new((middle, base), size, colour, written.clone());
            words.bold(bold).anchor(Anchor::Middle).halo(ground)
        };
        let over = at(y(value.max(0.0)) - 0.45 * size, (colour, t.surface));
        // A mark that crosses it would seem to be what it tells: then it stands below the upper edge of its bar, where that is
        // pale and high enough, else over everything.
        let area = over.bounds().grown(0.1 * size);
        let marks = || [month.expected, month.last_year].into_iter().flatten().map(y);
        let crossed = |area: Box2| marks().any(|height| (area.y0..=area.y1).contains(&height));
        let under = at(y(value.max(0.0)) + 1.15 * size, (t.ink, t.band_80));
        let words = if !crossed(area) {
            over
        } else if bold && y(0.0) - y(value) > 2.0 * size && !crossed(under.bounds()) {
            under
        } else {
            let highest = marks().fold(y(value.max(0.0)), f64::min);
            at(highest - 0.45 * size, (colour, t.surface))
        };
        let bounds = words.bounds();
        let clear = bounds.grown(0.15 * size);
        // Over a neighbour's bar it would tell of that one, and be cut off where that is drawn later.
        let beside = |(other, month): (usize, &NeedMonth)| {
            let value = month.need.or(month.done).filter(|_| other != place);
            value.is_some_and(|value| bar(value, other).overlaps(&bounds))
        };
        let apart =
            !taken.iter().any(|other| other.overlaps(&clear)) && !p.months.iter().enumerate().any(beside);
        if apart && bounds.x1 <= room.x1 + 1.0 && bounds.x0 >= x0 {
            taken.push(bounds);
            scene.text(words);
        }
    }
    let names_of = p.months.iter().enumerate().rev().map(|(at, month)| {
        let colour = if month.need.is_some() { t.ink } else { t.ink_3 };
        Text::new((x0 + step * (at as f64 + 0.5), names), size, colour, month.name.clone())
            .bold(month.need.is_some())
    });
    names_along(&mut scene, &look, names_of, Box2 { x0: x0 - size, ..room });
    scene
}

/// The part of a rising line that lies within a box.
fn within([(x0, y0), (x1, y1)]: [(f64, f64); 2], area: Box2) -> Option<[(f64, f64); 2]> {
    if x1 - x0 <= 0.0 {
        return None;
    }
    let at = |x: f64| y0 + (y1 - y0) * (x - x0) / (x1 - x0);
    let (from, to) = (x0.max(area.x0), x1.min(area.x1));
    (from < to).then(|| [(from, at(from)), (to, at(to))])
}
