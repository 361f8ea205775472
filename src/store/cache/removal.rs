//! Removes reports from the cache, and saves removed ones again as they were. What is given back of a removed report is
//! its row of `body` as it was stored (the text stays packed), the reader's marks that went with it, and the kept bytes
//! that it was read from. Dates set by hand, notes and decisions stay in the file of marks when a report is removed, so
//! they are there again by themselves. Everything else is derived from the text.

use super::ReportCache;
use super::rebuild::RebuiltRows;
use crate::store::{MarksOfReport, PackedSource, StoreError};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Reads the cells of `body` that are given back.
const READ_CELLS: &str =
    "SELECT no, id, text, paragraphs, notes, title, origin, file, url, outlet, published, added, days
                          FROM body WHERE no = ?1";
/// Writes them again, under another number if theirs is taken.
const WRITE_CELLS: &str = "
    INSERT OR IGNORE INTO body
    (no, id, text, paragraphs, notes, title, origin, file, url, outlet, published, added, days)
    VALUES (CASE WHEN EXISTS (SELECT 1 FROM body WHERE no = ?1) THEN NULL ELSE ?1 END,
            ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
/// Reports that are removed in one transaction.
const REMOVED_AT_ONCE: usize = 64;
/// The most texts that are derived from at once when reports are saved again.
const MAX_TEXTS: usize = 64;

/// Reports that were removed, with all that it takes to save them again as they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovedReports {
    reports: Vec<RemovedReport>,
    /// What they take in memory, in bytes: the cells of their texts, and the kept bytes once each.
    bytes: usize,
}

/// One of the removed reports.
#[derive(Clone, Debug, PartialEq)]
struct RemovedReport {
    id: String,
    title: String,
    /// Its row number, by which reports of one day are ordered.
    row: i64,
    /// Of its row of `body`, in the order of `READ_CELLS`.
    cells: Vec<Value>,
    marks: MarksOfReport,
    /// The marked places: letter and byte of the text.
    places: Vec<(char, usize)>,
    source: Option<KeptReadingCells>,
}

/// From which kept bytes it was read, and how.
#[derive(Clone, Debug, PartialEq)]
struct KeptReadingCells {
    bytes: Arc<PackedSource>,
    nth: i64,
    how: String,
}

impl RemovedReports {
    /// The number of reports.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether none of those that were to be removed was there.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// What they take in memory, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The id of the first one in the order of the list.
    pub fn first(&self) -> Option<&str> {
        self.reports.last().map(|report| report.id.as_str())
    }

    /// The title of the only one. `None` if they are several.
    pub fn only_title(&self) -> Option<&str> {
        match self.reports.as_slice() {
            [one] => Some(&one.title),
            _ => None,
        }
    }

    /// The marked places in them: letter, id of the report, byte of its text.
    pub fn places(&self) -> impl Iterator<Item = (char, &str, usize)> {
        self.reports.iter().flat_map(|report| report.places.iter().map(|(letter, at)| (*letter, &*report.id, *at)))
    }
}

impl ReportCache<'_> {
    /// Removes a report with everything derived from it and the reader's marks on it. Returns false if there was none.
    pub fn remove(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.remove_all(&[id.to_owned()])? > 0)
    }

    /// The same for several reports, one transaction each. Returns how many there were. The officials are brought up to
    /// date once, at the end.
    pub fn remove_all(&self, ids: &[String]) -> Result<usize, StoreError> {
        let mut removed = 0;
        for id in ids {
            removed += usize::from(self.remove_one(id)?);
        }
        if removed > 0 {
            self.store.register()?;
        }
        Ok(removed)
    }

    /// Like `remove_all`, but gives back what was removed, for `save_again`. `None` if that would be more than
    /// `max_bytes`: then nothing is removed. Nor is anything if it fails: what was removed before is saved again. If
    /// even that fails, that much is given back.
    pub fn remove_undoably(&self, ids: &[String], max_bytes: usize) -> Result<Option<RemovedReports>, StoreError> {
        if let Some(why) = self.store.read_only() {
            return Err(StoreError::ReadOnly { why: why.to_owned() });
        }
        let mut all = RemovedReports::default();
        let mut sources = HashMap::new();
        let mut places: HashMap<String, Vec<(char, usize)>> = HashMap::new();
        for (letter, report, at) in self.store.marks().places()? {
            places.entry(report).or_default().push((letter, at));
        }
        for id in ids {
            let Some(mut report) = self.removable(id, &mut sources, &mut all.bytes)? else { continue };
            report.places = places.remove(id).unwrap_or_default();
            all.reports.push(report);
            if all.bytes > max_bytes {
                return Ok(None);
            }
        }
        // Rows in ascending order find their old numbers free, of which a crowded day gives the next one.
        all.reports.sort_by_key(|report| report.row);
        if let Err((gone, error)) = self.remove_in_steps(&all.reports) {
            all.reports.truncate(gone);
            if self.save_again(&all).is_ok() {
                return Err(error);
            }
        }
        Ok(Some(all))
    }

    /// Removes reports, some in a transaction, so that an import need not wait for all of them. An error comes with the
    /// number of those that are gone, which are the first ones.
    fn remove_in_steps(&self, reports: &[RemovedReport]) -> Result<(), (usize, StoreError)> {
        let mut gone = 0;
        for step in reports.chunks(REMOVED_AT_ONCE) {
            let deleted = self.store.write(|| step.iter().try_for_each(|report| self.delete(&report.id).map(|_| ())));
            deleted.map_err(|error| (gone, error))?;
            gone += step.len();
            // As in `remove_one`, the marks go last.
            let forgotten = step.iter().try_for_each(|report| self.store.marks().forget_marks(&report.id));
            forgotten.map_err(|error| (gone, error))?;
        }
        self.store.register().map(|_| ()).map_err(|error| (gone, error))
    }

    /// What is given back of a report; `None` if there is none of this id. Kept bytes are read once for all reports
    /// that were read from them; `bytes` grows by what is new in memory.
    fn removable(
        &self,
        id: &str,
        sources: &mut HashMap<i64, Arc<PackedSource>>,
        bytes: &mut usize,
    ) -> Result<Option<RemovedReport>, StoreError> {
        let Some((no, row)) = self.numbers_of(id)? else { return Ok(None) };
        let cells: Vec<Value> = self
            .store
            .db
            .prepare_cached(READ_CELLS)
            .and_then(|mut s| {
                let columns = s.column_count();
                s.query_row([no], |row| (0..columns).map(|n| row.get(n)).collect())
            })
            .map_err(StoreError::when("read"))?;
        *bytes += cells.iter().map(cell_bytes).sum::<usize>();
        let source = match self.store.kept_sources().reading_of(id)? {
            None => None,
            Some((source, nth, how)) => {
                let known = sources.get(&source).cloned();
                let kept = known.map_or_else(|| self.store.kept_sources().packed(source).map(Arc::new), Ok)?;
                if sources.insert(source, Arc::clone(&kept)).is_none() {
                    *bytes += kept.packed_bytes();
                }
                Some(KeptReadingCells { bytes: kept, nth, how })
            }
        };
        let (read, starred) = self.store.marks().of(id)?;
        let tags = self.store.marks().tags_of(id)?;
        let marks = MarksOfReport { report: id.to_owned(), read, starred, tags, date: None };
        let title = self.head_of(id)?.map(|(title, _)| title).unwrap_or_default();
        Ok(Some(RemovedReport { id: id.to_owned(), title, row, cells, marks, places: Vec::new(), source }))
    }

    /// Saves removed reports again as they were: all of them, or none. A report that has come again meanwhile stays as
    /// it is now and gets its marks; a letter that marks another place by now keeps it. Returns how many there are
    /// again.
    pub fn save_again(&self, removed: &RemovedReports) -> Result<usize, StoreError> {
        if let Some(why) = self.store.read_only() {
            return Err(StoreError::ReadOnly { why: why.to_owned() });
        }
        // The marks first: they are in another file, which no transaction spans, and a kill in between must not leave
        // reports without them.
        for report in &removed.reports {
            self.store.marks().put_back(&report.marks, &report.places)?;
        }
        let saved = self.store.write(|| {
            let mut saved = 0;
            for reports in removed.reports.chunks(MAX_TEXTS) {
                let mut rebuilt = Vec::with_capacity(reports.len());
                for report in reports {
                    let Some(no) = self.insert_again(report)? else { continue };
                    let jobs = self.jobs_after(no - 1, 1)?;
                    rebuilt.extend(jobs.into_iter().map(|job| RebuiltRows::of(job, true)));
                    if let Some(source) = &report.source {
                        self.store.kept_sources().keep_again(&report.id, &source.bytes, source.nth, &source.how)?;
                    }
                }
                saved += rebuilt.len();
                self.keep(&rebuilt.into_iter().collect::<Result<Vec<_>, _>>()?)?;
            }
            Ok(saved)
        })?;
        self.store.register()?;
        Ok(saved)
    }

    /// Inserts the text of a removed report under its old number, or under a new one if another text has that. Returns
    /// the number; `None` if the text is in the cache again.
    fn insert_again(&self, report: &RemovedReport) -> Result<Option<i64>, StoreError> {
        let inserted = self
            .store
            .db
            .prepare_cached(WRITE_CELLS)
            .and_then(|mut s| s.execute(params_from_iter(&report.cells)))
            .map_err(StoreError::when("written"))?;
        Ok((inserted > 0).then(|| self.store.db.last_insert_rowid()))
    }

    fn remove_one(&self, id: &str) -> Result<bool, StoreError> {
        let gone = self.store.write(|| self.delete(id))?;
        // The marks are in another file, which no transaction spans. They go last: a kill in between leaves only marks
        // of a report that is gone.
        if gone {
            self.store.marks().forget_marks(id)?;
        }
        Ok(gone)
    }

    /// Deletes a report with everything derived from it, within a transaction. Returns false if there was none.
    pub(in crate::store) fn delete(&self, id: &str) -> Result<bool, StoreError> {
        let Some((no, row)) = self.numbers_of(id)? else { return Ok(false) };
        self.forget_derived(row)?;
        self.store.stories().forget(no)?;
        self.store
            .db
            .prepare_cached("DELETE FROM body WHERE no = ?1")
            .and_then(|mut s| s.execute([no]))
            .map_err(StoreError::when("written"))?;
        Ok(true)
    }
}

/// The bytes of a cell.
fn cell_bytes(cell: &Value) -> usize {
    match cell {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        Value::Null | Value::Integer(_) | Value::Real(_) => 8,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::report::Draft;
    use crate::search::filter::parse;
    use crate::store::{Sort, Store, WindowBounds};

    fn saved(store: &Store, n: usize) {
        let text = format!("Thiếu tướng Lã Khắc Hùng, Tư lệnh Quân khu 10 dự hội nghị ngày {n}-3-2024.");
        let draft = Draft { text, ..Draft::default() };
        store.cache().save(&format!("{n}.txt"), &draft, &extract(&draft)).unwrap();
    }

    fn ids(store: &Store) -> Vec<String> {
        store.index().find_ids(&parse("").0, Sort::Date, WindowBounds::all()).unwrap()
    }

    #[test]
    fn more_than_the_limit_is_not_removed() {
        let store = Store::in_memory().unwrap();
        (1..=3).for_each(|n| saved(&store, n));
        let all = ids(&store);
        let cache = store.cache();
        assert_eq!(cache.remove_undoably(&all, 200).unwrap(), None);
        assert_eq!(ids(&store), all);
        let removed = cache.remove_undoably(&all, 4000).unwrap().unwrap();
        assert!(ids(&store).is_empty() && removed.bytes() > 200, "{}", removed.bytes());
        assert_eq!((cache.save_again(&removed).unwrap(), ids(&store)), (3, all));
    }

    #[test]
    fn a_removal_that_fails_midway_removes_nothing() {
        let store = Store::in_memory().unwrap();
        (1..=super::REMOVED_AT_ONCE + 9).for_each(|n| saved(&store, n));
        let (all, cache) = (ids(&store), store.cache());
        for id in &all {
            store.marks().set_starred(id, true).unwrap();
        }
        let last = all.first().unwrap();
        for (on, which) in
            [("main.body", format!("old.id = '{last}'")), ("user.mark", format!("old.report = '{last}'"))]
        {
            let fault = format!(
                "CREATE TEMP TRIGGER fault BEFORE DELETE ON {on} WHEN {which} BEGIN SELECT RAISE(ABORT, 'no room'); END"
            );
            store.db.execute_batch(&fault).unwrap();
            let error = cache.remove_undoably(&all, usize::MAX).unwrap_err().to_string();
            assert!(error.contains("no room"), "{error}");
            assert_eq!(ids(&store), all, "{on}");
            assert!(all.iter().all(|id| store.marks().of(id).unwrap().1), "{on}");
            store.db.execute_batch("DROP TRIGGER fault").unwrap();
        }
        // If what is gone cannot be saved again either, it is given back.
        let faults = format!(
            "CREATE TEMP TRIGGER fault BEFORE DELETE ON main.body WHEN old.id = '{last}'
             BEGIN SELECT RAISE(ABORT, 'no room'); END;
             CREATE TEMP TRIGGER full BEFORE INSERT ON main.body BEGIN SELECT RAISE(ABORT, 'no room'); END"
        );
        store.db.execute_batch(&faults).unwrap();
        let removed = cache.remove_undoably(&all, usize::MAX).unwrap().unwrap();
        assert_eq!((removed.len(), ids(&store).len()), (super::REMOVED_AT_ONCE, 9));
        store.db.execute_batch("DROP TRIGGER fault; DROP TRIGGER full").unwrap();
        cache.save_again(&removed).unwrap();
        assert_eq!(ids(&store), all);
    }

    #[test]
    fn what_has_come_again_meanwhile_stays_as_it_is() {
        let store = Store::in_memory().unwrap();
        (1..=3).for_each(|n| saved(&store, n));
        let all = ids(&store);
        let (first, cache) = (all[0].clone(), store.cache());
        store.marks().set_starred(&first, true).unwrap();
        store.marks().set_place('a', &first, 7).unwrap();
        let removed = cache.remove_undoably(&all[..2], usize::MAX).unwrap().unwrap();
        // One of them is imported again, another report has taken its number, and the letter marks something else.
        saved(&store, 9);
        saved(&store, 3);
        store.marks().set_place('a', &all[2], 1).unwrap();
        assert_eq!(cache.save_again(&removed).unwrap(), 1);
        assert_eq!((ids(&store).len(), store.marks().of(&first).unwrap()), (4, (false, true)));
        assert_eq!(store.marks().places().unwrap(), [('a', all[2].clone(), 1)]);
        assert!(cache.load(&all[1]).unwrap().is_some());
    }
}
