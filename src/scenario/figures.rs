//! The figures of one month in the draws, before and after, and the errors of their differences.

use crate::scenario::MonthEffect;
use crate::scenario::book::{Figures, Point};
use crate::stats;
use crate::target::TargetKind;

/// Of one month: the figures with every draw's amount moved by `delta` (empty: not at all) and every base by a factor, and
/// the standard errors of the paired differences to the draws as they are: in the chance, and in mean growth (points; of
/// the mean amount where no growth is known).
pub(super) fn figures(point: &Point, delta: &[f64], base: f64, goal: Option<f64>) -> (Figures, f64, f64) {
    let mut total: Vec<f64> = if delta.is_empty() {
        point.total.clone()
    } else {
        point.total.iter().zip(delta).map(|(t, d)| t + d).collect()
    };
    let inverse = 1.0 / base;
    let mut growth: Vec<f64> = match (point.growth_only(), point.inverse_base.as_slice()) {
        (true, _) => point.growth.iter().map(|g| (1.0 + g) * inverse - 1.0).collect(),
        (false, []) => Vec::new(),
        (false, [one]) => total.iter().map(|t| t * (one * inverse) - 1.0).collect(),
        (false, many) => total.iter().zip(many).map(|(t, b)| t * b * inverse - 1.0).collect(),
    };
    let by_growth = point.goal.is_some_and(|g| g.kind == TargetKind::Growth);
    let judged = if by_growth { (&growth, &point.growth) } else { (&total, &point.total) };
    let owed = point.goal.map(|g| g.value).zip(goal).filter(|_| !judged.0.is_empty());
    let count = judged.0.len().max(1) as f64;
    let slack = |goal: f64| goal - 1e-12 * goal.abs().max(1.0);
    let (mut met, mut gained, mut lost) = (0_u32, 0_u32, 0_u32);
    if let Some((was, is)) = owed {
        let (was, is) = (slack(was), slack(is));
        for (after, before) in judged.0.iter().zip(judged.1) {
            let (before, after) = (*before >= was, *after >= is);
            met += u32::from(after);
            gained += u32::from(after & !before);
            lost += u32::from(before & !after);
        }
    }
    let change = (f64::from(gained) - f64::from(lost)) / count;
    let hits = ((f64::from(gained) + f64::from(lost)) / count - change * change).max(0.0);
    let (moved, scale) =
        if growth.is_empty() { ((&total, &point.total), 1.0) } else { ((&growth, &point.growth), 100.0) };
    let middle_error = scale * (spread(moved.0, moved.1) / count).sqrt();
    let probability = owed.map(|_| f64::from(met) / count);
    let middle_total = stats::median_of(&mut total);
    let middle_growth = match point.inverse_base.as_slice() {
        // Growth on one base rises with the amount: the draws in the middle are the same.
        [one] if !point.growth_only() && inverse > 0.0 && *one > 0.0 => {
            middle_total.map(|t| t * (one * inverse) - 1.0)
        }
        _ => stats::median_of(&mut growth),
    };
    (Figures { total: middle_total, growth: middle_growth, probability }, (hits / count).sqrt(), middle_error)
}

/// Variance of the differences of two columns.
fn spread(after: &[f64], before: &[f64]) -> f64 {
    const LANES: usize = 4;
    let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for (a, b) in after.chunks(LANES).zip(before.chunks(LANES)) {
        for (k, (a, b)) in a.iter().zip(b).enumerate() {
            let change = a - b;
            sums[k] += change;
            squares[k] += change * change;
        }
    }
    let n = after.len().max(1) as f64;
    let mean = sums.iter().sum::<f64>() / n;
    (squares.iter().sum::<f64>() / n - mean * mean).max(0.0)
}

/// What a scenario does to one month of a unit.
pub(super) fn effect(point: &Point, delta: &[f64], base: f64, goal: Option<f64>) -> MonthEffect {
    let owed = point.goal.map(|g| g.value);
    if delta.is_empty() && base == 1.0 && goal == owed {
        return MonthEffect {
            month: point.month,
            base: point.full,
            scenario: point.full,
            se: 0.0,
            se_middle: 0.0,
        };
    }
    let (after, se, se_middle) = figures(point, delta, base, goal);
    let moved = |full: Option<f64>, here: Option<f64>, after: Option<f64>| Some(full? + (after? - here?));
    let chance = moved(point.full.probability, point.here.probability, after.probability);
    let scenario = Figures {
        total: moved(point.full.total, point.here.total, after.total),
        growth: moved(point.full.growth, point.here.growth, after.growth),
        probability: chance.map(|p| p.clamp(0.0, 1.0)),
    };
    MonthEffect { month: point.month, base: point.full, scenario, se, se_middle }
}
