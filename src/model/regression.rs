//! A regression of the rest of the year on what the year has shown so far, pooled over regions and years.

use crate::model::{Earlier, Fitted, Guess, Model, Table};
use crate::num;
use crate::panel::View;
use crate::stats::{self, RidgeRow, huber_ridge};

/// Log of the rest of the year against last year's rest, explained by growth of ytd, by where the rests and
/// the ytds of the last five years stand against last year's, and by the growth of the last three months.
///
/// Huber regression with a small ridge, over all regions and the last five years. Source: the measured annual
/// recipe, part B; Huber & Ronchetti (2009) for the estimator.
#[derive(Debug, Clone, Copy)]
pub struct Regression;

/// Years pooled.
const YEARS: i32 = 5;
/// Features, the constant included.
const FEATURES: usize = 5;
/// Bounds of a log growth as a feature, and of what is explained.
const BOUND: f64 = 2.0;
const TARGET_BOUND: f64 = 1.5;

impl Model for Regression {
    fn id(&self) -> &'static str {
        "regression"
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let fits: Vec<Option<stats::Regression<FEATURES>>> =
            horizons.iter().map(|horizon| learn(view, *horizon)).collect();
        Table::boxed(view, horizons, |region| {
            horizons
                .iter()
                .zip(&fits)
                .map(|(horizon, fit)| {
                    let (year, cut) = (view.year(), view.cut());
                    let x = features(view, region, year, *horizon)?;
                    let last = rest(view, region, year - 1, *horizon)?;
                    let growth = fit.as_ref()?.at(&x).clamp(-TARGET_BOUND, TARGET_BOUND);
                    Some(Guess::LnIndex(num::ln(view.index(region, year, cut)? + last * num::exp(growth))))
                })
                .collect()
        })
    }
}

fn learn(view: &View<'_>, horizon: u8) -> Option<stats::Regression<FEATURES>> {
    let year = view.year();
    let rows: Vec<RidgeRow<FEATURES>> = (0..view.regions())
        .flat_map(|region| {
            (year - YEARS..year).filter_map(move |y| {
                let x = features(view, region, y, horizon)?;
                let (now, last) = (rest(view, region, y, horizon)?, rest(view, region, y - 1, horizon)?);
                Some(RidgeRow { x, y: num::ln(now / last).clamp(-TARGET_BOUND, TARGET_BOUND), weight: 1.0 })
            })
        })
        .collect();
    if rows.len() < 4 * FEATURES {
        return None;
    }
    let mut ridge = [0.001 * rows.len() as f64; FEATURES];
    ridge[0] = 0.0;
    huber_ridge(&rows, &ridge, &[0.0; FEATURES])
}

/// What came between the cut and the horizon of a year; `None` unless it is above 0.
fn rest(view: &View<'_>, region: usize, year: i32, horizon: u8) -> Option<f64> {
    let so_far = view.index(region, year, view.cut())?;
    Some(view.index(region, year, horizon)? - so_far).filter(|r| *r > 0.0)
}

fn features(view: &View<'_>, region: usize, year: i32, horizon: u8) -> Option<[f64; FEATURES]> {
    let cut = view.cut();
    if cut == 0 {
        return None;
    }
    let ytd = |y| view.index(region, y, cut).filter(|x| *x > 0.0);
    let (now, last) = (ytd(year)?, ytd(year - 1)?);
    let last_rest = rest(view, region, year - 1, horizon)?;
    let past = year - YEARS..year;
    let rests = stats::mean(past.clone().filter_map(|y| rest(view, region, y, horizon)))?;
    let ytds = stats::mean(past.filter_map(ytd))?;
    let growth = |a: f64, b: f64| num::ln(a / b).clamp(-BOUND, BOUND);
    // Three months, or as many as the year has.
    let months: Vec<u8> = view.calendar().months().filter(|m| *m <= cut).rev().take(3).collect();
    let recent = |y| months.iter().map(|m| view.flow(region, y, *m)).sum::<Option<f64>>();
    let recent = recent(year).zip(recent(year - 1)).filter(|(a, b)| *a > 0.0 && *b > 0.0);
    let recent = recent.map_or_else(|| growth(now, last), |(a, b)| growth(a, b));
    Some([1.0, growth(now, last), growth(rests, last_rest), growth(ytds, last), recent])
}
