//! Writes the keys by which reports of one story find each other. A key that too many reports have is a formula and
//! links nothing; those that it has linked until now are grouped again.

use super::{MOST_HOLDERS, StoryGroups};
use crate::officials::story::Fingerprint;
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

impl StoryGroups<'_> {
    /// Writes the keys of all reports whose story is still to be looked for: `reports` of them, `most` keys in a
    /// transaction. Keys are in no order for an import, so each transaction has a part of their range, and with it a
    /// part of their table: no page of it is written twice. The fingerprints are read once for each part.
    pub(super) fn write_keys(&self, reports: usize, most: usize) -> Result<(), StoreError> {
        let parts = (reports.saturating_mul(Fingerprint::MOST_KEYS) / most.max(1)) as u64 + 1;
        (0..parts).try_for_each(|part| self.store.write(|| self.write_part_of_keys(part, parts)))
    }

    /// Writes the keys in one of `parts` equal parts of their range.
    fn write_part_of_keys(&self, part: u64, parts: u64) -> Result<(), StoreError> {
        let keys: Vec<(u32, i64)> = {
            let sql = "SELECT body, data FROM ungrouped JOIN fingerprint USING (body)";
            let mut statement = self.store.db.prepare_cached(sql).map_err(StoreError::when("read"))?;
            let mut rows = statement.query([]).map_err(StoreError::when("read"))?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next().map_err(StoreError::when("read"))? {
                let body: i64 = row.get(0).map_err(StoreError::when("read"))?;
                let bytes = row.get_ref(1).map_err(StoreError::when("read"))?;
                let Some(fingerprint) = bytes.as_blob().ok().and_then(Fingerprint::from_bytes) else { continue };
                let of_part = |key: &u32| (u64::from(*key) * parts) >> u32::BITS == part;
                keys.extend(fingerprint.keys().into_iter().filter(of_part).map(|key| (key, body)));
            }
            keys.sort_unstable();
            keys
        };
        for some in keys.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = some.first() else { continue };
            let bodies: Vec<i64> = some.iter().map(|(_, body)| *body).collect();
            self.write_key(*key, &bodies)?;
        }
        Ok(())
    }

    /// Writes the keys of one report if another process has saved it after `write_keys` began. Returns whether it had
    /// to. The keys are written in ascending order, so the lowest one tells.
    pub(super) fn write_missing_keys(&self, body: i64, fingerprint: &Fingerprint) -> Result<bool, StoreError> {
        let keys = fingerprint.keys();
        let Some(lowest) = keys.first() else { return Ok(false) };
        let there: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT 1 FROM story_key WHERE key = ?1 AND body = ?2")
            .and_then(|mut s| s.query_row(params![lowest, body], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        if there.is_some() {
            return Ok(false);
        }
        keys.iter().try_for_each(|key| self.write_key(*key, &[body]))?;
        Ok(true)
    }

    /// Writes that these reports have a key. Those that a formula linked until now are grouped again without it.
    fn write_key(&self, key: u32, bodies: &[i64]) -> Result<(), StoreError> {
        let before = self.holders(key)?;
        let added = bodies.iter().filter(|body| !before.contains(body));
        let mut holders = before.len();
        for body in added {
            self.run("INSERT OR IGNORE INTO story_key (key, body) VALUES (?1, ?2)", params![key, body])?;
            holders += 1;
        }
        if before.len() <= MOST_HOLDERS && holders > MOST_HOLDERS {
            for body in before {
                self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [body])?;
            }
        }
        Ok(())
    }
}
