//! Reads the fields of a JSON object by a visitor and not into a `serde_json::Value`: values of keys that are not
//! wanted are parsed and dropped as they stream by, so that an object's memory is that of the strings wanted, even if
//! it has large values besides. `serde_json` itself limits the depth (128).
//!
//! ```text
//! {"_source": {"title": {"rendered": "…"}, "paragraphs": ["…", "…"], "comments": [{"text": "…"}]}}
//!    wrapper      field      inner             field: joined             unknown: named in a note
//! ```

use super::keys::{self, RecordField, RecordKey, key};
use crate::ingest::UnreadableInput;
use crate::ingest::decode::LetterFault;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Objects in objects are records down to this depth.
const MAX_WRAPPERS: usize = 6;
/// Further keys that were not used are only counted.
const MAX_UNUSED: usize = 12;
/// A longer name of a key is cut in messages.
const MAX_NAME_CHARS: usize = 40;
/// Texts of one list are joined up to this number; a text of more paragraphs is refused later anyway.
const MAX_PIECES: usize = 200_000;
/// By so many bytes of its texts it is found out what is wrong with the letters of a record.
const SAMPLE_BYTES: usize = 64 << 10;
/// A shorter text of an unknown key is no report's.
const MIN_UNKNOWN_TEXT_BYTES: usize = 300;

/// A field's value with the key that it came from.
#[derive(Debug)]
struct RecordValue {
    field: RecordField,
    /// The position of its key in the table: a lower one is the better name.
    order: usize,
    /// The number of wrappers around it.
    depth: usize,
    /// The texts of a list, or the one text.
    pieces: Vec<String>,
}

/// What was read of one object.
#[derive(Debug, Default)]
pub(super) struct RecordFields {
    values: Vec<RecordValue>,
    /// The records of a list in it.
    pub records: Vec<RecordFields>,
    /// The keys whose values were not used, the first of them.
    unused: Vec<String>,
    /// The number of keys that were not used.
    unused_count: usize,
    /// Whether a program wrote it in which a reader keeps pages.
    pub is_saved: bool,
    /// The longest text of an unknown key, for a record without any other.
    unknown_text: Option<(String, String)>,
}

impl RecordFields {
    /// The values of a field with those of the best name first. Those of a list are joined by blank lines if it is a
    /// text, else by `; `.
    pub fn all(&mut self, field: RecordField) -> Vec<String> {
        let mut own: Vec<&mut RecordValue> = self.values.iter_mut().filter(|value| value.field == field).collect();
        own.sort_by_key(|value| (value.order, value.depth));
        let is_text = matches!(field, RecordField::Text | RecordField::Html | RecordField::Lead);
        let joined = own.into_iter().map(|value| match value.pieces.as_mut_slice() {
            [one] => std::mem::take(one),
            several => several.join(if is_text { "\n\n" } else { "; " }),
        });
        joined.filter(|value| !value.trim().is_empty()).collect()
    }

    /// The value of a field by its best name.
    pub fn first(&mut self, field: RecordField) -> Option<String> {
        let mut all = self.all(field);
        if all.is_empty() { None } else { Some(all.swap_remove(0)) }
    }

    /// The texts of a field by its best name, one by one.
    pub fn pieces(&mut self, field: RecordField) -> Vec<String> {
        let own = self.values.iter_mut().filter(|value| value.field == field);
        own.min_by_key(|value| (value.order, value.depth))
            .map(|value| std::mem::take(&mut value.pieces))
            .unwrap_or_default()
    }

    /// The longest text of a key that is in no table, with the key.
    pub fn unknown_text(&mut self) -> Option<(String, String)> {
        self.unknown_text.take()
    }

    /// The keys whose values were not used, except `name`, as words; empty if there are none.
    pub fn unused(&self, name: &str) -> String {
        let names: Vec<&str> = self.unused.iter().map(String::as_str).filter(|unused| *unused != name).collect();
        let more = self.unused_count - self.unused.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        names.join(", ") + &more
    }

    /// The keys that have a value, used or not, as words; empty if there are none.
    pub fn names(&self) -> String {
        let used = self.values.iter().filter_map(|value| keys::name(value.order));
        let unused = self.unused("");
        used.chain((!unused.is_empty()).then_some(unused.as_str())).collect::<Vec<_>>().join(", ")
    }

    /// Turns letters back that were encoded twice or are those of an old encoding. The notes say what was done.
    pub fn repair_letters(&mut self) -> Result<Vec<String>, UnreadableInput> {
        let mut sample = String::new();
        self.each_text(&mut |text| {
            if sample.len() < SAMPLE_BYTES {
                sample.push_str(text);
                sample.push('\n');
            }
        });
        let Some(fault) = LetterFault::of(&sample)? else { return Ok(Vec::new()) };
        self.each_text(&mut |text| {
            if let Some(repaired) = fault.repaired(text) {
                *text = repaired.text;
            }
        });
        Ok(fault.repaired(&sample).map(|repaired| repaired.notes).unwrap_or_default())
    }

    /// Hands over every text of the record and of those in it.
    fn each_text(&mut self, take: &mut dyn FnMut(&mut String)) {
        self.values.iter_mut().flat_map(|value| &mut value.pieces).for_each(&mut *take);
        self.unknown_text.iter_mut().for_each(|(_, text)| take(text));
        self.records.iter_mut().for_each(|record| record.each_text(take));
    }

    fn put(&mut self, field: RecordField, order: usize, depth: usize, pieces: Vec<String>) {
        // Of one name the outermost counts: what is inside may be another article.
        match self.values.iter_mut().find(|value| value.order == order) {
            Some(known) if known.depth <= depth => {}
            Some(known) => (known.depth, known.pieces) = (depth, pieces),
            None => self.values.push(RecordValue { field, order, depth, pieces }),
        }
    }

    fn not_used(&mut self, name: &str) {
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect();
        if name.trim().is_empty() || self.unused.contains(&name) {
            return;
        }
        self.unused_count += 1;
        if self.unused.len() < MAX_UNUSED {
            self.unused.push(name);
        }
    }
}

/// Reads an object into `fields`.
pub(super) struct RecordSeed<'a> {
    pub fields: &'a mut RecordFields,
    pub depth: usize,
}

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let known = key(&name);
            self.fields.is_saved |= known.is_saved;
            if known.is_saved && known.field.is_none()
                || known.field.is_some_and(|(field, _)| field == RecordField::Ignored)
            {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let may_nest = self.depth < MAX_WRAPPERS;
            let is_text = known.field.is_some_and(|(field, _)| field == RecordField::Text);
            let value = map.next_value_seed(ValueSeed {
                fields: self.fields,
                depth: self.depth,
                known,
                // An article that is an object has a title of its own inside.
                nests: may_nest && (known.is_wrapper || is_text),
            })?;
            match (known.field, value) {
                (_, FoundValue::Nested | FoundValue::Nothing) => {}
                (Some((field, order)), FoundValue::Texts(texts)) => self.fields.put(field, order, self.depth, texts),
                (None, FoundValue::Texts(texts)) => {
                    let text = texts.join("\n\n");
                    let longest = self.fields.unknown_text.as_ref().map_or(MIN_UNKNOWN_TEXT_BYTES, |(_, t)| t.len());
                    if text.len() > longest && text.contains(' ') {
                        self.fields.unknown_text = Some((name.clone(), text));
                    }
                    self.fields.not_used(&name);
                }
                (_, FoundValue::Unused) => self.fields.not_used(&name),
            }
        }
        Ok(())
    }

    /// A text that stands where a record is expected is a report without a title.
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if let Some((field, order)) = key("text").field {
            self.fields.put(field, order, self.depth, vec![text.to_owned()]);
        }
        Ok(())
    }
}

/// What a value was.
enum FoundValue {
    Texts(Vec<String>),
    /// Its fields were added to the record's.
    Nested,
    /// It has something in it that was not used.
    Unused,
    /// A blank, `null` or `false`: nothing that could be missed.
    Nothing,
}

/// Reads the value of one key of a record.
struct ValueSeed<'a> {
    fields: &'a mut RecordFields,
    depth: usize,
    known: RecordKey,
    /// Whether objects in it are records.
    nests: bool,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = FoundValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FoundValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = FoundValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<FoundValue, E> {
        Ok(if text.trim().is_empty() { FoundValue::Nothing } else { FoundValue::Texts(vec![text.to_owned()]) })
    }

    fn visit_unit<E>(self) -> Result<FoundValue, E> {
        Ok(FoundValue::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<FoundValue, E> {
        Ok(FoundValue::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<FoundValue, E> {
        Ok(self.number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<FoundValue, E> {
        Ok(self.number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<FoundValue, E> {
        // Seconds with a fraction: only the day is wanted.
        Ok(self.number(format!("{:.0}", number.trunc())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FoundValue, A::Error> {
        let (mut texts, mut has_records, mut unused) = (Vec::new(), false, false);
        loop {
            let mut inner = RecordFields::default();
            let seed = ElementSeed { fields: &mut inner, known: self.known, nests: self.nests, depth: self.depth + 1 };
            let Some(element) = list.next_element_seed(seed)? else { break };
            match element {
                FoundValue::Texts(more) if texts.len() + more.len() <= MAX_PIECES => texts.extend(more),
                FoundValue::Nested => {
                    has_records = true;
                    // The paragraphs of a text may be objects: `{"type": "p", "text": "…"}`.
                    if self.known.field.is_some_and(|(field, _)| field == RecordField::Text) && !self.known.is_wrapper {
                        texts.extend(inner.first(RecordField::Text));
                    } else if inner.records.is_empty() {
                        self.fields.records.push(inner);
                    } else {
                        self.fields.records.append(&mut inner.records);
                    }
                }
                FoundValue::Texts(_) | FoundValue::Unused => unused = true,
                FoundValue::Nothing => {}
            }
        }
        Ok(if !texts.is_empty() {
            FoundValue::Texts(texts)
        } else if has_records {
            FoundValue::Nested
        } else if unused {
            FoundValue::Unused
        } else {
            FoundValue::Nothing
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FoundValue, A::Error> {
        if self.nests {
            RecordSeed { fields: self.fields, depth: self.depth + 1 }.visit_map(map)?;
            return Ok(FoundValue::Nested);
        }
        inner_texts(map, self.known)
    }
}

impl ValueSeed<'_> {
    /// A number is a value of a field that is known; of an unknown key it is no text that could be missed.
    fn number(self, digits: String) -> FoundValue {
        if self.known.field.is_some() { FoundValue::Texts(vec![digits]) } else { FoundValue::Nothing }
    }
}

/// Reads one element of a list.
struct ElementSeed<'a> {
    fields: &'a mut RecordFields,
    known: RecordKey,
    nests: bool,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_> {
    type Value = FoundValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FoundValue, D::Error> {
        let Self { fields, known, nests, depth } = self;
        deserializer.deserialize_any(ValueSeed { fields, depth, known, nests })
    }
}

/// The texts of an object that is the value of a field: `{"rendered": "…"}`, `{"name": "…"}`. Those of an object under
/// an unknown key are not used.
fn inner_texts<'de, A: MapAccess<'de>>(mut map: A, known: RecordKey) -> Result<FoundValue, A::Error> {
    let (mut texts, mut is_empty) = (Vec::new(), true);
    let is_tags = known.field.is_some_and(|(field, _)| field == RecordField::Tags);
    let mut names = Vec::new();
    while let Some(name) = map.next_key::<String>()? {
        is_empty = false;
        // The number of a tag is not its name.
        if is_tags && (key(&name) == key("id") || !key(&name).is_inner) {
            map.next_value::<IgnoredAny>()?;
            // Pocket has an object whose keys are the tags.
            if key(&name).field.is_none() && names.len() < MAX_PIECES {
                names.push(name);
            }
            continue;
        }
        if known.field.is_none() || !key(&name).is_inner {
            map.next_value::<IgnoredAny>()?;
            continue;
        }
        let mut nothing = RecordFields::default();
        let seed = ValueSeed { fields: &mut nothing, depth: MAX_WRAPPERS, known, nests: false };
        if let FoundValue::Texts(more) = map.next_value_seed(seed)? {
            // The first key is the value; a name in bibliographies is the only one of two parts.
            if texts.is_empty() {
                texts = more;
            } else if matches!(name.as_str(), "family" | "given") {
                texts = vec![[texts, more].concat().join(" ")];
            }
        }
    }
    if texts.is_empty() {
        texts = names;
    }
    Ok(match (texts.is_empty(), is_empty) {
        (false, _) => FoundValue::Texts(texts),
        (true, true) => FoundValue::Nothing,
        (true, false) => FoundValue::Unused,
    })
}
