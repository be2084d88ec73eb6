//! XML as it goes into a part: elements with their attributes in the order the schemas ask for.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::fmt::Display;

/// An attribute's name and value.
pub(in crate::brief) type Attr<'a> = (&'a str, &'a dyn Display);

/// A part under way.
pub(in crate::brief) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with its declaration.
    pub(in crate::brief) fn new() -> Self {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// An element with others inside.
    pub(in crate::brief) fn open(&mut self, name: &str, attrs: &[Attr], inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attrs)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing inside.
    pub(in crate::brief) fn leaf(&mut self, name: &str, attrs: &[Attr]) {
        self.event(Event::Empty(start(name, attrs)));
    }

    /// `<c:name val="…"/>`, the commonest element of a chart.
    pub(in crate::brief) fn val(&mut self, name: &str, value: impl Display) {
        self.leaf(name, &[("val", &value)]);
    }

    /// An element with text inside.
    pub(in crate::brief) fn text(&mut self, name: &str, text: &str) {
        self.text_of(name, &[], text);
    }

    /// The same with attributes.
    pub(in crate::brief) fn text_of(&mut self, name: &str, attrs: &[Attr], text: &str) {
        self.open(name, attrs, |xml| xml.event(Event::Text(BytesText::new(&legal(text)))));
    }

    /// The document.
    pub(in crate::brief) fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        // Into memory nothing can fail to be written.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attrs: &[Attr]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attrs {
        element.push_attribute((*key, legal(&value.to_string()).as_str()));
    }
    element
}

/// A text without what XML 1.0 cannot hold: a name from a file may have any character, and one control character makes
/// the whole deck unreadable.
pub(super) fn legal(text: &str) -> String {
    let odd = |c: char| (c.is_control() && c != '\t' && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace(odd, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out_and_what_means_something_is_escaped() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", &"<\"&\u{1}>")], |xml| xml.text("c", "x\u{0}<y>&\u{ffff}"));
        let text = String::from_utf8(xml.finish()).unwrap();
        let read = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(read.root_element().attribute("b"), Some("<\"& >"));
        assert_eq!(read.root_element().first_child().unwrap().text(), Some("x <y>& "));
    }
}
