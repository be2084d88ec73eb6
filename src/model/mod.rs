//! One file a model: each is fitted on what an origin sees and predicts the rest of the year.
//!
//! To add a model, write a file with a type that implements [`Model`], and add it to [`all`]. The blend
//! decides how much it says.

mod chain_ladder;
mod dot;
mod drift;
pub mod monthly;
mod pooled;
mod prior;
mod regression;
mod series;
mod share;

pub use chain_ladder::{ChainLadder, Ultimate, chain_ladder};
pub use dot::Dot;
pub use drift::Drift;
pub use pooled::Pooled;
pub use prior::Prior;
pub use regression::Regression;
pub(crate) use series::bridge;
pub use share::Share;

use crate::panel::View;

/// What a model says of a month to come, on a log scale so that errors are relative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guess {
    /// Log of the index of ytd through the month ([`View::index`]).
    LnIndex(f64),
    /// Log of 1 + growth of ytd through the month, on the comparable base.
    LnGrowth(f64),
}

/// A way to predict the rest of a year.
pub trait Model: Sync {
    /// Stable id, as JSON and tables show it.
    fn id(&self) -> &'static str;

    /// Whether it speaks in the blend only where too few others can; `published` says whether the region's growth is
    /// published rather than derived from amounts. Such a model is asked and scored like any other.
    fn stands_in(&self, _published: bool) -> bool {
        false
    }

    /// Fits all regions at once on what the origin sees. `horizons` are the months that will be asked for,
    /// each after the cut.
    ///
    /// `earlier` is what this model said at the same month of the years before, oldest first: a model may
    /// learn from it how to weigh its own variants.
    fn fit(&self, view: &View<'_>, horizons: &[u8], earlier: &[Earlier<'_>]) -> Box<dyn Fitted>;
}

/// A fitted model.
pub trait Fitted: Send + Sync {
    /// The guess for a region (by position) at a month after the cut; `None` where the model has nothing to
    /// go by.
    fn guess(&self, region: usize, horizon: u8) -> Option<Guess>;

    /// The guess for a region if nothing of its past were known, which tells how far off a guess for a new one may be; `None`
    /// where the model has nothing to say of such.
    fn stranger(&self, _region: usize, _horizon: u8) -> Option<Guess> {
        None
    }

    /// What each variant of the model guesses, as logs of the index; empty where it has none.
    fn variants(&self, _region: usize, _horizon: u8) -> &[f64] {
        &[]
    }
}

/// What a model said at the same month of an earlier year.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// That year.
    pub year: i32,
    /// The model as it was fitted then.
    pub fitted: &'a dyn Fitted,
}

/// Every model, in the order in which answers list them. The blend decides how much each says, but for those that
/// only stand in ([`Model::stands_in`]).
pub fn all() -> Vec<Box<dyn Model>> {
    vec![
        Box::new(Pooled),
        Box::new(Regression),
        Box::new(Share),
        Box::new(Drift),
        Box::new(Dot),
        Box::new(Prior { years: 1 }),
        Box::new(Prior { years: 3 }),
    ]
}

/// Guesses by region and horizon, for models that fit everything at once.
struct Table {
    horizons: Vec<u8>,
    guesses: Vec<Vec<Option<Guess>>>,
}

impl Table {
    /// Asks `f` for each region; it answers with one entry a horizon.
    fn boxed(
        view: &View<'_>,
        horizons: &[u8],
        f: impl Fn(usize) -> Vec<Option<Guess>> + Sync + Send,
    ) -> Box<dyn Fitted> {
        let regions: Vec<usize> = (0..view.regions()).collect();
        Box::new(Self { horizons: horizons.to_vec(), guesses: crate::par::map(&regions, |r| f(*r)) })
    }
}

impl Fitted for Table {
    fn guess(&self, region: usize, horizon: u8) -> Option<Guess> {
        let at = self.horizons.iter().position(|h| *h == horizon)?;
        self.guesses.get(region)?.get(at).copied().flatten()
    }
}
