//! The first two slides: what the deck is, and what it says.

use crate::brief::pptx::base::Layout;
use crate::brief::pptx::draw::{Anchor, Item, Line, Outline, place};
use crate::brief::pptx::slide::{LEFT, Slide, lines, px, row, shortened};
use crate::brief::pptx::style::{self, INK, INK_2, INK_3};
use crate::brief::pptx::words::Words;
use crate::brief::{BulletinParts, LeagueRow, Sentence};
use crate::target::Light;

/// The title slide.
pub(super) fn title(parts: &BulletinParts) -> Slide {
    let mut slide = Slide {
        layout: Layout::Title,
        title: parts.title.clone(),
        subtitle: vec![Line::new(parts.subtitle.clone(), 20.0, INK_2)],
        items: Vec::new(),
        beside: 0.0,
    };
    // Where there is no more to say than the headline, it stands here.
    if parts.verdict.is_empty() && !parts.headline.text.is_empty() {
        let text = shortened(&parts.headline.text, 18.0, false, 1088.0, 3);
        slide.subtitle.push(Line::new(text, 18.0, INK).before(8.0));
    }
    if !parts.illustrative.is_empty() {
        let (_, color, _) = style::light(Light::Yellow, &style::tokens(parts.house.as_ref(), false));
        let lines = vec![Line::new(parts.illustrative.clone(), 16.0, color).bold()];
        slide.items.push(Item::text("Illustrative", place(96.0, 452.0, 1088.0, 60.0), Anchor::Top, lines));
    }
    slide
}

/// Width of the sentences, px.
const WIDTH: f64 = 740.0;
const TOP: f64 = 132.0;
const HEIGHT: f64 = 500.0;

/// The verdict: its sentences with their figures in bold, and how many regions have which light.
pub(super) fn verdict(parts: &BulletinParts, words: &Words) -> Option<Slide> {
    let sentences: Vec<&Sentence> = parts.verdict.iter().filter(|s| !s.text.is_empty()).collect();
    let lights = lights(parts, words);
    if sentences.is_empty() && lights.is_empty() {
        return None;
    }
    let mut slide = Slide::content(parts.headline.text.clone(), &parts.subtitle);
    let sizes = [22.0, 20.0, 18.0, 16.0, 14.0];
    let height = |size: f64| {
        let each = sentences.iter().map(|s| lines(&s.text, size, false, WIDTH));
        each.map(|n| n as f64 * row(size) + px(size * 0.6)).sum::<f64>()
    };
    let size = sizes.into_iter().find(|size| height(*size) <= HEIGHT).unwrap_or(14.0);
    let lines = sentences.iter().map(|s| sentence(s, size).before(size * 0.6)).collect();
    slide.items.push(Item::text("Verdict", place(LEFT, TOP, WIDTH, HEIGHT), Anchor::Top, lines));
    slide.items.extend(lights);
    Some(slide)
}

/// A sentence with its figures in bold.
pub(super) fn sentence(sentence: &Sentence, size: f64) -> Line {
    let mut line = Line::new("", size, INK);
    line.runs.clear();
    let mut rest = sentence.text.as_str();
    for figure in &sentence.figures {
        let Some(at) = rest.find(&figure.shown) else { continue };
        let end = at + figure.shown.len();
        if at > 0 {
            line = line.and(&rest[..at], size, false, INK);
        }
        line = line.and(&rest[at..end], size, true, INK);
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        line = line.and(rest, size, false, INK);
    }
    line
}

/// At the right: each light with its shape, its word, how many regions have it and which.
fn lights(parts: &BulletinParts, words: &Words) -> Vec<Item> {
    let Some(league) = parts.leagues.first() else { return Vec::new() };
    let lit =
        |inside: bool| move |r: &&LeagueRow| !r.unallocated && (r.depth > 0) == inside && r.light.is_some();
    // The districts and what lies in them, as the verdict counts them; the region itself where there are none.
    let inside = league.rows.iter().any(|r| lit(true)(&r));
    let regions = || league.rows.iter().filter(lit(inside));
    if regions().next().is_none() {
        return Vec::new();
    }
    let (x, w, h) = (856.0, 368.0, 150.0);
    let mut items = Vec::new();
    // Once all is known a light without regions has nothing to say.
    let over = regions().all(|r| r.through == 12);
    let said = |light: &Light| !over || regions().any(|r| r.light == Some(*light));
    for (nth, light) in [Light::Green, Light::Yellow, Light::Red].into_iter().filter(said).enumerate() {
        let (fill, ink, outline) = style::light(light, &words.tokens);
        let y = TOP + nth as f64 * (h + 14.0);
        items.push(Item::shape("Panel", place(x, y, w, h), Outline::Rect, style::SUNKEN));
        items.push(Item::shape("Light", place(x + 20.0, y + 24.0, 24.0, 24.0), outline, fill));
        let names: Vec<&str> =
            regions().filter(|r| r.light == Some(light)).map(|r| r.region.as_str()).collect();
        // What all of them are called; a light may be of regions that met their target and of others that did not.
        let mut called = regions().filter(|r| r.light == Some(light)).map(|row| words.light(light, row));
        let word = called.next().filter(|first| called.all(|other| other == *first));
        let head = Line::new(word.unwrap_or(light.word(words.lang)), 18.0, ink).bold().and(
            format!("  {}", names.len()),
            24.0,
            true,
            ink,
        );
        items.push(Item::text(
            "Light",
            place(x + 58.0, y + 14.0, w - 78.0, 44.0),
            Anchor::Middle,
            vec![head],
        ));
        let joined = names.join(words.say(", ", "、"));
        let (size, most) = if lines(&joined, 14.0, false, w - 40.0) <= 3 { (14.0, 3) } else { (12.0, 4) };
        let shown = shortened(&joined, size, false, w - 40.0, most);
        let color = if names.is_empty() { INK_3 } else { INK_2 };
        let text = if names.is_empty() { words.say("none", "无").to_owned() } else { shown };
        let at = place(x + 20.0, y + 62.0, w - 40.0, h - 70.0);
        items.push(Item::text("Regions", at, Anchor::Top, vec![Line::new(text, size, color)]));
    }
    items
}
