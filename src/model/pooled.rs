//! A two-level smoother, its parameters pooled over regions: a common index × each region's own level.

use crate::model::series::{bridge, deviations, floor, flows};
use crate::model::{Earlier, Fitted, Guess, Model};
use crate::num;
use crate::panel::View;
use crate::par;
use crate::stats;

/// Deseasonalised flows are smoothed with many combinations of weights: for the region's own level, for a
/// factor that all regions share, with and without a trend. Combinations are averaged by how well they did at
/// the same month of past years, mostly over all regions, a little for the region alone.
///
/// Source: the measured annual recipe, part A. Season and trend of a region are shrunk to those of all
/// regions by empirical Bayes. A missing or false month is bridged by its season.
#[derive(Debug, Clone, Copy)]
pub struct Pooled;

/// Years of history.
const YEARS: i32 = 15;
/// Weights of the own level.
const OWN: [f64; 9] = [0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75];
/// Weights of the common factor; before them comes a variant with one level alone.
const COMMON: [f64; 5] = [0.1, 0.2, 0.35, 0.55, 0.8];
/// How much of the trend is carried on.
const TRENDS: [f64; 2] = [0.0, 0.4];
/// Variants in all.
const VARIANTS: usize = OWN.len() * (COMMON.len() + 1) * TRENDS.len();
/// How fast a variant's weight falls with its relative error.
const SHARPNESS: f64 = 0.04;

impl Model for Pooled {
    fn id(&self) -> &'static str {
        "pooled"
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], earlier: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let regions = prepare(view);
        let factors = TRENDS.map(|trend| common_factor(&regions, trend));
        let indices: Vec<usize> = (0..regions.len()).collect();
        let variants: Vec<Vec<[f64; VARIANTS]>> = par::map(&indices, |region| {
            regions[*region]
                .as_ref()
                .map_or_else(Vec::new, |series| series.variants(view, *region, horizons, &factors))
        });
        let weights: Vec<Vec<[f64; VARIANTS]>> =
            horizons.iter().map(|horizon| weigh(view, *horizon, earlier)).collect();
        let guesses = variants
            .iter()
            .enumerate()
            .map(|(region, of_region)| {
                let blend = |(k, values): (usize, &[f64; VARIANTS])| {
                    let said = values.iter().zip(&weights[k][region]).map(|(v, w)| v * w);
                    num::finite(num::sum(said)).map(Guess::LnIndex)
                };
                of_region.iter().enumerate().map(blend).collect()
            })
            .collect();
        Box::new(FittedPooled { horizons: horizons.to_vec(), variants, guesses })
    }
}

struct FittedPooled {
    horizons: Vec<u8>,
    /// By region and horizon; a region without enough history has none.
    variants: Vec<Vec<[f64; VARIANTS]>>,
    guesses: Vec<Vec<Option<Guess>>>,
}

impl Fitted for FittedPooled {
    fn guess(&self, region: usize, horizon: u8) -> Option<Guess> {
        let at = self.horizons.iter().position(|h| *h == horizon)?;
        self.guesses.get(region)?.get(at).copied().flatten()
    }

    fn variants(&self, region: usize, horizon: u8) -> &[f64] {
        let at = self.horizons.iter().position(|h| *h == horizon);
        at.and_then(|at| self.variants.get(region)?.get(at)).map_or(&[], |v| v.as_slice())
    }
}

/// A region's flows without their season.
struct Series {
    /// Position of the first flow among the periods of the view.
    start: usize,
    season: Vec<f64>,
    slope: f64,
    level: Vec<f64>,
}

impl Series {
    /// The flows with the part `trend` of the slope taken out, so that the last one stands as it is.
    fn flat(&self, trend: f64) -> Vec<f64> {
        let last = self.level.len() as f64 - 1.0;
        let slope = trend * self.slope;
        if slope == 0.0 {
            return self.level.clone();
        }
        self.level.iter().enumerate().map(|(t, z)| z * num::exp(slope * (last - t as f64))).collect()
    }

    /// The log index at each horizon by every variant.
    fn variants(
        &self,
        view: &View<'_>,
        region: usize,
        horizons: &[u8],
        factors: &[Vec<f64>; 2],
    ) -> Vec<[f64; VARIANTS]> {
        let so_far = if view.cut() == 0 {
            0.0
        } else {
            view.index(region, view.year(), view.cut()).unwrap_or(f64::NAN)
        };
        let months: Vec<u8> = view.calendar().months().filter(|m| *m > view.cut()).collect();
        let mut out = vec![[f64::NAN; VARIANTS]; horizons.len()];
        let mut variant = 0;
        for (trend, factor) in TRENDS.into_iter().zip(factors) {
            let flat = self.flat(trend);
            // What one of the level is worth in each month to come, cumulated.
            let mut shape = 0.0;
            let reach: Vec<f64> = months
                .iter()
                .enumerate()
                .map(|(h, _)| {
                    let period = (self.start + self.level.len() + h) % self.season.len();
                    shape += num::exp(self.season[period] + trend * self.slope * (h as f64 + 1.0));
                    shape
                })
                .collect();
            let factor = &factor[self.start..];
            let own: Vec<f64> = flat.iter().zip(factor).map(|(z, f)| z / f).collect();
            let commons: Vec<f64> = COMMON.iter().map(|a| smooth(factor, *a, f64::INFINITY)).collect();
            for alpha in OWN {
                let alone = smooth(&flat, alpha, 2.0);
                let beside = smooth(&own, alpha, 2.0);
                let levels = std::iter::once(alone).chain(commons.iter().map(|c| beside * c));
                for level in levels {
                    for (cells, horizon) in out.iter_mut().zip(horizons) {
                        let at = months.iter().position(|m| m == horizon);
                        let rest = at.map_or(f64::NAN, |at| level * reach[at]);
                        let total = so_far + rest;
                        cells[variant] = if total > 0.0 { num::ln(total) } else { f64::NAN };
                    }
                    variant += 1;
                }
            }
        }
        out
    }
}

/// Exponential smoothing from the mean of the first two years; a value counts for at most `bound` times the
/// level, and at least for the level ÷ `bound`.
fn smooth(values: &[f64], alpha: f64, bound: f64) -> f64 {
    let first = &values[..values.len().min(24)];
    let mut level = num::sum(first.iter().copied()) / first.len() as f64;
    for value in values {
        // Not `clamp`, which panics where overflow has left no order.
        level += alpha * (value.max(level / bound).min(level * bound) - level);
    }
    level
}

/// Season and slope of every region, each shrunk to what all regions have in common; `None` for a region with
/// less than two seasons.
fn prepare(view: &View<'_>) -> Vec<Option<Series>> {
    let season = view.calendar().periods();
    let first_year = view.first_year().max(view.year() - YEARS);
    let raw: Vec<Option<(usize, Vec<f64>, f64)>> = (0..view.regions())
        .map(|region| {
            let flows = flows(view, region, first_year);
            let start = flows.iter().position(Option::is_some)?;
            let known = &flows[start..];
            let floor = floor(known, season)?;
            let enough = known.iter().filter(|f| f.is_some()).count() >= 2 * season;
            enough.then(|| (start, bridge(known, season), floor))
        })
        .collect();
    let ln = |x: &f64, floor: f64| num::ln(x.max(floor));
    let known: Vec<usize> = (0..raw.len()).filter(|r| raw[*r].is_some()).collect();
    let parts: Vec<(usize, &Vec<f64>, f64)> =
        known.iter().filter_map(|r| raw[*r].as_ref().map(|(s, x, f)| (*s, x, *f))).collect();
    let profiles: Vec<(Vec<f64>, f64)> = parts
        .iter()
        .map(|(start, flows, floor)| {
            let logs: Vec<f64> = flows.iter().map(|x| ln(x, *floor)).collect();
            profile(&logs, *start, season)
        })
        .collect();
    let seasons = shrink_profiles(&profiles, season);
    let levels: Vec<Vec<f64>> = parts
        .iter()
        .zip(&seasons)
        .map(|((start, flows, _), s)| {
            flows.iter().enumerate().map(|(t, x)| x / num::exp(s[(start + t) % season])).collect()
        })
        .collect();
    let slopes: Vec<(f64, f64)> = levels
        .iter()
        .zip(&parts)
        .map(|(level, (_, _, floor))| {
            let recent = &level[level.len().saturating_sub(4 * season)..];
            slope(&recent.iter().map(|z| ln(z, *floor)).collect::<Vec<f64>>())
        })
        .collect();
    let (b, v): (Vec<f64>, Vec<f64>) = slopes.into_iter().unzip();
    let shrunk = stats::shrink_to_median(&b, &v, 1e-9);
    let mut out: Vec<Option<Series>> = raw.iter().map(|_| None).collect();
    let starts: Vec<usize> = parts.iter().map(|p| p.0).collect();
    for ((((region, start), season), slope), level) in
        known.into_iter().zip(starts).zip(seasons).zip(shrunk).zip(levels)
    {
        out[region] = Some(Series { start, season, slope, level });
    }
    out
}

/// The season of a series of logs, one entry a period, adding up to 0, and the variance of an entry: the mean
/// deviation from the moving average, recent years weighing more (0.5 every three years).
fn profile(logs: &[f64], start: usize, season: usize) -> (Vec<f64>, f64) {
    let mut by_period: Vec<Vec<f64>> = vec![Vec::new(); season];
    for (t, deviation) in deviations(logs, season) {
        by_period[(start + t) % season].push(deviation);
    }
    let mut entries = vec![0.0; season];
    let (mut variances, mut counts) = (Vec::new(), Vec::new());
    for (entry, values) in entries.iter_mut().zip(&by_period) {
        let recent = &values[values.len().saturating_sub(12)..];
        if recent.is_empty() {
            continue;
        }
        let weights: Vec<f64> = (0..recent.len()).rev().map(|age| num::pow(0.5, age as f64 / 3.0)).collect();
        let all = num::sum(weights.iter().copied());
        *entry = num::sum(recent.iter().zip(&weights).map(|(d, w)| d * w)) / all;
        let mean = num::sum(recent.iter().copied()) / recent.len() as f64;
        variances.push(num::sum(recent.iter().map(|d| (d - mean) * (d - mean))) / recent.len() as f64);
        counts.push(all * all / num::sum(weights.iter().map(|w| w * w)));
    }
    let centre = num::sum(entries.iter().copied()) / season as f64;
    entries.iter_mut().for_each(|e| *e -= centre);
    let variance = stats::mean(variances).unwrap_or(0.0) / stats::mean(counts).unwrap_or(1.0);
    (entries, variance)
}

/// Empirical Bayes over whole profiles: one between-variance for all periods.
fn shrink_profiles(profiles: &[(Vec<f64>, f64)], season: usize) -> Vec<Vec<f64>> {
    let prior: Vec<f64> =
        (0..season).map(|p| stats::median(profiles.iter().map(|(s, _)| s[p])).unwrap_or(0.0)).collect();
    let squares = profiles.iter().flat_map(|(s, _)| s.iter().zip(&prior).map(|(x, p)| (x - p) * (x - p)));
    let noise = stats::mean(profiles.iter().map(|(_, v)| *v)).unwrap_or(0.0);
    let between = (stats::mean(squares).unwrap_or(0.0) - noise).max(1e-5);
    profiles
        .iter()
        .map(|(s, v)| s.iter().zip(&prior).map(|(x, p)| (between * x + v * p) / (between + v)).collect())
        .collect()
}

/// The slope of logs by least squares, and six times its variance: errors of neighbouring months go together.
fn slope(logs: &[f64]) -> (f64, f64) {
    let n = logs.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, num::sum(logs.iter().copied()) / n);
    let squares = num::sum((0..logs.len()).map(|t| (t as f64 - middle) * (t as f64 - middle)));
    let slope = num::sum(logs.iter().enumerate().map(|(t, y)| (t as f64 - middle) * (y - mean))) / squares;
    let residual = |(t, y): (usize, &f64)| {
        let r = y - mean - slope * (t as f64 - middle);
        r * r
    };
    let variance = num::sum(logs.iter().enumerate().map(residual)) / n;
    (slope, 6.0 * variance / squares)
}

/// What all regions have in common: the trimmed mean of their flows, each against its own mean. One entry a
/// period of the view.
fn common_factor(regions: &[Option<Series>], trend: f64) -> Vec<f64> {
    let length = regions.iter().flatten().map(|s| s.start + s.level.len()).max().unwrap_or(0);
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); length];
    for series in regions.iter().flatten() {
        let flat = series.flat(trend);
        let mean = num::sum(flat.iter().copied()) / flat.len() as f64;
        if mean > 0.0 {
            for (t, z) in flat.iter().enumerate() {
                columns[series.start + t].push((z / mean).clamp(0.0, 5.0));
            }
        }
    }
    columns.into_iter().map(|c| stats::trimmed_mean(c, 0.1).unwrap_or(1.0).max(0.05)).collect()
}

/// The weights of the variants for each region, from how far off they were at the same month of past years.
fn weigh(view: &View<'_>, horizon: u8, earlier: &[Earlier<'_>]) -> Vec<[f64; VARIANTS]> {
    let mut pooled = [0.0; VARIANTS];
    let mut own = vec![([0.0; VARIANTS], 0.0_f64); view.regions()];
    let mut years = 0.0;
    for then in earlier {
        let mut rows = 0.0;
        let mut of_year = [0.0; VARIANTS];
        for (region, (errors, seen)) in own.iter_mut().enumerate() {
            let variants = then.fitted.variants(region, horizon);
            let came = view.index(region, then.year, horizon).filter(|t| *t > 0.0).map(num::ln);
            let Some(came) = came.filter(|_| variants.len() == VARIANTS) else { continue };
            rows += 1.0;
            *seen += 1.0;
            for (k, v) in variants.iter().enumerate() {
                let miss = (came - v).abs().min(1.0);
                of_year[k] += miss;
                errors[k] += miss;
            }
        }
        if rows > 0.0 {
            years += 1.0;
            pooled.iter_mut().zip(of_year).for_each(|(p, e)| *p += e / rows);
        }
    }
    let best = pooled.iter().copied().fold(f64::INFINITY, f64::min);
    let losses: Vec<f64> = pooled
        .iter()
        .enumerate()
        .map(|(k, p)| {
            let pooled = if best > 0.0 { p / best - 1.0 } else { 0.0 };
            pooled + 2.0 * reluctance(k) / (years + 2.0)
        })
        .collect();
    own.iter()
        .map(|(errors, seen)| {
            let mean = num::sum(errors.iter().copied()) / VARIANTS as f64;
            let trust = seen / (seen + 10.0);
            let loss = |k: usize| {
                let own = if mean > 0.0 { errors[k] / mean - 1.0 } else { 0.0 };
                losses[k] + trust * own
            };
            let least = (0..VARIANTS).map(loss).fold(f64::INFINITY, f64::min);
            let mut weights = [0.0; VARIANTS];
            for (k, w) in weights.iter_mut().enumerate() {
                *w = num::exp(-(loss(k) - least) / SHARPNESS);
            }
            let all = num::sum(weights);
            weights.map(|w| w / all)
        })
        .collect()
}

/// What is held against a variant while years are few: a trend, and weights far from the middle.
fn reluctance(variant: usize) -> f64 {
    let per_trend = OWN.len() * (COMMON.len() + 1);
    let (trend, within) = (variant / per_trend, variant % per_trend);
    let (own, common) = (within / (COMMON.len() + 1), within % (COMMON.len() + 1));
    let middle = own as f64 - 3.5;
    let common = if common == 0 { 1.0 } else { (common as f64 - 3.0).abs() };
    let trend = if trend > 0 { 0.015 } else { 0.0 };
    trend + 0.012 * middle * middle + 0.01 * common
}
