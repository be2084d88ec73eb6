//! Charts as data, then as SVG: a [`FanSpec`] says everything that is shown, [`fan`] lays it out for one
//! width and draws it. Nothing here computes a forecast, and a chart is laid out again for another width,
//! never scaled.
//!
//! The way through: `spec` (checked data) → `fan` with `landing` (layout) → `scene` (marks at places) →
//! `svg` (plotters). A chart that is not the page's has data and layout in one file (`reliability`, `error`, `cover`)
//! and its words on a [`Sheet`].

mod axis;
mod cover;
mod error;
mod fan;
mod heading;
mod landing;
mod look;
mod place;
mod reliability;
mod scene;
mod sheet;
pub mod spec;
mod svg;
pub mod text;
pub mod theme;

pub use cover::{CoverParts, CoverSpec, CoverYear, cover};
pub use error::{ErrorLine, ErrorParts, ErrorPoint, ErrorSpec, error};
pub use fan::{fan, fan_with_scale};
pub use look::MIN_TEXT;
pub use reliability::{Bin, ReliabilityParts, ReliabilitySpec, reliability};
pub use scene::FanScale;
pub use sheet::Sheet;
pub use spec::{ChartError, FanSpec};
