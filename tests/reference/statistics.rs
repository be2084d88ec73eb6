//! Quantiles, weights and regression, against numpy, scipy and statsmodels.

use crate::within;
use landfall::stats::{DRAWS, RidgeRow, StudentTable, huber_ridge, least_squares_on_simplex, quantiles};

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
    let values = [3.7, -1.2, 0.0, 8.8, 2.2, 2.2, -7.1, 4.05, 1e3, 0.3];
    let got = quantiles(&values, [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]).unwrap();
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

/// y = 2 + 0.5 x + noise with three mad points, beside a wave that explains nothing.
fn rows(weight: impl Fn(usize) -> f64) -> Vec<RidgeRow<3>> {
    let noise = [
        0.3, -0.2, 0.1, 5.0, -0.4, 0.2, -0.1, 0.6, -0.3, 0.1, 0.2, -7.0, 0.4, -0.5, 0.1, 0.0, 9.0, -0.2, 0.3,
        -0.1,
    ];
    let row = |(i, e): (usize, &f64)| {
        let x = i as f64;
        RidgeRow { x: [1.0, x, x.cos()], y: 2.0 + 0.5 * x + e, weight: weight(i) }
    };
    noise.iter().enumerate().map(row).collect()
}

#[test]
fn hubers_regression_agrees_with_statsmodels() {
    // statsmodels RLM(y, X, M=norms.HuberT(1.345)).fit(scale_est="mad", tol=1e-13): 24 rounds where ours stops after
    // 15, hence 1e-7. Without a ridge and with equal weights both are the same estimator.
    let fit = huber_ridge(&rows(|_| 1.0), &[0.0; 3], &[0.0; 3]).unwrap();
    within(&fit.coefficients, &[2.1042043405191047, 0.49655628409090125, -0.07296385203131542], 1e-7);
    let line: Vec<RidgeRow<2>> = rows(|_| 1.0)
        .into_iter()
        .map(|row| RidgeRow { x: [row.x[0], row.x[1]], y: row.y, weight: row.weight })
        .collect();
    let fit = huber_ridge(&line, &[0.0; 2], &[0.0; 2]).unwrap();
    within(&fit.coefficients, &[2.0903678114995383, 0.4967588529224787], 1e-9);
}

#[test]
fn a_ridge_with_weights_agrees_with_numpy() {
    // The fixed point of (XᵀWX + R)⁻¹(XᵀWy + Rc) with Huber's weights, iterated 2,000 times in numpy.
    let weight = |i: usize| if i.is_multiple_of(3) { 0.5 } else { 1.0 };
    let fit = huber_ridge(&rows(weight), &[0.0, 2.0, 3.0], &[0.0, 0.4, -0.1]).unwrap();
    within(&fit.coefficients, &[2.0400294774660854, 0.4992472202215245, -0.09878186274745515], 1e-9);
}
