//! `landfall scenario`.

use crate::arguments::{Scenario as Arguments, TableOrJson};
use crate::load;
use crate::scenario_compared as compared;
use crate::scenario_table as table;
use crate::voice::{Failure, report};
use landfall::case::{
    Answer, BarReport, CaseError, LeastReport, LeverReport, Question, ScenarioReport, SeekReport,
};
use landfall::error::{Lang, Severity};
use landfall::ledger::Ledger;
use landfall::scenario::{Baseline, Goals, LeastStep, Scenario, Setting};
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
    let answer = case.ask(&question)?;
    report(&answer.found, lang, Severity::Warning);
    let baseline = case.baseline(&answer, ask.draws as usize)?;
    let scenario = named.unwrap_or_else(|| Scenario::empty(lang.pick("as it is", "现状"), answer.as_of.year));
    let scenario = case.by_name(scenario);
    let region = ask.region.as_deref().map(|name| case.region(&baseline, name)).transpose()?;
    let ledger = ask.ledger.unwrap_or(Ledger::Fai);
    let labels: BTreeMap<String, String> =
        baseline.levers().iter().map(|l| (l.id.to_string(), l.label.lang(lang).to_owned())).collect();
    let money = table::Money::of(&answer, lang);
    let text = if ask.levers {
        let levers = LeverReport::all(&baseline, lang);
        put(ask.format, &Levers { schema: 1, levers: &levers }, || table::levers(&levers, &money, lang))?
    } else if let Some((lever, chance)) = ask.seek {
        let region = region.unwrap_or_default();
        let sought = baseline
            .seek(&scenario, &Setting::new(lever, 0.0), &region, ledger, chance)
            .map_err(CaseError::from)?;
        let told = SeekReport::new(&sought, lever, &region, ledger, chance);
        let lever = LeverReport::new(&baseline.lever(lever), lang);
        put(ask.format, &told, || table::seek(&told, &lever, lang))?
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
        put(ask.format, &told, || table::least(&told, &money, lang))?
    } else if ask.tornado {
        let region = region.unwrap_or_default();
        let bars = baseline.tornado(&region, ledger).map_err(CaseError::from)?;
        let bars: Vec<BarReport> = bars.iter().map(BarReport::from).collect();
        put(ask.format, &Bars { schema: 1, bars: &bars }, || table::tornado(&region, &bars, &labels, lang))?
    } else {
        let first = told(&answer, &baseline, &scenario, lang)?;
        match ask.compare.as_deref().map(read).transpose()? {
            None => put(ask.format, &first, || table::effects(&first, &case, &labels, &money, lang))?,
            Some(other) => {
                let compare = told(&answer, &baseline, &case.by_name(other), lang)?;
                let both = Compared { first: &first, compare: &compare };
                put(ask.format, &both, || compared::table(&first, &compare, &case, &labels, &money, lang))?
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
