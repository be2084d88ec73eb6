//! The page's modules: compiled, bound to TypeScript, made small, and left alone while nothing changed.

use crate::stamp::{self, Stamp};
use crate::wasm_std::WasmStd;
use crate::{node, sh};
use anyhow::{Context, Result, anyhow};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
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
/// How a module is built, but for its features.
const BUILD: &[&str] = &["--lib", "--profile", "wasm", "--no-default-features", "--features"];

/// A module of the page: the one crate, with what it needs of it.
pub(crate) struct Module {
    /// Name that people read.
    pub(crate) name: &'static str,
    feature: &'static str,
    folder: &'static str,
    /// Whether wasm-opt makes it smaller on its way to the page. The reader comes out smaller raw (1,565 KB for 1,666) but larger
    /// after brotli (572 KB for 567), after minutes.
    shrinks: bool,
    /// Sources that it is built without: a change of them leaves it as it is.
    without: &'static [&'static str],
}

/// What the page opens on; what it loads when somebody asks what if: that one has the solver, and would keep the first chart
/// waiting; what it loads when a file is dropped; what it loads on export; and charts alone, for the package.
pub(crate) static MODULES: [Module; 5] = [
    Module {
        name: "engine",
        feature: "wasm",
        folder: "www/src/engine/pkg",
        shrinks: true,
        without: NO_READER,
    },
    Module {
        name: "what-if",
        feature: "what-if",
        folder: "www/src/engine/what-if",
        shrinks: true,
        without: NO_READER,
    },
    Module {
        name: "ingest",
        feature: "ingest-module",
        folder: "www/src/ingest/pkg",
        shrinks: false,
        without: &["src/bin", "src/wasm/mod.rs", "src/wasm/scenario.rs", "src/wasm/types.d.ts"],
    },
    Module {
        name: "brief",
        feature: "brief-module",
        folder: "www/src/brief/pkg",
        shrinks: true,
        without: NO_READER,
    },
    Module {
        name: "chart",
        feature: "chart-module",
        folder: "packages/engine/wasm",
        shrinks: true,
        without: &["src/bin", "src/brief", "src/case", "src/ingest", "src/scenario", "src/wasm/mod.rs"],
    },
];
const NO_READER: &[&str] = &["src/bin", "src/ingest", "src/wasm/ingest.rs", "src/wasm/ingest.d.ts"];
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
impl Module {
    /// How it is built.
    pub(crate) fn build_arguments(&self) -> impl Iterator<Item = &'static str> {
        BUILD.iter().copied().chain([self.feature])
    }

    /// The folder the page imports it from.
    fn pkg(&self) -> PathBuf {
        sh::root().join(self.folder)
    }

    /// What it was last built from.
    fn held(&self) -> PathBuf {
        self.pkg().join(".stamp")
    }

    /// The module as the page loads it.
    pub(crate) fn file(&self) -> PathBuf {
        self.pkg().join("landfall_bg.wasm")
    }
}

/// What a build did.
pub(crate) enum Built {
    UpToDate { name: &'static str },
    Made { name: &'static str, bytes: u64, skipped: Option<&'static str>, took: Duration },
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpToDate { name } => write!(f, "{name} module: up to date"),
            Self::Made { name, bytes, skipped, took } => {
                write!(f, "{name} module: {} KB in {:.1} s", bytes / 1000, took.as_secs_f64())?;
                match skipped {
                    None => Ok(()),
                    Some(why) => write!(f, " (wasm-opt skipped: {why})"),
                }
            }
        }
    }
}

/// The names a person can ask for.
pub(crate) fn names() -> Vec<&'static str> {
    MODULES.iter().map(|module| module.name).collect()
}

/// Builds the modules, unless they are already what the sources say.
pub(crate) fn build() -> Result<Vec<Built>> {
    build_only(&[])
}

/// The same with those asked for; all where none are.
pub(crate) fn build_only(asked: &[String]) -> Result<Vec<Built>> {
    build_as(asked, Voice::Loud)
}

/// The same without a word but warnings and errors: something else is telling of itself meanwhile.
pub(crate) fn build_quietly() -> Result<Vec<Built>> {
    build_as(&[], Voice::Quiet)
}

/// Whether a build says what it compiles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    Loud,
    Quiet,
}

fn build_as(asked: &[String], voice: Voice) -> Result<Vec<Built>> {
    let way = WasmStd::find()?;
    let wanted = |module: &&Module| asked.is_empty() || asked.iter().any(|name| name == module.name);
    // Compiling and making small take one core each: one module is made small while the next is compiled.
    thread::scope(|scope| {
        let made: Vec<_> = MODULES
            .iter()
            .filter(wanted)
            .map(|module| {
                let bound = bound(module, &way, voice)?;
                Ok(scope
                    .spawn(move || bound.map_or(Ok(Built::UpToDate { name: module.name }), Bound::finish)))
            })
            .collect::<Result<_>>()?;
        let done =
            made.into_iter().map(|made| made.join().map_err(|_| anyhow!("a thread of the build stopped"))?);
        done.collect()
    })
}

/// A module that is compiled and bound, but not made small yet.
struct Bound {
    module: &'static Module,
    stamp: String,
    start: Instant,
}

/// Compiles and binds a module; none where it is up to date.
fn bound(module: &'static Module, way: &WasmStd, voice: Voice) -> Result<Option<Bound>> {
    let (start, pkg) = (Instant::now(), module.pkg());
    let outputs = [module.file(), pkg.join("landfall.js"), pkg.join("landfall.d.ts")];
    let stamp = stamp(module, way)?;
    if stamp::is_current(&module.held(), &stamp, &outputs) {
        return Ok(None);
    }
    fs::create_dir_all(&pkg)?;
    // A build that stops halfway must not look current.
    let _ = fs::remove_file(module.held());
    let raw = compile(module, way, voice)?;
    bind(&raw, &pkg)?;
    if node::has_page() {
        node::install()?;
    }
    Ok(Some(Bound { module, stamp, start }))
}

impl Bound {
    fn finish(self) -> Result<Built> {
        let Self { module, stamp, start } = self;
        let skipped = match (node::has_page(), module.shrinks) {
            (true, true) => None,
            (true, false) => Some("it would be larger after brotli"),
            (false, _) => Some("there is no www/package.json"),
        };
        if skipped.is_none() {
            optimize(&module.file())?;
        }
        fs::write(module.held(), stamp)?;
        let bytes = fs::metadata(module.file())?.len();
        Ok(Built::Made { name: module.name, bytes, skipped, took: start.elapsed() })
    }
}

fn stamp(module: &Module, way: &WasmStd) -> Result<String> {
    let settings = SETTINGS.iter().map(|name| format!("{name}={:?}", std::env::var_os(name)));
    settings
        .fold(Stamp::new().word(&way.compiler()?).word(module.feature), |stamp, setting| stamp.word(&setting))
        .inputs(&sh::root(), INPUTS, module.without)
        .map(Stamp::finish)
}

fn compile(module: &Module, way: &WasmStd, voice: Voice) -> Result<PathBuf> {
    let mut build = way.cargo("build");
    build.args(["--package", "landfall"]).args(module.build_arguments());
    if voice == Voice::Quiet {
        build.arg("--quiet");
    }
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
        let before = stamp(&MODULES[0], &WasmStd::Installed).unwrap();
        assert_eq!(before, stamp(&MODULES[0], &WasmStd::Installed).unwrap());
    }

    #[test]
    fn everything_a_module_is_built_without_is_there() {
        for name in MODULES.iter().flat_map(|module| module.without) {
            assert!(sh::root().join(name).exists(), "{name}");
        }
    }
}
