//! The panel of the city: four ledgers, and the city's FAI by composition and sector.

use crate::dice::Dice;
use crate::ledger::{JULY, PERIODS, Path, Rules, Series, THIS_YEAR, Unit, simulate};

/// The city.
pub(crate) const CITY: &str = "吴忠市";
/// The district that holds the park.
const LITONG: &str = "利通区";
/// The park, whose figures are part of its district's.
const JINJI: &str = "金积工业园区";

/// The key projects' plan of each year from 2018 on, 亿元; the last is the plan file's `of`.
pub(crate) const WORKS_PLAN: [f64; 6] = [262.0, 275.0, 288.0, 312.0, 338.0, 360.0];

/// Names, year bases of 2023 in 亿元, noise, and growth through July 2023. The first two make up Litong.
const FAI: [Unit; 7] = [
    Unit { name: LITONG, size: 50.0, volatility: 0.85, july: 0.162 },
    Unit { name: JINJI, size: 45.0, volatility: 1.05, july: 0.126 },
    Unit { name: "红寺堡区", size: 50.0, volatility: 1.10, july: 0.148 },
    Unit { name: "青铜峡市", size: 75.0, volatility: 0.90, july: 0.038 },
    Unit { name: "盐池县", size: 70.0, volatility: 0.95, july: 0.190 },
    Unit { name: "同心县", size: 60.0, volatility: 1.00, july: 0.076 },
    Unit { name: "太阳山开发区", size: 40.0, volatility: 1.35, july: 0.012 },
];

const FAI_RULES: Rules = Rules {
    first: 2012,
    season: [0.048, 0.115, 0.195, 0.292, 0.430, 0.545, 0.645, 0.750, 0.842, 0.922, 1.0],
    month_noise: (0.085, 0.020),
    tilt: (0.025, 0.010),
    growth: &[0.18, 0.14, 0.16, 0.09, 0.03, -0.09, 0.01, 0.04, 0.10, 0.12],
    own_growth: 0.090,
    revision: Some(&[-0.005, -0.010, -0.010, -0.015, -0.030, -0.080, -0.065, -0.015, -0.025, -0.010, -0.030]),
    reserve: (0.0534, 0.20),
    reserve_july: -0.040,
};

/// Totals of 2022 in 亿元; growth through July 2023.
const ATTRACTION: [Unit; 7] = [
    Unit { name: LITONG, size: 46.0, volatility: 0.9, july: 0.13 },
    Unit { name: JINJI, size: 48.0, volatility: 1.0, july: 0.16 },
    Unit { name: "红寺堡区", size: 42.0, volatility: 1.1, july: 0.10 },
    Unit { name: "青铜峡市", size: 72.0, volatility: 0.9, july: 0.06 },
    Unit { name: "盐池县", size: 68.0, volatility: 1.0, july: 0.19 },
    Unit { name: "同心县", size: 55.0, volatility: 1.0, july: 0.09 },
    Unit { name: "太阳山开发区", size: 34.0, volatility: 1.3, july: 0.04 },
];

const ATTRACTION_RULES: Rules = Rules {
    first: 2016,
    season: [0.058, 0.138, 0.222, 0.325, 0.462, 0.556, 0.648, 0.747, 0.832, 0.916, 1.0],
    month_noise: (0.10, 0.03),
    tilt: (0.03, 0.02),
    growth: &[0.09, 0.05, 0.07, 0.06, 0.17, 0.12],
    own_growth: 0.05,
    revision: None,
    reserve: (0.0395, 0.15),
    reserve_july: 0.05,
};

/// Totals of 2022 in 亿元; growth through July 2023. The park wins no funds of its own.
const GRANTED: [Unit; 6] = [
    Unit { name: LITONG, size: 12.0, volatility: 1.0, july: 0.10 },
    Unit { name: "红寺堡区", size: 9.0, volatility: 1.0, july: 0.14 },
    Unit { name: "青铜峡市", size: 8.0, volatility: 1.0, july: -0.03 },
    Unit { name: "盐池县", size: 10.0, volatility: 1.0, july: 0.12 },
    Unit { name: "同心县", size: 14.0, volatility: 1.0, july: 0.07 },
    Unit { name: "太阳山开发区", size: 3.0, volatility: 1.5, july: -0.08 },
];

const GRANTED_RULES: Rules = Rules {
    first: 2019,
    season: [0.115, 0.205, 0.290, 0.410, 0.590, 0.675, 0.765, 0.850, 0.912, 0.960, 1.0],
    month_noise: (0.16, 0.05),
    tilt: (0.05, 0.03),
    growth: &[0.09, 0.06, 0.05],
    own_growth: 0.08,
    revision: None,
    reserve: (0.11, 0.15),
    reserve_july: 0.03,
};

/// A category of the city's FAI: share of the total in 2017 and 2023, and the factors on its flow in the
/// double period of January–February and in November and December.
struct Category(&'static str, f64, f64, [f64; 3]);

const COMPOSITION: [Category; 3] = [
    Category("construction-installation", 0.660, 0.610, [0.72, 0.90, 0.74]),
    Category("equipment", 0.215, 0.275, [1.35, 1.15, 1.55]),
    Category("other", 0.125, 0.115, [1.60, 1.10, 1.20]),
];

/// `industry` is the sum of the first three; the last is never printed.
const SECTORS: [Category; 7] = [
    Category("power", 0.165, 0.265, [0.75, 1.10, 1.25]),
    Category("manufacturing", 0.230, 0.215, [1.05, 1.00, 1.05]),
    Category("mining and other industry", 0.060, 0.055, [1.00, 1.00, 1.00]),
    Category("transport", 0.110, 0.080, [0.60, 0.85, 0.60]),
    Category("water", 0.055, 0.070, [0.60, 0.85, 0.60]),
    Category("real_estate", 0.190, 0.105, [1.25, 1.00, 0.85]),
    Category("rest", 0.190, 0.210, [1.00, 0.95, 0.90]),
];

/// First year of the city's FAI by composition and sector.
const SPLIT_FROM: i32 = 2018;

/// The columns, in the tidy form's names.
pub(crate) const HEADER: [&str; 10] =
    ["region", "parent", "ledger", "year", "month", "ytd", "growth", "sector", "composition", "unit"];

/// One row, as text.
pub(crate) type Row = [String; 10];

/// What the rows of a series share.
#[derive(Clone, Copy)]
struct Label {
    region: &'static str,
    parent: &'static str,
    ledger: &'static str,
    sector: &'static str,
    composition: &'static str,
}

/// All rows of the panel.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut dice = Dice::new(18);
    let fai = districts(&FAI_RULES, &FAI, &mut dice);
    for (region, series) in &fai {
        write(&mut rows, label(region, "fai"), series, 2013, true);
    }
    let mut dice = Dice::new(2);
    let city = &fai[0].1;
    for (category, series) in split(city, &COMPOSITION, &mut dice) {
        write(&mut rows, Label { composition: category, ..label(CITY, "fai") }, &series, SPLIT_FROM, true);
    }
    let sectors = split(city, &SECTORS, &mut dice);
    let industry = Series::sum(&[&sectors[0].1, &sectors[1].1, &sectors[2].1]);
    write(&mut rows, Label { sector: "industry", ..label(CITY, "fai") }, &industry, SPLIT_FROM, true);
    for (i, (category, series)) in sectors.iter().enumerate() {
        if i != 2 && i != 6 {
            write(&mut rows, Label { sector: category, ..label(CITY, "fai") }, series, SPLIT_FROM, true);
        }
    }
    write(&mut rows, label(CITY, "works"), &works(&mut Dice::new(321)), SPLIT_FROM, false);
    for (region, series) in districts(&ATTRACTION_RULES, &ATTRACTION, &mut Dice::new(4)) {
        write(&mut rows, label(region, "attraction"), &series, ATTRACTION_RULES.first, false);
    }
    for (region, series) in districts(&GRANTED_RULES, &GRANTED, &mut Dice::new(5)) {
        write(&mut rows, label(region, "granted"), &series, GRANTED_RULES.first, false);
    }
    rows
}

fn label(region: &'static str, ledger: &'static str) -> Label {
    let parent = match region {
        CITY => "",
        JINJI => LITONG,
        _ => CITY,
    };
    Label { region, parent, ledger, sector: "", composition: "" }
}

/// The city first, then its districts, the park last.
fn districts(rules: &Rules, units: &[Unit], dice: &mut Dice) -> Vec<(&'static str, Series)> {
    let drawn = simulate(rules, units, dice);
    let mut out = vec![(CITY, Series::sum(&drawn.iter().collect::<Vec<_>>()))];
    let park = units.iter().position(|unit| unit.name == JINJI);
    for (i, unit) in units.iter().enumerate().filter(|(i, _)| Some(*i) != park) {
        let whole = match park {
            Some(park) if unit.name == LITONG => Series::sum(&[&drawn[i], &drawn[park]]),
            _ => drawn[i].clone(),
        };
        out.push((unit.name, whole));
    }
    if let Some(park) = park {
        out.push((JINJI, drawn[park].clone()));
    }
    out
}

/// Divides the city's flows among categories, so that they add up in every period.
fn split(city: &Series, categories: &[Category], dice: &mut Dice) -> Vec<(&'static str, Series)> {
    let first = SPLIT_FROM - 1;
    let mut parts: Vec<Series> =
        categories.iter().map(|_| Series { first, ytd: Vec::new(), base: Vec::new() }).collect();
    for year in first..=THIS_YEAR {
        let along = f64::from(year - first) / f64::from(THIS_YEAR - first);
        let of_year: Vec<f64> = categories
            .iter()
            .map(|c| (c.1 + (c.2 - c.1) * along) * libm::exp(0.04 * dice.normal()))
            .collect();
        let mut sums = vec![0.0; categories.len()];
        let mut paths = vec![[0.0; PERIODS]; categories.len()];
        let mut before = 0.0;
        for (p, ytd) in city.ytd(year).iter().enumerate() {
            let flow = ytd - before;
            before = *ytd;
            let weights: Vec<f64> = categories
                .iter()
                .zip(&of_year)
                .map(|(c, share)| {
                    let season = match p {
                        0 => c.3[0],
                        9 => c.3[1],
                        10 => c.3[2],
                        _ => 1.0,
                    };
                    share * season * libm::exp(0.08 * dice.normal())
                })
                .collect();
            let total: f64 = weights.iter().sum();
            for (k, weight) in weights.iter().enumerate() {
                sums[k] += flow * weight / total;
                paths[k][p] = sums[k];
            }
        }
        for (part, path) in parts.iter_mut().zip(paths) {
            let base = match part.ytd.last() {
                // Every category's base is revised as the city's is, so that bases add up too.
                Some(last) => std::array::from_fn(|p| last[p] * city.base(year)[p] / city.ytd(year - 1)[p]),
                None => [0.0; PERIODS],
            };
            part.ytd.push(path);
            part.base.push(base);
        }
    }
    categories.iter().map(|c| c.0).zip(parts).collect()
}

/// The key projects' completed investment: a share of the year's plan, S-shaped.
fn works(dice: &mut Dice) -> Series {
    const SEASON: Path = [0.034, 0.079, 0.158, 0.272, 0.422, 0.552, 0.672, 0.782, 0.868, 0.940, 1.0];
    const COMPLETED: [f64; 5] = [0.962, 1.008, 1.036, 1.021, 0.984];
    const COMPLETED_BY_JULY: f64 = 0.578;
    let ytd = WORKS_PLAN
        .iter()
        .enumerate()
        .map(|(y, plan)| {
            let tilt = 0.03 * dice.normal();
            let (mut before, mut done) = (0.0, 0.0);
            let sums: Path = std::array::from_fn(|p| {
                let position = (p as f64 - JULY as f64) / JULY as f64;
                done += (SEASON[p] - before) * libm::exp(0.07 * dice.normal() + tilt * position);
                before = SEASON[p];
                done
            });
            let completed = match COMPLETED.get(y) {
                Some(completed) => completed / done,
                None => COMPLETED_BY_JULY / sums[JULY],
            };
            sums.map(|sum| sum * completed * plan)
        })
        .collect();
    Series { first: SPLIT_FROM, ytd, base: vec![[0.0; PERIODS]; WORKS_PLAN.len()] }
}

fn write(rows: &mut Vec<Row>, label: Label, series: &Series, from: i32, with_growth: bool) {
    for year in from..=THIS_YEAR {
        for (p, (ytd, base)) in series.ytd(year).iter().zip(series.base(year)).enumerate() {
            let growth = if with_growth { one_decimal((ytd / base - 1.0) * 100.0) } else { String::new() };
            rows.push([
                label.region.into(),
                label.parent.into(),
                label.ledger.into(),
                year.to_string(),
                (p + 2).to_string(),
                format!("{ytd:.2}"),
                growth,
                label.sector.into(),
                label.composition.into(),
                "亿元".into(),
            ]);
        }
    }
}

/// Percent with one decimal, without a minus before zero.
fn one_decimal(x: f64) -> String {
    let text = format!("{x:.1}");
    if text == "-0.0" { "0.0".into() } else { text }
}
