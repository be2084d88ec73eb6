//! Tables as they really come: workbooks, other encodings, other shapes, brought to the tidy form with every finding.
//!
//! A file is read into sheets of text, its tables are found, what their columns mean is guessed (or taken from a
//! [`Mapping`]), and rows are made of the cells. Nothing is dropped silently: what no row was made of is kept in
//! [`Ingested::rest`], and what was assumed is a finding.

mod biff;
mod block;
mod cell;
mod check;
#[cfg(feature = "columnar")]
mod columnar;
mod comma;
mod compound;
mod decode;
mod export;
mod fault;
mod guard;
mod guess;
mod kind;
mod layout;
mod mapping;
mod names;
mod number;
mod period;
mod projects;
mod read;
mod record;
mod records;
mod row;
mod sheet;
#[cfg(feature = "columnar")]
mod straight;
mod text;
mod texts;
mod tidy;
#[cfg(feature = "columnar")]
mod typed;
mod words;
mod workbook;
mod xml;

#[cfg(feature = "columnar")]
pub use export::parquet;
#[cfg(feature = "xlsx")]
pub use export::workbook;
pub use export::{rest_csv, with_bom};
pub use mapping::{ColumnMapping, Mapping};
pub use read::{ColumnGuess, Ingested, Options, Preview, SheetGuess, TableGuess, Tidy, Whole, read};
pub use record::Rest;
pub use text::plain;
pub use words::Role;
