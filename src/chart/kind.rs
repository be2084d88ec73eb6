//! Any chart as one type: what is kept, sent and drawn again.

use super::{
    BulletSpec, ChartError, CoverSpec, ErrorSpec, FanSpec, FunnelSpec, MultiplesSpec, NeedSpec, RankingSpec,
    ReliabilitySpec, TilesSpec, TornadoSpec, WaterfallSpec,
};
use serde::{Deserialize, Serialize};

/// A chart of any kind: as JSON its spec with `kind` beside it.
///
/// ```
/// use landfall::chart::{Chart, Tile, TilesParts, TilesSpec};
/// let tiles = vec![Tile { name: "Litong".into(), ..Default::default() }];
/// let chart = Chart::Tiles(TilesSpec::new(TilesParts { tiles, ..Default::default() })?);
/// let json = serde_json::to_string(&chart).unwrap();
/// assert!(json.starts_with(r#"{"kind":"tiles""#));
/// assert_eq!(serde_json::from_str::<Chart>(&json).unwrap().svg()?, chart.svg()?);
/// # Ok::<(), landfall::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
#[allow(
    clippy::large_enum_variant,
    reason = "a chart is held one at a time, and its texts lie elsewhere anyway"
)]
pub enum Chart {
    /// A region's year: cumulative amount or growth.
    Fan(FanSpec),
    /// Regions by their chance.
    Ranking(RankingSpec),
    /// Part of the target done and projected.
    Bullet(BulletSpec),
    /// From the baseline over each lever to the scenario.
    Waterfall(WaterfallSpec),
    /// Each lever alone over its range.
    Tornado(TornadoSpec),
    /// Each region's growth on one axis.
    Multiples(MultiplesSpec),
    /// What must be done each month.
    Need(NeedSpec),
    /// From intents to funds in place.
    Funnel(FunnelSpec),
    /// Chances given against what came true.
    Reliability(ReliabilitySpec),
    /// Error by months known.
    Error(ErrorSpec),
    /// How often intervals held, by year.
    Cover(CoverSpec),
    /// A tile a region.
    Tiles(TilesSpec),
}

impl Chart {
    /// The SVG text; the same bytes natively and in wasm.
    ///
    /// # Errors
    /// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
    pub fn svg(&self) -> Result<String, ChartError> {
        match self {
            Self::Fan(spec) => super::fan(spec),
            Self::Ranking(spec) => super::ranking(spec),
            Self::Bullet(spec) => super::bullet(spec),
            Self::Waterfall(spec) => super::waterfall(spec),
            Self::Tornado(spec) => super::tornado(spec),
            Self::Multiples(spec) => super::multiples(spec),
            Self::Need(spec) => super::need(spec),
            Self::Funnel(spec) => super::funnel(spec),
            Self::Reliability(spec) => super::reliability(spec),
            Self::Error(spec) => super::error(spec),
            Self::Cover(spec) => super::cover(spec),
            Self::Tiles(spec) => super::tiles(spec),
        }
    }

    /// The finding.
    pub fn title(&self) -> &str {
        match self {
            Self::Fan(spec) => &spec.parts().title,
            Self::Ranking(spec) => &spec.parts().sheet.title,
            Self::Bullet(spec) => &spec.parts().sheet.title,
            Self::Waterfall(spec) => &spec.parts().sheet.title,
            Self::Tornado(spec) => &spec.parts().sheet.title,
            Self::Multiples(spec) => &spec.parts().sheet.title,
            Self::Need(spec) => &spec.parts().sheet.title,
            Self::Funnel(spec) => &spec.parts().sheet.title,
            Self::Reliability(spec) => &spec.parts().sheet.title,
            Self::Error(spec) => &spec.parts().sheet.title,
            Self::Cover(spec) => &spec.parts().sheet.title,
            Self::Tiles(spec) => &spec.parts().sheet.title,
        }
    }
}
