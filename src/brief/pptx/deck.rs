//! A deck under way: slides become parts, their charts and pictures parts beside them, and all of it one package.

use super::PptxError;
use super::base;
use super::draw::Content;
use super::package::{CHART_TYPE, Kind, Links, Package};
use super::slide::{self, Foot, Slide};
use super::{book, chart, scale};
use crate::brief::Stamp;
use crate::error::Lang;

/// What all slides share.
pub(super) struct Deck<'a> {
    pub(super) title: &'a str,
    pub(super) foot: Foot<'a>,
    pub(super) lang: Lang,
    pub(super) created: Stamp,
    /// The house's font; empty for the theme's own.
    pub(super) font: &'a str,
}

const SLIDE: &str = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";

/// Writes slides one by one; `progress` hears how many are done and returns whether to go on.
pub(super) fn write(
    deck: &Deck,
    slides: &[Slide],
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Vec<u8>, PptxError> {
    let mut package = Package::default();
    let root = base::add(&mut package, slides.len(), deck);
    let (mut charts, mut pictures) = (0, 0);
    for (at, slide) in slides.iter().enumerate() {
        if !progress(at, slides.len()) {
            return Err(PptxError::Stopped);
        }
        let mut links = Links::default();
        links.to(Kind::Layout, slide.layout.part());
        let mut of_items = Vec::with_capacity(slide.items.len());
        for item in &slide.items {
            of_items.push(match &item.content {
                Content::Chart { chart: drawn, .. } => {
                    charts += 1;
                    let workbook = format!("ppt/embeddings/Microsoft_Excel_Sheet{charts}.xlsx");
                    package.add_file(&workbook, book::workbook(drawn, deck.created)?);
                    let mut to_book = Links::default();
                    let link = to_book.to(Kind::Workbook, workbook);
                    let part = format!("ppt/charts/chart{charts}.xml");
                    package.add(&part, CHART_TYPE, chart::part(drawn, &link), &to_book);
                    vec![links.to(Kind::Chart, part)]
                }
                Content::Picture(picture) => {
                    let mut files = vec![("png", &picture.png)];
                    files.extend(picture.svg.as_ref().map(|svg| ("svg", svg)));
                    let add = |(ending, bytes): (&str, &Vec<u8>)| {
                        pictures += 1;
                        let part = format!("ppt/media/image{pictures}.{ending}");
                        package.add_file(&part, bytes.clone());
                        links.to(Kind::Image, part)
                    };
                    files.into_iter().map(add).collect()
                }
                Content::Text { .. } | Content::Shape { .. } | Content::Table(_) => Vec::new(),
            });
        }
        let xml = slide::part(slide, at + 1, &deck.foot, scale::tag(deck.lang), &of_items);
        package.add(&base::slide_part(at + 1), SLIDE, xml, &links);
    }
    progress(slides.len(), slides.len());
    package.finish(&root)
}
