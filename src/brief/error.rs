//! What a bulletin cannot be, and what could not be written down.

use crate::error::{Explain, Said};

/// Why a bulletin could not be made or written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BriefError {
    /// Another version of the contract.
    #[error("schema is {got}; this program knows 1")]
    Schema {
        /// As given.
        got: u32,
    },
    /// No month.
    #[error("the data month is {got}; it must be 1 to 12")]
    Month {
        /// As given.
        got: u8,
    },
    /// A sentence without an id, or with that of another.
    #[error(
        "the sentence {text:?} has the id {got:?}, which is empty or taken; every sentence has one of its own"
    )]
    Id {
        /// As given.
        got: String,
        /// The sentence.
        text: String,
    },
    /// A sentence that does not write a figure it is said to have, or not in this order.
    #[error("{id} is said to show {figure:?}, which is not in its place in {text:?}")]
    Figure {
        /// The sentence's id.
        id: String,
        /// As said to be shown.
        figure: String,
        /// The sentence.
        text: String,
    },
    /// A number that is not finite.
    #[error("{id} has the number {got}; every number must be finite")]
    Number {
        /// The sentence's id.
        id: String,
        /// As given.
        got: f64,
    },
}

impl Explain for BriefError {
    fn code(&self) -> &'static str {
        match self {
            Self::Schema { .. } => "bulletin_schema",
            Self::Month { .. } => "bulletin_month",
            Self::Id { .. } => "bulletin_id",
            Self::Figure { .. } => "bulletin_figure",
            Self::Number { .. } => "bulletin_number",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Schema { got } => format!("schema为{got}；本程序只识别1"),
            Self::Month { got } => format!("数据月份为{got}；须为1至12"),
            Self::Id { got, text } => format!("句子“{text}”的编号“{got}”为空或重复；每句须有自己的编号"),
            Self::Figure { id, figure, text } => format!("{id}应写出“{figure}”，但“{text}”中相应位置没有"),
            Self::Number { id, got } => format!("{id}的数值为{got}；须为有限数"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        Said::new(
            "correct that part of the bulletin; one that this program made has it right",
            "请改正通报数据的这一部分；由本程序生成的不会有此问题",
        )
    }
}
