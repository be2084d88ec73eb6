//! Everything a fan chart shows, as checked data: what crosses a boundary (a file, a worker) is this.

use super::house::{House, HouseError};
use super::sheet::Sheet;
use super::theme::Theme;
use crate::error::{Explain, Lang, Said};
use crate::num::nine_digits;
use serde::{Deserialize, Serialize};

/// What the level axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Quantity {
    /// Cumulative amount since January; the axis and the pace line begin at zero.
    #[default]
    Amount,
    /// Growth of the cumulative amount, in percent.
    Growth,
}

/// A value at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct At {
    /// Calendar month, 1–12.
    pub month: u8,
    /// In the chart's quantity.
    pub value: f64,
}

/// Five quantiles, ascending.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Quantiles {
    /// 10 %.
    pub q10: f64,
    /// 25 %.
    pub q25: f64,
    /// The median.
    pub q50: f64,
    /// 75 %.
    pub q75: f64,
    /// 90 %.
    pub q90: f64,
}

impl Quantiles {
    /// The same value at every quantile: what is known.
    ///
    /// ```
    /// # use landfall::chart::spec::Quantiles;
    /// assert_eq!(Quantiles::known(238.9).q90, 238.9);
    /// ```
    pub fn known(value: f64) -> Self {
        Self { q10: value, q25: value, q50: value, q75: value, q90: value }
    }

    /// Ascending from 10 to 90 %.
    pub(super) fn values(&self) -> [f64; 5] {
        [self.q10, self.q25, self.q50, self.q75, self.q90]
    }

    /// Multiplies every quantile by a factor above 0.
    pub(crate) fn scale(&mut self, by: f64) {
        self.each(|value| *value *= by);
    }

    fn each(&mut self, f: impl Fn(&mut f64)) {
        for value in [&mut self.q10, &mut self.q25, &mut self.q50, &mut self.q75, &mut self.q90] {
            f(value);
        }
    }
}

/// The forecast for the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FanPoint {
    /// Calendar month, 1–12.
    pub month: u8,
    /// Where the cumulative figure will be.
    #[serde(flatten)]
    pub quantiles: Quantiles,
}

/// What is owed by December.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Target {
    /// In the chart's quantity.
    pub value: f64,
    /// As written beside it: `目标 457.3`.
    pub label: String,
    /// The plan's lowest and highest target, where the chart is to show them.
    #[serde(default)]
    pub bracket: Option<(f64, f64)>,
}

/// What is owed by the end of a month before December.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Milestone {
    /// Calendar month, 1–12.
    pub month: u8,
    /// In the chart's quantity.
    pub value: f64,
    /// As written beside it: `9月 85%`.
    pub label: String,
}

/// December magnified on its own growth scale, with twenty dots of 5 % each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Landing {
    /// Year-end growth in percent.
    pub growth: Quantiles,
    /// Target growth in percent.
    pub target: f64,
    /// As written beside it: `目标 11%`.
    pub target_label: String,
    /// The plan's lowest and highest target growth in percent.
    #[serde(default)]
    pub bracket: Option<(f64, f64)>,
    /// Dots past the target, 0–20: the chance shown ÷ 5 %.
    pub dots_filled: u8,
    /// Above the panel: `12月落点：同比，%；每点5%`.
    pub title: String,
    /// Beside the filled dots: `6个点达到`. Left out where there is no room.
    pub filled_label: String,
    /// Beside the others: `14个点未达到`. Left out where there is no room.
    pub unfilled_label: String,
}

/// A sentence with a bold figure at its end: `7月比序时进度少` and `27.9`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Remark {
    /// The sentence.
    pub text: String,
    /// The figure.
    pub figure: String,
}

/// Which light, for the status line's colour and shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Light {
    /// 达标, a disc.
    Green,
    /// 关注, a triangle.
    Yellow,
    /// 风险, a diamond.
    Red,
}

/// The light with its words: `风险：达标概率约15%`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Status {
    /// Colour and shape.
    pub light: Light,
    /// The words, which must say it without the colour.
    pub text: String,
}

/// Labels written on the lines they name. An empty one is not drawn; an optional one (pace, seasonal, gaps,
/// bands) also gives way where there is no room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Labels {
    /// The last known figure: `1–7月 238.9`.
    pub through: String,
    /// The median at December: `预计 452.8`.
    pub median: String,
    /// The pace line: `序时进度`.
    pub pace: String,
    /// The seasonal line: `季节进度`.
    pub seasonal: String,
    /// What the bands mean: `色带：10次约8次，深色约5次`.
    pub bands: String,
    /// How far the last figure is from the pace and the seasonal line; up to two are shown.
    pub gaps: Vec<Remark>,
}

/// Where the year lands without the scenario that the chart shows. With it the forecast takes the scenario's colours.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Was {
    /// The median, months ascending, from the last actual month to December.
    pub median: Vec<At>,
    /// Year-end growth in percent, marked beside December magnified.
    #[serde(default)]
    pub growth: Option<f64>,
    /// Its name: `照常`. Left out where there is no room.
    pub label: String,
}

/// The parts of a [`FanSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FanParts {
    /// Version of the contract: 1.
    pub schema: u32,
    /// The finding; the chart's name for those who do not see it. Drawn only with `heading`.
    pub title: String,
    /// Unit, scope and base. Drawn only with `heading`.
    pub subtitle: String,
    /// One sentence that says what the chart shows, for those who do not see it.
    pub description: String,
    /// Whether title, subtitle, status and footer are drawn: yes for a slide, no in a page that has them.
    pub heading: bool,
    /// The light, drawn only with `heading`.
    pub status: Option<Status>,
    /// Source and data month, drawn only with `heading`.
    pub footer: String,
    /// At the right of the footer, in bold: `示意数据`. Drawn only with `heading`.
    pub mark: String,
    /// Over the level axis: `累计，亿元`.
    pub axis_title: String,
    /// px, 280–4000.
    pub width: u32,
    /// px, 180–4000.
    pub height: u32,
    /// Colours.
    pub theme: Theme,
    /// A house's own look over the theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub house: Option<House>,
    /// Language of the month names and of the document.
    #[serde(with = "lang_code")]
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: Lang,
    /// What the level axis counts.
    pub quantity: Quantity,
    /// Figures known so far, months ascending; empty before the year's first.
    pub actual: Vec<At>,
    /// The forecast, months ascending, from the last actual month (all quantiles equal to it) to December;
    /// empty when the year is known.
    pub fan: Vec<FanPoint>,
    /// The official straight line.
    pub pace: Option<Vec<At>>,
    /// The target spread over the months as past years were. Drawn up to the last known month, since beyond
    /// it would muddy the fan; over the whole year when nothing is known.
    pub seasonal: Option<Vec<At>>,
    /// What is owed by December.
    pub target: Option<Target>,
    /// December magnified; without it the fan takes the whole width.
    pub landing: Option<Landing>,
    /// What is owed before December, months ascending.
    pub milestones: Vec<Milestone>,
    /// The year without the scenario, where the chart shows one.
    pub was: Option<Was>,
    /// Texts on the lines.
    pub labels: Labels,
    /// Months named on the axis, ascending; a name without room is left out. The last known month is always
    /// named.
    pub ticks: Vec<u8>,
}

impl FanParts {
    /// The words around the chart, its size, colours and language.
    pub(super) fn sheet(&self) -> Sheet {
        Sheet {
            schema: self.schema,
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            description: self.description.clone(),
            footer: self.footer.clone(),
            mark: self.mark.clone(),
            heading: self.heading,
            width: self.width,
            height: self.height,
            theme: self.theme,
            house: self.house.clone(),
            lang: self.lang,
        }
    }
}

impl FanParts {
    /// With amounts in another unit, of which one of the old is `shown`; growth stays as it is. The texts are not touched.
    pub(crate) fn times(mut self, shown: f64) -> Self {
        if self.quantity == Quantity::Growth || shown == 1.0 {
            return self;
        }
        let lines = [Some(&mut self.actual), self.pace.as_mut(), self.seasonal.as_mut()];
        let was = self.was.as_mut().map(|was| &mut was.median);
        let points = lines.into_iter().chain([was]).flatten().flatten();
        points.for_each(|at| at.value *= shown);
        self.fan.iter_mut().for_each(|point| point.quantiles.scale(shown));
        self.milestones.iter_mut().for_each(|milestone| milestone.value *= shown);
        self.target.iter_mut().for_each(|target| target.value *= shown);
        self
    }
}

impl Default for FanParts {
    fn default() -> Self {
        Self {
            schema: 1,
            title: String::new(),
            subtitle: String::new(),
            description: String::new(),
            heading: false,
            status: None,
            footer: String::new(),
            mark: String::new(),
            axis_title: String::new(),
            width: 540,
            height: 366,
            theme: Theme::Light,
            house: None,
            lang: Lang::En,
            quantity: Quantity::Amount,
            actual: Vec::new(),
            fan: Vec::new(),
            pace: None,
            seasonal: None,
            target: None,
            landing: None,
            milestones: Vec::new(),
            was: None,
            labels: Labels::default(),
            ticks: vec![2, 4, 6, 8, 10, 12],
        }
    }
}

/// A fan chart that can be drawn: everything it shows, checked, with numbers of nine significant digits so
/// that the SVG is the same on every platform.
///
/// ```
/// use landfall::chart::spec::{At, FanParts, FanPoint, FanSpec, Quantiles};
/// let spec = FanSpec::new(FanParts {
///     title: "Where the year will land".into(),
///     actual: vec![At { month: 6, value: 200.0 }, At { month: 7, value: 238.9 }],
///     fan: vec![
///         FanPoint { month: 7, quantiles: Quantiles::known(238.9) },
///         FanPoint {
///             month: 12,
///             quantiles: Quantiles { q10: 440.0, q25: 447.0, q50: 452.8, q75: 459.0, q90: 465.0 },
///         },
///     ],
///     ..FanParts::default()
/// })?;
/// assert!(landfall::chart::fan(&spec)?.starts_with("<svg"));
/// # Ok::<(), landfall::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FanParts", into = "FanParts")]
pub struct FanSpec(FanParts);

/// A spec that is made of parts by its `new` alone: also when it is read.
macro_rules! checked {
    ($(#[$doc:meta])* $spec:ident, $parts:ident, $name:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = $name, into = $name)]
        pub struct $spec($parts);

        impl $spec {
            /// What it shows.
            pub fn parts(&self) -> &$parts {
                &self.0
            }

            /// The same in another size, px.
            ///
            /// # Errors
            /// [`ChartError::Size`](crate::chart::ChartError::Size) for a size that cannot be laid out.
            pub fn sized(&self, width: u32, height: u32) -> Result<Self, $crate::chart::ChartError> {
                let mut parts = self.0.clone();
                (parts.sheet.width, parts.sheet.height) = (width, height);
                Self::new(parts)
            }

            /// The same in a house's own look.
            ///
            /// # Errors
            /// [`ChartError::House`](crate::chart::ChartError::House) for one that charts cannot have.
            pub fn with_house(&self, house: &$crate::chart::house::House) -> Result<Self, $crate::chart::ChartError> {
                let mut parts = self.0.clone();
                parts.sheet.house = Some(house.clone());
                Self::new(parts)
            }
        }

        impl TryFrom<$parts> for $spec {
            type Error = $crate::chart::ChartError;

            fn try_from(parts: $parts) -> Result<Self, Self::Error> {
                Self::new(parts)
            }
        }

        impl From<$spec> for $parts {
            fn from(spec: $spec) -> Self {
                spec.0
            }
        }
    };
}
pub(super) use checked;

/// What a chart cannot show.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// Width or height outside what can be laid out.
    #[error("a chart of {width} × {height} px is outside 280–4000 × 180–4000")]
    Size {
        /// px.
        width: u32,
        /// px.
        height: u32,
    },
    /// A number that is not finite, or too large to draw.
    #[error("{what}: {got} is not a number a chart can show (finite, at most 1e15 in size)")]
    Number {
        /// Which part of the spec.
        what: &'static str,
        /// As given.
        got: f64,
    },
    /// Months out of 1–12, or not ascending.
    #[error("{what}: months must ascend within 1–12, got {got:?}")]
    Months {
        /// Which part of the spec.
        what: &'static str,
        /// As given.
        got: Vec<u8>,
    },
    /// Quantiles, or the ends of a bracket, that do not ascend.
    #[error("{what}: must ascend, got {got:?}")]
    Order {
        /// Which part of the spec.
        what: &'static str,
        /// As given.
        got: Vec<f64>,
    },
    /// A fan that does not begin at the last known figure.
    #[error("the fan must begin at month {month} with every quantile {value}, the last known figure")]
    Start {
        /// Last known month.
        month: u8,
        /// Last known figure.
        value: f64,
    },
    /// More than twenty filled dots.
    #[error("{got} filled dots of 20")]
    Dots {
        /// As given.
        got: u8,
    },
    /// A number outside what the chart's scale has.
    #[error("{what}: {got} is outside {lo} to {hi}")]
    Range {
        /// Which part of the spec.
        what: &'static str,
        /// As given.
        got: f64,
        /// Least allowed.
        lo: f64,
        /// Most allowed.
        hi: f64,
    },
    /// Nothing to show, or more than there is room for.
    #[error("{what}: {got} given, at least {least} and at most {most} can be shown")]
    Count {
        /// Which part of the spec.
        what: &'static str,
        /// As given.
        got: usize,
        /// Fewest.
        least: usize,
        /// Most.
        most: usize,
    },
    /// A waterfall that does not begin with a start, or does not end with a total.
    #[error("the first row of a waterfall must be a start, and the last one a total")]
    Ends,
    /// A house that charts cannot have.
    #[error(transparent)]
    House(#[from] HouseError),
    /// The drawing library failed.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
}

impl Explain for ChartError {
    fn code(&self) -> &'static str {
        match self {
            Self::Size { .. } => "chart_size",
            Self::Number { .. } => "chart_number",
            Self::Months { .. } => "chart_months",
            Self::Order { .. } => "chart_order",
            Self::Start { .. } => "chart_fan_start",
            Self::Dots { .. } => "chart_dots",
            Self::Range { .. } => "chart_range",
            Self::Count { .. } => "chart_count",
            Self::Ends => "chart_ends",
            Self::House(e) => e.code(),
            Self::Drawing(_) => "chart_drawing",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Size { width, height } => {
                format!("图的尺寸 {width} × {height} px 超出 280–4000 × 180–4000")
            }
            Self::Number { what, got } => {
                format!("{what}：{got} 不是图上能画的数（须有限，绝对值不超过 1e15）")
            }
            Self::Months { what, got } => format!("{what}：月份须在 1–12 内递增，得到 {got:?}"),
            Self::Order { what, got } => format!("{what}：须递增，得到 {got:?}"),
            Self::Start { month, value } => {
                format!("扇形须从最后已知的 {month} 月开始，各分位数都等于 {value}")
            }
            Self::Dots { got } => format!("20 个点中填了 {got} 个"),
            Self::Range { what, got, lo, hi } => format!("{what}：{got} 超出 {lo}–{hi}"),
            Self::Count { what, got, least, most } => {
                format!("{what}：给出 {got} 个，须为 {least}–{most} 个")
            }
            Self::Ends => "瀑布图首行须为起点（start），末行须为合计（total）".into(),
            Self::House(e) => return e.said(),
            Self::Drawing(why) => format!("图未能画出：{why}"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Size { .. } => {
                Said::new("Choose a width and height in that range.", "请选择该范围内的宽和高。")
            }
            Self::House(e) => e.help(),
            Self::Drawing(_) => Said::new(
                "This is a fault of the program; please report it with the chart spec.",
                "这是程序的缺陷，请连同图的数据一起报告。",
            ),
            _ => Said::new(
                "Correct that part of the chart spec; a spec written by this program has it right.",
                "请改正图数据的这一部分；由本程序写出的图数据不会有此问题。",
            ),
        }
    }
}

impl FanSpec {
    /// Checks the parts and rounds their numbers to nine significant digits.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, a number that is not finite, months out of order,
    /// quantiles that do not ascend, a fan that does not begin at the last known figure, or more than twenty
    /// filled dots.
    pub fn new(mut parts: FanParts) -> Result<Self, ChartError> {
        parts.sheet().check()?;
        series("actual", &mut parts.actual)?;
        for (what, line) in [("pace", &mut parts.pace), ("seasonal", &mut parts.seasonal)] {
            line.as_mut().map_or(Ok(()), |points| series(what, points))?;
        }
        if let Some(was) = &mut parts.was {
            series("median without the scenario", &mut was.median)?;
            was.growth.as_mut().map_or(Ok(()), |growth| number("growth without the scenario", growth))?;
        }
        months("milestones", parts.milestones.iter().map(|m| m.month))?;
        parts.milestones.iter_mut().try_for_each(|m| number("milestone", &mut m.value))?;
        months("ticks", parts.ticks.iter().copied())?;
        months("fan", parts.fan.iter().map(|p| p.month))?;
        for point in &mut parts.fan {
            quantiles("fan", &mut point.quantiles)?;
        }
        if let (Some(last), Some(first)) = (parts.actual.last(), parts.fan.first()) {
            let near = |q: &f64| (q - last.value).abs() <= 1e-6 * last.value.abs().max(1.0);
            if first.month != last.month || !first.quantiles.values().iter().all(near) {
                return Err(ChartError::Start { month: last.month, value: last.value });
            }
        }
        if let Some(target) = &mut parts.target {
            number("target", &mut target.value)?;
            bracket("target bracket", &mut target.bracket)?;
        }
        if let Some(landing) = &mut parts.landing {
            quantiles("landing", &mut landing.growth)?;
            number("landing target", &mut landing.target)?;
            bracket("landing bracket", &mut landing.bracket)?;
            if landing.dots_filled > 20 {
                return Err(ChartError::Dots { got: landing.dots_filled });
            }
        }
        Ok(Self(parts))
    }

    /// What it shows.
    pub fn parts(&self) -> &FanParts {
        &self.0
    }

    /// The same in a house's own look.
    ///
    /// # Errors
    /// [`ChartError::House`] for one that charts cannot have.
    pub fn with_house(&self, house: &House) -> Result<Self, ChartError> {
        Self::new(FanParts { house: Some(house.clone()), ..self.0.clone() })
    }

    /// The same chart for another size.
    ///
    /// # Errors
    /// [`ChartError::Size`] outside 280–4000 × 180–4000.
    pub fn sized(&self, width: u32, height: u32) -> Result<Self, ChartError> {
        Self::new(FanParts { width, height, ..self.0.clone() })
    }
}

impl TryFrom<FanParts> for FanSpec {
    type Error = ChartError;

    fn try_from(parts: FanParts) -> Result<Self, ChartError> {
        Self::new(parts)
    }
}

impl From<FanSpec> for FanParts {
    fn from(spec: FanSpec) -> Self {
        spec.0
    }
}

pub(super) fn number(what: &'static str, value: &mut f64) -> Result<(), ChartError> {
    if !(value.is_finite() && value.abs() <= 1e15) {
        return Err(ChartError::Number { what, got: *value });
    }
    *value = nine_digits(*value);
    Ok(())
}

pub(super) fn months(what: &'static str, got: impl Iterator<Item = u8> + Clone) -> Result<(), ChartError> {
    let ascending = got.clone().zip(got.clone().skip(1)).all(|(a, b)| a < b);
    if !ascending || got.clone().any(|month| !(1..=12).contains(&month)) {
        return Err(ChartError::Months { what, got: got.collect() });
    }
    Ok(())
}

pub(super) fn series(what: &'static str, points: &mut [At]) -> Result<(), ChartError> {
    months(what, points.iter().map(|p| p.month))?;
    points.iter_mut().try_for_each(|p| number(what, &mut p.value))
}

pub(super) fn ascending(what: &'static str, values: &[f64]) -> Result<(), ChartError> {
    if values.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err(ChartError::Order { what, got: values.to_vec() });
    }
    Ok(())
}

pub(super) fn quantiles(what: &'static str, q: &mut Quantiles) -> Result<(), ChartError> {
    for mut value in q.values() {
        number(what, &mut value)?;
    }
    q.each(|value| *value = nine_digits(*value));
    ascending(what, &q.values())
}

pub(super) fn bracket(what: &'static str, ends: &mut Option<(f64, f64)>) -> Result<(), ChartError> {
    let Some((lo, hi)) = ends else { return Ok(()) };
    number(what, lo)?;
    number(what, hi)?;
    ascending(what, &[*lo, *hi])
}

/// A language as `en` or `zh`.
pub(crate) mod lang_code {
    use crate::error::Lang;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(lang: &Lang, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(lang.pick("en", "zh"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Lang, D::Error> {
        let code = String::deserialize(from)?;
        Lang::parse(&code).ok_or_else(|| D::Error::custom(format!("language {code:?} is not en or zh")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fan_to(q: [f64; 5]) -> FanParts {
        let [q10, q25, q50, q75, q90] = q;
        FanParts {
            actual: vec![At { month: 7, value: 10.0 }],
            fan: vec![
                FanPoint { month: 7, quantiles: Quantiles::known(10.0) },
                FanPoint { month: 12, quantiles: Quantiles { q10, q25, q50, q75, q90 } },
            ],
            ..FanParts::default()
        }
    }

    #[test]
    fn refuses_what_it_cannot_show() {
        let code = |parts: FanParts| FanSpec::new(parts).unwrap_err().code();
        let good = fan_to([17.0, 18.0, 19.0, 20.0, 21.0]);
        assert!(FanSpec::new(good.clone()).is_ok());
        assert_eq!(code(fan_to([17.0, 18.0, 17.5, 20.0, 21.0])), "chart_order");
        assert_eq!(code(fan_to([17.0, 18.0, f64::NAN, 20.0, 21.0])), "chart_number");
        assert_eq!(code(FanParts { width: 100, ..good.clone() }), "chart_size");
        assert_eq!(code(FanParts { ticks: vec![4, 4], ..good.clone() }), "chart_months");
        assert_eq!(code(FanParts { ticks: vec![0], ..good.clone() }), "chart_months");
        assert_eq!(
            code(FanParts { actual: vec![At { month: 6, value: 10.0 }], ..good.clone() }),
            "chart_fan_start"
        );
        assert_eq!(code(FanParts { actual: vec![At { month: 7, value: 11.0 }], ..good }), "chart_fan_start");
    }

    #[test]
    fn survives_json() {
        let spec = FanSpec::new(fan_to([17.0, 18.0, 19.123_456_789_123, 20.0, 21.0])).unwrap();
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<FanSpec>(&json).unwrap(), spec);
        assert_eq!(spec.parts().fan[1].quantiles.q50, 19.123_456_8);
        assert!(serde_json::from_str::<FanSpec>(r#"{"width": 3}"#).is_err());
    }
}
