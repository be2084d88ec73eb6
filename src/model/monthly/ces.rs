//! Complex exponential smoothing without a season.

use crate::model::monthly::nelder_mead::{Within, minimise};
use crate::num;

/// The smoothing parameter a₀ + i·a₁ of a complex exponential smoothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ces {
    /// Real part, 0.01 to 1.8.
    pub real: f64,
    /// Imaginary part, 0.01 to 1.9.
    pub imaginary: f64,
}

const REAL: Within = Within(0.01, 1.8);
const IMAGINARY: Within = Within(0.01, 1.9);
const EVALUATIONS: usize = 36;

/// Forecasts a series without a season: `ahead` values after the last one; `None` for fewer than four values
/// or where the arithmetic leaves the finite numbers.
///
/// The model sees the level and, as an imaginary part, the information potential; it needs no choice between
/// trend and no trend. Its parameter is the one with the least squared error one to `steps` steps ahead. First
/// states come from a pass forward and one backward. Source: Svetunkov, Kourentzes &
/// Ord (2022), "Complex exponential smoothing", equations 14–16 (state space form).
///
/// ```
/// let ahead = landfall::model::monthly::ces(&[5.0, 6.0, 5.5, 6.5, 7.0, 6.8, 7.4, 7.9], 3, 1).unwrap();
/// assert!(ahead.iter().all(|y| (6.0..10.0).contains(y)));
/// ```
pub fn ces(series: &[f64], ahead: usize, steps: usize) -> Option<Vec<f64>> {
    Ces::fit(series, steps)?.forecast(series, ahead)
}

impl Ces {
    /// The parameter with the least squared error one to `steps` steps ahead.
    pub fn fit(series: &[f64], steps: usize) -> Option<Self> {
        if series.len() < 4 || !series.iter().all(|y| y.is_finite()) {
            return None;
        }
        let at = |[a, b]: [f64; 2]| Self { real: REAL.of(a), imaginary: IMAGINARY.of(b) };
        let start = [REAL.free(1.3), IMAGINARY.free(1.0)];
        let (best, least) = minimise(start, [0.5, 0.5], EVALUATIONS, |free| at(free).run(series, steps).1);
        least.is_finite().then(|| at(best))
    }

    /// `ahead` values after the series.
    pub fn forecast(&self, series: &[f64], ahead: usize) -> Option<Vec<f64>> {
        if series.is_empty() {
            return None;
        }
        self.carry_on(self.run(series, 0).0, ahead)
    }

    /// `ahead` values after a state.
    fn carry_on(&self, state: (f64, f64), ahead: usize) -> Option<Vec<f64>> {
        let states = std::iter::successors(Some(state), |state| Some(self.coast(*state)));
        states.take(ahead).map(|(level, _)| num::finite(level)).collect()
    }

    /// Level and potential after one more value `y`.
    ///
    /// The published step adds (a₀ − a₁)·e to the level and (a₀ + a₁)·e to the potential, where e is how far `y`
    /// lies over the level. It is multiplied out here, so that few operations wait for each other.
    fn step(&self, (level, potential): (f64, f64), y: f64) -> (f64, f64) {
        let (minus, plus) = (self.real - self.imaginary, self.real + self.imaginary);
        (
            (1.0 - minus) * level + (minus * y - (1.0 - self.imaginary) * potential),
            (1.0 - plus) * level + (plus * y + (1.0 - self.real) * potential),
        )
    }

    /// Level and potential after a value that lay on the level.
    fn coast(&self, (level, potential): (f64, f64)) -> (f64, f64) {
        (level - (1.0 - self.imaginary) * potential, level + (1.0 - self.real) * potential)
    }

    /// Forward, backward and forward again: the last state, and the squared errors of the last pass one to
    /// `steps` steps ahead.
    fn run(&self, series: &[f64], steps: usize) -> ((f64, f64), f64) {
        let first = &series[..series.len().min(10)];
        let level = first.iter().sum::<f64>() / first.len() as f64;
        let state = series.iter().fold((level, level / 1.1), |state, y| self.step(state, *y));
        let state = series.iter().rev().fold(state, |state, y| self.step(state, *y));
        self.pass(state, series, steps)
    }

    /// Forward from a given state.
    fn pass(&self, mut state: (f64, f64), series: &[f64], steps: usize) -> ((f64, f64), f64) {
        let mut squares = 0.0;
        for t in 0..series.len() {
            let mut expected = state;
            for y in series[t..].iter().take(steps) {
                squares += (y - expected.0) * (y - expected.0);
                expected = self.coast(expected);
            }
            state = self.step(state, series[t]);
        }
        (state, squares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RISING: [f64; 20] = [
        3.1, 4.0, 3.7, 5.2, 5.9, 5.1, 7.4, 6.8, 8.3, 8.0, 9.6, 9.1, 10.9, 10.2, 12.4, 11.7, 12.2, 13.9, 13.1,
        15.2,
    ];
    const NOISY: [f64; 20] =
        [5.2, 4.1, 5.0, 6.3, 5.5, 6.9, 6.2, 5.1, 6.6, 7.8, 7.1, 6.0, 7.5, 8.1, 7.2, 8.8, 7.9, 7.0, 8.4, 9.1];

    /// statsforecast 2.1.1, AutoCES(season_length=1, model="N"): its parameter, and its forecasts. It starts the
    /// pass backward a step later, which shows only where first states fade slowly: hence the two tolerances.
    #[test]
    fn forecasts_of_a_given_parameter_are_those_of_statsforecast() {
        let of = |real, imaginary| Ces { real, imaginary };
        for (series, theirs, want, tolerance) in [
            (
                &RISING,
                of(1.577_145_443_125_628_4, 1.108_542_331_540_955_7),
                [15.58511082, 16.97868071, 17.86603246, 19.19680704],
                1e-9,
            ),
            (
                &NOISY,
                of(1.302_950_904_667_377_4, 1.027_204_793_691_634),
                [8.711162924, 8.925322094, 9.09742777, 9.288099745],
                1e-5,
            ),
        ] {
            let got = theirs.forecast(series, 4).unwrap();
            for (g, w) in got.iter().zip(want) {
                assert!((g / w - 1.0).abs() < tolerance, "{got:?}");
            }
            let ours = Ces::fit(series, 1).unwrap();
            assert!(ours.run(series, 1).1 <= 1.0001 * theirs.run(series, 1).1, "{ours:?}");
        }
    }

    /// The same, AutoCES(…).model_: the first states of its last pass, its squared error, its last states and forecasts.
    #[test]
    fn a_pass_from_given_first_states_is_that_of_statsforecast() {
        let cases = [
            (
                &RISING,
                Ces { real: 1.577_145_443_125_628_4, imaginary: 1.108_542_331_540_955_7 },
                (4.046250166044964, 4.580311663145025),
                11.936142629347394,
                (15.585110817745802, 12.838953035125321),
                [15.585110817745802, 16.978680714723133, 17.866032464487915, 19.19680703692713],
            ),
            (
                &NOISY,
                Ces { real: 1.302_950_904_667_377_4, imaginary: 1.027_204_793_691_634 },
                (5.739660309087632, 4.342476357751623),
                15.734027129148275,
                (8.711162923988441, 7.8721115092097165),
                [8.711162923988441, 8.925322093514028, 9.097427769524753, 9.288099745464345],
            ),
        ];
        for (series, ces, first, error, last, want) in cases {
            let (state, squares) = ces.pass(first, series, 1);
            let got = [[state.0, state.1, squares].to_vec(), ces.carry_on(state, 4).unwrap()].concat();
            for (g, w) in got.iter().zip([last.0, last.1, error].iter().chain(&want)) {
                assert!((g / w - 1.0).abs() < 1e-12, "{got:?}");
            }
        }
    }

    #[test]
    fn short_and_odd_series() {
        assert_eq!(ces(&[1.0, 2.0, 3.0], 2, 1), None);
        assert_eq!(ces(&[1.0, f64::INFINITY, 2.0, 3.0], 2, 1), None);
        assert_eq!(ces(&[1e300, -1e300, 1e300, 1e300], 2, 3), None);
        for y in ces(&[7.0; 30], 3, 3).unwrap() {
            assert!((y - 7.0).abs() < 0.05, "{y}");
        }
    }
}
