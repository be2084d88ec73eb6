//! The bulletin: what it shows, and what makes it one that can be shown.

use super::BriefError;
use super::rows::{
    AttractionRow, FunnelStep, LeagueRow, MilestoneRow, ProjectsRow, PublicList, ScenarioRow, SectorRow, Task,
};
use crate::chart::house::House;
use crate::chart::spec::lang_code;
use crate::chart::{ChartError, FanSpec, NeedSpec, RankingSpec, WaterfallSpec};
use crate::error::Lang;
use crate::ledger::Ledger;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the value of a [`Figure`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// An amount in the bulletin's money.
    Amount,
    /// A growth, share or completion as a ratio.
    Ratio,
    /// A difference of two ratios, points.
    Points,
    /// A chance, 0–1, unrounded.
    Chance,
    /// A number of things, or a rank.
    Count,
    /// A year, a month, a day.
    Time,
}

/// A number in a sentence, and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// As the sentence writes it: `10.1%`.
    pub shown: String,
    /// The number itself, unrounded.
    pub value: f64,
    /// What it counts.
    pub measure: Measure,
    /// The cell of a file, or the key of the outlook's JSON, or how it is reckoned from those.
    pub from: String,
}

/// A sentence whose every number is accounted for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sentence {
    /// Its id in the appendix: `S3`.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Its numbers, in order of appearance.
    #[serde(default)]
    pub figures: Vec<Figure>,
}

/// The league table of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct League {
    /// Which of the four books.
    pub ledger: Ledger,
    /// Title of the table.
    pub title: String,
    /// What it says.
    #[serde(default)]
    pub words: Vec<Sentence>,
    /// The region of the bulletin first where it has figures, then its districts by rank.
    pub rows: Vec<LeagueRow>,
    /// How it is to be read; empty where there is nothing to say.
    #[serde(default)]
    pub note: String,
}

/// Sectors with their pull.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sectors {
    /// What they say.
    pub words: Vec<Sentence>,
    /// Sectors by pull, the largest first, then parts by composition.
    pub rows: Vec<SectorRow>,
    /// How it is to be read, or why there is nothing.
    pub note: String,
}

/// Key projects.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Projects {
    /// What they say.
    pub words: Vec<Sentence>,
    /// The whole list first, then regions.
    pub rows: Vec<ProjectsRow>,
    /// Completion by the months by which something is owed.
    pub milestones: Vec<MilestoneRow>,
    /// How it is to be read, or why there is nothing.
    pub note: String,
}

/// Attraction.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Attraction {
    /// What it says.
    pub words: Vec<Sentence>,
    /// Intent, signed, under construction.
    pub funnel: Vec<FunnelStep>,
    /// The whole first, then regions.
    pub rows: Vec<AttractionRow>,
    /// Funds in place by the months by which something is owed.
    pub milestones: Vec<MilestoneRow>,
    /// How it is to be read, or why there is nothing.
    pub note: String,
}

/// The year under a scenario.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it does.
    pub words: Vec<Sentence>,
    /// Regions, in the order of the league table.
    pub rows: Vec<ScenarioRow>,
    /// What each lever brings to the region of the bulletin; without heading, 960 × 540 px.
    pub waterfall: Option<WaterfallSpec>,
    /// What the reader must know.
    pub note: String,
}

/// Problems, and what to do next.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tasks {
    /// The problems, and what the tasks would bring.
    pub words: Vec<Sentence>,
    /// The tasks, by department, the largest gain first.
    pub rows: Vec<Task>,
    /// How they were found, or why there are none.
    pub note: String,
}

/// The parts of a [`Bulletin`], unchecked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulletinParts {
    /// Version of the contract: 1.
    pub schema: u32,
    /// Language of every text.
    #[serde(with = "lang_code")]
    pub lang: Lang,
    /// Title: `吴忠市2023年1—7月投资运行通报`.
    pub title: String,
    /// Under the title: data month, unit, ledger.
    pub subtitle: String,
    /// What growth is told against: `可比口径`.
    pub base: String,
    /// The region that it is about; empty where the data have no one region around all others.
    pub region: String,
    /// Year.
    pub year: i32,
    /// Last data month.
    pub month: u8,
    /// Name of the unit of every amount: `亿元`.
    pub money: String,
    /// Decimals that amounts are shown with.
    pub decimals: u8,
    /// A sentence that stands wherever figures stand that are illustrative; empty where they are real.
    pub illustrative: String,
    /// Source, data month, scenario, program version, seed, rule of lights: the last lines of every page or sheet.
    pub footer: String,
    /// Beside the footer, in bold: `示意数据 · Landfall 全年落点`.
    pub mark: String,
    /// The headline.
    pub headline: Sentence,
    /// The verdict.
    pub verdict: Vec<Sentence>,
    /// A table a ledger, fixed-asset investment first.
    pub leagues: Vec<League>,
    /// Sectors with their pull.
    pub sectors: Sectors,
    /// Key projects.
    pub projects: Projects,
    /// Attraction.
    pub attraction: Attraction,
    /// The three public lists.
    pub lists: Vec<PublicList>,
    /// The year under a scenario, where one is asked for.
    pub scenario: Option<Scenario>,
    /// Problems and what to do next.
    pub tasks: Tasks,
    /// A fan a region of the first league, in the order of its rows; without heading, 960 × 540 px.
    pub fans: Vec<FanSpec>,
    /// The regions by their chance, likewise.
    pub ranking: Option<RankingSpec>,
    /// What the region of the bulletin must do each month, likewise.
    pub need: Option<NeedSpec>,
    /// What else the reader must know.
    pub notes: Vec<String>,
    /// A house's own font, colours and logo.
    pub house: Option<House>,
}

impl Default for BulletinParts {
    fn default() -> Self {
        Self {
            schema: 1,
            lang: Lang::En,
            title: String::new(),
            subtitle: String::new(),
            base: String::new(),
            region: String::new(),
            year: 0,
            month: 0,
            money: String::new(),
            decimals: 1,
            illustrative: String::new(),
            footer: String::new(),
            mark: String::new(),
            headline: Sentence::default(),
            verdict: Vec::new(),
            leagues: Vec::new(),
            sectors: Sectors::default(),
            projects: Projects::default(),
            attraction: Attraction::default(),
            lists: Vec::new(),
            scenario: None,
            tasks: Tasks::default(),
            fans: Vec::new(),
            ranking: None,
            need: None,
            notes: Vec::new(),
            house: None,
        }
    }
}

impl BulletinParts {
    /// Every sentence, in order of appearance.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        std::iter::once(&self.headline)
            .chain(&self.verdict)
            .chain(self.leagues.iter().flat_map(|l| &l.words))
            .chain(&self.sectors.words)
            .chain(&self.projects.words)
            .chain(&self.attraction.words)
            .chain(self.lists.iter().flat_map(|l| l.items.iter().map(|i| &i.reason)))
            .chain(self.scenario.iter().flat_map(|s| &s.words))
            .chain(&self.tasks.words)
            .filter(|s| !s.text.is_empty())
    }
}

/// A bulletin that can be written down: every sentence has an id of its own and writes each of its figures, in order.
///
/// ```
/// use landfall::brief::{Bulletin, BulletinParts, Figure, Measure, Sentence};
/// let figure = Figure { shown: "10.1%".into(), value: 0.101, measure: Measure::Ratio, from: "panel.csv, row 117".into() };
/// let headline = Sentence { id: "S1".into(), text: "Investment grew by 10.1%.".into(), figures: vec![figure] };
/// let bulletin = Bulletin::new(BulletinParts { title: "July".into(), month: 7, headline, ..BulletinParts::default() })?;
/// let json = serde_json::to_string(&bulletin)?;
/// assert_eq!(serde_json::from_str::<Bulletin>(&json)?, bulletin);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "BulletinParts", into = "BulletinParts")]
pub struct Bulletin(BulletinParts);

impl Bulletin {
    /// Checks the parts.
    ///
    /// # Errors
    /// [`BriefError`] for another version of the contract, a month that is none, a sentence without an id of its own or
    /// without a figure that it is said to have, and a figure that is not finite.
    pub fn new(parts: BulletinParts) -> Result<Self, BriefError> {
        if parts.schema != 1 {
            return Err(BriefError::Schema { got: parts.schema });
        }
        if !(1..=12).contains(&parts.month) {
            return Err(BriefError::Month { got: parts.month });
        }
        if let Some(house) = &parts.house {
            house.check().map_err(ChartError::from)?;
        }
        let mut ids = BTreeSet::new();
        for sentence in parts.sentences() {
            if sentence.id.is_empty() || !ids.insert(&sentence.id) {
                return Err(BriefError::Id { got: sentence.id.clone(), text: sentence.text.clone() });
            }
            let mut rest = sentence.text.as_str();
            for figure in &sentence.figures {
                if !figure.value.is_finite() {
                    return Err(BriefError::Number { id: sentence.id.clone(), got: figure.value });
                }
                let Some(at) = rest.find(&figure.shown).filter(|_| !figure.shown.is_empty()) else {
                    return Err(BriefError::Figure {
                        id: sentence.id.clone(),
                        figure: figure.shown.clone(),
                        text: sentence.text.clone(),
                    });
                };
                rest = &rest[at + figure.shown.len()..];
            }
        }
        Ok(Self(parts))
    }

    /// The same in a house's own look: font, colours and logo; its charts stand on white and without the logo.
    ///
    /// # Errors
    /// [`BriefError::Chart`] for a house that charts cannot have.
    pub fn with_house(&self, house: &House) -> Result<Self, BriefError> {
        let (mut parts, inner) = (self.0.clone(), house.inside());
        for fan in &mut parts.fans {
            *fan = fan.with_house(&inner)?;
        }
        parts.ranking = parts.ranking.map(|spec| spec.with_house(&inner)).transpose()?;
        parts.need = parts.need.map(|spec| spec.with_house(&inner)).transpose()?;
        if let Some(scenario) = &mut parts.scenario {
            scenario.waterfall = scenario.waterfall.take().map(|spec| spec.with_house(&inner)).transpose()?;
        }
        parts.house = Some(house.clone());
        Self::new(parts)
    }

    /// What it shows.
    pub fn parts(&self) -> &BulletinParts {
        &self.0
    }
}

impl TryFrom<BulletinParts> for Bulletin {
    type Error = BriefError;

    fn try_from(parts: BulletinParts) -> Result<Self, BriefError> {
        Self::new(parts)
    }
}

impl From<Bulletin> for BulletinParts {
    fn from(bulletin: Bulletin) -> Self {
        bulletin.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    fn with(text: &str, shown: &[&str]) -> BulletinParts {
        let figure = |shown: &&str| Figure {
            shown: (*shown).into(),
            value: 1.0,
            measure: Measure::Count,
            from: "a".into(),
        };
        let headline =
            Sentence { id: "S1".into(), text: text.into(), figures: shown.iter().map(figure).collect() };
        BulletinParts { month: 7, headline, ..BulletinParts::default() }
    }

    #[test]
    fn a_sentence_writes_every_figure_it_is_said_to_have_in_order() {
        let code = |parts| Bulletin::new(parts).map(|_| "").unwrap_or_else(|e| e.code());
        assert_eq!(code(with("3 of 7", &["3", "7"])), "");
        assert_eq!(code(with("3 of 7", &["7", "3"])), "bulletin_figure");
        assert_eq!(code(with("3 of 7", &["3", "7", "7"])), "bulletin_figure");
        assert_eq!(code(with("3 of 7", &[""])), "bulletin_figure");
    }

    #[test]
    fn refuses_what_cannot_be_shown() {
        let code = |parts| Bulletin::new(parts).unwrap_err().code();
        let good = with("3", &["3"]);
        assert_eq!(code(BulletinParts { schema: 2, ..good.clone() }), "bulletin_schema");
        assert_eq!(code(BulletinParts { month: 13, ..good.clone() }), "bulletin_month");
        assert_eq!(
            code(BulletinParts { verdict: vec![good.headline.clone()], ..good.clone() }),
            "bulletin_id"
        );
        let mut bad = good;
        bad.headline.figures[0].value = f64::NAN;
        assert_eq!(code(bad), "bulletin_number");
    }
}
