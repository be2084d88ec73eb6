//! Seeded quasi-random numbers: Owen-scrambled Sobol points, stratum by stratum.

use crate::stats::splitmix;
use sobol_burley::parts::{hash, owen_scramble_rev, sobol_rev};

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
        Sobol::new(within as u32, seed).strata()
    }
}

/// One scrambled dimension, of which only the stratum is wanted.
///
/// Carries go upwards alone in reversed bits, so that the 16 lowest decide the stratum: arithmetic in 16 bits takes
/// an eighth of the time and gives the strata of [`sobol_burley::sample`] to the last one.
struct Sobol {
    /// What each of 8 bits of the shuffled index adds up to, the high ones and the low ones.
    directions: [[u16; 256]; 2],
    shuffle: u32,
    scramble: u32,
}

impl Sobol {
    fn new(dimension: u32, seed: u32) -> Self {
        let mut directions = [[0; 256]; 2];
        for (half, table) in directions.iter_mut().enumerate() {
            for bit in 0..8 {
                let one = 1 << (24 - 8 * half + bit);
                let direction = sobol_rev(one, dimension) as u16;
                for low in 0..1 << bit {
                    table[low | 1 << bit] = table[low] ^ direction;
                }
            }
        }
        let four = [0x912f_69ba, 0x174f_18ab, 0x691e_72ca, 0xb40c_c1b8][dimension as usize & 3];
        let scramble = hash((dimension >> 2) ^ seed.wrapping_mul(0x9c8f_2d3b) ^ four);
        Self { directions, shuffle: hash(seed ^ 0x79c6_8e4a), scramble }
    }

    fn strata(&self) -> Vec<u16> {
        let [high, low] = &self.directions;
        let (add, times) = (self.scramble as u16, (self.scramble >> 16) as u16 | 1);
        let mut out: Vec<u16> = (0..DRAWS as u32)
            .map(|i| {
                let [a, b, ..] = owen_scramble_rev(i.reverse_bits(), self.shuffle).to_be_bytes();
                high[usize::from(a)] ^ low[usize::from(b)]
            })
            .collect();
        for n in &mut out {
            let mut x = *n;
            x ^= x.wrapping_mul(0xadea);
            x = x.wrapping_add(add).wrapping_mul(times);
            x ^= x.wrapping_mul(0x6c56);
            x ^= x.wrapping_mul(0x2864);
            *n = x.reverse_bits() >> 2;
        }
        out
    }
}

/// SplitMix64's first number for a seed.
fn mix(seed: u64) -> u64 {
    splitmix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15))
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
    fn strata_are_those_of_the_published_sampler() {
        for (seed, dimension) in [(1, 0), (1, 1), (7, 2), (7, 3), (99, 4), (99, 200), (5, 255)] {
            let points = Points::new(seed);
            let want = |i| f64::from(sobol_burley::sample(i, dimension, points.seed)) * DRAWS as f64;
            let want: Vec<u16> = (0..DRAWS as u32).map(|i| want(i) as u16).collect();
            assert_eq!(points.strata(dimension as usize), want, "{seed} {dimension}");
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
