//! The package that slides and pages of others take charts from.

use crate::{node, sh, wasm};
use anyhow::{Context, Result};
use std::path::PathBuf;

const FOLDER: &str = "packages/engine";

/// Builds its module and packs it: `dist/landfall-engine-….tgz`.
pub(crate) fn write() -> Result<PathBuf> {
    wasm::build_only(&["chart".to_owned()])?.iter().for_each(|module| println!("{module}"));
    let out = sh::root().join("dist");
    std::fs::create_dir_all(&out)?;
    let mut pack = node::npm();
    pack.args(["pack", "--silent", "--pack-destination"]).arg(&out).current_dir(sh::root().join(FOLDER));
    let said = sh::read(&mut pack)?;
    let name = said.lines().last().context("npm pack named no file")?;
    Ok(out.join(name.trim()))
}
