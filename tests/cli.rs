//! The real binary on files that are never clean: exit codes, what is said and where, and the JSON contract.
//!
//! `LANDFALL_BLESS=1 cargo test --test cli` rewrites the golden files; look at them before committing. They hold
//! messages and which figures there are, not forecasts, so that a better model does not change them.

// clippy.toml allows it in tests only, not in what they share.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Told {
    code: Option<i32>,
    out: String,
    err: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The binary, in the folder of the corpus, with the surroundings that matter made plain.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
    command.args(args).current_dir(root().join("corpus")).env("NO_COLOR", "1");
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn landfall(args: &[&str]) -> Told {
    let output = command(args).output().unwrap();
    let told = Told {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!told.err.contains("panicked"), "{args:?}: {}", told.err);
    assert!(matches!(told.code, Some(0..=2)), "{args:?}: {:?}", told.code);
    told
}

fn json(told: &Told) -> Value {
    serde_json::from_str(&told.out).unwrap_or_else(|e| panic!("{e}: {}", told.out))
}

fn golden(name: &str, got: &str) {
    let path = root().join("golden/cli").join(format!("{name}.txt"));
    if std::env::var_os("LANDFALL_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, got).unwrap();
        return;
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == want, "{name} differs from {}:\n{got}", path.display());
}

/// Every file of the corpus with this ending, in order.
fn corpus(ending: &str) -> Vec<String> {
    let names = std::fs::read_dir(root().join("corpus")).unwrap();
    let mut names: Vec<String> = names.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|n| n.ends_with(ending));
    names.sort();
    assert!(names.len() > 5);
    names
}

// ---- the contract of `outlook --format json`

const NUMBER: u8 = 1;
const TEXT: u8 = 2;
const NULL: u8 = 4;
const BOOL: u8 = 8;
const LIST: u8 = 16;
const TABLE: u8 = 32;

const TOP: [(&str, u8); 9] = [
    ("schema", NUMBER),
    ("seed", NUMBER),
    ("as_of", TEXT),
    ("title", TEXT | NULL),
    ("illustrative", TEXT | NULL),
    ("source", TEXT | NULL),
    ("calendar", TEXT),
    ("light_rule", TEXT),
    ("units", LIST),
];

const UNIT: [(&str, u8); 27] = [
    ("region", TEXT),
    ("label", TEXT),
    ("kind", TEXT),
    ("parent", TEXT | NULL),
    ("additive", BOOL),
    ("ledger", TEXT),
    ("unit", TEXT),
    ("year", NUMBER),
    ("through", NUMBER),
    ("ytd", NUMBER | NULL),
    ("growth_ytd", NUMBER | NULL),
    ("base_kind", TEXT),
    ("year_base", NUMBER | NULL),
    ("year_end", TABLE | NULL),
    ("growth", TABLE | NULL),
    ("target", TABLE | NULL),
    ("probability", NUMBER | NULL),
    ("probability_shown", NUMBER | NULL),
    ("light", TEXT | NULL),
    ("gap_pp", NUMBER | NULL),
    ("need", TABLE | NULL),
    ("rank", NUMBER | NULL),
    ("rank_change", NUMBER | NULL),
    ("pull_pp", NUMBER | NULL),
    ("milestones", LIST),
    ("weights", LIST),
    ("notes", LIST),
];

const LEVELS: [&str; 7] = ["0.025", "0.1", "0.25", "0.5", "0.75", "0.9", "0.975"];

/// Holds a table to its keys and types: none missing, none more, none of another type.
fn holds(value: &Value, keys: &[(&str, u8)], at: &str) {
    let table = value.as_object().unwrap_or_else(|| panic!("{at} is no table: {value}"));
    let mut names: Vec<&str> = table.keys().map(String::as_str).collect();
    let mut want: Vec<&str> = keys.iter().map(|k| k.0).collect();
    names.sort_unstable();
    want.sort_unstable();
    assert_eq!(names, want, "{at}");
    for (name, types) in keys {
        let of = match &table[*name] {
            Value::Null => NULL,
            Value::Bool(_) => BOOL,
            Value::Number(_) => NUMBER,
            Value::String(_) => TEXT,
            Value::Array(_) => LIST,
            Value::Object(_) => TABLE,
        };
        assert!(of & types != 0, "{at}.{name} is {}", table[*name]);
    }
}

fn word(value: &Value, words: &[&str], at: &str) {
    assert!(value.as_str().is_some_and(|w| words.contains(&w)), "{at}: {value}");
}

fn spread_holds(spread: &Value, at: &str) {
    if spread.is_null() {
        return;
    }
    holds(spread, &[("mean", NUMBER), ("quantiles", TABLE)], at);
    holds(&spread["quantiles"], &LEVELS.map(|l| (l, NUMBER)), at);
    let values = LEVELS.map(|l| spread["quantiles"][l].as_f64().unwrap());
    assert!(values.windows(2).all(|w| w[0] <= w[1]), "{at}: {spread}");
}

/// Holds a whole report to section 7 of the design.
fn report_holds(report: &Value, at: &str) {
    holds(report, &TOP, at);
    assert_eq!(report["schema"], 1);
    word(&report["calendar"], &["cn11", "m12"], at);
    assert!(landfall::calendar::YearMonth::parse(report["as_of"].as_str().unwrap()).is_ok());
    for unit in report["units"].as_array().unwrap() {
        let at = format!("{at}: {}", unit["region"]);
        holds(unit, &UNIT, &at);
        word(&unit["kind"], &["region", "unallocated", "rolled_up"], &at);
        word(&unit["ledger"], &["fai", "works", "attraction", "granted"], &at);
        word(&unit["base_kind"], &["published", "implied", "unknown"], &at);
        assert!(unit["through"].as_u64().is_some_and(|m| m <= 12), "{at}: {}", unit["through"]);
        assert!(unit["year"].is_i64() && !unit["unit"].as_str().unwrap().is_empty(), "{at}");
        for chance in [&unit["probability"], &unit["probability_shown"]] {
            assert!(chance.as_f64().is_none_or(|p| (0.0..=1.0).contains(&p)), "{at}: {chance}");
        }
        for light in std::iter::once(unit).chain(unit["milestones"].as_array().unwrap()).map(|u| &u["light"])
        {
            assert!(light.is_null() || matches!(light.as_str(), Some("green" | "yellow" | "red")), "{at}");
        }
        spread_holds(&unit["year_end"], &at);
        spread_holds(&unit["growth"], &at);
        let kinds = ["growth", "amount", "completion"];
        if !unit["target"].is_null() {
            holds(&unit["target"], &[("kind", TEXT), ("value", NUMBER), ("owed", NUMBER | NULL)], &at);
            word(&unit["target"]["kind"], &kinds, &at);
            // A ratio: nobody owes 300 % growth or completion.
            let value = unit["target"]["value"].as_f64().unwrap();
            assert!(unit["target"]["kind"] == "amount" || value.abs() < 3.0, "{at}: {value}");
        }
        if !unit["need"].is_null() {
            let keys = [
                ("amount", NUMBER),
                ("per_month", NUMBER),
                ("vs_last_year", NUMBER | NULL),
                ("vs_best", NUMBER | NULL),
            ];
            holds(&unit["need"], &keys, &at);
        }
        for milestone in unit["milestones"].as_array().unwrap() {
            let keys = [
                ("month", NUMBER),
                ("kind", TEXT),
                ("target", NUMBER),
                ("probability_shown", NUMBER | NULL),
                ("probability", NUMBER | NULL),
                ("need", NUMBER | NULL),
                ("light", TEXT | NULL),
            ];
            holds(milestone, &keys, &at);
            word(&milestone["kind"], &kinds, &at);
            assert!(milestone["month"].as_u64().is_some_and(|m| (1..12).contains(&m)), "{at}");
        }
        for voice in unit["weights"].as_array().unwrap() {
            holds(voice, &[("model", TEXT), ("weight", NUMBER), ("median", NUMBER)], &at);
        }
        for note in unit["notes"].as_array().unwrap() {
            holds(note, &[("code", TEXT), ("text", TEXT)], &at);
        }
        // Whoever gets no figure is told why.
        let silent = unit["year_end"].is_null() && unit["growth"].is_null();
        assert!(!silent || !unit["notes"].as_array().unwrap().is_empty(), "{at} is silent without a note");
    }
}

/// Which figures a report has, unit by unit, without the figures that a model makes.
fn digest(report: &Value) -> String {
    let mut out = format!("as of {}, {}\n", report["as_of"], report["calendar"]);
    for unit in report["units"].as_array().unwrap() {
        let known: Vec<&str> = UNIT.iter().map(|k| k.0).skip(9).filter(|k| *k != "base_kind").collect();
        let has = known.iter().filter(|k| match &unit[**k] {
            Value::Null => false,
            Value::Array(list) => !list.is_empty() && **k == "weights",
            _ => true,
        });
        let has: Vec<&str> = has.copied().collect();
        let _ = writeln!(
            out,
            "{} {} in {}, {}, through {:02}: {}",
            unit["ledger"].as_str().unwrap(),
            unit["region"],
            unit["parent"],
            unit["kind"].as_str().unwrap(),
            unit["through"].as_u64().unwrap(),
            has.join(" ")
        );
        for milestone in unit["milestones"].as_array().unwrap() {
            let told = |k: &str| if milestone[k].is_null() { "no" } else { "a" };
            let _ = writeln!(
                out,
                "  milestone {} {}: {} chance, {} need",
                milestone["month"],
                milestone["kind"].as_str().unwrap(),
                told("probability"),
                told("need")
            );
        }
        for note in unit["notes"].as_array().unwrap() {
            let _ = writeln!(out, "  note {}", note["code"].as_str().unwrap());
        }
    }
    out
}

/// `outlook` on one question in all forms: they agree on whether there is an answer, and each is what it says.
fn ask(name: &str, args: &[&str]) -> Option<Value> {
    let with = |more: &[&str]| landfall(&[&["outlook"], args, more].concat());
    let (answer, table) = (with(&["--format", "json"]), with(&[]));
    assert_eq!((table.code, &table.err), (answer.code, &answer.err), "{name}");
    assert_ne!(answer.code, Some(2), "{name}: {}", answer.err);
    let mut got = format!("$ landfall outlook {}\nexit {}\n", args.join(" "), answer.code.unwrap());
    let report = (!answer.out.is_empty()).then(|| json(&answer));
    assert!(answer.code == Some(1) || report.is_some(), "{name}: no answer and no failure");
    assert!(answer.code == Some(0) || answer.err.contains("error: "), "{name}: a failure without a reason");
    if let Some(report) = &report {
        report_holds(report, name);
        let _ = write!(got, "--- answer\n{}", digest(report));
        for lang in ["en", "zh"] {
            is_plain(&with(&["--lang", lang]).out, name);
        }
        csv_agrees(&with(&["--format", "csv"]).out, report, name);
    }
    if !answer.err.is_empty() {
        let _ = write!(got, "--- stderr\n{}", answer.err);
    }
    golden(name, &got);
    report
}

/// No control characters, no blanks at line ends, and no number that is none.
fn is_plain(table: &str, name: &str) {
    for line in table.lines() {
        assert!(!line.chars().any(char::is_control), "{name}: {line:?}");
        assert_eq!(line.trim_end(), line, "{name}: {line:?}");
        assert!(!line.contains("NaN") && !line.contains("inf "), "{name}: {line:?}");
    }
}

fn csv_agrees(text: &str, report: &Value, name: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let units = report["units"].as_array().unwrap();
    assert_eq!(rows.len(), units.len(), "{name}");
    for (row, unit) in rows.iter().zip(units) {
        let cell = |column: &str| &row[header.iter().position(|h| h == column).unwrap()];
        let close = |column: &str, want: &Value, scale: f64| match want.as_f64() {
            None => assert_eq!(cell(column), "", "{name} {column}"),
            Some(want) => {
                let got: f64 = cell(column).parse().unwrap();
                assert!(
                    (got - want * scale).abs() <= 1e-9 * got.abs().max(1.0),
                    "{name} {column}: {got} {want}"
                );
            }
        };
        close("ytd", &unit["ytd"], 1.0);
        close("growth_ytd", &unit["growth_ytd"], 100.0);
        close("growth_0.5", &unit["growth"]["quantiles"]["0.5"], 100.0);
        close("year_end_0.975", &unit["year_end"]["quantiles"]["0.975"], 1.0);
        close("probability", &unit["probability"], 1.0);
        close("gap_pp", &unit["gap_pp"], 1.0);
        close("need_vs_last_year", &unit["need"]["vs_last_year"], 100.0);
        let scale = if unit["target"]["kind"] == "amount" { 1.0 } else { 100.0 };
        close("target", &unit["target"]["value"], scale);
        for column in ["region", "label", "parent", "unit"] {
            assert!(!cell(column).starts_with(['=', '+', '-', '@']), "{name}: {}", cell(column));
        }
    }
}

fn unit<'a>(report: &'a Value, region: &str) -> &'a Value {
    report["units"].as_array().unwrap().iter().find(|u| u["region"] == region).unwrap()
}

fn has_note(unit: &Value, code: &str) -> bool {
    unit["notes"].as_array().unwrap().iter().any(|n| n["code"] == code)
}

// ---- every file of the corpus

#[test]
fn every_panel_of_the_corpus_is_answered_or_refused_with_a_reason() {
    for file in corpus(".csv") {
        ask(file.trim_end_matches(".csv"), &["--panel", &file]);
    }
}

#[test]
fn every_plan_of_the_corpus_is_checked() {
    for file in corpus(".toml") {
        let told = landfall(&["check", &file]);
        golden(
            &format!("check-{}", file.trim_end_matches(".toml")),
            &format!("exit {}\n{}", told.code.unwrap(), told.out),
        );
        assert!(told.err.is_empty(), "{file}: {}", told.err);
    }
}

#[test]
fn check_tells_the_same_in_text_and_json_and_its_tidy_form_reads_back_the_same() {
    let folder = std::env::temp_dir().join(format!("landfall-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for file in corpus(".csv") {
        let told = landfall(&["check", &file, "--format", "json"]);
        if told.out.is_empty() {
            // Not text at all.
            assert!(told.code == Some(1) && told.err.contains("not UTF-8"), "{file}: {}", told.err);
            continue;
        }
        let report = json(&told);
        holds(
            &report,
            &[("schema", NUMBER), ("diagnostics", LIST), ("rows", NUMBER), ("regions", NUMBER)],
            &file,
        );
        for finding in report["diagnostics"].as_array().unwrap() {
            let null = TEXT | NULL;
            let keys = [
                ("code", TEXT),
                ("severity", TEXT),
                ("file", null),
                ("sheet", null),
                ("cell", null),
                ("column", null),
                ("value", TEXT),
                ("text", TEXT),
                ("help", TEXT),
            ];
            holds(finding, &keys, &file);
            word(&finding["severity"], &["error", "warning", "note"], &file);
            assert_eq!(finding["file"], *file, "a finding without its file");
            assert!(!finding["help"].as_str().unwrap().is_empty(), "{finding}");
        }
        let errors =
            |r: &Value| r["diagnostics"].as_array().unwrap().iter().any(|d| d["severity"] == "error");
        assert_eq!(told.code, Some(i32::from(errors(&report))), "{file}");
        let tidy = folder.join(&file);
        let wrote = landfall(&["check", &file, "--tidy", tidy.to_str().unwrap()]);
        assert_eq!((wrote.code, tidy.exists()), (told.code, told.code == Some(0)), "{file}");
        if tidy.exists() {
            let (a, b) = (["outlook", "--panel", &file], ["outlook", "--panel", tidy.to_str().unwrap()]);
            let (a, b) = (
                landfall(&[&a[..], &["--format", "json"]].concat()),
                landfall(&[&b[..], &["--format", "json"]].concat()),
            );
            assert_eq!((a.code, a.out), (b.code, b.out), "{file}: the tidy form gives another answer");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

// ---- questions of an analyst

#[test]
fn growth_only_regions_owe_points_and_no_amount() {
    let report =
        ask("growth-only with targets", &["--panel", "growth-only.csv", "--plan", "ab.toml"]).unwrap();
    let a = unit(&report, "A");
    assert!(a["need"].is_null() && a["year_end"].is_null() && a["gap_pp"].is_number());
    let months: Vec<_> = a["milestones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| (m["month"].as_u64(), m["need"].is_null()))
        .collect();
    assert_eq!(months, [(Some(6), true), (Some(9), true)]);
    // June has passed: met or not.
    assert!([0.0, 1.0].contains(&a["milestones"][0]["probability"].as_f64().unwrap()));
    let mixed =
        ask("growth-mixed with targets", &["--panel", "growth-mixed.csv", "--plan", "city.toml"]).unwrap();
    assert!(unit(&mixed, "City")["need"].is_object() && unit(&mixed, "North")["need"].is_null());
    assert!(unit(&mixed, "North")["probability"].is_number());
}

#[test]
fn a_month_with_growth_alone_counts_as_known() {
    let report = ask("growth-ahead-of-level", &["--panel", "growth-ahead-of-level.csv"]).unwrap();
    let city = unit(&report, "City");
    assert_eq!((&city["through"], city["growth_ytd"].as_f64()), (&7.into(), Some(0.091)));
}

#[test]
fn short_histories_say_so() {
    for (file, code) in [("one-month.csv", 1), ("only-this-year.csv", 1), ("growth-only-this-year.csv", 1)] {
        let told = landfall(&["outlook", "--panel", file, "--format", "json"]);
        assert_eq!(told.code, Some(code));
        assert!(json(&told)["units"].as_array().unwrap().iter().all(|u| has_note(u, "no_outlook")));
    }
    for file in ["one-year.csv", "two-years.csv", "three-years.csv"] {
        let report = json(&landfall(&["outlook", "--panel", file, "--format", "json"]));
        assert!(report["units"].as_array().unwrap().iter().all(|u| has_note(u, "short_history")), "{file}");
    }
}

#[test]
fn a_revision_is_not_seen_before_it_was_published() {
    let ytd = |as_of: &str, region: &str| {
        let told =
            landfall(&["outlook", "--panel", "ytd-falls-revised.csv", "--as-of", as_of, "--format", "json"]);
        unit(&json(&told), region)["ytd"].as_f64().unwrap()
    };
    // May came out at 60.0 in June, and was revised to 33.2 in the middle of July.
    assert_eq!(ytd("2023-05", "A"), 60.0);
    let report = json(&landfall(&["check", "ytd-falls-revised.csv", "--format", "json"]));
    let codes: Vec<_> =
        report["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] != "note").collect();
    assert!(codes.is_empty(), "a revision with its date is no fault: {codes:?}");
    // September's revision of May is not in the outlook of July, and last December's is.
    let told = |as_of: &str| {
        json(&landfall(&["outlook", "--panel", "revision-later.csv", "--as-of", as_of, "--format", "json"]))
    };
    let base = |as_of: &str| unit(&told(as_of), "A")["year_base"].as_f64().unwrap();
    assert!(base("2023-03") < 150.0 && base("2023-04") > 200.0, "{} {}", base("2023-03"), base("2023-04"));
    assert!(unit(&told("2023-05"), "A")["ytd"].as_f64().unwrap() < 40.0);
}

#[test]
fn january_of_a_panel_of_flows_joins_february_under_cn11() {
    let flows = "region,year,month,value\n".to_owned()
        + &(2020..=2023)
            .flat_map(|y| {
                (1..=if y == 2023 { 7 } else { 12 }).map(move |m| format!("A,{y},{m},{}\n", m + y - 2019))
            })
            .collect::<String>();
    let path = std::env::temp_dir().join(format!("landfall-flows-{}.csv", std::process::id()));
    std::fs::write(&path, flows).unwrap();
    let ytd = |calendar: &str| {
        let told = landfall(&[
            "outlook",
            "--panel",
            path.to_str().unwrap(),
            "--calendar",
            calendar,
            "--format",
            "json",
        ]);
        unit(&json(&told), "A")["ytd"].as_f64().unwrap()
    };
    // 1 + … + 7 and seven times 4.
    assert_eq!((ytd("m12"), ytd("cn11")), (56.0, 56.0));
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn both_calendars_can_be_forced() {
    ask("january-cn11 forced", &["--panel", "january-cn11.csv", "--calendar", "cn11"]).unwrap();
    assert_eq!(landfall(&["outlook", "--panel", "january-cn11.csv", "--calendar", "m12"]).code, Some(0));
    ask("value-cn11 as m12", &["--panel", "value-cn11.csv", "--calendar", "m12"]);
}

#[test]
fn a_known_year_has_no_width_and_a_certain_chance() {
    let report =
        ask("month-12-known with targets", &["--panel", "month-12-known.csv", "--plan", "city-2022.toml"])
            .unwrap();
    for unit in report["units"].as_array().unwrap() {
        for spread in [&unit["year_end"], &unit["growth"]] {
            assert!(
                spread.is_null() || spread["quantiles"]["0.025"] == spread["quantiles"]["0.975"],
                "{unit}"
            );
        }
        assert!(unit["probability"].as_f64().is_none_or(|p| p == 0.0 || p == 1.0));
        assert_eq!(unit["through"], 12);
    }
    for lang in ["en", "zh"] {
        let args = ["outlook", "--panel", "month-12-known.csv", "--plan", "city-2022.toml", "--lang", lang];
        golden(&format!("table month-12-known {lang}"), &landfall(&args).out);
    }
}

#[test]
fn the_year_after_the_last_december_is_answered_from_the_past() {
    let args = ["--panel", "month-12-known.csv", "--plan", "city.toml", "--as-of", "2023-01"];
    let report = ask("month-12-known for the next year", &args).unwrap();
    let city = unit(&report, "City");
    assert_eq!((&city["through"], &city["year"]), (&0.into(), &2023.into()));
    assert!(city["ytd"].is_null() && city["probability"].is_number() && has_note(city, "no_data_this_year"));
    ask("after the data", &["--panel", "three-years.csv", "--as-of", "2024-01"]);
    ask("before the data", &["--panel", "three-years.csv", "--as-of", "2010-01"]);
    ask("other year", &["--panel", "three-years.csv", "--plan", "other-year.toml"]).unwrap();
}

#[test]
fn a_base_given_for_december_is_exact() {
    let report = ask("base-ahead with a target", &["--panel", "base-ahead.csv", "--plan", "a.toml"]).unwrap();
    let a = unit(&report, "A");
    assert_eq!(
        (a["year_base"].as_f64().map(f64::round), a["base_kind"].as_str()),
        (Some(120.0), Some("published"))
    );
    let owed = a["target"]["owed"].as_f64().unwrap();
    assert!((owed - 120.0 * 1.08).abs() < 1e-9, "{owed}");
}

#[test]
fn trees_count_nothing_twice() {
    let report = ask("park with targets", &["--panel", "park.csv", "--plan", "park.toml"]).unwrap();
    let median = |u: &str| unit(&report, u)["year_end"]["mean"].as_f64().unwrap();
    assert_eq!(unit(&report, "Park")["additive"], false);
    let sum = median("North") + median("South") + median("City/unallocated");
    assert!((sum - median("City")).abs() < 1e-6 * sum, "{sum} {}", median("City"));
    let over = ask("over-city with targets", &["--panel", "over-city.csv", "--plan", "city.toml"]).unwrap();
    assert!(unit(&over, "City/unallocated")["ytd"].as_f64().unwrap() < 0.0);
    let rolled =
        ask("no-city with targets", &["--panel", "no-city.csv", "--plan", "city.toml"]).unwrap_or_default();
    assert_eq!(unit(&rolled, "City")["kind"], "rolled_up");
    assert!(unit(&rolled, "City")["probability"].is_number());
    let ragged =
        ask("no-city-ragged with targets", &["--panel", "no-city-ragged.csv", "--plan", "city.toml"])
            .unwrap();
    assert!(unit(&ragged, "City")["ytd"].is_null());
}

#[test]
fn plans_that_do_not_fit_are_told_where() {
    for (panel, plan) in [
        ("three-years.csv", "unknown-region.toml"),
        ("three-years.csv", "aliases.toml"),
        ("three-years.csv", "alias-merge.toml"),
        ("three-years.csv", "amounts.toml"),
        ("three-years.csv", "no-of.toml"),
        ("three-years.csv", "other-ledger.toml"),
        ("three-years.csv", "no-figures.toml"),
        ("three-years.csv", "sanya.toml"),
        ("three-years.csv", "yinchuan.toml"),
        ("unallocated.csv", "tianjin.toml"),
        ("park.csv", "two-parents.toml"),
        ("three-years.csv", "cycle.toml"),
        ("three-years.csv", "syntax.toml"),
        ("three-years.csv", "misspelt.toml"),
        ("three-years.csv", "empty.toml"),
    ] {
        ask(&format!("plan {}", plan.trim_end_matches(".toml")), &["--panel", panel, "--plan", plan]);
    }
}

#[test]
fn hundreds_of_the_same_finding_are_told_five_times_in_text_and_all_in_json() {
    let text = landfall(&["check", "hundreds-of-faults.csv"]);
    assert_eq!(text.out.matches("error[not_a_number]").count(), 6, "{}", text.out);
    assert!(text.out.contains("295 more of this kind"));
    let all = json(&landfall(&["check", "hundreds-of-faults.csv", "--format", "json"]));
    assert_eq!(all["diagnostics"].as_array().unwrap().len(), 300);
}

#[test]
fn findings_go_to_stderr_and_the_answer_to_stdout() {
    let told = landfall(&["outlook", "--panel", "ytd-falls.csv"]);
    assert!(told.err.starts_with("warning[falling_ytd]") && !told.out.contains("warning["));
    let zh = landfall(&["outlook", "--panel", "ytd-falls.csv", "--lang", "zh"]);
    assert!(zh.err.starts_with("警告[falling_ytd]") && zh.out.contains("全年"));
}

#[test]
fn what_is_no_file_of_text_is_said_to_be_none() {
    let folder = std::env::temp_dir();
    for (path, needle) in [
        (folder.to_str().unwrap(), "irectory"),
        ("no-such-file.csv", "no-such-file.csv"),
        ("workbook.csv", "damaged"),
    ] {
        let told = landfall(&["outlook", "--panel", path]);
        assert_eq!((told.code, told.out.as_str()), (Some(1), ""), "{path}");
        assert!(told.err.contains(needle) && told.err.contains("help: "), "{}", told.err);
    }
    let told = landfall(&["check", "three-years.csv", "--tidy", "no-such-folder/out.csv"]);
    assert!(told.code == Some(1) && told.err.contains("no-such-folder"), "{}", told.err);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::temp_dir().join(format!("landfall-secret-{}.csv", std::process::id()));
    std::fs::write(&path, "region,year,month,ytd\nA,2023,2,1\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may read everything, so that there is nothing to see.
    if std::fs::read(&path).is_err() {
        let told = landfall(&["outlook", "--panel", path.to_str().unwrap()]);
        assert!(told.code == Some(1) && told.err.contains("permission"), "{}", told.err);
    }
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn nothing_that_was_read_is_written_over() {
    let folder = folder("read-and-written");
    let copy = |from: PathBuf, name: &str| {
        let place = folder.join(name);
        std::fs::copy(from, &place).unwrap();
        place.to_str().unwrap().to_owned()
    };
    let wide = copy(root().join("ugly/months-as-columns-1-2.xlsx"), "wide.xlsx");
    let panel = copy(root().join("../seeds/wuzhong-2023/panel.csv"), "panel.csv");
    let plan = copy(root().join("../seeds/wuzhong-2023/plan.toml"), "plan.toml");
    for (args, kept) in [
        (&["check", &wide, "--tidy", &wide][..], &wide),
        (&["check", &panel, "--rest", &panel], &panel),
        (&["check", &wide, &plan, "--save-mapping", &plan], &plan),
        (
            &["chart", "fan", "--panel", &panel, "--plan", &plan, "--out", &panel.replace(".csv", ".svg")],
            &panel,
        ),
        (&["brief", "--panel", &panel, "--plan", &plan, "--out", &panel.replace(".csv", ".md")], &panel),
    ] {
        let before = std::fs::read(kept).unwrap();
        let told = landfall(args);
        let replaces = args.last().is_some_and(|out| out == kept);
        assert_eq!(told.code, Some(i32::from(replaces)), "{args:?}: {}", told.err);
        assert_eq!(
            told.err.contains("is one of the files that were read"),
            replaces,
            "{args:?}: {}",
            told.err
        );
        assert!(std::fs::read(kept).unwrap() == before, "{args:?}");
    }
    // Another name of the same file is the same file.
    let told = landfall(&["check", &wide, "--tidy", folder.join("./../").join(&wide).to_str().unwrap()]);
    assert_eq!(told.code, Some(1), "{}", told.err);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_would_be_passed_over_is_refused() {
    let folder = folder("passed-over");
    let file = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let (plan, other) = (file("plan.toml", "year = 2023\n"), file("other.toml", "badkey = 1\n"));
    let told = landfall(&["check", "park.csv", &plan, &other]);
    assert!(
        told.code == Some(1) && told.err.contains("plan.toml") && told.err.contains("other.toml"),
        "{}",
        told.err
    );
    let costs = file("costs.csv", "id,cost\nnope,1\n");
    let told = landfall(&["scenario", "--least", "0.5", "--region", "红寺堡区", "--costs", &costs]);
    assert!(told.code == Some(1) && told.err.contains("costs.csv: nope is no project"), "{}", told.err);
    let mapping = file("mapping.toml", "[[column]]\nheader = \"不存在\"\nrole = \"region\"\n");
    let ugly = root().join("ugly/through-this-month.csv");
    let told = landfall(&["check", ugly.to_str().unwrap(), "--mapping", &mapping]);
    assert!(told.code == Some(0) && told.out.contains("warning[unknown_column]"), "{}", told.out);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_region_of_zeros_takes_nothing_from_its_parent() {
    let folder = folder("zeros");
    let panel = |with_zeros: bool| {
        let mut csv = String::from("region,parent,year,month,value\n");
        for (year, last) in (2018..=2022).map(|y| (y, 12)).chain([(2023, 7)]) {
            for month in 1..=last {
                for (region, size) in [("A", 10), ("B", 20), ("E", 0)] {
                    if with_zeros || size > 0 {
                        let flow = size * (year - 2008) + size * (month * 7 % 5);
                        csv += &format!("{region},All,{year},{month},{flow}\n");
                    }
                }
            }
        }
        let path = folder.join(format!("{with_zeros}.csv"));
        std::fs::write(&path, csv).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let plan = folder.join("plan.toml");
    let target = "[[target]]\nregion = \"All\"\nkind = \"growth\"\nvalue = 6.0\n";
    std::fs::write(&plan, format!("year = 2023\n{target}")).unwrap();
    let whole = |panel: &str| {
        let told =
            landfall(&["outlook", "--panel", panel, "--plan", plan.to_str().unwrap(), "--format", "json"]);
        let told = json(&told);
        let unit = told["units"].as_array().unwrap().iter().find(|u| u["region"] == "All").unwrap().clone();
        (unit["year_end"].clone(), unit["probability"].clone(), unit["light"].clone())
    };
    let with = whole(&panel(true));
    assert!(with.0.is_object() && with.1.is_number(), "{with:?}");
    assert_eq!(with, whole(&panel(false)));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn wrong_usage_is_exit_2() {
    for args in [
        &["outlook", "--panel", "park.csv", "--as-of", "2023"][..],
        &["outlook", "--panel", "park.csv", "--as-of", "2023-13"],
        &["outlook", "--panel", "park.csv", "--calendar", "lunar"],
        &["outlook", "--panel", "park.csv", "--format", "xml"],
        &["outlook", "--panel", "park.csv", "--seed", "-1"],
        &["outlook", "--panel", "park.csv", "--unit", ""],
        &["outlook", "--plan", "ab.toml"],
        &["outlook", "--sample", "nowhere"],
        &["outlook", "--sample", "national", "--panel", "park.csv"],
        &["backtest", "--panel", "park.csv", "--cuts", "13"],
        &["backtest", "--panel", "park.csv", "--years", "0"],
        &["check"],
        &["forecst"],
        &[],
    ] {
        let told = landfall(args);
        assert_eq!((told.code, told.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!told.err.is_empty(), "{args:?}");
    }
}

#[test]
fn a_region_that_is_not_there_is_answered_with_those_that_are() {
    let told = landfall(&["outlook", "--panel", "park.csv", "--explain", "Nowhere"]);
    assert_eq!((told.code, told.out.as_str()), (Some(1), ""));
    assert!(told.err.contains("North") && told.err.contains("Park"), "{}", told.err);
    let told = landfall(&["outlook", "--panel", "growth-only.csv", "--explain", "A"]);
    assert!(told.code == Some(0) && told.out.contains("drift"), "{}", told.out);
    // What is explained where nothing could be said.
    assert_eq!(landfall(&["outlook", "--panel", "one-month.csv", "--explain", "A"]).code, Some(1));
}

#[test]
fn a_backtest_of_too_little_says_so() {
    for file in ["one-month.csv", "growth-only.csv", "all-zero.csv", "sixty-regions.csv", "sectors-only.csv"]
    {
        let told = landfall(&["backtest", "--panel", file, "--format", "json"]);
        assert!(told.code == Some(0) || told.err.contains("error: "), "{file}: {:?} {}", told.code, told.err);
        if told.code == Some(0) {
            let told = json(&told);
            assert!(told["schema"] == 1 && told["scores"].is_array(), "{file}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault_to_speak_of() {
    for format in ["table", "json", "csv"] {
        let mut child = command(&["outlook", "--panel", "sixty-regions.csv", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        child.wait().unwrap();
        assert_eq!(err, "", "{format}");
    }
}

#[test]
fn names_cannot_run_in_a_spreadsheet_or_move_the_cursor() {
    let told = landfall(&["outlook", "--panel", "formula-names.csv", "--format", "csv"]);
    for name in ["'=1+1", "'@sum", "'-1", "\"<b>\"\"x\"\"</b>\""] {
        assert!(told.out.lines().any(|l| l.starts_with(name)), "{name}: {}", told.out);
    }
    assert!(!landfall(&["outlook", "--panel", "formula-names.csv"]).out.contains('\u{1b}'));
    let report = json(&landfall(&["outlook", "--panel", "formula-names.csv", "--format", "json"]));
    assert_eq!(unit(&report, "a\tb\u{1b}[31m")["through"], 7, "JSON keeps names as they are");
    assert_eq!(unit(&report, "padded")["through"], 7);
}

#[test]
fn a_unit_can_be_stated() {
    let told = landfall(&["outlook", "--panel", "unknown-unit.csv", "--unit", "万元", "--format", "json"]);
    assert!(told.err.is_empty(), "{}", told.err);
    assert_eq!(unit(&json(&told), "利通区")["unit"], "万元");
    let by_ledger = json(&landfall(&["outlook", "--panel", "units-by-ledger.csv", "--format", "json"]));
    let units: Vec<&str> =
        by_ledger["units"].as_array().unwrap().iter().map(|u| u["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["亿元", "亿元", "万元", "万元"]);
}

/// A folder of a test's own, empty; taken away by the next run.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

const PUSH: &str = "../../seeds/wuzhong-2023/scenarios/push.toml";

/// Three years of a county whose name has a character beyond GB 2312.
const RARE: &str = "region,year,month,ytd\n\
㵲阳县,2020,2,10\n㵲阳县,2020,6,40\n㵲阳县,2020,12,100\n㵲阳县,2021,2,11\n㵲阳县,2021,6,44\n㵲阳县,2021,12,108\n\
㵲阳县,2022,2,12\n㵲阳县,2022,6,46\n㵲阳县,2022,12,115\n㵲阳县,2023,2,13\n㵲阳县,2023,6,50\n";

#[test]
fn every_kind_of_chart_is_written_and_its_finding_said() {
    let folder = folder("charts");
    for (kind, rest, must) in [
        ("fan", &["--sample", "wuzhong-2023", "--region", "利通区", "--lang", "zh"][..], "利通区"),
        ("reliability", &["--sample", "wuzhong-2023", "--cuts", "6", "--years", "2"], "As promised"),
        ("error", &["--sample", "national", "--cuts", "6,9", "--years", "2", "--theme", "dark"], "Blend"),
        ("cover", &["--sample", "national", "--cuts", "9", "--years", "3"], "95% interval"),
        ("growth-fan", &["--sample", "wuzhong-2023", "--scenario", PUSH], "Growth of the cumulative amount"),
        ("ranking", &["--sample", "wuzhong-2023", "--lang", "zh", "--scenario", PUSH], "达标概率"),
        ("bullet", &["--sample", "wuzhong-2023"], "Target 100%"),
        ("waterfall", &["--sample", "wuzhong-2023", "--scenario", PUSH, "--lang", "zh"], "照常"),
        ("tornado", &["--sample", "wuzhong-2023", "--region", "利通区"], "Baseline"),
        ("multiples", &["--sample", "wuzhong-2023", "--theme", "print"], "Yanchi County"),
        ("need", &["--sample", "wuzhong-2023", "--region", "同心县"], "hatched: needed"),
        ("scurve", &["--sample", "wuzhong-2023"], "Sep 85%"),
        ("funnel", &["--sample", "wuzhong-2023", "--amounts-in", "万元"], "Target 4,210,000"),
        ("tiles", &["--sample", "wuzhong-2023", "--lang", "zh"], "示意图"),
    ] {
        let out = folder.join(format!("{kind}.svg"));
        let out = out.to_str().unwrap();
        let args = [&["chart", kind, "--out", out][..], rest].concat();
        let told = landfall(&args);
        assert_eq!(told.code, Some(0), "{kind}: {}", told.err);
        let svg = std::fs::read_to_string(out).unwrap();
        assert!(svg.ends_with("</svg>\n") && svg.contains(must), "{kind}: {svg}");
        let finding = svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert_eq!(told.out, format!("{out}: {}\n", finding.replace("&#39;", "'")), "{kind}");
        // Over what is there already, the same bytes again.
        assert_eq!(landfall(&args).code, Some(0), "{kind}");
        assert_eq!(std::fs::read_to_string(out).unwrap(), svg, "{kind}");
    }
    assert_eq!(files(&folder).len(), 14);
}

#[test]
fn a_chart_is_written_as_a_picture_and_as_data_too() {
    let folder = folder("pictures");
    let draw = |name: &str, rest: &[&str]| {
        let out = folder.join(name);
        let args =
            ["chart", "ranking", "--sample", "wuzhong-2023", "--lang", "zh", "--out", out.to_str().unwrap()];
        let told = landfall(&[&args, rest].concat());
        assert_eq!(told.code, Some(0), "{name}: {}", told.err);
        std::fs::read(out).unwrap()
    };
    let png = draw("x.png", &[]);
    let edge = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!(png.starts_with(b"\x89PNG") && (edge(16), edge(20)) == (2560, 1440));
    let chart: landfall::chart::Chart = serde_json::from_slice(&draw("x.json", &[])).unwrap();
    assert_eq!(chart.svg().unwrap().as_bytes(), draw("x.svg", &[]));
    // A character that no font has, and a file that is no font.
    std::fs::write(folder.join("rare.csv"), RARE).unwrap();
    let (panel, out) = (folder.join("rare.csv"), folder.join("y.png"));
    let args = ["chart", "fan", "--panel", panel.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let told = landfall(&args);
    assert_eq!(told.code, Some(1), "{}", told.err);
    assert!(told.err.contains("'㵲' (U+3D72)") && told.err.contains("--font"), "{}", told.err);
    let told = landfall(&[&args[..], &["--font", panel.to_str().unwrap()]].concat());
    assert!(told.code == Some(1) && told.err.contains("no font that can be read"), "{}", told.err);
    assert!(!out.exists());
}

#[test]
fn a_chart_asked_for_wrongly_is_exit_2_and_says_what_is_allowed() {
    for (args, must) in [
        (&["chart", "pie", "--out", "x.svg"][..], &["fan", "reliability", "ranking", "tiles"][..]),
        (&["chart", "--out", "x.svg"], &["KIND"]),
        (&["chart", "fan"], &["--out"]),
        (&["chart", "fan", "--out", "x.pdf"], &["ends in .svg, .png, or .json"]),
        (&["chart", "fan", "--out", "x"], &["ends in .svg"]),
        (&["chart", "fan", "--out", "x.png", "--scale", "9"], &["from 1 to 4"]),
        (&["chart", "waterfall", "--out", "x.svg"], &["--scenario FILE.toml"]),
        (
            &["chart", "tiles", "--out", "x.svg", "--region", "A"],
            &["--region", "takes --as-of and --amounts-in"],
        ),
        (&["chart", "fan", "--out", "x.svg", "--theme", "blue"], &["light, dark and print"]),
        (&["chart", "fan", "--out", "x.svg", "--width", "10"], &["320..=4000"]),
        (
            &["chart", "fan", "--out", "x.svg", "--cuts", "6"],
            &["--cuts", "--region, --as-of, --scenario and --amounts-in"],
        ),
        (&["chart", "error", "--out", "x.svg", "--cuts", "12"], &["1..=11"]),
        (&["chart", "cover", "--out", "x.svg", "--region", "A"], &["--region", "--cuts and --years"]),
        (
            &["chart", "cover", "--out", "x.svg", "--amounts-in", "万元"],
            &["--amounts-in", "--cuts and --years"],
        ),
    ] {
        let told = landfall(args);
        assert_eq!((told.code, told.out.as_str()), (Some(2), ""), "{args:?}: {}", told.err);
        for word in must {
            assert!(told.err.contains(word), "{args:?} does not say {word:?}: {}", told.err);
        }
        assert!(!root().join("corpus/x.svg").exists(), "{args:?}");
    }
}

#[test]
fn a_chart_that_cannot_be_given_leaves_no_file() {
    let folder = folder("no-charts");
    std::fs::create_dir(folder.join("taken.svg")).unwrap();
    std::fs::write(folder.join("file"), "").unwrap();
    for (args, place, must) in [
        // Nowhere to write, found out before any work.
        (&["fan"][..], "nowhere/x.svg", "could not be written"),
        (&["error"], "file/x.svg", "could not be written"),
        (&["cover"], "taken.svg", "could not be written"),
        (&["fan", "--region", "Nowhere"], "x.svg", "利通区"),
        (&["fan", "--as-of", "2031-05"], "x.svg", "lies after"),
        (&["fan", "--sample", "national", "--ledger", "granted"], "x.svg", "no rows"),
        (&["need", "--amounts-in", "USD"], "x.svg", "cannot be told in USD"),
        (&["fan", "--panel", "one-month.csv"], "x.svg", "at least one full past year"),
        (&["error", "--panel", "one-month.csv"], "x.svg", "at least three complete years"),
        (&["cover", "--panel", "one-month.csv"], "x.svg", "at least three complete years"),
        (&["reliability", "--panel", "one-month.csv"], "x.svg", "at least three complete years"),
        (&["fan", "--panel", "nothing-there.csv"], "x.svg", "nothing-there.csv"),
        (&["need", "--sample", "national"], "x.svg", "owes no amount"),
        (&["funnel", "--sample", "national"], "x.svg", "attraction"),
        (&["scurve", "--sample", "national"], "x.svg", "works"),
    ] {
        let out = folder.join(place);
        let told = landfall(&[&["chart"], args, &["--out", out.to_str().unwrap()]].concat());
        assert_eq!((told.code, told.out.as_str()), (Some(1), ""), "{args:?}: {}", told.err);
        assert!(told.err.contains(must), "{args:?}: {}", told.err);
        assert_eq!(files(&folder), ["file", "taken.svg"], "{args:?}");
    }
    let told = landfall(&["chart", "fan", "--out", "/nowhere/x.svg", "--lang", "zh"]);
    assert!(told.err.contains("无法写入"), "{}", told.err);
}

#[test]
fn a_house_has_its_own_font_colours_and_logo() {
    let folder = folder("house");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let house = file("house.toml");
    let logo = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#a51c30"/></svg>"##;
    std::fs::write(file("logo.svg"), logo).unwrap();
    let good = "font = \"Source Han Serif SC\"\nlogo = \"logo.svg\"\n[color]\nforecast = \"#7a1f5c\"\n";
    std::fs::write(&house, good).unwrap();
    let kept = |command: &[&str], out: &str| {
        let told = landfall(&[command, &["--house", &house, "--out", &file(out)]].concat());
        assert_eq!(told.code, Some(0), "{}", told.err);
        std::fs::read(file(out)).unwrap()
    };
    let svg = String::from_utf8(kept(&["chart", "fan"], "fan.svg")).unwrap();
    for part in ["font-family=\"'Source Han Serif SC', Inter", "#7a1f5c", "href=\"data:image/svg+xml;base64,"]
    {
        assert!(svg.contains(part), "{part}");
    }
    assert!(!svg.contains("#12436d"), "the theme's own forecast is still there");
    // The spec draws the same by itself.
    let spec: landfall::chart::Chart = serde_json::from_slice(&kept(&["chart", "fan"], "fan.json")).unwrap();
    assert_eq!(spec.svg().unwrap(), svg);
    assert!(kept(&["chart", "ranking"], "ranking.png").starts_with(b"\x89PNG"));
    let page = String::from_utf8(kept(&["brief"], "x.html")).unwrap();
    assert!(page.contains("<img class=\"logo\"") && page.contains("--lead: #7a1f5c"));
    assert!(kept(&["brief", "--pictures"], "x.pptx").starts_with(b"PK"));
    let had = files(&folder);
    for (text, must) in [
        ("[color]\n\nforcast = \"#7a1f5c\"", &["house.toml: line 3", "`forcast`", "`forecast`"][..]),
        ("[color]\nforecast = \"purple\"", &["line 2", "#rrggbb"]),
        ("[color]\nforecast = \"#e0c0d8\"", &["contrast", "4.5"]),
        ("[color]\nsurface = \"#101010\"", &["#101010", "pale by day"]),
        ("font = \"A; B\"", &["A; B"]),
        ("logo = \"nothing.svg\"", &["logo", "nothing.svg"]),
        ("logo = \"house.toml\"", &["PNG or SVG"]),
        ("font_file = \"logo.svg\"\n", &["no font"]),
    ] {
        std::fs::write(&house, text).unwrap();
        let told = landfall(&["chart", "fan", "--house", &house, "--out", &file("y.png")]);
        assert_eq!(told.code, Some(1), "{text}");
        for word in must {
            assert!(told.err.contains(word), "{text} does not say {word:?}: {}", told.err);
        }
    }
    for (args, must) in [
        (&["brief", "--house", &house, "--out", "y.xlsx"][..], "x.pptx, x.docx and x.html"),
        (&["brief", "--pictures", "--out", "y.html"], "--out x.pptx"),
    ] {
        let told = landfall(args);
        assert!(told.code == Some(2) && told.err.contains(must), "{}", told.err);
    }
    assert_eq!(files(&folder), had);
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_to_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("locked");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator may write everywhere, so that there is nothing to see.
    if std::fs::write(folder.join("probe"), "").is_err() {
        let told = landfall(&["chart", "fan", "--out", folder.join("x.svg").to_str().unwrap()]);
        assert!(told.code == Some(1) && told.err.contains("could not be written"), "{}", told.err);
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn scenarios_are_told_in_both_languages_and_forms() {
    let push = "../../seeds/wuzhong-2023/scenarios/push.toml";
    let headwind = "../../seeds/wuzhong-2023/scenarios/headwind.toml";
    let ask = |args: &[&str]| {
        let told = landfall(&[&["scenario", "--sample", "wuzhong-2023"], args].concat());
        assert_eq!(told.code, Some(0), "{args:?}: {}", told.err);
        told
    };
    let report = json(&ask(&["--scenario", push, "--format", "json"]));
    assert_eq!(
        (&report["schema"], &report["draws"], &report["seed"]),
        (&1.into(), &16_384.into(), &1.into())
    );
    let city = report["units"].as_array().unwrap().iter().find(|u| u["region"] == "吴忠市").unwrap();
    let number = |value: &Value| value.as_f64().unwrap();
    let (effect, by_lever) = (&city["effect"], city["by_lever"].as_array().unwrap());
    for (share, whole) in [("shapley_pp", "median_pp"), ("shapley_probability", "probability")] {
        let sum: f64 = by_lever.iter().map(|l| number(&l[share])).sum();
        assert!((sum - number(&effect[whole])).abs() < 1e-9, "{share} {sum}");
    }
    assert!(
        number(&effect["se"]) > 0.0
            && number(&city["scenario"]["probability"]) > number(&city["base"]["probability"])
    );
    let both = json(&ask(&["--scenario", push, "--compare", headwind, "--format", "json"]));
    assert_eq!(both["units"], report["units"]);
    assert!(both["compare"]["scenario"].as_str().unwrap().contains("不利"));
    let levers = json(&ask(&["--levers", "--format", "json"]));
    assert_eq!(levers["schema"], 1);
    for lever in levers["levers"].as_array().unwrap() {
        let at = |key: &str| number(&lever[key]);
        assert!(
            at("min") <= at("hist_min") && at("hist_min") < at("hist_max") && at("hist_max") <= at("max"),
            "{lever}"
        );
        assert!(at("min") <= at("default") && at("default") <= at("max") && at("step") > 0.0, "{lever}");
    }
    let chinese = ask(&["--levers", "--lang", "zh"]).out;
    assert!(!chinese.contains("region") && chinese.contains("地区、行业"), "{chinese}");
    // Side by side: one table a ledger, with both in it.
    let table = ask(&["--scenario", push, "--compare", headwind, "--lang", "en"]).out;
    assert_eq!(table.matches("Fixed-asset investment\n").count(), 1, "{table}");
    let by_label = |name: &str| ask(&["--seek", "pace=0.8", "--region", name, "--format", "json"]).out;
    assert_eq!(by_label("Wuzhong"), by_label("吴忠市"));
    // The unallocated part has the outlook's name.
    let outlook = json(&landfall(&["outlook", "--sample", "wuzhong-2023", "--format", "json"]));
    for unit in report["units"].as_array().unwrap() {
        let listed = outlook["units"]
            .as_array()
            .unwrap()
            .iter()
            .find(|u| u["region"] == unit["region"] && u["ledger"] == unit["ledger"]);
        assert_eq!(listed.unwrap()["label"], unit["label"]);
    }
    let seek = json(&ask(&["--seek", "pace=0.8", "--region", "吴忠", "--format", "json"]));
    assert!(number(&seek["probability"]) >= 0.8 && number(&seek["value"]) > 1.0);
    let least = json(&ask(&["--least", "0.5", "--format", "json"]));
    assert_eq!(least["proven"], true);
    for lang in ["en", "zh"] {
        for (name, args) in [
            ("scenario push", &["--scenario", push][..]),
            ("scenario compare", &["--scenario", push, "--compare", headwind]),
            ("scenario levers", &["--levers"]),
            ("scenario seek", &["--seek", "approvals=0.9", "--region", "吴忠市"]),
            ("scenario least", &["--least", "0.6", "--region", "吴忠市"]),
            ("scenario tornado", &["--tornado", "--region", "利通区"]),
        ] {
            golden(&format!("{name} {lang}"), &ask(&[args, &["--lang", lang]].concat()).out);
        }
    }
}

#[test]
fn a_scenario_that_cannot_be_is_refused_with_its_place() {
    for (name, text, code, says) in [
        ("other-year", "year = 2024\n", 1, "the scenario is for 2024, the data for 2023"),
        (
            "range",
            "year = 2023\n[[lever]]\nid = \"pace\"\nvalue = 9\n",
            1,
            "pace = 9 is not possible; allowed is 0 to 3",
        ),
        (
            "region",
            "year = 2023\n[[lever]]\nid = \"pace\"\nvalue = 1.1\nregion = \"银川市\"\n",
            1,
            "there is no region \"银川市\"",
        ),
        ("lever", "year = 2023\n[[lever]]\nid = \"paces\"\nvalue = 1\n", 1, "did you mean pace?"),
        ("syntax", "year = = 1\n", 1, "not TOML"),
    ] {
        let path = std::env::temp_dir().join(format!("landfall-scenario-{name}-{}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let told = landfall(&[
            "scenario",
            "--sample",
            "wuzhong-2023",
            "--scenario",
            path.to_str().unwrap(),
            "--lang",
            "en",
        ]);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(told.code, Some(code), "{name}");
        assert!(told.err.contains(says) && told.out.is_empty(), "{name}: {}", told.err);
    }
    let wrong =
        landfall(&["scenario", "--sample", "wuzhong-2023", "--seek", "speed=0.8", "--region", "吴忠市"]);
    assert_eq!(wrong.code, Some(2));
    let works = landfall(&[
        "scenario",
        "--sample",
        "wuzhong-2023",
        "--least",
        "0.5",
        "--ledger",
        "works",
        "--lang",
        "en",
    ]);
    assert!(works.code == Some(1) && works.err.contains("not in works"), "{}", works.err);
    let unknown = landfall(&[
        "scenario",
        "--sample",
        "wuzhong-2023",
        "--least",
        "0.5",
        "--region",
        "Wuzong",
        "--lang",
        "en",
    ]);
    assert!(unknown.code == Some(1) && unknown.err.contains("did you mean \"Wuzhong\""), "{}", unknown.err);
    let national = landfall(&[
        "scenario", "--sample", "national", "--as-of", "2024-09", "--least", "0.5", "--lang", "en",
    ]);
    assert!(
        national.code == Some(1) && national.err.contains("needs a list of projects"),
        "{}",
        national.err
    );
}
