//! The page's door to the writers of the bulletin: a module of its own, loaded on export. It holds no engine: the data come from
//! the module that asked what if.

use crate::brief::pptx::{DeckOptions, PptxError, deck};
use crate::brief::{self, Bulletin, Stamp};
use crate::error::{Explain, Lang};
use wasm_bindgen::prelude::*;

/// The bulletin as the other module gives it, hand over hand; the page looks at none of its parts but these.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The forms of a bulletin. */
export type BulletinForm = "html" | "md" | "xlsx" | "docx" | "pptx";
/** A bulletin as the what-if module's `bulletin` gives it. */
export interface Bulletin {
  schema: 1;
  lang: "en" | "zh";
  title: string;
  year: number;
  month: number;
  [part: string]: unknown;
}
/** Hears how many slides of how many are written; `false` stops. */
export type BulletinProgress = (done: number, all: number) => boolean;
"#;

fn refused(error: &impl Explain, lang: Lang) -> JsError {
    JsError::new(&format!("{}: {}", error.code(), error.said().lang(lang)))
}

/// Writes a bulletin as a file. `seconds` since 1970 are when it is made; a template goes with `html` and `md`.
#[wasm_bindgen]
pub fn write_bulletin(
    #[wasm_bindgen(unchecked_param_type = "Bulletin")] bulletin: JsValue,
    #[wasm_bindgen(unchecked_param_type = "BulletinForm")] form: &str,
    seconds: f64,
    template: Option<String>,
    #[wasm_bindgen(unchecked_param_type = "BulletinProgress | undefined")] progress: Option<js_sys::Function>,
) -> Result<Vec<u8>, JsError> {
    let bulletin: Bulletin = serde_wasm_bindgen::from_value(bulletin)
        .map_err(|error| JsError::new(&format!("bad_bulletin: {error}")))?;
    let lang = bulletin.parts().lang;
    // A number beyond the range of seconds becomes its nearest end.
    let created = Stamp::from_unix(seconds.max(0.0) as u64);
    let template = template.as_deref();
    match form {
        "html" => brief::html(&bulletin, template).map(String::into_bytes).map_err(|e| refused(&e, lang)),
        "md" => match template {
            Some(template) => {
                brief::markdown_by(&bulletin, template).map(String::into_bytes).map_err(|e| refused(&e, lang))
            }
            None => Ok(brief::markdown(&bulletin).into_bytes()),
        },
        "xlsx" => brief::xlsx(&bulletin, created).map_err(|e| refused(&e, lang)),
        "docx" => brief::docx(&bulletin, created).map_err(|e| refused(&e, lang)),
        "pptx" => {
            let options = DeckOptions { created, pictures: Vec::new(), logo: None };
            let mut on = |done: usize, all: usize| {
                let Some(hears) = &progress else { return true };
                let said = hears.call2(&JsValue::NULL, &(done as f64).into(), &(all as f64).into());
                said.ok().and_then(|said| said.as_bool()).unwrap_or(true)
            };
            deck(&bulletin, &options, &mut on).map_err(|e: PptxError| refused(&e, lang))
        }
        other => {
            Err(JsError::new(&format!("unknown_form: {other:?} is not one of html, md, xlsx, docx, pptx")))
        }
    }
}
