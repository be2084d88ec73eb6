//! The floors of the design: a file uses lower floors, its own folder, and on its own floor only modules named to
//! its left; and what may stand in one place only, stands there only.
//!
//! The sources are read as tokens, so that comments, docs and strings say nothing and paths inside macros count.

#![allow(clippy::expect_used, reason = "a test may fail loudly")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// The modules of each floor from the ground up, left to right. Names without a file yet keep their places.
const FLOORS: [&[&str]; 8] = [
    &["error", "num", "order", "toml_text", "unit", "calendar", "ledger", "par"],
    &["stats", "region", "table", "panel"],
    &["model"],
    &["forecast", "pipeline", "outlook", "backtest"],
    &["target", "scenario"],
    &["chart", "brief"],
    &["ingest", "case"],
    &["wasm", "bin"],
];

/// A path that may begin a name only under these places (files or folders of `src`, without `.rs`).
const ONLY_HERE: [(&[&str], &[&str]); 26] = [
    (&["libm"], &["num"]),
    (&["rayon"], &["par"]),
    (&["std", "thread"], &["par"]),
    (&["statrs"], &["stats"]),
    (&["sobol_burley"], &["stats"]),
    // Tables on standard output are the bin's; files of other forms are `ingest`'s.
    (&["csv"], &["ingest", "table", "bin"]),
    (&["plotters"], &["chart/svg"]),
    (&["plotters_backend"], &["chart/svg"]),
    // A crate each: together they would be a path that nothing has.
    (&["resvg"], &["chart/png", "chart/house_file"]),
    (&["ttf_parser"], &["chart/png"]),
    (&["base64"], &["chart/house_file"]),
    (&["polars"], &["ingest"]),
    (&["hashbrown"], &["ingest"]),
    (&["memchr"], &["ingest"]),
    (&["simdutf8"], &["ingest"]),
    (&["calamine"], &["ingest"]),
    (&["encoding_rs"], &["ingest"]),
    (&["quick_xml"], &["brief", "ingest/xml"]),
    (&["wasm_bindgen"], &["wasm"]),
    (&["js_sys"], &["wasm"]),
    (&["serde_wasm_bindgen"], &["wasm"]),
    (&["std", "time"], &["bin"]),
    (&["std", "fs"], &["bin"]),
    (&["std", "env"], &["bin"]),
    (&["std", "process"], &["bin"]),
    (&["std", "net"], &["bin"]),
];

/// Where a module stands: its floor, and its place from the left.
fn place(module: &str) -> Option<(usize, usize)> {
    FLOORS.iter().enumerate().find_map(|(floor, modules)| {
        modules.iter().position(|m| *m == module).map(|left_to_right| (floor, left_to_right))
    })
}

/// What is wrong with a source. `file` is its way from `src`: `panel/view.rs`.
fn faults(file: &str, source: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    let own = stem.split('/').next().unwrap_or_default();
    // The crate's root declares the modules and stands above them.
    let Some(here) = place(own) else {
        return if stem == "lib" { Vec::new() } else { vec![format!("{file}: {own} stands on no floor")] };
    };
    let tokens = TokenStream::from_str(source).expect("a source that compiles has tokens");
    let mut paths = Vec::new();
    collect(tokens, stem.split('/').count(), false, &mut paths);
    let mut found = Vec::new();
    for Used { path, in_test } in paths {
        let said = path.join("::");
        let inside = match path[0].as_str() {
            // The bin is a crate of its own; its `crate` is its own folder.
            "crate" if own == "bin" => None,
            "crate" => path.get(1),
            "landfall" if own == "bin" => path.get(1),
            _ => None,
        };
        if let Some(module) = inside {
            match place(module) {
                _ if module == own => {}
                Some(there) if there < here => {}
                Some((floor, _)) => {
                    found.push(format!(
                        "{file} (floor {}): {said} stands on floor {floor}, not below or to the left",
                        here.0
                    ));
                }
                // A type that the root re-exports, such as `crate::Error`, is above everything.
                None => found.push(format!("{file}: {said} stands on no floor")),
            }
        }
        for (head, homes) in ONLY_HERE {
            let uses = path.len() >= head.len() && path.iter().zip(head).all(|(a, b)| a == b);
            let at_home = homes.iter().any(|home| stem == *home || stem.starts_with(&format!("{home}/")));
            // Golden files are read by tests.
            let golden = in_test && head[0] == "std";
            if uses && !at_home && !golden {
                found.push(format!("{file}: {said} may stand only in {}", homes.join(", ")));
            }
        }
    }
    found
}

/// A path as a source names it, from its first word on.
#[derive(Debug, PartialEq)]
struct Used {
    path: Vec<String>,
    in_test: bool,
}

/// Every path in the tokens, `use` groups spelled out. `depth` is that of the module: 1 for one of the root's.
fn collect(tokens: TokenStream, depth: usize, in_test: bool, out: &mut Vec<Used>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut test_next = false;
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let module =
                    at > 1 && is_word(&tokens[at - 2], "mod") && group.delimiter() == Delimiter::Brace;
                collect(group.stream(), depth + usize::from(module), in_test || (module && test_next), out);
                test_next = match group.delimiter() {
                    // `#[cfg(test)]` holds for the item that follows.
                    Delimiter::Bracket if at > 0 && is_sign(&tokens[at - 1], '#') => {
                        test_next || group.stream().to_string().replace(' ', "") == "cfg(test)"
                    }
                    Delimiter::Brace => false,
                    _ => test_next,
                };
                at += 1;
            }
            TokenTree::Ident(_) => at = path_at(&tokens, at, depth, in_test, out),
            TokenTree::Punct(sign) => {
                test_next &= sign.as_char() != ';';
                at += 1;
            }
            TokenTree::Literal(_) => at += 1,
        }
    }
}

/// Reads the path that begins at a word; the place after it.
fn path_at(tokens: &[TokenTree], start: usize, depth: usize, in_test: bool, out: &mut Vec<Used>) -> usize {
    let named = start > 0 && ["use", "crate"].iter().any(|w| is_word(&tokens[start - 1], w));
    let mut ends = Vec::new();
    let after = branch(tokens, start, &[], &mut ends);
    for path in ends {
        let supers = path.iter().take_while(|word| *word == "super").count();
        let path = if supers >= depth && supers > 0 {
            std::iter::once("crate".to_owned()).chain(path[supers..].iter().cloned()).collect()
        } else {
            path
        };
        // A word alone is a variable or a type, unless it is brought in.
        if path.len() > 1 || named {
            out.push(Used { path, in_test });
        }
    }
    after
}

/// Follows one branch of a path or of a `use` tree and puts every end of it into `ends`.
fn branch(tokens: &[TokenTree], start: usize, before: &[String], ends: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    let mut at = start;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => {
                path.push(word.to_string());
                at += 1;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace && at > start => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut next = 0;
                while next < inner.len() {
                    branch(&inner, next, &path, ends);
                    let comma = inner[next..].iter().position(|t| is_sign(t, ','));
                    next += comma.map_or(inner.len() - next, |c| c + 1);
                }
                return at + 1;
            }
            _ => break,
        }
        let colons = |i: usize| tokens.get(i).is_some_and(|t| is_sign(t, ':'));
        if !(colons(at) && colons(at + 1)) {
            break;
        }
        at += 2;
    }
    ends.push(path);
    at.max(start + 1)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if *ident == word)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn sources(folder: &Path, root: &Path, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder of the sources") {
        let path = entry.expect("an entry of it").path();
        if path.is_dir() {
            sources(&path, root, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            out.push((name, fs::read_to_string(&path).expect("a source")));
        }
    }
}

#[test]
fn every_file_keeps_to_its_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &root, &mut files);
    files.sort();
    let seen: BTreeSet<&str> = files
        .iter()
        .map(|(name, _)| name.split('/').next().unwrap_or_default().trim_end_matches(".rs"))
        .collect();
    for module in ["num", "panel", "outlook", "case", "bin"] {
        assert!(seen.contains(module), "{module} was not read: {seen:?}");
    }
    let found: Vec<String> = files.iter().flat_map(|(name, source)| faults(name, source)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    let planted = [
        ("model/theta.rs", "use crate::outlook::Outlook;"),
        ("panel/view.rs", "fn f() { crate::case::Case::sample(\"national\"); }"),
        // To the right on the same floor.
        ("stats/mod.rs", "use crate::region::Tree;"),
        ("outlook/mod.rs", "use crate::{num, backtest::Score};"),
        ("num.rs", "use crate::{error::{Said, Explain}, calendar};"),
        ("chart/fan.rs", "vec![crate::wasm::go()]"),
        ("panel/view.rs", "use super::super::target::Plan;"),
        ("unit.rs", "mod tests { use super::super::calendar; }"),
        ("stats/simplex.rs", "fn f(x: f64) -> f64 { libm::exp(x) }"),
        ("model/mod.rs", "use rayon as r;"),
        ("outlook/mod.rs", "fn f() { std::thread::spawn(|| ()); }"),
        ("case/load.rs", "use std::{collections::BTreeMap, fs::File};"),
        ("case/mod.rs", "use std::time::SystemTime;"),
        ("chart/fan.rs", "use plotters::prelude::*;"),
        ("case/report.rs", "use {csv::Writer, crate::num};"),
        ("case/mod.rs", "#[wasm_bindgen::prelude::wasm_bindgen] fn f() {}"),
        ("elsewhere.rs", "fn f() {}"),
        // Only what is inside a test module may read golden files, and nothing after it.
        ("table/mod.rs", "#[cfg(test)] mod tests { fn f() {} } fn g() { std::fs::read(\"x\"); }"),
    ];
    for (file, source) in planted {
        let found = faults(file, source);
        assert_eq!(found.len(), 1, "{file}: {source}\n{found:?}");
    }
}

#[test]
fn what_is_allowed_passes() {
    let allowed = [
        ("model/theta.rs", "use crate::{model::Fitted, num, panel::View}; use super::Model;"),
        ("backtest/mod.rs", "use crate::outlook::Outlook;"),
        ("panel/view.rs", "mod tests { use super::super::Panel; }"),
        (
            "num.rs",
            "//! libm::exp and crate::case\n/// std::fs\nfn f() -> f64 { libm::exp(1.0) } // rayon::join\n",
        ),
        ("case/load.rs", "fn f() -> &'static str { \"use crate::wasm::Engine; std::fs\" }"),
        ("wasm/mod.rs", "#[cfg(test)] mod tests { fn f() { std::fs::read(\"golden\"); } }"),
        ("bin/landfall/main.rs", "use crate::table; use landfall::case::Case; use std::{fs, time};"),
        ("chart/svg.rs", "use plotters::prelude::*; use plotters_backend::BackendStyle;"),
        ("lib.rs", "pub mod case;"),
        // A local of the name of a crate.
        ("case/load.rs", "fn f(csv: &str) -> usize { csv.len() }"),
    ];
    for (file, source) in allowed {
        assert_eq!(faults(file, source), Vec::<String>::new(), "{source}");
    }
}
