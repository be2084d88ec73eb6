//! The units of a panel's rows: one a ledger.

use crate::error::{Diagnostic, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::num::round_to;
use crate::table::{Measure, PanelRow, Subject};
use crate::unit::Unit;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Brings amounts to 亿元 where a ledger mixes units of Chinese money, and says so. Other units never add, and stay.
///
/// ```
/// use landfall::panel::settle_units;
/// use landfall::table::{Measure, read_panel};
/// let text = "region,year,month,ytd,unit\nA,2023,2,3,亿元\nB,2023,2,421600,万元\n";
/// let (mut rows, _) = read_panel(text, "panel.csv");
/// assert_eq!(settle_units(&mut rows, "panel.csv")[0].place.row, Some(3));
/// assert_eq!(rows[1].measure, Measure::Ytd(42.16));
/// ```
pub fn settle_units(rows: &mut [PanelRow], file: &str) -> Vec<Diagnostic> {
    let mut used: BTreeMap<Ledger, Vec<&Unit>> = BTreeMap::new();
    for row in series(rows) {
        let unit = &row.subject.unit;
        let of_ledger = used.entry(row.ledger).or_default();
        if unit.yuan().is_some() && !of_ledger.contains(&unit) {
            of_ledger.push(unit);
        }
    }
    if used.values().all(|units| units.len() < 2) {
        return Vec::new();
    }
    let mut brought: Vec<(Unit, u32, u32)> = Vec::new();
    for row in rows.iter_mut() {
        let unit = &row.subject.unit;
        let Some(ratio) = unit.ratio_to(&Unit::Yi).filter(|_| *unit != Unit::Yi) else { continue };
        match brought.iter_mut().find(|(of, ..)| of == unit) {
            Some((.., count)) => *count += 1,
            None => brought.push((unit.clone(), row.line, 1)),
        }
        // As written: 421600 of 万元 is 42.16, not 42.160000000000004.
        let down = |x: f64| round_to(x * ratio, 10);
        row.measure = match row.measure {
            Measure::Value(x) => Measure::Value(down(x)),
            Measure::Ytd(x) => Measure::Ytd(down(x)),
            Measure::None => Measure::None,
        };
        row.base = row.base.map(down);
    }
    restate(rows, |subject| {
        let other = subject.unit.yuan().is_some() && subject.unit != Unit::Yi;
        other.then(|| Subject { unit: Unit::Yi, ..subject.clone() })
    });
    let told = |(unit, line, count): (Unit, u32, u32)| Diagnostic {
        code: "mixed_units",
        severity: Severity::Warning,
        place: Place { file: Some(file.into()), row: Some(line), ..Place::default() },
        value: unit.to_string(),
        text: Said::new(
            format!("the file mixes units: {count} rows are in {unit} and are brought to 亿元"),
            format!("文件混用单位：{count}行为{unit}，已换算为亿元"),
        ),
        help: Said::new("use one unit, or look at the amounts", "请统一单位，或核对金额"),
    };
    brought.into_iter().map(told).collect()
}

/// The first row of each series of a ledger; a series has one unit.
fn series(rows: &[PanelRow]) -> impl Iterator<Item = &PanelRow> {
    let of_one = rows.chunk_by(|a, b| a.ledger == b.ledger && Arc::ptr_eq(&a.subject, &b.subject));
    of_one.filter_map(<[PanelRow]>::first)
}

/// The first row whose unit is not that of its ledger's first row.
pub(super) fn mixed(rows: &[PanelRow], file: &str) -> Option<Diagnostic> {
    let mut units: BTreeMap<Ledger, &PanelRow> = BTreeMap::new();
    let (row, first) = series(rows).find_map(|row| {
        let first = *units.entry(row.ledger).or_insert(row);
        (first.subject.unit != row.subject.unit).then_some((row, first))
    })?;
    let (unit, others) = (&row.subject.unit, &first.subject.unit);
    Some(Diagnostic {
        code: "mixed_units",
        severity: Severity::Error,
        place: Place { file: Some(file.into()), row: Some(row.line), ..Place::default() },
        value: unit.to_string(),
        text: Said::new(
            format!("the unit is {unit}, but {others} in row {}", first.line),
            format!("单位为{unit}，而第{}行为{others}", first.line),
        ),
        help: Said::new(
            "bring the rows of a ledger to one unit, or keep the data apart; different units never add",
            "同一台账请统一单位，或不与原有数据合并；不同单位不能相加",
        ),
    })
}

/// Replaces the subjects for which `f` has another one.
pub(crate) fn restate(rows: &mut [PanelRow], mut f: impl FnMut(&Subject) -> Option<Subject>) {
    // By address: the old ones are held here, so that no new one takes the place of one.
    let mut known: BTreeMap<*const Subject, (Arc<Subject>, Arc<Subject>)> = BTreeMap::new();
    for row in rows {
        let old = &row.subject;
        let (_, new) = known.entry(Arc::as_ptr(old)).or_insert_with(|| {
            let new = f(old).map_or_else(|| Arc::clone(old), Arc::new);
            (Arc::clone(old), new)
        });
        row.subject = Arc::clone(new);
    }
}
