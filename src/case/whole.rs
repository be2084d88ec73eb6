//! Whether a panel's city stands beside its districts with nothing that says so.

use crate::error::{Diagnostic, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::num;
use crate::region::Tree;
use crate::table::{Measure, PanelRow};
use std::collections::BTreeMap;

/// How near a region is to the sum of all others, a ratio: rounding of what is published.
const NEAR: f64 = 0.002;
/// In so many months at least; fewer may be chance.
const MONTHS: usize = 6;
/// Years at the end that are looked at.
const YEARS: i32 = 2;

/// Says where one region is the sum of all others, and no plan and no column names it as the one around them: it would be ranked
/// beside its own districts.
pub(super) fn unnamed(rows: &[PanelRow], tree: &Tree, file: &str) -> Option<Diagnostic> {
    if tree.regions().len() < 3 || tree.regions().iter().any(|region| region.parent.is_some()) {
        return None;
    }
    let first = rows.first()?.ledger;
    let last = rows.iter().map(|row| row.year).max()?;
    let mut months: BTreeMap<(i32, u8), Vec<(&PanelRow, f64)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.year > last - YEARS && of_all(row, first)) {
        if let Measure::Ytd(amount) | Measure::Value(amount) = row.measure {
            months.entry((row.year, row.month)).or_default().push((row, amount));
        }
    }
    let whole = months.values().filter(|of| of.len() == tree.regions().len());
    let largest: Vec<Option<&PanelRow>> = whole
        .map(|of| {
            let (row, most) = of.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
            let others = num::sum(of.iter().map(|(_, amount)| *amount)) - most;
            (most > 0.0 && (most - others).abs() <= NEAR * most).then_some(row)
        })
        .collect();
    let city = *largest.first()?.as_ref()?;
    let same = |row: &Option<&PanelRow>| row.is_some_and(|row| row.subject.region == city.subject.region);
    if largest.len() < MONTHS || !largest.iter().all(same) {
        return None;
    }
    let (name, others) = (&city.subject.region, tree.regions().len() - 1);
    Some(Diagnostic {
        code: "city_not_named",
        severity: Severity::Warning,
        place: Place { file: Some(file.into()), row: Some(city.line), ..Place::default() },
        value: name.clone(),
        text: Said::new(
            format!(
                "{name} is the sum of the other {others} regions, but nothing says that they lie in it: it is ranked beside them, and \
                 they are not made to add up to it"
            ),
            format!(
                "{name}等于其他{others}个地区之和，但数据和计划均未注明隶属关系：现与各地区并列排名，各区之和也未与其平衡"
            ),
        ),
        help: Said::new(
            format!(
                "give the other rows a column parent with {name}, or write parent = \"{name}\" at their [[region]] in the plan"
            ),
            format!(
                "请为其他各行增加“上级地区”列（parent）并填写{name}，或在计划文件各[[region]]中写parent = \"{name}\""
            ),
        ),
    })
}

/// Whether it is a region's own row of a ledger, not one of a sector or a composition.
fn of_all(row: &PanelRow, ledger: Ledger) -> bool {
    row.ledger == ledger && row.subject.sector.is_none() && row.subject.composition.is_none()
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Options, Source};

    #[test]
    fn a_city_beside_its_districts_is_asked_about() {
        let warned = |header: &str, parent: &str, off: f64| {
            let mut text = format!("region,year,month,ytd{header}\n");
            for month in 2..=9 {
                let (a, b) = (3.0 * f64::from(month), 2.0 * f64::from(month) + 1.0);
                for (region, amount) in [("某市", a + b + off), ("东区", a), ("西区", b)] {
                    let parent = if region == "某市" { "" } else { parent };
                    text += &format!(
                        "{region},2023,{month},{amount}{}{parent}\n",
                        if header.is_empty() { "" } else { "," }
                    );
                }
            }
            let source = Source { name: "panel.csv", text: &text };
            let case = Case::load(source, None, &Options::default()).unwrap();
            case.diagnostics().iter().any(|found| found.code == "city_not_named" && found.value == "某市")
        };
        assert!(warned("", "", 0.0));
        // A district more would make it another sum.
        assert!(!warned("", "", 1.0));
        assert!(!warned(",parent", "某市", 0.0));
    }
}
