//! What every chart that is a picture of its own has: words around it, size, colours, language.

use super::heading;
use super::house::{self, House};
use super::look::Look;
use super::scene::{Anchor, Box2, Point, Scene, Text};
use super::spec::{ChartError, Status, lang_code};
use super::text::{self, ASCENT, DESCENT};
use super::theme::Theme;
use crate::error::Lang;
use crate::num::nine_digits;
use serde::{Deserialize, Serialize};

/// Words around a chart, its size, colours and language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Sheet {
    /// Version of the contract: 1.
    pub schema: u32,
    /// The finding; the chart's name for those who do not see it. Drawn only with `heading`.
    pub title: String,
    /// Unit and scope. Drawn only with `heading`.
    pub subtitle: String,
    /// What the chart shows in a sentence or two, for those who do not see it.
    pub description: String,
    /// Source and data month. Drawn only with `heading`.
    pub footer: String,
    /// At the right of the footer, in bold. Drawn only with `heading`.
    pub mark: String,
    /// Whether title, subtitle and footer are drawn.
    pub heading: bool,
    /// px, 280–4000.
    pub width: u32,
    /// px, 180–4000.
    pub height: u32,
    /// Colours.
    pub theme: Theme,
    /// A house's own look over the theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub house: Option<House>,
    /// Language of the document.
    #[serde(with = "lang_code")]
    #[cfg_attr(test, ts(type = "\"en\" | \"zh\""))]
    pub lang: Lang,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            schema: 1,
            title: String::new(),
            subtitle: String::new(),
            description: String::new(),
            footer: String::new(),
            mark: String::new(),
            heading: true,
            width: 1280,
            height: 720,
            theme: Theme::Light,
            house: None,
            lang: Lang::En,
        }
    }
}

impl Sheet {
    /// Whether it can be laid out.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        let (width, height) = (self.width, self.height);
        if !(280..=4000).contains(&width) || !(180..=4000).contains(&height) {
            return Err(ChartError::Size { width, height });
        }
        self.house.as_ref().map_or(Ok(()), |house| Ok(house.check()?))
    }

    /// The empty sheet with its words (and a light under them), and the room left for the chart.
    pub(super) fn open(&self, status: Option<&Status>) -> (Scene, Look, Box2) {
        let (w, h) = (f64::from(self.width), f64::from(self.height));
        let look = Look::new(self.theme, self.house.as_ref(), w, h, self.heading);
        let mut scene = Scene {
            width: self.width,
            height: self.height,
            title: self.title.clone(),
            description: self.description.clone(),
            lang: self.lang,
            font: self.house.as_ref().map(|h| h.font.clone()).unwrap_or_default(),
            marks: Vec::new(),
            scale: None,
        };
        scene.rect(Box2 { x0: 0.0, y0: 0.0, x1: w, y1: h }, look.t.surface);
        let room = if self.heading {
            heading::draw(&mut scene, &look, self, status)
        } else {
            Box2 { x0: 1.0, y0: 1.0, x1: w - 1.0, y1: h - 1.0 }
        };
        (scene, look, room)
    }

    /// The look with the scenario's hue in place of the forecast's.
    pub(super) fn of_scenario(&self, look: Look) -> Look {
        Look { t: house::tokens(self.house.as_ref(), self.theme, true), ..look }
    }
}

/// A number within limits, rounded to nine significant digits.
pub(super) fn within(what: &'static str, value: &mut f64, lo: f64, hi: f64) -> Result<(), ChartError> {
    if !(lo..=hi).contains(value) {
        return Err(ChartError::Range { what, got: *value, lo, hi });
    }
    *value = nine_digits(*value);
    Ok(())
}

/// Writes the level axis' title over a plot, and at its right what else must be known to read it; that gets rows of
/// its own where the width is short, and gives way where the height is. Returns where the plot's own room begins.
pub(super) fn over(scene: &mut Scene, look: &Look, room: Box2, title: &str, remark: &str) -> f64 {
    let (size, wide) = (look.size, room.x1 - room.x0);
    let quiet = |at: Point, words: String| Text::new(at, size, look.t.ink_3, words);
    let first = room.y0 + size * ASCENT;
    let title = text::fit(title, size, false, wide);
    let beside = text::width(&title, size, false) + text::width(remark, size, false) + 2.0 * size <= wide;
    scene.text(quiet((room.x0, first), title));
    let mut last = first;
    if beside {
        scene.text(quiet((room.x1, first), remark.to_owned()).anchor(Anchor::End));
    } else if room.y1 - room.y0 > 16.0 * size {
        for line in text::wrap(remark, size, false, wide, 2) {
            last += look.row();
            scene.text(quiet((room.x0, last), line));
        }
    }
    last + size * DESCENT
}

/// Writes names along an axis, the first ones first, each only where it keeps clear of those before it.
pub(super) fn names_along(scene: &mut Scene, look: &Look, names: impl IntoIterator<Item = Text>, room: Box2) {
    let mut taken: Vec<Box2> = Vec::new();
    for name in names {
        let half = name.width() / 2.0;
        let x = name.at.0.clamp(room.x0 + half, (room.x1 - half).max(room.x0 + half));
        let name = Text { at: (x, name.at.1), ..name }.anchor(Anchor::Middle);
        let area = name.bounds();
        let clear = area.grown(0.3 * look.size);
        if area.x1 <= room.x1 + 0.01 && !taken.iter().any(|other| other.overlaps(&clear)) {
            taken.push(area);
            scene.text(name);
        }
    }
}
