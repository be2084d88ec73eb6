//! Quantiles, robust regression, distributions, and seeded quasi-random numbers.

mod draws;
mod normal;
mod random;
mod regression;
mod simplex;
mod student;

pub use draws::{DRAWS, Points};
pub use normal::normal_quantile;
pub use random::Random;
pub use regression::{Regression, RidgeRow, huber_ridge};
pub use simplex::least_squares_on_simplex;
pub use student::{StudentTable, ln_density as student_ln_density};

use crate::num;

/// Makes a median absolute deviation comparable with a standard deviation under normality (1 / Φ⁻¹(¾)).
pub const MAD_TO_SD: f64 = 1.482_602_218_505_602;

/// Sorts numbers without NaN, ascending; NaN sort last.
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// The quantile of **sorted** values by linear interpolation (type 7 of Hyndman & Fan 1996); `None` when empty.
///
/// ```
/// # use landfall::stats::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
/// ```
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = p.clamp(0.0, 1.0) * last as f64;
    let low = at.floor() as usize;
    let (a, b) = (sorted[low], sorted[(low + 1).min(last)]);
    Some(if a == b { a } else { a + (at - low as f64) * (b - a) })
}

/// Several quantiles of unsorted values, as [`quantile`] has them, without a full sort; `None` when empty.
/// The values end up in another order. `levels` ascend.
///
/// ```
/// # use landfall::stats::quantiles;
/// assert_eq!(quantiles(&mut [4.0, 1.0, 3.0, 2.0], [0.0, 0.5, 1.0]), Some([1.0, 2.5, 4.0]));
/// ```
pub fn quantiles<const N: usize>(values: &mut [f64], levels: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)?;
    let mut ranks: Vec<usize> = levels
        .iter()
        .flat_map(|p| {
            let low = (p.clamp(0.0, 1.0) * last as f64).floor() as usize;
            [low, (low + 1).min(last)]
        })
        .collect();
    // With few values the ranks of neighbouring levels overlap.
    ranks.sort_unstable();
    ranks.dedup();
    place(values, 0, &ranks);
    // The ranks that a quantile looks at are in their places now.
    Some(levels.map(|p| quantile(values, p).unwrap_or(f64::NAN)))
}

/// Puts the values of these ranks where a sort would, the middle rank first.
fn place(values: &mut [f64], offset: usize, ranks: &[usize]) {
    let Some(middle) = ranks.get(ranks.len() / 2) else { return };
    let at = middle - offset;
    values.select_nth_unstable_by(at, f64::total_cmp);
    let (low, high) = values.split_at_mut(at);
    place(low, offset, &ranks[..ranks.len() / 2]);
    place(&mut high[1..], middle + 1, &ranks[ranks.len() / 2 + 1..]);
}

/// The median; `None` when empty. NaN must not occur.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    sort(&mut values);
    quantile(&values, 0.5)
}

/// The mean; `None` when empty.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.into_iter().collect();
    (!values.is_empty()).then(|| num::sum(values.iter().copied()) / values.len() as f64)
}

/// The median absolute deviation from the median, scaled to a standard deviation; `None` when empty.
pub fn robust_sd(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.into_iter().collect();
    let centre = median(values.iter().copied())?;
    Some(MAD_TO_SD * median(values.iter().map(|x| (x - centre).abs()))?)
}

/// The mean after dropping a share of the smallest and of the largest values; `None` when empty.
///
/// ```
/// # use landfall::stats::trimmed_mean;
/// assert_eq!(trimmed_mean([0.0, 1.0, 2.0, 3.0, 100.0], 0.2), Some(2.0));
/// ```
pub fn trimmed_mean(values: impl IntoIterator<Item = f64>, share: f64) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    sort(&mut values);
    let cut = ((values.len() as f64 * share).floor() as usize).min(values.len().saturating_sub(1) / 2);
    mean(values[cut..values.len() - cut].iter().copied())
}

/// Shrinks noisy estimates towards their median (empirical Bayes): each moves by v ÷ (τ + v), where τ is
/// what the estimates vary beyond their noise, never below `floor`.
///
/// `estimates` and `variances` have one entry a region. Source: Morris (1983), "Parametric empirical Bayes
/// inference"; the median in place of the mean keeps a mad region out of the prior.
pub fn shrink_to_median(estimates: &[f64], variances: &[f64], floor: f64) -> Vec<f64> {
    let Some(prior) = median(estimates.iter().copied()) else { return Vec::new() };
    let spread = mean(estimates.iter().map(|x| (x - prior) * (x - prior))).unwrap_or(0.0);
    let noise = mean(variances.iter().copied()).unwrap_or(0.0);
    let between = (spread - noise).max(floor);
    estimates.iter().zip(variances).map(|(x, v)| (between * x + v * prior) / (between + v)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_few_values() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[3.0], 0.9), Some(3.0));
        assert_eq!(median([4.0, 1.0, 3.0]), Some(3.0));
        // numpy 2.1 quantile([1,2,4,8], .3) with the default (linear) method.
        assert!((quantile(&[1.0, 2.0, 4.0, 8.0], 0.3).unwrap() - 1.9).abs() < 1e-12);
    }

    #[test]
    fn quantiles_without_a_sort_are_those_of_a_sort() {
        let mut values: Vec<f64> = (0..1000).map(|i| f64::from(i * 7919 % 1009)).collect();
        let mut sorted = values.clone();
        sort(&mut sorted);
        let levels = [0.0, 0.025, 0.1, 0.5, 0.9, 0.975, 1.0];
        let want = levels.map(|p| quantile(&sorted, p).unwrap());
        assert_eq!(quantiles(&mut values, levels), Some(want));
        assert_eq!(quantiles(&mut [], [0.5]), None);
    }

    #[test]
    fn shrinking_moves_noisy_estimates_to_the_median() {
        let shrunk = shrink_to_median(&[0.0, 1.0, 2.0], &[1e-9, 1e-9, 1.0], 1e-5);
        assert!(shrunk[0] < 1e-6 && shrunk[2] > 1.2 && shrunk[2] < 1.3, "{shrunk:?}");
        let exact = shrink_to_median(&[0.0, 1.0, 2.0], &[0.0, 0.0, 0.0], 1e-5);
        assert_eq!(exact, vec![0.0, 1.0, 2.0]);
    }
}
