//! The people of a report as rows: their names, statements and posts. Each name and each wording of a post has a
//! number; a name that gains or loses an observation is marked `stale`, so that its officials are identified again.
//!
//! ```text
//! person   report, place ─▶ name_no, said …    one row for each person of a report
//! name     no ─▶ key                           identity of the name, tones kept
//! posted   post, report                        one row for each post in a report
//! post     no ─▶ text                          wording of the post
//! happened kind, report                        one row for each kind of event in a report
//! ```

use super::RegisterWriter;
use crate::officials::PersonStatement;
use crate::report::{CareerEventKind, Extraction};
use crate::store::person_partition::{OF_REPORT, lookup_partition_of, partition_of};
use crate::store::{StoreError, cell_encoding};
use crate::text::tone_marks::name_key;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeSet, HashMap};

/// Maximum number of names, and of posts, whose numbers are remembered.
const MAX_NUMBERS: usize = 50_000;

/// A person of a report, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct PersonColumns {
    key: String,
    name: String,
    rank: Option<&'static str>,
    said: String,
    /// The words of the posts.
    posts: Vec<String>,
    /// What happens to the person.
    events: Vec<CareerEventKind>,
}

/// What each row of `person` repeats of its report, so that a name can be identified from that table alone.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct PersonReportColumns<'a> {
    pub row: i64,
    /// The number of its body.
    pub body: i64,
    pub id: &'a str,
    pub unit: Option<&'a str>,
    /// The certainty and precision of its day.
    pub date_code: u8,
}

impl PersonColumns {
    /// The people found, in press order.
    pub fn all_of(found: &Extraction) -> Vec<Self> {
        let cells = |(place, person): (usize, &crate::report::Person)| {
            Some(Self {
                key: name_key(&person.name),
                name: person.name.clone(),
                rank: person.rank.map(|said| said.rank.name),
                said: PersonStatement::of(found, place)?.to_json(),
                posts: person.posts.iter().map(|post| post.text.clone()).collect(),
                events: found.events.iter().filter(|event| event.person == place).map(|event| event.kind).collect(),
            })
        };
        found.people.iter().enumerate().filter_map(cells).collect()
    }
}

impl RegisterWriter<'_> {
    /// Writes the people of a report that has none yet.
    pub(in crate::store) fn save_people(
        &self,
        head: PersonReportColumns<'_>,
        people: &[PersonColumns],
    ) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        let mut names = BTreeSet::new();
        let mut posts = BTreeSet::new();
        let mut events = BTreeSet::new();
        for (place, person) in people.iter().enumerate() {
            let name_no = self.name_number(&person.key)?;
            names.insert(name_no);
            events.extend(person.events.iter().map(|kind| kind.name()));
            for post in &person.posts {
                posts.insert(self.post_number(post)?);
            }
            self.store
                .db
                .prepare_cached(
                    "INSERT INTO person (report, place, name_no, name, rank, said, id, unit, date_code, part)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )
                .and_then(|mut s| {
                    let PersonReportColumns { row, body, id, unit, date_code } = head;
                    let (id, part) = (cell_encoding::pack_id(id), partition_of(body));
                    let PersonColumns { name, rank, said, .. } = person;
                    s.execute(params![row, place, name_no, name, rank, said, id, unit, date_code, part])
                })
                .map_err(&when)?;
        }
        let mut posted = self
            .store
            .db
            .prepare_cached("INSERT OR IGNORE INTO posted (part, post, report) VALUES (?1, ?2, ?3)")
            .map_err(&when)?;
        for post in posts {
            posted.execute([lookup_partition_of(head.body), post, head.row]).map_err(&when)?;
        }
        for kind in events {
            self.store
                .db
                .prepare_cached("INSERT OR IGNORE INTO happened (kind, report) VALUES (?1, ?2)")
                .and_then(|mut s| s.execute(params![kind, head.row]))
                .map_err(&when)?;
        }
        names.into_iter().try_for_each(|name_no| {
            self.mark_stale(name_no)?;
            self.mark_unidentified(name_no, partition_of(head.body))
        })
    }

    /// Whether the rows of a report are exactly these people.
    pub(in crate::store) fn has_people(
        &self,
        head: PersonReportColumns<'_>,
        people: &[PersonColumns],
    ) -> Result<bool, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self
            .store
            .db
            .prepare_cached(
                "SELECT p.name, p.rank, p.said, p.id, p.unit, p.date_code, p.place, n.key
                 FROM person p LEFT JOIN name n ON n.no = p.name_no
                 WHERE p.part = ?2 AND p.report = ?1 ORDER BY p.place",
            )
            .map_err(&when)?;
        let mut rows = statement.query([head.row, partition_of(head.body)]).map_err(&when)?;
        let mut wanted = people.iter().enumerate();
        while let Some(row) = rows.next().map_err(&when)? {
            let Some((place, person)) = wanted.next() else { return Ok(false) };
            let text = |n| row.get_ref(n).ok().and_then(|value| value.as_str_or_null().ok()).flatten();
            let same = text(0) == Some(person.name.as_str())
                && text(1) == person.rank
                && text(2) == Some(person.said.as_str())
                && row.get_ref(3).is_ok_and(|id| id.as_blob() == Ok(&cell_encoding::pack_id(head.id)))
                && text(4) == head.unit
                && row.get(5) == Ok(head.date_code)
                && row.get(6) == Ok(place)
                && text(7) == Some(person.key.as_str());
            if !same {
                return Ok(false);
            }
        }
        Ok(wanted.next().is_none())
    }

    /// Removes the people of the report at `row`.
    pub(in crate::store) fn forget_people(&self, row: i64) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        let said: Vec<String> = self
            .store
            .db
            .prepare_cached(&format!("SELECT said FROM person WHERE {OF_REPORT}"))
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        // The keys of `posted` and `happened` begin with post and kind: deleting by report alone would scan the tables.
        for said in said.iter().filter_map(|said| PersonStatement::from_json(said)) {
            for post in said.posts {
                let no = self.post_number(&post.text)?;
                self.store
                    .db
                    .prepare_cached(
                        "DELETE FROM posted WHERE part = (SELECT body >> 16 FROM report WHERE row = ?2)
                                              AND post = ?1 AND report = ?2",
                    )
                    .and_then(|mut s| s.execute([no, row]))
                    .map_err(&when)?;
            }
            for event in said.events {
                self.store
                    .db
                    .prepare_cached("DELETE FROM happened WHERE kind = ?1 AND report = ?2")
                    .and_then(|mut s| s.execute(params![event.kind.name(), row]))
                    .map_err(&when)?;
            }
        }
        for sql in [
            format!("INSERT OR IGNORE INTO stale SELECT name_no FROM person WHERE {OF_REPORT}"),
            format!("DELETE FROM person WHERE {OF_REPORT}"),
        ] {
            self.store.db.prepare_cached(&sql).and_then(|mut s| s.execute([row])).map_err(&when)?;
        }
        Ok(())
    }

    pub(super) fn mark_stale(&self, name_no: i64) -> Result<(), StoreError> {
        self.store
            .db
            .prepare_cached("INSERT OR IGNORE INTO stale (name_no) VALUES (?1)")
            .and_then(|mut s| s.execute([name_no]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// Marks that nobody has looked at some people of a name in this partition.
    fn mark_unidentified(&self, name_no: i64, part: i64) -> Result<(), StoreError> {
        self.store
            .db
            .prepare_cached(
                "INSERT INTO unidentified (name_no, part) VALUES (?1, ?2)
                 ON CONFLICT (name_no) DO UPDATE SET part = excluded.part WHERE excluded.part < part",
            )
            .and_then(|mut s| s.execute([name_no, part]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    fn name_number(&self, key: &str) -> Result<i64, StoreError> {
        let names = &mut self.store.known.borrow_mut().names;
        number_of(
            &self.store.db,
            names,
            key,
            "SELECT no FROM name WHERE key = ?1",
            "INSERT INTO name (key) VALUES (?1)",
        )
    }

    fn post_number(&self, text: &str) -> Result<i64, StoreError> {
        let posts = &mut self.store.known.borrow_mut().posts;
        number_of(
            &self.store.db,
            posts,
            text,
            "SELECT no FROM post WHERE text = ?1",
            "INSERT INTO post (text) VALUES (?1)",
        )
    }
}

/// The number of a text: remembered, else found in the table, else given by inserting it.
fn number_of(
    db: &rusqlite::Connection,
    known: &mut HashMap<String, i64>,
    text: &str,
    find: &str,
    add: &str,
) -> Result<i64, StoreError> {
    if let Some(no) = known.get(text) {
        return Ok(*no);
    }
    let found: Option<i64> = db
        .prepare_cached(find)
        .and_then(|mut s| s.query_row([text], |row| row.get(0)).optional())
        .map_err(StoreError::when("read"))?;
    let no = if let Some(no) = found {
        no
    } else {
        db.prepare_cached(add).and_then(|mut s| s.execute([text])).map_err(StoreError::when("written"))?;
        db.last_insert_rowid()
    };
    // Forgetting costs one lookup for each text that comes again; an order of use would cost more.
    if known.len() >= MAX_NUMBERS {
        known.clear();
    }
    known.insert(text.to_owned(), no);
    Ok(no)
}
