//! Times what a briefing costs inside the process, for `cargo xtask bench brief`: `cargo run --release --example briefing`.
//!
//! One line of JSON: medians in milliseconds.

mod support;

use landfall::brief::pptx::{DeckOptions, deck};
use landfall::brief::{self, Stamp};
use landfall::case::{Case, ChartKind, LeverReport, Look, Pictured, Question, ScenarioReport, Wanted};
use landfall::chart::png::{Fonts, png};
use landfall::chart::theme::Theme;
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::scenario::Scenario;
use landfall::stats::DRAWS;
use std::error::Error;
use std::hint::black_box;
use support::times;

fn main() -> Result<(), Box<dyn Error>> {
    let lang = Lang::Zh;
    let case = Case::sample("wuzhong-2023")?;
    let answer = case.ask(&Question { every_month: true, ..Question::default() })?;
    let baseline = case.baseline(&answer, DRAWS)?;
    let text = include_str!("../seeds/wuzhong-2023/scenarios/push.toml");
    let scenario = Scenario::parse(text, "push.toml").map_err(|found| format!("{found:?}"))?;
    let scenario = case.by_name(scenario);
    let look = Look { lang, unit: None, theme: Theme::Light, width: 1280, height: 720, heading: true };
    let fonts = Fonts::shipped();
    let (mut slowest_svg, mut slowest_png) = ((0.0, ""), (0.0, ""));
    for kind in ChartKind::ALL {
        let told = matches!(kind, ChartKind::Waterfall).then_some(&scenario);
        let (case, answer, baseline, region) = (&case, &answer, Some(&baseline), "吴忠市");
        let of =
            Pictured { case, answer, baseline, scenario: told, shared: None, region, ledger: Ledger::Fai };
        let (chart, _) = of.chart(kind, &look)?;
        let drawn = times(40, || black_box(chart.svg()).is_ok())[0];
        let svg = chart.svg()?;
        let painted = times(8, || black_box(png(&svg, 2.0, &fonts)).is_ok())[0];
        eprintln!("{:<10} SVG {drawn:.2} ms, PNG at 2560×1440 {painted:.0} ms", kind.name());
        slowest_svg = if drawn > slowest_svg.0 { (drawn, kind.name()) } else { slowest_svg };
        slowest_png = if painted > slowest_png.0 { (painted, kind.name()) } else { slowest_png };
    }
    let least = case.least(&baseline, 0.8, lang)?;
    let (told, _) = ScenarioReport::with_shares(&answer, &baseline, &scenario, None, lang)?;
    let levers = LeverReport::all(&baseline, lang);
    let wanted = Wanted {
        lang,
        money: None,
        region: None,
        least: least.as_ref(),
        scenario: Some(&told),
        levers: &levers,
    };
    let filled = times(10, || black_box(case.bulletin(&answer, &wanted)).is_ok())[0];
    let bulletin = case.bulletin(&answer, &wanted)?;
    let options = DeckOptions { created: Stamp::from_unix(1_691_487_000), pictures: Vec::new(), logo: None };
    let mut slides = 0;
    let deck_ms = times(10, || {
        deck(&bulletin, &options, &mut |_, all| {
            slides = all;
            true
        })
        .is_ok()
    })[0];
    let html = times(10, || brief::html(&bulletin, None).is_ok())[0];
    let docx = times(10, || brief::docx(&bulletin, options.created).is_ok())[0];
    let xlsx = times(10, || brief::xlsx(&bulletin, options.created).is_ok())[0];
    let told = serde_json::json!({
        "svg_ms": slowest_svg.0, "svg_kind": slowest_svg.1, "png_ms": slowest_png.0, "png_kind": slowest_png.1,
        "filled_ms": filled, "html_ms": html, "docx_ms": docx, "xlsx_ms": xlsx, "deck_ms": deck_ms, "slides": slides,
    });
    println!("{told}");
    Ok(())
}
