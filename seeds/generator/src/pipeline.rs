//! The project lists: the plan's four tables, and the attraction projects under construction and intended.

use crate::catalogue::{PLACES, Place, WORKS, Work, department};
use crate::dice::Dice;
use crate::panel::CITY;

/// The columns of the pipeline contract.
pub(crate) const HEADER: [&str; 18] = [
    "id",
    "name",
    "region",
    "sector",
    "stage",
    "in_books",
    "funding",
    "kind",
    "total",
    "plan_year",
    "done",
    "start_planned",
    "start_actual",
    "end_planned",
    "department",
    "approvals",
    "list",
    "status_date",
];

/// One row, as text.
pub(crate) type Row = [String; 18];

/// Everything is told as of the end of July.
const STATUS: &str = "2023-07-31";
/// Investment planned for 2023 on a list, 亿元: the new starts owe at least 100, attraction's projects under
/// construction carry most of the year's 421.
const NEW_STARTS_PLAN: f64 = 104.0;
const UNDER_WAY_PLAN: f64 = 372.0;

/// A project before it is written; amounts in 亿元.
struct Project {
    prefix: &'static str,
    name: String,
    region: &'static str,
    sector: &'static str,
    stage: &'static str,
    in_books: Option<Month>,
    funding: &'static str,
    kind: &'static str,
    total: f64,
    plan_year: f64,
    /// Completed before 2023, and in 2023 so far.
    before: f64,
    this_year: f64,
    start_planned: Month,
    start_actual: Option<Month>,
    /// Months from start to end.
    months: i32,
    department: &'static str,
    approvals: String,
    list: &'static str,
}

/// Months counted from January 2023 as 1; 0 is December 2022.
type Month = i32;
/// The month of the status.
const NOW: Month = 7;

fn date(month: Month, day: u32) -> String {
    let from_zero = month - 1;
    format!("{}-{:02}-{day:02}", 2023 + from_zero.div_euclid(12), from_zero.rem_euclid(12) + 1)
}

/// All rows of the pipeline.
pub(crate) fn rows() -> Vec<Row> {
    let mut names = Names::default();
    let mut all = new_starts(&mut Dice::new(11), &mut names);
    all.extend(slow(&mut Dice::new(12), &mut names));
    all.extend(on_public_money(&mut Dice::new(13), &mut names));
    all.extend(signed(&mut Dice::new(14), &mut names));
    all.extend(under_way(&mut Dice::new(15), &mut names));
    let mut rows = Vec::new();
    let (mut prefix, mut number) = ("", 0);
    let mut dice = Dice::new(16);
    for project in &all {
        number = if project.prefix == prefix { number + 1 } else { 1 };
        prefix = project.prefix;
        rows.push(write(project, number, &mut dice));
    }
    rows.extend(intents(&mut Dice::new(17)));
    rows
}

fn write(project: &Project, number: u32, dice: &mut Dice) -> Row {
    let begun = project.start_actual.unwrap_or(project.start_planned);
    [
        format!("{}-{number:03}", project.prefix),
        project.name.clone(),
        project.region.into(),
        project.sector.into(),
        project.stage.into(),
        project.in_books.map(|month| date(month, dice.whole(15, 28))).unwrap_or_default(),
        project.funding.into(),
        project.kind.into(),
        format!("{:.2}", project.total),
        format!("{:.2}", project.plan_year),
        format!("{:.2}", project.before + project.this_year),
        date(project.start_planned, 15),
        project.start_actual.map(|month| date(month, dice.whole(1, 14))).unwrap_or_default(),
        date(begun.max(project.start_planned) + project.months, 28),
        project.department.into(),
        project.approvals.clone(),
        project.list.into(),
        STATUS.into(),
    ]
}

/// Names given so far: two projects never have the same.
#[derive(Default)]
struct Names(std::collections::BTreeSet<String>);

impl Names {
    fn take(&mut self, wanted: String) -> String {
        let mut name = wanted.clone();
        for phase in ["（二期）", "（三期）", "（四期）", "（五期）", "（六期）"] {
            if self.0.insert(name.clone()) {
                break;
            }
            name = format!("{wanted}{phase}");
        }
        name
    }
}

/// Where a project is, what is built, and its total.
struct Idea {
    place: &'static Place,
    work: &'static Work,
    name: String,
    total: f64,
}

/// A project of at least `least` 亿元 whose kind `fits`.
fn idea(dice: &mut Dice, names: &mut Names, who: &str, least: f64, fits: impl Fn(&Work) -> bool) -> Idea {
    let weights = PLACES.each_ref().map(|place| place.weight);
    loop {
        let place = &PLACES[dice.weighted(&weights)];
        let suited = suited(place, &fits);
        if suited.is_empty() {
            continue;
        }
        let work = *dice.pick(&suited);
        let (what, amount) = sized(work, dice);
        if amount < least {
            continue;
        }
        let spot = dice.pick(place.places);
        let name = names.take(format!("{}{spot}{who}{what}", place.region));
        return Idea { place, work, name, total: two(amount) };
    }
}

/// The city itself builds for the public; parks build industry.
fn suited(place: &Place, fits: impl Fn(&Work) -> bool) -> Vec<&'static Work> {
    WORKS
        .iter()
        .filter(|work| if place.region == CITY { !work.enterprise } else { !place.park || work.park })
        .filter(|work| fits(work))
        .collect()
}

fn sized(work: &Work, dice: &mut Dice) -> (String, f64) {
    let unit_cost = dice.between(work.cost.0, work.cost.1);
    if work.capacity.is_empty() {
        return (work.name.to_owned(), unit_cost);
    }
    let capacity = *dice.pick(work.capacity);
    (work.name.replace("{}", &capacity.to_string()), unit_cost * capacity)
}

fn two(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

/// Approvals that are still open, with the working days they are expected to take.
fn approvals(work: &Work, open: f64, dice: &mut Dice) -> String {
    let kinds = [
        ("approval", 0.25, (5, 20)),
        ("land", 0.55, (20, 90)),
        ("planning", 0.30, (10, 40)),
        ("environment", 0.40, (15, 45)),
        ("energy", if work.heavy { 0.5 } else { 0.05 }, (15, 40)),
        ("safety", if work.heavy { 0.4 } else { 0.05 }, (10, 30)),
        ("soil-water", 0.25, (10, 30)),
        ("water-permit", if work.heavy { 0.35 } else { 0.04 }, (30, 90)),
    ];
    let mut out = Vec::new();
    for (kind, chance, days) in kinds {
        if dice.chance(chance * open) {
            out.push(format!("{kind}:{}", dice.whole(days.0, days.1)));
        }
    }
    out.join(";")
}

fn public_money(dice: &mut Dice) -> &'static str {
    ["central", "regional", "special-bond"][dice.weighted(&[0.45, 0.30, 0.25])]
}

/// Table 1: 109 projects that start in the second half. Winter is near, so most start in August and September.
fn new_starts(dice: &mut Dice, names: &mut Names) -> Vec<Project> {
    let mut out: Vec<Project> = (0..109)
        .map(|_| {
            let Idea { place, work, name, total } =
                idea(dice, names, "", 0.6, |work| work.sector != "real_estate");
            let start = 7 + dice.weighted(&[0.14, 0.29, 0.31, 0.18, 0.06, 0.02]) as Month;
            let started = start == NOW && dice.chance(0.6);
            Project {
                prefix: "start",
                name,
                region: place.region,
                sector: work.sector,
                stage: if started { "construction" } else { "preparation" },
                in_books: started.then_some(NOW).filter(|_| dice.chance(0.5)),
                funding: if work.enterprise { "enterprise" } else { public_money(dice) },
                kind: "key",
                total,
                plan_year: total * (0.10 * f64::from(13 - start)) * dice.between(0.7, 1.3),
                before: 0.0,
                this_year: if started { total * dice.between(0.01, 0.05) } else { 0.0 },
                start_planned: start,
                start_actual: started.then_some(NOW),
                months: 4 + (total * 2.0).min(20.0) as i32 + dice.whole(0, 6) as i32,
                department: department(work, false),
                approvals: if started { String::new() } else { approvals(work, 1.0, dice) },
                list: "planned-starts",
            }
        })
        .collect();
    plan_to(&mut out, NEW_STARTS_PLAN);
    out
}

/// Table 2: 23 key projects that should have begun by now and have not, or have hardly moved.
fn slow(dice: &mut Dice, names: &mut Names) -> Vec<Project> {
    (0..23)
        .map(|i| {
            let Idea { place, work, name, total } = idea(dice, names, "", 0.5, |_| true);
            let begun = i >= 13;
            let start = dice.whole(3, 6) as Month;
            let actual = begun.then(|| (start + dice.whole(0, 2) as Month).min(NOW - 1));
            let plan_year = two(total * dice.between(0.25, 0.55));
            Project {
                prefix: "slow",
                name,
                region: place.region,
                sector: work.sector,
                stage: if begun { "construction" } else { "preparation" },
                in_books: actual.map(|month| month + 1).filter(|_| dice.chance(0.7)),
                funding: if work.enterprise { "enterprise" } else { public_money(dice) },
                kind: "key",
                total,
                plan_year,
                before: 0.0,
                this_year: if begun { plan_year * dice.between(0.03, 0.28) } else { 0.0 },
                start_planned: start,
                start_actual: actual,
                months: 8 + dice.whole(0, 16) as i32,
                department: department(work, false),
                approvals: approvals(work, if begun { 0.6 } else { 1.3 }, dice),
                list: "slow",
            }
        })
        .collect()
}

/// Table 3: 46 projects on central, regional or special-bond money.
fn on_public_money(dice: &mut Dice, names: &mut Names) -> Vec<Project> {
    (0..46)
        .map(|_| {
            let Idea { place, work, name, total } = idea(dice, names, "", 0.3, |work| !work.enterprise);
            let start = 2 + dice.weighted(&[0.10, 0.26, 0.26, 0.14, 0.08, 0.07, 0.06, 0.03]) as Month;
            let begun = start < NOW && dice.chance(0.9);
            let plan_year = two(total * dice.between(0.5, 0.9));
            let elapsed = f64::from((NOW - start).max(0)) / f64::from(13 - start);
            Project {
                prefix: "central",
                name,
                region: place.region,
                sector: work.sector,
                stage: if begun { "construction" } else { "preparation" },
                in_books: begun.then_some(start + 1).filter(|_| dice.chance(0.8)),
                funding: public_money(dice),
                kind: "key",
                total,
                plan_year,
                before: 0.0,
                this_year: if begun { plan_year * elapsed * dice.between(0.7, 1.4) } else { 0.0 },
                start_planned: start,
                start_actual: begun.then_some(start),
                months: 8 + dice.whole(0, 14) as i32,
                department: department(work, false),
                approvals: if begun { String::new() } else { approvals(work, 0.9, dice) },
                list: "central-budget",
            }
        })
        .collect()
}

/// Table 4: 20 signed projects from Jiangsu, Zhejiang and Shanghai, not begun.
fn signed(dice: &mut Dice, names: &mut Names) -> Vec<Project> {
    (0..20)
        .map(|i| {
            let from = ["（江苏）", "（浙江）", "（上海）"][i % 3];
            let Idea { place, work, name, total } = idea(dice, names, from, 0.8, |work| {
                work.enterprise && !["power", "industry", "real_estate"].contains(&work.sector)
            });
            let start = 9 + dice.weighted(&[0.15, 0.2, 0.1, 0.0, 0.0, 0.0, 0.25, 0.2, 0.1]) as Month;
            Project {
                prefix: "signed",
                name,
                region: place.region,
                sector: work.sector,
                stage: if start <= 12 { "preparation" } else { "reserve" },
                in_books: None,
                funding: "enterprise",
                kind: "signed",
                total,
                plan_year: if start <= 12 { total * dice.between(0.08, 0.25) } else { 0.0 },
                before: 0.0,
                this_year: 0.0,
                start_planned: start,
                start_actual: None,
                months: 10 + dice.whole(0, 16) as i32,
                department: department(work, true),
                approvals: approvals(work, 1.4, dice),
                list: "signed",
            }
        })
        .collect()
}

/// The 194 attraction projects under construction; they are on none of the four tables.
fn under_way(dice: &mut Dice, names: &mut Names) -> Vec<Project> {
    let mut out: Vec<Project> = (0..194)
        .map(|_| {
            let Idea { place, work, name, total } = idea(dice, names, "", 1.0, |work| work.enterprise);
            let total = two(total * dice.between(1.0, 1.8));
            let start = dice.whole(0, 29) as Month - 23;
            let age = f64::from((1 - start).max(0));
            let before = two(total * (age * 0.024).min(0.6) * dice.between(0.6, 1.1));
            Project {
                prefix: "started",
                name,
                region: place.region,
                sector: work.sector,
                stage: "construction",
                in_books: Some(start.min(NOW - 1) + 1).filter(|_| dice.chance(0.85)),
                funding: "enterprise",
                kind: "started",
                total,
                plan_year: (total - before) * dice.between(0.45, 0.9),
                before,
                this_year: dice.between(0.35, 0.75),
                start_planned: start - dice.whole(0, 2) as Month,
                start_actual: Some(start),
                months: (12 - start) + dice.whole(1, 18) as i32,
                department: department(work, true),
                approvals: String::new(),
                list: "",
            }
        })
        .collect();
    plan_to(&mut out, UNDER_WAY_PLAN);
    // Until here the share of the year's plan that is done: it needed the plan first.
    for project in &mut out {
        project.this_year *= project.plan_year;
    }
    out
}

/// Brings the list's investment of the year to `sum`, no project above nine tenths of what it has left.
fn plan_to(projects: &mut [Project], sum: f64) {
    for _ in 0..20 {
        let now: f64 = projects.iter().map(|p| p.plan_year).sum();
        for project in projects.iter_mut() {
            let most = (project.total - project.before) * 0.9;
            project.plan_year = (project.plan_year * sum / now).min(most);
        }
    }
    for project in projects {
        project.plan_year = two(project.plan_year).max(0.01);
        project.this_year = project.this_year.min(project.plan_year);
    }
}

/// The 860 intents: who wants to build what, where, for how much; nothing more is known of an intent.
fn intents(dice: &mut Dice) -> Vec<Row> {
    let weights = PLACES.each_ref().map(|place| if place.region == CITY { 0.0 } else { place.weight });
    (1..=860)
        .map(|number| {
            let place = &PLACES[dice.weighted(&weights)];
            let work = *dice.pick(&suited(place, |work| work.enterprise));
            let (what, total) = sized(work, dice);
            let mut row: Row = Default::default();
            row[0] = format!("intent-{number:03}");
            row[1] = what;
            row[2] = place.region.into();
            row[3] = work.sector.into();
            row[4] = "outlook".into();
            row[7] = "intent".into();
            row[8] = format!("{:.2}", total.max(0.1));
            row[17] = STATUS.into();
            row
        })
        .collect()
}
