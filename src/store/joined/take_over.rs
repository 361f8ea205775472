//! Takes the reports of one archive over into the joined cache, or takes back what the archive has no more. Texts are
//! copied and everything else is derived from them, as in an import: the archive may have been made by other rules.
//!
//! ```text
//! the same file, more texts     those behind the last number
//! anything else                 the ids of all texts, compared
//! ```
//!
//! A transaction has some texts, which archive has them, and up to where that archive has been taken over. So after a
//! kill the next run goes on there.

use super::{JoinError, JoinProgress, JoinTotals, JoinWriter};
use crate::extract::{RULES, people_and_facts};
use crate::report::{Dated, RestoredFields, RestoredImport};
use crate::search::date::DayRange;
use crate::store::archive::FileStamp;
use crate::store::cache::{StoredBody, number};
use crate::store::ordered_parallel::pipeline;
use crate::store::{CACHE_FILE, PreparedReport, SaveOutcome, Store, StoreError};
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Texts that a thread prepares at a time.
const JOB_TEXTS: usize = 64;
/// A job also ends at this many bytes of text.
const JOB_BYTES: usize = 1 << 20;
/// A transaction is committed at this number of texts, or when its first text has waited this long: the list grows
/// while many are taken over, and a kill loses little.
const TRANSACTION_TEXTS: usize = 1024;
const TRANSACTION_WAIT: Duration = Duration::from_secs(2);

/// Up to where an archive has been taken over, or what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Extent {
    /// The number of its file. `None` where the system gives none.
    file: Option<String>,
    texts: i64,
    /// The sum of the numbers of the texts.
    numbers: i64,
    /// The number of the last text.
    last: i64,
    last_id: Option<String>,
}

/// An archive that has something to take over.
pub(super) struct ChangedArchive {
    /// Its place in the list.
    pub n: usize,
    folder: PathBuf,
    archive: Store,
    /// What the archive has now.
    there: Extent,
    /// What has been taken over of it.
    taken: Extent,
}

/// A text of an archive.
struct ArchiveText {
    no: i64,
    body: StoredBody,
    /// Whether its cells could be read.
    readable: bool,
    added: i64,
    /// The day in the archive's list.
    when: Option<Dated>,
    /// Whether another archive has given it already.
    known: bool,
}

/// A text that is ready to be saved.
struct PreparedText {
    /// Its number in the archive.
    no: i64,
    id: String,
    /// It with all that is derived from it. `None` if it is damaged.
    report: Option<PreparedReport>,
    /// The date that was set by hand in the archive.
    by_hand: Option<DayRange>,
}

/// One run over one archive.
pub(super) struct ArchiveRun<'a> {
    pub stop: &'a AtomicBool,
    pub tell: &'a mut dyn FnMut(JoinProgress<'_>),
    pub totals: &'a mut JoinTotals,
}

impl JoinWriter {
    /// Opens an archive, and takes its decisions over. `None` if nothing else is to be taken over.
    pub(super) fn look(
        &self,
        n: usize,
        folder: &Path,
        totals: &mut JoinTotals,
    ) -> Result<Option<ChangedArchive>, JoinError> {
        let archive = Store::open_archive_file(folder).map_err(JoinError::Archive)?;
        // Some statements ask for the reader's dates; there are none of the archive's own that could be read.
        archive.attach_memory().map_err(JoinError::Archive)?;
        totals.problems.extend(archive.notices().iter().cloned());
        self.read_decisions(n, &archive)?;
        let there = extent_of(&archive).map_err(JoinError::Archive)?;
        let taken = self.extent(n).map_err(JoinError::Own)?;
        Ok((taken != there).then(|| ChangedArchive { n, folder: folder.to_owned(), archive, there, taken }))
    }

    /// Brings the reports of one archive up to date. An archive that is read without locks may change meanwhile, and
    /// what was read be of two states: then it is compared text by text the next time.
    pub(super) fn take_over(&self, from: &ChangedArchive, run: &mut ArchiveRun<'_>) -> Result<(), JoinError> {
        let done = self.bring_up_to_date(from, run);
        let folder = &from.folder;
        if from.archive.is_replaced() {
            self.store.write(|| self.forget_extent(from.n)).map_err(JoinError::Own)?;
            done?;
            // Told as a copy that is just being made, which it is as a rule.
            return Err(JoinError::Archive(StoreError::corrupt(CACHE_FILE)));
        }
        let damaged = done?;
        if damaged > 0 {
            run.totals.problems.push(format!("damaged texts of the archive {folder:?} are left out: {damaged}"));
        }
        Ok(())
    }

    /// Takes over what is new, or compares everything. Returns how many texts are damaged.
    fn bring_up_to_date(&self, from: &ChangedArchive, run: &mut ArchiveRun<'_>) -> Result<usize, JoinError> {
        let ChangedArchive { archive, there, .. } = from;
        let mut taken = from.taken.clone();
        let is_new = taken.file.is_none() && taken.last == 0;
        let is_same_file = taken.file == there.file
            && (taken.last == 0 || id_of_number(archive, taken.last).map_err(JoinError::Archive)? == taken.last_id);
        let (mut damaged, mut is_ahead) = (0, false);
        if is_new || is_same_file {
            taken.file.clone_from(&there.file);
            let behind = numbers_after(archive, taken.last).map_err(JoinError::Archive)?;
            damaged += self.add(from, run, behind, Some(&mut taken))?;
            // More have arrived meanwhile, and whether the rest is the same is for the next time to see.
            is_ahead = taken.last > there.last;
        }
        if taken != *there && !is_ahead && !run.stop.load(Ordering::Relaxed) {
            damaged += self.compare(from, run)?;
        }
        Ok(damaged)
    }

    /// Compares the ids of all texts: removes what the archive has no more, and adds what it has besides. Returns how
    /// many texts are damaged.
    fn compare(&self, from: &ChangedArchive, run: &mut ArchiveRun<'_>) -> Result<usize, JoinError> {
        let ChangedArchive { n, archive, there, .. } = from;
        let mut numbers = ids_and_numbers(archive, there.last).map_err(JoinError::Archive)?;
        if archive.is_replaced() {
            // What seems to be gone may only have been read of another state.
            return Ok(0);
        }
        let members = self.members(*n).map_err(JoinError::Own)?;
        let gone: Vec<i64> =
            members.into_iter().filter(|(id, _)| numbers.remove(id).is_none()).map(|(_, body)| body).collect();
        for some in gone.chunks(256) {
            run.totals.removed += self.remove(*n, some).map_err(JoinError::Own)?;
        }
        let mut missing: Vec<i64> = numbers.into_values().collect();
        missing.sort_unstable();
        let damaged = self.add(from, run, missing, None)?;
        if !run.stop.load(Ordering::Relaxed) {
            self.store.write(|| self.keep_extent(*n, there)).map_err(JoinError::Own)?;
        }
        Ok(damaged)
    }

    /// Takes over the texts with these numbers, in their order. `taken` follows them. Returns how many are damaged.
    fn add(
        &self,
        from: &ChangedArchive,
        run: &mut ArchiveRun<'_>,
        numbers: Vec<i64>,
        mut taken: Option<&mut Extent>,
    ) -> Result<usize, JoinError> {
        let ChangedArchive { n, folder, archive, .. } = from;
        let of = numbers.len();
        let mut left = numbers.into_iter();
        let same_rules = archive.cache().rules().map_err(JoinError::Archive)? == i64::from(RULES);
        let stop = run.stop;
        let fetch = || {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let (mut job, mut bytes) = (Vec::new(), 0);
            while job.len() < JOB_TEXTS && bytes < JOB_BYTES {
                let Some(no) = left.next() else { break };
                // `None`: it was removed a moment ago.
                if let Some(text) = self.text(archive, no, same_rules)? {
                    bytes += text.body.draft.text.len();
                    job.push(text);
                }
            }
            Ok((!job.is_empty()).then_some(job))
        };
        let (mut done, mut damaged, mut waiting, mut since) = (0, 0, Vec::new(), Instant::now());
        let mut save = |waiting: &mut Vec<PreparedText>| {
            done += waiting.len();
            damaged += waiting.iter().filter(|text| text.report.is_none()).count();
            let saved = self.save(*n, std::mem::take(waiting), taken.as_deref_mut()).map_err(JoinError::Own)?;
            run.totals.added += saved;
            (run.tell)(JoinProgress { archive: folder, done, of });
            Ok(())
        };
        pipeline(
            fetch,
            |texts| texts.into_iter().map(prepared).collect::<Vec<_>>(),
            |prepared| {
                if waiting.is_empty() {
                    since = Instant::now();
                }
                waiting.extend(prepared);
                let is_due = waiting.len() >= TRANSACTION_TEXTS || since.elapsed() >= TRANSACTION_WAIT;
                if is_due { save(&mut waiting) } else { Ok(()) }
            },
        )?;
        if !waiting.is_empty() {
            save(&mut waiting)?;
        }
        Ok(damaged)
    }

    /// Saves texts, in the order of their numbers, with which archive has them. Returns how many are new.
    fn save(&self, n: usize, texts: Vec<PreparedText>, taken: Option<&mut Extent>) -> Result<usize, StoreError> {
        let mut after = taken.as_deref().cloned();
        if let Some(after) = &mut after {
            for text in &texts {
                after.texts += 1;
                after.numbers += text.no;
                (after.last, after.last_id) = (text.no, Some(text.id.clone()));
            }
        }
        // Kept by themselves, in the joined cache's own file of marks, so that whatever derives the rows again knows of
        // them. First, because that is another file, and the reports are dated by it when they are saved.
        for text in &texts {
            if let Some(by_hand) = text.by_hand {
                self.store.cache().keep_date(&text.id, Some(by_hand))?;
            }
        }
        let reports: Vec<PreparedReport> = texts.into_iter().filter_map(|text| text.report).collect();
        let saved = self.store.write(|| {
            let saved = self.store.cache().save_all(&reports)?;
            for report in &reports {
                self.store
                    .db
                    .prepare_cached(
                        "INSERT OR IGNORE INTO joined_text (archive, body) SELECT ?1, no FROM body WHERE id = ?2",
                    )
                    .and_then(|mut s| s.execute(params![n, report.id]))
                    .map_err(StoreError::when("written"))?;
            }
            after.as_ref().map_or(Ok(()), |after| self.keep_extent(n, after))?;
            Ok(saved)
        })?;
        if let (Some(taken), Some(after)) = (taken, after) {
            *taken = after;
        }
        Ok(saved.iter().filter(|outcome| **outcome == SaveOutcome::New).count())
    }

    /// Takes texts back that the archive has no more. Returns how many are in no other archive, and are gone.
    fn remove(&self, n: usize, bodies: &[i64]) -> Result<usize, StoreError> {
        let when = StoreError::when("written");
        let gone = self.store.write(|| {
            let mut gone = Vec::new();
            for body in bodies {
                self.store
                    .db
                    .prepare_cached("DELETE FROM joined_text WHERE archive = ?1 AND body = ?2")
                    .and_then(|mut s| s.execute(params![n, body]))
                    .map_err(&when)?;
                let orphan: Option<String> = self
                    .store
                    .db
                    .prepare_cached(
                        "SELECT id FROM body WHERE no = ?1
                         AND NOT EXISTS (SELECT 1 FROM joined_text t WHERE t.body = body.no)",
                    )
                    .and_then(|mut s| s.query_row([body], |row| row.get(0)).optional())
                    .map_err(&when)?;
                if let Some(id) = orphan {
                    self.store.cache().delete(&id)?;
                    gone.push(id);
                }
            }
            Ok(gone)
        })?;
        let dated = self.store.cache().dated_by_hand()?;
        for id in gone.iter().filter(|id| dated.contains(*id)) {
            self.store.cache().keep_date(id, None)?;
        }
        Ok(gone.len())
    }

    /// A text of the archive. `same_rules`: its list was made by the rules of this program, so another day there was
    /// set by hand.
    fn text(&self, archive: &Store, no: i64, same_rules: bool) -> Result<Option<ArchiveText>, JoinError> {
        let Some((body, readable, added)) = archive.cache().body_of_number(no).map_err(JoinError::Archive)? else {
            return Ok(None);
        };
        let known = self.store.cache().numbers_of(&body.id).map_err(JoinError::Own)?.is_some();
        let when = if same_rules && !known {
            archive.cache().origin_of(&body.id).map_err(JoinError::Archive)?.and_then(|origin| origin.when)
        } else {
            None
        };
        Ok(Some(ArchiveText { no, body, readable, added, when, known }))
    }

    /// The ids of the texts that have been taken over from an archive, with the numbers that they have here.
    fn members(&self, n: usize) -> Result<Vec<(u128, i64)>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok((id_number(row.get_ref(0)?.as_str()?), row.get(1)?));
        self.store
            .db
            .prepare_cached("SELECT b.id, b.no FROM joined_text t JOIN body b ON b.no = t.body WHERE t.archive = ?1")
            .and_then(|mut s| s.query_map([n], read)?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Up to where an archive has been taken over.
    fn extent(&self, n: usize) -> Result<Extent, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT file, texts, numbers, last, last_id FROM joined WHERE no = ?1")
            .and_then(|mut s| {
                s.query_row([n], |row| {
                    Ok(Extent {
                        file: row.get(0)?,
                        texts: row.get(1)?,
                        numbers: row.get(2)?,
                        last: row.get(3)?,
                        last_id: row.get(4)?,
                    })
                })
            })
            .map_err(StoreError::when("read"))
    }

    /// Has everything of an archive compared the next time: no archive has such an extent.
    fn forget_extent(&self, n: usize) -> Result<(), StoreError> {
        self.store
            .db
            .prepare_cached("UPDATE joined SET file = NULL, texts = -1 WHERE no = ?1")
            .and_then(|mut s| s.execute([n]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    fn keep_extent(&self, n: usize, extent: &Extent) -> Result<(), StoreError> {
        let Extent { file, texts, numbers, last, last_id } = extent;
        self.store
            .db
            .prepare_cached(
                "UPDATE joined SET file = ?2, texts = ?3, numbers = ?4, last = ?5, last_id = ?6 WHERE no = ?1",
            )
            .and_then(|mut s| s.execute(params![n, file, texts, numbers, last, last_id]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }
}

/// A text with all that is derived from it.
fn prepared(text: ArchiveText) -> PreparedText {
    let ArchiveText { no, body, readable, added, when, known } = text;
    if !readable || !body.hash_is_its_id() {
        return PreparedText { no, id: body.id, report: None, by_hand: None };
    }
    let StoredBody { id, file, draft } = body;
    let (mut report, by_hand) = if let Some(title) = draft.title.clone().filter(|_| known) {
        (PreparedReport::known(&file, draft, title), None)
    } else {
        let found = people_and_facts(&draft);
        let by_hand = when.filter(|when| found.facts.day != Some(*when)).and_then(DayRange::ending_on);
        (PreparedReport::new(&file, draft, &found), by_hand)
    };
    let import = Some(RestoredImport { file, added });
    report.restored = Some(Box::new(RestoredFields { import, ..RestoredFields::default() }));
    PreparedText { no, id, report: Some(report), by_hand }
}

/// What an archive has.
fn extent_of(archive: &Store) -> Result<Extent, StoreError> {
    let file = archive.folder().and_then(FileStamp::of_cache).and_then(|(file, _)| file.number_as_text());
    // The last text first: one that arrives meanwhile is then among those behind it.
    let last = number(&archive.db, "SELECT coalesce(max(no), 0) FROM body")?;
    let count = |sql: &str| {
        archive
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([last], |row| row.get::<_, i64>(0)))
            .map_err(StoreError::when("read"))
    };
    let (texts, numbers) = match extent_of_meta(archive, last)? {
        Some(counts) => counts,
        None => (
            count("SELECT count(*) FROM body WHERE no <= ?1")?,
            count("SELECT coalesce(sum(no), 0) FROM body WHERE no <= ?1")?,
        ),
    };
    let last_id = id_of_number(archive, last)?;
    Ok(Extent { file, texts, numbers, last, last_id })
}

/// The number of texts and the sum of their numbers as the archive counts them, unless a text has arrived since.
fn extent_of_meta(archive: &Store, last: i64) -> Result<Option<(i64, i64)>, StoreError> {
    let counts = archive
        .db
        .query_row(
            "SELECT (SELECT value FROM meta WHERE name = 'texts'), (SELECT value FROM meta WHERE name = 'text_numbers'),
                    (SELECT coalesce(max(no), 0) FROM body)",
            [],
            |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, i64>(2)?)),
        )
        .map_err(StoreError::when("read"))?;
    Ok(match counts {
        (Some(texts), Some(numbers), now) if now == last => Some((texts, numbers)),
        _ => None,
    })
}

/// The id of the text with a number; `None` if there is none.
fn id_of_number(archive: &Store, no: i64) -> Result<Option<String>, StoreError> {
    archive
        .db
        .prepare_cached("SELECT id FROM body WHERE no = ?1")
        .and_then(|mut s| s.query_row([no], |row| row.get(0)).optional())
        .map_err(StoreError::when("read"))
}

/// The numbers of the texts behind one, in order.
fn numbers_after(archive: &Store, last: i64) -> Result<Vec<i64>, StoreError> {
    archive
        .db
        .prepare_cached("SELECT no FROM body WHERE no > ?1 ORDER BY no")
        .and_then(|mut s| s.query_map([last], |row| row.get(0))?.collect())
        .map_err(StoreError::when("read"))
}

/// The numbers of all texts up to `last`, by their ids: 50 MiB for a million.
fn ids_and_numbers(archive: &Store, last: i64) -> Result<HashMap<u128, i64>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok((id_number(row.get_ref(0)?.as_str()?), row.get(1)?));
    archive
        .db
        .prepare_cached("SELECT id, no FROM body WHERE no <= ?1")
        .and_then(|mut s| s.query_map([last], read)?.collect())
        .map_err(StoreError::when("read"))
}

/// An id as a number. What is no id, in a damaged archive, is like any other that no text here has.
fn id_number(id: &str) -> u128 {
    u128::from_str_radix(id, 16).unwrap_or_default()
}
