//! Detects the format of a decoded text: by its content first, by the file's name second. A page or feed has a known
//! first element, JSON lines begin with a line that is a JSON object; everything else is plain text.

use super::{InputFormat, json_text, prefix, record};

/// Elements that begin a page or a piece of one.
const PAGE: &[&str] = &[
    "html", "head", "body", "meta", "title", "link", "script", "style", "div", "p", "table", "article", "section",
    "main", "h1", "h2", "h3", "span", "center", "font", "base", "header", "ul", "br", "img", "a", "b", "strong",
    "form",
];
/// Elements that begin a feed.
const FEED: &[&str] = &["rss", "feed", "rdf:rdf", "channel"];
/// Elements that begin a list of addresses for search engines.
const SITEMAP: &[&str] = &["urlset", "sitemapindex"];

/// Whether a decoded text is a list of feeds.
pub(super) fn is_feed_list(text: &str) -> bool {
    first_element(without_margin(text)).is_some_and(|element| element == "opml")
}

/// Whether a decoded text is a list of the addresses of a site.
pub(super) fn is_sitemap(text: &str) -> bool {
    first_element(without_margin(text)).is_some_and(|element| SITEMAP.contains(&element.as_str()))
}

/// The text from its first letter on.
fn without_margin(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Bytes of a text that are searched for a sign of its format.
const HEAD_BYTES: usize = 4096;

/// The format of a decoded text.
pub(super) fn detect(text: &str, name: &str) -> InputFormat {
    let text = without_margin(text);
    if text.starts_with('{') {
        let head = prefix(text, HEAD_BYTES);
        if head.contains("jsonfeed.org/version") {
            return InputFormat::Feed;
        }
        if record::is_record(text.lines().next().unwrap_or_default()) {
            return InputFormat::Jsonl;
        }
    }
    if json_text::may_be_json(text.as_bytes()) && by_name(name, text) != InputFormat::Jsonl {
        return InputFormat::Json;
    }
    if let Some(element) = first_element(text) {
        if FEED.contains(&element.as_str()) {
            return InputFormat::Feed;
        }
        if PAGE.contains(&element.as_str()) || prefix(text, HEAD_BYTES).to_ascii_lowercase().contains("<html") {
            return InputFormat::Html;
        }
    }
    by_name(name, text)
}

/// Whether an input that begins so is certainly a page, feed, record or document, whatever it is named.
pub(super) fn is_known(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let is_document = ["%PDF-", "{\\rtf"].iter().any(|sign| text.starts_with(sign));
    is_document || detect(&text, "") != InputFormat::Text
}

fn by_name(name: &str, text: &str) -> InputFormat {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "aspx" | "php" if text.contains('<') => InputFormat::Html,
        // Of any other XML, too, the text is what is between the tags.
        "xml" if text.starts_with('<') => InputFormat::Html,
        "rss" | "atom" => InputFormat::Feed,
        "jsonl" | "ndjson" => InputFormat::Jsonl,
        _ => InputFormat::Text,
    }
}

/// The name of the first element in lower case, after declarations, comments and the document type. A document type of
/// HTML counts as `html`.
fn first_element(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('<')?;
    loop {
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(instruction) = rest.strip_prefix('?') {
            rest = instruction.split_once('>')?.1;
        } else if let Some(kind) = rest.strip_prefix('!') {
            let kind = prefix(kind, 20).to_ascii_lowercase();
            if kind.trim_start_matches("doctype").trim_start().starts_with("html") {
                return Some("html".to_owned());
            }
            // An internal subset may contain `>`; it ends with `]>`.
            let (head, after) = rest.split_once('>')?;
            rest = if head.contains('[') { rest.split_once("]>").map_or(after, |(_, after)| after) } else { after };
        } else {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':'))?;
            return rest.get(..end).filter(|name| !name.is_empty()).map(str::to_ascii_lowercase);
        }
        rest = rest.trim_start().strip_prefix('<')?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        for (text, name, format) in [
            ("Ngày 3-7, đơn vị sơ kết.", "a.html", InputFormat::Text),
            ("<!DOCTYPE html><p>x", "a.txt", InputFormat::Html),
            ("  <!-- lưu -->\n<HTML lang=vi>", "", InputFormat::Html),
            ("<?xml version=\"1.0\"?><html xmlns='x'>", "", InputFormat::Html),
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \">\">]>\n<rss version=\"2.0\">",
                "a.html",
                InputFormat::Feed,
            ),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", "", InputFormat::Feed),
            ("{\"title\":\"x\",\"text\":\"y\"}\n{}", "a.txt", InputFormat::Jsonl),
            ("{not json}", "a.txt", InputFormat::Text),
            ("[\n {\"title\": \"x\"}]", "", InputFormat::Json),
            ("{\n \"title\": \"x\"}", "", InputFormat::Json),
            ("[1] Nghị quyết số 28", "", InputFormat::Text),
            ("<?xml version='1.0'?><vanban><doan>x</doan></vanban>", "a.xml", InputFormat::Html),
            ("<?xml version='1.0'?><vanban>x</vanban>", "", InputFormat::Text),
            ("<đồng chí>", "", InputFormat::Text),
            ("< 5 phút", "", InputFormat::Text),
            ("bad line\n{}", "a.jsonl", InputFormat::Jsonl),
        ] {
            assert_eq!(detect(text, name), format, "{text}");
        }
    }
}
