//! A backtest as charts: what is common to reliability, error and cover, above all the words around them.

use super::story::Words;
use super::words::data_through;
use super::{Case, Look};
use crate::backtest::{Backtest, Promise, Score};
use crate::chart::{ChartError, Sheet};
use crate::error::{Explain, Lang, Said};
use crate::ledger::Ledger;
use std::collections::BTreeSet;

/// Why a backtest gives no chart.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoredError {
    /// No past year could be scored.
    #[error("no past year could be scored; at least three complete years are needed")]
    Nothing,
    /// No chance was given that could come true or not.
    #[error("no chance was given: that takes two years of growth before the year that is scored")]
    NoChances,
    /// The chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
}

impl Explain for ScoredError {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing_scored",
            Self::NoChances => "no_chances",
            Self::Chart(e) => e.code(),
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Nothing => "没有可检验的往年，至少需要三个完整年份",
            Self::NoChances => "没有给出过概率：被检验年份之前须有两年增速",
            Self::Chart(e) => return e.said(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Chart(e) => e.help(),
            _ => Said::new(
                "give a panel with more years, or other months by --cuts",
                "请提供更多年份的数据，或用--cuts换其他月份",
            ),
        }
    }
}

/// A finished backtest of a case, ready to be drawn.
///
/// ```
/// # use landfall::{backtest::{Backtest, Trial}, case::{Case, Look, Scored}, chart, ledger::Ledger};
/// let case = Case::sample("national")?;
/// let trial = Trial { cuts: vec![6, 9], years: 3, last: None, seed: 1 };
/// let mut backtest = Backtest::plan(case.cells(), Ledger::Fai, &trial)?;
/// while backtest.step() {}
/// let look = Look { lang: Default::default(), unit: None, theme: Default::default(), width: 1280, height: 720, heading: true };
/// let svg = chart::error(&Scored::new(&case, Ledger::Fai, &backtest).error(&look)?)?;
/// assert!(svg.contains("Blend"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Scored<'a> {
    case: &'a Case,
    ledger: Ledger,
    pub(super) scores: Vec<Score>,
    pub(super) promises: Vec<(u8, Promise)>,
}

impl<'a> Scored<'a> {
    /// What a backtest of this case and ledger has found so far.
    pub fn new(case: &'a Case, ledger: Ledger, backtest: &Backtest<'_>) -> Self {
        Self { case, ledger, scores: backtest.scores(), promises: backtest.promises() }
    }

    /// Words around a chart.
    pub(super) fn sheet(&self, look: &Look, words: Words) -> Sheet {
        words.sheet(look, self.footer(look.lang), self.case.plan())
    }

    /// `Fixed-asset investment, 2020–2023, 3, 6 and 9 months known`.
    pub(super) fn scope(&self, lang: Lang) -> String {
        let ledger = self.ledger.label(lang);
        let years: BTreeSet<i32> = self.scores.iter().filter_map(|s| s.year).collect();
        let years = match (years.first(), years.last()) {
            (Some(a), Some(b)) if a < b => format!("{a}–{b}"),
            (Some(a), _) => a.to_string(),
            _ => String::new(),
        };
        let cuts: BTreeSet<u8> = self.scores.iter().map(|s| s.cut).collect();
        let cuts = list(&cuts.into_iter().collect::<Vec<_>>(), lang);
        match lang {
            Lang::En if cuts == "1" => format!("{ledger}, {years}, 1 month known"),
            Lang::En => format!("{ledger}, {years}, {cuts} months known"),
            Lang::Zh => format!("{ledger}，{years}年，已知{cuts}个月"),
        }
    }

    fn footer(&self, lang: Lang) -> String {
        let last = self.case.cells().months().last().copied();
        let data = last.map(|last| data_through(last, lang));
        let method = lang.pick("each answer from what was known then", "推算只用当时已知数据");
        let source = self.case.plan().and_then(|p| p.source(lang)).map(|source| match lang {
            Lang::En => format!("source: {source}"),
            Lang::Zh => format!("来源：{source}"),
        });
        let parts = [data, Some(method.to_owned()), source];
        parts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick("; ", "；"))
    }
}

/// `3, 6 and 9`, and `2–11` for what has no gap.
fn list(cuts: &[u8], lang: Lang) -> String {
    let names: Vec<String> = cuts.iter().map(u8::to_string).collect();
    let whole = cuts.len() > 2 && cuts.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match (names.as_slice(), lang) {
        ([first, .., last], _) if whole => format!("{first}–{last}"),
        ([all @ .., last], Lang::En) if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        (_, _) => names.join("、"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        let told = |cuts: &[u8]| (list(cuts, Lang::En), list(cuts, Lang::Zh));
        assert_eq!(told(&[9]), ("9".into(), "9".into()));
        assert_eq!(told(&[3, 6, 9]), ("3, 6 and 9".into(), "3、6、9".into()));
        assert_eq!(told(&[2, 3, 4]), ("2–4".into(), "2–4".into()));
    }
}
