//! Charts that the workbook draws from its own cells.

use super::sheet::{Room, Style, across, print, top};
use crate::brief::BulletinParts;
use crate::brief::grid::{Cell, Grid};
use crate::chart::FanSpec;
use crate::chart::spec::{Quantiles, Quantity};
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Format, Formula, Worksheet, XlsxError,
};

/// First row of cells under a header, as in a table's sheet.
const FIRST: u32 = 4;
const INK: &str = "3D3D3D";

fn fill(colour: &str) -> ChartFormat {
    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)).set_no_border().clone()
}

fn line(colour: &str, width: f64, dash: ChartLineDashType) -> ChartFormat {
    ChartFormat::new()
        .set_line(ChartLine::new().set_color(colour).set_width(width).set_dash_type(dash))
        .clone()
}

/// Growth so far and expected, district by district, with targets as marks, under the league table.
pub(super) fn league(
    page: &mut Worksheet,
    parts: &BulletinParts,
    grid: &Grid,
    sheet: &str,
    below: u32,
) -> Result<(), XlsxError> {
    let column = |zh: &str, en: &str| {
        let head = parts.lang.pick(en, zh);
        let at = grid.columns.iter().position(|c| c.head.split('\n').next() == Some(head))?;
        let percent = grid.rows.iter().all(|r| matches!(r[at], Cell::Percent(_) | Cell::None));
        u16::try_from(at).ok().filter(|_| percent)
    };
    let names = grid
        .columns
        .iter()
        .zip(0u16..)
        .find(|(_, at)| grid.rows.iter().any(|r| matches!(r[usize::from(*at)], Cell::Name { .. })));
    // The unallocated rest has no growth, and stands last.
    let told = |row: &Vec<Cell>, at: Option<u16>| at.is_some_and(|at| row[usize::from(at)] != Cell::None);
    let growth = column("增速", "Growth");
    let count = grid.rows.iter().take_while(|row| told(row, growth)).count();
    let (Some((_, names)), Some(growth), true) = (names, growth, (2..=40).contains(&count)) else {
        return Ok(());
    };
    let last = FIRST + u32::try_from(count).unwrap_or(1) - 1;
    let mut chart = Chart::new(ChartType::Column);
    let mut add = |at: u16, name: &str, colour: &str| {
        chart
            .add_series()
            .set_categories((sheet, FIRST, names, last, names))
            .set_values((sheet, FIRST, at, last, at))
            .set_name(name)
            .set_gap(70)
            .set_format(&mut fill(colour));
    };
    add(growth, parts.lang.pick("Growth so far", "累计增速"), "12436D");
    if let Some(expected) = column("全年预计", "Year expected") {
        add(expected, parts.lang.pick("Year expected (median)", "全年预计（中位数）"), "9DB7D1");
    }
    if let Some(target) = column("目标", "Target") {
        let mut marks = Chart::new(ChartType::Line);
        let mark = ChartMarker::new()
            .set_type(ChartMarkerType::LongDash)
            .set_size(12)
            .set_format(&mut fill("801650"))
            .clone();
        marks
            .add_series()
            .set_categories((sheet, FIRST, names, last, names))
            .set_values((sheet, FIRST, target, last, target))
            .set_name(parts.lang.pick("Target", "目标"))
            .set_format(ChartFormat::new().set_no_line())
            .set_marker(&mark);
        chart.combine(&marks);
    }
    finish(&mut chart, &grid.title, &parts.headline.text);
    chart.y_axis().set_num_format("0%");
    page.insert_chart(below, 0, &chart)?;
    page.set_print_fit_to_pages(1, 1);
    Ok(())
}

fn finish(chart: &mut Chart, title: &str, alt: &str) {
    chart.title().set_name(title).set_font(ChartFont::new().set_size(12).set_bold().set_color("12436D"));
    chart.set_width(900).set_height(400).set_alt_text(alt);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.y_axis().set_major_gridlines_line(ChartLine::new().set_color("E3E8ED"));
    chart.x_axis().set_font(ChartFont::new().set_color(INK)).set_label_position(ChartAxisLabelPosition::Low);
}

/// The year's fan: months with what is known and what is expected, and the bands between them as formulas.
pub(super) fn fan(
    page: &mut Worksheet,
    parts: &BulletinParts,
    spec: &FanSpec,
    style: &Style,
) -> Result<(), XlsxError> {
    let shown = spec.parts();
    let sheet = parts.lang.pick("Year", "全年落点");
    page.set_name(sheet)?;
    let room = Room { columns: 11, letters: 130.0 };
    top(page, parts, &shown.title, style, room)?;
    let amount = shown.quantity == Quantity::Amount;
    let format =
        if amount { Format::new().set_num_format("#,##0.0") } else { Format::new().set_num_format("0.0") };
    let heads = [
        ("Month", "月份"),
        ("Known", "实际"),
        ("10%", "10%"),
        ("25%", "25%"),
        ("Median", "中位数"),
        ("75%", "75%"),
        ("90%", "90%"),
        ("Pace line", "序时进度"),
        ("8 times in 10", "10次中约8次"),
        ("5 times in 10", "10次中约5次"),
        ("8 times in 10, above", "10次中约8次（上）"),
    ];
    for ((en, zh), at) in heads.into_iter().zip(0u16..) {
        page.write_string_with_format(FIRST - 1, at, parts.lang.pick(en, zh), &style.head)?;
        page.set_column_width(at, 11)?;
    }
    page.set_row_height(FIRST - 1, 32)?;
    for month in 1..=12u8 {
        let row = FIRST + u32::from(month) - 1;
        let name = match parts.lang {
            crate::error::Lang::En => month.to_string(),
            crate::error::Lang::Zh => format!("{month}月"),
        };
        page.write_string(row, 0, name)?;
        let at = |line: &[crate::chart::spec::At]| line.iter().find(|a| a.month == month).map(|a| a.value);
        let known = at(&shown.actual);
        let expected = shown.fan.iter().find(|p| p.month == month).map(|p| p.quantiles);
        // What is known has no spread; without it the bands would rise from nothing to where they begin.
        let ahead = expected.or(known.map(Quantiles::known));
        let cells = [
            known,
            ahead.map(|q| q.q10),
            ahead.map(|q| q.q25),
            expected.map(|q| q.q50),
            ahead.map(|q| q.q75),
            ahead.map(|q| q.q90),
            shown.pace.as_deref().and_then(at),
        ];
        for (value, column) in cells.into_iter().zip(1u16..) {
            if let Some(value) = value {
                page.write_number_with_format(row, column, value, &format)?;
            }
        }
        if let Some(q) = ahead {
            let place = row + 1;
            for (column, formula, value) in [
                (8, format!("=D{place}-C{place}"), q.q25 - q.q10),
                (9, format!("=F{place}-D{place}"), q.q75 - q.q25),
                (10, format!("=G{place}-F{place}"), q.q90 - q.q75),
            ] {
                let formula = Formula::new(formula).set_result(value.to_string());
                page.write_formula_with_format(row, column, formula, &format)?;
            }
        }
    }
    page.set_freeze_panes(FIRST, 1)?;
    across(page, FIRST + 12, &shown.subtitle, &style.small, room)?;
    across(page, FIRST + 13, &format!("{} {}", parts.footer, parts.mark), &style.small, room)?;
    page.insert_chart(FIRST + 15, 0, &drawn(sheet, parts, spec))?;
    print(page, parts, true);
    page.set_print_fit_to_pages(1, 1);
    Ok(())
}

fn drawn(sheet: &str, parts: &BulletinParts, spec: &FanSpec) -> Chart {
    let shown = spec.parts();
    let (first, last) = (FIRST, FIRST + 11);
    let mut lines = Chart::new(ChartType::Line);
    let mut line_of = |at: u16, format: ChartFormat| {
        lines
            .add_series()
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, at, last, at))
            .set_name((sheet, first - 1, at))
            .set_format(&mut format.clone())
            .set_marker(ChartMarker::new().set_none());
    };
    if shown.pace.is_some() {
        line_of(7, line("7A8691", 1.0, ChartLineDashType::RoundDot));
    }
    line_of(4, line("12436D", 1.75, ChartLineDashType::Dash));
    line_of(1, line(INK, 2.5, ChartLineDashType::Solid));
    if shown.fan.is_empty() {
        finish(&mut lines, &shown.title, &shown.description);
        return lines;
    }
    let mut bands = Chart::new(ChartType::AreaStacked);
    // What the bands stand on is not filled. Colours are mixed already: a translucent fill is lost in some programs.
    let unfilled = ChartFormat::new().set_no_fill().set_no_border().clone();
    for (at, format) in [(2, unfilled), (8, fill("D3DFEB")), (9, fill("9DB7D1")), (10, fill("D3DFEB"))] {
        bands
            .add_series()
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, at, last, at))
            .set_name((sheet, first - 1, at))
            .set_format(&mut format.clone());
    }
    bands.combine(&lines);
    finish(&mut bands, &shown.title, &shown.description);
    // The unfilled base, and the second half of the outer band, say nothing of their own.
    bands.legend().delete_entries(&[0, 3]);
    bands.y_axis().set_name(if shown.axis_title.is_empty() { &parts.money } else { &shown.axis_title });
    bands
}
