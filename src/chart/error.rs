//! Error by months known: one line a model, the one that counts in colour. Each is named at its beginning, where errors
//! lie furthest apart; the scale stands at the right.

use super::axis::{Axis, clip};
use super::look::Look;
use super::place::{Placer, spread};
use super::scene::{Anchor, Box2, Point, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along, over, within};
use super::spec::ChartError;
use super::text::{self, ASCENT, DESCENT};
use crate::unit::fixed;
use serde::{Deserialize, Serialize};

/// An error with so many months known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ErrorPoint {
    /// Months known, 1–12.
    pub month: u8,
    /// In percent, from 0.
    pub value: f64,
}

/// One model's errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ErrorLine {
    /// As written at its beginning, where the first error is added.
    pub name: String,
    /// Whether it is the one the chart is about.
    pub emphasised: bool,
    /// Months ascending, at least one.
    pub points: Vec<ErrorPoint>,
}

/// The parts of an [`ErrorSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ErrorParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Over the level axis: `Mean absolute error, %`.
    pub axis_title: String,
    /// Under the months: `Months known`.
    pub months_title: String,
    /// The models.
    pub lines: Vec<ErrorLine>,
}

super::spec::checked!(
    /// A chart of errors that can be drawn.
    ErrorSpec,
    ErrorParts,
    "ErrorParts"
);

impl ErrorSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no line or more than forty, a line without points, months
    /// that do not ascend within 1–12, and errors outside 0–1e15 %.
    pub fn new(mut parts: ErrorParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let count = |what, got, most| {
            let fits = (1..=most).contains(&got);
            if fits { Ok(()) } else { Err(ChartError::Count { what, got, least: 1, most }) }
        };
        count("lines", parts.lines.len(), 40)?;
        for line in &mut parts.lines {
            count("points of a line", line.points.len(), 12)?;
            let got: Vec<u8> = line.points.iter().map(|p| p.month).collect();
            if got.windows(2).any(|pair| pair[0] >= pair[1]) || got.iter().any(|m| !(1..=12).contains(m)) {
                return Err(ChartError::Months { what: "line", got });
            }
            for point in &mut line.points {
                within("error", &mut point.value, 0.0, 1e15)?;
            }
        }
        Ok(Self(parts))
    }
}

/// Draws errors by months known as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, ErrorLine, ErrorParts, ErrorPoint, ErrorSpec};
/// let points = vec![ErrorPoint { month: 3, value: 6.3 }, ErrorPoint { month: 9, value: 2.8 }];
/// let lines = vec![ErrorLine { name: "Blend".into(), emphasised: true, points }];
/// let svg = chart::error(&ErrorSpec::new(ErrorParts { lines, ..Default::default() })?)?;
/// assert!(svg.contains(">Blend 6.3%<") && svg.contains(">2.8%<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn error(spec: &ErrorSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// An error as written: beyond a thousand percent it is only said to be so.
fn figure(value: f64) -> String {
    if value > 1000.0 { ">1,000%".into() } else { format!("{}%", fixed(value, 1)) }
}

/// The highest error shown. A model that ran away leaves the chart at its top and does not flatten the others.
fn highest(lines: &[ErrorLine]) -> f64 {
    let most = |all: bool| {
        let of = lines.iter().filter(|line| all || line.emphasised);
        of.flat_map(|line| &line.points).map(|p| p.value).fold(0.0, f64::max)
    };
    let main = if lines.iter().any(|line| line.emphasised) { most(false) } else { most(true) };
    let highest = most(true).min(2.5 * main);
    if highest > 1e-6 { highest } else { 1.0 }
}

fn lay_out(p: &ErrorParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let (size, k, t) = (look.size, look.k, look.t);
    let top = over(&mut scene, &look, room, &p.axis_title, "") + 0.7 * size;
    let title = room.y1 - size * DESCENT;
    let names = title - look.row();
    let foot = (names - size * ASCENT - 0.7 * size).max(top + 2.0 * size);
    let axis = Axis::new(0.0, highest(&p.lines), ((foot - top) / (3.0 * size)).floor().clamp(1.0, 6.0));
    let y = |value: f64| foot - value / axis.hi * (foot - top);

    let levels: Vec<(f64, String)> = axis.ticks().map(|value| (value, axis.name(value))).collect();
    let widest = levels.iter().map(|(_, name)| text::width(name, size, false)).fold(0.0, f64::max);
    let most = 0.42 * (room.x1 - room.x0 - widest);
    let starts: Vec<String> = p.lines.iter().map(|line| start_label(line, size, most)).collect();
    let wide = starts.iter().zip(&p.lines).map(|(start, line)| text::width(start, size, line.emphasised));
    let x0 = room.x0 + wide.fold(0.0, f64::max) + 16.0 * k;
    let x1 = room.x1 - widest - 7.0 * k;
    let roomy = (foot - top) / (levels.len().max(2) as f64 - 1.0) > 1.1 * size;
    for (i, (value, name)) in levels.iter().enumerate() {
        let (height, colour) = (y(*value), if *value == 0.0 { t.line_strong } else { t.line });
        scene.line([(x0, height), (x1, height)], Stroke::new(colour, 1.0));
        if roomy || i == 0 || i + 1 == levels.len() {
            let name = Text::new((room.x1, height + look.drop()), size, t.ink_3, name.clone());
            scene.text(name.anchor(Anchor::End));
        }
    }

    let mut months: Vec<u8> = p.lines.iter().flat_map(|line| &line.points).map(|p| p.month).collect();
    months.sort_unstable();
    months.dedup();
    let (first, last) = (f64::from(months[0]), f64::from(months[months.len() - 1]));
    let (from, to) = (x0 + 0.3 * size, x1 - 1.4 * size);
    let x = |month: u8| match last - first {
        none if none <= 0.0 => f64::midpoint(from, to),
        range => from + (f64::from(month) - first) / range * (to - from),
    };
    let ticks = months.iter().rev().map(|m| Text::new((x(*m), names), size, t.ink_3, m.to_string()));
    names_along(&mut scene, &look, ticks, Box2 { x0: x0 - size, x1, ..room });
    let words = text::fit(&p.months_title, size, false, x1 - x0);
    scene.text(Text::new((x0, title), size, t.ink_3, words));

    let area = Box2 { x0, y0: top, x1, y1: foot };
    let path =
        |line: &ErrorLine| line.points.iter().map(|p| (x(p.month), y(p.value))).collect::<Vec<Point>>();
    let (main, others): (Vec<_>, Vec<_>) = p.lines.iter().partition(|line| line.emphasised);
    for (lines, colour, width, radius) in [(&others, t.edge, 1.25, 2.0), (&main, t.forecast, 3.0, 4.0)] {
        for line in lines {
            let points = path(line);
            for part in clip(&points, top, foot) {
                scene.line(part, Stroke::new(colour, width * k).rounded());
            }
            for point in points.into_iter().filter(|(_, y)| *y >= top) {
                scene.disc(point, radius * k, colour);
            }
        }
    }
    let lines: Vec<Vec<Point>> = p.lines.iter().map(path).collect();
    draw_values(&mut scene, &look, &main, &lines, area, &path);
    draw_starts(&mut scene, &look, p, &starts, area, &y);
    scene
}

/// Name and first error, no wider than `most`; the name gives way.
fn start_label(line: &ErrorLine, size: f64, most: f64) -> String {
    let first = figure(line.points.first().map_or(0.0, |p| p.value));
    let left = most - text::width(&format!(" {first}"), size, line.emphasised);
    let name = text::fit(line.name.trim(), size, line.emphasised, left);
    if name.is_empty() { first } else { format!("{name} {first}") }
}

/// Errors of the lines that count, beside their points as far as there is room; the first stands with the name.
fn draw_values(
    scene: &mut Scene,
    look: &Look,
    main: &[&ErrorLine],
    lines: &[Vec<Point>],
    area: Box2,
    path: &impl Fn(&ErrorLine) -> Vec<Point>,
) {
    let (size, k) = (look.size, look.k);
    let mut placer = Placer::new(Box2 { x0: area.x0 + 2.0, y1: area.y1 - 2.0, ..area });
    for line in lines {
        placer.line(line, 30.0);
    }
    for line in main {
        let points = path(line);
        placer.line(&points, 300.0);
        points.iter().for_each(|(x, y)| placer.take(Box2 { x0: *x, y0: *y, x1: *x, y1: *y }.grown(5.0 * k)));
        for (point, (x, y)) in line.points.iter().zip(&points).skip(1) {
            let words = figure(point.value);
            let (wide, high) = (text::width(&words, size, true), look.letters());
            let wish = (x - wide / 2.0, y + 6.0 * k);
            let placed = placer.find((wide, high), wish, 2.0);
            let near = |at: Box2| (at.x0 - wish.0).abs() < 14.0 * k && (at.y0 - wish.1).abs() < 2.4 * size;
            if let Some(found) = placed.filter(|found| near(found.at) && found.crossed < 250.0) {
                placer.take(found.at);
                let base = (found.at.x0, found.at.y0 + size * ASCENT);
                let text = Text::new(base, size, look.t.forecast, words).bold(true);
                scene.text(text.halo(look.t.surface));
            }
        }
    }
}

/// Names at the beginnings, each at its own height as far as they keep apart. Where there are more than rows, those with
/// the largest errors are left out.
fn draw_starts(
    scene: &mut Scene,
    look: &Look,
    p: &ErrorParts,
    starts: &[String],
    area: Box2,
    y: &impl Fn(f64) -> f64,
) {
    let (size, k) = (look.size, look.k);
    let row = look.letters() + 0.12 * size;
    let (lo, hi) = (area.y0 - 0.5 * size, area.y1 + 0.5 * size);
    let first = |i: usize| p.lines[i].points.first().map_or(0.0, |p| p.value);
    let mut told: Vec<usize> = (0..starts.len()).collect();
    told.sort_by(|a, b| {
        (!p.lines[*a].emphasised).cmp(&!p.lines[*b].emphasised).then(first(*a).total_cmp(&first(*b)))
    });
    told.truncate((((hi - lo) / row).floor() as usize).max(1));
    told.sort_by(|a, b| first(*b).total_cmp(&first(*a)));
    let heights: Vec<f64> = told.iter().map(|i| y(first(*i)).clamp(area.y0, area.y1)).collect();
    let mut centres = heights.clone();
    spread(&mut centres, row, lo, hi);
    for ((i, centre), height) in told.into_iter().zip(centres).zip(heights) {
        let main = p.lines[i].emphasised;
        let x = area.x0 - 14.0 * k;
        let tie = [(area.x0 - 1.0 * k, height), (x + 3.0 * k, centre)];
        scene.line(tie, Stroke::new(look.t.line_strong, 0.75 * k));
        let colour = if main { look.t.forecast } else { look.t.ink_3 };
        scene.text(
            Text::new((x, centre + look.drop()), size, colour, starts[i].clone())
                .bold(main)
                .anchor(Anchor::End),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    fn line(emphasised: bool, values: &[(u8, f64)]) -> ErrorLine {
        let points =
            values.iter().map(|(month, value)| ErrorPoint { month: *month, value: *value }).collect();
        ErrorLine { name: "m".into(), emphasised, points }
    }

    #[test]
    fn a_model_that_ran_away_does_not_flatten_the_others() {
        let lines = [line(true, &[(3, 6.0), (9, 3.0)]), line(false, &[(3, 1e12), (9, 9.0)])];
        assert_eq!(highest(&lines), 15.0);
        assert_eq!(highest(&lines[..1]), 6.0);
        assert_eq!(highest(&[line(true, &[(3, 0.0)])]), 1.0);
        assert_eq!((figure(1e12), figure(2.66)), (">1,000%".into(), "2.7%".into()));
    }

    #[test]
    fn refuses_what_it_cannot_show() {
        let code = |lines: Vec<ErrorLine>| {
            let parts = ErrorParts { lines, ..Default::default() };
            ErrorSpec::new(parts).map(|_| ()).map_err(|e| e.code())
        };
        assert_eq!(code(Vec::new()), Err("chart_count"));
        assert_eq!(code(vec![line(true, &[])]), Err("chart_count"));
        assert_eq!(code(vec![line(true, &[(9, 1.0), (3, 1.0)])]), Err("chart_months"));
        assert_eq!(code(vec![line(true, &[(13, 1.0)])]), Err("chart_months"));
        assert_eq!(code(vec![line(true, &[(3, f64::INFINITY)])]), Err("chart_range"));
    }
}
