//! What a scenario costs: a slider's move and the least to do, native and in the built module; the same small model in
//! Squiggle.

use super::{Row, number, said};
use crate::serve::{self, Server};
use crate::{chromium, node, sh};
use anyhow::Result;
use serde_json::Value;
use std::fs;

const SLIDER_MS: [f64; 2] = [2.0, 8.0];
const SLIDER_95_MS: f64 = 16.0;
const LEAST_MS: [f64; 2] = [1000.0, 3000.0];
/// A slider's move on a country of counties, after loading: native, and in Chromium.
const COUNTRY_MS: [f64; 2] = [100.0, 250.0];
/// From a lever's move to the painted frame, Chromium: median, 95th percentile, longest task of the page's thread.
const PAINTED_MS: [f64; 3] = [16.0, 33.0, 50.0];
/// Squiggle's version, so that the ratio can be measured again.
const PEER: &str = "@quri/squiggle-lang@0.10.0";
/// Squiggle's time ÷ ours: at least.
const TIMES_FASTER: f64 = 50.0;

pub(crate) fn measure() -> Result<Vec<Row>> {
    let native = said(
        sh::cargo().args(["run", "--quiet", "--release", "--package", "landfall", "--example", "speed"]),
        "the example speed",
    )?;
    let units = format!("{} units × 10,000 draws, {} levers", native["units"], native["levers"]);
    let mut rows = vec![
        row(format!("a slider's move, {units}, native, median"), &native["slider_ms"], SLIDER_MS[0])?,
        row("the same, 95th percentile".into(), &native["slider_p95_ms"], SLIDER_95_MS)?,
        row("the least to do, 123 projects, proven, native".into(), &native["least_ms"], LEAST_MS[0])?,
        row(
            format!("the least to do, {} projects, proven, native", native["least_many"]),
            &native["least_many_ms"],
            LEAST_MS[0],
        )?,
    ];
    rows.extend(country()?);
    let module = "a slider's move, the same with every ledger, module in Node, median";
    if !node::has_page() {
        rows.push(Row::skipped(module, "there is no www/package.json"));
        return Ok(rows);
    }
    serve::build_page()?;
    let peer = peer();
    let mut bench = node::node();
    bench.arg("bench/scenario.mjs");
    if let Ok(folder) = &peer {
        bench.arg(folder);
    }
    let built = said(&mut bench, "bench/scenario.mjs")?;
    rows.push(row(module.into(), &built["slider_ms"], SLIDER_MS[1])?);
    rows.push(row("the same, 95th percentile".into(), &built["slider_p95_ms"], SLIDER_95_MS)?);
    rows.push(row("the least to do, module in Node".into(), &built["least_ms"], LEAST_MS[1])?);
    rows.extend(in_chromium()?);
    rows.extend(painted()?);
    let what = "our time ÷ Squiggle's, sum of ten normals";
    match peer {
        Err(reason) => rows.push(Row::skipped(what, format!("{PEER} could not be installed: {reason:#}"))),
        Ok(_) => {
            let squiggle = number(&built["squiggle_ms"])?;
            let errors = |ours: &str| -> Result<String> {
                Ok(format!(
                    "error {:.5} against {:.5}",
                    number(&native[ours])?,
                    number(&built["squiggle_error"])?
                ))
            };
            let goal = 1.0 / TIMES_FASTER;
            rows.push(Row::measured(
                format!("{what} added up first, {}", errors("added_up_error")?),
                number(&native["added_up_ms"])? / squiggle,
                "×",
                goal,
            ));
            rows.push(Row::measured(
                format!("{what} drawn one by one, {}", errors("drawn_error")?),
                number(&native["drawn_ms"])? / squiggle,
                "×",
                goal,
            ));
        }
    }
    Ok(rows)
}

/// A country of generated counties and projects: native, and in a browser's worker.
fn country() -> Result<Vec<Row>> {
    let example = || {
        let mut cargo = sh::cargo();
        cargo.args(["run", "--quiet", "--release", "--package", "landfall", "--example", "counties"]);
        cargo
    };
    let told = said(&mut example(), "the example counties")?;
    let what = format!(
        "{} counties × {} draws, {} projects, {} levers",
        told["counties"], told["draws"], told["projects"], told["levers"]
    );
    let least = format!("the least to do in every county, {} projects, proven", told["least_candidates"]);
    let mut rows = vec![
        row(format!("a slider's move, {what}, native, median"), &told["slider_ms"], COUNTRY_MS[0])?,
        row(format!("one lever in one county, {what}, native"), &told["one_county_ms"], COUNTRY_MS[0])?,
        row(least, &told["least_ms"], LEAST_MS[1])?,
    ];
    if node::has_page() {
        serve::build_page()?;
        let folder = sh::root().join("target/bench/country");
        sh::run(example().arg("--").arg(&folder))?;
        let chromium = chromium::ensure()?;
        let mut bench = node::node();
        bench.arg("bench/slider.mjs").arg(&folder).arg(told["draws"].to_string());
        let built = said(bench.env(chromium::VARIABLE, chromium), "bench/slider.mjs")?;
        rows.push(row(
            format!("a slider's move, {what}, Chromium, median"),
            &built["slider_ms"],
            COUNTRY_MS[1],
        )?);
    }
    Ok(rows)
}

/// A slider's move in Chromium, on the page's clock, the module in a worker.
fn in_chromium() -> Result<Vec<Row>> {
    let chromium = chromium::ensure()?;
    let told =
        said(node::node().arg("bench/slider.mjs").env(chromium::VARIABLE, chromium), "bench/slider.mjs")?;
    let what = format!("{} units of every ledger × 10,000 draws, {} levers", told["units"], told["levers"]);
    Ok(vec![
        row(format!("a slider's move, {what}, Chromium, median"), &told["slider_ms"], SLIDER_MS[1])?,
        row("the same, 95th percentile".into(), &told["slider_p95_ms"], SLIDER_95_MS)?,
        row("the least to do, Chromium".into(), &told["least_ms"], LEAST_MS[1])?,
    ])
}

/// A mouse drags a lever in the built page.
fn painted() -> Result<Vec<Row>> {
    let chromium = chromium::ensure()?;
    let server = Server::start(serve::free_port()?, false)?;
    let mut bench = node::node();
    bench.args(["bench/lever.mjs", &server.url]).env(chromium::VARIABLE, chromium);
    let told = said(&mut bench, "bench/lever.mjs")?;
    let part = |name: &str| number(&told[name]).map(|ms| format!("{ms:.1}"));
    let split = format!(
        "engine {}, boundary {}, drawing {} ms, of which {} is waiting for the screen's next frame",
        part("engine_ms")?,
        part("boundary_ms")?,
        part("drawing_ms")?,
        part("waiting_ms")?
    );
    let what = format!("a lever dragged in Chromium to the painted frame, median ({split})");
    Ok(vec![
        row(what, &told["median_ms"], PAINTED_MS[0])?,
        row("the same, 95th percentile".into(), &told["p95_ms"], PAINTED_MS[1])?,
        row("the same, longest task of the page's thread".into(), &told["longest_task_ms"], PAINTED_MS[2])?,
    ])
}

fn row(what: String, value: &Value, goal: f64) -> Result<Row> {
    Ok(Row::measured(what, number(value)?, "ms", goal))
}

/// A folder with Squiggle installed, apart from the page's own packages.
fn peer() -> Result<std::path::PathBuf> {
    let folder = sh::root().join("target").join("peer");
    if !folder.join("node_modules/@quri").is_dir() {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("package.json"), "{\"private\": true}")?;
        sh::run(sh::program("npm").args(["install", "--silent", "--no-audit", PEER]).current_dir(&folder))?;
    }
    Ok(folder)
}
