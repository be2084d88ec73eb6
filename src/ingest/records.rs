//! From the cells of a table to records.

use crate::ingest::block::{Block, blocks, mixes_units};
use crate::ingest::fault::{Findings, words};
use crate::ingest::guess::{Context, Meant};
use crate::ingest::layout::Table;
use crate::ingest::names::Names;
use crate::ingest::number::{Number, number, with_unit};
use crate::ingest::period::Period;
use crate::ingest::record::{Record, Records};
use crate::ingest::row::{RowKey, State, Sum};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::{blank, plain, unmarked};
use crate::ingest::texts::Known;
use crate::ingest::tidy::mixed as say_mixed;
use crate::ingest::words::{Role, is_note};
use crate::unit::Unit;

/// Records that room is made for at once: of a million rows most may be blank.
const AT_ONCE: usize = 1 << 18;

/// Numbers of the texts that a block's records share, once one of them was asked for.
#[derive(Debug, Clone, Default)]
struct Shared {
    region: Option<u32>,
    unit: Option<Option<u32>>,
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

impl<'a> Reading<'a, '_> {
    pub(super) fn of(&self, role: Role) -> Option<&Meant> {
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
                &self.sheet.place(),
                written,
                words(
                    format!("{written:?} is read as {region:?}"),
                    format!("“{written}”视为“{region}”"),
                    "map the name to another region if this is wrong",
                    "如不正确，请在对照中改正",
                ),
            );
        }
        let sums = vec![Sum::default(); blocks.len()];
        let parts = meant.iter().map(|_| Known::default()).collect();
        let mut state = State { sums, parts, ..State::default() };
        let mut shared = vec![Shared::default(); blocks.len()];
        let before = records.all.len();
        records.all.reserve(self.table.data.len().min(AT_ONCE));
        for row in self.table.data.clone() {
            self.row(row, &blocks, &mut shared, &mut state, records, found);
        }
        if state.undated > 0 {
            self.undated(found);
        }
        if records.all.len() > before {
            self.say_years(&state, found);
        }
    }

    /// Reads a row. A function of its own, since a browser makes a function faster only between two calls of it.
    #[inline(never)]
    fn row(
        &mut self,
        row: usize,
        blocks: &[Block<'_>],
        shared: &mut [Shared],
        state: &mut State<'a>,
        records: &mut Records,
        found: &mut Findings,
    ) {
        if self.table.aside.binary_search(&row).is_ok() {
            self.aside(row, records, found);
            return;
        }
        if self.is_blank(row)
            && self.of(Role::Region).is_none_or(|m| self.sheet.cell(row, m.column).is_empty())
        {
            return;
        }
        if self.too_long(row, found) {
            records.rest.push(self.sheet.left_out(row, "row_too_long"));
            return;
        }
        let Some(mut key) = self.name(row, blocks, state, records, found) else { return };
        if !self.keys(row, &mut key, state, records, found) {
            records.rest.push(self.sheet.left_out(row, "not_read"));
            return;
        }
        for ((at, block), shared) in blocks.iter().enumerate().zip(shared) {
            let dated = self.record(row, &key, block, at, shared, state, records, found);
            state.undated += usize::from(!dated);
        }
    }

    /// Where each column's header and unit stand, for findings of whole columns.
    fn note_headers(&self, records: &mut Records) {
        let unit_column = self.of(Role::Unit).map(|m| (m.row, m.column));
        for meant in self.meant.iter().filter(|m| m.role.is_measure()) {
            let key = (self.number, self.sheet.column_number(meant.column));
            let header = self.sheet.cell_at(meant.row, meant.column);
            let unit = if unit_column.is_some() || meant.unit.is_some() {
                unit_column
            } else {
                self.context.unit_at
            };
            records.unit_at.insert(
                key,
                unit.map_or_else(|| header.clone(), |(row, column)| self.sheet.cell_at(row, column)),
            );
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
                &self.sheet.cell_at(row, column),
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

    /// The year that a title or the plan gave, and the double month, once.
    fn say_years(&self, state: &State, found: &mut Findings) {
        if state.year_of_context {
            let year = self.context.period.year.map_or_else(String::new, |y| y.to_string());
            let place = self
                .context
                .year_at
                .map_or_else(|| self.sheet.place(), |(row, column)| self.sheet.cell_at(row, column));
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
                &self.sheet.row_at(self.table.header.start),
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
        self.meant.iter().filter(|m| m.role.is_measure()).all(|m| blank(self.sheet.cell(row, m.column)))
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
        let column = (0..self.sheet.size().1).find(|c| !blank(self.sheet.cell(row, *c))).unwrap_or(0);
        found.note("notes_left_out", &self.sheet.cell_at(row, column), &text, help);
        records.rest.push(self.sheet.left_out(row, "notes_left_out"));
    }

    /// One record of a row; false where it has no year or no month.
    #[allow(clippy::too_many_arguments, reason = "the row, the block, and where records and findings go")]
    fn record(
        &self,
        row: usize,
        key: &RowKey,
        block: &Block<'_>,
        number_of_block: usize,
        shared: &mut Shared,
        state: &mut State<'_>,
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
            let column = self.sheet.column_number(measure.column);
            if unit.is_some() && unit_in_cell.is_none() {
                let first = self.sheet.cell_at(row, measure.column);
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
                        say_mixed(&self.sheet.cell_at(measure.row, measure.column), &name, found);
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
            (out.amount.or(out.ytd).or(out.value), state.sums.get_mut(number_of_block))
        {
            sum.add(x, period);
        }
        let region =
            block.like.region.as_ref().map(|r| *shared.region.get_or_insert_with(|| records.text(r)));
        let region = region.or(key.region);
        let of_table = || self.context.region.as_ref().map(|(r, _)| records.text(r));
        let region = region.or_else(of_table);
        let Some(region) = region else {
            records.rest.push(self.sheet.left_out(row, "no_region"));
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
        let time = key.time_column.map_or(block.like.column, |c| c as usize - self.sheet.left);
        let at = || self.sheet.cell_at(row, time);
        if !(1..=12).contains(&to) {
            found.error(
                "bad_month",
                &at(),
                &to.to_string(),
                words(
                    format!("there is no month {to}"),
                    format!("没有{to}月"),
                    "write a month from 1 to 12",
                    "请写1至12之间的月份",
                ),
            );
            records.rest.push(self.sheet.left_out(row, "bad_month"));
            return true;
        }
        if period.from.is_some_and(|from| from > 1) && period.from != period.to {
            let from = period.from.unwrap_or(1);
            found.warning(
                "span_not_read",
                &at(),
                &format!("{from}-{to}"),
                words(
                    format!("the span of months {from} to {to} does not count from January; it is left out"),
                    format!("{from}—{to}月不是自1月起的累计数，未计入"),
                    "give amounts of single months, or from January on",
                    "请提供当月数或自1月起的累计数",
                ),
            );
            records.rest.push(self.sheet.left_out(row, "span_not_read"));
            return true;
        }
        if in_cells.from == Some(1) && to > 1 {
            let spans = records.spans.entry(self.number).or_default();
            *spans = (spans.0 || to == 2, spans.1 || to > 2);
        }
        if (period.from, to) == (Some(1), 2) && state.double.is_none() {
            let header = self.sheet.cell_at(block.like.row, block.like.column);
            state.double = Some(if key.time_column.is_some() { at() } else { header });
        }
        let amount = out.amount.or(out.ytd).or(out.value);
        if self.context.title_month.is_some_and(|(y, m)| y == year && to > m)
            && amount.is_some_and(|x| x != 0.0)
        {
            found.warning(
                "future_month",
                &self.sheet.cell_at(row, block.like.column),
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
        out.unit = match unit_in_cell.or(key.unit).filter(|_| !mixed) {
            Some(unit) => Some(unit),
            None => *shared.unit.get_or_insert_with(|| {
                let own = block.measures.iter().find(|m| m.role != Role::Growth).and_then(|m| m.unit.clone());
                let said = own.or_else(|| self.context.unit.clone());
                let unit = if mixed { Some(Unit::Yi) } else { said };
                unit.map(|unit| records.text(&unit.to_string()))
            }),
        };
        (out.parent, out.published) = (key.parent, key.published);
        (out.name_column, out.time_column, out.year_column) =
            (key.name_column, key.time_column, key.year_column);
        out.row = self.sheet.row_number(row);
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
        let at = || self.sheet.cell_at(row, measure.column);
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
    pub(super) fn total(
        &self,
        row: usize,
        name: usize,
        blocks: &[Block<'_>],
        sums: &mut [Sum],
        found: &mut Findings,
    ) {
        found.note(
            "total_row",
            &self.sheet.cell_at(row, name),
            self.sheet.cell(row, name).trim(),
            words(
                "a row of totals is no region and is left out",
                "合计行不是地区，未计入",
                "nothing needs doing",
                "无需处理",
            ),
        );
        for (block, sum) in blocks.iter().zip(sums.iter()).filter(|(_, sum)| !sum.mixed) {
            let amount =
                block.measures.iter().find(|m| matches!(m.role, Role::Amount | Role::Ytd | Role::Value));
            let Some(measure) = amount else { continue };
            let Number::Is(total) = number(self.sheet.cell(row, measure.column)) else { continue };
            // A total above the rows has nothing to be compared with yet.
            let Sum { total: added, rows, .. } = *sum;
            if rows < 2 || (total - added).abs() <= 0.005 * total.abs() + 0.05 * (rows as f64) {
                continue;
            }
            found.warning(
                "sum_mismatch",
                &self.sheet.cell_at(row, measure.column),
                self.sheet.cell(row, measure.column),
                words(
                    format!(
                        "the total is {}; the {rows} rows above add up to {}",
                        crate::unit::fixed(total, 2),
                        crate::unit::fixed(added, 2)
                    ),
                    format!(
                        "合计为{}，上面{rows}行之和为{}",
                        crate::unit::fixed(total, 2),
                        crate::unit::fixed(added, 2)
                    ),
                    "see whether a row is missing, stands twice, or is part of another",
                    "请检查是否有遗漏、重复或包含关系的行",
                ),
            );
        }
        sums.fill(Sum::default());
    }

    fn undated(&self, found: &mut Findings) {
        let any_year = self.context.period.year.or(self.plan_year).is_some()
            || self.of(Role::Year).is_some()
            || self.meant.iter().any(|m| m.period.year.is_some());
        let at = self.sheet.row_at(self.table.header.start);
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
