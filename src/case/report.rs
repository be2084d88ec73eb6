//! The answer as JSON says it: ratios, months as integers, keys of the contract.

use crate::calendar::Calendar;
use crate::case::words::unit_label;
use crate::case::{Answer, Answered};
use crate::error::{Diagnostic, Lang, Note, Severity};
use crate::ledger::Ledger;
use crate::outlook::{LEVELS, Landing, Unit, UnitKind};
use crate::panel::BaseKind;
pub use crate::target::Light;
use crate::target::{Risk, Standing, TargetKind};
use serde::Serialize;

/// `outlook --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OutlookReport {
    /// Version of the contract: 1.
    pub schema: u32,
    /// Seed of the draws.
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// Last data month, `YYYY-MM`.
    pub as_of: String,
    /// What the case is about.
    pub title: Option<String>,
    /// A sentence to show wherever figures show that are illustrative.
    pub illustrative: Option<String>,
    /// Where targets and figures come from.
    pub source: Option<String>,
    /// Reporting periods.
    #[cfg_attr(test, ts(type = "\"cn11\" | \"m12\""))]
    pub calendar: Calendar,
    /// Name of the light rule.
    #[cfg_attr(test, ts(type = "string"))]
    pub light_rule: crate::target::RuleName,
    /// One entry a region and ledger.
    pub units: Vec<UnitReport>,
}

/// One region's year in one ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UnitReport {
    /// Name of the region in the data.
    pub region: String,
    /// Name to show.
    pub label: String,
    /// What the unit is.
    #[cfg_attr(test, ts(type = "\"region\" | \"unallocated\" | \"rolled_up\""))]
    pub kind: UnitKind,
    /// Name of the region around it.
    pub parent: Option<String>,
    /// Whether it counts in its parent's sum.
    pub additive: bool,
    /// Ledger.
    #[cfg_attr(test, ts(type = "\"fai\" | \"works\" | \"attraction\" | \"granted\""))]
    pub ledger: Ledger,
    /// Unit of every amount.
    pub unit: String,
    /// Year.
    pub year: i32,
    /// Last month known; 0 where nothing of the year is known.
    pub through: u8,
    /// Cumulative amount.
    pub ytd: Option<f64>,
    /// Growth of ytd.
    pub growth_ytd: Option<f64>,
    /// What growth is told against.
    #[cfg_attr(test, ts(type = "\"published\" | \"implied\" | \"unknown\""))]
    pub base_kind: BaseKind,
    /// Median comparable base of the year.
    pub year_base: Option<f64>,
    /// The year-end total.
    pub year_end: Option<SpreadReport>,
    /// The year-end growth.
    pub growth: Option<SpreadReport>,
    /// What is owed by December.
    pub target: Option<TargetReport>,
    /// The chance of reaching it.
    pub probability: Option<f64>,
    /// The chance as it is shown: in steps of 5 %, never across a threshold of the light; 0 is "under 5 %"
    /// and 1 "over 95 %".
    pub probability_shown: Option<f64>,
    /// Its light by the plan's rule.
    #[cfg_attr(test, ts(type = "\"green\" | \"yellow\" | \"red\" | null"))]
    pub light: Option<Light>,
    /// Median growth minus target, in points.
    pub gap_pp: Option<f64>,
    /// What remains to be done.
    pub need: Option<NeedReport>,
    /// Rank among the regions with the same parent.
    pub rank: Option<u32>,
    /// Ranks gained since the month before.
    pub rank_change: Option<i32>,
    /// What it adds to its parent's growth beyond keeping pace with it, in points.
    pub pull_pp: Option<f64>,
    /// What is owed earlier.
    pub milestones: Vec<MilestoneReport>,
    /// What each model says of December.
    pub weights: Vec<WeightReport>,
    /// What the reader must know.
    pub notes: Vec<NoteReport>,
}

/// A predictive distribution.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SpreadReport {
    /// Mean.
    pub mean: f64,
    /// Quantiles.
    pub quantiles: Quantiles,
}

/// Quantiles, keyed by their probability.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Quantiles {
    /// 2.5 %.
    #[serde(rename = "0.025")]
    pub p025: f64,
    /// 10 %.
    #[serde(rename = "0.1")]
    pub p10: f64,
    /// 25 %.
    #[serde(rename = "0.25")]
    pub p25: f64,
    /// Median: the point that is quoted and scored.
    #[serde(rename = "0.5")]
    pub p50: f64,
    /// 75 %.
    #[serde(rename = "0.75")]
    pub p75: f64,
    /// 90 %.
    #[serde(rename = "0.9")]
    pub p90: f64,
    /// 97.5 %.
    #[serde(rename = "0.975")]
    pub p975: f64,
}

/// What is owed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TargetReport {
    /// What the value is.
    #[cfg_attr(test, ts(type = "\"growth\" | \"amount\" | \"completion\""))]
    pub kind: TargetKind,
    /// A ratio, or an amount.
    pub value: f64,
    /// The ytd that would meet it, on the median base.
    pub owed: Option<f64>,
}

/// What remains to be done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NeedReport {
    /// Amount.
    pub amount: f64,
    /// Amount a month left.
    pub per_month: f64,
    /// Against the base of the same months of last year, ratio − 1.
    pub vs_last_year: Option<f64>,
    /// Against the largest amount of the same months on record, ratio − 1.
    pub vs_best: Option<f64>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MilestoneReport {
    /// Month by whose end it is owed.
    pub month: u8,
    /// What the target is.
    #[cfg_attr(test, ts(type = "\"growth\" | \"amount\" | \"completion\""))]
    pub kind: TargetKind,
    /// A ratio, or an amount.
    pub target: f64,
    /// The chance of reaching it.
    pub probability: Option<f64>,
    /// The chance as it is shown: in steps of 5 %, 0 for "under 5 %", 1 for "over 95 %".
    pub probability_shown: Option<f64>,
    /// Amount still owed.
    pub need: Option<f64>,
    /// Its light.
    #[cfg_attr(test, ts(type = "\"green\" | \"yellow\" | \"red\" | null"))]
    pub light: Option<Light>,
}

/// What one model says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WeightReport {
    /// Id of the model.
    pub model: String,
    /// Its weight in the blend.
    pub weight: f64,
    /// The year-end total it predicts; the growth in a growth-only region.
    pub median: f64,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoteReport {
    /// Stable code.
    pub code: String,
    /// The sentence.
    pub text: String,
}

impl NoteReport {
    /// A note in a language.
    pub fn new(note: &Note, lang: Lang) -> Self {
        Self { code: note.code.into(), text: note.text.lang(lang).into() }
    }
}

/// One finding of `check --format json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DiagnosticReport {
    /// Stable code.
    pub code: String,
    /// How much it matters.
    #[cfg_attr(test, ts(type = "\"note\" | \"warning\" | \"error\""))]
    pub severity: Severity,
    /// File.
    pub file: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Cell (`B7`), or the row where the finding is about no single column.
    pub cell: Option<String>,
    /// Name of the column.
    pub column: Option<String>,
    /// The value as it stands in the file.
    pub value: String,
    /// What was found and what was expected.
    pub text: String,
    /// What to do.
    pub help: String,
}

impl DiagnosticReport {
    /// A finding in one language.
    pub fn new(found: &Diagnostic, lang: Lang) -> Self {
        Self {
            code: found.code.into(),
            severity: found.severity,
            file: found.place.file.clone(),
            sheet: found.place.sheet.clone(),
            cell: found.place.cell(),
            column: found.place.column.as_ref().map(|(_, name)| name.clone()),
            value: found.value.clone(),
            text: found.text.lang(lang).into(),
            help: found.help.lang(lang).into(),
        }
    }
}

impl Answer {
    /// The answer as the contract's JSON has it, its sentences in one language.
    pub fn report(&self, lang: Lang) -> OutlookReport {
        OutlookReport {
            schema: 1,
            seed: self.seed,
            as_of: self.as_of.to_string(),
            title: self.plan.as_ref().and_then(|p| p.title.clone()),
            illustrative: self.plan.as_ref().and_then(|p| p.illustrative(lang)).map(str::to_owned),
            source: self.plan.as_ref().and_then(|p| p.source(lang)).map(str::to_owned),
            calendar: self.ledgers.first().map_or(Calendar::M12, |a| a.panel.calendar()),
            light_rule: self.plan.as_ref().map(|p| p.rule_name).unwrap_or_default(),
            units: self.ledgers.iter().flat_map(|a| self.units(a, lang)).collect(),
        }
    }

    fn units<'a>(&'a self, answered: &'a Answered, lang: Lang) -> impl Iterator<Item = UnitReport> + 'a {
        let per_unit = answered.outlook.units.iter().zip(&answered.risks).zip(&answered.standings);
        per_unit.map(move |((unit, risk), standing)| self.unit(answered, unit, risk, *standing, lang))
    }

    /// The name of a unit to show.
    pub fn label(&self, unit: &Unit, lang: Lang) -> String {
        let listed = self.plan.as_ref().and_then(|p| p.find_region(&unit.region));
        let name = listed.map_or(unit.region.as_str(), |r| r.label(lang));
        unit_label(unit.kind, name, lang)
    }

    fn unit(
        &self,
        answered: &Answered,
        unit: &Unit,
        risk: &Risk,
        standing: Standing,
        lang: Lang,
    ) -> UnitReport {
        let december = unit.december();
        UnitReport {
            region: unit.id(),
            label: self.label(unit, lang),
            kind: unit.kind,
            parent: unit.parent.clone(),
            additive: unit.additive,
            ledger: answered.panel.ledger(),
            unit: answered.panel.unit().to_string(),
            year: self.as_of.year,
            through: unit.through,
            ytd: unit.ytd,
            growth_ytd: unit.growth_ytd,
            base_kind: unit.base_kind,
            year_base: december.and_then(|d| d.base.as_ref()).map(|b| b.summary().median()),
            year_end: december.and_then(|d| d.total.as_ref()).map(spread),
            growth: december.and_then(|d| d.growth.as_ref()).map(spread),
            target: risk.target.map(|(kind, value)| TargetReport { kind, value, owed: risk.owed }),
            probability: risk.probability,
            probability_shown: risk.probability_shown,
            light: risk.light,
            gap_pp: risk.gap.map(|g| g.0),
            need: risk.need.map(|n| NeedReport {
                amount: n.amount,
                per_month: n.per_month,
                vs_last_year: n.vs_last_year,
                vs_best: n.vs_best,
            }),
            rank: standing.rank,
            rank_change: standing.rank_change,
            pull_pp: standing.pull.map(|p| p.0),
            milestones: risk
                .milestones
                .iter()
                .map(|m| MilestoneReport {
                    month: m.month,
                    kind: m.kind,
                    target: m.target,
                    probability: m.probability,
                    probability_shown: m.probability_shown,
                    need: m.need,
                    light: m.light,
                })
                .collect(),
            weights: december
                .map(|d| {
                    d.voices
                        .iter()
                        .map(|v| WeightReport { model: v.model.into(), weight: v.weight, median: v.median })
                        .collect()
                })
                .unwrap_or_default(),
            notes: unit.notes.iter().chain(&risk.notes).map(|n| NoteReport::new(n, lang)).collect(),
        }
    }
}

fn spread(landing: &Landing) -> SpreadReport {
    let summary = landing.summary();
    let [p025, p10, p25, p50, p75, p90, p975] = summary.quantiles;
    debug_assert_eq!(LEVELS, [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]);
    SpreadReport { mean: summary.mean, quantiles: Quantiles { p025, p10, p25, p50, p75, p90, p975 } }
}
