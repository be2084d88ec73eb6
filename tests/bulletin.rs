//! The monthly bulletin: what it says is what the outlook says, in both languages and every unit, of any case.
//!
//! `LANDFALL_BLESS=1 cargo test --test bulletin golden` rewrites the golden files; look at them before committing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use landfall::brief::{Bulletin, BulletinParts, Measure, html, markdown};
use landfall::calendar::YearMonth;
use landfall::case::{Answer, Case, LeverReport, Look, Options, Question, ScenarioReport, Source, Wanted};
use landfall::chart;
use landfall::chart::theme::Theme;
use landfall::error::{Explain, Lang};
use landfall::ledger::Ledger;
use landfall::scenario::Scenario;
use landfall::stats::DRAWS;
use landfall::unit::Unit;
use std::path::PathBuf;

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

struct Sample {
    case: Case,
    answer: Answer,
}

fn sample() -> Sample {
    let case = Case::sample("wuzhong-2023").unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    Sample { case, answer }
}

impl Sample {
    /// Everything that a bulletin can have.
    fn whole(&self, lang: Lang, money: Option<&Unit>) -> Bulletin {
        let baseline = self.case.baseline(&self.answer, DRAWS).unwrap();
        let least = self.case.least(&baseline, 0.8, lang).unwrap().unwrap();
        let text = include_str!("../seeds/wuzhong-2023/scenarios/push.toml");
        let scenario = self.case.by_name(Scenario::parse(text, "push.toml").unwrap());
        let (told, _) = ScenarioReport::with_shares(&self.answer, &baseline, &scenario, None, lang).unwrap();
        let levers = LeverReport::all(&baseline, lang);
        let wanted =
            Wanted { lang, money, region: None, least: Some(&least), scenario: Some(&told), levers: &levers };
        self.case.bulletin(&self.answer, &wanted).unwrap()
    }
}

fn golden(name: &str, text: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("LANDFALL_BLESS").is_some() {
        std::fs::write(&file, text).unwrap();
    } else {
        let was = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(was == text, "{name} differs from its golden file; bless it if the change is meant");
    }
}

/// A page without its pictures, which have golden files of their own.
fn without_pictures(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<svg") {
        out.push_str(before);
        out.push_str("<svg/>");
        rest = after.split_once("</svg>").unwrap().1;
    }
    out + rest
}

#[test]
fn golden_pages_and_texts_of_the_sample() {
    let sample = sample();
    for lang in LANGS {
        let bulletin = sample.whole(lang, None);
        let code = lang.pick("en", "zh");
        golden(&format!("bulletin-{code}.html"), &without_pictures(&html(&bulletin, None).unwrap()));
        golden(&format!("bulletin-{code}.md"), &markdown(&bulletin));
    }
}

/// The keys of the outlook's JSON that an account of a figure names, with the numbers there.
fn told(from: &str, json: &serde_json::Value) -> Vec<f64> {
    let mut out = Vec::new();
    for part in from.split("outlook[").skip(1) {
        let (names, rest) = part.split_once("]/").unwrap();
        let (region, ledger) = names.split_once(", ").unwrap();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_/.".contains(c)));
        let pointer = format!("/{}", &rest[..end.unwrap_or(rest.len())]);
        let unit =
            json["units"].as_array().unwrap().iter().find(|u| u["region"] == region && u["ledger"] == ledger);
        if let Some(unit) = unit {
            out.push(
                unit.pointer(&pointer)
                    .and_then(serde_json::Value::as_f64)
                    .unwrap_or_else(|| panic!("{from}")),
            );
        }
    }
    out
}

#[test]
fn every_figure_is_what_the_outlooks_json_has() {
    let sample = sample();
    let json = serde_json::to_value(sample.answer.report(Lang::Zh)).unwrap();
    for (money, scale) in [(None, 1.0), (Some(Unit::Wan), 1e4)] {
        let bulletin = sample.whole(Lang::Zh, money.as_ref());
        let mut compared = 0;
        for sentence in bulletin.parts().sentences() {
            for figure in &sentence.figures {
                let keys = told(&figure.from, &json);
                let want = match (keys.as_slice(), figure.measure, figure.from.contains('−')) {
                    ([one], Measure::Amount, _) => one * scale,
                    ([one], Measure::Ratio | Measure::Chance | Measure::Count, _) => *one,
                    ([one], Measure::Points, false) => *one,
                    ([a, b], Measure::Points, true) if !figure.from.contains('×') => (a - b) * 100.0,
                    ([a, b], Measure::Ratio, _) if figure.from.contains('÷') => a / b,
                    _ => continue,
                };
                assert!((figure.value - want).abs() <= 1e-12 * want.abs().max(1.0), "{sentence:?}");
                compared += 1;
            }
        }
        assert!(compared > 50, "{compared}");
        let league = &bulletin.parts().leagues[0];
        for row in &league.rows {
            let unit =
                json["units"].as_array().unwrap().iter().find(|u| u["label"] == row.region.as_str()).unwrap();
            let near = |got: Option<f64>, want: Option<f64>| match (got, want) {
                (Some(a), Some(b)) => assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{row:?}"),
                (a, b) => assert!(a.is_none() && b.is_none(), "{row:?}"),
            };
            near(row.ytd, unit["ytd"].as_f64().map(|x| x * scale));
            near(row.growth, unit["growth_ytd"].as_f64());
            near(row.probability, unit["probability"].as_f64());
            near(row.need, unit["need"]["amount"].as_f64().map(|x| x * scale));
            near(row.year_growth.map(|s| s.median), unit["growth"]["quantiles"]["0.5"].as_f64());
            near(row.gap, unit["gap_pp"].as_f64());
            near(row.pull, unit["pull_pp"].as_f64());
            assert_eq!(row.rank.map(u64::from), unit["rank"].as_u64());
        }
        assert!(league.rows.len() > 7);
    }
}

#[test]
fn cells_named_as_a_source_hold_the_figure() {
    let sample = sample();
    let text = include_str!("../seeds/wuzhong-2023/panel.csv");
    let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    let bulletin = sample.whole(Lang::En, None);
    let mut looked = 0;
    for sentence in bulletin.parts().sentences() {
        for figure in &sentence.figures {
            let Some((_, rest)) = figure.from.split_once("panel.csv row ") else { continue };
            let (row, rest) = rest.split_once(", ").unwrap();
            if figure.measure == Measure::Points || figure.from.contains('÷') {
                continue;
            }
            let row = &lines[row.parse::<usize>().unwrap() - 1];
            let (column, scale) = if rest.starts_with("growth") { (6, 100.0) } else { (5, 1.0) };
            let cell: f64 = row[column].parse().unwrap();
            assert!((figure.value * scale - cell).abs() < 1e-9, "{sentence:?} {row:?}");
            looked += 1;
        }
    }
    assert!(looked > 10, "{looked}");
}

/// Digits of a text that no figure writes.
fn stray(parts: &BulletinParts) -> Vec<String> {
    let mut out = Vec::new();
    for sentence in parts.sentences() {
        let mut rest = sentence.text.as_str();
        let mut left = String::new();
        for figure in &sentence.figures {
            let at = rest.find(&figure.shown).unwrap();
            left.push_str(&rest[..at]);
            rest = &rest[at + figure.shown.len()..];
        }
        left.push_str(rest);
        // Months and years in which something is, "8 times in 10", and what is in a name, are no figures.
        for known in ["1–7月", "1–6月", "10次中约8次", "8 times in 10", "9月底", "7月", "12月"]
        {
            left = left.replace(known, "");
        }
        if left.chars().any(|c| c.is_ascii_digit()) {
            out.push(format!("{}: {left}", sentence.id));
        }
    }
    out
}

#[test]
fn no_number_stands_in_a_sentence_without_an_account() {
    let sample = sample();
    for lang in LANGS {
        let bulletin = sample.whole(lang, None);
        assert_eq!(stray(bulletin.parts()), Vec::<String>::new());
        for sentence in bulletin.parts().sentences() {
            assert!(
                !sentence.text.contains(['{', '}']) && sentence.figures.iter().all(|f| !f.from.is_empty()),
                "{sentence:?}"
            );
        }
    }
}

#[test]
fn illustrative_figures_are_said_to_be_so() {
    let sample = sample();
    for (lang, word) in [(Lang::Zh, "示意"), (Lang::En, "llustrative")] {
        let bulletin = sample.whole(lang, None);
        for text in [html(&bulletin, None).unwrap(), markdown(&bulletin)] {
            assert!(text.matches(word).count() >= 2);
        }
    }
    let case = Case::sample("national").unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    let bulletin = case.bulletin(&answer, &Wanted { lang: Lang::Zh, ..Wanted::default() }).unwrap();
    assert!(!markdown(&bulletin).contains("示意"));
}

#[test]
fn a_region_and_a_unit_that_cannot_be_are_refused() {
    let sample = sample();
    let code = |wanted: Wanted<'_>| sample.case.bulletin(&sample.answer, &wanted).unwrap_err();
    assert_eq!(code(Wanted { region: Some("银川市"), ..Wanted::default() }).code(), "unknown_region");
    let error = code(Wanted { money: Some(&Unit::Other("USD".into())), ..Wanted::default() });
    assert_eq!(error.code(), "unit_cannot_be_told");
    assert!(error.said().zh.contains("USD") && error.said().zh.contains("亿元"));
}

#[test]
fn a_bulletin_of_a_district_is_about_it() {
    let sample = sample();
    let wanted = Wanted { lang: Lang::Zh, region: Some("Litong District"), ..Wanted::default() };
    let bulletin = sample.case.bulletin(&sample.answer, &wanted).unwrap();
    let parts = bulletin.parts();
    assert_eq!(parts.region, "利通区");
    assert!(parts.headline.text.contains("在6个地区中居第"), "{}", parts.headline.text);
    assert_eq!(parts.leagues[0].rows[0].region, "利通区");
    assert!(parts.leagues[0].rows.iter().all(|r| r.region == "利通区" || r.region == "金积工业园区"));
}

/// Every panel of the corpus that loads, in both languages: no bulletin is ill-formed, and none claims what is not there.
#[test]
fn any_panel_has_a_bulletin() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "csv"));
    files.sort();
    let mut made = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let Ok(case) = Case::load(Source { name: &name, text: &text }, None, &Options::default()) else {
            continue;
        };
        let Ok(answer) = case.ask(&Question::default()) else { continue };
        for lang in LANGS {
            let bulletin = match case.bulletin(&answer, &Wanted { lang, ..Wanted::default() }) {
                Ok(bulletin) => bulletin,
                Err(e) => {
                    assert_eq!(e.code(), "bulletin_nothing", "{name}: {e}");
                    continue;
                }
            };
            let page = html(&bulletin, None).unwrap();
            roxmltree::Document::parse_with_options(
                &page,
                roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() },
            )
            .unwrap_or_else(|e| panic!("{name}: {e}\n{page}"));
            let text = markdown(&bulletin);
            for wrong in ["NaN", "inf%", "{{", "}}", "()", "（）"] {
                assert!(!text.contains(wrong), "{name}: {wrong} in {text}");
            }
            let json = serde_json::to_string(&bulletin).unwrap();
            // JSON may lose the last bit of a number, which no text shows.
            let again = serde_json::from_str::<Bulletin>(&json).unwrap();
            assert_eq!(again.parts().headline.text, bulletin.parts().headline.text, "{name}");
            assert!(
                html(&again, Some("{{league}}{{tasks}}")) == html(&bulletin, Some("{{league}}{{tasks}}")),
                "{name}"
            );
            made += 1;
        }
    }
    assert!(made > 60, "{made}");
}

#[cfg(feature = "xlsx")]
mod workbook {
    use super::{LANGS, sample};
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use landfall::brief::{Bulletin, BulletinParts, League, LeagueRow, Sentence, Stamp, xlsx};
    use landfall::error::Lang;
    use landfall::ledger::Ledger;
    use std::io::{Cursor, Read};

    const AT: u64 = 1_691_487_000;

    fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        open_workbook_from_rs(Cursor::new(bytes)).unwrap()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_workbook_holds_the_bulletins_numbers_unrounded() {
        let sample = sample();
        for lang in LANGS {
            let bulletin = sample.whole(lang, None);
            let mut book = open(xlsx(&bulletin, Stamp::from_unix(AT)).unwrap());
            let sheet = book.worksheet_range(lang.pick("Fixed assets", "固投排名")).unwrap();
            let header: Vec<String> = sheet.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
            let column = |name: &str| header.iter().position(|h| h.starts_with(name)).unwrap();
            let (ytd, growth, need) = (
                column(lang.pick("So far", "累计")),
                column(lang.pick("Growth", "增速")),
                column(lang.pick("To do", "尚需")),
            );
            let rows = &bulletin.parts().leagues[0].rows;
            assert!(rows.len() > 7);
            for (cells, row) in sheet.rows().skip(4).zip(rows) {
                let number = |at: usize| if let Data::Float(x) = cells[at] { Some(x) } else { None };
                assert_eq!(
                    (number(ytd), number(growth), number(need)),
                    (row.ytd, row.growth, row.need),
                    "{row:?}"
                );
            }
            // Under the last row: what adds up, as a formula whose result is the sum of the additive rows.
            let formulas = book.worksheet_formula(lang.pick("Fixed assets", "固投排名")).unwrap();
            let place = (u32::try_from(4 + rows.len()).unwrap(), u32::try_from(ytd).unwrap());
            assert!(
                formulas.get_value(place).is_some_and(|f| f.starts_with("SUM(")),
                "{:?}",
                formulas.get_value(place)
            );
            let parts: f64 = rows.iter().filter(|r| r.depth == 1 && r.additive).filter_map(|r| r.ytd).sum();
            let Some(Data::Float(sum)) = sheet.get_value(place) else { panic!("no sum") };
            assert!((sum - parts).abs() < 1e-9 && (sum - rows[0].ytd.unwrap()).abs() < 0.01, "{sum}");
        }
    }

    #[test]
    fn headers_stay_lights_are_conditional_and_charts_are_the_workbooks_own() {
        let bytes = xlsx(&sample().whole(Lang::Zh, None), Stamp::from_unix(AT)).unwrap();
        let league = part(&bytes, "xl/worksheets/sheet3.xml");
        assert!(league.contains(r#"ySplit="4""#) && league.contains(r#"state="frozen""#));
        for word in ["●", "▲", "◆"] {
            assert!(
                league.contains(&format!("SEARCH(\"{word}\""))
                    || league.contains(&format!("SEARCH(&quot;{word}&quot;")),
                "{word}"
            );
        }
        let charts = [part(&bytes, "xl/charts/chart1.xml"), part(&bytes, "xl/charts/chart2.xml")];
        assert!(charts[0].contains("<c:areaChart>") && charts[0].contains("<c:lineChart>"));
        assert!(charts[1].contains("<c:barChart>") && charts[1].contains("固投排名"));
        for chart in charts {
            roxmltree::Document::parse(&chart).unwrap();
        }
    }

    #[test]
    fn no_name_becomes_a_formula_and_the_same_bulletin_gives_the_same_bytes() {
        let row = |region: &str| LeagueRow {
            region: region.into(),
            ytd: Some(1.5),
            growth: Some(0.1),
            ..LeagueRow::default()
        };
        let rows = ["=1+1", "+A", "-B", "@C", "\u{1}\u{7}D"].map(row).to_vec();
        let league =
            League { ledger: Ledger::Fai, title: "=T".into(), words: Vec::new(), rows, note: "=N".into() };
        let headline = Sentence { id: "S1".into(), text: "=1+1".into(), ..Sentence::default() };
        let parts = BulletinParts {
            month: 7,
            title: "=2".into(),
            headline,
            leagues: vec![league],
            ..BulletinParts::default()
        };
        let bulletin = Bulletin::new(parts).unwrap();
        let bytes = xlsx(&bulletin, Stamp::from_unix(AT)).unwrap();
        assert!(bytes == xlsx(&bulletin, Stamp::from_unix(AT)).unwrap());
        let mut book = open(bytes);
        let sheet = book.worksheet_range("Fixed assets").unwrap();
        let names: Vec<String> = sheet.rows().skip(4).take(4).map(|r| r[0].to_string()).collect();
        assert_eq!(names, ["=1+1", "+A", "-B", "@C"]);
        // The only formula is the sum.
        let formulas = book.worksheet_formula("Fixed assets").unwrap();
        assert!(formulas.used_cells().all(|(_, _, f)| f.is_empty() || f.starts_with("SUM(")));
        assert_eq!(
            book.worksheet_range("Bulletin").unwrap().get_value((0, 0)),
            Some(&Data::String("=2".into()))
        );
    }
}

#[cfg(feature = "pptx")]
mod document {
    use super::{LANGS, sample};
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use landfall::brief::{Stamp, docx};
    use std::collections::BTreeMap;
    use std::io::{Cursor, Read};

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
        let mut out = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            out.insert(name, bytes);
        }
        out
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn a_document_says_what_the_bulletin_says() {
        let sample = sample();
        for lang in LANGS {
            let bulletin = sample.whole(lang, None);
            let files = parts(&docx(&bulletin, Stamp::from_unix(1_691_487_000)).unwrap());
            let xml = text(&files["word/document.xml"]);
            let document = roxmltree::Document::parse(&xml).unwrap();
            let all = |node: roxmltree::Node<'_, '_>| -> String {
                node.descendants().filter(|n| n.has_tag_name((W, "t"))).filter_map(|n| n.text()).collect()
            };
            let body = all(document.root());
            for sentence in bulletin.parts().sentences() {
                assert!(body.contains(&sentence.text), "{sentence:?}");
            }
            let tables: Vec<_> = document.descendants().filter(|n| n.has_tag_name((W, "tbl"))).collect();
            let league: Vec<String> =
                tables[0].children().filter(|n| n.has_tag_name((W, "tr"))).map(all).collect();
            let rows = &bulletin.parts().leagues[0].rows;
            assert_eq!(league.len(), rows.len() + 1);
            for (line, row) in league.iter().skip(1).zip(rows) {
                assert!(line.contains(&row.region), "{line}");
                assert!(line.contains(&landfall::unit::fixed(row.ytd.unwrap(), 1)), "{line}");
            }
            // Every table repeats its header and has as many cells as columns.
            for table in tables {
                let columns = table.descendants().filter(|n| n.has_tag_name((W, "gridCol"))).count();
                let lines = table.children().filter(|n| n.has_tag_name((W, "tr")));
                for line in lines {
                    assert_eq!(line.children().filter(|n| n.has_tag_name((W, "tc"))).count(), columns);
                }
                assert_eq!(table.descendants().filter(|n| n.has_tag_name((W, "tblHeader"))).count(), 1);
            }
            let turned = document.descendants().filter(|n| n.attribute((W, "orient")) == Some("landscape"));
            assert_eq!(turned.count(), 1);
        }
    }

    #[test]
    fn every_part_is_typed_and_every_way_leads_somewhere() {
        let bulletin = sample().whole(landfall::error::Lang::Zh, None);
        let files = parts(&docx(&bulletin, Stamp::from_unix(1_691_487_000)).unwrap());
        let types = text(&files["[Content_Types].xml"]);
        let mut ways = 0;
        for (name, bytes) in &files {
            let ending = name.rsplit('.').next().unwrap();
            let typed = types.contains(&format!("PartName=\"/{name}\""))
                || types.contains(&format!("Extension=\"{ending}\""));
            assert!(typed || name == "[Content_Types].xml", "{name}");
            if ending == "xml" || ending == "rels" {
                roxmltree::Document::parse(&text(bytes)).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
            let Some((folder, _)) = name.split_once("_rels/") else { continue };
            let rels = text(bytes);
            let rels = roxmltree::Document::parse(&rels).unwrap();
            for target in rels.descendants().filter_map(|n| n.attribute("Target")) {
                let mut path: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
                for step in target.split('/') {
                    if step == ".." {
                        path.pop();
                    } else {
                        path.push(step);
                    }
                }
                assert!(files.contains_key(&path.join("/")), "{name} leads to {target}");
                ways += 1;
            }
        }
        // Two of the package, eight of the document, and each chart's workbook.
        assert_eq!(ways, 2 + 8 + 3);
        let document = text(&files["word/document.xml"]);
        for id in ["rId2", "rId6", "rId7", "rId8"] {
            assert!(document.contains(&format!("r:id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn the_chart_inside_has_the_fans_numbers_and_a_workbook() {
        let bulletin = sample().whole(landfall::error::Lang::Zh, None);
        let files = parts(&docx(&bulletin, Stamp::from_unix(1_691_487_000)).unwrap());
        let fan = bulletin.parts().fans[0].parts();
        let chart = text(&files["word/charts/chart1.xml"]);
        let chart = roxmltree::Document::parse(&chart).unwrap();
        let cached: Vec<f64> = chart
            .descendants()
            .filter(|n| n.tag_name().name() == "v")
            .filter_map(|n| n.text()?.parse().ok())
            .collect();
        for at in &fan.actual {
            assert!(cached.iter().any(|x| (x - at.value).abs() < 1e-6), "{at:?}");
        }
        let book = files["word/embeddings/Microsoft_Excel_Sheet1.xlsx"].clone();
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
        let sheet = book.worksheet_range("Sheet1").unwrap();
        let median = fan.fan.last().unwrap().quantiles.q50;
        assert!(sheet.used_cells().any(|(_, _, c)| matches!(c, Data::Float(x) if (x - median).abs() < 1e-6)));
    }
}

#[test]
fn a_year_that_is_over_is_told_as_known() {
    let case = Case::sample("wuzhong-2023").unwrap();
    let as_of = Some(YearMonth { year: 2023, month: 12 });
    let answer = case.ask(&Question { as_of, every_month: true, ..Question::default() }).unwrap();
    assert!(answer.report(Lang::En).units.iter().all(|unit| unit.need.is_none()));
    for lang in LANGS {
        let bulletin = case.bulletin(&answer, &Wanted { lang, ..Wanted::default() }).unwrap();
        let text = markdown(&bulletin);
        let (lists, league) = (lang.pick("## 3", "## 三"), lang.pick("## 1", "## 一"));
        let told = &text[text.find(league).unwrap()..text.find(lists).unwrap()];
        let look = Look { lang, unit: None, theme: Theme::Light, width: 1280, height: 720, heading: true };
        let fan = answer.fan("吴忠市", Ledger::Fai, &look).unwrap();
        let ranking = answer.ranking(None, Ledger::Fai, &look).unwrap();
        let [fan, ranking] = [chart::fan(&fan).unwrap(), chart::ranking(&ranking).unwrap()];
        let tiles = chart::tiles(&answer.tiles(Ledger::Fai, &look).unwrap()).unwrap();
        let bullets = chart::bullet(&answer.bullets(Ledger::Fai, &look).unwrap()).unwrap();
        let pictures = [("fan", &fan), ("ranking", &ranking), ("tiles", &tiles), ("bullets", &bullets)];
        for (what, text) in
            [("text", told)].into_iter().chain(pictures.map(|(what, text)| (what, text.as_str())))
        {
            let words = match lang {
                Lang::En => ["xpected", "t risk", "rojected", "ikely", "hance"],
                Lang::Zh => ["预计", "风险", "多半", "概率", "区间"],
            };
            for word in words {
                assert!(!text.contains(word), "{what} {lang:?}: {word} in {text}");
            }
        }
        assert!(
            told.contains(lang.pick("4 did not", "4个未完成"))
                && told.contains(lang.pick("◆ Missed", "◆ 未达到"))
        );
    }
}

#[test]
fn a_base_that_nobody_published_is_not_called_comparable() {
    let mut panel = String::from("region,parent,year,month,ytd\n");
    for year in 2015..=2023 {
        for month in 1..=if year == 2023 { 7 } else { 12 } {
            for (name, parent, part) in [("City", "", 3), ("North", "City", 1), ("South", "City", 2)] {
                panel +=
                    &format!("{name},{parent},{year},{month},{}\n", part * month * (90 + 4 * (year - 2015)));
            }
        }
    }
    let case = Case::load(Source { name: "panel.csv", text: &panel }, None, &Options::default()).unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    for lang in LANGS {
        let bulletin = case.bulletin(&answer, &Wanted { lang, ..Wanted::default() }).unwrap();
        let look = Look { lang, unit: None, theme: Theme::Light, width: 1280, height: 720, heading: true };
        let fan = chart::fan(&answer.fan("City", Ledger::Fai, &look).unwrap()).unwrap();
        let ranking = answer.ranking(None, Ledger::Fai, &look).unwrap().parts().sheet.subtitle.clone();
        let parts = bulletin.parts();
        for text in [&parts.subtitle, &parts.base, &fan, &ranking] {
            assert!(!text.contains(lang.pick("comparable", "可比")), "{lang:?}: {text}");
        }
        assert!(ranking.contains(lang.pick("last year's published amounts", "上年公布数")), "{ranking}");
    }
}

/// A county in 万元 whose districts owe amounts and growth side by side: `Slow` and `Sure` owe 8 %, told as an amount.
fn mixed() -> (Case, Answer) {
    let grown = |rate: f64, years: i32| (0..years).fold(1.0, |x, _| x * rate);
    let mut panel = String::from("region,parent,year,month,ytd,unit\n");
    let growth =
        [("North", 1.09, 1000.0), ("South", 1.03, 800.0), ("Slow", 1.02, 600.0), ("Sure", 1.12, 700.0)];
    for year in 2016..=2023 {
        for month in 1..=if year == 2023 { 7 } else { 12 } {
            let of = |(_, rate, size): &(&str, f64, f64)| {
                size * grown(*rate, year - 2016) * f64::from(month) / 12.0
                    * (1.0 + 0.002 * f64::from(year % 3))
            };
            let whole: f64 = growth.iter().map(of).sum();
            panel += &format!("County,,{year},{month},{whole:.1},万元\n");
            for one in &growth {
                panel += &format!("{},County,{year},{month},{:.1},万元\n", one.0, of(one));
            }
        }
    }
    let last = |rate: f64, size: f64| size * grown(rate, 6);
    let plan = format!(
        "year = 2023\n[[target]]\nregion = \"County\"\nledger = \"fai\"\nkind = \"growth\"\nvalue = 8.0\n[[target]]\nregion = \"North\"\nledger = \"fai\"\nkind = \"growth\"\nvalue = 9.5\n[[target]]\nregion = \"South\"\nledger = \"fai\"\nkind = \"growth\"\nvalue = 7.0\n[[target]]\nregion = \"Slow\"\nledger = \"fai\"\nkind = \"amount\"\nvalue = {:.0}\n[[target]]\nregion = \"Sure\"\nledger = \"fai\"\nkind = \"amount\"\nvalue = {:.0}\n",
        1.08 * last(1.02, 600.0),
        1.118 * last(1.12, 700.0),
    );
    let source = |name, text| Source { name, text };
    let case =
        Case::load(source("p.csv", &panel), Some(source("plan.toml", &plan)), &Options::default()).unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    (case, answer)
}

#[test]
fn targets_of_two_kinds_are_told_apart_and_ranked_by_one_measure() {
    let (case, answer) = mixed();
    let bulletin = case.bulletin(&answer, &Wanted::default()).unwrap();
    let rows = &bulletin.parts().leagues[0].rows;
    let mut ranked: Vec<(u32, f64)> = rows.iter().filter_map(|r| Some((r.rank?, r.growth?))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    assert!(ranked.len() == 4 && ranked.windows(2).all(|w| w[0].1 >= w[1].1), "{ranked:?}");
    let text = markdown(&bulletin);
    let row = |name: &str| text.lines().find(|l| l.contains(name) && l.contains('|')).unwrap().to_owned();
    assert!(
        row("South").contains("7.0%") && !row("Slow").contains("8.0%"),
        "{}\n{}",
        row("South"),
        row("Slow")
    );
    assert!(text.contains("Rank by growth so far."), "{text}");
    // Slow is under the growth that its amount asks for; Sure is at it, whatever its light.
    let listed = |kind| {
        let lists = &bulletin.parts().lists;
        let list = lists.iter().find(|l| l.kind == kind).unwrap();
        list.items.iter().map(|i| i.name.clone()).collect::<Vec<_>>()
    };
    let slow = listed(landfall::brief::ListKind::Slow);
    assert!(slow.iter().any(|n| n == "Slow") && slow.iter().all(|n| n != "Sure"), "{slow:?}");
}

#[test]
fn where_growth_alone_is_known_any_unit_can_be_asked_for() {
    let mut panel = String::from("region,year,month,growth\n");
    for year in 2018..=2023 {
        for month in 2..=if year == 2023 { 7 } else { 12 } {
            panel += &format!("甲区,{year},{month},{}\n乙区,{year},{month},{}\n", 5 + year % 3, 9 - year % 4);
        }
    }
    let case = Case::load(Source { name: "g.csv", text: &panel }, None, &Options::default()).unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    let wanted = Wanted { money: Some(&Unit::Wan), ..Wanted::default() };
    case.bulletin(&answer, &wanted).unwrap();
    assert!(answer.can_tell_in(Ledger::Fai, &Unit::Wan).is_ok());
}
