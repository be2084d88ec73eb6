//! Text as TOML writes it.

use std::fmt::Write;

/// A basic string: quotes, backslashes and control characters escaped.
///
/// ```
/// assert_eq!(landfall::toml_text::string("a \"b\"\n"), r#""a \"b\"\u000A""#);
/// ```
pub fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
