//! Checks whether a cache is sound: pages and index by SQLite, texts by their hashes; or in a moment, by a sample. What
//! is done about damage is left to `recovery`.

use super::load_report::{BODY_COLUMNS, StoredBody};
use super::{CACHE_FILE, ReportCache, number};
use crate::store::{StoreError, user_file};
use rusqlite::OptionalExtension;

/// Up to this size in bytes a cache is checked before each import, which takes some milliseconds.
const SMALL_CACHE_BYTES: u64 = 16 << 20;
/// Number of texts that the quick check reads of a larger one.
const SAMPLE_TEXTS: i64 = 200;

/// What a quick check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HealthCheck {
    /// What is damaged; `None` if nothing that was looked at is.
    pub damage: Option<String>,
    /// Number of texts that were read.
    pub texts: usize,
    /// Whether everything was checked, as in a small cache.
    pub whole: bool,
}

impl ReportCache<'_> {
    /// Size of the cache and its write-ahead log in bytes; 0 in memory.
    pub fn bytes(&self) -> u64 {
        let size = |name: String| {
            let path = self.store.location.folder.as_deref().map(|folder| folder.join(name));
            path.and_then(|path| std::fs::metadata(path).ok()).map_or(0, |meta| meta.len())
        };
        size(CACHE_FILE.to_owned()) + size(format!("{CACHE_FILE}-wal"))
    }

    /// The rules version of the derived rows, to compare with `extract::RULES`.
    pub fn rules(&self) -> Result<i64, StoreError> {
        number(&self.store.db, "SELECT value FROM meta WHERE name = 'rules'")
    }

    /// Checks the whole cache: first the pages, then each text against its id. Returns what is damaged, `None` if
    /// nothing is.
    pub fn damage(&self) -> Result<Option<String>, StoreError> {
        self.damage_and_tell(&mut |_| ())
    }

    /// Like `damage`; `tell` gets the number of texts that were read, after each.
    pub fn damage_and_tell(&self, tell: &mut dyn FnMut(usize)) -> Result<Option<String>, StoreError> {
        if let Some(why) = self.page_damage()? {
            return Ok(Some(why));
        }
        if let Some(why) = self.missing_texts()? {
            return Ok(Some(why));
        }
        let when = StoreError::when("read");
        let mut read = 0;
        let mut statement = self.store.db.prepare(&format!("SELECT {BODY_COLUMNS} FROM body")).map_err(&when)?;
        let mut rows = statement.query_map([], StoredBody::read).map_err(&when)?;
        rows.find_map(|row| match row {
            Ok((_, true)) => {
                read += 1;
                tell(read);
                None
            }
            Ok((body, false)) => Some(Ok(format!("the text of report {} is not what was saved", body.id))),
            Err(error) => Some(Err(when(error))),
        })
        .transpose()
        .or_else(|error| match error {
            StoreError::Corrupt { why, .. } => Ok(Some(why)),
            error => Err(error),
        })
    }

    /// Checks a small cache, so that an import never writes to a damaged one. A large one is checked as its texts are
    /// read, and by `damage`.
    pub fn check_small(&self) -> Result<(), StoreError> {
        if self.bytes() > SMALL_CACHE_BYTES {
            return Ok(());
        }
        let damage = self.page_damage()?.map_or_else(|| self.missing_texts(), |why| Ok(Some(why)))?;
        damage.map_or(Ok(()), |why| Err(StoreError::corrupt(why)))
    }

    /// What is told if texts are missing that the cache has counted, or it has others: it was put together of parts of
    /// two moments, by a copy that was made while reports were being saved. `None` if all are there. Reads the index of
    /// ids, some tenths of a second for a million.
    fn missing_texts(&self) -> Result<Option<String>, StoreError> {
        // Of one state, so that no other process can write in between.
        let sql = "SELECT count(*), coalesce(sum(no), 0), (SELECT value FROM main.meta WHERE name = 'texts'),
                          (SELECT value FROM main.meta WHERE name = 'text_numbers'), (SELECT count(*) FROM report)
                   FROM body";
        let read = |row: &rusqlite::Row<'_>| {
            let cells: (i64, i64, Option<i64>, Option<i64>, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(cells)
        };
        let (texts, numbers, counted, sum, listed) =
            self.store.db.query_row(sql, [], read).map_err(StoreError::when("read"))?;
        let (counted, sum) = (counted.unwrap_or(texts), sum.unwrap_or(numbers));
        if texts == counted && numbers == sum && listed == texts {
            return Ok(None);
        }
        Ok(Some(format!(
            "it has {texts} texts and {listed} rows of reports, and counted {counted}; it is a copy made while reports \
             were being saved"
        )))
    }

    /// Checks in less than a second whether the cache can be used: the whole of a small one, else the rows of reports
    /// that are spread over it evenly.
    pub fn quick_check(&self) -> Result<HealthCheck, StoreError> {
        if self.bytes() <= SMALL_CACHE_BYTES {
            let texts = self.counts()?.reports;
            return Ok(HealthCheck { damage: self.damage()?, texts, whole: true });
        }
        let missing = self.missing_texts();
        let sample = missing.and_then(|missing| missing.map_or_else(|| self.sample(), |why| Ok((0, Some(why)))));
        match sample {
            Ok((texts, damage)) => Ok(HealthCheck { damage, texts, whole: false }),
            Err(StoreError::Corrupt { why, .. }) => Ok(HealthCheck { damage: Some(why), texts: 0, whole: false }),
            Err(error) => Err(error),
        }
    }

    /// Reads a sample of the texts with what is derived from them. Returns their number, and what is damaged.
    fn sample(&self) -> Result<(usize, Option<String>), StoreError> {
        let when = StoreError::when("read");
        let db = &self.store.db;
        let (first, last) = (
            number(db, "SELECT coalesce(min(no), 0) FROM body")?,
            number(db, "SELECT coalesce(max(no), 0) FROM body")?,
        );
        let mut text = db
            .prepare(&format!("SELECT {BODY_COLUMNS}, no AS number FROM body WHERE no >= ?1 ORDER BY no LIMIT 1"))
            .map_err(&when)?;
        let mut row = db.prepare("SELECT row FROM report WHERE body = ?1").map_err(&when)?;
        let mut indexed = db.prepare("SELECT 1 FROM words_docsize WHERE id = ?1").map_err(&when)?;
        let mut read = 0;
        for n in 0..SAMPLE_TEXTS {
            let from = first + (last - first) / SAMPLE_TEXTS * n;
            let found = text.query_row([from], |row| Ok((StoredBody::read(row)?, row.get::<_, i64>("number")?)));
            let Some(((body, sound), no)) = found.optional().map_err(&when)? else { break };
            read += 1;
            if !sound {
                return Ok((read, Some(format!("the text of report {} is not what was saved", body.id))));
            }
            let listed: Option<i64> = row.query_row([no], |row| row.get(0)).optional().map_err(&when)?;
            let Some(listed) = listed else {
                return Ok((read, Some(format!("report {} is not in the list", body.id))));
            };
            if indexed.query_row([listed], |_| Ok(())).optional().map_err(&when)?.is_none() {
                return Ok((read, Some(format!("report {} is not in the index", body.id))));
            }
        }
        Ok((read, None))
    }

    /// What is damaged in the file of the reader's marks, with every page read; `None` if nothing is, or they are in
    /// memory.
    pub fn marks_damage(&self) -> Result<Option<String>, StoreError> {
        let file = self.store.location.user_file.as_deref().filter(|file| file.exists());
        file.map_or(Ok(None), user_file::damage)
    }

    /// Copies all of the write-ahead log into the file and empties it.
    pub(in crate::store) fn close_log(&self) -> Result<(), StoreError> {
        self.store.db.execute_batch("PRAGMA main.wal_checkpoint(TRUNCATE)").map_err(StoreError::when("written"))
    }

    /// Runs a statement of a million steps, for tests of what ends one.
    #[cfg(test)]
    pub fn wait_for_test(&self) -> Result<i64, StoreError> {
        number(
            &self.store.db,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT count(*) FROM n",
        )
    }

    fn page_damage(&self) -> Result<Option<String>, StoreError> {
        let checked: Result<String, _> = self.store.db.query_row("PRAGMA main.quick_check(1)", [], |row| row.get(0));
        match checked.map_err(StoreError::when("read")) {
            Ok(word) if word == "ok" => Ok(None),
            Ok(why) | Err(StoreError::Corrupt { why, .. }) => Ok(Some(first_fault(&why).to_owned())),
            Err(error) => Err(error),
        }
    }
}

/// The first fault that `quick_check` tells. The line above it only names the database: `*** in database main ***`.
pub(in crate::store) fn first_fault(said: &str) -> &str {
    said.lines().find(|line| !line.starts_with("***")).unwrap_or_default()
}
