//! How far off the blend has been: a shock that all regions share in a year, and each region's own error.

use crate::num;
use crate::order;
use crate::outlook::calibration;
use crate::stats::{self, RidgeRow, huber_ridge, student_ln_density};
use std::collections::BTreeMap;

/// Half of what a year weighs is gone after this many years.
const HALF_LIFE: f64 = 5.0;
/// What an error of `year` weighs when `now` is under way.
pub(super) fn weight(year: i32, now: i32) -> f64 {
    num::pow(0.5, f64::from(now - 1 - year) / HALF_LIFE)
}

/// With fewer regions than this in a year, what they share cannot be told from what is their own.
const ENOUGH_REGIONS: usize = 4;
/// Years that the prior of the shock counts for (and so its degrees of freedom before any year), and its square as a share
/// of the own scale's. By age past years weigh 7.7 at most, so that the prior always holds more than half: shocks that were
/// twice as large year after year are told a quarter smaller than they are. With half as many years (measured) one bad
/// year of three or four makes the next ten too wide: 3 to 6 % of the interval score on a panel of 50 regions, and nothing
/// is gained on others.
const SHOCK_PRIOR: (f64, f64) = (8.0, 0.25);
/// Years that the prior of a region's own multiplier counts for.
const OWN_PRIOR: f64 = 8.0;
/// A region whose months say nothing of its volatility (too few, or mostly empty) is taken to be as volatile as this
/// share of the others is at most.
const CAUTION: f64 = 0.9;
/// Rows that the prior scale counts for.
const SCALE_PRIOR: f64 = 5.0;
/// How firmly the slope of the scale on volatility is held: 1.3 ÷ 0.5².
const SLOPE_PRIOR: f64 = 5.0;
/// Past rows from which it can be told what disagreement of the models is usual.
const ENOUGH_ROWS: usize = 8;
/// Disagreement beyond this quantile of past rows widens the answer.
const USUAL: f64 = 0.95;
/// Disagreement ÷ own scale that is no more than rounding.
const ROUNDING: f64 = 1e-6;
/// Where no past error was seen, at least this part of what is still to come is unsure. An assumption; the answer's
/// note says that its width could not be checked.
const UNCHECKED: f64 = 0.1;
/// Tails tried, in degrees of freedom.
const FREEDOMS: [f64; 7] = [3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 30.0];

/// What is known at an origin of how sure the blend can be of a region.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Evidence {
    /// How much the region's months jump from year to year, in logs.
    pub(super) volatility: Option<f64>,
    /// The part of the year that is still to come.
    pub(super) rest_share: Option<f64>,
    /// The weighted standard deviation of what the models say, in logs.
    pub(super) disagreement: f64,
    /// What averaging leaves of the disagreement: that of independent models ÷ √(their effective number).
    pub(super) left_over: f64,
}

impl Evidence {
    /// What the region's months alone say of the width: as if every month to come jumped the same way.
    fn prior(&self) -> Option<f64> {
        let jumps = self.volatility.zip(self.rest_share).map(|(v, rest)| v * rest);
        jumps.filter(|p| *p > 0.0)
    }
}

/// One past error of the blend, on the log scale.
pub(super) struct Miss {
    pub(super) region: usize,
    pub(super) year: i32,
    /// What came minus what the blend said.
    pub(super) error: f64,
    pub(super) evidence: Evidence,
}

/// A scaled Student's t.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tail {
    pub(super) scale: f64,
    pub(super) freedom: f64,
}

/// What the past errors teach about this year's.
pub(super) struct Spread {
    /// Of the shock that all regions share; `None` where regions are too few to tell.
    pub(super) shock: Option<Tail>,
    /// Degrees of freedom of the own errors.
    pub(super) own_freedom: f64,
    /// Years that were learned from.
    pub(super) years: usize,
    kappa: f64,
    fit: Option<[f64; 2]>,
    centre: f64,
    /// Stands in for a ln volatility that nobody knows, less the centre.
    cautious: f64,
    multipliers: BTreeMap<usize, f64>,
    rows: f64,
    /// The models' disagreement ÷ the own scale that is still usual; `None` where too few rows tell.
    usual: Option<f64>,
}

impl Spread {
    /// Learns from the errors of past years, as known when `year` is under way.
    ///
    /// Own scale: Huber regression of ln|error| on ln volatility, pooled, times a multiplier a region shrunk
    /// to 1; tails by weighted likelihood. Source: the measured annual recipe, section "Distribution".
    pub(super) fn learn(misses: &[Miss], year: i32) -> Self {
        let mut by_year: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
        misses.iter().for_each(|m| by_year.entry(m.year).or_default().push(m.error));
        let enough = by_year.iter().filter(|(_, errors)| errors.len() >= ENOUGH_REGIONS);
        let shock = |(y, errors): (&i32, &Vec<f64>)| Some((*y, stats::median(errors.iter().copied())?));
        let shocks = order::map(enough.filter_map(shock));
        let weight = |y: i32| weight(y, year);
        let own: Vec<f64> =
            misses.iter().map(|m| m.error - shocks.get(&m.year).copied().unwrap_or(0.0)).collect();
        let ln_v: Vec<Option<f64>> = misses.iter().map(|m| m.evidence.volatility.map(num::ln)).collect();
        let centre = stats::median(ln_v.iter().flatten().copied()).unwrap_or(0.0);
        let mut sorted: Vec<f64> = ln_v.iter().flatten().copied().collect();
        stats::sort(&mut sorted);
        let cautious = stats::quantile(&sorted, CAUTION).map_or(0.0, |v| v - centre);
        let feature = |v: Option<f64>| v.map_or(cautious, |v| v - centre);
        let rows: Vec<RidgeRow<2>> = own
            .iter()
            .zip(&ln_v)
            .map(|(e, v)| RidgeRow { x: [1.0, feature(*v)], y: num::ln(e.abs().max(1e-6)), weight: 1.0 })
            .collect();
        let n = rows.len() as f64;
        // Towards a slope of 1: twice the volatility, twice the error. Few rows would find any slope: ln|error| of a
        // Student's t varies by about 1.3, and a slope by hardly more than 0.5.
        let fit = huber_ridge(&rows, &[0.0, 0.02 * n + SLOPE_PRIOR], &[0.0, 1.0]).map(|f| f.coefficients);
        let mut spread = Self {
            shock: None,
            own_freedom: 4.0,
            years: by_year.len(),
            kappa: 1.0,
            fit,
            centre,
            cautious,
            multipliers: BTreeMap::new(),
            rows: n,
            usual: None,
        };
        let Some(fit) = fit else { return spread };
        let raw: Vec<f64> = ln_v.iter().map(|v| num::exp(fit[0] + fit[1] * feature(*v))).collect();
        let square = |cap: f64| move |(e, s): (&f64, &f64)| (e / s * (e / s)).min(cap);
        // ln|error| lies well under the log of its scale; bring the standardised errors to 1.
        let level = stats::mean(own.iter().zip(&raw).map(square(25.0))).unwrap_or(1.0).sqrt().max(1e-9);
        spread.fit = Some([fit[0] + num::ln(level), fit[1]]);
        let scales: Vec<f64> = raw.iter().map(|s| s * level).collect();
        let z2: Vec<f64> = own.iter().zip(&scales).map(square(9.0)).collect();
        let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        for (miss, z2) in misses.iter().zip(&z2) {
            let sum = sums.entry(miss.region).or_insert((OWN_PRIOR, OWN_PRIOR));
            sum.0 += weight(miss.year) * z2;
            sum.1 += weight(miss.year);
        }
        spread.multipliers = order::map(sums.iter().map(|(r, (a, b))| (*r, (a / b).sqrt())));
        // A year must not standardise itself, or the tails would look thinner than they are.
        let standard: Vec<(f64, f64)> = misses
            .iter()
            .zip(own.iter().zip(&scales))
            .zip(&z2)
            .map(|((miss, (e, s)), z2)| {
                let w = weight(miss.year);
                let (a, b) = sums[&miss.region];
                let others = ((a - w * z2) / (b - w)).max(0.0).sqrt().max(1e-6);
                (e / (s * others), w)
            })
            .collect();
        (spread.own_freedom, spread.kappa) = fit_student(&standard);
        let mut ratios: Vec<f64> =
            misses.iter().zip(&scales).map(|(m, s)| m.evidence.disagreement / s).collect();
        stats::sort(&mut ratios);
        // A model alone disagrees with nobody, but for rounding.
        spread.usual =
            stats::quantile(&ratios, USUAL).filter(|u| ratios.len() >= ENOUGH_ROWS && *u > ROUNDING);
        if let (false, Some(typical)) = (shocks.is_empty(), stats::median(scales.iter().copied())) {
            let (years, square) = SHOCK_PRIOR;
            let weights = num::sum(shocks.keys().map(|y| weight(*y)));
            let squares =
                num::sum(shocks.iter().map(|(y, u)| weight(*y) * (u / typical * (u / typical)).min(9.0)));
            let ratio = ((years * square + squares) / (years + weights)).sqrt();
            let unsure = (1.0 + 1.0 / shocks.len() as f64).sqrt();
            spread.shock = Some(Tail { scale: typical * ratio * unsure, freedom: years + weights });
        }
        spread
    }

    /// As [`learn`](Self::learn), and then own errors as much wider or narrower as past years turned out to be than
    /// they were told at the time ([`calibration`](crate::outlook::calibration)).
    pub(super) fn calibrated(misses: &[Miss], year: i32) -> Self {
        let mut spread = Self::learn(misses, year);
        spread.kappa *= calibration::factor(misses, year);
        spread
    }

    /// Whether any past year of a region was learned from.
    pub(super) fn has_checked(&self, region: usize) -> bool {
        self.multipliers.contains_key(&region)
    }

    /// The own error of a region this year; `None` where neither past errors nor the region's own months say
    /// how wide it is.
    ///
    /// Models that disagree as they hardly ever did widen it: the past errors were made where they agreed.
    pub(super) fn own(&self, region: usize, evidence: &Evidence) -> Option<Tail> {
        let learned = self.fit.map(|fit| {
            let v = evidence.volatility.map_or(self.cautious, |v| num::ln(v) - self.centre);
            num::exp(fit[0] + fit[1] * v)
        });
        let own = self.multipliers.get(&region).copied().unwrap_or(1.0) * self.kappa;
        let scale = match (learned, evidence.prior()) {
            (Some(s), prior) => {
                let unusual = self.usual.map_or(1.0, |usual| evidence.disagreement / (s * usual));
                let s = s * own * unusual.max(1.0);
                prior.map_or(s, |p| {
                    ((self.rows * s * s + SCALE_PRIOR * p * p) / (self.rows + SCALE_PRIOR)).sqrt()
                })
            }
            (None, Some(p)) => p.max(UNCHECKED * evidence.rest_share.unwrap_or(1.0)),
            (None, None) => return None,
        };
        let floor = if self.usual.is_none() { evidence.left_over } else { 0.0 };
        Some(Tail { scale: scale.max(floor), freedom: self.own_freedom })
    }
}

/// Degrees of freedom and scale with the greatest weighted likelihood.
fn fit_student(values: &[(f64, f64)]) -> (f64, f64) {
    let weights = num::sum(values.iter().map(|(_, w)| *w));
    let mut best = (4.0, 1.0, f64::NEG_INFINITY);
    for freedom in FREEDOMS {
        let mut square = 1.0_f64;
        for _ in 0..30 {
            let pull = |x: f64| (freedom + 1.0) / (freedom + x * x / square);
            let next = num::sum(values.iter().map(|(x, w)| w * pull(*x) * x * x)) / weights;
            if !next.is_finite() || next <= 1e-12 {
                break;
            }
            square = next;
        }
        let scale = square.sqrt();
        let ln_scale = num::ln(scale);
        let likelihood =
            num::sum(values.iter().map(|(x, w)| w * (student_ln_density(x / scale, freedom) - ln_scale)));
        if likelihood > best.2 {
            best = (freedom, scale, likelihood);
        }
    }
    (best.0, best.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{DRAWS, Points, StudentTable};

    #[test]
    fn scale_shock_and_tails_of_made_up_errors_are_found() {
        // Twelve years of 100 regions: a shock of sd 0.05 a year, own errors of scale 0.2, t with 4 degrees.
        let table = StudentTable::new(4.0);
        let strata = Points::new(3).strata(1);
        let shocks = Points::new(4).strata(1);
        let misses: Vec<Miss> = (0..1200)
            .map(|i| {
                let shock = 0.08 * (f64::from(shocks[i / 100 + 40]) / DRAWS as f64 - 0.5) * 2.0;
                let error = 0.2 * table.at(usize::from(strata[i])) + shock;
                let year = 2000 + i as i32 / 100;
                Miss { region: i % 100, year, error, evidence: jumping(Some(0.3)) }
            })
            .collect();
        let spread = Spread::learn(&misses, 2012);
        let own = spread.own(5, &jumping(Some(0.3))).unwrap();
        let at_975 = own.scale * StudentTable::new(own.freedom).at(DRAWS * 975 / 1000);
        let want = 0.2 * table.at(DRAWS * 975 / 1000);
        assert!((at_975 / want - 1.0).abs() < 0.15, "{at_975} {want}");
        let shock = spread.shock.unwrap();
        assert!(shock.scale > 0.02 && shock.scale < 0.13, "{shock:?}");
    }

    #[test]
    fn a_region_that_nothing_is_known_of_is_taken_for_a_volatile_one() {
        let wobble = |i: usize| [1.3, -0.4, 0.8, -1.5, 0.2, -0.7, 1.0][i % 7];
        let misses: Vec<Miss> = (0..200)
            .map(|i| {
                let v = 0.1 * (1 + i % 20) as f64;
                Miss {
                    region: i % 20,
                    year: 2000 + i as i32 / 20,
                    error: v * wobble(i),
                    evidence: jumping(Some(v)),
                }
            })
            .collect();
        let spread = Spread::learn(&misses, 2010);
        let at = |v| spread.own(99, &jumping(v)).unwrap().scale;
        assert!(at(None) > 1.5 * at(Some(1.0)) && at(None) < at(Some(2.0)), "{} {}", at(None), at(Some(1.0)));
        assert!(spread.has_checked(3) && !spread.has_checked(99));
    }

    #[test]
    fn a_few_rows_do_not_find_a_wild_slope() {
        // Six years of one region in which errors happened to grow ninefold as fast as volatility did.
        let years = [(0.10, 0.001), (0.11, 0.002), (0.12, 0.004), (0.13, 0.008), (0.14, 0.016), (0.15, 0.03)];
        let misses: Vec<Miss> = (2000..)
            .zip(years)
            .map(|(year, (v, error))| Miss { region: 0, year, error, evidence: jumping(Some(v)) })
            .collect();
        let spread = Spread::learn(&misses, 2006);
        let at = |v| spread.own(0, &jumping(Some(v))).unwrap().scale;
        let ratio = at(0.05) / at(0.1);
        assert!((0.35..0.6).contains(&ratio), "half the volatility, about half the width: {ratio}");
    }

    #[test]
    fn without_a_past_the_months_and_the_models_speak() {
        let spread = Spread::learn(&[], 2020);
        let scale = |e: Evidence| spread.own(0, &e).map(|t| t.scale);
        assert!(scale(jumping(Some(0.3))).is_none() && spread.shock.is_none());
        let half = Evidence { rest_share: Some(0.5), ..jumping(Some(0.3)) };
        assert_eq!(scale(half), Some(0.15));
        // Months that hardly jump make nobody sure.
        assert_eq!(scale(Evidence { volatility: Some(0.001), ..half }), Some(UNCHECKED * 0.5));
        assert_eq!(scale(Evidence { left_over: 0.4, ..half }), Some(0.4));
    }

    #[test]
    fn models_that_disagree_as_never_before_widen_the_answer() {
        let wobble = |i: usize| [1.3, -0.4, 0.8, -1.5, 0.2, -0.7, 1.0][i % 7];
        let misses: Vec<Miss> = (0..200)
            .map(|i| {
                let evidence = Evidence { disagreement: 0.01 * (1 + i % 10) as f64, ..jumping(Some(0.3)) };
                Miss { region: i % 20, year: 2000 + i as i32 / 20, error: 0.1 * wobble(i), evidence }
            })
            .collect();
        let spread = Spread::learn(&misses, 2010);
        let at =
            |disagreement| spread.own(3, &Evidence { disagreement, ..jumping(Some(0.3)) }).unwrap().scale;
        assert_eq!(at(0.01), at(0.09));
        assert!((at(1.0) / at(0.01) - 10.0).abs() < 0.6, "{}", at(1.0) / at(0.01));
    }

    #[test]
    fn a_model_that_speaks_alone_is_not_widened_by_rounding() {
        let wobble = |i: usize| [1.3, -0.4, 0.8, -1.5, 0.2, -0.7, 1.0][i % 7];
        let misses: Vec<Miss> = (0..200)
            .map(|i| {
                let evidence = jumping(Some(0.3));
                Miss { region: i % 20, year: 2000 + i as i32 / 20, error: 0.1 * wobble(i), evidence }
            })
            .collect();
        let spread = Spread::learn(&misses, 2010);
        let at =
            |disagreement| spread.own(3, &Evidence { disagreement, ..jumping(Some(0.3)) }).unwrap().scale;
        assert_eq!(at(1e-17), at(0.0));
    }

    fn jumping(volatility: Option<f64>) -> Evidence {
        Evidence { volatility, ..Evidence::default() }
    }
}
