//! The plan file (TOML): regions, targets, milestones and the light rule.
//!
//! Growth and completion are percent in the file and ratios in the types. A key that is not known is an
//! error, since a misspelt `value` must not become a missing target. All findings are given at once.

use super::condition::ConditionError;
use super::rule::{Branch, Light, Rule, RuleError, RuleName};
use crate::calendar::{self, CalendarError, YearMonth};
use crate::error::{Diagnostic, Explain, Lang, Place, Said, Severity};
use crate::ledger::{Ledger, LedgerError};
use crate::num;
use crate::order;
use crate::unit::Growth;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The largest amount that is taken, as in the panel.
const LARGEST_AMOUNT: f64 = 1e15;

/// What a plan file sets a region to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// Growth of ytd on the comparable base.
    Growth,
    /// An amount, ytd.
    Amount,
    /// Part of the year's plan that is done, ytd.
    Completion,
}

impl TargetKind {
    fn parse(text: &str) -> Option<Self> {
        [Self::Growth, Self::Amount, Self::Completion].into_iter().find(|kind| kind.to_string() == text)
    }
}

impl fmt::Display for TargetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Growth => "growth",
            Self::Amount => "amount",
            Self::Completion => "completion",
        })
    }
}

/// What is owed by a region; a milestone where the month is not 12.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Region: the name under which the plan lists it, or, where it lists none such, the name as written.
    pub region: String,
    /// Ledger.
    pub ledger: Ledger,
    /// Month by whose end it is owed, 1–12.
    pub month: u8,
    /// What `value` is.
    pub kind: TargetKind,
    /// Growth and completion as a ratio (0.11 is 11 %), an amount in the panel's unit.
    pub value: f64,
    /// For completion: the year's plan amount in the panel's unit, where the file gives it.
    pub of: Option<f64>,
    /// Where the file sets it.
    pub place: Place,
}

impl Target {
    /// Whether it is owed before December.
    pub fn is_milestone(&self) -> bool {
        self.month < 12
    }
}

/// What a plan file says about a region.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRegion {
    /// Name.
    pub name: String,
    /// Name of the region that it lies in.
    pub parent: Option<String>,
    /// Whether the parent's total holds it beside its siblings; not so for a park inside a district.
    pub additive: bool,
    /// Other names under which files write it.
    pub aliases: Vec<String>,
    /// English name.
    pub label_en: Option<String>,
    /// Where the file lists it.
    pub place: Place,
}

impl PlanRegion {
    /// The name that a person is shown.
    pub fn label(&self, lang: Lang) -> &str {
        match (lang, &self.label_en) {
            (Lang::En, Some(label)) => label,
            _ => &self.name,
        }
    }
}

/// A plan file that has been read and checked.
///
/// ```
/// # use landfall::target::{Plan, TargetKind};
/// let text = r#"
/// year = 2023
/// [[region]]
/// name = "吴忠市"
/// [[region]]
/// name = "利通区"
/// parent = "吴忠市"
/// aliases = ["利通"]
/// [[target]]
/// region = "利通"
/// kind = "growth"
/// value = 10
/// "#;
/// let (plan, findings) = Plan::parse(text, "plan.toml").unwrap();
/// assert!(findings.is_empty());
/// let target = &plan.targets[0];
/// assert_eq!((target.region.as_str(), target.month, target.value), ("利通区", 12, 0.1));
///
/// let findings = Plan::parse(&text.replace("value", "vaule"), "plan.toml").unwrap_err();
/// assert_eq!((findings[0].code, findings[0].place.row), ("plan_missing_key", Some(9)));
/// assert_eq!((findings[1].code, findings[1].place.row), ("plan_unknown_key", Some(12)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Year of the targets.
    pub year: i32,
    /// City and what the plan is about.
    pub title: Option<String>,
    /// Where the targets were published.
    pub source: Option<String>,
    /// The same in English.
    pub source_en: Option<String>,
    /// Sentence shown wherever figures show that are illustrative.
    pub illustrative: Option<String>,
    /// The same in English.
    pub illustrative_en: Option<String>,
    /// Month through which the plan's panel is to be read.
    pub as_of: Option<YearMonth>,
    /// Regions in the file's order.
    pub regions: Vec<PlanRegion>,
    /// Targets and milestones in the file's order.
    pub targets: Vec<Target>,
    /// Name of the light rule.
    pub rule_name: RuleName,
    /// The light rule.
    pub rule: Rule,
}

impl Plan {
    /// Reads a plan file. `file` is its name as the user gave it, for the findings.
    ///
    /// A region that is a target's but not in the file's list is no finding here: the panel may have it.
    ///
    /// # Errors
    /// All findings, in the file's order, where at least one of them is an error; each says the place, the
    /// value, what is allowed and what to do. Otherwise the findings (warnings, notes) come with the plan.
    pub fn parse(text: &str, file: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut reader = Reader { text, file, lines, findings: Vec::new() };
        let plan = reader.plan();
        let mut findings = reader.findings;
        order::sort_by_key(&mut findings, |(at, _)| *at);
        let findings: Vec<_> = findings.into_iter().map(|(_, finding)| finding).collect();
        match plan {
            Some(plan) if findings.iter().all(|finding| finding.severity < Severity::Error) => {
                Ok((plan, findings))
            }
            _ => Err(findings),
        }
    }

    /// The region of this name or alias, blanks around it ignored.
    pub fn find_region(&self, name: &str) -> Option<&PlanRegion> {
        let name = name.trim();
        let named = |region: &&PlanRegion| region.name == name || region.aliases.iter().any(|a| a == name);
        self.regions.iter().find(named)
    }

    /// The region that a person means: by name or alias, else by English name, capitals or not.
    ///
    /// ```
    /// # use landfall::target::Plan;
    /// let text = "year = 2023\n[[region]]\nname = \"吴忠市\"\nlabel_en = \"Wuzhong\"\n";
    /// let plan = Plan::parse(text, "plan.toml").unwrap().0;
    /// assert_eq!(plan.called("wuzhong").map(|r| r.name.as_str()), Some("吴忠市"));
    /// ```
    pub fn called(&self, name: &str) -> Option<&PlanRegion> {
        let label = name.trim().to_lowercase();
        let labelled = |r: &&PlanRegion| r.label_en.as_ref().is_some_and(|l| l.to_lowercase() == label);
        self.find_region(name).or_else(|| self.regions.iter().find(labelled))
    }

    /// A region's targets in one ledger, by month and then by kind. `region` is a name or an alias.
    pub fn targets_of(&self, region: &str, ledger: Ledger) -> Vec<&Target> {
        let name = self.find_region(region).map_or(region.trim(), |region| &region.name);
        let of = |target: &&Target| target.region == name && target.ledger == ledger;
        let mut targets: Vec<_> = self.targets.iter().filter(of).collect();
        // No two have both in common.
        order::sort_by_key(&mut targets, |target| (target.month, target.kind));
        targets
    }

    /// Where the figures come from; in the other language where this one's is missing.
    pub fn source(&self, lang: Lang) -> Option<&str> {
        let (first, second) = match lang {
            Lang::En => (&self.source_en, &self.source),
            Lang::Zh => (&self.source, &self.source_en),
        };
        first.as_deref().or(second.as_deref())
    }

    /// The sentence about illustrative figures; the other language's where this one's is missing.
    pub fn illustrative(&self, lang: Lang) -> Option<&str> {
        let (first, second) = match lang {
            Lang::En => (&self.illustrative_en, &self.illustrative),
            Lang::Zh => (&self.illustrative, &self.illustrative_en),
        };
        first.as_deref().or(second.as_deref())
    }
}

/// What can be found in a plan file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Not TOML.
    #[error("this is not TOML: {message}")]
    Syntax {
        /// The parser's message.
        message: String,
        /// Whether the line holds a quotation mark, comma or equals sign of the Chinese keyboard.
        full_width: bool,
    },
    /// A key that the plan file does not have.
    #[error("{key:?} is not a key of {table}; allowed are {}", allowed.join(", "))]
    UnknownKey {
        /// The key as given.
        key: String,
        /// Where it stands.
        table: &'static str,
        /// Keys that can stand there.
        allowed: &'static [&'static str],
    },
    /// A key that has to be there.
    #[error("{table} has no {key}, which it needs")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// Where it is missing.
        table: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// A value of another type.
    #[error("{key} = {got} is {}; {} is allowed", is.en, wanted.en)]
    WrongType {
        /// The key.
        key: &'static str,
        /// The value as given.
        got: String,
        /// What it is.
        is: Said,
        /// What it has to be.
        wanted: Said,
        /// How it is written.
        example: &'static str,
    },
    /// A value out of its range.
    #[error("{key} = {got} is out of range; allowed is {}", allowed.en)]
    OutOfRange {
        /// The key.
        key: &'static str,
        /// The value as given.
        got: String,
        /// The range.
        allowed: Said,
    },
    /// A word that is not one of those allowed.
    #[error("{key} = {got:?} is not known; allowed are {allowed}")]
    Word {
        /// The key.
        key: &'static str,
        /// The word as given.
        got: String,
        /// The words allowed.
        allowed: &'static str,
    },
    /// Text that is empty.
    #[error("{key} is empty; a name is needed")]
    EmptyText {
        /// The key.
        key: &'static str,
    },
    /// A name or alias that two regions have.
    #[error(
        "{name:?} already names the region of line {first_row}; a name or alias belongs to one region only"
    )]
    RegionTwice {
        /// The name.
        name: String,
        /// Line of the region that has it.
        first_row: u32,
    },
    /// A parent that is not listed.
    #[error("the parent {parent:?} of {region:?} is not a region of this plan; listed are {listed}")]
    UnknownParent {
        /// The region.
        region: String,
        /// Its parent.
        parent: String,
        /// Regions of the plan.
        listed: String,
    },
    /// Regions that lie in one another.
    #[error("the regions lie in one another in a circle: {chain}")]
    ParentCycle {
        /// The circle, from a region back to itself.
        chain: String,
    },
    /// Two targets for the same thing.
    #[error(
        "{region:?} already has a {kind} target of the ledger {ledger} for month {month} in line {first_row}"
    )]
    TargetTwice {
        /// Region.
        region: String,
        /// Ledger.
        ledger: Ledger,
        /// Month.
        month: u8,
        /// Kind.
        kind: TargetKind,
        /// Line of the first.
        first_row: u32,
    },
    /// A completion target without the amount that is to be completed.
    #[error("the completion target of {region:?} has no `of`, so what it needs can be told in points only")]
    OfMissing {
        /// Region.
        region: String,
    },
    /// An `of` where nothing is completed.
    #[error("`of` belongs to completion targets; this one is of kind {kind}")]
    OfUnused {
        /// Kind of the target.
        kind: TargetKind,
    },
    /// A percentage that looks like a ratio.
    #[error("value = {got} is read as {got} %; a {kind} target this small is unusual")]
    LooksLikeRatio {
        /// The value as given.
        got: f64,
        /// Kind of the target.
        kind: TargetKind,
    },
    /// An `as_of` outside the plan's year.
    #[error("as_of = {got} is not in the plan's year {year}")]
    AsOfYear {
        /// The month as given.
        got: YearMonth,
        /// The plan's year.
        year: i32,
    },
    /// Lines of a rule beside the name of another.
    #[error("[[light.when]] is used by the rule custom only; the rule is {rule}")]
    WhenUnused {
        /// The rule asked for.
        rule: RuleName,
    },
    /// A rule that can leave a region without a light.
    #[error("the last [[light.when]] is not else; where no condition holds there will be no light")]
    NoElse,
    /// A line that is never asked.
    #[error("this [[light.when]] comes after else and is never reached")]
    Unreachable,
    /// The light rule.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A month.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Explain for PlanError {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "plan_syntax",
            Self::UnknownKey { .. } => "plan_unknown_key",
            Self::MissingKey { .. } => "plan_missing_key",
            Self::WrongType { .. } => "plan_wrong_type",
            Self::OutOfRange { .. } => "plan_out_of_range",
            Self::Word { .. } => "plan_unknown_word",
            Self::EmptyText { .. } => "plan_empty_text",
            Self::RegionTwice { .. } => "plan_region_twice",
            Self::UnknownParent { .. } => "plan_unknown_parent",
            Self::ParentCycle { .. } => "plan_parent_cycle",
            Self::TargetTwice { .. } => "plan_target_twice",
            Self::OfMissing { .. } => "plan_completion_without_amount",
            Self::OfUnused { .. } => "plan_of_unused",
            Self::LooksLikeRatio { .. } => "plan_looks_like_ratio",
            Self::AsOfYear { .. } => "plan_as_of_year",
            Self::WhenUnused { .. } => "plan_when_unused",
            Self::NoElse => "light_rule_no_else",
            Self::Unreachable => "light_rule_unreachable",
            Self::Rule(error) => error.code(),
            Self::Calendar(error) => error.code(),
            Self::Ledger(error) => error.code(),
        }
    }

    fn said(&self) -> Said {
        let in_zh = |table: &'static str| if table == TOP_NAME { "顶层" } else { table };
        let zh = match self {
            Self::Syntax { message, .. } => format!("不符合TOML写法（解析器提示：{message}）"),
            Self::UnknownKey { key, table, allowed } => {
                format!("“{key}”不是{}的项；可用{}", in_zh(table), allowed.join("、"))
            }
            Self::MissingKey { key, table, .. } => format!("{}缺少必填项{key}", in_zh(table)),
            Self::WrongType { key, got, is, wanted, .. } => {
                format!("{key} = {got}是{}；应为{}", is.zh, wanted.zh)
            }
            Self::OutOfRange { key, got, allowed } => format!("{key} = {got}超出范围；应为{}", allowed.zh),
            Self::Word { key, got, allowed } => format!("{key}的值“{got}”无法识别；可用{allowed}"),
            Self::EmptyText { key } => format!("{key}为空；须填写名称"),
            Self::RegionTwice { name, first_row } => {
                format!("“{name}”已是第{first_row}行地区的名称；一个名称或别名只能属于一个地区")
            }
            Self::UnknownParent { region, parent, listed } => {
                format!("“{region}”的上级“{parent}”不在本计划的地区中；已列地区为{listed}")
            }
            Self::ParentCycle { chain } => format!("地区上下级关系成环：{chain}"),
            Self::TargetTwice { region, ledger, month, kind, first_row } => {
                format!("“{region}”的目标重复：台账{ledger}、{month}月、类型{kind}已在第{first_row}行给出")
            }
            Self::OfMissing { region } => {
                format!("“{region}”的完成率目标没有给出of，只能说明还差多少个百分点")
            }
            Self::OfUnused { kind } => format!("of只用于完成率目标（completion）；此目标的类型是{kind}"),
            Self::LooksLikeRatio { got, kind } => {
                format!("value = {got}按{got}%读取；{kind}目标如此之小并不常见")
            }
            Self::AsOfYear { got, year } => format!("as_of = {got}不在计划年度{year}年内"),
            Self::WhenUnused { rule } => {
                format!("[[light.when]]只用于custom规则；现在的规则是{rule}")
            }
            Self::NoElse => "最后一条[[light.when]]不是else；各条均不成立时将不亮灯".into(),
            Self::Unreachable => "此条[[light.when]]在else之后，永远不会用到".into(),
            Self::Rule(error) => return error.said(),
            Self::Calendar(error) => return error.said(),
            Self::Ledger(error) => return error.said(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        let (en, zh): (&str, &str) = match self {
            Self::Syntax { full_width: true, .. } => (
                "the line holds full-width punctuation: type = , [ ] and \" with the English keyboard",
                "此行有全角标点：等号、逗号、方括号和引号须用英文输入法输入",
            ),
            Self::Syntax { .. } => (
                "write one key = value a line, text in \"quotes\", numbers without, each target under [[target]]",
                "每行写一个“项 = 值”，文字加英文双引号，数字不加；每个目标单独写在[[target]]之下",
            ),
            Self::UnknownKey { .. } => ("correct the key or take the line away", "请改正项名或删去此行"),
            Self::MissingKey { example, .. } => {
                return Said::new(format!("add {example}"), format!("请添加{example}"));
            }
            Self::WrongType { example, .. } => {
                return Said::new(format!("write {example}"), format!("请写成{example}"));
            }
            Self::OutOfRange { .. } | Self::Word { .. } => {
                ("correct the value to one that is allowed", "请改为允许的值")
            }
            Self::EmptyText { .. } => ("write the name, or take the entry away", "请填写名称，或删去此项"),
            Self::RegionTwice { .. } => {
                ("take one of the two away, or give them different names", "请删去其中一处，或改用不同的名称")
            }
            Self::UnknownParent { .. } => (
                "correct the name, or list the parent under [[region]]",
                "请改正名称，或在[[region]]中列出上级地区",
            ),
            Self::ParentCycle { .. } => {
                ("take the parent of the topmost region away", "请删去最上级地区的parent")
            }
            Self::TargetTwice { .. } => (
                "keep one of the two, or give the other its own month",
                "请保留一处，或给另一处写上不同的month",
            ),
            Self::OfMissing { .. } => (
                "add of = the year's plan amount in the panel's unit, if it is known",
                "若已知全年计划投资额，请添加of（单位与数据表一致）",
            ),
            Self::OfUnused { .. } => {
                ("take `of` away, or write kind = \"completion\"", "请删去of，或改为kind = \"completion\"")
            }
            Self::LooksLikeRatio { got, .. } => {
                // Through one decimal more than a plan has, so that 0.11 × 100 does not show its binary tail.
                let meant = num::round_to(got * 100.0, 6);
                return Said::new(
                    format!("targets are in percent: if {meant} % was meant, write value = {meant}"),
                    format!("目标以百分数填写：若指{meant}%，请写value = {meant}"),
                );
            }
            Self::AsOfYear { .. } => {
                ("correct as_of or year, unless both are meant", "请核对as_of与year，确属有意可不改")
            }
            Self::WhenUnused { .. } => (
                "write rule = \"custom\", or take [[light.when]] away",
                "请写rule = \"custom\"，或删去[[light.when]]",
            ),
            Self::NoElse => (
                "add a last [[light.when]] with if = \"else\"",
                "请在最后添加一条if = \"else\"的[[light.when]]",
            ),
            Self::Unreachable => ("move it before else, or take it away", "请移到else之前，或删去"),
            Self::Rule(error) => return error.help(),
            Self::Calendar(error) => return error.help(),
            Self::Ledger(error) => return error.help(),
        };
        Said::new(en, zh)
    }
}

impl From<ConditionError> for PlanError {
    fn from(error: ConditionError) -> Self {
        Self::Rule(error.into())
    }
}

const TOP: &[&str] = &[
    "year",
    "title",
    "source",
    "source_en",
    "illustrative",
    "illustrative_en",
    "as_of",
    "region",
    "target",
    "light",
];
const TOP_NAME: &str = "the top level";
const REGION: &[&str] = &["name", "parent", "additive", "aliases", "label_en"];
const TARGET: &[&str] = &["region", "ledger", "month", "kind", "value", "of"];
const LIGHT: &[&str] = &["rule", "green", "yellow", "when"];
const WHEN: &[&str] = &["light", "if"];

/// A table of the file, with its name for messages.
#[derive(Clone)]
struct Section<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    name: &'static str,
}

/// A value and where it stands.
struct At<T> {
    value: T,
    span: Range<usize>,
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    /// Offsets at which lines begin.
    lines: Vec<usize>,
    findings: Vec<(usize, Diagnostic)>,
}

impl<'a> Reader<'a> {
    /// Line and column of an offset, both from 1, in characters.
    fn position(&self, offset: usize) -> (u32, u32) {
        let row = self.lines.partition_point(|start| *start <= offset);
        let line_start = row.checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or(0);
        let line = self.text.get(line_start..offset).unwrap_or_default();
        let column = line.trim_start_matches('\u{feff}').chars().count() + 1;
        (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let row = Some(self.position(span.start).0);
        Place { file: Some(self.file.into()), row, ..Place::default() }
    }

    /// The value as it stands in the file: its first line, cut where it is long.
    fn raw(&self, span: &Range<usize>) -> String {
        let text = self.text.get(span.clone()).unwrap_or_default().trim();
        let line = text.lines().next().unwrap_or_default();
        let cut = line.char_indices().nth(60).map(|(cut, _)| cut);
        match cut.and_then(|cut| line.get(..cut)) {
            Some(start) => format!("{start}…"),
            None => line.into(),
        }
    }

    fn finding(&mut self, severity: Severity, span: &Range<usize>, error: impl Into<PlanError>) {
        let error = error.into();
        let (row, column) = self.position(span.start);
        let said = error.said();
        let text = Said::new(
            format!("line {row}, column {column}: {}", said.en),
            format!("第{row}行第{column}列：{}", said.zh),
        );
        let diagnostic = Diagnostic {
            code: error.code(),
            severity,
            place: self.place(span),
            value: self.raw(span),
            text,
            help: error.help(),
        };
        self.findings.push((span.start, diagnostic));
    }

    fn error(&mut self, span: &Range<usize>, error: impl Into<PlanError>) {
        self.finding(Severity::Error, span, error);
    }

    /// Opens a table, with an error for each key that it should not have.
    fn section<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        span: Range<usize>,
        name: &'static str,
        allowed: &'static [&'static str],
    ) -> Section<'t> {
        for key in table.keys().filter(|key| !allowed.contains(&key.get_ref().as_ref())) {
            let error = PlanError::UnknownKey { key: key.get_ref().to_string(), table: name, allowed };
            self.error(&key.span(), error);
        }
        Section { table, span, name }
    }

    fn wrong_type(
        &mut self,
        key: &'static str,
        value: &Spanned<DeValue<'_>>,
        wanted: (&str, &str),
        example: &'static str,
    ) {
        let is = match value.get_ref() {
            DeValue::String(_) => Said::new("text", "文字"),
            DeValue::Integer(_) => Said::new("a whole number", "整数"),
            DeValue::Float(_) => Said::new("a number with a decimal point", "小数"),
            DeValue::Boolean(_) => Said::new("true or false", "真假值"),
            DeValue::Datetime(_) => Said::new("a date", "日期"),
            DeValue::Array(_) => Said::new("a list", "列表"),
            DeValue::Table(_) => Said::new("a table", "表"),
        };
        let (span, wanted) = (value.span(), Said::new(wanted.0, wanted.1));
        let got = self.raw(&span);
        self.error(&span, PlanError::WrongType { key, got, is, wanted, example });
    }

    /// Reports the key as missing where it is.
    fn need(&mut self, section: &Section<'_>, key: &'static str, example: &'static str) {
        if !section.table.contains_key(key) {
            self.error(&section.span, PlanError::MissingKey { key, table: section.name, example });
        }
    }

    fn string(
        &mut self,
        section: &Section<'_>,
        key: &'static str,
        example: &'static str,
    ) -> Option<At<String>> {
        let value = section.table.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, ("text in quotes", "加引号的文字"), example);
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.error(&value.span(), PlanError::EmptyText { key });
            return None;
        }
        Some(At { value: text.into(), span: value.span() })
    }

    fn number(&mut self, section: &Section<'_>, key: &'static str, example: &'static str) -> Option<At<f64>> {
        let value = section.table.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(_) => integer(value.get_ref()).map(|whole| whole as f64),
            DeValue::Float(float) => float.as_str().parse().ok().and_then(num::finite),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, ("a finite number", "有限的数字"), example);
        }
        Some(At { value: number?, span: value.span() })
    }

    fn whole(&mut self, section: &Section<'_>, key: &'static str, example: &'static str) -> Option<At<i64>> {
        let value = section.table.get(key)?;
        let number = integer(value.get_ref());
        if number.is_none() {
            self.wrong_type(key, value, ("a whole number without quotes", "不加引号的整数"), example);
        }
        Some(At { value: number?, span: value.span() })
    }

    /// The tables of `[[key]]`.
    fn tables<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        key: &'static str,
        name: &'static str,
        allowed: &'static [&'static str],
    ) -> Vec<Section<'t>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let wanted = ("a list of tables", "表的列表");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, wanted, name);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => sections.push(self.section(table, item.span(), name, allowed)),
                _ => self.wrong_type(key, item, wanted, name),
            }
        }
        sections
    }

    fn plan(&mut self) -> Option<Plan> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if !errors.is_empty() {
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                let line_start =
                    self.text.get(..span.start).and_then(|s| s.rfind('\n')).map_or(0, |newline| newline + 1);
                let line =
                    self.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
                let full_width = line.contains(['“', '”', '‘', '’', '＝', '，', '【', '】', '［', '］']);
                let message = error.message().replace('\n', ", ");
                self.error(&span, PlanError::Syntax { message, full_width });
            }
            return None;
        }
        let top = self.section(document.get_ref(), 0..0, TOP_NAME, TOP);
        self.need(&top, "year", "year = 2023");
        let year = self.whole(&top, "year", "year = 2023").and_then(|year| {
            match i32::try_from(year.value).ok().filter(|year| (1900..=2100).contains(year)) {
                Some(ok) => Some(ok),
                None => {
                    self.out_of_range("year", &year.span, ("a year from 1900 to 2100", "1900至2100的年份"));
                    None
                }
            }
        });
        let title = self.string(&top, "title", "title = \"…\"").map(|at| at.value);
        let source = self.string(&top, "source", "source = \"…\"").map(|at| at.value);
        let source_en = self.string(&top, "source_en", "source_en = \"…\"").map(|at| at.value);
        let illustrative = self.string(&top, "illustrative", "illustrative = \"…\"").map(|at| at.value);
        let illustrative_en =
            self.string(&top, "illustrative_en", "illustrative_en = \"…\"").map(|at| at.value);
        let as_of = self.string(&top, "as_of", "as_of = \"2023-07\"").and_then(|at| {
            let month = YearMonth::parse(&at.value);
            match month {
                Ok(month) => {
                    if let Some(year) = year.filter(|year| *year != month.year) {
                        self.finding(Severity::Warning, &at.span, PlanError::AsOfYear { got: month, year });
                    }
                    Some(month)
                }
                Err(error) => {
                    self.error(&at.span, error);
                    None
                }
            }
        });
        let regions = self.regions(&top);
        let targets = self.targets(&top, &regions);
        let (rule_name, rule) = self.light(&top)?;
        let year = year?;
        Some(Plan {
            year,
            title,
            source,
            source_en,
            illustrative,
            illustrative_en,
            as_of,
            regions,
            targets,
            rule_name,
            rule,
        })
    }

    fn out_of_range(&mut self, key: &'static str, span: &Range<usize>, allowed: (&str, &str)) {
        let got = self.raw(span);
        self.error(span, PlanError::OutOfRange { key, got, allowed: Said::new(allowed.0, allowed.1) });
    }

    fn regions(&mut self, top: &Section<'_>) -> Vec<PlanRegion> {
        let mut regions: Vec<PlanRegion> = Vec::new();
        let mut parents: Vec<Option<At<String>>> = Vec::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for section in self.tables(top.table, "region", "[[region]]", REGION) {
            self.need(&section, "name", "name = \"利通区\"");
            let name = self.string(&section, "name", "name = \"利通区\"");
            let parent = self.string(&section, "parent", "parent = \"吴忠市\"");
            let additive = match section.table.get("additive") {
                None => true,
                Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                    self.wrong_type("additive", value, ("true or false", "true或false"), "additive = false");
                    true
                }),
            };
            let aliases = self.aliases(&section);
            let label_en = self.string(&section, "label_en", "label_en = \"Litong\"").map(|at| at.value);
            let Some(name) = name else { continue };
            let mut own = Vec::new();
            let index = regions.len();
            let mut is_new = true;
            for (i, At { value, span }) in std::iter::once(&name).chain(&aliases).enumerate() {
                match names.get(value).copied() {
                    None => {
                        names.insert(value.clone(), index);
                        if i > 0 {
                            own.push(value.clone());
                        }
                    }
                    Some(first) if first == index => {}
                    Some(first) => {
                        let first_row = regions.get(first).and_then(|region| region.place.row).unwrap_or(0);
                        self.error(span, PlanError::RegionTwice { name: value.clone(), first_row });
                        is_new &= i > 0;
                    }
                }
            }
            if is_new {
                let place = self.place(&name.span);
                let name = name.value;
                regions.push(PlanRegion { name, parent: None, additive, aliases: own, label_en, place });
                parents.push(parent);
            } else {
                // Its aliases would point at whatever region comes next.
                names.retain(|_, owner| *owner != index);
            }
        }
        self.parents(&mut regions, &parents, &names);
        regions
    }

    fn aliases(&mut self, section: &Section<'_>) -> Vec<At<String>> {
        let Some(value) = section.table.get("aliases") else { return Vec::new() };
        let (wanted, example) = (("a list of names in quotes", "加引号的名称列表"), "aliases = [\"利通\"]");
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type("aliases", value, wanted, example);
            return Vec::new();
        };
        let mut aliases = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str().map(str::trim) {
                None => self.wrong_type("aliases", item, wanted, example),
                Some("") => self.error(&item.span(), PlanError::EmptyText { key: "aliases" }),
                Some(alias) => aliases.push(At { value: alias.into(), span: item.span() }),
            }
        }
        aliases
    }

    /// Sets each region's parent to the name under which it is listed, and looks for circles.
    fn parents(
        &mut self,
        regions: &mut [PlanRegion],
        parents: &[Option<At<String>>],
        names: &BTreeMap<String, usize>,
    ) {
        let listed: Vec<String> = regions.iter().map(|region| region.name.clone()).collect();
        let mut up: Vec<Option<usize>> = Vec::with_capacity(regions.len());
        for (region, parent) in regions.iter_mut().zip(parents) {
            let known = parent.as_ref().and_then(|parent| names.get(&parent.value).copied());
            if let (Some(parent), None) = (parent, known) {
                let shown: Vec<_> = listed.iter().take(12).map(String::as_str).collect();
                let more = if listed.len() > shown.len() { ", …" } else { "" };
                let error = PlanError::UnknownParent {
                    region: region.name.clone(),
                    parent: parent.value.clone(),
                    listed: shown.join(", ") + more,
                };
                self.error(&parent.span, error);
            }
            region.parent = known.and_then(|index| listed.get(index).cloned());
            up.push(known);
        }
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for start in 0..up.len() {
            let mut path = Vec::new();
            let mut here = Some(start);
            while let Some(index) = here.filter(|index| !done.contains(index)) {
                if let Some(from) = path.iter().position(|seen| *seen == index) {
                    let circle = path.iter().skip(from).chain([&index]);
                    let chain = circle.filter_map(|i| listed.get(*i).map(String::as_str)).collect::<Vec<_>>();
                    if let Some(Some(parent)) = parents.get(index) {
                        self.error(&parent.span, PlanError::ParentCycle { chain: chain.join(" → ") });
                    }
                    break;
                }
                path.push(index);
                here = up.get(index).copied().flatten();
            }
            done.extend(path);
        }
    }

    fn targets(&mut self, top: &Section<'_>, regions: &[PlanRegion]) -> Vec<Target> {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for region in regions {
            for name in region.aliases.iter().chain([&region.name]) {
                names.insert(name, &region.name);
            }
        }
        let mut targets = Vec::new();
        let mut seen: BTreeMap<(String, Ledger, u8, TargetKind), u32> = BTreeMap::new();
        for section in self.tables(top.table, "target", "[[target]]", TARGET) {
            let Some(mut target) = self.target(&section) else { continue };
            if let Some(name) = names.get(target.region.as_str()) {
                target.region = (*name).into();
            }
            let key = (target.region.clone(), target.ledger, target.month, target.kind);
            if let Some(first_row) = seen.get(&key).copied() {
                let (region, ledger, month, kind) = key;
                self.error(&section.span, PlanError::TargetTwice { region, ledger, month, kind, first_row });
                continue;
            }
            seen.insert(key, target.place.row.unwrap_or(0));
            targets.push(target);
        }
        targets
    }

    fn target(&mut self, section: &Section<'_>) -> Option<Target> {
        self.need(section, "region", "region = \"利通区\"");
        self.need(section, "kind", "kind = \"growth\"");
        self.need(section, "value", "value = 10");
        let region = self.string(section, "region", "region = \"利通区\"");
        let ledger = match section.table.get("ledger") {
            None => Some(Ledger::default()),
            Some(_) => self
                .string(section, "ledger", "ledger = \"fai\"")
                .and_then(|at| Ledger::parse(&at.value).map_err(|error| self.error(&at.span, error)).ok()),
        };
        let month = match section.table.get("month") {
            None => Some(12),
            Some(_) => self
                .whole(section, "month", "month = 9")
                .and_then(|at| calendar::month(at.value).map_err(|error| self.error(&at.span, error)).ok()),
        };
        let kind = self.string(section, "kind", "kind = \"growth\"").and_then(|at| {
            let kind = TargetKind::parse(&at.value);
            if kind.is_none() {
                let allowed = "growth, amount, completion";
                self.error(&at.span, PlanError::Word { key: "kind", got: at.value, allowed });
            }
            kind
        });
        let value = self.number(section, "value", "value = 10");
        let of = self.number(section, "of", "of = 421.0");
        let kind = kind?;
        let value = value.and_then(|at| self.value(kind, &at));
        let of_fits = self.of(section, kind, of.as_ref(), region.as_ref());
        Some(Target {
            region: region?.value,
            ledger: ledger?,
            month: month?,
            kind,
            value: value?,
            of: of.filter(|_| of_fits).map(|at| at.value),
            place: self.place(&section.span),
        })
    }

    /// Checks a target's value and brings it from the file's percent to a ratio.
    fn value(&mut self, kind: TargetKind, at: &At<f64>) -> Option<f64> {
        let (low, high, allowed) = match kind {
            TargetKind::Growth => (-100.0, 1000.0, ("-100 to 1000 percent", "-100至1000（百分数）")),
            TargetKind::Amount => (0.0, LARGEST_AMOUNT, ("0 to 1e15", "0至1e15")),
            TargetKind::Completion => (0.0, 200.0, ("0 to 200 percent", "0至200（百分数）")),
        };
        if !(low..=high).contains(&at.value) {
            self.out_of_range("value", &at.span, allowed);
            return None;
        }
        // 0.11 is far likelier to be 11 % than 0.11 %; a completion of 1 to be the whole than a hundredth.
        let doubtful = match kind {
            TargetKind::Growth => at.value != 0.0 && at.value.abs() < 0.5,
            TargetKind::Amount => false,
            TargetKind::Completion => at.value > 0.0 && at.value <= 1.0,
        };
        if doubtful {
            let error = PlanError::LooksLikeRatio { got: at.value, kind };
            self.finding(Severity::Warning, &at.span, error);
        }
        Some(if kind == TargetKind::Amount { at.value } else { Growth::from_percent(at.value).0 })
    }

    fn of(
        &mut self,
        section: &Section<'_>,
        kind: TargetKind,
        of: Option<&At<f64>>,
        region: Option<&At<String>>,
    ) -> bool {
        match (kind, of) {
            (TargetKind::Completion, Some(at)) if at.value > 0.0 && at.value <= LARGEST_AMOUNT => true,
            (TargetKind::Completion, Some(at)) => {
                self.out_of_range(
                    "of",
                    &at.span,
                    ("an amount above 0, up to 1e15", "大于0、不超过1e15的金额"),
                );
                false
            }
            (TargetKind::Completion, None) => {
                if let Some(region) = region.filter(|_| !section.table.contains_key("of")) {
                    let error = PlanError::OfMissing { region: region.value.clone() };
                    self.finding(Severity::Note, &section.span, error);
                }
                false
            }
            (_, Some(at)) => {
                self.error(&at.span, PlanError::OfUnused { kind });
                false
            }
            (_, None) => false,
        }
    }

    fn light(&mut self, top: &Section<'_>) -> Option<(RuleName, Rule)> {
        let Some(value) = top.table.get("light") else {
            let rule = Rule::named(RuleName::default(), None, None);
            return rule.map_err(|error| self.error(&top.span, error)).ok().map(|r| (RuleName::default(), r));
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type("light", value, ("a table", "表"), "[light]");
            return None;
        };
        let section = self.section(table, value.span(), "[light]", LIGHT);
        self.need(&section, "rule", "rule = \"probability\"");
        let rule = self.string(&section, "rule", "rule = \"probability\"");
        let green = self.number(&section, "green", "green = 0.8");
        let yellow = self.number(&section, "yellow", "yellow = 0.5");
        let whens = self.tables(table, "when", "[[light.when]]", WHEN);
        let at = rule?;
        let name = RuleName::parse(&at.value).map_err(|error| self.error(&at.span, error)).ok()?;
        if name != RuleName::Custom {
            if let Some(when) = whens.first() {
                self.error(&when.span, PlanError::WhenUnused { rule: name });
            }
            let span = green.as_ref().or(yellow.as_ref()).map_or(at.span, |at| at.span.clone());
            let rule = Rule::named(name, green.map(|at| at.value), yellow.map(|at| at.value));
            return rule.map_err(|error| self.error(&span, error)).ok().map(|rule| (name, rule));
        }
        for (key, threshold) in [("green", green), ("yellow", yellow)] {
            if let Some(At { value, span }) = threshold {
                self.error(&span, RuleError::NoThreshold { rule: name, key, got: value });
            }
        }
        let mut branches = Vec::new();
        let mut spans = Vec::new();
        for when in &whens {
            self.need(when, "light", "light = \"green\"");
            self.need(when, "if", "if = 'growth >= target'");
            let light = self
                .string(when, "light", "light = \"green\"")
                .and_then(|at| Light::parse(&at.value).map_err(|error| self.error(&at.span, error)).ok());
            let condition = self.string(when, "if", "if = 'growth >= target'").and_then(|at| {
                at.value.parse().map_err(|error: ConditionError| self.error(&at.span, error)).ok()
            });
            if let (Some(light), Some(condition)) = (light, condition) {
                branches.push(Branch { light, condition });
                spans.push(when.span.clone());
            }
        }
        if branches.len() < whens.len() {
            return None;
        }
        let rule = Rule::new(branches).map_err(|error| self.error(&at.span, error)).ok()?;
        for span in spans.iter().skip(rule.reachable()) {
            self.finding(Severity::Warning, span, PlanError::Unreachable);
        }
        let has_else = rule.branches().iter().any(|branch| branch.condition.is_else());
        if let Some(span) = spans.last().filter(|_| !has_else) {
            self.finding(Severity::Warning, span, PlanError::NoElse);
        }
        Some((name, rule))
    }
}

/// A whole number, in any radix that TOML knows.
pub(crate) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let whole = value.as_integer()?;
    i64::from_str_radix(whole.as_str(), whole.radix()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Facts;
    use proptest::prelude::*;

    const PLAN: &str = r#"year = 2023
title = "吴忠市 2023"
illustrative = "数据为示意"
as_of = "2023-07"

[[region]]
name = "吴忠市"
label_en = "Wuzhong"

[[region]]
name = "利通区"
parent = "吴忠市"
aliases = ["利通", "Litong"]

[[region]]
name = "金积工业园区"
parent = "利通"
additive = false

[[target]]
region = "吴忠市"
kind = "growth"
value = 11

[[target]]
region = "吴忠市"
ledger = "到位资金"
month = 9
kind = "amount"
value = 315.75

[[target]]
region = "Litong"
ledger = "works"
kind = "completion"
value = 100
of = 80.5

[[target]]
region = "Litong"
ledger = "works"
month = 9
kind = "completion"
value = 85
of = 80.5

[light]
rule = "custom"
[[light.when]]
light = "风险"
if = 'growth < 0'
[[light.when]]
light = "ok"
if = 'growth >= target and growth >= city.growth'
[[light.when]]
light = "yellow"
if = 'else'
"#;

    /// The findings of `PLAN` with one piece replaced.
    fn found(from: &str, to: &str) -> Vec<Diagnostic> {
        assert!(PLAN.contains(from), "{from}");
        match Plan::parse(&PLAN.replacen(from, to, 1), "plan.toml") {
            Ok((_, findings)) => findings,
            Err(findings) => {
                assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
                findings
            }
        }
    }

    fn row_of(text: &str, offset: usize) -> u32 {
        u32::try_from(text[..offset].matches('\n').count() + 1).unwrap()
    }

    /// Holds that there is exactly one finding, with this code and severity, about the first `value` from the
    /// changed piece on, or, where it is the head of a table, about the last one up to it.
    fn one(from: &str, to: &str, code: &str, severity: Severity, value: &str) {
        let findings = found(from, to);
        let [finding] = findings.as_slice() else { panic!("{to}: {findings:#?}") };
        let (text, start) = (PLAN.replacen(from, to, 1), PLAN.find(from).unwrap());
        let offset = match value.starts_with('[') {
            true => text[..start + value.len()].rfind(value).or_else(|| text.find(value)).unwrap(),
            false => start + text[start..].find(value).unwrap(),
        };
        let row = row_of(&text, offset);
        let got = (finding.code, finding.severity, finding.place.row, finding.value.as_str());
        assert_eq!(got, (code, severity, Some(row), value), "{finding:#?}");
        assert_eq!(finding.place.file.as_deref(), Some("plan.toml"));
        assert!(!finding.text.zh.is_empty() && !finding.help.en.is_empty() && !finding.help.zh.is_empty());
        assert!(finding.text.en.starts_with(&format!("line {row}, column ")), "{}", finding.text.en);
        assert!(finding.text.zh.starts_with(&format!("第{row}行第")), "{}", finding.text.zh);
    }

    fn error(from: &str, to: &str, code: &str, value: &str) {
        one(from, to, code, Severity::Error, value);
    }

    #[test]
    fn a_whole_plan() {
        let (plan, findings) = Plan::parse(PLAN, "plan.toml").unwrap();
        assert_eq!(findings, []);
        assert_eq!((plan.year, plan.as_of.unwrap().month), (2023, 7));
        assert_eq!(plan.regions[2].parent.as_deref(), Some("利通区"));
        assert!(plan.regions[1].additive && !plan.regions[2].additive);
        assert_eq!(plan.find_region(" 利通 ").unwrap().name, "利通区");
        assert!(plan.find_region("盐池县").is_none());
        assert_eq!(plan.regions[0].label(Lang::En), "Wuzhong");
        assert_eq!(plan.regions[1].label(Lang::En), "利通区");
        assert_eq!(plan.illustrative(Lang::En), Some("数据为示意"));

        let city = plan.targets_of("吴忠市", Ledger::Fai);
        assert_eq!((city[0].value, city[0].month, city[0].is_milestone()), (0.11, 12, false));
        assert_eq!(city[0].place.row, Some(row_of(PLAN, PLAN.find("[[target]]").unwrap())));
        let funds = plan.targets_of("吴忠市", Ledger::Attraction);
        assert_eq!((funds[0].value, funds[0].kind, funds[0].month), (315.75, TargetKind::Amount, 9));
        let works = plan.targets_of("利通", Ledger::Works);
        assert_eq!(works.iter().map(|t| (t.month, t.value)).collect::<Vec<_>>(), [(9, 0.85), (12, 1.0)]);
        assert_eq!(works[0].of, Some(80.5));

        assert_eq!(plan.rule_name, RuleName::Custom);
        let facts = Facts { growth: Some(-0.01), ..Facts::default() };
        assert_eq!(plan.rule.light(&facts).light(), Some(Light::Red));
    }

    #[test]
    fn a_plan_without_a_rule_goes_by_probability() {
        let (plan, _) = Plan::parse("year = 2023", "plan.toml").unwrap();
        assert_eq!(plan.rule_name, RuleName::Probability);
        let text = "year = 2023\n[light]\nrule = 'probability'\ngreen = 0.9\nyellow = 0.6";
        let (plan, _) = Plan::parse(text, "plan.toml").unwrap();
        let facts = Facts { probability: Some(0.85), ..Facts::default() };
        assert_eq!(plan.rule.light(&facts).light(), Some(Light::Yellow));
    }

    #[test]
    fn keys() {
        error("title =", "titel =", "plan_unknown_key", "titel");
        error("label_en =", "label =", "plan_unknown_key", "label");
        error("if = 'else'", "if = 'else'\nelsewhere = 1", "plan_unknown_key", "elsewhere");
        error("year = 2023", "", "plan_missing_key", "");
        error("value = 11\n", "\n", "plan_missing_key", "[[target]]");
        let finding = &found("label_en =", "label =")[0];
        assert!(finding.text.en.contains("name, parent, additive, aliases, label_en"), "{}", finding.text.en);
    }

    #[test]
    fn types_and_ranges() {
        error("year = 2023", "year = \"2023\"", "plan_wrong_type", "\"2023\"");
        error("year = 2023", "year = 2023.0", "plan_wrong_type", "2023.0");
        error("year = 2023", "year = 23", "plan_out_of_range", "23");
        error("year = 2023", "year = 99999999999999999999", "plan_wrong_type", "99999999999999999999");
        error("as_of = \"2023-07\"", "as_of = 2023-07-01", "plan_wrong_type", "2023-07-01");
        error("\"2023-07\"", "\"2023-7月\"", "bad_year_month", "\"2023-7月\"");
        error("\"2023-07\"", "\"2023-13\"", "unknown_month", "\"2023-13\"");
        one("\"2023-07\"", "\"2022-07\"", "plan_as_of_year", Severity::Warning, "\"2022-07\"");
        error("month = 9", "month = 13", "unknown_month", "13");
        error("month = 9", "month = 0", "unknown_month", "0");
        error("month = 9", "month = \"9\"", "plan_wrong_type", "\"9\"");
        error("value = 11", "value = 1000.1", "plan_out_of_range", "1000.1");
        error("value = 11", "value = -100.1", "plan_out_of_range", "-100.1");
        error("value = 11", "value = nan", "plan_wrong_type", "nan");
        error("value = 11", "value = \"11%\"", "plan_wrong_type", "\"11%\"");
        error("value = 315.75", "value = -1", "plan_out_of_range", "-1");
        error("value = 85", "value = 200.5", "plan_out_of_range", "200.5");
        error("of = 80.5", "of = 0", "plan_out_of_range", "0");
        error("additive = false", "additive = 0", "plan_wrong_type", "0");
        error("\"利通\", \"Litong\"", "\"利通\", \"Litong\", 7", "plan_wrong_type", "7");
        error("ledger = \"works\"", "ledger = \"gdp\"", "unknown_ledger", "\"gdp\"");
        error("kind = \"growth\"", "kind = \"rate\"", "plan_unknown_word", "\"rate\"");
        for edge in ["value = -100", "value = 1000", "value = 0"] {
            assert_eq!(found("value = 11", edge), []);
        }
    }

    #[test]
    fn doubtful_values_are_kept_and_told() {
        one("value = 11", "value = 0.11", "plan_looks_like_ratio", Severity::Warning, "0.11");
        assert!(found("value = 11", "value = 0.11")[0].help.en.ends_with("write value = 11"));
        one("value = 85", "value = 0.85", "plan_looks_like_ratio", Severity::Warning, "0.85");
        one("of = 80.5\n", "\n", "plan_completion_without_amount", Severity::Note, "[[target]]");
        error("value = 315.75", "value = 315.75\nof = 421", "plan_of_unused", "421");
    }

    #[test]
    fn regions() {
        error("name = \"金积工业园区\"", "name = \"Litong\"", "plan_region_twice", "\"Litong\"");
        error("\"Litong\"]", "\"吴忠市\"]", "plan_region_twice", "\"吴忠市\"");
        error("parent = \"吴忠市\"", "parent = \"银川市\"", "plan_unknown_parent", "\"银川市\"");
        error("parent = \"吴忠市\"", "parent = \"利通区\"", "plan_parent_cycle", "\"利通区\"");
        let finding = found("parent = \"吴忠市\"", "parent = \"金积工业园区\"").remove(0);
        assert!(finding.text.en.ends_with("利通区 → 金积工业园区 → 利通区"), "{}", finding.text.en);
        error("label_en = \"Wuzhong\"", "label_en = \" \"", "plan_empty_text", "\" \"");
    }

    #[test]
    fn a_target_is_set_once() {
        let twice = "[[target]]\nregion = \"利通区\"\nledger = \"works\"\nkind = \"completion\"\nvalue = 90\nof = 1\n[light]";
        error("[light]", twice, "plan_target_twice", "[[target]]");
        assert!(found("[light]", twice)[0].text.en.contains("line 32"));
        let other_kind = twice.replace("completion", "amount").replace("of = 1\n", "");
        assert_eq!(found("[light]", &other_kind), []);
    }

    #[test]
    fn rules() {
        error("'growth < 0'", "'growth < pace'", "rule_units", "'growth < pace'");
        error("'growth < 0'", "'rate < 0'", "rule_unknown_variable", "'rate < 0'");
        error("\"风险\"", "\"blue\"", "unknown_light", "\"blue\"");
        error("rule = \"custom\"", "rule = \"beijing\"", "unknown_light_rule", "\"beijing\"");
        error("rule = \"custom\"", "rule = \"tianjin\"", "plan_when_unused", "[[light.when]]");
        error("rule = \"custom\"", "", "plan_missing_key", "[light]");
        error("rule = \"custom\"", "rule = \"custom\"\ngreen = 0.8", "threshold_not_used", "0.8");
        one("'else'", "'growth < target'", "light_rule_no_else", Severity::Warning, "[[light.when]]");
        let findings = found("'growth < 0'", "'else'");
        let got: Vec<_> = findings.iter().map(|f| (f.code, f.severity, f.value.as_str())).collect();
        assert_eq!(got, [("light_rule_unreachable", Severity::Warning, "[[light.when]]"); 2]);
        let light = |lines: &str| Plan::parse(&format!("year = 2023\n[light]\n{lines}"), "p").map(|_| ());
        let code = |lines: &str| light(lines).unwrap_err()[0].code;
        assert_eq!(code("rule = 'custom'"), "light_rule_empty");
        assert_eq!(code("rule = 'probability'\ngreen = 80"), "threshold_out_of_range");
        assert_eq!(code("rule = 'probability'\ngreen = 0.4"), "threshold_order");
        assert_eq!(code("rule = 'yinchuan'\ngreen = 40"), "threshold_order");
        assert_eq!(code("rule = 'sanya'\nyellow = 1"), "threshold_not_used");
        assert!(light("rule = 'yinchuan'\ngreen = 5\nyellow = 20").is_ok());
    }

    #[test]
    fn all_findings_come_at_once_in_order() {
        let text =
            PLAN.replace("value = 11", "value = 2000").replace("month = 9", "month = 19") + "\nextra = 1";
        let findings = Plan::parse(&text, "plan.toml").unwrap_err();
        let rows: Vec<_> = findings.iter().map(|finding| finding.place.row.unwrap()).collect();
        assert_eq!(rows, [23, 28, 42, 59], "{findings:#?}");
    }

    #[test]
    fn what_is_not_toml_says_where_and_what_to_do() {
        let finding = found("value = 11", "value = 十一").remove(0);
        assert_eq!((finding.code, finding.place.row), ("plan_syntax", Some(23)), "{finding:#?}");
        let finding = found("kind = \"growth\"", "kind = “growth”").remove(0);
        assert_eq!((finding.code, finding.place.row), ("plan_syntax", Some(22)), "{finding:#?}");
        assert!(finding.help.zh.contains("全角"));
        let finding = found("kind = \"growth\"", "kind = \"growth\"\nkind = \"amount\"").remove(0);
        assert_eq!((finding.code, finding.place.row), ("plan_syntax", Some(23)), "{finding:#?}");
        assert!(Plan::parse(&"[".repeat(100_000), "plan.toml").is_err());
        assert!(Plan::parse(&format!("region = {}", "[".repeat(100_000)), "plan.toml").is_err());
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
        let (plan, _) = Plan::parse(PLAN, "plan.toml").unwrap();
        let text = format!("\u{feff}{}", PLAN.replace('\n', "\r\n"));
        assert_eq!(Plan::parse(&text, "plan.toml"), Ok((plan, Vec::new())));
        let findings = Plan::parse("\u{feff}yaer = 2023", "plan.toml").unwrap_err();
        assert!(
            findings.iter().any(|f| f.text.en.starts_with("line 1, column 1: \"yaer\"")),
            "{findings:#?}"
        );
    }

    /// The nearest offset at or under this one at which a character of `PLAN` begins.
    fn boundary(at: usize) -> usize {
        (0..=at).rev().find(|at| PLAN.is_char_boundary(*at)).unwrap()
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Plan::parse(&text, "plan.toml");
        }

        #[test]
        fn no_damaged_plan_panics_and_what_is_wrong_is_told(
            from in 0_usize..PLAN.len(), length in 0_usize..40,
            new in "[\\[\\]=\"'a-z0-9.,\n 吴“ -]{0,8}",
        ) {
            let start = boundary(from);
            let end = boundary((start + length).min(PLAN.len()));
            let text = format!("{}{new}{}", &PLAN[..start], &PLAN[end..]);
            if let Err(findings) = Plan::parse(&text, "plan.toml") {
                prop_assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
                for finding in findings {
                    prop_assert!(finding.place.row.is_some() && !finding.help.zh.is_empty());
                }
            }
        }

        #[test]
        fn percent_in_the_file_is_what_a_panel_reads(tenths in -1000_i32..10_000) {
            let percent = f64::from(tenths) / 10.0;
            let text = format!("year = 2023\n[[target]]\nregion = 'a'\nkind = 'growth'\nvalue = {percent:?}");
            let (plan, _) = Plan::parse(&text, "plan.toml").unwrap();
            prop_assert_eq!(plan.targets[0].value, Growth::from_percent(percent).0);
        }
    }
}
