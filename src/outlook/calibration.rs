//! Whether past years turned out as wide as they were told at the time.

use crate::num;
use crate::outlook::spread::{Miss, Spread, weight};
use crate::stats::{self, StudentTable};

/// A year with fewer regions than this cannot show what its 95 % interval should have been, nor which of two ways to
/// weigh the models was the better one.
pub(super) const ENOUGH_REGIONS: usize = 20;
/// Years behind a year before its width is one to learn from.
const ENOUGH_YEARS: usize = 2;
/// Years that "as wide as told" counts for.
const PRIOR_YEARS: f64 = 4.0;
/// The parts of a year that its middle and its wide interval should hold, and how far they reach if errors are normal.
const INTERVALS: [(f64, f64); 2] = [(0.8, 1.281_551_565_544_600_4), (0.95, 1.959_963_984_540_054)];
/// Points at which the shared shock is looked at.
const NODES: usize = 32;

/// By how much the own width told for `year` should be multiplied: 1 where too little past tells.
///
/// Each past year is told from the years before it. How much wider it should have been comes from where its regions
/// fell: the reach of its 80 % and 95 % intervals ÷ that of a normal. Years are averaged by age, in squares so that a
/// bad year counts more than a calm one, one standard error is added, and the whole is shrunk to 1. So a panel whose
/// intervals held nearly all regions year after year gets narrower ones, slowly. The shock of the year stays as wide as
/// it is: of that a panel has seen no more cases than years, and narrowing it by calm ones (measured) left 68 % of 50
/// regions inside a 95 % interval when the next shock came.
///
/// In the spirit of conformal calibration on a rolling origin (Gibbs & Candès 2021, "Adaptive conformal inference under
/// distribution shift").
pub(super) fn factor(misses: &[Miss], year: i32) -> f64 {
    let mut ratios: Vec<(f64, f64)> = Vec::new();
    let mut before = 0;
    for (years, of_year) in misses.chunk_by(|a, b| a.year == b.year).enumerate() {
        if years >= ENOUGH_YEARS && of_year.len() >= ENOUGH_REGIONS {
            let y = of_year[0].year;
            let told = Spread::learn(&misses[..before], y);
            ratios.extend(ln_ratio(&told, of_year).map(|r| (r, weight(y, year))));
        }
        before += of_year.len();
    }
    let all = num::sum(ratios.iter().map(|(_, w)| *w));
    if ratios.is_empty() {
        return 1.0;
    }
    let mean = 0.5 * num::ln(num::sum(ratios.iter().map(|(r, w)| w * num::exp(2.0 * r))) / all);
    let variance = num::sum(ratios.iter().map(|(r, w)| w * (r - mean) * (r - mean))) / all;
    let effective = all * all / num::sum(ratios.iter().map(|(_, w)| w * w));
    num::exp(all / (all + PRIOR_YEARS) * (mean + (variance / effective).sqrt()))
}

/// Log of how much wider a year should have been told.
fn ln_ratio(told: &Spread, year: &[Miss]) -> Option<f64> {
    let own_table = StudentTable::shared(told.own_freedom);
    let shocks: Vec<f64> = told.shock.map_or_else(
        || vec![0.0],
        |s| {
            let table = StudentTable::new(s.freedom);
            let stratum = |k: usize| (2 * k + 1) * stats::DRAWS / (2 * NODES);
            (0..NODES).map(|k| s.scale * table.at(stratum(k))).collect()
        },
    );
    let mut off_centre: Vec<f64> = year
        .iter()
        .filter_map(|miss| {
            let own = told.own(miss.region, &miss.evidence)?;
            let below = shocks.iter().map(|shock| own_table.below((miss.error - shock) / own.scale));
            Some((2.0 * stats::mean(below)? - 1.0).abs())
        })
        .collect();
    stats::sort(&mut off_centre);
    let reach = |(part, normal): (f64, f64)| {
        let held = stats::quantile(&off_centre, part)?;
        Some(num::ln(stats::normal_quantile(0.5 + 0.5 * held)?.max(0.1) / normal))
    };
    stats::mean(INTERVALS.into_iter().map(reach).collect::<Option<Vec<f64>>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlook::spread::Evidence;

    /// Twelve years of forty regions; from 2006 on errors are `later` times as large.
    fn misses(later: f64) -> Vec<Miss> {
        let table = StudentTable::new(30.0);
        let evidence = Evidence { volatility: Some(0.3), rest_share: Some(0.5), ..Evidence::default() };
        (0..480)
            .map(|i| {
                let year = 2000 + i / 40;
                let size = if year < 2006 { 0.1 } else { 0.1 * later };
                let error = size * table.at((i as usize * 7919) % stats::DRAWS);
                Miss { region: i as usize % 40, year, error, evidence }
            })
            .collect()
    }

    #[test]
    fn widths_that_held_stay_and_those_that_did_not_move() {
        let at = |later| factor(&misses(later), 2012);
        assert!((0.9..1.15).contains(&at(1.0)), "{}", at(1.0));
        assert!(at(0.3) < 0.85 * at(1.0), "calmer than told: {} {}", at(0.3), at(1.0));
        assert!(at(3.0) > 1.15 * at(1.0), "wilder than told: {} {}", at(3.0), at(1.0));
    }

    #[test]
    fn with_few_regions_or_years_nothing_moves() {
        let few = |m: &Miss| m.region < ENOUGH_REGIONS - 1;
        assert_eq!(factor(&misses(3.0).into_iter().filter(few).collect::<Vec<Miss>>(), 2012), 1.0);
        let early: Vec<Miss> = misses(3.0).into_iter().filter(|m| m.year < 2002).collect();
        assert_eq!(factor(&early, 2002), 1.0);
        assert_eq!(factor(&[], 2002), 1.0);
    }

    #[test]
    fn what_came_after_changes_nothing() {
        let (all, early) =
            (misses(3.0), misses(3.0).into_iter().filter(|m| m.year < 2008).collect::<Vec<Miss>>());
        let upto = all.iter().take_while(|m| m.year < 2008).count();
        assert_eq!(factor(&early, 2008), factor(&all[..upto], 2008));
        assert_ne!(factor(&early, 2008), factor(&all, 2012));
    }
}
