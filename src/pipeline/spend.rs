//! What one project spends, month by month, from its status date on.

use crate::pipeline::{Approval, Assumptions, Curve, Pipeline, Project, Season, Stage, WORKING_DAYS, time};

/// The year's plan is believed as far as it asks between this part and this multiple of what the curve gives.
const BELIEVED: (f64, f64) = (0.25, 4.0);
/// The least working months that a project or its rest can take.
const LEAST_LIFE: f64 = 0.25;

/// What a project spends after its status date, given when it starts.
///
/// - Time is working time: nothing is spent in months in which the season stands still.
/// - A project that has begun goes on from the place on its curve that `done` has reached, and would be finished by its
///   planned end. Where that is past, the rest takes as long as the curve says it takes of the project's life.
/// - A project that waits starts at its planned start, or now where that is past, but not before the longest of its
///   outstanding approvals has come (they run side by side). Its life in working months stays what it was planned to be.
/// - Where this year's plan is given, every month is scaled by plan ÷ what the curve gives for the planned schedule (held
///   to 0.25–4): the list knows more of this year than a curve does. Never is more spent than remains.
/// - Without an end the life is [`Assumptions::life`]; without a start, it starts now if it has a plan for the year, else
///   not by itself. Without a total, the year's plan is the total. A completed project spends nothing more.
///
/// ```
/// # use landfall::{calendar::YearMonth, pipeline::*, table::read_pipeline};
/// let text = "id,region,stage,total,start_planned,end_planned,approvals,status_date\n\
///             p,A,preparation,8,2023-08-01,2023-12-31,land:40,2023-07-31\n";
/// let rows = read_pipeline(text, "p.csv").0;
/// let pipeline = Pipeline::new(rows, "p.csv", None, YearMonth::parse("2023-07").unwrap()).0;
/// let assumptions = Assumptions { season: Season::new([1.0; 12]).unwrap(), ..Assumptions::default() };
/// let outlay = Outlay::of(&pipeline.projects()[0], &pipeline, &assumptions);
/// // Forty working days are 1.84 months.
/// assert!((outlay.start(|_| 0.0).unwrap() - 40.0 / 21.75).abs() < 1e-12);
/// let spend = outlay.months(&assumptions.season, 0.0);
/// assert!(spend[..7].iter().all(|x| *x == 0.0));
/// assert!((spend.iter().sum::<f64>() - 8.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone)]
pub struct Outlay {
    curve: Curve,
    remaining: f64,
    scale: f64,
    begin: f64,
    in_books: Option<f64>,
    status: f64,
    done_year: f64,
    course: Course,
    approvals: Vec<(Approval, f64)>,
}

#[derive(Debug, Clone)]
enum Course {
    /// At this place on the curve, with these working months left.
    Begun { at: f64, left: f64 },
    /// Planned to start so many months after the status date; `None` where no start is known.
    Waiting { planned: Option<f64>, life: f64 },
}

impl Outlay {
    /// What a project spends in the year of the pipeline.
    pub fn of(project: &Project, pipeline: &Pipeline, assumptions: &Assumptions) -> Self {
        let (row, season, year) = (&project.row, &assumptions.season, pipeline.as_of().year);
        let total = row.total.or(row.plan_year).unwrap_or(0.0).max(0.0);
        let done = row.done.unwrap_or(0.0).clamp(0.0, total);
        let curve = Curve::of_sector(row.sector.as_deref());
        let told = time(pipeline.status(project), year, true);
        // What an earlier year's list calls waiting starts in this year or later.
        let status = if project.begun() { told } else { told.max(0.0) };
        let planned = row.start_planned.map(|day| time(day, year, false));
        let start = row.start_actual.map(|day| time(day, year, false)).or(planned);
        let end = row.end_planned.map(|day| time(day, year, true));
        let working = |from: f64, to: f64| (season.worked(to) - season.worked(from)).max(LEAST_LIFE);
        // Where a date is missing, the life stands in for it.
        let begin = start.unwrap_or_else(|| end.map_or(status, |end| (end - assumptions.life).min(status)));
        let finish = end.filter(|end| *end > begin).unwrap_or(begin + assumptions.life);
        let life = working(begin, finish);
        let place = |at: f64| (season.worked(at) - season.worked(begin)) / life;
        let scheduled = total * (curve.spent(place(12.0)) - curve.spent(place(0.0)));
        let scale = row.plan_year.filter(|_| scheduled > 0.0 && start.is_some());
        let scale = scale.map_or(1.0, |plan| (plan / scheduled).clamp(BELIEVED.0, BELIEVED.1));
        let remaining = if row.stage == Stage::Completed { 0.0 } else { total - done };
        let course = if project.begun() {
            let at = if total > 0.0 { curve.reached(done / total) } else { 1.0 };
            let left =
                if finish > status { working(status, finish) } else { ((1.0 - at) * life).max(LEAST_LIFE) };
            Course::Begun { at, left }
        } else {
            let now = row.plan_year.filter(|plan| *plan > 0.0).map(|_| 0.0);
            Course::Waiting { planned: planned.map(|p| p - status).or(now), life }
        };
        let (then, now) = (curve.spent(place(0.0)), curve.spent(place(status)));
        let done_year = if now > 0.0 { done * (1.0 - then / now).max(0.0) } else { done };
        let approvals =
            row.approvals.iter().map(|(kind, days)| (*kind, f64::from(*days) / WORKING_DAYS)).collect();
        let in_books = row.in_books.map(|day| time(day, year, false));
        Self { curve, remaining, scale, begin, in_books, status, done_year, course, approvals }
    }

    /// Whether it has begun; what follows about starts concerns only those that have not.
    pub fn begun(&self) -> bool {
        matches!(self.course, Course::Begun { .. })
    }

    /// What is left of its total.
    pub fn remaining(&self) -> f64 {
        self.remaining
    }

    /// The [`time`] at which it enters the statistical books: as listed, else `lag` months after its start, in the future.
    /// Entry lags behind the start and is no spend; what was spent before it is not in the books either. `start` as in
    /// [`Outlay::spent_by`].
    ///
    /// ```
    /// # use landfall::pipeline::{Assumptions, Outlay, Pipeline};
    /// let (pipeline, assumptions) = (Pipeline::sample(), Assumptions::default());
    /// // Planned for 15 August, held until then by nothing longer; told as of the end of July.
    /// let outlay = Outlay::of(&pipeline.projects()[0], &pipeline, &assumptions);
    /// let start = outlay.start(|_| 0.0).unwrap();
    /// assert!((outlay.entry(start, assumptions.book_lag) - (7.0 + start + 1.5)).abs() < 1e-12);
    /// ```
    pub fn entry(&self, start: f64, lag: f64) -> f64 {
        let begin = if self.begun() { self.begin } else { self.status + start };
        self.in_books.unwrap_or((begin + lag).max(self.status))
    }

    /// The [`time`] from which it spends: its status date, for one that waits not before 1 January.
    pub(super) fn status(&self) -> f64 {
        self.status
    }

    /// The part of `done` that was done in this year: all of it where the project began in it, else the part that its
    /// curve gives since 1 January.
    pub fn done_year(&self) -> f64 {
        self.done_year
    }

    /// Months after the status date before which its approvals do not let it start. `cut` says which part of an
    /// approval's days is saved: 0 none, 1 all.
    pub fn held(&self, cut: impl Fn(Approval) -> f64) -> f64 {
        self.approvals
            .iter()
            .map(|(kind, months)| months * (1.0 - cut(*kind).clamp(0.0, 1.0)))
            .fold(0.0, f64::max)
    }

    /// Months after the status date at which it starts, without any slip; `None` where it has begun or where nothing
    /// says when it would. `cut` as in [`Outlay::held`].
    pub fn start(&self, cut: impl Fn(Approval) -> f64) -> Option<f64> {
        let Course::Waiting { planned, .. } = self.course else { return None };
        planned.map(|planned| planned.max(self.held(cut)))
    }

    /// What is spent between the status date and a [`time`], where a waiting project starts `start` months after the
    /// status date (begun ones have started).
    pub fn spent_by(&self, season: &Season, at: f64, start: f64) -> f64 {
        self.spent(self.course_of(season, start), season.worked(at.max(self.status)))
    }

    /// Spend of each month of the year, January first; 0 in the months before the status date.
    pub fn months(&self, season: &Season, start: f64) -> [f64; 12] {
        let course = self.course_of(season, start);
        let mut before = self.spent(course, season.worked(self.status.max(0.0)));
        let mut out = [0.0; 12];
        for (month, (cell, worked)) in out.iter_mut().zip(season.by_month()).enumerate() {
            if month as f64 + 1.0 > self.status {
                let by = self.spent(course, *worked);
                *cell = (by - before).max(0.0);
                before = by;
            }
        }
        out
    }

    /// Place on the curve at the outset, the working time of it, and the working months from it to its end.
    fn course_of(&self, season: &Season, start: f64) -> (f64, f64, f64) {
        match self.course {
            Course::Begun { at, left } => (at, season.worked(self.status), left),
            Course::Waiting { life, .. } => (0.0, season.worked(self.status + start.max(0.0)), life),
        }
    }

    fn spent(&self, (at, from, left): (f64, f64, f64), worked: f64) -> f64 {
        if self.remaining <= 0.0 || worked <= from {
            return 0.0;
        }
        let behind = self.curve.spent(at);
        let rest = 1.0 - behind;
        if rest <= 0.0 {
            // On its curve it is finished; what little is left is spent at once.
            return self.remaining;
        }
        let place = at + (1.0 - at) * ((worked - from) / left);
        (self.scale * self.remaining * ((self.curve.spent(place) - behind) / rest)).min(self.remaining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::YearMonth;
    use crate::num;
    use crate::table::read_pipeline;
    use proptest::prelude::*;

    const HEADER: &str = "id,region,sector,stage,total,plan_year,done,start_planned,start_actual,end_planned,approvals,status_date";

    fn outlay(row: &str, season: Season) -> Outlay {
        let (rows, found) = read_pipeline(&format!("{HEADER}\n{row}\n"), "p.csv");
        assert!(found.is_empty(), "{found:?}");
        let pipeline = Pipeline::new(rows, "p.csv", None, YearMonth { year: 2023, month: 7 }).0;
        Outlay::of(&pipeline.projects()[0], &pipeline, &Assumptions { season, ..Assumptions::default() })
    }

    fn all_year() -> Season {
        Season::new([1.0; 12]).unwrap()
    }

    #[test]
    fn pipeline_spend_of_one_project_by_hand() {
        // Eight months from May to December, three of them over, on its curve: y(3/8) of 10 are done.
        let done = 10.0 * Curve::default().spent(0.375);
        let row = format!("1,A,,construction,10,,{done},,2023-05-01,2023-12-31,,2023-07-31");
        let spend = outlay(&row, all_year()).months(&all_year(), 0.0);
        for (month, got) in spend.iter().enumerate().skip(7) {
            let x = |m: usize| (m as f64 - 4.0) / 8.0;
            let want = 10.0 * (Curve::default().spent(x(month + 1)) - Curve::default().spent(x(month)));
            assert!((got - want).abs() < 1e-12, "{month} {got}");
        }
        // Half of it planned for the year: half of every month.
        let half = row.replace("10,,", "10,5,");
        let scaled = outlay(&half, all_year()).months(&all_year(), 0.0);
        assert!((scaled[9] - 0.5 * spend[9]).abs() < 1e-12);
    }

    #[test]
    fn pipeline_spend_in_corner_cases() {
        let sum =
            |row: &str, season: Season, start: f64| num::sum(outlay(row, season).months(&season, start));
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        // Done, or completed: nothing more.
        close(sum("1,A,,construction,10,5,10,,2023-05-01,2023-12-31,,2023-07-31", all_year(), 0.0), 0.0);
        close(sum("1,A,,completed,10,,8,,2022-05-01,2023-06-30,,2023-07-31", all_year(), 0.0), 0.0);
        // Starts after the year's end.
        let late = "1,A,,preparation,10,,,2024-03-01,,2024-12-31,,2023-07-31";
        assert_eq!(outlay(late, all_year()).start(|_| 0.0), Some(7.0));
        close(sum(late, all_year(), 7.0), 0.0);
        // Overdue: a quarter of its curve is left, and its life was six months.
        let overdue = outlay("1,A,,construction,10,,9,,2023-01-01,2023-06-30,,2023-07-31", all_year());
        close(num::sum(overdue.months(&all_year(), 0.0)), 1.0);
        // All months winter.
        let never = Season::new([0.0; 12]).unwrap();
        close(sum("1,A,,construction,10,5,1,,2023-05-01,2023-12-31,,2023-07-31", never, 0.0), 0.0);
        // No dates, no plan: nothing says when it starts; with a plan it starts now.
        assert_eq!(outlay("1,A,,preparation,10,,,,,,,2023-07-31", all_year()).start(|_| 0.0), None);
        assert_eq!(outlay("1,A,,preparation,10,2,,,,,,2023-07-31", all_year()).start(|_| 0.0), Some(0.0));
        // No amounts at all.
        close(sum("1,A,,construction,,,,,2023-05-01,,,2023-07-31", all_year(), 0.0), 0.0);
    }

    #[test]
    fn pipeline_approvals_hold_the_start_side_by_side() {
        let project =
            outlay("1,A,,preparation,10,,,2023-08-15,,2024-12-31,land:87;energy:22,2023-07-31", all_year());
        assert_eq!(project.start(|_| 0.0), Some(4.0));
        let cleared = |only| move |kind| if kind == only { 1.0 } else { 0.0 };
        assert!((project.start(cleared(Approval::Land)).unwrap() - 22.0 / WORKING_DAYS).abs() < 1e-12);
        assert_eq!(project.start(cleared(Approval::Energy)), Some(4.0));
        assert!((project.start(|_| 1.0).unwrap() - 14.0 / 31.0).abs() < 1e-12);
    }

    /// Projects of eighteen months, as many begun in each month of the working season as in any other: what a steady
    /// pipeline has done of its year by a month. Published for Ningxia's key projects: March 7.7 (2018), July 50.8 (2020)
    /// and 57, August 74.3 (2019), in percent of the year's plan.
    #[test]
    fn pipeline_in_a_steady_state_is_near_the_published_completion() {
        let season = Season::default();
        let mut year = [0.0; 12];
        for (began, month) in (2021..=2023).flat_map(|y| (3..=11).map(move |m| (y, m))) {
            let end = month + 17;
            let end = format!("{}-{:02}-28", began + (end - 1) / 12, (end - 1) % 12 + 1);
            let begin = format!("{began}-{month:02}-15");
            let row = if began == 2023 {
                format!("1,A,,preparation,10,,,{begin},,{end},,2022-12-31")
            } else {
                let day = |text: &str, last| {
                    season.worked(time(crate::calendar::Day::parse(text).unwrap(), 2023, last))
                };
                let (from, to) = (day(&begin, false), day(&end, true));
                let done = 10.0 * Curve::default().spent(-from / (to - from));
                format!("1,A,,construction,10,,{done},,{begin},{end},,2022-12-31")
            };
            let project = outlay(&row, season);
            let spend = project.months(&season, project.start(|_| 0.0).unwrap_or(0.0));
            year.iter_mut().zip(spend).for_each(|(sum, x)| *sum += x);
        }
        let share = |month: usize| 100.0 * num::sum(year[..month].iter().copied()) / num::sum(year);
        let (march, july, august) = (share(3), share(7), share(8));
        assert!((march - 7.7).abs() < 1.0, "{march}");
        assert!((51.0..=57.0).contains(&july), "{july}");
        assert!((august - 74.3).abs() < 6.5, "{august}");
    }

    proptest! {
        #[test]
        fn pipeline_spend_is_never_negative_nor_above_what_remains(
            total in 0.1..50.0_f64, part in 0.0..1.0_f64, plan in prop::option::of(0.0..1.0_f64),
            first in 1u8..13, months in 1i32..30, begun in any::<bool>(), start in 0.0..14.0_f64,
            resume in 1.0..6.0_f64, stop in 7.0..13.0_f64,
        ) {
            let season = Season::stopping(resume, stop).unwrap();
            let end = i32::from(first) - 1 + months;
            let (year, month) = (2022 + end.div_euclid(12), end.rem_euclid(12) + 1);
            let plan = plan.map(|p| (p * total).to_string()).unwrap_or_default();
            let (actual, done) = if begun { (format!("2022-{first:02}-01"), part * total) } else { (String::new(), 0.0) };
            let row = format!(
                "1,A,power,construction,{total},{plan},{done},2022-{first:02}-01,{actual},{year}-{month:02}-28,,2023-03-31"
            );
            let project = outlay(&row, season);
            let spend = project.months(&season, start);
            prop_assert!(spend.iter().all(|x| *x >= 0.0));
            prop_assert!(spend[..3].iter().all(|x| *x == 0.0));
            prop_assert!(num::sum(spend) <= project.remaining() + 1e-9);
            for (m, x) in spend.iter().enumerate() {
                prop_assert!(season.pace(m as u8 + 1) > 0.0 || *x == 0.0);
            }
            let by_then = project.spent_by(&season, 12.0, start);
            prop_assert!((by_then - num::sum(spend)).abs() < 1e-9);
            // Without a plan for the year it is all spent in the end.
            if plan.is_empty() {
                prop_assert!((project.spent_by(&season, 1200.0, start) - project.remaining()).abs() < 1e-9);
            }
        }
    }
}
