//! When work goes on: the winter stop, and time counted in working months.

use crate::calendar::Day;
use crate::pipeline::PipelineError;

/// Working days of a month: 261 of a year, in twelve equal parts. Public holidays are not taken out.
pub const WORKING_DAYS: f64 = 21.75;

/// A point in time in months since 1 January of a year: 0 is its first moment, 12 its last, −1 a month before.
///
/// `end` takes the end of the day, else its beginning. Months are equally long.
///
/// ```
/// # use landfall::{calendar::Day, pipeline::time};
/// assert_eq!(time(Day::parse("2023-07-31").unwrap(), 2023, true), 7.0);
/// assert_eq!(time(Day::parse("2022-12-01").unwrap(), 2023, false), -1.0);
/// ```
pub fn time(day: Day, year: i32, end: bool) -> f64 {
    let years = f64::from(day.month.year) - f64::from(year);
    let passed = f64::from(day.day) - if end { 0.0 } else { 1.0 };
    12.0 * years + f64::from(day.month.month) - 1.0 + passed / f64::from(day.month.days())
}

/// The part of each month in which building goes on, the same every year.
///
/// ```
/// # use landfall::pipeline::Season;
/// let season = Season::default();
/// assert_eq!((season.pace(1), season.pace(7), season.pace(12)), (0.0, 1.0, 0.0));
/// // 8.2 working months a year, 4.7 of them by July.
/// assert!((season.worked(7.0) - 4.7).abs() < 1e-12 && (season.worked(12.0) - 8.2).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    pace: [f64; 12],
    /// Working months from 1 January to the beginning of each month, and to the year's end.
    before: [f64; 13],
}

impl Default for Season {
    /// An assumption: work goes on from about 10 March to mid-November. A pipeline in a steady state, of projects of
    /// eighteen months, has then done 7.4 % of its year by March, 56.1 % by July and
    /// 69.3 % by August. Published for Ningxia's key projects, of different years:
    /// 7.7 % by March (2018), 50.8 % and 57 % by July (2020 and another), 74.3 % by August (2019); no season that stops in
    /// winter has both the last two years' figures.
    fn default() -> Self {
        Self::from_dates(3.3, 11.5)
    }
}

impl Season {
    /// A season from the part of each month that is worked, January first, each 0 to 1.
    ///
    /// # Errors
    /// [`PipelineError::Range`] for a part outside 0–1.
    pub fn new(pace: [f64; 12]) -> Result<Self, PipelineError> {
        for part in pace {
            PipelineError::within("pace", part, 0.0, 1.0)?;
        }
        Ok(Self::from_pace(pace))
    }

    /// Work from `resume` to `stop`, in months: 3.5 is mid-March, 12.0 the beginning of December, 13.0 the year's
    /// end.
    ///
    /// # Errors
    /// [`PipelineError::Range`] where `stop` is not 1–13, or `resume` is not 1 to `stop`.
    ///
    /// ```
    /// # use landfall::pipeline::Season;
    /// assert_eq!(Season::stopping(3.0, 12.0).unwrap().worked(12.0), 9.0);
    /// assert!(Season::stopping(5.0, 4.0).is_err());
    /// ```
    pub fn stopping(resume: f64, stop: f64) -> Result<Self, PipelineError> {
        PipelineError::within("stop", stop, 1.0, 13.0)?;
        PipelineError::within("resume", resume, 1.0, stop)?;
        Ok(Self::from_dates(resume, stop))
    }

    fn from_dates(resume: f64, stop: f64) -> Self {
        let mut pace = [0.0; 12];
        for (at, part) in pace.iter_mut().enumerate() {
            let (begin, end) = (at as f64 + 1.0, at as f64 + 2.0);
            *part = (end.min(stop) - begin.max(resume)).max(0.0);
        }
        Self::from_pace(pace)
    }

    fn from_pace(pace: [f64; 12]) -> Self {
        let mut before = [0.0; 13];
        for at in 0..12 {
            before[at + 1] = before[at] + pace[at];
        }
        Self { pace, before }
    }

    /// The same season with work stopping at another time of the year (in months, as in [`Season::stopping`]): earlier
    /// months stay as they are, later ones are worked through. A season in which work never goes on stays so.
    #[must_use]
    pub fn with_stop(self, stop: f64) -> Self {
        let Some(last) = self.pace.iter().rposition(|p| *p > 0.0).filter(|_| !stop.is_nan()) else {
            return self;
        };
        let mut pace = self.pace;
        for (month, part) in pace.iter_mut().enumerate() {
            let allowed = (stop - (month as f64 + 1.0)).clamp(0.0, 1.0);
            *part = if month < last { part.min(allowed) } else { allowed };
        }
        Self::from_pace(pace)
    }

    /// When work stops in the year, in months as in [`Season::stopping`]; 1.0 where it never goes on.
    ///
    /// ```
    /// # use landfall::pipeline::Season;
    /// assert_eq!(Season::default().stop(), 11.5);
    /// ```
    pub fn stop(&self) -> f64 {
        self.pace.iter().rposition(|p| *p > 0.0).map_or(1.0, |m| m as f64 + 1.0 + self.pace[m])
    }

    /// The part of a month (1–12) that is worked; 0 for any other number.
    pub fn pace(&self, month: u8) -> f64 {
        usize::from(month).checked_sub(1).and_then(|m| self.pace.get(m)).copied().unwrap_or(0.0)
    }

    /// Working months from 1 January to the end of each month, counted from 0.
    pub(super) fn by_month(&self) -> &[f64] {
        &self.before[1..]
    }

    /// Working months from 1 January of the year to a [`time`]; negative before it.
    pub fn worked(&self, time: f64) -> f64 {
        let years = (time / 12.0).floor();
        let within = (time - 12.0 * years).clamp(0.0, 12.0);
        let month = (within.floor() as usize).min(11);
        years * self.before[12] + self.before[month] + (within - month as f64) * self.pace[month]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn season_time_goes_on_over_years_and_stands_still_in_winter() {
        let season = Season::stopping(3.0, 12.0).unwrap();
        assert_eq!(season.worked(-12.0), -9.0);
        assert_eq!(season.worked(11.0), season.worked(14.0));
        assert_eq!(season.worked(14.5), 9.5);
        let never = Season::new([0.0; 12]).unwrap();
        assert_eq!(never.worked(40.0), 0.0);
        assert_eq!(never.with_stop(12.0).worked(12.0), 0.0);
        assert!((Season::default().with_stop(12.0).worked(12.0) - 8.7).abs() < 1e-12);
        assert!(Season::new([2.0; 12]).is_err());
        // Earlier than it resumes: no work at all; a stop that is no number: as it was.
        assert_eq!(Season::default().with_stop(2.0).worked(12.0), 0.0);
        assert_eq!(Season::default().with_stop(f64::NAN), Season::default());
    }
}
