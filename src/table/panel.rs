//! The panel as a long table.

use crate::calendar::{Day, month};
use crate::error::{Diagnostic, Explain, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::table::fields::{Fields, Header, line_of, names_in_first_line};
use crate::table::panel_out::{COLUMNS, REQUIRED};
use crate::unit::Unit;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest growth that is taken, as a ratio: a region that began from next to nothing may well grow a
/// thousandfold, but what is beyond that is an amount in the wrong column.
const MOST_GROWTH: f64 = 10_000.0;

/// A line of fewer bytes than this is most likely none of a panel.
const LEAST_BYTES: usize = 16;

/// Whether a text is a panel in the tidy form, by the names in its first line: others are for `ingest` to read.
///
/// ```
/// assert!(landfall::table::is_tidy_panel("region,year,month,ytd\n"));
/// assert!(!landfall::table::is_tidy_panel("地区,年份,月份,累计\n"));
/// ```
pub fn is_tidy_panel(text: &str) -> bool {
    names_in_first_line(text, &REQUIRED)
}

/// The amount of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// The flow of the month (of January and February together where January is never published).
    Value(f64),
    /// The cumulative amount from January through the month.
    Ytd(f64),
    /// Growth alone was published.
    None,
}

/// What a row is about but for its time: the many rows of a series share it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// Region's name.
    pub region: String,
    /// Name of the region around it.
    pub parent: Option<String>,
    /// Sector, where the row is not the total.
    pub sector: Option<String>,
    /// Composition (construction-installation, equipment, other), where the row is not the total.
    pub composition: Option<String>,
    /// Unit of the amounts.
    pub unit: Unit,
}

/// One published figure: a region, a month, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelRow {
    /// Row in the file, the header being 1.
    pub line: u32,
    /// The region, and what of it.
    pub subject: Arc<Subject>,
    /// Year of the data.
    pub year: i32,
    /// Month of the data, 1–12.
    pub month: u8,
    /// Which of the four books.
    pub ledger: Ledger,
    /// Amount, in the subject's unit.
    pub measure: Measure,
    /// Growth of ytd on the comparable base, as a ratio.
    pub growth: Option<f64>,
    /// Comparable base of ytd, in the subject's unit.
    pub base: Option<f64>,
    /// Date on which the figure was published; of several, the latest counts.
    pub published: Option<Day>,
}

/// A row of each subject, where rows of one stand together; those of one that stands apart again are a second one. The rows of a
/// large table are many, their subjects few.
pub fn subjects(rows: &[PanelRow]) -> impl Iterator<Item = &PanelRow> {
    runs(rows).filter_map(<[PanelRow]>::first)
}

/// Rows of one subject that stand together.
pub fn runs(rows: &[PanelRow]) -> impl Iterator<Item = &[PanelRow]> {
    rows.chunk_by(|a, b| Arc::ptr_eq(&a.subject, &b.subject))
}

/// Reads a panel in the tidy form: UTF-8 CSV with exactly the column names of the contract.
///
/// Rows with a fault of severity error are left out of what is returned, and every fault is reported; the
/// caller decides that nothing is answered from a file with errors. Growth is percent in the file and a ratio
/// in the rows. Empty cells are missing values.
///
/// ```
/// let (rows, found) = landfall::table::read_panel("region,year,month,ytd,growth\nA,2023,7,238.9,9.8\n", "a.csv");
/// assert!(found.is_empty());
/// assert_eq!(rows[0].growth, Some(0.098));
/// ```
pub fn read_panel(text: &str, file: &str) -> (Vec<PanelRow>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    // Room for every line at once: growing step by step would take two to three times as much of a large file.
    let lines = text.bytes().filter(|b| *b == b'\n').count();
    let mut rows = Vec::with_capacity(lines.min(text.len() / LEAST_BYTES));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut header: Option<Header> = None;
    let mut subjects = Subjects::default();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // From text in memory only broken quoting could fail, and the reader is lenient there.
            Err(_) => break,
        }
        let line = line_of(&record, text);
        match &header {
            None => {
                let read =
                    Header::read(&record, file, &COLUMNS.map(|column| column.name), &REQUIRED, &mut found);
                if found.iter().all(|f| f.code != "other_separator")
                    && !["value", "ytd", "growth"].iter().any(|name| read.has(name))
                {
                    found.push(no_amount(file));
                }
                if found.iter().any(|f| f.severity == Severity::Error) {
                    return (rows, found);
                }
                header = Some(read);
            }
            Some(header) => {
                let fields = Fields { header, record: &record, row: line };
                match fields.shape() {
                    Some(fault) => found.push(fault),
                    None => rows.extend(row(&fields, &mut subjects, &mut found)),
                }
            }
        }
    }
    if rows.is_empty() && !found.iter().any(|f| f.severity == Severity::Error) {
        found.push(Diagnostic {
            code: "empty_file",
            severity: Severity::Error,
            place: Place { file: Some(file.into()), ..Place::default() },
            value: String::new(),
            text: Said::new("the file has no rows", "文件中没有数据行"),
            help: Said::new(
                "write a header line and one row a region and month",
                "请写一行列名，之后每个地区每个月一行",
            ),
        });
    }
    (rows, found)
}

/// The subjects met so far, by region.
#[derive(Default)]
struct Subjects {
    last: Option<Arc<Subject>>,
    known: BTreeMap<String, Vec<Arc<Subject>>>,
}

impl Subjects {
    fn of(&mut self, region: &str, fields: &Fields<'_>) -> Arc<Subject> {
        let [parent, sector, composition, unit] =
            ["parent", "sector", "composition", "unit"].map(|name| fields.text(name));
        let unit = unit.map_or(Unit::Unknown, Unit::parse);
        let is = |s: &&Arc<Subject>| {
            s.region == region
                && s.parent.as_deref() == parent
                && s.sector.as_deref() == sector
                && s.composition.as_deref() == composition
                && s.unit == unit
        };
        // Rows mostly stand by region.
        if let Some(same) = self.last.as_ref().filter(is) {
            return Arc::clone(same);
        }
        let known = self.known.get(region).and_then(|of_region| of_region.iter().find(is)).cloned();
        let subject = known.unwrap_or_else(|| {
            let [parent, sector, composition] = [parent, sector, composition].map(|t| t.map(str::to_owned));
            let new = Arc::new(Subject { region: region.to_owned(), parent, sector, composition, unit });
            self.known.entry(region.to_owned()).or_default().push(Arc::clone(&new));
            new
        });
        self.last = Some(Arc::clone(&subject));
        subject
    }
}

fn no_amount(file: &str) -> Diagnostic {
    Diagnostic {
        code: "missing_column",
        severity: Severity::Error,
        place: Place { file: Some(file.into()), row: Some(1), ..Place::default() },
        value: String::new(),
        text: Said::new(
            "there is none of the columns \"value\", \"ytd\" and \"growth\"",
            "“value”“ytd”“growth”三列都没有",
        ),
        help: Said::new(
            "give the month's flow as value, or the cumulative amount as ytd, or at least the growth of ytd",
            "请给出当月数value，或累计数ytd，至少给出累计同比growth",
        ),
    }
}

fn row(fields: &Fields<'_>, subjects: &mut Subjects, found: &mut Vec<Diagnostic>) -> Option<PanelRow> {
    let before = found.len();
    let region = fields.required("region", found);
    let year = whole(fields, "year", 1900, 2200, found);
    let month_number = fields.required("month", found).and_then(|text| {
        let number = text.parse::<i64>().ok();
        let read =
            number.map_or_else(|| Err(crate::calendar::CalendarError::Month { got: text.into() }), month);
        read.map_err(|e| found.push(fields.fault("month", e.code(), Severity::Error, e.said(), e.help())))
            .ok()
    });
    let (value, ytd) = (fields.amount("value", found), fields.amount("ytd", found));
    let growth = fields.number("growth", found).map(|percent| percent / 100.0);
    let base = fields.amount("base", found);
    let ledger = match fields.text("ledger") {
        None => Some(Ledger::Fai),
        Some(text) => Ledger::parse(text)
            .map_err(|e| {
                found.push(fields.fault("ledger", e.code(), Severity::Error, e.said(), e.help()));
            })
            .ok(),
    };
    let published = fields.text("published").and_then(|text| {
        let day = Day::parse(text);
        if day.is_none() {
            found.push(fields.fault(
                "published",
                "bad_date",
                Severity::Error,
                Said::new(
                    format!("{text:?} is not a date of the form YYYY-MM-DD, or no day of the calendar"),
                    format!("“{text}”不是“年-月-日”格式的有效日期"),
                ),
                Said::new("write the date of publication as 2023-08-15", "请按2023-08-15的格式书写公布日期"),
            ));
        }
        day
    });
    let measure = match (value, ytd) {
        (Some(_), Some(_)) => {
            found.push(fields.fault(
                "value",
                "two_amounts",
                Severity::Error,
                Said::new("both value and ytd are given", "同时给出了当月数value和累计数ytd"),
                Said::new("keep one of them", "请只保留一个"),
            ));
            None
        }
        (Some(value), None) => Some(Measure::Value(value)),
        (None, Some(ytd)) => Some(Measure::Ytd(ytd)),
        (None, None) => Some(Measure::None),
    };
    if let Some(ytd) = ytd.filter(|x| *x < 0.0) {
        found.push(fields.fault(
            "ytd",
            "negative_ytd",
            Severity::Error,
            Said::new(format!("ytd is {ytd}, below 0"), format!("累计数为{ytd}，小于0")),
            Said::new("correct it, or leave the cell empty", "请改正，或留空"),
        ));
    }
    if let Some(value) = value.filter(|x| *x < 0.0) {
        found.push(fields.fault(
            "value",
            "negative_value",
            Severity::Warning,
            Said::new(
                format!("the month's value is {value}, below 0; no model sees this month"),
                format!("当月数为{value}，小于0；该月不进入模型"),
            ),
            Said::new(
                "correct it; if it takes back earlier months, give ytd, with the revisions and their dates in the column published",
                "请改正；如为冲减以前月份，请改报累计数ytd，并补录修订数及其公布日期published",
            ),
        ));
    }
    if let Some(growth) = growth.filter(|g| *g > MOST_GROWTH) {
        found.push(fields.fault(
            "growth",
            "growth_too_large",
            Severity::Error,
            Said::new(
                format!("growth is {} %; allowed is −100 to {} %", growth * 100.0, MOST_GROWTH * 100.0),
                format!("同比为{}%，超出−100%至{}%的范围", growth * 100.0, MOST_GROWTH * 100.0),
            ),
            Said::new("write growth in percent, 9.8 for 9.8 %", "同比以百分数填写，9.8表示9.8%"),
        ));
    }
    if let Some(growth) = growth.filter(|g| *g < -1.0) {
        found.push(fields.fault(
            "growth",
            "growth_below_minus_100",
            Severity::Error,
            Said::new(
                format!("growth is {} %, below −100 %", growth * 100.0),
                format!("同比为{}%，低于−100%", growth * 100.0),
            ),
            Said::new("write growth in percent, 9.8 for 9.8 %", "同比以百分数填写，9.8表示9.8%"),
        ));
    }
    if let Some(base) = base.filter(|b| *b <= 0.0) {
        found.push(fields.fault(
            "base",
            "base_not_positive",
            Severity::Error,
            Said::new(format!("base is {base}, not above 0"), format!("可比基数为{base}，不大于0")),
            Said::new(
                "write last year's comparable ytd, or leave the cell empty",
                "请填写上年同期可比累计数，或留空",
            ),
        ));
    }
    if measure == Some(Measure::None) && growth.is_none() && base.is_none() && found.len() == before {
        found.push(fields.fault(
            "ytd",
            "empty_row",
            Severity::Warning,
            Said::new(
                "the row has neither an amount nor growth; it says nothing",
                "该行既无金额也无同比，没有内容",
            ),
            Said::new("leave it so if nothing was published for this month", "若当月未公布，可以不管"),
        ));
        return None;
    }
    if found[before..].iter().any(|f| f.severity == Severity::Error) {
        return None;
    }
    Some(PanelRow {
        line: fields.row,
        subject: subjects.of(region?, fields),
        year: i32::try_from(year?).ok()?,
        month: month_number?,
        ledger: ledger?,
        measure: measure?,
        growth,
        base,
        published,
    })
}

fn whole(fields: &Fields<'_>, name: &str, low: i64, high: i64, found: &mut Vec<Diagnostic>) -> Option<i64> {
    let text = fields.required(name, found)?;
    let number = text.parse::<i64>().ok().filter(|x| (low..=high).contains(x));
    if number.is_none() {
        found.push(fields.fault(
            name,
            "bad_year",
            Severity::Error,
            Said::new(
                format!("{name} is {text:?}; allowed is a whole number from {low} to {high}"),
                format!("“{name}”的值“{text}”不在{low}至{high}的整数范围内"),
            ),
            Said::new("write the year in four digits", "请写四位数的年份"),
        ));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::write_panel;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<(&'static str, Option<String>)> {
        read_panel(text, "f.csv").1.into_iter().map(|d| (d.code, d.place.cell())).collect()
    }

    #[test]
    fn a_row_is_where_a_spreadsheet_shows_it() {
        // Lines that end in one sign or two, with empty ones among them, and the cell in quotes over two lines.
        for (text, cell) in [
            ("region,year,month,value\r\nA,2023,1,x\r\n", "D2"),
            ("region,year,month,value\n\nA,2023,1,x\n", "D3"),
            ("region,year,month,value\r\n\r\n\r\nA,2023,1,x\r\n", "D4"),
            ("region,year,month,value\r\n\"A\r\nB\",2023,1,1\r\nA,2023,1,x\r\n", "D4"),
        ] {
            assert_eq!(codes(text).last(), Some(&("not_a_number", Some(cell.to_owned()))), "{text:?}");
        }
    }

    #[test]
    fn each_fault_names_its_cell() {
        let cell = |code, cell: &str| vec![(code, Some(cell.to_owned()))];
        assert_eq!(codes("region,year,value\nA,2023,1\n"), cell("missing_column", "1"));
        assert_eq!(codes("region,year,month\nA,2023,1\n"), cell("missing_column", "1"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,13,5\n"), cell("unknown_month", "C2"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,七,5\n"), cell("unknown_month", "C2"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,2,5\nA,2023,3,n/a\n"), cell("not_a_number", "D3"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,2,inf\n"), cell("not_a_number", "D2"));
        assert_eq!(codes("region,year,month,ytd\n,2023,2,1\n"), cell("empty_cell", "A2"));
        assert_eq!(codes("region,year,month,ytd\nA,23,2,1\n"), cell("bad_year", "B2"));
        assert_eq!(codes("region,year,month,ytd,ytd\nA,2023,2,1,1\n"), cell("repeated_column", "E1"));
        assert_eq!(codes("region,year,month,ytd,ledger\nA,2023,2,1,x\n"), cell("unknown_ledger", "E2"));
        assert_eq!(codes("region,year,month,ytd,value\nA,2023,2,1,1\n"), cell("two_amounts", "E2"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,2,1,234\n"), cell("row_too_long", "2"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,2,1,,\n"), vec![]);
        assert_eq!(
            codes("region,year,month,ytd\n\"A,2023,2,1\nA,2023,3,1\n"),
            cell("line_break_in_cell", "A2")
        );
        assert_eq!(codes("region;year;month;ytd\nA;2023;2;1\n"), cell("other_separator", "1"));
        assert_eq!(codes("region,year,month,ytd\nA,2023,2,1e16\n"), cell("number_too_large", "D2"));
        assert_eq!(codes("region,year,month,growth\nA,2023,2,1e7\n"), cell("growth_too_large", "D2"));
        assert_eq!(codes("region,year,month,value\nA,2023,2,5.7e-14\n"), cell("dust", "D2"));
        assert_eq!(codes("region,year,month,value\nA,2023,2,-1\n"), cell("negative_value", "D2"));
        assert_eq!(codes("region,year,month,ytd,published\nA,2023,2,1,2023-02-29\n"), cell("bad_date", "E2"));
        assert_eq!(codes("region,year,month,ytd\n"), vec![("empty_file", None)]);
        assert_eq!(codes(""), vec![("empty_file", None)]);
    }

    #[test]
    fn all_faults_are_found_at_once() {
        assert_eq!(codes("region,year,month,ytd\nA,x,99,y\nB,2023,2,z\n").len(), 4);
    }

    #[test]
    fn a_byte_order_mark_and_an_unknown_column_do_no_harm() {
        let (rows, found) = read_panel("\u{feff}region,year,month,ytd,colour\nA,2023,2,5,red\n", "f.csv");
        assert_eq!(rows.len(), 1);
        assert_eq!(found[0].code, "unknown_column");
        assert_eq!(found[0].severity, Severity::Warning);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s)[region,yathmovlue0-9.\\-\"\\n\u{feff}地 ]{0,200}") {
            let _ = read_panel(&text, "f.csv");
        }

        #[test]
        fn what_is_written_reads_back(ytd in 0.0f64..1e9, growth in prop::option::of(-1.0f64..3.0), tenth in -500i32..900,
                                      name in "[a-z,\"'=吴忠 ]{1,12}") {
            prop_assume!(!name.trim().is_empty());
            let row = PanelRow {
                line: 2,
                subject: Arc::new(Subject {
                    region: name.trim().into(), parent: Some("市".into()), composition: Some("other".into()),
                    unit: Unit::Wan, ..Subject::default()
                }),
                year: 2023, month: 7, ledger: Ledger::Works, measure: Measure::Ytd(ytd),
                growth: growth.or(Some(f64::from(tenth) / 10.0 / 100.0)), base: None, published: Day::parse("2023-08-15"),
            };
            let text = write_panel(std::slice::from_ref(&row));
            let (back, found) = read_panel(&text, "f.csv");
            prop_assert!(found.is_empty(), "{found:?} {text}");
            let close = |a: Option<f64>, b: Option<f64>| (a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() <= 1e-15;
            prop_assert!(close(back[0].growth, row.growth));
            prop_assert_eq!(&PanelRow { growth: None, ..back[0].clone() }, &PanelRow { growth: None, ..row });
        }
    }
}
