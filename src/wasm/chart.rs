//! The door of charts that stand by themselves, for slides and pages of others: a spec in, an SVG out.

use crate::chart::Chart;
use crate::error::Explain;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("chart.d.ts");

fn read(spec: JsValue) -> Result<Chart, JsError> {
    serde_wasm_bindgen::from_value(spec).map_err(|e| {
        let said = e.to_string();
        JsError::new(&format!("bad_spec: {}", said.strip_prefix("Error: ").unwrap_or(&said)))
    })
}

/// Draws a chart as SVG: the same bytes as the command line draws from the same spec.
#[wasm_bindgen]
pub fn draw(#[wasm_bindgen(unchecked_param_type = "Chart")] spec: JsValue) -> Result<String, JsError> {
    read(spec)?.svg().map_err(|e| JsError::new(&format!("{}: {e}", e.code())))
}

/// The finding of a chart: its name for those who do not see it.
#[wasm_bindgen]
pub fn title(#[wasm_bindgen(unchecked_param_type = "Chart")] spec: JsValue) -> Result<String, JsError> {
    Ok(read(spec)?.title().to_owned())
}

/// Version of the crate that draws.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

#[cfg(test)]
mod tests {
    use crate::chart::spec::{
        At, FanParts, FanPoint, Labels, Landing, Light, Milestone, Quantiles, Quantity, Remark, Status,
        Target, Was,
    };
    use crate::chart::theme::Theme;
    use crate::chart::{
        Bin, BulletParts, BulletRow, CoverParts, CoverYear, End, ErrorLine, ErrorParts, ErrorPoint,
        FunnelParts, FunnelStage, Label, MultiplesParts, NeedMonth, NeedParts, RankingParts, RankingRow,
        ReliabilityParts, Sheet, SmallFan, StepKind, Tile, TilesParts, TornadoParts, TornadoRow,
        WaterfallParts, WaterfallRow,
    };
    use ts_rs::{Config, TS};

    /// The kinds, each with the parts it is made of.
    const KINDS: [(&str, &str); 12] = [
        ("fan", "FanParts"),
        ("ranking", "RankingParts"),
        ("bullet", "BulletParts"),
        ("waterfall", "WaterfallParts"),
        ("tornado", "TornadoParts"),
        ("multiples", "MultiplesParts"),
        ("need", "NeedParts"),
        ("funnel", "FunnelParts"),
        ("reliability", "ReliabilityParts"),
        ("error", "ErrorParts"),
        ("cover", "CoverParts"),
        ("tiles", "TilesParts"),
    ];

    /// `LANDFALL_BLESS=1 cargo test --all-features the_types_of_charts` rewrites them.
    #[test]
    fn the_types_of_charts_are_those_of_the_specs() {
        let c = Config::default();
        let types = [
            Theme::decl(&c),
            Sheet::decl(&c),
            Label::decl(&c),
            Light::decl(&c),
            Status::decl(&c),
            Quantity::decl(&c),
            At::decl(&c),
            Quantiles::decl(&c),
            FanPoint::decl(&c),
            Target::decl(&c),
            Milestone::decl(&c),
            Landing::decl(&c),
            Remark::decl(&c),
            Labels::decl(&c),
            Was::decl(&c),
            FanParts::decl(&c),
            RankingRow::decl(&c),
            RankingParts::decl(&c),
            BulletRow::decl(&c),
            BulletParts::decl(&c),
            StepKind::decl(&c),
            WaterfallRow::decl(&c),
            WaterfallParts::decl(&c),
            End::decl(&c),
            TornadoRow::decl(&c),
            TornadoParts::decl(&c),
            SmallFan::decl(&c),
            MultiplesParts::decl(&c),
            NeedMonth::decl(&c),
            NeedParts::decl(&c),
            FunnelStage::decl(&c),
            FunnelParts::decl(&c),
            Bin::decl(&c),
            ReliabilityParts::decl(&c),
            ErrorPoint::decl(&c),
            ErrorLine::decl(&c),
            ErrorParts::decl(&c),
            CoverYear::decl(&c),
            CoverParts::decl(&c),
            Tile::decl(&c),
            TilesParts::decl(&c),
        ];
        let mut text: String = types.iter().map(|decl| format!("export {decl}\n")).collect();
        text +=
            "/** Parts within another: what is left out has the default that the documentation names. */\n";
        text += "export type Part<T> = T extends (infer U)[] ? Part<U>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;\n";
        text += "export type Chart =\n";
        for (kind, parts) in KINDS {
            text += &format!("  | ({{ kind: \"{kind}\" }} & Part<{parts}>)\n");
        }
        text.truncate(text.trim_end().len());
        text += ";\n";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wasm/chart.d.ts");
        if std::env::var_os("LANDFALL_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "bless with LANDFALL_BLESS=1");
    }
}
