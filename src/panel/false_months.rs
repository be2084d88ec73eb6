//! Months that differencing makes up wherever history was revised.

use crate::calendar::Calendar;
use crate::panel::Panel;
use crate::stats;
use crate::{num, unit};

/// A month is false when more than this share of its difference comes from a moved base.
const FALSE_SHARE: f64 = 0.25;
/// Published growth has one decimal, so that a base is known to half of 0.1 % of it.
const ROUNDING: f64 = 0.0005;
/// Years of the same month that the shape of a year is judged by.
const YEARS: i32 = 5;

/// Why a month was found false, with the figures that show it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reason {
    /// ytd fell.
    Fell { from: f64, to: f64 },
    /// The comparable base moved against last year's figures between two months.
    BaseMoved { moved: f64 },
    /// The month is out of line with the same month of past years.
    OutOfLine { times: f64 },
}

impl Reason {
    pub(super) fn words(self) -> (String, String) {
        match self {
            Self::Fell { from, to } => (
                format!("ytd falls from {} to {}", unit::fixed(from, 2), unit::fixed(to, 2)),
                format!("累计数由{}降为{}", unit::fixed(from, 2), unit::fixed(to, 2)),
            ),
            Self::BaseMoved { moved } => (
                format!("the comparable base moved by {} % in this month", unit::signed(moved * 100.0, 1)),
                format!("本月可比基数变动{}%", unit::signed(moved * 100.0, 1)),
            ),
            Self::OutOfLine { times } => (
                format!("the month comes out at {} times its usual size", unit::fixed(times, 2)),
                format!("当月差值为往年同月常态的{}倍", unit::fixed(times, 2)),
            ),
        }
    }
}

/// Looks at the period that ends with `month`, using nothing after it.
pub(super) fn judge(panel: &Panel, region: usize, year: i32, month: u8) -> Option<Reason> {
    let calendar = panel.calendar();
    let before = calendar.before(month)?;
    let (now, then) = (panel.ytd(region, year, month)?, panel.ytd(region, year, before)?);
    let flow = now - then;
    if flow < 0.0 {
        return Some(Reason::Fell { from: then, to: now });
    }
    let ratio = |m| Some(panel.comparable_base(region, year, m)? / panel.ytd(region, year - 1, m)?);
    if let (Some(a), Some(b)) = (ratio(before), ratio(month)) {
        let moved = b / a - 1.0;
        let made_up = (moved.abs() - 2.0 * ROUNDING).max(0.0) * now;
        return (moved.is_finite() && made_up > FALSE_SHARE * flow).then_some(Reason::BaseMoved { moved });
    }
    out_of_line(panel, calendar, region, year, month)
}

/// Without growth the only witness is the shape of past years: the month against the year's mean so far.
fn out_of_line(panel: &Panel, calendar: Calendar, region: usize, year: i32, month: u8) -> Option<Reason> {
    let before = calendar.before(month)?;
    let shape = |y: i32| {
        let so_far = panel.ytd(region, y, before)?;
        let flow = panel.ytd(region, y, month)? - so_far;
        (so_far > 0.0 && flow > 0.0).then(|| num::ln(flow / (so_far / f64::from(before))))
    };
    let usual: Vec<f64> =
        (year - YEARS..year).filter(|y| !panel.is_false_month(region, *y, month)).filter_map(shape).collect();
    if usual.len() < 3 {
        return None;
    }
    let centre = stats::median(usual.iter().copied())?;
    let bound = (6.0 * stats::robust_sd(usual.iter().copied())?).max(num::ln(3.0));
    // A month of nothing after months of something is out of line by any measure.
    let off = shape(year).unwrap_or(f64::NEG_INFINITY) - centre;
    (panel.ytd(region, year, before)? > 0.0 && off.abs() > bound)
        .then(|| Reason::OutOfLine { times: num::exp(off) })
}
