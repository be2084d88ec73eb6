//! `landfall check`: everything that is wrong or odd in files.

use crate::arguments::{Check, TextOrJson};
use crate::load::{self, Content};
use crate::voice::{DIM, Failure, RESET, YELLOW, clean, paragraphs};
use crate::write;
use landfall::case::{Case, CaseError, DiagnosticReport, Options, Question, Source};
use landfall::error::{Diagnostic, Lang, Place, Said, Severity};
use landfall::ingest::{self, ColumnMapping, Mapping, Rest, TableGuess, Tidy, rest_csv, with_bom};
use landfall::panel::settle_units;
use landfall::table::{
    PanelRow, ProjectRow, is_tidy_panel, is_tidy_pipeline, read_panel, read_pipeline, write_panel,
    write_pipeline,
};
use landfall::target::Plan;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
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
    let is_plan = |path: &&std::path::PathBuf| extension(path) == "toml";
    let mut plans = ask.files.iter().filter(is_plan);
    let plan = match (plans.next(), plans.next()) {
        (Some(first), Some(second)) => {
            let [first, second] = [first, second].map(|path| path.display().to_string());
            return Err(Failure::TwoPlans { first, second });
        }
        (Some(path), None) => Some((path.display().to_string(), load::text(path)?)),
        (None, _) => None,
    };
    let plan_source = plan.as_ref().map(|(name, text)| Source { name, text });
    let mapping = match &ask.mapping {
        Some(path) => load::mapping(path)?,
        None => Mapping::default(),
    };
    let mut all = Checked::default();
    let tables: Vec<&PathBuf> = ask.files.iter().filter(|path| !is_plan(path)).collect();
    for path in &tables {
        table(path, plan_source, &mapping, &mut all)?;
    }
    let mut found = std::mem::take(&mut all.found);
    if let (Some(source), true) = (plan_source, tables.is_empty()) {
        match Plan::parse(source.text, source.name) {
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
        let text = if all.rows.is_empty() { write_pipeline(&all.projects) } else { write_panel(&all.rows) };
        write::whole(path, &written(path, &text)?)?;
    }
    if let Some(path) = &ask.rest {
        write::whole(path, rest_csv(&all.rest))?;
    }
    if let Some(path) = &ask.save_mapping {
        write::whole(path, guessed(&mapping, &all.tables).to_toml())?;
    }
    let regions = all.rows.iter().map(|r| r.subject.region.as_str());
    let regions =
        regions.chain(all.projects.iter().map(|p| p.region.as_str())).collect::<BTreeSet<_>>().len();
    tell(ask, &all, &found, regions, lang)?;
    if let (Some(path), 1..) = (&ask.tidy, errors) {
        anstream::eprintln!(
            "{} {}",
            path.display(),
            lang.pick("was not written: mend the errors first", "未写出：请先改正错误")
        );
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was read of all files.
#[derive(Default)]
struct Checked {
    found: Vec<Diagnostic>,
    rows: Vec<PanelRow>,
    projects: Vec<ProjectRow>,
    tables: Vec<TableGuess>,
    rest: Vec<Rest>,
}

/// The tidy form in the form that the file's name asks for.
fn written(path: &Path, text: &str) -> Result<Vec<u8>, Failure> {
    let other = |why: String| Failure::Write { path: path.into(), source: std::io::Error::other(why) };
    match extension(path).as_str() {
        "xlsx" => ingest::workbook(text).map_err(other),
        "parquet" => ingest::parquet(text).map_err(other),
        _ => Ok(with_bom(text).into_bytes()),
    }
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Checks one table, alone, against the plan, and month by month.
fn table(path: &Path, plan: Option<Source<'_>>, mapping: &Mapping, all: &mut Checked) -> Result<(), Failure> {
    let name = path.display().to_string();
    let case = match load::content(path, |text| is_tidy_panel(text) || is_tidy_pipeline(text))? {
        Content::Tidy(text) if is_tidy_panel(&text) => {
            let (mut rows, _) = read_panel(&text, &name);
            settle_units(&mut rows, &name);
            all.rows.extend(rows);
            let case = Case::load(Source { name: &name, text: &text }, plan, &Options::default());
            if let Ok(case) = &case {
                // What is odd about its figures, as in a table that had to be guessed at; what the case says itself is not said twice.
                let read = load::ingested(&name, text.as_bytes(), plan, Mapping::default(), None);
                let said = |d: &Diagnostic| case.diagnostics().iter().any(|own| own.code == d.code);
                all.found
                    .extend(read.found.into_iter().filter(|d| d.severity == Severity::Warning && !said(d)));
            }
            case
        }
        Content::Tidy(text) => {
            let (rows, found) = read_pipeline(&text, &name);
            all.projects.extend(rows);
            all.found.extend(found);
            return Ok(());
        }
        Content::Other(bytes) => {
            let mut read = load::ingested(&name, &bytes, plan, mapping.clone(), None);
            all.tables.append(&mut read.tables);
            all.rest.append(&mut read.rest);
            match &read.tidy {
                Tidy::Panel(rows) => all.rows.extend(rows.iter().cloned()),
                Tidy::Pipeline(rows) => all.projects.extend(rows.iter().cloned()),
                Tidy::Nothing => {}
            }
            if !matches!(read.tidy, Tidy::Panel(_)) {
                all.found.append(&mut read.found);
                return Ok(());
            }
            Case::of_ingested(&read, &name, plan, &Options::default())
        }
    };
    match case {
        Err(CaseError::Faulty { found }) => all.found.extend(found),
        Err(e) => return Err(e.into()),
        Ok(case) => {
            all.found.extend(case.diagnostics().iter().cloned());
            // To the last month, whatever month the plan would open on.
            if let Some(last) = case.months().last() {
                let question = Question { as_of: Some(*last), ..Question::default() };
                all.found.extend(case.ask(&question)?.found);
            }
            let parts = case.cells().parts();
            if parts > 0 {
                all.found.push(set_aside(&name, parts));
            }
        }
    }
    Ok(())
}

/// The mapping that was used, with the guesses filled in.
fn guessed(mapping: &Mapping, tables: &[TableGuess]) -> Mapping {
    let mut out = mapping.clone();
    for column in tables.iter().flat_map(|t| &t.columns) {
        if !column.header.is_empty() && !out.columns.iter().any(|c| c.header == column.header) {
            out.columns.push(ColumnMapping {
                header: column.header.clone(),
                role: column.role,
                unit: None,
                ledger: None,
            });
        }
    }
    out
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

fn tell(ask: &Check, all: &Checked, found: &[Diagnostic], regions: usize, lang: Lang) -> Result<(), Failure> {
    let rows = all.rows.len() + all.projects.len();
    let reports: Vec<DiagnosticReport> = found.iter().map(|d| DiagnosticReport::new(d, lang)).collect();
    let mut out = anstream::stdout().lock();
    match ask.format {
        TextOrJson::Json => {
            let report = Report { schema: 1, diagnostics: reports, rows, regions };
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        }
        TextOrJson::Text => {
            for table in &all.tables {
                writeln!(out, "{}\n", read_as(table, lang))?;
            }
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

/// What a table's columns were taken for, a line each.
fn read_as(table: &TableGuess, lang: Lang) -> String {
    let place = table.sheet.as_ref().map(|s| format!(" [{}]", clean(s))).unwrap_or_default();
    let title = table.titles.first().map(|t| format!(" {}", clean(t))).unwrap_or_default();
    let (first, last) = (table.rows.0 + 1, table.rows.1);
    let mut out = format!(
        "{DIM}{}{RESET}{place}{title}, {} {first}–{last}",
        lang.pick("table", "表"),
        lang.pick("rows", "行")
    );
    for column in &table.columns {
        let cell = Place { column: Some((column.column, String::new())), ..Place::default() }.cell();
        let mut line =
            format!("\n  {:>3} {} → {}", cell.unwrap_or_default(), clean(&column.header), column.role.id());
        let time = [column.year.map(|y| y.to_string()), column.month.map(|m| format!("{m:02}"))];
        let time: Vec<String> = time.into_iter().flatten().collect();
        let more =
            [column.region.clone(), Some(time.join("-")).filter(|t| !t.is_empty()), column.unit.clone()];
        for word in more.into_iter().flatten() {
            line += &format!(" · {word}");
        }
        if column.confidence < 0.75 && column.role != landfall::ingest::Role::Ignored {
            line += &format!(" {YELLOW}{}{RESET}", lang.pick("(a guess)", "（推测）"));
        }
        out += &line;
    }
    out
}
