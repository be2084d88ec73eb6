//! What to do next: the tasks by department, as far as two slides hold them.

use crate::brief::pptx::draw::{Align, Anchor, Content, Item, Line, Table, TableCell, place};
use crate::brief::pptx::slide::{LEFT, Slide, WIDTH, px, row};
use crate::brief::pptx::style::{INK, INK_2, INK_3};
use crate::brief::pptx::words::{self, Words};
use crate::brief::{BulletinParts, Task};
use crate::chart::text;
use crate::error::Lang;

const TOP: f64 = 128.0;
const BOTTOM: f64 = 616.0;
const HEAD: f64 = 36.0;
/// Slides at most: a longer list is read in the bulletin.
const MOST: usize = 2;
/// Department, region, project, what to do, by when, what it brings; px.
const WIDTHS: [f64; 6] = [178.0, 140.0, 296.0, 284.0, 150.0, 120.0];

pub(super) fn slides(parts: &BulletinParts, words: &Words) -> Vec<Slide> {
    let tasks = &parts.tasks;
    if tasks.rows.is_empty() {
        return Vec::new();
    }
    let mut pages: Vec<Vec<&Task>> = vec![Vec::new()];
    let mut used = HEAD;
    for task in &tasks.rows {
        let height = height(task);
        if used + height > BOTTOM - TOP {
            pages.push(Vec::new());
            used = HEAD;
        }
        used += height;
        if let Some(page) = pages.last_mut() {
            page.push(task);
        }
    }
    pages.truncate(MOST);
    let shown: usize = pages.iter().map(Vec::len).sum();
    let last = pages.len() - 1;
    let left = tasks.rows.len() - shown;
    pages
        .iter()
        .enumerate()
        .map(|(at, page)| slide(parts, words, page, if at == last { left } else { 0 }))
        .collect()
}

fn texts(task: &Task) -> [&str; 5] {
    [&task.department, &task.region, &task.project, &task.action, &task.by]
}

/// Height of a task's row: its deepest text, of two lines at most.
fn height(task: &Task) -> f64 {
    let lines = texts(task).into_iter().zip(WIDTHS).map(|(t, w)| wrapped(t, w).len()).max().unwrap_or(1);
    lines as f64 * row(14.0) + 14.0
}

fn wrapped(text: &str, width: f64) -> Vec<String> {
    text::wrap(text, px(14.0), false, width - 14.0, 2)
}

fn slide(parts: &BulletinParts, words: &Words, page: &[&Task], left: usize) -> Slide {
    let tasks = &parts.tasks;
    let title = match tasks.words.last() {
        Some(sentence) => sentence.text.clone(),
        None => words.say("What to do next", "下一步工作").into(),
    };
    let subtitle = match words.lang {
        Lang::Zh => {
            format!("任务清单，共{}项；预计带动为到12月底多完成的投资，{}", tasks.rows.len(), words.money)
        }
        Lang::En => format!(
            "Task list, {} in all; gain: what each is expected to spend more by December, {}",
            tasks.rows.len(),
            words.money
        ),
    };
    let mut slide = Slide::content(title, &subtitle);
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
            let lines = wrapped(text, width).into_iter().map(|l| Line::new(l, 14.0, ink));
            let lines: Vec<Line> = lines.collect();
            TableCell {
                lines: if lines.is_empty() { vec![Line::new(words::NONE, 14.0, INK_3)] } else { lines },
                fill: None,
            }
        });
        let gain = Line::new(words::more(task.gain, words.decimals), 14.0, INK).bold().align(Align::Right);
        rows.push(cells.chain(std::iter::once(gain.into())).collect());
    }
    let tall: f64 = HEAD + page.iter().map(|t| height(t)).sum::<f64>();
    let table =
        Table { widths: WIDTHS.to_vec(), row: row(14.0) + 14.0, head: HEAD, rows, alt: slide.title.clone() };
    slide.items.push(Item {
        name: "Tasks".into(),
        place: place(LEFT, TOP, WIDTH, tall),
        content: Content::Table(table),
    });
    let more = match (words.lang, left) {
        (_, 0) => tasks.note.clone(),
        (Lang::Zh, n) => format!("另有{n}项见月通报。{}", tasks.note),
        (Lang::En, n) => format!("{n} more in the bulletin. {}", tasks.note),
    };
    let lines = text::wrap(&more, px(12.0), false, WIDTH, 1);
    let lines = lines.into_iter().map(|l| Line::new(l, 12.0, INK_3)).collect();
    slide.items.push(Item::text("Note", place(LEFT, 628.0, WIDTH, 20.0), Anchor::Top, lines));
    slide
}
