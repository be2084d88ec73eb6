//! Text files whose numbers have commas for decimal points, as spreadsheets of half of Europe write them.
//!
//! Such a file sets its columns apart by something else. A comma alone may set thousands apart too: it is taken for a
//! point where a number of the file says so and none says the other.

/// Lines that it is told by.
const SAMPLE: usize = 2_000;

/// Of so many cells that could be either one has to tell, but for semicolons.
const TOLD: usize = 10;

/// What a cell says of commas and points.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Says {
    /// A comma is the point: `12,5`, `0,970`, `1.207,94`.
    Comma,
    /// A point is the point: `12.5`, `1,207.94`, `1,207,940`.
    Point,
    /// Either: `1,760`, `1.760`, `12`.
    Either,
}

/// The text with points for decimal commas, and a number that shows them; `None` where it has none.
pub(super) fn to_points(text: &str, separator: u8) -> Option<(String, String)> {
    if separator == b',' || !text.contains(',') {
        return None;
    }
    let (mut example, mut sure, mut open) = (None, 0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE) {
        for cell in cells(line, separator) {
            match says(cell.trim()) {
                Says::Point => return None,
                Says::Comma => {
                    sure += 1;
                    example = example.or_else(|| Some(cell.trim().to_owned()));
                }
                Says::Either => open += usize::from(cell.contains(',')),
            }
        }
    }
    // Where tabs set columns apart, a cell like 3,4 may be a list of two; semicolons are there because commas are taken.
    let example = example.filter(|_| separator == b';' || sure * TOLD >= open)?;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        for cell in cells(line.trim_end_matches(['\n', '\r']), separator) {
            // Cells are parts of the line, in their order.
            let at = cell.as_ptr() as usize - rest.as_ptr() as usize;
            out.push_str(&rest[..at]);
            match is_number(cell.trim()) {
                true => {
                    out.extend(cell.chars().filter(|c| *c != '.').map(|c| if c == ',' { '.' } else { c }))
                }
                false => out.push_str(cell),
            }
            rest = &rest[at + cell.len()..];
        }
        out.push_str(rest);
    }
    Some((out, example))
}

/// The cells of a line without their quotation marks.
fn cells(line: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |c: char| {
        quoted ^= c == '"';
        !quoted && c == char::from(separator)
    })
    .map(|cell| cell.trim_matches('"'))
}

/// Whether a cell is a number of digits, commas and points.
fn is_number(cell: &str) -> bool {
    let digits = digits(cell);
    digits.contains(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        && digits.matches(',').count() <= 1
        // A date has points too, and no groups of three behind them.
        && digits.split(',').next().is_some_and(|whole| grouped(whole, '.'))
        && !digits.split(',').nth(1).is_some_and(|part| part.contains('.'))
}

/// Whether a mark stands before groups of three digits only, or nowhere.
fn grouped(whole: &str, mark: char) -> bool {
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let mut more = 0;
    let fit = groups.inspect(|_| more += 1).all(|g| g.len() == 3);
    fit && (more == 0 || (1..=3).contains(&first.len()) && !first.starts_with('0'))
}

/// A cell without its sign and its percent sign.
fn digits(cell: &str) -> &str {
    let cell = cell.strip_prefix(['-', '+', '−']).unwrap_or(cell);
    cell.strip_suffix('%').unwrap_or(cell).trim_end()
}

fn says(cell: &str) -> Says {
    let digits = digits(cell);
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    if !number || commas + points == 0 {
        return Says::Either;
    }
    match (digits.rfind(','), digits.rfind('.')) {
        (Some(comma), Some(point)) if comma > point && commas == 1 => Says::Comma,
        (Some(_), Some(_)) => Says::Point,
        (Some(_), None) if grouped(digits, ',') => {
            if commas > 1 {
                Says::Point
            } else {
                Says::Either
            }
        }
        (Some(_), None) if commas == 1 => Says::Comma,
        (None, Some(_)) if points == 1 && !grouped(digits, '.') => Says::Point,
        _ => Says::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_are_points_where_a_number_says_so_and_none_says_otherwise() {
        let read = |text: &str| to_points(text, b';').map(|(text, _)| text);
        assert_eq!(read("r;v\nA;0,970\nA;1,760\n").unwrap(), "r;v\nA;0.970\nA;1.760\n");
        assert_eq!(read("r;v\nA;1.207,94\nB;1.207\n").unwrap(), "r;v\nA;1207.94\nB;1207\n");
        assert_eq!(
            read("r;v\r\n\"A, B\";\"12,5\"\r\nC;-3,25%\r\n").unwrap(),
            "r;v\r\n\"A, B\";\"12.5\"\r\nC;-3.25%\r\n"
        );
        // Thousands, both ways, dates, and a file that commas set apart.
        for text in [
            "v\n1,760\n",
            "v\n0,970\n12.5\n",
            "v\n1,207,940\n12,5\n",
            "v\n1,207.94\n",
            "d;v\n01.06.2018;12\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("d;v\n01.06.2018;12,5\n").unwrap(), "d;v\n01.06.2018;12.5\n");
        assert_eq!(to_points("r,v\nA,\"12,5\"\n", b','), None);
        let list = format!("months\tvalue\n3,4\t1,760\n{}", "5\t1,980\n".repeat(20));
        assert_eq!(to_points(&list, b'\t'), None);
    }
}
