//! The project list, what it spends month by month, and how sure that is.
//!
//! [`Pipeline`] is the validated list. [`Outlay`] is what one project spends: an S-curve ([`Curve`]) over its working
//! time ([`Season`]), from its status date on. [`Assumptions`] say how starts slip and how much of it comes true.
//! [`simulate`] draws all projects one by one, plainly and slowly; [`Aggregate`] has the same moments once per group
//! and answers a lever from them. [`Funnel`] is attraction: intent → signed → started → in place. [`caps`] says how
//! fast a sector's projects have ever spent.

mod aggregate;
mod cap;
mod curve;
mod error;
mod fill;
mod funnel;
mod grid;
mod group;
mod season;
mod simulate;
mod slip;
mod spend;
mod uncertain;

pub use crate::table::{Approval, Funding, Kind, ProjectRow, Stage};
pub use aggregate::{Aggregate, Moments};
pub use cap::{Cap, CapSource, caps};
pub use curve::Curve;
pub use error::PipelineError;
pub use funnel::{Funnel, InPlace, lag};
pub use group::{Cleared, Group, GroupKey, SHIFTS};
pub use season::{Season, WORKING_DAYS, time};
pub use simulate::{Simulation, simulate};
pub use spend::Outlay;
pub use uncertain::Assumptions;

use crate::calendar::{Day, YearMonth};
use crate::error::{Diagnostic, Place, Said, Severity};
use crate::order;
use crate::region::Tree;

/// One project of a pipeline: what its row says, and the region it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// Position of its region in [`Pipeline::regions`].
    pub region: usize,
    /// What the list tells of it.
    pub row: ProjectRow,
}

impl Project {
    /// Whether it has begun: an actual start, or something completed.
    pub fn begun(&self) -> bool {
        self.row.start_actual.is_some() || self.row.done.is_some_and(|done| done > 0.0)
    }

    /// Working days of the approval that takes longest; they run side by side. None where it waits for none.
    pub fn longest_approval(&self) -> Option<u32> {
        self.row.approvals.values().copied().max()
    }

    /// Whether it should have begun by a day and nothing has been spent on it (零投资): an actual start, a planned one
    /// on or before the day, or the stage of construction, with nothing completed.
    pub fn zero_investment(&self, by: Day) -> bool {
        let due = [self.row.start_actual, self.row.start_planned].into_iter().flatten().any(|day| day <= by);
        !matches!(self.row.stage, Stage::Completed | Stage::Outlook)
            && (due || self.row.stage == Stage::Construction)
            && self.row.done.unwrap_or(0.0) <= 0.0
    }
}

/// A validated list of projects, told as of a month: every project is in a known region, ids are unique.
///
/// ```
/// # use landfall::pipeline::{Kind, Pipeline};
/// let pipeline = Pipeline::sample();
/// let of_kind = |kind| pipeline.projects().iter().filter(|p| p.row.kind == Some(kind)).count();
/// assert_eq!((of_kind(Kind::Started), of_kind(Kind::Signed), of_kind(Kind::Intent)), (194, 20, 860));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    projects: Vec<Project>,
    regions: Vec<String>,
    as_of: YearMonth,
}

impl Pipeline {
    /// A pipeline from the rows of a list. `as_of` is the last month of which the year's figures are known; a project
    /// without a status date is taken to be told as of its end.
    ///
    /// With a tree, [`Pipeline::regions`] are the tree's regions by position, and a project in any other is left out
    /// with a diagnostic that names the nearest one. Without, they are the list's own, in order of appearance. Of rows
    /// with the same id, which the reader does not let through, the first stays.
    pub fn new(
        rows: Vec<ProjectRow>,
        file: &str,
        tree: Option<&Tree>,
        as_of: YearMonth,
    ) -> (Self, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let mut regions: Vec<String> =
            tree.map(|t| t.regions().iter().map(|r| r.name.clone()).collect()).unwrap_or_default();
        let mut index = order::map(regions.iter().enumerate().map(|(at, name)| (name.clone(), at)));
        let mut ids = std::collections::BTreeSet::new();
        let mut projects = Vec::with_capacity(rows.len());
        for row in rows {
            let region = match index.get(&row.region) {
                Some(region) => *region,
                None if tree.is_some() => {
                    found.push(unknown_region(&row, file, &regions));
                    continue;
                }
                None => {
                    regions.push(row.region.clone());
                    index.insert(row.region.clone(), regions.len() - 1);
                    regions.len() - 1
                }
            };
            if ids.insert(row.id.clone()) {
                projects.push(Project { region, row });
            }
        }
        (Self { projects, regions, as_of }, found)
    }

    /// The embedded case's list: Wuzhong, told as of July 2023; illustrative (`seeds/README.md`).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn sample() -> Self {
        let text = include_str!("../../seeds/wuzhong-2023/pipeline.csv");
        let (rows, _) = crate::table::read_pipeline(text, "seeds/wuzhong-2023/pipeline.csv");
        Self::new(rows, "seeds/wuzhong-2023/pipeline.csv", None, YearMonth { year: 2023, month: 7 }).0
    }

    /// The projects, in the order of the list.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The names of the regions; a project's `region` is a position here.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// The last month of which the year's figures are known.
    pub fn as_of(&self) -> YearMonth {
        self.as_of
    }

    /// Day as of which a project is told.
    pub fn status(&self, project: &Project) -> Day {
        let end = Day { month: self.as_of, day: self.as_of.days() };
        project.row.status_date.unwrap_or(end)
    }
}

fn unknown_region(row: &ProjectRow, file: &str, regions: &[String]) -> Diagnostic {
    let alike = |name: &str| strsim::normalized_levenshtein(name, &row.region);
    let guess = regions.iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).cloned().unwrap_or_default();
    Diagnostic {
        code: "unknown_region",
        severity: Severity::Error,
        place: Place { file: Some(file.into()), row: Some(row.line), ..Place::default() },
        value: row.region.clone(),
        text: Said::new(
            format!(
                "region has {:?}, which is none of the panel or the plan; the project is left out",
                row.region
            ),
            format!("地区“{}”不在面板和计划文件中，该项目未计入", row.region),
        ),
        help: Said::new(
            format!("did you mean {guess:?}? Correct the name, or list it in the plan's [[region]]"),
            format!("是否指“{guess}”？请改正名称，或在计划文件的[[region]]中列出"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num;
    use crate::table::read_pipeline;

    const JULY: YearMonth = YearMonth { year: 2023, month: 7 };

    #[test]
    fn pipeline_sample_has_the_plans_figures() {
        let pipeline = Pipeline::sample();
        let on = |list: &'static str| {
            pipeline
                .projects()
                .iter()
                .filter(move |p| p.row.list.as_deref() == Some(list))
                .collect::<Vec<_>>()
        };
        let starts = on("planned-starts");
        assert_eq!(starts.len(), 109);
        assert!(starts.iter().all(|p| p.row.start_planned.is_some_and(|d| d.month.month >= 7)));
        assert!(num::sum(starts.iter().filter_map(|p| p.row.plan_year)) >= 100.0);
        let slow = on("slow");
        assert_eq!((slow.len(), slow.iter().filter(|p| p.begun()).count()), (23, 10));
        let status = pipeline.status(slow[0]);
        assert_eq!(slow.iter().filter(|p| p.zero_investment(status)).count(), 13);
        assert_eq!((on("central-budget").len(), on("signed").len()), (46, 20));
        let key = pipeline.projects().iter().filter(|p| p.row.kind == Some(Kind::Key));
        assert!((num::sum(key.filter_map(|p| p.row.plan_year)) - 157.6).abs() < 1e-9);
        assert_eq!(pipeline.regions().len(), 8);
    }

    #[test]
    fn pipeline_of_an_unknown_region_names_the_nearest() {
        let mut tree = Tree::default();
        tree.set_parent("利通区", "吴忠市").unwrap();
        let text = "id,region,stage\n1,利通,reserve\n2,吴忠市,reserve\n";
        let (rows, _) = read_pipeline(text, "p.csv");
        let (pipeline, found) = Pipeline::new(rows, "p.csv", Some(&tree), JULY);
        assert_eq!(pipeline.projects().len(), 1);
        assert_eq!(pipeline.regions()[pipeline.projects()[0].region], "吴忠市");
        assert_eq!((found[0].code, found[0].place.row), ("unknown_region", Some(2)));
        assert!(found[0].help.zh.contains("利通区"));
    }

    #[test]
    fn pipeline_of_no_projects() {
        let (pipeline, found) = Pipeline::new(Vec::new(), "p.csv", None, JULY);
        assert!(found.is_empty() && pipeline.projects().is_empty());
    }
}
