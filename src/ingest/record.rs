//! Records: one a region, a period and what is measured, with the cells that it came from.

use crate::ingest::fault::At;
use crate::ledger::Ledger;
use std::collections::BTreeMap;

/// One record, its texts by their number in [`Records::texts`].
#[derive(Debug, Clone, Default)]
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
    pub(crate) texts: Vec<String>,
    known: BTreeMap<String, u32>,
    pub(crate) all: Vec<Record>,
    pub(crate) rest: Vec<Rest>,
    /// Where the unit of a sheet's column is said.
    pub(crate) unit_at: BTreeMap<(u32, u32), At>,
    /// Where the header of a sheet's column stands.
    pub(crate) header_at: BTreeMap<(u32, u32), At>,
}

impl Records {
    pub(crate) fn text(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), number);
        number
    }
}
