//! From the cells of a table to records: one a region, a period and what is measured, with the cells it came from.

use crate::error::Severity;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::guess::{Context, Indicator, Meant, indicator};
use crate::ingest::layout::Table;
use crate::ingest::names::{How, Named, Names, cleaned, depth};
use crate::ingest::number::{Number, number, with_unit};
use crate::ingest::period::{self, Period};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::{key, plain, unmarked};
use crate::ingest::words::{Role, composition, is_note, is_part};
use crate::ledger::Ledger;
use crate::unit::Unit;
use calamine::{ExcelDateTime, ExcelDateTimeType};
use std::collections::{BTreeMap, BTreeSet};

/// One record, its texts by their number in [`Records::texts`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) region: u32,
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) sector: Option<u32>,
    pub(crate) composition: Option<u32>,
    pub(crate) unit: Option<u32>,
    pub(crate) parent: Option<u32>,
    pub(crate) published: Option<u32>,
    /// Amounts that are neither said to be flows nor cumulative.
    pub(crate) amount: Option<f64>,
    pub(crate) value: Option<f64>,
    pub(crate) ytd: Option<f64>,
    pub(crate) growth: Option<f64>,
    pub(crate) base: Option<f64>,
    pub(crate) sheet: u32,
    pub(crate) row: u32,
    /// Column of the amount, and of growth where there is no amount.
    pub(crate) column: u32,
    pub(crate) growth_column: u32,
    /// Column of the region's name, where the row names it.
    pub(crate) name_column: Option<u32>,
    /// Column of the period, where the row names it.
    pub(crate) time_column: Option<u32>,
    /// Column of the year, where the row names it.
    pub(crate) year_column: Option<u32>,
}

/// A row that no record was made of.
#[derive(Debug, Clone)]
pub struct Rest {
    /// Sheet.
    pub sheet: Option<String>,
    /// Row of the sheet, from 1.
    pub row: u32,
    /// The code of the finding that says why.
    pub why: &'static str,
    /// Its cells.
    pub cells: Vec<String>,
}

/// All records of a file.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) texts: Vec<String>,
    known: BTreeMap<String, u32>,
    pub(crate) all: Vec<Record>,
    pub(crate) rest: Vec<Rest>,
    /// Where the unit of a sheet's column is said.
    pub(crate) unit_at: BTreeMap<(u32, u32), At>,
    /// Where the header of a sheet's column stands.
    pub(crate) header_at: BTreeMap<(u32, u32), At>,
}

impl Records {
    pub(crate) fn text(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), number);
        number
    }
}

/// Measures that share their region, period, ledger and composition.
#[derive(Debug)]
struct Block<'a> {
    like: &'a Meant,
    measures: Vec<&'a Meant>,
}

fn blocks(meant: &[Meant]) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    for measure in meant.iter().filter(|m| m.role.is_measure()) {
        let fits = |block: &&mut Block<'_>| {
            let like = block.like;
            let alike = (&like.region, like.composition, like.sector)
                == (&measure.region, measure.composition, measure.sector)
                && (like.ledger == measure.ledger || measure.ledger.is_none())
                && (like.period == measure.period || measure.period.is_empty());
            alike && block.measures.iter().all(|m| m.role != measure.role)
        };
        // Growth without a period of its own belongs to the latest amount before it.
        let latest = out.iter_mut().filter(fits).max_by_key(|b| (b.like.period.year, b.like.period.to));
        match latest {
            Some(block) => block.measures.push(measure),
            None => out.push(Block { like: measure, measures: vec![measure] }),
        }
    }
    out
}

/// What stands in the row, whatever the block.
#[derive(Debug, Clone, Default)]
struct RowKey {
    region: Option<u32>,
    period: Period,
    year: Option<i32>,
    ledger: Option<Ledger>,
    /// What the row's indicator says that it measures.
    role: Option<Role>,
    name_column: Option<u32>,
    time_column: Option<u32>,
    year_column: Option<u32>,
    sector: Option<u32>,
    composition: Option<u32>,
    unit: Option<u32>,
    parent: Option<u32>,
    published: Option<u32>,
}

/// What is remembered from row to row.
#[derive(Default)]
struct State {
    told: BTreeMap<String, ()>,
    periods: BTreeMap<String, Option<Period>>,
    last: Option<u32>,
    depth: usize,
    /// Year, period and ledger of the row above, for cells that are merged down.
    above: RowKey,
    sums: Vec<(f64, usize)>,
    undated: usize,
    year_of_context: bool,
    year_of_plan: bool,
    double: Option<At>,
    converted: BTreeSet<usize>,
}

/// One table on its way to records.
pub(crate) struct Reading<'a, 'n> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) number: u32,
    pub(crate) table: &'a Table,
    pub(crate) context: &'a Context,
    pub(crate) meant: &'a [Meant],
    pub(crate) names: &'a mut Names<'n>,
    /// The plan's year, for tables that name none.
    pub(crate) plan_year: Option<i32>,
}

impl Reading<'_, '_> {
    fn at(&self) -> At {
        At::sheet(self.sheet.name.as_deref())
    }

    fn row_at(&self, row: usize) -> At {
        self.at().row(row + self.sheet.top)
    }

    fn cell_at(&self, row: usize, column: usize) -> At {
        self.at().cell(row + self.sheet.top, column + self.sheet.left)
    }

    fn of(&self, role: Role) -> Option<&Meant> {
        self.meant.iter().find(|m| m.role == role)
    }

    /// Reads every row of the table.
    pub(crate) fn read(mut self, records: &mut Records, found: &mut Findings) {
        let meant = self.meant;
        let blocks = blocks(meant);
        if blocks.is_empty() {
            return;
        }
        self.note_headers(records);
        if let Some((region, written)) = self.context.region.as_ref().filter(|(a, b)| a != b) {
            found.note(
                "region_matched",
                &self.at(),
                written,
                words(
                    format!("{written:?} is read as {region:?}"),
                    format!("“{written}”视为“{region}”"),
                    "map the name to another region if this is wrong",
                    "如不正确，请在对照中改正",
                ),
            );
        }
        let mut state = State { sums: vec![(0.0, 0); blocks.len()], ..State::default() };
        let before = records.all.len();
        for row in self.table.data.clone() {
            if self.table.aside.contains(&row) {
                self.aside(row, records, found);
                continue;
            }
            if self.is_blank(row)
                && self.of(Role::Region).is_none_or(|m| self.sheet.cell(row, m.column).is_empty())
            {
                continue;
            }
            if self.too_long(row, found) {
                self.leave(row, "row_too_long", records);
                continue;
            }
            let Some(mut key) = self.name(row, &blocks, &mut state, records, found) else { continue };
            if !self.keys(row, &mut key, &mut state, records, found) {
                self.leave(row, "not_read", records);
                continue;
            }
            for (at, block) in blocks.iter().enumerate() {
                let dated = self.record(row, &key, block, at, &mut state, records, found);
                state.undated += usize::from(!dated);
            }
        }
        if state.undated > 0 {
            self.undated(found);
        }
        if records.all.len() > before {
            self.say_years(&state, found);
        }
    }

    /// Where each column's header and unit stand, for findings of whole columns.
    fn note_headers(&self, records: &mut Records) {
        let unit_column = self.of(Role::Unit).map(|m| (m.row, m.column));
        for meant in self.meant.iter().filter(|m| m.role.is_measure()) {
            let key = (self.number, u32::try_from(meant.column + self.sheet.left).unwrap_or(u32::MAX));
            let header = self.cell_at(meant.row, meant.column);
            let unit = if unit_column.is_some() || meant.unit.is_some() {
                unit_column
            } else {
                self.context.unit_at
            };
            records
                .unit_at
                .insert(key, unit.map_or_else(|| header.clone(), |(row, column)| self.cell_at(row, column)));
            records.header_at.insert(key, header);
        }
    }

    /// A number beyond the last column that has a header: a comma of thousands has split a number in two.
    fn too_long(&self, row: usize, found: &mut Findings) -> bool {
        let last = self.table.last_column;
        let Some(last) = last else { return false };
        let beyond = (last + 1..self.sheet.size().1)
            .find(|c| matches!(number(self.sheet.cell(row, *c)), Number::Is(_)));
        if let Some(column) = beyond {
            found.error(
                "row_too_long",
                &self.cell_at(row, column),
                self.sheet.cell(row, column),
                words(
                    "the row has more fields than the header; it is left out",
                    "该行的列数多于表头，未计入",
                    "put numbers with commas in quotes, or write them without",
                    "带千分位逗号的数字请加引号，或去掉逗号",
                ),
            );
        }
        beyond.is_some()
    }

    /// Whose row it is; none where it is nobody's, which has been said.
    fn name(
        &mut self,
        row: usize,
        blocks: &[Block<'_>],
        state: &mut State,
        records: &mut Records,
        found: &mut Findings,
    ) -> Option<RowKey> {
        let mut key = RowKey::default();
        let Some(region) = self.of(Role::Region).map(|m| m.column) else { return Some(key) };
        let (column, name) = self.name_cell(row, region);
        let deep = depth(&name);
        let deeper = state.last.is_some() && deep > state.depth && deep > 0;
        let at = self.cell_at(row, column);
        key.name_column = u32::try_from(column + self.sheet.left).ok();
        match self.names.of(&name, deeper) {
            Named::Region { name: known, how } => {
                self.matched(row, column, &name, &known, how, &mut state.told, found);
                state.last = Some(records.text(&known));
                state.depth = if is_part(&name) { state.depth } else { deep };
                key.region = state.last;
            }
            Named::Unknown { nearest } => {
                self.unknown(row, column, &name, nearest, found);
                (state.last, state.depth) = (Some(records.text(&cleaned(&name))), deep);
                key.region = state.last;
            }
            // A merged cell: the name above goes on.
            Named::Blank => key.region = state.last,
            Named::Composition(part) => {
                key.region = state.last;
                key.composition = Some(records.text(part));
            }
            Named::Sector(part) => {
                key.region = state.last;
                key.sector = Some(records.text(part));
            }
            Named::Total => {
                self.total(row, column, blocks, &mut state.sums, found);
                self.leave(row, "total_row", records);
                return None;
            }
            Named::Part => {
                found.note(
                    "sub_row",
                    &at,
                    name.trim(),
                    words(
                        "the row is a part of the one above and is left out",
                        "该行为上一行的其中项，未计入",
                        "map its name to a region if it is one",
                        "如确为地区，请在对照中指定",
                    ),
                );
                self.leave(row, "sub_row", records);
                return None;
            }
        }
        Some(key)
    }

    /// The cell that names the row: where its own is empty, one to the left that names a total or a region.
    fn name_cell(&mut self, row: usize, region: usize) -> (usize, String) {
        let own = self.sheet.cell(row, region);
        if plain(own).is_empty() {
            for column in (0..region).rev() {
                let text = self.sheet.cell(row, column);
                let names_it = match self.names.of(text, false) {
                    Named::Total => true,
                    Named::Region { .. } => self.names.has_plan(),
                    _ => false,
                };
                if names_it {
                    return (column, text.to_owned());
                }
            }
        }
        (region, own.to_owned())
    }

    /// The year that a title or the plan gave, and the double month, once.
    fn say_years(&self, state: &State, found: &mut Findings) {
        if state.year_of_context {
            let year = self.context.period.year.map_or_else(String::new, |y| y.to_string());
            let place =
                self.context.year_at.map_or_else(|| self.at(), |(row, column)| self.cell_at(row, column));
            found.note(
                "year_from_title",
                &place,
                &year,
                words(
                    format!("the year {year} is taken from the title, or from the name of sheet or file"),
                    format!("年份{year}取自标题、工作表名或文件名"),
                    "map another year if this is wrong",
                    "如不正确，请在对照中改正年份",
                ),
            );
        }
        if let Some(year) = self.plan_year.filter(|_| state.year_of_plan) {
            found.warning(
                "no_year",
                &self.row_at(self.table.header.start),
                &year.to_string(),
                words(
                    format!("no year is named anywhere; the plan's is taken: {year}"),
                    format!("未注明年份；按计划年度{year}年读取"),
                    "write the year into the title or the header, or map it",
                    "请在标题或表头注明年份，或在对照中指定",
                ),
            );
        }
        if let Some(place) = &state.double {
            found.note("double_month", place, "1-2", words(
                "January and February are one period: the amount stands for month 2, and January has none",
                "1—2月为一个统计期：数据记为2月，1月无数据", "nothing needs doing", "无需处理"));
        }
    }

    fn is_blank(&self, row: usize) -> bool {
        self.meant
            .iter()
            .filter(|m| m.role.is_measure())
            .all(|m| plain(self.sheet.cell(row, m.column)).is_empty())
    }

    /// Keeps a row for the list of what was left out.
    fn leave(&self, row: usize, why: &'static str, records: &mut Records) {
        let cells = (0..self.sheet.size().1).map(|c| self.sheet.cell(row, c).to_owned()).collect();
        let row = u32::try_from(row + self.sheet.top + 1).unwrap_or(u32::MAX);
        records.rest.push(Rest { sheet: self.sheet.name.clone(), row, why, cells });
    }

    fn aside(&self, row: usize, records: &mut Records, found: &mut Findings) {
        let text = (0..self.sheet.size().1).map(|c| plain(self.sheet.cell(row, c))).find(|t| !t.is_empty());
        let text = text.unwrap_or_default();
        let repeated = self.table.heads.iter().any(|h| h.text == text);
        let help = words(
            if is_note(&text) || !repeated {
                "a note in the table is left out"
            } else {
                "the header stands here again"
            },
            if is_note(&text) || !repeated {
                "表内说明文字未计入"
            } else {
                "表头在此重复，已略过"
            },
            "nothing needs doing",
            "无需处理",
        );
        let column =
            (0..self.sheet.size().1).find(|c| !plain(self.sheet.cell(row, *c)).is_empty()).unwrap_or(0);
        found.note("notes_left_out", &self.cell_at(row, column), &text, help);
        self.leave(row, "notes_left_out", records);
    }

    #[allow(clippy::too_many_arguments, reason = "the cell, both names, and where findings go")]
    fn matched(
        &self,
        row: usize,
        column: usize,
        written: &str,
        name: &str,
        how: How,
        told: &mut BTreeMap<String, ()>,
        found: &mut Findings,
    ) {
        let severity = match how {
            How::Written => return,
            How::Known | How::Short => Severity::Note,
            How::Near => Severity::Warning,
        };
        if plain(written) == name || told.insert(written.to_owned(), ()).is_some() {
            return;
        }
        found.push(
            "region_matched",
            severity,
            &self.cell_at(row, column),
            written.trim(),
            words(
                format!("{:?} is read as {name:?}", written.trim()),
                format!("“{}”视为“{name}”", written.trim()),
                "map the name to another region, or to none, if this is wrong",
                "如不正确，请在对照中改为其他地区或不计入",
            ),
        );
    }

    fn unknown(
        &self,
        row: usize,
        column: usize,
        written: &str,
        nearest: Option<String>,
        found: &mut Findings,
    ) {
        let (near_en, near_zh) = nearest.map_or((String::new(), String::new()), |n| {
            (format!("; the nearest is {n:?}"), format!("；最接近的是“{n}”"))
        });
        found.warning(
            "unknown_region",
            &self.cell_at(row, column),
            written.trim(),
            words(
                format!("{:?} is no region of the plan{near_en}; it is kept under this name", written.trim()),
                format!("“{}”不在计划的地区中{near_zh}；按原名保留", written.trim()),
                "map the name to a region, or add it to the plan as a region or an alias",
                "请在对照中指定地区，或在计划中增加该地区或别名",
            ),
        );
    }

    /// The row's own period, ledger and so on; false where one of them cannot be used.
    fn keys(
        &self,
        row: usize,
        out: &mut RowKey,
        state: &mut State,
        records: &mut Records,
        found: &mut Findings,
    ) -> bool {
        for meant in self.meant {
            let text = self.sheet.cell(row, meant.column);
            if plain(text).is_empty() {
                // A merged cell goes on below; a measure's does not.
                match meant.role {
                    Role::Year => out.year = state.above.year,
                    Role::Period => {
                        (out.period, out.time_column) = (state.above.period, state.above.time_column)
                    }
                    Role::Ledger => out.ledger = state.above.ledger,
                    Role::Indicator => out.role = state.above.role,
                    _ => {}
                }
                continue;
            }
            match meant.role {
                Role::Indicator => match indicator(text) {
                    Some(Indicator::Measure(Role::Ignored)) => return false,
                    Some(Indicator::Measure(role)) => {
                        out.role = Some(role);
                        let unit = crate::ingest::words::context(text).unit;
                        out.unit = unit.map(|u| records.text(&u.to_string())).or(out.unit);
                    }
                    Some(Indicator::Ledger(ledger)) => out.ledger = Some(ledger),
                    Some(Indicator::Composition(part)) => out.composition = Some(records.text(part)),
                    Some(Indicator::Sector(part)) => out.sector = Some(records.text(part)),
                    Some(Indicator::Other) | None => {
                        found.note(
                            "other_indicator",
                            &self.cell_at(row, meant.column),
                            text.trim(),
                            words(
                                format!("{:?} is none of the ledgers; the row is left out", text.trim()),
                                format!("“{}”不属于四个台账，该行未计入", text.trim()),
                                "nothing needs doing",
                                "无需处理",
                            ),
                        );
                        return false;
                    }
                },
                Role::Period => {
                    out.time_column = u32::try_from(meant.column + self.sheet.left).ok();
                    let read = *state.periods.entry(text.to_owned()).or_insert_with(|| a_period(text));
                    let Some(period) = read else {
                        let at = self.cell_at(row, meant.column);
                        if is_note(text) || number(text) == Number::Missing {
                            found.note(
                                "notes_left_out",
                                &at,
                                text,
                                words(
                                    "a row without a period is left out",
                                    "无时期的行未计入",
                                    "nothing needs doing",
                                    "无需处理",
                                ),
                            );
                        } else {
                            found.error(
                                "not_a_period",
                                &at,
                                text,
                                words(
                                    format!("{:?} is no month, span of months or date", text.trim()),
                                    format!("“{}”不是月份、时段或日期", text.trim()),
                                    "write 7, 7月, 1-7月, 2023-07 or 2023年7月",
                                    "请写7、7月、1-7月、2023-07或2023年7月",
                                ),
                            );
                        }
                        return false;
                    };
                    out.period = period;
                }
                Role::Year => {
                    out.year_column = u32::try_from(meant.column + self.sheet.left).ok();
                    let read = state.periods.entry(text.to_owned()).or_insert_with(|| period::whole(text));
                    match read.and_then(|p| p.year) {
                        Some(year) => out.year = Some(year),
                        None => {
                            found.error(
                                "bad_year",
                                &self.cell_at(row, meant.column),
                                text,
                                words(
                                    format!("{:?} is no year from 1900 to 2200", text.trim()),
                                    format!("“{}”不是1900—2200之间的年份", text.trim()),
                                    "write the year in four digits",
                                    "请写四位数的年份",
                                ),
                            );
                            return false;
                        }
                    }
                }
                Role::Ledger => match a_ledger(text) {
                    Some(ledger) => out.ledger = Some(ledger),
                    None => {
                        found.warning("unknown_ledger", &self.cell_at(row, meant.column), text, words(
                            format!("{:?} is not a ledger; the row is left out", text.trim()),
                            format!("“{}”不是台账名称，该行未计入", text.trim()),
                            "write fai, works, attraction or granted", "请写fai（固投）、works（项目完成投资）、attraction（到位资金）或granted（上争资金）"));
                        return false;
                    }
                },
                Role::Composition => {
                    let part = composition(text).map_or_else(|| plain(text), str::to_owned);
                    if !["合计", "总计", "total", "all"].contains(&key(&part).as_str()) {
                        out.composition = Some(records.text(&part));
                    }
                }
                Role::Sector => {
                    let part = plain(text);
                    if !["合计", "总计", "全部", "total", "all", "-"].contains(&key(&part).as_str()) {
                        out.sector = Some(records.text(&part));
                    }
                }
                Role::Unit if plain(text).contains('%') => {}
                Role::Unit => out.unit = Some(records.text(&Unit::parse(&plain(text)).to_string())),
                Role::Parent => out.parent = Some(records.text(&cleaned(text))),
                Role::Published => out.published = Some(records.text(&a_day(text))),
                _ => {}
            }
        }
        state.above = out.clone();
        true
    }

    /// One record of a row; false where it has no year or no month.
    #[allow(clippy::too_many_arguments, reason = "the row, the block, and where records and findings go")]
    fn record(
        &self,
        row: usize,
        key: &RowKey,
        block: &Block<'_>,
        number_of_block: usize,
        state: &mut State,
        records: &mut Records,
        found: &mut Findings,
    ) -> bool {
        let mut out = Record { sheet: self.number, ..Record::default() };
        let own = Period { year: key.year.or(key.period.year), ..key.period };
        let in_cells = own.or(block.like.period);
        let mut period = in_cells.or(self.context.period);
        // 1-2月 under 当月 is the flow of both months.
        let double_flow =
            self.context.cumulative == Some(false) && (period.from, period.to) == (Some(1), Some(2));
        let by_period = (period.cumulative && !double_flow).then_some(true);
        let cumulative = block.like.cumulative.or(by_period).or(self.context.cumulative);
        // 三季度 under 累计 counts from January on.
        if cumulative == Some(true) && period.from.is_some_and(|from| from > 1) {
            period.from = Some(1);
        }
        let mixed = mixes_units(block);
        let (mut unit_in_cell, mut any) = (None, false);
        for measure in &block.measures {
            let role = match (key.role, measure.role) {
                (Some(role), Role::Amount | Role::Ytd | Role::Value | Role::Growth) => role,
                (_, role) => role,
            };
            let Some((x, unit)) = self.measure(row, measure, role, records, found) else { continue };
            any = true;
            let column = u32::try_from(measure.column + self.sheet.left).unwrap_or(u32::MAX);
            if unit.is_some() && unit_in_cell.is_none() {
                let first = self.cell_at(row, measure.column);
                let header = records.header_at.get(&(self.number, column));
                if records.unit_at.get(&(self.number, column)) == header {
                    records.unit_at.insert((self.number, column), first);
                }
            }
            unit_in_cell = unit.or(unit_in_cell);
            // Columns of one row in 万元 and 亿元 meet in 亿元.
            let x = match measure.unit.as_ref().and_then(Unit::yuan).filter(|_| mixed && role != Role::Growth)
            {
                Some(yuan) if yuan < 1e8 => {
                    let name = measure.unit.as_ref().map(ToString::to_string).unwrap_or_default();
                    if state.converted.insert(measure.column) {
                        found.warning(
                            "mixed_units",
                            &self.cell_at(measure.row, measure.column),
                            &name,
                            words(
                                format!(
                                    "the file mixes units: this column is in {name} and is brought to 亿元"
                                ),
                                format!("文件混用单位：该列为{name}，已换算为亿元"),
                                "use one unit, or look at the amounts",
                                "请统一单位，或核对金额",
                            ),
                        );
                    }
                    crate::num::round_to(x * yuan / 1e8, 10)
                }
                _ => x,
            };
            if role == Role::Growth {
                out.growth_column = column;
            } else if role != Role::Base || out.column == 0 {
                out.column = column;
            }
            match (role, cumulative) {
                (Role::Ytd, _) | (Role::Amount, Some(true)) => out.ytd = Some(x),
                (Role::Value, _) | (Role::Amount, Some(false)) => out.value = Some(x),
                (Role::Amount, None) => out.amount = Some(x),
                (Role::Growth, _) => {
                    out.growth = Some(if measure.index { crate::num::round_to(x - 100.0, 10) } else { x })
                }
                (Role::Base, _) => out.base = Some(x),
                _ => {}
            }
        }
        if !any {
            return true;
        }
        if out.ytd.is_some() && out.value.is_some() {
            // Both are given: the cumulative one says more.
            out.value = None;
        }
        if let (Some(x), Some(sum)) =
            (out.ytd.or(out.amount).or(out.value), state.sums.get_mut(number_of_block))
        {
            *sum = (sum.0 + x, sum.1 + 1);
        }
        let region = block.like.region.as_ref().map(|r| records.text(r)).or(key.region);
        let region = region.or_else(|| self.context.region.as_ref().map(|(r, _)| records.text(r)));
        let Some(region) = region else {
            self.leave(row, "no_region", records);
            return true;
        };
        let Some(to) = period.to.or_else(|| {
            // A year alone is the whole of it.
            let years = self.meant.iter().all(|m| m.period.to.is_none()) && block.like.period.year.is_some();
            years.then_some(12)
        }) else {
            return false;
        };
        let Some(year) = period.year.or(self.plan_year) else { return false };
        state.year_of_plan |= period.year.is_none();
        state.year_of_context |= in_cells.year.is_none() && period.year.is_some();
        let at =
            self.cell_at(row, key.time_column.map_or(block.like.column, |c| c as usize - self.sheet.left));
        if !(1..=12).contains(&to) {
            found.error(
                "bad_month",
                &at,
                &to.to_string(),
                words(
                    format!("there is no month {to}"),
                    format!("没有{to}月"),
                    "write a month from 1 to 12",
                    "请写1至12之间的月份",
                ),
            );
            self.leave(row, "bad_month", records);
            return true;
        }
        if period.from.is_some_and(|from| from > 1) && period.from != period.to {
            let from = period.from.unwrap_or(1);
            found.warning(
                "span_not_read",
                &at,
                &format!("{from}-{to}"),
                words(
                    format!("the span of months {from} to {to} does not count from January; it is left out"),
                    format!("{from}—{to}月不是自1月起的累计数，未计入"),
                    "give amounts of single months, or from January on",
                    "请提供当月数或自1月起的累计数",
                ),
            );
            self.leave(row, "span_not_read", records);
            return true;
        }
        if (period.from, to) == (Some(1), 2) && state.double.is_none() {
            let header = self.cell_at(block.like.row, block.like.column);
            state.double = Some(if key.time_column.is_some() { at.clone() } else { header });
        }
        let amount = out.ytd.or(out.amount).or(out.value);
        if self.context.title_month.is_some_and(|(y, m)| y == year && to > m)
            && amount.is_some_and(|x| x != 0.0)
        {
            found.warning(
                "future_month",
                &self.cell_at(row, block.like.column),
                &to.to_string(),
                words(
                    format!("the title says that the data run through an earlier month than {to}"),
                    format!("标题所示数据月份早于{to}月"),
                    "see whether title and column are right",
                    "请核对标题和列的月份",
                ),
            );
        }
        out.region = region;
        (out.year, out.month) = (year, to);
        out.ledger = key.ledger.or(block.like.ledger).or(self.context.ledger);
        out.sector = key.sector.or_else(|| block.like.sector.map(|c| records.text(c)));
        out.composition = key.composition.or_else(|| block.like.composition.map(|c| records.text(c)));
        let unit = block.measures.iter().find(|m| m.role != Role::Growth).and_then(|m| m.unit.clone());
        let unit = key
            .unit
            .or_else(|| unit.or_else(|| self.context.unit.clone()).map(|u| records.text(&u.to_string())));
        out.unit = if mixed { Some(records.text(&Unit::Yi.to_string())) } else { unit_in_cell.or(unit) };
        (out.parent, out.published) = (key.parent, key.published);
        (out.name_column, out.time_column, out.year_column) =
            (key.name_column, key.time_column, key.year_column);
        out.row = u32::try_from(row + self.sheet.top).unwrap_or(u32::MAX);
        records.all.push(out);
        true
    }

    /// The number of a cell, and the unit that stands in it.
    fn measure(
        &self,
        row: usize,
        measure: &Meant,
        role: Role,
        records: &mut Records,
        found: &mut Findings,
    ) -> Option<(f64, Option<u32>)> {
        let text = self.sheet.cell(row, measure.column);
        let at = || self.cell_at(row, measure.column);
        match number(text) {
            Number::Is(x) => return Some((x, None)),
            Number::Percent(x) if role == Role::Growth => return Some((x, None)),
            Number::Missing => return None,
            Number::Failed => {
                found.warning(
                    "formula_error",
                    &at(),
                    text,
                    words(
                        format!("the cell is {text}: its formula failed; it is read as empty"),
                        format!("单元格为{text}，公式出错；按空值读取"),
                        "mend the formula, or write the number",
                        "请修正公式或填写数字",
                    ),
                );
                return None;
            }
            Number::Percent(_) | Number::Not => {}
        }
        if role != Role::Growth
            && let Some((x, unit)) = with_unit(text)
        {
            return Some((x, Some(records.text(unit))));
        }
        let bare = unmarked(text);
        let marked = match number(bare) {
            Number::Is(x) => Some(x),
            Number::Percent(x) if role == Role::Growth => Some(x),
            _ => None,
        };
        if let Some(x) = marked.filter(|_| bare.len() < text.trim().len()) {
            found.note(
                "footnote_mark",
                &at(),
                text,
                words(
                    format!("a footnote's mark is taken away: {x}"),
                    format!("已去掉脚注标记：{x}"),
                    "nothing needs doing",
                    "无需处理",
                ),
            );
            return Some((x, None));
        }
        let (en, zh) = if role == Role::Growth { ("a growth", "增速") } else { ("an amount", "金额") };
        found.error(
            "not_a_number",
            &at(),
            text,
            words(
                format!("{:?} is not {en}", text.trim()),
                format!("“{}”不是{zh}", text.trim()),
                "write a number; leave the cell empty where nothing was published",
                "请填写数字；未公布的留空",
            ),
        );
        None
    }

    /// A row of totals: compared with the rows above it, and left out.
    fn total(
        &self,
        row: usize,
        name: usize,
        blocks: &[Block<'_>],
        sums: &mut [(f64, usize)],
        found: &mut Findings,
    ) {
        found.note(
            "total_row",
            &self.cell_at(row, name),
            self.sheet.cell(row, name).trim(),
            words(
                "a row of totals is no region and is left out",
                "合计行不是地区，未计入",
                "nothing needs doing",
                "无需处理",
            ),
        );
        for (block, (sum, count)) in blocks.iter().zip(sums.iter()) {
            let amount =
                block.measures.iter().find(|m| matches!(m.role, Role::Amount | Role::Ytd | Role::Value));
            let Some(measure) = amount else { continue };
            let Number::Is(total) = number(self.sheet.cell(row, measure.column)) else { continue };
            // A total above the rows has nothing to be compared with yet.
            if *count < 2 || (total - sum).abs() <= 0.005 * total.abs() + 0.05 * (*count as f64) {
                continue;
            }
            found.warning(
                "sum_mismatch",
                &self.cell_at(row, measure.column),
                self.sheet.cell(row, measure.column),
                words(
                    format!(
                        "the total is {total}; the {count} rows above add up to {}",
                        crate::unit::fixed(*sum, 2)
                    ),
                    format!("合计为{total}，上面{count}行之和为{}", crate::unit::fixed(*sum, 2)),
                    "see whether a row is missing, stands twice, or is part of another",
                    "请检查是否有遗漏、重复或包含关系的行",
                ),
            );
        }
        sums.fill((0.0, 0));
    }

    fn undated(&self, found: &mut Findings) {
        let any_year = self.context.period.year.or(self.plan_year).is_some()
            || self.of(Role::Year).is_some()
            || self.meant.iter().any(|m| m.period.year.is_some());
        let at = self.row_at(self.table.header.start);
        let (code, en, zh) = if any_year {
            ("no_month", "through which month the amounts count", "数据截至几月")
        } else {
            ("no_year", "which year the amounts are of", "数据是哪一年的")
        };
        found.error(
            code,
            &at,
            "",
            words(
                format!("nothing says {en}: no column, header, title or sheet's name"),
                format!("列、表头、标题和工作表名均未说明{zh}"),
                "say it in the mapping: year = 2023, month = 7",
                "请在对照中注明，如year = 2023、month = 7",
            ),
        );
    }
}

/// Whether the amounts of one row are in more than one unit of money.
fn mixes_units(block: &Block<'_>) -> bool {
    let mut units =
        block.measures.iter().filter(|m| m.role != Role::Growth).filter_map(|m| m.unit.as_ref()?.yuan());
    units.next().is_some_and(|first| units.any(|other| other != first))
}

/// A cell of a column of periods: a bare number is a month.
fn a_period(text: &str) -> Option<Period> {
    if let Number::Is(x) = number(text)
        && x.fract() == 0.0
    {
        if (0.0..=99.0).contains(&x) {
            return Some(Period { to: Some(x as u8), ..Period::default() });
        }
        // A serial of a date, from 1950 to 2100, whose format was lost.
        if (18_264.0..73_415.0).contains(&x) {
            return Some(serial(x));
        }
    }
    period::whole(text).or_else(|| {
        let joined = key(text);
        // 1-7 in a column of months.
        let (from, to) = joined.split_once('-')?;
        let (from, to) = (from.parse::<u8>().ok()?, to.parse::<u8>().ok()?);
        (from < to && to <= 12).then(|| Period {
            year: None,
            from: Some(from),
            to: Some(to),
            cumulative: from == 1,
        })
    })
}

/// Year and month of a day counted from 1899-12-30, as workbooks do.
pub(crate) fn serial(days: f64) -> Period {
    let (year, month, ..) = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    Period { year: Some(i32::from(year)), from: None, to: Some(month), cumulative: false }
}

/// A date in the one form that is read; as written where it is none.
fn a_day(text: &str) -> String {
    let shown = plain(text);
    let mut parts = shown.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => shown,
    }
}

fn a_ledger(text: &str) -> Option<Ledger> {
    Ledger::parse(&key(text)).ok().or_else(|| crate::ingest::words::context(text).ledger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_of_dates() {
        let p = a_period("45138").unwrap();
        assert_eq!((p.year, p.to), (Some(2023), Some(7)));
        let p = a_period("36585").unwrap();
        assert_eq!((p.year, p.to), (Some(2000), Some(2)));
        assert_eq!(a_period("1-7").unwrap().from, Some(1));
        assert_eq!(a_period("13").unwrap().to, Some(13));
    }
}
