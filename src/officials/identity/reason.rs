//! Why mentions were taken for one person or for two: one case a rule, with the words and days it speaks of. Written
//! out here in English, as JSON and the command line have it; the reader says it in its own words, by case.

use crate::report::Dated;
use serde::{Serialize, Serializer};
use std::fmt;

/// What decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    /// One report names both.
    OneReport,
    /// They are of two countries.
    Countries(String, String),
    /// One is of this country, the other is not said to be of any.
    Foreign(String),
    /// Full-time posts in two units, held over the same time.
    TwoPlaces(String, String),
    /// Nobody of this rank comes to hold this post.
    PostTooLow {
        /// The rank.
        rank: &'static str,
        /// The post's head.
        post: String,
    },
    /// The later rank is the lower one, and no report tells of a demotion.
    RankFell {
        /// The lower rank, given by the later report.
        later: RankOnDay,
        /// The higher rank, given by the earlier report.
        earlier: RankOnDay,
    },
    /// The rank rose faster than ranks do.
    RoseTooFast {
        /// How many ranks.
        steps: i64,
        /// In how many months.
        months: i64,
    },
    /// Both hold this post.
    SamePost(String),
    /// One held what the other holds.
    HeldBefore(String),
    /// Both serve in this unit.
    SameUnit(String),
    /// Their units are one before and after a change.
    UnitBecame(String, String),
    /// One is named without a post in a report of this unit, where the other serves.
    InUnitReport(String),
    /// One is named without a post; the ranks agree.
    NoPostRanksAgree,
    /// One is named without a post or a rank; nothing contradicts.
    NoPostNothingAgainst,
    /// One is named without a post; a foreign name, which few share.
    RareName,
    /// Another unit; the ranks agree.
    MovedRanksAgree,
    /// A general who takes a civilian post loses the rank in the press.
    GeneralTookCivilianPost,
    /// One high post after another.
    HighPostAfterHighPost,
    /// An official without rank, then an officer: only the name is the same.
    OfficialThenOfficer,
    /// Another unit, and no rank to go by: only the name is the same.
    OnlyTheName,
    /// The reader joined them.
    ReaderJoined,
    /// The reader parted them.
    ReaderParted,
}

/// The rank that a report gives to somebody, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankOnDay {
    /// The canonical name of the rank.
    pub rank: &'static str,
    /// The day of the report.
    pub when: Dated,
}

impl ReasonKind {
    /// Whether it rests on a day that no text states: such a judgement is less sure, and says so.
    pub fn has_inferred_day(&self) -> bool {
        matches!(self, Self::RankFell { later, earlier } if later.when.is_inferred() || earlier.when.is_inferred())
    }
}

/// What decided, and whether another official of the name would have done as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What decided.
    pub because: ReasonKind,
    /// Another official of the name fits as well.
    pub rivals: bool,
}

impl From<ReasonKind> for Reason {
    fn from(because: ReasonKind) -> Self {
        Self { because, rivals: false }
    }
}

impl Reason {
    /// Whether the reader decided.
    pub fn is_readers(&self) -> bool {
        matches!(self.because, ReasonKind::ReaderJoined | ReasonKind::ReaderParted)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.because)?;
        f.write_str(if self.rivals { "; another official of the name fits as well" } else { "" })
    }
}

impl fmt::Display for ReasonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneReport => f.write_str("one report names both"),
            Self::Countries(one, other) => write!(f, "of two countries: {one} and {other}"),
            Self::Foreign(land) => write!(f, "one is an official of {land}, the other is not said to be"),
            Self::TwoPlaces(one, other) => write!(f, "two posts at once: in «{one}» and in «{other}»"),
            Self::PostTooLow { rank, post } => write!(f, "a {rank} does not become «{post}»"),
            Self::RankFell { later, earlier } => {
                let (low, on, high, before) = (later.rank, later.when.day, earlier.rank, earlier.when.day);
                write!(f, "{low} on {on} after {high} on {before}, and no report of a demotion")?;
                f.write_str(if self.has_inferred_day() { "; but a day is only inferred" } else { "" })
            }
            Self::RoseTooFast { steps, months } => write!(f, "{steps} ranks higher after {months} months"),
            Self::SamePost(post) => write!(f, "the same post: {post}"),
            Self::HeldBefore(post) => write!(f, "the one held what the other holds: {post}"),
            Self::SameUnit(unit) => write!(f, "the same unit: {unit}"),
            Self::UnitBecame(one, other) => {
                write!(f, "«{one}» and «{other}» are one unit before and after a change")
            }
            Self::InUnitReport(unit) => {
                write!(f, "named without a post in a report of «{unit}», where the other serves")
            }
            Self::NoPostRanksAgree => f.write_str("named without a post; the ranks agree"),
            Self::NoPostNothingAgainst => f.write_str("named without a post or a rank; nothing contradicts"),
            Self::RareName => f.write_str("named without a post; a foreign name, which few share"),
            Self::MovedRanksAgree => f.write_str("moved to another unit; the ranks agree"),
            Self::GeneralTookCivilianPost => {
                f.write_str("a general who takes a civilian post loses the rank in the press")
            }
            Self::HighPostAfterHighPost => f.write_str("one high post after another"),
            Self::OfficialThenOfficer => {
                f.write_str("an official without rank, then an officer: only the name is the same")
            }
            Self::OnlyTheName => f.write_str("another unit, and no rank to go by: only the name is the same"),
            Self::ReaderJoined => f.write_str("joined by the reader"),
            Self::ReaderParted => f.write_str("parted by the reader"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
