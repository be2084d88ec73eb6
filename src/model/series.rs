//! A region's flows as one series of periods, and what several models do to it.

use crate::num;
use crate::panel::View;
use crate::stats;

/// Flows on the scope of the index from the first period of `first_year` through the cut; `None` where a
/// month is missing or false.
pub(super) fn flows(view: &View<'_>, region: usize, first_year: i32) -> Vec<Option<f64>> {
    let (calendar, year, cut) = (view.calendar(), view.year(), view.cut());
    (first_year..=year)
        .flat_map(|y| {
            let seen = calendar.months().filter(move |m| y < year || *m <= cut);
            seen.map(move |m| view.flow(region, y, m))
        })
        .collect()
}

/// Fills gaps with the mean of the same period of the seasons before and after, else of the neighbours.
pub(crate) fn bridge(series: &[Option<f64>], season: usize) -> Vec<f64> {
    let near = |t: usize, step: usize| {
        let back = (1..).map_while(|k| t.checked_sub(k * step)).find_map(|i| series[i]);
        let forth = (1..).map(|k| t + k * step).take_while(|i| *i < series.len()).find_map(|i| series[i]);
        stats::mean(back.into_iter().chain(forth))
    };
    (0..series.len())
        .map(|t| series[t].or_else(|| near(t, season)).or_else(|| near(t, 1)).unwrap_or(0.0))
        .collect()
}

/// What a period's amount is taken for at the least before its logarithm is: 2 % of the mean of the last
/// three seasons. `None` where that mean is not above 0.
pub(super) fn floor(series: &[Option<f64>], season: usize) -> Option<f64> {
    let recent = series.iter().rev().flatten().take(3 * season);
    Some(0.02 * stats::mean(recent.copied())?).filter(|f| *f > 0.0)
}

/// The deviation of each period from the centred moving average over one season, with its position; the half
/// season at each end has none.
pub(super) fn deviations(series: &[f64], season: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
    let half = season / 2;
    let even = season.is_multiple_of(2);
    (half..series.len().saturating_sub(half)).map(move |t| {
        let window = &series[t - half..=t + half];
        let mut total = num::sum(window.iter().copied());
        if even {
            total -= 0.5 * (window[0] + window[2 * half]);
        }
        (t, series[t] - total / season as f64)
    })
}
