//! One group of the aggregate: what its projects spend by month, for any shift of their starts.

use crate::pipeline::grid::add_row;
use crate::pipeline::{Approval, Kind, Pipeline, Project, Stage};
use std::collections::BTreeMap;

/// Shifts of starts that are kept, in months: first, last, step. Between them is interpolated; beyond them is the end.
pub const SHIFTS: (f64, f64, f64) = (-6.0, 12.0, 0.5);
/// How many they are.
pub(super) const ROWS: usize = 37;

/// What a group has in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupKey {
    /// Position of the region in the pipeline's regions.
    pub region: usize,
    /// Sector.
    pub sector: Option<String>,
    /// Stage.
    pub stage: Stage,
    /// List.
    pub list: Option<String>,
    /// Key project or place in the attraction funnel: it decides which ledger counts the spend.
    pub kind: Option<Kind>,
}

/// The part of each approval's days that is saved: 0 none, 1 cleared. What is not named stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cleared([f64; Approval::ALL.len()]);

impl Cleared {
    /// Every approval with the same part of its days saved.
    pub fn all(part: f64) -> Self {
        Self([part.clamp(0.0, 1.0); Approval::ALL.len()])
    }

    /// The same with another part for one approval.
    #[must_use]
    pub fn with(mut self, approval: Approval, part: f64) -> Self {
        self.0[approval as usize] = part.clamp(0.0, 1.0);
        self
    }

    fn part(&self, approval: Approval) -> f64 {
        self.0[approval as usize]
    }
}

/// The departments of a pipeline, each in its own region: what delays one of a department's projects delays the others.
pub(super) struct Offices<'a>(BTreeMap<(usize, &'a str), usize>);

impl<'a> Offices<'a> {
    pub(super) fn of(pipeline: &'a Pipeline) -> Self {
        let mut offices = BTreeMap::new();
        for project in pipeline.projects() {
            let next = offices.len();
            if let Some(name) = project.row.department.as_deref() {
                offices.entry((project.region, name)).or_insert(next);
            }
        }
        Self(offices)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The one that answers for a project; `None` where the list names none.
    pub(super) fn find(&self, project: &Project) -> Option<usize> {
        self.0.get(&(project.region, project.row.department.as_deref()?)).copied()
    }
}

/// The projects of one group, added up once. Amounts are in the list's unit; arrays have a cell a month, January first,
/// with 0 through the last known month. Means already hold completion and, but where it says otherwise, the chance to start.
///
/// ```
/// # use landfall::pipeline::{Aggregate, Approval, Assumptions, Cleared, Pipeline, Stage};
/// let aggregate = Aggregate::new(&Pipeline::sample(), &Assumptions::default()).unwrap();
/// let sum = |cells: [f64; 12]| cells.iter().sum::<f64>();
/// let waiting = || aggregate.groups().iter().filter(|g| g.key.stage == Stage::Preparation);
/// let now: f64 = waiting().map(|g| sum(g.waiting(0.0, &Cleared::default()))).sum();
/// // Land sooner for everyone, half the days: more is spent this year.
/// let land = Cleared::default().with(Approval::Land, 0.5);
/// assert!(waiting().map(|g| sum(g.waiting(0.0, &land))).sum::<f64>() > now);
/// // Every one of the 23 stalled projects that has not begun starts in a month's time.
/// let stalled = waiting().filter(|g| g.key.list.as_deref() == Some("slow"));
/// assert!(stalled.map(|g| sum(g.activated(1.0)) - sum(g.waiting(0.0, &Cleared::default()))).sum::<f64>() > 0.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they have in common.
    pub key: GroupKey,
    /// Projects.
    pub projects: usize,
    /// Of them, not yet begun.
    pub waiting: usize,
    /// Of them, due and with nothing spent.
    pub zero_investment: usize,
    /// Planned total.
    pub total: f64,
    /// Planned for the year.
    pub plan: f64,
    /// Done in the year so far.
    pub done_year: f64,
    /// Chance that one that waits ever starts.
    pub chance: f64,
    pub(super) months: Months,
    /// What [`Group::expected`] tells, once all is added up.
    pub(super) expected: [f64; 12],
    pub(super) begun: Vec<f64>,
    /// By shift, as approvals stand.
    pub(super) shifted: Vec<f64>,
    /// By shift, all approvals cleared; empty where none holds anything.
    pub(super) all_cleared: Vec<f64>,
    /// By shift, one approval cleared.
    pub(super) cleared: BTreeMap<Approval, Vec<f64>>,
    /// By start after the status date, all waiting, without slip, as if all started.
    pub(super) started: Vec<f64>,
    /// The same of those without investment.
    pub(super) activated: Vec<f64>,
    /// Coefficients of the waiting ones' mean in the region's shared normal.
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
    /// Of those coefficients the part of each department's projects.
    pub(super) offices: BTreeMap<usize, (Vec<f64>, Vec<f64>)>,
    /// Covariance of what is each project's own, lower triangle by rows.
    pub(super) own: Vec<f64>,
    /// When work stops, and the change of the mean where it stops at another time.
    pub(super) stop: f64,
    pub(super) stops: Vec<(f64, Vec<f64>)>,
}

/// The months that are still to come: after `known`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Months {
    pub(super) known: usize,
}

impl Months {
    pub(super) fn count(self) -> usize {
        12 - self.known
    }

    fn spread(self, cells: &[f64]) -> [f64; 12] {
        let mut out = [0.0; 12];
        out[self.known..].copy_from_slice(cells);
        out
    }

    /// What `put` writes into the cells of the months to come.
    fn filled(self, put: impl FnOnce(&mut [f64])) -> [f64; 12] {
        let mut out = [0.0; 12];
        put(&mut out[self.known..]);
        out
    }
}

impl Group {
    /// Mean spend of the projects that have begun.
    pub fn begun(&self) -> [f64; 12] {
        self.months.spread(&self.begun)
    }

    /// Mean spend as things stand: of those that have begun, and of those that wait.
    pub fn expected(&self) -> [f64; 12] {
        self.expected
    }

    /// Mean spend of those that wait, with all starts moved by `shift` months (later above 0) and approvals cut.
    ///
    /// Exact, up to the grid of a quarter month on which starts and slips stand, at multiples of half a month with nothing
    /// cleared, one approval cleared, or all of them. Interpolated linearly: between shifts, and in the part of the days
    /// that is saved. With several approvals cut the gains of each alone are added; what only clearing all brings comes
    /// with the least of the cuts. A shift to the left stops where approvals hold the start, or at the status date.
    ///
    /// It is proportional to [`Group::chance`]: if a share of them is to start, multiply by share ÷ chance.
    pub fn waiting(&self, shift: f64, cut: &Cleared) -> [f64; 12] {
        let at = ((shift - SHIFTS.0) / SHIFTS.2).clamp(0.0, (ROWS - 1) as f64);
        let least = self.cleared.keys().map(|kind| cut.part(*kind)).fold(1.0, f64::min);
        let least = if self.cleared.is_empty() { 0.0 } else { least };
        // base + Σ part·(one − base) + least·(all − base − Σ(one − base))
        let (count, parts) = (self.cleared.len() as f64, self.cleared.keys().map(|kind| cut.part(*kind)));
        let kept = 1.0 - parts.sum::<f64>() - least + least * count;
        self.months.filled(|out| {
            let mut put = |cells: &[f64], factor: f64| {
                if factor != 0.0 && !cells.is_empty() {
                    add_row(out, cells, at, factor);
                }
            };
            put(&self.shifted, kept);
            for (kind, cells) in &self.cleared {
                put(cells, cut.part(*kind) - least);
            }
            put(&self.all_cleared, least);
            for cell in out {
                // A difference of sums may leave dust below 0.
                *cell = cell.max(0.0);
            }
        })
    }

    /// Mean spend of those that wait if each started `start` months after its status date (0–12), without slip, whatever
    /// its approvals, all of them: multiply by the share that starts. Exact at half months.
    pub fn all_started(&self, start: f64) -> [f64; 12] {
        self.at_start(&self.started, start)
    }

    /// The same of the projects without investment that have not begun.
    pub fn activated(&self, start: f64) -> [f64; 12] {
        self.at_start(&self.activated, start)
    }

    fn at_start(&self, cells: &[f64], start: f64) -> [f64; 12] {
        self.months.filled(|out| {
            if !cells.is_empty() {
                add_row(out, cells, 2.0 * start.max(0.0), 1.0);
            }
        })
    }

    /// How the mean spend of the whole group changes when work stops at another time of the year, in months as in
    /// [`Season::stopping`](crate::pipeline::Season::stopping): interpolated between
    /// the stops of the assumptions and the season's own, held beyond them; nothing where none were asked for. It is taken
    /// at the planned starts; the slip stands on whole months here.
    pub fn stop_change(&self, stop: f64) -> [f64; 12] {
        // The knots on both sides; the season's own stop is one at which nothing changes.
        let (mut left, mut right): (Option<Knot<'_>>, Option<Knot<'_>>) = (None, None);
        let others = self.stops.iter().filter(|(at, _)| *at != self.stop);
        let knots = others.map(|(at, cells)| (*at, cells.as_slice())).chain([(self.stop, &[][..])]);
        for knot in knots {
            if knot.0 < stop {
                left = left.filter(|l| l.0 >= knot.0).or(Some(knot));
            } else {
                right = right.filter(|r| r.0 <= knot.0).or(Some(knot));
            }
        }
        let Some((a, below)) = left.or(right) else { return [0.0; 12] };
        let (b, above) = right.unwrap_or((a, below));
        let part = if b > a { ((stop - a) / (b - a)).clamp(0.0, 1.0) } else { 1.0 };
        let cell = |cells: &[f64], m: usize| cells.get(m).copied().unwrap_or(0.0);
        self.months.filled(|out| {
            for (m, out) in out.iter_mut().enumerate() {
                let (x, y) = (cell(below, m), cell(above, m));
                *out = x + part * (y - x);
            }
        })
    }
}

/// A stop, and the change that it makes by month; empty where there is none.
type Knot<'a> = (f64, &'a [f64]);
