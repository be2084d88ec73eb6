//! A scenario: a named set of levers, and its file (TOML).

use crate::error::{Diagnostic, Place};
use crate::pipeline::Stage;
use crate::scenario::{LeverId, ScenarioError};
use crate::target::plan::integer;
use crate::toml_text;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// To what a lever is narrowed; what is `None` is not narrowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Scope {
    /// A region, and everything in it.
    pub region: Option<String>,
    /// A sector.
    pub sector: Option<String>,
    /// A stage.
    pub stage: Option<Stage>,
    /// A list, such as that of slow projects.
    pub list: Option<String>,
}

/// One lever that is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Which.
    pub lever: LeverId,
    /// Its value, in the lever's unit.
    pub value: f64,
    /// To what it is narrowed.
    pub scope: Scope,
}

impl Setting {
    /// A lever for everything.
    pub fn new(lever: LeverId, value: f64) -> Self {
        Self { lever, value, scope: Scope::default() }
    }

    /// The same, narrowed to a region and everything in it.
    #[must_use]
    pub fn within(mut self, region: &str) -> Self {
        self.scope.region = Some(region.into());
        self
    }
}

/// A named set of levers for a year.
///
/// Where two settings of a lever reach the same place, the later one holds, whatever the lever; a sector is hit by the last
/// shock in whose scope it lies. New projects of several settings add up: each counts projects of its own.
///
/// ```
/// # use landfall::scenario::{LeverId, Scenario};
/// let text = "name = \"Earlier\"\nyear = 2023\n[[lever]]\nid = \"start_shift\"\nvalue = -1 # a month\nregion = \"盐池县\"\n";
/// let scenario = Scenario::parse(text, "earlier.toml").unwrap();
/// assert_eq!(scenario.settings[0].lever, LeverId::StartShift);
/// assert_eq!(Scenario::parse(&scenario.text(), "again.toml").unwrap(), scenario);
/// let wrong = Scenario::parse("year = 2023\n[[lever]]\nid = \"pace\"\nvalue = 9\n", "x.toml").unwrap_err();
/// assert_eq!((wrong[0].code, wrong[0].place.row), ("lever_out_of_range", Some(4)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Name that people read.
    pub name: String,
    /// The year that it changes.
    pub year: i32,
    /// Seed of the draws, where the scenario names one.
    pub seed: Option<u64>,
    /// The levers that are set, in the order of the file.
    pub settings: Vec<Setting>,
}

const TOP: [&str; 4] = ["name", "year", "seed", "lever"];
const LEVER: [&str; 6] = ["id", "value", "region", "sector", "stage", "list"];

impl Scenario {
    /// A scenario that changes nothing.
    pub fn empty(name: &str, year: i32) -> Self {
        Self { name: name.into(), year, seed: None, settings: Vec::new() }
    }

    /// Reads a scenario: `name`, `year`, `seed`, and `[[lever]]` with `id`, `value`, and `region`, `sector`, `stage` and
    /// `list` where it is narrowed. A key that is not known is an error.
    ///
    /// # Errors
    /// Every finding, with its line. Names are checked where the scenario meets a case.
    pub fn parse(text: &str, file: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader { text, file, found: Vec::new() };
        let scenario = reader.scenario();
        match scenario {
            Some(scenario) if reader.found.is_empty() => Ok(scenario),
            _ => Err(reader.found),
        }
    }

    /// The file that reads back as this scenario.
    pub fn text(&self) -> String {
        let quote = |s: &str| toml_text::string(s);
        let mut out = format!("name = {}\nyear = {}\n", quote(&self.name), self.year);
        if let Some(seed) = self.seed {
            let _ = writeln!(out, "seed = {seed}");
        }
        for setting in &self.settings {
            let _ = write!(out, "\n[[lever]]\nid = \"{}\"\nvalue = {:?}\n", setting.lever, setting.value);
            let scope = &setting.scope;
            let stage = scope.stage.map(|s| s.id().to_owned());
            for (key, value) in [
                ("region", &scope.region),
                ("sector", &scope.sector),
                ("stage", &stage),
                ("list", &scope.list),
            ] {
                if let Some(value) = value {
                    let _ = writeln!(out, "{key} = {}", quote(value));
                }
            }
        }
        out
    }
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn fault(&mut self, error: &ScenarioError, span: &Range<usize>, value: &str) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let row = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        let place = Place { file: Some(self.file.into()), row: Some(row), ..Place::default() };
        self.found.push(error.at(place, value));
    }

    fn key(&mut self, key: &str, wrong: &'static str, wanted: &'static str, span: &Range<usize>) {
        self.fault(&ScenarioError::Key { key: key.into(), wrong, wanted }, span, key);
    }

    fn scenario(&mut self) -> Option<Scenario> {
        let text = self.text.trim_start_matches('\u{feff}');
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(e) => {
                let message = e.message().to_owned();
                self.fault(&ScenarioError::Syntax { message }, &e.span().unwrap_or(0..0), "");
                return None;
            }
        };
        let (all, table) = (table.span(), table.get_ref());
        self.only(table, &TOP, "allowed at the top are name, year, seed and [[lever]]");
        let name = self.string(table, "name").unwrap_or_default();
        let year = self.whole(table, "year").and_then(|y| i32::try_from(y).ok());
        if year.is_none() && self.found.is_empty() {
            self.key("year", "is missing or no year", "write year = 2023, say", &all);
        }
        let seed = self.whole(table, "seed").and_then(|s| {
            let seed = u64::try_from(s).ok();
            if seed.is_none() {
                self.key("seed", "is below 0", "write a whole number from 0 on", &all);
            }
            seed
        });
        let mut settings = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(levers) = table.get("lever") {
            let Some(levers) = levers.get_ref().as_array() else {
                self.key("lever", "is not a list of tables", "write [[lever]]", &levers.span());
                return None;
            };
            for lever in levers.iter() {
                let Some(table) = lever.get_ref().as_table() else {
                    self.key("lever", "is not a table", "write [[lever]]", &lever.span());
                    continue;
                };
                let Some(setting) = self.setting(table, &lever.span()) else { continue };
                if !seen.insert((setting.lever, setting.scope.clone())) {
                    self.fault(
                        &ScenarioError::Twice { lever: setting.lever },
                        &lever.span(),
                        &setting.lever.to_string(),
                    );
                }
                settings.push(setting);
            }
        }
        Some(Scenario { name, year: year?, seed, settings })
    }

    fn setting(&mut self, table: &DeTable<'_>, span: &Range<usize>) -> Option<Setting> {
        self.only(table, &LEVER, "allowed in [[lever]] are id, value, region, sector, stage and list");
        let id = self.string(table, "id");
        let (Some(id), Some(value)) = (id, table.get("value")) else {
            self.key("[[lever]]", "lacks id or value", "write id = \"pace\" and value = 1.1, say", span);
            return None;
        };
        let number = match value.get_ref() {
            DeValue::Integer(whole) => {
                i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|x| x as f64)
            }
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|x: &f64| x.is_finite()) else {
            self.key("value", "is not a finite number", "write value = 1.1, say", &value.span());
            return None;
        };
        let at = table.get("id").map_or_else(|| span.clone(), Spanned::span);
        let Some(lever) = LeverId::parse(&id) else {
            let alike = |lever: &LeverId| strsim::normalized_levenshtein(&lever.to_string(), &id);
            let nearest = LeverId::all().into_iter().max_by(|a, b| alike(a).total_cmp(&alike(b)));
            let nearest = nearest.map(|l| l.to_string()).unwrap_or_default();
            self.fault(&ScenarioError::Lever { got: id.clone(), nearest }, &at, &id);
            return None;
        };
        let possible = lever.lever().possible;
        if number < possible.0 || number > possible.1 {
            let error = ScenarioError::Impossible { lever, got: number, possible };
            self.fault(&error, &value.span(), &number.to_string());
        }
        let stage = self.string(table, "stage");
        let stage = stage.and_then(|word| {
            let stage = Stage::parse(&word);
            if stage.is_none() {
                let at = table.get("stage").map_or_else(|| span.clone(), Spanned::span);
                self.fault(&ScenarioError::unknown_stage(&word), &at, &word);
            }
            stage
        });
        let scope = Scope {
            region: self.string(table, "region"),
            sector: self.string(table, "sector"),
            stage,
            list: self.string(table, "list"),
        };
        Some(Setting { lever, value: number, scope })
    }

    fn only(&mut self, table: &DeTable<'_>, allowed: &[&str], wanted: &'static str) {
        for (key, _) in table.iter().filter(|(key, _)| !allowed.contains(&key.get_ref().as_ref())) {
            self.key(key.get_ref(), "is not known", wanted, &key.span());
        }
    }

    fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.key(key, "is not a text in quotes", "put it in quotes", &value.span());
        }
        let text = text?.trim();
        if text.is_empty() && key != "name" {
            self.key(key, "is empty", "write a name, or leave the key out", &value.span());
        }
        Some(text.to_owned()).filter(|t| !t.is_empty())
    }

    fn whole(&mut self, table: &DeTable<'_>, key: &str) -> Option<i64> {
        let value = table.get(key)?;
        let whole = integer(value.get_ref());
        if whole.is_none() {
            self.key(key, "is not a whole number", "write it without quotes", &value.span());
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, Option<u32>)> {
        Scenario::parse(text, "s.toml").unwrap_err().iter().map(|d| (d.code, d.place.row)).collect()
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        assert_eq!(codes("year = 2023\nyeer = 1\n"), [("scenario_key", Some(2))]);
        assert_eq!(codes("name = \"x\"\n"), [("scenario_key", Some(1))]);
        assert_eq!(codes("year = \n"), [("scenario_syntax", Some(1))]);
        let two =
            "year = 2023\n[[lever]]\nid = \"start_shft\"\nvalue = 1\n[[lever]]\nid = \"pace\"\nvalue = nan\n";
        assert_eq!(codes(two), [("unknown_lever", Some(3)), ("scenario_key", Some(7))]);
        let twice = "year = 2023\n[[lever]]\nid=\"pace\"\nvalue=1\n[[lever]]\nid=\"pace\"\nvalue=1.1\n";
        assert_eq!(codes(twice), [("lever_twice", Some(5))]);
        let stage = "year = 2023\n[[lever]]\nid=\"activate\"\nvalue=10\nstage=\"begun\"\n";
        assert_eq!(codes(stage), [("unknown_name", Some(5))]);
        let help = &Scenario::parse("year=1\n[[lever]]\nid=\"pacee\"\nvalue=1\n", "s").unwrap_err()[0].help;
        assert!(help.en.contains("did you mean pace"), "{}", help.en);
    }

    #[test]
    fn any_name_is_written_and_read_back() {
        let mut scenario = Scenario::empty("a \"b\" \\ \t 吴忠", 2023);
        scenario.seed = Some(7);
        scenario.settings.push(Setting::new(LeverId::Base, -1.5).within("利通区"));
        assert_eq!(Scenario::parse(&scenario.text(), "s.toml").unwrap(), scenario);
    }
}
