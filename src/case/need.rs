//! What a region must do in each month left, beside what it did and what last year did.

use super::story::{DrawError, Look, MONTHS_EN, Story, Words};
use super::words::against;
use crate::calendar::Calendar;
use crate::case::Answer;
use crate::chart::{NeedMonth, NeedParts, NeedSpec};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::unit::signed;

impl Answer {
    /// The need per month of a region: what is owed less what is done, spread evenly over the months left.
    ///
    /// # Errors
    /// [`DrawError::Case`] for an unknown region; [`DrawError::Nothing`] where no amount is owed or the year is over.
    pub fn need_chart(&self, region: &str, ledger: Ledger, look: &Look) -> Result<NeedSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        let name = self.label(story.unit, look.lang);
        let Some(need) = story.risk.need else {
            return Err(DrawError::Nothing(Said::new(
                format!(
                    "{name} owes no amount in the months ahead: no target, growth alone, or a year that is over"
                ),
                format!("{name}后续月份没有以金额计的任务：没有目标、只有增速，或全年已结束"),
            )));
        };
        let panel = &story.answered.panel;
        let place = panel.tree().find(&story.unit.region);
        let (year, through) = (self.as_of.year, story.unit.through);
        let scope = place.map_or(1.0, |r| panel.base_ratio(r, year, through));
        let shown = |amount: f64| amount * story.shown;
        let mut before = story.unit.ytd.unwrap_or_default();
        let months = panel.calendar().months().map(|month| {
            let ahead = month > through;
            // The double period of January and February needs what two months do.
            let wide = if panel.calendar() == Calendar::Cn11 && month == 2 { 2.0 } else { 1.0 };
            let expected = story.unit.months.get(&month).filter(|_| ahead).and_then(|m| m.total.as_ref());
            let expected = expected.map(|total| {
                let total = total.summary().median();
                let flow = total - before;
                before = total;
                flow
            });
            NeedMonth {
                name: name_of(month, panel.calendar(), look.lang),
                done: place.filter(|_| !ahead).and_then(|r| panel.flow(r, year, month)).map(shown),
                need: ahead.then_some(shown(need.per_month * wide)),
                expected: expected.map(shown),
                last_year: place.and_then(|r| panel.flow(r, year - 1, month)).map(|flow| shown(flow * scope)),
            }
        });
        let months: Vec<NeedMonth> = months.collect();
        let lang = look.lang;
        let base = against([(story.unit.base_kind, true)], lang);
        let words = Words {
            title: title(&story, &name, need.per_month, need.vs_last_year),
            subtitle: match lang {
                Lang::Zh => format!(
                    "{year}年{}每月完成，{}；剩余{}",
                    ledger.label(lang),
                    story.money(),
                    story.in_words(need.amount)
                ),
                Lang::En => format!(
                    "{} {year}, each month, {}; {} left to do",
                    ledger.label(lang),
                    story.money(),
                    story.in_words(need.amount)
                ),
            },
            description: title(&story, &name, need.per_month, need.vs_last_year),
        };
        Ok(NeedSpec::new(NeedParts {
            axis_title: match lang {
                Lang::Zh => format!("每月，{}", story.money()),
                Lang::En => format!("Each month, {}", story.money()),
            },
            remark: match lang {
                Lang::En => format!("Solid: done; hatched: needed; line: expected; dashes: last year {base}"),
                Lang::Zh => format!("实心：已完成；斜线：需完成；实线：预计；虚线：上年同月（{base}）"),
            },
            last_year: match lang {
                Lang::En => format!("Last year {base}"),
                Lang::Zh => format!("上年同月（{base}）"),
            },
            digits: u8::try_from(story.digits(need.amount)).unwrap_or(1),
            months,
            scenario: self.scenario.is_some(),
            sheet: self.sheet(look, words),
        })?)
    }
}

/// The finding: how much a month, and against last year.
fn title(story: &Story<'_>, name: &str, per_month: f64, vs_last_year: Option<f64>) -> String {
    let from = usize::from(story.unit.through) + 1;
    let amount = story.in_words(per_month);
    let against = vs_last_year.map(|ratio| signed(ratio * 100.0, 1));
    let last = 12;
    match (story.lang, against) {
        (_, _) if per_month <= 0.0 => match story.lang {
            Lang::Zh => format!("{name}已完成年度目标"),
            Lang::En => format!("{name} has done what it owes for the year"),
        },
        (Lang::Zh, Some(against)) if from < last => {
            format!("{name}{from}–{last}月每月需完成{amount}，与上年同期相比{against}%")
        }
        (Lang::Zh, Some(against)) => format!("{name}{last}月需完成{amount}，与上年同期相比{against}%"),
        (Lang::Zh, None) => format!("{name}{from}–{last}月每月需完成{amount}"),
        (Lang::En, Some(against)) => format!(
            "{name} needs {amount} a month from {}, {against}% against last year",
            MONTHS_EN[(from - 1).min(11)]
        ),
        (Lang::En, None) => format!("{name} needs {amount} a month from {}", MONTHS_EN[(from - 1).min(11)]),
    }
}

fn name_of(month: u8, calendar: Calendar, lang: Lang) -> String {
    let double = calendar == Calendar::Cn11 && month == 2;
    match (lang, double) {
        (Lang::Zh, true) => "1–2月".into(),
        (Lang::Zh, false) => format!("{month}月"),
        (Lang::En, true) => "Jan–Feb".into(),
        (Lang::En, false) => MONTHS_EN[usize::from(month.clamp(1, 12)) - 1].into(),
    }
}
