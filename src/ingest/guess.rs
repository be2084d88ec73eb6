//! What each column of a table means: by its header, by the titles above, and by what stands in it.

use crate::ingest::layout::{Head, Table};
use crate::ingest::mapping::Mapping;
use crate::ingest::names::{Named, Names};
use crate::ingest::number::{Number, number, with_unit};
use crate::ingest::period::{self, Period};
use crate::ingest::sheet::Sheet;
use crate::ingest::text::plain;
use crate::ingest::words::{self, Facets, Role, composition};
use crate::ledger::Ledger;
use crate::unit::Unit;
use std::collections::BTreeMap;

/// Rows that a column is judged by.
const SAMPLE: usize = 200;

/// What is said above a table, by its sheet's name and by the file's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) period: Period,
    /// Where the year is said, row and column; none where the sheet's or the file's name says it.
    pub(crate) year_at: Option<(usize, usize)>,
    pub(crate) unit: Option<Unit>,
    /// Where the unit is said.
    pub(crate) unit_at: Option<(usize, usize)>,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) cumulative: Option<bool>,
    /// Whether the titles speak of growth alone.
    pub(crate) growth: bool,
    /// The region that a sheet or a title is of, and how it is written.
    pub(crate) region: Option<(String, String)>,
    /// The month through which the titles say that the amounts count.
    pub(crate) title_month: Option<(i32, u8)>,
    /// What the titles are about, where that is none of the ledgers.
    pub(crate) other: Option<(usize, usize)>,
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
    pub(crate) sector: Option<&'static str>,
    /// Growth as an index, last year being 100.
    pub(crate) index: bool,
    /// Rows of its header's topmost and lowest text.
    pub(crate) top: usize,
    pub(crate) row: usize,
    pub(crate) mended: Option<&'static str>,
    /// Whether the header says that its amounts or growth are a month's (false) or from January on (true).
    pub(crate) cumulative: Option<bool>,
    /// Whether it is of something that no ledger holds.
    pub(crate) other: bool,
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
    indicators: usize,
}

fn content(sheet: &Sheet, table: &Table, column: usize, names: &mut Names<'_>) -> Content {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.data.clone().take(SAMPLE).filter(|r| !table.aside.contains(r)) {
        *texts.entry(sheet.cell(row, column)).or_default() += 1;
    }
    let mut out = Content::default();
    // The rows of a column say the same few things.
    for (text, times) in texts {
        let shown = plain(text);
        if shown.is_empty() {
            continue;
        }
        out.cells += times;
        match number(text) {
            Number::Is(x) => {
                out.numbers += times;
                if x.fract() == 0.0 && (1900.0..2200.0).contains(&x) && shown.len() == 4 {
                    out.years += times;
                }
            }
            Number::Percent(_) => {
                out.numbers += times;
                out.percents += times;
            }
            Number::Missing | Number::Failed => out.numbers += times,
            Number::Not if period::whole(text).is_some() => out.periods += times,
            Number::Not if matches!(shown.as_str(), "亿元" | "万元" | "元" | "%") => out.units += times,
            Number::Not if with_unit(text).is_some() => out.numbers += times,
            Number::Not => {
                out.words += times;
                if indicator(text).is_some() {
                    out.indicators += times;
                }
                if matches!(names.of(text, false), Named::Region { .. } | Named::Total) {
                    out.regions += times;
                }
            }
        }
    }
    out
}

/// What the titles, the sheet's name and the file's say, the nearest first.
pub(crate) fn context(
    table: &Table,
    sheet: &Sheet,
    file: &str,
    loose: &[String],
    mapping: &Mapping,
    names: &mut Names<'_>,
) -> Context {
    let mut out = Context {
        period: Period {
            year: mapping.year,
            from: None,
            to: mapping.month,
            cumulative: mapping.month.is_some(),
        },
        unit: mapping.unit.clone(),
        ledger: mapping.ledger,
        cumulative: mapping.cumulative,
        ..Context::default()
    };
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    // A date in a file's name is that of the file; months are told there in words only.
    let of_file = Some(stem).filter(|s| s.contains(['月', '年']) || s.contains("季度"));
    // The nearest first: what stands above, the corner of the header, the notes below, the sheet's name and the file's.
    let titles = table.titles.iter().rev().map(|t| (t.text.clone(), Some((t.row, t.column))));
    let corner = table.heads.first().map(|h| (h.text.clone(), Some((h.row, h.column))));
    let notes = table.aside.iter().flat_map(|row| {
        (0..sheet.size().1)
            .map(move |c| (plain(sheet.cell(*row, c)), Some((*row, c))))
            .filter(|(t, _)| !t.is_empty())
    });
    let named = sheet.name.clone().map(|name| (name, None));
    let of_file = of_file.map(|name| (name.to_owned(), None));
    let loose = loose.iter().map(|text| (text.clone(), None));
    let all = titles.clone().chain(corner).map(|t| (t, true));
    let others =
        notes.map(|t| (t, false)).chain(named.into_iter().chain(of_file).chain(loose).map(|t| (t, true)));
    for ((text, place), tells_time) in all.chain(others) {
        let Facets { period, unit, ledger, cumulative, .. } = words::context(&text);
        // A note tells of units; the months that it names are of its own story.
        if tells_time {
            if out.period.year.is_none() && period.year.is_some() {
                out.year_at = place;
            }
            out.period = out.period.or(period);
        }
        if out.unit.is_none() && unit.is_some() {
            (out.unit, out.unit_at) = (unit, place);
        }
        out.ledger = out.ledger.or(ledger);
        out.cumulative = out
            .cumulative
            .or(cumulative.filter(|_| tells_time || text.contains("累计数") || text.contains("（累计）")));
        let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
        out.growth |= tells_time
            && says(&["增速", "增幅", "同比增长", "增长率"])
            && !says(&["完成额", "及增速", "完成情况", "总量", "、%"]);
    }
    for title in &table.titles {
        let Facets { period, .. } = words::context(&title.text);
        if let (Some(year), Some(month), true) = (period.year, period.to, period.cumulative) {
            out.title_month = Some((year, month));
        }
        if words::other_indicator(&title.text) && out.ledger.is_none() {
            out.other = Some((title.row, title.column));
        }
    }
    // Without a plan every word would be a region.
    if names.has_plan() {
        let of_sheet = sheet.name.as_deref().and_then(|name| match names.of(name, false) {
            Named::Region { name: region, .. } => Some((region, name.to_owned())),
            _ => None,
        });
        let of_title =
            || table.titles.iter().rev().find_map(|t| names.inside(&t.text).map(|name| (name.clone(), name)));
        out.region = of_sheet.or_else(of_title);
    }
    out
}

/// What an item of a column of indicators says.
pub(crate) enum Indicator {
    Measure(Role),
    Ledger(Ledger),
    Composition(&'static str),
    Sector(&'static str),
    Other,
}

pub(crate) fn indicator(text: &str) -> Option<Indicator> {
    if words::other_indicator(text) {
        return Some(Indicator::Other);
    }
    if let Some(part) = composition(text) {
        return Some(Indicator::Composition(part));
    }
    if let Some(sector) = words::sector(text) {
        return Some(Indicator::Sector(sector));
    }
    let facets = words::header(text);
    match (facets.role, facets.ledger) {
        (Some(Role::Amount) | None, Some(ledger)) => Some(Indicator::Ledger(ledger)),
        (Some(role), _) if role.is_measure() || role == Role::Ignored => Some(Indicator::Measure(role)),
        _ => None,
    }
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
    let mut out: Vec<Meant> = table
        .heads
        .iter()
        .zip(&contents)
        .map(|(head, content)| first_guess(head, *content, mapping))
        .collect();
    let decided = |out: &[Meant], i: usize| out[i].confidence > 0.0;
    // The time of the rows.
    if !out.iter().any(|m| m.role == Role::Period && m.confidence > 0.0) {
        let by_content =
            contents.iter().zip(&out).position(|(c, m)| m.confidence == 0.0 && c.periods * 2 > c.cells);
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
    // A column that names what its rows measure, where another names the regions.
    let mut regions_elsewhere = |i: usize| {
        context.region.is_some()
            || contents
                .iter()
                .enumerate()
                .any(|(j, c)| j != i && c.regions > 0 && c.indicators * 2 < c.words.max(1))
            || table.heads.iter().any(|h| region_of(&h.text, names, false).is_some())
    };
    let of_indicators =
        contents.iter().position(|c| c.words > 0 && c.indicators * 2 >= c.words && c.indicators > 0);
    if let Some(i) = of_indicators
        && out[i].confidence < 1.0 + f64::from(u8::from(!strong_region(&out[i].header)))
        && !matches!(out[i].role, Role::Sector | Role::Composition | Role::Ledger)
        && regions_elsewhere(i)
    {
        (out[i].role, out[i].confidence) = (Role::Indicator, 1.0);
    }
    let in_rows = out.iter().any(|m| m.role == Role::Period && m.confidence > 0.0);
    // Regions of the rows: the first column that says so, else the first of words.
    let region = out.iter().position(|m| m.role == Role::Region && m.confidence >= 1.0).or_else(|| {
        let of_words = |i: &usize| {
            let c = contents[*i];
            c.words > 0 && c.words * 2 >= c.cells && c.units == 0
        };
        let candidates: Vec<usize> = (0..out.len())
            .filter(|i| !decided(&out, *i) || out[*i].role == Role::Region)
            .filter(of_words)
            .collect();
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
        if words::is_total(&out[i].header) && in_rows == (region.is_none()) && out[i].header.contains('计') {
            continue;
        }
        if c.units > 0 && c.units == c.cells {
            (out[i].role, out[i].confidence) = (Role::Unit, 0.9);
            continue;
        }
        if c.numbers * 2 < c.cells || c.cells == 0 {
            continue;
        }
        let measure = if context.growth || c.percents * 2 > c.cells { Role::Growth } else { Role::Amount };
        if !out[i].period.is_empty() || out[i].sector.is_some() || of_all(&out[i].header) {
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
    set_others_aside(&mut out, table, mapping);
    for meant in &mut out {
        // Growth of a single month is none of the panel's.
        if meant.role == Role::Growth && meant.cumulative == Some(false) {
            meant.role = Role::Ignored;
        }
    }
    out
}

/// Takes columns of what no ledger holds out of the measures, with the growth and the base that stand after them and name
/// nothing of their own.
fn set_others_aside(meant: &mut [Meant], table: &Table, mapping: &Mapping) {
    let mut after_other = false;
    for (meant, head) in meant.iter_mut().zip(&table.heads) {
        if !meant.role.is_measure() || mapping.column(&head.text).is_some() {
            continue;
        }
        let follows = matches!(meant.role, Role::Growth | Role::Base) && head.facets.ledger.is_none();
        meant.other = words::other_indicator(&head.text) || (after_other && follows);
        after_other = meant.other;
        if meant.other {
            (meant.role, meant.confidence) = (Role::Ignored, 0.9);
        }
    }
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
        sector: head.text.split(" / ").find_map(words::sector),
        index: head.text.contains("指数") || head.text.contains("=100") || head.text.contains("＝100"),
        top: head.top,
        row: head.row,
        mended: head.mended,
        cumulative: facets.cumulative,
        other: false,
        confidence: 0.0,
    };
    let (role, confidence) = match (said, facets.role) {
        (Some(said), _) => (said.role, 1.0),
        (None, Some(role)) => {
            let fits = match role {
                Role::Year => content.years + content.periods > 0 || content.cells == content.numbers,
                // A year's total of a table of years is an amount; 指标 may be anything.
                Role::Region => content.words * 2 >= content.cells && content.units == 0,
                _ if role.is_measure() => content.numbers > 0 || facets.exact,
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

/// Whether a header means all of the investment, beside columns of its sectors.
fn of_all(header: &str) -> bool {
    ["全部投资", "投资总额", "全部", "全社会"].iter().any(|w| header.contains(w))
}

/// Whether a header means regions and nothing else.
fn strong_region(text: &str) -> bool {
    let text = crate::ingest::text::key(text);
    !["项目", "指标", "名称", "name", "指标名称", "责任单位", "单位名称", "city", "state", "area"]
        .contains(&text.as_str())
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
    (2..=12).contains(&length)
        && ["区", "县", "市", "旗", "州", "盟", "镇", "省"].iter().any(|e| text.ends_with(e))
}

/// The measure among the parts of a header beside a region's name.
fn header_measure(header: &str) -> Option<Role> {
    header.split(" / ").find_map(|part| words::header(part).role.filter(|r| r.is_measure()))
}
