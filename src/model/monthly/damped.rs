//! Exponential smoothing with an additive damped trend.

use crate::model::monthly::nelder_mead::{Within, minimise};
use crate::model::monthly::theta::slope;
use crate::num;

/// The parameters of a damped trend: ETS(A,Ad,N).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Damped {
    /// Weight of the newest value in the level, 0.01 to 0.99.
    pub alpha: f64,
    /// Weight of the newest change in the trend, as a share of alpha, 0.001 to 0.99.
    pub beta: f64,
    /// What is left of the trend after a step, 0.8 to 0.98.
    pub phi: f64,
    /// The level before the first value.
    pub level: f64,
    /// The trend before the first value.
    pub trend: f64,
}

const ALPHA: Within = Within(0.01, 0.99);
const BETA: Within = Within(0.001, 0.99);
const PHI: Within = Within(0.8, 0.98);
const EVALUATIONS: usize = 45;
/// How many values the first level and trend are taken from.
const FIRST: usize = 12;

/// Forecasts a series without a season: `ahead` values after the last one; `None` for fewer than four values
/// or where the arithmetic leaves the finite numbers.
///
/// Level and trend start from the straight line through the first twelve values; the three weights are those
/// with the least squared error one to `steps` steps ahead. Source: Gardner & McKenzie (1985), "Forecasting
/// trends in time series", equations 4–6; Hyndman, Koehler, Ord & Snyder (2008), table 2.1, ETS(A,Ad,N).
///
/// ```
/// let ahead = landfall::model::monthly::damped(&[1.0, 2.0, 3.1, 3.9, 5.0, 6.1, 7.0, 8.0], 3, 1).unwrap();
/// // Each step is shorter than the one before.
/// assert!(ahead[2] - ahead[1] < ahead[1] - ahead[0] && ahead[0] > 8.0);
/// ```
pub fn damped(series: &[f64], ahead: usize, steps: usize) -> Option<Vec<f64>> {
    Damped::fit(series, steps)?.forecast(series, ahead)
}

impl Damped {
    /// The weights with the least squared error one to `steps` steps ahead.
    pub fn fit(series: &[f64], steps: usize) -> Option<Self> {
        if series.len() < 4 || !series.iter().all(|y| y.is_finite()) {
            return None;
        }
        let first = &series[..series.len().min(FIRST)];
        let trend = slope(first);
        let mean = first.iter().sum::<f64>() / first.len() as f64;
        let level = mean - trend * (first.len() as f64 + 1.0) / 2.0;
        let at =
            |[a, b, p]: [f64; 3]| Self { alpha: ALPHA.of(a), beta: BETA.of(b), phi: PHI.of(p), level, trend };
        let start = [ALPHA.free(0.3), BETA.free(0.1), PHI.free(0.93)];
        let error = |free| at(free).squared_error(series, steps);
        let (best, least) = minimise(start, [1.0, 1.0, -1.0], EVALUATIONS, error);
        least.is_finite().then(|| at(best))
    }

    /// `ahead` values after the series.
    pub fn forecast(&self, series: &[f64], ahead: usize) -> Option<Vec<f64>> {
        let (mut level, mut trend) = (self.level, self.trend);
        for y in series {
            (level, trend) = self.step(level, trend, *y);
        }
        (0..ahead)
            .map(|_| {
                trend *= self.phi;
                level += trend;
                num::finite(level)
            })
            .collect()
    }

    /// Level and trend after one more value.
    fn step(&self, level: f64, trend: f64, y: f64) -> (f64, f64) {
        let expected = level + self.phi * trend;
        let e = y - expected;
        (expected + self.alpha * e, self.phi * trend + self.alpha * self.beta * e)
    }

    /// The sum of squared errors one to `steps` steps ahead.
    pub(super) fn squared_error(&self, series: &[f64], steps: usize) -> f64 {
        let (mut level, mut trend, mut squares) = (self.level, self.trend, 0.0);
        for t in 0..series.len() {
            let (mut expected, mut change) = (level, trend);
            for y in series[t..].iter().take(steps) {
                change *= self.phi;
                expected += change;
                squares += (y - expected) * (y - expected);
            }
            (level, trend) = self.step(level, trend, series[t]);
        }
        squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AIR: [f64; 24] = [
        112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0, 115.0, 126.0,
        141.0, 135.0, 125.0, 149.0, 170.0, 170.0, 158.0, 133.0, 114.0, 140.0,
    ];
    const NILE: [f64; 20] = [
        1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0, 1110.0,
        994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0,
    ];

    /// statsmodels 0.15.0: ETSModel(error="add", trend="add", damped_trend=True, initialization_method="known"),
    /// smooth([0.4, 0.08, 0.9]).
    #[test]
    fn forecasts_of_given_parameters_are_those_of_statsmodels() {
        for (series, level, trend, error, want) in [
            (&AIR[..], 120.0, 1.5, 7444.193425668687, [135.8116317, 134.3524692, 133.039223, 131.8573014]),
            (&NILE[..], 1100.0, -4.0, 552849.8117864281, [1019.39058, 1022.133022, 1024.60122, 1026.822598]),
        ] {
            let given = Damped { alpha: 0.4, beta: 0.2, phi: 0.9, level, trend };
            assert!((given.squared_error(series, 1) / error - 1.0).abs() < 1e-9);
            let got = given.forecast(series, 4).unwrap();
            for (g, w) in got.iter().zip(want) {
                assert!((g / w - 1.0).abs() < 1e-8, "{got:?}");
            }
        }
    }

    #[test]
    fn the_search_beats_a_grid() {
        for steps in [1, 3] {
            let fitted = Damped::fit(&AIR, steps).unwrap();
            let least = fitted.squared_error(&AIR, steps);
            for (a, b, p) in (0..6 * 6 * 4).map(|i| (i % 6, i / 6 % 6, i / 36)) {
                let grid = Damped {
                    alpha: 0.05 + 0.18 * f64::from(a),
                    beta: 0.01 + 0.18 * f64::from(b),
                    phi: 0.8 + 0.06 * f64::from(p),
                    ..fitted
                };
                assert!(least <= 1.001 * grid.squared_error(&AIR, steps), "{fitted:?} {grid:?}");
            }
        }
    }

    #[test]
    fn short_and_odd_series() {
        assert_eq!(damped(&[1.0, 2.0, 3.0], 2, 1), None);
        assert_eq!(damped(&[1.0, f64::INFINITY, 2.0, 3.0], 2, 1), None);
        assert_eq!(damped(&[1e300, -1e300, 1e300, 1e300], 2, 3), None);
        assert_eq!(damped(&[7.0; 9], 3, 3), Some(vec![7.0; 3]));
    }
}
