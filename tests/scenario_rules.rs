//! Rules that every lever keeps, and what the embedded case has on record; attraction's own target.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use landfall::case::{Answer, Case, Question};
use landfall::error::Explain;
use landfall::ledger::Ledger;
use landfall::pipeline::{Kind, Pipeline};
use landfall::scenario::{Baseline, Goals, LeastStep, LeverId, Outcome, Scenario, Setting};
use landfall::stats::DRAWS;
use std::collections::BTreeMap;

const CITY: &str = "吴忠市";

fn asked() -> (Case, Answer) {
    let case = Case::sample("wuzhong-2023").unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    (case, answer)
}

fn run(baseline: &Baseline, settings: Vec<Setting>) -> Outcome {
    baseline.run(&Scenario { settings, ..Scenario::empty("test", 2023) }).unwrap()
}

fn total(outcome: &Outcome, region: &str, ledger: Ledger) -> f64 {
    outcome.unit(region, ledger).unwrap().december().unwrap().scenario.total.unwrap()
}

#[test]
fn of_overlapping_settings_the_last_in_scope_holds_whatever_the_lever() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    for (lever, wide, narrow, ledger) in [
        (LeverId::Pace, 1.1, 1.3, Ledger::Fai),
        (LeverId::SectorShock, -10.0, -30.0, Ledger::Fai),
        (LeverId::Base, 5.0, -5.0, Ledger::Fai),
        (LeverId::FundsPace, 1.1, 0.8, Ledger::Attraction),
        (LeverId::CompletionDecember, 90.0, 80.0, Ledger::Fai),
        (LeverId::StartShift, 2.0, -1.0, Ledger::Fai),
    ] {
        let everywhere = || Setting::new(lever, wide);
        let here = || Setting::new(lever, narrow).within("利通区");
        let figures = |settings, region: &str| {
            run(&baseline, settings).unit(region, ledger).unwrap().december().unwrap().scenario
        };
        let both = |region| figures(vec![everywhere(), here()], region);
        assert_eq!(both("利通区"), figures(vec![here()], "利通区"), "{lever}: the narrow one comes last");
        if lever != LeverId::CompletionDecember {
            // A rate is reached by all in scope together, so that what one leaves the others take.
            assert_eq!(
                both("盐池县"),
                figures(vec![everywhere()], "盐池县"),
                "{lever}: elsewhere the wide one"
            );
        }
        let reversed = figures(vec![here(), everywhere()], "利通区");
        assert_eq!(reversed, figures(vec![everywhere()], "利通区"), "{lever}: the wide one comes last");
    }
}

#[test]
fn shocks_of_sectors_add_up_and_a_later_one_for_all_replaces_them() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    let hit = |sector: &str, value: f64| {
        let mut setting = Setting::new(LeverId::SectorShock, value);
        setting.scope.sector = Some(sector.into());
        setting
    };
    let lost = |settings| {
        let outcome = run(&baseline, settings);
        total(&outcome, "利通区", Ledger::Fai) - total(&run(&baseline, vec![]), "利通区", Ledger::Fai)
    };
    let (a, b) = (lost(vec![hit("real_estate", -30.0)]), lost(vec![hit("power", -20.0)]));
    let both = lost(vec![hit("real_estate", -30.0), hit("power", -20.0)]);
    assert!(a < -0.1 && b < -0.1 && (both / (a + b) - 1.0).abs() < 1e-6, "{a} {b} {both}");
    let all = || Setting::new(LeverId::SectorShock, -10.0);
    assert_eq!(lost(vec![hit("real_estate", -30.0), all()]), lost(vec![all()]));
    assert!(lost(vec![all(), hit("real_estate", -30.0)]) < lost(vec![all()]));
}

#[test]
fn a_sought_value_is_one_of_the_levers_steps_and_the_chance_is_that_at_it() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let none = Scenario::empty("", 2023);
    for (lever, chance) in [(LeverId::Pace, 0.8), (LeverId::Approvals, 0.5), (LeverId::StartWithin, 0.9)] {
        let sought = baseline.seek(&none, &Setting::new(lever, 0.0), CITY, Ledger::Fai, chance).unwrap();
        let (value, of) = (sought.value.unwrap(), baseline.lever(lever));
        assert_eq!(value, of.on_step(value, true), "{lever} {value}");
        let at = |v: f64| {
            let outcome = run(&baseline, vec![Setting::new(lever, v)]);
            outcome.unit(CITY, Ledger::Fai).unwrap().december().unwrap().scenario.probability.unwrap()
        };
        let back = if value > of.default { -of.step } else { of.step };
        assert!(at(value) >= chance && at(value + back) < chance, "{lever} {value}");
        assert_eq!(sought.chance, at(value));
    }
}

#[test]
fn attraction_owes_421_by_december_and_three_quarters_of_it_by_september() {
    let (case, answer) = asked();
    let targets = case.plan().unwrap().targets_of(CITY, Ledger::Attraction);
    let owed: Vec<(u8, f64)> = targets.iter().map(|t| (t.month, t.value)).collect();
    assert_eq!(owed, [(9, 0.75 * 421.0), (12, 421.0)]);
    let funds = answer.ledgers.iter().find(|a| a.panel.ledger() == Ledger::Attraction).unwrap();
    let city = funds.outlook.units.iter().find(|u| u.region == CITY).unwrap();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let outcome = |pace| run(&baseline, vec![Setting::new(LeverId::FundsPace, pace)]);
    let of = |outcome: &Outcome, month: u8| {
        let unit = outcome.unit(CITY, Ledger::Attraction).unwrap();
        unit.months.iter().find(|m| m.month == month).unwrap().clone()
    };
    let (slower, faster) = (outcome(0.9), outcome(1.1));
    for (month, value) in owed {
        // Counted anew, draw by draw: what is in place stays, the rest goes a tenth faster or slower.
        let draws = city.months[&month].total.as_ref().unwrap().draws();
        let ytd = city.ytd.unwrap();
        let count = |pace: f64| {
            let met = draws.iter().filter(|x| ytd + pace * (**x - ytd) >= value).count();
            met as f64 / draws.len() as f64
        };
        for (outcome, pace) in [(&slower, 0.9), (&faster, 1.1)] {
            let (told, want) = (of(outcome, month), count(pace));
            assert!((told.base.probability.unwrap() - count(1.0)).abs() < 1e-12, "{month}");
            assert!((told.scenario.probability.unwrap() - want).abs() < 2.0 / DRAWS as f64, "{month} {want}");
        }
        let moved = |o: &Outcome| of(o, month).chance().unwrap();
        assert!(moved(&slower) < 0.0 && moved(&faster) > 0.0, "{month}: neither sure nor lost before");
    }
    // Other books owe other things, and none of them moves.
    let others = faster.units.iter().filter(|u| u.ledger != Ledger::Attraction);
    assert!(others.flat_map(|u| &u.months).all(|m| m.base == m.scenario));
    // What it would take: both dates at four in five.
    let none = Scenario::empty("", 2023);
    let lever = Setting::new(LeverId::FundsPace, 1.0);
    let sought = baseline.seek(&none, &lever, CITY, Ledger::Attraction, 0.8).unwrap();
    assert!(sought.value.unwrap() > 1.0 && sought.chance >= 0.8 && sought.without < 0.8, "{sought:?}");
}

#[test]
fn what_the_data_have_seen_is_on_record_and_the_rest_says_that_it_is_assumed() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let recorded: Vec<LeverId> =
        baseline.levers().into_iter().filter(|l| l.from_data).map(|l| l.id).collect();
    for lever in
        [LeverId::Pace, LeverId::FundsPace, LeverId::SectorShock, LeverId::Coverage, LeverId::NewTotal]
    {
        assert!(recorded.contains(&lever), "{lever} is not on record: {recorded:?}");
    }
    for lever in [LeverId::WinterStop, LeverId::Signing, LeverId::NewLag, LeverId::StartWithin] {
        assert!(!recorded.contains(&lever), "{lever} is on no record");
    }
    // A new project is like those that are listed.
    let list = Pipeline::sample();
    let works = list.projects().iter().filter(|p| p.row.kind == Some(Kind::Key));
    let mut totals: Vec<f64> = works.filter_map(|p| p.row.total).collect();
    totals.sort_by(f64::total_cmp);
    let new = baseline.lever(LeverId::NewTotal);
    let (low, middle, high) =
        (totals[totals.len() / 40], totals[totals.len() / 2], totals[totals.len() * 39 / 40]);
    assert!((new.default - middle).abs() <= new.step, "{new:?} {middle}");
    assert!(
        (new.history.0 - low).abs() <= 2.0 * new.step && (new.history.1 - high).abs() < 0.3 * high,
        "{new:?} {low} {high}"
    );
    // By hand from the rows: the largest rise of a sector's August to December over the year before, against the middle one.
    let shock = baseline.lever(LeverId::SectorShock);
    assert!(shock.history.0 < 0.0 && shock.history.1 > 0.0 && shock.history.0 > -100.0, "{shock:?}");
    // A year without a past has no record.
    let national = Case::sample("national").unwrap();
    let answer = national.ask(&Question::default()).unwrap();
    let alone = national.baseline(&answer, 1_000).unwrap();
    assert!(!alone.lever(LeverId::SectorShock).from_data && !alone.lever(LeverId::Coverage).from_data);
}

#[test]
fn new_projects_start_some_sooner_and_some_later() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let more = |lag: f64| {
        let settings = vec![Setting::new(LeverId::NewProjects, 40.0), Setting::new(LeverId::NewLag, lag)];
        total(&run(&baseline, settings), CITY, Ledger::Works)
            - total(&run(&baseline, vec![]), CITY, Ledger::Works)
    };
    // All at once half a year after July nothing would be spent this year; some come sooner than that.
    assert!(more(6.0) > 0.0 && more(2.0) > 2.0 * more(6.0) && more(0.0) > more(2.0));
}

#[test]
fn the_least_to_do_is_sought_in_fai_and_says_what_it_is_proven_for() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    let none = Scenario::empty("", 2023);
    let mut raised = 0;
    for percent in 30..=95 {
        let (chance, goals) = (f64::from(percent) / 100.0, Goals::One(CITY.into()));
        let mut step = LeastStep::plan(&baseline, &none, &goals, chance, &BTreeMap::new()).unwrap();
        while !step.step(&baseline).unwrap() {}
        let found = step.finish(&baseline);
        let (_, [_, after, _]) = found.chances.iter().find(|(unit, _)| unit == CITY).unwrap();
        assert!(*after >= chance && found.need_raised >= 0.0 && found.need_raised < 0.15, "{found:?}");
        raised += usize::from(found.need_raised > 0.0);
    }
    assert!(raised > 0, "the districts' projects never fell short in the city's own draws");
    let works = case.ask(&Question { ledger: Some(Ledger::Works), ..Question::default() }).unwrap();
    let works = case.baseline(&works, 1_000).unwrap();
    let refused = LeastStep::plan(&works, &none, &Goals::Every, 0.5, &BTreeMap::new()).unwrap_err();
    assert_eq!(refused.code(), "least_in_fai_only");
}

#[test]
fn a_region_is_known_by_its_english_name_and_a_misspelt_one_is_told_the_nearest() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    for name in ["吴忠市", "吴忠", "Wuzhong", "wuzhong "] {
        assert_eq!(case.region(&baseline, name).unwrap(), CITY);
    }
    for (wrong, meant) in [("Wuzong", "Wuzhong"), ("利通县", "利通区"), ("Litong", "Litong District")] {
        let error = case.region(&baseline, wrong).unwrap_err();
        assert_eq!(error.code(), "unknown_region");
        assert!(error.help().en.contains(&format!("did you mean {meant:?}")), "{}", error.help().en);
        assert!(error.help().zh.contains(meant));
    }
    let settings = vec![Setting::new(LeverId::Pace, 1.2).within("Litong District")];
    let named = case.by_name(Scenario { settings, ..Scenario::empty("", 2023) });
    assert_eq!(named.settings[0].scope.region.as_deref(), Some("利通区"));
    let wrong = vec![Setting::new(LeverId::Pace, 1.2).within("利通县")];
    let error = baseline.run(&Scenario { settings: wrong, ..Scenario::empty("", 2023) }).unwrap_err();
    assert!(error.help().zh.contains("利通区"), "{}", error.help().zh);
}
