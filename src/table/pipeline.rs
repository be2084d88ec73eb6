//! The pipeline as a table: one project a row.

use crate::calendar::Day;
use crate::error::{Diagnostic, Place, Said, Severity};
use crate::table::fields::{Fields, Header, line_of, marked, names_in_first_line, written};
use crate::table::project::{Approval, Funding, Kind, Stage};
use crate::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [&str; 19] = [
    "id",
    "name",
    "region",
    "sector",
    "stage",
    "in_books",
    "funding",
    "kind",
    "total",
    "plan_year",
    "done",
    "start_planned",
    "start_actual",
    "end_planned",
    "department",
    "approvals",
    "list",
    "status_date",
    "unit",
];

/// The most working days that an approval may be said to take: about ten years.
const MOST_DAYS: u32 = 2_500;

/// Whether a text is a pipeline in the tidy form, by the names in its first line.
///
/// ```
/// assert!(landfall::table::is_tidy_pipeline("id,region,stage\n"));
/// assert!(!landfall::table::is_tidy_pipeline("项目名称,县区,阶段\n"));
/// ```
pub fn is_tidy_pipeline(text: &str) -> bool {
    names_in_first_line(text, &["id", "region", "stage"])
}

/// One project as a list tells of it. What the list leaves empty is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectRow {
    /// Row in the file, the header being 1.
    pub line: u32,
    /// Id, unique in the file.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Region's name.
    pub region: String,
    /// Sector.
    pub sector: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// Day of its entry in the statistical books; entry is not spend.
    pub in_books: Option<Day>,
    /// Whose money.
    pub funding: Option<Funding>,
    /// Key project, or place in the attraction funnel.
    pub kind: Option<Kind>,
    /// Planned total, in `unit`.
    pub total: Option<f64>,
    /// Planned for the year of the list, in `unit`.
    pub plan_year: Option<f64>,
    /// Completed since it began, through the status date, in `unit`.
    pub done: Option<f64>,
    /// Unit of the three; [`Unit::Unknown`] for that of the panel.
    pub unit: Unit,
    /// Planned start.
    pub start_planned: Option<Day>,
    /// Actual start.
    pub start_actual: Option<Day>,
    /// Planned end.
    pub end_planned: Option<Day>,
    /// Department in charge.
    pub department: Option<String>,
    /// Approvals still outstanding, with the working days each is expected to take.
    pub approvals: BTreeMap<Approval, u32>,
    /// The list that it stands on.
    pub list: Option<String>,
    /// Day as of which all this is told.
    pub status_date: Option<Day>,
}

impl ProjectRow {
    /// Brings its amounts to a panel's unit; `false`, and nothing is changed, where the two have no stated ratio.
    pub(crate) fn bring_to(&mut self, panel: &Unit) -> bool {
        if self.unit == Unit::Unknown {
            return true;
        }
        let Some(ratio) = self.unit.ratio_to(panel) else { return false };
        for amount in [&mut self.total, &mut self.plan_year, &mut self.done].into_iter().flatten() {
            *amount *= ratio;
        }
        self.unit = panel.clone();
        true
    }
}

/// Reads a pipeline in the tidy form: UTF-8 CSV with exactly the column names of the contract.
///
/// Needed are `id`, `region` and `stage`. A row with a fault of severity error is left out and every fault is
/// reported; the others are returned. Amounts are in the unit of `unit`, else the panel's; empty cells are `None`. `approvals` is
/// written `kind:days;kind:days`, in working days.
///
/// ```
/// use landfall::table::read_pipeline;
/// let text = "id,region,stage,total,done,approvals\np1,A,preparation,3.5,,land:40;energy:15\np2,A,began,1,2,\n";
/// let (rows, found) = read_pipeline(text, "p.csv");
/// assert_eq!(rows.len(), 1);
/// assert_eq!(rows[0].approvals.values().sum::<u32>(), 55);
/// assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), ["unknown_stage", "done_above_total"]);
/// assert_eq!(found[0].place.cell().as_deref(), Some("C3"));
/// ```
pub fn read_pipeline(text: &str, file: &str) -> (Vec<ProjectRow>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut rows: Vec<ProjectRow> = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut known: Option<Header> = None;
    let mut ids: BTreeMap<String, u32> = BTreeMap::new();
    // From text in memory only broken quoting could fail, and the reader is lenient there.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = line_of(&record, text);
        let Some(header) = &known else {
            let read = Header::read(&record, file, &COLUMNS, &["id", "region", "stage"], &mut found);
            if found.iter().any(|f| f.severity == Severity::Error) {
                return (rows, found);
            }
            known = Some(read);
            continue;
        };
        let fields = Fields { header, record: &record, row: line };
        if let Some(fault) = fields.shape() {
            found.push(fault);
            continue;
        }
        let read = row(&fields, &mut found);
        if let Some(id) = fields.text("id") {
            match ids.get(id) {
                Some(first) => {
                    found.push(fields.fault(
                        "id",
                        "repeated_id",
                        Severity::Error,
                        Said::new(
                            format!("the id {id:?} stands in row {first} already"),
                            format!("编号“{id}”已在第{first}行出现"),
                        ),
                        Said::new("give each project an id of its own", "每个项目请用不同的编号"),
                    ));
                    continue;
                }
                None => ids.insert(id.to_owned(), line),
            };
        }
        rows.extend(read);
    }
    if rows.is_empty() && !found.iter().any(|f| f.severity == Severity::Error) {
        found.push(Diagnostic {
            code: "empty_file",
            severity: Severity::Error,
            place: Place { file: Some(file.into()), ..Place::default() },
            value: String::new(),
            text: Said::new("the file has no projects", "文件中没有项目"),
            help: Said::new("write a header line and one row a project", "请写一行列名，之后每个项目一行"),
        });
    }
    (rows, found)
}

fn row(fields: &Fields<'_>, found: &mut Vec<Diagnostic>) -> Option<ProjectRow> {
    let before = found.len();
    let text = |name: &str| fields.text(name).map(str::to_owned);
    let id = fields.required("id", found).map(str::to_owned);
    let region = fields.required("region", found).map(str::to_owned);
    let stage = fields.required("stage", found).and_then(|_| {
        word(
            fields,
            ("stage", "unknown_stage"),
            Stage::parse,
            &Stage::ALL.iter().map(|s| s.id()).collect::<Vec<_>>(),
            found,
        )
    });
    let funding = word(
        fields,
        ("funding", "unknown_funding"),
        Funding::parse,
        &Funding::ALL.iter().map(|f| f.id()).collect::<Vec<_>>(),
        found,
    );
    let kind = word(
        fields,
        ("kind", "unknown_kind"),
        Kind::parse,
        &Kind::ALL.iter().map(|k| k.id()).collect::<Vec<_>>(),
        found,
    );
    let [total, plan_year, done] =
        ["total", "plan_year", "done"].map(|name| not_negative(fields, name, found));
    let [in_books, start_planned, start_actual, end_planned, status_date] =
        ["in_books", "start_planned", "start_actual", "end_planned", "status_date"]
            .map(|name| date(fields, name, found));
    let approvals = approvals(fields, found);
    if let (Some(done), Some(total)) = (done, total)
        && done > total
    {
        found.push(fields.fault(
            "done",
            "done_above_total",
            Severity::Error,
            Said::new(
                format!("completed > planned: done is {done}, total {total}; allowed is 0 to {total}"),
                format!("完成数大于计划数：累计完成{done}，计划总投资{total}；应在0至{total}之间"),
            ),
            Said::new(
                "correct done, or raise total where the project has grown",
                "请改正完成数；如项目规模扩大，请调整总投资",
            ),
        ));
    }
    let start =
        start_actual.map(|day| ("start_actual", day)).or(start_planned.map(|day| ("start_planned", day)));
    if let (Some((name, start)), Some(end)) = (start, end_planned)
        && end < start
    {
        found.push(fields.fault(
            "end_planned",
            "ends_before_start",
            Severity::Error,
            Said::new(
                format!("the project ends on {end}, before it starts ({name} is {start}); allowed is {start} or later"),
                format!("项目竣工日期{end}早于开工日期{start}（{name}）；应不早于{start}"),
            ),
            Said::new("correct one of the two dates", "请改正其中一个日期"),
        ));
    }
    if let (Some(start), Some(status)) = (start_actual, status_date)
        && start > status
    {
        found.push(fields.fault(
            "start_actual",
            "started_after_status",
            Severity::Error,
            Said::new(
                format!(
                    "start_actual is {start}, after the status date {status}; allowed is {status} or earlier"
                ),
                format!("实际开工日期{start}晚于数据截止日期{status}；应不晚于{status}"),
            ),
            Said::new(
                "write a start that is still to come as start_planned",
                "尚未到来的开工日期请填在start_planned",
            ),
        ));
    }
    if let (Some(plan), Some(total)) = (plan_year, total)
        && plan > total
    {
        found.push(fields.fault(
            "plan_year",
            "plan_above_total",
            Severity::Warning,
            Said::new(
                format!(
                    "plan_year is {plan}, above the total of {total}; no more than what is left is spent"
                ),
                format!("年度计划{plan}大于总投资{total}；按不超过剩余投资计算"),
            ),
            Said::new("correct one of the two", "请改正其中之一"),
        ));
    }
    if found[before..].iter().any(|f| f.severity == Severity::Error) {
        return None;
    }
    Some(ProjectRow {
        line: fields.row,
        id: id?,
        name: text("name"),
        region: region?,
        sector: text("sector"),
        stage: stage?,
        in_books,
        funding,
        kind,
        total,
        plan_year,
        done,
        unit: fields.text("unit").map(Unit::parse).unwrap_or_default(),
        start_planned,
        start_actual,
        end_planned,
        department: text("department"),
        approvals,
        list: text("list"),
        status_date,
    })
}

/// One of the words of a column; empty is `None`, any other word is reported with the one it looks most like.
fn word<T>(
    fields: &Fields<'_>,
    (name, code): (&str, &'static str),
    parse: impl Fn(&str) -> Option<T>,
    allowed: &[&str],
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    let text = fields.text(name)?;
    let read = parse(text);
    if read.is_none() {
        found.push(unknown_word(fields, (name, code), text, allowed));
    }
    read
}

fn unknown_word(
    fields: &Fields<'_>,
    (name, code): (&str, &'static str),
    text: &str,
    allowed: &[&str],
) -> Diagnostic {
    let alike = |id: &&str| strsim::normalized_levenshtein(id, text);
    let guess =
        allowed.iter().copied().max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|id| alike(id) >= 0.5);
    let (en, zh) = guess.map_or((String::new(), String::new()), |id| {
        (format!("did you mean {id:?}? "), format!("是否指“{id}”？"))
    });
    fields.fault(
        name,
        code,
        Severity::Error,
        Said::new(
            format!("{name} has {text:?}; allowed are {}", allowed.join(", ")),
            format!("“{name}”的值“{text}”不可用；可用{}", allowed.join("、")),
        ),
        Said::new(format!("{en}Write one of the allowed words"), format!("{zh}请改用上列名称之一")),
    )
}

fn not_negative(fields: &Fields<'_>, name: &str, found: &mut Vec<Diagnostic>) -> Option<f64> {
    let amount = fields.amount(name, found)?;
    if amount < 0.0 {
        found.push(fields.fault(
            name,
            "negative_amount",
            Severity::Error,
            Said::new(
                format!("{name} is {amount}; allowed is 0 or more"),
                format!("“{name}”的值{amount}小于0；应不小于0"),
            ),
            Said::new("correct it, or leave the cell empty", "请改正，或留空"),
        ));
    }
    Some(amount)
}

fn date(fields: &Fields<'_>, name: &str, found: &mut Vec<Diagnostic>) -> Option<Day> {
    let text = fields.text(name)?;
    let day = Day::parse(text);
    if day.is_none() {
        found.push(fields.fault(
            name,
            "bad_date",
            Severity::Error,
            Said::new(
                format!("{name} is {text:?}, not a date of the form YYYY-MM-DD, or no day of the calendar"),
                format!("“{name}”的值“{text}”不是“年-月-日”格式的有效日期"),
            ),
            Said::new("write the date as 2023-08-15", "请按2023-08-15的格式书写日期"),
        ));
    }
    day
}

fn approvals(fields: &Fields<'_>, found: &mut Vec<Diagnostic>) -> BTreeMap<Approval, u32> {
    let mut out = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let Some(text) = fields.text("approvals") else { return out };
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, days) = part.split_once(':').unwrap_or((part, ""));
        let Some(approval) = Approval::parse(name) else {
            let allowed: Vec<&str> = Approval::ALL.iter().map(|a| a.id()).collect();
            found.push(unknown_word(fields, ("approvals", "unknown_approval"), name.trim(), &allowed));
            continue;
        };
        let days = days.trim();
        let number = Some(days)
            .filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|d| d.parse::<u32>().ok())
            .filter(|d| *d <= MOST_DAYS);
        match number {
            Some(number) if seen.insert(approval) => {
                out.insert(approval, number);
            }
            Some(_) => found.push(fields.fault(
                "approvals",
                "repeated_approval",
                Severity::Error,
                Said::new(
                    format!("the approval {} stands twice", approval.id()),
                    format!("审批事项“{}”重复出现", approval.id()),
                ),
                Said::new("keep one of them", "请只保留一个"),
            )),
            None => found.push(fields.fault(
                "approvals",
                "bad_approval_days",
                Severity::Error,
                Said::new(
                    format!("{part:?} is not of the form kind:days with 0 to {MOST_DAYS} working days"),
                    format!("“{part}”不是“事项:工作日数”的格式，或不在0至{MOST_DAYS}个工作日之间"),
                ),
                Said::new("write approvals as land:40;energy:15", "请按land:40;energy:15的格式书写"),
            )),
        }
    }
    out
}

/// Writes projects in the tidy form, with every column of the contract.
///
/// Reading it back gives the same rows but for `line`.
///
/// ```
/// use landfall::table::{read_pipeline, write_pipeline};
/// let (rows, _) = read_pipeline("id,region,stage,total\np1,A,reserve,2.5\n", "p.csv");
/// let (again, found) = read_pipeline(&write_pipeline(&rows), "again.csv");
/// assert!(found.is_empty());
/// assert_eq!(again, rows);
/// ```
pub fn write_pipeline(rows: &[ProjectRow]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let day = |x: Option<Day>| x.map(|x| x.to_string()).unwrap_or_default();
    let text = |x: &Option<String>| x.as_deref().map(marked).unwrap_or_default();
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let approvals: Vec<String> =
            row.approvals.iter().map(|(kind, days)| format!("{kind}:{days}")).collect();
        let _ = writer.write_record([
            marked(&row.id),
            text(&row.name),
            marked(&row.region),
            text(&row.sector),
            row.stage.id().to_owned(),
            day(row.in_books),
            row.funding.map(|f| f.id().to_owned()).unwrap_or_default(),
            row.kind.map(|k| k.id().to_owned()).unwrap_or_default(),
            number(row.total),
            number(row.plan_year),
            number(row.done),
            day(row.start_planned),
            day(row.start_actual),
            day(row.end_planned),
            text(&row.department),
            approvals.join(";"),
            text(&row.list),
            day(row.status_date),
            if row.unit == Unit::Unknown { String::new() } else { row.unit.to_string() },
        ]);
    }
    written(writer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEED: &str = include_str!("../../seeds/wuzhong-2023/pipeline.csv");

    fn codes(row: &str) -> Vec<(&'static str, Option<String>)> {
        let text = format!("{}\n{row}\n", COLUMNS.join(","));
        read_pipeline(&text, "p.csv").1.into_iter().map(|d| (d.code, d.place.cell())).collect()
    }

    #[test]
    fn pipeline_seed_is_read_and_round_trips() {
        let (rows, found) = read_pipeline(SEED, "pipeline.csv");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(rows.len(), 1252);
        let (again, found) = read_pipeline(&write_pipeline(&rows), "again.csv");
        assert!(found.is_empty());
        assert_eq!(again, rows);
    }

    #[test]
    fn pipeline_faults_name_their_cells() {
        let cell = |code, cell: &str| vec![(code, Some(cell.to_owned()))];
        assert_eq!(codes("1,,A,,begun,,,,,,,,,,,,,"), cell("unknown_stage", "E2"));
        assert_eq!(codes("1,,A,,reserve,,loan,,,,,,,,,,,"), cell("unknown_funding", "G2"));
        assert_eq!(codes("1,,A,,reserve,,,keys,,,,,,,,,,"), cell("unknown_kind", "H2"));
        assert_eq!(codes("1,,A,,reserve,,,,-1,,,,,,,,,"), cell("negative_amount", "I2"));
        assert_eq!(codes("1,,A,,reserve,,,,1,,2,,,,,,,"), cell("done_above_total", "K2"));
        assert_eq!(codes("1,,A,,reserve,,,,1,2,,,,,,,,"), cell("plan_above_total", "J2"));
        assert_eq!(codes("1,,A,,reserve,,,,,,,2023-02-30,,,,,,"), cell("bad_date", "L2"));
        assert_eq!(codes("1,,A,,reserve,,,,,,,2023-05-01,,2023-04-30,,,,"), cell("ends_before_start", "N2"));
        assert_eq!(
            codes("1,,A,,construction,,,,,,,,2023-08-01,,,,,2023-07-31"),
            cell("started_after_status", "M2")
        );
        assert_eq!(codes("1,,A,,reserve,,,,,,,,,,,lands:3,,"), cell("unknown_approval", "P2"));
        assert_eq!(codes("1,,A,,reserve,,,,,,,,,,,land:x,,"), cell("bad_approval_days", "P2"));
        assert_eq!(codes("1,,A,,reserve,,,,,,,,,,,land:1;land:2,,"), cell("repeated_approval", "P2"));
        assert_eq!(
            codes("1,,A,,reserve,,,,,,,,,,,,,\n1,,B,,reserve,,,,,,,,,,,,,"),
            cell("repeated_id", "A3")
        );
        assert_eq!(codes(",,A,,reserve,,,,,,,,,,,,,"), cell("empty_cell", "A2"));
    }

    #[test]
    fn pipeline_faults_say_what_is_meant_and_leave_the_others_in() {
        let (rows, found) = read_pipeline("id,region,stage\n1,A,constructon\n2,A,construction\n", "p.csv");
        assert_eq!(rows.len(), 1);
        assert!(found[0].help.en.contains("did you mean \"construction\""), "{:?}", found[0].help);
        assert!(found[0].text.en.contains("reserve, preparation, construction, completed, outlook"));
        assert_eq!(found[0].value, "constructon");
        assert_eq!(read_pipeline("", "p.csv").1[0].code, "empty_file");
        assert_eq!(read_pipeline("id,region\n", "p.csv").1[0].code, "missing_column");
    }

    proptest! {
        #[test]
        fn pipeline_of_any_text_is_read_without_panic(text in "(?s)(id,region,stage,total,done\n)?[A-C0-9,.\\-\"\\n:;e]{0,200}") {
            let _ = read_pipeline(&text, "p.csv");
        }
    }
}
