//! A house's look from a file of its own.

use super::house::{House, HouseError, Logo, MOST, Palette};
use super::theme::Rgb;
use crate::error::{Explain, Said};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::{Options, Tree};
use serde::Deserialize;

/// A file as it stands on disk.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct File {
    font: String,
    font_file: Option<String>,
    logo: Option<String>,
    color: Colors,
}

/// Colours by day, and below `dark` by night.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Colors {
    surface: Option<Rgb>,
    ink: Option<Rgb>,
    forecast: Option<Rgb>,
    scenario: Option<Rgb>,
    ok: Option<Rgb>,
    watch: Option<Rgb>,
    risk: Option<Rgb>,
    dark: Palette,
}

/// Why a file says no house.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HouseFileError {
    /// The text is no TOML, or has a key or a value that is none of those allowed.
    #[error("line {line}: {why}")]
    Text {
        /// From 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A file that it names cannot be read.
    #[error("{key}: {file:?} cannot be read: {why}")]
    Beside {
        /// Which key names it.
        key: &'static str,
        /// As named.
        file: String,
        /// What the system said.
        why: String,
    },
    /// It says what a house cannot have.
    #[error(transparent)]
    House(#[from] HouseError),
}

impl Explain for HouseFileError {
    fn code(&self) -> &'static str {
        match self {
            Self::Text { .. } => "house_text",
            Self::Beside { .. } => "house_file",
            Self::House(e) => e.code(),
        }
    }

    fn said(&self) -> Said {
        match self {
            Self::Text { line, why } => Said::new(self.to_string(), format!("第{line}行：{why}")),
            Self::Beside { key, file, why } => {
                Said::new(self.to_string(), format!("{key}：无法读取“{file}”：{why}"))
            }
            Self::House(e) => e.said(),
        }
    }

    fn help(&self) -> Said {
        match self {
            Self::Text { .. } => Said::new(
                "allowed are font, font_file, logo, and under [color] and [color.dark]: surface, ink, forecast, scenario, ok, watch, risk, each \"#rrggbb\"",
                "可用font、font_file、logo，以及[color]和[color.dark]下的surface、ink、forecast、scenario、ok、watch、risk，均写作\"#rrggbb\"",
            ),
            Self::Beside { .. } => {
                Said::new("name it from where the theme file lies", "请按主题文件所在位置书写路径")
            }
            Self::House(e) => e.help(),
        }
    }
}

/// What a theme file says.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseFile {
    /// The look.
    pub house: House,
    /// The font's file, which pictures are drawn with.
    pub font: Option<Vec<u8>>,
    /// The logo's file.
    pub logo: Option<Vec<u8>>,
}

/// Reads a theme file; `beside` reads a file that it names.
///
/// ```
/// use landfall::chart::house_file::{HouseFile, read};
/// let text = "font = \"Source Han Sans SC\"\n[color]\nforecast = \"#0b5fa5\"\n";
/// let HouseFile { house, font, .. } = read(text, |_| Ok(Vec::new()))?;
/// assert_eq!(house.light.forecast.map(|c| c.to_string()), Some("#0b5fa5".into()));
/// assert!(font.is_none());
/// let wrong = read("[color]\nforcast = \"#0b5fa5\"\n", |_| Ok(Vec::new())).unwrap_err();
/// assert!(wrong.to_string().starts_with("line 2: unknown field `forcast`"), "{wrong}");
/// # Ok::<(), landfall::chart::house_file::HouseFileError>(())
/// ```
///
/// # Errors
/// [`HouseFileError`] with the line, or the key whose file cannot be read.
pub fn read(
    text: &str,
    mut beside: impl FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<HouseFile, HouseFileError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
        HouseFileError::Text { line, why: error.message().to_owned() }
    })?;
    let mut bytes = |key, file: &String| {
        beside(file).map_err(|why| HouseFileError::Beside { key, file: file.clone(), why })
    };
    let font = file.font_file.as_ref().map(|name| bytes("font_file", name)).transpose()?;
    let logo = file.logo.as_ref().map(|name| bytes("logo", name)).transpose()?;
    let inside = logo.as_ref().map(|bytes| logo_of(bytes)).transpose()?;
    let Colors { surface, ink, forecast, scenario, ok, watch, risk, dark } = file.color;
    let light = Palette { surface, ink, forecast, scenario, ok, watch, risk };
    let house = House { font: file.font, light, dark, logo: inside };
    house.check()?;
    Ok(HouseFile { house, font, logo })
}

/// A PNG or an SVG that can be drawn.
fn logo_of(bytes: &[u8]) -> Result<Logo, HouseError> {
    if bytes.len() > MOST {
        return Err(HouseError::Logo);
    }
    let kind = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { "png" } else { "svg+xml" };
    let size = match kind {
        "png" => {
            let drawn = Pixmap::decode_png(bytes).map_err(|_| HouseError::Logo)?;
            (f64::from(drawn.width()), f64::from(drawn.height()))
        }
        _ => {
            let tree = Tree::from_data(bytes, &Options::default()).map_err(|_| HouseError::Logo)?;
            (f64::from(tree.size().width()), f64::from(tree.size().height()))
        }
    };
    let href = format!("data:image/{kind};base64,{}", STANDARD.encode(bytes));
    Ok(Logo { href, ratio: crate::num::nine_digits(size.0 / size.1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_a_picture_that_can_be_drawn() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#c00"/></svg>"##;
        let logo = read("logo = \"a.svg\"", |_| Ok(svg.to_vec())).unwrap().house.logo.unwrap();
        assert!((logo.ratio - 3.0).abs() < 1e-9 && logo.href.starts_with("data:image/svg+xml;base64,PHN2"));
        for bad in [&b"no picture"[..], b"\x89PNG\r\n\x1a\n", b"<html/>", b""] {
            let error = read("logo = \"a.svg\"", |_| Ok(bad.to_vec())).unwrap_err();
            assert_eq!(error.code(), "house_logo", "{bad:?}");
        }
        let error = read("font_file = \"x.otf\"", |_| Err("no such file".into())).unwrap_err();
        assert_eq!(error.to_string(), "font_file: \"x.otf\" cannot be read: no such file");
    }

    #[test]
    fn a_wrong_key_or_colour_is_named_with_its_line_and_what_is_allowed() {
        let line = |text: &str| read(text, |_| Ok(Vec::new())).unwrap_err().to_string();
        assert!(line("colour = 1").contains("line 1: unknown field `colour`, expected one of `font`"));
        assert!(
            line("[color]\n\nink = \"black\"").starts_with("line 3: "),
            "{}",
            line("[color]\n\nink = \"black\"")
        );
        assert!(line("[color.dark]\nscenery = \"#000000\"").contains("`scenario`"));
        assert!(line("font = ").starts_with("line 1: "));
    }
}
