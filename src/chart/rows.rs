//! A table whose rows hold a drawing between name and figures: what ranking, bullet and tornado share.

use super::lamp;
use super::look::Look;
use super::scene::{Anchor, Box2, Scene, Stroke, Text};
use super::spec::{ChartError, Light};
use super::text::{self, ASCENT};
use crate::error::Lang;
use serde::{Deserialize, Serialize};

/// Most rows a chart takes; what has no room among them is counted in words.
pub(super) const MOST: usize = 4000;

/// What stands around a row's drawing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Label {
    /// The light; none where nothing is owed.
    pub light: Option<Light>,
    /// The light in a word: `风险`.
    pub word: String,
    /// What the row is about.
    pub name: String,
    /// One text a column, empty where there is nothing to say.
    pub figures: Vec<String>,
    /// Whether the last figure says that something is missing.
    pub behind: bool,
    /// Whether it is the whole of which the others are parts: it stands out.
    pub whole: bool,
}

/// Checks that the rows can be laid out under so many headings.
pub(super) fn check(rows: usize, columns: usize, labels: &[Label]) -> Result<(), ChartError> {
    if !(1..=MOST).contains(&rows) {
        return Err(ChartError::Count { what: "rows", got: rows, least: 1, most: MOST });
    }
    if columns > 4 {
        return Err(ChartError::Count { what: "columns", got: columns, least: 0, most: 4 });
    }
    match labels.iter().find(|label| label.figures.len() != columns) {
        None => Ok(()),
        Some(label) => Err(ChartError::Count {
            what: "figures of a row",
            got: label.figures.len(),
            least: columns,
            most: columns,
        }),
    }
}

/// How rows are wanted.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Height of a row at most, in lines of text.
    pub(super) high: f64,
    /// Width that a drawing needs to stand beside its name, in letters.
    pub(super) wide: f64,
}

/// Width that a drawing keeps where names are long, in letters.
const KEPT: f64 = 14.0;
/// Height of a row whose drawing is under its words, at least, in sizes of the text.
const UNDER: f64 = 2.6;

impl Default for Shape {
    fn default() -> Self {
        Self { high: 3.4, wide: 8.0 }
    }
}

/// Where the drawings go.
pub(super) struct Table {
    /// From the first row's upper edge to the last one's lower edge, as wide as the drawings may be.
    pub(super) plot: Box2,
    /// Baseline of the names over the drawings.
    pub(super) names: f64,
    /// Position in the list, and the middle and height of its drawing.
    pub(super) rows: Vec<(usize, f64, f64)>,
    beside: bool,
}

impl Table {
    /// The heights over which a line may cross all drawings: at once where they stand beside the words, else row by row.
    pub(super) fn spans(&self) -> Vec<(f64, f64)> {
        if self.beside {
            return vec![(self.plot.y0, self.plot.y1)];
        }
        self.rows.iter().map(|(_, y, height)| (y - height / 2.0, y + height / 2.0)).collect()
    }
}

/// Writes names, lights and figures of the rows, and returns where their drawings go. In a narrow chart the drawing
/// has a line of its own. Where there are more rows than room, those in the middle give way to a line that counts them.
pub(super) fn lay(
    scene: &mut Scene,
    look: &Look,
    room: Box2,
    headings: &[String],
    labels: &[Label],
    lang: Lang,
) -> Table {
    lay_as(scene, look, room, headings, labels, lang, Shape::default())
}

/// The same with rows of another shape.
pub(super) fn lay_as(
    scene: &mut Scene,
    look: &Look,
    room: Box2,
    headings: &[String],
    labels: &[Label],
    lang: Lang,
    shape: Shape,
) -> Table {
    let (size, t) = (look.size, &look.t);
    let wide = |words: &str, bold: bool| text::width(words, size, bold);
    let pad = 0.6 * size;
    let lamps = labels.iter().any(|l| l.light.is_some());
    let lamp = if lamps { 1.45 * size } else { 0.0 };
    let word = labels.iter().map(|l| wide(&l.word, true)).fold(0.0, f64::max);
    let word = if word > 0.0 { word + 0.9 * size } else { 0.0 };
    let name = labels.iter().map(|l| wide(&l.name, l.whole)).fold(0.0, f64::max);
    let columns: Vec<(f64, Vec<String>)> = (0..headings.len())
        .map(|c| {
            let figures = labels.iter().filter_map(|l| l.figures.get(c));
            let widest = figures.map(|f| wide(f, c == 0)).fold(0.0, f64::max);
            let lines = text::wrap(&headings[c], size, false, widest.max(5.4 * size), 3);
            let head = lines.iter().map(|l| wide(l, false)).fold(0.0, f64::max);
            (widest.max(head), lines)
        })
        .collect();
    let gap = 1.3 * size;
    let figures: f64 = columns.iter().map(|(w, _)| w + gap).sum();
    let (x0, x1) = (room.x0 + pad, room.x1 - pad);
    let left = x1 - x0 - figures - lamp - word;
    let whole = name;
    let rest = left - gap - KEPT.max(shape.wide) * size;
    let name = name.min(rest.max(0.4 * left).max(6.0 * size));
    let plot_width = left - name - gap;
    // Beside each other where the drawing keeps some width and names are not cut short, or where there is no room for one under
    // the other.
    let roomy = room.y1 - room.y0 >= UNDER * size * (labels.len() as f64 + 2.0);
    let beside = plot_width >= shape.wide * size && (name >= 0.8 * whole || !roomy);
    let lines = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0).max(1) as f64;
    let head = room.y0 + size * ASCENT + look.row() * (lines - 1.0);
    let names = if beside { head } else { head + look.row() };
    let top = names + 0.75 * size;

    let least = if beside { 1.5 } else { UNDER } * size;
    let fits = ((room.y1 - top) / least).floor().max(1.0) as usize;
    let chosen = choose(labels, fits);
    let row = ((room.y1 - top) / chosen.len() as f64)
        .min(if beside { shape.high } else { shape.high + 0.9 } * size);
    let foot = top + row * chosen.len() as f64;

    let mut right = x1;
    let mut ends = Vec::new();
    for (width, _) in columns.iter().rev() {
        ends.push(right);
        right -= width + gap;
    }
    ends.reverse();
    for ((_, lines), end) in columns.iter().zip(&ends) {
        for (i, line) in lines.iter().rev().enumerate() {
            let at = (*end, head - look.row() * i as f64);
            scene.text(Text::new(at, size, t.ink_3, line.clone()).anchor(Anchor::End));
        }
    }
    let plot = if beside {
        Box2 { x0: x0 + lamp + word + name + gap, x1: right, y0: top, y1: foot }
    } else {
        Box2 { x0: x0 + if word > 0.0 { lamp + word } else { 0.0 }, x1, y0: top, y1: foot }
    };
    let mut rows = Vec::new();
    for (place, choice) in chosen.iter().enumerate() {
        let (y0, y1) = (top + row * place as f64, top + row * (place as f64 + 1.0));
        if place > 0 {
            scene.line([(room.x0, y0), (room.x1, y0)], Stroke::new(t.line, 1.0));
        }
        let at = match choice {
            Choice::Row(at) => *at,
            Choice::Gap(count) => {
                let words = match lang {
                    Lang::En => format!("… {count} more between them, not shown"),
                    Lang::Zh => format!("……中间另有{count}个未显示"),
                };
                let words = text::fit(&words, size, false, x1 - x0);
                scene.text(Text::new((x0, f64::midpoint(y0, y1) + look.drop()), size, t.ink_3, words));
                continue;
            }
        };
        let label = &labels[at];
        if label.whole {
            scene.rect(Box2 { x0: room.x0, x1: room.x1, y0: y0 + 0.5, y1: y1 - 0.5 }, t.wash);
        }
        let middle = if beside { f64::midpoint(y0, y1) } else { y0 + 0.3 * (y1 - y0) };
        let drawing = if beside { middle } else { y0 + 0.72 * (y1 - y0) };
        let base = middle + look.drop();
        if let Some(light) = label.light {
            lamp::shape(scene, t, light, (x0 + 0.45 * size, drawing), 0.42 * size);
            let tone = lamp::tone(t, light);
            let at = (x0 + lamp, drawing + look.drop());
            scene.text(Text::new(at, size, tone, label.word.clone()).bold(true));
        }
        let from = if beside { x0 + lamp + word } else { x0 };
        let until = if beside { from + name } else { right };
        let words = text::fit(&label.name, size, label.whole, until - from);
        scene.text(Text::new((from, base), size, t.ink, words).bold(label.whole));
        for (c, (figure, end)) in label.figures.iter().zip(&ends).enumerate() {
            let last = c + 1 == label.figures.len();
            let colour = if last && label.behind { t.risk } else { t.ink };
            let line = Text::new((*end, base), size, colour, figure.clone()).bold(c == 0);
            scene.text(line.anchor(Anchor::End));
        }
        rows.push(if beside { (at, middle, row) } else { (at, drawing, 0.42 * row) });
    }
    Table { plot, names, rows, beside }
}

/// Marks that a bar goes on beyond the edge of its axis: an arrowhead there.
pub(super) fn goes_on(scene: &mut Scene, look: &Look, (x, y): (f64, f64), right: bool) {
    let (back, half) = (if right { -0.3 } else { 0.3 } * look.size, 0.3 * look.size);
    let edge = if right { -1.0 } else { 1.0 } * look.k;
    for (width, colour) in [(4.5, look.t.surface), (2.0, look.t.ink)] {
        let head = [(x + edge + back, y - half), (x + edge, y), (x + edge + back, y + half)];
        scene.line(head, Stroke::new(colour, width * look.k));
    }
}

/// A look whose text is small enough for so many rows, as far as text may be small.
pub(super) fn look_for(look: Look, room: Box2, count: usize) -> Look {
    look.for_lines(1.1 * count as f64 + 4.0, room.y1 - room.y0)
}

/// A row, or how many rows are left out at its place.
enum Choice {
    Row(usize),
    Gap(usize),
}

/// The rows for so many places: the first and the last of them, with a gap in the middle where not all fit.
fn choose(labels: &[Label], places: usize) -> Vec<Choice> {
    let count = labels.len();
    if count <= places {
        return (0..count).map(Choice::Row).collect();
    }
    let kept = places.saturating_sub(1);
    let tail = kept / 2;
    let head = kept - tail;
    let left_out = std::iter::once(Choice::Gap(count - kept));
    (0..head).map(Choice::Row).chain(left_out).chain((count - tail..count).map(Choice::Row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_shown_or_counted() {
        let labels = vec![Label::default(); 60];
        for places in 1..80 {
            let (mut shown, mut counted) = (Vec::new(), 0);
            for choice in choose(&labels, places) {
                match choice {
                    Choice::Row(at) => shown.push(at),
                    Choice::Gap(count) => counted += count,
                }
            }
            assert_eq!(shown.len() + counted, 60);
            assert!(shown.len() + usize::from(counted > 0) <= places);
            assert!(shown.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
