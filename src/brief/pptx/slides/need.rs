//! What the region of the bulletin must do each month, beside what it did and what last year did.

use super::paired::{self, Row};
use crate::brief::BulletinParts;
use crate::brief::pptx::native::NativeChart;
use crate::brief::pptx::need;
use crate::brief::pptx::slide::Slide;
use crate::brief::pptx::style::{INK, INK_2};
use crate::brief::pptx::words::{NONE, Words};
use crate::chart::theme::Rgb;
use crate::chart::{NeedMonth, NeedSpec};
use crate::unit::fixed;

/// None where no amount is owed in months ahead.
pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Option<Slide> {
    parts.need.as_ref().map(|spec| slide(spec, words))
}

fn slide(spec: &NeedSpec, words: &Words) -> Slide {
    let parts = spec.parts();
    let mut slide = Slide::content(parts.sheet.title.clone(), &parts.sheet.subtitle);
    let heads: Vec<&str> = parts.months.iter().map(|m| m.name.as_str()).collect();
    let row = |name: &str, bold: bool, color: Rgb, of: fn(&NeedMonth) -> Option<f64>| {
        let text = |m| of(m).map_or(NONE.to_owned(), |v| fixed(v, parts.digits.into()));
        Row { name: name.into(), cells: parts.months.iter().map(|m| (text(m), bold, color)).collect() }
    };
    let forecast = words.tokens.forecast;
    let table = vec![
        row(words.say("Done", "已完成"), false, INK, |m| m.done),
        row(words.say("Needed", "需完成"), true, forecast, |m| m.need),
        row(words.say("Expected", "预计"), false, forecast, |m| m.expected),
        row(words.say("Last year", "上年同月"), false, INK_2, |m| m.last_year),
    ];
    let alt = &parts.sheet.description;
    let chart = NativeChart { names: false, ..need::chart(spec) };
    slide.items.extend(paired::items(chart, (alt, &slide.title), &heads, table, 26.0));
    slide
}
