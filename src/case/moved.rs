//! The answer as it would be under a scenario, so that everything that is read from an answer can be read of it.

use crate::case::{Answer, Answered, CaseError};
use crate::error::{Lang, Note};
use crate::ledger::Ledger;
use crate::outlook::{MonthOutlook, Unit, UnitKind};
use crate::scenario::{Baseline, Scenario};
use crate::target::{Risk, TargetKind, best_rest, december_shown, league, risks};
use crate::unit::signed;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the months left may bring beyond the most on record before it is told, a ratio: districts owe 10 to 12 % of growth, so
/// that a good year beats every one before by about as much; this is twice that.
const BEYOND_RECORD: f64 = 1.25;

impl Answer {
    /// This answer for one ledger under a scenario, and what the reader must know. Chances, lights, gaps and ranks follow by
    /// the same rules as the outlook's. `also` says of which units every month ahead is told, as far as this answer has them;
    /// of the others December and what something is owed by.
    ///
    /// `baseline` must be made from this answer.
    ///
    /// # Errors
    /// [`CaseError::Scenario`] as [`Baseline::moved`].
    pub fn moved(
        &self,
        baseline: &Baseline,
        scenario: &Scenario,
        ledger: Ledger,
        also: impl Fn(&Unit) -> bool,
    ) -> Result<(Answer, Vec<Note>), CaseError> {
        let mut plan = self.plan.clone();
        let (mut ledgers, mut warnings) = (Vec::new(), Vec::new());
        for answered in self.ledgers.iter().filter(|a| a.panel.ledger() == ledger) {
            let moved = baseline.moved(scenario, ledger, &answered.outlook, &also)?;
            // Where a shortfall is taken over, the regions owe something else than the plan says.
            for (unit, goal) in moved.outlook.units.iter().zip(&moved.goals) {
                let (Some(goal), Some(plan)) = (goal, &mut plan) else { continue };
                let name = plan.find_region(&unit.region).map_or(unit.region.clone(), |r| r.name.clone());
                let mut owed = plan.targets.iter_mut().filter(|t| t.region == name && t.ledger == ledger);
                if let Some(target) = owed.find(|t| t.month == 12 && t.kind == TargetKind::Growth) {
                    target.value = *goal;
                }
            }
            let risks = match &plan {
                Some(plan) if plan.year == self.as_of.year => risks(&moved.outlook, &answered.panel, plan),
                _ => answered.risks.clone(),
            };
            let standings = league(&moved.outlook, &risks);
            let panel = answered.panel.clone();
            ledgers.push(Answered { panel, outlook: moved.outlook, risks, standings });
            warnings.extend(moved.warnings);
        }
        let found = self.found.clone();
        let scenario = Some(scenario.name.clone());
        let after = Answer { as_of: self.as_of, seed: self.seed, plan, ledgers, found, scenario };
        let december = |unit: &Unit| Some(unit.december()?.total.as_ref()?.summary().median());
        let units = paired(self, &after)
            .flat_map(|(b, a)| b.outlook.units.iter().zip(&a.outlook.units).map(move |pair| (b, pair)));
        let moved = units.filter_map(|(of, (was, is))| Some((of, was, [december(was)?, december(is)?])));
        warnings.extend(self.beyond_record(moved));
        Ok((after, warnings))
    }

    /// Where a scenario has the months left bring far more than they ever did, a note a ledger: `moved` tells of units of this
    /// answer what their December comes to in the median, as it is and under the scenario.
    pub(super) fn beyond_record<'a>(
        &self,
        moved: impl Iterator<Item = (&'a Answered, &'a Unit, [f64; 2])>,
    ) -> Vec<Note> {
        let mut far: BTreeMap<Ledger, Vec<(&Unit, [f64; 2])>> = BTreeMap::new();
        for (of, unit, [was, is]) in moved {
            if is <= was || unit.kind != UnitKind::Region {
                continue;
            }
            let most = of
                .panel
                .tree()
                .find(&unit.region)
                .and_then(|place| best_rest(&of.panel, place, self.as_of.year, unit.through));
            let Some((most, ytd)) = most.zip(unit.ytd) else { continue };
            if is - ytd > BEYOND_RECORD * most {
                let beyond = [was, is].map(|total| (total - ytd) / most - 1.0);
                far.entry(of.panel.ledger()).or_default().push((unit, beyond));
            }
        }
        far.iter().map(|(ledger, units)| self.far_note(*ledger, units)).collect()
    }

    fn far_note(&self, ledger: Ledger, units: &[(&Unit, [f64; 2])]) -> Note {
        let percent = |part: f64| format!("{}%", signed(100.0 * part, 0));
        let list = |lang: Lang| {
            let one = |(unit, [was, is]): &(&Unit, [f64; 2])| match lang {
                Lang::En => {
                    format!("{} {} (baseline {})", self.label(unit, lang), percent(*is), percent(*was))
                }
                Lang::Zh => format!("{}{}（照常{}）", self.label(unit, lang), percent(*is), percent(*was)),
            };
            units.iter().map(one).collect::<Vec<_>>().join(lang.pick(", ", "、"))
        };
        let book = |lang: Lang| ledger.label(lang);
        Note::new(
            "beyond_record",
            format!(
                "{}: the months left would bring far more than the most on record: {}; ask whether that can be done",
                book(Lang::En),
                list(Lang::En)
            ),
            format!(
                "{}：剩余月份的完成额将远超历史最快同期：{}；请核实能否做到",
                book(Lang::Zh),
                list(Lang::Zh)
            ),
        )
    }
}

impl Answer {
    /// A chance of a unit's December as it is shown, by the rule of the unit's light; `None` where nothing is owed.
    ///
    /// # Errors
    /// [`CaseError::Region`] as [`Answer::find`].
    pub fn shown(&self, region: &str, ledger: Ledger, probability: f64) -> Result<Option<f64>, CaseError> {
        let (answered, at) = self.find(region, ledger)?;
        let plan = self.plan.as_ref().filter(|p| p.year == self.as_of.year);
        let unit = &answered.outlook.units[at];
        Ok(plan.and_then(|plan| {
            december_shown(probability, unit, &answered.outlook, answered.panel.ledger(), plan)
        }))
    }
}

/// What a scenario changes of one unit's December, in the medians and in the chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ChangeReport {
    /// Id of the unit, as the outlook has it.
    pub region: String,
    /// Median growth, points.
    pub median_pp: Option<f64>,
    /// Median amount, in the unit of the panel.
    pub total: Option<f64>,
    /// Chance, a difference of two ratios.
    pub probability: Option<f64>,
    /// Median amount over what is owed; none where no amount is.
    pub gap_total: Option<f64>,
    /// Median growth over the target, points.
    pub gap_pp: Option<f64>,
    /// Whether any figure of December or of what is owed moved.
    pub any: bool,
}

/// The ledgers that two answers both have.
fn paired<'a>(before: &'a Answer, after: &'a Answer) -> impl Iterator<Item = (&'a Answered, &'a Answered)> {
    let same = |a: &Answered| before.ledgers.iter().find(|b| b.panel.ledger() == a.panel.ledger());
    after.ledgers.iter().filter_map(move |a| Some((same(a)?, a)))
}

/// The changes from one answer to another, unit by unit, for the ledgers that both have.
pub fn changes(before: &Answer, after: &Answer) -> Vec<ChangeReport> {
    let units = paired(before, after).flat_map(|(b, a)| {
        let before = b.outlook.units.iter().zip(&b.risks);
        before.zip(a.outlook.units.iter().zip(&a.risks))
    });
    units.map(|(before, after)| change(before, after)).collect()
}

fn change((was, risk_was): (&Unit, &Risk), (is, risk_is): (&Unit, &Risk)) -> ChangeReport {
    let median = |unit: &Unit, pick: fn(&MonthOutlook) -> Option<f64>| unit.december().and_then(pick);
    let both = |pick: fn(&MonthOutlook) -> Option<f64>| Some(median(is, pick)? - median(was, pick)?);
    let growth = both(|m| Some(m.growth.as_ref()?.summary().median()));
    let total = both(|m| Some(m.total.as_ref()?.summary().median()));
    let probability = risk_is.probability.zip(risk_was.probability).map(|(a, b)| a - b);
    let gap = |unit: &Unit, risk: &Risk| {
        Some(median(unit, |m| Some(m.total.as_ref()?.summary().median()))? - risk.owed?)
    };
    let gap_total = gap(is, risk_is).zip(gap(was, risk_was)).map(|(a, b)| a - b);
    let gap_pp = risk_is.gap.zip(risk_was.gap).map(|(a, b)| a.0 - b.0);
    let moved = |x: Option<f64>| x.is_some_and(|x| x != 0.0);
    let owed = risk_is.target != risk_was.target || risk_is.owed != risk_was.owed;
    ChangeReport {
        region: is.id(),
        median_pp: growth.map(|g| 100.0 * g),
        total,
        probability,
        gap_total,
        gap_pp,
        any: moved(growth) || moved(total) || moved(probability) || owed,
    }
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, ChartKind, Look, Pictured, Question, ScenarioReport};
    use crate::chart::theme::Theme;
    use crate::chart::{Chart, SmallFan};
    use crate::error::{Lang, Note};
    use crate::ledger::Ledger;
    use crate::scenario::{LeverId, Scenario, Setting};
    use crate::stats::DRAWS;

    #[test]
    fn what_no_year_ever_brought_is_told() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
        let baseline = case.baseline(&answer, 2048).unwrap();
        let warned = |pace: f64| {
            let settings = vec![Setting::new(LeverId::Pace, pace)];
            let scenario = Scenario { settings, ..Scenario::empty("", 2023) };
            let (_, notes) = answer.moved(&baseline, &scenario, Ledger::Fai, |_| false).unwrap();
            let mine = |notes: Vec<Note>| notes.into_iter().find(|note| note.code == "beyond_record");
            let (told, all) =
                ScenarioReport::with_shares(&answer, &baseline, &scenario, None, Lang::Zh).unwrap();
            // The terminal's table and the bulletin read it from there.
            let text = mine(notes).map(|note| note.text.zh);
            assert_eq!(mine(all).map(|note| note.text.zh), text);
            assert_eq!(
                told.warnings.iter().find(|w| w.code == "beyond_record").map(|w| w.text.clone()),
                text
            );
            text
        };
        assert_eq!(warned(1.02), None);
        assert!(warned(1.6).is_some_and(|text| text.contains("吴忠市+")), "{:?}", warned(1.6));
    }

    #[test]
    fn every_region_s_line_goes_through_every_month_under_a_scenario_too() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
        let baseline = case.baseline(&answer, 2048).unwrap();
        let scenario =
            Scenario { settings: vec![Setting::new(LeverId::Pace, 1.1)], ..Scenario::empty("", 2023) };
        let look =
            Look { lang: Lang::Zh, unit: None, theme: Theme::Light, width: 1280, height: 720, heading: true };
        let of = |scenario| Pictured {
            case: &case,
            answer: &answer,
            baseline: Some(&baseline),
            scenario,
            shared: None,
            region: "吴忠市",
            ledger: Ledger::Fai,
        };
        let months = |scenario| {
            let (chart, _) = of(scenario).chart(ChartKind::Multiples, &look).unwrap();
            let Chart::Multiples(spec) = chart else { unreachable!("multiples were asked for") };
            let of = |panel: &SmallFan| panel.fan.iter().map(|at| at.month).collect::<Vec<u8>>();
            spec.parts().panels.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(months(Some(&scenario)), months(None));
        assert!(months(None).iter().all(|of_one| of_one.len() >= 5));
    }

    #[test]
    fn a_moved_answer_tells_what_a_run_tells() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
        let baseline = case.baseline(&answer, DRAWS).unwrap();
        let whole = case.ask(&Question::default()).unwrap().report(Lang::En);
        let sets = [
            vec![],
            vec![Setting::new(LeverId::Pace, 1.1), Setting::new(LeverId::Base, 2.0).within("盐池县")],
            vec![Setting::new(LeverId::Activate, 100.0), Setting::new(LeverId::TakeOver, 50.0)],
            vec![Setting::new(LeverId::FundsPace, 0.9), Setting::new(LeverId::StartShift, 2.0)],
        ];
        for settings in sets {
            let empty = settings.is_empty();
            let scenario = Scenario { settings, ..Scenario::empty("", 2023) };
            let outcome = baseline.run(&scenario).unwrap();
            for ledger in [Ledger::Fai, Ledger::Works, Ledger::Attraction] {
                let chart = Some("吴忠市").filter(|_| ledger == Ledger::Fai);
                let (moved, _) = answer
                    .moved(&baseline, &scenario, ledger, |unit| chart == Some(unit.id().as_str()))
                    .unwrap();
                let report = moved.report(Lang::En);
                for unit in &report.units {
                    if empty {
                        // What no lever moves is the outlook's own, to the last bit.
                        let same =
                            |u: &&super::super::UnitReport| u.region == unit.region && u.ledger == ledger;
                        assert_eq!(Some(unit), whole.units.iter().find(same));
                    }
                    if let Some(p) = unit.probability {
                        assert_eq!(moved.shown(&unit.region, ledger, p).unwrap(), unit.probability_shown);
                    }
                    let Some(run) = outcome.unit(&unit.region, ledger).and_then(|u| u.december()) else {
                        continue;
                    };
                    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
                        (a, b) => a == b,
                    };
                    let got = unit.growth.as_ref().map(|g| g.quantiles.p50);
                    assert!(
                        near(unit.probability, run.scenario.probability),
                        "{} {run:?} {unit:?}",
                        unit.region
                    );
                    let milestones =
                        outcome.unit(&unit.region, ledger).map(|u| u.months.as_slice()).unwrap_or_default();
                    for mine in &unit.milestones {
                        let other =
                            milestones.iter().find(|m| m.month == mine.month && m.month > unit.through);
                        let told = other.and_then(|m| m.scenario.probability);
                        assert!(told.is_none() || near(mine.probability, told), "{} {mine:?}", unit.region);
                    }
                    let total = unit.year_end.as_ref().map(|t| t.quantiles.p50);
                    for (table, told) in [(got, run.scenario.growth), (total, run.scenario.total)] {
                        assert!(table.is_none() || near(table, told), "{} {table:?} {told:?}", unit.region);
                    }
                }
                if let Some(region) = chart {
                    let (_, at) = moved.find(region, ledger).unwrap();
                    assert_eq!(moved.ledgers[0].outlook.units[at].months.range(8..).count(), 5);
                }
            }
        }
    }
}
