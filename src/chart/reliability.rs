//! The reliability diagram: chances that were given against the share that came true. Points on the diagonal are
//! chances to be relied on; under it they were too high. Beneath stands how often each chance was given.

use super::look::Look;
use super::place::Placer;
use super::scene::{Anchor, Box2, Point, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along, over, within};
use super::spec::ChartError;
use super::text::{self, ASCENT, DESCENT};
use super::theme::Rgb;
use serde::{Deserialize, Serialize};

/// Chances of about the same size. All but the count in percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Bin {
    /// Least chance of the bin.
    pub from: f64,
    /// Where the next bin begins.
    pub to: f64,
    /// Mean of the chances given.
    pub chance: f64,
    /// Share that came true.
    pub kept: f64,
    /// Least and highest share that chance alone leaves likely where the chances are right.
    pub band: (f64, f64),
    /// How many chances there are in it.
    pub count: u32,
    /// Written beside the point; empty for most.
    #[serde(default)]
    pub label: String,
}

/// The parts of a [`ReliabilitySpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReliabilityParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Over the level axis: `Came true, %`.
    pub axis_title: String,
    /// Under the axis of chances: `Chance given, %`.
    pub chance_title: String,
    /// What the bands mean.
    pub bands: String,
    /// Written on the diagonal: `As promised`.
    pub diagonal: String,
    /// Bins that have chances, ascending.
    pub bins: Vec<Bin>,
}

super::spec::checked!(
    /// A reliability diagram that can be drawn.
    ReliabilitySpec,
    ReliabilityParts,
    "ReliabilityParts"
);

impl ReliabilitySpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no bin or more than fifty, numbers outside 0–100 %, and
    /// bins that overlap or do not hold their own chance.
    pub fn new(mut parts: ReliabilityParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let got = parts.bins.len();
        if !(1..=50).contains(&got) {
            return Err(ChartError::Count { what: "bins", got, least: 1, most: 50 });
        }
        let mut end = 0.0;
        for bin in &mut parts.bins {
            let numbers = [
                ("bin from", &mut bin.from),
                ("bin to", &mut bin.to),
                ("chance", &mut bin.chance),
                ("share", &mut bin.kept),
                ("band", &mut bin.band.0),
                ("band", &mut bin.band.1),
            ];
            for (what, value) in numbers {
                within(what, value, 0.0, 100.0)?;
            }
            for got in [vec![end, bin.from, bin.chance, bin.to], vec![bin.band.0, bin.band.1]] {
                if got.windows(2).any(|pair| pair[0] > pair[1]) {
                    return Err(ChartError::Order { what: "bin", got });
                }
            }
            end = bin.to;
        }
        Ok(Self(parts))
    }
}

/// Draws a reliability diagram as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, Bin, ReliabilityParts, ReliabilitySpec};
/// let bin = |from: f64, kept| Bin {
///     from, to: from + 50.0, chance: from + 20.0, kept, band: (10.0, 90.0), count: 40, label: String::new(),
/// };
/// let parts = ReliabilityParts { bins: vec![bin(0.0, 25.0), bin(50.0, 60.0)], ..Default::default() };
/// assert!(chart::reliability(&ReliabilitySpec::new(parts)?)?.starts_with("<svg"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn reliability(spec: &ReliabilitySpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// The plot of chances and shares, both in percent.
struct Plot(Box2);

impl Plot {
    fn x(&self, percent: f64) -> f64 {
        self.0.x0 + percent / 100.0 * (self.0.x1 - self.0.x0)
    }

    fn y(&self, percent: f64) -> f64 {
        self.0.y1 - percent / 100.0 * (self.0.y1 - self.0.y0)
    }
}

fn lay_out(p: &ReliabilityParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let (size, k, t) = (look.size, look.k, look.t);
    let top = over(&mut scene, &look, room, &p.axis_title, &p.bands) + 0.7 * size;

    // From below: counts, the title of the chances, their names, the plot.
    let free = room.y1 - top - 2.0 * look.row();
    let bars = if free > 11.0 * size { (0.16 * free).max(1.5 * size) } else { 0.0 };
    let counts = if free > 8.0 * size { bars + look.row() } else { 0.0 };
    let title = room.y1 - counts - size * DESCENT - if counts > 0.0 { 0.25 * size } else { 0.0 };
    let names = title - look.row();
    let foot = (names - size * ASCENT - 0.7 * size).max(top + 2.0 * size);
    let x0 = room.x0 + text::width("100", size, false) + 7.0 * k;
    let x1 = room.x1 - text::width("100", size, false) / 2.0;
    let at = Plot(Box2 { x0, y0: top, x1, y1: foot });

    let percents = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0];
    let levels: &[f64] = match (foot - top) / size {
        high if high > 9.0 => &percents,
        high if high > 3.5 => &[0.0, 50.0, 100.0],
        _ => &[0.0, 100.0],
    };
    for level in levels {
        let (y, name) = (at.y(*level), format!("{level}"));
        let colour = if *level == 0.0 { t.line_strong } else { t.line };
        scene.line([(x0, y), (x1, y)], Stroke::new(colour, 1.0));
        scene.text(Text::new((x0 - 7.0 * k, y + look.drop()), size, t.ink_3, name).anchor(Anchor::End));
    }
    let under = percents.map(|level| Text::new((at.x(level), names), size, t.ink_3, format!("{level}")));
    names_along(&mut scene, &look, under, room);
    let words = text::fit(&p.chance_title, size, false, room.x1 - x0);
    scene.text(Text::new((x0, title), size, t.ink_3, words));

    for bin in &p.bins {
        let half = (0.28 * (at.x(bin.to) - at.x(bin.from))).min(14.0 * k);
        let x = at.x(bin.chance);
        let band = Box2 {
            x0: (x - half).max(x0),
            x1: (x + half).min(x1),
            y0: at.y(bin.band.1) - 0.5 * k,
            y1: at.y(bin.band.0) + 0.5 * k,
        };
        scene.rect(band, t.band_80);
    }
    scene.line([(x0, foot), (x1, top)], Stroke::new(t.ink_3, k).dashed(4.0 * k, 3.0 * k));
    let points: Vec<Point> = p.bins.iter().map(|bin| (at.x(bin.chance), at.y(bin.kept))).collect();
    scene.line(points.clone(), Stroke::new(t.forecast, 1.5 * k).rounded());
    for point in &points {
        scene.disc(*point, 4.0 * k, t.forecast);
    }
    draw_labels(&mut scene, &look, p, &at, &points);
    if counts > 0.0 {
        draw_counts(&mut scene, &look, p, &at, Box2 { y0: room.y1 - bars, ..room });
    }
    scene
}

/// Names the bins that miss, and the diagonal.
fn draw_labels(scene: &mut Scene, look: &Look, p: &ReliabilityParts, at: &Plot, points: &[Point]) {
    let (size, k, area) = (look.size, look.k, at.0);
    let mut placer =
        Placer::new(Box2 { x0: area.x0 + 2.0, y0: area.y0 - 0.3 * size, x1: area.x1, y1: area.y1 - 2.0 });
    placer.line(points, 400.0);
    placer.line(&[(area.x0, area.y1), (area.x1, area.y0)], 150.0);
    for (bin, (x, y)) in p.bins.iter().zip(points) {
        placer.line(&[(*x, at.y(bin.band.0)), (*x, at.y(bin.band.1))], 40.0);
        placer.take(Box2 { x0: *x, y0: *y, x1: *x, y1: *y }.grown(5.0 * k));
    }
    let mut write = |placer: &mut Placer, at: Box2, words: String, colour: Rgb, bold: bool| {
        placer.take(at);
        let base = (at.x0, at.y0 + size * ASCENT);
        scene.text(Text::new(base, size, colour, words).bold(bold).halo(look.t.surface));
    };
    for (bin, (x, y)) in p.bins.iter().zip(points).filter(|(bin, _)| !bin.label.is_empty()) {
        let words = text::fit(&bin.label, size, true, area.x1 - area.x0 - 10.0 * k);
        let (wide, high) = (text::width(&words, size, true), look.letters());
        // Under the diagonal there is room to the right, over it to the left.
        let below = bin.kept < bin.chance;
        let wish = if below { (x + 9.0 * k, *y) } else { (x - wide - 9.0 * k, y - high) };
        if let Some(placed) = placer.find((wide, high), wish, 2.0) {
            write(&mut placer, placed.at, words, look.t.ink, true);
        }
    }
    let words = text::fit(&p.diagonal, size, false, 0.5 * (area.x1 - area.x0));
    let wide = text::width(&words, size, false);
    // On the side where the points are not.
    let over = p.bins.iter().map(|bin| (bin.kept - bin.chance) * f64::from(bin.count)).sum::<f64>() > 0.0;
    let (x, y) = (at.x(80.0), at.y(80.0));
    let wish =
        if over { (x + 10.0 * k, y + 4.0 * k) } else { (x - wide - 10.0 * k, y - look.letters() - 4.0 * k) };
    let placed = placer.find((wide, look.letters()), wish, 3.0).filter(|found| found.crossed < 100.0);
    if let Some(placed) = placed {
        let far = (placed.at.x0 - wish.0).abs() + (placed.at.y0 - wish.1).abs();
        if far < 90.0 * k {
            write(&mut placer, placed.at, words, look.t.ink_3, false);
        }
    }
}

/// How often each chance was given: bars from the foot of the chart, with their numbers; the largest are named first.
fn draw_counts(scene: &mut Scene, look: &Look, p: &ReliabilityParts, at: &Plot, room: Box2) {
    let most = f64::from(p.bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1));
    let mut names: Vec<(u32, Text)> = Vec::new();
    for bin in &p.bins {
        let (from, to) = (at.x(bin.from), at.x(bin.to));
        let gap = 0.08 * (to - from);
        let height = f64::from(bin.count) / most * (room.y1 - room.y0);
        let bar = Box2 { x0: from + gap, x1: to - gap, y0: room.y1 - height, y1: room.y1 };
        if height > 0.0 {
            scene.rect(bar, look.t.band_50);
        }
        let name = crate::unit::fixed(f64::from(bin.count), 0);
        let base = (f64::midpoint(from, to), bar.y0 - look.size * (DESCENT + 0.1));
        names.push((bin.count, Text::new(base, look.size, look.t.ink_3, name)));
    }
    names.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    names_along(scene, look, names.into_iter().map(|(_, name)| name), room);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    fn bin(from: f64, kept: f64) -> Bin {
        let (to, chance) = (from + 10.0, from + 5.0);
        Bin { from, to, chance, kept, band: (10.0, 90.0), count: 3, label: String::new() }
    }

    #[test]
    fn refuses_what_it_cannot_show() {
        let code = |bins: Vec<Bin>| {
            let parts = ReliabilityParts { bins, ..Default::default() };
            ReliabilitySpec::new(parts).map(|_| ()).map_err(|e| e.code())
        };
        assert_eq!(code(vec![bin(0.0, 3.0), bin(10.0, 100.0)]), Ok(()));
        assert_eq!(code(Vec::new()), Err("chart_count"));
        assert_eq!(code(vec![bin(0.0, 101.0)]), Err("chart_range"));
        assert_eq!(code(vec![bin(0.0, f64::NAN)]), Err("chart_range"));
        assert_eq!(code(vec![bin(10.0, 3.0), bin(0.0, 3.0)]), Err("chart_order"));
        assert_eq!(code(vec![Bin { band: (9.0, 1.0), ..bin(10.0, 3.0) }]), Err("chart_order"));
    }

    #[test]
    fn survives_json() {
        let parts = ReliabilityParts { bins: vec![bin(0.0, 3.0)], ..Default::default() };
        let spec = ReliabilitySpec::new(parts).unwrap();
        let json = serde_json::to_string(&spec).unwrap();
        assert!(json.contains("\"lang\":\"en\""), "{json}");
        assert_eq!(serde_json::from_str::<ReliabilitySpec>(&json).unwrap(), spec);
    }
}
