//! A JSON object becomes a draft, or several if it is the envelope of a list. Its text is the longest by any of the
//! names that programs use (`record/keys.rs`); a lead that is kept apart from it is put before it, and keys whose
//! values were not used are named in a note: nothing of a record is lost without a word.

mod fields;
mod keys;
mod lead;
mod tags;

use super::author_names::NameSource;
use super::plain::{self, MarkupHints, address_in};
use super::{
    MAX_DOCUMENT_BYTES, UnreadableInput, author_names, decode, html, markup_text, own_record, publication_day,
};
use crate::report::{Draft, RestoredFields};
use crate::text::words::folded_words;
use fields::{RecordFields, RecordSeed};
use keys::RecordField;
use serde::de::{DeserializeSeed, IgnoredAny};

/// The parser's message is cut here: it may quote the line.
const MAX_MESSAGE_CHARS: usize = 200;
/// Markup is preferred to a plain text if it has this share more of text, in percent: with markup, captions are known.
const MARKUP_PERCENT: usize = 120;
/// An author, an outlet or tags are quoted in notes up to here.
const MAX_QUOTED_CHARS: usize = 200;

/// Whether a line is a JSON object.
pub(super) fn is_record(line: &str) -> bool {
    line.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok()
}

/// Whether a table's column of this name is a field of a report.
pub(super) fn is_column(name: &str) -> bool {
    let fields = [RecordField::Title, RecordField::Text, RecordField::Html, RecordField::Address, RecordField::Day];
    keys::key(name).field.is_some_and(|(field, _)| fields.contains(&field))
}

/// Hands over the drafts of one object. A blank text has none.
pub(super) fn drafts(bytes: &[u8], take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return;
    }
    if let Some(draft) = simdutf8::basic::from_utf8(bytes).ok().and_then(own_record::draft) {
        return take(Ok(draft));
    }
    match fields(bytes) {
        Ok((fields, notes)) => each_draft(fields, &notes, take),
        Err(why) => take(Err(why)),
    }
}

fn fields(bytes: &[u8]) -> Result<(RecordFields, Vec<String>), UnreadableInput> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    let decoded = decode::record(bytes)?;
    let mut fields = RecordFields::default();
    let unreadable = |error: serde_json::Error| UnreadableInput::NotARecord(without_place(&error.to_string()));
    let mut parser = serde_json::Deserializer::from_str(decoded.text.trim());
    RecordSeed { fields: &mut fields, depth: 0 }.deserialize(&mut parser).map_err(unreadable)?;
    parser.end().map_err(unreadable)?;
    let mut notes = decoded.notes;
    // Letters may be written as escapes (`\u00e9`), which hide what is wrong with them until they are parsed.
    if !decode::has_vietnamese_letters(&decoded.text) {
        notes.extend(fields.repair_letters()?);
    }
    Ok((fields, notes))
}

/// `serde_json`'s message without `at line 1 column 7`, which would contradict the number of the line in the file.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(what, _)| what).chars().take(MAX_MESSAGE_CHARS).collect()
}

/// The draft of an object with a text of its own; else those of the records in it.
fn each_draft(mut fields: RecordFields, notes: &[String], take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) {
    let records = std::mem::take(&mut fields.records);
    match draft(fields, notes, !records.is_empty()) {
        Some(found) => {
            take(found);
        }
        None => records.into_iter().for_each(|record| each_draft(record, notes, take)),
    }
}

/// The draft of a record. `None` if it has no text but is known to hold records that may have one.
fn draft(mut fields: RecordFields, notes: &[String], holds_records: bool) -> Option<Result<Draft, UnreadableInput>> {
    let mut used = String::new();
    let body = body(&mut fields).or_else(|| {
        let (name, text) = fields.unknown_text().filter(|_| !holds_records)?;
        used = name;
        Some(text)
    });
    if body.is_none() && holds_records {
        return None;
    }
    let leads = fields.all(RecordField::Lead);
    let Some(text) = lead::with_leads(body, leads) else {
        let found = fields.names();
        return Some(Err(if found.is_empty() {
            UnreadableInput::Empty
        } else {
            UnreadableInput::NoText { keys: keys::names_of_texts(), found }
        }));
    };
    let outlets = fields.all(RecordField::Outlet);
    let addresses = fields.all(RecordField::Address).into_iter().chain(outlets.iter().cloned());
    let outlet = outlets.iter().find(|outlet| address_in(outlet).is_none()).cloned();
    let outlet = outlet.and_then(|outlet| quoted(&markup_text::text_of(&outlet)));
    let hints = MarkupHints {
        title: fields.first(RecordField::Title).map(|title| markup_text::text_of(&title).into_owned()),
        url: addresses.into_iter().find_map(|value| address_in(&value)),
        published: fields.all(RecordField::Day).iter().find_map(|value| publication_day::of_value(value)),
        authors: author_names::names(
            &fields.all(RecordField::Author),
            NameSource::Data,
            outlet.as_deref().map(folded_words).as_deref(),
        ),
        outlet,
        notes: notes.to_vec(),
        ..MarkupHints::default()
    };
    Some(read(&text, hints).map(|mut draft| {
        if fields.is_saved {
            let tags = tags::of_reader(&fields.pieces(RecordField::Tags));
            draft.restored = (!tags.is_empty()).then(|| Box::new(RestoredFields { tags, ..RestoredFields::default() }));
        } else {
            let tags = fields.first(RecordField::Tags).and_then(|value| quoted(&value));
            draft.notes.extend(tags.map(|tags| format!("tags: {tags}")));
        }
        let unused = fields.unused(&used);
        if !unused.is_empty() {
            draft.notes.push(format!("keys not used: {unused}"));
        }
        draft
    }))
}

/// The longest text by any name; markup if it has clearly more of it than the plain texts.
fn body(fields: &mut RecordFields) -> Option<String> {
    // By a stable order: of equally long ones, the better name.
    let longest = |texts: Vec<String>| texts.into_iter().rev().max_by_key(|text| markup_text::text_bytes(text));
    let plain = longest(fields.all(RecordField::Text));
    let markup = longest(fields.all(RecordField::Html));
    match (plain, markup) {
        (Some(plain), Some(markup)) => {
            let is_more = markup_text::text_bytes(&markup) * 100 > markup_text::text_bytes(&plain) * MARKUP_PERCENT;
            Some(if is_more { markup } else { plain })
        }
        (plain, markup) => plain.or(markup),
    }
}

fn read(text: &str, hints: MarkupHints) -> Result<Draft, UnreadableInput> {
    if html::is_markup(text) { html::fragment(text, hints) } else { plain::draft(text, hints) }
}

/// A value as one line of bounded length. `None` if it has no letter.
fn quoted(value: &str) -> Option<String> {
    let line = super::title::line(value)?;
    Some(line.chars().take(MAX_QUOTED_CHARS).collect())
}

#[cfg(test)]
mod tests;
