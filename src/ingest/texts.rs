//! Texts by number, and what texts mean, each worked out once: the rows of a large table say the same few things.

use crate::table::Subject;
use crate::unit::Unit;
use hashbrown::HashMap;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::Hash;

/// Texts by number, in the order of their first appearance.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    all: Vec<String>,
    known: BTreeMap<String, u32>,
}

impl Texts {
    /// A text's number.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(text.to_owned());
        self.known.insert(text.to_owned(), number);
        number
    }

    /// The text of a number; empty where there is none.
    pub(crate) fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", String::as_str)
    }

    /// What a row is about, by its texts.
    pub(crate) fn subject(&self, region: u32, parts: Parts<u32>) -> Subject {
        let text = |number: Option<u32>| number.map(|n| self.get(n).to_owned());
        Subject {
            region: self.get(region).to_owned(),
            parent: text(parts.parent),
            sector: text(parts.sector),
            composition: text(parts.composition),
            unit: parts.unit.map_or(Unit::Unknown, |unit| Unit::parse(self.get(unit))),
        }
    }
}

/// What a row is about beside its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Parts<T> {
    pub(crate) sector: Option<T>,
    pub(crate) composition: Option<T>,
    pub(crate) parent: Option<T>,
    pub(crate) unit: Option<T>,
}

/// What texts mean: rows mostly say what the row before said, and else what one before that did.
pub(crate) struct Known<K, T> {
    all: Vec<(K, T)>,
    places: HashMap<K, usize>,
    last: usize,
}

impl<K, T> Default for Known<K, T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: HashMap::default(), last: 0 }
    }
}

impl<K: Borrow<str> + Hash + Eq + Clone, T: Copy> Known<K, T> {
    /// Whether no text was met yet.
    #[cfg(feature = "columnar")]
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What a text means, where that is known.
    pub(crate) fn get(&mut self, text: &str) -> Option<T> {
        if let Some((_, meaning)) = self.all.get(self.last).filter(|(before, _)| before.borrow() == text) {
            return Some(*meaning);
        }
        self.last = *self.places.get(text)?;
        self.all.get(self.last).map(|(_, meaning)| *meaning)
    }

    /// Remembers what a text means.
    pub(crate) fn put(&mut self, text: K, meaning: T) {
        self.last = self.all.len();
        self.places.insert(text.clone(), self.last);
        self.all.push((text, meaning));
    }

    /// What a text means, worked out where that is not known; where nothing comes of it nothing is remembered.
    pub(crate) fn of<'t>(&mut self, text: &'t str, mean: impl FnOnce(&'t str) -> Option<T>) -> Option<T>
    where
        K: From<&'t str>,
    {
        if let Some(known) = self.get(text) {
            return Some(known);
        }
        let meaning = mean(text)?;
        self.put(text.into(), meaning);
        Some(meaning)
    }
}
