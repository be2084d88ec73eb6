//! Measures of a row that belong together: an amount, its growth, its base.

use crate::ingest::guess::Meant;
use crate::ingest::words::Role;

/// Measures that share their region, period, ledger and composition.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) like: &'a Meant,
    pub(super) measures: Vec<&'a Meant>,
}

/// The measures of a table in their blocks.
pub(super) fn blocks(meant: &[Meant]) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    for measure in meant.iter().filter(|m| m.role.is_measure()) {
        let fits = |block: &&mut Block<'_>| {
            let like = block.like;
            let alike = (&like.region, like.composition, like.sector)
                == (&measure.region, measure.composition, measure.sector)
                && (like.ledger == measure.ledger || measure.ledger.is_none())
                && (like.period == measure.period || measure.period.is_empty());
            alike && block.measures.iter().all(|m| m.role != measure.role)
        };
        // Growth without a period of its own belongs to the latest amount before it.
        let latest = out.iter_mut().filter(fits).max_by_key(|b| (b.like.period.year, b.like.period.to));
        match latest {
            Some(block) => block.measures.push(measure),
            None => out.push(Block { like: measure, measures: vec![measure] }),
        }
    }
    out
}

/// Whether the amounts of one row are in more than one unit of money.
pub(super) fn mixes_units(block: &Block<'_>) -> bool {
    let mut units =
        block.measures.iter().filter(|m| m.role != Role::Growth).filter_map(|m| m.unit.as_ref()?.yuan());
    units.next().is_some_and(|first| units.any(|other| other != first))
}
