//! A slide: its title on the layout's placeholder, what stands on it, and the footer that every slide has.

use super::Drawn;
use super::base::Layout;
use super::draw::{self, Align, Anchor, Content, Item, Line, Picture, Place, place};
use super::style::{self, A, Ink, P, R};
use super::xml::Xml;
use crate::chart::text;

/// px of a text of a size in points.
pub(super) const fn px(points: f64) -> f64 {
    points * 4.0 / 3.0
}

/// Height of a line of text of a size in points, px.
pub(super) fn row(points: f64) -> f64 {
    px(points) * 1.25
}

/// A slide under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slide {
    pub(super) layout: Layout,
    pub(super) title: String,
    /// Under the title: on a content slide unit and scope in one line, on the first one what the deck is.
    pub(super) subtitle: Vec<Line>,
    pub(super) items: Vec<Item>,
    /// Room at the right of the title that something else has, px.
    pub(super) beside: f64,
}

impl Slide {
    pub(super) fn content(title: impl Into<String>, subtitle: &str) -> Self {
        let line = shortened(subtitle, 14.0, false, WIDTH, 1);
        let subtitle = if line.is_empty() { Vec::new() } else { vec![Line::new(line, 14.0, style::INK_3)] };
        let title: String = title.into();
        // A title has no full stop.
        let title = title.trim_end_matches(['。', '.']).to_owned();
        Self { layout: Layout::Content, title, subtitle, items: Vec::new(), beside: 0.0 }
    }
}

impl Slide {
    /// Puts the house's logo at the right of the title.
    pub(super) fn bear(&mut self, logo: &Drawn, ratio: f64) {
        let (high, widest) = (40.0, 240.0);
        let wide = (high * ratio).min(widest);
        let place = place(LEFT + WIDTH - wide, 24.0, wide, wide / ratio);
        let picture = Picture { png: logo.png.clone(), svg: logo.svg.clone(), alt: "Logo".into() };
        self.items.push(Item { name: "Logo".into(), place, content: Content::Picture(picture) });
        // On the first slide the title stands lower.
        self.beside = if self.layout == Layout::Title { 0.0 } else { wide + 24.0 };
    }
}

/// What every slide says at its foot.
pub(super) struct Foot<'a> {
    pub(super) text: &'a str,
    pub(super) mark: &'a str,
}

/// Room between the margins, px.
pub(super) const WIDTH: f64 = 1168.0;
/// Left margin, px.
pub(super) const LEFT: f64 = 56.0;

/// The part; `links` are those of each item.
pub(super) fn part(slide: &Slide, number: usize, foot: &Foot, lang: &str, links: &[Vec<String>]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("p:sld", &[("xmlns:a", &A), ("xmlns:r", &R), ("xmlns:p", &P)], |xml| {
        xml.open("p:cSld", &[], |xml| {
            xml.open("p:spTree", &[], |xml| {
                root(xml);
                title(xml, slide, lang);
                for (at, item) in slide.items.iter().enumerate() {
                    let none = Vec::new();
                    draw::item(xml, item, at + 10, lang, links.get(at).unwrap_or(&none));
                }
                footer(xml, number, foot, lang);
            });
        });
        xml.open("p:clrMapOvr", &[], |xml| xml.leaf("a:masterClrMapping", &[]));
    });
    xml.finish()
}

fn root(xml: &mut Xml) {
    xml.open("p:nvGrpSpPr", &[], |xml| {
        xml.leaf("p:cNvPr", &[("id", &1), ("name", &"")]);
        xml.leaf("p:cNvGrpSpPr", &[]);
        xml.leaf("p:nvPr", &[]);
    });
    xml.open("p:grpSpPr", &[], |xml| {
        xml.open("a:xfrm", &[], |xml| {
            for element in ["a:off", "a:ext", "a:chOff", "a:chExt"] {
                let (x, y) = if element.ends_with("ff") { ("x", "y") } else { ("cx", "cy") };
                xml.leaf(element, &[(x, &0), (y, &0)]);
            }
        });
    });
}

fn title(xml: &mut Xml, slide: &Slide, lang: &str) {
    let on_first = slide.layout == Layout::Title;
    let sizes: &[(f64, usize)] = if on_first {
        &[(40.0, 1), (32.0, 2), (24.0, 3)]
    } else {
        &[(26.0, 1), (24.0, 1), (20.0, 2), (15.0, 3)]
    };
    let width = if on_first { 1088.0 } else { WIDTH - slide.beside };
    let (size, lines) = fitted(&slide.title, sizes, true, width);
    let ink = Ink { size, bold: true, color: style::INK };
    let kind = if on_first { "ctrTitle" } else { "title" };
    // Elsewhere it stands where the layout has it.
    let own = (slide.beside > 0.0).then(|| place(LEFT, 20.0, width, 70.0));
    placeholder(xml, (2, "Title", own), &[("type", &kind)], |xml| {
        xml.open("a:p", &[], |xml| {
            xml.open("a:r", &[], |xml| {
                style::run_properties(xml, "a:rPr", Some(lang), &ink);
                xml.text("a:t", &lines);
            });
        });
    });
    if on_first {
        placeholder(xml, (3, "Subtitle", None), &[("type", &"subTitle"), ("idx", &1)], |xml| {
            draw::paragraphs(xml, &slide.subtitle, lang);
        });
    } else if !slide.subtitle.is_empty() {
        let under = Item::text("Subtitle", SUBTITLE, Anchor::Top, slide.subtitle.clone());
        draw::item(xml, &under, 3, lang, &[]);
    }
}

const SUBTITLE: Place = place(LEFT, 94.0, WIDTH, 24.0);

/// The part of a width that is counted on: programs set a little space between Chinese and Latin letters.
const SURE: f64 = 0.95;

/// Lines that a text takes in a width, rather one too many.
pub(super) fn lines(words: &str, points: f64, bold: bool, width: f64) -> usize {
    text::wrap(words, px(points), bold, width * SURE, usize::MAX).len()
}

/// A text for so many lines, with an ellipsis where something had to be left out. The program breaks the lines.
pub(super) fn shortened(words: &str, points: f64, bold: bool, width: f64, most: usize) -> String {
    if lines(words, points, bold, width) <= most {
        return words.to_owned();
    }
    let cuts = words.char_indices().rev().map(|(at, _)| format!("{}…", words[..at].trim_end()));
    cuts.into_iter().find(|cut| lines(cut, points, bold, width) <= most).unwrap_or_default()
}

/// The first size at which a text takes no more than its lines; the last one shortens what is too long even then.
fn fitted(words: &str, sizes: &[(f64, usize)], bold: bool, width: f64) -> (f64, String) {
    let fits = |(size, most): &&(f64, usize)| lines(words, *size, bold, width) <= *most;
    let (size, most) = sizes.iter().find(fits).or(sizes.last()).copied().unwrap_or((14.0, 1));
    (size, shortened(words, size, bold, width, most))
}

fn placeholder(
    xml: &mut Xml,
    (id, name, own): (usize, &str, Option<Place>),
    attrs: &[super::xml::Attr],
    inside: impl FnOnce(&mut Xml),
) {
    xml.open("p:sp", &[], |xml| {
        xml.open("p:nvSpPr", &[], |xml| {
            xml.leaf("p:cNvPr", &[("id", &id), ("name", &name)]);
            xml.open("p:cNvSpPr", &[], |xml| xml.leaf("a:spLocks", &[("noGrp", &1)]));
            xml.open("p:nvPr", &[], |xml| xml.leaf("p:ph", attrs));
        });
        match own {
            Some(place) => xml.open("p:spPr", &[], |xml| draw::at(xml, "a:xfrm", place)),
            None => xml.leaf("p:spPr", &[]),
        }
        xml.open("p:txBody", &[], |xml| {
            xml.leaf("a:bodyPr", &[]);
            xml.leaf("a:lstStyle", &[]);
            inside(xml);
        });
    });
}

/// Source and number on the layout's placeholders, between them the mark.
fn footer(xml: &mut Xml, number: usize, foot: &Foot, lang: &str) {
    let (size, lines) = fitted(foot.text, &[(12.0, 2), (11.0, 2), (10.0, 2)], false, 820.0);
    let ink = Ink { size, bold: false, color: style::INK_3 };
    placeholder(xml, (4, "Footer", None), &[("type", &"ftr"), ("sz", &"quarter"), ("idx", &3)], |xml| {
        xml.open("a:p", &[], |xml| {
            xml.open("a:r", &[], |xml| {
                style::run_properties(xml, "a:rPr", Some(lang), &ink);
                xml.text("a:t", &lines);
            });
        });
    });
    placeholder(
        xml,
        (5, "Slide number", None),
        &[("type", &"sldNum"), ("sz", &"quarter"), ("idx", &4)],
        |xml| {
            xml.open("a:p", &[], |xml| {
                let id = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}";
                xml.open("a:fld", &[("id", &id), ("type", &"slidenum")], |xml| {
                    style::run_properties(xml, "a:rPr", Some(lang), &ink);
                    xml.text("a:t", &number.to_string());
                });
            });
        },
    );
    let mark = Line::new(foot.mark, 12.0, style::INK_2).bold().align(Align::Right);
    let mark = Item {
        name: "Mark".into(),
        place: place(884.0, 664.0, 288.0, 20.0),
        content: Content::Text { lines: vec![mark], anchor: Anchor::Top },
    };
    draw::item(xml, &mark, 6, lang, &[]);
}
