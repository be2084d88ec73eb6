//! The light rule: which light a region gets, as data that a planner can write.

use super::condition::{Condition, ConditionError, Facts, Truth, Variable};
use crate::error::{Explain, Lang, Note, Said};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The state of a region against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// 达标: on track.
    Green,
    /// 关注: to watch.
    Yellow,
    /// 风险: at risk.
    Red,
}

impl Light {
    /// Reads `green`, `ok`, 达标; `yellow`, `watch`, 关注; `red`, `risk`, 风险.
    ///
    /// # Errors
    /// [`RuleError::Light`] for anything else.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        match text.trim() {
            "green" | "ok" | "达标" => Ok(Self::Green),
            "yellow" | "watch" | "关注" => Ok(Self::Yellow),
            "red" | "risk" | "风险" => Ok(Self::Red),
            _ => Err(RuleError::Light { got: text.trim().into() }),
        }
    }

    /// The word that a person is shown beside the light.
    ///
    /// ```
    /// # use landfall::{error::Lang, target::Light};
    /// assert_eq!(Light::Yellow.word(Lang::Zh), "关注");
    /// ```
    pub fn word(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Green => ("On track", "达标"),
            Self::Yellow => ("Watch", "关注"),
            Self::Red => ("At risk", "风险"),
        };
        lang.pick(en, zh)
    }

    /// The same; once it is known whether the target was met, that.
    pub fn told(self, met: Option<bool>, lang: Lang) -> &'static str {
        met.map_or(self.word(lang), |met| outcome(met, lang))
    }
}

/// Whether a target whose time is up was met, in a word: no light is needed any more.
pub fn outcome(met: bool, lang: Lang) -> &'static str {
    if met { lang.pick("Met", "达到") } else { lang.pick("Missed", "未达到") }
}

impl fmt::Display for Light {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        })
    }
}

/// The name by which a plan file asks for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleName {
    /// By the chance of reaching the target.
    #[default]
    Probability,
    /// Tianjin's rule for the FAI of its districts: growth against plan and city.
    Tianjin,
    /// Sanya's rule: months running in which growth was under the target.
    Sanya,
    /// Yinchuan's rule for projects: points behind the pace line.
    Yinchuan,
    /// Written out in the plan file.
    Custom,
}

impl RuleName {
    /// Reads a rule's name.
    ///
    /// # Errors
    /// [`RuleError::Name`] for anything else.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        match text.trim() {
            "probability" => Ok(Self::Probability),
            "tianjin" => Ok(Self::Tianjin),
            "sanya" => Ok(Self::Sanya),
            "yinchuan" => Ok(Self::Yinchuan),
            "custom" => Ok(Self::Custom),
            _ => Err(RuleError::Name { got: text.into() }),
        }
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Probability => "probability",
            Self::Tianjin => "tianjin",
            Self::Sanya => "sanya",
            Self::Yinchuan => "yinchuan",
            Self::Custom => "custom",
        })
    }
}

/// The named rules, `{green}` and `{yellow}` standing for their thresholds.
const PROBABILITY: &str = "green: probability >= {green}\nyellow: probability >= {yellow}\nred: else";
const TIANJIN: &str = "red: growth < 0\ngreen: growth >= target and growth >= city.growth\nyellow: else";
const SANYA: &str = "red: months_missed >= 2\nyellow: months_missed >= 1\ngreen: else";
const YINCHUAN: &str =
    "green: pace - ytd_share < {green}pp\nyellow: pace - ytd_share <= {yellow}pp\nred: else";

/// What can be wrong with a light rule.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// A condition that cannot be read.
    #[error(transparent)]
    Condition(#[from] ConditionError),
    /// Not one of the three lights.
    #[error("{got:?} is not a light; allowed are green, yellow and red")]
    Light {
        /// The word as given.
        got: String,
    },
    /// Not the name of a rule.
    #[error("{got:?} is not a light rule; allowed are probability, tianjin, sanya, yinchuan and custom")]
    Name {
        /// The name as given.
        got: String,
    },
    /// A rule without a line.
    #[error("the light rule is empty; at least one light with its condition is needed")]
    Empty,
    /// A line of a rule's text that has no `:`.
    #[error("{got:?} is not of the form light: condition")]
    Form {
        /// The line as given.
        got: String,
    },
    /// A line of a rule's text with something wrong in it.
    #[error("line {line}: {source}")]
    Line {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        source: Box<RuleError>,
    },
    /// A threshold for a rule that has none.
    #[error("the rule {rule} has no thresholds, got {key} = {got}")]
    NoThreshold {
        /// The rule.
        rule: RuleName,
        /// `green` or `yellow`.
        key: &'static str,
        /// The value as given.
        got: f64,
    },
    /// A threshold out of its range.
    #[error("the threshold {key} = {got} of the rule {rule} is out of range; allowed is 0 to {high}")]
    Threshold {
        /// The rule.
        rule: RuleName,
        /// `green` or `yellow`.
        key: &'static str,
        /// The value as given.
        got: f64,
        /// Greatest value allowed.
        high: f64,
    },
    /// Thresholds that leave no room for yellow.
    #[error(
        "the thresholds green = {green} and yellow = {yellow} of the rule {rule} are the wrong way round"
    )]
    ThresholdOrder {
        /// The rule.
        rule: RuleName,
        /// Green's threshold.
        green: f64,
        /// Yellow's threshold.
        yellow: f64,
    },
    /// `custom` asked for by name alone.
    #[error("the rule custom has no lines of its own; they have to be given")]
    NoLines,
}

impl Explain for RuleError {
    fn code(&self) -> &'static str {
        match self {
            Self::Condition(error) => error.code(),
            Self::Light { .. } => "unknown_light",
            Self::Name { .. } => "unknown_light_rule",
            Self::Empty | Self::NoLines => "light_rule_empty",
            Self::Form { .. } => "light_rule_form",
            Self::Line { source, .. } => source.code(),
            Self::NoThreshold { .. } => "threshold_not_used",
            Self::Threshold { .. } => "threshold_out_of_range",
            Self::ThresholdOrder { .. } => "threshold_order",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Condition(error) => return error.said(),
            Self::Light { got } => {
                format!("“{got}”不是灯色；可用green（达标）、yellow（关注）、red（风险）")
            }
            Self::Name { got } => {
                format!("“{got}”不是亮灯规则；可用probability、tianjin、sanya、yinchuan、custom")
            }
            Self::Empty => "亮灯规则为空；至少要有一种灯色及其条件".into(),
            Self::Form { got } => format!("“{got}”不是“灯色: 条件”的写法"),
            Self::Line { line, source } => format!("第{line}行：{}", source.said().zh),
            Self::NoThreshold { rule, key, got } => format!("规则{rule}没有阈值，却给出了{key} = {got}"),
            Self::Threshold { rule, key, got, high } => {
                format!("规则{rule}的阈值{key} = {got}超出范围；应在0至{high}之间")
            }
            Self::ThresholdOrder { rule, green, yellow } => {
                format!("规则{rule}的阈值green = {green}与yellow = {yellow}顺序颠倒")
            }
            Self::NoLines => "规则custom本身没有内容，须逐条给出".into(),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Condition(error) => error.help(),
            Self::Line { source, .. } => source.help(),
            Self::Light { .. } => Said::new("write green, yellow or red", "请写green、yellow或red"),
            Self::Name { .. } => Said::new(
                "write one of the names; custom takes its conditions from [[light.when]]",
                "请写上述名称之一；custom的条件写在[[light.when]]中",
            ),
            Self::Empty | Self::NoLines => Said::new(
                "add [[light.when]] with light = \"green\" and if = 'growth >= target'",
                "请添加[[light.when]]，写上light = \"green\"和if = 'growth >= target'",
            ),
            Self::Form { .. } => Said::new(
                "write one light a line, as in green: growth >= target",
                "每行写一种灯色，如green: growth >= target",
            ),
            Self::NoThreshold { .. } => Said::new(
                "take the threshold away, or write rule = \"probability\", \"yinchuan\" or \"custom\"",
                "请删去阈值，或改用probability、yinchuan、custom规则",
            ),
            Self::Threshold { rule: RuleName::Yinchuan, .. } => {
                Said::new("write percentage points, as in green = 10", "请写百分点数，如green = 10")
            }
            Self::Threshold { .. } => Said::new("write a ratio: 0.8 for 80 %", "请写成比例：80%写作0.8"),
            Self::ThresholdOrder { rule: RuleName::Yinchuan, .. } => Said::new(
                "green's points behind the pace line must not exceed yellow's",
                "green的落后百分点不得大于yellow",
            ),
            Self::ThresholdOrder { .. } => {
                Said::new("green's probability must not be under yellow's", "green的概率不得小于yellow")
            }
        }
    }
}

/// One line of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The light that is given.
    pub light: Light,
    /// When it is given.
    pub condition: Condition,
}

/// Answer of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This light.
    Light(Light),
    /// A line hangs on values that are missing, so neither it nor any line after it can be taken.
    Undecided {
        /// The values, each once.
        missing: Vec<Variable>,
    },
    /// All is known, and no line of the rule holds.
    NoneApplies,
}

impl Verdict {
    /// The light, or `None` where there is none to give.
    pub fn light(&self) -> Option<Light> {
        match self {
            Self::Light(light) => Some(*light),
            Self::Undecided { .. } | Self::NoneApplies => None,
        }
    }

    /// Why there is no light; `None` where there is one.
    pub fn note(&self) -> Option<Note> {
        match self {
            Self::Light(_) => None,
            Self::Undecided { missing } => {
                let names = |lang, comma: &str| {
                    missing.iter().map(|variable| variable.label(lang)).collect::<Vec<_>>().join(comma)
                };
                Some(Note::new(
                    "light_undecided",
                    format!("No light: the rule asks for what is not known ({}).", names(Lang::En, ", ")),
                    format!("无法亮灯：规则所需的数据缺失（{}）。", names(Lang::Zh, "、")),
                ))
            }
            Self::NoneApplies => Some(Note::new(
                "light_none_applies",
                "No light: no line of the rule holds.",
                "无法亮灯：规则中没有一条成立。",
            )),
        }
    }
}

/// A light rule: lines in order, of which the first that holds gives the light.
///
/// ```
/// # use landfall::target::{Facts, Light, Rule, Verdict, Variable};
/// let rule = Rule::parse("red: growth < 0\ngreen: growth >= target\nyellow: else").unwrap();
/// let facts = Facts { growth: Some(0.11), target: Some(0.11), ..Facts::default() };
/// assert_eq!(rule.light(&facts).light(), Some(Light::Green));
/// let no_target = Facts { target: None, ..facts };
/// assert_eq!(rule.light(&no_target), Verdict::Undecided { missing: vec![Variable::Target] });
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    branches: Vec<Branch>,
}

impl Rule {
    /// A rule from its lines.
    ///
    /// # Errors
    /// [`RuleError::Empty`] without a line.
    pub fn new(branches: Vec<Branch>) -> Result<Self, RuleError> {
        if branches.is_empty() { Err(RuleError::Empty) } else { Ok(Self { branches }) }
    }

    /// Reads a rule, one `light: condition` a line; blank lines are passed over.
    ///
    /// # Errors
    /// [`RuleError::Line`] with what is wrong in the first line that cannot be read; [`RuleError::Empty`].
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let mut branches = Vec::new();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let branch = || {
                let (light, condition) = line
                    .split_once([':', '：'])
                    .ok_or_else(|| RuleError::Form { got: line.trim().into() })?;
                Ok(Branch { light: Light::parse(light)?, condition: condition.trim().parse()? })
            };
            let at_line = |source| RuleError::Line { line: i + 1, source: Box::new(source) };
            branches.push(branch().map_err(at_line)?);
        }
        Self::new(branches)
    }

    /// A named rule. `green` and `yellow` are its thresholds: for `probability` the least chance of each light,
    /// as ratios (0.8 and 0.5 where `None`); for `yinchuan` the points behind the pace line (10, not met by
    /// 10 itself, and 30, met by 30).
    ///
    /// # Errors
    /// Thresholds out of range, the wrong way round, or for a rule that has none; [`RuleError::NoLines`] for
    /// `custom`.
    ///
    /// ```
    /// # use landfall::target::{Facts, Light, Rule, RuleName};
    /// let rule = Rule::named(RuleName::Probability, None, None).unwrap();
    /// let facts = Facts { probability: Some(0.8), ..Facts::default() };
    /// assert_eq!(rule.light(&facts).light(), Some(Light::Green));
    /// ```
    pub fn named(name: RuleName, green: Option<f64>, yellow: Option<f64>) -> Result<Self, RuleError> {
        let (text, defaults, high) = match name {
            RuleName::Probability => (PROBABILITY, (0.8, 0.5), 1.0),
            RuleName::Yinchuan => (YINCHUAN, (10.0, 30.0), 100.0),
            RuleName::Tianjin => (TIANJIN, (0.0, 0.0), 0.0),
            RuleName::Sanya => (SANYA, (0.0, 0.0), 0.0),
            RuleName::Custom => return Err(RuleError::NoLines),
        };
        for (key, got) in [("green", green), ("yellow", yellow)] {
            let Some(got) = got else { continue };
            if high == 0.0 {
                return Err(RuleError::NoThreshold { rule: name, key, got });
            }
            if !(0.0..=high).contains(&got) {
                return Err(RuleError::Threshold { rule: name, key, got, high });
            }
        }
        let (green, yellow) = (green.unwrap_or(defaults.0), yellow.unwrap_or(defaults.1));
        let reversed = if name == RuleName::Yinchuan { green > yellow } else { green < yellow };
        if reversed {
            return Err(RuleError::ThresholdOrder { rule: name, green, yellow });
        }
        // `abs` only turns −0 into 0.
        let number = |x: f64| x.abs().to_string();
        Self::parse(&text.replace("{green}", &number(green)).replace("{yellow}", &number(yellow)))
    }

    /// The lines, in the order in which they are asked.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// How many lines can ever be reached: those through the first `else`.
    pub fn reachable(&self) -> usize {
        let is_else = |branch: &Branch| branch.condition.is_else();
        self.branches.iter().position(is_else).map_or(self.branches.len(), |first| first + 1)
    }

    /// The light for these facts. Never a guess: where a line cannot be decided, so cannot the light, even if
    /// a later line holds.
    pub fn light(&self, facts: &Facts) -> Verdict {
        for branch in &self.branches {
            match branch.condition.test(facts) {
                Truth::Yes => return Verdict::Light(branch.light),
                Truth::No => {}
                Truth::Unknown(missing) => return Verdict::Undecided { missing },
            }
        }
        Verdict::NoneApplies
    }
}

impl fmt::Display for Rule {
    /// One `light: condition` a line; [`Rule::parse`] reads it back as the same rule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, branch) in self.branches.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}: {}", branch.light, branch.condition)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::pace;
    use proptest::prelude::*;
    use {Light::Green, Light::Red, Light::Yellow};

    fn named(name: RuleName) -> Rule {
        Rule::named(name, None, None).unwrap()
    }

    fn just_under(x: f64) -> f64 {
        x.next_down()
    }

    #[test]
    fn by_probability() {
        let light =
            |rule: &Rule, p| rule.light(&Facts { probability: Some(p), ..Facts::default() }).light().unwrap();
        let rule = named(RuleName::Probability);
        let cases =
            [(1.0, Green), (0.8, Green), (just_under(0.8), Yellow), (0.5, Yellow), (just_under(0.5), Red)];
        for (p, expected) in cases {
            assert_eq!(light(&rule, p), expected, "{p}");
        }
        let rule = Rule::named(RuleName::Probability, Some(0.9), Some(0.9)).unwrap();
        assert_eq!((light(&rule, 0.9), light(&rule, 0.89)), (Green, Red));
    }

    #[test]
    fn tianjin() {
        let rule = named(RuleName::Tianjin);
        let light = |growth, target, city| {
            let facts = Facts {
                growth: Some(growth),
                target: Some(target),
                city_growth: Some(city),
                ..Facts::default()
            };
            rule.light(&facts).light().unwrap()
        };
        assert_eq!(light(0.11, 0.11, 0.11), Green);
        assert_eq!(light(just_under(0.11), 0.11, 0.05), Yellow);
        assert_eq!(light(0.11, 0.10, 0.111), Yellow);
        assert_eq!(light(0.0, 0.11, 0.05), Yellow);
        assert_eq!(light(-0.001, -0.01, -0.05), Red);
    }

    #[test]
    fn sanya() {
        let rule = named(RuleName::Sanya);
        for (months, expected) in [(0, Green), (1, Yellow), (2, Red), (7, Red)] {
            let facts = Facts { months_missed: Some(months), ..Facts::default() };
            assert_eq!(rule.light(&facts).light(), Some(expected), "{months}");
        }
    }

    #[test]
    fn yinchuan() {
        let light = |rule: &Rule, month, share| {
            let facts = Facts { pace: Some(pace(month)), ytd_share: Some(share), ..Facts::default() };
            rule.light(&facts).light().unwrap()
        };
        let rule = named(RuleName::Yinchuan);
        // 0.75 - 0.65 is 0.09999999999999998 in binary, and 10 points to everybody else.
        for (share, expected) in
            [(0.6501, Green), (0.65, Yellow), (0.45, Yellow), (0.4499, Red), (0.9, Green)]
        {
            assert_eq!(light(&rule, 9, share), expected, "{share}");
        }
        let rule = Rule::named(RuleName::Yinchuan, Some(5.0), Some(20.0)).unwrap();
        assert_eq!(
            (light(&rule, 9, 0.701), light(&rule, 9, 0.7), light(&rule, 9, 0.549)),
            (Green, Yellow, Red)
        );
    }

    #[test]
    fn every_named_rule_gives_a_light_when_all_is_known() {
        let facts = Facts {
            growth: Some(0.1),
            target: Some(0.1),
            city_growth: Some(0.1),
            probability: Some(0.1),
            ytd_share: Some(0.1),
            pace: Some(0.1),
            months_missed: Some(0),
        };
        for name in [RuleName::Probability, RuleName::Tianjin, RuleName::Sanya, RuleName::Yinchuan] {
            assert!(named(name).light(&facts).light().is_some(), "{name}");
            assert_eq!(RuleName::parse(&name.to_string()), Ok(name));
            assert!(named(name).light(&Facts::default()).light().is_none(), "{name}");
        }
    }

    #[test]
    fn what_is_not_known_is_named_and_not_guessed() {
        let rule = named(RuleName::Tianjin);
        let facts = Facts { growth: Some(0.1), city_growth: Some(0.05), ..Facts::default() };
        let verdict = rule.light(&facts);
        assert_eq!(verdict, Verdict::Undecided { missing: vec![Variable::Target] });
        assert!(verdict.note().unwrap().text.zh.contains("目标"));
        // Under the city's growth, green is out whatever the target.
        let facts = Facts { city_growth: Some(0.2), ..facts };
        assert_eq!(rule.light(&facts), Verdict::Light(Yellow));
        // Shrinking is red whatever the target.
        let facts = Facts { growth: Some(-0.1), ..Facts::default() };
        assert_eq!(rule.light(&facts), Verdict::Light(Red));
        // A later line that holds does not outrun one that cannot be decided.
        let rule = Rule::parse("red: probability < 50%\nyellow: growth < 1\ngreen: else").unwrap();
        let facts = Facts { growth: Some(0.0), probability: Some(f64::NAN), ..Facts::default() };
        assert_eq!(rule.light(&facts), Verdict::Undecided { missing: vec![Variable::Probability] });
        let rule = Rule::parse("red: growth < 0").unwrap();
        assert_eq!(rule.light(&facts), Verdict::NoneApplies);
        assert_eq!(Verdict::NoneApplies.note().unwrap().code, "light_none_applies");
    }

    #[test]
    fn errors_of_a_rule_name_the_line() {
        let error = Rule::parse("red: growth < 0\n\nblue: else").unwrap_err();
        assert_eq!((error.code(), error.to_string().starts_with("line 3: ")), ("unknown_light", true));
        assert_eq!(Rule::parse("red: growth <").unwrap_err().code(), "rule_syntax");
        assert_eq!(Rule::parse("growth < 0").unwrap_err().code(), "light_rule_form");
        assert_eq!(Rule::parse(" \n"), Err(RuleError::Empty));
        assert_eq!(Rule::named(RuleName::Custom, None, None), Err(RuleError::NoLines));
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Rule::named(RuleName::Probability, Some(bad), None).is_err(), "{bad}");
        }
    }

    #[test]
    fn words_of_lights() {
        for light in [Green, Yellow, Red] {
            assert_eq!(Light::parse(&light.to_string()), Ok(light));
            assert_eq!(Light::parse(light.word(Lang::Zh)), Ok(light));
            assert_eq!(serde_json::to_value(light).unwrap(), light.to_string());
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Rule::parse(&text);
        }

        #[test]
        fn thresholds_go_through_text_unharmed(a in 0.0..=1.0_f64, b in 0.0..=1.0_f64, p in 0.0..=1.0_f64) {
            let (green, yellow) = (a.max(b), a.min(b));
            let rule = Rule::named(RuleName::Probability, Some(green), Some(yellow)).unwrap();
            let expected = if p >= green { Green } else if p >= yellow { Yellow } else { Red };
            let facts = Facts { probability: Some(p), ..Facts::default() };
            prop_assert_eq!(rule.light(&facts).light(), Some(expected));
            prop_assert_eq!(Rule::parse(&rule.to_string()), Ok(rule));
        }
    }
}
