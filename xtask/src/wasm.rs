//! The page's engine module: compiled, bound to TypeScript, made small, and left alone while nothing changed.

use crate::stamp::{self, Stamp};
use crate::wasm_std::WasmStd;
use crate::{node, sh};
use anyhow::{Context, Result};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wasm_bindgen_cli_support::Bindgen;

/// What the module is built from.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "src",
    "seeds",
    "www/package-lock.json",
    "xtask/src/wasm.rs",
];
/// How it is built.
pub(crate) const BUILD: &[&str] =
    &["--lib", "--profile", "wasm", "--no-default-features", "--features", "wasm"];
/// Variables that change what the compiler makes.
const SETTINGS: &[&str] = &["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTUP_TOOLCHAIN"];

/// What rustc's default wasm target uses, so that wasm-opt accepts it and may use it too.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
const OPTIMIZE: &[&str] = &["-Oz", "--converge"];

/// The folder the page imports the engine from.
pub(crate) fn pkg() -> PathBuf {
    sh::root().join("www/src/engine/pkg")
}

/// The module as the page loads it.
pub(crate) fn module() -> PathBuf {
    pkg().join("landfall_bg.wasm")
}

/// What a build did.
pub(crate) enum Built {
    UpToDate,
    Made { bytes: u64, optimized: bool, took: Duration },
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpToDate => write!(f, "engine module: up to date"),
            Self::Made { bytes, optimized, took } => {
                write!(f, "engine module: {} KB in {:.1} s", bytes / 1000, took.as_secs_f64())?;
                if *optimized {
                    Ok(())
                } else {
                    write!(f, " (wasm-opt skipped: there is no www/package.json)")
                }
            }
        }
    }
}

/// Builds the module, unless it is already what the sources say.
pub(crate) fn build() -> Result<Built> {
    let start = Instant::now();
    let way = WasmStd::find()?;
    let held = pkg().join(".stamp");
    let outputs = [module(), pkg().join("landfall.js"), pkg().join("landfall.d.ts")];
    let stamp = stamp(&way)?;
    if stamp::is_current(&held, &stamp, &outputs) {
        return Ok(Built::UpToDate);
    }
    fs::create_dir_all(pkg())?;
    // A build that stops halfway must not look current.
    let _ = fs::remove_file(&held);
    let raw = compile(&way)?;
    bind(&raw, &pkg())?;
    let optimized = node::has_page();
    if optimized {
        node::install()?;
        optimize(&module())?;
    }
    fs::write(&held, stamp)?;
    Ok(Built::Made { bytes: fs::metadata(module())?.len(), optimized, took: start.elapsed() })
}

fn stamp(way: &WasmStd) -> Result<String> {
    let settings = SETTINGS.iter().map(|name| format!("{name}={:?}", std::env::var_os(name)));
    settings
        .fold(Stamp::new().word(&way.compiler()?), |stamp, setting| stamp.word(&setting))
        .inputs(&sh::root(), INPUTS)
        .map(Stamp::finish)
}

fn compile(way: &WasmStd) -> Result<PathBuf> {
    let mut build = way.cargo("build");
    build.args(["--package", "landfall"]).args(BUILD);
    let files = sh::artifacts(&mut build, "landfall", ".wasm")?;
    files
        .into_iter()
        .next()
        .context("the build made no landfall.wasm: is `cdylib` still a crate type of [lib]?")
}

fn bind(raw: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(raw)
        .out_name("landfall")
        .web(true)?
        .typescript(true)
        // The module is found beside its JavaScript, which bundlers understand too.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen refused the module")
}

fn optimize(module: &Path) -> Result<()> {
    let small = module.with_extension("opt.wasm");
    let mut wasm_opt = node::package_program("binaryen/bin/wasm-opt")?;
    sh::run(wasm_opt.arg(module).arg("-o").arg(&small).args(FEATURES).args(OPTIMIZE))?;
    fs::rename(&small, module).context("cannot replace the module by its optimised form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_that_must_exist_does() {
        // `seeds` and the page may be absent while they are being written; a name mistyped here would never be noticed.
        for name in INPUTS.iter().filter(|name| !name.starts_with("www") && **name != "seeds") {
            assert!(sh::root().join(name).exists(), "{name}");
        }
    }

    #[test]
    fn a_stamp_taken_again_is_the_same() {
        let before = stamp(&WasmStd::Installed).unwrap();
        assert_eq!(before, stamp(&WasmStd::Installed).unwrap());
    }
}
