//! What a case has on record about its levers: how far each has moved in the data's own past.
//!
//! Where nothing is said here, a lever's usual range is an assumption, and says so.

use crate::calendar::YearMonth;
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::panel::{Cells, Panel};
use crate::pipeline::{Project, time};
use crate::scenario::baseline::{Ledgered, Projects, is_work};
use crate::scenario::{Lever, LeverId, sector};
use crate::stats;
use std::collections::BTreeMap;

/// Cases of the past from which a range is read; with fewer it stays an assumption.
const ENOUGH: usize = 8;
/// Projects of a region from which its coverage is read, and regions from which a range of it is.
const OF_REGION: (usize, usize) = (5, 3);

/// What is on record about a lever.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Recorded {
    /// Least and greatest value; but for the rarest where there are many.
    range: (f64, f64),
    /// What stands for "as it is" and the slider's step, where the data say that too.
    default: Option<(f64, f64)>,
}

impl Recorded {
    /// A lever's range as recorded: on its steps, outwards.
    pub(super) fn put(self, lever: &mut Lever) {
        if let Some((default, step)) = self.default {
            lever.step = step;
            lever.default = lever.on_step(default, true);
        }
        let (low, high) = self.range;
        let history = (lever.on_step(low, false), lever.on_step(high, true));
        if history.0 < history.1 {
            (lever.history, lever.from_data) = (history, true);
        }
    }
}

/// What the panels and the list of projects tell of the past.
pub(super) fn recorded(
    cells: &Cells,
    ledgers: &[Ledgered<'_>],
    projects: Option<&Projects>,
    as_of: YearMonth,
) -> BTreeMap<LeverId, Recorded> {
    let panel = |ledger: Ledger| ledgers.iter().map(|l| l.panel).find(|p| p.ledger() == ledger);
    let range = |range: Option<(f64, f64)>| Some(Recorded { range: range?, default: None });
    let about_one = |ratios: Vec<f64>, most: f64| about_middle(ratios).map(|(a, b)| (a, b.min(most)));
    let percent = |(low, high): (f64, f64)| (100.0 * (low - 1.0), 100.0 * (high - 1.0));
    let fai = panel(Ledger::Fai);
    let found = [
        (LeverId::Pace, range(fai.and_then(|p| about_one(paces(p, as_of), 3.0)))),
        (LeverId::FundsPace, range(panel(Ledger::Attraction).and_then(|p| about_one(paces(p, as_of), 3.0)))),
        (LeverId::SectorShock, range(about_one(sector::paces(cells, as_of), 3.0).map(percent))),
        (LeverId::Base, range(fai.and_then(|p| spread(bases(p, as_of))).map(percent))),
        (LeverId::Coverage, range(projects.and_then(coverages))),
        (LeverId::StartShift, range(projects.and_then(|p| spread(shifts(p))))),
        (LeverId::NewProjects, range(projects.and_then(|p| starts(p, as_of)))),
        (LeverId::NewTotal, projects.and_then(totals)),
    ];
    order::map(found.into_iter().filter_map(|(lever, recorded)| Some((lever, recorded?))))
}

/// The middle 95 % of enough values.
fn spread(mut values: Vec<f64>) -> Option<(f64, f64)> {
    stats::sort(&mut values);
    let enough = values.len() >= ENOUGH;
    enough.then(|| Some((stats::quantile(&values, 0.025)?, stats::quantile(&values, 0.975)?)))?
}

/// The middle 95 % of enough ratios, each ÷ the median of all such, at least a hundredth to both sides of 1.
fn about_middle(ratios: Vec<f64>) -> Option<(f64, f64)> {
    let middle = stats::median(ratios.iter().copied()).filter(|m| *m > 0.0)?;
    let (low, high) = spread(ratios)?;
    let round = |x: f64| (x * 100.0).round() / 100.0;
    Some((round((low / middle).clamp(0.0, 0.99)), round((high / middle).max(1.01))))
}

/// The rest of a past year ÷ that of the year before, of every region and year.
fn paces(panel: &Panel, as_of: YearMonth) -> Vec<f64> {
    let rest = |region: usize, year: i32| {
        Some(panel.index(region, year, 12)? - panel.index(region, year, as_of.month)?).filter(|x| *x > 0.0)
    };
    panel
        .members()
        .flat_map(|r| (panel.first_year() + 1..as_of.year).map(move |y| (r, y)))
        .filter_map(|(r, y)| Some(rest(r, y)? / rest(r, y - 1)?))
        .collect()
}

/// How the comparable base, told against last year's level, moved from this month to December, of every region and past year.
fn bases(panel: &Panel, as_of: YearMonth) -> Vec<f64> {
    let ratio = |region: usize, year: i32, month: u8| {
        let level = panel.ytd(region, year - 1, month).filter(|x| *x > 0.0)?;
        Some(panel.comparable_base(region, year, month)? / level)
    };
    panel
        .members()
        .flat_map(|r| (panel.first_year() + 1..as_of.year).map(move |y| (r, y)))
        .filter_map(|(r, y)| Some(ratio(r, y, 12)? / ratio(r, y, as_of.month)?))
        .collect()
}

fn works(projects: &Projects) -> impl Iterator<Item = &Project> {
    projects.pipeline.projects().iter().filter(|p| is_work(p.row.kind))
}

/// Least and greatest part of the projects due in the books that is in them, in percent: by region, where it has enough.
fn coverages(projects: &Projects) -> Option<(f64, f64)> {
    let mut regions: BTreeMap<usize, (usize, f64, f64)> = BTreeMap::new();
    for project in projects.due_in_books() {
        let amount = project.row.plan_year.or(project.row.total).unwrap_or(0.0);
        let (count, plan, inside) = regions.entry(project.region).or_default();
        *count += 1;
        *plan += amount;
        *inside += if project.row.in_books.is_some() { amount } else { 0.0 };
    }
    let known = regions.values().filter(|(count, plan, _)| *count >= OF_REGION.0 && *plan > 0.0);
    let parts: Vec<f64> = known.map(|(_, plan, inside)| 100.0 * inside / plan).collect();
    let (low, high) = (parts.iter().copied().reduce(f64::min)?, parts.iter().copied().reduce(f64::max)?);
    (parts.len() >= OF_REGION.1).then_some((low, high))
}

/// Months from the planned to the actual start of every project that has both. Those that are late and have not begun are
/// not in it: the record is of what came.
fn shifts(projects: &Projects) -> Vec<f64> {
    let year = projects.pipeline.as_of().year;
    let both = works(projects).filter_map(|p| Some((p.row.start_planned?, p.row.start_actual?)));
    both.map(|(planned, actual)| time(actual, year, false) - time(planned, year, false)).collect()
}

/// From none to as many projects as ever started in as many months as are left.
fn starts(projects: &Projects, as_of: YearMonth) -> Option<(f64, f64)> {
    let year = as_of.year;
    let began = works(projects).filter_map(|p| Some(time(p.row.start_actual?, year, false)));
    let mut began: Vec<f64> = began.filter(|at| *at < f64::from(as_of.month)).collect();
    stats::sort(&mut began);
    let left = f64::from(12 - as_of.month.min(12));
    let within =
        |from: f64| began.partition_point(|at| *at < from + left) - began.partition_point(|at| *at < from);
    let most = began.iter().map(|from| within(*from)).max()?;
    (began.len() >= ENOUGH && left > 0.0).then_some((0.0, most as f64))
}

/// The listed projects' planned totals: the middle 95 %, and their median for a new project. The step is the power of ten
/// that is a tenth of it or less.
fn totals(projects: &Projects) -> Option<Recorded> {
    let totals: Vec<f64> = works(projects).filter_map(|p| p.row.total.filter(|t| *t > 0.0)).collect();
    let middle = stats::median(totals.iter().copied())?;
    let step = num::pow(10.0, num::log10(middle / 10.0).floor());
    let range = spread(totals)?;
    Some(Recorded { range, default: Some(((middle / step).round() * step, step)) })
}
