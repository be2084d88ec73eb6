//! Arithmetic that gives the same bits natively and in wasm: `libm`, compensated sums, rounding.

/// eˣ.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; −∞ at 0, NaN below.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), exact for small x.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// eˣ − 1, exact for small x.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// xʸ.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Base-10 logarithm.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// The larger of two numbers of which neither is NaN. In a wasm module [`f64::max`] is a call, which in a loop over draws costs
/// as much as all else.
///
/// ```
/// # use landfall::num::larger;
/// assert_eq!(larger(-1.0, 2.5), 2.5);
/// ```
pub fn larger(a: f64, b: f64) -> f64 {
    if a < b { b } else { a }
}

/// Neumaier's compensated sum: the order of the terms hardly matters. An empty sum is 0.
///
/// Source: Neumaier (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen".
///
/// ```
/// # use landfall::num::sum;
/// assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
/// ```
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    values.into_iter().for_each(|value| sum.add(value));
    if sum.lost.is_finite() { sum.total + sum.lost } else { sum.total }
}

/// As [`sum`], four sums side by side, since each step of one waits for the step before.
///
/// ```
/// # use landfall::num::sum_of_many;
/// assert_eq!(sum_of_many(&[1e100, 1.0, 2.0, 3.0, -1e100]), 6.0);
/// ```
pub fn sum_of_many(values: &[f64]) -> f64 {
    let (fours, rest) = values.as_chunks::<4>();
    let mut sums = [Sum::default(); 4];
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, value)| sum.add(*value));
    }
    // Beyond all numbers nothing is lost that could be told.
    let lost = sums.iter().map(|sum| sum.lost).filter(|lost| lost.is_finite());
    sum(sums.iter().map(|sum| sum.total).chain(lost).chain(rest.iter().copied()))
}

/// A sum under way, and what rounding took from it.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let Self { total, .. } = *self;
        let next = total + value;
        self.lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        self.total = next;
    }
}

/// Rounds to `digits` decimals, half away from zero.
///
/// ```
/// # use landfall::num::round_to;
/// assert_eq!(round_to(9.96, 1), 10.0);
/// ```
pub fn round_to(x: f64, digits: u32) -> f64 {
    let scale = pow(10.0, f64::from(digits));
    (x * scale).round() / scale
}

/// Rounds to nine significant digits, so that a chart's numbers are the same on every platform.
///
/// ```
/// # use landfall::num::nine_digits;
/// assert_eq!(nine_digits(123.456_789_012_3), 123.456_789);
/// ```
pub fn nine_digits(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    // Through decimal text: multiplying by a power of ten would add its own rounding.
    format!("{x:.8e}").parse().unwrap_or(x)
}

/// `Some` of a number that is neither NaN nor infinite.
pub fn finite(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sum_keeps_what_plain_addition_loses() {
        let terms: Vec<f64> = (0..1000).map(|_| 0.1).collect();
        assert!((sum(terms) - 100.0).abs() < 1e-13);
        assert_eq!(sum([]), 0.0);
    }

    #[test]
    fn nine_digits_survives_extremes() {
        assert_eq!(nine_digits(0.0), 0.0);
        assert!(nine_digits(f64::NAN).is_nan());
        assert_eq!(nine_digits(-1.234_567_891_2e-30), -1.234_567_89e-30);
    }
}
