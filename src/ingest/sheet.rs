//! A sheet as a frame of texts: what every reader makes, and what the layout is found in.

use crate::ingest::fault::At;
use crate::ingest::record::Rest;
use polars::prelude::{ChunkFullNull, Column, DataFrame, IntoColumn, StringChunked, StringChunkedBuilder};

/// One sheet, or a file of one table.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Name; none in a file of text.
    pub(crate) name: Option<String>,
    /// Texts, all columns of one length; row `i` of the frame is row `i + top` of the sheet, counted from 0.
    pub(crate) frame: DataFrame,
    /// The frame's columns as what they are: a cell is asked for a dozen times on its way.
    texts: Vec<StringChunked>,
    /// Rows of the sheet above the frame.
    pub(crate) top: usize,
    /// Columns of the sheet left of the frame.
    pub(crate) left: usize,
}

impl Sheet {
    /// A sheet of a frame whose columns are texts; those of another type are taken for empty.
    pub(crate) fn new(name: Option<String>, frame: DataFrame, top: usize, left: usize) -> Self {
        let empty = || StringChunked::full_null("".into(), frame.height());
        let texts = frame.columns().iter().map(|c| c.str().cloned().unwrap_or_else(|_| empty())).collect();
        Self { name, frame, texts, top, left }
    }

    /// Rows and columns.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.frame.height(), self.frame.width())
    }

    /// The texts of a column.
    pub(crate) fn column(&self, index: usize) -> Option<&StringChunked> {
        self.texts.get(index)
    }

    /// The sheet as a place of findings.
    pub(crate) fn place(&self) -> At {
        At::sheet(self.name.as_deref())
    }

    /// A row of the frame as a place of findings.
    pub(crate) fn row_at(&self, row: usize) -> At {
        self.place().row(row + self.top)
    }

    /// A cell of the frame as a place of findings.
    pub(crate) fn cell_at(&self, row: usize, column: usize) -> At {
        self.place().cell(row + self.top, column + self.left)
    }

    /// The row of the sheet, from 0, that a row of the frame is.
    pub(crate) fn row_number(&self, row: usize) -> u32 {
        u32::try_from(row + self.top).unwrap_or(u32::MAX)
    }

    /// The column of the sheet, from 0, that a column of the frame is.
    pub(crate) fn column_number(&self, column: usize) -> u32 {
        u32::try_from(column + self.left).unwrap_or(u32::MAX)
    }

    /// A row that nothing was made of, and why.
    pub(crate) fn left_out(&self, row: usize, why: &'static str) -> Rest {
        let cells = (0..self.size().1).map(|column| self.cell(row, column).to_owned()).collect();
        Rest { sheet: self.name.clone(), row: self.row_number(row).saturating_add(1), why, cells }
    }

    /// The text of a cell; empty where there is none.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        self.column(column).and_then(|texts| texts.get(row)).unwrap_or_default()
    }
}

/// Collects the cells of a sheet, row by row, into a frame.
#[derive(Default)]
pub(crate) struct Cells {
    columns: Vec<(StringChunkedBuilder, usize)>,
    rows: usize,
}

impl Cells {
    /// Puts a text into a cell; false where the column already holds that row or a later one.
    pub(crate) fn put(&mut self, row: usize, column: usize, text: &str) -> bool {
        // A blank that somebody typed far out is no cell.
        if text.chars().all(char::is_whitespace) {
            return true;
        }
        while self.columns.len() <= column {
            let name = self.columns.len().to_string();
            self.columns.push((StringChunkedBuilder::new(name.into(), 0), 0));
        }
        self.rows = self.rows.max(row + 1);
        let Some((builder, length)) = self.columns.get_mut(column) else { return false };
        if row < *length {
            return false;
        }
        while *length < row {
            builder.append_null();
            *length += 1;
        }
        builder.append_value(text);
        *length += 1;
        true
    }

    /// How many cells the frame would have with a cell at this place.
    pub(crate) fn spread(&self, row: usize, column: usize) -> usize {
        self.rows.max(row + 1).saturating_mul(self.columns.len().max(column + 1))
    }

    /// The sheet; `top` and `left` say where its first cell stands.
    pub(crate) fn sheet(self, name: Option<String>, top: usize, left: usize) -> Option<Sheet> {
        let rows = self.rows;
        let columns: Vec<Column> = self
            .columns
            .into_iter()
            .map(|(mut builder, length)| {
                for _ in length..rows {
                    builder.append_null();
                }
                builder.finish().into_column()
            })
            .collect();
        let frame = DataFrame::new(rows, columns).ok()?;
        Some(Sheet::new(name, frame, top, left))
    }
}
