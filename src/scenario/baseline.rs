//! What every scenario is compared with: the outlook's draws, what is owed, and the projects behind it.

use crate::calendar::{Day, YearMonth};
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::outlook::{MonthOutlook, Outlook};
use crate::panel::{Cells, Panel};
use crate::par;
use crate::pipeline::{Aggregate, Assumptions, Cap, Funnel, InPlace, Kind, Pipeline, Project, caps, time};
use crate::scenario::book::{Book, Place};
use crate::scenario::record::{self, Recorded};
use crate::scenario::{LeverId, ScenarioError, check, sector};
use crate::stats::{self, DRAWS, Points};
use crate::target::Plan;
use crate::unit::Unit;
use std::collections::BTreeMap;

/// Dimensions of the draws from here on are the scenario's: no region's place comes near.
const DIMENSIONS: usize = 3_000_000;
/// Concentration of the coverage: that of a share of which about twenty cases were seen. An assumption.
const COVERAGE_CONCENTRATION: f64 = 20.0;
/// Coverage where no project is in the books or out of them, and the least and greatest that data may say. Assumptions.
const COVERAGE: (f64, f64, f64) = (0.8, 0.3, 0.98);

/// Completion of the key projects' year plan, as the outlook of `works` tells it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Completion {
    /// The year's plan, an amount.
    pub(super) plan: f64,
    /// Median part of it that is done by the end of a month.
    pub(super) by: BTreeMap<u8, f64>,
}

/// The projects, added up.
#[derive(Debug, Clone)]
pub(super) struct Projects {
    pub(super) pipeline: Pipeline,
    pub(super) assumptions: Assumptions,
    pub(super) aggregate: Aggregate,
    pub(super) funnel: Funnel,
    /// How fast each sector's projects have ever gone.
    pub(super) caps: BTreeMap<String, Cap>,
    pub(super) in_place: Vec<InPlace>,
    pub(super) listed: Listed,
}

/// All key projects of the list together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    /// Their plans of the year.
    pub(super) plan: f64,
    /// What they are expected to have done through each month, none first.
    pub(super) done: [f64; 13],
}

impl Listed {
    fn of(aggregate: &Aggregate) -> Self {
        let works = || aggregate.groups().iter().filter(|g| is_work(g.key.kind));
        let done = |months: usize| {
            num::sum(works().map(|g| g.done_year + num::sum(g.expected()[..months].iter().copied())))
        };
        Self { plan: num::sum(works().map(|g| g.plan)), done: std::array::from_fn(done) }
    }
}

impl Projects {
    /// The key projects that have not begun.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Project> {
        self.pipeline.projects().iter().filter(|p| is_work(p.row.kind) && !p.begun())
    }

    /// The key projects that began long enough ago to be in the books by now.
    pub(super) fn due_in_books(&self) -> impl Iterator<Item = &Project> {
        let (pipeline, lag) = (&self.pipeline, self.assumptions.book_lag);
        let year = pipeline.as_of().year;
        pipeline.projects().iter().filter(|p| is_work(p.row.kind)).filter(move |p| {
            let start = p.row.start_actual.map(|day| time(day, year, false));
            start.is_some_and(|start| start + lag <= time(pipeline.status(p), year, true))
        })
    }
}

/// Which part of what key projects spend the statistics count.
///
/// From data: of the key projects that began long enough ago to be in the books by now, the part that is, by their year
/// plans. Entry lags behind the start; by December it is taken to have caught up with whatever a lever moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Median.
    pub median: f64,
    /// Standard deviation of its logit.
    pub spread: f64,
    /// Whether it comes from the projects' entry in the books; else it is an assumption.
    pub from_data: bool,
}

impl Coverage {
    /// The coverage at a standard normal's value: its quantiles are those of a logit-normal.
    pub fn at(&self, z: f64) -> f64 {
        let logit = num::ln(self.median / (1.0 - self.median));
        1.0 / (1.0 + num::exp(-(logit + self.spread * z)))
    }
}

/// One ledger's panel with its outlook.
#[derive(Debug, Clone, Copy)]
pub struct Ledgered<'a> {
    /// What was known.
    pub panel: &'a Panel,
    /// Where each unit will land.
    pub outlook: &'a Outlook,
}

/// What scenarios are compared with. It is made once; asking it changes nothing.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub(super) as_of: YearMonth,
    pub(super) seed: u64,
    pub(super) draws: usize,
    /// The unit of every amount, that of the projects too.
    pub(super) unit: Unit,
    pub(super) regions: Vec<String>,
    /// Positions of the regions by name.
    pub(super) index: BTreeMap<String, usize>,
    pub(super) parents: Vec<Option<usize>>,
    pub(super) books: Vec<Book>,
    pub(super) projects: Option<Projects>,
    /// Each sector's share of the year's rest.
    pub(super) sectors: BTreeMap<String, f64>,
    /// The sectors and the lists that a lever can be narrowed to.
    pub(super) sector_names: Vec<String>,
    pub(super) lists: Vec<String>,
    pub(super) coverage: Coverage,
    /// What is on record about levers.
    pub(super) record: BTreeMap<LeverId, Recorded>,
    /// Median completion by month that the outlook of `works` tells, and the year's plan that it is of.
    pub(super) completion: Option<Completion>,
    /// Whether the list of projects tells of days after the data.
    pub(super) list_is_ahead: bool,
}

impl Baseline {
    /// Takes the outlooks' first `draws` draws (at most all 16,384), what the plan says is owed, and the projects.
    ///
    /// Amounts of the projects are in the panel's unit. The pipeline's regions must be the tree's
    /// ([`Pipeline::new`] with it). Without projects the levers that need them are refused.
    ///
    /// # Errors
    /// [`ScenarioError::Pipeline`] for an assumption outside its range.
    pub fn new(
        cells: &Cells,
        ledgers: &[Ledgered<'_>],
        plan: Option<&Plan>,
        projects: Option<(Pipeline, Assumptions, Funnel)>,
        seed: u64,
        draws: usize,
    ) -> Result<Self, ScenarioError> {
        let draws = draws.clamp(1, DRAWS);
        let tree = cells.tree();
        let as_of = ledgers.first().map_or(YearMonth { year: 0, month: 1 }, |l| l.outlook.as_of);
        let projects = projects
            .map(|(pipeline, assumptions, funnel)| {
                let aggregate = Aggregate::new(&pipeline, &assumptions)?;
                let in_place = funnel.expected(&pipeline, &assumptions)?;
                let caps = caps(&pipeline, &assumptions);
                let listed = Listed::of(&aggregate);
                Ok::<_, ScenarioError>(Projects {
                    pipeline,
                    assumptions,
                    aggregate,
                    funnel,
                    caps,
                    in_place,
                    listed,
                })
            })
            .transpose()?;
        let list_is_ahead = projects.as_ref().is_some_and(|p| {
            let end = Day { month: as_of, day: as_of.days() };
            p.pipeline.projects().iter().any(|x| x.row.status_date.is_some_and(|day| day > end))
        });
        let coverage = coverage(projects.as_ref());
        let points = Points::new(seed).stream(17);
        let books: Vec<Book> = ledgers
            .iter()
            .map(|l| {
                let mut book = Book::new(l, plan, as_of.year, draws, tree.regions().len());
                multipliers(&mut book.places, projects.as_ref(), coverage, book.ledger, points, draws);
                book
            })
            .collect();
        let completion = ledgers.iter().find(|l| l.panel.ledger() == Ledger::Works).and_then(|l| {
            let targets = plan.filter(|p| p.year == as_of.year)?.targets.iter();
            let target =
                targets.filter(|t| t.ledger == Ledger::Works).find(|t| t.of.is_some_and(|of| of > 0.0))?;
            let (of, unit) = (target.of?, l.outlook.units.iter().find(|u| u.id() == target.region)?);
            let median = |m: &MonthOutlook| Some(m.total.as_ref()?.summary().median() / of);
            Some(Completion {
                plan: of,
                by: order::map(unit.months.iter().filter_map(|(m, x)| Some((*m, median(x)?)))),
            })
        });
        let record = record::recorded(cells, ledgers, projects.as_ref(), as_of);
        let sectors = sector::shares(cells, as_of);
        let (sector_names, lists) = check::names(projects.as_ref(), &sectors);
        Ok(Self {
            as_of,
            seed,
            draws,
            unit: ledgers.first().map(|l| l.panel.unit().clone()).unwrap_or_default(),
            regions: tree.regions().iter().map(|r| r.name.clone()).collect(),
            index: order::map(tree.regions().iter().enumerate().map(|(at, r)| (r.name.clone(), at))),
            parents: tree.regions().iter().map(|r| r.parent).collect(),
            books,
            projects,
            sectors,
            sector_names,
            lists,
            coverage,
            completion,
            list_is_ahead,
            record,
        })
    }

    /// Whether a project of this id is in the list.
    pub fn has_project(&self, id: &str) -> bool {
        self.projects.iter().flat_map(|p| p.pipeline.projects()).any(|p| p.row.id == id)
    }

    /// Month of the data.
    pub fn as_of(&self) -> YearMonth {
        self.as_of
    }

    /// Seed of the outlook's draws.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How many of the outlook's draws scenarios use.
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// Which part of the projects' spend the statistics are taken to count.
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// The book of a ledger.
    pub(super) fn book(&self, ledger: Ledger) -> Option<&Book> {
        self.books.iter().find(|b| b.ledger == ledger)
    }

    /// Position of a region in the tree.
    pub(super) fn region(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The position of a unit in the book of its ledger.
    ///
    /// # Errors
    /// [`ScenarioError::Unknown`] names those that there are.
    pub(super) fn unit(&self, id: &str, ledger: Ledger) -> Result<(&Book, usize), ScenarioError> {
        let book = self.book(ledger);
        let found = book.and_then(|b| Some((b, b.places.iter().position(|p| p.id == id)?)));
        let known = || book.iter().flat_map(|b| b.places.iter().map(|p| &p.id));
        found.ok_or_else(|| ScenarioError::unknown("region", id, known()))
    }

    /// Whether `region` is `around` or lies in it, by position in the tree.
    pub(super) fn lies_in(&self, region: usize, around: usize) -> bool {
        let mut at = Some(region);
        for _ in 0..=self.parents.len() {
            match at {
                Some(here) if here == around => return true,
                Some(here) => at = self.parents[here],
                None => return false,
            }
        }
        false
    }
}

fn coverage(projects: Option<&Projects>) -> Coverage {
    let (usual, least, most) = COVERAGE;
    let spread = |m: f64| (1.0 / ((COVERAGE_CONCENTRATION + 1.0) * m * (1.0 - m))).sqrt();
    let assumed = Coverage { median: usual, spread: spread(usual), from_data: false };
    let Some(projects) = projects else { return assumed };
    let (mut plan, mut inside) = (0.0, 0.0);
    for project in projects.due_in_books() {
        let amount = project.row.plan_year.or(project.row.total).unwrap_or(0.0);
        plan += amount;
        inside += if project.row.in_books.is_some() { amount } else { 0.0 };
    }
    if plan <= 0.0 || inside <= 0.0 {
        return assumed;
    }
    let median = (inside / plan).clamp(least, most);
    Coverage { median, spread: spread(median), from_data: true }
}

/// Whether a project's spend is investment completed by key projects; a list without kinds is one of those.
pub(super) fn is_work(kind: Option<Kind>) -> bool {
    matches!(kind, None | Some(Kind::Key))
}

/// Completion is one factor for all, one for each region; coverage is one for all.
fn multipliers(
    places: &mut [Place],
    projects: Option<&Projects>,
    coverage: Coverage,
    ledger: Ledger,
    points: Points,
    draws: usize,
) {
    let Some(projects) = projects else {
        places.iter_mut().for_each(|p| p.multiplier = vec![1.0; draws]);
        return;
    };
    let (all, own) = projects.aggregate.completion_variance();
    let normals: Vec<f64> =
        (0..DRAWS).map(|k| stats::normal_quantile((k as f64 + 0.5) / DRAWS as f64).unwrap_or(0.0)).collect();
    let column = |dimension: usize| -> Vec<f64> {
        points.strata(dimension).iter().take(draws).map(|k| normals[usize::from(*k)]).collect()
    };
    let (shared, covered) = (column(DIMENSIONS), column(DIMENSIONS + 1));
    let sd = |variance: f64| num::ln_1p(variance).sqrt();
    let (sd_all, sd_own) = (sd(all), sd(own));
    let level = 0.5 * (sd_all * sd_all + sd_own * sd_own);
    let covered: Vec<f64> =
        covered.iter().map(|z| if ledger == Ledger::Fai { coverage.at(*z) } else { 1.0 }).collect();
    let dimensions: Vec<usize> = (0..places.len()).map(|at| DIMENSIONS + 2 + at).collect();
    let made = par::map(&dimensions, |dimension| {
        let region = column(*dimension);
        let completion = |i: usize| num::exp(sd_all * shared[i] + sd_own * region[i] - level);
        (0..draws).map(|i| completion(i) * covered[i]).collect()
    });
    places.iter_mut().zip(made).for_each(|(place, made)| place.multiplier = made);
}
