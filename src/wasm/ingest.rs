//! The page's door to the reader of files: convert, read, convert. A module of its own, loaded when a file is dropped.

use crate::calendar::YearMonth;
use crate::case::{self, Case, CaseError, Source};
use crate::error::{Diagnostic, Explain, Place, Said, Severity};
use crate::ingest::{self, ColumnMapping, Ingested, Mapping, Role, TableGuess, Tidy};
use crate::ledger::Ledger;
use crate::order;
use crate::table::{PanelRow, subjects};
use crate::target::Plan;
use crate::unit::Unit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("ingest.d.ts");

/// What a file is read with.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReadOptions {
    /// What the person calls the file.
    pub name: String,
    /// What a person said of it.
    #[serde(default)]
    #[cfg_attr(test, ts(as = "Option<SaidOfFile>", optional))]
    pub said: SaidOfFile,
    /// The plan (TOML) whose regions the names are matched against.
    #[cfg_attr(test, ts(optional))]
    pub plan: Option<String>,
    /// A plan (TOML) that is taken in its place where it suits the file: its year and most of its regions are the file's.
    #[cfg_attr(test, ts(optional))]
    pub suggested: Option<String>,
    /// The month that it is, `YYYY-MM`.
    #[cfg_attr(test, ts(optional))]
    pub today: Option<String>,
}

/// What a person says of a file: a mapping, as the page holds it. What is left out is guessed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SaidOfFile {
    /// Year of all that names none.
    pub year: Option<i32>,
    /// Month through which the amounts count, of all that names none.
    pub month: Option<u8>,
    /// Unit of all that names none.
    pub unit: Option<String>,
    /// Ledger of all that names none.
    pub ledger: Option<String>,
    /// Whether amounts of a bare month count from January on.
    pub cumulative: Option<bool>,
    /// What columns mean.
    pub columns: Vec<SaidOfColumn>,
    /// What names of regions mean; an empty one leaves the row out.
    pub regions: BTreeMap<String, String>,
    /// The only sheets to read; all where empty.
    pub sheets: Vec<String>,
}

/// What a person says of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SaidOfColumn {
    /// Its header.
    pub header: String,
    /// What it holds.
    pub role: String,
    /// Its unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// Its ledger.
    #[serde(default)]
    pub ledger: Option<String>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Both {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl From<&Said> for Both {
    fn from(said: &Said) -> Self {
        Self { en: said.en.clone(), zh: said.zh.clone() }
    }
}

/// Something that was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Finding {
    /// Stable code.
    pub code: String,
    /// How much it matters.
    #[cfg_attr(test, ts(type = "\"note\" | \"warning\" | \"error\""))]
    pub severity: Severity,
    /// File.
    pub file: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Cell (`B7`), row (`7`) or column (`B`), as far as it is known.
    pub cell: Option<String>,
    /// Row of the sheet, from 0.
    pub row: Option<u32>,
    /// Column of the sheet, from 0.
    pub column: Option<u32>,
    /// The value as it stands in the file.
    pub value: String,
    /// What was found and what was expected.
    pub text: Both,
    /// What to do.
    pub help: Both,
}

impl From<&Diagnostic> for Finding {
    fn from(found: &Diagnostic) -> Self {
        Self {
            code: found.code.into(),
            severity: found.severity,
            file: found.place.file.clone(),
            sheet: found.place.sheet.clone(),
            cell: found.place.cell(),
            row: found.place.row.map(|row| row.saturating_sub(1)),
            column: found.place.column.as_ref().map(|(index, _)| *index),
            value: found.value.clone(),
            text: (&found.text).into(),
            help: (&found.help).into(),
        }
    }
}

/// A column with its guess.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ColumnRead {
    /// Column of the sheet, from 0.
    pub column: u32,
    /// Header, its rows joined by ` / `.
    pub header: String,
    /// What it holds.
    pub role: String,
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

/// What holds for a whole table where its cells say nothing else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WholeRead {
    /// Year.
    pub year: Option<i32>,
    /// Month through which its amounts count.
    pub month: Option<u8>,
    /// Unit.
    pub unit: Option<String>,
    /// Ledger.
    pub ledger: Option<String>,
    /// Whether amounts of a bare month count from January on.
    pub cumulative: Option<bool>,
}

/// A row of a sheet as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowRead {
    /// Row of the sheet, from 0.
    pub row: u32,
    /// Texts.
    pub cells: Vec<String>,
}

/// A table with its guess.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableRead {
    /// Sheet.
    pub sheet: Option<String>,
    /// Texts above it.
    pub titles: Vec<String>,
    /// First row of its data, from 0.
    pub first: u32,
    /// The row past the last one of its data.
    pub end: u32,
    /// What holds for all of it.
    pub whole: WholeRead,
    /// Its columns; empty for a list of projects.
    pub columns: Vec<ColumnRead>,
    /// Column of the sheet of the preview's first cell.
    pub left: u32,
    /// The top of the sheet, and below it the first rows that something was found in.
    pub preview: Vec<RowRead>,
}

/// A visible sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SheetRead {
    /// Name.
    pub name: String,
    /// Rows that hold anything, from the first to the last.
    pub rows: u32,
    /// Whether it was read.
    pub taken: bool,
}

/// A name of a region that the plan writes otherwise, or has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NameRead {
    /// As the file writes it.
    pub written: String,
    /// The plan's name; none where it has no such region.
    pub region: Option<String>,
}

/// A file, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileRead {
    /// What it holds.
    #[cfg_attr(test, ts(type = "\"panel\" | \"pipeline\" | \"nothing\""))]
    pub kind: &'static str,
    /// The tidy form, as the engine reads it.
    pub tidy: String,
    /// What was found; an answer is given only where none is an error.
    pub found: Vec<Finding>,
    /// The visible sheets of a workbook; none of a file of another kind.
    pub sheets: Vec<SheetRead>,
    /// What its tables were taken for.
    pub tables: Vec<TableRead>,
    /// Whether the plan that was suggested was taken.
    pub took: bool,
    /// Names of regions that the plan writes otherwise or has not.
    pub names: Vec<NameRead>,
    /// The plan's regions.
    pub regions: Vec<String>,
    /// Rows of the tidy form.
    pub rows: usize,
    /// Regions in it.
    pub places: usize,
    /// Rows that were left out.
    pub left_out: usize,
    /// These rows, with their place and why, as a spreadsheet opens it.
    pub rest_csv: String,
    /// The mapping that reads the next file of this form: what was said, and what was guessed of headers without a month.
    pub mapping_toml: String,
}

/// A text file beside the table, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TomlRead {
    /// What it is.
    #[cfg_attr(test, ts(type = "\"plan\" | \"mapping\" | \"nothing\""))]
    pub kind: &'static str,
    /// The mapping, where it is one.
    pub said: SaidOfFile,
    /// What was found.
    pub found: Vec<Finding>,
}

fn refused(code: &str, text: impl std::fmt::Display) -> JsError {
    JsError::new(&format!("{code}: {text}"))
}

fn write(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer =
        serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
    value.serialize(&serializer).map_err(|e| refused("bad_options", e))
}

fn mapping_of(said: &SaidOfFile) -> Result<Mapping, JsError> {
    let ledger = |text: &Option<String>| {
        text.as_deref().map(Ledger::parse).transpose().map_err(|e| refused(e.code(), &e))
    };
    let column = |c: &SaidOfColumn| {
        let role = Role::parse(&c.role).ok_or_else(|| refused("unknown_role", format!("{:?}", c.role)))?;
        let unit = c.unit.as_deref().map(Unit::parse);
        Ok(ColumnMapping { header: c.header.clone(), role, unit, ledger: ledger(&c.ledger)? })
    };
    Ok(Mapping {
        year: said.year,
        month: said.month,
        unit: said.unit.as_deref().map(Unit::parse),
        ledger: ledger(&said.ledger)?,
        cumulative: said.cumulative,
        columns: said.columns.iter().map(column).collect::<Result<_, JsError>>()?,
        regions: said.regions.clone(),
        sheets: said.sheets.clone(),
    })
}

fn said_of(mapping: &Mapping) -> SaidOfFile {
    let id = |ledger: &Option<Ledger>| ledger.map(|l| l.id().to_owned());
    SaidOfFile {
        year: mapping.year,
        month: mapping.month,
        unit: mapping.unit.as_ref().map(ToString::to_string),
        ledger: id(&mapping.ledger),
        cumulative: mapping.cumulative,
        columns: mapping
            .columns
            .iter()
            .map(|c| SaidOfColumn {
                header: c.header.clone(),
                role: c.role.id().into(),
                unit: c.unit.as_ref().map(ToString::to_string),
                ledger: id(&c.ledger),
            })
            .collect(),
        regions: mapping.regions.clone(),
        sheets: mapping.sheets.clone(),
    }
}

/// What was said, and the guesses about headers that will stand in the next file too.
fn settled(said: &Mapping, tables: &[TableGuess]) -> Mapping {
    let mut roles: BTreeMap<&str, BTreeSet<Role>> = BTreeMap::new();
    for column in tables.iter().flat_map(|t| &t.columns) {
        roles.entry(&column.header).or_default().insert(column.role);
    }
    let mut out = said.clone();
    for column in tables.iter().flat_map(|t| &t.columns) {
        let lasting = column.year.is_none() && column.month.is_none() && column.region.is_none();
        let one = roles.get(column.header.as_str()).is_some_and(|r| r.len() == 1);
        let new = out.columns.iter().all(|c| c.header != column.header);
        if lasting && one && new && !column.header.is_empty() && column.role != Role::Ignored {
            let unit = column.unit.as_deref().map(Unit::parse);
            out.columns.push(ColumnMapping {
                header: column.header.clone(),
                role: column.role,
                unit,
                ledger: None,
            });
        }
    }
    out
}

fn table_read(table: &TableGuess) -> TableRead {
    let (top, left) = table.preview.from;
    let head =
        table.preview.cells.iter().zip(top..).map(|(cells, row)| RowRead { row, cells: cells.clone() });
    let more = table.preview.more.iter().map(|(row, cells)| RowRead { row: *row, cells: cells.clone() });
    let whole = &table.whole;
    TableRead {
        sheet: table.sheet.clone(),
        titles: table.titles.clone(),
        first: table.rows.0,
        end: table.rows.1,
        whole: WholeRead {
            year: whole.year,
            month: whole.month,
            unit: whole.unit.clone(),
            ledger: whole.ledger.map(|l| l.id().to_owned()),
            cumulative: whole.cumulative,
        },
        columns: table
            .columns
            .iter()
            .map(|c| ColumnRead {
                column: c.column,
                header: c.header.clone(),
                role: c.role.id().into(),
                region: c.region.clone(),
                year: c.year,
                month: c.month,
                unit: c.unit.clone(),
                confidence: c.confidence,
            })
            .collect(),
        left,
        preview: head.chain(more).collect(),
    }
}

/// The regions of rows.
fn regions(rows: &[PanelRow]) -> BTreeSet<&str> {
    order::set(subjects(rows).map(|row| row.subject.region.as_str()))
}

/// Whether a plan is the one of a file: its year and most of its regions are the file's.
fn suits(tidy: &Tidy, plan: &Plan) -> bool {
    let Tidy::Panel(rows) = tidy else { return false };
    let regions = regions(rows);
    let met = regions.iter().filter(|name| plan.find_region(name).is_some()).count();
    met > 0 && met * 2 >= regions.len() && rows.iter().any(|row| row.year == plan.year)
}

/// What the engine will say of the figures beside this plan, at the cells that they came from.
fn by_engine(read: &Ingested, name: &str, plan: Option<&str>) -> Vec<Diagnostic> {
    let Tidy::Panel(_) = read.tidy else { return Vec::new() };
    let plan = plan.map(|text| Source { name: "plan.toml", text });
    let found = match Case::of_ingested(read, name, plan, &case::Options::default()) {
        Ok(case) => {
            let last = case.months().last().copied();
            let panels = case.cells().ledgers().into_iter().filter_map(|l| case.cells().panel(l, last?).ok());
            // Gaps are told before anything is used; the rest is said of the outlook.
            let gap = |d: &Diagnostic| d.severity == Severity::Warning || d.code == "missing_month";
            let gaps = panels.flat_map(|(_, found)| found).filter(gap);
            case.diagnostics().iter().cloned().chain(gaps).collect()
        }
        Err(CaseError::Faulty { found }) => found,
        Err(other) => vec![Diagnostic {
            code: other.code(),
            severity: Severity::Error,
            place: Place { file: Some(name.into()), ..Place::default() },
            value: String::new(),
            text: other.said(),
            help: other.help(),
        }],
    };
    // The reader's own come first, and have been told.
    found.into_iter().filter(|d| !read.found.contains(d)).collect()
}

impl FileRead {
    /// Reads a file as the page does; `stage` hears `reading` and `checking` when these begin.
    ///
    /// # Errors
    /// Where what was said of it names a role or a ledger that there is none of. What is wrong with the file or the plan is
    /// among the findings.
    pub fn new(bytes: &[u8], options: &ReadOptions, stage: impl Fn(&str)) -> Result<Self, JsError> {
        let said = mapping_of(&options.said)?;
        let today = options.today.as_deref().map(YearMonth::parse).transpose();
        let today = today.map_err(|e| refused(e.code(), &e))?;
        let (plan, mut found) = match options.plan.as_deref().map(|text| Plan::parse(text, "plan.toml")) {
            None => (None, Vec::new()),
            Some(Ok((plan, notes))) => (Some(plan), notes),
            Some(Err(faults)) => (None, faults),
        };
        let asked = ingest::Options { plan: plan.as_ref(), mapping: said.clone(), today, calendar: None };
        stage("reading");
        let read = ingest::read(&options.name, bytes, &asked);
        if let Some(text) = &options.suggested
            && let Ok((plan, _)) = Plan::parse(text, "plan.toml")
            && suits(&read.tidy, &plan)
        {
            let options = ReadOptions { plan: Some(text.clone()), suggested: None, ..options.clone() };
            return Ok(Self { took: true, ..Self::new(bytes, &options, stage)? });
        }
        stage("checking");
        let tidy = read.text();
        found.extend(read.found.iter().cloned());
        let place = |d: &Diagnostic| (d.code, d.place.file.clone(), d.place.sheet.clone(), d.place.cell());
        let told: BTreeSet<_> = found.iter().map(place).collect();
        let plan_text = options.plan.as_deref().filter(|_| plan.is_some());
        found.extend(
            by_engine(&read, &options.name, plan_text).into_iter().filter(|d| !told.contains(&place(d))),
        );
        let told: BTreeSet<&str> = found
            .iter()
            .filter(|d| d.code == "region_matched" || d.code == "unknown_region")
            .map(|d| d.value.as_str())
            .collect();
        let names = read.names.iter().filter(|(written, _)| told.contains(written.as_str()));
        let (kind, rows, places) = match &read.tidy {
            Tidy::Panel(rows) => ("panel", rows.len(), regions(rows).len()),
            Tidy::Pipeline(rows) => {
                let places: BTreeSet<&str> = rows.iter().map(|r| r.region.as_str()).collect();
                ("pipeline", rows.len(), places.len())
            }
            Tidy::Nothing => ("nothing", 0, 0),
        };
        Ok(Self {
            kind,
            took: false,
            names: names.map(|(w, r)| NameRead { written: w.clone(), region: r.clone() }).collect(),
            regions: plan.iter().flat_map(|p| &p.regions).map(|r| r.name.clone()).collect(),
            rows,
            places,
            left_out: read.rest.len(),
            rest_csv: if read.rest.is_empty() { String::new() } else { ingest::rest_csv(&read.rest) },
            mapping_toml: settled(&said, &read.tables).to_toml(),
            sheets: read
                .sheets
                .iter()
                .map(|s| SheetRead { name: s.name.clone(), rows: s.rows, taken: s.taken })
                .collect(),
            tables: read.tables.iter().map(table_read).collect(),
            found: found.iter().map(Finding::from).collect(),
            tidy,
        })
    }
}

/// Reads a file, whatever it is. `stage` is told `reading` and `checking` when these begin.
#[wasm_bindgen(unchecked_return_type = "FileRead")]
pub fn read(
    bytes: &[u8],
    #[wasm_bindgen(unchecked_param_type = "ReadOptions")] options: JsValue,
    #[wasm_bindgen(unchecked_param_type = "(stage: \"reading\" | \"checking\") => void")]
    stage: &js_sys::Function,
) -> Result<JsValue, JsError> {
    let options: ReadOptions =
        serde_wasm_bindgen::from_value(options).map_err(|e| refused("bad_options", e))?;
    // What a listener throws is no concern of the file's.
    let tell = |name: &str| drop(stage.call1(&JsValue::NULL, &JsValue::from_str(name)));
    write(&FileRead::new(bytes, &options, tell)?)
}

/// Reads a TOML file: a plan, or a mapping that was saved.
#[wasm_bindgen(unchecked_return_type = "TomlRead")]
pub fn read_toml(name: &str, text: &str) -> Result<JsValue, JsError> {
    write(&toml_read(name, text))
}

fn toml_read(name: &str, text: &str) -> TomlRead {
    let of = |all: &[Diagnostic]| all.iter().map(Finding::from).collect();
    let as_mapping = Mapping::parse(text, name);
    if let Ok(mapping) = &as_mapping
        && !text.trim().is_empty()
    {
        return TomlRead { kind: "mapping", said: said_of(mapping), found: Vec::new() };
    }
    let nothing = |found| TomlRead { kind: "nothing", said: SaidOfFile::default(), found };
    match (Plan::parse(text, name), as_mapping) {
        (Ok((_, notes)), _) => TomlRead { kind: "plan", ..nothing(of(&notes)) },
        // A file with columns was meant to be a mapping.
        (Err(_), Err(faults)) if text.contains("[[column]]") => nothing(of(&faults)),
        (Err(faults), _) => nothing(of(&faults)),
    }
}

/// The tidy form as a spreadsheet opens it right: UTF-8 with a mark, and no name that becomes a formula.
#[wasm_bindgen]
pub fn spreadsheet_csv(tidy: &str) -> String {
    ingest::with_bom(tidy)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use ts_rs::TS;

    #[test]
    fn the_types_of_the_page_are_those_of_the_door() {
        let config = ts_rs::Config::default();
        let types = [
            ReadOptions::decl(&config),
            SaidOfFile::decl(&config),
            SaidOfColumn::decl(&config),
            Both::decl(&config),
            Finding::decl(&config),
            ColumnRead::decl(&config),
            WholeRead::decl(&config),
            RowRead::decl(&config),
            TableRead::decl(&config),
            SheetRead::decl(&config),
            NameRead::decl(&config),
            FileRead::decl(&config),
            TomlRead::decl(&config),
        ];
        let text: String = types.iter().map(|decl| format!("export {decl}\n")).collect();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wasm/ingest.d.ts");
        if std::env::var_os("LANDFALL_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "bless with LANDFALL_BLESS=1");
    }

    #[test]
    fn a_plan_is_taken_where_it_suits() {
        let plan =
            "year = 2023\n[[region]]\nname = \"甲区\"\naliases = [\"甲\"]\n[[region]]\nname = \"乙区\"\n";
        let took = |table: &str| {
            let suggested = Some(plan.to_owned());
            let options = ReadOptions { name: "x.csv".into(), suggested, ..ReadOptions::default() };
            FileRead::new(table.as_bytes(), &options, |_| ()).unwrap_or_else(|_| panic!("{table}")).took
        };
        assert!(took("region,year,month,ytd\n甲,2023,7,1\n乙区,2023,7,1\n丙区,2023,7,1\n"));
        assert!(!took("region,year,month,ytd\n甲,2024,7,1\n乙区,2024,7,1\n"));
        assert!(!took("region,year,month,ytd\n甲区,2023,7,1\n丙区,2023,7,1\n丁区,2023,7,1\n"));
        assert!(!took("region,year,month,ytd\n丙区,2023,7,1\n"));
    }

    #[test]
    fn a_toml_file_is_told_by_what_it_says() {
        let kind = |text: &str| toml_read("x.toml", text).kind;
        assert_eq!(kind("year = 2023\n[[column]]\nheader = \"完成额\"\nrole = \"ytd\"\n"), "mapping");
        assert_eq!(
            kind(
                "year = 2023\n[[target]]\nregion = \"利通区\"\nkind = \"growth\"\nvalue = 10\n[[region]]\nname = \"利通区\"\n"
            ),
            "plan"
        );
        let wrong = toml_read("x.toml", "[[column]]\nheader = \"完成额\"\nrole = \"money\"\n");
        assert_eq!((wrong.kind, wrong.found[0].code.as_str()), ("nothing", "mapping_value"));
        assert_eq!(kind(""), "nothing");
    }
}
