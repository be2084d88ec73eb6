//! How long the command line takes, process start to end.

use super::{Row, median_time, millis};
use crate::sh;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Stdio;

const SAMPLE: &[&str] = &["outlook", "--sample", "wuzhong-2023"];
const SAMPLE_GOAL_MS: f64 = 50.0;
const COUNTY_FILE: &str = "us_permits_county.csv";
const COUNTY_GOAL_MS: f64 = 1000.0;

pub(crate) fn measure() -> Result<Vec<Row>> {
    let landfall = release()?;
    let mut rows = vec![time(&landfall, SAMPLE, 20, SAMPLE_GOAL_MS)?];
    let county = data().join(COUNTY_FILE);
    let shown = format!("outlook --panel {COUNTY_FILE} --as-of 2023-06");
    rows.push(if county.is_file() {
        let county = county.to_str().context("the path of the panel is not UTF-8")?;
        let mut row =
            time(&landfall, &["outlook", "--panel", county, "--as-of", "2023-06"], 5, COUNTY_GOAL_MS)?;
        row.what = format!("{shown}, whole process, median of 5");
        row
    } else {
        Row::skipped(shown, format!("{} is absent", county.display()))
    });
    Ok(rows)
}

/// The binary as it is shipped.
pub(super) fn release() -> Result<PathBuf> {
    let mut build = sh::cargo();
    build.args(["build", "--release", "--package", "landfall", "--bin", "landfall"]);
    let files = sh::artifacts(&mut build, "landfall", &format!("landfall{}", std::env::consts::EXE_SUFFIX))?;
    files.into_iter().next().context("the build made no landfall")
}

/// The folder of the large panels, which are not part of the repository.
pub(super) fn data() -> PathBuf {
    std::env::var_os("LANDFALL_DATA").map_or_else(|| sh::root().join("../shared/data"), PathBuf::from)
}

fn time(landfall: &Path, arguments: &[&str], runs: usize, goal: f64) -> Result<Row> {
    let once = || sh::run(sh::program(landfall).args(arguments).stdout(Stdio::null()));
    let took = median_time(3, runs, once)?;
    let what = format!("{}, whole process, median of {runs}", arguments.join(" "));
    Ok(Row::measured(what, millis(took), "ms", goal))
}
