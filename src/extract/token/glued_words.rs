//! Words that a site has glued together when it dropped a line break or a link: `ôngLê Quang Hạo`, `tỉnhNguyễn`,
//! `Khảinhiệt liệt`. They are cut where both parts are Vietnamese syllables and nothing else can be meant. Names of
//! firms (`VinGroup`) and foreign names (`McCain`, `Mariano`) have no tones and stay whole.

use crate::extract::lexicon::WordSet;
use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::text::char_class::{is_a_with_breve, is_capital, is_only_vietnamese};
use crate::text::tone_marks::split_tone;

/// Whether a word ends before the capital at byte `at` of `rest`, which a small letter precedes. `plain` is the word so
/// far, in lower case.
pub(super) fn ends_before(plain: &str, rest: &str, at: usize) -> bool {
    // So much is no syllable. Without this, all before each capital of a text without blanks would be read again.
    if at > MOST_BYTES {
        return false;
    }
    if WordSet::RankEnd.words().contains(&plain) {
        return true;
    }
    let left = rest.get(..at).unwrap_or_default();
    let known = !plain.is_ascii() || WordSet::AddressOnly.words().contains(&plain);
    known && is_vietnamese(left) && is_vietnamese(next_word(rest.get(at..).unwrap_or_default()))
}

/// The two parts of a capitalised word that is two syllables glued together; `None` if it is no such word. It must have
/// letters that only Vietnamese has, or a tone in each part (`Léon` has neither), and there must be only one way to
/// cut. Lao names spelt as one word (`Khămtày`) have their tone, if any, behind a syllable with `ă`.
pub(super) fn split_glued(word: &str) -> Option<(&str, &str)> {
    let capital = word.starts_with(is_capital);
    if !capital || word.is_ascii() || word.len() > MOST_BYTES || is_vietnamese(word) {
        return None;
    }
    let fits = |at: usize| {
        let Some((left, right)) = word.split_at_checked(at) else { return false };
        let toned = |part: &str| part.chars().any(|c| split_tone(c).1.is_some());
        if !right.chars().next().is_some_and(char::is_lowercase) {
            return false;
        }
        let (first, second) = (toned(left), toned(right));
        (first || (second && !left.contains(is_a_with_breve)))
            && ((first && second) || word.chars().any(is_only_vietnamese))
            && is_vietnamese(left)
            && is_vietnamese(right)
    };
    let mut cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at > 0 && fits(*at));
    let cut = cuts.next()?;
    if cuts.next().is_some() { None } else { word.split_at_checked(cut) }
}

/// Two of the longest syllables, `nghiêng` with a tone.
const MOST_BYTES: usize = 24;

/// The letters up to the next capital or sign.
fn next_word(text: &str) -> &str {
    let end = text.char_indices().skip(1).find(|(_, c)| !c.is_lowercase()).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_cut_only_between_two_syllables_with_a_tone() {
        for (word, first) in [
            ("Khảinhiệt", "Khải"),
            ("Hạothời", "Hạo"),
            ("Thạovà", "Thạo"),
            ("Quýcùng", "Quý"),
            ("Lâmnhiệt", "Lâm"),
            ("Minhđã", "Minh"),
        ] {
            assert_eq!(split_glued(word).map(|parts| parts.0), Some(first), "{word}");
        }
        for word in [
            "Mariano",
            "Rơchâm",
            "Xiphănđon",
            "Êban",
            "Khămtày",
            "Kbuôr",
            "Sađuyn",
            "Thompson",
            "Hùng",
            "Léon",
            "Rémy",
            "Perú",
        ] {
            assert_eq!(split_glued(word), None, "{word}");
        }
    }

    #[test]
    fn a_capital_begins_a_word_behind_a_syllable() {
        let ends = |word: &str, left: &str| ends_before(&left.to_lowercase(), word, left.len());
        for (word, left) in
            [("ôngLê", "ông"), ("tỉnhNguyễn", "tỉnh"), ("táPark", "tá"), ("anhTuấn", "anh"), ("ĐàNẵng", "Đà")]
        {
            assert!(ends(word, left), "{word}");
        }
        for (word, left) in
            [("McCain", "Mc"), ("VinGroup", "Vin"), ("VietJet", "Viet"), ("ViệtJet", "Việt"), ("eBay", "e")]
        {
            assert!(!ends(word, left), "{word}");
        }
    }
}
