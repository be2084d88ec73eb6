//! Numbers as tables have them: with commas, full-width digits, percent signs, words of growth, and marks for none.

use crate::ingest::text::plain;

/// What a cell of numbers says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    /// A number.
    Is(f64),
    /// A number with a percent sign, in percent, or growth in words.
    Percent(f64),
    /// A mark for none, or nothing at all.
    Missing,
    /// A formula that failed, as `#REF!`.
    Failed,
    /// Words.
    Not,
}

const MISSING: [&str; 13] =
    ["-", "--", "---", "----", "...", "……", "…", "/", "\\", "na", "n/a", "nan", "null"];
const MISSING_WORDS: [&str; 9] = ["无", "空", "未公布", "未报", "缺", "暂无", "none", ".", "——"];
const UP: [&str; 6] = ["同比增长", "增长", "上升", "提高", "增加", "上涨"];
const DOWN: [&str; 7] = ["同比下降", "下降", "减少", "降低", "负增长", "回落", "下跌"];
const FLAT: [&str; 5] = ["持平", "与上年持平", "基本持平", "同比持平", "零增长"];

/// Reads a cell.
pub(crate) fn number(cell: &str) -> Number {
    // Nearly every cell of a large file ends here.
    if let Some(x) = simple(cell) {
        return Number::Is(x);
    }
    let text = plain(cell);
    if text.is_empty() {
        return Number::Missing;
    }
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = squeezed.to_lowercase();
    if MISSING.contains(&lower.as_str()) || MISSING_WORDS.contains(&lower.as_str()) {
        return Number::Missing;
    }
    if squeezed.starts_with('#') && (squeezed.ends_with('!') || squeezed.ends_with('?') || lower == "#n/a") {
        return Number::Failed;
    }
    if FLAT.contains(&squeezed.as_str()) {
        return Number::Percent(0.0);
    }
    let word = |words: &[&str]| words.iter().find_map(|w| squeezed.strip_prefix(w));
    if let Some(rest) = word(&DOWN) {
        return match figure(rest) {
            Some((x, _)) => Number::Percent(-x.abs()),
            None => Number::Not,
        };
    }
    if let Some(rest) = word(&UP) {
        return match figure(rest) {
            Some((x, _)) => Number::Percent(x),
            None => Number::Not,
        };
    }
    match figure(&squeezed) {
        Some((x, true)) => Number::Percent(x),
        Some((x, false)) => Number::Is(x),
        None => Number::Not,
    }
}

/// A plain decimal number without blanks.
fn simple(text: &str) -> Option<f64> {
    let first = *text.as_bytes().first()?;
    let plain = first.is_ascii_digit() || first == b'-' && text.len() > 1;
    let all = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'e' | b'E' | b'+'));
    (plain && all).then(|| text.parse::<f64>().ok()).flatten().filter(|x| x.is_finite())
}

/// A number with its groups of three, its sign, and whether a percent sign stood with it.
fn figure(text: &str) -> Option<(f64, bool)> {
    let text = text.strip_prefix('\'').unwrap_or(text);
    // Brackets of bookkeeping, (1,234.5), are a minus; so are arrows down.
    let (text, minus) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => match text.strip_prefix(['▼', '▽', '↓']) {
            Some(rest) => (rest, true),
            None => (text.strip_prefix(['▲', '↑']).unwrap_or(text), false),
        },
    };
    let (text, percent) = text.strip_suffix('%').map_or((text, false), |rest| (rest, true));
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
    let text = ungrouped(text)?;
    let plain = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
        && text.bytes().any(|b| b.is_ascii_digit());
    let x = plain.then(|| text.parse::<f64>().ok()).flatten().filter(|x| x.is_finite())?;
    Some((if minus { -x } else { x }, percent))
}

/// An amount with its unit behind it, as `58.32亿元`.
pub(crate) fn with_unit(cell: &str) -> Option<(f64, &'static str)> {
    let text: String = plain(cell).chars().filter(|c| !c.is_whitespace()).collect();
    let units = [("亿元", "亿元"), ("万元", "万元"), ("亿", "亿元"), ("万", "万元"), ("元", "元")];
    units.iter().find_map(|(tail, unit)| {
        let (x, percent) = figure(text.strip_suffix(tail)?)?;
        (!percent).then_some((x, *unit))
    })
}

/// The number without separators of thousands; `None` where a comma stands elsewhere than before three digits.
fn ungrouped(text: &str) -> Option<String> {
    if !text.contains([',', '，', '\'', '、']) {
        return Some(text.to_owned());
    }
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let mut groups = whole.split([',', '，', '\'']);
    let first = groups.next()?;
    let head = first.trim_start_matches(['-', '+']);
    let mut out = String::from(first);
    let mut more = 0;
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        more += 1;
        out.push_str(group);
    }
    // No thousands begin with 0: there the comma is a decimal one.
    if more > 0 && (head.is_empty() || head.len() > 3 || head.starts_with('0')) {
        return None;
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, wanted) in [
            ("12.5", Number::Is(12.5)),
            ("１，２３４．５", Number::Is(1234.5)),
            (" 1,234,567 ", Number::Is(1_234_567.0)),
            ("(1,234.5)", Number::Is(-1234.5)),
            ("12.3%", Number::Percent(12.3)),
            ("−3.1％", Number::Percent(-3.1)),
            ("增长12.3%", Number::Percent(12.3)),
            ("同比下降 3.1%", Number::Percent(-3.1)),
            ("增长-0.4%", Number::Percent(-0.4)),
            ("持平", Number::Percent(0.0)),
            ("—", Number::Missing),
            ("……", Number::Missing),
            ("/", Number::Missing),
            ("　", Number::Missing),
            ("（0.5%）", Number::Percent(-0.5)),
            ("'422400", Number::Is(422_400.0)),
            ("#REF!", Number::Failed),
            ("#N/A", Number::Failed),
            ("约12", Number::Not),
            ("12,34", Number::Not),
            ("0,970", Number::Not),
            ("inf", Number::Not),
            ("1e400", Number::Not),
            ("1-7", Number::Not),
        ] {
            assert_eq!(number(text), wanted, "{text:?}");
        }
    }
}
