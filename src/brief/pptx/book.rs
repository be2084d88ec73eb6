//! The workbook inside a chart, which "Edit data" opens.

use super::PptxError;
use super::chart::SHEET;
use super::native::{Cell, NativeChart};
use crate::brief::Stamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, XlsxError};

/// The chart's table as an XLSX file.
pub(super) fn workbook(chart: &NativeChart, created: Stamp) -> Result<Vec<u8>, PptxError> {
    write(chart, created).map_err(|e| PptxError::Package { why: e.to_string() })
}

fn write(chart: &NativeChart, created: Stamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let at = ExcelDateTime::from_timestamp(created.unix().cast_signed())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    let (bold, figures) = (Format::new().set_bold(), Format::new().set_num_format(chart.format));
    for (column, index) in chart.columns.iter().zip(0u16..) {
        sheet.write_string_with_format(0, index, &column.name, &bold)?;
        for (cell, row) in column.cells.iter().zip(1u32..) {
            match cell {
                Cell::Empty => continue,
                // A name is a text, whatever it begins with.
                Cell::Text(text) => sheet.write_string(row, index, text)?,
                Cell::Number(value) => sheet.write_number_with_format(row, index, *value, &figures)?,
                Cell::Formula { formula, value } => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    sheet.write_formula_with_format(row, index, formula, &figures)?
                }
            };
        }
    }
    sheet.set_column_width(0, 18)?;
    sheet.set_freeze_panes(1, 1)?;
    book.save_to_buffer()
}
