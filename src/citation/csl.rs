//! A citation as an item of CSL-JSON, in an array of one, as reference managers import it.

use super::Citation;
use crate::report::{Dated, Day, Precision};
use crate::text::safe;
use serde_json::{Map, Value, json};

/// The array as JSON over several lines.
pub fn write(cited: &Citation) -> String {
    let mut item = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    };
    set("id", Some(cited.key().into()));
    set("type", Some(if cited.url.is_some() { "webpage" } else { "document" }.into()));
    set("title", Some(cited.field_title().into()));
    set("author", cited.unit.as_ref().map(|unit| json!([{ "literal": unit }])));
    set("container-title", cited.outlet.clone().map(Value::from));
    let exact = cited.when.filter(|when| !when.is_inferred());
    set("issued", exact.map(issued));
    set("accessed", cited.accessed.map(date));
    set("URL", cited.url.clone().map(Value::from));
    set("language", Some("vi".into()));
    set("annote", cited.passage.as_ref().map(|passage| passage.words.clone().into()));
    let note: Vec<String> = cited.source_words().into_iter().chain([cited.key()]).collect();
    set("note", Some(note.join(", ").into()));
    let text = serde_json::to_string_pretty(&Value::Array(vec![Value::Object(item)])).unwrap_or_default();
    safe::json(&text).into_owned()
}

/// The parts of a day that are known: of a month or a year CSL takes fewer than three.
fn issued(when: Dated) -> Value {
    match when.precision {
        Precision::Day => date(when.day),
        Precision::Month => json!({ "date-parts": [[when.day.year(), when.day.month()]] }),
        Precision::Year => json!({ "date-parts": [[when.day.year()]] }),
    }
}

fn date(day: Day) -> Value {
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}
