//! What levers do, as charts: the waterfall of a scenario and the tornado of all levers alone.

use super::story::{DrawError, Look, Story, Words, short};
use crate::case::{Answer, BarReport, LeverReport, LeverShare, ScenarioReport};
use crate::chart::{
    End, Label, StepKind, TornadoParts, TornadoRow, TornadoSpec, WaterfallParts, WaterfallRow, WaterfallSpec,
};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::scenario::LeverUnit;
use crate::unit::{Growth, fixed, signed};

/// Bars of a tornado: what moves less than the first dozen moves little.
const BARS: usize = 12;

impl Answer {
    /// From a region's year as it is, over what each lever brings (its Shapley value, so that the parts add up whatever the
    /// order), to the scenario: growth in percent or, where none is known, the amount. `told` must hold the shares.
    ///
    /// # Errors
    /// [`DrawError::Case`] for an unknown region; [`DrawError::Nothing`] where the scenario moves nothing or the shares were
    /// not asked for.
    pub fn waterfall(
        &self,
        told: &ScenarioReport,
        levers: &[LeverReport],
        region: &str,
        ledger: Ledger,
        look: &Look,
    ) -> Result<WaterfallSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        let (lang, name) = (look.lang, self.label(story.unit, look.lang));
        let nothing = || {
            DrawError::Nothing(Said::new(
                format!(
                    "the scenario {:?} changes nothing of {name}: it has no lever that moves it",
                    told.scenario
                ),
                format!("情景“{}”对{name}没有影响：没有起作用的抓手", told.scenario),
            ))
        };
        let id = story.unit.id();
        let unit = told.units.iter().find(|u| u.region == id && u.ledger == ledger).ok_or_else(nothing)?;
        if unit.by_lever.is_empty() {
            return Err(nothing());
        }
        let in_growth = unit.base.median.is_some() && unit.scenario.median.is_some();
        let (base, after) = if in_growth {
            (unit.base.median.map(|g| g * 100.0), unit.scenario.median.map(|g| g * 100.0))
        } else {
            (unit.base.total, unit.scenario.total)
        };
        let (Some(base), Some(after)) = (base, after) else { return Err(nothing()) };
        // What is left of adding up draws is no effect: on an axis of its own it would look like one.
        let dust = |x: f64| x.abs() <= 1e-6 * base.abs().max(1.0);
        let share = |s: &LeverShare| if in_growth { s.shapley_pp } else { s.shapley_total };
        if dust(after - base) && unit.by_lever.iter().all(|s| dust(share(s))) {
            return Err(nothing());
        }
        let figure =
            |value: f64| if in_growth { format!("{}%", fixed(value, 1)) } else { story.amount(value) };
        let step = |value: f64| if in_growth { signed(value, 1) } else { story.signed_amount(value) };
        let label = |name: String, figure: String, whole: bool| Label {
            name,
            figures: vec![figure],
            whole,
            ..Label::default()
        };
        let value = |lever: &LeverReport, value: f64| value_of(lever, value, &story);
        let mut steps: Vec<(String, f64)> =
            unit.by_lever.iter().map(|one| (one.told(levers, lang, value), share(one))).collect();
        order::sort_by(&mut steps, |a, b| b.1.abs().total_cmp(&a.1.abs()));
        // What the parts do not add up to is the error of drawn orders, or the rounding of medians; it is shown.
        let rest = after - base - num::sum(steps.iter().map(|(_, v)| *v));
        let shown = if in_growth { 0.05 } else { 0.0005 * base.abs() };
        let largest = steps.first().cloned();
        let mut rows = vec![WaterfallRow {
            label: label(lang.pick("Baseline", "照常").into(), figure(base), true),
            kind: StepKind::Start,
            value: base,
        }];
        rows.extend(steps.iter().map(|(lever, value)| WaterfallRow {
            label: label(lever.clone(), step(*value), false),
            kind: StepKind::Step,
            value: *value,
        }));
        if rest.abs() >= shown {
            rows.push(WaterfallRow {
                label: label(lang.pick("Not attributed", "未分解").into(), step(rest), false),
                kind: StepKind::Step,
                value: rest,
            });
        }
        rows.push(WaterfallRow {
            label: label(told.scenario.clone(), figure(after), true),
            kind: StepKind::Total,
            value: after,
        });
        let target = if in_growth { story.growth_target().map(|g| g * 100.0) } else { story.risk.owed };
        let shown = if in_growth { 1.0 } else { story.shown };
        let words = Words {
            title: match (lang, largest) {
                (Lang::Zh, Some((lever, value))) => format!(
                    "{name}：{}，影响最大：{lever}（{}）",
                    told_change(base, after, &figure, lang),
                    with_unit(step(value), in_growth, &story.money(), lang)
                ),
                (Lang::En, Some((lever, value))) => format!(
                    "{name}: {}, largest: {lever} ({})",
                    told_change(base, after, &figure, lang),
                    with_unit(step(value), in_growth, &story.money(), lang)
                ),
                (_, None) => told.scenario.clone(),
            },
            subtitle: match (lang, in_growth) {
                (Lang::Zh, true) => format!(
                    "{}年{}全年同比，%；各抓手按沙普利值分摊，百分点",
                    self.as_of.year,
                    ledger.label(lang)
                ),
                (Lang::Zh, false) => format!(
                    "{}年{}全年总额，{}；各抓手按沙普利值分摊",
                    self.as_of.year,
                    ledger.label(lang),
                    story.money()
                ),
                (Lang::En, true) => format!(
                    "{} {}, growth over the year, %; levers by their Shapley value, pp",
                    ledger.label(lang),
                    self.as_of.year
                ),
                (Lang::En, false) => format!(
                    "{} {}, total of the year, {}; levers by their Shapley value",
                    ledger.label(lang),
                    self.as_of.year,
                    story.money()
                ),
            },
            description: rows
                .iter()
                .map(|r| format!("{} {}", r.label.name, r.label.figures.concat()))
                .collect::<Vec<_>>()
                .join(lang.pick("; ", "；")),
        };
        Ok(WaterfallSpec::new(WaterfallParts {
            columns: vec![match (lang, in_growth) {
                (Lang::Zh, true) => "百分点".into(),
                (Lang::En, true) => "pp".into(),
                (_, false) => story.money(),
            }],
            target: target.map(|t| t * shown),
            target_label: target
                .map(|t| format!("{} {}", lang.pick("Target", "目标"), short(&figure(t)).replace(".0%", "%")))
                .unwrap_or_default(),
            rows: rows.into_iter().map(|row| WaterfallRow { value: row.value * shown, ..row }).collect(),
            sheet: self.sheet(look, words),
        })?)
    }

    /// What each lever alone does to a region's year over its usual range, the widest first.
    ///
    /// # Errors
    /// [`DrawError::Case`] for an unknown region; [`DrawError::Nothing`] where no lever moves it.
    pub fn tornado_chart(
        &self,
        bars: &[BarReport],
        levers: &[LeverReport],
        region: &str,
        ledger: Ledger,
        look: &Look,
    ) -> Result<TornadoSpec, DrawError> {
        let story = self.story(region, ledger, look)?;
        let (lang, name) = (look.lang, self.label(story.unit, look.lang));
        let rows: Vec<(TornadoRow, f64)> = bars
            .iter()
            .filter_map(|bar| {
                let [at_low, at_high] = bar.median_pp?;
                let lever = levers.iter().find(|l| l.id == bar.lever)?;
                let end = |value: f64, effect: f64| End {
                    effect,
                    label: format!("{}：{}", value_of(lever, value, &story), signed(effect, 1))
                        .replace('：', lang.pick(": ", "：")),
                };
                let row = TornadoRow {
                    name: lever.label.clone(),
                    low: end(bar.low, at_low),
                    high: end(bar.high, at_high),
                };
                let bounds = (at_low.min(at_high).min(0.0), at_low.max(at_high).max(0.0));
                Some((row, bounds.1 - bounds.0))
            })
            .filter(|(_, width)| *width >= 0.05)
            .collect();
        let mut rows = rows;
        order::sort_by(&mut rows, |a, b| b.1.total_cmp(&a.1));
        let moved = rows.len();
        rows.truncate(BARS);
        let Some((first, _)) = rows.first().cloned() else {
            return Err(DrawError::Nothing(Said::new(
                format!("no lever moves the growth of {name} by 0.05 pp or more over its usual range"),
                format!("在常见范围内，没有抓手能使{name}的增速变动0.05个百分点以上"),
            )));
        };
        let (least, most) =
            (first.low.effect.min(first.high.effect), first.low.effect.max(first.high.effect));
        let more = moved - rows.len();
        let base = story.growth().map(|g| Growth(g.median()).to_string()).unwrap_or_default();
        let words = Words {
            title: match lang {
                Lang::Zh => format!(
                    "{name}：影响最大的是{}，{}至{}个百分点",
                    first.name,
                    signed(least, 1),
                    signed(most, 1)
                ),
                Lang::En => format!(
                    "{name}: {} moves most, {} to {} pp",
                    first.name,
                    signed(least, 1),
                    signed(most, 1)
                ),
            },
            subtitle: match (lang, more) {
                (Lang::Zh, 0) => format!(
                    "{}年{}全年同比的变动，百分点；各抓手单独从常见范围的一端到另一端",
                    self.as_of.year,
                    ledger.label(lang)
                ),
                (Lang::Zh, n) => format!(
                    "{}年{}全年同比的变动，百分点；各抓手单独从常见范围的一端到另一端；另有{n}项影响更小",
                    self.as_of.year,
                    ledger.label(lang)
                ),
                (Lang::En, 0) => format!(
                    "{} {}, change of the year's growth, pp; each lever alone over its usual range",
                    ledger.label(lang),
                    self.as_of.year
                ),
                (Lang::En, n) => format!(
                    "{} {}, change of the year's growth, pp; each lever alone over its usual range; {n} more move less",
                    ledger.label(lang),
                    self.as_of.year
                ),
            },
            description: rows
                .iter()
                .map(|(r, _)| format!("{}: {}, {}", r.name, r.low.label, r.high.label))
                .collect::<Vec<_>>()
                .join(lang.pick("; ", "；")),
        };
        Ok(TornadoSpec::new(TornadoParts {
            base_label: format!("{} {base}", lang.pick("Baseline", "照常")),
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            sheet: self.sheet(look, words),
        })?)
    }
}

/// `9.9% → 11.4%`, in words.
fn told_change(base: f64, after: f64, figure: &impl Fn(f64) -> String, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("从{}到{}", figure(base), figure(after)),
        Lang::En => format!("{} to {}", figure(base), figure(after)),
    }
}

fn with_unit(step: String, in_growth: bool, money: &str, lang: Lang) -> String {
    match (in_growth, lang) {
        (true, Lang::Zh) => format!("{step}个百分点"),
        (true, Lang::En) => format!("{step} pp"),
        (false, Lang::Zh) => format!("{step}{money}"),
        (false, Lang::En) => format!("{step} {money}"),
    }
}

/// A lever's value with its unit, in the chart's money.
fn value_of(lever: &LeverReport, value: f64, story: &Story<'_>) -> String {
    if lever.unit == LeverUnit::Amount && story.shown != 1.0 {
        return with_unit(short(&story.amount(value)).to_owned(), false, &story.money(), story.lang);
    }
    lever.told(value, &story.money(), story.lang)
}
