//! Seeded random numbers that are the same on every platform.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The one seed of the embedded case: the date of the plan.
const SEED: u64 = 20_230_808;

/// One numbered stream of the seed. Each part of the case draws from its own, so that a change to one part
/// leaves the others as they were.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform on [0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform on [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Uniform on the integers low..=high.
    pub(crate) fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.0.random_range(low..=high)
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.0.random_range(0..items.len())]
    }

    /// An index, with chances in proportion to `weights`.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        for (i, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return i;
            }
        }
        weights.len() - 1
    }

    /// Standard normal (Box and Muller 1958); `rand_distr` would take `ln` from std.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        radius * libm::cos(2.0 * std::f64::consts::PI * self.uniform())
    }

    /// Student's t of five degrees of freedom, scaled to a standard deviation of 1: the heavy tails of small
    /// regions.
    pub(crate) fn heavy(&mut self) -> f64 {
        let square: f64 = (0..5).map(|_| self.normal()).map(|z| z * z).sum();
        self.normal() / libm::sqrt(square / 5.0) * libm::sqrt(3.0 / 5.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_has_unit_spread_and_heavier_tails_than_the_normal() {
        let mut dice = Dice::new(99);
        let draws: Vec<f64> = (0..40_000).map(|_| dice.heavy()).collect();
        let n = draws.len() as f64;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / n;
        assert!((variance - 1.0).abs() < 0.05, "{variance}");
        let beyond = draws.iter().filter(|x| x.abs() > 3.0).count() as f64 / n;
        assert!(beyond > 0.006, "the normal has 0.0027 beyond 3: {beyond}");
    }
}
