//! From files to a case.

use crate::arguments::Data;
use crate::voice::{Failure, report};
use landfall::calendar::{Calendar, YearMonth};
use landfall::case::{Answer, Case, CaseError, Options, Question, SAMPLES, Source};
use landfall::error::{Lang, Severity};
use landfall::ingest::{self, Mapping};
use landfall::table::{is_tidy_panel, is_tidy_pipeline};
use landfall::target::Plan;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Files that were read, so that none of them is written over.
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = std::fs::read(path).map_err(|source| Failure::File { path: path.into(), source })?;
    if let (Ok(place), Ok(mut read)) = (path.canonicalize(), READ.lock()) {
        read.insert(place);
    }
    Ok(bytes)
}

/// Whether the file was read.
pub(crate) fn was_read(path: &Path) -> bool {
    path.canonicalize().is_ok_and(|place| READ.lock().is_ok_and(|read| read.contains(&place)))
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?)
        .map_err(|e| Failure::NotUtf8 { path: path.into(), at: e.utf8_error().valid_up_to() })
}

/// What a command does with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uses {
    /// Asks where the year lands: projects are checked and put aside.
    Outlook,
    /// Asks what if.
    Scenario,
}

/// Loads what the arguments name, with warnings on standard error; the first sample where they name nothing.
pub(crate) fn case(data: &Data, uses: Uses, lang: Lang) -> Result<Case, Failure> {
    let Some(panel) = &data.panel else {
        let name = data.sample.as_deref().unwrap_or_else(|| {
            let first = SAMPLES[0];
            match lang {
                Lang::En => anstream::eprintln!("no --panel given: this is the sample {first}"),
                Lang::Zh => anstream::eprintln!("未指定--panel，以下为示例{first}"),
            }
            first
        });
        return Ok(Case::sample(name)?);
    };
    if let (Some(_), Uses::Outlook) = (&data.pipeline, uses) {
        anstream::eprintln!(
            "{}: {}",
            lang.pick("note", "提示"),
            lang.pick(
                "the outlook does not use the pipeline; it already contains a normal year's projects",
                "年末推算不使用项目库，其中已含常年项目进度"
            )
        );
    }
    let name = panel.display().to_string();
    let plan = match &data.plan {
        Some(path) => Some((path.display().to_string(), text(path)?)),
        None => None,
    };
    let plan_source = plan.as_ref().map(|(name, text)| Source { name, text });
    let options = Options { calendar: data.calendar, unit: data.unit.clone() };
    let mapping = match &data.mapping {
        Some(path) => mapping(path)?,
        None => Mapping::default(),
    };
    let case = match content(panel, is_tidy_panel)? {
        Content::Tidy(text) if data.mapping.is_none() => {
            Case::load(Source { name: &name, text: &text }, plan_source, &options)?
        }
        other => {
            let read = ingested(&name, other.bytes(), plan_source, mapping, data.calendar);
            Case::of_ingested(&read, &name, plan_source, &options)?
        }
    };
    let case = match &data.pipeline {
        Some(path) => with_pipeline(case, path)?,
        None => case,
    };
    report(case.diagnostics(), lang, Severity::Warning);
    Ok(case)
}

/// Asks, and says what the reader must know of the answer: of files, also where months that they have are set aside.
pub(crate) fn answer(case: &Case, question: &Question, data: &Data, lang: Lang) -> Result<Answer, Failure> {
    let answer = case.ask(question)?;
    let last = case.months().last().copied();
    if let Some(last) = last.filter(|m| question.as_of.is_none() && data.panel.is_some() && *m > answer.as_of)
    {
        let as_of = answer.as_of;
        anstream::eprintln!(
            "{}",
            match lang {
                Lang::En => format!(
                    "note: answered as of {as_of}, as the plan says; the data reach {last}: --as-of {last}"
                ),
                Lang::Zh =>
                    format!("提示：按计划文件的as_of以{as_of}为准推算；数据截至{last}，可用--as-of {last}"),
            }
        );
    }
    report(&answer.found, lang, Severity::Warning);
    Ok(answer)
}

/// Reads a table of any form, its names matched against the plan where there is one.
pub(crate) fn ingested(
    name: &str,
    bytes: &[u8],
    plan: Option<Source<'_>>,
    mapping: Mapping,
    calendar: Option<Calendar>,
) -> ingest::Ingested {
    // What is wrong with the plan is said where it is loaded.
    let plan = plan.and_then(|source| Plan::parse(source.text, source.name).ok()).map(|(plan, _)| plan);
    let asked = ingest::Options { plan: plan.as_ref(), mapping, today: Some(today()), calendar };
    ingest::read(name, bytes, &asked)
}

/// A file's bytes, and whether they are the tidy form.
pub(crate) enum Content {
    Tidy(String),
    Other(Vec<u8>),
}

impl Content {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Tidy(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

/// Reads a file; text with the names of the tidy form is that, and anything else is for `ingest`.
pub(crate) fn content(path: &Path, is_tidy: impl Fn(&str) -> bool) -> Result<Content, Failure> {
    let bytes = read(path)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) if is_tidy(&text) => Content::Tidy(text),
        Ok(text) => Content::Other(text.into_bytes()),
        Err(error) => Content::Other(error.into_bytes()),
    })
}

/// Reads a mapping file.
pub(crate) fn mapping(path: &Path) -> Result<Mapping, Failure> {
    Mapping::parse(&text(path)?, &path.display().to_string())
        .map_err(|found| Failure::Case(CaseError::Faulty { found }))
}

/// The month that it is.
fn today() -> YearMonth {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    YearMonth::of_days(i64::try_from(since.as_secs() / 86_400).unwrap_or(0))
}

fn with_pipeline(case: Case, path: &Path) -> Result<Case, Failure> {
    let name = path.display().to_string();
    match content(path, is_tidy_pipeline)? {
        Content::Tidy(text) => Ok(case.with_pipeline(Source { name: &name, text: &text })?),
        Content::Other(bytes) => {
            let asked =
                ingest::Options { plan: case.plan(), today: Some(today()), ..ingest::Options::default() };
            let read = ingest::read(&name, &bytes, &asked);
            if read.has_errors() || !matches!(read.tidy, ingest::Tidy::Pipeline(_)) {
                return Err(CaseError::Faulty { found: read.found }.into());
            }
            Ok(case.with_pipeline(Source { name: &name, text: &read.text() })?)
        }
    }
}
