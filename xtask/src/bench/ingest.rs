//! How long a large table takes: native, and on the page from the choice of the file to its preview.

use super::{Row, number, said};
use crate::serve::{self, Server};
use crate::{chromium, node, sh};
use anyhow::{Context, Result};
use rust_xlsxwriter::Workbook;
use std::fs;
use std::path::Path;
use std::process::Command;

const ROWS: u32 = 100_000;
const REGIONS: u32 = 800;
const GOALS_MS: [f64; 2] = [800.0, 4000.0];
const NATIVE_MS: [f64; 2] = [150.0, 1500.0];
/// Ten million rows as Parquet: time, and the most memory of the process.
const PARQUET_MS: f64 = 3000.0;
const PARQUET_MB: f64 = 2000.0;

const HEADER: [&str; 12] = [
    "地区",
    "上级地区",
    "年份",
    "月份",
    "累计完成（亿元）",
    "同比增长（%）",
    "台账",
    "行业",
    "构成",
    "单位",
    "公布日期",
    "备注",
];

pub(crate) fn measure() -> Result<Vec<Row>> {
    let folder = sh::root().join("target").join("bench");
    fs::create_dir_all(&folder)?;
    let (csv, xlsx) = (folder.join("large.csv"), folder.join("large.xlsx"));
    write(&csv, &xlsx)?;
    let mut rows = native(&csv, &xlsx)?;
    for (order, how) in [("--series", "series by series"), ("--months", "month by month, to be put in order")]
    {
        rows.extend(parquet(&folder.join("large.parquet"), order, how)?);
    }
    let what =
        format!("{ROWS} rows × {} columns in Chromium, from the file's choice to its preview", HEADER.len());
    if !node::has_page() {
        rows.push(Row::skipped(what, "there is no www/package.json"));
        return Ok(rows);
    }
    let chromium = chromium::ensure()?;
    serve::build_page()?;
    let server = Server::start(serve::free_port()?, false)?;
    let mut bench = node::node();
    bench.args(["bench/ingest.mjs", &server.url]).arg(&csv).arg(&xlsx).env(chromium::VARIABLE, chromium);
    let times = times(&sh::read(&mut bench)?)?;
    for ((kind, [first, again]), goal) in ["CSV", "XLSX"].into_iter().zip(times).zip(GOALS_MS) {
        rows.push(Row::measured(format!("{kind}, {what}, the reader loaded before"), again, "ms", goal));
        rows.push(Row::measured(format!("{kind}, the same with the reader to be loaded"), first, "ms", goal));
    }
    Ok(rows)
}

/// The example that reads tables inside its process.
fn tables() -> Command {
    let mut run = sh::cargo();
    run.args(["run", "--quiet", "--release", "--package", "landfall", "--example", "tables", "--"]);
    run
}

/// Ten million rows, in a process of their own.
fn parquet(file: &Path, order: &str, how: &str) -> Result<[Row; 2]> {
    sh::run(tables().arg(order).arg(file))?;
    let told = said(tables().arg(file), "the example tables")?;
    fs::remove_file(file)?;
    let what = format!("Parquet, {} rows × 7 columns, {how}, native", told[0]["rows"]);
    let memory = format!("{what}, the most memory");
    let memory = match told[0]["most_mb"].as_f64() {
        Some(most) => Row::measured(memory, most, "MB", PARQUET_MB),
        None => Row::skipped(memory, "the system does not say it"),
    };
    Ok([Row::measured(what, number(&told[0]["ms"])?, "ms", PARQUET_MS), memory])
}

/// Bytes to the tidy form, with every check.
fn native(csv: &Path, xlsx: &Path) -> Result<Vec<Row>> {
    let told = said(tables().arg(csv).arg(xlsx), "the example tables")?;
    let row = |at: usize, kind: &str, goal: f64| {
        let what = format!(
            "{kind}, {} rows × {} columns, native, bytes to the tidy form",
            told[at]["rows"],
            HEADER.len()
        );
        Ok::<Row, anyhow::Error>(Row::measured(what, number(&told[at]["ms"])?, "ms", goal))
    };
    Ok(vec![row(0, "CSV", NATIVE_MS[0])?, row(1, "XLSX", NATIVE_MS[1])?])
}

fn times(said: &str) -> Result<[[f64; 2]; 2]> {
    let said: serde_json::Value = serde_json::from_str(said)?;
    let at = |i: usize, j: usize| said["ms"][i][j].as_f64().context("ingest.mjs gave no times");
    Ok([[at(0, 0)?, at(0, 1)?], [at(1, 0)?, at(1, 1)?]])
}

/// The same table as CSV and as a workbook.
fn write(csv: &Path, xlsx: &Path) -> Result<()> {
    let mut text = HEADER.join(",") + "\n";
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0u16..).zip(HEADER) {
        sheet.write(0, column, name)?;
    }
    for row in 0..ROWS {
        let fields = fields(row);
        text += &fields.join(",");
        text.push('\n');
        for (column, field) in (0u16..).zip(&fields) {
            match field.parse::<f64>() {
                Ok(number) => sheet.write(row + 1, column, number)?,
                Err(_) => sheet.write(row + 1, column, field.as_str())?,
            };
        }
    }
    fs::write(csv, text)?;
    book.save(xlsx)?;
    Ok(())
}

/// A region's month: ordinary months, cumulative amounts that rise through the year.
fn fields(row: u32) -> [String; 12] {
    let (region, month) = (row % REGIONS, row / REGIONS);
    let (year, month) = (2013 + month / 12, month % 12 + 1);
    let ytd = f64::from(month) * (10.0 + f64::from(region % 97)) + f64::from(row % 7) / 8.0;
    [
        format!("第{region}县"),
        format!("第{}市", region / 10),
        year.to_string(),
        month.to_string(),
        format!("{ytd:.3}"),
        format!("{:.1}", f64::from(row % 300) / 10.0 - 10.0),
        "固定资产投资".into(),
        String::new(),
        String::new(),
        "亿元".into(),
        format!("{year}-{month:02}-18"),
        "快报数".into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_from_json() {
        assert_eq!(times("{\"ms\": [[1, 2.5], [3, 4]]}").unwrap(), [[1.0, 2.5], [3.0, 4.0]]);
        assert!(times("{\"ms\": [[1, 2]]}").is_err());
    }

    #[test]
    fn months_rise_through_the_year_and_no_cell_comes_twice() {
        let cells: std::collections::BTreeSet<_> =
            (0..ROWS).map(|row| [0, 2, 3].map(|i| fields(row)[i].clone())).collect();
        assert_eq!(cells.len(), ROWS as usize);
        let ytd = |row: u32| fields(row)[4].parse::<f64>().unwrap();
        assert!(ytd(REGIONS) > ytd(0));
    }
}
