//! Decks read back: the package holds together, every chart's own numbers are its workbook's and the bulletin's, and every
//! text is in its place. `LANDFALL_KEEP=FOLDER` keeps the decks for looking at.

#![cfg(feature = "pptx")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

#[path = "support/package.rs"]
mod package;

use landfall::brief::pptx::{DeckOptions, Drawn, PptxError, deck};
use landfall::brief::{Bulletin, BulletinParts, Stamp};
use landfall::case::{Case, LeverReport, Question, ScenarioReport, Wanted};
use landfall::chart::house::{House, Palette};
use landfall::error::Lang;
use landfall::scenario::Scenario;
use landfall::unit::fixed;
use package::{Package, R, child, series};
use roxmltree::Document;

const CREATED: u64 = 1_691_487_000;

/// The sample's bulletin with everything that slides show.
fn bulletin(lang: Lang) -> BulletinParts {
    let case = Case::sample("wuzhong-2023").unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    let baseline = case.baseline(&answer, 2_000).unwrap();
    let least = case.least(&baseline, 0.8, lang).unwrap().unwrap();
    let text = include_str!("../seeds/wuzhong-2023/scenarios/push.toml");
    let scenario = case.by_name(Scenario::parse(text, "push.toml").unwrap());
    let (told, _) = ScenarioReport::with_shares(&answer, &baseline, &scenario, None, lang).unwrap();
    let levers = LeverReport::all(&baseline, lang);
    let wanted = Wanted {
        lang,
        money: None,
        region: None,
        least: Some(&least),
        scenario: Some(&told),
        levers: &levers,
    };
    case.bulletin(&answer, &wanted).unwrap().into()
}

fn options() -> DeckOptions {
    DeckOptions { created: Stamp::from_unix(CREATED), pictures: Vec::new(), logo: None }
}

fn written(lang: Lang) -> Vec<u8> {
    let bulletin = Bulletin::new(bulletin(lang)).unwrap();
    let bytes = deck(&bulletin, &options(), &mut |_, _| true).unwrap();
    if let Ok(folder) = std::env::var("LANDFALL_KEEP") {
        std::fs::write(format!("{folder}/deck-{}.pptx", lang.pick("en", "zh")), &bytes).unwrap();
    }
    bytes
}

#[test]
fn the_package_holds_together() {
    for lang in [Lang::Zh, Lang::En] {
        let package = Package::read(&written(lang));
        package.holds_together();
    }
}

#[test]
fn a_charts_own_numbers_are_those_of_its_workbook() {
    let package = Package::read(&written(Lang::Zh));
    let charts = package.named("ppt/charts/", ".xml");
    assert_eq!(charts.len(), bulletin(Lang::Zh).fans.len() + 4);
    assert!(package.charts_agree() > 1000);
}

#[test]
fn fans_show_the_numbers_of_the_bulletin() {
    let parts = bulletin(Lang::Zh);
    let package = Package::read(&written(Lang::Zh));
    let mut seen = 0;
    for slide in package.named("ppt/slides/", ".xml") {
        for chart in package.charts(slide) {
            let xml = Document::parse(package.text(&chart)).unwrap();
            if !xml.descendants().any(|n| n.tag_name().name() == "areaChart") {
                continue;
            }
            let spec = parts.fans[seen].parts();
            let slide = Document::parse(package.text(slide)).unwrap();
            let says = |text: &str| {
                slide.descendants().any(|n| n.tag_name().name() == "t" && n.text() == Some(text))
            };
            assert!(says(&spec.title));
            // The figures beside it are of the same region.
            let name = spec.title.split('：').next().unwrap();
            let row = parts.leagues[0].rows.iter().find(|r| r.region == name).unwrap();
            assert_eq!(row.ytd, spec.actual.last().map(|a| a.value));
            assert!(says(&fixed(row.ytd.unwrap(), 1)) && says(&fixed(row.per_month.unwrap(), 1)), "{name}");
            seen += 1;
            let root = xml.root_element();
            let median = series(root, "预计");
            for point in &spec.fan {
                assert_eq!(median[usize::from(point.month) - 1], Some(point.quantiles.q50));
            }
            let actual = series(root, "实际");
            let known: Vec<(usize, f64)> =
                actual.iter().enumerate().filter_map(|(i, v)| Some((i + 1, (*v)?))).collect();
            let told: Vec<(usize, f64)> =
                spec.actual.iter().map(|a| (usize::from(a.month), a.value)).collect();
            assert_eq!(known, told);
            assert_eq!(series(root, "目标")[11], spec.target.as_ref().map(|t| t.value));
            // The areas stacked come to the quantiles.
            let areas: Vec<Vec<Option<f64>>> = ["扇形之下", "色带10–25%", "色带25–75%", "色带75–90%"]
                .iter()
                .map(|n| series(root, n))
                .collect();
            for point in &spec.fan {
                let at = usize::from(point.month) - 1;
                let q = point.quantiles;
                let mut height = 0.0;
                for (area, quantile) in areas.iter().zip([q.q10, q.q25, q.q75, q.q90]) {
                    height += area[at].unwrap();
                    assert!((height - quantile).abs() <= 1e-9 * quantile.abs(), "{height} {quantile}");
                }
            }
        }
    }
    assert_eq!(seen, parts.fans.len());
}

#[test]
fn the_ranking_shows_the_numbers_of_the_bulletin() {
    let parts = bulletin(Lang::Zh);
    let package = Package::read(&written(Lang::Zh));
    let chart = package.charts("ppt/slides/slide3.xml");
    let book = package.workbook(&chart[0]);
    let mut rows = 0;
    for row in 1..book.height() {
        let cell = |column: u32| book.get_value((u32::try_from(row).unwrap(), column)).unwrap();
        let told =
            parts.leagues[0].rows.iter().find(|r| *cell(0) == calamine::Data::String(r.region.clone()));
        let told = told.unwrap_or_else(|| panic!("{} is not in the league", cell(0)));
        let growth = told.year_growth.unwrap();
        assert_eq!(*cell(1), calamine::Data::Float(growth.median * 100.0));
        assert_eq!(*cell(2), calamine::Data::Float(told.target.unwrap().value * 100.0));
        assert_eq!(*cell(3), calamine::Data::Float(growth.high * 100.0 - growth.median * 100.0));
        assert_eq!(*cell(4), calamine::Data::Float(growth.median * 100.0 - growth.low * 100.0));
        rows += 1;
    }
    assert_eq!(rows, parts.leagues[0].rows.iter().filter(|r| !r.unallocated).count());
}

/// The chart whose first column has this heading, and its workbook.
fn chart_of(package: &Package, heading: &str) -> (String, calamine::Range<calamine::Data>) {
    let charts = package.named("ppt/slides/", ".xml").into_iter().flat_map(|slide| package.charts(slide));
    let heading = calamine::Data::String(heading.into());
    let mut with = charts.map(|chart| (package.workbook(&chart), chart));
    let found = with.find(|(book, _)| book.get_value((0, 0)) == Some(&heading));
    found.map(|(book, chart)| (chart, book)).unwrap()
}

#[test]
fn the_monthly_need_and_the_waterfall_show_the_numbers_of_the_bulletin() {
    let parts = bulletin(Lang::Zh);
    let package = Package::read(&written(Lang::Zh));
    let need = parts.need.unwrap();
    let by_month = package
        .named("ppt/slides/", ".xml")
        .into_iter()
        .flat_map(|slide| package.charts(slide))
        .find(|chart| package.text(chart).contains("需完成"))
        .unwrap();
    let xml = Document::parse(package.text(&by_month)).unwrap();
    let months = &need.parts().months;
    for (name, of) in [
        ("已完成", (|m| m.done) as fn(&landfall::chart::NeedMonth) -> Option<f64>),
        ("需完成", |m| m.need),
        ("预计", |m| m.expected),
        ("上年同月（可比口径）", |m| m.last_year),
    ] {
        let shown = series(xml.root_element(), name);
        let told: Vec<Option<f64>> = months.iter().map(of).collect();
        assert!(
            told.iter().any(Option::is_some) && shown[..told.len()] == told,
            "{name}: {shown:?} {told:?}"
        );
    }
    let waterfall = parts.scenario.unwrap().waterfall.unwrap();
    let rows = &waterfall.parts().rows;
    let (chart, book) = chart_of(&package, "项目");
    let number = |row: usize, column: u32| match book.get_value((u32::try_from(row).unwrap(), column)) {
        Some(calamine::Data::Float(value)) => *value,
        other => panic!("{other:?} is no number"),
    };
    assert!(rows.len() > 3);
    let mut at = 0.0;
    for (nth, row) in rows.iter().enumerate() {
        assert_eq!(number(nth + 1, 1), row.value);
        let from = if row.kind == landfall::chart::StepKind::Step { at } else { 0.0 };
        at = from + row.value;
        // What is not drawn and what is come to where the column ends.
        let (low, high) = (from.min(at), from.max(at));
        assert!((number(nth + 1, 4) - low.max(0.0)).abs() < 1e-9);
        assert!((number(nth + 1, 4) + number(nth + 1, 5) - high.max(0.0)).abs() < 1e-9);
        assert!((number(nth + 1, 6) + number(nth + 1, 7) - low.min(0.0)).abs() < 1e-9);
    }
    assert!(package.text(&chart).contains("c:dPt"));
}

#[test]
fn every_text_names_its_fonts_and_every_color_is_six_digits() {
    let package = Package::read(&written(Lang::En));
    let mut runs = 0;
    for part in package.named("ppt/slides/", ".xml").into_iter().chain(package.named("ppt/charts/", ".xml")) {
        let xml = Document::parse(package.text(part)).unwrap();
        for node in xml.descendants() {
            match node.tag_name().name() {
                "rPr" | "defRPr" => {
                    let fonts = ["latin", "ea", "cs"].map(|f| child(node, f).is_some());
                    assert_eq!(fonts, [true; 3], "{part}");
                    runs += 1;
                }
                "srgbClr" => {
                    let value = node.attribute("val").unwrap();
                    assert!(value.len() == 6 && value.bytes().all(|b| b.is_ascii_hexdigit()), "{value}");
                }
                // Some office programs drop translucent fills.
                "alpha" => panic!("{part} has a translucent color"),
                _ => {}
            }
        }
    }
    assert!(runs > 500, "{runs}");
}

#[test]
fn charts_tables_and_pictures_say_what_they_show_and_everything_is_on_the_slide() {
    let package = Package::read(&written(Lang::Zh));
    package.is_on_the_slides();
}

#[test]
fn elements_stand_in_the_order_of_the_standard() {
    assert!(Package::read(&written(Lang::Zh)).stands_in_order() > 1000);
}

#[test]
fn the_same_deck_has_the_same_bytes_and_another_moment_is_the_only_difference() {
    let bulletin = Bulletin::new(bulletin(Lang::Zh)).unwrap();
    let at = |seconds| {
        let options = DeckOptions { created: Stamp::from_unix(seconds), pictures: Vec::new(), logo: None };
        deck(&bulletin, &options, &mut |_, _| true).unwrap()
    };
    let first = at(CREATED);
    assert_eq!(first, at(CREATED));
    let (first, later) = (Package::read(&first), Package::read(&at(CREATED + 86_400)));
    for (name, bytes) in &first.0 {
        let dated = name == "docProps/core.xml" || name.ends_with(".xlsx");
        assert_eq!(bytes != &later.0[name], dated, "{name}");
    }
    assert!(first.text("docProps/core.xml").contains("2023-08-08T09:30:00Z"));
}

#[test]
fn pictures_take_the_place_of_fans_with_a_png_that_every_program_shows() {
    let mut parts = bulletin(Lang::En);
    parts.fans.truncate(2);
    let bulletin = Bulletin::new(parts).unwrap();
    let png = b"\x89PNG\r\n\x1a\n rest".to_vec();
    let drawn = |svg: bool| Drawn { png: png.clone(), svg: svg.then(|| b"<svg/>".to_vec()) };
    let with = |pictures| {
        let options = DeckOptions { pictures, ..options() };
        deck(&bulletin, &options, &mut |_, _| true)
    };
    let package = Package::read(&with(vec![drawn(true), drawn(false)]).unwrap());
    assert_eq!(package.named("ppt/media/", "").len(), 3);
    let slide = package
        .named("ppt/slides/", ".xml")
        .into_iter()
        .find(|s| package.text(s).contains("svgBlip"))
        .unwrap();
    let xml = Document::parse(package.text(slide)).unwrap();
    let embedded = |element: &str| {
        let node = xml.descendants().find(|n| n.tag_name().name() == element).unwrap();
        package.target(slide, node.attribute((R, "embed")).unwrap())
    };
    assert_eq!(package.0[&embedded("blip")], png);
    assert_eq!(package.0[&embedded("svgBlip")], b"<svg/>");
    assert_eq!(with(vec![drawn(true)]).unwrap_err(), PptxError::Pictures { got: 1, fans: 2 });
    let bad = Drawn { png: b"GIF89a".to_vec(), svg: None };
    assert_eq!(with(vec![drawn(true), bad]).unwrap_err(), PptxError::Png { number: 2 });
}

#[test]
fn a_house_has_its_font_colours_and_logo_on_every_slide() {
    let ink = landfall::chart::theme::Rgb(0x7a, 0x1f, 0x5c);
    let light = Palette { forecast: Some(ink), ok: Some(ink), ..Palette::default() };
    let house = House { font: "Source Han Serif SC".into(), light, ..House::default() };
    let bulletin = Bulletin::new(bulletin(Lang::Zh)).unwrap().with_house(&house).unwrap();
    let logo = Drawn { png: b"\x89PNG\r\n\x1a\n rest".to_vec(), svg: None };
    let with =
        |logo| deck(&bulletin, &DeckOptions { logo: Some((logo, 3.0)), ..options() }, &mut |_, _| true);
    let package = Package::read(&with(logo).unwrap());
    package.holds_together();
    package.is_on_the_slides();
    let slides = package.named("ppt/slides/", ".xml");
    assert!(slides.iter().all(|s| package.text(s).contains("name=\"Logo\"")));
    let theme = package.text("ppt/theme/theme1.xml");
    assert!(theme.contains("Source Han Serif SC") && !theme.contains("Arial"));
    let fans = package.named("ppt/charts/", ".xml");
    assert!(fans.iter().all(|c| !package.text(c).contains("12436D")));
    assert!(fans.iter().any(|c| package.text(c).contains("7A1F5C")));
    let bad = Drawn { png: b"GIF89a".to_vec(), svg: None };
    assert!(matches!(with(bad), Err(PptxError::Png { .. })));
}

#[test]
fn progress_counts_slides_and_can_stop() {
    let bulletin = Bulletin::new(bulletin(Lang::En)).unwrap();
    let mut heard = Vec::new();
    deck(&bulletin, &options(), &mut |done, of| {
        heard.push((done, of));
        true
    })
    .unwrap();
    let slides = heard[0].1;
    assert_eq!(heard, (0..=slides).map(|n| (n, slides)).collect::<Vec<_>>());
    let stopped = deck(&bulletin, &options(), &mut |done, _| done < 3);
    assert_eq!(stopped.unwrap_err(), PptxError::Stopped);
}

#[test]
fn what_is_odd_is_written_too() {
    // Nothing but a month.
    let bare = BulletinParts { month: 1, ..BulletinParts::default() };
    let package = Package::read(&deck(&Bulletin::new(bare).unwrap(), &options(), &mut |_, _| true).unwrap());
    assert_eq!(package.named("ppt/slides/", ".xml").len(), 1);
    // Sixty regions, names that mean something to XML, to a spreadsheet and to nobody.
    let mut parts = bulletin(Lang::En);
    let mut row = parts.leagues[0].rows[1].clone();
    row.region =
        "=SUM(A1)<&>\u{1}\"' the development and demonstration zone of the southern mountains".into();
    parts.leagues[0].rows.extend(std::iter::repeat_n(row.clone(), 52));
    let bytes = deck(&Bulletin::new(parts).unwrap(), &options(), &mut |_, _| true).unwrap();
    let package = Package::read(&bytes);
    for part in package.named("ppt/slides/", ".xml") {
        Document::parse(package.text(part)).unwrap();
    }
    let chart = package.charts("ppt/slides/slide5.xml");
    let name = package.workbook(&chart[0]).get_value((2, 0)).unwrap().to_string();
    assert!(name.starts_with("=SUM(A1)<&>"), "{name}");
}
