//! From the cells of a table to records: one a region, a period and what is measured, with the cells it came from.

use crate::error::Severity;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::guess::{Context, Meant};
use crate::ingest::layout::Table;
use crate::ingest::names::{How, Named, Names, depth};
use crate::ingest::number::{Number, number};
use crate::ingest::period::{self, Period};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::{key, plain};
use crate::ingest::words::{Role, composition, is_note};
use crate::ledger::Ledger;
use crate::unit::Unit;
use calamine::{ExcelDateTime, ExcelDateTimeType};
use std::collections::BTreeMap;

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
}

/// A row that no record was made of.
#[derive(Debug, Clone)]
pub(crate) struct Rest {
    pub(crate) sheet: Option<String>,
    pub(crate) row: u32,
    pub(crate) why: &'static str,
    pub(crate) cells: Vec<String>,
}

/// All records of a file.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) texts: Vec<String>,
    known: BTreeMap<String, u32>,
    pub(crate) all: Vec<Record>,
    pub(crate) rest: Vec<Rest>,
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
        let same = |block: &&mut Block<'_>| {
            let like = block.like;
            let alike = (&like.region, like.composition) == (&measure.region, measure.composition)
                && (like.ledger == measure.ledger || measure.ledger.is_none())
                && (like.period == measure.period || measure.period.is_empty() && like.period.to.is_none());
            alike && block.measures.iter().all(|m| m.role != measure.role)
        };
        match out.iter_mut().find(same) {
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
    sector: Option<u32>,
    composition: Option<u32>,
    unit: Option<u32>,
    parent: Option<u32>,
    published: Option<u32>,
}

/// One table on its way to records.
pub(crate) struct Reading<'a, 'n> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) number: u32,
    pub(crate) table: &'a Table,
    pub(crate) context: &'a Context,
    pub(crate) meant: &'a [Meant],
    pub(crate) names: &'a mut Names<'n>,
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
    pub(crate) fn read(self, records: &mut Records, found: &mut Findings) {
        let meant = self.meant;
        let blocks = blocks(meant);
        if blocks.is_empty() {
            return;
        }
        let region = self.of(Role::Region).map(|m| m.column);
        let mut told: BTreeMap<String, ()> = BTreeMap::new();
        let mut periods: BTreeMap<String, Option<Period>> = BTreeMap::new();
        let (mut last, mut last_depth): (Option<u32>, usize) = (None, 0);
        let mut sums: Vec<(f64, usize)> = vec![(0.0, 0); blocks.len()];
        let mut undated = 0usize;
        for row in self.table.data.clone() {
            if self.table.aside.contains(&row) {
                self.aside(row, records, found);
                continue;
            }
            let name = region.map(|c| self.sheet.cell(row, c).to_owned());
            if name.as_deref().unwrap_or_default().is_empty() && self.is_blank(row) {
                continue;
            }
            let mut key = RowKey::default();
            if let Some(name) = &name {
                let deep = depth(name);
                let deeper = last.is_some() && deep > last_depth && deep > 0;
                match self.names.of(name, deeper) {
                    Named::Region { name: known, how } => {
                        self.matched(row, region.unwrap_or(0), name, &known, how, &mut told, found);
                        let number = records.text(&known);
                        (last, last_depth) = (Some(number), deep);
                        key.region = Some(number);
                    }
                    Named::Blank => key.region = last,
                    Named::Composition(part) => {
                        key.region = last;
                        key.composition = Some(records.text(part));
                    }
                    Named::Total => {
                        self.total(row, &blocks, &mut sums, found);
                        self.leave(row, "total_row", records);
                        continue;
                    }
                    Named::Part => {
                        let at = self.cell_at(row, region.unwrap_or(0));
                        found.note("sub_row", &at, name.trim(), words(
                            "the row is a part of the one above and is left out",
                            "该行为上一行的其中项，未计入",
                            "map its name to a region if it is one", "如确为地区，请在对照中指定"));
                        self.leave(row, "sub_row", records);
                        continue;
                    }
                    Named::Unknown { nearest } => {
                        self.unknown(row, region.unwrap_or(0), name, nearest, found);
                        self.leave(row, "unknown_region", records);
                        continue;
                    }
                }
            }
            if !self.keys(row, &mut key, &mut periods, records, found) {
                self.leave(row, "not_read", records);
                continue;
            }
            for (block, sum) in blocks.iter().zip(&mut sums) {
                undated += usize::from(!self.record(row, &key, block, sum, records, found));
            }
        }
        if undated > 0 {
            self.undated(found);
        }
    }

    fn is_blank(&self, row: usize) -> bool {
        self.meant.iter().filter(|m| m.role.is_measure()).all(|m| plain(self.sheet.cell(row, m.column)).is_empty())
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
            if is_note(&text) || !repeated { "a note in the table is left out" } else { "the header stands here again" },
            if is_note(&text) || !repeated { "表内说明文字未计入" } else { "表头在此重复，已略过" },
            "nothing needs doing",
            "无需处理",
        );
        found.note("notes_left_out", &self.row_at(row), &text, help);
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
        found.push("region_matched", severity, &self.cell_at(row, column), written.trim(), words(
            format!("{:?} is read as {name:?}", written.trim()),
            format!("“{}”视为“{name}”", written.trim()),
            "map the name to another region, or to none, if this is wrong",
            "如不正确，请在对照中改为其他地区或不计入"));
    }

    fn unknown(&self, row: usize, column: usize, written: &str, nearest: Option<String>, found: &mut Findings) {
        let (near_en, near_zh) = nearest.map_or((String::new(), String::new()), |n| {
            (format!("; the nearest is {n:?}"), format!("；最接近的是“{n}”"))
        });
        found.warning("unknown_region", &self.cell_at(row, column), written.trim(), words(
            format!("{:?} is no region of the plan{near_en}; the row is left out", written.trim()),
            format!("“{}”不在计划的地区中{near_zh}；该行未计入", written.trim()),
            "map the name to a region, or add it to the plan as a region or an alias",
            "请在对照中指定地区，或在计划中增加该地区或别名"));
    }

    /// The row's own period, ledger and so on; false where one of them cannot be used.
    fn keys(
        &self,
        row: usize,
        out: &mut RowKey,
        periods: &mut BTreeMap<String, Option<Period>>,
        records: &mut Records,
        found: &mut Findings,
    ) -> bool {
        for meant in self.meant {
            let text = self.sheet.cell(row, meant.column);
            if text.is_empty() {
                continue;
            }
            match meant.role {
                Role::Period => {
                    let read = *periods.entry(text.to_owned()).or_insert_with(|| a_period(text));
                    let Some(period) = read else {
                        let at = self.cell_at(row, meant.column);
                        if is_note(text) || number(text) == Number::Missing {
                            found.note("notes_left_out", &at, text, words(
                                "a row without a period is left out", "无时期的行未计入", "nothing needs doing", "无需处理"));
                        } else {
                            found.error("not_a_period", &at, text, words(
                                format!("{:?} is no month, span of months or date", text.trim()),
                                format!("“{}”不是月份、时段或日期", text.trim()),
                                "write 7, 7月, 1-7月, 2023-07 or 2023年7月", "请写7、7月、1-7月、2023-07或2023年7月"));
                        }
                        return false;
                    };
                    out.period = period;
                }
                Role::Year => {
                    let read = periods.entry(text.to_owned()).or_insert_with(|| period::whole(text));
                    match read.and_then(|p| p.year) {
                        Some(year) => out.year = Some(year),
                        None => {
                            found.error("bad_year", &self.cell_at(row, meant.column), text, words(
                                format!("{:?} is no year from 1900 to 2200", text.trim()),
                                format!("“{}”不是1900—2200之间的年份", text.trim()),
                                "write the year in four digits", "请写四位数的年份"));
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
                Role::Unit => out.unit = Some(records.text(&Unit::parse(&plain(text)).to_string())),
                Role::Parent => out.parent = Some(records.text(&crate::ingest::names::cleaned(text))),
                Role::Published => out.published = Some(records.text(&plain(text).replace(['/', '.'], "-"))),
                _ => {}
            }
        }
        true
    }

    /// One record of a row; false where it has no year or no month.
    fn record(
        &self,
        row: usize,
        key: &RowKey,
        block: &Block<'_>,
        sum: &mut (f64, usize),
        records: &mut Records,
        found: &mut Findings,
    ) -> bool {
        let mut out = Record { sheet: self.number, ..Record::default() };
        let mut any = false;
        let own = Period { year: key.year.or(key.period.year), ..key.period };
        let period = own.or(block.like.period).or(self.context.period);
        let cumulative = block.like.cumulative.or(period.cumulative.then_some(true)).or(self.context.cumulative);
        for measure in &block.measures {
            let Some(x) = self.measure(row, measure, found) else { continue };
            any = true;
            let column = u32::try_from(measure.column + self.sheet.left).unwrap_or(u32::MAX);
            if measure.role == Role::Growth {
                out.growth_column = column;
            } else {
                out.column = column;
            }
            match (measure.role, cumulative) {
                (Role::Ytd, _) | (Role::Amount, Some(true)) => out.ytd = Some(x),
                (Role::Value, _) | (Role::Amount, Some(false)) => out.value = Some(x),
                (Role::Amount, None) => out.amount = Some(x),
                (Role::Growth, _) => out.growth = Some(x),
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
        if let Some(x) = out.ytd.or(out.amount).or(out.value) {
            *sum = (sum.0 + x, sum.1 + 1);
        }
        let region = block.like.region.as_ref().map(|r| records.text(r)).or(key.region);
        let region = region.or_else(|| self.context.region.as_ref().map(|r| records.text(r)));
        let Some(region) = region else {
            self.leave(row, "no_region", records);
            return true;
        };
        let Some(year) = period.year else { return false };
        let to = match (period.to, period.from) {
            (Some(to), _) => to,
            // A year alone is the whole of it.
            (None, _) if self.meant.iter().all(|m| m.period.to.is_none()) && block.like.period.year.is_some() => 12,
            (None, _) => return false,
        };
        let at = self.cell_at(row, block.like.column);
        if !(1..=12).contains(&to) {
            found.error("bad_month", &at, &to.to_string(), words(
                format!("there is no month {to}"), format!("没有{to}月"),
                "write a month from 1 to 12", "请写1至12之间的月份"));
            self.leave(row, "bad_month", records);
            return true;
        }
        if period.from.is_some_and(|from| from > 1) && period.from != period.to {
            let from = period.from.unwrap_or(1);
            found.warning("span_not_read", &at, &format!("{from}-{to}"), words(
                format!("the span of months {from} to {to} does not count from January; it is left out"),
                format!("{from}—{to}月不是自1月起的累计数，未计入"),
                "give amounts of single months, or from January on", "请提供当月数或自1月起的累计数"));
            self.leave(row, "span_not_read", records);
            return true;
        }
        out.region = region;
        (out.year, out.month) = (year, to);
        out.ledger = key.ledger.or(block.like.ledger).or(self.context.ledger);
        out.sector = key.sector;
        out.composition = key.composition.or_else(|| block.like.composition.map(|c| records.text(c)));
        let unit = block.measures.iter().find(|m| m.role != Role::Growth).and_then(|m| m.unit.clone());
        out.unit = key.unit.or_else(|| unit.or_else(|| self.context.unit.clone()).map(|u| records.text(&u.to_string())));
        (out.parent, out.published) = (key.parent, key.published);
        out.row = u32::try_from(row + self.sheet.top).unwrap_or(u32::MAX);
        records.all.push(out);
        true
    }

    fn measure(&self, row: usize, measure: &Meant, found: &mut Findings) -> Option<f64> {
        let text = self.sheet.cell(row, measure.column);
        let at = || self.cell_at(row, measure.column);
        match number(text) {
            Number::Is(x) => Some(x),
            Number::Percent(x) if measure.role == Role::Growth => Some(x),
            Number::Missing => None,
            Number::Failed => {
                found.warning("formula_error", &at(), text, words(
                    format!("the cell is {text}: its formula failed; it is read as empty"),
                    format!("单元格为{text}，公式出错；按空值读取"),
                    "mend the formula, or write the number", "请修正公式或填写数字"));
                None
            }
            Number::Percent(_) | Number::Not => {
                found.error("not_a_number", &at(), text, words(
                    format!("{:?} is not {}", text.trim(), if measure.role == Role::Growth { "a growth" } else { "an amount" }),
                    format!("“{}”不是{}", text.trim(), if measure.role == Role::Growth { "增速" } else { "金额" }),
                    "write a number; leave the cell empty where nothing was published",
                    "请填写数字；未公布的留空"));
                None
            }
        }
    }

    /// A row of totals: compared with the rows above it, and left out.
    fn total(&self, row: usize, blocks: &[Block<'_>], sums: &mut [(f64, usize)], found: &mut Findings) {
        let name = self.of(Role::Region).map(|m| m.column).unwrap_or(0);
        found.note("total_row", &self.cell_at(row, name), self.sheet.cell(row, name).trim(), words(
            "a row of totals is no region and is left out", "合计行不是地区，未计入", "nothing needs doing", "无需处理"));
        for (block, (sum, count)) in blocks.iter().zip(sums.iter()) {
            let amount = block.measures.iter().find(|m| matches!(m.role, Role::Amount | Role::Ytd | Role::Value));
            let Some(measure) = amount else { continue };
            let Number::Is(total) = number(self.sheet.cell(row, measure.column)) else { continue };
            // A total above the rows has nothing to be compared with yet.
            if *count < 2 || (total - sum).abs() <= 0.005 * total.abs() + 0.05 * (*count as f64) {
                continue;
            }
            found.warning("sum_mismatch", &self.cell_at(row, measure.column), self.sheet.cell(row, measure.column), words(
                format!("the total is {total}; the {count} rows above add up to {}", crate::unit::fixed(*sum, 2)),
                format!("合计为{total}，上面{count}行之和为{}", crate::unit::fixed(*sum, 2)),
                "see whether a row is missing, stands twice, or is part of another", "请检查是否有遗漏、重复或包含关系的行"));
        }
        sums.fill((0.0, 0));
    }

    fn undated(&self, found: &mut Findings) {
        let any_year = self.context.period.year.is_some()
            || self.of(Role::Year).is_some()
            || self.meant.iter().any(|m| m.period.year.is_some());
        let at = self.row_at(self.table.header.start);
        let (code, en, zh) = if any_year {
            ("no_month", "through which month the amounts count", "数据截至几月")
        } else {
            ("no_year", "which year the amounts are of", "数据是哪一年的")
        };
        found.error(code, &at, "", words(
            format!("nothing says {en}: no column, header, title or sheet's name"),
            format!("列、表头、标题和工作表名均未说明{zh}"),
            "say it in the mapping: year = 2023, month = 7", "请在对照中注明，如year = 2023、month = 7"));
    }
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
        (from < to && to <= 12).then(|| Period { year: None, from: Some(from), to: Some(to), cumulative: from == 1 })
    })
}

/// Year and month of a day counted from 1899-12-30, as workbooks do.
pub(crate) fn serial(days: f64) -> Period {
    let (year, month, ..) = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    Period { year: Some(i32::from(year)), from: None, to: Some(month), cumulative: false }
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
