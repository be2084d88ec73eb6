//! Rows of months on an even grid, and lower triangles.

pub(super) fn add(sum: &mut Vec<f64>, part: &[f64]) {
    if sum.is_empty() {
        sum.extend_from_slice(part);
    } else {
        sum.iter_mut().zip(part).for_each(|(sum, x)| *sum += x);
    }
}

/// Rows and columns of a lower triangle, row by row.
pub(super) fn triangle(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(|i| (0..=i).map(move |j| (i, j)))
}

pub(super) fn for_triangle(cells: &mut [f64], value: impl Fn(usize, usize) -> f64) {
    let (mut i, mut j) = (0, 0);
    for cell in cells {
        *cell += value(i, j);
        if j == i {
            (i, j) = (i + 1, 0);
        } else {
            j += 1;
        }
    }
}

/// Adds `factor` × the row at a broken row number, interpolated; beyond the last row there is nothing.
pub(super) fn add_row(sum: &mut [f64], rows: &[f64], at: f64, factor: f64) {
    let n = sum.len();
    let low = at.floor();
    let part = at - low;
    for (row, weight) in [(low as usize, 1.0 - part), (low as usize + 1, part)] {
        if let Some(cells) = rows.get(row * n..(row + 1) * n)
            && weight > 0.0
        {
            sum.iter_mut().zip(cells).for_each(|(sum, x)| *sum += factor * weight * x);
        }
    }
}

/// What each row is on average when a slip carries it on to later ones.
pub(super) fn convolve(rows: &[f64], weights: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; rows.len()];
    // Rows from the last one that is not empty on add nothing.
    let filled = rows.iter().rposition(|x| *x != 0.0).map_or(0, |at| at / n.max(1) + 1);
    for (from, cells) in out.chunks_mut(n.max(1)).enumerate().take(filled) {
        for (weight, row) in weights.iter().zip(rows[from * n..filled * n].chunks(n.max(1))) {
            cells.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * x);
        }
    }
    out
}
