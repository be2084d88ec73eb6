//! What is owed: the plan file with its targets, the chance of reaching them, lights and the league table.

pub mod condition;
mod league;
pub mod plan;
mod risk;
pub mod rule;

pub use condition::{Condition, ConditionError, Facts, Variable};
pub use league::{Standing, league};
pub use plan::{Plan, PlanError, PlanRegion, Target, TargetKind};
pub(crate) use risk::best_rest;
pub use risk::{Milestone, Need, Risk, december_shown, risks};
pub use rule::{Branch, Light, Rule, RuleError, RuleName, Verdict, outcome};
