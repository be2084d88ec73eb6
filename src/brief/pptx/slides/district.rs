//! A slide a region: its year as a fan that can be edited, and at the right what it has to reach and what that takes.

use crate::brief::pptx::Drawn;
use crate::brief::pptx::draw::{
    Align, Anchor, Content, Item, Line, Outline, Picture, Table, TableCell, place,
};
use crate::brief::pptx::fan;
use crate::brief::pptx::native::Stroke;
use crate::brief::pptx::slide::{LEFT, Slide, lines, shortened};
use crate::brief::pptx::style::{self, INK, INK_2, INK_3};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, LeagueRow};
use crate::chart::FanSpec;
use crate::error::Lang;

/// The column of figures.
const X: f64 = 872.0;
const W: f64 = 352.0;
/// Where their table begins below the chance.
const TABLE: f64 = 284.0;
/// The fan.
const CHART: (f64, f64, f64, f64) = (LEFT - 16.0, 146.0, 470.0 * fan::ASPECT, 470.0);

pub(super) fn slides(parts: &BulletinParts, words: &Words, pictures: &[Drawn]) -> Vec<Slide> {
    let Some(league) = parts.leagues.first() else { return Vec::new() };
    // A fan's title begins with its region. Figures beside another region's fan would be worse than none.
    let row = |fan: &FanSpec| {
        let named = |r: &&LeagueRow| {
            let rest = fan.parts().title.strip_prefix(&r.region);
            !r.unallocated && rest.is_some_and(|rest| rest.starts_with(['：', ':']))
        };
        league.rows.iter().find(named)
    };
    let fans = parts.fans.iter().enumerate();
    fans.map(|(at, fan)| slide(words, fan, row(fan), pictures.get(at))).collect()
}

fn slide(words: &Words, spec: &FanSpec, row: Option<&LeagueRow>, drawn: Option<&Drawn>) -> Slide {
    let parts = spec.parts();
    let mut slide = Slide::content(parts.title.clone(), &parts.subtitle);
    let (x, y, w, h) = CHART;
    let at = place(x, y, w, h);
    let content = match drawn {
        Some(drawn) => Content::Picture(Picture {
            png: drawn.png.clone(),
            svg: drawn.svg.clone(),
            alt: parts.description.clone(),
        }),
        None => {
            let over = Line::new(parts.axis_title.clone(), 14.0, INK_3);
            slide.items.push(Item::text("Axis", place(LEFT, 124.0, 400.0, 22.0), Anchor::Top, vec![over]));
            let bands = Line::new(parts.labels.bands.clone(), 14.0, INK_3);
            slide.items.push(Item::text("Bands", place(LEFT, 622.0, 600.0, 22.0), Anchor::Top, vec![bands]));
            let chart = Box::new(fan::chart(spec, h));
            Content::Chart { chart, alt: parts.description.clone() }
        }
    };
    slide.items.push(Item { name: "Fan".into(), place: at, content });
    if let Some(row) = row {
        chance(&mut slide, words, row);
        let top = if row.probability_shown.is_some() { TABLE } else { CHART.1 };
        slide.items.extend(figures(words, row, top));
    }
    slide
}

/// Light, chance, and the chance as twenty dots.
fn chance(slide: &mut Slide, words: &Words, row: &LeagueRow) {
    let Some(shown) = row.probability_shown else { return };
    if let Some(light) = row.light {
        let (fill, ink, outline) = style::light(light, &words.tokens);
        slide.items.push(Item::shape("Light", place(X, 136.0, 20.0, 20.0), outline, fill));
        let word = Line::new(words.light(light, row), 18.0, ink).bold();
        slide.items.push(Item::text(
            "Light",
            place(X + 30.0, 130.0, 120.0, 32.0),
            Anchor::Middle,
            vec![word],
        ));
    }
    let known = row.through == 12;
    let head =
        if known { words.say("target  ", "目标  ") } else { words.say("chance  ", "达标概率  ") };
    let line = Line::new(head, 14.0, INK_2)
        .and(words.chance(Some(shown), known), 24.0, true, INK)
        .align(Align::Right);
    slide.items.push(Item::text(
        "Chance",
        place(X + 130.0, 126.0, W - 130.0, 40.0),
        Anchor::Middle,
        vec![line],
    ));
    if known {
        return;
    }
    let dots = (shown * 20.0).round();
    let t = &words.tokens;
    let (pitch, size) = (W / 10.0, 24.0);
    for nth in 0..20_u8 {
        let (column, line) = (f64::from(nth % 10), f64::from(nth / 10));
        let at = place(X + column * pitch + (pitch - size) / 2.0, 178.0 + line * 32.0, size, size);
        let filled = f64::from(nth) < dots;
        let content = Content::Shape {
            outline: Outline::Disc,
            fill: Some(if filled { t.forecast } else { style::WHITE }),
            stroke: Some(Stroke::solid(if filled { t.forecast } else { t.edge }, 1.5)),
        };
        slide.items.push(Item { name: "Dot".into(), place: at, content });
    }
    let said = match (words.lang, dots as u8) {
        (Lang::Zh, 0) => "20次中不到1次达标".into(),
        (Lang::Zh, 20) => "20次中超过19次达标".into(),
        (Lang::Zh, n) => format!("20次中约{n}次达标"),
        (Lang::En, 0) => "fewer than 1 in 20 reach it".into(),
        (Lang::En, 20) => "more than 19 in 20 reach it".into(),
        (Lang::En, n) => format!("about {n} in 20 reach it"),
    };
    let said = Line::new(said, 14.0, INK_3);
    slide.items.push(Item::text("Dots", place(X, 244.0, W, 22.0), Anchor::Top, vec![said]));
}

/// The figures as a table of two columns.
fn figures(words: &Words, row: &LeagueRow, top: f64) -> Vec<Item> {
    let mut rows: Vec<(String, String, bool)> = Vec::new();
    let mut add = |name: &str, text: String, bold: bool| {
        if text != words::NONE {
            rows.push((name.to_owned(), text, bold));
        }
    };
    let last = row.through;
    let so_far = match words.lang {
        Lang::Zh => format!("1–{last}月累计"),
        Lang::En => format!("Through month {last}"),
    };
    if last > 0 {
        add(&so_far, words.amount(row.ytd), false);
    }
    add(words.say("Growth so far", "累计同比"), words::growth(row.growth), false);
    add(words.say("Target", "全年目标"), words.owed(row.target), true);
    if last < 12 {
        let growth = words::growth(row.year_growth.map(|g| g.median));
        add(words.say("Growth expected", "预计全年增速"), growth, true);
        add(words.say("80% interval, %", "80%区间，%"), words.interval(row.year_growth), false);
        let total = words.amount(row.year_end.map(|t| t.median));
        add(words.say("Year expected", "预计全年"), total, false);
    }
    add(words.say("Gap to the target, pp", "与目标差距，百分点"), words::points(row.gap), true);
    add(words.say("Still to do", "剩余需完成"), words.amount(row.need), false);
    if last < 12 {
        let left = 12 - last;
        let name = match words.lang {
            Lang::Zh => format!("余下{left}个月月均需完成"),
            Lang::En => format!("A month, {left} months left"),
        };
        add(&name, words.amount(row.per_month), true);
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let value = 138.0;
    let widths = vec![W - value, value];
    let tall = 33.0;
    let cells = rows.iter().map(|(name, text, bold)| {
        let name = Line::new(shortened(name, 13.0, false, W - value - 8.0, 1), 13.0, INK_2);
        let size = if lines(text, 15.0, *bold, value - 12.0) == 1 { 15.0 } else { 12.0 };
        let text = Line::new(text.clone(), size, INK).align(Align::Right);
        vec![name.into(), TableCell::from(if *bold { text.bold() } else { text })]
    });
    let cells: Vec<Vec<TableCell>> = cells.collect();
    let told = rows.iter().map(|(name, text, _)| format!("{name} {text}"));
    let told = told.collect::<Vec<_>>().join(words.say("; ", "；"));
    let alt = format!("{}{}{told}", row.region, words.say(": ", "："));
    let table = Table { widths, heights: vec![tall; cells.len()], alt, rows: cells };
    let height = table.height();
    let unit = match words.lang {
        Lang::Zh => format!("金额单位：{}", words.money),
        Lang::En => format!("Amounts in {}", words.money),
    };
    let amounts = row.ytd.or(row.need).or(row.year_end.map(|t| t.median)).is_some();
    let unit = if amounts { unit } else { String::new() };
    let unit = vec![Line::new(unit, 12.0, INK_3).align(Align::Right)];
    let at = place(X, top, W, height);
    vec![
        Item { name: "Figures".into(), place: at, content: Content::Table(table) },
        Item::text("Unit", place(X, top + height + 8.0, W, 20.0), Anchor::Top, unit),
    ]
}
