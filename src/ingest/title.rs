//! Titles of one line, and a title for a text whose headline is missing: the address of a page often ends in the
//! headline without diacritics (docs/domain.md §5.3). Titles made of kind, unit and period are left to `report`.

use super::title_tones::with_tones;
use crate::report::{Title, TitleOrigin};
use crate::text::canonical::canonical_text;
use crate::text::words::folded_words;
use std::collections::HashSet;

/// A part of an address with fewer words is the name of a section.
const MIN_SLUG_WORDS: usize = 4;

/// Titles are the same if they share this many tenths of their words.
const SAME_TENTHS: usize = 8;
/// Titles of fewer different words share half of them by chance.
const MIN_SHARED_WORDS: usize = 3;

/// A longer title is cut.
const MAX_TITLE_CHARS: usize = 300;

/// One canonical line of at most `MAX_TITLE_CHARS`. `None` if it has no letter or digit.
pub(super) fn line(text: &str) -> Option<String> {
    let joined = canonical_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = joined.chars().take(MAX_TITLE_CHARS).collect();
    cut.chars().any(char::is_alphanumeric).then_some(cut)
}

/// Whether two titles are of the same matter: one has the other in it, or they share half of the words of the shorter
/// one. Newsrooms shorten and reword the headline for search engines and social networks.
pub(super) fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (folded_words(one), folded_words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    // One or two words in a title are the name of a section.
    let is_section = short.split(' ').count() < MIN_SHARED_WORDS;
    if long.contains(short.as_str()) && (!is_section || short.len() * 2 >= long.len()) {
        return true;
    }
    let words: HashSet<&str> = long.split(' ').collect();
    let all: HashSet<&str> = short.split(' ').collect();
    let shared = all.iter().filter(|word| words.contains(*word)).count();
    all.len() >= MIN_SHARED_WORDS && shared * 2 >= all.len()
}

/// Whether two titles are the same but for a few words, such as a site's name or a label before them.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (folded_words(one), folded_words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.contains(short.as_str()) && short.len() * 2 >= long.len() {
        return !short.is_empty();
    }
    let (few, many): (HashSet<&str>, HashSet<&str>) = (short.split(' ').collect(), long.split(' ').collect());
    few.intersection(&many).count() * 10 >= few.union(&many).count() * SAME_TENTHS
}

/// The title in an address: its last part that reads like a headline (`khai-mac-hoi-thi-post12345.html`), with the
/// tones of the words that the text has too.
pub(super) fn from_address(url: &str, text: &str) -> Option<Title> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = path.split('/').skip(1).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    parts.reverse();
    let headline = parts.into_iter().find_map(headline_of_slug)?;
    Some(Title { text: with_tones(&headline, text), origin: TitleOrigin::Slug })
}

fn headline_of_slug(slug: &str) -> Option<String> {
    let stem = slug.rsplit_once('.').map_or(slug, |(stem, ending)| if is_ending(ending) { stem } else { slug });
    let mut words: Vec<&str> = stem.split(['-', '_']).filter(|word| !word.is_empty()).collect();
    while words.last().is_some_and(|word| is_article_number(word)) {
        words.pop();
    }
    if words.first().is_some_and(|word| is_article_number(word)) {
        words.remove(0);
    }
    let readable = words.iter().all(|word| word.chars().all(|c| c.is_ascii_alphanumeric()));
    if words.len() < MIN_SLUG_WORDS || !readable {
        return None;
    }
    let mut letters = words.join(" ");
    let first = letters.get(..1)?.to_ascii_uppercase();
    letters.replace_range(..1, &first);
    line(&letters)
}

fn is_ending(ending: &str) -> bool {
    (2..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_lowercase())
}

/// `836565`, `d101`, `post123456`: the site's number of the article. Four digits alone can be a year of the headline.
fn is_article_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len() - digits.len();
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all_digits && letters <= 4 && digits.len() >= if letters == 0 { 5 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(url: &str) -> Option<String> {
        from_address(url, "").map(|t| t.text)
    }

    #[test]
    fn a_slug_is_read_as_a_headline() {
        let url = "https://example.vn/tin-tuc/so-ket-cong-tac-6-thang-dau-nam-2025-836565";
        assert_eq!(title(url).as_deref(), Some("Sơ kết cong tac 6 tháng đầu năm 2025"));
        assert_eq!(
            title("http://example.vn/a/khai-mac-hoi-thao-quan-chung-post12345.html?x=1#y").as_deref(),
            Some("Khai mac hoi thao quan chung")
        );
        assert_eq!(from_address(url, "").map(|t| t.origin), Some(TitleOrigin::Slug));
    }

    #[test]
    fn titles_of_one_matter_share_words() {
        let headline = "Lữ đoàn 900 sơ kết công tác quý I năm 2026";
        for same in ["Lữ đoàn 900 sơ kết quý I", "LỮ ĐOÀN 900: sơ kết công tác quý I", headline] {
            assert!(agree(headline, same) && agree(same, headline), "{same}");
        }
        for other in ["Công tác", "Ý kiến của bạn", "Hội thao bắn súng ở Lữ đoàn 901", ""] {
            assert!(!agree(headline, other), "{other}");
        }
    }

    #[test]
    fn what_is_no_headline_is_left_out() {
        for url in ["https://example.vn", "https://example.vn/tin-tuc/", "https://example.vn/index.php?id=7", "", "://"]
        {
            assert_eq!(title(url), None, "{url}");
        }
    }
}
