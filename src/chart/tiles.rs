//! Tile grid: a tile a region, all of one size. Not a map: no boundary is drawn, and the chart must say that places are
//! schematic.

use super::lamp;
use super::look::Look;
use super::scene::{Box2, Point, Scene, Text};
use super::sheet::Sheet;
use super::spec::{ChartError, Light};
use super::text;
use serde::{Deserialize, Serialize};

/// Most tiles along an edge of the grid.
const MOST: usize = 40;

/// One region.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tile {
    /// Name.
    pub name: String,
    /// The light; none where nothing is owed.
    pub light: Option<Light>,
    /// The light in a word: `风险`.
    pub word: String,
    /// The figure that counts: `9.9%`.
    pub figure: String,
    /// Another beside it, as far as there is room: `30%`.
    pub note: String,
    /// Column and row of the grid from 0, where the chart says so; without, tiles stand in order, row by row.
    pub place: Option<(u8, u8)>,
}

/// The parts of a [`TilesSpec`], unchecked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TilesParts {
    /// Words around it, size, colours, language.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// Under the tiles: `示意图：位置不代表地理位置`.
    pub remark: String,
    /// The regions.
    pub tiles: Vec<Tile>,
}

super::spec::checked!(
    /// A tile grid that can be drawn.
    TilesSpec,
    TilesParts,
    "TilesParts"
);

impl TilesSpec {
    /// Checks the parts.
    ///
    /// # Errors
    /// [`ChartError`] for a size that cannot be laid out, no tile or more than 400, only some tiles with a place, a place
    /// outside 0–39, and two tiles at one.
    pub fn new(parts: TilesParts) -> Result<Self, ChartError> {
        parts.sheet.check()?;
        let (got, most) = (parts.tiles.len(), 400);
        if !(1..=most).contains(&got) {
            return Err(ChartError::Count { what: "tiles", got, least: 1, most });
        }
        let mut places: Vec<(u8, u8)> = parts.tiles.iter().filter_map(|tile| tile.place).collect();
        let placed = places.len();
        if placed > 0 && placed < got {
            return Err(ChartError::Count { what: "places", got: placed, least: got, most: got });
        }
        places.sort_unstable();
        places.dedup();
        if places.len() < placed {
            let got = places.len();
            return Err(ChartError::Count { what: "different places", got, least: placed, most: placed });
        }
        for at in places.iter().flat_map(|(column, row)| [*column, *row]) {
            let (got, hi) = (f64::from(at), (MOST - 1) as f64);
            if got > hi {
                return Err(ChartError::Range { what: "place", got, lo: 0.0, hi });
            }
        }
        Ok(Self(parts))
    }
}

/// Draws a tile grid as SVG. The same spec gives the same bytes on every platform.
///
/// # Errors
/// [`ChartError::Drawing`] if the drawing library fails, which no valid spec is known to cause.
///
/// ```
/// use landfall::chart::{self, Tile, TilesParts, TilesSpec};
/// let tiles = vec![Tile { name: "Litong".into(), figure: "13.2%".into(), ..Default::default() }];
/// let svg = chart::tiles(&TilesSpec::new(TilesParts { tiles, ..Default::default() })?)?;
/// assert!(svg.contains(">Litong<"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn tiles(spec: &TilesSpec) -> Result<String, ChartError> {
    super::svg::svg(&lay_out(&spec.0))
}

/// Columns for so many tiles in a room: tiles somewhat wider than high.
fn columns(count: usize, wide: f64, high: f64) -> usize {
    let shape = |columns: usize| {
        let rows = count.div_ceil(columns) as f64;
        let (w, h) = (wide / columns as f64, high / rows);
        // Room for a tile of the shape 1.5 : 1.
        (w / 1.5).min(h)
    };
    (1..=count).max_by(|a, b| shape(*a).total_cmp(&shape(*b)).then(b.cmp(a))).unwrap_or(1)
}

pub(super) fn lay_out(p: &TilesParts) -> Scene {
    let (mut scene, look, mut room) = p.sheet.open(None);
    let size = look.size;
    for line in text::wrap(&p.remark, size, false, room.x1 - room.x0, 2).into_iter().rev() {
        scene.text(Text::new((room.x0, room.y1 - 0.25 * size), size, look.t.ink_3, line));
        room.y1 -= look.row();
    }
    room.y1 -= 0.3 * size;
    let (wide, high) = (room.x1 - room.x0, room.y1 - room.y0);
    let auto = columns(p.tiles.len(), wide, high);
    let places: Vec<(usize, usize)> = p
        .tiles
        .iter()
        .enumerate()
        .map(|(at, tile)| match tile.place {
            Some((column, row)) => (column.into(), row.into()),
            None => (at % auto, at / auto),
        })
        .collect();
    let across = places.iter().map(|(column, _)| column + 1).max().unwrap_or(1) as f64;
    let down = places.iter().map(|(_, row)| row + 1).max().unwrap_or(1) as f64;
    let (w, h) = (wide / across, (high / down).min(1.1 * wide / across));
    let gap = (0.05 * w.min(h)).clamp(1.0, 0.7 * size);
    for (tile, (column, row)) in p.tiles.iter().zip(places) {
        let (x, y) = (room.x0 + column as f64 * w, room.y0 + row as f64 * h);
        draw(&mut scene, &look, tile, Box2 { x0: x, y0: y, x1: x + w - gap, y1: y + h - gap });
    }
    scene
}

/// A tile: a pale ground, an edge in the light's colour, and as many lines as there is room for, name first.
fn draw(scene: &mut Scene, look: &Look, tile: &Tile, area: Box2) {
    let (size, t) = (look.size, &look.t);
    let fill = tile.light.map_or(t.line_strong, |light| lamp::fill(t, light));
    scene.rect(area, fill.over(t.surface, 12));
    let edge = (0.22 * size).min(0.15 * (area.x1 - area.x0));
    scene.rect(Box2 { x1: area.x0 + edge, ..area }, fill);
    let pad = 0.45 * size;
    let (x, most) = (area.x0 + edge + pad, area.x1 - area.x0 - edge - 2.0 * pad);
    let places = (((area.y1 - area.y0) - 0.5 * pad) / look.row()).floor();
    if places < 1.0 || most < 1.5 * size {
        // No room for words: the light alone, and the names stand in the table beside the chart.
        if let Some(light) = tile.light {
            let middle = (f64::midpoint(area.x0, area.x1), f64::midpoint(area.y0, area.y1));
            let r = (0.3 * (area.y1 - area.y0).min(area.x1 - area.x0)).min(0.42 * size);
            lamp::shape(scene, t, light, middle, r);
        }
        return;
    }
    let places = places as usize;
    let big = if places >= 5 && most > 6.0 * size { 1.5 * size } else { size };
    let mut lines = vec![(tile.name.as_str(), size, t.ink, true, false)];
    let tone = tile.light.map_or(t.ink_2, |light| lamp::tone(t, light));
    lines.push((tile.figure.as_str(), big, t.ink, true, false));
    lines.push((tile.word.as_str(), size, tone, true, true));
    lines.push((tile.note.as_str(), size, t.ink_3, false, false));
    let mut base = area.y0 + 0.6 * pad;
    for (words, size, colour, bold, lamp_before) in lines.into_iter().filter(|line| !line.0.is_empty()) {
        base += size * 1.4;
        if base + 0.3 * size > area.y1 {
            break;
        }
        let shape = if lamp_before { 1.3 * size } else { 0.0 };
        if let (true, Some(light)) = (lamp_before, tile.light) {
            let at: Point = (x + 0.42 * size, base - look.drop());
            lamp::shape(scene, t, light, at, 0.4 * size);
        }
        let words = text::fit(words, size, bold, most - shape);
        scene.text(Text::new((x + shape, base), size, colour, words).bold(bold));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Explain;

    #[test]
    fn tiles_fill_the_room() {
        assert_eq!(columns(8, 1200.0, 500.0), 4);
        assert_eq!(columns(1, 1200.0, 500.0), 1);
        assert_eq!(columns(8, 300.0, 600.0), 2);
    }

    #[test]
    fn places_are_all_given_and_differ() {
        let tile = |place| Tile { place, ..Tile::default() };
        let code = |tiles: Vec<Tile>| {
            TilesSpec::new(TilesParts { tiles, ..Default::default() }).map(|_| ()).map_err(|e| e.code())
        };
        assert_eq!(code(vec![tile(Some((0, 0))), tile(Some((1, 0)))]), Ok(()));
        assert_eq!(code(vec![tile(Some((0, 0))), tile(None)]), Err("chart_count"));
        assert_eq!(code(vec![tile(Some((0, 0))), tile(Some((0, 0)))]), Err("chart_count"));
        assert_eq!(code(vec![tile(Some((0, 99)))]), Err("chart_range"));
        assert_eq!(code(Vec::new()), Err("chart_count"));
    }
}
