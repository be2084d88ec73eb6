//! The attraction funnel: intents, signed, under construction, and the funds that are in place.

use super::story::{DrawError, Look, Words};
use crate::case::{Answer, Case};
use crate::chart::{FunnelParts, FunnelSpec, FunnelStage, Label};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::num;
use crate::pipeline::{Assumptions, Funnel, InPlace, Kind};
use crate::unit::fixed;

impl Case {
    /// The attraction funnel of a case with projects: each place with its projects, what they are planned to cost and what
    /// they are expected to bring by December under the default assumptions; and the funds in place against what is owed.
    ///
    /// # Errors
    /// [`DrawError::Nothing`] without projects of attraction, or without the ledger; [`DrawError::Case`] for an unknown
    /// region.
    pub fn funnel(&self, answer: &Answer, region: &str, look: &Look) -> Result<FunnelSpec, DrawError> {
        let lang = look.lang;
        let nothing = || {
            DrawError::Nothing(Said::new(
                "there is no list of attraction projects (kind intent, signed or started) to make a funnel of",
                "没有招商引资项目清单（意向、签约、在建），无法画漏斗",
            ))
        };
        let pipeline = self.pipeline(answer.as_of).ok_or_else(nothing)?;
        if !answer.ledgers.iter().any(|a| a.panel.ledger() == Ledger::Attraction) {
            return Err(DrawError::Nothing(Said::new(
                "the data has no figures of funds in place (ledger attraction) for the funnel to end in",
                "数据中没有到位资金，漏斗没有可对照的终点",
            )));
        }
        let story = answer.story(region, Ledger::Attraction, look)?;
        let tree = self.cells.tree();
        let inside = |name: &str| {
            let around = tree.find(&story.unit.region);
            let place = tree.find(name);
            place == around || place.is_some_and(|at| tree.ancestors(at).any(|a| Some(a) == around))
        };
        let of = |kind: Kind| {
            let all = pipeline.projects().iter().filter(|p| p.row.kind == Some(kind));
            let all = all.filter(|p| inside(&pipeline.regions()[p.region]));
            let totals: Vec<f64> = all.filter_map(|p| p.row.total).collect();
            (totals.len(), num::sum(totals))
        };
        let expected =
            Funnel::default().expected(&pipeline, &Assumptions::default()).map_err(|_| nothing())?;
        let brings = |part: fn(&InPlace) -> [f64; 12]| {
            let regions = expected.iter().zip(pipeline.regions()).filter(|(_, name)| inside(name));
            num::sum(regions.flat_map(|(place, _)| part(place)))
        };
        let stages = [
            (Kind::Intent, brings(|p| p.intents)),
            (Kind::Signed, brings(|p| p.signed)),
            (Kind::Started, brings(|p| p.started)),
        ];
        let counts: Vec<(usize, f64)> = stages.iter().map(|(kind, _)| of(*kind)).collect();
        if counts.iter().all(|(count, _)| *count == 0) {
            return Err(nothing());
        }
        let funnel = Funnel::default();
        let percent = |share: f64| fixed(share * 100.0, 0);
        let names = match lang {
            Lang::Zh => ["意向", "签约", "在建"],
            Lang::En => ["Intent", "Signed", "Under construction"],
        };
        let next = [
            match lang {
                Lang::Zh => format!(
                    "假设{}%签约，平均{}个月",
                    percent(funnel.signing.0),
                    fixed(funnel.signing_lag, 0)
                ),
                Lang::En => format!(
                    "assumed: {}% are signed, in {} months on average",
                    percent(funnel.signing.0),
                    fixed(funnel.signing_lag, 0)
                ),
            },
            match lang {
                Lang::Zh => format!(
                    "假设{}%开工，平均{}个月",
                    percent(funnel.starting.0),
                    fixed(funnel.starting_lag, 0)
                ),
                Lang::En => format!(
                    "assumed: {}% start, in {} months on average",
                    percent(funnel.starting.0),
                    fixed(funnel.starting_lag, 0)
                ),
            },
            lang.pick("funds come in place as the project spends", "资金随工程进度到位").to_owned(),
        ];
        let places = stages.iter().zip(counts).zip(names.iter().zip(next)).map(
            |(((_, ahead), (count, total)), (name, next))| FunnelStage {
                label: Label {
                    name: (*name).into(),
                    figures: vec![count.to_string(), story.amount(total), story.amount(*ahead)],
                    ..Label::default()
                },
                value: 0.0,
                ahead: Some(ahead.max(0.0) * story.shown),
                target: None,
                next,
            },
        );
        let over = story.unit.through == 12;
        let ytd = story.unit.ytd.unwrap_or_default();
        let median = story.december().map_or(ytd, |s| s.median());
        let mut places: Vec<FunnelStage> = places.collect();
        places.push(FunnelStage {
            label: Label {
                name: lang.pick("Funds in place", "到位资金").into(),
                figures: vec![
                    String::new(),
                    String::new(),
                    story.amount(if over { median } else { median - ytd }),
                ],
                whole: true,
                ..Label::default()
            },
            value: ytd.max(0.0) * story.shown,
            ahead: Some((median - ytd).max(0.0) * story.shown),
            target: story.risk.owed.filter(|owed| *owed >= 0.0).map(|owed| owed * story.shown),
            next: String::new(),
        });
        let name = answer.label(story.unit, lang);
        let (year, money) = (answer.as_of.year, story.money());
        let chance = story.chance();
        let words = Words {
            title: match (lang, story.risk.owed) {
                (Lang::Zh, Some(owed)) if over => {
                    format!("{name}到位资金{}，{chance}目标{}", story.in_words(ytd), story.in_words(owed))
                }
                (Lang::En, Some(owed)) if over => {
                    format!(
                        "{name}: {} in place, target of {} {chance}",
                        story.in_words(ytd),
                        story.in_words(owed)
                    )
                }
                (Lang::Zh, None) if over => format!("{name}到位资金{}", story.in_words(ytd)),
                (Lang::En, None) if over => format!("{name}: {} in place", story.in_words(ytd)),
                (Lang::Zh, Some(owed)) => format!(
                    "{name}到位资金{}，预计全年{}，目标{}，概率{chance}",
                    story.in_words(ytd),
                    story.in_words(median),
                    story.in_words(owed)
                ),
                (Lang::Zh, None) => {
                    format!("{name}到位资金{}，预计全年{}", story.in_words(ytd), story.in_words(median))
                }
                (Lang::En, Some(owed)) => format!(
                    "{name}: {} in place, {} expected, {} owed; chance {chance}",
                    story.in_words(ytd),
                    story.in_words(median),
                    story.in_words(owed)
                ),
                (Lang::En, None) => {
                    format!("{name}: {} in place, {} expected", story.in_words(ytd), story.in_words(median))
                }
            },
            subtitle: match lang {
                Lang::Zh if over => format!("{year}年招商引资，{money}；转化率和时滞为假设"),
                Lang::En if over => {
                    format!("Attraction {year}, {money}; conversion and lags are assumptions")
                }
                Lang::Zh => format!(
                    "{year}年招商引资，{money}；深色已到位，浅色预计{}月后到位；转化率和时滞为假设，合计由历年推算，不是各项之和",
                    answer.as_of.month
                ),
                Lang::En => format!(
                    "Attraction {year}, {money}; dark: in place; pale: expected after {}; conversion and lags are assumptions; the total is the outlook, not the sum of the stages",
                    answer.as_of
                ),
            },
            description: places
                .iter()
                .map(|p| format!("{} {}", p.label.name, p.label.figures.join(" ")))
                .collect::<Vec<_>>()
                .join(lang.pick("; ", "；")),
        };
        Ok(FunnelSpec::new(FunnelParts {
            columns: {
                // As short as it can be: on a phone a unit that is cut off is none.
                let money = story.money_heading();
                match lang {
                    Lang::Zh => {
                        let come = match over {
                            true => "年内到位".to_owned(),
                            false => format!("{}月后到位", answer.as_of.month),
                        };
                        vec!["项目数".into(), format!("计划总投资，{money}"), format!("{come}，{money}")]
                    }
                    Lang::En => {
                        let come = if over { "In place by December" } else { "Still to come" };
                        vec!["Projects".into(), format!("Planned total, {money}"), format!("{come}, {money}")]
                    }
                }
            },
            target_label: story
                .risk
                .owed
                .map(|owed| {
                    format!("{} {}", lang.pick("Target", "目标"), super::story::short(&story.amount(owed)))
                })
                .unwrap_or_default(),
            stages: places,
            sheet: answer.sheet(look, words),
        })?)
    }
}
