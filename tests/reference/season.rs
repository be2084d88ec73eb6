//! Seasonal indices, against statsmodels and numpy.

use crate::{PASSENGERS, within};
use landfall::model::monthly::{Adjusted, Scale, SeasonRule};

/// The indices that were taken out: what is left of a series on its scale against what it was.
fn indices(series: &[f64], season: usize, rule: SeasonRule) -> Vec<f64> {
    let level = Adjusted::new(series, season, rule).level;
    let off = |(y, left): (&f64, &f64)| match rule.scale {
        Scale::Log => y.ln() - left,
        Scale::Root => y.sqrt() - left,
        Scale::Ratio => y / left,
        Scale::Raw => y - left,
    };
    series.iter().zip(&level).map(off).take(season).collect()
}

#[test]
fn classical_indices_agree_with_statsmodels() {
    // seasonal_decompose(log y, "additive", period=12), (y, "multiplicative") and (sqrt y, "additive"), .seasonal[:12].
    let additive = [
        -0.0882641295064713,
        -0.08092560310289704,
        0.06045900591959909,
        0.002717227211215403,
        -0.009855230628470345,
        0.09202559480883116,
        0.16779686678613825,
        0.17506098902182754,
        0.06227809623522239,
        -0.07511382408047365,
        -0.2166300364992455,
        -0.08954895616527606,
    ];
    let multiplicative = [
        0.9095594506413255,
        0.9157284334155406,
        1.0520170448442492,
        0.9933712864872176,
        0.983027639453094,
        1.089230449816782,
        1.176875732533283,
        1.1862731001186277,
        1.0594287506112727,
        0.9231226154884445,
        0.801712134022289,
        0.9096533625678739,
    ];
    let roots = [
        -0.5952451943923066,
        -0.5849111506741018,
        0.3769574414582244,
        -0.008073225260942986,
        -0.07365709736641188,
        0.6363730183029076,
        1.1210000996474214,
        1.1934190618671114,
        0.39539003638649245,
        -0.4940596240203071,
        -1.3659468215416593,
        -0.6012465444064276,
    ];
    for (scale, want) in [(Scale::Log, additive), (Scale::Ratio, multiplicative), (Scale::Root, roots)] {
        // Without the test for a season, which the trend of the logs confounds.
        let rule = SeasonRule { tested: false, ..SeasonRule::classical(scale) };
        within(&indices(&PASSENGERS, 12, rule), &want, 1e-12);
    }
}

#[test]
fn decayed_and_shrunk_indices_agree_with_numpy() {
    // Written anew in numpy: deviations from the moving average by numpy.convolve, averaged by numpy.average with
    // weight 0.8 a season back, centred, shrunk by 1 − (m − 3) ÷ (m − 1) · noise ÷ variance.
    within(
        &indices(&PASSENGERS, 12, SeasonRule::decayed(Scale::Log)),
        &[
            -0.08628804874133167,
            -0.09561130541212029,
            0.055395611843001034,
            0.0036955421909314837,
            -0.0028318746087603115,
            0.09525718338888824,
            0.16440242063246385,
            0.17722356676100037,
            0.05909489590023283,
            -0.07058126903220338,
            -0.21004093959807352,
            -0.08971578332402863,
        ],
        1e-12,
    );
    let ratio = [
        -0.0887575977188752,
        -0.097295117579624,
        0.04691720901632688,
        -0.005450157801542573,
        -0.010325163920747884,
        0.09277134532191746,
        0.1732463586675839,
        0.1892000584581602,
        0.05604637355666004,
        -0.07275870398918177,
        -0.19301969513825878,
        -0.09057490887241763,
    ];
    within(&indices(&PASSENGERS, 12, SeasonRule::decayed(Scale::Ratio)), &ratio.map(|x| 1.0 + x), 1e-12);
    // A season of eleven, as under cn11, in much noise.
    let shape = [8.0, -3.0, 5.0, -9.0, 0.0, 2.0, -6.0, 3.0, 1.0, -4.0, 6.0];
    let noise = |i: usize| ((31 * i * i + 17 * i) % 53) as f64 / 53.0;
    let noisy: Vec<f64> = (0..66).map(|i| 100.0 + 2.0 * i as f64 + shape[i % 11] + 60.0 * noise(i)).collect();
    within(
        &indices(&noisy, 11, SeasonRule::decayed(Scale::Raw)),
        &[
            10.701217549908609,
            -3.561172261252765,
            7.581409800870466,
            -12.478897360950736,
            5.327017658086893,
            4.7817743958728425,
            -5.455887320187335,
            7.709870424551103,
            -9.041356916032257,
            -15.143869663699256,
            9.579893692832432,
        ],
        1e-11,
    );
    let ratio = [
        0.03099992625286097,
        -0.01658119126066512,
        0.026079262157118237,
        -0.048023332535930385,
        0.023857336091631903,
        0.014549849351324,
        -0.0027993309302704423,
        0.03782332524198376,
        -0.051869652027849975,
        -0.06245142240213012,
        0.04841523006192724,
    ];
    within(&indices(&noisy, 11, SeasonRule::level(Scale::Ratio)), &ratio.map(|x| 1.0 + x), 1e-12);
}
