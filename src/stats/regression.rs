//! Robust regression with a ridge.

use crate::num;
use crate::stats::{MAD_TO_SD, median};

/// One observation: its features (the first is usually 1), what is explained, and its weight.
#[derive(Debug, Clone)]
pub struct RidgeRow<const P: usize> {
    /// Features.
    pub x: [f64; P],
    /// What is explained.
    pub y: f64,
    /// Weight, ≥ 0.
    pub weight: f64,
}

/// A fitted linear regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression<const P: usize> {
    /// One coefficient a feature.
    pub coefficients: [f64; P],
}

impl<const P: usize> Regression<P> {
    /// The fitted value at `x`.
    pub fn at(&self, x: &[f64; P]) -> f64 {
        num::sum(self.coefficients.iter().zip(x).map(|(b, x)| b * x))
    }
}

/// Minimises Σ w·ρ(y − xβ) + Σ ridge·(β − centre)² with Huber's ρ, by iteratively reweighted least squares.
///
/// `ridge` and `centre` have one entry a coefficient (0 leaves it free). The scale is 1.4826 × the median
/// absolute residual, Huber's constant 1.345 (95 % efficiency under normality), 15 rounds. `None` where the
/// rows do not determine the coefficients. Source: Huber & Ronchetti (2009), "Robust Statistics", section 7.8.
pub fn huber_ridge<const P: usize>(
    rows: &[RidgeRow<P>],
    ridge: &[f64; P],
    centre: &[f64; P],
) -> Option<Regression<P>> {
    let mut robust = vec![1.0; rows.len()];
    let mut fit = None;
    for _ in 0..15 {
        let coefficients = weighted_ridge(rows, &robust, ridge, centre)?;
        let model = Regression { coefficients };
        let residuals: Vec<f64> = rows.iter().map(|row| row.y - model.at(&row.x)).collect();
        let scale = MAD_TO_SD * median(residuals.iter().map(|r| r.abs()))?;
        fit = Some(model);
        if scale <= 0.0 {
            break;
        }
        for (weight, residual) in robust.iter_mut().zip(&residuals) {
            *weight = (1.345 * scale / residual.abs()).min(1.0);
        }
    }
    fit
}

fn weighted_ridge<const P: usize>(
    rows: &[RidgeRow<P>],
    robust: &[f64],
    ridge: &[f64; P],
    centre: &[f64; P],
) -> Option<[f64; P]> {
    let mut a = [[0.0; P]; P];
    let mut b = [0.0; P];
    for (row, robust) in rows.iter().zip(robust) {
        let w = row.weight * robust;
        for i in 0..P {
            for (j, cell) in a[i].iter_mut().enumerate() {
                *cell += w * row.x[i] * row.x[j];
            }
            b[i] += w * row.x[i] * row.y;
        }
    }
    for i in 0..P {
        a[i][i] += ridge[i];
        b[i] += ridge[i] * centre[i];
    }
    solve(a, b)
}

/// Solves a symmetric positive definite system by Cholesky's decomposition; `None` where it is singular.
fn solve<const P: usize>(mut a: [[f64; P]; P], mut b: [f64; P]) -> Option<[f64; P]> {
    for j in 0..P {
        let diagonal = a[j][j];
        for k in 0..j {
            a[j][j] -= a[j][k] * a[j][k];
        }
        // Relative to what stood there: a column that the others explain leaves only rounding behind.
        if a[j][j].is_nan() || a[j][j] <= 1e-12 * diagonal.abs() {
            return None;
        }
        a[j][j] = a[j][j].sqrt();
        for i in j + 1..P {
            for k in 0..j {
                a[i][j] -= a[i][k] * a[j][k];
            }
            a[i][j] /= a[j][j];
        }
    }
    for i in 0..P {
        for k in 0..i {
            b[i] -= a[i][k] * b[k];
        }
        b[i] /= a[i][i];
    }
    for i in (0..P).rev() {
        for k in i + 1..P {
            b[i] -= a[k][i] * b[k];
        }
        b[i] /= a[i][i];
    }
    Some(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(noise: impl Fn(usize) -> f64) -> Vec<RidgeRow<2>> {
        (0..30)
            .map(|i| RidgeRow { x: [1.0, i as f64], y: 2.0 + 0.5 * i as f64 + noise(i), weight: 1.0 })
            .collect()
    }

    #[test]
    fn an_exact_line_is_found_exactly() {
        let fit = huber_ridge(&line(|_| 0.0), &[0.0; 2], &[0.0; 2]).unwrap();
        assert!((fit.coefficients[0] - 2.0).abs() < 1e-10 && (fit.coefficients[1] - 0.5).abs() < 1e-11);
    }

    #[test]
    fn one_mad_point_hardly_moves_it() {
        let mad = |i: usize| if i == 7 { 1e6 } else { 0.01 * ((i * 7919 % 13) as f64 - 6.0) };
        let fit = huber_ridge(&line(mad), &[0.0; 2], &[0.0; 2]).unwrap();
        assert!((fit.coefficients[1] - 0.5).abs() < 0.01, "{fit:?}");
    }

    #[test]
    fn collinear_features_are_refused_and_a_ridge_mends_them() {
        let rows: Vec<RidgeRow<2>> =
            (0..9).map(|i| RidgeRow { x: [1.0, 1.0], y: i as f64, weight: 1.0 }).collect();
        assert!(huber_ridge(&rows, &[0.0; 2], &[0.0; 2]).is_none());
        let fit = huber_ridge(&rows, &[0.0, 1.0], &[0.0; 2]).unwrap();
        assert!((fit.at(&[1.0, 1.0]) - 4.0).abs() < 0.5);
    }
}
