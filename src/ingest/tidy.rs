//! From records to the rows of a panel: one unit, one kind of amount, one row a cell of the panel.

use crate::ingest::fault::{At, Findings, words};
use crate::ingest::record::{Record, Records};
use crate::ingest::sheet::Sheet;
use crate::ingest::texts::Parts;
use crate::ledger::Ledger;
use crate::table::{Measure, PanelRow, Subject};
use crate::unit::Unit;
use crate::{calendar::Day, num};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Where a record stands.
pub(crate) fn at(record: &Record, sheets: &[Sheet], column: u32) -> At {
    let sheet = sheets.get(record.sheet as usize).and_then(|s| s.name.as_deref());
    At::sheet(sheet).cell(record.row as usize, column as usize)
}

/// Amounts that nothing says to be flows or cumulative: cumulative where they do not fall within a year.
pub(crate) fn settle_amounts(records: &mut Records, sheets: &[Sheet], found: &mut Findings) {
    let mut open: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for r in records.all.iter().filter(|r| r.amount.is_some()) {
        let first = open.entry(r.sheet).or_insert((r.row, r.column));
        *first = (*first).min((r.row, r.column));
    }
    if open.is_empty() {
        return;
    }
    let (mut rises, mut falls) = (BTreeMap::<u32, usize>::new(), BTreeMap::<u32, usize>::new());
    for pair in records.all.windows(2) {
        let [earlier, r] = pair else { continue };
        let (Some(before), Some(now)) = (earlier.any_amount(), r.any_amount()) else { continue };
        if earlier.year_key() == r.year_key() {
            *if now < before { &mut falls } else { &mut rises }.entry(r.sheet).or_default() += 1;
        }
    }
    let sums = sums_beside(records);
    for (sheet, (row, column)) in open {
        let (rise, fall) = (rises.get(&sheet).copied().unwrap_or(0), falls.get(&sheet).copied().unwrap_or(0));
        let (added, equal) = sums.get(&sheet).copied().unwrap_or_default();
        let first_two = records.spans.get(&sheet) == Some(&(true, false));
        let told = added != equal;
        let cumulative = match () {
            // A cumulative column beside the months says it: it is their sum, or the last of them.
            () if told => equal > added,
            // Whoever writes 1-2月 and then 3月 means single months, unless no month of years is less than the one before.
            () if first_two => fall == 0 && rise >= 10,
            // A cumulative amount falls where history is revised, a flow about every other month.
            () => fall * 10 <= rise + fall,
        };
        let name = sheets.get(sheet as usize).and_then(|s| s.name.as_deref());
        let place = At::sheet(name).cell(row as usize, column as usize);
        let (code, en, zh) = if cumulative {
            ("ytd_assumed", "cumulative from January on", "自年初累计数")
        } else {
            ("value_assumed", "flows of single months", "当月数")
        };
        let (why, why_zh) = if told {
            ("a cumulative column beside them says so".to_owned(), "与旁边的累计列相符".to_owned())
        } else if first_two && !cumulative {
            ("1-2月 stands beside single months".to_owned(), "1-2月与单月并列".to_owned())
        } else {
            (
                format!("{rise} of {} steps within a year rise", rise + fall),
                format!("年内{}次变化中有{rise}次上升", rise + fall),
            )
        };
        let text = words(
            format!("nothing says whether amounts are cumulative; they are read as {en} ({why})"),
            format!("未说明是累计数还是当月数；按{zh}读取（{why_zh}）"),
            "name the column ytd or value, or map it so",
            "请将列名写明“累计”或“当月”，或在对照中指定",
        );
        if told || (rise + fall > 0 && !first_two) {
            found.note(code, &place, "", text);
        } else {
            found.warning(code, &place, "", text);
        }
        for record in records.all.iter_mut().filter(|r| r.sheet == sheet) {
            if let Some(amount) = record.amount.take() {
                // What a column beside calls cumulative stays.
                if cumulative { &mut record.ytd } else { &mut record.value }.get_or_insert(amount);
            }
        }
    }
}

/// By sheet, how many cumulative amounts beside undecided ones are the sum of the year's so far, and how many are the same.
fn sums_beside(records: &Records) -> BTreeMap<u32, (usize, usize)> {
    let mut out = BTreeMap::<u32, (usize, usize)>::new();
    for year in runs(&records.all, Record::year_key) {
        let (mut sum, mut several) = (0.0, false);
        for r in &records.all[year] {
            let Some(x) = r.amount.or(r.value).or(r.ytd) else { continue };
            sum += x;
            if let (Some(amount), Some(ytd), true) = (r.amount, r.ytd, several) {
                let near = |x: f64| (x - ytd).abs() <= 0.005 * ytd.abs() + 0.05;
                let votes = out.entry(r.sheet).or_default();
                votes.0 += usize::from(near(sum) && !near(amount));
                votes.1 += usize::from(near(amount) && !near(sum));
            }
            several = true;
        }
    }
    out
}

/// Growth written as a ratio, 0.098 for 9.8 %: only where bases or last year's amounts show it.
pub(crate) fn settle_growth(
    records: &mut Records,
    percent: &BTreeMap<(u32, u32), bool>,
    found: &mut Findings,
) {
    // For each column how many growths there are; only of one whose are all small is the question asked.
    let mut counts: BTreeMap<(u32, u32), (usize, bool)> = BTreeMap::new();
    for record in &records.all {
        let Some(growth) = record.growth else { continue };
        let entry = counts.entry((record.sheet, record.growth_column)).or_insert((0, true));
        *entry = (entry.0 + 1, entry.1 && growth.abs() <= 1.5);
    }
    counts.retain(|column, (count, small)| {
        *small && *count >= 2 && !percent.get(column).copied().unwrap_or(false)
    });
    if counts.is_empty() {
        return;
    }
    // How many fit as a ratio, and how many as percent.
    let mut fits: BTreeMap<(u32, u32), (usize, usize)> = BTreeMap::new();
    for record in &records.all {
        let column = (record.sheet, record.growth_column);
        let (Some(growth), true) = (record.growth, counts.contains_key(&column)) else { continue };
        let last = || {
            let cell = record.key_of(record.year - 1);
            let from = records.all.partition_point(|r| r.key() < cell);
            let same = records.all[from..].iter().take_while(|r| r.key() == cell);
            same.filter_map(|r| r.ytd.filter(|x| *x > 0.0)).last()
        };
        let base = record.base.filter(|b| *b > 0.0).or_else(last);
        if let (Some(ytd), Some(base)) = (record.ytd, base) {
            let implied = ytd / base - 1.0;
            let entry = fits.entry(column).or_default();
            entry.0 += usize::from((implied - growth).abs() < 0.02 + 0.2 * implied.abs());
            entry.1 += usize::from((implied - growth / 100.0).abs() < 0.02 + 0.2 * implied.abs());
        }
    }
    for ((sheet, column), (count, _)) in counts {
        let (as_ratio, as_percent) = fits.get(&(sheet, column)).copied().unwrap_or_default();
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
    let mut gone = BTreeSet::new();
    for year in runs(&records.all, Record::year_key) {
        let known = |i: &usize| records.all[*i].ytd.is_some();
        let zeros = year.clone().rev().filter(known).take_while(|i| records.all[*i].ytd == Some(0.0)).count();
        if zeros > 0 && zeros < year.clone().filter(known).count() {
            gone.extend(year.rev().filter(known).take(zeros));
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
    let of_money: Vec<u32> = used.into_iter().filter(|u| money(records.texts.get(*u))).collect();
    if of_money.len() < 2 {
        return;
    }
    let yi = records.text(&Unit::Yi.to_string());
    let mut told = BTreeSet::new();
    for index in 0..records.all.len() {
        let record = &records.all[index];
        let Some(unit) = record.unit.filter(|u| *u != yi && of_money.contains(u)) else { continue };
        let name = records.texts.get(unit).to_owned();
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

/// The records that stand together and have one key, each as the range of their places.
fn runs<K: PartialEq>(records: &[Record], key: fn(&Record) -> K) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    records.chunk_by(move |a, b| key(a) == key(b)).map(move |run| {
        let start = from;
        from += run.len();
        start..from
    })
}

/// Rows of one cell of the panel become one where they say different things of it or the same; of two that contradict each
/// other neither is taken.
pub(crate) fn merge(records: &mut Records, sheets: &[Sheet], found: &mut Findings) {
    // Of several figures of one cell only those with one date of publication are of one cell of the panel.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for cell in runs(&records.all, Record::key).filter(|cell| cell.len() > 1) {
        let mut by_day: BTreeMap<Option<u32>, Vec<usize>> = BTreeMap::new();
        cell.for_each(|i| by_day.entry(records.all[i].published).or_default().push(i));
        groups.extend(by_day.into_values().filter(|same| same.len() > 1));
    }
    if groups.is_empty() {
        return;
    }
    // In the order of the file.
    groups.sort_by_key(|same| records.all.get(same[0]).map(|r| (r.sheet, r.row, r.column)));
    let mut gone = vec![false; records.all.len()];
    for members in groups {
        let Some((first, others)) = members.split_first() else { continue };
        for other in others {
            let (mut merged, from) = (records.all[*first], records.all[*other]);
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
            let region = records.texts.get(from.region).to_owned();
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
}

/// The rows, by ledger, region, year and month; each one's `line` is that of the tidy form.
pub(crate) fn rows(records: &Records) -> Vec<PanelRow> {
    let texts = &records.texts;
    let mut subjects: BTreeMap<_, Arc<Subject>> = BTreeMap::new();
    let mut days: BTreeMap<u32, Option<Day>> = BTreeMap::new();
    // Rows stand by region, so that the subject is mostly that of the row before.
    let mut last: Option<(_, Arc<Subject>)> = None;
    let mut subject = |r: &Record| {
        let parts = Parts { sector: r.sector, composition: r.composition, parent: r.parent, unit: r.unit };
        let key = (r.region, parts);
        if let Some((_, subject)) = last.as_ref().filter(|(before, _)| *before == key) {
            return Arc::clone(subject);
        }
        let subject = subjects.entry(key).or_insert_with(|| Arc::new(texts.subject(r.region, parts)));
        last = Some((key, Arc::clone(subject)));
        Arc::clone(subject)
    };
    let mut published = |r: &Record| {
        let number = r.published?;
        *days.entry(number).or_insert_with(|| Day::parse(texts.get(number)))
    };
    let row = |(r, line): (&Record, u32)| PanelRow {
        line,
        subject: subject(r),
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
        published: published(r),
    };
    records.all.iter().zip(2u32..).map(row).collect()
}
