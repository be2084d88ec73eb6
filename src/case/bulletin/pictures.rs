//! The pictures of a bulletin: charts without heading, whose words stand in the text around them.

use super::BulletinError;
use super::desk::Desk;
use crate::case::{DrawError, LeverReport, Look, ScenarioReport, UnitReport};
use crate::chart::theme::Theme;
use crate::chart::{FanSpec, NeedSpec, RankingSpec, WaterfallSpec};
use crate::error::Lang;

/// Regions beyond which no fans are made: a bulletin of so many would be a book.
const FANS: usize = 40;

impl Desk<'_> {
    fn look(&self) -> Look {
        let unit = Some(self.money.clone());
        Look { lang: self.lang, unit, theme: Theme::Print, width: 960, height: 540, heading: false }
    }

    /// A fan of the region that it is about and of each compared with it.
    pub(super) fn fans(&self, notes: &mut Vec<String>) -> Result<Vec<FanSpec>, BulletinError> {
        let ledger = self.first_ledger();
        let units: Vec<_> = self.head().into_iter().chain(self.districts(ledger)).collect();
        let known = |u: &&&UnitReport| u.year_end.is_some() || u.growth.is_some();
        if units.len() > FANS {
            notes.push(match self.lang {
                Lang::En => format!("More than {FANS} regions: fans are left out."),
                Lang::Zh => format!("地区超过{FANS}个，未附扇形图。"),
            });
            return Ok(Vec::new());
        }
        let look = self.look();
        units.iter().filter(known).map(|u| Ok(self.answer.fan(&u.region, ledger, &look)?)).collect()
    }

    /// The ranking, where it would show just the regions that the bulletin compares.
    pub(super) fn ranking(&self) -> Result<Option<RankingSpec>, BulletinError> {
        let ledger = self.first_ledger();
        let districts = self.districts(ledger).len();
        if !self.is_about_all() || !(2..=FANS).contains(&districts) {
            return Ok(None);
        }
        if_any(self.answer.ranking(None, ledger, &self.look()))
    }

    /// What the region that it is about must do each month.
    pub(super) fn need_by_month(&self) -> Result<Option<NeedSpec>, BulletinError> {
        let Some(head) = self.head() else { return Ok(None) };
        if_any(self.answer.need_chart(&head.region, self.first_ledger(), &self.look()))
    }

    /// What each lever brings to the region that it is about.
    pub(super) fn waterfall(
        &self,
        told: &ScenarioReport,
        levers: &[LeverReport],
    ) -> Result<Option<WaterfallSpec>, BulletinError> {
        let Some(head) = self.head() else { return Ok(None) };
        if_any(self.answer.waterfall(told, levers, &head.region, self.first_ledger(), &self.look()))
    }
}

/// A bulletin goes without a chart that would show nothing.
fn if_any<T>(drawn: Result<T, DrawError>) -> Result<Option<T>, BulletinError> {
    match drawn {
        Ok(spec) => Ok(Some(spec)),
        Err(DrawError::Nothing(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
