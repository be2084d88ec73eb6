//! Text of a cell as it is meant: full-width letters and digits narrowed, the many dashes one, blanks gone.

/// The text with full-width ASCII narrowed, every kind of dash between digits made `-`, and blanks at the ends removed.
///
/// ```
/// # use landfall::ingest::plain;
/// assert_eq!(plain("　１—７月 "), "1-7月");
/// ```
pub fn plain(text: &str) -> String {
    // Nearly every cell of a large file ends here.
    if text.bytes().all(|b| (b' '..0x7f).contains(&b) && b != b'~') {
        return text.trim().to_owned();
    }
    let narrowed = text.chars().filter_map(|c| match c {
        // Marks of direction, and the joiners that pasting brings along.
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' => Some(' '),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '〜' | 'ー' => Some('-'),
        _ => Some(c),
    });
    let mut out: String = narrowed.collect();
    // The full-width tilde has become a plain one.
    if out.contains('~') {
        out = out.replace('~', "-");
    }
    out.trim().to_owned()
}

/// Whether [`plain`] leaves nothing of a text.
pub(crate) fn blank(text: &str) -> bool {
    let unseen =
        |c: char| matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}');
    text.chars().all(|c| c.is_whitespace() || unseen(c))
}

/// [`plain`] with every blank taken out, in lower case: how headers and names are compared.
pub(crate) fn key(text: &str) -> String {
    plain(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Blanks before the text, a full-width one counting as two: how far a row is indented.
pub(crate) fn indent(text: &str) -> usize {
    text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum()
}

/// A text without the marks of footnotes at its end: ①, *, [1], （初步）.
pub(crate) fn unmarked(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let shorter = text.trim_end_matches(|c: char| {
            matches!(c, '*' | '＊' | '※' | '†' | '\u{2460}'..='\u{2473}' | '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}')
        });
        let shorter = match shorter.strip_suffix([')', '）', ']', '］']) {
            Some(inner) => match inner.rfind(['(', '（', '[', '［']) {
                // A bracket of words; one of digits alone is a minus of bookkeeping.
                // 不含 … is another scope, not a remark.
                Some(open) if ["不含", "除", "扣"].iter().any(|w| inner[open..].contains(w)) => shorter,
                Some(open)
                    if inner[open..].chars().skip(1).any(|c| c.is_alphabetic())
                        || text.ends_with([']', '］']) =>
                {
                    &inner[..open]
                }
                _ => shorter,
            },
            None => shorter,
        };
        let shorter = shorter.trim_end();
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_is_what_plain_leaves_nothing_of() {
        for text in
            ["", " ", "\u{3000}\t", "\u{feff}\u{a0}", "\u{200b} \u{202a}", "~", " 0", "—", "\u{2060}x"]
        {
            assert_eq!(blank(text), plain(text).is_empty(), "{text:?}");
        }
    }
}
