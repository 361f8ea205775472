//! Query words compared with words of a text: smart tone, syllable by syllable (docs/domain.md §6.6). A query word
//! without tone and mark matches every tone and mark; one with any tone, mark or đ matches only itself, in every
//! spelling (hòa = hoà, Mỹ = Mĩ, capitals, composed or not). A word may also be the keystrokes of an input method that
//! was off. Filters, text searches and commands read it so only if it matches nothing as typed; the finder of officials
//! takes all readings at once and ranks what was typed first.

mod keystrokes;
mod spelling_form;

pub(super) use spelling_form::plain_folded;
pub use spelling_form::{beginnings, form};

use crate::text::canonical::canonical_text;
use crate::text::fold::fold_char;
use crate::text::telex::squeeze;
use crate::text::tone_marks::tone_normal;
use crate::text::words::words;
use keystrokes::Keystrokes;
use spelling_form::{LISTED_LETTERS, is_silent, plain_lower, twin};

/// How closely a word matches a query word, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The same letters, tones and marks.
    Exact,
    /// The same in another spelling: hòa and hoà, Mỹ and Mĩ.
    ToneNormal,
    /// The same without tones and marks; none were typed.
    Folded,
    /// Its keystrokes were typed.
    Squeezed,
    /// Its first letters were typed, or those of a whole name.
    Initials,
    /// It only resembles the query word.
    Fuzzy,
}

/// How a query word is read. Which reading is meant depends on all words of a cache, a text or a name: `coong` is a
/// word if one of them is `coong`, else the keystrokes of `công` if one of them is `công`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordReading {
    /// As it was typed.
    #[default]
    AsTyped,
    /// As keystrokes, for the words that they compose.
    Composed,
    /// As keystrokes, for any word with the same letters, because the word that they compose does not occur.
    Keys,
}

impl WordReading {
    /// The order in which readings are tried, but for the finder: the first one that matches anything is taken.
    pub const IN_ORDER: [Self; 3] = [Self::AsTyped, Self::Composed, Self::Keys];
}

/// A word of a text, prepared to be compared with many query words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedWord {
    /// Lower case, without apostrophes.
    pub lower: String,
    /// The common form of its spellings (`form`).
    pub form: String,
    /// Without tones and marks.
    pub folded: String,
}

impl PreparedWord {
    /// Prepares a word of a text.
    pub fn new(written: &str) -> Self {
        Self { lower: plain_lower(written), form: form(written), folded: plain_folded(written) }
    }
}

/// A word of the cache's vocabulary, reduced to the two strings that a match depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VocabularyEntry {
    /// The token of the index.
    pub folded: String,
    /// The common form of its spellings, with tones and marks (`form`).
    pub form: String,
}

impl VocabularyEntry {
    /// Whether it has neither tone nor mark.
    pub fn is_plain(&self) -> bool {
        self.form.chars().eq(self.form.chars().map(fold_char))
    }
}

/// A word of a query, prepared to be compared with many words.
#[derive(Clone, Debug)]
pub struct QueryWord {
    typed: String,
    /// It may be the beginning of a word: the last word while typing.
    prefix: bool,
    lower: String,
    form: String,
    folded: String,
    /// The other spelling, folded.
    twin: Option<String>,
    marked: bool,
    /// The word as keystrokes, if it may be any; never of a marked word.
    keys: Option<Keystrokes>,
}

impl PartialEq for QueryWord {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed && self.prefix == other.prefix
    }
}

impl Eq for QueryWord {}

impl QueryWord {
    /// Prepares the first word of `typed`; with `prefix` it may be the beginning of a longer word. `None` if `typed`
    /// contains no word.
    pub fn new(typed: &str, prefix: bool) -> Option<Self> {
        let canonical = canonical_text(typed);
        let word = words(&canonical).next()?;
        Some(Self::of(word.text, prefix))
    }

    /// Prepares a word that is canonical text already.
    pub(crate) fn of(word: &str, prefix: bool) -> Self {
        let (lower, folded) = (plain_lower(word), plain_folded(word));
        let marked = lower != folded;
        let keys = if marked { None } else { Keystrokes::new(&folded, prefix) };
        Self { typed: word.to_owned(), prefix, form: form(word), twin: twin(&folded), lower, folded, marked, keys }
    }

    /// The word as typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether it may be the beginning of a word.
    pub fn is_prefix(&self) -> bool {
        self.prefix
    }

    /// Whether it was typed with a tone, a mark or đ.
    pub fn is_marked(&self) -> bool {
        self.marked
    }

    /// The word folded: a token of the index.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The same syllable spelled with the other of i and y, or the same number written in the other way, folded: a
    /// whole token of the index.
    pub fn twin(&self) -> Option<&str> {
        self.twin.as_deref()
    }

    /// The listed prefix (`beginnings`) under which the index has every text that matches, keystrokes aside; `None` if
    /// the word is not a prefix, or longer than the listed ones. With a tone or mark only one letter is listed.
    pub fn beginning(&self) -> Option<String> {
        let (typed, longest) =
            if self.marked { (tone_normal(&self.lower), 1) } else { (self.folded.clone(), LISTED_LETTERS) };
        (self.prefix && typed.chars().count() <= longest).then_some(typed)
    }

    /// The key of the word taken as keystrokes; `None` if it cannot be keystrokes.
    pub fn squeezed(&self) -> Option<&str> {
        self.keys.as_ref().map(|keys| keys.squeezed.as_str())
    }

    /// How closely a word of a text matches, keystrokes aside.
    pub fn match_word(&self, written: &str) -> Option<Tier> {
        // Called for every word of a text, and most words differ in their first letters. Comparing folded characters
        // one by one rejects those without an allocation.
        let mut letters = written.chars().filter(|c| !is_silent(*c)).map(fold_char);
        let begins = self.folded.chars().all(|c| letters.next() == Some(c));
        let possible = if begins { self.prefix || letters.next().is_none() } else { self.is_twin_of(written) };
        if !possible {
            return None;
        }
        let lower = plain_lower(written);
        if self.marked && lower != self.lower {
            self.match_prepared(&PreparedWord::new(written))
        } else {
            Some(self.plain_tier(&lower))
        }
    }

    fn is_twin_of(&self, written: &str) -> bool {
        // Folding never makes a word longer in bytes, so the cheap length test cannot reject a twin.
        self.twin.as_ref().is_some_and(|twin| twin.len() <= written.len() && plain_folded(written) == *twin)
    }

    /// The tier of a word that is known to be the same when folded.
    fn plain_tier(&self, lower: &str) -> Tier {
        if lower == self.lower { Tier::Exact } else { Tier::Folded }
    }

    /// How closely a prepared word matches, keystrokes aside.
    pub fn match_prepared(&self, written: &PreparedWord) -> Option<Tier> {
        self.match_prepared_as(written, self.prefix)
    }

    fn match_prepared_as(&self, written: &PreparedWord, prefix: bool) -> Option<Tier> {
        let begins = written.folded.starts_with(&self.folded);
        let whole = begins && written.folded.len() == self.folded.len();
        let twin = self.twin.as_ref().is_some_and(|twin| *twin == written.folded);
        if !(whole || twin || prefix && begins) {
            None
        } else if self.marked && written.lower != self.lower {
            self.match_marked(&written.form, prefix)
        } else {
            Some(self.plain_tier(&written.lower))
        }
    }

    /// The tier of a marked query word that has the same letters, by the form alone: the cache's vocabulary knows no
    /// more of a word.
    fn match_marked(&self, form: &str, prefix: bool) -> Option<Tier> {
        if form == self.form {
            return Some(Tier::ToneNormal);
        }
        // `hòa` and `hoà` are two spellings of one syllable, so both must be prefixes of the same words: compare the
        // tone-normal spelling, which is a prefix of neither `hoàng` nor `hoành`.
        if !prefix || !form.starts_with(&tone_normal(&self.lower)) {
            return None;
        }
        Some(if form.starts_with(&self.lower) { Tier::Exact } else { Tier::ToneNormal })
    }

    /// Whether a word of the vocabulary matches, keystrokes aside.
    pub fn matches_entry(&self, entry: &VocabularyEntry) -> bool {
        let whole = entry.folded == self.folded || self.twin.as_ref().is_some_and(|twin| *twin == entry.folded);
        let begins = self.prefix && entry.folded.starts_with(&self.folded);
        (whole || begins) && (!self.marked || self.match_marked(&entry.form, self.prefix).is_some())
    }

    /// Whether a folded word has the same letters as this one read as keystrokes.
    pub fn matches_keystrokes(&self, folded: &str) -> bool {
        self.keys.is_some() && self.matches_key(&squeeze(folded))
    }

    /// As `matches_keystrokes`, for a word whose squeezed key is known.
    pub fn matches_key(&self, key: &str) -> bool {
        self.keys.as_ref().is_some_and(
            |keys| {
                if self.prefix { key.starts_with(&keys.squeezed) } else { key == keys.squeezed }
            },
        )
    }

    /// Whether the word may be keystrokes that compose a word with tones or marks.
    pub fn composes(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| !keys.letters.is_empty())
    }

    /// Whether the keystrokes compose this very word, tones and marks included; of a prefix, marks and tone may still
    /// be to come.
    pub fn keystrokes_agree(&self, written: &PreparedWord) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.agree(written, self.prefix))
    }

    /// Whether the keystrokes compose exactly this word, with no letter or tone still to be typed.
    pub fn keystrokes_are_exactly(&self, written: &PreparedWord) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.are_exactly(written))
    }

    /// How the word is read if `all` is the whole vocabulary.
    pub fn reading(&self, all: &[VocabularyEntry]) -> WordReading {
        if self.keys.is_none() {
            return WordReading::AsTyped;
        }
        let mut matching = all.iter().filter(|entry| self.matches_entry(entry)).peekable();
        let any = matching.peek().is_some();
        if matching.any(VocabularyEntry::is_plain) {
            WordReading::AsTyped
        } else if all.iter().any(|entry| self.composes_entry(entry)) {
            // Composed words come before words that match only without their tone: one person called `Coỏng` must not
            // hide every `công` from a reader who types `coong`.
            WordReading::Composed
        } else if any {
            WordReading::AsTyped
        } else {
            WordReading::Keys
        }
    }

    /// Whether the keystrokes compose a word of the vocabulary.
    pub fn composes_entry(&self, entry: &VocabularyEntry) -> bool {
        let written = || PreparedWord { lower: String::new(), form: entry.form.clone(), folded: entry.folded.clone() };
        self.matches_keystrokes(&entry.folded) && self.keystrokes_agree(&written())
    }

    /// Whether a word of a text matches in that reading.
    pub fn matches_as(&self, reading: WordReading, written: &str) -> bool {
        match reading {
            WordReading::AsTyped => self.match_word(written).is_some(),
            WordReading::Composed => {
                self.matches_keystrokes(&plain_folded(written)) && self.keystrokes_agree(&PreparedWord::new(written))
            }
            WordReading::Keys => self.matches_keystrokes(&plain_folded(written)),
        }
    }

    /// Whether the word could be the beginning of `written`, although other words were typed after it.
    pub fn may_begin(&self, written: &PreparedWord) -> bool {
        !self.prefix && self.match_prepared_as(written, true).is_some()
    }

    /// The number of bytes of a matching word to mark: its first letters up to those typed, or all of it if it matched
    /// in another spelling.
    pub fn matched_len(&self, written: &str) -> usize {
        if !plain_folded(written).starts_with(&self.folded) {
            return written.len();
        }
        let letters = written.char_indices().filter(|(_, c)| !is_silent(*c));
        letters.map(|(at, _)| at).nth(self.folded.chars().count()).unwrap_or(written.len())
    }
}

/// Words that must be next to each other; usually one word. The last may be the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPhrase {
    words: Vec<QueryWord>,
    /// Whether a value must have these words and no others.
    is_whole: bool,
}

impl QueryPhrase {
    /// The words of `typed`; `None` if it contains none. With `open`, the last word may be the beginning of one.
    pub fn new(typed: &str, open: bool) -> Option<Self> {
        let canonical = canonical_text(typed);
        let texts: Vec<&str> = words(&canonical).map(|word| word.text).collect();
        let last = texts.len().checked_sub(1)?;
        let words = texts.iter().enumerate().map(|(i, w)| QueryWord::of(w, open && i == last)).collect();
        Some(Self { words, is_whole: false })
    }

    /// Its words, in order; never empty.
    pub fn words(&self) -> &[QueryWord] {
        &self.words
    }

    /// Whether the last word may be the beginning of one.
    pub fn is_open(&self) -> bool {
        self.words.last().is_some_and(QueryWord::is_prefix)
    }

    /// Each of its words by itself.
    pub fn apart(&self) -> Vec<Self> {
        self.words.iter().map(|word| Self { words: vec![word.clone()], is_whole: false }).collect()
    }

    /// The same words, all of them whole.
    #[must_use]
    pub fn closed(&self) -> Self {
        let words = self.words.iter().map(|w| QueryWord { prefix: false, ..w.clone() }).collect();
        Self { words, ..*self }
    }

    /// The same words as the whole of a value: `=` before the value of a field.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { is_whole: true, ..self.closed() }
    }

    /// Whether a value must have these words and no others, in this order.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::telex::syllables::all;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn matches(typed: &str, written: &str) -> bool {
        QueryWord::new(typed, false).unwrap().match_word(written).is_some()
    }

    fn prefix_matches(typed: &str, written: &str) -> bool {
        QueryWord::new(typed, true).unwrap().match_word(written).is_some()
    }

    #[test]
    fn plain_is_any_tone_and_a_tone_is_only_itself() {
        for (typed, yes, no) in [
            ("hung", vec!["Hùng", "Hưng", "HỪNG", "hung"], vec!["Hùngs", "Hun", "Hồng"]),
            ("hưng", vec!["Hưng", "HƯNG"], vec!["Hùng", "Hung", "Hừng", "Hứng"]),
            ("dinh", vec!["Đinh", "Dinh", "Định"], vec!["inh"]),
            ("đinh", vec!["Đinh", "ĐINH", "Ðinh"], vec!["Dinh", "Định"]),
            ("nguyên", vec!["Nguyên"], vec!["Nguyễn"]),
            ("hoà", vec!["hòa", "Hoà"], vec!["hóa", "hoa", "hoàng"]),
            ("mĩ", vec!["Mỹ", "mĩ"], vec!["mỉ", "mi"]),
            ("my", vec!["Mỹ", "Mĩ", "mi"], vec!["mịn"]),
            ("uý", vec!["úy", "UÝ"], vec!["ủy", "í"]),
            ("quí", vec!["quý", "Quí"], vec!["quy"]),
            ("qúy", vec!["quý"], vec![]),
            ("H'Nhinh", vec!["H’Nhinh", "HNhinh"], vec!["Nhinh"]),
        ] {
            for written in yes {
                let written = crate::text::canonical::canonical_text(written);
                assert!(matches(typed, &written), "{typed} {written}");
            }
            for written in no {
                assert!(!matches(typed, written), "{typed} {written}");
            }
        }
    }

    #[test]
    fn a_prefix_must_match_with_all_that_was_typed_of_it() {
        for (typed, yes, no) in [
            ("hun", vec!["Hùng", "Hưng", "hun"], vec!["Hà"]),
            ("hưn", vec!["Hưng"], vec!["Hùng", "Hứng"]),
            ("hư", vec!["Hưng", "Hương"], vec!["Hùng", "Hứng"]),
            ("đ", vec!["Đặng", "đồng"], vec!["Dương"]),
            ("thư", vec!["Thượng", "Thường", "thư"], vec!["Thu", "Thúy"]),
            ("hòa", vec!["hòa", "hoà"], vec!["Hoan", "Hoàng"]),
            ("hoà", vec!["hòa", "hoà"], vec!["Hoan", "Hoàng"]),
            ("hoàn", vec!["hoàn", "Hoàng"], vec!["Hoan"]),
            ("ly", vec!["Lý", "lí", "lynh"], vec!["linh"]),
            ("toa", vec!["toàn"], vec!["tóc"]),
        ] {
            for written in yes {
                assert!(prefix_matches(typed, written), "{typed} {written}");
            }
            for written in no {
                assert!(!prefix_matches(typed, written), "{typed} {written}");
            }
        }
    }

    #[test]
    fn the_tier_is_how_closely_a_word_matches() {
        let tier = |typed: &str, written: &str| QueryWord::new(typed, false).unwrap().match_word(written);
        assert_eq!(tier("hùng", "Hùng"), Some(Tier::Exact));
        assert_eq!(tier("hoà", "hòa"), Some(Tier::ToneNormal));
        assert_eq!(tier("hung", "Hùng"), Some(Tier::Folded));
        assert_eq!(tier("hung", "Hung"), Some(Tier::Exact));
    }

    #[test]
    fn keystrokes_are_what_they_compose_where_no_such_word_stands_plain() {
        let entries =
            |words: &[&str]| words.iter().map(|w| VocabularyEntry { folded: plain_folded(w), form: form(w) }).collect();
        let read = |typed: &str, words: &[&str]| {
            let all: Vec<VocabularyEntry> = entries(words);
            QueryWord::of(typed, false).reading(&all)
        };
        assert_eq!(read("coong", &["công", "Coỏng"]), WordReading::Composed);
        assert_eq!(read("coong", &["Coỏng"]), WordReading::AsTyped);
        assert_eq!(read("coong", &["công", "coong", "Coỏng"]), WordReading::AsTyped);
        assert_eq!(read("coong", &["cống"]), WordReading::Keys);
        assert_eq!(read("max", &["max", "mã"]), WordReading::AsTyped);
    }

    #[test]
    fn only_what_can_be_keystrokes_is_taken_for_them() {
        let word = |typed: &str| QueryWord::new(typed, false).unwrap();
        assert!(word("huwngf").matches_keystrokes("hung") && word("hu7ng2").matches_keystrokes("hung"));
        assert!(word("Kddawm").matches_keystrokes("kdam"));
        for typed in ["d9inh", "quoc61", "quo6c1", "duong971", "d9u7o7ng2", "y1", "o73", "nguyen64", "nguyen4"] {
            assert!(word(typed).squeezed().is_some(), "{typed}");
        }
        for typed in [
            "hung", "hùng", "boss", "maxx", "haws", "d'arc", "2025", "qk7", "a80", "e66", "su30", "a320", "u22",
            "khu9", "o2", "a1", "k34", "f3",
        ] {
            assert_eq!(word(typed).squeezed(), None, "{typed}");
        }
        let agrees = |typed: &str, written: &str| word(typed).keystrokes_agree(&PreparedWord::new(written));
        assert!(
            agrees("hungf", "Hùng") && agrees("hoaf", "Hoà") && !agrees("hungf", "Hưng") && !agrees("huwngf", "Hùng")
        );
    }

    proptest! {
        #[test]
        fn every_state_of_composition_is_the_same(n in 0usize..20_000, m in 0usize..20_000) {
            let (a, b) = (all().get(n % all().len()).unwrap(), all().get(m % all().len()).unwrap());
            let decomposed: String = a.nfd().collect();
            let half: String = a.chars().flat_map(|c| {
                let (letter, tone) = crate::text::tone_marks::split_tone(c);
                std::iter::once(letter).chain(tone)
            }).collect();
            for typed in [decomposed, half, a.to_uppercase()] {
                prop_assert!(matches(&typed, a) && matches(a, &crate::text::canonical::canonical_text(&typed)));
                // A syllable with a tone or mark matches another one only if both have the same form.
                if QueryWord::new(&typed, false).unwrap().is_marked() {
                    prop_assert_eq!(matches(&typed, b), form(a) == form(b));
                }
            }
        }

        #[test]
        fn the_form_is_the_same_for_both_tone_placements(n in 0usize..20_000) {
            let word = all().get(n % all().len()).unwrap();
            prop_assert_eq!(form(word), form(&tone_normal(word)));
            prop_assert_eq!(form(&form(word)), form(word));
        }
    }
}
