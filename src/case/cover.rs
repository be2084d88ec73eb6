//! How often what came lay inside the intervals, year by year.

use super::story::Words;
use super::{Look, Scored, ScoredError};
use crate::backtest::{BLEND, Score};
use crate::chart::{CoverParts, CoverSpec, CoverYear};
use crate::error::Lang;
use crate::num;
use crate::unit::fixed;
use std::collections::BTreeMap;

/// A year is bad when the interval held less often than this, in percent.
const LOW: [f64; 2] = [65.0, 85.0];

/// Cover of the 80 % interval over all years that is neither too wide nor too narrow, in percent.
const RIGHT: (f64, f64) = (75.0, 87.0);

/// Answers at one month known that a year needs before it can be called bad: of fewer, one alone is worth ten points.
const ENOUGH: usize = 10;

impl Scored<'_> {
    /// Cover of the blend's 80 % and 95 % interval by year, over all months known that were asked for.
    ///
    /// # Errors
    /// [`ScoredError::Nothing`] where no past year could be scored, and [`ScoredError::Chart`] for a size that cannot
    /// be laid out.
    pub fn cover(&self, look: &Look) -> Result<CoverSpec, ScoredError> {
        let lang = look.lang;
        let mut by_year: BTreeMap<i32, Vec<&Score>> = BTreeMap::new();
        for score in self.scores.iter().filter(|s| s.model == BLEND) {
            if let Some(year) = score.year {
                by_year.entry(year).or_default().push(score);
            }
        }
        if by_year.is_empty() {
            return Err(ScoredError::Nothing);
        }
        let years: Vec<CoverYear> = by_year.iter().map(|(year, scores)| of_year(*year, scores)).collect();
        let every: Vec<&Score> = by_year.values().flatten().copied().collect();
        let (all80, all95) = (pooled(&every, |s| s.cover80), pooled(&every, |s| s.cover95));
        let answers = fixed(every.iter().map(|s| s.n).sum::<usize>() as f64, 0);
        let scope = self.scope(lang);
        let words = Words {
            title: title(&years, [all80, all95], lang),
            subtitle: match lang {
                Lang::En => {
                    format!("Year-end totals; {scope}; {answers} answers")
                }
                Lang::Zh => format!("全年总额；{scope}；共{answers}次推算"),
            },
            description: describe(&years, lang),
        };
        let label = |level: u8, all: f64| match lang {
            Lang::En => format!("{level}% interval: {}%", fixed(all, 1)),
            Lang::Zh => format!("{level}%区间命中{}%", fixed(all, 1)),
        };
        Ok(CoverSpec::new(CoverParts {
            sheet: self.sheet(look, words),
            axis_title: lang.pick("Inside the interval, %", "落在区间内，%").into(),
            remark: lang
                .pick(
                    "Each year hangs on the line promised: full 95%, hollow 80%",
                    "各年挂在承诺线上：实心95%，空心80%",
                )
                .into(),
            label80: label(80, all80),
            label95: label(95, all95),
            years,
        })?)
    }
}

fn of_year(year: i32, scores: &[&Score]) -> CoverYear {
    let (cover80, cover95) = (pooled(scores, |s| s.cover80), pooled(scores, |s| s.cover95));
    let enough = scores.iter().any(|s| s.n >= ENOUGH);
    CoverYear { year, cover80, cover95, low80: enough && cover80 < LOW[0], low95: enough && cover95 < LOW[1] }
}

/// In percent, each answer alike.
fn pooled(scores: &[&Score], share: fn(&Score) -> f64) -> f64 {
    let all = num::sum(scores.iter().map(|s| s.n as f64));
    (num::sum(scores.iter().map(|s| share(s) * s.n as f64)) / all * 100.0).clamp(0.0, 100.0)
}

fn title(years: &[CoverYear], [all80, all95]: [f64; 2], lang: Lang) -> String {
    let all = fixed(all95, 1);
    let both = match lang {
        Lang::En => format!("{}% came inside the 80% interval, {all}% inside the 95%", fixed(all80, 1)),
        Lang::Zh => format!("80%区间命中{}%，95%区间命中{all}%", fixed(all80, 1)),
    };
    let held = match lang {
        Lang::En => format!("The 95% interval held {all}% of the time"),
        Lang::Zh => format!("95%区间实际命中{all}%"),
    };
    let worst = |low: fn(&CoverYear) -> bool, cover: fn(&CoverYear) -> f64| {
        years.iter().filter(|y| low(y)).min_by(|a, b| cover(a).total_cmp(&cover(b)))
    };
    let in_year = |level: u8, year: i32, cover: f64| {
        let cover = fixed(cover, 0);
        match lang {
            Lang::En => format!("{held}; in {year} the {level}% interval held only {cover}%"),
            Lang::Zh => format!("{held}；{year}年{level}%区间只命中{cover}%"),
        }
    };
    if let Some(bad) = worst(|y| y.low95, |y| y.cover95) {
        in_year(95, bad.year, bad.cover95)
    } else if let Some(bad) = worst(|y| y.low80, |y| y.cover80) {
        in_year(80, bad.year, bad.cover80)
    } else if all80 > RIGHT.1 {
        // Wide on the whole is no comfort for a year that was missed.
        let least = years.iter().min_by(|a, b| a.cover80.total_cmp(&b.cover80)).filter(|y| y.cover80 < 80.0);
        match (least, lang) {
            (Some(y), Lang::En) => {
                format!(
                    "Intervals are wide on the whole: {both}; in {} the 80% interval held {}%",
                    y.year,
                    fixed(y.cover80, 0)
                )
            }
            (Some(y), Lang::Zh) => {
                format!("区间总体偏宽：{both}；{}年80%区间只命中{}%", y.year, fixed(y.cover80, 0))
            }
            (None, _) => format!("{}{both}", lang.pick("Intervals are wider than need be: ", "区间偏宽：")),
        }
    } else if all80 < RIGHT.0 {
        format!("{}{both}", lang.pick("Intervals are too narrow: ", "区间偏窄："))
    } else {
        let least = years.iter().min_by(|a, b| a.cover95.total_cmp(&b.cover95));
        match (least.filter(|_| years.len() > 1), lang) {
            (Some(y), Lang::En) => format!("{held}, in the worst year {}%", fixed(y.cover95, 0)),
            (Some(y), Lang::Zh) => format!("{held}，最差的一年{}%", fixed(y.cover95, 0)),
            (None, _) => held,
        }
    }
}

fn describe(years: &[CoverYear], lang: Lang) -> String {
    let each = years.iter().map(|y| {
        let (of80, of95) = (fixed(y.cover80, 0), fixed(y.cover95, 0));
        match lang {
            Lang::En => format!("{}: {of80}% inside the 80% interval, {of95}% inside the 95%", y.year),
            Lang::Zh => format!("{}年：80%区间命中{of80}%，95%区间命中{of95}%", y.year),
        }
    });
    format!("{}{}", each.collect::<Vec<_>>().join(lang.pick("; ", "；")), lang.pick(".", "。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i32, cover80: f64, cover95: f64) -> CoverYear {
        CoverYear { year, cover80, cover95, low80: cover80 < LOW[0], low95: cover95 < LOW[1] }
    }

    #[test]
    fn titles_say_what_the_numbers_do() {
        let good = [year(2019, 82.0, 96.0), year(2020, 70.0, 91.0)];
        assert_eq!(
            title(&good, [80.0, 93.5], Lang::En),
            "The 95% interval held 93.5% of the time, in the worst year 91%"
        );
        let bad = [year(2019, 60.0, 96.0), year(2020, 50.0, 81.0)];
        assert_eq!(title(&bad, [80.0, 88.5], Lang::Zh), "95%区间实际命中88.5%；2020年95%区间只命中81%");
        assert!(
            title(&bad[..1], [80.0, 96.0], Lang::En).ends_with("; in 2019 the 80% interval held only 60%")
        );
        // That they are wide on the whole is not said without the year that they missed.
        let wide = title(&good, [92.0, 99.0], Lang::En);
        assert!(
            wide.starts_with("Intervals are wide on the whole: 92.0% came")
                && wide.ends_with("in 2020 the 80% interval held 70%"),
            "{wide}"
        );
        assert!(
            title(&good[..1], [92.0, 99.0], Lang::En)
                .starts_with("Intervals are wider than need be: 92.0% came")
        );
        assert!(title(&good, [70.0, 91.0], Lang::Zh).starts_with("区间偏窄：80%区间命中70.0%"));
        assert_eq!(title(&good[..1], [80.0, 96.0], Lang::En), "The 95% interval held 96.0% of the time");
    }
}
