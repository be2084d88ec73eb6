//! How long a first visit waits for the first chart.

use super::Row;
use crate::serve::{self, Server};
use crate::{chromium, node, sh};
use anyhow::{Context, Result};

const GOAL_MS: f64 = 1000.0;

pub(crate) fn measure() -> Result<Vec<Row>> {
    let what = "first chart after a cold load in Chromium, median of 5";
    if !node::has_page() {
        return Ok(vec![Row::skipped(what, "there is no www/package.json")]);
    }
    let chromium = chromium::ensure()?;
    serve::build_page()?;
    let server = Server::start(serve::free_port()?, false)?;
    let said =
        sh::read(node::node().args(["bench/cold.mjs", &server.url]).env(chromium::VARIABLE, chromium))?;
    Ok(vec![Row::measured(what, first_chart_ms(&said)?, "ms", GOAL_MS)])
}

fn first_chart_ms(said: &str) -> Result<f64> {
    let said: serde_json::Value = serde_json::from_str(said)?;
    said["first_chart_ms"].as_f64().context("cold.mjs gave no first_chart_ms")
}

#[cfg(test)]
mod tests {
    use super::first_chart_ms;

    #[test]
    fn the_figure_is_read_from_json() {
        assert_eq!(first_chart_ms("{\"first_chart_ms\": 312.5}\n").unwrap(), 312.5);
        assert!(first_chart_ms("{}").is_err());
        assert!(first_chart_ms("no chart").is_err());
    }
}
