//! Words as typed against words as written: smart tone, syllable by syllable (docs/domain.md §6.6). A word typed plain
//! answers to every tone and mark; one typed with any tone, mark or đ answers to exactly itself, in whatever spelling
//! (hòa = hoà, Mỹ = Mĩ, capitals, composed or not). Keystrokes of an input method that was not there are a last resort.

use crate::text::canonical::canonical_text;
use crate::text::fold::fold_char;
use crate::text::numeral;
use crate::text::syllable::tone_normal;
use crate::text::telex::syllables::{self, take_apart};
use crate::text::telex::{Method, decode, squeeze};
use crate::text::words::{Word as Written, is_apostrophe, words};
use unicode_normalization::char::is_combining_mark;

/// How closely a written word answers a typed one; the first is the closest.
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
    /// It only resembles what was typed.
    Fuzzy,
}

/// How a typed word is read, told from all words of a cache, of a text or of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordReading {
    /// As it was typed.
    #[default]
    AsTyped,
    /// As keystrokes, of the words that they compose.
    Composed,
    /// As keystrokes of any word with those letters: the cache has none that they compose.
    Keys,
}

impl WordReading {
    /// All of them; the first that finds anything is meant.
    pub const IN_ORDER: [Self; 3] = [Self::AsTyped, Self::Composed, Self::Keys];
}

/// A word of a text, ready to be compared with many typed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedWord {
    /// Lower case, without apostrophes.
    pub lower: String,
    /// What two spellings of it share; see `form`.
    pub form: String,
    /// Without tones and marks.
    pub folded: String,
}

impl PreparedWord {
    /// Prepares one written word.
    pub fn new(written: &str) -> Self {
        Self { lower: plain_lower(written), form: form(written), folded: plain_folded(written) }
    }
}

/// A word of the vocabulary: all that answers depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VocabularyEntry {
    /// Folded as written: the token of the index.
    pub folded: String,
    /// What two spellings share, with tones and marks.
    pub form: String,
}

impl VocabularyEntry {
    /// Whether it carries neither tone nor mark.
    pub fn is_plain(&self) -> bool {
        self.form.chars().eq(self.form.chars().map(fold_char))
    }
}

/// One word as typed, ready to be compared.
#[derive(Clone, Debug)]
pub struct QueryWord {
    typed: String,
    prefix: bool,
    lower: String,
    form: String,
    folded: String,
    /// The other spelling of an open syllable in i or y, or of a number, folded: `my` and `mi`, `13` and `xiii`.
    twin: Option<String>,
    marked: bool,
    keys: Option<KeystrokeReading>,
}

/// A typed word taken as keystrokes.
#[derive(Clone, Debug)]
struct KeystrokeReading {
    squeezed: String,
    /// What they compose: letters without tone; none where they compose nothing.
    letters: Vec<char>,
    tone: Option<char>,
}

impl PartialEq for QueryWord {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed && self.prefix == other.prefix
    }
}

impl Eq for QueryWord {}

impl QueryWord {
    /// A word as typed; `prefix` where it may go on (the last word while typing). Text of several words gives the
    /// first.
    pub fn new(typed: &str, prefix: bool) -> Option<Self> {
        let canonical = canonical_text(typed);
        let word = words(&canonical).next()?;
        Some(Self::of(word.text, prefix))
    }

    /// A word of a canonical text, taken as typed.
    pub(crate) fn of(word: &str, prefix: bool) -> Self {
        let (lower, folded) = (plain_lower(word), plain_folded(word));
        let marked = lower != folded;
        let keys = (!marked).then(|| KeystrokeReading::of(&folded, prefix)).flatten();
        Self { typed: word.to_owned(), prefix, form: form(word), twin: twin(&folded), lower, folded, marked, keys }
    }

    /// The word as typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether it may go on.
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

    /// The same syllable spelled with the other of i and y, or the same number in the other way, folded: a whole token
    /// of the index.
    pub fn twin(&self) -> Option<&str> {
        self.twin.as_deref()
    }

    /// The beginning under which every text with an answer is listed (see `beginnings`), keystrokes left out; nothing
    /// where the word may not go on, or is longer than what is listed.
    pub fn beginning(&self) -> Option<String> {
        let (typed, longest) = if self.marked { (tone_normal(&self.lower), 1) } else { (self.folded.clone(), LISTED) };
        (self.prefix && typed.chars().count() <= longest).then_some(typed)
    }

    /// The key of the word taken as keystrokes; nothing where it cannot be keystrokes.
    pub fn squeezed(&self) -> Option<&str> {
        self.keys.as_ref().map(|keys| keys.squeezed.as_str())
    }

    /// How a word of a text answers, keystrokes left out.
    pub fn answers(&self, written: &str) -> Option<Tier> {
        // Most words of a text differ in their first letters, and are told apart without being prepared.
        let mut letters = written.chars().filter(|c| !is_silent(*c)).map(fold_char);
        let begins = self.folded.chars().all(|c| letters.next() == Some(c));
        let twin =
            || self.twin.as_ref().is_some_and(|twin| twin.len() <= written.len() && plain_folded(written) == *twin);
        let possible = if begins { self.prefix || letters.next().is_none() } else { twin() };
        if !possible {
            return None;
        }
        let lower = plain_lower(written);
        if self.marked && lower != self.lower {
            self.answers_prepared(&PreparedWord::new(written))
        } else {
            Some(self.plain_answer(&lower))
        }
    }

    /// The answer of a word that is known to be the same when folded.
    fn plain_answer(&self, lower: &str) -> Tier {
        if lower == self.lower { Tier::Exact } else { Tier::Folded }
    }

    /// How a prepared word answers, keystrokes left out.
    pub fn answers_prepared(&self, written: &PreparedWord) -> Option<Tier> {
        self.answers_as(written, self.prefix)
    }

    fn answers_as(&self, written: &PreparedWord, prefix: bool) -> Option<Tier> {
        let goes_on = written.folded.starts_with(&self.folded);
        let whole = goes_on && written.folded.len() == self.folded.len();
        let twin = self.twin.as_ref().is_some_and(|twin| *twin == written.folded);
        if !(whole || twin || prefix && goes_on) {
            None
        } else if self.marked && written.lower != self.lower {
            self.marked_answers(written, prefix)
        } else {
            Some(self.plain_answer(&written.lower))
        }
    }

    /// By the form alone, which is all that the cache's vocabulary knows of a word.
    fn marked_answers(&self, written: &PreparedWord, prefix: bool) -> Option<Tier> {
        if written.form == self.form {
            return Some(Tier::ToneNormal);
        }
        if !prefix {
            return None;
        }
        // Both placements of a tone begin the same words: `hòa` and `hoà` go on to neither `hoàng` nor `hoành`.
        if !written.form.starts_with(&tone_normal(&self.lower)) {
            return None;
        }
        Some(if written.form.starts_with(&self.lower) { Tier::Exact } else { Tier::ToneNormal })
    }

    /// Whether a word of that folded token and form answers, keystrokes left out.
    pub fn answers_entry(&self, entry: &VocabularyEntry) -> bool {
        let whole = entry.folded == self.folded || self.twin.as_ref().is_some_and(|twin| *twin == entry.folded);
        if !(whole || self.prefix && entry.folded.starts_with(&self.folded)) {
            return false;
        }
        let written =
            || PreparedWord { lower: entry.form.clone(), form: entry.form.clone(), folded: entry.folded.clone() };
        !self.marked || self.marked_answers(&written(), self.prefix).is_some()
    }

    /// Whether a folded word answers to this one taken as keystrokes.
    pub fn squeezed_answers(&self, folded: &str) -> bool {
        self.keys.is_some() && self.key_answers(&squeeze(folded))
    }

    /// Whether a word of that squeezed key answers to this one taken as keystrokes.
    pub fn key_answers(&self, key: &str) -> bool {
        self.keys.as_ref().is_some_and(
            |keys| {
                if self.prefix { key.starts_with(&keys.squeezed) } else { key == keys.squeezed }
            },
        )
    }

    /// Whether the word can be keystrokes that compose to a word with tones or marks.
    pub fn composes(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| !keys.letters.is_empty())
    }

    /// Whether the keystrokes compose to this very word, tones and marks included; marks and tone still to come are
    /// free while the word may go on.
    pub fn keystrokes_agree(&self, written: &PreparedWord) -> bool {
        let Some(KeystrokeReading { letters: typed, tone, .. }) = &self.keys else { return false };
        let Some((letters, said)) = take_apart(&written.form).filter(|_| !typed.is_empty()) else { return false };
        if self.prefix {
            let fits = |(t, l): (&char, &char)| t == l || *t == syllables::unmarked(*l);
            letters.len() >= typed.len() && typed.iter().zip(&letters).all(fits) && (tone.is_none() || *tone == said)
        } else {
            *typed == letters && *tone == said
        }
    }

    /// Whether they compose to exactly this word, as far as it was typed.
    pub fn keystrokes_are(&self, written: &PreparedWord) -> bool {
        let composed = self.keys.as_ref().zip(take_apart(&written.form));
        composed.is_some_and(|(keys, (letters, tone))| keys.letters == letters && keys.tone == tone)
    }

    /// How the word is read where these are all words that there are.
    pub fn reading(&self, all: &[VocabularyEntry]) -> WordReading {
        if self.keys.is_none() {
            return WordReading::AsTyped;
        }
        let answering = || all.iter().filter(|entry| self.answers_entry(entry));
        let composed = all.iter().any(|entry| self.composes_entry(entry));
        match () {
            () if answering().any(VocabularyEntry::is_plain) => WordReading::AsTyped,
            // Somebody's `Coỏng` does not hide all that `coong` composes.
            () if composed => WordReading::Composed,
            () if answering().next().is_some() => WordReading::AsTyped,
            () => WordReading::Keys,
        }
    }

    /// Whether the keystrokes compose to a word of that form.
    pub fn composes_entry(&self, entry: &VocabularyEntry) -> bool {
        let written = || PreparedWord { lower: String::new(), form: entry.form.clone(), folded: entry.folded.clone() };
        self.squeezed_answers(&entry.folded) && self.keystrokes_agree(&written())
    }

    /// Whether a word of a text answers, read so.
    pub fn answers_read(&self, reading: WordReading, written: &str) -> bool {
        match reading {
            WordReading::AsTyped => self.answers(written).is_some(),
            WordReading::Composed => {
                self.squeezed_answers(&plain_folded(written)) && self.keystrokes_agree(&PreparedWord::new(written))
            }
            WordReading::Keys => self.squeezed_answers(&plain_folded(written)),
        }
    }

    /// Whether the word, typed with more words after it, is at least the beginning of this one.
    pub fn begins(&self, written: &PreparedWord) -> bool {
        !self.prefix && self.answers_as(written, true).is_some()
    }

    /// The bytes of `written` that answered: all of it, or as many letters as were typed of a word that goes on.
    pub fn answered_len(&self, written: &str) -> usize {
        if !plain_folded(written).starts_with(&self.folded) {
            return written.len();
        }
        let typed = self.folded.chars().count();
        let mut seen = 0;
        for (at, c) in written.char_indices() {
            if is_silent(c) {
                continue;
            }
            if seen == typed {
                return at;
            }
            seen += 1;
        }
        written.len()
    }
}

impl KeystrokeReading {
    /// Nothing where they compose no word with a tone or mark that is a syllable, or that may become one where `open`:
    /// `boss` and `d'arc` are words of their own.
    fn of(folded: &str, open: bool) -> Option<Self> {
        let starts = folded.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts || !folded.is_ascii() || (has_digit(folded) && !digits_are_keys(folded)) {
            return None;
        }
        let squeezed = squeeze(folded);
        let Some(composed) = decode(folded, Method::Telex).or_else(|| decode(folded, Method::Vni)) else {
            // Minority names are no syllables, and spelled with and without đ: `Kddawm` is Kđăm and Kdăm.
            return folded.contains("dd").then(|| Self { squeezed, letters: Vec::new(), tone: None });
        };
        let (letters, tone) = take_apart(&form(&composed))?;
        let marked = tone.is_some() || letters.iter().any(|c| syllables::unmarked(*c) != *c);
        let syllable = if open { syllables::plausible(&letters) } else { syllables::may_be(&letters, tone) };
        (marked && syllable).then_some(Self { squeezed, letters, tone })
    }
}

/// Words that must stand side by side; one word is the usual case. The last may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPhrase {
    words: Vec<QueryWord>,
}

impl QueryPhrase {
    /// The words of typed text; nothing where there is none. `open`: the last word may go on.
    pub fn new(typed: &str, open: bool) -> Option<Self> {
        let canonical = canonical_text(typed);
        let texts: Vec<&str> = words(&canonical).map(|w: Written| w.text).collect();
        let last = texts.len().checked_sub(1)?;
        Some(Self { words: texts.iter().enumerate().map(|(i, w)| QueryWord::of(w, open && i == last)).collect() })
    }

    /// Its words, in order; never empty.
    pub fn words(&self) -> &[QueryWord] {
        &self.words
    }

    /// Whether the last word may go on.
    pub fn is_open(&self) -> bool {
        self.words.last().is_some_and(QueryWord::is_prefix)
    }

    /// Each of its words by itself.
    pub fn apart(&self) -> Vec<Self> {
        self.words.iter().map(|word| Self { words: vec![word.clone()] }).collect()
    }

    /// The same words, none of which may go on.
    #[must_use]
    pub fn closed(&self) -> Self {
        let words = self.words.iter().map(|w| QueryWord { prefix: false, ..w.clone() }).collect();
        Self { words }
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether the digits of a word can be keys of VNI rather than the number of a sign (`A80`, `E66`, `Su30`, `K9`): a
/// tone at most, no mark twice but that of ươ, and nothing that the word has no letter for (docs/domain.md §6.5, §6.6).
/// A letter with one digit is a sign too, but for `y1` (ý).
fn digits_are_keys(folded: &str) -> bool {
    let count = |wanted: &dyn Fn(u8) -> bool| folded.bytes().filter(|b| wanted(*b)).count();
    let digits = count(&|b| b.is_ascii_digit());
    let sign = digits == 1 && folded.len() == 2 && !folded.starts_with('y');
    let once = [b'6', b'8', b'9'].iter().all(|mark| count(&|b| b == *mark) <= 1) && count(&|b| b == b'7') <= 2;
    let spelled = decode(folded, Method::Vni).is_some_and(|word| !has_digit(&word));
    !sign && once && spelled && count(&|b| b == b'0') == 0 && count(&|b| (b'1'..=b'5').contains(&b)) <= 1
}

/// The form of a word that two spellings of it share: lower case, tone in its canonical place, open i for y.
/// Words that differ in a tone or mark have different forms.
pub fn form(word: &str) -> String {
    let lower = plain_lower(word);
    if lower.is_ascii() {
        return twin(&lower).filter(|_| lower.ends_with('y')).unwrap_or(lower);
    }
    let Some((mut letters, tone)) = take_apart(&lower) else { return tone_normal(&lower) };
    let folded: String = letters.iter().copied().map(fold_char).collect();
    if folded.ends_with('y')
        && twin(&folded).is_some()
        && let Some(last) = letters.last_mut()
    {
        *last = 'i';
    }
    syllables::render(&letters, tone)
}

/// Letters of the longest beginning of a folded word that texts are listed under: nearly every text has words that
/// begin with any one or two letters, and there are too many of those words to be looked up one by one.
const LISTED: usize = 2;

/// The beginnings that a word of that folded token and form answers to while they go on: its first letters folded, its
/// other spelling where that is as short, and its first letter where it has a tone or mark.
pub fn beginnings(folded: &str, form: &str) -> Vec<String> {
    let first = |count| Some(folded.chars().take(count).collect::<String>()).filter(|b| b.chars().count() == count);
    let marked = form.chars().next().filter(|c| fold_char(*c) != *c).map(String::from);
    let other = twin(folded).filter(|twin| twin.chars().count() <= LISTED);
    (1..=LISTED).filter_map(first).chain(other).chain(marked).collect()
}

/// The other spelling of an open syllable in i or y, or of a number (docs/domain.md §6.2), both folded.
fn twin(folded: &str) -> Option<String> {
    if let Some(number) = numeral::other(folded) {
        return Some(number.to_owned());
    }
    let (onset, other) = match folded.strip_suffix('y') {
        Some(onset) => (onset, 'i'),
        None => (folded.strip_suffix('i')?, 'y'),
    };
    matches!(onset, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "qu").then(|| format!("{onset}{other}"))
}

/// Folded as `words` folds: without apostrophes and marks that stand alone.
pub(super) fn plain_folded(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).map(fold_char).collect()
}

/// Lower case, without apostrophes and marks that stand alone.
fn plain_lower(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).collect()
}

/// Characters of a word that are no letter of their own.
fn is_silent(c: char) -> bool {
    is_apostrophe(c) || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::telex::syllables::all;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn answers(typed: &str, written: &str) -> bool {
        QueryWord::new(typed, false).unwrap().answers(written).is_some()
    }

    fn goes_on(typed: &str, written: &str) -> bool {
        QueryWord::new(typed, true).unwrap().answers(written).is_some()
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
                assert!(answers(typed, &written), "{typed} {written}");
            }
            for written in no {
                assert!(!answers(typed, written), "{typed} {written}");
            }
        }
    }

    #[test]
    fn a_word_that_goes_on_is_held_to_what_was_typed_of_it() {
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
                assert!(goes_on(typed, written), "{typed} {written}");
            }
            for written in no {
                assert!(!goes_on(typed, written), "{typed} {written}");
            }
        }
    }

    #[test]
    fn tiers_tell_how_closely() {
        let tier = |typed: &str, written: &str| QueryWord::new(typed, false).unwrap().answers(written);
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
        assert!(word("huwngf").squeezed_answers("hung") && word("hu7ng2").squeezed_answers("hung"));
        assert!(word("Kddawm").squeezed_answers("kdam"));
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
                let (letter, tone) = crate::text::syllable::split_tone(c);
                std::iter::once(letter).chain(tone)
            }).collect();
            for typed in [decomposed, half, a.to_uppercase()] {
                prop_assert!(answers(&typed, a) && answers(a, &crate::text::canonical::canonical_text(&typed)));
                // A syllable with a tone or mark answers to another one only where both are one form.
                if QueryWord::new(&typed, false).unwrap().is_marked() {
                    prop_assert_eq!(answers(&typed, b), form(a) == form(b));
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
