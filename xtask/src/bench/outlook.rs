//! The outlook: how far off, how honest, and how fast on a large panel.

use super::{Row, cli, said};
use crate::{node, sh, wasm};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Panels with their goals of mean absolute error with 3, 6 and 9 months known, in percent.
const PANELS: [(&str, [f64; 3]); 3] = [
    ("us_permits_county.csv", [14.8, 11.2, 6.1]),
    ("us_permits_state.csv", [6.2, 4.5, 2.7]),
    ("aus_retail.csv", [2.8, 2.05, 1.07]),
];
/// The last years that errors are told of; cover is of eight.
const LAST: usize = 4;
/// Regions of the large panel, each in two ledgers; 2004 to July 2024.
const REGIONS: usize = 2850;
const AS_OF: &str = "2024-07";

pub(crate) fn measure() -> Result<Vec<Row>> {
    let landfall = cli::release()?;
    let mut rows = Vec::new();
    for (file, goals) in PANELS {
        let path = cli::data().join(file);
        if path.is_file() {
            rows.extend(accuracy(&landfall, &path, file, goals)?);
        } else {
            rows.push(Row::skipped(
                format!("backtest --panel {file}"),
                format!("{} is absent", path.display()),
            ));
        }
    }
    let national = ["backtest", "--sample", "national", "--cuts", "9", "--years", "17", "--format", "json"];
    let scores = said(sh::program(&landfall).args(national), "landfall backtest")?;
    let error =
        blend(&scores).find(|row| row["year"].is_null()).and_then(|row| row["growth_mae_pp"].as_f64());
    let what = "national growth from September, 17 years, mean absolute error";
    rows.push(Row::measured(what, error.context("the national sample was not scored")?, "pp", 0.74));
    let panel = Temporary::new()?;
    let native = large(&landfall, &panel.0, None)?;
    let what = format!("outlook of {REGIONS} regions × 2 ledgers, learning included");
    rows.push(Row::measured(format!("{what}, whole process"), native.0.as_secs_f64(), "s", 12.0));
    rows.push(match native.1 {
        Some(peak) => Row::measured(format!("{what}, peak memory"), peak, "MB", 300.0),
        None => Row::skipped(format!("{what}, peak memory"), "there is no /proc"),
    });
    rows.extend(in_wasm(&landfall, &panel.0, &what)?);
    Ok(rows)
}

fn blend(said: &Value) -> impl Iterator<Item = &Value> {
    said["scores"].as_array().into_iter().flatten().filter(|row| row["model"] == "blend")
}

/// Errors of the last years a cut; cover of eight, pooled, and of the worst of them.
fn accuracy(landfall: &Path, panel: &Path, file: &str, goals: [f64; 3]) -> Result<Vec<Row>> {
    let panel = panel.to_str().context("the path of the panel is not UTF-8")?;
    let arguments = ["backtest", "--panel", panel, "--years", "8", "--format", "json"];
    let scores = said(sh::program(landfall).args(arguments), "landfall backtest")?;
    let yearly: Vec<&Value> = blend(&scores).filter(|row| !row["year"].is_null()).collect();
    let mut years: Vec<i64> = yearly.iter().filter_map(|row| row["year"].as_i64()).collect();
    years.sort_unstable();
    years.dedup();
    let Some(from) = years.get(years.len().saturating_sub(LAST)) else { bail!("{file} was not scored") };
    let mut rows = Vec::new();
    for (cut, goal) in [3, 6, 9].into_iter().zip(goals) {
        let recent = yearly.iter().filter(|r| r["cut"] == cut && r["year"].as_i64() >= Some(*from));
        let error = 100.0 * mean(recent.copied(), "mape")?;
        rows.push(Row::measured(
            format!("{file}, {cut} months known, mean absolute error"),
            error,
            "%",
            goal,
        ));
    }
    for (key, (low, high)) in [("cover95", (93.0, 97.0)), ("cover80", (75.0, 87.0))] {
        let cover = 100.0 * mean(yearly.iter().copied(), key)?;
        let what = format!("{file}, {} years, {key}", years.len());
        rows.push(Row::within(what, cover, "%", low, high));
    }
    let of_year =
        |y: &i64| mean(yearly.iter().copied().filter(|r| r["year"].as_i64() == Some(*y)), "cover95");
    let worst = years.iter().map(of_year).collect::<Result<Vec<f64>>>()?.into_iter().fold(1.0, f64::min);
    rows.push(Row::within(format!("{file}, worst year, cover95"), 100.0 * worst, "%", 85.0, 100.0));
    Ok(rows)
}

/// The mean of a score over answers.
fn mean<'a>(rows: impl Iterator<Item = &'a Value>, key: &str) -> Result<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for row in rows {
        let n = row["n"].as_f64().context("a score has no n")?;
        sum += n * row[key].as_f64().with_context(|| format!("a score has no {key}"))?;
        all += n;
    }
    if all > 0.0 { Ok(sum / all) } else { bail!("nothing was scored") }
}

/// A panel that is removed again.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self> {
        let file = std::env::temp_dir().join(format!("landfall-large-{}.csv", std::process::id()));
        std::fs::write(&file, made_up(REGIONS))?;
        Ok(Self(file))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A seeded panel: every region with its size, season, wandering level and noise; a shock a year for all.
fn made_up(regions: usize) -> String {
    let mut state = 1_u64;
    // Between −1 and 1, about normal: the sum of four.
    let mut roll = || {
        let one = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        (0..4).map(|_| one(&mut state)).sum::<f64>() / 2.0
    };
    let shocks: Vec<f64> = (2004..=2024).map(|_| 1.0 + 0.4 * roll()).collect();
    let mut csv = String::from("region,year,month,ledger,value\n");
    for region in 0..regions {
        let (size, noise) = (30.0 * (1.0 + 0.9 * roll()), 0.4 * (1.0 + roll()));
        let season: Vec<f64> = (0..12).map(|_| 1.0 + 0.9 * roll()).collect();
        let mut level = 1.0;
        for (year, shock) in (2004..).zip(&shocks) {
            for (month, season) in (1..).zip(&season).take(if year == 2024 { 7 } else { 12 }) {
                level *= 1.002 + 0.15 * roll();
                for ledger in ["fai", "attraction"] {
                    let flow = size * level * season * shock * (1.0 + noise * roll());
                    // Writing to memory cannot fail.
                    let _ = writeln!(csv, "R{region},{year},{month},{ledger},{flow:.3}");
                }
            }
        }
    }
    csv
}

/// How long the whole process takes, and the most memory it holds in MB, where the system says so.
fn large(landfall: &Path, panel: &Path, threads: Option<&str>) -> Result<(Duration, Option<f64>)> {
    let mut command = sh::program(landfall);
    command.args(["outlook", "--as-of", AS_OF, "--format", "json", "--panel"]).arg(panel);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    threads.into_iter().for_each(|n| {
        command.env("RAYON_NUM_THREADS", n);
    });
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut peak = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak_mb(child.id()).or(peak);
        std::thread::sleep(Duration::from_millis(10));
    };
    if !status.success() {
        bail!("`{}` failed ({status})", sh::line(&command));
    }
    Ok((start.elapsed(), peak))
}

fn peak_mb(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kb| kb * 1024.0 / 1e6)
}

/// The same panel in the page's module, and against one native thread.
fn in_wasm(landfall: &Path, panel: &Path, what: &str) -> Result<Vec<Row>> {
    let what = format!("{what}, in the page's module");
    if !node::has_page() {
        return Ok(vec![Row::skipped(what, "there is no www/package.json")]);
    }
    wasm::build()?.iter().for_each(|module| println!("{module}"));
    let told = said(node::node().arg("bench/large.mjs").arg(panel).arg(AS_OF), "bench/large.mjs")?;
    let figure = |key: &str| told[key].as_f64().with_context(|| format!("large.mjs gave no {key}"));
    let native = large(landfall, panel, Some("1"))?.0.as_secs_f64();
    let seconds = figure("seconds")?;
    Ok(vec![
        Row::measured(format!("{what}, one thread"), seconds, "s", 40.0),
        Row::measured(format!("{what}, memory"), figure("megabytes")?, "MB", 300.0),
        Row::measured(format!("{what} ÷ native on one thread"), seconds / native, "", 2.5),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_panel_is_the_same_each_time() {
        let panel = made_up(2);
        assert_eq!(panel, made_up(2));
        assert_eq!(panel.lines().count(), 1 + 2 * 2 * (20 * 12 + 7));
    }

    #[test]
    fn scores_are_weighed_by_their_answers() {
        let rows: Value = serde_json::from_str(r#"[{"n":1,"mape":0.1},{"n":3,"mape":0.3}]"#).unwrap();
        assert!((mean(rows.as_array().unwrap().iter(), "mape").unwrap() - 0.25).abs() < 1e-12);
        assert!(mean(std::iter::empty(), "mape").is_err());
    }
}
