//! `landfall check`: everything that is wrong or odd in files.

use crate::arguments::{Check, TextOrJson};
use crate::load;
use crate::voice::{Failure, paragraphs};
use landfall::case::{Case, CaseError, DiagnosticReport, Options, Question, Source};
use landfall::error::{Diagnostic, Lang, Place, Said, Severity};
use landfall::table::{PanelRow, read_panel, write_panel};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// `check --format json`.
#[derive(serde::Serialize)]
struct Report {
    schema: u32,
    diagnostics: Vec<DiagnosticReport>,
    rows: usize,
    regions: usize,
}

pub(crate) fn run(ask: &Check, lang: Lang) -> Result<ExitCode, Failure> {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    let is_plan = |path: &&std::path::PathBuf| extension(path) == "toml";
    let plan = match ask.files.iter().find(is_plan) {
        Some(path) => Some((path.display().to_string(), load::text(path)?)),
        None => None,
    };
    let plan_source = plan.as_ref().map(|(name, text)| Source { name, text });
    for path in &ask.files {
        match extension(path).as_str() {
            "csv" => found.extend(panel(path, plan_source, &mut rows)?),
            "toml" => {}
            other => found.push(unknown_kind(path, other)),
        }
    }
    let panels = ask.files.iter().filter(|p| extension(p) == "csv").count();
    if let (Some(source), 0) = (plan_source, panels) {
        match landfall::target::Plan::parse(source.text, source.name) {
            Ok((_, notes)) => found.extend(notes),
            Err(faults) => found.extend(faults),
        }
    }
    // Several panels are checked against the same plan; what is said of the plan alone is said once.
    let mut told = Vec::new();
    found.retain(|d| {
        let new = !told.contains(d);
        if new {
            told.push(d.clone());
        }
        new
    });
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    if let (Some(path), 0) = (&ask.tidy, errors) {
        std::fs::write(path, write_panel(&rows))
            .map_err(|source| Failure::File { path: path.clone(), source })?;
    }
    let regions = rows.iter().map(|r| r.subject.region.as_str()).collect::<BTreeSet<_>>().len();
    tell(ask, &found, rows.len(), regions, lang)?;
    if let (Some(path), 1..) = (&ask.tidy, errors) {
        anstream::eprintln!(
            "{} {}",
            path.display(),
            lang.pick("was not written: mend the errors first", "未写出：请先改正错误")
        );
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Checks one panel, alone, against the plan, and month by month.
fn panel(
    path: &Path,
    plan: Option<Source<'_>>,
    rows: &mut Vec<PanelRow>,
) -> Result<Vec<Diagnostic>, Failure> {
    let (name, text) = (path.display().to_string(), load::text(path)?);
    rows.extend(read_panel(&text, &name).0);
    match Case::load(Source { name: &name, text: &text }, plan, &Options::default()) {
        Err(CaseError::Faulty { found }) => Ok(found),
        Err(e) => Err(e.into()),
        Ok(case) => {
            let mut found = case.diagnostics().to_vec();
            // To the last month, whatever month the plan would open on.
            if let Some(last) = case.months().last() {
                let question = Question { as_of: Some(*last), ..Question::default() };
                found.extend(case.ask(&question)?.found);
            }
            let parts = case.cells().parts();
            if parts > 0 {
                found.push(set_aside(&name, parts));
            }
            Ok(found)
        }
    }
}

fn set_aside(file: &str, parts: usize) -> Diagnostic {
    Diagnostic {
        code: "parts_set_aside",
        severity: Severity::Note,
        place: Place { file: Some(file.into()), ..Place::default() },
        value: parts.to_string(),
        text: Said::new(
            format!("{parts} rows are of a sector or a composition; the outlook is of totals"),
            format!("有{parts}行为分行业或分构成数据；推算只用合计数"),
        ),
        help: Said::new("nothing needs doing", "无需处理"),
    }
}

fn unknown_kind(path: &Path, extension: &str) -> Diagnostic {
    Diagnostic {
        code: "unknown_file_kind",
        severity: Severity::Error,
        place: Place { file: Some(path.display().to_string()), ..Place::default() },
        value: extension.into(),
        text: Said::new("the file is neither .csv nor .toml", "文件既不是.csv也不是.toml"),
        help: Said::new(
            "give the panel as CSV in the tidy form (UTF-8) and the plan as TOML",
            "请提供标准格式的CSV（UTF-8）和TOML计划文件",
        ),
    }
}

fn tell(ask: &Check, found: &[Diagnostic], rows: usize, regions: usize, lang: Lang) -> Result<(), Failure> {
    let reports: Vec<DiagnosticReport> = found.iter().map(|d| DiagnosticReport::new(d, lang)).collect();
    let mut out = anstream::stdout().lock();
    match ask.format {
        TextOrJson::Json => {
            let report = Report { schema: 1, diagnostics: reports, rows, regions };
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
        TextOrJson::Text => {
            for text in paragraphs(&reports, lang) {
                writeln!(out, "{text}\n")?;
            }
            let count = |severity| found.iter().filter(|d| d.severity == severity).count();
            let (errors, warnings, notes) =
                (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
            match lang {
                Lang::En => {
                    let some = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
                    let (size, found) = (
                        [some(rows, "row"), some(regions, "region")],
                        [some(errors, "error"), some(warnings, "warning"), some(notes, "note")],
                    );
                    writeln!(out, "{}; {}", size.join(", "), found.join(", "))?;
                }
                Lang::Zh => {
                    writeln!(
                        out,
                        "{rows}行，{regions}个地区；{errors}处错误，{warnings}处警告，{notes}处提示"
                    )?;
                }
            }
        }
    }
    Ok(())
}
