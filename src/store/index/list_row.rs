//! A report as a row of a list: which columns it takes, how they are read, the rows of known numbers, and the people of
//! rows.

use super::ReportIndex;
use super::dated_row_numbers::dated_of;
use super::years_and_hosts::host_of;
use crate::report::{Dated, Day, ReportKind};
use crate::store::person_partition::OF_REPORT;
use crate::store::{ImportPosition, SeenBy, StoreError, cell_encoding};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

/// One report in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// The row number of the report, by which its people are found. Valid until the report changes.
    #[serde(skip)]
    pub number: i64,
    pub id: String,
    pub title: String,
    /// The day of the event, stated or inferred; `None` if nothing tells it.
    pub day: Option<Dated>,
    pub kind: ReportKind,
    /// Its period, as printed by `Period`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    pub source: String,
    /// The number and sign of an official document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_of_document: Option<String>,
    /// Where it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_of_issue: Option<String>,
    /// The name of who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub starred: bool,
    /// Whether it came since the reader was last used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
    /// The reader's tags, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Words around the first hit in the text. `None` until `ReportIndex::add_snippets` is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    /// The number of hits in the text. `None` until they are counted, together with the snippet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits: Option<usize>,
    /// The other reports that tell the same story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherVersion>,
}

/// Another report that tells the story of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherVersion {
    pub id: String,
    /// Its address, else its file.
    pub source: String,
}

impl OtherVersion {
    /// What `COLUMNS` has of it: the id, a blank and the source.
    fn of(cell: &str) -> Option<Self> {
        let (id, source) = cell.split_once(' ')?;
        Some(Self { id: id.to_owned(), source: source.to_owned() })
    }
}

/// Separates the tags of a row in their column, and the sources of others: a control character, which neither can have.
const TAG_END: char = '\u{1f}';

/// The columns of a row, from `report r` joined with the reader's marks `m`. A damaged mark may be of any type;
/// compared with 0 it is a truth value all the same, and no reason to show no list.
pub(super) const COLUMNS: &str = "r.row, r.id, r.title, r.date_code, r.kind, r.period, r.unit, r.source,
    coalesce(m.read, 0) <> 0, coalesce(m.starred, 0) <> 0,
    (SELECT group_concat(t.tag, char(31)) FROM user.tag t WHERE t.report = r.id), r.body, r.added,
    (SELECT group_concat(o.id || ' ' || o.source, char(31)) FROM report o WHERE o.story = r.story AND o.row <> r.row),
    r.number, r.place, r.signer
    FROM report r LEFT JOIN user.mark m ON m.report = r.id";

/// The outlet of a report from its source: the host of an address without `www.`; `None` for a file.
pub fn outlet_of(source: &str) -> Option<String> {
    source.starts_with("http").then(|| host_of(source)).flatten()
}

impl ListRow {
    /// The outlet: the host of the report's address without `www.`. `None` if it is not from the web.
    pub fn outlet(&self) -> Option<String> {
        outlet_of(&self.source)
    }

    /// The outlets of its story, its own first, each once. Empty if none of the reports is from the web.
    pub fn outlets(&self) -> Vec<String> {
        let mut outlets: Vec<String> = Vec::new();
        for source in std::iter::once(&self.source).chain(self.others.iter().map(|other| &other.source)) {
            outlets.extend(outlet_of(source).filter(|outlet| !outlets.contains(outlet)));
        }
        outlets
    }
}

/// Reads `COLUMNS`: the row without a snippet. `seen` is up to where the reader has seen the cache.
fn read(row: &rusqlite::Row<'_>, seen: Option<ImportPosition>) -> rusqlite::Result<ListRow> {
    let (kind, date_code): (String, u8) = (row.get(4)?, row.get(3)?);
    let (tags, others): (Option<String>, Option<String>) = (row.get(10)?, row.get(13)?);

    Ok(ListRow {
        number: row.get(0)?,
        id: row.get(1)?,
        title: row.get(2)?,
        day: dated_of(row.get(0)?, date_code),
        kind: ReportKind::from_name(&kind).unwrap_or_default(),
        period: row.get(5)?,
        unit: row.get(6)?,
        source: row.get(7)?,
        number_of_document: row.get(14)?,
        place_of_issue: row.get(15)?,
        signer: row.get(16)?,
        read: row.get(8)?,
        starred: row.get(9)?,
        new: match seen {
            Some(seen) => seen.is_before(row.get(11)?, row.get(12)?),
            None => false,
        },
        tags: tags.map(|tags| tags.split(TAG_END).map(str::to_owned).collect()).unwrap_or_default(),
        snippet: None,
        hits: None,
        others: others.map(|cell| cell.split(TAG_END).filter_map(OtherVersion::of).collect()).unwrap_or_default(),
    })
}

impl ReportIndex<'_> {
    /// The rows of the newest reports, at most `limit`, in the order of the unfiltered list. One statement that stops
    /// early in a cache of any size: the first screen waits for nothing else.
    pub fn newest(&self, limit: usize) -> Result<Vec<ListRow>, StoreError> {
        let seen = self.store.marks().seen(SeenBy::Reader)?;
        let shown = if self.by_story { "WHERE r.story IS NULL OR r.story = r.body" } else { "" };
        self.store
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} {shown} ORDER BY r.row DESC LIMIT ?1"))
            .and_then(|mut s| s.query_map([limit as i64], |row| read(row, seen))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Rows by number, in the order of the numbers. Reports that are gone are left out.
    pub fn rows_of(&self, numbers: &[i64]) -> Result<Vec<ListRow>, StoreError> {
        let when = StoreError::when("read");
        let seen = self.store.marks().seen(SeenBy::Reader)?;
        let mut statement =
            self.store.db.prepare_cached(&format!("SELECT {COLUMNS} WHERE r.row = ?1")).map_err(&when)?;
        let mut out = Vec::with_capacity(numbers.len());
        for number in numbers {
            let found: Option<ListRow> = statement
                .query_map([number], |row| read(row, seen))
                .and_then(|mut rows| rows.next().transpose())
                .map_err(&when)?;
            out.extend(found);
        }
        Ok(out)
    }

    /// The ids of reports by row number, in the order of the numbers.
    pub(super) fn ids_of(&self, numbers: &[i64]) -> Result<Vec<String>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self.store.db.prepare_cached("SELECT id FROM report WHERE row = ?1").map_err(&when)?;
        let id = |number: &i64| statement.query_row([number], |row| row.get(0)).optional().transpose();
        numbers.iter().filter_map(id).collect::<Result<_, _>>().map_err(when)
    }

    /// For each row, the names of the people of its report, in the order of the report. One look-up a row: the row
    /// knows its number, and the statement is prepared once.
    pub fn people_of(&self, rows: &[ListRow]) -> Result<Vec<Vec<String>>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self
            .store
            .db
            .prepare_cached(&format!("SELECT name FROM person WHERE {OF_REPORT} ORDER BY place"))
            .map_err(&when)?;
        let mut names =
            |row: &ListRow| statement.query_map([row.number], |person| person.get(0)).and_then(Iterator::collect);
        rows.iter().map(|row| names(row).map_err(&when)).collect()
    }

    /// For each row, the day on which its report was published, as its page or file states it. One look-up a row.
    pub fn published_of(&self, rows: &[ListRow]) -> Result<Vec<Option<Day>>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self.store.db.prepare_cached("SELECT published FROM body WHERE id = ?1").map_err(&when)?;
        let mut published = |row: &ListRow| statement.query_row([&row.id], |row| row.get::<_, Option<String>>(0));
        rows.iter().map(|row| Ok(cell_encoding::unpack_day(published(row).map_err(&when)?.as_deref()))).collect()
    }
}
