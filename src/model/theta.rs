//! Theta on deseasonalised logs of the flows.

use crate::model::series::{bridge, deviations, floor, flows};
use crate::model::{Earlier, Fitted, Guess, Model, Table, floored_ln};
use crate::num;
use crate::panel::View;

/// The sum of a monthly Theta forecast of the remaining periods, on top of ytd.
///
/// January and February are one double period under `cn11`, so a season has 11 periods there. Flows are
/// on the scope of the index; a missing or false month is bridged by its season. Source: Assimakopoulos &
/// Nikolopoulos (2000), "The theta model"; Hyndman & Billah (2003) for its form: exponential smoothing with
/// half the trend as drift.
#[derive(Debug, Clone, Copy)]
pub struct Theta {
    /// Years of history looked at.
    pub years: i32,
}

impl Default for Theta {
    fn default() -> Self {
        Self { years: 9 }
    }
}

impl Model for Theta {
    fn id(&self) -> &'static str {
        "theta"
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let first_year = view.first_year().max(view.year() - self.years);
        Table::boxed(view, horizons, |region| {
            guess(view, region, first_year, horizons).unwrap_or_else(|| vec![None; horizons.len()])
        })
    }
}

fn guess(view: &View<'_>, region: usize, first_year: i32, horizons: &[u8]) -> Option<Vec<Option<Guess>>> {
    let (calendar, year, cut) = (view.calendar(), view.year(), view.cut());
    let so_far = if cut == 0 { 0.0 } else { view.index(region, year, cut)? };
    let season = calendar.periods();
    let mut flows = flows(view, region, first_year);
    let start = flows.iter().position(Option::is_some)?;
    // From the start of a year, so that the first entry is the first period of a season.
    flows.drain(..start / season * season);
    if flows.len() < 2 * season || flows.iter().filter(|f| f.is_some()).count() < 2 * season {
        return None;
    }
    let floor = floor(&flows, season)?;
    let logs: Vec<Option<f64>> = flows.iter().map(|f| f.map(|f| floored_ln(f, floor))).collect();
    let ahead = calendar.months().filter(|m| *m > cut).count();
    let path = theta_forecast(&logs, season, ahead);
    let mut total = so_far;
    let by_month: Vec<(u8, f64)> = calendar
        .months()
        .filter(|m| *m > cut)
        .zip(path)
        .map(|(month, ln_flow)| {
            total += num::exp(ln_flow);
            (month, total)
        })
        .collect();
    Some(
        horizons
            .iter()
            .map(|h| {
                let (_, total) = by_month.iter().find(|(m, _)| m == h)?;
                (*total > 0.0 && total.is_finite()).then(|| Guess::LnIndex(num::ln(*total)))
            })
            .collect(),
    )
}

/// Forecasts a series with an additive season by Theta: `ahead` values after the last one.
///
/// `series` begins with the first period of a season and holds at least two seasons; `None` entries are
/// bridged. The season is the mean deviation from a centred moving average, recent years weighing more
/// (0.5 every three years).
///
/// ```
/// # use landfall::model::theta_forecast;
/// // Two years of quarters that only repeat themselves.
/// let series: Vec<Option<f64>> = [1.0, 3.0, 2.0, 6.0].into_iter().cycle().take(12).map(Some).collect();
/// let ahead = theta_forecast(&series, 4, 4);
/// assert!((ahead[1] - 3.0).abs() < 1e-9 && (ahead[3] - 6.0).abs() < 1e-9);
/// ```
pub fn theta_forecast(series: &[Option<f64>], season: usize, ahead: usize) -> Vec<f64> {
    let filled = bridge(series, season);
    let shape = seasonal_shape(&filled, season);
    let level: Vec<f64> = filled.iter().enumerate().map(|(t, x)| x - shape[t % season]).collect();
    let n = level.len() as f64;
    let mean = num::sum(level.iter().copied()) / n;
    let middle = (n - 1.0) / 2.0;
    let slope = num::sum(level.iter().enumerate().map(|(t, x)| (t as f64 - middle) * (x - mean)))
        / num::sum((0..level.len()).map(|t| (t as f64 - middle) * (t as f64 - middle)));
    let (alpha, last) = smooth(&level);
    let reach = (1.0 - num::pow(1.0 - alpha, n)) / alpha;
    (0..ahead)
        .map(|h| {
            let drift = 0.5 * slope * (h as f64 + reach);
            last + drift + shape[(filled.len() + h) % season]
        })
        .collect()
}

/// One entry a period of the season, adding up to 0.
fn seasonal_shape(series: &[f64], season: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); season];
    for (t, deviation) in deviations(series, season) {
        let age = (series.len() - 1 - t) / season;
        let weight = num::pow(0.5, age as f64 / 3.0);
        let (sum, weights) = &mut sums[t % season];
        *sum += weight * deviation;
        *weights += weight;
    }
    let raw: Vec<f64> = sums.iter().map(|(sum, w)| if *w > 0.0 { sum / w } else { 0.0 }).collect();
    let centre = num::sum(raw.iter().copied()) / season as f64;
    raw.into_iter().map(|x| x - centre).collect()
}

/// Simple exponential smoothing: the weight with the least squared error one step ahead, and the last level.
fn smooth(level: &[f64]) -> (f64, f64) {
    let run = |alpha: f64| {
        let mut l = level[0];
        let mut errors = 0.0;
        for x in &level[1..] {
            let e = x - l;
            errors += e * e;
            l += alpha * e;
        }
        (errors, l)
    };
    // A grid, then a ternary search inside its best cell: the error is not always unimodal.
    let grid = |k: usize| 0.02 + 0.98 * k as f64 / 16.0;
    let best = (0..=16).min_by(|a, b| run(grid(*a)).0.total_cmp(&run(grid(*b)).0)).unwrap_or(0);
    let (mut low, mut high) = (grid(best.saturating_sub(1)), grid((best + 1).min(16)));
    for _ in 0..20 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if run(a).0 <= run(b).0 { high = b } else { low = a }
    }
    let alpha = f64::midpoint(low, high);
    (alpha, run(alpha).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_followed_at_half_its_slope_beyond_the_smoothing() {
        let series: Vec<Option<f64>> = (0..48).map(|t| Some(0.1 * f64::from(t))).collect();
        let ahead = theta_forecast(&series, 12, 2);
        // On a straight line smoothing with weight near 1 ends at the last value; the drift is 0.05.
        assert!((ahead[1] - ahead[0] - 0.05).abs() < 1e-6, "{ahead:?}");
        assert!((ahead[0] - 4.75).abs() < 0.1, "{ahead:?}");
    }

    #[test]
    fn a_gap_is_bridged_by_its_season() {
        let mut series: Vec<Option<f64>> =
            [1.0, 3.0, 2.0, 6.0].into_iter().cycle().take(16).map(Some).collect();
        series[7] = None;
        let ahead = theta_forecast(&series, 4, 4);
        assert!((ahead[3] - 6.0).abs() < 1e-9, "{ahead:?}");
    }

    #[test]
    fn an_odd_season_keeps_its_shape() {
        let shape = [2.0, -1.0, 0.5, 0.0, -1.5];
        let series: Vec<Option<f64>> = shape.into_iter().cycle().take(20).map(Some).collect();
        let ahead = theta_forecast(&series, 5, 5);
        for (got, want) in ahead.iter().zip(shape) {
            assert!((got - want).abs() < 1e-9, "{ahead:?}");
        }
    }
}
