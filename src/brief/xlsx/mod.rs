//! A bulletin as a workbook: a sheet of sentences, a sheet a table, and one with the year's fan, drawn by the workbook itself.

mod charts;
mod sheet;

use super::grid::Grid;
use super::page::{Block, Section};
use super::{BriefError, Bulletin, BulletinParts, Stamp};
use crate::chart::Chart;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use sheet::{LEAD, Style, print};
use std::collections::BTreeSet;

/// A bulletin as an XLSX file: numbers as numbers, unrounded, with formats; sums as formulas; headers frozen; lights
/// conditional; charts that can be edited. Names stay texts, whatever they begin with.
///
/// ```
/// use landfall::brief::{Bulletin, BulletinParts, Stamp, xlsx};
/// let bulletin = Bulletin::new(BulletinParts { title: "July".into(), month: 7, ..BulletinParts::default() })?;
/// let bytes = xlsx(&bulletin, Stamp::from_unix(1_691_487_000))?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), landfall::brief::BriefError>(())
/// ```
///
/// # Errors
/// [`BriefError::Package`] where the writer refuses, such as a table beyond a sheet's 1,048,576 rows.
pub fn xlsx(bulletin: &Bulletin, created: Stamp) -> Result<Vec<u8>, BriefError> {
    write(bulletin.parts(), created).map_err(|e| BriefError::Package { why: e.to_string() })
}

fn write(parts: &BulletinParts, created: Stamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let at = ExcelDateTime::from_timestamp(created.unix().cast_signed())?;
    let properties = DocProperties::new()
        .set_title(&parts.title)
        .set_author("Landfall")
        .set_comment(&parts.footer)
        .set_creation_datetime(&at);
    book.set_properties(&properties);
    let style = Style::new(parts);
    let sections = parts.sections();
    words(book.add_worksheet(), parts, &sections, &style)?;
    let mut taken = BTreeSet::new();
    for section in &sections {
        for block in &section.blocks {
            match block {
                Block::Table(grid) if !grid.rows.is_empty() => {
                    let grid = &sheet::with_ends(parts, grid);
                    let name = sheet::name(parts, grid, &mut taken);
                    let page = book.add_worksheet();
                    page.set_name(&name)?;
                    let below = sheet::table(page, parts, grid, &style)?;
                    if grid.id.starts_with("league-") {
                        charts::league(page, parts, grid, &name, below)?;
                    }
                }
                Block::Picture(chart) => {
                    if let Chart::Fan(spec) = chart.as_ref() {
                        charts::fan(book.add_worksheet(), parts, spec, &style)?;
                    }
                }
                _ => {}
            }
        }
    }
    book.save_to_buffer()
}

/// The sheet of sentences, section by section, each with its id.
fn words(
    page: &mut Worksheet,
    parts: &BulletinParts,
    sections: &[Section<'_>],
    style: &Style,
) -> Result<(), XlsxError> {
    page.set_name(parts.lang.pick("Bulletin", "通报"))?;
    page.set_column_width(0, 6)?;
    page.set_column_width(1, 96)?;
    let id = Format::new().set_font_color("57606A").set_align(FormatAlign::Top);
    let text = style.wrapped.clone();
    let lead = text.clone().set_bold().set_font_size(13);
    let heading = Format::new().set_bold().set_font_size(12).set_font_color(LEAD);
    let mut row = sheet::top(page, parts, &parts.title, style, sheet::Room { columns: 2, letters: 110.0 })?;
    let mut put = |row: &mut u32, sentence: &super::Sentence, format: &Format, size: f64| {
        page.write_string_with_format(*row, 0, &sentence.id, &id)?;
        page.write_string_with_format(*row, 1, &sentence.text, format)?;
        page.set_row_height(*row, sheet::lines(&sentence.text, 92.0 * 11.0 / size) * size * 1.4 + 3.0)?;
        *row += 1;
        Ok::<(), XlsxError>(())
    };
    if !parts.headline.text.is_empty() {
        put(&mut row, &parts.headline, &lead, 13.0)?;
    }
    let mut headings = Vec::new();
    for section in sections {
        let sentences: Vec<_> = section
            .blocks
            .iter()
            .filter_map(|b| if let Block::Words(sentence) = b { Some(*sentence) } else { None })
            .collect();
        if sentences.is_empty() {
            continue;
        }
        row += 1;
        headings.push((row, section.title.clone()));
        row += 1;
        for sentence in sentences {
            put(&mut row, sentence, &text, 11.0)?;
        }
    }
    for note in notes(sections) {
        row += 1;
        put(&mut row, &super::Sentence { text: note, ..super::Sentence::default() }, &style.small, 9.0)?;
    }
    row += 1;
    for (at, title) in headings {
        page.write_string_with_format(at, 0, &title, &heading)?;
    }
    page.write_string_with_format(row, 1, format!("{} {}", parts.footer, parts.mark), &style.small)?;
    page.set_row_height(row, sheet::lines(&parts.footer, 110.0) * 13.0 + 3.0)?;
    print(page, parts, false);
    Ok(())
}

/// Small print that stands under no table.
fn notes(sections: &[Section<'_>]) -> Vec<String> {
    let note = |block: &Block<'_>| match block {
        Block::Note(note) => Some(note.clone()),
        Block::Table(Grid { rows, title, note, .. }) if rows.is_empty() => Some(format!("{title}: {note}")),
        _ => None,
    };
    sections.iter().flat_map(|s| s.blocks.iter().filter_map(note)).collect()
}
