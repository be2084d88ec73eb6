//! The headline and the verdict.

use super::BulletinError;
use super::desk::{Desk, Part};
use crate::brief::{Figure, Measure, Sentence};
use crate::case::UnitReport;
use crate::case::words::{span, whole};
use crate::error::Lang;
use crate::ledger::Ledger;
use crate::order;
use crate::outlook::UnitKind;
use crate::target::{Light, TargetKind};

impl Desk<'_> {
    pub(super) fn headline_and_verdict(&self) -> Result<(Sentence, Vec<Sentence>), BulletinError> {
        let ledger = self.first_ledger();
        let year = self.answer.as_of.year;
        let told = |u: &&UnitReport| {
            u.ytd.is_some() || u.growth_ytd.is_some() || u.year_end.is_some() || u.growth.is_some()
        };
        if !self.report.units.iter().any(|u| told(&u)) {
            return Err(BulletinError::Nothing { year });
        }
        let headline = match self.head() {
            Some(head) => self.of_head(head),
            None => self.of_many(ledger),
        };
        let mut verdict = Vec::new();
        if let Some(head) = self.head() {
            verdict.extend(self.level(head));
            verdict.extend(self.landing(head));
            verdict.extend(self.need(head));
        }
        verdict.extend(self.lights(ledger));
        verdict.extend(self.pulls(ledger));
        Ok((headline, verdict))
    }

    /// What people call a ledger in a sentence.
    pub(super) fn book(&self, ledger: Ledger) -> String {
        match (ledger, self.lang) {
            (Ledger::Fai, Lang::En) => "fixed-asset investment".into(),
            (Ledger::Fai, Lang::Zh) => "固定资产投资".into(),
            (Ledger::Works, Lang::En) => "investment completed by key projects".into(),
            (Ledger::Works, Lang::Zh) => "重点项目完成投资".into(),
            (Ledger::Attraction, Lang::En) => "attracted funds in place".into(),
            (Ledger::Attraction, Lang::Zh) => "招商引资到位资金".into(),
            (Ledger::Granted, Lang::En) => "funds won from higher levels".into(),
            (Ledger::Granted, Lang::Zh) => "上争资金".into(),
        }
    }

    /// `固定资产投资增长10.1%，增速比1–6月回落0.7个百分点，低于全年目标0.9个百分点；盐池县居首，…`
    fn of_head(&self, head: &UnitReport) -> Sentence {
        let mut clauses = Vec::new();
        let name: Part = head.label.clone().into();
        let period: Part = span(head.through.max(1), self.lang).into();
        let book: Part = self.book(head.ledger).into();
        match (head.growth_ytd, head.ytd) {
            (Some(growth), _) => {
                let grew = self.grew(growth, self.both(head, "growth", "growth_ytd"));
                clauses.push(self.line(
                    "{0}, {1}: {2} {3}",
                    "{1}，{0}{2}{3}",
                    vec![name, period, book, grew.into()],
                ));
                clauses.extend(self.against_before(head));
                clauses.extend(self.against_target(head));
            }
            (None, Some(ytd)) => {
                let amount = self.amount(ytd, head.ledger, self.both(head, "ytd", "ytd"));
                clauses.push(self.line(
                    "{0}, {1}: {2} {3}",
                    "{1}，{0}{2}{3}",
                    vec![name, period, book, amount.into()],
                ));
            }
            (None, None) => clauses.push(self.line(
                "{0}: no figure of {1} is known yet",
                "{0}{1}年尚无数据",
                vec![name, self.year().into()],
            )),
        }
        if let (Some(rank), Some(of)) = (head.rank, self.peers(head)) {
            let of = self.count(of, self.say("number of regions with a rank", "参加排名的地区数"));
            let rank = self.count(rank, self.key(head, "rank"));
            clauses.push(self.line(
                "rank {0} of {1}",
                "在{1}个地区中居第{0}位",
                vec![rank.into(), of.into()],
            ));
        }
        self.grouped(vec![clauses, self.ends(head.ledger).into_iter().collect()])
    }

    /// The headline where no one region is around all others.
    fn of_many(&self, ledger: Ledger) -> Sentence {
        let districts = self.districts(ledger);
        let count = u32::try_from(districts.len()).unwrap_or(0);
        let count = self.count(count, self.say("number of regions in the data", "数据中的地区数"));
        let through = districts.iter().map(|u| u.through).max().unwrap_or(1).max(1);
        let opening = self.line(
            "{1}, {0}: {2} regions",
            "{0}，{1}：共{2}个地区",
            vec![span(through, self.lang).into(), self.book(ledger).into(), count.into()],
        );
        self.grouped(vec![vec![opening], self.ends(ledger).into_iter().collect()])
    }

    pub(super) fn year(&self) -> Figure {
        let year = self.answer.as_of.year;
        let from = self.say("the year of the data month", "数据月份所在年份");
        Figure { shown: year.to_string(), value: f64::from(year), measure: Measure::Time, from }
    }

    fn peers(&self, unit: &UnitReport) -> Option<u32> {
        let peers = |u: &&UnitReport| u.ledger == unit.ledger && u.parent == unit.parent && u.rank.is_some();
        u32::try_from(self.report.units.iter().filter(peers).count()).ok().filter(|n| *n > 1)
    }

    /// Growth against that of the period before, and of the same period of last year.
    fn against_before(&self, unit: &UnitReport) -> Vec<Sentence> {
        let Some(growth) = unit.growth_ytd else { return Vec::new() };
        let mut out = Vec::new();
        if let Some((month, before)) = self.growth_before(unit) {
            let cell = self.cell(unit.ledger, &unit.region, None, unit.year, month, "growth");
            let from = self.difference(&self.both(unit, "growth", "growth_ytd"), cell);
            out.push(self.turned(before, growth, &span(month, self.lang), from));
        }
        out
    }

    /// Growth through the month before the last known one, where the year has one.
    pub(super) fn growth_before(&self, unit: &UnitReport) -> Option<(u8, f64)> {
        let answered = self.answered(unit.ledger)?;
        let month = answered.panel.calendar().before(unit.through)?;
        let (answered, at) = self.answer.find(&unit.region, unit.ledger).ok()?;
        let known = answered.outlook.units[at].months.get(&month)?;
        Some((month, known.growth.as_ref()?.value(0)))
    }

    /// How a difference is reckoned.
    pub(super) fn difference(&self, now: &str, before: Option<String>) -> String {
        let before = before.unwrap_or_else(|| self.say("growth of the period before", "上期增速"));
        format!("({now}) − ({before})")
    }

    fn against_target(&self, unit: &UnitReport) -> Option<Sentence> {
        let target = unit.target.as_ref().filter(|t| t.kind == TargetKind::Growth)?;
        let from =
            format!("({}) − ({})", self.both(unit, "growth", "growth_ytd"), self.key(unit, "target/value"));
        let goal = self.say("the target of the year", "全年目标");
        Some(self.beside((unit.growth_ytd? - target.value) * 100.0, &goal, from))
    }

    /// Who is first and who last, and how far apart.
    fn ends(&self, ledger: Ledger) -> Option<Sentence> {
        let mut ranked: Vec<&UnitReport> = self
            .districts(ledger)
            .into_iter()
            .filter(|u| u.rank.is_some() && u.growth_ytd.is_some())
            .collect();
        // Ranks are among the regions of one parent, which these need not have.
        order::sort_by(&mut ranked, |a, b| {
            b.growth_ytd.unwrap_or(0.0).total_cmp(&a.growth_ytd.unwrap_or(0.0))
        });
        let (first, last) = (*ranked.first()?, *ranked.last()?);
        let (most, least) = (first.growth_ytd?, last.growth_ytd?);
        let by_growth = |u: &UnitReport| !matches!(&u.target, Some(t) if t.kind != TargetKind::Growth);
        if most == least || !ranked.iter().all(|u| by_growth(u)) {
            return None;
        }
        let figure = |u: &UnitReport, g: f64| self.percent(g, self.both(u, "growth", "growth_ytd"));
        let apart = self.points(
            (most - least) * 100.0,
            format!(
                "({}) − ({})",
                self.both(first, "growth", "growth_ytd"),
                self.both(last, "growth", "growth_ytd")
            ),
        );
        Some(self.line(
            "{0} ({1}) leads, {2} ({3}) is last, {4} apart",
            "{0}（{1}）居首，{2}（{3}）居末，相差{4}",
            vec![
                first.label.clone().into(),
                figure(first, most).into(),
                last.label.clone().into(),
                figure(last, least).into(),
                apart.into(),
            ],
        ))
    }

    /// The amount so far, against the same period of last year.
    fn level(&self, head: &UnitReport) -> Option<Sentence> {
        let ytd = head.ytd?;
        let amount = self.amount(ytd, head.ledger, self.both(head, "ytd", "ytd"));
        let (period, en) = match (head.through, self.lang) {
            (12, Lang::En) => ("The whole year".to_owned(), "{0}: {1}"),
            (through, _) => (span(through.max(1), self.lang), "{0}: {1} so far"),
        };
        let opening = self.line(en, "{0}累计完成{1}", vec![period.into(), amount.into()]);
        let mut clauses = vec![opening];
        let answered = self.answered(head.ledger)?;
        let last = answered
            .panel
            .tree()
            .find(&head.region)
            .and_then(|region| answered.panel.growth(region, head.year - 1, head.through));
        if let Some((growth, last)) = head.growth_ytd.zip(last) {
            let same = self.say("the same months of last year", "上年同期");
            let cell = self.cell(head.ledger, &head.region, None, head.year - 1, head.through, "growth");
            clauses.push(self.turned(
                last,
                growth,
                &same,
                self.difference(&self.both(head, "growth", "growth_ytd"), cell),
            ));
        }
        Some(self.closed(clauses))
    }

    /// Clauses as a sentence of its own.
    pub(super) fn closed(&self, clauses: Vec<Sentence>) -> Sentence {
        self.grouped(vec![clauses])
    }

    /// Groups of clauses as a sentence: commas within a group, semicolons between.
    pub(super) fn grouped(&self, groups: Vec<Vec<Sentence>>) -> Sentence {
        let groups = groups.into_iter().map(|clauses| self.listed(clauses, ", ", "，")).collect();
        let mut out = self.listed(groups, "; ", "；");
        out.text.push_str(self.lang.pick(".", "。"));
        out
    }

    /// Where the year will land, and how likely that is enough.
    fn landing(&self, head: &UnitReport) -> Option<Sentence> {
        let settled = head.through == 12;
        let mut clauses = Vec::new();
        if let Some(growth) = &head.growth {
            let median = self.grew(growth.quantiles.p50, self.key(head, "growth/quantiles/0.5"));
            clauses.push(if settled {
                self.line("The year: {0}", "全年{0}", vec![median.into()])
            } else {
                let low = self.percent(growth.quantiles.p10, self.key(head, "growth/quantiles/0.1"));
                let high = self.percent(growth.quantiles.p90, self.key(head, "growth/quantiles/0.9"));
                self.line(
                    "The year is expected {0} (8 times in 10 between {1} and {2})",
                    "全年预计{0}（10次中约8次落在{1}至{2}之间）",
                    vec![median.into(), low.into(), high.into()],
                )
            });
        }
        if let Some(total) = &head.year_end {
            let amount =
                self.amount(total.quantiles.p50, head.ledger, self.key(head, "year_end/quantiles/0.5"));
            let zh = if settled { "总额{0}" } else { "总额约{0}" };
            clauses.push(self.line("{0} in all", zh, vec![amount.into()]));
        }
        if let Some(gap) = head.gap_pp {
            let goal = self.say("the target", "目标");
            let beside = self.beside(gap, &goal, self.key(head, "gap_pp"));
            let (en, zh) = if settled { ("{0}", "{0}") } else { ("the median {0}", "预计增速{0}") };
            clauses.push(self.line(en, zh, vec![beside.into()]));
        }
        let odds: Vec<Sentence> = self.odds(head).into_iter().collect();
        (!clauses.is_empty()).then(|| self.grouped(vec![clauses, odds]))
    }

    /// `达到11%目标的概率约30%，亮“风险”灯`.
    pub(super) fn odds(&self, unit: &UnitReport) -> Option<Sentence> {
        let (target, p, shown) = (unit.target.as_ref()?, unit.probability?, unit.probability_shown?);
        let goal = match target.kind {
            TargetKind::Amount => self.set_amount(target.value, unit.ledger, self.key(unit, "target/value")),
            _ => self.set_percent(target.value, self.key(unit, "target/value")),
        };
        let light = unit.light.map(|l| l.word(self.lang)).unwrap_or_default();
        if unit.through == 12 {
            let (en, zh) = if p >= 0.5 {
                ("reaching {0}", "达到{0}的目标")
            } else {
                ("short of {0}", "未达到{0}的目标")
            };
            return Some(self.line(en, zh, vec![goal.into()]));
        }
        let chance = self.chance(p, shown, false, self.key(unit, "probability"));
        let parts = vec![goal.into(), chance.into(), light.into()];
        Some(if light.is_empty() {
            self.line("the chance of reaching {0} is {1}", "达到{0}目标的概率{1}", parts)
        } else {
            self.line("the chance of reaching {0} is {1} (“{2}”)", "达到{0}目标的概率{1}，状态为“{2}”", parts)
        })
    }

    /// What remains to be done.
    fn need(&self, head: &UnitReport) -> Option<Sentence> {
        let need = head.need.as_ref().filter(|_| head.through < 12)?;
        if need.amount <= 0.0 {
            return Some(self.line(
                "Nothing remains to be done to reach the target.",
                "目标所需投资已完成。",
                vec![],
            ));
        }
        let amount = self.amount(need.amount, head.ledger, self.key(head, "need/amount"));
        let each = self.amount(need.per_month, head.ledger, self.key(head, "need/per_month"));
        let left = u32::from(12 - head.through);
        let left = self.count(left, self.say("12 − the last data month", "12－最后数据月份"));
        let mut clauses = vec![self.line(
            "To reach the target {0} remain to be done, {1} a month in the {2} months left",
            "要达到目标，尚需完成{0}，后{2}个月月均{1}",
            vec![amount.into(), each.into(), left.into()],
        )];
        if let Some(ratio) = need.vs_last_year {
            let grew = self.grew(ratio, self.key(head, "need/vs_last_year"));
            clauses.push(self.line(
                "{0} on the same months of last year",
                "比上年同期{0}",
                vec![grew.into()],
            ));
        }
        Some(self.closed(clauses))
    }

    /// How many districts are on which light, and which.
    fn lights(&self, ledger: Ledger) -> Option<Sentence> {
        let mut lit = self.in_order(ledger);
        lit.retain(|(_, u)| u.kind != UnitKind::Unallocated && u.light.is_some());
        // What lies in others, where anything does: whoever is around them is no district.
        if lit.iter().any(|(depth, _)| *depth > 0) {
            lit.retain(|(depth, _)| *depth > 0);
        }
        let lit: Vec<&UnitReport> = lit.into_iter().map(|(_, u)| u).collect();
        if lit.len() < 2 {
            return None;
        }
        let settled = lit.iter().all(|u| u.through == 12 && u.probability.is_some());
        let all = u32::try_from(lit.len()).unwrap_or(0);
        let mut clauses = Vec::new();
        let count_of = |these: &[&str], (en, zh): (&'static str, &'static str), from: String, word: &str| {
            let count = u32::try_from(these.len()).ok().filter(|n| *n > 0)?;
            let names = self.names(these.iter().take(8).copied());
            let more = if these.len() > 8 { self.say(" and others", "等") } else { String::new() };
            Some(self.line(
                en,
                zh,
                vec![self.count(count, from).into(), names.into(), more.into(), word.to_owned().into()],
            ))
        };
        let those = |f: &dyn Fn(&UnitReport) -> bool| -> Vec<&str> {
            lit.iter().filter(|u| f(u)).map(|u| u.label.as_str()).collect()
        };
        if settled {
            for met in [true, false] {
                let words = match (met, clauses.is_empty()) {
                    (true, _) => ("{0} reached the target ({1}{2})", "{0}个完成目标（{1}{2}）"),
                    (false, true) => ("{0} did not reach the target ({1}{2})", "{0}个未完成目标（{1}{2}）"),
                    (false, false) => ("{0} did not ({1}{2})", "{0}个未完成（{1}{2}）"),
                };
                let from =
                    self.say("districts by whether they met their target", "按是否完成目标统计的地区数");
                let these = those(&|u| u.probability.is_some_and(|p| (p >= 0.5) == met));
                clauses.extend(count_of(&these, words, from, ""));
            }
        } else {
            for light in [Light::Green, Light::Yellow, Light::Red] {
                let from = match self.lang {
                    Lang::En => format!("districts whose outlook[…, {ledger}]/light is {light}"),
                    Lang::Zh => format!("outlook[…, {ledger}]/light为{light}的地区数"),
                };
                let words = ("{0} “{3}” ({1}{2})", "“{3}”{0}个（{1}{2}）");
                clauses.extend(count_of(
                    &those(&|u| u.light == Some(light)),
                    words,
                    from,
                    light.word(self.lang),
                ));
            }
        }
        let from = self.say("districts with a light", "有状态的地区数");
        let listed = self.listed(clauses, ", ", "、");
        Some(self.line(
            "Of {0} districts: {1}.",
            "{0}个地区中，{1}。",
            vec![self.count(all, from).into(), listed.into()],
        ))
    }

    /// Who pulls most, and who holds back most.
    fn pulls(&self, ledger: Ledger) -> Option<Sentence> {
        let head = self.head()?;
        let mut pulling: Vec<(&UnitReport, f64)> =
            self.districts(ledger).into_iter().filter_map(|u| Some((u, u.pull_pp?))).collect();
        order::sort_by(&mut pulling, |a, b| b.1.total_cmp(&a.1));
        let (most, least) = (pulling.first()?, pulling.last()?);
        let settled = head.through == 12 && pulling.iter().all(|(unit, _)| unit.through == 12);
        let all = whole(&head.label, self.lang);
        let mut clauses = Vec::new();
        let tenths = |x: f64| crate::num::round_to(x, 1);
        if tenths(most.1) > 0.0 {
            let points = self.points(most.1, self.key(most.0, "pull_pp"));
            let (en, zh) = if settled {
                (
                    "{0} raised the year's growth of {1} most, by {2} against the average",
                    "{0}拉动{1}全年增速最多，与平均增速相比为{2}",
                )
            } else {
                (
                    "{0} is expected to raise the year's growth of {1} most, by {2} against the average",
                    "{0}预计拉动{1}全年增速最多，与平均增速相比为{2}",
                )
            };
            clauses.push(self.line(
                en,
                zh,
                vec![most.0.label.clone().into(), all.clone().into(), points.into()],
            ));
        }
        if tenths(least.1) < 0.0 {
            let points = self.points(least.1, self.key(least.0, "pull_pp"));
            let (en, zh) = match (settled, clauses.is_empty()) {
                (true, false) => ("{0} lowered it most, by {2}", "{0}下拉最多，为{2}"),
                (false, false) => ("{0} to lower it most, by {2}", "{0}下拉最多，为{2}"),
                (true, true) => (
                    "{0} lowered the year's growth of {1} most, by {2} against the average",
                    "{0}下拉{1}全年增速最多，与平均增速相比为{2}",
                ),
                (false, true) => (
                    "{0} is expected to lower the year's growth of {1} most, by {2} against the average",
                    "{0}预计下拉{1}全年增速最多，与平均增速相比为{2}",
                ),
            };
            clauses.push(self.line(en, zh, vec![least.0.label.clone().into(), all.into(), points.into()]));
        }
        (!clauses.is_empty()).then(|| self.closed(clauses))
    }
}
