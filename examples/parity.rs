//! Writes what the native engine answers, for the built wasm to be held to: `cargo run --example parity -- OUT.json`.
//!
//! The file carries the questions too, so that both sides are asked the same; `www/tests-node/parity.test.mjs` reads it.

use landfall::calendar::YearMonth;
use landfall::case::{Case, FanMonth, Look, OutlookReport, Question, SEED, fan_months};
use landfall::chart;
use landfall::chart::spec::Quantity;
use landfall::chart::theme::Theme;
use landfall::error::Lang;
use landfall::ledger::Ledger;
use serde::Serialize;
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
            let spec = detailed.fan(&region, ledger, &Look { lang, theme, width, height, heading: false })?;
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
                months: fan_months(parts),
            });
        }
    }
    Ok(Entry { sample, as_of, seed, lang: name, report: answer.report(lang), draws, fans })
}
