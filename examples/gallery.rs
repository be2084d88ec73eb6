//! Draws every kind of chart on cases that are hard to draw, into one HTML page: `cargo xtask gallery`, or
//! `cargo run --example gallery -- gallery.html`. Beside it `gallery.json`: every chart's spec with its SVG, which the module
//! is held to.

#[path = "support/gallery.rs"]
mod gallery;

use std::error::Error;
use std::fmt::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("name the file to write, such as gallery.html")?;
    let cells = gallery::draw()?;
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Landfall charts</title><style>body{font:14px sans-serif;margin:20px;\
         background:#888}section{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}figure{margin:0;\
         background:#fff;padding:6px}figcaption{font-size:12px}svg{display:block}h2{margin:24px 0 8px}</style>",
    );
    let mut kinds: Vec<&str> = cells.iter().map(|c| c.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        write!(page, "<h2 id={kind}>{kind}</h2><section>")?;
        for cell in cells.iter().filter(|c| c.kind == kind) {
            let name = &cell.name;
            match &cell.svg {
                Ok(svg) => write!(
                    page,
                    "<figure data-name=\"{name}\">{svg}<figcaption>{name}</figcaption></figure>"
                )?,
                Err(why) => {
                    let why = why.replace('&', "&amp;").replace('<', "&lt;");
                    write!(page, "<figure><figcaption>{name}: {why}</figcaption></figure>")?;
                }
            }
        }
        page.push_str("</section>");
    }
    std::fs::write(&out, page)?;
    let specs: Vec<_> = cells
        .iter()
        .filter_map(|cell| {
            let (chart, svg) = (cell.chart.as_ref().ok()?, cell.svg.as_ref().ok()?);
            Some(serde_json::json!({ "name": cell.name, "chart": chart, "svg": svg }))
        })
        .collect();
    std::fs::write(std::path::Path::new(&out).with_extension("json"), serde_json::to_string(&specs)?)?;
    println!("{out}: {} charts of {} cells", cells.iter().filter(|c| c.svg.is_ok()).count(), cells.len());
    Ok(())
}
