//! Where each region's year will land: a blend of models, and how sure it is.

mod base;
mod blend;
mod calibration;
mod draws;
mod learning;
mod predict;
mod recipe;
mod reconcile;
mod rolling;
mod sample;
mod spread;
mod tree;

pub use draws::{Draws, LEVELS, Landing, Summary};
pub use learning::Learning;
pub use predict::{MonthOutlook, Voice};
pub use sample::learned_from;

use crate::calendar::YearMonth;
use crate::error::Note;
use crate::model::{self, Model};
use crate::panel::{BaseKind, Panel};
use crate::region::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// What a unit of the outlook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A region with data of its own.
    Region,
    /// What a region has beyond its districts.
    Unallocated,
    /// A region without data of its own: the sum of its districts.
    RolledUp,
}

/// One region's year.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Name of the region; of the region around it for the unallocated rest.
    pub region: String,
    /// What it is.
    pub kind: UnitKind,
    /// Name of the region around it.
    pub parent: Option<String>,
    /// Whether it counts in its parent's sum.
    pub additive: bool,
    /// The last month known; 0 where nothing of the year is known.
    pub through: u8,
    /// Cumulative amount through that month.
    pub ytd: Option<f64>,
    /// Growth of ytd, a ratio.
    pub growth_ytd: Option<f64>,
    /// What growth is told against.
    pub base_kind: BaseKind,
    /// Base of ytd through that month.
    pub base_to_date: Option<f64>,
    /// The outlook a month: the months asked for that lie ahead, and those that are known.
    pub months: BTreeMap<u8, MonthOutlook>,
    /// What the reader must know.
    pub notes: Vec<Note>,
}

impl Unit {
    /// The name that tells the unit from all others of its ledger.
    pub fn id(&self) -> String {
        match self.kind {
            UnitKind::Unallocated => format!("{}/unallocated", self.region),
            UnitKind::Region | UnitKind::RolledUp => self.region.clone(),
        }
    }

    /// Whether amounts are known or expected, and not growth alone.
    pub fn in_amounts(&self) -> bool {
        self.months.values().any(|month| month.total.is_some())
    }

    /// The outlook of December.
    pub fn december(&self) -> Option<&MonthOutlook> {
        self.months.get(&12)
    }
}

/// What an outlook is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The last data month to use; its year is forecast.
    pub as_of: YearMonth,
    /// Months to answer for; December always is.
    pub months: BTreeSet<u8>,
    /// Seed of the draws.
    pub seed: u64,
    /// Regions without data whose sum is wanted, by name.
    pub roll_up: BTreeSet<String>,
}

/// The predictive distributions of all regions of one ledger, in shared draws.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The month of the data.
    pub as_of: YearMonth,
    /// The units: regions in the order of the tree, each unallocated rest after its region's children.
    pub units: Vec<Unit>,
}

impl Outlook {
    /// Learns from the panel's past and answers for its present year.
    ///
    /// Each region is answered from its own last month; regions with the same last month are learned
    /// together, from what all regions knew at that month of past years; of a large panel from what
    /// [`learned_from`] regions knew. Never fails: a region that cannot be answered has a note that says why, and the
    /// others go on.
    ///
    /// ```
    /// # use landfall::{calendar::YearMonth, ledger::Ledger, outlook::{Ask, Outlook}, panel::Cells, region::Tree, table::read_panel};
    /// let mut csv = String::from("region,year,month,value\n");
    /// for year in 2015..=2023 {
    ///     for month in 1..=if year == 2023 { 7 } else { 12 } {
    ///         csv += &format!("A,{year},{month},{}\n", 100 + 5 * (year - 2015) + month);
    ///     }
    /// }
    /// let mut tree = Tree::default();
    /// tree.add("A");
    /// let cells = Cells::new(read_panel(&csv, "a.csv").0, tree, None, "a.csv");
    /// let as_of = YearMonth::parse("2023-07")?;
    /// let (panel, _) = cells.panel(Ledger::Fai, as_of)?;
    /// let outlook = Outlook::learn(&panel, &Ask { as_of, months: [12].into(), seed: 1, roll_up: [].into() });
    /// let total = outlook.units[0].december().and_then(|m| m.total.as_ref()).map(|t| t.summary().median());
    /// assert!(total.is_some_and(|t| (1700.0..1790.0).contains(&t)), "{total:?}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn learn(panel: &Panel, ask: &Ask) -> Self {
        Self::learn_with(panel, ask, &model::all())
    }

    /// As [`Outlook::learn`], with models of the caller's choice.
    pub fn learn_with(panel: &Panel, ask: &Ask, models: &[Box<dyn Model>]) -> Self {
        Learning::with(panel, ask.clone(), models).finish().1
    }
}

fn parent_name(tree: &Tree, region: usize) -> Option<String> {
    tree.regions()[region].parent.map(|p| tree.regions()[p].name.clone())
}
