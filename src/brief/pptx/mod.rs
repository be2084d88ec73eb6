//! The deck of the month: a [`Bulletin`](super::Bulletin) as slides with native charts, which PowerPoint, WPS and LibreOffice
//! can edit: each has its workbook inside.
//!
//! The way through: `slides` say what stands where → `fan` and the like make a [`Bulletin`](super::Bulletin)'s charts
//! tables with columns to draw (`native`) → `chart`, `book` and `slide` write parts → `package` zips them. Nothing here
//! computes a figure; nothing here draws.

pub(in crate::brief) mod base;
mod book;
mod chart;
mod deck;
mod draw;
mod error;
mod fan;
mod native;
mod need;
pub(in crate::brief) mod package;
mod scale;
mod slide;
mod slides;
mod style;
mod waterfall;
mod words;
pub(in crate::brief) mod xml;

pub use error::PptxError;

use super::{Bulletin, Stamp};
use crate::chart::Chart;

/// How a native chart is to be read where it does not say so itself; empty where there is nothing to say.
pub(in crate::brief) fn reading(drawn: &Chart) -> String {
    match drawn {
        Chart::Waterfall(spec) => waterfall::reading(spec),
        _ => String::new(),
    }
}

/// The part of a chart, and the workbook inside it.
type ChartParts = (Vec<u8>, Vec<u8>);

/// A chart as the part of a chart and the workbook inside it, for a document too; `height` in px. `None` where it cannot be
/// edited.
pub(in crate::brief) fn native(
    drawn: &Chart,
    height: f64,
    created: Stamp,
    workbook: &str,
) -> Result<Option<ChartParts>, PptxError> {
    let native = match drawn {
        Chart::Fan(spec) => fan::chart(spec, height),
        Chart::Need(spec) => need::chart(spec),
        Chart::Waterfall(spec) => waterfall::chart(spec),
        _ => return Ok(None),
    };
    Ok(Some((chart::part(&native, workbook), book::workbook(&native, created)?)))
}

/// Width and height of the pictures in [`DeckOptions::pictures`], px.
pub const PICTURE: (u32, u32) = (813, 470);

/// A chart drawn already, for those who want pictures: a PNG that every program shows, and the same as SVG, which newer
/// ones show instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// A PNG file.
    pub png: Vec<u8>,
    /// The same as an SVG file.
    pub svg: Option<Vec<u8>>,
}

/// How a deck is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct DeckOptions {
    /// When it is made.
    pub created: Stamp,
    /// In place of the native fans, pictures: one a fan of the bulletin, in its order. Empty: native charts.
    pub pictures: Vec<Drawn>,
    /// At the upper right of every slide, and its width over its height; `None` for none.
    pub logo: Option<(Drawn, f64)>,
}

/// Writes a bulletin as a PPTX file. The same bulletin and options give the same bytes.
///
/// `progress` hears how many slides of how many are written, and returns whether to go on.
///
/// # Errors
/// [`PptxError::Stopped`] where `progress` said so; [`PptxError::Pictures`] and [`PptxError::Png`] for pictures that do not
/// fit the bulletin's fans or are none; [`PptxError::Package`] where a part could not be written.
///
/// ```
/// use landfall::brief::pptx::{DeckOptions, deck};
/// use landfall::brief::{Bulletin, BulletinParts, Stamp};
/// let bulletin = Bulletin::new(BulletinParts { title: "July".into(), month: 7, ..BulletinParts::default() })?;
/// let options = DeckOptions { created: Stamp::from_unix(1_691_487_000), pictures: Vec::new(), logo: None };
/// let bytes = deck(&bulletin, &options, &mut |_, _| true)?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn deck(
    bulletin: &Bulletin,
    options: &DeckOptions,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Vec<u8>, PptxError> {
    let parts = bulletin.parts();
    let fans = parts.fans.len();
    if !options.pictures.is_empty() && options.pictures.len() != fans {
        return Err(PptxError::Pictures { got: options.pictures.len(), fans });
    }
    let logo = options.logo.iter().map(|(drawn, _)| drawn);
    for (at, picture) in options.pictures.iter().chain(logo).enumerate() {
        if !picture.png.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Err(PptxError::Png { number: at + 1 });
        }
    }
    let mut slides = slides::of(parts, &options.pictures);
    if let Some((drawn, ratio)) = &options.logo {
        slides.iter_mut().for_each(|slide| slide.bear(drawn, *ratio));
    }
    let whole = deck::Deck {
        title: &parts.title,
        foot: slide::Foot { text: &parts.footer, mark: &parts.mark },
        lang: parts.lang,
        created: options.created,
        font: parts.house.as_ref().map_or("", |house| &house.font),
    };
    deck::write(&whole, &slides, progress)
}
