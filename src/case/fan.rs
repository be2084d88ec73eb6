//! A region's year as a fan chart: what is drawn, and in which words.

use super::story::{DrawError, Look, MONTHS_EN, Story, quantiles, short, short_percent};
use super::words::mark;
use crate::case::Answer;
use crate::chart::FanSpec;
use crate::chart::spec::{At, FanParts, Labels, Landing as Magnified, Quantity, Remark, Target as Mark, Was};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::outlook::Landing;
use crate::panel::BaseKind;
use crate::target::TargetKind;
use crate::unit::Growth;
use serde::Serialize;

/// A month of a fan chart, for the table beside it; amounts in the panel's unit, growth as a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FanMonth {
    /// Month, 1–12.
    pub month: u8,
    /// What is known.
    pub actual: Option<f64>,
    /// 10 % of what is expected.
    pub low80: Option<f64>,
    /// 25 %.
    pub low50: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// 75 %.
    pub high50: Option<f64>,
    /// 90 %.
    pub high80: Option<f64>,
    /// The official straight line.
    pub pace: Option<f64>,
    /// The target spread over the months as past years were.
    pub seasonal: Option<f64>,
}

impl Answer {
    /// The fan chart of a region: cumulative amount or, in a growth-only region, growth.
    ///
    /// Months that the answer was not asked for are bridged by a straight line; ask with `every_month`.
    ///
    /// # Errors
    /// [`DrawError`] for an unknown region or a size that cannot be laid out.
    pub fn fan(&self, region: &str, ledger: Ledger, look: &Look) -> Result<FanSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        let parts = story.parts(look, story.in_amounts());
        Ok(FanSpec::new(parts.times(story.shown))?)
    }

    /// The fan chart of a region's growth, also where its amounts are known; `before` as in [`Answer::fan_beside`].
    ///
    /// # Errors
    /// As [`Answer::fan`]; [`DrawError::Nothing`] where no growth is known.
    pub fn growth_fan(
        &self,
        before: Option<&Answer>,
        region: &str,
        ledger: Ledger,
        look: &Look,
    ) -> Result<FanSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        if story.growth().is_none() {
            return Err(DrawError::Nothing(Said::new(
                format!("of {region} no growth is known in {ledger}: it has no base"),
                format!("{region}在{}中没有可比基数，无法推算增速", ledger.label(Lang::Zh)),
            )));
        }
        let was = before.map(|b| Ok::<_, DrawError>(b.story(region, ledger, look)?.was(false)));
        let mut parts = FanParts { was: was.transpose()?, ..story.parts(look, false) };
        if parts.was.is_some() && !parts.labels.bands.is_empty() {
            // No panel at the right names the line.
            parts.labels.bands += &story.say("; grey line: baseline", "；灰线：照常");
        }
        Ok(FanSpec::new(parts)?)
    }

    /// The fan chart of a region under a scenario, with the median of `before`, the answer without it, as a thin line.
    ///
    /// # Errors
    /// As [`Answer::fan`].
    pub fn fan_beside(
        &self,
        before: &Answer,
        region: &str,
        ledger: Ledger,
        look: &Look,
    ) -> Result<FanSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        let in_amounts = story.in_amounts();
        let was = before.story(region, ledger, look)?.was(in_amounts);
        let parts = FanParts { was: Some(was), ..story.parts(look, in_amounts) };
        Ok(FanSpec::new(parts.times(story.shown))?)
    }
}

impl Story<'_> {
    /// What is drawn; amounts in the panel's unit, in words in the one that is asked for.
    pub(super) fn parts(&self, look: &Look, in_amounts: bool) -> FanParts {
        let (actual, fan) = self.lines(in_amounts);
        let owed = self.risk.owed.filter(|_| in_amounts);
        let goal = owed.or_else(|| self.growth_target().filter(|_| !in_amounts).map(|g| g * 100.0));
        FanParts {
            schema: 1,
            house: None,
            title: self.title(),
            subtitle: self.subtitle(in_amounts),
            description: self.description(in_amounts),
            heading: look.heading,
            status: self.status(),
            footer: self.answer.footer(self.lang),
            mark: mark(self.answer.plan.as_ref(), self.lang).into(),
            axis_title: match (self.lang, in_amounts) {
                (Lang::Zh, true) => format!("累计，{}", self.money()),
                (Lang::En, true) => format!("Cumulative, {}", self.money()),
                (Lang::Zh, false) => "累计同比，%".into(),
                (Lang::En, false) => "Growth of the cumulative amount, %".into(),
            },
            width: look.width,
            height: look.height,
            theme: look.theme,
            lang: self.lang,
            quantity: if in_amounts { Quantity::Amount } else { Quantity::Growth },
            pace: owed.map(|owed| {
                (1..=12).map(|month| At { month, value: owed * crate::calendar::pace(month) }).collect()
            }),
            seasonal: owed.and_then(|owed| self.seasonal(owed)),
            target: goal.map(|value| Mark {
                value,
                label: match in_amounts {
                    true => format!("{} {}", self.say("Target", "目标"), self.amount(value)),
                    false => format!("{} {}", self.say("Target", "目标"), short_percent(value / 100.0)),
                },
                bracket: if in_amounts { None } else { self.answer.bracket(self.answered.panel.ledger()) },
            }),
            landing: self.magnified().filter(|_| in_amounts),
            labels: self.labels(&actual, owed, in_amounts),
            ticks: vec![2, 4, 6, 8, 10, 12],
            actual,
            fan,
            was: None,
            milestones: Vec::new(),
        }
    }

    /// What a scenario's chart shows of the year without it.
    pub(super) fn was(&self, in_amounts: bool) -> Was {
        let median = |month: u8| {
            let month = self.unit.months.get(&month)?;
            let landing = if in_amounts { month.total.as_ref() } else { month.growth.as_ref() };
            landing.map(|l| l.summary().median() * if in_amounts { 1.0 } else { 100.0 })
        };
        let months = self.unit.through.max(1)..=12;
        Was {
            median: months.filter_map(|month| Some(At { month, value: median(month)? })).collect(),
            growth: self.growth().map(|g| g.median() * 100.0),
            label: self.say("Baseline", "照常"),
        }
    }

    fn magnified(&self) -> Option<Magnified> {
        let target = self.growth_target()?;
        let growth = self.unit.december()?.growth.as_ref()?;
        if matches!(growth, Landing::Known(_)) {
            return None;
        }
        let dots = self.dots()?;
        Some(Magnified {
            growth: quantiles(&growth.summary(), 100.0),
            target: target * 100.0,
            target_label: format!("{} {}", self.say("Target", "目标"), short_percent(target)),
            bracket: self.answer.bracket(self.answered.panel.ledger()),
            dots_filled: dots,
            title: self.say("December growth, %; a dot is 5%", "12月落点：同比，%；每点5%"),
            filled_label: match self.lang {
                Lang::En => format!("{dots} reach it"),
                Lang::Zh => format!("{dots}个点达到"),
            },
            unfilled_label: match self.lang {
                Lang::En => format!("{} do not", 20 - dots),
                Lang::Zh => format!("{}个点未达到", 20 - dots),
            },
        })
    }

    fn labels(&self, actual: &[At], owed: Option<f64>, in_amounts: bool) -> Labels {
        let through = actual.last().map(|at| match self.lang {
            Lang::En => format!("{} {}", self.span_en(), self.figure(at.value, in_amounts)),
            Lang::Zh => format!("{} {}", self.span_zh(), self.figure(at.value, in_amounts)),
        });
        let median = if in_amounts {
            self.december().map(|s| s.median())
        } else {
            self.growth().map(|s| s.median() * 100.0)
        };
        let ahead = self.unit.through < 12;
        Labels {
            through: through.unwrap_or_default(),
            median: median
                .filter(|_| ahead)
                .map(|m| format!("{} {}", self.say("Median", "预计"), self.figure(m, in_amounts)))
                .unwrap_or_default(),
            pace: self.say("Pace line", "序时进度"),
            seasonal: self.say("Seasonal line", "季节进度"),
            bands: if ahead {
                self.say("Bands: 8 times in 10, dark 5 in 10", "色带：10次约8次，深色约5次")
            } else {
                String::new()
            },
            gaps: owed.map(|owed| self.gaps(owed)).unwrap_or_default(),
        }
    }

    /// How far ytd is from the pace line and from the seasonal line.
    fn gaps(&self, owed: f64) -> Vec<Remark> {
        let through = self.unit.through;
        let Some(ytd) = self.unit.ytd.filter(|_| (1..12).contains(&through)) else { return Vec::new() };
        let panel = &self.answered.panel;
        let seasonal = panel
            .tree()
            .find(&self.unit.region)
            .and_then(|r| panel.seasonal_share(r, self.answer.as_of.year, through));
        let month = MONTHS_EN[usize::from(through) - 1];
        let remark = |line: (&str, &str), share: f64, with_month: bool| {
            let gap = ytd - owed * share;
            let text = match (self.lang, gap < 0.0, with_month) {
                (Lang::En, true, true) => format!("{month}: behind {} by", line.0),
                (Lang::En, false, true) => format!("{month}: ahead of {} by", line.0),
                (Lang::En, true, false) => format!("behind {} by", line.0),
                (Lang::En, false, false) => format!("ahead of {} by", line.0),
                (Lang::Zh, true, true) => format!("{through}月比{}少", line.1),
                (Lang::Zh, false, true) => format!("{through}月比{}多", line.1),
                (Lang::Zh, true, false) => format!("比{}少", line.1),
                (Lang::Zh, false, false) => format!("比{}多", line.1),
            };
            Remark { text, figure: self.amount(gap.abs()) }
        };
        let pace = remark(("pace", "序时进度"), crate::calendar::pace(through), true);
        let season = seasonal.map(|share| remark(("season", "季节进度"), share, false));
        std::iter::once(pace).chain(season).collect()
    }

    /// The finding, by rule from the numbers.
    fn title(&self) -> String {
        let name = self.answer.label(self.unit, self.lang);
        let goal = match self.risk.target {
            Some((TargetKind::Growth | TargetKind::Completion, value)) => Some(short_percent(value)),
            Some((TargetKind::Amount, value)) => Some(match self.lang {
                Lang::Zh => format!("{}{}", short(&self.amount(value)), self.money()),
                Lang::En => self.in_words(value),
            }),
            None => None,
        };
        let expected = match (self.growth(), self.december()) {
            (Some(g), _) => match self.lang {
                Lang::Zh => format!("增长{}", Growth(g.median())),
                Lang::En => format!("growth {}", Growth(g.median())),
            },
            (None, Some(t)) => self.in_words(t.median()),
            (None, None) => self.say("no outlook", "不作推算"),
        };
        let (Some(goal), Some(chance)) = (goal, self.risk.probability) else {
            return match (self.lang, self.unit.through == 12) {
                (Lang::Zh, true) => format!("{name}：全年{expected}"),
                (Lang::Zh, false) => format!("{name}：全年预计{expected}"),
                (Lang::En, true) => format!("{name}: {expected} over the year"),
                (Lang::En, false) => format!("{name}: {expected} expected over the year"),
            };
        };
        if self.unit.through == 12 {
            let met = chance >= 0.5;
            // An amount and a share of the plan are not held against growth.
            let expected = match self.risk.target {
                Some((TargetKind::Amount | TargetKind::Completion, _)) => {
                    self.december().map_or(expected, |t| {
                        match (self.completion_done(t.median()), self.lang) {
                            (Some(share), Lang::Zh) => format!("完成年度计划的{}", short_percent(share)),
                            (Some(share), Lang::En) => format!("{} of the year's plan", short_percent(share)),
                            (None, _) => self.in_words(t.median()),
                        }
                    })
                }
                _ => expected,
            };
            return match self.lang {
                Lang::Zh => format!("{name}：全年{expected}，{}{goal}", if met { "达到" } else { "未达到" }),
                Lang::En => {
                    format!("{name}: {expected}, {} {goal}", if met { "reaching" } else { "short of" })
                }
            };
        }
        let (en, zh) = match chance {
            p if p >= 0.8 => ("likely to make it", "多半能达标"),
            p if p >= 0.5 => ("may make it", "有望达标，但不稳"),
            p if p >= 0.2 => ("more likely to miss", "多半差一点"),
            _ => ("very likely to miss", "大概率完不成"),
        };
        let dots = self.dots().unwrap_or(0);
        match (self.lang, dots) {
            (Lang::Zh, 0) => format!("{name}：{zh}，20次中不到1次能达到{goal}"),
            (Lang::Zh, 20) => format!("{name}：{zh}，20次中超过19次能达到{goal}"),
            (Lang::Zh, n) => format!("{name}：{zh}，20次中约{n}次能达到{goal}"),
            (Lang::En, 0) => format!("{name}: {en}, fewer than 1 in 20 reach {goal}"),
            (Lang::En, 20) => format!("{name}: {en}, more than 19 in 20 reach {goal}"),
            (Lang::En, n) => format!("{name}: {en}, about {n} in 20 reach {goal}"),
        }
    }

    /// The share of the year's plan that an amount is, where the target is such a share.
    fn completion_done(&self, amount: f64) -> Option<f64> {
        let (kind, value) = self.risk.target?;
        let plan = self.risk.owed.filter(|_| kind == TargetKind::Completion && value > 0.0)? / value;
        (plan > 0.0).then(|| amount / plan)
    }

    fn subtitle(&self, in_amounts: bool) -> String {
        let ledger = self.answered.panel.ledger().label(self.lang);
        let year = self.answer.as_of.year;
        let base = self.unit.december().and_then(|d| d.base.as_ref()).map(|b| b.summary().median());
        let unknown = self.unit.base_kind == BaseKind::Unknown;
        // A base that follows from published growth is as rounded as that, and rests on months that are yet to come.
        let about =
            if self.unit.base_kind == BaseKind::Implied { self.say("about ", "约") } else { String::new() };
        match (self.lang, in_amounts, base) {
            (Lang::Zh, true, Some(base)) => {
                let money = self.money();
                let kind = if unknown { "上年公布数" } else { "可比基数" };
                format!("{year}年{ledger}累计，{money}；{kind}{about}{}{money}", self.amount(base))
            }
            (Lang::Zh, true, None) => format!("{year}年{ledger}累计，{}", self.money()),
            (Lang::Zh, false, _) => format!("{year}年{ledger}累计同比，%"),
            (Lang::En, true, Some(base)) => {
                let (kind, money) =
                    (if unknown { "last year's published" } else { "comparable base" }, self.money());
                format!("{ledger} {year}, cumulative, {money}; {kind} {about}{}", self.in_words(base))
            }
            (Lang::En, true, None) => format!("{ledger} {year}, cumulative, {}", self.money()),
            (Lang::En, false, _) => format!("{ledger} {year}, growth of the cumulative amount, %"),
        }
    }

    fn description(&self, in_amounts: bool) -> String {
        let mut parts = Vec::new();
        if let (Some(ytd), true) = (self.unit.ytd, self.unit.through > 0) {
            parts.push(match self.lang {
                Lang::Zh => format!("{}累计{}", self.span_zh(), self.in_words(ytd)),
                Lang::En => format!("{} {}", self.span_en(), self.in_words(ytd)),
            });
        }
        let over = self.unit.through == 12;
        if let (Some(total), true) = (self.december().filter(|_| !over), in_amounts) {
            parts.push(match self.lang {
                Lang::Zh => format!("全年预计{}", self.in_words(total.median())),
                Lang::En => format!("year-end median {}", self.in_words(total.median())),
            });
        }
        if let Some(growth) = self.growth() {
            let (low, high) = (Growth(growth.quantiles[1]), Growth(growth.quantiles[5]));
            parts.push(match self.lang {
                Lang::Zh if over => format!("增长{}", Growth(growth.median())),
                Lang::En if over => format!("growth {}", Growth(growth.median())),
                Lang::Zh => format!("增长{}，80%区间{low}–{high}", Growth(growth.median())),
                Lang::En => format!("growth {}, 80% interval {low} to {high}", Growth(growth.median())),
            });
        }
        if let Some(target) = self.growth_target() {
            parts.push(format!("{}{}", self.say("target ", "目标"), short_percent(target)));
        }
        match self.lang {
            Lang::Zh => format!("{}。", parts.join("；")),
            Lang::En => format!("{}.", parts.join("; ")),
        }
    }
}

/// The chart's lines month by month; months of which nothing is known or expected are left out. `shown` is what one of the
/// panel's unit is in the chart's.
pub fn fan_months(parts: &FanParts, shown: f64) -> Vec<FanMonth> {
    let scale = match parts.quantity {
        Quantity::Amount => 1.0 / shown,
        Quantity::Growth => 0.01,
    };
    let at = |line: &[At], month: u8| line.iter().find(|at| at.month == month).map(|at| at.value * scale);
    let known = parts.actual.last().map_or(0, |at| at.month);
    let rows = (1..=12).map(|month| {
        // The fan opens at the last known month, which is no forecast.
        let ahead = parts.fan.iter().find(|p| p.month == month && month > known).map(|p| p.quantiles);
        FanMonth {
            month,
            actual: at(&parts.actual, month),
            low80: ahead.map(|q| q.q10 * scale),
            low50: ahead.map(|q| q.q25 * scale),
            median: ahead.map(|q| q.q50 * scale),
            high50: ahead.map(|q| q.q75 * scale),
            high80: ahead.map(|q| q.q90 * scale),
            pace: parts.pace.as_ref().and_then(|line| at(line, month)),
            seasonal: parts.seasonal.as_ref().and_then(|line| at(line, month)),
        }
    });
    // A pace line alone, as in a January that is never published, is no row.
    rows.filter(|row| row.actual.or(row.median).or(row.seasonal).is_some()).collect()
}
