//! Out again: tables that Excel opens right and in which no name becomes a formula.

use crate::ingest::record::Rest;

/// A CSV as Excel wants it: UTF-8 with a mark, and no cell that a spreadsheet would take for a formula.
///
/// A cell that begins with `=`, `+`, `-` or `@` and is no number gets a `'` before it.
///
/// ```
/// let out = landfall::ingest::with_bom("region,growth\n=1+1,-3.5\n");
/// assert_eq!(out, "\u{feff}region,growth\n'=1+1,-3.5\n");
/// ```
pub fn with_bom(csv_text: &str) -> String {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv_text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        // Into memory nothing can fail to be written.
        let _ = writer.write_record(record.iter().map(harmless));
    }
    finished(writer)
}

/// A text that a spreadsheet leaves a text.
fn harmless(field: &str) -> String {
    let risky = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    if risky { format!("'{field}") } else { field.to_owned() }
}

fn finished(writer: csv::Writer<Vec<u8>>) -> String {
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8(bytes).unwrap_or_default())
}

/// The rows that no row of the tidy form was made of, with their place and why, as [`with_bom`] writes.
pub fn rest_csv(rest: &[Rest]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let _ = writer.write_record(["sheet", "row", "why"]);
    for row in rest {
        let head = [row.sheet.clone().unwrap_or_default(), row.row.to_string(), row.why.to_owned()];
        let _ = writer.write_record(head.into_iter().chain(row.cells.iter().map(|c| harmless(c))));
    }
    finished(writer)
}

/// A table in the tidy form as a workbook: numbers as numbers, names as text whatever they begin with, the header frozen.
///
/// # Errors
/// What the writer of workbooks says, for a table beyond a sheet's 1,048,576 rows.
#[cfg(feature = "xlsx")]
pub fn workbook(csv_text: &str) -> Result<Vec<u8>, String> {
    let said = |error: rust_xlsxwriter::XlsxError| error.to_string();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv_text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        for (field, column) in record.iter().zip(0u16..) {
            match field.parse::<f64>() {
                Ok(x) if x.is_finite() && row > 0 => sheet.write_number(row, column, x),
                _ if field.is_empty() => continue,
                _ => sheet.write_string(row, column, field),
            }
            .map_err(said)?;
        }
        row += 1;
    }
    sheet.set_freeze_panes(1, 0).map_err(said)?;
    book.save_to_buffer().map_err(said)
}

/// A table in the tidy form as Parquet: years and months as integers, amounts as floating-point numbers, names as text.
///
/// # Errors
/// What the writer says.
#[cfg(feature = "columnar")]
pub fn parquet(csv_text: &str) -> Result<Vec<u8>, String> {
    use polars::prelude::{Column, DataFrame, ParquetWriter};
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    let names: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
    let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); names.len()];
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        for (column, field) in cells.iter_mut().zip(record.iter()) {
            column.push(Some(field).filter(|f| !f.is_empty()).map(str::to_owned));
        }
    }
    let height = cells.first().map_or(0, Vec::len);
    let columns = names.iter().zip(cells).map(|(name, cells)| {
        let numbers = |cells: &[Option<String>]| -> Vec<Option<f64>> {
            cells.iter().map(|c| c.as_ref().and_then(|t| t.parse().ok())).collect()
        };
        match name.as_str() {
            "year" | "month" => {
                let whole: Vec<Option<i32>> =
                    cells.iter().map(|c| c.as_ref().and_then(|t| t.parse().ok())).collect();
                Column::new(name.as_str().into(), whole)
            }
            "value" | "ytd" | "growth" | "base" | "total" | "plan_year" | "done" => {
                Column::new(name.as_str().into(), numbers(&cells))
            }
            _ => Column::new(name.as_str().into(), cells),
        }
    });
    let mut frame = DataFrame::new(height, columns.collect()).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    ParquetWriter::new(&mut out).finish(&mut frame).map_err(|e| e.to_string())?;
    Ok(out)
}
