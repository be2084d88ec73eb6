//! Node and the page's packages, exactly as the committed lock file says.

use crate::sh;
use crate::stamp::{self, Stamp};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::{fmt, fs};

/// The oldest Node that Vite runs on.
const OLDEST: (u32, u32) = (20, 19);

pub(crate) fn www() -> PathBuf {
    sh::root().join("www")
}

/// Whether there is a page at all.
pub(crate) fn has_page() -> bool {
    www().join("package.json").is_file()
}

/// What `install` did.
#[derive(Debug, PartialEq)]
pub(crate) enum Packages {
    UpToDate,
    Installed,
}

impl fmt::Display for Packages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UpToDate => "packages of the page: up to date",
            Self::Installed => "packages of the page: installed",
        })
    }
}

/// Brings `node_modules` to the lock file.
pub(crate) fn install() -> Result<Packages> {
    let version = check()?;
    let modules = www().join("node_modules");
    // Inside the folder that `npm ci` deletes first, so that it never outlives what it describes.
    let held = modules.join(".landfall-stamp");
    let stamp = Stamp::new()
        .word(&version)
        .inputs(&sh::root(), &["www/package.json", "www/package-lock.json", "www/.npmrc"], &[])?
        .finish();
    if stamp::is_current(&held, &stamp, &[modules]) {
        return Ok(Packages::UpToDate);
    }
    sh::run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&held, stamp)?;
    Ok(Packages::Installed)
}

/// Runs one of the page's scripts; the packages must be installed.
pub(crate) fn script(name: &str) -> Command {
    let mut command = npm();
    command.args(["run", name]);
    command
}

/// A program of an installed package, run by Node.
pub(crate) fn package_program(path: &str) -> Result<Command> {
    let file = www().join("node_modules").join(path);
    if !file.is_file() {
        bail!("{} is not there: is its package in www/package.json?", file.display());
    }
    let mut command = node();
    command.arg(file);
    Ok(command)
}

/// Node in the page's folder, so that it finds the page's packages.
pub(crate) fn node() -> Command {
    let mut command = sh::program("node");
    command.current_dir(www());
    command
}

pub(crate) fn npm() -> Command {
    let mut command = sh::program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.arg("--prefix").arg("www");
    command
}

/// The version of Node, or what to install.
fn check() -> Result<String> {
    let (major, minor) = OLDEST;
    let install = format!(
        "install Node {major}.{minor} or later with npm (https://nodejs.org; Debian 13: apt-get install nodejs npm)"
    );
    let Ok(version) = sh::read(sh::program("node").arg("--version")) else {
        bail!("Node is not there: {install}");
    };
    if parse(&version) < Some(OLDEST) {
        bail!("Node {} is too old: {install}", version.trim());
    }
    if sh::read(npm().arg("--version")).is_err() {
        bail!("npm is not there: {install}");
    }
    Ok(version)
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(parse("v20.20.2\n"), Some((20, 20)));
        assert!(parse("v9.11.0") < Some(OLDEST) && parse("v20.9.0") < Some(OLDEST));
        assert!(parse("v22.0.0") > Some(OLDEST));
        assert!(parse("garbage") < Some(OLDEST));
    }

    #[test]
    fn scripts_can_be_run_again_from_the_root() {
        assert_eq!(sh::line(&script("check")), "npm --prefix www run check");
    }

    #[test]
    fn a_program_of_no_package_is_an_error_that_says_where_it_was_sought() {
        let error = package_program("no-such/bin").unwrap_err().to_string();
        assert!(error.contains("node_modules") && error.contains("package.json"), "{error}");
    }
}
