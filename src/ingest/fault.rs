//! Findings about a file, as they are collected on the way through it.

use crate::error::{Diagnostic, Place, Said, Severity};
use crate::table::Origins;

/// The findings of one file, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    pub(crate) all: Vec<Diagnostic>,
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
        Self { file: file.into(), all: Vec::new() }
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
        self.all.push(Diagnostic {
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

    pub(crate) fn has_error(&self) -> bool {
        self.all.iter().any(|d| d.severity == Severity::Error)
    }
}
