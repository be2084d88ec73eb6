//! Up to date or not: a stamp is the hash of everything that an output was made from.

use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Collects what an output depends on. Contents are hashed, not times: a checkout touches times.
pub(crate) struct Stamp {
    hasher: DefaultHasher,
}

impl Stamp {
    pub(crate) fn new() -> Self {
        Self { hasher: DefaultHasher::new() }
    }

    /// A version, a flag, a setting.
    pub(crate) fn word(mut self, word: &str) -> Self {
        word.hash(&mut self.hasher);
        self
    }

    /// Files, or folders with all below them but for those `without`, named from the root; an absent one counts as absent.
    pub(crate) fn inputs(mut self, root: &Path, names: &[&str], without: &[&str]) -> Result<Self> {
        for name in names {
            name.hash(&mut self.hasher);
            let top = root.join(name);
            if !top.exists() {
                false.hash(&mut self.hasher);
                continue;
            }
            for entry in WalkDir::new(&top).sort_by_file_name() {
                let entry = entry?;
                let path = entry.path();
                let aside = without.iter().any(|name| path.starts_with(root.join(name)));
                if entry.file_type().is_file() && !aside {
                    path.strip_prefix(root)?.hash(&mut self.hasher);
                    fs::read(path)
                        .with_context(|| format!("cannot read {}", path.display()))?
                        .hash(&mut self.hasher);
                }
            }
        }
        Ok(self)
    }

    /// The stamp as text.
    pub(crate) fn finish(self) -> String {
        format!("{:016x}\n", self.hasher.finish())
    }
}

/// Whether `file` holds this stamp and every output is there.
pub(crate) fn is_current(file: &Path, stamp: &str, outputs: &[PathBuf]) -> bool {
    fs::read_to_string(file).is_ok_and(|held| held == stamp) && outputs.iter().all(|output| output.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for each test, gone at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("landfall-stamp-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("src/deep")).unwrap();
            fs::write(path.join("Cargo.lock"), "lock").unwrap();
            fs::write(path.join("src/deep/a.rs"), "a").unwrap();
            Self(path)
        }

        fn stamp(&self) -> String {
            Stamp::new()
                .word("v1")
                .inputs(&self.0, &["Cargo.lock", "src", "seeds"], &["src/other"])
                .unwrap()
                .finish()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_stamp_whatever_their_times() {
        let folder = Folder::new("same");
        let before = folder.stamp();
        fs::write(folder.0.join("src/deep/a.rs"), "a").unwrap();
        fs::write(folder.0.join("other"), "not an input").unwrap();
        fs::create_dir(folder.0.join("src/other")).unwrap();
        fs::write(folder.0.join("src/other/b.rs"), "left aside").unwrap();
        assert_eq!(before, folder.stamp());
    }

    #[test]
    fn any_change_of_an_input_changes_the_stamp() {
        let folder = Folder::new("change");
        let mut seen = vec![folder.stamp()];
        let mut changed = |what: &str| {
            let now = folder.stamp();
            assert!(!seen.contains(&now), "{what} was not noticed");
            seen.push(now);
        };
        fs::write(folder.0.join("src/deep/a.rs"), "b").unwrap();
        changed("an edit");
        fs::rename(folder.0.join("src/deep/a.rs"), folder.0.join("src/deep/b.rs")).unwrap();
        changed("a new name");
        fs::write(folder.0.join("src/empty.rs"), "").unwrap();
        changed("an empty file");
        fs::create_dir(folder.0.join("seeds")).unwrap();
        fs::write(folder.0.join("seeds/panel.csv"), "").unwrap();
        changed("a folder that was absent");
        fs::remove_file(folder.0.join("Cargo.lock")).unwrap();
        changed("a file taken away");
        assert_ne!(Stamp::new().word("ab").word("c").finish(), Stamp::new().word("a").word("bc").finish());
    }

    #[test]
    fn current_needs_the_stamp_and_every_output() {
        let folder = Folder::new("current");
        let (file, output) = (folder.0.join("stamp"), folder.0.join("out"));
        let outputs = [output.clone()];
        assert!(!is_current(&file, "s", &outputs));
        fs::write(&file, "s").unwrap();
        assert!(!is_current(&file, "s", &outputs));
        fs::write(&output, "").unwrap();
        assert!(is_current(&file, "s", &outputs));
        assert!(!is_current(&file, "t", &outputs));
    }
}
