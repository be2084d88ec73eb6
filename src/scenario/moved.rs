//! An outlook as it would be under a scenario: its own draws, moved.

use crate::error::Note;
use crate::ledger::Ledger;
use crate::outlook::{Landing, MonthOutlook, Outlook, Unit};
use crate::scenario::baseline::Baseline;
use crate::scenario::book::{Book, Point};
use crate::scenario::run::{Push, deltas_of};
use crate::scenario::works::Change;
use crate::scenario::{Scenario, ScenarioError};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// An outlook under a scenario.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Months that are known, and those ahead that were wanted.
    pub outlook: Outlook,
    /// What each unit owes by December where a lever moves it: growth, a ratio.
    pub goals: Vec<Option<f64>>,
    /// What the reader must know.
    pub warnings: Vec<Note>,
}

impl Baseline {
    /// The outlook of a ledger under a scenario, in the draws that scenarios use; with all of them the figures are those of
    /// [`Baseline::run`], and what does not move is the outlook's own to the last bit.
    ///
    /// `outlook` must be the one that this baseline was made from. December and the months by which something is owed are
    /// always told; `also` says of which units every month ahead is.
    ///
    /// # Errors
    /// As [`Baseline::run`]; [`ScenarioError::Unknown`] for a ledger without figures.
    pub fn moved(
        &self,
        scenario: &Scenario,
        ledger: Ledger,
        outlook: &Outlook,
        also: impl Fn(&Unit) -> bool,
    ) -> Result<Moved, ScenarioError> {
        let mut warnings = self.check(scenario)?;
        let unknown = || ScenarioError::Unknown {
            what: "ledger",
            got: ledger.to_string(),
            known: self.books.iter().map(|b| b.ledger.to_string()).collect(),
            nearest: None,
        };
        let book = self.book(ledger).ok_or_else(unknown)?;
        // Spend beyond the fastest on record is warned of whichever ledger shows it.
        let works = self.works(&scenario.settings, &mut warnings);
        let change = match ledger {
            Ledger::Fai | Ledger::Works => works,
            Ledger::Attraction => self.funds(&scenario.settings),
            Ledger::Granted => Change::default(),
        };
        let pushes = self.pushes(book, &scenario.settings, &change);
        let wanted: Vec<BTreeSet<u8>> = book
            .places
            .iter()
            .zip(&outlook.units)
            .map(|(place, unit)| {
                let every = also(unit);
                let owed = |m: &u8| place.point(*m).is_some();
                let ahead = unit.months.keys().copied().filter(|m| *m > unit.through);
                ahead.filter(|m| every || *m == 12 || owed(m)).collect()
            })
            .collect();
        let all: BTreeSet<u8> = wanted.iter().flatten().copied().collect();
        let mut units: Vec<Unit> = outlook.units.iter().map(known).collect();
        let mut goals = vec![None; units.len()];
        for month in all {
            let deltas = self.deltas_at(book, &pushes, outlook, month, &wanted);
            if month == 12 {
                let moved = self.goals(book, &scenario.settings, month, &deltas, &pushes);
                let was = |at: usize| Some(book.places[at].point(12)?.goal?.value);
                goals = moved.into_iter().enumerate().map(|(at, g)| g.filter(|_| g != was(at))).collect();
            }
            for (at, unit) in units.iter_mut().enumerate().filter(|(at, _)| wanted[*at].contains(&month)) {
                if let Some(before) = outlook.units[at].months.get(&month) {
                    let point = book.places[at].point(month);
                    let base = 1.0 + pushes[at].base;
                    unit.months.insert(month, shifted(before, point, &deltas[at], base, self.draws));
                }
            }
        }
        warnings.dedup();
        Ok(Moved { outlook: Outlook { as_of: outlook.as_of, units }, goals, warnings })
    }

    /// The change of amounts at a month for every unit that is wanted, and for those that it is made up of.
    fn deltas_at(
        &self,
        book: &Book,
        pushes: &[Push],
        outlook: &Outlook,
        month: u8,
        wanted: &[BTreeSet<u8>],
    ) -> Vec<Vec<f64>> {
        let mut need: Vec<bool> = wanted.iter().map(|months| months.contains(&month)).collect();
        for at in book.inside_out.iter().rev() {
            if need[*at] && book.places[*at].covered {
                book.inner[*at].iter().for_each(|k| need[*k] = true);
            }
        }
        // What is held already is not made again: that took most of a large panel's move.
        let draws = |at: usize| -> Cow<'_, [f64]> {
            let unit = &outlook.units[at];
            if let Some(point) = book.places[at].point(month).filter(|_| need[at]) {
                return Cow::Borrowed(&point.total);
            }
            let total = unit.months.get(&month).and_then(|m| m.total.as_ref());
            let told = total.filter(|_| need[at] && (unit.ytd.is_some() || unit.through == 0));
            match told {
                Some(Landing::Drawn(d)) => d.kept_or_made(),
                _ => Cow::Borrowed(&[]),
            }
        };
        let totals: Vec<Cow<'_, [f64]>> = (0..book.places.len()).map(draws).collect();
        let drawn = |at: usize| &totals[at][..self.draws.min(totals[at].len())];
        deltas_of(book, pushes, month, drawn, |at| wanted[at].contains(&month))
    }
}

/// A unit with what is known of its year alone.
fn known(unit: &Unit) -> Unit {
    let months = unit.months.iter().filter(|(month, _)| **month <= unit.through);
    Unit {
        region: unit.region.clone(),
        kind: unit.kind,
        parent: unit.parent.clone(),
        additive: unit.additive,
        through: unit.through,
        ytd: unit.ytd,
        growth_ytd: unit.growth_ytd,
        base_kind: unit.base_kind,
        base_to_date: unit.base_to_date,
        months: months.map(|(month, figures)| (*month, figures.clone())).collect(),
        notes: unit.notes.clone(),
    }
}

/// A month with every draw's amount moved by `delta` (empty: not at all) and every base by a factor. `point` is what is held of
/// its draws; of months that scenarios do not tell of they are made.
fn shifted(
    before: &MonthOutlook,
    point: Option<&Point>,
    delta: &[f64],
    base: f64,
    draws: usize,
) -> MonthOutlook {
    if delta.is_empty() && base == 1.0 {
        return before.clone();
    }
    // Of amounts that no scenario tells of nothing is held.
    let point = point.filter(|p| before.total.is_none() || !p.total.is_empty());
    let prefix = |l: &Landing| -> Vec<f64> { l.look(|values| values.iter().copied().take(draws).collect()) };
    let moved = |values: &[f64]| -> Vec<f64> { values.iter().zip(delta).map(|(t, d)| t + d).collect() };
    let total: Option<Vec<f64>> = before.total.as_ref().map(|total| match (point, delta) {
        (Some(point), []) => point.total.clone(),
        (Some(point), _) => moved(&point.total),
        (None, []) => prefix(total),
        (None, _) => total.look(moved),
    });
    let inverse = 1.0 / base;
    let growth = before.growth.as_ref().map(|growth| match (&total, &before.base, point) {
        (Some(total), Some(Landing::Known(one)), _) => {
            total.iter().map(|t| t * (1.0 / one * inverse) - 1.0).collect()
        }
        (Some(total), Some(Landing::Drawn(_)), Some(point)) => {
            total.iter().zip(&point.inverse_base).map(|(t, b)| t * b * inverse - 1.0).collect()
        }
        (Some(total), Some(Landing::Drawn(many)), None) => {
            many.look(|many| total.iter().zip(many).map(|(t, b)| t * (1.0 / b) * inverse - 1.0).collect())
        }
        (None, _, Some(point)) => point.growth.iter().map(|g| (1.0 + g) * inverse - 1.0).collect(),
        _ => prefix(growth).iter().map(|g| (1.0 + g) * inverse - 1.0).collect(),
    });
    let scaled = |landing: &Landing| match landing {
        Landing::Known(x) => Landing::Known(x * base),
        Landing::Drawn(d) if base != 1.0 => {
            Landing::drawn(d.look(|values| values.iter().take(draws).map(|b| b * base).collect()))
        }
        Landing::Drawn(_) => landing.clone(),
    };
    MonthOutlook {
        total: total.map(Landing::drawn),
        growth: growth.map(Landing::drawn),
        base: before.base.as_ref().map(scaled),
        voices: before.voices.clone(),
    }
}
