//! How a group is added up, project by project.

use crate::calendar::Day;
use crate::order;
use crate::pipeline::grid::{add, add_row, convolve, for_triangle, triangle};
use crate::pipeline::group::{Months, ROWS};
use crate::pipeline::slip::Slip;
use crate::pipeline::{Approval, Assumptions, Cleared, Group, GroupKey, Outlay, Project, SHIFTS, Season};
use std::collections::BTreeMap;

/// Grid of the starts of a project, months: step, number.
const STARTS: (f64, usize) = (0.25, 50);
/// Half months after the status date at which all may start, from 0 to 12.
const HALVES: usize = 25;

/// What all groups need of the assumptions, worked out once.
pub(super) struct Context<'a> {
    pub(super) assumptions: &'a Assumptions,
    pub(super) known: usize,
    slip: Slip,
    /// On whole months, for the differences that another stop makes.
    coarse: Slip,
    stops: Vec<(f64, Season)>,
    own_variance: f64,
    /// What a department's projects share, as a part of what all of a region do.
    pub(super) office: f64,
    /// Of the completion that a region's projects share: mean² + variance.
    shared_square: f64,
}

impl<'a> Context<'a> {
    pub(super) fn new(assumptions: &'a Assumptions, known: usize) -> Self {
        let variance = assumptions.completion_variance();
        let mut stops: Vec<(f64, Season)> =
            assumptions.stops.iter().map(|stop| (*stop, assumptions.season.with_stop(*stop))).collect();
        order::sort_by(&mut stops, |a, b| a.0.total_cmp(&b.0));
        Self {
            assumptions,
            known: known.min(12),
            slip: Slip::new(assumptions, STARTS.0, STARTS.1),
            coarse: Slip::new(assumptions, 1.0, 13),
            stops,
            own_variance: variance.own,
            office: assumptions.office(),
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
            chance,
            months,
            expected: [0.0; 12],
            begun: vec![0.0; n],
            shifted: Vec::new(),
            all_cleared: Vec::new(),
            cleared: BTreeMap::new(),
            started: Vec::new(),
            activated: Vec::new(),
            first: vec![0.0; n],
            second: vec![0.0; n],
            offices: BTreeMap::new(),
            own: vec![0.0; n * (n + 1) / 2],
            stop: context.assumptions.season.stop(),
            stops: context.stops.iter().map(|(stop, _)| (*stop, vec![0.0; n])).collect(),
        }
    }

    /// Adds one project, with the department that answers for it. `kinds` are the approvals that any project of the whole
    /// group waits for.
    pub(super) fn add(
        &mut self,
        (project, office): (&Project, Option<usize>),
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
        let idle = project.zero_investment(status);
        self.zero_investment += usize::from(idle);
        if outlay.begun() {
            self.add_begun(outlay, context);
        } else {
            self.waiting += 1;
            self.add_waiting(outlay, (idle, office), kinds, context);
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

    fn add_waiting(
        &mut self,
        outlay: &Outlay,
        (idle, office): (bool, Option<usize>),
        kinds: &[Approval],
        context: &Context<'_>,
    ) {
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
        self.add_spread(&plain, on_grid(start), office, context);
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
    fn add_spread(&mut self, plain: &[f64], start: f64, office: Option<usize>, context: &Context<'_>) {
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
        if let Some(office) = office {
            let zeros = || (vec![0.0; n], vec![0.0; n]);
            let (one, two) = self.offices.entry(office).or_insert_with(zeros);
            for i in 0..n {
                one[i] += m * q * first[i];
                two[i] += m * q * second[i];
            }
        }
        // With its own department a project correlates as two of that department do.
        let k = 1.0 + office.map_or(0.0, |_| context.office);
        let whole = context.shared_square + context.own_variance;
        for (at, (i, j)) in triangle(n).enumerate() {
            let shared = mean[i] * mean[j] + k * first[i] * first[j] + k * k * second[i] * second[j];
            self.own[at] += whole * q * square[at] - context.shared_square * q * q * shared;
        }
    }

    /// All is added up: what is expected is worked out, and rows that are 0 to the end, of what starts after the year's
    /// end, are let go of.
    pub(super) fn close(&mut self) {
        let n = self.months.count().max(1);
        let grids = [&mut self.shifted, &mut self.all_cleared, &mut self.started, &mut self.activated];
        for cells in grids.into_iter().chain(self.cleared.values_mut()) {
            let filled = cells.iter().rposition(|x| *x != 0.0).map_or(0, |at| at / n + 1);
            cells.truncate(filled * n);
            cells.shrink_to_fit();
        }
        let (begun, waiting) = (self.begun(), self.waiting(0.0, &Cleared::default()));
        self.expected = std::array::from_fn(|m| begun[m] + waiting[m]);
    }

    /// Adds another part of the same group.
    pub(super) fn merge(&mut self, other: &Self) {
        self.projects += other.projects;
        self.waiting += other.waiting;
        self.zero_investment += other.zero_investment;
        self.total += other.total;
        self.plan += other.plan;
        self.done_year += other.done_year;
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
        for (office, (first, second)) in &other.offices {
            let (one, two) = self.offices.entry(*office).or_default();
            add(one, first);
            add(two, second);
        }
        add(&mut self.own, &other.own);
        for (sum, part) in self.stops.iter_mut().zip(&other.stops) {
            add(&mut sum.1, &part.1);
        }
    }
}
