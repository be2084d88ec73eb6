//! Colours of a chart, as literals: an SVG is also opened outside the page, where no CSS variable is set.
//! The values are those of the page's `tokens.css`.

use serde::{Deserialize, Serialize};

/// Which set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Theme {
    /// The page by day, and slides.
    #[default]
    Light,
    /// The page by night.
    Dark,
    /// Paper: like light, with stronger lines, since the palest greys do not survive a copier.
    Print,
}

/// An opaque colour. Tints are mixed beforehand, since some office programs drop translucent fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

impl std::fmt::Display for Rgb {
    /// `#12436d`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl From<Rgb> for String {
    fn from(color: Rgb) -> Self {
        color.to_string()
    }
}

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits =
            text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        code.map(Self::hex).ok_or_else(|| format!("{text:?} is no colour; write \"#rrggbb\""))
    }
}

impl Rgb {
    const fn hex(code: u32) -> Self {
        let [_, r, g, b] = code.to_be_bytes();
        Self(r, g, b)
    }

    /// Six digits in capitals without a sign before them, as office programs write it.
    pub fn digits(self) -> String {
        format!("{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// This colour laid over `under` at an opacity in percent.
    ///
    /// ```
    /// # use landfall::chart::theme::Rgb;
    /// assert_eq!(Rgb(0, 0, 0).over(Rgb(255, 255, 255), 20), Rgb(204, 204, 204));
    /// ```
    pub fn over(self, under: Self, percent: u16) -> Self {
        let mix = |top: u8, base: u8| {
            let parts = u16::from(top) * percent.min(100) + u16::from(base) * (100 - percent.min(100));
            u8::try_from(parts / 100).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2))
    }
}

/// The colours a chart uses, named as in `tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// Behind everything.
    pub surface: Rgb,
    /// Grid lines.
    pub line: Rgb,
    /// The zero line.
    pub line_strong: Rgb,
    /// Actual figures and the target.
    pub ink: Rgb,
    /// Secondary text.
    pub ink_2: Rgb,
    /// Axis text and reference lines.
    pub ink_3: Rgb,
    /// The track of the seasonal line.
    pub track: Rgb,
    /// Forecast: median, filled dots.
    pub forecast: Rgb,
    /// The inner band, 5 times in 10.
    pub band_50: Rgb,
    /// The outer band, 8 times in 10.
    pub band_80: Rgb,
    /// Boundary lines of the bands: neighbouring blues alone differ by too little.
    pub edge: Rgb,
    /// The cone that opens to the magnified December.
    pub wash: Rgb,
    /// On track; small text.
    pub ok: Rgb,
    /// Watch; small text.
    pub watch: Rgb,
    /// At risk; small text.
    pub risk: Rgb,
    /// On track; bars and shapes.
    pub ok_fill: Rgb,
    /// Watch; bars and shapes.
    pub watch_fill: Rgb,
    /// At risk; bars and shapes.
    pub risk_fill: Rgb,
    /// Ground of what is set apart: the band of all targets, an empty track.
    pub sunken: Rgb,
    /// The inner interval behind a bar.
    pub u_50: Rgb,
    /// The outer interval behind a bar.
    pub u_80: Rgb,
}

impl Tokens {
    /// The colours of a theme.
    ///
    /// ```
    /// # use landfall::chart::theme::{Rgb, Theme, Tokens};
    /// assert_eq!(Tokens::of(Theme::Light).forecast, Rgb(0x12, 0x43, 0x6d));
    /// ```
    pub fn of(theme: Theme) -> Self {
        let light = Self {
            surface: Rgb::hex(0xffffff),
            line: Rgb::hex(0xe2e3de),
            line_strong: Rgb::hex(0xc6c9c6),
            ink: Rgb::hex(0x17202b),
            ink_2: Rgb::hex(0x48525d),
            ink_3: Rgb::hex(0x67717b),
            track: Rgb::hex(0x17202b).over(Rgb::hex(0xffffff), 20),
            forecast: Rgb::hex(0x12436d),
            band_50: Rgb::hex(0x9db4cb),
            band_80: Rgb::hex(0xd2dde8),
            edge: Rgb::hex(0x6f8fae),
            wash: Rgb::hex(0xedf2f6),
            ok: Rgb::hex(0x1a62a3),
            watch: Rgb::hex(0x8f5600),
            risk: Rgb::hex(0x8e0f3a),
            ok_fill: Rgb::hex(0x2073bc),
            watch_fill: Rgb::hex(0xd17f00),
            risk_fill: Rgb::hex(0x8e0f3a),
            sunken: Rgb::hex(0xf1f2ef),
            u_50: Rgb::hex(0xc3cad0),
            u_80: Rgb::hex(0xe6e9eb),
        };
        match theme {
            Theme::Light => light,
            Theme::Print => Self {
                line: light.line_strong,
                line_strong: light.ink_3,
                ink_3: light.ink_2,
                track: light.ink.over(light.surface, 30),
                edge: light.forecast,
                u_50: Rgb::hex(0xa9b2b9),
                u_80: Rgb::hex(0xd5dadd),
                ..light
            },
            Theme::Dark => Self {
                surface: Rgb::hex(0x161c23),
                line: Rgb::hex(0x29313a),
                line_strong: Rgb::hex(0x46515c),
                ink: Rgb::hex(0xeef1f3),
                ink_2: Rgb::hex(0xb9c1c9),
                ink_3: Rgb::hex(0x8f99a3),
                track: Rgb::hex(0xeef1f3).over(Rgb::hex(0x161c23), 25),
                forecast: Rgb::hex(0xadc4db),
                band_50: Rgb::hex(0x4a6580),
                band_80: Rgb::hex(0x2c3e50),
                edge: Rgb::hex(0x7a95b0),
                wash: Rgb::hex(0x1b2733),
                ok: Rgb::hex(0x7dbbf2),
                watch: Rgb::hex(0xf1b65a),
                risk: Rgb::hex(0xf08aab),
                ok_fill: Rgb::hex(0x58a6ec),
                watch_fill: Rgb::hex(0xeda63a),
                risk_fill: Rgb::hex(0xe8628c),
                sunken: Rgb::hex(0x1e252d),
                u_50: Rgb::hex(0x4a545e),
                u_80: Rgb::hex(0x2b333b),
            },
        }
    }

    /// The same with the scenario's hue in place of the forecast's.
    pub fn of_scenario(theme: Theme) -> Self {
        let base = Self::of(theme);
        match theme {
            Theme::Light | Theme::Print => Self {
                forecast: Rgb::hex(0x0b7470),
                band_50: Rgb::hex(0x8fc4c0),
                band_80: Rgb::hex(0xcfe6e3),
                edge: Rgb::hex(if theme == Theme::Print { 0x0b7470 } else { 0x559f9a }),
                wash: Rgb::hex(0xeaf4f3),
                ..base
            },
            Theme::Dark => Self {
                forecast: Rgb::hex(0x63c7bf),
                band_50: Rgb::hex(0x2c736e),
                band_80: Rgb::hex(0x1d4a48),
                edge: Rgb::hex(0x4a9c96),
                wash: Rgb::hex(0x172b2c),
                ..base
            },
        }
    }
}
