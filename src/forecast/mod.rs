//! A plain monthly forecaster: many series, each carried on by the monthly ensemble, with intervals learned
//! from what the ensemble got wrong on these very series before.

mod width;

use crate::model::bridge;
use crate::model::monthly::{MEMBERS, Method, ensemble};
use crate::par;
use crate::table::TimeSeries;
use width::{Past, Widths};

/// What a forecast is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastAsk {
    /// How many periods ahead.
    pub horizon: usize,
    /// Periods of a season; 1 for none.
    pub season: usize,
    /// Levels of the intervals in percent, each 1 to 99; none for medians alone, which takes an eighth of the time.
    pub levels: Vec<u8>,
    /// Who carries the series on.
    pub forecaster: Forecaster,
}

/// Who carries a series on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Forecaster {
    /// The mean of all members.
    #[default]
    Ensemble,
    /// The member with this method alone.
    Alone(Method),
}

impl Forecaster {
    /// `ahead` values after the last one; `None` where there is nothing to go by.
    pub(crate) fn forecast(self, series: &[f64], season: usize, ahead: usize) -> Option<Vec<f64>> {
        match self {
            Self::Ensemble => ensemble(series, season, ahead),
            Self::Alone(method) => {
                MEMBERS.iter().find(|m| m.method == method)?.forecast(series, season, ahead)
            }
        }
    }
}

/// The forecast of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesForecast {
    /// Its id.
    pub id: String,
    /// One entry a step; empty where the series could not be carried on.
    pub steps: Vec<Step>,
}

/// One step ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The median.
    pub median: f64,
    /// Lower and upper bound, in the order of the levels asked for.
    pub bounds: Vec<(f64, f64)>,
}

/// Forecasts under way: a few series a step, so that the caller can show progress and stop.
///
/// ```
/// # use landfall::forecast::{ForecastAsk, Forecaster, Forecasting};
/// # use landfall::table::TimeSeries;
/// let values = (0..48).map(|t| Some(100.0 + f64::from(t % 12))).collect();
/// let series = [TimeSeries { id: "A".into(), values }];
/// let forecaster = Forecaster::Ensemble;
/// let ask = ForecastAsk { horizon: 12, season: 12, levels: vec![80], forecaster };
/// let mut work = Forecasting::plan(&series, ask);
/// while work.step() {}
/// let answer = work.finish();
/// let (low, high) = answer[0].steps[0].bounds[0];
/// assert!(low <= answer[0].steps[0].median && answer[0].steps[0].median <= high);
/// ```
pub struct Forecasting<'a> {
    series: &'a [TimeSeries],
    ask: ForecastAsk,
    done: Vec<Option<Fitted>>,
}

/// One series as it was carried on, now and from the origins of its past.
struct Fitted {
    medians: Vec<f64>,
    positive: bool,
    past: Past,
}

/// Series a step.
const BATCH: usize = 32;

impl<'a> Forecasting<'a> {
    /// Plans a forecast of each series.
    pub fn plan(series: &'a [TimeSeries], ask: ForecastAsk) -> Self {
        Self { series, ask, done: Vec::with_capacity(series.len()) }
    }

    /// Series done, and in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.len(), self.series.len())
    }

    /// Carries on a few more series; `false` when all are done.
    pub fn step(&mut self) -> bool {
        let left = &self.series[self.done.len()..];
        let batch = &left[..left.len().min(BATCH)];
        let ask = &self.ask;
        self.done.extend(par::map(batch, |series| fit(&series.values, ask)));
        left.len() > BATCH
    }

    /// The forecasts of the series done so far, with intervals learned from all of them together.
    ///
    /// An interval's half width is a quantile of past errors at that step, pooled over series and origins and
    /// relative to each series' mean change over a season, times the series' own multiplier. The bound of a
    /// series of positive values is not below 0.
    pub fn finish(self) -> Vec<SeriesForecast> {
        let pasts: Vec<&Past> = self.done.iter().flatten().map(|f| &f.past).collect();
        let widths = Widths::learn(&pasts, self.ask.horizon, &self.ask.levels);
        let answer = |(series, fitted): (&TimeSeries, &Option<Fitted>)| {
            let steps = fitted.as_ref().map_or_else(Vec::new, |fitted| {
                let unit = fitted.past.scale * widths.multiplier(&fitted.past);
                let floor = if fitted.positive { 0.0 } else { f64::NEG_INFINITY };
                let step = |(h, median): (usize, &f64)| {
                    let bound = |level: &Vec<f64>| {
                        let half = level[h] * unit;
                        ((median - half).max(floor).min(*median), median + half)
                    };
                    Step { median: *median, bounds: widths.by_level.iter().map(bound).collect() }
                };
                fitted.medians.iter().enumerate().map(step).collect()
            });
            SeriesForecast { id: series.id.clone(), steps }
        };
        self.series.iter().zip(&self.done).map(answer).collect()
    }
}

/// Carries one series on; `None` for fewer than three values, or where none of the members has an answer.
fn fit(values: &[Option<f64>], ask: &ForecastAsk) -> Option<Fitted> {
    let first = values.iter().position(Option::is_some)?;
    let last = values.iter().rposition(Option::is_some)?;
    let known = values[first..=last].iter().flatten().count();
    if known < 3 {
        return None;
    }
    // The season's phase stays, since only what follows the series matters; a gap is bridged by its season.
    let series = bridge(&values[first..=last], ask.season);
    let ahead = ask.horizon + values.len() - 1 - last;
    let medians = ask.forecaster.forecast(&series, ask.season, ahead)?.split_off(ahead - ask.horizon);
    let past = Past::of(&series, ask);
    Some(Fitted { medians, positive: series.iter().all(|y| *y > 0.0), past })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num;
    use proptest::prelude::*;

    fn answer(values: Vec<Vec<Option<f64>>>, ask: &ForecastAsk) -> Vec<SeriesForecast> {
        let series: Vec<TimeSeries> = values
            .into_iter()
            .enumerate()
            .map(|(i, values)| TimeSeries { id: i.to_string(), values })
            .collect();
        let mut work = Forecasting::plan(&series, ask.clone());
        while work.step() {}
        assert_eq!(work.progress(), (series.len(), series.len()));
        work.finish()
    }

    /// A seasonal series with noise from a linear congruential generator.
    fn noisy(seed: u64, n: usize, noise: f64) -> Vec<Option<f64>> {
        let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let season: Vec<f64> = (0..12).map(|_| uniform()).collect();
        (0..n)
            .map(|t| Some(1000.0 * num::exp(0.3 * season[t % 12] + noise * (uniform() + uniform() - 1.0))))
            .collect()
    }

    #[test]
    fn a_series_that_explodes_does_not_widen_the_others() {
        let ask = ForecastAsk { horizon: 12, season: 12, levels: vec![80], forecaster: Forecaster::Ensemble };
        let exploding: Vec<Option<f64>> = (0..72).map(|t| Some(num::exp(0.25 * f64::from(t)))).collect();
        let usual = noisy(4, 72, 0.1);
        let width = |all: Vec<Vec<Option<f64>>>| {
            let step = answer(all, &ask)[0].steps[11].clone();
            (step.bounds[0].1 - step.bounds[0].0) / step.median
        };
        let (alone, beside) = (width(vec![usual.clone()]), width(vec![usual, exploding]));
        assert!(beside < 2.0 * alone, "{beside} {alone}");
    }

    #[test]
    fn intervals_cover_what_they_say() {
        let ask =
            ForecastAsk { horizon: 12, season: 12, levels: vec![80, 95], forecaster: Forecaster::Ensemble };
        let whole: Vec<_> = (0..120).map(|i| noisy(i, 96, 0.02 + 0.002 * i as f64)).collect();
        let seen: Vec<_> = whole.iter().map(|s| s[..84].to_vec()).collect();
        let mut inside = [0.0; 2];
        for (forecast, actual) in answer(seen, &ask).iter().zip(&whole) {
            for (step, y) in forecast.steps.iter().zip(&actual[84..]) {
                for (count, (low, high)) in inside.iter_mut().zip(&step.bounds) {
                    *count += f64::from(u8::from((*low..=*high).contains(&y.unwrap()))) / 1440.0;
                }
            }
        }
        assert!((0.75..0.86).contains(&inside[0]) && (0.92..0.98).contains(&inside[1]), "{inside:?}");
    }

    #[test]
    fn odd_series_leave_the_others_alone() {
        let ask =
            ForecastAsk { horizon: 18, season: 12, levels: vec![80, 95], forecaster: Forecaster::Ensemble };
        let mut gap = noisy(1, 60, 0.1);
        gap[30..34].fill(None);
        gap[59] = None;
        let mut spike = noisy(2, 60, 0.1);
        spike[40] = Some(1e12);
        let odd = vec![
            noisy(0, 60, 0.1),
            vec![],
            vec![Some(3.0), Some(4.0)],
            vec![None; 5],
            vec![Some(0.0); 40],
            vec![Some(7.0); 40],
            gap,
            spike,
            vec![Some(1e200), Some(-1e200), Some(1e308), Some(1.0), Some(1e308)],
        ];
        let got = answer(odd, &ask);
        let lengths: Vec<usize> = got.iter().map(|f| f.steps.len()).collect();
        assert_eq!(lengths[..8], [18, 0, 0, 0, 18, 18, 18, 18]);
        assert!(got[4].steps.iter().all(|s| s.median == 0.0 && s.bounds[1] == (0.0, 0.0)), "{:?}", got[4]);
        assert!(got[5].steps.iter().all(|s| (s.median - 7.0).abs() < 1e-9));
        assert!(got[6].steps[0].median > 500.0 && got[6].steps[0].median < 2000.0);
        let alone = answer(vec![noisy(0, 60, 0.1)], &ask);
        let medians = |f: &SeriesForecast| f.steps.iter().map(|s| s.median).collect::<Vec<_>>();
        assert_eq!(medians(&alone[0]), medians(&got[0]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_series_is_answered_in_finite_numbers_or_not_at_all(
            values in prop::collection::vec(prop::option::weighted(0.9, prop_oneof![
                Just(0.0), -10.0..10.0_f64, 0.0..1e6_f64, Just(1e300), Just(-1e300), Just(1e-300)]), 0..80),
            season in 1..14_usize,
        ) {
            let ask = ForecastAsk { horizon: 20, season, levels: vec![50, 95], forecaster: Forecaster::Ensemble };
            for step in &answer(vec![values], &ask)[0].steps {
                prop_assert!(step.median.is_finite());
                for (low, high) in &step.bounds {
                    prop_assert!(*low <= step.median && step.median <= *high, "{step:?}");
                }
            }
        }
    }
}
