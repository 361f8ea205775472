//! A row of `person` as identification reads it. A frequent name has hundreds of thousands, so each is taken apart as
//! it is parsed: what it says goes to identification, and only where it is, and whose it was, stays until the result is
//! written.

use crate::officials::{Observation, PersonStatement, ReportHead};
use crate::report::ReportKind;
use crate::store::index::dated_row_numbers;
use crate::store::{StoreError, cell_encoding};
use rusqlite::Row;
use std::collections::HashSet;
use std::sync::Arc;

/// Where an observation is, and whose it was.
pub(super) struct ObservationRow {
    pub part: i64,
    /// Row of the report.
    pub report: i64,
    /// Place in the report.
    pub place: usize,
    /// The official it was assigned to last time; `None` too if that was the only one of the name.
    pub official: Option<String>,
}

/// So many rows wait to be parsed, at most.
const MOST_UNREAD: usize = 4096;

/// All observations of a name. Rows are parsed by the threads that identify names; but those of a frequent name, as
/// rows and as what they say, would take half as much memory again as what they say alone. So whoever reads the rows
/// parses them whenever very many wait.
#[derive(Default)]
pub(super) struct NameObservations {
    rows: Vec<ObservationRow>,
    seen: Vec<Observation>,
    unread: Vec<StoredObservation>,
    shared: SharedWords,
}

impl NameObservations {
    /// Adds a row, parsing those before it if they are very many.
    pub fn push(&mut self, row: StoredObservation) -> Result<(), StoreError> {
        if self.unread.len() >= MOST_UNREAD {
            self.read_unread()?;
        }
        self.unread.push(row);
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.rows.len() + self.unread.len()
    }

    /// The rows, and what each says.
    pub fn read_out(mut self) -> Result<(Vec<ObservationRow>, Vec<Observation>), StoreError> {
        self.read_unread()?;
        Ok((self.rows, self.seen))
    }

    fn read_unread(&mut self) -> Result<(), StoreError> {
        self.rows.reserve(self.unread.len());
        self.seen.reserve(self.unread.len());
        for stored in self.unread.drain(..) {
            let (row, observation) = stored.read_out(&mut self.shared)?;
            self.rows.push(row);
            self.seen.push(observation);
        }
        Ok(())
    }
}

/// Words of which many observations have the same. Very many reports write a frequent name, its posts and their own
/// units in the same words; each wording is in memory once.
#[derive(Default)]
struct SharedWords(HashSet<Arc<str>>);

impl SharedWords {
    /// The words that are in memory already if there are such, else these.
    fn of(&mut self, words: Arc<str>) -> Arc<str> {
        if let Some(known) = self.0.get(&words) {
            return Arc::clone(known);
        }
        self.0.insert(Arc::clone(&words));
        words
    }
}

/// A row of `person`.
pub(super) struct StoredObservation {
    row: ObservationRow,
    id: String,
    unit: Option<String>,
    date_code: u8,
    said: String,
    /// The story of the report.
    story: Option<i64>,
}

impl StoredObservation {
    /// Reads the columns that `RegisterWriter::name` asks for.
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: ObservationRow { report: row.get(0)?, place: row.get(1)?, official: row.get(6)?, part: row.get(7)? },
            id: cell_encoding::unpack_id(row.get_ref(2)?.as_blob()?),
            unit: row.get(3)?,
            date_code: row.get(4)?,
            said: row.get(5)?,
            story: row.get(8)?,
        })
    }

    /// What the report says of the person, as JSON.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// Parses what the report says. Of that, only what identification uses is kept.
    fn read_out(self, shared: &mut SharedWords) -> Result<(ObservationRow, Observation), StoreError> {
        let damaged =
            |what: &str| StoreError::corrupt(format!("what report {} says of a person has no {what}", self.id));
        let mut statement = PersonStatement::from_json(&self.said).ok_or_else(|| damaged("form"))?;
        let Self { row, id, unit, date_code, said, story } = self;
        drop(said);
        statement.roles = Box::default();
        statement.name = shared.of(statement.name);
        for post in &mut statement.posts {
            post.text = shared.of(Arc::clone(&post.text));
        }
        // A list grows to a multiple of what it has, and most have one item.
        statement.posts.shrink_to_fit();
        let head = ReportHead {
            report: id.into(),
            // Identification uses none of these three.
            title: Arc::default(),
            kind: ReportKind::default(),
            source: Arc::default(),
            day: dated_row_numbers::dated_of(row.report, date_code),
            unit: unit.map(|unit| shared.of(unit.into())),
            story,
        };
        let place = row.place;
        Ok((row, Observation { head, place, statement }))
    }
}
