//! The table of texts of an XLSX workbook: how many entries it claims.
//!
//! The reader of workbooks makes room for what is claimed before it has seen an entry.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{BufReader, Read};

/// The different texts that the table claims; none where it claims nothing that the reader would believe.
pub(crate) fn claimed(content: impl Read) -> Option<u64> {
    let mut reader = Reader::from_reader(BufReader::new(content));
    // As lenient as the reader of workbooks, and no further than it goes: a fault behind the claim, such as a wrong sum of the
    // bytes, does not unsay it.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
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
    fn a_claim_is_found_however_it_is_written() {
        let said = |text: &str| claimed(text.as_bytes());
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
