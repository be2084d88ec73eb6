//! Files of columns that are in the tidy form already: from their numbers to rows, without a text for every cell.
//!
//! A file goes this way only where nothing in it has to be decided: no name to be matched, no unit to be brought to another,
//! no figure twice. Any other is read by the way of all files, which decides and says so.

use crate::calendar::{Day, YearMonth};
use crate::ingest::cell::{a_composition, a_day, a_ledger, a_sector, a_unit};
use crate::ingest::check::same_series;
use crate::ingest::columnar::{Slices, texts};
use crate::ingest::kind::FileKind;
use crate::ingest::names::{How, Named, Names, cleaned};
use crate::ingest::read::{ColumnGuess, PREVIEW, Preview, TableGuess, Whole};
use crate::ingest::text::{blank, indent};
use crate::ingest::texts::{Known, Parts, Texts};
use crate::ingest::words::Role;
use crate::ledger::Ledger;
use crate::par;
use crate::table::{Measure, Origin, Origins, PanelRow, Subject};
use crate::unit::Unit;
use hashbrown::HashMap;
use polars::prelude::{Column, DataFrame, DataType, Float64Chunked, Int32Chunked, IntoColumn, StringChunked};
use std::sync::Arc;

/// What a column of the tidy form holds; none of a column of another name.
fn role(name: &str) -> Option<Role> {
    Role::parse(name).filter(|role| !matches!(role, Role::Amount | Role::Indicator | Role::Ignored))
}

/// What a text of a column means.
type Meaning = fn(&str) -> Option<String>;

/// The columns of what a row is about beside its region, and what their texts mean; none where all is meant.
const PARTS: [(&str, Meaning); 4] = [
    ("sector", a_sector),
    ("composition", a_composition),
    ("parent", |text| Some(cleaned(text))),
    ("unit", |text| a_unit(text).map(|unit| unit.to_string())),
];

/// A subject by its texts.
type SubjectKey = (u32, Parts<u32>);

/// A file that was read straight.
pub(crate) struct Straight {
    /// Its rows, by series and time.
    pub(crate) rows: Vec<PanelRow>,
    pub(crate) origins: Origins,
    pub(crate) table: TableGuess,
}

/// Reads a file; none where something has to be decided, or where it cannot be read.
pub(crate) fn read(bytes: &[u8], kind: FileKind, names: &mut Names<'_>) -> Option<Straight> {
    let mut slices = Slices::new(bytes, kind).ok()?;
    let first = slices.next()?.ok()?;
    let places = places(&first)?;
    let table = guess(&first, slices.rows().unwrap_or(first.height()));
    let mut rows = Rows::new(names);
    // While rows are made of one slice the next one is unpacked.
    let mut now = Some(first);
    while let Some(slice) = now {
        let (taken, next) = par::both(|| rows.take(&slice), || slices.next().transpose());
        taken?;
        now = next.ok()?;
    }
    let (rows, origins) = rows.finish(places)?;
    Some(Straight { rows, origins: Origins::new(vec![None], origins), table })
}

/// Where the columns are; none where one of them is none of the tidy form's, or one that must be there is not.
fn places(frame: &DataFrame) -> Option<Origin> {
    let names = frame.get_column_names();
    let known = names.iter().all(|name| role(name).is_some());
    let at = |name: &str| names.iter().position(|n| n.as_str() == name).and_then(|i| u32::try_from(i).ok());
    at("region")?;
    let (year, month) = (at("year")?, at("month")?);
    let (amount, growth) = (at("ytd").or(at("value")), at("growth"));
    let amount = amount.or(growth)?;
    known.then_some(Origin { sheet: 0, row: 0, amount, growth: growth.unwrap_or(amount), month, year })
}

/// What a person sees of it.
fn guess(frame: &DataFrame, rows: usize) -> TableGuess {
    let columns = frame.get_column_names().into_iter().zip(0..).map(|(name, column)| ColumnGuess {
        column,
        header: name.to_string(),
        role: role(name).unwrap_or(Role::Ignored),
        region: None,
        year: None,
        month: None,
        unit: None,
        confidence: 1.0,
    });
    let top = texts(&frame.head(Some(PREVIEW))).ok().flatten();
    let cells = top.iter().flat_map(|top| {
        let (height, width) = top.size();
        (0..height).map(move |row| (0..width).map(|column| top.cell(row, column).to_owned()).collect())
    });
    TableGuess {
        sheet: None,
        titles: Vec::new(),
        rows: (1, u32::try_from(rows + 1).unwrap_or(u32::MAX)),
        whole: Whole::default(),
        columns: columns.collect(),
        preview: Preview { from: (0, 0), cells: cells.collect(), more: Vec::new() },
    }
}

/// A row as the file has it, half as large as the one that it becomes: all are in memory until their order is known.
struct Raw {
    subject: u32,
    row_of_file: u32,
    /// As `year * 100 + month`.
    time: u32,
    /// As year, month and day in a number; 0 where none is given.
    published: u32,
    ledger: Ledger,
    is_value: bool,
    /// Not a number where there is none, as of growth (in percent) and base.
    amount: f64,
    growth: f64,
    base: f64,
}

/// Rows on their way.
struct Rows<'n, 'p> {
    names: &'n mut Names<'p>,
    texts: Texts,
    regions: Known<String, u32>,
    ledgers: Known<String, Ledger>,
    /// As [`PARTS`].
    parts: [Known<String, Option<u32>>; 4],
    days: Known<String, Day>,
    subjects: Vec<(SubjectKey, Arc<Subject>)>,
    by_key: HashMap<SubjectKey, u32>,
    last: Option<(SubjectKey, u32)>,
    rows: Vec<Raw>,
    seen: u32,
    without_ledger: bool,
    most_growth: f64,
    growths: usize,
}

/// A slice of the file with the types that rows are made of, each column in one piece.
struct Slice {
    frame: DataFrame,
}

impl Slice {
    fn new(frame: &DataFrame) -> Option<Self> {
        let columns: Option<Vec<Column>> = frame.columns().iter().map(Self::column).collect();
        Some(Self { frame: DataFrame::new(frame.height(), columns?).ok()? })
    }

    fn column(column: &Column) -> Option<Column> {
        let (kind, role) = (column.dtype(), role(column.name())?);
        let wanted = match role {
            Role::Year | Role::Period => DataType::Int32,
            role if role.is_measure() => DataType::Float64,
            _ => DataType::String,
        };
        // Numbers that are written as texts, and texts that are numbers, are for the way of all files.
        let of_numbers = wanted != DataType::String;
        if !kind.is_null() && of_numbers != kind.is_primitive_numeric() {
            return None;
        }
        let cast = column.as_materialized_series().strict_cast(&wanted).ok()?;
        // A month of 7.5 would become 7.
        let is_whole = |x: f64| x.fract() == 0.0;
        if wanted == DataType::Int32 && kind.is_float() {
            let numbers = column.as_materialized_series().cast(&DataType::Float64).ok()?;
            numbers.f64().ok()?.iter().flatten().all(is_whole).then_some(())?;
        }
        Some(cast.rechunk().into_column())
    }

    fn numbers(&self, name: &str) -> Option<&Float64Chunked> {
        self.frame.column(name).ok()?.f64().ok()
    }

    fn whole(&self, name: &str) -> Option<&Int32Chunked> {
        self.frame.column(name).ok()?.i32().ok()
    }

    fn texts(&self, name: &str) -> Option<&StringChunked> {
        self.frame.column(name).ok()?.str().ok()
    }
}

impl<'n, 'p> Rows<'n, 'p> {
    fn new(names: &'n mut Names<'p>) -> Self {
        Self {
            names,
            texts: Texts::default(),
            regions: Known::default(),
            ledgers: Known::default(),
            parts: Default::default(),
            days: Known::default(),
            subjects: Vec::new(),
            by_key: HashMap::default(),
            last: None,
            rows: Vec::new(),
            seen: 0,
            without_ledger: false,
            most_growth: 0.0,
            growths: 0,
        }
    }

    /// Takes a slice; none where something in it has to be decided.
    fn take(&mut self, frame: &DataFrame) -> Option<()> {
        let slice = Slice::new(frame)?;
        let (regions, years, months) = (slice.texts("region")?, slice.whole("year")?, slice.whole("month")?);
        let [value, ytd, growth, base] = ["value", "ytd", "growth", "base"].map(|name| slice.numbers(name));
        let ledgers = slice.texts("ledger");
        let parts = PARTS.map(|(name, _)| slice.texts(name));
        let published = slice.texts("published");
        let number = |of: Option<&Float64Chunked>, at: usize| match of.and_then(|a| a.get(at)) {
            Some(x) if x.is_infinite() => None,
            x => Some(x.filter(|x| !x.is_nan())),
        };
        self.rows.reserve_exact(frame.height());
        for at in 0..frame.height() {
            let row_of_file = self.seen;
            self.seen += 1;
            let (value, ytd) = (number(value, at)?, number(ytd, at)?);
            let (growth, base) = (number(growth, at)?, number(base, at)?);
            if value.or(ytd).or(growth).or(base).is_none() {
                continue;
            }
            let (year, month) = (years.get(at)?, u8::try_from(months.get(at)?).ok()?);
            if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) {
                return None;
            }
            let subject = self.subject(regions.get(at)?, parts.map(|texts| texts.and_then(|t| t.get(at))))?;
            let ledger = match ledgers.and_then(|t| t.get(at)).filter(|t| !blank(t)) {
                Some(text) => self.ledgers.of(text, a_ledger)?,
                None => {
                    self.without_ledger = true;
                    Ledger::Fai
                }
            };
            let published = match published.and_then(|t| t.get(at)).filter(|t| !blank(t)) {
                Some(text) => Some(self.days.of(text, |text| Day::parse(&a_day(text)))?),
                None => None,
            };
            if let Some(growth) = growth {
                self.most_growth = self.most_growth.max(growth.abs());
                self.growths += 1;
            }
            self.rows.push(Raw {
                subject,
                row_of_file,
                time: year.unsigned_abs() * 100 + u32::from(month),
                published: published.map_or(0, packed),
                ledger,
                // Where both are given the cumulative one says more.
                is_value: ytd.is_none(),
                amount: ytd.or(value).unwrap_or(f64::NAN),
                growth: growth.unwrap_or(f64::NAN),
                base: base.unwrap_or(f64::NAN),
            });
        }
        Some(())
    }

    fn subject(&mut self, region: &str, parts: [Option<&str>; 4]) -> Option<u32> {
        let (names, texts) = (&mut *self.names, &mut self.texts);
        let region = self.regions.of(region, |text| match names.of(text, false) {
            Named::Region { name, how: How::Written } if indent(text) == 0 => Some(texts.number(&name)),
            _ => None,
        })?;
        let mut meant = [None; 4];
        for (((out, text), known), (_, mean)) in meant.iter_mut().zip(parts).zip(&mut self.parts).zip(PARTS) {
            if let Some(text) = text.filter(|t| !blank(t)) {
                *out = known.of(text, |text| Some(mean(text).map(|meant| texts.number(&meant)))).flatten();
            }
        }
        let [sector, composition, parent, unit] = meant;
        let key = (region, Parts { sector, composition, parent, unit });
        if let Some((_, subject)) = self.last.filter(|(before, _)| *before == key) {
            return Some(subject);
        }
        let next = u32::try_from(self.subjects.len()).ok()?;
        let subject = *self.by_key.entry(key).or_insert(next);
        if subject == next {
            self.subjects.push((key, Arc::new(texts.subject(region, key.1))));
        }
        self.last = Some((key, subject));
        Some(subject)
    }

    /// The rows in their order, with their cells of the file.
    fn finish(self, places: Origin) -> Option<(Vec<PanelRow>, Vec<Origin>)> {
        // Growth that is nowhere beyond 1.5 % may be written as a ratio.
        let unsure = self.growths >= 2 && self.most_growth <= 1.5;
        let mut units: Vec<&Unit> =
            self.subjects.iter().map(|(_, s)| &s.unit).filter(|u| u.yuan().is_some()).collect();
        units.dedup();
        // A row without a ledger below one with: as in a table of merged cells, or of the first ledger.
        let unsaid = self.without_ledger && !self.ledgers.is_empty();
        if unsure || unsaid || units.len() > 1 || self.rows.is_empty() {
            return None;
        }
        let order: Vec<(u32, u32)> = self.order().into_iter().zip(2..).collect();
        let (all, subjects) = (&self.rows, &self.subjects);
        let place =
            |(at, _): &(u32, u32)| Origin { sheet: 0, row: all[*at as usize].row_of_file + 1, ..places };
        let row = |(at, line): &(u32, u32)| {
            let raw = &all[*at as usize];
            let known = |x: f64| Some(x).filter(|x| !x.is_nan());
            PanelRow {
                line: *line,
                subject: Arc::clone(&subjects[raw.subject as usize].1),
                year: (raw.time / 100).cast_signed(),
                month: (raw.time % 100) as u8,
                ledger: raw.ledger,
                measure: match (known(raw.amount), raw.is_value) {
                    (Some(x), true) => Measure::Value(x),
                    (Some(x), false) => Measure::Ytd(x),
                    (None, _) => Measure::None,
                },
                growth: known(raw.growth).map(|percent| percent / 100.0),
                base: known(raw.base),
                published: unpacked(raw.published),
            }
        };
        let rows = par::map(&order, row);
        let origins = par::map(&order, place);
        (!anything_to_decide(&rows)).then_some((rows, origins))
    }

    /// The places of the rows by ledger, series and time; the series in the order of their texts' first appearance.
    fn order(&self) -> Vec<u32> {
        let series = |(region, parts): &SubjectKey| (*region, parts.sector, parts.composition);
        let mut all: Vec<_> = self.subjects.iter().map(|(key, _)| series(key)).collect();
        all.sort_unstable();
        all.dedup();
        let rank = |(key, _): &(SubjectKey, Arc<Subject>)| all.binary_search(&series(key)).unwrap_or(0);
        let ranks: Vec<usize> = self.subjects.iter().map(rank).collect();
        let place = |raw: &Raw| raw.ledger as usize * all.len() + ranks[raw.subject as usize];
        // Where each series begins; then each row goes to its series, in the order of the file, which is mostly that of time.
        let mut ends = vec![0u32; all.len() * Ledger::ALL.len()];
        for raw in &self.rows {
            ends[place(raw)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut order = vec![0u32; self.rows.len()];
        for (raw, at) in self.rows.iter().zip(0..) {
            let end = &mut ends[place(raw)];
            order[*end as usize] = at;
            *end += 1;
        }
        let (mut rest, mut from) = (order.as_mut_slice(), 0);
        for end in ends {
            let (series, below) = rest.split_at_mut((end - std::mem::replace(&mut from, end)) as usize);
            let time = |at: &u32| self.rows[*at as usize].time;
            if !series.is_sorted_by_key(time) {
                series.sort_by_key(time);
            }
            rest = below;
        }
        order
    }
}

fn packed(day: Day) -> u32 {
    (day.month.year.unsigned_abs() * 100 + u32::from(day.month.month)) * 100 + u32::from(day.day)
}

fn unpacked(packed: u32) -> Option<Day> {
    let (month, day) = (packed / 100, (packed % 100) as u8);
    let month = YearMonth { year: (month / 100).cast_signed(), month: (month % 100) as u8 };
    (packed > 0).then_some(Day { month, day })
}

/// Whether a figure stands twice, or a year ends in zeros.
fn anything_to_decide(rows: &[PanelRow]) -> bool {
    let zero = |r: &PanelRow| r.measure == Measure::Ytd(0.0);
    rows.windows(2).any(|pair| {
        let [before, row] = pair else { return false };
        let same_year = before.year == row.year && same_series(before, row);
        let twice = same_year && before.month == row.month && before.published == row.published;
        twice || same_year && zero(row) && !zero(before)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_out_as_they_went_in() {
        for text in ["2023-08-15", "1999-01-01", "2200-12-31"] {
            let day = Day::parse(text).unwrap();
            assert_eq!(unpacked(packed(day)), Some(day));
        }
        assert_eq!(unpacked(0), None);
    }
}
