//! Putting things in order, by one routine for all types.
//!
//! The standard sorts, and the collecting of maps, which sorts too, are built anew for every type: five kilobytes of the
//! page's modules each time. Where few things are put in order the ways here do; for many numbers there is `stats::sort`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by a comparison; equals stay in their order.
///
/// ```
/// # use landfall::order::sort_by;
/// let mut words = ["later", "than", "here", "at"];
/// sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["at", "than", "here", "later"]);
/// ```
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut from = ranked(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    // Along each cycle every item goes to its place.
    for start in 0..from.len() {
        let mut at = start;
        while from[at] != start {
            let next = from[at];
            items.swap(at, next);
            from[at] = at;
            at = next;
        }
        from[at] = at;
    }
}

/// Sorts by a key; equals stay in their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The positions of the items in their order.
fn ranked(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// A map of pairs; of pairs with the same key the last stays.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut out = BTreeMap::new();
    for (key, value) in pairs {
        out.insert(key, value);
    }
    out
}

/// A set of items, each once.
pub fn set<K: Ord>(items: impl IntoIterator<Item = K>) -> BTreeSet<K> {
    let mut out = BTreeSet::new();
    for item in items {
        out.insert(item);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_standard_sort_equals_included() {
        for count in [0_usize, 1, 2, 3, 20, 21, 500] {
            let items: Vec<(usize, usize)> = (0..count).map(|i| (i * 7919 % 13, i)).collect();
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            assert_eq!(ours, theirs, "{count}");
            assert_eq!(map(items.iter().copied()), items.iter().copied().collect::<BTreeMap<_, _>>());
            assert_eq!(set(items.iter().map(|i| i.0)), items.iter().map(|i| i.0).collect());
        }
    }
}
