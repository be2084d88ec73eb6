//! Any chart of a case by the name of its kind: what the command line, the page and the gallery ask for alike.

use super::story::{DrawError, Look};
use crate::case::{Answer, BarReport, Case, CaseError, LeverReport, ScenarioReport};
use crate::chart::Chart;
use crate::error::{Explain, Note, Said};
use crate::ledger::Ledger;
use crate::outlook::Unit;
use crate::scenario::{Baseline, Scenario, Shared};
use crate::stats::DRAWS;

/// A kind of chart of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartKind {
    /// A region's year: the cumulative amount, or growth where no amount is known.
    Fan,
    /// A region's year as growth.
    GrowthFan,
    /// Regions by their chance.
    Ranking,
    /// Part of the target done and projected.
    Bullet,
    /// Each region's growth on one axis.
    Multiples,
    /// What must be done each month.
    Need,
    /// Completion of key projects against the plan and past years.
    Scurve,
    /// From intents to funds in place.
    Funnel,
    /// A tile a region.
    Tiles,
    /// From the year as it is over each lever to the scenario.
    Waterfall,
    /// Each lever alone over its range.
    Tornado,
}

/// A kind of chart that there is not.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.said().en)]
pub struct NoChartKind(String);

impl ChartKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Fan,
        Self::GrowthFan,
        Self::Ranking,
        Self::Bullet,
        Self::Multiples,
        Self::Need,
        Self::Scurve,
        Self::Funnel,
        Self::Tiles,
        Self::Waterfall,
        Self::Tornado,
    ];

    /// As files and commands name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fan => "fan",
            Self::GrowthFan => "growth-fan",
            Self::Ranking => "ranking",
            Self::Bullet => "bullet",
            Self::Multiples => "multiples",
            Self::Need => "need",
            Self::Scurve => "scurve",
            Self::Funnel => "funnel",
            Self::Tiles => "tiles",
            Self::Waterfall => "waterfall",
            Self::Tornado => "tornado",
        }
    }

    /// The kind of a name.
    ///
    /// ```
    /// use landfall::case::ChartKind;
    /// assert_eq!(ChartKind::parse("growth-fan"), Ok(ChartKind::GrowthFan));
    /// assert!(ChartKind::parse("pie").unwrap_err().to_string().contains("there are fan, growth-fan"));
    /// ```
    ///
    /// # Errors
    /// [`NoChartKind`], which lists the kinds.
    pub fn parse(name: &str) -> Result<Self, NoChartKind> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| NoChartKind(name.to_owned()))
    }

    /// The ledger that the chart is of where `asked` is looked at: the funnel is of attraction, and the S-curve of key projects
    /// where it is not asked of another.
    pub const fn ledger(self, asked: Ledger) -> Ledger {
        match (self, asked) {
            (Self::Funnel, _) => Ledger::Attraction,
            (Self::Scurve, Ledger::Fai) => Ledger::Works,
            _ => asked,
        }
    }

    /// Whether other ledgers than the chart's own are needed, by which levers move it or projects reach it.
    pub const fn spans_ledgers(self) -> bool {
        matches!(self, Self::Waterfall | Self::Tornado | Self::Funnel | Self::Scurve)
    }
}

impl Explain for NoChartKind {
    fn code(&self) -> &'static str {
        "chart_kind"
    }

    fn said(&self) -> Said {
        let kinds = ChartKind::ALL.map(ChartKind::name).join(", ");
        Said::new(
            format!("there is no chart {:?}; there are {kinds}", self.0),
            format!("没有“{}”这种图；有：{kinds}", self.0),
        )
    }

    fn help(&self) -> Said {
        Said::new("name one of them", "请选择其中一种")
    }
}

/// What charts are drawn of: an answer, one of its regions and ledgers, and the scenario if there is one.
#[derive(Debug, Clone, Copy)]
pub struct Pictured<'a> {
    /// The case that was asked.
    pub case: &'a Case,
    /// Its answer, every month told.
    pub answer: &'a Answer,
    /// What scenarios of this answer are compared with; made when it is needed where it is left out.
    pub baseline: Option<&'a Baseline>,
    /// The levers that are set; a scenario without any is none.
    pub scenario: Option<&'a Scenario>,
    /// The shares of its levers, where they have been worked out already; only a waterfall wants them.
    pub shared: Option<&'a Shared>,
    /// Id of the unit; of the kinds that show all regions it says nothing.
    pub region: &'a str,
    /// The ledger that is looked at.
    pub ledger: Ledger,
}

impl Pictured<'_> {
    /// The chart of a kind, and what the reader of it must know of the scenario. A waterfall runs all combinations of its levers.
    ///
    /// ```
    /// # use landfall::{case::{Case, ChartKind, Look, Pictured, Question}, chart::theme::Theme, error::Lang, ledger::Ledger};
    /// let case = Case::sample("wuzhong-2023")?;
    /// let answer = case.ask(&Question { every_month: true, ..Question::default() })?;
    /// let look = Look { lang: Lang::Zh, unit: None, theme: Theme::Light, width: 1280, height: 720, heading: true };
    /// let (case, answer) = (&case, &answer);
    /// let (region, ledger) = ("利通区", Ledger::Fai);
    /// let of = Pictured { case, answer, baseline: None, scenario: None, shared: None, region, ledger };
    /// let (chart, notes) = of.chart(ChartKind::Need, &look)?;
    /// assert!(chart.title().starts_with("利通区") && notes.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DrawError::Case`] for an unknown region or a lever out of its range; [`DrawError::Nothing`] where there is nothing that
    /// this kind shows.
    pub fn chart(&self, kind: ChartKind, look: &Look) -> Result<(Chart, Vec<Note>), DrawError> {
        let Self { case, answer, region, .. } = *self;
        let ledger = kind.ledger(self.ledger);
        let scenario = self.scenario.filter(|s| !s.settings.is_empty());
        match (kind, scenario) {
            (ChartKind::Funnel, _) => {
                return Ok((Chart::Funnel(case.funnel(answer, region, look)?), Vec::new()));
            }
            (ChartKind::Tornado, _) => {
                return self.with_baseline(|baseline| {
                    let id = case.region(baseline, region)?;
                    let bars = baseline.tornado(&id, ledger).map_err(CaseError::from)?;
                    let bars: Vec<BarReport> = bars.iter().map(BarReport::from).collect();
                    let levers = LeverReport::all(baseline, look.lang);
                    let spec = answer.tornado_chart(&bars, &levers, region, ledger, look)?;
                    Ok((Chart::Tornado(spec), Vec::new()))
                });
            }
            (ChartKind::Waterfall, Some(scenario)) => {
                return self.with_baseline(|baseline| {
                    let (told, notes) =
                        ScenarioReport::with_shares(answer, baseline, scenario, self.shared, look.lang)?;
                    let levers = LeverReport::all(baseline, look.lang);
                    let spec = answer.waterfall(&told, &levers, region, ledger, look)?;
                    Ok((Chart::Waterfall(spec), notes))
                });
            }
            (ChartKind::Waterfall, None) => {
                return Err(DrawError::Nothing(Said::new(
                    "a waterfall shows what a scenario changes, and no lever is set",
                    "瀑布图显示情景带来的变化，目前没有调整任何抓手",
                )));
            }
            _ => {}
        }
        // A line of every region takes every month of each.
        let also = |unit: &Unit| kind == ChartKind::Multiples || unit.id() == region;
        let moved = scenario.map(|scenario| {
            self.with_baseline(|baseline| Ok(answer.moved(baseline, scenario, ledger, also)?))
        });
        let (moved, notes) =
            moved.transpose()?.map_or((None, Vec::new()), |(after, notes)| (Some(after), notes));
        let before = moved.as_ref().map(|_| answer);
        let after = moved.as_ref().unwrap_or(answer);
        let chart = match kind {
            ChartKind::GrowthFan => Chart::Fan(after.growth_fan(before, region, ledger, look)?),
            ChartKind::Ranking => Chart::Ranking(after.ranking(before, ledger, look)?),
            ChartKind::Bullet => Chart::Bullet(after.bullets(ledger, look)?),
            ChartKind::Multiples => Chart::Multiples(after.multiples(before, ledger, look)?),
            ChartKind::Need => Chart::Need(after.need_chart(region, ledger, look)?),
            ChartKind::Scurve => Chart::Fan(after.scurve(before, region, ledger, look)?),
            ChartKind::Tiles => Chart::Tiles(after.tiles(ledger, look)?),
            _ => Chart::Fan(match before {
                Some(before) => after.fan_beside(before, region, ledger, look)?,
                None => after.fan(region, ledger, look)?,
            }),
        };
        Ok((chart, notes))
    }

    fn with_baseline<T>(&self, ask: impl FnOnce(&Baseline) -> Result<T, DrawError>) -> Result<T, DrawError> {
        match self.baseline {
            Some(baseline) => ask(baseline),
            None => ask(&self.case.baseline(self.answer, DRAWS)?),
        }
    }
}
