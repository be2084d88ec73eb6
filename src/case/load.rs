//! From text to a case, with every finding at once.

use crate::calendar::Calendar;
use crate::case::{Case, CaseError, whole};
use crate::error::{Diagnostic, Explain, Place, Said, Severity};
#[cfg(feature = "ingest")]
use crate::ingest::{Ingested, Tidy};
use crate::order;
use crate::panel::{Cells, check_rows, restate, settle_units};
use crate::region::Tree;
use crate::table::{Origins, PanelRow, Subject, read_panel, subjects};
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
        let (rows, found) = read_panel(panel.text, panel.name);
        Self::of_rows(rows, found, panel.name, plan, options, None)
    }

    /// A case of a file that was read from whatever form it was in; findings name the cells of that file.
    ///
    /// # Errors
    /// [`CaseError::Faulty`] with every finding where one of them is an error, a file without a panel included.
    #[cfg(feature = "ingest")]
    pub fn of_ingested(
        read: &Ingested,
        name: &str,
        plan: Option<Source<'_>>,
        options: &Options,
    ) -> Result<Self, CaseError> {
        let rows = match &read.tidy {
            Tidy::Panel(rows) => rows.clone(),
            Tidy::Pipeline(_) => {
                let mut found = read.found.clone();
                found.push(not_a_panel(name));
                return Err(CaseError::Faulty { found });
            }
            Tidy::Nothing => return Err(CaseError::Faulty { found: read.found.clone() }),
        };
        Self::of_rows(rows, read.found.clone(), name, plan, options, Some(read.origins.clone()))
    }

    /// `read` says where rows come from that were checked against each other when they were read.
    fn of_rows(
        mut rows: Vec<PanelRow>,
        mut found: Vec<Diagnostic>,
        name: &str,
        plan: Option<Source<'_>>,
        options: &Options,
        read: Option<Origins>,
    ) -> Result<Self, CaseError> {
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
            let unknown = |s: &Subject| s.unit == Unit::Unknown;
            restate(&mut rows, |s| unknown(s).then(|| Subject { unit: unit.clone(), ..s.clone() }));
        }
        let mut of_rows = settle_units(&mut rows, name);
        if let Some(plan) = &plan {
            of_rows.extend(resolve_aliases(&mut rows, plan, name));
        }
        // Names that have become one may have made two rows of one cell.
        let checked = read.is_some() && of_rows.is_empty() && options.unit.is_none();
        if !checked {
            of_rows.extend(check_rows(&rows, options.calendar, name));
        }
        let origins = read.unwrap_or_default();
        let tree = grow_tree(&rows, plan.as_ref(), name, &mut of_rows);
        of_rows.extend(whole::unnamed(&rows, &tree, name));
        if let Some(plan) = &plan {
            of_rows.extend(check_targets(plan, &rows, name));
        }
        let placed = placed(of_rows, &origins, name, &found);
        found.extend(placed);
        if found.iter().any(|d| d.severity == Severity::Error) {
            return Err(CaseError::Faulty { found });
        }
        Ok(Self {
            cells: Cells::new(rows, tree, options.calendar, name),
            plan,
            projects: None,
            found,
            origins,
            file: name.to_owned(),
        })
    }
}

/// Findings about rows at the cells of the file they were read from, without those that were told of the same row before.
/// What is said of the plan stands in the plan's file.
pub(super) fn placed(
    found: Vec<Diagnostic>,
    origins: &Origins,
    file: &str,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let of_rows = |d: &Diagnostic| d.place.file.as_deref() == Some(file);
    let again = |d: &Diagnostic| {
        let same =
            |t: &Diagnostic| t.code == d.code && t.place.row == d.place.row && t.place.sheet == d.place.sheet;
        of_rows(d) && d.place.row.is_some() && told.iter().any(same)
    };
    let located = found.into_iter().map(|d| if of_rows(&d) { origins.locate(d) } else { d });
    located.filter(|d| !again(d)).collect()
}

#[cfg(feature = "ingest")]
fn not_a_panel(file: &str) -> Diagnostic {
    Diagnostic {
        code: "not_a_panel",
        severity: Severity::Error,
        place: Place { file: Some(file.into()), ..Place::default() },
        value: String::new(),
        text: Said::new("the file is a list of projects, not a panel", "该文件是项目清单，不是数据表"),
        help: Said::new(
            "give it as --pipeline, and the figures as --panel",
            "请用--pipeline提供，数据表用--panel",
        ),
    }
}

/// Brings names that the plan lists as aliases to the listed name, and says so once a name.
fn resolve_aliases(rows: &mut [PanelRow], plan: &Plan, file: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut listed: BTreeMap<String, Option<String>> = BTreeMap::new();
    for row in subjects(rows) {
        for name in [Some(&row.subject.region), row.subject.parent.as_ref()].into_iter().flatten() {
            if !listed.contains_key(name) {
                let other = plan.find_region(name).map(|r| r.name.clone()).filter(|n| n != name);
                found.extend(other.as_ref().map(|other| alias(name, other, file, row.line)));
                listed.insert(name.clone(), other);
            }
        }
    }
    let other = |name: &String| listed.get(name).cloned().flatten();
    restate(rows, |s| {
        let (region, parent) = (other(&s.region), s.parent.as_ref().and_then(other));
        (region.is_some() || parent.is_some()).then(|| Subject {
            region: region.unwrap_or_else(|| s.region.clone()),
            parent: parent.or_else(|| s.parent.clone()),
            ..s.clone()
        })
    });
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
    for row in subjects(rows) {
        let Subject { region, parent, .. } = &*row.subject;
        tree.add(region);
        let Some(parent) = parent else { continue };
        if let Err(e) = tree.set_parent(region, parent)
            && told.insert((region, parent))
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
    let totals = || rows.iter().filter(|r| r.subject.sector.is_none() && r.subject.composition.is_none());
    let names = order::set(rows.iter().map(|r| r.subject.region.as_str()));
    let parents = order::set(rows.iter().filter_map(|r| r.subject.parent.as_deref()));
    let series = order::set(totals().map(|r| (r.ledger, r.subject.region.as_str())));
    let ledgers = order::set(totals().map(|r| r.ledger));
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
