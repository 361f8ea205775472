//! One typed word over several words of a name: initials (`dqh`), initials before the given name (`dqhung`), a name typed
//! without spaces (`dinhquochung`). A syllable of the language is a syllable first: of it only one letter for each word of
//! the whole name is taken for initials.

use super::index::{FinderIndex, IndexedPerson, IndexedWord};
use super::query::WordAnswers;
use super::skim;
use crate::search::matching::QueryWord;
use crate::text::fold::fold_char;
use crate::text::syllable::split_tone;

/// Where a typed word is spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct InitialsMatch {
    /// The first word of the name.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// Every word of them is typed whole.
    pub written_out: bool,
    /// One letter for each of them.
    pub one_each: bool,
}

/// No word is spread over more words of a name than this.
const MOST_WORDS: usize = 16;

/// How many letters each of some words side by side takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartLengths {
    letters: [u8; MOST_WORDS],
    words: usize,
}

impl PartLengths {
    /// In the order of the words.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.letters.iter().take(self.words).map(|letters| usize::from(*letters))
    }
}

/// A typed word over words of the name side by side, all that no other typed word took up to the next one taken or the
/// end: `dq` before `hung`.
pub(super) fn find(
    typed: &WordAnswers,
    register: &FinderIndex,
    entry: &IndexedPerson,
    used: u32,
) -> Option<InitialsMatch> {
    if !typed.may_be_spread() || skim::mask(typed.word.folded()) & !entry.mask != 0 {
        return None;
    }
    let free = |at: &usize| used >> (*at).min(31) & 1 == 0;
    let initial = typed.letters.first().copied().map(fold_char);
    let begins = |at: &usize| {
        let known = entry.name.get(*at).and_then(|word| register.word(*word));
        known.and_then(|known| known.letters.first()).copied().map(fold_char) == initial
    };
    (0..entry.name.len()).filter(free).filter(begins).find_map(|first| {
        let last = (first..entry.name.len()).take_while(free).last()? + 1;
        (first + 2..=last).rev().find_map(|end| {
            let words = entry.name.get(first..end)?;
            let lengths = lengths(&typed.letters, register, words, 0)?;
            let known = || words.iter().filter_map(|word| register.word(*word));
            let written_out =
                lengths.iter().zip(known()).filter(|(taken, known)| *taken == known.letters.len()).count();
            let spread = InitialsMatch {
                first,
                end,
                // Letters that stand for a name (`T.T. H`) are none written out.
                written_out: written_out == words.len() && known().any(|known| known.letters.len() > 1),
                one_each: lengths.iter().all(|taken| taken == 1),
            };
            let whole = first == 0 && end == entry.name.len();
            // Initials leave out no word; of a name without spaces more may be to come.
            let enough = end == last || written_out + 1 >= words.len();
            let meant = !typed.syllable || (whole && (spread.one_each || spread.written_out));
            (enough && meant).then_some(spread)
        })
    })
}

/// How many letters of the typed word begin each of those words, where it is spread over them.
pub(super) fn lengths_of(
    typed: &WordAnswers,
    register: &FinderIndex,
    entry: &IndexedPerson,
    spread: &InitialsMatch,
) -> Option<PartLengths> {
    lengths(&typed.letters, register, entry.name.get(spread.first..spread.end)?, 0)
}

/// How many letters begin each word, in order: all of it, its first letter or the consonants before its vowel, and of the
/// last word as many as there are. `before` words take letters that are not among these.
fn lengths(letters: &[char], register: &FinderIndex, words: &[u32], before: usize) -> Option<PartLengths> {
    let (word, others) = words.split_first()?;
    let known = register.word(*word)?;
    let most = letters.iter().zip(&known.letters).take_while(|(typed, known)| alike(**typed, **known)).count();
    let put = |mut lengths: PartLengths, taken: usize| {
        *lengths.letters.get_mut(before)? = u8::try_from(taken).ok()?;
        Some(lengths)
    };
    let means = |taken: &usize| letters.get(..*taken).is_some_and(|typed| means(typed, known));
    if others.is_empty() {
        let all = most > 0 && most == letters.len() && means(&most);
        return put(PartLengths { words: before + 1, ..PartLengths::default() }, most).filter(|_| all);
    }
    let taking = |taken: usize| put(lengths(letters.get(taken..)?, register, others, before + 1)?, taken);
    // Single letters first: `dtth` is rather Đào Thị Thanh Hạnh than Dương Tuấn Thọ.
    let one = Some(1).filter(|one| most > 0 && means(one)).and_then(taking);
    let longer = || {
        let longer = [known.onset, known.letters.len()].into_iter();
        longer.filter(|taken| (2..=most).contains(taken)).filter(means).find_map(taking)
    };
    one.or_else(|| (most > 1).then(longer).flatten())
}

/// Whether a typed letter may stand for one of a word, wherever in the word the tone was put (`thủy`, `thuỷ`).
fn alike(typed: char, known: char) -> bool {
    typed == known || typed == fold_char(known) || (!typed.is_ascii() && split_tone(typed).0 == split_tone(known).0)
}

/// Whether typed letters, each of which may, stand for the beginning of a word: what has a tone or mark is held to all of
/// it.
fn means(typed: &[char], known: &IndexedWord) -> bool {
    match typed {
        [one] => known.letters.first().is_some_and(|first| one == first || *one == fold_char(*first)),
        _ if typed.iter().all(char::is_ascii) => true,
        _ => QueryWord::of(&typed.iter().collect::<String>(), true).answers_prepared(&known.prepared).is_some(),
    }
}
