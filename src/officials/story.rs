//! Which reports tell one event: the same text after small edits, cut, with another title or lead, or as another outlet
//! prints it. Of each report a `Fingerprint` of some hundred bytes is kept, from which two reports are compared without
//! their texts. Whether two tell one story depends on these two alone, so the groups are the same in whatever order
//! reports come; finding the pairs to compare, and keeping the groups, is up to `store`.
//!
//! ```text
//! folded words   dang uy to chuc hoi nghi tong ket …
//! shingles       └──────────────┘                       WIDTH words each, hashed
//!                     └─────────────┘
//! signature      the least hash in each of 128 bins     equal bins ≈ the share of shingles in common (MinHash)
//! keys           pairs of bins, and the address         two reports of one story nearly always share one
//! ```
//!
//! Reports of one unit in successive years share the formula, sometimes most of the words. What they do not share is
//! their figures, so those are kept as well, each with the word behind it.

mod address;
mod differences;
mod fingerprint;

pub use address::address_key;
pub use differences::{StoryDifference, StoryDifferenceKind, story_differences};
pub use fingerprint::Fingerprint;

/// The share of the shingles of the shorter text that the longer one must have: other articles that quote the same
/// speech stay below, a text with another title, lead, header and footer above.
const CONTAINED: f64 = 0.7;
/// The least share of shingles in common. A collection of short news has each of them whole: it is none of their
/// stories, and would tie all of them together.
const IN_COMMON: f64 = 0.28;
/// The same for two texts of one address: page and edited page.
const CONTAINED_AT_ADDRESS: f64 = 0.3;
/// The least number of shingles by which texts of different addresses are compared: two notices of two sentences are
/// alike by chance.
const LEAST_SHINGLES: u32 = 30;
/// So many of the figures of the text with fewer the other must have: two notices that differ in their number are two.
const FIGURES_IN_COMMON: f64 = 0.5;
/// Two reports whose texts state their days do not tell one event if these are further apart.
const DAYS_APART: i32 = 3;
/// A text shorter than this share of the longest one of its story does not represent it: a title alone, a teaser.
const REPRESENTS: f64 = 0.5;

impl Fingerprint {
    /// Whether both reports tell one story. Symmetric.
    pub fn same_story(&self, other: &Self) -> bool {
        let at_one_address = self.address.is_some() && self.address == other.address;
        if at_one_address && (self.title == other.title || self.contained(other) >= CONTAINED_AT_ADDRESS) {
            return true;
        }
        let (mut shorter, mut longer) = (self, other);
        if shorter.shingles > longer.shingles {
            (shorter, longer) = (longer, shorter);
        }
        shorter.shingles >= LEAST_SHINGLES
            && self.in_common(other) >= IN_COMMON
            && self.contained(other) >= CONTAINED
            && !self.days_apart(other)
            && shorter.figures_agree(longer)
    }

    /// The estimated share of the shingles of both that are in both.
    fn in_common(&self, other: &Self) -> f64 {
        let equal = self.signature.iter().zip(&other.signature).filter(|(a, b)| a == b).count();
        // Two bins that differ are equal by chance in one of 256 cases.
        let chance = 1.0 / 256.0;
        ((equal as f64 / self.signature.len() as f64 - chance) / (1.0 - chance)).max(0.0)
    }

    /// The estimated share of the shingles of the shorter that the longer has.
    fn contained(&self, other: &Self) -> f64 {
        let common = self.in_common(other);
        let (all, least) = (self.shingles + other.shingles, self.shingles.min(other.shingles).max(1));
        (common * f64::from(all) / (1.0 + common) / f64::from(least)).min(1.0)
    }

    fn days_apart(&self, other: &Self) -> bool {
        matches!((self.day, other.day), (Some(one), Some(day)) if one.abs_diff(day) > DAYS_APART.unsigned_abs())
    }

    /// Whether enough of its figures are in the longer text. Of a text of very many only those with the lowest hashes
    /// are kept; above the last of them the other side says nothing.
    fn figures_agree(&self, longer: &Self) -> bool {
        let bound = self.figures_bound().min(longer.figures_bound());
        let own: Vec<u16> = self.figures.iter().copied().filter(|figure| *figure <= bound).collect();
        let theirs = longer.figures.iter().filter(|figure| **figure <= bound).count();
        let shared = own.iter().filter(|figure| longer.figures.binary_search(figure).is_ok()).count();
        shared as f64 >= FIGURES_IN_COMMON * own.len().min(theirs) as f64
    }
}

/// A report of a story, as far as the choice of the one to show needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryMember<'a> {
    pub id: &'a str,
    /// The day by which the list has it, in any form that sorts by time; `None` if it has none.
    pub day: Option<i64>,
    /// The length of its text, in shingles.
    pub shingles: u32,
}

/// The position of the report that represents a story: of those that tell it whole the earliest, of these the longest,
/// of these the one with the lowest id. `None` for no members.
pub fn representative(members: &[StoryMember<'_>]) -> Option<usize> {
    let longest = members.iter().map(|member| member.shingles).max()?;
    let whole = |member: &StoryMember<'_>| f64::from(member.shingles) >= REPRESENTS * f64::from(longest);
    let key = |member: &StoryMember<'_>| {
        (member.day.is_none(), member.day, std::cmp::Reverse(member.shingles), member.id.to_owned())
    };
    let candidates = members.iter().enumerate().filter(|(_, member)| whole(member));
    candidates.min_by_key(|(_, member)| key(member)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests;
