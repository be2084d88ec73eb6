//! The outlook as CSV: one row a region and ledger, growth in percent.

use landfall::case::{OutlookReport, SpreadReport, UnitReport};
use landfall::unit::exact;

/// The table with a header line. Empty cells are missing values; milestones, weights and notes are in JSON.
pub(crate) fn text(report: &OutlookReport) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "region",
        "label",
        "kind",
        "parent",
        "additive",
        "ledger",
        "unit",
        "year",
        "through",
        "ytd",
        "growth_ytd",
        "base_kind",
        "year_base",
    ];
    let levels = ["mean", "0.025", "0.1", "0.25", "0.5", "0.75", "0.9", "0.975"];
    let spreads = ["year_end", "growth"].iter().flat_map(|s| levels.iter().map(move |l| format!("{s}_{l}")));
    let rest = [
        "target_kind",
        "target",
        "owed",
        "probability",
        "light",
        "gap_pp",
        "need_amount",
        "need_per_month",
        "need_vs_last_year",
        "need_vs_best",
        "rank",
        "rank_change",
        "pull_pp",
    ];
    let names =
        header.iter().map(|h| (*h).to_owned()).chain(spreads).chain(rest.iter().map(|h| (*h).to_owned()));
    // Writing to memory cannot fail.
    let _ = writer.write_record(names);
    for unit in &report.units {
        let _ = writer.write_record(row(unit));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(u: &UnitReport) -> Vec<String> {
    let number = |x: Option<f64>| x.map(exact).unwrap_or_default();
    let percent = |x: Option<f64>| number(x.map(|x| x * 100.0));
    let need = u.need.as_ref();
    let mut out = vec![
        harmless(&u.region),
        harmless(&u.label),
        word(&u.kind),
        u.parent.as_deref().map(harmless).unwrap_or_default(),
        u.additive.to_string(),
        u.ledger.to_string(),
        harmless(&u.unit),
        u.year.to_string(),
        u.through.to_string(),
        number(u.ytd),
        percent(u.growth_ytd),
        word(&u.base_kind),
        number(u.year_base),
    ];
    out.extend(spread(u.year_end.as_ref(), 1.0));
    out.extend(spread(u.growth.as_ref(), 100.0));
    let target = u.target.as_ref().map(|t| match t.kind {
        landfall::target::TargetKind::Amount => t.value,
        _ => t.value * 100.0,
    });
    out.extend([
        u.target.as_ref().map(|t| t.kind.to_string()).unwrap_or_default(),
        number(target),
        number(u.target.as_ref().and_then(|t| t.owed)),
        number(u.probability),
        u.light.map(|l| l.to_string()).unwrap_or_default(),
        number(u.gap_pp),
        number(need.map(|n| n.amount)),
        number(need.map(|n| n.per_month)),
        percent(need.and_then(|n| n.vs_last_year)),
        percent(need.and_then(|n| n.vs_best)),
        u.rank.map(|r| r.to_string()).unwrap_or_default(),
        u.rank_change.map(|r| r.to_string()).unwrap_or_default(),
        number(u.pull_pp),
    ]);
    out
}

fn spread(spread: Option<&SpreadReport>, scale: f64) -> Vec<String> {
    let Some(s) = spread else { return vec![String::new(); 8] };
    let q = &s.quantiles;
    [s.mean, q.p025, q.p10, q.p25, q.p50, q.p75, q.p90, q.p975].map(|x| exact(x * scale)).to_vec()
}

/// A name that no spreadsheet takes for a formula.
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name.to_owned() }
}

/// The word that JSON uses for a kind.
fn word(kind: &impl serde::Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
