//! Amounts with a unit, growth, and points; how each is written.

use crate::error::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a unit is written that nobody named.
const UNKNOWN: &str = "input unit";

/// The unit of a panel's amounts. Different units never add.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// 亿元: 100 million CNY.
    Yi,
    /// 万元: 10 thousand CNY.
    Wan,
    /// 元: CNY.
    Yuan,
    /// Any other unit, as the panel names it.
    Other(String),
    /// The panel names none.
    #[default]
    Unknown,
}

impl Unit {
    /// Reads a unit's name. An empty name, or the word that an unknown one is shown as, is [`Unit::Unknown`].
    ///
    /// ```
    /// # use landfall::unit::Unit;
    /// assert_eq!(Unit::parse("亿元"), Unit::Yi);
    /// assert_eq!(Unit::parse("million AUD"), Unit::Other("million AUD".into()));
    /// ```
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "" | UNKNOWN => Self::Unknown,
            "亿元" | "亿" => Self::Yi,
            "万元" | "万" => Self::Wan,
            "元" => Self::Yuan,
            other => Self::Other(other.into()),
        }
    }

    /// The unit's name as a person reads it.
    ///
    /// ```
    /// # use landfall::{error::Lang, unit::Unit};
    /// assert_eq!(Unit::Yi.label(Lang::En), "100 million CNY");
    /// ```
    pub fn label(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Yi, Lang::En) => "100 million CNY".into(),
            (Self::Wan, Lang::En) => "10,000 CNY".into(),
            (Self::Yuan, Lang::En) => "CNY".into(),
            (Self::Unknown, Lang::Zh) => "原数单位".into(),
            (unit, _) => unit.to_string(),
        }
    }

    /// The unit's name over a narrow column.
    ///
    /// ```
    /// # use landfall::{error::Lang, unit::Unit};
    /// assert_eq!(Unit::Yi.heading(Lang::En), "100m CNY");
    /// ```
    pub fn heading(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Yi, Lang::En) => "100m CNY".into(),
            (Self::Wan, Lang::En) => "10k CNY".into(),
            (unit, _) => unit.label(lang),
        }
    }

    /// Decimals that an amount of about `size` is written with: one in 亿元 under 10,000, none in 万元 and 元, and
    /// elsewhere so many that four digits show.
    pub fn digits(&self, size: f64) -> usize {
        match self {
            Self::Yi => usize::from(size.abs() < 1e4),
            Self::Wan | Self::Yuan => 0,
            Self::Other(_) | Self::Unknown => match size.abs() {
                x if x >= 1000.0 => 0,
                x if x >= 100.0 => 1,
                _ => 2,
            },
        }
    }

    /// An amount of this unit inside a sentence; in English in the thousands that people read.
    ///
    /// ```
    /// # use landfall::{error::Lang, unit::Unit};
    /// assert_eq!(Unit::Yi.in_words(421.0, 1, Lang::Zh), "421.0亿元");
    /// assert_eq!(Unit::Yi.in_words(421.0, 1, Lang::En), "42.1 billion CNY");
    /// ```
    pub fn in_words(&self, value: f64, digits: usize, lang: Lang) -> String {
        let plain = || fixed(value, digits);
        let million = self.yuan().map(|yuan| value * yuan / 1e6);
        match (lang, million) {
            (Lang::Zh, _) => format!("{}{}", plain(), self.label(lang)),
            (Lang::En, None) => format!("{} {}", plain(), self.label(lang)),
            (Lang::En, Some(m)) if m.abs() >= 9_995_000.0 => format!("{} trillion CNY", fixed(m / 1e6, 1)),
            (Lang::En, Some(m)) if m.abs() >= 999_500.0 => format!("{} trillion CNY", fixed(m / 1e6, 2)),
            (Lang::En, Some(m)) if m.abs() >= 9995.0 => format!("{} billion CNY", fixed(m / 1000.0, 1)),
            (Lang::En, Some(m)) if m.abs() >= 999.5 => format!("{} billion CNY", fixed(m / 1000.0, 2)),
            (Lang::En, Some(m)) if m.abs() >= 100.0 => format!("{} million CNY", fixed(m, 0)),
            (Lang::En, Some(m)) => format!("{} million CNY", fixed(m, 1)),
        }
    }

    /// What one of this unit is in another; `None` where the two have no stated ratio.
    ///
    /// ```
    /// # use landfall::unit::Unit;
    /// assert_eq!(Unit::Yi.ratio_to(&Unit::Wan), Some(10_000.0));
    /// assert_eq!(Unit::Unknown.ratio_to(&Unit::Unknown), Some(1.0));
    /// assert_eq!(Unit::Yi.ratio_to(&Unit::Unknown), None);
    /// ```
    pub fn ratio_to(&self, other: &Self) -> Option<f64> {
        if self == other { Some(1.0) } else { Some(self.yuan()? / other.yuan()?) }
    }

    /// CNY in one of this unit; `None` where the unit is not of Chinese money.
    pub fn yuan(&self) -> Option<f64> {
        match self {
            Self::Yi => Some(1e8),
            Self::Wan => Some(1e4),
            Self::Yuan => Some(1.0),
            Self::Other(_) | Self::Unknown => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yi => "亿元",
            Self::Wan => "万元",
            Self::Yuan => "元",
            Self::Other(name) => name,
            Self::Unknown => UNKNOWN,
        })
    }
}

/// An amount of money with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The number, in `unit`.
    pub value: f64,
    /// What one of the number is worth.
    pub unit: Unit,
}

impl Amount {
    /// The same amount in another unit; `None` where the two units have no stated ratio.
    ///
    /// ```
    /// # use landfall::unit::{Amount, Unit};
    /// let amount = Amount { value: 1.5, unit: Unit::Yi };
    /// assert_eq!(amount.to(&Unit::Wan).unwrap().value, 15_000.0);
    /// assert!(amount.to(&Unit::Other("USD".into())).is_none());
    /// ```
    pub fn to(&self, unit: &Unit) -> Option<Self> {
        Some(Self { value: self.value * self.unit.ratio_to(unit)?, unit: unit.clone() })
    }
}

/// Year-on-year growth as a ratio: 0.11 is 11 %.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Growth(pub f64);

impl Growth {
    /// From percent, as files and people write it.
    pub fn from_percent(percent: f64) -> Self {
        Self(percent / 100.0)
    }

    /// In percent.
    pub fn percent(self) -> f64 {
        self.0 * 100.0
    }
}

impl std::ops::Sub for Growth {
    type Output = Points;

    /// The difference of two growths is in points, never in percent.
    fn sub(self, other: Self) -> Points {
        Points((self.0 - other.0) * 100.0)
    }
}

impl fmt::Display for Growth {
    /// One decimal and the sign of percent, with a true minus.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}%", fixed(self.percent(), 1)))
    }
}

/// A difference of two growths in percentage points (百分点, pp).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub f64);

impl fmt::Display for Points {
    /// One decimal, always signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&signed(self.0, 1))
    }
}

/// A number as it is, in as many digits as it takes, though no more than twelve: what lies beyond is noise of the arithmetic.
///
/// ```
/// # use landfall::unit::exact;
/// assert_eq!(exact(0.145 * 100.0), "14.5");
/// ```
pub fn exact(x: f64) -> String {
    format!("{x:.11e}").parse::<f64>().unwrap_or(x).to_string()
}

/// A number with fixed decimals, groups of three and a true minus (U+2212); never `−0`.
///
/// ```
/// # use landfall::unit::fixed;
/// assert_eq!(fixed(-1234.56, 1), "−1,234.6");
/// assert_eq!(fixed(-0.04, 1), "0.0");
/// ```
pub fn fixed(x: f64, digits: usize) -> String {
    if !x.is_finite() {
        return "–".into();
    }
    let plain = format!("{:.digits$}", x.abs());
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(w, p)| (w, Some(p)));
    let mut out = String::new();
    if x < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// Like [`fixed`], with `+` before what is positive after rounding.
///
/// ```
/// # use landfall::unit::signed;
/// assert_eq!((signed(1.26, 1), signed(0.01, 1)), ("+1.3".into(), "0.0".into()));
/// ```
pub fn signed(x: f64, digits: usize) -> String {
    let text = fixed(x, digits);
    let shows_more_than_zero = text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if x > 0.0 && shows_more_than_zero { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_growths_is_points() {
        assert_eq!((Growth(0.123) - Growth(0.11)).to_string(), "+1.3");
        assert_eq!(Growth(-0.005).to_string(), "−0.5%");
    }

    #[test]
    fn groups_of_three() {
        assert_eq!(fixed(1_234_567.0, 0), "1,234,567");
        assert_eq!(fixed(999.96, 1), "1,000.0");
        assert_eq!(fixed(f64::NAN, 1), "–");
    }
}
