//! What is said in several places: the margin of every chart, and what a unit is called.

use crate::calendar::YearMonth;
use crate::error::Lang;
use crate::outlook::UnitKind;
use crate::panel::BaseKind;
use crate::scenario::Scope;
use crate::target::Plan;

/// The name of the product; before it, where that is so, that the figures are illustrative.
pub(super) fn mark(plan: Option<&Plan>, lang: Lang) -> &'static str {
    if plan.is_some_and(|p| p.illustrative(lang).is_some()) {
        lang.pick("Illustrative · Landfall", "示意数据 · Landfall 全年落点")
    } else {
        lang.pick("Landfall", "Landfall 全年落点")
    }
}

/// `Data through 2023-07`.
pub(super) fn data_through(last: YearMonth, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Data through {last}"),
        Lang::Zh => format!("数据截至{}年{}月", last.year, last.month),
    }
}

/// What growth is told against, over some units: each with its base and whether an amount of it is known. Growth alone is as
/// it is published.
pub(super) fn against(units: impl IntoIterator<Item = (BaseKind, bool)>, lang: Lang) -> &'static str {
    let (mut known, mut unknown) = (false, false);
    for (base, amount) in units {
        let without = amount && base == BaseKind::Unknown;
        (known, unknown) = (known || !without, unknown || without);
    }
    match (unknown, known) {
        (false, _) => lang.pick("on the comparable base", "可比口径"),
        (true, false) => lang.pick("on last year's published amounts", "按上年公布数"),
        (true, true) => {
            lang.pick("on the comparable base where one is known", "有可比基数的按可比口径，其余按上年公布数")
        }
    }
}

/// What a unit is called, from the name of its region.
pub(super) fn unit_label(kind: UnitKind, name: &str, lang: Lang) -> String {
    match (kind, lang) {
        (UnitKind::Unallocated, Lang::En) => format!("{name}, unallocated"),
        (UnitKind::Unallocated, Lang::Zh) => format!("{name}未分配"),
        _ => name.to_owned(),
    }
}

/// The sectors of the tidy form: id, and the names to show.
const SECTORS: [(&str, &str, &str); 10] = [
    ("agriculture", "Agriculture", "农业"),
    ("industry", "Industry", "工业"),
    ("manufacturing", "Manufacturing", "制造业"),
    ("municipal", "Municipal works", "市政"),
    ("power", "Power", "电力"),
    ("real_estate", "Real estate", "房地产"),
    ("services", "Services", "服务业"),
    ("social", "Social services", "社会事业"),
    ("transport", "Transport", "交通"),
    ("water", "Water", "水利"),
];

/// Lists of projects that plans have.
const LISTS: [(&str, &str, &str); 4] = [
    ("central-budget", "central-budget projects", "中央预算内项目"),
    ("planned-starts", "planned starts", "计划开工项目"),
    ("slow", "slow projects", "慢进度项目"),
    ("signed", "signed projects", "签约项目"),
];

/// The name to show of a sector or a list: of an id of the tidy form, else as the data write it.
pub(super) fn scope_name(id: &str, lang: Lang) -> String {
    let known = SECTORS.iter().chain(&LISTS).find(|(of, ..)| *of == id);
    known.map_or(id, |(_, en, zh)| lang.pick(en, zh)).to_owned()
}

/// The sectors and lists of the tidy form by their ids, with the names to show.
pub fn scope_names(lang: Lang) -> Vec<(String, String)> {
    let named = |(id, en, zh): &(&str, &str, &str)| ((*id).to_owned(), lang.pick(en, zh).to_owned());
    SECTORS.iter().chain(&LISTS).map(named).collect()
}

/// To what a lever is narrowed, part by part; `region` names one.
pub(super) fn scope_parts(scope: &Scope, region: impl Fn(&str) -> String, lang: Lang) -> Vec<String> {
    let parts = [
        scope.region.as_deref().map(region),
        scope.sector.as_deref().map(|id| scope_name(id, lang)),
        scope.stage.map(|stage| stage.label(lang).to_owned()),
        scope.list.as_deref().map(|id| scope_name(id, lang)),
    ];
    parts.into_iter().flatten().collect()
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's name: July, 7月.
pub(super) fn month_name(month: u8, lang: Lang) -> String {
    match lang {
        Lang::En => MONTHS_EN[usize::from(month.clamp(1, 12)) - 1].to_owned(),
        Lang::Zh => format!("{month}月"),
    }
}

/// January through a month: 1–7月, January–July; the whole year for December.
pub(super) fn span(month: u8, lang: Lang) -> String {
    match (month, lang) {
        (12, Lang::En) => "the whole year".into(),
        (12, Lang::Zh) => "全年".into(),
        (1, _) => month_name(1, lang),
        (_, Lang::En) => format!("January–{}", month_name(month, lang)),
        (_, Lang::Zh) => format!("1–{month}月"),
    }
}

/// What a district calls the region around it: 全市, 全县; in English its name.
pub(super) fn whole(name: &str, lang: Lang) -> String {
    let last = name.chars().last().filter(|c| ['市', '县', '区', '省', '州', '国'].contains(c));
    match (lang, last) {
        (Lang::Zh, Some('国')) => "全国".into(),
        (Lang::Zh, Some(kind)) => format!("全{kind}"),
        _ => name.to_owned(),
    }
}
