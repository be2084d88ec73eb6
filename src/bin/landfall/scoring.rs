//! A backtest run to its end, with a bar on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use landfall::backtest::{Backtest, Trial};
use landfall::case::Case;
use landfall::ledger::Ledger;
use landfall::panel::PanelError;

pub(crate) fn run<'a>(case: &'a Case, ledger: Ledger, trial: &Trial) -> Result<Backtest<'a>, PanelError> {
    let mut backtest = Backtest::plan(case.cells(), ledger, trial)?;
    let (_, origins) = backtest.progress();
    // Draws to standard error, and only where that is a terminal.
    let bar = ProgressBar::new(origins as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    while backtest.step() {
        bar.set_position(backtest.progress().0 as u64);
    }
    bar.finish_and_clear();
    Ok(backtest)
}
