//! A Firefox for the test of the page in one file: found, or installed where that is possible without asking.

use crate::{apt, sh};
use std::path::{Path, PathBuf};

/// The variable by which the test is told where it is.
pub(crate) const VARIABLE: &str = "LANDFALL_FIREFOX";

const NAMES: &[&str] = &["firefox-esr", "firefox"];
const APPLICATIONS: &[&str] = &["/Applications/Firefox.app/Contents/MacOS/firefox"];

/// One that starts; none where there is none and none can be installed.
pub(crate) fn find_or_install() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        return Some(named);
    }
    find().or_else(|| {
        // Ubuntu's package is a stub that wants snap.
        let able = apt::can_install() && apt::distribution().as_deref() == Some("debian");
        if able {
            apt::install(&["firefox-esr"]).ok()?;
        }
        find()
    })
}

fn find() -> Option<PathBuf> {
    let on_path = NAMES.iter().filter_map(|name| which::which(name).ok());
    on_path.chain(APPLICATIONS.iter().map(PathBuf::from)).find(|path| starts(path))
}

fn starts(path: &Path) -> bool {
    path.is_file() && sh::read(sh::program(path).arg("--version")).is_ok_and(|said| said.contains("Firefox"))
}

#[cfg(test)]
mod tests {
    use super::starts;
    use crate::sh;
    use std::path::Path;

    #[test]
    fn a_file_that_does_not_start_is_no_browser() {
        assert!(!starts(&sh::root().join("Cargo.toml")));
        assert!(!starts(Path::new("/no/such/firefox")));
    }
}
