//! Writing a file whole or not at all.

use crate::load::was_read;
use crate::voice::Failure;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a file can be written there, found out before the work rather than after it.
pub(crate) fn probe(path: &Path) -> Result<(), Failure> {
    let fail = |source| Failure::Write { path: path.into(), source };
    if path.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    let (beside, _) = beside(path).map_err(fail)?;
    fs::remove_file(beside).map_err(fail)
}

/// Writes a file beside its place and moves it there, so that no half of it is ever seen.
pub(crate) fn whole(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    if was_read(path) {
        return Err(Failure::WouldReplace { path: path.into() });
    }
    let fail = |source| Failure::Write { path: path.into(), source };
    // A link keeps pointing to what is written.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let (beside, mut file) = beside(&place).map_err(fail)?;
    let written = file.write_all(content.as_ref()).and_then(|()| {
        if let Ok(old) = fs::metadata(&place) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, &place)
    });
    written.map_err(|source| {
        // What is left of the attempt; that it could not be taken away either would hide why it failed.
        let _ = fs::remove_file(&beside);
        fail(source)
    })
}

/// A new file in the same folder, where a move is one step.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let place = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let file = OpenOptions::new().write(true).create_new(true).open(&place)?;
    Ok((place, file))
}
