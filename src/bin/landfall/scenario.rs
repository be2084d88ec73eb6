//! `landfall scenario`.

use crate::arguments::{Scenario as Arguments, TableOrJson};
use crate::load;
use crate::scenario_compared as compared;
use crate::scenario_table as table;
use crate::voice::Failure;
use landfall::case::{
    Answer, BarReport, CaseError, LeastReport, LeverReport, Question, ScenarioReport, SeekReport,
};
use landfall::error::{Diagnostic, Explain, Lang, Place, Severity};
use landfall::ledger::Ledger;
use landfall::scenario::{Baseline, Goals, LeastStep, Scenario, ScenarioError, Setting};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// A report with the one beside it.
#[derive(Serialize)]
struct Compared<'a> {
    #[serde(flatten)]
    first: &'a ScenarioReport,
    compare: &'a ScenarioReport,
}

pub(crate) fn run(ask: &Arguments, lang: Lang) -> Result<ExitCode, Failure> {
    let case = load::case(&ask.data, load::Uses::Scenario, lang)?;
    let named = ask.scenario.as_deref().map(read).transpose()?;
    let seed = ask.seed.or_else(|| named.as_ref().and_then(|s| s.seed)).unwrap_or(landfall::case::SEED);
    let question = Question { as_of: ask.as_of, seed, ledger: ask.ledger, ..Question::default() };
    let answer = load::answer(&case, &question, &ask.data, lang)?;
    let baseline = case.baseline(&answer, ask.draws as usize)?;
    let scenario = named.unwrap_or_else(|| Scenario::empty(lang.pick("as it is", "现状"), answer.as_of.year));
    let scenario = case.by_name(scenario);
    if let Some(path) = &ask.scenario {
        check(&baseline, &scenario, path)?;
    }
    let region = ask.region.as_deref().map(|name| case.region(&baseline, name)).transpose()?;
    let ledger = ask.ledger.unwrap_or(Ledger::Fai);
    let levers = LeverReport::all(&baseline, lang);
    let money = table::Money::of(&answer, lang);
    let label = |id: &str| {
        let listed = case.plan().and_then(|plan| plan.find_region(id));
        listed.map_or_else(|| id.to_owned(), |region| region.label(lang).to_owned())
    };
    let text = if ask.levers {
        put(ask.format, &Levers { schema: 1, levers: &levers }, || table::levers(&levers, &money, lang))?
    } else if let Some((lever, chance)) = ask.seek {
        let region = region.unwrap_or_default();
        let sought = baseline
            .seek(&scenario, &Setting::new(lever, 0.0), &region, ledger, chance)
            .map_err(CaseError::from)?;
        let told = SeekReport::new(&sought, lever, &region, ledger, chance);
        let lever = LeverReport::new(&baseline.lever(lever), lang);
        put(ask.format, &told, || table::seek(&told, &lever, &label(&region), lang))?
    } else if let Some(chance) = ask.least {
        let costs = ask.costs.as_deref().map(costs).transpose()?.unwrap_or_default();
        if let Some(path) = &ask.costs {
            let unknown: Vec<String> = costs.keys().filter(|id| !baseline.has_project(id)).cloned().collect();
            if !unknown.is_empty() {
                return Err(Failure::UnknownCosts { path: path.clone(), ids: unknown });
            }
        }
        let goals = region.map_or(Goals::Every, Goals::One);
        let mut step =
            LeastStep::plan(&baseline, &scenario, &goals, chance, &costs).map_err(CaseError::from)?;
        while !step.step(&baseline).map_err(CaseError::from)? {}
        let told = LeastReport::new(&step.finish(&baseline), chance, lang);
        warn(told.warnings.iter().map(|w| w.text.as_str()), lang);
        put(ask.format, &told, || table::least(&told, &money, label, lang))?
    } else if ask.tornado {
        let region = region.unwrap_or_default();
        let bars = baseline.tornado(&region, ledger).map_err(CaseError::from)?;
        let bars: Vec<BarReport> = bars.iter().map(BarReport::from).collect();
        put(ask.format, &Bars { schema: 1, bars: &bars }, || {
            table::tornado(&label(&region), &bars, &levers, &money, lang)
        })?
    } else {
        let first = told(&answer, &baseline, &scenario, lang)?;
        match &ask.compare {
            None => put(ask.format, &first, || table::effects(&first, &case, &levers, &money, lang))?,
            Some(path) => {
                let other = case.by_name(read(path)?);
                check(&baseline, &other, path)?;
                let compare = told(&answer, &baseline, &other, lang)?;
                let both = Compared { first: &first, compare: &compare };
                put(ask.format, &both, || compared::table(&first, &compare, &case, &levers, &money, lang))?
            }
        }
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// `scenario --levers --format json`.
#[derive(Serialize)]
struct Levers<'a> {
    /// Version of the contract: 1.
    schema: u32,
    levers: &'a [LeverReport],
}

/// `scenario --tornado --format json`.
#[derive(Serialize)]
struct Bars<'a> {
    /// Version of the contract: 1.
    schema: u32,
    bars: &'a [BarReport],
}

fn put(
    format: TableOrJson,
    told: &impl Serialize,
    table: impl FnOnce() -> String,
) -> Result<String, Failure> {
    Ok(match format {
        TableOrJson::Json => serde_json::to_string_pretty(told)? + "\n",
        TableOrJson::Table => table(),
    })
}

/// A scenario file.
pub(crate) fn read(path: &Path) -> Result<Scenario, Failure> {
    let text = load::text(path)?;
    Scenario::parse(&text, &path.display().to_string()).map_err(|found| CaseError::Faulty { found }.into())
}

/// Checks a scenario of a file against the case, so that what is wrong is told with its line.
pub(crate) fn check(baseline: &Baseline, scenario: &Scenario, path: &Path) -> Result<(), Failure> {
    let Err(error) = baseline.check(scenario) else { return Ok(()) };
    let text = load::text(path)?;
    let word = match &error {
        ScenarioError::Unknown { got, .. } => got.clone(),
        ScenarioError::Impossible { lever, .. } | ScenarioError::Narrow { lever, .. } => lever.to_string(),
        ScenarioError::NoPipeline { what } => what.clone(),
        ScenarioError::Year { .. } => "year".into(),
        _ => return Err(CaseError::from(error).into()),
    };
    let line = (1..).zip(text.lines()).find(|(_, line)| line.contains(&word)).map(|(at, _)| at);
    let place = Place { file: Some(path.display().to_string()), row: line, ..Place::default() };
    let found = vec![Diagnostic {
        code: error.code(),
        severity: Severity::Error,
        place,
        value: word,
        text: error.said(),
        help: error.help(),
    }];
    Err(CaseError::Faulty { found }.into())
}

/// A scenario's report, with what each lever brings.
fn told(
    answer: &Answer,
    baseline: &Baseline,
    scenario: &Scenario,
    lang: Lang,
) -> Result<ScenarioReport, Failure> {
    let (told, notes) = ScenarioReport::with_shares(answer, baseline, scenario, None, lang)?;
    warn(notes.iter().map(|n| n.text.lang(lang)), lang);
    Ok(told)
}

pub(crate) fn warn<'a>(texts: impl Iterator<Item = &'a str>, lang: Lang) {
    for text in texts {
        anstream::eprintln!(
            "{}{}{}: {text}",
            crate::voice::YELLOW,
            lang.pick("warning", "警告"),
            crate::voice::RESET
        );
    }
}

/// Costs by project from a CSV with the columns id and cost.
fn costs(path: &Path) -> Result<BTreeMap<String, f64>, Failure> {
    let text = load::text(path)?;
    let wrong = |row: usize, what: &str| Failure::Costs { path: path.into(), row, what: what.to_owned() };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| wrong(1, &e.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|h| h.trim_start_matches('\u{feff}') == name);
    let (Some(id), Some(cost)) = (column("id"), column("cost")) else {
        return Err(wrong(1, "the header lacks id or cost"));
    };
    let mut out = BTreeMap::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|e| wrong(at + 2, &e.to_string()))?;
        let (Some(id), Some(cost)) = (record.get(id), record.get(cost)) else { continue };
        let value: Option<f64> = cost.parse().ok().filter(|c: &f64| c.is_finite() && *c > 0.0);
        let value =
            value.ok_or_else(|| wrong(at + 2, &format!("cost is {cost:?}; it must be a number above 0")))?;
        out.insert(id.to_owned(), value);
    }
    Ok(out)
}
