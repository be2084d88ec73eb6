//! The S-curve: how much of a project is spent when a part of its working time is over.

use crate::pipeline::PipelineError;

/// Cumulative spend over a project's working time, in the form of the DHSS:
/// y = x + Cx² − Cx − (6x³ − 9x² + 3x) ÷ K, with x the part of the time and y the part of the total.
///
/// C above 0 spends late, below 0 early; a small K is steep in the middle, a large one straight. It rises
/// everywhere exactly where |C| ≤ 1 − 3/K, which the constructor holds it to. C = 0 and K = 3 is 3x² − 2x³.
/// Source: Hudson (1978), "DHSS expenditure forecasting method", Chartered Surveyor – Building and Quantity
/// Surveying Quarterly 5(3); Skitmore (1992), Construction Management and Economics 10(5), finds that the kind of
/// project matters more to C and K than its size.
///
/// ```
/// # use landfall::pipeline::Curve;
/// let curve = Curve::new(0.0, 3.0).unwrap();
/// assert_eq!((curve.spent(0.0), curve.spent(0.5), curve.spent(1.0)), (0.0, 0.5, 1.0));
/// assert_eq!(curve.steepest(), 1.5);
/// assert!(Curve::new(0.4, 4.0).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    c: f64,
    k: f64,
}

impl Default for Curve {
    /// C = 0.134 and K = 3.884, which the DHSS's published parameters give for a project of £3.5 million of 1978.
    fn default() -> Self {
        Self { c: 0.134, k: 3.884 }
    }
}

impl Curve {
    /// A curve from its two parameters.
    ///
    /// # Errors
    /// [`PipelineError::Range`] where K is not 3–1000, or |C| above 1 − 3/K (the curve would fall somewhere).
    pub fn new(c: f64, k: f64) -> Result<Self, PipelineError> {
        PipelineError::within("K", k, 3.0, 1000.0)?;
        let most = 1.0 - 3.0 / k;
        PipelineError::within("C", c, -most, most)?;
        Ok(Self { c, k })
    }

    /// The curve of a sector's projects. The parameters are assumptions, not estimates: power waits for its equipment
    /// and spends late; roads, water and pipes go on evenly; housing begins with its structure and spends early; the
    /// rest has the published default.
    ///
    /// ```
    /// # use landfall::pipeline::Curve;
    /// assert!(Curve::of_sector(Some("power")).spent(0.5) < Curve::of_sector(Some("real_estate")).spent(0.5));
    /// ```
    pub fn of_sector(sector: Option<&str>) -> Self {
        match sector {
            Some("power") => Self { c: 0.2, k: 4.0 },
            Some("transport" | "water" | "municipal") => Self { c: 0.0, k: 5.0 },
            Some("real_estate") => Self { c: -0.1, k: 4.0 },
            _ => Self::default(),
        }
    }

    /// The part of the total that is spent when the part `x` of the working time is over; 0 before, 1 after.
    pub fn spent(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let y = x + self.c * x * (x - 1.0) - 3.0 * x * (2.0 * x - 1.0) * (x - 1.0) / self.k;
        y.clamp(0.0, 1.0)
    }

    /// The steepest spend, as a multiple of an even one: 1 + 3/(2K) + C²K/18.
    pub fn steepest(&self) -> f64 {
        1.0 + 1.5 / self.k + self.c * self.c * self.k / 18.0
    }

    /// The part of the working time at which the part `y` is spent: the inverse of [`Curve::spent`], within 1e-15.
    pub fn reached(&self, y: f64) -> f64 {
        if y <= 0.0 {
            return 0.0;
        }
        if y >= 1.0 {
            return 1.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if self.spent(middle) < y { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn curve_agrees_with_hand_computed_figures() {
        let curve = Curve::default();
        // 0.25 + 0.134·0.0625 − 0.134·0.25 − (6·0.015625 − 9·0.0625 + 0.75) ÷ 3.884.
        assert!((curve.spent(0.25) - (0.25 - 0.025_125 - 0.281_25 / 3.884)).abs() < 1e-15);
        assert!((curve.spent(0.5) - (0.5 - 0.0335)).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn curve_rises_and_is_inverted(k in 3.0..50.0_f64, tilt in -1.0..1.0_f64, x in 0.0..1.0_f64) {
            let curve = Curve::new(tilt * (1.0 - 3.0 / k), k).unwrap();
            let step = curve.spent(x + 1e-3) - curve.spent(x);
            prop_assert!(step >= -1e-15 && step <= 1e-3 * curve.steepest() + 1e-12);
            prop_assert!((curve.spent(curve.reached(x)) - x).abs() < 1e-12);
        }
    }
}
