//! What stands on a slide: texts, plain shapes, tables, charts and pictures, each at a place in px of 1280 × 720.

use super::native::{NativeChart, Stroke};
use super::style::{self, Ink, emu};
use super::xml::Xml;
use crate::chart::theme::Rgb;

/// A place on the slide, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

pub(super) const fn place(x: f64, y: f64, w: f64, h: f64) -> Place {
    Place { x, y, w, h }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

impl Align {
    fn name(self) -> &'static str {
        match self {
            Self::Left => "l",
            Self::Middle => "ctr",
            Self::Right => "r",
        }
    }
}

/// Where a text stands in the height of its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Top,
    Middle,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Top => "t",
            Self::Middle => "ctr",
        }
    }
}

/// Texts of one look after the other in a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) runs: Vec<(String, Ink)>,
    pub(super) align: Align,
    /// Space before it, points.
    pub(super) before: f64,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, size: f64, color: Rgb) -> Self {
        Self { runs: vec![(text.into(), Ink { size, bold: false, color })], align: Align::Left, before: 0.0 }
    }

    pub(super) fn bold(mut self) -> Self {
        self.runs.iter_mut().for_each(|(_, ink)| ink.bold = true);
        self
    }

    pub(super) fn and(mut self, text: impl Into<String>, size: f64, bold: bool, color: Rgb) -> Self {
        self.runs.push((text.into(), Ink { size, bold, color }));
        self
    }

    pub(super) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) fn before(self, before: f64) -> Self {
        Self { before, ..self }
    }
}

/// A shape without text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    Rect,
    Disc,
    Triangle,
    Diamond,
}

impl Outline {
    fn name(self) -> &'static str {
        match self {
            Self::Rect => "rect",
            Self::Disc => "ellipse",
            Self::Triangle => "triangle",
            Self::Diamond => "diamond",
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TableCell {
    pub(super) lines: Vec<Line>,
    pub(super) fill: Option<Rgb>,
}

impl From<Line> for TableCell {
    fn from(line: Line) -> Self {
        Self { lines: vec![line], fill: None }
    }
}

/// A table with a header row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// px.
    pub(super) widths: Vec<f64>,
    /// Of each row, the header's first, px.
    pub(super) heights: Vec<f64>,
    pub(super) rows: Vec<Vec<TableCell>>,
    pub(super) alt: String,
}

impl Table {
    /// px.
    pub(super) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }
}

/// A picture as bytes: a PNG that every program shows, and the same as SVG for those that can.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    pub(super) png: Vec<u8>,
    pub(super) svg: Option<Vec<u8>>,
    pub(super) alt: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text { lines: Vec<Line>, anchor: Anchor },
    Shape { outline: Outline, fill: Option<Rgb>, stroke: Option<Stroke> },
    Table(Table),
    Chart { chart: Box<NativeChart>, alt: String },
    Picture(Picture),
}

/// Something on a slide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// As the list of objects names it.
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) content: Content,
}

impl Item {
    pub(super) fn text(name: &str, place: Place, anchor: Anchor, lines: Vec<Line>) -> Self {
        Self { name: name.into(), place, content: Content::Text { lines, anchor } }
    }

    pub(super) fn shape(name: &str, place: Place, outline: Outline, fill: Rgb) -> Self {
        let content = Content::Shape { outline, fill: Some(fill), stroke: None };
        Self { name: name.into(), place, content }
    }
}

/// The element of an item. `links` are the relationships of a chart, or of a picture's PNG and SVG.
pub(super) fn item(xml: &mut Xml, item: &Item, id: usize, lang: &str, links: &[String]) {
    let link = |at: usize| links.get(at).map_or("", String::as_str);
    match &item.content {
        Content::Text { lines, anchor } => text_box(xml, item, id, lang, lines, *anchor),
        Content::Shape { outline, fill, stroke } => shape(xml, item, id, *outline, *fill, *stroke),
        Content::Table(table) => frame(xml, item, id, &table.alt, "table", |xml| cells(xml, table, lang)),
        Content::Chart { alt, .. } => frame(xml, item, id, alt, "chart", |xml| {
            let space = "http://schemas.openxmlformats.org/drawingml/2006/chart";
            xml.leaf("c:chart", &[("xmlns:c", &space), ("r:id", &link(0))]);
        }),
        Content::Picture(picture) => {
            pictured(xml, item, id, picture, link(0), links.get(1).map(String::as_str));
        }
    }
}

/// `p:cNvPr`: what it is for the list of objects and for those who do not see it.
fn named(xml: &mut Xml, item: &Item, id: usize, alt: &str) {
    if alt.is_empty() {
        xml.leaf("p:cNvPr", &[("id", &id), ("name", &item.name)]);
    } else {
        xml.leaf("p:cNvPr", &[("id", &id), ("name", &item.name), ("descr", &alt)]);
    }
}

pub(super) fn at(xml: &mut Xml, element: &str, place: Place) {
    xml.open(element, &[], |xml| {
        xml.leaf("a:off", &[("x", &emu(place.x)), ("y", &emu(place.y))]);
        xml.leaf("a:ext", &[("cx", &emu(place.w)), ("cy", &emu(place.h))]);
    });
}

fn geometry(xml: &mut Xml, name: &str) {
    xml.open("a:prstGeom", &[("prst", &name)], |xml| xml.leaf("a:avLst", &[]));
}

fn text_box(xml: &mut Xml, item: &Item, id: usize, lang: &str, lines: &[Line], anchor: Anchor) {
    xml.open("p:sp", &[], |xml| {
        xml.open("p:nvSpPr", &[], |xml| {
            named(xml, item, id, "");
            xml.leaf("p:cNvSpPr", &[("txBox", &1)]);
            xml.leaf("p:nvPr", &[]);
        });
        xml.open("p:spPr", &[], |xml| {
            at(xml, "a:xfrm", item.place);
            geometry(xml, "rect");
            xml.leaf("a:noFill", &[]);
        });
        xml.open("p:txBody", &[], |xml| body(xml, lines, anchor, lang));
    });
}

/// The inside of a text: no inset, so that texts stand on the same edges as charts.
fn body(xml: &mut Xml, lines: &[Line], anchor: Anchor, lang: &str) {
    let anchor = anchor.name();
    let attrs: [super::xml::Attr; 7] = [
        ("wrap", &"square"),
        ("lIns", &0),
        ("tIns", &0),
        ("rIns", &0),
        ("bIns", &0),
        ("rtlCol", &0),
        ("anchor", &anchor),
    ];
    xml.open("a:bodyPr", &attrs, |xml| xml.leaf("a:noAutofit", &[]));
    xml.leaf("a:lstStyle", &[]);
    paragraphs(xml, lines, lang);
}

pub(super) fn paragraphs(xml: &mut Xml, lines: &[Line], lang: &str) {
    if lines.is_empty() {
        xml.open("a:p", &[], |xml| xml.leaf("a:endParaRPr", &[("lang", &lang)]));
    }
    for line in lines {
        xml.open("a:p", &[], |xml| {
            xml.open("a:pPr", &[("algn", &line.align.name())], |xml| {
                let before = (line.before * 100.0).round();
                xml.open("a:spcBef", &[], |xml| xml.val("a:spcPts", before));
            });
            for (text, ink) in &line.runs {
                xml.open("a:r", &[], |xml| {
                    style::run_properties(xml, "a:rPr", Some(lang), ink);
                    xml.text("a:t", text);
                });
            }
        });
    }
}

fn shape(xml: &mut Xml, item: &Item, id: usize, outline: Outline, fill: Option<Rgb>, stroke: Option<Stroke>) {
    xml.open("p:sp", &[], |xml| {
        xml.open("p:nvSpPr", &[], |xml| {
            named(xml, item, id, "");
            xml.leaf("p:cNvSpPr", &[]);
            xml.leaf("p:nvPr", &[]);
        });
        xml.open("p:spPr", &[], |xml| {
            at(xml, "a:xfrm", item.place);
            geometry(xml, outline.name());
            match fill {
                Some(color) => style::solid(xml, color),
                None => xml.leaf("a:noFill", &[]),
            }
            match stroke {
                Some(stroke) => style::line(xml, stroke),
                None => style::no_line(xml),
            }
        });
    });
}

fn frame(xml: &mut Xml, item: &Item, id: usize, alt: &str, what: &str, inside: impl FnOnce(&mut Xml)) {
    xml.open("p:graphicFrame", &[], |xml| {
        xml.open("p:nvGraphicFramePr", &[], |xml| {
            named(xml, item, id, alt);
            xml.open("p:cNvGraphicFramePr", &[], |xml| xml.leaf("a:graphicFrameLocks", &[("noGrp", &1)]));
            xml.leaf("p:nvPr", &[]);
        });
        at(xml, "p:xfrm", item.place);
        xml.open("a:graphic", &[], |xml| {
            let uri = format!("http://schemas.openxmlformats.org/drawingml/2006/{what}");
            xml.open("a:graphicData", &[("uri", &uri)], inside);
        });
    });
}

fn cells(xml: &mut Xml, table: &Table, lang: &str) {
    xml.open("a:tbl", &[], |xml| {
        xml.leaf("a:tblPr", &[("firstRow", &1)]);
        xml.open("a:tblGrid", &[], |xml| {
            for width in &table.widths {
                xml.leaf("a:gridCol", &[("w", &emu(*width))]);
            }
        });
        for (at, (row, height)) in table.rows.iter().zip(&table.heights).enumerate() {
            xml.open("a:tr", &[("h", &emu(*height))], |xml| {
                for cell in row {
                    table_cell(xml, cell, at == 0, lang);
                }
            });
        }
    });
}

/// A cell with a line below it and none elsewhere.
fn table_cell(xml: &mut Xml, cell: &TableCell, head: bool, lang: &str) {
    xml.open("a:tc", &[], |xml| {
        xml.open("a:txBody", &[], |xml| {
            xml.leaf("a:bodyPr", &[]);
            xml.leaf("a:lstStyle", &[]);
            paragraphs(xml, &cell.lines, lang);
        });
        let inset = emu(6.0);
        let attrs: [super::xml::Attr; 5] = [
            ("marL", &inset),
            ("marR", &inset),
            ("marT", &emu(3.0)),
            ("marB", &emu(3.0)),
            ("anchor", &"ctr"),
        ];
        xml.open("a:tcPr", &attrs, |xml| {
            for side in ["a:lnL", "a:lnR", "a:lnT"] {
                xml.open(side, &[("w", &0)], |xml| xml.leaf("a:noFill", &[]));
            }
            let color = if head { style::LINE_STRONG } else { style::LINE };
            xml.open("a:lnB", &[("w", &emu(1.0))], |xml| {
                style::solid(xml, color);
                xml.val("a:prstDash", "solid");
            });
            match cell.fill {
                Some(color) => style::solid(xml, color),
                None => xml.leaf("a:noFill", &[]),
            }
        });
    });
}

fn pictured(xml: &mut Xml, item: &Item, id: usize, picture: &Picture, png: &str, svg: Option<&str>) {
    xml.open("p:pic", &[], |xml| {
        xml.open("p:nvPicPr", &[], |xml| {
            named(xml, item, id, &picture.alt);
            xml.open("p:cNvPicPr", &[], |xml| xml.leaf("a:picLocks", &[("noChangeAspect", &1)]));
            xml.leaf("p:nvPr", &[]);
        });
        xml.open("p:blipFill", &[], |xml| {
            xml.open("a:blip", &[("r:embed", &png)], |xml| {
                let Some(svg) = svg else { return };
                xml.open("a:extLst", &[], |xml| {
                    let uri = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
                    xml.open("a:ext", &[("uri", &uri)], |xml| {
                        let space = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                        xml.leaf("asvg:svgBlip", &[("xmlns:asvg", &space), ("r:embed", &svg)]);
                    });
                });
            });
            xml.open("a:stretch", &[], |xml| xml.leaf("a:fillRect", &[]));
        });
        xml.open("p:spPr", &[], |xml| {
            at(xml, "a:xfrm", item.place);
            geometry(xml, "rect");
        });
    });
}
