//! Every kind of chart on every hard case: held to a list of hashes, and to what must be true of any picture.
//!
//! `LANDFALL_BLESS=1 cargo test --test chart_gallery` rewrites the list; look at `cargo xtask gallery` before committing.

// clippy.toml allows it in tests only, not in what they share.
#![allow(clippy::unwrap_used)]

#[path = "../examples/support/gallery.rs"]
mod gallery;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// FNV-1a, 64 bits: tells whether a picture changed, nothing more.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_cell_is_drawn_as_it_was_or_says_why_not() {
    let cells = gallery::draw().unwrap();
    let mut told = String::new();
    for cell in &cells {
        match &cell.svg {
            Ok(svg) => writeln!(told, "{} {:016x}", cell.name, hash(svg)).unwrap(),
            Err(why) => writeln!(told, "{} — {why}", cell.name).unwrap(),
        }
    }
    // Every kind is drawn at least on the sample, in both languages and more than one theme.
    for kind in cells.iter().map(|c| c.kind).collect::<BTreeSet<_>>() {
        let drawn = || cells.iter().filter(|c| c.kind == kind && c.svg.is_ok());
        assert!(drawn().filter(|c| c.name.contains("sample")).count() == 4, "{kind}");
        for word in [" zh ", " en ", " slide", " half", " square", " column"] {
            assert!(drawn().any(|c| c.name.contains(word)), "{kind}{word}");
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/gallery.txt");
    if std::env::var_os("LANDFALL_BLESS").is_some() {
        std::fs::write(&path, &told).unwrap();
        return;
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    let new: Vec<&str> = told.lines().filter(|line| !want.lines().any(|old| old == *line)).collect();
    assert!(told == want, "{} cells differ from tests/golden/gallery.txt:\n{}", new.len(), new.join("\n"));
}

#[test]
fn a_chart_survives_json_and_its_texts_lie_inside_and_are_large_enough() {
    for cell in gallery::draw().unwrap() {
        let (Ok(chart), Ok(svg)) = (cell.chart, cell.svg) else { continue };
        let json = serde_json::to_string(&chart).unwrap();
        let read: landfall::chart::Chart = serde_json::from_str(&json).unwrap();
        assert_eq!(read.svg().as_ref(), Ok(&svg), "{}", cell.name);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let root = document.root_element();
        let size: Vec<f64> =
            root.attribute("viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
        for text in document.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        {
            let number = |name: &str| text.attribute(name).and_then(|v| v.parse::<f64>().ok());
            let (Some(x), Some(y)) = (number("x"), number("y")) else { continue };
            assert!(
                x >= -0.1 && x <= size[2] + 0.1 && y >= 0.0 && y <= size[3],
                "{}: {:?}",
                cell.name,
                text.text()
            );
            let high = number("font-size").or_else(|| {
                text.ancestors().find_map(|a| a.attribute("font-size")).and_then(|v| v.parse().ok())
            });
            assert!(high.is_none_or(|h| h >= landfall::chart::MIN_TEXT), "{}: {:?}", cell.name, text.text());
        }
    }
}
