//! Two scenarios side by side.

use crate::scenario_table::{
    Money, NOTHING, chance, coverage, illustrative, percent, points, shares, table as columns, through,
};
use crate::voice::{BOLD, DIM, RESET, clean};
use landfall::case::{Case, FiguresReport, LeverReport, ScenarioReport, ScenarioUnit};
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::unit::{fixed, signed};
use std::collections::BTreeMap;
use std::fmt::Write;

/// One table a ledger: as it is, the one scenario A, the other B, and what B has over A.
pub(crate) fn table(
    a: &ScenarioReport,
    b: &ScenarioReport,
    case: &Case,
    levers: &[LeverReport],
    money: &Money,
    lang: Lang,
) -> String {
    let mut out = String::new();
    illustrative(&mut out, case, lang);
    let _ = writeln!(
        out,
        "\n{BOLD}A{RESET}  {}\n{BOLD}B{RESET}  {}\n{DIM}{}{RESET}",
        clean(&a.scenario),
        clean(&b.scenario),
        through(a, lang)
    );
    let other: BTreeMap<(&str, Ledger), &ScenarioUnit> =
        b.units.iter().map(|u| ((u.region.as_str(), u.ledger), u)).collect();
    let pairs: Vec<(&ScenarioUnit, &ScenarioUnit)> =
        a.units.iter().filter_map(|u| Some((u, *other.get(&(u.region.as_str(), u.ledger))?))).collect();
    let any = pairs.iter().any(|(a, b)| moves(a) || moves(b));
    for ledger in Ledger::ALL {
        let mine = || pairs.iter().filter(|(u, _)| u.ledger == ledger);
        if mine().next().is_none() || (any && !mine().any(|(a, b)| moves(a) || moves(b))) {
            continue;
        }
        let in_growth = mine().any(|(u, _)| u.base.median.is_some());
        let amount = money.beside(lang.pick("amount", "金额"), ledger, lang);
        let header: [&str; 9] = match (lang, in_growth) {
            (Lang::En, true) => ["", "growth %", "A", "B", "B − A, pp", "chance", "A", "B", "B − A, points"],
            (Lang::En, false) => ["", &amount, "A", "B", "B − A", "chance", "A", "B", "B − A, points"],
            (Lang::Zh, true) => ["", "增速%", "A", "B", "B−A百分点", "概率", "A", "B", "B−A百分点"],
            (Lang::Zh, false) => ["", &amount, "A", "B", "B−A", "概率", "A", "B", "B−A百分点"],
        };
        let mut rows = columns(&header, 1);
        for (a, b) in mine() {
            rows.add_row(row(clean(&a.label), (&a.base, &a.scenario, &b.scenario), Some(in_growth)));
            for (m, n) in a.milestones.iter().zip(&b.milestones).filter(|(m, _)| m.base.probability.is_some())
            {
                let name = match lang {
                    Lang::En => format!("  by month {}", m.month),
                    Lang::Zh => format!("  {}月节点", m.month),
                };
                rows.add_row(row(name, (&m.base, &m.scenario, &n.scenario), None));
            }
        }
        let _ = writeln!(out, "\n{}\n{rows}", ledger.label(lang));
    }
    for (name, report) in [("A", a), ("B", b)] {
        let mut part = String::new();
        shares(&mut part, report, levers, money, lang);
        if !part.is_empty() {
            let _ = write!(out, "\n{BOLD}{name}{RESET}{part}");
        }
    }
    if case.has_pipeline() {
        coverage(&mut out, a, lang);
    }
    out
}

fn moves(unit: &ScenarioUnit) -> bool {
    unit.base != unit.scenario || unit.milestones.iter().any(|m| m.base != m.scenario)
}

/// As it is, A, B, and what B has over A: in growth or amount (`None`: in neither), and in the chance.
fn row(
    name: String,
    (base, a, b): (&FiguresReport, &FiguresReport, &FiguresReport),
    in_growth: Option<bool>,
) -> [String; 9] {
    let amount = |x: Option<f64>| x.map_or_else(|| NOTHING.into(), |x| fixed(x, 1));
    let less = |b: Option<f64>, a: Option<f64>| Some(b? - a?);
    let [first, second, third, beyond] = match in_growth {
        Some(true) => [
            percent(base.median),
            percent(a.median),
            percent(b.median),
            points(less(b.median, a.median).map(|x| 100.0 * x), 1),
        ],
        Some(false) => {
            [amount(base.total), amount(a.total), amount(b.total), points(less(b.total, a.total), 1)]
        }
        None => [const { String::new() }; 4],
    };
    let by = less(b.probability, a.probability).map_or_else(|| NOTHING.into(), |p| signed(100.0 * p, 1));
    let [p, q, r] = [base, a, b].map(|f| chance(f.probability));
    [name, first, second, third, beyond, p, q, r, by]
}
