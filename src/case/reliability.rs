//! Chances that were given against what came true: ten bins, the band that chance alone leaves, and the finding.

use super::story::Words;
use super::{Look, Scored, ScoredError};
use crate::backtest::Promise;
use crate::chart::{Bin, ReliabilityParts, ReliabilitySpec};
use crate::error::Lang;
use crate::num;
use crate::order;
use crate::unit::fixed;

/// Bins of ten percent each.
const BINS: u8 = 10;

/// A miss that counts as holding, in points.
const HOLDS: f64 = 5.0;

impl Scored<'_> {
    /// The reliability diagram of the blend's chances, over all months known that were asked for.
    ///
    /// # Errors
    /// [`ScoredError::NoChances`] where no chance was given, and [`ScoredError::Chart`] for a size that cannot be laid
    /// out.
    pub fn reliability(&self, look: &Look) -> Result<ReliabilitySpec, ScoredError> {
        let promises: Vec<Promise> = self.promises.iter().map(|(_, promise)| *promise).collect();
        if promises.is_empty() {
            let nothing = self.scores.is_empty();
            return Err(if nothing { ScoredError::Nothing } else { ScoredError::NoChances });
        }
        let lang = look.lang;
        let say = |en: &str, zh: &str| lang.pick(en, zh).to_owned();
        let mut bins = bins(&promises);
        name_worst(&mut bins, lang);
        let finding = Finding::of(&bins);
        let scope = self.scope(lang);
        let words = Words {
            title: finding.title(&furthest(&bins, lang), lang),
            subtitle: match lang {
                Lang::En => {
                    format!("Chance of last year's growth + 0, 2 and 4 pp; {scope}")
                }
                Lang::Zh => format!("达到上年增速加0、2、4个百分点的概率；{scope}"),
            },
            description: describe(&bins, lang),
        };
        Ok(ReliabilitySpec::new(ReliabilityParts {
            sheet: self.sheet(look, words),
            axis_title: say("Came true, %", "实际达到，%"),
            chance_title: say(
                "Chance given, %; columns below: how many such chances",
                "给出的概率，%；下方柱：这样的概率有几个",
            ),
            bands: say(
                "Bars: 19 times in 20 a right chance lands here, were answers independent",
                "浅条：若概率准确且各次独立，20次约19次落在其内",
            ),
            diagonal: say("As promised", "说到做到"),
            bins,
        })?)
    }
}

/// The bins that have chances.
fn bins(promises: &[Promise]) -> Vec<Bin> {
    let of = |bin: u8| {
        let inside = |p: &&Promise| {
            let at = (p.chance * f64::from(BINS)).floor().clamp(0.0, f64::from(BINS - 1));
            at == f64::from(bin)
        };
        let all: Vec<&Promise> = promises.iter().filter(inside).collect();
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return None;
        }
        let wide = 100.0 / f64::from(BINS);
        let (from, to) = (f64::from(bin) * wide, f64::from(bin + 1) * wide);
        let chance = num::sum(all.iter().map(|p| p.chance)) / f64::from(count);
        let kept = all.iter().filter(|p| p.kept).count() as f64 / f64::from(count);
        let (lo, hi) = binomial_band(count, chance);
        Some(Bin {
            from,
            to,
            chance: (chance * 100.0).clamp(from, to),
            kept: kept * 100.0,
            band: (lo * 100.0, hi * 100.0),
            count,
            label: String::new(),
        })
    };
    (0..BINS).filter_map(of).collect()
}

/// The shares between which 95 % of all outcomes lie when `count` independent chances of size `p` are right.
///
/// Source: Bröcker & Smith (2007), "Increasing the reliability of reliability diagrams", section 3; here exact from
/// the binomial distribution rather than by resampling. A year's answers share its shock, so that more points than
/// one in twenty may lie outside though every chance is right.
fn binomial_band(count: u32, p: f64) -> (f64, f64) {
    let n = f64::from(count);
    if p <= 0.0 || p >= 1.0 {
        return (p.clamp(0.0, 1.0), p.clamp(0.0, 1.0));
    }
    // From the mode outwards, so that nothing under- or overflows.
    let mode = ((n + 1.0) * p).floor().min(n) as usize;
    let odds = p / (1.0 - p);
    let mut weights = vec![0.0; count as usize + 1];
    weights[mode] = 1.0;
    for k in mode + 1..weights.len() {
        let k_f = k as f64;
        weights[k] = weights[k - 1] * odds * (n - k_f + 1.0) / k_f;
    }
    for k in (0..mode).rev() {
        let k_f = k as f64;
        weights[k] = weights[k + 1] * (k_f + 1.0) / ((n - k_f) * odds);
    }
    let all = num::sum(weights.iter().copied());
    let quantile = |level: f64| {
        let mut below = 0.0;
        let at = weights.iter().position(|w| {
            below += w;
            below >= level * all
        });
        at.map_or(1.0, |k| k as f64 / n)
    };
    (quantile(0.025), quantile(0.975))
}

/// Names the two bins outside their band that miss by most, weighted by how often the chance was given.
fn name_worst(bins: &mut [Bin], lang: Lang) {
    let weight = |b: &Bin| (b.kept - b.chance).abs() * f64::from(b.count);
    let mut worst: Vec<usize> = (0..bins.len()).filter(|i| misses(&bins[*i])).collect();
    order::sort_by(&mut worst, |a, b| weight(&bins[*b]).total_cmp(&weight(&bins[*a])));
    for i in worst.into_iter().take(2) {
        let bin = &mut bins[i];
        bin.label = said(bin, lang);
    }
}

/// Whether a bin misses by more than chance alone would, as far as its answers are independent.
fn misses(bin: &Bin) -> bool {
    bin.count >= 5 && !(bin.band.0..=bin.band.1).contains(&bin.kept)
}

fn said(bin: &Bin, lang: Lang) -> String {
    let (given, came) = (fixed(bin.chance, 0), fixed(bin.kept, 0));
    match lang {
        Lang::En => format!("{given}% given, {came}% came"),
        Lang::Zh => format!("说{given}%，实际{came}%"),
    }
}

/// The title's second half: the bin that misses by most, where that is ten points or more.
fn furthest(bins: &[Bin], lang: Lang) -> String {
    let miss = |b: &Bin| (b.kept - b.chance).abs();
    let far = bins.iter().filter(|b| misses(b) && miss(b) >= 10.0);
    far.max_by(|a, b| miss(a).total_cmp(&miss(b))).map_or(String::new(), |bin| match lang {
        Lang::En => format!("; furthest off: {}", said(bin, lang)),
        Lang::Zh => format!("；差得最多的：{}", said(bin, lang)),
    })
}

/// What the bins say together, in points.
struct Finding {
    /// Mean miss of a chance.
    miss: f64,
    given: f64,
    came: f64,
    /// How much further from the middle chances were than what came true; negative when they held back.
    sure: f64,
}

impl Finding {
    fn of(bins: &[Bin]) -> Self {
        let all = num::sum(bins.iter().map(|b| f64::from(b.count)));
        let mean = |f: &dyn Fn(&Bin) -> f64| num::sum(bins.iter().map(|b| f(b) * f64::from(b.count))) / all;
        Self {
            miss: mean(&|b| (b.kept - b.chance).abs()),
            given: mean(&|b| b.chance),
            came: mean(&|b| b.kept),
            sure: mean(&|b| (b.chance - b.kept) * if b.chance < 50.0 { -1.0 } else { 1.0 }),
        }
    }

    /// `furthest` is the bin that stands out, if one does: then it is not said that chances hold.
    fn title(&self, furthest: &str, lang: Lang) -> String {
        let miss = fixed(self.miss, 0);
        let (given, came) = (fixed(self.given, 0), fixed(self.came, 0));
        let bias = self.given - self.came;
        let en_points = if miss == "1" { "point" } else { "points" };
        let finding = match lang {
            Lang::En if self.miss < HOLDS && !furthest.is_empty() => {
                format!("Chances miss what came true by {miss} {en_points} on average")
            }
            Lang::Zh if self.miss < HOLDS && !furthest.is_empty() => {
                format!("概率与实际平均差{miss}个百分点")
            }
            Lang::En if self.miss < HOLDS => {
                format!("Chances hold: they miss what came true by {miss} {en_points} on average")
            }
            Lang::Zh if self.miss < HOLDS => format!("概率可信：与实际平均只差{miss}个百分点"),
            Lang::En if bias.abs() >= self.sure.abs() && bias > 0.0 => {
                format!("Chances were too high: {given}% given on average, {came}% came true")
            }
            Lang::Zh if bias.abs() >= self.sure.abs() && bias > 0.0 => {
                format!("概率给高了：平均说{given}%，实际{came}%")
            }
            Lang::En if bias.abs() >= self.sure.abs() => {
                format!("Chances were too low: {given}% given on average, {came}% came true")
            }
            Lang::Zh if bias.abs() >= self.sure.abs() => {
                format!("概率给低了：平均说{given}%，实际{came}%")
            }
            Lang::En if self.sure > 0.0 => {
                format!("Chances were too sure: they miss what came true by {miss} {en_points} on average")
            }
            Lang::Zh if self.sure > 0.0 => format!("概率给得太满：与实际平均差{miss}个百分点"),
            Lang::En => {
                format!(
                    "Chances were too cautious: they miss what came true by {miss} {en_points} on average"
                )
            }
            Lang::Zh => format!("概率给得太保守：与实际平均差{miss}个百分点"),
        };
        finding + furthest
    }
}

fn describe(bins: &[Bin], lang: Lang) -> String {
    let each = bins.iter().map(|b| {
        let (given, came) = (fixed(b.chance, 0), fixed(b.kept, 0));
        match lang {
            Lang::En => format!("{given}% given, {came}% came true ({} chances)", b.count),
            Lang::Zh => format!("说{given}%，实际{came}%（{}个）", b.count),
        }
    });
    let end = lang.pick(".", "。");
    format!("{}{end}", each.collect::<Vec<_>>().join(lang.pick("; ", "；")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(chance: f64, kept: usize, of: usize) -> Vec<Promise> {
        (0..of).map(|i| Promise { chance, kept: i < kept }).collect()
    }

    #[test]
    fn the_band_agrees_with_tables_of_the_binomial_distribution() {
        // qbinom(c(.025, .975), n, p) of R.
        for (n, p, lo, hi) in [(20, 0.5, 6.0, 14.0), (100, 0.1, 5.0, 16.0), (10, 0.9, 7.0, 10.0)] {
            let n_f = f64::from(n);
            assert_eq!(binomial_band(n, p), (lo / n_f, hi / n_f), "{n} {p}");
        }
        assert_eq!(binomial_band(7, 0.0), (0.0, 0.0));
        assert_eq!(binomial_band(7, 1.0), (1.0, 1.0));
        let (lo, hi) = binomial_band(100_000, 0.3);
        assert!((0.2971..0.2973).contains(&lo) && (0.3027..0.3029).contains(&hi), "{lo} {hi}");
    }

    #[test]
    fn every_chance_falls_in_one_bin() {
        let all: Vec<Promise> =
            [0.0, 0.05, 0.1, 0.3, 0.999, 1.0].into_iter().flat_map(|c| given(c, 1, 2)).collect();
        let bins = bins(&all);
        assert_eq!(
            bins.iter().map(|b| (b.from, b.count)).collect::<Vec<_>>(),
            [(0.0, 4), (10.0, 2), (30.0, 2), (90.0, 4)]
        );
        assert!(bins.iter().all(|b| b.kept == 50.0));
    }

    #[test]
    fn titles_say_what_the_numbers_do() {
        let title = |parts: &[(f64, usize, usize)], lang| {
            let all: Vec<Promise> = parts.iter().flat_map(|(c, k, n)| given(*c, *k, *n)).collect();
            let bins = bins(&all);
            Finding::of(&bins).title("", lang)
        };
        let bins = bins(&[given(0.05, 25, 500), given(0.55, 71, 100)].concat());
        assert_eq!(
            Finding::of(&bins).title(&furthest(&bins, Lang::En), Lang::En),
            "Chances miss what came true by 3 points on average; furthest off: 55% given, 71% came"
        );
        assert!(title(&[(0.25, 26, 100), (0.75, 74, 100)], Lang::En).starts_with("Chances hold: "));
        assert_eq!(
            title(&[(0.65, 50, 100), (0.85, 70, 100)], Lang::En),
            "Chances were too high: 75% given on average, 60% came true"
        );
        assert_eq!(title(&[(0.65, 80, 100)], Lang::Zh), "概率给低了：平均说65%，实际80%");
        assert!(title(&[(0.05, 20, 100), (0.95, 80, 100)], Lang::En).contains("too sure"));
        assert!(title(&[(0.35, 10, 100), (0.65, 90, 100)], Lang::Zh).contains("太保守"));
    }
}
