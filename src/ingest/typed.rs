//! A piece of a file of columns in the types that rows are made of: numbers, and what texts mean as numbers too.

use crate::ingest::text::blank;
use crate::ingest::texts::Known;
use crate::ingest::words::Role;
use hashbrown::HashMap;
use polars::prelude::{Column, DataFrame, DataType, IntoColumn};
use std::borrow::Cow;

/// The meaning of a cell that is blank.
pub(crate) const NOTHING: u32 = u32::MAX;
/// The meaning of a text that asks for a decision.
const UNDECIDED: u32 = u32::MAX - 1;

/// Places of texts that are remembered within an array: beyond them a text is looked up by what it says.
const MOST_PLACES: usize = 1 << 16;

/// What a column of the tidy form holds; none of a column of another name.
pub(crate) fn role(name: &str) -> Option<Role> {
    let role = Role::parse(name).filter(|role| role.id() == name)?;
    (!matches!(role, Role::Amount | Role::Indicator | Role::Ignored)).then_some(role)
}

/// A piece whose columns are of the types wanted, each in one array.
pub(crate) struct Piece {
    frame: DataFrame,
}

impl Piece {
    /// None where a column is of another type than its name asks for.
    pub(crate) fn new(frame: &DataFrame) -> Option<Self> {
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

    /// Figures, not a number where there is none; none at all where there is no such column.
    pub(crate) fn figures(&self, name: &str) -> Cow<'_, [f64]> {
        let column = self.frame.column(name).ok().and_then(|column| column.f64().ok());
        column.map_or(Cow::Borrowed(&[]), |figures| match figures.cont_slice() {
            Ok(all) => Cow::Borrowed(all),
            Err(_) => figures.iter().map(|x| x.unwrap_or(f64::NAN)).collect(),
        })
    }

    /// Whole numbers, far below zero where there is none; none where there is no such column.
    pub(crate) fn whole(&self, name: &str) -> Option<Cow<'_, [i32]>> {
        let numbers = self.frame.column(name).ok()?.i32().ok()?;
        Some(match numbers.cont_slice() {
            Ok(all) => Cow::Borrowed(all),
            Err(_) => numbers.iter().map(|x| x.unwrap_or(i32::MIN)).collect(),
        })
    }

    /// What the texts of a column mean, by row; none at all where there is no such column. None in place of all where a text of a
    /// row that `counts` asks for a decision.
    pub(crate) fn meanings(
        &self,
        name: &str,
        counts: &[bool],
        known: &mut Known<String, u32>,
        mut mean: impl FnMut(&str) -> Option<u32>,
    ) -> Option<Vec<u32>> {
        let Some(texts) = self.frame.column(name).ok().and_then(|column| column.str().ok()) else {
            return Some(Vec::new());
        };
        let mut meaning_of = |text: &str| {
            if blank(text) {
                return NOTHING;
            }
            known.of(text, |text| Some(mean(text).unwrap_or(UNDECIDED))).unwrap_or(UNDECIDED)
        };
        let mut out = Vec::with_capacity(texts.len());
        for array in texts.downcast_iter() {
            // Within an array equal places are equal texts: short ones stand in their place, and those of a dictionary share one.
            let (mut of_places, mut last) = (HashMap::new(), None);
            for (place, text) in array.views().iter().zip(array.iter()) {
                let Some(text) = text else {
                    out.push(NOTHING);
                    continue;
                };
                let place = place.as_u128();
                let meaning = match last {
                    Some((before, meaning)) if before == place => meaning,
                    _ if of_places.len() < MOST_PLACES => {
                        *of_places.entry(place).or_insert_with(|| meaning_of(text))
                    }
                    _ => of_places.get(&place).copied().unwrap_or_else(|| meaning_of(text)),
                };
                last = Some((place, meaning));
                if meaning != UNDECIDED {
                    out.push(meaning);
                } else if counts.get(out.len()).copied().unwrap_or(true) {
                    return None;
                } else {
                    out.push(NOTHING);
                }
            }
        }
        Some(out)
    }
}
