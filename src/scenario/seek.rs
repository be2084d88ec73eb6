//! What a lever must be for a chance, and what each lever does over its range.

use crate::ledger::Ledger;
use crate::order;
use crate::scenario::baseline::Baseline;
use crate::scenario::run::MonthEffect;
use crate::scenario::works::Change;
use crate::scenario::{Scenario, ScenarioError, Setting};
use crate::stats;

/// Values over a lever's possible range at which a chance is looked at before it is halved in on.
const LOOKS: usize = 48;

/// The answer to "what must this lever be".
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// The value nearest to the lever's present one that gives the chance; `None` where no possible value does.
    pub value: Option<f64>,
    /// Whether it lies beyond what is on record or usual.
    pub beyond_history: bool,
    /// The chance at `value` or, where there is none, the best there is.
    pub chance: f64,
    /// The value of the best chance.
    pub best_at: f64,
    /// The chance as the scenario has it without this lever.
    pub without: f64,
}

/// One bar of a tornado: a lever alone, at the ends of its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The lever, at the low end.
    pub low: Setting,
    /// The lever, at the high end.
    pub high: Setting,
    /// What the low end does to the unit.
    pub at_low: MonthEffect,
    /// What the high end does.
    pub at_high: MonthEffect,
}

impl Bar {
    /// How far the bar reaches from end to end, with what is usual in it: of growth or, where none is known, of the amount,
    /// else of the chance.
    fn width(&self) -> f64 {
        let one = |e: &MonthEffect| {
            let amount = e.scenario.total.zip(e.base.total).map(|(a, b)| a - b);
            e.points().or(amount).or_else(|| e.chance()).unwrap_or(0.0)
        };
        let (low, high) = (one(&self.at_low), one(&self.at_high));
        low.max(high).max(0.0) - low.min(high).min(0.0)
    }
}

impl Baseline {
    /// The value of a lever, beside what else the scenario sets, that gives a unit's December target a chance of at least
    /// `chance`: of all possible values the one nearest to the lever's default. The chance is looked at over the whole
    /// range first, so it need not rise or fall all the way, and then halved in on; the answer is the next of the lever's
    /// steps from there, so that it can be set, and the chance is that at the answer.
    ///
    /// `lever`'s own value is not read. Where the scenario sets the same lever with the same scope, it is replaced.
    ///
    /// # Errors
    /// As [`Baseline::run`]; [`ScenarioError::Chance`] outside 0.01–0.99; [`ScenarioError::NoTarget`] where the unit owes
    /// nothing in December; [`ScenarioError::Unknown`] for a unit that there is not.
    pub fn seek(
        &self,
        scenario: &Scenario,
        lever: &Setting,
        unit: &str,
        ledger: Ledger,
        chance: f64,
    ) -> Result<Sought, ScenarioError> {
        if !(0.01..=0.99).contains(&chance) {
            return Err(ScenarioError::Chance { got: chance });
        }
        let others = Scenario {
            settings: scenario
                .settings
                .iter()
                .filter(|s| (s.lever, &s.scope) != (lever.lever, &lever.scope))
                .cloned()
                .collect(),
            ..scenario.clone()
        };
        let of = self.lever(lever.lever);
        let mut probe = others.clone();
        probe.settings.push(Setting { value: of.possible.0, ..lever.clone() });
        self.check(&probe)?;
        self.check(&others)?;
        let (book, place) = self.unit(unit, ledger)?;
        let at = |value: Option<f64>| {
            let mut settings = others.settings.clone();
            settings.extend(value.map(|value| Setting { value, ..lever.clone() }));
            self.effects_in(book, &settings, &Change::default())[place].december()?.scenario.probability
        };
        let without = at(None).ok_or_else(|| ScenarioError::NoTarget { region: unit.into() })?;
        let p = |value: f64| at(Some(value)).unwrap_or(0.0);
        let (low, high) = of.possible;
        let mut looks: Vec<f64> = (0..=LOOKS).map(|k| low + (high - low) * k as f64 / LOOKS as f64).collect();
        let (from, to) = of.history;
        // The usual range is looked at as closely as the possible one, which may be far wider.
        looks.extend((0..=LOOKS / 2).map(|k| from + (to - from) * k as f64 / (LOOKS / 2) as f64));
        looks.push(of.default);
        stats::sort(&mut looks);
        looks.dedup();
        let chances: Vec<f64> = looks.iter().map(|v| p(*v)).collect();
        let best =
            (0..looks.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(b.cmp(a))).unwrap_or(0);
        let near = |k: &usize| (looks[*k] - of.default).abs();
        let found =
            (0..looks.len()).filter(|k| chances[*k] >= chance).min_by(|a, b| near(a).total_cmp(&near(b)));
        let Some(found) = found else {
            let (best_at, chance) = (looks[best], chances[best]);
            return Ok(Sought { value: None, beyond_history: false, chance, best_at, without });
        };
        // Between it and its neighbour on the side of the default the chance is crossed.
        let toward = if looks[found] > of.default { found.checked_sub(1) } else { Some(found + 1) };
        let mut value = looks[found];
        if let Some(neighbour) = toward.and_then(|k| looks.get(k)).filter(|_| near(&found) > 0.0) {
            let mut short = *neighbour;
            while (value - short).abs() > of.step / 500.0 {
                let middle = f64::midpoint(value, short);
                if p(middle) >= chance { value = middle } else { short = middle }
            }
        }
        // A person sets a lever in steps: the next step away from the default, as long as it has the chance.
        if near(&found) > 0.0 {
            let up = value > of.default;
            let first = of.on_step(value, up);
            let steps = [first, of.on_step(if up { first + of.step } else { first - of.step }, up)];
            value = steps.into_iter().find(|v| p(*v) >= chance).unwrap_or(value);
        }
        let beyond_history = value < of.history.0 || value > of.history.1;
        Ok(Sought { value: Some(value), beyond_history, chance: p(value), best_at: looks[best], without })
    }

    /// Each lever alone, for everything, at the ends of its usual range: what it does to a unit's December, the widest
    /// bar first. Levers that do nothing to the unit are left out.
    ///
    /// # Errors
    /// [`ScenarioError::Unknown`] for a unit that there is not.
    pub fn tornado(&self, unit: &str, ledger: Ledger) -> Result<Vec<Bar>, ScenarioError> {
        let (book, place) = self.unit(unit, ledger)?;
        let mut bars: Vec<Bar> = Vec::new();
        for lever in self.levers().into_iter().filter(|l| l.ledgers.contains(&ledger)) {
            let at = |value| {
                let setting = Setting::new(lever.id, value);
                let effects = self.effects_in(book, std::slice::from_ref(&setting), &Change::default());
                Some((setting, effects[place].december()?.clone()))
            };
            if let (Some((low, at_low)), Some((high, at_high))) = (at(lever.history.0), at(lever.history.1)) {
                bars.push(Bar { low, high, at_low, at_high });
            }
        }
        bars.retain(|bar| bar.width() > 0.0);
        order::sort_by(&mut bars, |a, b| b.width().total_cmp(&a.width()));
        Ok(bars)
    }
}
