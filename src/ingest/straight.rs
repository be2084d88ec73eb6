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
use crate::ingest::text::indent;
use crate::ingest::texts::{Known, Parts, Texts};
use crate::ingest::typed::{NOTHING, Piece, role};
use crate::ingest::words::Role;
use crate::ledger::Ledger;
use crate::par;
use crate::table::{Measure, Origin, Origins, PanelRow, Subject};
use crate::unit::Unit;
use hashbrown::HashMap;
use polars::prelude::DataFrame;
use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Years that are read without a question.
const YEARS: RangeInclusive<i32> = 1900..=2200;

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
        let (taken, next) = par::both(|| rows.take(slice), || slices.next().transpose());
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

/// A row as the file has it, a third as large as the one that it becomes: all are in memory until their order is known.
struct Raw {
    subject: u32,
    row_of_file: u32,
    /// As year, month and day in a number; 0 where none is given.
    published: u32,
    /// In months from the first of [`YEARS`] on.
    time: u16,
    ledger: Ledger,
    is_value: bool,
    /// Not a number where there is none, as of growth (in percent).
    amount: f64,
    growth: f64,
}

/// Figures and times of a piece, row by row.
struct Figures<'a> {
    value: Cow<'a, [f64]>,
    ytd: Cow<'a, [f64]>,
    growth: Cow<'a, [f64]>,
    base: Cow<'a, [f64]>,
    years: Cow<'a, [i32]>,
    months: Cow<'a, [i32]>,
}

impl<'a> Figures<'a> {
    fn of(piece: &'a Piece) -> Option<Self> {
        let [value, ytd, growth, base] = ["value", "ytd", "growth", "base"].map(|name| piece.figures(name));
        Some(Self { value, ytd, growth, base, years: piece.whole("year")?, months: piece.whole("month")? })
    }

    /// Value, cumulative amount, growth and base; not a number where there is none.
    fn row(&self, at: usize) -> [f64; 4] {
        // Column by column, as the parts of a row below: mapping an array cost a quarter of the time of a file.
        let figure = |of: &[f64]| of.get(at).copied().unwrap_or(f64::NAN);
        [figure(&self.value), figure(&self.ytd), figure(&self.growth), figure(&self.base)]
    }

    /// In months from the first of [`YEARS`] on; none where that is no month, or none that is read without a question.
    fn time(&self, at: usize) -> Option<u16> {
        let (year, month) = (*self.years.get(at)?, *self.months.get(at)?);
        let known = YEARS.contains(&year) && (1..=12).contains(&month);
        known.then(|| u16::try_from((year - YEARS.start()) * 12 + month - 1).ok())?
    }

    /// Which rows hold a figure; none where one of them has no time, or a figure is beyond all numbers.
    fn count(&self) -> Option<Vec<bool>> {
        let mut counts = Vec::with_capacity(self.years.len());
        for at in 0..self.years.len() {
            let row = self.row(at);
            let holds = row.iter().any(|x| !x.is_nan());
            if row.iter().any(|x| x.is_infinite()) || holds && self.time(at).is_none() {
                return None;
            }
            counts.push(holds);
        }
        Some(counts)
    }
}

/// What the texts of a piece mean, row by row; an empty list where there is no such column.
struct Meanings {
    regions: Vec<u32>,
    /// As [`PARTS`].
    parts: [Vec<u32>; PARTS.len()],
    ledgers: Vec<u32>,
    published: Vec<u32>,
}

fn meaning(of: &[u32], at: usize) -> Option<u32> {
    of.get(at).copied().filter(|meaning| *meaning != NOTHING)
}

/// Rows on their way.
struct Rows<'n, 'p> {
    names: &'n mut Names<'p>,
    texts: Texts,
    regions: Known<String, u32>,
    ledgers: Known<String, u32>,
    /// As [`PARTS`].
    parts: [Known<String, u32>; 4],
    days: Known<String, u32>,
    subjects: Vec<(SubjectKey, Arc<Subject>)>,
    by_key: HashMap<SubjectKey, u32>,
    last: Option<(SubjectKey, u32)>,
    /// When each text was first named by a row.
    appeared: HashMap<u32, usize>,
    rows: Vec<Raw>,
    /// As many as rows, or none where the file has no such column.
    bases: Vec<f64>,
    seen: u32,
    without_ledger: bool,
    most_growth: f64,
    growths: usize,
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
            appeared: HashMap::default(),
            rows: Vec::new(),
            bases: Vec::new(),
            seen: 0,
            without_ledger: false,
            most_growth: 0.0,
            growths: 0,
        }
    }

    /// Takes a slice; none where something in it has to be decided.
    fn take(&mut self, mut slice: DataFrame) -> Option<()> {
        self.rows.reserve_exact(slice.height());
        // As the file has them: bringing the pieces together first would copy every column.
        slice.split_chunks().try_for_each(|piece| self.take_piece(&Piece::new(&piece)?))
    }

    fn take_piece(&mut self, piece: &Piece) -> Option<()> {
        let figures = Figures::of(piece)?;
        let counts = figures.count()?;
        let meanings = self.meanings(piece, &counts)?;
        let [sectors, compositions, parents, units] = &meanings.parts;
        let with_base = !figures.base.is_empty();
        for (at, counts) in counts.into_iter().enumerate() {
            let row_of_file = self.seen;
            self.seen += 1;
            let region = meaning(&meanings.regions, at);
            let parts =
                [meaning(sectors, at), meaning(compositions, at), meaning(parents, at), meaning(units, at)];
            if !counts {
                region.into_iter().for_each(|region| self.appear(region, parts));
                continue;
            }
            let ledger = match meaning(&meanings.ledgers, at) {
                Some(ledger) => *Ledger::ALL.get(ledger as usize)?,
                None => {
                    self.without_ledger = true;
                    Ledger::Fai
                }
            };
            let [value, ytd, growth, base] = figures.row(at);
            if !growth.is_nan() {
                self.most_growth = self.most_growth.max(growth.abs());
                self.growths += 1;
            }
            let subject = self.subject(region?, parts)?;
            self.rows.push(Raw {
                subject,
                row_of_file,
                published: meaning(&meanings.published, at).unwrap_or(0),
                time: figures.time(at)?,
                ledger,
                // Where both are given the cumulative one says more.
                is_value: ytd.is_nan(),
                amount: if ytd.is_nan() { value } else { ytd },
                growth,
            });
            if with_base {
                self.bases.push(base);
            }
        }
        Some(())
    }

    /// What the texts of a piece mean; none where one of a row that counts has to be decided.
    fn meanings(&mut self, piece: &Piece, counts: &[bool]) -> Option<Meanings> {
        let (names, texts) = (&mut *self.names, &mut self.texts);
        let regions =
            piece.meanings("region", counts, &mut self.regions, |text| match names.of(text, false) {
                Named::Region { name, how: How::Written } if indent(text) == 0 => Some(texts.number(&name)),
                _ => None,
            })?;
        let mut parts = PARTS.map(|_| Vec::new());
        for ((out, known), (name, mean)) in parts.iter_mut().zip(&mut self.parts).zip(PARTS) {
            *out = piece.meanings(name, counts, known, |text| {
                Some(mean(text).map_or(NOTHING, |meant| texts.number(&meant)))
            })?;
        }
        let ledger = |text: &str| a_ledger(text).map(|ledger| ledger as u32);
        let ledgers = piece.meanings("ledger", counts, &mut self.ledgers, ledger)?;
        let day = |text: &str| Day::parse(&a_day(text)).map(packed);
        let published = piece.meanings("published", counts, &mut self.days, day)?;
        Some(Meanings { regions, parts, ledgers, published })
    }

    /// Remembers that a row names these texts, in the order in which the way of all files does.
    fn appear(&mut self, region: u32, parts: [Option<u32>; PARTS.len()]) {
        for text in [Some(region)].into_iter().chain(parts).flatten() {
            let next = self.appeared.len();
            self.appeared.entry(text).or_insert(next);
        }
    }

    fn subject(&mut self, region: u32, parts: [Option<u32>; PARTS.len()]) -> Option<u32> {
        let [sector, composition, parent, unit] = parts;
        let key = (region, Parts { sector, composition, parent, unit });
        if let Some((_, subject)) = self.last.filter(|(before, _)| *before == key) {
            return Some(subject);
        }
        let next = u32::try_from(self.subjects.len()).ok()?;
        let subject = *self.by_key.entry(key).or_insert(next);
        if subject == next {
            self.appear(region, parts);
            self.subjects.push((key, Arc::new(self.texts.subject(region, key.1))));
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
        let (all, subjects, bases) = (&self.rows, &self.subjects, &self.bases);
        let place =
            |(at, _): &(u32, u32)| Origin { sheet: 0, row: all[*at as usize].row_of_file + 1, ..places };
        let row = |(at, line): &(u32, u32)| {
            let raw = &all[*at as usize];
            let known = |x: f64| Some(x).filter(|x| !x.is_nan());
            PanelRow {
                line: *line,
                subject: Arc::clone(&subjects[raw.subject as usize].1),
                year: YEARS.start() + i32::from(raw.time / 12),
                month: (raw.time % 12) as u8 + 1,
                ledger: raw.ledger,
                measure: match (known(raw.amount), raw.is_value) {
                    (Some(x), true) => Measure::Value(x),
                    (Some(x), false) => Measure::Ytd(x),
                    (None, _) => Measure::None,
                },
                growth: known(raw.growth).map(|percent| percent / 100.0),
                base: bases.get(*at as usize).copied().and_then(known),
                published: unpacked(raw.published),
            }
        };
        let rows = par::map(&order, row);
        let origins = par::map(&order, place);
        // Each half with the row before it.
        let (upper, lower) = (&rows[..rows.len() / 2], &rows[(rows.len() / 2).saturating_sub(1)..]);
        let (upper, lower) = par::both(|| anything_to_decide(upper), || anything_to_decide(lower));
        (!upper && !lower).then_some((rows, origins))
    }

    /// The places of the rows by ledger, series and time; the series in the order of their texts' first appearance.
    fn order(&self) -> Vec<u32> {
        let named = |text: u32| self.appeared.get(&text).copied();
        let series = |(region, parts): &SubjectKey| {
            (named(*region), parts.sector.and_then(named), parts.composition.and_then(named))
        };
        let mut all: Vec<_> = self.subjects.iter().map(|(key, _)| series(key)).collect();
        all.sort_unstable();
        all.dedup();
        let rank = |(key, _): &(SubjectKey, Arc<Subject>)| all.binary_search(&series(key)).unwrap_or(0);
        let ranks: Vec<usize> = self.subjects.iter().map(rank).collect();
        let place = |raw: &Raw| raw.ledger as usize * all.len() + ranks[raw.subject as usize];
        // Where each series begins; then each row goes to its series, in the order of the file, which is mostly that of time.
        let mut series: Vec<Next> = Vec::new();
        series.resize_with(all.len() * Ledger::ALL.len(), Next::default);
        for raw in &self.rows {
            series[place(raw)].at += 1;
        }
        let mut before = 0;
        for next in &mut series {
            before += std::mem::replace(&mut next.at, before);
        }
        let mut order = vec![0u32; self.rows.len()];
        for (raw, at) in self.rows.iter().zip(0..) {
            let next = &mut series[place(raw)];
            order[next.at as usize] = at;
            next.at += 1;
            next.mixed |= raw.time < std::mem::replace(&mut next.time, raw.time);
        }
        let (mut rest, mut from) = (order.as_mut_slice(), 0);
        for next in series {
            let (rows, below) = rest.split_at_mut((next.at - std::mem::replace(&mut from, next.at)) as usize);
            if next.mixed {
                rows.sort_by_key(|at| self.rows[*at as usize].time);
            }
            rest = below;
        }
        order
    }
}

/// Where the next row of a series goes, the time of the one before, and whether an earlier one came after a later.
#[derive(Default)]
struct Next {
    at: u32,
    time: u16,
    mixed: bool,
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
