//! Cover by year: how much of what came lay inside the 80 % and the 95 % interval, each year hung on the line of what
//! was promised, so that a bad year hangs low.

use super::axis::Axis;
use super::look::Look;
use super::place::spread;
use super::scene::{Anchor, Box2, Scene, Stroke, Text};
use super::sheet::{Sheet, names_along, over, within};
use super::spec::ChartError;
use super::text::{self, ASCENT, DESCENT};
use crate::unit::fixed;
use serde::{Deserialize, Serialize};

/// One year's cover, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CoverYear {
    /// The year.
    pub year: i32,
    /// Share inside the 80 % interval.
    pub cover80: f64,
    /// Share inside the 95 % interval.
    pub cover95: f64,
    /// Whether the 80 % interval held far too seldom.
    pub low80: bool,
    /// Whether the 95 % interval held far too seldom.
    pub low95: bool,
}

/// The parts of a [`CoverSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CoverParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Over the level axis: `Inside the interval, %`.
    pub axis_title: String,
    /// What a stem is.
    pub remark: String,
    /// At the line of 80 %: `80% interval: 81.3`.
    pub label80: String,
    /// At the line of 95 %.
    pub label95: String,
    /// Years ascending.
    pub years: Vec<CoverYear>,
}

super::spec::checked!(
    /// A chart of cover that can be drawn.
    CoverSpec,
    CoverParts,
    "CoverParts"
);

impl CoverSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no year or more than a hundred, years that do not ascend,
    /// and shares outside 0–100 %.
    pub fn new(mut parts: CoverParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let got = parts.years.len();
        if !(1..=100).contains(&got) {
            return Err(ChartError::Count { what: "years", got, least: 1, most: 100 });
        }
        if parts.years.windows(2).any(|pair| pair[0].year >= pair[1].year) {
            let got = parts.years.iter().map(|y| f64::from(y.year)).collect();
            return Err(ChartError::Order { what: "years", got });
        }
        for year in &mut parts.years {
            within("cover of the 80% interval", &mut year.cover80, 0.0, 100.0)?;
            within("cover of the 95% interval", &mut year.cover95, 0.0, 100.0)?;
        }
        Ok(Self(parts))
    }
}

/// Draws cover by year as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, CoverParts, CoverSpec, CoverYear};
/// let years = vec![CoverYear { year: 2020, cover80: 61.0, cover95: 82.0, low80: true, low95: true }];
/// let svg = chart::cover(&CoverSpec::new(CoverParts { years, ..Default::default() })?)?;
/// assert!(svg.contains(">82<") && svg.contains(">2020<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn cover(spec: &CoverSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// One interval's share in one year, in the half of the year's slot that is its own.
struct Stem {
    x: f64,
    promised: f64,
    came: f64,
    low: bool,
    strong: bool,
}

fn lay_out(p: &CoverParts) -> Scene {
    let (mut scene, look, room) = p.sheet.open(None);
    let (size, k, t) = (look.size, look.k, look.t);
    // A number over a year that held in full needs a row.
    let top = over(&mut scene, &look, room, &p.axis_title, &p.remark) + 1.5 * size;
    let names = room.y1 - size * DESCENT;
    let foot = (names - size * ASCENT - 0.7 * size).max(top + 2.0 * size);
    let least = p.years.iter().flat_map(|y| [y.cover80, y.cover95]).fold(100.0, f64::min);
    let lo = ((least - 5.0).min(65.0) / 10.0).floor().max(0.0) * 10.0;
    let axis = Axis::new(lo, 100.0, ((foot - top) / (3.0 * size)).floor().clamp(1.0, 5.0));
    let (lo, hi) = (axis.lo.max(0.0), 100.0);
    let y = |percent: f64| foot - (percent - lo) / (hi - lo) * (foot - top);

    let x0 = room.x0 + text::width("100", size, false) + 7.0 * k;
    let most = 0.34 * (room.x1 - x0);
    // Where there is no room for all, the words between go before the figure does: `95% interval: 93.7`, `95%: 93.7`.
    let labels = [&p.label95, &p.label80].map(|label| {
        let ends = label.split_once(' ').zip(label.rsplit_once(": "));
        match ends.filter(|_| text::width(label, size, true) > most) {
            Some(((level, _), (_, held))) => text::fit(&format!("{level}: {held}"), size, true, most),
            None => text::fit(label, size, true, most),
        }
    });
    let wide = labels.iter().map(|label| text::width(label, size, true)).fold(0.0, f64::max);
    let x1 = room.x1 - wide - 10.0 * k;
    for level in axis.ticks().filter(|level| (lo..=hi).contains(level)) {
        scene.line([(x0, y(level)), (x1, y(level))], Stroke::new(t.line, 1.0));
        let name = Text::new((x0 - 7.0 * k, y(level) + look.drop()), size, t.ink_3, axis.name(level));
        scene.text(name.anchor(Anchor::End));
    }
    for (promised, colour) in [(80.0, t.edge), (95.0, t.forecast)] {
        scene.line([(x0, y(promised)), (x1, y(promised))], Stroke::new(colour, 1.5 * k));
    }

    let slot = (x1 - x0) / p.years.len() as f64;
    let apart = 0.21 * slot;
    let (mut stems, mut under) = (Vec::new(), Vec::new());
    for (i, year) in p.years.iter().enumerate() {
        let middle = x0 + slot * (i as f64 + 0.5);
        let low = year.low80 || year.low95;
        let (promised, came) = (95.0, year.cover95);
        stems.push(Stem { x: middle - apart, promised, came, low: year.low95, strong: true });
        let (promised, came) = (80.0, year.cover80);
        stems.push(Stem { x: middle + apart, promised, came, low: year.low80, strong: false });
        let colour = if low { t.ink } else { t.ink_3 };
        under.push((low, Text::new((middle, names), size, colour, year.year.to_string()).bold(low)));
    }
    // Bad years are named before the others, late ones before early ones.
    under.reverse();
    under.sort_by_key(|(low, _)| !low);
    names_along(&mut scene, &look, under.into_iter().map(|(_, name)| name), Box2 { x1: x1 + size, ..room });

    let radius = (4.5 * k).min(0.18 * slot);
    for stem in &stems {
        let usual = if stem.strong { t.forecast } else { t.edge };
        let colour = if stem.low { t.risk } else { usual };
        let width = if stem.low { 2.5 } else { 1.5 };
        let end = (stem.x, y(stem.came));
        scene.line([(stem.x, y(stem.promised)), end], Stroke::new(colour, width * k));
        if stem.strong {
            scene.disc(end, radius, colour);
        } else {
            scene.disc(end, radius, t.surface);
            scene.ring(end, radius, Stroke::new(colour, 1.75 * k));
        }
    }
    draw_figures(&mut scene, &look, &stems, &y, slot, Box2 { x0, y0: top, x1, y1: foot }, radius);

    let mut centres = [y(95.0), y(80.0)];
    spread(&mut centres, look.letters() + 0.1 * size, top - size, foot + 0.5 * size);
    for ((label, centre), colour) in labels.into_iter().zip(centres).zip([t.forecast, t.ink_2]) {
        let at = (x1 + 10.0 * k, centre + look.drop());
        scene.text(Text::new(at, size, colour, label).bold(true));
    }
    scene
}

/// The shares in figures: all of them where a slot has room for two, else those of bad years.
fn draw_figures(
    scene: &mut Scene,
    look: &Look,
    stems: &[Stem],
    y: &impl Fn(f64) -> f64,
    slot: f64,
    area: Box2,
    radius: f64,
) {
    let size = look.size;
    let all = text::width("100", size, true) + 0.3 * size <= 0.42 * slot;
    let mut taken: Vec<Box2> = Vec::new();
    let mut told: Vec<&Stem> = stems.iter().filter(|stem| all || stem.low).collect();
    told.sort_by(|a, b| (!a.low).cmp(&!b.low).then(a.came.total_cmp(&b.came)));
    for stem in told {
        let gap = radius + 0.25 * size;
        let (over, under) = (y(stem.came) - gap, y(stem.came) + gap + size * (ASCENT - 0.06));
        // At the foot there is only the other side.
        let up = stem.came >= stem.promised || under + size * DESCENT > area.y1 + 0.3 * size;
        let base = if up { over } else { under };
        let colour = if stem.low { look.t.risk } else { look.t.ink_2 };
        let name = Text::new((stem.x, base), size, colour, fixed(stem.came, 0)).bold(stem.low);
        let half = name.width() / 2.0;
        let x = stem.x.clamp(area.x0 + half, (area.x1 - half).max(area.x0 + half));
        let name = Text { at: (x, base), ..name }.anchor(Anchor::Middle).halo(look.t.surface);
        let at = name.bounds();
        let inside = at.y0 >= area.y0 - 1.5 * size && at.x1 <= area.x1 + 1.0;
        if inside && !taken.iter().any(|other| other.overlaps(&at.grown(1.0))) {
            taken.push(at);
            scene.text(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    #[test]
    fn refuses_what_it_cannot_show() {
        let year = |year, cover95| CoverYear { year, cover80: 80.0, cover95, low80: false, low95: false };
        let code = |years: Vec<CoverYear>| {
            let parts = CoverParts { years, ..Default::default() };
            CoverSpec::new(parts).map(|_| ()).map_err(|e| e.code())
        };
        assert_eq!(code(vec![year(2019, 95.0), year(2020, 0.0)]), Ok(()));
        assert_eq!(code(Vec::new()), Err("chart_count"));
        assert_eq!(code(vec![year(2020, 95.0), year(2019, 95.0)]), Err("chart_order"));
        assert_eq!(code(vec![year(2020, 95.1), year(2021, 100.1)]), Err("chart_range"));
    }
}
