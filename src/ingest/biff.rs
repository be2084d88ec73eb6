//! The records of an XLS workbook: whether its sheets claim no more cells than a sheet can have.
//!
//! The reader of workbooks makes room for what a sheet claims before it has seen a cell.

use crate::ingest::compound::{word, word16};

/// Cells of a sheet of this kind, 65,536 rows by 256 columns.
const MOST: u64 = 65_536 * 256;

const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;

/// Whether every sheet that the workbook names keeps to the bound; faults that the reader meets itself are its own to tell.
pub(crate) fn is_sound(workbook: &[u8]) -> bool {
    let globals = Records(workbook).take_while(|(kind, _)| *kind != END);
    let places = globals.filter(|(kind, _)| *kind == SHEET).filter_map(|(_, data)| word(data, 0));
    places.filter_map(|at| workbook.get(at as usize..)).all(|sheet| {
        // A chart within the sheet has dimensions of its own, which the reader passes over.
        let mut depth = 0_u32;
        for (kind, data) in Records(sheet) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                DIMENSIONS if depth <= 1 && claimed(data).is_none_or(|cells| cells > MOST) => return false,
                _ => {}
            }
        }
        true
    })
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
        // What is cut short is for the reader to refuse.
        assert!(is_sound(&good[..at]) && is_sound(&[]));
    }
}
