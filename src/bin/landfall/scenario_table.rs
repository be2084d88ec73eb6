//! Scenarios as tables.

use crate::voice::{BOLD, DIM, RESET, clean};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use landfall::case::{
    Answer, BarReport, Case, LeastReport, LeverReport, ScenarioReport, ScenarioUnit, SeekReport,
};
use landfall::error::Lang;
use landfall::ledger::Ledger;
use landfall::unit::{fixed, signed};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) const NOTHING: &str = "–";
/// A chance that a lever moves by less is not moved by it.
const NOTHING_MOVED: f64 = 0.0005;

pub(crate) fn table(header: &[&str], left: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.iter().copied());
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        column.set_cell_alignment(if at < left { CellAlignment::Left } else { CellAlignment::Right });
    }
    table
}

pub(crate) fn percent(x: Option<f64>) -> String {
    x.map_or_else(|| NOTHING.into(), |x| fixed(100.0 * x, 1))
}

/// A chance in whole percent, of which none is certain.
pub(crate) fn chance(x: Option<f64>) -> String {
    x.map_or_else(
        || NOTHING.into(),
        |x| match (100.0 * x).round() {
            p if p < 1.0 => "<1%".into(),
            p if p > 99.0 => ">99%".into(),
            p => format!("{}%", fixed(p, 0)),
        },
    )
}

pub(crate) fn points(x: Option<f64>, digits: usize) -> String {
    x.map_or_else(|| NOTHING.into(), |x| signed(x, digits))
}

/// Every unit with a figure, and what each lever brings to those that owe something.
pub(crate) fn effects(
    report: &ScenarioReport,
    case: &Case,
    levers: &[LeverReport],
    money: &Money,
    lang: Lang,
) -> String {
    let mut out = String::new();
    illustrative(&mut out, case, lang);
    let name = match report.scenario.as_str() {
        "" => String::new(),
        name => format!("{BOLD}{}{RESET}  ", clean(name)),
    };
    let _ = writeln!(out, "\n{name}{DIM}{}{RESET}", through(report, lang));
    one(&mut out, report, money, lang);
    shares(&mut out, report, levers, money, lang);
    if case.has_pipeline() {
        coverage(&mut out, report, lang);
    }
    out
}

/// What amounts are in, by ledger, as a person reads it.
pub(crate) struct Money(BTreeMap<Ledger, String>);

impl Money {
    pub(crate) fn of(answer: &Answer, lang: Lang) -> Self {
        let panels = answer.ledgers.iter().map(|answered| &answered.panel);
        Self(panels.map(|p| (p.ledger(), clean(&p.unit().label(lang)))).collect())
    }

    fn named(&self, ledger: Ledger) -> Option<&str> {
        self.0.get(&ledger).map(String::as_str)
    }

    /// What amounts of levers are in.
    fn of_levers(&self) -> &str {
        self.named(Ledger::Fai).unwrap_or_default()
    }

    /// A heading with the unit behind it.
    pub(crate) fn beside(&self, heading: &str, ledger: Ledger, lang: Lang) -> String {
        let comma = lang.pick(", ", "，");
        self.named(ledger).map_or_else(|| heading.to_owned(), |unit| format!("{heading}{comma}{unit}"))
    }
}

/// Whether the figures are illustrative.
pub(crate) fn illustrative(out: &mut String, case: &Case, lang: Lang) {
    if let Some(sentence) = case.plan().and_then(|p| p.illustrative(lang)) {
        let _ = writeln!(out, "{}", clean(sentence));
    }
}

/// What the figures stand on.
pub(crate) fn through(report: &ScenarioReport, lang: Lang) -> String {
    match lang {
        Lang::En => format!("data through {}, {} draws", report.as_of, report.draws),
        Lang::Zh => format!("数据截至{}，{}次抽样", report.as_of, report.draws),
    }
}

fn one(out: &mut String, report: &ScenarioReport, money: &Money, lang: Lang) {
    let moved = report
        .units
        .iter()
        .any(|u| u.effect.total.is_some_and(|x| x != 0.0) || u.effect.median_pp.is_some_and(|x| x != 0.0));
    for ledger in Ledger::ALL {
        let units: Vec<&ScenarioUnit> = report.units.iter().filter(|u| u.ledger == ledger).collect();
        let moves = |u: &&ScenarioUnit| {
            u.effect.total.is_some_and(|x| x != 0.0)
                || u.effect.median_pp.is_some_and(|x| x != 0.0)
                || u.milestones.iter().any(|m| m.effect.total.is_some_and(|x| x != 0.0))
        };
        if units.is_empty() || (moved && !units.iter().any(moves)) {
            continue;
        }
        let in_growth = units.iter().any(|u| u.base.median.is_some());
        let amount = money.beside(lang.pick("amount", "金额"), ledger, lang);
        let header: [&str; 7] = match (lang, in_growth) {
            (Lang::En, true) => ["", "growth %", "→", "± pp", "chance", "→", "± points (s.e.)"],
            (Lang::En, false) => ["", &amount, "→", "±", "chance", "→", "± points (s.e.)"],
            (Lang::Zh, true) => ["", "增速%", "→", "±百分点", "概率", "→", "±百分点(标准误)"],
            (Lang::Zh, false) => ["", &amount, "→", "±", "概率", "→", "±百分点(标准误)"],
        };
        let mut rows = table(&header, 1);
        for unit in units {
            let effect = &unit.effect;
            let (before, after, moved) = if in_growth {
                (percent(unit.base.median), percent(unit.scenario.median), points(effect.median_pp, 1))
            } else {
                let amount = |x: Option<f64>| x.map_or_else(|| NOTHING.into(), |x| fixed(x, 1));
                (amount(unit.base.total), amount(unit.scenario.total), points(effect.total, 1))
            };
            let by = effect.probability.map_or_else(
                || NOTHING.into(),
                |p| format!("{} ({})", signed(100.0 * p, 1), fixed(100.0 * effect.se, 1)),
            );
            rows.add_row([
                clean(&unit.label),
                before,
                after,
                moved,
                chance(unit.base.probability),
                chance(unit.scenario.probability),
                by,
            ]);
            for m in &unit.milestones {
                let effect = &m.effect;
                let Some(p) = effect.probability else { continue };
                let name = match lang {
                    Lang::En => format!("  by month {}", m.month),
                    Lang::Zh => format!("  {}月节点", m.month),
                };
                let by = format!("{} ({})", signed(100.0 * p, 1), fixed(100.0 * effect.se, 1));
                rows.add_row([
                    name,
                    String::new(),
                    String::new(),
                    String::new(),
                    chance(m.base.probability),
                    chance(m.scenario.probability),
                    by,
                ]);
            }
        }
        let _ = writeln!(out, "\n{}\n{rows}", ledger.label(lang));
    }
}

/// Which part of the projects' spend is taken to be counted.
pub(crate) fn coverage(out: &mut String, report: &ScenarioReport, lang: Lang) {
    let coverage = &report.coverage;
    let source = match (coverage.from_data, lang) {
        (true, Lang::En) => "from the projects' entry in the books",
        (true, Lang::Zh) => "来自项目入库情况",
        (false, Lang::En) => "an assumption",
        (false, Lang::Zh) => "假定",
    };
    let [middle, low, high] = [coverage.median, coverage.low, coverage.high].map(|x| fixed(100.0 * x, 0));
    let _ = match lang {
        Lang::En => writeln!(
            out,
            "\n{DIM}Of what key projects spend, fixed-asset investment is taken to count {middle} % (80 % interval {low}–{high}; {source}).{RESET}"
        ),
        Lang::Zh => {
            writeln!(out, "\n{DIM}项目完成投资按{middle}%计入固投（80%区间{low}–{high}，{source}）。{RESET}")
        }
    };
}

/// What each lever brings, for the units whose chance or growth moves.
pub(crate) fn shares(
    out: &mut String,
    report: &ScenarioReport,
    levers: &[LeverReport],
    money: &Money,
    lang: Lang,
) {
    let mut rows = table(
        match lang {
            Lang::En => &["of the change", "lever", "pp of growth", "points of chance"],
            Lang::Zh => &["其中", "抓手", "增速百分点", "概率百分点"],
        },
        2,
    );
    let value = |lever: &LeverReport, x: f64| lever.told(x, money.of_levers(), lang);
    let mut any = false;
    for unit in report.units.iter().filter(|u| u.by_lever.len() > 1 && u.effect.probability.is_some()) {
        let mut first = true;
        for share in &unit.by_lever {
            if share.shapley_pp.abs() < 0.005 && share.shapley_probability.abs() < 0.0005 {
                continue;
            }
            any = true;
            rows.add_row([
                if first {
                    format!("{}  {}", clean(&unit.label), unit.ledger.label(lang))
                } else {
                    String::new()
                },
                clean(&share.told(levers, lang, value)),
                if unit.effect.median_pp.is_some() { signed(share.shapley_pp, 2) } else { NOTHING.into() },
                signed(100.0 * share.shapley_probability, 1),
            ]);
            first = false;
        }
    }
    if any {
        let _ = writeln!(out, "\n{rows}");
    }
}

/// A number as a person would write it.
fn plain(x: f64) -> String {
    let text = fixed(x, 2);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-" { "0".into() } else { text.to_owned() }
}

/// The levers of the case.
pub(crate) fn levers(levers: &[LeverReport], money: &Money, lang: Lang) -> String {
    let header = match lang {
        Lang::En => ["id", "lever", "unit", "usual", "possible", "default", "narrowed by", "ledgers"],
        Lang::Zh => ["id", "抓手", "单位", "通常范围", "可能范围", "默认", "可限定", "台账"],
    };
    let mut rows = table(&header, 8);
    for l in levers {
        let by = [
            (l.narrows.region, lang.pick("region", "地区")),
            (l.narrows.sector, lang.pick("sector", "行业")),
            (l.narrows.stage, lang.pick("stage, list", "阶段、清单")),
        ];
        let comma = lang.pick(", ", "、");
        let by: Vec<&str> = by.into_iter().filter(|(may, _)| *may).map(|(_, name)| name).collect();
        let ledger = |x: &Ledger| lang.pick(x.id(), x.label(Lang::Zh)).to_owned();
        let ledgers: Vec<String> = l.ledgers.iter().map(ledger).collect();
        let unit = l.unit.label(lang).trim();
        rows.add_row([
            l.id.clone(),
            l.label.clone(),
            match (unit, l.ledgers.first()) {
                // New projects are of what the investment of projects is of.
                ("", Some(ledger)) => money.named(*ledger).unwrap_or(lang.pick("amount", "金额")).to_owned(),
                _ => unit.to_owned(),
            },
            format!("{} … {}{}", plain(l.hist_min), plain(l.hist_max), if l.from_data { " *" } else { "" }),
            format!("{} … {}", plain(l.min), plain(l.max)),
            plain(l.default),
            by.join(comma),
            ledgers.join(comma),
        ]);
    }
    let note = lang.pick(
        "* on record in this case; the other usual ranges are assumptions. Beyond the usual a scenario is answered with a warning, beyond the possible it is refused.\nWhere two settings of a lever reach the same place, the later one holds; new projects of several settings add up. New projects do not start all at once: their lag is Erlang of order 2 about its mean.",
        "* 来自本案数据，其余通常范围为假定。超出通常范围仍作推算并提示，超出可能范围则拒绝。\n同一抓手的多项设置范围重叠时，以后一项为准；新入库项目数相加。新项目并非同时开工，其滞后时间按二阶爱尔朗分布围绕均值。",
    );
    format!("{rows}\n\n{DIM}{note}{RESET}\n")
}

/// What a lever must be.
pub(crate) fn seek(told: &SeekReport, lever: &LeverReport, region: &str, lang: Lang) -> String {
    let (wanted, without) = (chance(Some(told.chance)), chance(Some(told.without)));
    let unit = lever.unit.behind(told.value.unwrap_or(told.best_at), lang);
    // To a tenth, so that it can be told from what was asked for.
    let reached = format!("{}%", fixed(100.0 * told.probability, 1));
    let best = plain(told.best_at);
    let region = clean(region);
    let text = match (told.value, lang) {
        (None, Lang::En) if (told.probability - told.without).abs() < NOTHING_MOVED => format!(
            "{BOLD}“{}” moves nothing of what {region} owes.{RESET}\nIts chance stays {without}: the lever reaches nothing of it that lies ahead, needs another one to be set first, or only growth is known there.",
            lever.label
        ),
        (None, Lang::Zh) if (told.probability - told.without).abs() < NOTHING_MOVED => format!(
            "{BOLD}“{}”对{region}的目标不起作用。{RESET}\n概率仍为{without}：该抓手未触及其剩余月份，或须先设置其他抓手，或该地区只有增速。",
            lever.label
        ),
        (Some(value), Lang::En) => format!(
            "{BOLD}{} = {}{unit}{RESET}\n{region} then has a chance of {reached} (asked for: {wanted}; without this lever: {without}).",
            lever.label,
            plain(value)
        ),
        (Some(value), Lang::Zh) => format!(
            "{BOLD}{} = {}{unit}{RESET}\n{region}的概率为{reached}（所求{wanted}，不动该抓手为{without}）。",
            lever.label,
            plain(value)
        ),
        (None, Lang::En) => format!(
            "{BOLD}No possible value of “{}” gives {region} a chance of {wanted}.{RESET}\nThe best is {reached}, at {best}{unit}; without this lever it is {without}.",
            lever.label
        ),
        (None, Lang::Zh) => format!(
            "{BOLD}“{}”在可能范围内无法使{region}达到{wanted}的概率。{RESET}\n最高为{reached}（取{best}{unit}），不动该抓手为{without}。",
            lever.label
        ),
    };
    let beyond = if told.beyond_history {
        lang.pick("\nIt lies beyond what is on record or usual.", "\n该值超出历史记录或通常范围。")
    } else {
        ""
    };
    format!("{text}{beyond}\n")
}

/// The least to do.
pub(crate) fn least(told: &LeastReport, money: &Money, label: impl Fn(&str) -> String, lang: Lang) -> String {
    let mut out = String::new();
    let wanted = chance(Some(told.chance));
    let mut proof = match (told.proven, lang) {
        (true, Lang::En) => "proven to be the least".to_owned(),
        (true, Lang::Zh) => "已证明为最少".to_owned(),
        (false, Lang::En) => format!("no set costs under {}", plain(told.bound)),
        (false, Lang::Zh) => format!("任何方案不低于{}", plain(told.bound)),
    };
    if told.need_raised > 0.0 {
        let more = fixed(100.0 * told.need_raised, 1);
        proof += &match lang {
            Lang::En => format!(
                " for what is needed; that was raised by {more} % over the first estimate, which fell short when run through"
            ),
            Lang::Zh => format!("（按所需投资计；首次估计经验算不足，所需已上调{more}%）"),
        };
    }
    let beyond = told.out_of_reach.len();
    if beyond > 0 {
        proof = match lang {
            Lang::En => format!(
                "{beyond} of {} out of reach with all of them; for the others {proof}",
                told.units.len()
            ),
            Lang::Zh => format!("{}个地区中{beyond}个全部提前也无法达到；其余{proof}", told.units.len()),
        };
    }
    let (n, all, cost) = (told.projects.len(), told.candidates, plain(told.cost));
    let _ = match lang {
        Lang::En => writeln!(
            out,
            "{BOLD}{n} of {all} projects brought forward, cost {cost}{RESET} ({proof}), for a chance of {wanted}"
        ),
        Lang::Zh => {
            writeln!(out, "{BOLD}提前{n}个项目（候选{all}个，代价{cost}）{RESET}，{proof}，所求概率{wanted}")
        }
    };
    if n > 0 {
        let gain = money.beside(lang.pick("more by December", "年内增加"), Ledger::Fai, lang);
        let mut rows = table(
            &match lang {
                Lang::En => ["project", "name", "region", &gain, "cost"],
                Lang::Zh => ["项目", "名称", "地区", &gain, "代价"],
            },
            3,
        );
        for p in &told.projects {
            rows.add_row([
                clean(&p.id),
                p.name.as_deref().map(clean).unwrap_or_default(),
                clean(&label(&p.region)),
                fixed(p.gain, 2),
                plain(p.cost),
            ]);
        }
        let _ = writeln!(out, "\n{rows}");
    }
    let mut rows = table(
        match lang {
            Lang::En => &["", "chance", "then", "with all candidates"],
            Lang::Zh => &["", "概率", "提前后", "全部提前"],
        },
        1,
    );
    for u in &told.units {
        let out_of_reach = told.out_of_reach.contains(&u.region);
        let mark = if out_of_reach { lang.pick("  out of reach", "  无法达到") } else { "" };
        rows.add_row([
            format!("{}{mark}", clean(&label(&u.region))),
            chance(Some(u.before)),
            chance(Some(u.after)),
            chance(Some(u.with_all)),
        ]);
    }
    let _ = writeln!(out, "\n{rows}");
    out
}

/// Each lever alone over its range.
pub(crate) fn tornado(
    region: &str,
    bars: &[BarReport],
    levers: &[LeverReport],
    money: &Money,
    lang: Lang,
) -> String {
    let mut rows = table(
        match lang {
            Lang::En => &["lever", "from", "to", "growth, pp", "", "chance", ""],
            Lang::Zh => &["抓手", "从", "到", "增速百分点", "", "概率", ""],
        },
        1,
    );
    for bar in bars {
        let lever = levers.iter().find(|lever| lever.id == bar.lever);
        let value = |x: f64| lever.map_or_else(|| plain(x), |lever| lever.told(x, money.of_levers(), lang));
        let [a, b] = bar.median_pp.map_or([None, None], |[a, b]| [Some(a), Some(b)]);
        let [p, q] = bar.probability.map_or([None, None], |[p, q]| [Some(p), Some(q)]);
        rows.add_row([
            lever.map_or_else(|| bar.lever.clone(), |lever| lever.label.clone()),
            value(bar.low),
            value(bar.high),
            points(a, 1),
            points(b, 1),
            chance(p),
            chance(q),
        ]);
    }
    format!("{BOLD}{}{RESET}\n\n{rows}\n", clean(region))
}
