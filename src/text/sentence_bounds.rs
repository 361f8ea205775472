//! The sentence around a byte of a text. It is quoted as evidence of a fact. A sentence never crosses a line end.
//! A full stop after an abbreviation (`TP. Hồ Chí Minh`, `PGS.TS.`) or inside a number or date does not end it.

use std::ops::Range;

/// Returns the byte range of the sentence that contains byte `at`, without spaces around it. An `at` inside a character
/// counts as the character's first byte, one past the end of the text as its end. Empty if there is no sentence at that
/// byte.
pub fn around(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|b| text.is_char_boundary(*b)).unwrap_or(0);
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    let line_end = after.find('\n').map_or(text.len(), |n| at + n);
    let (mut start, mut end) = (line_start, line_end);
    let line = text.get(line_start..line_end).unwrap_or_default();
    for (n, sign) in line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
        let rest = line.get(n + sign.len_utf8()..).unwrap_or_default();
        let closing = rest.len() - rest.trim_start_matches(CLOSING).len();
        let stop = line_start + n + sign.len_utf8() + closing;
        if !ends_here(line, n, sign) {
            continue;
        }
        if stop <= at {
            start = stop;
        } else {
            end = stop;
            break;
        }
    }
    let words = text.get(start..end).unwrap_or_default();
    let start = start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// Returns the byte ranges of all sentences of `text`, in order, without the spaces between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        let mut start = 0;
        for (n, sign) in line.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
            let rest = line.get(n + sign.len_utf8()..).unwrap_or_default();
            let stop = n + sign.len_utf8() + rest.len() - rest.trim_start_matches(CLOSING).len();
            if stop > start && ends_here(line, n, sign) {
                all.extend(trimmed(line, line_start, start..stop));
                start = stop;
            }
        }
        all.extend(trimmed(line, line_start, start..line.len()));
        line_start += line.len() + 1;
    }
    all
}

/// The range of a line without the spaces at its ends, in bytes of the text in which the line begins at `line_start`.
/// `None` if nothing is left.
fn trimmed(line: &str, line_start: usize, range: Range<usize>) -> Option<Range<usize>> {
    let words = line.get(range.clone())?;
    let start = line_start + range.start + (words.len() - words.trim_start().len());
    (!words.trim().is_empty()).then(|| start..start + words.trim().len())
}

/// Signs after a full stop that still belong to the sentence.
const CLOSING: [char; 5] = ['”', '"', '»', ')', '.'];

/// Whether the sign at byte `n` of `line` ends a sentence. It does at the end of the line, or if a space and then a
/// capital, digit, quotation mark or bracket follow and the word before it is not an abbreviation. A capitalized word
/// of up to three letters before a full stop counts as an abbreviation.
fn ends_here(line: &str, n: usize, sign: char) -> bool {
    let rest = line.get(n + sign.len_utf8()..).unwrap_or_default();
    let rest = rest.trim_start_matches(CLOSING);
    let Some(next) = rest.strip_prefix(' ').map(str::trim_start) else { return rest.is_empty() };
    let begins = next.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"«(".contains(c));
    let word = line.get(..n).unwrap_or_default().rsplit([' ', '.', '(']).next().unwrap_or_default();
    let short = word.chars().count() <= 3 && word.chars().next().is_some_and(char::is_uppercase) && sign == '.';
    begins && !short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_stop_and_not_at_an_abbreviations() {
        let text = "Hội nghị họp tại TP. Hồ Chí Minh ngày 6.9.2018. PGS.TS. Lê Văn Thử dự. “Tốt!” Ông nói.\nDòng khác";
        let sentence = |word: &str| text.get(around(text, text.find(word).unwrap())).unwrap();
        assert_eq!(sentence("Hồ Chí"), "Hội nghị họp tại TP. Hồ Chí Minh ngày 6.9.2018.");
        assert_eq!(sentence("Thử"), "PGS.TS. Lê Văn Thử dự.");
        assert_eq!(sentence("nói"), "Ông nói.");
        assert_eq!(sentence("khác"), "Dòng khác");
    }

    #[test]
    fn the_sentences_of_a_text_are_those_around_their_bytes() {
        let text = "Họp tại TP. Hồ Chí Minh. “Tốt!” Ông nói... Hết\n\n  Dòng khác.  ";
        let all = sentences(text);
        let words: Vec<&str> = all.iter().map(|range| text.get(range.clone()).unwrap()).collect();
        assert_eq!(words, ["Họp tại TP. Hồ Chí Minh.", "“Tốt!”", "Ông nói...", "Hết", "Dòng khác."]);
        for range in all {
            assert_eq!(around(text, range.start), range);
        }
    }

    #[test]
    fn any_byte_is_taken() {
        let text = "Đại tá. Ở đây";
        for at in 0..40 {
            assert!(text.get(around(text, at)).is_some());
        }
        assert!(around("", 7).is_empty());
    }
}
