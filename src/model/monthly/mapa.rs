//! Theta at several temporal aggregations, averaged.

use crate::model::monthly::theta::theta;

/// Forecasts a series without a season as the mean of Theta forecasts of its sums over 1, 2, 3, 4 and 6
/// periods and over a season: `ahead` values after the last one; `None` for an empty series or where the
/// arithmetic leaves the finite numbers.
///
/// Blocks are counted from the end; an aggregation of fewer than five blocks is left out. A block's forecast
/// stands at the middle of the block, and straight lines join the middles. Short aggregations see what is new,
/// long ones the trend. Source: Kourentzes, Petropoulos & Trapero (2014), "Improving forecasting by estimating
/// time series structural components across multiple frequencies", section 3, with Theta in place of ETS.
///
/// ```
/// let series: Vec<f64> = (0..48).map(|t| f64::from(t % 3)).collect();
/// let ahead = landfall::model::monthly::mapa(&series, 12, 6).unwrap();
/// assert!(ahead.iter().all(|y| (0.5..1.7).contains(y)));
/// ```
pub fn mapa(series: &[f64], season: usize, ahead: usize) -> Option<Vec<f64>> {
    let mut sizes = vec![1, 2, 3, 4, 6, season];
    sizes.retain(|k| *k == 1 || (*k <= season && series.len() / k >= 5));
    sizes.dedup();
    let mut total = vec![0.0; ahead];
    for k in &sizes {
        for (sum, x) in total.iter_mut().zip(aggregated(series, *k, ahead)?) {
            *sum += x;
        }
    }
    Some(total.into_iter().map(|sum| sum / sizes.len() as f64).collect())
}

/// The Theta forecast of the means over blocks of `k`, joined by straight lines.
fn aggregated(series: &[f64], k: usize, ahead: usize) -> Option<Vec<f64>> {
    let blocks: Vec<f64> =
        series[series.len() % k..].chunks_exact(k).map(|b| b.iter().sum::<f64>() / k as f64).collect();
    let forecast = theta(&blocks, ahead.div_ceil(k) + 1, 1)?;
    let half = (k as f64 + 1.0) / 2.0;
    let last = *blocks.last()?;
    let step = |h: usize| {
        // Where the step lies, in blocks from the middle of the first block to come; before it, the line starts
        // in the middle of the last block seen.
        let at = ((h + 1) as f64 - half) / k as f64;
        if at < 0.0 {
            return forecast[0] + at * (forecast[0] - last);
        }
        let low = at.floor() as usize;
        let part = at - low as f64;
        forecast[low] + part * (forecast[low + 1] - forecast[low])
    };
    Some((0..ahead).map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_aggregation_is_theta() {
        let series = [3.0, 5.0, 4.0, 6.0, 7.0, 6.0, 8.0];
        assert_eq!(aggregated(&series, 1, 5), theta(&series, 5, 1));
    }

    #[test]
    fn lines_go_through_the_middles_of_blocks() {
        // Blocks of two with means 1, 2, …, 10: the middle of the first to come lies 1.5 steps ahead.
        let series: Vec<f64> = (1..=10).flat_map(|b| [f64::from(b) - 0.1, f64::from(b) + 0.1]).collect();
        let blocks: Vec<f64> = (1..=10).map(f64::from).collect();
        let of_blocks = theta(&blocks, 3, 1).unwrap();
        let got = aggregated(&series, 2, 4).unwrap();
        assert!((0.5 * (got[0] + got[1]) - (of_blocks[0] + 0.0)).abs() < 0.2);
        assert!((got[1] - (0.75 * of_blocks[0] + 0.25 * of_blocks[1])).abs() < 1e-12, "{got:?}");
        assert!((got[0] - (0.75 * of_blocks[0] + 0.25 * 10.0)).abs() < 1e-12, "{got:?}");
    }

    #[test]
    fn short_series_use_what_aggregations_they_have() {
        assert_eq!(mapa(&[], 12, 3), None);
        assert_eq!(mapa(&[4.0], 12, 3), Some(vec![4.0; 3]));
        assert_eq!(mapa(&[7.0; 100], 12, 3), Some(vec![7.0; 3]));
        assert_eq!(mapa(&[7.0; 30], 1, 3), Some(vec![7.0; 3]));
    }
}
