//! How figures are written in charts and where they come to stand, as near as can be told without the program that draws
//! them.

use crate::error::Lang;
use crate::num::{log10, pow};

/// Growth in percent, as a spreadsheet's format.
pub(super) const PERCENT: &str = "0.0\"%\"";
/// The same on an axis of whole steps.
const WHOLE_PERCENT: &str = "0\"%\"";
/// Amounts by their decimals.
const AMOUNTS: [&str; 4] = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"];

/// Decimals that tell the levels of a step apart.
pub(super) fn digits(step: f64) -> usize {
    match step {
        s if s >= 1.0 => 0,
        s if s >= 0.1 => 1,
        s if s >= 0.01 => 2,
        _ => 3,
    }
}

/// Levels of growth of a step on an axis.
pub(super) fn percents(step: f64) -> &'static str {
    [WHOLE_PERCENT, PERCENT, "0.00\"%\"", "0.000\"%\""][digits(step)]
}

/// Levels of a step on an axis.
pub(super) fn level(step: f64) -> &'static str {
    AMOUNTS[digits(step)]
}

/// Amounts of a number of decimals.
pub(super) fn amounts(decimals: u8) -> &'static str {
    AMOUNTS[usize::from(decimals.min(2))]
}

/// A language as office programs name it.
pub(super) fn tag(lang: Lang) -> &'static str {
    lang.pick("en-US", "zh-CN")
}

/// The level axis that office programs choose by themselves, nearly.
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// From one line to the next.
    pub(super) step: f64,
}

impl Scale {
    pub(super) fn around(figures: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        let (low, high) = figures.fold((0.0_f64, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
        let low = if from_zero { 0.0 } else { low };
        let room = (high - low).max(f64::MIN_POSITIVE) * 0.05;
        let step = step((high - low + room) / 7.0);
        let low = if low < 0.0 { ((low - room) / step).floor() * step } else { 0.0 };
        Self { low, high: (((high + room) / step).ceil() * step).max(low + step), step }
    }

    /// Where a figure stands: 0 at the foot of the axis, 1 at its head.
    pub(super) fn part(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The step of 1, 2 or 5 with its zeros that is not smaller than `least`.
fn step(least: f64) -> f64 {
    let tens = pow(10.0, log10(least.max(1e-12)).floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * tens).find(|step| *step >= least).unwrap_or(10.0 * tens)
}

/// How far each of some labels at `wanted` heights (downward) must move so that none is nearer to the next than `row`.
pub(super) fn apart(wanted: &[f64], row: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Groups of labels that touch: where the first one stands, and which.
    let mut groups: Vec<(f64, Vec<usize>)> = Vec::new();
    for at in order {
        groups.push((wanted[at], vec![at]));
        while let [.., (above, upper), (below, _)] = groups.as_slice()
            && above + row * upper.len() as f64 > *below
        {
            let (_, more) = groups.pop().unwrap_or_default();
            if let Some((start, members)) = groups.last_mut() {
                members.extend(more);
                let middle = members.iter().map(|m| wanted[*m]).sum::<f64>() / members.len() as f64;
                *start = middle - row * (members.len() - 1) as f64 / 2.0;
            }
        }
    }
    let mut moved = vec![0.0; wanted.len()];
    for (start, members) in groups {
        for (nth, at) in members.into_iter().enumerate() {
            moved[at] = start + row * nth as f64 - wanted[at];
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_order_and_a_row_between_them() {
        for wanted in [vec![0.5, 0.52], vec![0.1, 0.11, 0.12, 0.9], vec![0.5], vec![0.7, 0.2, 0.69], vec![]] {
            let moved = apart(&wanted, 0.05);
            let mut stands: Vec<(f64, f64)> = wanted.iter().zip(&moved).map(|(w, m)| (*w, w + m)).collect();
            stands.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(stands.windows(2).all(|p| p[1].1 - p[0].1 >= 0.05 - 1e-9), "{stands:?}");
        }
        assert_eq!(apart(&[0.1, 0.9], 0.05), [0.0, 0.0]);
    }

    #[test]
    fn an_axis_holds_its_figures() {
        for (low, high) in [(0.0, 452.8), (-3.5, 11.9), (-8.0, -1.0), (0.0, 0.0), (0.0, 1e12)] {
            let scale = Scale::around([low, high].into_iter(), false);
            assert!((0.0..=1.0).contains(&scale.part(low)) && (0.0..=1.0).contains(&scale.part(high)));
        }
        assert_eq!(Scale::around([452.8].into_iter(), true).high, 500.0);
    }
}
