//! The panel written in the tidy form: its columns, and what each holds of a row.

use crate::ledger::Ledger;
use crate::table::fields::field;
use crate::table::panel::{Measure, PanelRow};
use crate::unit::Unit;
use std::fmt::{Display, Write};

/// A column of the tidy form.
pub(super) struct Column {
    pub(super) name: &'static str,
    /// Whether a row has anything for it.
    fills: fn(&PanelRow) -> bool,
    /// Writes what a row has for it.
    put: fn(&mut String, &PanelRow),
}

/// The columns that are always there.
pub(super) const REQUIRED: [&str; 3] = ["region", "year", "month"];

pub(super) const COLUMNS: [Column; 13] = [
    Column { name: "region", fills: |_| true, put: |out, row| field(out, &row.subject.region) },
    Column { name: "year", fills: |_| true, put: |out, row| number(out, f64::from(row.year)) },
    Column { name: "month", fills: |_| true, put: |out, row| number(out, f64::from(row.month)) },
    Column {
        name: "value",
        fills: |row| matches!(row.measure, Measure::Value(_)),
        put: |out, row| {
            if let Measure::Value(x) = row.measure {
                number(out, x);
            }
        },
    },
    Column {
        name: "ytd",
        fills: |row| matches!(row.measure, Measure::Ytd(_)),
        put: |out, row| {
            if let Measure::Ytd(x) = row.measure {
                number(out, x);
            }
        },
    },
    Column {
        name: "growth",
        fills: |row| row.growth.is_some(),
        put: |out, row| row.growth.into_iter().for_each(|ratio| percent(out, ratio)),
    },
    Column {
        name: "base",
        fills: |row| row.base.is_some(),
        put: |out, row| row.base.into_iter().for_each(|x| number(out, x)),
    },
    Column {
        name: "ledger",
        fills: |row| row.ledger != Ledger::Fai,
        put: |out, row| out.push_str(row.ledger.id()),
    },
    Column {
        name: "sector",
        fills: |row| row.subject.sector.is_some(),
        put: |out, row| field(out, row.subject.sector.as_deref().unwrap_or_default()),
    },
    Column {
        name: "composition",
        fills: |row| row.subject.composition.is_some(),
        put: |out, row| field(out, row.subject.composition.as_deref().unwrap_or_default()),
    },
    Column {
        name: "unit",
        fills: |row| row.subject.unit != Unit::Unknown,
        put: |out, row| match &row.subject.unit {
            Unit::Unknown => {}
            Unit::Other(name) => field(out, name),
            unit => shown(out, unit),
        },
    },
    Column {
        name: "parent",
        fills: |row| row.subject.parent.is_some(),
        put: |out, row| field(out, row.subject.parent.as_deref().unwrap_or_default()),
    },
    Column {
        name: "published",
        fills: |row| row.published.is_some(),
        put: |out, row| row.published.into_iter().for_each(|day| shown(out, day)),
    },
];

/// Into a text nothing can fail to be written.
fn shown(out: &mut String, x: impl Display) {
    let _ = write!(out, "{x}");
}

/// Writes a number as `Display` does: the shortest that reads back.
fn number(out: &mut String, x: f64) {
    // Nearly every number of a table has three decimals at the most, and below 10^15 only one such text reads back as it.
    let thousandths = (x * 1000.0).round();
    if thousandths == 0.0 || thousandths.abs() >= 1e15 || thousandths / 1000.0 != x {
        return shown(out, x);
    }
    if x < 0.0 {
        out.push('-');
    }
    let all = thousandths.abs() as u64;
    digits(out, all / 1000);
    let mut rest = all % 1000;
    if rest > 0 {
        out.push('.');
    }
    while rest > 0 {
        digits(out, rest / 100);
        rest = rest % 100 * 10;
    }
}

fn digits(out: &mut String, n: u64) {
    if n >= 10 {
        digits(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

/// The shortest percent that divides back to the same ratio: 9.8 rather than 9.800000000000001.
fn percent(out: &mut String, ratio: f64) {
    // Published growth has one decimal: nearly every one ends here.
    let tenths = (ratio * 1000.0).round();
    if tenths.abs() < 1e9 && tenths != 0.0 && tenths / 10.0 / 100.0 == ratio {
        return number(out, tenths / 10.0);
    }
    let shortest = (0..17)
        .map(|digits| format!("{:.digits$}", ratio * 100.0))
        .find(|text| text.parse::<f64>().is_ok_and(|p| p / 100.0 == ratio));
    shown(out, shortest.unwrap_or_else(|| (ratio * 100.0).to_string()));
}

/// Writes rows in the tidy form, with the columns that any of them fills.
///
/// Reading it back gives the same rows but for `line`. Numbers are written in the shortest form that reads
/// back as the same number.
pub fn write_panel(rows: &[PanelRow]) -> String {
    let filled = |column: &Column| rows.iter().any(|row| (column.fills)(row));
    let flows = rows.iter().any(|row| matches!(row.measure, Measure::Value(_)));
    let used = |column: &&Column| {
        REQUIRED.contains(&column.name) || filled(column) || column.name == "ytd" && !flows
    };
    let columns: Vec<&Column> = COLUMNS.iter().filter(used).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let mut out = names.join(",");
    out.push('\n');
    for row in rows {
        line(&mut out, &columns, row);
    }
    out
}

// A function of its own, since a browser makes a function faster only between two calls of it.
#[inline(never)]
fn line(out: &mut String, columns: &[&Column], row: &PanelRow) {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        (column.put)(out, row);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(x: f64) -> String {
        let mut out = String::new();
        number(&mut out, x);
        out
    }

    #[test]
    fn numbers_at_the_edges() {
        for x in [
            0.0,
            -0.0,
            0.001,
            0.0005,
            -0.1,
            10.0,
            999.999,
            1e12,
            999_999_999_999.999,
            1e15,
            1e300,
            5e-324,
            0.1 + 0.2,
        ] {
            assert_eq!(written(x), x.to_string());
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_display_writes_them(x: f64, thousandths in -2_000_000_000_000_000i64..2_000_000_000_000_000) {
            prop_assume!(x.is_finite());
            let short = thousandths as f64 / 1000.0;
            prop_assert_eq!(written(x), x.to_string());
            prop_assert_eq!(written(short), short.to_string());
        }
    }
}
