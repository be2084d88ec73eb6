//! One table on one sheet.

use crate::brief::BulletinParts;
use crate::brief::grid::{Cell, Column, Grid, chance, colour, numbers, shape};
use crate::error::Lang;
use crate::target::Light;
use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, Format, FormatAlign, FormatBorder, Formula, Worksheet,
    XlsxError,
};
use std::collections::BTreeSet;

/// Colour of titles.
pub(super) const LEAD: &str = "12436D";
/// First row of a table's header: title, under it the unit, and what is illustrative.
const HEADER: u32 = 3;

/// Formats that every sheet uses.
pub(super) struct Style {
    pub(super) title: Format,
    pub(super) small: Format,
    pub(super) warn: Format,
    pub(super) head: Format,
    pub(super) wrapped: Format,
    amount: String,
}

impl Style {
    pub(super) fn new(parts: &BulletinParts) -> Self {
        let decimals = usize::from(parts.decimals);
        let amount = if decimals == 0 { "#,##0".into() } else { format!("#,##0.{}", "0".repeat(decimals)) };
        let quiet = Format::new().set_font_size(9).set_font_color("57606A");
        Self {
            title: Format::new().set_bold().set_font_size(16).set_font_color(LEAD),
            warn: Format::new()
                .set_font_size(10)
                .set_background_color("FFF1D6")
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color("DFE8F1")
                .set_border_bottom(FormatBorder::Thin),
            small: quiet.set_text_wrap().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            amount,
        }
    }

    fn cell(&self, cell: &Cell, whole: bool) -> Format {
        let format = Format::new()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color("C9D1D9");
        let format = match cell {
            Cell::Amount(_) => format.set_num_format(&self.amount),
            Cell::Percent(_) => format.set_num_format("0.0%"),
            Cell::Chance(..) => format.set_num_format("0%"),
            Cell::Points(_) => format.set_num_format("+0.0;-0.0;0.0"),
            Cell::Shift(_) => format.set_num_format("\"↑\"0;\"↓\"0;\"–\""),
            Cell::Count(_) => format.set_num_format("#,##0"),
            Cell::Exact(_) => format.set_num_format("General"),
            Cell::Name { depth, .. } => {
                format.set_align(FormatAlign::Left).set_indent(depth.saturating_sub(1)).set_text_wrap()
            }
            Cell::Text(_) => format.set_text_wrap(),
            Cell::Range(..) | Cell::None => format.set_align(FormatAlign::Right),
            Cell::Light(..) => format,
        };
        if whole { format.set_bold().set_background_color("EEF2F6") } else { format }
    }
}

/// Columns that a text over or under a table may take: how many, and how many letters wide in all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) columns: u16,
    pub(super) letters: f64,
}

/// A text across the whole table, in as many lines as it takes: alone in its cell it would make the printed page wider.
pub(super) fn across(
    page: &mut Worksheet,
    row: u32,
    text: &str,
    format: &Format,
    room: Room,
) -> Result<(), XlsxError> {
    if room.columns > 1 {
        page.merge_range(row, 0, row, room.columns - 1, text, format)?;
    } else {
        page.write_string_with_format(row, 0, text, format)?;
    }
    page.set_row_height(row, lines(text, room.letters) * 13.0 + 2.0)?;
    Ok(())
}

/// Title, unit and what is illustrative; the row after them.
pub(super) fn top(
    page: &mut Worksheet,
    parts: &BulletinParts,
    title: &str,
    style: &Style,
    room: Room,
) -> Result<u32, XlsxError> {
    page.write_string_with_format(0, 0, title, &style.title)?;
    across(page, 1, &parts.subtitle, &style.small, room)?;
    if !parts.illustrative.is_empty() {
        across(page, 2, &parts.illustrative, &style.warn, room)?;
    }
    Ok(HEADER)
}

/// Writes a table; the first free row under it.
pub(super) fn table(
    page: &mut Worksheet,
    parts: &BulletinParts,
    grid: &Grid,
    style: &Style,
) -> Result<u32, XlsxError> {
    let wide = |column: &Column| (column.width * if column.words { 11.0 } else { 9.5 }).clamp(7.0, 70.0);
    let room = Room {
        columns: u16::try_from(grid.columns.len()).unwrap_or(1),
        // Small print has more letters to the line.
        letters: grid.columns.iter().map(wide).sum::<f64>() * 1.15,
    };
    top(page, parts, &grid.title, style, room)?;
    for (column, at) in grid.columns.iter().zip(0u16..) {
        page.write_string_with_format(HEADER, at, heading(grid, usize::from(at)), &style.head)?;
        page.set_column_width(at, wide(column))?;
    }
    page.set_row_height(HEADER, 32)?;
    for (cells, at) in grid.rows.iter().zip(HEADER + 1..) {
        let whole = cells.iter().any(|c| matches!(c, Cell::Name { whole: true, .. }));
        let mut lines: f64 = 1.0;
        for ((cell, column), place) in cells.iter().zip(&grid.columns).zip(0u16..) {
            put(page, parts, (at, place), cell, &style.cell(cell, whole))?;
            if let Cell::Text(text) | Cell::Name { text, .. } = cell {
                lines = lines.max(self::lines(text, wide(column) * 0.95));
            }
        }
        page.set_row_height(at, lines * 15.0)?;
    }
    let last = HEADER + u32::try_from(grid.rows.len()).unwrap_or(0);
    let mut below = last + 1;
    if let Some(sum) = &grid.sum {
        let row = sum.row.map_or(below, |row| HEADER + 1 + u32::try_from(row).unwrap_or(0));
        below += u32::from(sum.row.is_none());
        sums(page, grid, style, row)?;
    }
    for (column, at) in (0u16..).zip(0..grid.columns.len()) {
        if grid.rows.iter().any(|row| matches!(row[at], Cell::Light(..))) {
            lights(page, parts, column, last)?;
        }
    }
    let note = [grid.note.as_str(), parts.footer.as_str(), parts.mark.as_str()];
    for text in note.into_iter().filter(|t| !t.is_empty()) {
        across(page, below, text, &style.small, room)?;
        below += 1;
    }
    let names = grid.rows.first().and_then(|r| r.iter().position(|c| matches!(c, Cell::Name { .. })));
    page.set_freeze_panes(HEADER + 1, names.and_then(|n| u16::try_from(n + 1).ok()).unwrap_or(0))?;
    page.set_repeat_rows(HEADER, HEADER)?;
    print(page, parts, true);
    Ok(below + 1)
}

/// A table whose ranges stand in two columns, so that their ends are numbers.
pub(super) fn with_ends(parts: &BulletinParts, grid: &Grid) -> Grid {
    let mut out = Grid { columns: Vec::new(), rows: vec![Vec::new(); grid.rows.len()], ..grid.clone() };
    for (at, column) in grid.columns.iter().enumerate() {
        let range = grid.rows.iter().any(|row| matches!(row[at], Cell::Range(..)));
        if !range {
            out.columns.push(column.clone());
            out.rows.iter_mut().zip(&grid.rows).for_each(|(to, from)| to.push(from[at].clone()));
            continue;
        }
        let name = column.head.split('\n').next().unwrap_or_default();
        for (end, low) in [(parts.lang.pick("low", "低"), true), (parts.lang.pick("high", "高"), false)] {
            out.columns.push(numbers(format!("{name}\n{end}"), 1.0));
            for (to, from) in out.rows.iter_mut().zip(&grid.rows) {
                to.push(match from[at] {
                    Cell::Range(a, b) => Cell::Percent(if low { a } else { b }),
                    _ => Cell::None,
                });
            }
        }
    }
    out
}

/// A column's heading; a cell in percent shows its sign, so that the heading need not.
fn heading(grid: &Grid, at: usize) -> String {
    let percent = grid.rows.iter().any(|row| matches!(row[at], Cell::Percent(_)));
    let head = &grid.columns[at].head;
    head.strip_suffix("\n%").filter(|_| percent).unwrap_or(head).to_owned()
}

fn put(
    page: &mut Worksheet,
    parts: &BulletinParts,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::None => page.write_blank(row, column, format)?,
        Cell::Amount(x) | Cell::Percent(x) | Cell::Points(x) | Cell::Exact(x) => {
            page.write_number_with_format(row, column, *x, format)?
        }
        Cell::Count(n) => page.write_number_with_format(row, column, *n, format)?,
        Cell::Shift(n) => page.write_number_with_format(row, column, *n, format)?,
        Cell::Chance(p, settled) => {
            // What is "under 5 %" or "over 95 %" is no number.
            let text = chance(*p, *settled);
            if text.starts_with(['<', '>']) {
                page.write_string_with_format(
                    row,
                    column,
                    &text,
                    &format.clone().set_align(FormatAlign::Right),
                )?
            } else {
                page.write_number_with_format(row, column, *p, format)?
            }
        }
        Cell::Text(_) | Cell::Name { .. } | Cell::Range(..) | Cell::Light(..) => {
            page.write_string_with_format(row, column, cell.shown(parts.decimals, parts.lang), format)?
        }
    };
    Ok(())
}

/// Sums as formulas, with the result that they have now.
fn sums(page: &mut Worksheet, grid: &Grid, style: &Style, row: u32) -> Result<(), XlsxError> {
    let Some(sum) = &grid.sum else { return Ok(()) };
    let own = sum.row.is_some();
    let mut named = own;
    for (column, at) in grid.columns.iter().zip(0usize..) {
        let place = u16::try_from(at).unwrap_or(u16::MAX);
        if !column.adds {
            let name = grid.rows.iter().any(|r| matches!(r[at], Cell::Name { .. }));
            if name && !named {
                let cell = Cell::Name { text: sum.name.clone(), depth: 0, whole: true };
                page.write_string_with_format(row, place, &sum.name, &style.cell(&cell, true))?;
                named = true;
            }
            continue;
        }
        let number = |row: usize| match grid.rows[row][at] {
            Cell::Amount(x) => Some(x),
            Cell::Count(n) => Some(f64::from(n)),
            _ => None,
        };
        let known: Vec<f64> = sum.of.iter().filter_map(|row| number(*row)).collect();
        let Some(like) = sum.of.iter().map(|row| &grid.rows[*row][at]).find(|c| **c != Cell::None) else {
            continue;
        };
        let total = crate::num::sum(known);
        let formula = Formula::new(format!("=SUM({})", cells(place, &sum.of))).set_result(total.to_string());
        page.write_formula_with_format(row, place, formula, &style.cell(like, true))?;
    }
    Ok(())
}

/// Rows of a column as a formula names them: `D5:D7,D9`.
fn cells(column: u16, rows: &[usize]) -> String {
    let letter = rust_xlsxwriter::column_number_to_name(column);
    let mut out: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => out.push((*row, *row)),
        }
    }
    let first = HEADER as usize + 2;
    let named = out.into_iter().map(|(from, to)| match from == to {
        true => format!("{letter}{}", from + first),
        false => format!("{letter}{}:{letter}{}", from + first, to + first),
    });
    named.collect::<Vec<_>>().join(",")
}

/// The colours of lights follow the shapes in the cells.
fn lights(page: &mut Worksheet, parts: &BulletinParts, column: u16, last: u32) -> Result<(), XlsxError> {
    for light in [Light::Green, Light::Yellow, Light::Red] {
        let back = match light {
            Light::Green => "DDEBF8",
            Light::Yellow => "FFF1D6",
            Light::Red => "F6DDE6",
        };
        let look =
            Format::new().set_bold().set_font_color(colour(light, parts).as_str()).set_background_color(back);
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::Contains(shape(light).into()))
            .set_format(look);
        page.add_conditional_format(HEADER + 1, column, last, column, &rule)?;
    }
    Ok(())
}

/// How many lines a text takes in a cell of so many letters; a Chinese one is as wide as two.
pub(super) fn lines(text: &str, letters: f64) -> f64 {
    let width: f64 = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 1.9 }).sum();
    (width / letters.max(1.0)).ceil().max(1.0)
}

/// As it is printed: A4, one page wide, with source and mark at the foot.
pub(super) fn print(page: &mut Worksheet, parts: &BulletinParts, wide: bool) {
    page.set_paper_size(9);
    if wide {
        page.set_landscape();
    }
    page.set_print_fit_to_pages(1, 0);
    page.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    // A foot of a page holds 255 letters and takes & for a command.
    let mark: String = parts.mark.replace('&', "&&").chars().take(80).collect();
    page.set_footer(format!("&L&8{mark}&R&8&P / &N"));
}

/// A sheet's name: short, free of what a name cannot hold, and of its own.
pub(super) fn name(parts: &BulletinParts, grid: &Grid, taken: &mut BTreeSet<String>) -> String {
    let (en, zh) = match grid.id.as_str() {
        "league-fai" => ("Fixed assets", "固投排名"),
        "league-works" => ("Key projects league", "项目排名"),
        "league-attraction" => ("Funds in place league", "到位资金排名"),
        "league-granted" => ("Funds won league", "上争资金排名"),
        "sectors" => ("Sectors", "行业"),
        "completion" => ("Completion", "项目完成"),
        "projects" => ("Key projects", "重点项目"),
        "in-place" => ("Funds in place", "到位资金"),
        "funnel" => ("Funnel", "招商环节"),
        "attraction" => ("Attraction", "分地区招商"),
        "list-best" => ("Best", "展示榜"),
        "list-watch" => ("Watch", "监督榜"),
        "list-slow" => ("Slow", "曝光榜"),
        "scenario" => ("Scenario", "情景"),
        "tasks" => ("Tasks", "任务清单"),
        "figures" => ("Numbers", "数字来源"),
        other => (other, other),
    };
    let plain = match parts.lang {
        Lang::En => en,
        Lang::Zh => zh,
    };
    let mut name = plain.to_owned();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{plain} {count}");
    }
    name
}
