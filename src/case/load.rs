//! From text to a case, with every finding at once.

use crate::calendar::Calendar;
use crate::case::{Case, CaseError};
use crate::error::{Diagnostic, Explain, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::panel::{Cells, check_rows};
use crate::region::Tree;
use crate::table::{PanelRow, read_panel};
use crate::target::Plan;
use crate::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};

/// A file's text with its name, which findings show.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Name as the user gave it.
    pub name: &'a str,
    /// Content.
    pub text: &'a str,
}

/// What the user states about a panel beside the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Reporting periods, in place of the inferred ones.
    pub calendar: Option<Calendar>,
    /// Unit of the amounts where the file names none.
    pub unit: Option<Unit>,
}

impl Case {
    /// Reads a panel in the tidy form and a plan, and checks them alone and against each other.
    ///
    /// # Errors
    /// [`CaseError::Faulty`] with every finding where one of them is an error.
    pub fn load(panel: Source<'_>, plan: Option<Source<'_>>, options: &Options) -> Result<Self, CaseError> {
        let (mut rows, mut found) = read_panel(panel.text, panel.name);
        let plan = plan.and_then(|source| match Plan::parse(source.text, source.name) {
            Ok((plan, notes)) => {
                found.extend(notes);
                Some(plan)
            }
            Err(faults) => {
                found.extend(faults);
                None
            }
        });
        if let Some(unit) = &options.unit {
            rows.iter_mut().filter(|r| r.unit == Unit::Unknown).for_each(|r| r.unit = unit.clone());
        }
        if let Some(plan) = &plan {
            found.extend(resolve_aliases(&mut rows, plan, panel.name));
        }
        found.extend(check_rows(&rows, options.calendar, panel.name));
        let tree = grow_tree(&rows, plan.as_ref(), panel.name, &mut found);
        if let Some(plan) = &plan {
            found.extend(check_targets(plan, &rows, panel.name));
        }
        if found.iter().any(|d| d.severity == Severity::Error) {
            return Err(CaseError::Faulty { found });
        }
        Ok(Self { cells: Cells::new(rows, tree, options.calendar, panel.name), plan, projects: None, found })
    }
}

/// Brings names that the plan lists as aliases to the listed name, and says so once a name.
fn resolve_aliases(rows: &mut [PanelRow], plan: &Plan, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut listed: BTreeMap<String, Option<String>> = BTreeMap::new();
    for row in rows {
        let line = row.line;
        for name in [Some(&mut row.region), row.parent.as_mut()].into_iter().flatten() {
            if !listed.contains_key(name) {
                let other = plan.find_region(name).map(|r| r.name.clone()).filter(|n| n != name);
                found.extend(other.as_ref().map(|other| alias(name, other, file, line)));
                listed.insert(name.clone(), other);
            }
            if let Some(Some(other)) = listed.get(name) {
                name.clone_from(other);
            }
        }
    }
    found
}

fn alias(name: &str, listed: &str, file: &str, line: u32) -> Diagnostic {
    Diagnostic {
        code: "alias",
        severity: Severity::Note,
        place: Place { file: Some(file.into()), row: Some(line), ..Place::default() },
        value: name.into(),
        text: Said::new(
            format!("{name:?} is read as {listed:?}, of which the plan lists it as an alias"),
            format!("“{name}”按计划文件中的别名视为“{listed}”"),
        ),
        help: Said::new(
            "correct the aliases in the plan file if this is another region",
            "若非同一地区，请修改计划文件中的别名",
        ),
    }
}

/// The plan's tree first, then what the rows say of parents.
fn grow_tree(rows: &[PanelRow], plan: Option<&Plan>, file: &str, found: &mut Vec<Diagnostic>) -> Tree {
    let mut tree = Tree::default();
    for region in plan.iter().flat_map(|p| &p.regions) {
        tree.add(&region.name);
        tree.set_additive(&region.name, region.additive);
        if let Some(parent) = &region.parent
            && let Err(e) = tree.set_parent(&region.name, parent)
        {
            found.push(fault(region.place.clone(), &region.name, &e));
        }
    }
    let mut told = BTreeSet::new();
    for row in rows {
        tree.add(&row.region);
        let Some(parent) = &row.parent else { continue };
        if let Err(e) = tree.set_parent(&row.region, parent)
            && told.insert((&row.region, parent))
        {
            let place = Place { file: Some(file.into()), row: Some(row.line), ..Place::default() };
            found.push(fault(place, parent, &e));
        }
    }
    tree
}

fn fault(place: Place, value: &str, error: &impl Explain) -> Diagnostic {
    Diagnostic {
        code: error.code(),
        severity: Severity::Error,
        place,
        value: value.into(),
        text: error.said(),
        help: error.help(),
    }
}

/// Targets of regions that are nowhere (an error, since a slip of the pen would hide a target), and of
/// regions or ledgers that the panel has no figures of (a warning).
fn check_targets(plan: &Plan, rows: &[PanelRow], file: &str) -> Vec<Diagnostic> {
    let totals = || rows.iter().filter(|r| r.sector.is_none() && r.composition.is_none());
    let names: BTreeSet<&str> = rows.iter().map(|r| r.region.as_str()).collect();
    let parents: BTreeSet<&str> = rows.iter().filter_map(|r| r.parent.as_deref()).collect();
    let series: BTreeSet<(Ledger, &str)> = totals().map(|r| (r.ledger, r.region.as_str())).collect();
    let ledgers: BTreeSet<Ledger> = totals().map(|r| r.ledger).collect();
    let mut absent = BTreeSet::new();
    let mut found = Vec::new();
    for target in &plan.targets {
        let name = target.region.as_str();
        let (severity, code, text, help) = if plan.find_region(name).is_none()
            && !names.contains(name)
            && !parents.contains(name)
        {
            let nearest = names.iter().copied().max_by(|a, b| {
                strsim::normalized_levenshtein(a, name).total_cmp(&strsim::normalized_levenshtein(b, name))
            });
            let guess = nearest.unwrap_or_default();
            (
                Severity::Error,
                "unknown_region",
                Said::new(
                    format!("there is a target for {name:?}, but no such region in {file} or in the plan"),
                    format!("目标地区“{name}”在{file}和计划文件中均不存在"),
                ),
                Said::new(
                    format!(
                        "did you mean {guess:?}? Correct the name, or list it in [[region]] with its aliases"
                    ),
                    format!("是否指“{guess}”？请改正名称，或在[[region]]中列出并写明别名"),
                ),
            )
        } else if !ledgers.contains(&target.ledger) {
            if !absent.insert(target.ledger) {
                continue;
            }
            (
                Severity::Warning,
                "target_without_ledger",
                Said::new(
                    format!(
                        "the plan has targets of {}, but {file} has no row of that ledger",
                        target.ledger
                    ),
                    format!(
                        "计划有{}目标，但{file}中没有该台账的数据",
                        target.ledger.label(crate::error::Lang::Zh)
                    ),
                ),
                Said::new(
                    "add its rows, or leave the targets unanswered",
                    "请补充数据，否则该类目标不作回答",
                ),
            )
        } else if !series.contains(&(target.ledger, name)) && !parents.contains(name) {
            (
                Severity::Warning,
                "target_without_figures",
                Said::new(
                    format!("{name} has a target, but {file} has no figure of it in {}", target.ledger),
                    format!(
                        "{name}有{}目标，但{file}中没有其数据",
                        target.ledger.label(crate::error::Lang::Zh)
                    ),
                ),
                Said::new("add its rows, or leave the target unanswered", "请补充数据，否则该目标不作回答"),
            )
        } else {
            continue;
        };
        found.push(Diagnostic {
            code,
            severity,
            place: target.place.clone(),
            value: name.into(),
            text,
            help,
        });
    }
    found
}
