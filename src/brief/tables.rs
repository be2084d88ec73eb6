//! The tables of a bulletin, column by column.

use super::grid::{Cell, Columns, Grid, numbers, words};
use super::{
    AttractionRow, BulletinParts, FunnelStep, League, LeagueRow, Listed, MilestoneRow, Owed, ProjectsRow,
    ScenarioRow, SectorRow, Task,
};
use crate::error::Lang;
use crate::target::TargetKind;

fn name(text: &str, depth: u8, whole: bool) -> Cell {
    Cell::Name { text: text.into(), depth, whole }
}

/// What is owed under a heading that names one unit; beside amounts a share says itself that it is one.
fn owed(owed: &Owed, mixed: bool) -> Cell {
    match owed.kind {
        TargetKind::Amount => Cell::Amount(owed.value),
        _ if mixed => Cell::Text(format!("{}%", crate::unit::fixed(owed.value * 100.0, 1))),
        TargetKind::Growth | TargetKind::Completion => Cell::Percent(owed.value),
    }
}

impl BulletinParts {
    fn say(&self, en: &str, zh: &str) -> String {
        self.lang.pick(en, zh).to_owned()
    }

    /// A heading with a unit under it.
    fn with(&self, en: &str, zh: &str, unit: &str) -> String {
        format!("{}\n{unit}", self.lang.pick(en, zh))
    }

    fn pp(&self, en: &str, zh: &str) -> String {
        self.with(en, zh, self.lang.pick("pp", "百分点"))
    }

    pub(super) fn league_grid(&self, league: &League) -> Grid {
        let money = &self.money;
        let amounts = |r: &LeagueRow| r.target.is_some_and(|t| t.kind == TargetKind::Amount);
        let shares = |r: &LeagueRow| r.target.is_some_and(|t| t.kind != TargetKind::Amount);
        let mixed = league.rows.iter().any(amounts) && league.rows.iter().any(shares);
        let unit = if league.rows.iter().any(amounts) { money } else { "%" };
        let goal = self.with("Target", "目标", unit);
        let over = league.rows.iter().all(|r| r.through == 12);
        let columns: Columns<'_, LeagueRow> = vec![
            (numbers(self.say("Rank", "位次"), 0.8), Box::new(|r| Cell::of(r.rank, Cell::Count))),
            (numbers(self.say("Change", "升降"), 0.8), Box::new(|r| Cell::of(r.rank_change, Cell::Shift))),
            (words(self.say("Region", "地区"), 2.6), Box::new(|r| name(&r.region, r.depth, r.depth == 0))),
            (
                numbers(self.with("So far", "累计", money), 1.2).adding(),
                Box::new(|r| Cell::of(r.ytd, Cell::Amount)),
            ),
            (numbers(self.with("Growth", "增速", "%"), 1.0), Box::new(|r| Cell::of(r.growth, Cell::Percent))),
            (
                numbers(self.pp("On month before", "比上期"), 1.1),
                Box::new(|r| Cell::of(r.growth_change, Cell::Points)),
            ),
            (numbers(goal, 1.0), Box::new(move |r| Cell::of(r.target.as_ref(), |t| owed(t, mixed)))),
            (
                numbers(
                    if over {
                        self.with("Year", "全年", "%")
                    } else {
                        self.with("Year expected", "全年预计", "%")
                    },
                    1.1,
                ),
                Box::new(|r| Cell::of(r.year_growth, |s| Cell::Percent(s.median))),
            ),
            (
                numbers(self.with("8 times in 10", "80%区间", "%"), 1.5),
                Box::new(|r| {
                    Cell::of(r.year_growth.filter(|_| r.through < 12), |s| Cell::Range(s.low, s.high))
                }),
            ),
            (numbers(self.pp("Gap", "差额"), 1.0), Box::new(|r| Cell::of(r.gap, Cell::Points))),
            (
                numbers(self.say("Chance", "概率"), 1.0),
                Box::new(|r| {
                    Cell::of(r.probability_shown.filter(|_| r.through < 12), |p| Cell::Chance(p, false))
                }),
            ),
            (
                words(self.say("Light", "状态"), 1.4),
                Box::new(|r| Cell::of(r.light, |l| Cell::Light(l, r.met()))),
            ),
            (numbers(self.with("To do", "尚需", money), 1.2), Box::new(|r| Cell::of(r.need, Cell::Amount))),
            (
                numbers(self.with("a month", "月均", money), 1.0),
                Box::new(|r| Cell::of(r.per_month, Cell::Amount)),
            ),
            (numbers(self.pp("Pull", "拉动"), 1.0), Box::new(|r| Cell::of(r.pull, Cell::Points))),
        ];
        let depth =
            league.rows.iter().filter(|r| r.unallocated || r.depth > 0).map(|r| r.depth).min().unwrap_or(0);
        let parts = league.rows.iter().enumerate().filter(|(_, r)| r.depth == depth && r.additive);
        let name = self.say("Sum of what adds up", "可加地区合计");
        Grid::new(&format!("league-{}", league.ledger), &league.title, &league.rows, columns)
            .noted(&league.note)
            .summed(None, name, parts.map(|(at, _)| at).collect())
    }

    pub(super) fn sectors_grid(&self) -> Grid {
        let columns: Columns<'_, SectorRow> = vec![
            (
                words(self.say("Sector", "行业"), 3.0),
                Box::new(|r| name(&r.name, u8::from(r.composition), false)),
            ),
            (
                numbers(self.with("So far", "累计", &self.money), 1.2),
                Box::new(|r| Cell::of(r.ytd, Cell::Amount)),
            ),
            (numbers(self.with("Share", "占比", "%"), 1.0), Box::new(|r| Cell::of(r.share, Cell::Percent))),
            (numbers(self.with("Growth", "增速", "%"), 1.0), Box::new(|r| Cell::of(r.growth, Cell::Percent))),
            (
                numbers(self.pp("On month before", "比上期"), 1.2),
                Box::new(|r| Cell::of(r.growth_change, Cell::Points)),
            ),
            (
                numbers(self.pp("Contribution", "贡献"), 1.2),
                Box::new(|r| Cell::of(r.contribution, Cell::Points)),
            ),
            (numbers(self.pp("Pull", "拉动"), 1.0), Box::new(|r| Cell::of(r.pull, Cell::Points))),
        ];
        let title = self.say("Sectors and composition", "分行业和构成");
        Grid::new("sectors", &title, &self.sectors.rows, columns).noted(&self.sectors.note)
    }

    pub(super) fn projects_grid(&self) -> Grid {
        let columns: Columns<'_, ProjectsRow> = vec![
            (words(self.say("Region", "地区"), 2.6), Box::new(|r| name(&r.region, u8::from(!r.all), r.all))),
            (numbers(self.say("Projects", "项目数"), 1.0).adding(), Box::new(|r| Cell::Count(r.count))),
            (
                numbers(self.with("Plan of the year", "年度计划", &self.money), 1.3).adding(),
                Box::new(|r| Cell::of(r.plan_year, Cell::Amount)),
            ),
            (
                numbers(self.say("In the books", "已入统"), 1.0).adding(),
                Box::new(|r| Cell::Count(r.in_books)),
            ),
            (
                numbers(self.say("New entries", "本月新入库"), 1.1).adding(),
                Box::new(|r| Cell::Count(r.entered)),
            ),
            (numbers(self.say("Due", "应开工"), 1.0).adding(), Box::new(|r| Cell::Count(r.due))),
            (numbers(self.say("Begun", "已开工"), 1.0).adding(), Box::new(|r| Cell::Count(r.begun))),
            (
                numbers(self.with("Start rate", "开工率", "%"), 1.0),
                Box::new(|r| {
                    let rate = (r.due > 0).then(|| f64::from(r.begun) / f64::from(r.due));
                    Cell::of(rate, Cell::Percent)
                }),
            ),
            (numbers(self.say("Zero investment", "零投资"), 1.1).adding(), Box::new(|r| Cell::Count(r.zero))),
        ];
        Grid::new("projects", &self.say("Key projects", "重点项目"), &self.projects.rows, columns)
            .noted(&self.projects.note)
            .summed(Some(0), String::new(), (1..self.projects.rows.len()).collect())
    }

    pub(super) fn milestones_grid(&self, id: &str, title: &str, rows: &[MilestoneRow]) -> Grid {
        let columns: Columns<'_, MilestoneRow> = vec![
            (words(self.say("Region", "地区"), 2.6), Box::new(|r| name(&r.region, 0, false))),
            (
                words(self.say("By the end of", "节点"), 1.2),
                Box::new(|r| {
                    Cell::text(match self.lang {
                        Lang::En => format!("month {}", r.month),
                        Lang::Zh => format!("{}月底", r.month),
                    })
                }),
            ),
            (numbers(self.say("Target", "目标"), 1.2), Box::new(|r| owed(&r.target, true))),
            (
                numbers(self.with("So far", "累计", &self.money), 1.2),
                Box::new(|r| Cell::of(r.ytd, Cell::Amount)),
            ),
            (
                numbers(self.with("Of the target", "占目标", "%"), 1.0),
                Box::new(|r| Cell::of(r.done, Cell::Percent)),
            ),
            (
                numbers(self.say("Chance", "概率"), 1.0),
                Box::new(move |r| {
                    Cell::of(r.probability_shown.filter(|_| !r.settled()), |p| Cell::Chance(p, false))
                }),
            ),
            (
                words(self.say("Light", "状态"), 1.4),
                Box::new(|r| Cell::of(r.light, |l| Cell::Light(l, r.met()))),
            ),
            (
                numbers(self.with("To do", "尚需", &self.money), 1.2),
                Box::new(|r| Cell::of(r.need, Cell::Amount)),
            ),
        ];
        Grid::new(id, title, rows, columns)
    }

    pub(super) fn funnel_grid(&self) -> Grid {
        let columns: Columns<'_, FunnelStep> = vec![
            (words(self.say("Step", "环节"), 2.0), Box::new(|r| name(&r.name, 0, false))),
            (numbers(self.say("Projects", "项目数"), 1.0).adding(), Box::new(|r| Cell::Count(r.count))),
            (
                numbers(self.with("Planned total", "计划总投资", &self.money), 1.4),
                Box::new(|r| Cell::of(r.total, Cell::Amount)),
            ),
            (
                numbers(self.with("Plan of the year", "年度计划", &self.money), 1.4),
                Box::new(|r| Cell::of(r.plan_year, Cell::Amount)),
            ),
        ];
        let title = self.say("Attraction: the funnel", "招商引资：意向—签约—在建");
        Grid::new("funnel", &title, &self.attraction.funnel, columns)
    }

    pub(super) fn attraction_grid(&self) -> Grid {
        // Where no list was given a 0 would be a claim.
        let listed = !self.attraction.funnel.is_empty();
        let count = move |n: u32| if listed { Cell::Count(n) } else { Cell::None };
        let columns: Columns<'_, AttractionRow> = vec![
            (words(self.say("Region", "地区"), 2.6), Box::new(|r| name(&r.region, u8::from(!r.all), r.all))),
            (numbers(self.say("Intents", "意向"), 1.0).adding(), Box::new(move |r| count(r.intents))),
            (numbers(self.say("Signed", "签约"), 1.0).adding(), Box::new(move |r| count(r.signed))),
            (
                numbers(self.say("Under construction", "在建"), 1.2).adding(),
                Box::new(move |r| count(r.started)),
            ),
            (
                numbers(self.with("Funds in place", "到位资金", &self.money), 1.3),
                Box::new(|r| Cell::of(r.in_place, Cell::Amount)),
            ),
            (numbers(self.with("Growth", "增速", "%"), 1.0), Box::new(|r| Cell::of(r.growth, Cell::Percent))),
        ];
        let title = self.say("Attraction by region", "分地区招商引资");
        Grid::new("attraction", &title, &self.attraction.rows, columns).noted(&self.attraction.note).summed(
            Some(0),
            String::new(),
            (1..self.attraction.rows.len()).collect(),
        )
    }

    pub(super) fn list_grid(&self, at: usize) -> Grid {
        let list = &self.lists[at];
        let columns: Columns<'_, Listed> = vec![
            (words(self.say("Name", "名称"), 3.2), Box::new(|i| name(&i.name, 0, false))),
            (words(self.say("Region", "所在地区"), 1.6), Box::new(|i| Cell::text(i.region.as_str()))),
            (words(self.say("Why", "理由"), 6.4), Box::new(|i| Cell::text(i.reason.text.as_str()))),
            (words(self.say("Sentence", "句"), 0.7), Box::new(|i| Cell::text(i.reason.id.as_str()))),
        ];
        let id = ["list-best", "list-watch", "list-slow"].get(at).copied().unwrap_or("list");
        let note = [list.rule.as_str(), list.note.as_str()].map(str::trim);
        let note: Vec<&str> = note.into_iter().filter(|n| !n.is_empty()).collect();
        Grid::new(id, &list.title, &list.items, columns).noted(&note.join(self.lang.pick(" ", "")))
    }

    pub(super) fn scenario_grid(&self) -> Option<Grid> {
        let scenario = self.scenario.as_ref()?;
        let settled = self.month == 12;
        let columns: Columns<'_, ScenarioRow> = vec![
            (words(self.say("Region", "地区"), 2.6), Box::new(|r| name(&r.region, r.depth, r.depth == 0))),
            (
                numbers(self.with("Baseline year", "照常全年", "%"), 1.2),
                Box::new(|r| Cell::of(r.before, Cell::Percent)),
            ),
            (
                numbers(self.with("Under the scenario", "情景全年", "%"), 1.2),
                Box::new(|r| Cell::of(r.after, Cell::Percent)),
            ),
            (numbers(self.pp("Effect", "影响"), 1.0), Box::new(|r| Cell::of(r.effect, Cell::Points))),
            (
                numbers(self.say("Baseline chance", "照常概率"), 1.2),
                Box::new(move |r| Cell::of(r.chance_before, |p| Cell::Chance(p, settled))),
            ),
            (
                numbers(self.say("Under the scenario", "情景概率"), 1.2),
                Box::new(move |r| Cell::of(r.chance_after, |p| Cell::Chance(p, settled))),
            ),
        ];
        Some(Grid::new("scenario", &scenario.name, &scenario.rows, columns).noted(&scenario.note))
    }

    pub(super) fn tasks_grid(&self) -> Grid {
        let columns: Columns<'_, Task> = vec![
            (words(self.say("Department", "责任部门"), 1.8), Box::new(|t| Cell::text(t.department.as_str()))),
            (words(self.say("Project", "项目"), 3.6), Box::new(|t| name(&t.project, 0, false))),
            (words(self.say("Region", "地区"), 1.6), Box::new(|t| Cell::text(t.region.as_str()))),
            (words(self.say("What to do", "任务"), 3.2), Box::new(|t| Cell::text(t.action.as_str()))),
            (words(self.say("By", "时限"), 1.5), Box::new(|t| Cell::text(t.by.as_str()))),
            (
                numbers(self.with("Gain", "增量", &self.money), 1.0).adding(),
                Box::new(|t| Cell::of(t.gain, Cell::Amount)),
            ),
        ];
        Grid::new("tasks", &self.say("Tasks", "任务清单"), &self.tasks.rows, columns)
            .noted(&self.tasks.note)
            .summed(None, self.say("Sum", "合计"), (0..self.tasks.rows.len()).collect())
    }
}
