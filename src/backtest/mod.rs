//! Rolling origins: what would have been said at past months, and how far off it was.

mod score;

pub use score::{Promise, Score};

use crate::calendar::YearMonth;
use crate::ledger::Ledger;
use crate::model;
use crate::outlook::{Ask, Outlook, UnitKind};
use crate::panel::{Cells, Panel, PanelError};
use crate::{par, stats};
use score::{Mark, Truth, total};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The name under which the blend of all models is scored.
pub const BLEND: &str = "blend";

/// What a backtest is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Months known at each origin.
    pub cuts: Vec<u8>,
    /// How many of the last complete years are scored.
    pub years: usize,
    /// The last year that is, where later ones are known too; else the last complete one.
    pub last: Option<i32>,
    /// Seed of the draws.
    pub seed: u64,
}

/// One answer at one origin, with its mark.
struct Trialled {
    model: &'static str,
    origin: YearMonth,
    mark: Mark,
}

/// A backtest under way: one origin a step, so that the caller can show progress and stop.
///
/// ```
/// # use landfall::{backtest::{Backtest, Trial}, case::Case, ledger::Ledger};
/// let case = Case::sample("national")?;
/// let trial = Trial { cuts: vec![9], years: 3, last: None, seed: 1 };
/// let mut backtest = Backtest::plan(case.cells(), Ledger::Fai, &trial)?;
/// while backtest.step() {}
/// let scores = backtest.scores();
/// let blend = scores.iter().find(|s| s.model == "blend" && s.year.is_none()).unwrap();
/// assert!(blend.n == 3 && blend.growth_mae_pp.is_some_and(|e| e < 1.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Backtest<'a> {
    cells: Cow<'a, Cells>,
    ledger: Ledger,
    truth: Panel,
    origins: Vec<YearMonth>,
    seed: u64,
    done: usize,
    trialled: Vec<Trialled>,
}

impl<'a> Backtest<'a> {
    /// Plans the origins: each cut of the last `years` years that are complete for any region.
    ///
    /// # Errors
    /// [`PanelError`] where the ledger has no rows.
    pub fn plan(cells: &'a Cells, ledger: Ledger, trial: &Trial) -> Result<Self, PanelError> {
        Self::of(Cow::Borrowed(cells), ledger, trial)
    }

    /// The same with cells of its own, for a door that cannot hold what it borrows from.
    ///
    /// # Errors
    /// As [`Backtest::plan`].
    ///
    /// ```
    /// # use landfall::{backtest::{Backtest, Trial}, case::Case, ledger::Ledger};
    /// let cells = Case::sample("national")?.cells().clone();
    /// let trial = Trial { cuts: vec![9], years: 1, last: Some(2020), seed: 1 };
    /// let mut backtest = Backtest::plan_owned(cells, Ledger::Fai, &trial)?;
    /// while backtest.step() {}
    /// assert_eq!(backtest.progress(), (1, 1));
    /// assert!(backtest.scores().iter().all(|score| score.year.is_none_or(|year| year == 2020)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan_owned(cells: Cells, ledger: Ledger, trial: &Trial) -> Result<Backtest<'static>, PanelError> {
        Backtest::of(Cow::Owned(cells), ledger, trial)
    }

    fn of(cells: Cow<'a, Cells>, ledger: Ledger, trial: &Trial) -> Result<Self, PanelError> {
        let end = YearMonth { year: cells.months().last().map_or(0, |m| m.year), month: 12 };
        let (truth, _) = cells.panel(ledger, end)?;
        let complete = |y: &i32| truth.members().any(|r| truth.through(r, *y) == 12);
        let last = trial.last.map_or(truth.last_year(), |last| last.min(truth.last_year()));
        let mut years: Vec<i32> =
            (truth.first_year() + 1..=last).rev().filter(complete).take(trial.years).collect();
        years.reverse();
        let origins = years
            .iter()
            .flat_map(|y| trial.cuts.iter().map(move |c| YearMonth { year: *y, month: *c }))
            .collect();
        Ok(Self { cells, ledger, truth, origins, seed: trial.seed, done: 0, trialled: Vec::new() })
    }

    /// Origins done, and in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.origins.len())
    }

    /// Answers one more origin from what was known then, with the blend and with each model alone, which has
    /// its own errors and so its own width; `false` when all are done.
    pub fn step(&mut self) -> bool {
        let Some(origin) = self.origins.get(self.done).copied() else { return false };
        self.done += 1;
        let Ok((panel, _)) = self.cells.panel(self.ledger, origin) else { return true };
        let ask = Ask { as_of: origin, months: [12].into(), seed: self.seed, roll_up: [].into() };
        self.mark(BLEND, origin, &Outlook::learn(&panel, &ask));
        for model in model::all() {
            let id = model.id();
            self.mark(id, origin, &Outlook::learn_with(&panel, &ask, &[model]));
        }
        self.done < self.origins.len()
    }

    fn mark(&mut self, model: &'static str, origin: YearMonth, outlook: &Outlook) {
        let marks = par::map(&outlook.units, |unit| {
            let scored = unit.kind == UnitKind::Region && unit.through == origin.month;
            let region = self.truth.tree().find(&unit.region).filter(|_| scored)?;
            Mark::new(unit.december()?, &self.what_came(region, origin.year))
        });
        self.trialled.extend(marks.into_iter().flatten().map(|mark| Trialled { model, origin, mark }));
    }

    fn what_came(&self, region: usize, year: i32) -> Truth {
        let total = |y| self.truth.ytd(region, y, 12).filter(|t| *t > 0.0);
        let changes =
            (self.truth.first_year() + 1..year).filter_map(|y| Some((total(y)? - total(y - 1)?).abs()));
        Truth {
            total: total(year),
            growth: self.truth.growth(region, year, 12),
            last_growth: self.truth.growth(region, year - 1, 12),
            usual_change: stats::mean(changes),
        }
    }

    /// The scores so far: every model at every cut over all years, then year by year.
    pub fn scores(&self) -> Vec<Score> {
        let mut groups: BTreeMap<(bool, Option<i32>, u8, &str), Vec<&Mark>> = BTreeMap::new();
        for one in &self.trialled {
            let (year, cut) = (one.origin.year, one.origin.month);
            groups.entry((false, None, cut, one.model)).or_default().push(&one.mark);
            groups.entry((true, Some(year), cut, one.model)).or_default().push(&one.mark);
        }
        groups.into_iter().map(|((_, year, cut, model), marks)| total(model, cut, year, &marks)).collect()
    }

    /// The chances that the blend gave for last year's growth + 0, 2 and 4 points, with the cut at which each
    /// was given: what a reliability diagram is drawn from.
    pub fn promises(&self) -> Vec<(u8, Promise)> {
        let of_blend = self.trialled.iter().filter(|t| t.model == BLEND);
        of_blend.flat_map(|t| t.mark.promises.iter().map(|p| (t.origin.month, *p))).collect()
    }
}
