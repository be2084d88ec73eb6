//! How long a first visit waits for the first picture and for the first chart.

use super::Row;
use crate::serve::{self, Server};
use crate::{chromium, node, sh};
use anyhow::{Context, Result};

/// What is measured, its key in what the page's program says, and its goal in ms.
const FIGURES: [(&str, &str, f64); 2] = [
    ("first picture after a cold load in Chromium, median of 5", "first_picture_ms", 300.0),
    ("first chart after a cold load in Chromium, median of 5", "first_chart_ms", 1000.0),
];

pub(crate) fn measure() -> Result<Vec<Row>> {
    if !node::has_page() {
        return Ok(FIGURES.map(|(what, ..)| Row::skipped(what, "there is no www/package.json")).into());
    }
    let chromium = chromium::ensure()?;
    serve::build_page()?;
    let server = Server::start(serve::free_port()?, false)?;
    let said =
        sh::read(node::node().args(["bench/cold.mjs", &server.url]).env(chromium::VARIABLE, chromium))?;
    FIGURES
        .iter()
        .map(|(what, key, goal)| Ok(Row::measured(*what, figure(&said, key)?, "ms", *goal)))
        .collect()
}

fn figure(said: &str, key: &str) -> Result<f64> {
    let said: serde_json::Value = serde_json::from_str(said)?;
    said[key].as_f64().with_context(|| format!("cold.mjs gave no {key}"))
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn the_figure_is_read_from_json() {
        assert_eq!(figure("{\"first_chart_ms\": 312.5}\n", "first_chart_ms").unwrap(), 312.5);
        assert!(figure("{}", "first_chart_ms").is_err());
        assert!(figure("no chart", "first_chart_ms").is_err());
    }
}
