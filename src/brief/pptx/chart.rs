//! A native chart's part: DrawingML in the order of ECMA-376, with fonts for Latin, East Asian and complex scripts on every
//! text, solid colours, and a copy of the workbook's numbers.

use super::native::{Cell, Column, Form, Group, Label, NativeChart, Series, Stroke, letters};
use super::style::{self, Ink};
use super::xml::Xml;
use crate::chart::theme::Rgb;

const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
/// The sheet of every workbook inside a chart. A name that needs no quotes: some programs cannot read those.
pub(super) const SHEET: &str = "Sheet1";
/// Any two numbers that differ.
const AXES: [u32; 2] = [111_111_111, 222_222_222];

/// The part; `workbook` is the relationship to the workbook.
pub(super) fn part(chart: &NativeChart, workbook: &str) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("c:chartSpace", &[("xmlns:c", &C), ("xmlns:a", &style::A), ("xmlns:r", &style::R)], |xml| {
        xml.val("c:date1904", 0);
        xml.val("c:lang", chart.lang);
        xml.val("c:roundedCorners", 0);
        xml.open("c:chart", &[], |xml| {
            xml.val("c:autoTitleDeleted", 1);
            plot_area(xml, chart);
            if chart.legend {
                legend(xml, chart);
            }
            xml.val("c:plotVisOnly", 1);
            xml.val("c:dispBlanksAs", "span");
        });
        xml.open("c:spPr", &[], |xml| {
            xml.leaf("a:noFill", &[]);
            style::no_line(xml);
        });
        texts(xml, chart, style::INK_2, false);
        xml.open("c:externalData", &[("r:id", &workbook)], |xml| xml.val("c:autoUpdate", 0));
    });
    xml.finish()
}

fn plot_area(xml: &mut Xml, chart: &NativeChart) {
    xml.open("c:plotArea", &[], |xml| {
        xml.open("c:layout", &[], |xml| {
            xml.open("c:manualLayout", &[], |xml| {
                xml.val("c:layoutTarget", "inner");
                xml.val("c:xMode", "edge");
                xml.val("c:yMode", "edge");
                for (name, part) in ["c:x", "c:y", "c:w", "c:h"].iter().zip(chart.plot) {
                    xml.val(name, part);
                }
            });
        });
        let mut order = 0;
        for drawn in &chart.groups {
            group(xml, chart, drawn, &mut order);
        }
        names_axis(xml, chart);
        levels_axis(xml, chart);
        xml.open("c:spPr", &[], |xml| {
            xml.leaf("a:noFill", &[]);
            style::no_line(xml);
        });
    });
}

fn group(xml: &mut Xml, chart: &NativeChart, group: &Group, order: &mut usize) {
    let (name, grouping) = match group.form {
        Form::Areas => ("c:areaChart", "stacked"),
        Form::Columns { stacked: true, .. } => ("c:barChart", "stacked"),
        Form::Columns { stacked: false, .. } => ("c:barChart", "clustered"),
        Form::Lines => ("c:lineChart", "standard"),
    };
    xml.open(name, &[], |xml| {
        if let Form::Columns { .. } = group.form {
            xml.val("c:barDir", "col");
        }
        xml.val("c:grouping", grouping);
        xml.val("c:varyColors", 0);
        for drawn in &group.series {
            series(xml, chart, group.form, drawn, *order);
            *order += 1;
        }
        match group.form {
            Form::Columns { stacked, gap } => {
                xml.val("c:gapWidth", gap);
                xml.val("c:overlap", if stacked { 100 } else { 0 });
            }
            Form::Lines => xml.val("c:marker", 1),
            Form::Areas => {}
        }
        for axis in AXES {
            xml.val("c:axId", axis);
        }
    });
}

fn series(xml: &mut Xml, chart: &NativeChart, form: Form, series: &Series, order: usize) {
    let Some(column) = chart.columns.get(series.column) else { return };
    xml.open("c:ser", &[], |xml| {
        xml.val("c:idx", order);
        xml.val("c:order", order);
        xml.open("c:tx", &[], |xml| {
            let at = format!("{SHEET}!${}$1", letters(series.column));
            xml.open("c:strRef", &[], |xml| {
                xml.text("c:f", &at);
                xml.open("c:strCache", &[], |xml| {
                    xml.val("c:ptCount", 1);
                    xml.open("c:pt", &[("idx", &0)], |xml| xml.text("c:v", &column.name));
                });
            });
        });
        xml.open("c:spPr", &[], |xml| shape(xml, form, series.fill, series.stroke));
        match form {
            Form::Columns { .. } => xml.val("c:invertIfNegative", 0),
            Form::Lines => marker(xml, series),
            Form::Areas => {}
        }
        for (at, color) in &series.points {
            xml.open("c:dPt", &[], |xml| {
                xml.val("c:idx", at);
                if let Form::Columns { .. } = form {
                    xml.val("c:invertIfNegative", 0);
                    xml.val("c:bubble3D", 0);
                }
                xml.open("c:spPr", &[], |xml| shape(xml, form, Some(*color), series.stroke));
            });
        }
        labels(xml, chart, series);
        whiskers(xml, chart, series);
        names(xml, chart);
        numbers(xml, "c:val", chart, series.column);
        if form == Form::Lines {
            xml.val("c:smooth", 0);
        }
    });
}

/// Fill and outline. A line has no fill; an area or a bar without a colour is there but not seen.
fn shape(xml: &mut Xml, form: Form, fill: Option<Rgb>, stroke: Option<Stroke>) {
    if form != Form::Lines {
        match fill {
            Some(color) => style::solid(xml, color),
            None => xml.leaf("a:noFill", &[]),
        }
    }
    match stroke {
        Some(stroke) => style::line(xml, stroke),
        None => style::no_line(xml),
    }
}

fn marker(xml: &mut Xml, series: &Series) {
    xml.open("c:marker", &[], |xml| match series.marker {
        None => xml.val("c:symbol", "none"),
        Some(marker) => {
            xml.val("c:symbol", marker.shape);
            xml.val("c:size", marker.size);
            xml.open("c:spPr", &[], |xml| {
                style::solid(xml, marker.color);
                style::line(xml, Stroke::solid(marker.color, 1.0));
            });
        }
    });
}

fn labels(xml: &mut Xml, chart: &NativeChart, series: &Series) {
    if series.labels.is_empty() {
        return;
    }
    xml.open("c:dLbls", &[], |xml| {
        let mut single = series.labels.clone();
        single.sort_by_key(|l| l.at);
        for label in &single {
            one_label(xml, chart, label);
        }
        xml.number_format(chart.format);
        xml.open("c:spPr", &[], |xml| {
            xml.leaf("a:noFill", &[]);
            style::no_line(xml);
        });
        texts(xml, chart, style::INK_2, false);
        parts_shown(xml, false, false);
    });
}

fn one_label(xml: &mut Xml, chart: &NativeChart, label: &Label) {
    xml.open("c:dLbl", &[], |xml| {
        xml.val("c:idx", label.at);
        if label.down != 0.0 {
            xml.open("c:layout", &[], |xml| {
                xml.open("c:manualLayout", &[], |xml| {
                    xml.val("c:x", 0);
                    xml.val("c:y", label.down);
                });
            });
        }
        xml.number_format(chart.format);
        xml.open("c:spPr", &[], |xml| {
            xml.leaf("a:noFill", &[]);
            style::no_line(xml);
        });
        texts(xml, chart, label.color, label.bold);
        xml.val("c:dLblPos", label.side.name());
        parts_shown(xml, label.named, label.valued);
        if label.named && label.valued {
            xml.text("c:separator", " ");
        }
    });
}

fn parts_shown(xml: &mut Xml, name: bool, value: bool) {
    xml.val("c:showLegendKey", 0);
    xml.val("c:showVal", u8::from(value));
    xml.val("c:showCatName", 0);
    xml.val("c:showSerName", u8::from(name));
    xml.val("c:showPercent", 0);
    xml.val("c:showBubbleSize", 0);
}

fn whiskers(xml: &mut Xml, chart: &NativeChart, series: &Series) {
    if let Some((plus, minus, stroke)) = series.whiskers {
        xml.open("c:errBars", &[], |xml| {
            xml.val("c:errBarType", "both");
            xml.val("c:errValType", "cust");
            xml.val("c:noEndCap", 0);
            numbers(xml, "c:plus", chart, plus);
            numbers(xml, "c:minus", chart, minus);
            xml.open("c:spPr", &[], |xml| style::line(xml, stroke));
        });
    } else if let Some(stroke) = series.stem {
        xml.open("c:errBars", &[], |xml| {
            xml.val("c:errBarType", "minus");
            xml.val("c:errValType", "percentage");
            xml.val("c:noEndCap", 1);
            xml.val("c:val", 100);
            xml.open("c:spPr", &[], |xml| style::line(xml, stroke));
        });
    }
}

/// The names along the axis, with their copy.
fn names(xml: &mut Xml, chart: &NativeChart) {
    let Some(column) = chart.columns.first() else { return };
    xml.open("c:cat", &[], |xml| {
        xml.open("c:strRef", &[], |xml| {
            xml.text("c:f", &range(0, column));
            xml.open("c:strCache", &[], |xml| {
                xml.val("c:ptCount", column.cells.len());
                for (at, cell) in column.cells.iter().enumerate() {
                    if let Cell::Text(name) = cell {
                        xml.open("c:pt", &[("idx", &at)], |xml| xml.text("c:v", name));
                    }
                }
            });
        });
    });
}

/// A column's figures, with their copy.
fn numbers(xml: &mut Xml, element: &str, chart: &NativeChart, index: usize) {
    let Some(column) = chart.columns.get(index) else { return };
    xml.open(element, &[], |xml| {
        xml.open("c:numRef", &[], |xml| {
            xml.text("c:f", &range(index, column));
            xml.open("c:numCache", &[], |xml| {
                xml.text("c:formatCode", chart.format);
                xml.val("c:ptCount", column.cells.len());
                for (at, cell) in column.cells.iter().enumerate() {
                    if let Some(value) = cell.number() {
                        xml.open("c:pt", &[("idx", &at)], |xml| xml.text("c:v", &value.to_string()));
                    }
                }
            });
        });
    });
}

fn range(index: usize, column: &Column) -> String {
    let letters = letters(index);
    format!("{SHEET}!${letters}$2:${letters}${}", column.cells.len() + 1)
}

fn names_axis(xml: &mut Xml, chart: &NativeChart) {
    xml.open("c:catAx", &[], |xml| {
        xml.val("c:axId", AXES[0]);
        xml.open("c:scaling", &[], |xml| xml.val("c:orientation", "minMax"));
        xml.val("c:delete", 0);
        xml.val("c:axPos", "b");
        xml.number_format("General");
        xml.val("c:majorTickMark", "none");
        xml.val("c:minorTickMark", "none");
        // Below the plot also where bars hang down from zero.
        xml.val("c:tickLblPos", if chart.names { "low" } else { "none" });
        xml.open("c:spPr", &[], |xml| style::line(xml, Stroke::solid(style::LINE_STRONG, 1.0)));
        texts(xml, chart, style::INK_2, false);
        xml.val("c:crossAx", AXES[1]);
        xml.val("c:crosses", "autoZero");
        xml.val("c:auto", 0);
        xml.val("c:lblAlgn", "ctr");
        xml.val("c:lblOffset", 100);
        xml.val("c:noMultiLvlLbl", 1);
    });
}

fn levels_axis(xml: &mut Xml, chart: &NativeChart) {
    let areas = chart.groups.iter().any(|g| g.form == Form::Areas);
    xml.open("c:valAx", &[], |xml| {
        xml.val("c:axId", AXES[1]);
        xml.open("c:scaling", &[], |xml| {
            xml.val("c:orientation", "minMax");
            for (name, end) in ["c:max", "c:min"].iter().zip(chart.ends.iter().rev()) {
                end.iter().for_each(|end| xml.val(name, end));
            }
        });
        xml.val("c:delete", u8::from(chart.levels.is_none()));
        xml.val("c:axPos", "l");
        if chart.levels.is_some() {
            xml.open("c:majorGridlines", &[], |xml| {
                xml.open("c:spPr", &[], |xml| style::line(xml, Stroke::solid(style::LINE, 1.0)));
            });
        }
        xml.number_format(chart.levels.unwrap_or("General"));
        xml.val("c:majorTickMark", "none");
        xml.val("c:minorTickMark", "none");
        xml.val("c:tickLblPos", if chart.levels.is_some() { "low" } else { "none" });
        xml.open("c:spPr", &[], style::no_line);
        texts(xml, chart, style::INK_3, false);
        xml.val("c:crossAx", AXES[0]);
        xml.val("c:crosses", "autoZero");
        // Areas begin and end on the edges of the plot, bars stand in the middle of their share of it.
        xml.val("c:crossBetween", if areas { "midCat" } else { "between" });
        xml.val("c:majorUnit", chart.step);
    });
}

fn legend(xml: &mut Xml, chart: &NativeChart) {
    xml.open("c:legend", &[], |xml| {
        xml.val("c:legendPos", "t");
        let hidden = |s: &Series| s.fill.is_none() && s.stroke.is_none() && s.marker.is_none();
        for (at, series) in chart.groups.iter().flat_map(|g| &g.series).enumerate() {
            if hidden(series) {
                xml.open("c:legendEntry", &[], |xml| {
                    xml.val("c:idx", at);
                    xml.val("c:delete", 1);
                });
            }
        }
        xml.val("c:overlay", 0);
        texts(xml, chart, style::INK_2, false);
    });
}

/// How texts look, every script's font named: without the East Asian one most programs fall back to nothing.
fn texts(xml: &mut Xml, chart: &NativeChart, color: Rgb, bold: bool) {
    xml.open("c:txPr", &[], |xml| {
        xml.leaf("a:bodyPr", &[]);
        xml.leaf("a:lstStyle", &[]);
        xml.open("a:p", &[], |xml| {
            let ink = Ink { size: style::CHART_TEXT, bold, color };
            xml.open("a:pPr", &[], |xml| style::run_properties(xml, "a:defRPr", None, &ink));
            xml.leaf("a:endParaRPr", &[("lang", &chart.lang)]);
        });
    });
}

impl Xml {
    fn number_format(&mut self, format: &str) {
        self.leaf("c:numFmt", &[("formatCode", &format), ("sourceLinked", &0)]);
    }
}
