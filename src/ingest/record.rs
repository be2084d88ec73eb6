//! Records: one a region, a period and what is measured, with the cells that it came from.

use crate::ingest::fault::At;
use crate::ingest::texts::Texts;
use crate::ledger::Ledger;
use crate::par;
use crate::table::Origin;
use std::collections::BTreeMap;

/// One record, its texts by their number in [`Records::texts`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Record {
    pub(crate) region: u32,
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) sector: Option<u32>,
    pub(crate) composition: Option<u32>,
    pub(crate) unit: Option<u32>,
    pub(crate) parent: Option<u32>,
    pub(crate) published: Option<u32>,
    /// Amounts that are neither said to be flows nor cumulative.
    pub(crate) amount: Option<f64>,
    pub(crate) value: Option<f64>,
    pub(crate) ytd: Option<f64>,
    pub(crate) growth: Option<f64>,
    pub(crate) base: Option<f64>,
    pub(crate) sheet: u32,
    pub(crate) row: u32,
    /// Column of the amount, and of growth where there is no amount.
    pub(crate) column: u32,
    pub(crate) growth_column: u32,
    /// Column of the region's name, where the row names it.
    pub(crate) name_column: Option<u32>,
    /// Column of the period, where the row names it.
    pub(crate) time_column: Option<u32>,
    /// Column of the year, where the row names it.
    pub(crate) year_column: Option<u32>,
}

impl Record {
    /// What cell of the panel it is of, but for the date of publication; in the order of ledger, region, part, year, month.
    pub(crate) fn key(&self) -> u128 {
        self.key_of(self.year)
    }

    /// The same of another year.
    pub(crate) fn key_of(&self, year: i32) -> u128 {
        let part = |number: Option<u32>| number.map_or(0, |n| u128::from(n) + 1);
        // A year is a number of four digits, and a text's number is below 2^32.
        let series = ((u128::from(self.ledger.unwrap_or_default() as u8) << 32 | u128::from(self.region))
            << 33
            | part(self.sector))
            << 33
            | part(self.composition);
        (series << 16 | u128::from(year.unsigned_abs() & 0xffff)) << 4 | u128::from(self.month)
    }

    /// The cells of one series and year have one.
    pub(crate) fn year_key(&self) -> u128 {
        self.key() >> 4
    }

    /// The cells that it came from.
    pub(crate) fn origin(&self) -> Origin {
        let time = self.time_column.unwrap_or(self.column);
        let (sheet, row) = (self.sheet, self.row);
        let year = self.year_column.unwrap_or(time);
        Origin { sheet, row, amount: self.column, growth: self.growth_column, month: time, year }
    }

    /// Its amount, whatever it counts.
    pub(crate) fn any_amount(&self) -> Option<f64> {
        self.amount.or(self.ytd).or(self.value)
    }
}

/// A row that no record was made of.
#[derive(Debug, Clone)]
pub struct Rest {
    /// Sheet.
    pub sheet: Option<String>,
    /// Row of the sheet, from 1.
    pub row: u32,
    /// The code of the finding that says why.
    pub why: &'static str,
    /// Its cells.
    pub cells: Vec<String>,
}

/// All records of a file.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) texts: Texts,
    pub(crate) all: Vec<Record>,
    pub(crate) rest: Vec<Rest>,
    /// Where the unit of a sheet's column is said.
    pub(crate) unit_at: BTreeMap<(u32, u32), At>,
    /// Where the header of a sheet's column stands.
    pub(crate) header_at: BTreeMap<(u32, u32), At>,
    /// Whether the spans of months from January on that a sheet writes are 1-2月 (first), or longer (second).
    pub(crate) spans: BTreeMap<u32, (bool, bool)>,
}

impl Records {
    /// Puts the records in the order of [`Record::key`]; those of one cell stay in the order of the file.
    pub(crate) fn sort(&mut self) {
        let mut order: Vec<(u128, u32)> = self.all.iter().map(Record::key).zip(0..).collect();
        if order.is_sorted() {
            return;
        }
        // Sorting the keys alone, and each record moving once, is a third of the time of sorting records. A table mostly stands
        // in runs of one month or one region, which the stable sort joins.
        order.sort();
        self.all = par::map(&order, |(_, at)| self.all[*at as usize]);
    }

    pub(crate) fn text(&mut self, text: &str) -> u32 {
        self.texts.number(text)
    }
}
