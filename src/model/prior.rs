//! ytd plus the rest of last year, or the mean rest of the last years.

use crate::model::{Earlier, Fitted, Guess, Model, Table};
use crate::num;
use crate::panel::View;
use crate::stats;

/// The mean of the last `years` rests of the year on top of ytd, on the scope of the index. Years with a false
/// or missing month in the rest are left out.
#[derive(Debug, Clone, Copy)]
pub struct Prior {
    /// How many years back.
    pub years: u8,
}

impl Model for Prior {
    fn id(&self) -> &'static str {
        if self.years == 1 { "last_rest" } else { "mean_rest" }
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let (year, cut) = (view.year(), view.cut());
        Table::boxed(view, horizons, |region| {
            let so_far = if cut == 0 { Some(0.0) } else { view.index(region, year, cut) };
            horizons
                .iter()
                .map(|horizon| {
                    let so_far = so_far?;
                    let rests: Vec<f64> = (year - i32::from(self.years)..year)
                        .filter(|y| view.is_whole(region, *y, cut, *horizon))
                        .filter_map(|y| {
                            let from = if cut == 0 { 0.0 } else { view.index(region, y, cut)? };
                            Some(view.index(region, y, *horizon)? - from)
                        })
                        .collect();
                    // With fewer years the longer memory would only repeat the shorter one.
                    if rests.len() < usize::from(self.years.div_ceil(2)) {
                        return None;
                    }
                    let total = so_far + stats::mean(rests)?.max(0.0);
                    (total > 0.0).then(|| Guess::LnIndex(num::ln(total)))
                })
                .collect()
        })
    }
}
