//! How far off one answer was, and what many answers add up to.

use crate::num;
use crate::outlook::{Landing, MonthOutlook};
use crate::stats;

/// The scores of one model (or `blend`) at one cut, over one year or all.
///
/// Errors of amounts are relative to what came, so that large and small regions count alike. A growth-only
/// region is scored on 1 + growth.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Score {
    /// Id of the model, or `blend`.
    pub model: String,
    /// Months known.
    pub cut: u8,
    /// The year scored; `None` over all of them.
    pub year: Option<i32>,
    /// Region-years scored.
    pub n: usize,
    /// Mean absolute error of the annual total as a ratio.
    pub mape: f64,
    /// Median absolute error of the annual total as a ratio.
    pub median_ape: f64,
    /// Mean absolute error ÷ the mean change of the region's total from year to year before the origin.
    pub mase: Option<f64>,
    /// Continuous ranked probability score ÷ what came.
    pub crps: f64,
    /// Interval score of the 95 % interval ÷ what came.
    pub is95: f64,
    /// Brier score of the chance of last year's growth + 0, 2 and 4 points.
    pub brier: Option<f64>,
    /// Share inside the 80 % interval.
    pub cover80: f64,
    /// Share inside the 95 % interval.
    pub cover95: f64,
    /// Mean absolute error of December's growth in points.
    pub growth_mae_pp: Option<f64>,
    /// Mean signed error of December's growth in points: projected minus what came.
    pub growth_bias_pp: Option<f64>,
    /// Share of growths inside their 80 % interval.
    pub growth_cover80: Option<f64>,
    /// Share of growths inside their 95 % interval.
    pub growth_cover95: Option<f64>,
}

/// What came of one region's year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Truth {
    pub(super) total: Option<f64>,
    pub(super) growth: Option<f64>,
    pub(super) last_growth: Option<f64>,
    /// Mean absolute change of the total from year to year before the origin.
    pub(super) usual_change: Option<f64>,
}

/// A chance that was given, and whether it came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// The chance.
    pub chance: f64,
    /// Whether it came true.
    pub kept: bool,
}

/// One answer held against what came.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    ape: f64,
    ase: Option<f64>,
    crps: f64,
    is95: f64,
    inside: (bool, bool),
    growth_error_pp: Option<f64>,
    growth_inside: Option<(bool, bool)>,
    pub(super) promises: Vec<Promise>,
}

impl Mark {
    /// `None` where there is no answer, or nothing came to hold it against.
    pub(super) fn new(month: &MonthOutlook, truth: &Truth) -> Option<Self> {
        let one_plus = |landing: &Landing| Landing::drawn(landing.draws().iter().map(|g| 1.0 + g).collect());
        let (landing, came) = match (&month.total, truth.total, &month.growth, truth.growth) {
            (Some(total), Some(came), _, _) => (total.clone(), came),
            (None, _, Some(growth), Some(came)) => (one_plus(growth), 1.0 + came),
            _ => return None,
        };
        let summary = landing.summary();
        let q = &summary.quantiles;
        let miss = (summary.median() - came).abs();
        let (low, high) = (q[0], q[6]);
        let outside = (low - came).max(0.0) + (came - high).max(0.0);
        let growth = month.growth.as_ref().zip(truth.growth);
        let promises = month.growth.as_ref().zip(truth.growth).zip(truth.last_growth);
        Some(Self {
            ape: miss / came,
            ase: truth.usual_change.filter(|c| *c > 0.0 && month.total.is_some()).map(|c| miss / c),
            crps: crps(landing.draws(), came) / came,
            is95: (high - low + outside * 2.0 / 0.05) / came,
            inside: within(q, came),
            growth_error_pp: growth.map(|(g, came)| (g.summary().median() - came) * 100.0),
            growth_inside: growth.map(|(g, came)| within(&g.summary().quantiles, came)),
            promises: promises.map_or_else(Vec::new, |((landing, came), last)| {
                let goals = [0.0, 0.02, 0.04].map(|more| last + more);
                goals.map(|goal| Promise { chance: landing.chance(goal), kept: came >= goal }).to_vec()
            }),
        })
    }
}

/// Inside the 80 % and the 95 % interval.
fn within(quantiles: &[f64; 7], came: f64) -> (bool, bool) {
    ((quantiles[1]..=quantiles[5]).contains(&came), (quantiles[0]..=quantiles[6]).contains(&came))
}

/// The continuous ranked probability score of equally likely draws: E|X − y| − ½ E|X − X′|.
///
/// Source: Gneiting & Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", eq. 21.
fn crps(draws: &[f64], came: f64) -> f64 {
    let n = draws.len() as f64;
    let mut sorted = draws.to_vec();
    stats::sort(&mut sorted);
    let distance = num::sum(sorted.iter().map(|x| (x - came).abs())) / n;
    let spread = num::sum(sorted.iter().enumerate().map(|(i, x)| x * (2.0 * i as f64 + 1.0 - n))) / (n * n);
    distance - spread
}

/// The score of one model's marks, of which there is at least one.
pub(super) fn total(model: &str, cut: u8, year: Option<i32>, marks: &[&Mark]) -> Score {
    let n = marks.len() as f64;
    let mean = |f: fn(&Mark) -> f64| num::sum(marks.iter().map(|m| f(m))) / n;
    let known = |f: fn(&Mark) -> Option<f64>| stats::mean(marks.iter().filter_map(|m| f(m)));
    let yes = |b: bool| f64::from(u8::from(b));
    Score {
        model: model.to_owned(),
        cut,
        year,
        n: marks.len(),
        mape: mean(|m| m.ape),
        median_ape: stats::median(marks.iter().map(|m| m.ape)).unwrap_or(f64::NAN),
        mase: known(|m| m.ase),
        crps: mean(|m| m.crps),
        is95: mean(|m| m.is95),
        brier: stats::mean(marks.iter().flat_map(|m| &m.promises).map(|p| {
            let off = p.chance - yes(p.kept);
            off * off
        })),
        cover80: num::sum(marks.iter().map(|m| yes(m.inside.0))) / n,
        cover95: num::sum(marks.iter().map(|m| yes(m.inside.1))) / n,
        growth_mae_pp: known(|m| m.growth_error_pp.map(f64::abs)),
        growth_bias_pp: known(|m| m.growth_error_pp),
        growth_cover80: known(|m| m.growth_inside.map(|i| f64::from(u8::from(i.0)))),
        growth_cover95: known(|m| m.growth_inside.map(|i| f64::from(u8::from(i.1)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crps_of_two_draws_by_hand() {
        // E|X − 1| = (1 + 1) / 2, E|X − X'| = (0 + 2 + 2 + 0) / 4, so 1 − 0.5.
        assert!((crps(&[0.0, 2.0], 1.0) - 0.5).abs() < 1e-15);
        assert!((crps(&[3.0], 1.0) - 2.0).abs() < 1e-15);
    }

    #[test]
    fn an_interval_that_is_missed_costs_forty_times_the_miss() {
        let month =
            MonthOutlook { total: Some(Landing::Known(10.0)), growth: None, base: None, voices: Vec::new() };
        let truth = Truth { total: Some(11.0), growth: None, last_growth: None, usual_change: Some(2.0) };
        let mark = Mark::new(&month, &truth).unwrap();
        let score = total("blend", 6, None, &[&mark]);
        assert!((score.is95 - 40.0 / 11.0).abs() < 1e-12);
        assert_eq!((score.cover95, score.mase, score.brier), (0.0, Some(0.5), None));
    }
}
