//! Plain series as a long table, for a monthly forecaster.

use crate::error::{Diagnostic, Place, Said, Severity};
use crate::table::fields::{Fields, Header, line_of};
use std::collections::{BTreeMap, HashMap};

const COLUMNS: [&str; 4] = ["unique_id", "t", "split", "y"];
/// The longest gap that is filled: one that long is taken for a mistyped time.
const LONGEST_GAP: i64 = 600;

/// The history of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeSeries {
    /// Its id.
    pub id: String,
    /// One value a time, from the first to the last that was given; `None` where one is missing between them.
    pub values: Vec<Option<f64>>,
}

/// Reads the history of series: UTF-8 CSV with the columns `unique_id, t, split, y`, one row a value.
///
/// `t` is a whole number that goes up by one a period. Rows whose `split` is `train` are the history; other
/// rows are ignored, and without the column every row is history. An empty `y` is a missing value. Series come
/// in the order in which they first stand in the file. Rows with a fault of severity error are left out, and
/// every fault is reported; the caller decides that nothing is answered from a file with errors.
///
/// ```
/// let text = "unique_id,t,split,y\nA,1,train,5\nA,3,train,7\nA,4,test,8\n";
/// let (series, found) = landfall::table::read_series(text, "a.csv");
/// assert_eq!(series[0].values, [Some(5.0), None, Some(7.0)]);
/// assert!(found.is_empty());
/// ```
pub fn read_series(text: &str, file: &str) -> (Vec<TimeSeries>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut order: Vec<String> = Vec::new();
    let mut cells: HashMap<String, BTreeMap<i64, Option<f64>>> = HashMap::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut header: Option<Header> = None;
    // From text in memory only broken quoting could fail, and the reader is lenient there.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = line_of(&record, text);
        let Some(header) = &header else {
            let read = Header::read(&record, file, &COLUMNS, &["unique_id", "t", "y"], &mut found);
            if found.iter().any(|f| f.severity == Severity::Error) {
                return (Vec::new(), found);
            }
            header = Some(read);
            continue;
        };
        let fields = Fields { header, record: &record, row: line };
        let history = !header.has("split") || fields.text("split") == Some("train");
        let Some((id, t, y)) = row(&fields, &mut found).filter(|_| history) else { continue };
        if !cells.contains_key(id) {
            order.push(id.to_owned());
        }
        if cells.entry(id.to_owned()).or_default().insert(t, y).is_some() {
            found.push(fields.fault(
                "t",
                "repeated_time",
                Severity::Error,
                Said::new(format!("{id} has the time {t} twice"), format!("序列{id}的时间{t}重复出现")),
                Said::new("keep one of the rows", "请只保留一行"),
            ));
        }
    }
    if order.is_empty() && !found.iter().any(|f| f.severity == Severity::Error) {
        found.push(empty(file));
    }
    let series = order.into_iter().map(|id| {
        let cells = cells.remove(&id).unwrap_or_default();
        between(id, &cells, file, &mut found)
    });
    (series.collect(), found)
}

/// One value a time from the first to the last.
fn between(
    id: String,
    cells: &BTreeMap<i64, Option<f64>>,
    file: &str,
    found: &mut Vec<Diagnostic>,
) -> TimeSeries {
    let mut values = Vec::with_capacity(cells.len());
    let mut next = None;
    for (t, y) in cells {
        let gap = t - next.unwrap_or(*t);
        if gap > LONGEST_GAP {
            found.push(Diagnostic {
                code: "gap_too_long",
                severity: Severity::Error,
                place: Place { file: Some(file.into()), ..Place::default() },
                value: t.to_string(),
                text: Said::new(
                    format!("{id}: {gap} times are missing before {t}; at most {LONGEST_GAP} are filled"),
                    format!("序列{id}在时间{t}之前缺{gap}期，最多补{LONGEST_GAP}期"),
                ),
                help: Said::new(
                    "t counts periods: 1, 2, 3, … for one month after another",
                    "t按期编号，相邻月份相差1",
                ),
            });
            break;
        }
        values.extend((0..gap).map(|_| None));
        values.push(*y);
        next = Some(t + 1);
    }
    TimeSeries { id, values }
}

fn row<'a>(fields: &'a Fields<'_>, found: &mut Vec<Diagnostic>) -> Option<(&'a str, i64, Option<f64>)> {
    let before = found.len();
    let id = fields.required("unique_id", found);
    let t = fields.required("t", found).and_then(|text| {
        // Far enough from the ends of i64 that differences of two times cannot overflow.
        let t = text.parse::<i64>().ok().filter(|t| t.abs() < 1_000_000_000);
        if t.is_none() {
            found.push(fields.fault(
                "t",
                "bad_time",
                Severity::Error,
                Said::new(format!("t is {text:?}, not a whole number"), format!("t的值“{text}”不是整数")),
                Said::new("number the periods 1, 2, 3, …", "请将各期编号为1、2、3……"),
            ));
        }
        t
    });
    let y = fields.number("y", found);
    (found.len() == before).then_some((id?, t?, y))
}

fn empty(file: &str) -> Diagnostic {
    Diagnostic {
        code: "empty_file",
        severity: Severity::Error,
        place: Place { file: Some(file.into()), ..Place::default() },
        value: String::new(),
        text: Said::new("the file has no history", "文件中没有历史数据"),
        help: Said::new(
            "write one row a value, with \"train\" in the column split",
            "请每个数值写一行，split列填“train”",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<(&'static str, Option<String>)> {
        read_series(text, "f.csv").1.into_iter().map(|d| (d.code, d.place.cell())).collect()
    }

    #[test]
    fn each_fault_names_its_cell() {
        let cell = |code, cell: &str| vec![(code, Some(cell.to_owned()))];
        assert_eq!(codes("unique_id,t\nA,1\n"), cell("missing_column", "1"));
        assert_eq!(codes("unique_id,t,y\nA,1.5,2\n"), cell("bad_time", "B2"));
        assert_eq!(codes("unique_id,t,y\nA,1,2\nA,1,3\n"), cell("repeated_time", "B3"));
        assert_eq!(codes("unique_id,t,y\n,1,2\n"), cell("empty_cell", "A2"));
        assert_eq!(codes("unique_id,t,y\nA,1,many\n"), cell("not_a_number", "C2"));
        assert_eq!(codes("unique_id,t,y\nA,1,2\nA,99999,3\n"), vec![("gap_too_long", None)]);
        assert_eq!(codes("unique_id,t,split,y\nA,1,test,2\n"), vec![("empty_file", None)]);
        assert_eq!(codes(""), vec![("empty_file", None)]);
    }

    #[test]
    fn rows_in_any_order_and_gaps() {
        let (series, found) = read_series("y,t,unique_id\n3,12,B\n1,10,B\n9,1,A\n,2,A\n", "f.csv");
        assert!(found.is_empty());
        assert_eq!(series[0], TimeSeries { id: "B".into(), values: vec![Some(1.0), None, Some(3.0)] });
        assert_eq!(series[1].values, [Some(9.0), None]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s)(unique_id,t,y\n)?[A-C0-9,.\\-\"\\ne]{0,200}") {
            let _ = read_series(&text, "f.csv");
        }
    }
}
