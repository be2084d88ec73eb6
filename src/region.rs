//! The tree of regions, and roll-ups that count nothing twice.

use crate::error::{Explain, Said};
use std::collections::BTreeMap;

/// What can be wrong with a tree of regions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegionError {
    /// A region is its own ancestor.
    #[error("region {name:?} lies inside itself, by way of {path}")]
    Cycle {
        /// The region.
        name: String,
        /// The way from the region back to itself.
        path: String,
    },
    /// Two different parents for one region.
    #[error("region {name:?} has the parent {first:?} in one place and {second:?} in another")]
    TwoParents {
        /// The region.
        name: String,
        /// The parent given first.
        first: String,
        /// The parent given later.
        second: String,
    },
}

impl Explain for RegionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Cycle { .. } => "region_cycle",
            Self::TwoParents { .. } => "two_parents",
        }
    }

    fn said(&self) -> Said {
        let zh = match self {
            Self::Cycle { name, path } => format!("地区“{name}”经由{path}隶属于自身"),
            Self::TwoParents { name, first, second } => {
                format!("地区“{name}”的上级一处写“{first}”，另一处写“{second}”")
            }
        };
        Said::new(self.to_string(), zh)
    }

    fn help(&self) -> Said {
        match self {
            Self::Cycle { .. } => {
                Said::new("correct the parent of one region on this way", "请改正其中一个地区的上级")
            }
            Self::TwoParents { .. } => Said::new("give each region one parent", "每个地区只写一个上级"),
        }
    }
}

/// One region of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its name in the data.
    pub name: String,
    /// Position of its parent in the tree; `None` for a root.
    pub parent: Option<usize>,
    /// Whether it counts in its parent's sum. A park inside a district does not.
    pub additive: bool,
}

/// Regions with parents, without cycles. A region is known by its position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    regions: Vec<Region>,
    index: BTreeMap<String, usize>,
}

impl Tree {
    /// Adds a region, or finds it.
    pub fn add(&mut self, name: &str) -> usize {
        if let Some(id) = self.index.get(name) {
            return *id;
        }
        let id = self.regions.len();
        self.regions.push(Region { name: name.into(), parent: None, additive: true });
        self.index.insert(name.into(), id);
        id
    }

    /// States a region's parent; both are added where they are new.
    ///
    /// # Errors
    /// [`RegionError::TwoParents`] where another parent was stated, [`RegionError::Cycle`] where the parent
    /// lies inside the region. The tree is unchanged then.
    pub fn set_parent(&mut self, name: &str, parent: &str) -> Result<(), RegionError> {
        let (id, parent_id) = (self.add(name), self.add(parent));
        match self.regions[id].parent {
            Some(known) if known == parent_id => return Ok(()),
            Some(known) => {
                return Err(RegionError::TwoParents {
                    name: name.into(),
                    first: self.regions[known].name.clone(),
                    second: parent.into(),
                });
            }
            None => {}
        }
        let way: Vec<usize> = std::iter::once(parent_id).chain(self.ancestors(parent_id)).collect();
        if let Some(end) = way.iter().position(|a| *a == id) {
            let names: Vec<&str> = way[..end].iter().map(|a| self.regions[*a].name.as_str()).collect();
            let path = if names.is_empty() { name.to_owned() } else { names.join(" → ") };
            return Err(RegionError::Cycle { name: name.into(), path });
        }
        self.regions[id].parent = Some(parent_id);
        Ok(())
    }

    /// Says that a region does not count in its parent's sum (or does, after all).
    pub fn set_additive(&mut self, name: &str, additive: bool) {
        let id = self.add(name);
        self.regions[id].additive = additive;
    }

    /// All regions, by position.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The position of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The regions around a region, innermost first.
    pub fn ancestors(&self, id: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.regions[id].parent, |id| self.regions[*id].parent)
    }

    /// The regions directly inside a region, in order.
    pub fn children(&self, id: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.regions.len()).filter(move |child| self.regions[*child].parent == Some(id))
    }

    /// The sum of a region's additive children, each by its own value or, where it has none, by the sum of
    /// its own children. `None` where any of it is missing: a part is not the whole.
    ///
    /// ```
    /// # use landfall::region::Tree;
    /// let mut tree = Tree::default();
    /// tree.set_parent("district", "city")?;
    /// tree.set_parent("park", "district")?;
    /// tree.set_additive("park", false);
    /// // In the order of their first mention: district, city, park.
    /// assert_eq!(tree.roll_up(1, &[Some(5.0), None, Some(2.0)]), Some(5.0));
    /// # Ok::<(), landfall::region::RegionError>(())
    /// ```
    pub fn roll_up(&self, id: usize, values: &[Option<f64>]) -> Option<f64> {
        let mut any = false;
        let mut total = 0.0;
        for child in self.children(id).filter(|child| self.regions[*child].additive) {
            any = true;
            total += values[child].or_else(|| self.roll_up(child, values))?;
        }
        any.then_some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_region_inside_itself_is_refused() {
        let mut tree = Tree::default();
        tree.set_parent("b", "a").unwrap();
        tree.set_parent("c", "b").unwrap();
        assert!(matches!(tree.set_parent("a", "c"), Err(RegionError::Cycle { .. })));
        assert!(matches!(tree.set_parent("x", "x"), Err(RegionError::Cycle { .. })));
        assert!(matches!(tree.set_parent("c", "a"), Err(RegionError::TwoParents { .. })));
        assert_eq!(tree.regions()[tree.find("a").unwrap()].parent, None);
    }

    proptest! {
        #[test]
        fn roll_ups_add_up_whatever_the_shape(parents in prop::collection::vec(0usize..6, 1..12),
                                              additive in prop::collection::vec(any::<bool>(), 12)) {
            // Region i+1 lies inside an earlier one, so there is no cycle. Leaves are worth 1.
            let mut tree = Tree::default();
            tree.add("0");
            for (i, parent) in parents.iter().enumerate() {
                let name = (i + 1).to_string();
                tree.set_parent(&name, &(parent % (i + 1)).to_string()).unwrap();
                tree.set_additive(&name, additive[i]);
            }
            let leaf = |id: usize| tree.children(id).all(|c| !tree.regions()[c].additive);
            let values: Vec<Option<f64>> =
                (0..tree.regions().len()).map(|id| leaf(id).then_some(1.0)).collect();
            let counted = (0..tree.regions().len())
                .filter(|id| leaf(*id) && *id != 0)
                .filter(|id| std::iter::once(*id).chain(tree.ancestors(*id)).all(|a| a == 0 || tree.regions()[a].additive))
                .count();
            let want = if leaf(0) { None } else { Some(counted as f64) };
            prop_assert_eq!(tree.roll_up(0, &values), want);
        }
    }
}
