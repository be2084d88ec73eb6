//! The least value of a function of one number.

/// The point of an interval with the least value of `f`, and that value: a grid of 13, then a golden section
/// inside its best cell, since the errors of a smoothing are not always unimodal.
///
/// Source: Kiefer (1953), "Sequential minimax search for a maximum".
pub(super) fn least(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> (f64, f64) {
    let grid = |k: usize| low + (high - low) * k as f64 / 12.0;
    let (mut best, mut value) = (0, f64::INFINITY);
    for k in 0..=12 {
        let at = f(grid(k));
        if at < value {
            (best, value) = (k, at);
        }
    }
    let mut least = (grid(best), value);
    let (mut from, mut to) = (grid(best.saturating_sub(1)), grid((best + 1).min(12)));
    let golden = 0.618_033_988_749_894_9;
    let (mut a, mut b) = (to - golden * (to - from), from + golden * (to - from));
    let (mut at_a, mut at_b) = (f(a), f(b));
    for _ in 0..10 {
        if at_a <= at_b {
            (to, b, at_b) = (b, a, at_a);
            a = to - golden * (to - from);
            at_a = f(a);
        } else {
            (from, a, at_a) = (a, b, at_b);
            b = from + golden * (to - from);
            at_b = f(b);
        }
    }
    for (x, at) in [(a, at_a), (b, at_b)] {
        if at < least.1 {
            least = (x, at);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn the_deeper_of_two_valleys() {
        let f = |x: f64| (x * x - 1.0) * (x * x - 1.0) + 0.3 * x;
        let (at, value) = least(-2.0, 2.0, f);
        assert!((at + 1.0355).abs() < 0.01 && (value - f(at)).abs() < 1e-15, "{at}");
        let (edge, _) = least(0.0, 1.0, |x| x);
        assert_eq!(edge, 0.0);
    }
}
