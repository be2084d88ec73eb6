//! A native chart as data: a table, and how its columns are drawn. The table goes into the workbook inside the chart and
//! into the chart's own copy of the numbers, so that the two cannot differ.

use super::xml::legal;
use crate::chart::theme::Rgb;

/// A cell of the table behind a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Number(f64),
    Text(String),
    /// A formula of the sheet, so that editing a figure moves what follows from it, and what it comes to now.
    Formula {
        formula: String,
        value: f64,
    },
}

impl Cell {
    /// A figure, where there is one.
    pub(super) fn of(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// The number it shows.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) | Self::Formula { value, .. } => Some(*value),
            Self::Empty | Self::Text(_) => None,
        }
    }
}

/// A column of the table; the first one holds the names along the axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
}

impl Column {
    pub(super) fn new(name: impl Into<String>, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { name: legal(&name.into()), cells: cells.into_iter().collect() }
    }

    /// Names as both XML and the workbook can hold them.
    pub(super) fn names<'a>(name: impl Into<String>, names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(name, names.into_iter().map(|n| Cell::Text(legal(n))))
    }

    pub(super) fn numbers(name: impl Into<String>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::new(name, values.into_iter().map(Cell::of))
    }
}

/// A line's colour, width and pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) color: Rgb,
    /// px of a slide 1280 wide.
    pub(super) width: f64,
    pub(super) dash: Dash,
}

impl Stroke {
    pub(super) const fn solid(color: Rgb, width: f64) -> Self {
        Self { color, width, dash: Dash::Solid }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dash {
    Solid,
    Dots,
    Dashes,
}

impl Dash {
    /// As DrawingML names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dots => "sysDot",
            Self::Dashes => "dash",
        }
    }
}

/// A mark at each point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Marker {
    /// `circle`, `dash`, `diamond`, …
    pub(super) shape: &'static str,
    /// Points, 2–72.
    pub(super) size: u8,
    pub(super) color: Rgb,
}

/// Where a label stands, seen from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
    Left,
    Right,
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Above => "t",
            Self::Below => "b",
            Self::Left => "l",
            Self::Right => "r",
        }
    }
}

/// A label at one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    /// The point's place in the column, from 0.
    pub(super) at: usize,
    pub(super) side: Side,
    /// Whether it begins with the name of the column.
    pub(super) named: bool,
    /// Whether it shows the figure.
    pub(super) valued: bool,
    /// Moves it down by this part of the chart's height.
    pub(super) down: f64,
    pub(super) bold: bool,
    pub(super) color: Rgb,
}

/// A column drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    /// Index of the column.
    pub(super) column: usize,
    /// Fill of an area or a bar; none: not filled.
    pub(super) fill: Option<Rgb>,
    /// A line, or the outline of an area or a bar; none: none.
    pub(super) stroke: Option<Stroke>,
    pub(super) marker: Option<Marker>,
    /// Points with a fill of their own.
    pub(super) points: Vec<(usize, Rgb)>,
    pub(super) labels: Vec<Label>,
    /// Columns that say how far a whisker reaches up and down from each point.
    pub(super) whiskers: Option<(usize, usize, Stroke)>,
    /// A line from each point down to zero.
    pub(super) stem: Option<Stroke>,
}

impl Series {
    pub(super) fn of(column: usize) -> Self {
        Self {
            column,
            fill: None,
            stroke: None,
            marker: None,
            points: Vec::new(),
            labels: Vec::new(),
            whiskers: None,
            stem: None,
        }
    }

    pub(super) fn fill(self, color: Rgb) -> Self {
        Self { fill: Some(color), ..self }
    }

    pub(super) fn stroke(self, color: Rgb, width: f64) -> Self {
        Self { stroke: Some(Stroke::solid(color, width)), ..self }
    }

    pub(super) fn dashed(self, dash: Dash) -> Self {
        Self { stroke: self.stroke.map(|s| Stroke { dash, ..s }), ..self }
    }

    pub(super) fn marker(self, shape: &'static str, size: u8, color: Rgb) -> Self {
        Self { marker: Some(Marker { shape, size, color }), ..self }
    }

    pub(super) fn label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }
}

/// How columns are drawn together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Areas, each on the one before.
    Areas,
    /// Upright bars beside each other, or each on the one before.
    Columns {
        stacked: bool,
        gap: u16,
    },
    Lines,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) form: Form,
    pub(super) series: Vec<Series>,
}

/// A chart that office programs can edit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NativeChart {
    /// The table; the first column is the names along the axis.
    pub(super) columns: Vec<Column>,
    pub(super) groups: Vec<Group>,
    /// How figures are written, as a spreadsheet says it: `#,##0.0`.
    pub(super) format: &'static str,
    /// Least and greatest value of the level axis, where they are not left to the program.
    pub(super) ends: [Option<f64>; 2],
    /// From one line of the level axis to the next.
    pub(super) step: f64,
    /// Where the plot stands, its axes not included, in parts of the chart: left, top, width, height.
    pub(super) plot: [f64; 4],
    /// How the level axis writes its figures; none: it and its lines are not shown.
    pub(super) levels: Option<&'static str>,
    /// Whether names stand along the axis.
    pub(super) names: bool,
    /// Columns that the bars' names are keyed to below the plot; none: direct labels say it.
    pub(super) legend: bool,
    /// Language of the texts: `zh-CN`, `en-US`.
    pub(super) lang: &'static str,
}

/// The name of a column in a sheet: `A`, `B`, …, `AA`.
pub(super) fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut out = Vec::new();
    while rest > 0 {
        out.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}
