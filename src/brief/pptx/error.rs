//! Why a deck could not be written.

use crate::error::{Explain, Said};

/// Why a deck could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PptxError {
    /// Who asked for it does not want it any longer.
    #[error("stopped before the deck was written")]
    Stopped,
    /// Pictures that cannot be told to the fans.
    #[error("{got} pictures for {fans} fan charts; give one for each, or none")]
    Pictures {
        /// Pictures given.
        got: usize,
        /// Fans of the bulletin.
        fans: usize,
    },
    /// A picture that is no PNG.
    #[error("picture {number} is not a PNG file")]
    Png {
        /// Counted from 1.
        number: usize,
    },
    /// A library failed.
    #[error("a part of the deck could not be written: {why}")]
    Package {
        /// What it said.
        why: String,
    },
}

impl Explain for PptxError {
    fn code(&self) -> &'static str {
        match self {
            Self::Stopped => "deck_stopped",
            Self::Pictures { .. } => "deck_pictures",
            Self::Png { .. } => "deck_png",
            Self::Package { .. } => "deck_package",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Stopped => "演示文稿未写完即已停止".into(),
            Self::Pictures { got, fans } => {
                format!("给出{got}张图片，扇形图有{fans}幅；应逐幅给出，或都不给")
            }
            Self::Png { number } => format!("第{number}张图片不是PNG文件"),
            Self::Package { why } => format!("演示文稿的一部分未能写出：{why}"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Stopped => Said::new("Ask for it again when it is wanted.", "需要时请重新导出。"),
            Self::Pictures { .. } | Self::Png { .. } => Said::new(
                "Leave the pictures out: the deck then has native charts.",
                "可不给图片，此时演示文稿使用可编辑的原生图表。",
            ),
            Self::Package { .. } => Said::new(
                "This is a fault of the program; please report it with the data.",
                "这是程序的缺陷，请连同数据一起报告。",
            ),
        }
    }
}
