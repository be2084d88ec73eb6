//! What is said in several places: the margin of every chart, and what a unit is called.

use crate::calendar::YearMonth;
use crate::error::Lang;
use crate::outlook::UnitKind;
use crate::target::Plan;

/// The name of the product; before it, where that is so, that the figures are illustrative.
pub(super) fn mark(plan: Option<&Plan>, lang: Lang) -> &'static str {
    if plan.is_some_and(|p| p.illustrative(lang).is_some()) {
        lang.pick("Illustrative · Landfall", "示意数据 · Landfall 全年落点")
    } else {
        lang.pick("Landfall", "Landfall 全年落点")
    }
}

/// `Data through 2023-07`.
pub(super) fn data_through(last: YearMonth, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Data through {last}"),
        Lang::Zh => format!("数据截至{}年{}月", last.year, last.month),
    }
}

/// What a unit is called, from the name of its region.
pub(super) fn unit_label(kind: UnitKind, name: &str, lang: Lang) -> String {
    match (kind, lang) {
        (UnitKind::Unallocated, Lang::En) => format!("{name}, unallocated"),
        (UnitKind::Unallocated, Lang::Zh) => format!("{name}未分配"),
        _ => name.to_owned(),
    }
}
