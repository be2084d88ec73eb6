//! Attraction: the funnel from intent to construction, and funds in place.

use super::desk::Desk;
use crate::brief::{Attraction, AttractionRow, FunnelStep, Sentence};
use crate::ledger::Ledger;
use crate::num;
use crate::outlook::UnitKind;
use crate::pipeline::{Kind, Project};

/// The places of the funnel.
const STEPS: [Kind; 3] = [Kind::Intent, Kind::Signed, Kind::Started];

impl Desk<'_> {
    pub(super) fn attraction(&self) -> Attraction {
        let ledger = Ledger::Attraction;
        let milestones = self.milestones(ledger);
        let mut words: Vec<Sentence> = Vec::new();
        if let Some(unit) = self.told_of(ledger)
            && let Some(mut clauses) = self.in_place(unit)
        {
            if let Some(growth) = unit.growth_ytd {
                clauses.insert(1, self.grew(growth, self.both(unit, "growth", "growth_ytd")));
            }
            words.push(self.grouped(vec![clauses, self.milestone_words(unit)]));
        }
        let place =
            |p: &&Project| p.row.kind.is_some_and(|k| STEPS.contains(&k)) && self.covers(&p.row.region);
        let these: Vec<&Project> = self.pipeline.iter().flat_map(|p| p.projects()).filter(place).collect();
        let funnel = self.funnel(&these);
        words.extend(self.funnel_words(&funnel));
        let rows = self.attraction_rows(&these);
        let note = match (these.is_empty(), rows.is_empty()) {
            (true, true) => self.say(
                "The data hold neither funds in place nor a list of attracted projects.",
                "数据中没有到位资金，也没有招商项目清单。",
            ),
            (true, false) => self.say(
                "No list of attracted projects was given: the funnel is left out.",
                "没有招商项目清单，未列意向、签约和开工情况。",
            ),
            _ => String::new(),
        };
        Attraction { words, funnel, rows, milestones, note }
    }

    fn funnel(&self, these: &[&Project]) -> Vec<FunnelStep> {
        if these.is_empty() {
            return Vec::new();
        }
        let scale = self.scale(self.first_ledger());
        let step = |kind: Kind| {
            let of: Vec<&&Project> = these.iter().filter(|p| p.row.kind == Some(kind)).collect();
            let sum = |f: fn(&Project) -> Option<f64>| {
                let known: Vec<f64> = of.iter().filter_map(|p| f(p)).collect();
                scale.filter(|_| !known.is_empty()).map(|scale| num::sum(known) * scale)
            };
            FunnelStep {
                name: match kind {
                    Kind::Started => self.say("Under construction", "在建"),
                    _ => kind.label(self.lang).to_owned(),
                },
                count: u32::try_from(of.len()).unwrap_or(u32::MAX),
                total: sum(|p| p.row.total),
                plan_year: sum(|p| p.row.plan_year),
            }
        };
        STEPS.into_iter().map(step).collect()
    }

    fn funnel_words(&self, funnel: &[FunnelStep]) -> Option<Sentence> {
        let [intents, signed, started] = funnel else { return None };
        let scale = self.scale(self.first_ledger()).unwrap_or(1.0);
        let count = |step: &FunnelStep| {
            let from =
                self.of_list(&format!("kind is {}", step.name), &format!("kind为{}的项目数", step.name));
            self.count(step.count, from)
        };
        let mut clauses = vec![self.line(
            "{0} intents, {1} signed, {2} under construction",
            "意向{0}个、签约{1}个、在建{2}个",
            vec![count(intents).into(), count(signed).into(), count(started).into()],
        )];
        if let Some(total) = started.total {
            let from = self.of_list("sum of total of those under construction", "在建项目total合计");
            let total = self.amount(total / scale, self.first_ledger(), from);
            clauses.push(self.line(
                "those under construction have a planned total of {0}",
                "在建项目计划总投资{0}",
                vec![total.into()],
            ));
        }
        Some(self.closed(clauses))
    }

    fn attraction_rows(&self, these: &[&Project]) -> Vec<AttractionRow> {
        let ledger = Ledger::Attraction;
        let scale = self.scale(ledger);
        let count = |kind: Kind, region: Option<&str>| {
            let of = these
                .iter()
                .filter(|p| p.row.kind == Some(kind) && region.is_none_or(|name| p.row.region == name));
            u32::try_from(of.count()).unwrap_or(u32::MAX)
        };
        let row =
            |name: String, region: Option<&str>, unit: Option<&crate::case::UnitReport>| AttractionRow {
                region: name,
                all: region.is_none(),
                intents: count(Kind::Intent, region),
                signed: count(Kind::Signed, region),
                started: count(Kind::Started, region),
                in_place: unit.and_then(|u| u.ytd).zip(scale).map(|(x, scale)| x * scale),
                growth: unit.and_then(|u| u.growth_ytd),
            };
        let mut units = self.in_order(ledger);
        units.retain(|(_, u)| u.kind != UnitKind::Unallocated);
        let mut out = Vec::new();
        if !these.is_empty() || self.told_of(ledger).is_some() {
            out.push(row(self.say("All", "合计"), None, self.told_of(ledger)));
        }
        let own: Vec<&str> = units
            .iter()
            .filter(|(_, u)| Some(&u.region) != self.head().map(|h| &h.region))
            .map(|(_, u)| u.region.as_str())
            .collect();
        for (_, unit) in units.iter().filter(|(_, u)| own.contains(&u.region.as_str())) {
            out.push(row(unit.label.clone(), Some(&unit.region), Some(unit)));
        }
        // Regions of projects that have no figures of funds.
        let tree = self.case.cells.tree();
        for region in tree.regions().iter().filter(|r| !own.contains(&r.name.as_str())) {
            if these.iter().any(|p| p.row.region == region.name) {
                out.push(row(self.region_name(&region.name), Some(&region.name), None));
            }
        }
        out
    }
}
