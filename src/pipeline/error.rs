//! What can be wrong with what the pipeline is told.

use crate::error::{Explain, Said};

/// What can be wrong with a season, a curve or an assumption.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// A number outside its range.
    #[error("{name} is {got}; allowed is {low} to {high}")]
    Range {
        /// What it is.
        name: &'static str,
        /// The value as given.
        got: f64,
        /// The smallest value allowed.
        low: f64,
        /// The largest value allowed.
        high: f64,
    },
}

impl PipelineError {
    /// The number, where it lies in its range.
    pub(super) fn within(name: &'static str, got: f64, low: f64, high: f64) -> Result<f64, Self> {
        if got >= low && got <= high { Ok(got) } else { Err(Self::Range { name, got, low, high }) }
    }
}

impl Explain for PipelineError {
    fn code(&self) -> &'static str {
        match self {
            Self::Range { .. } => "out_of_range",
        }
    }

    fn said(&self) -> Said {
        let Self::Range { name, got, low, high } = self;
        Said::new(self.to_string(), format!("“{name}”的值{got}超出{low}至{high}的范围"))
    }

    fn help(&self) -> Said {
        Said::new("bring it into the range", "请改到范围以内")
    }
}
