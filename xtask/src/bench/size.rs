//! What a first visit loads, compressed as a web server would.

use super::Row;
use crate::{node, serve, single, wasm};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Of the module the page opens on, of that with scenarios and solver, of the reader of files, and of the writers of the bulletin.
const MODULE_GOALS_KB: [f64; 4] = [300.0, 350.0, 1200.0, 500.0];
const PAGE_GOAL_KB: f64 = 150.0;
/// As it is sent: what is large in it is compressed already.
const FILE_GOAL_KB: f64 = 6000.0;

pub(crate) fn measure() -> Result<Vec<Row>> {
    const PAGE: &str = "all JavaScript and CSS of the page, brotli";
    if node::has_page() {
        serve::build_page()?;
    } else {
        wasm::build()?.iter().for_each(|module| println!("{module}"));
    }
    let mut rows = Vec::new();
    for (module, goal) in wasm::MODULES.iter().zip(MODULE_GOALS_KB) {
        let size = kilobytes(brotli_size(&read(&module.file())?)?);
        rows.push(Row::measured(format!("{} module, brotli", module.name), size, "KB", goal));
    }
    rows.push(if node::has_page() {
        let bytes = brotli_sizes(&node::www().join("dist"), &["js", "css"])?;
        Row::measured(PAGE, kilobytes(bytes), "KB", PAGE_GOAL_KB)
    } else {
        Row::skipped(PAGE, "there is no www/package.json")
    });
    const FILE: &str = "the page in one file";
    rows.push(if node::has_page() {
        single::assemble()?;
        Row::measured(FILE, kilobytes(read(&single::file())?.len()), "KB", FILE_GOAL_KB)
    } else {
        Row::skipped(FILE, "there is no www/package.json")
    });
    Ok(rows)
}

/// Bytes of the whole after brotli at its highest quality.
fn brotli_size(bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters)?;
    Ok(small.len())
}

/// The sum over all files of a folder with one of the endings, each compressed by itself.
fn brotli_sizes(folder: &Path, endings: &[&str]) -> Result<usize> {
    let mut sum = 0;
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        if entry.file_type().is_file() && ending.is_some_and(|ending| endings.contains(&ending)) {
            sum += brotli_size(&read(entry.path())?)?;
        }
    }
    Ok(sum)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// 1 KB is 1000 bytes.
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_shrinks_what_repeats_and_unpacks_to_the_same() {
        let text = "the year lands where it lands; ".repeat(1000);
        let small = brotli_size(text.as_bytes()).unwrap();
        assert!(small > 20 && small < 200, "{small}");
        // Bytes without a pattern cannot shrink.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(10_000)
        .collect();
        assert!(brotli_size(&noise).unwrap() > 9_900);
    }

    #[test]
    fn a_folder_is_the_sum_of_its_files_with_those_endings() {
        let folder = std::env::temp_dir().join(format!("landfall-size-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        for name in ["index.js", "assets/page.css", "assets/engine.wasm", "index.html"] {
            fs::write(folder.join(name), format!("contents of {name}")).unwrap();
        }
        let sum = brotli_sizes(&folder, &["js", "css"]);
        fs::remove_dir_all(&folder).unwrap();
        let one = |name: &str| brotli_size(format!("contents of {name}").as_bytes()).unwrap();
        assert_eq!(sum.unwrap(), one("index.js") + one("assets/page.css"));
    }
}
