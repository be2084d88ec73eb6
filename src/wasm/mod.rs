//! The page's door to the engine: convert, call the case, convert.

#[cfg(feature = "what-if")]
mod bulletin;
#[cfg(feature = "what-if")]
mod draw;
#[cfg(feature = "what-if")]
mod record;
#[cfg(feature = "what-if")]
mod scenario;
#[cfg(feature = "what-if")]
mod what_if;

use crate::calendar::YearMonth;
use crate::case::{
    Answer, Asking, Case, DiagnosticReport, FanMonth, Look, Options, Question, SEED, Source, fan_months,
};
use crate::chart::spec::{FanParts, Quantity};
use crate::chart::theme::Theme;
use crate::chart::{self, FanScale};
use crate::error::{Explain, Lang};
use crate::ledger::Ledger;
use crate::unit::Unit;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Month {
    /// Year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
}

/// What an outlook is asked for.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OutlookOptions {
    /// Last data month, `YYYY-MM`; the case's usual one where it is left out.
    #[cfg_attr(test, ts(optional))]
    pub as_of: Option<String>,
    /// Seed of the draws.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub seed: Option<u64>,
    /// Language of sentences.
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: String,
    /// Id of the ledger whose charts are asked for next: of a small panel their months are answered at once.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub charts: Option<String>,
}

/// Regions up to which all months of a ledger are answered in the time that a table may take.
const SMALL: usize = 64;

/// How a fan chart is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FanOptions {
    /// Last data month, `YYYY-MM`; the case's usual one where it is left out.
    #[cfg_attr(test, ts(optional))]
    pub as_of: Option<String>,
    /// Seed of the draws.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub seed: Option<u64>,
    /// Language of every text.
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: String,
    /// The unit that amounts are drawn in; the panel's own where it is left out. The months come in the panel's own.
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
    /// Whether growth is shown where amounts are known too.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub growth: bool,
}

/// A fan chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FanView {
    /// The drawing.
    pub svg: String,
    /// The finding.
    pub title: String,
    /// Unit, scope and base.
    pub subtitle: String,
    /// One sentence for those who do not see it.
    pub description: String,
    /// What the months count.
    #[cfg_attr(test, ts(type = "\"amount\" | \"growth\""))]
    pub quantity: Quantity,
    /// The figures that are drawn, months ascending; amounts in the panel's own unit.
    pub months: Vec<FanMonth>,
    /// Where they lie in the drawing.
    pub scale: Option<ScaleView>,
}

/// Where a fan's months and values lie in its drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScaleView {
    /// px of the month `first`.
    pub left: f64,
    /// px of December.
    pub right: f64,
    /// px of the value `low`.
    pub bottom: f64,
    /// px of the value `high`.
    pub top: f64,
    /// The month at the left edge.
    pub first: f64,
    /// In the months' unit.
    pub low: f64,
    /// In the months' unit.
    pub high: f64,
}

impl ScaleView {
    fn of(scale: &FanScale, quantity: Quantity, shown: f64) -> Self {
        // As `fan_months` has it: a ratio, where the picture counts in percent.
        let unit = if quantity == Quantity::Growth { 0.01 } else { 1.0 / shown };
        Self {
            left: scale.x.0,
            right: scale.x.1,
            bottom: scale.y.0,
            top: scale.y.1,
            first: scale.first,
            low: scale.low * unit,
            high: scale.high * unit,
        }
    }
}

impl FanView {
    /// `shown` is what one of the panel's unit is in the drawing's.
    fn of((svg, scale): (String, Option<FanScale>), parts: &FanParts, shown: f64) -> Self {
        Self {
            svg,
            scale: scale.map(|scale| ScaleView::of(&scale, parts.quantity, shown)),
            title: parts.title.clone(),
            subtitle: parts.subtitle.clone(),
            description: parts.description.clone(),
            quantity: parts.quantity,
            months: fan_months(parts, shown),
        }
    }
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all; as many as are done when the answer is ready.
    pub all: usize,
}

/// A loaded case, asked many times. The last answer is kept.
#[wasm_bindgen]
pub struct Engine {
    case: Case,
    asking: Option<(Question, Asking)>,
    kept: Option<(Question, Answer)>,
    kept_fans: Option<(Question, Answer)>,
    #[cfg(feature = "what-if")]
    scenarios: scenario::Scenarios,
    #[cfg(feature = "what-if")]
    record: Option<record::Record>,
}

fn refuse(error: &impl Explain) -> JsError {
    JsError::new(&format!("{}: {error}", error.code()))
}

/// The same in the asker's language.
fn refuse_in(error: &(impl Explain + ?Sized), lang: Lang) -> JsError {
    JsError::new(&format!("{}: {}", error.code(), error.said().lang(lang)))
}

fn bad_options(error: serde_wasm_bindgen::Error) -> JsError {
    JsError::new(&format!("bad_options: {error}"))
}

fn read<T: for<'a> Deserialize<'a>>(options: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(options).map_err(bad_options)
}

fn write(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer =
        serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);
    value.serialize(&serializer).map_err(bad_options)
}

fn language(text: &str) -> Result<Lang, JsError> {
    Lang::parse(text).ok_or_else(|| JsError::new(&format!("unknown_language: {text:?} is not one of en, zh")))
}

fn ledger_of(text: &str) -> Result<Ledger, JsError> {
    Ledger::parse(text).map_err(|e| refuse(&e))
}

fn question(as_of: Option<&str>, seed: Option<u64>) -> Result<Question, JsError> {
    let as_of = as_of.map(YearMonth::parse).transpose().map_err(|e| refuse(&e))?;
    Ok(Question { as_of, seed: seed.unwrap_or(SEED), ..Question::default() })
}

#[wasm_bindgen]
impl Engine {
    /// Loads a panel in the tidy form, with a plan where there is one. A refusal is told in English.
    pub fn load(panel_csv: &str, plan_toml: Option<String>) -> Result<Engine, JsError> {
        Self::load_for(panel_csv, plan_toml, Lang::En)
    }

    /// The same for an asker of another language.
    pub fn load_in(panel_csv: &str, plan_toml: Option<String>, lang: &str) -> Result<Engine, JsError> {
        Self::load_for(panel_csv, plan_toml, language(lang)?)
    }

    fn load_for(panel_csv: &str, plan_toml: Option<String>, lang: Lang) -> Result<Engine, JsError> {
        let panel = Source { name: "panel.csv", text: panel_csv };
        let plan = plan_toml.as_deref().map(|text| Source { name: "plan.toml", text });
        Case::load(panel, plan, &Options::default()).map(Self::of).map_err(|e| refuse_in(&e, lang))
    }

    fn of(case: Case) -> Self {
        Self {
            case,
            asking: None,
            kept: None,
            kept_fans: None,
            #[cfg(feature = "what-if")]
            scenarios: scenario::Scenarios::default(),
            #[cfg(feature = "what-if")]
            record: None,
        }
    }

    /// The months of the last data year that can be asked for, ascending.
    #[wasm_bindgen(unchecked_return_type = "Month[]")]
    pub fn as_ofs(&self) -> Result<JsValue, JsError> {
        let months: Vec<Month> =
            self.case.months().iter().map(|m| Month { year: m.year, month: m.month }).collect();
        write(&months)
    }

    /// What was found while loading, and while the last outlook was worked out.
    #[wasm_bindgen(unchecked_return_type = "DiagnosticReport[]")]
    pub fn diagnostics(&self, lang: &str) -> Result<JsValue, JsError> {
        let lang = language(lang)?;
        let loaded = self.case.diagnostics();
        let asked = self.kept.iter().flat_map(|(_, answer)| &answer.found).filter(|d| !loaded.contains(d));
        let found: Vec<_> = loaded.iter().chain(asked).map(|d| DiagnosticReport::new(d, lang)).collect();
        write(&found)
    }

    /// Where each region's year will land.
    #[wasm_bindgen(unchecked_return_type = "OutlookReport")]
    pub fn outlook(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OutlookOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: OutlookOptions = read(options)?;
        let lang = language(&options.lang)?;
        let question = self.of_table(&options)?;
        write(&ask(&self.case, &mut self.kept, question, lang)?.report(lang))
    }

    /// Begins an outlook that [`Engine::step`] goes on with, in place of one under way; with the last step
    /// [`Engine::outlook`] has it at once. Steps are the same as without them: only the door can look up in between.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn begin(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "OutlookOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: OutlookOptions = read(options)?;
        let lang = language(&options.lang)?;
        let question = self.of_table(&options)?;
        self.asking = None;
        if !matches!(&self.kept, Some((same, _)) if *same == question) {
            self.asking =
                Some((question.clone(), self.case.begin(&question).map_err(|e| refuse_in(&e, lang))?));
        }
        self.progress()
    }

    /// Takes one more step of the outlook that was begun; a year of the past, or the answers of some regions.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn step(&mut self) -> Result<JsValue, JsError> {
        if let Some((question, mut asking)) = self.asking.take() {
            if asking.step() {
                self.asking = Some((question, asking));
            } else {
                // Two answers of a large panel at a time would take twice the room.
                self.kept = None;
                let answer = asking.finish(&self.case).map_err(|e| refuse(&e))?;
                self.kept = Some((question, answer));
            }
        }
        self.progress()
    }

    /// Forgets the outlook that was begun.
    pub fn cancel(&mut self) {
        self.asking = None;
    }

    /// What a table is asked, and in small panels what the charts beside it stand on.
    fn of_table(&self, options: &OutlookOptions) -> Result<Question, JsError> {
        let small = self.case.cells().tree().regions().len() <= SMALL;
        let in_full = options.charts.as_deref().filter(|_| small).map(ledger_of).transpose()?;
        Ok(Question { in_full, ..question(options.as_of.as_deref(), options.seed)? })
    }

    fn progress(&self) -> Result<JsValue, JsError> {
        let (done, all) = self.asking.as_ref().map_or((1, 1), |(_, asking)| asking.progress());
        write(&Progress { done, all })
    }

    /// The fan chart of a region.
    #[wasm_bindgen(unchecked_return_type = "FanView")]
    pub fn fan(
        &mut self,
        region: &str,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "FanOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: FanOptions = read(options)?;
        let (lang, ledger) = (language(&options.lang)?, ledger_of(ledger)?);
        let question = Question {
            ledger: Some(ledger),
            every_month: true,
            ..question(options.as_of.as_deref(), options.seed)?
        };
        let look = look(lang, options.unit.as_deref(), options.theme, (options.width, options.height));
        let answer = match &self.kept {
            Some((table, answer)) if tells_charts(table, answer, &question) => answer,
            _ => ask(&self.case, &mut self.kept_fans, question, lang)?,
        };
        let spec = match options.growth {
            true => answer.growth_fan(None, region, ledger, &look),
            false => answer.fan(region, ledger, &look),
        };
        let spec = spec.map_err(|e| refuse_in(&e, lang))?;
        let drawn = chart::fan_with_scale(&spec).map_err(|e| refuse_in(&e, lang))?;
        write(&FanView::of(drawn, spec.parts(), answer.told_times(ledger, &look)))
    }

    /// The draws of a region's year-end total; of its growth where no amount is known. Empty where there is
    /// no outlook, one entry where the year is known.
    pub fn draws(
        &mut self,
        region: &str,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "OutlookOptions")] options: JsValue,
    ) -> Result<Vec<f64>, JsError> {
        let options: OutlookOptions = read(options)?;
        let question = question(options.as_of.as_deref(), options.seed)?;
        let answer = ask(&self.case, &mut self.kept, question, language(&options.lang)?)?;
        let (answered, at) = answer.find(region, ledger_of(ledger)?).map_err(|e| refuse(&e))?;
        let december = answered.outlook.units[at].december();
        let landing = december.and_then(|d| d.total.as_ref().or(d.growth.as_ref()));
        Ok(landing.map(|l| l.look(<[f64]>::to_vec)).unwrap_or_default())
    }
}

/// How a chart is wanted that has its words beside it; amounts in a unit by its name.
fn look(lang: Lang, unit: Option<&str>, theme: Theme, (width, height): (u32, u32)) -> Look {
    Look { lang, unit: unit.map(Unit::parse), theme, width, height, heading: false }
}

/// Whether the answer to the question of a table answers that of its charts too.
fn tells_charts(table: &Question, answer: &Answer, charts: &Question) -> bool {
    let usual = charts.as_of.is_none() && table.as_of.is_none();
    (usual || charts.as_of == Some(answer.as_of))
        && table.in_full == charts.ledger
        && table.seed == charts.seed
}

/// The answer to a question: the one kept, where it is the same question.
fn ask<'a>(
    case: &Case,
    kept: &'a mut Option<(Question, Answer)>,
    question: Question,
    lang: Lang,
) -> Result<&'a Answer, JsError> {
    let answer = match kept.take() {
        Some((same, answer)) if same == question => answer,
        _ => case.ask(&question).map_err(|e| refuse_in(&e, lang))?,
    };
    Ok(&kept.insert((question, answer)).1)
}

#[cfg(feature = "what-if")]
#[cfg(test)]
mod tests {
    use super::draw::{DrawOptions, Drawing};
    use super::record::{PictureOptions, PictureView, RecordOptions};
    use super::scenario::{LeverSetting, ScenarioFile, ScenarioOptions, ScopeChoices};
    use super::what_if::{ChartOptions, WhatIf};
    use super::{FanOptions, FanView, Month, OutlookOptions, Progress, ScaleView};
    use crate::backtest::Score;
    use crate::case::{
        BarReport, ChangeReport, ChosenReport, CoverageReport, DiagnosticReport, EffectReport, FanMonth,
        FiguresReport, LeastReport, LeverReport, LeverShare, MilestoneEffect, MilestoneReport, NeedReport,
        NoteReport, OutlookReport, Quantiles, ReachReport, ScenarioReport, ScenarioUnit, SeekReport,
        SpreadReport, TargetReport, UnitReport, WeightReport,
    };
    use ts_rs::{Config, TS};

    /// The page's types are the engine's. `LANDFALL_BLESS=1 cargo test --features what-if` rewrites them.
    #[test]
    fn the_types_of_the_page_are_current() {
        let config = Config::default();
        let types = [
            OutlookReport::decl(&config),
            UnitReport::decl(&config),
            SpreadReport::decl(&config),
            Quantiles::decl(&config),
            TargetReport::decl(&config),
            NeedReport::decl(&config),
            MilestoneReport::decl(&config),
            WeightReport::decl(&config),
            NoteReport::decl(&config),
            DiagnosticReport::decl(&config),
            Month::decl(&config),
            OutlookOptions::decl(&config),
            Progress::decl(&config),
            FanOptions::decl(&config),
            FanMonth::decl(&config),
            FanView::decl(&config),
            ScaleView::decl(&config),
            ScenarioReport::decl(&config),
            CoverageReport::decl(&config),
            ScenarioUnit::decl(&config),
            FiguresReport::decl(&config),
            EffectReport::decl(&config),
            MilestoneEffect::decl(&config),
            LeverShare::decl(&config),
            LeverReport::decl(&config),
            SeekReport::decl(&config),
            BarReport::decl(&config),
            LeastReport::decl(&config),
            ChosenReport::decl(&config),
            ReachReport::decl(&config),
            LeverSetting::decl(&config),
            ScenarioOptions::decl(&config),
            ScenarioFile::decl(&config),
            ScopeChoices::decl(&config),
            ChangeReport::decl(&config),
            ChartOptions::decl(&config),
            WhatIf::decl(&config),
            Score::decl(&config),
            RecordOptions::decl(&config),
            PictureOptions::decl(&config),
            PictureView::decl(&config),
            DrawOptions::decl(&config),
            Drawing::decl(&config),
        ];
        let text: String = types.iter().map(|decl| format!("export {decl}\n")).collect();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wasm/types.d.ts");
        if std::env::var_os("LANDFALL_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "bless with LANDFALL_BLESS=1");
    }
}
