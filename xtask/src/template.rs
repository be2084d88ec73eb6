//! The template workbook that the page serves: the sample's rows, as a planner would keep their own.

use crate::{node, sh};
use anyhow::{Context, Result, ensure};
use rust_xlsxwriter::{Format, Workbook};
use std::fs;
use std::path::Path;

const ROWS: &str = "seeds/wuzhong-2023/panel.csv";
const FILE: &str = "public/landfall-template.xlsx";

/// Columns of the tidy form, as a planner calls them.
const NAMES: [(&str, &str); 10] = [
    ("region", "地区"),
    ("parent", "上级地区"),
    ("ledger", "台账"),
    ("year", "年份"),
    ("month", "月份"),
    ("ytd", "累计完成"),
    ("growth", "同比增速（%）"),
    ("sector", "行业"),
    ("composition", "构成"),
    ("unit", "单位"),
];

/// What a planner has to know, in both languages.
const NOTES: [&str; 8] = [
    "使用方法：把“数据”表中的示例换成本地数据，保存后拖到网页中。",
    "示例数据为示意：由程序模拟生成，不是公布数。",
    "每行一个地区一个月；1—2月合并为2月；缺的数留空。累计为1月起累计，增速为累计同比（可比口径）。",
    "“上级地区”“台账”“行业”“构成”可留空；台账为空即固定资产投资。",
    "How to use: put your own figures in place of the sample's on the first sheet, save, and drop the file on the page.",
    "The sample's figures are illustrative: simulated, not published.",
    "One row a region and month; January and February together are month 2; leave blank what is missing. Amounts count from January on; growth is that of the cumulative amount on the comparable base.",
    "Parent, ledger, sector and composition may be blank; a blank ledger is fixed-asset investment.",
];

/// Writes the workbook where the page's build finds it.
pub(crate) fn write() -> Result<()> {
    let rows = fs::read_to_string(sh::root().join(ROWS)).with_context(|| format!("cannot read {ROWS}"))?;
    let file = node::www().join(FILE);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    save(&rows, &file)
}

fn save(rows: &str, file: &Path) -> Result<()> {
    // The sample quotes nothing; should it ever, this must read CSV.
    ensure!(!rows.contains('"'), "{ROWS} has quoted fields");
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("数据")?;
    for (row, line) in (0u32..).zip(rows.lines()) {
        for (column, field) in (0u16..).zip(line.split(',')) {
            if row == 0 {
                let name = NAMES.iter().find(|(id, _)| *id == field).map(|(_, name)| *name);
                let name = name.with_context(|| format!("{ROWS} has the new column {field}"))?;
                sheet.write_with_format(row, column, name, &bold)?;
            } else if let Ok(number) = field.parse::<f64>() {
                sheet.write(row, column, number)?;
            } else if !field.is_empty() {
                sheet.write(row, column, field)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_column_width(0, 16)?;
    sheet.set_column_width(6, 16)?;
    let notes = book.add_worksheet().set_name("说明")?;
    notes.set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap();
    for (row, note) in (0u32..).zip(NOTES) {
        notes.write_with_format(row, 0, note, &wrapped)?;
    }
    book.save(file).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_a_name_is_refused_and_so_are_quotes() {
        let file = std::env::temp_dir().join(format!("landfall-template-{}.xlsx", std::process::id()));
        save("region,year,month,ytd\n利通区,2023,7,12.5\n", &file).unwrap();
        assert!(fs::read(&file).unwrap().starts_with(b"PK"));
        fs::remove_file(&file).unwrap();
        assert!(save("region,weather\n利通区,fine\n", &file).unwrap_err().to_string().contains("weather"));
        assert!(save("region\n\"a,b\"\n", &file).is_err());
    }
}
