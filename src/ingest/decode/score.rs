//! How much of a decoded text is Vietnamese: the share of its marked words that are syllables of the language. Bytes
//! decoded by the wrong table give letters, but hardly ever syllables, so that the right table stands out clearly.
//! Words of plain ASCII letters are the same in every encoding and count neither way.

use super::super::prefix;
use super::legacy::is_common_word;
use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::text::canonical::canonical_text;

/// Words longer than any syllable are counted as wrong without being looked up.
const MAX_WORD_BYTES: usize = 32;
/// Text after this many bytes is not scored.
const SAMPLE_BYTES: usize = 64 << 10;

/// What a decoded text is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SyllableScore {
    /// Words with a letter that is not ASCII, or with a sign that no encoding of a text has.
    pub marked: usize,
    /// Those of them that are Vietnamese syllables.
    pub syllables: usize,
    /// Those of them that are common in reports.
    pub common: usize,
}

impl SyllableScore {
    /// Scores the beginning of a text in any normal form.
    pub fn of(text: &str) -> Self {
        let text = canonical_text(prefix(text, SAMPLE_BYTES));
        let mut score = Self::default();
        for word in text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_ascii()) {
            score.marked += 1;
            if is_syllable(word) {
                score.syllables += 1;
                score.common += usize::from(is_common_word(&word.to_lowercase()));
            }
        }
        score
    }

    /// The share of syllables among the marked words, in percent.
    pub fn percent(self) -> usize {
        (self.syllables * 100).checked_div(self.marked).unwrap_or(0)
    }
}

/// Letters, and the signs that a wrong table leaves inside of words: `Ä‘`, `á»`, U+FFFD.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{a1}'..='\u{bf}' | '\u{2c6}' | '\u{2dc}' | '\u{fffd}')
}

/// Whether a word is one syllable in one of the three usual cases: `hội`, `Hội`, `HỘI`. In a text decoded by the wrong
/// table, capitals stand in the middle of words.
fn is_syllable(word: &str) -> bool {
    if word.len() > MAX_WORD_BYTES || !is_vietnamese(word) {
        return false;
    }
    let mut rest = word.chars();
    rest.next();
    let rest = rest.as_str();
    rest.chars().all(char::is_lowercase) || !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_letters() {
        let score = SyllableScore::of("Đại tá Lò Văn Thử phát biểu tại hội nghị ở Orléans");
        assert_eq!((score.marked, score.syllables, score.percent()), (12, 11, 91));
        assert!(score.common >= 3);
        assert_eq!(SyllableScore::of("\u{a7}¹i t¸ Lß V¨n").syllables, 0);
        assert_eq!(SyllableScore::of("Äáº¡i tÆ°á»›ng hÔi"), SyllableScore { marked: 3, syllables: 0, common: 0 });
        assert_eq!(SyllableScore::of("plain words only"), SyllableScore::default());
    }
}
