//! Completion of the listed key projects over the year, in percent of the year's plan, against its milestones.

use super::story::{DrawError, Look};
use crate::case::Answer;
use crate::chart::FanSpec;
use crate::chart::spec::{At, FanParts, Labels, Milestone, Remark, Target, Was};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::unit::fixed;

impl Answer {
    /// The S-curve of a region's key projects: done and expected in percent of what is owed over the year, with the pace
    /// line, the seasonal line (the S that past years made), and what is owed before December; `before`, the answer without the
    /// scenario, as a thin line.
    ///
    /// # Errors
    /// [`DrawError::Case`] for an unknown region; [`DrawError::Nothing`] where the ledger owes no amount.
    pub fn scurve(
        &self,
        before: Option<&Answer>,
        region: &str,
        ledger: Ledger,
        look: &Look,
    ) -> Result<FanSpec, DrawError> {
        if !self.ledgers.iter().any(|a| a.panel.ledger() == ledger) {
            return Err(DrawError::Nothing(Said::new(
                format!("the data has no figures of {ledger}"),
                format!("数据中没有{}", ledger.label(Lang::Zh)),
            )));
        }
        let story = self.story(region, ledger, look)?;
        let name = self.label(story.unit, look.lang);
        let Some(owed) = story.risk.owed.filter(|owed| *owed > 0.0) else {
            return Err(DrawError::Nothing(Said::new(
                format!("{name} owes no amount in {ledger}, so that there is no plan to be completed"),
                format!("{name}在{}中没有以金额计的目标，没有可对照的年度计划", ledger.label(Lang::Zh)),
            )));
        };
        let lang = look.lang;
        let part = |value: f64| value / owed * 100.0;
        let percent = |value: f64| format!("{}%", fixed(value, 1));
        let amounts = story.parts(look, true);
        let line = |points: Vec<At>| -> Vec<At> {
            points.into_iter().map(|at| At { value: part(at.value), ..at }).collect()
        };
        let actual = line(amounts.actual);
        let mut fan = amounts.fan;
        fan.iter_mut().for_each(|p| p.quantiles.scale(1.0 / owed * 100.0));
        let was = before.map(|b| {
            let was = b.story(region, ledger, look)?.was(true);
            Ok::<_, DrawError>(Was { median: line(was.median), growth: None, ..was })
        });
        let milestones = story.risk.milestones.iter().filter_map(|m| {
            // Milestones of completion and of an amount alike are a part of the year's plan.
            let value = match m.kind {
                crate::target::TargetKind::Growth => return None,
                crate::target::TargetKind::Completion => m.target * 100.0,
                crate::target::TargetKind::Amount => part(m.target),
            };
            let label = match lang {
                Lang::Zh => format!("{}月 {}", m.month, short(value)),
                Lang::En => format!(
                    "{} {}",
                    super::story::MONTHS_EN[usize::from(m.month.clamp(1, 12)) - 1],
                    short(value)
                ),
            };
            Some(Milestone { month: m.month, value, label })
        });
        let median = fan.last().map(|p| p.quantiles.q50);
        let done = actual.last().map(|at| at.value);
        let gaps = match (done, story.unit.ytd, amounts.pace.as_ref()) {
            (Some(done), Some(_), Some(_)) => gaps(done, story.unit.through, story.seasonal_share(), lang),
            _ => Vec::new(),
        };
        let year = self.as_of.year;
        let book = ledger.label(lang);
        let plan = story.amount(owed);
        let money = story.money();
        Ok(FanSpec::new(FanParts {
            title: title(&name, done, story.seasonal_share(), story.span(), lang).unwrap_or(amounts.title),
            subtitle: match lang {
                Lang::Zh => format!("{year}年{book}占年度计划的比例，%；年度计划{plan}{money}"),
                Lang::En => {
                    format!("{book} {year}, part of the year's plan, %; the plan is {}", story.in_words(owed))
                }
            },
            axis_title: lang.pick("Part of the year's plan, %", "占年度计划，%").into(),
            actual,
            fan,
            pace: amounts.pace.map(line),
            seasonal: amounts.seasonal.map(line),
            target: Some(Target {
                value: 100.0,
                label: lang.pick("Plan 100%", "计划 100%").into(),
                bracket: None,
            }),
            was: was.transpose()?,
            milestones: milestones.collect(),
            landing: None,
            labels: Labels {
                through: done.map(|v| format!("{} {}", story.span(), percent(v))).unwrap_or_default(),
                median: median
                    .filter(|_| story.unit.through < 12)
                    .map(|m| format!("{} {}", lang.pick("Median", "预计"), percent(m)))
                    .unwrap_or_default(),
                gaps,
                ..amounts.labels
            },
            ..amounts
        })?)
    }
}

/// 85 %, or 62.5 %.
fn short(value: f64) -> String {
    format!("{}%", super::story::short(&fixed(value, 1)))
}

/// The finding: how much is done, and how much past years had done by then.
fn title(name: &str, done: Option<f64>, seasonal: Option<f64>, span: String, lang: Lang) -> Option<String> {
    let done = done?;
    let percent = |value: f64| format!("{}%", fixed(value, 1));
    Some(match (lang, seasonal) {
        (Lang::Zh, Some(s)) => {
            format!("{name}{span}完成年度计划的{}，往年同期为{}", percent(done), percent(s * 100.0))
        }
        (Lang::Zh, None) => format!("{name}{span}完成年度计划的{}", percent(done)),
        (Lang::En, Some(s)) => format!(
            "{name}: {} of the year's plan done in {span}; past years {}",
            percent(done),
            percent(s * 100.0)
        ),
        (Lang::En, None) => format!("{name}: {} of the year's plan done in {span}", percent(done)),
    })
}

/// How far completion is from the pace line and from past years, in points.
fn gaps(done: f64, through: u8, seasonal: Option<f64>, lang: Lang) -> Vec<Remark> {
    let remark = |line: (&str, &str), share: f64| {
        let gap = done - share * 100.0;
        let text = match (lang, gap < 0.0) {
            (Lang::En, true) => format!("behind {} by (pp)", line.0),
            (Lang::En, false) => format!("ahead of {} by (pp)", line.0),
            (Lang::Zh, true) => format!("比{}少（百分点）", line.1),
            (Lang::Zh, false) => format!("比{}多（百分点）", line.1),
        };
        Remark { text, figure: fixed(gap.abs(), 1) }
    };
    let pace = remark(("pace", "序时进度"), crate::calendar::pace(through));
    std::iter::once(pace).chain(seasonal.map(|s| remark(("season", "季节进度"), s))).collect()
}
