//! A level axis in round steps, and lines cut where they leave it.

use super::scene::Point;
use crate::num::{log10, pow};
use crate::unit::fixed;

/// The level axis: from `lo` to `hi` in whole steps.
pub(super) struct Axis {
    pub(super) lo: f64,
    pub(super) hi: f64,
    step: f64,
}

impl Axis {
    /// Round steps (1, 2, 2.5, 5 × 10ⁿ) that cover a range in about `wanted` parts.
    pub(super) fn new(lo: f64, hi: f64, wanted: f64) -> Self {
        let raw = (hi - lo) / wanted.max(1.0);
        let tens = pow(10.0, log10(raw).floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|m| m * tens)
            .find(|step| *step >= raw * (1.0 - 1e-9))
            .unwrap_or(raw);
        // A value a hair over a line does not need another step.
        let (first, last) = ((lo / step + 1e-9).floor(), (hi / step - 1e-9).ceil());
        Self { lo: first * step, hi: last.max(first + 1.0) * step, step }
    }

    /// The same with its ends where the range ends, and a little room: the steps within name it.
    pub(super) fn close(lo: f64, hi: f64, wanted: f64) -> Self {
        let room = 0.03 * (hi - lo);
        let end = |value: f64, by: f64| if value == 0.0 { 0.0 } else { value + by };
        Self { lo: end(lo, -room), hi: end(hi, room), ..Self::new(lo, hi, wanted) }
    }

    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        let first = (self.lo / self.step - 1e-9).ceil() as i64;
        let last = (self.hi / self.step + 1e-9).floor() as i64;
        let step = self.step;
        (first..=last).map(move |i| i as f64 * step)
    }

    /// As written, with no more decimals than the step has.
    pub(super) fn name(&self, value: f64) -> String {
        let digits = (0..9_u32)
            .find(|d| {
                let scaled = self.step * pow(10.0, f64::from(*d));
                (scaled - scaled.round()).abs() < 1e-6 * scaled
            })
            .unwrap_or(9);
        fixed(value, digits as usize)
    }
}

/// The parts of a line that lie between two heights.
pub(super) fn clip(line: &[Point], top: f64, foot: f64) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for ends in line.windows(2) {
        let ((x0, y0), (x1, y1)) = (ends[0], ends[1]);
        let at = |y: f64| x0 + (x1 - x0) * (y - y0) / (y1 - y0);
        let cut = |x: f64, y: f64| {
            let inside = y.clamp(top, foot);
            if inside == y { (x, y) } else { (at(inside), inside) }
        };
        if (y0 < top && y1 < top) || (y0 > foot && y1 > foot) {
            continue;
        }
        let (from, to) = (cut(x0, y0), cut(x1, y1));
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(lo: f64, hi: f64, wanted: f64) -> Vec<String> {
        let axis = Axis::new(lo, hi, wanted);
        axis.ticks().map(|value| axis.name(value)).collect()
    }

    #[test]
    fn a_close_axis_names_the_steps_within_it() {
        let axis = Axis::close(-5.8, 23.3, 5.0);
        assert!(axis.lo > -7.0 && axis.hi < 25.0);
        assert_eq!(axis.ticks().collect::<Vec<_>>(), [0.0, 10.0, 20.0]);
        assert_eq!(Axis::close(0.0, 10.0, 5.0).lo, 0.0);
    }

    #[test]
    fn ticks_are_round_and_cover_the_range() {
        assert_eq!(names(0.0, 465.0, 5.0), ["0", "100", "200", "300", "400", "500"]);
        assert_eq!(names(0.0, 26_369.0, 5.0), ["0", "10,000", "20,000", "30,000"]);
        assert_eq!(names(-1.9, 0.9, 3.0), ["−2", "−1", "0", "1"]);
        assert_eq!(names(0.0, 0.9, 4.0), ["0.00", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(names(0.0, 500.0, 5.0).last().map(String::as_str), Some("500"));
    }
}
