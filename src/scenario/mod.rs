//! What if, what would it take, and what is worth doing.
//!
//! A [`Scenario`] is a named set of levers. [`Baseline`] is what it is compared with: the outlook's own draws, what is owed,
//! and the projects, added up once. [`Baseline::run`] gives the [`Outcome`]; [`Attribution`] shares an effect out over the
//! levers, [`Baseline::tornado`] shows each alone over its range, [`Baseline::seek`] finds the value of a lever for a chance,
//! and [`Baseline::least`] the fewest projects that would do.
//!
//! A scenario is a change to the baseline, which holds a normal year's starts already: levers add differences, month by
//! month. Projects reach `fai` through a stated [`Coverage`]; ledgers stay apart.

mod attribution;
mod baseline;
mod book;
mod candidate;
mod check;
mod error;
mod figures;
mod file;
mod least;
mod lever;
mod moved;
mod record;
mod run;
mod sector;
mod seek;
mod share_out;
mod warning;
mod works;

pub use attribution::{Attribution, Part, Shared};
pub use baseline::{Baseline, Coverage, Ledgered};
pub use book::Figures;
pub use error::{ScenarioError, nearest};
pub use file::{Scenario, Scope, Setting};
pub use least::{Chosen, Goals, Least, LeastStep};
pub use lever::{Lever, LeverId, LeverUnit, Narrows};
pub use moved::Moved;
pub use run::{MonthEffect, Outcome, UnitEffect};
pub use seek::{Bar, Sought};
