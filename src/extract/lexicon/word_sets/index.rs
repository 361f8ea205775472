//! Looks up the forms of sets by their first word. Each word has a mask with one bit for each set that it can begin a
//! form of, so that letters are compared only if the bit is set; the forms of one first word stand together.

use super::super::trie::{Trie, WordId};
use super::super::value::TableWord;
use super::WordSet;

/// The integers of a mask: there are more sets than one integer has bits, and room for more of them.
const PARTS: usize = 3;
/// There is a bit for each set.
const _: () = assert!(WordSet::WORDS.len() <= PARTS * BITS);
/// The bits of an integer.
const BITS: usize = u128::BITS as usize;

/// The sets that a word can begin a form of, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extract::lexicon) struct SetMask([u128; PARTS]);

impl SetMask {
    fn add(&mut self, set: WordSet) {
        if let Some(part) = self.0.get_mut(set as usize / BITS) {
            *part |= 1 << (set as usize % BITS);
        }
    }

    /// Whether the set is among them.
    pub(in crate::extract::lexicon) fn has(self, set: WordSet) -> bool {
        self.0.get(set as usize / BITS).is_some_and(|part| part & (1 << (set as usize % BITS)) != 0)
    }
}

/// A form of a set.
#[derive(Clone, Copy, Debug)]
struct SetForm {
    set: WordSet,
    form: &'static str,
}

/// The sets that each word can begin a form of, and those forms.
///
/// The forms of one first word stand together, so that a test behind the mask reads only the few forms that begin with
/// the word of the text (compressed sparse rows, by number of the word):
///
/// ```text
/// word     0 an                                  1 ngày …
/// first    0                                     3        4
/// forms    [Work an ninh] [Work an toàn] [Duty an] [DateCue ngày]
/// ```
#[derive(Debug, Default)]
pub(in crate::extract::lexicon) struct WordSetIndex {
    /// By number of the word. The words of the sets are interned before all others, so that this stays small.
    masks: Vec<SetMask>,
    /// By number of the word: the index of its first form. One entry more than there are words.
    first: Vec<usize>,
    forms: Vec<SetForm>,
}

impl WordSetIndex {
    /// Interns the first words of all sets.
    pub(in crate::extract::lexicon) fn read(trie: &mut Trie) -> Self {
        let mut masks: Vec<SetMask> = Vec::new();
        let mut by_word: Vec<Vec<SetForm>> = Vec::new();
        for (_, set) in WordSet::WORDS {
            for form in set.words() {
                let word = trie.intern(form.split(' ').next().unwrap_or_default()).number();
                masks.resize(masks.len().max(word + 1), SetMask::default());
                by_word.resize_with(by_word.len().max(word + 1), Vec::new);
                if let (Some(mask), Some(forms)) = (masks.get_mut(word), by_word.get_mut(word)) {
                    mask.add(*set);
                    forms.push(SetForm { set: *set, form });
                }
            }
        }
        let mut index = Self { masks, first: vec![0], forms: Vec::new() };
        for forms in by_word {
            index.forms.extend(forms);
            index.first.push(index.forms.len());
        }
        index
    }

    /// The forms of the set whose first word is `word`, or that word with its tone placed otherwise.
    pub(in crate::extract::lexicon) fn forms(
        &self,
        word: WordId,
        set: WordSet,
    ) -> impl Iterator<Item = &'static str> + '_ {
        let at = |number: usize| self.first.get(number).copied().unwrap_or(self.forms.len());
        let forms = self.forms.get(at(word.number())..at(word.number().saturating_add(1))).unwrap_or_default();
        forms.iter().filter(move |form| form.set == set).map(|form| form.form)
    }

    /// The sets that the word can begin a form of, a bit each.
    pub(in crate::extract::lexicon) fn mask(&self, word: WordId) -> SetMask {
        self.masks.get(word.number()).copied().unwrap_or_default()
    }

    /// Whether the word can begin a form of the set.
    pub(in crate::extract::lexicon) fn may_begin(&self, word: WordId, set: WordSet) -> bool {
        self.masks.get(word.number()).is_some_and(|mask| mask.has(set))
    }
}
