//! The outlook as a table that can be pasted into a message.

use crate::voice::{BLUE, BOLD, DIM, RED, RESET, YELLOW, clean};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use console::{Term, measure_text_width};
use landfall::calendar::YearMonth;
use landfall::case::{Light, OutlookReport, UnitReport};
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::outlook::UnitKind;
use landfall::target::TargetKind;
use landfall::unit::{Unit, fixed, signed};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole report: a table a ledger, then the notes. Where the terminal's width is known, columns that do not fit are left
/// out, and named.
pub(crate) fn text(report: &OutlookReport, lang: Lang, width: Option<usize>) -> String {
    let mut out = String::new();
    if let Some(title) = &report.title {
        let _ = writeln!(out, "{BOLD}{}{RESET}", clean(title));
    }
    if let Some(sentence) = &report.illustrative {
        let _ = writeln!(out, "{}", clean(sentence));
    }
    let mut rest = report.units.as_slice();
    let mut narrow: Vec<String> = Vec::new();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|u| u.ledger == first.ledger).count();
        let (of_ledger, others) = rest.split_at(count);
        rest = others;
        let _ = writeln!(out, "\n{}", heading(of_ledger, lang));
        let (table, left_out) = fitting(of_ledger, lang, width);
        let _ = writeln!(out, "{}", colour(&table, lang));
        for name in left_out {
            if !narrow.contains(&name) {
                narrow.push(name);
            }
        }
    }
    if !narrow.is_empty() {
        let names = narrow.join(lang.pick(", ", "、"));
        let told = match lang {
            Lang::En => format!("The window is too narrow for: {names}. Widen it, or ask for --format json."),
            Lang::Zh => format!("窗口较窄，未显示：{names}。请加宽窗口，或使用 --format json。"),
        };
        let _ = writeln!(out, "\n{DIM}{told}{RESET}");
    }
    notes(&mut out, report, lang);
    out
}

/// The width of the terminal that the table is shown in; `None` where it goes elsewhere.
pub(crate) fn window() -> Option<usize> {
    Term::stdout().size_checked().map(|(_, columns)| columns.into())
}

fn heading(units: &[UnitReport], lang: Lang) -> String {
    let Some(first) = units.first() else { return String::new() };
    let ledger = first.ledger.label(lang);
    let last = YearMonth::known(first.year, units.iter().map(|u| u.through).max().unwrap_or(0));
    let through = match lang {
        Lang::En => format!("{BOLD}{ledger}{RESET}  data through {last}"),
        Lang::Zh => format!("{BOLD}{ledger}{RESET}  数据截至{last}"),
    };
    if units.iter().all(|u| u.ytd.is_none() && u.year_end.is_none()) {
        return through;
    }
    let unit = Unit::parse(&first.unit);
    let money = match (unit.to_string(), unit.label(lang)) {
        (_, long) if unit == Unit::Unknown => long,
        (short, long) if short == long => long,
        (short, long) => format!("{short} ({long})"),
    };
    match lang {
        Lang::En => format!("{through}, amounts in {}", clean(&money)),
        Lang::Zh => format!("{through}，金额单位：{}", clean(&money)),
    }
}

/// The two ends of a range; with a minus sign in it a dash would be misread.
pub(crate) fn range(low: &str, high: &str, lang: Lang) -> String {
    let minus = low.starts_with('−') || high.starts_with('−');
    let to = if minus { lang.pick(" to ", "至") } else { "–" };
    format!("{low}{to}{high}")
}

/// City first, then its districts by rank, whatever is inside a district after it, the unallocated rest last.
fn in_order(units: &[UnitReport]) -> Vec<(usize, &UnitReport)> {
    fn below<'a>(
        units: &'a [UnitReport],
        parent: Option<&str>,
        depth: usize,
        out: &mut Vec<(usize, &'a UnitReport)>,
    ) {
        let mut inside: Vec<&UnitReport> = units.iter().filter(|u| u.parent.as_deref() == parent).collect();
        inside.sort_by_key(|u| (u.kind == UnitKind::Unallocated, u.rank.unwrap_or(u32::MAX)));
        for unit in inside {
            out.push((depth, unit));
            if unit.kind != UnitKind::Unallocated {
                below(units, Some(&unit.region), depth + 1, out);
            }
        }
    }
    let mut out = Vec::new();
    below(units, None, 0, &mut out);
    // Regions whose parent has no figures of its own.
    let orphans = units.iter().filter(|u| {
        u.parent.as_ref().is_some_and(|p| {
            !units.iter().any(|other| other.region == *p && other.kind != UnitKind::Unallocated)
        })
    });
    out.extend(orphans.map(|u| (0, u)));
    out
}

/// A column: its heading, when it goes where the window is narrow (the greater the sooner; what a verdict needs stays, with 0),
/// and what it says of a unit.
type Column<'a> = (String, u8, Box<dyn Fn(&UnitReport) -> String + 'a>);

/// The first column to go.
const FIRST_TO_GO: u8 = 11;

/// The table of a ledger, and the names of the columns that did not fit.
fn fitting(units: &[UnitReport], lang: Lang, width: Option<usize>) -> (String, Vec<String>) {
    let wide = |table: &str| table.lines().map(|l| measure_text_width(l.trim_end())).max().unwrap_or(0);
    let mut upto = FIRST_TO_GO;
    loop {
        let (table, left_out) = one(units, lang, upto);
        let table = table.to_string();
        if upto == 0 || width.is_none_or(|width| wide(&table) <= width) {
            return (table, left_out);
        }
        upto -= 1;
    }
}

/// The table of the columns that go at `upto` or later, and the names of the others that would have said something.
fn one(units: &[UnitReport], lang: Lang, upto: u8) -> (Table, Vec<String>) {
    let size = units.iter().filter_map(|u| u.year_end.as_ref()).map(|s| s.quantiles.p50).fold(0.0, f64::max);
    let digits = units.first().map_or(1, |u| Unit::parse(&u.unit).digits(size));
    // The heading has said that no unit is known.
    let named = units.first().filter(|u| Unit::parse(&u.unit) != Unit::Unknown);
    let money = named.map(|u| clean(&u.unit)).unwrap_or_default();
    let say = |en: &str, zh: &str| lang.pick(en, zh).to_owned();
    let amount = move |x: Option<f64>| x.map_or("–".into(), |x| fixed(x, digits));
    let percent = |x: Option<f64>| x.map_or("–".into(), |x| fixed(x * 100.0, 1));
    let change = |x: Option<f64>| x.map_or("–".into(), |x| signed(x * 100.0, 1));
    let points = |x: Option<f64>| x.map_or("–".into(), |x| signed(x, 1));
    let columns: Vec<Column<'_>> = vec![
        (
            say("through", "截至"),
            7,
            Box::new(move |u| match (u.through, lang) {
                (0, _) => "–".into(),
                (m, Lang::En) => format!("{m:02}"),
                (m, Lang::Zh) => format!("{m}月"),
            }),
        ),
        (format!("{}\n{money}", say("ytd", "累计")), 5, Box::new(move |u| amount(u.ytd))),
        (format!("{}\n%", say("growth", "同比")), 8, Box::new(move |u| percent(u.growth_ytd))),
        (
            say("year-end\n%", "全年\n%"),
            0,
            Box::new(move |u| percent(u.growth.as_ref().map(|g| g.quantiles.p50))),
        ),
        (
            say("80% range\n%", "80%区间\n%"),
            0,
            Box::new(move |u| {
                // A year that is known has no range.
                let open = u.growth.as_ref().filter(|_| u.through < 12);
                open.map_or("–".into(), |g| {
                    range(&percent(Some(g.quantiles.p10)), &percent(Some(g.quantiles.p90)), lang)
                })
            }),
        ),
        (
            format!("{}\n{money}", say("year-end", "全年")),
            3,
            Box::new(move |u| amount(u.year_end.as_ref().map(|s| s.quantiles.p50))),
        ),
        (
            say("target\n", "目标\n"),
            1,
            Box::new(move |u| {
                u.target.as_ref().map_or("–".into(), |t| match t.kind {
                    TargetKind::Growth | TargetKind::Completion => format!("{}%", fixed(t.value * 100.0, 1)),
                    TargetKind::Amount => fixed(t.value, digits),
                })
            }),
        ),
        (say("chance\n%", "概率\n%"), 0, Box::new(chance)),
        (say("gap\npp", "差额\n百分点"), 2, Box::new(move |u| points(u.gap_pp))),
        (
            format!("{}\n{money}", say("need", "尚需")),
            4,
            Box::new(move |u| amount(u.need.as_ref().map(|n| n.amount))),
        ),
        (
            format!("{}\n{money}", say("a month", "月均")),
            6,
            Box::new(move |u| amount(u.need.as_ref().map(|n| n.per_month))),
        ),
        (
            say("vs last\nyear %", "比上年\n同期%"),
            9,
            Box::new(move |u| change(u.need.as_ref().and_then(|n| n.vs_last_year))),
        ),
        (say("rank\n", "排名\n"), 10, Box::new(rank)),
        (say("pull\npp", "拉动\n百分点"), 11, Box::new(move |u| points(u.pull_pp))),
        (say("light\n", "灯\n"), 0, Box::new(move |u| u.light.map(|l| lamp(l, lang)).unwrap_or_default())),
    ];
    // A column that says nothing of any unit is left out.
    let told = |c: &&Column<'_>| units.iter().any(|u| !matches!(c.2(u).as_str(), "–" | ""));
    let (columns, left_out): (Vec<_>, Vec<_>) = columns.iter().filter(told).partition(|c| c.1 <= upto);
    let left_out = left_out.iter().map(|c| c.0.trim().replace('\n', " ")).collect();
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let head = std::iter::once(say("region\n", "地区\n")).chain(columns.iter().map(|c| c.0.clone()));
    table.set_header(head.collect::<Vec<String>>());
    for (depth, unit) in in_order(units) {
        let mark = if unit.additive { "" } else { "*" };
        let name = format!("{}{}{mark}", "  ".repeat(depth), clean(&unit.label));
        table.add_row(std::iter::once(name).chain(columns.iter().map(|c| c.2(unit))).collect::<Vec<_>>());
    }
    let last = columns.len();
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if i == last { 0 } else { 2 }));
        let text = i == 0 || (i == last && units.iter().any(|u| u.light.is_some()));
        column.set_cell_alignment(if text { CellAlignment::Left } else { CellAlignment::Right });
    }
    (table, left_out)
}

/// The chance in steps of 5 %; certain only where the year is known.
pub(crate) fn chance(unit: &UnitReport) -> String {
    match (unit.probability, unit.probability_shown) {
        (Some(p), _) if unit.through == 12 => fixed(p * 100.0, 0),
        (_, Some(shown)) if shown <= 0.0 => "<5".into(),
        (_, Some(shown)) if shown >= 1.0 => ">95".into(),
        (_, Some(shown)) => fixed(shown * 100.0, 0),
        _ => "–".into(),
    }
}

fn rank(unit: &UnitReport) -> String {
    let Some(rank) = unit.rank else { return "–".into() };
    match unit.rank_change {
        Some(up) if up > 0 => format!("{rank} ↑{up}"),
        Some(down) if down < 0 => format!("{rank} ↓{}", -down),
        Some(_) => format!("{rank} ="),
        None => rank.to_string(),
    }
}

fn lamp(light: Light, lang: Lang) -> String {
    let shape = match light {
        Light::Green => "●",
        Light::Yellow => "▲",
        Light::Red => "◆",
    };
    format!("{shape} {}", light.word(lang))
}

/// Colours the lights after the layout, so that no escape counts as width, and ends lines without blanks.
fn colour(table: &str, lang: Lang) -> String {
    let mut lines: Vec<String> = table.lines().map(|l| l.trim_end().to_owned()).collect();
    for line in &mut lines {
        for (light, code) in [(Light::Green, BLUE), (Light::Yellow, YELLOW), (Light::Red, RED)] {
            let plain = lamp(light, lang);
            *line = line.replace(&plain, &format!("{code}{plain}{RESET}"));
        }
    }
    lines.join("\n")
}

/// Units of one ledger by their names, the first of many.
fn who(units: &[&UnitReport], report: &OutlookReport, lang: Lang) -> String {
    let Some(first) = units.first() else { return String::new() };
    let peers = report.units.iter().filter(|u| u.ledger == first.ledger && u.kind != UnitKind::Unallocated);
    let names: Vec<String> = units.iter().map(|u| clean(&u.label)).collect();
    let comma = lang.pick(", ", "、");
    match names.len() {
        n if n > 1 && n == peers.count() => lang.pick("all", "全部").to_owned(),
        0..=4 => names.join(comma),
        n => match lang {
            Lang::En => format!("{} and {} more", names[..3].join(comma), n - 3),
            Lang::Zh => format!("{}等{n}个", names[..3].join(comma)),
        },
    }
}

fn notes(out: &mut String, report: &OutlookReport, lang: Lang) {
    let mut said: BTreeMap<(&str, &str), Vec<&UnitReport>> = BTreeMap::new();
    for unit in &report.units {
        for note in &unit.notes {
            said.entry((&note.code, &note.text)).or_default().push(unit);
        }
    }
    let counted = |u: &&UnitReport| u.kind != UnitKind::Unallocated;
    let of_all = report.units.iter().filter(counted).count();
    let ledgers = Ledger::ALL.iter().filter(|l| report.units.iter().any(|u| u.ledger == **l)).count();
    let all = lang.pick("all", "全部");
    let mut lines: Vec<String> = said
        .iter()
        .map(|((code, text), units)| {
            // What is so of one ledger is not said of another.
            let of = |ledger: Ledger| units.iter().copied().filter(move |u| u.ledger == ledger);
            let told = Ledger::ALL.into_iter().filter(|ledger| of(*ledger).next().is_some());
            let who: Vec<String> = told
                .map(|ledger| {
                    let names = who(&of(ledger).collect::<Vec<_>>(), report, lang);
                    match ledgers > 1 {
                        true => format!("{}{}{names}", ledger.label(lang), lang.pick(" – ", "·")),
                        false => names,
                    }
                })
                .collect();
            let who = if units.len() == of_all { all.to_owned() } else { who.join(lang.pick("; ", "；")) };
            format!("  {DIM}[{code}]{RESET} {who}{}{}", lang.pick(": ", "："), clean(text))
        })
        .collect();
    if report.units.iter().any(|u| !u.additive) {
        lines.insert(
            0,
            format!(
                "  * {}",
                lang.pick("inside another region, counted only there", "含于其他地区，不重复计入")
            ),
        );
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{}\n{}", lang.pick("Notes", "说明"), lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use landfall::case::{Case, Question};

    #[test]
    fn a_table_fits_its_window_and_names_what_it_leaves_out() {
        let case = Case::sample("wuzhong-2023").unwrap();
        for (lang, kept) in
            [(Lang::En, ["80% range", "chance", "light"]), (Lang::Zh, ["80%区间", "概率", "灯"])]
        {
            let report = case.ask(&Question::default()).unwrap().report(lang);
            let units: Vec<UnitReport> =
                report.units.iter().filter(|u| u.ledger == report.units[0].ledger).cloned().collect();
            let (whole, none) = fitting(&units, lang, None);
            assert!(none.is_empty());
            let mut before = usize::MAX;
            for width in [200, 120, 100, 80] {
                let (table, left_out) = fitting(&units, lang, Some(width));
                let widest = table.lines().map(|l| measure_text_width(l.trim_end())).max().unwrap();
                assert!(widest <= width, "{lang:?} {width}: {widest}\n{table}");
                assert!(kept.iter().all(|name| table.contains(name)), "{table}");
                assert_eq!(table == whole, left_out.is_empty());
                assert!(widest <= before);
                before = widest;
            }
            let text = text(&report, lang, Some(80));
            assert!(text.contains(lang.pick("rank, pull pp", "排名、拉动 百分点")), "{text}");
        }
    }
}
