//! The league table: rank, change of rank, and pull on the city's growth.

use crate::outlook::{Outlook, Unit, UnitKind};
use crate::target::{Risk, TargetKind};
use crate::unit::Points;
use std::collections::BTreeMap;

/// A unit's place among its peers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Rank among the regions with the same parent, 1 being best; equal figures share a rank.
    pub rank: Option<u32>,
    /// Ranks gained since the month before; negative where ranks were lost.
    pub rank_change: Option<i32>,
    /// What it adds to its parent's growth beyond keeping pace with it. Over the additive regions inside a
    /// parent, the unallocated rest included, pulls add up to 0.
    pub pull: Option<Points>,
}

/// The standing of each unit, in the outlook's order.
///
/// As in a published bulletin, the rank goes by what is published and not by what is expected, and among peers by one
/// measure: growth of ytd or, where each of them owes an amount or a completion, the part of it that is done.
pub fn league(outlook: &Outlook, risks: &[Risk]) -> Vec<Standing> {
    let mut standings = vec![Standing::default(); outlook.units.len()];
    let mut peers: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (i, unit) in outlook.units.iter().enumerate() {
        if unit.kind != UnitKind::Unallocated {
            peers.entry(unit.parent.as_deref()).or_default().push(i);
        }
    }
    for group in peers.values().filter(|group| group.len() > 1) {
        // Figures through different months do not compare: who reports late has no rank yet.
        let latest = group.iter().map(|i| outlook.units[*i].through).max();
        let group: Vec<usize> =
            group.iter().copied().filter(|i| Some(outlook.units[*i].through) == latest).collect();
        let by_part = group.iter().all(|i| owes_a_part(&risks[*i]));
        let merits = |back| group.iter().map(move |i| merit(&outlook.units[*i], &risks[*i], back, by_part));
        let (now, before) = (ranks(merits(0)), ranks(merits(1)));
        for ((i, now), before) in group.iter().zip(now).zip(before) {
            standings[*i].rank = now;
            standings[*i].rank_change = now.zip(before).map(|(n, b)| b.cast_signed() - n.cast_signed());
        }
    }
    pulls(outlook, &mut standings);
    standings
}

/// Whether an amount or a completion is owed, of which a part is done.
fn owes_a_part(risk: &Risk) -> bool {
    let kind = risk.target.map(|(kind, _)| kind);
    matches!(kind, Some(TargetKind::Amount | TargetKind::Completion))
        && risk.owed.is_some_and(|owed| owed > 0.0)
}

/// What a unit is ranked by, `back` months before its last known one.
fn merit(unit: &Unit, risk: &Risk, back: u8, by_part: bool) -> Option<f64> {
    let month = unit.months.get(&unit.through.checked_sub(back).filter(|m| *m > 0)?)?;
    match by_part {
        true => Some(month.total.as_ref()?.value(0) / risk.owed?),
        false => month.growth.as_ref().map(|g| g.value(0)),
    }
}

/// Ranks of values, largest first; `None` stays without.
fn ranks(values: impl Iterator<Item = Option<f64>>) -> Vec<Option<u32>> {
    let values: Vec<Option<f64>> = values.collect();
    values
        .iter()
        .map(|v| {
            let v = (*v)?;
            let better = values.iter().flatten().filter(|other| **other > v).count();
            u32::try_from(better + 1).ok()
        })
        .collect()
}

/// Pull = year base ÷ parent's year base × (growth − parent's growth), in points, with means of year-end
/// amounts, since means add up and medians do not.
fn pulls(outlook: &Outlook, standings: &mut [Standing]) {
    let figures = |unit: &Unit| {
        let december = unit.december()?;
        let total = december.total.as_ref()?.summary().mean;
        Some((total, december.base.as_ref()?.summary().median()))
    };
    for parent in &outlook.units {
        if parent.kind == UnitKind::Unallocated {
            continue;
        }
        let inside: Vec<(usize, Option<(f64, f64)>)> = outlook
            .units
            .iter()
            .enumerate()
            .filter(|(_, u)| u.parent.as_deref() == Some(parent.region.as_str()) && u.additive)
            .map(|(i, u)| (i, figures(u)))
            .collect();
        let known: Option<Vec<(f64, f64)>> = inside.iter().map(|(_, f)| *f).collect();
        let (Some(known), Some((total, base))) = (known, figures(parent)) else { continue };
        // Bases of parts that add up but for rounding take the whole's place, so that pulls add up exactly.
        let whole_base: f64 = known.iter().map(|(_, b)| b).sum();
        let whole_total: f64 = known.iter().map(|(t, _)| t).sum();
        let close = |a: f64, b: f64| (a - b).abs() <= 0.01 * b.abs();
        if inside.is_empty() || base <= 0.0 || !close(whole_base, base) || !close(whole_total, total) {
            continue;
        }
        let city = whole_total / whole_base;
        for ((i, _), (total, base)) in inside.iter().zip(known) {
            standings[*i].pull = Some(Points((total - base * city) / whole_base * 100.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_figures_share_a_rank() {
        let ranked = ranks([Some(0.1), None, Some(0.2), Some(0.1), Some(0.0)].into_iter());
        assert_eq!(ranked, vec![Some(2), None, Some(1), Some(2), Some(4)]);
    }
}
