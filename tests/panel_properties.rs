//! Any small panel is answered, or refused with a reason; never a panic, a NaN or a chance that is none.

// clippy.toml allows it in tests only, not in what they share.
#![allow(clippy::unwrap_used)]

use landfall::calendar::{Calendar, YearMonth};
use landfall::case::{Case, CaseError, Options, OutlookReport, Question, Source, SpreadReport};
use landfall::error::{Lang, Severity};
use landfall::table::{read_panel, write_panel};
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What stands in a cell of a made-up panel, as text; empty is missing. A mad one can have the whole file refused.
fn amount(mad: bool) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => (1u32..2000).prop_map(|x| (f64::from(x) / 10.0).to_string()),
        3 => Just(String::new()),
        2 => Just("0".to_owned()),
        u32::from(mad) => prop_oneof![Just("1e15"), Just("1e-300"), Just("1e300"), Just("-5"), Just("1e9")].prop_map(str::to_owned),
    ]
}

fn growth(mad: bool) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (-300i32..400).prop_map(|x| (f64::from(x) / 10.0).to_string()),
        6 => Just(String::new()),
        u32::from(mad) => prop_oneof![Just("-100"), Just("-99.9"), Just("1000000"), Just("0")].prop_map(str::to_owned),
    ]
}

#[derive(Debug, Clone, Default)]
struct Shape {
    mad: bool,
    /// Whether cumulative figures mostly rise, as real ones do.
    rises: bool,
    as_flows: bool,
    with_growth: bool,
    growth_only: bool,
    january: bool,
    tree: bool,
    regions: usize,
    years: i32,
    through: u8,
    repeated: bool,
}

fn shape() -> impl Strategy<Value = Shape> {
    let often = prop::bool::weighted(0.75);
    let faults = (prop::bool::weighted(0.4), often, prop::bool::weighted(0.1));
    (any::<[bool; 5]>(), 1usize..4, 1i32..6, 0u8..=12, faults).prop_map(
        |([as_flows, with_growth, growth_only, january, tree], regions, years, through, faults)| {
            let (mad, rises, repeated) = faults;
            Shape {
                mad,
                rises,
                as_flows,
                with_growth,
                growth_only: growth_only && with_growth,
                january,
                tree,
                regions,
                years,
                through,
                repeated,
            }
        },
    )
}

/// A shape, and the cells to fill it with, over and over.
fn panel() -> impl Strategy<Value = (Shape, Vec<String>, Vec<String>)> {
    shape().prop_flat_map(|shape| {
        let amounts = prop::collection::vec(amount(shape.mad), 17..60);
        let growths = prop::collection::vec(growth(shape.mad), 13..40);
        (Just(shape), amounts, growths)
    })
}

fn csv(shape: &Shape, amounts: &[String], growths: &[String]) -> String {
    let mut text =
        format!("region,parent,year,month,{},growth\n", if shape.as_flows { "value" } else { "ytd" });
    let mut cells = amounts.iter().cycle().zip(growths.iter().cycle().skip(3));
    for region in 0..shape.regions {
        let parent = if shape.tree && region > 0 { "R0" } else { "" };
        for year in 2019..=2019 + shape.years {
            let last = if year == 2019 + shape.years { shape.through } else { 12 };
            let mut so_far = 0.0;
            for month in if shape.january { 1 } else { 2 }..=last {
                let Some((amount, growth)) = cells.next() else { continue };
                let amount = match amount.parse::<f64>() {
                    // Cumulative figures that mostly rise, as real ones do.
                    Ok(x) if shape.rises && !shape.as_flows => {
                        so_far += x;
                        so_far.to_string()
                    }
                    _ => amount.clone(),
                };
                let amount = if shape.growth_only { "" } else { &amount };
                let growth = if shape.with_growth { growth } else { "" };
                text += &format!("R{region},{parent},{year},{month},{amount},{growth}\n");
            }
        }
    }
    if shape.repeated {
        let last = text.lines().last().unwrap().to_owned();
        text += &format!("{last}\n");
    }
    text
}

const PLAN: &str = r#"
year = 2022
[[region]]
name = "R0"
[[region]]
name = "R1"
[[target]]
region = "R0"
kind = "growth"
value = 8
[[target]]
region = "R0"
month = 9
kind = "growth"
value = 6
[[target]]
region = "R1"
kind = "amount"
value = 900
[[target]]
region = "R1"
month = 6
kind = "completion"
value = 50
of = 700
"#;

fn spread_is_sound(spread: &SpreadReport) -> Result<(), TestCaseError> {
    let q = &spread.quantiles;
    let all = [q.p025, q.p10, q.p25, q.p50, q.p75, q.p90, q.p975];
    prop_assert!(spread.mean.is_finite() && all.iter().all(|x| x.is_finite()), "{spread:?}");
    prop_assert!(all.windows(2).all(|w| w[0] <= w[1]), "{spread:?}");
    Ok(())
}

fn is_sound(report: &OutlookReport) -> Result<(), TestCaseError> {
    let chance = |p: Option<f64>| p.is_none_or(|p| (0.0..=1.0).contains(&p));
    for unit in &report.units {
        let numbers = [
            unit.ytd,
            unit.growth_ytd,
            unit.year_base,
            unit.gap_pp,
            unit.pull_pp,
            unit.target.as_ref().and_then(|t| t.owed),
            unit.need.as_ref().map(|n| n.amount),
            unit.need.as_ref().map(|n| n.per_month),
            unit.need.as_ref().and_then(|n| n.vs_last_year),
            unit.need.as_ref().and_then(|n| n.vs_best),
        ];
        prop_assert!(numbers.iter().flatten().all(|x| x.is_finite()), "{unit:?}");
        prop_assert!(unit.need.as_ref().is_none_or(|n| n.amount >= 0.0), "{unit:?}");
        prop_assert!(chance(unit.probability) && chance(unit.probability_shown), "{unit:?}");
        for milestone in &unit.milestones {
            prop_assert!(chance(milestone.probability), "{unit:?}");
            prop_assert!(milestone.need.is_none_or(|n| n.is_finite() && n >= 0.0), "{unit:?}");
        }
        for spread in unit.year_end.iter().chain(&unit.growth) {
            spread_is_sound(spread)?;
        }
        for voice in &unit.weights {
            prop_assert!((0.0..=1.0).contains(&voice.weight) && voice.median.is_finite(), "{unit:?}");
        }
        prop_assert!(unit.through <= 12, "{unit:?}");
        // Whoever gets no answer is told why.
        let answered = unit.year_end.is_some() || unit.growth.is_some();
        let rest = unit.kind == landfall::outlook::UnitKind::Unallocated;
        prop_assert!(answered || rest || !unit.notes.is_empty(), "{unit:?}");
    }
    Ok(())
}

/// Loads, asks for two months and checks all answers; whether there was any year-end figure.
fn is_answered_soundly_or_refused(
    text: &str,
    calendar: Option<Calendar>,
    with_plan: bool,
    month: u8,
) -> Result<bool, TestCaseError> {
    let panel = Source { name: "panel.csv", text };
    let plan = with_plan.then_some(Source { name: "plan.toml", text: PLAN });
    let options = Options { calendar, unit: None };
    let case = match Case::load(panel, plan, &options) {
        Ok(case) => case,
        Err(CaseError::Faulty { found }) => {
            prop_assert!(found.iter().any(|d| d.severity == Severity::Error));
            return Ok(false);
        }
        Err(e) => return Err(TestCaseError::fail(e.to_string())),
    };
    // Any month of the last year, some of them without data.
    let asked = case.months().last().map(|m| YearMonth { year: m.year, month });
    let mut any = false;
    for as_of in [None, asked] {
        let Ok(answer) = case.ask(&Question { as_of, ..Question::default() }) else { continue };
        let report = answer.report(Lang::Zh);
        any |= report.units.iter().any(|u| u.year_end.is_some() || u.growth.is_some());
        is_sound(&report)?;
    }
    // What was accepted goes on as the tidy form.
    let (rows, _) = read_panel(text, "panel.csv");
    let (back, faults) = read_panel(&write_panel(&rows), "tidy.csv");
    prop_assert!(rows.is_empty() || faults.iter().all(|d| d.severity < Severity::Error), "{faults:?}");
    prop_assert_eq!(rows.len(), back.len());
    Ok(any)
}

/// Panels tried, and those of them that got a year-end figure.
static TRIED: AtomicUsize = AtomicUsize::new(0);
static ANSWERED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn small_panels() {
    any_small_panel_is_answered_soundly_or_refused_with_a_reason();
    let (tried, answered) = (TRIED.load(Relaxed), ANSWERED.load(Relaxed));
    // Were most of them refused, the property would say little.
    assert!(answered * 3 > tried, "only {answered} of {tried} panels were answered");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    fn any_small_panel_is_answered_soundly_or_refused_with_a_reason(
        (shape, amounts, growths) in panel(),
        calendar in prop_oneof![Just(None), Just(Some(Calendar::Cn11)), Just(Some(Calendar::M12))],
        with_plan in any::<bool>(),
        month in 1u8..=12,
    ) {
        TRIED.fetch_add(1, Relaxed);
        if is_answered_soundly_or_refused(&csv(&shape, &amounts, &growths), calendar, with_plan, month)? {
            ANSWERED.fetch_add(1, Relaxed);
        }
    }
}

/// Figures far apart that once gave a spread without numbers.
#[test]
fn a_figure_next_to_nothing_among_small_ones() {
    let shape = Shape { years: 5, through: 2, regions: 1, ..Shape::default() };
    let amounts = [&["1e-300"][..], &["0.1"; 11], &["1.3", "0.7", "12.2", "", "0.1"]].concat();
    answered_soundly(&shape, &amounts, &["0"]);
}

/// A figure that dwarfs all others once gave a spread without numbers.
#[test]
fn an_enormous_figure_among_small_ones() {
    let shape = Shape {
        with_growth: true,
        january: true,
        tree: true,
        regions: 2,
        years: 3,
        through: 8,
        ..Shape::default()
    };
    let amounts =
        [&["0.1", "1e15"][..], &["0.1"; 5], &["1e-300"], &["0.1"; 5], &["1e9", "0.1", "0.3"]].concat();
    answered_soundly(&shape, &amounts, &["0", "", "0", "0", "0", "", "0"]);
}

fn answered_soundly(shape: &Shape, amounts: &[&str], growths: &[&str]) {
    let owned = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<String>>();
    let text = csv(shape, &owned(amounts), &owned(growths));
    for month in 1..=12 {
        is_answered_soundly_or_refused(&text, None, true, month).unwrap();
    }
}
