//! Kinds of words: those that every typed word finds alike. Two names of the same kinds of words in the same order answer
//! alike, as long as their letters are not asked for, so that one of them is judged for all.

use super::query::{WordAnswers, WordMatch};
use std::collections::HashMap;

/// A name as the kinds of its words, a byte each: no kind is 0, so that names of fewer words differ.
pub(super) type NameShape = u64;

/// Which kind each word of the register is.
pub(super) struct NameShapes {
    of: Vec<u8>,
}

impl NameShapes {
    /// Those of so many words; nothing where there are too many kinds to be worth it.
    pub fn new(typed: &[WordAnswers], words: usize) -> Option<Self> {
        let mut of = vec![1; words];
        for typed in typed {
            let mut kinds: HashMap<(u8, Option<WordMatch>), u8> = HashMap::new();
            for (kind, pair) in of.iter_mut().zip(&typed.pairs) {
                let next = u8::try_from(kinds.len() + 1).ok()?;
                *kind = *kinds.entry((*kind, *pair)).or_insert(next);
            }
        }
        Some(Self { of })
    }

    /// What a name has in common with others; nothing where it has too many words.
    pub fn likeness(&self, name: &[u32]) -> Option<NameShape> {
        if name.len() > size_of::<NameShape>() {
            return None;
        }
        name.iter().try_fold(0, |all, word| Some(all << 8 | NameShape::from(*self.of.get(*word as usize)?)))
    }
}
