//! The XML inside workbooks, where the reader of workbooks believes it: an ODS table that is never closed, which it would wait for
//! for ever, and the texts that an XLSX claims, which it makes room for before it has seen one.

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::name::QName;
use std::io::{BufReader, Read};

/// A reader as lenient as that of workbooks: what it would refuse itself is its own to tell.
fn reader<R: Read>(content: R) -> Reader<BufReader<R>> {
    let mut reader = Reader::from_reader(BufReader::new(content));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    reader
}

/// Whether a reader of an ODS workbook's content would come to an end.
pub(crate) fn closes_its_tables(content: impl Read) -> bool {
    const TABLE: QName<'_> = QName("table:table");
    let (mut reader, mut buffer, mut is_open) = (reader(content), Vec::new(), false);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) if e.name() == TABLE => is_open = true,
            Ok(Event::End(e)) if e.name() == TABLE => is_open = false,
            Ok(Event::Eof) => return !is_open,
            Err(_) => return true,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The different texts that an XLSX workbook's table of texts claims; none where it claims nothing that the reader would believe.
/// No further than that reader goes: a fault behind the claim, such as a wrong sum of the bytes, does not unsay it.
pub(crate) fn claimed_texts(content: impl Read) -> Option<u64> {
    let (mut reader, mut buffer) = (reader(content), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e)) if e.local_name().as_ref() == "sst" => return most(e.attributes_raw()),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => buffer.clear(),
        }
    }
}

/// The largest claim among the attributes. `count` is how many cells point into the table, which may be any number; only the
/// different texts take room.
fn most(attributes: &str) -> Option<u64> {
    let claims = attributes.split("uniqueCount").skip(1).filter_map(|rest| {
        let from = rest.find(|c: char| c.is_ascii_digit())?;
        let digits: String = rest[from..].chars().take_while(char::is_ascii_digit).collect();
        Some(digits.parse().unwrap_or(u64::MAX))
    });
    claims.max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_opened_must_be_closed() {
        let sound = |text: &str| closes_its_tables(text.as_bytes());
        assert!(
            sound("<a><table:table><b/></table:table></a>") && sound("<a><table:table/></a>") && sound("")
        );
        assert!(!sound("<a><table:table><b/></tabldy></a>") && !sound("<a><table:table><b>"));
        // The reader meets this fault itself.
        assert!(sound("<a><table:table><b <c"));
    }

    #[test]
    fn a_claim_is_found_however_it_is_written() {
        let said = |text: &str| claimed_texts(text.as_bytes());
        let pad = " ".repeat(10_000);
        for text in [
            "<sst count=\"7\" uniqueCount=\"2000\"><si/>",
            "<?xml version=\"1.0\"?><sst uniqueCount\r= '2000'/>",
            "<!-- uniqueCount=\"1\" --><x:sst uniqueCount=\"2000\"></b>",
            &format!("<!--{pad}--><sst{pad} uniqueCount{pad}=\"2000\"><"),
        ] {
            assert_eq!(said(text), Some(2000), "{text}");
        }
        assert_eq!(said("<sst uniqueCount=\"99999999999999999999999\">"), Some(u64::MAX));
        assert_eq!(said("<sst count=\"2000\"><si uniqueCount=\"5\"/>"), None);
        assert!(said("").is_none() && said("<sst uniqueCount=").is_none());
    }
}
