//! What stands around a chart on a slide: the finding over it, the source under it.

use super::lamp;
use super::look::Look;
use super::scene::{Anchor, Box2, Mark, Point, Scene, Stroke, Text};
use super::sheet::Sheet;
use super::spec::Status;
use super::text::{self, ASCENT, DESCENT};

/// Title, subtitle, status and footer; returns the room left for the chart.
pub(super) fn draw(scene: &mut Scene, look: &Look, p: &Sheet, status: Option<&Status>) -> Box2 {
    let (w, h, size, t) = (f64::from(scene.width), f64::from(scene.height), look.size, &look.t);
    let margin = 16.0 + (size - 12.0) * 5.0;
    let width = w - 2.0 * margin;
    let title_size = 16.0 + (size - 12.0) * 2.25;
    // Title and subtitle stand beside the logo, all else below it.
    let beside_logo = width - logo(scene, look, p, (w - margin, 0.6 * margin), 0.2 * width);
    let mut y = 0.8 * margin;
    // A narrow chart breaks what a wide one says in a line or two, where it is high enough.
    let narrow = width < 760.0 && h >= w;
    let lines = if narrow { 3 } else { 2 };
    for line in text::wrap(&p.title, title_size, true, beside_logo, lines) {
        y += title_size * if y == 0.8 * margin { ASCENT } else { 1.3 };
        let line = Text::new((margin, y), title_size, t.ink, line).bold(true);
        scene.text(Text { heading: true, ..line });
    }
    y += 0.3 * size;
    for line in text::wrap(&p.subtitle, size, false, beside_logo, lines) {
        y += look.row();
        scene.text(Text::new((margin, y), size, t.ink_3, line));
    }
    if let Some(status) = status {
        y += look.row() * 1.05;
        draw_status(scene, look, status, (margin, y), width);
    }
    let top = y + 0.9 * size;

    let mark = text::fit(&p.mark, size, true, width);
    let mark_width = text::width(&mark, size, true);
    let footer = text::wrap(&p.footer, size, false, width, 2);
    let last = footer.last().map_or(0.0, |line| text::width(line, size, false));
    let beside = last + mark_width + 2.0 * size <= width;
    let rows = match (footer.len(), mark.is_empty()) {
        (0, true) => return Box2 { x0: margin, y0: top, x1: w - margin, y1: h - 0.6 * margin },
        (lines, true) => lines as f64,
        (lines, false) if beside => lines.max(1) as f64,
        (lines, false) => lines as f64 + 1.0,
    };
    let base = h - 0.35 * margin - size * DESCENT - 0.3 * size;
    let first = base - look.row() * (rows - 1.0);
    let rule = first - 1.65 * size;
    scene.line([(margin, rule), (w - margin, rule)], Stroke::new(t.line, 1.0));
    scene.text(Text::new((w - margin, base), size, t.ink_2, mark).bold(true).anchor(Anchor::End));
    for (i, line) in footer.into_iter().enumerate() {
        scene.text(Text::new((margin, first + look.row() * i as f64), size, t.ink_3, line));
    }
    Box2 { x0: margin, y0: top, x1: w - margin, y1: rule - 0.8 * size }
}

/// The house's logo with its upper right corner at a place, no wider than `most`; returns the room that it takes from the title.
fn logo(scene: &mut Scene, look: &Look, p: &Sheet, (right, top): Point, most: f64) -> f64 {
    let Some(logo) = p.house.as_ref().and_then(|house| house.logo.as_ref()) else { return 0.0 };
    let high = (2.4 * look.size).min(most / logo.ratio);
    let wide = high * logo.ratio;
    let place = Box2 { x0: right - wide, y0: top, x1: right, y1: top + high };
    scene.marks.push(Mark::Picture(place, logo.href.clone()));
    wide + look.size
}

/// The light: colour, shape and word, any one of which says it.
fn draw_status(scene: &mut Scene, look: &Look, status: &Status, (x, y): Point, width: f64) {
    let (r, size) = (0.42 * look.size, look.size);
    lamp::shape(scene, &look.t, status.light, (x + r, y - look.drop()), r);
    let colour = lamp::tone(&look.t, status.light);
    let words = text::fit(&status.text, size, true, width - 2.0 * r - 0.5 * size);
    scene.text(Text::new((x + 2.0 * r + 0.5 * size, y), size, colour, words).bold(true));
}
