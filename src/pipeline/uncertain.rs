//! How sure it is: starts that slip or never come, plans that come true in part.

use crate::pipeline::{Kind, PipelineError, Project, Season, Stage};

/// What is assumed of all projects. Every default is an assumption, not an estimate; a city with a record of its own
/// sets them from it.
///
/// - **Start slip**, months after the start that plan and approvals allow: lognormal, median 0.6, σ 0.9 (mean 0.9, one in
///   ten more than 1.9). Underlying normals of two projects of a region correlate by 0.2, under one department of it by 0.1
///   more, of two regions by 0.1: what delays one (money, land, weather, an office) delays its neighbours, so that a sum
///   does not average to certainty.
/// - **Start at all**: 95 % of projects in preparation or construction, 50 % of those in reserve, none of the intents;
///   signed attraction projects 60 %.
/// - **Completion**: the part of the spend to come that comes within the time, the same in every month of a project. Beta
///   with mean 0.92 in three levels: all regions (concentration 60), a region about that (60), a project about its region
///   (10).
///
/// ```
/// # use landfall::pipeline::Assumptions;
/// let assumptions = Assumptions::default();
/// assert!(assumptions.check().is_ok());
/// assert!((assumptions.mean_slip() - 0.9).abs() < 0.01);
/// assert!(Assumptions { completion: 1.5, ..assumptions }.check().is_err());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// When work goes on.
    pub season: Season,
    /// Other ends of the working season for which the aggregate keeps means, in months as in [`Season::stopping`].
    pub stops: Vec<f64>,
    /// Life of a project without an end, calendar months.
    pub life: f64,
    /// Median slip of a start, months, 0.01–24.
    pub slip_median: f64,
    /// Standard deviation of the logarithm of the slip, 0–2.
    pub slip_sigma: f64,
    /// Correlation of slips within a region, 0–1 (not 1).
    pub slip_within: f64,
    /// Correlation of slips between regions, at most that within.
    pub slip_between: f64,
    /// What the correlation of slips within a region is more where one department answers for both; with `slip_within` at
    /// most 0.99, and 0 where that is.
    pub slip_department: f64,
    /// Chance to start: preparation and construction, reserve, signed attraction projects; each 0–1.
    pub chances: [f64; 3],
    /// Mean completion, 0–1.
    pub completion: f64,
    /// Concentrations of completion: of all regions, of a region, of a project; 0.1–1e6.
    pub concentrations: [f64; 3],
    /// Mean lag from start to entry in the statistical books, months.
    pub book_lag: f64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            season: Season::default(),
            stops: vec![10.5, 11.0, 12.0, 13.0],
            life: 18.0,
            slip_median: 0.6,
            slip_sigma: 0.9,
            slip_within: 0.2,
            slip_between: 0.1,
            slip_department: 0.1,
            chances: [0.95, 0.5, 0.6],
            completion: 0.92,
            concentrations: [60.0, 60.0, 10.0],
            book_lag: 1.5,
        }
    }
}

/// Variances of completion on its three levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CompletionVariance {
    /// Of what all regions share.
    pub(super) all: f64,
    /// Of a region about that.
    pub(super) region: f64,
    /// Of a project about its region.
    pub(super) own: f64,
}

impl Assumptions {
    /// Checks that every number lies in its range.
    ///
    /// # Errors
    /// [`PipelineError::Range`] names the first that does not.
    pub fn check(&self) -> Result<(), PipelineError> {
        let within = PipelineError::within;
        within("life", self.life, 0.1, 600.0)?;
        within("slip_median", self.slip_median, 0.01, 24.0)?;
        within("slip_sigma", self.slip_sigma, 0.0, 2.0)?;
        within("slip_within", self.slip_within, 0.0, 0.99)?;
        within("slip_between", self.slip_between, 0.0, self.slip_within)?;
        let most = if self.slip_within > 0.0 { 0.99 - self.slip_within } else { 0.0 };
        within("slip_department", self.slip_department, 0.0, most)?;
        within("completion", self.completion, 0.0, 1.0)?;
        within("book_lag", self.book_lag, 0.0, 120.0)?;
        for stop in &self.stops {
            within("stop", *stop, 1.0, 13.0)?;
        }
        for chance in self.chances {
            within("chance", chance, 0.0, 1.0)?;
        }
        for concentration in self.concentrations {
            within("concentration", concentration, 0.1, 1e6)?;
        }
        Ok(())
    }

    /// What two projects of a department share beyond their region, as a part of what two of the region do; 0 where those
    /// share nothing.
    pub(super) fn office(&self) -> f64 {
        if self.slip_within > 0.0 { self.slip_department / self.slip_within } else { 0.0 }
    }

    /// Mean slip of a start, months.
    pub fn mean_slip(&self) -> f64 {
        self.slip_median * crate::num::exp(0.5 * self.slip_sigma * self.slip_sigma)
    }

    /// Chance that a project which has not begun ever starts.
    pub fn chance(&self, project: &Project) -> f64 {
        self.chance_of(project.row.stage, project.row.kind)
    }

    pub(super) fn chance_of(&self, stage: Stage, kind: Option<Kind>) -> f64 {
        match (kind, stage) {
            (Some(Kind::Intent), _) | (_, Stage::Outlook | Stage::Completed) => 0.0,
            (Some(Kind::Signed), _) => self.chances[2],
            (_, Stage::Reserve) => self.chances[1],
            (_, Stage::Preparation | Stage::Construction) => self.chances[0],
        }
    }

    /// Variance of a beta on three levels: m(1 − m) is handed down, each level keeping n ÷ (n + 1) of it.
    pub(super) fn completion_variance(&self) -> CompletionVariance {
        let [n1, n2, n3] = self.concentrations;
        let whole = self.completion * (1.0 - self.completion);
        let below = whole * n1 / (n1 + 1.0);
        CompletionVariance {
            all: whole / (n1 + 1.0),
            region: below / (n2 + 1.0),
            own: below * n2 / (n2 + 1.0) / (n3 + 1.0),
        }
    }
}
