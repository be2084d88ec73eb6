//! Names of regions: cleaned, and matched against the plan, never silently.

use crate::ingest::text::{indent, key, plain, unmarked};
use crate::ingest::words::{composition, is_part, is_total, part_name, sector};
use crate::target::Plan;
use std::collections::BTreeMap;

/// What the name of a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A region, under its name in the plan where there is one.
    Region {
        /// Its name.
        name: String,
        /// How the name was come by.
        how: How,
    },
    /// A total of the rows.
    Total,
    /// A composition of the region above.
    Composition(&'static str),
    /// A sector of the region above.
    Sector(&'static str),
    /// Another part of the region above.
    Part,
    /// A name that the plan has not.
    Unknown {
        /// The nearest name of the plan, if one is near.
        nearest: Option<String>,
    },
    /// Nothing: the region above goes on.
    Blank,
}

/// How a name was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// As written.
    Written,
    /// By an alias of the plan, a blank or a number taken away, or the mapping.
    Known,
    /// By a part of the name that only one region has.
    Short,
    /// By a letter or two.
    Near,
}

/// Matches names, each different text once.
pub(crate) struct Names<'a> {
    plan: Option<&'a Plan>,
    own: &'a BTreeMap<String, String>,
    told: BTreeMap<String, Named>,
}

/// Endings that a short form leaves out.
const ENDINGS: [&str; 15] = [
    "经济技术开发区",
    "高新技术产业开发区",
    "工业园区",
    "开发区",
    "自治县",
    "自治州",
    "地区",
    "园区",
    "新区",
    "区",
    "县",
    "市",
    "旗",
    "州",
    "省",
];

impl<'a> Names<'a> {
    /// `own` are the names that the mapping gives; an empty one leaves the row out.
    pub(crate) fn new(plan: Option<&'a Plan>, own: &'a BTreeMap<String, String>) -> Self {
        Self { plan, own, told: BTreeMap::new() }
    }

    /// Whether there is a plan to match names against; without one every word could be a region.
    pub(crate) fn has_plan(&self) -> bool {
        self.plan.is_some()
    }

    /// The region of the plan that a title names, the longest name first; none where it names several.
    pub(crate) fn inside(&self, title: &str) -> Option<String> {
        let title = key(title);
        let plan = self.plan?;
        let mut found: Vec<(usize, &str)> = plan
            .regions
            .iter()
            .filter(|r| title.contains(&key(&r.name)))
            .map(|r| (r.name.len(), r.name.as_str()))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        let root = plan.regions.iter().find(|r| r.parent.is_none()).map(|r| r.name.as_str());
        // 吴忠市利通区 names the district.
        if found.len() > 1 {
            found.retain(|(_, name)| Some(*name) != root);
        }
        (found.len() == 1).then(|| found[0].1.to_owned())
    }

    /// What a cell's text names. `deeper` says that it is indented further than the names around it.
    pub(crate) fn of(&mut self, text: &str, deeper: bool) -> Named {
        if let Some(known) = self.told.get(text)
            && !deeper
        {
            return known.clone();
        }
        let named = self.find(text, deeper);
        if !deeper {
            self.told.insert(text.to_owned(), named.clone());
        }
        named
    }

    /// What the names that were asked about are taken for: a region of another name, or none that is known.
    pub(crate) fn taken(&self) -> BTreeMap<String, Option<String>> {
        let of = |named: &Named| match named {
            Named::Region { name, how } if *how != How::Written => Some(Some(name.clone())),
            Named::Unknown { .. } => Some(None),
            _ => None,
        };
        self.told.iter().filter_map(|(text, named)| Some((text.trim().to_owned(), of(named)?))).collect()
    }

    fn find(&self, text: &str, deeper: bool) -> Named {
        let written = cleaned(text);
        if written.is_empty() {
            return Named::Blank;
        }
        if let Some(own) = self.own.get(&plain(text)).or_else(|| self.own.get(&written)) {
            return match own.as_str() {
                "" => Named::Part,
                name => Named::Region { name: name.into(), how: How::Known },
            };
        }
        let part = is_part(text) || deeper;
        if let Some(composition) = composition(text) {
            return Named::Composition(composition);
        }
        let Some(plan) = self.plan else {
            if is_total(&written) {
                return Named::Total;
            }
            if part {
                return sector(text).map_or(Named::Part, Named::Sector);
            }
            return Named::Region { name: written, how: How::Written };
        };
        // A park stands under its district as 其中：金积园区 and is a region all the same.
        let written = if part { cleaned(&part_name(&written)) } else { written };
        let written = without_ledger(&written);
        if let Some(region) = plan.find_region(&written) {
            let how = if region.name == plain(text) { How::Written } else { How::Known };
            return Named::Region { name: region.name.clone(), how };
        }
        // What the plan owes something for it knows, listed or not.
        let wanted = key(&written);
        if let Some(target) = plan.targets.iter().find(|t| key(&t.region) == wanted) {
            let how = if target.region == plain(text) { How::Written } else { How::Known };
            return Named::Region { name: target.region.clone(), how };
        }
        // 全市合计 is the whole itself, not a sum to be left out.
        let of_all = ["合计", "总计"].iter().find_map(|end| written.strip_suffix(end));
        if let Some(region) = of_all.and_then(|name| plan.find_region(name)).filter(|r| r.parent.is_none()) {
            return Named::Region { name: region.name.clone(), how: How::Known };
        }
        if is_total(&written) {
            return Named::Total;
        }
        if let Some(sector) = sector(text) {
            return Named::Sector(sector);
        }
        match near(plan, &written) {
            Named::Unknown { .. } if part || !could_be_region(&written) => Named::Part,
            named => named,
        }
    }
}

/// Whether an unknown name may be a region's: not where its words are of investment.
fn could_be_region(name: &str) -> bool {
    let name = name.split(['(', '[']).next().unwrap_or(name);
    !["投资", "项目", "改造", "产业", "工程", "费用", "企业"].iter().any(|w| name.contains(w))
}

/// 全市固定资产投资 is 全市: the row says which ledger.
fn without_ledger(name: &str) -> String {
    let shorter = ["固定资产投资完成额", "固定资产投资", "固投"].iter().find_map(|w| name.strip_suffix(w));
    shorter.filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
}

/// The name without blanks between Chinese letters, without a number before it or a mark after it.
pub(crate) fn cleaned(text: &str) -> String {
    let text = plain(unmarked(text));
    // The mark that keeps a spreadsheet from taking a name for a formula is no part of the name.
    let formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    let text = text.strip_prefix('\'').filter(|_| formula).unwrap_or(&text);
    let text = text.trim_matches(|c: char| matches!(c, '*' | '·' | '•' | '.' | '、' | ':'));
    let numbered = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        .iter()
        .find_map(|n| text.strip_prefix(n).and_then(|t| t.strip_prefix('、')));
    let text = numbered.unwrap_or(text);
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match after_digits.strip_prefix(['.', '、', ')']) {
        Some(rest) if after_digits.len() < text.len() && !rest.trim().is_empty() => rest.trim(),
        _ => text,
    };
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if chinese { text.chars().filter(|c| !c.is_whitespace()).collect() } else { text.trim().to_owned() }
}

fn near(plan: &Plan, written: &str) -> Named {
    let mut wanted = key(written);
    // Two names in one cell, and a name with another scope, are none of the plan's.
    let several = wanted.contains(['、', ',', '，', '和', '及'])
        || ["不含", "除外", "剔除", "扣除"].iter().any(|w| wanted.contains(w));
    if several || ["市本级", "区本级", "本级"].contains(&wanted.as_str()) {
        return Named::Unknown { nearest: None };
    }
    for tail in ["管委会", "管理委员会", "人民政府", "政府"] {
        if let Some(rest) = wanted.strip_suffix(tail) {
            wanted = rest.to_owned();
        }
    }
    let names = || {
        plan.regions.iter().flat_map(|r| std::iter::once(&r.name).chain(&r.aliases).map(move |n| (r, key(n))))
    };
    let unique = |found: Vec<&crate::target::PlanRegion>| {
        let first = found.first().map(|r| r.name.clone())?;
        found.iter().all(|r| r.name == first).then_some(first)
    };
    if let Some(region) = plan.regions.iter().find(|r| r.label_en.as_ref().is_some_and(|l| key(l) == wanted))
    {
        return Named::Region { name: region.name.clone(), how: How::Known };
    }
    // 吴忠市利通区 holds 利通区; 利通 begins it. The short form must keep two letters.
    let stem = |name: &str| ENDINGS.iter().find_map(|e| name.strip_suffix(e)).unwrap_or(name).to_owned();
    let root = plan.regions.iter().filter(|r| r.parent.is_none()).map(|r| key(&r.name)).next();
    let after = |name: &str| {
        wanted.rfind(name).map(|at| &wanted[at + name.len()..]).filter(|rest| rest.chars().count() >= 2)
    };
    let inner = root.as_deref().and_then(|root| after(root).or_else(|| after(&stem(root))));
    let asked = inner.unwrap_or(&wanted);
    let same = |name: &str| {
        let (a, b) = (stem(asked), stem(name));
        asked == name || (a == b && a.chars().count() >= 2) || wanted.ends_with(name)
    };
    if let Some(name) = unique(names().filter(|(_, n)| same(n)).map(|(r, _)| r).collect()) {
        return Named::Region { name, how: How::Short };
    }
    let within = |name: &str| {
        let short = stem(asked);
        short.chars().count() >= 2
            && (name.contains(&short) || short.contains(&stem(name)) && stem(name).chars().count() >= 2)
    };
    if let Some(name) = unique(names().filter(|(_, n)| within(n)).map(|(r, _)| r).collect()) {
        return Named::Region { name, how: How::Short };
    }
    // One letter of three or more, two of eight or more; two regions equally near are none.
    let letters = asked.chars().count();
    let allowed = if letters >= 8 { 2 } else { usize::from(letters >= 3) };
    let distances: Vec<(usize, &crate::target::PlanRegion)> =
        names().map(|(r, n)| (strsim::osa_distance(asked, &n), r)).collect();
    let least = distances.iter().map(|(d, _)| *d).min().unwrap_or(usize::MAX);
    let nearest = unique(distances.iter().filter(|(d, _)| *d == least).map(|(_, r)| *r).collect());
    match nearest {
        Some(name) if least <= allowed => Named::Region { name, how: How::Near },
        nearest => Named::Unknown { nearest: nearest.filter(|_| least * 2 <= letters.max(2)) },
    }
}

/// How far a name is indented.
pub(crate) fn depth(text: &str) -> usize {
    indent(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "year = 2023\n[[region]]\nname = \"吴忠市\"\naliases = [\"全市\"]\n[[region]]\nname = \"利通区\"\nparent = \"吴忠市\"\nlabel_en = \"Litong District\"\n[[region]]\nname = \"太阳山开发区\"\nparent = \"吴忠市\"\n[[region]]\nname = \"青铜峡市\"\nparent = \"吴忠市\"\n";

    #[test]
    fn names_find_their_region() {
        let (plan, _) = Plan::parse(PLAN, "plan.toml").unwrap();
        let own = BTreeMap::from([("新区管委会".to_owned(), "太阳山开发区".to_owned())]);
        let mut names = Names::new(Some(&plan), &own);
        for (text, wanted, how) in [
            ("利通区", "利通区", How::Written),
            ("　利 通 区", "利通区", How::Known),
            ("1、利通区", "利通区", How::Known),
            ("利通", "利通区", How::Short),
            ("吴忠市利通区", "利通区", How::Short),
            ("太阳山", "太阳山开发区", How::Short),
            ("青铜侠市", "青铜峡市", How::Near),
            ("litong district", "利通区", How::Known),
            ("全市", "吴忠市", How::Known),
            ("新区管委会", "太阳山开发区", How::Known),
        ] {
            assert_eq!(names.of(text, false), Named::Region { name: wanted.into(), how }, "{text}");
        }
        let owing = format!("{PLAN}[[target]]\nregion = \"高新区\"\nkind = \"growth\"\nvalue = 0.1\n");
        let (owing, _) = Plan::parse(&owing, "plan.toml").unwrap();
        let known = Named::Region { name: "高新区".into(), how: How::Written };
        assert_eq!(Names::new(Some(&owing), &own).of("高新区", false), known);
        assert!(matches!(names.of("高新区", false), Named::Unknown { .. }));
        assert_eq!(names.of("合  计", false), Named::Total);
        assert_eq!(names.of("其中：工业", false), Named::Sector("industry"));
        assert_eq!(names.of("其中：民间投资", false), Named::Part);
        assert_eq!(
            names.of("利通区（含金积）", false),
            Named::Region { name: "利通区".into(), how: How::Known }
        );
        assert!(matches!(names.of("同心县(不含移民项目)", false), Named::Unknown { .. }));
        assert_eq!(names.of("其中：建筑安装工程", false), Named::Composition("construction-installation"));
        assert!(matches!(names.of("中卫市", false), Named::Unknown { .. }));
    }
}
