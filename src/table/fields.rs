//! A strict CSV file as named fields, each with its place.

use crate::error::{Diagnostic, Place, Said, Severity};

/// The largest number that is taken: beyond it sums lose whole units, and products overflow.
const LARGEST: f64 = 1e15;

/// The smallest amount that is more than the rounding error of a spreadsheet.
const SMALLEST: f64 = 1e-9;

/// What stands between fields in files that are CSV in name only.
const SEPARATORS: [(char, (&str, &str)); 4] = [
    (';', ("semicolons", "分号")),
    ('\t', ("tabs", "制表符")),
    ('，', ("full-width commas", "全角逗号")),
    ('|', ("vertical bars", "竖线")),
];

/// What was written to memory, which cannot fail.
pub(super) fn written(writer: csv::Writer<Vec<u8>>) -> String {
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A text without the mark that keeps a spreadsheet from taking it for a formula: the mark is no part of it.
fn unmarked(text: &str) -> &str {
    let formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    text.strip_prefix('\'').filter(|_| formula).unwrap_or(text)
}

/// A text that reads back as itself: one that begins with the mark of its own gets a second one.
pub(super) fn marked(text: &str) -> String {
    if unmarked(text).len() < text.len() { format!("'{text}") } else { text.to_owned() }
}

/// Writes a text as a field that reads back as itself, in quotes where it needs them.
pub(super) fn field(out: &mut String, text: &str) {
    // Nearly every text of a large table ends here.
    if !text.starts_with('\'') && !text.bytes().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n')) {
        return out.push_str(text);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // An empty field behind it, since one that stands alone is written otherwise.
    let _ = writer.write_record([marked(text).as_str(), ""]);
    let line = written(writer);
    out.push_str(line.strip_suffix(",\n").unwrap_or(&line));
}

/// Whether the first line, fields set apart by commas, has all of these names.
pub(super) fn names_in_first_line(text: &str, names: &[&str]) -> bool {
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let fields: Vec<&str> = line.split(',').map(|field| field.trim().trim_matches('"')).collect();
    names.iter().all(|name| fields.contains(name))
}

/// The header of a file: which column holds which of the allowed names.
pub(super) struct Header {
    file: String,
    names: Vec<String>,
}

/// One row, with what is needed to say where a fault is.
pub(super) struct Fields<'a> {
    pub(super) header: &'a Header,
    pub(super) record: &'a csv::StringRecord,
    pub(super) row: u32,
}

impl Header {
    /// Reads the header. Unknown columns are reported as warnings; doubled or missing ones as errors.
    pub(super) fn read(
        record: &csv::StringRecord,
        file: &str,
        allowed: &[&str],
        required: &[&str],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let names: Vec<String> =
            record.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        let header = Self { file: file.into(), names };
        if let [line] = header.names.as_slice()
            && let Some((_, said)) = SEPARATORS.iter().find(|(separator, _)| line.contains(*separator))
        {
            found.push(other_separator(header.place(1, None), line, said));
            return header;
        }
        for (index, name) in header.names.iter().enumerate() {
            let place = header.place(1, Some(index));
            if header.names[..index].contains(name) {
                found.push(Diagnostic {
                    code: "repeated_column",
                    severity: Severity::Error,
                    place,
                    value: name.clone(),
                    text: Said::new(
                        format!("the column {name:?} stands twice"),
                        format!("列“{name}”重复出现"),
                    ),
                    help: Said::new("keep one of them", "请只保留一列"),
                });
            } else if !allowed.contains(&name.as_str()) {
                found.push(Diagnostic {
                    code: "unknown_column",
                    severity: Severity::Warning,
                    place,
                    value: name.clone(),
                    text: Said::new(
                        format!("the column {name:?} is none of the tidy form and is not used"),
                        format!("列“{name}”不属于标准格式，未使用"),
                    ),
                    help: Said::new(
                        format!("allowed are {}", allowed.join(", ")),
                        format!("可用的列：{}", allowed.join("、")),
                    ),
                });
            }
        }
        for name in required.iter().filter(|name| !header.names.iter().any(|n| n == *name)) {
            found.push(Diagnostic {
                code: "missing_column",
                severity: Severity::Error,
                place: header.place(1, None),
                value: header.names.join(","),
                text: Said::new(format!("there is no column {name:?}"), format!("缺少列“{name}”")),
                help: Said::new(
                    format!("the first line must name the columns; needed are {}", required.join(", ")),
                    format!("首行须为列名；必需的列：{}", required.join("、")),
                ),
            });
        }
        header
    }

    /// How many columns the header names.
    pub(super) fn columns(&self) -> usize {
        self.names.len()
    }

    /// Whether the file has this column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|n| n == name)
    }

    fn place(&self, row: u32, column: Option<usize>) -> Place {
        Place {
            file: Some(self.file.clone()),
            sheet: None,
            row: Some(row),
            column: column.map(|i| (u32::try_from(i).unwrap_or(u32::MAX), self.names[i].clone())),
        }
    }
}

fn other_separator(place: Place, line: &str, said: &(&str, &str)) -> Diagnostic {
    Diagnostic {
        code: "other_separator",
        severity: Severity::Error,
        place,
        value: line.into(),
        text: Said::new(
            format!("the fields are separated by {}, not by commas", said.0),
            format!("各列以{}分隔，而不是逗号", said.1),
        ),
        help: Said::new(
            "save the file as CSV with commas; a decimal is written with a point",
            "请另存为逗号分隔的CSV；小数点用“.”",
        ),
    }
}

impl Fields<'_> {
    /// What is wrong with the shape of the row: a value that no column stands over, or a line break in a cell,
    /// which comes of a quotation mark that is never closed and would hide every row up to the next one.
    pub(super) fn shape(&self) -> Option<Diagnostic> {
        let extra = (self.header.columns()..self.record.len())
            .find(|i| self.record.get(*i).is_some_and(|text| !text.trim().is_empty()));
        if let Some(extra) = extra {
            return Some(Diagnostic {
                code: "row_too_long",
                severity: Severity::Error,
                place: self.header.place(self.row, None),
                value: self.record.iter().collect::<Vec<_>>().join(","),
                text: Said::new(
                    format!(
                        "the row has {} fields, the header {}; {:?} stands under no column",
                        self.record.len(),
                        self.header.columns(),
                        self.record.get(extra).unwrap_or_default()
                    ),
                    format!(
                        "该行有{}个字段，列名只有{}个；“{}”没有对应的列",
                        self.record.len(),
                        self.header.columns(),
                        self.record.get(extra).unwrap_or_default()
                    ),
                ),
                help: Said::new(
                    "write numbers without commas (1234.5), and put quotes around text that holds a comma",
                    "数字不要带千分位逗号（1234.5），含逗号的文字请加引号",
                ),
            });
        }
        let (index, cell) =
            self.record.iter().enumerate().find(|(_, text)| text.trim().contains(['\n', '\r']))?;
        Some(Diagnostic {
            code: "line_break_in_cell",
            severity: Severity::Error,
            place: self.header.place(self.row, Some(index)),
            value: cell.lines().next().unwrap_or_default().into(),
            text: Said::new(
                format!(
                    "the cell goes on over {} lines; a quotation mark is not closed",
                    cell.lines().count()
                ),
                format!("单元格跨{}行；有引号没有闭合", cell.lines().count()),
            ),
            help: Said::new(
                "close the quotation mark, or take it away; in a quoted name write it twice (\"\")",
                "请补上或删去引号；引号内的引号写两个（\"\"）",
            ),
        })
    }

    /// A field's text without surrounding blanks; `None` where the column is absent or the cell empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let index = self.header.names.iter().position(|n| n == name)?;
        let text = self.record.get(index).map(str::trim).filter(|text| !text.is_empty())?;
        Some(unmarked(text))
    }

    /// A finding about one field of this row.
    pub(super) fn fault(
        &self,
        name: &str,
        code: &'static str,
        severity: Severity,
        text: Said,
        help: Said,
    ) -> Diagnostic {
        let column = self.header.names.iter().position(|n| n == name);
        Diagnostic {
            code,
            severity,
            place: self.header.place(self.row, column),
            value: self.text(name).unwrap_or_default().to_owned(),
            text,
            help,
        }
    }

    /// A field that must not be empty.
    pub(super) fn required(&self, name: &str, found: &mut Vec<Diagnostic>) -> Option<&str> {
        let text = self.text(name);
        if text.is_none() {
            found.push(self.fault(
                name,
                "empty_cell",
                Severity::Error,
                Said::new(format!("{name} is empty"), format!("“{name}”为空")),
                Said::new("fill it in, or take the row out", "请填写，或删除该行"),
            ));
        }
        text
    }

    /// An amount: a number as [`Fields::number`] reads it, dust of a spreadsheet's arithmetic taken for 0.
    pub(super) fn amount(&self, name: &str, found: &mut Vec<Diagnostic>) -> Option<f64> {
        let number = self.number(name, found)?;
        if number == 0.0 || number.abs() >= SMALLEST {
            return Some(number);
        }
        found.push(self.fault(
            name,
            "dust",
            Severity::Note,
            Said::new(format!("{name} is {number}; it is read as 0"), format!("“{name}”的值{number}按0读取")),
            Said::new("nothing needs doing", "无需处理"),
        ));
        Some(0.0)
    }

    /// A plain decimal number; empty is `None`, anything else is reported.
    pub(super) fn number(&self, name: &str, found: &mut Vec<Diagnostic>) -> Option<f64> {
        let text = self.text(name)?;
        // `parse` alone would take "inf" and "nan".
        let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
        let number = text.parse::<f64>().ok().filter(|x| plain && x.is_finite());
        if number.is_none() {
            found.push(self.fault(
                name,
                "not_a_number",
                Severity::Error,
                Said::new(
                    format!("{name} is {text:?}, which is not a number"),
                    format!("“{name}”的值“{text}”不是数字"),
                ),
                Said::new(
                    "write a plain number such as 1234.5 (no commas, no %); leave the cell empty where nothing was published",
                    "请写成1234.5这样的数字（不带逗号和百分号）；未公布的留空",
                ),
            ));
        }
        number.filter(|x| {
            let fits = x.abs() <= LARGEST;
            if !fits {
                found.push(self.fault(
                    name,
                    "number_too_large",
                    Severity::Error,
                    Said::new(
                        format!("{name} is {text}; allowed is −1e15 to 1e15"),
                        format!("“{name}”的值{text}超出−1e15至1e15的范围"),
                    ),
                    Said::new(
                        "correct the number; if it is right, bring the amounts to a larger unit (万元, 亿元)",
                        "请改正；如无误，请改用更大的单位（万元、亿元）",
                    ),
                ));
            }
            fits
        })
    }
}

/// The line of a file that a record begins on. The reader tells where it was before the record: at the second sign of a line's
/// end, or at lines that are empty.
pub(super) fn line_of(record: &csv::StringRecord, text: &str) -> u32 {
    let Some(position) = record.position() else { return 1 };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(at..).unwrap_or_default();
    let passed = skipped.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(passed).unwrap_or(0))
}
