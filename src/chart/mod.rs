//! Charts as data, then as SVG: a [`FanSpec`] says everything that is shown, [`fan`] lays it out for one
//! width and draws it. Nothing here computes a forecast, and a chart is laid out again for another width,
//! never scaled.
//!
//! The way through: `spec` (checked data) → `fan` with `landing` (layout) → `scene` (marks at places) →
//! `svg` (plotters).

mod fan;
mod landing;
mod place;
mod scene;
pub mod spec;
mod svg;
pub mod text;
pub mod theme;

pub use fan::{MIN_TEXT, fan};
pub use spec::{ChartError, FanSpec};
