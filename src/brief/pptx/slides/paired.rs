//! A chart of columns with a table below it: every column of the table stands under its column of the chart.

use crate::brief::pptx::draw::{Align, Content, Item, Line, Table, TableCell, place};
use crate::brief::pptx::native::NativeChart;
use crate::brief::pptx::slide::{LEFT, WIDTH, lines, row, shortened};
use crate::brief::pptx::style::{INK, INK_2, INK_3};
use crate::brief::pptx::words::NONE;
use crate::chart::theme::Rgb;

/// Regions side by side on a slide.
pub(super) const MOST: usize = 9;
/// Width of the names of the table's rows, px.
const NAMES: f64 = 128.0;
/// Width of a region at most, px.
const WIDEST: f64 = 220.0;
/// Height of a row, px.
const ROW: f64 = 33.0;
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
    // Two regions do not need the whole width.
    let width = ((WIDTH - NAMES) / heads.len().max(1) as f64).min(WIDEST);
    let inner = width - 12.0;
    // Of what nobody has anything, nothing is said.
    let rows: Vec<Row> = rows.into_iter().filter(|r| r.cells.iter().any(|(t, ..)| t != NONE)).collect();
    let deepest = |size: f64| heads.iter().map(|h| lines(h, size, true, inner)).max().unwrap_or(1);
    let (size, deep) = if deepest(14.0) <= 2 { (14.0, deepest(14.0)) } else { (12.0, deepest(12.0).min(3)) };
    let head = deep as f64 * row(size) + 8.0;
    let heights: Vec<f64> = std::iter::once(head).chain(std::iter::repeat_n(ROW, rows.len())).collect();
    let tall: f64 = heights.iter().sum();
    let whole = NAMES + width * heads.len() as f64;
    let height = BOTTOM - TOP - tall - 6.0;
    let top = (legend + 12.0) / height;
    chart.plot = [NAMES / whole, top, 1.0 - NAMES / whole, 1.0 - top - 10.0 / height];
    let cell = |text: &str, bold: bool, color: Rgb| {
        let size = if lines(text, 14.0, bold, inner) == 1 { 14.0 } else { 12.0 };
        let line = Line::new(shortened(text, size, bold, inner, 1), size, color).align(Align::Middle);
        TableCell::from(if bold { line.bold() } else { line })
    };
    let blank = TableCell::from(Line::new("", 14.0, INK_3));
    let header = heads.iter().map(|h| {
        let name = shortened(h, size, true, inner, deep);
        TableCell::from(Line::new(name, size, INK).bold().align(Align::Middle))
    });
    let mut table = vec![std::iter::once(blank).chain(header).collect::<Vec<_>>()];
    for row in rows {
        let name = TableCell::from(Line::new(row.name, 14.0, INK_2));
        let cells = row.cells.iter().map(|(text, bold, color)| cell(text, *bold, *color));
        table.push(std::iter::once(name).chain(cells).collect());
    }
    let widths = std::iter::once(NAMES).chain(std::iter::repeat_n(width, heads.len())).collect();
    [
        Item {
            name: "Chart".into(),
            place: place(LEFT, TOP, whole, height),
            content: Content::Chart { chart: Box::new(chart), alt: alt.0.into() },
        },
        Item {
            name: "Table".into(),
            place: place(LEFT, BOTTOM - tall, whole, tall),
            content: Content::Table(Table { widths, heights, rows: table, alt: alt.1.into() }),
        },
    ]
}
