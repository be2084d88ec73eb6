//! Files of columns that are in the tidy form already: from their numbers to rows, without a text for every cell.
//!
//! A file goes this way only where nothing in it has to be decided: no name to be matched, no unit to be brought to another,
//! no figure twice. Any other is read by the way of all files, which decides and says so.

use crate::calendar::Day;
use crate::ingest::cell::{a_composition, a_day, a_ledger, a_sector, a_unit};
use crate::ingest::check::same_series;
use crate::ingest::columnar::{Slices, texts};
use crate::ingest::kind::FileKind;
use crate::ingest::names::{How, Named, Names, cleaned};
use crate::ingest::read::{ColumnGuess, Preview, TableGuess, Whole};
use crate::ingest::text::{blank, indent};
use crate::ingest::words::Role;
use crate::ledger::Ledger;
use crate::par;
use crate::table::{Measure, Origin, Origins, PanelRow, Subject};
use crate::unit::Unit;
use polars::prelude::{Column, DataFrame, DataType, Float64Chunked, Int32Chunked, IntoColumn, StringChunked};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Rows of the top that a preview shows.
const PREVIEW: usize = 40;

/// The tidy form's columns.
const COLUMNS: [(&str, Role); 13] = [
    ("region", Role::Region),
    ("year", Role::Year),
    ("month", Role::Period),
    ("value", Role::Value),
    ("ytd", Role::Ytd),
    ("growth", Role::Growth),
    ("base", Role::Base),
    ("ledger", Role::Ledger),
    ("sector", Role::Sector),
    ("composition", Role::Composition),
    ("unit", Role::Unit),
    ("parent", Role::Parent),
    ("published", Role::Published),
];

/// What a text of a column means.
type Meaning = fn(&str) -> Option<String>;

/// The columns of what a row is about beside its region, and what their texts mean; none where all is meant.
const PARTS: [(&str, Meaning); 4] = [
    ("sector", a_sector),
    ("composition", a_composition),
    ("parent", |text| Some(cleaned(text))),
    ("unit", |text| a_unit(text).map(|unit| unit.to_string())),
];

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
    let table = guess(&first, slices.rows());
    let mut rows = Rows::new(names);
    // While rows are made of one slice the next one is unpacked.
    let mut now = Some(first);
    while let Some(slice) = now {
        let (taken, next) = par::both(|| rows.take(&slice), || slices.next().transpose());
        taken?;
        now = next.ok()?;
    }
    let (rows, from) = rows.finish()?;
    let origin = |row: u32| Origin { sheet: 0, row: row + 1, ..places };
    let origins = match from {
        Some(from) => from.into_iter().map(origin).collect(),
        None => (0..u32::try_from(rows.len()).ok()?).map(origin).collect(),
    };
    Some(Straight { rows, origins: Origins::new(vec![None], origins), table })
}

/// Where the columns are; none where one of them is none of the tidy form's, or one that must be there is not.
fn places(frame: &DataFrame) -> Option<Origin> {
    let names = frame.get_column_names();
    let known = names.iter().all(|name| COLUMNS.iter().any(|(column, _)| column == &name.as_str()));
    let at = |name: &str| names.iter().position(|n| n.as_str() == name).and_then(|i| u32::try_from(i).ok());
    at("region")?;
    let (year, month) = (at("year")?, at("month")?);
    let (amount, growth) = (at("ytd").or(at("value")), at("growth"));
    let amount = amount.or(growth)?;
    known.then_some(Origin { sheet: 0, row: 0, amount, growth: growth.unwrap_or(amount), month, year })
}

/// What a person sees of it.
fn guess(frame: &DataFrame, rows: usize) -> TableGuess {
    let role = |name: &str| COLUMNS.iter().find(|(n, _)| *n == name).map_or(Role::Ignored, |(_, role)| *role);
    let columns = frame.get_column_names().into_iter().zip(0..).map(|(name, column)| ColumnGuess {
        column,
        header: name.to_string(),
        role: role(name),
        region: None,
        year: None,
        month: None,
        unit: None,
        confidence: 1.0,
    });
    let top = texts(&frame.head(Some(PREVIEW))).unwrap_or_default();
    let cell = |row: usize| {
        let text = |c: &Column| c.str().ok().and_then(|t| t.get(row)).unwrap_or_default().to_owned();
        top.columns().iter().map(text).collect()
    };
    TableGuess {
        sheet: None,
        titles: Vec::new(),
        rows: (1, u32::try_from(rows + 1).unwrap_or(u32::MAX)),
        whole: Whole::default(),
        columns: columns.collect(),
        preview: Preview { from: (0, 0), cells: (0..top.height()).map(cell).collect(), more: Vec::new() },
    }
}

/// What texts mean, remembered: rows mostly say what the row before said, and else what one before that did.
struct Known<T> {
    all: Vec<(String, T)>,
    places: HashMap<String, usize>,
    last: usize,
}

impl<T: Copy> Known<T> {
    fn new() -> Self {
        Self { all: Vec::new(), places: HashMap::new(), last: 0 }
    }

    fn of(&mut self, text: &str, mean: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if let Some((_, meaning)) = self.all.get(self.last).filter(|(before, _)| before == text) {
            return Some(*meaning);
        }
        self.last = match self.places.get(text) {
            Some(place) => *place,
            None => {
                self.all.push((text.to_owned(), mean(text)?));
                self.places.insert(text.to_owned(), self.all.len() - 1);
                self.all.len() - 1
            }
        };
        self.all.get(self.last).map(|(_, meaning)| *meaning)
    }
}

/// Texts by number.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    known: BTreeMap<String, u32>,
}

impl Texts {
    fn number(&mut self, text: String) -> Option<u32> {
        if let Some(known) = self.known.get(&text) {
            return Some(*known);
        }
        let number = u32::try_from(self.all.len()).ok()?;
        self.all.push(text.clone());
        self.known.insert(text, number);
        Some(number)
    }
}

/// A subject by its texts: the region, and [`PARTS`].
type SubjectKey = (u32, [Option<u32>; 4]);

/// Rows on their way.
struct Rows<'n, 'p> {
    names: &'n mut Names<'p>,
    texts: Texts,
    regions: Known<u32>,
    ledgers: Known<Ledger>,
    parts: [Known<Option<u32>>; 4],
    days: Known<Day>,
    subjects: Vec<(SubjectKey, Arc<Subject>)>,
    by_key: HashMap<SubjectKey, u32>,
    last: Option<(SubjectKey, u32)>,
    rows: Vec<PanelRow>,
    /// Each row's subject, and its row of the file.
    of: Vec<(u32, u32)>,
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
        let (kind, role) = (column.dtype(), COLUMNS.iter().find(|(name, _)| name == column.name())?.1);
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
            regions: Known::new(),
            ledgers: Known::new(),
            parts: std::array::from_fn(|_| Known::new()),
            days: Known::new(),
            subjects: Vec::new(),
            by_key: HashMap::new(),
            last: None,
            rows: Vec::new(),
            of: Vec::new(),
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
        self.of.reserve_exact(frame.height());
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
            let measure = match (ytd, value) {
                (Some(ytd), _) => Measure::Ytd(ytd),
                (None, Some(value)) => Measure::Value(value),
                (None, None) => Measure::None,
            };
            if let Some(growth) = growth {
                self.most_growth = self.most_growth.max(growth.abs());
                self.growths += 1;
            }
            let about = Arc::clone(&self.subjects.get(subject as usize)?.1);
            self.rows.push(PanelRow {
                line: 0,
                subject: about,
                year,
                month,
                ledger,
                measure,
                growth: growth.map(|percent| percent / 100.0),
                base,
                published,
            });
            self.of.push((subject, row_of_file));
        }
        Some(())
    }

    fn subject(&mut self, region: &str, parts: [Option<&str>; 4]) -> Option<u32> {
        let (names, texts) = (&mut *self.names, &mut self.texts);
        let region = self.regions.of(region, |text| match names.of(text, false) {
            Named::Region { name, how: How::Written } if indent(text) == 0 => texts.number(name),
            _ => None,
        })?;
        let mut key = [None; 4];
        for (((out, text), known), (_, mean)) in key.iter_mut().zip(parts).zip(&mut self.parts).zip(PARTS) {
            *out = match text.filter(|t| !blank(t)) {
                Some(text) => known.of(text, |text| match mean(text) {
                    Some(meant) => texts.number(meant).map(Some),
                    None => Some(None),
                })?,
                None => None,
            };
        }
        let key = (region, key);
        if let Some((_, subject)) = self.last.filter(|(before, _)| *before == key) {
            return Some(subject);
        }
        let next = u32::try_from(self.subjects.len()).ok()?;
        let subject = *self.by_key.entry(key).or_insert(next);
        if subject == next {
            let text = |number: Option<u32>| number.and_then(|n| texts.all.get(n as usize)).cloned();
            let [sector, composition, parent, unit] = key.1.map(text);
            let about = Subject {
                region: text(Some(region))?,
                parent,
                sector,
                composition,
                unit: unit.map_or(Unit::Unknown, |u| Unit::parse(&u)),
            };
            self.subjects.push((key, Arc::new(about)));
        }
        self.last = Some((key, subject));
        Some(subject)
    }

    /// The rows in their order, and where they were not in it before, the row of the file of each.
    fn finish(self) -> Option<(Vec<PanelRow>, Option<Vec<u32>>)> {
        // Growth that is nowhere beyond 1.5 % may be written as a ratio.
        let unsure = self.growths >= 2 && self.most_growth <= 1.5;
        let mut units: Vec<&Unit> =
            self.subjects.iter().map(|(_, s)| &s.unit).filter(|u| u.yuan().is_some()).collect();
        units.dedup();
        // A row without a ledger below one with: as in a table of merged cells, or of the first ledger.
        let unsaid = self.without_ledger && !self.ledgers.all.is_empty();
        if unsure || unsaid || units.len() > 1 || self.rows.is_empty() {
            return None;
        }
        // The series in the order of the texts' first appearance, as everywhere.
        let mut series: Vec<(u32, [Option<u32>; 2])> = self
            .subjects
            .iter()
            .map(|((region, [sector, composition, ..]), _)| (*region, [*sector, *composition]))
            .collect();
        let of_subject = series.clone();
        series.sort_unstable();
        series.dedup();
        let rank: Vec<u64> =
            of_subject.iter().map(|s| series.binary_search(s).map_or(0, |at| at as u64)).collect();
        let (mut rows, of) = (self.rows, self.of);
        let all_in_file = self.seen as usize == rows.len();
        let key = |(row, (subject, _)): (&PanelRow, &(u32, u32))| {
            let rank = rank.get(*subject as usize).copied().unwrap_or(0);
            let time = u64::from(row.year.unsigned_abs()) << 4 | u64::from(row.month);
            (row.ledger as u64) << 62 | rank << 20 | time
        };
        let keys: Vec<(u64, u32)> = rows.iter().zip(&of).map(key).zip(0..).collect();
        let sorted = keys.is_sorted();
        let from = (!sorted || !all_in_file).then_some(());
        let order = if sorted { None } else { Some(in_order(keys)) };
        let files: Option<Vec<u32>> = from.map(|()| match &order {
            Some(order) => order.iter().map(|at| of[*at as usize].1).collect(),
            None => of.iter().map(|(_, row)| *row).collect(),
        });
        drop(of);
        if let Some(order) = order {
            arrange(&mut rows, order);
        }
        rows.iter_mut().zip(2..).for_each(|(row, line)| row.line = line);
        (!anything_to_decide(&rows)).then_some((rows, files))
    }
}

fn in_order(mut keys: Vec<(u64, u32)>) -> Vec<u32> {
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

/// Puts `rows[order[i]]` at `i`, each row moving once and none being copied: they may be most of the memory.
fn arrange<T>(rows: &mut [T], mut order: Vec<u32>) {
    for start in 0..order.len() {
        let mut at = start;
        while order[at] as usize != start {
            let next = order[at] as usize;
            rows.swap(at, next);
            order[at] = at as u32;
            at = next;
        }
        order[at] = at as u32;
    }
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
    fn rows_are_arranged_by_their_order() {
        let order = vec![3, 0, 4, 1, 2];
        let mut rows = ['a', 'b', 'c', 'd', 'e'];
        arrange(&mut rows, order);
        assert_eq!(rows, ['d', 'a', 'e', 'b', 'c']);
    }
}
