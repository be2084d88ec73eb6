//! Figures as a slide writes them.

use super::style;
use crate::brief::{BulletinParts, LeagueRow, Owed, Span};
use crate::chart::theme::Tokens;
use crate::error::Lang;
use crate::target::{Light, TargetKind};
use crate::unit::{Growth, Points, fixed, signed};

/// Where nothing is known.
pub(super) const NONE: &str = "–";

/// Language, money, decimals and colours of a bulletin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) lang: Lang,
    pub(super) money: &'a str,
    pub(super) decimals: u8,
    pub(super) tokens: Tokens,
}

impl<'a> Words<'a> {
    pub(super) fn of(parts: &'a BulletinParts) -> Self {
        let tokens = style::tokens(parts.house.as_ref(), false);
        Self { lang: parts.lang, money: &parts.money, decimals: parts.decimals, tokens }
    }

    pub(super) fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.lang.pick(en, zh)
    }

    /// An amount without its unit.
    pub(super) fn amount(&self, value: Option<f64>) -> String {
        value.map_or(NONE.into(), |v| fixed(v, self.decimals.into()))
    }

    /// An amount with its unit; in English without, since "100 million CNY" does not read after a figure and stands above.
    fn money(&self, value: f64) -> String {
        match self.lang {
            Lang::Zh => format!("{}{}", self.amount(Some(value)), self.money),
            Lang::En => self.amount(Some(value)),
        }
    }

    /// The 80 % interval of a growth.
    pub(super) fn interval(&self, span: Option<Span>) -> String {
        let Some(span) = span else { return NONE.into() };
        let (low, high) = (fixed(span.low * 100.0, 1), fixed(span.high * 100.0, 1));
        match self.lang {
            Lang::Zh => format!("{low}～{high}"),
            Lang::En => format!("{low} to {high}"),
        }
    }

    /// What is owed: 11%, or an amount with its unit.
    pub(super) fn owed(&self, owed: Option<Owed>) -> String {
        match owed {
            None => NONE.into(),
            Some(owed) if owed.kind == TargetKind::Amount => self.money(owed.value),
            Some(owed) => {
                let text = fixed(owed.value * 100.0, 1);
                format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
            }
        }
    }

    /// A chance as it is shown, in steps of 5 %; a year that is known is met or not.
    pub(super) fn chance(&self, shown: Option<f64>, known: bool) -> String {
        match shown {
            None => NONE.into(),
            Some(p) if known && p <= 0.0 => self.say("missed", "未完成").into(),
            Some(p) if known && p >= 1.0 => self.say("met", "已完成").into(),
            Some(p) if p < 0.025 => self.say("under 5%", "不到5%").into(),
            Some(p) if p > 0.975 => self.say("over 95%", "超过95%").into(),
            Some(p) => format!("{}%", fixed(p * 100.0, 0)),
        }
    }

    /// A row's light in a word; once its year is known, whether it met its target.
    pub(super) fn light(&self, light: Light, row: &LeagueRow) -> &'static str {
        light.told(row.met(), self.lang)
    }
}

pub(super) fn growth(value: Option<f64>) -> String {
    value.map_or(NONE.into(), |g| Growth(g).to_string())
}

pub(super) fn points(value: Option<f64>) -> String {
    value.map_or(NONE.into(), |p| Points(p).to_string())
}

pub(super) fn more(value: Option<f64>, digits: u8) -> String {
    value.map_or(NONE.into(), |v| signed(v, digits.into()))
}
