//! `--explain`: which models spoke for a region, and how the figures come about.

use crate::table::range;
use crate::voice::{BOLD, RESET, clean};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use landfall::case::{Answer, UnitReport};
use landfall::error::Lang;
use landfall::unit::{Unit, fixed, signed};
use std::fmt::Write;

/// Everything behind the figures of a region, ledger by ledger.
pub(crate) fn text(answer: &Answer, region: &str, lang: Lang) -> String {
    let mut out = String::new();
    let report = answer.report(lang);
    for answered in &answer.ledgers {
        let Ok((_, at)) = answer.find(region, answered.panel.ledger()) else { continue };
        let id = answered.outlook.units[at].id();
        let unit = report.units.iter().find(|u| u.region == id && u.ledger == answered.panel.ledger());
        if let Some(unit) = unit {
            one(&mut out, unit, lang);
        }
    }
    out
}

fn one(out: &mut String, unit: &UnitReport, lang: Lang) {
    let say = |en: &'static str, zh: &'static str| lang.pick(en, zh);
    let digits = Unit::parse(&unit.unit).digits(unit.year_end.as_ref().map_or(0.0, |s| s.quantiles.p50));
    let money = match Unit::parse(&unit.unit) {
        Unit::Unknown => Unit::Unknown.label(lang),
        named => clean(&named.to_string()),
    };
    let amount = |x: f64| format!("{} {money}", fixed(x, digits));
    let percent = |x: f64| format!("{}%", fixed(x * 100.0, 1));
    let _ = writeln!(out, "\n{BOLD}{}{RESET}  {}", clean(&unit.label), unit.ledger.label(lang));
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "  {name}: {value}");
    };
    if let Some(base) = unit.year_base {
        let kind = match unit.base_kind {
            landfall::panel::BaseKind::Published => say("as published", "已公布"),
            landfall::panel::BaseKind::Implied => {
                say("implied by the published growth, December's median", "由公布增速推得，12月为中位数")
            }
            landfall::panel::BaseKind::Unknown => say("last year's published ytd", "上年公布数"),
        };
        line(say("year base", "全年可比基数"), format!("{} ({kind})", amount(base)));
    }
    if let Some(s) = &unit.year_end {
        let q = &s.quantiles;
        let range = |low: f64, high: f64| range(&fixed(low, digits), &fixed(high, digits), lang);
        line(
            say("year-end total", "全年总额"),
            format!(
                "{}; 50%: {}; 80%: {}; 95%: {}",
                amount(q.p50),
                range(q.p25, q.p75),
                range(q.p10, q.p90),
                range(q.p025, q.p975)
            ),
        );
    }
    if let Some(s) = &unit.growth {
        let q = &s.quantiles;
        let range = |low: f64, high: f64| range(&percent(low), &percent(high), lang);
        line(
            say("year-end growth", "全年增速"),
            format!(
                "{}; 50%: {}; 80%: {}; 95%: {}",
                percent(q.p50),
                range(q.p25, q.p75),
                range(q.p10, q.p90),
                range(q.p025, q.p975)
            ),
        );
    }
    if let Some(need) = &unit.need {
        let against = |x: Option<f64>| x.map_or("–".into(), |x| format!("{}%", signed(x * 100.0, 1)));
        line(
            say("need", "剩余需完成"),
            format!(
                "{} ({} {}; {} {}; {} {})",
                amount(need.amount),
                amount(need.per_month),
                say("a month", "每月"),
                say("against the same months of last year", "比上年同期"),
                against(need.vs_last_year),
                say("against the best on record", "比历史最快"),
                against(need.vs_best)
            ),
        );
    }
    for m in &unit.milestones {
        let goal = match m.kind {
            landfall::target::TargetKind::Amount => amount(m.target),
            _ => percent(m.target),
        };
        let shown = if m.month > unit.through { m.probability_shown } else { m.probability };
        let chance = shown.map_or("–".into(), |p| match (p * 100.0).round() {
            0.0 if m.month > unit.through => "<5%".into(),
            100.0 if m.month > unit.through => ">95%".into(),
            whole => format!("{}%", fixed(whole, 0)),
        });
        let name = match lang {
            Lang::En => format!("milestone, month {}", m.month),
            Lang::Zh => format!("{}月节点", m.month),
        };
        line(&name, format!("{goal}, {} {chance}", say("chance", "概率")));
    }
    if unit.weights.is_empty() {
        return;
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let in_amounts = unit.year_end.is_some();
    table.set_header(vec![
        format!("  {}", say("model", "模型")),
        say("weight", "权重").into(),
        say("would have said", "单独预计").into(),
        say("growth", "增速").into(),
    ]);
    for voice in &unit.weights {
        let growth = match (in_amounts, unit.year_base) {
            (true, Some(base)) => percent(voice.median / base - 1.0),
            (true, None) => "–".into(),
            (false, _) => percent(voice.median),
        };
        let total = if in_amounts { amount(voice.median) } else { "–".into() };
        table.add_row(vec![format!("  {}", voice.model), fixed(voice.weight, 2), total, growth]);
    }
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        column.set_cell_alignment(if i == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    let rows: Vec<String> = table.to_string().lines().map(|l| l.trim_end().to_owned()).collect();
    let _ = writeln!(out, "{}", rows.join("\n"));
}
