//! The rows of a bulletin's tables: numbers as they are, texts as they are shown.
//!
//! Amounts are in the bulletin's money, growth and shares are ratios, differences of them are points. `None` is what is
//! not known.

use crate::target::{Light, TargetKind};
use serde::{Deserialize, Serialize};

/// Where something lands: the median and the ends of the 80 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// 10 %.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 90 %.
    pub high: f64,
}

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Owed {
    /// What the value is.
    pub kind: TargetKind,
    /// Growth or completion as a ratio, or an amount.
    pub value: f64,
    /// The ytd that would meet it.
    #[serde(default)]
    pub amount: Option<f64>,
}

/// A region in a league table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeagueRow {
    /// Name to show.
    pub region: String,
    /// 0 for the region that the bulletin is about, 1 for its districts, 2 for what is inside one.
    pub depth: u8,
    /// Whether it counts in the sum of the region around it.
    pub additive: bool,
    /// Whether it is what the region around it has beyond its districts.
    pub unallocated: bool,
    /// Last month known; 0 where nothing of the year is.
    pub through: u8,
    /// Rank among its peers, 1 being best.
    pub rank: Option<u32>,
    /// Ranks gained since the month before; negative where ranks were lost.
    pub rank_change: Option<i32>,
    /// Cumulative amount.
    pub ytd: Option<f64>,
    /// Growth of it.
    pub growth: Option<f64>,
    /// Growth against that of the month before, points.
    pub growth_change: Option<f64>,
    /// Growth against that of the region around it, points.
    pub lead: Option<f64>,
    /// What is owed by December.
    pub target: Option<Owed>,
    /// The year's amount.
    pub year_end: Option<Span>,
    /// The year's growth.
    pub year_growth: Option<Span>,
    /// Median growth of the year against the target, points.
    pub gap: Option<f64>,
    /// The chance of what is owed, unrounded.
    pub probability: Option<f64>,
    /// The chance as it is shown: in steps of 5 %; 0 is "under 5 %", 1 "over 95 %" unless the year is known.
    pub probability_shown: Option<f64>,
    /// Light.
    pub light: Option<Light>,
    /// Amount still owed.
    pub need: Option<f64>,
    /// The same a month left.
    pub per_month: Option<f64>,
    /// What it adds to the growth around it beyond keeping pace, points.
    pub pull: Option<f64>,
}

impl LeagueRow {
    /// Whether the target of the year was met; `None` as long as that is open, and where nothing is owed.
    pub fn met(&self) -> Option<bool> {
        self.probability.filter(|_| self.through == 12).map(|p| p >= 0.5)
    }
}

/// A sector, or a part of investment by composition.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SectorRow {
    /// Name to show.
    pub name: String,
    /// Whether it is a part by composition (construction, equipment, other), and not a sector.
    pub composition: bool,
    /// Cumulative amount.
    pub ytd: Option<f64>,
    /// Share of the region's.
    pub share: Option<f64>,
    /// Growth.
    pub growth: Option<f64>,
    /// Growth against that of the month before, points.
    pub growth_change: Option<f64>,
    /// What it contributes to the region's growth: its share of the base × its growth, points.
    pub contribution: Option<f64>,
    /// What it adds beyond keeping pace: its share of the base × (its growth − the region's), points.
    pub pull: Option<f64>,
}

/// Key projects of a region.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectsRow {
    /// Name to show; the first row is the whole list.
    pub region: String,
    /// Whether the row is the sum of all.
    pub all: bool,
    /// Key projects.
    pub count: u32,
    /// Planned for the year.
    pub plan_year: Option<f64>,
    /// In the statistical books.
    pub in_books: u32,
    /// Entered the books in the bulletin's month.
    pub entered: u32,
    /// Should have begun by now.
    pub due: u32,
    /// Of those, begun.
    pub begun: u32,
    /// Should have begun and nothing has been spent (零投资).
    pub zero: u32,
}

/// Something owed by a month, on the way or in December.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MilestoneRow {
    /// Name to show.
    pub region: String,
    /// Month by whose end it is owed.
    pub month: u8,
    /// The region's last known month.
    #[serde(default)]
    pub through: u8,
    /// What is owed.
    pub target: Owed,
    /// Cumulative amount so far.
    pub ytd: Option<f64>,
    /// The part of it that is done.
    pub done: Option<f64>,
    /// The chance, unrounded.
    pub probability: Option<f64>,
    /// The chance as it is shown.
    pub probability_shown: Option<f64>,
    /// Light.
    pub light: Option<Light>,
    /// Amount still owed.
    pub need: Option<f64>,
}

impl MilestoneRow {
    /// Whether its month is known.
    pub fn settled(&self) -> bool {
        self.month <= self.through
    }

    /// Whether it was met; `None` as long as that is open, and where nothing tells.
    pub fn met(&self) -> Option<bool> {
        self.probability_shown.filter(|_| self.settled()).map(|p| p >= 0.5)
    }
}

/// A step of the attraction funnel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FunnelStep {
    /// Name to show: intent, signed, under construction.
    pub name: String,
    /// Projects.
    pub count: u32,
    /// Their planned total.
    pub total: Option<f64>,
    /// Planned for the year.
    pub plan_year: Option<f64>,
}

/// A region's attraction.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttractionRow {
    /// Name to show; the first row is the whole list.
    pub region: String,
    /// Whether the row is the sum of all.
    pub all: bool,
    /// Intents.
    pub intents: u32,
    /// Signed.
    pub signed: u32,
    /// Under construction.
    pub started: u32,
    /// Funds in place, cumulative.
    pub in_place: Option<f64>,
    /// Growth of them.
    pub growth: Option<f64>,
}

/// Which of the public lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// 展示: the best.
    Best,
    /// 监督: to watch.
    Watch,
    /// 曝光: slow.
    Slow,
}

/// One of the public lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicList {
    /// Which.
    pub kind: ListKind,
    /// Title.
    pub title: String,
    /// By which rule something stands on it, a sentence.
    pub rule: String,
    /// What stands on it.
    pub items: Vec<Listed>,
    /// What is not shown, or why nothing is; empty where there is nothing to say.
    #[serde(default)]
    pub note: String,
}

/// What stands on a public list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// Region or project.
    pub name: String,
    /// Whether it is a project, and not a region.
    #[serde(default)]
    pub project: bool,
    /// Region of a project.
    #[serde(default)]
    pub region: String,
    /// Why.
    pub reason: super::Sentence,
}

/// Something to do next.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Task {
    /// Department in charge; empty where the list names none.
    pub department: String,
    /// Region.
    pub region: String,
    /// Id of the project in the list.
    pub id: String,
    /// Project.
    pub project: String,
    /// What to do.
    pub action: String,
    /// By when, `2023-08-31`.
    pub by: String,
    /// What it is expected to bring by December.
    pub gain: Option<f64>,
}

/// A region under the scenario.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScenarioRow {
    /// Name to show.
    pub region: String,
    /// As in [`LeagueRow::depth`].
    pub depth: u8,
    /// Median growth of the year as it is.
    pub before: Option<f64>,
    /// Median growth of the year under the scenario.
    pub after: Option<f64>,
    /// The difference, points.
    pub effect: Option<f64>,
    /// The chance as it is, as shown.
    pub chance_before: Option<f64>,
    /// The chance under the scenario, as shown.
    pub chance_after: Option<f64>,
}
