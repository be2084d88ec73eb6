//! A house's own look: the file that `--house` names, and the files that it names.

use crate::load;
use crate::scenario::warn;
use crate::voice::Failure;
use landfall::brief::pptx::Drawn;
use landfall::chart::house_file::{self, HouseFile};
use landfall::chart::png::{Fonts, png};
use landfall::error::Lang;
use std::path::Path;

/// A logo on a slide is drawn this many times larger than it stands there.
const LOGO_SCALE: f32 = 4.0;

pub(crate) fn read(path: &Path) -> Result<HouseFile, Failure> {
    let text = load::text(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| std::fs::read(folder.join(name)).map_err(|e| e.to_string());
    house_file::read(&text, beside).map_err(|why| Failure::House { path: path.into(), why })
}

/// The fonts that come along, and the house's.
pub(crate) fn fonts(house: Option<&HouseFile>, lang: Lang) -> Result<Fonts, Failure> {
    let Some(file) = house else { return Ok(Fonts::shipped()) };
    let fonts = match file.font.clone() {
        Some(font) => Fonts::shipped().with(font)?,
        None => Fonts::shipped(),
    };
    let family = &file.house.font;
    if !family.is_empty() && !fonts.has(family) {
        let said = match lang {
            Lang::En => format!(
                "no font file of the family {family:?} is at hand, so pictures are drawn with the font that comes along; name it with font_file"
            ),
            Lang::Zh => format!("没有“{family}”的字体文件，图片改用自带字体；请用font_file指定字体文件"),
        };
        warn(std::iter::once(said.as_str()), lang);
    }
    Ok(fonts)
}

/// The logo as slides take it, a PNG whatever it was, and its width over its height.
pub(crate) fn logo(of: &HouseFile, fonts: &Fonts) -> Result<Option<(Drawn, f64)>, Failure> {
    let Some((logo, bytes)) = of.house.logo.as_ref().zip(of.logo.as_ref()) else { return Ok(None) };
    let drawn = match std::str::from_utf8(bytes) {
        Ok(svg) => Drawn { png: png(svg, LOGO_SCALE, fonts)?, svg: Some(bytes.clone()) },
        Err(_) => Drawn { png: bytes.clone(), svg: None },
    };
    Ok(Some((drawn, logo.ratio)))
}
