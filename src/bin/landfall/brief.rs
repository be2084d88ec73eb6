//! `landfall brief`: the monthly bulletin, as a file.

use crate::arguments::{Arguments, Brief, Form};
use crate::scenario::{check, read, warn};
use crate::voice::{Failure, clean};
use crate::{house, load, write};
use clap::CommandFactory;
use clap::error::ErrorKind;
use landfall::brief::pptx::{DeckOptions, Drawn, PICTURE, deck};
use landfall::brief::{self, Bulletin, Stamp};
use landfall::case::{Answer, BulletinError, Case, LeverReport, Question, ScenarioReport, Wanted};
use landfall::chart;
use landfall::chart::house_file::HouseFile;
use landfall::chart::png::png;
use landfall::error::Lang;
use landfall::scenario::Scenario;
use landfall::stats::DRAWS;
use std::io::Write;
use std::process::ExitCode;

/// Pictures are drawn this many times larger than they stand on a slide.
const PICTURE_SCALE: f32 = 2.0;

pub(crate) fn run(ask: &Brief, lang: Lang) -> Result<ExitCode, Failure> {
    only_what_the_form_takes(ask);
    // A folder that cannot be written, or a template that cannot be read, is found out before the work.
    write::probe(&ask.out.path)?;
    let template = ask.template.as_deref().map(load::text).transpose()?;
    let house = ask.house.as_deref().map(house::read).transpose()?;
    let case = load::case(&ask.data, load::Uses::Scenario, lang)?;
    let named = ask.scenario.as_deref().map(read).transpose()?;
    let seed = ask.seed.or_else(|| named.as_ref().and_then(|s| s.seed)).unwrap_or(landfall::case::SEED);
    let question = Question { as_of: ask.as_of, seed, every_month: true, ..Question::default() };
    let answer = load::answer(&case, &question, &ask.data, lang)?;
    let bulletin = made(ask, &case, &answer, named, lang)?;
    let bulletin = match &house {
        Some(own) => bulletin.with_house(&own.house)?,
        None => bulletin,
    };
    let bytes = match ask.out.form {
        Form::Html => brief::html(&bulletin, template.as_deref())?.into_bytes(),
        Form::Markdown => match &template {
            Some(template) => brief::markdown_by(&bulletin, template)?.into_bytes(),
            None => brief::markdown(&bulletin).into_bytes(),
        },
        Form::Xlsx => brief::xlsx(&bulletin, now())?,
        Form::Docx => brief::docx(&bulletin, now())?,
        Form::Pptx => slides(ask, &bulletin, house.as_ref(), lang)?,
    };
    write::whole(&ask.out.path, bytes)?;
    let said = clean(&bulletin.parts().headline.text);
    writeln!(anstream::stdout().lock(), "{}: {said}", ask.out.path.display())?;
    Ok(ExitCode::SUCCESS)
}

/// An option for a form that does not take it is wrong usage, not something to pass over.
fn only_what_the_form_takes(ask: &Brief) {
    let text = matches!(ask.out.form, Form::Html | Form::Markdown);
    let styled = matches!(ask.out.form, Form::Html | Form::Docx | Form::Pptx);
    let wrong = [
        (ask.template.is_some() && !text, "--template goes with --out x.html and --out x.md"),
        (ask.pictures && ask.out.form != Form::Pptx, "--pictures goes with --out x.pptx"),
        (ask.house.is_some() && !styled, "--house goes with --out x.pptx, x.docx and x.html"),
    ];
    if let Some((_, said)) = wrong.into_iter().find(|(wrong, _)| *wrong) {
        Arguments::command().error(ErrorKind::ArgumentConflict, said).exit();
    }
}

/// The deck, with the house's logo, and fans as pictures where that is asked for.
fn slides(
    ask: &Brief,
    bulletin: &Bulletin,
    house: Option<&HouseFile>,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let fonts = house::fonts(house, lang)?;
    let logo = house.map(|of| house::logo(of, &fonts)).transpose()?.flatten();
    let mut pictures = Vec::new();
    for fan in bulletin.parts().fans.iter().filter(|_| ask.pictures) {
        let svg = chart::fan(&fan.sized(PICTURE.0, PICTURE.1)?)?;
        pictures.push(Drawn { png: png(&svg, PICTURE_SCALE, &fonts)?, svg: Some(svg.into_bytes()) });
    }
    let options = DeckOptions { created: now(), pictures, logo };
    // A second or two with pictures, a tenth without: no bar.
    Ok(deck(bulletin, &options, &mut |_, _| true)?)
}

fn made(
    ask: &Brief,
    case: &Case,
    answer: &Answer,
    named: Option<Scenario>,
    lang: Lang,
) -> Result<Bulletin, Failure> {
    // What no section would use is not worked out.
    let wanted = case.has_pipeline() || named.is_some();
    let baseline = wanted.then(|| case.baseline(answer, DRAWS)).transpose()?;
    let scenario = match baseline.as_ref().zip(named) {
        Some((baseline, named)) => {
            let named = case.by_name(named);
            if let Some(path) = &ask.scenario {
                check(baseline, &named, path)?;
            }
            let (told, notes) = ScenarioReport::with_shares(answer, baseline, &named, None, lang)?;
            warn(notes.iter().map(|n| n.text.lang(lang)), lang);
            Some(told)
        }
        None => None,
    };
    let least = baseline.as_ref().map(|b| case.least(b, ask.chance, lang)).transpose()?.flatten();
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
