//! The four ledgers (台账): books that are never added or divided across.

use crate::error::{Explain, Lang, Said};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What can be wrong with a ledger's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// None of the four.
    #[error("{got:?} is not a ledger; allowed are fai, works, attraction and granted")]
    Unknown {
        /// The name as given.
        got: String,
    },
}

impl Explain for LedgerError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown_ledger",
        }
    }

    fn said(&self) -> Said {
        let Self::Unknown { got } = self;
        let zh = format!(
            "“{got}”不是台账名称；可用fai（固投）、works（项目完成投资）、attraction（到位资金）、granted（上争资金）"
        );
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        Said::new(
            "write one of the four ids, or leave the ledger out where fixed-asset investment is meant",
            "请写上述四个名称之一；若指固定资产投资，可不写",
        )
    }
}

/// One of four books that are never added or divided across.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ledger {
    /// Statistical fixed-asset investment (固投).
    #[default]
    Fai,
    /// Investment completed by listed key projects (项目完成投资).
    Works,
    /// Attracted funds in place (到位资金).
    Attraction,
    /// Funds won from higher levels (上争资金); ranking and bulletin only.
    Granted,
}

impl Ledger {
    /// All four, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Fai, Self::Works, Self::Attraction, Self::Granted];

    /// Reads an id (`fai`) or the Chinese word (固投), blanks around it ignored.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`] for anything else, the empty text included: what a missing name means is
    /// the reader's business.
    ///
    /// ```
    /// # use landfall::ledger::Ledger;
    /// assert_eq!(Ledger::parse("works"), Ok(Ledger::Works));
    /// assert_eq!(Ledger::parse("到位资金"), Ok(Ledger::Attraction));
    /// assert!(Ledger::parse("gdp").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        match text.trim() {
            "fai" | "固投" | "固定资产投资" => Ok(Self::Fai),
            "works" | "项目完成投资" => Ok(Self::Works),
            "attraction" | "到位资金" => Ok(Self::Attraction),
            "granted" | "上争资金" => Ok(Self::Granted),
            _ => Err(LedgerError::Unknown { got: text.into() }),
        }
    }

    /// The id, as files and JSON write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fai => "fai",
            Self::Works => "works",
            Self::Attraction => "attraction",
            Self::Granted => "granted",
        }
    }

    /// The name that a person is shown.
    pub fn label(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Fai => ("Fixed-asset investment", "固投"),
            Self::Works => ("Investment completed by key projects", "项目完成投资"),
            Self::Attraction => ("Attracted funds in place", "到位资金"),
            Self::Granted => ("Funds won from higher levels", "上争资金"),
        };
        lang.pick(en, zh)
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_it_writes_it_reads() {
        for ledger in Ledger::ALL {
            assert_eq!(Ledger::parse(&ledger.to_string()), Ok(ledger));
            assert_eq!(Ledger::parse(ledger.label(Lang::Zh)), Ok(ledger));
            assert_eq!(serde_json::to_value(ledger).unwrap(), ledger.id());
        }
    }

    #[test]
    fn what_is_refused_says_what_is_allowed() {
        let error = Ledger::parse("固投 works").unwrap_err();
        for ledger in Ledger::ALL {
            assert!(error.said().en.contains(ledger.id()) && error.said().zh.contains(ledger.id()));
        }
    }
}
