//! The monthly bulletin of a case: its tables and, by rule from the numbers, its sentences.
//!
//! A section a file; all of them write with the same [`desk`]. What is not in the data is left out, and the section says
//! so in a line.

mod attraction;
mod desk;
mod error;
mod head;
mod league;
mod lists;
mod pictures;
mod projects;
mod scenario;
mod sectors;
mod tasks;

pub use error::BulletinError;

use super::words::{against, data_through, mark, span};
use crate::brief::{Bulletin, BulletinParts};
use crate::case::{Answer, Case, LeastReport, LeverReport, ScenarioReport};
use crate::error::Lang;
use crate::target::RuleName;
use crate::unit::Unit;
use desk::{Desk, Part};

/// How a bulletin is wanted, and what was asked for it beside the answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Language of every text.
    pub lang: Lang,
    /// The unit of every amount; `None` for the data's own.
    pub money: Option<&'a Unit>,
    /// The region that it is about; `None` for the one around all others.
    pub region: Option<&'a str>,
    /// The least to do, for the task list.
    pub least: Option<&'a LeastReport>,
    /// What a scenario changes; with the levers' shares, which its waterfall shows.
    pub scenario: Option<&'a ScenarioReport>,
    /// The levers, for their names.
    pub levers: &'a [LeverReport],
}

impl Case {
    /// The bulletin of an answer of this case. Ask with `every_month`, else its fans are bridged by straight lines.
    ///
    /// ```
    /// use landfall::case::{Case, Question, Wanted};
    /// let case = Case::sample("wuzhong-2023")?;
    /// let answer = case.ask(&Question { every_month: true, ..Question::default() })?;
    /// let bulletin = case.bulletin(&answer, &Wanted::default())?;
    /// let parts = bulletin.parts();
    /// assert!(parts.headline.text.contains("up 10.1%"), "{}", parts.headline.text);
    /// assert!(parts.leagues[0].rows[0].growth.is_some_and(|g| (g - 0.101).abs() < 1e-9));
    /// # Ok::<(), landfall::case::BulletinError>(())
    /// ```
    ///
    /// # Errors
    /// [`BulletinError`] for a region that there is not, a unit that the data cannot be told in, and a year of which nothing
    /// is known or expected.
    pub fn bulletin(&self, answer: &Answer, wanted: &Wanted<'_>) -> Result<Bulletin, BulletinError> {
        let desk = Desk::new(self, answer, wanted.lang, wanted.money, wanted.region)?;
        let (headline, mut verdict) = desk.headline_and_verdict()?;
        if let Some(told) = wanted.scenario {
            // Whoever leafs through it must not take a figure of the one for one of the other.
            let name: Part = told.scenario.clone().into();
            verdict.push(desk.closed(vec![desk.line(
                "All figures are of the baseline, but for the section on the scenario ({0})",
                "除情景一节（{0}）外，各数均为照常推算",
                vec![name],
            )]));
        }
        let (leagues, mut notes) = desk.leagues();
        let projects = desk.projects();
        let fans = desk.fans(&mut notes)?;
        let mut parts = BulletinParts {
            schema: 1,
            lang: wanted.lang,
            title: desk.title(),
            subtitle: desk.subtitle(),
            base: desk.base().into(),
            region: desk.head().map(|u| u.label.clone()).unwrap_or_default(),
            year: answer.as_of.year,
            month: answer.as_of.month,
            money: desk.money.label(wanted.lang),
            decimals: u8::try_from(desk.digits).unwrap_or(0),
            illustrative: desk.report.illustrative.clone().unwrap_or_default(),
            footer: desk.footer(),
            mark: mark(answer.plan.as_ref(), wanted.lang).into(),
            headline,
            verdict,
            sectors: desk.sectors(),
            attraction: desk.attraction(),
            lists: desk.lists(&mut notes),
            ranking: desk.ranking()?,
            need: desk.need_by_month()?,
            scenario: wanted.scenario.map(|s| desk.scenario(s, wanted.levers)).transpose()?,
            tasks: desk.tasks(wanted.least),
            leagues,
            projects,
            fans,
            notes,
            house: None,
        };
        number(&mut parts);
        Ok(Bulletin::new(parts)?)
    }
}

/// Gives every sentence its id, in order of appearance.
fn number(parts: &mut BulletinParts) {
    let sentences = std::iter::once(&mut parts.headline)
        .chain(&mut parts.verdict)
        .chain(parts.leagues.iter_mut().flat_map(|l| &mut l.words))
        .chain(&mut parts.sectors.words)
        .chain(&mut parts.projects.words)
        .chain(&mut parts.attraction.words)
        .chain(parts.lists.iter_mut().flat_map(|l| l.items.iter_mut().map(|i| &mut i.reason)))
        .chain(parts.scenario.iter_mut().flat_map(|s| &mut s.words))
        .chain(&mut parts.tasks.words);
    for (at, sentence) in sentences.filter(|s| !s.text.is_empty()).enumerate() {
        sentence.id = format!("S{}", at + 1);
    }
}

impl Desk<'_> {
    fn title(&self) -> String {
        let (year, month) = (self.answer.as_of.year, self.answer.as_of.month);
        let name = self.head().map(|u| u.label.clone()).unwrap_or_default();
        match self.lang {
            Lang::Zh => format!("{name}{year}年{}投资运行通报", span(month, self.lang)),
            Lang::En if name.is_empty() => format!("Investment bulletin, {} {year}", span(month, self.lang)),
            Lang::En => format!("{name}: investment bulletin, {} {year}", span(month, self.lang)),
        }
    }

    fn subtitle(&self) -> String {
        let data = data_through(self.answer.known_through(), self.lang);
        let (money, base) = (self.money.label(self.lang), self.base());
        match self.lang {
            Lang::Zh => format!("{data} · 金额单位：{money} · 增速为累计同比（{base}）"),
            Lang::En => format!("{data} · Amounts in {money} · Growth of the cumulative amount, {base}"),
        }
    }

    /// What growth is told against.
    fn base(&self) -> &'static str {
        let of = self.report.units.iter().filter(|u| u.ledger == self.first_ledger());
        against(of.map(|u| (u.base_kind, u.ytd.is_some())), self.lang)
    }

    fn footer(&self) -> String {
        let rule = match self.report.light_rule {
            RuleName::Probability => {
                self.say("by chance: 80% and more, 50–80%, under 50%", "按概率：80%及以上、50–80%、低于50%")
            }
            RuleName::Tianjin => self.say("Tianjin's", "天津规则"),
            RuleName::Sanya => self.say("Sanya's", "三亚规则"),
            RuleName::Yinchuan => self.say("Yinchuan's", "银川规则"),
            RuleName::Custom => self.say("the plan file's own", "计划文件自定"),
        };
        let mut out = Vec::new();
        if let Some(source) = &self.report.source {
            out.push(format!("{}{source}", self.say("Source: ", "来源：")));
        }
        out.push(data_through(self.answer.known_through(), self.lang));
        out.push(format!("{}{rule}", self.say("Lights: ", "红黄绿灯：")));
        let version = env!("CARGO_PKG_VERSION");
        out.push(format!("Landfall {version}{}{}", self.say(", seed ", "，随机种子"), self.answer.seed));
        out.join(self.lang.pick("; ", "；"))
    }
}
