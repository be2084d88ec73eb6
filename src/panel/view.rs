//! A panel as it stood at an origin: structurally unable to look ahead.

use crate::calendar::Calendar;
use crate::num;
use crate::panel::Panel;

/// A panel through month `cut` of `year`; every question about a later month is answered with `None`.
///
/// `cut` 0 means that nothing of `year` is known yet.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    panel: &'a Panel,
    year: i32,
    cut: u8,
    /// Whether each region is seen; all are where there is none.
    only: Option<&'a [bool]>,
}

impl<'a> View<'a> {
    pub(super) fn new(panel: &'a Panel, year: i32, cut: u8) -> Self {
        Self { panel, year, cut, only: None }
    }

    /// The same, seeing nothing of the regions for which `only` has `false`; one entry a region of the tree.
    #[must_use]
    pub fn only(self, only: &'a [bool]) -> Self {
        Self { only: Some(only), ..self }
    }

    /// The year under way.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The last month known of that year.
    pub fn cut(&self) -> u8 {
        self.cut
    }

    /// Reporting periods.
    pub fn calendar(&self) -> Calendar {
        self.panel.calendar()
    }

    /// The first year with data of any region.
    pub fn first_year(&self) -> i32 {
        self.panel.first_year()
    }

    /// How many regions the tree has; some may have no data.
    pub fn regions(&self) -> usize {
        self.panel.tree().regions().len()
    }

    fn sees(&self, region: usize, year: i32, month: u8) -> bool {
        (year < self.year || (year == self.year && month <= self.cut)) && self.includes(region)
    }

    /// Whether anything of a region is seen.
    pub fn includes(&self, region: usize) -> bool {
        self.only.is_none_or(|only| only.get(region).copied().unwrap_or(false))
    }

    /// Cumulative amount through a month.
    pub fn ytd(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.ytd(region, year, month))?
    }

    /// ytd on one scope through all years; see [`Panel::index`].
    pub fn index(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.index(region, year, month))?
    }

    /// The period that ends with a month, on the scope of the index; `None` where it is missing or false.
    pub fn flow(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.index_flow(region, year, month))?
    }

    /// Growth of ytd: as published, else against the base.
    pub fn growth(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.growth(region, year, month))?
    }

    /// The base of a month's growth: comparable where known, else last year's ytd. A base that was given for
    /// a later month of the year under way is known before its month comes, since it is last year's figure.
    pub fn base(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.base(region, year, month))?
    }

    /// The comparable base of a month, without last year's ytd as a stand-in.
    pub fn comparable_base(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        self.sees(region, year, month).then(|| self.panel.comparable_base(region, year, month))?
    }

    /// A base that was given ahead for a month of the year under way; see [`crate::panel::Cells`].
    pub fn base_given_ahead(&self, region: usize, month: u8) -> Option<f64> {
        let cell = self.panel.cell(self.year, month)?;
        let ahead = self.panel.ytd(region, self.year, month).is_none();
        let base = self.panel.series[region].base.get(cell).copied().and_then(num::finite);
        base.filter(|_| ahead && self.includes(region))
    }

    /// Whether every period after `from` through `to` of a year is known and true.
    pub fn is_whole(&self, region: usize, year: i32, from: u8, to: u8) -> bool {
        self.calendar()
            .months()
            .filter(|m| (from + 1..=to).contains(m))
            .all(|m| self.flow(region, year, m).is_some())
    }

    /// The comparable base of a year ÷ last year's published ytd, as known through `month`; see
    /// [`Panel::base_ratio`].
    pub fn base_ratio(&self, region: usize, year: i32, month: u8) -> f64 {
        if !self.includes(region) {
            return 1.0;
        }
        let month = if year < self.year { month } else { month.min(self.cut) };
        self.panel.base_ratio(region, year, month)
    }

    /// Log of what one of the index is worth in amounts of the year under way; 0 where that is not known.
    pub fn ln_scope(&self, region: usize) -> f64 {
        let scope = self.ytd(region, self.year, self.cut).zip(self.index(region, self.year, self.cut));
        scope.filter(|(y, i)| *y > 0.0 && *i > 0.0).map_or(0.0, |(y, i)| num::ln(y / i))
    }
}
