//! What a person says about a file where the guess is wrong or wants settling: a small TOML that can be used again.

use crate::error::Diagnostic;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::text::key;
use crate::ingest::words::Role;
use crate::ledger::Ledger;
use crate::toml_text;
use crate::unit::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A mapping. Whatever it leaves out is guessed.
///
/// ```
/// # use landfall::ingest::{Mapping, Role};
/// let text = "year = 2023\nunit = \"亿元\"\n[[column]]\nheader = \"完成额\"\nrole = \"ytd\"\n[region]\n\"利通\" = \"利通区\"\n";
/// let mapping = Mapping::parse(text, "mapping.toml").unwrap();
/// assert_eq!(mapping.columns[0].role, Role::Ytd);
/// assert_eq!(Mapping::parse(&mapping.to_toml(), "again").unwrap(), mapping);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// Year of all that names none.
    pub year: Option<i32>,
    /// Month through which the amounts count, of all that names none.
    pub month: Option<u8>,
    /// Unit of all that names none.
    pub unit: Option<Unit>,
    /// Ledger of all that names none.
    pub ledger: Option<Ledger>,
    /// Whether amounts of a bare month count from January on.
    pub cumulative: Option<bool>,
    /// What columns mean, by their headers.
    pub columns: Vec<ColumnMapping>,
    /// What names of regions mean; an empty one leaves the row out.
    pub regions: BTreeMap<String, String>,
    /// The only sheets to read; all where empty.
    pub sheets: Vec<String>,
}

/// What one column means.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnMapping {
    /// The header as it stands, its rows joined by ` / `; blanks and full-width forms make no difference.
    pub header: String,
    /// What the column holds.
    pub role: Role,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Its ledger.
    pub ledger: Option<Ledger>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Option<i32>,
    month: Option<u8>,
    unit: Option<String>,
    ledger: Option<String>,
    cumulative: Option<bool>,
    #[serde(default)]
    sheets: Vec<String>,
    #[serde(default)]
    column: Vec<FileColumn>,
    #[serde(default)]
    region: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileColumn {
    header: String,
    role: String,
    unit: Option<String>,
    ledger: Option<String>,
}

impl Mapping {
    /// Whether a sheet is to be read; a file that has none is always.
    pub(crate) fn takes(&self, sheet: Option<&str>) -> bool {
        self.sheets.is_empty() || sheet.is_none_or(|name| self.sheets.iter().any(|s| s == name))
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// Every finding, where the text is no TOML or holds a key or a value that is none of those allowed.
    pub fn parse(text: &str, file: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut found = Findings::new(file);
        let read: File = match toml::from_str(text) {
            Ok(read) => read,
            Err(error) => {
                let row =
                    error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count());
                found.error(
                    "mapping_unreadable",
                    &At::default().row(row),
                    "",
                    words(
                        format!("the mapping cannot be read: {}", error.message()),
                        format!("无法读取对照文件：{}", error.message()),
                        "allowed are year, month, unit, ledger, cumulative, sheets, [[column]] with header, role, unit, ledger, and [region]",
                        "可用year、month、unit、ledger、cumulative、sheets、[[column]]（header、role、unit、ledger）和[region]",
                    ),
                );
                return Err(found.told());
            }
        };
        let ledger = |text: &Option<String>, found: &mut Findings| {
            text.as_ref().and_then(|t| {
                Ledger::parse(t)
                    .map_err(|_| wrong(found, "ledger", t, "fai, works, attraction, granted"))
                    .ok()
            })
        };
        let mut columns = Vec::new();
        for column in &read.column {
            let own = ledger(&column.ledger, &mut found);
            let Some(role) = Role::parse(&column.role) else {
                wrong(&mut found, "role", &column.role, &Role::ALL.map(Role::id).join(", "));
                continue;
            };
            let unit = column.unit.as_deref().map(Unit::parse);
            columns.push(ColumnMapping { header: column.header.clone(), role, unit, ledger: own });
        }
        if let Some(month) = read.month.filter(|m| !(1..=12).contains(m)) {
            wrong(&mut found, "month", &month.to_string(), "1–12");
        }
        if let Some(year) = read.year.filter(|y| !(1900..=2200).contains(y)) {
            wrong(&mut found, "year", &year.to_string(), "1900–2200");
        }
        let ledger = ledger(&read.ledger, &mut found);
        if found.has_error() {
            return Err(found.told());
        }
        Ok(Self {
            year: read.year,
            month: read.month,
            unit: read.unit.as_deref().map(Unit::parse),
            ledger,
            cumulative: read.cumulative,
            columns,
            regions: read.region,
            sheets: read.sheets,
        })
    }

    /// The file that reads back as this mapping.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let quoted = |text: &str| toml_text::string(text);
        if let Some(year) = self.year {
            let _ = writeln!(out, "year = {year}");
        }
        if let Some(month) = self.month {
            let _ = writeln!(out, "month = {month}");
        }
        if let Some(unit) = &self.unit {
            let _ = writeln!(out, "unit = {}", quoted(&unit.to_string()));
        }
        if let Some(ledger) = self.ledger {
            let _ = writeln!(out, "ledger = {}", quoted(ledger.id()));
        }
        if let Some(cumulative) = self.cumulative {
            let _ = writeln!(out, "cumulative = {cumulative}");
        }
        if !self.sheets.is_empty() {
            let list: Vec<String> = self.sheets.iter().map(|s| quoted(s)).collect();
            let _ = writeln!(out, "sheets = [{}]", list.join(", "));
        }
        for column in &self.columns {
            let _ = write!(
                out,
                "\n[[column]]\nheader = {}\nrole = {}\n",
                quoted(&column.header),
                quoted(column.role.id())
            );
            if let Some(unit) = &column.unit {
                let _ = writeln!(out, "unit = {}", quoted(&unit.to_string()));
            }
            if let Some(ledger) = column.ledger {
                let _ = writeln!(out, "ledger = {}", quoted(ledger.id()));
            }
        }
        if !self.regions.is_empty() {
            out.push_str("\n[region]\n");
            for (written, name) in &self.regions {
                let _ = writeln!(out, "{} = {}", quoted(written), quoted(name));
            }
        }
        out
    }

    /// What is said of the column of a header.
    pub(crate) fn column(&self, header: &str) -> Option<&ColumnMapping> {
        let wanted = key(header);
        self.columns.iter().find(|c| key(&c.header) == wanted)
    }
}

fn wrong(found: &mut Findings, name: &str, value: &str, allowed: &str) {
    found.error(
        "mapping_value",
        &At::default(),
        value,
        words(
            format!("{name} is {value:?}; allowed are {allowed}"),
            format!("{name}的值“{value}”无效；可用：{allowed}"),
            "correct it, or take it out for a guess",
            "请改正，或删除该项由程序判断",
        ),
    );
}
