//! What a chart is made of: marks at places, in px, with nothing left to decide. Layout makes it, `svg`
//! draws it, tests measure it.

use super::text::{self, ASCENT, DESCENT};
use super::theme::Rgb;
use crate::error::Lang;

/// A place in px, from the upper left.
pub(super) type Point = (f64, f64);

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: Rgb,
    pub(super) width: f64,
    /// Dash and gap; `None` is a full line.
    pub(super) dash: Option<(f64, f64)>,
    pub(super) round: bool,
}

impl Stroke {
    pub(super) fn new(colour: Rgb, width: f64) -> Self {
        Self { colour, width, dash: None, round: false }
    }

    pub(super) fn dashed(self, dash: f64, gap: f64) -> Self {
        Self { dash: Some((dash, gap)), ..self }
    }

    pub(super) fn rounded(self) -> Self {
        Self { round: true, ..self }
    }
}

/// Which end of a line of text its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Box2 {
    pub(super) x0: f64,
    pub(super) y0: f64,
    pub(super) x1: f64,
    pub(super) y1: f64,
}

impl Box2 {
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    pub(super) fn inside(&self, other: &Self) -> bool {
        self.x0 >= other.x0 && self.x1 <= other.x1 && self.y0 >= other.y0 && self.y1 <= other.y1
    }

    pub(super) fn grown(&self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }
}

/// One line of text.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// Where the baseline is anchored.
    pub(super) at: Point,
    pub(super) anchor: Anchor,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: Rgb,
    /// Drawn around the letters, so that a line underneath does not cross them.
    pub(super) halo: Option<Rgb>,
    pub(super) text: String,
    /// A bold end, such as the figure of a sentence; empty without one.
    pub(super) figure: String,
    /// Proportional digits, for headings.
    pub(super) heading: bool,
}

impl Text {
    pub(super) fn new(at: Point, size: f64, colour: Rgb, text: impl Into<String>) -> Self {
        Self {
            at,
            anchor: Anchor::Start,
            size,
            bold: false,
            colour,
            halo: None,
            text: text.into(),
            figure: String::new(),
            heading: false,
        }
    }

    pub(super) fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }

    pub(super) fn halo(self, colour: Rgb) -> Self {
        Self { halo: Some(colour), ..self }
    }

    pub(super) fn width(&self) -> f64 {
        text::width(&self.text, self.size, self.bold) + text::width(&self.figure, self.size, true)
    }

    /// Where it is, by the fixed metrics.
    pub(super) fn bounds(&self) -> Box2 {
        let (x, y) = self.at;
        let width = self.width();
        let x0 = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Box2 { x0, x1: x0 + width, y0: y - self.size * ASCENT, y1: y + self.size * DESCENT }
    }
}

/// One thing drawn; later ones lie over earlier ones.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    Line(Vec<Point>, Stroke),
    Area(Vec<Point>, Rgb),
    Rect(Box2, Rgb),
    Disc {
        at: Point,
        radius: f64,
        fill: Rgb,
    },
    Ring {
        at: Point,
        radius: f64,
        stroke: Stroke,
    },
    Text(Text),
    /// A picture as a `data:` address.
    Picture(Box2, String),
}

/// A finished layout.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Name for those who do not see it.
    pub(super) title: String,
    /// Description for those who do not see it.
    pub(super) description: String,
    pub(super) lang: Lang,
    /// The house's font family; empty without one.
    pub(super) font: String,
    pub(super) marks: Vec<Mark>,
    /// Where months and values lie, in a chart that can be pointed at.
    pub(super) scale: Option<FanScale>,
}

/// Where a fan's months and values lie in its picture, so that a door can say what is under a pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanScale {
    /// px of `first` and of December.
    pub x: (f64, f64),
    /// px of `low` and of `high`.
    pub y: (f64, f64),
    /// The month at the left edge; 0 where the axis begins before January's end.
    pub first: f64,
    /// The value at the foot, in the chart's unit.
    pub low: f64,
    /// The value at the top.
    pub high: f64,
}

impl Scene {
    pub(super) fn line(&mut self, points: impl Into<Vec<Point>>, stroke: Stroke) {
        let points = points.into();
        if points.len() > 1 {
            self.marks.push(Mark::Line(points, stroke));
        }
    }

    pub(super) fn area(&mut self, points: impl Into<Vec<Point>>, fill: Rgb) {
        self.marks.push(Mark::Area(points.into(), fill));
    }

    pub(super) fn rect(&mut self, area: Box2, fill: Rgb) {
        self.marks.push(Mark::Rect(area, fill));
    }

    pub(super) fn disc(&mut self, at: Point, radius: f64, fill: Rgb) {
        self.marks.push(Mark::Disc { at, radius, fill });
    }

    pub(super) fn ring(&mut self, at: Point, radius: f64, stroke: Stroke) {
        self.marks.push(Mark::Ring { at, radius, stroke });
    }

    /// A filled triangle with its tip at a place, pointing along an axis.
    pub(super) fn arrow(&mut self, (x, y): Point, size: f64, (dx, dy): Point, fill: Rgb) {
        let (back_x, back_y) = (x - 1.6 * size * dx, y - 1.6 * size * dy);
        let (side_x, side_y) = (size * dy, size * dx);
        self.area([(x, y), (back_x + side_x, back_y + side_y), (back_x - side_x, back_y - side_y)], fill);
    }

    pub(super) fn text(&mut self, text: Text) {
        if !text.text.is_empty() || !text.figure.is_empty() {
            self.marks.push(Mark::Text(text));
        }
    }

    #[cfg(test)]
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}
