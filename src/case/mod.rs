//! Load once, ask many times: panel and plan in, outlook, risk and charts out.

mod answer;
mod asking;
mod board;
mod bulletin;
mod cover;
mod error;
mod fan;
mod funnel;
mod levers;
mod load;
mod moved;
mod need;
mod picture;
mod reliability;
mod report;
mod sample;
mod scenario;
mod scored;
mod sought;
mod story;
mod whole;
mod words;
mod works;

pub use answer::{Answer, Answered, Question};
pub use asking::Asking;
pub use bulletin::{BulletinError, Wanted};
pub use fan::{FanMonth, fan_months};
pub use load::{Options, Source};
pub use moved::{ChangeReport, changes};
pub use picture::{ChartKind, NoChartKind, Pictured};
pub use report::{
    DiagnosticReport, Light, MilestoneReport, NeedReport, NoteReport, OutlookReport, Quantiles, SpreadReport,
    TargetReport, UnitReport, WeightReport,
};
pub use sample::SAMPLES;
pub use scenario::{
    CoverageReport, EffectReport, FiguresReport, LeverReport, LeverShare, MilestoneEffect, ScenarioReport,
    ScenarioUnit,
};
pub use scored::{Scored, ScoredError};
pub use sought::{BarReport, ChosenReport, LeastReport, ReachReport, SeekReport};
pub use story::{DrawError, Look};
pub use words::scope_names;

use crate::calendar::YearMonth;
use crate::error::{Diagnostic, Explain, Said};
use crate::ledger::Ledger;
use crate::panel::{Cells, PanelError};
use crate::scenario::ScenarioError;
use crate::table::{Origins, ProjectRow};
use crate::target::Plan;

/// Seed of the draws where none is given.
pub const SEED: u64 = 1;

/// Why a case could not be loaded or asked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The files have errors; every finding is listed, warnings included.
    #[error("{}", summary(.found))]
    Faulty {
        /// All findings.
        found: Vec<Diagnostic>,
    },
    /// No sample of this name.
    #[error("{got:?} is not a sample; there are {}", SAMPLES.join(", "))]
    Sample {
        /// The name as given.
        got: String,
    },
    /// No region of this name in this ledger.
    #[error("there is no region {got:?} in {ledger}; there are {}", .known.join(", "))]
    Region {
        /// The name as given.
        got: String,
        /// The ledger asked.
        ledger: Ledger,
        /// The regions that it has.
        known: Vec<String>,
    },
    /// The month asked for lies after the data.
    #[error("the data ends with {last}; {got} lies after it")]
    AfterData {
        /// The month asked for.
        got: YearMonth,
        /// The last data month.
        last: YearMonth,
    },
    /// The panel has nothing to answer from.
    #[error(transparent)]
    Panel(#[from] PanelError),
    /// The scenario cannot be run.
    #[error(transparent)]
    Scenario(Box<ScenarioError>),
}

fn summary(found: &[Diagnostic]) -> String {
    let errors = || found.iter().filter(|d| d.severity == crate::error::Severity::Error);
    let first = errors().next().map(|d| d.text.en.clone()).unwrap_or_default();
    match errors().count() {
        1 => first,
        n => format!("{n} errors, the first: {first}"),
    }
}

impl Explain for CaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Faulty { found } => found
                .iter()
                .find(|d| d.severity == crate::error::Severity::Error)
                .map_or("faulty", |d| d.code),
            Self::Sample { .. } => "unknown_sample",
            Self::Region { .. } => "unknown_region",
            Self::AfterData { .. } => "after_data",
            Self::Panel(e) => e.code(),
            Self::Scenario(e) => e.code(),
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Faulty { found } => {
                let errors = || found.iter().filter(|d| d.severity == crate::error::Severity::Error);
                let first = errors().next().map(|d| d.text.zh.clone()).unwrap_or_default();
                match errors().count() {
                    1 => first,
                    n => format!("共{n}处错误，首处：{first}"),
                }
            }
            Self::Sample { got } => format!("没有名为“{got}”的示例；可用：{}", SAMPLES.join("、")),
            Self::Region { got, ledger, known } => {
                format!("{}中没有地区“{got}”；有：{}", ledger.label(crate::error::Lang::Zh), known.join("、"))
            }
            Self::AfterData { got, last } => format!("数据截至{last}，{got}在其后"),
            Self::Panel(e) => return e.said(),
            Self::Scenario(e) => return e.said(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Faulty { .. } => Said::new(
                "mend the places named, or see all of them with `landfall check`",
                "请按所示位置改正，或用landfall check查看全部",
            ),
            Self::Sample { .. } => Said::new("name one of them", "请选择其中之一"),
            Self::Region { .. } => Said::new("write the name as the data does", "请按数据中的名称书写"),
            Self::AfterData { .. } => {
                Said::new("ask for that month or an earlier one", "请选择该月或更早的月份")
            }
            Self::Panel(e) => e.help(),
            Self::Scenario(e) => e.help(),
        }
    }
}

/// A panel with its plan, checked and ready to be asked.
///
/// ```
/// # use landfall::case::{Case, Question};
/// let case = Case::sample("wuzhong-2023")?;
/// let answer = case.ask(&Question::default())?;
/// let report = answer.report(landfall::error::Lang::En);
/// assert_eq!(report.as_of, "2023-07");
/// let city = &report.units[0];
/// assert!(city.probability.is_some_and(|p| p < 0.8), "the city's target is not safe in this sample");
/// # Ok::<(), landfall::case::CaseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Case {
    cells: Cells,
    plan: Option<Plan>,
    projects: Option<Vec<ProjectRow>>,
    found: Vec<Diagnostic>,
    /// Where its rows come from, where they were read from a file of another form; and that file's name.
    origins: Origins,
    file: String,
}

impl Case {
    /// What was found while loading: warnings and notes, since errors stop a case from being loaded.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.found
    }

    /// The plan, where there is one.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The rows and the tree.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The months of the last data year that can be asked for, ascending.
    pub fn months(&self) -> Vec<YearMonth> {
        let months = self.cells.months();
        let last = months.last().map_or(0, |m| m.year);
        months.into_iter().filter(|m| m.year == last).collect()
    }

    /// The month that is answered for where none is asked: the plan's, else the last data month.
    pub fn usual_month(&self) -> Result<YearMonth, CaseError> {
        let last = self.last_month()?;
        let planned = self.plan.as_ref().and_then(|p| p.as_of).filter(|m| *m <= last);
        Ok(planned.unwrap_or(last))
    }

    /// Whether a year comes right after the data, which ends with a December: such a year can be asked for, though
    /// nothing of it is known.
    fn follows_whole_year(&self, year: i32) -> bool {
        self.last_month().is_ok_and(|last| last.month == 12 && year == last.year + 1)
    }

    fn last_month(&self) -> Result<YearMonth, CaseError> {
        self.cells.months().last().copied().ok_or(CaseError::Panel(PanelError::Empty))
    }
}
