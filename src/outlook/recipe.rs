//! How a month's draws come about, so that a large panel can make them again instead of keeping them.

use crate::num;
use crate::outlook::base::BaseOutlook;
use crate::outlook::draws::{LEVELS, Landing, Summary};
use crate::stats::{self, Points, StudentTable};
use std::sync::Arc;

/// What the regions of one horizon share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) points: Points,
    /// The shock, one entry a draw, the same for every region; empty where regions are too few to tell.
    pub(super) shock: Vec<f64>,
    pub(super) own_table: Arc<StudentTable>,
    pub(super) base_table: Arc<StudentTable>,
}

/// Which figure of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Total,
    Growth,
    Base,
}

/// The draws of one region at one horizon, not made yet.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    pub(super) shared: Arc<Shared>,
    /// Log of the median, of the total or of 1 + growth.
    pub(super) centre: f64,
    /// Scale of the own error.
    pub(super) scale: f64,
    /// Dimension of the own error among the draws; the base's is the next one.
    pub(super) dimension: usize,
    pub(super) base: Option<BaseOutlook>,
    /// Whether `centre` is of 1 + growth.
    pub(super) in_growth: bool,
    /// What the total cannot fall below.
    pub(super) floor: f64,
}

/// The strata of a region, shared by its horizons.
#[derive(Debug, Default)]
pub(super) struct Strata {
    own: Vec<u16>,
    base: Vec<u16>,
}

impl Strata {
    /// Adds what a recipe needs and is not there yet.
    fn fill(&mut self, recipe: &Recipe) {
        let of = |dimension| recipe.shared.points.strata(dimension);
        if self.own.is_empty() {
            self.own = of(recipe.dimension);
        }
        if self.base.is_empty() && recipe.base.is_some_and(|b| b.scale > 0.0) {
            self.base = of(recipe.dimension + 1);
        }
    }
}

/// A month's figures, each where it exists.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) total: Option<Landing>,
    pub(super) growth: Option<Landing>,
    pub(super) base: Option<Landing>,
}

/// The exponential, kept where sums and squares of it stay finite: a panel of a few mad figures may ask for
/// widths of thousands of percent, and the far tails of those are no amounts.
pub(super) fn from_ln(ln: f64) -> f64 {
    num::exp(ln.clamp(-100.0, 100.0))
}

impl Recipe {
    /// The month with its draws, which are kept.
    pub(super) fn kept(&self, strata: &mut Strata) -> Made {
        strata.fill(self);
        let base = self.base_draws(&strata.base);
        let (total, growth) = self.total_and_growth(&strata.own, base.as_ref());
        Made { total: total.map(Landing::drawn), growth: growth.map(Landing::drawn), base }
    }

    /// The month with its summaries, whose draws are made again when they are asked for.
    pub(super) fn summed_up(self, strata: &mut Strata) -> Made {
        strata.fill(&self);
        let base = self.base_draws(&strata.base);
        let (total, growth) = self.total_and_growth(&strata.own, base.as_ref());
        let of_total = total.as_ref().map(|t| (mean(t), stats::quantile_places(t, LEVELS)));
        // On a base that is known growth rises with the total, so that the same draws stand at its quantiles.
        let of_growth = growth.as_ref().map(|g| match (&of_total, &base) {
            (Some((_, Some(quantiles))), Some(Landing::Known(base))) => {
                (mean(g), Some(quantiles.map(|q| q.map(|t| t / base - 1.0))))
            }
            _ => (mean(g), stats::quantile_places(g, LEVELS)),
        });
        let recipe = Arc::new(self);
        let landing = |part, (mean, quantiles): (f64, Option<[stats::Between; 7]>)| {
            let quantiles = quantiles.map_or([f64::NAN; 7], |q| q.map(stats::Between::value));
            Landing::to_be_made(Arc::clone(&recipe), part, Summary { mean, quantiles })
        };
        let base = base.map(|base| match base {
            Landing::Known(_) => base,
            Landing::Drawn(draws) => {
                let draws = draws.values();
                landing(Part::Base, (mean(draws), stats::quantile_places(draws, LEVELS)))
            }
        });
        Made {
            total: of_total.map(|s| landing(Part::Total, s)),
            growth: of_growth.map(|s| landing(Part::Growth, s)),
            base,
        }
    }

    /// The draws of one figure; none where it does not exist.
    pub(super) fn make(&self, part: Part) -> Vec<f64> {
        let mut strata = Strata::default();
        strata.fill(self);
        let base = self.base_draws(&strata.base);
        if part == Part::Base {
            return base.map(|b| b.draws().to_vec()).unwrap_or_default();
        }
        let (total, growth) = self.total_and_growth(&strata.own, base.as_ref());
        (if part == Part::Total { total } else { growth }).unwrap_or_default()
    }

    fn base_draws(&self, strata: &[u16]) -> Option<Landing> {
        self.base.map(|b| {
            if b.scale <= 0.0 {
                return Landing::Known(num::exp(b.ln_median));
            }
            let table = &self.shared.base_table;
            let draw = |s: &u16| from_ln(b.ln_median + b.scale * table.held(usize::from(*s)));
            Landing::drawn(strata.iter().map(draw).collect())
        })
    }

    fn total_and_growth(
        &self,
        strata: &[u16],
        base: Option<&Landing>,
    ) -> (Option<Vec<f64>>, Option<Vec<f64>>) {
        let Shared { shock, own_table, .. } = &*self.shared;
        let logs = strata.iter().enumerate().map(|(i, s)| {
            self.centre + shock.get(i).copied().unwrap_or(0.0) + self.scale * own_table.held(usize::from(*s))
        });
        let mut values: Vec<f64> = logs.map(from_ln).collect();
        match (base, self.in_growth) {
            (Some(base), true) => {
                // One figure after the other, since both are made from the same numbers.
                let base = base.each();
                let floored = |(i, g): (usize, &mut f64)| *g = num::larger(*g * base(i), self.floor);
                values.iter_mut().enumerate().for_each(floored);
                let growth = values.iter().enumerate().map(|(i, t)| t / base(i) - 1.0).collect();
                (Some(values), Some(growth))
            }
            (None, true) => {
                values.iter_mut().for_each(|g| *g -= 1.0);
                (None, Some(values))
            }
            (_, false) => {
                values.iter_mut().for_each(|t| *t = num::larger(*t, self.floor));
                (Some(values), None)
            }
        }
    }
}

/// The mean of draws.
pub(super) fn mean(draws: &[f64]) -> f64 {
    num::sum_of_many(draws) / draws.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(base: Option<BaseOutlook>, in_growth: bool, floor: f64) -> Recipe {
        let points = Points::new(3);
        let own_table = StudentTable::shared(4.0);
        let shock = points.strata(0).iter().map(|s| 0.02 * own_table.at(usize::from(*s))).collect();
        let shared = Arc::new(Shared { points, shock, base_table: StudentTable::shared(4.0), own_table });
        Recipe { shared, centre: 0.05, scale: 0.1, dimension: 7, base, in_growth, floor }
    }

    #[test]
    fn draws_that_are_made_again_are_those_that_were_kept() {
        let base = |scale| Some(BaseOutlook { ln_median: 5.0, scale });
        let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
        for (base, in_growth, floor) in [
            (base(0.0), true, 0.0),
            (base(0.0), true, 160.0),
            (base(0.05), true, 150.0),
            (None, true, 0.0),
            (None, false, 1.0),
            (base(0.05), false, 0.0),
        ] {
            let recipe = recipe(base, in_growth, floor);
            let kept = recipe.kept(&mut Strata::default());
            let made = recipe.summed_up(&mut Strata::default());
            let pairs = [(&kept.total, &made.total), (&kept.growth, &made.growth), (&kept.base, &made.base)];
            for (kept, made) in pairs {
                let (Some(kept), Some(made)) = (kept, made) else {
                    assert!(kept.is_none() && made.is_none());
                    continue;
                };
                assert_eq!(kept.summary(), made.summary());
                assert_eq!(made.look(bits), kept.look(bits));
                assert_eq!(made.chance(0.07), kept.chance(0.07));
                assert_eq!(bits(made.draws()), bits(kept.draws()));
                assert_eq!(made, kept);
            }
        }
    }
}
