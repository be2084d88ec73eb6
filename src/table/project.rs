//! The words of a project list: stage, funding, kind, approvals; each with its id and what a person reads.

use crate::error::Lang;
use std::fmt;

/// Writes an enum of words: its ids for files, its labels for people.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $id:literal, $en:literal, $zh:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];

            /// Reads an id or the Chinese word; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                match text.trim() {
                    $($id | $zh => Some(Self::$case),)+
                    _ => None,
                }
            }

            /// The id, as files and JSON write it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$case => $id,)+ }
            }

            /// The name that a person is shown.
            pub fn label(self, lang: Lang) -> &'static str {
                match self { $(Self::$case => lang.pick($en, $zh),)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.id())
            }
        }
    };
}

words! {
    /// How far a project is (项目阶段): the plan's five stages.
    ///
    /// ```
    /// # use landfall::{error::Lang, table::Stage};
    /// assert_eq!(Stage::parse("construction").unwrap().label(Lang::Zh), "开工建设");
    /// ```
    Stage {
        /// Known of, nothing prepared.
        Reserve = "reserve", "Reserve", "谋划入库";
        /// Being prepared: approvals, land, design.
        Preparation = "preparation", "Preparation", "前期推进";
        /// Being built.
        Construction = "construction", "Construction", "开工建设";
        /// Finished and in use: nothing more is spent.
        Completed = "completed", "Completed", "竣工投产";
        /// Beyond the year's horizon: an intent.
        Outlook = "outlook", "Outlook", "储备展望";
    }
}

words! {
    /// Whose money a project is built on (资金来源).
    ///
    /// ```
    /// # use landfall::table::Funding;
    /// assert_eq!(Funding::parse("专项债"), Some(Funding::SpecialBond));
    /// assert_eq!(Funding::parse("loan"), None);
    /// ```
    Funding {
        /// The central budget.
        Central = "central", "Central budget", "中央预算内";
        /// The autonomous region's budget.
        Regional = "regional", "Regional budget", "自治区资金";
        /// Local governments' special bonds.
        SpecialBond = "special-bond", "Special bond", "专项债";
        /// Enterprises.
        Enterprise = "enterprise", "Enterprise", "企业自筹";
        /// Anything else.
        Other = "other", "Other", "其他";
    }
}

words! {
    /// What a project is counted as: a key project, or a place in the attraction funnel.
    ///
    /// ```
    /// # use landfall::table::Kind;
    /// assert!(Kind::Signed < Kind::Started);
    /// ```
    Kind {
        /// A listed key project, whose spend the ledger `works` counts.
        Key = "key", "Key project", "重点项目";
        /// Attraction: someone means to build.
        Intent = "intent", "Intent", "意向";
        /// Attraction: a contract is signed.
        Signed = "signed", "Signed", "签约";
        /// Attraction: under construction; its funds come in place as it is built.
        Started = "started", "Started", "开工";
    }
}

words! {
    /// An approval that can hold a project back.
    ///
    /// ```
    /// # use landfall::{error::Lang, table::Approval};
    /// assert_eq!(Approval::parse("soil-water").unwrap().label(Lang::Zh), "水保");
    /// ```
    Approval {
        /// Project approval or filing.
        Project = "approval", "Project approval or filing", "审批核准";
        /// Land.
        Land = "land", "Land", "用地";
        /// Planning permission.
        Planning = "planning", "Planning", "规划";
        /// Environmental assessment.
        Environment = "environment", "Environment", "环评";
        /// Energy assessment.
        Energy = "energy", "Energy", "能评";
        /// Safety assessment.
        Safety = "safety", "Safety", "安评";
        /// Soil and water conservation.
        SoilWater = "soil-water", "Soil and water conservation", "水保";
        /// The permit to draw water under the double limit (双限批).
        WaterPermit = "water-permit", "Water-drawing permit", "取水";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.id()), Some(*stage));
            assert_eq!(Stage::parse(stage.label(Lang::Zh)), Some(*stage));
        }
        for funding in Funding::ALL {
            assert_eq!(Funding::parse(&funding.to_string()), Some(*funding));
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.id()), Some(*kind));
        }
        for approval in Approval::ALL {
            assert_eq!(Approval::parse(approval.label(Lang::Zh)), Some(*approval));
        }
    }
}
