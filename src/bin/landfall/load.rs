//! From files to a case.

use crate::arguments::Data;
use crate::voice::{Failure, report};
use landfall::case::{Case, Options, SAMPLES, Source};
use landfall::error::{Lang, Severity};
use std::path::Path;

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|source| Failure::File { path: path.into(), source })?;
    String::from_utf8(bytes)
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
    let pipeline = match &data.pipeline {
        Some(path) => Some((path.display().to_string(), text(path)?)),
        None => None,
    };
    if let (Some(_), Uses::Outlook) = (&pipeline, uses) {
        anstream::eprintln!(
            "{}: {}",
            lang.pick("note", "提示"),
            lang.pick(
                "the outlook does not use the pipeline; it already contains a normal year's projects",
                "年末推算不使用项目库，其中已含常年项目进度"
            )
        );
    }
    let (name, content) = (panel.display().to_string(), text(panel)?);
    let plan = match &data.plan {
        Some(path) => Some((path.display().to_string(), text(path)?)),
        None => None,
    };
    let options = Options { calendar: data.calendar, unit: data.unit.clone() };
    let case = Case::load(
        Source { name: &name, text: &content },
        plan.as_ref().map(|(name, text)| Source { name, text }),
        &options,
    )?;
    let case = match &pipeline {
        Some((name, text)) => case.with_pipeline(Source { name, text })?,
        None => case,
    };
    report(case.diagnostics(), lang, Severity::Warning);
    Ok(case)
}
