//! Landfall: where will the year land?
//!
//! A city knows its investment through part of the year and owes a growth target by December. This crate
//! says where the year will land (a distribution, not a point), how likely the target is, and what remains
//! to be done. The modules are floors: a file uses lower floors only (`tests/floors.rs` holds them to it).

pub mod backtest;
pub mod brief;
pub mod calendar;
pub mod case;
pub mod chart;
pub mod error;
pub mod forecast;
#[cfg(feature = "ingest")]
pub mod ingest;
pub mod ledger;
pub mod model;
pub mod num;
pub mod order;
pub mod outlook;
pub mod panel;
pub mod par;
pub mod pipeline;
pub mod region;
pub mod scenario;
pub mod stats;
pub mod table;
pub mod target;
pub mod toml_text;
pub mod unit;
#[cfg(feature = "wasm")]
pub mod wasm;
// A module of its own: the writers of the bulletin, without an engine.
#[cfg(feature = "brief-module")]
#[path = "wasm/brief.rs"]
pub mod wasm_brief;
// A module of its own, so that the engine's holds no reader and the reader's no engine.
#[cfg(feature = "ingest-module")]
#[path = "wasm/ingest.rs"]
pub mod wasm_ingest;
// Charts alone, for the package that other pages take them from.
#[cfg(feature = "chart-module")]
#[path = "wasm/chart.rs"]
pub mod wasm_chart;
