//! Gives the words of a headline that was taken from an address (`so ket cong tac dang`) their tones back: from the
//! text's own words, where two or more of them stand there in the same order, from the meanings of its abbreviations,
//! and from the names of kinds of reports.
//! A word alone is left as it is: one syllable without tones can be six words, and a wrong one is worse than none.

use crate::extract::lexicon::{TableClass, lexicon};
use crate::extract::spelled_out;
use crate::text::words::{folded_words, words};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// The most words of a text that are searched; the words of a headline stand in its first paragraphs.
const MOST_WORDS: usize = 20_000;

/// The words of a headline without tones, with those that the text has. Its first letter is a capital.
pub(super) fn with_tones(headline: &str, text: &str) -> String {
    let plain: Vec<&str> = headline.split(' ').collect();
    let bare: Vec<String> = plain.iter().map(|word| folded_words(word)).collect();
    let text = with_abbreviations_written_out(text);
    let source = SourceWords::read(&text, &bare);
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < bare.len() {
        let toned = source.longest(&bare, at).or_else(|| kind_at(&bare, at));
        if let Some((words, form)) = toned {
            out.push(form);
            at += words;
        } else {
            out.extend(plain.get(at).map(|word| word.to_lowercase()));
            at += 1;
        }
    }
    capitalised(&out.join(" "))
}

/// The text and, one a line, the meanings of its abbreviations that have one: where it writes `CTĐ`, its headline may
/// have `công tác đảng`.
fn with_abbreviations_written_out(text: &str) -> String {
    let mut meanings: Vec<String> = Vec::new();
    for word in words(text).take(MOST_WORDS) {
        let written = text.get(word.start..word.end()).unwrap_or_default();
        let is_short = written.chars().filter(|letter| letter.is_uppercase()).count() > 1;
        let meaning = is_short.then(|| spelled_out(written)).flatten();
        meanings.extend(meaning.filter(|meaning| !meanings.contains(meaning)));
    }
    meanings.iter().fold(text.to_owned(), |text, meaning| text + "\n" + meaning)
}

/// The words of a text that the headline may have.
struct SourceWords<'a> {
    text: &'a str,
    /// Bytes of each word.
    spans: Vec<Range<usize>>,
    folded: Vec<String>,
    /// By folded word of the headline, the numbers of the text's words that are spelled so.
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> SourceWords<'a> {
    fn read(text: &'a str, wanted: &'a [String]) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = wanted.iter().map(|word| (word.as_str(), Vec::new())).collect();
        let (mut spans, mut folded) = (Vec::new(), Vec::new());
        for (number, word) in words(text).take(MOST_WORDS).enumerate() {
            let plain = word.folded();
            if let Some(numbers) = places.get_mut(plain.as_str()) {
                numbers.push(number);
            }
            spans.push(word.start..word.end());
            folded.push(plain);
        }
        Self { text, spans, folded, places }
    }

    /// The longest run of words from `at` that the text has too, of at least two words, in the spelling that the text
    /// has most often; of equal ones the one with the fewest capitals.
    fn longest(&self, bare: &[String], at: usize) -> Option<(usize, String)> {
        let places = self.places.get(bare.get(at)?.as_str())?;
        let length = places.iter().map(|place| self.common(bare, at, *place)).max().filter(|length| *length >= 2)?;
        let mut forms: HashMap<String, (usize, String)> = HashMap::new();
        for place in places.iter().filter(|place| self.common(bare, at, **place) == length) {
            let Some(form) = self.form(*place, length) else { continue };
            let entry = forms.entry(form.to_lowercase()).or_insert_with(|| (0, form.clone()));
            entry.0 += 1;
            if capitals(&form) < capitals(&entry.1) {
                entry.1 = form;
            }
        }
        let best = forms.into_iter().max_by_key(|(small, (count, _))| (*count, Reverse(small.clone())))?;
        Some((length, best.1.1))
    }

    /// The number of words that the headline from `at` and the text from `place` have in common, within one clause.
    fn common(&self, bare: &[String], at: usize, place: usize) -> usize {
        let mut length = 0;
        while let (Some(word), Some(found)) = (bare.get(at + length), self.folded.get(place + length)) {
            let joined = length == 0 || self.joins(place + length);
            if word != found || !joined {
                break;
            }
            length += 1;
        }
        length
    }

    /// Whether only a space, or a dash between spaces, is between the word and the one before. A hyphen alone joins the
    /// words of the address itself, which stands in many texts.
    fn joins(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.spans.get(before));
        let (Some(before), Some(here)) = (before, self.spans.get(place)) else { return false };
        let between = self.text.get(before.end..here.start).unwrap_or_default();
        matches!(between, " " | " - " | " – ")
    }

    fn form(&self, place: usize, length: usize) -> Option<String> {
        let (first, last) = (self.spans.get(place)?, self.spans.get(place + length - 1)?);
        self.text.get(first.start..last.end).map(str::to_owned)
    }
}

/// The name of a kind of reports at a word of the headline: `so ket` is `sơ kết`.
fn kind_at(bare: &[String], at: usize) -> Option<(usize, String)> {
    let rest = bare.get(at..)?.join(" ");
    let fits = |form: &&str| {
        let folded = folded_words(form);
        folded.contains(' ')
            && rest.strip_prefix(folded.as_str()).is_some_and(|tail| tail.is_empty() || tail.starts_with(' '))
    };
    // Only the name itself: some variants are spelled like other words without tones (`hội thao`, `hội thảo`).
    let forms = lexicon().rows_of(TableClass::Kind).filter_map(|row| row.forms.first().copied());
    let form = forms.filter(fits).max_by_key(|form| form.len())?;
    Some((words(form).count(), form.to_lowercase()))
}

fn capitals(form: &str) -> usize {
    form.chars().filter(|c| c.is_uppercase()).count()
}

fn capitalised(headline: &str) -> String {
    let mut letters = headline.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_together_in_the_text_get_its_tones() {
        for (headline, text, wanted) in [
            (
                "Tong cuc khi hau so ket cong tac dang",
                "Theo báo cáo, Tổng cục Khí hậu làm tốt công tác đảng. Công tác Đảng được coi trọng.",
                "Tổng cục Khí hậu sơ kết công tác đảng",
            ),
            (
                "Thuong tuong ta van hoai tham lu doan 72",
                "Thượng tướng Tạ Văn Hoài đến Lữ đoàn 72.",
                "Thượng tướng Tạ Văn Hoài tham Lữ đoàn 72",
            ),
            (
                "Quan khu 10 so ket cong tac dang cong tac chinh tri",
                "Hoạt động CTĐ, CTCT của QK10 được triển khai.",
                "Quân khu 10 sơ kết công tác đảng công tác chính trị",
            ),
            ("Ma tuy va toi pham", "Tổ quốc. Mà tùy anh. Ma túy, tội phạm. Ma túy hại người.", "Ma túy va tội phạm"),
        ] {
            assert_eq!(with_tones(headline, text), wanted);
        }
    }

    #[test]
    fn a_word_alone_and_words_of_two_sentences_stay_as_they_are() {
        assert_eq!(with_tones("Chien thang lon", "Tháng trước. Thắng. Chiến. Thắng lợi."), "Chien thang lon");
        assert_eq!(with_tones("Bo doi giup dan", "Bộ\nđội. Giúp. Dân."), "Bo doi giup dan");
        assert_eq!(with_tones("Bo doi giup dan", "Nguồn: https://a.vn/BO-DOI-giup-dan"), "Bo doi giup dan");
        assert_eq!(with_tones("", "Bộ đội."), "");
    }
}
