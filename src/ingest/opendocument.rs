//! The content of an ODS workbook: whether every table that it opens is closed.
//!
//! The reader of workbooks reads a table until it closes; at the end of the file it would wait for that for ever.

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::name::QName;
use std::io::{BufReader, Read};

/// Whether a reader of this content would come to an end.
pub(crate) fn is_sound(content: impl Read) -> bool {
    const TABLE: QName<'_> = QName("table:table");
    let mut reader = Reader::from_reader(BufReader::new(content));
    // As lenient as the reader of workbooks: what it would refuse itself is its own to tell.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let (mut buffer, mut is_open) = (Vec::new(), false);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_opened_must_be_closed() {
        let sound = |text: &str| is_sound(text.as_bytes());
        assert!(
            sound("<a><table:table><b/></table:table></a>") && sound("<a><table:table/></a>") && sound("")
        );
        assert!(!sound("<a><table:table><b/></tabldy></a>") && !sound("<a><table:table><b>"));
        // The reader meets this fault itself.
        assert!(sound("<a><table:table><b <c"));
    }
}
