//! A PPTX package taken apart, and what its charts say.

use calamine::Reader;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The namespace of relationship ids.
pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package taken apart.
pub(crate) struct Package(pub(crate) BTreeMap<String, Vec<u8>>);

impl Package {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            assert!(parts.insert(name.clone(), bytes).is_none(), "{name} twice");
        }
        Self(parts)
    }

    pub(crate) fn text(&self, part: &str) -> &str {
        std::str::from_utf8(&self.0[part]).unwrap()
    }

    pub(crate) fn named(&self, folder: &str, ending: &str) -> Vec<&str> {
        let inside = |name: &&String| {
            name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/') && rest.ends_with(ending))
        };
        let mut names: Vec<&str> = self.0.keys().filter(inside).map(String::as_str).collect();
        names.sort_by_key(|n| {
            n.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u32>().unwrap_or(0)
        });
        names
    }

    /// The part that a part refers to by an id.
    pub(crate) fn target(&self, part: &str, id: &str) -> String {
        let (folder, file) = part.rsplit_once('/').unwrap();
        let rels = Document::parse(self.text(&format!("{folder}/_rels/{file}.rels"))).unwrap();
        let rel = rels.descendants().find(|n| n.attribute("Id") == Some(id)).expect("the relationship");
        resolve(folder, rel.attribute("Target").unwrap())
    }

    /// The charts of a slide.
    pub(crate) fn charts(&self, slide: &str) -> Vec<String> {
        let xml = Document::parse(self.text(slide)).unwrap();
        let charts = xml.descendants().filter(|n| n.tag_name().name() == "chart");
        charts.map(|n| self.target(slide, n.attribute((R, "id")).unwrap())).collect()
    }

    /// The cells of the workbook inside a chart, by column from 0 and row from 0.
    pub(crate) fn workbook(&self, chart: &str) -> calamine::Range<calamine::Data> {
        let xml = Document::parse(self.text(chart)).unwrap();
        let data = child(xml.root_element(), "externalData").expect("a workbook");
        let part = self.target(chart, data.attribute((R, "id")).unwrap());
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(self.0[&part].clone())).unwrap();
        book.worksheet_range("Sheet1").unwrap()
    }
}

pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let mut way: Vec<&str> = folder.split('/').filter(|w| !w.is_empty()).collect();
    for step in target.split('/') {
        if step == ".." {
            way.pop().expect("not above the root");
        } else {
            way.push(step);
        }
    }
    way.join("/")
}

pub(crate) fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|n| n.tag_name().name() == name)
}

fn path<'a, 'b>(node: Node<'a, 'b>, names: &[&str]) -> Option<Node<'a, 'b>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

/// The points of a copy, by their index.
pub(crate) fn points(cache: Node) -> Vec<Option<String>> {
    let count: usize = child(cache, "ptCount").unwrap().attribute("val").unwrap().parse().unwrap();
    let mut out = vec![None; count];
    for point in cache.children().filter(|n| n.tag_name().name() == "pt") {
        let at: usize = point.attribute("idx").unwrap().parse().unwrap();
        out[at] = child(point, "v").and_then(|v| v.text()).map(str::to_owned);
    }
    out
}

/// `Sheet1!$B$2:$B$13` as column and rows from 0.
pub(crate) fn cells(reference: &str) -> (u32, std::ops::RangeInclusive<u32>) {
    let places: Vec<&str> = reference.strip_prefix("Sheet1!").unwrap().split(':').collect();
    let place = |text: &str| {
        let mut halves = text.trim_start_matches('$').split('$');
        let letters = halves.next().unwrap();
        let column = letters.bytes().fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1) - 1;
        (column, halves.next().unwrap().parse::<u32>().unwrap() - 1)
    };
    let ((column, from), (last, to)) = (place(places[0]), place(places[places.len() - 1]));
    assert_eq!(column, last, "{reference}");
    (column, from..=to)
}

/// A series' copy by its name.
pub(crate) fn series(chart: Node, name: &str) -> Vec<Option<f64>> {
    let found = chart.descendants().find(|n| {
        n.tag_name().name() == "ser"
            && path(*n, &["tx", "strRef", "strCache", "pt", "v"]).and_then(|v| v.text()) == Some(name)
    });
    let cache = found.and_then(|n| path(n, &["val", "numRef", "numCache"]));
    let copy = points(cache.unwrap_or_else(|| panic!("no series {name}")));
    copy.into_iter().map(|text| text.map(|t| t.parse().unwrap())).collect()
}
