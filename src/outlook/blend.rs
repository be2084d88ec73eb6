//! How much each model says: weights learned from past years, pooled over regions.

use crate::num;
use crate::outlook::rolling::Row;
use crate::stats::{self, MAD_TO_SD, least_squares_on_simplex};
use std::collections::BTreeMap;

/// How strongly few years hold the weights to equal ones: this over the number of years, in units of the mean
/// squared error of a model. Source: the measured stack of the annual recipe (robust stacking, Wolpert 1992).
const HOLD: f64 = 0.7;
/// Errors beyond this on the log scale say no more than that the model was wrong.
const FAR: f64 = 1.0;

/// Weights by which models speak (a bit mask).
pub(super) struct Weights {
    by_mask: BTreeMap<u32, Vec<f64>>,
}

impl Weights {
    /// Learns weights from past rows for each of the masks that will be asked for.
    pub(super) fn learn(past: &[&Row], masks: impl IntoIterator<Item = u32>, models: usize) -> Self {
        let mut by_mask = BTreeMap::new();
        for mask in masks {
            by_mask.entry(mask).or_insert_with(|| learn(past, mask, models));
        }
        Self { by_mask }
    }

    /// One weight a model, 0 for those that do not speak.
    pub(super) fn of(&self, row: &Row) -> &[f64] {
        self.by_mask.get(&row.speaking).map_or(&[], Vec::as_slice)
    }

    /// The blend's guess.
    pub(super) fn blend(&self, row: &Row) -> f64 {
        let spoken = row.guesses.iter().zip(self.of(row)).filter(|(g, _)| g.is_finite());
        num::sum(spoken.map(|(g, w)| g * w))
    }
}

fn learn(past: &[&Row], mask: u32, models: usize) -> Vec<f64> {
    let speaking: Vec<usize> = (0..models).filter(|k| mask & (1 << k) != 0).collect();
    let k = speaking.len();
    let rows: Vec<Vec<f64>> = past
        .iter()
        .filter(|row| row.knows(mask))
        .map(|row| speaking.iter().map(|m| (row.guesses[*m] - row.actual).clamp(-FAR, FAR)).collect())
        .collect();
    let mut years: Vec<i32> = past.iter().filter(|row| row.knows(mask)).map(|row| row.year).collect();
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
