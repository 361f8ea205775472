//! Which states a foreign name can be of by its spelling. Chinese, Korean and Japanese names are written in syllables
//! of few sounds: a word such as `Scott` or `Brown` is in none of them. A report about Korea that quotes an admiral of
//! that name must not make him a Korean. Names with `al-`, `bin` or `Abdul` are of the Arab and other Muslim states: a
//! report on what the United States do in one of them must not make its officers Americans.

use super::super::cursor::TokenCursor;
use super::super::function_words::JAPAN;
use super::super::lexicon::WordSet;
use super::super::name_run::{NameRun, is_foreign};

/// The consonants that begin a syllable in the usual romanisations of Chinese, Korean and Japanese.
const ONSETS: &[&str] = &[
    "b", "by", "c", "ch", "chh", "d", "f", "g", "gw", "gy", "h", "hs", "hw", "hy", "j", "k", "kh", "kk", "kw", "ky",
    "l", "m", "my", "n", "ny", "p", "ph", "py", "q", "r", "ry", "s", "sh", "ss", "t", "th", "ts", "tt", "tz", "w", "x",
    "y", "z", "zh",
];

/// The consonants that end one.
const CODAS: &[&str] = &["b", "g", "h", "k", "l", "m", "n", "ng", "p", "r", "rk", "t"];

/// Whether the spelling of the name lets it be of the state.
pub fn can_be_of(r: &TokenCursor<'_>, name: NameRun, country: &str) -> bool {
    let arabic = |at: usize| r.is_in(at, WordSet::ArabicPart) && (r.is_lower(at) || at == name.start);
    if (name.start..name.end).any(arabic) {
        return WordSet::ArabicNames.words().contains(&country.to_lowercase().as_str());
    }
    let written_so = WordSet::SyllabicNames.words().contains(&country.to_lowercase().as_str());
    // Names in Vietnamese syllables may be those of any of these states.
    let japanese = country == JAPAN;
    let spelled_so = |word: &str| is_syllabic(word) && (!japanese || ends_like_japanese(word));
    let fits = |at: usize| r.is_dash(at) || !is_foreign(r, at) || spelled_so(r.lower_word(at));
    !written_so || (name.start..name.end).all(fits)
}

/// Whether a word ends as Japanese ones do: in a vowel or `n`, and in `h` for a long vowel (`Itoh`).
fn ends_like_japanese(word: &str) -> bool {
    word.len() < 2 || word.ends_with(['a', 'e', 'i', 'o', 'u', 'n', 'h'])
}

/// Whether a word in small letters can be one or more such syllables. Words with other letters are left alone: they may
/// be Vietnamese spellings of such names.
fn is_syllabic(word: &str) -> bool {
    if !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return true;
    }
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let groups: Vec<&str> = word.split(is_vowel).filter(|group| !group.is_empty()).collect();
    let begins = word.starts_with(|letter: char| !is_vowel(letter));
    let ends = word.ends_with(|letter: char| !is_vowel(letter));
    groups.iter().enumerate().all(|(n, group)| match (n == 0 && begins, n + 1 == groups.len() && ends) {
        // A word without a vowel is an initial, or `Ng`.
        (true, true) => true,
        (true, false) => ONSETS.contains(group),
        (false, true) => CODAS.contains(group) || *group == "y",
        (false, false) => is_between_vowels(group),
    })
}

/// Whether consonants between two vowels are an onset, or a coda with an onset behind it.
fn is_between_vowels(group: &str) -> bool {
    ONSETS.contains(&group)
        || (1..group.len())
            .filter_map(|at| group.split_at_checked(at))
            .any(|(coda, onset)| (CODAS.contains(&coda) || coda == "y") && ONSETS.contains(&onset))
}

#[cfg(test)]
mod tests {
    use super::is_syllabic;

    #[test]
    fn words_of_few_sounds_can_be_chinese_korean_or_japanese() {
        for word in
            ["weiling", "kyung", "hwang", "jinping", "onodera", "shinzo", "park", "tsai", "hsiao", "ryong", "li"]
        {
            assert!(is_syllabic(word), "{word}");
        }
        for word in ["scott", "brown", "harris", "dunford", "vincent", "petrov", "smith", "frank", "josdy"] {
            assert!(!is_syllabic(word), "{word}");
        }
    }
}
