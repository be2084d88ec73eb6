//! What is odd about the records of a file, all found at once: falls, contradictions, jumps, sums, times.

use crate::calendar::YearMonth;
use crate::ingest::fault::{At, Findings, words};
use crate::ingest::record::{Record, Records};
use crate::ingest::sheet::Sheet;
use crate::ingest::tidy::{FillFalse, SERIES, as_before, at, by_series, frame, numbers};
use crate::target::Plan;
use crate::unit::fixed;
use polars::prelude::{
    ChunkCompareEq, ChunkCompareIneq, ChunkShift, DataFrame, PolarsResult, SortMultipleOptions,
};
use std::collections::{BTreeMap, BTreeSet};

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

/// Every check.
pub(crate) fn all(
    records: &Records,
    sheets: &[Sheet],
    plan: Option<&Plan>,
    today: Option<YearMonth>,
    year_at: Option<&At>,
    found: &mut Findings,
) -> PolarsResult<()> {
    if records.all.is_empty() {
        return Ok(());
    }
    let sorted = by_series(&frame(&records.all)?)?;
    let mut checks = Checks { records, sheets, year_at, found };
    checks.times(plan, today);
    checks.falls(&sorted)?;
    checks.bases();
    checks.against_last_year(&sorted)?;
    checks.spikes(&sorted)?;
    checks.flows();
    if let Some(plan) = plan {
        checks.sums(plan);
    }
    Ok(())
}

/// Cumulative amounts of a series by year and month, each with its record's place.
type Months = BTreeMap<(i32, u8), (f64, usize)>;
/// By how much districts and city differ, the city's record, its amount, and theirs.
type Gap<'a> = (f64, &'a Record, f64, f64);

struct Checks<'a> {
    records: &'a Records,
    sheets: &'a [Sheet],
    /// Where a title says the year.
    year_at: Option<&'a At>,
    found: &'a mut Findings,
}

impl<'a> Checks<'a> {
    fn record(&self, id: Option<u32>) -> Option<&'a Record> {
        id.and_then(|id| self.records.all.get(id as usize))
    }

    fn region(&self, record: &Record) -> &str {
        self.records.texts.get(record.region as usize).map_or("", String::as_str)
    }

    fn times(&mut self, plan: Option<&Plan>, today: Option<YearMonth>) {
        if let Some(today) = today {
            let mut future: Vec<&Record> =
                self.records.all.iter().filter(|r| (r.year, r.month) > (today.year, today.month)).collect();
            future.sort_by_key(|r| (r.year, r.month, r.row));
            for record in future {
                let month = format!("{:04}-{:02}", record.year, record.month);
                let of_time = if record.year > today.year { record.year_column } else { None };
                let column = of_time.or(record.time_column).unwrap_or(record.column);
                self.found.warning(
                    "future_month",
                    &at(record, self.sheets, column),
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
        let years: BTreeSet<i32> = self.records.all.iter().map(|r| r.year).collect();
        // One other year is the wrong file; several past ones are history.
        if let Some(plan) = plan
            && let [year] = years.into_iter().collect::<Vec<_>>().as_slice()
            && *year != plan.year
        {
            let place = self
                .year_at
                .cloned()
                .or_else(|| self.records.all.first().map(|r| at(r, self.sheets, r.column)));
            self.found.error(
                "other_year",
                &place.unwrap_or_default(),
                &year.to_string(),
                words(
                    format!("the file is of {year}, the plan of {}", plan.year),
                    format!("文件为{year}年数据，计划为{}年", plan.year),
                    "choose the file of the plan's year, or another plan",
                    "请选择计划年度的文件，或更换计划",
                ),
            );
        }
    }

    /// Cumulative amounts that fall within a year.
    fn falls(&mut self, sorted: &DataFrame) -> PolarsResult<()> {
        let same_year: Vec<&str> = SERIES.into_iter().chain(["year", "published"]).collect();
        let follows = as_before(sorted, &same_year)?;
        let ytd = numbers(sorted, "ytd")?;
        let before = ytd.shift(1);
        let falls = ytd.lt(&before).fill_null_false() & follows;
        let ids = sorted.column("id")?.u32()?;
        for ((id, falls), (now, before)) in ids.iter().zip(falls.iter()).zip(ytd.iter().zip(before.iter())) {
            if falls != Some(true) {
                continue;
            }
            let (Some(record), Some(now), Some(before)) = (self.record(id), now, before) else { continue };
            let text = words(
                format!(
                    "the cumulative amount of {} falls from {before} to {now} in month {}",
                    self.region(record),
                    record.month
                ),
                format!("{}{}月累计数由{before}降至{now}", self.region(record), record.month),
                "correct it; if earlier months were revised, leave it: the month is not used as a flow",
                "如有误请改正；如因前期数据修订，可不改，该月不作为当月数使用",
            );
            let place = at(record, self.sheets, record.column);
            self.found.warning("falling_ytd", &place, &now.to_string(), text);
        }
        Ok(())
    }

    /// Growth beside the base that stands in the same row.
    fn bases(&mut self) {
        for record in &self.records.all {
            let (Some(ytd), Some(base), Some(growth)) = (record.ytd, record.base, record.growth) else {
                continue;
            };
            if base <= 0.0 {
                continue;
            }
            let implied = (ytd / base - 1.0) * 100.0;
            if (implied - growth).abs() > BASE_TOLERANCE {
                contradiction(
                    record,
                    self.sheets,
                    growth,
                    implied,
                    ("the base beside it", "同行的上年同期数"),
                    self.found,
                );
            }
        }
    }

    /// Growth and level against the same month a year before.
    fn against_last_year(&mut self, sorted: &DataFrame) -> PolarsResult<()> {
        let by_month: Vec<&str> = SERIES.into_iter().chain(["month"]).collect();
        let keys: Vec<&str> = by_month.iter().copied().chain(["year", "id"]).collect();
        let sorted = sorted.sort(keys, SortMultipleOptions::default())?;
        let follows = as_before(&sorted, &by_month)?;
        let (ytd, growth) = (numbers(&sorted, "ytd")?, numbers(&sorted, "growth")?);
        let before = ytd.shift(1);
        let year = sorted.column("year")?.i32()?;
        let next = year.shift(1) + 1;
        let follows = follows & year.equal(&next).fill_null_false();
        let ids = sorted.column("id")?.u32()?;
        let rows = ytd.iter().zip(before.iter()).zip(growth.iter());
        for ((id, follows), ((now, before), growth)) in ids.iter().zip(follows.iter()).zip(rows) {
            let (Some(record), Some(true), Some(now), Some(before)) = (self.record(id), follows, now, before)
            else {
                continue;
            };
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
                let place = at(record, self.sheets, record.column);
                self.found.warning("outlier", &place, &now.to_string(), text);
            } else if let Some(growth) = growth
                && record.base.is_none()
                && (growth - implied).abs() > LEVEL_TOLERANCE
            {
                contradiction(
                    record,
                    self.sheets,
                    growth,
                    implied,
                    ("last year's level", "上年同期水平"),
                    self.found,
                );
            }
        }
        Ok(())
    }

    /// A month's flow far beyond the same month of every year on record.
    fn flows(&mut self) {
        let mut series: BTreeMap<_, Months> = BTreeMap::new();
        for (index, r) in self.records.all.iter().enumerate() {
            if let Some(ytd) = r.ytd {
                let key = (r.region, r.ledger, r.sector, r.composition);
                series.entry(key).or_default().insert((r.year, r.month), (ytd, index));
            }
        }
        for months in series.values() {
            let flow = |year: i32, month: u8| {
                let now = months.get(&(year, month))?.0;
                let before = months.range((year, 0)..(year, month)).next_back();
                match before {
                    Some(((_, m), (x, _))) if *m + 1 == month => Some(now - x),
                    _ => None,
                }
            };
            for ((year, month), (_, index)) in months {
                let past: Vec<f64> = months
                    .keys()
                    .filter(|(y, m)| y < year && m == month)
                    .filter_map(|(y, m)| flow(*y, *m))
                    .collect();
                let most = past.iter().copied().fold(0.0, f64::max);
                let Some(now) =
                    flow(*year, *month).filter(|now| past.len() >= 2 && most > 0.0 && *now > OUTLIER * most)
                else {
                    continue;
                };
                let Some(record) = self.records.all.get(*index) else { continue };
                let text = words(
                    format!(
                        "month {month} alone is {}; in {} years on record it was {} at the most",
                        fixed(now, 2),
                        past.len(),
                        fixed(most, 2)
                    ),
                    format!(
                        "{month}月当月为{}，有记录的{}年中最高为{}",
                        fixed(now, 2),
                        past.len(),
                        fixed(most, 2)
                    ),
                    "see whether the amount is right",
                    "请核对金额",
                );
                self.found.warning(
                    "outlier",
                    &at(record, self.sheets, record.column),
                    &record.ytd.unwrap_or_default().to_string(),
                    text,
                );
            }
        }
    }

    /// An amount ten thousand times its neighbours': a unit that changed on the way.
    fn spikes(&mut self, sorted: &DataFrame) -> PolarsResult<()> {
        let same: Vec<&str> = SERIES.to_vec();
        let follows = as_before(sorted, &same)?;
        let amount = numbers(sorted, "amount")?;
        let before = amount.shift(1);
        let ids = sorted.column("id")?.u32()?;
        for ((id, follows), (now, before)) in
            ids.iter().zip(follows.iter()).zip(amount.iter().zip(before.iter()))
        {
            let (Some(record), Some(true), Some(now), Some(before)) = (self.record(id), follows, now, before)
            else {
                continue;
            };
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
            self.found.warning("unit_jump", &at(record, self.sheets, record.column), &now.to_string(), text);
        }
        Ok(())
    }

    /// A district many times its city was entered in the smaller unit.
    fn part_beyond_whole(&mut self, children: &[&str], rows: &BTreeMap<&str, &Record>, total: f64) {
        for record in children.iter().filter_map(|name| rows.get(name)) {
            let Some(amount) = record.ytd.or(record.value).filter(|x| total > 0.0 && *x > 100.0 * total)
            else {
                continue;
            };
            let text = words(
                format!(
                    "the amount is {} times its city's: 万元 and 亿元 are mixed",
                    fixed(amount / total, 0)
                ),
                format!("金额为全市的{}倍，疑似万元与亿元混用", fixed(amount / total, 0)),
                "bring all amounts to one unit",
                "请统一单位",
            );
            self.found.warning(
                "unit_jump",
                &at(record, self.sheets, record.column),
                &amount.to_string(),
                text,
            );
        }
    }

    /// Districts beside the city, month by month.
    fn sums(&mut self, plan: &Plan) {
        let mut by_month: BTreeMap<(usize, i32, u8), BTreeMap<&str, &Record>> = BTreeMap::new();
        for record in self.records.all.iter().filter(|r| r.sector.is_none() && r.composition.is_none()) {
            let key = (record.ledger.unwrap_or_default() as usize, record.year, record.month);
            by_month
                .entry(key)
                .or_default()
                .insert(self.records.texts.get(record.region as usize).map_or("", String::as_str), record);
        }
        let mut worst: BTreeMap<(usize, i32, &str), Gap<'_>> = BTreeMap::new();
        for ((ledger, year, _), rows) in &by_month {
            for city in &plan.regions {
                let Some((record, total)) =
                    rows.get(city.name.as_str()).and_then(|r| Some((*r, r.ytd.or(r.value)?)))
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
                    children.iter().map(|name| rows.get(name).and_then(|r| r.ytd.or(r.value))).collect();
                self.part_beyond_whole(&children, rows, total);
                let Some(amounts) = amounts.filter(|a| !a.is_empty() && total > 0.0) else { continue };
                let sum: f64 = amounts.iter().sum();
                let over = sum / total - 1.0;
                if over > SUM_TOLERANCE || -over > UNALLOCATED {
                    let entry = worst
                        .entry((*ledger, *year, city.name.as_str()))
                        .or_insert((over, record, total, sum));
                    if over.abs() > entry.0.abs() {
                        *entry = (over, record, total, sum);
                    }
                }
            }
        }
        for ((_, _, city), (over, record, total, sum)) in worst {
            let place = at(record, self.sheets, record.column);
            let text = words(
                format!(
                    "{city} has {total}; its districts add up to {} in month {}",
                    fixed(sum, 2),
                    record.month
                ),
                format!("{city}{}月为{total}，各区合计为{}", record.month, fixed(sum, 2)),
                "see whether a district is missing or stands in another; what the city has beside its districts is called unallocated",
                "请检查是否缺少地区或存在包含关系；市级大于各区之和的部分记为“未分配”",
            );
            if over > 0.0 {
                self.found.warning("sum_mismatch", &place, &total.to_string(), text);
            } else {
                self.found.note("sum_mismatch", &place, &total.to_string(), text);
            }
        }
    }
}

fn contradiction(
    record: &Record,
    sheets: &[Sheet],
    growth: f64,
    implied: f64,
    by: (&str, &str),
    found: &mut Findings,
) {
    let place = at(record, sheets, record.growth_column);
    found.warning(
        "growth_contradicts",
        &place,
        &growth.to_string(),
        words(
            format!("growth is {} %; by {} it would be {} %", fixed(growth, 1), by.0, fixed(implied, 1)),
            format!("增速为{}%；按{}推算为{}%", fixed(growth, 1), by.1, fixed(implied, 1)),
            "see whether amount, growth and year belong together",
            "请核对金额、增速和年份是否对应",
        ),
    );
}
