//! What JSON says of a goal seek, a tornado and the least to do.

use crate::case::{Case, CaseError, NoteReport};
use crate::error::Lang;
use crate::ledger::Ledger;
use crate::scenario::{Bar, Baseline, Goals, Least, LeastStep, LeverId, Scenario, ScenarioError, Sought};
use serde::Serialize;
use std::collections::BTreeMap;

/// `scenario --seek --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SeekReport {
    /// Version of the contract: 1.
    pub schema: u32,
    /// Id of the lever.
    pub lever: String,
    /// The region asked about.
    pub region: String,
    /// Ledger.
    #[cfg_attr(test, ts(type = "\"fai\" | \"works\" | \"attraction\" | \"granted\""))]
    pub ledger: Ledger,
    /// The chance asked for.
    pub chance: f64,
    /// The value that gives it, nearest to the lever's default; none where no possible value does.
    pub value: Option<f64>,
    /// Whether it lies beyond what is on record or usual.
    pub beyond_history: bool,
    /// The chance at the value or, where there is none, the best there is.
    pub probability: f64,
    /// The value of the best chance.
    pub best_at: f64,
    /// The chance without this lever.
    pub without: f64,
}

impl SeekReport {
    /// The answer to a seek.
    pub fn new(sought: &Sought, lever: LeverId, region: &str, ledger: Ledger, chance: f64) -> Self {
        Self {
            schema: 1,
            lever: lever.to_string(),
            region: region.to_owned(),
            ledger,
            chance,
            value: sought.value,
            beyond_history: sought.beyond_history,
            probability: sought.chance,
            best_at: sought.best_at,
            without: sought.without,
        }
    }
}

/// One lever alone over its range: a bar of a tornado.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BarReport {
    /// Id of the lever.
    pub lever: String,
    /// Its low end.
    pub low: f64,
    /// Its high end.
    pub high: f64,
    /// Points of median growth at the low and the high end; none where growth is not known.
    pub median_pp: Option<[f64; 2]>,
    /// The chance at the low and the high end; none where nothing is owed.
    pub probability: Option<[f64; 2]>,
}

impl From<&Bar> for BarReport {
    fn from(bar: &Bar) -> Self {
        let both = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| [a, b]);
        Self {
            lever: bar.low.lever.to_string(),
            low: bar.low.value,
            high: bar.high.value,
            median_pp: both(bar.at_low.points(), bar.at_high.points()),
            probability: both(bar.at_low.scenario.probability, bar.at_high.scenario.probability),
        }
    }
}

/// `scenario --least --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeastReport {
    /// Version of the contract: 1.
    pub schema: u32,
    /// The chance asked for.
    pub chance: f64,
    /// The projects to bring forward, the largest gain first.
    pub projects: Vec<ChosenReport>,
    /// Their cost.
    pub cost: f64,
    /// No set costs less.
    pub bound: f64,
    /// Whether `cost` is proven to be the least.
    pub proven: bool,
    /// By how much what is needed was raised over the first estimate, a ratio, since the projects run through together
    /// fell short of it; `bound` and `proven` refer to the raised need.
    pub need_raised: f64,
    /// Projects that could have been chosen.
    #[cfg_attr(test, ts(type = "number"))]
    pub candidates: usize,
    /// The chances of every unit.
    pub units: Vec<ReachReport>,
    /// Units that do not reach the chance with all candidates either.
    pub out_of_reach: Vec<String>,
    /// What the reader must know.
    pub warnings: Vec<NoteReport>,
}

/// A project to bring forward.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChosenReport {
    /// Id in the list.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Region.
    pub region: String,
    /// What it is expected to spend more by December, in the panel's unit.
    pub gain: f64,
    /// Cost or effort, as given.
    pub cost: f64,
}

/// What a unit reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReachReport {
    /// Id of the unit.
    pub region: String,
    /// Its chance as it is.
    pub before: f64,
    /// Its chance with the chosen projects.
    pub after: f64,
    /// Its chance with all candidates.
    pub with_all: f64,
}

impl LeastReport {
    /// The answer in a language.
    pub fn new(least: &Least, chance: f64, lang: Lang) -> Self {
        let project = |c: &crate::scenario::Chosen| ChosenReport {
            id: c.id.clone(),
            name: c.name.clone(),
            region: c.region.clone(),
            gain: c.gain,
            cost: c.cost,
        };
        let reach = |(region, [before, after, with_all]): &(String, [f64; 3])| ReachReport {
            region: region.clone(),
            before: *before,
            after: *after,
            with_all: *with_all,
        };
        Self {
            schema: 1,
            chance,
            projects: least.chosen.iter().map(project).collect(),
            cost: least.cost,
            bound: least.bound,
            proven: least.proven,
            need_raised: least.need_raised,
            candidates: least.candidates,
            units: least.chances.iter().map(reach).collect(),
            out_of_reach: least.out_of_reach.clone(),
            warnings: least.warnings.iter().map(|w| NoteReport::new(w, lang)).collect(),
        }
    }
}

impl Case {
    /// The fewest projects that, brought forward, would bring every district that can reach it to a chance, for the task list of
    /// a bulletin; `None` without projects, and where there is no fixed-asset investment.
    ///
    /// # Errors
    /// [`CaseError::Scenario`] for a chance out of range.
    pub fn least(
        &self,
        baseline: &Baseline,
        chance: f64,
        lang: Lang,
    ) -> Result<Option<LeastReport>, CaseError> {
        if !self.has_pipeline() {
            return Ok(None);
        }
        let as_it_is = Scenario::empty("", baseline.as_of().year);
        let mut step = match LeastStep::plan(baseline, &as_it_is, &Goals::Every, chance, &BTreeMap::new()) {
            Ok(step) => step,
            // Without fixed-asset investment there is no such question.
            Err(ScenarioError::NotLeast { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        while !step.step(baseline)? {}
        Ok(Some(LeastReport::new(&step.finish(baseline), chance, lang)))
    }
}
