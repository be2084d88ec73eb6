//! League tables, one a ledger: what is published, what is owed, what is expected, and what remains.

use crate::brief::pptx::draw::{Align, Anchor, Content, Item, Line, Table, TableCell, place};
use crate::brief::pptx::slide::{LEFT, Slide, WIDTH, lines, shortened};
use crate::brief::pptx::style::{self, INK, INK_2, INK_3};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, League, LeagueRow};
use crate::error::Lang;
use std::cmp::Ordering;

const TOP: f64 = 128.0;
const BOTTOM: f64 = 624.0;
/// Height of the header, px.
const HEAD: f64 = 54.0;

/// A slide a ledger, more where there are many regions; none for one region alone, whose slide says it all.
pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Vec<Slide> {
    parts.leagues.iter().filter(|l| l.rows.len() > 1).flat_map(|l| pages(parts, words, l)).collect()
}

fn pages(parts: &BulletinParts, words: &Words, league: &League) -> Vec<Slide> {
    let columns = columns(words, league, parts.month);
    let wide: f64 = columns.iter().map(|c| c.width).sum();
    let widths: Vec<f64> = columns.iter().map(|c| c.width * WIDTH / wide).collect();
    let header: Vec<TableCell> = columns.iter().map(header).collect();
    let empty = || Table {
        widths: widths.clone(),
        heights: vec![HEAD],
        rows: vec![header.clone()],
        alt: league.title.clone(),
    };
    // The region of the bulletin stands out among others only.
    let whole = league.rows.iter().any(|r| r.depth > 0);
    let mut tables = vec![empty()];
    for r in &league.rows {
        let (mut deep, stands_out) = (1, whole && r.depth == 0);
        let cells = columns.iter().zip(&widths).map(|(c, w)| {
            let (text, color) = (c.cell)(r);
            let (bold, room) = (stands_out || c.strong, w - 14.0);
            // A long name takes two lines of smaller letters.
            let size = if lines(&text, 14.0, bold, room) == 1 { 14.0 } else { 12.0 };
            let text = shortened(&text, size, bold, room, 2);
            deep = deep.max(lines(&text, size, bold, room));
            let line = Line::new(text, size, color).align(c.align);
            let fill = stands_out.then_some(style::SUNKEN);
            TableCell { lines: vec![if bold { line.bold() } else { line }], fill }
        });
        let cells: Vec<TableCell> = cells.collect();
        let tall = if deep > 1 { 54.0 } else { 42.0 };
        if tables.last().is_none_or(|t| t.height() + tall > BOTTOM - TOP) {
            tables.push(empty());
        }
        if let Some(table) = tables.last_mut() {
            table.rows.push(cells);
            table.heights.push(tall);
        }
    }
    tables.into_iter().map(|table| slide(parts, words, league, table)).collect()
}

fn slide(parts: &BulletinParts, words: &Words, league: &League, table: Table) -> Slide {
    let title = match league.words.first() {
        Some(finding) => format!("{} · {}", league.title, finding.text),
        None => league.title.clone(),
    };
    let unit = match words.lang {
        Lang::Zh => format!("金额单位：{}；增速为累计同比，{}", parts.money, parts.base),
        Lang::En => format!("Amounts in {}; growth of the cumulative amount, {}", parts.money, parts.base),
    };
    let mut slide = Slide::content(title, &unit);
    let tall = table.height();
    slide.items.push(Item {
        name: "League table".into(),
        place: place(LEFT, TOP, WIDTH, tall),
        content: Content::Table(table),
    });
    if !league.note.is_empty() {
        let line = Line::new(shortened(&league.note, 12.0, false, WIDTH, 1), 12.0, INK_3);
        let at = place(LEFT, TOP + tall + 6.0, WIDTH, 20.0);
        slide.items.push(Item::text("Note", at, Anchor::Top, vec![line]));
    }
    slide
}

type Cell<'a> = Box<dyn Fn(&LeagueRow) -> (String, crate::chart::theme::Rgb) + 'a>;

struct Column<'a> {
    head: String,
    /// A part of the whole width.
    width: f64,
    align: Align,
    strong: bool,
    cell: Cell<'a>,
}

fn header(column: &Column) -> TableCell {
    let lines = column.head.split('\n');
    let lines = lines.map(|l| Line::new(l, 12.0, INK_2).align(column.align)).collect();
    TableCell { lines, fill: None }
}

/// The columns; those of which no row knows anything are left out.
fn columns<'a>(words: &'a Words<'a>, league: &League, through: u8) -> Vec<Column<'a>> {
    let of = |head: String, width: f64, cell: Cell<'a>| Column {
        head,
        width,
        align: Align::Right,
        strong: false,
        cell,
    };
    let plain = |text: String| (text, INK);
    let any = |f: &dyn Fn(&LeagueRow) -> bool| league.rows.iter().any(f);
    let mut out = vec![
        Column {
            align: Align::Left,
            ..of(words.say("Rank", "排名").into(), 84.0, Box::new(|r| (rank(r), INK)))
        },
        Column {
            align: Align::Left,
            strong: true,
            ..of(words.say("Region", "地区").into(), 190.0, Box::new(|r| (name(r), INK)))
        },
    ];
    if any(&|r| r.light.is_some()) {
        out.push(Column {
            align: Align::Left,
            strong: true,
            ..of(words.say("Light", "预警").into(), 124.0, Box::new(|r| light(words, r)))
        });
    }
    let span = match words.lang {
        Lang::Zh => format!("1–{through}月累计"),
        Lang::En => format!("Through\nmonth {through}"),
    };
    if any(&|r| r.ytd.is_some()) {
        out.push(of(span, 108.0, Box::new(move |r| plain(words.amount(r.ytd)))));
    }
    if any(&|r| r.growth.is_some()) {
        out.push(of(
            words.say("Growth", "同比").into(),
            88.0,
            Box::new(move |r| plain(words::growth(r.growth))),
        ));
    }
    if any(&|r| r.growth_change.is_some()) {
        out.push(of(
            words.say("vs last\nmonth, pp", "较上月\n百分点").into(),
            92.0,
            Box::new(move |r| plain(words::points(r.growth_change))),
        ));
    }
    if any(&|r| r.target.is_some()) {
        out.push(of(
            words.say("Target", "全年目标").into(),
            104.0,
            Box::new(move |r| plain(words.owed(r.target))),
        ));
    }
    let year = if any(&|r| r.through < 12) {
        words.say("Year,\nexpected", "全年\n预计")
    } else {
        words.say("Year", "全年")
    };
    if any(&|r| r.year_growth.is_some()) {
        let cell: Cell = Box::new(move |r| plain(words::growth(r.year_growth.map(|g| g.median))));
        out.push(of(year.into(), 92.0, cell));
    } else if any(&|r| r.year_end.is_some()) {
        let cell: Cell = Box::new(move |r| plain(words.amount(r.year_end.map(|g| g.median))));
        out.push(of(year.into(), 108.0, cell));
    }
    if any(&|r| r.gap.is_some()) {
        out.push(of(
            words.say("Gap, pp", "差距\n百分点").into(),
            88.0,
            Box::new(move |r| plain(words::points(r.gap))),
        ));
    }
    if any(&|r| r.probability_shown.is_some() && r.through < 12) {
        out.push(of(
            words.say("Chance", "达标\n概率").into(),
            104.0,
            Box::new(move |r| plain(words.chance(r.probability_shown, r.through == 12))),
        ));
    }
    if any(&|r| r.need.is_some()) {
        out.push(of(
            words.say("Still\nto do", "剩余需\n完成").into(),
            96.0,
            Box::new(move |r| plain(words.amount(r.need))),
        ));
        out.push(of(
            words.say("a month", "月均").into(),
            84.0,
            Box::new(move |r| plain(words.amount(r.per_month))),
        ));
    }
    out
}

fn name(row: &LeagueRow) -> String {
    // Spaces that no line breaks at.
    let inside = if row.depth > 1 { "\u{a0}\u{a0}\u{a0}" } else { "" };
    format!("{inside}{}", row.region)
}

/// The rank with the ranks gained or lost since the month before.
fn rank(row: &LeagueRow) -> String {
    let Some(rank) = row.rank else { return String::new() };
    match row.rank_change {
        None => rank.to_string(),
        Some(change) => match change.cmp(&0) {
            Ordering::Greater => format!("{rank} ↑{change}"),
            Ordering::Less => format!("{rank} ↓{}", change.unsigned_abs()),
            Ordering::Equal => format!("{rank} →"),
        },
    }
}

fn light(words: &Words, row: &LeagueRow) -> (String, crate::chart::theme::Rgb) {
    match row.light {
        None => (words::NONE.into(), INK_3),
        Some(light) => {
            let (_, ink, _) = style::light(light, &words.tokens);
            (format!("{} {}", style::sign(light), words.light(light, row)), ink)
        }
    }
}
