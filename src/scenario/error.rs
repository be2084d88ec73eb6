//! What can be wrong with a scenario.

use crate::error::{Diagnostic, Explain, Lang, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::pipeline::{PipelineError, Stage};
use crate::scenario::LeverId;

/// A number as a person would write it.
fn plain(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x}") }
}

/// Likeness from which a name is taken to be meant.
const ALIKE: f64 = 0.5;

/// Of names the one that a word is most like; none where it is like none of them. A name that begins with the word or
/// holds it is like it.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let alike = |name: &str| {
        let name = name.to_lowercase();
        let held = !lower.is_empty() && name.contains(&lower);
        strsim::normalized_levenshtein(&name, &lower).max(if held { 0.9 } else { 0.0 })
    };
    let found = names.map(|name| (alike(name), name)).filter(|(alike, _)| *alike >= ALIKE);
    found.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// Names that a message can hold; a country has thousands.
const NAMES: usize = 40;

fn there_are(names: &[String]) -> String {
    match names {
        [] => "the data name none".into(),
        _ => format!("there are {}", listed(names, ", ", "more")),
    }
}

/// Names, the first of many.
fn listed(names: &[String], comma: &str, more: &str) -> String {
    let mut out = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(comma);
    if names.len() > NAMES {
        out += &format!("{comma}… ({} {more})", names.len() - NAMES);
    }
    out
}

/// What can be wrong with a scenario, or with a question about one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// Not TOML.
    #[error("this is not TOML: {message}")]
    Syntax {
        /// The parser's message.
        message: String,
    },
    /// A key that a scenario does not have, or one that is missing or of the wrong type.
    #[error("{key} {wrong}; {wanted}")]
    Key {
        /// The key.
        key: String,
        /// What is wrong with it.
        wrong: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// No lever of this id.
    #[error("there is no lever {got:?}")]
    Lever {
        /// The id as given.
        got: String,
        /// The nearest one.
        nearest: String,
    },
    /// A value that is not possible.
    #[error("{lever} = {} is not possible; allowed is {} to {}", plain(*.got), plain(.possible.0), plain(.possible.1))]
    Impossible {
        /// The lever.
        lever: LeverId,
        /// The value as given.
        got: f64,
        /// Least and greatest value.
        possible: (f64, f64),
    },
    /// A name that the case does not have.
    #[error("there is no {what} {got:?}; {}", there_are(.known))]
    Unknown {
        /// What it would name: region, sector, stage, list.
        what: &'static str,
        /// The name as given.
        got: String,
        /// The names that there are.
        known: Vec<String>,
        /// The one that is most like it, where one is.
        nearest: Option<String>,
    },
    /// A lever that cannot be narrowed like this.
    #[error("{lever} cannot be narrowed by {by}")]
    Narrow {
        /// The lever.
        lever: LeverId,
        /// By what it was.
        by: &'static str,
    },
    /// The same lever with the same scope twice.
    #[error("{lever} is set twice for the same scope")]
    Twice {
        /// The lever.
        lever: LeverId,
    },
    /// A scenario written for another year.
    #[error("the scenario is for {got}, the data for {year}")]
    Year {
        /// The scenario's year.
        got: i32,
        /// The year of the data.
        year: i32,
    },
    /// A chance that is none.
    #[error("{got} is no chance to ask for; allowed is 0.01 to 0.99")]
    Chance {
        /// The value as given.
        got: f64,
    },
    /// A region that nothing is owed by.
    #[error(
        "nothing that {region} owes by December is open, so there is no chance to seek: it has no target, its year is over, or it has no outlook"
    )]
    NoTarget {
        /// The region.
        region: String,
    },
    /// A question that needs projects, without a pipeline.
    #[error("{what} needs a list of projects, and none was given")]
    NoPipeline {
        /// What asked for it.
        what: String,
    },
    /// The least to do is sought where it cannot be.
    #[error("the least to do is sought in fai, not in {ledger}")]
    NotLeast {
        /// The ledger that was asked for.
        ledger: Ledger,
    },
    /// The solver gave up.
    #[error("the solver could not finish: {message}")]
    Solver {
        /// Its message.
        message: String,
    },
    /// An assumption of the pipeline.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl Explain for ScenarioError {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "scenario_syntax",
            Self::Key { .. } => "scenario_key",
            Self::Lever { .. } => "unknown_lever",
            Self::Impossible { .. } => "lever_out_of_range",
            Self::Unknown { what: "region", .. } => "unknown_region",
            Self::Unknown { .. } => "unknown_name",
            Self::Narrow { .. } => "lever_scope",
            Self::Twice { .. } => "lever_twice",
            Self::Year { .. } => "scenario_of_other_year",
            Self::Chance { .. } => "chance_out_of_range",
            Self::NoTarget { .. } => "no_target",
            Self::NoPipeline { .. } => "no_pipeline",
            Self::NotLeast { .. } => "least_in_fai_only",
            Self::Solver { .. } => "solver",
            Self::Pipeline(e) => e.code(),
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Syntax { message } => format!("不符合TOML写法（解析器提示：{message}）"),
            Self::Key { key, .. } => format!("“{key}”有误：缺少、类型不符或不是情景文件的项"),
            Self::Lever { got, .. } => format!("没有名为“{got}”的抓手"),
            Self::Impossible { lever, got, possible } => {
                format!(
                    "抓手{lever}的值{}不可能；允许{}至{}",
                    plain(*got),
                    plain(possible.0),
                    plain(possible.1)
                )
            }
            Self::Unknown { what, got, known, .. } => {
                let what = match *what {
                    "region" => "地区",
                    "sector" => "行业",
                    "stage" => "阶段",
                    _ => "清单",
                };
                match known.as_slice() {
                    [] => format!("没有{what}“{got}”；数据中没有列出任何{what}"),
                    _ => format!("没有{what}“{got}”；有：{}", listed(known, "、", "个未列")),
                }
            }
            Self::Narrow { lever, by } => format!("抓手{lever}不能按{by}限定"),
            Self::Twice { lever } => format!("抓手{lever}在同一范围内设置了两次"),
            Self::Year { got, year } => format!("情景为{got}年，数据为{year}年"),
            Self::Chance { got } => format!("{got}不是可求的概率；允许0.01至0.99"),
            Self::NoTarget { region } => {
                format!("{region}没有待定的12月目标，无从求解：未设目标、全年数据已定，或不作推算")
            }
            Self::NoPipeline { what } => format!("{what}需要项目库，但未提供"),
            Self::NotLeast { ledger } => {
                format!("最少提前项目只按固投求解，不能按{}求解", ledger.label(Lang::Zh))
            }
            Self::Solver { message } => format!("求解未完成：{message}"),
            Self::Pipeline(e) => return e.said(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Syntax { .. } => Said::new(
                "write [[lever]] tables with id and value, as in the README",
                "请按说明书写[[lever]]，含id和value",
            ),
            Self::Key { wanted, .. } => Said::new(
                *wanted,
                "可用的项：name、year、seed，[[lever]]的id、value、region、sector、stage、list",
            ),
            Self::Lever { nearest, .. } => Said::new(
                format!("did you mean {nearest}? `landfall scenario --levers` lists all"),
                format!("是否指{nearest}？全部见landfall scenario --levers"),
            ),
            Self::Impossible { .. } => Said::new("bring the value into the range", "请把数值改到范围以内"),
            Self::NotLeast { .. } => Said::new(
                "leave --ledger out, or ask --seek for a lever of that ledger",
                "请去掉--ledger，或用--seek求该台账的抓手",
            ),
            Self::Unknown { nearest: Some(name), .. } => Said::new(
                format!("did you mean {name:?}? Write the name as the data does"),
                format!("是否指“{name}”？请按数据中的名称书写"),
            ),
            Self::Unknown { .. } => Said::new("write the name as the data does", "请按数据中的名称书写"),
            Self::Narrow { .. } => Said::new("leave that key out", "请删去该限定"),
            Self::Twice { .. } => Said::new("keep one of them", "请只保留一个"),
            Self::Year { .. } => Said::new(
                "set year to that of the data, or ask as of a month of that year",
                "请改情景年份，或用--as-of选择该年的月份",
            ),
            Self::Chance { .. } => Said::new("ask for 0.8, say", "例如0.8"),
            Self::NoTarget { .. } => Said::new(
                "name a region with a target and an outlook, as of a month before December",
                "请选择有目标、有推算的地区，截止月份应在12月之前",
            ),
            Self::NoPipeline { .. } => Said::new(
                "give --pipeline FILE, or use levers that need none",
                "请用--pipeline提供项目库，或改用不需要项目库的抓手",
            ),
            Self::Solver { .. } => {
                Said::new("ask for a smaller chance or fewer projects", "请降低所求概率或减少项目")
            }
            Self::Pipeline(e) => e.help(),
        }
    }
}

impl ScenarioError {
    /// A name that is none of those there are, with the one most like it.
    pub(super) fn unknown<'a>(
        what: &'static str,
        got: &str,
        known: impl Iterator<Item = &'a String> + Clone,
    ) -> Self {
        let nearest = nearest(got, known.clone().map(String::as_str)).map(str::to_owned);
        Self::Unknown { what, got: got.to_owned(), known: known.cloned().collect(), nearest }
    }

    /// A word that is no stage.
    pub fn unknown_stage(word: &str) -> Self {
        let known: Vec<String> = Stage::ALL.iter().map(|s| s.id().to_owned()).collect();
        Self::unknown("stage", word, known.iter())
    }

    /// As a finding at a place of a file.
    pub(super) fn at(&self, place: Place, value: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.code(),
            severity: Severity::Error,
            place,
            value: value.into(),
            text: self.said(),
            help: self.help(),
        }
    }
}
