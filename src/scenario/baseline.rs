//! What every scenario is compared with: the outlook's draws, what is owed, and the projects behind it.

use crate::calendar::{Day, YearMonth};
use crate::ledger::Ledger;
use crate::num;
use crate::outlook::{Landing, MonthOutlook, Outlook, Unit, UnitKind};
use crate::panel::{Cells, Panel};
use crate::pipeline::{Aggregate, Assumptions, Cap, Funnel, InPlace, Kind, Pipeline, caps, time};
use crate::scenario::{ScenarioError, sector};
use crate::stats::{self, DRAWS, Points};
use crate::target::{Plan, Target, TargetKind};
use std::collections::{BTreeMap, BTreeSet};

/// Dimensions of the draws from here on are the scenario's: no region's place comes near.
const DIMENSIONS: usize = 3_000_000;
/// Concentration of the coverage: that of a share of which about twenty cases were seen. An assumption.
const COVERAGE_CONCENTRATION: f64 = 20.0;
/// Coverage where no project is in the books or out of them, and the least and greatest that data may say. Assumptions.
const COVERAGE: (f64, f64, f64) = (0.8, 0.3, 0.98);

/// What is owed at a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Goal {
    pub(super) kind: TargetKind,
    /// Growth as a ratio, else the amount.
    pub(super) value: f64,
}

/// The figures that an outcome is told in.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Median amount.
    pub total: Option<f64>,
    /// Median growth, a ratio.
    pub growth: Option<f64>,
    /// Chance of what is owed.
    pub probability: Option<f64>,
}

/// One month of a unit that still lies ahead.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) month: u8,
    /// Amounts, one a draw; empty in a growth-only region.
    pub(super) total: Vec<f64>,
    /// One ÷ the base, one a draw or one for all; empty where growth is not known.
    pub(super) inverse_base: Vec<f64>,
    /// Median base.
    pub(super) base: Option<f64>,
    /// Growth, one a draw; empty where it is not known.
    pub(super) growth: Vec<f64>,
    pub(super) goal: Option<Goal>,
    /// As the outlook tells it, from all its draws.
    pub(super) full: Figures,
    /// The same from the draws that scenarios use.
    pub(super) here: Figures,
}

impl Point {
    /// Whether growth is known and no amount.
    pub(super) fn growth_only(&self) -> bool {
        self.total.is_empty()
    }

    pub(super) fn base(&self, draw: usize) -> f64 {
        1.0 / self.inverse_base.get(draw).or(self.inverse_base.first()).copied().unwrap_or(f64::NAN)
    }
}

/// One unit of a ledger.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) kind: UnitKind,
    /// Its region in the tree; of the unallocated rest, the region around it.
    pub(super) region: Option<usize>,
    /// The unit around it.
    pub(super) parent: Option<usize>,
    /// Whether its change is one of its parent's.
    pub(super) additive: bool,
    /// Whether the units inside it add up to it, so that its change is theirs.
    pub(super) covered: bool,
    pub(super) ytd: f64,
    /// Months ahead, ascending; December is the last.
    pub(super) points: Vec<Point>,
    /// What a mean amount of the projects becomes in each draw: completion and, for `fai`, coverage.
    pub(super) multiplier: Vec<f64>,
}

impl Place {
    /// A month ahead.
    pub(super) fn point(&self, month: u8) -> Option<&Point> {
        self.points.iter().find(|p| p.month == month)
    }

    /// December, where it lies ahead.
    pub(super) fn december(&self) -> Option<&Point> {
        self.point(12)
    }
}

/// One ledger.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) ledger: Ledger,
    /// In the outlook's order.
    pub(super) places: Vec<Place>,
    /// Positions of the places, inner ones before those around them.
    pub(super) inside_out: Vec<usize>,
}

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
    pub(super) regions: Vec<String>,
    pub(super) parents: Vec<Option<usize>>,
    pub(super) books: Vec<Book>,
    pub(super) projects: Option<Projects>,
    pub(super) sectors: BTreeMap<String, f64>,
    pub(super) coverage: Coverage,
    /// Least and greatest pace on record.
    pub(super) paces: Option<(f64, f64)>,
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
                Ok::<_, ScenarioError>(Projects { pipeline, assumptions, aggregate, funnel, caps, in_place })
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
                let mut places = places(l, plan, as_of.year, draws);
                multipliers(&mut places, projects.as_ref(), coverage, l.panel.ledger(), points, draws);
                let depth = |mut at: usize| {
                    let mut depth = 0;
                    while let Some(parent) = places[at].parent.filter(|_| depth < places.len()) {
                        (at, depth) = (parent, depth + 1);
                    }
                    depth
                };
                let mut inside_out: Vec<usize> = (0..places.len()).collect();
                inside_out.sort_by_key(|at| (std::cmp::Reverse(depth(*at)), *at));
                Book { ledger: l.panel.ledger(), places, inside_out }
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
                by: unit.months.iter().filter_map(|(m, x)| Some((*m, median(x)?))).collect(),
            })
        });
        let fai = ledgers.iter().find(|l| l.panel.ledger() == Ledger::Fai);
        Ok(Self {
            as_of,
            seed,
            draws,
            regions: tree.regions().iter().map(|r| r.name.clone()).collect(),
            parents: tree.regions().iter().map(|r| r.parent).collect(),
            books,
            projects,
            sectors: sector::shares(cells, as_of),
            coverage,
            completion,
            list_is_ahead,
            paces: fai.and_then(|l| paces(l.panel, as_of)),
        })
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
        self.regions.iter().position(|r| r == name)
    }

    /// The position of a unit in the book of its ledger.
    ///
    /// # Errors
    /// [`ScenarioError::Unknown`] names those that there are.
    pub(super) fn unit(&self, id: &str, ledger: Ledger) -> Result<(&Book, usize), ScenarioError> {
        let book = self.book(ledger);
        let found = book.and_then(|b| Some((b, b.places.iter().position(|p| p.id == id)?)));
        found.ok_or_else(|| ScenarioError::Unknown {
            what: "region",
            got: id.into(),
            known: book.iter().flat_map(|b| b.places.iter().map(|p| p.id.clone())).collect(),
        })
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

fn places(ledgered: &Ledgered<'_>, plan: Option<&Plan>, year: i32, draws: usize) -> Vec<Place> {
    let (panel, outlook) = (ledgered.panel, ledgered.outlook);
    let position =
        |name: &str| outlook.units.iter().position(|u| u.region == name && u.kind != UnitKind::Unallocated);
    // A city's change at a month is that of its districts, whether they owe something by then or not.
    let targets = plan.filter(|p| p.year == year).map(|p| p.targets.as_slice()).unwrap_or_default();
    let owed: BTreeSet<u8> = targets.iter().filter(|t| t.ledger == panel.ledger()).map(|t| t.month).collect();
    let mut places: Vec<Place> = outlook
        .units
        .iter()
        .map(|unit| {
            let targets = plan
                .filter(|p| p.year == year && unit.kind != UnitKind::Unallocated)
                .map(|p| p.targets_of(&unit.region, panel.ledger()))
                .unwrap_or_default();
            let parent = match unit.kind {
                UnitKind::Unallocated => position(&unit.region),
                _ => unit.parent.as_deref().and_then(position),
            };
            Place {
                id: unit.id(),
                kind: unit.kind,
                region: panel.tree().find(&unit.region),
                parent,
                additive: unit.additive || unit.kind == UnitKind::Unallocated,
                covered: false,
                ytd: if unit.through == 0 { 0.0 } else { unit.ytd.unwrap_or(0.0) },
                points: unit
                    .months
                    .iter()
                    .filter(|(month, _)| **month > unit.through)
                    // An outlook of every month, as charts need it, has more than an effect is told of.
                    .filter(|(month, _)| **month == 12 || owed.contains(month))
                    .filter_map(|(month, figures)| point(*month, figures, unit, &targets, draws))
                    .collect(),
                multiplier: Vec::new(),
            }
        })
        .collect();
    for at in 0..places.len() {
        let inner = |p: &Place| p.parent == Some(at) && p.additive;
        places[at].covered = adds_up(&places[at], places.iter().filter(|p| inner(p)));
    }
    places
}

/// Whether the inner places' Decembers add up to the outer one's, in the draws that were made.
fn adds_up<'a>(outer: &Place, inner: impl Iterator<Item = &'a Place>) -> bool {
    let december = |p: &Place| p.december().map(|x| x.total.first().copied());
    let Some(Some(whole)) = december(outer) else { return false };
    let (mut sum, mut any) = (0.0, false);
    for place in inner {
        // A place whose year is over, or of which no amount is known, does not move.
        let Some(Some(part)) = december(place) else { return false };
        (sum, any) = (sum + part, true);
    }
    any && (sum - whole).abs() <= 1e-6 * whole.abs().max(1.0)
}

fn point(month: u8, figures: &MonthOutlook, unit: &Unit, targets: &[&Target], draws: usize) -> Option<Point> {
    let prefix = |landing: &Option<Landing>| match landing {
        Some(Landing::Drawn(d)) => d.look(|values| values.iter().copied().take(draws).collect()),
        Some(Landing::Known(x)) => vec![*x],
        None => Vec::new(),
    };
    let drawn = |landing: &Option<Landing>| matches!(landing, Some(Landing::Drawn(_)));
    if !drawn(&figures.total) && !drawn(&figures.growth) {
        return None;
    }
    let with_amount = drawn(&figures.total) && (unit.ytd.is_some() || unit.through == 0);
    let target = targets.iter().find(|t| t.month == month);
    let goal = target.and_then(|t| {
        let value = match t.kind {
            TargetKind::Growth | TargetKind::Amount => t.value,
            TargetKind::Completion => t.of? * t.value,
        };
        Some(Goal { kind: t.kind, value })
    });
    let chance = goal.and_then(|g| {
        let landing = if g.kind == TargetKind::Growth { &figures.growth } else { &figures.total };
        landing.as_ref().map(|l| l.chance(g.value))
    });
    let median = |landing: &Option<Landing>| landing.as_ref().map(|l| l.summary().median());
    let full =
        Figures { total: median(&figures.total), growth: median(&figures.growth), probability: chance };
    let base = if with_amount && figures.growth.is_some() { prefix(&figures.base) } else { Vec::new() };
    let mut point = Point {
        month,
        total: if with_amount { prefix(&figures.total) } else { Vec::new() },
        inverse_base: base.iter().map(|b| 1.0 / b).collect(),
        base: super::run::middle(&base),
        growth: if with_amount { Vec::new() } else { prefix(&figures.growth) },
        goal,
        full,
        here: Figures::default(),
    };
    if with_amount {
        // From the amounts, as scenarios tell it: what does not move is then the same to the last bit.
        point.growth = match point.inverse_base.as_slice() {
            [] => Vec::new(),
            [one] => point.total.iter().map(|t| t * one - 1.0).collect(),
            many => point.total.iter().zip(many).map(|(t, b)| t * b - 1.0).collect(),
        };
    }
    point.here = super::run::figures(&point, &[], 1.0, point.goal.map(|g| g.value)).0;
    Some(point)
}

fn coverage(projects: Option<&Projects>) -> Coverage {
    let (usual, least, most) = COVERAGE;
    let spread = |m: f64| (1.0 / ((COVERAGE_CONCENTRATION + 1.0) * m * (1.0 - m))).sqrt();
    let assumed = Coverage { median: usual, spread: spread(usual), from_data: false };
    let Some(projects) = projects else { return assumed };
    let lag = projects.assumptions.book_lag;
    let (pipeline, year) = (&projects.pipeline, projects.pipeline.as_of().year);
    let due = pipeline.projects().iter().filter(|p| is_work(p.row.kind)).filter(|p| {
        let start = p.row.start_actual.map(|day| time(day, year, false));
        start.is_some_and(|start| start + lag <= time(pipeline.status(p), year, true))
    });
    let (mut plan, mut inside) = (0.0, 0.0);
    for project in due {
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
    for (at, place) in places.iter_mut().enumerate() {
        let region = column(DIMENSIONS + 2 + at);
        place.multiplier = (0..draws)
            .map(|i| {
                let completion = num::exp(sd_all * shared[i] + sd_own * region[i] - level);
                completion * if ledger == Ledger::Fai { coverage.at(covered[i]) } else { 1.0 }
            })
            .collect();
    }
}

/// Least and greatest pace on record: the rest of a past year ÷ that of the year before, each ÷ the median of all such.
fn paces(panel: &Panel, as_of: YearMonth) -> Option<(f64, f64)> {
    let rest = |region: usize, year: i32| {
        Some(panel.index(region, year, 12)? - panel.index(region, year, as_of.month)?).filter(|x| *x > 0.0)
    };
    let mut ratios: Vec<f64> = panel
        .members()
        .flat_map(|r| (panel.first_year() + 1..as_of.year).map(move |y| (r, y)))
        .filter_map(|(r, y)| Some(rest(r, y)? / rest(r, y - 1)?))
        .collect();
    stats::sort(&mut ratios);
    if ratios.len() < 8 {
        return None;
    }
    let at = |p: f64| stats::quantile(&ratios, p);
    let (low, middle, high) = (at(0.025)?, at(0.5)?, at(0.975)?);
    let round = |x: f64| (x * 100.0).round() / 100.0;
    Some((round((low / middle).clamp(0.0, 0.99)), round((high / middle).clamp(1.01, 3.0))))
}
