//! What a page states of its article in structured data (JSON-LD, schema.org): headline, authors, day, outlet, address,
//! text. Newsrooms write it for search engines, so it is the best witness of which headline and author are the
//! article's. Scripts that are no valid JSON are searched for the day only. Bounded by the size of the script, which
//! `row_builder` limits, and by the depth that `serde_json` allows (128).

use crate::ingest::{markup_text, publication_day};
use crate::report::Day;
use serde_json::Value;
use std::borrow::Cow;

/// Objects deeper than this are not the page's article but something that it mentions.
const MAX_DEPTH: usize = 6;
/// Objects beyond this number are not looked at.
const MAX_OBJECTS: usize = 200;
/// Further authors are not kept: a longer list is the staff.
const MAX_AUTHORS: usize = 8;
/// Longer values are no headline, name, date or address.
const MAX_VALUE_BYTES: usize = 1024;
/// Keys under which the article of a page may be.
const PLACES: [&str; 3] = ["@graph", "mainEntity", "mainEntityOfPage"];

/// What structured data state of the page's article.
#[derive(Debug, Default)]
pub(super) struct ArticleData {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    /// The name of the publisher.
    pub outlet: Option<String>,
    pub day: Option<Day>,
    pub address: Option<String>,
    /// The article's text as one string.
    pub body: Option<String>,
    /// Whether it is said that not all may read it.
    pub is_for_subscribers: bool,
}

impl ArticleData {
    /// Adds what one script states. What an earlier script has stated stays.
    pub fn read(&mut self, script: &str) {
        let json = without_wrapping(script);
        match serde_json::from_str::<Value>(&json) {
            Ok(value) => {
                let mut objects = Vec::new();
                collect(&value, 0, &mut objects);
                self.take_article(&objects);
            }
            Err(_) if self.day.is_none() => self.day = day_in_broken(script),
            Err(_) => {}
        }
    }

    /// Takes the values of the first object that is an article; the day also of one that is the page.
    fn take_article(&mut self, objects: &[&Value]) {
        for object in objects.iter().filter(|object| is_of_type(object, is_article)) {
            let headline = text(object, "headline").or_else(|| text(object, "name"));
            // Of several articles the first is the page's; the others are listed beside it.
            if self.headline.is_some() && headline.is_some() && self.headline != headline {
                continue;
            }
            self.headline = self.headline.take().or(headline);
            if self.authors.is_empty() {
                self.authors = names(object.get("author").or_else(|| object.get("creator")), objects);
            }
            let publisher = names(object.get("publisher"), objects);
            self.outlet = self.outlet.take().or_else(|| publisher.into_iter().next());
            self.day = self.day.or_else(|| day(object));
            self.address = self.address.take().or_else(|| address(object));
            self.body = self.body.take().or_else(|| body(object));
            self.is_for_subscribers |= is_denied(object.get("isAccessibleForFree"));
        }
        let page = objects.iter().filter(|object| is_of_type(object, |kind| kind.ends_with("Page")));
        self.day = self.day.or_else(|| page.into_iter().find_map(|object| day(object)));
    }
}

/// The script without the comment signs that old pages put around it, and with raw line ends, which JSON forbids in
/// strings but pages have, as spaces.
fn without_wrapping(script: &str) -> Cow<'_, str> {
    let mut inner = script.trim();
    for (begin, end) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
    {
        if let Some(rest) = inner.strip_prefix(begin) {
            inner = rest.strip_suffix(end).unwrap_or(rest).trim();
        }
    }
    let inner = inner.trim_end_matches(';');
    if inner.contains(|c: char| c < ' ') {
        Cow::Owned(inner.replace(|c: char| c < ' ', " "))
    } else {
        Cow::Borrowed(inner)
    }
}

/// The objects that may be the page's article, outermost first.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Value>) {
    if depth > MAX_DEPTH || objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|item| collect(item, depth + 1, objects)),
        Value::Object(fields) => {
            objects.push(value);
            PLACES.iter().filter_map(|key| fields.get(*key)).for_each(|inner| collect(inner, depth + 1, objects));
        }
        _ => {}
    }
}

fn is_of_type(object: &Value, is_wanted: fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => is_wanted(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_wanted),
        _ => false,
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" || kind == "Review"
}

/// A value that is a short text, without markup and entities.
fn text(object: &Value, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).and_then(one_line)
}

fn one_line(value: &str) -> Option<String> {
    if value.len() > MAX_VALUE_BYTES {
        return None;
    }
    let words = unescaped(value).split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// The text of a value whose entities (`&#7871;`, also `&amp;#7871;`) are still escaped.
fn unescaped(value: &str) -> String {
    let once = markup_text::text_of(value).into_owned();
    if once.contains("&#") || once.contains("&quot;") { markup_text::text_of(&once).into_owned() } else { once }
}

/// The names of a person, an organisation, a list of them, or of what an `@id` refers to.
fn names(value: Option<&Value>, objects: &[&Value]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return found,
    };
    for item in list.iter().take(MAX_AUTHORS) {
        let name = match item {
            Value::String(name) => one_line(name),
            Value::Object(fields) => match fields.get("name") {
                // `"name": ["A", "B"]`
                Some(Value::Array(several)) => {
                    found.extend(several.iter().filter_map(Value::as_str).filter_map(one_line).take(MAX_AUTHORS));
                    None
                }
                Some(name) => name.as_str().and_then(one_line),
                None => fields.get("@id").and_then(|id| {
                    let named = objects.iter().filter(|object| object.get("@id") == Some(id));
                    named.into_iter().find_map(|object| text(object, "name"))
                }),
            },
            _ => None,
        };
        if let Some(name) = name.filter(|name| !found.contains(name)) {
            found.push(name);
        }
    }
    found
}

fn day(object: &Value) -> Option<Day> {
    ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .filter_map(|key| object.get(*key)?.as_str())
        .filter(|value| value.len() <= MAX_VALUE_BYTES)
        .find_map(publication_day::of)
}

fn address(object: &Value) -> Option<String> {
    let page = object.get("mainEntityOfPage");
    let values = [object.get("url"), page, page.and_then(|page| page.get("@id")), object.get("@id")];
    let address = values.into_iter().flatten().filter_map(Value::as_str).find(|value| value.starts_with("http"))?;
    (address.len() <= MAX_VALUE_BYTES).then(|| address.to_owned())
}

fn body(object: &Value) -> Option<String> {
    let body = object.get("articleBody").or_else(|| object.get("text"))?.as_str()?;
    let text = unescaped(body);
    (!text.trim().is_empty()).then_some(text)
}

/// `false`, however it is written.
fn is_denied(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(is_free)) => !is_free,
        Some(Value::String(word)) => word.eq_ignore_ascii_case("false"),
        _ => false,
    }
}

/// The day in structured data that are no valid JSON.
fn day_in_broken(script: &str) -> Option<Day> {
    let (_, rest) = script.split_once("\"datePublished\"")?;
    let value = rest.trim_start_matches([' ', ':']).strip_prefix('"')?.split('"').next()?;
    if value.len() <= MAX_VALUE_BYTES { publication_day::of(value) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> ArticleData {
        let mut data = ArticleData::default();
        data.read(script);
        data
    }

    #[test]
    fn the_first_article_of_a_graph_is_the_pages() {
        let data = read(
            r#"{"@context":"https://schema.org","@graph":[
                {"@type":"WebSite","name":"Báo Giả Tưởng"},
                {"@type":["NewsArticle"],"headline":"Lữ đoàn 900 &quot;sơ k&#7871;t&quot; quý I",
                 "datePublished":"2026-04-03T07:00:00+07:00",
                 "author":[{"@id":"p1"},{"@type":"Person","name":"Tạ Thu Hoài"}],"publisher":{"name":"Báo Giả Tưởng"},
                 "isAccessibleForFree":"False","mainEntityOfPage":{"@id":"https://bao.example.vn/a"}},
                {"@type":"NewsArticle","headline":"Bài khác","author":"Người khác"},
                {"@type":"Person","@id":"p1","name":"Mạc Đình Thi"}]}"#,
        );
        assert_eq!(data.headline.as_deref(), Some("Lữ đoàn 900 \"sơ kết\" quý I"));
        assert_eq!(data.authors, ["Mạc Đình Thi", "Tạ Thu Hoài"]);
        assert_eq!(data.outlet.as_deref(), Some("Báo Giả Tưởng"));
        assert_eq!(data.day.map(|day| day.to_string()).as_deref(), Some("2026-04-03"));
        assert_eq!(data.address.as_deref(), Some("https://bao.example.vn/a"));
        assert!(data.is_for_subscribers);
    }

    #[test]
    fn scripts_that_browsers_take_but_json_does_not_are_read() {
        let data = read("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Hội thao\nbắn súng\"};\n//]]>");
        assert_eq!(data.headline.as_deref(), Some("Hội thao bắn súng"));
        let broken = read("{\"datePublished\": \"2026-04-03\", \"headline\": }");
        assert!(broken.headline.is_none() && broken.day.is_some());
        assert!(read("[[[[").headline.is_none() && read("{\"@type\":\"Product\",\"name\":\"x\"}").headline.is_none());
    }
}
