//! What a bulletin cannot be, and what could not be written down.

use crate::chart::ChartError;
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
    /// A template names a part that there is not.
    #[error("line {line} of the template names {{{{{got}}}}}; allowed are {}", .allowed.join(", "))]
    Placeholder {
        /// The name as written.
        got: String,
        /// Line of the template, from 1.
        line: usize,
        /// The names that there are.
        allowed: Vec<String>,
    },
    /// A template opens a place that it does not close.
    #[error(
        "line {line} of the template opens a place with {{{{ that is not closed with }}}} on the same line"
    )]
    Unclosed {
        /// Line of the template, from 1.
        line: usize,
    },
    /// A picture could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// A file of an office format could not be put together.
    #[error("the file could not be put together: {why}")]
    Package {
        /// What the writer says.
        why: String,
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
            Self::Placeholder { .. } => "template_placeholder",
            Self::Unclosed { .. } => "template_unclosed",
            Self::Chart(e) => e.code(),
            Self::Package { .. } => "bulletin_package",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Schema { got } => format!("schema为{got}；本程序只识别1"),
            Self::Month { got } => format!("数据月份为{got}；须为1至12"),
            Self::Id { got, text } => format!("句子“{text}”的编号“{got}”为空或重复；每句须有自己的编号"),
            Self::Figure { id, figure, text } => format!("{id}应写出“{figure}”，但“{text}”中相应位置没有"),
            Self::Number { id, got } => format!("{id}的数值为{got}；须为有限数"),
            Self::Placeholder { got, line, allowed } => {
                format!("模板第{line}行的{{{{{got}}}}}无法识别；可用：{}", allowed.join("、"))
            }
            Self::Unclosed { line } => format!("模板第{line}行的{{{{没有在同一行以}}}}结束"),
            Self::Chart(e) => return e.said(),
            Self::Package { why } => format!("文件未能生成：{why}"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Placeholder { .. } => {
                Said::new("correct the name, or take the place out", "请改正名称，或删去该占位符")
            }
            Self::Unclosed { .. } => Said::new("write }} after the name", "请在名称后写}}"),
            Self::Chart(e) => e.help(),
            Self::Package { .. } => Said::new(
                "this is a fault of the program; please report it with the data",
                "这是程序的缺陷，请连同数据一起报告",
            ),
            _ => Said::new(
                "correct that part of the bulletin; one that this program made has it right",
                "请改正通报数据的这一部分；由本程序生成的不会有此问题",
            ),
        }
    }
}
