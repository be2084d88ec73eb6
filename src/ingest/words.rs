//! What the words of a header mean: the role of a column, and what else they say of it.

use crate::ingest::period::{self, Period};
use crate::ingest::text::key;
use crate::ledger::Ledger;
use crate::unit::Unit;

/// What a column of a panel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Names of regions.
    Region,
    /// Years.
    Year,
    /// Months, spans of months, or dates.
    Period,
    /// Flows of a month.
    Value,
    /// Cumulative amounts.
    Ytd,
    /// Amounts that are flows or cumulative as the period says.
    Amount,
    /// Growth on the year before, in percent.
    Growth,
    /// Last year's comparable amount.
    Base,
    /// Names of ledgers.
    Ledger,
    /// Sectors.
    Sector,
    /// Compositions.
    Composition,
    /// Units.
    Unit,
    /// Names of what a row measures: 累计, 增速, 固定资产投资, 建筑安装工程.
    Indicator,
    /// Names of the regions around.
    Parent,
    /// Dates of publication.
    Published,
    /// Nothing that a panel holds.
    Ignored,
}

impl Role {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: [Self; 16] = [
        Self::Region,
        Self::Year,
        Self::Period,
        Self::Ytd,
        Self::Value,
        Self::Amount,
        Self::Growth,
        Self::Base,
        Self::Ledger,
        Self::Sector,
        Self::Composition,
        Self::Unit,
        Self::Indicator,
        Self::Parent,
        Self::Published,
        Self::Ignored,
    ];

    /// The id, as mapping files write it.
    ///
    /// ```
    /// # use landfall::ingest::Role;
    /// assert_eq!(Role::parse(Role::Ytd.id()), Some(Role::Ytd));
    /// ```
    pub fn id(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Year => "year",
            Self::Period => "month",
            Self::Value => "value",
            Self::Ytd => "ytd",
            Self::Amount => "amount",
            Self::Growth => "growth",
            Self::Base => "base",
            Self::Ledger => "ledger",
            Self::Sector => "sector",
            Self::Composition => "composition",
            Self::Unit => "unit",
            Self::Indicator => "indicator",
            Self::Parent => "parent",
            Self::Published => "published",
            Self::Ignored => "ignore",
        }
    }

    /// Reads an id; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == text.trim())
    }

    /// Whether its cells are numbers of the panel.
    pub fn is_measure(self) -> bool {
        matches!(self, Self::Value | Self::Ytd | Self::Amount | Self::Growth | Self::Base)
    }
}

/// What a text of a header, a title or a sheet's name says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Facets {
    pub(crate) role: Option<Role>,
    pub(crate) period: Period,
    pub(crate) unit: Option<Unit>,
    pub(crate) ledger: Option<Ledger>,
    /// Whether the text says that amounts count from January on, or are a month's.
    pub(crate) cumulative: Option<bool>,
    /// Whether the text is one of the very words of a list, not a guess from a part of it.
    pub(crate) exact: bool,
}

/// Words that are a header by themselves.
const EXACT: [(Role, &[&str]); 14] = [
    (
        Role::Region,
        &[
            "region",
            "地区",
            "区县",
            "县区",
            "县(市、区)",
            "县市区",
            "市县",
            "辖区",
            "区域",
            "行政区",
            "行政区划",
            "district",
            "county",
            "area",
            "各地",
            "市(县、区)",
            "市、县(区)",
            "县(区)",
            "区(县)",
            "区(县、市)",
            "地区名称",
            "县区名称",
            "区县名称",
            "开发区",
            "地方",
            "各县区",
            "各县(市、区)",
            "regionname",
            "city",
            "state",
            "province",
            "县(市)区",
            "所属地区",
            "所属县区",
            "责任单位",
            "单位名称",
            "指标名称",
            "项目",
            "指标",
            "名称",
            "name",
            "地区/指标",
        ],
    ),
    (Role::Year, &["year", "年份", "年", "年度", "统计年度"]),
    (
        Role::Period,
        &[
            "month",
            "月份",
            "截至月",
            "月",
            "日期",
            "时间",
            "期间",
            "统计期",
            "统计时期",
            "时期",
            "period",
            "date",
            "截止月份",
            "截至月份",
            "截至日期",
            "截止日期",
            "统计日期",
            "截止时间",
            "截至时间",
            "统计月份",
            "报告期",
            "数据月",
            "年月",
            "累计月份",
        ],
    ),
    (
        Role::Value,
        &[
            "value",
            "当月",
            "本月",
            "当月数",
            "当月值",
            "本月数",
            "本月完成",
            "当月完成",
            "monthly",
            "flow",
            "当月完成投资",
            "本月完成投资",
        ],
    ),
    (
        Role::Ytd,
        &[
            "ytd",
            "累计",
            "累计数",
            "累计值",
            "累计完成",
            "累计完成投资",
            "本年累计",
            "自年初累计",
            "年初至今",
            "自年初累计完成投资",
            "cumulative",
        ],
    ),
    (
        Role::Growth,
        &[
            "growth",
            "同比",
            "增速",
            "同比增长",
            "同比增速",
            "累计同比",
            "累计增速",
            "增长",
            "增幅",
            "增长率",
            "yoy",
            "同比±%",
            "±%",
            "增长%",
            "增速%",
        ],
    ),
    (
        Role::Base,
        &[
            "base",
            "去年同期",
            "上年同期",
            "上年同期数",
            "去年同期数",
            "同期",
            "同期数",
            "基数",
            "可比基数",
            "上年同期累计",
        ],
    ),
    (Role::Ledger, &["ledger", "台账"]),
    (Role::Sector, &["sector", "行业", "领域", "产业", "行业门类", "industry"]),
    (Role::Composition, &["composition", "构成", "投资构成"]),
    (Role::Unit, &["unit", "计量单位"]),
    (Role::Parent, &["parent", "上级", "所属市", "上级地区", "所属地市"]),
    (Role::Published, &["published", "发布日期", "公布日期", "发布时间", "公布时间"]),
    (Role::Ignored, &["序号", "no", "no.", "编号", "id", "#"]),
];

/// Words inside a header that make it none of the panel's columns.
const NOT_OURS: [&str; 40] = [
    "增减额",
    "增减量",
    "增量",
    "净增",
    "较上月",
    "评价",
    "排名",
    "排位",
    "位次",
    "名次",
    "占比",
    "比重",
    "完成率",
    "完成比例",
    "进度",
    "目标",
    "任务",
    "拉动",
    "贡献",
    "备注",
    "说明",
    "百分点",
    "差额",
    "差距",
    "还需",
    "缺口",
    "序号",
    "环比",
    "负责",
    "联系",
    "电话",
    "rank",
    "target",
    "share",
    "note",
    "remark",
    "comment",
    "完成年度",
    "%ofplan",
    "比上月",
];
const PLANNED: [&str; 3] = ["计划", "预期", "plan"];
const BASE: [&str; 9] =
    ["去年同期", "上年同期", "同期数", "基数", "base", "去年累计", "上年累计", "同期累计", "lastyear"];
const GROWTH: [&str; 12] =
    ["指数", "=100", "增减", "同比", "增速", "增长", "增幅", "±", "growth", "yoy", "%chg", "changeonyear"];
const YTD: [&str; 5] = ["累计", "ytd", "年初至今", "自年初", "cumulative"];
/// Words of the month that count from January on all the same.
const THROUGH: [&str; 9] =
    ["1-本月", "1-当月", "一至本月", "1至本月", "1至当月", "至本月", "至当月", "本月止", "当月止"];
const VALUE: [&str; 8] = ["eachmonth", "各月完成", "当月", "本月", "单月", "monthly", "flow", "inmonth"];
const AMOUNT: [&str; 18] = [
    "完成投资",
    "投资额",
    "完成额",
    "总量",
    "绝对量",
    "绝对数",
    "绝对值",
    "数值",
    "金额",
    "到位资金",
    "投资",
    "完成数",
    "完成",
    "amount",
    "investment",
    "资金",
    "固投",
    "实绩",
];

/// Reads a header's text, its rows already joined.
pub(crate) fn header(text: &str) -> Facets {
    let squeezed = key(text);
    if squeezed.is_empty() {
        return Facets::default();
    }
    let mut facets = context(text);
    let unit_aside = without_unit(&squeezed);
    if let Some(role) = exact(&unit_aside) {
        facets.role = Some(role);
        facets.exact = true;
        return facets;
    }
    let (_, rest) = period::find(&unit_aside);
    let rest = rest.trim_matches(|c: char| matches!(c, '/' | '-' | '(' | ')' | ':' | ',' | '、'));
    if let Some(role) = exact(rest) {
        facets.role = Some(role);
        facets.exact = true;
        return facets;
    }
    let has = |words: &[&str]| words.iter().any(|w| squeezed.contains(w));
    let percent = squeezed.contains('%');
    facets.role = if has(&NOT_OURS) || has(&PLANNED) {
        Some(Role::Ignored)
    } else if has(&GROWTH) {
        Some(Role::Growth)
    } else if has(&BASE) {
        Some(Role::Base)
    } else if has(&THROUGH) {
        Some(Role::Ytd)
    } else if has(&VALUE) {
        Some(Role::Value)
    } else if has(&YTD) {
        Some(Role::Ytd)
    } else if has(&AMOUNT) || (facets.unit.is_some() && !percent) {
        Some(Role::Amount)
    } else if percent {
        Some(Role::Growth)
    } else if squeezed.ends_with("区县") || squeezed.contains("地区") {
        Some(Role::Region)
    } else {
        None
    };
    facets
}

fn exact(squeezed: &str) -> Option<Role> {
    EXACT.iter().find(|(_, words)| words.contains(&squeezed)).map(|(role, _)| *role)
}

/// A header without `(亿元)`, `（%）` and the like, and without a unit after a comma.
fn without_unit(squeezed: &str) -> String {
    let mut out = squeezed.to_owned();
    while let (Some(open), true) = (out.rfind('('), out.ends_with(')')) {
        let inner = &out[open + 1..out.len() - 1];
        let is_unit = inner == "%" || unit_of(inner).is_some() || inner == "±%" || inner == "个";
        if !is_unit {
            break;
        }
        out.truncate(open);
    }
    for tail in [",亿元", ",万元", ",%", "/亿元", "/万元", "亿元", "万元"] {
        if let Some(rest) = out.strip_suffix(tail)
            && !rest.is_empty()
        {
            out = rest.to_owned();
        }
    }
    out
}

/// What a title, a note or a sheet's name says of all that stands under it.
pub(crate) fn context(text: &str) -> Facets {
    let squeezed = key(text);
    let (period, _) = period::find(&squeezed);
    let cumulative = if THROUGH.iter().any(|w| squeezed.contains(w)) {
        Some(true)
    } else if VALUE.iter().any(|w| squeezed.contains(w)) {
        Some(false)
    } else if YTD.iter().any(|w| squeezed.contains(w)) || period.cumulative && period.from.is_none() {
        Some(true)
    } else {
        None
    };
    Facets {
        role: None,
        period,
        unit: unit_of(&squeezed),
        ledger: ledger_of(&squeezed),
        cumulative,
        exact: false,
    }
}

fn unit_of(squeezed: &str) -> Option<Unit> {
    let yuan = squeezed.contains("yuan") || squeezed.contains("cny") || squeezed.contains("rmb");
    if yuan && (squeezed.contains("100million") || squeezed.contains("hundredmillion")) {
        return Some(Unit::Yi);
    }
    if yuan && (squeezed.contains("10,000") || squeezed.contains("10000") || squeezed.contains("10thousand"))
    {
        return Some(Unit::Wan);
    }
    if squeezed.contains("亿元") || squeezed.contains("(亿)") || squeezed == "亿" {
        Some(Unit::Yi)
    } else if squeezed.contains("万元") || squeezed.contains("(万)") || squeezed == "万" {
        Some(Unit::Wan)
    } else if squeezed.contains("(元)") || squeezed.contains("单位:元") || squeezed == "元" {
        Some(Unit::Yuan)
    } else {
        let after = squeezed.split_once("unit:").map(|(_, rest)| rest)?;
        let name = after.split([')', ';', ',']).next().unwrap_or(after);
        (!name.is_empty()).then(|| Unit::parse(name))
    }
}

pub(crate) fn ledger_of(squeezed: &str) -> Option<Ledger> {
    if squeezed.contains("到位资金") || squeezed.contains("招商") {
        Some(Ledger::Attraction)
    } else if squeezed.contains("上争") || squeezed.contains("争取资金") || squeezed.contains("向上争取")
    {
        Some(Ledger::Granted)
    } else if squeezed.contains("项目完成投资") || squeezed.contains("重点项目") {
        Some(Ledger::Works)
    } else if squeezed.contains("固定资产投资") || squeezed.contains("固投") {
        Some(Ledger::Fai)
    } else {
        None
    }
}

/// Whether a row's name is that of a total, not of a region.
pub(crate) fn is_total(name: &str) -> bool {
    const TOTALS: [&str; 12] = [
        "全市",
        "全省",
        "全区",
        "全州",
        "全县",
        "全自治区",
        "total",
        "sum",
        "grandtotal",
        "subtotal",
        "共计",
        "合计数",
    ];
    let name = key(name);
    let name = name.trim_matches(|c: char| matches!(c, ':' | '(' | ')' | '*'));
    TOTALS.contains(&name) || ["合计", "总计", "小计"].iter().any(|end| name.ends_with(end))
}

/// Whether a row is a part of the one above it.
pub(crate) fn is_part(name: &str) -> bool {
    let name = key(name);
    ["其中", "#", "ofwhich"].iter().any(|w| name.starts_with(w))
}

/// The sector that a row or a header names, by its id: only words that mean a sector and nothing else.
pub(crate) fn sector(name: &str) -> Option<&'static str> {
    const SECTORS: [(&str, &[&str]); 9] = [
        ("power", &["电力", "新能源", "电力热力", "能源"]),
        ("manufacturing", &["制造业"]),
        ("industry", &["工业"]),
        ("transport", &["交通运输", "交通", "交通运输业"]),
        ("water", &["水利", "水利业"]),
        ("real_estate", &["房地产", "房地产业"]),
        ("agriculture", &["农业", "农林牧渔业"]),
        ("social", &["社会事业"]),
        ("services", &["服务业"]),
    ];
    let name = without_unit(&part_name(name));
    let name =
        ["开发投资", "投资", "开发"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(&name).to_owned();
    SECTORS.iter().find(|(id, words)| *id == name || words.contains(&name.as_str())).map(|(id, _)| *id)
}

/// The name of a part without what says that it is one.
pub(crate) fn part_name(name: &str) -> String {
    let name = key(name);
    let name = ["其中", "ofwhich"].iter().find_map(|w| name.strip_prefix(w)).unwrap_or(&name);
    name.trim_start_matches([':', '#', '.', ',', '、']).to_owned()
}

/// Whether a text names what no ledger holds: output, sales, taxes; or a part of the investment by who invests or what in.
pub(crate) fn other_indicator(text: &str) -> bool {
    const OTHERS: [&str; 39] = [
        "生产总值",
        "gdp",
        "工业增加值",
        "增加值",
        "社会消费品",
        "零售总额",
        "财政收入",
        "一般公共预算",
        "居民收入",
        "可支配收入",
        "进出口",
        "用电量",
        "税收",
        "总产值",
        "社零",
        "消费品零售",
        "商品房",
        "销售额",
        "销售面积",
        "财政支出",
        "预算收入",
        "预算支出",
        "各项存款",
        "各项贷款",
        "存款余额",
        "贷款余额",
        "营业收入",
        "利润",
        "发电量",
        "货运",
        "客运",
        "旅游",
        "价格指数",
        "常住人口",
        "民间投资",
        "民间固定",
        "技改投资",
        "技术改造投资",
        "基础设施投资",
    ];
    let text = key(text);
    // 民间固定资产投资 is a part of what it names last; 固定资产投资和民间投资 names the whole beside it.
    let aside =
        ["民间固定资产投资", "民间固投"].iter().fold(text.clone(), |text, part| text.replace(part, ""));
    OTHERS.iter().any(|w| text.contains(w)) && ledger_of(&aside).is_none()
}

/// The composition that a row or a cell names, by its id.
pub(crate) fn composition(name: &str) -> Option<&'static str> {
    let name = part_name(name);
    if ["建筑安装", "建安", "construction-installation"].iter().any(|w| name.contains(w)) {
        Some("construction-installation")
    } else if ["设备工器具", "设备购置", "equipment"].iter().any(|w| name.contains(w)) {
        Some("equipment")
    } else if name == "其他费用" || name == "其它费用" {
        Some("other")
    } else {
        None
    }
}

/// A line under a table: a note, a source.
pub(crate) fn is_note(text: &str) -> bool {
    let squeezed = key(text);
    [
        "注:",
        "注1",
        "注2",
        "说明",
        "备注",
        "资料来源",
        "数据来源",
        "来源:",
        "note",
        "source",
        "*",
        "填报",
        "制表",
        "审核",
        "联系人",
        "填表",
        "负责人",
        "编制",
        "单位:",
        "本表",
        "①",
        "②",
    ]
    .iter()
    .any(|w| squeezed.starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_as_people_write_them() {
        for (text, role, unit, to) in [
            ("地  区", Some(Role::Region), None, None),
            ("完成投资（亿元）", Some(Role::Amount), Some(Unit::Yi), None),
            ("累计完成(万元)", Some(Role::Ytd), Some(Unit::Wan), None),
            ("1-7月完成额", Some(Role::Amount), None, Some(7)),
            ("同比增长（%）", Some(Role::Growth), None, None),
            ("增速%", Some(Role::Growth), None, None),
            ("1-2月 / 增速（%）", Some(Role::Growth), None, Some(2)),
            ("增速排名", Some(Role::Ignored), None, None),
            ("年度目标（%）", Some(Role::Ignored), None, None),
            ("上年同期（亿元）", Some(Role::Base), Some(Unit::Yi), None),
            ("2023-03", None, None, Some(3)),
            ("利通区", None, None, None),
            ("month", Some(Role::Period), None, None),
        ] {
            let read = header(text);
            assert_eq!((read.role, read.unit, read.period.to), (role, unit, to), "{text}");
        }
    }

    #[test]
    fn totals_and_parts() {
        assert!(is_total("合　计") && is_total("全市") && !is_total("全椒县"));
        assert!(is_part("  其中：工业") && !is_part("工业园区"));
        assert_eq!(composition("其中：建筑安装工程"), Some("construction-installation"));
    }
}
