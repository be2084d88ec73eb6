//! Charts told in another unit of Chinese money than the data's: the same picture with other figures.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use landfall::case::{Case, ChartKind, Look, Options, Pictured, Question, Source};
use landfall::chart::Chart;
use landfall::chart::theme::Theme;
use landfall::error::{Explain, Lang};
use landfall::ledger::Ledger;
use landfall::unit::Unit;

fn look(unit: Option<Unit>) -> Look {
    Look { lang: Lang::Zh, unit, theme: Theme::Light, width: 1280, height: 720, heading: true }
}

/// Every kind of chart that needs no scenario.
fn all(unit: Option<Unit>) -> Vec<(ChartKind, Chart)> {
    let case = Case::sample("wuzhong-2023").unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    let (case, answer) = (&case, &answer);
    let (region, ledger) = ("吴忠市", Ledger::Fai);
    let of = Pictured { case, answer, baseline: None, scenario: None, shared: None, region, ledger };
    let kinds = ChartKind::ALL.into_iter().filter(|kind| *kind != ChartKind::Waterfall);
    kinds.map(|kind| (kind, of.chart(kind, &look(unit.clone())).unwrap().0)).collect()
}

#[test]
fn no_chart_mixes_units() {
    let mut in_words = 0;
    for (kind, chart) in all(Some(Unit::Wan)) {
        let svg = chart.svg().unwrap();
        assert!(!svg.contains("亿元"), "{kind:?}: {}", chart.subtitle());
        in_words += usize::from(svg.contains("万元"));
    }
    assert!(in_words >= 6, "{in_words}");
}

#[test]
fn what_is_drawn_lies_where_it_lay() {
    for ((kind, own), (_, wan)) in all(None).into_iter().zip(all(Some(Unit::Wan))) {
        let times = |a: f64, b: f64| assert!((b - a * 1e4).abs() <= 1e-9 * b.abs(), "{kind:?}: {a} {b}");
        match (own, wan) {
            (Chart::Fan(a), Chart::Fan(b)) if kind == ChartKind::Fan => {
                let (a, b) = (a.parts(), b.parts());
                assert!(a.fan.len() >= 5 && a.actual.len() >= 6);
                a.fan.iter().zip(&b.fan).for_each(|(a, b)| times(a.quantiles.q10, b.quantiles.q10));
                a.actual.iter().zip(&b.actual).for_each(|(a, b)| times(a.value, b.value));
                times(a.target.as_ref().unwrap().value, b.target.as_ref().unwrap().value);
                let pace = |p: &landfall::chart::spec::FanParts| p.pace.as_ref().unwrap()[5].value;
                times(pace(a), pace(b));
                assert_eq!(a.landing, b.landing);
            }
            (Chart::Need(a), Chart::Need(b)) => {
                for (a, b) in a.parts().months.iter().zip(&b.parts().months) {
                    let figures = [(a.done, b.done), (a.need, b.need), (a.expected, b.expected)];
                    let both = figures.into_iter().chain([(a.last_year, b.last_year)]);
                    both.for_each(|(a, b)| times(a.unwrap_or(0.0), b.unwrap_or(0.0)));
                }
            }
            (Chart::Funnel(a), Chart::Funnel(b)) => {
                for (a, b) in a.parts().stages.iter().zip(&b.parts().stages) {
                    times(a.value, b.value);
                    times(a.ahead.unwrap_or(0.0), b.ahead.unwrap_or(0.0));
                    times(a.target.unwrap_or(0.0), b.target.unwrap_or(0.0));
                }
            }
            // Growth, chances and shares of a plan are the same in any unit.
            (Chart::Fan(a), Chart::Fan(b)) => assert_eq!(a.parts().fan, b.parts().fan, "{kind:?}"),
            _ => {}
        }
    }
}

#[test]
fn an_amount_that_has_no_ratio_to_the_unit_keeps_its_own_and_can_be_asked_about() {
    let mut csv = String::from("region,year,month,value,unit\n");
    for year in 2015..=2023 {
        for month in 1..=if year == 2023 { 7 } else { 12 } {
            csv += &format!("A,{year},{month},{},million AUD\n", 100 + 5 * (year - 2015) + month);
        }
    }
    let case = Case::load(Source { name: "a.csv", text: &csv }, None, &Options::default()).unwrap();
    let answer = case.ask(&Question { every_month: true, ..Question::default() }).unwrap();
    let drawn = |unit| answer.fan("A", Ledger::Fai, &look(unit)).unwrap();
    assert_eq!(drawn(Some(Unit::Wan)), drawn(None));
    let error = answer.can_tell_in(Ledger::Fai, &Unit::Wan).unwrap_err();
    assert_eq!(error.code(), "unit_cannot_be_told");
    assert!(error.to_string().contains("million AUD") && error.help().en.contains("leave the unit out"));
}
