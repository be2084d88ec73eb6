//! The shortfall of districts under target, shared out among the others.

use crate::num;
use crate::par;
use crate::scenario::baseline::Baseline;
use crate::scenario::book::{Book, Place};
use crate::scenario::run::Push;
use crate::scenario::{LeverId, Setting};
use crate::stats;
use crate::target::TargetKind;

/// Chance up to which a district is taken to have something to spare.
const SURE: f64 = 0.8;

impl Baseline {
    /// Lowers what districts owe that fall short on the median, by the lever's part of their shortfall, and raises what
    /// the others owe by as much: in proportion to their year bases, or to what each could give and still keep an 80 %
    /// chance. The districts' sum, and so the city's target, stays what it was. Where nobody has anything to spare, nothing
    /// moves.
    pub(super) fn share_out(
        &self,
        book: &Book,
        (setting, later): (&Setting, &[Setting]),
        deltas: &[Vec<f64>],
        pushes: &[Push],
        goals: &mut [Option<f64>],
    ) {
        let inside = |setting: &Setting, place: &Place| {
            let around = setting.scope.region.as_ref().and_then(|name| self.region(name));
            around.is_none_or(|a| place.region.is_some_and(|r| r != a && self.lies_in(r, a)))
        };
        // The last setting in whose scope a district lies holds.
        let mine = |place: &Place| {
            let later = later.iter().filter(|s| s.lever == setting.lever);
            inside(setting, place) && !later.clone().any(|s| inside(s, place))
        };
        let wanted = |at: &usize| {
            let place = &book.places[*at];
            place.additive && place.parent.is_some() && !place.covered && mine(place)
        };
        let wanted: Vec<(usize, f64)> =
            (0..book.places.len()).filter(wanted).filter_map(|at| Some((at, goals[at]?))).collect();
        let districts: Vec<District> = par::map(&wanted, |(at, goal)| {
            District::new(*at, &book.places[*at], *goal, &deltas[*at], 1.0 + pushes[*at].base)
        })
        .into_iter()
        .flatten()
        .collect();
        let part = setting.value / 100.0;
        let taken = part * num::sum(districts.iter().map(|d| (d.owed - d.median).max(0.0)));
        let by_base = setting.lever == LeverId::TakeOver;
        let weight = |d: &District| match (d.median >= d.owed, by_base) {
            (false, _) => 0.0,
            (true, true) => d.base,
            (true, false) => d.spare.max(0.0),
        };
        let all = num::sum(districts.iter().map(weight));
        if taken <= 0.0 || all <= 0.0 {
            return;
        }
        for district in &districts {
            let moved = if district.median < district.owed {
                -part * (district.owed - district.median)
            } else {
                taken * weight(district) / all
            };
            goals[district.at] = Some((district.owed + moved) / district.base - 1.0);
        }
    }
}

struct District {
    at: usize,
    base: f64,
    /// Amount owed on the median base.
    owed: f64,
    median: f64,
    /// What lies between what is owed and what is reached with a chance of 80 %.
    spare: f64,
}

impl District {
    fn new(at: usize, place: &Place, goal: f64, delta: &[f64], base: f64) -> Option<Self> {
        let december = place.december()?;
        december.goal.filter(|g| g.kind == TargetKind::Growth)?;
        let base = base * december.base?;
        let totals: Vec<f64> = december
            .total
            .iter()
            .enumerate()
            .map(|(i, t)| t + delta.get(i).copied().unwrap_or(0.0))
            .collect();
        let sure = stats::at_rank(&totals, ((1.0 - SURE) * totals.len() as f64) as usize)?;
        let median = stats::median(totals.iter().copied())?;
        let owed = base * (1.0 + goal);
        Some(Self { at, base, owed, median, spare: sure - owed })
    }
}
