//! A house's own look over a theme: a font, a few colours from which the others follow, and a logo.

use super::theme::{Rgb, Theme, Tokens};
use crate::error::{Explain, Said};
use crate::num::pow;
use serde::{Deserialize, Serialize};

/// The least contrast of a text with its ground: WCAG 2.2, level AA.
const LEAST: f64 = 4.5;
/// The least contrast of a ground with the far end, black by day and white by night.
const GROUND: f64 = 12.0;
/// The most a logo may have, bytes of the text that holds it: it stands in every spec and every picture.
pub(super) const MOST: usize = 700_000;

/// A house's own look. What it leaves out stays the theme's.
///
/// ```
/// use landfall::chart::house::{House, Palette};
/// use landfall::chart::theme::{Rgb, Theme};
/// let light = Palette { forecast: Some(Rgb(0x0b, 0x5f, 0xa5)), ..Palette::default() };
/// let house = House { font: "Source Han Sans SC".into(), light, ..House::default() };
/// assert!(house.check().is_ok());
/// // The bands follow from the colour of the forecast.
/// assert_eq!(house.tokens(Theme::Light, false).band_80, Rgb(0x0b, 0x5f, 0xa5).over(Rgb(255, 255, 255), 20));
/// let pale = Palette { forecast: Some(Rgb(0xcc, 0xdd, 0xee)), ..Palette::default() };
/// assert!(House { light: pale, ..house }.check().unwrap_err().to_string().contains("contrast"));
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct House {
    /// Name of the font family that comes before the theme's own; empty for those alone.
    pub font: String,
    /// Colours by day and on paper.
    pub light: Palette,
    /// Colours by night.
    pub dark: Palette,
    /// Stands at the upper right of every chart with a heading.
    pub logo: Option<Logo>,
}

/// Colours that a house gives; the others follow from these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Palette {
    /// Behind everything.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub surface: Option<Rgb>,
    /// Text, actual figures, the target; paler texts and lines follow.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub ink: Option<Rgb>,
    /// The forecast; its bands follow.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub forecast: Option<Rgb>,
    /// A scenario; its bands follow.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub scenario: Option<Rgb>,
    /// On track.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub ok: Option<Rgb>,
    /// Watch.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub watch: Option<Rgb>,
    /// At risk.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub risk: Option<Rgb>,
}

/// A picture that stands on every chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Logo {
    /// A PNG or SVG as a `data:` address in base64, so that the chart needs nothing beside it.
    pub href: String,
    /// Its width over its height.
    pub ratio: f64,
}

/// What a house cannot have.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HouseError {
    /// A colour that cannot be read on the ground.
    #[error(
        "{section}: the colour {color} ({got}) has a contrast of {ratio:.2} with the ground ({ground}); it must have {LEAST} or more"
    )]
    Contrast {
        /// `[color]`, or `[color.dark]`.
        section: &'static str,
        /// The key; where the house does not give it, the theme's own is meant.
        color: &'static str,
        /// As given.
        got: String,
        /// The ground.
        ground: String,
        /// Of the two.
        ratio: f64,
    },
    /// A ground that is dark by day, or pale by night.
    #[error(
        "the ground {got} of the house is neither pale by day nor dark by night: slides and paper are white"
    )]
    Ground {
        /// As given.
        got: String,
    },
    /// A name that is none of a font.
    #[error(
        "{got:?} is no name of a font family: letters, digits, spaces, hyphens, underscores and points, at most 80"
    )]
    Font {
        /// As given.
        got: String,
    },
    /// A logo that cannot be shown.
    #[error(
        "the logo of the house cannot be shown: it must be a PNG or SVG of at most {MOST} bytes in base64, and its width 0.1 to 12 times its height"
    )]
    Logo,
}

impl Explain for HouseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Contrast { .. } => "house_contrast",
            Self::Ground { .. } => "house_ground",
            Self::Font { .. } => "house_font",
            Self::Logo => "house_logo",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Contrast { section, color, got, ground, ratio } => {
                format!(
                    "{section}：颜色{color}（{got}）与底色（{ground}）的对比度为{ratio:.2}，须不低于{LEAST}"
                )
            }
            Self::Ground { got } => {
                format!("主题底色{got}不合适：日间须为浅色，夜间须为深色（幻灯片和纸张是白色的）")
            }
            Self::Font { got } => {
                format!("“{got}”不是字体名称：只能用文字、数字、空格、连字符、下划线和点，不超过80个字")
            }
            Self::Logo => format!("徽标无法显示：须为PNG或SVG，base64后不超过{MOST}字节，宽为高的0.1–12倍"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Contrast { .. } => Said::new(
                "give this colour darker on a pale ground, or paler on a dark one; or leave surface out",
                "浅底请把该颜色设得更深，深底请更浅；或去掉surface",
            ),
            Self::Ground { .. } => Said::new(
                "leave surface out, or choose a pale one under [color] and a dark one under [color.dark]",
                "请去掉surface，或在[color]下用浅色、在[color.dark]下用深色",
            ),
            Self::Font { .. } => {
                Said::new("write the family's name as the system lists it", "请按系统字体列表中的名称书写")
            }
            Self::Logo => Said::new("export it smaller, as SVG or PNG", "请导出较小的SVG或PNG文件"),
        }
    }
}

impl House {
    /// Whether charts in it can be read.
    ///
    /// # Errors
    /// [`HouseError`] for a colour that does not stand out from its ground, a font's name with other characters, and a logo
    /// that is none.
    pub fn check(&self) -> Result<(), HouseError> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        if self.font.chars().count() > 80 || !self.font.chars().all(plain) {
            return Err(HouseError::Font { got: self.font.chars().take(100).collect() });
        }
        if let Some(logo) = &self.logo {
            let kind = logo.href.strip_prefix("data:image/");
            let data = kind.and_then(|rest| {
                rest.strip_prefix("png;base64,").or_else(|| rest.strip_prefix("svg+xml;base64,"))
            });
            let base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
            let good = data.is_some_and(|d| d.len() <= MOST && d.bytes().all(base64));
            if !good || !(0.1..=12.0).contains(&logo.ratio) {
                return Err(HouseError::Logo);
            }
        }
        for (theme, far) in [(Theme::Light, Rgb(0, 0, 0)), (Theme::Dark, Rgb(255, 255, 255))] {
            if let Some(ground) = self.palette(theme).surface.filter(|c| contrast(*c, far) < GROUND) {
                return Err(HouseError::Ground { got: ground.to_string() });
            }
            let (own, all) = (self.palette(theme), self.tokens(theme, false));
            // The theme's own colours are known to be fit.
            if *own == Palette::default() {
                continue;
            }
            let of_scenario = self.tokens(theme, true).forecast;
            let shown = [
                ("ink", all.ink),
                ("forecast", all.forecast),
                ("scenario", of_scenario),
                ("ok", all.ok),
                ("watch", all.watch),
                ("risk", all.risk),
            ];
            for (color, got) in shown {
                let ratio = contrast(got, all.surface);
                if ratio < LEAST {
                    let (got, ground) = (got.to_string(), all.surface.to_string());
                    let section = if theme == Theme::Dark { "[color.dark]" } else { "[color]" };
                    // Rounded down, so that it does not read as enough.
                    let ratio = (ratio * 100.0).floor() / 100.0;
                    return Err(HouseError::Contrast { section, color, got, ground, ratio });
                }
            }
        }
        Ok(())
    }

    fn palette(&self, theme: Theme) -> &Palette {
        match theme {
            Theme::Dark => &self.dark,
            Theme::Light | Theme::Print => &self.light,
        }
    }

    /// The colours of a theme as this house has them, with the scenario's hue where that is asked for.
    pub fn tokens(&self, theme: Theme, scenario: bool) -> Tokens {
        let own = self.palette(theme);
        let mut t = if scenario { Tokens::of_scenario(theme) } else { Tokens::of(theme) };
        let paper = theme == Theme::Print;
        if own.surface.is_some() || own.ink.is_some() {
            (t.surface, t.ink) = (own.surface.unwrap_or(t.surface), own.ink.unwrap_or(t.ink));
            let (full, surface) = (t.ink, t.surface);
            let ink = |percent: u16| full.over(surface, percent);
            // The palest text from a shade on that can still be read.
            let text = |from: u16| {
                let shades = [from, 80, 90].map(ink);
                shades.into_iter().find(|c| contrast(*c, surface) >= LEAST).unwrap_or(full)
            };
            (t.ink_2, t.ink_3) = (text(80), text(if paper { 80 } else { 68 }));
            (t.line, t.line_strong) = if paper { (ink(25), ink(65)) } else { (ink(12), ink(25)) };
            (t.track, t.sunken) = (ink(if paper { 30 } else { 20 }), ink(6));
            (t.u_50, t.u_80) = if paper { (ink(36), ink(18)) } else { (ink(26), ink(11)) };
        }
        let hue = if scenario { own.scenario } else { own.forecast };
        // On another ground its tints are others, too.
        if let Some(hue) = hue.or(own.surface.map(|_| t.forecast)) {
            let over = |percent| hue.over(t.surface, percent);
            (t.forecast, t.band_50, t.band_80, t.wash) = (hue, over(42), over(20), over(8));
            t.edge = if paper { hue } else { over(62) };
        }
        for (given, text, fill) in [
            (own.ok, &mut t.ok, &mut t.ok_fill),
            (own.watch, &mut t.watch, &mut t.watch_fill),
            (own.risk, &mut t.risk, &mut t.risk_fill),
        ] {
            if let Some(color) = given {
                (*text, *fill) = (color, color);
            }
        }
        t
    }

    /// The same for charts inside a document, which has the logo itself and a white ground.
    #[must_use]
    pub fn inside(&self) -> Self {
        Self { logo: None, light: Palette { surface: None, ..self.light }, ..self.clone() }
    }
}

/// The colours of a theme, as a house has them where there is one; with the scenario's hue where that is asked for.
pub fn tokens(house: Option<&House>, theme: Theme, scenario: bool) -> Tokens {
    match (house, scenario) {
        (Some(house), _) => house.tokens(theme, scenario),
        (None, true) => Tokens::of_scenario(theme),
        (None, false) => Tokens::of(theme),
    }
}

/// The contrast of two colours, 1–21, as WCAG 2.2 defines it.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let light = |color: Rgb| {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(color.0) + 0.7152 * part(color.1) + 0.0722 * part(color.2)
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        // 4.54, by the checker of WebAIM (2026).
        assert!((contrast(Rgb(0x76, 0x76, 0x76), Rgb(255, 255, 255)) - 4.54).abs() < 0.005);
    }

    #[test]
    fn a_house_without_anything_is_the_theme() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            assert_eq!(House::default().tokens(theme, false), Tokens::of(theme));
            assert_eq!(House::default().tokens(theme, true), Tokens::of_scenario(theme));
        }
        assert_eq!(House::default().check(), Ok(()));
    }

    #[test]
    fn what_cannot_be_read_or_shown_is_refused() {
        let code = |house: House| house.check().map(|()| "").unwrap_or_else(|e| e.code());
        let dark = |dark| House { dark, ..House::default() };
        assert_eq!(
            code(dark(Palette { ink: Some(Rgb(40, 40, 40)), ..Palette::default() })),
            "house_contrast"
        );
        let ground = Palette { surface: Some(Rgb(0x80, 0x80, 0x80)), ..Palette::default() };
        assert_eq!(code(House { light: ground, ..House::default() }), "house_ground");
        // A ground on which the theme's own colours cannot be read.
        let ground = Palette { surface: Some(Rgb(0xc8, 0xd0, 0xd8)), ..Palette::default() };
        assert_eq!(code(House { light: ground, ..House::default() }), "house_contrast");
        assert_eq!(code(House { font: "方正仿宋_GBK".into(), ..House::default() }), "");
        assert_eq!(code(House { font: "A'; }".into(), ..House::default() }), "house_font");
        let logo =
            |href: &str, ratio| House { logo: Some(Logo { href: href.into(), ratio }), ..House::default() };
        assert_eq!(code(logo("data:image/png;base64,iVBORw==", 3.0)), "");
        assert_eq!(code(logo("https://example.org/logo.png", 3.0)), "house_logo");
        assert_eq!(code(logo("data:image/png;base64,\"/><script>", 3.0)), "house_logo");
        assert_eq!(code(logo("data:image/svg+xml;base64,PHN2Zz4=", f64::NAN)), "house_logo");
    }
}
