//! Project lists as plans annex them: each with columns of its own, brought to the tidy form of the pipeline.

use crate::calendar::{Day, YearMonth};
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::guess::Context;
use crate::ingest::layout::{Head, Table};
use crate::ingest::names::{How, Named, Names};
use crate::ingest::number::{Number, number};
use crate::ingest::period;
use crate::ingest::record::Rest;
use crate::ingest::sheet::Sheet;
use crate::ingest::text::{blank, key, plain};
use crate::ingest::words::{is_note, is_part, is_total};
use crate::table::{Approval, Funding, Kind, ProjectRow, Stage};
use crate::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};

/// What a column of a project list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Serial,
    Id,
    Name,
    Region,
    Sector,
    Stage,
    InBooks,
    Funding,
    Kind,
    Total,
    PlanYear,
    Done,
    StartPlanned,
    StartActual,
    EndPlanned,
    Department,
    Approvals,
    List,
    StatusDate,
}

/// Words of headers, the first that fits. A part counts only once: the first column that says it.
const WORDS: [(Part, &[&str]); 19] = [
    (Part::Serial, &["序号", "no.", "编号序"]),
    (Part::Name, &["项目名称", "工程名称", "项目名", "建设项目", "name", "project"]),
    (Part::Id, &["项目代码", "项目编码", "项目编号", "统一代码", "id", "code"]),
    (Part::StatusDate, &["status_date", "统计截止", "数据截至"]),
    (Part::StartPlanned, &["计划开工", "拟开工", "预计开工", "计划开(复)工", "start_planned"]),
    (Part::EndPlanned, &["竣工", "完工", "建成", "投产时间", "end_planned"]),
    (Part::StartActual, &["实际开工", "开工时间", "开工日期", "start_actual"]),
    (Part::InBooks, &["入库", "入统", "in_books"]),
    (
        Part::PlanYear,
        &[
            "年度计划",
            "年计划",
            "本年计划",
            "年度投资",
            "年投资",
            "下半年计划",
            "当年计划",
            "今年计划",
            "计划完成投资",
            "plan_year",
        ],
    ),
    (Part::Done, &["累计完成", "开工以来", "完成投资", "已完成", "done"]),
    (Part::Total, &["总投资", "投资总额", "协议投资", "签约金额", "合同金额", "投资额", "投资规模", "total"]),
    (Part::Approvals, &["未办手续", "手续办理", "前期手续", "approvals"]),
    (Part::Funding, &["资金来源", "资金渠道", "资金类型", "资金类别", "资金性质", "funding"]),
    (
        Part::Department,
        &["责任单位", "牵头单位", "责任部门", "主管部门", "牵头部门", "行业部门", "department"],
    ),
    (
        Part::Region,
        &[
            "县(市、区)",
            "县区",
            "区县",
            "县市区",
            "地区",
            "属地",
            "所在地",
            "建设地点",
            "落户",
            "落地",
            "项目地点",
            "辖区",
            "region",
        ],
    ),
    (
        Part::Stage,
        &["建设性质", "阶段", "进展", "形象进度", "状态", "是否开工", "推进情况", "建设情况", "stage"],
    ),
    (Part::Sector, &["行业", "领域", "产业", "类别", "sector"]),
    (Part::Kind, &["项目类型", "kind"]),
    (Part::List, &["清单", "list"]),
];

/// Words that make a column none of these though one of their words is in it.
const NOT: [&str; 14] = [
    "完成率",
    "占",
    "同比",
    "排名",
    "联系",
    "电话",
    "备注",
    "率",
    "比例",
    "其中",
    "投资方",
    "包抓",
    "规模及内容",
    "到位",
];

/// Sectors as the engine names them, by words of Chinese lists.
const SECTORS: [(&str, &[&str]); 10] = [
    ("power", &["电力", "新能源", "能源", "光伏", "风电", "储能"]),
    ("manufacturing", &["制造"]),
    ("industry", &["工业", "技改", "采矿", "化工"]),
    ("transport", &["交通", "公路", "铁路"]),
    ("water", &["水利", "水务"]),
    ("real_estate", &["房地产", "地产"]),
    ("agriculture", &["农业", "农林", "畜牧"]),
    ("municipal", &["市政", "基础设施", "城建"]),
    ("social", &["社会", "教育", "卫生", "医疗", "文化", "民生"]),
    ("services", &["服务", "商贸", "旅游", "物流", "第三产业"]),
];

const APPROVALS: [(Approval, &[&str]); 8] = [
    (Approval::WaterPermit, &["取水", "双限批", "用水指标"]),
    (Approval::SoilWater, &["水保", "水土保持"]),
    (Approval::Land, &["用地", "土地", "征地"]),
    (Approval::Planning, &["规划"]),
    (Approval::Environment, &["环评", "环境影响", "环保"]),
    (Approval::Energy, &["能评", "节能"]),
    (Approval::Safety, &["安评", "安全评价", "安全预评价"]),
    (Approval::Project, &["审批", "核准", "备案", "立项", "可研"]),
];

/// A list of projects, read.
#[derive(Debug, Default)]
pub(crate) struct Projects {
    pub(crate) rows: Vec<ProjectRow>,
    /// Sheet and row of each.
    pub(crate) origins: Vec<(u32, u32)>,
    pub(crate) rest: Vec<Rest>,
}

/// The columns of a project list.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListColumns {
    parts: BTreeMap<Part, usize>,
    /// Columns of one approval each.
    approvals: Vec<(Approval, usize)>,
}

/// The columns of a project list, or `None` where the table is none: one names projects, and two more belong to them.
pub(crate) fn columns(table: &Table) -> Option<ListColumns> {
    let (mut out, mut approvals) = (BTreeMap::new(), Vec::new());
    for head in &table.heads {
        let text = key(&head.text);
        let of_days = text.contains("工作日") || text.ends_with("(天)");
        if let Some(approval) = approval(&text).filter(|_| of_days) {
            approvals.push((approval, head.column));
            continue;
        }
        // 1-7月完成投资 is this year's part; what was completed since the start is wanted.
        let of_months =
            !head.facets.period.is_empty() && head.facets.period.to.is_some() && text.contains("完成");
        if of_months || NOT.iter().any(|w| text.contains(w)) {
            continue;
        }
        // 项目 alone heads the names of a list.
        let part = if text == "项目" {
            Some(Part::Name)
        } else {
            WORDS.iter().find(|(_, words)| words.iter().any(|w| text.contains(w))).map(|(part, _)| *part)
        };
        if let Some(part) = part {
            out.entry(part).or_insert(head.column);
        }
    }
    let others = [
        Part::Total,
        Part::PlanYear,
        Part::Done,
        Part::StartPlanned,
        Part::StartActual,
        Part::Stage,
        Part::Approvals,
        Part::EndPlanned,
    ];
    let of_projects = others.iter().filter(|p| out.contains_key(p)).count();
    (out.contains_key(&Part::Name) && of_projects + approvals.len() >= 2)
        .then_some(ListColumns { parts: out, approvals })
}

/// Whether a column names the unit of a row's amounts. 单位 alone mostly heads the bodies in charge.
fn is_unit(head: &Head) -> bool {
    ["unit", "金额单位"].contains(&key(&head.text).as_str())
}

/// An approval by its id, as the tidy form has it, or by what lists call it.
fn approval(text: &str) -> Option<Approval> {
    let id = text.split(':').next().unwrap_or_default().trim();
    let called = || {
        APPROVALS
            .iter()
            .find(|(_, words)| words.iter().any(|w| text.contains(w)))
            .map(|(approval, _)| *approval)
    };
    Approval::parse(id).or_else(called)
}

/// Reads a project list.
pub(crate) struct ListReading<'a, 'n> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) number: u32,
    pub(crate) table: &'a Table,
    pub(crate) context: &'a Context,
    pub(crate) columns: ListColumns,
    pub(crate) names: &'a mut Names<'n>,
    pub(crate) plan_year: Option<i32>,
}

/// What the title of a list says of its projects.
struct List {
    id: Option<&'static str>,
    kind: Option<Kind>,
    funding: Option<Funding>,
    stage: Option<Stage>,
    /// Whether the list is of projects yet to start.
    to_start: bool,
}

impl List {
    fn of(text: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
        let several = has(&["专项债", "自治区预算", "自治区资金"]);
        let none = Self { id: None, kind: None, funding: None, stage: None, to_start: false };
        if has(&["签约"]) {
            Self { id: Some("signed"), kind: Some(Kind::Signed), ..none }
        } else if has(&["意向"]) {
            Self { id: Some("intent"), kind: Some(Kind::Intent), stage: Some(Stage::Outlook), ..none }
        } else if has(&["中央预算"]) {
            Self {
                id: Some("central-budget"),
                kind: Some(Kind::Key),
                funding: (!several).then_some(Funding::Central),
                ..none
            }
        } else if has(&["未开工", "缓慢", "滞后"]) {
            Self { id: Some("slow"), kind: Some(Kind::Key), ..none }
        } else if has(&["计划开工", "新开工", "拟开工", "开工项目"]) {
            Self { id: Some("planned-starts"), kind: Some(Kind::Key), to_start: true, ..none }
        } else if has(&["重点项目"]) {
            Self { kind: Some(Kind::Key), ..none }
        } else {
            none
        }
    }
}

impl ListReading<'_, '_> {
    fn text(&self, row: usize, part: Part) -> String {
        self.columns.parts.get(&part).map(|c| plain(self.sheet.cell(row, *c))).unwrap_or_default()
    }

    pub(crate) fn read(mut self, out: &mut Projects, found: &mut Findings) {
        let titles: Vec<&str> = self.table.titles.iter().map(|t| t.text.as_str()).collect();
        let titles = titles.join(" ") + self.sheet.name.as_deref().unwrap_or_default();
        let list = List::of(&titles);
        let (unit, scale) = self.unit(found);
        let status = self.status(&titles);
        self.unused(found);
        let mut ids: BTreeSet<String> = out.rows.iter().map(|r| r.id.clone()).collect();
        let (mut guessed, mut count, mut group) = (Guessed::default(), 0usize, None);
        for row in self.table.data.clone() {
            let name = self.text(row, Part::Name);
            let (first_column, first) = self.first_text(row);
            if first.is_empty() {
                continue;
            }
            let heading = [name.as_str(), first.as_str()].into_iter().any(|t| is_total(t) || is_part(t));
            let at = self.sheet.cell_at(row, first_column);
            if heading || is_note(&first) || name.is_empty() || self.table.aside.contains(&row) {
                let (code, en, zh) = if heading && !is_note(&first) {
                    ("total_row", "a row of totals is no project and is left out", "合计行不是项目，未计入")
                } else {
                    ("notes_left_out", "a row without a project's name is left out", "无项目名称的行未计入")
                };
                found.note(code, &at, &first, words(en, zh, "nothing needs doing", "无需处理"));
                out.rest.push(self.sheet.left_out(row, code));
                continue;
            }
            // 一、利通区（2个）: the line of a group, which gives its region to what follows.
            if !self.columns.parts.contains_key(&Part::Region)
                && let Some(region) = self.group(row, &name)
            {
                group = Some(region);
                found.note(
                    "total_row",
                    &at,
                    &name,
                    words(
                        "the line gives its region to the projects below and is none itself",
                        "该行为以下项目的县区标题，不是项目",
                        "nothing needs doing",
                        "无需处理",
                    ),
                );
                out.rest.push(self.sheet.left_out(row, "total_row"));
                continue;
            }
            let Some(region) = group.clone().or_else(|| self.region(row, found)) else {
                out.rest.push(self.sheet.left_out(row, "unknown_region"));
                continue;
            };
            count += 1;
            let serial = Some(self.text(row, Part::Serial))
                .filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
            let mut id = Some(self.text(row, Part::Id)).filter(|t| !t.is_empty()).unwrap_or_else(|| {
                match (list.id, serial.filter(|_| group.is_none())) {
                    (Some(list), serial) => format!("{list}-{}", serial.unwrap_or_else(|| count.to_string())),
                    (None, _) => count.to_string(),
                }
            });
            if !ids.insert(id.clone()) {
                let again = (2..).map(|n| format!("{id}#{n}")).find(|n| !ids.contains(n));
                found.warning(
                    "duplicate",
                    &at,
                    &id,
                    words(
                        "a project of this code stands above already; both are kept",
                        "该项目代码在上文已出现，两行均保留",
                        "take one out if they are the same",
                        "如为同一项目，请删除其中一行",
                    ),
                );
                id = again.unwrap_or(id);
                ids.insert(id.clone());
            }
            let start_planned = self.day(row, Part::StartPlanned, &mut guessed, found);
            let start_actual = self.day(row, Part::StartActual, &mut guessed, found);
            let end_planned = self.day(row, Part::EndPlanned, &mut guessed, found);
            let stage = self.stage(row, &list, start_actual);
            let kind = Kind::parse(&self.text(row, Part::Kind)).or(list.kind);
            let project = ProjectRow {
                line: 0,
                id,
                // As written, brackets and all.
                name: self.columns.parts.get(&Part::Name).map(|c| whole_line(self.sheet.cell(row, *c))),
                region,
                sector: sector(&self.text(row, Part::Sector)),
                stage,
                in_books: self.in_books(row, status, &mut guessed, found),
                funding: funding(&self.text(row, Part::Funding)).or(list.funding),
                // A signed project that is being built has moved on in the funnel.
                kind: kind.map(|k| {
                    if k == Kind::Signed && stage == Stage::Construction { Kind::Started } else { k }
                }),
                total: self.amount(row, Part::Total, scale, found),
                plan_year: self.amount(row, Part::PlanYear, scale, found),
                done: self.amount(row, Part::Done, scale, found),
                unit: unit.clone(),
                start_planned,
                start_actual,
                end_planned,
                department: Some(self.text(row, Part::Department)).filter(|t| !t.is_empty()),
                approvals: self.approvals(row),
                list: Some(self.text(row, Part::List))
                    .filter(|t| !t.is_empty())
                    .or(list.id.map(str::to_owned)),
                status_date: Day::parse(&self.text(row, Part::StatusDate)).or(status),
            };
            out.rows.push(project);
            out.origins.push((self.number, self.sheet.row_number(row)));
        }
        guessed.say(&self.sheet.place(), found);
    }

    /// Columns of which nothing is used.
    fn unused(&self, found: &mut Findings) {
        let used = |column: usize| {
            self.columns.parts.values().any(|c| *c == column)
                || self.columns.approvals.iter().any(|(_, c)| *c == column)
        };
        let heads = self.table.heads.iter().filter(|h| !is_unit(h));
        for head in heads.filter(|h| !used(h.column) && !h.text.is_empty()) {
            found.note(
                "column_ignored",
                &self.sheet.cell_at(head.row, head.column),
                &head.text,
                words(
                    format!("the column {:?} is not used", head.text),
                    format!("“{}”列未使用", head.text),
                    "rename it if it is wanted",
                    "如需使用，请修改列名",
                ),
            );
        }
    }

    /// The first cell of a row that holds anything.
    fn first_text(&self, row: usize) -> (usize, String) {
        let cells = (0..self.sheet.size().1).map(|c| (c, plain(self.sheet.cell(row, c))));
        cells.into_iter().find(|(_, t)| !t.is_empty()).unwrap_or_default()
    }

    /// The region of a group's line: a name of the plan, and no plan of the year and nothing done.
    fn group(&mut self, row: usize, name: &str) -> Option<String> {
        let bare = [Part::PlanYear, Part::Done].into_iter().all(|p| self.text(row, p).is_empty());
        match self.names.of(name, false) {
            Named::Region { name, .. } if bare && self.names.has_plan() => Some(name),
            _ => None,
        }
    }

    /// The unit that the list's own column of units names first, as the tidy form has one.
    fn column_of_units(&self) -> Option<(Unit, Option<(usize, usize)>)> {
        let column = self.table.heads.iter().find(|h| is_unit(h))?.column;
        let named = self.table.data.clone().map(|row| (row, plain(self.sheet.cell(row, column))));
        let (row, text) = named.into_iter().find(|(_, text)| !text.is_empty())?;
        Some((Unit::parse(&text), Some((row, column)))).filter(|(unit, _)| unit.yuan().is_some())
    }

    /// The unit that amounts are told in, and what they are divided by to be in it.
    fn unit(&self, found: &mut Findings) -> (Unit, f64) {
        let of_columns = [Part::Total, Part::PlanYear, Part::Done].into_iter().filter_map(|part| {
            let column = *self.columns.parts.get(&part)?;
            let head = self.table.heads.iter().find(|h| h.column == column)?;
            Some((head.facets.unit.clone()?, Some((head.row, head.column))))
        });
        let said = self.context.unit.clone().map(|unit| (unit, self.context.unit_at));
        let (unit, place) = of_columns
            .chain(self.column_of_units())
            .chain(said)
            .next()
            .map_or((None, None), |(unit, at)| (Some(unit), at));
        let at = place.map_or_else(|| self.sheet.place(), |(row, column)| self.sheet.cell_at(row, column));
        match unit {
            Some(Unit::Yi) => (Unit::Yi, 1.0),
            Some(unit) if unit.yuan().is_some() => {
                found.note(
                    "unit_converted",
                    &at,
                    &unit.to_string(),
                    words(
                        format!("amounts are in {unit} and are brought to 亿元"),
                        format!("金额单位为{unit}，已换算为亿元"),
                        "nothing needs doing",
                        "无需处理",
                    ),
                );
                (Unit::Yi, 1e8 / unit.yuan().unwrap_or(1e8))
            }
            _ => {
                found.warning(
                    "unknown_unit",
                    &at,
                    "",
                    words(
                        "no unit is named; the amounts are taken for the panel's",
                        "未注明单位；金额按投资数据的单位读取",
                        "name the unit in the header or the title, or in the mapping: unit = \"万元\"",
                        "请在表头或标题注明单位，或在对照中写unit = \"万元\"",
                    ),
                );
                (Unit::Unknown, 1.0)
            }
        }
    }

    /// The last day of the month that the title says the list is of.
    fn status(&self, titles: &str) -> Option<Day> {
        // 截至…: the title of a list of starts names the year it plans, not the day it tells of.
        let (before, after) = titles.split_once("截至").or_else(|| titles.split_once("截止"))?;
        let (said, _) = period::find(after);
        let (outer, _) = period::find(before);
        let mut period = said.or(outer).or(self.context.period);
        period.year = period.year.or(self.plan_year);
        let month = period.to.filter(|m| (1..=12).contains(m))?;
        let month = YearMonth::new(period.year?, month).ok()?;
        Some(Day { month, day: month.days() })
    }

    fn region(&mut self, row: usize, found: &mut Findings) -> Option<String> {
        let column = self.columns.parts.get(&Part::Region).copied();
        let text = column.map(|c| self.sheet.cell(row, c).to_owned()).unwrap_or_default();
        if blank(&text) {
            if let Some((region, _)) = self.context.region.clone() {
                return Some(region);
            }
            found.error(
                "no_region",
                &self.sheet.cell_at(row, column.unwrap_or(0)),
                "",
                words(
                    "the project has no region",
                    "项目没有所属地区",
                    "name the region in a column, or the sheet after it",
                    "请在一列中注明县区，或以县区命名工作表",
                ),
            );
            return None;
        }
        match self.names.of(&text, false) {
            Named::Region { name, how } => {
                if how == How::Near {
                    found.warning(
                        "region_matched",
                        &self.sheet.cell_at(row, column.unwrap_or(0)),
                        text.trim(),
                        words(
                            format!("{:?} is read as {name:?}", text.trim()),
                            format!("“{}”视为“{name}”", text.trim()),
                            "map the name to another region if this is wrong",
                            "如不正确，请在对照中改为其他地区",
                        ),
                    );
                }
                Some(name)
            }
            _ => {
                found.warning(
                    "unknown_region",
                    &self.sheet.cell_at(row, column.unwrap_or(0)),
                    text.trim(),
                    words(
                        format!("{:?} is no region of the plan; the project is left out", text.trim()),
                        format!("“{}”不在计划的地区中，该项目未计入", text.trim()),
                        "map the name to a region, or add it to the plan",
                        "请在对照中指定地区，或在计划中增加该地区",
                    ),
                );
                None
            }
        }
    }

    fn amount(&self, row: usize, part: Part, scale: f64, found: &mut Findings) -> Option<f64> {
        let column = *self.columns.parts.get(&part)?;
        let text = self.sheet.cell(row, column);
        match number(text) {
            Number::Is(x) => Some(crate::num::round_to(x / scale, 10)),
            Number::Missing => None,
            _ => {
                found.error(
                    "not_a_number",
                    &self.sheet.cell_at(row, column),
                    text,
                    words(
                        format!("{:?} is not an amount", text.trim()),
                        format!("“{}”不是金额", text.trim()),
                        "write a number, or leave the cell empty",
                        "请填写数字，或留空",
                    ),
                );
                None
            }
        }
    }

    fn stage(&self, row: usize, list: &List, started: Option<Day>) -> Stage {
        let text = self.text(row, Part::Stage);
        let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
        if let Some(stage) = Stage::parse(&text) {
            stage
        } else if has(&["尚未启动", "未启动", "谋划", "储备"]) {
            Stage::Reserve
        } else if has(&["未开工", "前期", "手续", "办理", "否", "招标", "设计"]) {
            Stage::Preparation
        } else if has(&["主体完工", "主体竣工", "部分"]) {
            Stage::Construction
        } else if has(&["竣工", "投产", "完工", "建成", "投入使用"]) {
            Stage::Completed
        } else if has(&["开工", "在建", "续建", "建设", "施工", "主体", "基础", "安装", "是", "进展缓慢"])
            || started.is_some()
        {
            Stage::Construction
        } else if list.to_start {
            Stage::Preparation
        } else {
            list.stage.unwrap_or(Stage::Preparation)
        }
    }

    fn in_books(
        &self,
        row: usize,
        status: Option<Day>,
        guessed: &mut Guessed,
        found: &mut Findings,
    ) -> Option<Day> {
        let text = self.text(row, Part::InBooks);
        if text == "是" || text == "已入库" || text == "√" {
            guessed.days += usize::from(status.is_some());
            return status;
        }
        if text.is_empty() || text.contains('否') || text.contains('未') || number(&text) == Number::Missing
        {
            return None;
        }
        self.day(row, Part::InBooks, guessed, found)
    }

    /// A day; of a month alone its middle, of a third of a month the middle of that.
    fn day(&self, row: usize, part: Part, guessed: &mut Guessed, found: &mut Findings) -> Option<Day> {
        let column = *self.columns.parts.get(&part)?;
        let text = self.sheet.cell(row, column);
        if number(text) == Number::Missing {
            return None;
        }
        let shown = plain(text).replace(['/', '.'], "-");
        if let Some(day) = Day::parse(&shown) {
            return Some(day);
        }
        let squeezed = key(text);
        let (said, rest) = match number(text) {
            Number::Is(x) if (18_264.0..73_415.0).contains(&x) => {
                (crate::ingest::cell::serial(x), String::new())
            }
            _ => period::find(&squeezed),
        };
        // The middle of a quarter is the middle of its middle month.
        let said = match (said.from, said.to) {
            (Some(from), Some(to)) if to == from + 2 => {
                period::Period { from: None, to: Some(from + 1), ..said }
            }
            _ => said,
        };
        let year = said.year.or(self.context.period.year).or(self.plan_year);
        let month = said.to.filter(|m| (1..=12).contains(m));
        let (Some(year), Some(month)) = (year, month) else {
            let unmade = ["未开工", "未定", "待定", "尚未", "未"].iter().any(|w| squeezed.contains(w));
            if !unmade {
                found.warning(
                    "not_a_date",
                    &self.sheet.cell_at(row, column),
                    text,
                    words(
                        format!("{:?} is no date; it is read as empty", text.trim()),
                        format!("“{}”不是日期，按空值读取", text.trim()),
                        "write 2023-08-15 or 2023年8月",
                        "请写2023-08-15或2023年8月",
                    ),
                );
            }
            return None;
        };
        let month = YearMonth::new(year, month).ok()?;
        let exact = rest
            .split('日')
            .next()
            .and_then(|d| d.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u8>().ok());
        let day = match exact.filter(|d| rest.contains('日') && (1..=month.days()).contains(d)) {
            Some(day) => day,
            None => {
                guessed.days += 1;
                if rest.contains("上旬") || rest.contains('初') {
                    5
                } else if rest.contains("下旬") {
                    25
                } else if rest.contains('底') || rest.contains('末') {
                    month.days()
                } else {
                    15
                }
            }
        };
        Some(Day { month, day })
    }

    /// Approvals with the working days they are said to take: from a column each, or from a text as `用地30天；环评20天`.
    fn approvals(&self, row: usize) -> BTreeMap<Approval, u32> {
        let days =
            |text: &str| text.parse::<f64>().ok().filter(|d| (1.0..=2_000.0).contains(d)).map(|d| d as u32);
        let of_columns =
            self.columns.approvals.iter().filter_map(|(approval, column)| {
                Some((*approval, days(&plain(self.sheet.cell(row, *column)))?))
            });
        let mut out: BTreeMap<Approval, u32> = of_columns.collect();
        let text = key(&self.text(row, Part::Approvals));
        for part in text.split([';', '、', ',']) {
            let Some(approval) = approval(part) else { continue };
            let digits: String =
                part.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            if let Some(days) = days(&digits).filter(|_| part.contains(['天', '日', ':'])) {
                out.entry(approval).or_insert(days);
            }
        }
        out
    }
}

/// What was filled in and must be said.
#[derive(Default)]
struct Guessed {
    days: usize,
}

impl Guessed {
    fn say(&self, at: &At, found: &mut Findings) {
        if self.days > 0 {
            found.note("day_assumed", at, &self.days.to_string(), words(
                format!("{} dates name a month alone: the 15th is taken (5th, 25th or last day where the list says so)", self.days),
                format!("有{}个日期只写到月份，按15日（上旬5日、下旬25日、月底为最后一天）读取", self.days),
                "write the day where it matters", "如需精确，请写明日期"));
        }
    }
}

/// A text on one line, without blanks around it.
fn whole_line(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).collect()
}

fn sector(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let known = SECTORS.iter().find(|(id, words)| *id == text || words.iter().any(|w| text.contains(w)));
    Some(known.map_or_else(|| text.to_owned(), |(id, _)| (*id).to_owned()))
}

fn funding(text: &str) -> Option<Funding> {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    Funding::parse(text).or(if text.is_empty() {
        None
    } else if has(&["中央"]) {
        Some(Funding::Central)
    } else if has(&["专项债"]) {
        Some(Funding::SpecialBond)
    } else if has(&["自治区", "省级", "区级财政"]) {
        Some(Funding::Regional)
    } else if has(&["企业", "自筹", "社会资本"]) {
        Some(Funding::Enterprise)
    } else {
        Some(Funding::Other)
    })
}
