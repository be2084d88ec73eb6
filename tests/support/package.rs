//! A PPTX package taken apart, and what its charts say.

use calamine::Reader;
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
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

/// The order in which ECMA-376 has the children of the elements that this program writes, where it has one.
const ORDER: [(&str, &str); 17] = [
    ("chartSpace", "date1904 lang roundedCorners chart spPr txPr externalData"),
    ("chart", "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs"),
    ("plotArea", "layout areaChart barChart lineChart catAx valAx spPr"),
    ("areaChart", "grouping varyColors ser dLbls axId"),
    ("barChart", "barDir grouping varyColors ser dLbls gapWidth overlap axId"),
    ("lineChart", "grouping varyColors ser dLbls marker axId"),
    ("ser", "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val smooth"),
    (
        "dLbl",
        "idx layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator",
    ),
    (
        "dLbls",
        "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator",
    ),
    ("errBars", "errBarType errValType noEndCap plus minus val spPr"),
    (
        "catAx",
        "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset noMultiLvlLbl",
    ),
    (
        "valAx",
        "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossBetween majorUnit",
    ),
    ("scaling", "orientation max min"),
    ("legend", "legendPos legendEntry overlay txPr"),
    ("tcPr", "lnL lnR lnT lnB noFill solidFill"),
    ("sp", "nvSpPr spPr txBody"),
    ("spPr", "xfrm prstGeom noFill solidFill ln"),
];

/// What every deck is held to.
impl Package {
    /// Every part has a content type and is referred to, every reference leads to one.
    pub(crate) fn holds_together(&self) {
        let types = Document::parse(self.text("[Content_Types].xml")).unwrap();
        let of = |element: &str, key: &str| -> BTreeSet<String> {
            let all = types.descendants().filter(|n| n.tag_name().name() == element);
            all.map(|n| n.attribute(key).unwrap().to_owned()).collect()
        };
        let (endings, places) = (of("Default", "Extension"), of("Override", "PartName"));
        let mut reached = BTreeSet::new();
        for (name, bytes) in &self.0 {
            let ending = name.rsplit_once('.').unwrap().1;
            let known = endings.contains(ending) || places.contains(&format!("/{name}"));
            assert!(known || name == "[Content_Types].xml", "{name} has no content type");
            if ["xml", "rels"].contains(&ending) {
                let text = std::str::from_utf8(bytes).unwrap();
                let xml = Document::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
                if ending == "rels" {
                    let folder = name.split("_rels/").next().unwrap().trim_end_matches('/');
                    for rel in xml.root_element().children() {
                        let target = resolve(folder, rel.attribute("Target").unwrap());
                        assert!(self.0.contains_key(&target), "{name}: {target} is not there");
                        reached.insert(target);
                    }
                }
            }
        }
        for place in places {
            assert!(self.0.contains_key(place.trim_start_matches('/')), "{place} is not there");
        }
        let parts = self.0.keys().filter(|n| !n.ends_with(".rels") && *n != "[Content_Types].xml");
        for part in parts {
            assert!(reached.contains(part), "nothing refers to {part}");
        }
        // Every id that a part names is one of its relationships.
        for part in self.named("ppt/slides/", ".xml").into_iter().chain(self.named("ppt/charts/", ".xml")) {
            let xml = Document::parse(self.text(part)).unwrap();
            for id in xml.descendants().flat_map(|n| n.attributes()).filter(|a| a.namespace() == Some(R)) {
                assert!(self.0.contains_key(&self.target(part, id.value())));
            }
        }
    }

    /// Charts, tables and pictures say what they show, no id is there twice, and nothing stands beyond a slide.
    pub(crate) fn is_on_the_slides(&self) {
        for part in self.named("ppt/slides/", ".xml") {
            let xml = Document::parse(self.text(part)).unwrap();
            let mut ids = BTreeSet::new();
            for node in xml.descendants() {
                match node.tag_name().name() {
                    "cNvPr" => assert!(ids.insert(node.attribute("id").unwrap()), "{part}: an id twice"),
                    "graphicFrame" | "pic" => {
                        let named = node.descendants().find(|n| n.tag_name().name() == "cNvPr").unwrap();
                        assert!(named.attribute("descr").is_some_and(|d| d.chars().count() > 2), "{part}");
                    }
                    "xfrm" => {
                        let number = |element: &str, key: &str| -> i64 {
                            child(node, element).unwrap().attribute(key).unwrap().parse().unwrap()
                        };
                        let (x, y) = (number("off", "x"), number("off", "y"));
                        let (w, h) = (number("ext", "cx"), number("ext", "cy"));
                        assert!(x >= 0 && y >= 0 && w >= 0 && h >= 0, "{part}");
                        assert!(x + w <= 12_192_000 && y + h <= 6_858_000, "{part}: beyond the slide");
                    }
                    _ => {}
                }
            }
        }
    }

    /// Every chart's own numbers are those of its workbook; how many were compared.
    pub(crate) fn charts_agree(&self) -> usize {
        let mut compared = 0;
        for chart in self.named("ppt/charts/", ".xml") {
            let xml = Document::parse(self.text(chart)).unwrap();
            let book = self.workbook(chart);
            let references =
                xml.descendants().filter(|n| ["numRef", "strRef"].contains(&n.tag_name().name()));
            for reference in references {
                let (column, rows) = cells(child(reference, "f").unwrap().text().unwrap());
                let copy = child(reference, "numCache").or_else(|| child(reference, "strCache")).unwrap();
                let copied = points(copy);
                assert_eq!(copied.len(), rows.clone().count());
                for (row, point) in rows.zip(copied) {
                    let cell = book.get_value((row, column));
                    match (cell, &point) {
                        (Some(calamine::Data::Float(x)), Some(text)) => {
                            assert_eq!(*x, text.parse::<f64>().unwrap())
                        }
                        (Some(calamine::Data::String(x)), Some(text)) => assert_eq!(x, text),
                        (None | Some(calamine::Data::Empty), None) => {}
                        other => panic!("{chart}, column {column}, row {row}: {other:?}"),
                    }
                    compared += usize::from(point.is_some());
                }
            }
        }
        compared
    }

    /// Children stand in the order of the standard; how many elements were looked at.
    pub(crate) fn stands_in_order(&self) -> usize {
        let mut checked = 0;
        for part in self.named("ppt/slides/", ".xml").into_iter().chain(self.named("ppt/charts/", ".xml")) {
            let xml = Document::parse(self.text(part)).unwrap();
            for node in xml.descendants() {
                let rule = ORDER.iter().find(|(name, _)| *name == node.tag_name().name());
                // `c:chart` on a slide is another element, without children.
                let Some((name, order)) = rule else { continue };
                let places: Vec<usize> = node
                    .children()
                    .map(|c| {
                        let child = c.tag_name().name();
                        let at = order.split(' ').position(|o| o == child);
                        at.unwrap_or_else(|| panic!("{part}: {child} inside {name}"))
                    })
                    .collect();
                assert!(places.is_sorted(), "{part}: {name} {places:?}");
                checked += 1;
            }
        }
        checked
    }
}
