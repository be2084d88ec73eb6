//! A bulletin as a document for Word, WPS and LibreOffice.

mod body;

use super::page::Block;
use super::pptx::base::theme;
use super::pptx::native;
use super::pptx::package::{CHART_TYPE, Kind, Links, Package, THEME_TYPE};
use super::pptx::xml::Xml;
use super::{BriefError, Bulletin, BulletinParts, Stamp};
use crate::chart::theme::Theme;
use crate::error::Lang;

const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const STYLES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
const FOOTER: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
const SETTINGS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml";
const FONTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A bulletin as a DOCX file: A4, fan, monthly need and waterfall as charts that can be edited, league tables on pages turned sideways, headings that a table of contents finds, header rows
/// that are repeated. The same bulletin and time give the same bytes.
///
/// ```
/// use landfall::brief::{Bulletin, BulletinParts, Stamp, docx};
/// let bulletin = Bulletin::new(BulletinParts { title: "July".into(), month: 7, ..BulletinParts::default() })?;
/// let created = Stamp::from_unix(1_691_487_000);
/// assert_eq!(docx(&bulletin, created)?, docx(&bulletin, created)?);
/// # Ok::<(), landfall::brief::BriefError>(())
/// ```
///
/// # Errors
/// [`BriefError::Package`] where the file could not be put together.
pub fn docx(bulletin: &Bulletin, created: Stamp) -> Result<Vec<u8>, BriefError> {
    let parts = bulletin.parts();
    let (mut package, mut root, mut links) = (Package::default(), Links::default(), Links::default());
    root.to(Kind::Document, "word/document.xml");
    root.to(Kind::Core, "docProps/core.xml");
    links.to(Kind::Styles, "word/styles.xml");
    let footer = links.to(Kind::Footer, "word/footer1.xml");
    for (kind, place) in [
        (Kind::Settings, "word/settings.xml"),
        (Kind::FontTable, "word/fontTable.xml"),
        (Kind::Theme, "word/theme/theme1.xml"),
    ] {
        links.to(kind, place);
    }
    let sections = parts.sections();
    // One a picture; of those that cannot be edited, none.
    let mut charts = Vec::new();
    for block in sections.iter().flat_map(|s| &s.blocks) {
        let Block::Picture(drawn) = block else { continue };
        let number = charts.iter().flatten().count() + 1;
        let place = format!("word/charts/chart{number}.xml");
        let book_place = format!("word/embeddings/Microsoft_Excel_Sheet{number}.xlsx");
        let mut inside = Links::default();
        let workbook = inside.to(Kind::Workbook, &book_place);
        let made = native(drawn, body::CHART.1, created, &workbook)
            .map_err(|e| BriefError::Package { why: e.to_string() })?;
        charts.push(made.map(|(chart, book)| {
            package.add(&place, CHART_TYPE, chart, &inside);
            package.add_file(&book_place, book);
            links.to(Kind::Chart, &place)
        }));
    }
    let document = body::document(parts, &sections, &footer, &charts);
    package.add("word/document.xml", DOCUMENT, document, &links);
    package.add("word/styles.xml", STYLES, styles(parts), &Links::default());
    package.add("word/footer1.xml", FOOTER, body::footer(parts), &Links::default());
    package.add("word/settings.xml", SETTINGS, settings(), &Links::default());
    package.add("word/fontTable.xml", FONTS, fonts(), &Links::default());
    // Texts of charts are in the theme's fonts.
    let font = parts.house.as_ref().map_or("", |house| &house.font);
    package.add("word/theme/theme1.xml", THEME_TYPE, theme(font).into_bytes(), &Links::default());
    package.core(&parts.title, ("dc:description", &parts.footer), created);
    package.finish(&root).map_err(|e| BriefError::Package { why: e.to_string() })
}

/// A document of today's Word: else it opens in the compatibility mode of an old one.
fn settings() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("w:settings", &[("xmlns:w", &W)], |xml| {
        xml.open("w:compat", &[], |xml| {
            let (name, uri) = ("compatibilityMode", "http://schemas.microsoft.com/office/word");
            xml.leaf("w:compatSetting", &[("w:name", &name), ("w:uri", &uri), ("w:val", &15)]);
        });
    });
    xml.finish()
}

/// None beside those that the styles name.
fn fonts() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.leaf("w:fonts", &[("xmlns:w", &W)]);
    xml.finish()
}

/// Styles in the house's font and colour, else in the fonts of a Chinese office's papers or in those of an English one.
fn styles(parts: &BulletinParts) -> Vec<u8> {
    let (latin, body, head, size, line) = match parts.lang {
        Lang::Zh => ("Times New Roman", "仿宋", "黑体", "24", "330"),
        Lang::En => ("Arial", "等线", "等线", "21", "300"),
    };
    let own = parts.house.as_ref().map(|h| h.font.as_str()).filter(|font| !font.is_empty());
    let [latin, body, head] = [latin, body, head].map(|font| own.unwrap_or(font));
    let text = include_str!("styles.xml")
        .replace("LATIN", latin)
        .replace("BODY", body)
        .replace("HEAD", head)
        .replace("SIZE", size)
        .replace("LINE", line);
    let text = match &parts.house {
        Some(house) => text.replace("12436D", &house.tokens(Theme::Light, false).forecast.digits()),
        None => text,
    };
    text.into_bytes()
}
