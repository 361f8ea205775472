//! Decides which letters form a Vietnamese syllable, by tables of onsets and rimes and the rules that combine them
//! (docs/domain.md §6.5). `plausible` tests whether letters can still become a syllable, `is_syllable` whether they are
//! one; `all` lists every syllable.

use crate::text::tone_marks::{TONES, split_tone, with_tone};
use std::sync::OnceLock;

/// The consonants before the rime. `gi` and `qu` count as consonants before another vowel.
pub const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// The rimes (vowels with final consonant) as written, without tone.
pub const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im",
    "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat",
    "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oem", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc",
    "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua",
    "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui", "um", "un", "ung", "uơ", "uôc", "uôi", "uôm", "uôn",
    "uông", "uôt", "up", "ut", "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyp", "uyt", "uyu", "ư", "ưa", "ưc", "ưi",
    "ưm", "ưn", "ưng", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng",
    "yêt", "yêu", "ych", "yn", "ynh", "yt", "yu",
];

/// Whether `letters` (lower case, no tone) are a prefix of a syllable. A letter without a mark also matches the marked
/// letter, because its mark may be typed later: `nguye` is a prefix of `nguyên`.
pub fn plausible(letters: &[char]) -> bool {
    splits(letters).any(|(onset, rest)| {
        rest.is_empty() || RIMES.iter().any(|rime| fits(onset, rime) && is_prefix(rest, rime, true))
    }) || ONSETS.iter().any(|onset| is_prefix(letters, onset, true))
}

/// Whether `letters` (lower case, no tone) are a whole syllable, possibly after adding marks to some of them.
pub fn is_plain_syllable(letters: &[char]) -> bool {
    ONSETS.iter().any(|onset| {
        let Some((head, rest)) = letters.split_at_checked(onset.chars().count()) else { return false };
        let rime = |rime: &&str| rime.chars().count() == rest.len() && fits(onset, rime) && is_prefix(rest, rime, true);
        is_prefix(head, onset, true) && RIMES.iter().any(rime)
    })
}

/// `is_plain_syllable`, and the syllable can have that tone. No tone always passes: it may be typed later.
pub fn may_be(letters: &[char], tone: Option<char>) -> bool {
    (tone.is_none() || tone_fits(letters, tone)) && is_plain_syllable(letters)
}

/// Whether a syllable of these letters can have that tone: one that ends in c, ch, p or t has only sắc or nặng.
pub fn tone_fits(letters: &[char], tone: Option<char>) -> bool {
    let stopped = matches!(letters, [.., 'c' | 'p' | 't'] | [.., 'c', 'h']);
    !stopped || matches!(tone, Some('\u{301}' | '\u{323}'))
}

/// Whether `letters` (lower case, no tone) with `tone` are a whole syllable.
pub fn is_syllable(letters: &[char], tone: Option<char>) -> bool {
    tone_fits(letters, tone)
        && splits(letters).any(|(onset, rest)| {
            RIMES
                .iter()
                .any(|rime| is_prefix(rest, rime, false) && rest.len() == rime.chars().count() && fits(onset, rime))
        })
}

/// Every syllable of the tables with every tone it can have, tones in the old style; sorted. Computed once.
pub fn all() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut out = Vec::new();
        for onset in ONSETS {
            for rime in RIMES.iter().filter(|rime| fits(onset, rime)) {
                let letters: Vec<char> = onset.chars().chain(rime.chars()).collect();
                for tone in std::iter::once(None).chain(TONES.map(Some)) {
                    if is_syllable(&letters, tone) {
                        out.push(render(&letters, tone));
                    }
                }
            }
        }
        out.sort();
        out.dedup();
        out
    })
}

/// Writes `letters` with the tone on the right vowel (docs/domain.md §6.2, old style: `hòa`).
pub fn render(letters: &[char], tone: Option<char>) -> String {
    let place = tone.and_then(|_| tone_place(letters));
    letters
        .iter()
        .enumerate()
        .map(|(i, &c)| match tone {
            Some(tone) if place == Some(i) => with_tone(c, tone),
            _ => c,
        })
        .collect()
}

/// Returns the index of the letter that carries the tone mark; `None` if there is no vowel. A marked vowel takes it
/// (the last one, so `ơ` in `ươ`); otherwise the first of two final vowels (`hòa`), or the second if a consonant or a
/// third vowel follows (`hoàn`, `ngoài`).
pub fn tone_place(letters: &[char]) -> Option<usize> {
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let vowel = |i: usize| lower.get(i).is_some_and(|&c| is_vowel_letter(c));
    let onset = match lower.as_slice() {
        ['q', 'u', ..] | ['g', 'i', ..] if vowel(2) => 2,
        _ => 0,
    };
    let first = (onset..lower.len()).find(|&i| vowel(i))?;
    let end = (first..lower.len()).find(|&i| !vowel(i)).unwrap_or(lower.len());
    let marked = (first..end).rev().find(|&i| lower.get(i).is_some_and(|c| "ăâêôơư".contains(*c)));
    Some(match (marked, end - first) {
        (Some(at), _) => at,
        (None, 1) => first,
        (None, 2) if end == lower.len() => first,
        (None, _) => first + 1,
    })
}

/// Whether a letter without tone is a vowel, with or without mark.
pub fn is_vowel_letter(c: char) -> bool {
    matches!(c, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y')
}

/// Returns a letter without its mark: `ư` to `u`, `ơ` to `o`, `đ` to `d`.
pub fn unmarked(c: char) -> char {
    match c {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        'đ' => 'd',
        other => other,
    }
}

/// Returns the letters of a word in lower case without tone, and its tone; `None` if the word has two tones.
pub fn take_apart(word: &str) -> Option<(Vec<char>, Option<char>)> {
    let mut tone = None;
    let mut letters = Vec::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        let (letter, tone_mark) = split_tone_cached(c);
        if tone_mark.is_some() && tone.replace(tone_mark).is_some() {
            return None;
        }
        letters.push(letter);
    }
    Some((letters, tone.flatten()))
}

/// `split_tone`, from a table of the two code point ranges that contain all Vietnamese letters. Search splits thousands
/// of words for each key typed, and decomposing each letter by the Unicode tables would be too slow.
///
/// ```text
/// index 0                      0x1d0
///       U+0080 … U+024F        U+1E00 … U+1EFF
/// ```
fn split_tone_cached(c: char) -> (char, Option<char>) {
    static TABLE: OnceLock<Vec<(char, Option<char>)>> = OnceLock::new();
    let place = match u32::from(c) {
        n @ 0..0x80 => return (char::from_u32(n).unwrap_or(c), None),
        n @ 0x80..0x250 => n - 0x80,
        n @ 0x1e00..0x1f00 => n - 0x1e00 + (0x250 - 0x80),
        _ => return split_tone(c),
    };
    let all = || (0x80..0x250).chain(0x1e00..0x1f00).filter_map(char::from_u32).map(split_tone).collect();
    TABLE.get_or_init(all).get(place as usize).copied().unwrap_or((c, None))
}

/// All ways to split letters into an onset and the rest. There can be several: `gi` + `a`, `g` + `ia`.
fn splits(letters: &[char]) -> impl Iterator<Item = (&'static str, &[char])> {
    ONSETS.iter().filter_map(|onset| {
        let count = onset.chars().count();
        let (head, rest) = letters.split_at_checked(count)?;
        is_prefix(head, onset, false).then_some((*onset, rest))
    })
}

/// Whether `pattern` begins with `letters`. If `open`, a letter without a mark also matches the marked letter.
fn is_prefix(letters: &[char], pattern: &str, open: bool) -> bool {
    let mut pattern = pattern.chars();
    letters.iter().all(|&c| pattern.next().is_some_and(|p| p == c || (open && unmarked(p) == c)))
}

/// The spelling rules of consonants before vowels: `k gh ngh` before e ê i y, `c g ng` elsewhere, and what follows
/// `qu`.
fn fits(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    let glide = rime.starts_with("oa") || rime.starts_with("oă") || rime.starts_with("oe") || rime.starts_with('u');
    match onset {
        "c" | "ng" => !front,
        "k" | "gh" | "ngh" => front,
        "g" => !front || rime.starts_with('i'),
        "gi" => !rime.starts_with(['i', 'y']),
        "qu" => !glide && !rime.starts_with('ư') && !matches!(rime, "o" | "ô" | "u") && !rime.starts_with("oo"),
        "" => true,
        _ => !rime.starts_with('y') || rime == "y",
    }
}
