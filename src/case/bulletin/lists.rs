//! The three public lists: best 展示, to watch 监督, slow 曝光, each with its reasons.

use super::desk::Desk;
use super::projects::{due, is_key};
use crate::brief::{Figure, ListKind, Listed, Measure, PublicList, Sentence};
use crate::calendar::{Day, YearMonth};
use crate::case::UnitReport;
use crate::case::words::whole;
use crate::error::Lang;
use crate::order;
use crate::pipeline::Project;
use crate::target::{Light, TargetKind};

/// Projects shown on a list.
const SHOWN: usize = 5;

impl Desk<'_> {
    pub(super) fn lists(&self, notes: &mut Vec<String>) -> Vec<PublicList> {
        let lit = self.districts(self.first_ledger()).iter().any(|u| u.light.is_some());
        if !lit && self.pipeline.is_none() {
            notes.push(self.say(
                "Neither targets nor a list of projects were given: there are no public lists.",
                "没有目标，也没有项目清单，未列三张榜单。",
            ));
            return Vec::new();
        }
        [ListKind::Best, ListKind::Watch, ListKind::Slow].into_iter().map(|kind| self.list(kind)).collect()
    }

    fn list(&self, kind: ListKind) -> PublicList {
        let (title, rule) = match kind {
            ListKind::Best => (
                self.say("On show: the best", "展示榜"),
                self.say(
                    "Districts whose light is “on track”; key projects that began before their planned day.",
                    "状态为“达标”的地区；早于计划日期开工的重点项目。",
                ),
            ),
            ListKind::Watch => (
                self.say("Under watch", "监督榜"),
                self.say(
                    "Districts whose light is “watch”, and those “at risk” though at their target so far; key projects due to begin within two months, with approvals outstanding.",
                    "状态为“关注”的地区，以及状态为“风险”但目前达到目标增速的地区；两个月内应开工而审批尚未办结的重点项目。",
                ),
            ),
            ListKind::Slow => (
                self.say("Exposed: slow", "曝光榜"),
                self.say(
                    "Districts whose light is “at risk” and that are under their target so far; key projects past their planned start with zero investment.",
                    "状态为“风险”且目前低于目标增速的地区；已过计划开工日期而零投资的重点项目。",
                ),
            ),
        };
        let ledger = self.first_ledger();
        let mut regions: Vec<&UnitReport> =
            self.districts(ledger).into_iter().filter(|u| of_light(u) == Some(kind)).collect();
        let odds = |u: &UnitReport| u.probability.unwrap_or(0.0);
        order::sort_by(&mut regions, |a, b| match kind {
            ListKind::Slow => odds(a).total_cmp(&odds(b)),
            _ => odds(b).total_cmp(&odds(a)),
        });
        let mut items: Vec<Listed> = regions
            .into_iter()
            .map(|u| Listed {
                name: u.label.clone(),
                project: false,
                region: String::new(),
                reason: self.why(u),
            })
            .collect();
        let (projects, all) = self.listed_projects(kind);
        let more = all - projects.len();
        items.extend(projects);
        let note = match (items.is_empty(), more, self.lang) {
            (true, _, _) => self.say("Nothing stands on this list.", "本期无。"),
            (false, 0, _) => String::new(),
            (false, n, Lang::En) => format!(
                "{n} more projects by the same rule; shown are those with the largest plan of the year."
            ),
            (false, n, Lang::Zh) => format!("另有{n}个项目符合条件，此处只列年度计划最大的{SHOWN}个。"),
        };
        PublicList { kind, title, rule, items, note }
    }

    /// Why a district stands on a list: growth, beside the whole, rank, chance.
    fn why(&self, unit: &UnitReport) -> Sentence {
        let mut clauses = Vec::new();
        if let Some(growth) = unit.growth_ytd {
            clauses.push(self.grew(growth, self.both(unit, "growth", "growth_ytd")));
            if let Some((head, all)) = self.head().and_then(|h| Some((h, h.growth_ytd?)))
                && head.through == unit.through
            {
                let from = format!(
                    "({}) − ({})",
                    self.both(unit, "growth", "growth_ytd"),
                    self.both(head, "growth", "growth_ytd")
                );
                clauses.push(self.beside((growth - all) * 100.0, &whole(&head.label, self.lang), from));
            }
        }
        if let Some(rank) = unit.rank {
            clauses.push(self.line(
                "rank {0}",
                "居第{0}位",
                vec![self.count(rank, self.key(unit, "rank")).into()],
            ));
        }
        self.grouped(vec![clauses, self.odds(unit).into_iter().collect()])
    }

    /// Projects of a list, the largest first, and how many there are in all.
    fn listed_projects(&self, kind: ListKind) -> (Vec<Listed>, usize) {
        let Some(pipeline) = &self.pipeline else { return (Vec::new(), 0) };
        let today = self.today();
        let soon = end_of(today.month.next().next());
        let on = |p: &&Project| {
            let row = &p.row;
            let planned = row.start_planned;
            is_key(p)
                && self.covers(&row.region)
                && match kind {
                    ListKind::Best => row.start_actual.zip(planned).is_some_and(|(a, p)| a < p && a <= today),
                    ListKind::Watch => {
                        !p.begun()
                            && planned.is_some_and(|day| day > today && day <= soon)
                            && !row.approvals.is_empty()
                    }
                    ListKind::Slow => {
                        planned.is_some_and(|day| day <= today) && due(p, today) && p.zero_investment(today)
                    }
                }
        };
        let mut these: Vec<&Project> = pipeline.projects().iter().filter(on).collect();
        let plan = |p: &Project| p.row.plan_year.or(p.row.total).unwrap_or(0.0);
        order::sort_by(&mut these, |a, b| plan(b).total_cmp(&plan(a)).then_with(|| a.row.id.cmp(&b.row.id)));
        let all = these.len();
        let listed = these.into_iter().take(SHOWN).map(|p| Listed {
            name: p.row.name.clone().unwrap_or_else(|| p.row.id.clone()),
            project: true,
            region: self.region_name(&p.row.region),
            reason: self.why_project(p, kind),
        });
        (listed.collect(), all)
    }

    fn why_project(&self, project: &Project, kind: ListKind) -> Sentence {
        let row = &project.row;
        let at =
            |column: &str| self.of_list(&format!("{}, {column}", row.id), &format!("{} {column}", row.id));
        let mut clauses = Vec::new();
        if let Some(planned) = row.start_planned {
            let planned = day(planned, at("start_planned"));
            clauses.push(match (kind, row.start_actual) {
                (ListKind::Best, Some(actual)) => self.line(
                    "begun on {0}, planned for {1}",
                    "{0}开工，计划{1}",
                    vec![day(actual, at("start_actual")).into(), planned.into()],
                ),
                (ListKind::Watch, _) => self.line("due to begin on {0}", "应于{0}开工", vec![planned.into()]),
                _ => self.line(
                    "due since {0}, nothing invested",
                    "应于{0}开工，至今零投资",
                    vec![planned.into()],
                ),
            });
        }
        if let Some(plan) = row.plan_year {
            let plan = self.amount(plan, self.first_ledger(), at("plan_year"));
            clauses.push(self.line("{0} planned for the year", "年度计划{0}", vec![plan.into()]));
        }
        if !row.approvals.is_empty() {
            clauses.push(self.outstanding(project));
        }
        self.closed(clauses)
    }

    /// The approvals that a project waits for, and how long the longest takes.
    pub(super) fn outstanding(&self, project: &Project) -> Sentence {
        let row = &project.row;
        let names = self.names(row.approvals.keys().map(|a| a.label(self.lang)));
        let longest = row.approvals.values().copied().max().unwrap_or(0);
        let from = self.of_list(
            &format!("{}, approvals, the longest", row.id),
            &format!("{} approvals中最长的", row.id),
        );
        self.line(
            "outstanding: {0} (up to {1} working days)",
            "待办{0}（最长{1}个工作日）",
            vec![names.into(), self.count(longest, from).into()],
        )
    }
}

/// The list that a district's light puts it on. One at risk that is at its target so far is not slow, but to be watched.
fn of_light(unit: &UnitReport) -> Option<ListKind> {
    let target = unit.target.as_ref().and_then(|t| match t.kind {
        TargetKind::Growth => Some(t.value),
        // What an amount is as growth of the year.
        TargetKind::Amount | TargetKind::Completion => {
            let base = unit.year_base.filter(|base| *base > 0.0)?;
            Some(t.owed? / base - 1.0)
        }
    });
    let at_target = target.zip(unit.growth_ytd).is_some_and(|(target, growth)| growth >= target);
    Some(match unit.light? {
        Light::Green => ListKind::Best,
        Light::Yellow => ListKind::Watch,
        Light::Red if at_target => ListKind::Watch,
        Light::Red => ListKind::Slow,
    })
}

/// The last day of a month.
pub(super) fn end_of(month: YearMonth) -> Day {
    Day { month, day: month.days() }
}

/// A day as a figure: `2023-08-15`, with 20230815 for its value.
pub(super) fn day(day: Day, from: String) -> Figure {
    let value = f64::from(day.month.year) * 1e4 + f64::from(day.month.month) * 100.0 + f64::from(day.day);
    Figure { shown: day.to_string(), value, measure: Measure::Time, from }
}
