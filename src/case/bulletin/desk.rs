//! What every section of a bulletin writes with: the answer, the unit, figures that say where they come from.

use super::BulletinError;
use crate::brief::{Figure, Measure, Sentence};
use crate::case::{Answer, Answered, Case, OutlookReport, UnitReport};
use crate::error::{Diagnostic, Lang, Place, Said, Severity};
use crate::ledger::Ledger;
use crate::num::round_to;
use crate::outlook::UnitKind;
use crate::pipeline::Pipeline;
use crate::table::{Measure as Told, PanelRow};
use crate::unit::{Unit, fixed};

/// A piece of a sentence.
pub(super) enum Part {
    /// A number.
    Figure(Figure),
    /// A name, or any words without a number of their own.
    Text(String),
    /// A clause with numbers of its own.
    Clause(Sentence),
}

impl From<Figure> for Part {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<Sentence> for Part {
    fn from(clause: Sentence) -> Self {
        Self::Clause(clause)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What is written with.
pub(super) struct Desk<'a> {
    pub(super) case: &'a Case,
    pub(super) answer: &'a Answer,
    /// The answer as JSON has it: what a bulletin tells is read from here.
    pub(super) report: OutlookReport,
    /// The list of projects as of the data month.
    pub(super) pipeline: Option<Pipeline>,
    pub(super) lang: Lang,
    /// The unit of every amount.
    pub(super) money: Unit,
    /// Decimals of amounts.
    pub(super) digits: usize,
    /// Position in the report of the region that it is about.
    head: Option<usize>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        case: &'a Case,
        answer: &'a Answer,
        lang: Lang,
        money: Option<&Unit>,
        region: Option<&str>,
    ) -> Result<Self, BulletinError> {
        let report = answer.report(lang);
        let first = answer.ledgers.first();
        if let Some((first, money)) = first.zip(money) {
            first.can_tell_in(money)?;
        }
        let own = || first.map(|a| a.panel.unit().clone()).unwrap_or_default();
        let money = money.cloned().unwrap_or_else(own);
        let pipeline = case.pipeline(answer.as_of);
        let mut desk = Self { case, answer, report, pipeline, lang, money, digits: 1, head: None };
        desk.head = match region {
            Some(name) => {
                let ledger = desk.first_ledger();
                let (answered, at) = answer.find(desk.called(name), ledger)?;
                let id = answered.outlook.units[at].id();
                desk.report.units.iter().position(|u| u.ledger == ledger && u.region == id)
            }
            None => desk.outermost(),
        };
        let size = |u: &UnitReport| u.year_end.as_ref().map(|s| s.quantiles.p50).or(u.ytd);
        let largest = desk.report.units.iter().filter(|u| u.ledger == desk.first_ledger()).filter_map(size);
        let largest = largest.fold(0.0, f64::max) * desk.scale(desk.first_ledger()).unwrap_or(1.0);
        desk.digits = desk.money.digits(largest);
        Ok(desk)
    }

    /// The name in the data of a region that a person names.
    fn called<'n>(&'n self, name: &'n str) -> &'n str {
        let listed = self.case.plan().and_then(|p| p.called(name));
        listed.map_or(name, |r| r.name.as_str())
    }

    /// The ledger that a bulletin begins with.
    pub(super) fn first_ledger(&self) -> Ledger {
        self.answer.ledgers.first().map_or(Ledger::Fai, |a| a.panel.ledger())
    }

    /// The one region around all others; `None` where there are several such.
    fn outermost(&self) -> Option<usize> {
        let ledger = self.first_ledger();
        let units = || self.report.units.iter().enumerate().filter(|(_, u)| u.ledger == ledger);
        let known = |name: &String| units().any(|(_, u)| u.region == *name);
        let mut roots =
            units().filter(|(_, u)| u.kind != UnitKind::Unallocated && !u.parent.as_ref().is_some_and(known));
        let first = roots.next()?;
        roots.next().is_none().then_some(first.0)
    }

    /// Whether it is about the one region around all others, or about all of several such.
    pub(super) fn is_about_all(&self) -> bool {
        self.head == self.outermost()
    }

    /// The region that it is about.
    pub(super) fn head(&self) -> Option<&UnitReport> {
        self.head.map(|at| &self.report.units[at])
    }

    /// The same region in another ledger.
    pub(super) fn head_in(&self, ledger: Ledger) -> Option<&UnitReport> {
        let id = &self.head()?.region;
        self.report.units.iter().find(|u| u.ledger == ledger && u.region == *id)
    }

    /// The regions that are compared: those right inside the region that it is about, else those around all others.
    pub(super) fn districts(&self, ledger: Ledger) -> Vec<&UnitReport> {
        let of = || self.report.units.iter().filter(move |u| u.ledger == ledger);
        let inside = |u: &&UnitReport| match self.head() {
            Some(head) => u.parent.as_deref() == Some(head.region.as_str()),
            None => !u.parent.as_ref().is_some_and(|p| of().any(|other| other.region == *p)),
        };
        of().filter(|u| u.kind != UnitKind::Unallocated).filter(inside).collect()
    }

    /// The answer of a ledger.
    pub(super) fn answered(&self, ledger: Ledger) -> Option<&'a Answered> {
        self.answer.ledgers.iter().find(|a| a.panel.ledger() == ledger)
    }

    /// What one of a ledger's unit is in the bulletin's money; `None` where the two have no stated ratio.
    pub(super) fn scale(&self, ledger: Ledger) -> Option<f64> {
        self.answered(ledger)?.panel.unit().ratio_to(&self.money)
    }

    pub(super) fn say(&self, en: &str, zh: &str) -> String {
        self.lang.pick(en, zh).to_owned()
    }

    // Sentences

    /// A sentence from its pattern, in which `{0}` stands for the first part.
    pub(super) fn line(&self, en: &str, zh: &str, parts: Vec<Part>) -> Sentence {
        let mut out = Sentence::default();
        let mut rest = self.lang.pick(en, zh);
        while let Some((before, after)) = rest.split_once('{') {
            out.text.push_str(before);
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            match place.parse::<usize>().ok().and_then(|at| parts.get(at)) {
                Some(Part::Figure(figure)) => {
                    out.text.push_str(&figure.shown);
                    out.figures.push(figure.clone());
                }
                Some(Part::Text(text)) => out.text.push_str(text),
                Some(Part::Clause(clause)) => {
                    out.text.push_str(&clause.text);
                    out.figures.extend(clause.figures.iter().cloned());
                }
                None => {}
            }
            rest = after;
        }
        out.text.push_str(rest);
        out
    }

    /// Clauses one after another.
    pub(super) fn listed(&self, clauses: Vec<Sentence>, en: &str, zh: &str) -> Sentence {
        let mut out = Sentence::default();
        for clause in clauses.into_iter().filter(|c| !c.text.is_empty()) {
            if !out.text.is_empty() {
                out.text.push_str(self.lang.pick(en, zh));
            }
            out.text.push_str(&clause.text);
            out.figures.extend(clause.figures);
        }
        out
    }

    /// Names one after another.
    pub(super) fn names<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> String {
        names.into_iter().collect::<Vec<_>>().join(self.lang.pick(", ", "、"))
    }

    // Figures

    /// An amount in a ledger's unit, as written in the bulletin's money.
    pub(super) fn amount(&self, value: f64, ledger: Ledger, from: String) -> Figure {
        let value = value * self.scale(ledger).unwrap_or(1.0);
        let shown = self.money.in_words(value, self.digits, self.lang);
        Figure { shown, value, measure: Measure::Amount, from }
    }

    /// An amount that was set, as people write it: 421亿元 rather than 421.0亿元.
    pub(super) fn set_amount(&self, value: f64, ledger: Ledger, from: String) -> Figure {
        let mut figure = self.amount(value, ledger, from);
        if self.lang == Lang::Zh && (figure.value - figure.value.round()).abs() < 1e-9 {
            figure.shown = self.money.in_words(figure.value, 0, self.lang);
        }
        figure
    }

    /// A ratio in percent with its sign.
    pub(super) fn percent(&self, ratio: f64, from: String) -> Figure {
        let shown = format!("{}%", fixed(ratio * 100.0, 1));
        Figure { shown, value: ratio, measure: Measure::Ratio, from }
    }

    /// Something that was set, as people write it: 11 % rather than 11.0 %.
    pub(super) fn set_percent(&self, ratio: f64, from: String) -> Figure {
        let text = fixed(ratio * 100.0, 1);
        let shown = format!("{}%", text.strip_suffix(".0").unwrap_or(&text));
        Figure { shown, value: ratio, measure: Measure::Ratio, from }
    }

    /// A difference in points without its sign, which the words around it say.
    pub(super) fn points(&self, points: f64, from: String) -> Figure {
        let shown = format!("{}{}", fixed(points.abs(), 1), self.lang.pick(" pp", "个百分点"));
        Figure { shown, value: points, measure: Measure::Points, from }
    }

    /// How many, or which rank.
    pub(super) fn count(&self, count: u32, from: String) -> Figure {
        Figure { shown: fixed(f64::from(count), 0), value: f64::from(count), measure: Measure::Count, from }
    }

    /// A chance of a unit as it is shown.
    pub(super) fn chance(&self, probability: f64, shown: f64, settled: bool, from: String) -> Figure {
        let percent = (shown * 100.0).round();
        let text = match (settled, percent as i64) {
            (false, 0) => self.say("under 5%", "不到5%"),
            (false, 100) => self.say("over 95%", "超过95%"),
            (false, p) => format!("{}{p}%", self.lang.pick("about ", "约")),
            (true, p) => format!("{p}%"),
        };
        Figure { shown: text, value: probability, measure: Measure::Chance, from }
    }

    /// `增长10.1%`, `下降2.7%`, `持平`.
    pub(super) fn grew(&self, ratio: f64, from: String) -> Sentence {
        let tenths = round_to(ratio * 100.0, 1);
        let shown = format!("{}%", fixed(tenths.abs(), 1));
        let figure = |shown| Figure { shown, value: ratio, measure: Measure::Ratio, from: from.clone() };
        if tenths > 0.0 {
            self.line("up {0}", "增长{0}", vec![figure(shown).into()])
        } else if tenths < 0.0 {
            self.line("down {0}", "下降{0}", vec![figure(shown).into()])
        } else {
            self.line("{0}", "{0}", vec![figure(self.say("unchanged", "持平")).into()])
        }
    }

    /// `高于全市8.9个百分点`, `与全市持平`.
    pub(super) fn beside(&self, points: f64, whom: &str, from: String) -> Sentence {
        let tenths = round_to(points, 1);
        if tenths == 0.0 {
            let level = self.say("level", "持平");
            let figure = Figure { shown: level, value: points, measure: Measure::Points, from };
            return self.line("{1} with {0}", "与{0}{1}", vec![whom.into(), figure.into()]);
        }
        let figure = self.points(points, from);
        if tenths > 0.0 {
            self.line("{1} above {0}", "高于{0}{1}", vec![whom.into(), figure.into()])
        } else {
            self.line("{1} below {0}", "低于{0}{1}", vec![whom.into(), figure.into()])
        }
    }

    /// How growth moved from one period to another: 提高, 回落, 持平, 由升转降, 由降转升, 降幅收窄, 降幅扩大.
    pub(super) fn turned(&self, before: f64, now: f64, since: &str, from: String) -> Sentence {
        let points = (now - before) * 100.0;
        let (was, is, tenths) = (round_to(before * 100.0, 1), round_to(now * 100.0, 1), round_to(points, 1));
        if tenths == 0.0 {
            let same = self.say("the same growth", "持平");
            let figure = Figure { shown: same, value: points, measure: Measure::Points, from };
            return self.line("{1} as in {0}", "增速与{0}{1}", vec![since.into(), figure.into()]);
        }
        let figure = self.points(points, from);
        let (en, zh) = match (was, is) {
            (w, i) if w > 0.0 && i < 0.0 => {
                ("turning from growth to decline, {1} lower than in {0}", "增速由升转降，比{0}回落{1}")
            }
            (w, i) if w < 0.0 && i > 0.0 => {
                ("turning from decline to growth, {1} higher than in {0}", "增速由降转升，比{0}提高{1}")
            }
            (w, i) if w < 0.0 && i < 0.0 && tenths > 0.0 => {
                ("the decline {1} smaller than in {0}", "降幅比{0}收窄{1}")
            }
            (w, i) if w < 0.0 && i < 0.0 => ("the decline {1} larger than in {0}", "降幅比{0}扩大{1}"),
            _ if tenths > 0.0 => ("growth {1} higher than in {0}", "增速比{0}提高{1}"),
            _ => ("growth {1} lower than in {0}", "增速比{0}回落{1}"),
        };
        self.line(en, zh, vec![since.into(), figure.into()])
    }

    // Where figures come from

    /// A key of the outlook's JSON.
    pub(super) fn key(&self, unit: &UnitReport, key: &str) -> String {
        format!("outlook[{}, {}]/{key}", unit.region, unit.ledger)
    }

    /// The cell of the panel's file that tells a unit's figure, and the key of the JSON that repeats it.
    pub(super) fn both(&self, unit: &UnitReport, column: &str, key: &str) -> String {
        let year = self.report.units.first().map_or(0, |u| u.year);
        let cell = self.cell(unit.ledger, &unit.region, None, year, unit.through, column);
        let key = self.key(unit, key);
        cell.map_or(key.clone(), |cell| format!("{cell}; {key}"))
    }

    /// The cell of the panel's file that tells a figure; `None` where no one row does.
    pub(super) fn cell(
        &self,
        ledger: Ledger,
        region: &str,
        part: Option<&super::sectors::PartOf>,
        year: i32,
        month: u8,
        column: &str,
    ) -> Option<String> {
        let of = |r: &&PanelRow| {
            let subject = &r.subject;
            let same =
                part.map_or(subject.sector.is_none() && subject.composition.is_none(), |p| p.is(subject));
            r.ledger == ledger && r.year == year && r.month == month && same && subject.region == region
        };
        let told = |r: &&PanelRow| match column {
            "growth" => r.growth.is_some(),
            _ => matches!(r.measure, Told::Ytd(_)),
        };
        let rows = self.case.cells.rows().iter().filter(of).filter(told);
        let row = rows.max_by_key(|r| r.published)?;
        let place = self.case.place_of(row, column);
        let mut text = place.file.clone().unwrap_or_default();
        if let Some(sheet) = &place.sheet {
            text += &format!(" [{sheet}]");
        }
        text += &match place.cell() {
            Some(cell) if place.column.is_some() => format!(" {cell}"),
            _ => match self.lang {
                Lang::En => format!(" row {}, {column}", row.line),
                Lang::Zh => format!(" 第{}行 {column}", row.line),
            },
        };
        Some(text)
    }
}

impl Case {
    /// The cell of a file that a row of the panel was read from.
    fn place_of(&self, row: &PanelRow, column: &str) -> Place {
        // The tidy form knows no column by its place; a file of another form does.
        let column = Some((u32::MAX, column.to_owned()));
        let place = Place { file: Some(self.file.clone()), row: Some(row.line), column, sheet: None };
        let (code, nothing) = ("place", Said::default());
        let finding = Diagnostic {
            code,
            severity: Severity::Note,
            place,
            value: String::new(),
            text: nothing.clone(),
            help: nothing,
        };
        let mut place = self.origins.locate(finding).place;
        if place.column.as_ref().is_some_and(|(at, _)| *at == u32::MAX) {
            place.column = None;
        }
        place
    }
}
