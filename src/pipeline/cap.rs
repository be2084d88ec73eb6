//! How fast projects of a sector have ever spent: what acceleration is capped by.

use crate::order;
use crate::pipeline::{Assumptions, Curve, Pipeline, time};
use crate::stats;
use std::collections::BTreeMap;

/// Begun projects of a sector from which its fastest pace is learned.
const ENOUGH: usize = 5;
/// Working months that a project must have had for its pace to count.
const LONG_ENOUGH: f64 = 2.0;

/// Where a cap comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapSource {
    /// The fastest of so many begun projects of the sector.
    Learned {
        /// Projects that were looked at.
        projects: usize,
    },
    /// The steepest month of the sector's curve at the median planned life, since too few have begun.
    Curve,
}

/// The most of its total that a project of a sector spends in a working month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// Part of the total in one working month, 0–1.
    pub share: f64,
    /// Where it comes from.
    pub source: CapSource,
}

/// The cap of every sector of the pipeline; projects without a sector are under "".
///
/// Learned: done ÷ total ÷ working months since the start, the largest among the sector's begun projects that have worked
/// for two months or more. It is an average over a project's months so far, so its best single month may have been
/// faster; the list does not tell. With fewer than five such projects it is the curve's steepest pace over the median
/// planned life of the sector ([`Assumptions::life`] where no dates are).
///
/// ```
/// # use landfall::pipeline::{Assumptions, CapSource, Pipeline, caps};
/// let caps = caps(&Pipeline::sample(), &Assumptions::default());
/// assert!(matches!(caps["manufacturing"].source, CapSource::Learned { projects } if projects > 50));
/// assert!(caps.values().all(|cap| cap.share > 0.0 && cap.share <= 1.0));
/// ```
pub fn caps(pipeline: &Pipeline, assumptions: &Assumptions) -> BTreeMap<String, Cap> {
    let (season, year) = (&assumptions.season, pipeline.as_of().year);
    let mut paces: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for project in pipeline.projects() {
        let row = &project.row;
        let (seen, lives) = paces.entry(row.sector.as_deref().unwrap_or_default()).or_default();
        let start = row.start_actual.or(row.start_planned).map(|day| time(day, year, false));
        let working = |to: f64, from: f64| season.worked(to) - season.worked(from);
        if let (Some(start), Some(end)) = (start, row.end_planned) {
            lives.push(working(time(end, year, true), start));
        }
        let Some(began) = row.start_actual.map(|day| time(day, year, false)) else { continue };
        let worked = working(time(pipeline.status(project), year, true), began);
        if let (Some(done), Some(total)) = (row.done, row.total)
            && total > 0.0
            && done > 0.0
            && worked >= LONG_ENOUGH
        {
            seen.push(done / total / worked);
        }
    }
    let cap = |(sector, (seen, lives)): (&str, (Vec<f64>, Vec<f64>))| {
        let (share, source) = if seen.len() >= ENOUGH {
            (seen.iter().copied().fold(0.0, f64::max), CapSource::Learned { projects: seen.len() })
        } else {
            let life = stats::median(lives).unwrap_or_else(|| season.worked(assumptions.life)).max(1.0);
            (Curve::of_sector(Some(sector)).steepest() / life, CapSource::Curve)
        };
        (sector.to_owned(), Cap { share: share.min(1.0), source })
    };
    order::map(paces.into_iter().map(cap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::YearMonth;
    use crate::table::read_pipeline;

    #[test]
    fn pipeline_cap_is_that_of_the_fastest_or_the_curve() {
        let mut text =
            String::from("id,region,sector,stage,total,done,start_actual,end_planned,status_date\n");
        for done in 1..=5 {
            text += &format!("{done},A,water,construction,10,{done},2023-05-01,2023-10-31,2023-07-31\n");
        }
        text += "9,A,power,construction,10,6,2023-05-01,2023-10-31,2023-07-31\n";
        let pipeline =
            Pipeline::new(read_pipeline(&text, "p").0, "p", None, YearMonth { year: 2023, month: 7 }).0;
        let caps = caps(&pipeline, &Assumptions::default());
        // Half of the total in three working months.
        assert!((caps["water"].share - 0.5 / 3.0).abs() < 1e-12);
        assert_eq!(caps["water"].source, CapSource::Learned { projects: 5 });
        let steepest = Curve::of_sector(Some("power")).steepest();
        assert!((caps["power"].share - steepest / 6.0).abs() < 1e-12);
        assert_eq!(caps["power"].source, CapSource::Curve);
    }
}
