//! One group of the aggregate: what its projects spend by month, for any shift of their starts.

use crate::calendar::Day;
use crate::pipeline::slip::Slip;
use crate::pipeline::{Approval, Assumptions, Kind, Outlay, Project, Season, Stage};
use std::collections::BTreeMap;

/// Shifts of starts that are kept, in months: first, last, step. Between them is interpolated; beyond them is the end.
pub const SHIFTS: (f64, f64, f64) = (-6.0, 12.0, 0.5);
const ROWS: usize = 37;
/// Grid of the starts of a project, months: step, number.
const STARTS: (f64, usize) = (0.25, 50);
/// Half months after the status date at which all may start, from 0 to 12.
const HALVES: usize = 25;

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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cleared(pub BTreeMap<Approval, f64>);

impl Cleared {
    /// Every approval with the same part of its days saved.
    pub fn all(part: f64) -> Self {
        Self(Approval::ALL.iter().map(|a| (*a, part)).collect())
    }

    fn part(&self, approval: Approval) -> f64 {
        self.0.get(&approval).copied().unwrap_or(0.0).clamp(0.0, 1.0)
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
/// let land = Cleared([(Approval::Land, 0.5)].into());
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
    /// This year's plan of projects that are in the statistical books already.
    pub plan_in_books: f64,
    /// Chance that one that waits ever starts.
    pub chance: f64,
    months: Months,
    pub(super) begun: Vec<f64>,
    /// By shift, as approvals stand.
    shifted: Vec<f64>,
    /// By shift, all approvals cleared; empty where none holds anything.
    all_cleared: Vec<f64>,
    /// By shift, one approval cleared.
    cleared: BTreeMap<Approval, Vec<f64>>,
    /// By start after the status date, all waiting, without slip, as if all started.
    started: Vec<f64>,
    /// The same of those without investment.
    activated: Vec<f64>,
    /// Coefficients of the waiting ones' mean in the region's shared normal.
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
    /// Covariance of what is each project's own, lower triangle by rows.
    pub(super) own: Vec<f64>,
    /// When work stops, and the change of the mean where it stops at another time.
    stop: f64,
    stops: Vec<(f64, Vec<f64>)>,
}

/// The months that are still to come: after `known`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Months {
    known: usize,
}

impl Months {
    fn count(self) -> usize {
        12 - self.known
    }

    fn spread(self, cells: &[f64]) -> [f64; 12] {
        let mut out = [0.0; 12];
        out[self.known..].copy_from_slice(cells);
        out
    }
}

/// What all groups need of the assumptions, worked out once.
pub(super) struct Context<'a> {
    pub(super) assumptions: &'a Assumptions,
    pub(super) known: usize,
    slip: Slip,
    /// On whole months, for the differences that another stop makes.
    coarse: Slip,
    stops: Vec<(f64, Season)>,
    own_variance: f64,
    /// Of the completion that a region's projects share: mean² + variance.
    shared_square: f64,
}

impl<'a> Context<'a> {
    pub(super) fn new(assumptions: &'a Assumptions, known: usize) -> Self {
        let variance = assumptions.completion_variance();
        let mut stops: Vec<(f64, Season)> =
            assumptions.stops.iter().map(|stop| (*stop, assumptions.season.with_stop(*stop))).collect();
        stops.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self {
            assumptions,
            known: known.min(12),
            slip: Slip::new(assumptions, STARTS.0, STARTS.1),
            coarse: Slip::new(assumptions, 1.0, 13),
            stops,
            own_variance: variance.own,
            shared_square: assumptions.completion * assumptions.completion + variance.all + variance.region,
        }
    }
}

impl Group {
    pub(super) fn new(key: GroupKey, context: &Context<'_>) -> Self {
        let months = Months { known: context.known };
        let n = months.count();
        let chance = context.assumptions.chance_of(key.stage, key.kind);
        Self {
            key,
            projects: 0,
            waiting: 0,
            zero_investment: 0,
            total: 0.0,
            plan: 0.0,
            done_year: 0.0,
            plan_in_books: 0.0,
            chance,
            months,
            begun: vec![0.0; n],
            shifted: Vec::new(),
            all_cleared: Vec::new(),
            cleared: BTreeMap::new(),
            started: Vec::new(),
            activated: Vec::new(),
            first: vec![0.0; n],
            second: vec![0.0; n],
            own: vec![0.0; n * (n + 1) / 2],
            stop: context.assumptions.season.stop(),
            stops: context.stops.iter().map(|(stop, _)| (*stop, vec![0.0; n])).collect(),
        }
    }

    /// Adds one project. `kinds` are the approvals that any project of the whole group waits for.
    pub(super) fn add(
        &mut self,
        project: &Project,
        status: Day,
        outlay: &Outlay,
        kinds: &[Approval],
        context: &Context<'_>,
    ) {
        let row = &project.row;
        self.projects += 1;
        self.total += row.total.unwrap_or(0.0);
        self.plan += row.plan_year.unwrap_or(0.0);
        self.done_year += outlay.done_year();
        self.plan_in_books += row.in_books.map_or(0.0, |_| row.plan_year.unwrap_or(0.0));
        let idle = project.zero_investment(status);
        self.zero_investment += usize::from(idle);
        if outlay.begun() {
            self.add_begun(outlay, context);
        } else {
            self.waiting += 1;
            self.add_waiting(outlay, idle, kinds, context);
        }
    }

    fn add_begun(&mut self, outlay: &Outlay, context: &Context<'_>) {
        let completion = context.assumptions.completion;
        let spend = outlay.months(&context.assumptions.season, 0.0);
        let spend = &spend[context.known..];
        for (sum, x) in self.begun.iter_mut().zip(spend) {
            *sum += completion * x;
        }
        for_triangle(&mut self.own, |i, j| context.own_variance * spend[i] * spend[j]);
        for ((_, sum), (_, season)) in self.stops.iter_mut().zip(&context.stops) {
            let other = outlay.months(season, 0.0);
            for (i, cell) in sum.iter_mut().enumerate() {
                *cell += completion * (other[context.known + i] - spend[i]);
            }
        }
    }

    fn add_waiting(&mut self, outlay: &Outlay, idle: bool, kinds: &[Approval], context: &Context<'_>) {
        let (n, known, season) = (self.months.count(), context.known, &context.assumptions.season);
        let completion = context.assumptions.completion;
        let grow = |cells: &mut Vec<f64>, rows: usize| {
            if cells.is_empty() {
                cells.resize(rows * n, 0.0);
            }
        };
        grow(&mut self.shifted, ROWS);
        grow(&mut self.started, HALVES);
        if idle {
            grow(&mut self.activated, HALVES);
        }
        // What starts after the year's end spends nothing in it.
        let last = 12.0 - outlay.status();
        for half in (0..HALVES).take_while(|half| 0.5 * (*half as f64) < last) {
            let spend = outlay.months(season, 0.5 * half as f64);
            for (at, x) in spend[known..].iter().enumerate() {
                self.started[half * n + at] += completion * x;
                if idle {
                    self.activated[half * n + at] += completion * x;
                }
            }
        }
        let Some(start) = outlay.start(|_| 0.0).filter(|_| self.chance > 0.0) else { return };
        // Spend by month for every start, without slip, on a grid in which the project's own start lies.
        let offset = start - STARTS.0 * ((start / STARTS.0).floor() + 1.0);
        let mut plain = vec![0.0; STARTS.1 * n];
        for (at, cells) in plain.chunks_mut(n.max(1)).enumerate() {
            let start = offset + STARTS.0 * at as f64;
            if start >= last {
                break;
            }
            cells.copy_from_slice(&outlay.months(season, start)[known..]);
        }
        let on_grid = |start: f64| (start - offset) / STARTS.0;
        let mean = completion * self.chance;
        let slipped = convolve(&plain, &context.slip.mean, n);
        let put = |sum: &mut Vec<f64>, base: f64, held: f64| {
            for row in 0..ROWS {
                let start = (base + SHIFTS.0 + SHIFTS.2 * row as f64).max(held);
                add_row(&mut sum[row * n..(row + 1) * n], &slipped, on_grid(start), mean);
            }
        };
        put(&mut self.shifted, start, outlay.held(|_| 0.0));
        if !kinds.is_empty() {
            grow(&mut self.all_cleared, ROWS);
            put(&mut self.all_cleared, outlay.start(|_| 1.0).unwrap_or(start), 0.0);
        }
        for kind in kinds {
            let cut = |k: Approval| f64::from(u8::from(k == *kind));
            let sum = self.cleared.entry(*kind).or_default();
            grow(sum, ROWS);
            put(sum, outlay.start(cut).unwrap_or(start), outlay.held(cut));
        }
        self.add_spread(&plain, on_grid(start), context);
        if context.stops.is_empty() {
            return;
        }
        for (k, weight) in context.coarse.mean.iter().enumerate() {
            let start = start + context.coarse.step * k as f64;
            if start >= last {
                break;
            }
            let here = outlay.months(season, start);
            for ((_, sum), (_, other)) in self.stops.iter_mut().zip(&context.stops) {
                let there = outlay.months(other, start);
                for (i, cell) in sum.iter_mut().enumerate() {
                    *cell += mean * weight * (there[known + i] - here[known + i]);
                }
            }
        }
    }

    /// What the slip, the chance to start and completion add to the variance; `start` is the row of the own start.
    fn add_spread(&mut self, plain: &[f64], start: f64, context: &Context<'_>) {
        let (n, slip) = (self.months.count(), &context.slip);
        let size = n * (n + 1) / 2;
        let (mut mean, mut first, mut second) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let (mut square, mut cells) = (vec![0.0; size], vec![0.0; n]);
        for (k, weight) in slip.mean.iter().enumerate() {
            cells.fill(0.0);
            add_row(&mut cells, plain, start + k as f64, 1.0);
            if cells.iter().all(|x| *x == 0.0) {
                continue;
            }
            for i in 0..n {
                mean[i] += weight * cells[i];
                first[i] += slip.first[k] * cells[i];
                second[i] += slip.second[k] * cells[i];
            }
            for_triangle(&mut square, |i, j| weight * cells[i] * cells[j]);
        }
        let (m, q) = (context.assumptions.completion, self.chance);
        for i in 0..n {
            self.first[i] += m * q * first[i];
            self.second[i] += m * q * second[i];
        }
        let whole = context.shared_square + context.own_variance;
        for (at, (i, j)) in triangle(n).enumerate() {
            let shared = mean[i] * mean[j] + first[i] * first[j] + second[i] * second[j];
            self.own[at] += whole * q * square[at] - context.shared_square * q * q * shared;
        }
    }

    /// Lets go of the rows that are 0 to the end: what starts after the year's end.
    pub(super) fn trim(&mut self) {
        let n = self.months.count().max(1);
        let grids = [&mut self.shifted, &mut self.all_cleared, &mut self.started, &mut self.activated];
        for cells in grids.into_iter().chain(self.cleared.values_mut()) {
            let filled = cells.iter().rposition(|x| *x != 0.0).map_or(0, |at| at / n + 1);
            cells.truncate(filled * n);
            cells.shrink_to_fit();
        }
    }

    /// Adds another part of the same group.
    pub(super) fn merge(&mut self, other: &Self) {
        self.projects += other.projects;
        self.waiting += other.waiting;
        self.zero_investment += other.zero_investment;
        self.total += other.total;
        self.plan += other.plan;
        self.done_year += other.done_year;
        self.plan_in_books += other.plan_in_books;
        add(&mut self.begun, &other.begun);
        add(&mut self.shifted, &other.shifted);
        add(&mut self.all_cleared, &other.all_cleared);
        for (kind, cells) in &other.cleared {
            add(self.cleared.entry(*kind).or_default(), cells);
        }
        add(&mut self.started, &other.started);
        add(&mut self.activated, &other.activated);
        add(&mut self.first, &other.first);
        add(&mut self.second, &other.second);
        add(&mut self.own, &other.own);
        for (sum, part) in self.stops.iter_mut().zip(&other.stops) {
            add(&mut sum.1, &part.1);
        }
    }

    /// Mean spend of the projects that have begun.
    pub fn begun(&self) -> [f64; 12] {
        self.months.spread(&self.begun)
    }

    /// What the waiting projects' mean spend moves by with the standard normal U behind the slips of the region's starts:
    /// coefficients of U and of (U² − 1) ÷ √2, as approvals and starts stand. Later starts with a larger U, so the first
    /// are below 0 early in the year's rest.
    pub fn shared(&self) -> ([f64; 12], [f64; 12]) {
        (self.months.spread(&self.first), self.months.spread(&self.second))
    }

    /// Mean spend of those that wait, with all starts moved by `shift` months (later above 0) and approvals cut.
    ///
    /// Exact (up to the quarter-month grid of the slip) at multiples of half a month with nothing cleared, one approval
    /// cleared, or all of them; interpolated linearly between shifts and in the part of the days that is saved. With
    /// several of several approvals cleared the gains of each alone are added; what only clearing all brings comes with
    /// the least of the cuts. A shift to the left stops where approvals hold the start.
    pub fn waiting(&self, shift: f64, cut: &Cleared) -> [f64; 12] {
        let n = self.months.count();
        let mut out = vec![0.0; n];
        let at = ((shift - SHIFTS.0) / SHIFTS.2).clamp(0.0, (ROWS - 1) as f64);
        let mut put = |cells: &[f64], factor: f64| {
            if factor != 0.0 && !cells.is_empty() {
                add_row(&mut out, cells, at, factor);
            }
        };
        let parts: Vec<f64> = self.cleared.keys().map(|kind| cut.part(*kind)).collect();
        let least = parts.iter().copied().fold(1.0, f64::min);
        let least = if parts.is_empty() { 0.0 } else { least };
        // base + Σ part·(one − base) + least·(all − base − Σ(one − base))
        let count = parts.len() as f64;
        put(&self.shifted, 1.0 - parts.iter().sum::<f64>() - least + least * count);
        for (cells, part) in self.cleared.values().zip(&parts) {
            put(cells, part - least);
        }
        put(&self.all_cleared, least);
        for cell in &mut out {
            // A difference of sums may leave dust below 0.
            *cell = cell.max(0.0);
        }
        self.months.spread(&out)
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
        let mut out = vec![0.0; self.months.count()];
        if !cells.is_empty() {
            add_row(&mut out, cells, 2.0 * start.max(0.0), 1.0);
        }
        self.months.spread(&out)
    }

    /// How the mean spend of the whole group changes when work stops at another time of the year, in months as in
    /// [`Season::stopping`]: interpolated between
    /// the stops of the assumptions and the season's own, held beyond them; nothing where none were asked for. It is taken
    /// at the planned starts; the slip stands on whole months here.
    pub fn stop_change(&self, stop: f64) -> [f64; 12] {
        let zero = vec![0.0; self.months.count()];
        let mut knots: Vec<(f64, &[f64])> =
            self.stops.iter().map(|(at, cells)| (*at, cells.as_slice())).collect();
        knots.retain(|(at, _)| *at != self.stop);
        knots.push((self.stop, &zero));
        knots.sort_by(|a, b| a.0.total_cmp(&b.0));
        let right = knots.iter().position(|(at, _)| *at >= stop).unwrap_or(knots.len() - 1);
        let left = right.saturating_sub(1);
        let ((a, below), (b, above)) = (knots[left], knots[right]);
        let part = if b > a { ((stop - a) / (b - a)).clamp(0.0, 1.0) } else { 1.0 };
        let cells: Vec<f64> = below.iter().zip(above).map(|(x, y)| x + part * (y - x)).collect();
        self.months.spread(&cells)
    }
}

fn add(sum: &mut Vec<f64>, part: &[f64]) {
    if sum.is_empty() {
        sum.extend_from_slice(part);
    } else {
        sum.iter_mut().zip(part).for_each(|(sum, x)| *sum += x);
    }
}

/// Rows and columns of a lower triangle, row by row.
pub(super) fn triangle(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(|i| (0..=i).map(move |j| (i, j)))
}

fn for_triangle(cells: &mut [f64], value: impl Fn(usize, usize) -> f64) {
    let (mut i, mut j) = (0, 0);
    for cell in cells {
        *cell += value(i, j);
        if j == i {
            (i, j) = (i + 1, 0);
        } else {
            j += 1;
        }
    }
}

/// Adds `factor` × the row at a broken row number, interpolated; beyond the last row there is nothing.
fn add_row(sum: &mut [f64], rows: &[f64], at: f64, factor: f64) {
    let n = sum.len();
    let low = at.floor();
    let part = at - low;
    for (row, weight) in [(low as usize, 1.0 - part), (low as usize + 1, part)] {
        if let Some(cells) = rows.get(row * n..(row + 1) * n)
            && weight > 0.0
        {
            sum.iter_mut().zip(cells).for_each(|(sum, x)| *sum += factor * weight * x);
        }
    }
}

/// What each row is on average when a slip carries it on to later ones.
fn convolve(rows: &[f64], weights: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; rows.len()];
    // Rows from the last one that is not empty on add nothing.
    let filled = rows.iter().rposition(|x| *x != 0.0).map_or(0, |at| at / n.max(1) + 1);
    for (from, cells) in out.chunks_mut(n.max(1)).enumerate().take(filled) {
        for (weight, row) in weights.iter().zip(rows[from * n..filled * n].chunks(n.max(1))) {
            cells.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * x);
        }
    }
    out
}
