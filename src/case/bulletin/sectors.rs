//! Sectors and composition of the region that the bulletin is about, with their pull on its growth.

use super::desk::Desk;
use crate::brief::{SectorRow, Sectors, Sentence};
use crate::case::UnitReport;
use crate::case::words::{scope_name, whole};
use crate::error::Lang;
use crate::num;
use crate::order;
use crate::panel::{Cells, Panel};
use crate::table::{PanelRow, Subject};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which part of a region's investment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PartOf {
    Sector(String),
    Composition(String),
}

impl PartOf {
    fn of(subject: &Subject) -> Option<Self> {
        match (&subject.sector, &subject.composition) {
            (Some(sector), None) => Some(Self::Sector(sector.clone())),
            (None, Some(part)) => Some(Self::Composition(part.clone())),
            _ => None,
        }
    }

    /// Whether rows of a subject tell of it.
    pub(super) fn is(&self, subject: &Subject) -> bool {
        Self::of(subject).as_ref() == Some(self)
    }
}

/// A part with what it is reckoned from.
struct Known {
    row: SectorRow,
    part: PartOf,
    /// Growth of the whole.
    whole: f64,
}

impl Desk<'_> {
    pub(super) fn sectors(&self) -> Sectors {
        let nothing = |note: String| Sectors { note, ..Sectors::default() };
        let Some(head) = self.head() else {
            return nothing(self.say(
                "No one region is around all others: sectors are left out.",
                "数据中没有统一的上级地区，未作行业分析。",
            ));
        };
        let mut parts = self.parts(head);
        if parts.is_empty() {
            return nothing(self.say("The data name no sectors.", "数据中没有分行业数字。"));
        }
        order::sort_by(&mut parts, |a, b| {
            let pull = |k: &Known| k.row.pull.unwrap_or(f64::NEG_INFINITY);
            a.row.composition.cmp(&b.row.composition).then(pull(b).total_cmp(&pull(a)))
        });
        let note = self.sectors_note(head, &parts);
        Sectors {
            words: self.sector_words(head, &parts).into_iter().collect(),
            note,
            rows: parts.into_iter().map(|k| k.row).collect(),
        }
    }

    /// Each part of the region, read as a panel of its own, so that growth and base mean what they mean of totals.
    fn parts(&self, head: &UnitReport) -> Vec<Known> {
        let cells = &self.case.cells;
        let mine = |r: &&PanelRow| r.ledger == head.ledger && r.subject.region == head.region;
        let names: BTreeSet<PartOf> =
            order::set(cells.rows().iter().filter(mine).filter_map(|r| PartOf::of(&r.subject)));
        let Some(whole) = self.answered(head.ledger) else { return Vec::new() };
        let whole = &whole.panel;
        names.into_iter().filter_map(|part| self.part(head, whole, part)).collect()
    }

    fn part(&self, head: &UnitReport, whole: &Panel, part: PartOf) -> Option<Known> {
        let cells = &self.case.cells;
        let mut total: Option<Arc<Subject>> = None;
        let rows = cells
            .rows()
            .iter()
            .filter(|r| r.ledger == head.ledger && r.subject.region == head.region && part.is(&r.subject));
        let rows: Vec<PanelRow> = rows
            .map(|r| {
                let subject = total.get_or_insert_with(|| {
                    Arc::new(Subject { sector: None, composition: None, ..(*r.subject).clone() })
                });
                PanelRow { subject: Arc::clone(subject), ..r.clone() }
            })
            .collect();
        let alone = Cells::new(rows, cells.tree().clone(), Some(cells.calendar()), "");
        let (panel, _) = alone.panel(head.ledger, self.answer.as_of).ok()?;
        let region = panel.tree().find(&head.region)?;
        let (year, month) = (head.year, head.through);
        let growth = panel.growth(region, year, month);
        let ytd = panel.ytd(region, year, month);
        if growth.is_none() && ytd.is_none() {
            return None;
        }
        let before = panel.calendar().before(month).and_then(|m| panel.growth(region, year, m));
        // Parts in another unit than the whole have no share in it.
        let comparable = panel.unit() == whole.unit();
        let base = panel.base(region, year, month).zip(whole.base(region, year, month));
        let share_of_base = base.filter(|(_, all)| comparable && *all > 0.0).map(|(own, all)| own / all);
        let all_growth = head.growth_ytd;
        let pull = share_of_base.zip(growth.zip(all_growth)).map(|(s, (g, all))| s * (g - all) * 100.0);
        let scale = self.scale(head.ledger).filter(|_| comparable);
        let (name, composition) = match &part {
            PartOf::Sector(id) => (scope_name(id, self.lang), false),
            PartOf::Composition(id) => (composition_name(id, self.lang), true),
        };
        let row = SectorRow {
            name,
            composition,
            ytd: ytd.zip(scale).map(|(x, scale)| x * scale),
            share: ytd.zip(head.ytd).filter(|(_, all)| comparable && *all > 0.0).map(|(own, all)| own / all),
            growth,
            growth_change: growth.zip(before).map(|(now, before)| (now - before) * 100.0),
            contribution: share_of_base.zip(growth).map(|(s, g)| s * g * 100.0),
            pull,
        };
        Some(Known { row, part, whole: all_growth.unwrap_or(0.0) })
    }

    /// Which sector pulls most, and which holds back most.
    fn sector_words(&self, head: &UnitReport, parts: &[Known]) -> Option<Sentence> {
        let mut sectors: Vec<&Known> = parts
            .iter()
            .filter(|k| !k.row.composition && k.row.pull.is_some() && k.row.growth.is_some())
            .collect();
        order::sort_by(&mut sectors, |a, b| b.row.pull.unwrap_or(0.0).total_cmp(&a.row.pull.unwrap_or(0.0)));
        let all = whole(&head.label, self.lang);
        let clause = |k: &Known, up: bool| {
            let (growth, pull) = (k.row.growth?, k.row.pull?);
            let cell = self
                .cell(head.ledger, &head.region, Some(&k.part), head.year, head.through, "growth")
                .unwrap_or_else(|| self.say("growth against the sector's base", "按行业基数计算的增速"));
            let grew = self.grew(growth, cell.clone());
            let from = match self.lang {
                Lang::En => {
                    format!("share of the base × (({cell}) − ({}))", self.both(head, "growth", "growth_ytd"))
                }
                Lang::Zh => {
                    format!("占基数比重 ×（({cell}) − ({})）", self.both(head, "growth", "growth_ytd"))
                }
            };
            let points = self.points(pull, from);
            let parts = vec![k.row.name.clone().into(), grew.into(), all.clone().into(), points.into()];
            Some(if up {
                self.line(
                    "{0} {1}, raising the growth of {2} most, by {3}",
                    "{0}{1}，拉动{2}增速最多，为{3}",
                    parts,
                )
            } else {
                self.line("{0} {1}, lowering it most, by {3}", "{0}{1}，下拉最多，为{3}", parts)
            })
        };
        let tenths = |k: &Known| num::round_to(k.row.pull.unwrap_or(0.0), 1);
        let first = sectors.first().filter(|k| tenths(k) > 0.0).and_then(|k| clause(k, true));
        let last = sectors.last().filter(|k| tenths(k) < 0.0).and_then(|k| clause(k, false));
        let clauses: Vec<Sentence> = first.into_iter().chain(last).collect();
        (!clauses.is_empty()).then(|| self.closed(clauses))
    }

    fn sectors_note(&self, head: &UnitReport, parts: &[Known]) -> String {
        let mut out = vec![self.say(
            "Pull: share of the base × (growth − growth of the whole); contribution: share of the base × growth.",
            "拉动＝占基数比重×（本行业增速－全部增速）；贡献＝占基数比重×本行业增速。",
        )];
        let shares = parts.iter().filter(|k| !k.row.composition).map(|k| k.row.share);
        let shares: Option<Vec<f64>> = shares.collect();
        if let Some(sum) = shares.map(num::sum)
            && (sum - 1.0).abs() > 0.005
        {
            out.push(self.say(
                "Sectors overlap or are not all listed: they do not add up to the whole.",
                "行业之间有包含关系或未列全，不能相加为总数。",
            ));
        }
        if head.growth_ytd.is_none() || parts.iter().all(|k| k.whole == 0.0) {
            out.push(self.say("Without growth of the whole there is no pull.", "没有总体增速，未计算拉动。"));
        }
        out.join(self.lang.pick(" ", ""))
    }
}

fn composition_name(id: &str, lang: Lang) -> String {
    let (en, zh) = match id {
        "construction-installation" => ("Construction and installation", "建筑安装工程"),
        "equipment" => ("Equipment", "设备工器具购置"),
        "other" => ("Other", "其他费用"),
        other => return other.to_owned(),
    };
    lang.pick(en, zh).to_owned()
}
