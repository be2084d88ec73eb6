//! The fan chart: SVG held to golden files, and properties over any valid spec.
//!
//! `LANDFALL_BLESS=1 cargo test --test chart_fan` rewrites the golden files; look at them before committing.

// clippy.toml allows it in tests only, not in what they share.
#![allow(clippy::unwrap_used)]

mod support;

use landfall::chart::fan;
use landfall::chart::spec::{
    At, FanParts, FanPoint, FanSpec, Labels, Landing, Light, Quantiles, Quantity, Remark, Status, Target, Was,
};
use landfall::chart::theme::Theme;
use landfall::error::Lang;
use proptest::prelude::*;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Share of the year done by the end of each month, Jan–Dec.
const SHARES: [f64; 12] = [0.02, 0.047, 0.131, 0.2, 0.285, 0.395, 0.525, 0.63, 0.73, 0.83, 0.92, 1.0];

fn quantiles(q50: f64, half: f64) -> Quantiles {
    Quantiles { q10: q50 - half, q25: q50 - 0.53 * half, q50, q75: q50 + 0.53 * half, q90: q50 + half }
}

/// A city like Wuzhong's in 2023, known through a month.
fn city(through: u8, lang: Lang, theme: Theme) -> FanParts {
    let (base, target, median) = (412.0, 457.3, 452.8);
    let upto = |month: u8, total: f64| total * SHARES[usize::from(month) - 1];
    let actual: Vec<At> = (2..=through)
        .map(|month| At { month, value: upto(month, if month == 12 { median } else { 455.0 }) })
        .collect();
    let from = actual.last().map_or(0.0, |at| at.value);
    let fan = (through.max(1)..=12)
        .map(|month| {
            let left = f64::from(month - through) / f64::from((12 - through).max(1));
            let middle = if month == through { from } else { upto(month, median) };
            FanPoint { month, quantiles: quantiles(middle, if month == through { 0.0 } else { 12.8 * left }) }
        })
        .collect();
    let say = |en: &str, zh: &str| lang.pick(en, zh).to_owned();
    FanParts {
        title: say(
            "Wuzhong: more likely to miss, about 6 in 20 reach 11%",
            "全市：多半差一点，20次中约6次能达到11%",
        ),
        subtitle: say(
            "Cumulative fixed-asset investment, 100 million CNY; comparable base 412.0",
            "吴忠市固定资产投资累计，亿元；可比基数412.0亿元",
        ),
        description: say(
            "January–July 238.9; the year is expected at 452.8, growth 9.9%; target 11%.",
            "1–7月累计238.9亿元；全年预计452.8亿元，增长9.9%，80%区间6.8%–13.0%；目标11%。",
        ),
        axis_title: say("Cumulative, 100 million CNY", "累计，亿元"),
        lang,
        theme,
        fan,
        pace: Some((1..=12).map(|month| At { month, value: target * f64::from(month) / 12.0 }).collect()),
        seasonal: Some((2..=12).map(|month| At { month, value: upto(month, target) }).collect()),
        target: Some(Target { value: target, label: say("Target 457.3", "目标 457.3"), bracket: None }),
        landing: Some(Landing {
            growth: Quantiles { q10: 6.8, q25: 8.3, q50: 9.9, q75: 11.5, q90: 13.0 },
            target: (target / base - 1.0) * 100.0,
            target_label: say("Target 11%", "目标 11%"),
            bracket: Some((10.0, 12.0)),
            dots_filled: 6,
            title: say("December magnified: growth, %; a dot is 5%", "12月落点：同比，%；每点5%"),
            filled_label: say("6 reach it", "6个点达到"),
            unfilled_label: say("14 do not", "14个点未达到"),
        }),
        labels: Labels {
            through: match actual.last() {
                Some(at) => say(
                    &format!("Jan–{} {:.1}", MONTHS[usize::from(at.month) - 1], at.value),
                    &format!("1–{}月 {:.1}", at.month, at.value),
                ),
                None => String::new(),
            },
            median: if through == 12 { String::new() } else { say("Median 452.8", "预计 452.8") },
            pace: say("Pace line", "序时进度"),
            seasonal: say("Seasonal", "季节进度"),
            bands: say("Bands: 8 times in 10, dark 5", "色带：10次约8次，深色约5次"),
            gaps: vec![
                Remark {
                    text: say("Behind the pace line by", "7月比序时进度少"), figure: "27.9".into()
                },
                Remark {
                    text: say("Behind the season only by", "比季节进度只少"), figure: "0.9".into()
                },
            ],
        },
        ticks: vec![2, 4, 10, 12],
        actual,
        ..FanParts::default()
    }
}

/// The same year as growth: its own chart, with its own axis.
fn growth(lang: Lang, theme: Theme) -> FanParts {
    let line = [15.2, 14.0, 12.9, 12.1, 11.2, 10.6];
    let actual: Vec<At> = (2..=7).zip(line).map(|(month, value)| At { month, value }).collect();
    let fan = (7..=12)
        .map(|month| {
            let left = f64::from(month - 7) / 5.0;
            FanPoint { month, quantiles: quantiles(10.6 - 0.7 * left, 3.1 * left.sqrt()) }
        })
        .collect();
    let city = city(7, lang, theme);
    FanParts {
        quantity: Quantity::Growth,
        axis_title: lang.pick("Growth of the cumulative amount, %", "累计同比，%").into(),
        actual,
        fan,
        pace: None,
        seasonal: None,
        target: Some(Target {
            value: 11.0,
            label: lang.pick("Target 11%", "目标 11%").into(),
            bracket: Some((10.0, 12.0)),
        }),
        landing: None,
        labels: Labels {
            through: lang.pick("Jan–Jul 10.6%", "1–7月 10.6%").into(),
            median: lang.pick("Median 9.9%", "预计 9.9%").into(),
            gaps: Vec::new(),
            ..city.labels.clone()
        },
        ..city
    }
}

/// On a slide: with title, light and source.
fn slide(parts: FanParts) -> FanParts {
    let say = |en: &str, zh: &str| parts.lang.pick(en, zh).to_owned();
    FanParts {
        heading: true,
        width: 1280,
        height: 720,
        status: Some(Status {
            light: Light::Red,
            text: say("At risk: about a 30% chance", "风险：达标概率约30%"),
        }),
        footer: say(
            "Source: targets from the city's plan of 2023-08-08; monthly figures illustrative, through July",
            "来源：目标为吴忠市2023年计划（2023-08-08）；月度为示意数据，截至7月",
        ),
        mark: say("Illustrative · Landfall", "示意数据 · Landfall 全年落点"),
        ..parts
    }
}

fn sized(parts: FanParts, width: u32, height: u32) -> FanParts {
    FanParts { width, height, ..parts }
}

fn with_target(mut parts: FanParts, value: f64, target_growth: f64, dots: u8) -> FanParts {
    let label = parts.lang.pick("Target", "目标");
    parts.target = Some(Target { value, label: format!("{label} {value:.1}"), bracket: None });
    if let Some(landing) = &mut parts.landing {
        landing.target = target_growth;
        landing.target_label = format!("{label} {target_growth}%").replace('-', "−");
        landing.bracket = None;
        landing.dots_filled = dots;
    }
    parts
}

/// A region whose names are 200 characters of markup.
fn nasty(lang: Lang) -> FanParts {
    let long = "<b onload=\"x\">'太阳山&amp;\u{0}\u{8}]]>".repeat(8);
    let mut parts = slide(city(7, lang, Theme::Light));
    let labels = &mut parts.labels;
    for text in
        [&mut labels.through, &mut labels.median, &mut labels.pace, &mut labels.seasonal, &mut labels.bands]
    {
        *text = long.clone();
    }
    labels.gaps = vec![Remark { text: long.clone(), figure: "1".into() }; 3];
    for text in [
        &mut parts.title,
        &mut parts.subtitle,
        &mut parts.description,
        &mut parts.axis_title,
        &mut parts.footer,
        &mut parts.mark,
    ] {
        *text = long.clone();
    }
    if let Some(target) = &mut parts.target {
        target.label = long.clone();
    }
    if let Some(landing) = &mut parts.landing {
        for text in [
            &mut landing.target_label,
            &mut landing.title,
            &mut landing.filled_label,
            &mut landing.unfilled_label,
        ] {
            *text = long.clone();
        }
    }
    parts.status = Some(Status { light: Light::Yellow, text: long });
    parts
}

/// The same under a scenario, `pp` points above the baseline.
fn moved(mut parts: FanParts, pp: f64) -> FanParts {
    let label = if parts.lang == Lang::Zh { "照常" } else { "Baseline" };
    let growth = parts.landing.as_ref().map(|landing| landing.growth.q50 - pp);
    let by = |at: &FanPoint| if at.month == 12 { 4.12 * pp } else { 0.0 };
    let median =
        parts.fan.iter().map(|at| At { month: at.month, value: at.quantiles.q50 - by(at) }).collect();
    parts.was = Some(Was { median, growth, label: label.into() });
    parts
}

/// Every chart that is looked at, by the name of its golden file.
fn gallery() -> Vec<(&'static str, FanParts)> {
    let (zh, en) = (Lang::Zh, Lang::En);
    let mut flat = city(7, zh, Theme::Light);
    for (i, point) in flat.fan.iter_mut().enumerate().skip(1) {
        point.quantiles = quantiles(point.quantiles.q50, 0.01 * i as f64);
    }
    flat.landing.as_mut().unwrap().growth = quantiles(9.9, 0.02);
    let mut falling = growth(en, Theme::Light);
    falling.actual.iter_mut().for_each(|at| at.value -= 24.0);
    for point in &mut falling.fan {
        let q = &mut point.quantiles;
        [&mut q.q10, &mut q.q25, &mut q.q50, &mut q.q75, &mut q.q90].into_iter().for_each(|v| *v -= 24.0);
    }
    falling.labels.through = "Jan–Jul −13.4%".into();
    falling.labels.median = "Median −14.1%".into();
    let mut unknown = city(0, zh, Theme::Light);
    unknown.labels.gaps.clear();
    vec![
        ("fan-zh-light", city(7, zh, Theme::Light)),
        ("fan-zh-dark", city(7, zh, Theme::Dark)),
        ("fan-en-light", city(7, en, Theme::Light)),
        ("fan-en-narrow", sized(city(7, en, Theme::Light), 326, 440)),
        ("fan-zh-narrow", sized(city(7, zh, Theme::Dark), 326, 440)),
        ("fan-zh-small", sized(city(7, zh, Theme::Light), 326, 230)),
        ("fan-zh-slide", slide(city(7, zh, Theme::Light))),
        ("fan-en-slide-dark", slide(city(7, en, Theme::Dark))),
        ("fan-en-print", sized(slide(city(9, en, Theme::Print)), 720, 480)),
        ("fan-zh-wide-alone", sized(FanParts { landing: None, ..city(7, zh, Theme::Light) }, 900, 366)),
        ("growth-zh-light", growth(zh, Theme::Light)),
        ("growth-en-slide", slide(growth(en, Theme::Light))),
        ("growth-en-falling", sized(falling, 326, 300)),
        ("fan-zh-02", city(2, zh, Theme::Light)),
        ("fan-en-11", city(11, en, Theme::Light)),
        ("fan-zh-12", FanParts { landing: None, ..city(12, zh, Theme::Light) }),
        ("fan-zh-00", unknown),
        ("fan-zh-flat", flat),
        ("fan-en-target-above", with_target(city(7, en, Theme::Light), 1500.0, 264.0, 0)),
        ("fan-zh-target-below", with_target(city(7, zh, Theme::Light), 320.0, -22.0, 20)),
        ("fan-en-nasty", nasty(en)),
        ("fan-zh-scenario", moved(city(7, zh, Theme::Light), 2.6)),
        ("fan-en-scenario-dark", moved(city(7, en, Theme::Dark), -5.0)),
        ("fan-zh-scenario-narrow", sized(moved(city(7, zh, Theme::Light), 3.1), 326, 440)),
        ("growth-en-scenario", moved(growth(en, Theme::Light), 1.0)),
    ]
}

fn draw(parts: FanParts) -> String {
    fan(&FanSpec::new(parts).unwrap()).unwrap()
}

#[test]
fn golden() {
    let drawn = gallery().into_iter().map(|(name, parts)| (name, draw(parts)));
    support::golden(drawn, "chart_fan");
}

/// What every chart must keep, at the spec's size.
fn check(svg: &str, parts: &FanParts) -> Result<(), String> {
    support::check(svg, parts.width, parts.height)
}

#[test]
fn labels_are_inside_and_apart_over_the_gallery_at_every_width() {
    let mut failures = Vec::new();
    for (name, parts) in gallery() {
        for (width, height) in support::SIZES {
            let parts = sized(parts.clone(), width, height);
            if parts.heading && height < 300 {
                continue;
            }
            if let Err(why) = check(&draw(parts.clone()), &parts) {
                failures.push(format!(
                    "{name} at {width} × {height}: {}",
                    why.chars().take(300).collect::<String>()
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} charts:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn what_must_be_said_is_said() {
    for (name, parts) in gallery() {
        let svg = draw(parts.clone());
        if name == "fan-en-nasty" {
            assert!(!svg.contains("<b") && !svg.contains('\u{0}'));
            continue;
        }
        let target = parts.target.iter().map(|target| target.label.clone());
        let labels = [parts.labels.through, parts.labels.median, parts.axis_title];
        for label in labels.into_iter().chain(target).filter(|label| !label.is_empty()) {
            assert!(svg.contains(&format!(">{label}<")), "{label:?} is missing from {name}");
        }
    }
}

#[test]
fn dots_are_drawn_twenty_of_which_as_many_filled_as_told() {
    let dots =
        |svg: &str, fill: &str| svg.lines().filter(|l| l.starts_with("<circle") && l.contains(fill)).count();
    for filled in 0..=20_u8 {
        let svg = draw(with_target(city(7, Lang::Zh, Theme::Light), 457.3, 11.0, filled));
        assert_eq!(dots(&svg, "fill=\"#12436d\""), usize::from(filled));
        assert_eq!(dots(&svg, "fill=\"none\""), 20 - usize::from(filled));
    }
}

prop_compose! {
    fn any_quantiles(size: f64)(mut v in prop::array::uniform5(-size..size)) -> Quantiles {
        v.sort_by(f64::total_cmp);
        Quantiles { q10: v[0], q25: v[1], q50: v[2], q75: v[3], q90: v[4] }
    }
}

prop_compose! {
    fn any_spec()(size in prop::sample::select(vec![1e-9, 1.0, 500.0, 3e5, 1e14]))(
        (width, height) in (280_u32..1400, 240_u32..900),
        through in 0_u8..=12,
        values in prop::collection::vec(-0.1 * size..size, 12),
        fans in prop::collection::vec(any_quantiles(size), 12),
        target in prop::option::of((-3.0 * size..3.0 * size, ".{0,40}")),
        landing in prop::option::of((any_quantiles(60.0), -200.0..200.0_f64, 0_u8..=20, ".{0,30}")),
        words in prop::collection::vec(".{0,60}", 8),
        quantity in prop::sample::select(vec![Quantity::Amount, Quantity::Growth]),
        theme in prop::sample::select(vec![Theme::Light, Theme::Dark, Theme::Print]),
        heading in any::<bool>(),
        lines in any::<[bool; 2]>(),
        was in prop::option::of((-200.0..200.0_f64, ".{0,20}")),
    ) -> FanParts {
        let actual: Vec<At> = (1..=through).map(|month| At { month, value: values[usize::from(month) - 1] }).collect();
        let mut fan: Vec<FanPoint> = (through.max(1)..=12)
            .map(|month| FanPoint { month, quantiles: fans[usize::from(month) - 1] })
            .collect();
        if let (Some(first), Some(last)) = (fan.first_mut(), actual.last()) {
            first.quantiles = Quantiles::known(last.value);
        }
        let line = |on: bool, factor: f64| {
            on.then(|| (1..=12).map(|month| At { month, value: values[usize::from(month) - 1] * factor }).collect())
        };
        FanParts {
            title: words[0].clone(),
            subtitle: words[1].clone(),
            description: words[2].clone(),
            axis_title: words[3].clone(),
            footer: words[4].clone(),
            mark: words[5].clone(),
            heading: heading && height > 320,
            status: heading.then(|| Status { light: Light::Green, text: words[6].clone() }),
            labels: Labels {
                through: words[7].clone(),
                median: words[6].clone(),
                pace: words[5].clone(),
                seasonal: words[4].clone(),
                bands: words[3].clone(),
                gaps: vec![Remark { text: words[2].clone(), figure: "1.0".into() }],
            },
            pace: line(lines[0], 1.2),
            seasonal: line(lines[1], 0.9),
            target: target.map(|(value, label)| Target { value, label, bracket: Some((value, value)) }),
            landing: landing.map(|(growth, target, dots_filled, text)| Landing {
                growth,
                target,
                target_label: text.clone(),
                bracket: Some((target - 1.0, target + 1.0)),
                dots_filled,
                title: text.clone(),
                filled_label: text.clone(),
                unfilled_label: text,
            }),
            was: was.map(|(growth, label)| Was {
                median: fan.iter().map(|at| At { month: at.month, value: at.quantiles.q25 }).collect(),
                growth: Some(growth),
                label,
            }),
            width, height, theme, quantity, actual, fan,
            ..FanParts::default()
        }
    }
}

proptest! {
    #[test]
    fn any_valid_spec_is_drawn_well(parts in any_spec()) {
        let svg = draw(parts.clone());
        prop_assert_eq!(check(&svg, &parts), Ok(()));
        prop_assert_eq!(draw(parts), svg);
    }
}
