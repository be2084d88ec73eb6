//! How wide an interval must be, learned from forecasts that the past has judged.

use crate::forecast::ForecastAsk;
use crate::num;
use crate::stats;

/// How many periods before the end of a series its past origins lie, oldest first.
const ORIGINS: [usize; 7] = [36, 30, 24, 18, 12, 6, 3];
/// Periods that an origin must have seen.
const SEEN: usize = 30;
/// How many past errors the pooled multiplier of 1 counts for, and how many of a series count for one: errors
/// of one origin hang together. Source: chosen on rolling origins of M3's training part.
const POOLED: f64 = 12.0;
const ALIKE: f64 = 6.0;
/// How many series the prior widths count for.
const PRIOR: f64 = 12.0;

/// Errors of this many times the prior mean and more say no more to the pool than that: of a few series one that explodes
/// would else widen all others.
const FAR: f64 = 10.0;

/// One series' forecasts from past origins, against what came.
pub(super) struct Past {
    /// The unit of errors now: the mean change over a season.
    pub(super) scale: f64,
    origins: Vec<Origin>,
}

struct Origin {
    /// How many periods before the end.
    back: usize,
    /// |error| at each step that has been judged, in the unit of that origin.
    errors: Vec<f64>,
}

impl Past {
    /// Forecasts the series anew from each origin that has seen enough.
    pub(super) fn of(series: &[f64], ask: &ForecastAsk) -> Self {
        let (season, horizon) = (ask.season, if ask.levels.is_empty() { 0 } else { ask.horizon });
        let origin = |back: &usize| {
            let seen = &series[..series.len().checked_sub(*back).filter(|n| *n >= SEEN.max(2 * season))?];
            let unit = scale(seen, season);
            let steps = Some(horizon.min(*back)).filter(|steps| *steps > 0 && unit > 0.0)?;
            let forecast = ask.forecaster.forecast(seen, season, steps)?;
            let errors = forecast.iter().zip(&series[seen.len()..]).map(|(f, y)| (y - f).abs() / unit);
            let errors: Option<Vec<f64>> = errors.map(num::finite).collect();
            Some(Origin { back: *back, errors: errors? })
        };
        Self { scale: scale(series, season), origins: ORIGINS.iter().filter_map(origin).collect() }
    }
}

/// The mean absolute change over a season; from one period to the next where the series is too short.
fn scale(series: &[f64], season: usize) -> f64 {
    let lag = if series.len() > season { season } else { 1 };
    let changes = series.iter().zip(series.iter().skip(lag)).map(|(a, b)| (b - a).abs());
    stats::mean(changes).and_then(num::finite).unwrap_or(0.0)
}

/// Half widths in units of scale × multiplier.
pub(super) struct Widths {
    /// By level asked for, then by step.
    pub(super) by_level: Vec<Vec<f64>>,
    /// The mean pooled error by step.
    mean: Vec<f64>,
}

impl Widths {
    /// Learns from all series together.
    ///
    /// A quantile is one of errors ÷ multiplier, where the multiplier of an origin knows only what had been
    /// judged by then. The widths of M3's training part stand in where series are few, and past the last
    /// step that was judged widths grow as they do there.
    pub(super) fn learn(pasts: &[&Past], horizon: usize, levels: &[u8]) -> Self {
        let judged =
            |h: usize| pasts.iter().flat_map(move |p| p.origins.iter().filter_map(move |o| o.errors.get(h)));
        let series_at =
            |h: usize| pasts.iter().filter(|p| p.origins.iter().any(|o| o.errors.len() > h)).count();
        let counts: Vec<f64> = (0..horizon).map(|h| series_at(h) as f64).collect();
        let near = |e: f64, h: usize| e.min(FAR * prior_mean(h));
        let mean = blended(&counts, prior_mean, |h| stats::mean(judged(h).map(|e| near(*e, h))));
        let mut widths = Self { by_level: Vec::new(), mean };
        let mut relative: Vec<Vec<f64>> = vec![Vec::new(); horizon];
        for past in pasts {
            for origin in &past.origins {
                let multiplier = widths.multiplier_at(past, origin.back);
                for (h, e) in origin.errors.iter().enumerate().take(horizon) {
                    relative[h].push(near(e / multiplier, h));
                }
            }
        }
        for errors in &mut relative {
            stats::sort(errors);
        }
        for level in levels {
            let p = f64::from(*level) / 100.0;
            let quantile = |h: usize| stats::quantile(&relative[h], p);
            widths.by_level.push(blended(&counts, |h| prior_quantile(p, h), quantile));
        }
        widths
    }

    /// How much wider or narrower than the pool a series is now.
    pub(super) fn multiplier(&self, past: &Past) -> f64 {
        self.multiplier_at(past, 0)
    }

    /// The same as it was known `back` periods before the end: an origin's error counts once it is judged.
    fn multiplier_at(&self, past: &Past, back: usize) -> f64 {
        let (mut total, mut count) = (0.0, 0.0);
        for origin in &past.origins {
            let judged = origin.back.saturating_sub(back);
            for (e, mean) in origin.errors.iter().zip(&self.mean).take(judged) {
                total += e / mean;
                count += 1.0;
            }
        }
        (POOLED + total / ALIKE) / (POOLED + count / ALIKE)
    }
}

/// What was learned at each step, mixed with the prior by how many series judged it.
fn blended(counts: &[f64], prior: impl Fn(usize) -> f64, learned: impl Fn(usize) -> Option<f64>) -> Vec<f64> {
    // What the last judged step was wider than its prior holds on beyond it.
    let mut held = 1.0;
    let step = |(h, n): (usize, &f64)| {
        let prior = prior(h);
        if let Some(learned) = learned(h) {
            held = (n * learned + PRIOR * prior) / ((n + PRIOR) * prior);
        }
        (held * prior).max(f64::MIN_POSITIVE)
    };
    counts.iter().enumerate().map(step).collect()
}

/// Mean error `h` + 1 steps ahead, as on M3's training part.
fn prior_mean(h: usize) -> f64 {
    grown(PRIOR_MEAN, h)
}

/// The quantile `p` of errors ÷ multiplier `h` + 1 steps ahead, as on M3's training part; straight lines between the
/// levels on record, and from 0 at level 0.
fn prior_quantile(p: f64, h: usize) -> f64 {
    let mut below = (0.0, 0.0);
    for (level, curve) in PRIOR_QUANTILES {
        let above = (level, grown(curve, h));
        if p <= level {
            return below.1 + (p - below.0) / (above.0 - below.0) * (above.1 - below.1);
        }
        below = above;
    }
    below.1
}

/// a · stepᵇ.
fn grown((a, b): (f64, f64), h: usize) -> f64 {
    a * num::pow((h + 1) as f64, b)
}

const PRIOR_MEAN: (f64, f64) = (0.431, 0.326);
const PRIOR_QUANTILES: [(f64, (f64, f64)); 4] =
    [(0.5, (0.278, 0.382)), (0.8, (0.668, 0.330)), (0.95, (1.295, 0.292)), (0.99, (2.082, 0.306))];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::par;
    use crate::table::read_series;

    /// a and b of a · stepᵇ by least squares on logs.
    fn curve(values: &[f64]) -> (f64, f64) {
        let points: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(h, v)| (num::ln((h + 1) as f64), num::ln(*v))).collect();
        let mean = |f: fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / points.len() as f64;
        let (x, y) = (mean(|p| p.0), mean(|p| p.1));
        let b = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>()
            / points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum::<f64>();
        (num::exp(y - b * x), b)
    }

    #[test]
    #[ignore = "long: 17,000 forecasts"]
    fn the_prior_is_what_m3s_training_part_says() {
        let Ok(text) = std::fs::read_to_string("../shared/data/m3_monthly.csv") else {
            println!("skipped: ../shared/data/m3_monthly.csv is absent");
            return;
        };
        let (series, _) = read_series(&text, "m3_monthly.csv");
        let forecaster = crate::forecast::Forecaster::Ensemble;
        let ask = ForecastAsk { horizon: 18, season: 12, levels: vec![50], forecaster };
        let pasts =
            par::map(&series, |s| Past::of(&s.values.iter().flatten().copied().collect::<Vec<_>>(), &ask));
        let levels = PRIOR_QUANTILES.map(|(level, _)| (level * 100.0).round() as u8);
        let widths = Widths::learn(&pasts.iter().collect::<Vec<_>>(), 18, &levels);
        let mut pairs = vec![(curve(&widths.mean), PRIOR_MEAN)];
        pairs.extend(widths.by_level.iter().zip(PRIOR_QUANTILES).map(|(w, (_, prior))| (curve(w), prior)));
        for (learned, prior) in &pairs {
            println!("({:.3}, {:.3})", learned.0, learned.1);
            assert!(
                (learned.0 / prior.0 - 1.0).abs() < 0.03 && (learned.1 - prior.1).abs() < 0.02,
                "{pairs:?}"
            );
        }
    }
}
