//! Who wrote and photographed, and where the text was taken from (docs/domain.md §5.3): `Tin, ảnh: …`, a lone name at
//! the end, `Nguồn: …`. Marks whole lines; the names in them are left to `extract`.

use super::line::SourceLine;
use super::set;
use crate::extract::lexicon;
use crate::report::ParagraphKind::{Byline, Source};
use crate::text::words::{folded_words, words};

/// Words before the colon of a byline, folded.
const HEADS: &[&str] = &[
    "tin",
    "bai",
    "anh",
    "tin anh",
    "tin va anh",
    "bai anh",
    "bai va anh",
    "tin bai",
    "tin bai anh",
    "tin bai va anh",
    "tac gia",
    "nguoi viet",
    "thuc hien",
    "phong vien",
    "nhom phong vien",
    "nhom pv",
    "pv",
    "ctv",
    "bien tap",
    "bien soan",
    "bien dich",
    "tong hop",
    "clip",
    "video",
    "do hoa",
    "anh va clip",
    "tin anh va clip",
    "tin video",
    "loi binh",
    "luoc dich",
    "noi dung va anh",
    "bai viet",
    "anh chup",
    "nguon anh",
    "cong tac vien",
];
/// Signatures that are no names, folded.
const SIGNATURES: &[&str] = &["pv", "ctv", "ttxvn", "vov", "vtv", "bbt", "ban bien tap", "nhom pv", "nhom phong vien"];
/// And have at most so many words.
const SIGNATURE_WORDS: usize = 3;
/// What follows the colon has at most so many characters.
const LONGEST_NAMES: usize = 100;
/// Under a lone name stand at most so many more lines.
const LINES_BELOW: usize = 5;
/// And none of them is longer than this, in characters.
const LONGEST_BELOW: usize = 200;
/// A source without address has at most so many words.
const SOURCE_WORDS: usize = 10;

/// Marks `Nguồn: …`, `Theo …` and lines that are an address.
pub(super) fn mark_sources(lines: &mut [SourceLine<'_>]) {
    let count = lines.len();
    for (nth, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.is_open()) {
        let named = line.begins_with("nguon") && head(line.text).is_some_and(|(head, _)| head.starts_with("nguon"));
        let is_address = line.text.starts_with("http://") || line.text.starts_with("https://");
        let bracketless = line.text.trim_start_matches('(').trim_end_matches(')');
        let taken = nth + 3 >= count
            && nth > 0
            && bracketless.starts_with("Theo ")
            && !line.ends_a_sentence()
            && words(line.text).take(SOURCE_WORDS + 1).count() <= SOURCE_WORDS;
        if (named && !line.begins_with("nguon anh")) || (is_address && !line.text.contains(' ')) || taken {
            set(line, Source);
        }
    }
}

/// Marks lines such as `Tin, ảnh: …`.
pub(super) fn mark_heads(lines: &mut [SourceLine<'_>]) {
    for line in lines.iter_mut().filter(|line| line.is_open()) {
        if let Some((head, names)) = head(line.text)
            && HEADS.contains(&head.as_str())
            && (is_names(names) || (head.ends_with("anh") && is_agency(names)))
        {
            set(line, Byline);
        }
    }
}

/// Marks a name, or an author with rank and post, that stands alone under the text.
pub(super) fn mark_lone_names(lines: &mut [SourceLine<'_>]) {
    let mut below = 0;
    for line in lines.iter_mut().skip(1).rev() {
        if line.is_open() && (is_lone_name(line.text) || is_author(line)) {
            set(line, Byline);
        } else if line.is_open() {
            below += 1;
        }
        if below > LINES_BELOW || line.chars_up_to(LONGEST_BELOW) > LONGEST_BELOW {
            break;
        }
    }
}

/// The folded words before the first colon, and what follows it.
fn head(line: &str) -> Option<(String, &str)> {
    let (head, rest) = line.split_once(':')?;
    (head.len() <= 60).then(|| (folded_words(head), rest.trim()))
}

/// Whether this could be names: short, no sentence, mostly capital letters at the words' beginnings.
fn is_names(text: &str) -> bool {
    if text.chars().take(LONGEST_NAMES + 1).count() > LONGEST_NAMES || text.is_empty() {
        return false;
    }
    let all = words(text).count();
    let capital = words(text).filter(|w| w.text.starts_with(char::is_uppercase)).count();
    capital * 2 >= all && capital > 0
}

/// Whether this could be who gave the photographs: short and no sentence.
fn is_agency(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.len() <= LONGEST_NAMES && !text.contains(['.', ';', ':'])
}

/// `KIM ANH`, `Hoàng Nam`, `TUẤN SƠN (thực hiện)`, `VĂN A - THỊ B`.
fn is_lone_name(text: &str) -> bool {
    let bare = text.split_once('(').map_or(text, |(name, note)| if note.ends_with(')') { name } else { text }).trim();
    let is_brief = words(bare).nth(SIGNATURE_WORDS).is_none();
    if is_brief && SIGNATURES.contains(&folded_words(bare).as_str()) {
        return true;
    }
    let parts = bare.split([',', '-', '–', '/', '&']).flat_map(|part| part.split(" và "));
    let parts: Vec<&str> = parts.take(5).collect();
    !bare.is_empty() && parts.len() <= 4 && parts.iter().all(|part| is_name(part.trim()))
}

fn is_name(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let parts: Vec<&str> = text.split([' ', '.']).filter(|part| !part.is_empty()).take(5).collect();
    if !(2..=4).contains(&parts.len()) {
        return false;
    }
    let all_caps = !text.chars().any(char::is_lowercase);
    let titled = |part: &&str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_alphabetic() && (all_caps || c.is_lowercase()))
    };
    parts.iter().all(titled)
}

/// `Đại tá NGUYỄN VĂN A, Chủ nhiệm …`: a rank and a name in capitals, ending no sentence.
fn is_author(line: &SourceLine<'_>) -> bool {
    if line.ends_a_sentence() || line.chars_up_to(LONGEST_BELOW) > LONGEST_BELOW {
        return false;
    }
    let ranked = lexicon::ranks().iter().find_map(|rank| line.text.strip_prefix(rank.name));
    let Some(rest) = ranked else { return false };
    let name: Vec<&str> = rest.split([',', '(']).next().unwrap_or_default().split_whitespace().collect();
    (2..=5).contains(&name.len()) && name.iter().all(|w| w.chars().all(char::is_uppercase))
}
