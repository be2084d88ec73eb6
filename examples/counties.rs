//! Times a slider's move on a country, for `cargo xtask bench scenario`: 2,850 counties in 30 provinces, 1,000 draws and
//! 100,000 projects, generated from a seed. `cargo run --release --example counties`. One line of JSON, milliseconds.
//! `counties FOLDER` writes the case down instead, for the same in a browser.

mod support;

use landfall::case::{Case, Options, Question, Source};
use landfall::scenario::{Baseline, Goals, LeastStep, LeverId, Scenario, Setting};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};
use support::times;

const PROVINCES: usize = 30;
const COUNTIES: usize = 95;
const PROJECTS: usize = 100_000;
const DRAWS: usize = 1_000;
const SECTORS: [&str; 7] =
    ["power", "industry", "manufacturing", "transport", "water", "real_estate", "agriculture"];
const APPROVALS: [&str; 4] = ["land", "environment", "planning", "energy"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut dice = Dice(7);
    let (panel, plan, projects) = (panel(&mut dice), plan(), pipeline(&mut dice));
    if let Some(folder) = env::args_os().nth(1) {
        let folder = Path::new(&folder);
        fs::create_dir_all(folder)?;
        for (name, text) in [("panel.csv", panel), ("plan.toml", plan), ("pipeline.csv", projects)] {
            fs::write(folder.join(name), text)?;
        }
        return Ok(());
    }
    let source = |name, text| Source { name, text };
    let case =
        Case::load(source("panel.csv", &panel), Some(source("plan.toml", &plan)), &Options::default())?;
    let case = case.with_pipeline(source("pipeline.csv", &projects))?;
    let answer = case.ask(&Question::default())?;
    let start = Instant::now();
    let baseline = case.baseline(&answer, DRAWS)?;
    let prepared = start.elapsed().as_secs_f64() * 1e3;
    let all = every_lever(&baseline);
    let slider = times(15, || black_box(baseline.run(&all)).is_ok());
    let one = Scenario { settings: vec![Setting::new(LeverId::Pace, 1.05)], ..all.clone() };
    let lever = times(15, || black_box(baseline.run(&one)).is_ok());
    let mut one = Setting::new(LeverId::StartWithin, 2.0);
    one.scope.region = Some("P3C7".into());
    let one = Scenario { settings: vec![one], ..all };
    let county = times(15, || black_box(baseline.run(&one)).is_ok());
    let start = Instant::now();
    let none = Scenario::empty("", baseline.as_of().year);
    let goals = Goals::Every;
    let mut step = LeastStep::plan(&baseline, &none, &goals, 0.6, &BTreeMap::new())?;
    while !step.step(&baseline)? {}
    let least = step.finish(&baseline);
    let least_ms = start.elapsed().as_secs_f64() * 1e3;
    let told = serde_json::json!({
        "counties": PROVINCES * COUNTIES, "projects": PROJECTS, "draws": DRAWS, "levers": baseline.levers().len(),
        "prepared_ms": prepared, "slider_ms": slider[0], "slider_p95_ms": slider[1], "one_lever_ms": lever[0],
        "one_county_ms": county[0], "least_ms": least_ms, "least_candidates": least.candidates,
        "least_chosen": least.chosen.len(), "least_proven": least.proven,
    });
    println!("{told}");
    Ok(())
}

/// Every lever of the case, three quarters up its range.
fn every_lever(baseline: &Baseline) -> Scenario {
    let mut scenario = Scenario::empty("all", baseline.as_of().year);
    for lever in baseline.levers() {
        scenario.settings.push(Setting::new(lever.id, 0.25 * lever.history.0 + 0.75 * lever.history.1));
    }
    scenario
}

struct Dice(u64);

impl Dice {
    /// Evenly between 0 and 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[(self.roll() * words.len() as f64) as usize]
    }
}

/// 2014 to July 2023; a province is the sum of its counties.
fn panel(dice: &mut Dice) -> String {
    let mut csv = String::from("region,parent,year,month,value\n");
    for province in 0..PROVINCES {
        let mut sums: BTreeMap<(i32, u8), f64> = BTreeMap::new();
        for county in 0..COUNTIES {
            let (mut level, size) = (1.0, 5.0 + 60.0 * dice.roll() * dice.roll());
            for year in 2014..=2023 {
                for month in 1..=if year == 2023 { 7 } else { 12 } {
                    level *= 1.0 + 0.004 + 0.06 * (dice.roll() - 0.5);
                    let season = if month < 3 { 0.4 } else { 1.0 };
                    let flow = size * level * season * (1.0 + 0.5 * (dice.roll() - 0.5));
                    *sums.entry((year, month)).or_default() += flow;
                    // Writing to memory cannot fail.
                    let _ = writeln!(csv, "P{province}C{county},P{province},{year},{month},{flow:.3}");
                }
            }
        }
        for ((year, month), flow) in sums {
            let _ = writeln!(csv, "P{province},,{year},{month},{flow:.3}");
        }
    }
    csv
}

fn plan() -> String {
    let mut toml = String::from("year = 2023\n");
    for province in 0..PROVINCES {
        let counties = (0..COUNTIES).map(|county| format!("P{province}C{county}"));
        for region in std::iter::once(format!("P{province}")).chain(counties) {
            let _ = write!(toml, "[[target]]\nregion = \"{region}\"\nkind = \"growth\"\nvalue = 6.0\n");
        }
    }
    toml
}

fn pipeline(dice: &mut Dice) -> String {
    let mut csv = String::from(
        "id,region,sector,stage,kind,total,plan_year,done,start_planned,start_actual,end_planned,approvals,list,status_date\n",
    );
    for id in 0..PROJECTS {
        let (province, county) = (id % PROVINCES, id / PROVINCES % COUNTIES);
        let (sector, total) = (dice.one_of(&SECTORS), 0.5 + 8.0 * dice.roll() * dice.roll());
        let list = if dice.roll() < 0.1 { "slow" } else { "" };
        let begun = dice.roll() < 0.6;
        let month = if begun { 3 + (4.0 * dice.roll()) as u8 } else { 8 + (5.0 * dice.roll()) as u8 };
        let day = format!("2023-{month:02}-15");
        let plan = 0.4 * total;
        let row = if begun {
            format!(
                "construction,key,{total:.2},{plan:.2},{:.2},,{day},2024-09-30,",
                0.5 * plan * dice.roll()
            )
        } else {
            let days = 20.0 + 60.0 * dice.roll();
            let approval = dice.one_of(&APPROVALS);
            format!("preparation,key,{total:.2},{plan:.2},0,{day},,2024-12-31,{approval}:{days:.0}")
        };
        let _ = writeln!(csv, "J{id},P{province}C{county},{sector},{row},{list},2023-07-31");
    }
    csv
}
