//! Scenarios of a case, and what JSON says of them.

use crate::calendar::YearMonth;
use crate::case::words::{scope_parts, unit_label};
use crate::case::{Answer, Case, CaseError, NoteReport, Source};
use crate::error::{Diagnostic, Lang, Note, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::num::pow;
use crate::outlook::UnitKind;
use crate::pipeline::{Assumptions, Funnel, Pipeline};
use crate::scenario::{
    Attribution, Baseline, Figures, Ledgered, Lever, LeverUnit, MonthEffect, Narrows, Outcome, Scenario,
    ScenarioError, Shared, nearest,
};
use crate::stats::normal_quantile;
use crate::table::{ProjectRow, read_pipeline};
use crate::unit::{Unit, fixed};
use serde::Serialize;

impl Case {
    /// The same case with a list of projects.
    ///
    /// # Errors
    /// [`CaseError::Faulty`] with every finding where one of them is an error.
    pub fn with_pipeline(mut self, source: Source<'_>) -> Result<Self, CaseError> {
        let (mut rows, mut found) = read_pipeline(source.text, source.name);
        found.extend(self.bring_to_panel(&mut rows, source.name));
        let month = self.usual_month()?;
        found.extend(Pipeline::new(rows.clone(), source.name, Some(self.cells.tree()), month).1);
        if found.iter().any(|d| d.severity == Severity::Error) {
            return Err(CaseError::Faulty { found });
        }
        self.found.extend(found);
        self.projects = Some(rows);
        Ok(self)
    }

    /// Brings amounts of projects to the panel's unit; says where that cannot be done.
    fn bring_to_panel(&self, rows: &mut [ProjectRow], file: &str) -> Option<Diagnostic> {
        let panel = &self.cells.unit();
        let strange =
            rows.iter_mut().filter_map(|row| (!row.bring_to(panel)).then_some((row.line, row.unit.clone())));
        let (line, unit) = strange.fold(None, |first, one| first.or(Some(one)))?;
        let unknown = *panel == Unit::Unknown;
        Some(Diagnostic {
            code: "project_unit",
            severity: if unknown { Severity::Warning } else { Severity::Error },
            place: Place { file: Some(file.into()), row: Some(line), ..Place::default() },
            value: unit.to_string(),
            text: if unknown {
                Said::new(
                    format!(
                        "the projects' amounts are in {unit}, and the panel names no unit: both are taken for the same"
                    ),
                    format!("项目金额单位为{unit}，而投资数据未注明单位，按同一单位处理"),
                )
            } else {
                Said::new(
                    format!("the projects' amounts are in {unit}, which has no ratio to the panel's {panel}"),
                    format!("项目金额单位为{unit}，不能换算为投资数据的单位{panel}"),
                )
            },
            help: Said::new("name the unit in both files", "请在两个文件中都注明单位"),
        })
    }

    /// Whether it has a list of projects.
    pub fn has_pipeline(&self) -> bool {
        self.projects.is_some()
    }

    /// The list of projects as of a month; `None` where there is none.
    pub(super) fn pipeline(&self, as_of: YearMonth) -> Option<Pipeline> {
        let rows = self.projects.as_ref()?;
        Some(Pipeline::new(rows.clone(), "", Some(self.cells.tree()), as_of).0)
    }

    /// The region that a person means: by its name, an alias, or its English name.
    ///
    /// # Errors
    /// [`CaseError::Scenario`] for a name that is none of these, with the one most like it.
    pub fn region(&self, baseline: &Baseline, name: &str) -> Result<String, CaseError> {
        if let Some(region) = self.plan.as_ref().and_then(|p| p.called(name)) {
            return Ok(region.name.clone());
        }
        let known = baseline.regions();
        // A part that no region names, such as the unallocated one, is known by its id.
        if known.iter().any(|r| r == name) || name.contains('/') {
            return Ok(name.to_owned());
        }
        let listed = self.plan.iter().flat_map(|p| &p.regions);
        let others = listed.flat_map(|r| &r.label_en);
        let nearest = nearest(name, known.iter().chain(others).map(String::as_str)).map(str::to_owned);
        Err(ScenarioError::Unknown { what: "region", got: name.into(), known: known.to_vec(), nearest }
            .into())
    }

    /// A scenario with every region by the name that the data has, where it was written by an alias or in English.
    #[must_use]
    pub fn by_name(&self, mut scenario: Scenario) -> Scenario {
        for name in scenario.settings.iter_mut().filter_map(|s| s.scope.region.as_mut()) {
            if let Some(region) = self.plan.as_ref().and_then(|p| p.called(name)) {
                region.name.clone_into(name);
            }
        }
        scenario
    }

    /// What scenarios are compared with: an answer of this case, in its first `draws` draws.
    ///
    /// ```
    /// # use landfall::{case::{Case, Question}, ledger::Ledger, scenario::{LeverId, Scenario, Setting}, stats::DRAWS};
    /// let case = Case::sample("wuzhong-2023")?;
    /// let answer = case.ask(&Question::default())?;
    /// let baseline = case.baseline(&answer, DRAWS)?;
    /// let mut scenario = Scenario::empty("A tenth faster", 2023);
    /// let city = |outcome: &landfall::scenario::Outcome| outcome.unit("吴忠市", Ledger::Fai).unwrap().december().unwrap().clone();
    /// let before = city(&baseline.run(&scenario)?);
    /// assert_eq!(before.base, before.scenario);
    /// scenario.settings.push(Setting::new(LeverId::Pace, 1.1));
    /// let after = city(&baseline.run(&scenario)?);
    /// assert!(after.chance().unwrap() > 0.1 && after.points().unwrap() > 2.0);
    /// # Ok::<(), landfall::case::CaseError>(())
    /// ```
    ///
    /// # Errors
    /// [`CaseError::Scenario`] for an assumption outside its range.
    pub fn baseline(&self, answer: &Answer, draws: usize) -> Result<Baseline, CaseError> {
        let ledgers: Vec<Ledgered<'_>> =
            answer.ledgers.iter().map(|a| Ledgered { panel: &a.panel, outlook: &a.outlook }).collect();
        let projects = self.pipeline(answer.as_of);
        let projects = projects.map(|pipeline| (pipeline, Assumptions::default(), Funnel::default()));
        Ok(Baseline::new(&self.cells, &ledgers, self.plan.as_ref(), projects, answer.seed, draws)?)
    }
}

/// `scenario --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScenarioReport {
    /// Version of the contract: 1.
    pub schema: u32,
    /// Name of the scenario.
    pub scenario: String,
    /// Draws used.
    #[cfg_attr(test, ts(type = "number"))]
    pub draws: usize,
    /// Seed of the draws.
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// Last data month, `YYYY-MM`.
    pub as_of: String,
    /// Which part of the projects' spend the statistics are taken to count.
    pub coverage: CoverageReport,
    /// One entry a unit and ledger.
    pub units: Vec<ScenarioUnit>,
    /// What the reader must know.
    pub warnings: Vec<NoteReport>,
}

/// Which part of the projects' spend the statistics are taken to count: a ratio, with its 80 % interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CoverageReport {
    /// Median.
    pub median: f64,
    /// 10 % quantile.
    pub low: f64,
    /// 90 % quantile.
    pub high: f64,
    /// Whether it comes from the projects' entry in the books; else it is an assumption.
    pub from_data: bool,
}

/// A scenario's effect on one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScenarioUnit {
    /// Id of the unit, as the outlook has it.
    pub region: String,
    /// Name to show.
    pub label: String,
    /// What it is.
    #[cfg_attr(test, ts(type = "\"region\" | \"unallocated\" | \"rolled_up\""))]
    pub kind: UnitKind,
    /// Ledger.
    #[cfg_attr(test, ts(type = "\"fai\" | \"works\" | \"attraction\" | \"granted\""))]
    pub ledger: Ledger,
    /// December as the outlook tells it.
    pub base: FiguresReport,
    /// December under the scenario.
    pub scenario: FiguresReport,
    /// The difference.
    pub effect: EffectReport,
    /// Months by which something is owed before December.
    pub milestones: Vec<MilestoneEffect>,
    /// What each lever brings, in the scenario's order; empty where it was not asked for.
    pub by_lever: Vec<LeverShare>,
}

/// What a unit reaches.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FiguresReport {
    /// Median growth, a ratio.
    pub median: Option<f64>,
    /// Median amount.
    pub total: Option<f64>,
    /// Chance of what is owed.
    pub probability: Option<f64>,
}

/// A difference with its error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EffectReport {
    /// Of the median growth, points.
    pub median_pp: Option<f64>,
    /// Of the median amount.
    pub total: Option<f64>,
    /// Of the chance.
    pub probability: Option<f64>,
    /// Standard error of the chance's difference.
    pub se: f64,
    /// Standard error of mean growth's difference, points; of the mean amount's where growth is not known.
    pub se_pp: f64,
}

/// A scenario's effect on a milestone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MilestoneEffect {
    /// Month, 1–11.
    pub month: u8,
    /// As the outlook tells it.
    pub base: FiguresReport,
    /// Under the scenario.
    pub scenario: FiguresReport,
    /// The difference.
    pub effect: EffectReport,
}

/// What one lever brings to a unit's December: its Shapley value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeverShare {
    /// Id of the lever.
    pub lever: String,
    /// What the scenario sets it to.
    pub value: f64,
    /// To what it is narrowed, as shown; nothing where it acts on all.
    pub scope: Vec<String>,
    /// Points of median growth.
    pub shapley_pp: f64,
    /// Median amount.
    pub shapley_total: f64,
    /// Chance.
    pub shapley_probability: f64,
    /// Standard error of `shapley_pp`; 0 where every combination was run.
    pub se: f64,
}

impl LeverShare {
    /// The lever with what it is set to, as `value` writes it, and where.
    pub fn told(
        &self,
        levers: &[LeverReport],
        lang: Lang,
        value: impl Fn(&LeverReport, f64) -> String,
    ) -> String {
        let Some(lever) = levers.iter().find(|lever| lever.id == self.lever) else {
            return self.lever.clone();
        };
        let place = match (self.scope.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::En) => format!(" ({})", self.scope.join(", ")),
            (false, Lang::Zh) => format!("（{}）", self.scope.join("·")),
        };
        format!("{} {}{place}", lever.label, value(lever, self.value))
    }
}

/// A lever, as terminal and page build themselves from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LeverReport {
    /// Id.
    pub id: String,
    /// Name to show.
    pub label: String,
    /// What its value counts.
    #[cfg_attr(
        test,
        ts(type = "\"months\" | \"percent\" | \"projects\" | \"amount\" | \"month\" | \"times\"")
    )]
    pub unit: LeverUnit,
    /// Least possible value.
    pub min: f64,
    /// Greatest possible value.
    pub max: f64,
    /// Least value on record or usual: the slider's end.
    pub hist_min: f64,
    /// Greatest value on record or usual: the slider's end.
    pub hist_max: f64,
    /// Whether they are on record in this case; else they are an assumption.
    pub from_data: bool,
    /// The value that stands for "as it is".
    pub default: f64,
    /// Step of a slider.
    pub step: f64,
    /// By what it can be narrowed.
    #[cfg_attr(test, ts(type = "{ region: boolean, sector: boolean, stage: boolean }"))]
    pub narrows: Narrows,
    /// The ledgers that it moves.
    #[cfg_attr(test, ts(type = "(\"fai\" | \"works\" | \"attraction\" | \"granted\")[]"))]
    pub ledgers: Vec<Ledger>,
}

impl LeverReport {
    /// A lever in a language.
    pub fn new(lever: &Lever, lang: Lang) -> Self {
        Self {
            id: lever.id.to_string(),
            label: lever.label.lang(lang).to_owned(),
            unit: lever.unit,
            min: lever.possible.0,
            max: lever.possible.1,
            hist_min: lever.history.0,
            hist_max: lever.history.1,
            from_data: lever.from_data,
            default: lever.default,
            step: lever.step,
            narrows: lever.narrows,
            ledgers: lever.ledgers.to_vec(),
        }
    }
}

impl LeverReport {
    /// All levers of a baseline.
    pub fn all(baseline: &Baseline, lang: Lang) -> Vec<Self> {
        baseline.levers().iter().map(|lever| Self::new(lever, lang)).collect()
    }

    /// A value with its unit, no more digits than its step has; `money` is the unit of amounts.
    pub fn told(&self, value: f64, money: &str, lang: Lang) -> String {
        let digits = (0..4)
            .find(|d| {
                let s = self.step * pow(10.0, f64::from(*d));
                (s - s.round()).abs() < 1e-6
            })
            .unwrap_or(2);
        let number = fixed(value, digits as usize);
        let number = match number.split_once('.') {
            Some(_) => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
            None => number,
        };
        match self.unit {
            LeverUnit::Amount => format!("{number}{}{money}", lang.pick(" ", "")),
            unit => format!("{number}{}", unit.behind(value, lang)),
        }
    }
}

impl From<Figures> for FiguresReport {
    fn from(f: Figures) -> Self {
        Self { median: f.growth, total: f.total, probability: f.probability }
    }
}

impl EffectReport {
    fn of(month: &MonthEffect) -> Self {
        let total = month.scenario.total.zip(month.base.total).map(|(a, b)| a - b);
        let (median_pp, probability) = (month.points(), month.chance());
        Self { median_pp, total, probability, se: month.se, se_pp: month.se_middle }
    }
}

impl ScenarioReport {
    /// An outcome in a language, with the levers' shares where they were asked for.
    ///
    /// `baseline` must be made from `answer`, and `outcome` by it.
    pub fn new(
        answer: &Answer,
        baseline: &Baseline,
        scenario: &Scenario,
        outcome: &Outcome,
        shared: Option<&Shared>,
        lang: Lang,
    ) -> Self {
        let label = |id: &str| {
            let listed = answer.plan.as_ref().and_then(|p| p.find_region(id));
            listed.map_or_else(|| id.to_owned(), |r| r.label(lang).to_owned())
        };
        let units = outcome.units.iter().enumerate().filter_map(|(at, unit)| {
            let december = unit.december()?;
            let by_lever = shared.iter().flat_map(|s| &s.parts[at]).zip(&scenario.settings);
            Some(ScenarioUnit {
                region: unit.id.clone(),
                label: {
                    let region = unit.id.strip_suffix("/unallocated").unwrap_or(&unit.id);
                    unit_label(unit.kind, &label(region), lang)
                },
                kind: unit.kind,
                ledger: unit.ledger,
                base: december.base.into(),
                scenario: december.scenario.into(),
                effect: EffectReport::of(december),
                milestones: unit
                    .months
                    .iter()
                    .filter(|m| m.month < 12)
                    .map(|m| MilestoneEffect {
                        month: m.month,
                        base: m.base.into(),
                        scenario: m.scenario.into(),
                        effect: EffectReport::of(m),
                    })
                    .collect(),
                by_lever: by_lever
                    .map(|(part, setting)| LeverShare {
                        lever: setting.lever.to_string(),
                        value: setting.value,
                        scope: scope_parts(&setting.scope, label, lang),
                        shapley_pp: part.points,
                        shapley_total: part.total,
                        shapley_probability: part.chance,
                        se: part.se,
                    })
                    .collect(),
            })
        });
        let coverage = baseline.coverage();
        let z = normal_quantile(0.9).unwrap_or_default();
        let [low, high] = [-z, z].map(|z| coverage.at(z));
        Self {
            schema: 1,
            scenario: scenario.name.clone(),
            draws: baseline.draws(),
            seed: baseline.seed(),
            as_of: baseline.as_of().to_string(),
            coverage: CoverageReport { median: coverage.median, low, high, from_data: coverage.from_data },
            units: units.collect(),
            warnings: notes(answer, outcome).iter().map(|note| NoteReport::new(note, lang)).collect(),
        }
    }
}

impl ScenarioReport {
    /// What a scenario changes, with the share of each of its levers, and what the reader must know in both languages. `known`
    /// are the shares where they have been worked out already.
    ///
    /// `baseline` must be made from `answer`.
    ///
    /// # Errors
    /// [`CaseError::Scenario`] for a lever that cannot be set so.
    pub fn with_shares(
        answer: &Answer,
        baseline: &Baseline,
        scenario: &Scenario,
        known: Option<&Shared>,
        lang: Lang,
    ) -> Result<(Self, Vec<Note>), CaseError> {
        let outcome = baseline.run(scenario)?;
        let found = match known {
            Some(_) => None,
            None => {
                let mut attribution = Attribution::plan(baseline, scenario)?;
                while !attribution.step(baseline) {}
                attribution.finish()
            }
        };
        let shared = known.or(found.as_ref());
        Ok((Self::new(answer, baseline, scenario, &outcome, shared, lang), notes(answer, &outcome)))
    }
}

/// What the reader of an outcome must know.
fn notes(answer: &Answer, outcome: &Outcome) -> Vec<Note> {
    let units = answer.ledgers.iter().flat_map(|of| of.outlook.units.iter().map(move |unit| (of, unit)));
    let moved = units.zip(&outcome.units).filter_map(|((of, unit), effect)| {
        let december = effect.december()?;
        Some((of, unit, [december.base.total?, december.scenario.total?]))
    });
    outcome.warnings.iter().cloned().chain(answer.beyond_record(moved)).collect()
}

impl From<ScenarioError> for CaseError {
    fn from(error: ScenarioError) -> Self {
        Self::Scenario(Box::new(error))
    }
}
