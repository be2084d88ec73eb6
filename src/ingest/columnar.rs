//! Parquet and Arrow files: columns of types, brought to a sheet of texts like any other.

use crate::ingest::fault::{At, Findings};
use crate::ingest::guard::guarded;
use crate::ingest::kind::{FileKind, damaged, too_large};
use crate::ingest::sheet::{Cells, MOST_CELLS, MOST_TEXT, Sheet};
use polars::prelude::{
    DataFrame, DataType, IpcReader, IpcStreamReader, ParquetReader, PolarsResult, SerReader, polars_err,
};
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::parquet::read::{PageReader, read_metadata};
use std::io::Cursor;

/// Rows that are in memory as columns at a time.
const SLICE: usize = 1 << 20;
/// Rows that a small file may have: columns that say one thing over and over take next to no bytes.
const FREE: usize = 1 << 20;
/// Rows that a byte may stand for beyond them.
const ROWS_A_BYTE: usize = 16;

/// Reads a file of columns; its names become the header.
pub(crate) fn read(bytes: &[u8], kind: FileKind, found: &mut Findings) -> Option<Sheet> {
    let whole = || {
        let mut slices = Slices::new(bytes, kind)?;
        let too_many = |rows: usize, columns: usize| rows.saturating_mul(columns) > MOST_CELLS;
        if slices.rows().is_some_and(|rows| too_many(rows, slices.columns)) {
            return Ok(None);
        }
        let Some(first) = slices.next() else { return texts(&DataFrame::default()) };
        let mut all = first?;
        for slice in slices {
            all.vstack_mut(&slice?)?;
        }
        // The head of an Arrow file does not say its rows.
        if too_many(all.height(), all.width()) { Ok(None) } else { texts(&all) }
    };
    let Some(read) = guarded(whole) else {
        damaged(found, "");
        return None;
    };
    match read {
        Ok(Some(sheet)) => Some(sheet),
        Ok(None) => {
            too_large(
                found,
                &At::default(),
                &format!(
                    "it has more than {MOST_CELLS} cells, or {} MB of text, and is not in the tidy form",
                    MOST_TEXT >> 20
                ),
                &format!("单元格超过{MOST_CELLS}个，或文字超过{} MB，且不是标准格式", MOST_TEXT >> 20),
            );
            None
        }
        Err(error) => {
            damaged(found, &error.to_string());
            None
        }
    }
}

/// Refuses a page that claims more values than the file can hold, or fewer than none: room is made for its claim.
fn check_pages(bytes: &[u8], most: usize) -> PolarsResult<()> {
    let wrong = || polars_err!(ComputeError: "a page claims more than the file holds");
    let file = read_metadata(&mut Cursor::new(bytes))?;
    for column in file.row_groups.iter().flat_map(|group| group.parquet_columns()) {
        let range = column.byte_range();
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let chunk = bytes.get(place(range.start)..place(range.end)).ok_or_else(wrong)?;
        let pages = PageReader::new(Cursor::new(chunk.to_vec().into()), column, Vec::new(), chunk.len());
        for page in pages {
            if matches!(page?, CompressedPage::Data(page) if page.num_values() > most) {
                return Err(wrong());
            }
        }
    }
    Ok(())
}

/// A file of columns, slice by slice: of ten million rows not all are in memory twice.
pub(crate) struct Slices<'a> {
    bytes: &'a [u8],
    kind: FileKind,
    /// Where the file's head says them.
    rows: Option<usize>,
    columns: usize,
    at: usize,
}

impl<'a> Slices<'a> {
    /// # Errors
    /// What the reader of the file's head says, and a number of rows that its bytes cannot hold.
    pub(crate) fn new(bytes: &'a [u8], kind: FileKind) -> PolarsResult<Self> {
        let mut out = Self { bytes, kind, rows: None, columns: 1, at: 0 };
        if kind == FileKind::Parquet {
            let mut reader = ParquetReader::new(Cursor::new(bytes));
            let rows = reader.num_rows()?;
            (out.rows, out.columns) = (Some(rows), reader.schema()?.len());
            let most = FREE.max(bytes.len().saturating_mul(ROWS_A_BYTE));
            if rows > most {
                return Err(polars_err!(ComputeError: "{rows} rows in {} bytes", bytes.len()));
            }
            check_pages(bytes, most)?;
        }
        Ok(out)
    }

    /// Rows in all, where the head says them.
    pub(crate) fn rows(&self) -> Option<usize> {
        self.rows
    }
}

impl Iterator for Slices<'_> {
    type Item = PolarsResult<DataFrame>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at > 0 && self.rows.is_none_or(|rows| self.at >= rows) {
            return None;
        }
        let (bytes, from) = (Cursor::new(self.bytes), self.at);
        let read = match self.kind {
            FileKind::Parquet => {
                self.at += SLICE;
                ParquetReader::new(bytes).with_slice(Some((from, SLICE))).finish()
            }
            _ => {
                // All at once.
                self.at += 1;
                if self.bytes.starts_with(b"ARROW1") {
                    IpcReader::new(bytes).finish()
                } else {
                    IpcStreamReader::new(bytes).finish()
                }
            }
        };
        Some(read)
    }
}

/// Every column as texts, under its name; none where they are too long together.
pub(crate) fn texts(frame: &DataFrame) -> PolarsResult<Option<Sheet>> {
    let mut cells = Cells::of_at_most(MOST_TEXT);
    for (at, column) in frame.columns().iter().enumerate() {
        let texts = column.as_materialized_series().cast(&DataType::String)?;
        let named = std::iter::once(Some(column.name().as_str()));
        for (row, text) in named.chain(texts.str()?.iter()).enumerate() {
            if !cells.put(row, at, text.unwrap_or_default()) {
                return Ok(None);
            }
        }
    }
    Ok(Some(cells.sheet(None, 0, 0)))
}
