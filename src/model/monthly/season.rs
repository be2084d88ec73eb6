//! Taking the season out of a series and putting it back.

use crate::model::series::deviations;
use crate::num;

/// The scale on which a season is a constant added, or a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Logs; the season is added to the log.
    Log,
    /// Square roots; the season is added to the root.
    Root,
    /// As it is; the season is a factor.
    Ratio,
    /// As it is; the season is added.
    Raw,
}

/// How the seasonal indices are estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeasonRule {
    /// The scale.
    pub scale: Scale,
    /// Weight of a season against the one after it; 1 weighs all alike.
    pub decay: f64,
    /// Shrink the indices towards no season by what they vary beyond their noise.
    pub shrink: bool,
    /// Take a season out only where the series correlates with itself a season ago (90 %).
    pub tested: bool,
}

impl SeasonRule {
    /// Recent seasons weigh more (0.8 a season), indices are shrunk, nothing is tested.
    pub const fn decayed(scale: Scale) -> Self {
        Self { scale, decay: 0.8, shrink: true, tested: false }
    }

    /// All seasons weigh alike, indices are shrunk, nothing is tested.
    pub const fn level(scale: Scale) -> Self {
        Self { scale, decay: 1.0, shrink: true, tested: false }
    }

    /// Classical decomposition after a test, as the Theta method has it: all seasons alike, no shrinkage.
    pub const fn classical(scale: Scale) -> Self {
        Self { scale, decay: 1.0, shrink: false, tested: true }
    }
}

/// A series without its season, on the scale of its rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// The series without its season, oldest first.
    pub level: Vec<f64>,
    shape: Vec<f64>,
    scale: Scale,
}

impl Adjusted {
    /// Takes the season out of `series` (oldest first, no gaps), whose first value is the first period of a
    /// season of `season` periods.
    ///
    /// A series with a value at or below 0 keeps its scale and its season is added, whatever the rule. One of
    /// two seasons or less is taken to have none. Source: the ratio or difference to a centred moving average
    /// (Kendall & Stuart 1983); shrinkage of the indices after Miller & Williams (2003), "Shrinkage estimators
    /// of time series seasonal factors"; the test is the one of Assimakopoulos & Nikolopoulos (2000).
    ///
    /// ```
    /// # use landfall::model::monthly::{Adjusted, Scale, SeasonRule};
    /// let series: Vec<f64> = [10.0, 20.0, 40.0, 20.0].into_iter().cycle().take(24).collect();
    /// let adjusted = Adjusted::new(&series, 4, SeasonRule::decayed(Scale::Log));
    /// let flat = vec![adjusted.level[23]; 4];
    /// assert!((adjusted.restore(&flat).unwrap()[2] - 40.0).abs() < 1e-9);
    /// ```
    pub fn new(series: &[f64], season: usize, rule: SeasonRule) -> Self {
        let positive = series.iter().all(|y| *y > 0.0);
        let scale = if positive { rule.scale } else { Scale::Raw };
        let mut level: Vec<f64> = match scale {
            Scale::Log => series.iter().map(|y| num::ln(*y)).collect(),
            Scale::Root => series.iter().map(|y| y.sqrt()).collect(),
            Scale::Ratio | Scale::Raw => series.to_vec(),
        };
        let neutral = if scale == Scale::Ratio { 1.0 } else { 0.0 };
        let seasonal = season > 1 && level.len() > 2 * season && (!rule.tested || correlates(&level, season));
        let shape = if seasonal { shape(&level, season, scale, rule) } else { vec![neutral; season.max(1)] };
        for (t, x) in level.iter_mut().enumerate() {
            let index = shape[t % shape.len()];
            if scale == Scale::Ratio { *x /= index } else { *x -= index }
        }
        Self { level, shape, scale }
    }

    /// Puts season and scale back on values that follow the series; `None` where one is not finite.
    pub fn restore(&self, ahead: &[f64]) -> Option<Vec<f64>> {
        let put_back = |(h, x): (usize, &f64)| {
            let index = self.shape[(self.level.len() + h) % self.shape.len()];
            num::finite(match self.scale {
                Scale::Log => num::exp(x + index),
                Scale::Root => {
                    // A root below 0 stands for nothing; its square would be an amount.
                    let root = (x + index).max(0.0);
                    root * root
                }
                Scale::Ratio => x * index,
                Scale::Raw => x + index,
            })
        };
        ahead.iter().enumerate().map(put_back).collect()
    }
}

/// One entry a period: differences to (or, on [`Scale::Ratio`], ratios by) the moving average, averaged,
/// centred and shrunk.
fn shape(level: &[f64], season: usize, scale: Scale, rule: SeasonRule) -> Vec<f64> {
    let is_ratio = scale == Scale::Ratio;
    let off: Vec<(usize, f64)> =
        deviations(level, season).map(|(t, d)| (t, if is_ratio { d / (level[t] - d) } else { d })).collect();
    let mut weights = Vec::new();
    let mut weight = 1.0;
    for _ in 0..=level.len() / season {
        weights.push(weight);
        weight *= rule.decay;
    }
    let mut sums = vec![(0.0, 0.0, 0_usize); season];
    for (t, d) in &off {
        let w = weights[(level.len() - 1 - t) / season];
        let (sum, total, count) = &mut sums[t % season];
        *sum += w * d;
        *total += w;
        *count += 1;
    }
    let raw: Vec<f64> = sums.iter().map(|(sum, w, _)| if *w > 0.0 { sum / w } else { 0.0 }).collect();
    let centre = raw.iter().sum::<f64>() / season as f64;
    let centred: Vec<f64> = if is_ratio {
        raw.iter().map(|x| (1.0 + x) / (1.0 + centre) - 1.0).collect()
    } else {
        raw.iter().map(|x| x - centre).collect()
    };
    let kept = if rule.shrink { kept(&raw, &centred, &sums, &off) } else { 1.0 };
    centred.into_iter().map(|x| if is_ratio { 1.0 + kept * x } else { kept * x }).collect()
}

/// The share of the indices that is kept: James & Stein's 1 − (m − 3)/(m − 1) · noise ÷ variance of the m
/// indices, never below 0.
fn kept(raw: &[f64], centred: &[f64], sums: &[(f64, f64, usize)], off: &[(usize, f64)]) -> f64 {
    let season = raw.len();
    let m = season as f64;
    let spread = centred.iter().map(|x| x * x).sum::<f64>() / (m - 1.0);
    let free = off.len().saturating_sub(season);
    if spread <= 0.0 || free == 0 {
        return if spread > 0.0 { 1.0 } else { 0.0 };
    }
    let within =
        off.iter().map(|(t, d)| (d - raw[t % season]) * (d - raw[t % season])).sum::<f64>() / free as f64;
    let noise = within * sums.iter().map(|(_, _, n)| 1.0 / (*n).max(1) as f64).sum::<f64>() / m;
    (1.0 - (m - 3.0).max(0.0) / (m - 1.0) * noise / spread).max(0.0)
}

/// Whether the autocorrelation one season back differs from 0 at 90 % (Bartlett's standard error).
fn correlates(level: &[f64], season: usize) -> bool {
    let n = level.len() as f64;
    let mean = level.iter().sum::<f64>() / n;
    let about: Vec<f64> = level.iter().map(|x| x - mean).collect();
    let at = |lag: usize| about.iter().zip(&about[lag..]).map(|(a, b)| a * b).sum::<f64>();
    let variance = at(0);
    if variance <= 0.0 {
        return false;
    }
    let before: f64 = (1..season).map(|lag| at(lag) / variance).map(|r| r * r).sum();
    (at(season) / variance).abs() > 1.645 * ((1.0 + 2.0 * before) / n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [SeasonRule; 6] = [
        SeasonRule::decayed(Scale::Log),
        SeasonRule::decayed(Scale::Root),
        SeasonRule::decayed(Scale::Ratio),
        SeasonRule::level(Scale::Raw),
        SeasonRule::classical(Scale::Log),
        SeasonRule::classical(Scale::Ratio),
    ];

    /// statsmodels 0.15.0 seasonal_decompose(y, "multiplicative", period=4).seasonal[:4].
    #[test]
    fn classical_indices_are_those_of_statsmodels() {
        let series =
            [10.0, 21.0, 39.0, 20.0, 12.0, 22.0, 44.0, 21.0, 11.0, 25.0, 43.0, 24.0, 13.0, 24.0, 47.0, 25.0];
        let adjusted = Adjusted::new(&series, 4, SeasonRule::classical(Scale::Ratio));
        for (got, want) in
            adjusted.shape.iter().zip([0.477910662225, 0.922900389844, 1.721598080334, 0.877590867598])
        {
            assert!((got - want).abs() < 1e-9, "{:?}", adjusted.shape);
        }
    }

    #[test]
    fn taking_out_and_putting_back_is_the_identity() {
        let series: Vec<f64> =
            (0..50_u32).map(|t| 50.0 + f64::from(t * 37 % 23) + f64::from(t % 12)).collect();
        for rule in RULES {
            for season in [1, 4, 11, 12] {
                let adjusted = Adjusted::new(&series, season, rule);
                // The first value once more, a whole number of seasons later.
                let whole =
                    Adjusted { level: adjusted.level[..44 / season * season].to_vec(), ..adjusted.clone() };
                let back = whole.restore(&adjusted.level[..1]).unwrap();
                assert!((back[0] / series[0] - 1.0).abs() < 1e-12, "{rule:?} {season}");
            }
        }
    }

    #[test]
    fn noise_is_shrunk_away_and_recent_seasons_count_more() {
        // Whole numbers without a season of 12: a multiplicative generator of period 100.
        let noise: Vec<f64> = (1..=60)
            .scan(1_u32, |x, _| {
                *x = *x * 13 % 101;
                Some(100.0 + f64::from(*x))
            })
            .collect();
        let spread = |rule| {
            let shape = Adjusted::new(&noise, 12, rule).shape;
            shape.iter().map(|x| x * x).sum::<f64>()
        };
        let plain = SeasonRule { shrink: false, ..SeasonRule::level(Scale::Log) };
        assert!(spread(SeasonRule::level(Scale::Log)) < 0.5 * spread(plain));
        // A peak that appears in the last two seasons of five.
        let peak: Vec<f64> = (0..60).map(|t| if t % 12 == 3 && t >= 36 { 200.0 } else { 100.0 }).collect();
        let index = |rule| Adjusted::new(&peak, 12, rule).shape[3];
        let decayed = SeasonRule { shrink: false, ..SeasonRule::decayed(Scale::Log) };
        assert!(index(decayed) > 1.1 * index(plain));
    }

    #[test]
    fn odd_series_have_a_scale_all_the_same() {
        for rule in RULES {
            assert_eq!(Adjusted::new(&[], 12, rule).restore(&[1.0]).map(|v| v.len()), Some(1));
            let negative: Vec<f64> = (0..40).map(|t| f64::from(t % 4) - 2.0).collect();
            let adjusted = Adjusted::new(&negative, 4, rule);
            let back = adjusted.restore(&[*adjusted.level.last().unwrap(); 4]).unwrap();
            assert!(back.iter().all(|y| y.is_finite()) && back[0] < -1.0, "{back:?}");
            let zeros = Adjusted::new(&[0.0; 40], 12, rule);
            assert_eq!(zeros.restore(&[0.0; 3]), Some(vec![0.0; 3]));
        }
        let huge = Adjusted::new(&[1e300; 30], 12, SeasonRule::decayed(Scale::Log));
        assert_eq!(huge.restore(&[1e6]), None);
    }
}
