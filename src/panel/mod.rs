//! Validated series of one ledger: what was known, when, on which base.

mod build;
mod false_months;
mod season;
mod units;
mod view;

pub use build::{Cells, check_rows};
pub(crate) use units::restate;
pub use units::settle_units;
pub use view::View;

use crate::calendar::{Calendar, YearMonth};
use crate::error::{Explain, Said};
use crate::ledger::Ledger;
use crate::num;
use crate::region::Tree;
use crate::unit::Unit;

/// Why a panel could not be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PanelError {
    /// No row is at or before the month asked for.
    #[error("no data at or before {as_of}; the panel begins in {first}")]
    NothingYet {
        /// The month asked for.
        as_of: YearMonth,
        /// The first data month.
        first: YearMonth,
    },
    /// There are no rows at all.
    #[error("the panel has no rows for a region's total")]
    Empty,
}

impl Explain for PanelError {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingYet { .. } => "nothing_yet",
            Self::Empty => "empty_panel",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::NothingYet { as_of, first } => format!("{as_of}及以前没有数据；数据自{first}开始"),
            Self::Empty => "没有任何地区的合计数".into(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::NothingYet { .. } => Said::new("ask for a later month", "请选择更晚的月份"),
            Self::Empty => Said::new(
                "give rows whose sector and composition are empty: they are the totals",
                "请给出sector和composition为空的合计行",
            ),
        }
    }
}

/// What last year's comparable figure is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BaseKind {
    /// The base itself was given.
    Published,
    /// ytd ÷ (1 + published growth).
    Implied,
    /// Neither: last year's published ytd stands in for it.
    Unknown,
}

/// The figures of one region: a cell a month, NaN where nothing is known.
#[derive(Debug, Clone, Default)]
struct Series {
    ytd: Vec<f64>,
    growth: Vec<f64>,
    base: Vec<f64>,
    /// Months whose difference to the month before is no month's investment.
    false_month: Vec<bool>,
    /// ytd on one scope through all years; see [`Panel::index`].
    index: Vec<f64>,
    /// Cells of `index` that were chained by growth.
    chained: Vec<bool>,
}

/// The series of one ledger over all regions of a tree.
///
/// Amounts are in [`Panel::unit`], growth is a ratio. A region is known by its position in the tree; a region
/// may have no data at all. Nothing here looks past the month that the panel was built for.
#[derive(Debug, Clone)]
pub struct Panel {
    ledger: Ledger,
    unit: Unit,
    calendar: Calendar,
    tree: Tree,
    first_year: i32,
    years: usize,
    series: Vec<Series>,
}

impl Panel {
    /// Which of the four books.
    pub fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// Unit of every amount.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Reporting periods.
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// The regions.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The first year with data of any region.
    pub fn first_year(&self) -> i32 {
        self.first_year
    }

    /// The last year with data of any region.
    pub fn last_year(&self) -> i32 {
        self.first_year + i32::try_from(self.years).unwrap_or(0) - 1
    }

    /// The regions that have any figure, by position.
    pub fn members(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.series.len()).filter(|i| !self.series[*i].ytd.is_empty())
    }

    fn cell(&self, year: i32, month: u8) -> Option<usize> {
        let offset = usize::try_from(year - self.first_year).ok().filter(|o| *o < self.years)?;
        Some(offset * 12 + usize::from(month).checked_sub(1)?)
    }

    /// Cumulative amount through a month.
    pub fn ytd(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        num::finite(*self.series[region].ytd.get(self.cell(year, month)?)?)
    }

    /// Growth of ytd as published.
    pub fn published_growth(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        num::finite(*self.series[region].growth.get(self.cell(year, month)?)?)
    }

    /// The comparable base through a month: as given, else implied by growth. `None` where neither is known.
    pub fn comparable_base(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        let given = self.series[region].base.get(self.cell(year, month)?).copied();
        if let Some(base) = given.and_then(num::finite) {
            return Some(base);
        }
        let growth = self.published_growth(region, year, month).filter(|g| *g > -1.0)?;
        Some(self.ytd(region, year, month)? / (1.0 + growth)).filter(|b| *b > 0.0)
    }

    /// The base against which a month's growth is told: comparable where known, else last year's ytd on the
    /// scope of the last month at which a comparable base is known this year.
    pub fn base(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.comparable_base(region, year, month).or_else(|| {
            let last = self.ytd(region, year - 1, month).filter(|b| *b > 0.0)?;
            Some(last * self.base_ratio(region, year, month))
        })
    }

    /// The comparable base of a year ÷ last year's published ytd, at the last month through `month` at which
    /// both are known; 1 where no comparable base is known, since then last year's ytd is the base.
    pub fn base_ratio(&self, region: usize, year: i32, month: u8) -> f64 {
        (1..=month)
            .rev()
            .find_map(|m| {
                let base = self.comparable_base(region, year, m)?;
                Some(base / self.ytd(region, year - 1, m).filter(|x| *x > 0.0)?)
            })
            .unwrap_or(1.0)
    }

    /// Growth of ytd: as published, else against the base.
    pub fn growth(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.published_growth(region, year, month)
            .or_else(|| Some(self.ytd(region, year, month)? / self.base(region, year, month)? - 1.0))
    }

    /// The amount of the reporting period that ends with a month; `None` for a false month as for a missing
    /// one. For January–February under `cn11` it is the double period.
    pub fn flow(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        if self.is_false_month(region, year, month) {
            return None;
        }
        let ytd = self.ytd(region, year, month)?;
        match self.calendar.before(month) {
            None => (month == self.calendar.first_month()).then_some(ytd),
            Some(before) => Some(ytd - self.ytd(region, year, before)?),
        }
    }

    /// ytd on one scope through all years: last year's index of the same month × (1 + published growth), so
    /// that no revision of levels shows in it. Where no growth is published it moves as ytd does; in a region
    /// that never publishes growth it is ytd.
    pub fn index(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        num::finite(*self.series[region].index.get(self.cell(year, month)?)?)
    }

    /// The period that ends with a month, on the scope of the index; `None` where it is missing or false.
    pub fn index_flow(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        let now = self.index(region, year, month)?;
        let chained = |m| self.cell(year, m).is_some_and(|c| self.series[region].chained[c]);
        let Some(before) = self.calendar.before(month) else {
            return (month == self.calendar.first_month()).then_some(now);
        };
        if !(chained(month) && chained(before)) && self.is_false_month(region, year, month) {
            return None;
        }
        Some(now - self.index(region, year, before)?).filter(|flow| *flow >= 0.0)
    }

    /// Fills the index from ytd and growth, year by year.
    fn chain(&mut self, region: usize) {
        let cells = self.years * 12;
        let (mut index, mut chained) = (vec![f64::NAN; cells], vec![false; cells]);
        // What a level of the year at hand is worth on the scope of the index.
        let mut scope = 1.0;
        for year in self.first_year..=self.last_year() {
            for month in self.calendar.months() {
                let Some(cell) = self.cell(year, month) else { continue };
                let last = cell.checked_sub(12).map_or(f64::NAN, |c| index[c]);
                let growth = self.comparable_growth(region, year, month);
                index[cell] = match growth.filter(|_| last > 0.0) {
                    Some(growth) => {
                        chained[cell] = true;
                        last * (1.0 + growth)
                    }
                    None => self.ytd(region, year, month).map_or(f64::NAN, |ytd| ytd * scope),
                };
            }
            if let Some((cell, ytd)) = self.cell(year, 12).zip(self.ytd(region, year, 12)) {
                let known = index[cell] / ytd;
                scope = if known > 0.0 && known.is_finite() { known } else { scope };
            }
        }
        self.series[region].index = index;
        self.series[region].chained = chained;
    }

    /// Growth as published or against a published base, without last year's ytd as a stand-in.
    fn comparable_growth(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.published_growth(region, year, month).or_else(|| {
            Some(self.ytd(region, year, month)? / self.comparable_base(region, year, month)? - 1.0)
        })
    }

    /// Whether the difference of two ytd figures was found to be no month's investment.
    pub fn is_false_month(&self, region: usize, year: i32, month: u8) -> bool {
        self.cell(year, month).and_then(|c| self.series[region].false_month.get(c).copied()).unwrap_or(false)
    }

    /// The last month of a year for which a region has ytd or growth; 0 where there is none.
    pub fn through(&self, region: usize, year: i32) -> u8 {
        (1..=12)
            .rev()
            .find(|m| {
                self.ytd(region, year, *m).is_some() || self.published_growth(region, year, *m).is_some()
            })
            .unwrap_or(0)
    }

    /// What the growth of a region's year is told against.
    pub fn base_kind(&self, region: usize, year: i32) -> BaseKind {
        let months = || (1..=12).filter_map(|m| self.cell(year, m));
        let series = &self.series[region];
        let any = |values: &[f64]| months().any(|c| values.get(c).is_some_and(|x| x.is_finite()));
        if any(&series.base) {
            BaseKind::Published
        } else if months().any(|c| {
            let known = |v: &[f64]| v.get(c).is_some_and(|x| x.is_finite());
            known(&series.growth) && known(&series.ytd)
        }) {
            BaseKind::Implied
        } else {
            BaseKind::Unknown
        }
    }

    /// What is known at an origin: the figures through `cut` of `year`, and nothing after.
    pub fn view(&self, year: i32, cut: u8) -> View<'_> {
        View::new(self, year, cut)
    }
}
