//! An outlook in steps, so that the door can show progress and stop.

use crate::error::Note;
use crate::model::{self, Model};
use crate::order;
use crate::outlook::predict::{self, Learned, MonthOutlook, Setting};
use crate::outlook::rolling::Roller;
use crate::outlook::sample::{LEARNED, learners};
use crate::outlook::{Ask, Outlook, Unit, UnitKind, parent_name, tree};
use crate::panel::Panel;
use crate::{par, stats};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Region-months whose draws are kept, at 384 KB each; those of a larger panel are made again when they are asked
/// for, unless they have to add up with others.
const KEPT: usize = 160;

/// Regions that are answered in one step.
const AT_ONCE: usize = 128;

/// Regions that know the same months.
struct Group {
    cut: u8,
    regions: Vec<usize>,
    work: Work,
}

/// How far a group is.
enum Work {
    Rolling(Roller),
    /// So many regions are answered.
    Answering(Vec<Learned>, usize),
}

impl Group {
    /// Steps still to be taken: the years, one for what they teach, and the answers.
    fn left(&self) -> usize {
        let answers = |done: usize| (self.regions.len() - done).div_ceil(AT_ONCE);
        match &self.work {
            Work::Rolling(roller) => roller.left() + 1 + answers(0),
            Work::Answering(_, done) => answers(*done),
        }
    }
}

/// An outlook under way: a past year, or the answers of some regions, a step. It can be dropped at any time; finishing
/// it takes the steps that are left, and gives what [`Outlook::learn`] gives, to the last bit.
///
/// The panel is taken or borrowed.
///
/// ```
/// # use landfall::{calendar::YearMonth, case::Case, ledger::Ledger, outlook::{Ask, Learning}};
/// let case = Case::sample("wuzhong-2023")?;
/// let as_of = YearMonth { year: 2023, month: 7 };
/// let (panel, _) = case.cells().panel(Ledger::Fai, as_of)?;
/// let ask = Ask { as_of, months: [12].into(), seed: 1, roll_up: [].into() };
/// let mut learning = Learning::plan(panel, ask);
/// while learning.step() {
///     let (done, all) = learning.progress();
///     assert!(done < all);
/// }
/// let (panel, outlook) = learning.finish();
/// assert!(outlook.units.len() > panel.members().count());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Learning<P: Borrow<Panel>, M: Borrow<[Box<dyn Model>]> = Vec<Box<dyn Model>>> {
    panel: P,
    models: M,
    ask: Ask,
    setting: Setting,
    groups: Vec<Group>,
    /// Regions without recent data.
    stale: BTreeSet<usize>,
    months: BTreeMap<usize, BTreeMap<u8, MonthOutlook>>,
    notes: BTreeMap<usize, Vec<Note>>,
    all: usize,
}

impl<P: Borrow<Panel>> Learning<P> {
    /// Plans the steps of an outlook with every model.
    pub fn plan(panel: P, ask: Ask) -> Self {
        Self::with(panel, ask, model::all())
    }
}

impl<P: Borrow<Panel>, M: Borrow<[Box<dyn Model>]>> Learning<P, M> {
    /// As [`Learning::plan`], with models of the caller's choice.
    pub(super) fn with(panel: P, ask: Ask, models: M) -> Self {
        let known: &Panel = panel.borrow();
        let year = ask.as_of.year;
        let mut by_cut: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        let mut stale = BTreeSet::new();
        for region in known.members() {
            let through = known.through(region, year);
            if through == 0 && known.through(region, year - 1) < 12 {
                stale.insert(region);
            } else {
                by_cut.entry(through).or_default().push(region);
            }
        }
        let group = |(cut, regions)| {
            let roller = Roller::new(known, year, cut, predict::horizons(known, &ask, cut));
            Group { cut, regions, work: Work::Rolling(roller) }
        };
        let groups: Vec<Group> = by_cut.into_iter().map(group).collect();
        let horizons = ask.months.iter().filter(|m| **m != 12).count() + 1;
        let small = known.members().count() * horizons <= KEPT;
        let mut kept = vec![small; known.tree().regions().len()];
        tree::in_sums(known, &ask).into_iter().for_each(|region| kept[region] = true);
        let setting = Setting {
            points: stats::Points::new(ask.seed).stream(known.ledger() as u32),
            places: places_of_draws(known),
            learned: learners(known, year, LEARNED),
            kept,
        };
        let all = groups.iter().map(Group::left).sum();
        let (months, notes) = (BTreeMap::new(), BTreeMap::new());
        Self { panel, models, ask, setting, groups, stale, months, notes, all }
    }

    /// Steps done, and in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.all - self.groups.iter().map(Group::left).sum::<usize>(), self.all)
    }

    /// Rolls one more year, or answers for some more regions; `false` when nothing is left to do.
    pub fn step(&mut self) -> bool {
        let (panel, models) = (self.panel.borrow(), self.models.borrow());
        let Some(Group { cut, regions, work }) = self.groups.iter_mut().find(|g| g.left() > 0) else {
            return false;
        };
        let year = self.ask.as_of.year;
        match work {
            Work::Rolling(roller) if roller.left() > 0 => roller.step(panel, models, &self.setting.learned),
            Work::Rolling(roller) => {
                let horizons = predict::horizons(panel, &self.ask, *cut);
                let rolled = roller.take();
                let points = self.setting.points;
                let learned = rolled
                    .into_iter()
                    .zip(horizons)
                    .map(|(rolling, horizon)| Learned::from(rolling, horizon, models.len(), year, points));
                *work = Work::Answering(learned.collect(), 0);
            }
            Work::Answering(learned, done) => {
                let some = &regions[*done..regions.len().min(*done + AT_ONCE)];
                let answers = predict::answer(&self.setting, panel, models, learned, (year, *cut), some);
                for (region, answer) in some.iter().zip(answers) {
                    self.months.insert(*region, answer.months);
                    self.notes.insert(*region, answer.notes);
                }
                *done += some.len();
                if *done == regions.len() {
                    // What was learned is of no more use.
                    learned.clear();
                }
            }
        }
        self.groups.iter().any(|g| g.left() > 0)
    }

    /// Takes the steps that are left, and makes districts and cities add up.
    pub fn finish(mut self) -> (P, Outlook) {
        while self.step() {}
        let Self { panel, ask, setting, stale, mut months, mut notes, .. } = self;
        let known: &Panel = panel.borrow();
        let year = ask.as_of.year;
        let unit = |region: usize| {
            let of_tree = &known.tree().regions()[region];
            let through = known.through(region, year);
            let unit = Unit {
                region: of_tree.name.clone(),
                kind: UnitKind::Region,
                parent: parent_name(known.tree(), region),
                additive: of_tree.additive,
                through,
                ytd: known.ytd(region, year, through),
                growth_ytd: known.growth(region, year, through),
                base_kind: known.base_kind(region, year),
                base_to_date: known.base(region, year, through),
                months: months.remove(&region).unwrap_or_default(),
                notes: if stale.contains(&region) {
                    vec![no_recent_data(known, region, year)]
                } else {
                    notes.remove(&region).unwrap_or_default()
                },
            };
            (region, unit)
        };
        let units: Vec<(usize, Unit)> = known.members().map(unit).collect();
        let units = tree::add_up(known, &ask, units, setting.points, &setting.places);
        // Every answer asks for December's summary; here it is made in threads.
        par::map(&units, |unit| {
            let december = unit.december();
            let landings = december.iter().flat_map(|d| [&d.total, &d.growth, &d.base]);
            landings.flatten().for_each(|landing| {
                landing.summary();
            });
        });
        (panel, Outlook { as_of: ask.as_of, units })
    }
}

/// Each region's place among the dimensions of the draws: by name among those that have figures, so that neither
/// the order of rows nor a region that begins later moves anybody.
fn places_of_draws(panel: &Panel) -> Vec<usize> {
    let regions = panel.tree().regions();
    let mut by_name: Vec<usize> = panel.members().collect();
    order::sort_by(&mut by_name, |a, b| regions[*a].name.cmp(&regions[*b].name));
    let mut places = vec![0; regions.len()];
    by_name.into_iter().enumerate().for_each(|(place, region)| places[region] = place);
    places
}

fn no_recent_data(panel: &Panel, region: usize, year: i32) -> Note {
    let Some(last) = (panel.first_year()..=year).rev().find(|y| panel.through(region, *y) > 0) else {
        return Note::new(
            "no_figures",
            "no cumulative figure or growth is known of any month, so nothing is said",
            "没有任何月份的累计数或同比，不作推算",
        );
    };
    let month = panel.through(region, last);
    Note::new(
        "no_recent_data",
        format!("the last figure is of {last}-{month:02}; without last December nothing is said of {year}"),
        format!("最近数据为{last}年{month}月，缺上年12月数据，不作{year}年推算"),
    )
}
