//! The text of a page that only its scripts have: applications (Next.js and others) send an article as strings of
//! markup, which the browser inserts. Used only where the page itself shows no text. Scripts are never run: what is
//! taken is the longest string of markup, read as a page.

use super::is_markup;
use crate::ingest::markup_text::text_bytes;
use crate::ingest::prefix;
use memchr::memmem;
use serde_json::Value;

/// How a page hands pieces of its data to the application: each a string in JSON.
const PIECE: &str = "__next_f.push([1,";
/// The scripts whose content is the data of the application in JSON.
const DATA: [&str; 3] = ["__NEXT_DATA__", "__NUXT_DATA__", "type=\"application/json\""];
/// Data beyond this many bytes are not read: they take several times the room.
const MAX_BYTES: usize = 2 << 20;
/// Of the signs of such scripts so many are followed: each may lead through the whole page.
const MAX_SCRIPTS: usize = 8;
/// The length of a text and the comma behind it have no more bytes.
const MAX_LENGTH_BYTES: usize = 7;
/// With less text, in bytes, a string is a teaser.
const MIN_TEXT_BYTES: usize = 300;

/// The longest string of markup in the scripts of a page.
pub(super) fn markup_in_scripts(page: &str) -> Option<String> {
    let mut found = Longest::default();
    found.see_chunks(&pieces(page));
    let mut room = MAX_BYTES;
    for sign in DATA {
        for at in memmem::find_iter(page.as_bytes(), sign).take(MAX_SCRIPTS) {
            let Some(data) = script_at(page, at).filter(|data| data.len() <= room) else { continue };
            room -= data.len();
            if let Ok(value) = serde_json::from_str::<Value>(data) {
                found.see_strings(&value);
            }
        }
    }
    (found.bytes >= MIN_TEXT_BYTES).then_some(found.markup)
}

/// All pieces of data, one after the other as the application reads them.
fn pieces(page: &str) -> String {
    let mut all = String::new();
    for at in memmem::find_iter(page.as_bytes(), PIECE) {
        let rest = page.get(at + PIECE.len()..).unwrap_or_default();
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        if let Some(Ok(piece)) = strings.next() {
            if all.len() + piece.len() > MAX_BYTES {
                break;
            }
            all.push_str(&piece);
        }
    }
    all
}

/// The content of the script in whose start tag there is something at `at`.
fn script_at(page: &str, at: usize) -> Option<&str> {
    let (tag, content) = page.get(at..)?.split_once('>')?;
    let is_tag = !tag.contains(['<', '\n']);
    content.split_once("</script").map(|(content, _)| content).filter(|_| is_tag)
}

/// The string of markup with the most text so far.
#[derive(Default)]
struct Longest {
    markup: String,
    /// Bytes of its text.
    bytes: usize,
}

impl Longest {
    fn see(&mut self, markup: &str) {
        // The text is no longer than the markup.
        if markup.len() > self.bytes && is_markup(markup) {
            let bytes = text_bytes(markup);
            if bytes > self.bytes {
                *self = Self { markup: markup.to_owned(), bytes };
            }
        }
    }

    /// Sees the texts in the data of Next.js: `24:T1b7b,` and so many bytes, the number in hexadecimal digits.
    fn see_chunks(&mut self, data: &str) {
        let mut rest = data;
        while let Some((_, after)) = rest.split_once(":T") {
            rest = after;
            let Some((digits, _)) = prefix(after, MAX_LENGTH_BYTES).split_once(',') else { continue };
            let text = after.get(digits.len() + 1..).unwrap_or_default();
            let length = usize::from_str_radix(digits, 16).ok();
            if let Some((chunk, behind)) = length.and_then(|length| text.split_at_checked(length)) {
                self.see(chunk);
                rest = behind;
            }
        }
    }

    fn see_strings(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.see(text),
            Value::Array(values) => values.iter().for_each(|value| self.see_strings(value)),
            Value::Object(values) => values.values().for_each(|value| self.see_strings(value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_markup_is_found() {
        let article = format!("<p>{}</p>", "Đơn vị sơ kết công tác quý I. ".repeat(20));
        let teaser = "<p>Tin khác của đơn vị, ở trang sau.</p>";
        let data = serde_json::json!({"props": {"list": [teaser, {"content": article}], "title": "Sơ kết"}});
        let page = format!("<div id=app></div><script id=\"__NEXT_DATA__\" type=\"application/json\">{data}</script>");
        assert_eq!(markup_in_scripts(&page).as_deref(), Some(article.as_str()));
        assert_eq!(markup_in_scripts(&page.replace("Đơn vị sơ kết", "").replace("quý I. ", "")), None, "a teaser");
        let chunks =
            format!("a:I[1,2]\n24:T{:x},{article}25:[\"$24\"]\n26:T{:x},{teaser}", article.len(), teaser.len());
        let (first, second) = chunks.split_at(200);
        let push =
            |piece: &str| format!("<script>self.__next_f.push([1,{}])</script>", serde_json::to_string(piece).unwrap());
        let page = [push(first), push(second)].concat();
        assert_eq!(markup_in_scripts(&page).as_deref(), Some(article.as_str()));
        let _ = markup_in_scripts(&push(&":T".repeat(100_000)));
        let _ = markup_in_scripts(&push(&":Tfffff,".repeat(1000)));
        let _ = markup_in_scripts(&"__next_f.push([1,\"1:T5,".repeat(1000));
        assert_eq!(markup_in_scripts(&"__NEXT_DATA__".repeat(1000)), None);
    }
}
