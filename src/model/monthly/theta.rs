//! The classical Theta method: exponential smoothing with half the trend as drift.

use crate::model::monthly::golden::least;
use crate::num;

/// Forecasts a series without a season: `ahead` values after the last one; `None` for an empty series or where
/// the arithmetic leaves the finite numbers.
///
/// The weight of the newest value is the one with the least squared error one to `steps` steps ahead, in the
/// form that forecasts have. Source: Assimakopoulos & Nikolopoulos (2000), "The theta model"; Hyndman & Billah
/// (2003), "Unmasking the Theta method", equation 8.
///
/// ```
/// let ahead = landfall::model::monthly::theta(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 1).unwrap();
/// // On a straight line the drift is half the slope.
/// assert!((ahead[1] - ahead[0] - 0.5).abs() < 1e-9);
/// ```
pub fn theta(series: &[f64], ahead: usize, steps: usize) -> Option<Vec<f64>> {
    let (first, rest) = series.split_first()?;
    if !series.iter().all(|y| y.is_finite()) {
        return None;
    }
    let drift = 0.5 * slope(series);
    let (alpha, _) = least(0.02, 1.0, |alpha| run(*first, rest, drift, alpha, steps).squares);
    run(*first, rest, drift, alpha, steps).carry_on(drift, ahead)
}

/// What a smoothing of the series comes to.
struct Smoothed {
    squares: f64,
    level: f64,
    /// 1 + (1 − α) + (1 − α)² + … over the values so far: how many steps of drift the level lags behind.
    reach: f64,
}

impl Smoothed {
    fn carry_on(&self, drift: f64, ahead: usize) -> Option<Vec<f64>> {
        (0..ahead).map(|h| num::finite(self.level + drift * (h as f64 + self.reach))).collect()
    }
}

/// Smooths with a given weight; the errors are those one to `steps` steps ahead.
fn run(first: f64, rest: &[f64], drift: f64, alpha: f64, steps: usize) -> Smoothed {
    let (mut level, mut reach, mut squares) = (first, 1.0, 0.0);
    for t in 0..rest.len() {
        for (k, y) in rest[t..].iter().take(steps).enumerate() {
            let e = y - level - drift * (k as f64 + reach);
            squares += e * e;
        }
        level += alpha * (rest[t] - level);
        reach = 1.0 + (1.0 - alpha) * reach;
    }
    Smoothed { squares, level, reach }
}

/// The slope of the straight line through a series by least squares; 0 for a single value.
pub(super) fn slope(series: &[f64]) -> f64 {
    let middle = (series.len() as f64 - 1.0) / 2.0;
    let (mut up, mut across) = (0.0, 0.0);
    for (t, y) in series.iter().enumerate() {
        let from_middle = t as f64 - middle;
        up += from_middle * y;
        across += from_middle * from_middle;
    }
    if across > 0.0 { up / across } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// statsforecast 2.1.1: theta.thetamodel(y, 1, "STM", level, alpha, 2, 3), theta.forecast_theta(…, 4), the level half
    /// the fitted line's first point under the first value, as Hyndman & Billah's form has it.
    #[test]
    fn forecasts_of_a_given_weight_are_those_of_statsforecast() {
        let nile = [
            1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0,
            1110.0, 994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0,
        ];
        let rising = [
            3.1, 4.0, 3.7, 5.2, 5.9, 5.1, 7.4, 6.8, 8.3, 8.0, 9.6, 9.1, 10.9, 10.2, 12.4, 11.7, 12.2, 13.9,
            13.1, 15.2,
        ];
        for (series, alpha, want) in [
            (nile, 0.2, [1011.4711352007927, 1007.6564735466575, 1003.8418118925222, 1000.027150238387]),
            (nile, 0.7, [1074.288537109849, 1070.4738754557136, 1066.6592138015783, 1062.844552147443]),
            (rising, 0.2, [13.661712090786164, 13.963291038154587, 14.264869985523008, 14.566448932891431]),
            (rising, 0.7, [15.023009379785119, 15.32458832715354, 15.626167274521963, 15.927746221890384]),
        ] {
            let drift = 0.5 * slope(&series);
            let got = run(series[0], &series[1..], drift, alpha, 1).carry_on(drift, 4).unwrap();
            for (g, w) in got.iter().zip(want) {
                assert!((g / w - 1.0).abs() < 1e-12, "{got:?}");
            }
        }
    }

    #[test]
    fn a_step_ahead_is_what_the_search_took_it_for() {
        // Brute force: Theta of each beginning of the series, against the value after it.
        let series = [3.1, 4.0, 3.7, 5.2, 5.9, 5.1, 7.4, 6.8, 8.3, 8.0];
        let drift = 0.5 * slope(&series);
        let error = |alpha: f64| {
            let level = |n: usize| series[1..n].iter().fold(series[0], |l, y| l + alpha * (y - l));
            let reach = |n: i32| (1.0 - num::pow(1.0 - alpha, f64::from(n))) / alpha;
            (1..series.len())
                .map(|n| series[n] - level(n) - drift * reach(i32::try_from(n).unwrap()))
                .map(|e| e * e)
                .sum::<f64>()
        };
        let best =
            (0..=980).map(|k| 0.02 + 0.001 * f64::from(k)).min_by(|a, b| error(*a).total_cmp(&error(*b)));
        let alpha = best.unwrap();
        let level = series[1..].iter().fold(series[0], |l, y| l + alpha * (y - l));
        let want = level + drift * (1.0 - num::pow(1.0 - alpha, 10.0)) / alpha;
        let got = theta(&series, 2, 1).unwrap();
        assert!((got[0] - want).abs() < 0.01 && (got[1] - got[0] - drift).abs() < 1e-12, "{got:?} {want}");
    }

    #[test]
    fn short_and_odd_series() {
        assert_eq!(theta(&[], 2, 1), None);
        assert_eq!(theta(&[5.0], 2, 1), Some(vec![5.0, 5.0]));
        assert_eq!(theta(&[1.0, f64::NAN], 2, 1), None);
        assert_eq!(theta(&[7.0; 9], 3, 3), Some(vec![7.0; 3]));
    }
}
