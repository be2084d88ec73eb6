//! The attraction funnel: intent → signed → started → funds in place.

use crate::num;
use crate::pipeline::slip::Slip;
use crate::pipeline::{Assumptions, Kind, Outlay, Pipeline, PipelineError, Simulation};
use crate::stats::Random;

/// Step and number of the points on which lags stand, months.
const GRID: (f64, usize) = (0.25, 49);

/// How many get from one place of the funnel to the next, and how long it takes. Every default is an assumption.
///
/// The part that converts is the same for all projects of a year, and uncertain: a beta. Lags are Erlang of order 2
/// (few at once, a long tail), counted from the status date for the first step and from the step before for the next. A
/// signed project whose start is planned starts then, held by its approvals, plus the slip of [`Assumptions`]. Funds come
/// in place as the project spends, with the completion of [`Assumptions`].
///
/// ```
/// # use landfall::pipeline::{Assumptions, Funnel, Pipeline};
/// let by_region = Funnel::default().expected(&Pipeline::sample(), &Assumptions::default()).unwrap();
/// let sum = |f: fn(&landfall::pipeline::InPlace) -> f64| by_region.iter().map(f).sum::<f64>();
/// // What is under construction brings nearly all of the rest of the year's funds.
/// assert!(sum(|r| r.started.iter().sum()) > 5.0 * sum(|r| r.signed.iter().chain(&r.intents).sum()));
/// // Of 860 intents some are signed by December.
/// assert!(sum(|r| r.signings.iter().sum()) > 10.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// Part of the intents that are ever signed: mean (0–1), concentration.
    pub signing: (f64, f64),
    /// Part of the signed that ever start: mean (0–1), concentration.
    pub starting: (f64, f64),
    /// Mean months from intent to signing.
    pub signing_lag: f64,
    /// Mean months from signing to start.
    pub starting_lag: f64,
}

impl Default for Funnel {
    fn default() -> Self {
        Self { signing: (0.12, 30.0), starting: (0.6, 30.0), signing_lag: 6.0, starting_lag: 5.0 }
    }
}

/// What a region's funnel is expected to bring in each month, January first; 0 through the last known month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InPlace {
    /// Funds of projects under construction, in the list's unit.
    pub started: [f64; 12],
    /// Funds of projects that are signed, proportional to [`Funnel::starting`].
    pub signed: [f64; 12],
    /// Funds of intents, proportional to [`Funnel::signing`] and to [`Funnel::starting`].
    pub intents: [f64; 12],
    /// Intents that are signed in the month.
    pub signings: [f64; 12],
}

impl InPlace {
    /// All funds of each month.
    pub fn funds(&self) -> [f64; 12] {
        std::array::from_fn(|m| self.started[m] + self.signed[m] + self.intents[m])
    }
}

impl Funnel {
    /// Checks that every number lies in its range.
    ///
    /// # Errors
    /// [`PipelineError::Range`] names the first that does not.
    pub fn check(&self) -> Result<(), PipelineError> {
        let within = PipelineError::within;
        within("signing", self.signing.0, 0.0, 1.0)?;
        within("starting", self.starting.0, 0.0, 1.0)?;
        within("concentration", self.signing.1, 0.1, 1e6)?;
        within("concentration", self.starting.1, 0.1, 1e6)?;
        within("signing_lag", self.signing_lag, 0.01, 240.0)?;
        within("starting_lag", self.starting_lag, 0.01, 240.0)?;
        Ok(())
    }

    /// The expected flow of every region, in the order of [`Pipeline::regions`]. Lags stand on a grid of a quarter month.
    ///
    /// # Errors
    /// [`PipelineError::Range`] for a number of the funnel or an assumption outside its range.
    pub fn expected(
        &self,
        pipeline: &Pipeline,
        assumptions: &Assumptions,
    ) -> Result<Vec<InPlace>, PipelineError> {
        self.check()?;
        assumptions.check()?;
        let mut out = vec![InPlace::default(); pipeline.regions().len()];
        let known = usize::from(pipeline.as_of().month.min(12));
        let slip = Slip::new(assumptions, GRID.0, GRID.1).mean;
        let (to_sign, to_start) = (erlang(self.signing_lag), erlang(self.starting_lag));
        let both = one_after_the_other(&to_sign, &to_start);
        for project in pipeline.projects() {
            let Some(kind) = project.row.kind.filter(|kind| *kind != Kind::Key) else { continue };
            let outlay = Outlay::of(project, pipeline, assumptions);
            let region = &mut out[project.region];
            // A project that has begun is under construction, whatever the list still calls it.
            let (cells, chance, from, weights) = match (outlay.begun(), kind, outlay.start(|_| 0.0)) {
                (true, ..) => (&mut region.started, 1.0, 0.0, &[1.0][..]),
                (_, Kind::Started, start) => {
                    (&mut region.started, 1.0, start.unwrap_or(0.0), slip.as_slice())
                }
                (_, Kind::Signed, Some(start)) => {
                    (&mut region.signed, self.starting.0, start, slip.as_slice())
                }
                (_, Kind::Signed, None) => (&mut region.signed, self.starting.0, 0.0, to_start.as_slice()),
                (_, Kind::Intent | Kind::Key, _) => {
                    (&mut region.intents, self.signing.0 * self.starting.0, 0.0, both.as_slice())
                }
            };
            for (k, weight) in weights.iter().enumerate() {
                let months = outlay.months(&assumptions.season, from + GRID.0 * k as f64);
                for m in known..12 {
                    cells[m] += assumptions.completion * chance * weight * months[m];
                }
            }
            if kind == Kind::Intent && !outlay.begun() {
                let theta = 0.5 * self.signing_lag;
                let status = super::time(pipeline.status(project), pipeline.as_of().year, true).max(0.0);
                for (m, cell) in region.signings.iter_mut().enumerate().skip(known) {
                    let by = |at: f64| {
                        let x = (at - status).max(0.0) / theta;
                        1.0 - num::exp(-x) * (1.0 + x)
                    };
                    *cell += self.signing.0 * (by(m as f64 + 1.0) - by(m as f64));
                }
            }
        }
        Ok(out)
    }

    /// Draws the funnel plainly, project by project: funds in place of every region after the last known month.
    ///
    /// # Errors
    /// [`PipelineError::Range`] for a number of the funnel or an assumption outside its range.
    ///
    /// ```
    /// # use landfall::pipeline::{Assumptions, Funnel, Pipeline};
    /// let (pipeline, assumptions) = (Pipeline::sample(), Assumptions::default());
    /// let simulation = Funnel::default().simulate(&pipeline, &assumptions, 10, 1).unwrap();
    /// assert_eq!(simulation.draws(), 10);
    /// ```
    pub fn simulate(
        &self,
        pipeline: &Pipeline,
        assumptions: &Assumptions,
        draws: usize,
        seed: u64,
    ) -> Result<Simulation, PipelineError> {
        self.check()?;
        assumptions.check()?;
        let known = usize::from(pipeline.as_of().month.min(12));
        let projects: Vec<(usize, Kind, Outlay)> = pipeline
            .projects()
            .iter()
            .filter_map(|p| Some((p, p.row.kind.filter(|kind| *kind != Kind::Key)?)))
            .map(|(p, kind)| (p.region, kind, Outlay::of(p, pipeline, assumptions)))
            .collect();
        let (within, between) = (assumptions.slip_within, assumptions.slip_between);
        let [n_all, n_region, n_own] = assumptions.concentrations;
        let lag = |random: &mut Random, mean: f64| 0.5 * mean * random.gamma(2.0);
        Ok(Simulation::run(pipeline.regions().len(), draws, |draw, out| {
            let mut random = Random::new(seed, draw);
            let signing = random.beta(self.signing.0, self.signing.1);
            let starting = random.beta(self.starting.0, self.starting.1);
            let (common, level) = (random.normal(), random.beta(assumptions.completion, n_all));
            let shared: Vec<(f64, f64)> = out
                .iter()
                .map(|_| {
                    let shock = between.sqrt() * common + (within - between).sqrt() * random.normal();
                    (shock, random.beta(level, n_region))
                })
                .collect();
            for (region, kind, outlay) in &projects {
                let (shock, level) = shared[*region];
                let completion = random.beta(level, n_own);
                let mut start = 0.0;
                if !outlay.begun() {
                    let (sure, signs, starts) =
                        (*kind == Kind::Started, random.uniform() < signing, random.uniform() < starting);
                    if !sure && (!starts || (*kind == Kind::Intent && !signs)) {
                        continue;
                    }
                    start = match (kind, outlay.start(|_| 0.0)) {
                        (Kind::Intent, _) => {
                            lag(&mut random, self.signing_lag) + lag(&mut random, self.starting_lag)
                        }
                        (Kind::Signed, None) => lag(&mut random, self.starting_lag),
                        (_, planned) => {
                            let z = shock + (1.0 - within).sqrt() * random.normal();
                            let slip = assumptions.slip_median * num::exp(assumptions.slip_sigma * z);
                            planned.unwrap_or(0.0) + slip
                        }
                    };
                }
                let months = outlay.months(&assumptions.season, start);
                for m in known..12 {
                    out[*region][m] += completion * months[m];
                }
            }
        }))
    }
}

/// How likely a lag is to be so long: months and their weights, on a grid of a quarter month up to a year. Erlang of order 2
/// as in [`Funnel`]: few at once, a long tail; what lies beyond the year weighs nothing. A mean of 0 is no lag at all.
///
/// ```
/// # use landfall::pipeline::lag;
/// let mean = |of: f64| lag(of).iter().map(|(months, weight)| months * weight).sum::<f64>();
/// assert!((mean(2.0) - 2.0).abs() < 2e-3 && mean(0.0) == 0.0);
/// // Half of them take less than five sixths of the mean: 1.678 ÷ 2 of it.
/// let early: f64 = lag(2.0).iter().filter(|(months, _)| *months < 1.678).map(|(_, weight)| weight).sum();
/// assert!((early - 0.5).abs() < 0.05);
/// ```
pub fn lag(mean: f64) -> Vec<(f64, f64)> {
    if mean < 1e-6 {
        return vec![(0.0, 1.0)];
    }
    erlang(mean).into_iter().enumerate().map(|(k, weight)| (GRID.0 * k as f64, weight)).collect()
}

/// Weights of an Erlang lag of order 2 on the grid: those of linear interpolation, from E[(x − lag)⁺] in closed form.
fn erlang(mean: f64) -> Vec<f64> {
    let theta = 0.5 * mean;
    let short = |k: f64| {
        let x = GRID.0 * k.max(0.0);
        x - (2.0 * theta - num::exp(-x / theta) * (2.0 * theta + x))
    };
    (0..GRID.1)
        .map(|k| k as f64)
        .map(|k| ((short(k + 1.0) - 2.0 * short(k) + short(k - 1.0)) / GRID.0).max(0.0))
        .collect()
}

fn one_after_the_other(a: &[f64], b: &[f64]) -> Vec<f64> {
    (0..GRID.1).map(|k| num::sum((0..=k).map(|i| a[i] * b[k - i]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipeline_lags_have_their_mean() {
        let weights = erlang(2.0);
        assert!((num::sum(weights.iter().copied()) - 1.0).abs() < 1e-3);
        let mean = num::sum(weights.iter().enumerate().map(|(k, w)| w * GRID.0 * k as f64));
        assert!((mean - 2.0).abs() < 2e-3, "{mean}");
    }

    #[test]
    fn pipeline_funnel_expects_what_it_draws() {
        let (pipeline, assumptions, funnel) = (Pipeline::sample(), Assumptions::default(), Funnel::default());
        let drawn = funnel.simulate(&pipeline, &assumptions, 2_000, 5).unwrap();
        for (region, expected) in funnel.expected(&pipeline, &assumptions).unwrap().iter().enumerate() {
            let (mean, sd) = drawn.moments(region, 12).unwrap();
            let want: f64 = expected.funds().iter().sum();
            assert!((mean - want).abs() <= 3.0 * sd / 2_000_f64.sqrt() + 1e-9, "{region} {mean} {want} {sd}");
        }
    }

    #[test]
    fn pipeline_funnel_of_no_conversion_brings_only_what_is_begun() {
        let funnel = Funnel { signing: (0.0, 30.0), starting: (0.0, 30.0), ..Funnel::default() };
        assert!(funnel.check().is_ok());
        for region in funnel.expected(&Pipeline::sample(), &Assumptions::default()).unwrap() {
            assert!(region.signed.iter().chain(&region.intents).chain(&region.signings).all(|x| *x == 0.0));
        }
        assert!(Funnel { signing: (1.2, 30.0), ..funnel }.check().is_err());
    }
}
