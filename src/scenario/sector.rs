//! Which part of a year's rest each sector had.

use crate::calendar::YearMonth;
use crate::ledger::Ledger;
use crate::panel::Cells;
use crate::table::Measure;
use std::collections::BTreeMap;

/// Each sector's share of last year's investment after the month of `as_of`, from the sector rows of the region that has
/// most of them; empty where there are none, or the total is not known.
pub(super) fn shares(cells: &Cells, as_of: YearMonth) -> BTreeMap<String, f64> {
    let last = as_of.year - 1;
    let rows = || {
        cells
            .rows()
            .iter()
            .filter(move |r| r.ledger == Ledger::Fai && r.year == last && r.subject.composition.is_none())
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    rows()
        .filter(|r| r.subject.sector.is_some())
        .for_each(|r| *counts.entry(&r.subject.region).or_default() += 1);
    let Some(region) =
        counts.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name))).map(|(r, _)| *r)
    else {
        return BTreeMap::new();
    };
    let rest = |sector: Option<&str>| {
        let of =
            || rows().filter(move |r| r.subject.region == region && r.subject.sector.as_deref() == sector);
        let ytd = |month: u8| {
            of().find_map(|r| match r.measure {
                Measure::Ytd(x) if r.month == month => Some(x),
                _ => None,
            })
        };
        let flows: Vec<f64> = of()
            .filter_map(|r| match r.measure {
                Measure::Value(x) if r.month > as_of.month => Some(x),
                _ => None,
            })
            .collect();
        if flows.is_empty() { Some(ytd(12)? - ytd(as_of.month)?) } else { Some(crate::num::sum(flows)) }
    };
    let Some(whole) = rest(None).filter(|x| *x > 0.0) else { return BTreeMap::new() };
    let sectors: std::collections::BTreeSet<&str> =
        rows().filter(|r| r.subject.region == region).filter_map(|r| r.subject.sector.as_deref()).collect();
    sectors
        .into_iter()
        .filter_map(|sector| Some((sector.to_owned(), (rest(Some(sector))? / whole).clamp(0.0, 1.0))))
        .collect()
}
