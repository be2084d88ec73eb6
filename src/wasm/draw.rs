//! Every kind of chart of the case, for the page's tabs and for export: the drawing and the spec that it was drawn from.

use super::scenario::ScenarioOptions;
use super::{Engine, ledger_of, read, refuse_in, write};
use crate::case::{BarReport, CaseError, LeverReport, Look, ScenarioReport};
use crate::chart::Chart;
use crate::chart::theme::Theme;
use crate::error::{Explain, Said};
use crate::scenario::Attribution;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// How a chart is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DrawOptions {
    /// Id of the unit; of the kinds that show all regions it says nothing.
    pub region: String,
    /// Colours.
    #[cfg_attr(test, ts(type = "\"light\" | \"dark\" | \"print\""))]
    pub theme: Theme,
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
    /// Whether title, subtitle and footer are drawn, as on a slide.
    pub heading: bool,
}

/// A chart, drawn.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Drawing {
    /// The drawing.
    pub svg: String,
    /// The finding.
    pub title: String,
    /// What it was drawn from: the command line and the web component draw the same from it.
    #[cfg_attr(test, ts(type = "{ kind: string, [part: string]: unknown }"))]
    pub spec: Chart,
}

/// A kind of chart that there is not.
#[derive(Debug, thiserror::Error)]
#[error("there is no chart {0:?}; there are {KINDS}")]
struct NoKind(String);

const KINDS: &str =
    "fan, growth-fan, ranking, bullet, waterfall, tornado, multiples, need, scurve, funnel, tiles";

impl Explain for NoKind {
    fn code(&self) -> &'static str {
        "chart_kind"
    }

    fn said(&self) -> Said {
        Said::new(
            format!("there is no chart {:?}; there are {KINDS}", self.0),
            format!("没有“{}”这种图；有：{KINDS}", self.0),
        )
    }

    fn help(&self) -> Said {
        Said::new("name one of them", "请选择其中一种")
    }
}

#[wasm_bindgen]
impl Engine {
    /// A chart of a kind, under a scenario where levers are set. A waterfall runs all combinations of its levers, at once.
    #[wasm_bindgen(unchecked_return_type = "Drawing")]
    pub fn draw(
        &mut self,
        kind: &str,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "DrawOptions")] wanted: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (options, wanted): (ScenarioOptions, DrawOptions) = (read(options)?, read(wanted)?);
        let ledger = ledger_of(ledger)?;
        let (scenario, lang) = self.prepare(&options)?;
        let no = |e: &dyn Explain| refuse_in(e, lang);
        let look = Look {
            lang,
            theme: wanted.theme,
            width: wanted.width,
            height: wanted.height,
            heading: wanted.heading,
        };
        let region = wanted.region.as_str();
        let prepared = self.prepared()?;
        let (base, baseline) = (&prepared.answer, &prepared.baseline);
        let levers =
            || -> Vec<LeverReport> { baseline.levers().iter().map(|l| LeverReport::new(l, lang)).collect() };
        let moved = match scenario.settings.is_empty() {
            true => None,
            false => Some(base.moved(baseline, &scenario, ledger, Some(region)).map_err(|e| no(&e))?.0),
        };
        let before = moved.as_ref().map(|_| base);
        let after = moved.as_ref().unwrap_or(base);
        let chart = match kind {
            "fan" => match before {
                Some(before) => after.fan_beside(before, region, ledger, &look).map(Chart::Fan),
                None => after.fan(region, ledger, &look).map(Chart::Fan),
            },
            "growth-fan" => after.growth_fan(before, region, ledger, &look).map(Chart::Fan),
            "ranking" => after.ranking(before, ledger, &look).map(Chart::Ranking),
            "bullet" => after.bullets(ledger, &look).map(Chart::Bullet),
            "multiples" => after.multiples(before, ledger, &look).map(Chart::Multiples),
            "tiles" => after.tiles(ledger, &look).map(Chart::Tiles),
            "need" => after.need_chart(region, ledger, &look).map(Chart::Need),
            "scurve" => after.scurve(region, ledger, &look).map(Chart::Fan),
            "funnel" => self.case.funnel(base, region, &look).map(Chart::Funnel),
            "tornado" => {
                let bars = baseline.tornado(region, ledger).map_err(|e| no(&CaseError::from(e)))?;
                let bars: Vec<BarReport> = bars.iter().map(BarReport::from).collect();
                base.tornado_chart(&bars, &levers(), region, ledger, &look).map(Chart::Tornado)
            }
            "waterfall" => {
                let failed = |e| no(&CaseError::from(e));
                let outcome = baseline.run(&scenario).map_err(failed)?;
                let mut attribution = Attribution::plan(baseline, &scenario).map_err(failed)?;
                while !attribution.step(baseline) {}
                let shared = attribution.finish();
                let told =
                    ScenarioReport::new(&self.case, baseline, &scenario, &outcome, shared.as_ref(), lang);
                base.waterfall(&told, &levers(), region, ledger, &look).map(Chart::Waterfall)
            }
            other => return Err(no(&NoKind(other.to_owned()))),
        };
        let chart = chart.map_err(|e| no(&e))?;
        let svg = chart.svg().map_err(|e| no(&e))?;
        write(&Drawing { svg, title: chart.title().to_owned(), spec: chart })
    }
}
