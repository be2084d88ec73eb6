//! A Chromium for the browser tests: found, or installed.

use crate::{apt, node, sh};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The variable by which the tests are told where it is.
pub(crate) const VARIABLE: &str = "LANDFALL_CHROMIUM";

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Finds one that starts, installing it where that is possible; the error is one line that says what to install.
pub(crate) fn ensure() -> Result<PathBuf> {
    for variable in [VARIABLE, "CHROMIUM"] {
        if let Some(path) = std::env::var_os(variable).map(PathBuf::from) {
            if starts(&path) {
                return Ok(path);
            }
            bail!("{variable} names {}, which does not start", path.display());
        }
    }
    if let Some(path) = find() {
        fonts()?;
        return Ok(path);
    }
    if apt::can_install() {
        // Ubuntu's package is a stub that wants snap, so Playwright's own build is taken there.
        if apt::distribution().as_deref() == Some("ubuntu") {
            sh::run(node::package_program("playwright-core/cli.js")?.args([
                "install",
                "--with-deps",
                "chromium",
            ]))?;
        } else {
            apt::install(&["chromium"])?;
        }
        if let Some(path) = find() {
            fonts()?;
            return Ok(path);
        }
    }
    bail!(
        "no Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk; elsewhere: npx --prefix www \
         playwright-core install chromium) or set CHROMIUM to its path"
    )
}

fn find() -> Option<PathBuf> {
    let on_path = NAMES.iter().filter_map(|name| which::which(name).ok());
    let applications = APPLICATIONS.iter().map(PathBuf::from);
    let cached = caches().into_iter().flat_map(|cache| cached(&cache));
    on_path.chain(applications).chain(cached).find(|path| starts(path))
}

/// Ubuntu's stub is a file too, so being there is not enough.
fn starts(path: &Path) -> bool {
    path.is_file() && (cfg!(windows) || sh::read(sh::program(path).arg("--version")).is_ok())
}

/// Where Playwright keeps its own builds.
fn caches() -> Vec<PathBuf> {
    let home = std::env::home_dir().unwrap_or_default();
    let set = std::env::var_os("PLAYWRIGHT_BROWSERS_PATH").map(PathBuf::from);
    let usual = [".cache/ms-playwright", "Library/Caches/ms-playwright", "AppData/Local/ms-playwright"];
    set.into_iter().chain(usual.map(|folder| home.join(folder))).collect()
}

/// The programs in such a cache, the newest build first.
fn cached(cache: &Path) -> Vec<PathBuf> {
    let programs = ["chrome", "headless_shell", "chrome-headless-shell", "Chromium", "chrome.exe"];
    let mut found: Vec<PathBuf> = WalkDir::new(cache)
        .max_depth(6)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| programs.iter().any(|program| entry.file_name() == *program))
        .map(walkdir::DirEntry::into_path)
        .collect();
    found.sort_by_key(|path| std::cmp::Reverse(build_number(cache, path)));
    found
}

/// The 1200 of `chromium-1200/chrome-linux/chrome`.
fn build_number(cache: &Path, program: &Path) -> Option<u32> {
    let folder = program.strip_prefix(cache).ok()?.components().next()?;
    folder.as_os_str().to_str()?.rsplit('-').next()?.parse().ok()
}

/// Chinese shows as empty boxes without a font for it.
fn fonts() -> Result<()> {
    let Ok(list) = sh::read(sh::program("fc-list").arg(":lang=zh-cn")) else { return Ok(()) };
    if !list.trim().is_empty() {
        return Ok(());
    }
    if apt::can_install() {
        return apt::install(&["fonts-noto-cjk"]);
    }
    println!("note: no font for Chinese, pictures will show boxes (Debian: apt-get install fonts-noto-cjk)");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_newest_build_of_a_cache_comes_first() {
        let cache = std::env::temp_dir().join(format!("landfall-chromium-{}", std::process::id()));
        for build in ["chromium-999/chrome-linux", "chromium-1200/chrome-linux64", "ffmpeg-1500/x"] {
            fs::create_dir_all(cache.join(build)).unwrap();
        }
        for file in [
            "chromium-999/chrome-linux/chrome",
            "chromium-1200/chrome-linux64/chrome",
            "ffmpeg-1500/x/ffmpeg",
        ] {
            fs::write(cache.join(file), "").unwrap();
        }
        let found = cached(&cache);
        fs::remove_dir_all(&cache).unwrap();
        assert_eq!(
            found,
            ["chromium-1200/chrome-linux64/chrome", "chromium-999/chrome-linux/chrome"]
                .map(|file| cache.join(file))
        );
    }

    #[test]
    fn a_file_that_does_not_start_is_no_browser() {
        assert!(!starts(&sh::root().join("Cargo.toml")));
        assert!(!starts(Path::new("/no/such/chromium")));
    }
}
