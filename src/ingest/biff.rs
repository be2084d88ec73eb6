//! The records of an XLS workbook: whether its sheets claim and span no more cells than a sheet can have.
//!
//! The reader of workbooks makes room for what a sheet claims before it has seen a cell, and then for all that lies between its
//! cells; every sheet stays in memory.

use crate::ingest::compound::{word, word16};

/// Cells of a sheet of this kind, 65,536 rows by 256 columns: what one may claim, and what all of them may span.
const MOST: u64 = 65_536 * 256;

const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
/// Several numbers beside each other; the last column stands at the end.
const NUMBERS: u16 = 0x00bd;
/// Number, label, label with formats, truth or error, short number, text by its number.
const VALUES: [u16; 6] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd];

/// Whether the sheets that the workbook names keep to the bounds; faults that the reader meets itself are its own to tell.
pub(crate) fn is_sound(workbook: &[u8]) -> bool {
    let globals = Records(workbook).take_while(|(kind, _)| *kind != END);
    let places = globals.filter(|(kind, _)| *kind == SHEET).filter_map(|(_, data)| word(data, 0));
    let spans = places.filter_map(|at| workbook.get(at as usize..)).map(spanned);
    spans.into_iter().try_fold(MOST, |left, span| left.checked_sub(span?)).is_some()
}

/// Cells that the values of a sheet span, and its formulas, which are kept apart; none where it claims too many.
fn spanned(sheet: &[u8]) -> Option<u64> {
    let (mut values, mut formulas) = (Span::default(), Span::default());
    // A chart within the sheet has records of its own, which the reader passes over.
    let mut depth = 0_u32;
    for (kind, data) in Records(sheet) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS if claimed(data).is_none_or(|cells| cells > MOST) => return None,
            NUMBERS => {
                values.reach(data, 2);
                values.reach(data, data.len().saturating_sub(2));
            }
            FORMULA => {
                values.reach(data, 2);
                formulas.reach(data, 2);
            }
            kind if VALUES.contains(&kind) => values.reach(data, 2),
            _ => {}
        }
    }
    values.cells().checked_add(formulas.cells())
}

/// The first and the last row and column in which something stands.
#[derive(Default)]
struct Span(Option<[(u16, u16); 2]>);

impl Span {
    /// Takes in a cell whose column stands at a place of its record.
    fn reach(&mut self, data: &[u8], column: usize) {
        let (Some(row), Some(column)) = (word16(data, 0), word16(data, column)) else { return };
        let [rows, columns] = self.0.unwrap_or([(row, row), (column, column)]);
        let with = |(from, to): (u16, u16), at: u16| (from.min(at), to.max(at));
        self.0 = Some([with(rows, row), with(columns, column)]);
    }

    fn cells(&self) -> u64 {
        let length = |(from, to): (u16, u16)| u64::from(to - from) + 1;
        self.0.map_or(0, |[rows, columns]| length(rows) * length(columns))
    }
}

/// Cells between the first and the last row and column that are named; none where the last row stands before the first.
fn claimed(data: &[u8]) -> Option<u64> {
    let [from, to, first, last] = match data.len() {
        10 => [0, 2, 4, 6].map(|at| word16(data, at).map(u32::from)),
        14 | 16 => {
            [word(data, 0), word(data, 4), word16(data, 8).map(u32::from), word16(data, 10).map(u32::from)]
        }
        // The reader refuses these.
        _ => return Some(0),
    };
    let (from, to, first, last) = (from?, to?, first?, last?);
    if to == 0 || last == 0 {
        return Some(0);
    }
    let first = if first > 0xff || last < first { 0 } else { first };
    Some(u64::from(to.checked_sub(from)?) * u64::from(last - first))
}

/// Records from a place on: each one's kind and data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (word16(self.0, 0)?, usize::from(word16(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::compound;

    #[test]
    fn a_claim_beyond_a_sheet_is_found() {
        let file = std::fs::read("tests/ugly/xls-wide-merged-header.xls").unwrap();
        let good = compound::workbook(&file).unwrap();
        assert!(is_sound(&good));
        let places: Vec<usize> =
            (0..good.len() - 4).filter(|at| good[*at..].starts_with(&[0, 2, 14, 0])).collect();
        let [at] = places[..] else { panic!("{places:?}") };
        for (from, to) in [(0, u32::MAX), (0, 70_000_000), (9, 3)] {
            let mut bad = good.clone();
            bad[at + 4..at + 8].copy_from_slice(&u32::to_le_bytes(from));
            bad[at + 8..at + 12].copy_from_slice(&u32::to_le_bytes(to));
            assert!(!is_sound(&bad), "{from} to {to}");
        }
        // Room is made for what lies between two cells: all but one sheet's worth of it is refused, of however many sheets.
        let number = |row: u16, column: u16| {
            let place = [row, column].map(u16::to_le_bytes).concat();
            [vec![3, 2, 14, 0], place, vec![0; 10]].concat()
        };
        let far = |row: u16, column: u16| {
            let mut bad = good.clone();
            bad.splice(at..at, [number(0, 0), number(row, column)].concat());
            bad
        };
        assert!(is_sound(&far(999, 99)) && is_sound(&far(65_535, 200)));
        assert!(!is_sound(&far(65_535, 256)) && !is_sound(&far(u16::MAX, u16::MAX)));
        // What is cut short is for the reader to refuse.
        assert!(is_sound(&good[..at]) && is_sound(&[]));
    }
}
