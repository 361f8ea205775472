//! Saves what the kept bytes of a report give by newer rules. The same text takes the better title, address, days and
//! kinds of paragraphs; another text is a newer version of the report, which takes over its marks and its bytes. The
//! older version stays, because citations and decisions name it by its hash.

use super::ReportCache;
use super::load_report::{BODY_COLUMNS, StoredBody};
use super::prepared_report::{PreparedReport, id_of};
use super::rebuild::RebuiltRows;
use crate::extract::people_and_facts;
use crate::report::{DayHints, Draft, RestoredFields, RestoredImport};
use crate::store::kept_sources::{only_span, same_words};
use crate::store::{StoreError, cell_encoding};
use rusqlite::{OptionalExtension, params};

/// What a report became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAgain {
    /// Its bytes give what is in the cache.
    Same,
    /// The text is the same; what is known of it is not.
    Completed,
    /// There is a newer version of it, with this id.
    NewVersion(String),
}

impl ReportCache<'_> {
    /// Saves what was read again for the report with this id. `None` if it is gone.
    pub fn read_again(&self, id: &str, draft: Draft) -> Result<Option<ReadAgain>, StoreError> {
        let Some((no, old)) = self.stored_body(id)? else { return Ok(None) };
        let draft = completed(draft, &old.draft);
        if id_of(&draft.text) != id {
            return self.save_new_version(&old, draft).map(ReadAgain::NewVersion).map(Some);
        }
        if draft == old.draft {
            return Ok(Some(ReadAgain::Same));
        }
        self.store.write(|| {
            self.update_body(no, &draft)?;
            let jobs = self.jobs_after(no - 1, 1)?;
            let rebuilt = jobs.into_iter().map(|job| RebuiltRows::of(job, true)).collect::<Result<Vec<_>, _>>()?;
            self.keep(&rebuilt)
        })?;
        Ok(Some(ReadAgain::Completed))
    }

    /// A body and its number.
    fn stored_body(&self, id: &str) -> Result<Option<(i64, StoredBody)>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get("no")?, StoredBody::read(row)?));
        let found = self
            .store
            .db
            .prepare_cached(&format!("SELECT {BODY_COLUMNS}, no FROM body WHERE id = ?1"))
            .and_then(|mut s| s.query_row([id], read).optional())
            .map_err(StoreError::when("read"))?;
        match found {
            Some((_, (body, false))) => Err(body.damaged()),
            Some((no, (body, true))) => Ok(Some((no, body))),
            None => Ok(None),
        }
    }

    /// Replaces everything but the text.
    fn update_body(&self, no: i64, draft: &Draft) -> Result<(), StoreError> {
        self.store
            .db
            .prepare_cached(
                "UPDATE body SET paragraphs = ?2, notes = ?3, title = ?4, origin = ?5, url = ?6, outlet = ?7,
                                 published = ?8, days = ?9 WHERE no = ?1",
            )
            .and_then(|mut s| {
                s.execute(params![
                    no,
                    cell_encoding::pack_paragraphs(&draft.paragraphs),
                    cell_encoding::pack_strings(&draft.notes),
                    draft.title.as_ref().map(|title| &title.text),
                    draft.title.as_ref().map(|title| cell_encoding::pack_origin(title.origin)),
                    draft.url,
                    draft.outlet,
                    draft.published.map(|day| day.to_string()),
                    cell_encoding::days(draft.days)
                ])
            })
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// Saves another text of the same bytes. The marks go first: a kill in between leaves them on a text that the next
    /// run saves.
    fn save_new_version(&self, old: &StoredBody, draft: Draft) -> Result<String, StoreError> {
        let found = people_and_facts(&draft);
        let mut report = PreparedReport::new(&old.file, draft, &found);
        let added = self.added(&old.id)?;
        let import = Some(RestoredImport { added, ..RestoredImport::default() });
        report.restored = Some(Box::new(RestoredFields { import, ..RestoredFields::default() }));
        let text = &*report.body.text.text();
        let place = |at: usize| same_words(old, at, text);
        let passage = |quote: &str| only_span(quote, text);
        self.store.marks().hand_over(&old.id, &report.id, &place, &passage)?;
        self.store.write(|| {
            self.save_all(std::slice::from_ref(&report))?;
            self.store.kept_sources().hand_over(&old.id, &report.id)
        })?;
        Ok(report.id)
    }

    /// When a report was imported, in seconds since 1970.
    fn added(&self, id: &str) -> Result<i64, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT added FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}

/// A draft with what was known before and its bytes do not say: what the user or the list of a source said of it.
fn completed(draft: Draft, old: &Draft) -> Draft {
    Draft {
        title: draft.title.or_else(|| old.title.clone()),
        url: draft.url.or_else(|| old.url.clone()),
        outlet: draft.outlet.or_else(|| old.outlet.clone()),
        published: draft.published.or(old.published),
        days: DayHints { images: draft.days.images.or(old.days.images), ..old.days },
        restored: None,
        ..draft
    }
}
