//! The slip of a start as weights on a grid, with what a region's projects share of it.

use crate::num;
use crate::pipeline::Assumptions;

/// Weights of a lognormal slip on a grid from 0: the mean of a function is its weighted sum over the grid's points, up to
/// the third order of the step where it is smooth. What lies beyond the grid weighs nothing: it is spent after the year.
///
/// With U the standard normal that the projects of a region share, z = √ρ·U + √(1 − ρ)·own is a project's, and
/// E\[Heₙ(U) | z\] = ρ^(n/2)·Heₙ(z) (Mehler): so the first two Hermite coefficients of the conditional mean in U come from
/// the same integral over z.
pub(super) struct Slip {
    pub(super) step: f64,
    pub(super) mean: Vec<f64>,
    /// Coefficients of U.
    pub(super) first: Vec<f64>,
    /// Coefficients of (U² − 1) ÷ √2.
    pub(super) second: Vec<f64>,
}

impl Slip {
    pub(super) fn new(assumptions: &Assumptions, step: f64, points: usize) -> Self {
        let (mut mean, mut first, mut second) = (vec![0.0; points], vec![0.0; points], vec![0.0; points]);
        let rho = assumptions.slip_within;
        // The trapezoid rule is all but exact for the normal density; the hats of the grid want a fine step.
        let (low, count) = (-8.0, 8_000_u32);
        let width = 16.0 / f64::from(count);
        let level = width / (2.0 * std::f64::consts::PI).sqrt();
        for i in 0..=count {
            let z = low + f64::from(i) * width;
            let weight = level * num::exp(-0.5 * z * z);
            let at = assumptions.slip_median * num::exp(assumptions.slip_sigma * z) / step;
            let below = at.floor();
            if below >= points as f64 {
                continue;
            }
            let (cell, part) = (below as usize, at - below);
            let mut put = |cell: usize, weight: f64| {
                if let Some(sum) = mean.get_mut(cell) {
                    *sum += weight;
                    first[cell] += weight * z * rho.sqrt();
                    second[cell] += weight * (z * z - 1.0) * rho * std::f64::consts::FRAC_1_SQRT_2;
                }
            };
            put(cell, weight * (1.0 - part));
            put(cell + 1, weight * part);
        }
        let [mean, first, second] = [mean, first, second].map(|weights| sharpened(&weights));
        Self { step, mean, first, second }
    }
}

/// Interpolation between the points runs above a curve that bends upwards: by a twelfth of its second difference on
/// average. Weights less a twelfth of their own second difference take that out and keep their sum.
fn sharpened(weights: &[f64]) -> Vec<f64> {
    let at = |k: usize| weights.get(k).copied().unwrap_or(0.0);
    let second = |k: usize| match k {
        // What would fall left of the grid goes to its first two points, so that straight lines keep their mean.
        0 => at(1),
        1 => at(2) - 2.0 * at(1),
        _ => at(k - 1) - 2.0 * at(k) + at(k + 1),
    };
    (0..weights.len()).map(|k| weights[k] - second(k) / 12.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipeline_slip_weights_have_the_moments_of_the_lognormal() {
        // Little of it lies beyond the grid.
        let assumptions = Assumptions { slip_sigma: 0.4, ..Assumptions::default() };
        let slip = Slip::new(&assumptions, 0.25, 49);
        let at = |k: usize| k as f64 * slip.step;
        let sum =
            |w: &[f64], f: &dyn Fn(f64) -> f64| num::sum(w.iter().enumerate().map(|(k, w)| w * f(at(k))));
        assert!((sum(&slip.mean, &|_| 1.0) - 1.0).abs() < 1e-6);
        assert!((sum(&slip.mean, &|x| x) - assumptions.mean_slip()).abs() < 1e-5);
        // E[U · median·exp(σz)] = √ρ·σ·mean.
        let want = 0.2_f64.sqrt() * 0.4 * assumptions.mean_slip();
        assert!((sum(&slip.first, &|x| x) - want).abs() < 1e-5);
        // E[(U² − 1)/√2 · …] = ρ·σ²·mean ÷ √2.
        let want = 0.2 * 0.16 * assumptions.mean_slip() / 2.0_f64.sqrt();
        assert!((sum(&slip.second, &|x| x) - want).abs() < 1e-5);
    }
}
