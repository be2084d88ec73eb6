//! The standard library of wasm32-unknown-unknown: found, or installed by whichever way works here.

use crate::{apt, sh};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler for the web, whose packages carry the sources of the standard library.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// How a wasm build gets its standard library.
#[derive(Debug, PartialEq)]
pub(crate) enum WasmStd {
    /// The active toolchain has it.
    Installed,
    /// Debian's compiler builds it from source, and links with this program.
    Debian { linker: PathBuf },
}

impl WasmStd {
    /// Finds a way, installing what it needs; the error is one line that says what to install.
    pub(crate) fn find() -> Result<Self> {
        if installed() || added_by_rustup() {
            return Ok(Self::Installed);
        }
        if !debian_compiles() && apt::can_install() && apt::distribution().as_deref() == Some("debian") {
            // A failure is answered by the check that follows.
            let _ = apt::install(DEBIAN_PACKAGES);
        }
        match linker() {
            Some(linker) if debian_compiles() => Ok(Self::Debian { linker }),
            _ => bail!(
                "no standard library for {TARGET}: install rustup (https://rustup.rs) and run `rustup target add \
                 {TARGET}`, or on Debian with rustc {} or later: apt-get install {}",
                env!("CARGO_PKG_RUST_VERSION"),
                DEBIAN_PACKAGES.join(" ")
            ),
        }
    }

    /// A cargo command for the target, for example `cargo build --target …`.
    pub(crate) fn cargo(&self, verb: &str) -> Command {
        match self {
            Self::Installed => {
                let mut command = sh::cargo();
                command.args([verb, "--target", TARGET]);
                command
            }
            Self::Debian { linker } => {
                let mut command = sh::program(DEBIAN_CARGO);
                command
                    .env("RUSTC", DEBIAN_RUSTC)
                    // The standard library is built from source by an option that is unstable.
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .args([verb, "--target", TARGET, "-Z", "build-std=std,panic_abort"]);
                command
            }
        }
    }

    /// The compiler's version, which the output depends on.
    pub(crate) fn compiler(&self) -> Result<String> {
        let rustc = if *self == Self::Installed { "rustc" } else { DEBIAN_RUSTC };
        sh::read(sh::program(rustc).arg("-vV"))
    }
}

fn installed() -> bool {
    let folder = sh::read(sh::program("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_ok_and(|folder| holds_std(Path::new(folder.trim())))
}

fn holds_std(folder: &Path) -> bool {
    let Ok(files) = folder.read_dir() else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

fn added_by_rustup() -> bool {
    which::which("rustup").is_ok()
        && sh::run(sh::program("rustup").args(["target", "add", TARGET])).is_ok()
        && installed()
}

/// Whether Debian's compiler is here, with its sources, and new enough for this crate.
fn debian_compiles() -> bool {
    let new_enough = sh::read(sh::program(DEBIAN_RUSTC).arg("--version"))
        .is_ok_and(|text| minor(&text) >= minor_of(env!("CARGO_PKG_RUST_VERSION")));
    let source = sh::read(sh::program(DEBIAN_RUSTC).args(["--print", "sysroot"]))
        .is_ok_and(|root| Path::new(root.trim()).join("lib/rustlib/src/rust/library/std").is_dir());
    new_enough && source && Path::new(DEBIAN_CARGO).is_file()
}

/// The 95 of `rustc 1.95.0 (…)`.
fn minor(version: &str) -> Option<u32> {
    minor_of(version.strip_prefix("rustc ")?)
}

fn minor_of(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

/// A linker for wasm: lld by one of its names, or the one that comes with the active toolchain.
fn linker() -> Option<PathBuf> {
    let with_toolchain = || {
        let root = sh::read(sh::program("rustc").args(["--print", "sysroot"])).ok()?;
        let host = sh::read(sh::program("rustc").arg("--print").arg("host-tuple")).ok()?;
        let path = Path::new(root.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
        path.is_file().then_some(path)
    };
    which::which("wasm-ld").or_else(|_| which::which("rust-lld")).ok().or_else(with_toolchain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(minor("rustc 1.95.0 (59807616e 2026-04-14)"), Some(95));
        assert!(minor("rustc 1.100.0") > minor_of("1.89"));
        assert!(minor("not a version") < minor_of(env!("CARGO_PKG_RUST_VERSION")));
    }

    #[test]
    fn debians_way_builds_the_library_from_source() {
        let command = WasmStd::Debian { linker: "/usr/bin/wasm-ld".into() }.cargo("build");
        assert_eq!(sh::line(&command), format!("cargo build --target {TARGET} -Z build-std=std,panic_abort"));
        let rustc = command.get_envs().find(|(name, _)| *name == "RUSTC").and_then(|(_, value)| value);
        assert_eq!(rustc, Some(DEBIAN_RUSTC.as_ref()));
    }

    #[test]
    fn a_folder_without_the_library_is_not_enough() {
        assert!(!holds_std(&sh::root().join("xtask")));
        let own = sh::read(sh::program("rustc").args(["--print", "target-libdir"])).unwrap();
        assert!(holds_std(Path::new(own.trim())));
    }
}
