//! What every deck has beside its slides: presentation, master, layouts, theme, properties.

use super::deck::Deck;
use super::package::{Kind, Links, Package, THEME_TYPE};
use super::style::{A, P, R};
use super::xml::Xml;
use crate::brief::Stamp;

const THEME: &str = include_str!("parts/theme.xml");
const MASTER: &str = include_str!("parts/master.xml");
const LAYOUTS: [&str; 2] = [include_str!("parts/layout_title.xml"), include_str!("parts/layout_content.xml")];

/// Which layout a slide stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Title and subtitle, large.
    Title,
    /// A finding as title, and room.
    Content,
}

impl Layout {
    /// The name of its part.
    pub(super) fn part(self) -> &'static str {
        match self {
            Self::Title => "ppt/slideLayouts/slideLayout1.xml",
            Self::Content => "ppt/slideLayouts/slideLayout2.xml",
        }
    }
}

/// Name of a slide's part, counted from 1.
pub(super) fn slide_part(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

/// Adds them to a package; returns what the package itself refers to.
pub(super) fn add(package: &mut Package, slides: usize, deck: &Deck) -> Links {
    let mut links = Links::default();
    links.to(Kind::Document, "ppt/presentation.xml");
    links.to(Kind::Core, "docProps/core.xml");
    links.to(Kind::Extended, "docProps/app.xml");
    presentation(package, slides);
    let master_type = "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml";
    let layout_type = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml";
    let mut of_master = Links::default();
    for layout in [Layout::Title, Layout::Content] {
        of_master.to(Kind::Layout, layout.part());
    }
    of_master.to(Kind::Theme, "ppt/theme/theme1.xml");
    package.add("ppt/slideMasters/slideMaster1.xml", master_type, MASTER.into(), &of_master);
    for (layout, text) in [Layout::Title, Layout::Content].into_iter().zip(LAYOUTS) {
        let mut to_master = Links::default();
        to_master.to(Kind::Master, "ppt/slideMasters/slideMaster1.xml");
        package.add(layout.part(), layout_type, text.into(), &to_master);
    }
    package.add("ppt/theme/theme1.xml", THEME_TYPE, theme(deck.font).into(), &Links::default());
    properties(package, slides, deck.title, deck.created);
    links
}

/// The theme, with a house's font in place of its own.
pub(in crate::brief) fn theme(font: &str) -> String {
    if font.is_empty() {
        return THEME.to_owned();
    }
    // No quote is in it: the house has been checked.
    ["Arial", "Microsoft YaHei"].iter().fold(THEME.to_owned(), |text, own| {
        text.replace(&format!("typeface=\"{own}\""), &format!("typeface=\"{font}\""))
    })
}

fn presentation(package: &mut Package, slides: usize) {
    let mut links = Links::default();
    let master = links.to(Kind::Master, "ppt/slideMasters/slideMaster1.xml");
    let ids: Vec<String> = (1..=slides).map(|n| links.to(Kind::Slide, slide_part(n))).collect();
    links.to(Kind::PresentationProperties, "ppt/presProps.xml");
    links.to(Kind::ViewProperties, "ppt/viewProps.xml");
    links.to(Kind::Theme, "ppt/theme/theme1.xml");
    links.to(Kind::TableStyles, "ppt/tableStyles.xml");
    let mut xml = Xml::new();
    let spaces: [super::xml::Attr; 4] =
        [("xmlns:a", &A), ("xmlns:r", &R), ("xmlns:p", &P), ("saveSubsetFonts", &1)];
    xml.open("p:presentation", &spaces, |xml| {
        xml.open("p:sldMasterIdLst", &[], |xml| {
            xml.leaf("p:sldMasterId", &[("id", &2_147_483_648_u32), ("r:id", &master)]);
        });
        xml.open("p:sldIdLst", &[], |xml| {
            for (id, link) in (256..).zip(&ids) {
                xml.leaf("p:sldId", &[("id", &id), ("r:id", link)]);
            }
        });
        xml.leaf("p:sldSz", &[("cx", &12_192_000), ("cy", &6_858_000)]);
        xml.leaf("p:notesSz", &[("cx", &6_858_000), ("cy", &9_144_000)]);
    });
    let main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    package.add("ppt/presentation.xml", main, xml.finish(), &links);
    let alone = |element: &str, more: &[super::xml::Attr]| {
        let mut xml = Xml::new();
        let mut attrs: Vec<super::xml::Attr> = vec![("xmlns:a", &A), ("xmlns:r", &R), ("xmlns:p", &P)];
        attrs.extend_from_slice(more);
        xml.leaf(element, &attrs);
        xml.finish()
    };
    let none = Links::default();
    let of = "application/vnd.openxmlformats-officedocument.presentationml.presProps+xml";
    package.add("ppt/presProps.xml", of, alone("p:presentationPr", &[]), &none);
    let of = "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml";
    package.add("ppt/viewProps.xml", of, alone("p:viewPr", &[]), &none);
    let mut xml = Xml::new();
    let style = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}";
    xml.leaf("a:tblStyleLst", &[("xmlns:a", &A), ("def", &style)]);
    let of = "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml";
    package.add("ppt/tableStyles.xml", of, xml.finish(), &none);
}

fn properties(package: &mut Package, slides: usize, title: &str, created: Stamp) {
    package.core(title, ("cp:lastModifiedBy", "Landfall"), created);
    let mut xml = Xml::new();
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", &space)], |xml| {
        xml.text("Application", "Landfall");
        xml.text("PresentationFormat", "On-screen Show (16:9)");
        xml.text("Slides", &slides.to_string());
    });
    let of = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    package.add("docProps/app.xml", of, xml.finish(), &Links::default());
}
