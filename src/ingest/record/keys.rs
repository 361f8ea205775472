//! The names that programs give to the fields of a record (`tables/record_keys.tsv`). Names are compared without case,
//! `_`, `-` and spaces, so that `datePublished`, `date_published` and `Date published` are one row.

use crate::ingest::phrase_table::IngestTable;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RecordField {
    Title,
    /// The text: plain, or markup.
    Text,
    /// The text as markup, used if no plain one is as long.
    Html,
    /// The lead, which many programs keep apart from the text.
    Lead,
    Address,
    Day,
    Author,
    Outlet,
    Tags,
    /// An object that holds the record's fields, or a list of records.
    Wrapper,
    /// Inside of an object that is a field's value: the value itself.
    Inner,
    /// Only programs in which a reader keeps pages write it: the tags of such a record are the reader's.
    Saved,
    /// Not read, and not told either.
    Ignored,
}

const TABLE: IngestTable<RecordField> = IngestTable {
    file: "record_keys.tsv",
    text: include_str!("../tables/record_keys.tsv"),
    kinds: &[
        ("title", RecordField::Title),
        ("text", RecordField::Text),
        ("html", RecordField::Html),
        ("lead", RecordField::Lead),
        ("address", RecordField::Address),
        ("day", RecordField::Day),
        ("author", RecordField::Author),
        ("outlet", RecordField::Outlet),
        ("tags", RecordField::Tags),
        ("wrapper", RecordField::Wrapper),
        ("inner", RecordField::Inner),
        ("saved", RecordField::Saved),
        ("ignored", RecordField::Ignored),
    ],
};

/// What a key can mean in its two places. A lower `order` is the better name of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordKey {
    /// As a key of a record whose value is text or a list of texts.
    pub field: Option<(RecordField, usize)>,
    /// As a key of a record whose value is an object or a list of objects.
    pub is_wrapper: bool,
    /// Whether only programs in which a reader keeps pages write it, besides what it is as a field.
    pub is_saved: bool,
    /// As a key inside of a field's value.
    pub is_inner: bool,
}

/// The meaning of a key; all of it empty for an unknown one.
pub(super) fn key(name: &str) -> RecordKey {
    static KEYS: OnceLock<HashMap<&'static str, RecordKey>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let mut keys: HashMap<&'static str, RecordKey> = HashMap::new();
        for (order, row) in TABLE.rows().enumerate() {
            let known = keys.entry(row.words).or_default();
            match row.kind {
                RecordField::Wrapper => known.is_wrapper = true,
                RecordField::Inner => known.is_inner = true,
                RecordField::Saved => known.is_saved = true,
                field => known.field = Some((field, order)),
            }
        }
        keys
    });
    keys.get(plain(name).as_str()).copied().unwrap_or_default()
}

/// The name of a row, by its position in the table.
pub(super) fn name(order: usize) -> Option<&'static str> {
    TABLE.rows().nth(order).map(|row| row.words)
}

/// Some names of fields of the text, for the message about a record that has none.
pub(super) fn names_of_texts() -> String {
    let names = TABLE.rows().filter(|row| row.kind == RecordField::Text).take(6).map(|row| row.words);
    names.collect::<Vec<_>>().join(", ")
}

/// A name in lower case, letters and digits only. A longer one than any in the table is cut.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).take(40).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        TABLE.check();
        for row in TABLE.rows() {
            assert_eq!(plain(row.words), row.words);
        }
    }

    #[test]
    fn spellings_of_one_name_are_one_key() {
        for name in ["datePublished", "date_published", "Date-Published", "DATE PUBLISHED"] {
            assert_eq!(key(name).field.map(|(field, _)| field), Some(RecordField::Day), "{name}");
        }
        assert!(key("_source").is_wrapper && key("source").field.is_some());
        assert_eq!(key("nothing of ours"), RecordKey::default());
    }
}
