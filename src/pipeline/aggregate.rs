//! The pipeline added up once per region × sector × stage × list × kind, so that a lever works on sums.

use crate::calendar::YearMonth;
use crate::order;
use crate::par;
use crate::pipeline::fill::Context;
use crate::pipeline::grid::triangle;
use crate::pipeline::group::Offices;
use crate::pipeline::{Approval, Assumptions, Group, GroupKey, Outlay, Pipeline, PipelineError};
use std::collections::BTreeMap;

/// Projects that are worked through in one piece: the answer does not depend on the number of threads.
const PIECE: usize = 512;

/// Mean and covariance of a spend by month, January first; 0 through the last known month.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Mean of each month.
    pub mean: [f64; 12],
    /// Covariance of two months.
    pub covariance: [[f64; 12]; 12],
}

impl Moments {
    /// Mean and standard deviation of the spend after the last known month through `month`.
    pub fn through(&self, month: u8) -> (f64, f64) {
        let months = usize::from(month.min(12));
        let mean = self.mean[..months].iter().sum();
        let variance: f64 =
            self.covariance[..months].iter().map(|row| row[..months].iter().sum::<f64>()).sum();
        (mean, variance.max(0.0).sqrt())
    }
}

/// All groups of a pipeline.
///
/// Means of the months, and variances and covariances of a region's sums and between regions, are those of
/// [`simulate`](crate::pipeline::simulate): by integration over the slip, with its shared part to the second Hermite order
/// (the third adds under 1 % of a shared variance), and in closed form over completion and the chance to start. What a
/// lever does to the mean is said at [`Group::waiting`], [`Group::all_started`], [`Group::activated`] and
/// [`Group::stop_change`].
///
/// ```
/// # use landfall::pipeline::{Aggregate, Assumptions, Cleared, Pipeline};
/// let aggregate = Aggregate::new(&Pipeline::sample(), &Assumptions::default()).unwrap();
/// let sum = |shift: f64| -> f64 {
///     aggregate.groups().iter().flat_map(|g| g.waiting(shift, &Cleared::default())).sum()
/// };
/// // Starts two months sooner bring spend into the year, two months later take it out.
/// assert!(sum(-2.0) > sum(0.0) && sum(0.0) > sum(2.0));
/// let (mean, sd) = aggregate.region(0).through(12);
/// assert!(mean > 0.0 && sd > 0.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    groups: Vec<Group>,
    regions: Vec<String>,
    as_of: YearMonth,
    /// Variance of completion relative to its squared mean: what all share, what a region has about that.
    completion: (f64, f64),
    /// Correlation of two regions' shared normals.
    between: f64,
    /// What a department's projects share beyond their region, as a part of what the region's do.
    office: f64,
}

impl Aggregate {
    /// Adds up a pipeline: linear in the number of projects.
    ///
    /// # Errors
    /// [`PipelineError::Range`] for an assumption outside its range.
    pub fn new(pipeline: &Pipeline, assumptions: &Assumptions) -> Result<Self, PipelineError> {
        assumptions.check()?;
        let context = Context::new(assumptions, usize::from(pipeline.as_of().month));
        let mut keys: BTreeMap<GroupKey, Vec<usize>> = BTreeMap::new();
        for (at, project) in pipeline.projects().iter().enumerate() {
            let row = &project.row;
            let key = GroupKey {
                region: project.region,
                sector: row.sector.clone(),
                stage: row.stage,
                list: row.list.clone(),
                kind: row.kind,
            };
            keys.entry(key).or_default().push(at);
        }
        let waits = |at: &usize| pipeline.projects()[*at].row.approvals.keys().copied().collect::<Vec<_>>();
        let mut pieces: Vec<(&GroupKey, &[usize], Vec<Approval>)> = Vec::new();
        for (key, members) in &keys {
            let waiting = members.iter().filter(|at| !pipeline.projects()[**at].begun());
            let kinds = order::set(waiting.flat_map(waits));
            let kinds: Vec<Approval> = kinds.into_iter().collect();
            pieces.extend(members.chunks(PIECE).map(|piece| (key, piece, kinds.clone())));
        }
        let offices = Offices::of(pipeline);
        let parts = par::map(&pieces, |(key, members, kinds)| {
            let mut group = Group::new((*key).clone(), &context);
            for at in *members {
                let project = &pipeline.projects()[*at];
                let outlay = Outlay::of(project, pipeline, assumptions);
                group.add(
                    (project, offices.find(project)),
                    pipeline.status(project),
                    &outlay,
                    kinds,
                    &context,
                );
            }
            group
        });
        let mut groups: Vec<Group> = Vec::with_capacity(keys.len());
        for part in parts {
            match groups.last_mut().filter(|last| last.key == part.key) {
                Some(last) => last.merge(&part),
                None => {
                    groups.push(part);
                }
            }
        }
        groups.iter_mut().for_each(Group::close);
        let variance = assumptions.completion_variance();
        let square = assumptions.completion * assumptions.completion;
        let relative = |v: f64| if square > 0.0 { v / square } else { 0.0 };
        let within = assumptions.slip_within;
        Ok(Self {
            groups,
            regions: pipeline.regions().to_vec(),
            as_of: pipeline.as_of(),
            completion: (relative(variance.all), relative(variance.region)),
            office: assumptions.office(),
            between: if within > 0.0 { assumptions.slip_between / within } else { 0.0 },
        })
    }

    /// The groups, ordered by key.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The names of the regions.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// The last month of which the year's figures are known.
    pub fn as_of(&self) -> YearMonth {
        self.as_of
    }

    /// Variance of the completion that projects share, relative to its squared mean: what all regions share, and what a
    /// region has beyond that.
    pub fn completion_variance(&self) -> (f64, f64) {
        self.completion
    }

    /// Moments of what a region's own projects spend; those of regions inside it are not in it.
    pub fn region(&self, region: usize) -> Moments {
        self.moments(|group| group.key.region == region)
    }

    /// Moments of the sum over the groups that are chosen, the regions' common shocks included.
    ///
    /// ```
    /// # use landfall::pipeline::{Aggregate, Assumptions, Kind, Pipeline};
    /// let aggregate = Aggregate::new(&Pipeline::sample(), &Assumptions::default()).unwrap();
    /// let key = aggregate.moments(|group| group.key.kind == Some(Kind::Key));
    /// let city = aggregate.moments(|_| true);
    /// assert!(key.through(12).0 < city.through(12).0 && key.through(12).1 < city.through(12).1);
    /// ```
    pub fn moments(&self, chosen: impl Fn(&Group) -> bool) -> Moments {
        let known = usize::from(self.as_of.month.min(12));
        let n = 12 - known;
        let mut regions: BTreeMap<usize, Sums> = BTreeMap::new();
        let mut own = vec![0.0; n * (n + 1) / 2];
        let mut offices: BTreeMap<usize, Sums> = BTreeMap::new();
        for group in self.groups.iter().filter(|g| chosen(g)) {
            let sums = regions.entry(group.key.region).or_insert_with(|| Sums::new(n));
            let expected = group.expected();
            for i in 0..n {
                sums.mean[i] += expected[known + i];
                sums.first[i] += group.first[i];
                sums.second[i] += group.second[i];
            }
            own.iter_mut().zip(&group.own).for_each(|(sum, x)| *sum += x);
            for (office, (first, second)) in &group.offices {
                let sums = offices.entry(*office).or_insert_with(|| Sums::new(n));
                for i in 0..n {
                    sums.first[i] += first[i];
                    sums.second[i] += second[i];
                }
            }
        }
        let (all, region) = self.completion;
        let r = self.between;
        let mut whole = Sums::new(n);
        let mut out = Moments { mean: [0.0; 12], covariance: [[0.0; 12]; 12] };
        let mut put = |i: usize, j: usize, x: f64| {
            out.covariance[known + i][known + j] += x;
            if i != j {
                out.covariance[known + j][known + i] += x;
            }
        };
        // Of two regions: completion correlates by `all`, the shared normals by r and their squares by r². What is written
        // with the whole's sums holds for every pair, a region with itself included; the rest is what a region has beyond.
        for sums in regions.values() {
            whole.add(sums);
            for (i, j) in triangle(n) {
                let (a, b, c) = sums.products(i, j);
                let beyond = (1.0 + all + region) * (b + c) - (1.0 + all) * (r * b + r * r * c);
                put(i, j, region * a + beyond);
            }
        }
        // Two projects of a department correlate by (1 + k) times what two of the region do; of the second order, squared.
        let k = self.office;
        for sums in offices.values() {
            for (i, j) in triangle(n) {
                let (_, b, c) = sums.products(i, j);
                put(i, j, (1.0 + all + region) * (k * b + ((1.0 + k) * (1.0 + k) - 1.0) * c));
            }
        }
        for (at, (i, j)) in triangle(n).enumerate() {
            let (a, b, c) = whole.products(i, j);
            put(i, j, own[at] + all * a + (1.0 + all) * (r * b + r * r * c));
        }
        out.mean[known..].copy_from_slice(&whole.mean);
        out
    }
}

/// Means and coefficients of one region, by month.
struct Sums {
    mean: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Sums {
    fn new(n: usize) -> Self {
        Self { mean: vec![0.0; n], first: vec![0.0; n], second: vec![0.0; n] }
    }

    fn add(&mut self, other: &Self) {
        for i in 0..self.mean.len() {
            self.mean[i] += other.mean[i];
            self.first[i] += other.first[i];
            self.second[i] += other.second[i];
        }
    }

    fn products(&self, i: usize, j: usize) -> (f64, f64, f64) {
        (self.mean[i] * self.mean[j], self.first[i] * self.first[j], self.second[i] * self.second[j])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Cleared, simulate};

    #[test]
    fn pipeline_aggregate_has_the_moments_of_the_plain_simulation() {
        agrees(&Pipeline::sample(), 6_000, [9, 12]);
    }

    #[test]
    fn pipeline_aggregate_has_the_moments_from_spring_on_too() {
        let sample = Pipeline::sample();
        let status = crate::calendar::Day::parse("2023-03-31");
        let rows = sample.projects().iter().map(|p| {
            let mut row = p.row.clone();
            row.status_date = status;
            row.start_actual = row.start_actual.filter(|day| Some(*day) <= status);
            row.done = row.done.filter(|_| row.start_actual.is_some()).map(|done| 0.5 * done);
            row
        });
        let march = YearMonth { year: 2023, month: 3 };
        agrees(&Pipeline::new(rows.collect(), "p", None, march).0, 2_000, [6, 12]);
    }

    /// Mean and standard deviation of every region through two months, and of all through the later one, within three
    /// standard errors of a plain simulation.
    fn agrees(pipeline: &Pipeline, draws: usize, months: [u8; 2]) {
        agrees_with(pipeline, &Assumptions::default(), draws, months);
    }

    fn agrees_with(pipeline: &Pipeline, assumptions: &Assumptions, draws: usize, months: [u8; 2]) {
        let aggregate = Aggregate::new(pipeline, assumptions).unwrap();
        let simulation = simulate(pipeline, assumptions, draws, 3).unwrap();
        let n = draws as f64;
        let mut city = vec![0.0; draws];
        for region in 0..pipeline.regions().len() {
            for month in months {
                let values = simulation.through(region, month);
                let (mean, sd) = simulation.moments(region, month).unwrap();
                let fourth = values.iter().map(|x| crate::num::pow((x - mean) / sd, 4.0)).sum::<f64>() / n;
                let (want, spread) = aggregate.region(region).through(month);
                let (off, off_sd) = (n.sqrt() * (mean - want) / sd, (sd - spread) / sd);
                let error = ((fourth - 1.0) / (4.0 * n)).sqrt();
                assert!(off.abs() < 3.0, "{region} {month} {mean} {want} {off}");
                assert!(off_sd.abs() < 3.0 * error, "{region} {month} {sd} {spread} {}", off_sd / error);
                if month == 12 {
                    city.iter_mut().zip(&values).for_each(|(sum, x)| *sum += x);
                }
            }
        }
        let mean = city.iter().sum::<f64>() / n;
        let sd = (city.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
        let (want, spread) = aggregate.moments(|_| true).through(12);
        assert!((mean - want).abs() < 3.0 * sd / n.sqrt());
        assert!((sd / spread - 1.0).abs() < 3.0 / (2.0 * n).sqrt());
    }

    #[test]
    fn pipeline_projects_of_a_department_slip_together() {
        let text = |departments: [&str; 2]| {
            let mut text = format!("{HEADER},department\n");
            for id in 0..40 {
                let department = departments[id % 2];
                text += &format!(
                    "{id},A,preparation,key,10,2023-09-01,,2024-10-31,,,2023-06-30,{department}{}\n",
                    if department.is_empty() { String::new() } else { format!("{}", id % 2) }
                );
            }
            text
        };
        let assumptions = Assumptions { slip_within: 0.3, slip_department: 0.4, ..Assumptions::default() };
        let sd = |departments| {
            Aggregate::new(&of(&text(departments), 6), &assumptions).unwrap().region(0).through(12).1
        };
        let (apart, together) = (sd(["", ""]), sd(["office", "office"]));
        assert!(together > 1.05 * apart, "{together} {apart}");
        agrees_with(&of(&text(["office", "office"]), 6), &assumptions, 4_000, [10, 12]);
    }

    fn of(text: &str, month: u8) -> Pipeline {
        let (rows, found) = crate::table::read_pipeline(text, "p.csv");
        assert!(found.is_empty(), "{found:?}");
        Pipeline::new(rows, "p.csv", None, YearMonth { year: 2023, month }).0
    }

    const HEADER: &str =
        "id,region,stage,kind,total,start_planned,start_actual,end_planned,done,approvals,status_date";

    fn waiting(start: &str, approvals: &str) -> Aggregate {
        let text = format!("{HEADER}\n1,A,preparation,key,10,{start},,2024-10-31,,{approvals},2023-06-30\n");
        Aggregate::new(&of(&text, 6), &Assumptions::default()).unwrap()
    }

    fn near(a: [f64; 12], b: [f64; 12], within: f64) {
        for m in 0..12 {
            assert!((a[m] - b[m]).abs() <= within, "{m} {a:?} {b:?}");
        }
    }

    #[test]
    fn pipeline_shift_is_another_start() {
        let none = Cleared::default();
        let (group, later) = (waiting("2023-08-01", ""), waiting("2023-10-01", ""));
        // The other project's life is shorter: to the same end. Bring it to the same working time.
        let text = format!("{HEADER}\n1,A,preparation,key,10,2023-10-01,,2025-04-21,,,2023-06-30\n");
        let same_life = Aggregate::new(&of(&text, 6), &Assumptions::default()).unwrap();
        near(group.groups()[0].waiting(2.0, &none), same_life.groups()[0].waiting(0.0, &none), 0.01);
        assert_ne!(later, same_life);
        // Halfway between two shifts.
        let [a, b, c] = [1.0, 1.25, 1.5].map(|s| group.groups()[0].waiting(s, &none)[9]);
        assert!((b - 0.5 * (a + c)).abs() < 1e-12);
        // Beyond the last one, and before now.
        assert_eq!(group.groups()[0].waiting(99.0, &none), group.groups()[0].waiting(12.0, &none));
        assert_eq!(group.groups()[0].waiting(-6.0, &none), group.groups()[0].waiting(-3.0, &none));
    }

    #[test]
    fn pipeline_cleared_approvals_are_as_if_never_asked_for() {
        let start = "2023-07-15";
        let both = waiting(start, "land:60;energy:30");
        let group = &both.groups()[0];
        let without =
            |approvals: &str| waiting(start, approvals).groups()[0].waiting(0.0, &Cleared::default());
        let only = |kind| Cleared::default().with(kind, 1.0);
        near(group.waiting(0.0, &only(Approval::Land)), without("energy:30"), 0.005);
        near(group.waiting(0.0, &only(Approval::Energy)), without("land:60;energy:30"), 1e-9);
        near(group.waiting(0.0, &Cleared::all(1.0)), without(""), 0.005);
        near(group.waiting(0.0, &only(Approval::Safety)), without("land:60;energy:30"), 1e-12);
        let sum = |cut: f64| group.waiting(0.0, &Cleared::all(cut)).iter().sum::<f64>();
        assert!((sum(0.5) - 0.5 * (sum(0.0) + sum(1.0))).abs() < 1e-12 && sum(1.0) > sum(0.0));
    }

    #[test]
    fn pipeline_activated_projects_spend_from_their_start() {
        let text = format!("{HEADER}\n1,A,preparation,key,10,2023-05-01,,2024-10-31,,land:60,2023-06-30\n");
        let (pipeline, assumptions) = (of(&text, 6), Assumptions::default());
        let group = Aggregate::new(&pipeline, &assumptions).unwrap().groups()[0].clone();
        assert_eq!((group.waiting, group.zero_investment), (1, 1));
        let outlay = Outlay::of(&pipeline.projects()[0], &pipeline, &assumptions);
        let want = outlay.months(&assumptions.season, 1.5).map(|x| 0.92 * x);
        near(group.activated(1.5), want, 1e-12);
        near(group.all_started(1.5), want, 1e-12);
        near(waiting("2023-09-01", "").groups()[0].activated(1.0), [0.0; 12], 0.0);
    }

    #[test]
    fn pipeline_stop_change_is_that_of_the_other_season() {
        let text = format!("{HEADER}\n1,A,construction,key,10,,2023-05-01,2024-10-31,2,,2023-06-30\n");
        let (pipeline, assumptions) = (of(&text, 6), Assumptions::default());
        let group = Aggregate::new(&pipeline, &assumptions).unwrap().groups()[0].clone();
        let outlay = Outlay::of(&pipeline.projects()[0], &pipeline, &assumptions);
        let other = outlay.months(&assumptions.season.with_stop(13.0), 0.0).map(|x| 0.92 * x);
        let change = group.stop_change(13.0);
        near(std::array::from_fn(|m| group.begun()[m] + change[m]), other, 1e-12);
        assert!(change[11] > 0.0);
        assert_eq!(group.stop_change(11.5), [0.0; 12]);
        let half = group.stop_change(11.75);
        near(half.map(|x| 2.0 * x), group.stop_change(12.0), 1e-12);
    }

    #[test]
    fn pipeline_aggregate_in_corner_cases() {
        let assumptions = Assumptions::default();
        let none =
            Aggregate::new(&of(&format!("{HEADER}\n1,A,outlook,intent,5,,,,,,\n"), 7), &assumptions).unwrap();
        assert_eq!(none.region(0).through(12), (0.0, 0.0));
        assert_eq!(none.region(7).through(12), (0.0, 0.0));
        let bad = Assumptions { slip_between: 0.9, ..assumptions.clone() };
        assert!(matches!(Aggregate::new(&Pipeline::sample(), &bad), Err(PipelineError::Range { .. })));
        let (empty, _) = Pipeline::new(Vec::new(), "p", None, YearMonth { year: 2023, month: 7 });
        assert!(Aggregate::new(&empty, &assumptions).unwrap().groups().is_empty());
        let sample = Pipeline::sample();
        let rows = || sample.projects().iter().map(|p| p.row.clone()).collect::<Vec<_>>();
        // Nothing is left of the year, or all months are winter.
        let (over, _) = Pipeline::new(rows(), "p", None, YearMonth { year: 2023, month: 12 });
        assert_eq!(Aggregate::new(&over, &assumptions).unwrap().moments(|_| true).through(12), (0.0, 0.0));
        let never = Assumptions {
            season: crate::pipeline::Season::new([0.0; 12]).unwrap(),
            stops: Vec::new(),
            ..assumptions.clone()
        };
        let (mean, sd) = Aggregate::new(&sample, &never).unwrap().moments(|_| true).through(12);
        assert_eq!((mean, sd), (0.0, 0.0));
        // A list of an earlier year, and of a later one.
        for year in [2021, 2024, 2030] {
            let (other, _) = Pipeline::new(rows(), "p", None, YearMonth { year, month: 3 });
            let (mean, sd) = Aggregate::new(&other, &assumptions).unwrap().moments(|_| true).through(12);
            assert!(mean.is_finite() && sd.is_finite() && mean >= 0.0, "{year} {mean} {sd}");
        }
    }

    #[test]
    fn pipeline_of_many_projects_is_many_times_one() {
        let sample = Pipeline::sample();
        let own: Vec<_> =
            sample.projects().iter().filter(|p| p.row.kind != Some(crate::pipeline::Kind::Intent)).collect();
        let times = 20_usize;
        let rows = (0..times * own.len()).map(|i| {
            let mut row = own[i % own.len()].row.clone();
            row.id = i.to_string();
            row
        });
        let (many, _) = Pipeline::new(rows.collect(), "p", None, sample.as_of());
        let assumptions = Assumptions { stops: Vec::new(), ..Assumptions::default() };
        let sum = |p: &Pipeline| Aggregate::new(p, &assumptions).unwrap().moments(|_| true).through(12);
        let ((one, _), (all, _)) = (sum(&sample), sum(&many));
        assert!((all / one - times as f64).abs() < 1e-9);
    }
}
