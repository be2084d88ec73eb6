//! What a monthly forecaster, dynamic optimised Theta, makes of the rest of a year.

use crate::model::monthly::{Adjusted, STEPS, Scale, SeasonRule, dot};
use crate::model::series::{bridge, floor, flows};
use crate::model::{Earlier, Fitted, Guess, Model, Table};
use crate::num;
use crate::panel::View;

/// Years of history looked at.
const YEARS: i32 = 9;

/// The sum of a dynamic optimised Theta forecast of the remaining periods, on top of ytd.
///
/// On logs of the flows without their season. Source: [`monthly::Dot`](crate::model::monthly::Dot); sums of its
/// monthly forecasts are what an analyst with a forecasting library would quote for the year.
///
/// ```
/// use landfall::model::{Dot, Model};
/// assert_eq!(Dot.id(), "dot");
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Dot;

impl Model for Dot {
    fn id(&self) -> &'static str {
        "dot"
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        Table::boxed(view, horizons, |region| {
            totals(view, region, horizons).unwrap_or_else(|| vec![None; horizons.len()])
        })
    }
}

/// The index of ytd at each horizon: what is known plus the forecasts of the periods between.
fn totals(view: &View<'_>, region: usize, horizons: &[u8]) -> Option<Vec<Option<Guess>>> {
    let (calendar, year, cut) = (view.calendar(), view.year(), view.cut());
    let so_far = if cut == 0 { 0.0 } else { view.index(region, year, cut)? };
    // January and February are one double period under `cn11`, so a season has 11 periods there.
    let season = calendar.periods();
    let mut flows = flows(view, region, view.first_year().max(year - YEARS));
    let start = flows.iter().position(Option::is_some)?;
    flows.drain(..start);
    if flows.iter().filter(|f| f.is_some()).count() < 2 * season {
        return None;
    }
    let floor = floor(&flows, season)?;
    let series: Vec<f64> = bridge(&flows, season).into_iter().map(|f| f.max(floor)).collect();
    let mut months: Vec<(u8, f64)> = Vec::new();
    let ahead: Vec<u8> = calendar.months().filter(|m| *m > cut).collect();
    let mut total = so_far;
    let adjusted = Adjusted::new(&series, season, SeasonRule::decayed(Scale::Log));
    let forecast = adjusted.restore(&dot(&adjusted.level, ahead.len(), STEPS)?)?;
    for (month, flow) in ahead.iter().zip(forecast) {
        total += flow.max(0.0);
        months.push((*month, total));
    }
    let guess = |h: &u8| {
        let (_, total) = months.iter().find(|(m, _)| m == h)?;
        (*total > 0.0 && total.is_finite()).then(|| Guess::LnIndex(num::ln(*total)))
    };
    Some(horizons.iter().map(guess).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::YearMonth;
    use crate::ledger::Ledger;
    use crate::panel::Cells;
    use crate::region::Tree;
    use crate::table::read_panel;

    /// What it says of `months` of 2023 as of June, for A (a fixed season growing by 5 % a year), B (the
    /// same with nothing in May) and C (first seen in 2022).
    fn guesses(first: u8, after: f64, months: &[u8]) -> Vec<Vec<Option<f64>>> {
        let mut csv = String::from("region,year,month,value\n");
        for (name, from) in [("A", 2012), ("B", 2012), ("C", 2022)] {
            for year in from..=2023 {
                for month in first..=12 {
                    let noise = if year == 2023 && month > 6 { after } else { 1.0 };
                    let zero = if name == "B" && month == 5 { 0.0 } else { 1.0 };
                    csv += &format!("{name},{year},{month},{}\n", zero * noise * flow(year, month));
                }
            }
        }
        let mut tree = Tree::default();
        for name in ["A", "B", "C"] {
            tree.add(name);
        }
        let cells = Cells::new(read_panel(&csv, "t.csv").0, tree, None, "t.csv");
        let (panel, _) = cells.panel(Ledger::Fai, YearMonth { year: 2023, month: 12 }).unwrap();
        let fitted = Dot.fit(&panel.view(2023, 6), months, &[]);
        let said = |r: usize, m: &u8| match fitted.guess(r, *m) {
            Some(Guess::LnIndex(x)) => Some(num::exp(x)),
            _ => None,
        };
        let regions = panel.tree().regions().len();
        (0..regions).map(|r| months.iter().map(|m| said(r, m)).collect()).collect()
    }

    fn flow(year: i32, month: u8) -> f64 {
        100.0 * num::pow(1.05, f64::from(year - 2012)) * (1.0 + 0.5 * f64::from(month % 5))
    }

    #[test]
    fn a_steady_season_is_carried_on_under_both_calendars() {
        for first in [1, 2] {
            let got = guesses(first, 1.0, &[9, 12]);
            for (month, guess) in [9_u8, 12].iter().zip(&got[0]) {
                let want: f64 = (first..=*month).map(|m| flow(2023, m)).sum();
                let error = guess.unwrap() / want - 1.0;
                assert!(error.abs() < 0.01, "from {first} to {month}: {error}");
            }
            assert!(got[1].iter().flatten().all(|x| x.is_finite() && *x > 0.0) && got[1][1].is_some());
            assert_eq!(got[2], [None, None]);
        }
    }

    #[test]
    fn nothing_after_the_cut_is_seen() {
        assert_eq!(guesses(1, 1.0, &[12]), guesses(1, 7.5, &[12]));
    }
}
