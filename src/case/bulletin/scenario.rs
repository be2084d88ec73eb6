//! What a scenario changes.

use super::BulletinError;
use super::desk::Desk;
use crate::brief::{Scenario, ScenarioRow};
use crate::case::words::whole;
use crate::case::{LeverReport, ScenarioReport, ScenarioUnit};
use crate::scenario::LeverUnit;

impl Desk<'_> {
    pub(super) fn scenario(
        &self,
        told: &ScenarioReport,
        levers: &[LeverReport],
    ) -> Result<Scenario, BulletinError> {
        let ledger = self.first_ledger();
        let moved = |region: &str| told.units.iter().find(|u| u.ledger == ledger && u.region == region);
        let shown =
            |u: &ScenarioUnit, p: Option<f64>| self.answer.shown(&u.region, ledger, p?).ok().flatten();
        let mut rows = Vec::new();
        for (depth, unit) in self.in_order(ledger) {
            let Some(moved) = moved(&unit.region).filter(|m| m.base.median.is_some()) else { continue };
            rows.push(ScenarioRow {
                region: unit.label.clone(),
                depth,
                before: moved.base.median,
                after: moved.scenario.median,
                effect: moved.effect.median_pp,
                chance_before: shown(moved, moved.base.probability),
                chance_after: shown(moved, moved.scenario.probability),
            });
        }
        let mut words = Vec::new();
        if let Some((head, unit)) = self.head().and_then(|h| Some((h, moved(&h.region)?)))
            && let Some((median, points)) = unit.scenario.median.zip(unit.effect.median_pp)
        {
            let key = |key: &str| format!("scenario[{}, {}]/{key}", unit.region, ledger);
            let grew = self.grew(median, key("scenario/median"));
            let mut clauses = vec![self.line(
                "Under the scenario the year of {0} is expected {1}",
                "按该情景，{0}全年预计{1}",
                vec![whole(&head.label, self.lang).into(), grew.into()],
            )];
            let as_it_is = self.say("the baseline", "照常推算");
            clauses.push(self.beside(points, &as_it_is, key("effect/median_pp")));
            if let Some((p, shown)) = unit.scenario.probability.and_then(|p| Some((p, shown(unit, Some(p))?)))
            {
                let chance = self.chance(p, shown, head.through == 12, key("scenario/probability"));
                clauses.push(self.line(
                    "the chance of the target is {0}",
                    "达标概率{0}",
                    vec![chance.into()],
                ));
            }
            words.push(self.closed(clauses));
        }
        let set = told.units.iter().find(|u| u.ledger == ledger).map(|u| u.by_lever.as_slice());
        let value = |lever: &LeverReport, value: f64| match lever.unit {
            LeverUnit::Amount => self.amount(value, ledger, String::new()).shown,
            _ => lever.told(value, "", self.lang),
        };
        let set: Vec<String> =
            set.unwrap_or_default().iter().map(|share| share.told(levers, self.lang, value)).collect();
        let comma = self.lang.pick("; ", "；");
        let set = (!set.is_empty()).then(|| format!("{}{}", self.say("Levers: ", "抓手："), set.join(comma)));
        let notes = told.warnings.iter().map(|w| w.text.clone());
        let note = set.into_iter().chain(notes).collect::<Vec<_>>().join(comma);
        let waterfall = self.waterfall(told, levers)?;
        Ok(Scenario { name: told.scenario.clone(), words, rows, waterfall, note })
    }
}
