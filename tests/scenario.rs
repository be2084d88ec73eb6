//! Scenarios on the embedded case: paired, coherent, adding up, and refusing what cannot be.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use landfall::case::{Answer, Case, CaseError, Options, Question, Source};
use landfall::error::{Explain, Lang};
use landfall::ledger::Ledger;
use landfall::outlook::UnitKind;
use landfall::pipeline::{Approval, Assumptions, Kind, Pipeline, simulate};
use landfall::scenario::{
    Attribution, Baseline, Goals, LeastStep, LeverId, Outcome, Scenario, ScenarioError, Setting, Shared,
};
use landfall::stats::DRAWS;
use std::collections::BTreeMap;

const CITY: &str = "吴忠市";

fn asked() -> (Case, Answer) {
    let case = Case::sample("wuzhong-2023").unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    (case, answer)
}

fn of(settings: Vec<Setting>) -> Scenario {
    Scenario { settings, ..Scenario::empty("test", 2023) }
}

fn chance(outcome: &Outcome, region: &str) -> f64 {
    outcome.unit(region, Ledger::Fai).unwrap().december().unwrap().scenario.probability.unwrap()
}

/// A scenario with every lever set, each off its default.
fn everything(baseline: &Baseline) -> Scenario {
    let mut settings = Vec::new();
    for lever in baseline.levers() {
        let mut setting = Setting::new(lever.id, 0.25 * lever.history.0 + 0.75 * lever.history.1);
        if lever.id == LeverId::SectorShock {
            setting.scope.sector = Some("real_estate".into());
        }
        settings.push(setting);
    }
    of(settings)
}

#[test]
fn without_levers_the_figures_are_the_outlooks_to_the_last_bit() {
    let (case, answer) = asked();
    for draws in [DRAWS, 4_096, 1_000] {
        let baseline = case.baseline(&answer, draws).unwrap();
        // A lever that is set to what stands for "as it is" changes nothing either.
        let still = of(vec![
            Setting::new(LeverId::Pace, 1.0),
            Setting::new(LeverId::Base, 0.0),
            Setting::new(LeverId::TakeOver, 0.0),
        ]);
        for scenario in [Scenario::empty("", 2023), still] {
            let outcome = baseline.run(&scenario).unwrap();
            let mut compared = 0;
            for answered in &answer.ledgers {
                for (unit, risk) in answered.outlook.units.iter().zip(&answered.risks) {
                    let effect = outcome.unit(&unit.id(), answered.panel.ledger()).unwrap();
                    let (told, december) = (effect.december().unwrap(), unit.december().unwrap());
                    assert_eq!(told.scenario, told.base, "{}", unit.id());
                    assert_eq!((told.se, told.se_middle), (0.0, 0.0));
                    assert_eq!(told.scenario.probability, risk.probability);
                    assert_eq!(told.scenario.total, december.total.as_ref().map(|t| t.summary().median()));
                    assert_eq!(told.scenario.growth, december.growth.as_ref().map(|g| g.summary().median()));
                    for milestone in &risk.milestones {
                        let month = effect.months.iter().find(|m| m.month == milestone.month).unwrap();
                        assert_eq!(month.scenario.probability, milestone.probability);
                    }
                    compared += 1;
                }
            }
            assert!(compared > 20, "{compared}");
        }
    }
}

#[test]
fn a_prefix_tells_the_outlooks_chance_plus_the_paired_difference() {
    let (case, answer) = asked();
    let run = |draws, pace| {
        let baseline = case.baseline(&answer, draws).unwrap();
        baseline.run(&of(vec![Setting::new(LeverId::Pace, pace)])).unwrap()
    };
    let (whole, part) = (run(DRAWS, 1.05), run(2_048, 1.05));
    let fai = answer.ledgers.iter().find(|a| a.panel.ledger() == Ledger::Fai).unwrap();
    for (unit, risk) in fai.outlook.units.iter().zip(&fai.risks) {
        let (Some(target), Some(before)) = (risk.target, risk.probability) else { continue };
        let ytd = unit.ytd.unwrap();
        let december = unit.december().unwrap();
        let (totals, base) = (december.total.as_ref().unwrap().draws(), december.base.as_ref().unwrap());
        // The difference that the definition asks for, counted anew.
        let by_hand: i32 = (0..2_048)
            .map(|i| {
                let met = |t: f64| i32::from(t / base.value(i) - 1.0 >= target.1);
                met(totals[i] + 0.05 * (totals[i] - ytd)) - met(totals[i])
            })
            .sum();
        let told = part.unit(&unit.id(), Ledger::Fai).unwrap().december().unwrap().clone();
        let inner = unit.kind == UnitKind::Region && unit.region != CITY;
        if inner {
            let want = (before + f64::from(by_hand) / 2_048.0).clamp(0.0, 1.0);
            assert!((told.scenario.probability.unwrap() - want).abs() < 1.5 / 2_048.0, "{}", unit.id());
        }
        let full = whole.unit(&unit.id(), Ledger::Fai).unwrap().december().unwrap().clone();
        let off = (told.scenario.probability.unwrap() - full.scenario.probability.unwrap()).abs();
        assert!(off <= 3.0 * told.se.hypot(full.se), "{} {off} {}", unit.id(), told.se);
    }
    assert!((0.0..=1.0).contains(&chance(&run(1_000, 3.0), CITY)));
}

#[test]
fn a_faster_rest_of_the_year_is_faster_everywhere_and_the_city_is_the_sum() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    // Double the rest: by hand the city's amount is ytd + 2 (T − ytd), which districts and the rest must add up to.
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::Pace, 2.0)])).unwrap();
    let fai = answer.ledgers.iter().find(|a| a.panel.ledger() == Ledger::Fai).unwrap();
    let city = fai.outlook.units.iter().find(|u| u.region == CITY && u.kind == UnitKind::Region).unwrap();
    let median = city.december().unwrap().total.as_ref().unwrap().summary().median();
    let want = city.ytd.unwrap() + 2.0 * (median - city.ytd.unwrap());
    let got = outcome.unit(CITY, Ledger::Fai).unwrap().december().unwrap().scenario.total.unwrap();
    assert!((got / want - 1.0).abs() < 1e-4, "{got} {want}");
    // One district alone: the city moves by exactly as much on average, the others not at all.
    let one = baseline.run(&of(vec![Setting::new(LeverId::Pace, 1.5).within("盐池县")])).unwrap();
    let moved = |id: &str| one.unit(id, Ledger::Fai).unwrap().december().unwrap().clone();
    assert!(moved("盐池县").points().unwrap() > 5.0 && moved(CITY).points().unwrap() > 0.5);
    assert_eq!(moved("同心县").base, moved("同心县").scenario);
    // A park's projects count in its district too, and once in the city.
    let park =
        baseline.run(&of(vec![Setting::new(LeverId::Approvals, 100.0).within("金积工业园区")])).unwrap();
    let more = |id: &str| {
        let d = park.unit(id, Ledger::Fai).unwrap().december().unwrap().clone();
        d.scenario.total.unwrap() - d.base.total.unwrap()
    };
    assert!(more("金积工业园区") > 0.01);
    for around in ["利通区", CITY] {
        assert!((more(around) / more("金积工业园区") - 1.0).abs() < 0.1, "{around} {}", more(around));
    }
    assert_eq!(more("青铜峡市"), 0.0);
}

#[test]
fn cleared_approvals_bring_what_a_plain_simulation_of_the_projects_brings() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::Approvals, 100.0)])).unwrap();
    let told = outcome.unit(CITY, Ledger::Works).unwrap().december().unwrap();
    let told = told.scenario.total.unwrap() - told.base.total.unwrap();
    // Project by project, with the approvals struck from the list, on the same seeds.
    let key: Vec<_> = Pipeline::sample()
        .projects()
        .iter()
        .map(|p| p.row.clone())
        .filter(|row| row.kind == Some(Kind::Key))
        .collect();
    let july = Pipeline::sample().as_of();
    let draws = 4_000;
    let sums = |cleared: bool| -> Vec<f64> {
        let rows = key.iter().cloned().map(|mut row| {
            if cleared {
                row.approvals.clear();
            }
            row
        });
        let (pipeline, _) = Pipeline::new(rows.collect(), "p", None, july);
        let simulation = simulate(&pipeline, &Assumptions::default(), draws, 11).unwrap();
        let mut out = vec![0.0; draws];
        for region in 0..pipeline.regions().len() {
            out.iter_mut().zip(simulation.through(region, 12)).for_each(|(sum, x)| *sum += x);
        }
        out
    };
    let differences: Vec<f64> = sums(true).iter().zip(sums(false)).map(|(a, b)| a - b).collect();
    let n = draws as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let sd = (differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    // The median of the sum moves like the mean of the effect, but for the skew of what completion multiplies.
    assert!((told - mean).abs() < 3.0 * sd / n.sqrt() + 0.02 * mean, "{told} {mean} ± {}", sd / n.sqrt());
}

#[test]
fn the_parts_add_up_to_the_whole() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 2_048).unwrap();
    let all = everything(&baseline);
    let share = |scenario: &Scenario| -> Shared {
        let mut attribution = Attribution::plan(&baseline, scenario).unwrap();
        let mut steps = 0;
        while !attribution.step(&baseline) {
            steps += 1;
            assert!(attribution.progress() > 0.0 && attribution.progress() <= 1.0);
        }
        assert!(steps > 4);
        attribution.finish().unwrap()
    };
    let few = of(all.settings.iter().filter(|s| s.lever != LeverId::Pace).take(5).cloned().collect());
    for (scenario, exact) in [(few, true), (of(all.settings.iter().take(12).cloned().collect()), false)] {
        let (outcome, shared) = (baseline.run(&scenario).unwrap(), share(&scenario));
        assert_eq!(shared.exact, exact);
        let mut moved = 0;
        for (unit, parts) in outcome.units.iter().zip(&shared.parts) {
            let Some(december) = unit.december() else { continue };
            let (points, chance) = (december.points().unwrap_or(0.0), december.chance().unwrap_or(0.0));
            moved += usize::from(points.abs() > 0.1);
            let sum = |f: fn(&landfall::scenario::Part) -> f64| parts.iter().map(f).sum::<f64>();
            assert!((sum(|p| p.points) - points).abs() < 1e-9, "{}", unit.id);
            assert!((sum(|p| p.chance) - chance).abs() < 1e-9, "{}", unit.id);
            assert!(parts.iter().all(|p| p.se.is_finite() && (!exact || p.se == 0.0)));
        }
        assert!(moved >= 8, "{moved}");
    }
}

#[test]
fn a_seek_finds_the_value_or_says_that_there_is_none() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let none = Scenario::empty("", 2023);
    let seek = |lever, p| baseline.seek(&none, &Setting::new(lever, 0.0), CITY, Ledger::Fai, p);
    let pace = seek(LeverId::Pace, 0.8).unwrap();
    let value = pace.value.unwrap();
    let at = |v| chance(&baseline.run(&of(vec![Setting::new(LeverId::Pace, v)])).unwrap(), CITY);
    assert!(at(value) >= 0.8 && at(value - 0.01) < 0.8, "{value} {}", at(value - 0.01));
    assert!((pace.chance - at(value)).abs() < 1e-12 && pace.without < 0.8);
    // The chance that it has already: the default, without a search.
    assert_eq!(seek(LeverId::Pace, 0.1).unwrap().value, Some(1.0));
    let energy = seek(LeverId::ApprovalOf(Approval::Energy), 0.9).unwrap();
    assert_eq!(energy.value, None);
    assert!(energy.chance < 0.9 && energy.chance >= energy.without);
    assert_eq!(seek(LeverId::Pace, 1.0).unwrap_err().code(), "chance_out_of_range");
    let nobody =
        baseline.seek(&none, &Setting::new(LeverId::Pace, 0.0), "吴忠", Ledger::Fai, 0.8).unwrap_err();
    assert_eq!(nobody.code(), "unknown_region");
    let owes_nothing =
        baseline.seek(&none, &Setting::new(LeverId::FundsPace, 0.0), "利通区", Ledger::Attraction, 0.8);
    assert_eq!(owes_nothing.unwrap_err().code(), "no_target");
}

fn least(
    baseline: &Baseline,
    goals: &Goals,
    p: f64,
    costs: &BTreeMap<String, f64>,
) -> landfall::scenario::Least {
    let mut step = LeastStep::plan(baseline, &Scenario::empty("", 2023), goals, p, costs).unwrap();
    while !step.step(baseline).unwrap() {}
    step.finish(baseline)
}

#[test]
fn the_least_reaches_the_chance_and_nothing_smaller_does() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    let found = least(&baseline, &Goals::Every, 0.5, &BTreeMap::new());
    assert!(found.proven && found.bound == found.cost && found.candidates > 100);
    assert_eq!(found.cost, found.chosen.len() as f64);
    for (unit, [before, after, with_all]) in &found.chances {
        let out = found.out_of_reach.contains(unit);
        assert!(out || unit == CITY || *after >= 0.5, "{unit} {after}");
        assert!(!out || *with_all < 0.5, "{unit} {with_all}");
        assert!(after >= before);
    }
    // Districts that reach it already get nothing: every project lies in one that did not.
    for project in &found.chosen {
        let (_, [before, ..]) = found.chances.iter().find(|(u, _)| *u == project.region).unwrap();
        assert!(*before < 0.5, "{}", project.region);
    }
    // One district with uneven costs, against every set of its projects that costs less.
    let costs: BTreeMap<String, f64> = Pipeline::sample()
        .projects()
        .iter()
        .enumerate()
        .map(|(i, p)| (p.row.id.clone(), 1.0 + (i * 7 % 5) as f64))
        .collect();
    let one = least(&baseline, &Goals::One("红寺堡区".into()), 0.6, &costs);
    assert!(one.proven && !one.chosen.is_empty());
    let all = least(&baseline, &Goals::One("红寺堡区".into()), 0.9, &costs);
    let gains: Vec<(f64, f64)> = all.chosen.iter().map(|c| (c.gain, c.cost)).collect();
    let need = one.chosen.iter().map(|c| c.gain).sum::<f64>();
    assert!(gains.len() < 24, "few enough to try all: {}", gains.len());
    // Nothing cheaper among them brings as much as the cheapest set that was found, less the largest slack that a whole
    // project can leave.
    let slack = one.chosen.iter().map(|c| c.gain).fold(f64::INFINITY, f64::min);
    for set in 0..1_u32 << gains.len() {
        let pick = |f: fn(&(f64, f64)) -> f64| {
            (0..gains.len()).filter(|k| set & (1 << k) != 0).map(|k| f(&gains[k])).sum::<f64>()
        };
        if pick(|g| g.1) < one.cost {
            assert!(pick(|g| g.0) < need + slack, "a cheaper set brings more");
        }
    }
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let code = |scenario: Scenario| baseline.run(&scenario).unwrap_err().code();
    assert_eq!(code(Scenario::empty("", 2024)), "scenario_of_other_year");
    assert_eq!(code(of(vec![Setting::new(LeverId::Pace, 3.5)])), "lever_out_of_range");
    assert_eq!(code(of(vec![Setting::new(LeverId::Pace, f64::NAN)])), "lever_out_of_range");
    assert_eq!(code(of(vec![Setting::new(LeverId::Pace, 1.1).within("利通")])), "unknown_region");
    let mut sector = Setting::new(LeverId::Base, 1.0);
    sector.scope.sector = Some("power".into());
    assert_eq!(code(of(vec![sector.clone()])), "lever_scope");
    sector.lever = LeverId::StartShift;
    sector.scope.sector = Some("fishing".into());
    assert_eq!(code(of(vec![sector])), "unknown_name");
    let error = baseline.run(&of(vec![Setting::new(LeverId::Pace, -1.0)])).unwrap_err();
    assert!(
        error.said().lang(Lang::En).contains("pace = -1 is not possible; allowed is 0 to 3"),
        "{}",
        error.said().en
    );
    // Beyond what is on record: answered, and said so.
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::Pace, 2.5)])).unwrap();
    assert_eq!(outcome.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["beyond_history"]);
    assert_eq!(
        outcome.warnings[0].text.zh,
        "剩余月份进度设为2.5×，超出历史记录范围（0.8×至1.19×），仍作推算"
    );
    // More than projects have ever done in a month.
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::CompletionSeptember, 150.0)])).unwrap();
    assert!(outcome.warnings.iter().any(|w| w.code == "beyond_cap"));
    // Less than is done already: answered with what is done.
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::CompletionDecember, 10.0)])).unwrap();
    let told = outcome.warnings.iter().find(|w| w.code == "below_done").unwrap();
    let works = outcome.unit("吴忠市", Ledger::Works).unwrap().december().unwrap().scenario.total.unwrap();
    let reached: f64 = told.text.en.split("with ").last().unwrap().trim_end_matches(" %").parse().unwrap();
    // The mean is told, and December is a median.
    assert!((reached - 100.0 * works / 360.0).abs() < 0.5, "{reached} {works}");
}

#[test]
fn shocks_of_sectors_that_lie_in_each_other_are_asked_about() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let shock = |sector: &str| {
        let mut setting = Setting::new(LeverId::SectorShock, -10.0);
        setting.scope.sector = Some(sector.into());
        setting
    };
    let warned = |sectors: &[&str]| {
        let outcome = baseline.run(&of(sectors.iter().map(|s| shock(s)).collect())).unwrap();
        outcome.warnings.iter().any(|w| w.code == "sectors_overlap")
    };
    assert!(warned(&["industry", "manufacturing"]));
    assert!(!warned(&["industry"]));
}

#[test]
fn a_start_that_passes_over_approvals_says_so() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let cleared = |warnings: &[landfall::error::Note]| warnings.iter().any(|w| w.code == "approvals_cleared");
    let run = |setting| baseline.run(&of(vec![setting])).unwrap().warnings;
    assert!(cleared(&run(Setting::new(LeverId::StartWithin, 2.0))));
    assert!(!cleared(&run(Setting::new(LeverId::StartShift, -1.0))));
    let least = case.least(&baseline, 0.6, Lang::En).unwrap().unwrap();
    assert!(least.warnings.iter().any(|w| w.code == "approvals_cleared"), "{:?}", least.warnings);
}

#[test]
fn a_case_without_projects_has_the_levers_that_need_none() {
    let case = Case::sample("national").unwrap();
    let question = Question {
        as_of: Some(landfall::calendar::YearMonth { year: 2024, month: 9 }),
        ..Question::default()
    };
    let answer = case.ask(&question).unwrap();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    assert!(baseline.levers().iter().all(|l| l.id != LeverId::StartShift) && !baseline.levers().is_empty());
    let run = |settings| baseline.run(&Scenario { settings, ..Scenario::empty("", 2024) });
    assert!(matches!(
        run(vec![Setting::new(LeverId::Activate, 10.0)]),
        Err(ScenarioError::NoPipeline { .. })
    ));
    let outcome = run(vec![Setting::new(LeverId::Base, 10.0)]).unwrap();
    let december = outcome.units[0].december().unwrap();
    // A base that is a tenth larger: (1 + g) ÷ 1.1 − 1.
    let want = (1.0 + december.base.growth.unwrap()) / 1.1 - 1.0;
    assert!((december.scenario.growth.unwrap() - want).abs() < 1e-3);
    assert!(outcome.unit("nowhere", Ledger::Fai).is_none());
}

#[test]
fn a_shared_out_shortfall_leaves_the_citys_target_where_it_was() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    for lever in [LeverId::TakeOver, LeverId::TakeOverByCapacity] {
        let outcome = baseline.run(&of(vec![Setting::new(lever, 100.0)])).unwrap();
        let moved = |id: &str| outcome.unit(id, Ledger::Fai).unwrap().december().unwrap().chance().unwrap();
        assert_eq!(moved(CITY), 0.0);
        assert!(
            moved("青铜峡市") > 0.2 && moved("盐池县") < 0.0,
            "{lever} {} {}",
            moved("青铜峡市"),
            moved("盐池县")
        );
        let amounts = outcome.units.iter().filter(|u| u.ledger == Ledger::Fai).filter_map(|u| u.december());
        assert!(amounts.into_iter().all(|d| d.scenario.total == d.base.total), "no money moves");
    }
}

#[test]
fn attraction_levers_move_attracted_funds_alone() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let outcome = baseline
        .run(&of(vec![Setting::new(LeverId::Starting, 100.0), Setting::new(LeverId::FundsPace, 1.1)]))
        .unwrap();
    let city = outcome.unit(CITY, Ledger::Attraction).unwrap();
    assert!(city.december().unwrap().chance().unwrap() > 0.05);
    let september = city.months.iter().find(|m| m.month == 9).unwrap();
    assert!(september.chance().unwrap() > 0.0, "the milestone of 75 % is answered too");
    let others = outcome.units.iter().filter(|u| u.ledger != Ledger::Attraction);
    assert!(others.filter_map(|u| u.december()).all(|d| d.base == d.scenario));
}

#[test]
fn growth_alone_is_answered_as_far_as_it_goes() {
    let mut csv = String::from("region,year,month,growth\n");
    for region in ["A", "B", "C", "D", "E"] {
        for year in 2012..=2023 {
            for month in 2..=if year == 2023 { 8 } else { 12 } {
                let wobble = f64::from((year * 7 + month * 3 + region.len() as i32) % 11) - 5.0;
                csv += &format!("{region},{year},{month},{:.1}\n", 6.0 + 0.4 * wobble);
            }
        }
    }
    let plan = "year = 2023\n[[target]]\nregion = \"A\"\nkind = \"growth\"\nvalue = 6.0\n";
    let source = |name, text| Source { name, text };
    let case =
        Case::load(source("p.csv", csv.as_str()), Some(source("plan.toml", plan)), &Options::default())
            .unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let run = |lever, value| baseline.run(&of(vec![Setting::new(lever, value)])).unwrap();
    let at = |o: &Outcome| o.unit("A", Ledger::Fai).unwrap().december().unwrap().clone();
    assert!(at(&run(LeverId::Base, 5.0)).chance().unwrap() < -0.1);
    let pace = at(&run(LeverId::Pace, 1.2));
    assert_eq!(pace.base, pace.scenario, "no amount is known, so a pace moves nothing");
}

#[test]
fn a_bad_list_of_projects_is_refused_with_its_place() {
    let case = Case::sample("national").unwrap();
    let text = "id,region,stage,total,done,start_planned,end_planned\n1,全国,construction,5,6,,\n2,全国,reserve,5,,2024-05-01,2024-02-01\n";
    let Err(CaseError::Faulty { found }) = case.with_pipeline(Source { name: "p.csv", text }) else {
        panic!("refused")
    };
    let cells: Vec<_> = found.iter().map(|d| (d.code, d.place.cell().unwrap())).collect();
    assert!(cells.iter().any(|(code, cell)| *code == "done_above_total" && cell == "E2"), "{cells:?}");
    assert!(cells.iter().any(|(_, cell)| cell.ends_with('3')), "{cells:?}");
}

#[test]
fn of_two_settings_the_later_one_holds_where_both_reach() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    let hurry = || Setting::new(LeverId::StartWithin, 2.0);
    let points = |settings| {
        let outcome = baseline.run(&of(settings)).unwrap();
        ["利通区", CITY].map(|u| outcome.unit(u, Ledger::Fai).unwrap().december().unwrap().points().unwrap())
    };
    let once = points(vec![hurry(), Setting::new(LeverId::Coverage, 80.0)]);
    let twice = points(vec![
        hurry(),
        Setting::new(LeverId::Coverage, 80.0),
        Setting::new(LeverId::Coverage, 80.0).within("利通区"),
    ]);
    assert_eq!(once, twice);
    let hardly = points(vec![hurry(), Setting::new(LeverId::Coverage, 1.0)]);
    assert!(hardly[0] > 0.0 && hardly[0] < 0.03 * once[0], "{hardly:?} {once:?}");
}

#[test]
fn a_rate_of_completion_is_reached_whatever_else_is_set() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let works = |settings| {
        let outcome = baseline.run(&of(settings)).unwrap();
        outcome.unit(CITY, Ledger::Works).unwrap().december().unwrap().scenario.total.unwrap()
    };
    let rate = || Setting::new(LeverId::CompletionDecember, 90.0);
    let (alone, beside) = (works(vec![rate()]), works(vec![Setting::new(LeverId::StartWithin, 1.0), rate()]));
    assert!((alone / 324.0 - 1.0).abs() < 0.01, "90 % of 360: {alone}");
    assert!((beside / 324.0 - 1.0).abs() < 0.01, "90 % of 360: {beside}");
    // What never starts does not lose to the winter as well.
    let all = |settings| works(settings) - works(vec![]);
    let (never, winter) = (Setting::new(LeverId::StartShare, 0.0), Setting::new(LeverId::WinterStop, 10.5));
    let (a, b, both) = (all(vec![never.clone()]), all(vec![winter.clone()]), all(vec![never, winter]));
    assert!(a < 0.0 && b < 0.0 && both > a + b, "{a} {b} {both}");
}

#[test]
fn a_base_for_everyone_is_the_citys_too() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, DRAWS).unwrap();
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::Base, -20.0)])).unwrap();
    let city = outcome.unit(CITY, Ledger::Fai).unwrap().december().unwrap();
    let want = (1.0 + city.base.growth.unwrap()) / 0.8 - 1.0;
    assert!((city.scenario.growth.unwrap() - want).abs() < 2e-3, "{:?} {want}", city.scenario.growth);
}

#[test]
fn a_city_moves_with_its_districts_though_one_tells_growth_alone() {
    let seed = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/wuzhong-2023").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let (panel, plan, projects) = (seed("panel.csv"), seed("plan.toml"), seed("pipeline.csv"));
    let blanked: Vec<String> = panel
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells[0] == "同心县" && cells[2] == "fai" {
                cells[5] = "";
            }
            cells.join(",")
        })
        .collect();
    let blanked = blanked.join("\n");
    let source = |name, text| Source { name, text };
    let case =
        Case::load(source("p.csv", &blanked), Some(source("plan.toml", &plan)), &Options::default()).unwrap();
    let case = case.with_pipeline(source("pipeline.csv", &projects)).unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    for setting in [Setting::new(LeverId::Pace, 1.5), Setting::new(LeverId::Approvals, 100.0)] {
        let outcome = baseline.run(&of(vec![setting.within("利通区")])).unwrap();
        let more = |id: &str| {
            let d = outcome.unit(id, Ledger::Fai).unwrap().december().unwrap().clone();
            d.scenario.total.unwrap() - d.base.total.unwrap()
        };
        assert!(
            more("利通区") > 1.0 && (more(CITY) / more("利通区") - 1.0).abs() < 0.15,
            "{} {}",
            more(CITY),
            more("利通区")
        );
    }
}

#[test]
fn the_least_counts_on_what_the_scenario_starts_anyhow() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 4_096).unwrap();
    let all = of(vec![Setting::new(LeverId::StartWithin, 1.0), Setting::new(LeverId::StartShare, 100.0)]);
    let mut step = LeastStep::plan(&baseline, &all, &Goals::Every, 0.9, &BTreeMap::new()).unwrap();
    while !step.step(&baseline).unwrap() {}
    for (unit, [before, _, with_all]) in step.finish(&baseline).chances {
        assert!((with_all - before).abs() < 0.02, "{unit}: everything starts already, {before} {with_all}");
    }
}

#[test]
fn what_moves_nothing_and_what_the_list_knows_too_early_is_said() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let codes = |b: &Baseline, scenario: &Scenario| -> Vec<&str> {
        b.run(scenario).unwrap().warnings.iter().map(|w| w.code).collect()
    };
    assert_eq!(codes(&baseline, &of(vec![Setting::new(LeverId::Coverage, 60.0)])), ["no_effect"]);
    let as_of = Some(landfall::calendar::YearMonth { year: 2022, month: 7 });
    let early = case.ask(&Question { as_of, ..Question::default() }).unwrap();
    let early = case.baseline(&early, 1_000).unwrap();
    let shift =
        Scenario { settings: vec![Setting::new(LeverId::StartShift, -1.0)], ..Scenario::empty("", 2022) };
    assert!(codes(&early, &shift).contains(&"projects_after_data"));
}

#[test]
fn a_city_that_is_less_than_its_districts_moves_as_they_do() {
    let mut csv = String::from("region,parent,year,month,value\n");
    for (k, (region, parent)) in
        [("A", "City"), ("B", "City"), ("C", "City"), ("City", "")].iter().enumerate()
    {
        for year in 2012..=2023_i32 {
            for month in 1..=if year == 2023 { 7 } else { 12 } {
                let wobble = f64::from((k as i32 * 31 + year * 17 + month * 7) * 7919 % 101) / 101.0;
                let size = if parent.is_empty() { 225.0 } else { 100.0 };
                let value = size * (1.0 + 0.05 * f64::from(year - 2012)) * (0.9 + 0.2 * wobble);
                csv += &format!("{region},{parent},{year},{month},{value:.2}\n");
            }
        }
    }
    let case = Case::load(Source { name: "p.csv", text: &csv }, None, &Options::default()).unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    let rest = answer.ledgers[0].outlook.units.iter().find(|u| u.kind == UnitKind::Unallocated).unwrap();
    assert!(rest.ytd.unwrap() < 0.0 && rest.notes.iter().any(|n| n.code == "parts_exceed_whole"));
    let baseline = case.baseline(&answer, 4_096).unwrap();
    for pace in [0.8, 1.2] {
        let outcome = baseline.run(&of(vec![Setting::new(LeverId::Pace, pace)])).unwrap();
        let points = |id: &str| {
            let december = outcome.unit(id, Ledger::Fai).unwrap().december().unwrap().clone();
            december.scenario.growth.unwrap() - december.base.growth.unwrap()
        };
        let districts = (points("A") + points("B") + points("C")) / 3.0;
        assert!((points("City") / districts - 1.0).abs() < 0.1, "{pace}: {} {districts}", points("City"));
    }
}

#[test]
fn what_a_rate_of_completion_takes_from_other_levers_is_said() {
    let (case, answer) = asked();
    let baseline = case.baseline(&answer, 1_000).unwrap();
    let said = |settings| {
        let outcome = baseline.run(&of(settings)).unwrap();
        outcome.warnings.iter().any(|w| w.code == "completion_fixes_the_sum")
    };
    let rate = || Setting::new(LeverId::CompletionDecember, 110.0);
    assert!(said(vec![rate(), Setting::new(LeverId::Approvals, 50.0)]));
    assert!(!said(vec![rate(), Setting::new(LeverId::Pace, 1.1)]));
    assert!(!said(vec![Setting::new(LeverId::Approvals, 50.0)]));
}

/// A county counts in 万元 and its projects' list in 亿元, or the other way round.
#[test]
fn projects_in_another_unit_than_the_panel_move_it_by_as_much() {
    let seed = |name: &str| std::fs::read_to_string(format!("seeds/wuzhong-2023/{name}")).unwrap();
    let (panel, plan, list) = (seed("panel.csv"), seed("plan.toml"), seed("pipeline.csv"));
    let (rows, _) = landfall::table::read_pipeline(&list, "pipeline.csv");
    let moved = |projects: &str| {
        let source = |name, text| Source { name, text };
        let case =
            Case::load(source("panel.csv", &panel), Some(source("plan.toml", &plan)), &Options::default());
        let case = case.unwrap().with_pipeline(source("pipeline.csv", projects)).unwrap();
        let answer = case.ask(&Question::default()).unwrap();
        let baseline = case.baseline(&answer, 1024).unwrap();
        let scenario =
            Scenario { settings: vec![Setting::new(LeverId::StartWithin, 2.0)], ..Scenario::empty("", 2023) };
        let outcome = baseline.run(&scenario).unwrap();
        let december = outcome.unit("吴忠市", Ledger::Fai).unwrap().december().unwrap();
        (december.base.total.unwrap(), december.scenario.total.unwrap())
    };
    let in_wan = rows.iter().map(|row| {
        let times = |x: Option<f64>| x.map(|x| x * 1e4);
        landfall::table::ProjectRow {
            total: times(row.total),
            plan_year: times(row.plan_year),
            done: times(row.done),
            unit: landfall::unit::Unit::Wan,
            ..row.clone()
        }
    });
    let in_wan = landfall::table::write_pipeline(&in_wan.collect::<Vec<_>>());
    let ((base, after), (base_wan, after_wan)) = (moved(&list), moved(&in_wan));
    assert!(after - base > 0.1, "{base} {after}");
    assert!((base - base_wan).abs() < 1e-9 && (after - after_wan).abs() < 1e-6, "{after} {after_wan}");
    let strange = in_wan.replace("万元", "USD");
    let case = Case::load(Source { name: "panel.csv", text: &panel }, None, &Options::default()).unwrap();
    let Err(CaseError::Faulty { found }) = case.with_pipeline(Source { name: "p.csv", text: &strange })
    else {
        panic!("dollars are no yuan");
    };
    assert!(found.iter().any(|d| d.code == "project_unit" && d.text.en.contains("USD")));
}

/// Counted by heads, small idle projects would take the spend of large waiting ones away.
#[test]
fn getting_small_idle_projects_going_lowers_no_region() {
    let seed = |name: &str| std::fs::read_to_string(format!("seeds/wuzhong-2023/{name}")).unwrap();
    let (panel, plan, list) = (seed("panel.csv"), seed("plan.toml"), seed("pipeline.csv"));
    let (mut rows, _) = landfall::table::read_pipeline(&list, "pipeline.csv");
    let mut small = 0;
    for row in &mut rows {
        let due = row.start_planned.is_some_and(|day| Some(day) <= row.status_date);
        if row.done.unwrap_or(0.0) <= 0.0 && (due || row.stage == landfall::table::Stage::Construction) {
            small += 1;
            for amount in [&mut row.total, &mut row.plan_year].into_iter().flatten() {
                *amount *= 0.02;
            }
        }
    }
    assert!(small > 20, "{small}");
    let projects = landfall::table::write_pipeline(&rows);
    let source = |name, text| Source { name, text };
    let case = Case::load(source("p.csv", &panel), Some(source("plan.toml", &plan)), &Options::default());
    let case = case.unwrap().with_pipeline(source("pipeline.csv", &projects)).unwrap();
    let answer = case.ask(&Question::default()).unwrap();
    let baseline = case.baseline(&answer, 1024).unwrap();
    let outcome = baseline.run(&of(vec![Setting::new(LeverId::Activate, 100.0)])).unwrap();
    let mut gained = 0;
    for id in baseline.regions() {
        let Some(december) = outcome.unit(id, Ledger::Fai).and_then(|u| u.december()) else { continue };
        if let (Some(before), Some(after)) = (december.base.total, december.scenario.total) {
            assert!(after >= before - 1e-9, "{id}: {before} {after}");
            gained += usize::from(after > before + 1e-6);
        }
    }
    assert!(gained >= 3, "{gained}");
}
