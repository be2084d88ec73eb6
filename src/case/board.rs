//! Charts of all regions side by side: ranking, tiles, bullets and small multiples.

use super::story::{DrawError, Look, Story, Words, ends, quantiles, short, short_percent};
use super::words::against;
use crate::case::Answer;
use crate::chart::spec::{At, FanPoint, Light as Lamp};
use crate::chart::{
    BulletParts, BulletRow, BulletSpec, Label, MultiplesParts, MultiplesSpec, RankingParts, RankingRow,
    RankingSpec, SmallFan, Tile, TilesParts, TilesSpec,
};
use crate::error::{Lang, Said};
use crate::ledger::Ledger;
use crate::num;
use crate::order;
use crate::outlook::UnitKind;
use crate::unit::{Growth, fixed, signed};

/// The regions of a ledger, in the order in which charts list them: those that contain others, then by their chance.
struct Board<'a> {
    answer: &'a Answer,
    lang: Lang,
    rows: Vec<Story<'a>>,
}

impl Answer {
    fn board(&self, ledger: Ledger, look: &Look) -> Result<Board<'_>, DrawError> {
        let nothing = || {
            DrawError::Nothing(Said::new(
                format!("no region has an outlook in {ledger}"),
                format!("{}中没有可推算的地区", ledger.label(Lang::Zh)),
            ))
        };
        let answered = self.ledgers.iter().find(|a| a.panel.ledger() == ledger).ok_or_else(nothing)?;
        let units = answered.outlook.units.iter().enumerate();
        let mut rows: Vec<Story<'_>> = units
            .filter(|(_, u)| u.kind != UnitKind::Unallocated && u.december().is_some())
            .map(|(at, _)| Story::new(self, answered, at, look))
            .collect();
        if rows.is_empty() {
            return Err(nothing());
        }
        let around = order::set(rows.iter().filter_map(|r| r.unit.parent.clone()));
        let whole = |r: &Story<'_>| r.unit.parent.is_none() && around.contains(&r.unit.region);
        let chance = |r: &Story<'_>| r.risk.probability.unwrap_or(-1.0);
        let growth = |r: &Story<'_>| r.growth().map_or(f64::NEG_INFINITY, |g| g.median());
        order::sort_by(&mut rows, |a, b| {
            (!whole(a))
                .cmp(&!whole(b))
                .then(chance(b).total_cmp(&chance(a)))
                .then(growth(b).total_cmp(&growth(a)))
        });
        Ok(Board { answer: self, lang: look.lang, rows })
    }

    /// The ranking of a ledger's regions by their chance; `before`, the answer without the scenario, is marked in it.
    ///
    /// # Errors
    /// [`DrawError::Nothing`] where no region's growth is known, and [`DrawError::Chart`] for a size that cannot be laid
    /// out.
    pub fn ranking(
        &self,
        before: Option<&Answer>,
        ledger: Ledger,
        look: &Look,
    ) -> Result<RankingSpec, DrawError> {
        let board = self.board(ledger, look)?;
        if board.rows.iter().all(|r| r.growth().is_none()) {
            return Err(DrawError::Nothing(Said::new(
                format!("no region's growth is known in {ledger}; the chart \"bullet\" shows amounts"),
                format!("{}中没有地区的增速可推算；可改用bullet图显示金额", ledger.label(Lang::Zh)),
            )));
        }
        let bracket = if board.converts() { board.bracket() } else { self.bracket(ledger) };
        let in_points = board.gaps_in_points();
        let rows = board.rows.iter().map(|story| {
            let was = before.and_then(|b| {
                let was = b.story(&story.unit.id(), ledger, look).ok()?;
                Some(was.growth()?.median() * 100.0)
            });
            RankingRow {
                label: board.label(story, in_points),
                growth: story.growth().map(|g| quantiles(&g, 100.0)),
                target: story.target_as_growth().map(|g| g * 100.0),
                was,
            }
        });
        let spec = RankingParts {
            columns: board.headings(in_points),
            bracket,
            target_label: board.target_label(bracket),
            rows: rows.collect(),
            sheet: self.sheet(look, board.words(ledger, Kind::Ranking(before.is_some()))),
        };
        Ok(RankingSpec::new(spec)?)
    }

    /// A tile a region, in the colour of its light.
    ///
    /// # Errors
    /// [`DrawError::Nothing`] where there is no region, and [`DrawError::Chart`] for a size that cannot be laid out.
    pub fn tiles(&self, ledger: Ledger, look: &Look) -> Result<TilesSpec, DrawError> {
        let board = self.board(ledger, look)?;
        let tiles = board.rows.iter().map(|story| Tile {
            name: board.name(story),
            light: story.lamp(),
            word: story.light_word(),
            figure: board.expected(story),
            note: match (story.chance(), look.lang) {
                (chance, _) if chance.is_empty() || story.unit.through == 12 => String::new(),
                (chance, Lang::En) => format!("chance {chance}"),
                (chance, Lang::Zh) => format!("概率{chance}"),
            },
            place: None,
        });
        Ok(TilesSpec::new(TilesParts {
            tiles: tiles.collect(),
            remark: look
                .lang
                .pick("Schematic: places say nothing of geography", "示意图：位置不代表地理位置")
                .into(),
            sheet: self.sheet(look, board.words(ledger, Kind::Tiles)),
        })?)
    }

    /// How much of its target each region has done and is projected to do.
    ///
    /// # Errors
    /// [`DrawError::Nothing`] where no region owes an amount that is known, and [`DrawError::Chart`] for a size that
    /// cannot be laid out.
    pub fn bullets(&self, ledger: Ledger, look: &Look) -> Result<BulletSpec, DrawError> {
        let mut board = self.board(ledger, look)?;
        board.rows.retain(|r| r.risk.owed.is_some_and(|owed| owed > 0.0) && r.unit.ytd.is_some());
        let Some(first) = board.rows.first() else {
            return Err(DrawError::Nothing(Said::new(
                format!("no region of {ledger} owes an amount that is known"),
                format!("{}中没有以金额计的目标", ledger.label(Lang::Zh)),
            )));
        };
        let (lang, over) = (look.lang, board.over());
        let of = |story: &Story<'_>| story.risk.owed.unwrap_or(1.0) / 100.0;
        let percent = |value: f64| format!("{}%", fixed(value, 1));
        let rows = board.rows.iter().map(|story| {
            let done = story.unit.ytd.unwrap_or_default() / of(story);
            let projected = story.december().map(|t| quantiles(&t, 1.0 / of(story)));
            let mut figures = vec![percent(done)];
            if !over {
                figures.push(projected.map_or_else(String::new, |q| percent(q.q50)));
            }
            figures.push(story.amount(of(story) * 100.0));
            let label = Label { figures, behind: false, ..board.label(story, true) };
            BulletRow { label, done, projected, seasonal: story.seasonal_share().map(|s| s * 100.0) }
        });
        let done = first.unit.ytd.unwrap_or_default() / of(first);
        let name = board.name(first);
        let season = first.seasonal_share().map(|s| percent(s * 100.0));
        let title = match (lang, season) {
            (Lang::Zh, _) if first.unit.through == 12 => format!("{name}全年完成目标的{}", percent(done)),
            (Lang::En, _) if first.unit.through == 12 => {
                format!("{name} has done {} of its target of the year", percent(done))
            }
            (Lang::Zh, Some(season)) => {
                format!("{name}{}完成年度目标的{}，往年同期为{season}", first.span_zh(), percent(done))
            }
            (Lang::Zh, None) => format!("{name}{}完成年度目标的{}", first.span_zh(), percent(done)),
            (Lang::En, Some(season)) => format!(
                "{name} has done {} of its target in {}; past years had done {season}",
                percent(done),
                first.span_en()
            ),
            (Lang::En, None) => {
                format!("{name} has done {} of its target in {}", percent(done), first.span_en())
            }
        };
        let year = self.as_of.year;
        let money = first.money();
        let words = Words {
            title,
            subtitle: match lang {
                Lang::Zh if over => {
                    format!("{year}年{}完成目标的比例{}", ledger.label(lang), board.inside())
                }
                Lang::En if over => {
                    format!("{} {year}, part of the target{}", ledger.label(lang), board.inside())
                }
                Lang::Zh => format!(
                    "{year}年{}完成目标的比例；深色已完成，浅色预计全年，灰底为50%和80%区间，细线为往年同期{}",
                    ledger.label(lang),
                    board.inside()
                ),
                Lang::En => format!(
                    "{} {year}, part of the target; dark done, pale projected, grey 50% and 80% intervals, thin tick past years by now{}",
                    ledger.label(lang),
                    board.inside()
                ),
            },
            description: board.describe(),
        };
        Ok(BulletSpec::new(BulletParts {
            columns: [lang.pick("Done", "已完成").to_owned()]
                .into_iter()
                .chain((!over).then(|| lang.pick("Projected", "预计全年").to_owned()))
                .chain([format!("{}{}{money}", lang.pick("Target", "目标"), lang.pick(", ", "，"))])
                .collect(),
            target_label: lang.pick("Target", "目标").into(),
            rows: rows.collect(),
            sheet: self.sheet(look, words),
        })?)
    }

    /// Each region's growth over the year on a shared axis; `before`, the answer without the scenario, as a thin line.
    ///
    /// # Errors
    /// [`DrawError::Nothing`] where no region's growth is known, and [`DrawError::Chart`] for a size that cannot be laid
    /// out.
    pub fn multiples(
        &self,
        before: Option<&Answer>,
        ledger: Ledger,
        look: &Look,
    ) -> Result<MultiplesSpec, DrawError> {
        let mut board = self.board(ledger, look)?;
        board.rows.retain(|r| r.growth().is_some());
        if board.rows.is_empty() {
            return Err(DrawError::Nothing(Said::new(
                format!("no region's growth is known in {ledger}"),
                format!("{}中没有地区的增速可推算", ledger.label(Lang::Zh)),
            )));
        }
        let panels = board.rows.iter().map(|story| {
            let (actual, fan) = story.growth_lines();
            let was = before.and_then(|b| {
                let was = b.story(&story.unit.id(), ledger, look).ok()?;
                let (known, ahead) = was.growth_lines();
                let medians = ahead.iter().map(|p| At { month: p.month, value: p.quantiles.q50 });
                Some(if ahead.is_empty() { known } else { medians.collect() })
            });
            SmallFan {
                name: board.name(story),
                light: story.lamp(),
                figure: board.expected(story),
                actual,
                fan,
                was: was.unwrap_or_default(),
                target: story.growth_target().map(|g| g * 100.0),
                target_label: story.growth_target().map(short_percent).unwrap_or_default(),
            }
        });
        Ok(MultiplesSpec::new(MultiplesParts {
            panels: panels.collect(),
            sheet: self.sheet(look, board.words(ledger, Kind::Multiples)),
        })?)
    }
}

/// Which chart is told about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With or without the answer before.
    Ranking(bool),
    Tiles,
    Multiples,
}

impl Board<'_> {
    /// The name, with a star where its figures are inside another region's.
    fn name(&self, story: &Story<'_>) -> String {
        let star = if self.is_inside(story) { "*" } else { "" };
        format!("{}{star}", self.answer.label(story.unit, self.lang))
    }

    fn is_inside(&self, story: &Story<'_>) -> bool {
        !story.unit.additive && story.unit.parent.is_some()
    }

    /// What the star means.
    fn inside(&self) -> String {
        let around =
            order::set(self.rows.iter().filter(|r| self.is_inside(r)).filter_map(|r| r.unit.parent.clone()));
        let names: Vec<String> = around
            .iter()
            .map(|name| {
                let listed = self.answer.plan.as_ref().and_then(|p| p.find_region(name));
                listed.map_or_else(|| name.clone(), |r| r.label(self.lang).to_owned())
            })
            .collect();
        match (names.is_empty(), self.lang) {
            (true, _) => String::new(),
            (_, Lang::Zh) => format!("；*含于{}", names.join("、")),
            (_, Lang::En) => format!("; *part of {}", names.join(", ")),
        }
    }

    /// Whether gaps are told in points: an amount and points do not stand in one column.
    fn gaps_in_points(&self) -> bool {
        let judged = || self.rows.iter().filter(|r| r.risk.target.is_some());
        judged().any(|r| r.gap_amount().is_none())
    }

    fn headings(&self, in_points: bool) -> Vec<String> {
        if self.rows.iter().all(|r| r.risk.target.is_none()) {
            return vec![self.lang.pick("Growth", if self.over() { "全年增速" } else { "预计增速" }).into()];
        }
        let money = self.rows.first().map(Story::money_heading).unwrap_or_default();
        let growth = self.lang.pick("Growth", if self.over() { "全年增速" } else { "预计增速" });
        let chance = (!self.over()).then(|| self.lang.pick("Chance", "达标概率").to_owned());
        let gap = match (self.lang, in_points) {
            (Lang::Zh, true) => "差距，百分点".into(),
            (Lang::Zh, false) => format!("差额，{money}"),
            (Lang::En, true) => "Gap, pp".into(),
            (Lang::En, false) => format!("Gap, {money}"),
        };
        [growth.into()].into_iter().chain(chance).chain([gap]).collect()
    }

    /// Whether every region's year is known.
    fn over(&self) -> bool {
        self.rows.iter().all(|r| r.unit.through == 12)
    }

    /// Light, name and figures of a row.
    fn label(&self, story: &Story<'_>, in_points: bool) -> Label {
        let gap = if in_points {
            story.risk.gap.map(|gap| (gap.0, signed(gap.0, 1)))
        } else {
            story.gap_amount().map(|gap| (gap, story.signed_amount(gap)))
        };
        let mut figures = vec![story.growth().map_or_else(String::new, |g| Growth(g.median()).to_string())];
        if self.rows.iter().any(|r| r.risk.target.is_some()) {
            // Once all is known the word beside the name says it.
            if !self.over() {
                figures.push(story.chance());
            }
            figures.push(gap.as_ref().map(|(_, words)| words.clone()).unwrap_or_default());
        }
        Label {
            light: story.lamp(),
            word: story.light_word(),
            name: self.name(story),
            figures,
            behind: gap.is_some_and(|(value, _)| value < 0.0),
            whole: story.unit.parent.is_none()
                && self.rows.iter().any(|r| r.unit.parent.as_deref() == Some(&story.unit.region)),
        }
    }

    /// Growth where it is known, else the amount.
    fn expected(&self, story: &Story<'_>) -> String {
        match (story.growth(), story.december()) {
            (Some(g), _) => Growth(g.median()).to_string(),
            (None, Some(t)) => story.amount(t.median()),
            (None, None) => String::new(),
        }
    }

    /// Whether an amount or a part of a plan is owed, which an axis of growth shows as the growth that it takes.
    fn converts(&self) -> bool {
        self.rows.iter().any(|r| r.growth_target().is_none() && r.target_as_growth().is_some())
    }

    /// The lowest and the highest of what is owed, as growth in percent; none where all owe the same.
    fn bracket(&self) -> Option<(f64, f64)> {
        ends(|| self.rows.iter().filter_map(Story::target_as_growth).map(|g| g * 100.0))
    }

    fn target_label(&self, bracket: Option<(f64, f64)>) -> String {
        let targets = || self.rows.iter().filter_map(Story::target_as_growth);
        let word = match self.converts() {
            true => self.lang.pick("Target ≈", "目标折合"),
            false => self.lang.pick("Target", "目标"),
        };
        match (bracket, targets().next()) {
            (Some((lo, hi)), Some(_)) => match (short(&fixed(lo, 1)), short(&fixed(hi, 1))) {
                (lo, hi) if lo == hi => format!("{word} {lo}%"),
                // A dash before a minus is read as neither.
                (lo, hi) if lo.starts_with('−') || hi.starts_with('−') => {
                    format!("{word} {lo}%{}{hi}%", self.lang.pick(" to ", "至"))
                }
                (lo, hi) => format!("{word} {lo}–{hi}%"),
            },
            (None, Some(first)) => format!("{word} {}", short_percent(first)),
            (_, None) => String::new(),
        }
    }

    /// The finding, by rule from the numbers: who will more likely miss than not, and by how much together.
    fn words(&self, ledger: Ledger, kind: Kind) -> Words {
        let (lang, year) = (self.lang, self.answer.as_of.year);
        let book = ledger.label(lang);
        let parts: Vec<&Story<'_>> = self.rows.iter().filter(|r| r.unit.parent.is_some()).collect();
        let judged: Vec<&&Story<'_>> = parts.iter().filter(|r| r.risk.probability.is_some()).collect();
        let missing: Vec<&&&Story<'_>> =
            judged.iter().filter(|r| r.risk.probability.is_some_and(|p| p < 0.5)).collect();
        let settled = judged.iter().all(|r| r.unit.through == 12);
        // Together only where amounts add: what lies in another region is in its gap already.
        let gaps: Option<Vec<f64>> =
            missing.iter().filter(|r| !self.is_inside(r)).map(|r| r.gap_amount()).collect();
        let short_by =
            gaps.map(|gaps| -num::sum(gaps.into_iter().map(|g| g.min(0.0)))).filter(|gap| *gap > 0.0);
        let short_by = short_by.and_then(|gap| Some(self.rows.first()?.in_words(gap)));
        let (n, k) = (judged.len(), missing.len());
        let title = match (lang, n, k) {
            (Lang::Zh, 0, _) if self.over() => format!("{year}年各地区{book}全年增速"),
            (Lang::En, 0, _) if self.over() => format!("{book} {year}: growth by region"),
            (Lang::Zh, 0, _) => format!("{year}年各地区{book}预计增速"),
            (Lang::En, 0, _) => format!("{book} {year}: projected growth by region"),
            (Lang::Zh, _, 0) if settled => format!("{n}个地区全部完成年度目标"),
            (Lang::Zh, _, 0) => format!("{n}个地区的年度目标都有望完成"),
            (Lang::En, _, 0) if settled => format!("All {n} regions reached their target"),
            (Lang::En, _, 0) => format!("All {n} regions are more likely than not to reach their target"),
            (Lang::Zh, ..) => {
                let miss = if settled { "未完成年度目标" } else { "多半完不成年度目标" };
                let together = short_by.map(|gap| format!("，合计差{gap}")).unwrap_or_default();
                format!("{n}个地区中{k}个{miss}{together}")
            }
            (Lang::En, ..) => {
                let miss = if settled {
                    "missed"
                } else if k == 1 {
                    "is more likely to miss"
                } else {
                    "are more likely to miss"
                };
                let (its, together) =
                    (if k == 1 { "its" } else { "their" }, if k == 1 { "" } else { "together " });
                let together = short_by.map(|gap| format!(", {together}short by {gap}")).unwrap_or_default();
                format!("{k} of {n} regions {miss} {its} target{together}")
            }
        };
        let base = against(self.rows.iter().map(|r| (r.unit.base_kind, r.unit.ytd.is_some())), lang);
        let subtitle = match (lang, kind) {
            (Lang::Zh, Kind::Ranking(_)) if self.over() => {
                format!("{year}年{book}全年同比，%，{base}；竖线为各自目标{}", self.inside())
            }
            (Lang::En, Kind::Ranking(_)) if self.over() => {
                format!("{book} {year}, growth of the year, %, {base}; tick: own target{}", self.inside())
            }
            (Lang::Zh, Kind::Tiles) if self.over() => {
                format!("{year}年{book}全年同比，{base}，及是否达到目标{}", self.inside())
            }
            (Lang::En, Kind::Tiles) if self.over() => {
                format!(
                    "{book} {year}, growth of the year {base}, and whether the target was met{}",
                    self.inside()
                )
            }
            (Lang::Zh, Kind::Ranking(was)) => format!(
                "{year}年{book}预计同比，%，{base}；灰带为50%和80%区间，竖线为各自目标{}{}",
                if was { "，细灰线为照常" } else { "" },
                self.inside()
            ),
            (Lang::En, Kind::Ranking(was)) => format!(
                "{book} {year}, projected growth, %, {base}; grey: 50% and 80% intervals, tick: own target{}{}",
                if was { ", thin grey tick: baseline" } else { "" },
                self.inside()
            ),
            (Lang::Zh, Kind::Tiles) => format!("{year}年{book}预计同比，{base}，及达标概率{}", self.inside()),
            (Lang::En, Kind::Tiles) => {
                format!("{book} {year}, projected growth {base}, and its chance{}", self.inside())
            }
            (Lang::Zh, Kind::Multiples) if self.over() => {
                format!("{year}年{book}累计同比，%，同一纵轴；短线为各自目标{}", self.inside())
            }
            (Lang::En, Kind::Multiples) if self.over() => format!(
                "{book} {year}, growth of the cumulative amount, %, one axis; tick: own target{}",
                self.inside()
            ),
            (Lang::Zh, Kind::Multiples) => format!(
                "{year}年{book}累计同比，%，同一纵轴；色带：10次约8次，深色约5次；短线为各自目标{}{}",
                if self.answer.scenario.is_some() { "，灰线为照常" } else { "" },
                self.inside()
            ),
            (Lang::En, Kind::Multiples) => format!(
                "{book} {year}, growth of the cumulative amount, %, one axis; bands: 8 times in 10, dark 5; tick: own target{}{}",
                if self.answer.scenario.is_some() { ", grey line: baseline" } else { "" },
                self.inside()
            ),
        };
        Words { title, subtitle, description: self.describe() }
    }

    /// Every region in a sentence, for those who do not see the chart.
    fn describe(&self) -> String {
        let told = self.rows.iter().take(40).map(|story| {
            let (name, expected) = (self.name(story), self.expected(story));
            let word = story.light_word();
            let chance = story.chance();
            if story.outcome().is_some() {
                return match self.lang {
                    Lang::Zh => format!("{name}{expected}，{chance}目标"),
                    Lang::En => format!("{name} {expected}, target {chance}"),
                };
            }
            match (self.lang, word.is_empty()) {
                (_, true) => format!("{name} {expected}"),
                (Lang::Zh, false) => format!("{name}预计{expected}，{word}，概率{chance}"),
                (Lang::En, false) => format!("{name} {expected}, {word}, chance {chance}"),
            }
        });
        let told: Vec<String> = told.collect();
        let more = self.rows.len() - told.len();
        let end = match (more, self.lang) {
            (0, Lang::Zh) => "。".to_owned(),
            (0, Lang::En) => ".".to_owned(),
            (n, Lang::Zh) => format!("；另有{n}个。"),
            (n, Lang::En) => format!("; {n} more."),
        };
        told.join(self.lang.pick("; ", "；")) + &end
    }
}

impl Story<'_> {
    /// Median total minus what is owed.
    fn gap_amount(&self) -> Option<f64> {
        Some(self.december()?.median() - self.risk.owed?)
    }

    fn lamp(&self) -> Option<Lamp> {
        self.risk.light.map(Lamp::from)
    }

    /// The light's word; once the year is known, whether the target was met.
    fn light_word(&self) -> String {
        self.outcome().or(self.risk.light.map(|l| l.word(self.lang))).unwrap_or_default().to_owned()
    }

    /// Growth in percent: what is known, and from there what is expected; the second is empty when the year is known.
    fn growth_lines(&self) -> (Vec<At>, Vec<FanPoint>) {
        self.lines(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Options, Question, Source};

    #[test]
    fn an_amount_that_is_owed_has_its_place_on_an_axis_of_growth() {
        let plan = include_str!("../../seeds/wuzhong-2023/plan.toml");
        let litong = "region = \"利通区\"\nledger = \"fai\"\nmonth = 12\nkind = \"growth\"\nvalue = 10.0";
        let amount = litong.replace("growth", "amount").replace("10.0", "120.0");
        let ranked = |plan: &str| {
            let panel =
                Source { name: "panel.csv", text: include_str!("../../seeds/wuzhong-2023/panel.csv") };
            let plan = Source { name: "plan.toml", text: plan };
            let case = Case::load(panel, Some(plan), &Options::default()).unwrap();
            let answer = case.ask(&Question::default()).unwrap();
            let look = Look {
                lang: Lang::Zh,
                unit: None,
                theme: crate::chart::theme::Theme::Light,
                width: 1280,
                height: 720,
                heading: true,
            };
            let base = answer.find("利通区", Ledger::Fai).map(|(a, at)| {
                a.outlook.units[at].december().unwrap().base.as_ref().unwrap().summary().median()
            });
            let spec = answer.ranking(None, Ledger::Fai, &look).unwrap();
            let rows = &spec.parts().rows;
            let row = rows.iter().find(|r| r.label.name == "利通区").unwrap();
            (row.target.unwrap(), spec.parts().target_label.clone(), base.unwrap())
        };
        assert_eq!(ranked(plan).1, "目标 10–12%");
        assert!(plan.contains(litong));
        let (target, label, base) = ranked(&plan.replace(litong, &amount));
        assert!((target - 100.0 * (120.0 / base - 1.0)).abs() < 1e-6, "{target} {base}");
        assert!(label.starts_with("目标折合 "), "{label}");
    }
}
