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
/// Years behind a year before it tells which weights to trust.
const ENOUGH_YEARS: usize = 3;
/// Years that the odds before any year tells count for.
const PRIOR_YEARS: f64 = 2.0;
/// Regions at which their own errors count as much as the whole ones, where no year spoke for either.
const MANY_REGIONS: f64 = 100.0;
/// How fast the share of weights falls with their relative error; the same as of a variant of the pooled model.
const SHARPNESS: f64 = 0.04;

/// Learns weights year by year: those that make the whole of past errors small, and those that make each region's own part small.
///
/// What all regions share in a year is one observation, however many they are: a dozen years can make a model that
/// happened to lean against two crises look good. Their own errors are as many as regions × years, but say nothing of a
/// model that is off everywhere. Neither is always better, so that past years decide. With few regions, whose comparison
/// would be chance too, the whole errors count alone.
pub(super) struct Stacking {
    models: usize,
    by_mask: BTreeMap<u32, Record>,
}

/// How both weights of a mask did in past years.
#[derive(Default)]
struct Record {
    /// Regions in the last year with enough.
    regions: f64,
    /// Years with enough regions.
    years: usize,
    /// Years that both were compared in.
    compared: usize,
    /// How much better the own ones were, added up: the difference of mean absolute errors ÷ their sum.
    lead: f64,
}

impl Record {
    /// What the weights by own errors count, between 0 and 1.
    fn own_share(&self) -> f64 {
        if self.compared == 0 {
            return 0.0;
        }
        let years = self.compared as f64 + PRIOR_YEARS;
        let odds = self.regions / MANY_REGIONS * num::exp(2.0 * self.lead / years / SHARPNESS);
        odds / (1.0 + odds)
    }
}

impl Stacking {
    /// For the masks that will be asked for.
    pub(super) fn new(masks: impl IntoIterator<Item = u32>, models: usize) -> Self {
        Self { models, by_mask: masks.into_iter().map(|mask| (mask, Record::default())).collect() }
    }

    /// Weights as known when all rows of `past`, in order of years, and none later have come.
    pub(super) fn weights(&self, past: &[&Row]) -> Weights {
        let of = |(mask, record): (&u32, &Record)| {
            let mut errors = Errors::of(past, *mask, self.models);
            let whole = errors.weights();
            let own = if errors.take_out_shared() { errors.weights() } else { whole.clone() };
            let share = record.own_share();
            let mixed = whole.iter().zip(&own).map(|(whole, own)| whole + share * (own - whole)).collect();
            (*mask, Mixed { mixed, whole, own })
        };
        Weights { by_mask: self.by_mask.iter().map(of).collect() }
    }

    /// Takes in what came of a year for which `told` was known.
    pub(super) fn score(&mut self, told: &Weights, year: &[&Row]) {
        for (mask, record) in &mut self.by_mask {
            let rows: Vec<&&Row> = year.iter().filter(|row| row.knows(*mask)).collect();
            let Some(told) = told.by_mask.get(mask).filter(|_| rows.len() >= ENOUGH_REGIONS) else {
                continue;
            };
            record.regions = rows.len() as f64;
            record.years += 1;
            let miss = |row: &Row, weights: &[f64]| (blend(row, weights) - row.actual).abs().min(FAR);
            let missed = |weights: &[f64]| num::sum(rows.iter().map(|row| miss(row, weights)));
            let (whole, own) = (missed(&told.whole), missed(&told.own));
            if record.years > ENOUGH_YEARS && whole + own > 0.0 {
                record.compared += 1;
                record.lead += (whole - own) / (whole + own);
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
    mixed: Vec<f64>,
    /// What they are mixed from: weights by whole errors, and by own ones.
    whole: Vec<f64>,
    own: Vec<f64>,
}

impl Weights {
    /// One weight a model, 0 for those that do not speak.
    pub(super) fn of(&self, row: &Row) -> &[f64] {
        self.by_mask.get(&row.speaking).map_or(&[], |of_mask| &of_mask.mixed)
    }

    /// What the models of a mask alone would say together; NaN where one of them has no guess.
    pub(super) fn blend_of(&self, row: &Row, mask: u32) -> f64 {
        match self.by_mask.get(&mask).filter(|_| row.knows(mask)) {
            Some(of_mask) => blend(row, &of_mask.mixed),
            None => f64::NAN,
        }
    }

    /// The blend's guess.
    pub(super) fn blend(&self, row: &Row) -> f64 {
        blend(row, self.of(row))
    }
}

fn blend(row: &Row, weights: &[f64]) -> f64 {
    num::sum(row.guesses.iter().zip(weights).filter(|(g, _)| g.is_finite()).map(|(g, w)| g * w))
}

/// Past errors of the models of a mask.
struct Errors {
    /// By row: the year, and one error a model that speaks.
    rows: Vec<(i32, Vec<f64>)>,
    /// The models that speak, of so many in all.
    speaking: Vec<usize>,
    models: usize,
}

impl Errors {
    /// Of the rows in which every model of the mask has a guess.
    fn of(past: &[&Row], mask: u32, models: usize) -> Self {
        let speaking: Vec<usize> = (0..models).filter(|k| mask & (1 << k) != 0).collect();
        let error = |row: &Row, model: usize| (row.guesses[model] - row.actual).clamp(-FAR, FAR);
        let errors = |row: &Row| speaking.iter().map(|m| error(row, *m)).collect();
        let rows = past.iter().filter(|row| row.knows(mask)).map(|row| (row.year, errors(row))).collect();
        Self { rows, speaking, models }
    }

    /// Takes from each model's errors their mean over the regions of a year, where there are enough of them; whether
    /// there were in any year.
    fn take_out_shared(&mut self) -> bool {
        let mut any = false;
        for of_year in self.rows.chunk_by_mut(|a, b| a.0 == b.0).filter(|y| y.len() >= ENOUGH_REGIONS) {
            any = true;
            for k in 0..self.speaking.len() {
                let mean = num::sum(of_year.iter().map(|(_, e)| e[k])) / of_year.len() as f64;
                of_year.iter_mut().for_each(|(_, e)| e[k] -= mean);
            }
        }
        any
    }

    /// One weight a model that make these errors small, 0 for those that do not speak.
    fn weights(&self) -> Vec<f64> {
        let k = self.speaking.len();
        let years = self.rows.chunk_by(|a, b| a.0 == b.0).count();
        let prior = self.prior(years);
        let mut weights = prior.clone();
        if k > 1 && years > 1 {
            let mut robust = vec![1.0; self.rows.len()];
            for _ in 0..8 {
                let mut a = vec![0.0; k * k];
                for ((_, errors), robust) in self.rows.iter().zip(&robust) {
                    for i in 0..k {
                        for j in 0..k {
                            a[i * k + j] += robust * errors[i] * errors[j];
                        }
                    }
                }
                a.iter_mut().for_each(|x| *x /= self.rows.len() as f64);
                let trace = num::sum((0..k).map(|i| a[i * k + i]));
                let hold = HOLD / years as f64 * trace / k as f64;
                weights = least_squares_on_simplex(&a, &prior, hold);
                let residual =
                    |errors: &Vec<f64>| num::sum(errors.iter().zip(&weights).map(|(e, w)| e * w)).abs();
                let typical = stats::median(self.rows.iter().map(|(_, errors)| residual(errors)));
                let Some(scale) = typical.map(|m| 1.345 * MAD_TO_SD * m) else { break };
                robust
                    .iter_mut()
                    .zip(&self.rows)
                    .for_each(|(w, (_, e))| *w = (scale / residual(e).max(1e-12)).min(1.0));
            }
        }
        let mut out = vec![0.0; self.models];
        self.speaking.iter().zip(weights).for_each(|(m, w)| out[*m] = w);
        out
    }

    /// Where the weights are held: equal ones without a past, and the more years there are the closer to the
    /// inverse squared mean squared error of each model.
    fn prior(&self, years: usize) -> Vec<f64> {
        let k = self.speaking.len();
        let equal = 1.0 / k.max(1) as f64;
        let rows = self.rows.len().max(1) as f64;
        let precision: Vec<f64> = (0..k)
            .map(|m| {
                let mse = num::sum(self.rows.iter().map(|(_, e)| e[m] * e[m])) / rows;
                1.0 / (mse * mse).max(1e-18)
            })
            .collect();
        let all = num::sum(precision.iter().copied());
        let trust = years as f64 / (years as f64 + 2.0);
        precision.iter().map(|p| trust * p / all + (1.0 - trust) * equal).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Years of two models: the first is off by what all regions share in a year, the second by what is each region's
    /// own. `shared` is the first one's error by year.
    fn rows(regions: usize, shared: &[f64]) -> Vec<Row> {
        let own = [0.10, -0.08, 0.06, -0.12, 0.09, -0.05, 0.07, -0.07];
        let of_year = |(year, shared): (i32, &f64)| {
            let shared = *shared;
            own.into_iter().cycle().take(regions).enumerate().map(move |(region, own)| Row {
                region,
                year,
                stranger: f64::NAN,
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

    /// What the first model weighs after the rows: by whole errors, by own ones, and mixed.
    fn first(rows: &[Row]) -> [f64; 3] {
        let past: Vec<&Row> = rows.iter().collect();
        let mut stacking = Stacking::new([0b11, 0b01], 2);
        let mut done = 0;
        for of_year in past.chunk_by(|a, b| a.year == b.year) {
            let told = stacking.weights(&past[..done]);
            stacking.score(&told, of_year);
            done += of_year.len();
        }
        let weights = stacking.weights(&past);
        let of_mask = &weights.by_mask[&0b11];
        assert!((num::sum(weights.of(&rows[0]).iter().copied()) - 1.0).abs() < 1e-12);
        [of_mask.whole[0], of_mask.own[0], of_mask.mixed[0]]
    }

    /// One bad year early on, and calm ones.
    const CALM: [f64; 10] = [0.0, 0.6, 0.01, -0.01, 0.0, 0.01, 0.0, -0.01, 0.0, 0.01];

    #[test]
    fn a_year_that_hits_all_regions_is_one_observation() {
        let [whole, own, mixed] = first(&rows(24, &CALM));
        assert!(whole < 0.3 && own > 0.9, "{whole} {own}");
        assert!(mixed > 0.8, "calm years spoke for the own errors: {mixed}");
    }

    #[test]
    fn years_that_went_against_the_own_errors_are_heard() {
        let [whole, own, mixed] = first(&rows(24, &[0.0, 0.6, 0.4, -0.5, 0.3, -0.4, 0.5, -0.3, 0.4, -0.6]));
        assert!(own > 0.9 && mixed - whole < 0.02, "{whole} {own} {mixed}");
    }

    #[test]
    fn a_model_that_is_off_everywhere_is_not_trusted_before_years_tell() {
        let [whole, own, mixed] = first(&rows(300, &[0.3, 0.3, 0.3]));
        assert!(own > 0.8 && whole < 0.2 && mixed == whole, "{whole} {own} {mixed}");
        let [_, _, later] = first(&rows(300, &[0.3; 6]));
        assert!(later < 0.1, "{later}");
    }

    #[test]
    fn with_few_regions_the_whole_errors_count_alone() {
        let [whole, own, mixed] = first(&rows(ENOUGH_REGIONS - 1, &CALM));
        assert!(whole == own && whole == mixed, "{whole} {own} {mixed}");
        let [whole, _, mixed] = first(&rows(ENOUGH_REGIONS, &CALM));
        assert!(mixed > whole, "{whole} {mixed}");
    }
}
