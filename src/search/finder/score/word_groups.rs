//! Groups the words of the index into kinds that no query word distinguishes, so that names with the same kinds of
//! words are scored once.
//!
//! Among 100,000 officials most words of names match none of the query words at all, and all these words are one kind.
//! A name is then a row of kinds, its shape, and the score by name depends on the shape alone. For the query `hung`:
//!
//! ```text
//! kind 1: no match     kind 2: matches `hung`, whole     kind 3: begins with `hung`
//! Đinh Quốc Hùng       1 1 2        scored
//! Vũ Xuân Hưng         1 1 2        same shape: the score is known
//! Hùng                 2            scored
//! ```
//!
//! This does not hold once single letters of a name are compared (initials); such scores are not kept.

use crate::search::finder::query_matches::{FinderQuery, WordMatch};
use std::collections::HashMap;

/// The kinds of a name's words, a byte each, the last word lowest. No kind is 0, so that shorter names differ.
pub type NameShape = u64;

/// The kind of each word of the index, for one query.
pub struct NameShapes {
    kinds: Vec<u8>,
}

impl NameShapes {
    /// Refines the kinds by one query word after the other: two words stay in one kind if they were in one kind before
    /// and match this query word in the same way (a partition refinement). `None` if there are more kinds than a byte
    /// can number; then too few names share a shape for grouping to pay.
    pub fn new(query: &FinderQuery) -> Option<Self> {
        let mut kinds = vec![1; query.index.words().len()];
        for term in &query.terms {
            let mut numbers: HashMap<(u8, Option<WordMatch>), u8> = HashMap::new();
            for (kind, word_match) in kinds.iter_mut().zip(&term.matches) {
                let next = u8::try_from(numbers.len() + 1).ok()?;
                *kind = *numbers.entry((*kind, *word_match)).or_insert(next);
            }
        }
        Some(Self { kinds })
    }

    /// The shape of a name given by its word numbers; `None` if it has more than eight words.
    pub fn shape_of(&self, name: &[u32]) -> Option<NameShape> {
        if name.len() > size_of::<NameShape>() {
            return None;
        }
        name.iter().try_fold(0, |shape, word| Some(shape << 8 | NameShape::from(*self.kinds.get(*word as usize)?)))
    }
}
