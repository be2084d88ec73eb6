//! The league table of each ledger.

use super::desk::Desk;
use crate::brief::{Figure, League, LeagueRow, Owed, Sentence, Span};
use crate::case::{SpreadReport, UnitReport};
use crate::error::Lang;
use crate::ledger::Ledger;
use crate::order;
use crate::outlook::UnitKind;
use crate::target::TargetKind;

impl Desk<'_> {
    /// The tables, and which ledgers have none.
    pub(super) fn leagues(&self) -> (Vec<League>, Vec<String>) {
        let (mut leagues, mut notes) = (Vec::new(), Vec::new());
        for answered in &self.answer.ledgers {
            let ledger = answered.panel.ledger();
            let Some(scale) = self.scale(ledger) else {
                notes.push(match self.lang {
                    Lang::En => format!(
                        "{}: amounts in {} cannot be told in {}; left out.",
                        ledger.label(self.lang),
                        answered.panel.unit(),
                        self.money
                    ),
                    Lang::Zh => format!(
                        "{}：金额单位“{}”不能换算为“{}”，未列入。",
                        ledger.label(self.lang),
                        answered.panel.unit(),
                        self.money
                    ),
                });
                continue;
            };
            let units = self.in_order(ledger);
            // A region alone is no league; its figures stand in the section on its projects or funds.
            if units.len() < 2 && ledger != self.first_ledger() {
                continue;
            }
            let rows: Vec<LeagueRow> =
                units.iter().map(|(depth, unit)| self.league_row(*depth, unit, scale)).collect();
            leagues.push(League {
                ledger,
                title: self.league_title(ledger),
                words: self.movers(ledger).into_iter().collect(),
                note: self.league_note(&rows),
                rows,
            });
        }
        (leagues, notes)
    }

    fn league_title(&self, ledger: Ledger) -> String {
        match self.lang {
            Lang::En => format!("{}: league table", ledger.label(self.lang)),
            Lang::Zh => format!("{}排名", ledger.label(self.lang)),
        }
    }

    /// The region that it is about, its districts by rank with what is inside them, the unallocated rest last.
    pub(super) fn in_order(&self, ledger: Ledger) -> Vec<(u8, &UnitReport)> {
        let mut out = Vec::new();
        let mut below = 0;
        if let Some(head) = self.head_in(ledger) {
            out.push((0, head));
            below = 1;
        }
        let mut districts = self.districts(ledger);
        order::sort_by_key(&mut districts, |u| u.rank.unwrap_or(u32::MAX));
        for district in districts {
            out.push((below, district));
            let inside = self.report.units.iter().filter(|u| {
                u.ledger == ledger
                    && u.parent.as_deref() == Some(district.region.as_str())
                    && u.kind != UnitKind::Unallocated
            });
            out.extend(inside.map(|u| (below + 1, u)));
        }
        let rest = self.report.units.iter().filter(|u| {
            let of = self.head().map(|h| h.region.as_str());
            u.ledger == ledger && u.kind == UnitKind::Unallocated && of.is_some() && u.parent.as_deref() == of
        });
        out.extend(rest.map(|u| (below, u)));
        out
    }

    pub(super) fn league_row(&self, depth: u8, unit: &UnitReport, scale: f64) -> LeagueRow {
        let span = |s: &SpreadReport, scale: f64| Span {
            low: s.quantiles.p10 * scale,
            median: s.quantiles.p50 * scale,
            high: s.quantiles.p90 * scale,
        };
        let around = || {
            let parent = unit.parent.as_ref()?;
            let around = self.report.units.iter().find(|u| u.ledger == unit.ledger && u.region == *parent)?;
            around.growth_ytd.filter(|_| around.through == unit.through)
        };
        let before = self.growth_before(unit).map(|(_, growth)| growth);
        LeagueRow {
            region: unit.label.clone(),
            depth,
            additive: unit.additive,
            unallocated: unit.kind == UnitKind::Unallocated,
            through: unit.through,
            rank: unit.rank,
            rank_change: unit.rank_change,
            ytd: unit.ytd.map(|x| x * scale),
            growth: unit.growth_ytd,
            growth_change: unit.growth_ytd.zip(before).map(|(now, before)| (now - before) * 100.0),
            lead: unit.growth_ytd.zip(around()).map(|(own, whole)| (own - whole) * 100.0),
            target: unit.target.as_ref().map(|t| Owed {
                kind: t.kind,
                value: if t.kind == TargetKind::Amount { t.value * scale } else { t.value },
                amount: t.owed.map(|x| x * scale),
            }),
            year_end: unit.year_end.as_ref().map(|s| span(s, scale)),
            year_growth: unit.growth.as_ref().map(|s| span(s, 1.0)),
            gap: unit.gap_pp,
            probability: unit.probability,
            probability_shown: unit.probability_shown,
            light: unit.light,
            need: unit.need.as_ref().map(|n| n.amount * scale),
            per_month: unit.need.as_ref().map(|n| n.per_month * scale),
            pull: unit.pull_pp,
        }
    }

    /// Who gained ranks since the month before, and who lost them.
    fn movers(&self, ledger: Ledger) -> Option<Sentence> {
        let mut moved: Vec<(&UnitReport, i32)> = self
            .districts(ledger)
            .into_iter()
            .filter_map(|u| Some((u, u.rank_change.filter(|c| *c != 0)?)))
            .collect();
        let known = self.districts(ledger).iter().any(|u| u.rank_change.is_some());
        if !known {
            return None;
        }
        if moved.is_empty() {
            return Some(self.line(
                "No rank has changed since the month before.",
                "位次与上期相比没有变化。",
                vec![],
            ));
        }
        order::sort_by_key(&mut moved, |(u, change)| (-change, u.rank));
        let clauses = moved.iter().take(8).map(|(unit, change)| {
            let by = self.count(change.unsigned_abs(), self.key(unit, "rank_change"));
            let by = Figure { value: f64::from(*change), ..by };
            let rank = self.count(unit.rank.unwrap_or(0), self.key(unit, "rank"));
            let parts = vec![unit.label.clone().into(), by.into(), rank.into()];
            if *change > 0 {
                self.line("{0} up {1} to rank {2}", "{0}上升{1}位，居第{2}位", parts)
            } else {
                self.line("{0} down {1} to rank {2}", "{0}下降{1}位，居第{2}位", parts)
            }
        });
        let clauses = self.listed(clauses.collect(), "; ", "；");
        Some(self.line("Since the month before: {0}.", "与上期相比：{0}。", vec![clauses.into()]))
    }

    fn league_note(&self, rows: &[LeagueRow]) -> String {
        let mut out = Vec::new();
        let mut ranks = rows.iter().filter(|r| r.rank.is_some());
        let by_part = ranks.all(|r| r.target.is_some_and(|t| t.kind != TargetKind::Growth));
        let ranked = rows.iter().any(|r| r.rank.is_some());
        if ranked {
            out.push(if by_part {
                self.say("Rank by the part of the target that is done.", "位次按目标完成比例。")
            } else {
                self.say("Rank by growth so far.", "位次按累计增速。")
            });
        }
        let inside: Vec<&str> =
            rows.iter().filter(|r| !r.additive && r.depth > 0).map(|r| r.region.as_str()).collect();
        if !inside.is_empty() {
            out.push(match self.lang {
                Lang::En => format!("In another's figures, and not added: {}.", self.names(inside)),
                Lang::Zh => format!("数据已含在其他地区内、不重复计入合计：{}。", self.names(inside)),
            });
        }
        let latest = rows.iter().map(|r| r.through).max().unwrap_or(0);
        let late: Vec<String> = rows
            .iter()
            .filter(|r| r.through < latest)
            .map(|r| match self.lang {
                Lang::En => format!("{} through month {}", r.region, r.through),
                Lang::Zh => format!("{}截至{}月", r.region, r.through),
            })
            .collect();
        if !late.is_empty() {
            out.push(format!(
                "{}{}{}",
                self.say("Reported late: ", "报数较晚："),
                self.names(late.iter().map(String::as_str)),
                self.say(".", "。")
            ));
        }
        out.join(self.lang.pick(" ", ""))
    }
}
