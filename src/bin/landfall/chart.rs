//! `landfall chart`: one picture, as a file.

use crate::arguments::{Arguments, Chart, Kind};
use crate::scenario::{check, read as read_scenario, warn};
use crate::voice::{Failure, clean};
use crate::{house, load, scoring, write};
use clap::CommandFactory;
use clap::error::ErrorKind;
use landfall::backtest::Trial;
use landfall::case::{Case, ChartKind, Look, Pictured, Question, Scored};
use landfall::chart;
use landfall::chart::house_file::HouseFile;
use landfall::chart::png::{Fonts, png};
use landfall::error::Lang;
use landfall::stats::DRAWS;
use std::io::Write;
use std::process::ExitCode;

pub(crate) fn run(ask: &Chart, lang: Lang) -> Result<ExitCode, Failure> {
    only_what_the_kind_takes(ask);
    // Minutes of work for a folder that cannot be written would be for nothing.
    write::probe(&ask.out)?;
    let uses = match ask.kind {
        Kind::Waterfall | Kind::Tornado | Kind::Funnel => load::Uses::Scenario,
        _ if ask.scenario.is_some() => load::Uses::Scenario,
        _ => load::Uses::Outlook,
    };
    let house = ask.house.as_deref().map(house::read).transpose()?;
    let case = load::case(&ask.data, uses, lang)?;
    let look = Look {
        lang,
        unit: ask.amounts_in.clone(),
        theme: ask.theme,
        width: ask.width.into(),
        height: ask.height.into(),
        heading: true,
    };
    // What is no chart of an answer is one of a backtest.
    let chart = match ChartKind::parse(&ask.kind.name()) {
        Ok(kind) => outlook(kind, ask, &case, &look)?,
        Err(_) => scored(ask, &case, &look)?,
    };
    let chart = match &house {
        Some(own) => chart.with_house(&own.house)?,
        None => chart,
    };
    let ending = ask.out.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("json") => write::whole(&ask.out, (serde_json::to_string_pretty(&chart)? + "\n").as_bytes())?,
        Some("png") => {
            write::whole(&ask.out, &png(&chart.svg()?, ask.scale, &fonts(ask, house.as_ref(), lang)?)?)?
        }
        _ => write::whole(&ask.out, chart.svg()?.as_bytes())?,
    }
    writeln!(anstream::stdout().lock(), "{}: {}", ask.out.display(), clean(chart.title()))?;
    Ok(ExitCode::SUCCESS)
}

/// The fonts that come along, the house's, and the one that was named.
fn fonts(ask: &Chart, house: Option<&HouseFile>, lang: Lang) -> Result<Fonts, Failure> {
    let fonts = house::fonts(house, lang)?;
    let Some(path) = &ask.font else { return Ok(fonts) };
    let bytes = load::read(path)?;
    Ok(fonts.with(bytes)?)
}

/// An option that says nothing to this kind of chart is wrong usage, not something to pass over.
fn only_what_the_kind_takes(ask: &Chart) {
    let takes: &[&str] = match ask.kind {
        Kind::Fan | Kind::GrowthFan | Kind::Waterfall => {
            &["--region", "--as-of", "--scenario", "--amounts-in"]
        }
        Kind::Ranking | Kind::Multiples => &["--as-of", "--scenario", "--amounts-in"],
        Kind::Need | Kind::Scurve | Kind::Funnel | Kind::Tornado => &["--region", "--as-of", "--amounts-in"],
        Kind::Bullet | Kind::Tiles => &["--as-of", "--amounts-in"],
        Kind::Reliability | Kind::Error | Kind::Cover => &["--cuts", "--years"],
    };
    let given = [
        ("--region", ask.region.is_some()),
        ("--as-of", ask.as_of.is_some()),
        ("--scenario", ask.scenario.is_some()),
        ("--amounts-in", ask.amounts_in.is_some()),
        ("--cuts", ask.cuts.is_some()),
        ("--years", ask.years.is_some()),
    ];
    let kind = ask.kind.name();
    if let Some((option, _)) = given.into_iter().find(|(option, given)| *given && !takes.contains(option)) {
        let takes = match takes {
            [one] => (*one).to_owned(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
            [] => String::new(),
        };
        let said = format!("{option} says nothing to the chart '{kind}', which takes {takes}");
        Arguments::command().error(ErrorKind::ArgumentConflict, said).exit();
    }
    if ask.kind == Kind::Tornado && ask.scenario.is_some() {
        let said = "the chart 'tornado' shows each lever alone beside the baseline: leave out --scenario";
        Arguments::command().error(ErrorKind::ArgumentConflict, said).exit();
    }
    if ask.kind == Kind::Waterfall && ask.scenario.is_none() {
        let said = "the chart 'waterfall' shows what a scenario changes: name one with --scenario FILE.toml";
        Arguments::command().error(ErrorKind::MissingRequiredArgument, said).exit();
    }
}

/// A chart of an answer, and of what a scenario makes of it.
fn outlook(kind: ChartKind, ask: &Chart, case: &Case, look: &Look) -> Result<chart::Chart, Failure> {
    let ledger = kind.ledger(ask.ledger);
    // A scenario moves ledgers through each other.
    let all = kind.spans_ledgers() || ask.scenario.is_some();
    let asked = if all { None } else { Some(ledger) };
    let question = Question {
        as_of: ask.as_of,
        seed: ask.seed,
        ledger: asked,
        every_month: true,
        ..Question::default()
    };
    let answer = load::answer(case, &question, &ask.data, look.lang)?;
    if let Some(unit) = &ask.amounts_in {
        answer.can_tell_in(ledger, unit)?;
    }
    let first = answer.ledgers.iter().find(|a| a.panel.ledger() == ledger);
    let first = first.and_then(|a| a.outlook.units.first()).map(|u| u.region.clone());
    let region = ask.region.clone().or(first).unwrap_or_default();
    if matches!(kind, ChartKind::Fan | ChartKind::GrowthFan) {
        let (answered, at) = answer.find(&region, ledger)?;
        let december = answered.outlook.units[at].december();
        if december.is_none_or(|d| d.total.is_none() && d.growth.is_none()) {
            return Err(Failure::NoOutlook { region });
        }
    }
    let scenario = ask.scenario.as_deref().map(read_scenario).transpose()?.map(|s| case.by_name(s));
    let scenario = scenario.as_ref();
    let baseline = scenario.map(|_| case.baseline(&answer, DRAWS)).transpose()?;
    if let Some(((baseline, scenario), path)) = baseline.as_ref().zip(scenario).zip(ask.scenario.as_deref()) {
        check(baseline, scenario, path)?;
    }
    let of = Pictured {
        case,
        answer: &answer,
        baseline: baseline.as_ref(),
        scenario,
        shared: None,
        region: &region,
        ledger,
    };
    let (chart, notes) = of.chart(kind, look)?;
    warn(notes.iter().map(|n| n.text.lang(look.lang)), look.lang);
    Ok(chart)
}

fn scored(ask: &Chart, case: &Case, look: &Look) -> Result<chart::Chart, Failure> {
    let (cuts, years) = match ask.kind {
        // A line wants every month, a year or a chance wants many years.
        Kind::Error => ((2..=11).collect(), 4),
        _ => (vec![3, 6, 9], 8),
    };
    let cuts = ask.cuts.clone().unwrap_or(cuts);
    let years = usize::from(ask.years.unwrap_or(years));
    let backtest = scoring::run(case, ask.ledger, &Trial { cuts, years, last: None, seed: ask.seed })?;
    let scored = Scored::new(case, ask.ledger, &backtest);
    Ok(match ask.kind {
        Kind::Reliability => chart::Chart::Reliability(scored.reliability(look)?),
        Kind::Cover => chart::Chart::Cover(scored.cover(look)?),
        _ => chart::Chart::Error(scored.error(look)?),
    })
}
