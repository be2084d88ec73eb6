//! A table of a bulletin: columns with what their numbers are, cells as numbers with the text that shows them.

use super::BulletinParts;
use crate::chart::house;
use crate::chart::theme::Theme;
use crate::error::Lang;
use crate::target::Light;
use crate::unit::{exact, fixed, signed};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Not known, or not said of this row.
    None,
    /// Words.
    Text(String),
    /// The name of a row: how far inside another it is, and whether it is the whole.
    Name { text: String, depth: u8, whole: bool },
    /// An amount in the bulletin's money.
    Amount(f64),
    /// A ratio, shown in percent.
    Percent(f64),
    /// Two ratios, shown in percent.
    Range(f64, f64),
    /// A difference in points, always signed.
    Points(f64),
    /// A number of whatever measure, unrounded.
    Exact(f64),
    /// How many, or which.
    Count(u32),
    /// Ranks gained or lost.
    Shift(i32),
    /// A chance as it is shown; whether nothing is open any more.
    Chance(f64, bool),
    /// A light; once nothing is open any more, whether the target was met.
    Light(Light, Option<bool>),
}

impl Cell {
    pub(super) fn of<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::None, cell)
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Some(text.into()).filter(|t| !t.is_empty()).map_or(Self::None, Self::Text)
    }

    /// As a person reads it.
    pub(super) fn shown(&self, decimals: u8, lang: Lang) -> String {
        let percent = |x: f64| fixed(x * 100.0, 1);
        match self {
            Self::None => "–".into(),
            Self::Text(text) => text.clone(),
            Self::Name { text, .. } => text.clone(),
            Self::Amount(x) => fixed(*x, usize::from(decimals)),
            Self::Exact(x) => exact(*x),
            Self::Percent(x) => percent(*x),
            Self::Range(low, high) => {
                let (low, high) = (percent(*low), percent(*high));
                // With a minus sign in it a dash would be misread.
                let minus = low.starts_with('−') || high.starts_with('−');
                let to = if minus { lang.pick(" to ", "至") } else { "–" };
                format!("{low}{to}{high}")
            }
            Self::Points(x) => signed(*x, 1),
            Self::Count(n) => fixed(f64::from(*n), 0),
            Self::Shift(0) => "–".into(),
            Self::Shift(n) if *n > 0 => format!("↑{n}"),
            Self::Shift(n) => format!("↓{}", n.unsigned_abs()),
            Self::Chance(p, settled) => chance(*p, *settled),
            Self::Light(light, met) => format!("{} {}", shape(*light), light.told(*met, lang)),
        }
    }
}

/// A chance as it is shown, never 0 or 100 while anything is open.
pub(super) fn chance(shown: f64, settled: bool) -> String {
    match ((shown * 100.0).round() as i64, settled) {
        (0, false) => "<5%".into(),
        (100, false) => ">95%".into(),
        (p, _) => format!("{p}%"),
    }
}

/// The shape that tells a light without its colour.
pub(super) fn shape(light: Light) -> &'static str {
    match light {
        Light::Green => "●",
        Light::Yellow => "▲",
        Light::Red => "◆",
    }
}

/// The colour of a light as text, as hex without `#`: the house's, else the product's, which is safe for the colour-blind.
pub(super) fn colour(light: Light, parts: &BulletinParts) -> String {
    let t = house::tokens(parts.house.as_ref(), Theme::Light, false);
    match light {
        Light::Green => t.ok,
        Light::Yellow => t.watch,
        Light::Red => t.risk,
    }
    .digits()
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// What it says; a unit after a line break.
    pub(super) head: String,
    /// Whether it stands at the left, as words do; numbers stand at the right.
    pub(super) words: bool,
    /// Its share of the width, 1 for a short number.
    pub(super) width: f64,
    /// Whether its numbers add up over rows that have nothing in common.
    pub(super) adds: bool,
}

impl Column {
    /// The same, whose numbers add up.
    pub(super) fn adding(self) -> Self {
        Self { adds: true, ..self }
    }
}

/// Columns, each with the cell that it takes of a row.
pub(super) type Columns<'a, R> = Vec<(Column, Box<dyn Fn(&R) -> Cell + 'a>)>;

/// Which rows of a table add up, and to what: a workbook writes it as a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    /// The row that is their sum; `None` for one of its own under the table.
    pub(super) row: Option<usize>,
    /// What that row is called.
    pub(super) name: String,
    /// The rows that add up.
    pub(super) of: Vec<usize>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// A name of its own among the tables of a bulletin, for a sheet or a placeholder: `league-fai`.
    pub(super) id: String,
    /// Title.
    pub(super) title: String,
    /// Columns.
    pub(super) columns: Vec<Column>,
    /// Rows, as long as `columns`.
    pub(super) rows: Vec<Vec<Cell>>,
    /// How it is to be read; may be empty.
    pub(super) note: String,
    /// Which rows add up in the columns that do.
    pub(super) sum: Option<Sum>,
}

impl Grid {
    /// A table from its columns, each with the cell that it takes of a row. A column of which nothing is known in any row is
    /// left out.
    pub(super) fn new<R>(id: &str, title: &str, rows: &[R], columns: Columns<'_, R>) -> Self {
        let told = |cell: &dyn Fn(&R) -> Cell| rows.iter().any(|row| cell(row) != Cell::None);
        let columns: Vec<_> = columns.into_iter().filter(|(_, cell)| told(cell)).collect();
        Self {
            id: id.into(),
            title: title.into(),
            rows: rows.iter().map(|row| columns.iter().map(|(_, cell)| cell(row)).collect()).collect(),
            columns: columns.into_iter().map(|(column, _)| column).collect(),
            note: String::new(),
            sum: None,
        }
    }

    pub(super) fn noted(mut self, note: &str) -> Self {
        note.clone_into(&mut self.note);
        self
    }

    pub(super) fn summed(mut self, row: Option<usize>, name: String, of: Vec<usize>) -> Self {
        self.sum = (of.len() > 1).then_some(Sum { row, name, of });
        self
    }
}

/// A column of numbers.
pub(super) fn numbers(head: impl Into<String>, width: f64) -> Column {
    Column { head: head.into(), words: false, width, adds: false }
}

/// A column of words.
pub(super) fn words(head: impl Into<String>, width: f64) -> Column {
    Column { head: head.into(), words: true, width, adds: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_what_people_write() {
        let shown = |cell: Cell| cell.shown(1, Lang::Zh);
        assert_eq!(shown(Cell::Range(-0.02, 0.031)), "−2.0至3.1");
        assert_eq!(shown(Cell::Range(0.02, 0.031)), "2.0–3.1");
        assert_eq!(shown(Cell::Chance(0.0, false)), "<5%");
        assert_eq!(shown(Cell::Chance(1.0, false)), ">95%");
        assert_eq!(shown(Cell::Chance(1.0, true)), "100%");
        assert_eq!(shown(Cell::Shift(-2)), "↓2");
        assert_eq!(shown(Cell::Light(Light::Red, None)), "◆ 风险");
        assert_eq!(shown(Cell::Light(Light::Red, Some(false))), "◆ 未达到");
        assert_eq!(shown(Cell::Points(0.04)), "0.0");
    }

    #[test]
    fn a_column_of_nothing_is_left_out() {
        let rows = [Some(1.0), None];
        let grid = Grid::new(
            "t",
            "T",
            &rows,
            vec![
                (numbers("a", 1.0), Box::new(|x: &Option<f64>| Cell::of(*x, Cell::Amount))),
                (numbers("b", 1.0), Box::new(|_: &Option<f64>| Cell::None)),
            ],
        );
        assert_eq!(grid.columns.len(), 1);
        assert_eq!(grid.rows, [[Cell::Amount(1.0)], [Cell::None]]);
    }
}
