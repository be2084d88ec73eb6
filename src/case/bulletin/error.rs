//! Why a bulletin could not be made of a case.

use crate::brief::BriefError;
use crate::case::{CaseError, DrawError};
use crate::chart::ChartError;
use crate::error::{Explain, Said};

/// Why a bulletin could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BulletinError {
    /// The region or the month cannot be asked for.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A chart of it cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// There is nothing that a chart of it shows, or the unit that is asked for cannot be told.
    #[error(transparent)]
    Draw(DrawError),
    /// What was made is no bulletin.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The regions have neither figures of the year nor an outlook.
    #[error("there is nothing to report of {year}: no figure and no outlook")]
    Nothing {
        /// The year.
        year: i32,
    },
}

impl From<DrawError> for BulletinError {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Case(e) => Self::Case(e),
            DrawError::Chart(e) => Self::Chart(e),
            nothing => Self::Draw(nothing),
        }
    }
}

impl Explain for BulletinError {
    fn code(&self) -> &'static str {
        match self {
            Self::Case(e) => e.code(),
            Self::Chart(e) => e.code(),
            Self::Draw(e) => e.code(),
            Self::Brief(e) => e.code(),
            Self::Nothing { .. } => "bulletin_nothing",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Case(e) => return e.said(),
            Self::Chart(e) => return e.said(),
            Self::Draw(e) => return e.said(),
            Self::Brief(e) => return e.said(),
            Self::Nothing { year } => format!("{year}年没有可通报的内容：既无数据，也无推算"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Case(e) => e.help(),
            Self::Chart(e) => e.help(),
            Self::Draw(e) => e.help(),
            Self::Brief(e) => e.help(),
            Self::Nothing { .. } => Said::new(
                "give figures of the year, or a full past year",
                "请提供当年数据，或至少一个完整的往年",
            ),
        }
    }
}
