//! `landfall forecast`.

use crate::arguments::{CsvOnly, Forecast as Ask};
use crate::load;
use crate::voice::{Failure, report};
use indicatif::{ProgressBar, ProgressStyle};
use landfall::case::CaseError;
use landfall::error::{Lang, Severity};
use landfall::forecast::{ForecastAsk, Forecasting, SeriesForecast};
use landfall::table::read_series;
use std::io::Write;
use std::process::ExitCode;

pub(crate) fn run(ask: &Ask, lang: Lang) -> Result<ExitCode, Failure> {
    let text = load::text(&ask.series)?;
    let (series, found) = read_series(&text, &ask.series.display().to_string());
    if found.iter().any(|f| f.severity == Severity::Error) {
        return Err(CaseError::Faulty { found }.into());
    }
    report(&found, lang, Severity::Warning);
    let levels = if ask.point { Vec::new() } else { ask.level.clone() };
    let wanted = ForecastAsk {
        horizon: usize::from(ask.horizon),
        season: usize::from(ask.season),
        levels: levels.clone(),
        forecaster: ask.model,
    };
    let mut work = Forecasting::plan(&series, wanted);
    // Draws to standard error, and only where that is a terminal.
    let bar = ProgressBar::new(series.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    while work.step() {
        bar.set_position(work.progress().0 as u64);
    }
    bar.finish_and_clear();
    let forecasts = work.finish();
    match ask.format {
        CsvOnly::Csv => write(&forecasts, &levels)?,
    }
    let mut silent = forecasts.iter().filter(|f| f.steps.is_empty()).peekable();
    let nothing = silent.peek().is_some() && forecasts.iter().all(|f| f.steps.is_empty());
    for forecast in silent {
        let (word, why) = match lang {
            Lang::En => ("warning", "no forecast; it takes three values of ordinary size"),
            Lang::Zh => ("警告", "无法预测，至少需要三个大小正常的数值"),
        };
        anstream::eprintln!("{word}: {}: {why}", forecast.id);
    }
    Ok(if nothing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// One row a series and step.
fn write(forecasts: &[SeriesForecast], levels: &[u8]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let bounds = levels.iter().flat_map(|level| [format!("lo{level}"), format!("hi{level}")]);
    let header: Vec<String> =
        ["unique_id", "step", "median"].into_iter().map(str::to_owned).chain(bounds).collect();
    writer.write_record(&header).map_err(std::io::Error::from)?;
    for forecast in forecasts {
        for (h, step) in forecast.steps.iter().enumerate() {
            let bounds = step.bounds.iter().flat_map(|(low, high)| [low.to_string(), high.to_string()]);
            let start = [forecast.id.clone(), (h + 1).to_string(), step.median.to_string()];
            writer.write_record(start.into_iter().chain(bounds)).map_err(std::io::Error::from)?;
        }
    }
    let bytes = writer.into_inner().map_err(|e| Failure::Output(e.into_error()))?;
    Ok(anstream::stdout().lock().write_all(&bytes)?)
}
