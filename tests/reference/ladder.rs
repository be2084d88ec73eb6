//! Mack's chain ladder, against published triangles and numpy.

use crate::within;
use landfall::model::{ChainLadder, chain_ladder};

fn standard_errors(ladder: &ChainLadder) -> Vec<f64> {
    ladder.rows.iter().map(|row| row.standard_error).collect()
}

/// The triangle of Taylor & Ashe (1983): totals, reserves in thousands and their errors in percent as Mack (1993)
/// prints them; and all digits as Mack's formulas written anew in numpy give them.
#[test]
fn taylor_and_ashe() {
    let said = chain_ladder(&[
        vec![
            357848.0, 1124788.0, 1735330.0, 2218270.0, 2745596.0, 3319994.0, 3466336.0, 3606286.0, 3833515.0,
            3901463.0,
        ],
        vec![
            352118.0, 1236139.0, 2170033.0, 3353322.0, 3799067.0, 4120063.0, 4647867.0, 4914039.0, 5339085.0,
        ],
        vec![290507.0, 1292306.0, 2218525.0, 3235179.0, 3985995.0, 4132918.0, 4628910.0, 4909315.0],
        vec![310608.0, 1418858.0, 2195047.0, 3757447.0, 4029929.0, 4381982.0, 4588268.0],
        vec![443160.0, 1136350.0, 2128333.0, 2897821.0, 3402672.0, 3873311.0],
        vec![396132.0, 1333217.0, 2180715.0, 2985752.0, 3691712.0],
        vec![440832.0, 1288463.0, 2419861.0, 3483130.0],
        vec![359480.0, 1421128.0, 2864498.0],
        vec![376686.0, 1363294.0],
        vec![344014.0],
    ])
    .unwrap();
    assert_eq!((said.rest.round(), said.standard_error.round()), (18_680_856.0, 2_447_095.0));
    let thousands: Vec<f64> = said.rows.iter().map(|row| (row.rest / 1000.0).round()).collect();
    assert_eq!(thousands, [0.0, 95.0, 470.0, 710.0, 985.0, 1419.0, 2178.0, 3920.0, 4279.0, 4626.0]);
    let percent: Vec<f64> =
        said.rows[1..].iter().map(|row| (100.0 * row.standard_error / row.rest).round()).collect();
    assert_eq!(percent, [80.0, 26.0, 19.0, 27.0, 29.0, 26.0, 22.0, 23.0, 29.0]);
    within(&[said.rest, said.standard_error], &[18680855.611924306, 2447094.860834665], 1e-12);
    within(
        &said.variances,
        &[
            160280.32748048689,
            37736.855047996374,
            41965.21301742404,
            15182.902680976436,
            13731.323891978891,
            8185.771620009633,
            446.616550105352,
            1147.3659684286617,
            446.616550105352,
        ],
        1e-10,
    );
    within(
        &standard_errors(&said),
        &[
            0.0,
            75535.04075748839,
            121698.56164542341,
            133548.85301207833,
            261406.44934268505,
            411009.70388105325,
            558316.8580711902,
            875327.5119113593,
            971257.8064699424,
            1363154.911732307,
        ],
        1e-11,
    );
}

/// The triangle of the Reinsurance Association of America (1991): 52,135 and 26,909, as Mack (1994) prints them; and
/// all digits as numpy gives them.
#[test]
fn reinsurance_association_of_america() {
    let said = chain_ladder(&[
        vec![5012.0, 8269.0, 10907.0, 11805.0, 13539.0, 16181.0, 18009.0, 18608.0, 18662.0, 18834.0],
        vec![106.0, 4285.0, 5396.0, 10666.0, 13782.0, 15599.0, 15496.0, 16169.0, 16704.0],
        vec![3410.0, 8992.0, 13873.0, 16141.0, 18735.0, 22214.0, 22863.0, 23466.0],
        vec![5655.0, 11555.0, 15766.0, 21266.0, 23425.0, 26083.0, 27067.0],
        vec![1092.0, 9565.0, 15836.0, 22169.0, 25955.0, 26180.0],
        vec![1513.0, 6445.0, 11702.0, 12935.0, 15852.0],
        vec![557.0, 4020.0, 10946.0, 12314.0],
        vec![1351.0, 6947.0, 13112.0],
        vec![3133.0, 5395.0],
        vec![2063.0],
    ])
    .unwrap();
    assert_eq!((said.rest.round(), said.standard_error.round()), (52_135.0, 26_909.0));
    within(&[said.rest, said.standard_error], &[52135.228261210155, 26909.01115564366], 1e-12);
    within(
        &said.factors,
        &[
            2.9993586513353794,
            1.6235227537534538,
            1.2708881150356526,
            1.1716746330883747,
            1.113384886206463,
            1.0419346379110106,
            1.033263553789384,
            1.0169364810075625,
            1.0092165898617511,
        ],
        1e-14,
    );
    within(
        &standard_errors(&said),
        &[
            0.0,
            206.220059401112,
            623.376672631965,
            747.1752250814905,
            1469.4571495894306,
            2001.856930931855,
            2209.2420936420785,
            5357.869297697076,
            6333.165865736363,
            24566.287910989606,
        ],
        1e-11,
    );
}

/// Whole years and one that is not, as a panel has them: numpy, process and factor variance carried on step by step.
#[test]
fn a_year_after_whole_years() {
    let said = chain_ladder(&[
        vec![40.0, 70.0, 100.0],
        vec![50.0, 90.0, 130.0],
        vec![44.0, 75.0, 105.0],
        vec![48.0],
    ])
    .unwrap();
    within(
        &[said.rows[3].amount, said.rows[3].standard_error, said.standard_error],
        &[120.0, 4.341747315693853, 4.341747315693853],
        1e-12,
    );
}
