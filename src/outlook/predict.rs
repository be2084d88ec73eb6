//! The outlook of regions that know the same months.

use crate::error::Note;
use crate::model::Model;
use crate::num;
use crate::order;
use crate::outlook::Ask;
use crate::outlook::base::FREEDOM as BASE_FREEDOM;
use crate::outlook::blend::{Stacking, Weights};
use crate::outlook::draws::Landing;
use crate::outlook::recipe::{Made, Recipe, Shared, Strata, from_ln};
use crate::outlook::rolling::{Rolling, Row};
use crate::outlook::spread::{Evidence, Miss, Spread, Tail};
use crate::panel::Panel;
use crate::par;
use crate::stats::{self, Points, StudentTable};
use crate::unit::fixed;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one model says, and how much it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// Id of the model.
    pub model: &'static str,
    /// Its weight in the blend; weights add up to 1.
    pub weight: f64,
    /// The ytd it predicts or, in a growth-only region, the growth as a ratio.
    pub median: f64,
}

/// Where a region stands at the end of a month.
#[derive(Debug, Clone)]
pub struct MonthOutlook {
    /// Cumulative amount; `None` in a growth-only region.
    pub total: Option<Landing>,
    /// Growth on the comparable base, a ratio; `None` where last year is not known.
    pub growth: Option<Landing>,
    /// The base of that growth, draw by draw.
    pub base: Option<Landing>,
    /// What each model says; empty where the figure is known.
    pub voices: Vec<Voice>,
}

/// The months of one region.
pub(super) struct Answer {
    pub(super) months: BTreeMap<u8, MonthOutlook>,
    pub(super) notes: Vec<Note>,
}

/// What all regions of an outlook are answered with.
pub(super) struct Setting {
    pub(super) points: Points,
    /// One entry a region of the tree: its place among the dimensions of the draws.
    pub(super) places: Vec<usize>,
    /// One entry a region of the tree: whether its past is learned from.
    pub(super) learned: Vec<bool>,
    /// One entry a region of the tree: whether its draws are kept.
    pub(super) kept: Vec<bool>,
}

/// The months that are answered for regions that know the year through `cut`, ascending.
pub(super) fn horizons(panel: &Panel, ask: &Ask, cut: u8) -> Vec<u8> {
    let first = panel.calendar().first_month();
    let asked = ask.months.iter().copied().chain([12]).filter(|m| *m > cut && *m >= first);
    let mut horizons: Vec<u8> = asked.collect();
    horizons.sort_unstable();
    horizons.dedup();
    horizons
}

/// Answers for `regions`, which all know the year through `cut`. One answer a region, in order.
pub(super) fn answer(
    setting: &Setting,
    panel: &Panel,
    models: &[Box<dyn Model>],
    learned: &[Learned],
    (year, cut): (i32, u8),
    regions: &[usize],
) -> Vec<Answer> {
    par::map(regions, |region| {
        let mut answer = Answer { months: known(panel, *region, year, cut), notes: Vec::new() };
        let so_far = if cut == 0 { None } else { panel.ytd(*region, year, cut) };
        let mut strata = Strata::default();
        for learned in learned {
            let Some(row) = learned.now.get(region) else { continue };
            let Some(tail) = learned.own_tail(row) else { continue };
            let recipe = Recipe {
                shared: Arc::clone(&learned.shared),
                centre: learned.weights.blend(row),
                scale: tail.scale,
                // Own dimensions of the draws: two a region, after the shared one.
                dimension: 1 + 2 * setting.places[*region],
                base: row.base,
                in_growth: row.in_growth,
                floor: so_far.unwrap_or(0.0),
            };
            let made =
                if setting.kept[*region] { recipe.kept(&mut strata) } else { recipe.summed_up(&mut strata) };
            let voices = learned.voices(row, made.total.is_some(), models);
            let Made { total, growth, base } = made;
            answer.months.insert(learned.horizon, MonthOutlook { total, growth, base, voices });
        }
        if cut < 12 {
            let left_out = !setting.learned[*region];
            answer.notes = notes(panel, *region, (year, cut), left_out, learned.last(), &answer);
        }
        answer
    })
}

/// The months that have passed.
fn known(panel: &Panel, region: usize, year: i32, cut: u8) -> BTreeMap<u8, MonthOutlook> {
    let month = |m: u8| {
        let (ytd, growth) = (panel.ytd(region, year, m), panel.growth(region, year, m));
        (ytd.is_some() || growth.is_some()).then(|| MonthOutlook {
            total: ytd.map(Landing::Known),
            growth: growth.map(Landing::Known),
            base: panel.base(region, year, m).map(Landing::Known),
            voices: Vec::new(),
        })
    };
    order::map((1..=cut).filter_map(|m| Some((m, month(m)?))))
}

/// What was learned for one horizon.
pub(super) struct Learned {
    horizon: u8,
    now: BTreeMap<usize, Row>,
    weights: Weights,
    spread: Spread,
    farther: Farther,
    shared: Arc<Shared>,
}

/// For regions of which no past error is known: how much farther off what speaks for them was elsewhere than the blend, whose
/// errors the widths are learned from.
struct Farther {
    /// By which models speak; of a region that begins late these are fewer.
    by_mask: BTreeMap<u32, f64>,
    /// What is told of a region whose past nobody knows.
    stranger: f64,
}

/// Past rows from which it can be told how much farther off some models are than others.
const ENOUGH_ROWS: usize = 20;

/// The typical error of what `guess` says ÷ that of the blend, in the same past rows, at least 1.
fn farther(past: &[&Row], misses: &[Miss], guess: impl Fn(&Row) -> f64) -> f64 {
    let both = || past.iter().zip(misses).filter(|(row, _)| guess(row).is_finite());
    let theirs = || both().map(|(row, _)| (row.actual - guess(row)).abs());
    let blends = || both().map(|(_, miss)| miss.error.abs());
    if both().count() < ENOUGH_ROWS {
        return 1.0;
    }
    let typical = stats::median(theirs()).zip(stats::median(blends()));
    typical.filter(|(_, blend)| *blend > 0.0).map_or(1.0, |(theirs, blend)| (theirs / blend).max(1.0))
}

fn evidence(row: &Row, weights: &Weights) -> Evidence {
    let centre = weights.blend(row);
    let spoken = row.guesses.iter().zip(weights.of(row)).filter(|(g, _)| g.is_finite());
    let variance = num::sum(spoken.map(|(g, w)| w * (g - centre) * (g - centre)));
    let disagreement = num::finite(variance.sqrt()).unwrap_or(0.0);
    let effective = num::sum(weights.of(row).iter().map(|w| w * w));
    Evidence {
        volatility: row.volatility,
        rest_share: row.rest_share,
        disagreement,
        left_over: disagreement * effective.sqrt(),
    }
}

impl Learned {
    /// Weights, widths and the shock from past years, with what the models say of the year under way.
    pub(super) fn from(rolling: Rolling, horizon: u8, models: usize, year: i32, points: Points) -> Self {
        let past: Vec<&Row> = rolling.past.iter().collect();
        let masks = rolling.past.iter().chain(&rolling.now).map(|row| row.speaking);
        let mut stacking = Stacking::new(masks, models);
        // The blend of a past year knew only the years before it; so do the errors that are learned from.
        let mut misses = Vec::new();
        for of_year in past.chunk_by(|a, b| a.year == b.year) {
            let weights = stacking.weights(&past[..misses.len()]);
            misses.extend(of_year.iter().map(|row| Miss {
                region: row.region,
                year: row.year,
                error: row.actual - weights.blend(row),
                evidence: evidence(row, &weights),
            }));
            stacking.score(&weights, of_year);
        }
        let weights = stacking.weights(&past);
        let spread = Spread::calibrated(&misses, year);
        let unchecked = || rolling.now.iter().filter(|row| !spread.has_checked(row.region));
        let told = |mask: u32| (mask, farther(&past, &misses, |row| weights.blend_of(row, mask)));
        let by_mask = order::set(unchecked().filter(|row| !row.is_stranger()).map(|row| row.speaking));
        let farther = Farther {
            by_mask: order::map(by_mask.into_iter().map(told)),
            stranger: match unchecked().any(Row::is_stranger) {
                true => farther(&past, &misses, |row| row.stranger),
                false => 1.0,
            },
        };
        let shock = spread.shock.map_or_else(Vec::new, |s| {
            let table = StudentTable::shared(s.freedom);
            points.strata(0).iter().map(|k| s.scale * table.held(usize::from(*k))).collect()
        });
        let own_table = StudentTable::shared(spread.own_freedom);
        let base_table = StudentTable::shared(BASE_FREEDOM);
        Self {
            horizon,
            weights,
            shared: Arc::new(Shared { points, shock, own_table, base_table }),
            spread,
            farther,
            now: order::map(rolling.now.into_iter().map(|row| (row.region, row))),
        }
    }

    fn own_tail(&self, row: &Row) -> Option<Tail> {
        let tail = self.spread.own(row.region, &evidence(row, &self.weights))?;
        let farther = match self.spread.has_checked(row.region) {
            true => 1.0,
            false if row.is_stranger() => self.farther.stranger,
            false => self.farther.by_mask.get(&row.speaking).copied().unwrap_or(1.0),
        };
        Some(Tail { scale: tail.scale * farther, ..tail })
    }

    /// What each model says: of the amount where there is one, else of growth.
    fn voices(&self, row: &Row, in_amounts: bool, models: &[Box<dyn Model>]) -> Vec<Voice> {
        let anchor = row.base.map_or(0.0, |b| b.ln_median);
        row.guesses
            .iter()
            .zip(self.weights.of(row))
            .zip(models)
            .filter(|((guess, _), _)| guess.is_finite())
            .map(|((guess, weight), model)| Voice {
                model: model.id(),
                weight: *weight,
                median: if in_amounts { from_ln(guess + anchor) } else { from_ln(*guess) - 1.0 },
            })
            .collect()
    }
}

/// A base this far from what was published is told, a ratio: half of the growth that districts owe.
const REVISED: f64 = 0.05;

/// Code of the note on a region whose every figure is 0.
pub(super) const ONLY_ZEROS: &str = "only_zeros";

/// Whether a region has figures through a month, and all of them are 0.
fn only_zeros(panel: &Panel, region: usize, year: i32, cut: u8) -> bool {
    let seen = |y: i32, m: u8| y < year || m <= cut;
    let mut figures = (panel.first_year()..=year)
        .flat_map(|y| (1..=12).filter(move |m| seen(y, *m)).map(move |m| (y, m)))
        .filter_map(|(y, m)| panel.ytd(region, y, m))
        .peekable();
    figures.peek().is_some() && figures.all(|x| x == 0.0)
}

/// Whether a region's growths, of which there are several, are all as small as ratios are that were meant as percent.
fn all_tiny(panel: &Panel, region: usize, year: i32, cut: u8) -> bool {
    let seen = |y: i32, m: &u8| y < year || *m <= cut;
    let growths: Vec<f64> = (panel.first_year()..=year)
        .flat_map(|y| (1..=12).filter(move |m| seen(y, m)).filter_map(move |m| panel.growth(region, y, m)))
        .collect();
    growths.len() >= 3 && growths.iter().all(|g| g.abs() <= 0.015)
}

/// Whether a past year of a region could be checked: a whole one after another whole one.
fn could_be_checked(panel: &Panel, region: usize, year: i32) -> bool {
    let whole = |y| panel.through(region, y) == 12;
    (panel.first_year() + 1..year).any(|y| whole(y - 1) && whole(y))
}

/// Past years of a region that are known to their end.
fn own_years(panel: &Panel, region: usize, year: i32) -> usize {
    (panel.first_year()..year).filter(|y| panel.through(region, *y) == 12).count()
}

fn notes(
    panel: &Panel,
    region: usize,
    (year, cut): (i32, u8),
    left_out: bool,
    december: Option<&Learned>,
    answer: &Answer,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(month) = answer.months.get(&12) else {
        if only_zeros(panel, region, year, cut) {
            notes.push(Note::new(
                ONLY_ZEROS,
                "every figure is 0, so there is nothing to project; sums count it as 0",
                "数据全部为0，无从推算；加总时按0计",
            ));
            return notes;
        }
        notes.push(Note::new(
            "no_outlook",
            "too little history: no region shows how a year goes on from here, so nothing is said of December",
            "历史数据过少：没有可参照的年份，不作年末推算",
        ));
        return notes;
    };
    if cut == 0 {
        notes.push(Note::new(
            "no_data_this_year",
            format!("nothing of {year} is known yet; this comes from past years alone"),
            format!("{year}年尚无数据，以下仅由往年推算"),
        ));
    }
    let years = december.map_or(0, |l| l.spread.years);
    if years < 3 {
        notes.push(Note::new(
            "short_history",
            match years {
                0 => "no past year could be checked; the width leans on how much months jump and may be off".to_owned(),
                1 => "only one past year could be checked; the width leans on how much months jump and may be off".to_owned(),
                _ => format!("only {years} past years could be checked; the width leans on how much months jump and may be off"),
            },
            match years {
                0 => "没有往年可供检验；区间宽度主要依据月度波动，可能不准".to_owned(),
                _ => format!("仅有{years}个往年可供检验；区间宽度主要依据月度波动，可能不准"),
            },
        ));
    }
    // Outside the regions learned from nothing was checked, though the past is there.
    let left_out = left_out && could_be_checked(panel, region, year);
    if years >= 3 && !left_out && december.is_some_and(|l| !l.spread.has_checked(region)) {
        notes.push(Note::new(
            "borrowed_width",
            "no past year of this region could be checked; the width is borrowed from the others, and wide ones at that",
            "该地区没有可供检验的往年；区间宽度借用其他地区，且取较宽者",
        ));
    }
    let own = own_years(panel, region, year);
    if years >= 3 && own < 3 && !notes.iter().any(|n| n.code == "borrowed_width") {
        notes.push(Note::new(
            "young_region",
            match own {
                1 => "only one whole past year of this region is known; how far off it may be is taken from the others".to_owned(),
                _ => format!("only {own} whole past years of this region are known; how far off it may be is taken from the others"),
            },
            format!("该地区仅有{own}个完整的往年；可能偏差主要参照其他地区"),
        ));
    }
    if month.total.is_none() {
        notes.push(Note::new(
            "growth_only",
            "growth only: no amount is known, so what remains is told in points",
            "仅有增速：无金额数据，差距以百分点表示",
        ));
        if all_tiny(panel, region, year, cut) {
            notes.push(Note::new(
                "growth_may_be_ratio",
                "no growth is beyond 1.5 %, read as percent; where it is written as a ratio (0.098 for 9.8 %), multiply by 100",
                "增速均不超过1.5%，按百分数读取；如以小数填写（0.098表示9.8%），请乘以100",
            ));
        }
    } else if month.growth.is_none() {
        notes.push(Note::new(
            "no_last_year",
            "last year's December is not known, so there is no growth of the year",
            "缺上年12月数据，无法计算全年增速",
        ));
    } else if panel.base_kind(region, year) == crate::panel::BaseKind::Unknown {
        notes.push(Note::new(
            "base_unknown",
            "no comparable base is published; growth is told against last year's published figures",
            "未公布可比基数；增速按上年公布数计算",
        ));
    }
    let kept = panel.base_ratio(region, year, cut);
    // The last month at which the base is known; it is taken to hold from then on.
    let since = (1..=cut).rev().find(|m| panel.comparable_base(region, year, *m).is_some());
    let since = since.filter(|_| month.total.is_some() && month.growth.is_some());
    if let Some(since) = since.filter(|_| (kept - 1.0).abs() >= REVISED) {
        let by = fixed(100.0 * (kept - 1.0).abs(), 1);
        let (en, zh) = if kept < 1.0 { ("under", "低") } else { ("over", "高") };
        let last = year - 1;
        notes.push(Note::new(
            "base_revised",
            format!("the comparable base through {year}-{since:02} is {by} % {en} what was published for {last}: growth and need are told against the base"),
            format!("截至{since}月的可比基数比{last}年公布数{zh}{by}%；增速和剩余需完成均按可比基数计算"),
        ));
    }
    let unknown = panel.base_kind(region, year) == crate::panel::BaseKind::Unknown && month.growth.is_some();
    let revised = (cut + 1..=12).find(|m| panel.is_false_month(region, year - 1, *m));
    if let Some(month) = revised.filter(|_| unknown) {
        let last = year - 1;
        notes.push(Note::new(
            "false_month_last_year",
            format!("{last}-{month:02} is no month's investment, and growth is told against it: growth of the year may be far off"),
            format!("{last}年{month}月的差值不是当月投资，而同比以其为基数，全年增速可能严重失真"),
        ));
    }
    let last_amount = (1..cut).rev().find(|m| panel.ytd(region, year, *m).is_some());
    if month.total.is_some() && cut > 0 && panel.ytd(region, year, cut).is_none() {
        let (en, zh) = match last_amount {
            Some(m) => (format!("the amount through {year}-{m:02} only"), format!("金额仅至{m}月")),
            None => ("no amount of the year".into(), "无当年金额".into()),
        };
        notes.push(Note::new(
            "amount_missing",
            format!("growth is known through {year}-{cut:02}, {en}: what remains cannot be told"),
            format!("同比已至{year}年{cut}月，{zh}，无法计算剩余需完成额"),
        ));
    }
    if let Some(month) = (1..=cut).rev().find(|m| panel.is_false_month(region, year, *m)) {
        notes.push(Note::new(
            "false_month",
            format!("{year}-{month:02} is no month's investment (history was revised); no model sees it"),
            format!("{year}年{month}月的差值不是当月投资（历史数据有修订），不进入模型"),
        ));
    }
    notes
}
