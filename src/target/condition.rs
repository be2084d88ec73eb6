//! The little language in which a light rule's conditions are written.
//!
//! ```text
//! growth >= target and growth >= city.growth
//! not (probability < 80% or months_missed >= 2)
//! pace - ytd_share < 10pp
//! else
//! ```
//!
//! | variable | unit | a number beside it |
//! |---|---|---|
//! | `growth`, `target`, `city.growth` | percent | `11` or `11%` |
//! | `probability`, `ytd_share`, `pace` | ratio, 0 to 1 | `0.8` or `80%` |
//! | `months_missed` | months | `2` |
//! | a difference of two growths | percentage points | `2` or `2pp` |
//! | a difference of two ratios | percentage points | `10pp` |
//!
//! From loose to tight: `or`, `and`, `not`, one of `<` `<=` `>` `>=`, `+` and `-`; parentheses as usual.
//! `else` (or `true`) stands alone and always holds. Units are checked when the condition is read, so a
//! planner learns of a slip at once and not from a wrong light.
//!
//! A variable against a variable or a number is compared exactly, on unrounded numbers: 10.99 % is not
//! ≥ 11 %. Where a comparison adds or subtracts, both sides are first rounded to 12 decimals of a ratio:
//! in binary 0.75 − 0.65 is a hair under 0.1, and the hair must not decide a light.
//!
//! No crate was taken for this: those that are kept up have other words for `and`, `or` and `not`, know no
//! units and no missing values (`evalexpr` is under the AGPL besides), and would be larger than this file.

use crate::error::{Explain, Lang, Said};
use crate::num;
use std::fmt;
use std::str::FromStr;

/// Parentheses, `not` and signs within one another; more is refused, so that no text overflows the stack.
const DEPTH: usize = 32;

/// What a condition can ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// `growth`: the region's growth.
    Growth,
    /// `target`: the growth that is owed.
    Target,
    /// `city.growth`: the city's growth.
    CityGrowth,
    /// `probability`: the chance of reaching the target.
    Probability,
    /// `ytd_share`: the part of the target or plan that is done.
    YtdShare,
    /// `pace`: the official pace line.
    Pace,
    /// `months_missed`: months running in which the target was missed.
    MonthsMissed,
}

impl Variable {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Growth,
        Self::Target,
        Self::CityGrowth,
        Self::Probability,
        Self::YtdShare,
        Self::Pace,
        Self::MonthsMissed,
    ];

    /// The name in a condition.
    pub fn name(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Target => "target",
            Self::CityGrowth => "city.growth",
            Self::Probability => "probability",
            Self::YtdShare => "ytd_share",
            Self::Pace => "pace",
            Self::MonthsMissed => "months_missed",
        }
    }

    /// The name that a person is shown.
    pub fn label(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Growth => ("growth", "增速"),
            Self::Target => ("target", "目标"),
            Self::CityGrowth => ("the city's growth", "全市增速"),
            Self::Probability => ("probability", "达标概率"),
            Self::YtdShare => ("share done", "完成进度"),
            Self::Pace => ("pace line", "序时进度"),
            Self::MonthsMissed => ("months missed", "连续未达标月数"),
        };
        lang.pick(en, zh)
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == word)
    }

    fn measure(self) -> Measure {
        match self {
            Self::Growth | Self::Target | Self::CityGrowth => Measure::Growth,
            Self::Probability | Self::YtdShare | Self::Pace => Measure::Ratio,
            Self::MonthsMissed => Measure::Count,
        }
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What is known of a region when its light is asked for. `None`, like a number that is not finite, is a
/// missing value; it is never taken for 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Facts {
    /// Growth, as a ratio.
    pub growth: Option<f64>,
    /// Growth target, as a ratio.
    pub target: Option<f64>,
    /// The city's growth, as a ratio.
    pub city_growth: Option<f64>,
    /// Chance of reaching the target, 0 to 1.
    pub probability: Option<f64>,
    /// Part of the target or of the plan that is done, as a ratio.
    pub ytd_share: Option<f64>,
    /// The official pace line, months ÷ 12.
    pub pace: Option<f64>,
    /// Months running in which the target was missed.
    pub months_missed: Option<u32>,
}

impl Facts {
    /// The value of a variable, growth as a ratio; `None` where it is missing or not finite.
    pub fn get(&self, variable: Variable) -> Option<f64> {
        match variable {
            Variable::Growth => self.growth,
            Variable::Target => self.target,
            Variable::CityGrowth => self.city_growth,
            Variable::Probability => self.probability,
            Variable::YtdShare => self.ytd_share,
            Variable::Pace => self.pace,
            Variable::MonthsMissed => self.months_missed.map(f64::from),
        }
        .and_then(num::finite)
    }
}

/// What can be wrong with a condition. `at` counts characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// Nothing is written.
    #[error("the condition is empty; a comparison such as growth >= target is expected, or else")]
    Empty,
    /// Something that cannot stand where it stands.
    #[error("character {at}: got {got}, where {} is expected", wanted.en)]
    Unexpected {
        /// Where.
        at: usize,
        /// What stands there.
        got: String,
        /// What could stand there.
        wanted: Said,
    },
    /// The condition breaks off.
    #[error("character {at}: the condition ends where {} is expected", wanted.en)]
    End {
        /// Where: one past the last character.
        at: usize,
        /// What could stand there.
        wanted: Said,
    },
    /// A word that is neither a variable nor an operator.
    #[error("character {at}: {got:?} is not a variable; allowed are {}", names())]
    UnknownWord {
        /// Where.
        at: usize,
        /// The word.
        got: String,
    },
    /// A number that cannot be read.
    #[error("character {at}: {got:?} is not a number; allowed are digits with a decimal point, as in 11.5")]
    Number {
        /// Where.
        at: usize,
        /// The text.
        got: String,
    },
    /// A number against a quantity that cannot have this value.
    #[error("character {at}: {got} is out of range; {} allows {low} to {high}", what.en)]
    Range {
        /// Where the number is.
        at: usize,
        /// The number.
        got: String,
        /// What it is compared with.
        what: Box<Said>,
        /// Least value allowed, as it is written in a condition.
        low: &'static str,
        /// Greatest value allowed, as it is written in a condition.
        high: &'static str,
        /// What to write.
        help: Box<Said>,
    },
    /// Quantities that have no common unit.
    #[error("character {at}: in {got:?} {}", why.en)]
    Units {
        /// Where.
        at: usize,
        /// The comparison or sum.
        got: String,
        /// Why it has no meaning.
        why: Box<Said>,
        /// What to write.
        help: Box<Said>,
    },
    /// Too many parentheses, `not` or signs within one another.
    #[error("character {at}: nested more than {DEPTH} deep")]
    TooDeep {
        /// Where.
        at: usize,
    },
}

fn names() -> String {
    Variable::ALL.map(Variable::name).join(", ")
}

impl Explain for ConditionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "rule_empty",
            Self::Unexpected { .. } | Self::End { .. } => "rule_syntax",
            Self::UnknownWord { .. } => "rule_unknown_variable",
            Self::Number { .. } => "rule_bad_number",
            Self::Range { .. } => "rule_out_of_range",
            Self::Units { .. } => "rule_units",
            Self::TooDeep { .. } => "rule_too_deep",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Empty => "条件为空；应为growth >= target之类的比较，或else".into(),
            Self::Unexpected { at, got, wanted } => format!("第{at}个字符处是{got}，此处应为{}", wanted.zh),
            Self::End { at, wanted } => format!("条件在第{at}个字符处中断，此处应为{}", wanted.zh),
            Self::UnknownWord { at, got } => {
                format!("第{at}个字符处的“{got}”不是变量；可用{}", names())
            }
            Self::Number { at, got } => {
                format!("第{at}个字符处的“{got}”不是数字；只能用数字和小数点，如11.5")
            }
            Self::Range { at, got, what, low, high, .. } => {
                format!("第{at}个字符处的{got}超出范围；{}的取值为{low}至{high}", what.zh)
            }
            Self::Units { at, got, why, .. } => format!("第{at}个字符处：“{got}”中{}", why.zh),
            Self::TooDeep { at } => format!("第{at}个字符处嵌套超过{DEPTH}层"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Empty => Said::new(
                "write a comparison, or else for the last line of the rule",
                "请写一个比较式；规则的最后一条可写else",
            ),
            Self::Unexpected { .. } | Self::End { .. } => Said::new(
                "a condition compares two quantities with <, <=, > or >=, joined with and, or, not and \
                 parentheses; else stands alone",
                "条件用<、<=、>、>=比较两个量，用and、or、not和括号连接；else须单独使用",
            ),
            Self::UnknownWord { .. } => Said::new(
                "use one of the variables, or and, or, not in lower case",
                "请用上述变量；连接词and、or、not须小写",
            ),
            Self::Number { .. } => Said::new(
                "write numbers like 11, 11.5, 80% or 10pp, without separators and exponents",
                "数字请写成11、11.5、80%或10pp，不用千分位和科学计数法",
            ),
            Self::Range { help, .. } | Self::Units { help, .. } => Said::clone(help),
            Self::TooDeep { .. } => {
                Said::new("take away parentheses, or split the condition", "请减少括号，或拆成几条")
            }
        }
    }
}

/// Outcome of a condition on given facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It hangs on values that are missing: these, in order, each once.
    Unknown(Vec<Variable>),
}

/// A condition whose units have been checked.
///
/// ```
/// # use landfall::target::{Condition, Facts, condition::Truth};
/// let condition: Condition = "growth>=11 and probability >= 80%".parse().unwrap();
/// assert_eq!(condition.to_string(), "growth >= 11 and probability >= 80%");
/// let facts = Facts { growth: Some(0.11), probability: Some(0.79), ..Facts::default() };
/// assert_eq!(condition.test(&facts), Truth::No);
/// assert!("probability >= 80".parse::<Condition>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Test);

impl Condition {
    /// Whether the condition holds, by three-valued logic (Kleene 1952, §64): a missing value leaves it open
    /// only where the answer hangs on that value.
    pub fn test(&self, facts: &Facts) -> Truth {
        let mut missing = Vec::new();
        match self.0.value(facts, &mut missing) {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::Unknown(missing),
        }
    }

    /// Whether this is `else`, which holds whatever the facts.
    pub fn is_else(&self) -> bool {
        self.0 == Test::Else
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    /// Reads a condition and checks its units.
    ///
    /// # Errors
    /// [`ConditionError`] with the place, what was got and what is allowed.
    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let tokens = tokens(text)?;
        match tokens.as_slice() {
            [] => return Err(ConditionError::Empty),
            [(_, Token::Else(_))] => return Ok(Self(Test::Else)),
            _ => {}
        }
        let mut parser = Parser { tokens: &tokens, next: 0, end: text.chars().count() + 1 };
        let node = parser.expression(0, 0)?;
        if parser.next < tokens.len() {
            return Err(parser.unexpected(AFTER));
        }
        node.into_test().map(Self)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Else,
    Any(Vec<Test>),
    All(Vec<Test>),
    Not(Box<Test>),
    Compare { left: Sum, op: Order, right: Sum, bare_per_one: f64 },
}

impl Test {
    /// `missing` gains the variables on which an open answer hangs, and nothing where the answer is known.
    fn value(&self, facts: &Facts, missing: &mut Vec<Variable>) -> Option<bool> {
        match self {
            Self::Else => Some(true),
            Self::Not(inner) => inner.value(facts, missing).map(|value| !value),
            Self::Any(parts) => joined(parts, true, facts, missing),
            Self::All(parts) => joined(parts, false, facts, missing),
            Self::Compare { left, op, right, bare_per_one } => {
                match (left.value(facts, *bare_per_one), right.value(facts, *bare_per_one)) {
                    (Some(l), Some(r)) if left.0.len() + right.0.len() > 2 => {
                        Some(op.holds(num::round_to(l, 12), num::round_to(r, 12)))
                    }
                    (Some(l), Some(r)) => Some(op.holds(l, r)),
                    _ => {
                        for variable in left.variables().chain(right.variables()) {
                            if facts.get(variable).is_none() && !missing.contains(&variable) {
                                missing.push(variable);
                            }
                        }
                        None
                    }
                }
            }
        }
    }
}

/// `or` (settled by a true part) or `and` (settled by a false one).
fn joined(parts: &[Test], settles: bool, facts: &Facts, missing: &mut Vec<Variable>) -> Option<bool> {
    let before = missing.len();
    let mut open = false;
    for part in parts {
        match part.value(facts, missing) {
            Some(value) if value == settles => {
                missing.truncate(before);
                return Some(settles);
            }
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(!settles)
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |f: &mut fmt::Formatter<'_>, parts: &[Self], word: &str| {
            for (i, part) in parts.iter().enumerate() {
                if i > 0 {
                    f.write_str(word)?;
                }
                match part {
                    Self::Any(_) => write!(f, "({part})")?,
                    _ => part.fmt(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::Else => f.write_str("else"),
            Self::Any(parts) => join(f, parts, " or "),
            Self::All(parts) => join(f, parts, " and "),
            Self::Not(inner) => match **inner {
                Self::Any(_) | Self::All(_) => write!(f, "not ({inner})"),
                _ => write!(f, "not {inner}"),
            },
            Self::Compare { left, op, right, .. } => write!(f, "{left} {} {right}", op.text()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Order {
    fn text(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterEqual => left >= right,
        }
    }
}

/// Terms to add up. Parentheses within a sum are multiplied out, so that equal sums are written alike.
#[derive(Debug, Clone, PartialEq)]
struct Sum(Vec<Term>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Term {
    minus: bool,
    atom: Atom,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Atom {
    Variable(Variable),
    /// Never negative: the sign is the term's.
    Number(f64, Suffix),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Bare,
    Percent,
    Points,
}

/// What a sum measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Growth,
    Ratio,
    Count,
    GrowthPoints,
    RatioPoints,
    Constant(Suffix),
}

impl Measure {
    fn said(self) -> Said {
        let (en, zh) = match self {
            Self::Growth => ("a growth in percent", "增速（%）"),
            Self::Ratio => ("a ratio of 0 to 1", "0至1的比例"),
            Self::Count => ("a number of months", "月数"),
            Self::GrowthPoints => ("a difference of growths in percentage points", "增速之差（百分点）"),
            Self::RatioPoints => ("a difference of ratios in percentage points", "比例之差（百分点）"),
            Self::Constant(Suffix::Bare) => ("a plain number", "普通数字"),
            Self::Constant(Suffix::Percent) => ("a percentage", "百分数"),
            Self::Constant(Suffix::Points) => ("a number of percentage points", "百分点数"),
        };
        Said::new(en, zh)
    }
}

impl Sum {
    fn variables(&self) -> impl Iterator<Item = Variable> {
        self.0.iter().filter_map(|term| match term.atom {
            Atom::Variable(variable) => Some(variable),
            Atom::Number(..) => None,
        })
    }

    /// The sum as a ratio, where a plain number is worth 1 ÷ `bare_per_one`.
    fn value(&self, facts: &Facts, bare_per_one: f64) -> Option<f64> {
        let mut total = None;
        for term in &self.0 {
            let value = match term.atom {
                Atom::Variable(variable) => facts.get(variable)?,
                // Divided as `Growth::from_percent` divides, so that 11.3 here equals 11.3 in a panel.
                Atom::Number(number, Suffix::Bare) => number / bare_per_one,
                Atom::Number(number, Suffix::Percent | Suffix::Points) => number / 100.0,
            };
            let value = if term.minus { -value } else { value };
            total = Some(total.map_or(value, |sum: f64| sum + value));
        }
        total
    }

    /// The number as it is written, where the sum has no variable.
    fn constant(&self) -> f64 {
        self.0.iter().fold(0.0, |sum, term| match term.atom {
            Atom::Number(number, _) if term.minus => sum - number,
            Atom::Number(number, _) => sum + number,
            Atom::Variable(_) => sum,
        })
    }

    /// What the sum measures. Growths and ratios are levels: one more taken than given is a level, as many
    /// of each is a difference, and anything else measures nothing.
    fn measure(&self, at: usize) -> Result<Measure, ConditionError> {
        let mut measure: Option<Measure> = None;
        let mut levels = 0_i64;
        for variable in self.variables() {
            let this = variable.measure();
            match measure {
                Some(other) if other != this => {
                    return Err(self.units(at, &mixed("added", "相加减", other, this), None));
                }
                _ => measure = Some(this),
            }
        }
        for term in &self.0 {
            if let Atom::Variable(_) = term.atom {
                levels += if term.minus { -1 } else { 1 };
            }
        }
        for term in &self.0 {
            let Atom::Number(number, suffix) = term.atom else { continue };
            let fits = match (measure, suffix) {
                (None, _) => {
                    measure = Some(Measure::Constant(suffix));
                    true
                }
                (Some(Measure::Constant(other)), _) => other == suffix,
                (Some(Measure::Count), _) => suffix == Suffix::Bare,
                (Some(_), _) => suffix == Suffix::Points,
            };
            if !fits {
                let measure = measure.unwrap_or(Measure::Constant(suffix));
                let why = mixed("added", "相加减", measure, Measure::Constant(suffix));
                let help = matches!(measure, Measure::Growth | Measure::Ratio).then(|| {
                    Said::new(
                        format!("to add or take away percentage points, write {number}pp"),
                        format!("加减百分点请写{number}pp"),
                    )
                });
                return Err(self.units(at, &why, help));
            }
        }
        match (measure, levels) {
            (Some(Measure::Growth), 0) => Ok(Measure::GrowthPoints),
            (Some(Measure::Ratio), 0) => Ok(Measure::RatioPoints),
            (Some(Measure::Growth | Measure::Ratio), levels) if levels != 1 => Err(self.units(
                at,
                &Said::new(
                    "growths or ratios are added up, which measures nothing",
                    "增速或比例相加没有意义",
                ),
                Some(Said::new(
                    "write a single one, or a difference such as growth - target",
                    "请只写一个，或写成差，如growth - target",
                )),
            )),
            (Some(measure), _) => Ok(measure),
            (None, _) => Err(ConditionError::Empty),
        }
    }

    fn units(&self, at: usize, why: &Said, help: Option<Said>) -> ConditionError {
        ConditionError::Units {
            at,
            got: self.to_string(),
            why: Box::new(why.clone()),
            help: Box::new(help.unwrap_or_else(alike)),
        }
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.0.iter().enumerate() {
            f.write_str(match (i, term.minus) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            })?;
            match term.atom {
                Atom::Variable(variable) => variable.fmt(f)?,
                Atom::Number(number, Suffix::Bare) => write!(f, "{number}")?,
                Atom::Number(number, Suffix::Percent) => write!(f, "{number}%")?,
                Atom::Number(number, Suffix::Points) => write!(f, "{number}pp")?,
            }
        }
        Ok(())
    }
}

fn mixed(verb_en: &str, verb_zh: &str, left: Measure, right: Measure) -> Said {
    let (left, right) = (left.said(), right.said());
    Said::new(
        format!("{} and {} cannot be {verb_en}", left.en, right.en),
        format!("{}与{}不能{verb_zh}", left.zh, right.zh),
    )
}

fn alike() -> Said {
    Said::new(
        "growth, target and city.growth go together (11 is 11 %); so do probability, ytd_share and pace \
         (0.8 or 80%); differences are in points (10pp)",
        "growth、target、city.growth为一类（11即11%）；probability、ytd_share、pace为一类（0.8或80%）；\
         差值用百分点（10pp）",
    )
}

/// Checks the units of a comparison; `at` are the places of its sides.
fn compare(left: Sum, op: Order, right: Sum, at: (usize, usize)) -> Result<Test, ConditionError> {
    use Measure::{Constant, Count, Growth, GrowthPoints, Ratio, RatioPoints};
    let (of_left, of_right) = (left.measure(at.0)?, right.measure(at.1)?);
    let text = || format!("{left} {} {right}", op.text());
    let units = |why: Said, help: Said| ConditionError::Units {
        at: at.0,
        got: text(),
        why: Box::new(why),
        help: Box::new(help),
    };
    // The side with a variable, and the number that it is compared with.
    let (measure, number) = match (of_left, of_right) {
        (Constant(_), Constant(_)) => {
            return Err(units(
                Said::new("two numbers are compared, and no variable", "只有两个数字相比，没有变量"),
                Said::new(
                    format!("write a variable on one side: {}", names()),
                    format!("至少一边要有变量：{}", names()),
                ),
            ));
        }
        (measure, Constant(suffix)) => (measure, Some((suffix, &right, at.1))),
        (Constant(suffix), measure) => (measure, Some((suffix, &left, at.0))),
        (a, b) if a == b => (a, None),
        (a, b) => return Err(units(mixed("compared", "相比", a, b), alike())),
    };
    if let Some((suffix, sum, at)) = number {
        let value = sum.constant();
        let (low, high, low_text, high_text) = match (measure, suffix) {
            (Growth, Suffix::Bare | Suffix::Percent) => (-100.0, 1000.0, "-100", "1000"),
            (Ratio, Suffix::Bare) => (0.0, 1.0, "0", "1"),
            (Ratio, Suffix::Percent) => (0.0, 100.0, "0%", "100%"),
            (Count, Suffix::Bare) => (0.0, 12.0, "0", "12"),
            (GrowthPoints, Suffix::Bare | Suffix::Points) => (-1000.0, 1000.0, "-1000", "1000"),
            (RatioPoints, Suffix::Points) => (-100.0, 100.0, "-100pp", "100pp"),
            (RatioPoints, Suffix::Bare) if value == 0.0 => (0.0, 0.0, "0", "0"),
            (RatioPoints | GrowthPoints, _) => {
                return Err(units(
                    mixed("compared", "相比", measure, Constant(suffix)),
                    Said::new(
                        "a difference is compared with points: write 10pp for ten percentage points",
                        "差值须与百分点相比：10个百分点请写10pp",
                    ),
                ));
            }
            _ => return Err(units(mixed("compared", "相比", measure, Constant(suffix)), alike())),
        };
        let whole = measure != Count || value.fract() == 0.0;
        if !(low..=high).contains(&value) || !whole {
            let help = match (measure, suffix) {
                (Ratio, Suffix::Bare) if (1.0..=100.0).contains(&value) => {
                    let ratio = value / 100.0;
                    Said::new(format!("write {ratio} or {value}%"), format!("请写{ratio}或{value}%"))
                }
                (Count, _) => Said::new("write a whole number of months", "请写整数月数"),
                _ => Said::new(
                    format!("write a number from {low_text} to {high_text}"),
                    format!("请写{low_text}至{high_text}之间的数"),
                ),
            };
            let (got, what, help) = (sum.to_string(), Box::new(measure.said()), Box::new(help));
            return Err(ConditionError::Range { at, got, what, low: low_text, high: high_text, help });
        }
    }
    let bare_per_one = if matches!(measure, Growth | GrowthPoints) { 100.0 } else { 1.0 };
    Ok(Test::Compare { left, op, right, bare_per_one })
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Atom(Atom),
    Order(Order),
    Plus,
    Minus,
    And,
    Or,
    Not,
    Open,
    Close,
    /// With the word that was written, `else` or `true`.
    Else(&'static str),
}

impl Token {
    fn text(&self) -> String {
        match self {
            Self::Atom(atom) => Sum(vec![Term { minus: false, atom: *atom }]).to_string(),
            Self::Order(order) => order.text().into(),
            Self::Plus => "+".into(),
            Self::Minus => "-".into(),
            Self::And => "and".into(),
            Self::Or => "or".into(),
            Self::Not => "not".into(),
            Self::Open => "(".into(),
            Self::Close => ")".into(),
            Self::Else(word) => (*word).into(),
        }
    }
}

/// Cuts the text into tokens, each with its place. Full-width signs, as a Chinese keyboard types them, are
/// read as the plain ones.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ConditionError> {
    let chars: Vec<char> = text.chars().collect();
    let run = |from: usize, keep: fn(char) -> bool| -> String {
        chars.iter().skip(from).take_while(|c| keep(**c)).collect()
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut tokens = Vec::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let at = i + 1;
        let or_equal = chars.get(i + 1).is_some_and(|next| matches!(next, '=' | '＝'));
        i += 1;
        let token = match c {
            c if c.is_whitespace() => continue,
            '(' | '（' => Token::Open,
            ')' | '）' => Token::Close,
            '+' | '＋' => Token::Plus,
            '-' | '−' | '－' => Token::Minus,
            '≤' => Token::Order(Order::LessEqual),
            '≥' => Token::Order(Order::GreaterEqual),
            '<' | '＜' | '>' | '＞' => {
                i += usize::from(or_equal);
                Token::Order(match (matches!(c, '<' | '＜'), or_equal) {
                    (true, true) => Order::LessEqual,
                    (true, false) => Order::Less,
                    (false, true) => Order::GreaterEqual,
                    (false, false) => Order::Greater,
                })
            }
            c if c.is_ascii_digit() => {
                let digits = run(at - 1, |c| c.is_ascii_digit() || c == '.');
                let mut end = at - 1 + digits.len();
                let gap = run(end, char::is_whitespace).chars().count();
                let unit = run(end + gap, char::is_alphanumeric);
                let suffix = match chars.get(end + gap) {
                    Some('%' | '％') => {
                        end += gap + 1;
                        Suffix::Percent
                    }
                    _ if unit == "pp" => {
                        end += gap + 2;
                        Suffix::Points
                    }
                    _ => Suffix::Bare,
                };
                let rest = run(end, is_word);
                let number = digits.parse().ok().and_then(num::finite);
                match number {
                    Some(number) if rest.is_empty() && !digits.ends_with('.') => {
                        i = end;
                        Token::Atom(Atom::Number(number, suffix))
                    }
                    _ => return Err(ConditionError::Number { at, got: short(&(digits + &rest)) }),
                }
            }
            c if c.is_alphabetic() || c == '_' => {
                let word = run(at - 1, is_word);
                i = at - 1 + word.chars().count();
                match word.as_str() {
                    "and" => Token::And,
                    "or" => Token::Or,
                    "not" => Token::Not,
                    "else" => Token::Else("else"),
                    "true" => Token::Else("true"),
                    _ => match Variable::parse(&word) {
                        Some(variable) => Token::Atom(Atom::Variable(variable)),
                        None => return Err(ConditionError::UnknownWord { at, got: short(&word) }),
                    },
                }
            }
            other => {
                return Err(ConditionError::Unexpected {
                    at,
                    got: format!("{other:?}"),
                    wanted: Said::new(
                        "a variable, a number, a parenthesis, or one of < <= > >= + - and or not",
                        "变量、数字、括号，或< <= > >= + - and or not之一",
                    ),
                });
            }
        };
        tokens.push((at, token));
    }
    Ok(tokens)
}

/// A message shows the beginning of a long text.
fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or(text)),
        None => text.into(),
    }
}

const BEFORE: (&str, &str) = ("a variable, a number, not or (", "变量、数字、not或(");
const AFTER: (&str, &str) = ("and, or, a comparison, + or -, or the end", "and、or、比较号、+、-或结尾");
const TEST: (&str, &str) = ("a comparison such as growth >= target", "growth >= target之类的比较式");
const QUANTITY: (&str, &str) = (
    "a variable or a number (to chain comparisons, join them with and)",
    "变量或数字（连续比较请用and连接）",
);

/// A part of the condition and where it begins.
struct Node {
    at: usize,
    what: What,
}

enum What {
    Test(Test),
    Sum(Sum),
}

impl Node {
    fn into_test(self) -> Result<Test, ConditionError> {
        match self.what {
            What::Test(test) => Ok(test),
            What::Sum(sum) => Err(unexpected(self.at, &sum.to_string(), TEST)),
        }
    }

    fn into_sum(self) -> Result<Sum, ConditionError> {
        match self.what {
            What::Sum(sum) => Ok(sum),
            What::Test(test) => Err(unexpected(self.at, &test.to_string(), QUANTITY)),
        }
    }
}

fn unexpected(at: usize, got: &str, wanted: (&str, &str)) -> ConditionError {
    ConditionError::Unexpected { at, got: format!("{:?}", short(got)), wanted: Said::new(wanted.0, wanted.1) }
}

/// Precedence climbing (Pratt 1973).
struct Parser<'a> {
    tokens: &'a [(usize, Token)],
    next: usize,
    end: usize,
}

const NOT: u8 = 3;
const SIGN: u8 = 6;

fn tightness(token: &Token) -> Option<u8> {
    match token {
        Token::Or => Some(1),
        Token::And => Some(2),
        Token::Order(_) => Some(4),
        Token::Plus | Token::Minus => Some(5),
        _ => None,
    }
}

impl Parser<'_> {
    fn unexpected(&self, wanted: (&str, &str)) -> ConditionError {
        match self.tokens.get(self.next) {
            Some((at, token)) => unexpected(*at, &token.text(), wanted),
            None => ConditionError::End { at: self.end, wanted: Said::new(wanted.0, wanted.1) },
        }
    }

    fn expression(&mut self, least: u8, depth: usize) -> Result<Node, ConditionError> {
        let mut left = self.prefix(depth)?;
        while let Some((at, token)) = self.tokens.get(self.next) {
            let Some(tight) = tightness(token).filter(|tight| *tight >= least) else { break };
            self.next += 1;
            let right = self.expression(tight + 1, depth)?;
            left = join(left, *at, token, right)?;
        }
        Ok(left)
    }

    fn prefix(&mut self, depth: usize) -> Result<Node, ConditionError> {
        let Some((at, token)) = self.tokens.get(self.next) else { return Err(self.unexpected(BEFORE)) };
        let at = *at;
        if depth > DEPTH {
            return Err(ConditionError::TooDeep { at });
        }
        let what = match token {
            Token::Atom(atom) => {
                self.next += 1;
                What::Sum(Sum(vec![Term { minus: false, atom: *atom }]))
            }
            Token::Not => {
                self.next += 1;
                What::Test(Test::Not(Box::new(self.expression(NOT, depth + 1)?.into_test()?)))
            }
            Token::Minus => {
                self.next += 1;
                let mut sum = self.expression(SIGN, depth + 1)?.into_sum()?;
                sum.0.iter_mut().for_each(|term| term.minus = !term.minus);
                What::Sum(sum)
            }
            Token::Open => {
                self.next += 1;
                let inner = self.expression(0, depth + 1)?;
                match self.tokens.get(self.next) {
                    Some((_, Token::Close)) => self.next += 1,
                    _ => {
                        return Err(
                            self.unexpected((") or what continues the condition", ")或条件的后续部分"))
                        );
                    }
                }
                inner.what
            }
            _ => return Err(self.unexpected(BEFORE)),
        };
        Ok(Node { at, what })
    }
}

fn join(left: Node, at: usize, token: &Token, right: Node) -> Result<Node, ConditionError> {
    let start = left.at;
    let what = match token {
        Token::Order(order) => {
            let places = (left.at, right.at);
            What::Test(compare(left.into_sum()?, *order, right.into_sum()?, places)?)
        }
        Token::Plus | Token::Minus => {
            let (mut sum, other) = (left.into_sum()?, right.into_sum()?);
            let flip = *token == Token::Minus;
            sum.0.extend(other.0.into_iter().map(|term| Term { minus: term.minus != flip, ..term }));
            What::Sum(sum)
        }
        Token::And | Token::Or => {
            let all = *token == Token::And;
            // The left side's list is carried on, or a long chain would be copied at each of its links.
            let mut parts = match left.into_test()? {
                Test::All(inner) if all => inner,
                Test::Any(inner) if !all => inner,
                other => vec![other],
            };
            match right.into_test()? {
                Test::All(inner) if all => parts.extend(inner),
                Test::Any(inner) if !all => parts.extend(inner),
                other => parts.push(other),
            }
            What::Test(if all { Test::All(parts) } else { Test::Any(parts) })
        }
        _ => return Err(unexpected(at, &token.text(), AFTER)),
    };
    Ok(Node { at: start, what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Condition, ConditionError> {
        text.parse()
    }

    fn code(text: &str) -> &'static str {
        let error = read(text).unwrap_err();
        let (said, help) = (error.said(), error.help());
        assert!(!said.en.is_empty() && !said.zh.is_empty() && !help.en.is_empty() && !help.zh.is_empty());
        error.code()
    }

    fn facts() -> Facts {
        Facts {
            growth: Some(0.113),
            target: Some(0.11),
            city_growth: Some(0.12),
            probability: Some(0.8),
            ytd_share: Some(0.65),
            pace: Some(0.75),
            months_missed: Some(1),
        }
    }

    fn holds(text: &str) -> bool {
        match read(text).unwrap().test(&facts()) {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown(missing) => panic!("{text}: {missing:?}"),
        }
    }

    #[test]
    fn units() {
        assert!(holds("growth >= 11.3") && holds("growth >= 11.3%") && !holds("growth > 11.3"));
        assert!(holds("probability >= 0.8") && holds("probability >= 80%") && !holds("probability > 80 %"));
        assert!(holds("growth - target >= 0.3") && holds("growth - target >= 0.3pp"));
        assert!(holds("growth >= target - 2pp") && !holds("growth >= city.growth - 0.5 pp"));
        assert!(holds("pace - ytd_share >= 10pp") && !holds("pace - ytd_share < 10pp"));
        assert!(holds("ytd_share + 10pp >= pace") && holds("pace - ytd_share > 0"));
        assert!(holds("-10 < growth") && holds("growth > -(2)") && holds("months_missed < 2"));
        assert!(holds("-(growth - target) < 0") && holds("target - (target - growth) >= growth"));
    }

    #[test]
    fn growth_is_read_as_a_panel_reads_it() {
        for tenths in -1000..=1000 {
            let percent = f64::from(tenths) / 10.0;
            let growth = Some(crate::unit::Growth::from_percent(percent).0);
            let condition = read(&format!("growth >= {percent} and growth <= {percent}%")).unwrap();
            assert_eq!(condition.test(&Facts { growth, ..Facts::default() }), Truth::Yes, "{percent}");
        }
    }

    #[test]
    fn unit_slips_are_errors() {
        for text in [
            "growth >= pace",
            "growth + pace > 1",
            "growth >= 2pp",
            "growth >= months_missed",
            "growth - 2 > target",
            "growth + target > 1",
            "-growth < 1",
            "probability + pace > 1",
            "probability >= 80pp",
            "growth - target >= 2%",
            "pace - ytd_share < 10",
            "pace - ytd_share < 10%",
            "pace - ytd_share < 0.1",
            "growth - target > pace - ytd_share",
            "months_missed >= 1%",
            "months_missed + 1pp > 1",
            "1 < 2",
            "growth > 1 + 2%",
            "growth - target > growth",
        ] {
            assert_eq!(code(text), "rule_units", "{text}");
        }
        for text in [
            "probability >= 80",
            "probability >= 101%",
            "probability >= -0.1",
            "80 <= probability",
            "growth > 1001",
            "growth < -101%",
            "months_missed >= 1.5",
            "months_missed > 13",
        ] {
            assert_eq!(code(text), "rule_out_of_range", "{text}");
        }
        let error = read("growth > 0 and probability >= 80").unwrap_err();
        assert!(error.to_string().starts_with("character 31: 80 is out of range"), "{error}");
        assert_eq!(error.help().en, "write 0.8 or 80%");
        assert!(read("growth - 2 > target").unwrap_err().help().en.ends_with("write 2pp"));
    }

    #[test]
    fn syntax_errors_say_where() {
        for (text, expected, at) in [
            ("growth >=", "rule_syntax", 10),
            ("growth > 1 growth", "rule_syntax", 12),
            ("(growth > 1", "rule_syntax", 12),
            ("growth > 1)", "rule_syntax", 11),
            ("growth", "rule_syntax", 1),
            ("growth and target > 1", "rule_syntax", 1),
            ("0 < growth < 5", "rule_syntax", 1),
            ("growth = 1", "rule_syntax", 8),
            ("growth > 1 && pace > 0", "rule_syntax", 12),
            ("growth > 1 and else", "rule_syntax", 16),
            ("not else", "rule_syntax", 5),
            ("()", "rule_syntax", 2),
            ("rate > 1", "rule_unknown_variable", 1),
            ("growth > 1 AND pace > 0", "rule_unknown_variable", 12),
            ("增速 > 1", "rule_unknown_variable", 1),
            ("growth > 1e3", "rule_bad_number", 10),
            ("growth > 1.2.3", "rule_bad_number", 10),
            ("growth > 5.", "rule_bad_number", 10),
        ] {
            assert_eq!(code(text), expected, "{text}");
            let said = read(text).unwrap_err().to_string();
            assert!(said.starts_with(&format!("character {at}: ")), "{text}: {said}");
        }
        assert_eq!(code(" "), "rule_empty");
        assert_eq!(code(&format!("growth > {}", "9".repeat(400))), "rule_bad_number");
    }

    #[test]
    fn neither_nesting_nor_length_overflows() {
        for open in ["(", "not ", "-", "-(", "not ("] {
            assert_eq!(code(&open.repeat(100_000)), "rule_too_deep", "{open}");
        }
        let deep = format!("{}growth > 1{}", "(".repeat(DEPTH), ")".repeat(DEPTH));
        assert!(read(&deep).is_ok());
        let long = vec!["growth > 1"; 50_000].join(" and ");
        assert_eq!(read(&long).unwrap().test(&facts()), Truth::Yes);
    }

    #[test]
    fn words_bind_as_in_speech() {
        for (text, shown) in [
            ("growth>1 or growth>2 and growth>3", "growth > 1 or growth > 2 and growth > 3"),
            ("(growth>1 or growth>2) and growth>3", "(growth > 1 or growth > 2) and growth > 3"),
            ("not growth < 0 and pace > 0", "not growth < 0 and pace > 0"),
            ("not (growth < 0 and pace > 0)", "not (growth < 0 and pace > 0)"),
            ("((growth)) >= ((target) - (2pp))", "growth >= target - 2pp"),
            ("（growth － target）≥ 2pp", "growth - target >= 2pp"),
            ("true", "else"),
        ] {
            assert_eq!(read(text).unwrap().to_string(), shown);
        }
        assert!(holds("growth > 0 or growth > 90 and growth > 90"));
        assert!(!holds("(growth > 0 or growth > 90) and growth > 90"));
    }

    #[test]
    fn three_valued_logic() {
        let known = Facts { growth: Some(0.1), ..Facts::default() };
        let test = |text: &str| read(text).unwrap().test(&known);
        let open = |variables: &[Variable]| Truth::Unknown(variables.to_vec());
        assert_eq!(test("pace > 0 and growth < 0"), Truth::No);
        assert_eq!(test("pace > 0 or growth > 0"), Truth::Yes);
        assert_eq!(test("pace > 0 and growth > 0"), open(&[Variable::Pace]));
        assert_eq!(test("not (pace > 0 or growth < 0)"), open(&[Variable::Pace]));
        assert_eq!(
            test("growth >= target and pace > 0 and target > 0"),
            open(&[Variable::Target, Variable::Pace])
        );
        // What is missing in a part that is settled anyway is not asked for.
        assert_eq!(test("(pace > 0 or growth > 0) and target > 0"), open(&[Variable::Target]));
        assert_eq!(test("growth >= growth"), Truth::Yes);
        assert_eq!(test("else"), Truth::Yes);
    }

    /// A condition as text, with its value by plain two-valued logic for `facts()`.
    fn valid() -> impl Strategy<Value = (String, bool)> {
        let growth = prop::sample::select(vec!["growth", "target", "city.growth"]);
        let value = |name: &str| match name {
            "growth" => 0.113,
            "target" => 0.11,
            _ => 0.12,
        };
        let order = prop::sample::select(vec!["<", "<=", ">", ">="]);
        let holds = |order: &str, l: f64, r: f64| match order {
            "<" => l < r,
            "<=" => l <= r,
            ">" => l > r,
            _ => l >= r,
        };
        let leaf = prop_oneof![
            (growth.clone(), order.clone(), 0_i32..200).prop_map(move |(name, order, tenths)| {
                let percent = f64::from(tenths) / 10.0;
                (format!("{name}{order}{percent}"), holds(order, value(name), percent / 100.0))
            }),
            (growth.clone(), order.clone(), growth).prop_map(move |(a, order, b)| {
                (format!("( {a} ) {order} {b}"), holds(order, value(a), value(b)))
            }),
            (order, 0_i32..40).prop_map(move |(order, points)| {
                // In whole points, where 75 − 65 is 10 without a hair.
                (format!("pace - ytd_share {order} {points}pp"), holds(order, 10.0, f64::from(points)))
            }),
        ];
        leaf.prop_recursive(5, 40, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| {
                    let text: Vec<_> = parts.iter().map(|(text, _)| format!("({text})")).collect();
                    (text.join(" and "), parts.iter().all(|(_, value)| *value))
                }),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| {
                    let text: Vec<_> = parts.iter().map(|(text, _)| format!("({text})")).collect();
                    (text.join(" or "), parts.iter().any(|(_, value)| *value))
                }),
                inner.prop_map(|(text, value)| (format!("not ({text})"), !value)),
            ]
        })
    }

    const PIECES: &[&str] = &[
        "growth",
        "target",
        "city.growth",
        "probability",
        "pace",
        "months_missed",
        "else",
        "and",
        "or",
        "not",
        "(",
        ")",
        "<",
        ">=",
        "+",
        "-",
        "1",
        "0.5",
        "80%",
        "2pp",
        "≥",
        "=",
        "x",
    ];

    proptest! {
        #[test]
        fn a_condition_means_what_it_says_and_is_written_as_it_reads((text, value) in valid()) {
            let condition = read(&text).unwrap();
            prop_assert_eq!(condition.test(&facts()), if value { Truth::Yes } else { Truth::No });
            let shown = condition.to_string();
            prop_assert_eq!(read(&shown), Ok(condition), "{}", shown);
        }

        #[test]
        fn a_missing_value_never_turns_an_answer((text, value) in valid(), hidden in 0_usize..7) {
            let mut known = facts();
            match hidden {
                0 => known.growth = None,
                1 => known.target = Some(f64::NAN),
                2 => known.city_growth = None,
                3 => known.pace = None,
                4 => known.ytd_share = None,
                _ => {}
            }
            match read(&text).unwrap().test(&known) {
                Truth::Yes => prop_assert!(value),
                Truth::No => prop_assert!(!value),
                Truth::Unknown(missing) => {
                    prop_assert!(!missing.is_empty() && missing.iter().all(|v| known.get(*v).is_none()));
                }
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = read(&text);
        }

        #[test]
        fn no_heap_of_words_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            if let Ok(condition) = read(&pieces.join(" ")) {
                prop_assert_eq!(read(&condition.to_string()), Ok(condition.clone()));
                let _ = condition.test(&facts());
            }
        }
    }
}
