//! A scenario's effect shared out over its levers, so that the parts add up (Shapley).

use crate::scenario::baseline::Baseline;
use crate::scenario::{Scenario, ScenarioError, Setting};
use crate::stats::Random;

/// Up to so many levers every combination is run; beyond, orders are drawn.
const EXACT: usize = 10;
/// Orders drawn beyond that.
const ORDERS: usize = 128;

/// What one lever brings to one unit's December.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// Median growth, points; 0 where growth is not known.
    pub points: f64,
    /// Median amount; 0 in a growth-only region.
    pub total: f64,
    /// Chance of what is owed; 0 where nothing is.
    pub chance: f64,
    /// Standard error of `points` from drawing orders; 0 where every combination was run.
    pub se: f64,
}

/// The parts: by unit in the outcome's order, then by lever in the scenario's.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// One row a unit, one entry a lever.
    pub parts: Vec<Vec<Part>>,
    /// Whether every combination was run.
    pub exact: bool,
}

/// A sharing out that is under way: long for many levers, so it is done in steps and can be dropped.
///
/// Each lever gets the mean, over all orders in which levers can be set, of what setting it adds: with n levers and n ≤ 10
/// from all 2ⁿ combinations, beyond from 128 drawn orders with their standard error. What interacts is split evenly, and
/// the parts add up to the whole effect. Source: Shapley (1953); Castro, Gómez & Tejada (2009) for drawn orders.
#[derive(Debug, Clone)]
pub struct Attribution {
    settings: Vec<Setting>,
    /// Value of each combination that was run, by unit.
    values: Vec<Vec<Part>>,
    work: Work,
}

#[derive(Debug, Clone)]
enum Work {
    /// Combinations as bits, counting up.
    All,
    /// Orders of levers, and their parts so far: sums and sums of squares.
    Orders { orders: Vec<Vec<usize>>, done: usize, sums: Vec<Vec<(Part, f64)>> },
}

impl Attribution {
    /// Plans it; nothing is run yet.
    ///
    /// # Errors
    /// As [`Baseline::run`].
    pub fn plan(baseline: &Baseline, scenario: &Scenario) -> Result<Self, ScenarioError> {
        baseline.check(scenario)?;
        let settings = scenario.settings.clone();
        let n = settings.len();
        let work = if n <= EXACT {
            Work::All
        } else {
            let mut random = Random::new(baseline.seed(), 0x5a9_1e7);
            let mut order: Vec<usize> = (0..n).collect();
            let orders = (0..ORDERS)
                .map(|k| {
                    // Each order is followed by its reverse: errors of the two partly cancel.
                    if k % 2 == 0 {
                        for i in (1..n).rev() {
                            let j = ((random.uniform() * (i + 1) as f64) as usize).min(i);
                            order.swap(i, j);
                        }
                    } else {
                        order.reverse();
                    }
                    order.clone()
                })
                .collect();
            Work::Orders { orders, done: 0, sums: Vec::new() }
        };
        Ok(Self { settings, values: Vec::new(), work })
    }

    /// Part of the work that is done, 0–1.
    pub fn progress(&self) -> f64 {
        match &self.work {
            Work::All => self.values.len() as f64 / (1_u64 << self.settings.len()) as f64,
            Work::Orders { orders, done, .. } => *done as f64 / orders.len() as f64,
        }
    }

    /// Does a piece; `true` when all is done.
    pub fn step(&mut self, baseline: &Baseline) -> bool {
        match &mut self.work {
            Work::All => {
                let (next, all) = (self.values.len(), 1_usize << self.settings.len());
                if next < all {
                    let set = (0..self.settings.len()).filter(|k| next & (1 << k) != 0);
                    let settings: Vec<Setting> = set.map(|k| self.settings[k].clone()).collect();
                    self.values.push(value(baseline, &settings));
                }
                self.values.len() >= all
            }
            Work::Orders { orders, done, sums } => {
                let Some(order) = orders.get(*done) else { return true };
                let mut before = value(baseline, &[]);
                if sums.is_empty() {
                    *sums = vec![vec![(Part::default(), 0.0); self.settings.len()]; before.len()];
                }
                for upto in 1..=order.len() {
                    // Settings in the scenario's order: where two of a lever overlap the later one holds.
                    let mut set: Vec<usize> = order[..upto].to_vec();
                    set.sort_unstable();
                    let settings: Vec<Setting> = set.iter().map(|k| self.settings[*k].clone()).collect();
                    let after = value(baseline, &settings);
                    for (unit, (a, b)) in after.iter().zip(&before).enumerate() {
                        let (sum, squares) = &mut sums[unit][order[upto - 1]];
                        let points = a.points - b.points;
                        sum.points += points;
                        sum.total += a.total - b.total;
                        sum.chance += a.chance - b.chance;
                        *squares += points * points;
                    }
                    before = after;
                }
                *done += 1;
                *done >= orders.len()
            }
        }
    }

    /// The parts; `None` before all steps are done.
    pub fn finish(self) -> Option<Shared> {
        let n = self.settings.len();
        match self.work {
            Work::All => {
                if self.values.len() < 1 << n {
                    return None;
                }
                let units = self.values.first().map_or(0, Vec::len);
                let parts =
                    (0..units).map(|unit| (0..n).map(|lever| exact(&self.values, unit, lever, n)).collect());
                Some(Shared { parts: parts.collect(), exact: true })
            }
            Work::Orders { orders, done, sums } => {
                let count = orders.len() as f64;
                let mean = |(sum, squares): (Part, f64)| {
                    let points = sum.points / count;
                    let se = ((squares / count - points * points).max(0.0) / count).sqrt();
                    Part { points, total: sum.total / count, chance: sum.chance / count, se }
                };
                let parts = sums.into_iter().map(|row| row.into_iter().map(mean).collect()).collect();
                (done >= orders.len()).then_some(Shared { parts, exact: false })
            }
        }
    }
}

/// December's median growth in points, median amount and chance of every unit.
fn value(baseline: &Baseline, settings: &[Setting]) -> Vec<Part> {
    let effects = baseline.effects(settings);
    let figures = effects.iter().map(|u| u.december().map(|d| d.scenario).unwrap_or_default());
    figures
        .map(|f| Part {
            points: 100.0 * f.growth.unwrap_or(0.0),
            total: f.total.unwrap_or(0.0),
            chance: f.probability.unwrap_or(0.0),
            se: 0.0,
        })
        .collect()
}

/// Σ over sets S without the lever of |S|! (n − |S| − 1)! ÷ n! × (v(S + lever) − v(S)).
fn exact(values: &[Vec<Part>], unit: usize, lever: usize, n: usize) -> Part {
    let mut weights = vec![1.0 / n as f64; n];
    for size in 1..n {
        // (|S|)! (n − |S| − 1)! ÷ n! from the one before.
        weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
    }
    let mut part = Part::default();
    for set in (0..values.len()).filter(|set| set & (1 << lever) == 0) {
        let (a, b) = (values[set | 1 << lever][unit], values[set][unit]);
        let weight = weights[set.count_ones() as usize];
        part.points += weight * (a.points - b.points);
        part.total += weight * (a.total - b.total);
        part.chance += weight * (a.chance - b.chance);
    }
    part
}
