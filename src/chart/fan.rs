//! The fan chart's layout: where the year is, where it will land, what it owes.

use super::axis::{Axis, clip};
use super::landing::{self, Mouth};
use super::look::Look;
use super::place::{Placer, spread};
use super::scene::{Anchor, Box2, FanScale, Mark, Point, Scene, Stroke, Text};
use super::spec::{At, ChartError, FanParts, FanSpec, Quantity};
use super::text::{self, ASCENT, DESCENT, LEADING};
use crate::error::Lang;
use crate::order;

/// Draws a fan chart as SVG, laid out for the spec's width and height. The same spec gives the same bytes
/// natively and in wasm.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, spec::{At, FanParts, FanSpec}};
/// let actual = vec![At { month: 2, value: 20.1 }, At { month: 3, value: 51.0 }];
/// let spec = FanSpec::new(FanParts { title: "<Wuzhong>".into(), actual, ..FanParts::default() })?;
/// assert!(chart::fan(&spec)?.contains("<title>&lt;Wuzhong&gt;</title>"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn fan(spec: &FanSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(spec))
}

/// The same, with where its months and values lie.
///
/// # Errors
/// As [`fan`].
///
/// ```
/// use landfall::chart::{self, spec::{At, FanParts, FanSpec}};
/// let actual = vec![At { month: 2, value: 20.1 }, At { month: 3, value: 51.0 }];
/// let spec = FanSpec::new(FanParts { actual, ..FanParts::default() })?;
/// let (_, scale) = chart::fan_with_scale(&spec)?;
/// let scale = scale.unwrap();
/// assert!(scale.x.0 < scale.x.1 && scale.y.0 > scale.y.1 && scale.high >= 51.0);
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn fan_with_scale(spec: &FanSpec) -> Result<(String, Option<FanScale>), ChartError> {
    let scene = lay_out(spec);
    Ok((super::svg::svg(&scene)?, scene.scale))
}

/// Where December magnified goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Beside,
    Below,
    Nowhere,
}

pub(super) fn lay_out(spec: &FanSpec) -> Scene {
    let p = spec.parts();
    let (mut scene, mut look, content) = p.sheet().open(p.status.as_ref());
    if p.was.is_some() {
        look = p.sheet().of_scenario(look);
    }
    let size = look.size;
    let room = content.x1 - content.x0;
    let place = match &p.landing {
        None => Place::Nowhere,
        Some(_) if room >= 460.0 * look.k.min(1.2) => Place::Beside,
        Some(_) if content.y1 - content.y0 >= 330.0 * look.k => Place::Below,
        Some(_) => Place::Nowhere,
    };
    match (&p.landing, place) {
        (Some(december), Place::Beside) => {
            let panel_width = room * 0.315;
            let cone = (room * 0.115).max(60.0 * look.k);
            let panel = Box2 { x0: content.x1 - panel_width, ..content };
            let title_lines = text::wrap(&december.title, size, false, panel_width, 2);
            let band_lines = text::wrap(&p.labels.bands, size, false, panel_width, 2);
            let main = Box2 { x1: panel.x0 - cone, ..content };
            let title = Title { lines: title_lines.len(), width: main.x1 - main.x0 };
            let plot = plot(&mut scene, &look, p, main, place, &title);
            let quiet = |at: Point, words: String| Text::new(at, size, look.t.ink_3, words);
            for (i, line) in title_lines.into_iter().enumerate() {
                let y = content.y0 + size * ASCENT + look.row() * i as f64;
                scene.text(quiet((panel.x0, y), line));
            }
            let below = plot.months - look.row() * (band_lines.len().max(1) as f64 - 1.0);
            for (i, line) in band_lines.into_iter().enumerate() {
                scene.text(quiet((panel.x0, below + look.row() * i as f64), line));
            }
            // The panel's own figures over and under the bar keep a row each.
            let inner =
                Box2 { y0: plot.area.y0 - 0.4 * size, y1: below - size * ASCENT - 0.4 * size, ..panel };
            landing::beside(&mut scene, &look, (december, p.was.as_ref()), inner, &plot.mouth);
        }
        (Some(december), Place::Below) => {
            let band_lines = text::wrap(&p.labels.bands, size, false, room, 2);
            let foot = look.row() * band_lines.len() as f64;
            let height = ((content.y1 - content.y0) * 0.46).min(260.0 * look.k);
            let top = content.y1 - height;
            let main = Box2 { y1: top - 0.5 * size, ..content };
            plot(&mut scene, &look, p, main, place, &Title { lines: 1, width: room });
            let title = text::fit(&december.title, size, false, room);
            scene.text(Text::new((content.x0, top + size * ASCENT), size, look.t.ink_3, title));
            for (i, line) in band_lines.into_iter().enumerate() {
                let y = content.y1 - foot + look.row() * (i as f64 + 1.0) - size * DESCENT - 0.1 * size;
                scene.text(Text::new((content.x0, y), size, look.t.ink_3, line));
            }
            let panel = Box2 { y0: top + look.row() + 0.2 * size, y1: content.y1 - foot, ..content };
            landing::below(&mut scene, &look, (december, p.was.as_ref()), panel);
        }
        _ => {
            let mut main = content;
            let axis = text::width(&p.axis_title, size, false);
            let bands = text::width(&p.labels.bands, size, false);
            let quiet = |at: Point, words: String| Text::new(at, size, look.t.ink_3, words);
            if axis + bands + 2.0 * size <= room {
                let at = (content.x1, content.y0 + size * ASCENT);
                scene.text(quiet(at, p.labels.bands.clone()).anchor(Anchor::End));
            } else {
                for line in text::wrap(&p.labels.bands, size, false, room, 2).into_iter().rev() {
                    scene.text(quiet((content.x0, main.y1 - size * DESCENT), line));
                    main.y1 -= look.row();
                }
            }
            let title = Title { lines: 1, width: room };
            plot(&mut scene, &look, p, main, place, &title);
        }
    }
    scene
}

/// Rows the titles over plot and panel take, and the width of the plot's.
struct Title {
    lines: usize,
    width: f64,
}

/// What the chart covers. A target far out of it (beyond once its height again) is shown by an arrow, so
/// that it does not flatten everything else.
fn axis(p: &FanParts, wanted: f64) -> Axis {
    let values = |points: &[At]| points.iter().map(|point| point.value).collect::<Vec<_>>();
    let mut shown = values(&p.actual);
    shown.extend(p.fan.iter().flat_map(|point| [point.quantiles.q10, point.quantiles.q90]));
    if shown.is_empty() {
        shown.extend(p.pace.iter().chain(&p.seasonal).flat_map(|line| values(line)));
        shown.extend(p.target.iter().map(|target| target.value));
    }
    let mut lo = shown.iter().copied().fold(0.0, f64::min);
    let mut hi = shown.iter().copied().fold(0.0, f64::max);
    if hi - lo < 1e-6 {
        hi = lo + 1.0;
    }
    let height = hi - lo;
    if let Some(target) = &p.target {
        let (least, most) = (lo - height, hi + height);
        let near = |value: f64| (least..=most).contains(&value);
        for milestone in p.milestones.iter().filter(|m| near(m.value)) {
            hi = hi.max(milestone.value);
        }
        if near(target.value) {
            let ends = target.bracket.into_iter().flat_map(|(a, b)| [a, b]).filter(|end| near(*end));
            for value in std::iter::once(target.value).chain(ends.collect::<Vec<_>>()) {
                lo = lo.min(value);
                hi = hi.max(value);
            }
        }
    }
    Axis::new(lo, hi, wanted)
}

/// The plot's place in the picture.
struct Frame {
    area: Box2,
    first: f64,
    axis: Axis,
}

impl Frame {
    fn x(&self, month: f64) -> f64 {
        self.area.x0 + (month - self.first) / (12.0 - self.first) * (self.area.x1 - self.area.x0)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.axis.lo) / (self.axis.hi - self.axis.lo);
        self.area.y1 - share * (self.area.y1 - self.area.y0)
    }

    fn line(&self, points: impl IntoIterator<Item = (f64, f64)>) -> Vec<Point> {
        points.into_iter().map(|(month, value)| (self.x(month), self.y(value))).collect()
    }

    /// The part of a line that lies within the axis: a reference line may leave it.
    fn clip(&self, line: &[Point]) -> Vec<Vec<Point>> {
        clip(line, self.area.y0, self.area.y1)
    }
}

/// What the rest of the layout needs of the plot.
struct Plot {
    area: Box2,
    /// Baseline of the months' names.
    months: f64,
    mouth: Mouth,
}

/// Space left of and above the labels' bounds.
const CLEAR: f64 = 2.0;

fn plot(scene: &mut Scene, look: &Look, p: &FanParts, main: Box2, place: Place, title: &Title) -> Plot {
    let (k, size, t) = (look.k, look.size, &look.t);
    let axis_title = text::fit(&p.axis_title, size, false, title.width);
    scene.text(Text::new((main.x0, main.y0 + size * ASCENT), size, t.ink_3, axis_title));
    let months = main.y1 - size * DESCENT - 0.15 * size;
    let top = main.y0 + size * ASCENT + look.row() * (title.lines.max(1) as f64 - 1.0) + 1.3 * size;
    let foot = (months - 1.5 * size).max(top + 2.0 * size);

    let axis = axis(p, ((foot - top) / (3.3 * size)).floor().clamp(2.0, 6.0));
    let names: Vec<(f64, String)> = axis
        .ticks()
        .map(|value| {
            let name = axis.name(value);
            let room = 0.2 * (main.x1 - main.x0);
            let wide = text::width(&name, size, false) > room;
            (value, if wide { format!("{value:e}").replace('-', "−") } else { name })
        })
        .collect();
    let widest = names.iter().map(|(_, name)| text::width(name, size, false)).fold(0.0, f64::max);
    let x0 = main.x0 + widest + 7.0 * k;

    // Labels of December: to the right of it where the width allows, else among the others, inside.
    let ends: Vec<End> = ends(p, look);
    let end_width = ends.iter().map(|end| text::width(&end.text, size, true)).fold(0.0, f64::max);
    let bracket = p.target.as_ref().and_then(|target| target.bracket);
    let gutter = if bracket.is_some() { 20.0 * k } else { 14.0 * k };
    let outside = place != Place::Beside && end_width + gutter <= 0.32 * (main.x1 - x0) && !ends.is_empty();
    let x1 = match (place, outside) {
        (Place::Beside, _) => main.x1,
        (_, true) => main.x1 - end_width - gutter,
        (_, false) => main.x1 - if bracket.is_some() { 14.0 * k } else { 8.0 * k },
    };
    let first = match p.quantity {
        Quantity::Amount => 0,
        Quantity::Growth => {
            let lines = [Some(&p.actual), p.pace.as_ref(), p.seasonal.as_ref()];
            let of_lines = lines.into_iter().flatten().filter_map(|line| line.first()).map(|at| at.month);
            of_lines.chain(p.fan.first().map(|at| at.month)).min().unwrap_or(1).min(11)
        }
    };
    let frame = Frame { area: Box2 { x0, y0: top, x1, y1: foot }, first: f64::from(first), axis };
    let area = frame.area;
    scene.scale = Some(FanScale {
        x: (area.x0, area.x1),
        y: (area.y1, area.y0),
        first: frame.first,
        low: frame.axis.lo,
        high: frame.axis.hi,
    });
    let zero = |points: &mut Vec<(f64, f64)>| {
        if p.quantity == Quantity::Amount && points.first().is_some_and(|(month, _)| *month > 0.0) {
            points.insert(0, (0.0, 0.0));
        }
    };

    for (value, name) in &names {
        let y = frame.y(*value);
        let (colour, width) = if *value == 0.0 { (t.line_strong, 1.25) } else { (t.line, 1.0) };
        scene.line([(x0, y), (x1, y)], Stroke::new(colour, width));
        let name = Text::new((x0 - 7.0 * k, y + look.drop()), size, t.ink_3, name.clone());
        scene.text(name.anchor(Anchor::End));
    }
    month_names(scene, look, p, &frame, months, main);

    // The bands, from the last actual (or from nothing, before the year's first figure).
    let last = p.actual.last();
    let mut quantiles: Vec<(f64, [f64; 5])> =
        p.fan.iter().map(|at| (f64::from(at.month), at.quantiles.values())).collect();
    if last.is_none() && p.quantity == Quantity::Amount && !quantiles.is_empty() {
        quantiles.insert(0, (0.0, [0.0; 5]));
    }
    let lines: Vec<Vec<Point>> =
        (0..5).map(|q| frame.line(quantiles.iter().map(|(month, values)| (*month, values[q])))).collect();
    if quantiles.len() > 1 {
        for (lower, upper, fill) in [(0, 4, t.band_80), (1, 3, t.band_50)] {
            let ring: Vec<Point> = lines[upper].iter().chain(lines[lower].iter().rev()).copied().collect();
            scene.area(ring, fill);
        }
        for q in [0, 4] {
            scene.line(lines[q].clone(), Stroke::new(t.edge, k));
        }
    }
    let now = last.filter(|at| at.month < 12).map(|at| frame.x(f64::from(at.month)));
    let beneath = scene.marks.len();

    let mut pace: Vec<(f64, f64)> =
        p.pace.iter().flatten().map(|at| (f64::from(at.month), at.value)).collect();
    zero(&mut pace);
    let pace = frame.clip(&frame.line(pace));
    for part in &pace {
        scene.line(part.clone(), Stroke::new(t.ink_3, 1.5 * k).dashed(0.1, 4.0 * k).rounded());
    }
    // Beyond the last known month the track would muddy the fan.
    let until = last.map_or(12, |at| at.month);
    let seasonal: Vec<(f64, f64)> = p
        .seasonal
        .iter()
        .flatten()
        .filter(|at| at.month <= until)
        .map(|at| (f64::from(at.month), at.value))
        .collect();
    let seasonal = frame.clip(&frame.line(seasonal));
    for part in &seasonal {
        scene.line(part.clone(), Stroke::new(t.track, 5.0 * k).rounded());
    }

    if let Some(was) = &p.was {
        let line = frame.line(was.median.iter().map(|at| (f64::from(at.month), at.value)));
        for part in frame.clip(&line) {
            scene.line(part, Stroke::new(t.ink_3, 1.25 * k));
        }
    }
    if quantiles.len() > 1 {
        scene.line(lines[2].clone(), Stroke::new(t.forecast, 2.0 * k).rounded());
    }
    let actual = frame.line(p.actual.iter().map(|at| (f64::from(at.month), at.value)));
    scene.line(actual.clone(), Stroke::new(t.ink, 2.5 * k).rounded());
    for (i, at) in actual.iter().enumerate() {
        scene.disc(*at, if i + 1 == actual.len() { 3.5 * k } else { 2.0 * k }, t.ink);
    }
    draw_target(scene, look, p, &frame);
    let milestones = draw_milestones(scene, look, p, &frame);

    // Labels, the ones that must be there first.
    let mut placer = Placer::new(Box2 {
        x0: x0 + CLEAR,
        y0: top - 0.3 * size,
        x1: if outside { x1 - CLEAR } else { x1 - 7.0 * k },
        y1: foot - CLEAR,
    });
    placer.line(&actual, 400.0);
    for (line, weight) in lines.iter().zip([150.0, 60.0, 400.0, 60.0, 150.0]) {
        placer.line(line, weight);
    }
    for (parts, weight) in [(&pace, 120.0), (&seasonal, 60.0)] {
        parts.iter().for_each(|part| placer.line(part, weight));
    }
    if let Some(x) = now {
        placer.line(&[(x, top), (x, foot)], 60.0);
    }
    let mouth = Mouth {
        x: x1 + 1.0,
        hi: lines[4].last().map_or(foot, |at| at.1),
        lo: lines[0].last().map_or(foot, |at| at.1),
    };
    let mut labels = Labels { scene, look, placer, widest: x1 - x0 - 16.0 * k };
    if let Some(at) = actual.last() {
        let label = labels.fit(&p.labels.through, t.ink, true);
        labels.essential(&[label], |_| (at.0 + 9.0 * k, at.1 + 3.0 * k), false);
    }
    if outside {
        labels.right_of(&ends, &frame, gutter);
    } else if !ends.is_empty() {
        let heights: Vec<f64> = ends.iter().map(|end| frame.y(end.value).clamp(top, foot)).collect();
        let texts: Vec<Text> = ends.iter().map(|end| labels.fit(&end.text, end.colour, true)).collect();
        let apart = heights.windows(2).any(|pair| pair[1] - pair[0] > 3.0 * look.row());
        // Far apart, each stands at its own height; close together, they are one block over the fan.
        let blocks: Vec<(&[Text], f64)> = if apart {
            texts.chunks(1).zip(heights).collect()
        } else {
            vec![(&texts[..], heights.into_iter().fold(mouth.hi, f64::min))]
        };
        for (block, y) in blocks {
            labels.essential(block, |(w, h)| (x1 - w - 12.0 * k, y - h - 4.0 * k), true);
        }
    }
    for (milestone, (x, y)) in p.milestones.iter().zip(milestones) {
        let label = labels.fit(&milestone.label, t.ink, true);
        labels.optional(&[label], |(w, h)| (x - w - 9.0 * k, y - h - 2.0 * k), Some((x, y)));
    }
    let remarks: Vec<Text> = p
        .labels
        .gaps
        .iter()
        .take(2)
        .map(|remark| {
            let line = Text::new((0.0, 0.0), size, t.ink, format!("{} ", remark.text));
            Text { figure: remark.figure.clone(), halo: Some(t.surface), ..line }
        })
        .collect();
    labels.optional(&remarks, |_| (x0 + 8.0 * k, top + 0.35 * size), None);
    if let Some((x, y)) = middle(&pace, now.map_or(0.45, |x| 0.62 * (x - x0) / (x1 - x0)), x0, x1) {
        let label = labels.fit(&p.labels.pace, t.ink_3, false);
        labels.optional(&[label], |(w, h)| (x - w - 6.0 * k, y - h - 4.0 * k), Some((x, y)));
    }
    if let Some((x, y)) = middle(&seasonal, now.map_or(0.5, |x| 0.6 * (x - x0) / (x1 - x0)), x0, x1) {
        let label = labels.fit(&p.labels.seasonal, t.ink_3, false);
        labels.optional(&[label], |_| (x + 13.0 * k, y + 11.0 * k), Some((x, y)));
    }
    // Today's line lies under everything and through no word.
    let parts = now.map(|x| labels.placer.broken(x, (top, foot), 2.0 * k)).unwrap_or_default();
    let dashed = Stroke::new(t.ink_3, k).dashed(3.0 * k, 3.0 * k);
    scene.marks.splice(beneath..beneath, parts.into_iter().map(|part| Mark::Line(part.into(), dashed)));
    Plot { area, months, mouth }
}

/// A label of December.
struct End {
    value: f64,
    text: String,
    colour: super::theme::Rgb,
}

/// Target and median, the higher first.
fn ends(p: &FanParts, look: &Look) -> Vec<End> {
    let target = p.target.iter().map(|target| (target.value, &target.label, look.t.ink));
    let median = p.fan.last().map(|at| (at.quantiles.q50, &p.labels.median, look.t.forecast));
    let mut ends: Vec<End> = target
        .chain(median)
        .filter(|(_, label, _)| !label.is_empty())
        .map(|(value, label, colour)| End { value, text: label.clone(), colour })
        .collect();
    order::sort_by(&mut ends, |a, b| b.value.total_cmp(&a.value));
    ends
}

/// The target's mark at December, the plan's bracket beside it, or an arrow where it is out of view.
fn draw_target(scene: &mut Scene, look: &Look, p: &FanParts, frame: &Frame) {
    let (k, t, x1) = (look.k, &look.t, frame.area.x1);
    let Some(target) = &p.target else { return };
    let shown = frame.axis.lo..=frame.axis.hi;
    if let Some((lo, hi)) = target.bracket {
        let clamp = |value: f64| frame.y(value.clamp(frame.axis.lo, frame.axis.hi));
        let x = x1 + 9.0 * k;
        let mut path = vec![(x, clamp(hi)), (x, clamp(lo))];
        if shown.contains(&hi) {
            path.insert(0, (x - 4.0 * k, clamp(hi)));
        }
        if shown.contains(&lo) {
            path.push((x - 4.0 * k, clamp(lo)));
        }
        scene.line(path, Stroke::new(t.line_strong, 2.0 * k));
    }
    if shown.contains(&target.value) {
        let y = frame.y(target.value);
        scene.line([(x1 - 9.0 * k, y), (x1 + 7.0 * k, y)], Stroke::new(t.ink, 2.5 * k));
    } else {
        let up = target.value > frame.axis.hi;
        let (tip, way) = if up { (frame.area.y0 - 3.0 * k, -1.0) } else { (frame.area.y1, 1.0) };
        scene.arrow((x1, tip), 4.5 * k, (0.0, way), t.ink);
    }
}

/// A tick across each milestone, and where it is; one out of view stands at the edge.
fn draw_milestones(scene: &mut Scene, look: &Look, p: &FanParts, frame: &Frame) -> Vec<Point> {
    let k = look.k;
    let places = p.milestones.iter().map(|milestone| {
        let value = milestone.value.clamp(frame.axis.lo, frame.axis.hi);
        let (x, y) = (frame.x(milestone.month.into()), frame.y(value));
        scene.line([(x - 6.0 * k, y), (x + 6.0 * k, y)], Stroke::new(look.t.ink, 2.0 * k));
        (x, y)
    });
    places.collect()
}

/// Names months under the axis: the last known one always and in bold, then December, then the others where
/// there is room.
fn month_names(scene: &mut Scene, look: &Look, p: &FanParts, frame: &Frame, y: f64, main: Box2) {
    let last = p.actual.last().map(|at| at.month);
    let mut wanted: Vec<u8> = last.into_iter().collect();
    wanted.extend(p.ticks.iter().rev().copied().filter(|month| Some(*month) != last));
    let mut taken: Vec<Box2> = Vec::new();
    for month in wanted.into_iter().filter(|month| f64::from(*month) >= frame.first) {
        let bold = Some(month) == last;
        let colour = if bold { look.t.ink } else { look.t.ink_3 };
        let name = month_name(p.lang, month);
        let half = text::width(&name, look.size, bold) / 2.0;
        // December's name may reach past the plot, but not into what stands beside it.
        let x = frame
            .x(f64::from(month))
            .clamp(main.x0 + half, (frame.area.x1 + half).min(f64::from(p.width) - half));
        let name = Text::new((x, y), look.size, colour, name).bold(bold).anchor(Anchor::Middle);
        let area = name.bounds();
        if !taken.iter().any(|other| other.overlaps(&area.grown(0.3 * look.size))) {
            taken.push(area);
            scene.text(name);
        }
    }
}

fn month_name(lang: Lang, month: u8) -> String {
    let short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => short.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default().to_owned(),
    }
}

/// The point of a line at a share of the plot's width, or of the line where it is shorter.
fn middle(parts: &[Vec<Point>], share: f64, x0: f64, x1: f64) -> Option<Point> {
    let (from, to) = (parts.first()?.first()?.0, parts.last()?.last()?.0);
    let x = (x0 + share * (x1 - x0)).clamp(from, to.max(from));
    parts.iter().flat_map(|part| part.windows(2)).find(|ends| ends[0].0 <= x && x <= ends[1].0).map(|ends| {
        let ((ax, ay), (bx, by)) = (ends[0], ends[1]);
        let along = if bx > ax { (x - ax) / (bx - ax) } else { 0.0 };
        (x, ay + along * (by - ay))
    })
}

/// Labels among the lines.
struct Labels<'a> {
    scene: &'a mut Scene,
    look: &'a Look,
    placer: Placer,
    widest: f64,
}

impl Labels<'_> {
    /// A label no wider than the plot, not yet placed.
    fn fit(&self, words: &str, colour: super::theme::Rgb, bold: bool) -> Text {
        let words = text::fit(words, self.look.size, bold, self.widest);
        Text::new((0.0, 0.0), self.look.size, colour, words).bold(bold).halo(self.look.t.surface)
    }

    fn size(&self, block: &[Text]) -> Point {
        let rest = self.look.size * LEADING * (block.len() as f64 - 1.0);
        (block.iter().map(Text::width).fold(0.0, f64::max), self.look.letters() + rest)
    }

    fn write(&mut self, block: &[Text], at: Box2, right: bool) {
        self.placer.take(at);
        for (i, line) in block.iter().enumerate() {
            let y = at.y0 + self.look.size * ASCENT + self.look.size * LEADING * i as f64;
            let line = line.clone();
            self.scene.text(if right {
                Text { at: (at.x1, y), ..line }.anchor(Anchor::End)
            } else {
                Text { at: (at.x0, y), ..line }
            });
        }
    }

    fn essential(&mut self, block: &[Text], ideal: impl Fn(Point) -> Point, right: bool) {
        if block.iter().all(|line| line.text.is_empty()) {
            return;
        }
        let size = self.size(block);
        if let Some(placed) = self.placer.find(size, ideal(size), CLEAR) {
            self.write(block, placed.at, right);
        }
    }

    /// Placed only where it covers nothing that matters; tied to `of` by a line where it stands apart.
    fn optional(&mut self, block: &[Text], ideal: impl Fn(Point) -> Point, of: Option<Point>) {
        if block.is_empty() || block.iter().all(|line| line.text.trim().is_empty()) {
            return;
        }
        let (size, k) = (self.size(block), self.look.k);
        if size.0 > self.widest {
            return;
        }
        // A remark reads on from nothing beside it, so it keeps further off.
        let gap = if of.is_some() { 2.0 * CLEAR } else { 3.0 * CLEAR };
        let Some(placed) = self.placer.find(size, ideal(size), gap).filter(|found| found.crossed < 100.0)
        else {
            return;
        };
        if let Some((x, y)) = of {
            let around = placed.at.grown(2.0 * k);
            let near = (x.clamp(around.x0, around.x1), y.clamp(around.y0, around.y1));
            let (dx, dy) = (near.0 - x, near.1 - y);
            let far = (dx * dx + dy * dy).sqrt();
            if far > 110.0 * k {
                // Too far away to be read as the line's name.
                return;
            }
            if far > 9.0 * k {
                let clear = 3.0 * k / far;
                let start = (x + dx * clear, y + dy * clear);
                self.scene.line([start, near], Stroke::new(self.look.t.ink_3, k));
            }
        }
        self.write(block, placed.at, false);
    }

    /// Labels of December in the margin, each at its own height as far as they keep apart.
    fn right_of(&mut self, ends: &[End], frame: &Frame, gutter: f64) {
        let (k, look) = (self.look.k, self.look);
        let (top, foot) = (frame.area.y0 - 0.5 * look.size, frame.area.y1);
        let heights: Vec<f64> =
            ends.iter().map(|end| frame.y(end.value).clamp(frame.area.y0, foot)).collect();
        let mut centres = heights.clone();
        spread(&mut centres, look.letters() + 0.15 * look.size, top, foot);
        for ((end, centre), height) in ends.iter().zip(centres).zip(heights) {
            let x = frame.area.x1 + gutter;
            if (centre - height).abs() > 3.0 * k {
                let tie = [(frame.area.x1 + 6.0 * k, height), (x - 2.0 * k, centre)];
                self.scene.line(tie, Stroke::new(look.t.ink_3, 0.75 * k));
            }
            let at = (x, centre + look.drop());
            self.scene.text(Text::new(at, look.size, end.colour, end.text.clone()).bold(true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::MIN_TEXT;
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves_the_axis() {
        let area = Box2 { x0: 0.0, y0: 0.0, x1: 120.0, y1: 100.0 };
        let frame = Frame { area, first: 0.0, axis: Axis::new(0.0, 100.0, 5.0) };
        let parts = frame.clip(&frame.line([(0.0, 0.0), (6.0, 200.0), (12.0, 0.0)]));
        assert_eq!(parts, [[(0.0, 100.0), (30.0, 0.0)], [(90.0, 0.0), (120.0, 100.0)]]);
        assert!(frame.clip(&frame.line([(0.0, 150.0), (12.0, 150.0)])).is_empty());
    }

    #[test]
    fn a_far_target_does_not_flatten_the_chart() {
        let with = |target: f64| {
            let target = super::super::spec::Target { value: target, label: "t".into(), bracket: None };
            let actual = vec![At { month: 2, value: 40.0 }, At { month: 3, value: 90.0 }];
            axis(&FanParts { actual, target: Some(target), ..FanParts::default() }, 5.0).hi
        };
        assert_eq!((with(120.0), with(5000.0)), (125.0, 100.0));
    }

    #[test]
    fn text_is_larger_on_a_slide_and_never_below_the_floor() {
        for (width, height) in [(280, 180), (326, 440), (540, 366), (1280, 720), (4000, 180), (4000, 4000)] {
            let parts = FanParts {
                actual: vec![At { month: 2, value: 40.0 }, At { month: 3, value: 90.0 }],
                width,
                height,
                ..FanParts::default()
            };
            let scene = lay_out(&FanSpec::new(parts).unwrap());
            let smallest = scene.texts().map(|text| text.size).fold(f64::MAX, f64::min);
            assert!(smallest >= if (width, height) == (1280, 720) { 20.0 } else { MIN_TEXT });
        }
    }
}
