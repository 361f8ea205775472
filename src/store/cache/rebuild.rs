//! Derives everything again from the texts, in one transaction: other processes see the old state until the new one is
//! complete, and a kill leaves the old one. Rows that come out unchanged are not written, above all not the index entry
//! of a report with the same title: a rebuild after a change of one rule then writes little. The reader's marks are not
//! touched, and of the texts only their packing can change.
//!
//! ```text
//! body ─ jobs_after ─▶ RebuildJob ─ threads: extract, fold, pack ─▶ RebuiltRows ─ keep ─▶ report, person, words …
//! ```

use super::derived_rows::{DerivedRows, ReplacedRow};
use super::load_report::{BODY_COLUMNS, StoredBody};
use super::{ReportCache, number, packed_text};
use crate::extract::{RULES, people_and_facts};
use crate::report::{Dated, Title};
use crate::search::vocabulary::IndexedTerms;
use crate::store::index::index_terms;
use crate::store::ordered_parallel::pipeline;
use crate::store::{StoreError, index};
use crate::text::words::folded_words;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, params};
use std::borrow::Cow;

/// Maximum number of texts in one job.
const MAX_JOB_TEXTS: usize = 64;
/// A job also ends at this many bytes of text, so that memory is bounded and the threads share the work evenly.
const MAX_JOB_BYTES: usize = 1 << 20;

/// A text to derive from, with the row that was derived from it before.
pub(super) struct RebuildJob {
    no: i64,
    /// The date that the reader set.
    by_hand: Option<Dated>,
    body: StoredBody,
    /// Whether the text is kept unpacked.
    plain: bool,
    old: Option<ReplacedRow>,
}

/// What is derived from a text. `index_terms` is `None` if the index of the report can stay.
pub(super) struct RebuiltRows {
    no: i64,
    id: String,
    /// The text packed, if it was kept unpacked and is shorter so.
    packed: Option<Vec<u8>>,
    old: Option<ReplacedRow>,
    title: Title,
    derived: DerivedRows,
    index_terms: Option<IndexedTerms>,
}

impl ReportCache<'_> {
    /// Derives everything again. Returns the number of reports.
    pub fn rebuild(&self) -> Result<usize, StoreError> {
        let reports = self.store.write(|| {
            let sound = self.store.index().is_sound()?;
            self.remake(sound)
        })?;
        self.store.index().merge_segments()?;
        self.give_back_room();
        Ok(reports)
    }

    /// Like `rebuild`, but drops the derived tables first, because they may be damaged.
    pub(super) fn rebuild_whole(&self) -> Result<usize, StoreError> {
        let reports = self.store.write(|| {
            self.drop_derived()?;
            self.create_derived()?;
            self.remake(false)
        })?;
        self.store.index().merge_segments()?;
        Ok(reports)
    }

    /// Derives everything again within the caller's transaction. Returns the number of reports. `keeps_index`: leave
    /// the index entry of a report alone if its title has not changed (texts never do).
    pub(super) fn remake(&self, keeps_index: bool) -> Result<usize, StoreError> {
        let when = StoreError::when("written");
        if !keeps_index {
            self.store.index().empty()?;
        }
        self.store.forget_known_rows();
        self.store.stories().begin_anew_if_damaged()?;
        self.store
            .db
            .execute_batch(
                "DELETE FROM report WHERE body NOT IN (SELECT no FROM body);
                 DELETE FROM person WHERE report NOT IN (SELECT row FROM report);
                 DELETE FROM posted WHERE report NOT IN (SELECT row FROM report);
                 DELETE FROM happened WHERE report NOT IN (SELECT row FROM report);",
            )
            .map_err(&when)?;
        let (mut reports, mut after) = (0, i64::MIN);
        pipeline(
            || {
                let jobs = self.jobs_after(after, MAX_JOB_TEXTS)?;
                after = jobs.last().map_or(after, |job| job.no);
                Ok((!jobs.is_empty()).then_some(jobs))
            },
            |jobs| jobs.into_iter().map(|job| RebuiltRows::of(job, keeps_index)).collect::<Result<Vec<_>, _>>(),
            |remade| {
                let remade = remade?;
                reports += remade.len();
                self.keep(&remade)
            },
        )?;
        self.store.stories().group()?;
        // The rules of identification may have changed too, so every name is identified; rows that stay the same are
        // not written.
        self.store.db.execute("INSERT OR IGNORE INTO stale SELECT no FROM name", []).map_err(&when)?;
        let register = self.store.register_writer();
        register.identify_names(&register.stale_names()?)?;
        self.store
            .db
            .execute_batch(&format!(
                "DELETE FROM name WHERE no NOT IN (SELECT name_no FROM person);
                 DELETE FROM post WHERE no NOT IN (SELECT post FROM posted);
                 INSERT OR REPLACE INTO meta VALUES ('rules', {RULES}), ('index', {})",
                index::VERSION
            ))
            .map_err(&when)?;
        self.store.forget_known_rows();
        Ok(reports)
    }

    /// Gives unused pages back to the disk if they are more than a quarter of the file. Errors are ignored: VACUUM
    /// needs room for a copy and no other connection, and the cache is as sound without it.
    pub(super) fn give_back_room(&self) {
        let pages = |which: &str| number(&self.store.db, &format!("PRAGMA main.{which}")).unwrap_or(0);
        if self.store.location.folder.is_some() && pages("freelist_count") * 4 > pages("page_count") {
            // The copy may be as large as the cache: not in memory.
            let _ = self.store.db.execute_batch("PRAGMA temp_store = FILE; VACUUM main;");
            let _ = self.store.db.execute_batch("PRAGMA temp_store = MEMORY");
        }
    }

    pub(super) fn keep(&self, remade: &[RebuiltRows]) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        for one in remade {
            if let Some(packed) = &one.packed {
                self.store
                    .db
                    .prepare_cached("UPDATE body SET text = ?2 WHERE no = ?1")
                    .and_then(|mut s| s.execute(params![one.no, packed]))
                    .map_err(StoreError::when("written"))?;
            }
            let (row, anew) = match &one.old {
                Some(old) => self.renew_derived(old, one.no, &one.id, &one.title, &one.derived)?,
                None => (self.save_derived(one.no, &one.id, &one.title, &one.derived)?, true),
            };
            let Some(index_terms) = &one.index_terms else { continue };
            // The same row with another title: an index entry is not updated, but deleted and added.
            if anew && one.old.as_ref().is_some_and(|old| old.row == row) {
                self.store.index().remove(row)?;
            }
            rows.push((row, index_terms));
        }
        self.store.index().add(rows)
    }

    /// The next job: at most `limit` texts whose number is above `after`, in order; empty at the end. Each job is a
    /// query of its own instead of a step of one open statement, because results are written to the same tables between
    /// two jobs.
    pub(super) fn jobs_after(&self, after: i64, limit: usize) -> Result<Vec<RebuildJob>, StoreError> {
        let when = StoreError::when("read");
        let sql = format!("SELECT {BODY_COLUMNS}, no FROM body WHERE no > ?1 ORDER BY no LIMIT {limit}");
        let mut statement = self.store.db.prepare_cached(&sql).map_err(&when)?;
        let mut rows = statement.query([after]).map_err(&when)?;
        let (mut jobs, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next().map_err(&when)? {
            let no = row.get("no").map_err(&when)?;
            let (body, sound) = StoredBody::read_unchecked(row).map_err(&when)?;
            if !sound {
                return Err(body.damaged());
            }
            bytes += body.draft.text.len();
            let plain = row.get_ref(1).map_err(&when)?.data_type() == Type::Text;
            let by_hand = self.date_by_hand(&body.id)?;
            jobs.push(RebuildJob { no, by_hand, body, plain, old: self.old(no)? });
            if bytes >= MAX_JOB_BYTES {
                break;
            }
        }
        Ok(jobs)
    }

    /// The row derived from a body before. `None` if there is none, as in a migration.
    fn old(&self, no: i64) -> Result<Option<ReplacedRow>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| {
            let mut cells = [const { None }; 11];
            for (n, cell) in cells.iter_mut().enumerate() {
                *cell = row.get(n + 1)?;
            }
            Ok(ReplacedRow { row: row.get(0)?, cells })
        };
        self.store
            .db
            .prepare_cached(
                "SELECT row, day, CAST(date_code AS TEXT), title, origin, kind, period, unit, source, number, place,
                        signer
                 FROM report WHERE body = ?1",
            )
            .and_then(|mut s| s.query_row([no], read).optional())
            .map_err(StoreError::when("read"))
    }
}

impl RebuiltRows {
    pub(super) fn of(job: RebuildJob, keeps_index: bool) -> Result<Self, StoreError> {
        let RebuildJob { no, by_hand, body, plain, old } = job;
        if !body.hash_is_its_id() {
            return Err(body.damaged());
        }
        let found = people_and_facts(&body.draft);
        let title = Title::of(&body.draft, &found.facts);
        // Index terms cost more than another pass over the text, so they are computed only for an entry that may be
        // written.
        let terms = || index_terms(&title.text, &body.draft.text);
        let same_title = keeps_index && old.as_ref().and_then(ReplacedRow::title) == Some(&title.text);
        let index_terms = (!same_title).then(terms);
        let folded = || vec![folded_words(&title.text), folded_words(&body.draft.text)];
        let words = index_terms.as_ref().map_or_else(|| Cow::Owned(folded()), |terms| Cow::Borrowed(&terms.folded));
        let derived = DerivedRows::new(&body.file, &body.draft, &found, &words);
        let derived = derived.dated_by_hand(by_hand);
        let stays = old.as_ref().is_some_and(|old| derived.may_have_row(old.row, no));
        let index_terms = if stays { index_terms } else { Some(index_terms.unwrap_or_else(terms)) };
        let packed = if plain { packed_text::pack(&body.draft.text) } else { None };
        Ok(Self { no, id: body.id, packed, old, title, derived, index_terms })
    }
}
