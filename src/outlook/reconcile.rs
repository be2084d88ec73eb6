//! Districts + unallocated = city, in every draw.

use crate::num;
use crate::stats;

/// One member of a sum: its draws, and what it cannot fall below.
pub(super) struct Member<'a> {
    pub(super) draws: &'a mut Vec<f64>,
    /// ytd: what is done is done. −∞ for the unallocated rest, which may be negative.
    pub(super) floor: f64,
}

/// Moves a total and its members in every draw until they add up: each by its share of the variances, so
/// that what is known well moves little.
///
/// With `total_moves` false only the members move; with it, the total stays at or above `done`, its ytd. Source: Wickramasuriya, Athanasopoulos & Hyndman (2019),
/// "Optimal forecast reconciliation", with a diagonal error covariance.
pub(super) fn reconcile(total: &mut [f64], done: f64, mut members: Vec<Member<'_>>, total_moves: bool) {
    let variance = |draws: &[f64]| {
        let mean = stats::mean(draws.iter().copied()).unwrap_or(0.0);
        num::sum(draws.iter().map(|x| (x - mean) * (x - mean))) / draws.len().max(1) as f64
    };
    let variances: Vec<f64> = members.iter().map(|m| variance(m.draws)).collect();
    let of_total = if total_moves { variance(total) } else { 0.0 };
    let all = num::sum(variances.iter().copied()) + of_total;
    for (draw, total) in total.iter_mut().enumerate() {
        let gap = *total - num::sum(members.iter().map(|m| m.draws[draw]));
        if all > 0.0 {
            let wanted = *total - gap * (of_total / all);
            // A rest that may be negative would otherwise take the total below what is done.
            *total = if total_moves { num::larger(wanted, done) } else { wanted };
            let of_members = all - of_total;
            let share = |v: f64| if of_members > 0.0 { v / of_members } else { 0.0 };
            let moved = gap * (of_members / all) + (*total - wanted);
            for (member, v) in members.iter_mut().zip(&variances) {
                member.draws[draw] += moved * share(*v);
            }
        }
        // Whoever would fall below what is done stays there, and the others carry the rest. Each round pins one
        // more at the least, so that after one round a member and a last one nobody is below.
        for _ in 0..=members.len() {
            let below = num::sum(members.iter_mut().map(|m| {
                let lift = num::larger(m.floor - m.draws[draw], 0.0);
                // Not by adding: a hair above the floor would pass for free.
                m.draws[draw] = num::larger(m.draws[draw], m.floor);
                lift
            }));
            let free: f64 =
                members.iter().zip(&variances).filter(|(m, _)| m.draws[draw] > m.floor).map(|(_, v)| v).sum();
            if below <= 0.0 || free <= 0.0 {
                break;
            }
            for (member, v) in members.iter_mut().zip(&variances) {
                if member.draws[draw] > member.floor {
                    member.draws[draw] -= below * v / free;
                }
            }
        }
        // What rounding, or floors that leave no room, still keep apart goes to the total.
        let sum = num::sum(members.iter().map(|m| m.draws[draw]));
        if total_moves {
            *total = sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn members_add_up_to_the_total_and_stay_above_what_is_done(
            raw in prop::collection::vec((1.0f64..100.0, 0.0f64..30.0), 2..6),
            city in 50.0f64..400.0,
            done in 40.0f64..400.0,
            open_rest in any::<bool>(),
        ) {
            let draw = |centre: f64, spread: f64, k: usize| (0..64).map(move |i| centre + spread * (((i * 37 + k * 11) % 64) as f64 / 32.0 - 1.0)).collect::<Vec<f64>>();
            let mut columns: Vec<Vec<f64>> = raw.iter().enumerate().map(|(k, (c, s))| draw(*c + *s, *s, k)).collect();
            let mut total = draw(city, 20.0, 9);
            let mut floors: Vec<f64> = raw.iter().map(|(c, _)| *c).collect();
            // The last member is a rest that may be negative.
            if open_rest {
                floors.pop();
                floors.push(f64::NEG_INFINITY);
            }
            let members = columns.iter_mut().zip(&floors).map(|(draws, floor)| Member { draws, floor: *floor }).collect();
            reconcile(&mut total, done, members, true);
            for i in 0..64 {
                let sum: f64 = columns.iter().map(|c| c[i]).sum();
                prop_assert!((sum - total[i]).abs() < 1e-9 * total[i].abs().max(1.0));
                let width: f64 = columns.iter().map(|c| c[0] - c[32]).map(f64::abs).sum();
                prop_assert!(total[i] >= done - 1e-9 || width == 0.0, "{} {done}", total[i]);
                for (column, floor) in columns.iter().zip(&floors) {
                    prop_assert!(column[i] >= floor - 1e-9);
                }
            }
        }
    }
}
