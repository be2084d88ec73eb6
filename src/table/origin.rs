//! Where the rows of the tidy form come from, when they were read from a file of another form.

use crate::error::Diagnostic;
use std::sync::Arc;

/// The cells that a row of the tidy form was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the sheet, from 0.
    pub row: u32,
    /// Column of the amount, from 0.
    pub amount: u32,
    /// Column of growth, from 0.
    pub growth: u32,
}

/// The origins of all rows, in their order. A copy is cheap.
#[derive(Debug, Clone, Default)]
pub struct Origins(Arc<[Origin]>);

impl From<Vec<Origin>> for Origins {
    fn from(all: Vec<Origin>) -> Self {
        Self(all.into())
    }
}

impl Origins {
    /// Brings a finding about the tidy form, whose first row is 2, to the cell that the row came from; one about no row, or
    /// where nothing is known of the origin, stays as it is.
    ///
    /// ```
    /// # use landfall::{error::{Diagnostic, Place, Said, Severity}, table::{Origin, Origins}};
    /// let origins = Origins::from(vec![Origin { sheet: Some("7月".into()), row: 4, amount: 2, growth: 3 }]);
    /// let place = Place { row: Some(2), column: Some((5, "growth".into())), ..Place::default() };
    /// let said = || Said::new("", "");
    /// let finding = Diagnostic { code: "x", severity: Severity::Note, place, value: String::new(), text: said(), help: said() };
    /// assert_eq!(origins.locate(finding).place.cell().as_deref(), Some("D5"));
    /// ```
    pub fn locate(&self, mut finding: Diagnostic) -> Diagnostic {
        let origin = finding.place.row.and_then(|line| self.0.get((line as usize).checked_sub(2)?));
        if let Some(origin) = origin {
            let column = finding.place.column.take();
            let growth = column.as_ref().is_some_and(|(_, name)| name == "growth");
            finding.place.sheet.clone_from(&origin.sheet);
            finding.place.row = Some(origin.row + 1);
            let name = column.map(|(_, name)| name).unwrap_or_default();
            finding.place.column = Some((if growth { origin.growth } else { origin.amount }, name));
        }
        finding
    }
}
