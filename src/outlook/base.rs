//! The year base: last year's figure on this year's scope, itself uncertain.

use crate::num;
use crate::panel::View;
use crate::stats;

/// Years that the drift of the base is learned from.
const YEARS: i32 = 10;
/// Degrees of freedom of the base's error: revisions are rare and large.
pub(super) const FREEDOM: f64 = 4.0;

/// The comparable base through a month to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BaseOutlook {
    /// Log of the median.
    pub(super) ln_median: f64,
    /// Scale of a Student's t with [`FREEDOM`] on the log; 0 where the base is exact.
    pub(super) scale: f64,
}

/// The base of each region through `horizon`; `None` where last year's figure is missing.
///
/// Last year's ytd × (base through the cut ÷ last year's ytd through the cut) × the learned drift of that
/// ratio to the horizon; exact where the base was given ahead, or where last year's ytd is the base.
pub(super) fn bases(view: &View<'_>, horizon: u8) -> Vec<Option<BaseOutlook>> {
    let (year, cut) = (view.year(), view.cut());
    let ratio = |region, y, month| {
        if month == 0 {
            return Some(1.0);
        }
        let last = view.ytd(region, y - 1, month).filter(|x| *x > 0.0)?;
        Some(view.comparable_base(region, y, month)? / last)
    };
    let moves: Vec<f64> = (0..view.regions())
        .flat_map(|region| {
            (view.first_year().max(year - YEARS)..year).filter_map(move |y| {
                Some(num::ln(ratio(region, y, horizon)?) - num::ln(ratio(region, y, cut)?))
            })
        })
        .collect();
    let drift = stats::median(moves.iter().copied()).unwrap_or(0.0);
    let spread = stats::mean(moves.iter().map(|m| (m - drift) * (m - drift))).map(f64::sqrt);
    (0..view.regions())
        .map(|region| {
            if let Some(base) = view.base_given_ahead(region, horizon) {
                return Some(BaseOutlook { ln_median: num::ln(base), scale: 0.0 });
            }
            let last = view.ytd(region, year - 1, horizon).filter(|x| *x > 0.0)?;
            let comparable = if cut == 0 {
                view.comparable_base(region, year - 1, 12).is_some()
            } else {
                (1..=cut).any(|m| view.comparable_base(region, year, m).is_some())
            };
            if !comparable {
                return Some(BaseOutlook { ln_median: num::ln(last), scale: 0.0 });
            }
            let so_far = view.base_ratio(region, year, cut);
            // Without a past the base may move again by as much as it has moved already.
            let sd = spread.unwrap_or_else(|| num::ln(so_far).abs());
            let variance_of_unit_t = FREEDOM / (FREEDOM - 2.0);
            Some(BaseOutlook {
                ln_median: num::ln(last * so_far) + drift,
                scale: sd / variance_of_unit_t.sqrt(),
            })
        })
        .collect()
}
