//! What can be typed after `landfall`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use landfall::calendar::{Calendar, YearMonth};
use landfall::case::{SAMPLES, SEED};
use landfall::chart::theme::Theme;
use landfall::error::{Explain, Lang};
use landfall::forecast::Forecaster;
use landfall::ledger::Ledger;
use landfall::model::monthly::Method;
use landfall::scenario::LeverId;
use landfall::unit::Unit;
use std::path::PathBuf;

/// Where will the year land? Year-end outlook, chance of reaching the target, and what remains to be done.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of what is printed; by default the system's
    #[arg(long, global = true, value_name = "en|zh", value_parser = lang)]
    lang: Option<Lang>,
}

impl Arguments {
    pub(crate) fn lang(&self) -> Lang {
        let system = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        let chinese = system.is_some_and(|value| value.starts_with("zh"));
        self.lang.unwrap_or(if chinese { Lang::Zh } else { Lang::En })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Where each region's year will land, and what remains to be done
    Outlook(Outlook),
    /// What would have been said in past years, and how far off it was
    Backtest(Backtest),
    /// What if: levers, what it would take, and the least to do
    Scenario(Scenario),
    /// Plain forecasts of many series, with intervals
    Forecast(Forecast),
    /// What is wrong or odd in files, all at once
    Check(Check),
    /// One chart as an SVG, PNG or JSON file
    Chart(Chart),
    /// The monthly bulletin as a file: verdict, league table, projects, lists, tasks, and where every number comes from
    Brief(Brief),
}

/// Where the data comes from.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// An embedded sample
    #[arg(long, value_name = "NAME", conflicts_with_all = ["panel", "plan", "pipeline"], value_parser = SAMPLES)]
    pub(crate) sample: Option<String>,
    /// The panel: a CSV with region, year, month, and value or ytd (or growth alone); or a workbook, or any table
    #[arg(long, value_name = "FILE")]
    pub(crate) panel: Option<PathBuf>,
    /// The plan: TOML with targets, the tree of regions and the light rule
    #[arg(long, value_name = "FILE", requires = "panel")]
    pub(crate) plan: Option<PathBuf>,
    /// The projects: used by scenarios; the outlook says so and goes on without them
    #[arg(long, value_name = "FILE", requires = "panel")]
    pub(crate) pipeline: Option<PathBuf>,
    /// What the panel's columns mean, where the guess is wrong: a TOML that `check --save-mapping` writes
    #[arg(long, value_name = "FILE", requires = "panel")]
    pub(crate) mapping: Option<PathBuf>,
    /// Reporting periods: cn11 (January never published) or m12; by default from the months in the panel
    #[arg(long, value_name = "cn11|m12", value_parser = calendar)]
    pub(crate) calendar: Option<Calendar>,
    /// Unit of the amounts where the panel names none
    #[arg(long, value_name = "UNIT", value_parser = unit)]
    pub(crate) unit: Option<Unit>,
}

#[derive(Debug, Args)]
pub(crate) struct Outlook {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Last data month to use; its year is forecast. By default the plan's as_of, else the panel's last
    #[arg(long, value_name = "YYYY-MM", value_parser = year_month)]
    pub(crate) as_of: Option<YearMonth>,
    /// Only this ledger
    #[arg(long, value_name = "fai|works|attraction|granted", value_parser = ledger)]
    pub(crate) ledger: Option<Ledger>,
    /// Which models spoke for a region, with what weight, and what each would have said
    #[arg(long, value_name = "REGION")]
    pub(crate) explain: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Seed of the draws: the same seed gives the same answer
    #[arg(long, default_value_t = SEED)]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Backtest {
    #[command(flatten)]
    pub(crate) data: Data,
    /// Months known at each origin
    #[arg(long, value_name = "3,6,9", value_delimiter = ',', default_values_t = [3, 6, 9], value_parser = clap::value_parser!(u8).range(1..=11))]
    pub(crate) cuts: Vec<u8>,
    /// How many of the last complete years are scored
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) years: u16,
    /// Which ledger
    #[arg(long, value_name = "fai|works|attraction|granted", default_value = "fai", value_parser = ledger)]
    pub(crate) ledger: Ledger,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = TableOrJson::Table)]
    pub(crate) format: TableOrJson,
    /// Seed of the draws
    #[arg(long, default_value_t = SEED)]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Scenario {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The scenario: TOML with year and [[lever]] tables
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// A second scenario, beside the first
    #[arg(long, value_name = "FILE", requires = "scenario")]
    pub(crate) compare: Option<PathBuf>,
    /// What must this lever be for this chance, in the region of --region
    #[arg(long, value_name = "LEVER=P", requires = "region", value_parser = sought)]
    pub(crate) seek: Option<(LeverId, f64)>,
    /// The cheapest set of projects to bring forward for this chance: in --region, or in every district
    #[arg(long, value_name = "P", conflicts_with = "seek")]
    pub(crate) least: Option<f64>,
    /// Cost or effort of projects for --least: CSV with id and cost; 1 where a project is not in it
    #[arg(long, value_name = "FILE", requires = "least")]
    pub(crate) costs: Option<PathBuf>,
    /// Each lever alone at the ends of its range, for the region of --region
    #[arg(long, requires = "region", conflicts_with_all = ["scenario", "seek", "least"])]
    pub(crate) tornado: bool,
    /// The region asked about
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// All levers of the case, with their ranges
    #[arg(long, conflicts_with_all = ["scenario", "seek", "least", "tornado"])]
    pub(crate) levers: bool,
    /// Last data month to use; its year is changed. By default the plan's as_of, else the panel's last
    #[arg(long, value_name = "YYYY-MM", value_parser = year_month)]
    pub(crate) as_of: Option<YearMonth>,
    /// Only this ledger; of --seek, --least and --tornado: fai
    #[arg(long, value_name = "fai|works|attraction|granted", value_parser = ledger)]
    pub(crate) ledger: Option<Ledger>,
    /// How many of the outlook's 16384 draws are used
    #[arg(long, default_value_t = 16_384, value_parser = clap::value_parser!(u32).range(100..=16_384))]
    pub(crate) draws: u32,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = TableOrJson::Table)]
    pub(crate) format: TableOrJson,
    /// Seed of the draws; by default the scenario's
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct Forecast {
    /// The series: CSV with unique_id, t, y, and split, whose rows "train" are the history
    #[arg(long, value_name = "FILE")]
    pub(crate) series: PathBuf,
    /// How many periods ahead
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(crate) horizon: u16,
    /// Periods of a season; 1 for none
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=400))]
    pub(crate) season: u16,
    /// Levels of the intervals in percent
    #[arg(long, value_name = "80,95", value_delimiter = ',', default_values_t = [80, 95], value_parser = clap::value_parser!(u8).range(1..=99))]
    pub(crate) level: Vec<u8>,
    /// The ensemble of all, or one of its members alone
    #[arg(long, value_name = "ensemble|theta|dot|damped|ces|mapa|ets", default_value = "ensemble", value_parser = forecaster)]
    pub(crate) model: Forecaster,
    /// Medians alone, in an eighth of the time
    #[arg(long, conflicts_with = "level")]
    pub(crate) point: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = CsvOnly::Csv)]
    pub(crate) format: CsvOnly,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Tables of any form (CSV, XLSX, XLS, ODS, Parquet, Arrow) and at most one plan (.toml), which they are checked against
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Writes the rows in the tidy form: .csv (UTF-8 with a mark, as Excel wants it), .xlsx or .parquet
    #[arg(long, value_name = "OUT.csv|OUT.xlsx|OUT.parquet")]
    pub(crate) tidy: Option<PathBuf>,
    /// What the columns mean, where the guess is wrong
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Writes what the columns were taken for, to be mended and used again with --mapping
    #[arg(long, value_name = "OUT.toml")]
    pub(crate) save_mapping: Option<PathBuf>,
    /// Writes the rows that no row of the tidy form was made of
    #[arg(long, value_name = "OUT.csv")]
    pub(crate) rest: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct Chart {
    /// What is drawn
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) kind: Kind,
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to write
    #[arg(long, value_name = "x.svg|x.png|x.json", value_parser = chart_file)]
    pub(crate) out: PathBuf,
    /// x.png: how many times the size in px
    #[arg(long, default_value_t = 2.0, value_parser = magnification)]
    pub(crate) scale: f32,
    /// x.png: one more font (.ttf, .otf, .ttc), for characters that the one that comes along lacks
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// fan, growth-fan, need, scurve, funnel, waterfall, tornado: whose year; by default the first region's
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// All but reliability, error and cover: last data month to use; by default the plan's, else the panel's last
    #[arg(long, value_name = "YYYY-MM", value_parser = year_month)]
    pub(crate) as_of: Option<YearMonth>,
    /// waterfall (which needs one), fan, growth-fan, ranking, multiples: the scenario to show beside the year as it is
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) scenario: Option<PathBuf>,
    /// reliability, error, cover: months known at each origin; by default 3,6,9, for error 2 to 11
    #[arg(long, value_name = "3,6,9", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=11))]
    pub(crate) cuts: Option<Vec<u8>>,
    /// reliability, error, cover: how many of the last complete years are scored; by default 8, for error 4
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) years: Option<u16>,
    /// Which ledger
    #[arg(long, value_name = "fai|works|attraction|granted", default_value = "fai", value_parser = ledger)]
    pub(crate) ledger: Ledger,
    /// All but reliability, error and cover: the unit in which amounts are told; by default the panel's
    #[arg(long, value_name = "亿元|万元|元", value_parser = unit)]
    pub(crate) amounts_in: Option<Unit>,
    /// Colours
    #[arg(long, value_name = "light|dark|print", default_value = "light", value_parser = theme)]
    pub(crate) theme: Theme,
    /// Your own font, colours and logo: TOML with font, font_file, logo and [color]
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) house: Option<PathBuf>,
    /// Width in px
    #[arg(long, default_value_t = 1280, value_parser = clap::value_parser!(u16).range(320..=4000))]
    pub(crate) width: u16,
    /// Height in px
    #[arg(long, default_value_t = 720, value_parser = clap::value_parser!(u16).range(320..=4000))]
    pub(crate) height: u16,
    /// Seed of the draws
    #[arg(long, default_value_t = SEED)]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Brief {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The file to write; its ending says in which form
    #[arg(long, value_name = "x.pptx|x.xlsx|x.docx|x.html|x.md", value_parser = bulletin_file)]
    pub(crate) out: Out,
    /// Last data month to use; by default the plan's, else the panel's last
    #[arg(long, value_name = "YYYY-MM", value_parser = year_month)]
    pub(crate) as_of: Option<YearMonth>,
    /// Whom it is about; by default the region around all others
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// A scenario to tell of beside the year as it is: TOML with year and [[lever]] tables
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// The chance that the task list is to bring every district to
    #[arg(long, value_name = "P", default_value_t = 0.8)]
    pub(crate) chance: f64,
    /// The unit in which amounts are told; by default the panel's
    #[arg(long, value_name = "亿元|万元|元", value_parser = unit)]
    pub(crate) amounts_in: Option<Unit>,
    /// Your own HTML or Markdown with places such as {{headline}}
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Your own font, colours and logo: TOML with font, font_file, logo and [color]
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) house: Option<PathBuf>,
    /// x.pptx: fans as pictures (PNG with SVG) in place of charts that can be edited
    #[arg(long)]
    pub(crate) pictures: bool,
    /// Seed of the draws; by default the scenario's
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

/// A file to write, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Out {
    pub(crate) path: PathBuf,
    pub(crate) form: Form,
}

/// The forms of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Markdown,
    Xlsx,
    Docx,
    Pptx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Where a region's year will land
    Fan,
    /// The same in growth
    GrowthFan,
    /// Regions by their chance, with lights
    Ranking,
    /// Part of the target done and projected, by region
    Bullet,
    /// From the year as it is over each lever to the scenario
    Waterfall,
    /// Each lever alone over its range
    Tornado,
    /// Each region's growth on one axis
    Multiples,
    /// What must be done each month
    Need,
    /// Completion of key projects against the plan and past years
    Scurve,
    /// From intents to funds in place
    Funnel,
    /// Chances given in past years against what came true
    Reliability,
    /// Error by months known: the blend and each model
    Error,
    /// How often the intervals held, year by year
    Cover,
    /// A tile a region: schematic, no map
    Tiles,
}

impl Kind {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableOrJson {
    Table,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CsvOnly {
    Csv,
}

fn forecaster(text: &str) -> Result<Forecaster, String> {
    Ok(match text {
        "ensemble" => Forecaster::Ensemble,
        "theta" => Forecaster::Alone(Method::Theta),
        "dot" => Forecaster::Alone(Method::Dot),
        "damped" => Forecaster::Alone(Method::Damped),
        "ces" => Forecaster::Alone(Method::Ces),
        "mapa" => Forecaster::Alone(Method::Mapa),
        "ets" => Forecaster::Alone(Method::Ets),
        _ => return Err("allowed are ensemble, theta, dot, damped, ces, mapa and ets".into()),
    })
}

fn theme(text: &str) -> Result<Theme, String> {
    Ok(match text {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        "print" => Theme::Print,
        _ => return Err("allowed are light, dark and print".into()),
    })
}

fn chart_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("svg" | "png" | "json") => Ok(path),
        _ => Err("name a file that ends in .svg, .png, or .json for the chart as data".into()),
    }
}

fn magnification(text: &str) -> Result<f32, String> {
    let scale: Option<f32> = text.parse().ok().filter(|s| (1.0..=4.0).contains(s));
    scale.ok_or_else(|| "allowed is a number from 1 to 4".into())
}

fn bulletin_file(text: &str) -> Result<Out, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let form = match ending.as_str() {
        "html" | "htm" => Form::Html,
        "md" | "markdown" => Form::Markdown,
        "xlsx" => Form::Xlsx,
        "docx" => Form::Docx,
        "pptx" => Form::Pptx,
        other => {
            return Err(format!(
                "{other:?} is no form of a bulletin; name a file that ends in .pptx, .xlsx, .docx, .html or \
                 .md"
            ));
        }
    };
    Ok(Out { path, form })
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "allowed are en and zh".into())
}

fn calendar(text: &str) -> Result<Calendar, String> {
    Calendar::parse(text).map_err(|e| e.to_string())
}

fn year_month(text: &str) -> Result<YearMonth, String> {
    YearMonth::parse(text).map_err(|e| e.to_string())
}

fn sought(text: &str) -> Result<(LeverId, f64), String> {
    let wrong = || format!("{text:?} is not LEVER=P, such as pace=0.8");
    let (lever, chance) = text.split_once('=').ok_or_else(wrong)?;
    let known = LeverId::parse(lever.trim()).ok_or_else(|| {
        let all: Vec<String> = LeverId::all().iter().map(ToString::to_string).collect();
        format!("there is no lever {lever:?}; there are {}", all.join(", "))
    })?;
    Ok((known, chance.trim().parse().map_err(|_| wrong())?))
}

fn ledger(text: &str) -> Result<Ledger, String> {
    Ledger::parse(text).map_err(|e| e.said().en)
}

fn unit(text: &str) -> Result<Unit, String> {
    match Unit::parse(text) {
        Unit::Unknown => Err("the unit is empty; write 亿元, 万元, 元 or any other name".into()),
        unit => Ok(unit),
    }
}
