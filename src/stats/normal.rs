//! The standard normal.

use statrs::function::erf::erfc_inv;

/// The value under which a standard normal falls with probability `p`; `None` unless 0 < `p` < 1.
///
/// ```
/// assert_eq!(landfall::stats::normal_quantile(0.5), Some(0.0));
/// assert!((landfall::stats::normal_quantile(0.975).unwrap() - 1.959_963_984_540_054).abs() < 1e-9);
/// ```
pub fn normal_quantile(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p))
}
