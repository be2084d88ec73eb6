//! The page's door to the past: what would have been said at earlier months of past years, and how far off it was.

use super::{Engine, Progress, language, ledger_of, look, read, refuse_in, write};
use crate::backtest::{Backtest, Trial};
use crate::case::{CaseError, Look, SEED, Scored, ScoredError};
use crate::chart::{self, Sheet};
use crate::ledger::Ledger;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// Which past answers are held against what came.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct RecordOptions {
    /// Months known at each origin, 1–11.
    pub cuts: Vec<u8>,
    /// How many of the last complete years are scored.
    pub years: usize,
    /// The last year that is scored: data may be there that the month in view does not know.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub last: Option<i32>,
    /// Seed of the draws.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub seed: Option<u64>,
    /// Language of sentences.
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: String,
}

/// How a picture is wanted.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct PictureOptions {
    /// Language of every text.
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: String,
    /// Colours.
    #[cfg_attr(test, ts(type = "\"light\" | \"dark\" | \"print\""))]
    pub theme: chart::theme::Theme,
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
}

/// A picture with the words around it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct PictureView {
    /// The drawing.
    pub svg: String,
    /// The finding.
    pub title: String,
    /// Unit and scope.
    pub subtitle: String,
    /// One sentence for those who do not see it.
    pub description: String,
}

impl PictureView {
    fn of(svg: String, sheet: &Sheet) -> Self {
        Self {
            svg,
            title: sheet.title.clone(),
            subtitle: sheet.subtitle.clone(),
            description: sheet.description.clone(),
        }
    }
}

/// A backtest under way or done.
pub(super) struct Record {
    ledger: Ledger,
    backtest: Backtest<'static>,
}

impl Engine {
    fn recorded(&self) -> Result<&Record, JsError> {
        self.record.as_ref().ok_or_else(|| JsError::new("no_record: begin_record comes first"))
    }
}

#[wasm_bindgen]
impl Engine {
    /// Begins to hold past answers of a ledger against what came, in place of those under way.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn begin_record(
        &mut self,
        ledger: &str,
        #[wasm_bindgen(unchecked_param_type = "RecordOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: RecordOptions = read(options)?;
        let (lang, ledger) = (language(&options.lang)?, ledger_of(ledger)?);
        if let Some(cut) = options.cuts.iter().find(|cut| !(1..=11).contains(*cut)) {
            return Err(JsError::new(&format!("bad_options: {cut} months known, where 1 to 11 can be")));
        }
        let RecordOptions { cuts, years, last, seed, .. } = options;
        let trial = Trial { cuts, years, last, seed: seed.unwrap_or(SEED) };
        let backtest = Backtest::plan_owned(self.case.cells().clone(), ledger, &trial)
            .map_err(|e| refuse_in(&CaseError::from(e), lang))?;
        let (done, all) = backtest.progress();
        self.record = Some(Record { ledger, backtest });
        write(&Progress { done, all })
    }

    /// Answers one more past month.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn record_step(&mut self) -> Result<JsValue, JsError> {
        let record =
            self.record.as_mut().ok_or_else(|| JsError::new("no_record: begin_record comes first"))?;
        record.backtest.step();
        let (done, all) = record.backtest.progress();
        write(&Progress { done, all })
    }

    /// How far off the answers so far were: every model at every cut over all years, then year by year.
    #[wasm_bindgen(unchecked_return_type = "Score[]")]
    pub fn record_scores(&self) -> Result<JsValue, JsError> {
        write(&self.recorded()?.backtest.scores())
    }

    /// A picture of them: `error` by months known, `cover` by year, or `reliability` of the chances given.
    #[wasm_bindgen(unchecked_return_type = "PictureView")]
    pub fn record_picture(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"error\" | \"cover\" | \"reliability\"")] kind: &str,
        #[wasm_bindgen(unchecked_param_type = "PictureOptions")] options: JsValue,
    ) -> Result<JsValue, JsError> {
        let options: PictureOptions = read(options)?;
        let lang = language(&options.lang)?;
        let record = self.recorded()?;
        let look = look(lang, None, options.theme, (options.width, options.height));
        let scored = Scored::new(&self.case, record.ledger, &record.backtest);
        match drawn(&scored, kind, &look) {
            Some(drawn) => write(&drawn.map_err(|e| refuse_in(&e, lang))?),
            None => Err(JsError::new(&format!(
                "unknown_picture: {kind:?} is not one of error, cover, reliability"
            ))),
        }
    }
}

/// None where there is no such kind.
fn drawn(scored: &Scored<'_>, kind: &str, look: &Look) -> Option<Result<PictureView, ScoredError>> {
    Some(match kind {
        "error" => {
            scored.error(look).and_then(|spec| Ok(PictureView::of(chart::error(&spec)?, &spec.parts().sheet)))
        }
        "cover" => {
            scored.cover(look).and_then(|spec| Ok(PictureView::of(chart::cover(&spec)?, &spec.parts().sheet)))
        }
        "reliability" => scored
            .reliability(look)
            .and_then(|spec| Ok(PictureView::of(chart::reliability(&spec)?, &spec.parts().sheet))),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;
    use crate::error::Lang;

    #[test]
    fn every_kind_of_picture_of_a_record_is_drawn_with_its_words() {
        let case = Case::sample("national").unwrap();
        let trial = Trial { cuts: vec![6, 9], years: 4, last: None, seed: SEED };
        let mut backtest = Backtest::plan_owned(case.cells().clone(), Ledger::Fai, &trial).unwrap();
        while backtest.step() {}
        let scored = Scored::new(&case, Ledger::Fai, &backtest);
        let look = look(Lang::Zh, None, Default::default(), (560, 360));
        for kind in ["error", "cover", "reliability"] {
            let view = drawn(&scored, kind, &look).unwrap().unwrap();
            assert!(view.svg.starts_with("<svg") && !view.title.is_empty(), "{kind}: {}", view.title);
            assert!(!view.description.is_empty() && !view.subtitle.is_empty(), "{kind}");
        }
        assert!(drawn(&scored, "pie", &look).is_none());
    }
}
