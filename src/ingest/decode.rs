//! From the bytes of a text file to a sheet: encoding, separator, fields.

use crate::ingest::comma;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::kind::{empty, too_large};
use crate::ingest::sheet::{Cells, MOST_CELLS, MOST_COLUMNS, MOST_TEXT, Places, Sheet};
use crate::ingest::text::plain;
use crate::par;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;
use std::borrow::Cow;

/// Lines that the separator is told by.
const SAMPLE: usize = 60;

/// Reads a text file.
pub(crate) fn read(bytes: &[u8], found: &mut Findings) -> Option<Sheet> {
    let text = decode(bytes, found)?;
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        empty(found);
        return None;
    }
    let text = one_kind_of_line_end(text);
    // The first line that Excel writes to tell itself the separator.
    let told = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")).and_then(|t| t.bytes().next());
    let text = match told {
        Some(_) => Cow::Owned(text.replacen("sep=", "", 1).replacen("SEP=", "", 1)),
        None => text,
    };
    let separator =
        told.filter(|b| b.is_ascii() && *b != b'\n').map_or_else(|| separator(&text), Separator::Byte);
    let text = match separator {
        Separator::Byte(_) => text,
        Separator::Blanks => Cow::Owned(tabs_for_blanks(&text)),
    };
    let byte = match separator {
        Separator::Byte(byte) => byte,
        Separator::Blanks => b'\t',
    };
    let text = match comma::to_points(&text, byte) {
        None => text.into_owned(),
        Some((text, example)) => {
            found.note(
                "decimal_commas",
                &At::default(),
                &example,
                words(
                    "commas in numbers are read as decimal points",
                    "数字中的逗号按小数点读取",
                    "if they set thousands apart, take them out",
                    "如为千位分隔符，请先去掉",
                ),
            );
            text
        }
    };
    fields(text, byte, found)
}

/// The text, in whatever encoding it is; the guess is said.
fn decode<'a>(bytes: &'a [u8], found: &mut Findings) -> Option<Cow<'a, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        // A second mark, as programs add that join files.
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
            Cow::Owned(text) => Cow::Owned(text.trim_start_matches('\u{feff}').to_owned()),
        };
        return whole(text, wrong, encoding, found);
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes)
        && memchr(0, bytes).is_none()
    {
        return Some(Cow::Borrowed(text));
    }
    if let Some(row) = second_encoding(bytes) {
        found.error(
            "mixed_encodings",
            &At::default().row(row),
            "",
            words(
                "the file is in two encodings: some lines are UTF-8, from here on others are not",
                "文件混用两种编码：部分行为UTF-8，此行起不是",
                "save each part as CSV UTF-8 and join them again",
                "请将各部分分别另存为“CSV UTF-8”后再合并",
            ),
        );
        return None;
    }
    let encoding = match (zeros(bytes, 0), zeros(bytes, 1)) {
        (even, odd) if odd > even && odd * 8 > bytes.len() => UTF_16LE,
        (even, odd) if even > odd && even * 8 > bytes.len() => UTF_16BE,
        _ => GB18030,
    };
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if text.contains('\0') {
        found.error(
            "not_a_table",
            &At::default(),
            "",
            words(
                "the file is neither a workbook nor text",
                "文件既不是工作簿也不是文本",
                "give the table as .xlsx, .xls, .ods or .csv, or copy it and paste it",
                "请提供.xlsx、.xls、.ods或.csv表格，或复制后粘贴",
            ),
        );
        return None;
    }
    found.note(
        "encoding_guessed",
        &At::default(),
        encoding.name(),
        words(
            format!("the text is read as {}", label(encoding)),
            format!("文本按{}编码读取", label(encoding)),
            "if names look wrong, save the file as CSV UTF-8",
            "如名称显示异常，请另存为“CSV UTF-8”",
        ),
    );
    whole(text, wrong, encoding, found)
}

/// The first line that is no UTF-8, where at least two others hold Chinese letters in it.
fn second_encoding(bytes: &[u8]) -> Option<usize> {
    let chinese = |line: &[u8]| {
        std::str::from_utf8(line).is_ok_and(|t| t.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
    };
    let lines = || bytes.split(|b| *b == b'\n').take(10_000);
    let other = lines().position(|line| std::str::from_utf8(line).is_err())?;
    (lines().filter(|line| chinese(line)).count() >= 2 && !bytes.contains(&0)).then_some(other)
}

fn label(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// How many bytes at even or odd places are 0.
fn zeros(bytes: &[u8], odd: usize) -> usize {
    bytes.iter().take(4096).skip(odd).step_by(2).filter(|b| **b == 0).count()
}

fn whole<'a>(
    text: Cow<'a, str>,
    wrong: bool,
    encoding: &'static Encoding,
    found: &mut Findings,
) -> Option<Cow<'a, str>> {
    if !wrong {
        return Some(text);
    }
    let lost = text.matches('\u{fffd}').count();
    // A letter in twenty lost is another encoding, or no text at all.
    if lost * 20 > text.chars().count() {
        found.error(
            "unknown_encoding",
            &At::default(),
            label(encoding),
            words(
                format!(
                    "the text is in no encoding that is read: as {} {lost} letters are lost",
                    label(encoding)
                ),
                format!("无法识别文本编码：按{}读取有{lost}个字符无法显示", label(encoding)),
                "save the file as CSV UTF-8",
                "请另存为“CSV UTF-8”",
            ),
        );
        return None;
    }
    let row = text.split('\u{fffd}').next().map_or(0, |before| before.matches('\n').count());
    found.warning(
        "letters_lost",
        &At::default().row(row),
        &lost.to_string(),
        words(
            format!(
                "{lost} letters could not be read as {}",
                if encoding == UTF_8 { "UTF-8" } else { label(encoding) }
            ),
            format!("有{lost}个字符无法按{}读取", if encoding == UTF_8 { "UTF-8" } else { label(encoding) }),
            "save the file as CSV UTF-8 and look at the names",
            "请另存为“CSV UTF-8”，并核对名称",
        ),
    );
    Some(text)
}

/// Lines that end with `\r\n` or `\r` get `\n`: the field reader counts lines by it.
fn one_kind_of_line_end(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(if text.contains('\r') { text.replace('\r', "\n") } else { text })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Separator {
    Byte(u8),
    /// Columns set apart by blanks, as text copied from a bulletin has them.
    Blanks,
}

/// The separator that the most lines agree on.
fn separator(text: &str) -> Separator {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let most = [b'\t', b',', b';', b'|']
        .into_iter()
        .map(|byte| (score(&lines, byte), byte))
        // Of equals the first: a tab is never part of a number.
        .fold((0, b','), |best, one| if one.0 > best.0 { one } else { best });
    if most.0 > 0 && !(most.1 == b',' && commas_are_of_thousands(&lines)) {
        return Separator::Byte(most.1);
    }
    let blanks = lines.iter().filter(|line| plain(line).split_whitespace().count() >= 2).count();
    if blanks * 2 > lines.len() && lines.len() > 1 { Separator::Blanks } else { Separator::Byte(most.1) }
}

/// Lines with the separator outside quotes, those that have it as often as most counting fourfold.
fn score(lines: &[&str], byte: u8) -> usize {
    let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, byte)).collect();
    let usual = counts.iter().filter(|c| **c > 0).max_by_key(|c| counts.iter().filter(|d| d == c).count());
    let Some(usual) = usual else { return 0 };
    let with = counts.iter().filter(|c| **c > 0).count();
    with + 4 * counts.iter().filter(|c| *c == usual).count()
}

fn outside_quotes(line: &str, byte: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|b| {
            quoted ^= *b == b'"';
            !quoted && *b == byte
        })
        .count()
}

/// Whether blanks set the columns apart and commas only thousands: every comma stands between digits.
fn commas_are_of_thousands(lines: &[&str]) -> bool {
    let grouped = lines.iter().all(|line| {
        let bytes = line.as_bytes();
        bytes.iter().enumerate().filter(|(_, b)| **b == b',').all(|(i, _)| {
            let digit = |j: usize| bytes.get(j).is_some_and(u8::is_ascii_digit);
            i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4)
        })
    });
    grouped
        && lines.iter().filter(|line| plain(line).split_whitespace().count() >= 2).count() * 2 > lines.len()
}

fn tabs_for_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let two = |line: &str| {
        line.trim().contains("  ")
            || line.trim().contains("\u{3000}\u{3000}")
            || line.trim().contains("\u{3000} ")
    };
    let wide = text.lines().filter(|l| two(l)).count() * 2
        > text.lines().filter(|l| l.split_whitespace().count() > 1).count();
    for line in text.lines() {
        // The indent of a part of a region is kept; one blank separates nothing where others stand by twos.
        let start = line.len() - line.trim_start().len();
        out.push_str(&line[..start].replace('\t', " "));
        let mut run = 0;
        for c in line[start..].chars() {
            if c.is_whitespace() {
                run += if c == '\u{3000}' { 1 } else { 2 - usize::from(wide) };
                continue;
            }
            if run >= 2 {
                out.push('\t');
            } else if run == 1 {
                out.push(' ');
            }
            run = 0;
            out.push(c);
        }
        out.push('\n');
    }
    out
}

fn fields(text: String, separator: u8, found: &mut Findings) -> Option<Sheet> {
    let open = open_quote(&text, separator);
    if let Some((row, column)) = open {
        found.error(
            "unclosed_quote",
            &At::default().cell(row, column),
            "",
            words(
                "a quotation mark is opened here and never closed: where this cell ends cannot be told",
                "此处引号未闭合，无法判断单元格在何处结束",
                "close it, or take it out",
                "请补全或删除该引号",
            ),
        );
        return None;
    }
    let read = if memchr(b'"', text.as_bytes()).is_some() {
        quoted(&text, separator)
    } else {
        plainly(text, separator)
    };
    match read {
        Ok(sheet) => Some(sheet),
        Err(Beyond::Cells { row }) => {
            too_large(
                found,
                &At::default().row(row),
                &format!("it has more than {MOST_CELLS} cells or {MOST_COLUMNS} columns"),
                &format!("单元格超过{MOST_CELLS}个，或列数超过{MOST_COLUMNS}"),
            );
            None
        }
        Err(Beyond::Text { most }) => {
            let most = most >> 20;
            too_large(
                found,
                &At::default(),
                &format!("its text is longer than {most} MB"),
                &format!("文本超过{most} MB"),
            );
            None
        }
    }
}

/// What a text has too much of.
enum Beyond {
    Cells { row: usize },
    Text { most: usize },
}

/// Whether there is room for a row of so many columns.
fn fits(places: &Places, row: usize, width: usize) -> Result<(), Beyond> {
    if places.has_room(row, width.saturating_sub(1)) { Ok(()) } else { Err(Beyond::Cells { row }) }
}

/// Text without a quotation mark: every line is a row, and every cell a piece of the text. A third of the time of the reader
/// that knows of quotes.
fn plainly(text: String, separator: u8) -> Result<Sheet, Beyond> {
    if u32::try_from(text.len()).is_err() {
        return Err(Beyond::Text { most: u32::MAX as usize });
    }
    let middle = text.len() / 2;
    let half = text.bytes().skip(middle).position(|b| b == b'\n').map_or(text.len(), |at| middle + at + 1);
    let (upper, lower) = text.split_at_checked(half).unwrap_or((&text, ""));
    let above = upper.bytes().filter(|b| *b == b'\n').count();
    let (places, below) =
        par::both(|| lines(upper, 0, 0, separator), || lines(lower, half, above, separator));
    let (mut places, below) = (places?, below?);
    let (rows, columns) = below.size();
    // Before any room is made for it.
    if rows > 0 {
        fits(&places, above + rows - 1, columns)?;
    }
    places.append(above, below);
    Ok(places.sheet(text, None, 0, 0))
}

/// The cells of some lines, which are a text's from this byte and this row on; rows are counted from the first of them.
fn lines(lines: &str, from: usize, above: usize, separator: u8) -> Result<Places, Beyond> {
    let mut places = Places::default();
    let (mut at, mut row) = (0, 0);
    while at < lines.len() {
        at = line(lines, at, from, row, separator, &mut places).map_err(|beyond| match beyond {
            Beyond::Cells { row } => Beyond::Cells { row: above + row },
            beyond @ Beyond::Text { .. } => beyond,
        })?;
        row += 1;
    }
    Ok(places)
}

/// Takes the cells of the line that begins at a byte; where the next one begins. A function of its own, since a browser makes
/// a function faster only between two calls of it.
#[inline(never)]
fn line(
    text: &str,
    start: usize,
    shift: usize,
    row: usize,
    separator: u8,
    places: &mut Places,
) -> Result<usize, Beyond> {
    let (mut from, mut column) = (start, 0);
    for at in start.. {
        let byte = text.as_bytes().get(at).copied().unwrap_or(b'\n');
        if byte != separator && byte != b'\n' {
            continue;
        }
        if at > from {
            // A line that lost its ends: room is asked for before it is made.
            if column >= places.size().1 {
                fits(places, row, column + 1)?;
            }
            places.mark(text, from..at, shift, row, column);
        }
        (from, column) = (at + 1, column + 1);
        if byte == b'\n' {
            break;
        }
    }
    fits(places, row, column)?;
    Ok(from)
}

fn quoted(text: &str, separator: u8) -> Result<Sheet, Beyond> {
    let mut cells = Cells::of_at_most(MOST_TEXT);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // Lines inside quoted fields belong to one row; blank lines, which the reader skips, are rows of their own.
    let (bytes, mut row, mut inside, mut counted) = (text.as_bytes(), 0, 0, 0);
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
        let blank = bytes.iter().skip(start).take_while(|b| **b == b'\n').count();
        let begins = (start + blank).min(bytes.len());
        row += bytes[counted..begins].iter().filter(|b| **b == b'\n').count() - std::mem::take(&mut inside);
        counted = begins;
        fits(&cells.places, row, record.len())?;
        for (column, field) in record.iter().enumerate() {
            if !cells.put(row, column, field) {
                return Err(Beyond::Text { most: MOST_TEXT });
            }
            inside += field.bytes().filter(|b| *b == b'\n').count();
        }
    }
    Ok(cells.sheet(None, 0, 0))
}

/// The row of a quote that opens a field and is never closed.
fn open_quote(text: &str, separator: u8) -> Option<(usize, usize)> {
    memchr(b'"', text.as_bytes())?;
    let bytes = text.as_bytes();
    let (mut quoted, mut at_start, mut row, mut column, mut opened, mut at) = (false, true, 0, 0, (0, 0), 0);
    while let Some(byte) = bytes.get(at) {
        if quoted {
            if *byte == b'"' {
                // A doubled quote is a letter.
                if bytes.get(at + 1) == Some(&b'"') {
                    at += 1;
                } else {
                    quoted = false;
                }
            }
        } else {
            if *byte == b'"' && at_start {
                (quoted, opened) = (true, (row, column));
            }
            at_start = *byte == separator || *byte == b'\n';
            column = if *byte == b'\n' { 0 } else { column + usize::from(*byte == separator) };
        }
        row += usize::from(*byte == b'\n');
        at += 1;
    }
    quoted.then_some(opened)
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(bytes: &[u8]) -> (Sheet, Findings) {
        let mut found = Findings::new("x.csv");
        (read(bytes, &mut found).unwrap(), found)
    }

    #[test]
    fn rows_keep_their_numbers() {
        let (sheet, _) = sheet("标题\n\n地区,\"备\n注\"\n利通区,1\n".as_bytes());
        assert_eq!(sheet.cell(0, 0), "标题");
        assert_eq!((sheet.cell(2, 0), sheet.cell(2, 1)), ("地区", "备\n注"));
        assert_eq!(sheet.cell(3, 0), "利通区");
    }

    #[test]
    fn encodings_and_separators() {
        let text = "地区;完成投资\r\n利通区;1,234.5\r\n";
        let (gb, ..) = GB18030.encode(text);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(&wide);
        for bytes in [text.as_bytes(), &gb, &wide, &marked] {
            let (sheet, _) = sheet(bytes);
            assert_eq!((sheet.cell(0, 1), sheet.cell(1, 1)), ("完成投资", "1,234.5"));
        }
        let (blanks, _) = sheet("地区  完成投资\n利通区  1,234.5\n同心县  99.0\n".as_bytes());
        assert_eq!(blanks.cell(1, 1), "1,234.5");
        let (mac, _) = sheet(b"region,ytd\rA,1\rB,2\r");
        assert_eq!(mac.cell(2, 1), "2");
    }

    #[test]
    fn a_separator_that_is_said_may_be_any_letter() {
        let (said, _) = sheet("sep=|\n地区|完成额\n利通区|1\n".as_bytes());
        assert_eq!((said.cell(1, 1), said.cell(2, 1)), ("完成额", "1"));
        let (wide, _) = sheet("sep=；\n地区,完成额\n利通区,1\n".as_bytes());
        assert_eq!((wide.cell(1, 0), wide.cell(2, 1)), ("地区", "1"));
    }

    proptest! {
        #[test]
        fn a_text_is_split_as_lines_and_fields(text in "[a市,\n ]{0,60}") {
            let Ok(sheet) = plainly(text.clone(), b',') else { panic!("{text:?}") };
            let split: Vec<Vec<&str>> = text.split('\n').map(|line| line.split(',').collect()).collect();
            let cell = |row: usize, column: usize| {
                let text = split.get(row).and_then(|line| line.get(column)).copied().unwrap_or_default();
                if text.trim().is_empty() { "" } else { text }
            };
            for row in 0..split.len() + 1 {
                for column in 0..text.len() + 1 {
                    prop_assert_eq!(sheet.cell(row, column), cell(row, column));
                }
            }
            let filled = |row: &usize| (0..text.len() + 1).any(|column| !cell(*row, column).is_empty());
            prop_assert_eq!(sheet.size().0, (0..split.len()).filter(filled).max().map_or(0, |row| row + 1));
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused() {
        let mut found = Findings::new("x.csv");
        assert!(read(b"region,ytd\n\"A,1\nB,2\n", &mut found).is_none());
        assert_eq!((found.all[0].code, found.all[0].place.row), ("unclosed_quote", Some(2)));
        let (inches, _) = sheet(b"region,ytd\nA 5\" pipe,1\nB,2\n");
        assert_eq!(inches.cell(2, 0), "B");
    }
}
