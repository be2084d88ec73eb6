//! The three public lists side by side: the best, to watch, slow, each with its reasons.

use super::opening::sentence;
use crate::brief::pptx::draw::{Anchor, Item, Line, Outline, place};
use crate::brief::pptx::slide::{LEFT, Slide, WIDTH, lines, px, row, shortened};
use crate::brief::pptx::style::{INK, INK_2, INK_3};
use crate::brief::pptx::words::Words;
use crate::brief::{BulletinParts, Listed, PublicList};
use crate::error::Lang;

const GAP: f64 = 24.0;
const TOP: f64 = 132.0;
const BOTTOM: f64 = 644.0;
const SIZE: f64 = 14.0;

/// One slide; none where no list has anything on it.
pub(super) fn slide(parts: &BulletinParts, words: &Words) -> Option<Slide> {
    if parts.lists.iter().all(|l| l.items.is_empty()) {
        return None;
    }
    let mut slide = Slide::content(words.say("Three public lists", "三张榜单"), &parts.subtitle);
    let count = parts.lists.len().max(1) as f64;
    let width = (WIDTH - GAP * (count - 1.0)) / count;
    for (nth, list) in parts.lists.iter().enumerate() {
        column(&mut slide, words, list, LEFT + nth as f64 * (width + GAP), width);
    }
    Some(slide)
}

fn column(slide: &mut Slide, words: &Words, list: &PublicList, x: f64, width: f64) {
    let color = words.tokens.forecast;
    slide.items.push(Item::shape("Rule", place(x, TOP, width, 3.0), Outline::Rect, color));
    let title = Line::new(shortened(&list.title, 18.0, true, width, 1), 18.0, color).bold();
    slide.items.push(Item::text("List", place(x, TOP + 12.0, width, 32.0), Anchor::Middle, vec![title]));
    let mut y = TOP + 50.0;
    let rule = shortened(&list.rule, 12.0, false, width, 3);
    let tall = lines(&rule, 12.0, false, width) as f64 * row(12.0);
    let rule = vec![Line::new(rule, 12.0, INK_3)];
    slide.items.push(Item::text("By which rule", place(x, y, width, tall), Anchor::Top, rule));
    y += tall + 8.0;
    let (mut shown, mut count) = (Vec::new(), 0);
    let mut room = BOTTOM - y - row(12.0) * 2.0 - px(6.0);
    for item in &list.items {
        let tall = height(item, width);
        if tall > room {
            break;
        }
        room -= tall;
        count += 1;
        shown.push(Line::new(name(item), SIZE, INK).bold().before(6.0));
        let mut reason = sentence(&item.reason, 13.0);
        reason.runs.iter_mut().for_each(|(_, ink)| ink.color = INK_2);
        shown.push(reason);
    }
    let left = list.items.len() - count;
    let more = match (words.lang, left) {
        (_, 0) => list.note.clone(),
        (Lang::Zh, n) => format!("另有{n}个见月通报。{}", list.note),
        (Lang::En, n) => format!("{n} more in the bulletin. {}", list.note),
    };
    shown.push(Line::new(shortened(&more, 12.0, false, width, 2), 12.0, INK_3).before(6.0));
    slide.items.push(Item::text("On the list", place(x, y, width, BOTTOM - y), Anchor::Top, shown));
}

fn name(item: &Listed) -> String {
    if item.region.is_empty() { item.name.clone() } else { format!("{} · {}", item.name, item.region) }
}

fn height(item: &Listed, width: f64) -> f64 {
    let name = lines(&name(item), SIZE, true, width) as f64;
    let reason = lines(&item.reason.text, 13.0, false, width) as f64;
    px(6.0) + name * row(SIZE) + reason * row(13.0)
}
