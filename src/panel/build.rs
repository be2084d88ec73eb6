//! From rows to a panel: the latest figure of each cell, and what is odd about it.

use crate::calendar::{Calendar, Day, YearMonth};
use crate::error::{Diagnostic, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::order;
use crate::panel::false_months::{Reason, judge};
use crate::panel::units::mixed;
use crate::panel::{Panel, PanelError, Series};
use crate::region::Tree;
use crate::stats;
use crate::table::{Measure, PanelRow, Subject, runs, subjects};
use crate::unit::Unit;
use crate::{num, unit};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The row that counts for each region, year and month, and how many there are of it; ascending.
struct Latest<'a>(Vec<((usize, i32, u8), &'a PanelRow, u32)>);

impl<'a> Latest<'a> {
    /// Of rows in the order of the file. Of several of one cell the one published last counts, and of those the last.
    fn of(mut rows: Vec<((usize, i32, u8), &'a PanelRow, u32)>) -> Self {
        rows.sort_by_key(|(cell, _, _)| *cell);
        rows.dedup_by(|(cell, later, _), (kept, row, versions)| {
            let same = cell == kept;
            if same {
                *versions += 1;
                if later.published >= row.published {
                    *row = later;
                }
            }
            same
        });
        Self(rows)
    }

    fn line(&self, region: usize, year: i32, month: u8) -> u32 {
        let at = self.0.binary_search_by_key(&(region, year, month), |(cell, _, _)| *cell);
        at.map_or(0, |at| self.0[at].1.line)
    }
}

/// A month is enormous from this many times the region's median month on.
const ENORMOUS: f64 = 1000.0;
/// Years without any data between two data years that ask for a second look.
const FAR: i32 = 5;

/// Numbers of subjects, the same for those whose keys are; ascending by first appearance.
struct Numbers<'a, K> {
    key: fn(&'a Subject) -> K,
    keys: BTreeMap<K, u32>,
    known: BTreeMap<*const Subject, u32>,
}

impl<'a, K: Ord> Numbers<'a, K> {
    fn new(key: fn(&'a Subject) -> K) -> Self {
        Self { key, keys: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// The number of a run's subject.
    fn of(&mut self, run: &'a [PanelRow]) -> u32 {
        let Some(PanelRow { subject, .. }) = run.first() else { return 0 };
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let number = || *self.keys.entry((self.key)(subject)).or_insert(next);
        *self.known.entry(Arc::as_ptr(subject)).or_insert_with(number)
    }
}

/// The cell of a row whose series has that number.
fn cell(series: u32, row: &PanelRow) -> (u32, Ledger, i32, u8, Option<Day>) {
    (series, row.ledger, row.year, row.month, row.published)
}

/// Rows of a cell that stands in the file already, with the row it stood in last; in the order of the file.
fn repeated(rows: &[PanelRow]) -> Vec<(usize, usize)> {
    let mut numbers = Numbers::new(|s| (s.region.as_str(), s.sector.as_deref(), s.composition.as_deref()));
    // A file that was put in order has nothing to sort.
    let mut last = None;
    let ascending = runs(rows).all(|run| {
        let series = numbers.of(run);
        let above = last.replace(run.last().map(|row| cell(series, row)));
        let follows = above.is_none_or(|above| above < run.first().map(|row| cell(series, row)));
        follows && run.is_sorted_by(|a, b| cell(series, a) < cell(series, b))
    });
    if ascending {
        return Vec::new();
    }
    let series: Vec<u32> =
        runs(rows).flat_map(|run| std::iter::repeat_n(numbers.of(run), run.len())).collect();
    let cell = |i: u32| cell(series[i as usize], &rows[i as usize]);
    let mut order: Vec<u32> = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by_key(|i| cell(*i));
    let pairs = order.windows(2).map(|two| (two[1], two[0]));
    let mut repeated: Vec<(usize, usize)> = pairs
        .filter(|(row, before)| cell(*row) == cell(*before))
        .map(|(row, before)| (row as usize, before as usize))
        .collect();
    repeated.sort_unstable();
    repeated
}

fn at_row(file: &str, line: u32) -> Place {
    Place { file: Some(file.into()), row: Some(line), ..Place::default() }
}

/// Checks rows against each other: repeated cells, and units that differ within a ledger.
///
/// A cell may stand several times where each has its own date of publication; the latest counts.
///
/// `calendar` is the stated one, if any: without it few rows of a month 1 are asked about.
pub fn check_rows(rows: &[PanelRow], calendar: Option<Calendar>, file: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = repeated(rows)
        .into_iter()
        .map(|(again, first)| stands_twice(&rows[again], &rows[first], file))
        .collect();
    found.extend(mixed(rows, file));
    order::sort_by_key(&mut found, |d| d.place.row);
    // Growth alone needs no unit.
    let amounts = || rows.iter().any(|r| r.measure != Measure::None || r.base.is_some());
    if let Some(row) =
        subjects(rows).find(|r| r.subject.unit == Unit::Unknown && r.subject.region.chars().any(is_han))
        && amounts()
    {
        found.push(Diagnostic {
            code: "unknown_unit",
            severity: Severity::Warning,
            place: at_row(file, row.line),
            value: String::new(),
            text: Said::new("no unit is given; amounts are shown as they are", "未注明单位，金额按原数显示"),
            help: Said::new(
                "add a column unit (亿元, 万元 or 元), or say --unit",
                "请增加unit列（亿元、万元或元），或使用--unit",
            ),
        });
    }
    found.extend(far_year(rows, file));
    found.extend(few_januaries(rows, file).filter(|_| calendar.is_none()));
    found
}

fn stands_twice(row: &PanelRow, first: &PanelRow, file: &str) -> Diagnostic {
    let same = (first.measure, first.growth, first.base) == (row.measure, row.growth, row.base);
    let (where_en, when) = (&row.subject.region, format!("{}-{:02}", row.year, row.month));
    Diagnostic {
        code: "repeated_cell",
        severity: if same { Severity::Warning } else { Severity::Error },
        place: at_row(file, row.line),
        value: format!("{where_en} {when} {}", row.ledger),
        text: Said::new(
            format!(
                "{where_en} {when} stands in row {} already{}",
                first.line,
                if same { ", with the same figures" } else { ", with other figures" }
            ),
            format!(
                "{where_en} {when}已在第{}行出现{}",
                first.line,
                if same { "，数值相同" } else { "，数值不同" }
            ),
        ),
        help: Said::new(
            "keep one of them, or give each its date in the column published: the latest counts",
            "请只保留一行，或在published列写明公布日期，以最新公布为准",
        ),
    }
}

/// Years that lie far from the next ones, where a digit may be wrong.
fn far_year(rows: &[PanelRow], file: &str) -> Option<Diagnostic> {
    let of_years = rows.chunk_by(|a, b| a.year == b.year).filter_map(<[PanelRow]>::first);
    let years = order::set(of_years.map(|r| r.year));
    let (before, after) = years.iter().zip(years.iter().skip(1)).find(|(a, b)| **b - **a > FAR)?;
    let early = years.range(..=before).count() <= years.range(after..).count();
    let odd = if early { before } else { after };
    let row = rows.iter().find(|r| r.year == *odd)?;
    Some(Diagnostic {
        code: "far_year",
        severity: Severity::Warning,
        place: at_row(file, row.line),
        value: odd.to_string(),
        text: Said::new(
            format!("there is nothing between {before} and {after}"),
            format!("{before}年至{after}年之间没有数据"),
        ),
        help: Said::new(
            format!("check whether {odd} is right; years so far apart say little about each other"),
            format!("请核对年份{odd}；相隔过远的年份参考意义不大"),
        ),
    })
}

/// Where January stands in few of the years, the calendar that is read from it may be a slip.
fn few_januaries(rows: &[PanelRow], file: &str) -> Option<Diagnostic> {
    let first = rows.iter().find(|r| r.month == 1)?;
    let mut regions = Numbers::new(|s| s.region.as_str());
    // A region's year is mostly told by rows that stand together: those are one before anything is sorted.
    let mut years: Vec<((Ledger, u32, i32), bool)> = Vec::new();
    for run in runs(rows) {
        let region = regions.of(run);
        for row in run {
            let (year, january) = ((row.ledger, region, row.year), row.month == 1);
            match years.last_mut().filter(|(before, _)| *before == year) {
                Some((_, with)) => *with |= january,
                None => years.push((year, january)),
            }
        }
    }
    order::sort_by(&mut years, |a, b| a.cmp(b));
    let (years, with) = years.chunk_by(|a, b| a.0 == b.0).fold((0, 0), |(years, with), year| {
        (years + 1, with + usize::from(year.iter().any(|(_, january)| *january)))
    });
    (2 * with < years).then(|| Diagnostic {
        code: "few_januaries",
        severity: Severity::Warning,
        place: at_row(file, first.line),
        value: "1".into(),
        text: Said::new(
            format!(
                "January stands in {} of {} years of the regions, so the months are read as m12: February alone is not January and February",
                with, years
            ),
            format!("{}个地区年中只有{}个有1月数据；现按m12（普通月度）读取，2月不含1月", years, with),
        ),
        help: Said::new(
            "say --calendar cn11 if January is not published on its own and this row is a slip",
            "若1月不单独公布、该行为误录，请用--calendar cn11",
        ),
    })
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The rows of one file and the tree of their regions, from which a panel is built for any month.
#[derive(Debug, Clone)]
pub struct Cells {
    rows: Vec<PanelRow>,
    tree: Tree,
    calendar: Calendar,
    file: String,
}

impl Cells {
    /// Takes rows that [`check_rows`] found no error in. The calendar is `m12` where any row has month 1,
    /// else `cn11`, unless it is given.
    pub fn new(rows: Vec<PanelRow>, tree: Tree, calendar: Option<Calendar>, file: &str) -> Self {
        let inferred = if rows.iter().any(|r| r.month == 1) { Calendar::M12 } else { Calendar::Cn11 };
        Self { rows, tree, calendar: calendar.unwrap_or(inferred), file: file.into() }
    }

    /// Reporting periods.
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// The rows as given.
    pub fn rows(&self) -> &[PanelRow] {
        &self.rows
    }

    /// The tree of regions.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The ledgers that have totals, in their order.
    pub fn ledgers(&self) -> BTreeSet<Ledger> {
        order::set(self.totals().map(|r| r.ledger))
    }

    /// The unit of the first ledger's amounts.
    pub(crate) fn unit(&self) -> Unit {
        let first = self.totals().min_by_key(|row| row.ledger);
        first.map(|row| row.subject.unit.clone()).unwrap_or_default()
    }

    /// The data months of totals, ascending.
    pub fn months(&self) -> BTreeSet<YearMonth> {
        let told = self.totals().filter(|r| r.measure != Measure::None || r.growth.is_some());
        order::set(told.map(|r| YearMonth { year: r.year, month: r.month }))
    }

    /// Rows of a sector or of a composition: kept, but no part of the outlook of totals.
    pub fn parts(&self) -> usize {
        self.rows.len() - self.totals().count()
    }

    fn totals(&self) -> impl Iterator<Item = &PanelRow> {
        self.rows.iter().filter(|r| r.subject.sector.is_none() && r.subject.composition.is_none())
    }

    /// The panel of a ledger as it was known for month `as_of`: cells whose data month is at or before it
    /// and, where dates of publication are given, what was published by the end of the next month.
    ///
    /// A row with nothing but a base is last year's figure, known ahead, and stays for the whole year of
    /// `as_of`. The findings are about months (false, falling, missing), at most one a region and year.
    ///
    /// # Errors
    /// [`PanelError`] where no row is left.
    pub fn panel(&self, ledger: Ledger, as_of: YearMonth) -> Result<(Panel, Vec<Diagnostic>), PanelError> {
        let mut found = Vec::new();
        let last_day = as_of.next();
        let mut cells = Vec::new();
        let mut last = (std::ptr::null(), 0);
        let mut januaries: BTreeMap<(usize, i32), (Option<Day>, f64)> = BTreeMap::new();
        for row in self.totals().filter(|r| r.ledger == ledger) {
            let base_ahead = row.measure == Measure::None && row.growth.is_none() && row.year == as_of.year;
            let known = YearMonth { year: row.year, month: row.month } <= as_of || base_ahead;
            if !known || row.published.is_some_and(|day| day.month > last_day) {
                continue;
            }
            if last.0 != Arc::as_ptr(&row.subject) {
                last = (Arc::as_ptr(&row.subject), self.tree.find(&row.subject.region).unwrap_or(0));
            }
            let region = last.1;
            if row.month < self.calendar.first_month() {
                found.push(self.unpublished_january(row));
                if let Measure::Value(x) = row.measure {
                    let january = januaries.entry((region, row.year)).or_insert((row.published, x));
                    if row.published >= january.0 {
                        *january = (row.published, x);
                    }
                }
                continue;
            }
            cells.push(((region, row.year, row.month), row, 1));
        }
        let latest = Latest::of(cells);
        let years = || latest.0.iter().map(|((_, year, _), _, _)| *year);
        let (Some(first_year), Some(last_year)) = (years().min(), years().max()) else {
            let first = self.totals().filter(|r| r.ledger == ledger).map(|r| (r.year, r.month)).min();
            return Err(first.map_or(PanelError::Empty, |(year, month)| PanelError::NothingYet {
                as_of,
                first: YearMonth { year, month },
            }));
        };
        let count = usize::try_from(last_year.max(as_of.year) - first_year + 1).unwrap_or(0);
        let unit = latest.0.first().map_or(Unit::Unknown, |(_, row, _)| row.subject.unit.clone());
        let mut panel = Panel {
            ledger,
            unit,
            calendar: self.calendar,
            tree: self.tree.clone(),
            first_year,
            years: count,
            series: vec![Series::default(); self.tree.regions().len()],
        };
        let mut differenced = vec![false; panel.series.len()];
        let mut flows: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        let mut revised = BTreeSet::new();
        for &((region, year, month), row, versions) in &latest.0 {
            let Some(cell) = panel.cell(year, month) else { continue };
            let series = &mut panel.series[region];
            for values in [&mut series.ytd, &mut series.growth, &mut series.base] {
                if values.is_empty() {
                    *values = vec![f64::NAN; count * 12];
                }
            }
            match row.measure {
                Measure::Value(x) => {
                    let january =
                        januaries.get(&(region, year)).filter(|_| self.calendar.before(month).is_none());
                    let x = x + january.map_or(0.0, |(_, january)| *january);
                    flows.entry(region).or_insert_with(|| vec![f64::NAN; count * 12])[cell] = x;
                }
                Measure::Ytd(x) => {
                    series.ytd[cell] = x;
                    differenced[region] = true;
                }
                Measure::None => {}
            }
            series.growth[cell] = row.growth.unwrap_or(f64::NAN);
            series.base[cell] = row.base.unwrap_or(f64::NAN);
            if versions > 1 {
                revised.insert((region, year, month));
            }
        }
        for (region, flows) in &flows {
            self.cumulate(&mut panel, *region, flows, &mut found);
            found.extend(self.enormous(&panel, *region, flows, &latest));
        }
        let regions: Vec<usize> = panel.members().filter(|i| differenced[*i]).collect();
        for region in regions {
            self.mark_false_months(&mut panel, region, &revised, &latest, &mut found);
        }
        for region in panel.members() {
            if !flows.contains_key(&region) {
                self.gaps(&panel, region, &mut found);
            }
            found.extend(self.zero_so_far(&panel, region, as_of, &latest));
        }
        let members: Vec<usize> = panel.members().collect();
        members.into_iter().for_each(|region| panel.chain(region));
        Ok((panel, found))
    }

    fn unpublished_january(&self, row: &PanelRow) -> Diagnostic {
        let (text, help) = if matches!(row.measure, Measure::Value(_)) {
            (
                Said::new(
                    "under cn11 January and February are one period; January's value is added to February's",
                    "cn11报告期1—2月合并，1月当月数已并入2月",
                ),
                Said::new(
                    "use --calendar m12 if January is a month of its own",
                    "若1月单独公布，请用--calendar m12",
                ),
            )
        } else {
            (
                Said::new(
                    "under cn11 January is never published; this row is not used",
                    "cn11报告期不公布1月数据，该行未使用",
                ),
                Said::new(
                    "use --calendar m12 if January is a month of its own",
                    "若1月单独公布，请用--calendar m12",
                ),
            )
        };
        Diagnostic {
            code: "january_not_published",
            severity: Severity::Warning,
            place: at_row(&self.file, row.line),
            value: row.month.to_string(),
            text,
            help,
        }
    }

    /// Adds flows up to ytd; after a missing month the year's ytd is unknown until it is told again.
    fn cumulate(&self, panel: &mut Panel, region: usize, flows: &[f64], found: &mut Vec<Diagnostic>) {
        for year in panel.first_year..=panel.last_year() {
            let of = |panel: &Panel, month| panel.cell(year, month).and_then(|cell| num::finite(flows[cell]));
            let Some(last) = self.calendar.months().rev().find(|m| of(panel, *m).is_some()) else { continue };
            let (mut so_far, mut missing) = (Some(0.0), Vec::new());
            for month in self.calendar.months().filter(|m| *m <= last) {
                let (Some(cell), flow) = (panel.cell(year, month), of(panel, month)) else { continue };
                let ytd = &mut panel.series[region].ytd[cell];
                so_far = num::finite(*ytd).or_else(|| Some(so_far? + flow?));
                match so_far {
                    Some(sum) => *ytd = sum,
                    None if flow.is_none() => missing.push(month),
                    None => {}
                }
            }
            if !missing.is_empty() {
                found.push(self.missing_months(panel, region, year, &missing, true));
            }
        }
    }

    /// Years in which months are missing between published ones, in regions that publish ytd or growth.
    fn gaps(&self, panel: &Panel, region: usize, found: &mut Vec<Diagnostic>) {
        let known = |year, month| {
            panel.ytd(region, year, month).is_some() || panel.published_growth(region, year, month).is_some()
        };
        for year in panel.first_year..=panel.last_year() {
            let mut months = self.calendar.months().filter(|m| known(year, *m));
            let (Some(first), Some(last)) = (months.next(), months.next_back()) else { continue };
            let missing: Vec<u8> =
                self.calendar.months().filter(|m| (first..last).contains(m) && !known(year, *m)).collect();
            if !missing.is_empty() {
                found.push(self.missing_months(panel, region, year, &missing, false));
            }
        }
    }

    fn missing_months(
        &self,
        panel: &Panel,
        region: usize,
        year: i32,
        missing: &[u8],
        as_flows: bool,
    ) -> Diagnostic {
        let name = &panel.tree.regions()[region].name;
        let list = |comma: &str| missing.iter().map(u8::to_string).collect::<Vec<_>>().join(comma);
        let (en, zh) = (list(", "), list("、"));
        let only_january = as_flows && missing == [1];
        Diagnostic {
            code: "missing_month",
            severity: if as_flows { Severity::Warning } else { Severity::Note },
            place: Place { file: Some(self.file.clone()), ..Place::default() },
            value: format!("{name} {year}"),
            text: match as_flows {
                true => Said::new(
                    format!("{name} {year}: no value for month {en}, so ytd is unknown from there on"),
                    format!("{name}{year}年缺{zh}月当月数，自该月起累计数未知"),
                ),
                false => Said::new(
                    format!(
                        "{name} {year}: nothing for month {en}; what lies between its neighbours is not split"
                    ),
                    format!("{name}{year}年缺{zh}月数据，前后两期之间的数额不作拆分"),
                ),
            },
            help: if only_january {
                Said::new(
                    "add January, or say --calendar cn11 if February holds both months",
                    "请补上1月；若2月数为1—2月合计，请用--calendar cn11",
                )
            } else if as_flows {
                Said::new(
                    "add what is missing, or give ytd; write 0 where there was no investment",
                    "请补上缺失月份，或改报累计数ytd；确无投资的填0",
                )
            } else {
                Said::new("add it if it was published", "如已公布，请补上")
            },
        }
    }

    /// Months of a region that reports flows that no other month comes near: most likely a slip of the pen or of
    /// the unit. Nothing is left out for it.
    fn enormous(
        &self,
        panel: &Panel,
        region: usize,
        flows: &[f64],
        latest: &Latest<'_>,
    ) -> Option<Diagnostic> {
        let months: Vec<f64> = flows.iter().copied().filter(|x| x.is_finite() && *x > 0.0).collect();
        let (largest, usual) =
            (months.iter().copied().reduce(f64::max)?, stats::median(months.iter().copied())?);
        let cell = flows.iter().position(|x| *x >= largest)?;
        if months.len() < 12 || largest <= ENORMOUS * usual {
            return None;
        }
        let year = panel.first_year + i32::try_from(cell / 12).ok()?;
        let month = u8::try_from(cell % 12 + 1).ok()?;
        let name = &panel.tree.regions()[region].name;
        let times = unit::fixed(largest / usual, 0);
        Some(Diagnostic {
            code: "enormous_month",
            severity: Severity::Warning,
            place: at_row(&self.file, latest.line(region, year, month)),
            value: largest.to_string(),
            text: Said::new(
                format!(
                    "{name} {year}-{month:02} is {times} times the region's usual month; it is used as it stands"
                ),
                format!("{name}{year}年{month}月为该地区常月的{times}倍，按原数使用"),
            ),
            help: Said::new(
                "check the digits and the unit, and whether it is cumulative (then the column is ytd)",
                "请核对位数、单位，以及是否为累计数（累计数应放在ytd列）",
            ),
        })
    }

    /// A year whose ytd is still 0 in a region that had something by then a year before: more often a figure
    /// that was not reported than no investment.
    fn zero_so_far(
        &self,
        panel: &Panel,
        region: usize,
        as_of: YearMonth,
        latest: &Latest<'_>,
    ) -> Option<Diagnostic> {
        let year = as_of.year;
        let through = panel.through(region, year);
        let nothing = panel.ytd(region, year, through)? == 0.0;
        let before = panel.ytd(region, year - 1, through).filter(|x| nothing && *x > 0.0)?;
        let name = &panel.tree.regions()[region].name;
        Some(Diagnostic {
            code: "zero_ytd",
            severity: Severity::Warning,
            place: at_row(&self.file, latest.line(region, year, through)),
            value: "0".into(),
            text: Said::new(
                format!(
                    "{name} {year}-{through:02}: ytd is 0, after {} a year before",
                    unit::fixed(before, 2)
                ),
                format!("{name}{year}年{through}月累计数为0，上年同期为{}", unit::fixed(before, 2)),
            ),
            help: Said::new(
                "leave the cell empty where nothing was published; 0 says that nothing was invested",
                "未公布的请留空；填0表示没有投资",
            ),
        })
    }

    fn mark_false_months(
        &self,
        panel: &mut Panel,
        region: usize,
        revised: &BTreeSet<(usize, i32, u8)>,
        latest: &Latest<'_>,
        found: &mut Vec<Diagnostic>,
    ) {
        panel.series[region].false_month = vec![false; panel.years * 12];
        for year in panel.first_year..=panel.last_year() {
            for month in self.calendar.months() {
                let Some(reason) = judge(panel, region, year, month) else { continue };
                if let Some(cell) = panel.cell(year, month) {
                    panel.series[region].false_month[cell] = true;
                }
                let fell = matches!(reason, Reason::Fell { .. });
                let marked = fell
                    && (revised.contains(&(region, year, month))
                        || self.calendar.before(month).is_some_and(|b| revised.contains(&(region, year, b))));
                let name = panel.tree.regions()[region].name.clone();
                let (en, zh) = reason.words();
                let line = latest.line(region, year, month);
                found.push(Diagnostic {
                    code: if fell { "falling_ytd" } else { "false_month" },
                    severity: if marked || !fell { Severity::Note } else { Severity::Warning },
                    place: at_row(&self.file, line),
                    value: panel.ytd(region, year, month).map(|x| x.to_string()).unwrap_or_default(),
                    text: Said::new(
                        format!("{name} {year}-{month:02}: {en}; the difference is no month's investment and no model sees it"),
                        format!("{name} {year}年{month}月：{zh}；该差值不是当月投资，不进入模型"),
                    ),
                    help: if fell {
                        Said::new(
                            "correct it; if the earlier figure was revised, add the revision with its date in the column published",
                            "请改正；如属修订，请补录修订数并在published列写明公布日期",
                        )
                    } else if matches!(reason, Reason::OutOfLine { .. }) {
                        Said::new(
                            "check this figure and the one before; a revision of history looks like this too",
                            "请核对本期和上期数据；历史数据修订也会如此",
                        )
                    } else {
                        Said::new(
                            "nothing needs doing: growth is projected on the comparable base",
                            "无需处理：增速按可比口径推算",
                        )
                    },
                });
            }
        }
    }
}
