//! Problems, and what to do next: the least that would do, as tasks by department.

use super::desk::Desk;
use super::lists::end_of;
use super::projects::is_key;
use crate::brief::{Sentence, Task, Tasks};
use crate::case::LeastReport;
use crate::error::Lang;
use crate::order;
use crate::pipeline::{Approval, Project};
use std::collections::BTreeMap;

impl Desk<'_> {
    pub(super) fn tasks(&self, least: Option<&LeastReport>) -> Tasks {
        let mut words = self.problems();
        let Some(least) = least else {
            let note = if self.pipeline.is_some() {
                self.say("The least to do was not asked for.", "未求解最少措施，没有任务清单。")
            } else {
                self.say("No list of projects was given: there is no task list.", "没有项目清单，未列任务。")
            };
            return Tasks { words, rows: Vec::new(), note };
        };
        words.extend(self.least_words(least));
        let pipeline = self.pipeline.as_ref();
        let by = end_of(self.answer.as_of.next());
        let scale = self.scale(self.first_ledger());
        let mut rows: Vec<Task> = least
            .projects
            .iter()
            .filter_map(|chosen| {
                let project = pipeline?.projects().iter().find(|p| p.row.id == chosen.id)?;
                Some(Task {
                    department: project.row.department.clone().unwrap_or_default(),
                    region: self.region_name(&chosen.region),
                    id: chosen.id.clone(),
                    project: chosen.name.clone().unwrap_or_else(|| chosen.id.clone()),
                    action: self.action(project),
                    by: by.to_string(),
                    gain: scale.map(|scale| chosen.gain * scale),
                })
            })
            .collect();
        order::sort_by(&mut rows, |a, b| {
            let gain = |t: &Task| t.gain.unwrap_or(0.0);
            (a.department.is_empty(), &a.department)
                .cmp(&(b.department.is_empty(), &b.department))
                .then_with(|| gain(b).total_cmp(&gain(a)))
        });
        let mut note = vec![self.say(
            "Tasks: the fewest key projects that, begun by the day named, would bring every district that can reach it to the chance asked for. Gain: expected investment by December beyond what the project would spend anyhow.",
            "任务为使能够达到的地区都达到所定概率而需提前开工的最少重点项目；增量为到12月比原进度多完成的投资（期望值）。",
        )];
        note.extend(least.warnings.iter().map(|w| match self.lang {
            Lang::En => format!("Note: {}.", w.text),
            Lang::Zh => format!("{}。", w.text),
        }));
        if !least.proven {
            note.push(self.say(
                "The search was stopped before it was proven that no fewer would do.",
                "求解未证明为最少。",
            ));
        }
        Tasks { words, rows, note: note.join(self.lang.pick(" ", "")) }
    }

    /// What to do with a project: approvals first, then the start.
    fn action(&self, project: &Project) -> String {
        let row = &project.row;
        let days = |(a, days): (&Approval, &u32)| match self.lang {
            Lang::En => format!("{} ({days} working days)", a.label(self.lang)),
            Lang::Zh => format!("{}（{days}个工作日）", a.label(self.lang)),
        };
        let approvals: Vec<String> = row.approvals.iter().map(days).collect();
        let approvals = self.names(approvals.iter().map(String::as_str));
        let planned = row.start_planned.map(|day| day.to_string());
        match (self.lang, approvals.is_empty(), planned) {
            (Lang::En, true, None) => "begin".into(),
            (Lang::En, true, Some(day)) => format!("begin (planned: {day})"),
            (Lang::En, false, None) => format!("clear {approvals}; begin"),
            (Lang::En, false, Some(day)) => format!("clear {approvals}; begin (planned: {day})"),
            (Lang::Zh, true, None) => "开工".into(),
            (Lang::Zh, true, Some(day)) => format!("开工（原计划{day}）"),
            (Lang::Zh, false, None) => format!("办结{approvals}，开工"),
            (Lang::Zh, false, Some(day)) => format!("办结{approvals}，开工（原计划{day}）"),
        }
    }

    /// What holds the list's projects up.
    fn problems(&self) -> Vec<Sentence> {
        let Some(pipeline) = &self.pipeline else { return Vec::new() };
        let today = self.today();
        let key: Vec<&Project> =
            pipeline.projects().iter().filter(|p| is_key(p) && self.covers(&p.row.region)).collect();
        let mut out = Vec::new();
        let mut zero: BTreeMap<&str, u32> = BTreeMap::new();
        for project in key.iter().filter(|p| p.zero_investment(today)) {
            *zero.entry(&project.row.region).or_default() += 1;
        }
        if !zero.is_empty() {
            let mut most: Vec<(&str, u32)> = zero.into_iter().collect();
            order::sort_by(&mut most, |a, b| b.1.cmp(&a.1));
            let all = most.iter().map(|(_, n)| n).sum();
            let from = |region: &str| {
                self.of_list(&format!("zero investment in {region}"), &format!("{region}零投资项目数"))
            };
            let of = most.iter().take(3).map(|(region, n)| {
                let count = self.count(*n, from(region));
                self.line("{0} in {1}", "{1}{0}个", vec![count.into(), self.region_name(region).into()])
            });
            let of = self.listed(of.collect(), ", ", "、");
            let count = self.count(all, self.of_list("zero investment", "零投资项目数"));
            out.push(self.line(
                "{0} key projects have zero investment, most of them: {1}.",
                "零投资重点项目{0}个，较多的是：{1}。",
                vec![count.into(), of.into()],
            ));
        }
        let mut waiting: BTreeMap<Approval, u32> = BTreeMap::new();
        let held: Vec<&&Project> = key.iter().filter(|p| !p.begun() && !p.row.approvals.is_empty()).collect();
        for approval in held.iter().flat_map(|p| p.row.approvals.keys()) {
            *waiting.entry(*approval).or_default() += 1;
        }
        if !waiting.is_empty() {
            let mut most: Vec<(Approval, u32)> = waiting.into_iter().collect();
            order::sort_by(&mut most, |a, b| b.1.cmp(&a.1));
            let of = most.iter().take(3).map(|(approval, n)| {
                let from = self.of_list(
                    &format!("not begun, waiting for {approval}"),
                    &format!("未开工、待办{approval}的项目数"),
                );
                let count = self.count(*n, from);
                self.line("{1} {0}", "{1}{0}个", vec![count.into(), approval.label(self.lang).into()])
            });
            let of = self.listed(of.collect(), ", ", "、");
            let all = u32::try_from(held.len()).unwrap_or(u32::MAX);
            let count = self
                .count(all, self.of_list("not begun, approvals outstanding", "未开工且审批未办结的项目数"));
            out.push(self.line(
                "{0} key projects wait for approvals, most of them for: {1}.",
                "未开工且审批未办结的重点项目{0}个，卡点较多的是：{1}。",
                vec![count.into(), of.into()],
            ));
        }
        out
    }

    /// What the least to do would bring, and who would not get there.
    fn least_words(&self, least: &LeastReport) -> Vec<Sentence> {
        let of_least = |en: &str, zh: &str| match self.lang {
            Lang::En => format!("scenario --least {}: {en}", least.chance),
            Lang::Zh => format!("scenario --least {}：{zh}", least.chance),
        };
        let goal = self.set_percent(least.chance, of_least("the chance asked for", "所定概率"));
        let count = u32::try_from(least.projects.len()).unwrap_or(u32::MAX);
        let all = u32::try_from(least.candidates).unwrap_or(u32::MAX);
        let count = self.count(count, of_least("projects", "项目数"));
        let all = self.count(all, of_least("candidates", "候选项目数"));
        let mut out = Vec::new();
        let reached: Vec<String> = least
            .units
            .iter()
            .filter(|u| u.before < least.chance && u.after >= least.chance)
            .map(|u| self.region_name(&u.region))
            .collect();
        if !least.projects.is_empty() && !reached.is_empty() {
            let reached = self.names(reached.iter().map(String::as_str));
            out.push(self.line(
                "Of {1} key projects not begun, {0} brought forward would give a chance of {2} to: {3}.",
                "{1}个未开工重点项目中，提前开工{0}个可使以下地区的达标概率达到{2}：{3}。",
                vec![count.into(), all.into(), goal.clone().into(), reached.into()],
            ));
        } else if least.projects.is_empty() && least.out_of_reach.is_empty() {
            out.push(self.line(
                "Every district has a chance of {0} already.",
                "各地区达标概率均已达到{0}。",
                vec![goal.clone().into()],
            ));
        }
        if !least.out_of_reach.is_empty() {
            let these: Vec<String> = least.out_of_reach.iter().map(|r| self.region_name(r)).collect();
            let these = self.names(these.iter().map(String::as_str));
            out.push(self.line(
                "Even with all candidates brought forward a chance of {0} is out of reach for: {1}.",
                "即使候选项目全部提前开工，以下地区的达标概率仍不到{0}：{1}。",
                vec![goal.into(), these.into()],
            ));
        }
        out
    }
}
