//! City, districts and the unallocated rest: made to add up, draw by draw.

use crate::error::Note;
use crate::num;
use crate::order;
use crate::outlook::draws::Landing;
use crate::outlook::predict::{MonthOutlook, ONLY_ZEROS};
use crate::outlook::reconcile::{Member, reconcile};
use crate::outlook::{Ask, Unit, UnitKind};
use crate::panel::Panel;
use crate::stats::{self, DRAWS, Points, StudentTable};
use crate::unit::fixed;
use std::collections::{BTreeMap, BTreeSet};

/// Districts that add up to their city within this share of it leave nothing unallocated.
const TOLERANCE: f64 = 0.001;
/// Years that the unallocated share is learned from.
const YEARS: i32 = 5;

/// The regions whose draws are made to add up with others, or are added up.
pub(super) fn in_sums(panel: &Panel, ask: &Ask) -> BTreeSet<usize> {
    let tree = panel.tree();
    let known = order::set(panel.members());
    let sums = (0..tree.regions().len()).filter_map(|member| {
        let region = &tree.regions()[member];
        let sum = region.parent.filter(|_| region.additive)?;
        let asked = known.contains(&sum) || ask.roll_up.contains(&tree.regions()[sum].name);
        asked.then_some([sum, member])
    });
    order::set(sums.flatten())
}

/// Reconciles every sum of the tree, adds the unallocated rests and the regions that are only sums, and puts
/// the units in order.
pub(super) fn add_up(
    panel: &Panel,
    ask: &Ask,
    units: Vec<(usize, Unit)>,
    points: Points,
    places: &[usize],
) -> Vec<Unit> {
    let mut units = order::map(units);
    let mut rests: BTreeMap<usize, Unit> = BTreeMap::new();
    let tree = panel.tree();
    let depth = |region: usize| tree.ancestors(region).count();
    let mut parents: Vec<usize> =
        (0..tree.regions().len()).filter(|r| tree.children(*r).any(|c| tree.regions()[c].additive)).collect();
    // A district whose every figure is 0 has no outlook and adds nothing: the others add up without it.
    let silent = order::set(
        units.iter().filter(|(_, u)| u.notes.iter().any(|n| n.code == ONLY_ZEROS)).map(|(region, _)| *region),
    );
    let adds = |region: &usize| tree.regions()[*region].additive && !silent.contains(region);
    // From the top down: a district that was moved to fit its city then holds for its own children.
    order::sort_by_key(&mut parents, |r| (depth(*r), *r));
    for parent in &parents {
        let members: Vec<usize> = tree.children(*parent).filter(adds).collect();
        if units.contains_key(parent) {
            let top = depth(*parent) == 0;
            if let Some(rest) = reconcile_one(panel, ask, &mut units, *parent, &members, top, || {
                points.strata(2 + 2 * places[*parent] + 1_000_003)
            }) {
                rests.insert(*parent, rest);
            }
        }
    }
    for parent in parents.iter().rev() {
        if !units.contains_key(parent) && ask.roll_up.contains(&tree.regions()[*parent].name) {
            let members: Vec<&Unit> =
                tree.children(*parent).filter(adds).filter_map(|c| units.get(&c)).collect();
            let complete = members.len() == tree.children(*parent).filter(adds).count();
            if let Some(unit) = complete.then(|| roll_up(panel, *parent, &members)).flatten() {
                units.insert(*parent, unit);
            }
        }
    }
    let mut out = Vec::new();
    for (region, unit) in units {
        out.push(unit);
        let parent = tree.regions()[region].parent;
        let closes = parent.filter(|p| tree.children(*p).last() == Some(region));
        out.extend(closes.and_then(|p| rests.remove(&p)));
    }
    out.extend(rests.into_values());
    out
}

/// The unallocated amount through a month: the region's own minus its additive children's.
fn rest_through(panel: &Panel, parent: usize, members: &[usize], year: i32, month: u8) -> Option<(f64, f64)> {
    let whole = panel.ytd(parent, year, month)?;
    let parts: Option<Vec<f64>> = members.iter().map(|m| panel.ytd(*m, year, month)).collect();
    Some((whole - num::sum(parts?), whole))
}

fn reconcile_one(
    panel: &Panel,
    ask: &Ask,
    units: &mut BTreeMap<usize, Unit>,
    parent: usize,
    members: &[usize],
    top: bool,
    strata: impl Fn() -> Vec<u16>,
) -> Option<Unit> {
    let year = ask.as_of.year;
    let known: Vec<usize> = members.iter().copied().filter(|m| units.contains_key(m)).collect();
    if known.is_empty() {
        return None;
    }
    if known.len() < members.len() {
        let missing: Vec<&str> = members
            .iter()
            .filter(|m| !units.contains_key(m))
            .map(|m| panel.tree().regions()[*m].name.as_str())
            .collect();
        note_apart(units, parent, &missing.join(", "), &missing.join("、"));
        return None;
    }
    let through = units.get(&parent)?.through;
    // The unallocated part of what comes after the last known month, in past years.
    let shares: Vec<f64> = (year - YEARS..year)
        .filter_map(|y| {
            let (rest, whole) = rest_through(panel, parent, members, y, 12)?;
            // Of a finished year nothing is to come: there the whole year tells whether anything is unallocated.
            let (rest_then, whole_then) = match through {
                0 | 12 => (0.0, 0.0),
                month => rest_through(panel, parent, members, y, month)?,
            };
            Some((rest - rest_then) / (whole - whole_then))
        })
        .filter(|s| s.is_finite())
        .collect();
    let so_far = if through == 0 { None } else { rest_through(panel, parent, members, year, through) };
    let exact = shares.iter().all(|s| s.abs() <= TOLERANCE)
        && so_far.map_or(!shares.is_empty(), |(rest, whole)| rest.abs() <= TOLERANCE * whole);
    let share = stats::median(shares.iter().copied());
    let spread = stats::robust_sd(shares.iter().copied()).unwrap_or(0.0).max(TOLERANCE);
    if share.is_none() && !exact {
        if let Some(unit) = units.get_mut(&parent) {
            unit.notes.push(Note::new(
                "not_reconciled",
                "districts and the whole are not made to add up: no past year has December's amounts of all of them",
                "各区与全市未作加总一致处理：往年没有同时具备全市和各区12月金额的年份",
            ));
        }
        return None;
    }
    let horizons: Vec<u8> = units.get(&parent)?.months.keys().copied().filter(|m| *m > through).collect();
    let mut rest_months = known_rest(units, parent, members, through);
    for horizon in horizons {
        let mut draws: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for region in members.iter().chain([&parent]) {
            let unit = units.get(region)?;
            match unit.months.get(&horizon).and_then(|m| m.total.as_ref()) {
                Some(Landing::Drawn(values)) => draws.insert(*region, values.values().to_vec()),
                // A district that has reported this month already.
                Some(Landing::Known(x)) => draws.insert(*region, vec![*x; DRAWS]),
                None => {
                    let name = unit.region.clone();
                    note_apart(units, parent, &name, &name);
                    return None;
                }
            };
        }
        let mut total = draws.remove(&parent)?;
        let mut rest = match share.filter(|_| !exact) {
            None => None,
            Some(share) => {
                let table = StudentTable::shared(4.0);
                // What is done of it stays done; of what comes it gets its usual share.
                let (done, whole_done) = so_far.unwrap_or((0.0, 0.0));
                let values = total.iter().zip(strata()).map(|(t, s)| {
                    done + num::larger(t - whole_done, 0.0) * (share + spread * table.at(usize::from(s)))
                });
                Some(values.collect::<Vec<f64>>())
            }
        };
        let mut sums: Vec<Member<'_>> = draws
            .iter_mut()
            .map(|(region, draws)| Member { draws, floor: done(units, *region, horizon) })
            .collect();
        if let Some(rest) = &mut rest {
            sums.push(Member { draws: rest, floor: f64::NEG_INFINITY });
        }
        reconcile(&mut total, done(units, parent, horizon), sums, top);
        for (region, values) in draws.into_iter().chain([(parent, total.clone())]) {
            let month = units.get_mut(&region).and_then(|u| u.months.get_mut(&horizon));
            if let Some(month) = month.filter(|m| matches!(m.total, Some(Landing::Drawn(_)))) {
                put(month, values);
            }
        }
        if let Some(rest) = rest {
            let base = rest_base(units, parent, members, horizon);
            let growth = None;
            rest_months.insert(
                horizon,
                MonthOutlook { total: Some(Landing::drawn(rest)), growth, base, voices: Vec::new() },
            );
        }
    }
    let parent_unit = units.get(&parent)?;
    if exact {
        return None;
    }
    Some(Unit {
        region: parent_unit.region.clone(),
        kind: UnitKind::Unallocated,
        parent: Some(parent_unit.region.clone()),
        additive: true,
        through,
        ytd: so_far.map(|(rest, _)| rest),
        growth_ytd: None,
        base_kind: parent_unit.base_kind,
        base_to_date: parent_unit.base_to_date.and_then(|b| {
            let parts: Option<Vec<f64>> = members.iter().map(|m| panel.base(*m, year, through)).collect();
            Some(b - num::sum(parts?))
        }),
        months: rest_months,
        notes: vec![rest_note(so_far.or_else(|| rest_through(panel, parent, members, year - 1, 12)))],
    })
}

/// What the rest is; where it is below zero, that the parts exceed their whole. `known` are the rest and the whole.
fn rest_note(known: Option<(f64, f64)>) -> Note {
    let Some((rest, whole)) = known.filter(|(rest, whole)| *rest < -TOLERANCE * whole && *whole > 0.0) else {
        return Note::new(
            "unallocated",
            "what the whole has beyond its parts: projects run by the city itself, and differences of scope",
            "全市数与各区合计之差：市本级项目及口径差异",
        );
    };
    let beyond = fixed(-100.0 * rest / whole, 1);
    Note::new(
        "parts_exceed_whole",
        format!(
            "the parts add up to {beyond}% more than the whole: see whether something is counted twice, or lies inside another region"
        ),
        format!("各区合计比全市多{beyond}%，请核对是否重复计入或含于其他地区"),
    )
}

/// The unallocated amounts of the months that have passed.
fn known_rest(
    units: &BTreeMap<usize, Unit>,
    parent: usize,
    members: &[usize],
    through: u8,
) -> BTreeMap<u8, MonthOutlook> {
    let known = |region: &usize, month: u8| match units.get(region)?.months.get(&month)?.total {
        Some(Landing::Known(x)) => Some(x),
        _ => None,
    };
    let rest = |month: u8| {
        let parts: Option<Vec<f64>> = members.iter().map(|m| known(m, month)).collect();
        let total = Landing::Known(known(&parent, month)? - num::sum(parts?));
        let base = rest_base(units, parent, members, month);
        Some(MonthOutlook { total: Some(total), growth: None, base, voices: Vec::new() })
    };
    order::map((1..=through).filter_map(|month| Some((month, rest(month)?))))
}

/// What an amount through a month cannot fall below: itself where the month is known, else ytd.
fn done(units: &BTreeMap<usize, Unit>, region: usize, horizon: u8) -> f64 {
    let unit = units.get(&region);
    match unit.and_then(|u| u.months.get(&horizon)).and_then(|m| m.total.as_ref()) {
        Some(Landing::Known(x)) => *x,
        _ => unit.and_then(|u| u.ytd).unwrap_or(0.0),
    }
}

/// New totals, and growth with them on the same base.
fn put(month: &mut MonthOutlook, values: Vec<f64>) {
    if let (Some(base), Some(_)) = (&month.base, &month.growth) {
        let base = base.each();
        month.growth =
            Some(Landing::drawn(values.iter().enumerate().map(|(i, t)| t / base(i) - 1.0).collect()));
    }
    month.total = Some(Landing::drawn(values));
}

/// The unallocated base, so that bases add up as amounts do.
fn rest_base(
    units: &BTreeMap<usize, Unit>,
    parent: usize,
    members: &[usize],
    horizon: u8,
) -> Option<Landing> {
    let median =
        |region: &usize| units.get(region)?.months.get(&horizon)?.base.as_ref().map(|b| b.summary().median());
    let parts: Option<Vec<f64>> = members.iter().map(median).collect();
    Some(Landing::Known(median(&parent)? - num::sum(parts?)))
}

fn note_apart(units: &mut BTreeMap<usize, Unit>, parent: usize, en: &str, zh: &str) {
    if let Some(unit) = units.get_mut(&parent) {
        unit.notes.push(Note::new(
            "not_reconciled",
            format!("districts and the whole are not made to add up: no amount is known for {en}"),
            format!("各区与全市未作加总一致处理：{zh}无金额数据"),
        ));
    }
}

/// The sum of districts as a unit of its own.
fn roll_up(panel: &Panel, region: usize, members: &[&Unit]) -> Option<Unit> {
    let through = members.iter().map(|u| u.through).min()?;
    let same = members.iter().all(|u| u.through == through);
    let sum = |values: Option<Vec<f64>>| values.map(num::sum);
    let ytd = sum(members.iter().map(|u| u.ytd).collect()).filter(|_| same);
    let base_to_date = sum(members.iter().map(|u| u.base_to_date).collect()).filter(|_| same);
    let horizons = members.first()?.months.keys().copied();
    let mut months = BTreeMap::new();
    for horizon in horizons {
        let of: Option<Vec<&MonthOutlook>> = members.iter().map(|u| u.months.get(&horizon)).collect();
        let Some(of) = of else { continue };
        let add = |parts: Option<Vec<&Landing>>| {
            parts.map(|parts| {
                if parts.iter().all(|p| matches!(p, Landing::Known(_))) {
                    Landing::Known(num::sum(parts.iter().map(|p| p.value(0))))
                } else {
                    Landing::drawn((0..DRAWS).map(|i| num::sum(parts.iter().map(|p| p.value(i)))).collect())
                }
            })
        };
        let total = add(of.iter().map(|m| m.total.as_ref()).collect());
        let base = add(of.iter().map(|m| m.base.as_ref()).collect());
        let growth = match (&total, &base) {
            (Some(total @ Landing::Known(_)), Some(base @ Landing::Known(_))) => {
                Some(Landing::Known(total.value(0) / base.value(0) - 1.0))
            }
            (Some(total), Some(base)) => {
                Some(Landing::drawn((0..DRAWS).map(|i| total.value(i) / base.value(i) - 1.0).collect()))
            }
            _ => None,
        };
        months.insert(horizon, MonthOutlook { total, growth, base, voices: Vec::new() });
    }
    Some(Unit {
        region: panel.tree().regions()[region].name.clone(),
        kind: UnitKind::RolledUp,
        parent: super::parent_name(panel.tree(), region),
        additive: panel.tree().regions()[region].additive,
        through,
        ytd,
        growth_ytd: ytd.zip(base_to_date).map(|(y, b)| y / b - 1.0),
        base_kind: members.first()?.base_kind,
        base_to_date,
        months,
        notes: vec![Note::new(
            "rolled_up",
            "the sum of its districts: it has no figures of its own",
            "由各区加总：本级没有单独数据",
        )],
    })
}
