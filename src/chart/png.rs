//! SVG to PNG with fonts that come along, so that a picture does not depend on what a machine has installed.

use crate::error::{Explain, Said};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::Document;
use resvg::usvg::{Options, Tree, fontdb};
use std::collections::BTreeSet;
use std::sync::Arc;

/// GB 2312, Latin, and the signs of charts. See `fonts/README.md`.
const SHIPPED: [&[u8]; 2] = [
    include_bytes!("fonts/NotoSansCJKsc-Regular-GB2312.otf"),
    include_bytes!("fonts/NotoSansCJKsc-Bold-GB2312.otf"),
];

/// The family that generic names stand for.
const FAMILY: &str = "Noto Sans CJK SC";

/// px along an edge: beyond, a picture would take more memory than a desk computer gives.
const MOST: f32 = 16_000.0;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PngError {
    /// Text with characters that no font has.
    #[error("no font has {}", .0.iter().map(|c| format!("{c:?} (U+{:04X})", u32::from(*c))).collect::<Vec<_>>().join(", "))]
    Glyphs(Vec<char>),
    /// A file that is no font.
    #[error("the file is no font that can be read (TrueType or OpenType)")]
    Font,
    /// A size that cannot be drawn.
    #[error("{scale} × the chart is {width} × {height} px; at most {most} px along an edge", most = MOST as u32)]
    Size {
        /// Magnification as given.
        scale: f32,
        /// px.
        width: u32,
        /// px.
        height: u32,
    },
    /// Text that is no SVG, or a picture that could not be packed.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
}

impl Explain for PngError {
    fn code(&self) -> &'static str {
        match self {
            Self::Glyphs(_) => "png_glyphs",
            Self::Font => "png_font",
            Self::Size { .. } => "png_size",
            Self::Drawing(_) => "png_drawing",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Glyphs(missing) => {
                let named: Vec<String> =
                    missing.iter().map(|c| format!("“{c}”(U+{:04X})", u32::from(*c))).collect();
                format!("字体中没有{}", named.join("、"))
            }
            Self::Font => "该文件不是可读取的字体(TrueType或OpenType)".into(),
            Self::Size { scale, width, height } => {
                format!("放大{scale}倍后为{width}×{height}像素，边长至多{}像素", MOST as u32)
            }
            Self::Drawing(why) => format!("无法生成图片：{why}"),
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Glyphs(_) => Said::new(
                "add a font that has them with --font FILE, or write SVG, which the reader's fonts draw",
                "请用 --font 指定含有这些字的字体文件，或输出SVG，由阅读者的字体显示",
            ),
            Self::Font => Said::new("name a .ttf, .otf or .ttc file", "请指定.ttf、.otf或.ttc文件"),
            Self::Size { .. } => {
                Said::new("choose a smaller --scale, or a smaller chart", "请减小 --scale 或图的尺寸")
            }
            Self::Drawing(_) => Said::new("write SVG instead", "可改为输出SVG"),
        }
    }
}

/// Fonts that pictures are drawn with.
#[derive(Debug, Clone)]
pub struct Fonts(Arc<fontdb::Database>);

impl Fonts {
    /// The fonts that come along.
    pub fn shipped() -> Self {
        let mut all = fontdb::Database::new();
        for font in SHIPPED {
            all.load_font_data(font.to_vec());
        }
        all.set_sans_serif_family(FAMILY);
        Self(Arc::new(all))
    }

    /// The same and one more: it is asked for what the others lack.
    ///
    /// # Errors
    /// [`PngError::Font`] where the bytes are no font.
    pub fn with(self, font: Vec<u8>) -> Result<Self, PngError> {
        let mut all = Arc::unwrap_or_clone(self.0);
        let before = all.len();
        all.load_font_data(font);
        if all.len() == before { Err(PngError::Font) } else { Ok(Self(Arc::new(all))) }
    }

    /// Whether one of the fonts is of this family.
    pub fn has(&self, family: &str) -> bool {
        self.0.faces().any(|face| face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family)))
    }

    /// The characters of a text that no font has, each once; spaces and line ends need none.
    fn missing(&self, text: &str) -> Vec<char> {
        let mut left: BTreeSet<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        for face in self.0.faces() {
            self.0.with_face_data(face.id, |data, index| {
                if let Ok(face) = ttf_parser::Face::parse(data, index) {
                    left.retain(|c| face.glyph_index(*c).is_none());
                }
            });
        }
        left.into_iter().collect()
    }
}

/// Draws an SVG chart as PNG, `scale` times its size.
///
/// # Errors
/// [`PngError::Glyphs`] names every character that no font has: a picture with holes in its words is not written.
/// [`PngError::Size`] for more than 16,000 px along an edge or a scale that is not above 0, and [`PngError::Drawing`] for a
/// text that is no SVG.
///
/// ```
/// use landfall::chart::{self, Tile, TilesParts, TilesSpec, png::{Fonts, png}};
/// let tiles = vec![Tile { name: "利通区".into(), ..Default::default() }];
/// let svg = chart::tiles(&TilesSpec::new(TilesParts { tiles, ..Default::default() })?)?;
/// assert!(png(&svg, 1.0, &Fonts::shipped()).unwrap().starts_with(b"\x89PNG"));
/// # Ok::<(), chart::ChartError>(())
/// ```
pub fn png(svg: &str, scale: f32, fonts: &Fonts) -> Result<Vec<u8>, PngError> {
    let drawing = |e: &dyn std::fmt::Display| PngError::Drawing(e.to_string());
    let options = Options { fontdb: fonts.0.clone(), font_family: FAMILY.into(), ..Options::default() };
    let document = Document::parse(svg).map_err(|e| drawing(&e))?;
    let missing = fonts.missing(&words(&document));
    if !missing.is_empty() {
        return Err(PngError::Glyphs(missing));
    }
    let tree = Tree::from_xmltree(&document, &options).map_err(|e| drawing(&e))?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let size = || PngError::Size { scale, width: width as u32, height: height as u32 };
    if !(width >= 1.0 && height >= 1.0 && width <= MOST && height <= MOST) {
        return Err(size());
    }
    let mut canvas = Pixmap::new(width.round() as u32, height.round() as u32).ok_or_else(size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(|e| drawing(&e))
}

/// The text that is shown: what stands between tags, without title and description.
fn words(document: &Document<'_>) -> String {
    let mut out = String::new();
    for node in document.descendants().filter(|n| n.is_text()) {
        if node.ancestors().any(|a| a.has_tag_name(("http://www.w3.org/2000/svg", "text"))) {
            out.push_str(node.text().unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Tile, TilesParts, TilesSpec, tiles};

    fn svg(name: &str) -> String {
        let tiles_of = vec![Tile { name: name.into(), ..Tile::default() }];
        tiles(&TilesSpec::new(TilesParts { tiles: tiles_of, ..Default::default() }).unwrap()).unwrap()
    }

    #[test]
    fn every_character_is_drawn_or_named() {
        let fonts = Fonts::shipped();
        assert!(png(&svg("吴忠市 10–12% −3.2 ≥ “达标”…"), 1.0, &fonts).is_ok());
        // A rare character of a place name, and one that a title alone has.
        assert_eq!(png(&svg("㵲阳县"), 1.0, &fonts), Err(PngError::Glyphs(vec!['㵲'])));
    }

    #[test]
    fn a_picture_has_the_size_asked_for() {
        let bytes = png(&svg("A"), 2.0, &Fonts::shipped()).unwrap();
        let edge = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!((edge(16), edge(20)), (2560, 1440));
        assert!(matches!(png(&svg("A"), 40.0, &Fonts::shipped()), Err(PngError::Size { .. })));
        assert!(matches!(png(&svg("A"), 0.0, &Fonts::shipped()), Err(PngError::Size { .. })));
        assert!(matches!(png("<p>", 1.0, &Fonts::shipped()), Err(PngError::Drawing(_))));
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(Fonts::shipped().with(b"no font".to_vec()).err(), Some(PngError::Font));
    }
}
