//! The dynamic optimised Theta model.

use crate::model::monthly::golden::least;

/// The parameters of a dynamic optimised Theta model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Weight of the newest value in the level, 0.05 to 0.995.
    pub alpha: f64,
    /// 1 − 1/θ: how much of the line through the series is followed, 0 to 0.9999.
    pub weight: f64,
    /// The level before the first value.
    pub level: f64,
}

/// Errors before the fourth value are not counted: the line has too little to go by.
const SKIP: usize = 3;
const ALPHA: (f64, f64) = (0.05, 0.995);
const WEIGHT: (f64, f64) = (0.0, 0.9999);

/// Forecasts a series without a season: `ahead` values after the last one; `None` for fewer than two values
/// or where the arithmetic leaves the finite numbers.
///
/// The level is smoothed exponentially, and 1 − 1/θ of a straight line, fitted anew at each value, is added.
/// For a given α the errors are linear in 1 − 1/θ and in the first level, so that these two are solved for and
/// only α is searched, for the least squared error one to `steps` steps ahead. Source: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016), "Models for
/// optimising the theta method and their relationship to state space models", equations of DOTM (section 3.2).
///
/// ```
/// let ahead = landfall::model::monthly::dot(&[3.0, 5.0, 4.0, 6.0, 7.0, 6.0, 8.0, 9.0], 3, 1).unwrap();
/// assert!(ahead[2] > ahead[0] && ahead[0] > 7.0);
/// ```
pub fn dot(series: &[f64], ahead: usize, steps: usize) -> Option<Vec<f64>> {
    Dot::fit(series, steps)?.forecast(series, ahead)
}

impl Dot {
    /// The parameters with the least squared error one to `steps` steps ahead; further than one step the line
    /// is carried on straight.
    pub fn fit(series: &[f64], steps: usize) -> Option<Self> {
        if series.len() < 2 || !series.iter().all(|y| y.is_finite()) {
            return None;
        }
        let lines = lines(series);
        let (alpha, _) = least(ALPHA.0, ALPHA.1, |alpha| solve(series, &lines, alpha, steps).1);
        let (dot, _) = solve(series, &lines, alpha, steps);
        (dot.level.is_finite() && dot.weight.is_finite()).then_some(dot)
    }

    /// `ahead` values after the series; each is fed back as if it had been seen.
    pub fn forecast(&self, series: &[f64], ahead: usize) -> Option<Vec<f64>> {
        let mut line = Line::default();
        let (mut level, mut fading) = (self.level, 1.0);
        let mut out = Vec::with_capacity(ahead);
        for t in 0..series.len() + ahead {
            let expected = level + self.weight * line.pull(self.alpha, fading);
            let y = series.get(t).copied().unwrap_or(expected);
            if t >= series.len() {
                out.push(y);
            }
            level += self.alpha * (y - level);
            line.add(y);
            fading *= 1.0 - self.alpha;
        }
        out.iter().all(|y| y.is_finite()).then_some(out)
    }

    /// The sum of squared errors one step ahead, from the fourth value on.
    pub fn squared_error(&self, series: &[f64]) -> f64 {
        let mut line = Line::default();
        let (mut level, mut fading, mut total) = (self.level, 1.0, 0.0);
        for (t, y) in series.iter().enumerate() {
            let e = y - level - self.weight * line.pull(self.alpha, fading);
            if t >= SKIP.min(series.len() - 1) {
                total += e * e;
            }
            level += self.alpha * (y - level);
            line.add(*y);
            fading *= 1.0 - self.alpha;
        }
        total
    }
}

/// The straight line through the values so far, by least squares: A + B·t.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    count: f64,
    mean: f64,
    slope: f64,
    start: f64,
}

impl Line {
    fn add(&mut self, y: f64) {
        let t = self.count + 1.0;
        if self.count > 0.0 {
            self.slope = ((t - 2.0) * self.slope + 6.0 * (y - self.mean) / t) / (t + 1.0);
        }
        self.mean += (y - self.mean) / t;
        self.start = self.mean - self.slope * (t + 1.0) / 2.0;
        self.count = t;
    }

    /// What a weight of 1 adds to the level for the next value; `fading` is (1 − α) to the number of values.
    fn pull(&self, alpha: f64, fading: f64) -> f64 {
        fading * self.start + (1.0 - fading * (1.0 - alpha)) / alpha * self.slope
    }
}

/// The line before each value: where it starts and its slope. They depend on no parameter.
fn lines(series: &[f64]) -> Vec<(f64, f64)> {
    let mut line = Line::default();
    series
        .iter()
        .map(|y| {
            let before = (line.start, line.slope);
            line.add(*y);
            before
        })
        .collect()
}

/// For a given α: the first level and the weight with the least squared error, and that error.
fn solve(series: &[f64], lines: &[(f64, f64)], alpha: f64, steps: usize) -> (Dot, f64) {
    let skip = SKIP.min(series.len() - 1);
    let keep = 1.0 - alpha;
    let start = series[0];
    // Error = e − d·fading − w·pull, where d is how far the first level lies from the first value.
    let (mut level, mut fading) = (start, 1.0);
    let (mut ff, mut fp, mut pp, mut fe, mut pe, mut ee) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (t, (from, slope)) in lines.iter().enumerate() {
        if t >= skip {
            let mut pull = fading * from + (1.0 - fading * keep) / alpha * slope;
            for y in series[t..].iter().take(steps) {
                let e = y - level;
                ff += fading * fading;
                fp += fading * pull;
                pp += pull * pull;
                fe += fading * e;
                pe += pull * e;
                ee += e * e;
                pull += slope;
            }
        }
        level += alpha * (series[t] - level);
        fading *= keep;
    }
    // Where (1 − α)ᵗ has died out before the first error that counts, the first level says nothing.
    let matters = ff > 1e-12;
    let determinant = ff * pp - fp * fp;
    let free = if matters && determinant > 1e-10 * ff * pp {
        (ff * pe - fp * fe) / determinant
    } else if pp > 0.0 {
        pe / pp
    } else {
        0.0
    };
    let weight = free.clamp(WEIGHT.0, WEIGHT.1);
    let shift = if matters { (fe - weight * fp) / ff } else { 0.0 };
    let error = ee - 2.0 * (shift * fe + weight * pe)
        + shift * shift * ff
        + 2.0 * shift * weight * fp
        + weight * weight * pp;
    (Dot { alpha, weight, level: start + shift }, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Air passengers 1949–50 (Box & Jenkins).
    const AIR: [f64; 24] = [
        112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0, 115.0, 126.0,
        141.0, 135.0, 125.0, 149.0, 170.0, 170.0, 158.0, 133.0, 114.0, 140.0,
    ];
    const RISING: [f64; 20] = [
        3.1, 4.0, 3.7, 5.2, 5.9, 5.1, 7.4, 6.8, 8.3, 8.0, 9.6, 9.1, 10.9, 10.2, 12.4, 11.7, 12.2, 13.9, 13.1,
        15.2,
    ];

    /// statsforecast 2.1.1: theta.thetamodel(y, 1, "DOTM", level, 0.4, 3.0, 3), theta.forecast_theta(…, 4).
    #[test]
    fn forecasts_of_given_parameters_are_those_of_statsforecast() {
        for (series, level, want) in [
            (&AIR[..], 120.0, [138.268537136, 138.807363149, 139.320816862, 139.812322877]),
            (&RISING[..], 3.0, [14.7345177047, 15.1282114946, 15.5165951428, 15.899625647]),
        ] {
            let got = Dot { alpha: 0.4, weight: 2.0 / 3.0, level }.forecast(series, 4).unwrap();
            for (g, w) in got.iter().zip(want) {
                assert!((g / w - 1.0).abs() < 1e-9, "{got:?}");
            }
        }
    }

    /// statsforecast 2.1.1, DynamicOptimizedTheta(season_length=1): what it found, and its forecasts.
    #[test]
    fn the_fit_is_no_worse_than_that_of_statsforecast() {
        let theirs =
            Dot { alpha: 0.1, weight: 1.0 - 1.0 / 33.892_037_368_001_326, level: 0.596_070_427_920_824_4 };
        let got = theirs.forecast(&RISING, 4).unwrap();
        for (g, w) in got.iter().zip([15.0343345203, 15.6105015937, 16.1852306965, 16.7586413434]) {
            assert!((g / w - 1.0).abs() < 1e-9, "{got:?}");
        }
        let ours = Dot::fit(&RISING, 1).unwrap();
        assert!(ours.squared_error(&RISING) <= theirs.squared_error(&RISING), "{ours:?}");
        // Another optimum of a flat valley: the same line within 1 %.
        for (g, w) in ours.forecast(&RISING, 4).unwrap().iter().zip(&got) {
            assert!((g / w - 1.0).abs() < 0.01, "{ours:?}");
        }
    }

    #[test]
    fn the_error_that_is_solved_for_is_the_error_made() {
        let lines = lines(&AIR);
        for alpha in [0.05, 0.3, 0.9, 0.995] {
            let (dot, error) = solve(&AIR, &lines, alpha, 1);
            assert!((error / dot.squared_error(&AIR) - 1.0).abs() < 1e-9, "{alpha}");
            let off = Dot { level: dot.level + 0.5, weight: (dot.weight + 0.01).min(WEIGHT.1), ..dot };
            assert!(off.squared_error(&AIR) >= dot.squared_error(&AIR), "{alpha}");
        }
    }

    #[test]
    fn short_and_odd_series() {
        assert_eq!(dot(&[1.0], 2, 1), None);
        assert_eq!(dot(&[1.0, f64::NAN, 2.0], 2, 1), None);
        assert_eq!(dot(&[1e300, -1e300, 1e300, 1e300], 2, 3), None);
        assert_eq!(dot(&[7.0; 9], 3, 3), Some(vec![7.0; 3]));
    }
}
