//! How likely a region is to reach what it owes, what remains to be done, and its light.

use crate::calendar::pace;
use crate::error::{Lang, Note};
use crate::ledger::Ledger;
use crate::outlook::{MonthOutlook, Outlook, Unit, UnitKind};
use crate::panel::Panel;
use crate::target::{Facts, Light, Plan, Target, TargetKind};
use crate::unit::{Growth, Points, fixed};

/// A part of a year's amount that is no more than what rounding leaves of a difference.
const ROUNDING: f64 = 1e-9;

/// What remains to be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// Amount still owed, never under 0.
    pub amount: f64,
    /// The same a month left.
    pub per_month: f64,
    /// Against the base of the same months of last year, as a ratio − 1.
    pub vs_last_year: Option<f64>,
    /// Against the largest amount of the same months on record, as a ratio − 1.
    pub vs_best: Option<f64>,
}

/// Where a region stands on a milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Month by whose end it is owed.
    pub month: u8,
    /// What `target` is.
    pub kind: TargetKind,
    /// Growth or completion as a ratio, or an amount.
    pub target: f64,
    /// The chance of reaching it; 0 or 1 where the month has passed.
    pub probability: Option<f64>,
    /// The chance as it is shown; see [`Risk::probability_shown`].
    pub probability_shown: Option<f64>,
    /// Amount still owed, never under 0; `None` where no amount is known.
    pub need: Option<f64>,
    /// Its light by the plan's rule.
    pub light: Option<Light>,
}

/// Where a region stands on what it owes by December.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Risk {
    /// What is owed, with its kind.
    pub target: Option<(TargetKind, f64)>,
    /// The ytd that would meet it, on the median base; `None` where no amount is known.
    pub owed: Option<f64>,
    /// The chance of reaching it.
    pub probability: Option<f64>,
    /// The chance as it is shown: in steps of 5 %, never across a threshold of the light. 0 stands for
    /// "under 5 %" and 1 for "over 95 %" where nothing is certain.
    pub probability_shown: Option<f64>,
    /// Its light by the plan's rule.
    pub light: Option<Light>,
    /// Median growth minus target growth.
    pub gap: Option<Points>,
    /// What remains to be done; `None` in a growth-only region, and once the year is over.
    pub need: Option<Need>,
    /// What is owed earlier, by month.
    pub milestones: Vec<Milestone>,
    /// What the reader must know.
    pub notes: Vec<Note>,
}

/// The risk of each unit of an outlook, in its order.
pub fn risks(outlook: &Outlook, panel: &Panel, plan: &Plan) -> Vec<Risk> {
    outlook.units.iter().map(|unit| risk(unit, outlook, panel, plan)).collect()
}

fn risk(unit: &Unit, outlook: &Outlook, panel: &Panel, plan: &Plan) -> Risk {
    let targets = match unit.kind {
        UnitKind::Unallocated => Vec::new(),
        UnitKind::Region | UnitKind::RolledUp => plan.targets_of(&unit.region, panel.ledger()),
    };
    let mut risk = Risk::default();
    for target in targets {
        let Some(owed) = Owed::new(target, unit) else {
            risk.notes.push(no_plan_amount(target));
            if !target.is_milestone() {
                risk.target = Some((target.kind, target.value));
            }
            continue;
        };
        let month = unit.months.get(&target.month);
        let probability = month.and_then(|m| owed.chance(m));
        let facts = facts(unit, outlook, target, &owed, probability);
        let verdict = plan.rule.light(&facts);
        if target.is_milestone() {
            risk.milestones.push(Milestone {
                month: target.month,
                kind: target.kind,
                target: target.value,
                probability,
                probability_shown: probability.map(|p| shown(p, &facts, plan)),
                need: owed.need(unit),
                light: verdict.light(),
            });
            continue;
        }
        // Two kinds of target may be owed by December: one is judged, and the other is not lost.
        if let Some(other) = risk.target {
            risk.notes.push(also_owed(other, risk.probability_shown, panel));
            risk.gap = None;
        }
        risk.target = Some((target.kind, target.value));
        risk.owed = owed.amount;
        risk.probability = probability;
        risk.probability_shown = probability.map(|p| shown(p, &facts, plan));
        risk.light = verdict.light();
        risk.notes.extend(verdict.note());
        if target.kind == TargetKind::Growth {
            let median = month.and_then(|m| m.growth.as_ref()).map(|g| g.summary().median());
            risk.gap = median.map(|g| Growth(g) - Growth(target.value));
        }
        let ahead = owed.need(unit).filter(|_| unit.through < 12);
        risk.need = ahead.map(|amount| need(amount, unit, panel, outlook.as_of.year));
    }
    risk
}

/// A chance of what a unit owes by December as it is shown, as [`Risk::probability_shown`]; `None` where it owes nothing.
pub fn december_shown(
    probability: f64,
    unit: &Unit,
    outlook: &Outlook,
    ledger: Ledger,
    plan: &Plan,
) -> Option<f64> {
    let target = plan.targets_of(&unit.region, ledger).into_iter().rfind(|t| !t.is_milestone())?;
    let owed = Owed::new(target, unit)?;
    Some(shown(probability, &facts(unit, outlook, target, &owed, Some(probability)), plan))
}

/// The nearest step of 5 % that gives the same light as the chance itself.
fn shown(probability: f64, facts: &Facts, plan: &Plan) -> f64 {
    match probability {
        p if p < 0.05 => return 0.0,
        p if p > 0.95 => return 1.0,
        _ => {}
    }
    let light = |p: f64| plan.rule.light(&Facts { probability: Some(p), ..*facts });
    let step = |k: i32| f64::from(k) * 5.0 / 100.0;
    let near = (probability * 20.0).round() as i32;
    let other = if step(near) > probability { near - 1 } else { near + 1 };
    let same = |k: &i32| (1..20).contains(k) && light(step(*k)) == light(probability);
    step([near, other].into_iter().find(same).unwrap_or(near))
}

fn also_owed((kind, value): (TargetKind, f64), chance: Option<f64>, panel: &Panel) -> Note {
    let owed = |lang: Lang| match kind {
        TargetKind::Growth => format!("{}{}", lang.pick("growth of ", "增长"), Growth(value)),
        TargetKind::Completion => format!("{}{}", Growth(value), lang.pick(" of the plan", "的计划完成率")),
        TargetKind::Amount => panel.unit().in_words(value, panel.unit().digits(value), lang),
    };
    let likely = |lang: Lang| match chance {
        None => String::new(),
        Some(p) if p <= 0.0 => lang.pick(", under 5% likely", "，概率不足5%").to_owned(),
        Some(p) if p >= 1.0 => lang.pick(", over 95% likely", "，概率超过95%").to_owned(),
        Some(p) => match lang {
            Lang::En => format!(", about {}% likely", fixed(100.0 * p, 0)),
            Lang::Zh => format!("，概率约{}%", fixed(100.0 * p, 0)),
        },
    };
    Note::new(
        "also_owed",
        format!(
            "also owed by December: {}{}; the figures told are of the other target",
            owed(Lang::En),
            likely(Lang::En)
        ),
        format!("12月另有目标：{}{}；所列数字针对另一个目标", owed(Lang::Zh), likely(Lang::Zh)),
    )
}

fn no_plan_amount(target: &Target) -> Note {
    Note::new(
        "no_plan_amount",
        format!(
            "the target is {} of the year's plan, but neither the plan file (key of) nor a pipeline says how much that is",
            Growth(target.value)
        ),
        format!("目标为完成年度计划的{}，但计划文件（of）和项目库都未给出年度计划额", Growth(target.value)),
    )
}

/// A target with what it takes to judge it.
struct Owed {
    kind: TargetKind,
    value: f64,
    /// Amount owed, where one can be told: the median base × (1 + growth), the amount, or the share of the plan.
    amount: Option<f64>,
}

impl Owed {
    /// `None` for a completion target whose plan amount nobody gave.
    fn new(target: &Target, unit: &Unit) -> Option<Self> {
        let amount = match target.kind {
            TargetKind::Amount => Some(target.value),
            TargetKind::Completion => Some(target.of? * target.value),
            TargetKind::Growth => {
                let base = unit.months.get(&target.month).and_then(|m| m.base.as_ref());
                base.filter(|_| unit.ytd.is_some() || unit.through == 0)
                    .map(|b| b.summary().median() * (1.0 + target.value))
            }
        };
        Some(Self { kind: target.kind, value: target.value, amount })
    }

    fn chance(&self, month: &MonthOutlook) -> Option<f64> {
        match self.kind {
            TargetKind::Growth => month.growth.as_ref().map(|g| g.chance(self.value)),
            TargetKind::Amount | TargetKind::Completion => {
                month.total.as_ref().zip(self.amount).map(|(t, goal)| t.chance(goal))
            }
        }
    }

    fn need(&self, unit: &Unit) -> Option<f64> {
        let so_far = if unit.through == 0 { 0.0 } else { unit.ytd? };
        Some((self.amount? - so_far).max(0.0))
    }
}

fn need(amount: f64, unit: &Unit, panel: &Panel, year: i32) -> Need {
    let left = f64::from(12 - unit.through);
    let base = unit.december().and_then(|m| m.base.as_ref()).map(|b| b.summary().median());
    let base_left = base.and_then(|b| {
        let to_date = if unit.through == 0 { Some(0.0) } else { unit.base_to_date };
        // What rounding leaves of a year that was over by then is nothing.
        to_date.map(|d| b - d).filter(|x| *x > ROUNDING * b)
    });
    let best = (unit.kind == UnitKind::Region)
        .then(|| panel.tree().find(&unit.region))
        .flatten()
        .and_then(|region| best_rest(panel, region, year, unit.through));
    Need {
        amount,
        per_month: amount / left,
        vs_last_year: base_left.map(|b| amount / b - 1.0),
        vs_best: best.map(|b| amount / b - 1.0),
    }
}

/// The largest amount on record of the months after `through`, false months excluded.
pub(crate) fn best_rest(panel: &Panel, region: usize, year: i32, through: u8) -> Option<f64> {
    (panel.first_year()..year)
        .filter(|y| (through + 1..=12).all(|m| !panel.is_false_month(region, *y, m)))
        .filter_map(|y| {
            let from = if through == 0 { Some(0.0) } else { panel.ytd(region, y, through) };
            let year = panel.ytd(region, y, 12)?;
            Some(year - from?).filter(|rest| *rest > ROUNDING * year)
        })
        .max_by(f64::total_cmp)
}

fn facts(unit: &Unit, outlook: &Outlook, target: &Target, owed: &Owed, probability: Option<f64>) -> Facts {
    let growth_target = (target.kind == TargetKind::Growth).then_some(target.value);
    Facts {
        growth: unit.growth_ytd,
        target: growth_target,
        city_growth: outermost(unit, outlook).and_then(|city| city.growth_ytd),
        probability,
        ytd_share: match target.kind {
            TargetKind::Completion => target.of.and_then(|of| Some(unit.ytd? / of)),
            _ => owed.amount.filter(|a| *a > 0.0).and_then(|a| Some(unit.ytd? / a)),
        },
        pace: Some(pace(unit.through)),
        months_missed: growth_target.and_then(|goal| missed_running(unit, goal)),
    }
}

/// The unit at the top of a unit's part of the tree; itself where nothing is around it.
fn outermost<'a>(unit: &'a Unit, outlook: &'a Outlook) -> Option<&'a Unit> {
    let mut top = unit;
    // A tree has no more levels than units; the bound only guards against a list that is no tree.
    for _ in 0..outlook.units.len() {
        let Some(parent) = top
            .parent
            .as_ref()
            .and_then(|p| outlook.units.iter().find(|u| u.region == *p && u.kind != UnitKind::Unallocated))
        else {
            break;
        };
        top = parent;
    }
    Some(top)
}

/// Months up to the last known one, running back from it, in which growth of ytd was under the target.
fn missed_running(unit: &Unit, goal: f64) -> Option<u32> {
    let known = |m: &u8| unit.months.get(m).and_then(|month| month.growth.as_ref());
    known(&unit.through)?;
    let months = (1..=unit.through).rev();
    let missed = months.map_while(|m| known(&m)).take_while(|g| g.chance(goal) < 0.5).count();
    u32::try_from(missed).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_is_never_shown_across_a_threshold() {
        let (plan, _) = Plan::parse("year = 2023", "plan.toml").unwrap();
        let shown = |p| shown(p, &Facts { probability: Some(p), ..Facts::default() }, &plan);
        for (chance, want) in [
            (0.78, 0.75),
            (0.8, 0.8),
            (0.79, 0.75),
            (0.81, 0.8),
            (0.49, 0.45),
            (0.52, 0.5),
            (0.03, 0.0),
            (0.97, 1.0),
            (0.95, 0.95),
            (0.05, 0.05),
            (0.333, 0.35),
        ] {
            assert!((shown(chance) - want).abs() < 1e-12, "{chance} {}", shown(chance));
        }
    }
}
