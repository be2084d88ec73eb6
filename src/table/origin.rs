//! Where the rows of the tidy form come from, when they were read from a file of another form.

use crate::error::Diagnostic;
use std::sync::Arc;

/// The cells that a row of the tidy form was made of: all of one row of a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// Sheet, by its place among the names of [`Origins::new`].
    pub sheet: u32,
    /// Row of the sheet, from 0.
    pub row: u32,
    /// Column of the amount, from 0.
    pub amount: u32,
    /// Column of growth, from 0.
    pub growth: u32,
    /// Column of the month, or where none names it, of what is of that month.
    pub month: u32,
    /// Column of the year; as for the month.
    pub year: u32,
}

/// The origins of all rows, in their order. A copy is cheap.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    sheets: Arc<[Option<String>]>,
    all: Arc<Vec<Origin>>,
}

impl Origins {
    /// The names of the sheets, none for a file that is one table, and the rows' cells.
    pub fn new(sheets: Vec<Option<String>>, all: Vec<Origin>) -> Self {
        Self { sheets: sheets.into(), all: Arc::new(all) }
    }

    /// The sheet, the row and the column, from 0, that a cell of the tidy form came from. `line` is its row there, the header
    /// being 1; the column of another name than `growth`, `month` and `year` is that of the amount.
    pub fn cell(&self, line: u32, column: &str) -> Option<(Option<&str>, u32, u32)> {
        let origin = self.all.get((line as usize).checked_sub(2)?)?;
        let at = match column {
            "growth" => origin.growth,
            "month" => origin.month,
            "year" => origin.year,
            _ => origin.amount,
        };
        let sheet = self.sheets.get(origin.sheet as usize).and_then(|name| name.as_deref());
        Some((sheet, origin.row, at))
    }

    /// Brings a finding about the tidy form, whose first row is 2, to the cell that the row came from; one about no row, or
    /// where nothing is known of the origin, stays as it is.
    ///
    /// ```
    /// # use landfall::{error::{Diagnostic, Place, Said, Severity}, table::{Origin, Origins}};
    /// let origin = Origin { row: 4, amount: 2, growth: 3, ..Origin::default() };
    /// let origins = Origins::new(vec![Some("7月".into())], vec![origin]);
    /// let place = Place { row: Some(2), column: Some((5, "growth".into())), ..Place::default() };
    /// let said = || Said::new("", "");
    /// let finding = Diagnostic { code: "x", severity: Severity::Note, place, value: String::new(), text: said(), help: said() };
    /// assert_eq!(origins.locate(finding).place.cell().as_deref(), Some("D5"));
    /// ```
    pub fn locate(&self, mut finding: Diagnostic) -> Diagnostic {
        let name = finding.place.column.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
        if let Some((sheet, row, column)) = finding.place.row.and_then(|line| self.cell(line, &name)) {
            finding.place.sheet = sheet.map(str::to_owned);
            finding.place.row = Some(row + 1);
            finding.place.column = Some((column, name));
        }
        finding
    }
}
