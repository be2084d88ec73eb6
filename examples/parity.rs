//! Writes what the native engine answers, for the built wasm to be held to: `cargo run --example parity -- OUT.json`.
//!
//! The file carries the questions too, so that both sides are asked the same; `www/tests-node/parity.test.mjs` reads it.

use landfall::calendar::YearMonth;
use landfall::case::{
    Answer, BarReport, Case, FanMonth, LeastReport, LeverReport, Look, OutlookReport, Question, SEED,
    ScenarioReport, SeekReport, fan_months,
};
use landfall::chart;
use landfall::chart::spec::Quantity;
use landfall::chart::theme::Theme;
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::scenario::{Attribution, Goals, LeastStep, LeverId, Scenario, Setting};
use serde::Serialize;
use std::collections::BTreeMap;
use std::error::Error;

/// Samples, months, seeds: the year's start, middle and end, nothing left to guess, and years long past.
const ASKED: &[(&str, &str, u64)] = &[
    ("wuzhong-2023", "2023-02", SEED),
    ("wuzhong-2023", "2023-07", SEED),
    ("wuzhong-2023", "2023-07", 20_230_808),
    ("wuzhong-2023", "2023-11", 7),
    ("wuzhong-2023", "2023-12", SEED),
    ("national", "2015-09", SEED),
    ("national", "2023-09", 7),
    ("national", "2024-02", SEED),
    ("national", "2024-12", SEED),
];

/// Size and theme of each chart.
const LOOKS: &[(Theme, &str, u32, u32)] =
    &[(Theme::Light, "light", 676, 470), (Theme::Dark, "dark", 326, 440)];

#[derive(Serialize)]
struct Entry {
    sample: &'static str,
    as_of: &'static str,
    seed: u64,
    lang: &'static str,
    report: OutlookReport,
    draws: Vec<Draws>,
    fans: Vec<Fan>,
    scenarios: Vec<Asked>,
}

/// A scenario with everything that is asked about it.
#[derive(Serialize)]
struct Asked {
    /// The file's text.
    text: String,
    draws: usize,
    region: &'static str,
    report: ScenarioReport,
    levers: Vec<LeverReport>,
    seek: SeekReport,
    tornado: Vec<BarReport>,
    least: LeastReport,
}

/// The draws of one unit's year-end total; of its growth where no amount is known.
#[derive(Serialize)]
struct Draws {
    region: String,
    ledger: Ledger,
    values: Vec<f64>,
}

#[derive(Serialize)]
struct Fan {
    region: String,
    ledger: Ledger,
    theme: &'static str,
    width: u32,
    height: u32,
    svg: String,
    title: String,
    subtitle: String,
    description: String,
    quantity: Quantity,
    months: Vec<FanMonth>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("usage: cargo run --example parity -- OUT.json")?;
    let mut entries = Vec::new();
    for (index, (sample, as_of, seed)) in ASKED.iter().enumerate() {
        let (lang, name) = if index % 2 == 0 { (Lang::Zh, "zh") } else { (Lang::En, "en") };
        entries.push(entry(sample, as_of, *seed, lang, name)?);
    }
    std::fs::write(&out, serde_json::to_string(&entries)?)?;
    eprintln!("{} answers written to {out}", entries.len());
    Ok(())
}

fn entry(
    sample: &'static str,
    as_of: &'static str,
    seed: u64,
    lang: Lang,
    name: &'static str,
) -> Result<Entry, Box<dyn Error>> {
    let case = Case::sample(sample)?;
    let question = Question { as_of: Some(YearMonth::parse(as_of)?), seed, ..Question::default() };
    let answer = case.ask(&question)?;
    let mut draws = Vec::new();
    let mut fans = Vec::new();
    for answered in &answer.ledgers {
        let ledger = answered.panel.ledger();
        let detailed = case.ask(&Question { ledger: Some(ledger), every_month: true, ..question })?;
        // The first and the last of the units: the whole, and a part that was reconciled with it.
        let last = answered.outlook.units.len().saturating_sub(1);
        for (index, unit) in answered.outlook.units.iter().enumerate() {
            let region = unit.id();
            if index == 0 || index == last {
                let landing = unit.december().and_then(|d| d.total.as_ref().or(d.growth.as_ref()));
                let values = landing.map(|l| l.draws().to_vec()).unwrap_or_default();
                draws.push(Draws { region: region.clone(), ledger, values });
            }
            let (theme, theme_name, width, height) = LOOKS[index % LOOKS.len()];
            let spec = detailed.fan(
                &region,
                ledger,
                &Look { lang, unit: None, theme, width, height, heading: false },
            )?;
            let parts = spec.parts();
            fans.push(Fan {
                region,
                ledger,
                theme: theme_name,
                width,
                height,
                svg: chart::fan(&spec)?,
                title: parts.title.clone(),
                subtitle: parts.subtitle.clone(),
                description: parts.description.clone(),
                quantity: parts.quantity,
                months: fan_months(parts, 1.0),
            });
        }
    }
    let scenarios = if sample == "wuzhong-2023" && as_of == "2023-07" {
        asked(&case, &answer, lang)?
    } else {
        Vec::new()
    };
    Ok(Entry { sample, as_of, seed, lang: name, report: answer.report(lang), draws, fans, scenarios })
}

/// The sample's scenarios, in all draws and in fewer.
fn asked(case: &Case, answer: &Answer, lang: Lang) -> Result<Vec<Asked>, Box<dyn Error>> {
    const REGION: &str = "利通区";
    let files = [
        (include_str!("../seeds/wuzhong-2023/scenarios/push.toml"), 16_384),
        (include_str!("../seeds/wuzhong-2023/scenarios/headwind.toml"), 2_000),
    ];
    let mut out = Vec::new();
    for (text, draws) in files {
        let scenario = Scenario::parse(text, "scenario.toml").map_err(|found| format!("{found:?}"))?;
        let baseline = case.baseline(answer, draws)?;
        let mut attribution = Attribution::plan(&baseline, &scenario)?;
        while !attribution.step(&baseline) {}
        let shared = attribution.finish();
        let outcome = baseline.run(&scenario)?;
        let pace = Setting::new(LeverId::Pace, 1.0);
        let sought = baseline.seek(&scenario, &pace, REGION, Ledger::Fai, 0.8)?;
        let mut step = LeastStep::plan(&baseline, &scenario, &Goals::Every, 0.6, &BTreeMap::new())?;
        while !step.step(&baseline)? {}
        out.push(Asked {
            text: text.to_owned(),
            draws,
            region: REGION,
            report: ScenarioReport::new(answer, &baseline, &scenario, &outcome, shared.as_ref(), lang),
            levers: baseline.levers().iter().map(|l| LeverReport::new(l, lang)).collect(),
            seek: SeekReport::new(&sought, LeverId::Pace, REGION, Ledger::Fai, 0.8),
            tornado: baseline.tornado(REGION, Ledger::Fai)?.iter().map(BarReport::from).collect(),
            least: LeastReport::new(&step.finish(&baseline), 0.6, lang),
        });
    }
    Ok(out)
}
