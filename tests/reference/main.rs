//! Figures that another tool computed, or a pencil: what the statistics and the models must agree with.
//!
//! Tools: Python 3, numpy 2.4.6, scipy 1.17.1, statsforecast 2.1.1.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test may fail loudly")]

use landfall::calendar::YearMonth;
use landfall::ledger::Ledger;
use landfall::model::{Drift, Guess, Model, Prior, Share, theta_forecast};
use landfall::panel::{Cells, Panel};
use landfall::region::Tree;
use landfall::stats::{DRAWS, StudentTable, least_squares_on_simplex, quantiles};
use landfall::table::read_panel;

/// Monthly airline passengers in thousands, 1949–1954: Box & Jenkins (1976), series G.
const PASSENGERS: [f64; 72] = [
    112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0, 115.0, 126.0, 141.0,
    135.0, 125.0, 149.0, 170.0, 170.0, 158.0, 133.0, 114.0, 140.0, 145.0, 150.0, 178.0, 163.0, 172.0, 178.0,
    199.0, 199.0, 184.0, 162.0, 146.0, 166.0, 171.0, 180.0, 193.0, 181.0, 183.0, 218.0, 230.0, 242.0, 209.0,
    191.0, 172.0, 194.0, 196.0, 196.0, 236.0, 235.0, 229.0, 243.0, 264.0, 272.0, 237.0, 211.0, 180.0, 201.0,
    204.0, 188.0, 235.0, 227.0, 234.0, 264.0, 302.0, 293.0, 259.0, 229.0, 203.0, 229.0,
];

fn within(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= tolerance * want.abs().max(1.0), "{got} is not {want}");
    }
}

#[test]
fn theta_agrees_with_numpy() {
    // Written anew in numpy from the documentation, the smoothing weight by scipy's bounded minimiser to 1e-12; ours
    // stops at 4e-5 of the weight, hence 2e-5.
    let logs: Vec<Option<f64>> = PASSENGERS.iter().map(|x| Some(x.ln())).collect();
    within(
        &theta_forecast(&logs, 12, 12),
        &[
            5.443669229005175,
            5.439222679667457,
            5.598465415281312,
            5.551803091997893,
            5.550971150527273,
            5.6560339585521255,
            5.731596278276129,
            5.750408667102364,
            5.635923109949211,
            5.510166820459636,
            5.3742654120659,
            5.501767098808299,
        ],
        2e-5,
    );
    // A season of eleven, as under cn11, and a season that is not whole at the end.
    let odd: Vec<Option<f64>> = (0..40)
        .map(|i| Some(3.0 + 0.02 * f64::from(i) + 0.01 * f64::from((13 * i * i + 7 * i) % 29)))
        .collect();
    within(
        &theta_forecast(&odd, 11, 5),
        &[3.8725167497708304, 3.942860959461258, 3.8654067382104857, 3.9693593120838817, 3.9077024585326665],
        2e-5,
    );
    let shape = [0.4, -0.2, 0.1, -0.3];
    let quarters: Vec<Option<f64>> = (0..26)
        .map(|i| 5.0 + 0.03 * i as f64 + shape[i % 4] + 0.02 * ((7 * i * i + 3 * i) % 11) as f64)
        .map(Some)
        .collect();
    within(
        &theta_forecast(&quarters, 4, 6),
        &[
            5.920619615018886,
            5.607307790099977,
            6.293562705702537,
            5.6811131523336575,
            5.980881405543536,
            5.667569580624627,
        ],
        2e-5,
    );
}

#[test]
fn theta_on_logs_is_near_the_published_theta_on_levels() {
    // statsforecast's Theta(season_length=12) deseasonalises by division and fits the first level as well.
    let logs: Vec<Option<f64>> = PASSENGERS.iter().map(|x| Some(x.ln())).collect();
    let ours: Vec<f64> = theta_forecast(&logs, 12, 12).into_iter().map(f64::exp).collect();
    let theirs = [
        230.192, 232.668, 268.346, 254.378, 252.711, 281.1, 304.894, 308.513, 276.582, 241.918, 210.901,
        240.205,
    ];
    within(&ours, &theirs, 0.025);
}

#[test]
fn students_quantiles_agree_with_scipy() {
    // scipy.stats.t.ppf((k + 0.5) / 16384, freedom).
    assert_eq!(DRAWS, 16_384);
    let strata = [0, 409, 1638, 8191, 12_288, 16_383];
    let reference = [
        (
            1.0,
            [
                -10430.37831851252,
                -12.70932038972992,
                -3.077482748332511,
                -9.587379953672987e-5,
                1.0001917659844066,
                10430.37831851252,
            ],
        ),
        (
            2.5,
            [
                -56.0814702940535,
                -3.575055617795638,
                -1.7301840231122108,
                -8.434727011493153e-5,
                0.7851377211810763,
                56.0814702940535,
            ],
        ),
        (
            4.0,
            [
                -17.612609793095178,
                -2.7766837363132635,
                -1.5331545797265953,
                -8.138021136498229e-5,
                0.7408093093952646,
                17.612609793095178,
            ],
        ),
        (
            7.3,
            [
                -8.21191695405068,
                -2.345229512261773,
                -1.4088793638159578,
                -7.915303565741652e-5,
                0.7096774190279727,
                8.21191695405068,
            ],
        ),
        (
            30.0,
            [
                -4.658321808130688,
                -2.042388501074189,
                -1.3103784687559485,
                -7.713623744852168e-5,
                0.6828536575195956,
                4.658321808130688,
            ],
        ),
    ];
    for (freedom, want) in reference {
        let table = StudentTable::new(freedom);
        for (k, want) in strata.into_iter().zip(want) {
            let off = (table.at(k) - want).abs() / want.abs();
            // Knots are exact; between them the interpolation keeps seven digits.
            assert!(off < 1e-7, "{freedom} {k}: {} is not {want}", table.at(k));
        }
    }
}

#[test]
fn quantiles_agree_with_numpy() {
    // numpy.quantile with its default, linear method.
    let mut values = [3.7, -1.2, 0.0, 8.8, 2.2, 2.2, -7.1, 4.05, 1e3, 0.3];
    let got = quantiles(&mut values, [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]).unwrap();
    within(&got, &[-5.7725, -1.79, 0.075, 2.2, 3.9625, 107.91999999999965, 776.98], 1e-12);
}

/// wᵀAw + λ|w − w₀|² for errors D: A = DᵀD ÷ rows, w₀ equal, λ = 0.1 × the mean of A's diagonal.
fn stacked<const K: usize>(errors: &[[f64; K]]) -> Vec<f64> {
    let mut a = vec![0.0; K * K];
    for row in errors {
        for i in 0..K {
            for j in 0..K {
                a[i * K + j] += row[i] * row[j] / errors.len() as f64;
            }
        }
    }
    let lambda = 0.1 * (0..K).map(|i| a[i * K + i]).sum::<f64>() / K as f64;
    least_squares_on_simplex(&a, &[1.0 / K as f64; K], lambda)
}

#[test]
fn simplex_weights_agree_with_scipy() {
    // scipy.optimize.minimize, SLSQP, ftol 1e-16; good to about 1e-7.
    let three = [
        [0.65, 1.53, 0.53],
        [-1.0, 1.66, 0.61],
        [-0.24, 1.17, 0.56],
        [0.59, 0.34, 0.68],
        [-0.44, 0.06, -0.04],
        [0.9, 0.36, 0.1],
        [-0.48, -0.09, 0.31],
        [0.02, 2.24, 1.0],
        [-2.41, -2.53, 0.18],
        [-0.12, 0.62, 0.45],
        [2.42, -1.37, 0.04],
        [2.34, 1.27, 0.76],
    ];
    within(&stacked(&three), &[0.1467311165996978, 0.0, 0.8532688834003023], 1e-6);
    let five = [
        [-0.21, -2.17, 0.42, 0.52, -1.05],
        [-0.38, 0.19, -0.36, 0.1, 0.41],
        [0.34, -0.46, 0.72, 2.08, 0.65],
        [-0.52, 1.4, -0.05, 2.06, -0.88],
        [1.21, 0.27, -0.57, -0.33, 0.36],
        [0.57, -1.17, -0.48, 0.7, -0.21],
        [0.54, 1.44, -0.85, 0.81, 1.65],
        [0.0, -0.92, 0.83, 0.81, 1.29],
        [-0.05, -1.92, 0.22, -0.59, 1.15],
        [0.49, -2.15, -0.54, 2.07, 1.05],
        [-0.34, 0.3, 0.61, 1.24, 1.26],
        [0.56, 0.16, 0.12, 2.41, -2.18],
    ];
    let want = [
        0.38902741994693263,
        0.12032647408497701,
        0.40914382669754745,
        0.009877132814580709,
        0.07162514645596221,
    ];
    within(&stacked(&five), &want, 1e-6);
}

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
