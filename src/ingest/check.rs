//! What is odd about the rows of a file, all found at once: falls, contradictions, jumps, sums, times.
//!
//! The rows stand by series and time, so every check is one pass over neighbours: nothing is sorted or joined again, and
//! ten million rows take no more memory than they have.

use crate::calendar::YearMonth;
use crate::error::Severity;
use crate::ingest::fault::{At, Findings, Words, words};
use crate::table::{Measure, Origins, PanelRow};
use crate::target::Plan;
use crate::unit::fixed;
use crate::{num, par};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Growth and the ratio to a given base may differ by what rounding to one decimal leaves, in points.
const BASE_TOLERANCE: f64 = 0.6;
/// Growth is on the comparable base and not the ratio of published levels; national figures came apart by 18.6 points
/// (2019). Beyond this a column or a year is more likely mistaken.
const LEVEL_TOLERANCE: f64 = 30.0;
/// A cumulative amount this many times last year's, or this part of it, is looked at.
const OUTLIER: f64 = 4.0;
/// Districts may add up to this much more than the city, as a share of it.
const SUM_TOLERANCE: f64 = 0.005;
/// What the city may have beside its districts without a word about it.
const UNALLOCATED: f64 = 0.1;
/// Between 万元 and 亿元 lies a factor of 10,000; a year's growth or a month's step is far from it.
const JUMP: (f64, f64) = (2_000.0, 50_000.0);

/// Every check. The rows stand by series and, within one, by time.
pub(crate) fn all(
    rows: &[PanelRow],
    origins: &Origins,
    plan: Option<&Plan>,
    today: Option<YearMonth>,
    year_at: Option<&At>,
    found: &mut Findings,
) {
    let mut checks = Checks { origins, found };
    checks.times(rows, plan, today, year_at);
    let middle = rows.len() / 2;
    let half = rows[middle..].windows(2).position(|pair| !same_series(&pair[0], &pair[1]));
    let (upper, lower) = rows.split_at(half.map_or(rows.len(), |at| middle + at + 1));
    let found = checks.found.fresh();
    let (upper, lower) =
        par::both(|| by_series(upper, origins, &found), || by_series(lower, origins, &found));
    for (upper, lower) in upper.into_iter().zip(lower) {
        checks.found.append(upper);
        checks.found.append(lower);
    }
    if let Some(plan) = plan {
        checks.sums(rows, plan);
    }
}

/// The checks of a series by itself, in the order in which they are told.
const OF_SERIES: [fn(&mut Checks<'_>, &[PanelRow]); 5] = [
    |checks, series| checks.falls(series),
    |checks, series| checks.bases(series),
    |checks, series| checks.against_last_year(series),
    |checks, series| checks.spikes(series),
    |checks, series| checks.flows(series),
];

/// What each of them finds. A series goes through all of them while it is near: so many rows are slow to come by.
fn by_series(rows: &[PanelRow], origins: &Origins, of_file: &Findings) -> [Findings; OF_SERIES.len()] {
    let mut all = OF_SERIES.map(|_| of_file.fresh());
    for series in rows.chunk_by(same_series) {
        for (check, found) in OF_SERIES.iter().zip(&mut all) {
            check(&mut Checks { origins, found }, series);
        }
    }
    all
}

/// By how much districts and city differ, the city's row, its amount, and theirs.
type Gap<'a> = (f64, &'a PanelRow, f64, f64);

struct Checks<'a> {
    origins: &'a Origins,
    found: &'a mut Findings,
}

/// Whether two rows are of one series.
pub(super) fn same_series(a: &PanelRow, b: &PanelRow) -> bool {
    let alike = || {
        (&a.subject.region, &a.subject.sector, &a.subject.composition)
            == (&b.subject.region, &b.subject.sector, &b.subject.composition)
    };
    a.ledger == b.ledger && (Arc::ptr_eq(&a.subject, &b.subject) || alike())
}

fn ytd(row: &PanelRow) -> Option<f64> {
    match row.measure {
        Measure::Ytd(x) => Some(x),
        _ => None,
    }
}

fn amount(row: &PanelRow) -> Option<f64> {
    match row.measure {
        Measure::Ytd(x) | Measure::Value(x) => Some(x),
        Measure::None => None,
    }
}

fn percent(row: &PanelRow) -> Option<f64> {
    row.growth.map(|growth| growth * 100.0)
}

impl Checks<'_> {
    fn say(
        &mut self,
        code: &'static str,
        severity: Severity,
        row: &PanelRow,
        column: &str,
        value: &str,
        words: Words,
    ) {
        let at = At::of(self.origins, row.line, column);
        self.found.push(code, severity, &at, value, words);
    }

    fn warn(&mut self, code: &'static str, row: &PanelRow, column: &str, value: &str, words: Words) {
        self.say(code, Severity::Warning, row, column, value, words);
    }

    /// Rows of months to come, and of another year than the plan's; `year_at` is where a title says the year.
    fn times(
        &mut self,
        rows: &[PanelRow],
        plan: Option<&Plan>,
        today: Option<YearMonth>,
        year_at: Option<&At>,
    ) {
        if let Some(today) = today {
            let ahead = |r: &&PanelRow| (r.year, r.month) > (today.year, today.month);
            let mut future: Vec<&PanelRow> = rows.iter().filter(ahead).collect();
            future.sort_by_key(|r| (r.year, r.month, At::of(self.origins, r.line, "").row));
            for row in future {
                let month = format!("{:04}-{:02}", row.year, row.month);
                let column = if row.year > today.year { "year" } else { "month" };
                self.warn(
                    "future_month",
                    row,
                    column,
                    &month,
                    words(
                        format!("{month} is not over yet"),
                        format!("{month}尚未结束"),
                        "see whether year and month are right",
                        "请核对年份和月份",
                    ),
                );
            }
        }
        // One other year is the wrong file; several past ones are history.
        let Some(first) = rows.first() else { return };
        let Some(plan) = plan.filter(|plan| plan.year != first.year) else { return };
        if rows.iter().all(|r| r.year == first.year) {
            let place = year_at.cloned().unwrap_or_else(|| At::of(self.origins, first.line, "ytd"));
            self.found.error(
                "other_year",
                &place,
                &first.year.to_string(),
                words(
                    format!("the file is of {}, the plan of {}", first.year, plan.year),
                    format!("文件为{}年数据，计划为{}年", first.year, plan.year),
                    "choose the file of the plan's year, or another plan",
                    "请选择计划年度的文件，或更换计划",
                ),
            );
        }
    }

    /// Cumulative amounts that fall within a year.
    fn falls(&mut self, series: &[PanelRow]) {
        for pair in series.windows(2) {
            let [earlier, row] = pair else { continue };
            let (Some(before), Some(now)) = (ytd(earlier), ytd(row)) else { continue };
            if now >= before || (row.year, row.published) != (earlier.year, earlier.published) {
                continue;
            }
            let (region, month) = (&row.subject.region, row.month);
            let text = words(
                format!("the cumulative amount of {region} falls from {before} to {now} in month {month}"),
                format!("{region}{month}月累计数由{before}降至{now}"),
                "correct it; if earlier months were revised, leave it: the month is not used as a flow",
                "如有误请改正；如因前期数据修订，可不改，该月不作为当月数使用",
            );
            self.warn("falling_ytd", row, "ytd", &now.to_string(), text);
        }
    }

    /// Growth beside the base that stands in the same row.
    fn bases(&mut self, series: &[PanelRow]) {
        for row in series {
            let (Some(ytd), Some(base), Some(growth)) = (ytd(row), row.base, percent(row)) else { continue };
            let implied = (ytd / base - 1.0) * 100.0;
            if base > 0.0 && (implied - growth).abs() > BASE_TOLERANCE {
                self.contradiction(row, growth, implied, ("the base beside it", "同行的上年同期数"));
            }
        }
    }

    /// Growth and level against the same month a year before.
    fn against_last_year(&mut self, series: &[PanelRow]) {
        let mut of_month: [Option<&PanelRow>; 13] = [None; 13];
        for row in series {
            let Some(last) = of_month.get_mut(usize::from(row.month)) else { continue };
            let Some(earlier) = last.replace(row).filter(|r| r.year + 1 == row.year) else { continue };
            let (Some(before), Some(now)) = (ytd(earlier), ytd(row)) else { continue };
            if now <= 0.0 || before <= 0.0 {
                continue;
            }
            let ratio = now / before;
            let implied = (ratio - 1.0) * 100.0;
            if !(1.0 / OUTLIER..=OUTLIER).contains(&ratio) {
                let text = words(
                    format!("{now} is {} times last year's {before}", fixed(ratio, 2)),
                    format!("{now}为上年同期{before}的{}倍", fixed(ratio, 2)),
                    "see whether unit, year and region are right",
                    "请核对单位、年份和地区",
                );
                self.warn("outlier", row, "ytd", &now.to_string(), text);
            } else if let Some(growth) = percent(row)
                && row.base.is_none()
                && (growth - implied).abs() > LEVEL_TOLERANCE
            {
                self.contradiction(row, growth, implied, ("last year's level", "上年同期水平"));
            }
        }
    }

    /// A month's flow far beyond the same month of every year on record.
    fn flows(&mut self, series: &[PanelRow]) {
        // For each month how many flows there have been, and the largest.
        let mut past = [(0_u32, 0.0_f64); 13];
        let mut before: Option<(&PanelRow, f64)> = None;
        for month in series.chunk_by(|a, b| (a.year, a.month) == (b.year, b.month)) {
            let Some((row, figure)) = month.iter().rev().find_map(|r| Some((r, amount(r)?))) else {
                continue;
            };
            let is_flow = matches!(row.measure, Measure::Value(_));
            let flow = if is_flow {
                Some(figure)
            } else {
                let earlier = before.filter(|(b, _)| b.year == row.year && b.month + 1 == row.month);
                before = Some((row, figure));
                earlier.map(|(_, before)| figure - before)
            };
            let (Some(now), Some((years, most))) = (flow, past.get_mut(usize::from(row.month))) else {
                continue;
            };
            let (had, largest) = (*years, *most);
            *years += 1;
            *most = most.max(now);
            if had < 2 || largest <= 0.0 || now <= OUTLIER * largest {
                continue;
            }
            let (month, now, largest) = (row.month, fixed(now, 2), fixed(largest, 2));
            let text = words(
                format!(
                    "month {month} alone is {now}; in {had} years on record it was {largest} at the most"
                ),
                format!("{month}月当月为{now}，有记录的{had}年中最高为{largest}"),
                "see whether the amount is right",
                "请核对金额",
            );
            self.warn("outlier", row, if is_flow { "value" } else { "ytd" }, &figure.to_string(), text);
        }
    }

    /// An amount ten thousand times its neighbours': a unit that changed on the way.
    fn spikes(&mut self, series: &[PanelRow]) {
        for pair in series.windows(2) {
            let [earlier, row] = pair else { continue };
            let (Some(before), Some(now)) = (amount(earlier), amount(row)) else { continue };
            let ratio = if now > 0.0 && before > 0.0 { (now / before).max(before / now) } else { 0.0 };
            if !(JUMP.0..=JUMP.1).contains(&ratio) {
                continue;
            }
            let text = words(
                format!(
                    "the amount goes from {before} to {now}, about 10,000 times: 万元 and 亿元 are mixed"
                ),
                format!("金额由{before}变为{now}，相差约一万倍，疑似万元与亿元混用"),
                "bring all amounts to one unit, or name each column's unit in its header",
                "请统一单位，或在各列表头注明单位",
            );
            self.warn("unit_jump", row, "ytd", &now.to_string(), text);
        }
    }

    /// A district many times its city was entered in the smaller unit.
    fn part_beyond_whole(&mut self, children: &[&str], rows: &BTreeMap<&str, &PanelRow>, total: f64) {
        for row in children.iter().filter_map(|name| rows.get(name)) {
            let Some(amount) = amount(row).filter(|x| total > 0.0 && *x > 100.0 * total) else { continue };
            let text = words(
                format!(
                    "the amount is {} times its city's: 万元 and 亿元 are mixed",
                    fixed(amount / total, 0)
                ),
                format!("金额为全市的{}倍，疑似万元与亿元混用", fixed(amount / total, 0)),
                "bring all amounts to one unit",
                "请统一单位",
            );
            self.warn("unit_jump", row, "ytd", &amount.to_string(), text);
        }
    }

    /// Districts beside the city, month by month.
    fn sums(&mut self, rows: &[PanelRow], plan: &Plan) {
        let known: BTreeSet<&str> = plan.regions.iter().map(|r| r.name.as_str()).collect();
        let mut by_month: BTreeMap<(usize, i32, u8), BTreeMap<&str, &PanelRow>> = BTreeMap::new();
        let totals = |series: &&[PanelRow]| {
            series.first().is_some_and(|r| {
                let s = &r.subject;
                s.sector.is_none() && s.composition.is_none() && known.contains(s.region.as_str())
            })
        };
        for row in rows.chunk_by(same_series).filter(totals).flatten() {
            let of_month = by_month.entry((row.ledger as usize, row.year, row.month)).or_default();
            of_month.insert(row.subject.region.as_str(), row);
        }
        let mut worst: BTreeMap<(usize, i32, &str), Gap<'_>> = BTreeMap::new();
        for ((ledger, year, _), rows) in &by_month {
            for city in &plan.regions {
                let Some((row, total)) = rows.get(city.name.as_str()).and_then(|r| Some((*r, amount(r)?)))
                else {
                    continue;
                };
                let children: Vec<&str> = plan
                    .regions
                    .iter()
                    .filter(|r| r.additive && r.parent.as_deref() == Some(city.name.as_str()))
                    .map(|r| r.name.as_str())
                    .collect();
                let amounts: Option<Vec<f64>> =
                    children.iter().map(|name| rows.get(name).and_then(|r| amount(r))).collect();
                self.part_beyond_whole(&children, rows, total);
                let Some(amounts) = amounts.filter(|a| !a.is_empty() && total > 0.0) else { continue };
                let sum: f64 = amounts.iter().sum();
                let over = sum / total - 1.0;
                if over > SUM_TOLERANCE || -over > UNALLOCATED {
                    let entry =
                        worst.entry((*ledger, *year, city.name.as_str())).or_insert((over, row, total, sum));
                    if over.abs() > entry.0.abs() {
                        *entry = (over, row, total, sum);
                    }
                }
            }
        }
        for ((_, _, city), (over, row, total, sum)) in worst {
            let text = words(
                format!(
                    "{city} has {total}; its districts add up to {} in month {}",
                    fixed(sum, 2),
                    row.month
                ),
                format!("{city}{}月为{total}，各区合计为{}", row.month, fixed(sum, 2)),
                "see whether a district is missing or stands in another; what the city has beside its districts is called unallocated",
                "请检查是否缺少地区或存在包含关系；市级大于各区之和的部分记为“未分配”",
            );
            let severity = if over > 0.0 { Severity::Warning } else { Severity::Note };
            self.say("sum_mismatch", severity, row, "ytd", &total.to_string(), text);
        }
    }

    fn contradiction(&mut self, row: &PanelRow, growth: f64, implied: f64, by: (&str, &str)) {
        // As written: 9.8, and not the 9.799999999999999 that a ratio in between leaves.
        let growth = num::round_to(growth, 10);
        let text = words(
            format!("growth is {} %; by {} it would be {} %", fixed(growth, 1), by.0, fixed(implied, 1)),
            format!("增速为{}%；按{}推算为{}%", fixed(growth, 1), by.1, fixed(implied, 1)),
            "see whether amount, growth and year belong together",
            "请核对金额、增速和年份是否对应",
        );
        self.warn("growth_contradicts", row, "growth", &growth.to_string(), text);
    }
}
