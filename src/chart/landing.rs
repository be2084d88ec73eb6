//! December magnified: on a level axis from zero its band is a sliver, so it gets its own growth scale, with
//! twenty dots of 5 % each. Beside the fan the scale is upright; under a narrow one it lies.

use super::look::Look;
use super::place::{Placer, spread};
use super::scene::{Anchor, Box2, Point, Scene, Stroke, Text};
use super::spec::{Landing, Quantiles, Was};
use super::text::{self, ASCENT, DESCENT};
use crate::order;
use crate::unit::fixed;

/// Standard normal deviates of the five quantiles (10, 25, 50, 75, 90 %).
const Z: [f64; 5] = [-1.281_551_57, -0.674_489_75, 0.0, 0.674_489_75, 1.281_551_57];
/// The same of the upper ten dots: 52.5, 57.5, …, 97.5 %.
const Z_DOTS: [f64; 10] = [
    0.062_706_78,
    0.189_118_43,
    0.318_639_36,
    0.453_762_19,
    0.597_760_13,
    0.755_415_03,
    0.934_589_29,
    1.150_349_38,
    1.439_531_47,
    1.959_963_98,
];

/// The middles of twenty equal shares of the distribution, ascending: between the known quantiles linear in
/// the normal deviate, beyond them along the last piece.
fn dots(growth: &Quantiles) -> [f64; 20] {
    let known = growth.values();
    let value = |z: f64| {
        let piece = Z[1..4].iter().filter(|inner| z > **inner).count();
        let (a, b) = (Z[piece], Z[piece + 1]);
        known[piece] + (known[piece + 1] - known[piece]) * (z - a) / (b - a)
    };
    let mut all = [0.0; 20];
    for (i, z) in Z_DOTS.into_iter().enumerate() {
        all[10 + i] = value(z);
        all[9 - i] = value(-z);
    }
    all
}

/// Which end of the view a target lies beyond.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    Below,
    Above,
}

/// A growth scale along one axis: `far` px is where growth is highest.
struct Scale {
    lo: f64,
    hi: f64,
    near: f64,
    far: f64,
    /// Where the bins of the dots begin, px.
    base: f64,
    beyond: Option<Beyond>,
    /// Width of a bin, px.
    pitch: f64,
    /// Bin and whether past the target, one a dot.
    bins: Vec<(i32, bool)>,
}

impl Scale {
    /// A scale over `near..far` px whose stacks are no deeper than `deep` px.
    fn new(landing: &Landing, near: f64, far: f64, largest: f64, deep: f64) -> Self {
        let values = dots(&landing.growth);
        let spread = (landing.growth.q90 - landing.growth.q10).max(0.1);
        let (mut lo, mut hi) = (values[0].min(landing.growth.q10), values[19].max(landing.growth.q90));
        let reach = 1.5 * spread;
        let beyond = if landing.target > hi + reach {
            Some(Beyond::Above)
        } else if landing.target < lo - reach {
            Some(Beyond::Below)
        } else {
            lo = lo.min(landing.target);
            hi = hi.max(landing.target);
            None
        };
        if let Some((from, to)) = landing.bracket {
            lo = if from >= lo - spread / 2.0 { lo.min(from) } else { lo };
            hi = if to <= hi + spread / 2.0 { hi.max(to) } else { hi };
        }
        let length = (far - near).abs();
        let mut pitch = largest.min(length / 11.0);
        // Stretched further, twenty dots would no longer stand together as a shape.
        let least = (length - 2.0 * pitch) * spread / (5.8 * pitch);
        let short = (least - (hi - lo)).max(0.0) / 2.0;
        (lo, hi) = (lo - short, hi + short);
        // One bin stays free at either end, so that there is one on each side of the target.
        let pad = pitch * (far - near).signum();
        let mut scale =
            Self { lo, hi, near: near + pad, far: far - pad, base: 0.0, beyond, pitch, bins: Vec::new() };
        scale.base = match beyond {
            None => scale.px(landing.target),
            Some(Beyond::Above) => scale.far,
            Some(Beyond::Below) => scale.near,
        };
        let unfilled = 20 - usize::from(landing.dots_filled.min(20));
        let sign = (far - near).signum();
        loop {
            let most = ((far - scale.base).abs() / pitch + 1e-9).floor() as i32 - 1;
            let least = -(((scale.base - near).abs() / pitch + 1e-9).floor() as i32);
            scale.pitch = pitch;
            scale.bins = values
                .iter()
                .enumerate()
                .map(|(i, value)| {
                    let bin = ((scale.px(*value) - scale.base) * sign / pitch).floor() as i32;
                    if i >= unfilled { (bin.max(0).min(most), true) } else { (bin.min(-1).max(least), false) }
                })
                .collect();
            if f64::from(scale.deepest()) * pitch <= deep || pitch < 3.0 {
                return scale;
            }
            pitch *= 0.95;
        }
    }

    fn px(&self, value: f64) -> f64 {
        let share = ((value - self.lo) / (self.hi - self.lo)).clamp(0.0, 1.0);
        self.near + share * (self.far - self.near)
    }

    fn shows(&self, value: f64) -> bool {
        (self.lo..=self.hi).contains(&value)
    }

    fn deepest(&self) -> u32 {
        self.stacked().map(|(_, depth, _)| depth + 1).max().unwrap_or(0)
    }

    /// Bin, place in its stack, and whether past the target, one a dot. Bins are in order.
    fn stacked(&self) -> impl Iterator<Item = (i32, u32, bool)> {
        self.bins.iter().scan((i32::MIN, 0), |(last, depth), (bin, past)| {
            *depth = if bin == last { *depth + 1 } else { 0 };
            *last = *bin;
            Some((*bin, *depth, *past))
        })
    }

    /// Middle of a bin along the scale.
    fn middle(&self, bin: i32) -> f64 {
        self.base + (f64::from(bin) + 0.5) * self.pitch * (self.far - self.near).signum()
    }
}

/// Draws the dots at places along and across the scale; returns their boxes.
fn draw_dots(
    scene: &mut Scene,
    look: &Look,
    scale: &Scale,
    at: impl Fn(f64, f64) -> Point,
) -> Vec<(Box2, bool)> {
    let radius = scale.pitch * 0.43;
    scale
        .stacked()
        .map(|(bin, depth, past)| {
            let (x, y) = at(scale.middle(bin), (f64::from(depth) + 0.5) * scale.pitch);
            if past {
                scene.disc((x, y), radius, look.t.forecast);
            } else {
                scene.ring((x, y), radius, Stroke::new(look.t.edge, 1.25 * look.k));
            }
            (Box2 { x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius }, past)
        })
        .collect()
}

/// Where a label would best be: its upper left corner, or its upper right one.
#[derive(Clone, Copy)]
struct Wish {
    x: f64,
    y: f64,
    right: bool,
}

/// The labels of the two kinds of dots, where there is room.
fn name_dots(scene: &mut Scene, look: &Look, placer: &mut Placer, landing: &Landing, wishes: [Wish; 2]) {
    let labels = [
        (&landing.filled_label, wishes[0], look.t.forecast, true, landing.dots_filled > 0),
        (&landing.unfilled_label, wishes[1], look.t.ink_3, false, landing.dots_filled < 20),
    ];
    for (label, wish, colour, bold, any) in labels {
        if !any || label.is_empty() {
            continue;
        }
        let whole = text::width(label, look.size, bold);
        for lines in 1..=2 {
            let broken = text::wrap(label, look.size, bold, whole / f64::from(lines) * 1.15 + 1.0, 2);
            let widest = broken.iter().map(|line| text::width(line, look.size, bold)).fold(0.0, f64::max);
            let rest = look.row() * (broken.len() as f64 - 1.0);
            let x = if wish.right { wish.x - widest } else { wish.x };
            let wish = (x, wish.y - rest / 2.0);
            let found = placer.find((widest, look.letters() + rest), wish, 2.0 * look.k);
            let Some(placed) = found.filter(|placed| placed.crossed == 0.0) else { continue };
            placer.take(placed.at);
            for (i, line) in broken.into_iter().enumerate() {
                let y = placed.at.y0 + look.size * ASCENT + look.row() * i as f64;
                scene.text(Text::new((placed.at.x0, y), look.size, colour, line).bold(bold));
            }
            break;
        }
    }
}

/// Where the fan ends: the x of December, and the y of the 90 and 10 % lines there.
pub(super) struct Mouth {
    pub(super) x: f64,
    pub(super) hi: f64,
    pub(super) lo: f64,
}

/// Upright, to the right of the fan, which opens into it by a cone. Texts stay within `panel`.
pub(super) fn beside(
    scene: &mut Scene,
    look: &Look,
    (landing, was): (&Landing, Option<&Was>),
    panel: Box2,
    mouth: &Mouth,
) {
    let (k, size, t) = (look.k, look.size, &look.t);
    let q = &landing.growth;
    let panel_width = panel.x1 - panel.x0;
    let figure = |value: f64| text::fit(&fixed(value, 1), size, false, panel_width * 0.4);
    let (top_figure, low_figure) = (figure(q.q90), figure(q.q10));

    // Two short lines leave more room for the dots than a long one.
    let wrapped = |share: f64| text::wrap(&landing.target_label, size, true, panel_width * share, 2);
    let label = Some(wrapped(0.26)).filter(|lines| !lines.iter().any(|line| line.ends_with('…')));
    let label = label.unwrap_or_else(|| wrapped(0.4));
    let ends: Vec<String> = landing
        .bracket
        .iter()
        .flat_map(|(lo, hi)| [*lo, *hi])
        .map(|end| text::fit(&short(end), size, false, panel_width * 0.34))
        .collect();
    let column = label
        .iter()
        .map(|line| text::width(line, size, true))
        .chain(ends.iter().map(|end| text::width(end, size, false)))
        .fold(0.0, f64::max);
    let column_x = panel.x1 - column;

    let bar_x1 = panel.x0 + 14.0 * k;
    let overhang = text::width(&top_figure, size, false).max(text::width(&low_figure, size, false)) / 2.0;
    let dots_x = (bar_x1 + 10.0 * k).max(panel.x0 + 7.0 * k + overhang + 3.0 * k);
    let deep = (column_x - 14.0 * k - dots_x).max(10.0);
    let scale = Scale::new(landing, panel.y1, panel.y0, 24.0 * k, deep);
    let (y90, y10) = (scale.px(q.q90), scale.px(q.q10));

    scene.area([(mouth.x, mouth.hi), (panel.x0, y90), (panel.x0, y10), (mouth.x, mouth.lo)], t.wash);
    let cone = Stroke::new(t.edge, k).dashed(2.0 * k, 2.0 * k);
    scene.line([(mouth.x, mouth.hi), (panel.x0, y90)], cone);
    scene.line([(mouth.x, mouth.lo), (panel.x0, y10)], cone);
    scene.rect(Box2 { x0: panel.x0, y0: y90, x1: bar_x1, y1: y10 }, t.band_80);
    scene.rect(Box2 { x0: panel.x0, y0: scale.px(q.q75), x1: bar_x1, y1: scale.px(q.q25) }, t.band_50);
    let outline = [(panel.x0, y90), (bar_x1, y90), (bar_x1, y10), (panel.x0, y10), (panel.x0, y90)];
    scene.line(outline, Stroke::new(t.edge, k));

    let without = was.and_then(|w| Some((w, w.growth?))).filter(|(_, growth)| scale.shows(*growth));
    let tick = without.map(|(_, growth)| scale.px(growth));
    if let Some(y) = tick {
        scene.line([(panel.x0 - 5.0 * k, y), (bar_x1 + 5.0 * k, y)], Stroke::new(t.ink_3, 1.25 * k));
    }

    let mut placer = Placer::new(Box2 { x0: dots_x, ..panel });
    for (area, _) in draw_dots(scene, look, &scale, |along, across| (dots_x + across, along)) {
        placer.take(area);
    }

    let middle = panel.x0 + 7.0 * k;
    let quiet = |x: f64, y: f64, words: String| Text::new((x, y), size, t.ink_3, words);
    let left = (panel.x0 - 8.0 * k).min(middle - overhang - 2.0 * k);
    let above = (y90 - 0.5 * size).max(panel.y0 + size * ASCENT);
    let under = (y10 + 1.35 * size).min(panel.y1 - size * DESCENT);
    for (baseline, end, inward, words) in [(above, y90, 1.0, top_figure), (under, y10, -1.0, low_figure)] {
        let row = baseline - size * ASCENT..baseline + size * DESCENT;
        // A tick beside a figure would read as its minus, and one between it and its end as that end: there the figure stands
        // left of the end, a row off the tick's own words and the median's; where there is no room for that, beyond the tick.
        let text = match tick.filter(|y| row.contains(y)) {
            None => quiet(middle, baseline, words).anchor(Anchor::Middle).halo(t.surface),
            Some(tick) => {
                let y = if (end - tick).abs() < look.row() { tick + inward * look.row() } else { end };
                let fits = text::width(&words, size, false) <= left - mouth.x - 4.0 * k;
                if fits && inward * (scale.px(q.q50) - y) >= look.row() {
                    quiet(left, y + look.drop(), words).anchor(Anchor::End).halo(t.wash)
                } else {
                    let beyond = tick - inward * if inward > 0.0 { 0.5 * size } else { 1.35 * size };
                    let beyond = beyond.clamp(panel.y0 + size * ASCENT, panel.y1 - size * DESCENT);
                    quiet(middle, beyond, words).anchor(Anchor::Middle).halo(t.surface)
                }
            }
        };
        scene.text(text);
    }

    // The column: the target at its own height, the ends of the plan's bracket above and below it.
    let goal_y = scale.base;
    let column_text = column_x;
    let mut rows: Vec<(f64, String, bool)> = Vec::new();
    let lines = label.len() as f64;
    for (i, line) in label.into_iter().enumerate() {
        rows.push((goal_y + (i as f64 - (lines - 1.0) / 2.0) * look.row(), line, true));
    }
    match scale.beyond {
        None => {
            scene.line(
                [(panel.x0 - 5.0 * k, goal_y), (column_x - 6.0 * k, goal_y)],
                Stroke::new(t.ink, 1.25 * k),
            );
            if let Some((lo, hi)) = landing.bracket {
                let (x0, x1) = (column_x - 12.0 * k, column_x - 6.0 * k);
                let (lo_y, hi_y) = (scale.px(lo), scale.px(hi));
                let mut path = vec![(x1, hi_y), (x1, lo_y)];
                if scale.shows(hi) {
                    path.insert(0, (x0, hi_y));
                }
                if scale.shows(lo) {
                    path.push((x0, lo_y));
                }
                scene.line(path, Stroke::new(t.ink, 2.0 * k));
                let gap = look.row() * (lines + 1.0) / 2.0;
                // An end that is the target itself needs no second figure.
                if scale.shows(lo) && lo < landing.target {
                    rows.extend(ends.first().map(|end| (lo_y.max(goal_y + gap), end.clone(), false)));
                }
                if scale.shows(hi) && hi > landing.target {
                    rows.extend(ends.last().map(|end| (hi_y.min(goal_y - gap), end.clone(), false)));
                }
            }
        }
        Some(beyond) => {
            let up = beyond == Beyond::Above;
            let tip = if up { panel.y0 } else { panel.y1 };
            scene.arrow((column_x - 9.0 * k, tip), 5.0 * k, if up { (0.0, -1.0) } else { (0.0, 1.0) }, t.ink);
        }
    }
    order::sort_by(&mut rows, |a, b| a.0.total_cmp(&b.0));
    let mut centres: Vec<f64> = rows.iter().map(|row| row.0).collect();
    spread(&mut centres, look.row(), panel.y0, panel.y1);
    for (centre, (_, line, bold)) in centres.into_iter().zip(rows) {
        let colour = if bold { t.ink } else { t.ink_3 };
        let line = Text::new((column_text, centre + look.drop()), size, colour, line).bold(bold);
        placer.take(line.bounds());
        scene.text(line);
    }
    if scale.beyond.is_none() {
        placer.line(&[(panel.x0, goal_y), (panel.x1, goal_y)], 1e6);
        placer.line(&[(column_x - 9.0 * k, panel.y0), (column_x - 9.0 * k, panel.y1)], 0.0);
    }

    // The year without the scenario is named where that is not upon the median's figure.
    if let Some((was, growth)) = without {
        let y = scale.px(growth);
        let apart = (y - scale.px(q.q50)).abs() >= look.row();
        let (figure, short) = (fixed(growth, 1), scene.lang.pick("was ", "原"));
        let fits = |words: &String| text::width(words, size, false) <= left - mouth.x - 4.0 * k;
        let words = [format!("{} {figure}", was.label), format!("{short}{figure}")].into_iter().find(fits);
        if let Some(words) = words.filter(|_| apart) {
            scene.text(quiet(left, y + look.drop(), words).anchor(Anchor::End).halo(t.wash));
        }
    }
    scene.line(
        [(panel.x0 - 5.0 * k, scale.px(q.q50)), (bar_x1 + 5.0 * k, scale.px(q.q50))],
        Stroke::new(t.forecast, 2.0 * k),
    );
    // Left of the bar and of its wider figures.
    let words = text::fit(&fixed(q.q50, 1), size, true, left - mouth.x - 4.0 * k);
    let median = Text::new((left, scale.px(q.q50) + look.drop()), size, t.forecast, words);
    scene.text(median.bold(true).anchor(Anchor::End).halo(t.wash));

    // Beside the top of the one and the foot of the other.
    let top = scale.bins.last().map_or(panel.y0, |(bin, _)| scale.middle(*bin));
    let foot = scale.bins.first().map_or(panel.y1, |(bin, _)| scale.middle(*bin));
    let half = look.letters() / 2.0;
    let beside = |y: f64| Wish { x: dots_x + scale.pitch + 8.0 * k, y: y - half, right: false };
    name_dots(scene, look, &mut placer, landing, [beside(top), beside(foot)]);
}

/// Lying, under a narrow fan. Texts stay within `panel`.
pub(super) fn below(scene: &mut Scene, look: &Look, (landing, was): (&Landing, Option<&Was>), panel: Box2) {
    let (k, size, t) = (look.k, look.size, &look.t);
    let q = &landing.growth;
    let numbers = panel.y1 - size * DESCENT;
    let bar = (numbers - 1.2 * size - 14.0 * k, numbers - 1.2 * size);
    let dots_y = bar.0 - 4.0 * k;
    let ceiling = panel.y0 + look.row();
    let scale = Scale::new(landing, panel.x0, panel.x1, 24.0 * k, (dots_y - ceiling).max(10.0));
    let span = |from: f64, to: f64| Box2 { x0: scale.px(from), y0: bar.0, x1: scale.px(to), y1: bar.1 };
    scene.rect(span(q.q10, q.q90), t.band_80);
    scene.rect(span(q.q25, q.q75), t.band_50);
    let b = span(q.q10, q.q90);
    let outline = [(b.x0, b.y0), (b.x1, b.y0), (b.x1, b.y1), (b.x0, b.y1), (b.x0, b.y0)];
    scene.line(outline, Stroke::new(t.edge, k));

    let mut placer = Placer::new(Box2 { y1: dots_y, ..panel });
    for (area, _) in draw_dots(scene, look, &scale, |along, across| (along, dots_y - across)) {
        placer.take(area);
    }

    let goal_x = scale.base;
    let goal = text::fit(&landing.target_label, size, true, (panel.x1 - panel.x0) * 0.6);
    let goal_width = text::width(&goal, size, true);
    match scale.beyond {
        None => {
            scene.line([(goal_x, panel.y0), (goal_x, bar.1 + 3.0 * k)], Stroke::new(t.ink, 1.25 * k));
            placer.line(&[(goal_x, panel.y0), (goal_x, dots_y)], 1e6);
            if let Some((lo, hi)) = landing.bracket {
                let y = bar.0 - 2.0 * k;
                let mut path = vec![(scale.px(lo), y), (scale.px(hi), y)];
                if scale.shows(lo) {
                    path.insert(0, (scale.px(lo), y - 5.0 * k));
                }
                if scale.shows(hi) {
                    path.push((scale.px(hi), y - 5.0 * k));
                }
                scene.line(path, Stroke::new(t.ink_3, 1.5 * k));
            }
        }
        Some(beyond) => {
            let right = beyond == Beyond::Above;
            let tip = if right { panel.x1 } else { panel.x0 };
            let way = if right { (1.0, 0.0) } else { (-1.0, 0.0) };
            scene.arrow((tip, panel.y0 + look.letters() / 2.0), 5.0 * k, way, t.ink);
        }
    }
    let right = goal_x + 6.0 * k + goal_width <= panel.x1 && scale.beyond != Some(Beyond::Above);
    let inset = if scale.beyond.is_some() { 12.0 * k } else { 6.0 * k };
    let x = match (scale.beyond, right) {
        (Some(Beyond::Above), _) => panel.x1 - inset - goal_width,
        (Some(Beyond::Below), _) => panel.x0 + inset,
        (None, true) => goal_x + inset,
        (None, false) => (goal_x - inset - goal_width).max(panel.x0),
    };
    let goal = Text::new((x, panel.y0 + size * ASCENT), size, t.ink, goal).bold(true);
    placer.take(goal.bounds());
    scene.text(goal);

    if let Some(growth) = was.and_then(|w| w.growth).filter(|g| scale.shows(*g)) {
        let x = scale.px(growth);
        scene.line([(x, bar.0 - 3.0 * k), (x, bar.1 + 3.0 * k)], Stroke::new(t.ink_3, 1.25 * k));
    }
    let median = scale.px(q.q50);
    scene.line([(median, bar.0 - 3.0 * k), (median, bar.1 + 3.0 * k)], Stroke::new(t.forecast, 2.0 * k));
    let mut taken: Vec<Box2> = Vec::new();
    for (value, colour, bold) in [(q.q50, t.forecast, true), (q.q10, t.ink_3, false), (q.q90, t.ink_3, false)]
    {
        let words = fixed(value, 1);
        let half = text::width(&words, size, bold) / 2.0;
        let x = scale.px(value).clamp(panel.x0 + half, (panel.x1 - half).max(panel.x0 + half));
        let line = Text::new((x, numbers), size, colour, words).bold(bold).anchor(Anchor::Middle);
        let area = line.bounds();
        if area.inside(&panel.grown(0.01)) && !taken.iter().any(|other| other.overlaps(&area.grown(2.0 * k)))
        {
            taken.push(area);
            scene.text(line);
        }
    }
    let past = Wish { x: goal_x + 6.0 * k, y: panel.y0 + look.row(), right: false };
    let short_of = Wish { x: goal_x - 6.0 * k, y: panel.y0, right: true };
    name_dots(scene, look, &mut placer, landing, [past, short_of]);
}

/// A target as a plan writes it: no decimal where there is none.
fn short(percent: f64) -> String {
    fixed(percent, usize::from((percent * 10.0).round() % 10.0 != 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn landing(filled: u8, target: f64) -> Landing {
        Landing {
            growth: Quantiles { q10: 6.8, q25: 8.3, q50: 9.9, q75: 11.5, q90: 13.0 },
            target,
            target_label: "目标 11%".into(),
            bracket: Some((10.0, 12.0)),
            dots_filled: filled,
            title: String::new(),
            filled_label: String::new(),
            unfilled_label: String::new(),
        }
    }

    #[test]
    fn dots_are_quantiles() {
        let dots = dots(&landing(6, 11.0).growth);
        assert!(dots.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(dots.iter().filter(|v| **v < 6.8).count(), 2);
        assert_eq!(dots.iter().filter(|v| **v > 9.9).count(), 10);
        assert_eq!(dots.iter().filter(|v| **v > 11.5).count(), 5);
    }

    #[test]
    fn no_dot_straddles_the_target_and_the_filled_ones_are_counted() {
        for filled in 0..=20 {
            for target in [-40.0, 0.0, 6.0, 9.9, 11.0, 14.0, 60.0] {
                for (near, far) in [(300.0, 20.0), (0.0, 310.0)] {
                    let scale = Scale::new(&landing(filled, target), near, far, 24.0, 90.0);
                    assert_eq!(scale.bins.iter().filter(|(_, past)| *past).count(), usize::from(filled));
                    assert!(scale.bins.iter().all(|(bin, past)| (*bin >= 0) == *past));
                    assert!(f64::from(scale.deepest()) * scale.pitch <= 90.0);
                    for (bin, _) in &scale.bins {
                        let (lo, hi) = (near.min(far), near.max(far));
                        let middle = scale.middle(*bin);
                        assert!(
                            middle - scale.pitch / 2.0 >= lo - 1e-9
                                && middle + scale.pitch / 2.0 <= hi + 1e-9
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn targets_are_short() {
        assert_eq!((short(12.0), short(12.5), short(-0.04)), ("12".into(), "12.5".into(), "0".into()));
    }
}
