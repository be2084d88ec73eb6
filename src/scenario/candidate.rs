//! Which projects could be brought forward, what each would bring, and what a unit needs.

use crate::num;
use crate::order;
use crate::pipeline::{Aggregate, GroupKey, Pipeline};
use crate::scenario::baseline::{Baseline, Projects};
use crate::scenario::book::Book;
use crate::scenario::works::{SOON, spend};
use crate::scenario::{Chosen, ScenarioError, Setting};
use std::collections::BTreeMap;

/// A project that could be brought forward.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) chosen: Chosen,
    /// Working days that it waits for approvals.
    pub(super) approval: Option<u32>,
    /// Units that its spend counts in.
    pub(super) counts_in: Vec<usize>,
    pub(super) region: usize,
    /// More spend by month.
    pub(super) more: [f64; 12],
}

/// Whether a unit owes something in December of which the amount is known.
pub(super) fn owes(book: &Book, at: usize) -> bool {
    book.places[at].december().is_some_and(|p| p.goal.is_some() && !p.total.is_empty())
}

/// The key projects that have not begun and would spend more by December if they started soon.
pub(super) fn candidates(
    baseline: &Baseline,
    projects: &Projects,
    book: &Book,
    settings: &[Setting],
    costs: &BTreeMap<String, f64>,
) -> Result<Vec<Candidate>, ScenarioError> {
    let waiting = projects.waiting();
    let mut approvals: BTreeMap<String, u32> = BTreeMap::new();
    // Each on a list of its own is a group of its own.
    let mut lists: BTreeMap<String, Option<String>> = BTreeMap::new();
    let rows = waiting.map(|p| {
        lists.insert(p.row.id.clone(), p.row.list.clone());
        approvals.extend(p.longest_approval().map(|days| (p.row.id.clone(), days)));
        let mut row = p.row.clone();
        row.list = Some(row.id.clone());
        row
    });
    let rows: Vec<_> = rows.collect();
    let names = order::map(rows.iter().map(|r| (r.id.clone(), r.name.clone())));
    let (alone, _) = Pipeline::new(rows, "", None, baseline.as_of);
    let aggregate = Aggregate::new(&alone, &projects.assumptions)?;
    let mut out = Vec::new();
    for group in aggregate.groups() {
        let region_name = &alone.regions()[group.key.region];
        let Some(region) = baseline.region(region_name) else { continue };
        let id = group.key.list.clone().unwrap_or_default();
        let cap = projects.cap(group);
        // What it spends anyhow, the scenario's own levers included, which know it by its place and its list.
        let listed = GroupKey { region, list: lists.get(&id).cloned().flatten(), ..group.key.clone() };
        let mine: Vec<&Setting> = settings.iter().filter(|s| baseline.meets(s, &listed)).collect();
        let (soon, anyhow) = (group.all_started(SOON), spend(group, &mine));
        let more: [f64; 12] = std::array::from_fn(|m| soon[m].min(cap.max(anyhow[m])) - anyhow[m]);
        let gain = num::sum(more);
        if gain <= 1e-9 {
            continue;
        }
        let cost = costs.get(&id).copied().filter(|c| *c > 0.0 && c.is_finite()).unwrap_or(1.0);
        let mut counts_in = book.carriers(region, &baseline.parents);
        // What a unit holds, those around it hold too.
        let mut k = 0;
        while k < counts_in.len() {
            let place = &book.places[counts_in[k]];
            if let Some(parent) = place.parent.filter(|p| place.additive && !counts_in.contains(p)) {
                counts_in.push(parent);
            }
            k += 1;
        }
        let name = names.get(&id).cloned().flatten();
        let approval = approvals.get(&id).copied();
        let chosen = Chosen { id, name, region: region_name.clone(), gain, cost };
        out.push(Candidate { chosen, approval, counts_in, region, more });
    }
    Ok(out)
}
