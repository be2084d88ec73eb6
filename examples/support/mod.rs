//! What the timed examples share.

use std::time::Instant;

/// Median and 95 % quantile in milliseconds.
pub(crate) fn times(runs: usize, mut once: impl FnMut() -> bool) -> [f64; 2] {
    let mut took: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            assert!(once(), "what is timed must work");
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    [took[runs / 2], took[runs * 95 / 100]]
}
