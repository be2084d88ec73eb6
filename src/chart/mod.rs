//! Charts as data, then as SVG: a [`FanSpec`] says everything that is shown, [`fan`] lays it out for one
//! width and draws it. Nothing here computes a forecast, and a chart is laid out again for another width,
//! never scaled.
//!
//! The way through: `spec` (checked data) → `fan` with `landing` (layout) → `scene` (marks at places) →
//! `svg` (plotters). A chart that is not the page's has data and layout in one file (`reliability`, `error`, `cover`)
//! and its words on a [`Sheet`].

mod axis;
mod bullet;
mod cover;
mod error;
mod fan;
mod funnel;
mod heading;
pub mod house;
#[cfg(feature = "png")]
pub mod house_file;
mod kind;
mod lamp;
mod landing;
mod look;
mod multiples;
mod need;
mod place;
#[cfg(feature = "png")]
pub mod png;
mod ranking;
mod reliability;
mod rows;
mod scene;
mod sheet;
pub mod spec;
mod svg;
pub mod text;
pub mod theme;
mod tiles;
mod tornado;
pub(crate) mod waterfall;

pub use bullet::{BulletParts, BulletRow, BulletSpec, bullet};
pub use cover::{CoverParts, CoverSpec, CoverYear, cover};
pub use error::{ErrorLine, ErrorParts, ErrorPoint, ErrorSpec, error};
pub use fan::{fan, fan_with_scale};
pub use funnel::{FunnelParts, FunnelSpec, FunnelStage, funnel};
pub use kind::Chart;
pub use look::MIN_TEXT;
pub use multiples::{MultiplesParts, MultiplesSpec, SmallFan, multiples};
pub use need::{NeedMonth, NeedParts, NeedSpec, need};
pub use ranking::{RankingParts, RankingRow, RankingSpec, ranking};
pub use reliability::{Bin, ReliabilityParts, ReliabilitySpec, reliability};
pub use rows::Label;
pub use scene::FanScale;
pub use sheet::Sheet;
pub use spec::{ChartError, FanSpec};
pub use tiles::{Tile, TilesParts, TilesSpec, tiles};
pub use tornado::{End, TornadoParts, TornadoRow, TornadoSpec, tornado};
pub use waterfall::{StepKind, WaterfallParts, WaterfallRow, WaterfallSpec, waterfall};
