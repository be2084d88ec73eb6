//! The page's door to scenarios: convert, call, convert. What was prepared once is kept, so that a slider's move costs a run.

use super::{Engine, language, ledger_of, question, read, refuse, refuse_in, write};
use crate::case::{
    Answer, BarReport, CaseError, DiagnosticReport, LeastReport, LeverReport, Question, ScenarioReport,
    SeekReport, Source, scope_names,
};
use crate::error::{Diagnostic, Lang};
use crate::pipeline::Stage;
use crate::scenario::{
    Attribution, Baseline, Goals, LeastStep, LeverId, Scenario, ScenarioError, Scope, Setting, Shared,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

/// Draws of a scenario where none are asked for.
const DRAWS: u32 = 10_000;

/// One lever that is set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct LeverSetting {
    /// Id of the lever.
    pub id: String,
    /// Its value, in the lever's unit.
    pub value: f64,
    /// A region, and everything in it.
    #[cfg_attr(test, ts(optional))]
    pub region: Option<String>,
    /// A sector.
    #[cfg_attr(test, ts(optional))]
    pub sector: Option<String>,
    /// A stage.
    #[cfg_attr(test, ts(optional))]
    pub stage: Option<String>,
    /// A list of projects.
    #[cfg_attr(test, ts(optional))]
    pub list: Option<String>,
}

/// A scenario, and how it is asked about.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ScenarioOptions {
    /// Last data month, `YYYY-MM`; the case's usual one where it is left out.
    #[cfg_attr(test, ts(optional))]
    pub as_of: Option<String>,
    /// Seed of the draws.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub seed: Option<u64>,
    /// Language of sentences.
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: String,
    /// How many of the outlook's draws are used; 10,000 where it is left out.
    #[cfg_attr(test, ts(optional))]
    pub draws: Option<u32>,
    /// Name of the scenario.
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// The year that the scenario was written for, as its file has it; that of the data where it is left out.
    #[cfg_attr(test, ts(optional))]
    pub year: Option<i32>,
    /// The levers that are set.
    pub levers: Vec<LeverSetting>,
}

/// A scenario's file as the page keeps it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ScenarioFile {
    /// Name.
    pub name: String,
    /// The year that it changes.
    pub year: i32,
    /// Seed of the draws, where the file names one.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub seed: Option<u64>,
    /// The levers that are set.
    pub levers: Vec<LeverSetting>,
}

/// To what levers can be narrowed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ScopeChoices {
    /// Regions.
    pub regions: Vec<String>,
    /// Sectors.
    pub sectors: Vec<String>,
    /// Lists of projects.
    pub lists: Vec<String>,
    /// Stages: id and name.
    pub stages: Vec<(String, String)>,
    /// Names to show of the tidy form's sectors and lists, by id; any other is shown as it is.
    pub names: Vec<(String, String)>,
}

/// What scenarios are compared with, and the answer that it was made from.
pub(super) struct Prepared {
    question: Question,
    draws: u32,
    pub(super) answer: Answer,
    pub(super) baseline: Baseline,
}

/// What scenarios are compared with, and what is under way.
#[derive(Default)]
pub(super) struct Scenarios {
    baseline: Option<Prepared>,
    attribution: Option<(Scenario, Attribution)>,
    least: Option<(f64, LeastStep)>,
}

fn failed(lang: Lang) -> impl Fn(ScenarioError) -> JsError {
    move |error| refuse_in(&CaseError::from(error), lang)
}

fn setting(told: &LeverSetting) -> Result<Setting, ScenarioError> {
    let lever = LeverId::parse(&told.id)
        .ok_or_else(|| ScenarioError::Lever { got: told.id.clone(), nearest: String::new() })?;
    let stage = match &told.stage {
        None => None,
        Some(word) => Some(Stage::parse(word).ok_or_else(|| ScenarioError::unknown_stage(word))?),
    };
    let scope =
        Scope { region: told.region.clone(), sector: told.sector.clone(), stage, list: told.list.clone() };
    Ok(Setting { lever, value: told.value, scope })
}

fn told(setting: &Setting) -> LeverSetting {
    LeverSetting {
        id: setting.lever.to_string(),
        value: setting.value,
        region: setting.scope.region.clone(),
        sector: setting.scope.sector.clone(),
        stage: setting.scope.stage.map(|s| s.id().to_owned()),
        list: setting.scope.list.clone(),
    }
}

impl Engine {
    /// What scenarios are compared with: the one kept, where the question is the same.
    pub(super) fn prepare(&mut self, options: &ScenarioOptions) -> Result<(Scenario, Lang), JsError> {
        let lang = language(&options.lang)?;
        // Every month: a scenario's chart shows them.
        let question = Question { every_month: true, ..question(options.as_of.as_deref(), options.seed)? };
        let draws = options.draws.unwrap_or(DRAWS);
        let kept = self.scenarios.baseline.as_ref().filter(|p| p.question == question && p.draws == draws);
        if kept.is_none() {
            // Two answers of a large panel at a time would take twice the room.
            self.scenarios = Scenarios::default();
            let answer = self.case.ask(&question).map_err(|e| refuse(&e))?;
            let baseline = self.case.baseline(&answer, draws as usize).map_err(|e| refuse(&e))?;
            self.scenarios.baseline = Some(Prepared { question, draws, answer, baseline });
        }
        let year = options.year.unwrap_or(self.baseline()?.as_of().year);
        let settings =
            options.levers.iter().map(setting).collect::<Result<Vec<_>, _>>().map_err(failed(lang))?;
        let name = options.name.clone().unwrap_or_default();
        let scenario = Scenario { settings, seed: options.seed, ..Scenario::empty(&name, year) };
        Ok((self.case.by_name(scenario), lang))
    }

    /// The shares of a scenario's levers, where they have just been worked out step by step. A sharing out that is under way
    /// stays.
    pub(super) fn shares_of(&mut self, scenario: &Scenario) -> Option<Shared> {
        let done = |(of, a): &mut (Scenario, Attribution)| of == scenario && a.progress() >= 1.0;
        self.scenarios.attribution.take_if(done)?.1.finish()
    }

    pub(super) fn prepared(&self) -> Result<&Prepared, JsError> {
        let kept = self.scenarios.baseline.as_ref();
        kept.ok_or_else(|| JsError::new("not_prepared: no scenario has been asked about"))
    }

    fn baseline(&self) -> Result<&Baseline, JsError> {
        self.prepared().map(|p| &p.baseline)
    }
}

#[wasm_bindgen]
impl Engine {
    /// Adds a list of projects in the tidy form; scenarios asked before are forgotten.
    pub fn add_projects(&mut self, pipeline_csv: &str) -> Result<(), JsError> {
        let source = Source { name: "pipeline.csv", text: pipeline_csv };
        self.case = self.case.clone().with_pipeline(source).map_err(|e| refuse(&e))?;
        self.scenarios = Scenarios::default();
        Ok(())
    }

    /// The levers of the case, with their ranges.
    #[wasm_bindgen(unchecked_return_type = "LeverReport[]")]
    pub fn levers(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (_, lang) = self.prepare(&read(options)?)?;
        let levers: Vec<LeverReport> = LeverReport::all(self.baseline()?, lang);
        write(&levers)
    }

    /// To what levers can be narrowed.
    #[wasm_bindgen(unchecked_return_type = "ScopeChoices")]
    pub fn scopes(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (_, lang) = self.prepare(&read(options)?)?;
        let baseline = self.baseline()?;
        write(&ScopeChoices {
            regions: baseline.regions().to_vec(),
            sectors: baseline.sectors().to_vec(),
            lists: baseline.lists().to_vec(),
            stages: Stage::ALL.iter().map(|s| (s.id().to_owned(), s.label(lang).to_owned())).collect(),
            names: scope_names(lang),
        })
    }

    /// What a scenario does; without the levers' shares, which [`Engine::attribute`] works out.
    #[wasm_bindgen(unchecked_return_type = "ScenarioReport")]
    pub fn scenario(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (scenario, lang) = self.prepare(&read(options)?)?;
        let Prepared { answer, baseline, .. } = self.prepared()?;
        let outcome = baseline.run(&scenario).map_err(failed(lang))?;
        write(&ScenarioReport::new(answer, baseline, &scenario, &outcome, None, lang))
    }

    /// Begins to share a scenario's effect out over its levers; another that is under way is dropped.
    pub fn attribute(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<(), JsError> {
        let (scenario, lang) = self.prepare(&read(options)?)?;
        let attribution = Attribution::plan(self.baseline()?, &scenario).map_err(failed(lang))?;
        self.scenarios.attribution = Some((scenario, attribution));
        Ok(())
    }

    /// Does some of it: the part that is done, 0–1.
    pub fn attribute_step(&mut self, pieces: u32) -> Result<f64, JsError> {
        let Scenarios {
            baseline: Some(Prepared { baseline, .. }), attribution: Some((_, attribution)), ..
        } = &mut self.scenarios
        else {
            return Err(JsError::new("not_prepared: no sharing out is under way"));
        };
        for _ in 0..pieces {
            if attribution.step(baseline) {
                return Ok(1.0);
            }
        }
        Ok(attribution.progress().min(1.0 - 1e-9))
    }

    /// The scenario with the levers' shares, once all is done.
    #[wasm_bindgen(unchecked_return_type = "ScenarioReport")]
    pub fn attributed(&mut self, lang: &str) -> Result<JsValue, JsError> {
        let lang = language(lang)?;
        let unfinished = || JsError::new("not_prepared: no sharing out is finished");
        let (scenario, attribution) = self.scenarios.attribution.take().ok_or_else(unfinished)?;
        let shared = attribution.finish().ok_or_else(unfinished)?;
        let Prepared { answer, baseline, .. } = self.prepared()?;
        let outcome = baseline.run(&scenario).map_err(failed(lang))?;
        write(&ScenarioReport::new(answer, baseline, &scenario, &outcome, Some(&shared), lang))
    }

    /// What a lever must be for a region's chance, beside what the scenario sets.
    #[wasm_bindgen(unchecked_return_type = "SeekReport")]
    pub fn seek(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "LeverSetting")] lever: JsValue,
        region: &str,
        ledger: &str,
        chance: f64,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (scenario, lang) = self.prepare(&read(options)?)?;
        let (lever, ledger) = (setting(&read(lever)?).map_err(failed(lang))?, ledger_of(ledger)?);
        let sought =
            self.baseline()?.seek(&scenario, &lever, region, ledger, chance).map_err(failed(lang))?;
        write(&SeekReport::new(&sought, lever.lever, region, ledger, chance))
    }

    /// Each lever alone at the ends of its range, for a region.
    #[wasm_bindgen(unchecked_return_type = "BarReport[]")]
    pub fn tornado(
        &mut self,
        region: &str,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let (_, lang) = self.prepare(&read(options)?)?;
        let bars = self.baseline()?.tornado(region, ledger_of(ledger)?).map_err(failed(lang))?;
        write(&bars.iter().map(BarReport::from).collect::<Vec<_>>())
    }

    /// Begins to look for the cheapest projects to bring forward: for one region, or for every one that owes something.
    /// `costs` are by project; 1 where there is none. Another search that is under way is dropped.
    pub fn least(
        &mut self,
        region: Option<String>,
        chance: f64,
        #[wasm_bindgen(unchecked_param_type = "Record<string, number>")] costs: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<(), JsError> {
        let (scenario, lang) = self.prepare(&read(options)?)?;
        let costs: BTreeMap<String, f64> = read(costs)?;
        let goals = region.map_or(Goals::Every, Goals::One);
        let step =
            LeastStep::plan(self.baseline()?, &scenario, &goals, chance, &costs).map_err(failed(lang))?;
        self.scenarios.least = Some((chance, step));
        Ok(())
    }

    /// Does a piece of the search: the part that is done, 0–1; 1 when all is done.
    pub fn least_step(&mut self) -> Result<f64, JsError> {
        let Scenarios { baseline: Some(Prepared { baseline, .. }), least: Some((_, step)), .. } =
            &mut self.scenarios
        else {
            return Err(JsError::new("not_prepared: no search is under way"));
        };
        let done = step.step(baseline).map_err(failed(Lang::En))?;
        Ok(if done { 1.0 } else { step.progress().min(1.0 - 1e-9) })
    }

    /// The answer of the search, as far as it has got.
    #[wasm_bindgen(unchecked_return_type = "LeastReport")]
    pub fn least_found(&mut self, lang: &str) -> Result<JsValue, JsError> {
        let lang = language(lang)?;
        let none = || JsError::new("not_prepared: no search is under way");
        let (chance, step) = self.scenarios.least.take().ok_or_else(none)?;
        write(&LeastReport::new(&step.finish(self.baseline()?), chance, lang))
    }

    /// Reads a scenario file; one of another year than that of the question asked last, or of the case's usual month, is
    /// refused.
    #[wasm_bindgen(unchecked_return_type = "ScenarioFile")]
    pub fn read_scenario(&self, text: &str, lang: &str) -> Result<JsValue, JsError> {
        let lang = language(lang)?;
        let scenario = Scenario::parse(text, "scenario.toml").map_err(|found| {
            let said = |d: &Diagnostic| {
                let report = DiagnosticReport::new(d, lang);
                let line = report
                    .cell
                    .map(|row| lang.pick("line ", "第").to_owned() + &row + lang.pick(": ", "行："));
                format!("{}{} {}", line.unwrap_or_default(), report.text, report.help)
            };
            let all: Vec<String> = found.iter().map(said).collect();
            let code = found.first().map_or("scenario_syntax", |d| d.code);
            JsError::new(&format!("{code}: {}", all.join("\n")))
        })?;
        let asked = self.scenarios.baseline.as_ref().map(|kept| kept.baseline.as_of());
        let year = asked.map_or_else(|| self.case.usual_month(), Ok).map_err(|e| refuse(&e))?.year;
        if scenario.year != year {
            return Err(failed(lang)(ScenarioError::Year { got: scenario.year, year }));
        }
        let scenario = self.case.by_name(scenario);
        let levers = scenario.settings.iter().map(told).collect();
        write(&ScenarioFile { name: scenario.name, year: scenario.year, seed: scenario.seed, levers })
    }

    /// The file that reads back as a scenario.
    pub fn write_scenario(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ScenarioOptions")] options: JsValue,
    ) -> Result<String, JsError> {
        Ok(self.prepare(&read(options)?)?.0.text())
    }
}
