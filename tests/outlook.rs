//! What the outlook must never do, on the embedded cases and on made-up panels: look ahead, depend on chance, order
//! or unit, or add up to something else than its parts.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use landfall::calendar::YearMonth;
use landfall::case::{Answer, Case, Options, Question, Source};
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::outlook::{Landing, Unit, UnitKind};
use landfall::target::{Plan, TargetKind, risks};
use std::collections::BTreeMap;
use std::path::PathBuf;

const SAMPLE: &str = include_str!("../seeds/wuzhong-2023/panel.csv");
const PLAN: &str = include_str!("../seeds/wuzhong-2023/plan.toml");
const NATIONAL: &str = include_str!("../seeds/national/panel.csv");

/// A panel as text, cell by cell, to be altered.
#[derive(Clone)]
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(text: &str) -> Self {
        let split = |line: &str| line.split(',').map(str::to_owned).collect();
        let mut lines = text.lines();
        Self { header: split(lines.next().unwrap()), rows: lines.map(split).collect() }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }

    fn text(&self) -> String {
        let lines = std::iter::once(&self.header).chain(&self.rows).map(|r| r.join(","));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    }

    fn month(&self, row: &[String]) -> YearMonth {
        let cell = |name| row[self.column(name).unwrap()].parse::<i32>().unwrap();
        YearMonth { year: cell("year"), month: cell("month") as u8 }
    }

    fn through(&self, last: YearMonth) -> Self {
        let rows = self.rows.iter().filter(|r| self.month(r) <= last).cloned().collect();
        Self { header: self.header.clone(), rows }
    }

    /// Every figure of the rows that `which` picks becomes noise; which cells are empty stays.
    fn noise(&self, which: impl Fn(YearMonth) -> bool) -> Self {
        let mut out = self.clone();
        let places: Vec<usize> =
            ["value", "ytd", "growth", "base"].iter().filter_map(|n| self.column(n)).collect();
        let mut dice = Dice(99);
        for (row, old) in out.rows.iter_mut().zip(&self.rows) {
            for place in places.iter().filter(|p| which(self.month(old)) && !old[**p].is_empty()) {
                row[*place] = format!("{:.2}", 1e4 * dice.roll() * dice.roll());
            }
        }
        out
    }
}

/// A small generator of made-up figures (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 31) as f64
    }
}

fn load(panel: &str, plan: Option<&str>) -> Case {
    let plan = plan.map(|text| Source { name: "plan.toml", text });
    Case::load(Source { name: "panel.csv", text: panel }, plan, &Options::default()).unwrap()
}

fn ask(case: &Case, as_of: &str, seed: u64) -> Answer {
    let as_of = Some(YearMonth::parse(as_of).unwrap());
    case.ask(&Question { as_of, seed, every_month: true, ..Question::default() }).unwrap()
}

/// Everything that an answer says, to the last bit: the report, and every draw of every month.
fn fingerprint(answer: &Answer) -> (String, Vec<u64>) {
    let mut report = answer.report(Lang::En);
    // Its advice says whether the file has the plan's year, which is no figure of it.
    let notes = report.units.iter_mut().flat_map(|u| &mut u.notes);
    notes.filter(|n| n.code == "plan_of_other_year").for_each(|n| n.text.clear());
    let report = serde_json::to_string(&report).unwrap();
    let units = answer.ledgers.iter().flat_map(|a| &a.outlook.units);
    let landings = units.flat_map(|u| u.months.values()).flat_map(|m| [&m.total, &m.growth, &m.base]);
    (report, landings.flatten().flat_map(|l| l.draws()).map(|x| x.to_bits()).collect())
}

/// Regions with a season, a trend and noise, as whole numbers; no Januaries under `cn11`. The year 2023 ends with
/// July.
fn made_up(regions: usize, cn11: bool) -> Vec<(String, i32, u8, f64)> {
    let mut dice = Dice(7);
    let mut rows = Vec::new();
    for region in 0..regions {
        let size = 200.0 + 3000.0 * dice.roll();
        for year in 2012..=2023 {
            let good = 1.0 + 0.04 * f64::from(year - 2012) + 0.2 * dice.roll();
            for month in if cn11 { 2..=12u8 } else { 1..=12 } {
                let double = if cn11 && month == 2 { 1.6 } else { 1.0 };
                let season = 1.0 - 0.5 * (f64::from(month) - 7.5).abs() / 6.0;
                let flow = (size * good * season * double * (0.85 + 0.3 * dice.roll())).round();
                if year < 2023 || month <= 7 {
                    rows.push((format!("R{region:02}"), year, month, flow));
                }
            }
        }
    }
    rows
}

fn as_csv(rows: &[(String, i32, u8, f64)]) -> String {
    let lines = rows.iter().map(|(r, y, m, v)| format!("{r},{y},{m},{v}\n"));
    format!("region,year,month,value\n{}", lines.collect::<String>())
}

fn by_id(answer: &Answer) -> BTreeMap<(Ledger, String), &Unit> {
    let units = answer.ledgers.iter().flat_map(|a| a.outlook.units.iter().map(|u| (a.panel.ledger(), u)));
    units.map(|(ledger, u)| ((ledger, u.id()), u)).collect()
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn the_sample_does_not_look_ahead() {
    let table = Table::read(SAMPLE);
    let whole = load(SAMPLE, Some(PLAN));
    for origin in ["2023-07", "2023-03", "2022-12", "2021-09"] {
        let last = YearMonth::parse(origin).unwrap();
        let want = fingerprint(&ask(&whole, origin, 1));
        let noisy = load(&table.noise(|m| m > last).text(), Some(PLAN));
        assert!(fingerprint(&ask(&noisy, origin, 1)) == want, "{origin}: later figures show");
        let cut = load(&table.through(last).text(), Some(PLAN));
        assert!(fingerprint(&ask(&cut, origin, 1)) == want, "{origin}: later rows show");
    }
    // The check itself: an earlier figure must show.
    let earlier = YearMonth::parse("2023-06").unwrap();
    let moved = load(&table.noise(|m| m == earlier).text(), Some(PLAN));
    assert!(fingerprint(&ask(&moved, "2023-07", 1)) != fingerprint(&ask(&whole, "2023-07", 1)));
}

#[test]
fn counties_do_not_look_ahead() {
    let data = std::env::var_os("LANDFALL_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let file = data.join("us_permits_county.csv");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return;
    };
    let table = Table::read(&text);
    let origin = "2021-06";
    let last = YearMonth::parse(origin).unwrap();
    let want = fingerprint(&ask(&load(&text, None), origin, 1));
    for other in [table.noise(|m| m > last), table.through(last)] {
        assert!(fingerprint(&ask(&load(&other.text(), None), origin, 1)) == want);
    }
}

#[test]
fn a_region_that_begins_later_moves_nobody() {
    let mut rows = made_up(5, false);
    let want = load(&as_csv(&rows), None);
    // Its rows come first, and are all of a month that the origin does not see.
    rows.insert(0, ("A new one".into(), 2023, 7, 5.0));
    let with = load(&as_csv(&rows), None);
    let (a, b) = (ask(&want, "2023-06", 1), ask(&with, "2023-06", 1));
    assert!(fingerprint(&a) == fingerprint(&b));
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_hardly_another() {
    let case = load(SAMPLE, Some(PLAN));
    assert!(fingerprint(&ask(&case, "2023-07", 5)) == fingerprint(&ask(&case, "2023-07", 5)));
    let mut chances: BTreeMap<(Ledger, String, u8), Vec<f64>> = BTreeMap::new();
    for seed in 0..50 {
        let question = Question { seed, ..Question::default() };
        for answered in &case.ask(&question).unwrap().ledgers {
            for (unit, risk) in answered.outlook.units.iter().zip(&answered.risks) {
                let of_year = risk.probability.map(|p| (12, p));
                let earlier = risk.milestones.iter().filter_map(|m| Some((m.month, m.probability?)));
                for (month, p) in of_year.into_iter().chain(earlier) {
                    chances.entry((answered.panel.ledger(), unit.id(), month)).or_default().push(p);
                }
            }
        }
    }
    assert!(chances.len() >= 10, "{}", chances.len());
    let mut worst = (0.0, String::new());
    for (what, p) in &chances {
        assert_eq!(p.len(), 50);
        let mean = p.iter().sum::<f64>() / 50.0;
        let error = (p.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 49.0).sqrt();
        println!("{what:?}: P {mean:.4}, standard error over seeds {error:.5}");
        if error > worst.0 {
            worst = (error, format!("{what:?}"));
        }
    }
    // The design's bound; 0 everywhere would mean that the seed does nothing.
    assert!(worst.0 <= 0.002 && worst.0 > 0.0, "{worst:?}");
}

#[test]
fn the_chance_falls_and_the_need_rises_with_the_target() {
    let answer = ask(&load(SAMPLE, Some(PLAN)), "2023-07", 1);
    let mut seen: BTreeMap<(Ledger, String), (f64, f64)> = BTreeMap::new();
    let mut compared = 0;
    for step in 0..60 {
        let mut plan = Plan::parse(PLAN, "plan.toml").unwrap().0;
        for target in &mut plan.targets {
            match target.kind {
                TargetKind::Growth => target.value = -0.1 + 0.006 * f64::from(step),
                TargetKind::Amount => target.value = 300.0 + 5.0 * f64::from(step),
                TargetKind::Completion => target.value = 0.5 + 0.015 * f64::from(step),
            }
        }
        for answered in &answer.ledgers {
            let all = risks(&answered.outlook, &answered.panel, &plan);
            for (unit, risk) in answered.outlook.units.iter().zip(&all) {
                let Some((p, need)) = risk.probability.zip(risk.need) else { continue };
                let key = (answered.panel.ledger(), unit.id());
                if let Some((last_p, last_need)) = seen.insert(key, (p, need.amount)) {
                    assert!(p <= last_p, "{}: {last_p} then {p}", unit.id());
                    assert!(need.amount >= last_need, "{}: {last_need} then {}", unit.id(), need.amount);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 59 * 8, "{compared}");
}

#[test]
fn parts_add_up_to_their_whole_in_every_draw() {
    let case = load(SAMPLE, Some(PLAN));
    let mut sums = 0;
    for origin in ["2023-07", "2023-02", "2022-10", "2020-05"] {
        for answered in &ask(&case, origin, 3).ledgers {
            let units = &answered.outlook.units;
            for (unit, month) in units.iter().flat_map(|u| u.months.iter().map(move |m| (u, m))) {
                let (floor, total) = (unit.ytd.unwrap_or(0.0), month.1.total.as_ref());
                if unit.kind == UnitKind::Region && *month.0 > unit.through {
                    let least = total
                        .map_or(f64::INFINITY, |t| t.draws().iter().copied().fold(f64::INFINITY, f64::min));
                    assert!(least >= floor * (1.0 - 1e-12), "{origin} {}: {least} < {floor}", unit.id());
                }
            }
            for whole in units.iter().filter(|u| u.kind != UnitKind::Unallocated) {
                let inside = |u: &&Unit| u.parent.as_deref() == Some(whole.region.as_str()) && u.additive;
                let parts: Vec<&Unit> = units.iter().filter(inside).collect();
                if parts.is_empty() {
                    continue;
                }
                for (month, of_whole) in whole.months.iter().filter(|(m, _)| **m > whole.through) {
                    let total = of_whole.total.as_ref().unwrap();
                    for draw in (0..total.draws().len()).step_by(7) {
                        let of = |u: &Unit| u.months[month].total.as_ref().unwrap().value(draw);
                        let sum: f64 = parts.iter().map(|u| of(u)).sum();
                        assert!(
                            close(sum, total.value(draw), 1e-9),
                            "{origin} {month} {sum} {}",
                            total.value(draw)
                        );
                    }
                    sums += 1;
                }
                let pulls: Vec<f64> = units
                    .iter()
                    .zip(&answered.standings)
                    .filter(|(u, _)| inside(u))
                    .filter_map(|(_, s)| s.pull.map(|p| p.0))
                    .collect();
                // Without last year there is no base, and so no pull.
                let based = |u: &Unit| u.december().is_some_and(|d| d.base.is_some() && d.total.is_some());
                if !based(whole) || !parts.iter().all(|u| based(u)) {
                    continue;
                }
                assert_eq!(pulls.len(), parts.len(), "{origin} {}", whole.id());
                assert!(pulls.iter().sum::<f64>().abs() < 1e-9, "{origin} {pulls:?}");
                assert!(pulls.iter().any(|p| p.abs() > 0.01), "{pulls:?}");
            }
            let park = units.iter().zip(&answered.standings).find(|(u, _)| u.region == "金积工业园区");
            if let Some((park, standing)) = park {
                assert!(!park.additive && standing.pull.is_none());
            }
        }
    }
    assert!(sums >= 30, "{sums}");
}

/// A city with four districts and 3 % of its own, the last year through a month a region; `first` is the first year.
fn ragged(first: i32, through: impl Fn(usize) -> u8) -> String {
    let mut csv = String::from("region,parent,year,month,value\n");
    let mut dice = Dice(11);
    for year in first..=2023 {
        for month in 1..=12u8 {
            let mut sum = 0.0;
            for region in 1..=4 {
                let flow = (100.0 * region as f64 * (0.7 + 0.6 * dice.roll())).round();
                sum += flow;
                if year < 2023 || month <= through(region) {
                    csv += &format!("D{region},City,{year},{month},{flow}\n");
                }
            }
            if year < 2023 || month <= through(0) {
                csv += &format!("City,,{year},{month},{}\n", (sum * 1.03).round());
            }
        }
    }
    csv
}

#[test]
fn a_district_that_reports_earlier_than_its_city_keeps_its_figures() {
    let case = load(&ragged(2014, |region| if region == 2 { 8 } else { 6 }), None);
    let answer = ask(&case, "2023-08", 1);
    let units = by_id(&answer);
    let unit = |name: &str| units[&(Ledger::Fai, name.to_owned())];
    let parts = ["D1", "D2", "D3", "D4", "City/unallocated"];
    assert_eq!((unit("City").through, unit("D2").through), (6, 8));
    for month in [7, 8, 9, 12] {
        let total = unit("City").months[&month].total.as_ref().unwrap();
        for draw in (0..total.draws().len()).step_by(11) {
            let sum: f64 =
                parts.iter().map(|p| unit(p).months[&month].total.as_ref().unwrap().value(draw)).sum();
            assert!(close(sum, total.value(draw), 1e-9), "{month}: {sum} {}", total.value(draw));
        }
    }
}

#[test]
fn sums_that_cannot_be_made_to_add_up_are_said_to_be() {
    // The city itself begins this year: no past year shows what lies beyond its districts.
    let text = ragged(2017, |_| 6);
    let late: Vec<&str> =
        text.lines().filter(|l| !l.starts_with("City,") || l.starts_with("City,,2023")).collect();
    let answer = ask(&load(&(late.join("\n") + "\n"), None), "2023-06", 1);
    let units = &answer.ledgers[0].outlook.units;
    let city = units.iter().find(|u| u.region == "City").unwrap();
    assert!(city.notes.iter().any(|n| n.code == "not_reconciled"), "{:?}", city.notes);
    assert!(units.iter().all(|u| u.kind != UnitKind::Unallocated));
}

#[test]
fn a_base_that_was_revised_is_told_and_so_is_growth_as_small_as_ratios() {
    // National figures: the base of 2023-07 is a tenth under what was published for 2022, that of 2008 is not revised.
    let told = |panel: &str, as_of: &str, code: &str| {
        let answer = ask(&load(panel, None), as_of, 1);
        let notes = answer.ledgers.iter().flat_map(|l| &l.outlook.units).flat_map(|u| &u.notes);
        notes.filter(|note| note.code == code).map(|note| note.text.en.clone()).collect::<Vec<_>>()
    };
    let revised = told(NATIONAL, "2023-07", "base_revised");
    assert!(
        revised.iter().all(|text| text.contains("2023-07") && text.contains(" under what")),
        "{revised:?}"
    );
    assert_eq!(revised.len(), 1, "{revised:?}");
    assert!(told(NATIONAL, "2008-07", "base_revised").is_empty());
    let growths = |scale: f64| {
        let row = |(region, year, month, ytd): &(String, i32, u8, f64)| {
            format!("{region},{year},{month},{:.4}\n", scale * (1.0 + (ytd * 7.0) % 11.0))
        };
        let rows = made_up(3, true).iter().map(row).collect::<String>();
        "region,year,month,growth\n".to_owned() + &rows
    };
    let last = "2023-07";
    assert_eq!(told(&growths(0.01), last, "growth_may_be_ratio").len(), 3);
    assert!(told(&growths(1.0), last, "growth_may_be_ratio").is_empty());
}

#[test]
fn a_region_that_begins_this_year_says_that_its_width_is_borrowed() {
    let mut rows = made_up(8, false);
    rows.extend((1..=7).map(|m| ("Z new".to_owned(), 2023, m, 500.0)));
    let answer = ask(&load(&as_csv(&rows), None), "2023-07", 1);
    let units = by_id(&answer);
    let (new, others): (Vec<&Unit>, Vec<&Unit>) = units.values().partition(|u| u.region == "Z new");
    assert!(new[0].notes.iter().any(|n| n.code == "borrowed_width"));
    assert!(others.iter().all(|u| u.notes.iter().all(|n| n.code != "borrowed_width")));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "made-up figures may differ in their last bits")]
fn intervals_of_regions_without_a_past_hold_what_they_say() {
    // Sixty regions of one season and trend; a third of them are known this year alone.
    let mut inside = 0;
    let mut all = 0;
    for panel in 0..4_u32 {
        let mut dice = Dice(u64::from(panel) + 11);
        let mut normal = || (0..12).map(|_| dice.roll()).sum::<f64>() - 6.0;
        let (mut rows, mut truth) = (Vec::new(), Vec::new());
        for region in 0..60 {
            let name = format!("R{region:02}");
            let (level, season): (f64, Vec<f64>) =
                (100.0 * (0.8 * normal()).exp(), (0..12).map(|_| 0.15 * normal()).collect());
            let mut walk = 0.0;
            for year in 2010..=2023 {
                walk += 0.08 * normal();
                for month in 1..=12_u8 {
                    let common = 0.4 * f64::from(month) / 12.0;
                    let x = level * (walk + common + season[usize::from(month) - 1] + 0.1 * normal()).exp();
                    let known = if year == 2023 { month <= 6 } else { region >= 20 };
                    if known {
                        rows.push((name.clone(), year, month, x));
                    }
                    if year == 2023 && region < 20 {
                        truth.push((name.clone(), x));
                    }
                }
            }
        }
        let answer = ask(&load(&as_csv(&rows), None), "2023-06", 1);
        let units = by_id(&answer);
        for region in 0..20 {
            let name = format!("R{region:02}");
            let came: f64 = truth.iter().filter(|(n, _)| *n == name).map(|(_, x)| x).sum();
            let quantiles = units[&(Ledger::Fai, name.clone())]
                .december()
                .unwrap()
                .total
                .as_ref()
                .unwrap()
                .summary()
                .quantiles;
            inside += usize::from((quantiles[1]..=quantiles[5]).contains(&came));
            all += 1;
        }
    }
    // 80 % of 80, give or take two and a half standard errors.
    assert!((55..=73).contains(&inside), "{inside} of {all} lie within their 80 % interval");
}

#[test]
fn of_two_targets_for_december_one_is_judged_and_the_other_told() {
    let rows: Vec<_> = made_up(8, false);
    let region = rows[0].0.clone();
    let plan = format!(
        "year = 2023\n[[target]]\nregion = \"{region}\"\nkind = \"growth\"\nvalue = 8\n[[target]]\nregion = \"{region}\"\nkind = \"amount\"\nvalue = 1.0\n"
    );
    let answer = ask(&load(&as_csv(&rows), Some(&plan)), "2023-07", 1);
    let at = answer.ledgers[0].outlook.units.iter().position(|u| u.region == region).unwrap();
    let risk = &answer.ledgers[0].risks[at];
    assert_eq!(risk.target, Some((TargetKind::Amount, 1.0)));
    assert!(risk.gap.is_none() && risk.probability == Some(1.0), "{risk:?}");
    let note = risk.notes.iter().find(|n| n.code == "also_owed").unwrap();
    assert!(note.text.en.contains("growth of 8.0%"), "{}", note.text.en);
}

#[test]
fn flows_and_their_sums_give_the_same_outlook() {
    for cn11 in [false, true] {
        let rows = made_up(6, cn11);
        let mut so_far: BTreeMap<(String, i32), f64> = BTreeMap::new();
        let mut ytd = String::from("region,year,month,ytd\n");
        for (region, year, month, value) in &rows {
            let sum = so_far.entry((region.clone(), *year)).or_default();
            *sum += value;
            ytd += &format!("{region},{year},{month},{sum}\n");
        }
        let a = ask(&load(&as_csv(&rows), None), "2023-07", 1);
        let b = ask(&load(&ytd, None), "2023-07", 1);
        assert!(fingerprint(&a) == fingerprint(&b), "cn11: {cn11}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rows = made_up(9, false);
    let a = ask(&load(&as_csv(&rows), None), "2023-07", 1);
    let mut dice = Dice(1);
    for i in (1..rows.len()).rev() {
        rows.swap(i, (dice.roll() * (i + 1) as f64) as usize);
    }
    assert_ne!(rows[0].0, "R00", "the shuffle moved the first region");
    let b = ask(&load(&as_csv(&rows), None), "2023-07", 1);
    let (a, b) = (by_id(&a), by_id(&b));
    assert_eq!(a.len(), 9);
    for (id, unit) in &a {
        let (x, y) = (unit.december().unwrap(), b[id].december().unwrap());
        for (x, y) in [(&x.total, &y.total), (&x.growth, &y.growth)] {
            let (x, y) = (x.as_ref().unwrap().summary(), y.as_ref().unwrap().summary());
            let same = x.quantiles.iter().zip(y.quantiles).all(|(x, y)| close(*x, y, 1e-9));
            assert!(same && close(x.mean, y.mean, 1e-9), "{id:?}: {x:?} {y:?}");
        }
    }
}

#[test]
fn a_large_panel_is_learned_from_a_sample_of_names() {
    let mut rows = made_up(320, false);
    rows.retain(|row| row.1 >= 2017);
    // Two that begin this year, of which one is whole but for its past.
    for month in 1..=7 {
        rows.push(("begins".into(), 2023, month, 40.0));
    }
    let case = load(&as_csv(&rows), None);
    let a = ask(&case, "2023-03", 1);
    assert!(a.found.iter().any(|d| d.code == "learned_from_sample" && d.value == "300"));
    let units = &a.ledgers[0].outlook.units;
    assert_eq!(units.len(), 321);
    for unit in units {
        let borrowed = unit.notes.iter().any(|note| note.code == "borrowed_width");
        assert_eq!(borrowed, unit.region == "begins", "{}: {:?}", unit.region, unit.notes);
        let total = unit.december().and_then(|d| d.total.as_ref()).unwrap();
        // Its draws are made again, and are those that it was summed up from.
        let draws = total.look(|draws| Landing::drawn(draws.to_vec()));
        assert_eq!((draws.summary(), &draws), (total.summary(), total));
    }
    // What comes after the origin changes nothing, nor does the order of rows.
    let mut other = rows.clone();
    other.iter_mut().filter(|r| (r.1, r.2) > (2023, 3)).for_each(|r| r.3 *= 3.0);
    assert!(fingerprint(&ask(&load(&as_csv(&other), None), "2023-03", 1)) == fingerprint(&a));
    rows.reverse();
    let b = ask(&load(&as_csv(&rows), None), "2023-03", 1);
    let (a, b) = (by_id(&a), by_id(&b));
    for (id, unit) in &a {
        let median = |unit: &Unit| unit.december()?.total.as_ref().map(|t| t.summary().median());
        let (x, y) = (median(unit).unwrap(), median(b[id]).unwrap());
        assert!(close(x, y, 1e-9), "{id:?}: {x} {y}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let answer = |threads: &str| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_landfall"))
            .args(["outlook", "--sample", "wuzhong-2023", "--format", "json"])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let one = answer("1");
    assert!(one.contains("probability"));
    assert_eq!(one, answer("2"));
    assert_eq!(one, answer("5"));
}

#[test]
fn the_unit_of_amounts_changes_only_amounts() {
    let table = Table::read(SAMPLE);
    let (ytd, unit) = (table.column("ytd").unwrap(), table.column("unit").unwrap());
    let ledger = table.column("ledger").unwrap();
    let mut small = table.clone();
    // The other ledgers' targets are amounts in the plan's unit.
    small.rows.retain(|r| r[ledger] == "fai");
    let fai = small.text();
    for row in &mut small.rows {
        if let Ok(x) = row[ytd].parse::<f64>() {
            row[ytd] = format!("{}", (x * 100.0).round() * 100.0);
        }
        row[unit] = "万元".into();
    }
    let (a, b) =
        (ask(&load(&fai, Some(PLAN)), "2023-07", 1), ask(&load(&small.text(), Some(PLAN)), "2023-07", 1));
    let (a, b) = (a.report(Lang::En), b.report(Lang::En));
    assert_eq!(a.units.len(), b.units.len());
    for (x, y) in a.units.iter().zip(&b.units) {
        let spreads = [(&x.year_end, &y.year_end, 1e4), (&x.growth, &y.growth, 1.0)];
        for (x, y, factor) in spreads {
            let Some((x, y)) = x.as_ref().zip(y.as_ref()) else { continue };
            for (x, y) in
                [(x.mean, y.mean), (x.quantiles.p025, y.quantiles.p025), (x.quantiles.p50, y.quantiles.p50)]
            {
                assert!(close(x * factor, y, 1e-9), "{x} {y}");
            }
        }
        assert_eq!((x.probability, x.light, x.rank), (y.probability, y.light, y.rank), "{}", x.region);
        let need = x.need.as_ref().zip(y.need.as_ref());
        assert!(need.is_none_or(|(x, y)| close(x.amount * 1e4, y.amount, 1e-9)));
    }
}

/// December growth of the nation, median and half the 80 % interval in points.
fn national(panel: &str, origin: &str) -> (f64, f64) {
    let answer = ask(&load(panel, None), origin, 1);
    let growth = answer.ledgers[0].outlook.units[0].december().unwrap().growth.as_ref().unwrap().summary();
    (growth.median() * 100.0, (growth.quantiles[5] - growth.quantiles[1]) * 50.0)
}

#[test]
fn growth_alone_says_nearly_what_growth_and_levels_say() {
    let mut only = Table::read(NATIONAL);
    let ytd = only.column("ytd").unwrap();
    only.rows.iter_mut().for_each(|r| r[ytd].clear());
    let only = only.text();
    let answer = ask(&load(&only, None), "2023-09", 1);
    let unit = &answer.ledgers[0].outlook.units[0];
    assert!(unit.december().unwrap().total.is_none() && unit.notes.iter().any(|n| n.code == "growth_only"));
    let mut apart = Vec::new();
    for year in 2012..=2024 {
        let origin = format!("{year}-09");
        let (with, without) = (national(NATIONAL, &origin), national(&only, &origin));
        println!(
            "{origin}: with levels {:.2} ± {:.2}, growth only {:.2} ± {:.2}",
            with.0, with.1, without.0, without.1
        );
        apart.push((with.0 - without.0).abs());
        assert!((0.4..2.5).contains(&(with.1 / without.1)), "{origin}: {with:?} {without:?}");
    }
    // In 2021 the models of amounts know that 2020 began low, and growth alone does not: 1.8 points.
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    assert!(mean < 0.5 && apart.iter().all(|x| *x < 2.0), "{mean} {apart:?}");
}
