//! The monthly bulletin as checked data: a [`Bulletin`] says everything that is shown, so that whoever writes it down
//! (as a page, a text, a document, a workbook or slides) computes nothing.
//!
//! The way through: `case` fills [`BulletinParts`] from its answers → `bulletin` checks them → a writer.

mod bulletin;
#[cfg(feature = "pptx")]
mod docx;
mod error;
mod grid;
mod html;
mod markdown;
mod page;
#[cfg(feature = "pptx")]
pub mod pptx;
mod rows;
mod stamp;
mod tables;
mod template;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use bulletin::{
    Attraction, Bulletin, BulletinParts, Figure, League, Measure, Projects, Scenario, Sectors, Sentence,
    Tasks,
};
#[cfg(feature = "pptx")]
pub use docx::docx;
pub use error::BriefError;
pub use html::{html, markdown_by};
pub use markdown::markdown;
pub use rows::{
    AttractionRow, FunnelStep, LeagueRow, ListKind, Listed, MilestoneRow, Owed, ProjectsRow, PublicList,
    ScenarioRow, SectorRow, Span, Task,
};
pub use stamp::Stamp;
#[cfg(feature = "xlsx")]
pub use xlsx::xlsx;
