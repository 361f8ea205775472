//! The prefilter: which people can match a query at all, from the inverted indexes, so that only they are scored. False
//! positives are possible and cost a little time; false negatives are not, which a test checks by scoring all
//! people.

mod candidates;
mod typed_initials_filter;

pub use candidates::{CandidateSet, NameCandidates};
