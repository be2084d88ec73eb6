//! What charts say in the same words: a region's figures, its light, and the lines around a picture.

use super::words::{data_through, mark};
use crate::case::{Answer, Answered, CaseError};
use crate::chart::spec::{At, FanPoint, Light as Lamp, Quantiles, Status};
use crate::chart::theme::Theme;
use crate::chart::{ChartError, Sheet};
use crate::error::{Explain, Lang, Said};
use crate::ledger::Ledger;
use crate::outlook::{Landing, Summary, Unit};
use crate::target::{Light, Plan, Risk, TargetKind, outcome};
use crate::unit::{Unit as Money, fixed, signed};

/// How a chart is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Language of every text.
    pub lang: Lang,
    /// The unit that amounts are told in; the panel's own where it is left out, and where the two have no stated ratio.
    pub unit: Option<Money>,
    /// Colours.
    pub theme: Theme,
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
    /// Whether title, subtitle and footer are drawn, as on a slide.
    pub heading: bool,
}

/// Why a chart could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// The region or the month cannot be asked for.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// There is nothing that this kind of chart shows.
    #[error("{}", .0.en)]
    Nothing(Said),
    /// The data's unit is not one of Chinese money, or the one asked for is not.
    #[error("amounts in {of} cannot be told in {got}; only 亿元, 万元 and 元 are brought into one another")]
    Unit {
        /// The unit asked for.
        got: String,
        /// The unit of the data.
        of: String,
    },
}

/// The words of a chart that are its own.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) description: String,
}

impl Words {
    /// These words around a chart, over the line that says where the figures come from.
    pub(super) fn sheet(self, look: &Look, footer: String, plan: Option<&Plan>) -> Sheet {
        Sheet {
            schema: 1,
            title: self.title,
            subtitle: self.subtitle,
            description: self.description,
            footer,
            mark: mark(plan, look.lang).into(),
            heading: look.heading,
            width: look.width,
            height: look.height,
            theme: look.theme,
            house: None,
            lang: look.lang,
        }
    }
}

impl Explain for DrawError {
    fn code(&self) -> &'static str {
        match self {
            Self::Case(e) => e.code(),
            Self::Chart(e) => e.code(),
            Self::Nothing(_) => "nothing_to_draw",
            Self::Unit { .. } => "unit_cannot_be_told",
        }
    }

    fn said(&self) -> Said {
        match self {
            Self::Case(e) => e.said(),
            Self::Chart(e) => e.said(),
            Self::Nothing(said) => said.clone(),
            Self::Unit { got, of } => Said::new(
                self.to_string(),
                format!(
                    "数据的金额单位是“{}”，不能换算为“{got}”；只有亿元、万元、元之间可以换算",
                    Money::parse(of).label(Lang::Zh)
                ),
            ),
        }
    }

    fn help(&self) -> Said {
        match self {
            Self::Case(e) => e.help(),
            Self::Chart(e) => e.help(),
            Self::Nothing(_) => {
                Said::new("choose another kind of chart, region or ledger", "请换一种图、地区或台账")
            }
            Self::Unit { .. } => Said::new(
                "leave the unit out, or state the unit of the data where the file names none",
                "请不指定单位；若文件未写明单位，请说明数据的单位",
            ),
        }
    }
}

pub(super) const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Answered {
    /// # Errors
    /// [`DrawError::Unit`] where the panel's amounts have no stated ratio to a unit.
    pub(super) fn can_tell_in(&self, unit: &Money) -> Result<(), DrawError> {
        // Where growth alone is known there is no amount to tell.
        let told = self.panel.unit().ratio_to(unit).is_some();
        match told || !self.outlook.units.iter().any(Unit::in_amounts) {
            true => Ok(()),
            false => Err(DrawError::Unit { got: unit.to_string(), of: self.panel.unit().to_string() }),
        }
    }

    /// The unit that amounts are told in, and what one of the panel's is in it: its own where none is asked for, and where
    /// the two have no stated ratio.
    fn told_in(&self, unit: Option<&Money>) -> (Money, f64) {
        let own = self.panel.unit();
        let other = unit.and_then(|unit| Some((unit.clone(), own.ratio_to(unit)?)));
        other.unwrap_or_else(|| (own.clone(), 1.0))
    }
}

impl Answer {
    /// What one of a ledger's unit is in the unit that charts of this look are drawn in; 1 for a ledger that there is not.
    pub fn told_times(&self, ledger: Ledger, look: &Look) -> f64 {
        let answered = self.ledgers.iter().find(|a| a.panel.ledger() == ledger);
        answered.map_or(1.0, |answered| answered.told_in(look.unit.as_ref()).1)
    }

    /// Whether a ledger's amounts can be told in a unit; charts that cannot keep their own.
    ///
    /// # Errors
    /// [`DrawError::Unit`] where the two have no stated ratio.
    pub fn can_tell_in(&self, ledger: Ledger, unit: &Money) -> Result<(), DrawError> {
        self.ledgers.iter().filter(|a| a.panel.ledger() == ledger).try_for_each(|a| a.can_tell_in(unit))
    }

    /// What there is to tell of a region.
    ///
    /// # Errors
    /// [`CaseError::Region`] as [`Answer::find`].
    pub(super) fn story(&self, region: &str, ledger: Ledger, look: &Look) -> Result<Story<'_>, CaseError> {
        let (answered, at) = self.find(region, ledger)?;
        Ok(Story::new(self, answered, at, look))
    }

    /// The words around a chart of this answer.
    pub(super) fn sheet(&self, look: &Look, words: Words) -> Sheet {
        words.sheet(look, self.footer(look.lang), self.plan.as_ref())
    }

    /// Under which scenario the figures are, through when they go, and where they come from: what must not be cut off where a
    /// chart is narrow stands first.
    pub(super) fn footer(&self, lang: Lang) -> String {
        let scenario = self.scenario.as_ref().map(|name| match (name.as_str(), lang) {
            ("", Lang::Zh) => "情景推算".to_owned(),
            ("", Lang::En) => "Under a scenario".to_owned(),
            (name, Lang::Zh) => format!("情景：{name}"),
            (name, Lang::En) => format!("Scenario: {name}"),
        });
        let source = self.plan.as_ref().and_then(|p| p.source(lang));
        let source = source.map(|source| format!("{}{source}", lang.pick("Source: ", "来源：")));
        let parts: Vec<String> =
            scenario.into_iter().chain([data_through(self.known_through(), lang)]).chain(source).collect();
        parts.join(lang.pick(". ", "；"))
    }

    /// The plan's lowest and highest growth target of a ledger, in percent; `None` where they are the same.
    pub(super) fn bracket(&self, ledger: Ledger) -> Option<(f64, f64)> {
        let plan = self.plan.as_ref()?;
        let values = || {
            plan.targets
                .iter()
                .filter(|t| t.ledger == ledger && t.month == 12 && t.kind == TargetKind::Growth)
                .map(|t| t.value * 100.0)
        };
        ends(values)
    }
}

/// The lowest and the highest of values; `None` where they are the same, and where there are none.
pub(super) fn ends<V: Iterator<Item = f64>>(values: impl Fn() -> V) -> Option<(f64, f64)> {
    let (low, high) = (values().min_by(f64::total_cmp)?, values().max_by(f64::total_cmp)?);
    (low < high).then_some((low, high))
}

/// One region's year, told in one language: what charts say in the same words.
pub(super) struct Story<'a> {
    pub(super) answer: &'a Answer,
    pub(super) answered: &'a Answered,
    pub(super) unit: &'a Unit,
    pub(super) risk: &'a Risk,
    pub(super) lang: Lang,
    /// What amounts are told in.
    unit_shown: Money,
    /// What one of the panel's unit is in it.
    pub(super) shown: f64,
}

impl<'a> Story<'a> {
    /// Of the unit at a place of a ledger's outlook.
    pub(super) fn new(answer: &'a Answer, answered: &'a Answered, at: usize, look: &Look) -> Self {
        let (unit_shown, shown) = answered.told_in(look.unit.as_ref());
        let (unit, risk) = (&answered.outlook.units[at], &answered.risks[at]);
        Self { answer, answered, unit, risk, lang: look.lang, unit_shown, shown }
    }

    /// What is known, and from there what is expected, month by month: amounts, or growth in percent. The second is empty
    /// when the year is known.
    pub(super) fn lines(&self, in_amounts: bool) -> (Vec<At>, Vec<FanPoint>) {
        let landing = |month: u8| {
            let month = self.unit.months.get(&month)?;
            if in_amounts { month.total.as_ref() } else { month.growth.as_ref() }
        };
        let scale = if in_amounts { 1.0 } else { 100.0 };
        let actual: Vec<At> = (1..=self.unit.through)
            .filter_map(|month| Some(At { month, value: landing(month)?.value(0) * scale }))
            .collect();
        let ahead = (self.unit.through + 1..=12).filter_map(|month| {
            let summary = landing(month)?.summary();
            Some(FanPoint { month, quantiles: quantiles(&summary, scale) })
        });
        let start =
            actual.last().map(|at| FanPoint { month: at.month, quantiles: Quantiles::known(at.value) });
        let mut fan: Vec<FanPoint> = start.into_iter().chain(ahead).collect();
        if fan.len() < 2 && self.unit.through > 0 {
            fan.clear();
        }
        (actual, fan)
    }

    /// The part of a year that past years had done by the last known month.
    pub(super) fn seasonal_share(&self) -> Option<f64> {
        let panel = &self.answered.panel;
        let region = panel.tree().find(&self.unit.region)?;
        panel.seasonal_share(region, self.answer.as_of.year, self.unit.through)
    }

    /// The chance as it is shown; in a year that is over, whether the target was met; empty where nothing is owed.
    pub(super) fn chance(&self) -> String {
        let Some(shown) = self.risk.probability_shown.filter(|_| self.risk.probability.is_some()) else {
            return String::new();
        };
        if self.unit.through == 12 {
            return if shown >= 0.5 { self.say("met", "达到") } else { self.say("missed", "未达到") };
        }
        match (shown * 20.0).round() as u8 {
            0 => "<5%".into(),
            20 => ">95%".into(),
            n => format!("{}%", u32::from(n) * 5),
        }
    }

    /// Whether amounts are known, and not growth alone.
    pub(super) fn in_amounts(&self) -> bool {
        self.unit.in_amounts()
    }

    pub(super) fn say(&self, en: &str, zh: &str) -> String {
        self.lang.pick(en, zh).to_owned()
    }

    /// An amount in the panel's unit, or a percentage, as the chart writes it.
    pub(super) fn figure(&self, value: f64, in_amounts: bool) -> String {
        if in_amounts { self.amount(value) } else { format!("{}%", fixed(value, 1)) }
    }

    /// An amount in the panel's unit, as the chart writes it.
    pub(super) fn amount(&self, value: f64) -> String {
        fixed(value * self.shown, self.digits(value))
    }

    /// As [`Story::amount`], with the sign always there.
    pub(super) fn signed_amount(&self, value: f64) -> String {
        signed(value * self.shown, self.digits(value))
    }

    /// Decimals of an amount: as many as the year's total has.
    pub(super) fn digits(&self, value: f64) -> usize {
        let total = self.december().map_or(value, |s| s.median());
        self.unit_shown.digits(total * self.shown)
    }

    /// An amount inside a sentence: 421.0亿元, 42.1 billion CNY.
    pub(super) fn in_words(&self, value: f64) -> String {
        self.unit_shown.in_words(value * self.shown, self.digits(value), self.lang)
    }

    pub(super) fn money(&self) -> String {
        self.unit_shown.label(self.lang)
    }

    /// The same over a narrow column.
    pub(super) fn money_heading(&self) -> String {
        self.unit_shown.heading(self.lang)
    }

    pub(super) fn december(&self) -> Option<Summary> {
        self.unit.december()?.total.as_ref().map(Landing::summary)
    }

    pub(super) fn growth(&self) -> Option<Summary> {
        self.unit.december()?.growth.as_ref().map(Landing::summary)
    }

    pub(super) fn growth_target(&self) -> Option<f64> {
        self.risk.target.filter(|(kind, _)| *kind == TargetKind::Growth).map(|(_, value)| value)
    }

    /// What is owed as growth: an amount by what it is on last year's.
    pub(super) fn target_as_growth(&self) -> Option<f64> {
        self.growth_target().or_else(|| {
            let base = self.unit.december()?.base.as_ref()?.summary().median();
            Some(self.risk.owed? / base - 1.0).filter(|g| g.is_finite() && base > 0.0)
        })
    }

    pub(super) fn seasonal(&self, owed: f64) -> Option<Vec<At>> {
        let panel = &self.answered.panel;
        let region = panel.tree().find(&self.unit.region)?;
        let year = self.answer.as_of.year;
        let line: Vec<At> = panel
            .calendar()
            .months()
            .filter_map(|month| Some(At { month, value: owed * panel.seasonal_share(region, year, month)? }))
            .collect();
        (!line.is_empty()).then_some(line)
    }

    /// Dots past the target: the chance as it is shown, in steps of 5 %.
    pub(super) fn dots(&self) -> Option<u8> {
        let shown = self.risk.probability_shown?;
        Some((shown * 20.0).round() as u8)
    }

    pub(super) fn span_en(&self) -> String {
        match self.unit.through {
            0 => String::new(),
            1 => "Jan".into(),
            m => format!("Jan–{}", MONTHS_EN[usize::from(m) - 1]),
        }
    }

    /// `1–7月`, `Jan–Jul`.
    pub(super) fn span(&self) -> String {
        match self.lang {
            Lang::En => self.span_en(),
            Lang::Zh => self.span_zh(),
        }
    }

    pub(super) fn span_zh(&self) -> String {
        match self.unit.through {
            0 => String::new(),
            1 => "1月".into(),
            m => format!("1–{m}月"),
        }
    }

    /// Once the year is known, whether its target was met; `None` before, and where nothing is owed.
    pub(super) fn outcome(&self) -> Option<&'static str> {
        let known = self.risk.probability.filter(|_| self.unit.through == 12);
        known.map(|p| outcome(p >= 0.5, self.lang))
    }

    pub(super) fn status(&self) -> Option<Status> {
        let light = self.risk.light?;
        if let Some(word) = self.outcome() {
            return Some(Status { light: light.into(), text: word.to_owned() });
        }
        let word = light.word(self.lang);
        let text = match (self.dots(), self.lang) {
            (None, _) => word.to_owned(),
            (Some(0), Lang::Zh) => format!("{word}：达标概率不到5%"),
            (Some(20), Lang::Zh) => format!("{word}：达标概率超过95%"),
            (Some(n), Lang::Zh) => format!("{word}：达标概率约{}%", u32::from(n) * 5),
            (Some(0), Lang::En) => format!("{word}: chance under 5%"),
            (Some(20), Lang::En) => format!("{word}: chance over 95%"),
            (Some(n), Lang::En) => format!("{word}: chance about {}%", u32::from(n) * 5),
        };
        Some(Status { light: light.into(), text })
    }
}

pub(super) fn quantiles(summary: &Summary, scale: f64) -> Quantiles {
    let [_, q10, q25, q50, q75, q90, _] = summary.quantiles.map(|q| q * scale);
    Quantiles { q10, q25, q50, q75, q90 }
}

/// A figure that was set, not found: 421 rather than 421.0.
pub(super) fn short(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}

/// A target as people write it: 11 % rather than 11.0 %.
pub(super) fn short_percent(ratio: f64) -> String {
    format!("{}%", short(&fixed(ratio * 100.0, 1)))
}

impl From<Light> for Lamp {
    fn from(light: Light) -> Self {
        match light {
            Light::Green => Self::Green,
            Light::Yellow => Self::Yellow,
            Light::Red => Self::Red,
        }
    }
}
