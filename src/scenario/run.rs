//! A scenario run: from levers to figures, in the outlook's own draws.

use crate::ledger::Ledger;
use crate::outlook::UnitKind;
use crate::scenario::baseline::{Baseline, Book, Figures, Place, Point};
use crate::scenario::works::Change;
use crate::scenario::{LeverId, Scenario, ScenarioError, Setting, Warning};
use crate::stats;
use crate::target::TargetKind;

/// What a scenario does to one month of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthEffect {
    /// Month, 12 for the year.
    pub month: u8,
    /// As the outlook tells it.
    pub base: Figures,
    /// Under the scenario: the outlook's figure plus the paired difference; a chance is held to 0–1.
    pub scenario: Figures,
    /// Standard error of the difference in the chance, from the draws.
    pub se: f64,
    /// Standard error of the difference in mean growth, in points; in mean amount where no growth is known.
    pub se_middle: f64,
}

impl MonthEffect {
    /// Difference of the medians in points; `None` where growth is not known.
    pub fn points(&self) -> Option<f64> {
        Some(100.0 * (self.scenario.growth? - self.base.growth?))
    }

    /// Difference of the chances; `None` where nothing is owed.
    pub fn chance(&self) -> Option<f64> {
        Some(self.scenario.probability? - self.base.probability?)
    }
}

/// What a scenario does to one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitEffect {
    /// Id of the unit, as the outlook has it.
    pub id: String,
    /// What it is.
    pub kind: UnitKind,
    /// Which ledger.
    pub ledger: Ledger,
    /// Months ahead for which something is owed, ascending, and December.
    pub months: Vec<MonthEffect>,
}

impl UnitEffect {
    /// December; `None` where the year is over or has no outlook.
    pub fn december(&self) -> Option<&MonthEffect> {
        self.months.last().filter(|m| m.month == 12)
    }
}

/// What a scenario does.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Every unit of every ledger, in the outlook's order.
    pub units: Vec<UnitEffect>,
    /// What the reader must know.
    pub warnings: Vec<Warning>,
}

impl Outcome {
    /// The effect on a unit of a ledger.
    pub fn unit(&self, id: &str, ledger: Ledger) -> Option<&UnitEffect> {
        self.units.iter().find(|u| u.id == id && u.ledger == ledger)
    }
}

/// What the levers do to a unit, before any draw.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Push {
    /// Of the rest of the year, as a part of it.
    pub(super) rest: f64,
    /// Of the base: a factor.
    pub(super) base: f64,
    /// Mean amount of the projects by month, cumulated.
    pub(super) amount: [f64; 12],
}

impl Baseline {
    /// Runs a scenario.
    ///
    /// The draws are the outlook's own, so that an effect is no noise; with no lever set the figures are the outlook's to the
    /// last bit. Where a unit is made up of others, its change is the sum of theirs.
    ///
    /// # Errors
    /// [`ScenarioError`] for a scenario of another year, a name that the case does not have, a scope that a lever does
    /// not take, or a lever that needs projects where there are none.
    pub fn run(&self, scenario: &Scenario) -> Result<Outcome, ScenarioError> {
        let warnings = self.check(scenario)?;
        Ok(self.run_checked(&scenario.settings, warnings))
    }

    /// Runs settings that were checked.
    pub(super) fn run_checked(&self, settings: &[Setting], mut warnings: Vec<Warning>) -> Outcome {
        let (works, funds) = match &self.projects {
            Some(projects) => (self.works(projects, settings, &mut warnings), self.funds(projects, settings)),
            None => (Change::new(), Change::new()),
        };
        let mut units = Vec::new();
        for book in &self.books {
            let change = match book.ledger {
                Ledger::Fai | Ledger::Works => &works,
                Ledger::Attraction => &funds,
                Ledger::Granted => &Change::new(),
            };
            units.extend(self.run_book(book, settings, change));
        }
        warnings.dedup();
        Outcome { units, warnings }
    }

    fn run_book(&self, book: &Book, settings: &[Setting], change: &Change) -> Vec<UnitEffect> {
        let pushes = self.pushes(book, settings, change);
        let mut months: Vec<Vec<MonthEffect>> = vec![Vec::new(); book.places.len()];
        let all: std::collections::BTreeSet<u8> =
            book.places.iter().flat_map(|p| p.points.iter().map(|x| x.month)).collect();
        for month in all {
            let deltas = deltas(book, &pushes, month);
            let goals = self.goals(book, settings, month, &deltas, &pushes);
            for (at, place) in book.places.iter().enumerate() {
                let Some(point) = place.points.iter().find(|p| p.month == month) else { continue };
                months[at].push(effect(point, &deltas[at], 1.0 + pushes[at].base, goals[at]));
            }
        }
        let unit = |(place, months): (&Place, Vec<MonthEffect>)| UnitEffect {
            id: place.id.clone(),
            kind: place.kind,
            ledger: book.ledger,
            months,
        };
        book.places.iter().zip(months).map(unit).collect()
    }

    fn pushes(&self, book: &Book, settings: &[Setting], change: &Change) -> Vec<Push> {
        let mut pushes = vec![Push::default(); book.places.len()];
        for (push, place) in pushes.iter_mut().zip(&book.places) {
            let rest = |lever| self.rest(settings, place.region, lever);
            match book.ledger {
                Ledger::Fai => {
                    push.rest = (1.0 + rest(LeverId::Pace)) * (1.0 + rest(LeverId::SectorShock)) - 1.0;
                    push.base = rest(LeverId::Base);
                }
                Ledger::Attraction => push.rest = rest(LeverId::FundsPace),
                Ledger::Works | Ledger::Granted => {}
            }
        }
        let counted = |region: usize| match book.ledger {
            Ledger::Fai => {
                let set = self.rest(settings, Some(region), LeverId::Coverage) + 1.0;
                let any = settings.iter().any(|s| s.lever == LeverId::Coverage);
                if any && set != 1.0 { set / 100.0 / self.coverage.median } else { 1.0 }
            }
            _ => 1.0,
        };
        for (region, cells) in change {
            let mut sum = 0.0;
            let cumulated: [f64; 12] = cells.map(|x| {
                sum += counted(*region) * x;
                sum
            });
            for at in carriers(book, *region, &self.parents) {
                (0..12).for_each(|m| pushes[at].amount[m] += cumulated[m]);
            }
        }
        // A base that changed inside changes the sum's by its weight.
        for at in &book.inside_out {
            let place = &book.places[*at];
            let Some(december) = place.points.last().filter(|_| place.covered) else { continue };
            let median = |p: &Point| stats::median(p.base.iter().copied());
            let inner = book.places.iter().zip(&pushes).filter(|(p, _)| p.parent == Some(*at) && p.additive);
            let moved: f64 = inner.filter_map(|(p, push)| Some(push.base * median(p.points.last()?)?)).sum();
            if let Some(whole) = median(december).filter(|_| moved != 0.0) {
                pushes[*at].base = moved / whole;
            }
        }
        pushes
    }

    /// What is owed by each unit at a month: as the plan says, or as the shortfall is shared out.
    fn goals(
        &self,
        book: &Book,
        settings: &[Setting],
        month: u8,
        deltas: &[Vec<f64>],
        pushes: &[Push],
    ) -> Vec<Option<f64>> {
        let mut goals: Vec<Option<f64>> = book
            .places
            .iter()
            .map(|p| p.points.iter().find(|x| x.month == month).and_then(|x| x.goal).map(|g| g.value))
            .collect();
        let levers = [LeverId::TakeOver, LeverId::TakeOverByCapacity];
        if month != 12 || book.ledger != Ledger::Fai {
            return goals;
        }
        for setting in settings.iter().filter(|s| levers.contains(&s.lever) && s.value > 0.0) {
            let around = setting.scope.region.as_ref().and_then(|n| self.regions.iter().position(|r| r == n));
            self.share_out(book, setting, around, deltas, pushes, &mut goals);
        }
        goals
    }
}

impl Baseline {
    /// December's chance of every unit of `fai` under settings, with a further change of the projects' spend.
    pub(super) fn chances(&self, settings: &[Setting], more: &Change) -> Vec<Option<f64>> {
        let Some((book, change)) = self.changed(settings, more) else { return Vec::new() };
        let effects = self.run_book(book, settings, &change);
        effects.iter().map(|u| u.december()?.scenario.probability).collect()
    }

    /// The mean amount of projects that each draw of a unit's December lacks under settings; `None` where nothing is owed.
    pub(super) fn lacking(&self, book: &Book, unit: usize, settings: &[Setting]) -> Option<Vec<f64>> {
        let (_, change) = self.changed(settings, &Change::new())?;
        let pushes = self.pushes(book, settings, &change);
        let deltas = deltas(book, &pushes, 12);
        let goal = self.goals(book, settings, 12, &deltas, &pushes)[unit]?;
        let place = &book.places[unit];
        let december = place.points.last().filter(|p| p.month == 12)?;
        let by_growth = december.goal?.kind == TargetKind::Growth;
        let base = 1.0 + pushes[unit].base;
        let lack = |(i, total): (usize, &f64)| {
            let owed = if by_growth { (1.0 + goal) * base * december.base(i) } else { goal };
            (owed - total - deltas[unit].get(i).copied().unwrap_or(0.0)) / place.multiplier[i].max(1e-9)
        };
        (!by_growth || !december.base.is_empty())
            .then(|| december.total.iter().enumerate().map(lack).collect())
    }

    fn changed(&self, settings: &[Setting], more: &Change) -> Option<(&Book, Change)> {
        let book = self.books.iter().find(|b| b.ledger == Ledger::Fai)?;
        let mut change = match &self.projects {
            Some(projects) => self.works(projects, settings, &mut Vec::new()),
            None => Change::new(),
        };
        for (region, cells) in more {
            let sum = change.entry(*region).or_insert([0.0; 12]);
            (0..12).for_each(|m| sum[m] += cells[m]);
        }
        Some((book, change))
    }
}

/// The change of every unit's amounts at a month, one a draw; empty where there is none.
fn deltas(book: &Book, pushes: &[Push], month: u8) -> Vec<Vec<f64>> {
    let mut deltas: Vec<Vec<f64>> = vec![Vec::new(); book.places.len()];
    for at in &book.inside_out {
        let place = &book.places[*at];
        let Some(point) = place.points.iter().find(|p| p.month == month) else { continue };
        let delta = delta(place, point, &pushes[*at], |out| {
            for (inner, other) in book.places.iter().zip(&deltas) {
                if inner.parent == Some(*at) && inner.additive && !other.is_empty() {
                    out.resize(out.len().max(other.len()), 0.0);
                    out.iter_mut().zip(other).for_each(|(sum, x)| *sum += x);
                }
            }
        });
        deltas[*at] = delta;
    }
    deltas
}

/// The units that hold a region's change themselves: its own and, where it is no summand, that of the region around it;
/// of a region that is made up of others, the unallocated rest or, without one, the region.
pub(super) fn carriers(book: &Book, region: usize, parents: &[Option<usize>]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = Some(region);
    for _ in 0..=parents.len() {
        let Some(here) = at else { break };
        let own = |p: &&usize| book.places[**p].region == Some(here);
        let all: Vec<usize> = (0..book.places.len()).collect();
        let Some(unit) = all.iter().filter(own).find(|p| book.places[**p].kind != UnitKind::Unallocated)
        else {
            at = parents[here];
            continue;
        };
        let rest = all.iter().filter(own).find(|p| book.places[**p].kind == UnitKind::Unallocated);
        out.push(if book.places[*unit].covered { *rest.unwrap_or(unit) } else { *unit });
        if book.places[*unit].additive {
            break;
        }
        at = parents[here];
    }
    out
}

/// The change of a unit's amounts, one a draw; empty where there is none.
fn delta(place: &Place, point: &Point, push: &Push, inner: impl Fn(&mut Vec<f64>)) -> Vec<f64> {
    let mut out = Vec::new();
    if point.total.is_empty() {
        return out;
    }
    if place.covered {
        inner(&mut out);
    }
    let amount = push.amount[usize::from(point.month.clamp(1, 12)) - 1];
    let rest = if place.covered { 0.0 } else { push.rest };
    if rest == 0.0 && amount == 0.0 {
        return out;
    }
    out.resize(point.total.len(), 0.0);
    let ytd = place.ytd;
    for ((delta, total), times) in out.iter_mut().zip(&point.total).zip(&place.multiplier) {
        // What is done is done: no lever takes it back.
        *delta += (rest * (total - ytd) + amount * times).max(ytd - total);
    }
    out
}

/// The figures of a month: `total` are amounts by draw, `base` a factor on the base, `goal` what is owed.
pub(super) fn figures(point: &Point, total: &[f64], base: f64, goal: Option<f64>) -> Figures {
    let n = if total.is_empty() { point.growth.len() } else { total.len() };
    let growth: Vec<f64> = if total.is_empty() {
        point.growth.iter().map(|g| (1.0 + g) / base - 1.0).collect()
    } else if point.base.is_empty() {
        Vec::new()
    } else {
        total.iter().enumerate().map(|(i, t)| t / (point.base(i) * base) - 1.0).collect()
    };
    let judged = match point.goal.map(|g| g.kind) {
        Some(TargetKind::Growth) => growth.as_slice(),
        Some(TargetKind::Amount | TargetKind::Completion) => total,
        None => &[],
    };
    let probability = goal.filter(|_| !judged.is_empty()).map(|goal| {
        let goal = goal - 1e-12 * goal.abs().max(1.0);
        judged.iter().filter(|x| **x >= goal).count() as f64 / n as f64
    });
    Figures { total: middle(total.to_vec()), growth: middle(growth), probability }
}

/// The lower middle value.
fn middle(mut values: Vec<f64>) -> Option<f64> {
    let at = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable_by(at, f64::total_cmp).1)
}

fn effect(point: &Point, delta: &[f64], base: f64, goal: Option<f64>) -> MonthEffect {
    let owed = point.goal.map(|g| g.value);
    if delta.is_empty() && base == 1.0 && goal == owed {
        return MonthEffect {
            month: point.month,
            base: point.full,
            scenario: point.full,
            se: 0.0,
            se_middle: 0.0,
        };
    }
    let total: Vec<f64> = if delta.is_empty() {
        point.total.clone()
    } else {
        point.total.iter().zip(delta).map(|(t, d)| t + d).collect()
    };
    let after = figures(point, &total, base, goal);
    let moved = |full: Option<f64>, here: Option<f64>, after: Option<f64>| Some(full? + (after? - here?));
    let chance = moved(point.full.probability, point.here.probability, after.probability);
    let scenario = Figures {
        total: moved(point.full.total, point.here.total, after.total),
        growth: moved(point.full.growth, point.here.growth, after.growth),
        probability: chance.map(|p| p.clamp(0.0, 1.0)),
    };
    let (se, se_middle) = errors(point, &total, base, goal);
    MonthEffect { month: point.month, base: point.full, scenario, se, se_middle }
}

/// Standard errors of the paired differences: in the chance, and in mean growth (points) or mean amount.
fn errors(point: &Point, total: &[f64], base: f64, goal: Option<f64>) -> (f64, f64) {
    let n = if total.is_empty() { point.growth.len() } else { total.len() };
    let growth = |i: usize, amounts: &[f64], factor: f64| {
        if amounts.is_empty() {
            (1.0 + point.growth[i]) / factor - 1.0
        } else {
            amounts[i] / (point.base(i) * factor) - 1.0
        }
    };
    let in_growth = total.is_empty() || !point.base.is_empty();
    let owed = point.goal.filter(|g| in_growth || g.kind != TargetKind::Growth).map(|g| g.value).zip(goal);
    let by_growth = point.goal.is_some_and(|g| g.kind == TargetKind::Growth);
    let by_amount = !by_growth && !total.is_empty();
    let (mut hits, mut hits_squared, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for i in 0..n {
        let (before, after) = if in_growth {
            (growth(i, &point.total, 1.0), growth(i, total, base))
        } else {
            (point.total[i], total[i])
        };
        let change = after - before;
        sum += change;
        squares += change * change;
        if let Some((was, is)) = owed.filter(|_| by_growth || by_amount) {
            let (before, after) = if by_growth { (before, after) } else { (point.total[i], total[i]) };
            let met = |x: f64, goal: f64| f64::from(u8::from(x >= goal - 1e-12 * goal.abs().max(1.0)));
            let change = met(after, is) - met(before, was);
            hits += change;
            hits_squared += change * change;
        }
    }
    let count = n as f64;
    let error =
        |sum: f64, squares: f64| ((squares / count - (sum / count) * (sum / count)).max(0.0) / count).sqrt();
    let scale = if in_growth { 100.0 } else { 1.0 };
    (error(hits, hits_squared), scale * error(sum, squares))
}
