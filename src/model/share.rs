//! Chain ladder: ytd ÷ the share of the year that is usually done by now.

use crate::model::{Earlier, Fitted, Guess, Model, Table};
use crate::num;
use crate::panel::View;
use crate::stats;

/// ytd at the horizon = ytd ÷ expected share, on the scope of the index. The share is the mean of the region's own past log shares,
/// shrunk to the pooled one by how much the region's years vary (empirical Bayes).
///
/// Years with a false or missing month between cut and horizon are left out. Source: Mack (1993), "Distribution-free
/// calculation of the standard error of chain ladder reserve estimates", on logs.
#[derive(Debug, Clone, Copy)]
pub struct Share;

/// Years that a share is learned from: what ten years ago was built in winter says little.
const YEARS: i32 = 8;

impl Model for Share {
    fn id(&self) -> &'static str {
        "share"
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let (year, cut) = (view.year(), view.cut());
        let shares: Vec<Vec<Option<f64>>> = horizons.iter().map(|horizon| expected(view, *horizon)).collect();
        Table::boxed(view, horizons, |region| {
            let so_far = (cut > 0).then(|| view.index(region, year, cut)).flatten().filter(|x| *x > 0.0);
            shares
                .iter()
                .map(|by_region| Some(Guess::LnIndex(num::ln(so_far?) - by_region[region]?)))
                .collect()
        })
    }
}

/// The expected log share of each region; the pooled one where a region has no past.
fn expected(view: &View<'_>, horizon: u8) -> Vec<Option<f64>> {
    let (year, cut) = (view.year(), view.cut());
    if cut == 0 {
        return vec![None; view.regions()];
    }
    let own: Vec<Vec<f64>> = (0..view.regions())
        .map(|region| {
            let first = view.first_year().max(year - YEARS);
            (first..year)
                .filter(|y| view.is_whole(region, *y, cut, horizon))
                .filter_map(|y| {
                    let (part, whole) = (view.index(region, y, cut)?, view.index(region, y, horizon)?);
                    (part > 0.0 && whole > 0.0).then(|| num::ln(part / whole))
                })
                .collect()
        })
        .collect();
    let known: Vec<usize> = (0..own.len()).filter(|r| !own[*r].is_empty()).collect();
    let means: Vec<f64> = known.iter().filter_map(|r| stats::mean(own[*r].iter().copied())).collect();
    let within = stats::mean(known.iter().filter(|r| own[**r].len() > 1).map(|r| {
        let centre = stats::mean(own[*r].iter().copied()).unwrap_or(0.0);
        num::sum(own[*r].iter().map(|x| (x - centre) * (x - centre))) / (own[*r].len() - 1) as f64
    }));
    let noise: Vec<f64> = known.iter().map(|r| within.unwrap_or(0.0) / own[*r].len() as f64).collect();
    let shrunk = stats::shrink_to_median(&means, &noise, 1e-9);
    let pooled = stats::median(means);
    let mut out = vec![pooled; own.len()];
    for (region, share) in known.iter().zip(shrunk) {
        out[*region] = Some(share);
    }
    out
}
