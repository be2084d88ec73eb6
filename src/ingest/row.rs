//! What a row is of: its region, its time, its ledger.

use crate::calendar::Day;
use crate::error::Severity;
use crate::ingest::block::Block;
use crate::ingest::cell::{a_composition, a_day, a_ledger, a_period, a_sector, a_unit};
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::guess::{Indicator, Meant, indicator};
use crate::ingest::names::{How, Named, cleaned, depth};
use crate::ingest::number::{Number, number};
use crate::ingest::period::{self, Period};
use crate::ingest::record::Records;
use crate::ingest::records::Reading;
use crate::ingest::text::{blank, plain};
use crate::ingest::texts::Known;
use crate::ingest::words::{Role, is_note, is_part};
use crate::ledger::Ledger;
use std::collections::BTreeSet;

/// What stands in the row, whatever the block.
#[derive(Debug, Clone, Default)]
pub(super) struct RowKey {
    pub(super) region: Option<u32>,
    pub(super) period: Period,
    pub(super) year: Option<i32>,
    pub(super) ledger: Option<Ledger>,
    /// What the row's indicator says that it measures.
    pub(super) role: Option<Role>,
    pub(super) name_column: Option<u32>,
    pub(super) time_column: Option<u32>,
    pub(super) year_column: Option<u32>,
    pub(super) sector: Option<u32>,
    pub(super) composition: Option<u32>,
    pub(super) unit: Option<u32>,
    pub(super) parent: Option<u32>,
    pub(super) published: Option<u32>,
}

/// What is remembered from row to row.
/// What the rows since the last row of totals add up to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) total: f64,
    pub(super) rows: usize,
    /// Year and last month of the first of them.
    of: Option<(Option<i32>, Option<u8>)>,
    /// Whether they are of several years or months, which no total is the sum of.
    pub(super) mixed: bool,
}

impl Sum {
    pub(super) fn add(&mut self, amount: f64, period: Period) {
        let of = (period.year, period.to);
        self.mixed |= self.of.is_some_and(|first| first != of);
        self.of.get_or_insert(of);
        self.total += amount;
        self.rows += 1;
    }
}

#[derive(Default)]
pub(super) struct State<'a> {
    pub(super) told: BTreeSet<String>,
    /// What cells of key columns say, by column.
    pub(super) parts: Vec<Known<&'a str, Part>>,
    /// Names at the margin that are regions and need no word about it.
    pub(super) regions: Known<&'a str, u32>,
    pub(super) last: Option<u32>,
    pub(super) depth: usize,
    /// Year, period and ledger of the row above, for cells that are merged down.
    pub(super) above: RowKey,
    pub(super) sums: Vec<Sum>,
    /// Whether the name above is that of a row of totals.
    pub(super) in_totals: bool,
    pub(super) undated: usize,
    pub(super) year_of_context: bool,
    pub(super) year_of_plan: bool,
    pub(super) double: Option<At>,
    pub(super) converted: BTreeSet<usize>,
}

impl<'a> Reading<'a, '_> {
    /// Whose row it is; none where it is nobody's, which has been said.
    pub(super) fn name(
        &mut self,
        row: usize,
        blocks: &[Block<'_>],
        state: &mut State<'a>,
        records: &mut Records,
        found: &mut Findings,
    ) -> Option<RowKey> {
        let mut key = RowKey::default();
        let Some(region) = self.of(Role::Region).map(|m| m.column) else { return Some(key) };
        if let Some(known) = state.regions.get(self.sheet.cell(row, region)) {
            state.in_totals = false;
            (state.last, state.depth) = (Some(known), 0);
            (key.region, key.name_column) = (state.last, Some(self.sheet.column_number(region)));
            return Some(key);
        }
        let (column, name) = self.name_cell(row, region);
        let deep = depth(name);
        let deeper = state.last.is_some() && deep > state.depth && deep > 0;
        let at = self.sheet.cell_at(row, column);
        key.name_column = Some(self.sheet.column_number(column));
        let named = self.names.of(name, deeper);
        if let Named::Region { .. } | Named::Unknown { .. } | Named::Total = named {
            state.in_totals = matches!(named, Named::Total);
        }
        match named {
            Named::Region { name: known, how } => {
                self.matched(row, column, name, &known, how, &mut state.told, found);
                let number = records.text(&known);
                state.last = Some(number);
                if deep == 0 && column == region && !is_part(name) {
                    state.regions.put(name, number);
                }
                state.depth = if is_part(name) { state.depth } else { deep };
                key.region = state.last;
            }
            Named::Unknown { nearest } => {
                // Once a name: a year's table has it in every month.
                if state.told.insert(name.trim().to_owned()) {
                    self.unknown(row, column, name, nearest, found);
                }
                (state.last, state.depth) = (Some(records.text(&cleaned(name))), deep);
                key.region = state.last;
            }
            // A merged cell: the name above goes on.
            Named::Blank if state.in_totals => {
                records.rest.push(self.sheet.left_out(row, "total_row"));
                return None;
            }
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
                records.rest.push(self.sheet.left_out(row, "total_row"));
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
                records.rest.push(self.sheet.left_out(row, "sub_row"));
                return None;
            }
        }
        Some(key)
    }

    /// The cell that names the row: where its own is empty, one to the left that names a total or a region.
    pub(super) fn name_cell(&mut self, row: usize, region: usize) -> (usize, &'a str) {
        let sheet = self.sheet;
        let own = sheet.cell(row, region);
        if blank(own) {
            for column in (0..region).rev() {
                let text = sheet.cell(row, column);
                let names_it = match self.names.of(text, false) {
                    Named::Total => true,
                    Named::Region { .. } => self.names.has_plan(),
                    _ => false,
                };
                if names_it {
                    return (column, text);
                }
            }
        }
        (region, own)
    }

    #[allow(clippy::too_many_arguments, reason = "the cell, both names, and where findings go")]
    pub(super) fn matched(
        &self,
        row: usize,
        column: usize,
        written: &str,
        name: &str,
        how: How,
        told: &mut BTreeSet<String>,
        found: &mut Findings,
    ) {
        let severity = match how {
            How::Written => return,
            How::Known | How::Short => Severity::Note,
            How::Near => Severity::Warning,
        };
        if plain(written) == name || !told.insert(written.to_owned()) {
            return;
        }
        found.push(
            "region_matched",
            severity,
            &self.sheet.cell_at(row, column),
            written.trim(),
            words(
                format!("{:?} is read as {name:?}", written.trim()),
                format!("“{}”视为“{name}”", written.trim()),
                "map the name to another region, or to none, if this is wrong",
                "如不正确，请在对照中改为其他地区或不计入",
            ),
        );
    }

    pub(super) fn unknown(
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
            &self.sheet.cell_at(row, column),
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
    pub(super) fn keys(
        &self,
        row: usize,
        out: &mut RowKey,
        state: &mut State<'a>,
        records: &mut Records,
        found: &mut Findings,
    ) -> bool {
        for (meant, known) in self.meant.iter().zip(&mut state.parts) {
            if meant.role.is_measure() || matches!(meant.role, Role::Region | Role::Ignored) {
                continue;
            }
            let text = self.sheet.cell(row, meant.column);
            if blank(text) {
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
            let part = known.of(text, |text| self.part(row, meant, text, records, found));
            let Some(part) = part else { return false };
            part.into(out, || self.sheet.column_number(meant.column));
        }
        state.above = out.clone();
        true
    }

    /// What a cell says of its row; none where it cannot be used, which has been said.
    fn part(
        &self,
        row: usize,
        meant: &Meant,
        text: &str,
        records: &mut Records,
        found: &mut Findings,
    ) -> Option<Part> {
        let at = || self.sheet.cell_at(row, meant.column);
        Some(match meant.role {
            Role::Indicator => match indicator(text) {
                Some(Indicator::Measure(Role::Ignored)) => return None,
                Some(Indicator::Measure(role)) => {
                    let unit = crate::ingest::words::context(text).unit;
                    Part::Measure(role, unit.map(|u| records.text(&u.to_string())))
                }
                Some(Indicator::Ledger(ledger)) => Part::Ledger(ledger),
                Some(Indicator::Composition(part)) => Part::Composition(records.text(part)),
                Some(Indicator::Sector(part)) => Part::Sector(records.text(part)),
                Some(Indicator::Other) | None => {
                    found.note(
                        "other_indicator",
                        &at(),
                        text.trim(),
                        words(
                            format!("{:?} is none of the ledgers; the row is left out", text.trim()),
                            format!("“{}”不属于四个台账，该行未计入", text.trim()),
                            "nothing needs doing",
                            "无需处理",
                        ),
                    );
                    return None;
                }
            },
            Role::Period => match a_period(text) {
                Some(period) => Part::Period(period),
                None => {
                    not_a_period(text, &at(), found);
                    return None;
                }
            },
            Role::Year => match period::whole(text).and_then(|p| p.year) {
                Some(year) => Part::Year(year),
                None => {
                    found.error(
                        "bad_year",
                        &at(),
                        text,
                        words(
                            format!("{:?} is no year from 1900 to 2200", text.trim()),
                            format!("“{}”不是1900—2200之间的年份", text.trim()),
                            "write the year in four digits",
                            "请写四位数的年份",
                        ),
                    );
                    return None;
                }
            },
            Role::Ledger => match a_ledger(text) {
                Some(ledger) => Part::Ledger(ledger),
                None => {
                    found.warning("unknown_ledger", &at(), text, words(
                        format!("{:?} is not a ledger; the row is left out", text.trim()),
                        format!("“{}”不是台账名称，该行未计入", text.trim()),
                        "write fai, works, attraction or granted", "请写fai（固投）、works（项目完成投资）、attraction（到位资金）或granted（上争资金）"));
                    return None;
                }
            },
            Role::Composition => {
                a_composition(text).map_or(Part::Nothing, |part| Part::Composition(records.text(&part)))
            }
            Role::Sector => a_sector(text).map_or(Part::Nothing, |part| Part::Sector(records.text(&part))),
            Role::Unit => {
                a_unit(text).map_or(Part::Nothing, |unit| Part::Unit(records.text(&unit.to_string())))
            }
            Role::Parent => Part::Parent(records.text(&cleaned(text))),
            Role::Published => {
                let day = a_day(text);
                if Day::parse(&day).is_none() {
                    found.warning(
                        "not_a_date",
                        &at(),
                        text,
                        words(
                            format!(
                                "{:?} is no date; the figure is taken without its date of publication",
                                text.trim()
                            ),
                            format!("“{}”不是日期；该数据按未注明公布日期读取", text.trim()),
                            "write it as 2023-08-15",
                            "请按2023-08-15的格式书写",
                        ),
                    );
                    return Some(Part::Nothing);
                }
                Part::Published(records.text(&day))
            }
            _ => Part::Nothing,
        })
    }
}

/// What a cell of a key column says of its row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Nothing,
    /// What the row measures, and the unit that is said with it.
    Measure(Role, Option<u32>),
    Ledger(Ledger),
    Period(Period),
    Year(i32),
    Composition(u32),
    Sector(u32),
    Unit(u32),
    Parent(u32),
    Published(u32),
}

impl Part {
    fn into(self, out: &mut RowKey, column: impl Fn() -> u32) {
        match self {
            Self::Nothing => {}
            Self::Measure(role, unit) => (out.role, out.unit) = (Some(role), unit.or(out.unit)),
            Self::Ledger(ledger) => out.ledger = Some(ledger),
            Self::Period(period) => (out.period, out.time_column) = (period, Some(column())),
            Self::Year(year) => (out.year, out.year_column) = (Some(year), Some(column())),
            Self::Composition(part) => out.composition = Some(part),
            Self::Sector(part) => out.sector = Some(part),
            Self::Unit(unit) => out.unit = Some(unit),
            Self::Parent(parent) => out.parent = Some(parent),
            Self::Published(day) => out.published = Some(day),
        }
    }
}

fn not_a_period(text: &str, at: &At, found: &mut Findings) {
    if is_note(text) || number(text) == Number::Missing {
        found.note(
            "notes_left_out",
            at,
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
            at,
            text,
            words(
                format!("{:?} is no month, span of months or date", text.trim()),
                format!("“{}”不是月份、时段或日期", text.trim()),
                "write 7, 7月, 1-7月, 2023-07 or 2023年7月",
                "请写7、7月、1-7月、2023-07或2023年7月",
            ),
        );
    }
}
