//! Times what a scenario costs inside the process, for `cargo xtask bench scenario`: `cargo run --release --example speed`.
//!
//! One line of JSON: medians in milliseconds.

mod support;

use landfall::case::{Case, Options, Question, Source};
use landfall::ledger::Ledger;
use landfall::scenario::{Baseline, Goals, LeastStep, LeverId, Scenario, Setting};
use landfall::stats::{DRAWS, Points, StudentTable};
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use support::times;

fn main() -> Result<(), Box<dyn Error>> {
    let case = Case::sample("wuzhong-2023")?;
    let answer = case.ask(&Question { ledger: Some(Ledger::Fai), ..Question::default() })?;
    let baseline = case.baseline(&answer, 10_000)?;
    let all = every_lever(&baseline);
    let slider = times(300, || black_box(baseline.run(&all)).is_ok());
    let one = Scenario { settings: vec![Setting::new(LeverId::Pace, 1.05)], ..all };
    let lever = times(300, || black_box(baseline.run(&one)).is_ok());
    let none = Scenario::empty("", 2023);
    let least = times(20, || search(&baseline, &none).is_ok());
    let many = many_projects()?;
    let answer_of_many = many.ask(&Question { ledger: Some(Ledger::Fai), ..Question::default() })?;
    let of_many = many.baseline(&answer_of_many, 10_000)?;
    let least_many = times(10, || search(&of_many, &none).is_ok());
    let candidates =
        LeastStep::plan(&of_many, &none, &Goals::Every, 0.5, &BTreeMap::new())?.finish(&of_many).candidates;
    let drawn_ms = times(50, || black_box(drawn(7)) > 0.0)[0];
    let added_up_ms = times(50, || black_box(added_up(7)) > 0.0)[0];
    let told = serde_json::json!({
        "slider_ms": slider[0], "slider_p95_ms": slider[1], "one_lever_ms": lever[0], "least_ms": least[0],
        "least_many_ms": least_many[0], "least_many": candidates,
        "drawn_ms": drawn_ms, "drawn_error": error_of(drawn),
        "added_up_ms": added_up_ms, "added_up_error": error_of(added_up), "levers": baseline.levers().len(), "units": answer.ledgers[0].outlook.units.len(),
    });
    println!("{told}");
    Ok(())
}

/// The sample with a part of its planned starts listed once more, so that about 200 could be brought forward.
fn many_projects() -> Result<Case, Box<dyn Error>> {
    let text = include_str!("../seeds/wuzhong-2023/pipeline.csv");
    let again = text.lines().filter(|line| line.starts_with("start-")).take(84);
    let again: String = again.map(|line| format!("again-{line}\n")).collect();
    let source = |name, text| Source { name, text };
    let case = Case::load(
        source("panel.csv", include_str!("../seeds/wuzhong-2023/panel.csv")),
        Some(source("plan.toml", include_str!("../seeds/wuzhong-2023/plan.toml"))),
        &Options::default(),
    )?;
    Ok(case.with_pipeline(source("pipeline.csv", &format!("{}\n{again}", text.trim_end())))?)
}

/// Every lever of the case, three quarters up its range.
fn every_lever(baseline: &Baseline) -> Scenario {
    let mut scenario = Scenario::empty("all", baseline.as_of().year);
    for lever in baseline.levers() {
        let mut setting = Setting::new(lever.id, 0.25 * lever.history.0 + 0.75 * lever.history.1);
        if lever.id == LeverId::SectorShock {
            setting.scope.sector = Some("real_estate".into());
        }
        scenario.settings.push(setting);
    }
    scenario
}

fn search(baseline: &Baseline, scenario: &Scenario) -> Result<(), Box<dyn Error>> {
    let mut step = LeastStep::plan(baseline, scenario, &Goals::Every, 0.5, &BTreeMap::new())?;
    while !step.step(baseline)? {}
    if !black_box(step.finish(baseline)).proven {
        return Err("the least is not proven".into());
    }
    Ok(())
}

/// The chance that 60 done so far and ten months of 6 ± 1.5 pass 122, the small model that is given to Squiggle too: each
/// month drawn.
fn drawn(seed: u64) -> f64 {
    let (points, normal) = (Points::new(seed), StudentTable::shared(1e6));
    let mut sums = vec![60.0; DRAWS];
    for month in 0..10 {
        for (sum, stratum) in sums.iter_mut().zip(points.strata(1 + month)) {
            *sum += 6.0 + 1.5 * normal.at(usize::from(stratum));
        }
    }
    sums.iter().filter(|x| **x > 122.0).count() as f64 / DRAWS as f64
}

/// The same as the engine does it: what is independent is added up once, moments matched, and drawn as one.
fn added_up(seed: u64) -> f64 {
    let (points, normal) = (Points::new(seed), StudentTable::shared(1e6));
    let spread = 1.5 * 10.0_f64.sqrt();
    let draws = points.strata(1).into_iter().map(|k| 120.0 + spread * normal.at(usize::from(k)));
    draws.filter(|x| *x > 122.0).count() as f64 / DRAWS as f64
}

/// Root mean squared error of a chance over fifty seeds, against the closed form 1 − Φ(2 ÷ (1.5 √10)).
fn error_of(chance: fn(u64) -> f64) -> f64 {
    const EXACT: f64 = 0.336_644_989_829_997_9;
    let squares = (0..50).map(|seed| (chance(seed) - EXACT) * (chance(seed) - EXACT));
    (squares.sum::<f64>() / 50.0).sqrt()
}
