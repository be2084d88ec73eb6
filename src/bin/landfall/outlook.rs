//! `landfall outlook`.

use crate::arguments::{Format, Outlook};
use crate::voice::Failure;
use crate::{csv_report, explain, load, table};
use landfall::case::{OutlookReport, Question};
use landfall::error::Lang;
use std::io::Write;
use std::process::ExitCode;

pub(crate) fn run(ask: &Outlook, lang: Lang) -> Result<ExitCode, Failure> {
    let case = load::case(&ask.data, load::Uses::Outlook, lang)?;
    let question = Question { as_of: ask.as_of, seed: ask.seed, ledger: ask.ledger, ..Question::default() };
    let answer = load::answer(&case, &question, &ask.data, lang)?;
    if let Some(region) = &ask.explain {
        let known = |a: &landfall::case::Answered| answer.find(region, a.panel.ledger()).is_ok();
        if let (false, Some(first)) = (answer.ledgers.iter().any(known), answer.ledgers.first()) {
            // The error lists the regions that there are.
            answer.find(region, first.panel.ledger())?;
        }
    }
    let told = answer.report(lang);
    let mut out = anstream::stdout().lock();
    match ask.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &told)?;
            writeln!(out)?;
        }
        Format::Csv => out.write_all(csv_report::text(&told).as_bytes())?,
        Format::Table => {
            write!(out, "{}", table::text(&told, lang, table::window()))?;
            if let Some(region) = &ask.explain {
                write!(out, "{}", explain::text(&answer, region, lang))?;
            }
        }
    }
    out.flush()?;
    let answered = told.units.iter().any(|u| u.year_end.is_some() || u.growth.is_some());
    Ok(if answered { ExitCode::SUCCESS } else { no_answer(&told, lang) })
}

fn no_answer(told: &OutlookReport, lang: Lang) -> ExitCode {
    let zeros = told.units.iter().all(|u| u.notes.iter().any(|note| note.code == "only_zeros"));
    anstream::eprintln!(
        "{}",
        if zeros {
            lang.pick(
                "error: every figure is 0, so there is nothing to project; see whether the right column was read",
                "错误：数据全部为0，无从推算；请核对所读的列",
            )
        } else {
            lang.pick(
                "error: no region has enough history for an outlook; two full past years before the last month are needed",
                "错误：没有地区的历史数据足以推算，最近月份之前至少需要两个完整的往年",
            )
        }
    );
    ExitCode::FAILURE
}
