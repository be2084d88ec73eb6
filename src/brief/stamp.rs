//! When a file was made, as its properties say it: the clock stands on the door's floor, so it is an argument here.

use std::fmt;

/// First and last second that the files' own dates can hold: 1980 to 2099.
const HELD: (u64, u64) = (315_532_800, 4_102_444_799);

/// A moment of UTC, to the second.
///
/// ```
/// use landfall::brief::Stamp;
/// assert_eq!(Stamp::from_unix(1_691_487_000).to_string(), "2023-08-08T09:30:00Z");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(u64);

impl Stamp {
    /// From seconds since 1970. A clock that is not set, or far off, gives the nearest end of 1980–2099.
    pub fn from_unix(seconds: u64) -> Self {
        Self(seconds.clamp(HELD.0, HELD.1))
    }

    /// Seconds since 1970.
    pub fn unix(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Stamp {
    /// As ISO 8601 and W3CDTF write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.0 / 86_400, self.0 % 86_400);
        let (year, month, day) = date(days);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

/// Year, month and day of a day counted from 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
fn date(days: u64) -> (u64, u64, u64) {
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_easily_missed() {
        let written = |seconds| Stamp::from_unix(seconds).to_string();
        assert_eq!(written(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(written(1_709_251_199), "2024-02-29T23:59:59Z");
        assert_eq!(written(1_704_067_199), "2023-12-31T23:59:59Z");
        // A clock that was never set.
        assert_eq!(written(0), "1980-01-01T00:00:00Z");
    }
}
