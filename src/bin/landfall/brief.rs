//! `landfall brief`: the monthly bulletin, as a file.

use crate::arguments::{Arguments, Brief, Form};
use crate::scenario::{read, warn};
use crate::voice::{Failure, clean, report};
use crate::{load, write};
use clap::CommandFactory;
use clap::error::ErrorKind;
use landfall::brief::pptx::{DeckOptions, deck};
use landfall::brief::{self, Bulletin, Stamp};
use landfall::case::{Answer, BulletinError, Case, LeverReport, Question, ScenarioReport, Wanted};
use landfall::error::{Lang, Severity};
use landfall::scenario::Scenario;
use landfall::stats::DRAWS;
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
            let (told, notes) = ScenarioReport::with_shares(case, baseline, &named, lang)?;
            warn(notes.iter().map(|n| n.text.lang(lang)), lang);
            Some(told)
        }
        None => None,
    };
    let least = match &baseline {
        Some(baseline) if projects => case.least(baseline, ask.chance, lang)?,
        _ => None,
    };
    let levers = baseline.as_ref().map(|b| LeverReport::all(b, lang)).unwrap_or_default();
    let wanted = Wanted {
        lang,
        money: ask.amounts_in.as_ref(),
        region: ask.region.as_deref(),
        least: least.as_ref(),
        scenario: scenario.as_ref(),
        levers: &levers,
    };
    Ok(case.bulletin(answer, &wanted)?)
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
