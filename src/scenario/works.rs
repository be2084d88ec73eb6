//! What levers make of the projects' mean spend, region by region, month by month.

use crate::calendar::Day;
use crate::error::Note;
use crate::num;
use crate::order;
use crate::par;
use crate::pipeline::{self, Approval, Cleared, Group, GroupKey, Kind, Outlay, Pipeline, ProjectRow, Stage};
use crate::scenario::baseline::{Baseline, Projects, is_work};
use crate::scenario::{LeverId, Setting, warning};
use std::collections::BTreeMap;

/// Sector under which projects without one are kept.
const NO_SECTOR: &str = "";
/// In a month's time: when projects that are got going or brought forward begin.
pub(super) const SOON: f64 = 1.0;

/// Change of the mean spend by month, January first, by position of the region in the tree.
#[derive(Debug, Clone, Default)]
pub(super) struct Change(Vec<Option<[f64; 12]>>);

impl Change {
    /// Adds to a region's change.
    pub(super) fn gather(&mut self, region: usize, more: &[f64; 12]) {
        if self.0.len() <= region {
            self.0.resize(region + 1, None);
        }
        let cells = self.0[region].get_or_insert([0.0; 12]);
        cells.iter_mut().zip(more).for_each(|(sum, x)| *sum += x);
    }

    /// The regions that change, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[f64; 12])> {
        self.0.iter().enumerate().filter_map(|(region, cells)| Some((region, cells.as_ref()?)))
    }
}

/// A group's mean spend by month: as it is, under the levers, and what a rate of completion adds.
struct Move<'a> {
    group: &'a Group,
    before: [f64; 12],
    after: [f64; 12],
    forced: [f64; 12],
    /// The most that it can spend in a month.
    cap: f64,
}

impl Move<'_> {
    fn spend(&self, month: usize) -> f64 {
        self.after[month] + self.forced[month]
    }

    /// What is spent more through a month, told on the list's scale: what a rate forces is, what other levers move is a
    /// part of the `whole` that is so many times the list.
    fn gained(&self, months: usize, whole: f64) -> f64 {
        num::sum((0..months).map(|k| (self.after[k] - self.before[k]) / whole + self.forced[k]))
    }
}

impl Projects {
    /// The groups of key projects.
    pub(super) fn works(&self) -> impl Iterator<Item = &Group> {
        self.aggregate.groups().iter().filter(|g| is_work(g.key.kind))
    }

    /// The most that a group can spend in a month.
    pub(super) fn cap(&self, group: &Group) -> f64 {
        let sector = group.key.sector.as_deref().unwrap_or(NO_SECTOR);
        self.caps.get(sector).map_or(0.0, |c| c.share) * group.total
    }
}

impl Baseline {
    fn in_scope(&self, setting: &Setting, region: usize, sector: Option<&str>) -> bool {
        let lies_in = |name: &String| self.region(name).is_some_and(|around| self.lies_in(region, around));
        setting.scope.region.as_ref().is_none_or(lies_in)
            && setting.scope.sector.as_ref().is_none_or(|s| Some(s.as_str()) == sector)
    }

    pub(super) fn meets(&self, setting: &Setting, key: &GroupKey) -> bool {
        self.in_scope(setting, key.region, key.sector.as_deref())
            && setting.scope.stage.is_none_or(|s| s == key.stage)
            && setting.scope.list.as_ref().is_none_or(|l| Some(l) == key.list.as_ref())
    }

    /// The change of key projects' spend that the levers make; what acceleration could not bring is warned of.
    pub(super) fn works(&self, settings: &[Setting], warnings: &mut Vec<Note>) -> Change {
        let Some(projects) = &self.projects else { return Change::default() };
        let asked = par::map(&projects.works().collect::<Vec<&Group>>(), |group| {
            let mine: Vec<&Setting> = settings.iter().filter(|s| self.meets(s, &group.key)).collect();
            if mine.is_empty() {
                return None;
            }
            let before = group.expected();
            // Whatever the lever, no group goes faster than projects of its sector have ever gone.
            let (wanted, cap) = (spend(group, &mine), projects.cap(group));
            let after: [f64; 12] = std::array::from_fn(|m| wanted[m].min(cap.max(before[m])));
            let beyond = num::sum(wanted) - num::sum(after);
            Some((Move { group, before, after, forced: [0.0; 12], cap }, beyond))
        });
        let (mut moves, mut beyond): (Vec<Move<'_>>, f64) = (Vec::new(), 0.0);
        for (one, more) in asked.into_iter().flatten() {
            beyond += more;
            moves.push(one);
        }
        if beyond > 1e-9 {
            warnings.push(warning::slowed(beyond, &self.unit));
        }
        // The list is part of what the ledger counts: what a rate says of the plan holds for the whole of it.
        let listed = projects.listed.plan;
        let whole = self.completion.as_ref().filter(|_| listed > 0.0).map_or(1.0, |c| c.plan / listed);
        for (lever, month) in [(LeverId::CompletionSeptember, 9), (LeverId::CompletionDecember, 12)] {
            for setting in settings.iter().filter(|s| s.lever == lever) {
                self.complete((setting, month), settings, whole, &mut moves, warnings);
            }
        }
        let mut change = Change::default();
        for one in &moves {
            let cells = std::array::from_fn(|m| one.after[m] - one.before[m] + whole * one.forced[m]);
            change.gather(one.group.key.region, &cells);
        }
        self.enter(projects, settings, &mut change);
        change
    }

    /// The part of the key projects' year plan that is expected to be done by a month: as the outlook of `works` tells it,
    /// else as the projects themselves do. `None` without a plan.
    pub(super) fn completion_by(&self, month: u8) -> Option<f64> {
        if let Some(rate) = self.completion.as_ref().and_then(|c| c.by.get(&month)) {
            return Some(*rate);
        }
        let listed = self.projects.as_ref()?.listed;
        (listed.plan > 0.0).then(|| listed.done[usize::from(month.min(12))] / listed.plan)
    }

    /// Brings projects to a part of their year's plan by the end of `month`, no faster than they have ever gone: those that
    /// no later one of `settings` with the same lever reaches.
    fn complete(
        &self,
        (setting, month): (&Setting, usize),
        settings: &[Setting],
        whole: f64,
        moves: &mut [Move<'_>],
        warnings: &mut Vec<Note>,
    ) {
        let known = usize::from(self.as_of.month.min(12));
        // What September asks for is September's; December asks the months after it.
        let from = if month == 12 { known.max(9) } else { known };
        let reaches = |one: &Move<'_>| {
            let later = |s: &&Setting| s.lever == setting.lever && self.meets(s, &one.group.key);
            settings.iter().rev().find(later).is_some_and(|s| std::ptr::eq(s, setting))
        };
        let mut mine: Vec<&mut Move<'_>> = moves.iter_mut().filter(|m| reaches(m)).collect();
        let plan = num::sum(mine.iter().map(|m| m.group.plan));
        let Some(rate) = self.completion_by(month as u8).filter(|_| month > known && plan > 0.0) else {
            return;
        };
        let mut missing =
            (setting.value / 100.0 - rate) * plan - num::sum(mine.iter().map(|m| m.gained(month, whole)));
        if missing < 0.0 {
            // Slower than expected: every month of the span gives in proportion.
            let inside = num::sum(mine.iter().map(|m| num::sum((from..month).map(|k| m.spend(k)))));
            let part = if inside > 0.0 { (-missing / inside).min(1.0) } else { 0.0 };
            let left = -missing - part * inside;
            if left > 1e-6 * plan {
                // What is done by the month before, and what September asks for, is not undone.
                let name = setting.scope.region.clone().unwrap_or_default();
                let reached = setting.value + 100.0 * left / plan;
                warnings.push(warning::done_already(
                    &self.lever(setting.lever),
                    &name,
                    setting.value,
                    reached,
                ));
            }
            for one in mine {
                (from..month).for_each(|k| one.forced[k] -= part * one.spend(k));
            }
            return;
        }
        // Faster: what each group could still do in a month, until the plan is met or nobody can.
        let span = (month - from) as f64;
        let left =
            |one: &Move<'_>| one.group.total - one.group.done_year - num::sum((0..12).map(|k| one.spend(k)));
        let room =
            |one: &Move<'_>, k: usize, left: f64| (one.cap - one.spend(k)).max(0.0).min(left.max(0.0) / span);
        for _ in 0..4 {
            let rooms = par::map(&mine, |one| {
                let left = left(one);
                num::sum((from..month).map(|k| room(one, k, left)))
            });
            let all = num::sum(rooms);
            if missing <= 1e-9 || all <= 1e-9 {
                break;
            }
            let part = (missing / all).min(1.0);
            for one in &mut mine {
                for k in from..month {
                    let more = part * room(one, k, left(one));
                    one.forced[k] += more;
                    missing -= more;
                }
            }
        }
        if missing > 1e-6 * plan {
            let name = setting.scope.region.clone().unwrap_or_default();
            warnings.push(warning::capped(
                &self.lever(setting.lever),
                &name,
                setting.value,
                100.0 * missing / plan,
            ));
        }
    }

    /// Whether all that one setting reaches lies in the scope of another.
    fn covers(&self, outer: &Setting, inner: &Setting) -> bool {
        let position = |s: &Setting| s.scope.region.as_ref().and_then(|name| self.region(name));
        let around = match (position(outer), position(inner)) {
            (None, _) => true,
            (Some(outer), Some(inner)) => self.lies_in(inner, outer),
            (Some(_), None) => false,
        };
        around && (outer.scope.sector.is_none() || outer.scope.sector == inner.scope.sector)
    }

    /// New projects: one typical project's spend, as often as they are many, shared out over the regions in scope by the
    /// plans of their projects. Each setting counts projects of its own, so that several add up.
    fn enter(&self, projects: &Projects, settings: &[Setting], change: &mut Change) {
        for many in settings.iter().filter(|s| s.lever == LeverId::NewProjects && s.value > 0.0) {
            let beside = |lever: LeverId| {
                let holds = |s: &&Setting| s.lever == lever && self.covers(s, many);
                settings.iter().rev().find(holds).map_or(self.lever(lever).default, |s| s.value)
            };
            let one = self.typical(projects, many, beside(LeverId::NewTotal), beside(LeverId::NewLag));
            let mut weights = vec![0.0; self.regions.len()];
            for group in projects.works() {
                if self.in_scope(many, group.key.region, many.scope.sector.as_deref()) {
                    weights[group.key.region] += group.plan;
                }
            }
            let mut all = num::sum(weights.iter().copied());
            if all <= 0.0 {
                // Nobody in scope has projects: they go to the region that was named.
                all = 1.0;
                let named = many.scope.region.as_ref().and_then(|name| self.region(name));
                named.into_iter().for_each(|r| weights[r] = 1.0);
            }
            for (region, weight) in weights.into_iter().enumerate().filter(|(_, w)| *w != 0.0) {
                change.gather(region, &one.map(|x| many.value * weight / all * x));
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
            unit: Default::default(),
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
        // They do not all start at once: the lag is a distribution about its mean.
        let mut out = [0.0; 12];
        for (start, weight) in pipeline::lag(lag) {
            let months = outlay.months(&assumptions.season, start);
            out.iter_mut().zip(months).for_each(|(sum, x)| *sum += assumptions.completion * weight * x);
        }
        out
    }
}

/// Mean spend of a group under the levers that reach it, before any rate of completion.
pub(super) fn spend(group: &Group, settings: &[&Setting]) -> [f64; 12] {
    let value = |lever: LeverId| settings.iter().rev().find(|s| s.lever == lever).map(|s| s.value);
    let mut cut = Cleared::default();
    for kind in Approval::ALL {
        let own = value(LeverId::ApprovalOf(*kind)).unwrap_or(0.0);
        let all = value(LeverId::Approvals).unwrap_or(0.0);
        cut = cut.with(*kind, own.max(all) / 100.0);
    }
    let share = value(LeverId::StartShare).map(|v| v / 100.0);
    let waiting = match value(LeverId::StartWithin) {
        // Nobody is held back to the date: of "as planned" and "all by then" the sum that is ahead counts.
        Some(within) => ahead(
            scale(
                group.waiting(value(LeverId::StartShift).unwrap_or(0.0), &cut),
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
            // What the idle ones spend as planned is told by their part in what all would spend that start at the same
            // time. Counted by heads, small ones would take away more than they bring, as they would where the others start
            // sooner than that.
            let going = group.activated(SOON);
            let all = num::sum(group.all_started(SOON)).max(num::sum(waiting));
            let idle = if all > 0.0 { num::sum(going) / all } else { 0.0 };
            add(scale(waiting, 1.0 - part * idle), scale(going, part))
        }
        _ => waiting,
    };
    let moved = add(group.begun(), waiting);
    let Some(stop) = value(LeverId::WinterStop) else { return moved };
    // The change is told for projects as they are planned: of what other levers took away nothing stops.
    let planned = num::sum(group.expected());
    let part = if planned > 0.0 { num::sum(moved) / planned } else { 0.0 };
    add(moved, scale(group.stop_change(stop), part)).map(|x| x.max(0.0))
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
    pub(super) fn funds(&self, settings: &[Setting]) -> Change {
        let mut change = Change::default();
        let Some(projects) = &self.projects else { return change };
        for (region, flow) in projects.in_place.iter().enumerate() {
            let value = |lever: LeverId| self.last(settings, region, lever).map(|percent| percent / 100.0);
            let (signing, starting) = (projects.funnel.signing.0, projects.funnel.starting.0);
            let signed = value(LeverId::Starting).map_or(1.0, |v| v / starting.max(1e-9));
            let intents = signed * value(LeverId::Signing).map_or(1.0, |v| v / signing.max(1e-9));
            if signed != 1.0 || intents != 1.0 {
                let cells = |m: usize| (signed - 1.0) * flow.signed[m] + (intents - 1.0) * flow.intents[m];
                change.gather(region, &std::array::from_fn(cells));
            }
        }
        change
    }

    /// The value of a lever for a region: that of the last setting whose scope it lies in.
    pub(super) fn last(&self, settings: &[Setting], region: usize, lever: LeverId) -> Option<f64> {
        settings.iter().rev().find(|s| s.lever == lever && self.in_scope(s, region, None)).map(|s| s.value)
    }

    /// What the shocks in scope do to a region's rest of the year, as a part of it: each sector is hit by the last setting
    /// whose scope it lies in, and the rest of the region by the last one that names no sector.
    pub(super) fn shock(&self, settings: &[Setting], region: Option<usize>) -> f64 {
        let Some(region) = region else { return 0.0 };
        let hit = |sector: Option<&str>| {
            let mine = settings.iter().rev().filter(|s| s.lever == LeverId::SectorShock);
            mine.clone().find(|s| self.in_scope(s, region, sector)).map_or(0.0, |s| s.value / 100.0)
        };
        let all = hit(None);
        let mut named: Vec<&str> = settings
            .iter()
            .filter(|s| s.lever == LeverId::SectorShock)
            .filter_map(|s| s.scope.sector.as_deref())
            .collect();
        order::sort_by(&mut named, |a, b| a.cmp(b));
        named.dedup();
        let beyond = |name: &str| self.sectors.get(name).copied().unwrap_or(0.0) * (hit(Some(name)) - all);
        all + num::sum(named.into_iter().map(beyond))
    }
}
