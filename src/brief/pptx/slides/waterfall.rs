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
use crate::error::Lang;
use crate::unit::fixed;

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
        Some(unit) => format!("{}{unit}", words.say("Change, ", "变动，")),
        None => String::new(),
    };
    let (chart, begins) = waterfall::chart(spec);
    let chart = NativeChart { names: false, ..chart };
    let table = vec![Row { name, cells: figures.collect() }];
    let alt = &parts.sheet.description;
    slide.items.extend(paired::items(chart, (alt, &slide.title), &heads, table, 26.0));
    let mut said: Vec<String> = Vec::new();
    if !parts.target_label.is_empty() {
        said.push(format!("{}{}", words.say("Dashes: ", "虚线："), parts.target_label));
    }
    if let Some(low) = begins {
        let low = fixed(low, 1);
        said.push(match words.lang {
            Lang::En => format!("The axis begins at {low}, not at zero"),
            Lang::Zh => format!("纵轴从{low}开始，不从零开始"),
        });
    }
    let said = Line::new(said.join(words.say(". ", "；")), 14.0, INK_3);
    slide.items.push(Item::text("Reading", place(LEFT, 124.0, 900.0, 22.0), Anchor::Top, vec![said]));
    slide
}
