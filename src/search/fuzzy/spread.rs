//! One typed word over several words of a name: initials (`dqh`), initials before the given name (`dqhung`), a name typed
//! without spaces (`dinhquochung`). A syllable of the language is a syllable first: of it only one letter for each word of
//! the whole name is taken for initials.

use super::query::Typed;
use super::{Entry, Finder, score};
use crate::text::fold::fold_char;
use crate::text::telex::syllables::ONSETS;

/// Where a typed word is spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// The first word of the name.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// Every word of them is typed whole.
    pub written_out: bool,
    /// One letter for each of them.
    pub one_each: bool,
}

/// A typed word over words of the name side by side, all that no other typed word took up to the next one taken or the
/// end: `dq` before `hung`.
pub(super) fn find(typed: &Typed, finder: &Finder, entry: &Entry, used: u32) -> Option<Spread> {
    let folded = score::mask(typed.word.folded());
    // A syllable with its tone or marks is that syllable: `thằng` is no Thu Hằng.
    if typed.letters.len() < 2 || typed.toned_syllable || folded & !entry.mask != 0 {
        return None;
    }
    let free = |at: &usize| used >> (*at).min(31) & 1 == 0;
    let begins = |at: &usize| {
        let known = entry.name.get(*at).and_then(|word| finder.words.get(word.id as usize));
        let letter = known.and_then(|known| known.prepared.folded.chars().next());
        letter == typed.letters.first().copied().map(fold_char)
    };
    (0..entry.name.len()).filter(free).filter(begins).find_map(|first| {
        let last = (first..entry.name.len()).take_while(free).last()? + 1;
        (first + 2..=last).rev().find_map(|end| {
            let words = lower_words(finder, entry, first, end)?;
            let lengths = lengths(&typed.letters, &words)?;
            let written_out = lengths.iter().zip(&words).filter(|(len, word)| **len == word.chars().count()).count();
            let spread = Spread {
                first,
                end,
                // Letters that stand for a name (`T.T. H`) are none written out.
                written_out: written_out == words.len() && words.iter().any(|word| word.chars().nth(1).is_some()),
                one_each: lengths.iter().all(|len| *len == 1),
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
pub(super) fn lengths_of(typed: &Typed, finder: &Finder, entry: &Entry, spread: &Spread) -> Option<Vec<usize>> {
    lengths(&typed.letters, &lower_words(finder, entry, spread.first, spread.end)?)
}

/// Words of the name from one place to before another, in lower case.
fn lower_words<'a>(finder: &'a Finder, entry: &Entry, first: usize, end: usize) -> Option<Vec<&'a str>> {
    let names = entry.name.get(first..end)?;
    names.iter().map(|w| finder.words.get(w.id as usize).map(|known| known.prepared.lower.as_str())).collect()
}

/// How many letters begin each word, in order: all of it, its first letter or the consonants before its vowel, and of the
/// last word as many as there are.
fn lengths(letters: &[char], words: &[&str]) -> Option<Vec<usize>> {
    let (word, others) = words.split_first()?;
    let same = |(typed, known): &(&char, char)| **typed == *known || **typed == fold_char(*known);
    let most = letters.iter().zip(word.chars()).take_while(same).count();
    if others.is_empty() {
        return (most > 0 && most == letters.len()).then(|| vec![most]);
    }
    let taking = |taken: usize| {
        let mut rest = lengths(letters.get(taken..)?, others)?;
        rest.insert(0, taken);
        Some(rest)
    };
    // Single letters first: `dtth` is rather Đào Thị Thanh Hạnh than Dương Tuấn Thọ.
    let one = (most > 0).then(|| taking(1)).flatten();
    let longer = || {
        let lengths = [onset(word), word.chars().count()];
        lengths.into_iter().filter(|taken| (2..=most).contains(taken)).find_map(taking)
    };
    one.or_else(|| (most > 1).then(longer).flatten())
}

/// Letters of the consonants before the vowel, at least one.
fn onset(word: &str) -> usize {
    let folded: String = word.chars().map(fold_char).collect();
    let plain = |onset: &&&str| onset.is_ascii() && folded.starts_with(**onset);
    ONSETS.iter().filter(plain).map(|onset| onset.len()).max().unwrap_or(0).max(1)
}
