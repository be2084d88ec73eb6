//! Parquet and Arrow files: columns of types, brought to a sheet of texts like any other.

use crate::ingest::fault::Findings;
use crate::ingest::guard::guarded;
use crate::ingest::kind::{FileKind, damaged};
use crate::ingest::sheet::Sheet;
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, IpcReader, IpcStreamReader, NamedFrom, ParquetReader,
    PolarsResult, SerReader, Series,
};
use std::io::Cursor;

/// Reads a file of columns; its names become the header.
pub(crate) fn read(bytes: &[u8], kind: FileKind, found: &mut Findings) -> Option<Sheet> {
    let Some(read) = guarded(|| frame(bytes, kind).and_then(|frame| texts(&frame))) else {
        damaged(found, "");
        return None;
    };
    match read {
        Ok(frame) => Some(Sheet { name: None, frame, top: 0, left: 0 }),
        Err(error) => {
            damaged(found, &error.to_string());
            None
        }
    }
}

fn frame(bytes: &[u8], kind: FileKind) -> PolarsResult<DataFrame> {
    match kind {
        FileKind::Parquet => ParquetReader::new(Cursor::new(bytes)).finish(),
        _ if bytes.starts_with(b"ARROW1") => IpcReader::new(Cursor::new(bytes)).finish(),
        _ => IpcStreamReader::new(Cursor::new(bytes)).finish(),
    }
}

/// Every column as texts, under its name.
fn texts(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let columns: PolarsResult<Vec<Column>> = frame
        .columns()
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let name = Series::new(i.to_string().into(), [column.name().as_str()]);
            let mut cells = column.as_materialized_series().cast(&DataType::String)?;
            cells.rename(i.to_string().into());
            let mut all = name;
            all.append(&cells)?;
            Ok(all.into_column())
        })
        .collect();
    DataFrame::new(frame.height() + 1, columns?)
}
