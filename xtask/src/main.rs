//! `cargo xtask`: build, test, serve and measure Landfall, installing what is missing on the way.

mod apt;
mod bench;
mod chromium;
mod firefox;
mod gallery;
mod node;
mod package;
mod serve;
mod sh;
mod single;
mod stamp;
mod template;
mod test;
mod wasm;
mod wasm_std;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Build, test, serve and measure Landfall
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, PartialEq, Subcommand)]
enum Command {
    /// Build everything and open the page on the embedded sample (Ctrl-C stops)
    Serve {
        /// Port on localhost
        #[arg(long, default_value_t = 4173, value_parser = clap::value_parser!(u16).range(1..))]
        port: u16,
        /// Print the address, open no browser
        #[arg(long)]
        no_open: bool,
    },
    /// Run every check and test, the browser's included; stop at the first that fails
    Test {
        /// Also run the long tests (marked #[ignore]), and an hour of a seeded hand on the page
        #[arg(long)]
        long: bool,
    },
    /// Build the page's modules beside its sources, and the template it offers
    Wasm {
        /// Only these modules (default: all)
        #[arg(value_parser = wasm::names())]
        modules: Vec<String>,
    },
    /// Build the page as one HTML file that opens from disk: dist/landfall.html
    SingleFile,
    /// Build the npm package of charts: dist/landfall-engine-….tgz
    Package,
    /// Draw every kind of chart on cases that are hard to draw, into dist/gallery.html
    Gallery,
    /// Measure speed and size against the goals
    Bench {
        /// Only these groups (default: all)
        #[arg(value_parser = bench::names())]
        groups: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Serve { port, no_open } => serve::serve(port, !no_open),
        // Its last line is the count, so nothing is said after it.
        Command::Test { long } if test::test(long) => Ok(()),
        Command::Test { .. } => return ExitCode::FAILURE,
        Command::Wasm { modules } => wasm::build_only(&modules).and_then(|built| {
            built.iter().for_each(|module| println!("{module}"));
            if node::has_page() { template::write() } else { Ok(()) }
        }),
        Command::SingleFile => single::write().map(|file| println!("{}", file.display())),
        Command::Package => package::write().map(|file| println!("{}", file.display())),
        Command::Gallery => gallery::write().map(|place| println!("{}", place.display())),
        Command::Bench { groups } => bench::bench(&groups),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, Command, bench};
    use clap::{CommandFactory, Parser};

    fn parse(line: &str) -> Result<Command, clap::Error> {
        Args::try_parse_from(["xtask"].into_iter().chain(line.split_whitespace())).map(|args| args.command)
    }

    #[test]
    fn commands_and_their_defaults() {
        Args::command().debug_assert();
        assert_eq!(parse("serve").unwrap(), Command::Serve { port: 4173, no_open: false });
        assert_eq!(parse("serve --port 80 --no-open").unwrap(), Command::Serve { port: 80, no_open: true });
        assert_eq!(parse("test --long").unwrap(), Command::Test { long: true });
        assert_eq!(parse("wasm").unwrap(), Command::Wasm { modules: Vec::new() });
        assert_eq!(parse("wasm ingest").unwrap(), Command::Wasm { modules: vec!["ingest".into()] });
        assert_eq!(parse("single-file").unwrap(), Command::SingleFile);
        assert_eq!(parse("bench").unwrap(), Command::Bench { groups: Vec::new() });
    }

    #[test]
    fn wrong_usage_is_refused() {
        for line in
            ["", "sevre", "serve --port 0", "serve --port 65536", "test now", "wasm nothing", "bench nothing"]
        {
            assert!(parse(line).is_err(), "{line:?} was accepted");
        }
    }

    #[test]
    fn every_bench_group_can_be_asked_for() {
        for name in bench::names() {
            assert_eq!(
                parse(&format!("bench {name}")).unwrap(),
                Command::Bench { groups: vec![name.into()] }
            );
        }
    }

    #[test]
    fn help_has_one_line_a_command() {
        let help = Args::command().render_help().to_string();
        for name in ["serve", "test", "wasm", "single-file", "bench"] {
            let lines = help.lines().filter(|line| line.trim_start().starts_with(name)).count();
            assert_eq!(lines, 1, "{name} in:\n{help}");
        }
    }
}
