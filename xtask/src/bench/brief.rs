//! What a briefing costs: a chart, a deck and the bulletin in every form, native; the bulletin as a whole process.

use super::{Row, cli, median_time, millis, number, said};
use crate::sh;
use anyhow::Result;
use std::process::Stdio;

const SVG_MS: f64 = 5.0;
/// At 2560×1440.
const PNG_MS: f64 = 120.0;
const DECK_MS: f64 = 1000.0;
const BULLETIN_MS: f64 = 500.0;
const FORMS: [&str; 5] = ["html", "md", "xlsx", "docx", "pptx"];

pub(crate) fn measure() -> Result<Vec<Row>> {
    let told = said(
        sh::cargo().args(["run", "--quiet", "--release", "--package", "landfall", "--example", "briefing"]),
        "the example briefing",
    )?;
    let row = |what: String, key: &str, goal: f64| {
        Ok::<_, anyhow::Error>(Row::measured(what, number(&told[key])?, "ms", goal))
    };
    let name = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    let mut rows = vec![
        row(
            format!("the slowest kind of chart ({}), 1280 × 720, as SVG", name("svg_kind")),
            "svg_ms",
            SVG_MS,
        )?,
        row(
            format!("the slowest kind of chart ({}), 2560 × 1440, as PNG", name("png_kind")),
            "png_ms",
            PNG_MS,
        )?,
        row(format!("a deck of {} slides, native charts", &told["slides"]), "deck_ms", DECK_MS)?,
        row("the bulletin from an answer, with scenario and tasks".into(), "filled_ms", BULLETIN_MS)?,
    ];
    for form in ["html", "docx", "xlsx"] {
        rows.push(row(format!("the bulletin written as {form}"), &format!("{form}_ms"), BULLETIN_MS)?);
    }
    let landfall = cli::release()?;
    let folder = sh::root().join("target").join("bench");
    std::fs::create_dir_all(&folder)?;
    for form in FORMS {
        let out = folder.join(format!("bulletin.{form}"));
        let once = || {
            sh::run(
                sh::program(&landfall)
                    .args(["brief", "--lang", "zh", "--out"])
                    .arg(&out)
                    .stdout(Stdio::null()),
            )
        };
        let took = median_time(1, 5, once)?;
        let what = format!("brief --out bulletin.{form}, whole process, median of 5");
        rows.push(Row::measured(what, millis(took), "ms", BULLETIN_MS));
    }
    Ok(rows)
}
