//! A user's own template: text with places such as `{{headline}}` where parts of the bulletin go.

use super::BriefError;

/// Puts parts of a bulletin into a template. `values` are all names that may stand in one, with what goes there.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> Result<String, BriefError> {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(open) = rest.find("{{") {
        let line = || 1 + template[..template.len() - rest.len() + open].matches('\n').count();
        out.push_str(&rest[..open]);
        let inside = &rest[open + 2..];
        // A place ends on its line, so that a forgotten end does not take the rest of the file for a name.
        let ends = inside.find("}}").filter(|at| !inside[..*at].contains('\n'));
        let Some(close) = ends else { return Err(BriefError::Unclosed { line: line() }) };
        let name = inside[..close].trim();
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(BriefError::Placeholder {
                got: name.chars().take(60).collect(),
                line: line(),
                allowed: values.iter().map(|(known, _)| (*known).to_owned()).collect(),
            });
        };
        out.push_str(value);
        rest = &inside[close + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    fn filled(template: &str) -> Result<String, BriefError> {
        fill(template, &[("title", "July {{headline}}".into()), ("headline", "up".into())])
    }

    #[test]
    fn places_are_filled_once() {
        // What goes into a place is no template itself.
        assert_eq!(filled("a {{ title }}, {{headline}}{").unwrap(), "a July {{headline}}, up{");
    }

    #[test]
    fn an_unknown_place_is_told_with_its_line_and_those_that_there_are() {
        let error = filled("a\n{{title}}\n  {{heading}}").unwrap_err();
        assert_eq!(error.code(), "template_placeholder");
        for text in [error.said().en, error.said().zh] {
            assert!(text.contains("heading") && text.contains('3') && text.contains("headline"), "{text}");
        }
        assert_eq!(filled("\n{{title\n}}").unwrap_err(), BriefError::Unclosed { line: 2 });
    }
}
