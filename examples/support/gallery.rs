//! Every kind of chart on cases that are hard to draw: what the gallery shows and what its test holds.

use landfall::backtest::{Backtest, Trial};
use landfall::case::{Answer, Case, ChartKind, DrawError, Look, Options, Pictured, Question, Scored, Source};
use landfall::chart::Chart;
use landfall::chart::theme::Theme;
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::scenario::{Baseline, LeverId, Scenario, Setting};
use std::error::Error;
use std::fmt::Write;

/// One picture.
pub(crate) struct Cell {
    /// Kind, case, language, theme and size.
    pub(crate) name: String,
    /// The kind's name.
    pub(crate) kind: &'static str,
    /// What it shows, or why there is nothing.
    pub(crate) chart: Result<Chart, String>,
    /// The picture.
    pub(crate) svg: Result<String, String>,
}

const KINDS: [&str; 14] = [
    "fan",
    "growth-fan",
    "ranking",
    "bullet",
    "waterfall",
    "tornado",
    "multiples",
    "need",
    "scurve",
    "funnel",
    "tiles",
    "reliability",
    "error",
    "cover",
];

/// Slide, half slide, square, column.
const SIZES: [(&str, u32, u32); 4] =
    [("slide", 1280, 720), ("half", 640, 720), ("square", 720, 720), ("column", 360, 640)];

/// A case with what every kind needs.
struct Ready {
    name: &'static str,
    case: Case,
    region: String,
    baseline: Baseline,
    answer: Answer,
    scenario: Scenario,
}

/// Draws every kind on every case in every size; languages and themes take turns, so that each kind is seen in all of them.
///
/// # Errors
/// Where a case cannot be loaded or asked.
pub(crate) fn draw() -> Result<Vec<Cell>, Box<dyn Error>> {
    let mut cells = Vec::new();
    for (at, ready) in cases()?.into_iter().enumerate() {
        let trial = Trial { cuts: vec![6, 9], years: 4, last: None, seed: 1 };
        let mut backtest = Backtest::plan(ready.case.cells(), Ledger::Fai, &trial)?;
        while backtest.step() {}
        for (k, kind) in KINDS.into_iter().enumerate() {
            for (s, (size, width, height)) in SIZES.into_iter().enumerate() {
                let turn = at + k + s;
                let lang = if (turn + at / 2) % 2 == 0 { Lang::Zh } else { Lang::En };
                let theme = [Theme::Light, Theme::Dark, Theme::Print][(turn + k / 3) % 3];
                let look = Look { lang, unit: None, theme, width, height, heading: true };
                let scored = Scored::new(&ready.case, Ledger::Fai, &backtest);
                let chart = match kind {
                    "reliability" => {
                        scored.reliability(&look).map(Chart::Reliability).map_err(|e| e.to_string())
                    }
                    "error" => scored.error(&look).map(Chart::Error).map_err(|e| e.to_string()),
                    "cover" => scored.cover(&look).map(Chart::Cover).map_err(|e| e.to_string()),
                    name => match ChartKind::parse(name) {
                        Ok(kind) => ready.chart(kind, &look).map_err(|e| e.to_string()),
                        Err(error) => Err(error.to_string()),
                    },
                };
                let svg = chart.clone().and_then(|c| c.svg().map_err(|e| e.to_string()));
                let theme = format!("{theme:?}").to_lowercase();
                let name = format!("{kind} {} {} {theme} {size}", ready.name, lang.pick("en", "zh"));
                cells.push(Cell { name, kind, chart, svg });
            }
        }
    }
    Ok(cells)
}

impl Ready {
    fn new(
        name: &'static str,
        case: Case,
        region: &str,
        settings: Vec<Setting>,
    ) -> Result<Self, Box<dyn Error>> {
        let answer = case.ask(&Question { every_month: true, ..Question::default() })?;
        let baseline = case.baseline(&answer, 4096)?;
        let mut scenario = Scenario::empty("抢抓进度", answer.as_of.year);
        scenario.settings = settings;
        Ok(Self { name, case, region: region.into(), baseline, answer, scenario })
    }

    /// The scenario is told where it is what the kind shows, or beside the year as it is; the others are of that year.
    fn chart(&self, kind: ChartKind, look: &Look) -> Result<Chart, DrawError> {
        let told = matches!(kind, ChartKind::GrowthFan | ChartKind::Waterfall);
        let of = Pictured {
            case: &self.case,
            answer: &self.answer,
            baseline: Some(&self.baseline),
            scenario: told.then_some(&self.scenario),
            shared: None,
            region: &self.region,
            ledger: Ledger::Fai,
        };
        Ok(of.chart(kind, look)?.0)
    }
}

/// A panel made by a rule, without chance.
struct Made {
    regions: Vec<String>,
    /// Growth over the year of each region, by its position.
    growth: fn(usize) -> f64,
    target: Option<f64>,
    /// Whether amounts are published.
    amounts: bool,
    /// Months that are missing in the last year.
    missing: &'static [u8],
    through: u8,
    scale: f64,
}

fn cases() -> Result<Vec<Ready>, Box<dyn Error>> {
    let usual = || vec![Setting::new(LeverId::Pace, 1.06), Setting::new(LeverId::Base, -1.0)];
    let names = |count: usize| (1..=count).map(|i| format!("第{i}县")).collect::<Vec<_>>();
    let plain = |count: usize| Made {
        regions: names(count),
        growth: |at| 4.0 + (at * 7 % 13) as f64,
        target: Some(10.0),
        amounts: true,
        missing: &[],
        through: 7,
        scale: 40.0,
    };
    let mut sample = usual();
    sample.push(Setting::new(LeverId::Activate, 100.0));
    sample.push(Setting::new(LeverId::Approvals, 50.0));
    sample.push(Setting::new(LeverId::SectorShock, -10.0));
    let long = vec![
        "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒经济技术开发区".to_owned(),
        "Taiyangshan Economic and Technological Development Zone of Wuzhong".to_owned(),
        "<b>\"利通\"&amp;区</b>".to_owned(),
        "A".to_owned(),
    ];
    Ok(vec![
        Ready::new("sample", Case::sample("wuzhong-2023")?, "吴忠市", sample)?,
        plain(1).ready("one region", usual())?,
        plain(60).ready("60 regions", usual())?,
        Made { regions: long, ..plain(0) }.ready("long names", usual())?,
        Made { growth: |at| -35.0 + (at * 11 % 17) as f64, ..plain(6) }.ready("negative growth", usual())?,
        Made { target: Some(90.0), scale: 1.0e6, ..plain(6) }.ready("target out of view", usual())?,
        Made { missing: &[3, 5], through: 6, ..plain(6) }.ready("missing months", usual())?,
        Made { amounts: false, ..plain(6) }.ready("growth only", usual())?,
        Made { target: None, through: 10, ..plain(6) }.ready("no target", usual())?,
    ])
}

impl Made {
    fn ready(&self, name: &'static str, settings: Vec<Setting>) -> Result<Ready, Box<dyn Error>> {
        let (panel, plan) = (self.panel()?, self.plan()?);
        let source = |name, text| Source { name, text };
        let plan = Some(source("plan.toml", plan.as_str()));
        let case = Case::load(source("panel.csv", &panel), plan, &Options::default())?;
        let region = if self.regions.len() == 1 || !self.amounts { &self.regions[0] } else { "全市" };
        Ready::new(name, case, region, settings)
    }

    /// Eight years and the months of a ninth.
    fn panel(&self) -> Result<String, std::fmt::Error> {
        const SHARES: [f64; 12] = [0.0, 0.047, 0.131, 0.2, 0.285, 0.395, 0.525, 0.63, 0.73, 0.83, 0.92, 1.0];
        let mut out = String::from("region,parent,year,month,ytd,growth,unit\n");
        let mut write = |name: &str, parent: &str, cells: &dyn Fn(i32, u8) -> (f64, f64)| {
            for year in 2015..=2023 {
                let last = if year == 2023 { self.through } else { 12 };
                for month in (2..=last).filter(|m| year < 2023 || !self.missing.contains(m)) {
                    let (ytd, growth) = cells(year, month);
                    let ytd = if self.amounts { format!("{ytd:.2}") } else { String::new() };
                    let name = name.replace('"', "\"\"");
                    writeln!(out, "\"{name}\",{parent},{year},{month},{ytd},{growth:.1},亿元")?;
                }
            }
            Ok::<(), std::fmt::Error>(())
        };
        let of = |at: usize, year: i32, month: u8| {
            let wave = |year: i32| ((year * 5 + at as i32 * 3) % 7) as f64 - 3.0;
            let level = |year: i32| {
                (2015..=year).fold(self.scale * (1.0 + (at % 5) as f64), |level, y| {
                    let growth = if y == 2023 { (self.growth)(at) } else { 6.0 + 0.8 * wave(y) };
                    level * (1.0 + growth / 100.0)
                })
            };
            let tilt = 1.0 + 0.004 * wave(year) * (12.0 - f64::from(month));
            level(year) * SHARES[usize::from(month) - 1] * tilt
        };
        let single = self.regions.len() == 1;
        let growth = |now: f64, before: f64| (now / before - 1.0) * 100.0;
        if !single && self.amounts {
            let sum = |year, month| (0..self.regions.len()).map(|at| of(at, year, month)).sum::<f64>();
            write("全市", "", &|year, month| {
                (sum(year, month), growth(sum(year, month), sum(year - 1, month)))
            })?;
        }
        let parent = if single || !self.amounts { "" } else { "全市" };
        for (at, name) in self.regions.iter().enumerate() {
            write(name, parent, &|year, month| {
                (of(at, year, month), growth(of(at, year, month), of(at, year - 1, month)))
            })?;
        }
        Ok(out)
    }

    fn plan(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::from(
            "year = 2023\ntitle = \"示例\"\nsource = \"图库\"\n[light]\nrule = \"probability\"\n",
        );
        let city = (self.regions.len() > 1 && self.amounts).then(|| "全市".to_owned());
        for (at, name) in city.iter().chain(&self.regions).enumerate() {
            let Some(target) = self.target else { continue };
            let value = target + (at % 3) as f64;
            write!(
                out,
                "[[target]]\nregion = '''{name}'''\nledger = \"fai\"\nmonth = 12\nkind = \"growth\"\nvalue = {value:.1}\n"
            )?;
        }
        Ok(out)
    }
}
