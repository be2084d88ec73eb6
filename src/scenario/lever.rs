//! What a planner can change: every lever as data, so that terminal and page build themselves from the list.

use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::pipeline::Approval;
use std::fmt;

/// One thing a planner can change. A lever that is not set changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverId {
    /// Starts of projects that have not begun, moved by months; later above 0.
    StartShift,
    /// Part of the projects that have not begun which start at all.
    StartShare,
    /// All that start do so within so many months.
    StartWithin,
    /// Part of the projects without investment that are got going in a month's time.
    Activate,
    /// New projects that nobody has listed yet.
    NewProjects,
    /// Planned total of each new project, in the panel's unit.
    NewTotal,
    /// Months until the new projects start.
    NewLag,
    /// Part of the key projects' year plan done by September.
    CompletionSeptember,
    /// Part of the key projects' year plan done by December.
    CompletionDecember,
    /// Change of a sector's investment in the remaining months.
    SectorShock,
    /// Part of the attraction intents that are signed.
    Signing,
    /// Part of the signed attraction projects that start.
    Starting,
    /// Attracted funds of the remaining months, multiplied.
    FundsPace,
    /// Comparable base of the year, changed.
    Base,
    /// When work stops for the winter, as a month: 11.5 is mid-November.
    WinterStop,
    /// Part of the days of all approvals that is saved.
    Approvals,
    /// Part of the days of one kind of approval that is saved.
    ApprovalOf(Approval),
    /// Part of the shortfall of districts below target that the others take over, in proportion to their base.
    TakeOver,
    /// The same, in proportion to what the others have to spare.
    TakeOverByCapacity,
    /// Pace of the remaining months, multiplied.
    Pace,
    /// Part of the key projects' spend that the statistics count.
    Coverage,
}

/// What a lever's value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeverUnit {
    /// Months.
    Months,
    /// Percent.
    Percent,
    /// A number of projects.
    Projects,
    /// An amount in the panel's unit.
    Amount,
    /// A point of the year in months: 11.5 is mid-November.
    Month,
    /// A factor.
    Times,
}

impl LeverUnit {
    /// What stands behind a number; empty for an amount, whose unit the panel knows.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Months => lang.pick(" months", "个月"),
            Self::Percent => "%",
            Self::Projects => lang.pick(" projects", "个项目"),
            Self::Amount => "",
            Self::Month => lang.pick(" (month)", "月"),
            Self::Times => "×",
        }
    }

    /// The same behind a certain number: one month, two months.
    pub fn behind(self, value: f64, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Months, Lang::En) if value.abs() == 1.0 => " month",
            (Self::Projects, Lang::En) if value.abs() == 1.0 => " project",
            _ => self.label(lang),
        }
    }
}

/// By what a lever can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Narrows {
    /// Region and everything in it.
    pub region: bool,
    /// Sector.
    pub sector: bool,
    /// Stage, and list.
    pub stage: bool,
}

/// A lever with its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Which.
    pub id: LeverId,
    /// Name that people read.
    pub label: Said,
    /// What its value counts.
    pub unit: LeverUnit,
    /// Least and greatest value that is possible; beyond is an error.
    pub possible: (f64, f64),
    /// Least and greatest value on record or, where nothing is on record, that is usual: the slider's ends. Beyond them a
    /// scenario is answered with the warning `beyond_history`.
    pub history: (f64, f64),
    /// Whether `history` comes from this case's own data; else it is an assumption.
    pub from_data: bool,
    /// The value that stands for "as it is".
    pub default: f64,
    /// Step of a slider.
    pub step: f64,
    /// By what it can be narrowed.
    pub narrows: Narrows,
    /// The ledgers that it moves.
    pub ledgers: &'static [Ledger],
}

const PROJECTS: Narrows = Narrows { region: true, sector: true, stage: true };
const REGION: Narrows = Narrows { region: true, sector: false, stage: false };
const SECTOR: Narrows = Narrows { region: true, sector: true, stage: false };
const BOTH: &[Ledger] = &[Ledger::Fai, Ledger::Works];
const FAI: &[Ledger] = &[Ledger::Fai];
const FUNDS: &[Ledger] = &[Ledger::Attraction];

impl Lever {
    /// The least value on the slider's steps that is at or above a value (`up`), or the greatest at or below it, within what
    /// is possible. Steps are counted from 0.
    ///
    /// ```
    /// # use landfall::scenario::LeverId;
    /// let pace = LeverId::Pace.lever();
    /// assert_eq!((pace.on_step(1.0634, true), pace.on_step(0.9366, false)), (1.07, 0.93));
    /// assert_eq!(pace.on_step(2.9999, true), 3.0);
    /// ```
    pub fn on_step(&self, value: f64, up: bool) -> f64 {
        let steps = value / self.step;
        // A value that is a step but for its last bits is that step.
        let whole = if (steps - steps.round()).abs() < 1e-9 {
            steps.round()
        } else if up {
            steps.ceil()
        } else {
            steps.floor()
        };
        // A tenth is one ÷ ten, not ten times a hundredth: what is printed is then what was meant.
        let parts = (1.0 / self.step).round();
        let exact = parts >= 1.0 && (parts * self.step - 1.0).abs() < 1e-9;
        let value = if exact { whole / parts } else { whole * self.step };
        value.clamp(self.possible.0, self.possible.1)
    }
}

impl LeverId {
    /// All of them, in the order in which they are shown.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Pace,
            Self::StartShift,
            Self::StartShare,
            Self::StartWithin,
            Self::Activate,
            Self::NewProjects,
            Self::NewTotal,
            Self::NewLag,
            Self::CompletionSeptember,
            Self::CompletionDecember,
            Self::Approvals,
        ];
        all.extend(Approval::ALL.iter().map(|a| Self::ApprovalOf(*a)));
        all.extend([
            Self::SectorShock,
            Self::WinterStop,
            Self::Base,
            Self::Coverage,
            Self::TakeOver,
            Self::TakeOverByCapacity,
            Self::Signing,
            Self::Starting,
            Self::FundsPace,
        ]);
        all
    }

    /// The lever of an id, or none.
    ///
    /// ```
    /// # use landfall::scenario::LeverId;
    /// assert_eq!(LeverId::parse("start_shift"), Some(LeverId::StartShift));
    /// assert!(LeverId::all().iter().all(|lever| LeverId::parse(&lever.to_string()) == Some(*lever)));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().into_iter().find(|lever| lever.to_string() == text)
    }

    /// The lever with the ranges that hold without any data.
    pub fn lever(self) -> Lever {
        let (en, zh, unit, possible, history, default, step, narrows, ledgers) = match self {
            Self::StartShift => (
                "Starts moved (earlier below 0)",
                "开工时间移动(负为提前)",
                LeverUnit::Months,
                (-6.0, 12.0),
                (-2.0, 3.0),
                0.0,
                0.5,
                PROJECTS,
                BOTH,
            ),
            Self::StartShare => (
                "Not yet started projects that start",
                "未开工项目开工率",
                LeverUnit::Percent,
                (0.0, 100.0),
                (40.0, 100.0),
                95.0,
                5.0,
                PROJECTS,
                BOTH,
            ),
            Self::StartWithin => (
                "All that start do so within",
                "开工期限",
                LeverUnit::Months,
                (0.0, 12.0),
                (1.0, 5.0),
                5.0,
                0.5,
                PROJECTS,
                BOTH,
            ),
            Self::Activate => (
                "Zero-investment projects got going",
                "零投资项目激活率",
                LeverUnit::Percent,
                (0.0, 100.0),
                (0.0, 100.0),
                0.0,
                5.0,
                PROJECTS,
                BOTH,
            ),
            Self::NewProjects => (
                "New projects entering",
                "新入库项目数",
                LeverUnit::Projects,
                (0.0, 1000.0),
                (0.0, 60.0),
                0.0,
                1.0,
                SECTOR,
                BOTH,
            ),
            Self::NewTotal => (
                "Planned total of each new project",
                "新项目平均总投资",
                LeverUnit::Amount,
                (0.0, 1e6),
                (0.1, 10.0),
                1.0,
                0.1,
                SECTOR,
                BOTH,
            ),
            Self::NewLag => (
                "New projects start after",
                "新项目开工滞后",
                LeverUnit::Months,
                (0.0, 12.0),
                (0.0, 5.0),
                2.0,
                0.5,
                SECTOR,
                BOTH,
            ),
            Self::CompletionSeptember => (
                "Key projects' plan done by September",
                "重点项目9月完成率",
                LeverUnit::Percent,
                (0.0, 150.0),
                (40.0, 100.0),
                85.0,
                1.0,
                PROJECTS,
                BOTH,
            ),
            Self::CompletionDecember => (
                "Key projects' plan done by December",
                "重点项目12月完成率",
                LeverUnit::Percent,
                (0.0, 150.0),
                (60.0, 110.0),
                100.0,
                1.0,
                PROJECTS,
                BOTH,
            ),
            Self::Approvals => (
                "Approval days saved, all kinds",
                "审批压缩(全部)",
                LeverUnit::Percent,
                (0.0, 100.0),
                (0.0, 100.0),
                0.0,
                5.0,
                PROJECTS,
                BOTH,
            ),
            Self::ApprovalOf(kind) => {
                let label = Said::new(
                    format!("Approval days saved: {}", kind.label(Lang::En)),
                    format!("审批压缩：{}", kind.label(Lang::Zh)),
                );
                return Lever { id: self, label, ..Self::Approvals.lever() };
            }
            Self::SectorShock => (
                "A sector in the remaining months",
                "行业冲击(剩余月份)",
                LeverUnit::Percent,
                (-100.0, 200.0),
                (-40.0, 40.0),
                0.0,
                1.0,
                SECTOR,
                FAI,
            ),
            Self::Signing => (
                "Intents that are signed",
                "意向签约率",
                LeverUnit::Percent,
                (0.0, 100.0),
                (2.0, 30.0),
                12.0,
                1.0,
                REGION,
                FUNDS,
            ),
            Self::Starting => (
                "Signed projects that start",
                "签约开工率",
                LeverUnit::Percent,
                (0.0, 100.0),
                (30.0, 100.0),
                60.0,
                5.0,
                REGION,
                FUNDS,
            ),
            Self::FundsPace => (
                "Funds in place, remaining months",
                "到位资金剩余月份进度",
                LeverUnit::Times,
                (0.0, 3.0),
                (0.5, 1.5),
                1.0,
                0.01,
                REGION,
                FUNDS,
            ),
            Self::Base => (
                "Comparable base of the year",
                "可比基数",
                LeverUnit::Percent,
                (-90.0, 200.0),
                (-20.0, 20.0),
                0.0,
                0.5,
                REGION,
                FAI,
            ),
            Self::WinterStop => (
                "Work stops for the winter",
                "冬季停工时间",
                LeverUnit::Month,
                (10.5, 13.0),
                (10.5, 12.5),
                11.5,
                0.25,
                PROJECTS,
                BOTH,
            ),
            Self::TakeOver => (
                "Shortfall taken over, by base",
                "缺口由其他县区分担(按基数)",
                LeverUnit::Percent,
                (0.0, 100.0),
                (0.0, 100.0),
                0.0,
                5.0,
                REGION,
                FAI,
            ),
            Self::TakeOverByCapacity => (
                "Shortfall taken over, by capacity",
                "缺口由其他县区分担(按余力)",
                LeverUnit::Percent,
                (0.0, 100.0),
                (0.0, 100.0),
                0.0,
                5.0,
                REGION,
                FAI,
            ),
            Self::Pace => (
                "Pace of the remaining months",
                "剩余月份进度",
                LeverUnit::Times,
                (0.0, 3.0),
                (0.6, 1.5),
                1.0,
                0.01,
                REGION,
                FAI,
            ),
            Self::Coverage => (
                "Key projects' spend that statistics count",
                "项目投资入统率",
                LeverUnit::Percent,
                (0.0, 100.0),
                (50.0, 100.0),
                80.0,
                1.0,
                REGION,
                FAI,
            ),
        };
        Lever {
            id: self,
            label: Said::new(en, zh),
            unit,
            possible,
            history,
            from_data: false,
            default,
            step,
            narrows,
            ledgers,
        }
    }
}

impl fmt::Display for LeverId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = match self {
            Self::StartShift => "start_shift",
            Self::StartShare => "start_share",
            Self::StartWithin => "start_within",
            Self::Activate => "activate",
            Self::NewProjects => "new_projects",
            Self::NewTotal => "new_total",
            Self::NewLag => "new_lag",
            Self::CompletionSeptember => "completion_september",
            Self::CompletionDecember => "completion_december",
            Self::SectorShock => "sector_shock",
            Self::Signing => "signing",
            Self::Starting => "starting",
            Self::FundsPace => "funds_pace",
            Self::Base => "base",
            Self::WinterStop => "winter_stop",
            Self::Approvals => "approvals",
            Self::ApprovalOf(kind) => return write!(f, "approvals_{}", kind.id().replace('-', "_")),
            Self::TakeOver => "take_over",
            Self::TakeOverByCapacity => "take_over_by_capacity",
            Self::Pace => "pace",
            Self::Coverage => "coverage",
        };
        f.write_str(id)
    }
}
