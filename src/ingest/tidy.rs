//! From records to the rows of a panel: one unit, one kind of amount, one row a cell of the panel.

use crate::ingest::fault::{At, Findings, words};
use crate::ingest::record::{Record, Records};
use crate::ingest::sheet::Sheet;
use crate::ledger::Ledger;
use crate::table::{Measure, PanelRow, Subject};
use crate::unit::Unit;
use crate::{calendar::Day, num};
use polars::prelude::{
    BooleanChunked, ChunkCompareEq, ChunkFull, ChunkShift, ChunkedArray, Column, DataFrame, Float64Type,
    GroupsIndicator, IntoColumn, NamedFrom, PolarsNumericType, PolarsResult, Series, SortMultipleOptions,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What makes two records of one series.
pub(crate) const SERIES: [&str; 4] = ["region", "ledger", "sector", "composition"];
/// What makes two records of one cell of the panel.
const CELL: [&str; 7] = ["region", "ledger", "sector", "composition", "year", "month", "published"];

/// Records as a frame: texts by number, 0 where there is none; `id` is the record's place.
pub(crate) fn frame(records: &[Record]) -> PolarsResult<DataFrame> {
    fn column<T, A>(name: &str, records: &[Record], of: impl Fn(&Record) -> T) -> Column
    where
        Series: NamedFrom<Vec<T>, A>,
        A: ?Sized,
    {
        Series::new(name.into(), records.iter().map(of).collect::<Vec<T>>()).into_column()
    }
    let some = |text: Option<u32>| text.map_or(0, |t| t + 1);
    let columns = vec![
        Series::new("id".into(), (0..records.len()).map(|i| i as u32).collect::<Vec<u32>>()).into_column(),
        column("region", records, |r| r.region),
        column("ledger", records, |r| r.ledger.unwrap_or_default() as u32),
        column("sector", records, |r| some(r.sector)),
        column("composition", records, |r| some(r.composition)),
        column("published", records, |r| some(r.published)),
        column("year", records, |r| r.year),
        column("month", records, |r| u32::from(r.month)),
        column("sheet", records, |r| r.sheet),
        column("amount", records, |r| r.amount.or(r.ytd).or(r.value)),
        column("ytd", records, |r| r.ytd),
        column("value", records, |r| r.value),
        column("growth", records, |r| r.growth),
        column("base", records, |r| r.base),
    ];
    DataFrame::new(records.len(), columns)
}

/// The frame in the order of time within each series.
pub(crate) fn by_series(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let keys: Vec<&str> = SERIES.into_iter().chain(["year", "month", "id"]).collect();
    frame.sort(keys, SortMultipleOptions::default())
}

/// Where a row of a sorted frame has the keys of the row before.
pub(crate) fn as_before(sorted: &DataFrame, keys: &[&str]) -> PolarsResult<BooleanChunked> {
    let mut out = BooleanChunked::full("same".into(), true, sorted.height());
    for key in keys {
        let column = sorted.column(key)?.as_materialized_series();
        let same = match column.i32() {
            Ok(numbers) => equals_before(numbers),
            Err(_) => equals_before(column.u32()?),
        };
        out = out & same;
    }
    Ok(out)
}

fn equals_before<T: PolarsNumericType>(numbers: &ChunkedArray<T>) -> BooleanChunked {
    let before = numbers.shift(1);
    numbers.equal(&before).fill_null_false()
}

/// A missing comparison is none.
pub(crate) trait FillFalse {
    fn fill_null_false(self) -> BooleanChunked;
}

impl FillFalse for BooleanChunked {
    fn fill_null_false(self) -> BooleanChunked {
        if self.null_count() == 0 { self } else { self.into_iter().map(|b| b.unwrap_or(false)).collect() }
    }
}

/// Numbers of a column.
pub(crate) fn numbers<'a>(frame: &'a DataFrame, name: &str) -> PolarsResult<&'a ChunkedArray<Float64Type>> {
    frame.column(name)?.f64()
}

/// Where a record stands.
pub(crate) fn at(record: &Record, sheets: &[Sheet], column: u32) -> At {
    let sheet = sheets.get(record.sheet as usize).and_then(|s| s.name.as_deref());
    At::sheet(sheet).cell(record.row as usize, column as usize)
}

/// Amounts that nothing says to be flows or cumulative: cumulative where they do not fall within a year.
pub(crate) fn settle_amounts(
    records: &mut Records,
    sheets: &[Sheet],
    found: &mut Findings,
) -> PolarsResult<()> {
    let open: BTreeSet<u32> = records.all.iter().filter(|r| r.amount.is_some()).map(|r| r.sheet).collect();
    if open.is_empty() {
        return Ok(());
    }
    let sorted = by_series(&frame(&records.all)?)?;
    let same_year: Vec<&str> = SERIES.into_iter().chain(["year"]).collect();
    let follows = as_before(&sorted, &same_year)?;
    let amount = numbers(&sorted, "amount")?;
    let before = amount.shift(1);
    let (mut rises, mut falls) = (BTreeMap::<u32, usize>::new(), BTreeMap::<u32, usize>::new());
    let sheet = sorted.column("sheet")?.u32()?;
    for (((now, before), follows), sheet) in
        amount.iter().zip(before.iter()).zip(follows.iter()).zip(sheet.iter())
    {
        if let (Some(now), Some(before), Some(true), Some(sheet)) = (now, before, follows, sheet) {
            *if now < before { &mut falls } else { &mut rises }.entry(sheet).or_default() += 1;
        }
    }
    for sheet in open {
        let (rise, fall) = (rises.get(&sheet).copied().unwrap_or(0), falls.get(&sheet).copied().unwrap_or(0));
        // A cumulative amount falls where history is revised, a flow about every other month.
        let cumulative = fall * 10 <= rise + fall;
        let first = records.all.iter().find(|r| r.sheet == sheet && r.amount.is_some());
        let place = first.map(|r| at(r, sheets, r.column)).unwrap_or_default();
        let (code, en, zh) = if cumulative {
            ("ytd_assumed", "cumulative from January on", "自年初累计数")
        } else {
            ("value_assumed", "flows of single months", "当月数")
        };
        let why = format!("{rise} of {} steps within a year rise", rise + fall);
        let why_zh = format!("年内{}次变化中有{rise}次上升", rise + fall);
        let text = words(
            format!("nothing says whether amounts are cumulative; they are read as {en} ({why})"),
            format!("未说明是累计数还是当月数；按{zh}读取（{why_zh}）"),
            "name the column ytd or value, or map it so",
            "请将列名写明“累计”或“当月”，或在对照中指定",
        );
        if rise + fall > 0 {
            found.note(code, &place, "", text);
        } else {
            found.warning(code, &place, "", text);
        }
        for record in records.all.iter_mut().filter(|r| r.sheet == sheet) {
            if let Some(amount) = record.amount.take() {
                *if cumulative { &mut record.ytd } else { &mut record.value } = Some(amount);
            }
        }
    }
    Ok(())
}

/// Growth written as a ratio, 0.098 for 9.8 %: only where bases or last year's amounts show it.
pub(crate) fn settle_growth(
    records: &mut Records,
    percent: &BTreeMap<(u32, u32), bool>,
    found: &mut Findings,
) {
    let texts_of = |r: &Record| (r.region, r.ledger, r.sector, r.composition, r.year, r.month);
    let levels: BTreeMap<_, f64> =
        records.all.iter().filter_map(|r| Some((texts_of(r), r.ytd.filter(|x| *x > 0.0)?))).collect();
    // For each column: its growths, how many fit as a ratio, how many as percent.
    let mut columns: BTreeMap<(u32, u32), (usize, usize, usize, bool)> = BTreeMap::new();
    for record in &records.all {
        let Some(growth) = record.growth else { continue };
        let entry = columns.entry((record.sheet, record.growth_column)).or_insert((0, 0, 0, true));
        entry.0 += 1;
        entry.3 &= growth.abs() <= 1.5;
        let (region, ledger, sector, composition, year, month) = texts_of(record);
        let last = || levels.get(&(region, ledger, sector, composition, year - 1, month)).copied();
        let base = record.base.filter(|b| *b > 0.0).or_else(last);
        if let (Some(ytd), Some(base)) = (record.ytd, base) {
            let implied = ytd / base - 1.0;
            entry.1 += usize::from((implied - growth).abs() < 0.02 + 0.2 * implied.abs());
            entry.2 += usize::from((implied - growth / 100.0).abs() < 0.02 + 0.2 * implied.abs());
        }
    }
    for ((sheet, column), (count, as_ratio, as_percent, small)) in columns {
        if !small || count < 2 || percent.get(&(sheet, column)).copied().unwrap_or(false) {
            continue;
        }
        let place = records.header_at.get(&(sheet, column)).cloned().unwrap_or_default();
        if as_ratio > as_percent {
            for record in records.all.iter_mut().filter(|r| (r.sheet, r.growth_column) == (sheet, column)) {
                if let Some(growth) = &mut record.growth {
                    // As written, so that 0.098 is 9.8 and not 9.799999999999999.
                    *growth = num::round_to(*growth * 100.0, 10);
                }
            }
            found.warning("growth_as_ratio", &place, "", words(
                "growth is written as a ratio (0.098 for 9.8 %), as the amounts show; it is read as percent",
                "增速以小数填写（0.098表示9.8%），与金额相符；已按百分数读取",
                "write % in the header if the numbers are percent already", "如本来就是百分数，请在表头注明%"));
        } else if as_percent == 0 && count >= 3 {
            found.warning("growth_may_be_ratio", &place, "", words(
                "no growth is beyond 1.5 %: is it written as a ratio (0.098 for 9.8 %)? It is read as percent",
                "增速均不超过1.5%，是否以小数填写（0.098表示9.8%）？现按百分数读取",
                "write % in the header, or multiply by 100", "请在表头注明%，或乘以100"));
        }
    }
}

/// Zeros to the end of a year after an amount: months that nobody has filled in yet.
pub(crate) fn drop_trailing_zeros(records: &mut Records, sheets: &[Sheet], found: &mut Findings) {
    let mut series: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, r) in records.all.iter().enumerate().filter(|(_, r)| r.ytd.is_some()) {
        series.entry((r.region, r.ledger, r.sector, r.composition, r.year)).or_default().push(index);
    }
    let mut gone = BTreeSet::new();
    for members in series.values_mut() {
        members.sort_by_key(|i| records.all[*i].month);
        let zeros = members.iter().rev().take_while(|i| records.all[**i].ytd == Some(0.0)).count();
        if zeros < members.len() {
            gone.extend(members[members.len() - zeros..].iter().copied());
        }
    }
    let Some(first) =
        gone.iter().min_by_key(|i| (records.all[**i].sheet, records.all[**i].row, records.all[**i].column))
    else {
        return;
    };
    let place = at(&records.all[*first], sheets, records.all[*first].column);
    found.warning(
        "trailing_zeros",
        &place,
        "0",
        words(
            format!(
                "{} cumulative amounts are 0 after months with amounts: they are read as not yet known",
                gone.len()
            ),
            format!("有{}个累计数在有数月份之后为0，按尚未公布读取", gone.len()),
            "leave months that are to come empty",
            "未到月份请留空",
        ),
    );
    let mut index = 0;
    records.all.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// Amounts in 万元 and 亿元 in one file are brought to 亿元, and each column is said.
pub(crate) fn settle_units(records: &mut Records, found: &mut Findings) {
    let money = |text: &str| Unit::parse(text).yuan().is_some();
    let used: BTreeSet<u32> = records.all.iter().filter_map(|r| r.unit).collect();
    let of_money: Vec<u32> = used.into_iter().filter(|u| money(&records.texts[*u as usize])).collect();
    if of_money.len() < 2 {
        return;
    }
    let yi = records.text(&Unit::Yi.to_string());
    let mut told = BTreeSet::new();
    for index in 0..records.all.len() {
        let record = &records.all[index];
        let Some(unit) = record.unit.filter(|u| *u != yi && of_money.contains(u)) else { continue };
        let name = records.texts[unit as usize].clone();
        let Some(yuan) = Unit::parse(&name).yuan() else { continue };
        if told.insert((record.sheet, record.column)) {
            let place = records.unit_at.get(&(record.sheet, record.column)).cloned().unwrap_or_default();
            mixed(&place, &name, found);
        }
        let record = &mut records.all[index];
        record.unit = Some(yi);
        let down = 1e8 / yuan;
        for x in
            [&mut record.amount, &mut record.value, &mut record.ytd, &mut record.base].into_iter().flatten()
        {
            // As written: 421600 of 万元 is 42.16, not 42.160000000000004.
            *x = num::round_to(*x / down, 10);
        }
    }
}

/// The finding about a column in another unit than 亿元 beside one in 亿元.
pub(crate) fn mixed(place: &At, unit: &str, found: &mut Findings) {
    found.warning(
        "mixed_units",
        place,
        unit,
        words(
            format!("the file mixes units: this column is in {unit} and is brought to 亿元"),
            format!("文件混用单位：该列为{unit}，已换算为亿元"),
            "use one unit, or look at the amounts",
            "请统一单位，或核对金额",
        ),
    );
}

/// Rows of one cell of the panel become one where they say different things of it or the same; of two that contradict each
/// other neither is taken.
pub(crate) fn merge(records: &mut Records, sheets: &[Sheet], found: &mut Findings) -> PolarsResult<()> {
    let frame = frame(&records.all)?;
    let groups = frame.group_by_stable(CELL)?;
    if groups.get_groups().len() == frame.height() {
        return Ok(());
    }
    let mut gone = vec![false; records.all.len()];
    for members in groups.get_groups().iter() {
        let members: Vec<usize> = match members {
            GroupsIndicator::Idx((_, all)) => all.iter().map(|i| *i as usize).collect(),
            GroupsIndicator::Slice([start, length]) => (start as usize..(start + length) as usize).collect(),
        };
        let Some((first, others)) = members.split_first() else { continue };
        for other in others {
            let (mut merged, from) = (records.all[*first].clone(), records.all[*other].clone());
            let (mut agree, mut new) = (true, false);
            let pairs = [
                (&mut merged.value, from.value),
                (&mut merged.ytd, from.ytd),
                (&mut merged.growth, from.growth),
                (&mut merged.base, from.base),
            ];
            for (mine, theirs) in pairs {
                match (*mine, theirs) {
                    (None, Some(x)) => {
                        *mine = Some(x);
                        new = true;
                    }
                    (Some(a), Some(b)) => agree &= a == b,
                    _ => {}
                }
            }
            let place = match from.name_column {
                Some(column) => at(&from, sheets, column),
                None => at(&from, sheets, from.column),
            };
            let region = records.texts.get(from.region as usize).cloned().unwrap_or_default();
            if !agree {
                found.error("duplicate", &place, &region, words(
                    format!("{region} stands twice for {}-{:02}, with different figures; neither is taken", from.year, from.month),
                    format!("{region}{}年{}月出现两次且数据不同，均未采用", from.year, from.month),
                    "keep the right one; if one revises the other, add the column published with their dates",
                    "请保留正确的一行；如为修订，请增加公布日期列published"));
                (gone[*first], gone[*other]) = (true, true);
                continue;
            }
            if !new {
                found.warning(
                    "duplicate",
                    &place,
                    &region,
                    words(
                        format!(
                            "{region} stands twice for {}-{:02} with the same figures; one is taken",
                            from.year, from.month
                        ),
                        format!("{region}{}年{}月重复出现，数据相同，只取一行", from.year, from.month),
                        "take one out",
                        "请删除重复行",
                    ),
                );
            }
            merged.unit = merged.unit.or(from.unit);
            if records.all[*first].growth.is_none() {
                merged.growth_column = from.growth_column;
            }
            if records.all[*first].ytd.or(records.all[*first].value).is_none() {
                merged.column = from.column;
            }
            records.all[*first] = merged;
            gone[*other] = true;
        }
    }
    let mut keep = gone.into_iter().map(|g| !g);
    records.all.retain(|_| keep.next().unwrap_or(true));
    Ok(())
}

/// The rows, by ledger, region, year and month; each one's `line` is that of the tidy form.
pub(crate) fn rows(records: &mut Records) -> Vec<PanelRow> {
    let texts = &records.texts;
    let order = |r: &Record| (r.ledger, r.region, r.sector, r.composition, r.year, r.month);
    records.all.sort_by_key(order);
    let mut subjects: BTreeMap<_, Arc<Subject>> = BTreeMap::new();
    let text = |number: Option<u32>| number.and_then(|n| texts.get(n as usize)).cloned();
    records
        .all
        .iter()
        .zip(2u32..)
        .map(|(r, line)| {
            let key = (r.region, r.parent, r.sector, r.composition, r.unit);
            let subject = subjects.entry(key).or_insert_with(|| {
                Arc::new(Subject {
                    region: text(Some(r.region)).unwrap_or_default(),
                    parent: text(r.parent),
                    sector: text(r.sector),
                    composition: text(r.composition),
                    unit: text(r.unit).map_or(Unit::Unknown, |u| Unit::parse(&u)),
                })
            });
            PanelRow {
                line,
                subject: Arc::clone(subject),
                year: r.year,
                month: r.month,
                ledger: r.ledger.unwrap_or(Ledger::Fai),
                measure: match (r.ytd, r.value) {
                    (Some(ytd), _) => Measure::Ytd(ytd),
                    (None, Some(value)) => Measure::Value(value),
                    (None, None) => Measure::None,
                },
                growth: r.growth.map(|g| g / 100.0),
                base: r.base,
                published: text(r.published).and_then(|t| Day::parse(&t)),
            }
        })
        .collect()
}
