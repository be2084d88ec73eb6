//! Plain monthly forecasting: a series of numbers with a season, and what follows it.
//!
//! Nothing here knows of regions or years. [`Adjusted`] takes the season out, one file a method carries on
//! what is left, [`ensemble`] averages a few of them.

mod ces;
mod damped;
mod dot;
mod ensemble;
mod ets;
mod golden;
mod mapa;
mod nelder_mead;
mod season;
mod theta;

pub use ces::{Ces, ces};
pub use damped::{Damped, damped};
pub use dot::{Dot, dot};
pub(crate) use ensemble::STEPS;
pub use ensemble::{MEMBERS, Member, Method, ensemble};
pub use ets::{Ets, ets};
pub use mapa::mapa;
pub use nelder_mead::minimise;
pub use season::{Adjusted, Scale, SeasonRule};
pub use theta::theta;
