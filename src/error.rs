//! The shape of an error, a diagnostic and a note: a stable code, the value got, what is allowed, what to do.
//!
//! Whatever is said to a person is said in both languages, so a message is a [`Said`].

use serde::Serialize;

/// The language in which a person is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// Reads `en` or `zh`; anything else is `None`.
    ///
    /// ```
    /// # use landfall::error::Lang;
    /// assert_eq!(Lang::parse("zh"), Some(Lang::Zh));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }

    /// Picks the text of this language.
    ///
    /// ```
    /// # use landfall::error::Lang;
    /// assert_eq!(Lang::Zh.pick("target", "目标"), "目标");
    /// ```
    pub fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Said {
    /// A sentence from its two versions.
    ///
    /// ```
    /// # use landfall::error::{Lang, Said};
    /// assert_eq!(Said::new("month", "月份").lang(Lang::En), "month");
    /// ```
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The sentence in one language.
    pub fn lang(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }
}

/// What every error of the product can say about itself, beside `Display` (English).
pub trait Explain: std::error::Error {
    /// A stable code in `snake_case`, the same in every language and version.
    fn code(&self) -> &'static str;
    /// What happened, with the value got and the range allowed.
    fn said(&self) -> Said;
    /// What to do.
    fn help(&self) -> Said;
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Note,
    /// The answer is given, but with this in mind.
    Warning,
    /// The value cannot be used.
    Error,
}

/// Where in a file: everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// File name as the user gave it.
    pub file: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row, counted from 1 with the header as row 1.
    pub row: Option<u32>,
    /// Column as a letter-ready index from 0, with its header.
    pub column: Option<(u32, String)>,
}

impl Place {
    /// The cell in spreadsheet notation (`B7`), as far as row and column are known.
    ///
    /// ```
    /// # use landfall::error::Place;
    /// let place = Place { row: Some(7), column: Some((27, "ytd".into())), ..Place::default() };
    /// assert_eq!(place.cell().as_deref(), Some("AB7"));
    /// ```
    pub fn cell(&self) -> Option<String> {
        let letters = self.column.as_ref().map(|(index, _)| {
            let mut rest = index + 1;
            let mut letters = Vec::new();
            while rest > 0 {
                let digit = (rest - 1) % 26;
                letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
                rest = (rest - 1) / 26;
            }
            letters.iter().rev().collect::<String>()
        });
        match (letters, self.row) {
            (Some(letters), Some(row)) => Some(format!("{letters}{row}")),
            (None, Some(row)) => Some(row.to_string()),
            (Some(letters), None) => Some(letters),
            (None, None) => None,
        }
    }
}

/// One finding about a file: what, where, the value, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code in `snake_case`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// The value as it stands in the file; empty when the finding is about no single value.
    pub value: String,
    /// What was found and what was expected.
    pub text: Said,
    /// What to do.
    pub help: Said,
}

/// Something the reader of an answer must know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Stable code in `snake_case`.
    pub code: &'static str,
    /// The sentence.
    pub text: Said,
}

impl Note {
    /// A note from its code and both versions of its sentence.
    pub fn new(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { code, text: Said::new(en, zh) }
    }
}
