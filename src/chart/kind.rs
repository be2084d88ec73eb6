//! Any chart as one type: what is kept, sent and drawn again.

use super::house::House;
use super::{
    BulletSpec, ChartError, CoverSpec, ErrorSpec, FanSpec, FunnelSpec, MultiplesSpec, NeedSpec, RankingSpec,
    ReliabilitySpec, Sheet, TilesSpec, TornadoSpec, WaterfallSpec,
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

/// The same chart with its spec changed, whatever its kind.
macro_rules! changed {
    ($chart:expr, $change:ident($($with:expr),*)) => {
        match $chart {
            Self::Fan(spec) => Self::Fan(spec.$change($($with),*)?),
            Self::Ranking(spec) => Self::Ranking(spec.$change($($with),*)?),
            Self::Bullet(spec) => Self::Bullet(spec.$change($($with),*)?),
            Self::Waterfall(spec) => Self::Waterfall(spec.$change($($with),*)?),
            Self::Tornado(spec) => Self::Tornado(spec.$change($($with),*)?),
            Self::Multiples(spec) => Self::Multiples(spec.$change($($with),*)?),
            Self::Need(spec) => Self::Need(spec.$change($($with),*)?),
            Self::Funnel(spec) => Self::Funnel(spec.$change($($with),*)?),
            Self::Reliability(spec) => Self::Reliability(spec.$change($($with),*)?),
            Self::Error(spec) => Self::Error(spec.$change($($with),*)?),
            Self::Cover(spec) => Self::Cover(spec.$change($($with),*)?),
            Self::Tiles(spec) => Self::Tiles(spec.$change($($with),*)?),
        }
    };
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
            other => other.sheet().map_or("", |sheet| &sheet.title),
        }
    }

    /// Unit and scope.
    pub fn subtitle(&self) -> &str {
        match self {
            Self::Fan(spec) => &spec.parts().subtitle,
            other => other.sheet().map_or("", |sheet| &sheet.subtitle),
        }
    }

    /// What it shows in a sentence or two, for those who do not see it.
    pub fn description(&self) -> &str {
        match self {
            Self::Fan(spec) => &spec.parts().description,
            other => other.sheet().map_or("", |sheet| &sheet.description),
        }
    }

    /// The words around every chart but a fan, which has its own.
    fn sheet(&self) -> Option<&Sheet> {
        Some(match self {
            Self::Fan(_) => return None,
            Self::Ranking(spec) => &spec.parts().sheet,
            Self::Bullet(spec) => &spec.parts().sheet,
            Self::Waterfall(spec) => &spec.parts().sheet,
            Self::Tornado(spec) => &spec.parts().sheet,
            Self::Multiples(spec) => &spec.parts().sheet,
            Self::Need(spec) => &spec.parts().sheet,
            Self::Funnel(spec) => &spec.parts().sheet,
            Self::Reliability(spec) => &spec.parts().sheet,
            Self::Error(spec) => &spec.parts().sheet,
            Self::Cover(spec) => &spec.parts().sheet,
            Self::Tiles(spec) => &spec.parts().sheet,
        })
    }

    /// The same chart in another size, px.
    ///
    /// # Errors
    /// [`ChartError::Size`] for a size that cannot be laid out.
    pub fn sized(&self, width: u32, height: u32) -> Result<Self, ChartError> {
        Ok(changed!(self, sized(width, height)))
    }

    /// The same chart in a house's own look.
    ///
    /// # Errors
    /// [`ChartError::House`] for one that charts cannot have.
    pub fn with_house(&self, house: &House) -> Result<Self, ChartError> {
        Ok(changed!(self, with_house(house)))
    }
}
