//! Chain ladder: ytd ÷ the share of the year that is usually done by now.

use crate::model::{ChainLadder, Earlier, Fitted, Guess, Model, Table, chain_ladder};
use crate::num;
use crate::panel::View;
use crate::stats;

/// ytd at the horizon = ytd ÷ expected share, on the scope of the index. The share is the mean of the region's own
/// past log shares, shrunk to the pooled one by how much the region's years vary (empirical Bayes).
///
/// Years with a false or missing month between cut and horizon are left out; a region without any takes the pooled
/// share, one with nothing above 0 so far has no guess. Source: Mack (1993), "Distribution-free calculation of the
/// standard error of chain ladder reserve estimates", on logs. [`Share::ladder`] puts the question to Mack's own form,
/// on amounts and with its standard error.
#[derive(Debug, Clone, Copy)]
pub struct Share;

/// Years that a share is learned from: what ten years ago was built in winter says little.
const YEARS: i32 = 8;

impl Model for Share {
    fn id(&self) -> &'static str {
        "share"
    }

    /// As [`Drift`](crate::model::Drift): beside a published growth it adds to what the others say.
    fn stands_in(&self, published: bool) -> bool {
        !published
    }

    fn fit(&self, view: &View<'_>, horizons: &[u8], _: &[Earlier<'_>]) -> Box<dyn Fitted> {
        let (year, cut) = (view.year(), view.cut());
        let shares: Vec<Expected> = horizons.iter().map(|horizon| expected(view, *horizon)).collect();
        let by = |share: &(dyn Fn(&Expected, usize) -> Option<f64> + Sync)| {
            Table::boxed(view, horizons, |region| {
                let so_far = (cut > 0).then(|| view.index(region, year, cut)).flatten().filter(|x| *x > 0.0);
                let guess = |of: &Expected| Some(Guess::LnIndex(num::ln(so_far?) - share(of, region)?));
                shares.iter().map(guess).collect()
            })
        };
        Box::new(Told {
            own: by(&|of, region| of.by_region[region].or(of.pooled)),
            strangers: by(&|of, _| of.pooled),
        })
    }
}

/// What the model says of each region, and what it would of a new one in its place.
struct Told {
    own: Box<dyn Fitted>,
    strangers: Box<dyn Fitted>,
}

impl Fitted for Told {
    fn guess(&self, region: usize, horizon: u8) -> Option<Guess> {
        self.own.guess(region, horizon)
    }

    fn stranger(&self, region: usize, horizon: u8) -> Option<Guess> {
        self.strangers.guess(region, horizon)
    }
}

impl Share {
    /// The same question put to Mack's chain ladder on amounts, for one region (by position) alone: the last of its
    /// `rows` is this year's, with the standard error of the amount at the horizon.
    ///
    /// Amounts are on the scope of the index ([`View::index`]), columns the reporting months from the cut to the
    /// horizon, rows the past years that [`Share`] learns from and this year. `None` where nothing of the year is
    /// known, the horizon is not after the cut, an amount is not above 0, or fewer than two years can be learned
    /// from. The outlook does not ask: its width comes from the blend's own past errors. Source: see [`chain_ladder`].
    ///
    /// ```
    /// # use landfall::{calendar::YearMonth, ledger::Ledger, panel::Cells, region::Tree, table::read_panel};
    /// use landfall::model::Share;
    /// let mut csv = String::from("region,year,month,value\n");
    /// for (year, rest, last) in [(2019, 10.0, 12), (2020, 12.0, 12), (2021, 0.0, 6)] {
    ///     for month in 1..=last {
    ///         csv += &format!("A,{year},{month},{}\n", if month <= 6 { 10.0 } else { rest });
    ///     }
    /// }
    /// # let mut tree = Tree::default();
    /// # tree.add("A");
    /// # let cells = Cells::new(read_panel(&csv, "a.csv").0, tree, None, "a.csv");
    /// # let panel = cells.panel(Ledger::Fai, YearMonth { year: 2021, month: 6 }).unwrap().0;
    /// let said = Share::ladder(&panel.view(2021, 6), 0, 12).unwrap();
    /// let year = said.rows[2];
    /// // 60 through June; the years before doubled it, or a little more.
    /// assert!((year.amount - 126.0).abs() < 1e-9 && (1.0..20.0).contains(&year.standard_error));
    /// ```
    pub fn ladder(view: &View<'_>, region: usize, horizon: u8) -> Option<ChainLadder> {
        let (year, cut) = (view.year(), view.cut());
        let months: Vec<u8> = view.calendar().months().filter(|m| (cut..=horizon).contains(m)).collect();
        if horizon <= cut || months.first() != Some(&cut) {
            return None;
        }
        let amounts = |y| months.iter().map(|m| view.index(region, y, *m)).collect::<Option<Vec<f64>>>();
        let mut rows: Vec<Vec<f64>> = learned_from(view, region, horizon).filter_map(amounts).collect();
        rows.push(vec![view.index(region, year, cut)?]);
        // Two whole years at least: chain_ladder could not tell how much they differ.
        (rows.len() > 2).then(|| chain_ladder(&rows)).flatten()
    }
}

/// The past years of a region without a false or missing month between cut and horizon.
fn learned_from(view: &View<'_>, region: usize, horizon: u8) -> impl Iterator<Item = i32> {
    let first = view.first_year().max(view.year() - YEARS);
    (first..view.year()).filter(move |y| view.is_whole(region, *y, view.cut(), horizon))
}

/// Expected log shares.
struct Expected {
    /// Of each region that has a past.
    by_region: Vec<Option<f64>>,
    /// Of one that has none.
    pooled: Option<f64>,
}

fn expected(view: &View<'_>, horizon: u8) -> Expected {
    let cut = view.cut();
    let mut by_region = vec![None; view.regions()];
    if cut == 0 {
        return Expected { by_region, pooled: None };
    }
    let own: Vec<Vec<f64>> = (0..view.regions())
        .map(|region| {
            learned_from(view, region, horizon)
                .filter_map(|y| {
                    let (part, whole) = (view.index(region, y, cut)?, view.index(region, y, horizon)?);
                    (part > 0.0 && whole > 0.0).then(|| num::ln(part / whole))
                })
                .collect()
        })
        .collect();
    let known: Vec<usize> = (0..own.len()).filter(|r| !own[*r].is_empty()).collect();
    let means: Vec<f64> = known.iter().filter_map(|r| stats::mean(own[*r].iter().copied())).collect();
    let within = stats::mean(known.iter().filter(|r| own[**r].len() > 1).map(|r| {
        let centre = stats::mean(own[*r].iter().copied()).unwrap_or(0.0);
        num::sum(own[*r].iter().map(|x| (x - centre) * (x - centre))) / (own[*r].len() - 1) as f64
    }));
    let noise: Vec<f64> = known.iter().map(|r| within.unwrap_or(0.0) / own[*r].len() as f64).collect();
    let shrunk = stats::shrink_to_median(&means, &noise, 1e-9);
    let pooled = stats::median(means);
    for (region, share) in known.iter().zip(shrunk) {
        by_region[*region] = Some(share);
    }
    Expected { by_region, pooled }
}
