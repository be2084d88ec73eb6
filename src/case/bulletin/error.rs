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
    /// There is nothing that a chart of it shows.
    #[error(transparent)]
    Draw(DrawError),
    /// What was made is no bulletin.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The data's unit is not one of Chinese money, or the one asked for is not.
    #[error("amounts in {of} cannot be told in {got}; only 亿元, 万元 and 元 are brought into one another")]
    Money {
        /// The unit asked for.
        got: String,
        /// The unit of the data.
        of: String,
    },
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
            Self::Money { .. } => "bulletin_money",
            Self::Nothing { .. } => "bulletin_nothing",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Case(e) => return e.said(),
            Self::Chart(e) => return e.said(),
            Self::Draw(e) => return e.said(),
            Self::Brief(e) => return e.said(),
            Self::Money { got, of } => {
                format!("数据的金额单位是“{of}”，不能换算为“{got}”；只有亿元、万元、元之间可以换算")
            }
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
            Self::Money { .. } => Said::new(
                "leave the unit out, or state the unit of the data where the file names none",
                "请不指定单位；若文件未写明单位，请说明数据的单位",
            ),
            Self::Nothing { .. } => Said::new(
                "give figures of the year, or a full past year",
                "请提供当年数据，或至少一个完整的往年",
            ),
        }
    }
}
