//! Every check and test, in order, up to the first that fails.

use crate::wasm_std::WasmStd;
use crate::{chromium, firefox, gallery, node, sh, single, template, wasm};
use anyhow::{Result, anyhow};
use std::cell::Cell;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Names the files of native answers to the tests in Node: the engine's and the reader's.
const PARITY: [(&str, &str); 2] =
    [("LANDFALL_PARITY", "parity"), ("LANDFALL_PARITY_INGEST", "parity_ingest")];

/// How long the seeded hand plays with the page in the long tests, in seconds.
const MONKEY: (&str, &str) = ("LANDFALL_MONKEY_SECONDS", "3600");

/// One step: what it is called, and what it does.
struct Step {
    name: &'static str,
    run: fn(&Options) -> Result<Done, Failure>,
}

struct Options {
    long: bool,
    /// The modules on their way.
    modules: Cell<Option<JoinHandle<Result<Vec<wasm::Built>>>>>,
}

impl Options {
    /// Builds the modules beside what follows: nothing before their step needs them, and each keeps one core busy for a minute
    /// while the other has nothing to do.
    fn begin_modules(&self) {
        self.modules.set(Some(thread::spawn(wasm::build_quietly)));
    }

    fn modules(&self) -> Result<Vec<wasm::Built>> {
        match self.modules.take() {
            Some(begun) => begun.join().map_err(|_| anyhow!("the build of the modules stopped"))?,
            None => wasm::build(),
        }
    }
}

/// A step that did not fail.
enum Done {
    Passed,
    Skipped(String),
}

/// A step that failed, and the command to run it again.
struct Failure {
    error: anyhow::Error,
    again: String,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "lint", run: |_| lint("landfall") },
    Step { name: "lint, wasm", run: lint_wasm },
    Step { name: "lint, xtask", run: |_| lint("xtask") },
    Step { name: "lint, seeds", run: |_| lint("seed-generator") },
    // Before the modules, which use them.
    Step { name: "packages of the page", run: packages },
    Step {
        name: "tests",
        run: |options| {
            options.begin_modules();
            tests("landfall", options)
        },
    },
    Step { name: "examples in the documentation", run: doc_tests },
    Step { name: "tests, xtask", run: |options| tests("xtask", options) },
    Step { name: "tests, seeds", run: |options| tests("seed-generator", options) },
    Step { name: "modules of the page", run: modules },
    Step { name: "types of the page", run: |_| page_script("check") },
    Step { name: "page", run: |_| page_script("build") },
    Step { name: "page in one file", run: one_file },
    Step { name: "numbers in wasm", run: numbers },
    Step { name: "page in Chromium", run: browser },
    Step { name: "page in Firefox, from disk", run: browser_of_disk },
];

/// Runs the steps, prints a table of them, and ends with the count that a CI reads. Says whether all passed.
pub(crate) fn test(long: bool) -> bool {
    let options = Options { long, modules: Cell::new(None) };
    let mut report = Report::default();
    for (index, step) in STEPS.iter().enumerate() {
        if report.failed > 0 {
            report.rows.push((step.name, "not run".into(), Duration::ZERO));
            continue;
        }
        println!("\n== {}/{} {}", index + 1, STEPS.len(), step.name);
        let start = Instant::now();
        let outcome = (step.run)(&options);
        let took = start.elapsed();
        match &outcome {
            Ok(Done::Passed) => println!("== {}: passed in {:.1} s", step.name, took.as_secs_f64()),
            Ok(Done::Skipped(reason)) => println!("== {}: skipped, {reason}", step.name),
            Err(failure) => {
                println!("== {}: FAILED, {:#}\n== run it again: {}", step.name, failure.error, failure.again);
            }
        }
        report.add(step.name, outcome, took);
    }
    println!("\n{}", report.table());
    report.failed == 0
}

/// What happened so far.
#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, String, Duration)>,
    passed: usize,
    failed: usize,
}

impl Report {
    fn add(&mut self, name: &'static str, outcome: Result<Done, Failure>, took: Duration) {
        let word = match outcome {
            Ok(Done::Passed) => {
                self.passed += 1;
                "passed".to_owned()
            }
            Ok(Done::Skipped(reason)) => format!("skipped: {reason}"),
            Err(_) => {
                self.failed += 1;
                "FAILED".to_owned()
            }
        };
        self.rows.push((name, word, took));
    }

    /// Step, seconds, outcome; then the count, alone on the last line.
    fn table(&self) -> String {
        let width = self.rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
        let mut table = String::new();
        for (name, word, took) in &self.rows {
            table += &format!("{name:<width$}  {:>7.1} s  {word}\n", took.as_secs_f64());
        }
        let all: Duration = self.rows.iter().map(|(.., took)| *took).sum();
        table += &format!("{:<width$}  {:>7.1} s\n\n", "all", all.as_secs_f64());
        table + &format!("{} passed, {} failed", self.passed, self.failed)
    }
}

fn command(command: &mut Command) -> Result<Done, Failure> {
    sh::run(command).map(|()| Done::Passed).map_err(|error| Failure { error, again: sh::line(command) })
}

fn own(again: &str) -> impl FnOnce(anyhow::Error) -> Failure {
    let again = again.to_owned();
    move |error| Failure { error, again }
}

/// The reason why a step of the page cannot be, if it cannot.
fn no_page() -> Option<Done> {
    (!node::has_page()).then(|| Done::Skipped("there is no www/package.json".into()))
}

fn format(_: &Options) -> Result<Done, Failure> {
    command(sh::cargo().args(["fmt", "--all", "--check"]))
}

// One package at a time: together they would unite the features of what they share, and compile much of it again
// after the build of xtask itself.
fn lint(package: &str) -> Result<Done, Failure> {
    command(sh::cargo().args([
        "clippy",
        "--package",
        package,
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]))
}

fn lint_wasm(_: &Options) -> Result<Done, Failure> {
    let way = WasmStd::find().map_err(own("cargo xtask wasm"))?;
    if way != WasmStd::Installed {
        return Ok(Done::Skipped(
            "clippy has no standard library for wasm here, only Debian's compiler has".into(),
        ));
    }
    // The module's own profile, so that macros and build scripts are compiled once for both.
    command(
        way.cargo("clippy")
            .args(["--package", "landfall"])
            .args(wasm::MODULES[1].build_arguments())
            .args(["--", "-D", "warnings"]),
    )
}

fn tests(package: &str, options: &Options) -> Result<Done, Failure> {
    if which::which("cargo-nextest").is_ok() {
        let ignored: &[&str] = if options.long { &["--run-ignored", "all"] } else { &[] };
        command(sh::cargo().args(["nextest", "run", "--package", package, "--all-features"]).args(ignored))
    } else {
        let ignored: &[&str] = if options.long { &["--", "--include-ignored"] } else { &[] };
        command(sh::cargo().args(["test", "--package", package, "--tests", "--all-features"]).args(ignored))
    }
}

fn doc_tests(_: &Options) -> Result<Done, Failure> {
    command(sh::cargo().args(["test", "--package", "landfall", "--doc", "--all-features"]))
}

fn packages(_: &Options) -> Result<Done, Failure> {
    if let Some(skipped) = no_page() {
        return Ok(skipped);
    }
    let packages = node::install().map_err(own("npm --prefix www ci"))?;
    println!("{packages}");
    Ok(Done::Passed)
}

fn modules(options: &Options) -> Result<Done, Failure> {
    let built = options.modules().map_err(own("cargo xtask wasm"))?;
    built.iter().for_each(|module| println!("{module}"));
    if node::has_page() {
        template::write().map_err(own("cargo xtask wasm"))?;
    }
    Ok(Done::Passed)
}

fn page_script(name: &str) -> Result<Done, Failure> {
    match no_page() {
        Some(skipped) => Ok(skipped),
        None => command(&mut node::script(name)),
    }
}

/// The built module is held to what the native engine answers to the same questions.
fn numbers(_: &Options) -> Result<Done, Failure> {
    if let Some(skipped) = no_page() {
        return Ok(skipped);
    }
    let folder = node::www().join("test-results");
    std::fs::create_dir_all(&folder).map_err(|e| own("cargo xtask test")(e.into()))?;
    let mut script = node::script("test:node");
    let mut again = String::new();
    for (variable, example) in PARITY {
        let answers = folder.join(format!("{example}.json"));
        let mut native = sh::cargo();
        native.args(["run", "--package", "landfall", "--all-features", "--example", example, "--"]);
        command(native.arg(&answers))?;
        again += &format!("{variable}={} ", answers.display());
        script.env(variable, &answers);
    }
    let specs = gallery::write().map_err(own("cargo xtask gallery"))?.with_extension("json");
    again += &format!("{}={} ", gallery::SPECS, specs.display());
    script.env(gallery::SPECS, &specs);
    sh::run(&mut script)
        .map(|()| Done::Passed)
        .map_err(|error| Failure { error, again: again + &sh::line(&script) })
}

fn browser(options: &Options) -> Result<Done, Failure> {
    if let Some(skipped) = no_page() {
        return Ok(skipped);
    }
    let mut script = node::script("test:browser");
    if options.long {
        script.env(MONKEY.0, MONKEY.1);
    }
    let chromium = chromium::ensure().map_err(own(&sh::line(&script)))?;
    // Drawn by the step before, on the way to the numbers in wasm.
    let charts = gallery::place();
    println!("{}={} {}={}", chromium::VARIABLE, chromium.display(), gallery::VARIABLE, charts.display());
    script.env(gallery::VARIABLE, &charts);
    sh::run(script.env(chromium::VARIABLE, &chromium)).map(|()| Done::Passed).map_err(|error| Failure {
        error,
        again: format!("{}={} {}", chromium::VARIABLE, chromium.display(), sh::line(&script)),
    })
}

fn one_file(_: &Options) -> Result<Done, Failure> {
    if let Some(skipped) = no_page() {
        return Ok(skipped);
    }
    single::assemble().map(|()| Done::Passed).map_err(own("cargo xtask single-file"))
}

fn browser_of_disk(_: &Options) -> Result<Done, Failure> {
    if let Some(skipped) = no_page() {
        return Ok(skipped);
    }
    let Some(firefox) = firefox::find_or_install() else {
        return Ok(Done::Skipped(format!(
            "no Firefox: install it (Debian: apt-get install firefox-esr) or name its path in {}",
            firefox::VARIABLE
        )));
    };
    println!("{}={}", firefox::VARIABLE, firefox.display());
    let mut script = node::script("test:firefox");
    sh::run(script.env(firefox::VARIABLE, &firefox)).map(|()| Done::Passed).map_err(|error| Failure {
        error,
        again: format!("{}={} {}", firefox::VARIABLE, firefox.display(), sh::line(&script)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    fn failure() -> Result<Done, Failure> {
        Err(Failure { error: anyhow!("no"), again: "again".into() })
    }

    #[test]
    fn the_last_line_is_the_count_alone() {
        let mut report = Report::default();
        report.add("format", Ok(Done::Passed), Duration::from_millis(1250));
        report.add("a longer name", Ok(Done::Skipped("no page".into())), Duration::ZERO);
        report.add("tests", failure(), Duration::from_secs(100));
        let table = report.table();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "format             1.2 s  passed");
        assert_eq!(lines[1], "a longer name      0.0 s  skipped: no page");
        assert_eq!(lines[2], "tests            100.0 s  FAILED");
        assert_eq!(lines.last(), Some(&"1 passed, 1 failed"));
    }

    #[test]
    fn every_package_is_linted_and_tested() {
        let manifest = std::fs::read_to_string(sh::root().join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("members = [\".\", \"xtask\", \"seeds/generator\"]"),
            "a new member needs its steps"
        );
    }

    #[test]
    fn a_failed_step_says_how_to_run_it_again() {
        let Err(failure) = command(sh::cargo().arg("no-such-command")) else { panic!("it passed") };
        assert_eq!(failure.again, "cargo no-such-command");
    }
}
