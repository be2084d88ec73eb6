//! What levers make of the projects' mean spend, region by region, month by month.

use crate::calendar::Day;
use crate::num;
use crate::pipeline::{Approval, Cap, Cleared, Group, Kind, Outlay, Pipeline, ProjectRow, Stage, caps};
use crate::scenario::baseline::{Baseline, Projects, is_work};
use crate::scenario::{LeverId, Setting, Warning};
use std::collections::BTreeMap;

/// Sector under which projects without one are kept.
const NO_SECTOR: &str = "";
/// In a month's time: when zero-investment projects that are got going begin.
const SOON: f64 = 1.0;

/// Change of the mean spend by month, January first; one entry a region of the tree.
pub(super) type Change = BTreeMap<usize, [f64; 12]>;

impl Baseline {
    fn in_scope(&self, setting: &Setting, region: usize, sector: Option<&str>) -> bool {
        let around = setting.scope.region.as_ref().map(|name| self.regions.iter().position(|r| r == name));
        around.is_none_or(|around| around.is_some_and(|a| self.lies_in(region, a)))
            && setting.scope.sector.as_ref().is_none_or(|s| Some(s.as_str()) == sector)
    }

    fn meets(&self, setting: &Setting, group: &Group) -> bool {
        let key = &group.key;
        self.in_scope(setting, key.region, key.sector.as_deref())
            && setting.scope.stage.is_none_or(|s| s == key.stage)
            && setting.scope.list.as_ref().is_none_or(|l| Some(l) == key.list.as_ref())
    }

    /// The change of key projects' spend that the levers make; what acceleration could not bring is warned of.
    pub(super) fn works(
        &self,
        projects: &Projects,
        settings: &[Setting],
        warnings: &mut Vec<Warning>,
    ) -> Change {
        let mut change = Change::new();
        let mut spends: BTreeMap<usize, Vec<(&Group, [f64; 12], [f64; 12])>> = BTreeMap::new();
        for group in projects.aggregate.groups().iter().filter(|g| is_work(g.key.kind)) {
            let mine: Vec<&Setting> = settings.iter().filter(|s| self.meets(s, group)).collect();
            if mine.is_empty() {
                continue;
            }
            let before = add(group.begun(), group.waiting(0.0, &Cleared::default()));
            let after = spend(group, &mine);
            spends.entry(group.key.region).or_default().push((group, before, after));
        }
        let rates = [(LeverId::CompletionSeptember, 9_usize), (LeverId::CompletionDecember, 12)];
        let known = usize::from(self.as_of.month.min(12));
        let fastest = if settings.iter().any(|s| rates.iter().any(|(lever, _)| *lever == s.lever)) {
            caps(&projects.pipeline, &projects.assumptions)
        } else {
            BTreeMap::new()
        };
        for (region, mut groups) in spends {
            for (lever, month) in rates {
                for setting in settings.iter().filter(|s| s.lever == lever) {
                    self.complete(setting, month, known, &mut groups, &fastest, warnings);
                }
            }
            let cells = change.entry(region).or_insert([0.0; 12]);
            for (_, before, after) in groups {
                (0..12).for_each(|m| cells[m] += after[m] - before[m]);
            }
        }
        self.enter(projects, settings, &mut change);
        change
    }

    /// Brings the groups of a region to a part of their year's plan by the end of `month`, no faster than they have ever
    /// gone.
    fn complete(
        &self,
        setting: &Setting,
        month: usize,
        known: usize,
        groups: &mut [(&Group, [f64; 12], [f64; 12])],
        fastest: &BTreeMap<String, Cap>,
        warnings: &mut Vec<Warning>,
    ) {
        let from = if month == 12 && known < 9 && self.as_of.month < 9 { 9 } else { known };
        let from = if setting.lever == LeverId::CompletionDecember { from.max(known) } else { known };
        if month <= known {
            return;
        }
        let mut mine: Vec<&mut (&Group, [f64; 12], [f64; 12])> =
            groups.iter_mut().filter(|(g, ..)| self.meets(setting, g)).collect();
        let plan = num::sum(mine.iter().map(|(g, ..)| g.plan));
        let so_far = num::sum(mine.iter().map(|(g, ..)| g.done_year));
        let by = |cells: &[f64; 12]| num::sum(cells[..month].iter().copied());
        let ahead = num::sum(mine.iter().map(|(_, _, after)| by(after)));
        let mut missing = setting.value / 100.0 * plan - so_far - ahead;
        let span = (month - from) as f64;
        if missing < 0.0 {
            // Slower than expected: every month of the span gives in proportion.
            let inside = num::sum(mine.iter().map(|(_, _, a)| num::sum(a[from..month].iter().copied())));
            let part = if inside > 0.0 { (-missing / inside).min(1.0) } else { 0.0 };
            for (_, _, after) in mine {
                after[from..month].iter_mut().for_each(|x| *x -= part * *x);
            }
            return;
        }
        // Faster: what each group could still do in a month, until the plan is met or nobody can.
        for _ in 0..4 {
            let room = |(g, _, after): &(&Group, [f64; 12], [f64; 12]), m: usize| {
                let cap = fastest.get(g.key.sector.as_deref().unwrap_or(NO_SECTOR)).map_or(0.0, |c| c.share);
                let left = (g.total - g.done_year - num::sum(after.iter().copied())).max(0.0) / span;
                (cap * g.total - after[m]).max(0.0).min(left)
            };
            let all = num::sum(mine.iter().map(|g| num::sum((from..month).map(|m| room(g, m)))));
            if missing <= 1e-9 || all <= 1e-9 {
                break;
            }
            let part = (missing / all).min(1.0);
            for group in &mut mine {
                let adds: Vec<f64> = (from..month).map(|m| part * room(group, m)).collect();
                missing -= num::sum(adds.iter().copied());
                for (cell, x) in group.2[from..month].iter_mut().zip(adds) {
                    *cell += x;
                }
            }
        }
        if missing > 1e-6 * plan.max(1e-9) {
            let name = mine.first().map(|(g, ..)| self.regions[g.key.region].clone()).unwrap_or_default();
            warnings.push(Warning::capped(
                setting.lever,
                &name,
                setting.value,
                100.0 * missing / plan.max(1e-9),
            ));
        }
    }

    /// New projects: one typical project's spend, as often as they are many, shared out over the regions in scope by the
    /// plans of their projects.
    fn enter(&self, projects: &Projects, settings: &[Setting], change: &mut Change) {
        for many in settings.iter().filter(|s| s.lever == LeverId::NewProjects && s.value > 0.0) {
            let beside = |lever: LeverId| {
                let same = settings.iter().find(|s| s.lever == lever && s.scope == many.scope);
                same.or_else(|| settings.iter().find(|s| s.lever == lever && s.scope == Default::default()))
                    .map_or(lever.lever().default, |s| s.value)
            };
            let one = self.typical(projects, many, beside(LeverId::NewTotal), beside(LeverId::NewLag));
            let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
            for group in projects.aggregate.groups().iter().filter(|g| is_work(g.key.kind)) {
                if self.in_scope(many, group.key.region, many.scope.sector.as_deref()) {
                    *weights.entry(group.key.region).or_default() += group.plan;
                }
            }
            let all = num::sum(weights.values().copied());
            if all <= 0.0 {
                // Nobody in scope has projects: they go to the region that was named.
                let named = many.scope.region.as_ref().and_then(|n| self.regions.iter().position(|r| r == n));
                weights = named.into_iter().map(|r| (r, 1.0)).collect();
            }
            let all = if all > 0.0 { all } else { 1.0 };
            for (region, weight) in weights {
                let cells = change.entry(region).or_insert([0.0; 12]);
                (0..12).for_each(|m| cells[m] += many.value * weight / all * one[m]);
            }
        }
    }

    /// Mean spend by month of one new project.
    fn typical(&self, projects: &Projects, setting: &Setting, total: f64, lag: f64) -> [f64; 12] {
        let assumptions = &projects.assumptions;
        let status = Day { month: self.as_of, day: self.as_of.days() };
        let row = ProjectRow {
            line: 0,
            id: "new".into(),
            name: None,
            region: String::new(),
            sector: setting.scope.sector.clone(),
            stage: Stage::Preparation,
            in_books: None,
            funding: None,
            kind: Some(Kind::Key),
            total: Some(total),
            plan_year: None,
            done: None,
            start_planned: Some(status),
            start_actual: None,
            end_planned: None,
            department: None,
            approvals: BTreeMap::new(),
            list: None,
            status_date: Some(status),
        };
        let (pipeline, _) = Pipeline::new(vec![row], "", None, self.as_of);
        let Some(project) = pipeline.projects().first() else { return [0.0; 12] };
        let outlay = Outlay::of(project, &pipeline, assumptions);
        outlay.months(&assumptions.season, lag).map(|x| assumptions.completion * x)
    }
}

/// Mean spend of a group under the levers that reach it, before any rate of completion.
fn spend(group: &Group, settings: &[&Setting]) -> [f64; 12] {
    let value = |lever: LeverId| settings.iter().rev().find(|s| s.lever == lever).map(|s| s.value);
    let mut cut = Cleared::default();
    for kind in Approval::ALL {
        let own = value(LeverId::ApprovalOf(*kind)).unwrap_or(0.0);
        let all = value(LeverId::Approvals).unwrap_or(0.0);
        if own.max(all) > 0.0 {
            cut.0.insert(*kind, own.max(all) / 100.0);
        }
    }
    let share = value(LeverId::StartShare).map(|v| v / 100.0);
    let waiting = match value(LeverId::StartWithin) {
        // Nobody is held back to the date: of "as planned" and "all by then" the sum that is ahead counts.
        Some(within) => ahead(
            scale(
                group.waiting(0.0, &cut),
                share.filter(|_| group.chance > 0.0).map_or(1.0, |s| s / group.chance),
            ),
            scale(group.all_started(within), share.unwrap_or(group.chance)),
        ),
        None => {
            let moved = group.waiting(value(LeverId::StartShift).unwrap_or(0.0), &cut);
            let factor = share.filter(|_| group.chance > 0.0).map_or(1.0, |s| s / group.chance);
            scale(moved, factor)
        }
    };
    let waiting = match value(LeverId::Activate).map(|v| v / 100.0) {
        Some(part) if part > 0.0 && group.waiting > 0 => {
            // Of the group's waiting projects those without investment are taken to be like the others.
            let idle = group.zero_investment.min(group.waiting) as f64 / group.waiting as f64;
            let going = scale(group.activated(SOON), part);
            add(scale(waiting, 1.0 - part * idle), going)
        }
        _ => waiting,
    };
    let stop = value(LeverId::WinterStop).map_or([0.0; 12], |stop| group.stop_change(stop));
    add(add(group.begun(), waiting), stop)
}

/// By month what lifts the sum to the greater of the two sums.
fn ahead(a: [f64; 12], b: [f64; 12]) -> [f64; 12] {
    let (mut of_a, mut of_b, mut so_far) = (0.0, 0.0, 0.0_f64);
    std::array::from_fn(|m| {
        of_a += a[m];
        of_b += b[m];
        let before = so_far;
        so_far = so_far.max(of_a.max(of_b));
        so_far - before
    })
}

fn add(a: [f64; 12], b: [f64; 12]) -> [f64; 12] {
    std::array::from_fn(|m| a[m] + b[m])
}

fn scale(a: [f64; 12], factor: f64) -> [f64; 12] {
    a.map(|x| factor * x)
}

impl Baseline {
    /// The change of attracted funds that the levers make.
    pub(super) fn funds(&self, projects: &Projects, settings: &[Setting]) -> Change {
        let mut change = Change::new();
        for (region, flow) in projects.in_place.iter().enumerate() {
            let value = |lever: LeverId| {
                let mine = settings.iter().rev().find(|s| s.lever == lever && self.in_scope(s, region, None));
                mine.map(|s| s.value / 100.0)
            };
            let (signing, starting) = (projects.funnel.signing.0, projects.funnel.starting.0);
            let signed = value(LeverId::Starting).map_or(1.0, |v| v / starting.max(1e-9));
            let intents = signed * value(LeverId::Signing).map_or(1.0, |v| v / signing.max(1e-9));
            if signed != 1.0 || intents != 1.0 {
                let cells = change.entry(region).or_insert([0.0; 12]);
                for (m, cell) in cells.iter_mut().enumerate() {
                    *cell += (signed - 1.0) * flow.signed[m] + (intents - 1.0) * flow.intents[m];
                }
            }
        }
        change
    }

    /// The factors that scoped multiplicative levers put on a region's rest of the year, less 1.
    pub(super) fn rest(&self, settings: &[Setting], region: Option<usize>, lever: LeverId) -> f64 {
        let mine = settings.iter().filter(|s| {
            s.lever == lever && region.is_some_and(|r| self.in_scope(s, r, s.scope.sector.as_deref()))
        });
        let factor = |s: &Setting| match lever {
            LeverId::SectorShock => {
                let share =
                    s.scope.sector.as_ref().map_or(1.0, |n| self.sectors.get(n).copied().unwrap_or(0.0));
                1.0 + share * s.value / 100.0
            }
            LeverId::Base => 1.0 + s.value / 100.0,
            _ => s.value,
        };
        mine.map(factor).product::<f64>() - 1.0
    }
}
