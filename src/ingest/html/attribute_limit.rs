//! A page with at most so many attributes on a tag. The tokenizer compares each attribute of a tag with those before it,
//! which is quadratic; so what is too much is taken out before it sees the page. Linear, and free where nothing is.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// More attributes than this on one tag are dropped.
const MOST: usize = 256;
/// Elements whose content is no markup: what looks like a tag in them is none.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The page without the attributes that are too many, and how many tags had such.
pub(super) fn bound(page: &str) -> (Cow<'_, str>, usize) {
    let cuts = cuts(page.as_bytes());
    if cuts.is_empty() {
        return (Cow::Borrowed(page), 0);
    }
    let mut out = String::with_capacity(page.len());
    let mut at = 0;
    for (start, end) in &cuts {
        out.push_str(page.get(at..*start).unwrap_or_default());
        at = *end;
    }
    out.push_str(page.get(at..).unwrap_or_default());
    (Cow::Owned(out), cuts.len())
}

/// Byte ranges to leave out; they begin at an attribute's name and end at `>`, both ASCII.
fn cuts(page: &[u8]) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(found) = page.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let tag = at + found + 1;
        let rest = page.get(tag..).unwrap_or_default();
        at = if rest.starts_with(b"!--") {
            memmem::find(rest, b"-->").map_or(page.len(), |end| tag + end)
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) || is_end_tag(rest) {
            let end = scan_tag(page, tag, &mut cuts);
            raw_end(page, rest, end)
        } else {
            tag
        };
    }
    cuts
}

fn is_end_tag(rest: &[u8]) -> bool {
    rest.first() == Some(&b'/') && rest.get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Where the content of a raw element ends; `end` where this is none.
fn raw_end(page: &[u8], tag: &[u8], end: usize) -> usize {
    let name_end = tag.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let name = tag.get(..name_end).unwrap_or_default();
    let Some(raw) = RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw.as_bytes())) else { return end };
    let mut at = end;
    while let Some(found) = page.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        at += found + 2;
        if page.get(at..at + raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes())) {
            return at;
        }
    }
    page.len()
}

/// The end of the tag whose name begins at `at`; what is too much in it is put down in `cuts`.
fn scan_tag(page: &[u8], mut at: usize, cuts: &mut Vec<(usize, usize)>) -> usize {
    let skip = |from: usize, what: fn(u8) -> bool| {
        let rest = page.get(from..).unwrap_or_default();
        from + rest.iter().position(|b| !what(*b)).unwrap_or(rest.len())
    };
    let is_gap = |b: u8| b.is_ascii_whitespace() || b == b'/';
    let in_name = |b: u8| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>');
    let in_attribute = |b: u8| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=');
    let unquoted = |b: u8| !b.is_ascii_whitespace() && b != b'>';
    let space = |b: u8| b.is_ascii_whitespace();
    at = skip(skip(at, |b| b == b'/'), in_name);
    let (mut count, mut cut) = (0, None);
    loop {
        at = skip(at, is_gap);
        match page.get(at) {
            None | Some(b'>') => break,
            Some(_) => count += 1,
        }
        if count == MOST + 1 {
            cut = Some(at);
        }
        // An attribute's name may begin with `=`.
        at = skip(at + 1, in_attribute);
        let equals = skip(at, space);
        if page.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(equals + 1, space);
        at = match page.get(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = page.get(value + 1..).unwrap_or_default();
                memchr(*quote, rest).map_or(page.len(), |end| value + 1 + end + 1)
            }
            _ => skip(value, unquoted),
        };
    }
    if let Some(start) = cut {
        cuts.push((start, at.min(page.len())));
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn ordinary_pages_are_left_alone() {
        let page = "<p class='a' id=b disabled>x <!-- <p a b c> --> 1 < 2 <script>if (a<b) { '</p>' }</script></p>";
        assert!(matches!(bound(page), (Cow::Borrowed(_), 0)));
    }

    #[test]
    fn attributes_beyond_the_limit_go() {
        let mut page = String::from("<p");
        for n in 0..300 {
            write!(page, " a{n}=\"v>\"").unwrap();
        }
        page.push_str(">chữ</p>");
        let (bounded, tags) = bound(&page);
        assert_eq!(tags, 1);
        assert!(bounded.contains("a255=") && !bounded.contains("a256="), "{bounded}");
        assert!(bounded.ends_with(">chữ</p>"));
    }

    #[test]
    fn unclosed_things_end_with_the_page() {
        for page in ["<", "<p", "<p a='", "<!--", "<script>", "</", "<p =", "<title></titl"] {
            assert_eq!(bound(page).0, page);
        }
        let endless = format!("<p {}", "a ".repeat(1000));
        assert!(bound(&endless).0.len() < endless.len());
    }
}
