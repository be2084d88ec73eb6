//! A question in steps, for a door that shows progress and can be told to stop.

use crate::calendar::YearMonth;
use crate::case::{Answer, Case, CaseError, Question};
use crate::error::Diagnostic;
use crate::outlook::Learning;
use crate::panel::{Panel, PanelError};

/// A ledger's outlook under way with what was found about its months, or why there is none.
type OfLedger = Result<(Learning<Panel>, Vec<Diagnostic>), PanelError>;

/// A question under way, ledger after ledger. It can be dropped at any time; finishing it takes the steps that are
/// left, and gives what [`Case::ask`] gives, to the last bit.
///
/// ```
/// # use landfall::{case::{Case, Question}, error::Lang};
/// let case = Case::sample("wuzhong-2023")?;
/// let mut asking = case.begin(&Question::default())?;
/// let (_, all) = asking.progress();
/// let mut steps = 0;
/// while asking.step() {
///     steps += 1;
/// }
/// assert!(steps + 1 == all && asking.progress() == (all, all));
/// let answer = asking.finish(&case)?;
/// let same = |a: &landfall::case::Answer| format!("{:?}", a.report(Lang::En));
/// assert_eq!(same(&answer), same(&case.ask(&Question::default())?));
/// # Ok::<(), landfall::case::CaseError>(())
/// ```
pub struct Asking {
    as_of: YearMonth,
    seed: u64,
    ledgers: Vec<OfLedger>,
}

impl Case {
    /// Begins to answer a question; [`Asking::finish`] wants the same case.
    ///
    /// # Errors
    /// As [`Case::ask`] for a month after the data.
    pub fn begin(&self, question: &Question) -> Result<Asking, CaseError> {
        let (as_of, asked) = self.asked(question)?;
        let ledgers = asked.into_iter().map(|ledger| self.learning(ledger, as_of, question)).collect();
        Ok(Asking { as_of, seed: question.seed, ledgers })
    }
}

impl Asking {
    /// Steps done, and in all.
    pub fn progress(&self) -> (usize, usize) {
        let of = self.ledgers.iter().flatten().map(|(learning, _)| learning.progress());
        of.fold((0, 0), |(done, all), (d, a)| (done + d, all + a))
    }

    /// Takes one more step; `false` when nothing is left to do.
    pub fn step(&mut self) -> bool {
        let left = |learning: &Learning<Panel>| learning.progress().0 < learning.progress().1;
        if let Some((learning, _)) = self.ledgers.iter_mut().flatten().find(|(l, _)| left(l)) {
            learning.step();
        }
        self.ledgers.iter().flatten().any(|(l, _)| left(l))
    }

    /// The answer.
    ///
    /// # Errors
    /// As [`Case::ask`] where no ledger has figures.
    pub fn finish(self, case: &Case) -> Result<Answer, CaseError> {
        let conclude = |(learning, found)| case.conclude(learning, found);
        case.gather(self.as_of, self.seed, self.ledgers.into_iter().map(|ledger| ledger.map(conclude)))
    }
}
