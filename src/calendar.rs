//! Reporting periods: the two calendars, months, and the pace line.

use crate::error::{Explain, Said};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What can be wrong with a month or a calendar's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// A month outside 1–12.
    #[error("month {got} is not one of 1 to 12")]
    Month {
        /// The value as given.
        got: String,
    },
    /// Not of the form `YYYY-MM`.
    #[error("{got:?} is not a month of the form YYYY-MM, such as 2023-07")]
    YearMonth {
        /// The value as given.
        got: String,
    },
    /// Neither `cn11` nor `m12`.
    #[error("{got:?} is not a calendar; allowed are cn11 and m12")]
    Calendar {
        /// The value as given.
        got: String,
    },
}

impl Explain for CalendarError {
    fn code(&self) -> &'static str {
        match self {
            Self::Month { .. } => "unknown_month",
            Self::YearMonth { .. } => "bad_year_month",
            Self::Calendar { .. } => "unknown_calendar",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Month { got } => format!("月份“{got}”不在1至12之间"),
            Self::YearMonth { got } => format!("“{got}”不是“年-月”格式，例如2023-07"),
            Self::Calendar { got } => format!("“{got}”不是报告期类型；可用cn11或m12"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Month { .. } => {
                Said::new("write the month as a whole number from 1 to 12", "请把月份写成1至12的整数")
            }
            Self::YearMonth { .. } => {
                Said::new("write year and month as YYYY-MM", "请按“年-月”书写，如2023-07")
            }
            Self::Calendar { .. } => Said::new(
                "use cn11 where January is never published, m12 for ordinary months",
                "不公布1月数据的用cn11，普通月度数据用m12",
            ),
        }
    }
}

/// How a year is cut into reporting periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// January and February as one double period, then each month: 11 a year; January is never published.
    Cn11,
    /// Twelve ordinary months.
    M12,
}

impl Calendar {
    /// Reads `cn11` or `m12`.
    ///
    /// # Errors
    /// [`CalendarError::Calendar`] for anything else.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        match text {
            "cn11" => Ok(Self::Cn11),
            "m12" => Ok(Self::M12),
            _ => Err(CalendarError::Calendar { got: text.into() }),
        }
    }

    /// The first month that is published in a year: 2 or 1.
    pub fn first_month(self) -> u8 {
        match self {
            Self::Cn11 => 2,
            Self::M12 => 1,
        }
    }

    /// Reporting periods a year: 11 or 12.
    pub fn periods(self) -> usize {
        match self {
            Self::Cn11 => 11,
            Self::M12 => 12,
        }
    }

    /// The published months of a year, in order.
    ///
    /// ```
    /// # use landfall::calendar::Calendar;
    /// assert_eq!(Calendar::Cn11.months().count(), 11);
    /// ```
    pub fn months(self) -> impl DoubleEndedIterator<Item = u8> + Clone {
        self.first_month()..=12
    }

    /// The published month before `month` in the same year, or `None` for the year's first.
    pub fn before(self, month: u8) -> Option<u8> {
        (month > self.first_month()).then(|| month - 1)
    }

    /// How many months of the year the period that ends with `month` holds: 2 for January–February, else 1.
    pub fn length(self, month: u8) -> u8 {
        if month == self.first_month() { month } else { 1 }
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cn11 => "cn11",
            Self::M12 => "m12",
        })
    }
}

/// Checks that a number is a calendar month.
///
/// # Errors
/// [`CalendarError::Month`] outside 1–12.
pub fn month(got: i64) -> Result<u8, CalendarError> {
    u8::try_from(got)
        .ok()
        .filter(|m| (1..=12).contains(m))
        .ok_or_else(|| CalendarError::Month { got: got.to_string() })
}

/// The official straight pace line: the share of the year that has passed by the end of `month`.
///
/// ```
/// # use landfall::calendar::pace;
/// assert_eq!(pace(9), 0.75);
/// ```
pub fn pace(month: u8) -> f64 {
    f64::from(month) / 12.0
}

/// A month of a year, ordered in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// Year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
}

impl YearMonth {
    /// A month of a year.
    ///
    /// # Errors
    /// [`CalendarError::Month`] outside 1–12.
    pub fn new(year: i32, month_number: u8) -> Result<Self, CalendarError> {
        Ok(Self { year, month: month(i64::from(month_number))? })
    }

    /// The last month that is known where a year is known through one; the December before where nothing of it is (0).
    ///
    /// ```
    /// # use landfall::calendar::YearMonth;
    /// assert_eq!([7, 0].map(|through| YearMonth::known(2023, through).to_string()), ["2023-07", "2022-12"]);
    /// ```
    pub fn known(year: i32, through: u8) -> Self {
        match through {
            0 => Self { year: year - 1, month: 12 },
            month => Self { year, month },
        }
    }

    /// Reads `YYYY-MM`.
    ///
    /// # Errors
    /// [`CalendarError::YearMonth`] for another form, [`CalendarError::Month`] for a month outside 1–12.
    ///
    /// ```
    /// # use landfall::calendar::YearMonth;
    /// assert_eq!(YearMonth::parse("2023-07").unwrap().month, 7);
    /// assert!(YearMonth::parse("2023-13").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let wrong = || CalendarError::YearMonth { got: text.into() };
        let (year, month_text) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || month_text.len() > 2 || !digits(year) || !digits(month_text) {
            return Err(wrong());
        }
        let year = year.parse().map_err(|_| wrong())?;
        Ok(Self { year, month: month(month_text.parse().map_err(|_| wrong())?)? })
    }

    /// The month of a day counted from 1 January 1970.
    ///
    /// ```
    /// # use landfall::calendar::YearMonth;
    /// assert_eq!(YearMonth::of_days(19_577).to_string(), "2023-08");
    /// ```
    pub fn of_days(days: i64) -> Self {
        let (mut month, mut left) = (Self { year: 1970, month: 1 }, days.clamp(0, 365_250));
        while left >= i64::from(month.days()) {
            left -= i64::from(month.days());
            month = month.next();
        }
        month
    }

    /// How many days it has.
    ///
    /// ```
    /// # use landfall::calendar::YearMonth;
    /// assert_eq!(YearMonth::parse("2024-02").unwrap().days(), 29);
    /// ```
    pub fn days(self) -> u8 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A day, ordered in time: the date on which a figure was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Month of the day.
    pub month: YearMonth,
    /// Day of the month, 1–31.
    pub day: u8,
}

impl Day {
    /// Reads `YYYY-MM-DD`; `None` for another form or a day that the month does not have.
    ///
    /// ```
    /// # use landfall::calendar::Day;
    /// assert!(Day::parse("2023-08-08").unwrap() > Day::parse("2023-07-31").unwrap());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (head, day) = text.rsplit_once('-')?;
        let day: u8 = day.parse().ok()?;
        let month = YearMonth::parse(head).ok()?;
        (1..=month.days()).contains(&day).then_some(Self { month, day })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn january_belongs_to_the_double_period() {
        assert_eq!(Calendar::Cn11.length(2), 2);
        assert_eq!(Calendar::Cn11.before(2), None);
        assert_eq!(Calendar::Cn11.before(3), Some(2));
        assert_eq!(Calendar::M12.length(1), 1);
        assert_eq!(Calendar::M12.months().count(), Calendar::M12.periods());
    }

    #[test]
    fn months_of_other_forms_are_refused() {
        for text in ["2023", "2023-7-1", "23-07", "2023-00", "2023-13", "２０２３-07", "-023-07"] {
            assert!(YearMonth::parse(text).is_err(), "{text}");
        }
    }
}
