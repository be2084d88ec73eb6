//! A chart of columns with a table below it: every column of the table stands under its column of the chart.

use crate::brief::pptx::draw::{Align, Content, Item, Line, Table, TableCell, place};
use crate::brief::pptx::native::NativeChart;
use crate::brief::pptx::slide::{LEFT, WIDTH, px, row};
use crate::brief::pptx::style::{INK, INK_2, INK_3};
use crate::chart::text;
use crate::chart::theme::Rgb;

/// Regions side by side on a slide.
pub(super) const MOST: usize = 9;
/// Width of the names of the table's rows, px.
const NAMES: f64 = 128.0;
const TOP: f64 = 122.0;
const BOTTOM: f64 = 646.0;

/// A row of the table: its name, and a text, its weight and its colour for each column.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<(String, bool, Rgb)>,
}

/// Chart and table; `chart` gets the place of its plot.
pub(super) fn items(
    mut chart: NativeChart,
    alt: (&str, &str),
    heads: &[&str],
    rows: Vec<Row>,
    legend: f64,
) -> [Item; 2] {
    let width = (WIDTH - NAMES) / heads.len().max(1) as f64;
    let inner = width - 12.0;
    let deepest =
        |size: f64| heads.iter().map(|h| text::wrap(h, px(size), true, inner, 9).len()).max().unwrap_or(1);
    let (size, deep) = if deepest(14.0) <= 2 { (14.0, deepest(14.0)) } else { (12.0, deepest(12.0).min(3)) };
    let head = deep as f64 * row(size) + 8.0;
    let line = 33.0;
    let tall = head + line * rows.len() as f64;
    let height = BOTTOM - TOP - tall - 6.0;
    let top = (legend + 12.0) / height;
    chart.plot = [NAMES / WIDTH, top, 1.0 - NAMES / WIDTH, 1.0 - top - 10.0 / height];
    let cell = |text: &str, size: f64, bold: bool, color: Rgb| {
        let fitted = text::fit(text, px(size), bold, inner);
        let line = Line::new(fitted, size, color).align(Align::Middle);
        TableCell::from(if bold { line.bold() } else { line })
    };
    let blank = TableCell::from(Line::new("", 14.0, INK_3));
    let header = heads.iter().map(|h| {
        let lines = text::wrap(h, px(size), true, inner, deep);
        let lines = lines.into_iter().map(|l| Line::new(l, size, INK).bold().align(Align::Middle));
        TableCell { lines: lines.collect(), fill: None }
    });
    let mut table = vec![std::iter::once(blank).chain(header).collect::<Vec<_>>()];
    for row in rows {
        let name = TableCell::from(Line::new(row.name, 14.0, INK_2));
        let cells = row.cells.iter().map(|(text, bold, color)| cell(text, 14.0, *bold, *color));
        table.push(std::iter::once(name).chain(cells).collect());
    }
    let widths = std::iter::once(NAMES).chain(std::iter::repeat_n(width, heads.len())).collect();
    [
        Item {
            name: "Chart".into(),
            place: place(LEFT, TOP, WIDTH, height),
            content: Content::Chart { chart: Box::new(chart), alt: alt.0.into() },
        },
        Item {
            name: "Table".into(),
            place: place(LEFT, BOTTOM - tall, WIDTH, tall),
            content: Content::Table(Table { widths, row: line, head, rows: table, alt: alt.1.into() }),
        },
    ]
}
