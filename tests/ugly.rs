//! The corpus of ugly tables: each is read as the answer beside it says.

#![cfg(feature = "ingest")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use landfall::calendar::YearMonth;
use landfall::ingest::{Ingested, Options, Tidy, read};
use landfall::target::Plan;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files that are read otherwise than their answer says, and why: each is a reading on which people differ, or a limit that
/// `tests/ugly/README.md` states. Nothing else may differ, and what stands here must differ.
const OTHERWISE: [(&str, &str); 3] = [
    (
        "formulas-never-computed.xlsx",
        "a formula without a value is an empty cell to the reader of workbooks: not told apart",
    ),
    (
        "ods-hidden-sheet-and-percent.ods",
        "an ODS cell's percent format is not told by the reader: 0.145 stays, with a warning",
    ),
    (
        "project-central-budget.xlsx",
        "the look of a building site (形象进度) is used for the stage, not passed over",
    ),
];

/// What a careful reader says of a file.
struct Answer {
    reads: String,
    plan: bool,
    codes: Vec<String>,
    not: Vec<String>,
    table: String,
}

impl Answer {
    fn of(file: &Path) -> Self {
        let text =
            fs::read_to_string(format!("{}.expect", file.display())).expect("an answer beside the file");
        let (head, table) = text.split_once("---\n").unwrap_or((&text, ""));
        let line = |name: &str| {
            head.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default().trim().to_owned()
        };
        let list = |name: &str| -> Vec<String> {
            line(name).split(',').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
        };
        Self {
            reads: line("reads:"),
            plan: line("plan:") == "yes",
            codes: list("codes:"),
            not: list("not:"),
            table: table.to_owned(),
        }
    }
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ugly");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| Path::new(&format!("{}.expect", path.display())).exists())
        .collect();
    files.sort();
    files
}

fn read_one(file: &Path, answer: &Answer, plan: &Plan) -> Ingested {
    let bytes = fs::read(file).expect("the file");
    let name = file.file_name().expect("a name").to_string_lossy();
    let today = Some(YearMonth { year: 2023, month: 9 });
    read(&name, &bytes, &Options { plan: answer.plan.then_some(plan), today, ..Options::default() })
}

/// What differs between what was read and the answer.
fn differs(read: &Ingested, answer: &Answer) -> Option<String> {
    let kind = match &read.tidy {
        _ if answer.reads == "refused" && read.has_errors() => "refused",
        Tidy::Panel(_) => "panel",
        Tidy::Pipeline(_) => "pipeline",
        Tidy::Nothing => "refused",
    };
    let codes: Vec<&str> = read.found.iter().map(|d| d.code).collect();
    if kind != answer.reads {
        return Some(format!("is {kind}, not {} {codes:?}", answer.reads));
    }
    let mut out = Vec::new();
    for wanted in &answer.codes {
        let (code, cell) =
            wanted.split_once('@').map_or((wanted.as_str(), None), |(code, cell)| (code, Some(cell)));
        let met = read.found.iter().any(|d| {
            let at = d.place.cell().unwrap_or_default();
            let full = d.place.sheet.as_ref().map(|s| format!("{s}!{at}"));
            d.code == code && cell.is_none_or(|cell| cell == at || full.as_deref() == Some(cell))
        });
        if !met {
            let there: Vec<String> =
                read.found.iter().filter(|d| d.code == code).filter_map(|d| d.place.cell()).collect();
            out.push(format!("lacks {wanted} (has it at {there:?})"));
        }
    }
    out.extend(answer.not.iter().filter(|n| codes.contains(&n.as_str())).map(|n| format!("says {n}")));
    if answer.reads != "refused" {
        out.extend(rows_differ(&read.text(), &answer.table));
    }
    (!out.is_empty()).then(|| format!("{} {codes:?}", out.join("; ")))
}

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let unused =
        |name: &str, value: &str| value.is_empty() || name == "parent" || (name, value) == ("ledger", "fai");
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            let fields = header.iter().zip(record.iter()).filter(|(name, value)| !unused(name, value));
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        })
        .collect()
}

fn rows_differ(got: &str, wanted: &str) -> Option<String> {
    let (mut got, mut wanted) = (rows(got), rows(wanted));
    let keys = ["ledger", "region", "year", "month", "sector", "composition", "published", "id"];
    let order = |row: &Row| keys.map(|k| row.get(k).map(|v| format!("{v:0>4}")));
    got.sort_by_key(order);
    wanted.sort_by_key(order);
    let same = |a: &Row, b: &Row| {
        a.len() == b.len()
            && a.iter().all(|(name, x)| {
                b.get(name).is_some_and(|y| x == y || matches!((x.parse::<f64>(), y.parse::<f64>()), (Ok(x), Ok(y)) if (x - y).abs() <= 1e-6 * x.abs().max(1e-3)))
            })
    };
    if got.len() == wanted.len() && got.iter().zip(&wanted).all(|(a, b)| same(a, b)) {
        return None;
    }
    let extra: Vec<String> = got
        .iter()
        .filter(|r| !wanted.iter().any(|w| same(r, w)))
        .take(2)
        .map(|r| format!("{:?}", r.values().collect::<Vec<_>>()))
        .collect();
    let lost: Vec<String> = wanted
        .iter()
        .filter(|r| !got.iter().any(|w| same(r, w)))
        .take(2)
        .map(|r| format!("{:?}", r.values().collect::<Vec<_>>()))
        .collect();
    Some(format!("{} rows for {}: has {extra:?}, lacks {lost:?}", got.len(), wanted.len()))
}

#[test]
fn every_ugly_table_is_read_as_its_answer_says() {
    let text = fs::read_to_string("seeds/wuzhong-2023/plan.toml").expect("the sample's plan");
    let (plan, _) = Plan::parse(&text, "plan.toml").expect("a plan");
    let files = corpus();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let answer = Answer::of(file);
        let known = OTHERWISE.iter().any(|(known, _)| *known == name);
        match differs(&read_one(file, &answer, &plan), &answer) {
            None if known => {
                wrong.push(format!("{name}: is read as its answer says now; take it off the list"))
            }
            Some(why) if !known => wrong.push(format!("{name}: {why}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {} files\n{}", wrong.len(), files.len(), wrong.join("\n"));
}
