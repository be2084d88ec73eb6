//! Where a label goes: near what it names, never over another label, and over a line only where it must.
//! A plain search over a grid of places, so the answer depends on nothing but the numbers.

use super::scene::{Box2, Point};

/// Places tried along each axis.
const TRIES: u32 = 26;

/// What labels must keep off, and where they may be.
pub(super) struct Placer {
    bounds: Box2,
    taken: Vec<Box2>,
    lines: Vec<(Vec<Point>, f64)>,
}

/// A place found.
pub(super) struct Placed {
    pub(super) at: Box2,
    /// Weight of the lines it lies over.
    pub(super) crossed: f64,
}

impl Placer {
    pub(super) fn new(bounds: Box2) -> Self {
        Self { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off a box.
    pub(super) fn take(&mut self, area: Box2) {
        self.taken.push(area);
    }

    /// What is left of an upright line where it is broken off above and below what was placed on it, with `gap` px between.
    pub(super) fn broken(&self, x: f64, (top, foot): (f64, f64), gap: f64) -> Vec<[Point; 2]> {
        let over = self.taken.iter().map(|at| at.grown(gap)).filter(|at| at.x0 < x && x < at.x1);
        let mut gaps: Vec<(f64, f64)> = over.map(|at| (at.y0, at.y1)).collect();
        gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut from, mut left) = (top, Vec::new());
        for (upper, lower) in gaps.into_iter().chain([(foot, foot)]) {
            if upper.min(foot) > from {
                left.push([(x, from), (x, upper.min(foot))]);
            }
            from = from.max(lower);
        }
        left
    }

    /// A line that costs `weight` (px of distance) to lie over.
    pub(super) fn line(&mut self, points: &[Point], weight: f64) {
        self.lines.push((points.to_vec(), weight));
    }

    /// The cheapest place for a block of this size whose upper left corner would best be at `ideal`; `None`
    /// where every place is taken. `gap` px stay free around it.
    pub(super) fn find(&self, (w, h): (f64, f64), ideal: Point, gap: f64) -> Option<Placed> {
        let (room_x, room_y) = (self.bounds.x1 - self.bounds.x0 - w, self.bounds.y1 - self.bounds.y0 - h);
        if room_x < 0.0 || room_y < 0.0 {
            return None;
        }
        let (base_x, base_y) = (self.bounds.x0, self.bounds.y0);
        let wish = (ideal.0.clamp(base_x, base_x + room_x), ideal.1.clamp(base_y, base_y + room_y));
        let steps =
            |from: f64, room: f64| (0..=TRIES).map(move |i| from + room * f64::from(i) / f64::from(TRIES));
        let mut best: Option<(f64, Placed)> = None;
        // The wish's own row and column are tried too: most labels end up there.
        for y in std::iter::once(wish.1).chain(steps(base_y, room_y)) {
            for x in std::iter::once(wish.0).chain(steps(base_x, room_x)) {
                let (dx, dy) = (x - wish.0, y - wish.1);
                let far = (dx * dx + dy * dy).sqrt();
                if best.as_ref().is_some_and(|(cost, _)| far >= *cost) {
                    continue;
                }
                let at = Box2 { x0: x, y0: y, x1: x + w, y1: y + h };
                let roomy = at.grown(gap);
                if self.taken.iter().any(|other| other.overlaps(&roomy)) {
                    continue;
                }
                let crossed: f64 =
                    self.lines.iter().filter(|(line, _)| meets(line, &roomy)).map(|(_, weight)| weight).sum();
                if best.as_ref().is_none_or(|(cost, _)| far + crossed < *cost) {
                    best = Some((far + crossed, Placed { at, crossed }));
                }
            }
        }
        best.map(|(_, placed)| placed)
    }
}

/// Whether a line passes through a box.
fn meets(line: &[Point], b: &Box2) -> bool {
    line.windows(2).any(|ends| segment_meets(ends[0], ends[1], b))
}

/// Clipping after Liang and Barsky (1984).
fn segment_meets(from: Point, to: Point, b: &Box2) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, step, lo, hi) in [(from.0, to.0 - from.0, b.x0, b.x1), (from.1, to.1 - from.1, b.y0, b.y1)] {
        if step == 0.0 {
            if start < lo || start > hi {
                return false;
            }
            continue;
        }
        let (a, z) = ((lo - start) / step, (hi - start) / step);
        enter = enter.max(a.min(z));
        leave = leave.min(a.max(z));
    }
    enter <= leave
}

/// Moves centres apart so that rows of height `row` neither overlap nor leave `lo..hi` (as far as they fit),
/// each as little as possible. Ascending in, ascending out.
pub(super) fn spread(centres: &mut [f64], row: f64, lo: f64, hi: f64) {
    let mut floor = lo + row / 2.0;
    for centre in centres.iter_mut() {
        *centre = centre.max(floor);
        floor = *centre + row;
    }
    let mut ceiling = hi - row / 2.0;
    for centre in centres.iter_mut().rev() {
        *centre = centre.min(ceiling);
        ceiling = *centre - row;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Box2 = Box2 { x0: 0.0, y0: 0.0, x1: 100.0, y1: 100.0 };

    #[test]
    fn takes_the_wish_where_it_is_free() {
        let placed = Placer::new(BOUNDS).find((20.0, 10.0), (33.0, 44.0), 1.0).unwrap();
        assert_eq!(placed.at, Box2 { x0: 33.0, y0: 44.0, x1: 53.0, y1: 54.0 });
    }

    #[test]
    fn never_over_another_and_round_a_line() {
        let mut placer = Placer::new(BOUNDS);
        placer.take(Box2 { x0: 20.0, y0: 20.0, x1: 60.0, y1: 60.0 });
        placer.line(&[(0.0, 70.0), (100.0, 70.0)], 500.0);
        let placed = placer.find((20.0, 10.0), (30.0, 55.0), 1.0).unwrap();
        assert_eq!(placed.crossed, 0.0);
        assert!(!placed.at.overlaps(&Box2 { x0: 20.0, y0: 20.0, x1: 60.0, y1: 60.0 }));
        placer.take(BOUNDS);
        assert!(placer.find((20.0, 10.0), (30.0, 55.0), 1.0).is_none());
    }

    #[test]
    fn an_upright_line_is_broken_at_what_lies_on_it() {
        let mut placer = Placer::new(BOUNDS);
        placer.take(Box2 { x0: 40.0, y0: 60.0, x1: 60.0, y1: 70.0 });
        placer.take(Box2 { x0: 49.0, y0: 0.0, x1: 55.0, y1: 8.0 });
        placer.take(Box2 { x0: 70.0, y0: 20.0, x1: 90.0, y1: 30.0 });
        let left = placer.broken(50.0, (0.0, 100.0), 2.0);
        assert_eq!(left, [[(50.0, 10.0), (50.0, 58.0)], [(50.0, 72.0), (50.0, 100.0)]]);
        placer.take(BOUNDS);
        assert!(placer.broken(50.0, (0.0, 100.0), 0.0).is_empty());
    }

    #[test]
    fn a_segment_through_a_corner_meets() {
        let b = Box2 { x0: 10.0, y0: 10.0, x1: 20.0, y1: 20.0 };
        assert!(segment_meets((0.0, 25.0), (25.0, 0.0), &b));
        assert!(!segment_meets((0.0, 15.0), (9.0, 15.0), &b));
        assert!(segment_meets((12.0, 12.0), (13.0, 13.0), &b));
    }

    #[test]
    fn spreads_within_limits() {
        let mut centres = [10.0, 11.0, 95.0];
        spread(&mut centres, 10.0, 0.0, 100.0);
        assert_eq!(centres, [10.0, 20.0, 95.0]);
        let mut low = [99.0, 99.5];
        spread(&mut low, 10.0, 0.0, 100.0);
        assert_eq!(low, [85.0, 95.0]);
    }
}
