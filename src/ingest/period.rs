//! Periods as tables write them: 1-7月, 2月末, 2023年上半年, 2023-03, Mar-23, a serial of a date.

use crate::ingest::text::key;

/// What a text says of time. Months are as written: 13 is kept, for a finding to name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub(crate) struct Period {
    /// Year in four digits.
    pub(crate) year: Option<i32>,
    /// First month, where a span is named.
    pub(crate) from: Option<u8>,
    /// Last month.
    pub(crate) to: Option<u8>,
    /// Whether the text says that it counts from January on: a span from 1, 月末, 累计, 上半年.
    pub(crate) cumulative: bool,
}

impl Period {
    /// Nothing said.
    pub(crate) fn is_empty(self) -> bool {
        self.year.is_none() && self.to.is_none()
    }

    /// Where this one says nothing, what the wider one says.
    pub(crate) fn or(self, wider: Self) -> Self {
        let own = self.to.is_some();
        Self {
            year: self.year.or(wider.year),
            from: if own { self.from } else { wider.from },
            to: self.to.or(wider.to),
            cumulative: if own { self.cumulative } else { wider.cumulative },
        }
    }

    fn span(year: Option<i32>, from: u8, to: u8) -> Self {
        Self { year, from: Some(from), to: Some(to), cumulative: from == 1 && to > 1 }
    }
}

const ENGLISH: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NAMED: [(&str, u8, u8); 14] = [
    ("前三季度", 1, 9),
    ("1-3季度", 1, 9),
    ("一至三季度", 1, 9),
    ("前二季度", 1, 6),
    ("前两季度", 1, 6),
    ("上半年", 1, 6),
    ("下半年", 7, 12),
    ("第一季度", 1, 3),
    ("一季度", 1, 3),
    ("二季度", 4, 6),
    ("三季度", 7, 9),
    ("四季度", 10, 12),
    ("全年", 1, 12),
    ("年度累计", 1, 12),
];
const CHINESE: [(&str, &str); 12] = [
    ("十二", "12"),
    ("十一", "11"),
    ("十", "10"),
    ("一", "1"),
    ("二", "2"),
    ("三", "3"),
    ("四", "4"),
    ("五", "5"),
    ("六", "6"),
    ("七", "7"),
    ("八", "8"),
    ("九", "9"),
];

/// The period that a whole cell is: `None` where other words stand beside it.
pub(crate) fn whole(cell: &str) -> Option<Period> {
    let (period, rest) = find(cell);
    let rest: String = rest.chars().filter(|c| !matches!(c, '-' | '(' | ')' | '.' | ':' | '/')).collect();
    let filler = ["", "末", "底", "份", "累计", "截至", "截止", "月", "数", "当月", "本月", "止"];
    (!period.is_empty() && filler.contains(&rest.as_str())).then_some(period)
}

/// The first period inside a text, and the text without it.
pub(crate) fn find(cell: &str) -> (Period, String) {
    let text = with_digits(key(cell));
    let (mut period, rest) = read(&text);
    if ["累计", "截至", "截止", "年初至", "1月起"].iter().any(|w| rest.contains(w))
        || text.contains("月末")
        || text.contains("月底")
    {
        period.cumulative |= period.to.is_some();
    }
    (period, rest)
}

/// 二〇二三年 as 2023年.
fn with_digits(text: String) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let Some(at) = text.find('年') else { return text };
    let mut start = at;
    let mut digits = Vec::new();
    for (i, c) in text[..at].char_indices().rev() {
        let c = if matches!(c, '零' | '○' | 'o') { '〇' } else { c };
        let Some(digit) = DIGITS.chars().position(|d| d == c) else { break };
        digits.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
        start = i;
    }
    if digits.len() != 4 && digits.len() != 2 {
        return text;
    }
    let year: String = digits.iter().rev().collect();
    format!("{}{year}{}", &text[..start], &text[at..])
}

fn read(text: &str) -> (Period, String) {
    for (name, from, to) in NAMED {
        if let Some(at) = text.find(name) {
            let rest = without(text, at, at + name.len());
            let (year, rest) = year_in(&rest);
            return (Period::span(year, from, to), rest);
        }
    }
    if let Some(found) = english(text) {
        return found;
    }
    if let Some(found) = date(text) {
        return found;
    }
    if let Some(at) = last_of_span(text)
        && let Some((start, from, to)) = months_before(&text[..at])
    {
        let rest = without(text, start, at + '月'.len_utf8());
        let (year, rest) = year_in(&rest);
        let period = match from {
            Some(from) => Period::span(year, from, to),
            None => Period { year, from: None, to: Some(to), cumulative: false },
        };
        return (period, rest);
    }
    let (year, rest) = year_in(text);
    (Period { year, ..Period::default() }, rest)
}

/// The 月 that a period ends with: the first, or the second of `1月-2月`.
fn last_of_span(text: &str) -> Option<usize> {
    let first = text.find('月')?;
    let after = &text[first + '月'.len_utf8()..];
    let rest = ["-", "至", "到"].iter().find_map(|j| after.strip_prefix(j));
    let second = rest.and_then(|rest| {
        let at = rest.find('月')?;
        months_before(&rest[..at]).filter(|(start, ..)| *start == 0)?;
        Some(text.len() - rest.len() + at)
    });
    Some(second.unwrap_or(first))
}

fn without(text: &str, from: usize, to: usize) -> String {
    let mut rest = text[..from].to_owned();
    rest.push_str(&text[to..]);
    rest
}

/// `2023年`, `23年`, or the bare year of a text that is nothing else.
fn year_in(text: &str) -> (Option<i32>, String) {
    if let Some(at) = text.find('年') {
        let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let start = at - digits;
        if let Some(year) = number(&text[start..at]).and_then(|y| full_year(y, digits)) {
            return (Some(year), without(text, start, at + '年'.len_utf8()));
        }
    }
    let bare = text.strip_suffix(".0").unwrap_or(text);
    if bare.len() == 4
        && let Some(year) = number(bare).and_then(|y| full_year(y, 4))
    {
        return (Some(year), String::new());
    }
    (None, text.to_owned())
}

fn full_year(year: u32, digits: usize) -> Option<i32> {
    let year = i32::try_from(year).ok()?;
    match digits {
        4 => (1900..=2200).contains(&year).then_some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The months that stand at the end of a text, before 月: `1-7`, `7`, `一至七`; where they begin.
fn months_before(text: &str) -> Option<(usize, Option<u8>, u8)> {
    let (start, last) = month_at_end(text)?;
    let before = &text[..start];
    let joined = ["-", "至", "到", "—"].iter().find_map(|j| before.strip_suffix(j));
    if let Some(before) = joined {
        let inner = before.strip_suffix('月').unwrap_or(before);
        if let Some((first_start, first)) = month_at_end(inner)
            && (first < last || last > 12)
        {
            // The tail of a year, 2023-7月, is no month.
            let digits = inner.bytes().rev().take_while(u8::is_ascii_digit).count();
            if digits <= 2 {
                return Some((first_start, Some(first), last));
            }
        }
    }
    Some((start, None, last))
}

fn month_at_end(text: &str) -> Option<(usize, u8)> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let start = text.len() - digits;
        let month = number(&text[start..])?;
        return (digits <= 2).then_some((start, u8::try_from(month).ok()?));
    }
    let (word, value) = CHINESE.iter().find(|(word, _)| text.ends_with(word))?;
    Some((text.len() - word.len(), value.parse().ok()?))
}

/// `Mar-23`, `March 2023`, `2023 Mar`.
fn english(text: &str) -> Option<(Period, String)> {
    let (month, at) = ENGLISH.iter().zip(1u8..).find_map(|(name, month)| Some((month, text.find(name)?)))?;
    let before = &text[..at];
    let after = text[at..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
    // Inside another word ("market") it is no month.
    let word = &text[at..text.len() - after.len()];
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !(word.len() == 3 || word == "sept" || full.contains(&word))
        || before.ends_with(|c: char| c.is_alphabetic())
    {
        return None;
    }
    let digits = |t: &str| -> Option<i32> {
        let t = t.trim_matches(|c: char| !c.is_ascii_digit());
        number(t).and_then(|y| full_year(y, t.len()))
    };
    let year = digits(after).or_else(|| digits(before));
    Some((Period { year, from: None, to: Some(month), cumulative: false }, String::new()))
}

/// `2023-03`, `2023/3`, `2023.07`, `202307`, `2023-07-31`, `2023年3月` without the signs.
fn date(text: &str) -> Option<(Period, String)> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(u8::is_ascii_digit)?;
    let run = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    let head = &text[start..start + run];
    let of = |year: u32, month: u32, end: usize| {
        let year = full_year(year, 4)?;
        let month = u8::try_from(month).ok()?;
        Some((
            Period { year: Some(year), from: None, to: Some(month), cumulative: false },
            without(text, start, end),
        ))
    };
    if run == 6 || run == 8 {
        let end = start + run;
        // 202307 and 20230731, but only alone: an amount may have six digits.
        return (start == 0 && end == text.len())
            .then(|| of(number(&head[..4])?, number(&head[4..6])?, end))
            .flatten()
            .filter(|(p, _)| p.to.is_some_and(|m| (1..=12).contains(&m)));
    }
    if run != 4 {
        return None;
    }
    let mut at = start + 4;
    let separator = text[at..].chars().next().filter(|c| matches!(c, '-' | '/' | '.' | 'm'))?;
    at += separator.len_utf8();
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let month = number(&text[at..at + digits])?;
    at += digits;
    // A figure as 2023.5 is a month of one digit; 2023.55 is none.
    if separator == '.' && month > 12 {
        return None;
    }
    // The day, and the time of it, if one follows.
    if let Some(rest) = text[at..].strip_prefix(separator) {
        at += separator.len_utf8() + rest.bytes().take_while(u8::is_ascii_digit).count();
        if text[at..].starts_with('t')
            || text[at..].starts_with(|c: char| c.is_ascii_digit())
            || text[at..].contains(':')
        {
            at = text.len();
        }
    }
    if text[at..].starts_with('月') {
        at += '月'.len_utf8();
    }
    of(number(head)?, month, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(
        year: impl Into<Option<i32>>,
        from: impl Into<Option<u8>>,
        to: u8,
        cumulative: bool,
    ) -> Option<Period> {
        Some(Period { year: year.into(), from: from.into(), to: Some(to), cumulative })
    }

    #[test]
    fn periods_as_people_write_them() {
        for (text, wanted) in [
            ("1-7月", p(None, 1, 7, true)),
            ("１—７月份", p(None, 1, 7, true)),
            ("1月-2月", p(None, 1, 2, true)),
            ("一至七月", p(None, 1, 7, true)),
            ("2023年1~11月", p(2023, 1, 11, true)),
            ("7月", p(None, None, 7, false)),
            ("十二月", p(None, None, 12, false)),
            ("2月末", p(None, None, 2, true)),
            ("2023年7月", p(2023, None, 7, false)),
            ("23年7月", p(2023, None, 7, false)),
            ("2023-7月", p(2023, None, 7, false)),
            ("2023-03", p(2023, None, 3, false)),
            ("2023/3", p(2023, None, 3, false)),
            ("2023.07", p(2023, None, 7, false)),
            ("202307", p(2023, None, 7, false)),
            ("2023-07-31", p(2023, None, 7, false)),
            ("2023-07-31T00:00:00", p(2023, None, 7, false)),
            ("Mar-23", p(2023, None, 3, false)),
            ("March 2023", p(2023, None, 3, false)),
            ("上半年", p(None, 1, 6, true)),
            ("2022年前三季度", p(2022, 1, 9, true)),
            ("4-6月", p(None, 4, 6, false)),
            ("二〇二三年一至七月", p(2023, 1, 7, true)),
            ("13月", p(None, None, 13, false)),
            ("1-13月", p(None, 1, 13, true)),
        ] {
            assert_eq!(whole(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in ["利通区", "120.5", "123456", "完成投资", "market", "单位：亿元", "2023.55", "月度"]
        {
            assert_eq!(whole(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_period_inside_a_title() {
        let (period, rest) = find("吴忠市2023年1—7月固定资产投资完成情况（亿元）");
        assert_eq!(Some(period), p(2023, 1, 7, true));
        assert!(rest.contains("固定资产投资"));
    }
}
