//! Draws a [`Scene`] with plotters.
//!
//! plotters rounds to whole pixels, so the canvas has ten steps a pixel and writes them as tenths. Its own
//! `SVGBackend` has no dashes, line joins or text halo, sets text by the font's x-height, and measures text
//! through `window()` in wasm; hence a backend of our own, with a [`Pen`] for what plotters' styles lack.

use super::scene::{Anchor, Box2, Mark, Point, Scene, Stroke, Text};
use super::spec::ChartError;
use super::text::{self, ASCENT, DESCENT, FONTS};
use super::theme::Rgb;
use plotters::element::{
    Circle, Drawable, DynElement, IntoDynElement, PathElement, PointCollection, Polygon, Rectangle,
};
use plotters::prelude::{DrawingArea, IntoDrawingArea, RGBAColor, ShapeStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};
use std::convert::Infallible;
use std::fmt::Write as _;

/// Steps of the canvas in one px.
const STEPS: f64 = 10.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The SVG text of a scene.
pub(super) fn svg(scene: &Scene) -> Result<String, ChartError> {
    let mut out = String::with_capacity(16 * 1024);
    let root = SvgCanvas::open(&mut out, scene).into_drawing_area();
    for mark in &scene.marks {
        draw(&root, mark).map_err(|e| ChartError::Drawing(e.to_string()))?;
    }
    root.present().map_err(|e| ChartError::Drawing(e.to_string()))?;
    drop(root);
    Ok(out)
}

fn draw<'c>(
    root: &DrawingArea<SvgCanvas<'c>, plotters::coord::Shift>,
    mark: &Mark,
) -> Result<(), plotters::drawing::DrawingAreaErrorKind<Infallible>> {
    match mark {
        Mark::Line(points, stroke) => {
            let path: Vec<BackendCoord> = points.iter().map(grid).collect();
            root.draw(&Penned(PathElement::new(path, stroke.style()).into_dyn(), Pen::of(stroke)))
        }
        Mark::Area(points, fill) => {
            root.draw(&Polygon::new(points.iter().map(grid).collect::<Vec<_>>(), filled(*fill)))
        }
        Mark::Rect(b, fill) => {
            root.draw(&Rectangle::new([grid(&(b.x0, b.y0)), grid(&(b.x1, b.y1))], filled(*fill)))
        }
        Mark::Disc { at, radius, fill } => root.draw(&Circle::new(grid(at), length(*radius), filled(*fill))),
        Mark::Ring { at, radius, stroke } => root.draw(&Penned(
            Circle::new(grid(at), length(*radius), stroke.style()).into_dyn(),
            Pen::of(stroke),
        )),
        Mark::Text(text) => root.draw(&Placed(Own::Text(text), grid(&text.at))),
        Mark::Picture(place, href) => {
            root.draw(&Placed(Own::Picture(href, place), grid(&(place.x0, place.y0))))
        }
    }
}

/// To the canvas's steps. Out of range goes to the canvas's edge (plotters truncates).
fn grid(&(x, y): &Point) -> BackendCoord {
    ((x * STEPS).round() as i32, (y * STEPS).round() as i32)
}

fn length(px: f64) -> u32 {
    (px * STEPS).round() as u32
}

fn rgba(colour: Rgb) -> RGBAColor {
    RGBAColor(colour.0, colour.1, colour.2, 1.0)
}

fn filled(colour: Rgb) -> ShapeStyle {
    ShapeStyle { color: rgba(colour), filled: true, stroke_width: 0 }
}

impl Stroke {
    fn style(&self) -> ShapeStyle {
        ShapeStyle { color: rgba(self.colour), filled: false, stroke_width: length(self.width) }
    }
}

/// What a line has beyond plotters' colour and width.
#[derive(Clone, Copy, Default)]
struct Pen {
    dash: Option<(f64, f64)>,
    round: bool,
}

impl Pen {
    fn of(stroke: &Stroke) -> Self {
        Self { dash: stroke.dash, round: stroke.round }
    }
}

/// A plotters element drawn with a pen.
struct Penned<'c>(DynElement<'c, SvgCanvas<'c>, BackendCoord>, Pen);

impl<'a> PointCollection<'a, BackendCoord> for &'a Penned<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = &'a Vec<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        self.0.point_iter()
    }
}

impl<'c> Drawable<SvgCanvas<'c>> for Penned<'c> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut SvgCanvas<'c>,
        parent: (u32, u32),
    ) -> Drawn {
        canvas.pen = self.1;
        let drawn = self.0.draw(points, canvas, parent);
        canvas.pen = Pen::default();
        drawn
    }
}

/// What plotters has no element for, and where it begins.
struct Placed<'t>(Own<'t>, BackendCoord);

enum Own<'t> {
    /// A line of text with a halo and a bold end.
    Text(&'t Text),
    /// A picture as a `data:` address, and its box.
    Picture(&'t str, &'t Box2),
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Placed<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Once<&'a BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.1)
    }
}

impl<'c> Drawable<SvgCanvas<'c>> for Placed<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut SvgCanvas<'c>,
        _: (u32, u32),
    ) -> Drawn {
        for at in points {
            match self.0 {
                Own::Text(text) => canvas.write_text(text, at),
                Own::Picture(href, place) => canvas.write_picture(href, place, at),
            }
        }
        Ok(())
    }
}

/// A plotters backend that writes SVG in tenths of a px.
struct SvgCanvas<'a> {
    out: &'a mut String,
    size: (u32, u32),
    pen: Pen,
}

impl<'a> SvgCanvas<'a> {
    fn open(out: &'a mut String, scene: &Scene) -> Self {
        let (w, h) = (scene.width, scene.height);
        let lang = scene.lang.pick("en", "zh-CN");
        let own = if scene.font.is_empty() { String::new() } else { format!("'{}', ", scene.font) };
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" lang=\"{lang}\" xml:lang=\"{lang}\" font-family=\"{own}{FONTS}\" \
             style=\"font-variant-numeric: tabular-nums\">\n<title>"
        );
        escape(out, &scene.title);
        out.push_str("</title>\n<desc>");
        escape(out, &scene.description);
        out.push_str("</desc>\n");
        // One step more than the picture: plotters truncates points to the last step inside.
        let steps = |px: u32| px.saturating_mul(10).saturating_add(1);
        Self { out, size: (steps(w), steps(h)), pen: Pen::default() }
    }

    /// Tenths as a decimal number.
    fn tenths(&mut self, steps: i64) {
        let (sign, size) = (if steps < 0 { "-" } else { "" }, steps.unsigned_abs());
        let _ = match size % 10 {
            0 => write!(self.out, "{sign}{}", size / 10),
            tenth => write!(self.out, "{sign}{}.{tenth}", size / 10),
        };
    }

    fn attribute(&mut self, name: &str, steps: i64) {
        let _ = write!(self.out, " {name}=\"");
        self.tenths(steps);
        self.out.push('"');
    }

    fn points(&mut self, tag: &str, points: impl IntoIterator<Item = BackendCoord>) {
        let _ = write!(self.out, "<{tag} points=\"");
        for (i, (x, y)) in points.into_iter().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            self.tenths(x.into());
            self.out.push(',');
            self.tenths(y.into());
        }
        self.out.push('"');
    }

    fn fill(&mut self, colour: BackendColor) {
        let (r, g, b) = colour.rgb;
        let _ = write!(self.out, " fill=\"#{r:02x}{g:02x}{b:02x}\"");
    }

    fn stroke<S: BackendStyle>(&mut self, style: &S) {
        let (r, g, b) = style.color().rgb;
        let _ = write!(self.out, " fill=\"none\" stroke=\"#{r:02x}{g:02x}{b:02x}\"");
        self.attribute("stroke-width", style.stroke_width().into());
        if let Some((dash, gap)) = self.pen.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{dash} {gap}\"");
        }
        if self.pen.round {
            self.out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }
    }

    fn close(&mut self) {
        self.out.push_str("/>\n");
    }

    fn write_picture(&mut self, href: &str, place: &Box2, (x, y): BackendCoord) {
        self.out.push_str("<image");
        self.attribute("x", x.into());
        self.attribute("y", y.into());
        self.attribute("width", length(place.x1 - place.x0).into());
        self.attribute("height", length(place.y1 - place.y0).into());
        self.out.push_str(" href=\"");
        escape(self.out, href);
        self.out.push('"');
        self.close();
    }

    fn write_text(&mut self, text: &Text, (x, y): BackendCoord) {
        self.out.push_str("<text");
        self.attribute("x", x.into());
        self.attribute("y", y.into());
        self.attribute("font-size", length(text.size).into());
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if text.bold {
            self.out.push_str(" font-weight=\"700\"");
        }
        if text.heading {
            self.out.push_str(" style=\"font-variant-numeric: normal\"");
        }
        let Rgb(r, g, b) = text.colour;
        let _ = write!(self.out, " fill=\"#{r:02x}{g:02x}{b:02x}\"");
        if let Some(Rgb(r, g, b)) = text.halo {
            let _ = write!(
                self.out,
                " stroke=\"#{r:02x}{g:02x}{b:02x}\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            );
            self.attribute("stroke-width", length(text.size / 3.0).into());
        }
        self.out.push('>');
        escape(self.out, &text.text);
        if !text.figure.is_empty() {
            self.out.push_str("<tspan font-weight=\"700\">");
            escape(self.out, &text.figure);
            self.out.push_str("</tspan>");
        }
        self.out.push_str("</text>\n");
    }
}

/// Text as XML: markup escaped, and what XML cannot hold (control characters) replaced.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

impl DrawingBackend for SvgCanvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        if !self.out.ends_with("</svg>\n") {
            self.out.push_str("</svg>\n");
        }
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect(at, (at.0 + 1, at.1 + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.points("polyline", path);
        self.stroke(style);
        self.close();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.points("polygon", path);
        self.fill(style.color());
        self.close();
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.out.push_str("<rect");
        self.attribute("x", upper_left.0.into());
        self.attribute("y", upper_left.1.into());
        self.attribute("width", i64::from(bottom_right.0) - i64::from(upper_left.0));
        self.attribute("height", i64::from(bottom_right.1) - i64::from(upper_left.1));
        if fill {
            self.fill(style.color())
        } else {
            self.stroke(style)
        }
        self.close();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.out.push_str("<circle");
        self.attribute("cx", center.0.into());
        self.attribute("cy", center.1.into());
        self.attribute("r", radius.into());
        if fill {
            self.fill(style.color())
        } else {
            self.stroke(style)
        }
        self.close();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let size = style.size() / STEPS;
        let baseline = match style.anchor().v_pos {
            VPos::Top => f64::from(y) / STEPS + size * ASCENT,
            VPos::Center => f64::from(y) / STEPS + size * (ASCENT - DESCENT) / 2.0,
            VPos::Bottom => f64::from(y) / STEPS - size * DESCENT,
        };
        let at = (f64::from(x) / STEPS, baseline);
        let (r, g, b) = style.color().rgb;
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let bold = matches!(style.style(), FontStyle::Bold);
        self.write_text(&Text::new(at, size, Rgb(r, g, b), text).anchor(anchor).bold(bold), grid(&at));
        Ok(())
    }

    /// Fixed metrics; the default would ask the browser's window, which a worker does not have.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        let width = text::width(text, style.size(), bold);
        Ok((width.ceil() as u32, (style.size() * (ASCENT + DESCENT)).ceil() as u32))
    }
}
