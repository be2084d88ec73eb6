//! Figures against goals. One file a group; a new group is a file and a line in `GROUPS`.

mod brief;
mod cli;
mod cold;
mod forecast;
mod ingest;
mod outlook;
mod scenario;
mod size;

use crate::sh;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::process::Command;
use std::time::{Duration, Instant};

/// A group of figures that are measured together.
struct Group {
    name: &'static str,
    measure: fn() -> Result<Vec<Row>>,
}

const GROUPS: &[Group] = &[
    Group { name: "cli", measure: cli::measure },
    Group { name: "size", measure: size::measure },
    Group { name: "cold", measure: cold::measure },
    Group { name: "forecast", measure: forecast::measure },
    Group { name: "outlook", measure: outlook::measure },
    Group { name: "ingest", measure: ingest::measure },
    Group { name: "brief", measure: brief::measure },
    Group { name: "scenario", measure: scenario::measure },
];

/// The names a person can ask for.
pub(crate) fn names() -> Vec<&'static str> {
    GROUPS.iter().map(|group| group.name).collect()
}

/// One line of the table.
struct Row {
    what: String,
    result: Figure,
}

enum Figure {
    Measured {
        figure: f64,
        unit: &'static str,
        /// The most it may be.
        goal: f64,
        /// The least it may be, where there is one.
        least: Option<f64>,
    },
    Skipped(String),
}

impl Row {
    fn measured(what: impl Into<String>, figure: f64, unit: &'static str, goal: f64) -> Self {
        Self { what: what.into(), result: Figure::Measured { figure, unit, goal, least: None } }
    }

    /// A figure that may be neither too small nor too large.
    fn within(what: impl Into<String>, figure: f64, unit: &'static str, least: f64, goal: f64) -> Self {
        Self { what: what.into(), result: Figure::Measured { figure, unit, goal, least: Some(least) } }
    }

    fn skipped(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { what: what.into(), result: Figure::Skipped(reason.into()) }
    }
}

/// Measures the groups asked for (none: all) and prints the table. A figure over its goal is shown, not an
/// error: machines differ. What could not be measured is an error, after the other groups have been measured.
pub(crate) fn bench(asked: &[String]) -> Result<()> {
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for group in GROUPS.iter().filter(|group| asked.is_empty() || asked.iter().any(|name| name == group.name))
    {
        match (group.measure)() {
            Ok(measured) => rows.extend(measured),
            Err(error) => failed.push(format!("{}: {error:#}", group.name)),
        }
    }
    println!("\n{}", table(&rows));
    if !failed.is_empty() {
        bail!("not measured: {}", failed.join("; "));
    }
    Ok(())
}

fn table(rows: &[Row]) -> String {
    let head = ["measured".to_owned(), "figure".to_owned(), "goal".to_owned(), String::new()];
    let cells: Vec<[String; 4]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (what, figure, goal) = (width(0), width(1), width(2));
    let lines = cells.iter().map(|row| {
        let line = format!("{:<what$}  {:>figure$}  {:>goal$}  {}", row[0], row[1], row[2], row[3]);
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn cells(row: &Row) -> [String; 4] {
    match &row.result {
        Figure::Measured { figure, unit, goal, least } => [
            row.what.clone(),
            // A goal with decimals is judged by more of them.
            format!("{figure:.0$} {unit}", if *goal < 10.0 { 3 } else { 1 }).trim_end().to_owned(),
            match least {
                None => format!("≤ {goal} {unit}"),
                Some(least) => format!("{least} to {goal} {unit}"),
            }
            .trim_end()
            .to_owned(),
            match (figure <= goal, least.is_none_or(|least| *figure >= least)) {
                (true, true) => "ok".into(),
                (false, _) => "over".into(),
                (true, false) => "under".into(),
            },
        ],
        Figure::Skipped(reason) => [row.what.clone(), "—".into(), "—".into(), format!("skipped: {reason}")],
    }
}

/// The median of an even or odd number of times; zero of none.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let half = times.len() / 2;
    match times.len() {
        0 => Duration::ZERO,
        n if n % 2 == 1 => times[half],
        _ => (times[half - 1] + times[half]) / 2,
    }
}

/// Median time of `runs`, after `warm_up` more that do not count.
fn median_time(warm_up: usize, runs: usize, mut run: impl FnMut() -> Result<()>) -> Result<Duration> {
    for _ in 0..warm_up {
        run()?;
    }
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    Ok(median(times))
}

/// The one line of JSON that a timed program says.
fn said(command: &mut Command, name: &str) -> Result<Value> {
    serde_json::from_str(&sh::read(command)?).with_context(|| format!("{name} said no JSON"))
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().context("a figure is missing")
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        let ms = Duration::from_millis;
        assert_eq!(median(vec![]), Duration::ZERO);
        assert_eq!(median(vec![ms(9), ms(1), ms(2)]), ms(2));
        assert_eq!(median(vec![ms(9), ms(1), ms(3), ms(2)]), Duration::from_micros(2500));
    }

    #[test]
    fn the_warm_up_is_run_and_not_counted() {
        let mut calls = 0;
        let first_is_slow = || {
            calls += 1;
            if calls == 1 {
                std::thread::sleep(Duration::from_millis(200));
            }
            Ok(())
        };
        assert!(median_time(1, 1, first_is_slow).unwrap() < Duration::from_millis(100));
        assert_eq!(calls, 2);
    }

    #[test]
    fn a_figure_is_judged_by_its_goal() {
        let rows = [
            Row::measured("at the goal", 50.0, "ms", 50.0),
            Row::measured("a little over", 50.2, "ms", 50.0),
            Row::skipped("not here", "no file"),
        ];
        let text = table(&rows);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "at the goal    50.0 ms  ≤ 50 ms  ok");
        assert_eq!(lines[2], "a little over  50.2 ms  ≤ 50 ms  over");
        assert_eq!(lines[3], "not here             —        —  skipped: no file");
    }
}
