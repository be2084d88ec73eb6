//! Times the reading of tables inside the process, for `cargo xtask bench ingest`: `cargo run --release --example tables FILE…`.
//!
//! One line of JSON: for each file its rows, and the median in milliseconds from bytes to the tidy form.

mod support;

use landfall::ingest::{Options, Tidy, read};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use support::times;

fn main() -> Result<(), Box<dyn Error>> {
    let mut told = Vec::new();
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file)?;
        let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let once = read(&name, &bytes, &Options::default());
        let Tidy::Panel(rows) = &once.tidy else { return Err(format!("{name} is no panel").into()) };
        let took = times(5, || !black_box(read(&name, &bytes, &Options::default())).has_errors())[0];
        told.push(serde_json::json!({ "rows": rows.len(), "ms": took }));
    }
    println!("{}", serde_json::Value::from(told));
    Ok(())
}
