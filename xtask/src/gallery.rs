//! Every kind of chart on one page, for looking at and for the test that measures its words in a browser.

use crate::sh;
use anyhow::Result;
use std::path::PathBuf;

/// What the test in Chromium reads the page's place from.
pub(crate) const VARIABLE: &str = "LANDFALL_GALLERY";

/// What the test of the built module in Node reads the specs' place from.
pub(crate) const SPECS: &str = "LANDFALL_GALLERY_SPECS";

/// Where it is.
pub(crate) fn place() -> PathBuf {
    sh::root().join("dist/gallery.html")
}

/// Draws it, and writes the specs beside it, in `.json`.
pub(crate) fn write() -> Result<PathBuf> {
    let place = place();
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut draw = sh::cargo();
    // All features, as the examples that the tests run, so that nothing is compiled twice.
    draw.args(["run", "--quiet", "--package", "landfall", "--all-features", "--example", "gallery", "--"]);
    sh::run(draw.arg(&place))?;
    Ok(place)
}
