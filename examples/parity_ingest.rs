//! Writes what the native reader makes of the ugly tables, for the built module to be held to:
//! `cargo run --all-features --example parity_ingest -- OUT.json`.
//!
//! Both sides go through the page's door, so that every sentence, mark and preview is compared, and not only the figures.

use landfall::wasm_ingest::{FileRead, ReadOptions};
use serde::Serialize;
use std::error::Error;
use std::fs;
use std::path::Path;

const PLAN: &str = "seeds/wuzhong-2023/plan.toml";

#[derive(Serialize)]
struct Entry {
    file: String,
    with_plan: bool,
    read: FileRead,
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("usage: cargo run --example parity_ingest -- OUT.json")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let plan = fs::read_to_string(root.join(PLAN))?;
    let mut files: Vec<_> = fs::read_dir(root.join("tests/ugly"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut entries = Vec::new();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        let Ok(expected) = fs::read_to_string(format!("{}.expect", file.path().display())) else { continue };
        let with_plan = expected.lines().any(|line| line == "plan: yes");
        let options = ReadOptions {
            name: name.clone(),
            plan: with_plan.then(|| plan.clone()),
            today: Some("2023-09".into()),
            ..ReadOptions::default()
        };
        // An error of the door itself is none of a file's: the options are right.
        let Ok(read) = FileRead::new(&fs::read(file.path())?, &options, |_| ()) else {
            return Err(name.into());
        };
        entries.push(Entry { file: name, with_plan, read });
    }
    fs::write(&out, serde_json::to_string(&entries)?)?;
    eprintln!("{} files' answers written to {out}", entries.len());
    Ok(())
}
