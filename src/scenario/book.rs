//! One ledger's units as scenarios see them: the outlook's draws, what is owed, and which unit is in which.

use crate::ledger::Ledger;
use crate::order;
use crate::outlook::{Landing, MonthOutlook, Unit, UnitKind};
use crate::par;
use crate::scenario::baseline::Ledgered;
use crate::stats;
use crate::target::{Plan, Target, TargetKind};
use std::collections::{BTreeMap, BTreeSet};

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
    /// By place: those that are its summands.
    pub(super) inner: Vec<Vec<usize>>,
    /// By region of the tree: its own unit, and its unallocated rest.
    of_region: Vec<[Option<usize>; 2]>,
}

impl Book {
    /// Whether growth is all that is known of December, everywhere.
    pub(super) fn is_growth_only(&self) -> bool {
        self.places.iter().filter_map(Place::december).all(Point::growth_only)
    }

    /// A ledger's units with their first `draws` draws; `regions` is the number of the tree's.
    pub(super) fn new(
        ledgered: &Ledgered<'_>,
        plan: Option<&Plan>,
        year: i32,
        draws: usize,
        regions: usize,
    ) -> Self {
        Self::of(ledgered.panel.ledger(), places(ledgered, plan, year, draws), regions)
    }

    /// The book of places whose parents are set; what they add up to is looked at here.
    pub(super) fn of(ledger: Ledger, mut places: Vec<Place>, regions: usize) -> Self {
        let mut inner = vec![Vec::new(); places.len()];
        let mut of_region = vec![[None; 2]; regions];
        for (at, place) in places.iter().enumerate() {
            if let Some(parent) = place.parent.filter(|_| place.additive) {
                inner[parent].push(at);
            }
            let rest = usize::from(place.kind == UnitKind::Unallocated);
            if let Some(slot) = place.region.and_then(|r| of_region.get_mut(r)) {
                slot[rest].get_or_insert(at);
            }
        }
        for at in 0..places.len() {
            places[at].covered = adds_up(&places[at], inner[at].iter().map(|k| &places[*k]));
        }
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(parent) = places[at].parent.filter(|_| depth < places.len()) {
                (at, depth) = (parent, depth + 1);
            }
            depth
        };
        let mut inside_out: Vec<usize> = (0..places.len()).collect();
        let depths: Vec<usize> = inside_out.iter().map(|at| depth(*at)).collect();
        order::sort_by(&mut inside_out, |a, b| depths[*b].cmp(&depths[*a]));
        Self { ledger, places, inside_out, inner, of_region }
    }

    /// The units that hold a region's change themselves: its own and, where it is no summand, that of the region around
    /// it; of a region that is made up of others, the unallocated rest or, without one, the region.
    pub(super) fn carriers(&self, region: usize, parents: &[Option<usize>]) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = Some(region);
        for _ in 0..=parents.len() {
            let Some(here) = at else { break };
            let [own, rest] = self.of_region.get(here).copied().unwrap_or_default();
            if let Some(unit) = own {
                let place = &self.places[unit];
                out.push(rest.filter(|_| place.covered).unwrap_or(unit));
                if place.additive {
                    break;
                }
            }
            at = parents[here];
        }
        out
    }
}

fn places(ledgered: &Ledgered<'_>, plan: Option<&Plan>, year: i32, draws: usize) -> Vec<Place> {
    let (panel, outlook) = (ledgered.panel, ledgered.outlook);
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, unit) in outlook.units.iter().enumerate().filter(|(_, u)| u.kind != UnitKind::Unallocated) {
        positions.entry(&unit.region).or_insert(at);
    }
    let position = |name: &str| positions.get(name).copied();
    let plan = plan.filter(|p| p.year == year);
    // A city's change at a month is that of its districts, whether they owe something by then or not.
    let targets = plan.map(|p| p.targets.as_slice()).unwrap_or_default();
    let owed: BTreeSet<u8> = targets.iter().filter(|t| t.ledger == panel.ledger()).map(|t| t.month).collect();
    par::map(&outlook.units, |unit| {
        let targets = plan
            .filter(|_| unit.kind != UnitKind::Unallocated)
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
        base: stats::median(base.iter().copied()),
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
    point.here = super::figures::figures(&point, &[], 1.0, point.goal.map(|g| g.value)).0;
    Some(point)
}
