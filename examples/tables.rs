//! Times the reading of tables inside the process, for `cargo xtask bench ingest`: `cargo run --release --example tables FILE…`.
//!
//! One line of JSON: for each file its rows, the median in milliseconds from bytes to the tidy form, and the most memory that
//! the process has had so far, in megabytes (none where the system does not say). `--months OUT` and `--series OUT` write ten
//! million rows as Parquet instead, month by month as a table grows, or series by series.

mod support;

use landfall::ingest::{Options, Tidy, read};
use polars::prelude::{Column, DataFrame, ParquetWriter};
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use support::times;

const REGIONS: usize = 2_850;
const SECTORS: usize = 14;
const MONTHS: usize = 21 * 12;
/// From here on a file is read once: it takes seconds.
const LARGE: usize = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [order @ ("--months" | "--series"), out] =
        args.iter().map(String::as_str).collect::<Vec<_>>().as_slice()
    {
        return write(out, *order == "--months");
    }
    let mut told = Vec::new();
    for file in args {
        let bytes = std::fs::read(&file)?;
        let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let started = std::time::Instant::now();
        let once = read(&name, &bytes, &Options::default());
        let first = started.elapsed().as_secs_f64() * 1e3;
        let Tidy::Panel(rows) = &once.tidy else {
            return Err(format!("{name} is no panel: {:?}", once.found).into());
        };
        let rows = rows.len();
        drop(once);
        let took = if rows < LARGE {
            times(5, || !black_box(read(&name, &bytes, &Options::default())).has_errors())[0]
        } else {
            first
        };
        told.push(serde_json::json!({ "rows": rows, "ms": took, "most_mb": most_memory() }));
    }
    println!("{}", serde_json::Value::from(told));
    Ok(())
}

/// The most memory that this process has had, in megabytes.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1024.0)
}

/// Counties by sector and month, the first sector being the total.
fn write(out: &str, by_month: bool) -> Result<(), Box<dyn Error>> {
    let rows = REGIONS * SECTORS * MONTHS;
    let place = |i: usize| {
        if by_month {
            (i / SECTORS % REGIONS, i % SECTORS, i / (SECTORS * REGIONS))
        } else {
            (i / (SECTORS * MONTHS), i / MONTHS % SECTORS, i % MONTHS)
        }
    };
    fn column<T>(rows: usize, of: impl Fn(usize) -> T) -> Vec<T> {
        (0..rows).map(of).collect()
    }
    let regions = column(REGIONS, |region| format!("第{region}县"));
    let sectors = column(SECTORS, |sector| (sector > 0).then(|| format!("行业{sector}")));
    let ytd = |i: usize| {
        let (region, sector, month) = place(i);
        let year = 1.0 + 0.05 * (month / 12) as f64;
        // Digits that do not repeat, as those of real figures.
        let odd = 1.0 + (i.wrapping_mul(2_654_435_761) % 1_000_003) as f64 * 1e-8;
        let amount = (month % 12 + 1) as f64 * year * odd * (10 + region % 97) as f64 / (1 + sector) as f64;
        (amount * 1000.0).round() / 1000.0
    };
    let columns = vec![
        Column::new("region".into(), column(rows, |i| regions[place(i).0].as_str())),
        Column::new("year".into(), column(rows, |i| 2003 + (place(i).2 / 12) as i32)),
        Column::new("month".into(), column(rows, |i| 1 + (place(i).2 % 12) as i32)),
        Column::new("sector".into(), column(rows, |i| sectors[place(i).1].as_deref())),
        Column::new("ytd".into(), column(rows, ytd)),
        Column::new("growth".into(), column(rows, |i| f64::from((i % 211) as u32) / 10.0 - 5.0)),
        Column::new("unit".into(), column(rows, |_| "亿元")),
    ];
    ParquetWriter::new(File::create(out)?).finish(&mut DataFrame::new(rows, columns)?)?;
    Ok(())
}
