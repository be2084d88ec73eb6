//! What to do next: what stands in the way, and the tasks by department, as far as two slides hold them.

use super::opening::sentence;
use crate::brief::pptx::draw::{Align, Anchor, Content, Item, Line, Table, TableCell, place};
use crate::brief::pptx::slide::{LEFT, Slide, WIDTH, lines, px, row, shortened};
use crate::brief::pptx::style::{INK, INK_2, INK_3};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, Task, Tasks};
use crate::error::Lang;

const TOP: f64 = 128.0;
const BOTTOM: f64 = 602.0;
const HEAD: f64 = 36.0;
/// Slides at most: a longer list is read in the bulletin.
const MOST: usize = 2;
/// Lines of a cell at most.
const LINES: usize = 3;
/// Department, region, project, what to do, by when, what it brings; px.
const WIDTHS: [f64; 6] = [158.0, 132.0, 296.0, 340.0, 132.0, 110.0];

pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Vec<Slide> {
    let tasks = &parts.tasks;
    if tasks.rows.is_empty() && tasks.words.is_empty() {
        return Vec::new();
    }
    let all: f64 = HEAD + tasks.rows.iter().map(height).sum::<f64>();
    // Smaller letters where they save a slide.
    let saves = |size: &f64| problems(tasks, *size).1 + all <= BOTTOM;
    let size = [16.0, 14.0].into_iter().find(saves).unwrap_or(16.0);
    let (problems, first) = problems(tasks, size);
    let mut pages: Vec<Vec<&Task>> = vec![Vec::new()];
    let mut room = BOTTOM - first - HEAD;
    for task in &tasks.rows {
        if height(task) > room {
            pages.push(Vec::new());
            room = BOTTOM - TOP - HEAD;
        }
        room -= height(task);
        if let Some(page) = pages.last_mut() {
            page.push(task);
        }
    }
    pages.truncate(MOST);
    let shown: usize = pages.iter().map(Vec::len).sum();
    let (last, left) = (pages.len() - 1, tasks.rows.len() - shown);
    let slides = pages.iter().enumerate().map(|(at, page)| {
        let mut slide = empty(tasks, words);
        if at == 0 {
            slide.items.extend(problems.clone());
        }
        slide.items.extend(table(page, words, if at == 0 { first } else { TOP }, &slide.title));
        slide.items.push(note(tasks, words, if at == last { left } else { 0 }));
        slide
    });
    slides.collect()
}

/// The sentences above the first table, and where it begins.
fn problems(tasks: &Tasks, size: f64) -> (Option<Item>, f64) {
    if tasks.words.is_empty() {
        return (None, TOP);
    }
    let before = 5.0;
    let rows = tasks.words.iter().map(|s| lines(&s.text, size, false, WIDTH));
    let height: f64 = rows.map(|n| n as f64 * row(size) + px(before)).sum();
    let said = tasks.words.iter().map(|s| sentence(s, size).before(before)).collect();
    let item = Item::text("Problems", place(LEFT, TOP - 4.0, WIDTH, height), Anchor::Top, said);
    (Some(item), TOP + height + 10.0)
}

fn empty(tasks: &Tasks, words: &Words) -> Slide {
    let count = tasks.rows.len();
    let title = match (words.lang, count) {
        (Lang::Zh, 0) => "存在问题".into(),
        (Lang::Zh, n) => format!("下一步任务：{n}项"),
        (Lang::En, 0) => "What stands in the way".into(),
        (Lang::En, 1) => "What to do next: 1 task".into(),
        (Lang::En, n) => format!("What to do next: {n} tasks"),
    };
    let subtitle = match words.lang {
        _ if count == 0 => String::new(),
        Lang::Zh => format!("预计带动：到12月底比原进度多完成的投资，{}", words.money),
        Lang::En => format!("Gain: what each is expected to spend more by December, {}", words.money),
    };
    Slide::content(title, &subtitle)
}

fn texts(task: &Task) -> [&str; 5] {
    [&task.department, &task.region, &task.project, &task.action, &task.by]
}

/// Height of a task's row: its deepest text.
fn height(task: &Task) -> f64 {
    let deep = texts(task).into_iter().zip(WIDTHS).map(|(t, w)| lines(t, 14.0, false, w - 14.0)).max();
    deep.unwrap_or(1).min(LINES) as f64 * row(14.0) + 14.0
}

fn table(page: &[&Task], words: &Words, top: f64, title: &str) -> Option<Item> {
    if page.is_empty() {
        return None;
    }
    let heads = match words.lang {
        Lang::Zh => ["责任部门", "地区", "项目", "事项", "完成时限", "预计带动"],
        Lang::En => ["Department", "Region", "Project", "What to do", "By", "Gain"],
    };
    let head = heads.iter().enumerate().map(|(at, h)| {
        let line = Line::new(*h, 12.0, INK_2);
        TableCell::from(if at == 5 { line.align(Align::Right) } else { line })
    });
    let mut rows = vec![head.collect::<Vec<_>>()];
    for task in page {
        let cells = texts(task).into_iter().zip(WIDTHS).enumerate().map(|(at, (text, width))| {
            let ink = if at == 2 { INK } else { INK_2 };
            let text = if text.is_empty() { words::NONE } else { text };
            TableCell::from(Line::new(shortened(text, 14.0, false, width - 14.0, LINES), 14.0, ink))
        });
        let gain = Line::new(words::more(task.gain, words.decimals), 14.0, INK).bold().align(Align::Right);
        rows.push(cells.chain(std::iter::once(gain.into())).collect());
    }
    let heights: Vec<f64> = std::iter::once(HEAD).chain(page.iter().map(|t| height(t))).collect();
    let table = Table { widths: WIDTHS.to_vec(), heights, rows, alt: title.into() };
    let tall = table.height();
    Some(Item { name: "Tasks".into(), place: place(LEFT, top, WIDTH, tall), content: Content::Table(table) })
}

/// How the tasks were found, and how many are not shown.
fn note(tasks: &Tasks, words: &Words, left: usize) -> Item {
    let more = match (words.lang, left) {
        (_, 0) => tasks.note.clone(),
        (Lang::Zh, n) => format!("另有{n}项见月通报。{}", tasks.note),
        (Lang::En, n) => format!("{n} more in the bulletin. {}", tasks.note),
    };
    let line = Line::new(shortened(&more, 12.0, false, WIDTH, 2), 12.0, INK_3);
    Item::text("Note", place(LEFT, 610.0, WIDTH, 40.0), Anchor::Top, vec![line])
}
