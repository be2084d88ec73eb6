//! Growth so far, plus what growth usually does until December; the only model of growth-only regions.

use crate::model::{Earlier, Fitted, Guess, Model, Table};
use crate::num;
use crate::panel::View;
use crate::stats;

/// Growth at the horizon = growth at the cut + the drift that past years of all regions had in common.
///
/// The drift is the median over regions and up to ten past years of the change of ln(1 + growth). With
/// nothing known of the year it starts from last December's growth, drawn to the median of past Decembers as
/// far as past years were. Source: design section 3.7 (year-end growth drifts).
#[derive(Debug, Clone, Copy)]
pub struct Drift;

/// Years that the drift is learned from.
const YEARS: i32 = 10;
/// Growth under −98 % is taken for −98 %: the logarithm of nothing has no value.
const LOWEST: f64 = 0.02;

fn ln_growth(growth: f64) -> f64 {
    num::ln((1.0 + growth).max(LOWEST))
}

impl Model for Drift {
    fn id(&self) -> &'static str {
        "drift"
    }

    /// Growth that is derived from amounts says no more than they do, and the models of amounts say it better.
    fn stands_in(&self, published: bool) -> bool {
        !published
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let (year, cut) = (view.year(), view.cut());
        // Where the change starts: the cut, or last December where nothing of the year is known.
        let start = |region, y| {
            let (y, month) = if cut == 0 { (y - 1, 12) } else { (y, cut) };
            view.growth(region, y, month).map(ln_growth)
        };
        let regions = view.regions();
        let first = view.first_year().max(year - YEARS);
        let drifts: Vec<f64> = horizons
            .iter()
            .map(|horizon| {
                let changes = (0..regions).flat_map(|region| {
                    (first..year).filter_map(move |y| {
                        Some(ln_growth(view.growth(region, y, *horizon)?) - start(region, y)?)
                    })
                });
                stats::median(changes).unwrap_or(0.0)
            })
            .collect();
        let usual = horizons.iter().map(|horizon| {
            let past = (0..regions).flat_map(|region| {
                (first..year).filter_map(move |y| view.growth(region, y, *horizon).map(ln_growth))
            });
            stats::median(past)
        });
        let usual: Vec<Option<f64>> = usual.collect();
        Table::boxed(view, horizons, |region| {
            let from = start(region, year);
            (0..horizons.len())
                .map(|k| match cut {
                    // Halfway to the usual: a year's growth says little about the next one's.
                    0 => Some(Guess::LnGrowth(f64::midpoint(from?, usual[k]?))),
                    _ => Some(Guess::LnGrowth(from? + drifts[k])),
                })
                .collect()
        })
    }
}
