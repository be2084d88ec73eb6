//! Running other programs from the root of the repository.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the repository. Cargo says where, since clones that share a target folder may share this program.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A program that will run in the root, without input: nothing here may wait for a person.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The command as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

/// Runs to the end, with output shown; an exit code other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs to the end and returns what was written to stdout; an error carries what was written to stderr.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start `{}`", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", line(command), output.status, said.trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a cargo build and returns the files of `target` that end in `suffix`, wherever cargo put them.
pub(crate) fn artifacts(build: &mut Command, target: &str, suffix: &str) -> Result<Vec<PathBuf>> {
    build.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
    let messages = read(build)?;
    Ok(artifact_paths(&messages, target, suffix))
}

fn artifact_paths(messages: &str, target: &str, suffix: &str) -> Vec<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == target)
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|path| path.as_str().filter(|path| path.ends_with(suffix)).map(PathBuf::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_pasted() {
        assert_eq!(line(Command::new("/usr/bin/npm").args(["run", "check"])), "npm run check");
        assert_eq!(line(Command::new("a").args(["b c", ""])), "a 'b c' ''");
    }

    #[test]
    fn artifacts_of_the_target_only() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"serde"},"filenames":["/t/serde.wasm"]}
not json
{"reason":"compiler-artifact","target":{"name":"landfall"},"filenames":["/t/liblandfall.rlib","/t/landfall.wasm"]}
{"reason":"build-finished","success":true}"#;
        assert_eq!(artifact_paths(messages, "landfall", ".wasm"), [PathBuf::from("/t/landfall.wasm")]);
    }

    #[test]
    fn a_failure_names_the_command_and_what_it_said() {
        let error = read(cargo().arg("no-such-command")).unwrap_err().to_string();
        assert!(error.contains("no-such-command` failed") && error.contains("error: "), "{error}");
    }
}
