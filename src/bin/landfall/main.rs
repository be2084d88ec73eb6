//! The command line: convert, call the case, convert.

mod arguments;
mod backtest;
mod brief;
mod chart;
mod check;
mod csv_report;
mod explain;
mod forecast;
mod house;
mod load;
mod outlook;
mod scenario;
mod scenario_compared;
mod scenario_table;
mod scoring;
mod table;
mod voice;
mod write;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.lang();
    let result = match &arguments.command {
        Command::Outlook(ask) => outlook::run(ask, lang),
        Command::Backtest(ask) => backtest::run(ask, lang),
        Command::Scenario(ask) => scenario::run(ask, lang),
        Command::Forecast(ask) => forecast::run(ask, lang),
        Command::Check(ask) => check::run(ask, lang),
        Command::Chart(ask) => chart::run(ask, lang),
        Command::Brief(ask) => brief::run(ask, lang),
    };
    result.unwrap_or_else(|failure| {
        voice::complain(&failure, lang);
        ExitCode::FAILURE
    })
}
