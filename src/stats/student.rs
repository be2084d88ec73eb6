//! Student's t: its density, and its quantiles at the midpoints of equal strata.

use crate::num;
use crate::stats::DRAWS;
use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Shared tables kept at the most; each takes 128 KB.
const KEPT: usize = 32;

/// Log density of a standard Student's t at `x` with `freedom` degrees of freedom.
pub fn ln_density(x: f64, freedom: f64) -> f64 {
    let half = 0.5 * (freedom + 1.0);
    ln_gamma(half)
        - ln_gamma(0.5 * freedom)
        - 0.5 * num::ln(freedom * std::f64::consts::PI)
        - half * num::ln_1p(x * x / freedom)
}

/// Quantiles of a standard Student's t at (k + ½) ÷ [`DRAWS`], ascending.
///
/// Every column of stratified draws is a permutation of such a table, so that a column's own quantiles are
/// those of the distribution.
#[derive(Debug, Clone)]
pub struct StudentTable {
    quantiles: Vec<f64>,
}

impl StudentTable {
    /// The table for `freedom` degrees of freedom (taken as at least 1).
    pub fn new(freedom: f64) -> Self {
        let freedom = if freedom.is_finite() { freedom.max(1.0) } else { 1e6 };
        let half = DRAWS / 2;
        let mut upper = vec![0.0; half];
        let Ok(t) = StudentsT::new(0.0, 1.0, freedom) else { return Self { quantiles: vec![0.0; DRAWS] } };
        let density = |x: f64| num::exp(ln_density(x, freedom));
        // Exact knots, the closer the farther out; between them cubic Hermite, since the slope of a quantile is
        // the inverse of the density. statrs' own inverse is too coarse (1e-3).
        let (mut from, mut x, mut k) = (None::<(usize, f64, f64)>, 0.0, 0);
        let mut p = 0.5;
        while k < half {
            let goal = 0.5 + (k as f64 + 0.5) / DRAWS as f64;
            x += (goal - p) / density(x);
            p = goal;
            for _ in 0..20 {
                // In terms of the upper tail, which keeps its digits where the probability is near 1.
                let off = (t.sf(x) - (1.0 - goal)) / density(x);
                // Halley's correction; the second derivative of the tail is known.
                let curve = -(freedom + 1.0) * x / (freedom + x * x);
                x += off / (1.0 + 0.5 * off * curve).max(0.5);
                if off.abs() <= 1e-13 * x.abs().max(1e-3) {
                    break;
                }
            }
            upper[k] = x;
            let slope = 1.0 / (density(x) * DRAWS as f64);
            if let Some((k0, x0, slope0)) = from {
                let span = (k - k0) as f64;
                for (between, cell) in upper.iter_mut().enumerate().take(k).skip(k0 + 1) {
                    let s = (between - k0) as f64 / span;
                    let (a, b) = (s * s * (3.0 - 2.0 * s), s * (1.0 - s));
                    *cell = x0 + a * (x - x0) + span * b * (slope0 * (1.0 - s) - slope * s);
                }
            }
            from = Some((k, x, slope));
            let next = k + ((half - k) / 32).max(1);
            k = if k + 1 < half { next.min(half - 1) } else { half };
        }
        let lower = upper.iter().rev().map(|x| -x);
        Self { quantiles: lower.chain(upper.iter().copied()).collect() }
    }

    /// The table for `freedom`, made once and shared: ledgers, horizons and questions mostly want the same few.
    pub fn shared(freedom: f64) -> Arc<Self> {
        static TABLES: Mutex<BTreeMap<u64, Arc<StudentTable>>> = Mutex::new(BTreeMap::new());
        let Ok(mut tables) = TABLES.lock() else { return Arc::new(Self::new(freedom)) };
        if tables.len() >= KEPT {
            tables.clear();
        }
        tables.entry(freedom.to_bits()).or_insert_with(|| Arc::new(Self::new(freedom))).clone()
    }

    /// The quantile of a stratum, 0 to [`DRAWS`] − 1.
    pub fn at(&self, stratum: usize) -> f64 {
        self.quantiles[stratum]
    }

    /// The quantile of a stratum, held at what one in a thousand exceeds on either side. For draws that are exponentiated: a
    /// Student's t on the log scale has no mean, so that its farthest draws alone would make one, and no past is long enough
    /// to know them.
    pub fn held(&self, stratum: usize) -> f64 {
        const SPARED: usize = DRAWS / 1000;
        self.at(stratum.clamp(SPARED, DRAWS - 1 - SPARED))
    }

    /// The probability of a value under `x`, straight between the quantiles, and never 0 or 1.
    pub fn below(&self, x: f64) -> f64 {
        let k = self.quantiles.partition_point(|q| *q < x);
        let between = match (k.checked_sub(1).map(|k| self.quantiles[k]), self.quantiles.get(k)) {
            (Some(from), Some(to)) => (x - from) / (to - from),
            (None, _) => 1.0,
            (_, None) => 0.0,
        };
        (k as f64 - 0.5 + between).clamp(0.5, DRAWS as f64 - 0.5) / DRAWS as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn density_agrees_with_a_reference() {
        // Python 3.11, math.lgamma.
        for (x, freedom, want) in [(0.0, 5.0, -0.968_619_589_054_724_9), (2.5, 3.0, -3.252_911_375_335_958)] {
            assert!((ln_density(x, freedom) - want).abs() < 1e-12, "{} {want}", ln_density(x, freedom));
        }
    }

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for freedom in [1.0, 3.0, 4.7, 12.0, 30.0, 200.0] {
            let table = StudentTable::new(freedom);
            let t = StudentsT::new(0.0, 1.0, freedom).unwrap();
            for k in (0..DRAWS).step_by(97).chain([0, 1, DRAWS - 1]) {
                let want = (k as f64 + 0.5) / DRAWS as f64;
                let off = (t.cdf(table.at(k)) - want).abs() / want.min(1.0 - want);
                // A stratum is 6e-5 wide.
                assert!(off < 1e-7, "{freedom} {k} {off:e}");
            }
            assert!((1..DRAWS).all(|k| table.at(k) > table.at(k - 1)));
            assert!((0..DRAWS).all(|k| t.sf(table.held(k).abs()) > 0.98e-3));
            assert!((DRAWS / 500..DRAWS - DRAWS / 500).all(|k| table.held(k) == table.at(k)));
            for x in [-3.7, -0.2, 0.0, 0.01, 1.0, 5.0] {
                let want = t.cdf(x);
                assert!(
                    (table.below(x) - want).abs() < 1e-4 * want.min(1.0 - want).max(0.3),
                    "{freedom} {x}"
                );
            }
            assert_eq!([table.below(-1e9), table.below(1e9)], [0.5 / DRAWS as f64, 1.0 - 0.5 / DRAWS as f64]);
        }
    }
}
