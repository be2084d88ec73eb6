//! What the page shows while a lever moves: the table, the chart and the changes of one ledger, in one crossing.

use super::scenario::ScenarioOptions;
use super::{Engine, FanView, ledger_of, look, read, refuse, refuse_in, write};
use crate::case::{ChangeReport, NoteReport, OutlookReport, changes};
use crate::chart::theme::Theme;
use crate::chart::{self, FanSpec};
use crate::outlook::Unit;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// The chart beside the table.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ChartOptions {
    /// Id of the unit.
    pub region: String,
    /// Colours.
    #[cfg_attr(test, ts(type = "\"light\" | \"dark\" | \"print\""))]
    pub theme: Theme,
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
    /// The unit that amounts are drawn in; the panel's own where it is left out.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub unit: Option<String>,
    /// Whether growth is shown where amounts are known too.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub growth: bool,
}

/// A ledger under a scenario.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct WhatIf {
    /// Every unit of the ledger, as the outlook tells it.
    pub outlook: OutlookReport,
    /// What changed of each, in the same order.
    pub changes: Vec<ChangeReport>,
    /// The chart, where one was asked for.
    pub fan: Option<FanView>,
    /// What the reader must know.
    pub warnings: Vec<NoteReport>,
}

#[wasm_bindgen]
impl Engine {
    /// Version of the engine, which a shared link names.
    pub fn version() -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    /// A ledger under a scenario: what [`Engine::outlook`] and [`Engine::fan`] tell without one. With no lever set the
    /// figures are the same.
    #[wasm_bindgen(unchecked_return_type = "WhatIf")]
    pub fn what_if(
        &mut self,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "ChartOptions | undefined")] chart: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: ScenarioOptions = read(options)?;
        let wanted: Option<ChartOptions> = read(chart)?;
        let ledger = ledger_of(ledger)?;
        let (scenario, lang) = self.prepare(&options)?;
        let prepared = self.prepared()?;
        let before = &prepared.answer;
        let also = |unit: &Unit| wanted.as_ref().is_some_and(|c| unit.id() == c.region);
        let (after, warnings) =
            before.moved(&prepared.baseline, &scenario, ledger, also).map_err(|e| refuse_in(&e, lang))?;
        let fan = wanted.as_ref().map(|c| {
            let look = look(lang, c.unit.as_deref(), c.theme, (c.width, c.height));
            let spec: FanSpec = match c.growth {
                true => after.growth_fan(Some(before), &c.region, ledger, &look),
                false => after.fan_beside(before, &c.region, ledger, &look),
            }
            .map_err(|e| refuse_in(&e, lang))?;
            let drawn = chart::fan_with_scale(&spec).map_err(|e| refuse_in(&e, lang))?;
            Ok::<_, JsError>(FanView::of(drawn, spec.parts(), after.told_times(ledger, &look)))
        });
        write(&WhatIf {
            outlook: after.report(lang),
            changes: changes(before, &after),
            fan: fan.transpose()?,
            warnings: warnings.iter().map(|w| NoteReport::new(w, lang)).collect(),
        })
    }

    /// Chances of a unit's December as they are shown, for those that a search found; NaN where nothing is owed.
    pub fn shown(&self, region: &str, ledger: &str, chances: &[f64]) -> Result<Vec<f64>, JsError> {
        let (answer, ledger) = (&self.prepared()?.answer, ledger_of(ledger)?);
        let one = |p: &f64| answer.shown(region, ledger, *p).map(|s| s.unwrap_or(f64::NAN));
        chances.iter().map(one).collect::<Result<_, _>>().map_err(|e| refuse(&e))
    }
}
