//! Limits the number of attributes of a tag. html5ever's tokenizer compares each attribute with all earlier ones of its
//! tag to drop duplicates, which is quadratic: a page of some megabytes can have a tag with millions of attributes, and
//! would take hours. So surplus attributes are cut out of the page before the tokenizer sees it.
//!
//! To find the tags, this scans the page as the tokenizer would: past comments, and past scripts and other raw content,
//! where `<` begins no tag. The scan is one pass over the bytes, and a page without surplus is not copied.
//!
//! ```text
//! <p a0="1" a1="2" … a255="3" a256="4" a257="5">text
//!  ▲ count: 1 … 256           ▲ count 257: cut begins  ▲ cut ends before `>`
//! ```

use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

/// Further attributes of a tag are cut out. Far more than any page needs, and few enough to compare with each other.
const MAX_ATTRIBUTES: usize = 256;
/// Elements whose content is no markup: what looks like a tag in them is none. Must agree with `elements::raw_kind`.
const RAW_ELEMENTS: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A page whose tags have at most `MAX_ATTRIBUTES`.
pub(super) struct LimitedPage<'a> {
    pub markup: Cow<'a, str>,
    /// Number of tags that had more.
    pub cut_tags: usize,
}

/// Cuts surplus attributes out of a page.
pub(super) fn limit_attributes(page: &str) -> LimitedPage<'_> {
    let cuts = cuts(page.as_bytes());
    if cuts.is_empty() {
        return LimitedPage { markup: Cow::Borrowed(page), cut_tags: 0 };
    }
    let mut out = String::with_capacity(page.len());
    let mut at = 0;
    for cut in &cuts {
        out.push_str(page.get(at..cut.start).unwrap_or_default());
        at = cut.end;
    }
    out.push_str(page.get(at..).unwrap_or_default());
    LimitedPage { markup: Cow::Owned(out), cut_tags: cuts.len() }
}

/// Byte ranges to leave out, in order. Each begins at the first byte of an attribute's name, which follows white space
/// or `/`, and ends at `>` or the page's end: all ASCII, so that no character is split.
fn cuts(page: &[u8]) -> Vec<Range<usize>> {
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

/// Position at which the scan continues after a tag that ended at `end`: there, or at the end tag of a raw element.
fn raw_end(page: &[u8], tag: &[u8], end: usize) -> usize {
    let name_end = tag.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let name = tag.get(..name_end).unwrap_or_default();
    let Some(raw) = RAW_ELEMENTS.iter().find(|raw| name.eq_ignore_ascii_case(raw.as_bytes())) else { return end };
    // `<title/>` of a drawing.
    if *raw == "title" && end.checked_sub(1).and_then(|last| page.get(last)) == Some(&b'/') {
        return end;
    }
    let mut at = end;
    while let Some(found) = page.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        at += found + 2;
        if page.get(at..at + raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes())) {
            return at;
        }
    }
    page.len()
}

/// The end of the tag whose name begins at `at`. Adds its surplus attributes to `cuts`.
fn scan_tag(page: &[u8], at: usize, cuts: &mut Vec<Range<usize>>) -> usize {
    let name = skip_while(page, at, |b| b == b'/');
    let mut at = skip_while(page, name, |b| !is_gap(b) && b != b'>');
    let mut count = 0;
    let mut cut_start = None;
    loop {
        at = skip_while(page, at, is_gap);
        if matches!(page.get(at), None | Some(b'>')) {
            break;
        }
        count += 1;
        if count == MAX_ATTRIBUTES + 1 {
            cut_start = Some(at);
        }
        at = skip_attribute(page, at);
    }
    if let Some(start) = cut_start {
        cuts.push(start..at.min(page.len()));
    }
    at
}

/// The end of the attribute that begins at `at`: `name`, `name=value`, `name = "value"`.
fn skip_attribute(page: &[u8], at: usize) -> usize {
    // The first byte belongs to the name even if it is `=`.
    let name_end = skip_while(page, at + 1, |b| !is_gap(b) && b != b'>' && b != b'=');
    let equals = skip_while(page, name_end, |b| b.is_ascii_whitespace());
    if page.get(equals) != Some(&b'=') {
        return name_end;
    }
    let value = skip_while(page, equals + 1, |b| b.is_ascii_whitespace());
    match page.get(value) {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = page.get(value + 1..).unwrap_or_default();
            memchr(*quote, rest).map_or(page.len(), |end| value + 1 + end + 1)
        }
        _ => skip_while(page, value, |b| !b.is_ascii_whitespace() && b != b'>'),
    }
}

/// Whether the byte separates attributes.
fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

/// The first position at or after `from` whose byte is not `skipped`.
fn skip_while(page: &[u8], from: usize, skipped: fn(u8) -> bool) -> usize {
    let rest = page.get(from..).unwrap_or_default();
    from + rest.iter().position(|b| !skipped(*b)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn ordinary_pages_are_left_alone() {
        let page = "<p class='a' id=b disabled>x <!-- <p a b c> --> 1 < 2 <script>if (a<b) { '</p>' }</script></p>";
        let limited = limit_attributes(page);
        assert!(matches!(limited.markup, Cow::Borrowed(_)) && limited.cut_tags == 0);
    }

    #[test]
    fn attributes_beyond_the_limit_go() {
        let mut page = String::from("<p");
        for n in 0..300 {
            write!(page, " a{n}=\"v>\"").unwrap();
        }
        page.push_str(">chữ</p>");
        let limited = limit_attributes(&page);
        assert_eq!(limited.cut_tags, 1);
        let markup = limited.markup;
        assert!(markup.contains("a255=") && !markup.contains("a256="), "{markup}");
        assert!(markup.ends_with(">chữ</p>"));
    }

    #[test]
    fn an_empty_title_hides_no_tag() {
        let many = "a ".repeat(1000);
        assert_eq!(limit_attributes(&format!("<svg><title/></svg><p {many}>")).cut_tags, 1);
        assert_eq!(limit_attributes(&format!("<title><p {many}></title>")).cut_tags, 0);
    }

    #[test]
    fn unclosed_things_end_with_the_page() {
        for page in ["<", "<p", "<p a='", "<!--", "<script>", "</", "<p =", "<title></titl"] {
            assert_eq!(limit_attributes(page).markup, page);
        }
        let endless = format!("<p {}", "a ".repeat(1000));
        assert!(limit_attributes(&endless).markup.len() < endless.len());
    }
}
