//! Seeded pseudo-random numbers, for plain simulations: uniform, normal, gamma, beta.

use crate::num;
use crate::stats::splitmix;

/// A seeded stream of pseudo-random numbers, the same on every platform.
///
/// SplitMix64 (Steele, Lea & Flood 2014); normals by Marsaglia's polar method (1964); gammas by Marsaglia &
/// Tsang (2000); a beta is a ratio of two gammas.
///
/// ```
/// # use landfall::stats::Random;
/// let (mut a, mut b) = (Random::new(7, 0), Random::new(7, 0));
/// assert_eq!(a.normal(), b.normal());
/// assert_ne!(a.uniform(), Random::new(7, 1).uniform());
/// ```
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
    spare: Option<f64>,
}

impl Random {
    /// The stream of this number under a seed; streams are independent of each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let state = splitmix(seed) ^ splitmix(stream.wrapping_mul(0xd605_1a5b_9e37_79b9).wrapping_add(1));
        Self { state, spare: None }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        splitmix(self.state)
    }

    /// Between 0 and 1, neither included.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                let factor = (-2.0 * num::ln(square) / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }

    /// Gamma with this shape and scale 1. A shape that is not above 0 gives 0.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape.is_nan() || shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            let up = self.gamma(shape + 1.0);
            return up * num::pow(self.uniform(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let base = 1.0 + c * x;
            if base <= 0.0 {
                continue;
            }
            let v = base * base * base;
            if num::ln(self.uniform()) < 0.5 * x * x + d - d * v + d * num::ln(v) {
                return d * v;
            }
        }
    }

    /// Beta with this mean and concentration n (a + b): variance mean·(1 − mean) ÷ (n + 1). A mean of 0 or 1
    /// gives itself.
    pub fn beta(&mut self, mean: f64, n: f64) -> f64 {
        if mean <= 0.0 || mean >= 1.0 {
            return mean.clamp(0.0, 1.0);
        }
        let (a, b) = (self.gamma(mean * n), self.gamma((1.0 - mean) * n));
        if a + b > 0.0 { a / (a + b) } else { mean }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(mut draw: impl FnMut(&mut Random) -> f64) -> (f64, f64) {
        let mut random = Random::new(11, 3);
        let values: Vec<f64> = (0..100_000).map(|_| draw(&mut random)).collect();
        let mean = num::sum(values.iter().copied()) / 1e5;
        (mean, num::sum(values.iter().map(|x| (x - mean) * (x - mean))) / 1e5)
    }

    #[test]
    fn random_moments_are_those_of_the_distributions() {
        let near = |(mean, variance): (f64, f64), want: (f64, f64), within: f64| {
            assert!(
                (mean - want.0).abs() < within && (variance - want.1).abs() < within,
                "{mean} {variance}"
            );
        };
        // Within about four standard errors of 100,000 draws.
        near(moments(Random::uniform), (0.5, 1.0 / 12.0), 0.004);
        near(moments(Random::normal), (0.0, 1.0), 0.02);
        near(moments(|r| r.gamma(0.5)), (0.5, 0.5), 0.025);
        near(moments(|r| r.gamma(3.0)), (3.0, 3.0), 0.07);
        near(moments(|r| r.beta(0.9, 8.0)), (0.9, 0.01), 0.002);
        assert_eq!(Random::new(1, 1).beta(1.0, 8.0), 1.0);
    }
}
