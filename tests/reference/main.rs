//! Figures that another tool computed, or a pencil: what the statistics and the models must agree with.
//!
//! Tools: Python 3.11, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0, statsforecast 2.1.1. A test names the call that
//! made its figures and its tolerance. Steps inside a model that the public items do not show are compared in the
//! model's own file.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test may fail loudly")]

mod ladder;
mod mapa;
mod rest_of_year;
mod season;
mod smoothing;
mod statistics;
mod theta;

/// Monthly airline passengers in thousands, 1949–1954: Box & Jenkins (1976), series G.
const PASSENGERS: [f64; 72] = [
    112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0, 115.0, 126.0, 141.0,
    135.0, 125.0, 149.0, 170.0, 170.0, 158.0, 133.0, 114.0, 140.0, 145.0, 150.0, 178.0, 163.0, 172.0, 178.0,
    199.0, 199.0, 184.0, 162.0, 146.0, 166.0, 171.0, 180.0, 193.0, 181.0, 183.0, 218.0, 230.0, 242.0, 209.0,
    191.0, 172.0, 194.0, 196.0, 196.0, 236.0, 235.0, 229.0, 243.0, 264.0, 272.0, 237.0, 211.0, 180.0, 201.0,
    204.0, 188.0, 235.0, 227.0, 234.0, 264.0, 302.0, 293.0, 259.0, 229.0, 203.0, 229.0,
];

/// Their first two years.
const AIR: &[f64] = PASSENGERS.split_at(24).0;
/// A made-up series that rises.
const RISING: [f64; 20] = [
    3.1, 4.0, 3.7, 5.2, 5.9, 5.1, 7.4, 6.8, 8.3, 8.0, 9.6, 9.1, 10.9, 10.2, 12.4, 11.7, 12.2, 13.9, 13.1,
    15.2,
];
/// A made-up series that rises less than it jumps.
const NOISY: [f64; 20] =
    [5.2, 4.1, 5.0, 6.3, 5.5, 6.9, 6.2, 5.1, 6.6, 7.8, 7.1, 6.0, 7.5, 8.1, 7.2, 8.8, 7.9, 7.0, 8.4, 9.1];
/// Annual flow of the Nile at Aswan in 10⁸ m³, 1871–1890: Cobb (1978).
const NILE: [f64; 20] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0, 1110.0,
    994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0,
];

/// Within a tolerance that is relative above 1 and absolute below.
fn within(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= tolerance * want.abs().max(1.0), "{got} is not {want}");
    }
}
