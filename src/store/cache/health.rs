//! Checks whether a cache is sound: pages and index by SQLite, texts by their hashes. A damaged file is moved aside,
//! never deleted, and a new cache is made of every text that can still be read.

use super::load_report::{BODY_COLUMNS, StoredBody};
use super::{CACHE_FILE, PreparedReport, ReportCache, number, private_files};
use crate::extract::people_and_facts;
use crate::store::{Store, StoreError};
use rusqlite::{Connection, OpenFlags, params};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Up to this size in bytes a cache is checked before each import, which takes some milliseconds.
const SMALL_CACHE_BYTES: u64 = 16 << 20;

/// What became of a damaged cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryOutcome {
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// Number of reports that were salvaged.
    pub reports: usize,
    /// Whether these are certainly all reports.
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
        if let Some(why) = self.quick_damage()? {
            return Ok(Some(why));
        }
        let when = StoreError::when("read");
        let mut statement = self.store.db.prepare(&format!("SELECT {BODY_COLUMNS} FROM body")).map_err(&when)?;
        let mut rows = statement.query_map([], StoredBody::read).map_err(&when)?;
        rows.find_map(|row| match row {
            Ok((_, true)) => None,
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
        self.quick_damage()?.map_or(Ok(()), |why| Err(StoreError::corrupt(why)))
    }

    /// Runs a statement of a million steps, for tests of what ends one.
    #[cfg(test)]
    pub fn wait_for_test(&self) -> Result<i64, StoreError> {
        number(
            &self.store.db,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT count(*) FROM n",
        )
    }

    fn quick_damage(&self) -> Result<Option<String>, StoreError> {
        let checked: Result<String, _> = self.store.db.query_row("PRAGMA main.quick_check(1)", [], |row| row.get(0));
        match checked.map_err(StoreError::when("read")) {
            Ok(word) if word == "ok" => Ok(None),
            Ok(why) | Err(StoreError::Corrupt { why, .. }) => {
                Ok(Some(why.lines().next().unwrap_or_default().to_owned()))
            }
            Err(error) => Err(error),
        }
    }
}

impl Store {
    /// Moves a damaged cache aside and makes a new one of the texts that can be read.
    pub fn recover(folder: &Path) -> Result<RecoveryOutcome, StoreError> {
        let folder = private_files::private_folder(folder)?;
        let path = folder.join(CACHE_FILE);
        let _alone = private_files::lock(&folder)?;
        // Another process may have repaired the cache while this one waited for the lock; or only the derived tables
        // are damaged, which the check of the pages does not see. Then a rebuild is enough.
        if let Ok(store) = Self::open(&folder)
            && store.cache().damage()?.is_none()
        {
            let reports = store.cache().rebuild_whole()?;
            return Ok(RecoveryOutcome { aside: path, reports, whole: true });
        }
        let aside = private_files::move_aside(&path)?;
        let (bodies, known) = SalvageScan::read(&aside);
        let store = Self::open(&folder)?;
        let reports = bodies.len();
        let whole = known.is_some_and(|known| known.iter().all(|id| bodies.values().any(|(body, _)| body.id == *id)));
        for (body, added) in bodies.into_values() {
            let found = people_and_facts(&body.draft);
            let prepared = PreparedReport::new(&body.file, body.draft, &found);
            store.cache().save_again(&[(prepared, added)])?;
        }
        store.register()?;
        Ok(RecoveryOutcome { aside, reports, whole })
    }
}

/// Sound texts by body number, each with its time of import in seconds since 1970; and all ids that were in the damaged
/// cache, `None` if they could not all be read.
type SalvagedTexts = (BTreeMap<i64, (StoredBody, i64)>, Option<HashSet<String>>);

struct SalvageScan {
    db: Connection,
    bodies: BTreeMap<i64, (StoredBody, i64)>,
}

impl SalvageScan {
    fn read(path: &Path) -> SalvagedTexts {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let Ok(db) = Connection::open_with_flags(path, flags) else { return (BTreeMap::new(), None) };
        let mut salvage = Self { db, bodies: BTreeMap::new() };
        // A bad page ends a query. The texts behind it are reached from the other end, and those between two bad pages
        // one by one, by the numbers that the list of reports still has:
        //   pages of `body`   ok ok ok BAD ok ok ok BAD ok ok
        //   forth             ───────▶
        //   back                                        ◀────
        //   one by one                   ▶  ▶  ▶
        let forth = salvage.walk("ORDER BY no");
        if !forth {
            salvage.walk("ORDER BY no DESC");
            let numbers: Vec<i64> = salvage.column("SELECT body FROM report").0;
            for no in numbers {
                if !salvage.bodies.contains_key(&no) {
                    salvage.walk(&format!("WHERE no = {no}"));
                }
            }
        }
        let (ids, all_ids) = salvage.column::<String>("SELECT id FROM report");
        let (more, all_more) = salvage.column::<String>("SELECT id FROM body");
        let known = (forth && all_ids && all_more).then(|| ids.into_iter().chain(more).collect());
        (salvage.bodies, known)
    }

    /// Collects every sound text that the query reaches. Returns false if an error ended it early.
    fn walk(&mut self, way: &str) -> bool {
        let sql = format!("SELECT {BODY_COLUMNS}, no FROM body {way}");
        let Ok(mut statement) = self.db.prepare(&sql) else { return false };
        let Ok(mut rows) = statement.query([]) else { return false };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let cells = StoredBody::read(row).and_then(|body| Ok((body, row.get(11)?, row.get(10)?)));
                    if let Ok(((body, true), no, added)) = cells {
                        self.bodies.insert(no, (body, added));
                    }
                }
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
    }

    /// The values of a column up to the first error, and whether there was none.
    fn column<T: rusqlite::types::FromSql>(&self, sql: &str) -> (Vec<T>, bool) {
        let mut values = Vec::new();
        let all = self.db.prepare(sql).and_then(|mut s| {
            s.query_map(params![], |row| row.get(0))?.try_for_each(|value| value.map(|value| values.push(value)))
        });
        (values, all.is_ok())
    }
}
