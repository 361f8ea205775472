//! Names of authors as pages, feeds and records state them: `By A and B`, `Bài: A - B`, an address, the outlet itself.
//! Gives the names of people only. Finding authors in a text is left to `paragraph_kinds::byline` and `extract`.

use super::markup_text;
use crate::extract::without_words_before;
use crate::text::words::folded_words;

/// Further names are not kept: a longer list is the staff.
const MAX_NAMES: usize = 8;
/// A longer value names no author.
const MAX_NAME_BYTES: usize = 80;
/// A longer value is no list of names but an account of who the author is.
const MAX_VALUE_BYTES: usize = 300;
/// Longer words before a colon are no label.
const MAX_LABEL_BYTES: usize = 40;
/// A longer list of words is no name.
const MAX_NAME_WORDS: usize = 6;
/// What stands between two names.
const BETWEEN: [&str; 11] = [",", ";", "|", "/", " and ", " und ", " và ", " & ", " – ", " - ", " et "];
/// Beginnings of names of newspapers, offices and the like, in lower case. With their tones: `Bảo` is a name.
const OUTLETS: [&str; 10] =
    ["báo ", "tạp chí ", "cổng ", "trang tin", "trang thông", "đài ", "ban biên tập", "phòng ", "thông tấn", "admin"];

/// Where the names of authors come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NameSource {
    /// A list of authors, which may be agencies: `dpa`.
    Data,
    /// A line for people, which may name anything.
    Line,
}

/// The authors that these values name, each once. `outlet` is the folded name of the publisher, who is the
/// author only where data say so.
pub(super) fn names(values: &[String], source: NameSource, outlet: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| value.len() <= MAX_VALUE_BYTES) {
        let plain = markup_text::text_of(value);
        for name in parted(without_label(&plain)) {
            let name = without_words_before(without_label(name));
            if is_author(name)
                && (source == NameSource::Data || is_person(name, outlet))
                && !found.iter().any(|known| folded_words(known) == folded_words(name))
            {
                found.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found.truncate(MAX_NAMES);
    found
}

/// The parts of a value that lists names.
fn parted(value: &str) -> Vec<&str> {
    let mut parts = vec![value];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.into_iter().flat_map(str::lines).map(str::trim).collect()
}

/// The names after `Bài, ảnh:` and the like.
fn without_label(names: &str) -> &str {
    match names.split_once(':') {
        Some((label, rest)) if label.len() <= MAX_LABEL_BYTES => rest.trim(),
        _ => names.trim(),
    }
}

/// Whether this can be an author: a short name that is no address.
fn is_author(name: &str) -> bool {
    let folded = folded_words(name);
    let is_address = name.contains(['@', '_', '#']) || name.contains("://") || name.contains("www.") || is_host(name);
    !folded.is_empty()
        && !is_address
        && name.split_whitespace().nth(MAX_NAME_WORDS).is_none()
        && name.len() <= MAX_NAME_BYTES
        && !OUTLETS.iter().any(|begin| name.to_lowercase().starts_with(begin))
}

/// Whether this has the form of a person's name and is not the outlet's: a few words without digits that begin with
/// capitals, or a name in a script without capitals.
fn is_person(name: &str, outlet: Option<&str>) -> bool {
    let is_bare = !name.contains(' ') && name.is_ascii();
    !is_bare
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.starts_with(char::is_lowercase)
        && outlet.is_none_or(|outlet| folded_words(name) != outlet)
}

/// `bao.example.vn`: a name of one word with a full stop inside and no space.
fn is_host(name: &str) -> bool {
    !name.contains(' ') && name.trim_end_matches('.').contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Vec<String> {
        names(&[value.to_owned()], NameSource::Line, Some("bao gia tuong"))
    }

    #[test]
    fn people_are_told_from_outlets_and_addresses() {
        assert_eq!(of("By Anna Muster and  Bob Beispiel"), ["Anna Muster", "Bob Beispiel"]);
        assert_eq!(of("Bài, ảnh: Mạc Đình Thi - Tạ Hoài"), ["Mạc Đình Thi", "Tạ Hoài"]);
        assert_eq!(of("Jean-Luc Exemple"), ["Jean-Luc Exemple"]);
        assert_eq!(of("T&#7841; Ho&agrave;i"), ["Tạ Hoài"]);
        for nobody in [
            "Báo Giả Tưởng",
            "https://bao.example.vn/tac-gia/7",
            "bao.example.vn",
            "admin",
            "Tạp chí Mẫu",
            "",
            "7 phút",
        ] {
            assert!(of(nobody).is_empty(), "{nobody}");
        }
    }
}
