//! Reliability, error by months known and cover: SVG held to golden files, and labels inside and apart.
//!
//! `LANDFALL_BLESS=1 cargo test --test chart_backtest` rewrites the golden files; look at them before committing.

// clippy.toml allows it in tests only, not in what they share.
#![allow(clippy::unwrap_used)]

mod support;

use landfall::chart::theme::Theme;
use landfall::chart::{
    Bin, CoverParts, CoverSpec, CoverYear, ErrorLine, ErrorParts, ErrorPoint, ErrorSpec, ReliabilityParts,
    ReliabilitySpec, Sheet, cover, error, reliability,
};
use landfall::error::Lang;
use proptest::prelude::*;

/// One of the three.
#[derive(Debug, Clone)]
enum Parts {
    Reliability(ReliabilityParts),
    Error(ErrorParts),
    Cover(CoverParts),
}

impl Parts {
    fn sheet(&mut self) -> &mut Sheet {
        match self {
            Self::Reliability(p) => &mut p.sheet,
            Self::Error(p) => &mut p.sheet,
            Self::Cover(p) => &mut p.sheet,
        }
    }

    fn sized(mut self, width: u32, height: u32) -> Self {
        let sheet = self.sheet();
        (sheet.width, sheet.height) = (width, height);
        self
    }

    fn themed(mut self, theme: Theme) -> Self {
        self.sheet().theme = theme;
        self
    }

    fn draw(self) -> String {
        match self {
            Self::Reliability(p) => reliability(&ReliabilitySpec::new(p).unwrap()).unwrap(),
            Self::Error(p) => error(&ErrorSpec::new(p).unwrap()).unwrap(),
            Self::Cover(p) => cover(&CoverSpec::new(p).unwrap()).unwrap(),
        }
    }
}

fn sheet(lang: Lang, title: (&str, &str)) -> Sheet {
    Sheet {
        title: lang.pick(title.0, title.1).into(),
        subtitle: lang
            .pick(
                "Fixed-asset investment, 2016–2023, 3, 6 and 9 months known",
                "固投，2016–2023年，已知3、6、9个月",
            )
            .into(),
        description: lang.pick("What the chart shows.", "图的内容。").into(),
        footer: lang.pick("Data through 2023-12", "数据截至2023年12月").into(),
        mark: lang.pick("Landfall", "Landfall 全年落点").into(),
        lang,
        ..Sheet::default()
    }
}

fn chances(lang: Lang, bins: Vec<Bin>) -> Parts {
    Parts::Reliability(ReliabilityParts {
        sheet: sheet(
            lang,
            (
                "Chances hold: they miss what came true by 4 points on average",
                "概率可信：与实际平均只差4个百分点",
            ),
        ),
        axis_title: lang.pick("Came true, %", "实际达到，%").into(),
        chance_title: lang
            .pick("Chance given, %; columns below: how many", "给出的概率，%；下方柱：个数")
            .into(),
        bands: lang
            .pick(
                "Bars: 19 times in 20 a right chance lands here, were answers independent",
                "浅条：若概率准确且各次独立，20次约19次落在其内",
            )
            .into(),
        diagonal: lang.pick("As promised", "说到做到").into(),
        bins,
    })
}

fn bin(i: u32, kept: f64, half: f64, count: u32, label: &str) -> Bin {
    let from = f64::from(i) * 10.0;
    let chance = from + 4.0;
    let band = ((chance - half).max(0.0), (chance + half).min(100.0));
    Bin { from, to: from + 10.0, chance, kept, band, count, label: label.into() }
}

/// Chances that were too low in the upper half.
fn low() -> Vec<Bin> {
    let kept = [2.0, 13.5, 24.0, 38.0, 47.5, 71.0, 80.0, 91.0, 97.0, 100.0];
    let count = [1200, 364, 271, 238, 189, 172, 164, 194, 195, 613];
    (0..10_u32)
        .zip(kept.into_iter().zip(count))
        .map(|(i, (kept, count))| {
            let label = if i == 5 { "54% given, 71% came" } else { "" };
            bin(i, kept, 7.0, count, label)
        })
        .collect()
}

fn line(name: &str, emphasised: bool, values: &[(u8, f64)]) -> ErrorLine {
    let points = values.iter().map(|(month, value)| ErrorPoint { month: *month, value: *value }).collect();
    ErrorLine { name: name.into(), emphasised, points }
}

fn errors(lang: Lang, lines: Vec<ErrorLine>) -> Parts {
    Parts::Error(ErrorParts {
        sheet: sheet(
            lang,
            (
                "The blend is off by 7.4% with 2 months known, by 2.8% with 9; no model alone does clearly better",
                "已知2个月时组合平均误差7.4%，9个月时2.8%；没有单个模型明显更准",
            ),
        ),
        axis_title: lang.pick("Mean absolute error, %", "平均绝对误差，%").into(),
        months_title: lang.pick("Months known", "已知月份").into(),
        lines,
    })
}

fn models() -> Vec<ErrorLine> {
    let at = |values: [f64; 4]| [2, 4, 6, 9].into_iter().zip(values).collect::<Vec<_>>();
    vec![
        line("Blend", true, &at([7.4, 5.8, 4.7, 2.8])),
        line("Growth drift", false, &at([19.6, 10.7, 7.4, 4.1])),
        line("Chain ladder", false, &at([17.1, 8.2, 5.3, 2.9])),
        line("Mean rest, 3 years", false, &at([12.4, 10.1, 6.9, 3.7])),
        line("Regression", false, &at([9.7, 6.7, 5.2, 3.4])),
        line("Theta", false, &at([9.0, 6.8, 5.1, 2.9])),
        line("Last year's rest", false, &at([7.8, 6.7, 5.3, 3.4])),
        line("Pooled smoother", false, &at([7.3, 5.8, 4.6, 2.8])),
    ]
}

fn covers(lang: Lang, years: Vec<CoverYear>) -> Parts {
    Parts::Cover(CoverParts {
        sheet: sheet(
            lang,
            (
                "The 95% interval held 94.1% of the time; in 2020 it held only 78%",
                "95%区间实际命中94.1%；2020年只命中78%",
            ),
        ),
        axis_title: lang.pick("Inside the interval, %", "落在区间内，%").into(),
        remark: lang
            .pick(
                "Each year hangs on the line promised: full 95%, hollow 80%",
                "各年挂在承诺线上：实心95%，空心80%",
            )
            .into(),
        label80: lang.pick("80% interval: 79.2", "80%区间：79.2").into(),
        label95: lang.pick("95% interval: 94.1", "95%区间：94.1").into(),
        years,
    })
}

fn year(year: i32, cover80: f64, cover95: f64) -> CoverYear {
    CoverYear { year, cover80, cover95, low80: cover80 < 65.0, low95: cover95 < 85.0 }
}

fn bad_2020() -> Vec<CoverYear> {
    let of80 = [82.0, 91.0, 80.0, 88.0, 51.0, 72.0, 100.0, 79.0];
    let of95 = [95.0, 99.0, 96.0, 100.0, 78.0, 92.0, 100.0, 94.0];
    (2016..).zip(of80.into_iter().zip(of95)).map(|(y, (a, b))| year(y, a, b)).collect()
}

/// Names of 200 characters of markup wherever there is a name.
fn nasty(mut parts: Parts) -> Parts {
    let long = "<b onload=\"x\">'太阳山&amp;\u{0}\u{8}]]>".repeat(8);
    let sheet = parts.sheet();
    for text in
        [&mut sheet.title, &mut sheet.subtitle, &mut sheet.description, &mut sheet.footer, &mut sheet.mark]
    {
        text.clone_from(&long);
    }
    match &mut parts {
        Parts::Reliability(p) => {
            for text in [&mut p.axis_title, &mut p.chance_title, &mut p.bands, &mut p.diagonal] {
                text.clone_from(&long);
            }
            p.bins.iter_mut().for_each(|bin| bin.label.clone_from(&long));
        }
        Parts::Error(p) => {
            p.axis_title.clone_from(&long);
            p.months_title.clone_from(&long);
            p.lines.iter_mut().for_each(|line| line.name.clone_from(&long));
        }
        Parts::Cover(p) => {
            for text in [&mut p.axis_title, &mut p.remark, &mut p.label80, &mut p.label95] {
                text.clone_from(&long);
            }
        }
    }
    parts
}

/// Every chart that is looked at, by the name of its golden file.
fn gallery() -> Vec<(&'static str, Parts)> {
    let (en, zh) = (Lang::En, Lang::Zh);
    let few = vec![bin(0, 0.0, 4.0, 3, ""), bin(9, 40.0, 30.0, 5, "94% given, 40% came")];
    let high: Vec<Bin> = (0..10).map(|i| bin(i, f64::from(i) * 6.0, 9.0, 40, "")).collect();
    let mut ran_away = models();
    ran_away[1].points[0].value = 3e7;
    let crowd =
        (0..24).map(|i| line(&format!("model {i}"), i == 0, &[(3, 6.0 + 0.01 * f64::from(i)), (9, 3.0)]));
    let many = (1985..2025).map(|y| year(y, f64::from(y % 7) * 4.0 + 60.0, f64::from(y % 5) * 4.0 + 84.0));
    let none = vec![year(2022, 0.0, 0.0), year(2023, 100.0, 100.0)];
    vec![
        ("reliability-en-light", chances(en, low())),
        ("reliability-zh-dark", chances(zh, low()).themed(Theme::Dark)),
        ("reliability-en-few", chances(en, few)),
        ("reliability-zh-high", chances(zh, high).sized(640, 480)),
        ("reliability-en-nasty", nasty(chances(en, low()))),
        ("error-en-light", errors(en, models())),
        ("error-zh-dark", errors(zh, models()).themed(Theme::Dark)),
        (
            "error-en-one-month",
            errors(en, vec![line("Blend", true, &[(6, 4.7)]), line("Theta", false, &[(6, 5.1)])]),
        ),
        ("error-en-ran-away", errors(en, ran_away)),
        ("error-en-crowd", errors(en, crowd.collect()).sized(640, 480)),
        ("error-zh-exact", errors(zh, vec![line("组合", true, &[(3, 0.0), (9, 0.0)])])),
        ("error-en-nasty", nasty(errors(en, models()))),
        ("cover-en-light", covers(en, bad_2020())),
        ("cover-zh-dark", covers(zh, bad_2020()).themed(Theme::Dark)),
        ("cover-en-one-year", covers(en, vec![year(2023, 80.0, 95.0)])),
        ("cover-zh-none", covers(zh, none)),
        ("cover-en-forty-years", covers(en, many.collect()).themed(Theme::Print)),
        ("cover-en-nasty", nasty(covers(en, bad_2020()))),
    ]
}

#[test]
fn golden() {
    support::golden(gallery().into_iter().map(|(name, parts)| (name, parts.draw())), "chart_backtest");
}

#[test]
fn labels_are_inside_and_apart_over_the_gallery_at_every_width() {
    let mut failures = Vec::new();
    for (name, parts) in gallery() {
        for (width, height) in support::SIZES.into_iter().chain([(320, 320), (4000, 320), (320, 4000)]) {
            for heading in [true, false] {
                if heading && height < 320 {
                    continue;
                }
                let mut parts = parts.clone().sized(width, height);
                parts.sheet().heading = heading;
                if let Err(why) = support::check(&parts.draw(), width, height) {
                    let why: String = why.chars().take(300).collect();
                    failures.push(format!("{name} at {width} × {height}, heading {heading}: {why}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} charts:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn what_must_be_said_is_said() {
    let said = |parts: Parts, words: &[&str]| {
        let svg = parts.draw();
        for word in words {
            assert!(svg.contains(&format!(">{word}<")), "{word:?} is missing");
        }
    };
    said(chances(Lang::En, low()), &["1,200", "613", "54% given, 71% came", "As promised"]);
    said(errors(Lang::En, models()), &["Blend 7.4%", "Growth drift 19.6%", "Pooled smoother 7.3%", "2.8%"]);
    said(covers(Lang::En, bad_2020()), &["2020", "78", "51", "95% interval: 94.1", "80% interval: 79.2"]);
    for (name, parts) in gallery().into_iter().filter(|(name, _)| name.ends_with("nasty")) {
        let svg = parts.draw();
        assert!(!svg.contains("<b") && !svg.contains('\u{0}'), "{name}");
    }
}

#[test]
fn a_bad_year_differs_by_more_than_its_colour() {
    let svg = covers(Lang::En, bad_2020()).draw();
    let year =
        |name: &str| svg.lines().find(|l| l.contains(&format!(">{name}<"))).unwrap().contains("\"700\"");
    assert!(year("2020") && year("78") && year("51") && !year("2019"));
}

prop_compose! {
    fn any_sheet()(
        (width, height) in (320_u32..1400, 320_u32..900),
        words in prop::collection::vec(".{0,60}", 5),
        theme in prop::sample::select(vec![Theme::Light, Theme::Dark, Theme::Print]),
        heading in any::<bool>(),
    ) -> Sheet {
        let [title, subtitle, description, footer, mark] = <[String; 5]>::try_from(words).unwrap();
        Sheet { schema: 1, title, subtitle, description, footer, mark, heading, width, height, theme, house: None, lang: Lang::En }
    }
}

fn any_parts() -> impl Strategy<Value = Parts> {
    let share = || 0.0..=100.0_f64;
    let bins =
        prop::collection::vec(prop::option::of((share(), share(), share(), 0_u32..5000, ".{0,30}")), 10);
    let chances =
        (any_sheet(), bins, prop::collection::vec(".{0,50}", 4)).prop_map(|(sheet, bins, words)| {
            let of = |(i, (kept, a, b, count, label)): (u32, (f64, f64, f64, u32, String))| Bin {
                kept,
                band: (a.min(b), a.max(b)),
                ..bin(i, kept, 0.0, count, &label)
            };
            let mut bins: Vec<Bin> = (0..).zip(bins).filter_map(|(i, bin)| Some((i, bin?))).map(of).collect();
            if bins.is_empty() {
                bins.push(bin(3, 30.0, 5.0, 1, ""));
            }
            let [axis_title, chance_title, bands, diagonal] = <[String; 4]>::try_from(words).unwrap();
            Parts::Reliability(ReliabilityParts { sheet, axis_title, chance_title, bands, diagonal, bins })
        });
    let value = prop::sample::select(vec![0.0, 0.3, 5.0, 40.0, 1e6, 1e15]).prop_flat_map(|top| 0.0..=top);
    let points = prop::collection::btree_map(1_u8..=12, value, 1..12);
    let lines = prop::collection::vec((".{0,30}", any::<bool>(), points), 1..12);
    let errors =
        (any_sheet(), lines, ".{0,50}", ".{0,50}").prop_map(|(sheet, lines, axis_title, months_title)| {
            let of = |(name, emphasised, points): (String, bool, std::collections::BTreeMap<u8, f64>)| {
                let points = points.into_iter().map(|(month, value)| ErrorPoint { month, value }).collect();
                ErrorLine { name, emphasised, points }
            };
            Parts::Error(ErrorParts {
                sheet,
                axis_title,
                months_title,
                lines: lines.into_iter().map(of).collect(),
            })
        });
    let years = prop::collection::btree_map(1980..2060_i32, (share(), share()), 1..40);
    let covers =
        (any_sheet(), years, prop::collection::vec(".{0,50}", 4)).prop_map(|(sheet, years, words)| {
            let [axis_title, remark, label80, label95] = <[String; 4]>::try_from(words).unwrap();
            let years = years.into_iter().map(|(y, (a, b))| year(y, a, b)).collect();
            Parts::Cover(CoverParts { sheet, axis_title, remark, label80, label95, years })
        });
    prop_oneof![chances, errors, covers]
}

proptest! {
    #[test]
    fn any_valid_spec_is_drawn_well(mut parts in any_parts()) {
        let svg = parts.clone().draw();
        let (width, height) = (parts.sheet().width, parts.sheet().height);
        prop_assert_eq!(support::check(&svg, width, height), Ok(()));
        prop_assert_eq!(parts.draw(), svg);
    }
}
