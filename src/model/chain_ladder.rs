//! The chain ladder on amounts, with Mack's standard error.

/// What a chain ladder says of each row of a triangle and of all rows together.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainLadder {
    /// How many times the amount of a column the next one is: one entry a step between columns.
    pub factors: Vec<f64>,
    /// Mack's σ², the variance of a factor times the amount it starts from, in the unit of the amounts: one entry
    /// a step between columns.
    pub variances: Vec<f64>,
    /// One entry a row, in the order given.
    pub rows: Vec<Ultimate>,
    /// What is still to come, summed over the rows.
    pub rest: f64,
    /// The standard error of that sum. More than the rows' own errors together in quadrature, since the rows share
    /// the estimated factors.
    pub standard_error: f64,
}

/// Where a row ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ultimate {
    /// The amount in the last column: known, or forecast.
    pub amount: f64,
    /// What is still to come: the amount less what is known; 0 for a whole row.
    pub rest: f64,
    /// The root of the mean squared error of the amount, the uncertainty of the factors included; 0 for a whole row.
    pub standard_error: f64,
}

/// Completes the rows of cumulative amounts (a row a year, a column a period of it, say) by chain ladder.
///
/// `rows` are cumulative amounts above 0 in one unit, each from the first column on and as far as it is known; the
/// longest gives the number of columns. A factor is the sum of a column over the sum of the column before, over the
/// rows that have both. A step between columns that a single row has seen takes its variance from the two steps
/// before it, as Mack extrapolates the last one. `None` for no rows, for an empty row or one with an amount that
/// is not finite or not above 0, and where no variance can be had: a first step that a single row has seen.
///
/// This is what an actuary would quote, free of any distribution. [`Share`](crate::model::Share), which the outlook
/// uses, works on logs and shrinks towards the other regions instead; its width comes from the blend's past errors.
/// Source: Mack (1993), "Distribution-free calculation of the standard error of chain ladder reserve estimates",
/// ASTIN Bulletin 23, theorem 3 and its corollary.
///
/// ```
/// use landfall::model::chain_ladder;
/// // Cumulative through June, September and December; the last year through June only.
/// let years = vec![vec![40.0, 70.0, 100.0], vec![50.0, 90.0, 130.0], vec![44.0, 75.0, 105.0], vec![48.0]];
/// let said = chain_ladder(&years).unwrap();
/// let year = said.rows[3];
/// assert!((year.amount - 48.0 * 235.0 / 134.0 * 335.0 / 235.0).abs() < 1e-9);
/// assert!((year.standard_error - 4.3417473).abs() < 1e-6);
/// assert_eq!(said.rows[0].standard_error, 0.0);
/// // One whole year says nothing of how much years differ.
/// assert_eq!(chain_ladder(&[vec![40.0, 100.0], vec![50.0]]), None);
/// ```
pub fn chain_ladder(rows: &[Vec<f64>]) -> Option<ChainLadder> {
    let sound = |row: &Vec<f64>| !row.is_empty() && row.iter().all(|c| c.is_finite() && *c > 0.0);
    if !rows.iter().all(sound) {
        return None;
    }
    let columns = rows.iter().map(Vec::len).max()?;
    let (mut factors, mut variances, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    for k in 1..columns {
        let seen: Vec<(f64, f64)> = rows.iter().filter(|r| r.len() > k).map(|r| (r[k - 1], r[k])).collect();
        let before: f64 = seen.iter().map(|(from, _)| from).sum();
        let factor = seen.iter().map(|(_, to)| to).sum::<f64>() / before;
        variances.push(if seen.len() > 1 {
            let squares = seen.iter().map(|(from, to)| from * (to / from - factor) * (to / from - factor));
            squares.sum::<f64>() / (seen.len() - 1) as f64
        } else {
            extrapolated(&variances)?
        });
        factors.push(factor);
        sums.push(before);
    }
    // What each step adds to the squared relative error, besides the row's own part: the error of the factor.
    let of_factor: Vec<f64> =
        (0..factors.len()).map(|k| variances[k] / (factors[k] * factors[k]) / sums[k]).collect();
    // The same from a column to the last.
    let mut from_column = vec![0.0; columns];
    for k in (0..factors.len()).rev() {
        from_column[k] = from_column[k + 1] + of_factor[k];
    }
    let complete = |row: &Vec<f64>| {
        let known = row[row.len() - 1];
        let (mut amount, mut own) = (known, 0.0);
        for k in row.len() - 1..factors.len() {
            own += variances[k] / (factors[k] * factors[k]) / amount;
            amount *= factors[k];
        }
        let standard_error = amount * (own + from_column[row.len() - 1]).sqrt();
        Ultimate { amount, rest: amount - known, standard_error }
    };
    let ends: Vec<Ultimate> = rows.iter().map(complete).collect();
    let mut squares: f64 = ends.iter().map(|e| e.standard_error * e.standard_error).sum();
    // Two rows share the errors of the factors that both still need.
    for (i, (row, end)) in rows.iter().zip(&ends).enumerate() {
        for (other, beside) in rows.iter().zip(&ends).skip(i + 1) {
            squares += 2.0 * end.amount * beside.amount * from_column[row.len().max(other.len()) - 1];
        }
    }
    let rest = ends.iter().map(|e| e.rest).sum();
    let answer = ChainLadder { factors, variances, rows: ends, rest, standard_error: squares.sqrt() };
    answer.standard_error.is_finite().then_some(answer)
}

/// Mack's guess of a variance from the two before it: they go on shrinking as they did, and never grow.
fn extrapolated(before: &[f64]) -> Option<f64> {
    let (last, earlier) = before.split_last()?;
    let Some(one_before) = earlier.last() else { return Some(*last) };
    let shrinking = if *one_before > 0.0 { last * last / one_before } else { 0.0 };
    Some(shrinking.min(*one_before).min(*last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_triangles() {
        assert_eq!(chain_ladder(&[]), None);
        assert_eq!(chain_ladder(&[vec![]]), None);
        assert_eq!(chain_ladder(&[vec![1.0, 0.0], vec![1.0]]), None);
        assert_eq!(chain_ladder(&[vec![1.0, f64::NAN]]), None);
        // Whole rows have nothing to come; the first step has no variance where one row alone has seen it.
        let whole = chain_ladder(&[vec![1.0, 2.0], vec![2.0, 5.0]]).unwrap();
        assert_eq!((whole.rest, whole.standard_error), (0.0, 0.0));
        assert_eq!(chain_ladder(&[vec![3.0]]).map(|c| c.rows[0].amount), Some(3.0));
        // Rows that grow alike leave no error.
        let alike = chain_ladder(&[vec![1.0, 2.0, 3.0], vec![2.0, 4.0, 6.0], vec![3.0]]).unwrap();
        assert_eq!((alike.rows[2].amount, alike.standard_error), (9.0, 0.0));
        assert_eq!(chain_ladder(&[vec![1e-300, 1e300], vec![1.0, 2.0], vec![1e300]]), None);
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let rows = [vec![40.0, 70.0, 100.0], vec![50.0, 90.0, 130.0], vec![44.0, 75.0], vec![48.0]];
        let mut turned = rows.to_vec();
        turned.reverse();
        let (a, b) = (chain_ladder(&rows).unwrap(), chain_ladder(&turned).unwrap());
        assert!((a.standard_error / b.standard_error - 1.0).abs() < 1e-12);
        assert!((a.rows[2].standard_error / b.rows[1].standard_error - 1.0).abs() < 1e-12);
    }
}
