//! How much each model says: weights learned from past years, pooled over regions.

use crate::num;
use crate::outlook::calibration::ENOUGH_REGIONS;
use crate::outlook::rolling::Row;
use crate::stats::{self, MAD_TO_SD, least_squares_on_simplex};
use std::collections::BTreeMap;

/// How strongly few years hold the weights to equal ones: this over the number of years, in units of the mean
/// squared error of a model. Source: the measured stack of the annual recipe (robust stacking, Wolpert 1992).
const HOLD: f64 = 0.7;
/// Errors beyond this on the log scale say no more than that the model was wrong.
const FAR: f64 = 1.0;
/// Years behind a year before it tells which stack to trust.
const ENOUGH_YEARS: usize = 3;
/// Years that the shares before any year tells count for.
const PRIOR_YEARS: f64 = 2.0;
/// Regions from which on their own errors count as much as the whole ones, before any year tells.
const MANY_REGIONS: f64 = 100.0;
/// How fast a stack's share falls with its relative error; that of the variants of the pooled model.
const SHARPNESS: f64 = 0.04;

/// Which part of past errors a stack of models makes small.
///
/// What all regions share in a year is one observation, however many they are: a dozen years can make a model that
/// happened to lean against two crises look good. Their own errors are as many as regions × years. Neither is always
/// better, so that past years decide ([`Stacking`]); with few regions, whose comparison would be chance too, the whole
/// errors count alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Own,
}
const PARTS: [Part; 2] = [Part::Whole, Part::Own];

/// Learns weights year by year, and which stack gave the better ones.
pub(super) struct Stacking {
    models: usize,
    by_mask: BTreeMap<u32, Record>,
}

/// How the stacks of a mask did in past years.
#[derive(Default)]
struct Record {
    /// Regions in the last of them.
    regions: f64,
    /// Years with enough regions.
    years: usize,
    /// Years that the stacks were compared in.
    compared: usize,
    /// Their errors ÷ the mean of both − 1, added up.
    losses: [f64; PARTS.len()],
}

impl Record {
    /// What each stack counts: before any year tells, the more regions there are the more their own errors.
    fn shares(&self) -> [f64; PARTS.len()] {
        let own = self.regions / (self.regions + MANY_REGIONS);
        let years = self.compared as f64 + PRIOR_YEARS;
        let least = self.losses.iter().copied().fold(f64::INFINITY, f64::min);
        let mut shares = self.losses.map(|loss| num::exp(-(loss - least) / years / SHARPNESS));
        shares.iter_mut().zip([1.0 - own, own]).for_each(|(s, prior)| *s *= prior);
        let all = num::sum(shares);
        shares.map(|s| s / all)
    }
}

impl Stacking {
    /// For the masks that will be asked for.
    pub(super) fn new(masks: impl IntoIterator<Item = u32>, models: usize) -> Self {
        Self { models, by_mask: masks.into_iter().map(|mask| (mask, Record::default())).collect() }
    }

    /// Weights as known when all rows of `past`, and none later, have come.
    pub(super) fn weights(&self, past: &[&Row]) -> Weights {
        let of = |(mask, record): (&u32, &Record)| {
            let stacks = PARTS.map(|part| learn(past, *mask, self.models, part));
            let shares = record.shares();
            let mixed = (0..self.models).map(|k| num::sum(stacks.iter().zip(shares).map(|(w, s)| s * w[k])));
            (*mask, Mixed { weights: mixed.collect(), stacks })
        };
        Weights { by_mask: self.by_mask.iter().map(of).collect() }
    }

    /// Takes in what came of a year for which `told` was known.
    pub(super) fn score(&mut self, told: &Weights, year: &[&Row]) {
        for (mask, record) in &mut self.by_mask {
            let rows: Vec<&&Row> = year.iter().filter(|row| row.knows(*mask)).collect();
            let Some(mixed) = told.by_mask.get(mask).filter(|_| rows.len() >= ENOUGH_REGIONS) else {
                continue;
            };
            record.years += 1;
            record.regions = rows.len() as f64;
            if record.years <= ENOUGH_YEARS {
                continue;
            }
            let miss = |row: &Row, weights: &[f64]| (blend(row, weights) - row.actual).abs().min(FAR);
            let errors = mixed.stacks.each_ref().map(|w| num::sum(rows.iter().map(|row| miss(row, w))));
            let mean = num::sum(errors) / errors.len() as f64;
            if mean > 0.0 {
                record.compared += 1;
                record.losses.iter_mut().zip(errors).for_each(|(loss, e)| *loss += e / mean - 1.0);
            }
        }
    }
}

/// Weights by which models speak (a bit mask).
pub(super) struct Weights {
    by_mask: BTreeMap<u32, Mixed>,
}

/// The weights of a mask: one a model, 0 for those that do not speak.
struct Mixed {
    weights: Vec<f64>,
    /// What they are mixed from.
    stacks: [Vec<f64>; PARTS.len()],
}

impl Weights {
    /// One weight a model, 0 for those that do not speak.
    pub(super) fn of(&self, row: &Row) -> &[f64] {
        self.by_mask.get(&row.speaking).map_or(&[], |mixed| &mixed.weights)
    }

    /// The blend's guess.
    pub(super) fn blend(&self, row: &Row) -> f64 {
        blend(row, self.of(row))
    }
}

fn blend(row: &Row, weights: &[f64]) -> f64 {
    num::sum(row.guesses.iter().zip(weights).filter(|(g, _)| g.is_finite()).map(|(g, w)| g * w))
}

fn learn(past: &[&Row], mask: u32, models: usize, part: Part) -> Vec<f64> {
    let speaking: Vec<usize> = (0..models).filter(|k| mask & (1 << k) != 0).collect();
    let k = speaking.len();
    let mut rows: Vec<Vec<f64>> = past
        .iter()
        .filter(|row| row.knows(mask))
        .map(|row| speaking.iter().map(|m| (row.guesses[*m] - row.actual).clamp(-FAR, FAR)).collect())
        .collect();
    let mut years: Vec<i32> = past.iter().filter(|row| row.knows(mask)).map(|row| row.year).collect();
    if part == Part::Own {
        take_out_shared(&mut rows, &years);
    }
    years.dedup();
    let prior = prior(&rows, &years, k);
    let mut weights = prior.clone();
    if k > 1 && years.len() > 1 {
        let mut robust = vec![1.0; rows.len()];
        for _ in 0..8 {
            let mut a = vec![0.0; k * k];
            for (errors, robust) in rows.iter().zip(&robust) {
                for i in 0..k {
                    for j in 0..k {
                        a[i * k + j] += robust * errors[i] * errors[j];
                    }
                }
            }
            a.iter_mut().for_each(|x| *x /= rows.len() as f64);
            let trace = num::sum((0..k).map(|i| a[i * k + i]));
            let hold = HOLD / years.len() as f64 * trace / k as f64;
            weights = least_squares_on_simplex(&a, &prior, hold);
            let residual =
                |errors: &Vec<f64>| num::sum(errors.iter().zip(&weights).map(|(e, w)| e * w)).abs();
            let Some(scale) = stats::median(rows.iter().map(residual)).map(|m| 1.345 * MAD_TO_SD * m) else {
                break;
            };
            robust.iter_mut().zip(&rows).for_each(|(w, e)| *w = (scale / residual(e).max(1e-12)).min(1.0));
        }
    }
    let mut out = vec![0.0; models];
    speaking.iter().zip(weights).for_each(|(m, w)| out[*m] = w);
    out
}

/// Takes from each model's errors their mean over the regions of a year.
fn take_out_shared(rows: &mut [Vec<f64>], years: &[i32]) {
    let mut from = 0;
    while from < rows.len() {
        let upto = from + years[from..].iter().take_while(|y| **y == years[from]).count();
        let of_year = &mut rows[from..upto];
        if of_year.len() >= ENOUGH_REGIONS {
            for model in 0..of_year[0].len() {
                let mean = num::sum(of_year.iter().map(|e| e[model])) / of_year.len() as f64;
                of_year.iter_mut().for_each(|e| e[model] -= mean);
            }
        }
        from = upto;
    }
}

/// Where the weights are held: equal ones without a past, and the more years there are the closer to the
/// inverse squared mean squared error of each model.
fn prior(rows: &[Vec<f64>], years: &[i32], k: usize) -> Vec<f64> {
    let equal = 1.0 / k.max(1) as f64;
    let precision: Vec<f64> = (0..k)
        .map(|m| {
            let mse = num::sum(rows.iter().map(|e| e[m] * e[m])) / rows.len().max(1) as f64;
            1.0 / (mse * mse).max(1e-18)
        })
        .collect();
    let all = num::sum(precision.iter().copied());
    let trust = years.len() as f64 / (years.len() as f64 + 2.0);
    precision.iter().map(|p| trust * p / all + (1.0 - trust) * equal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Years of 24 regions and two models: the first is off by what all regions share in a year, the second by what
    /// is each region's own. `shared` is the first one's error by year.
    fn rows(shared: &[f64]) -> Vec<Row> {
        let own = [0.10, -0.08, 0.06, -0.12, 0.09, -0.05, 0.07, -0.07];
        let of_year = |(year, shared): (i32, &f64)| {
            let shared = *shared;
            own.into_iter().cycle().take(24).enumerate().map(move |(region, own)| Row {
                region,
                year,
                guesses: vec![shared + 0.1 * own, own],
                actual: 0.0,
                base: None,
                in_growth: false,
                volatility: None,
                rest_share: None,
                speaking: 0b11,
            })
        };
        (2000..).zip(shared).flat_map(of_year).collect()
    }

    /// What the first model weighs in the year after the rows.
    fn first(rows: &[Row]) -> f64 {
        let past: Vec<&Row> = rows.iter().collect();
        let mut stacking = Stacking::new([0b11], 2);
        let mut from = 0;
        while from < past.len() {
            let upto = from + past[from..].iter().take_while(|row| row.year == past[from].year).count();
            let told = stacking.weights(&past[..from]);
            stacking.score(&told, &past[from..upto]);
            from = upto;
        }
        stacking.weights(&past).of(&rows[0])[0]
    }

    #[test]
    fn a_year_that_hits_all_regions_is_one_observation() {
        // One bad year early on: by the whole errors the first model loses nearly all its weight.
        let past = rows(&[0.0, 0.6, 0.01, -0.01, 0.0, 0.01, 0.0, -0.01]);
        let past: Vec<&Row> = past.iter().collect();
        let of = |part| learn(&past, 0b11, 2, part)[0];
        assert!(of(Part::Whole) < 0.3 && of(Part::Own) > 0.9, "{} {}", of(Part::Whole), of(Part::Own));
    }

    #[test]
    fn past_years_tell_which_errors_to_go_by() {
        let calm = first(&rows(&[0.0, 0.6, 0.01, -0.01, 0.0, 0.01, 0.0, -0.01, 0.0, 0.01]));
        let wild = first(&rows(&[0.0, 0.6, 0.4, -0.5, 0.3, -0.4, 0.5, -0.3, 0.4, -0.6]));
        assert!(calm > 0.8 && wild < 0.2, "{calm} {wild}");
    }

    #[test]
    fn weights_add_up_and_few_regions_change_nothing() {
        let few: Vec<Row> = rows(&[0.0, 0.6, 0.01, -0.01])
            .into_iter()
            .filter(|row| row.region < ENOUGH_REGIONS - 1)
            .collect();
        let past: Vec<&Row> = few.iter().collect();
        assert_eq!(learn(&past, 0b11, 2, Part::Whole), learn(&past, 0b11, 2, Part::Own));
        let weights = Stacking::new([0b11], 2).weights(&past);
        assert_eq!(weights.of(&few[0]), learn(&past, 0b11, 2, Part::Whole));
        assert!((weights.of(&few[0]).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
