//! Out again and in: what is written reads back as the same panel, no name becomes a formula, and what would fill the
//! memory is refused at once.

#![cfg(all(feature = "columnar", feature = "xlsx"))]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use landfall::error::Severity;
use landfall::ingest::{Ingested, Mapping, Options, Tidy, parquet, read, with_bom, workbook};
use landfall::table::{PanelRow, ProjectRow, read_panel, read_pipeline, write_panel, write_pipeline};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

/// A file that cannot be read must say so within this.
const AT_ONCE: Duration = Duration::from_secs(2);

fn sample() -> Vec<PanelRow> {
    let text = std::fs::read_to_string("seeds/wuzhong-2023/panel.csv").unwrap();
    let (rows, found) = read_panel(&text, "panel.csv");
    assert!(found.is_empty() && rows.len() > 1000);
    rows
}

fn panel(name: &str, bytes: &[u8]) -> Vec<PanelRow> {
    let out = read(name, bytes, &Options::default());
    match out.tidy {
        Tidy::Panel(rows) => rows,
        other => panic!("{name} is no panel: {other:?} {:?}", out.found),
    }
}

/// Rows in one order, without their lines.
fn ordered(rows: &[PanelRow]) -> Vec<String> {
    let mut out: Vec<String> = write_panel(rows).lines().skip(1).map(str::to_owned).collect();
    out.sort();
    out
}

#[test]
fn what_is_written_reads_back_as_the_same_panel() {
    let rows = sample();
    let text = write_panel(&rows);
    let (again, found) = read_panel(&with_bom(&text), "again.csv");
    assert!(found.is_empty());
    assert_eq!(ordered(&rows), ordered(&again));
    for (name, bytes) in [
        ("again.csv", with_bom(&text).into_bytes()),
        ("again.xlsx", workbook(&text).unwrap()),
        ("again.parquet", parquet(&text).unwrap()),
    ] {
        assert_eq!(ordered(&rows), ordered(&panel(name, &bytes)), "{name}");
    }
}

/// A list of projects that is in the tidy form already loses nothing by being read as any table is.
#[test]
fn a_tidy_list_of_projects_keeps_what_it_says() {
    let text = std::fs::read_to_string("seeds/wuzhong-2023/pipeline.csv").unwrap();
    let (rows, _) = read_pipeline(&text, "pipeline.csv");
    let out = read("pipeline.csv", text.as_bytes(), &Options::default());
    let Tidy::Pipeline(again) = &out.tidy else { panic!("{:?}", out.found) };
    assert!(rows.iter().filter(|r| !r.approvals.is_empty()).count() > 100);
    for (row, again) in rows.iter().zip(again) {
        let said =
            |r: &ProjectRow| (r.approvals.clone(), r.stage, r.total, r.done, r.plan_year, r.status_date);
        assert_eq!((&row.id, said(row)), (&again.id, said(again)));
    }
    assert_eq!(rows.len(), again.len());
}

/// Years of a region below each other, and the total's years at the end: no total is the sum of all rows above it.
#[test]
fn a_total_is_not_compared_with_rows_of_other_years() {
    let table = |by_year: bool| {
        let mut lines: Vec<(u32, u32)> =
            (0..4).flat_map(|region| (2019..2023).map(move |y| (region, y))).collect();
        if by_year {
            lines.sort_by_key(|(region, year)| (*year, *region));
        }
        let name =
            |region: u32| if region == 3 { "合计".to_owned() } else { format!("第{}镇", region + 1) };
        let value = |region: u32| if region == 3 { 390 } else { 100 };
        let rows =
            lines.iter().map(|(region, year)| format!("{},{year},7,{}\n", name(*region), value(*region)));
        format!("地区,年份,月份,累计投资额（万元）\n{}", rows.collect::<String>())
    };
    let warned = |text: String| {
        let out = read("t.csv", text.as_bytes(), &Options::default());
        out.found.iter().filter(|d| d.code == "sum_mismatch").count()
    };
    assert_eq!((warned(table(false)), warned(table(true))), (0, 4));
}

/// 单位 is the body in charge as often as it is what amounts are counted in.
#[test]
fn a_body_in_charge_is_no_unit_of_amounts() {
    let text = "重点项目表（金额：万元）\n项目名称,县区,阶段,总投资,单位,计划开工\n一期,利通区,储备,25000,水务局,2023-09-01\n二期,利通区,储备,10000,水务局,2023-09-01\n";
    let out = read("list.csv", text.as_bytes(), &Options::default());
    let Tidy::Pipeline(rows) = &out.tidy else { panic!("{:?}", out.found) };
    let said = |row: &ProjectRow| (row.total, row.unit.clone());
    assert_eq!(said(&rows[0]), (Some(2.5), landfall::unit::Unit::Yi), "{:?}", out.found);
}

/// Under the name of a region or of the total the name's cell is empty, as merged cells leave it.
#[test]
fn blanks_under_a_total_are_the_totals() {
    let mut text = String::from("乡镇,年份,月份,累计投资额（万元）\n");
    for (name, value) in [("甲镇", 100), ("乙镇", 200), ("合计", 300)] {
        for year in 2021..2024 {
            text += &format!("{},{year},7,{value}\n", if year == 2021 { name } else { "" });
        }
    }
    let out = read("t.csv", text.as_bytes(), &Options::default());
    assert!(!out.has_errors(), "{:?}", out.found);
    let rows = panel("t.csv", text.as_bytes());
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| row.subject.region != "合计"), "{rows:?}");
    assert_eq!(out.rest.iter().filter(|rest| rest.why == "total_row").count(), 3);
}

#[test]
fn the_unit_of_a_list_of_projects_stays_with_it() {
    let list = |unit: &str, total: u32| {
        let text = format!(
            "项目名称,县区,阶段,总投资（{unit}）,计划开工\n一期,利通区,储备,{total},2023-09-01\n二期,利通区,储备,{total},2023-09-01\n"
        );
        let out = read("list.csv", text.as_bytes(), &Options::default());
        let Tidy::Pipeline(rows) = out.tidy else { panic!("{:?}", out.found) };
        rows
    };
    for rows in [list("万元", 25_000), list("亿元", 2)] {
        assert_eq!(rows[0].unit, landfall::unit::Unit::Yi);
        let (again, found) = read_pipeline(&write_pipeline(&rows), "again.csv");
        assert!(found.is_empty() && again[0].unit == rows[0].unit && again[0].total == rows[0].total);
        let out = read("again.csv", write_pipeline(&rows).as_bytes(), &Options::default());
        let Tidy::Pipeline(third) = out.tidy else { panic!("{:?}", out.found) };
        assert_eq!((&third[0].unit, third[0].total), (&rows[0].unit, rows[0].total));
        assert!(
            out.found.iter().all(|d| d.code != "unknown_unit" && d.code != "column_ignored"),
            "{:?}",
            out.found
        );
    }
}

#[test]
fn no_name_becomes_a_formula() {
    let text = "region,year,month,ytd\n=1+1,2023,7,1\n+A,2023,7,2\n-B,2023,7,3\n@C,2023,7,-4\n";
    let csv = with_bom(text);
    for line in csv.lines().skip(1) {
        assert!(line.starts_with('\''), "{line}");
    }
    assert!(csv.contains(",-4"), "a negative number stays one");
    let (rows, _) = read_panel(&csv, "x.csv");
    assert_eq!(rows[0].subject.region, "=1+1");
    // In the workbook every name is a text: there is no formula in it at all.
    let bytes = workbook(text).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet)
        .unwrap();
    assert!(!sheet.contains("<f>") && sheet.contains("t=\"s\""), "{sheet}");
}

fn refused(name: &str, bytes: &[u8]) -> Ingested {
    let start = Instant::now();
    let out = read(name, bytes, &Options::default());
    assert!(start.elapsed() < AT_ONCE, "{name} took {:?}", start.elapsed());
    assert!(out.has_errors(), "{name} was read");
    out
}

/// Room for columns is asked for before it is made: a line that lost its ends, far down in either half of a file.
#[test]
fn a_wide_line_far_down_is_refused() {
    let wide = format!("{}1\n", "1,".repeat(16_000));
    for (above, below) in [(100_000, 0), (120_000, 60_000), (70_000, 60_000)] {
        let text = format!("{}{wide}{}", "\n".repeat(above), "\n".repeat(below));
        let out = refused("wide.csv", text.as_bytes());
        assert_eq!(out.found.last().map(|d| d.code), Some("too_large"));
    }
}

/// Sheets share one bound: each of them repeats one long text.
#[test]
fn a_workbook_that_says_one_text_over_and_over_is_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let long = "字".repeat(32_000);
    for _ in 0..6 {
        let sheet = book.add_worksheet();
        for row in 0..1_000 {
            sheet.write(row, 0, &long).unwrap();
        }
    }
    let out = read("long.xlsx", &book.save_to_buffer().unwrap(), &Options::default());
    assert_eq!(out.found.iter().find(|d| d.severity == Severity::Error).map(|d| d.code), Some("too_large"));
}

/// A zip with one file of zeros that unpacks to `megabytes`.
fn bomb(name: &str, megabytes: usize) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    out.start_file("xl/workbook.xml", options).unwrap();
    out.write_all(b"<workbook/>").unwrap();
    out.start_file(name, options).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        out.write_all(&zeros).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_bomb_is_refused_at_once() {
    let bytes = bomb("xl/sharedStrings.xml", 700);
    let out = refused("bomb.xlsx", &bytes);
    assert_eq!(out.found.last().unwrap().code, "too_large");
}

/// Found by changing the corpus at random: the wrong sum of its bytes hid the claim from the bound, not from the reader.
#[test]
fn a_claim_of_two_billion_texts_is_refused_though_the_sum_of_its_bytes_is_wrong() {
    let mut bytes = std::fs::read("tests/ugly/shared-strings-claim-two-billion.xlsx").unwrap();
    let name = b"xl/sharedStrings.xml";
    let places: Vec<usize> =
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
    // The sum stands 16 bytes before the name's place in the file's own header, and 30 in the directory's.
    let [own, listed] = places[..] else { panic!("{places:?}") };
    for sum in [own - 16, listed - 30] {
        bytes[sum] ^= 0xff;
    }
    let out = refused("claim.xlsx", &bytes);
    assert!(out.found.iter().any(|d| d.text.en.contains("claims more entries")), "{:?}", out.found);
}

#[test]
fn a_workbook_of_a_million_empty_rows_holds_what_it_holds() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in [(0, "region"), (1, "year"), (2, "month"), (3, "ytd")] {
        sheet.write_string(0, column, name).unwrap();
    }
    sheet.write_string(1, 0, "利通区").unwrap();
    for (column, x) in [(1, 2023.0), (2, 7.0), (3, 58.32)] {
        sheet.write_number(1, column, x).unwrap();
    }
    // The last cell of the sheet has a format and nothing in it.
    let format = rust_xlsxwriter::Format::new().set_bold();
    sheet.write_blank(1_048_575, 16_383, &format).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let start = Instant::now();
    assert_eq!(panel("empty-rows.xlsx", &bytes).len(), 1);
    assert!(start.elapsed() < AT_ONCE);
    // With a word in it the sheet spans 17 billion cells.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "region").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let out = refused("far.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(out.found.last().unwrap().code, "too_large");
}

#[test]
fn what_is_found_when_asked_names_the_cell_of_the_file_and_is_told_once() {
    use landfall::case::{Case, Options as Stated, Question};
    let rows = sample();
    let of_one =
        rows.iter().filter(|r| r.subject.region == "利通区" && r.ledger == landfall::ledger::Ledger::Fai);
    let mut text = "某区固定资产投资\n\n地区,年份,月份,累计（亿元）\n".to_owned();
    let mut broken = 0;
    for (row, line) in
        of_one.filter(|r| r.subject.sector.is_none() && r.subject.composition.is_none()).zip(4..)
    {
        let landfall::table::Measure::Ytd(mut ytd) = row.measure else { continue };
        if (row.year, row.month) == (2022, 8) {
            (ytd, broken) = (ytd / 2.0, line);
        }
        text += &format!("利通区,{},{},{ytd}\n", row.year, row.month);
    }
    let out = read("x.csv", text.as_bytes(), &Options::default());
    let case = Case::of_ingested(&out, "x.csv", None, &Stated::default()).unwrap();
    let mut found = case.diagnostics().to_vec();
    found.extend(case.ask(&Question::default()).unwrap().found);
    let falls: Vec<u32> =
        found.iter().filter(|d| d.code == "falling_ytd").filter_map(|d| d.place.row).collect();
    assert_eq!(falls, [broken]);
    let first_of_data = found.iter().filter_map(|d| d.place.row).min();
    assert!(first_of_data.is_none_or(|row| row >= 3), "{found:?}");
}

/// Lines of the tidy form, and each finding's code and cell.
type Told = (Vec<String>, Vec<(&'static str, Option<String>)>);

/// The same file in row groups of two, and as an Arrow file of as many batches.
fn in_pieces(parquet: &[u8]) -> [Vec<u8>; 2] {
    use polars::prelude::{DataFrame, IpcWriter, ParquetReader, ParquetWriter, SerReader, SerWriter};
    let frame = ParquetReader::new(Cursor::new(parquet)).finish().unwrap();
    let mut cut = DataFrame::empty();
    for from in (0..frame.height()).step_by(2) {
        let piece = frame.slice(from as i64, 2);
        if from == 0 { cut = piece } else { cut = cut.vstack(&piece).unwrap() }
    }
    let (mut groups, mut batches) = (Vec::new(), Vec::new());
    ParquetWriter::new(&mut groups).with_row_group_size(Some(2)).finish(&mut cut.clone()).unwrap();
    IpcWriter::new(&mut batches).finish(&mut cut).unwrap();
    [groups, batches]
}

/// What a file of columns with these cells says, and what the same cells say as text; the former however it is cut.
fn both_ways(text: &str) -> [Told; 2] {
    let said = |name: &str, bytes: &[u8]| {
        let out = read(name, bytes, &Options::default());
        let found = out.found.iter().map(|d| (d.code, d.place.cell())).collect();
        match out.tidy {
            Tidy::Panel(rows) => (write_panel(&rows).lines().map(str::to_owned).collect(), found),
            other => panic!("{name} is no panel: {other:?} {:?}", out.found),
        }
    };
    let whole = parquet(text).unwrap();
    let [groups, batches] = in_pieces(&whole);
    let told = said("x.parquet", &whole);
    assert_eq!(said("x.parquet", &groups), told, "{text}");
    assert_eq!(said("x.arrow", &batches), told, "{text}");
    [told, said("x.csv", text.as_bytes())]
}

#[test]
fn a_file_of_columns_says_what_its_cells_say_as_text() {
    for text in [
        // Out of order; a fall, whose cell is that of the file.
        "region,year,month,ytd,growth,unit\nB,2023,2,5,1.0,亿元\nA,2023,2,4,9.5,亿元\nB,2023,3,3,2.5,亿元\n",
        // A row that says nothing between others, and a fall behind it.
        "region,year,month,ytd,growth\nA,2023,2,5,8.0\nA,2023,3,,\nA,2023,4,3,7.5\n",
        // A parent that is a region further down; a row that says nothing but a name; growth and its base; long names.
        "region,year,month,ytd,parent\nA,2023,2,5,C\nB,2023,2,4,C\nC,2023,2,9,\n",
        "region,year,month,ytd\nB,2023,2,\nA,2023,2,5\nB,2023,3,6\n",
        "region,year,month,ytd,growth,base\nA,2023,2,5,25,4\nA,2023,3,6,20,5\nB,2023,2,9,50,6\nB,2023,3,9,,\nB,2023,4,9,50,\n",
        "region,year,month,ytd\n太阳山开发区管理委员会,2023,2,5\n红寺堡区生态移民产业园,2023,2,4\n太阳山开发区管理委员会,2023,3,6\n",
        // Parts, parents and dates; the ledger in words.
        "region,year,month,value,ledger,sector,composition,parent,published\nA,2023,1,5,固投,工业,设备,B,2023-02-18\nA,2023,2,4,works,total,,B,2023/3/18\nB,2022,12,7,,,,,\n",
        // What has to be decided goes the way of all files: twice the same cell, zeros at the end, ratios, two units.
        "region,year,month,ytd,growth\nA,2023,2,5,8.0\nA,2023,2,5,8.0\nA,2023,3,6,7.5\n",
        "region,year,month,ytd,growth\nA,2023,2,5,8.0\nA,2023,3,6,7.5\nA,2023,4,0,\n",
        "region,year,month,ytd,growth,base\nA,2023,2,5,0.25,4\nA,2023,3,6,0.2,5\nA,2023,4,9,0.5,6\n",
        "region,year,month,ytd,unit\nA,2023,2,50000,万元\nA,2023,3,6,亿元\nA,2023,4,7,亿元\n",
        "region,year,month,ytd\n 其中：A,2023,2,5\n利 通 区,2023,3,6\n合计,2023,3,6\n",
    ] {
        let [columns, cells] = both_ways(text);
        assert_eq!(columns, cells, "{text}");
    }
    // A name with a blank at its end is brought to the tidy form's by the way of all files.
    let [(columns, _), _] = both_ways("region,year,month,ytd,ledger \nA,2023,2,5,works\nA,2023,3,6,works\n");
    assert_eq!(columns[1], "A,2023,2,5,works");
    let [(_, found), _] = both_ways("region,year,month,ytd\nB,2023,2,5\nA,2023,2,4\nB,2023,3,3\n");
    assert_eq!(found, [("falling_ytd", Some("D4".into()))]);
}

#[test]
fn more_rows_than_the_bytes_can_hold_are_refused() {
    use polars::prelude::{Column, DataFrame, ParquetWriter, PlSmallStr, Scalar};
    let rows = 1_200_000;
    let columns = vec![
        Column::new_scalar("region".into(), Scalar::from(PlSmallStr::from("A")), rows),
        Column::new_scalar("year".into(), Scalar::from(2023), rows),
        Column::new_scalar("month".into(), Scalar::from(7), rows),
        Column::new_scalar("ytd".into(), Scalar::from(1.0), rows),
    ];
    let (mut frame, mut bytes) = (DataFrame::new(rows, columns).unwrap(), Vec::new());
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    drop(frame);
    assert!(bytes.len() * 16 < rows, "{} bytes", bytes.len());
    refused("rows.parquet", &bytes);
}

#[test]
fn a_mapping_s_sheet_that_is_not_there_is_said_with_those_that_are() {
    let bytes = std::fs::read("tests/ugly/sheet-a-month.xlsx").unwrap();
    let of = |sheets: &[&str]| {
        let mapping =
            Mapping { sheets: sheets.iter().map(|s| (*s).to_owned()).collect(), ..Mapping::default() };
        read("x.xlsx", &bytes, &Options { mapping, ..Options::default() })
    };
    let all = of(&[]);
    let names: Vec<&str> = all.sheets.iter().map(|s| s.name.as_str()).collect();
    assert!(names.len() > 1 && all.sheets.iter().all(|s| s.taken && s.rows > 0), "{names:?}");
    let one = of(&names[..1]);
    assert_eq!(one.sheets.iter().filter(|s| s.taken).count(), 1);
    let (Tidy::Panel(all_rows), Tidy::Panel(rows)) = (&all.tidy, &one.tidy) else { panic!("no panel") };
    assert!(!rows.is_empty() && rows.len() < all_rows.len());
    let none = of(&["八月"]);
    let said = none.found.iter().find(|d| d.code == "unknown_sheet").unwrap();
    assert!(said.text.zh.contains(names[0]), "{}", said.text.zh);
}
