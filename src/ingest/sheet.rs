//! A sheet as texts by column: what every reader makes, and what the layout is found in.

use crate::ingest::fault::At;
use crate::ingest::record::Rest;
use crate::ingest::text::blank;
use std::ops::Range;

/// Most cells that a file may have.
pub(crate) const MOST_CELLS: usize = 60_000_000;
/// Most columns that a sheet may have.
pub(crate) const MOST_COLUMNS: usize = 16_384;
/// Most bytes of text that are put together cell by cell: a workbook may say one long text a million times.
pub(crate) const MOST_TEXT: usize = 512 << 20;

/// One sheet, or a file of one table.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Name; none in a file of text.
    pub(crate) name: Option<String>,
    /// The texts of all cells.
    text: String,
    /// Where the texts of each column's cells stand, as far down as it has any; row `i` is row `i + top` of the sheet, counted
    /// from 0.
    columns: Vec<Vec<Span>>,
    rows: usize,
    /// Rows of the sheet above the first one here.
    pub(crate) top: usize,
    /// Columns of the sheet left of the first one here.
    pub(crate) left: usize,
}

/// A piece of a text by its bytes; none of an empty cell.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    from: u32,
    bytes: u32,
}

impl Sheet {
    /// Rows and columns.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows, self.columns.len())
    }

    /// Whether some rows of a column hold anything; fewer rows where the column ends before.
    pub(crate) fn filled(&self, column: usize, rows: Range<usize>) -> impl Iterator<Item = bool> {
        let spans = self.columns.get(column).map_or(&[][..], Vec::as_slice);
        let to = rows.end.min(spans.len());
        spans[rows.start.min(to)..to].iter().map(|span| span.bytes > 0)
    }

    fn text(&self, span: Span) -> &str {
        let from = span.from as usize;
        self.text.get(from..from + span.bytes as usize).unwrap_or_default()
    }

    /// The sheet as a place of findings.
    pub(crate) fn place(&self) -> At {
        At::sheet(self.name.as_deref())
    }

    /// A row as a place of findings.
    pub(crate) fn row_at(&self, row: usize) -> At {
        self.place().row(row + self.top)
    }

    /// A cell as a place of findings.
    pub(crate) fn cell_at(&self, row: usize, column: usize) -> At {
        self.place().cell(row + self.top, column + self.left)
    }

    /// The row of the sheet, from 0, that a row is.
    pub(crate) fn row_number(&self, row: usize) -> u32 {
        u32::try_from(row + self.top).unwrap_or(u32::MAX)
    }

    /// The column of the sheet, from 0, that a column is.
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
        self.columns.get(column).and_then(|spans| spans.get(row)).map_or("", |span| self.text(*span))
    }
}

/// Where the texts of cells stand in one text, row by row.
#[derive(Debug, Default)]
pub(crate) struct Places {
    columns: Vec<Vec<Span>>,
    rows: usize,
}

impl Places {
    /// Takes a piece of a text for a cell, after all above it in its column; a blank that somebody typed far out is none. The text is
    /// a part of the whole one, from byte `shift` on, which is no longer than `u32` counts.
    pub(crate) fn mark(&mut self, text: &str, piece: Range<usize>, shift: usize, row: usize, column: usize) {
        // Nearly every cell begins with a digit or a letter.
        let seen = text.as_bytes().get(piece.start).is_some_and(u8::is_ascii_graphic) && !piece.is_empty();
        if !seen && text.get(piece.clone()).is_none_or(blank) {
            return;
        }
        let span = Span { from: (shift + piece.start) as u32, bytes: piece.len() as u32 };
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Vec::new);
        }
        self.rows = self.rows.max(row + 1);
        let spans = &mut self.columns[column];
        if spans.len() < row {
            spans.reserve(row + 1 - spans.len());
            spans.resize(row, Span::default());
        }
        if spans.len() == row {
            spans.push(span);
        }
    }

    /// Rows and columns.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows, self.columns.len())
    }

    /// How many cells there would be with one at this place.
    pub(crate) fn spread(&self, row: usize, column: usize) -> usize {
        self.rows.max(row + 1).saturating_mul(self.columns.len().max(column + 1))
    }

    /// Whether a sheet may have a cell at this place.
    pub(crate) fn has_room(&self, row: usize, column: usize) -> bool {
        column < MOST_COLUMNS && self.spread(row, column) <= MOST_CELLS
    }

    /// Takes the cells of rows below, the first of which has `above` rows before it.
    pub(crate) fn append(&mut self, above: usize, below: Self) {
        let width = self.columns.len().max(below.columns.len());
        self.columns.resize_with(width, Vec::new);
        for (spans, more) in self.columns.iter_mut().zip(below.columns).filter(|(_, more)| !more.is_empty()) {
            spans.resize(above, Span::default());
            spans.extend(more);
        }
        if below.rows > 0 {
            self.rows = above + below.rows;
        }
    }

    /// The sheet of these cells; `top` and `left` say where its first cell stands.
    pub(crate) fn sheet(self, text: String, name: Option<String>, top: usize, left: usize) -> Sheet {
        let Self { columns, rows } = self;
        Sheet { name, text, columns, rows, top, left }
    }
}

/// Collects the texts of cells, row by row.
#[derive(Debug)]
pub(crate) struct Cells {
    text: String,
    /// Most bytes of all texts.
    most: usize,
    pub(crate) places: Places,
}

impl Cells {
    /// Cells whose texts take so many bytes at the most.
    pub(crate) fn of_at_most(bytes: usize) -> Self {
        Self { text: String::new(), most: bytes, places: Places::default() }
    }

    /// Bytes of all texts.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Puts a text into a cell, after all above it in its column; false where the texts of all are too long.
    pub(crate) fn put(&mut self, row: usize, column: usize, text: &str) -> bool {
        let from = self.text.len();
        if from + text.len() > self.most {
            return false;
        }
        self.text.push_str(text);
        self.places.mark(&self.text, from..self.text.len(), 0, row, column);
        true
    }

    /// The sheet; `top` and `left` say where its first cell stands.
    pub(crate) fn sheet(self, name: Option<String>, top: usize, left: usize) -> Sheet {
        self.places.sheet(self.text, name, top, left)
    }
}
