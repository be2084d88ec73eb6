//! Colours, fonts and lines, as every part of a deck writes them.

use super::draw::Outline;
use super::native::Stroke;
use super::xml::Xml;
use crate::chart::house::{self, House};
use crate::chart::theme::{Rgb, Theme, Tokens};
use crate::target::Light;

pub(super) const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(super) const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// English Metric Units in a px of a slide that is 1280 px wide.
const EMU: f64 = 9525.0;

// The neutrals and the status fills of the page's `tokens.css`, by day.
pub(super) const WHITE: Rgb = Rgb(0xff, 0xff, 0xff);
pub(super) const INK: Rgb = Rgb(0x17, 0x20, 0x2b);
pub(super) const INK_2: Rgb = Rgb(0x48, 0x52, 0x5d);
pub(super) const INK_3: Rgb = Rgb(0x67, 0x71, 0x7b);
pub(super) const LINE: Rgb = Rgb(0xe2, 0xe3, 0xde);
pub(super) const LINE_STRONG: Rgb = Rgb(0xc6, 0xc9, 0xc6);
pub(super) const SUNKEN: Rgb = Rgb(0xf1, 0xf2, 0xef);

/// Size of a chart's texts, points.
pub(super) const CHART_TEXT: f64 = 14.0;

/// px to EMU.
pub(super) fn emu(px: f64) -> i64 {
    (px * EMU).round() as i64
}

pub(super) fn solid(xml: &mut Xml, color: Rgb) {
    xml.open("a:solidFill", &[], |xml| xml.val("a:srgbClr", color.digits()));
}

pub(super) fn line(xml: &mut Xml, stroke: Stroke) {
    xml.open("a:ln", &[("w", &emu(stroke.width)), ("cap", &"flat")], |xml| {
        solid(xml, stroke.color);
        xml.val("a:prstDash", stroke.dash.name());
        xml.leaf("a:round", &[]);
    });
}

pub(super) fn no_line(xml: &mut Xml) {
    xml.open("a:ln", &[], |xml| xml.leaf("a:noFill", &[]));
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    /// Points.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: Rgb,
}

/// `a:rPr`, `a:defRPr` or `a:endParaRPr`: size, colour, and the theme's font for every script.
pub(super) fn run_properties(xml: &mut Xml, element: &str, lang: Option<&str>, ink: &Ink) {
    let (size, bold) = ((ink.size * 100.0).round(), u8::from(ink.bold));
    let mut attrs: Vec<super::xml::Attr> = Vec::new();
    if let Some(lang) = &lang {
        attrs.push(("lang", lang));
    }
    attrs.push(("sz", &size));
    attrs.push(("b", &bold));
    xml.open(element, &attrs, |xml| {
        solid(xml, ink.color);
        for (script, font) in [("a:latin", "+mn-lt"), ("a:ea", "+mn-ea"), ("a:cs", "+mn-cs")] {
            xml.leaf(script, &[("typeface", &font)]);
        }
    });
}

/// Fill, text colour and shape of a light; the shape says it without the colour.
pub(super) fn light(light: Light, t: &Tokens) -> (Rgb, Rgb, Outline) {
    match light {
        Light::Green => (t.ok_fill, t.ok, Outline::Disc),
        Light::Yellow => (t.watch_fill, t.watch, Outline::Triangle),
        Light::Red => (t.risk_fill, t.risk, Outline::Diamond),
    }
}

/// The colours of a slide, as a house has them; with the scenario's hue where that is asked for.
pub(super) fn tokens(house: Option<&House>, scenario: bool) -> Tokens {
    house::tokens(house, Theme::Light, scenario)
}

/// The same shape as a character, for a cell of a table.
pub(super) fn sign(light: Light) -> &'static str {
    match light {
        Light::Green => "●",
        Light::Yellow => "▲",
        Light::Red => "◆",
    }
}
