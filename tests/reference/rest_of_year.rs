//! The models that carry a year on by its own past, against a pencil.

use landfall::calendar::YearMonth;
use landfall::ledger::Ledger;
use landfall::model::{Drift, Guess, Model, Prior, Share};
use landfall::panel::{Cells, Panel};
use landfall::region::Tree;
use landfall::table::read_panel;

/// A panel of `csv`, as known for June 2021.
fn panel(csv: &str, regions: &[&str]) -> Panel {
    let mut tree = Tree::default();
    regions.iter().for_each(|name| {
        tree.add(name);
    });
    let cells = Cells::new(read_panel(csv, "a.csv").0, tree, None, "a.csv");
    cells.panel(Ledger::Fai, YearMonth { year: 2021, month: 6 }).unwrap().0
}

/// One region, `first` a month through June and `second` after, by year.
fn two_halves(region: &str, years: &[(i32, f64, f64)]) -> String {
    let months = years.iter().flat_map(|(year, first, second)| {
        let last = if *year == 2021 { 6 } else { 12 };
        (1..=last).map(move |m| format!("{region},{year},{m},{}\n", if m <= 6 { first } else { second }))
    });
    months.collect()
}

#[test]
fn share_is_what_a_pencil_says() {
    // One region whose half-year shares were 1/2, 1/3 and 1/2: the mean log is ln(12)/-3, nothing to shrink towards
    // but itself. 60 by June is 60 × 12^(1/3) by December.
    let csv = "region,year,month,value\n".to_owned()
        + &two_halves("A", &[(2018, 10.0, 10.0), (2019, 10.0, 20.0), (2020, 10.0, 10.0), (2021, 10.0, 0.0)]);
    let panel = panel(&csv, &["A"]);
    let fitted = Share.fit(&panel.view(2021, 6), &[12], &[]);
    let Some(Guess::LnIndex(ln)) = fitted.guess(0, 12) else { panic!("an amount") };
    assert!((ln.exp() - 60.0 * 12f64.powf(1.0 / 3.0)).abs() < 1e-9, "{}", ln.exp());
}

#[test]
fn a_region_without_a_past_takes_the_pooled_share() {
    let past =
        |region, second| two_halves(region, &[(2019, 10.0, second), (2020, 10.0, second), (2021, 10.0, 0.0)]);
    let csv = "region,year,month,value\n".to_owned()
        + &past("A", 10.0)
        + &past("B", 20.0)
        + &past("C", 40.0)
        + &two_halves("New", &[(2021, 5.0, 0.0)]);
    let panel = panel(&csv, &["A", "B", "C", "New"]);
    let fitted = Share.fit(&panel.view(2021, 6), &[12], &[]);
    // Shares 1/2, 1/3, 1/5, all without noise: the median for the new one, each its own for the others.
    for (region, want) in [(0, 120.0), (1, 180.0), (2, 300.0), (3, 90.0)] {
        let Some(Guess::LnIndex(ln)) = fitted.guess(region, 12) else { panic!("an amount") };
        assert!((ln.exp() - want).abs() < 1e-9, "{region} {}", ln.exp());
    }
}

#[test]
fn priors_are_what_a_pencil_says() {
    let csv = "region,year,month,value\n".to_owned()
        + &two_halves("A", &[(2018, 1.0, 6.0), (2019, 2.0, 12.0), (2020, 3.0, 15.0), (2021, 4.0, 0.0)]);
    let panel = panel(&csv, &["A"]);
    // 24 by June; the rests were 36, 72 and 90.
    for (years, want) in [(1, 24.0 + 90.0), (3, 24.0 + 66.0)] {
        let fitted = Prior { years }.fit(&panel.view(2021, 6), &[12], &[]);
        let Some(Guess::LnIndex(ln)) = fitted.guess(0, 12) else { panic!("an amount") };
        assert!((ln.exp() - want).abs() < 1e-9, "{years} {}", ln.exp());
    }
    // Nothing known of the year: last year's whole, 18 + 90.
    let fitted = Prior { years: 1 }.fit(&panel.view(2021, 0), &[12], &[]);
    let Some(Guess::LnIndex(ln)) = fitted.guess(0, 12) else { panic!("an amount") };
    assert!((ln.exp() - 108.0).abs() < 1e-9);
}

#[test]
fn drift_is_what_a_pencil_says() {
    // Growth of June and of December; the changes of ln(1 + growth) have the middle ln(1.05 / 1.07).
    let growths = [(2018, 7.0, 5.0), (2019, 10.0, 10.0), (2020, 8.0, 4.0), (2021, 6.0, f64::NAN)];
    let rows = growths.iter().flat_map(|(year, june, december)| {
        [(6, june), (12, december)]
            .into_iter()
            .filter(|(_, g)| g.is_finite())
            .map(move |(month, g)| format!("A,{year},{month},{g}\n"))
    });
    let csv = "region,year,month,growth\n".to_owned() + &rows.collect::<String>();
    let panel = panel(&csv, &["A"]);
    let fitted = Drift.fit(&panel.view(2021, 6), &[12], &[]);
    let Some(Guess::LnGrowth(ln)) = fitted.guess(0, 12) else { panic!("a growth") };
    assert!((ln.exp() - 1.06 * 1.05 / 1.07).abs() < 1e-12, "{}", ln.exp());
    // Nothing known of the year: halfway, in logs, from last December's 4 % to the usual 5 %.
    let fitted = Drift.fit(&panel.view(2021, 0), &[12], &[]);
    let Some(Guess::LnGrowth(ln)) = fitted.guess(0, 12) else { panic!("a growth") };
    assert!((ln.exp() - (1.04f64 * 1.05).sqrt()).abs() < 1e-12, "{}", ln.exp());
}
