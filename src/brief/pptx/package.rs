//! The package: parts, what each is, what it refers to, and the zip around them.

use super::PptxError;
use super::xml::Xml;
use crate::brief::Stamp;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const RELS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// What the core properties, a chart and a theme are.
const CORE_TYPE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
pub(in crate::brief) const CHART_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
pub(in crate::brief) const THEME_TYPE: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// What a part is to the one that refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::brief) enum Kind {
    /// The presentation itself.
    Document,
    /// Title, creator, dates.
    Core,
    /// The rest of the properties.
    Extended,
    Master,
    Layout,
    Theme,
    Slide,
    Chart,
    /// A workbook inside a chart.
    Workbook,
    Image,
    PresentationProperties,
    ViewProperties,
    TableStyles,
    /// Of a document: its styles, and what stands at the foot of a page.
    Styles,
    Footer,
    /// Of a document: how programs are to treat it, and the fonts that it names.
    Settings,
    FontTable,
}

impl Kind {
    fn uri(self) -> String {
        let name = match self {
            Self::Core => return CORE.into(),
            Self::Document => "officeDocument",
            Self::Extended => "extended-properties",
            Self::Master => "slideMaster",
            Self::Layout => "slideLayout",
            Self::Theme => "theme",
            Self::Slide => "slide",
            Self::Chart => "chart",
            Self::Workbook => "package",
            Self::Image => "image",
            Self::PresentationProperties => "presProps",
            Self::ViewProperties => "viewProps",
            Self::TableStyles => "tableStyles",
            Self::Styles => "styles",
            Self::Footer => "footer",
            Self::Settings => "settings",
            Self::FontTable => "fontTable",
        };
        format!("{OFFICE}/{name}")
    }
}

/// What a part refers to; the place in the list, from 1, is its id.
#[derive(Debug, Clone, Default)]
pub(in crate::brief) struct Links(Vec<(Kind, String)>);

impl Links {
    /// Refers to a part by its name in the package (`ppt/slides/slide1.xml`); the id to name it by.
    pub(in crate::brief) fn to(&mut self, kind: Kind, part: impl Into<String>) -> String {
        self.0.push((kind, part.into()));
        format!("rId{}", self.0.len())
    }

    fn write(&self, from: &str) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("Relationships", &[("xmlns", &RELATIONS)], |xml| {
            for (at, (kind, part)) in self.0.iter().enumerate() {
                let (id, target) = (format!("rId{}", at + 1), relative(from, part));
                xml.leaf("Relationship", &[("Id", &id), ("Type", &kind.uri()), ("Target", &target)]);
            }
        });
        xml.finish()
    }
}

/// The way from one part to another: `../charts/chart1.xml`.
fn relative(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').collect();
    let folder = &folder[..folder.len() - 1];
    let target: Vec<&str> = to.split('/').collect();
    let shared = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(target[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A package under way.
#[derive(Debug, Default)]
pub(in crate::brief) struct Package {
    /// Name, content type (none: told by the name's ending), bytes, in the order they are written.
    parts: Vec<(String, Option<&'static str>, Vec<u8>)>,
}

impl Package {
    /// Adds the core properties: title, maker, one property more, and when it was made.
    pub(in crate::brief) fn core(&mut self, title: &str, (name, more): (&str, &str), created: Stamp) {
        let mut xml = Xml::new();
        let spaces: [super::xml::Attr; 4] = [
            ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ];
        xml.open("cp:coreProperties", &spaces, |xml| {
            xml.text("dc:title", title);
            xml.text("dc:creator", "Landfall");
            xml.text(name, more);
            for element in ["dcterms:created", "dcterms:modified"] {
                xml.text_of(element, &[("xsi:type", &"dcterms:W3CDTF")], &created.to_string());
            }
        });
        self.add("docProps/core.xml", CORE_TYPE, xml.finish(), &Links::default());
    }

    /// Adds a part of a content type with what it refers to.
    pub(in crate::brief) fn add(
        &mut self,
        name: &str,
        content_type: &'static str,
        bytes: Vec<u8>,
        links: &Links,
    ) {
        self.parts.push((name.into(), Some(content_type), bytes));
        if !links.0.is_empty() {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            self.parts.push((format!("{folder}/_rels/{file}.rels"), None, links.write(name)));
        }
    }

    /// Adds a part whose name says what it is: a picture, a workbook.
    pub(in crate::brief) fn add_file(&mut self, name: &str, bytes: Vec<u8>) {
        self.parts.push((name.into(), None, bytes));
    }

    /// The zip, with `root` as what the package itself refers to. The same parts give the same bytes.
    pub(in crate::brief) fn finish(self, root: &Links) -> Result<Vec<u8>, PptxError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), PptxError> {
            let fail = |why: &dyn std::fmt::Display| PptxError::Package { why: why.to_string() };
            zip.start_file(name, options).map_err(|e| fail(&e))?;
            zip.write_all(bytes).map_err(|e| fail(&e))
        };
        // Readers look for these two first.
        put("[Content_Types].xml", &self.types())?;
        put("_rels/.rels", &root.write("root"))?;
        for (name, _, bytes) in &self.parts {
            put(name, bytes)?;
        }
        let done = zip.finish().map_err(|e| PptxError::Package { why: e.to_string() })?;
        Ok(done.into_inner())
    }

    fn types(&self) -> Vec<u8> {
        const ENDINGS: [(&str, &str); 4] = [
            ("png", "image/png"),
            ("svg", "image/svg+xml"),
            ("rels", RELS_TYPE),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ];
        let mut xml = Xml::new();
        xml.open("Types", &[("xmlns", &TYPES)], |xml| {
            for (ending, content_type) in ENDINGS {
                xml.leaf("Default", &[("Extension", &ending), ("ContentType", &content_type)]);
            }
            for (name, content_type, _) in &self.parts {
                if let Some(content_type) = content_type {
                    let place = format!("/{name}");
                    xml.leaf("Override", &[("PartName", &place), ("ContentType", content_type)]);
                }
            }
        });
        xml.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_part_to_part() {
        assert_eq!(relative("ppt/slides/slide1.xml", "ppt/charts/chart1.xml"), "../charts/chart1.xml");
        assert_eq!(relative("ppt/presentation.xml", "ppt/slides/slide1.xml"), "slides/slide1.xml");
        assert_eq!(relative("root", "docProps/core.xml"), "docProps/core.xml");
    }
}
