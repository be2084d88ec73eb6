//! A bulletin as one thing after another: headings, sentences, tables, pictures. Every format that is read from top to bottom is
//! written from this.

use super::grid::{Cell, Grid, numbers, words};
use super::{BulletinParts, Figure, Measure, Sentence};
use crate::chart::Chart;
use crate::error::Lang;

/// A section: everything under one heading.
pub(super) struct Section<'a> {
    /// A name of its own, for placeholders: `league`.
    pub(super) id: &'static str,
    /// Heading, numbered.
    pub(super) title: String,
    /// What stands under it.
    pub(super) blocks: Vec<Block<'a>>,
}

/// A thing that stands under a heading.
pub(super) enum Block<'a> {
    /// A sentence of its own paragraph.
    Words(&'a Sentence),
    /// A table.
    Table(Grid),
    /// A picture.
    Picture(Box<Chart>),
    /// Small print.
    Note(String),
}

impl Block<'_> {
    fn picture(chart: Chart) -> Self {
        Self::Picture(Box::new(chart))
    }
}

impl BulletinParts {
    /// The sections in order; those of which there is nothing to say but a note say that.
    pub(super) fn sections(&self) -> Vec<Section<'_>> {
        let mut out: Vec<(&'static str, String, Vec<Block<'_>>)> = Vec::new();
        let title = |en: &str, zh: &str| self.lang.pick(en, zh).to_owned();
        let mut overview: Vec<Block<'_>> = self.verdict.iter().map(Block::Words).collect();
        overview.extend(self.fans.first().cloned().map(|spec| Block::picture(Chart::Fan(spec))));
        out.push(("overview", title("Where the year will land", "总体情况"), overview));
        let mut league = Vec::new();
        for of in &self.leagues {
            // Below its own table: above it, it would stand under that of the ledger before.
            league.push(Block::Table(self.league_grid(of)));
            league.extend(of.words.iter().map(Block::Words));
        }
        league.extend(self.ranking.clone().map(|spec| Block::picture(Chart::Ranking(spec))));
        out.push(("league", title("League table", "分地区排名"), league));
        let mut sectors: Vec<Block<'_>> = self.sectors.words.iter().map(Block::Words).collect();
        table(&mut sectors, self.sectors_grid());
        out.push(("sectors", title("Sectors", "分行业情况"), sectors));
        let mut projects: Vec<Block<'_>> = self.projects.words.iter().map(Block::Words).collect();
        let works = title("Key projects: completion", "重点项目完成情况");
        let grid = self.milestones_grid("completion", &works, &self.projects.milestones);
        if !grid.rows.is_empty() {
            projects.push(Block::Table(grid));
        }
        table(&mut projects, self.projects_grid());
        out.push(("projects", title("Key projects", "重点项目"), projects));
        let mut attraction: Vec<Block<'_>> = self.attraction.words.iter().map(Block::Words).collect();
        let funds = title("Attracted funds in place", "招商引资到位资金");
        for grid in
            [self.milestones_grid("in-place", &funds, &self.attraction.milestones), self.funnel_grid()]
        {
            if !grid.rows.is_empty() {
                attraction.push(Block::Table(grid));
            }
        }
        table(&mut attraction, self.attraction_grid());
        out.push(("attraction", title("Attraction", "招商引资"), attraction));
        let lists = (0..self.lists.len()).map(|at| Block::Table(self.list_grid(at))).collect();
        out.push(("lists", title("Public lists", "三张榜单"), lists));
        if let (Some(scenario), Some(grid)) = (&self.scenario, self.scenario_grid()) {
            let mut blocks: Vec<Block<'_>> = scenario.words.iter().map(Block::Words).collect();
            blocks.extend(scenario.waterfall.clone().map(|spec| Block::picture(Chart::Waterfall(spec))));
            blocks.push(Block::Table(grid));
            out.push(("scenario", title("Scenario", "情景"), blocks));
        }
        let mut tasks: Vec<Block<'_>> = self.tasks.words.iter().map(Block::Words).collect();
        tasks.extend(self.need.clone().map(|spec| Block::picture(Chart::Need(spec))));
        table(&mut tasks, self.tasks_grid());
        out.push(("tasks", title("Problems and next steps", "存在问题和下一步任务"), tasks));
        let mut appendix = vec![Block::Table(self.figures_grid())];
        appendix.extend(self.notes.iter().map(|n| Block::Note(n.clone())));
        out.push(("appendix", title("Where the numbers come from", "附录：数字来源"), appendix));
        let numbered = out.into_iter().filter(|(_, _, blocks)| !blocks.is_empty()).enumerate();
        numbered
            .map(|(at, (id, title, blocks))| Section { id, title: self.numbered(at, &title), blocks })
            .collect()
    }

    fn numbered(&self, at: usize, title: &str) -> String {
        const ZH: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        match self.lang {
            Lang::En => format!("{}. {title}", at + 1),
            Lang::Zh => format!("{}、{title}", ZH.get(at).copied().unwrap_or_default()),
        }
    }

    /// Sentence by sentence, which numbers it writes and where they come from.
    pub(super) fn figures_grid(&self) -> Grid {
        let rows: Vec<(&str, &Figure)> =
            self.sentences().flat_map(|s| s.figures.iter().map(|f| (s.id.as_str(), f))).collect();
        let say = |en: &str, zh: &str| self.lang.pick(en, zh).to_owned();
        let title = say("Numbers, unrounded", "各句数字（未修约）");
        Grid::new(
            "figures",
            &title,
            &rows,
            vec![
                (words(say("Sentence", "句"), 0.8), Box::new(|(id, _)| Cell::text(*id))),
                (words(say("As written", "文中"), 1.6), Box::new(|(_, f)| Cell::text(f.shown.as_str()))),
                (numbers(say("Value", "数值"), 1.8), Box::new(|(_, f)| Cell::Exact(f.value))),
                (words(say("Measure", "口径"), 1.2), Box::new(|(_, f)| Cell::Text(self.measure(f.measure)))),
                (words(say("From", "来源"), 6.0), Box::new(|(_, f)| Cell::text(f.from.as_str()))),
            ],
        )
    }

    fn measure(&self, measure: Measure) -> String {
        let (en, zh) = match measure {
            Measure::Amount => return self.money.clone(),
            Measure::Ratio => ("ratio", "比率"),
            Measure::Points => ("pp", "百分点"),
            Measure::Chance => ("chance", "概率"),
            Measure::Count => ("count", "个数"),
            Measure::Time => ("date", "日期"),
        };
        self.lang.pick(en, zh).to_owned()
    }
}

/// A table with its note, or the note alone where it has no rows.
fn table(blocks: &mut Vec<Block<'_>>, grid: Grid) {
    if !grid.rows.is_empty() {
        blocks.push(Block::Table(grid));
    } else if !grid.note.is_empty() {
        blocks.push(Block::Note(grid.note));
    }
}
