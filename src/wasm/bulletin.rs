//! The bulletin as data, for the module that writes it down.

use super::scenario::ScenarioOptions;
use super::{Engine, read, refuse_in, write};
use crate::case::{CaseError, LeverReport, NoteReport, ScenarioReport, Wanted};
use crate::unit::Unit;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// The chance that the task list aims at where none is asked for: where the light turns green.
const CHANCE: f64 = 0.8;

/// What the module `brief` takes; its own types say the same of it.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A bulletin as data; the module `brief` writes it down. */
export interface BulletinData {
  schema: 1;
  lang: "en" | "zh";
  title: string;
  year: number;
  month: number;
  [part: string]: unknown;
}
/** How a bulletin is wanted. */
export interface BulletinOptions {
  /** Month, seed, language, and the levers of a scenario to tell of; none where no lever is set. */
  scenario: ScenarioOptions;
  /** The unit of every amount; the data's own where it is left out. */
  money?: string;
  /** The region that it is about; the one around all others where it is left out. */
  region?: string;
  /** The chance that the task list is to bring every district to; 0.8 where it is left out. */
  chance?: number;
  /** What of the scenario is not counted, a sentence in the bulletin's language; nothing where it is left out. */
  aside?: string | undefined;
}
"#;

/// How a bulletin is wanted.
#[derive(Debug, Clone, Deserialize)]
struct BulletinOptions {
    scenario: ScenarioOptions,
    money: Option<String>,
    region: Option<String>,
    chance: Option<f64>,
    aside: Option<String>,
}

#[wasm_bindgen]
impl Engine {
    /// The month's bulletin as data; the module `brief` writes it down. With levers set it tells of the scenario beside the year
    /// as it is; with a list of projects, of the least to do. With many levers their shares take seconds: ask
    /// [`Engine::attribute`] for them first, step by step.
    #[wasm_bindgen(unchecked_return_type = "BulletinData")]
    pub fn bulletin(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "BulletinOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: BulletinOptions = read(options)?;
        let (scenario, lang) = self.prepare(&options.scenario)?;
        let refused = |e: CaseError| refuse_in(&e, lang);
        let shared = self.shares_of(&scenario);
        let prepared = self.prepared()?;
        let baseline = &prepared.baseline;
        let told = if scenario.settings.is_empty() {
            None
        } else {
            let told =
                ScenarioReport::with_shares(&prepared.answer, baseline, &scenario, shared.as_ref(), lang);
            let (mut told, _) = told.map_err(refused)?;
            told.warnings.extend(options.aside.map(|text| NoteReport { code: "aside".into(), text }));
            Some(told)
        };
        let chance = options.chance.unwrap_or(CHANCE);
        let least = self.case.least(baseline, chance, lang).map_err(refused)?;
        let levers = LeverReport::all(baseline, lang);
        let money = options.money.as_deref().map(Unit::parse);
        let wanted = Wanted {
            lang,
            money: money.as_ref(),
            region: options.region.as_deref(),
            least: least.as_ref(),
            scenario: told.as_ref(),
            levers: &levers,
        };
        let bulletin = self.case.bulletin(&prepared.answer, &wanted).map_err(|e| refuse_in(&e, lang))?;
        write(&bulletin)
    }
}
