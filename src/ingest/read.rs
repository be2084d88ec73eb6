//! The way of a file: bytes, sheets, tables, meanings, records, rows; every finding on the way.

use crate::calendar::{Calendar, YearMonth};
use crate::error::{Diagnostic, Severity};
use crate::ingest::fault::{At, Findings, MOST_OF_A_KIND, words};
use crate::ingest::guess::{self, Meant};
use crate::ingest::kind::{FileKind, check_name, empty, kind};
use crate::ingest::layout::{Table, tables};
use crate::ingest::mapping::{ColumnMapping, Mapping};
use crate::ingest::names::Names;
use crate::ingest::projects::{self, ListReading, Projects};
use crate::ingest::record::{Record, Records, Rest};
use crate::ingest::records::Reading;
use crate::ingest::sheet::Sheet;
use crate::ingest::text::plain;
use crate::ingest::words::Role;
use crate::ingest::{check, decode, tidy, workbook};
#[cfg(feature = "columnar")]
use crate::ingest::{columnar, guard::guarded, straight};
use crate::ledger::Ledger;
use crate::panel::check_rows;
use crate::par;
use crate::table::{Origin, Origins, PanelRow, ProjectRow, write_panel, write_pipeline};
use crate::target::Plan;
use std::collections::BTreeMap;

/// Rows that a preview shows.
pub(super) const PREVIEW: usize = 40;

/// What is known beside the file.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// The plan whose regions the names are matched against.
    pub plan: Option<&'a Plan>,
    /// What a person said of the columns.
    pub mapping: Mapping,
    /// The month that it is, so that later ones are found.
    pub today: Option<YearMonth>,
    /// Reporting periods, in place of the inferred ones.
    pub calendar: Option<Calendar>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Tidy {
    /// Rows of a panel.
    Panel(Vec<PanelRow>),
    /// Projects.
    Pipeline(Vec<ProjectRow>),
    /// Nothing that could be used.
    Nothing,
}

/// The guess about one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnGuess {
    /// Column of the sheet, from 0.
    pub column: u32,
    /// Header, its rows joined by ` / `.
    pub header: String,
    /// What it holds.
    pub role: Role,
    /// Region, where the header names one.
    pub region: Option<String>,
    /// Year, where the header names one.
    pub year: Option<i32>,
    /// Month through which, where the header names one.
    pub month: Option<u8>,
    /// Unit, where the header names one.
    pub unit: Option<String>,
    /// How sure the role is, 0 to 1.
    pub confidence: f64,
}

/// The guess about one table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableGuess {
    /// Sheet.
    pub sheet: Option<String>,
    /// Texts above it.
    pub titles: Vec<String>,
    /// First and last row of its data, from 0, the last one past the end.
    pub rows: (u32, u32),
    /// What holds for all of it, from its titles, the sheet's name, the file's, or the mapping.
    pub whole: Whole,
    /// Its columns; empty for a list of projects.
    pub columns: Vec<ColumnGuess>,
    /// The top of the sheet as it stands.
    pub preview: Preview,
}

/// What holds for a whole table where its cells say nothing else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Whole {
    /// Year.
    pub year: Option<i32>,
    /// Month through which its amounts count.
    pub month: Option<u8>,
    /// Unit.
    pub unit: Option<String>,
    /// Ledger.
    pub ledger: Option<Ledger>,
    /// Whether amounts of a bare month count from January on.
    pub cumulative: Option<bool>,
}

/// The top left of a sheet, as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    /// Row and column of the sheet of the first cell, from 0.
    pub from: (u32, u32),
    /// Texts by row.
    pub cells: Vec<Vec<String>>,
    /// Further down, the first rows that something was found in: their row of the sheet, from 0, and their texts.
    pub more: Vec<(u32, Vec<String>)>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetGuess {
    /// Name.
    pub name: String,
    /// Rows that hold anything, from the first to the last.
    pub rows: u32,
    /// Whether it was read; the mapping may leave it out.
    pub taken: bool,
}

/// A file, read.
#[derive(Debug)]
pub struct Ingested {
    /// What it holds.
    pub tidy: Tidy,
    /// What was found, errors included: a caller answers nothing from a file with errors.
    pub found: Vec<Diagnostic>,
    /// The visible sheets of a workbook; none of a file of another kind.
    pub sheets: Vec<SheetGuess>,
    /// What its tables were taken for.
    pub tables: Vec<TableGuess>,
    /// Rows that no row of the tidy form was made of.
    pub rest: Vec<Rest>,
    /// Names of regions that the plan writes otherwise, with its name, or with none where it has no such region.
    pub names: BTreeMap<String, Option<String>>,
    /// Where the rows of the tidy form come from.
    pub origins: Origins,
}

impl Ingested {
    /// The tidy form as the engine reads it: CSV, UTF-8 without a mark.
    pub fn text(&self) -> String {
        match &self.tidy {
            Tidy::Panel(rows) => write_panel(rows),
            Tidy::Pipeline(rows) => write_pipeline(rows),
            Tidy::Nothing => String::new(),
        }
    }

    /// Whether anything forbids an answer.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads a file, whatever it is.
///
/// `name` is what the person calls it; it is shown in findings, and its words are used where the file itself does not
/// say a year or a month.
///
/// ```
/// use landfall::ingest::{Options, Tidy, read};
/// let text = "吴忠市2023年1—7月固定资产投资（亿元）\n地区,完成额,增速（%）\n利通区,\"1,238.9\",下降3.1%\n合计,\"1,238.9\",\n";
/// let read = read("7月.csv", text.as_bytes(), &Options::default());
/// let Tidy::Panel(rows) = &read.tidy else { panic!() };
/// assert_eq!((rows.len(), rows[0].month, rows[0].growth), (1, 7, Some(-0.031)));
/// assert_eq!(read.text(), "region,year,month,ytd,growth,unit\n利通区,2023,7,1238.9,-3.1,亿元\n");
/// ```
pub fn read(name: &str, bytes: &[u8], options: &Options<'_>) -> Ingested {
    let mut found = Findings::new(name);
    let kind = kind(bytes, &mut found);
    if let Some(kind) = kind {
        check_name(name, kind, bytes, &mut found);
    }
    #[cfg(feature = "columnar")]
    if let Some(kind) = kind.filter(|kind| matches!(kind, FileKind::Parquet | FileKind::Arrow))
        && options.mapping == Mapping::default()
        && let Some(straight) = straight(bytes, kind, options)
    {
        let mut out = File { name, options, found, tables: vec![straight.table], taken: BTreeMap::new() };
        let tidy = out.finish(straight.rows, &straight.origins, None);
        let (found, tables, names) = (out.found.told(), out.tables, out.taken);
        let (sheets, rest) = (Vec::new(), Vec::new());
        return Ingested { tidy, found, sheets, tables, rest, names, origins: straight.origins };
    }
    let sheets = kind.and_then(|kind| match kind {
        FileKind::Text => decode::read(bytes, &mut found).map(|sheet| vec![sheet]),
        FileKind::Zipped | FileKind::Old => workbook::read(bytes, kind, &mut found),
        #[cfg(feature = "columnar")]
        FileKind::Parquet | FileKind::Arrow => {
            columnar::read(bytes, kind, &mut found).map(|sheet| vec![sheet])
        }
        #[cfg(not(feature = "columnar"))]
        FileKind::Parquet | FileKind::Arrow => {
            not_here(&mut found);
            None
        }
    });
    let mut out = File { name, options, found, tables: Vec::new(), taken: BTreeMap::new() };
    let (tidy, rest, origins) = match &sheets {
        Some(sheets) => out.sheets(sheets),
        None => (Tidy::Nothing, Vec::new(), Origins::default()),
    };
    let (mut tables, names) = (out.tables, out.taken);
    let found = out.found.told();
    for sheet in sheets.iter().flatten() {
        tables
            .iter_mut()
            .filter(|t| t.sheet == sheet.name)
            .for_each(|t| look_further(&mut t.preview, sheet, &found));
    }
    let named = |sheet: &Sheet| {
        let name = sheet.name.clone()?;
        let rows = u32::try_from(sheet.size().0).unwrap_or(u32::MAX);
        Some(SheetGuess { rows, taken: options.mapping.takes(sheet.name.as_deref()), name })
    };
    let listed = sheets.iter().flatten().filter_map(named).collect();
    Ingested { tidy, found, sheets: listed, tables, rest, names, origins }
}

struct File<'a> {
    name: &'a str,
    options: &'a Options<'a>,
    found: Findings,
    tables: Vec<TableGuess>,
    taken: BTreeMap<String, Option<String>>,
}

impl File<'_> {
    fn sheets(&mut self, sheets: &[Sheet]) -> (Tidy, Vec<Rest>, Origins) {
        let mapping = &self.options.mapping;
        let mut names = Names::new(self.options.plan, &mapping.regions);
        let (mut records, mut lists) = (Records::default(), Projects::default());
        let mut percent: BTreeMap<(u32, u32), bool> = BTreeMap::new();
        let plan_year = self.options.plan.map(|plan| plan.year);
        let found_tables: Vec<(u32, &Sheet, Vec<Table>)> = sheets
            .iter()
            .zip(0u32..)
            .filter(|(sheet, _)| mapping.takes(sheet.name.as_deref()))
            .map(|(sheet, number)| (number, sheet, tables(sheet)))
            .collect();
        if sheets.iter().all(|sheet| sheet.size().0 == 0) {
            empty(&mut self.found);
            return (Tidy::Nothing, Vec::new(), Origins::default());
        }
        self.missing_sheets(sheets);
        // A cover says the year of all that follows.
        let loose: Vec<String> = found_tables
            .iter()
            .filter(|(_, _, tables)| tables.is_empty())
            .flat_map(|(_, sheet, _)| texts_of(sheet))
            .collect();
        let (mut headless, mut year_at) = (None, None);
        for (number, sheet, table) in
            found_tables.iter().flat_map(|(n, s, ts)| ts.iter().map(move |t| (*n, *s, t)))
        {
            let context = guess::context(table, sheet, self.name, &loose, mapping, &mut names);
            if let Some(columns) = projects::columns(table) {
                self.tables.push(table_guess(sheet, table, &context, &[]));
                ListReading {
                    sheet,
                    number,
                    table,
                    context: &context,
                    columns,
                    names: &mut names,
                    plan_year,
                }
                .read(&mut lists, &mut self.found);
                continue;
            }
            if let Some((row, column)) = context.other {
                self.other(sheet, row, column);
                continue;
            }
            let meant = guess::columns(sheet, table, &context, mapping, &mut names);
            self.tables.push(table_guess(sheet, table, &context, &meant));
            for column in &meant {
                percent.insert(
                    (number, sheet.column_number(column.column)),
                    column.header.contains('%') || column.header.contains('％'),
                );
            }
            if table.header.is_empty() && mapping.columns.is_empty() {
                headless.get_or_insert_with(|| sheet.row_at(table.data.start));
                continue;
            }
            if let Some(other) = meant.iter().find(|m| m.other)
                && !meant.iter().any(|m| m.role.is_measure())
            {
                self.other(sheet, other.row, other.column);
                continue;
            }
            if meant.iter().any(|m| m.role.is_measure()) {
                if year_at.is_none()
                    && let Some((row, column)) = context.year_at
                {
                    year_at = Some(sheet.cell_at(row, column));
                }
                self.unused(sheet, &meant);
                Reading {
                    sheet,
                    number,
                    table,
                    context: &context,
                    meant: &meant,
                    names: &mut names,
                    plan_year,
                }
                .read(&mut records, &mut self.found);
            }
        }
        self.unknown_columns(found_tables.iter().flat_map(|(_, _, tables)| tables), mapping);
        if let (Some(at), true) = (headless, records.all.is_empty() && lists.rows.is_empty()) {
            self.no_header(&at);
        }
        self.taken = names.taken();
        let nothing = records.all.is_empty() && lists.rows.is_empty();
        if nothing && !self.found.has_error() {
            self.no_table();
        }
        if records.all.is_empty() {
            let origin = |(sheet, row): &(u32, u32)| Origin { sheet: *sheet, row: *row, ..Origin::default() };
            let origins = Origins::new(names_of(sheets), lists.origins.iter().map(origin).collect());
            let tidy = if lists.rows.is_empty() { Tidy::Nothing } else { Tidy::Pipeline(lists.rows) };
            return (tidy, lists.rest, origins);
        }
        if !lists.rows.is_empty() {
            self.found.warning(
                "lists_set_aside",
                &At::default(),
                &lists.rows.len().to_string(),
                words(
                    format!(
                        "the file holds figures and {} projects; the projects are left out",
                        lists.rows.len()
                    ),
                    format!("文件同时含有数据表和{}个项目；项目未读取", lists.rows.len()),
                    "give the lists of projects in a file of their own",
                    "请将项目清单另存为一个文件",
                ),
            );
        }
        self.settle(&mut records, sheets, &percent);
        let (rows, origins) =
            par::both(|| tidy::rows(&records), || records.all.iter().map(Record::origin).collect());
        let origins = Origins::new(names_of(sheets), origins);
        (self.finish(rows, &origins, year_at.as_ref()), records.rest, origins)
    }

    /// Every check of the rows, by the reader and by the panel.
    fn finish(&mut self, rows: Vec<PanelRow>, origins: &Origins, year_at: Option<&At>) -> Tidy {
        let Options { plan, today, calendar, .. } = *self.options;
        let (found, name) = (&mut self.found, self.name);
        let (_, more) = par::both(
            || check::all(&rows, origins, plan, today, year_at, found),
            || check_rows(&rows, calendar, name),
        );
        more.into_iter().for_each(|d| self.found.take(origins.locate(d)));
        Tidy::Panel(rows)
    }

    /// Brings the records to one order, one unit, one kind of amount and one a cell; what was assumed is said.
    fn settle(&mut self, records: &mut Records, sheets: &[Sheet], percent: &BTreeMap<(u32, u32), bool>) {
        records.sort();
        tidy::settle_units(records, &mut self.found);
        tidy::settle_amounts(records, sheets, &mut self.found);
        tidy::drop_trailing_zeros(records, sheets, &mut self.found);
        tidy::merge(records, sheets, &mut self.found);
        tidy::settle_growth(records, percent, &mut self.found);
    }

    /// Sheets that the mapping names and the workbook has not: the next month's may well be called otherwise.
    fn missing_sheets(&mut self, sheets: &[Sheet]) {
        let there: Vec<&str> = sheets.iter().filter_map(|s| s.name.as_deref()).collect();
        if there.is_empty() {
            return;
        }
        for name in self.options.mapping.sheets.iter().filter(|name| !there.contains(&name.as_str())) {
            self.found.error(
                "unknown_sheet",
                &At::default(),
                name,
                words(
                    format!(
                        "the mapping reads the sheet {name:?}, which the workbook has not; it has {}",
                        there.join(", ")
                    ),
                    format!("对照中的工作表“{name}”在工作簿中不存在；现有：{}", there.join("、")),
                    "choose the sheets anew, or take the line sheets out of the mapping",
                    "请重新选择工作表，或删去对照中的sheets一行",
                ),
            );
        }
    }

    fn no_header(&mut self, at: &At) {
        self.found.error(
            "no_table",
            at,
            "",
            words(
                "the table has no header: nothing says what its columns are",
                "表格没有表头，无法判断各列含义",
                "add a line of column names such as 地区, 完成额, 增速",
                "请加一行列名，如地区、完成额、增速",
            ),
        );
    }

    fn other(&mut self, sheet: &Sheet, row: usize, column: usize) {
        let at = sheet.cell_at(row, column);
        self.found.error(
            "other_indicator",
            &at,
            sheet.cell(row, column),
            words(
                "the table is of none of the ledgers (fai, works, attraction, granted)",
                "该表不属于四个台账（固投、项目完成投资、到位资金、上争资金）",
                "choose the table of investment, or say in the mapping: ledger = \"fai\"",
                "请选择投资数据表，或在对照中写ledger = \"fai\"",
            ),
        );
    }

    /// Columns that the mapping names and none of the tables has.
    fn unknown_columns<'t>(&mut self, tables: impl Iterator<Item = &'t Table>, mapping: &Mapping) {
        let known: Vec<&str> = tables.flat_map(|table| &table.heads).map(|head| head.text.as_str()).collect();
        let there = |column: &&ColumnMapping| known.iter().any(|head| mapping.column(head) == Some(*column));
        for column in mapping.columns.iter().filter(|column| !there(column)) {
            self.found.warning(
                "unknown_column",
                &At::default(),
                &column.header,
                words(
                    format!(
                        "the mapping names the column {:?}, which no table has; there are {}",
                        column.header,
                        known.join(", ")
                    ),
                    format!("对照中的列“{}”在表中不存在；现有：{}", column.header, known.join("、")),
                    "write the header as the table does, or take the column out of the mapping",
                    "请按表头原文填写，或从对照中删去该列",
                ),
            );
        }
    }

    /// Columns that hold something and are not used, and headers that were read as they were meant.
    fn unused(&mut self, sheet: &Sheet, meant: &[Meant]) {
        let place = |m: &Meant| sheet.cell_at(m.row, m.column);
        let cumulative = meant.iter().any(|m| m.role == Role::Ytd && m.period.is_empty());
        let passed_over = |m: &&Meant| {
            let flow = m.role == Role::Value && cumulative && m.period.is_empty();
            (m.role == Role::Ignored || flow) && !m.header.is_empty()
        };
        for column in meant.iter().filter(passed_over) {
            let top = sheet.cell_at(column.top, column.column);
            self.found.note(
                "column_ignored",
                &top,
                &column.header,
                words(
                    format!("the column {:?} is not used", column.header),
                    format!("“{}”列未使用", column.header),
                    "map it to a role if it is wanted",
                    "如需使用，请在对照中指定其含义",
                ),
            );
        }
        let mended = meant.iter().find_map(|m| Some((m, m.mended?)));
        if let Some((column, code)) = mended {
            let (en, zh) = if code == "months_as_dates" {
                (
                    "the header's dates are days of one January: 1-2, 1-3 … were turned into dates, and are read as spans of months",
                    "表头日期均为一月的连续日期：疑为1-2、1-3等被自动转为日期，已按月份区间读取",
                )
            } else {
                ("2022.1 stands after 2022.09: it is read as October", "2022.1位于2022.09之后，按10月读取")
            };
            self.found.warning(
                code,
                &place(column),
                &column.header,
                words(en, zh, "write 1-2月, or 2022-10", "请写1-2月或2022-10"),
            );
        }
    }

    fn no_table(&mut self) {
        self.found.error("no_table", &At::default(), "", words(
            "no table of figures by region and month, and no list of projects, was found",
            "未找到按地区和月份的数据表或项目清单",
            "a table needs a line of column names (地区, 完成额, 增速 …), one row a region, and a year and month in a column, a header or the title",
            "表格需有一行列名（地区、完成额、增速等），每个地区一行，并在列、表头或标题中注明年份和月份"));
    }
}

/// A file of columns in the tidy form, where nothing in it has to be decided.
#[cfg(feature = "columnar")]
fn straight(bytes: &[u8], kind: FileKind, options: &Options<'_>) -> Option<straight::Straight> {
    let own = BTreeMap::new();
    guarded(|| straight::read(bytes, kind, &mut Names::new(options.plan, &own))).flatten()
}

#[cfg(not(feature = "columnar"))]
fn not_here(found: &mut Findings) {
    found.error(
        "not_a_table",
        &At::default(),
        "",
        words(
            "the file is Parquet or Arrow, which the page does not read",
            "文件为Parquet或Arrow格式，网页不支持",
            "read it with the command line (landfall check FILE --tidy out.csv), or give a CSV or a workbook",
            "请用命令行landfall check 文件 --tidy out.csv转换，或提供CSV、工作簿",
        ),
    );
}

/// The texts of a sheet without a table: a cover.
fn texts_of(sheet: &Sheet) -> Vec<String> {
    let (height, width) = sheet.size();
    (0..height.min(40))
        .flat_map(|r| (0..width.min(20)).map(move |c| plain(sheet.cell(r, c))))
        .filter(|t| !t.is_empty())
        .collect()
}

fn names_of(sheets: &[Sheet]) -> Vec<Option<String>> {
    sheets.iter().map(|sheet| sheet.name.clone()).collect()
}

fn shown(sheet: &Sheet, row: usize) -> Vec<String> {
    (0..sheet.size().1.min(60)).map(|c| sheet.cell(row, c).chars().take(60).collect()).collect()
}

/// Adds the rows that something was found in below the top of the sheet.
fn look_further(preview: &mut Preview, sheet: &Sheet, found: &[Diagnostic]) {
    let (top, height) = (sheet.top, sheet.size().0);
    let below = top + preview.cells.len()..top + height;
    let of_sheet = found.iter().filter(|d| d.place.sheet == sheet.name);
    let mut rows: Vec<usize> = of_sheet.filter_map(|d| Some(d.place.row? as usize - 1)).collect();
    rows.retain(|row| below.contains(row));
    rows.sort_unstable();
    rows.dedup();
    rows.truncate(MOST_OF_A_KIND);
    preview.more =
        rows.iter().map(|row| (u32::try_from(*row).unwrap_or(u32::MAX), shown(sheet, row - top))).collect();
}

fn table_guess(sheet: &Sheet, table: &Table, context: &guess::Context, meant: &[Meant]) -> TableGuess {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let cells = (0..sheet.size().0.min(PREVIEW.max(table.data.start + 8))).map(|row| shown(sheet, row));
    let whole = Whole {
        year: context.period.year,
        month: context.period.to,
        unit: context.unit.as_ref().map(ToString::to_string),
        ledger: context.ledger,
        cumulative: context.cumulative,
    };
    TableGuess {
        sheet: sheet.name.clone(),
        titles: table.titles.iter().map(|t| t.text.clone()).collect(),
        rows: (number(table.data.start + sheet.top), number(table.data.end + sheet.top)),
        whole,
        columns: meant
            .iter()
            .map(|m| ColumnGuess {
                column: number(m.column + sheet.left),
                header: m.header.clone(),
                role: m.role,
                region: m.region.clone(),
                year: m.period.year,
                month: m.period.to,
                unit: m.unit.as_ref().map(ToString::to_string),
                confidence: m.confidence,
            })
            .collect(),
        preview: Preview {
            from: (number(sheet.top), number(sheet.left)),
            cells: cells.collect(),
            more: Vec::new(),
        },
    }
}
