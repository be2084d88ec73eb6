//! Which part of a year's rest each sector had, and how far it has moved from year to year.

use crate::calendar::YearMonth;
use crate::ledger::Ledger;
use crate::order;
use crate::panel::Cells;
use crate::table::{Measure, PanelRow};
use std::collections::{BTreeMap, BTreeSet};

/// The `fai` rows of the region that has most rows by sector last year; `None` where there are none.
struct Rows<'a> {
    cells: &'a Cells,
    region: &'a str,
    as_of: YearMonth,
}

impl<'a> Rows<'a> {
    fn new(cells: &'a Cells, as_of: YearMonth) -> Option<Self> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        rows(cells, as_of.year - 1)
            .filter(|r| r.subject.sector.is_some())
            .for_each(|r| *counts.entry(&r.subject.region).or_default() += 1);
        let most = counts.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
        Some(Self { cells, region: most?.0, as_of })
    }

    fn of_year(&self, year: i32) -> impl Iterator<Item = &'a PanelRow> + use<'a> {
        let region = self.region;
        rows(self.cells, year).filter(move |r| r.subject.region == region)
    }

    /// The sectors of a year, each once.
    fn sectors(&self, year: i32) -> BTreeSet<&'a str> {
        order::set(self.of_year(year).filter_map(|r| r.subject.sector.as_deref()))
    }

    /// What a sector, or the region where none is named, had after the month of `as_of` in a year.
    fn rest(&self, sector: Option<&str>, year: i32) -> Option<f64> {
        let of = || self.of_year(year).filter(move |r| r.subject.sector.as_deref() == sector);
        let ytd = |month: u8| {
            of().find_map(|r| match r.measure {
                Measure::Ytd(x) if r.month == month => Some(x),
                _ => None,
            })
        };
        let flows: Vec<f64> = of()
            .filter_map(|r| match r.measure {
                Measure::Value(x) if r.month > self.as_of.month => Some(x),
                _ => None,
            })
            .collect();
        if flows.is_empty() { Some(ytd(12)? - ytd(self.as_of.month)?) } else { Some(crate::num::sum(flows)) }
    }
}

fn rows(cells: &Cells, year: i32) -> impl Iterator<Item = &PanelRow> {
    let mine =
        move |r: &&PanelRow| r.ledger == Ledger::Fai && r.year == year && r.subject.composition.is_none();
    cells.rows().iter().filter(mine)
}

/// Each sector's share of last year's investment after the month of `as_of`, from the sector rows of the region that has
/// most of them; empty where there are none, or the total is not known.
pub(super) fn shares(cells: &Cells, as_of: YearMonth) -> BTreeMap<String, f64> {
    let Some(rows) = Rows::new(cells, as_of) else { return BTreeMap::new() };
    let last = as_of.year - 1;
    let Some(whole) = rows.rest(None, last).filter(|x| *x > 0.0) else { return BTreeMap::new() };
    let share = |sector| Some((rows.rest(Some(sector), last)? / whole).clamp(0.0, 1.0));
    order::map(rows.sectors(last).into_iter().filter_map(|sector| Some((sector.to_owned(), share(sector)?))))
}

/// The rest of a past year ÷ that of the year before, of every sector of that region, in published amounts.
pub(super) fn paces(cells: &Cells, as_of: YearMonth) -> Vec<f64> {
    let Some(rows) = Rows::new(cells, as_of) else { return Vec::new() };
    let first = cells.months().first().map_or(as_of.year, |m| m.year);
    let mut out = Vec::new();
    for sector in rows.sectors(as_of.year - 1) {
        let rests: Vec<Option<f64>> =
            (first..as_of.year).map(|y| rows.rest(Some(sector), y).filter(|x| *x > 0.0)).collect();
        out.extend(rests.windows(2).filter_map(|pair| Some(pair[1]? / pair[0]?)));
    }
    out
}
