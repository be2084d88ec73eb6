//! What all charts are held to: golden files, and texts that are inside, apart and large enough.

use landfall::chart::MIN_TEXT;
use landfall::chart::text::{ASCENT, DESCENT, width};
use std::path::PathBuf;

/// Sizes at which every gallery is laid out: the page's, a phone's, a slide's.
pub(crate) const SIZES: [(u32, u32); 11] = [
    (326, 230),
    (326, 366),
    (326, 440),
    (360, 300),
    (420, 420),
    (480, 366),
    (540, 366),
    (640, 400),
    (768, 420),
    (1024, 560),
    (1280, 720),
];

/// Holds charts to their golden files; `test` is the file that blesses them.
pub(crate) fn golden(charts: impl IntoIterator<Item = (&'static str, String)>, test: &str) {
    let bless = std::env::var_os("LANDFALL_BLESS").is_some();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut differing = Vec::new();
    for (name, svg) in charts {
        let file = folder.join(format!("{name}.svg"));
        if bless {
            std::fs::write(&file, &svg).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != svg {
            differing.push(format!("tests/golden/{name}.svg"));
        }
    }
    assert!(
        differing.is_empty(),
        "charts differ from their golden files: {differing:?}. If the change is meant, run \
         `LANDFALL_BLESS=1 cargo test --test {test} golden`, look at each file, and commit them."
    );
}

/// Everything a chart must keep whatever it shows: well-formed, named, self-contained, texts inside, apart
/// and large enough.
pub(crate) fn check(svg: &str, w: u32, h: u32) -> Result<(), String> {
    let document = roxmltree::Document::parse(svg).map_err(|e| format!("{e}\n{svg}"))?;
    let root = document.root_element();
    let ensure = |holds: bool, what: String| if holds { Ok(()) } else { Err(what) };
    ensure(root.attribute("role") == Some("img"), "no role".into())?;
    let child =
        |tag: &str| root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)));
    ensure(child("title").is_some() && child("desc").is_some(), "no title or desc".into())?;
    let (w, h) = (f64::from(w), f64::from(h));
    ensure(root.attribute("viewBox") == Some(format!("0 0 {w} {h}").as_str()), "view box".into())?;
    for forbidden in ["var(", "foreignObject", "<filter", "NaN", "inf"] {
        let markup: String =
            svg.split('>').map(|part| part.split_once('<').map_or("", |tag| tag.1)).collect();
        ensure(!markup.contains(forbidden.trim_start_matches('<')), format!("{forbidden} in {svg}"))?;
    }
    let mut boxes: Vec<(String, [f64; 4])> = Vec::new();
    for text in root.descendants().filter(|node| node.tag_name().name() == "text") {
        let number =
            |name: &str| text.attribute(name).and_then(|v| v.parse::<f64>().ok()).unwrap_or(f64::NAN);
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        ensure(size >= MIN_TEXT, format!("text of {size} px"))?;
        let bold = text.attribute("font-weight") == Some("700");
        let words = |node: roxmltree::Node| node.text().unwrap_or_default().to_owned();
        let first = text.children().find(|node| node.is_text()).map(words).unwrap_or_default();
        let figure = text.children().find(|node| node.is_element()).map(words).unwrap_or_default();
        let wide = width(&first, size, bold) + width(&figure, size, true);
        let x0 = match text.attribute("text-anchor") {
            Some("middle") => x - wide / 2.0,
            Some("end") => x - wide,
            _ => x,
        };
        // Places are written in tenths.
        let at = [x0 + 0.1, y - ASCENT * size + 0.1, x0 + wide - 0.1, y + DESCENT * size - 0.1];
        let inside = at[0] >= 0.0 && at[1] >= 0.0 && at[2] <= w && at[3] <= h;
        ensure(inside, format!("{first:?} at {at:?} leaves {w} × {h}"))?;
        boxes.push((format!("{first}{figure}"), at));
    }
    for (i, (one, a)) in boxes.iter().enumerate() {
        for (other, b) in &boxes[..i] {
            let apart = a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3];
            ensure(apart, format!("{one:?} over {other:?}: {a:?} {b:?}"))?;
        }
    }
    Ok(())
}
