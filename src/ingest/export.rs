//! Out again: tables that Excel opens right and in which no name becomes a formula.

use crate::ingest::records::Rest;

/// A CSV as Excel wants it: UTF-8 with a mark, and no cell that a spreadsheet would take for a formula.
///
/// A cell that begins with `=`, `+`, `-` or `@` and is no number gets a `'` before it.
///
/// ```
/// let out = landfall::ingest::with_bom("region,growth\n=1+1,-3.5\n");
/// assert_eq!(out, "\u{feff}region,growth\r\n'=1+1,-3.5\r\n");
/// ```
pub fn with_bom(csv_text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv_text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
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
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let _ = writer.write_record(["sheet", "row", "why"]);
    for row in rest {
        let head = [row.sheet.clone().unwrap_or_default(), row.row.to_string(), row.why.to_owned()];
        let _ = writer.write_record(head.into_iter().chain(row.cells.iter().map(|c| harmless(c))));
    }
    finished(writer)
}
