//! The tidy form: strict reading and writing of the one hand-over between files and engine.

mod fields;
mod origin;
mod panel;
mod panel_out;
mod pipeline;
mod project;
mod series;

pub use origin::{Origin, Origins};
pub use panel::{Measure, PanelRow, Subject, is_tidy_panel, read_panel, runs, subjects};
pub use panel_out::write_panel;
pub use pipeline::{ProjectRow, is_tidy_pipeline, read_pipeline, write_pipeline};
pub use project::{Approval, Funding, Kind, Stage};
pub use series::{TimeSeries, read_series};
