//! What is the least to do: the cheapest set of projects to bring forward.

use crate::error::Note;
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::scenario::baseline::Baseline;
use crate::scenario::candidate::{Candidate, candidates, owes};
use crate::scenario::works::Change;
use crate::scenario::{Scenario, ScenarioError, warning};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Branches that a step looks at.
const NODES: u64 = 500;
/// Branches after which a part is left with the best found and its gap.
const PATIENCE: u64 = 100_000;
/// How often what is needed is raised where the chosen projects, run through, fall a little short.
const ROUNDS: usize = 6;

/// Who is to reach the chance.
#[derive(Debug, Clone, PartialEq)]
pub enum Goals {
    /// Every region that owes something in December and is not made up of others.
    Every,
    /// One region, such as the city.
    One(String),
}

/// A project that is worth bringing forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Id in the list.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Region.
    pub region: String,
    /// What it is expected to spend more by December if it starts in a month's time, in the panel's unit.
    pub gain: f64,
    /// Cost or effort, as given.
    pub cost: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Least {
    /// The projects, the largest gain first.
    pub chosen: Vec<Chosen>,
    /// Their cost.
    pub cost: f64,
    /// No set costs less than this.
    pub bound: f64,
    /// Whether `cost` is proven to be the least for what is needed.
    pub proven: bool,
    /// By how much more than estimated was asked for in the end, as a part of it: the units' projects, run through
    /// together, fell short of the chance at first. `bound` and `proven` refer to what is needed with it; 0 as estimated.
    pub need_raised: f64,
    /// Projects that could have been chosen.
    pub candidates: usize,
    /// By unit: its id, and its chance before, with the chosen projects, and with all candidates.
    pub chances: Vec<(String, [f64; 3])>,
    /// Units that do not reach the chance with all candidates either.
    pub out_of_reach: Vec<String>,
    /// What the reader must know.
    pub warnings: Vec<Note>,
}

/// A search that is under way, in steps; it can be dropped at any time.
#[derive(Debug)]
pub struct LeastStep {
    scenario: Scenario,
    chance: f64,
    candidates: Vec<Candidate>,
    /// Units that are to reach the chance: position in the book, what they need.
    wanted: Vec<Wanted>,
    out_of_reach: Vec<usize>,
    parts: Vec<Part>,
    round: usize,
    warnings: Vec<Note>,
}

#[derive(Debug, Clone, Copy)]
struct Wanted {
    unit: usize,
    /// Mean amount of projects by December.
    need: f64,
    /// What it was before it was raised.
    estimated: f64,
}

/// Units and candidates that have nothing to do with the others.
#[derive(Debug)]
struct Part {
    wanted: Vec<usize>,
    candidates: Vec<usize>,
    state: State,
}

#[derive(Debug)]
enum State {
    Open,
    Solving(Vec<Variable>, Box<SolveOutcome>),
    Done { chosen: Vec<usize>, cost: f64, bound: f64, proven: bool },
}

impl LeastStep {
    /// Plans the search: which projects there are, what each brings, and what each region needs.
    ///
    /// Candidates are key projects that have not begun. Brought forward, one starts in a month's time for certain; what it
    /// brings is its mean spend by December beyond what it is expected to spend anyhow, in no month faster than projects of
    /// its sector have ever gone. `costs` are by id, 1 where there is none. The scenario's own levers hold beside.
    ///
    /// # Errors
    /// As [`Baseline::run`]; [`ScenarioError::Chance`]; [`ScenarioError::NoPipeline`]; [`ScenarioError::NotLeast`] for an
    /// answer without `fai`; [`ScenarioError::NoTarget`];
    /// [`ScenarioError::Unknown`] for a region that there is not.
    pub fn plan(
        baseline: &Baseline,
        scenario: &Scenario,
        goals: &Goals,
        chance: f64,
        costs: &BTreeMap<String, f64>,
    ) -> Result<Self, ScenarioError> {
        if !(0.01..=0.99).contains(&chance) {
            return Err(ScenarioError::Chance { got: chance });
        }
        let warnings = baseline.check(scenario)?;
        let none = || ScenarioError::NoPipeline { what: "--least".into() };
        let projects = baseline.projects.as_ref().ok_or_else(none)?;
        let other = || baseline.books.first().map_or(Ledger::Works, |book| book.ledger);
        let book = baseline.book(Ledger::Fai).ok_or_else(|| ScenarioError::NotLeast { ledger: other() })?;
        let wanted: Vec<usize> = match goals {
            Goals::Every => {
                (0..book.places.len()).filter(|at| !book.places[*at].covered && owes(book, *at)).collect()
            }
            Goals::One(name) => {
                let (_, at) = baseline.unit(name, Ledger::Fai)?;
                if !owes(book, at) {
                    return Err(ScenarioError::NoTarget { region: name.clone() });
                }
                vec![at]
            }
        };
        let candidates = candidates(baseline, projects, book, &scenario.settings, costs)?;
        let mut step = Self {
            scenario: scenario.clone(),
            chance,
            candidates,
            wanted: Vec::new(),
            out_of_reach: Vec::new(),
            parts: Vec::new(),
            round: 0,
            warnings,
        };
        let all: Vec<usize> = (0..step.candidates.len()).collect();
        let with_all = step.chances(baseline, &all);
        let needs = baseline.needs(book, &wanted, &scenario.settings, chance);
        for (unit, need) in wanted.into_iter().zip(needs) {
            if with_all[unit].is_none_or(|p| p < chance) {
                step.out_of_reach.push(unit);
            } else if let Some(need) = need {
                step.wanted.push(Wanted { unit, need, estimated: need });
            }
        }
        step.split();
        Ok(step)
    }

    /// Part of the work that is done, 0–1; raising what is needed begins it anew.
    pub fn progress(&self) -> f64 {
        let done = self.parts.iter().filter(|p| matches!(p.state, State::Done { .. })).count();
        if self.parts.is_empty() { 1.0 } else { done as f64 / self.parts.len() as f64 }
    }

    /// Does a piece; `true` when all is done.
    ///
    /// # Errors
    /// [`ScenarioError::Solver`] where the solver breaks down.
    pub fn step(&mut self, baseline: &Baseline) -> Result<bool, ScenarioError> {
        let open = self.parts.iter().position(|p| !matches!(p.state, State::Done { .. }));
        if let Some(at) = open {
            let state = std::mem::replace(&mut self.parts[at].state, State::Open);
            self.parts[at].state = match state {
                State::Open => self.begin(at)?,
                State::Solving(vars, outcome) => {
                    let more = outcome.resume().map_err(solver)?;
                    self.look(at, vars, more)
                }
                done @ State::Done { .. } => done,
            };
            return Ok(false);
        }
        // Run through, the sum of several regions' projects may fall a hair short of what was asked: ask for more.
        let chances = self.chances(baseline, &self.picked());
        let short: Vec<usize> = (0..self.wanted.len())
            .filter(|k| chances[self.wanted[*k].unit].is_some_and(|p| p < self.chance))
            .collect();
        if short.is_empty() || self.round >= ROUNDS {
            return Ok(true);
        }
        self.round += 1;
        for k in short {
            let unit = self.wanted[k].unit;
            let possible = num::sum(
                self.candidates.iter().filter(|c| c.counts_in.contains(&unit)).map(|c| c.chosen.gain),
            );
            self.wanted[k].need = (self.wanted[k].need * 1.02).min(possible);
        }
        self.split();
        Ok(false)
    }

    /// The answer, as far as it has got.
    pub fn finish(self, baseline: &Baseline) -> Least {
        let picked = self.picked();
        let all: Vec<usize> = (0..self.candidates.len()).collect();
        let (before, after, with_all) =
            (self.chances(baseline, &[]), self.chances(baseline, &picked), self.chances(baseline, &all));
        let book = baseline.book(Ledger::Fai);
        let name = |unit: usize| book.map(|b| b.places[unit].id.clone()).unwrap_or_default();
        let chances = (0..before.len())
            .filter_map(|u| Some((name(u), [before[u]?, after[u]?, with_all[u]?])))
            .collect();
        let (mut cost, mut bound, mut proven) = (0.0, 0.0, true);
        for part in &self.parts {
            match &part.state {
                State::Done { cost: c, bound: b, proven: p, .. } => {
                    (cost, bound, proven) = (cost + c, bound + b, proven && *p);
                }
                _ => proven = false,
            }
        }
        let mut chosen: Vec<Chosen> = picked.iter().map(|k| self.candidates[*k].chosen.clone()).collect();
        order::sort_by(&mut chosen, |a, b| b.gain.total_cmp(&a.gain).then_with(|| a.id.cmp(&b.id)));
        let mut warnings = self.warnings;
        let approvals = picked.iter().filter_map(|k| self.candidates[*k].approval);
        if !warnings.iter().any(|w| w.code == warning::APPROVALS_CLEARED) {
            warnings.extend(warning::approvals_cleared(approvals));
        }
        Least {
            chosen,
            cost,
            bound,
            proven,
            need_raised: self.wanted.iter().map(|w| w.need / w.estimated - 1.0).fold(0.0, f64::max),
            candidates: self.candidates.len(),
            chances,
            out_of_reach: self.out_of_reach.iter().map(|u| name(*u)).collect(),
            warnings,
        }
    }

    fn picked(&self) -> Vec<usize> {
        let chosen = self.parts.iter().filter_map(|p| match &p.state {
            State::Done { chosen, .. } => Some(chosen),
            _ => None,
        });
        chosen.flatten().copied().collect()
    }

    /// December's chance of every unit with these candidates brought forward.
    fn chances(&self, baseline: &Baseline, picked: &[usize]) -> Vec<Option<f64>> {
        let mut more = Change::default();
        for candidate in picked.iter().map(|k| &self.candidates[*k]) {
            more.gather(candidate.region, &candidate.more);
        }
        let effects =
            baseline.book(Ledger::Fai).map(|b| baseline.effects_in(b, &self.scenario.settings, &more));
        effects.iter().flatten().map(|u| u.december()?.scenario.probability).collect()
    }

    /// Splits units and candidates into parts that have nothing in common.
    fn split(&mut self) {
        let of_unit = order::map(self.wanted.iter().enumerate().map(|(k, wanted)| (wanted.unit, k)));
        // Of wanted units that some candidate counts in, each leads to an earlier one; the first leads to itself.
        let mut leads: Vec<usize> = (0..self.wanted.len()).collect();
        fn first(leads: &mut [usize], mut at: usize) -> usize {
            while leads[at] != at {
                leads[at] = leads[leads[at]];
                at = leads[at];
            }
            at
        }
        let mine = |candidate: &Candidate| -> Vec<usize> {
            candidate.counts_in.iter().filter_map(|u| of_unit.get(u).copied()).collect()
        };
        for candidate in &self.candidates {
            for pair in mine(candidate).windows(2) {
                let (a, b) = (first(&mut leads, pair[0]), first(&mut leads, pair[1]));
                leads[a.max(b)] = a.min(b);
            }
        }
        let empty = || Part { wanted: Vec::new(), candidates: Vec::new(), state: State::Open };
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        for k in 0..self.wanted.len() {
            parts.entry(first(&mut leads, k)).or_insert_with(empty).wanted.push(k);
        }
        for (k, candidate) in self.candidates.iter().enumerate() {
            let Some(unit) = mine(candidate).first().copied() else { continue };
            parts.entry(first(&mut leads, unit)).or_insert_with(empty).candidates.push(k);
        }
        self.parts = parts.into_values().collect();
    }

    /// Gain of a candidate for a wanted unit, as a part of what the unit needs.
    fn share(&self, candidate: usize, wanted: usize) -> f64 {
        let (candidate, wanted) = (&self.candidates[candidate], self.wanted[wanted]);
        if candidate.counts_in.contains(&wanted.unit) { candidate.chosen.gain / wanted.need } else { 0.0 }
    }

    fn begin(&self, at: usize) -> Result<State, ScenarioError> {
        let part = &self.parts[at];
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let vars: Vec<Variable> =
            part.candidates.iter().map(|k| problem.add_binary_var(self.candidates[*k].chosen.cost)).collect();
        let mut bound = 0.0_f64;
        for wanted in &part.wanted {
            // More than all that is needed is no more than all: a project is taken whole or not.
            let shares: Vec<f64> = part.candidates.iter().map(|k| self.share(*k, *wanted).min(1.0)).collect();
            let row: Vec<(Variable, f64)> =
                vars.iter().copied().zip(shares.iter().copied()).filter(|(_, s)| *s > 0.0).collect();
            // All of them reach the chance; that their sum may miss it by a rounding makes nothing impossible.
            let all = num::sum(shares.iter().copied());
            problem.add_constraint(row, ComparisonOp::Ge, (all * (1.0 - 1e-9)).min(1.0));
            bound = bound.max(self.at_least(&part.candidates, &shares));
        }
        // Whole costs add up to a whole cost: without this cut, ties among equal costs would be tried one by one.
        if part.candidates.iter().all(|k| self.candidates[*k].chosen.cost.fract() == 0.0) {
            bound = (bound - 1e-9).ceil();
            let row: Vec<(Variable, f64)> = vars
                .iter()
                .zip(&part.candidates)
                .map(|(v, k)| (*v, self.candidates[*k].chosen.cost))
                .collect();
            problem.add_constraint(row, ComparisonOp::Ge, bound);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        let taken = order::set(self.greedy(part));
        options.warm_start = Some(
            vars.iter()
                .zip(&part.candidates)
                .filter(|(_, k)| taken.contains(k))
                .map(|(v, _)| (*v, 1.0))
                .collect(),
        );
        let outcome = problem.solve_with(options).map_err(solver)?;
        Ok(self.look(at, vars, outcome))
    }

    fn look(&self, at: usize, vars: Vec<Variable>, outcome: SolveOutcome) -> State {
        let stats = outcome.stats();
        let optimal = outcome.is_optimal();
        if !optimal && stats.nodes_solved < PATIENCE {
            return State::Solving(vars, Box::new(outcome));
        }
        let part = &self.parts[at];
        let chosen: Vec<usize> = match outcome.solution() {
            Some(solution) => {
                let taken = vars.iter().zip(&part.candidates).filter(|(v, _)| solution.var_value(**v) > 0.5);
                taken.map(|(_, k)| *k).collect()
            }
            None => self.greedy(part),
        };
        let cost = num::sum(chosen.iter().map(|k| self.candidates[*k].chosen.cost));
        let bound = if optimal { cost } else { stats.best_bound.unwrap_or(0.0).min(cost) };
        State::Done { chosen, cost, bound, proven: optimal }
    }

    /// A set that does, found by taking whatever brings most for its cost, the first of equals. What a project brings only
    /// falls as others are taken: looked at again is the one that brought most when it was last looked at.
    fn greedy(&self, part: &Part) -> Vec<usize> {
        let mut missing: Vec<f64> = vec![1.0; part.wanted.len()];
        let brings = |at: usize, missing: &[f64]| {
            let k = part.candidates[at];
            let parts = part.wanted.iter().zip(missing).map(|(w, m)| self.share(k, *w).min(m.max(0.0)));
            num::sum(parts) / self.candidates[k].chosen.cost.max(1e-9)
        };
        let mut left: BinaryHeap<(Worth, Reverse<usize>)> =
            (0..part.candidates.len()).map(|at| (Worth(brings(at, &missing)), Reverse(at))).collect();
        let mut picked = Vec::new();
        while missing.iter().any(|m| *m > 1e-12)
            && let Some((_, Reverse(at))) = left.pop()
        {
            let now = (Worth(brings(at, &missing)), Reverse(at));
            if left.peek().is_some_and(|next| *next > now) {
                left.push(now);
                continue;
            }
            let taken = part.candidates[at];
            missing.iter_mut().zip(&part.wanted).for_each(|(m, w)| *m -= self.share(taken, *w));
            picked.push(taken);
        }
        picked
    }

    /// No set costs less: what fractions of projects would cost.
    fn at_least(&self, candidates: &[usize], shares: &[f64]) -> f64 {
        let cost = |at: usize| self.candidates[candidates[at]].chosen.cost;
        let mut cheapest: Vec<usize> = (0..shares.len()).filter(|at| shares[*at] > 0.0).collect();
        order::sort_by(&mut cheapest, |a, b| (cost(*a) / shares[*a]).total_cmp(&(cost(*b) / shares[*b])));
        let (mut left, mut sum) = (1.0, 0.0);
        for at in cheapest {
            if left <= 0.0 {
                break;
            }
            sum += cost(at) * (left / shares[at]).min(1.0);
            left -= shares[at];
        }
        sum
    }
}

/// A number that can be put in order.
#[derive(Debug, PartialEq)]
struct Worth(f64);

impl Eq for Worth {}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Worth {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

fn solver(error: microlp::Error) -> ScenarioError {
    ScenarioError::Solver { message: error.to_string() }
}
