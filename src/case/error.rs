//! How far off the year-end total was by months known: the blend, and each model alone.

use super::story::Words;
use super::{Look, Scored, ScoredError};
use crate::backtest::{BLEND, Score};
use crate::chart::{ErrorLine, ErrorParts, ErrorPoint, ErrorSpec};
use crate::error::Lang;
use crate::order;
use crate::unit::fixed;
use std::collections::BTreeMap;

/// An error in percent beyond which a chart only says so; a model may run away.
const RAN_AWAY: f64 = 1e6;

/// A model alone is better when its mean error is under this part of the blend's.
const CLEARLY: f64 = 0.97;

impl Scored<'_> {
    /// Error by months known: the blend, and each model alone.
    ///
    /// # Errors
    /// [`ScoredError::Nothing`] where no past year could be scored, and [`ScoredError::Chart`] for a size that cannot
    /// be laid out.
    pub fn error(&self, look: &Look) -> Result<ErrorSpec, ScoredError> {
        let lang = look.lang;
        let lines = lines(&self.scores, lang);
        let Some(blend) = lines.iter().find(|line| line.emphasised) else { return Err(ScoredError::Nothing) };
        let of_blend = self.scores.iter().filter(|s| s.year.is_none() && s.model == BLEND);
        let answers = fixed(of_blend.map(|s| s.n).sum::<usize>() as f64, 0);
        let scope = self.scope(lang);
        let words = Words {
            title: title(blend, &lines, lang),
            subtitle: match lang {
                Lang::En => format!("Year-end totals; {scope}; {answers} answers"),
                Lang::Zh => format!("全年总额；{scope}；共{answers}次推算"),
            },
            description: describe(&lines, lang),
        };
        Ok(ErrorSpec::new(ErrorParts {
            sheet: self.sheet(look, words),
            axis_title: lang.pick("Mean absolute error, %", "平均绝对误差，%").into(),
            months_title: lang.pick("Months known", "已知月份").into(),
            lines,
        })?)
    }
}

fn lines(scores: &[Score], lang: Lang) -> Vec<ErrorLine> {
    let mut models: BTreeMap<(bool, &str), Vec<ErrorPoint>> = BTreeMap::new();
    for score in scores.iter().filter(|s| s.year.is_none() && s.mape.is_finite()) {
        let point = ErrorPoint { month: score.cut, value: (score.mape * 100.0).min(RAN_AWAY) };
        models.entry((score.model != BLEND, &score.model)).or_default().push(point);
    }
    models
        .into_iter()
        .map(|((other, model), mut points)| {
            order::sort_by_key(&mut points, |p| p.month);
            ErrorLine { name: name(model, lang), emphasised: !other, points }
        })
        .collect()
}

/// A model as a chart names it, and the page beside it; one without a name of its own goes by its id.
fn name(model: &str, lang: Lang) -> String {
    let (en, zh) = match model {
        BLEND => ("Blend", "组合"),
        "drift" => ("Drift of growth", "增速漂移"),
        "share" => ("Share done by now", "进度占比"),
        "regression" => ("Robust regression", "稳健回归"),
        "pooled" => ("Two-level smoother", "两层平滑"),
        "dot" => ("Optimised Theta", "优化Theta"),
        "last_rest" => ("Rest of last year", "上年余量"),
        "mean_rest" => ("Mean rest of three years", "三年平均余量"),
        other => (other, other),
    };
    lang.pick(en, zh).to_owned()
}

fn percent(value: f64) -> String {
    format!("{}%", fixed(value, 1))
}

/// From the first to the last month known, and whether a model alone did better on the whole. Only those that
/// answered at every month the blend did are compared.
fn title(blend: &ErrorLine, lines: &[ErrorLine], lang: Lang) -> String {
    let mean = |line: &ErrorLine| line.points.iter().map(|p| p.value).sum::<f64>() / line.points.len() as f64;
    let same =
        |line: &&ErrorLine| line.points.iter().map(|p| p.month).eq(blend.points.iter().map(|p| p.month));
    let others = lines.iter().filter(|line| !line.emphasised).filter(same);
    let best = others.min_by(|a, b| mean(a).total_cmp(&mean(b)));
    let (first, last) = (blend.points[0], blend.points[blend.points.len() - 1]);
    let (from, to) = (percent(first.value), percent(last.value));
    let way = match (lang, first.month == last.month) {
        (Lang::En, true) if last.month == 1 => format!("With 1 month known the blend is off by {to}"),
        (Lang::En, true) => format!("With {} months known the blend is off by {to}", last.month),
        (Lang::Zh, true) => format!("已知{}个月时组合平均误差{to}", last.month),
        (Lang::En, false) => {
            format!(
                "The blend is off by {from} with {} months known, by {to} with {}",
                first.month, last.month
            )
        }
        (Lang::Zh, false) => {
            format!("已知{}个月时组合平均误差{from}，{}个月时{to}", first.month, last.month)
        }
    };
    match best {
        None => way,
        Some(best) if mean(best) < mean(blend) * CLEARLY => {
            let better = &best.name;
            let by = fixed(mean(blend) - mean(best), 1);
            match lang {
                Lang::En => format!("{way}; {better} alone does better by {by} points"),
                Lang::Zh => format!("{way}；单用“{better}”还要小{by}个百分点"),
            }
        }
        Some(_) => match lang {
            Lang::En => format!("{way}; no model alone does clearly better"),
            Lang::Zh => format!("{way}；没有单个模型明显更准"),
        },
    }
}

fn describe(lines: &[ErrorLine], lang: Lang) -> String {
    let each = lines.iter().map(|line| {
        let points = line.points.iter().map(|p| match lang {
            Lang::En => format!("{} with {} months", percent(p.value), p.month),
            Lang::Zh => format!("{}个月{}", p.month, percent(p.value)),
        });
        let points = points.collect::<Vec<_>>().join(lang.pick(", ", "、"));
        format!("{}{}{points}", line.name, lang.pick(": ", "："))
    });
    format!("{}{}", each.collect::<Vec<_>>().join(lang.pick("; ", "；")), lang.pick(".", "。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, emphasised: bool, values: [f64; 2]) -> ErrorLine {
        let points =
            [3, 9].into_iter().zip(values).map(|(month, value)| ErrorPoint { month, value }).collect();
        ErrorLine { name: name.into(), emphasised, points }
    }

    #[test]
    fn titles_say_what_the_numbers_do() {
        let blend = line("Blend", true, [6.31, 2.8]);
        let told = |other: [f64; 2], lang| title(&blend, &[blend.clone(), line("Theta", false, other)], lang);
        let way = "The blend is off by 6.3% with 3 months known, by 2.8% with 9; ";
        assert_eq!(told([7.0, 2.5], Lang::En), format!("{way}no model alone does clearly better"));
        assert_eq!(told([6.0, 2.1], Lang::En), format!("{way}Theta alone does better by 0.5 points"));
        assert!(told([1e6, 2.5], Lang::Zh).ends_with("没有单个模型明显更准"));
        assert!(!title(&blend, std::slice::from_ref(&blend), Lang::En).contains(';'));
    }
}
