//! What each lever of the scenario brings to the region of the bulletin.

use super::paired::{self, Row};
use crate::brief::BulletinParts;
use crate::brief::pptx::draw::{Anchor, Item, Line, place};
use crate::brief::pptx::native::NativeChart;
use crate::brief::pptx::slide::{LEFT, Slide};
use crate::brief::pptx::style::{INK, INK_3};
use crate::brief::pptx::waterfall;
use crate::brief::pptx::words::Words;
use crate::chart::WaterfallSpec;

/// None without a scenario that moves the region.
pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Option<Slide> {
    let spec = parts.scenario.as_ref()?.waterfall.as_ref()?;
    Some(slide(spec, words))
}

fn slide(spec: &WaterfallSpec, words: &Words) -> Slide {
    let parts = spec.parts();
    let mut slide = Slide::content(parts.sheet.title.clone(), &parts.sheet.subtitle);
    let rows = waterfall::rows(spec);
    let heads: Vec<&str> = rows.iter().map(|r| r.label.name.as_str()).collect();
    let figures = rows.iter().map(|r| (r.label.figures.concat(), r.label.whole, INK));
    let name = match parts.columns.first() {
        Some(unit) => format!("{}{unit}", words.say("Level, change, ", "水平、变动，")),
        None => String::new(),
    };
    let chart = NativeChart { names: false, ..waterfall::chart(spec) };
    let table = vec![Row { name, cells: figures.collect() }];
    let alt = &parts.sheet.description;
    slide.items.extend(paired::items(chart, (alt, &slide.title), &heads, table, 26.0));
    let said = Line::new(waterfall::reading(spec), 14.0, INK_3);
    slide.items.push(Item::text("Reading", place(LEFT, 124.0, 900.0, 22.0), Anchor::Top, vec![said]));
    slide
}
