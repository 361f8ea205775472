//! Tells by the values of a row of marks to which table it belongs. Damage can put a page in the place of another one:
//! SQLite finds nothing wrong with a star among what was seen, and shows neither. It does not look at the letters of a
//! text either.

use super::COLUMNS;
use crate::search::date::DayRange;
use crate::store::StoreError;
use crate::store::leaf_pages::{LeafRow, LeafValue};
use rusqlite::Connection;
use rusqlite::types::Value;

/// An error if a row of the attached file `user` cannot be read, or belongs to another table than it is in.
pub(super) fn check(db: &Connection) -> Result<(), StoreError> {
    let tables = super::tables(db, "user")?;
    for (table, columns) in COLUMNS.iter().filter(|(table, _)| super::has(&tables, table)) {
        let when = StoreError::when("read");
        let mut statement = db.prepare(&format!("SELECT * FROM user.{table}")).map_err(&when)?;
        let mut rows = statement.query([]).map_err(&when)?;
        while let Some(row) = rows.next().map_err(&when)? {
            let values: Vec<Value> = (0..columns.len()).map(|n| row.get(n)).collect::<Result<_, _>>().map_err(&when)?;
            if !fits(table, &as_leaf(table, &values)) {
                return Err(StoreError::corrupt(format!("its table `{table}` has a row that is none of its own")));
            }
        }
    }
    Ok(())
}

/// Whether a row can be one of its table. Numbers may be any: one that is damaged is no reason to give up its row.
pub(super) fn fits(table: &str, row: &LeafRow) -> bool {
    use LeafValue::{Integer, Null, Text};
    let has_form = match (table, row.values.as_slice()) {
        ("mark", [Text(_), read, starred]) => ![read, starred].into_iter().any(|value| matches!(value, Null | Text(_))),
        ("tag" | "dated", [Text(_), Text(_)])
        | ("place", [Text(_), Text(_), Integer(_)])
        | ("seen", [Text(_), Integer(_), Integer(_)])
        | ("decision", [Null, Text(_), Text(_), Text(_)]) => true,
        ("note", [Null, Text(about), ..]) => matches!(about.as_str(), "passage" | "report" | "official"),
        _ => false,
    };
    // A tag can look like a date.
    has_form && table_of(row).is_none_or(|other| other == table || (table, other) == ("tag", "dated"))
}

/// A row of a table as it is in the file, where the number of a row is not among its values.
pub(super) fn as_leaf(table: &str, values: &[Value]) -> LeafRow {
    let mut values: Vec<LeafValue> = values.iter().cloned().map(LeafValue::from).collect();
    let numbered = matches!(table, "note" | "decision");
    let first = values.first_mut().filter(|_| numbered).map(|first| std::mem::replace(first, LeafValue::Null));
    let number = first.and_then(|first| if let LeafValue::Integer(number) = first { Some(number) } else { None });
    LeafRow { number, values, page: 0 }
}

/// The table that a row can belong to, by its values.
pub(super) fn table_of(row: &LeafRow) -> Option<&'static str> {
    let is_id = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match (row.number, row.values.as_slice()) {
        (None, [LeafValue::Text(id), LeafValue::Integer(0 | 1), LeafValue::Integer(0 | 1)]) if is_id(id) => {
            Some("mark")
        }
        (None, [LeafValue::Text(letter), LeafValue::Text(id), LeafValue::Integer(0..)])
            if letter.chars().count() == 1 && is_id(id) =>
        {
            Some("place")
        }
        (None, [LeafValue::Text(id), LeafValue::Text(date)]) if is_id(id) => {
            Some(if DayRange::parse(date).is_some() { "dated" } else { "tag" })
        }
        // The third is a time: some second since 2001.
        (None, [LeafValue::Text(what), LeafValue::Integer(0..), LeafValue::Integer(1_000_000_000..)])
            if !is_id(what) =>
        {
            Some("seen")
        }
        (Some(_), [LeafValue::Null, LeafValue::Text(kind), LeafValue::Text(_), LeafValue::Text(_)])
            if kind == "step" =>
        {
            Some("decision")
        }
        (Some(_), [LeafValue::Null, LeafValue::Text(about), ..])
            if row.values.len() == 10 && matches!(about.as_str(), "passage" | "report" | "official") =>
        {
            Some("note")
        }
        _ => None,
    }
}
