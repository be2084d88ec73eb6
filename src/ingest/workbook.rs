//! Workbooks: XLSX, XLSB, XLS and ODS, sheet by sheet, guarded against what would fill the memory.

use crate::ingest::compound;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::guard::guarded;
use crate::ingest::kind::{FileKind, damaged, password, too_large};
use crate::ingest::sheet::{Cells, MOST_CELLS, MOST_COLUMNS, MOST_TEXT, Sheet};
use crate::ingest::{biff, xml};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Sheets, Xls, Xlsb, Xlsx};
use std::io::{Cursor, Read};

/// Bytes that a workbook may unpack to.
const MOST_BYTES: u64 = 512 << 20;
/// What deflate can pack at the most: a smaller file cannot unpack to more than the bound.
const BEST_DEFLATE: u64 = 1032;
/// Sheets that are read.
const MOST_SHEETS: usize = 200;

/// Reads every visible sheet.
pub(crate) fn read(bytes: &[u8], kind: FileKind, found: &mut Findings) -> Option<Vec<Sheet>> {
    let sheets = guarded(|| sheets(bytes, kind, found));
    if sheets.is_none() {
        damaged(found, "");
    }
    sheets.flatten()
}

fn sheets(bytes: &[u8], kind: FileKind, found: &mut Findings) -> Option<Vec<Sheet>> {
    let plain;
    let bytes = if kind == FileKind::Old {
        let stream = compound::workbook(bytes).filter(|stream| biff::is_sound(stream));
        let Some(file) = stream.and_then(|stream| compound::repacked(&stream)) else {
            damaged(found, "");
            return None;
        };
        plain = file;
        &plain
    } else {
        bytes
    };
    if kind == FileKind::Zipped && !unpacks(bytes, found) {
        return None;
    }
    let mut book = match open(bytes, kind) {
        Ok(book) => book,
        Err(error) => {
            refuse(&error, found);
            return None;
        }
    };
    let listed: Vec<(String, SheetVisible, SheetType)> =
        book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible, s.typ)).collect();
    let (mut sheets, mut room) = (Vec::new(), Room { cells: MOST_CELLS, text: MOST_TEXT });
    for (name, visible, kind) in listed.into_iter().take(MOST_SHEETS) {
        if kind != SheetType::WorkSheet {
            continue;
        }
        let at = At::sheet(Some(&name));
        if visible != SheetVisible::Visible {
            found.note(
                "hidden_sheet",
                &at,
                &name,
                words(
                    format!("the sheet {name:?} is hidden and is not read"),
                    format!("工作表“{name}”已隐藏，未读取"),
                    "show it in the workbook if it is wanted",
                    "如需读取，请先取消隐藏",
                ),
            );
            continue;
        }
        let cells = match &mut book {
            Sheets::Xlsx(book) => streamed(book, &name, room, found),
            Sheets::Xlsb(book) => streamed_binary(book, &name, room, found),
            book => whole(book, &name, room, found),
        };
        let (cells, at) = cells?;
        let ((rows, columns), text) = (cells.places.size(), cells.bytes());
        room =
            Room { cells: room.cells.saturating_sub(rows * columns), text: room.text.saturating_sub(text) };
        sheets.push(cells.sheet(Some(name), at.0, at.1));
    }
    Some(sheets)
}

/// What the sheets to come may still hold: all of them are in memory at once.
#[derive(Clone, Copy)]
struct Room {
    cells: usize,
    text: usize,
}

/// The cells of a sheet, and where its first one stands.
type Placed = (Cells, (usize, usize));

/// Opens a workbook as what it is: the reader that guesses tells no password from a fault.
fn open(bytes: &[u8], kind: FileKind) -> Result<Sheets<Cursor<&[u8]>>, calamine::Error> {
    let cursor = Cursor::new(bytes);
    if kind == FileKind::Old {
        return Ok(Sheets::Xls(Xls::new(cursor)?));
    }
    let names: Vec<String> = zip::ZipArchive::new(cursor.clone())
        .map(|archive| archive.file_names().flatten().map(|n| n.into_owned()).collect())
        .unwrap_or_default();
    let has = |name: &str| names.iter().any(|n| n == name);
    Ok(if has("content.xml") {
        Sheets::Ods(Ods::new(cursor)?)
    } else if has("xl/workbook.bin") {
        Sheets::Xlsb(Xlsb::new(cursor)?)
    } else {
        Sheets::Xlsx(Xlsx::new(cursor)?)
    })
}

fn refuse(error: &calamine::Error, found: &mut Findings) {
    use calamine::{Error, OdsError, XlsError, XlsxError};
    match error {
        Error::Xlsx(XlsxError::Password)
        | Error::Xls(XlsError::Password)
        | Error::Ods(OdsError::Password) => {
            password(found);
        }
        Error::Ods(OdsError::CellLimitExceeded { max, .. }) => too_large(
            found,
            &At::default(),
            &format!("a sheet has more than {max} cells"),
            &format!("工作表的单元格超过{max}个"),
        ),
        other => damaged(found, &other.to_string()),
    }
}

/// Whether a zip unpacks to no more than the bound, whatever its header claims.
fn unpacks(bytes: &[u8], found: &mut Findings) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        damaged(found, "");
        return false;
    };
    let small = (bytes.len() as u64).saturating_mul(BEST_DEFLATE) < MOST_BYTES;
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let (claimed, name, read) = {
            let Ok(entry) = archive.by_index(index) else { continue };
            let (claimed, name) = (entry.size(), entry.name().map(|n| n.into_owned()).unwrap_or_default());
            // A small file cannot unpack to more than the bound, whatever it claims.
            let read = if small {
                0
            } else {
                std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).unwrap_or(0)
            };
            (claimed, name, read)
        };
        if claimed > MOST_BYTES || read > left {
            let megabytes = MOST_BYTES >> 20;
            too_large(
                found,
                &At::default(),
                &format!("{name} unpacks to more than {megabytes} MB"),
                &format!("{name}解压后超过{megabytes} MB"),
            );
            return false;
        }
        left -= read;
        if name == "content.xml" && archive.by_index(index).is_ok_and(|entry| !xml::closes_its_tables(entry))
        {
            damaged(found, "");
            return false;
        }
        // The workbook may name another folder for it, and capitals are the same to the reader.
        if name.to_lowercase().ends_with("sharedstrings.xml") && !keeps_its_word(&mut archive, index) {
            too_large(
                found,
                &At::default(),
                "its table of texts claims more entries than the file can hold",
                "共享字符串表声明的条目数超过文件所能容纳的数量",
            );
            return false;
        }
    }
    true
}

/// Whether the table of texts claims no more entries than its bytes can hold: room is made for what is claimed.
fn keeps_its_word(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, index: usize) -> bool {
    let Ok(entry) = archive.by_index(index) else { return true };
    // An entry takes at least `<si/>`.
    let most = entry.size().max(4096);
    xml::claimed_texts(entry).is_none_or(|claimed| claimed <= most)
}

/// One sheet of an XLSX, cell by cell: a cell far out takes no room for what lies between.
fn streamed(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: Room, found: &mut Findings) -> Option<Placed> {
    let mut out = Filling::new(name, (0, 0), room, found);
    let mut reader = out.unless_damaged(book.worksheet_cells_reader(name))?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code)))
        .collect();
    while let Some((cell, style)) = out.unless_damaged(reader.next_cell_with_style_id())? {
        let percent = percent.get(style) == Some(&true);
        out.put(place(cell.get_position()), |text| text_of(cell.get_value(), percent, text))?;
    }
    Some(out.done())
}

/// One sheet of an XLSB, cell by cell as well.
fn streamed_binary(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    room: Room,
    found: &mut Findings,
) -> Option<Placed> {
    let mut out = Filling::new(name, (0, 0), room, found);
    let mut reader = out.unless_damaged(book.worksheet_cells_reader(name))?;
    while let Some(cell) = out.unless_damaged(reader.next_cell())? {
        out.put(place(cell.get_position()), |text| text_of(cell.get_value(), false, text))?;
    }
    Some(out.done())
}

/// One sheet of another kind of workbook, which calamine gives as a whole.
fn whole(book: &mut Sheets<Cursor<&[u8]>>, name: &str, room: Room, found: &mut Findings) -> Option<Placed> {
    let range = match book.worksheet_range(name) {
        Ok(range) => range,
        Err(error) => {
            refuse(&error, found);
            return None;
        }
    };
    let mut out = Filling::new(name, place(range.start().unwrap_or_default()), room, found);
    for (row, column, value) in range.used_cells() {
        out.put((row, column), |text| text_of_data(value, text))?;
    }
    Some(out.done())
}

fn place((row, column): (u32, u32)) -> (usize, usize) {
    (row as usize, column as usize)
}

/// A sheet that is being read.
struct Filling<'a> {
    name: &'a str,
    /// Where its first cell stands, from which the others are counted.
    start: (usize, usize),
    /// Cells that it may span.
    most: usize,
    cells: Cells,
    buffer: String,
    found: &'a mut Findings,
}

impl<'a> Filling<'a> {
    fn new(name: &'a str, start: (usize, usize), room: Room, found: &'a mut Findings) -> Self {
        let cells = Cells::of_at_most(room.text);
        Self { name, start, most: room.cells, cells, buffer: String::new(), found }
    }

    /// What the reader gives; none where it gives up, which is said.
    fn unless_damaged<T, E: std::fmt::Display>(&mut self, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| damaged(self.found, &error.to_string())).ok()
    }

    /// Puts the text that is written for a cell where it stands, but for a blank one; none where there is no room for it, which
    /// has been said.
    fn put(&mut self, (row, column): (usize, usize), write: impl FnOnce(&mut String)) -> Option<()> {
        self.buffer.clear();
        write(&mut self.buffer);
        if self.buffer.trim().is_empty() {
            return Some(());
        }
        let name = self.name;
        let at = || At::sheet(Some(name)).cell(self.start.0 + row, self.start.1 + column);
        if column >= MOST_COLUMNS || self.cells.places.spread(row, column) > self.most {
            too_large(
                self.found,
                &at(),
                &format!("with this cell of the sheet {name:?} the file spans more than {MOST_CELLS} cells"),
                &format!("到工作表“{name}”此单元格为止，文件超过{MOST_CELLS}格"),
            );
            return None;
        }
        if !self.cells.put(row, column, &self.buffer) {
            let megabytes = MOST_TEXT >> 20;
            too_large(
                self.found,
                &at(),
                &format!(
                    "with this cell of the sheet {name:?} the file's texts come to more than {megabytes} MB"
                ),
                &format!("到工作表“{name}”此单元格为止，文件的文字超过{megabytes} MB"),
            );
            return None;
        }
        Some(())
    }

    fn done(self) -> Placed {
        (self.cells, self.start)
    }
}

fn is_percent(format: &str) -> bool {
    // A percent sign in quotes or after a backslash is a letter that scales nothing.
    let mut quoted = false;
    let mut before = ' ';
    format.chars().any(|c| {
        quoted ^= c == '"';
        let sign = c == '%' && !quoted && before != '\\';
        before = c;
        sign
    })
}

fn text_of(value: &DataRef<'_>, percent: bool, out: &mut String) {
    match value {
        DataRef::Float(x) if percent => push_percent(*x, out),
        DataRef::Int(x) if percent => push_percent(*x as f64, out),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.push_str(text),
        DataRef::Float(x) => push_number(*x, out),
        DataRef::Int(x) => out.push_str(&x.to_string()),
        DataRef::DateTime(date) => push_date(date, out),
        DataRef::Bool(yes) => out.push_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::Error(error) => out.push_str(&error.to_string()),
        DataRef::Empty => {}
    }
}

fn text_of_data(value: &Data, out: &mut String) {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => out.push_str(text),
        Data::Float(x) => push_number(*x, out),
        Data::Int(x) => out.push_str(&x.to_string()),
        Data::DateTime(date) => push_date(date, out),
        Data::Bool(yes) => out.push_str(if *yes { "TRUE" } else { "FALSE" }),
        Data::Error(error) => out.push_str(&error.to_string()),
        Data::Empty => {}
    }
}

/// A number with the 15 digits that a workbook shows at the most: 238.90000000000003 is 238.9.
fn push_number(x: f64, out: &mut String) {
    let from = out.len();
    out.push_str(&x.to_string());
    if out.len() - from > 15 {
        let rounded = format!("{x:.14e}").parse::<f64>().unwrap_or(x);
        out.truncate(from);
        out.push_str(&rounded.to_string());
    }
}

fn push_percent(x: f64, out: &mut String) {
    push_number(x * 100.0, out);
    out.push('%');
}

fn push_date(date: &ExcelDateTime, out: &mut String) {
    if date.is_datetime() && (1.0..2_958_466.0).contains(&date.as_f64()) {
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        out.push_str(&format!("{year:04}-{month:02}-{day:02}"));
    } else {
        push_number(date.as_f64(), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_a_workbook_shows_them() {
        let shown = |x: f64| {
            let mut out = String::new();
            push_number(x, &mut out);
            out
        };
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(238.9), "238.9");
        assert_eq!(shown(1e15), "1000000000000000");
    }

    #[test]
    fn formats_of_percent() {
        assert!(is_percent("0.0%") && is_percent("#,##0.00%;-0.00%"));
        assert!(!is_percent("0.0\"%\"") && !is_percent("0.0\\%") && !is_percent("General"));
    }
}
