//! `landfall brief`: the monthly bulletin, as a file.

use crate::arguments::{Arguments, Brief, Form};
use crate::scenario::{read, warn};
use crate::voice::{Failure, clean, report};
use crate::{load, write};
use clap::CommandFactory;
use clap::error::ErrorKind;
use landfall::brief::pptx::{DeckOptions, deck};
use landfall::brief::{self, Bulletin, Stamp};
use landfall::case::{Answer, BulletinError, Case, CaseError, LeastReport, Question, ScenarioReport, Wanted};
use landfall::error::{Lang, Severity};
use landfall::ledger::Ledger;
use landfall::scenario::{Baseline, Goals, LeastStep, Scenario, ScenarioError};
use landfall::stats::DRAWS;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

pub(crate) fn run(ask: &Brief, lang: Lang) -> Result<ExitCode, Failure> {
    only_where_a_template_goes(ask);
    // A folder that cannot be written, or a template that cannot be read, is found out before the work.
    write::probe(&ask.out.path)?;
    let template = ask.template.as_deref().map(load::text).transpose()?;
    let case = load::case(&ask.data, load::Uses::Scenario, lang)?;
    let named = ask.scenario.as_deref().map(read).transpose()?;
    let seed = ask.seed.or_else(|| named.as_ref().and_then(|s| s.seed)).unwrap_or(landfall::case::SEED);
    let question = Question { as_of: ask.as_of, seed, ledger: None, every_month: true };
    let answer = case.ask(&question)?;
    report(&answer.found, lang, Severity::Warning);
    let bulletin = made(ask, &case, &answer, named, lang)?;
    let bytes = match ask.out.form {
        Form::Html => brief::html(&bulletin, template.as_deref())?.into_bytes(),
        Form::Markdown => match &template {
            Some(template) => brief::markdown_by(&bulletin, template)?.into_bytes(),
            None => brief::markdown(&bulletin).into_bytes(),
        },
        Form::Xlsx => brief::xlsx(&bulletin, now())?,
        Form::Docx => brief::docx(&bulletin, now())?,
        // A tenth of a second: no bar.
        Form::Pptx => {
            deck(&bulletin, &DeckOptions { created: now(), pictures: Vec::new() }, &mut |_, _| true)?
        }
    };
    write::whole(&ask.out.path, bytes)?;
    let said = clean(&bulletin.parts().headline.text);
    writeln!(anstream::stdout().lock(), "{}: {said}", ask.out.path.display())?;
    Ok(ExitCode::SUCCESS)
}

/// A template for a form that takes none is wrong usage, not something to pass over.
fn only_where_a_template_goes(ask: &Brief) {
    if ask.template.is_some() && !matches!(ask.out.form, Form::Html | Form::Markdown) {
        let said = "--template goes with --out x.html and --out x.md";
        Arguments::command().error(ErrorKind::ArgumentConflict, said).exit();
    }
}

fn made(
    ask: &Brief,
    case: &Case,
    answer: &Answer,
    named: Option<Scenario>,
    lang: Lang,
) -> Result<Bulletin, Failure> {
    let projects = case.has_pipeline();
    // What no section would use is not worked out.
    let baseline = if projects || named.is_some() { Some(case.baseline(answer, DRAWS)?) } else { None };
    let scenario = match baseline.as_ref().zip(named) {
        Some((baseline, named)) => {
            let named = case.by_name(named);
            let outcome = baseline.run(&named).map_err(CaseError::from)?;
            let told = ScenarioReport::new(case, baseline, &named, &outcome, None, lang);
            warn(told.warnings.iter().map(|w| w.text.as_str()), lang);
            Some(told)
        }
        None => None,
    };
    let least = match &baseline {
        Some(baseline) if projects => least(baseline, answer, ask.chance, lang)?,
        _ => None,
    };
    let wanted = Wanted {
        lang,
        money: ask.amounts_in.as_ref(),
        region: ask.region.as_deref(),
        least: least.as_ref(),
        scenario: scenario.as_ref(),
    };
    Ok(case.bulletin(answer, &wanted)?)
}

/// The fewest projects that would do; `None` where there is nothing to reach.
fn least(
    baseline: &Baseline,
    answer: &Answer,
    chance: f64,
    lang: Lang,
) -> Result<Option<LeastReport>, Failure> {
    let scenario = Scenario::empty("", answer.as_of.year);
    let mut step = match LeastStep::plan(baseline, &scenario, &Goals::Every, chance, &BTreeMap::new()) {
        Ok(step) => step,
        // Without fixed-asset investment there is no such question.
        Err(ScenarioError::NotLeast { ledger }) if ledger != Ledger::Fai => return Ok(None),
        Err(error) => return Err(CaseError::from(error).into()),
    };
    while !step.step(baseline).map_err(CaseError::from)? {}
    Ok(Some(LeastReport::new(&step.finish(baseline), chance, lang)))
}

/// When it is.
fn now() -> Stamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Stamp::from_unix(since.as_secs())
}

impl From<BulletinError> for Failure {
    fn from(error: BulletinError) -> Self {
        match error {
            BulletinError::Case(e) => e.into(),
            other => Self::Bulletin(other),
        }
    }
}
