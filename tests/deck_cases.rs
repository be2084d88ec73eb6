//! Decks of cases unlike the sample: growth alone, a year that is known, one that has not begun, many regions, long names.
//! `LANDFALL_KEEP=FOLDER` keeps some of them for looking at.

#![cfg(feature = "pptx")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
#![allow(dead_code, reason = "what is read back of the sample's deck alone")]

#[path = "support/package.rs"]
mod package;

use landfall::brief::pptx::{DeckOptions, deck};
use landfall::case::{Case, Options, Question, Source, Wanted};
use landfall::error::Lang;
use landfall::{brief::Stamp, calendar::YearMonth};
use package::Package;
use std::path::PathBuf;

/// The deck of a case, held to what every deck is held to.
fn held(case: &Case, as_of: Option<YearMonth>, lang: Lang, name: &str) -> Option<Package> {
    let answer = case.ask(&Question { as_of, every_month: true, ..Question::default() }).ok()?;
    let bulletin = case.bulletin(&answer, &Wanted { lang, ..Wanted::default() }).ok()?;
    let options = DeckOptions { created: Stamp::from_unix(1_691_487_000), pictures: Vec::new(), logo: None };
    let bytes = deck(&bulletin, &options, &mut |_, _| true).unwrap_or_else(|e| panic!("{name}: {e}"));
    if let Ok(folder) = std::env::var("LANDFALL_KEEP") {
        std::fs::write(format!("{folder}/odd-{name}.pptx"), &bytes).unwrap();
    }
    let package = Package::read(&bytes);
    package.holds_together();
    package.is_on_the_slides();
    package.charts_agree();
    package.stands_in_order();
    Some(package)
}

fn panel(text: &str) -> Option<Case> {
    Case::load(Source { name: "panel.csv", text }, None, &Options::default()).ok()
}

#[test]
fn every_panel_of_the_corpus() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut decks, mut charts) = (0, 0);
    for (at, file) in files.iter().filter(|f| f.extension().is_some_and(|e| e == "csv")).enumerate() {
        let Some(case) = std::fs::read_to_string(file).ok().and_then(|text| panel(&text)) else { continue };
        let name = file.file_stem().unwrap().to_string_lossy();
        let lang = if at % 2 == 0 { Lang::Zh } else { Lang::En };
        if let Some(package) = held(&case, None, lang, &name) {
            decks += 1;
            charts += package.named("ppt/charts/", ".xml").len();
        }
    }
    assert!(decks > 30 && charts > 60, "{decks} decks with {charts} charts");
}

#[test]
fn a_year_that_is_known_and_one_that_has_not_begun() {
    let case = Case::sample("national").unwrap();
    for (year, month) in [(2023, 12), (2023, 9), (2024, 2)] {
        let as_of = YearMonth { year, month };
        assert!(held(&case, Some(as_of), Lang::Zh, &format!("national-{year}-{month}")).is_some());
    }
    let case = Case::sample("wuzhong-2023").unwrap();
    assert!(held(&case, Some(YearMonth { year: 2023, month: 2 }), Lang::En, "wuzhong-2").is_some());
}

#[test]
fn sixty_regions_with_long_names() {
    let mut text = String::from("region,parent,year,month,ytd\n");
    for place in 0..60 {
        for year in 2018..=2023 {
            for month in (2..=12).filter(|m| year < 2023 || *m <= 7) {
                let share = f64::from(month) / 12.0;
                let ytd = share * (80.0 + f64::from(place)) * (1.0 + 0.05 * f64::from(year - 2018));
                let swing = f64::from((place * 7 + year * 3 + month) % 11) / 100.0;
                let name = format!("鄂尔多斯市准格尔旗第{}煤化工基地管理委员会", place + 1);
                text.push_str(&format!("{name},内蒙古自治区,{year},{month},{:.2}\n", ytd * (1.0 + swing)));
            }
        }
    }
    let package = held(&panel(&text).unwrap(), None, Lang::Zh, "sixty").unwrap();
    let slides = package.named("ppt/slides/", ".xml").len();
    // Title, verdict, seven rankings of nine, six tables of ten and one of the rest at most.
    assert!((14..=16).contains(&slides), "{slides}");
}
