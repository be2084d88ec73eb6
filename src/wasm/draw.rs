//! Every kind of chart of the case, for the page's tabs and for export: the drawing and the spec that it was drawn from.

use super::scenario::ScenarioOptions;
use super::{Engine, ledger_of, look, read, refuse_in, write};
use crate::case::{ChartKind, Look, Pictured};
use crate::chart::Chart;
use crate::chart::theme::Theme;
use crate::error::Explain;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// How a chart is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct DrawOptions {
    /// Id of the unit; of the kinds that show all regions it says nothing.
    pub region: String,
    /// The unit that amounts are drawn in; the panel's own where it is left out.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub unit: Option<String>,
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

#[wasm_bindgen]
impl Engine {
    /// A chart of a kind, under a scenario where levers are set. A waterfall runs all combinations of its
    /// levers, at once where [`Engine::attribute`] has not done so step by step.
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
        let plain = look(lang, wanted.unit.as_deref(), wanted.theme, (wanted.width, wanted.height));
        let look = Look { heading: wanted.heading, ..plain };
        let kind = ChartKind::parse(kind).map_err(|e| no(&e))?;
        let shared = self.shares_of(&scenario);
        let prepared = self.prepared()?;
        let of = Pictured {
            case: &self.case,
            answer: &prepared.answer,
            baseline: Some(&prepared.baseline),
            scenario: Some(&scenario),
            shared: shared.as_ref(),
            region: &wanted.region,
            ledger,
        };
        let (chart, _) = of.chart(kind, &look).map_err(|e| no(&e))?;
        let svg = chart.svg().map_err(|e| no(&e))?;
        write(&Drawing { svg, title: chart.title().to_owned(), spec: chart })
    }
}
