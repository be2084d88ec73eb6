//! A scenario run: from levers to figures, in the outlook's own draws.

use crate::error::Note;
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::outlook::UnitKind;
use crate::par;
use crate::scenario::baseline::Baseline;
use crate::scenario::book::{Book, Figures, Place};
use crate::scenario::figures::effect;
use crate::scenario::works::Change;
use crate::scenario::{LeverId, Scenario, ScenarioError, Setting, warning};
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
    pub warnings: Vec<Note>,
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
    fn run_checked(&self, settings: &[Setting], mut warnings: Vec<Note>) -> Outcome {
        let (works, funds) = (self.works(settings, &mut warnings), self.funds(settings));
        let none = Change::default();
        let run = |book: &Book| {
            let change = match book.ledger {
                Ledger::Fai | Ledger::Works => &works,
                Ledger::Attraction => &funds,
                Ledger::Granted => &none,
            };
            self.run_book(book, settings, change)
        };
        let units: Vec<UnitEffect> = self.books.iter().flat_map(run).collect();
        if !settings.is_empty() && units.iter().flat_map(|u| &u.months).all(|m| m.scenario == m.base) {
            let only_growth = self.books.iter().all(Book::is_growth_only);
            warnings.push(if only_growth { warning::only_growth() } else { warning::no_effect() });
        }
        warnings.dedup();
        Outcome { units, warnings }
    }

    /// Runs settings that were checked, for every unit of every ledger: what [`Baseline::run`] gives, without its warnings.
    pub(super) fn effects(&self, settings: &[Setting]) -> Vec<UnitEffect> {
        self.run_checked(settings, Vec::new()).units
    }

    /// The same for the units of one ledger, with a further change of the projects' spend.
    pub(super) fn effects_in(&self, book: &Book, settings: &[Setting], more: &Change) -> Vec<UnitEffect> {
        self.run_book(book, settings, &self.change(book, settings, more))
    }

    /// The change of a ledger's amounts that settings make, and a further one.
    fn change(&self, book: &Book, settings: &[Setting], more: &Change) -> Change {
        let mut change = match book.ledger {
            Ledger::Fai | Ledger::Works => self.works(settings, &mut Vec::new()),
            Ledger::Attraction => self.funds(settings),
            Ledger::Granted => Change::default(),
        };
        more.iter().for_each(|(region, cells)| change.gather(region, cells));
        change
    }

    fn run_book(&self, book: &Book, settings: &[Setting], change: &Change) -> Vec<UnitEffect> {
        let pushes = self.pushes(book, settings, change);
        let mut months: Vec<Vec<MonthEffect>> = vec![Vec::new(); book.places.len()];
        let all = order::set(book.places.iter().flat_map(|p| p.points.iter().map(|x| x.month)));
        let every: Vec<usize> = (0..book.places.len()).collect();
        for month in all {
            let deltas = deltas(book, &pushes, month);
            let goals = self.goals(book, settings, month, &deltas, &pushes);
            let told = par::map(&every, |at| {
                Some(effect(book.places[*at].point(month)?, &deltas[*at], 1.0 + pushes[*at].base, goals[*at]))
            });
            months.iter_mut().zip(told).for_each(|(months, told)| months.extend(told));
        }
        let unit = |(place, months): (&Place, Vec<MonthEffect>)| UnitEffect {
            id: place.id.clone(),
            kind: place.kind,
            ledger: book.ledger,
            months,
        };
        book.places.iter().zip(months).map(unit).collect()
    }

    pub(super) fn pushes(&self, book: &Book, settings: &[Setting], change: &Change) -> Vec<Push> {
        let mut pushes = vec![Push::default(); book.places.len()];
        for (push, place) in pushes.iter_mut().zip(&book.places) {
            let set = |lever| self.last(settings, place.region?, lever);
            match book.ledger {
                Ledger::Fai => {
                    let pace = set(LeverId::Pace).unwrap_or(1.0);
                    push.rest = pace * (1.0 + self.shock(settings, place.region)) - 1.0;
                    push.base = set(LeverId::Base).map_or(0.0, |percent| percent / 100.0);
                }
                Ledger::Attraction => push.rest = set(LeverId::FundsPace).map_or(0.0, |times| times - 1.0),
                Ledger::Works | Ledger::Granted => {}
            }
        }
        let counted = |region: usize| {
            let set = self.last(settings, region, LeverId::Coverage).filter(|_| book.ledger == Ledger::Fai);
            set.map_or(1.0, |percent| percent / 100.0 / self.coverage.median)
        };
        for (region, cells) in change.iter() {
            let (mut sum, counted) = (0.0, counted(region));
            let cumulated: [f64; 12] = cells.map(|x| {
                sum += counted * x;
                sum
            });
            for at in book.carriers(region, &self.parents) {
                (0..12).for_each(|m| pushes[at].amount[m] += cumulated[m]);
            }
        }
        for at in &book.inside_out {
            let place = &book.places[*at];
            if book.inner[*at].is_empty() {
                continue;
            }
            let inner = || book.inner[*at].iter().map(|k| (&book.places[*k], &pushes[*k]));
            let Some(december) = place.december() else { continue };
            if place.covered {
                // A base that changed inside changes the sum's by its weight; one that was set for the sum holds.
                let moved: f64 = inner().filter_map(|(p, push)| Some(push.base * p.december()?.base?)).sum();
                if let Some(whole) = december.base.filter(|_| moved != 0.0 && pushes[*at].base == 0.0) {
                    pushes[*at].base = moved / whole;
                }
                continue;
            }
            // Of some unit inside no amount is known: what moves the others, and projects everywhere, moves the whole too.
            let rest = |p: &Place| Some(p.december()?.here.total? - p.ytd);
            let moved: f64 = inner().filter_map(|(p, push)| Some(push.rest * rest(p)?)).sum();
            let more: [f64; 12] = std::array::from_fn(|m| inner().map(|(_, push)| push.amount[m]).sum());
            if let Some(whole) = rest(place).filter(|w| *w > 0.0 && pushes[*at].rest == 0.0) {
                pushes[*at].rest = moved / whole;
            }
            (0..12).for_each(|m| pushes[*at].amount[m] += more[m]);
        }
        pushes
    }

    /// What is owed by each unit at a month: as the plan says, or as the shortfall is shared out.
    pub(super) fn goals(
        &self,
        book: &Book,
        settings: &[Setting],
        month: u8,
        deltas: &[Vec<f64>],
        pushes: &[Push],
    ) -> Vec<Option<f64>> {
        let mut goals: Vec<Option<f64>> =
            book.places.iter().map(|p| p.point(month)?.goal.map(|g| g.value)).collect();
        let levers = [LeverId::TakeOver, LeverId::TakeOverByCapacity];
        if month != 12 || book.ledger != Ledger::Fai {
            return goals;
        }
        for (at, setting) in settings.iter().enumerate().filter(|(_, s)| levers.contains(&s.lever)) {
            if setting.value > 0.0 {
                self.share_out(book, (setting, &settings[at + 1..]), deltas, pushes, &mut goals);
            }
        }
        goals
    }
}

impl Baseline {
    /// The mean amount of projects by December that gives each of some units a chance under settings: the quantile of what
    /// each draw lacks. `None` where nothing is owed, or the unit has the chance already.
    pub(super) fn needs(
        &self,
        book: &Book,
        units: &[usize],
        settings: &[Setting],
        chance: f64,
    ) -> Vec<Option<f64>> {
        let pushes = self.pushes(book, settings, &self.change(book, settings, &Change::default()));
        let deltas = deltas(book, &pushes, 12);
        let goals = self.goals(book, settings, 12, &deltas, &pushes);
        par::map(units, |at| {
            let mut lacking = lacking(&book.places[*at], &deltas[*at], 1.0 + pushes[*at].base, goals[*at])?;
            stats::sort(&mut lacking);
            let rank = ((chance * lacking.len() as f64).ceil() as usize).clamp(1, lacking.len()) - 1;
            Some(lacking[rank]).filter(|need| *need > 0.0)
        })
    }
}

/// The mean amount of projects that each draw of a unit's December lacks; `None` where nothing is owed.
fn lacking(place: &Place, delta: &[f64], base: f64, goal: Option<f64>) -> Option<Vec<f64>> {
    let (goal, december) = (goal?, place.december()?);
    let by_growth = december.goal?.kind == TargetKind::Growth;
    let lack = |(i, total): (usize, &f64)| {
        let owed = if by_growth { (1.0 + goal) * base * december.base(i) } else { goal };
        (owed - total - delta.get(i).copied().unwrap_or(0.0)) / place.multiplier[i].max(1e-9)
    };
    let known = !december.total.is_empty() && (!by_growth || !december.inverse_base.is_empty());
    known.then(|| december.total.iter().enumerate().map(lack).collect())
}

/// The change of every unit's amounts at a month, one a draw; empty where there is none.
fn deltas(book: &Book, pushes: &[Push], month: u8) -> Vec<Vec<f64>> {
    let totals = |at: usize| book.places[at].point(month).map_or(&[][..], |p| &p.total);
    deltas_of(book, pushes, month, totals, |_| true)
}

/// The same for the amounts that `totals` gives, one entry a draw; nothing changes where it gives none. A unit that is not
/// `wanted` is only added to what it is part of: its own change may come out empty.
pub(super) fn deltas_of<'a>(
    book: &Book,
    pushes: &[Push],
    month: u8,
    totals: impl Fn(usize) -> &'a [f64] + Sync,
    wanted: impl Fn(usize) -> bool + Sync,
) -> Vec<Vec<f64>> {
    let own = |at: usize, sum: Vec<f64>| delta(&book.places[at], (month, totals(at)), &pushes[at], sum);
    let every: Vec<usize> = (0..book.places.len()).collect();
    let held = |at: usize| wanted(at) && !book.places[at].covered;
    let mut deltas = par::map(&every, |at| if held(*at) { own(*at, Vec::new()) } else { Vec::new() });
    // What is made up of others moves by the sum of theirs.
    for at in book.inside_out.iter().filter(|at| book.places[**at].covered) {
        let mut sum: Vec<f64> = Vec::new();
        if !totals(*at).is_empty() {
            for k in &book.inner[*at] {
                let inner = &deltas[*k];
                if !held(*k) && !book.places[*k].covered {
                    sum = own(*k, sum);
                } else if sum.is_empty() {
                    sum.clone_from(inner);
                } else {
                    sum.iter_mut().zip(inner).for_each(|(sum, x)| *sum += x);
                }
            }
        }
        deltas[*at] = own(*at, sum);
    }
    deltas
}

/// The change of a unit's amounts, one a draw, beside what the units inside it bring; empty where there is none.
fn delta(place: &Place, (month, totals): (u8, &[f64]), push: &Push, inner: Vec<f64>) -> Vec<f64> {
    let amount = push.amount[usize::from(month.clamp(1, 12)) - 1];
    let rest = if place.covered { 0.0 } else { push.rest };
    if totals.is_empty() || (rest == 0.0 && amount == 0.0) {
        return inner;
    }
    let ytd = place.ytd;
    // What is done is done: no lever takes it back. Of a rest below zero (districts that add up to more than their city)
    // nothing is done: it moves with its part.
    let below_zero_too = place.kind == UnitKind::Unallocated;
    let one = |total: &f64, more: f64| {
        let moved = rest * (total - ytd) + more;
        if below_zero_too && *total < ytd { moved } else { num::larger(moved, ytd - total) }
    };
    // Without projects their factors need not be read: what a move costs is mostly what it reads.
    if amount == 0.0 {
        added(inner, totals.iter().map(|total| one(total, 0.0)))
    } else {
        added(inner, totals.iter().zip(&place.multiplier).map(|(total, times)| one(total, amount * times)))
    }
}

/// A column with another added to it; the other alone where there is none.
fn added(mut column: Vec<f64>, other: impl Iterator<Item = f64>) -> Vec<f64> {
    if column.is_empty() {
        return other.collect();
    }
    column.iter_mut().zip(other).for_each(|(sum, x)| *sum += x);
    column
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::book::{Goal, Point};
    use crate::scenario::figures::figures;

    /// One region with 50 done and December's amount normal (100, 10), last year 90, owing growth of 20 %.
    fn normal() -> Baseline {
        let points = stats::Points::new(3);
        let normal = |k: u16| stats::normal_quantile((f64::from(k) + 0.5) / stats::DRAWS as f64).unwrap();
        let total: Vec<f64> = points.strata(1).iter().map(|k| 100.0 + 10.0 * normal(*k)).collect();
        let growth = total.iter().map(|t| t * (1.0 / 90.0) - 1.0).collect();
        let mut point = Point {
            month: 12,
            inverse_base: vec![1.0 / 90.0],
            base: Some(90.0),
            growth,
            goal: Some(Goal { kind: TargetKind::Growth, value: 0.2 }),
            full: Figures::default(),
            here: Figures::default(),
            total,
        };
        point.here = figures(&point, &[], 1.0, Some(0.2)).0;
        point.full = point.here;
        let place = Place {
            id: "A".into(),
            kind: UnitKind::Region,
            region: Some(0),
            parent: None,
            additive: true,
            covered: false,
            ytd: 50.0,
            points: vec![point],
            multiplier: vec![1.0; stats::DRAWS],
        };
        Baseline {
            unit: crate::unit::Unit::Yi,
            as_of: crate::calendar::YearMonth { year: 2023, month: 7 },
            seed: 3,
            draws: stats::DRAWS,
            regions: vec!["A".into()],
            index: [("A".to_owned(), 0)].into(),
            parents: vec![None],
            books: vec![Book::of(Ledger::Fai, vec![place], 1)],
            projects: None,
            sectors: std::collections::BTreeMap::new(),
            sector_names: Vec::new(),
            lists: Vec::new(),
            coverage: crate::scenario::Coverage { median: 0.8, spread: 0.5, from_data: false },
            record: std::collections::BTreeMap::new(),
            completion: None,
            list_is_ahead: false,
        }
    }

    #[test]
    fn figures_agree_with_the_closed_form_of_a_normal() {
        let baseline = normal();
        // 1 − Φ((owed − 50 − pace × 50) ÷ (10 × pace)), owed 108 × the base's factor; Python 3.11, math.erf.
        for (lever, value, want) in [
            (LeverId::Pace, 1.0, 0.211_855_398_583_396_7),
            (LeverId::Pace, 1.1, 0.392_531_434_273_779_7),
            (LeverId::Pace, 0.9, 0.074_306_998_227_605_9),
            (LeverId::Base, -5.0, 0.397_431_886_798_239_7),
        ] {
            let scenario =
                Scenario { settings: vec![Setting::new(lever, value)], ..Scenario::empty("", 2023) };
            let outcome = baseline.run(&scenario).unwrap();
            let december = outcome.units[0].december().unwrap();
            let got = december.scenario.probability.unwrap();
            // The draws are stratified in the one dimension there is: off by a stratum at most.
            assert!((got - want).abs() <= 1.01 / stats::DRAWS as f64, "{lever} {value}: {got} {want}");
            let before = december.base.probability.unwrap();
            assert!((before - 0.211_855_398_583_396_7).abs() < 1e-4);
            // The paired error of a chance that rose by d for certain: √(d (1 − d) ÷ n).
            let d = (got - before).abs();
            assert!((december.se - (d * (1.0 - d) / stats::DRAWS as f64).sqrt()).abs() < 1e-12);
        }
    }
}
