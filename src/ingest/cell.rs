//! Cells of key columns: a period, a date, a ledger.

use crate::ingest::number::{Number, number};
use crate::ingest::period::{self, Period};
use crate::ingest::text::{key, plain};
use crate::ingest::words::composition;
use crate::ledger::Ledger;
use crate::unit::Unit;
use calamine::{ExcelDateTime, ExcelDateTimeType};

/// A cell of a column of periods: a bare number is a month.
pub(super) fn a_period(text: &str) -> Option<Period> {
    if let Number::Is(x) = number(text)
        && x.fract() == 0.0
    {
        if (0.0..=99.0).contains(&x) {
            return Some(Period { to: Some(x as u8), ..Period::default() });
        }
        // A serial of a date, from 1950 to 2100, whose format was lost.
        if (18_264.0..73_415.0).contains(&x) {
            return Some(serial(x));
        }
    }
    period::whole(text).or_else(|| {
        let joined = key(text);
        // 1-7 in a column of months.
        let (from, to) = joined.split_once('-')?;
        let (from, to) = (from.parse::<u8>().ok()?, to.parse::<u8>().ok()?);
        let span = Period { year: None, from: Some(from), to: Some(to), cumulative: from == 1 };
        (from < to && to <= 12).then_some(span)
    })
}

/// Year and month of a day counted from 1899-12-30, as workbooks do.
pub(crate) fn serial(days: f64) -> Period {
    let (year, month, ..) = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    Period { year: Some(i32::from(year)), from: None, to: Some(month), cumulative: false }
}

/// A date in the one form that is read; as written where it is none.
pub(super) fn a_day(text: &str) -> String {
    let shown = plain(text);
    let mut parts = shown.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => shown,
    }
}

pub(super) fn a_ledger(text: &str) -> Option<Ledger> {
    Ledger::parse(&key(text)).ok().or_else(|| crate::ingest::words::context(text).ledger)
}

/// The part that a cell of a column of sectors names; none where it means all of them.
pub(super) fn a_sector(text: &str) -> Option<String> {
    part_unless(plain(text), &["合计", "总计", "全部", "total", "all", "-"])
}

/// The same of a column of compositions.
pub(super) fn a_composition(text: &str) -> Option<String> {
    let part = composition(text).map_or_else(|| plain(text), str::to_owned);
    part_unless(part, &["合计", "总计", "total", "all"])
}

fn part_unless(part: String, all: &[&str]) -> Option<String> {
    (!all.contains(&key(&part).as_str())).then_some(part)
}

/// The unit that a cell of a column of units names; none for a percent sign, which is of growth.
pub(super) fn a_unit(text: &str) -> Option<Unit> {
    let text = plain(text);
    (!text.contains('%')).then(|| Unit::parse(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_of_dates() {
        let p = a_period("45138").unwrap();
        assert_eq!((p.year, p.to), (Some(2023), Some(7)));
        let p = a_period("36585").unwrap();
        assert_eq!((p.year, p.to), (Some(2000), Some(2)));
        assert_eq!(a_period("1-7").unwrap().from, Some(1));
        assert_eq!(a_period("13").unwrap().to, Some(13));
    }
}
