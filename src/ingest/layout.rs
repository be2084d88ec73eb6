//! Where the tables of a sheet are: titles above, rows of header, rows of data, notes below.

use crate::ingest::number::{Number, number, with_unit};
use crate::ingest::period::{self, Period};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::{blank, key, plain};
use crate::ingest::words::{self, Facets};
use std::ops::Range;

/// Most rows of header.
const MOST_HEADER: usize = 4;
/// Sheets up to this many rows are looked through for a second table and for headers that repeat.
const SMALL: usize = 20_000;
/// Rows in which a table must begin.
const HEAD: usize = 400;

/// One table of a sheet. Rows and columns are counted as [`Sheet::cell`] does.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Texts above the header.
    pub(crate) titles: Vec<Title>,
    /// Rows of the header; empty where the table has none.
    pub(crate) header: Range<usize>,
    /// Rows from the first of data to the last.
    pub(crate) data: Range<usize>,
    /// Rows within `data` that hold none: notes, headers repeated.
    pub(crate) aside: Vec<usize>,
    /// The columns that hold anything, with their headers.
    pub(crate) heads: Vec<Head>,
    /// The last column that has a header, of this table or one beside it.
    pub(crate) last_column: Option<usize>,
}

/// A text above a table, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Title {
    pub(crate) text: String,
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// A column's header.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// Rows of its topmost and its lowest text.
    pub(crate) top: usize,
    pub(crate) row: usize,
    /// A finding's code, where a program had changed the header and it was read as it was meant.
    pub(crate) mended: Option<&'static str>,
    /// Column.
    pub(crate) column: usize,
    /// The header's rows, joined by ` / `.
    pub(crate) text: String,
    /// What they say.
    pub(crate) facets: Facets,
}

/// What stands in a row.
#[derive(Debug, Default, Clone, Copy)]
struct Profile {
    filled: usize,
    numbers: usize,
    marks: usize,
    years: usize,
    periods: usize,
    words: usize,
    first: Option<usize>,
}

fn profile(sheet: &Sheet, row: usize) -> Profile {
    let (mut out, mut points) = (Profile::default(), 0);
    for column in 0..sheet.size().1 {
        let text = sheet.cell(row, column);
        if blank(text) {
            continue;
        }
        out.filled += 1;
        out.first.get_or_insert(column);
        match number(text) {
            Number::Is(_) if is_year_point_month(text) => points += 1,
            Number::Is(x) if x.fract() == 0.0 && (1900.0..2200.0).contains(&x) && plain(text).len() == 4 => {
                out.years += 1;
            }
            Number::Is(_) | Number::Percent(_) | Number::Failed => out.numbers += 1,
            Number::Missing => out.marks += 1,
            Number::Not if with_unit(text).is_some() => out.numbers += 1,
            Number::Not if period::whole(text).is_some() => out.periods += 1,
            Number::Not => out.words += 1,
        }
    }
    // 2022.08, 2022.09 … across a row are months; one alone is an amount.
    if points >= 3 {
        out.periods += points
    } else {
        out.numbers += points
    }
    out
}

/// `2022.08`: a year, a point and a month.
fn is_year_point_month(text: &str) -> bool {
    let text = plain(text);
    text.split_once('.').is_some_and(|(year, month)| {
        year.len() == 4
            && year.parse().is_ok_and(|y: u32| (1990..2100).contains(&y))
            && month.len() <= 2
            && month.parse().is_ok_and(|m: u32| (1..=12).contains(&m))
    })
}

/// Whether a row's numbers are the months 1, 2, 3 … of a header.
fn counts_months(sheet: &Sheet, row: usize) -> bool {
    let months: Vec<f64> = (0..sheet.size().1)
        .filter_map(|c| match number(sheet.cell(row, c)) {
            Number::Is(x) => Some(x),
            _ => None,
        })
        .collect();
    months.len() >= 3
        && months[0] <= 2.0
        && months.iter().all(|m| (1.0..=12.0).contains(m) && m.fract() == 0.0)
        && months.windows(2).all(|pair| pair[1] == pair[0] + 1.0)
}

fn is_data(sheet: &Sheet, row: usize, p: Profile) -> bool {
    if p.filled < 2 || p.numbers + p.marks == 0 {
        // A row of a year and nothing else but a name may still be data of a table without figures.
        return false;
    }
    // Marks alone beside words are the blanks of a header's form.
    if p.numbers == 0 && p.marks < p.words {
        return false;
    }
    !(counts_months(sheet, row) && p.words <= 1 && p.periods == 0)
}

/// A row above the header: a title, a line of the unit, of who filled it in.
fn is_title(sheet: &Sheet, row: usize, p: Profile) -> bool {
    let texts = (0..sheet.size().1).map(|c| key(sheet.cell(row, c))).filter(|t| !t.is_empty());
    let says = |t: &String| ["单位:", "unit:", "填报", "制表", "报送", "密级"].iter().any(|w| t.contains(w));
    let of_the_unit = texts.clone().any(|t| says(&t));
    if of_the_unit && p.filled <= 4 {
        return true;
    }
    // Titles of tables that stand beside each other.
    let long = |t: &String| {
        t.chars().count() >= 10 && ["年", "投资", "资金", "情况", "表"].iter().any(|w| t.contains(w))
    };
    if p.filled > 1 && p.filled <= 4 && p.words == p.filled && texts.clone().all(|t| long(&t)) {
        return true;
    }
    if p.filled != 1 {
        return false;
    }
    // A single text over several columns belongs to the header where it says what they hold.
    let text = texts.into_iter().next().unwrap_or_default();
    p.first == Some(0) || words::header(&text).role.is_none() && period::whole(&text).is_none()
}

/// The tables of a sheet, from the top.
pub(crate) fn tables(sheet: &Sheet) -> Vec<Table> {
    let (height, width) = sheet.size();
    let filled = filled_cells(sheet);
    let (mut out, mut start) = (Vec::new(), 0);
    while start < height && width > 0 {
        let last = height.min(start + HEAD);
        let first = (start..last).find(|row| is_data(sheet, *row, profile(sheet, *row)));
        let Some(first) = first else { break };
        let header = header_above(sheet, start, first);
        let titles: Vec<Title> = (start..header.start)
            .flat_map(|row| (0..width).map(move |column| (row, column)))
            .map(|(row, column)| Title { text: plain(sheet.cell(row, column)), row, column })
            .filter(|title| !title.text.is_empty())
            .collect();
        let (data, aside) = body(sheet, &filled, &header, first);
        let mut heads = heads(sheet, &header, &data);
        mend_periods(&mut heads);
        start = data.end;
        let last_column = heads.iter().filter(|h| !h.text.is_empty()).map(|h| h.column).max();
        out.extend(beside(Table { titles, header, data, aside, heads, last_column }));
        if height > SMALL {
            break;
        }
    }
    out
}

/// Two tables beside each other, an empty column between them and each with its regions.
fn beside(table: Table) -> Vec<Table> {
    let is_region = |head: &Head| head.facets.role == Some(words::Role::Region) && head.facets.exact;
    let cut = table.heads.windows(2).position(|pair| {
        pair[1].column > pair[0].column + 1
            && is_region(&pair[1])
            && table.heads.iter().any(|h| h.column < pair[1].column && is_region(h))
    });
    let Some(cut) = cut else { return vec![table] };
    let (mut left, mut right) = (table.clone(), table);
    left.heads.truncate(cut + 1);
    right.heads.drain(..=cut);
    let start = right.heads.first().map_or(0, |h| h.column);
    left.titles.retain(|t| t.column < start);
    let own: Vec<Title> = right.titles.iter().filter(|t| t.column >= start).cloned().collect();
    if !own.is_empty() {
        right.titles = own;
    }
    std::iter::once(left).chain(beside(right)).collect()
}

/// Headers that a program changed: 1-2, 1-3 … that became the 2nd, 3rd … of January, and 2022.1 after 2022.09.
fn mend_periods(heads: &mut [Head]) {
    let days: Vec<Option<u8>> = heads.iter().map(|h| january(&h.text)).collect();
    let found: Vec<u8> = days.iter().flatten().copied().collect();
    let rising = found.len() >= 2 && found.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if rising && found.iter().all(|d| (2..=12).contains(d)) {
        for (head, day) in heads.iter_mut().zip(&days) {
            if let Some(day) = day {
                head.facets.period = Period { year: None, from: Some(1), to: Some(*day), cumulative: true };
                head.mended = Some("months_as_dates");
            }
        }
    }
    for i in 1..heads.len() {
        let (before, here) = (heads[i - 1].facets.period, heads[i].facets.period);
        let tenth =
            before.to == Some(9) && here.to == Some(1) && here.year == before.year && here.year.is_some();
        if tenth && heads[i].text.trim().ends_with(".1") {
            heads[i].facets.period.to = Some(10);
            heads[i].mended = Some("month_from_order");
        }
    }
}

/// The day of a date in January: `2023-01-05`, `1月5日`.
fn january(text: &str) -> Option<u8> {
    let text = key(text);
    let day = match text.strip_prefix("1月") {
        Some(rest) => rest.strip_suffix('日')?,
        None => {
            let rest = text.get(4..).filter(|_| text.as_bytes().first().is_some_and(u8::is_ascii_digit))?;
            rest.strip_prefix("-01-")?
        }
    };
    day.parse().ok().filter(|d| (1..=31).contains(d))
}

fn header_above(sheet: &Sheet, start: usize, first: usize) -> Range<usize> {
    let mut top = first;
    while top > start && first - top < MOST_HEADER {
        let p = profile(sheet, top - 1);
        if p.filled == 0 || is_title(sheet, top - 1, p) || is_data(sheet, top - 1, p) {
            break;
        }
        top -= 1;
    }
    top..first
}

/// Cells that hold something, for each row.
fn filled_cells(sheet: &Sheet) -> Vec<u16> {
    let (height, width) = sheet.size();
    let mut out = vec![0u16; height];
    for column in 0..width {
        for (count, filled) in out.iter_mut().zip(sheet.filled(column, 0..height)) {
            *count = count.saturating_add(u16::from(filled));
        }
    }
    out
}

/// The rows of data, and those among them that are none.
fn body(sheet: &Sheet, filled: &[u16], header: &Range<usize>, first: usize) -> (Range<usize>, Vec<usize>) {
    let height = filled.len();
    let small = height <= SMALL;
    let usual = usual(&filled[first..height.min(first + HEAD)]);
    let (mut aside, mut end, mut blank) = (Vec::new(), first, false);
    for (row, cells) in filled.iter().copied().enumerate().skip(first) {
        if cells == 0 {
            blank = true;
            continue;
        }
        // Rows as full as the others are data; only the odd ones are looked at.
        if small || cells * 2 < usual || blank {
            let p = profile(sheet, row);
            if p.filled == 0 {
                blank = true;
                continue;
            }
            let another = blank && !is_data(sheet, row, p) && row > first;
            if another && small && begins_table(sheet, row) {
                return (first..row, aside);
            }
            if !is_data(sheet, row, p) && !is_row(p) || repeats_header(sheet, header, row) {
                aside.push(row);
                end = row + 1;
                continue;
            }
        }
        blank = false;
        end = row + 1;
    }
    (first..end, aside)
}

/// A row of a table that happens to hold no number: a name and marks or words of several columns.
fn is_row(p: Profile) -> bool {
    p.filled >= 2 && (p.marks > 0 || p.years > 0 || p.words >= 2)
}

fn usual(filled: &[u16]) -> u16 {
    let mut sorted = filled.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// Whether a header follows within a few rows, and data below it.
fn begins_table(sheet: &Sheet, row: usize) -> bool {
    let height = sheet.size().0;
    let first = (row..height.min(row + 8)).find(|r| is_data(sheet, *r, profile(sheet, *r)));
    first.is_some_and(|first| {
        let header = header_above(sheet, row, first);
        !header.is_empty()
            && header.clone().any(|r| {
                let roles = (0..sheet.size().1).filter(|c| {
                    let facets = words::header(sheet.cell(r, *c));
                    facets.role.is_some() || !facets.period.is_empty()
                });
                roles.count() >= 2
            })
    })
}

fn repeats_header(sheet: &Sheet, header: &Range<usize>, row: usize) -> bool {
    header.clone().any(|r| {
        let mut some = false;
        (0..sheet.size().1).all(|c| {
            let (a, b) = (sheet.cell(row, c), sheet.cell(r, c));
            some |= !a.is_empty();
            a == b
        }) && some
    })
}

/// The headers of the columns that hold anything: a merged cell speaks for the columns under it.
fn heads(sheet: &Sheet, header: &Range<usize>, data: &Range<usize>) -> Vec<Head> {
    let width = sheet.size().1;
    let mut texts: Vec<Vec<String>> = vec![Vec::new(); width];
    let (mut lowest, mut topmost) = (vec![header.start; width], vec![None; width]);
    for row in header.clone() {
        let is_last = row + 1 == header.end;
        let mut over = String::new();
        for (column, stack) in texts.iter_mut().enumerate() {
            let own = plain(sheet.cell(row, column));
            if !own.is_empty() {
                over.clone_from(&own);
                lowest[column] = row;
                topmost[column].get_or_insert(row);
            }
            let below = (row + 1..header.end).any(|r| !blank(sheet.cell(r, column)));
            let text = if own.is_empty() && !is_last && below { over.clone() } else { own };
            if !text.is_empty() && stack.last() != Some(&text) {
                stack.push(text);
            }
        }
    }
    let months = header.clone().any(|row| counts_months(sheet, row));
    let holds = |column: usize| sheet.filled(column, data.clone()).any(|filled| filled);
    texts
        .into_iter()
        .enumerate()
        .filter(|(column, _)| holds(*column))
        .map(|(column, stack)| {
            let text = stack.join(" / ");
            let mut facets = words::header(&text);
            if months
                && let Some(month) =
                    stack.iter().find_map(|t| t.parse::<u8>().ok().filter(|m| (1..=12).contains(m)))
            {
                facets.period.to = Some(month);
            }
            Head {
                column,
                top: topmost[column].unwrap_or(header.start),
                row: lowest[column],
                mended: None,
                text,
                facets,
            }
        })
        .collect()
}
