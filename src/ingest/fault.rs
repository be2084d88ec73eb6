//! Findings about a file, as they are collected on the way through it.

use crate::error::{Diagnostic, Place, Said, Severity};
use crate::table::Origins;
use std::collections::BTreeMap;

/// Findings of one kind that are told one by one; more are counted.
pub(super) const MOST_OF_A_KIND: usize = 100;

/// The findings of one file, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    /// The first ones of each kind.
    pub(crate) all: Vec<Diagnostic>,
    /// How many there are of each kind: an error is never one of many warnings.
    counts: BTreeMap<(&'static str, Severity), usize>,
}

/// A cell of a sheet: row and column from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct At {
    pub(crate) sheet: Option<String>,
    pub(crate) row: Option<u32>,
    pub(crate) column: Option<u32>,
}

impl At {
    /// A whole sheet.
    pub(crate) fn sheet(name: Option<&str>) -> Self {
        Self { sheet: name.map(str::to_owned), ..Self::default() }
    }

    /// The cell that one of the tidy form came from.
    pub(crate) fn of(origins: &Origins, line: u32, column: &str) -> Self {
        origins.cell(line, column).map_or_else(Self::default, |(sheet, row, column)| {
            Self::sheet(sheet).cell(row as usize, column as usize)
        })
    }

    /// A row of it.
    pub(crate) fn row(&self, row: usize) -> Self {
        Self { row: u32::try_from(row).ok(), ..self.clone() }
    }

    /// A cell of it.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Self {
        Self { row: u32::try_from(row).ok(), column: u32::try_from(column).ok(), ..self.clone() }
    }
}

/// Both languages of what was found, and of what to do.
pub(crate) struct Words {
    pub(crate) text: Said,
    pub(crate) help: Said,
}

/// The four sentences of a finding: what, in English and Chinese; what to do, in English and Chinese.
pub(crate) fn words(
    en: impl Into<String>,
    zh: impl Into<String>,
    help_en: impl Into<String>,
    help_zh: impl Into<String>,
) -> Words {
    Words { text: Said::new(en, zh), help: Said::new(help_en, help_zh) }
}

impl Findings {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.into(), all: Vec::new(), counts: BTreeMap::new() }
    }

    /// None yet, of the same file.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(&self.file)
    }

    pub(crate) fn place(&self, at: &At) -> Place {
        Place {
            file: Some(self.file.clone()),
            sheet: at.sheet.clone(),
            row: at.row.map(|row| row + 1),
            column: at.column.map(|column| (column, String::new())),
        }
    }

    pub(crate) fn push(
        &mut self,
        code: &'static str,
        severity: Severity,
        at: &At,
        value: &str,
        words: Words,
    ) {
        let place = self.place(at);
        self.take(Diagnostic {
            code,
            severity,
            place,
            value: value.chars().take(200).collect(),
            text: words.text,
            help: words.help,
        });
    }

    pub(crate) fn error(&mut self, code: &'static str, at: &At, value: &str, words: Words) {
        self.push(code, Severity::Error, at, value, words);
    }

    pub(crate) fn warning(&mut self, code: &'static str, at: &At, value: &str, words: Words) {
        self.push(code, Severity::Warning, at, value, words);
    }

    pub(crate) fn note(&mut self, code: &'static str, at: &At, value: &str, words: Words) {
        self.push(code, Severity::Note, at, value, words);
    }

    /// Takes a finding; beyond the first ones of a kind it is only counted.
    pub(crate) fn take(&mut self, finding: Diagnostic) {
        let count = self.counts.entry((finding.code, finding.severity)).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            self.all.push(finding);
        }
    }

    /// Takes findings that were made apart from these.
    pub(crate) fn append(&mut self, more: Self) {
        more.all.into_iter().for_each(|finding| self.take(finding));
        for (kind, count) in more.counts {
            *self.counts.entry(kind).or_default() += count.saturating_sub(MOST_OF_A_KIND);
        }
    }

    /// The findings as they are told: the last one of a kind says how many more there are.
    pub(crate) fn told(mut self) -> Vec<Diagnostic> {
        let mut told: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
        for finding in &mut self.all {
            let kind = (finding.code, finding.severity);
            let (told, count) = (told.entry(kind).or_default(), self.counts.get(&kind));
            *told += 1;
            let more = count.map_or(0, |count| count.saturating_sub(MOST_OF_A_KIND));
            if *told == MOST_OF_A_KIND && more > 0 {
                finding.text.en.push_str(&format!("; and {more} more like it"));
                finding.text.zh.push_str(&format!("；另有{more}处同类问题"));
            }
        }
        self.all
    }

    pub(crate) fn has_error(&self) -> bool {
        self.all.iter().any(|d| d.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_of_a_kind_are_counted() {
        let of = |code, count: usize| {
            let mut found = Findings::new("x.csv");
            (0..count).for_each(|i| found.note(code, &At::default().row(i), "", words("a", "甲", "", "")));
            found
        };
        let mut all = of("x", 70);
        all.append(of("y", 1));
        all.append(of("x", 150));
        let told = all.told();
        assert_eq!((told.len(), told[99].code, told[70].code), (101, "x", "y"));
        assert_eq!((told[100].text.en.as_str(), told[100].place.row), ("a; and 120 more like it", Some(30)));
        assert_eq!(of("x", 100).told()[99].text.zh, "甲");
        let mut with_error = of("x", 150);
        with_error.error("x", &At::default(), "", words("a", "甲", "", ""));
        assert!(with_error.has_error() && with_error.told()[100].severity == Severity::Error);
    }
}
