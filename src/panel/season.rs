//! The seasonal line: how much of a year is usually done by a month.

use crate::panel::Panel;
use crate::stats;

/// Past years that the line is the median of, as far as they are whole.
const YEARS: usize = 5;

impl Panel {
    /// The median, over up to five past years, of the share of the year done by the end of `month`; years
    /// with a false or missing month are left out, and ten years back is the farthest. `None` where no year
    /// is left.
    ///
    /// The share is of the published levels, since published levels are what is held against the line. The
    /// chained index ([`Panel::index`]) would not do: growth that is mostly lower in December than before
    /// bends its season a little more every year.
    pub fn seasonal_share(&self, region: usize, year: i32, month: u8) -> Option<f64> {
        let whole = |y: &i32| self.calendar().months().all(|m| self.flow(region, *y, m).is_some());
        let shares = (year - 10..year).rev().filter(whole).take(YEARS).filter_map(|y| {
            let total = self.ytd(region, y, 12).filter(|t| *t > 0.0)?;
            Some(self.ytd(region, y, month)? / total)
        });
        stats::median(shares.collect::<Vec<f64>>())
    }
}

#[cfg(test)]
mod tests {
    use crate::calendar::YearMonth;
    use crate::ledger::Ledger;
    use crate::panel::Cells;
    use crate::region::Tree;
    use crate::table::read_panel;

    #[test]
    fn a_year_with_a_revision_does_not_bend_the_line() {
        // Each year does half by June. In 2021 history was revised in November: ytd falls.
        let mut csv = String::from("region,year,month,ytd\n");
        for year in 2018..=2022 {
            for month in 1..=12 {
                let cut = if year == 2021 && month > 10 { 400.0 } else { 0.0 };
                csv += &format!("A,{year},{month},{}\n", 100.0 * f64::from(month) - cut);
            }
        }
        let mut tree = Tree::default();
        tree.add("A");
        let cells = Cells::new(read_panel(&csv, "a.csv").0, tree, None, "a.csv");
        let (panel, _) = cells.panel(Ledger::Fai, YearMonth::parse("2022-12").unwrap()).unwrap();
        assert!(panel.is_false_month(0, 2021, 11));
        assert_eq!(panel.seasonal_share(0, 2023, 6), Some(0.5));
        assert_eq!(panel.seasonal_share(0, 2018, 6), None);
    }
}
