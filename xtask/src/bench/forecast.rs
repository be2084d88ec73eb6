//! The plain monthly forecaster on M3: how good, how honest, how fast.

use super::{Row, cli, median_time, millis};
use crate::sh;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

const SERIES_FILE: &str = "m3_monthly.csv";
const PUBLISHED_FILE: &str = "m3_monthly_published_scores.csv";
const SEASON: usize = 12;

/// What a forecast is judged by.
struct Scores {
    smape: f64,
    mase: f64,
    total_mean: f64,
    total_median: f64,
    cover: Option<(f64, f64)>,
}

#[derive(Default)]
struct Series {
    train: Vec<f64>,
    test: Vec<f64>,
}

struct Step {
    median: f64,
    /// The ends of the 80 % and the 95 % interval.
    bounds: Option<[f64; 4]>,
}

pub(crate) fn measure() -> Result<Vec<Row>> {
    let (file, published) = (cli::data().join(SERIES_FILE), cli::data().join(PUBLISHED_FILE));
    if !file.is_file() {
        let reason = format!("{} is absent", file.display());
        return Ok(vec![Row::skipped(format!("forecast --series {SERIES_FILE}"), reason)]);
    }
    let landfall = cli::release()?;
    let file = file.to_str().context("the path of the series is not UTF-8")?;
    let series = series(&std::fs::read_to_string(file)?)?;
    let arguments = ["forecast", "--series", file, "--horizon", "18", "--season", "12"];
    let said = sh::read(sh::program(&landfall).args(arguments))?;
    let ours = score(&series, &forecasts(&said)?)?;
    let theta = Path::new(&published).is_file().then(|| entrant(&published, "THETA")).transpose()?;
    let beside = |x: fn(&Scores) -> f64| {
        theta.as_ref().map_or(String::new(), |t| format!(" (published Theta {})", x(t)))
    };
    let mut rows = vec![
        Row::measured(format!("M3 sMAPE{}", beside(|s| s.smape)), ours.smape, "%", 13.25),
        Row::measured(format!("M3 MASE{}", beside(|s| s.mase)), ours.mase, "", 0.826),
        Row::measured(
            format!("M3 error of the 12-month total, mean{}", beside(|s| s.total_mean)),
            ours.total_mean,
            "%",
            7.4,
        ),
        Row::measured(
            format!("M3 error of the 12-month total, median{}", beside(|s| s.total_median)),
            ours.total_median,
            "%",
            theta.as_ref().map_or(f64::INFINITY, |t| t.total_median),
        ),
    ];
    if let Some((cover80, cover95)) = ours.cover {
        // How far from what is said, so that too wide is as wrong as too narrow.
        rows.push(Row::measured(
            format!("M3 95 % interval covers {cover95:.1} %, off by"),
            (cover95 - 95.0).abs(),
            "pp",
            1.0,
        ));
        rows.push(Row::measured(
            format!("M3 80 % interval covers {cover80:.1} %, off by"),
            (cover80 - 80.0).abs(),
            "pp",
            5.0,
        ));
    }
    let per_series = |more: &[&str]| -> Result<f64> {
        let once = || {
            let mut run = sh::program(&landfall);
            sh::run(run.args(arguments).args(more).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()))
        };
        Ok(millis(median_time(1, 3, once)?) / series.len() as f64)
    };
    let what = "a series of M3, one thread, reading and writing included";
    rows.push(Row::measured(format!("forecast --point, {what}"), per_series(&["--point"])?, "ms", 1.0));
    let theta = per_series(&["--point", "--model", "theta"])?;
    rows.push(Row::measured(format!("forecast --point --model theta, {what}"), theta, "ms", 0.15));
    rows.push(Row::measured(format!("forecast with intervals, {what}"), per_series(&[])?, "ms", 1.0));
    Ok(rows)
}

/// Lines after the header, split at commas: these files quote nothing.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

fn number(row: &[&str], column: usize) -> Result<f64> {
    let text = row.get(column).with_context(|| format!("a row has no column {column}: {row:?}"))?;
    text.parse().with_context(|| format!("{text:?} is no number"))
}

fn series(text: &str) -> Result<BTreeMap<String, Series>> {
    let mut series: BTreeMap<String, Series> = BTreeMap::new();
    for row in rows(text) {
        let value = number(&row, 3)?;
        let one = series.entry(row[0].to_owned()).or_default();
        if row[2] == "train" { one.train.push(value) } else { one.test.push(value) }
    }
    Ok(series)
}

fn forecasts(text: &str) -> Result<BTreeMap<String, Vec<Step>>> {
    let mut forecasts: BTreeMap<String, Vec<Step>> = BTreeMap::new();
    for row in rows(text) {
        let bound = |column| number(&row, column);
        let bounds = if row.len() > 3 { Some([bound(3)?, bound(4)?, bound(5)?, bound(6)?]) } else { None };
        forecasts.entry(row[0].to_owned()).or_default().push(Step { median: number(&row, 2)?, bounds });
    }
    Ok(forecasts)
}

/// A line of the scores of the competition's entrants.
fn entrant(file: &Path, method: &str) -> Result<Scores> {
    let text = std::fs::read_to_string(file)?;
    let row = rows(&text).find(|row| row[0] == method).with_context(|| format!("no entrant {method}"))?;
    let (smape, mase) = (number(&row, 1)?, number(&row, 2)?);
    Ok(Scores { smape, mase, total_mean: number(&row, 3)?, total_median: number(&row, 4)?, cover: None })
}

/// Means over series of each series' score, as the competition has them.
fn score(series: &BTreeMap<String, Series>, forecasts: &BTreeMap<String, Vec<Step>>) -> Result<Scores> {
    let (mut smape, mut mase, mut totals) = (0.0, 0.0, Vec::new());
    let (mut inside80, mut inside95, mut judged) = (0.0, 0.0, 0.0);
    for (id, Series { train, test }) in series {
        let steps = forecasts.get(id).filter(|steps| steps.len() >= test.len());
        let Some(steps) = steps.filter(|_| !test.is_empty()) else { bail!("{id} has no forecast") };
        let changes = train.iter().zip(train.iter().skip(SEASON)).map(|(a, b)| (b - a).abs());
        let unit = changes.sum::<f64>() / train.len().saturating_sub(SEASON) as f64;
        let n = test.len() as f64;
        for (step, y) in steps.iter().zip(test) {
            let e = (step.median - y).abs();
            smape += 200.0 * e / (step.median.abs() + y.abs()) / n;
            mase += e / unit / n;
            if let Some([low80, high80, low95, high95]) = step.bounds {
                inside80 += f64::from(u8::from((low80..=high80).contains(y)));
                inside95 += f64::from(u8::from((low95..=high95).contains(y)));
                judged += 1.0;
            }
        }
        let year = test.len().min(SEASON);
        let actual = test[..year].iter().sum::<f64>();
        let said = steps[..year].iter().map(|s| s.median).sum::<f64>();
        totals.push(100.0 * (said - actual).abs() / actual);
    }
    if totals.is_empty() {
        bail!("there are no series");
    }
    totals.sort_by(f64::total_cmp);
    let n = totals.len();
    Ok(Scores {
        smape: smape / n as f64,
        mase: mase / n as f64,
        total_mean: totals.iter().sum::<f64>() / n as f64,
        total_median: f64::midpoint(totals[(n - 1) / 2], totals[n / 2]),
        cover: (judged > 0.0).then(|| (100.0 * inside80 / judged, 100.0 * inside95 / judged)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_a_series_by_hand() {
        let mut text = "unique_id,t,split,y\n".to_owned();
        for t in 0..13 {
            text += &format!("A,{t},train,{}\n", if t == 12 { 14 } else { 10 });
        }
        text += "A,13,test,100\nA,14,test,50\n";
        let said = "unique_id,step,median,lo80,hi80,lo95,hi95\nA,1,90,80,95,70,110\nA,2,50,40,60,40,60\n";
        let got = score(&series(&text).unwrap(), &forecasts(said).unwrap()).unwrap();
        assert!((got.smape - 0.5 * 200.0 * 10.0 / 190.0).abs() < 1e-12);
        assert!((got.mase - 0.5 * 10.0 / 4.0).abs() < 1e-12);
        assert!((got.total_mean - 100.0 * 10.0 / 150.0).abs() < 1e-12);
        assert_eq!(got.total_mean, got.total_median);
        assert_eq!(got.cover, Some((50.0, 100.0)));
    }

    #[test]
    fn a_series_without_forecast_is_no_score() {
        let series = series("unique_id,t,split,y\nA,1,train,1\nA,2,test,1\n").unwrap();
        assert!(score(&series, &BTreeMap::new()).is_err());
    }
}
