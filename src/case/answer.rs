//! One question to a case, and everything that can be read from its answer.

use crate::calendar::YearMonth;
use crate::case::load::placed;
use crate::case::{Case, CaseError, SEED};
use crate::error::{Diagnostic, Lang, Note, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::order;
use crate::outlook::{Ask, Learning, Outlook, learned_from};
use crate::panel::{Panel, PanelError};
use crate::par;
use crate::target::{Plan, Risk, Standing, league, risks};
use std::collections::BTreeSet;

/// What is asked of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The last data month to use; `None` for the case's usual one.
    pub as_of: Option<YearMonth>,
    /// Seed of the draws.
    pub seed: u64,
    /// Ledgers to answer for; `None` for all that have figures.
    pub ledger: Option<Ledger>,
    /// Whether every month ahead is answered, as a chart needs, and not only those that something is owed by.
    pub every_month: bool,
    /// A ledger that every month ahead is answered of in any case, where one question serves its table and its charts.
    pub in_full: Option<Ledger>,
}

impl Default for Question {
    fn default() -> Self {
        Self { as_of: None, seed: SEED, ledger: None, every_month: false, in_full: None }
    }
}

/// The answer for one ledger.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What was known.
    pub panel: Panel,
    /// Where each unit will land.
    pub outlook: Outlook,
    /// The risk of each unit, in the outlook's order.
    pub risks: Vec<Risk>,
    /// The standing of each unit, in the outlook's order.
    pub standings: Vec<Standing>,
}

/// The answer to a question, which does not need its case any longer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The last data month used.
    pub as_of: YearMonth,
    /// Seed of the draws.
    pub seed: u64,
    /// The plan, where the case has one.
    pub plan: Option<Plan>,
    /// The ledgers, in their order.
    pub ledgers: Vec<Answered>,
    /// What was found about months: false, falling, missing.
    pub found: Vec<Diagnostic>,
    /// The name of the scenario that it is under, which may be empty; `None` for the outlook as it is.
    pub scenario: Option<String>,
}

impl Case {
    /// Answers a question.
    ///
    /// # Errors
    /// [`CaseError::AfterData`] for a month after the data, other than of the year that follows a last December:
    /// that year is answered from the past alone. [`CaseError::Panel`] where no ledger has figures
    /// at or before it.
    pub fn ask(&self, question: &Question) -> Result<Answer, CaseError> {
        let (as_of, asked) = self.asked(question)?;
        let answers = par::map(&asked, |ledger| {
            let (learning, found) = self.learning(*ledger, as_of, question)?;
            Ok(self.conclude(learning, found))
        });
        self.gather(as_of, question.seed, answers)
    }

    /// The month a question is about, and the ledgers.
    pub(super) fn asked(&self, question: &Question) -> Result<(YearMonth, Vec<Ledger>), CaseError> {
        let as_of = question.as_of.map_or_else(|| self.usual_month(), Ok)?;
        let last = self.last_month()?;
        if as_of > last && !self.follows_whole_year(as_of.year) {
            return Err(CaseError::AfterData { got: as_of, last });
        }
        let of = |l: &Ledger| question.ledger.is_none_or(|q| q == *l);
        Ok((as_of, self.cells.ledgers().into_iter().filter(of).collect()))
    }

    /// The answer from those of the ledgers.
    pub(super) fn gather(
        &self,
        as_of: YearMonth,
        seed: u64,
        answers: impl IntoIterator<Item = Result<(Answered, Vec<Diagnostic>), PanelError>>,
    ) -> Result<Answer, CaseError> {
        let (mut ledgers, mut found, mut nothing) = (Vec::new(), Vec::new(), PanelError::Empty);
        for answer in answers {
            match answer {
                Ok((answered, about)) => {
                    ledgers.push(answered);
                    found.extend(about);
                }
                // Of several ledgers, the one whose figures begin first says from when on there is something to ask for.
                Err(e) => nothing = earlier(nothing, e),
            }
        }
        if ledgers.is_empty() {
            return Err(nothing.into());
        }
        Ok(Answer { as_of, seed, plan: self.plan.clone(), ledgers, found, scenario: None })
    }
}

fn earlier(a: PanelError, b: PanelError) -> PanelError {
    match (&a, &b) {
        (PanelError::NothingYet { first: x, .. }, PanelError::NothingYet { first: y, .. }) if x <= y => a,
        _ => b,
    }
}

impl Answer {
    /// The last month that a figure is of.
    pub fn known_through(&self) -> YearMonth {
        let units = self.ledgers.iter().flat_map(|a| &a.outlook.units);
        YearMonth::known(self.as_of.year, units.map(|unit| unit.through).max().unwrap_or(0))
    }
}

impl Case {
    /// The panel of a ledger and the steps of its outlook, with what was found about months.
    pub(super) fn learning(
        &self,
        ledger: Ledger,
        as_of: YearMonth,
        question: &Question,
    ) -> Result<(Learning<Panel>, Vec<Diagnostic>), PanelError> {
        let (panel, found) = self.cells.panel(ledger, as_of)?;
        let found = placed(found, &self.origins, &self.file, &self.found);
        let targets = || self.plan.iter().flat_map(|p| &p.targets).filter(|t| t.ledger == ledger);
        let owed = order::set(targets().map(|t| t.month));
        let months =
            if question.every_month || question.in_full == Some(ledger) { order::set(1..=12) } else { owed };
        let roll_up = order::set(targets().map(|t| t.region.clone()));
        Ok((Learning::plan(panel, Ask { as_of, months, seed: question.seed, roll_up }), found))
    }

    /// Takes the steps that are left, and adds what the plan makes of the outlook.
    pub(super) fn conclude(
        &self,
        learning: Learning<Panel>,
        mut found: Vec<Diagnostic>,
    ) -> (Answered, Vec<Diagnostic>) {
        let (panel, outlook) = learning.finish();
        let (ledger, as_of) = (panel.ledger(), outlook.as_of);
        let risks = match &self.plan {
            Some(plan) if plan.year == as_of.year => risks(&outlook, &panel, plan),
            Some(plan) => vec![other_year(plan, as_of.year); outlook.units.len()],
            None => vec![Risk::default(); outlook.units.len()],
        };
        found.extend(self.unanswered(ledger, as_of, &outlook));
        found.extend(sampled(&panel, as_of.year));
        let standings = league(&outlook, &risks);
        (Answered { panel, outlook, risks, standings }, found)
    }
}

impl Case {
    /// Targets of a ledger that no unit answers: a region whose districts are not all known, say.
    fn unanswered(&self, ledger: Ledger, as_of: YearMonth, outlook: &Outlook) -> Vec<Diagnostic> {
        let plan = self.plan.iter().filter(|p| p.year == as_of.year);
        let targets = plan.flat_map(|p| &p.targets).filter(|t| t.ledger == ledger);
        let mut told = BTreeSet::new();
        targets
            .filter(|t| !outlook.units.iter().any(|u| u.id() == t.region) && told.insert(&t.region))
            .map(|t| Diagnostic {
                code: "target_unanswered",
                severity: Severity::Warning,
                place: t.place.clone(),
                value: t.region.clone(),
                text: Said::new(
                    format!(
                        "{} has a target, but neither figures of its own nor of all its districts at {as_of}",
                        t.region
                    ),
                    format!("{}有目标，但{as_of}本级和全部下级的数据均不齐", t.region),
                ),
                help: Said::new("add its rows, or the missing districts'", "请补充本级或缺失下级的数据"),
            })
            .collect()
    }
}

/// That a large panel was learned from a part of its regions.
fn sampled(panel: &Panel, year: i32) -> Option<Diagnostic> {
    let (learned, all) = (learned_from(panel, year), panel.members().count());
    (learned < all).then(|| Diagnostic {
        code: "learned_from_sample",
        severity: Severity::Note,
        place: Place::default(),
        value: learned.to_string(),
        text: Said::new(
            format!(
                "{}: weights and widths are learned from {learned} of {all} regions; all are answered",
                panel.ledger()
            ),
            format!(
                "{}：权重和区间宽度取自{all}个地区中的{learned}个；所有地区均作推算",
                panel.ledger().label(Lang::Zh)
            ),
        ),
        help: Said::new(
            "nothing needs doing; of the other regions no past error of their own counts",
            "无需处理；其余地区不计入自身的往年误差",
        ),
    })
}

impl Answer {
    /// The answer for a ledger and the position of a region's unit in it.
    ///
    /// # Errors
    /// [`CaseError::Region`] for a name that this ledger does not have.
    pub fn find(&self, region: &str, ledger: Ledger) -> Result<(&Answered, usize), CaseError> {
        let answered = self.ledgers.iter().find(|a| a.panel.ledger() == ledger);
        let listed = self.plan.as_ref().and_then(|p| p.called(region));
        let name = listed.map_or(region, |r| r.name.as_str());
        let place = answered.and_then(|a| {
            let position = a.outlook.units.iter().position(|u| u.id() == name)?;
            Some((a, position))
        });
        place.ok_or_else(|| CaseError::Region {
            got: region.into(),
            ledger,
            known: answered.map(|a| a.outlook.units.iter().map(|u| u.id()).collect()).unwrap_or_default(),
        })
    }
}

fn other_year(plan: &Plan, year: i32) -> Risk {
    let mut risk = Risk::default();
    if !plan.targets.is_empty() {
        risk.notes.push(Note::new(
            "plan_of_other_year",
            format!(
                "the plan is for {0}, the data for {year}: its targets show in months of {0} only",
                plan.year
            ),
            format!("计划为{0}年，数据为{year}年：目标仅在{0}年的月份显示", plan.year),
        ));
    }
    risk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Look;
    use crate::chart::theme::Theme;

    #[test]
    fn data_are_known_through_the_last_figure_and_not_through_the_month_asked_for() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let through = |year, month| {
            let as_of = Some(YearMonth { year, month });
            case.ask(&Question { as_of, ..Question::default() }).unwrap().known_through().to_string()
        };
        assert_eq!([through(2023, 7), through(2024, 3)], ["2023-07", "2023-12"]);
    }

    #[test]
    fn a_month_before_all_figures_is_told_when_the_first_ledger_begins() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let as_of = Some(YearMonth { year: 2010, month: 3 });
        let refused = case.ask(&Question { as_of, ..Question::default() }).unwrap_err();
        let first = *case.cells().months().first().unwrap();
        assert!(refused.to_string().ends_with(&first.to_string()), "{refused}");
    }

    #[test]
    fn a_ledger_told_in_full_has_the_same_table_and_the_charts_of_every_month() {
        let case = Case::sample("wuzhong-2023").unwrap();
        let ask = |question: Question| case.ask(&question).unwrap();
        let table = ask(Question::default());
        let both = ask(Question { in_full: Some(Ledger::Fai), ..Question::default() });
        let charts = ask(Question { ledger: Some(Ledger::Fai), every_month: true, ..Question::default() });
        for lang in [Lang::En, Lang::Zh] {
            assert_eq!(table.report(lang), both.report(lang));
            let (theme, width, height) = (Theme::Light, 960, 540);
            let look = Look { lang, unit: None, theme, width, height, heading: true };
            for region in ["吴忠市", "青铜峡市"] {
                let fan = |answer: &Answer| answer.fan(region, Ledger::Fai, &look).unwrap();
                assert_eq!(fan(&both), fan(&charts));
                assert_ne!(fan(&table), fan(&charts), "without months between, a line bridges them");
            }
        }
    }
}
