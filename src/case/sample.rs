//! The embedded cases. `seeds/README.md` says where each figure comes from.

#[cfg(not(target_arch = "wasm32"))]
use crate::case::{Case, CaseError, Options, Source};

/// The names of the embedded cases.
pub const SAMPLES: [&str; 2] = ["wuzhong-2023", "national"];

#[cfg(not(target_arch = "wasm32"))]
macro_rules! seed {
    ($path:literal) => {
        Source { name: concat!("seeds/", $path), text: include_str!(concat!("../../seeds/", $path)) }
    };
}

// The page fetches a sample's files beside the engine's module, which stays the smaller for it.
#[cfg(not(target_arch = "wasm32"))]
impl Case {
    /// An embedded case.
    ///
    /// # Errors
    /// [`CaseError::Sample`] for a name that is not in [`SAMPLES`].
    pub fn sample(name: &str) -> Result<Self, CaseError> {
        let (panel, plan) = match name {
            "wuzhong-2023" => (seed!("wuzhong-2023/panel.csv"), seed!("wuzhong-2023/plan.toml")),
            "national" => (seed!("national/panel.csv"), seed!("national/plan.toml")),
            _ => return Err(CaseError::Sample { got: name.into() }),
        };
        let case = Self::load(panel, Some(plan), &Options::default())?;
        if name == "wuzhong-2023" { case.with_pipeline(seed!("wuzhong-2023/pipeline.csv")) } else { Ok(case) }
    }
}
