//! What each column of a table means: by its header, by the titles above, and by what stands in it.

use crate::ingest::layout::{Head, Table};
use crate::ingest::mapping::Mapping;
use crate::ingest::names::{Named, Names};
use crate::ingest::number::{Number, number};
use crate::ingest::period::{self, Period};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::plain;
use crate::ingest::words::{self, Facets, Role, composition};
use crate::ledger::Ledger;
use crate::unit::Unit;

/// Rows that a column is judged by.
const SAMPLE: usize = 200;

/// What is said above a table, by its sheet's name and by the file's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) period: Period,
    pub(crate) year_from_title: bool,
    pub(crate) unit: Option<Unit>,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) cumulative: Option<bool>,
    /// Whether the titles speak of growth alone.
    pub(crate) growth: bool,
    /// The region that a sheet is of.
    pub(crate) region: Option<String>,
}

/// A column with its meaning.
#[derive(Debug, Clone)]
pub(crate) struct Meant {
    pub(crate) column: usize,
    pub(crate) header: String,
    pub(crate) role: Role,
    pub(crate) period: Period,
    pub(crate) unit: Option<Unit>,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) region: Option<String>,
    pub(crate) composition: Option<&'static str>,
    /// Whether the header says that its amounts or growth are a month's (false) or from January on (true).
    pub(crate) cumulative: Option<bool>,
    /// How sure the role is, 0 to 1.
    pub(crate) confidence: f64,
}

/// What stands in a column.
#[derive(Debug, Default, Clone, Copy)]
struct Content {
    cells: usize,
    numbers: usize,
    percents: usize,
    periods: usize,
    years: usize,
    units: usize,
    regions: usize,
    words: usize,
}

fn content(sheet: &Sheet, table: &Table, column: usize, names: &mut Names<'_>) -> Content {
    let mut out = Content::default();
    for row in table.data.clone().take(SAMPLE).filter(|r| !table.aside.contains(r)) {
        let text = sheet.cell(row, column);
        let shown = plain(text);
        if shown.is_empty() {
            continue;
        }
        out.cells += 1;
        match number(text) {
            Number::Is(x) => {
                out.numbers += 1;
                out.years += usize::from(x.fract() == 0.0 && (1900.0..2200.0).contains(&x) && shown.len() == 4);
            }
            Number::Percent(_) => {
                out.numbers += 1;
                out.percents += 1;
            }
            Number::Missing | Number::Failed => out.numbers += 1,
            Number::Not if period::whole(text).is_some() => out.periods += 1,
            Number::Not if matches!(shown.as_str(), "亿元" | "万元" | "元") => out.units += 1,
            Number::Not => {
                out.words += 1;
                out.regions += usize::from(matches!(names.of(text, false), Named::Region { .. } | Named::Total));
            }
        }
    }
    out
}

/// What the titles, the sheet's name and the file's say, the nearest first.
pub(crate) fn context(table: &Table, sheet: &Sheet, file: &str, mapping: &Mapping, names: &mut Names<'_>) -> Context {
    let mut out = Context {
        period: Period { year: mapping.year, from: None, to: mapping.month, cumulative: mapping.month.is_some() },
        unit: mapping.unit.clone(),
        ledger: mapping.ledger,
        cumulative: mapping.cumulative,
        ..Context::default()
    };
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    // A date in a file's name is that of the file; months are told there in words only.
    let of_file = Some(stem).filter(|s| s.contains(['月', '年']) || s.contains("季度"));
    let titles = table.titles.iter().rev().map(String::as_str);
    let named = sheet.name.as_deref();
    let corner = table.heads.iter().filter(|h| h.facets.role.is_none()).map(|h| h.text.as_str());
    for (index, text) in titles.clone().chain(named).chain(of_file).chain(corner.take(1)).enumerate() {
        let Facets { period, unit, ledger, cumulative, .. } = words::context(text);
        out.year_from_title |= out.period.year.is_none() && period.year.is_some() && index < table.titles.len() + 1;
        out.period = out.period.or(period);
        out.unit = out.unit.or(unit);
        out.ledger = out.ledger.or(ledger);
        out.cumulative = out.cumulative.or(cumulative);
        let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
        out.growth |= says(&["增速", "同比增长", "增长率"]) && !says(&["完成额", "及增速", "完成情况", "总量"]);
    }
    // Without a plan every word would be a region.
    if names.has_plan()
        && let Some(name) = named
        && let Named::Region { name, .. } = names.of(name, false)
    {
        out.region = Some(name);
    }
    out
}

/// The meaning of every column of a table.
pub(crate) fn columns(
    sheet: &Sheet,
    table: &Table,
    context: &Context,
    mapping: &Mapping,
    names: &mut Names<'_>,
) -> Vec<Meant> {
    let contents: Vec<Content> = table.heads.iter().map(|h| content(sheet, table, h.column, names)).collect();
    let mut out: Vec<Meant> =
        table.heads.iter().zip(&contents).map(|(head, content)| first_guess(head, *content, mapping)).collect();
    let decided = |out: &[Meant], i: usize| out[i].confidence > 0.0;
    // The time of the rows.
    if !out.iter().any(|m| m.role == Role::Period && m.confidence > 0.0) {
        let by_content = contents.iter().zip(&out).position(|(c, m)| m.confidence == 0.0 && c.periods * 2 > c.cells);
        if let Some(i) = by_content {
            (out[i].role, out[i].confidence) = (Role::Period, 0.8);
        }
    }
    if !out.iter().any(|m| m.role == Role::Year && m.confidence > 0.0) {
        let years = contents.iter().zip(&out).position(|(c, m)| {
            m.confidence == 0.0 && m.period.is_empty() && c.years > 0 && c.years == c.cells
        });
        if let Some(i) = years {
            (out[i].role, out[i].confidence) = (Role::Year, 0.7);
        }
    }
    let in_rows = out.iter().any(|m| m.role == Role::Period && m.confidence > 0.0);
    // Regions of the rows: the first column that says so, else the first of words.
    let region = out.iter().position(|m| m.role == Role::Region && m.confidence >= 1.0).or_else(|| {
        let of_words = |i: &usize| {
            let c = contents[*i];
            c.words > 0 && c.words * 2 >= c.cells && c.units == 0
        };
        let candidates: Vec<usize> =
            (0..out.len()).filter(|i| !decided(&out, *i) || out[*i].role == Role::Region).filter(of_words).collect();
        let most = candidates.iter().map(|i| contents[*i].regions).max();
        candidates.into_iter().find(|i| Some(contents[*i].regions) == most)
    });
    for (i, meant) in out.iter_mut().enumerate() {
        if Some(i) == region {
            meant.confidence = meant.confidence.max(0.8);
            meant.role = Role::Region;
        } else if meant.role == Role::Region {
            (meant.role, meant.confidence) = (Role::Ignored, 0.5);
        }
    }
    // Columns of numbers that name no measure: a period, or a region, or nothing.
    for i in 0..out.len() {
        if decided(&out, i) {
            continue;
        }
        let c = contents[i];
        if c.units > 0 && c.units == c.cells {
            (out[i].role, out[i].confidence) = (Role::Unit, 0.9);
            continue;
        }
        if c.numbers * 2 < c.cells || c.cells == 0 {
            continue;
        }
        let measure = if context.growth || c.percents * 2 > c.cells { Role::Growth } else { Role::Amount };
        if !out[i].period.is_empty() {
            (out[i].role, out[i].confidence) = (measure, 0.7);
        } else if let Some(name) = region_of(&out[i].header, names, in_rows && region.is_none()) {
            out[i].region = Some(name);
            (out[i].role, out[i].confidence) = (header_measure(&out[i].header).unwrap_or(measure), 0.7);
        } else if table.header.is_empty() {
            (out[i].role, out[i].confidence) = (measure, 0.3);
        }
    }
    // Measures under a region's name, in a table of regions as columns.
    if region.is_none() {
        for meant in out.iter_mut().filter(|m| m.role.is_measure() && m.region.is_none()) {
            meant.region = region_of(&meant.header, names, false);
        }
    }
    for meant in &mut out {
        // Growth of a single month is none of the panel's.
        if meant.role == Role::Growth && meant.cumulative == Some(false) {
            meant.role = Role::Ignored;
        }
    }
    out
}

fn first_guess(head: &Head, content: Content, mapping: &Mapping) -> Meant {
    let facets = &head.facets;
    let said = mapping.column(&head.text);
    let mut meant = Meant {
        column: head.column,
        header: head.text.clone(),
        role: Role::Ignored,
        period: facets.period,
        unit: said.and_then(|s| s.unit.clone()).or_else(|| facets.unit.clone()),
        ledger: said.and_then(|s| s.ledger).or(facets.ledger),
        region: None,
        composition: composition(&head.text),
        cumulative: facets.cumulative,
        confidence: 0.0,
    };
    let (role, confidence) = match (said, facets.role) {
        (Some(said), _) => (said.role, 1.0),
        (None, Some(role)) => {
            let fits = match role {
                Role::Year => content.years + content.periods > 0 || content.cells == content.numbers,
                // A year's total of a table of years is an amount; 指标 may be anything.
                Role::Region => content.words * 2 >= content.cells && content.units == 0,
                _ if role.is_measure() => content.numbers * 2 >= content.cells,
                _ => true,
            };
            let strong = role != Role::Region || strong_region(&head.text);
            if !fits { (Role::Ignored, 0.0) } else { (role, if facets.exact && strong { 1.0 } else { 0.9 }) }
        }
        (None, None) => (Role::Ignored, 0.0),
    };
    (meant.role, meant.confidence) = (role, confidence);
    meant
}

/// Whether a header means regions and nothing else.
fn strong_region(text: &str) -> bool {
    let text = crate::ingest::text::key(text);
    !["项目", "指标", "名称", "name", "指标名称", "责任单位", "单位名称", "city", "state", "area"].contains(&text.as_str())
}

/// The region that a header names, if one of its parts does.
fn region_of(header: &str, names: &mut Names<'_>, any: bool) -> Option<String> {
    let parts: Vec<&str> = header.split(" / ").collect();
    let plan = names.has_plan();
    parts.iter().find_map(|part| match names.of(part, false) {
        Named::Region { name, .. } if plan || any || looks_like_region(part) => {
            // Without a plan a word of measure is not taken for a region.
            (plan || words::header(part).role.is_none()).then_some(name)
        }
        _ => None,
    })
}

fn looks_like_region(text: &str) -> bool {
    let text = plain(text);
    let length = text.chars().count();
    (2..=12).contains(&length) && ["区", "县", "市", "旗", "州", "盟", "镇", "省"].iter().any(|e| text.ends_with(e))
}

/// The measure among the parts of a header beside a region's name.
fn header_measure(header: &str) -> Option<Role> {
    header.split(" / ").find_map(|part| words::header(part).role.filter(|r| r.is_measure()))
}
