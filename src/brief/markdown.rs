//! A bulletin as Markdown, with tables as GitHub and most editors know them.

use super::grid::{Cell, Grid};
use super::page::{Block, Section};
use super::{Bulletin, BulletinParts, Sentence};
use std::fmt::Write;

/// A bulletin as a Markdown text. Pictures are left out; a sentence's id in the appendix stands after it.
///
/// ```
/// use landfall::brief::{Bulletin, BulletinParts, Sentence, markdown};
/// let headline = Sentence { id: "S1".into(), text: "Growth of 2*3.".into(), ..Sentence::default() };
/// let bulletin = Bulletin::new(BulletinParts { title: "July".into(), month: 7, headline, ..BulletinParts::default() })?;
/// assert!(markdown(&bulletin).starts_with("# July\n"));
/// assert!(markdown(&bulletin).contains("**Growth of 2\\*3.** <sup>S1</sup>"));
/// # Ok::<(), landfall::brief::BriefError>(())
/// ```
pub fn markdown(bulletin: &Bulletin) -> String {
    let parts = bulletin.parts();
    let mut out = format!("# {}\n\n", escaped(&parts.title));
    let _ = writeln!(out, "{}\n", escaped(&parts.subtitle));
    if !parts.illustrative.is_empty() {
        let _ = writeln!(out, "> {}\n", escaped(&parts.illustrative));
    }
    let _ = writeln!(out, "{}\n", headline(parts));
    for section in parts.sections() {
        out.push_str(&of_section(parts, &section));
    }
    let _ = writeln!(out, "---\n\n{}  \n**{}**", escaped(&parts.footer), escaped(&parts.mark));
    out
}

pub(super) fn headline(parts: &BulletinParts) -> String {
    let text = escaped(&parts.headline.text);
    if text.is_empty() { text } else { format!("**{text}** <sup>{}</sup>", parts.headline.id) }
}

pub(super) fn of_section(parts: &BulletinParts, section: &Section<'_>) -> String {
    let mut out = format!("## {}\n\n", escaped(&section.title));
    for block in &section.blocks {
        match block {
            Block::Words(sentence) => {
                let _ = writeln!(out, "{}\n", of_sentence(sentence));
            }
            Block::Table(grid) => out.push_str(&of_grid(parts, grid)),
            Block::Note(note) => {
                let _ = writeln!(out, "*{}*\n", escaped(note));
            }
            Block::Picture(_) => {}
        }
    }
    out
}

fn of_sentence(sentence: &Sentence) -> String {
    format!("{} <sup>{}</sup>", escaped(&sentence.text), sentence.id)
}

fn of_grid(parts: &BulletinParts, grid: &Grid) -> String {
    let mut out = format!("### {}\n\n", escaped(&grid.title));
    if !grid.rows.is_empty() {
        let heads = grid.columns.iter().map(|c| escaped(&c.head.replace('\n', ", ")));
        let _ = writeln!(out, "| {} |", heads.collect::<Vec<_>>().join(" | "));
        let rules = grid.columns.iter().map(|c| if c.words { ":--" } else { "--:" });
        let _ = writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "));
        for row in &grid.rows {
            let cells = row.iter().map(|c| {
                let text = escaped(&c.shown(parts.decimals, parts.lang));
                match c {
                    Cell::Name { whole: true, .. } => format!("**{text}**"),
                    Cell::Name { depth, .. } if *depth > 1 => {
                        format!("{}{text}", "&emsp;".repeat(usize::from(*depth) - 1))
                    }
                    _ => text,
                }
            });
            let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
        }
        out.push('\n');
    }
    if !grid.note.is_empty() {
        let _ = writeln!(out, "*{}*\n", escaped(&grid.note));
    }
    out
}

/// A text in which nothing is markup, on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
