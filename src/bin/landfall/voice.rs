//! What goes to standard error: findings and failures.

use landfall::brief::BriefError;
use landfall::brief::pptx::PptxError;
use landfall::case::{BulletinError, CaseError, DiagnosticReport, DrawError, ScoredError};
use landfall::chart::ChartError;
use landfall::chart::house_file::HouseFileError;
use landfall::chart::png::PngError;
use landfall::error::{Diagnostic, Explain, Lang, Severity};
use landfall::panel::PanelError;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Why no answer could be given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Panel(#[from] PanelError),
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path} could not be written: {source}", path = path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path} is one of the files that were read; nothing was written", path = path.display())]
    WouldReplace { path: PathBuf },
    #[error("{first} and {second} are both a plan or a mapping (.toml); one plan is checked at a time")]
    TwoPlans { first: String, second: String },
    #[error("{path}: {ids} is no project of the list", path = path.display(), ids = ids.join(", "))]
    UnknownCosts { path: PathBuf, ids: Vec<String> },
    #[error("{region} has not enough history for an outlook; at least one full past year is needed")]
    NoOutlook { region: String },
    #[error(transparent)]
    Scored(#[from] ScoredError),
    #[error(transparent)]
    Chart(#[from] ChartError),
    #[error(transparent)]
    Draw(DrawError),
    #[error(transparent)]
    Png(#[from] PngError),
    #[error(transparent)]
    Bulletin(BulletinError),
    #[error(transparent)]
    Brief(#[from] BriefError),
    #[error(transparent)]
    Deck(#[from] PptxError),
    #[error("{path}: {why}", path = path.display())]
    House { path: PathBuf, why: HouseFileError },
    #[error("{path} is not UTF-8 text (byte {at})", path = path.display())]
    NotUtf8 { path: PathBuf, at: usize },
    #[error("{path}, row {row}: {what}", path = path.display())]
    Costs { path: PathBuf, row: usize, what: String },
    #[error("the answer could not be written: {0}")]
    Output(#[from] std::io::Error),
    #[error("the answer could not be put as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<DrawError> for Failure {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Case(e) => e.into(),
            DrawError::Chart(e) => e.into(),
            nothing => Self::Draw(nothing),
        }
    }
}

impl Failure {
    fn words(&self, lang: Lang) -> (String, String) {
        let explained = |e: &dyn Explain| (e.said().lang(lang).to_owned(), e.help().lang(lang).to_owned());
        match self {
            Self::Case(e) => explained(e),
            Self::Panel(e) => explained(e),
            Self::NoOutlook { region } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("“{region}”的历史数据不足以推算，至少需要一个完整的往年"),
                },
                lang.pick("give a panel with more years", "请提供更多年份的数据").into(),
            ),
            Self::WouldReplace { path } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("{}是本次读取的文件之一，未写出", path.display()),
                },
                lang.pick("name another file to write to", "请另指定输出文件").into(),
            ),
            Self::TwoPlans { first, second } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("{first}和{second}都是计划或对照文件（.toml），一次只检查一个计划"),
                },
                lang.pick(
                    "give one plan; a mapping goes with --mapping",
                    "请只给一个计划；对照文件用--mapping指定",
                )
                .into(),
            ),
            Self::UnknownCosts { path, ids } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("{}：项目清单中没有{}", path.display(), ids.join("、")),
                },
                lang.pick("write the ids as the list of projects does", "请按项目清单填写项目编号").into(),
            ),
            Self::Scored(e) => explained(e),
            Self::Draw(e) => explained(e),
            Self::Png(e) => explained(e),
            Self::Chart(e) => explained(e),
            Self::Bulletin(e) => explained(e),
            Self::Brief(e) => explained(e),
            Self::Deck(e) => explained(e),
            Self::House { path, why } => {
                let (said, help) = explained(why);
                (format!("{}{}{said}", path.display(), lang.pick(": ", "：")), help)
            }
            Self::Write { path, source } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("{}无法写入：{source}", path.display()),
                },
                lang.pick(
                    "name a file in a folder that exists and may be written to",
                    "请指定已存在且可写的文件夹中的文件",
                )
                .into(),
            ),
            Self::Costs { .. } => (
                self.to_string(),
                lang.pick("write a CSV with the columns id and cost", "请提供含id和cost两列的CSV").into(),
            ),
            Self::File { .. } => {
                (self.to_string(), lang.pick("check the path and the permissions", "请检查路径和权限").into())
            }
            Self::NotUtf8 { path, at } => (
                match lang {
                    Lang::En => self.to_string(),
                    Lang::Zh => format!("{}不是UTF-8文本（第{at}字节）", path.display()),
                },
                lang.pick(
                    "save the file as text in UTF-8; only tables are read in other encodings",
                    "请另存为UTF-8编码的文本；只有数据表可用其他编码",
                )
                .into(),
            ),
            Self::Output(_) | Self::Json(_) => {
                (self.to_string(), lang.pick("try again with another output", "请更换输出后重试").into())
            }
        }
    }
}

/// Says on standard error why no answer could be given, and what to do.
pub(crate) fn complain(failure: &Failure, lang: Lang) {
    // A reader that went away (`| head`) needs no explanation.
    let gone = std::io::ErrorKind::BrokenPipe;
    match failure {
        Failure::Output(e) if e.kind() == gone => return,
        Failure::Json(e) if e.io_error_kind() == Some(gone) => return,
        _ => {}
    }
    let (text, help) = match failure {
        // The findings have said what and where.
        Failure::Case(CaseError::Faulty { found }) => {
            report(found, lang, Severity::Note);
            let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
            (
                match lang {
                    Lang::En if errors == 1 => "no answer is given: there is 1 error in the files".into(),
                    Lang::En => format!("no answer is given: there are {errors} errors in the files"),
                    Lang::Zh => format!("文件中有{errors}处错误，未作回答"),
                },
                lang.pick(
                    "mend the places named; `landfall check FILE… --format json` lists all of them",
                    "请按所示位置改正；landfall check 文件… --format json可列出全部",
                )
                .into(),
            )
        }
        _ => failure.words(lang),
    };
    let text = clean(&text);
    anstream::eprintln!("{RED}{}{RESET}: {text}", lang.pick("error", "错误"));
    anstream::eprintln!("  {}: {help}", lang.pick("help", "建议"));
}

pub(crate) const RED: &str = "\x1b[31m";
pub(crate) const YELLOW: &str = "\x1b[33m";
pub(crate) const BLUE: &str = "\x1b[34m";
pub(crate) const DIM: &str = "\x1b[2m";
pub(crate) const BOLD: &str = "\x1b[1m";
pub(crate) const RESET: &str = "\x1b[0m";

/// Prints findings of at least this severity to standard error, as a compiler would.
pub(crate) fn report(found: &[Diagnostic], lang: Lang, least: Severity) {
    let reports: Vec<DiagnosticReport> =
        found.iter().filter(|d| d.severity >= least).map(|d| DiagnosticReport::new(d, lang)).collect();
    for text in paragraphs(&reports, lang) {
        anstream::eprintln!("{text}");
    }
}

/// Findings of one code that are told in full; a file may have hundreds.
const TOLD: usize = 5;

/// Findings in a few lines each, in their order; of one code the first few, then how many more there are.
pub(crate) fn paragraphs(found: &[DiagnosticReport], lang: Lang) -> Vec<String> {
    let mut seen: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut out = Vec::new();
    for finding in found {
        let count = seen.entry((finding.severity, &finding.code)).or_default();
        *count += 1;
        // One more in full costs no more room than saying that there is one more.
        let of_code =
            || found.iter().filter(|f| (f.severity, &f.code) == (finding.severity, &finding.code)).count();
        match *count {
            n if n <= TOLD => out.push(paragraph(finding, lang)),
            n if n == TOLD + 1 => match of_code() - TOLD {
                1 => out.push(paragraph(finding, lang)),
                more => out.push(and_more(finding, more, lang)),
            },
            _ => {}
        }
    }
    out
}

fn and_more(finding: &DiagnosticReport, more: usize, lang: Lang) -> String {
    let (word, colour) = title(finding.severity, lang);
    match lang {
        Lang::En => format!(
            "{colour}{word}{RESET}[{}]: {more} more of this kind; `landfall check --format json` lists all",
            finding.code
        ),
        Lang::Zh => format!(
            "{colour}{word}{RESET}[{}]：另有{more}处同类问题；landfall check --format json可列出全部",
            finding.code
        ),
    }
}

fn title(severity: Severity, lang: Lang) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => (lang.pick("error", "错误"), RED),
        Severity::Warning => (lang.pick("warning", "警告"), YELLOW),
        Severity::Note => (lang.pick("note", "提示"), BLUE),
    }
}

/// Text that can move no cursor and break no line.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The longest value that is shown whole; a line that is no table may have thousands of characters.
const SHOWN: usize = 120;

fn shortened(value: &str) -> String {
    let mut text: String = clean(value).chars().take(SHOWN).collect();
    if value.chars().count() > SHOWN {
        text.push('…');
    }
    text
}

/// A finding in a few lines: what, where, the value, and what to do.
fn paragraph(finding: &DiagnosticReport, lang: Lang) -> String {
    let (word, colour) = title(finding.severity, lang);
    let mut place = finding.file.clone().unwrap_or_default();
    if let Some(sheet) = &finding.sheet {
        place += &format!(" [{sheet}]");
    }
    match (&finding.cell, &finding.column) {
        (Some(cell), Some(column)) if column.is_empty() => place += &format!(":{cell}"),
        (Some(cell), Some(column)) => place += &format!(":{cell} ({})", shortened(column)),
        (Some(row), None) => place += &format!(":{row}"),
        (None, _) => {}
    }
    let mut text = format!("{colour}{word}{RESET}[{}]: {}", finding.code, clean(&finding.text));
    if !place.is_empty() {
        text += &format!("\n  {DIM}-->{RESET} {place}");
    }
    if !finding.value.is_empty() {
        text += &format!("\n  {}: {}", lang.pick("value", "值"), shortened(&finding.value));
    }
    text + &format!("\n  {}: {}", lang.pick("help", "建议"), clean(&finding.help))
}
