//! The tidy form: strict reading and writing of the one hand-over between files and engine.

mod fields;
mod panel;
mod series;

pub use panel::{Measure, PanelRow, Subject, read_panel, write_panel};
pub use series::{TimeSeries, read_series};
