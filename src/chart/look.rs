//! What every layout measures by: colours, the size of text, and what follows from it.

use super::house::{self, House};
use super::text::{ASCENT, DESCENT, LEADING};
use super::theme::{Theme, Tokens};

/// The smallest text drawn, px.
pub const MIN_TEXT: f64 = 12.0;

/// Colours and the size everything else follows.
pub(super) struct Look {
    pub(super) t: Tokens,
    /// Text size in px.
    pub(super) size: f64,
    /// Size of other things against a chart with text of 12 px.
    pub(super) k: f64,
}

impl Look {
    /// The look of a chart of a size. In a page text is of 12 px up to 640 px wide. A picture of its own stands on a slide:
    /// there text is of 20 px (15 pt) on a whole slide and 15 px on half of one. A low chart keeps small text.
    pub(super) fn new(theme: Theme, house: Option<&House>, width: f64, height: f64, alone: bool) -> Self {
        let size = if alone { 12.0 + (width - 400.0) / 80.0 } else { 12.0 + (width - 640.0) / 80.0 };
        let size = size.min(height / 36.0).clamp(MIN_TEXT, 20.0);
        let size = (size * 2.0).round() / 2.0;
        Self { t: house::tokens(house, theme, false), size, k: size / 12.0 }
    }

    /// The same with smaller text, as far as there is any, where a room is to hold so many lines.
    pub(super) fn for_lines(self, lines: f64, room: f64) -> Self {
        let size = (room / (lines * LEADING)).clamp(MIN_TEXT, self.size.max(MIN_TEXT));
        let size = (size * 2.0).floor() / 2.0;
        Self { size, k: size / 12.0, ..self }
    }

    /// Height of a line of text.
    pub(super) fn row(&self) -> f64 {
        self.size * LEADING
    }

    /// Height of the letters alone.
    pub(super) fn letters(&self) -> f64 {
        self.size * (ASCENT + DESCENT)
    }

    /// From the middle of a line of text down to its baseline.
    pub(super) fn drop(&self) -> f64 {
        self.size * (ASCENT - DESCENT) / 2.0
    }
}
