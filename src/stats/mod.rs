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

/// The finaliser of SplitMix64: numbers that differ in one bit lie far apart. Source: Steele, Lea & Flood (2014).
pub(crate) fn splitmix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

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

/// The two values that a quantile lies between, and how far it is on the way from one to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// The lower value.
    pub low: f64,
    /// The higher value.
    pub high: f64,
    /// 0 at the lower, 1 at the higher.
    pub part: f64,
}

impl Between {
    /// The quantile.
    pub fn value(self) -> f64 {
        if self.low == self.high { self.low } else { self.low + self.part * (self.high - self.low) }
    }

    /// The same for values that were all passed through a function that never falls.
    #[must_use]
    pub fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { low: f(self.low), high: f(self.high), part: self.part }
    }
}

/// Several quantiles of unsorted values, as [`quantile`] has them, without a full sort; `None` when empty.
///
/// ```
/// # use landfall::stats::quantiles;
/// assert_eq!(quantiles(&[4.0, 1.0, 3.0, 2.0], [0.0, 0.5, 1.0]), Some([1.0, 2.5, 4.0]));
/// ```
pub fn quantiles<const N: usize>(values: &[f64], levels: [f64; N]) -> Option<[f64; N]> {
    Some(quantile_places(values, levels)?.map(Between::value))
}

/// As [`quantiles`], with the values that each lies between; `None` when empty.
pub fn quantile_places<const N: usize>(values: &[f64], levels: [f64; N]) -> Option<[Between; N]> {
    let last = values.len().checked_sub(1)?;
    let at = levels.map(|p| p.clamp(0.0, 1.0) * last as f64);
    let low = |at: f64| at.floor() as usize;
    let mut ranks: Vec<usize> = at.iter().flat_map(|at| [low(*at), (low(*at) + 1).min(last)]).collect();
    // With few values the ranks of neighbouring levels overlap.
    ranks.sort_unstable();
    ranks.dedup();
    let found = at_ranks(values, &ranks);
    let value = |rank: usize| ranks.binary_search(&rank).map_or(f64::NAN, |place| found[place]);
    Some(at.map(|at| Between {
        low: value(low(at)),
        high: value((low(at) + 1).min(last)),
        part: at - at.floor(),
    }))
}

/// The value that a sort would put at a rank, from 0; `None` where there are not so many.
///
/// A sample says between which two values it lies; one pass counts what is below and keeps what is between, so that only a
/// few are put in order. For several ranks of the same values, [`quantiles`] is the better way.
///
/// ```
/// # use landfall::stats::at_rank;
/// assert_eq!((at_rank(&[4.0, 1.0, 3.0], 1), at_rank(&[4.0], 1)), (Some(3.0), None));
/// ```
pub fn at_rank(values: &[f64], rank: usize) -> Option<f64> {
    (rank < values.len()).then(|| match around(values, rank) {
        Some((mut few, inside)) => placed(&mut few, inside),
        None => placed(&mut values.to_vec(), rank),
    })
}

/// The value at a rank, found by moving the values about.
fn placed(values: &mut [f64], rank: usize) -> f64 {
    *values.select_nth_unstable_by(rank, f64::total_cmp).1
}

/// The few of many values among which a rank lies, and its rank among them, where a sample tells between which two that is.
fn around(values: &[f64], rank: usize) -> Option<(Vec<f64>, usize)> {
    const SAMPLE: usize = 256;
    let n = values.len();
    if n >= MANY {
        let mut sample: Vec<f64> = values.iter().step_by(n / SAMPLE).copied().collect();
        sort(&mut sample);
        let place = rank as f64 / n as f64 * sample.len() as f64;
        // Four standard errors of a sampled quantile, and a little.
        let reach = 2.0 * (sample.len() as f64).sqrt() + 2.0;
        let (low, high) = (place - reach, place + reach);
        let low = if low < 0.0 { f64::NEG_INFINITY } else { sample[low as usize] };
        let high = sample.get(high as usize).copied().unwrap_or(f64::INFINITY);
        let (mut below, mut kept, mut between) = (0_usize, 0_usize, vec![0.0; n]);
        for x in values {
            below += usize::from(*x < low);
            // Written always, kept sometimes: no branch to be mispredicted.
            between[kept] = *x;
            kept += usize::from(*x >= low && *x <= high);
        }
        between.truncate(kept);
        let inside = rank.checked_sub(below).filter(|k| *k < kept)?;
        return Some((between, inside));
    }
    None
}

/// Values that are put into buckets before any of them are sorted.
const MANY: usize = 2048;
/// Buckets.
const BUCKETS: usize = 1024;

/// The values that a sort would put at these ranks, which ascend.
fn at_ranks(values: &[f64], ranks: &[usize]) -> Vec<f64> {
    if values.len() >= MANY
        && let Some(found) = in_buckets(values, ranks)
    {
        return found;
    }
    let mut values = values.to_vec();
    place(&mut values, 0, ranks);
    ranks.iter().map(|rank| values[*rank]).collect()
}

/// As [`at_ranks`], by way of equal buckets over most of the values: only those that hold a rank are sorted. `None`
/// where most values are the same, or where one is NaN.
fn in_buckets(values: &[f64], ranks: &[usize]) -> Option<Vec<f64>> {
    let mut few: Vec<f64> = values.iter().step_by(values.len() / 256).copied().collect();
    sort(&mut few);
    let (from, to) = (few[2], few[few.len() - 3]);
    let scale = (BUCKETS - 2) as f64 / (to - from);
    if !(scale.is_finite() && scale > 0.0) {
        return None;
    }
    // Never falls in `x`; what lies outside goes to the first or the last one. In numbers from 2⁵² on the whole ones are the
    // lowest bits: a cast would look for what does not fit once more.
    let bucket = |x: f64| {
        const WHOLE: f64 = 4_503_599_627_370_496.0;
        const LAST: f64 = (BUCKETS - 1) as f64;
        let at = (x - from) * scale + 1.0;
        let held = if at > 0.0 { at } else { 0.0 };
        ((if held < LAST { held } else { LAST }) + WHOLE).to_bits() as usize % BUCKETS
    };
    let mut counts = [0_u32; BUCKETS];
    let mut nan = false;
    let count = |x: &f64| {
        nan |= x.is_nan();
        let at = bucket(*x);
        counts[at] += 1;
        at as u16
    };
    let places: Vec<u16> = values.iter().map(count).collect();
    if nan {
        return None;
    }
    let mut before = [0_usize; BUCKETS];
    for at in 1..BUCKETS {
        before[at] = before[at - 1] + counts[at - 1] as usize;
    }
    let holds = |rank: usize| before.partition_point(|b| *b <= rank) - 1;
    let mut wanted = [u8::MAX; BUCKETS];
    let mut sorted: Vec<Vec<f64>> = Vec::new();
    for rank in ranks {
        let slot = &mut wanted[holds(*rank)];
        if *slot == u8::MAX {
            *slot = u8::try_from(sorted.len()).ok().filter(|s| *s < u8::MAX)?;
            sorted.push(Vec::new());
        }
    }
    for (x, at) in values.iter().zip(&places) {
        if let Some(held) = sorted.get_mut(usize::from(wanted[usize::from(*at) % BUCKETS])) {
            held.push(*x);
        }
    }
    sorted.iter_mut().for_each(|held| sort(held));
    Some(
        ranks
            .iter()
            .map(|rank| sorted[usize::from(wanted[holds(*rank)])][rank - before[holds(*rank)]])
            .collect(),
    )
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
    median_of(&mut values.into_iter().collect::<Vec<f64>>())
}

/// As [`median`], of values whose order is wanted no longer.
pub fn median_of(values: &mut [f64]) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    // The value after the middle one is wanted too.
    match around(values, last / 2).filter(|(few, inside)| inside + 1 < few.len()) {
        Some((mut few, inside)) => in_the_middle(&mut few, inside, last % 2 == 0),
        None => in_the_middle(values, last / 2, last % 2 == 0),
    }
}

fn in_the_middle(values: &mut [f64], middle: usize, alone: bool) -> Option<f64> {
    let (_, low, above) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let low = *low;
    if alone {
        return Some(low);
    }
    let high = above.iter().copied().min_by(f64::total_cmp)?;
    Some(Between { low, high, part: 0.5 }.value())
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
        let levels = [0.0, 0.025, 0.1, 0.5, 0.9, 0.975, 1.0];
        let mixed = |n: i32| (0..n).map(|i| f64::from(i * 7919 % 100_009)).collect::<Vec<f64>>();
        let tailed: Vec<f64> = mixed(5000).iter().map(|x| 1.0 / (x - 50_000.5)).collect();
        let tied: Vec<f64> = mixed(5000).iter().map(|x| (x / 20_000.0).floor()).collect();
        let mostly_same: Vec<f64> = mixed(5000).iter().map(|x| (x - 95_000.0).max(0.0)).collect();
        let zeros: Vec<f64> = mixed(5000).iter().map(|x| if x % 2.0 == 0.0 { -0.0 } else { 0.0 }).collect();
        let endless: Vec<f64> = mixed(5000).iter().map(|x| 1.0 / (x - 7919.0).max(0.0)).collect();
        for values in [mixed(1000), mixed(5000), tailed, tied, mostly_same, zeros, endless, mixed(3)] {
            let mut sorted = values.clone();
            sort(&mut sorted);
            let want = levels.map(|p| quantile(&sorted, p).unwrap().to_bits());
            assert_eq!(quantiles(&values, levels).map(|q| q.map(f64::to_bits)), Some(want));
            assert_eq!(
                median_of(&mut values.clone()).map(f64::to_bits),
                Some(quantile(&sorted, 0.5).unwrap().to_bits())
            );
            assert_eq!(median(values).map(f64::to_bits), quantile(&sorted, 0.5).map(f64::to_bits));
        }
        assert_eq!(quantiles(&[], [0.5]), None);
        let lost = quantiles(&[vec![f64::NAN], mixed(5000)].concat(), [0.0, 1.0]).unwrap();
        assert!(lost[0] == 0.0 && lost[1].is_nan());
    }

    #[test]
    fn shrinking_moves_noisy_estimates_to_the_median() {
        let shrunk = shrink_to_median(&[0.0, 1.0, 2.0], &[1e-9, 1e-9, 1.0], 1e-5);
        assert!(shrunk[0] < 1e-6 && shrunk[2] > 1.2 && shrunk[2] < 1.3, "{shrunk:?}");
        let exact = shrink_to_median(&[0.0, 1.0, 2.0], &[0.0, 0.0, 0.0], 1e-5);
        assert_eq!(exact, vec![0.0, 1.0, 2.0]);
    }

    #[test]
    fn a_value_by_its_place_is_that_of_the_sorted_ones() {
        for (n, step) in [(1, 1), (7, 3), (2_048, 5), (10_000, 7_919), (16_384, 1), (16_384, 16_383)] {
            let values: Vec<f64> = (0..n).map(|i| ((i * step) % n) as f64 - 100.0).collect();
            for at in [0, n / 10, n / 2, n - 1] {
                assert_eq!(at_rank(&values, at), Some(at as f64 - 100.0), "{n} {step} {at}");
            }
        }
        // A sample that sees none of the rare values, and ties.
        let rare: Vec<f64> = (0..10_000).map(|i| if i % 39 == 1 { -1.0 } else { 5.0 }).collect();
        assert_eq!((at_rank(&rare, 0), at_rank(&rare, 5_000)), (Some(-1.0), Some(5.0)));
        assert_eq!((at_rank(&[], 0), median([])), (None, None));
    }
}
