//! What every model would have said at the same month of past years, beside what came.

use crate::model::{Earlier, Fitted, Guess, Model};
use crate::num;
use crate::outlook::base::{BaseOutlook, bases};
use crate::panel::{Panel, View};
use crate::stats;

/// One region at one origin. All logs are of ytd at the horizon or, where a base is known, of 1 + growth:
/// differences between them mean the same.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) region: usize,
    pub(super) year: i32,
    /// One entry a model; NaN where it has nothing to say.
    pub(super) guesses: Vec<f64>,
    /// What would be said of a new region in its place; NaN where nothing would.
    pub(super) stranger: f64,
    /// What came; NaN for the year under way.
    pub(super) actual: f64,
    /// The base behind the growth; `None` where the logs are of amounts.
    pub(super) base: Option<BaseOutlook>,
    /// Whether the logs are of 1 + growth.
    pub(super) in_growth: bool,
    /// How much the region's months jump from year to year, in logs.
    pub(super) volatility: Option<f64>,
    /// The part of the year that is still to come, from last year.
    pub(super) rest_share: Option<f64>,
    /// Which models speak in the blend, as bits.
    pub(super) speaking: u32,
}

impl Row {
    /// Whether every model of a mask has a guess, be it one that speaks here or not.
    pub(super) fn knows(&self, mask: u32) -> bool {
        self.guesses.iter().enumerate().all(|(k, g)| mask & (1 << k) == 0 || g.is_finite())
    }
}

impl Row {
    /// Whether nothing speaks for the region but what would be said of any new one.
    pub(super) fn is_stranger(&self) -> bool {
        let speaks = |k: &usize| self.speaking & (1 << k) != 0;
        (0..self.guesses.len()).filter(speaks).all(|k| (self.guesses[k] - self.stranger).abs() < SAME)
    }
}

/// Logs that differ by less are the same.
const SAME: f64 = 1e-9;

/// A model that stands in speaks where fewer others than this do: a region with one past year, or with growth alone.
const ENOUGH_VOICES: u32 = 3;

/// Which models speak, as bits: those with a guess, but for the ones that only stand in where enough others have one.
fn speaking(guesses: &[f64], models: &[Box<dyn Model>], published: bool) -> u32 {
    let bits = |which: &dyn Fn(usize) -> bool| {
        (0..guesses.len()).filter(|k| guesses[*k].is_finite() && which(*k)).fold(0, |m, k| m | 1 << k)
    };
    let regular: u32 = bits(&|k| !models[k].stands_in(published));
    if regular.count_ones() < ENOUGH_VOICES { bits(&|_| true) } else { regular }
}

/// The rows of one horizon: past years in order, and the year under way.
pub(super) struct Rolling {
    pub(super) past: Vec<Row>,
    pub(super) now: Vec<Row>,
}

/// Runs every model at month `cut` of each past year that has enough behind it, and of `year`: a year a step.
///
/// A past year is rolled from the third year of data on, earlier where there are fewer.
pub(super) struct Roller {
    year: i32,
    cut: u8,
    horizons: Vec<u8>,
    next: i32,
    /// What each model said in the years before.
    memory: Vec<(i32, Vec<Box<dyn Fitted>>)>,
    out: Vec<Rolling>,
}

impl Roller {
    pub(super) fn new(panel: &Panel, year: i32, cut: u8, horizons: Vec<u8>) -> Self {
        let depth = year - panel.first_year();
        let out = horizons.iter().map(|_| Rolling { past: Vec::new(), now: Vec::new() }).collect();
        let next = (panel.first_year() + (depth - 3).clamp(1, 3)).min(year);
        Self { year, cut, horizons, next, memory: Vec::new(), out }
    }

    /// Years still to be rolled.
    pub(super) fn left(&self) -> usize {
        usize::try_from(self.year + 1 - self.next).unwrap_or(0)
    }

    /// Hands over one answer a horizon, once no year is left, and forgets the models.
    pub(super) fn take(&mut self) -> Vec<Rolling> {
        self.memory.clear();
        std::mem::take(&mut self.out)
    }

    /// Rolls the next year. `learned` says of each region of the tree whether its past is learned from; of the others
    /// only the year under way is answered.
    pub(super) fn step(&mut self, panel: &Panel, models: &[Box<dyn Model>], learned: &[bool]) {
        let Self { year, cut, horizons, next, memory, out } = self;
        let (year, cut, y) = (*year, *cut, *next);
        if y > year {
            return;
        }
        *next += 1;
        let view = panel.view(y, cut);
        let view = if y < year { view.only(learned) } else { view };
        let now: Vec<Box<dyn Fitted>> = models
            .iter()
            .enumerate()
            .map(|(k, model)| {
                let earlier: Vec<Earlier<'_>> = memory
                    .iter()
                    .map(|of_year| {
                        let (year, fitted) = (of_year.0, &*of_year.1[k]);
                        Earlier { year, fitted }
                    })
                    .collect();
                model.fit(&view, horizons, &earlier)
            })
            .collect();
        memory.push((y, now));
        let fitted = &memory[memory.len() - 1].1;
        let volatility: Vec<Option<f64>> = (0..view.regions()).map(|r| volatility(&view, r)).collect();
        for (rolling, horizon) in out.iter_mut().zip(horizons.iter()) {
            let bases = bases(&view, *horizon);
            for region in (0..view.regions()).filter(|r| view.includes(*r)) {
                let growth_known = view.growth(region, y, cut).is_some();
                let in_growth =
                    bases[region].is_some() || (view.ytd(region, y, cut).is_none() && growth_known);
                // Growth of the index is growth on the comparable base.
                let last = view.index(region, y - 1, *horizon).filter(|x| *x > 0.0).map(num::ln);
                let scope = view.ln_scope(region);
                let on_scale = |guess: Option<Guess>| match (guess, in_growth) {
                    (Some(Guess::LnGrowth(g)), true) => g,
                    (Some(Guess::LnIndex(i)), true) => i - last.unwrap_or(f64::NAN),
                    (Some(Guess::LnIndex(i)), false) => i + scope,
                    _ => f64::NAN,
                };
                let guesses: Vec<f64> = fitted.iter().map(|f| on_scale(f.guess(region, *horizon))).collect();
                let stranger = on_scale(fitted.iter().find_map(|f| f.stranger(region, *horizon)));
                if guesses.iter().all(|g| !g.is_finite()) {
                    continue;
                }
                let actual = if y == year { None } else { outcome(panel, region, y, *horizon, in_growth) };
                let row = Row {
                    region,
                    year: y,
                    speaking: speaking(&guesses, models, is_published(panel, region, y, cut)),
                    guesses,
                    stranger,
                    actual: actual.unwrap_or(f64::NAN),
                    base: bases[region],
                    in_growth,
                    volatility: volatility[region],
                    rest_share: rest_share(&view, region, *horizon),
                };
                if y == year {
                    rolling.now.push(row);
                } else if actual.is_some() {
                    rolling.past.push(row);
                }
            }
        }
    }
}

/// Whether the region's growth is published, or its base given, at the cut; before a year's first figure, at the end of the
/// year before.
fn is_published(panel: &Panel, region: usize, year: i32, cut: u8) -> bool {
    let (year, month) = if cut == 0 { (year - 1, 12) } else { (year, cut) };
    panel.published_growth(region, year, month).is_some()
        || panel.comparable_base(region, year, month).is_some()
}

/// What came at the horizon of a past year, on the scale of the guesses.
fn outcome(panel: &Panel, region: usize, year: i32, horizon: u8, in_growth: bool) -> Option<f64> {
    if in_growth {
        let growth = panel.growth(region, year, horizon)?;
        (growth > -1.0).then(|| num::ln(1.0 + growth))
    } else {
        panel.ytd(region, year, horizon).filter(|x| *x > 0.0).map(num::ln)
    }
}

/// The share of last year's ytd at the horizon that came after the cut.
fn rest_share(view: &View<'_>, region: usize, horizon: u8) -> Option<f64> {
    let last = view.year() - 1;
    let whole = view.index(region, last, horizon).filter(|x| *x > 0.0)?;
    let part = if view.cut() == 0 { 0.0 } else { view.index(region, last, view.cut())? };
    Some(1.0 - part / whole)
}

/// The robust standard deviation of the year-on-year log change of a month over the last six years; of ytd's
/// growth where there are no flows.
fn volatility(view: &View<'_>, region: usize) -> Option<f64> {
    let (year, cut) = (view.year(), view.cut());
    let months = || {
        let years = (year - 6).max(view.first_year() + 1)..=year;
        years.flat_map(|y| view.calendar().months().map(move |m| (y, m)))
    };
    let seen = |y: i32, m: u8| y < year || m <= cut;
    let changes: Vec<f64> = months()
        .filter(|(y, m)| seen(*y, *m))
        .filter_map(|(y, m)| {
            let (now, then) = (view.flow(region, y, m)?, view.flow(region, y - 1, m)?);
            (now > 0.0 && then > 0.0).then(|| num::ln(now / then))
        })
        .collect();
    let changes = if changes.len() >= 6 {
        changes
    } else {
        months().filter_map(|(y, m)| Some(num::ln_1p(view.growth(region, y, m)?.max(-0.98)))).collect()
    };
    (changes.len() >= 6).then(|| stats::robust_sd(changes)).flatten().filter(|v| *v > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::YearMonth;
    use crate::ledger::Ledger;
    use crate::model;
    use crate::panel::Cells;
    use crate::region::Tree;
    use crate::table::read_panel;

    /// Five regions with ytd and growth, 2010 to June 2021; what comes after June 2017 in that year is `noise`.
    fn panel(noise: bool) -> Panel {
        let mut csv = String::from("region,year,month,ytd,growth\n");
        let mut tree = Tree::default();
        for region in 0..5u32 {
            tree.add(&format!("R{region}"));
            for year in 2010..=2021u32 {
                let mut ytd = 0.0;
                for month in 1..=12u32 {
                    let wobble =
                        |k: u32| f64::from((region * 31 + year * 17 + month * 7 + k) * 7919 % 101) / 101.0;
                    ytd += (100.0 + f64::from(10 * (year - 2010))) * (0.8 + 0.4 * wobble(0));
                    let (mut shown, mut growth) = (ytd, 5.0 + 6.0 * wobble(1));
                    if noise && year == 2017 && month > 6 {
                        (shown, growth) = (ytd * (1.0 + wobble(2)), 40.0 * wobble(3));
                    }
                    if year < 2021 || month <= 6 {
                        csv += &format!("R{region},{year},{month},{shown:.2},{growth:.1}\n");
                    }
                }
            }
        }
        let cells = Cells::new(read_panel(&csv, "a.csv").0, tree, None, "a.csv");
        cells.panel(Ledger::Fai, YearMonth { year: 2021, month: 6 }).unwrap().0
    }

    #[test]
    fn a_past_year_is_answered_from_what_was_known_then() {
        let roll = |noise| {
            let panel = panel(noise);
            let mut roller = Roller::new(&panel, 2021, 6, vec![9, 12]);
            while roller.left() > 0 {
                roller.step(&panel, &model::all(), &[true; 5]);
            }
            roller.take()
        };
        let mut compared = 0;
        for (was, is) in roll(false).iter().zip(&roll(true)) {
            // Through 2017 all that was said, and before it all that came, is the same to the last bit.
            for (a, b) in was.past.iter().zip(&is.past).filter(|(a, _)| a.year <= 2017) {
                assert_eq!((a.region, a.year, a.in_growth, a.base), (b.region, b.year, b.in_growth, b.base));
                let bits = |row: &Row| row.guesses.iter().map(|g| g.to_bits()).collect::<Vec<u64>>();
                assert_eq!(bits(a), bits(b), "{} {}", a.region, a.year);
                assert_eq!((a.volatility, a.rest_share), (b.volatility, b.rest_share));
                assert_eq!(
                    a.actual == b.actual,
                    a.year < 2017,
                    "the noise shows in what came, and only there"
                );
                compared += 1;
            }
            let later = |rolling: &Rolling| rolling.now.iter().map(|r| r.guesses.clone()).collect::<Vec<_>>();
            assert_ne!(later(was), later(is), "later years learn from it");
        }
        assert!(compared >= 2 * 5 * 4, "{compared}");
    }

    #[test]
    fn models_that_stand_in_speak_where_growth_is_published_or_others_cannot() {
        let models = model::all();
        let spoken = |csv: &str| {
            let mut tree = Tree::default();
            tree.add("A");
            let cells = Cells::new(read_panel(csv, "a.csv").0, tree, None, "a.csv");
            let panel = cells.panel(Ledger::Fai, YearMonth { year: 2021, month: 6 }).unwrap().0;
            let mut roller = Roller::new(&panel, 2021, 6, vec![12]);
            while roller.left() > 0 {
                roller.step(&panel, &models, &[true]);
            }
            let mask = roller.take()[0].now[0].speaking;
            let ids = models.iter().enumerate().filter(|(k, _)| mask & (1 << k) != 0).map(|(_, m)| m.id());
            ids.collect::<Vec<&str>>()
        };
        let write = |from: u32, growth: bool| {
            let mut csv = String::from(if growth {
                "region,year,month,ytd,growth\n"
            } else {
                "region,year,month,ytd\n"
            });
            for year in from..=2021 {
                for month in 1..=if year == 2021 { 6 } else { 12 } {
                    let ytd = month * (100 + 5 * (year - 2008));
                    csv += &format!("A,{year},{month},{ytd}{}\n", if growth { ",5.0" } else { "" });
                }
            }
            csv
        };
        assert_eq!(spoken(&write(2010, false)), ["pooled", "dot", "last_rest", "mean_rest"]);
        assert_eq!(spoken(&write(2010, true)), ["pooled", "share", "drift", "dot", "last_rest", "mean_rest"]);
        // One past year: two others can speak, which is too few.
        assert!(spoken(&write(2020, false)).contains(&"share"));
    }
}
