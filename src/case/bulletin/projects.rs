//! Key projects: in the books, zero investment, new entries, starts, completion by the months by which it is owed.

use super::desk::Desk;
use crate::brief::{MilestoneRow, Owed, Projects, ProjectsRow, Sentence};
use crate::calendar::Day;
use crate::case::UnitReport;
use crate::case::words::month_name;
use crate::error::Lang;
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::pipeline::{Kind, Project};
use crate::target::TargetKind;

/// Whether a project is one that the ledger `works` counts, and no place in the funnel.
pub(super) fn is_key(project: &Project) -> bool {
    matches!(project.row.kind, None | Some(Kind::Key))
}

/// Whether it should have begun by a day.
pub(super) fn due(project: &Project, by: Day) -> bool {
    let row = &project.row;
    [row.start_actual, row.start_planned].into_iter().flatten().any(|day| day <= by) || project.begun()
}

impl Desk<'_> {
    /// The last day of the data month.
    pub(super) fn today(&self) -> Day {
        Day { month: self.answer.as_of, day: self.answer.as_of.days() }
    }

    /// Regions that are inside the one that the bulletin is about, itself included, by name.
    pub(super) fn covers(&self, region: &str) -> bool {
        let Some(head) = self.head() else { return true };
        let tree = self.case.cells.tree();
        let Some((inside, around)) = tree.find(region).zip(tree.find(&head.region)) else { return false };
        inside == around || tree.ancestors(inside).any(|a| a == around)
    }

    /// The name of a region to show.
    pub(super) fn region_name(&self, region: &str) -> String {
        let listed = self.case.plan().and_then(|p| p.find_region(region));
        listed.map_or_else(|| region.to_owned(), |r| r.label(self.lang).to_owned())
    }

    /// What the list of projects is called in an account of a figure.
    pub(super) fn of_list(&self, en: &str, zh: &str) -> String {
        match self.lang {
            Lang::En => format!("list of projects: {en}"),
            Lang::Zh => format!("项目清单：{zh}"),
        }
    }

    pub(super) fn projects(&self) -> Projects {
        let milestones = self.milestones(Ledger::Works);
        let mut words: Vec<Sentence> = self.completion().into_iter().collect();
        let Some(pipeline) = &self.pipeline else {
            let note = self.say(
                "No list of projects was given: entries in the books, zero investment and starts are left out.",
                "没有项目清单，入统、零投资和开工情况未列入。",
            );
            return Projects { words, milestones, note, ..Projects::default() };
        };
        let key: Vec<&Project> =
            pipeline.projects().iter().filter(|p| is_key(p) && self.covers(&p.row.region)).collect();
        if key.is_empty() {
            let note = self.say("The list holds no key project.", "清单中没有重点项目。");
            return Projects { words, milestones, note, ..Projects::default() };
        }
        let all = self.projects_row(self.say("All", "合计"), &key, true);
        words.splice(0..0, self.project_words(&all));
        let mut rows = vec![all];
        for region in pipeline.regions() {
            let these: Vec<&Project> = key.iter().copied().filter(|p| p.row.region == *region).collect();
            if !these.is_empty() {
                rows.push(self.projects_row(self.region_name(region), &these, false));
            }
        }
        let note = self.say(
            "Due: planned or actual start on or before the last day of the data month, or work done. Zero investment: due or under construction, and nothing completed. Start rate: begun ÷ due.",
            "应开工：计划或实际开工日期不晚于数据月末，或已有完成投资。零投资：应开工或在建而无完成投资。开工率＝已开工÷应开工。",
        );
        Projects { words, rows, milestones, note }
    }

    fn projects_row(&self, region: String, these: &[&Project], all: bool) -> ProjectsRow {
        let (today, month) = (self.today(), self.answer.as_of);
        let count = |f: &dyn Fn(&Project) -> bool| {
            u32::try_from(these.iter().filter(|p| f(p)).count()).unwrap_or(u32::MAX)
        };
        let plans: Vec<f64> = these.iter().filter_map(|p| p.row.plan_year).collect();
        let scale = self.scale(self.first_ledger());
        ProjectsRow {
            region,
            all,
            count: count(&|_| true),
            plan_year: scale.filter(|_| !plans.is_empty()).map(|scale| num::sum(plans) * scale),
            in_books: count(&|p| p.row.in_books.is_some_and(|day| day <= today)),
            entered: count(&|p| p.row.in_books.is_some_and(|day| day.month == month)),
            due: count(&|p| due(p, today)),
            begun: count(&|p| due(p, today) && p.begun()),
            zero: count(&|p| p.zero_investment(today)),
        }
    }

    fn project_words(&self, all: &ProjectsRow) -> Vec<Sentence> {
        let count = |n: u32, en: &str, zh: &str| self.count(n, self.of_list(en, zh));
        let mut first = vec![self.line(
            "{0} key projects on the list",
            "清单中重点项目{0}个",
            vec![count(all.count, "key projects", "重点项目数").into()],
        )];
        if let Some(plan) = all.plan_year {
            // It stands in the bulletin's money already.
            let scale = self.scale(self.first_ledger()).unwrap_or(1.0);
            let from = self.of_list("sum of plan_year", "plan_year合计");
            let plan = self.amount(plan / scale, self.first_ledger(), from);
            first.push(self.line("{0} planned for the year", "年度计划投资{0}", vec![plan.into()]));
        }
        first.push(self.line(
            "{0} in the statistical books, of which {1} entered in {2}",
            "已入统{0}个，其中{2}新入库{1}个",
            vec![
                    count(
                        all.in_books,
                        "in_books on or before the last day of the month",
                        "月末前in_books有日期的项目数",
                    )
                    .into(),
                    count(all.entered, "in_books within the month", "in_books在当月的项目数").into(),
                    month_name(self.answer.as_of.month, self.lang).into(),
                ],
        ));
        let mut second = Vec::new();
        if all.due > 0 {
            let ratio = f64::from(all.begun) / f64::from(all.due);
            let rate = self.percent(ratio, self.of_list("begun ÷ due", "已开工÷应开工"));
            second.push(self.line(
                "{0} should have begun, {1} have: a start rate of {2}",
                "应开工{0}个，已开工{1}个，开工率{2}",
                vec![
                    count(all.due, "due", "应开工数").into(),
                    count(all.begun, "due and begun", "应开工且已开工数").into(),
                    rate.into(),
                ],
            ));
        }
        second.push(self.line(
            "{0} with zero investment",
            "零投资项目{0}个",
            vec![count(all.zero, "zero investment", "零投资项目数").into()],
        ));
        vec![self.closed(first), self.closed(second)]
    }

    /// How much of the year's plan the key projects have done, and how likely the rest is.
    fn completion(&self) -> Option<Sentence> {
        let unit = self.told_of(Ledger::Works)?;
        Some(self.grouped(vec![self.in_place(unit)?, self.milestone_words(unit)]))
    }

    /// The region of the bulletin in a ledger that has figures of it.
    pub(super) fn told_of(&self, ledger: Ledger) -> Option<&UnitReport> {
        self.scale(ledger)?;
        self.head_in(ledger).filter(|u| u.ytd.is_some())
    }

    /// What is done so far, and which part of what is owed that is.
    pub(super) fn in_place(&self, unit: &UnitReport) -> Option<Vec<Sentence>> {
        let amount = self.amount(unit.ytd?, unit.ledger, self.both(unit, "ytd", "ytd"));
        let book = self.book(unit.ledger);
        let mut clauses = vec![self.line("{0}: {1}", "{0}{1}", vec![capital(&book).into(), amount.into()])];
        let target = unit.target.as_ref();
        if let Some(owed) = target.and_then(|t| t.owed).filter(|owed| *owed > 0.0) {
            let from = format!("({}) ÷ ({})", self.both(unit, "ytd", "ytd"), self.key(unit, "target/owed"));
            let part = self.percent(unit.ytd? / owed, from);
            let (en, zh) = match target.map(|t| t.kind) {
                Some(TargetKind::Completion) => ("{0} of the year's plan of {1}", "完成年度计划{1}的{0}"),
                _ => ("{0} of the year's target of {1}", "完成全年目标{1}的{0}"),
            };
            // The list beside it may hold a part of the plan only.
            let whole = self.set_amount(owed, unit.ledger, self.key(unit, "target/owed"));
            clauses.push(self.line(en, zh, vec![part.into(), whole.into()]));
        }
        Some(clauses)
    }

    /// The chance of every milestone that lies ahead.
    pub(super) fn milestone_words(&self, unit: &UnitReport) -> Vec<Sentence> {
        let ahead = unit.milestones.iter().enumerate().filter(|(_, m)| m.month > unit.through);
        let mut out: Vec<Sentence> = ahead
            .filter_map(|(at, m)| {
                let (p, shown) = (m.probability?, m.probability_shown?);
                let from = self.key(unit, &format!("milestones/{at}/target"));
                let goal = match m.kind {
                    TargetKind::Amount => self.set_amount(m.target, unit.ledger, from),
                    _ => self.set_percent(m.target, from),
                };
                let chance =
                    self.chance(p, shown, false, self.key(unit, &format!("milestones/{at}/probability")));
                let by = month_name(m.month, self.lang);
                Some(self.line(
                    "the chance of {0} by {1} is {2}",
                    "到{1}底达到{0}的概率{2}",
                    vec![goal.into(), by.into(), chance.into()],
                ))
            })
            .collect();
        out.extend(self.odds(unit));
        out
    }

    /// What is owed in a ledger, month by month, December last.
    pub(super) fn milestones(&self, ledger: Ledger) -> Vec<MilestoneRow> {
        let Some(scale) = self.scale(ledger) else { return Vec::new() };
        let mut units: Vec<&UnitReport> = self.head_in(ledger).into_iter().collect();
        units.extend(self.districts(ledger));
        let mut out = Vec::new();
        for unit in units {
            let owed = |kind, value: f64, year: Option<f64>| {
                let amount = match kind {
                    TargetKind::Amount => Some(value),
                    TargetKind::Completion => year,
                    TargetKind::Growth => None,
                };
                let value = if kind == TargetKind::Amount { value * scale } else { value };
                Owed { kind, value, amount: amount.map(|a| a * scale) }
            };
            // Of a plan, what is owed by a month is its part of what the whole is.
            let plan = unit.target.as_ref().filter(|t| t.kind == TargetKind::Completion && t.value > 0.0);
            let plan = plan.and_then(|t| Some(t.owed? / t.value));
            let row = |month, target: Owed| {
                let ytd = unit.ytd.map(|x| x * scale);
                MilestoneRow {
                    region: unit.label.clone(),
                    month,
                    through: unit.through,
                    done: ytd.zip(target.amount).filter(|(_, a)| *a > 0.0).map(|(done, a)| done / a),
                    ytd,
                    target,
                    probability: None,
                    probability_shown: None,
                    light: None,
                    need: None,
                }
            };
            for m in &unit.milestones {
                out.push(MilestoneRow {
                    probability: m.probability,
                    probability_shown: m.probability_shown,
                    light: m.light,
                    need: m.need.map(|x| x * scale),
                    ..row(m.month, owed(m.kind, m.target, plan.map(|p| p * m.target)))
                });
            }
            if let Some(target) = &unit.target {
                out.push(MilestoneRow {
                    probability: unit.probability,
                    probability_shown: unit.probability_shown,
                    light: unit.light,
                    need: unit.need.as_ref().map(|n| n.amount * scale),
                    ..row(12, owed(target.kind, target.value, target.owed))
                });
            }
        }
        order::sort_by_key(&mut out, |r| r.month);
        out
    }
}

/// With a capital first letter, as a sentence begins.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
