//! Seeded quasi-random numbers: Owen-scrambled Sobol points, stratum by stratum.

/// How many draws the outlook keeps: a power of two, so that every dimension visits each stratum once.
pub const DRAWS: usize = 16_384;

/// A seeded set of [`DRAWS`] points of any number of dimensions.
///
/// Dimension 0 is for what all regions share. The first 255 others form one low-discrepancy set with it;
/// further blocks of 255 are shuffled copies, independent of the first ("padding"). Source: Burley (2020),
/// "Practical Hash-based Owen Scrambling", JCGT 9(4); direction numbers of Joe & Kuo (2008).
///
/// ```
/// # use landfall::stats::{DRAWS, Points};
/// let strata = Points::new(1).strata(3);
/// let mut seen = vec![false; DRAWS];
/// strata.iter().for_each(|s| seen[usize::from(*s)] = true);
/// assert!(seen.iter().all(|s| *s));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Points {
    seed: u32,
}

impl Points {
    /// The points of a seed. All 64 bits count.
    pub fn new(seed: u64) -> Self {
        let mixed = mix(seed);
        Self { seed: (mixed ^ (mixed >> 32)) as u32 }
    }

    /// Another set, independent of this one: for another ledger, say.
    #[must_use]
    pub fn stream(self, number: u32) -> Self {
        if number == 0 { self } else { Self::new(u64::from(self.seed) | (u64::from(number) << 32)) }
    }

    /// The stratum (0 to [`DRAWS`] − 1) that each draw falls into, in one dimension: a permutation.
    pub fn strata(self, dimension: usize) -> Vec<u16> {
        let block = dimension.saturating_sub(1) / 255;
        let within = if dimension == 0 { 0 } else { (dimension - 1) % 255 + 1 };
        let seed = if block == 0 { self.seed } else { mix(u64::from(self.seed) + block as u64) as u32 };
        (0..DRAWS as u32)
            .map(|i| {
                let at = f64::from(sobol_burley::sample(i, within as u32, seed)) * DRAWS as f64;
                at as u16
            })
            .collect()
    }
}

/// SplitMix64's finaliser: Steele, Lea & Flood (2014).
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num;

    fn correlation(a: &[u16], b: &[u16]) -> f64 {
        let centred = |s: &u16| (f64::from(*s) + 0.5) / DRAWS as f64 - 0.5;
        12.0 * num::sum(a.iter().zip(b).map(|(a, b)| centred(a) * centred(b))) / DRAWS as f64
    }

    #[test]
    fn dimensions_hardly_correlate_across_blocks_too() {
        let points = Points::new(7);
        let columns: Vec<Vec<u16>> =
            [0, 1, 2, 50, 255, 256, 257, 511, 5_000].iter().map(|d| points.strata(*d)).collect();
        for i in 0..columns.len() {
            for j in 0..i {
                let r = correlation(&columns[i], &columns[j]);
                // Independent columns: sd 1/√16384 = 0.0078.
                assert!(r.abs() < 0.04, "{i} {j} {r}");
            }
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(Points::new(1).strata(4), Points::new(1).strata(4));
        assert_ne!(Points::new(1).strata(4), Points::new(2).strata(4));
        assert_ne!(Points::new(1).strata(4), Points::new(1 << 32 | 1).strata(4));
        assert_ne!(Points::new(1).stream(1).strata(0), Points::new(1).strata(0));
    }
}
