//! Theta at several aggregations, written anew in numpy.

use crate::{PASSENGERS, within};
use landfall::model::monthly::mapa;

/// Blocks by reshape and mean, Theta with the weight by a grid of 9,801 and scipy's bounded minimiser, lines by
/// numpy.interp between the middles of blocks. Ours stops within 7e-4 of each weight: hence the tolerances.
#[test]
fn it_agrees_with_numpy() {
    let logs: Vec<f64> = PASSENGERS.iter().map(|x| x.ln()).collect();
    within(
        &mapa(&logs, 12, 8).unwrap(),
        &[
            5.482482711286129,
            5.499928098519711,
            5.506505665369525,
            5.512078946977904,
            5.5176522285862815,
            5.523225510194659,
            5.528798791803038,
            5.534372073411416,
        ],
        1e-5,
    );
    within(
        &mapa(&PASSENGERS, 12, 8).unwrap(),
        &[
            240.63570416302764,
            244.3164400821855,
            245.52646698347533,
            246.52194646814144,
            247.51742595280746,
            248.51290543747356,
            249.5083849221396,
            250.50386440680572,
        ],
        1e-5,
    );
    // A season of eleven, as under cn11, that the series holds too few of; and one of four.
    let odd: Vec<f64> =
        (0..40).map(|i| 3.0 + 0.02 * f64::from(i) + 0.01 * f64::from((13 * i * i + 7 * i) % 29)).collect();
    within(
        &mapa(&odd, 11, 6).unwrap(),
        &[
            3.905859770373309,
            3.915990235192042,
            3.925586834410111,
            3.9351834336281803,
            3.94478003284625,
            3.9543766320643186,
        ],
        1e-5,
    );
    let quarters: Vec<f64> =
        (0..26).map(|i| 5.0 + 0.03 * f64::from(i) + 0.02 * f64::from((7 * i * i + 3 * i) % 11)).collect();
    within(
        &mapa(&quarters, 4, 6).unwrap(),
        &[
            5.837948149036133,
            5.853126670713996,
            5.86833869503227,
            5.883550719350544,
            5.898762743668819,
            5.913974767987093,
        ],
        1e-5,
    );
}
