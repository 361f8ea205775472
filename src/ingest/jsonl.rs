//! One line of a file of JSON lines: an object with known keys becomes a draft. Which keys are known is a table.
//!
//! The object is read by a visitor and not into a `serde_json::Value`: values of unknown keys are parsed and dropped as
//! they stream by, so that an object's memory is that of the strings wanted, even if it has large values besides.
//! `serde_json` itself limits the depth (128).

use super::plain::{self, MarkupHints};
use super::{MAX_DOCUMENT_BYTES, UnreadableInput, decode, html, publication_day};
use crate::report::Draft;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JsonField {
    Title,
    Text,
    Html,
    /// Used as the text if there is no other.
    Summary,
    Address,
    Day,
}

/// The known keys. If an object has several of one field, the first in this table with a text wins.
const KEYS: &[(&str, JsonField)] = &[
    ("title", JsonField::Title),
    ("headline", JsonField::Title),
    ("text", JsonField::Text),
    ("body", JsonField::Text),
    ("content", JsonField::Text),
    ("article", JsonField::Text),
    ("html", JsonField::Html),
    ("content_html", JsonField::Html),
    ("summary", JsonField::Summary),
    ("description", JsonField::Summary),
    ("url", JsonField::Address),
    ("link", JsonField::Address),
    ("date", JsonField::Day),
    ("published", JsonField::Day),
    ("published_at", JsonField::Day),
    ("date_published", JsonField::Day),
    ("pubDate", JsonField::Day),
];

/// The parser's message is cut here: it may quote the line.
const MAX_MESSAGE_CHARS: usize = 200;

/// Whether a line is a JSON object.
pub(super) fn is_record(line: &str) -> bool {
    line.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok()
}

/// The draft of a line; `number` is its number from 1, for the error. `None` if the line is blank.
pub(super) fn line(number: usize, bytes: &[u8]) -> Option<Result<Draft, UnreadableInput>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    Some(record(bytes).map_err(|why| UnreadableInput::Line { number, why: why.to_string() }))
}

fn record(bytes: &[u8]) -> Result<Draft, UnreadableInput> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    let decoded = decode::decode(bytes, Some("utf-8"))?;
    let record: JsonRecord = serde_json::from_str(decoded.text.trim())
        .map_err(|error| UnreadableInput::NotARecord(without_place(&error.to_string())))?;
    record.draft(decoded.notes)
}

/// `serde_json`'s message without `at line 1 column 7`, which would contradict the number of the line in the file.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(what, _)| what).chars().take(MAX_MESSAGE_CHARS).collect()
}

/// The values of one object: `values[n]` is that of `KEYS[n]`.
#[derive(Default)]
struct JsonRecord {
    values: [Option<String>; KEYS.len()],
}

impl JsonRecord {
    /// Takes the first value of a field that is not blank.
    fn take(&mut self, field: JsonField) -> Option<String> {
        let rows = KEYS.iter().zip(&mut self.values).filter(|((_, of), _)| *of == field);
        rows.filter_map(|(_, value)| value.take()).find(|value| !value.trim().is_empty())
    }

    fn draft(mut self, notes: Vec<String>) -> Result<Draft, UnreadableInput> {
        let hints = MarkupHints {
            title: self.take(JsonField::Title),
            url: self.take(JsonField::Address),
            published: self.take(JsonField::Day).and_then(|text| publication_day::of(&text)),
            notes,
            ..MarkupHints::default()
        };
        let markup = self.take(JsonField::Html);
        match self.take(JsonField::Text).or(markup) {
            Some(text) if html::is_markup(&text) => html::fragment(&text, hints),
            Some(text) => plain::draft(&text, hints),
            None => plain::draft(&self.take(JsonField::Summary).ok_or(UnreadableInput::Empty)?, hints),
        }
    }
}

impl<'de> Deserialize<'de> for JsonRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = JsonRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonRecord, A::Error> {
        let mut record = JsonRecord::default();
        while let Some(key) = map.next_key::<String>()? {
            match KEYS.iter().position(|(known, _)| *known == key).and_then(|row| record.values.get_mut(row)) {
                Some(slot) => *slot = map.next_value::<JsonText>()?.0,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

/// The value of a known key, if it is a string or a whole number. Anything else is skipped.
struct JsonText(Option<String>);

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor).map(JsonText)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Draft, UnreadableInput> {
        line(7, text.as_bytes()).unwrap()
    }

    #[test]
    fn a_record_is_a_report() {
        let draft = read(
            r#"{"id":12,"title":"Sơ kết quý I","text":"Sơ kết quý I\n\nSáng 3-4, đơn vị sơ kết.",
                "url":"https://example.vn/a","date":"2026-04-03","more":{"deep":[1,[2]]}}"#,
        )
        .unwrap();
        assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
        assert_eq!(draft.published.unwrap().to_string(), "2026-04-03");
        assert_eq!(draft.url.as_deref(), Some("https://example.vn/a"));
        assert!(draft.text.starts_with("Sơ kết quý I\n"));
    }

    #[test]
    fn a_bad_line_says_which_and_why() {
        let why = read("{\"text\": 1").unwrap_err().to_string();
        assert!(why.starts_with("line 7: ") && why.contains("EOF"), "{why}");
        assert!(read("[1]").is_err());
        assert!(read("{\"text\":[\"a\"]}").is_err());
        assert!(line(1, b" \r").is_none());
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{{\"a\":{}}}", "[".repeat(1_000_000));
        assert!(read(&deep).is_err());
    }
}
