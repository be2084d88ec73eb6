//! A predictive distribution as draws, and what is read from it.

use crate::outlook::recipe::{Part, Recipe, mean};
use crate::stats;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// The probabilities of the quantiles that every answer carries.
pub const LEVELS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// Where a figure will land.
#[derive(Debug, Clone, PartialEq)]
pub enum Landing {
    /// It is known: no width.
    Known(f64),
    /// Equally likely values, one a draw, in the order that all regions share.
    Drawn(Draws),
}

/// Draws, with their summary once it was asked for.
///
/// In a large panel they are not kept but made again each time, to the same last bit; whoever needs them often asks
/// for [`values`](Self::values), which are kept from then on.
#[derive(Debug, Clone)]
pub struct Draws {
    /// Shared by those that were cloned from one another.
    values: OnceLock<Arc<Vec<f64>>>,
    recipe: Option<(Arc<Recipe>, Part)>,
    summary: OnceLock<Summary>,
}

impl Draws {
    /// One entry a draw. They are kept from then on: 128 KB.
    pub fn values(&self) -> &[f64] {
        self.values.get_or_init(|| Arc::new(self.made()))
    }

    /// Shows the draws, one entry each, without keeping them.
    ///
    /// ```
    /// # use landfall::outlook::Landing;
    /// let Landing::Drawn(draws) = Landing::drawn(vec![1.0, 2.0]) else { unreachable!() };
    /// assert_eq!(draws.look(|values| values.len()), 2);
    /// ```
    pub fn look<T>(&self, f: impl FnOnce(&[f64]) -> T) -> T {
        f(&self.kept_or_made())
    }

    /// The draws where they are kept, else made for this once.
    pub fn kept_or_made(&self) -> Cow<'_, [f64]> {
        match self.values.get() {
            Some(values) => Cow::Borrowed(values),
            None => Cow::Owned(self.made()),
        }
    }

    fn made(&self) -> Vec<f64> {
        self.recipe.as_ref().map(|(recipe, part)| recipe.make(*part)).unwrap_or_default()
    }
}

impl PartialEq for Draws {
    fn eq(&self, other: &Self) -> bool {
        self.look(|mine| other.look(|others| mine == others))
    }
}

/// The figures that sum a landing up, in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Mean of the draws.
    pub mean: f64,
    /// Quantiles at [`LEVELS`].
    pub quantiles: [f64; 7],
}

impl Summary {
    /// The median: the point that is quoted and scored.
    pub fn median(&self) -> f64 {
        self.quantiles[3]
    }
}

impl Landing {
    /// A landing from its draws, of which there is at least one.
    pub fn drawn(values: Vec<f64>) -> Self {
        Self::Drawn(Draws { values: Arc::new(values).into(), recipe: None, summary: OnceLock::new() })
    }

    /// A landing whose draws are made when they are asked for, with what they sum up to.
    pub(super) fn to_be_made(recipe: Arc<Recipe>, part: Part, summary: Summary) -> Self {
        Self::Drawn(Draws { values: OnceLock::new(), recipe: Some((recipe, part)), summary: summary.into() })
    }

    /// Mean and quantiles.
    ///
    /// ```
    /// # use landfall::outlook::Landing;
    /// assert_eq!(Landing::Known(5.0).summary().median(), 5.0);
    /// assert_eq!(Landing::drawn(vec![3.0, 1.0, 2.0]).summary().mean, 2.0);
    /// ```
    pub fn summary(&self) -> Summary {
        match self {
            Self::Known(x) => Summary { mean: *x, quantiles: [*x; 7] },
            Self::Drawn(draws) => *draws.summary.get_or_init(|| {
                draws.look(|values| {
                    let quantiles = stats::quantiles(values, LEVELS);
                    Summary { mean: mean(values), quantiles: quantiles.unwrap_or([f64::NAN; 7]) }
                })
            }),
        }
    }

    /// The chance of reaching at least `goal`: the share of draws that do. Met means ≥, on unrounded numbers.
    ///
    /// ```
    /// # use landfall::outlook::Landing;
    /// // 113 on a base of 100 meets 13 %, though the quotient comes out a hair below.
    /// assert!(113.0 / 100.0 - 1.0 < 0.13);
    /// assert_eq!(Landing::Known(113.0 / 100.0 - 1.0).chance(0.13), 1.0);
    /// ```
    pub fn chance(&self, goal: f64) -> f64 {
        let goal = goal - 1e-12 * goal.abs().max(1.0);
        match self {
            Self::Known(x) => f64::from(u8::from(*x >= goal)),
            Self::Drawn(draws) => draws
                .look(|values| values.iter().filter(|x| **x >= goal).count() as f64 / values.len() as f64),
        }
    }

    /// The draws; one where the figure is known. They are kept from then on ([`Draws::values`]).
    pub fn draws(&self) -> &[f64] {
        match self {
            Self::Known(x) => std::slice::from_ref(x),
            Self::Drawn(draws) => draws.values(),
        }
    }

    /// Shows the draws, one where the figure is known, without keeping them.
    pub fn look<T>(&self, f: impl FnOnce(&[f64]) -> T) -> T {
        match self {
            Self::Known(x) => f(std::slice::from_ref(x)),
            Self::Drawn(draws) => draws.look(f),
        }
    }

    /// The value in each draw, for whoever goes through all of them. They are kept from then on ([`Draws::values`]).
    pub(super) fn each(&self) -> impl Fn(usize) -> f64 {
        let draws = self.draws();
        let one = draws.first().copied().unwrap_or(f64::NAN);
        move |draw| draws.get(draw).copied().unwrap_or(one)
    }

    /// One entry a draw. They are kept from then on ([`Draws::values`]).
    pub fn value(&self, draw: usize) -> f64 {
        match self {
            Self::Known(x) => *x,
            Self::Drawn(draws) => draws.values()[draw],
        }
    }
}
