//! The page in one HTML file, which opens from disk.

use crate::{node, serve, sh};
use anyhow::Result;
use std::path::PathBuf;

/// Where it is written.
pub(crate) fn file() -> PathBuf {
    sh::root().join("dist/landfall.html")
}

/// Builds everything that goes into it, and writes it.
pub(crate) fn write() -> Result<PathBuf> {
    serve::prepare_page()?;
    assemble()?;
    Ok(file())
}

/// Writes it from modules and packages that are there.
pub(crate) fn assemble() -> Result<()> {
    sh::run(&mut node::script("build:single"))
}
