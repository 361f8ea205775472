//! The rows derived from a report, without the index: one of `report`, and those of its people. They are computed from
//! an extraction, inserted, compared with older ones and updated by a rebuild, and deleted.

use super::ReportCache;
use crate::officials::story::Fingerprint;
use crate::report::{Dated, Day, Draft, Extraction, Title};
use crate::store::index::dated_row_numbers;
use crate::store::register::{PersonColumns, PersonReportColumns};
use crate::store::{StoreError, cell_encoding};
use rusqlite::params;
use std::borrow::Cow;

/// Everything derived from a text except its index terms. `rebuild` computes it again.
#[derive(Clone, Debug)]
pub(super) struct DerivedRows {
    /// The day of the report, stated or inferred.
    day: Option<Dated>,
    kind: &'static str,
    period: Option<String>,
    unit: Option<String>,
    source: String,
    /// The number of an official document.
    number: Option<String>,
    /// Where it was issued.
    place: Option<String>,
    /// The name of who signed it.
    signer: Option<String>,
    /// By what it is compared with others, as bytes.
    fingerprint: Vec<u8>,
    pub(super) people: Vec<PersonColumns>,
}

/// The row of `report` that was derived from a body before, to compare the new one with.
#[derive(Clone, Debug)]
pub(super) struct ReplacedRow {
    pub row: i64,
    /// In the order of `DerivedRows::cells`.
    pub cells: [Option<String>; 11],
}

impl ReplacedRow {
    /// The title that the row had. `None` if its cell was empty.
    pub fn title(&self) -> Option<&String> {
        self.cells[2].as_ref()
    }
}

impl DerivedRows {
    /// `words` are the folded words of title and text, as they are indexed.
    pub fn new(file: &str, draft: &Draft, found: &Extraction, words: &[String]) -> Self {
        let facts = &found.facts;
        let [title, text] = [0, 1].map(|n| words.get(n).map(String::as_str).unwrap_or_default());
        let stated = facts.day.filter(|day| day.is_exact()).map(|dated| dated_row_numbers::days_since_1970(dated.day));
        Self {
            day: facts.day,
            kind: facts.kind.name(),
            period: facts.period.map(|period| period.to_string()),
            unit: facts.unit.clone(),
            source: draft.url.clone().unwrap_or_else(|| file.to_owned()),
            number: facts.number.as_ref().map(|quote| quote.text.clone()),
            place: facts.place.as_ref().map(|quote| quote.text.clone()),
            signer: facts.signer.as_ref().map(|quote| quote.text.clone()),
            fingerprint: Fingerprint::of(title, text, draft.url.as_deref(), stated).to_bytes(),
            people: PersonColumns::all_of(found),
        }
    }

    /// The day that its row number follows.
    pub fn day(&self) -> Option<Day> {
        self.day.map(|dated| dated.day)
    }

    /// With the date that the reader set, if any, instead of what was found.
    pub fn dated_by_hand(self, by_hand: Option<Dated>) -> Self {
        Self { day: by_hand.or(self.day), ..self }
    }

    /// Whether `row` is one that the report of body number `body` may have: a row number encodes the day.
    pub fn may_have_row(&self, row: i64, body: i64) -> bool {
        self.day.map_or_else(
            || row == dated_row_numbers::undated_row(body),
            |dated| dated_row_numbers::rows_of(dated.day).contains(&row),
        )
    }

    /// The columns of the report that each of its `person` rows repeats.
    pub fn head<'a>(&'a self, row: i64, body: i64, id: &'a str) -> PersonReportColumns<'a> {
        PersonReportColumns {
            row,
            body,
            id,
            unit: self.unit.as_deref(),
            date_code: dated_row_numbers::date_code_of(self.day),
        }
    }

    /// The cells of the `report` row except those that never change (`row`, `body`, `id`), in the order of the
    /// statements below.
    fn cells<'a>(&'a self, title: &'a Title) -> [Option<Cow<'a, str>>; 11] {
        [
            self.day.map(|dated| dated.day.to_string().into()),
            Some(dated_row_numbers::date_code_of(self.day).to_string().into()),
            Some(title.text.as_str().into()),
            Some(cell_encoding::pack_origin(title.origin).into()),
            Some(self.kind.into()),
            self.period.as_deref().map(Into::into),
            self.unit.as_deref().map(Into::into),
            Some(self.source.as_str().into()),
            self.number.as_deref().map(Into::into),
            self.place.as_deref().map(Into::into),
            self.signer.as_deref().map(Into::into),
        ]
    }
}

impl ReportCache<'_> {
    /// Inserts the rows derived from a body that has none yet, except the index, and returns the new row number. `body`
    /// is its number.
    pub(super) fn save_derived(
        &self,
        body: i64,
        id: &str,
        title: &Title,
        derived: &DerivedRows,
    ) -> Result<i64, StoreError> {
        let row = match derived.day {
            Some(dated) => self.free_row(dated.day, id)?,
            None => dated_row_numbers::undated_row(body),
        };
        let [day, date_code, title, origin, kind, period, unit, source, number, place, signer] = derived.cells(title);
        self.store
            .db
            .prepare_cached(
                "INSERT INTO report (row, body, id, day, date_code, title, origin, kind, period, unit, source, number,
                                     place, signer, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
                         (SELECT added FROM body WHERE no = ?2))",
            )
            .and_then(|mut s| {
                s.execute(params![
                    row, body, id, day, date_code, title, origin, kind, period, unit, source, number, place, signer
                ])
            })
            .map_err(StoreError::when("written"))?;
        self.store.register_writer().save_people(derived.head(row, body, id), &derived.people)?;
        self.store.stories().note(body, &derived.fingerprint)?;
        Ok(row)
    }

    /// Updates the rows derived from a body where they differ from `old`, so that a rebuild after a small change of the
    /// rules writes little. Returns the row number and whether the report must be indexed again.
    pub(super) fn renew_derived(
        &self,
        old: &ReplacedRow,
        body: i64,
        id: &str,
        title: &Title,
        derived: &DerivedRows,
    ) -> Result<(i64, bool), StoreError> {
        // On another day the report needs another row, and its index entry moves with it.
        if !derived.may_have_row(old.row, body) {
            self.forget_derived(old.row)?;
            return Ok((self.save_derived(body, id, title, derived)?, true));
        }
        let cells = derived.cells(title);
        if cells.iter().zip(&old.cells).any(|(new, old)| new.as_deref() != old.as_deref()) {
            let [day, date_code, title, origin, kind, period, unit, source, number, place, signer] = cells;
            self.store
                .db
                .prepare_cached(
                    "UPDATE report SET day = ?2, date_code = ?3, title = ?4, origin = ?5, kind = ?6, period = ?7,
                                       unit = ?8, source = ?9, number = ?10, place = ?11, signer = ?12
                     WHERE row = ?1",
                )
                .and_then(|mut s| {
                    s.execute(params![
                        old.row, day, date_code, title, origin, kind, period, unit, source, number, place, signer
                    ])
                })
                .map_err(StoreError::when("written"))?;
        }
        let head = derived.head(old.row, body, id);
        if !self.store.register_writer().has_people(head, &derived.people)? {
            self.store.register_writer().forget_people(old.row)?;
            self.store.register_writer().save_people(head, &derived.people)?;
            self.store.stories().tell_people(old.row)?;
        }
        self.store.stories().note(body, &derived.fingerprint)?;
        // Texts never change, so the index differs only if the title does.
        Ok((old.row, old.title() != Some(&title.text)))
    }

    /// Removes everything derived from the report at `row`.
    pub(super) fn forget_derived(&self, row: i64) -> Result<(), StoreError> {
        self.store.stories().leave(row)?;
        self.store.index().remove(row)?;
        self.store.register_writer().forget_people(row)?;
        self.store
            .db
            .prepare_cached("DELETE FROM report WHERE row = ?1")
            .and_then(|mut s| s.execute([row]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// The row for a report: the preferred one of its id, else one of the next few, else the one after the last of the
    /// day.
    fn free_row(&self, day: Day, id: &str) -> Result<i64, StoreError> {
        let rows = dated_row_numbers::rows_of(day);
        let mut taken =
            self.store.db.prepare_cached("SELECT 1 FROM report WHERE row = ?1").map_err(StoreError::when("read"))?;
        let preferred = dated_row_numbers::preferred_row(day, id);
        for row in preferred..preferred + dated_row_numbers::NEIGHBOURS {
            if !taken.exists([row]).map_err(StoreError::when("read"))? {
                return Ok(row);
            }
        }
        // A crowded day: the next row after all of them.
        let last: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT max(row) FROM report WHERE row >= ?1 AND row < ?2")
            .and_then(|mut s| s.query_row([rows.start, rows.end], |row| row.get(0)))
            .map_err(StoreError::when("read"))?;
        last.map(|last| last + 1).filter(|row| rows.contains(row)).ok_or(StoreError::DayFull { day })
    }
}
