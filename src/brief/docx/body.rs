//! The document itself: paragraphs, tables, pages.

use super::{R, W};
use crate::brief::grid::{Cell, Column, Grid, colour};
use crate::brief::page::{Block, Section};
use crate::brief::pptx::reading;
use crate::brief::pptx::xml::Xml;
use crate::brief::{BulletinParts, Sentence};
use crate::chart::Chart;

/// Width and height of A4 in twentieths of a point, and the margins at the sides and above and below.
const PAGE: (u32, u32) = (11_906, 16_838);
const SIDE: u32 = 1_190;
const ABOVE: u32 = 1_250;

/// A chart, px, as wide as the text of a page.
pub(super) const CHART: (f64, f64) = (634.0, 290.0);
/// In a px.
const EMU: f64 = 9_525.0;

/// A page's own way: upright or turned sideways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Upright,
    Sideways,
}

impl Turn {
    fn size(self) -> (u32, u32) {
        match self {
            Self::Upright => PAGE,
            Self::Sideways => (PAGE.1, PAGE.0),
        }
    }

    /// Width of the text.
    fn text(self) -> u32 {
        self.size().0 - 2 * SIDE
    }
}

/// `charts` are the links to the pictures as charts, in order; of those that cannot be edited, none.
pub(super) fn document(
    parts: &BulletinParts,
    sections: &[Section<'_>],
    footer: &str,
    charts: &[Option<String>],
) -> Vec<u8> {
    let mut charts = charts.iter().zip(1..);
    let mut xml = Xml::new();
    xml.open("w:document", &[("xmlns:w", &W), ("xmlns:r", &R)], |xml| {
        xml.open("w:body", &[], |xml| {
            paragraph(xml, "Title", &parts.title);
            paragraph(xml, "Subtitle", &parts.subtitle);
            if !parts.illustrative.is_empty() {
                paragraph(xml, "Illustrative", &parts.illustrative);
            }
            if !parts.headline.text.is_empty() {
                sentence(xml, "Lead", &parts.headline);
            }
            let mut turn = Turn::Upright;
            for section in sections {
                // The league tables are wide.
                let wanted = if section.id == "league" { Turn::Sideways } else { Turn::Upright };
                if wanted != turn {
                    xml.open("w:p", &[], |xml| {
                        xml.open("w:pPr", &[], |xml| pages(xml, turn, footer));
                    });
                    turn = wanted;
                }
                paragraph(xml, "Heading1", &section.title);
                for block in &section.blocks {
                    match block {
                        Block::Words(words) => sentence(xml, "Normal", words),
                        Block::Table(grid) => table(xml, parts, grid, turn.text()),
                        Block::Note(note) => paragraph(xml, "Note", note),
                        Block::Picture(chart) => {
                            if let Some((Some(link), number)) = charts.next() {
                                paragraph(xml, "Caption", chart.title());
                                picture(xml, chart.description(), link, number);
                                paragraph(xml, "Note", chart.subtitle());
                                // A slide has a table beside a waterfall.
                                if let Chart::Waterfall(_) = chart.as_ref() {
                                    paragraph(xml, "Note", chart.description());
                                    paragraph(xml, "Note", &reading(chart));
                                }
                            }
                        }
                    }
                }
            }
            paragraph(xml, "Note", &parts.footer);
            pages(xml, turn, footer);
        });
    });
    xml.finish()
}

/// A chart inside a paragraph of its own.
fn picture(xml: &mut Xml, alt: &str, chart: &str, number: i32) {
    const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
    const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    let name = format!("Chart {number}");
    let (wide, high) = (CHART.0 * EMU, CHART.1 * EMU);
    xml.open("w:p", &[], |xml| {
        xml.open("w:pPr", &[], |xml| xml.leaf("w:keepNext", &[]));
        xml.open("w:r", &[], |xml| {
            xml.open("w:drawing", &[], |xml| {
                let none: [(&str, &dyn std::fmt::Display); 4] =
                    [("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)];
                let mut inline = vec![("xmlns:wp", &WP as &dyn std::fmt::Display)];
                inline.extend(none);
                xml.open("wp:inline", &inline, |xml| {
                    xml.leaf("wp:extent", &[("cx", &wide), ("cy", &high)]);
                    xml.leaf("wp:docPr", &[("id", &number), ("name", &name), ("descr", &alt)]);
                    xml.leaf("wp:cNvGraphicFramePr", &[]);
                    xml.open("a:graphic", &[("xmlns:a", &A)], |xml| {
                        xml.open("a:graphicData", &[("uri", &C)], |xml| {
                            xml.leaf("c:chart", &[("xmlns:c", &C), ("r:id", &chart)]);
                        });
                    });
                });
            });
        });
    });
}

/// What stands at the foot of every page: what is illustrative and the product, and the page.
pub(super) fn footer(parts: &BulletinParts) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:ftr", &[("xmlns:w", &W), ("xmlns:r", &R)], |xml| {
        xml.open("w:p", &[], |xml| {
            xml.open("w:pPr", &[], |xml| {
                xml.leaf("w:pStyle", &[("w:val", &"Footer")]);
                xml.leaf("w:jc", &[("w:val", &"center")]);
            });
            run(xml, &format!("{} · ", parts.mark), |_| {});
            xml.open("w:fldSimple", &[("w:instr", &" PAGE ")], |xml| run(xml, "1", |_| {}));
        });
    });
    xml.finish()
}

fn paragraph(xml: &mut Xml, style: &str, text: &str) {
    xml.open("w:p", &[], |xml| {
        xml.open("w:pPr", &[], |xml| xml.leaf("w:pStyle", &[("w:val", &style)]));
        run(xml, text, |_| {});
    });
}

/// A sentence with its id behind it, raised.
fn sentence(xml: &mut Xml, style: &str, words: &Sentence) {
    xml.open("w:p", &[], |xml| {
        xml.open("w:pPr", &[], |xml| xml.leaf("w:pStyle", &[("w:val", &style)]));
        run(xml, &words.text, |_| {});
        run(xml, &words.id, |xml| {
            xml.leaf("w:color", &[("w:val", &"57606A")]);
            xml.leaf("w:vertAlign", &[("w:val", &"superscript")]);
        });
    });
}

fn run(xml: &mut Xml, text: &str, look: impl FnOnce(&mut Xml)) {
    xml.open("w:r", &[], |xml| {
        xml.open("w:rPr", &[], look);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                xml.leaf("w:br", &[]);
            }
            xml.text_of("w:t", &[("xml:space", &"preserve")], line);
        }
    });
}

fn table(xml: &mut Xml, parts: &BulletinParts, grid: &Grid, room: u32) {
    paragraph(xml, "Caption", &grid.title);
    if !grid.rows.is_empty() {
        let all: f64 = grid.columns.iter().map(|c| c.width).sum();
        let widths: Vec<u32> =
            grid.columns.iter().map(|c| (c.width / all * f64::from(room)).floor() as u32).collect();
        xml.open("w:tbl", &[], |xml| {
            xml.open("w:tblPr", &[], |xml| {
                xml.leaf("w:tblStyle", &[("w:val", &"Figures")]);
                xml.leaf("w:tblW", &[("w:w", &widths.iter().sum::<u32>()), ("w:type", &"dxa")]);
                xml.leaf("w:tblLayout", &[("w:type", &"fixed")]);
                xml.leaf("w:tblCaption", &[("w:val", &grid.title)]);
            });
            xml.open("w:tblGrid", &[], |xml| {
                for width in &widths {
                    xml.leaf("w:gridCol", &[("w:w", width)]);
                }
            });
            xml.open("w:tr", &[], |xml| {
                xml.open("w:trPr", &[], |xml| {
                    xml.leaf("w:cantSplit", &[]);
                    xml.leaf("w:tblHeader", &[]);
                });
                for (column, width) in grid.columns.iter().zip(&widths) {
                    cell(xml, *width, Some("DFE8F1"), column, &column.head, |xml| {
                        xml.leaf("w:b", &[]);
                        xml.leaf("w:bCs", &[]);
                    });
                }
            });
            for row in &grid.rows {
                line(xml, parts, grid, row, &widths);
            }
        });
    }
    paragraph(xml, "Note", &grid.note);
}

fn line(xml: &mut Xml, parts: &BulletinParts, grid: &Grid, row: &[Cell], widths: &[u32]) {
    let whole = row.iter().any(|c| matches!(c, Cell::Name { whole: true, .. }));
    xml.open("w:tr", &[], |xml| {
        xml.open("w:trPr", &[], |xml| xml.leaf("w:cantSplit", &[]));
        for ((content, column), width) in row.iter().zip(&grid.columns).zip(widths) {
            let mut text = content.shown(parts.decimals, parts.lang);
            if let Cell::Name { depth, .. } = content {
                text.insert_str(0, &"\u{3000}".repeat(usize::from(depth.saturating_sub(1))));
            }
            cell(xml, *width, whole.then_some("EEF2F6"), column, &text, |xml| {
                let light =
                    if let Cell::Light(light, _) = content { Some(colour(*light, parts)) } else { None };
                if whole || light.is_some() {
                    xml.leaf("w:b", &[]);
                    xml.leaf("w:bCs", &[]);
                }
                if let Some(light) = light {
                    xml.leaf("w:color", &[("w:val", &light)]);
                }
            });
        }
    });
}

fn cell(
    xml: &mut Xml,
    width: u32,
    fill: Option<&str>,
    column: &Column,
    text: &str,
    look: impl FnOnce(&mut Xml),
) {
    xml.open("w:tc", &[], |xml| {
        xml.open("w:tcPr", &[], |xml| {
            xml.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
            if let Some(fill) = fill {
                xml.leaf("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill)]);
            }
            xml.leaf("w:vAlign", &[("w:val", &"center")]);
        });
        xml.open("w:p", &[], |xml| {
            xml.open("w:pPr", &[], |xml| {
                xml.leaf("w:pStyle", &[("w:val", &"Cell")]);
                if !column.words {
                    xml.leaf("w:jc", &[("w:val", &"right")]);
                }
            });
            run(xml, text, look);
        });
    });
}

/// What the pages up to here are like.
fn pages(xml: &mut Xml, turn: Turn, footer: &str) {
    xml.open("w:sectPr", &[], |xml| {
        xml.leaf("w:footerReference", &[("w:type", &"default"), ("r:id", &footer)]);
        xml.leaf("w:type", &[("w:val", &"nextPage")]);
        let (wide, high) = turn.size();
        match turn {
            Turn::Upright => xml.leaf("w:pgSz", &[("w:w", &wide), ("w:h", &high)]),
            Turn::Sideways => {
                xml.leaf("w:pgSz", &[("w:w", &wide), ("w:h", &high), ("w:orient", &"landscape")]);
            }
        }
        xml.leaf(
            "w:pgMar",
            &[
                ("w:top", &ABOVE),
                ("w:right", &SIDE),
                ("w:bottom", &ABOVE),
                ("w:left", &SIDE),
                ("w:header", &600),
                ("w:footer", &600),
                ("w:gutter", &0),
            ],
        );
    });
}
