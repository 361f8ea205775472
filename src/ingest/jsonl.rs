//! Records: one JSON object a line, a report each. Promises that a bad line is told and the rest goes on, that one line
//! at a time is held, and that what is in it beside the known keys costs nothing. Which keys are known is a table.

use super::plain::{self, MarkupHints};
use super::{LARGEST, UnreadableInput, day, decode, html};
use crate::report::Draft;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JsonField {
    Title,
    Text,
    Html,
    Summary,
    Address,
    Day,
}

/// Keys and what they hold; of several keys for one thing the first in this table wins.
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

/// Whether a line is a JSON object; nothing of it is kept.
pub(super) fn is_record(line: &str) -> bool {
    line.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok()
}

/// The draft of line `number`, counted from 1; nothing for a blank line.
pub(super) fn line(number: usize, bytes: &[u8]) -> Option<Result<Draft, UnreadableInput>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    Some(record(bytes).map_err(|why| UnreadableInput::Line { number, why: why.to_string() }))
}

fn record(bytes: &[u8]) -> Result<Draft, UnreadableInput> {
    if bytes.len() > LARGEST {
        return Err(UnreadableInput::TooLarge { limit: LARGEST });
    }
    let decoded = decode::decode(bytes, Some("utf-8"))?;
    let record: JsonRecord = serde_json::from_str(decoded.text.trim())
        .map_err(|error| UnreadableInput::NotARecord(without_place(&error.to_string())))?;
    record.draft(decoded.notes)
}

/// `serde_json`'s message without `at line 1 column 7`: the line is known, and one line has one column of interest.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(what, _)| what).chars().take(200).collect()
}

/// The values of one object, by the row of `KEYS`.
#[derive(Default)]
struct JsonRecord {
    values: [Option<String>; KEYS.len()],
}

impl JsonRecord {
    fn take(&mut self, field: JsonField) -> Option<String> {
        let rows = KEYS.iter().zip(&mut self.values).filter(|((_, of), _)| *of == field);
        rows.filter_map(|(_, value)| value.take()).find(|value| !value.trim().is_empty())
    }

    fn draft(mut self, notes: Vec<String>) -> Result<Draft, UnreadableInput> {
        let around = MarkupHints {
            title: self.take(JsonField::Title),
            url: self.take(JsonField::Address),
            published: self.take(JsonField::Day).and_then(|text| day::of(&text)),
            notes,
            ..MarkupHints::default()
        };
        let markup = self.take(JsonField::Html);
        match self.take(JsonField::Text).or(markup) {
            Some(text) if html::is_markup(&text) => html::fragment(&text, around),
            Some(text) => plain::draft(&text, around),
            None => plain::draft(&self.take(JsonField::Summary).ok_or(UnreadableInput::Empty)?, around),
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

/// A string; anything else than words costs nothing and counts for nothing.
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
            r#"{"id":12,"title":"Sơ kết quý I","text":"Sơ kết quý I\n\nSáng 3-4, đơn vị sơ kết.","url":"https://example.vn/a","date":"2026-04-03","more":{"deep":[1,[2]]}}"#,
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
