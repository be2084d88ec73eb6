//! A bulletin as one HTML file without anything outside it, made to be printed on A4.

use super::grid::{Cell, Grid, colour};
use super::page::{Block, Section};
use super::template::fill;
use super::{BriefError, Bulletin, BulletinParts, Sentence, markdown};
use crate::chart::Chart;
use crate::chart::theme::Theme;
use std::fmt::Write;

/// The page where the user gives none.
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// Picture of the year inside the text, px: the width of an A4 page's text at 96 to the inch.
const PICTURE: (u32, u32) = (688, 330);

/// Names of the sections that a template may place.
const SECTIONS: [&str; 9] =
    ["overview", "league", "sectors", "projects", "attraction", "lists", "scenario", "tasks", "appendix"];

/// A bulletin as an HTML page, by the user's own template where one is given.
///
/// A template is any HTML with places such as `{{headline}}`: `title`, `subtitle`, `illustrative`, `headline`, the sections
/// `overview`, `league`, `sectors`, `projects`, `attraction`, `lists`, `scenario`, `tasks` and `appendix`, `footer`, `mark`,
/// `region`, `year`, `month`, `money`, `lang`, `style` for the rules of style, and `logo`. A section of which there is nothing is empty.
///
/// ```
/// use landfall::brief::{Bulletin, BulletinParts, html};
/// let parts = BulletinParts { title: "A < B".into(), month: 7, ..BulletinParts::default() };
/// let bulletin = Bulletin::new(parts)?;
/// assert!(html(&bulletin, None)?.contains("<h1>A &lt; B</h1>"));
/// assert_eq!(html(&bulletin, Some("<b>{{ title }}</b>"))?, "<b>A &lt; B</b>");
/// assert!(html(&bulletin, Some("{{heading}}")).is_err());
/// # Ok::<(), landfall::brief::BriefError>(())
/// ```
///
/// # Errors
/// [`BriefError::Placeholder`] and [`BriefError::Unclosed`] for what a template cannot hold, with its line;
/// [`BriefError::Chart`] for a picture that cannot be drawn.
pub fn html(bulletin: &Bulletin, template: Option<&str>) -> Result<String, BriefError> {
    let parts = bulletin.parts();
    let sections: Vec<(&str, String)> = parts
        .sections()
        .iter()
        .map(|section| Ok((section.id, of_section(parts, section)?)))
        .collect::<Result<_, BriefError>>()?;
    let mut values = shared(parts, escaped);
    let headline = match parts.headline.text.is_empty() {
        true => String::new(),
        false => of_sentence(&parts.headline),
    };
    values.push(("headline", headline));
    values.push(("style", style(parts)));
    values.push(("logo", logo(parts)));
    place(&mut values, sections);
    fill(template.unwrap_or(PAGE), &values)
}

/// A bulletin as text by the user's own template in Markdown, with the same places but `style`.
///
/// # Errors
/// [`BriefError::Placeholder`] and [`BriefError::Unclosed`] for what a template cannot hold, with its line.
pub fn markdown_by(bulletin: &Bulletin, template: &str) -> Result<String, BriefError> {
    let parts = bulletin.parts();
    let sections =
        parts.sections().iter().map(|s| (s.id, markdown::of_section(parts, s))).collect::<Vec<_>>();
    let mut values = shared(parts, markdown::escaped);
    values.push(("headline", markdown::headline(parts)));
    place(&mut values, sections);
    fill(template, &values)
}

/// The rules of style, with the house's font before the others and its colours in place of the page's.
fn style(parts: &BulletinParts) -> String {
    let mut out = STYLE.trim_end().to_owned();
    let Some(house) = &parts.house else { return out };
    let t = house.tokens(Theme::Light, false);
    let (ink, quiet, lead) = (t.ink, t.ink_3, t.forecast);
    let _ = write!(out, "\n:root {{ --ink: {ink}; --quiet: {quiet}; --lead: {lead}; ");
    if !house.font.is_empty() {
        // No quote is in it: the house has been checked.
        let _ = write!(out, "--house: \"{}\"; ", house.font);
    }
    out.push('}');
    out
}

fn logo(parts: &BulletinParts) -> String {
    let logo = parts.house.as_ref().and_then(|house| house.logo.as_ref());
    logo.map(|logo| format!("<img class=\"logo\" alt=\"\" src=\"{}\"/>", escaped(&logo.href)))
        .unwrap_or_default()
}

/// Texts and numbers that a template may place.
fn shared(parts: &BulletinParts, escaped: fn(&str) -> String) -> Vec<(&'static str, String)> {
    vec![
        ("title", escaped(&parts.title)),
        ("subtitle", escaped(&parts.subtitle)),
        ("illustrative", escaped(&parts.illustrative)),
        ("footer", escaped(&parts.footer)),
        ("mark", escaped(&parts.mark)),
        ("region", escaped(&parts.region)),
        ("year", parts.year.to_string()),
        ("month", parts.month.to_string()),
        ("money", escaped(&parts.money)),
        ("lang", parts.lang.pick("en", "zh-CN").to_owned()),
    ]
}

fn place(values: &mut Vec<(&'static str, String)>, sections: Vec<(&str, String)>) {
    for name in SECTIONS {
        let text = sections.iter().find(|(id, _)| *id == name).map(|(_, text)| text.clone());
        values.push((name, text.unwrap_or_default()));
    }
}

fn of_section(parts: &BulletinParts, section: &Section<'_>) -> Result<String, BriefError> {
    let mut out = format!("<section id=\"{}\">\n<h2>{}</h2>\n", section.id, escaped(&section.title));
    for block in &section.blocks {
        match block {
            Block::Words(sentence) => {
                let _ = writeln!(out, "<p>{}</p>", of_sentence(sentence));
            }
            Block::Table(grid) => out.push_str(&of_grid(parts, grid)),
            Block::Note(note) => {
                let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(note));
            }
            Block::Picture(chart) => out.push_str(&of_picture(chart)?),
        }
    }
    out.push_str("</section>\n");
    Ok(out)
}

fn of_picture(chart: &Chart) -> Result<String, BriefError> {
    let svg = chart.sized(PICTURE.0, PICTURE.1)?.svg()?;
    Ok(format!(
        "<figure>\n<figcaption><b>{}</b> {}</figcaption>\n{}\n</figure>\n",
        escaped(chart.title()),
        escaped(chart.subtitle()),
        svg.trim_end()
    ))
}

fn of_sentence(sentence: &Sentence) -> String {
    format!("{}<sup>{}</sup>", escaped(&sentence.text), escaped(&sentence.id))
}

fn of_grid(parts: &BulletinParts, grid: &Grid) -> String {
    let mut out = String::new();
    if grid.rows.is_empty() {
        let _ = writeln!(out, "<h3>{}</h3>", escaped(&grid.title));
    } else {
        let _ = writeln!(
            out,
            "<table class=\"{}\">\n<caption>{}</caption>\n<thead><tr>",
            grid.id,
            escaped(&grid.title)
        );
        for column in &grid.columns {
            let class = if column.words { "" } else { " class=\"n\"" };
            let head = escaped(&column.head).replacen('\n', "<br/><small>", 1);
            let end = if column.head.contains('\n') { "</small>" } else { "" };
            let _ = writeln!(out, "<th scope=\"col\"{class}>{head}{end}</th>");
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &grid.rows {
            let whole = row.iter().any(|c| matches!(c, Cell::Name { whole: true, .. }));
            out.push_str(if whole { "<tr class=\"whole\">" } else { "<tr>" });
            for (cell, column) in row.iter().zip(&grid.columns) {
                out.push_str(&of_cell(parts, cell, column.words));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n");
    }
    if !grid.note.is_empty() {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(&grid.note));
    }
    out
}

fn of_cell(parts: &BulletinParts, cell: &Cell, words: bool) -> String {
    let text = escaped(&cell.shown(parts.decimals, parts.lang));
    match cell {
        Cell::Name { depth, .. } => format!("<th scope=\"row\" class=\"d{}\">{text}</th>", depth.min(&2)),
        Cell::Light(light, _) => {
            format!("<td class=\"light\" style=\"color:#{}\">{text}</td>", colour(*light, parts))
        }
        // A date or an id in two lines is hard to read.
        _ if words && text.is_ascii() && text.len() <= 12 => format!("<td class=\"k\">{text}</td>"),
        _ if words => format!("<td>{text}</td>"),
        _ => format!("<td class=\"n\">{text}</td>"),
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Names of a file may hold what no markup may.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push(if c == '\n' { c } else { ' ' })
            }
            c => out.push(c),
        }
    }
    out
}
