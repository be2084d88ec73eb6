//! The downhill simplex of Nelder & Mead with a budget of evaluations.
//!
//! Own code, since the crates that have it (`argmin` and the like) bring linear algebra, random numbers and a
//! reporting framework into the page's engine for these sixty lines, and stop by tolerance rather than by
//! budget.

use std::cmp::Ordering;

/// The point with the least value of `f` met within `evaluations`, and that value.
///
/// The first simplex is `start` and one step along each axis. A value that is not a number counts as worse
/// than any number. Source: Nelder & Mead (1965), "A simplex method for function minimization", with their
/// coefficients 1, 2, ½, ½.
///
/// ```
/// # use landfall::model::monthly::minimise;
/// let (at, least) = minimise([0.0, 0.0], [0.5, 0.5], 200, |[x, y]| (x - 1.0) * (x - 1.0) + 4.0 * (y + 2.0) * (y + 2.0));
/// assert!((at[0] - 1.0).abs() < 1e-4 && (at[1] + 2.0).abs() < 1e-4 && least < 1e-8);
/// ```
pub fn minimise<const N: usize>(
    start: [f64; N],
    step: [f64; N],
    evaluations: usize,
    mut f: impl FnMut([f64; N]) -> f64,
) -> ([f64; N], f64) {
    let mut used = 0;
    let mut value = |x: [f64; N]| {
        used += 1;
        let value = f(x);
        (x, if value.is_nan() { f64::INFINITY } else { value }, used)
    };
    let (x, least, mut used) = value(start);
    let mut simplex = vec![(x, least)];
    for axis in 0..N {
        let mut x = start;
        x[axis] += step[axis];
        let (x, at, count) = value(x);
        simplex.push((x, at));
        used = count;
    }
    let by_value =
        |a: &([f64; N], f64), b: &([f64; N], f64)| a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal);
    simplex.sort_by(by_value);
    while used < evaluations {
        let worst = simplex[N];
        let mut centre = [0.0; N];
        for (x, _) in &simplex[..N] {
            for axis in 0..N {
                centre[axis] += x[axis] / N as f64;
            }
        }
        // From the worst point through the centre: 1 mirrors it, 2 goes further, ±½ comes closer.
        let along = |by: f64| std::array::from_fn(|axis| centre[axis] + by * (centre[axis] - worst.0[axis]));
        let (x, mirrored, count) = value(along(1.0));
        used = count;
        let mut next = (x, mirrored);
        if mirrored < simplex[0].1 {
            let (x, further, count) = value(along(2.0));
            used = count;
            if further < mirrored {
                next = (x, further);
            }
        } else if mirrored >= simplex[N - 1].1 {
            let (x, closer, count) = value(along(if mirrored < worst.1 { 0.5 } else { -0.5 }));
            used = count;
            if closer < worst.1.min(mirrored) {
                next = (x, closer);
            }
        }
        if next.1 < worst.1 {
            simplex[N] = next;
        } else {
            let best = simplex[0].0;
            for point in &mut simplex[1..] {
                let (x, at, count) =
                    value(std::array::from_fn(|axis| f64::midpoint(best[axis], point.0[axis])));
                *point = (x, at);
                used = count;
            }
        }
        simplex.sort_by(by_value);
    }
    simplex[0]
}

/// An interval that a free number is mapped into by the logistic curve, so that the search needs no bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within(pub(super) f64, pub(super) f64);

impl Within {
    /// The point of the interval that belongs to a free number.
    pub(super) fn of(self, free: f64) -> f64 {
        self.0 + (self.1 - self.0) / (1.0 + crate::num::exp(-free))
    }

    /// The free number of a point inside the interval.
    pub(super) fn free(self, x: f64) -> f64 {
        crate::num::ln((x - self.0) / (self.1 - x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rosenbrock_is_solved_and_the_budget_kept() {
        let mut calls = 0;
        let (at, least) = minimise([-1.2, 1.0], [0.5, 0.5], 300, |[x, y]| {
            calls += 1;
            (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x)
        });
        assert!((at[0] - 1.0).abs() < 1e-3 && least < 1e-6, "{at:?} {least}");
        assert!((300..=303).contains(&calls), "{calls}");
    }

    #[test]
    fn a_value_that_is_no_number_is_avoided() {
        let (at, _) =
            minimise([1.0], [0.5], 60, |[x]| if x < 0.3 { f64::NAN } else { (x - 0.2) * (x - 0.2) });
        assert!((at[0] - 0.3).abs() < 1e-3, "{at:?}");
    }

    #[test]
    fn an_interval_and_back() {
        let phi = Within(0.8, 0.98);
        assert!((phi.of(phi.free(0.93)) - 0.93).abs() < 1e-12);
        assert!(phi.of(-50.0) >= 0.8 && phi.of(50.0) <= 0.98);
    }
}
