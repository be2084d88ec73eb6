//! The plain simulation: every project in every draw, one after the other. Slow, and the reference for the fast way.

use crate::num;
use crate::pipeline::group::Offices;
use crate::pipeline::{Assumptions, Outlay, Pipeline, PipelineError};
use crate::stats::Random;

/// Spend of every region in every draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// One entry a draw and region, region fastest.
    spend: Vec<[f64; 12]>,
    regions: usize,
}

impl Simulation {
    /// Fills the regions of every draw in turn.
    pub(super) fn run(regions: usize, draws: usize, mut draw: impl FnMut(u64, &mut [[f64; 12]])) -> Self {
        let mut spend = vec![[0.0; 12]; draws * regions];
        for (number, out) in spend.chunks_mut(regions.max(1)).enumerate() {
            draw(number as u64, out);
        }
        Self { spend, regions }
    }

    /// Draws.
    pub fn draws(&self) -> usize {
        self.spend.len().checked_div(self.regions).unwrap_or(0)
    }

    /// What a region's projects spend after the last known month through `month`, in each draw; empty for a region that
    /// there is not.
    pub fn through(&self, region: usize, month: u8) -> Vec<f64> {
        if region >= self.regions {
            return Vec::new();
        }
        let months = usize::from(month.min(12));
        self.spend.iter().skip(region).step_by(self.regions).map(|m| m[..months].iter().sum()).collect()
    }

    /// Mean and standard deviation of [`Simulation::through`]; `None` with fewer than two draws.
    pub fn moments(&self, region: usize, month: u8) -> Option<(f64, f64)> {
        let values = self.through(region, month);
        let n = values.len() as f64;
        if values.len() < 2 {
            return None;
        }
        let mean = num::sum(values.iter().copied()) / n;
        let square = num::sum(values.iter().map(|x| (x - mean) * (x - mean)));
        Some((mean, (square / (n - 1.0)).sqrt()))
    }
}

/// Draws starts and completion of every project, as the assumptions have them, and adds up what each region spends in the
/// months after the last known one. The months through it stay 0. Every draw has its own stream of the seed.
///
/// # Errors
/// [`PipelineError::Range`] for an assumption outside its range.
///
/// ```
/// # use landfall::pipeline::{Assumptions, Pipeline, simulate};
/// let simulation = simulate(&Pipeline::sample(), &Assumptions::default(), 20, 1).unwrap();
/// assert_eq!(simulation.draws(), 20);
/// let (mean, sd) = simulation.moments(0, 12).unwrap();
/// assert!(mean > 0.0 && sd > 0.0);
/// ```
pub fn simulate(
    pipeline: &Pipeline,
    assumptions: &Assumptions,
    draws: usize,
    seed: u64,
) -> Result<Simulation, PipelineError> {
    assumptions.check()?;
    let season = &assumptions.season;
    let known = usize::from(pipeline.as_of().month);
    let regions = pipeline.regions().len();
    let offices = Offices::of(pipeline);
    let outlays: Vec<(usize, Option<usize>, f64, Outlay)> = pipeline
        .projects()
        .iter()
        .map(|p| (p.region, offices.find(p), assumptions.chance(p), Outlay::of(p, pipeline, assumptions)))
        .collect();
    let (within, between) = (assumptions.slip_within, assumptions.slip_between);
    let department = assumptions.slip_department;
    let [n_all, n_region, n_own] = assumptions.concentrations;
    Ok(Simulation::run(regions, draws, |draw, out| {
        let mut random = Random::new(seed, draw);
        let (common, level) = (random.normal(), random.beta(assumptions.completion, n_all));
        let shared: Vec<(f64, f64)> = (0..regions)
            .map(|_| {
                let shock = between.sqrt() * common + (within - between).sqrt() * random.normal();
                (shock, random.beta(level, n_region))
            })
            .collect();
        let answering: Vec<f64> = (0..offices.count()).map(|_| department.sqrt() * random.normal()).collect();
        for (region, office, chance, outlay) in &outlays {
            let (shock, level) = shared[*region];
            let (office, shared) = office.map_or((0.0, within), |at| (answering[at], within + department));
            let completion = random.beta(level, n_own);
            let mut start = 0.0;
            if !outlay.begun() {
                let z = shock + office + (1.0 - shared).sqrt() * random.normal();
                let starts = random.uniform() < *chance;
                let Some(planned) = outlay.start(|_| 0.0).filter(|_| starts) else { continue };
                start = planned + assumptions.slip_median * num::exp(assumptions.slip_sigma * z);
            }
            let months = outlay.months(season, start);
            for month in known..12 {
                out[*region][month] += completion * months[month];
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipeline_simulation_repeats_itself_and_knows_no_past() {
        let (pipeline, assumptions) = (Pipeline::sample(), Assumptions::default());
        let run = |seed| simulate(&pipeline, &assumptions, 10, seed).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        assert!(run(1).through(0, 7).iter().all(|x| *x == 0.0));
        assert!(run(1).through(99, 12).is_empty());
    }
}
