//! How a ledger's cumulative totals come about: growth of the year, path within the year, revision of the base.
//! The equations and the source of every constant are in `seeds/README.md`.

use crate::dice::Dice;

/// Reporting periods of a year: February (with January) through December.
pub(crate) const PERIODS: usize = 11;
/// Index of July among the periods.
pub(crate) const JULY: usize = 5;
/// A value for each period of a year.
pub(crate) type Path = [f64; PERIODS];

/// The year that is replayed; its July growth is set, not drawn.
pub(crate) const THIS_YEAR: i32 = 2023;

/// A district, or a part of one, whose figures are drawn on their own.
pub(crate) struct Unit {
    pub(crate) name: &'static str,
    /// FAI: the year base of 2023. Other ledgers: the total of 2022. 亿元.
    pub(crate) size: f64,
    /// Noise in multiples of the ledger's; small places are noisier.
    pub(crate) volatility: f64,
    /// Growth of January–July 2023, as a ratio.
    pub(crate) july: f64,
}

/// What is common to a ledger's units.
pub(crate) struct Rules {
    /// First year drawn; the first printed one may be later.
    pub(crate) first: i32,
    /// Cumulative share of the year by period.
    pub(crate) season: Path,
    /// Standard deviation of a period's log flow: own, and common to all units.
    pub(crate) month_noise: (f64, f64),
    /// Standard deviation of the log tilt between February and July, and between July and December: own, common.
    pub(crate) tilt: (f64, f64),
    /// Mean growth of each year, from the year after `first` through 2022.
    pub(crate) growth: &'static [f64],
    /// Standard deviation of a unit's own growth.
    pub(crate) own_growth: f64,
    /// Revision of last year's December total when it becomes this year's base, from the year after `first`
    /// through 2023; none where the ledger is never revised.
    pub(crate) revision: Option<&'static [f64]>,
    /// The city's own projects as a share of the city's total: mean, and standard deviation of its log.
    pub(crate) reserve: (f64, f64),
    /// Growth of the city's own projects in January–July 2023.
    pub(crate) reserve_july: f64,
}

/// Cumulative totals and comparable bases, a path a year from `first` on.
#[derive(Clone)]
pub(crate) struct Series {
    pub(crate) first: i32,
    pub(crate) ytd: Vec<Path>,
    /// The first year's is 0 throughout: nothing is known before it.
    pub(crate) base: Vec<Path>,
}

impl Series {
    pub(crate) fn ytd(&self, year: i32) -> &Path {
        &self.ytd[usize::try_from(year - self.first).unwrap_or(0)]
    }

    pub(crate) fn base(&self, year: i32) -> &Path {
        &self.base[usize::try_from(year - self.first).unwrap_or(0)]
    }

    /// The sum of several series of the same years.
    pub(crate) fn sum(parts: &[&Series]) -> Series {
        let add = |pick: fn(&Series) -> &Vec<Path>| {
            (0..parts[0].ytd.len())
                .map(|y| std::array::from_fn(|p| parts.iter().map(|part| pick(part)[y][p]).sum()))
                .collect()
        };
        Series { first: parts[0].first, ytd: add(|s| &s.ytd), base: add(|s| &s.base) }
    }

    fn scale(&mut self, factor: f64) {
        self.ytd.iter_mut().chain(&mut self.base).flatten().for_each(|x| *x *= factor);
    }
}

/// Draws every unit of a ledger, and the city's own projects as the last series.
pub(crate) fn simulate(rules: &Rules, units: &[Unit], dice: &mut Dice) -> Vec<Series> {
    let years: Vec<i32> = (rules.first..=THIS_YEAR).collect();
    let common: Vec<Path> = years.iter().map(|&year| common_path(rules, year, dice)).collect();
    let common_drift: Vec<f64> = years.iter().map(|_| 0.010 + 0.007 * dice.heavy()).collect();

    let mut all: Vec<Series> = Vec::new();
    for unit in units {
        let shares: Vec<Path> = common.iter().map(|path| share(rules, unit.volatility, path, dice)).collect();
        let revisions = revisions(rules, unit.volatility, &common_drift, dice);
        let mut series = Series { first: rules.first, ytd: vec![shares[0]], base: vec![[0.0; PERIODS]] };
        for y in 1..years.len() {
            let last = series.ytd[y - 1];
            let base: Path = std::array::from_fn(|p| last[p] * (1.0 + revisions[y][p]));
            let total = match rules.growth.get(y - 1) {
                Some(mean) => {
                    // Beyond 2.5 deviations one place's luck would be the city's story.
                    let own = rules.own_growth * unit.volatility * dice.heavy().clamp(-2.5, 2.5);
                    base[PERIODS - 1] * (1.0 + mean + own)
                }
                None => base[JULY] * (1.0 + unit.july) / shares[y][JULY],
            };
            series.ytd.push(shares[y].map(|s| s * total));
            series.base.push(base);
        }
        let reached = if rules.revision.is_some() {
            series.base(THIS_YEAR)[PERIODS - 1]
        } else {
            series.ytd(THIS_YEAR - 1)[PERIODS - 1]
        };
        series.scale(unit.size / reached);
        all.push(series);
    }
    all.push(reserve(rules, &all, &common, &common_drift, dice));
    all
}

/// The city's own projects: a share of the city's year, with a path and a revision of their own.
fn reserve(rules: &Rules, parts: &[Series], common: &[Path], drift: &[f64], dice: &mut Dice) -> Series {
    let (mean, spread) = rules.reserve;
    let shares: Vec<Path> = common.iter().map(|path| share(rules, 1.2, path, dice)).collect();
    let revisions = revisions(rules, 1.0, drift, dice);
    let mut series = Series { first: rules.first, ytd: Vec::new(), base: Vec::new() };
    for y in 0..common.len() {
        let base: Path = match y.checked_sub(1) {
            None => [0.0; PERIODS],
            Some(before) => std::array::from_fn(|p| series.ytd[before][p] * (1.0 + revisions[y][p])),
        };
        let total = if y + 1 == common.len() {
            base[JULY] * (1.0 + rules.reserve_july) / shares[y][JULY]
        } else {
            // The last closed year is at the mean, so that the year base is the one that is stated.
            let noise = if y + 2 == common.len() { 0.0 } else { spread * dice.normal().clamp(-1.6, 1.6) };
            let of_city = mean * libm::exp(noise);
            of_city / (1.0 - of_city) * parts.iter().map(|part| part.ytd[y][PERIODS - 1]).sum::<f64>()
        };
        series.ytd.push(shares[y].map(|s| s * total));
        series.base.push(base);
    }
    series
}

/// Position of a period between February (−1), July (0) and December (1).
fn position(period: usize) -> f64 {
    (period as f64 - JULY as f64) / JULY as f64
}

/// Log deviations of a year's flows that all units share.
fn common_path(rules: &Rules, year: i32, dice: &mut Dice) -> Path {
    let tilt = rules.tilt.1 * dice.heavy();
    std::array::from_fn(|p| {
        let epidemic = match (year, p) {
            (2020, 0) => -0.27,
            (2020, 1) => -0.18,
            (2020, 2) => -0.08,
            (2020, 3..=6) => 0.04,
            _ => 0.0,
        };
        rules.month_noise.1 * dice.normal() + tilt * position(p) + epidemic
    })
}

/// Cumulative share of the year done by each period.
fn share(rules: &Rules, volatility: f64, common: &Path, dice: &mut Dice) -> Path {
    let tilt = rules.tilt.0 * volatility * dice.heavy();
    let mut before = 0.0;
    let mut done = 0.0;
    let sums: Path = std::array::from_fn(|p| {
        let flow = rules.season[p] - before;
        before = rules.season[p];
        let own = rules.month_noise.0 * volatility * dice.heavy() + tilt * position(p);
        done += flow * libm::exp(own + common[p]);
        done
    });
    sums.map(|sum| sum / done)
}

/// Revision of last year's total through each period, a path a year: December's, less a part that the
/// statistical verification adds only as the year goes on.
fn revisions(rules: &Rules, volatility: f64, drift: &[f64], dice: &mut Dice) -> Vec<Path> {
    (0..drift.len())
        .map(|y| match rules.revision {
            Some(december) if y > 0 => {
                let level = december[y - 1] + 0.010 * volatility * dice.normal();
                let late = drift[y] + 0.006 * volatility * dice.heavy();
                std::array::from_fn(|p| level - late * (1.0 - position(p)))
            }
            _ => [0.0; PERIODS],
        })
        .collect()
}
