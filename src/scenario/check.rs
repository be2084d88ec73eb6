//! A scenario meets a case: names, scopes, ranges, and the levers with what the case has on record.

use crate::error::Note;
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::pipeline::Project;
use crate::scenario::baseline::{Baseline, Projects, is_work};
use crate::scenario::{Lever, LeverId, Scenario, ScenarioError, warning};
use std::collections::{BTreeMap, BTreeSet};

/// By how much shares of sectors may pass the whole for the rounding of what is published.
const OVERLAP: f64 = 0.005;

impl Baseline {
    /// The levers of this case, with what is on record: the list that terminal and page build themselves from.
    pub fn levers(&self) -> Vec<Lever> {
        LeverId::all()
            .into_iter()
            .filter(|id| self.projects.is_some() || !needs_projects(*id))
            .map(|id| self.lever(id))
            .filter(|lever| lever.ledgers.iter().any(|l| self.books.iter().any(|b| b.ledger == *l)))
            .collect()
    }

    /// One lever with what is on record.
    pub fn lever(&self, id: LeverId) -> Lever {
        let mut lever = id.lever();
        if let Some(recorded) = self.record.get(&id) {
            recorded.put(&mut lever);
        }
        match id {
            LeverId::CompletionSeptember | LeverId::CompletionDecember => {
                let month = if id == LeverId::CompletionSeptember { 9 } else { 12 };
                if let Some(rate) = self.completion_by(month) {
                    lever.default = 100.0 * rate;
                    // Usual: within twenty points of what is expected.
                    let middle = lever.default.round();
                    lever.history = ((middle - 20.0).max(0.0), (middle + 20.0).min(lever.possible.1));
                }
            }
            LeverId::Coverage => lever.default = 100.0 * self.coverage.median,
            _ => {}
        }
        lever
    }

    /// The sectors that a lever can be narrowed to.
    pub fn sectors(&self) -> &[String] {
        &self.sector_names
    }

    /// The lists that a lever can be narrowed to.
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// The regions that a lever can be narrowed to.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Checks a scenario against the case; what may be asked but is unusual is warned of.
    ///
    /// # Errors
    /// As [`Baseline::run`].
    pub fn check(&self, scenario: &Scenario) -> Result<Vec<Note>, ScenarioError> {
        if scenario.year != self.as_of.year {
            return Err(ScenarioError::Year { got: scenario.year, year: self.as_of.year });
        }
        let mut warnings = Vec::new();
        for setting in &scenario.settings {
            let (lever, scope) = (self.lever(setting.lever), &setting.scope);
            let (low, high) = lever.possible;
            if !(setting.value >= low && setting.value <= high) {
                let (lever, got) = (setting.lever, setting.value);
                return Err(ScenarioError::Impossible { lever, got, possible: (low, high) });
            }
            let narrowed = [
                (scope.region.is_some(), lever.narrows.region, "region"),
                (scope.sector.is_some(), lever.narrows.sector, "sector"),
                (scope.stage.is_some(), lever.narrows.stage, "stage"),
                (scope.list.is_some(), lever.narrows.stage, "list"),
            ];
            if let Some((.., by)) = narrowed.into_iter().find(|(is, may, _)| *is && !may) {
                return Err(ScenarioError::Narrow { lever: setting.lever, by });
            }
            if needs_projects(setting.lever) && self.projects.is_none() {
                return Err(ScenarioError::NoPipeline { what: setting.lever.to_string() });
            }
            if let Some(name) = scope.region.as_ref().filter(|name| self.region(name).is_none()) {
                return Err(ScenarioError::unknown("region", name, self.regions.iter()));
            }
            known("sector", scope.sector.as_ref(), &self.sector_names)?;
            known("list", scope.list.as_ref(), &self.lists)?;
            let (least, most) = lever.history;
            if setting.value < least || setting.value > most {
                warnings.push(warning::beyond(&lever, setting.value, &self.unit));
            }
            if setting.lever == LeverId::SectorShock
                && scope.sector.as_ref().is_some_and(|s| !self.sectors.contains_key(s))
            {
                warnings.push(warning::no_share(scope.sector.as_deref().unwrap_or_default()));
            }
        }
        let sets = |lever: LeverId| scenario.settings.iter().any(|s| s.lever == lever);
        let completion = [LeverId::CompletionSeptember, LeverId::CompletionDecember];
        let others =
            scenario.settings.iter().any(|s| needs_projects(s.lever) && !completion.contains(&s.lever));
        if sets(LeverId::CompletionDecember) && others {
            warnings.push(warning::completion_fixes_the_sum());
        }
        let shocked = order::set(
            scenario.settings.iter().filter(|s| s.lever == LeverId::SectorShock).map(|s| &s.scope.sector),
        );
        let all = num::sum(self.sectors.values().copied());
        if shocked.len() > 1 && all > 1.0 + OVERLAP {
            warnings.push(warning::sectors_overlap(all));
        }
        if let Some(projects) = self.projects.as_ref().filter(|_| sets(LeverId::StartWithin)) {
            warnings
                .extend(warning::approvals_cleared(projects.waiting().filter_map(Project::longest_approval)));
        }
        if self.list_is_ahead && scenario.settings.iter().any(|s| needs_projects(s.lever)) {
            warnings.push(warning::list_is_ahead(&self.as_of.to_string()));
        }
        Ok(warnings)
    }
}

/// Whether a lever moves projects.
fn needs_projects(lever: LeverId) -> bool {
    let ledgers = lever.lever().ledgers;
    let none = [LeverId::FundsPace];
    (ledgers.contains(&Ledger::Works) || ledgers == [Ledger::Attraction] || lever == LeverId::Coverage)
        && !none.contains(&lever)
}

fn known(what: &'static str, name: Option<&String>, all: &[String]) -> Result<(), ScenarioError> {
    match name.filter(|n| !all.contains(n)) {
        Some(got) => Err(ScenarioError::unknown(what, got, all.iter())),
        None => Ok(()),
    }
}

/// The sectors and the lists that a case has, each once.
pub(super) fn names(
    projects: Option<&Projects>,
    shares: &BTreeMap<String, f64>,
) -> (Vec<String>, Vec<String>) {
    let groups = || projects.into_iter().flat_map(|p| p.aggregate.groups());
    let named = groups().filter_map(|g| g.key.sector.as_deref());
    let sectors = order::set(named.chain(shares.keys().map(String::as_str)));
    let works = groups().filter(|g| is_work(g.key.kind));
    let lists = order::set(works.filter_map(|g| g.key.list.as_deref()));
    let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
    (owned(sectors), owned(lists))
}
