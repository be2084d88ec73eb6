//! `landfall chart`: one picture, as a file.

use crate::arguments::{Arguments, Chart, Kind};
use crate::voice::{Failure, clean, report};
use crate::{load, scoring, write};
use clap::CommandFactory;
use clap::error::ErrorKind;
use landfall::backtest::Trial;
use landfall::case::{Case, Look, Question, Scored};
use landfall::chart;
use landfall::error::{Lang, Severity};
use std::io::Write;
use std::process::ExitCode;

pub(crate) fn run(ask: &Chart, lang: Lang) -> Result<ExitCode, Failure> {
    only_what_the_kind_takes(ask);
    // Minutes of work for a folder that cannot be written would be for nothing.
    write::probe(&ask.out)?;
    let case = load::case(&ask.data, load::Uses::Outlook, lang)?;
    let look =
        Look { lang, theme: ask.theme, width: ask.width.into(), height: ask.height.into(), heading: true };
    let (title, svg) = match ask.kind {
        Kind::Fan => fan(ask, &case, &look)?,
        Kind::Reliability | Kind::Error | Kind::Cover => scored(ask, &case, &look)?,
    };
    write::whole(&ask.out, &svg)?;
    writeln!(anstream::stdout().lock(), "{}: {}", ask.out.display(), clean(&title))?;
    Ok(ExitCode::SUCCESS)
}

/// An option that says nothing to this kind of chart is wrong usage, not something to pass over.
fn only_what_the_kind_takes(ask: &Chart) {
    let of_fan = [("--region", ask.region.is_some()), ("--as-of", ask.as_of.is_some())];
    let of_backtest = [("--cuts", ask.cuts.is_some()), ("--years", ask.years.is_some())];
    let (unused, takes) = match ask.kind {
        Kind::Fan => (of_backtest, "--region and --as-of"),
        Kind::Reliability | Kind::Error | Kind::Cover => (of_fan, "--cuts and --years"),
    };
    if let Some((option, _)) = unused.into_iter().find(|(_, given)| *given) {
        let kind = ask.kind.name();
        let said = format!("{option} says nothing to the chart '{kind}', which takes {takes}");
        Arguments::command().error(ErrorKind::ArgumentConflict, said).exit();
    }
}

fn fan(ask: &Chart, case: &Case, look: &Look) -> Result<(String, String), Failure> {
    let question = Question { as_of: ask.as_of, seed: ask.seed, ledger: Some(ask.ledger), every_month: true };
    let answer = case.ask(&question)?;
    report(&answer.found, look.lang, Severity::Warning);
    let first = answer.ledgers.first().and_then(|l| l.outlook.units.first()).map(|u| u.region.clone());
    let region = ask.region.clone().or(first).unwrap_or_default();
    let (answered, at) = answer.find(&region, ask.ledger)?;
    let december = answered.outlook.units[at].december();
    if december.is_none_or(|d| d.total.is_none() && d.growth.is_none()) {
        return Err(Failure::NoOutlook { region });
    }
    let spec = answer.fan(&region, ask.ledger, look)?;
    Ok((spec.parts().title.clone(), chart::fan(&spec)?))
}

fn scored(ask: &Chart, case: &Case, look: &Look) -> Result<(String, String), Failure> {
    let (cuts, years) = match ask.kind {
        // A line wants every month, a year or a chance wants many years.
        Kind::Error => ((2..=11).collect(), 4),
        _ => (vec![3, 6, 9], 8),
    };
    let cuts = ask.cuts.clone().unwrap_or(cuts);
    let years = usize::from(ask.years.unwrap_or(years));
    let backtest = scoring::run(case, ask.ledger, &Trial { cuts, years, seed: ask.seed })?;
    let scored = Scored::new(case, ask.ledger, &backtest);
    Ok(match ask.kind {
        Kind::Reliability => {
            let spec = scored.reliability(look)?;
            (spec.parts().sheet.title.clone(), chart::reliability(&spec)?)
        }
        Kind::Cover => {
            let spec = scored.cover(look)?;
            (spec.parts().sheet.title.clone(), chart::cover(&spec)?)
        }
        Kind::Error | Kind::Fan => {
            let spec = scored.error(look)?;
            (spec.parts().sheet.title.clone(), chart::error(&spec)?)
        }
    })
}
