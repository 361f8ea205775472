//! The bytes that reports were read from, where the reader keeps them: packed, each once however many reports are in
//! it, and gone with the last of these. They are in the cache, so that a backup has them and an archive shows them.
//! Which bytes belong to a report, and how they are read, is up to `import`.

use super::cache::{StoredBody, number};
use super::leaf_pages::{LeafPages, LeafRow, LeafValue};
use super::{Store, StoreError};
use crate::report::Span;
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

const SCHEMA: &str = include_str!("kept_sources.sql");
/// Compression level. Pages shrink to a fifth; higher levels take three times as long for a tenth less.
const LEVEL: i32 = 3;
/// A frame that claims to be longer, in bytes, is damaged: `import` keeps no larger input.
const MAX_BYTES: usize = 17 << 20;
/// Words of a marked place by which it is found in another text, in bytes.
const PLACE_BYTES: usize = 60;

/// Bytes that are ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedSource {
    hash: String,
    /// The number of bytes before packing.
    bytes: usize,
    data: Vec<u8>,
}

impl PackedSource {
    /// Packs the bytes; `None` if that fails, for example for want of memory.
    pub fn pack(bytes: &[u8]) -> Option<Self> {
        let data = zstd::bulk::compress(bytes, LEVEL).ok()?;
        Some(Self { hash: blake3::hash(bytes).to_hex().to_string(), bytes: bytes.len(), data })
    }

    /// The number of bytes after packing.
    pub(super) fn packed_bytes(&self) -> usize {
        self.data.len()
    }
}

/// From which bytes a report was read.
#[derive(Clone, Debug)]
pub struct SourceReading {
    pub source: Arc<PackedSource>,
    /// Which of the reports in them it is, from 0.
    pub nth: usize,
    /// How they were read, in a form of `import`.
    pub how: String,
}

/// A report that was read from kept bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReading {
    /// The id of the report.
    pub report: String,
    /// Which of the reports in them it is, from 0.
    pub nth: usize,
    /// How they were read, in a form of `import`.
    pub how: String,
}

/// What is kept in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptUsage {
    pub sources: usize,
    /// What they take in the cache, in bytes.
    pub packed_bytes: u64,
}

/// Reads and writes the kept bytes (`Store::kept_sources`).
pub struct KeptSources<'a> {
    pub(super) store: &'a Store,
}

impl Store {
    /// The bytes that reports were read from.
    pub fn kept_sources(&self) -> KeptSources<'_> {
        KeptSources { store: self }
    }

    /// Has the bytes of what is imported from now on be kept, as long as all of them take at most so many bytes in the
    /// cache. `None`: they are not kept.
    pub fn keep_sources(&self, max_packed_bytes: Option<u64>) {
        self.source_limit.set(max_packed_bytes);
    }

    /// Up to how many bytes sources are kept; `None` if they are not.
    pub fn source_limit(&self) -> Option<u64> {
        self.source_limit.get()
    }
}

impl KeptSources<'_> {
    /// Keeps the bytes of a report within the caller's transaction, unless it has some already, or all would take more
    /// than the limit.
    pub(super) fn keep(&self, report: &str, reading: &SourceReading) -> Result<(), StoreError> {
        let Some(limit) = self.store.source_limit() else { return Ok(()) };
        if !self.has_tables()? {
            self.store.db.execute_batch(SCHEMA).map_err(StoreError::when("made"))?;
        }
        if self.hash_of(report)?.is_some() {
            return Ok(());
        }
        let source = &reading.source;
        let Some(no) = self.number_of(source, Some(limit))? else {
            self.store.without_source.set(self.store.without_source.get() + 1);
            return Ok(());
        };
        self.store
            .db
            .prepare_cached("INSERT INTO kept_reading (report, source, nth, how) VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut s| s.execute(params![report, no, reading.nth, reading.how]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// The number of a source, which is written if it is new. `None` if there is no room for it.
    fn number_of(&self, source: &PackedSource, limit: Option<u64>) -> Result<Option<i64>, StoreError> {
        let known: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT no FROM kept_source WHERE hash = ?1")
            .and_then(|mut s| s.query_row([&source.hash], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        if known.is_some() {
            return Ok(known);
        }
        let taken = self.packed_bytes()? + source.data.len() as u64;
        if limit.is_some_and(|limit| taken > limit) {
            return Ok(None);
        }
        self.store
            .db
            .prepare_cached("INSERT INTO kept_source (hash, bytes, data) VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute(params![source.hash, source.bytes, source.data]))
            .map_err(StoreError::when("written"))?;
        Ok(Some(self.store.db.last_insert_rowid()))
    }

    /// The hash of the bytes that a report was read from, 64 hexadecimal digits. `None` if none are kept.
    pub fn hash_of(&self, report: &str) -> Result<Option<String>, StoreError> {
        if !self.has_tables()? {
            return Ok(None);
        }
        self.store
            .db
            .prepare_cached(
                "SELECT s.hash FROM kept_reading r JOIN kept_source s ON s.no = r.source WHERE r.report = ?1",
            )
            .and_then(|mut s| s.query_row([report], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))
    }

    /// The bytes that a report was read from. `None` if none are kept.
    pub fn bytes_of(&self, report: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.has_tables()? {
            return Ok(None);
        }
        let no: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT source FROM kept_reading WHERE report = ?1")
            .and_then(|mut s| s.query_row([report], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        no.map(|no| self.bytes(no)).transpose()
    }

    /// The numbers of all sources, in the order in which they came.
    pub fn numbers(&self) -> Result<Vec<i64>, StoreError> {
        if !self.has_tables()? {
            return Ok(Vec::new());
        }
        self.store
            .db
            .prepare_cached("SELECT no FROM kept_source ORDER BY no")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The bytes of a source. An error if they are not those that were kept.
    pub fn bytes(&self, source: i64) -> Result<Vec<u8>, StoreError> {
        let (hash, bytes, data): (String, usize, Vec<u8>) = self
            .store
            .db
            .prepare_cached("SELECT hash, bytes, data FROM kept_source WHERE no = ?1")
            .and_then(|mut s| s.query_row([source], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .map_err(StoreError::when("read"))?;
        unpacked(&hash, bytes, &data)
            .ok_or_else(|| StoreError::corrupt(format!("the kept bytes with the hash {hash} are not what was saved")))
    }

    /// The reports that were read from a source, in their order in it.
    pub fn readings(&self, source: i64) -> Result<Vec<KeptReading>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT report, nth, how FROM kept_reading WHERE source = ?1 ORDER BY nth, report")
            .and_then(|mut s| {
                let read = |row: &rusqlite::Row<'_>| {
                    Ok(KeptReading { report: row.get(0)?, nth: row.get(1)?, how: row.get(2)? })
                };
                s.query_map([source], read)?.collect()
            })
            .map_err(StoreError::when("read"))
    }

    /// The number of the source that a report was read from, which of its reports it is, and how it was read. `None` if
    /// no bytes of it are kept.
    pub(super) fn reading_of(&self, report: &str) -> Result<Option<(i64, i64, String)>, StoreError> {
        if !self.has_tables()? {
            return Ok(None);
        }
        self.store
            .db
            .prepare_cached("SELECT source, nth, how FROM kept_reading WHERE report = ?1")
            .and_then(|mut s| s.query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(StoreError::when("read"))
    }

    /// The bytes of a source as they are kept, not unpacked.
    pub(super) fn packed(&self, source: i64) -> Result<PackedSource, StoreError> {
        let read =
            |row: &rusqlite::Row<'_>| Ok(PackedSource { hash: row.get(0)?, bytes: row.get(1)?, data: row.get(2)? });
        self.store
            .db
            .prepare_cached("SELECT hash, bytes, data FROM kept_source WHERE no = ?1")
            .and_then(|mut s| s.query_row([source], read))
            .map_err(StoreError::when("read"))
    }

    /// Keeps the bytes of a report that is saved again after it was removed, within the caller's transaction, whatever
    /// the limit: they were kept before.
    pub(super) fn keep_again(
        &self,
        report: &str,
        source: &PackedSource,
        nth: i64,
        how: &str,
    ) -> Result<(), StoreError> {
        let Some(no) = self.number_of(source, None)? else { return Ok(()) };
        self.store
            .db
            .prepare_cached("INSERT OR IGNORE INTO kept_reading (report, source, nth, how) VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut s| s.execute(params![report, no, nth, how]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// How many reports were saved, since the cache was opened, whose bytes were not kept for want of room.
    pub fn refused(&self) -> usize {
        self.store.without_source.get()
    }

    /// How many sources are kept, and what they take.
    pub fn usage(&self) -> Result<KeptUsage, StoreError> {
        if !self.has_tables()? {
            return Ok(KeptUsage::default());
        }
        let sources = number(&self.store.db, "SELECT count(*) FROM main.kept_source")?;
        Ok(KeptUsage { sources: sources as usize, packed_bytes: self.packed_bytes()? })
    }

    /// What all sources take. Asked for each source that is kept, so it is read from one cell.
    fn packed_bytes(&self) -> Result<u64, StoreError> {
        let bytes = number(&self.store.db, "SELECT value FROM main.meta WHERE name = 'kept_bytes'")?;
        Ok(bytes.max(0) as u64)
    }

    /// The number of reports whose bytes are not kept.
    pub fn reports_without(&self) -> Result<usize, StoreError> {
        let sql = if self.has_tables()? {
            "SELECT count(*) FROM main.body WHERE id NOT IN (SELECT report FROM main.kept_reading)"
        } else {
            "SELECT count(*) FROM main.body"
        };
        Ok(number(&self.store.db, sql)? as usize)
    }

    /// Gives the bytes of a report to a newer version of it, within the caller's transaction.
    pub(super) fn hand_over(&self, from: &str, to: &str) -> Result<(), StoreError> {
        // If the newer one has bytes of its own, those of the older one are not needed.
        for sql in [
            "UPDATE OR IGNORE kept_reading SET report = ?2 WHERE report = ?1",
            "DELETE FROM kept_reading WHERE report = ?1 AND report <> ?2",
        ] {
            self.store
                .db
                .prepare_cached(sql)
                .and_then(|mut s| s.execute([from, to]))
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// Copies what can be read of the kept bytes in a damaged cache, for the reports that are in this one. What cannot
    /// be read is left out: the texts do not depend on it. Page by page, because most of such a file is these bytes,
    /// and SQLite would end at the first bad page, or at a bad head.
    pub(super) fn salvage(&self, damaged: &Path) -> Result<(), StoreError> {
        let Ok(mut pages) = LeafPages::open(damaged) else { return Ok(()) };
        let mut readings: HashMap<i64, Vec<KeptReading>> = HashMap::new();
        pages.each_row(&mut |row| {
            if let Some((source, reading)) = reading_of(row) {
                readings.entry(source).or_default().push(reading);
            }
            Ok::<_, StoreError>(())
        })?;
        if readings.is_empty() {
            return Ok(());
        }
        self.store.write(|| {
            self.store.db.execute_batch(SCHEMA).map_err(StoreError::when("made"))?;
            pages.each_row(&mut |row| match source_of(row) {
                Some((number, source)) => {
                    self.put_back(&source, readings.get(&number).map(Vec::as_slice).unwrap_or_default())
                }
                None => Ok(()),
            })?;
            self.store
                .db
                .execute("DELETE FROM kept_source WHERE no NOT IN (SELECT source FROM kept_reading)", [])
                .map(|_| ())
                .map_err(StoreError::when("written"))
        })
    }

    /// Writes a source that was salvaged, and which of the reports in this cache were read from it.
    fn put_back(&self, source: &PackedSource, readings: &[KeptReading]) -> Result<(), StoreError> {
        let Some(no) = self.number_of(source, None)? else { return Ok(()) };
        for KeptReading { report, nth, how } in readings {
            self.store
                .db
                .prepare_cached(
                    "INSERT OR IGNORE INTO kept_reading (report, source, nth, how)
                     SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM body WHERE id = ?1)",
                )
                .and_then(|mut s| s.execute(params![report, no, nth, how]))
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// A cache that was never told to keep anything has no tables for it.
    fn has_tables(&self) -> Result<bool, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT count(*) = 2 FROM main.sqlite_schema WHERE name IN ('kept_source', 'kept_reading')")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}

/// The row of `kept_source` that a row found without SQLite is: its number and the source. The hash proves it.
fn source_of(row: LeafRow) -> Option<(i64, PackedSource)> {
    let number = row.number?;
    let [_, LeafValue::Text(hash), LeafValue::Integer(bytes), LeafValue::Blob(data)] =
        <[LeafValue; 4]>::try_from(row.values).ok()?
    else {
        return None;
    };
    let bytes = usize::try_from(bytes).ok()?;
    unpacked(&hash, bytes, &data)?;
    Some((number, PackedSource { hash, bytes, data }))
}

/// The row of `kept_reading` that a row found without SQLite is, by its form: the number of the source, and how
/// a report was read from it.
fn reading_of(row: LeafRow) -> Option<(i64, KeptReading)> {
    let [LeafValue::Text(report), LeafValue::Integer(source), LeafValue::Integer(nth), LeafValue::Text(how)] =
        <[LeafValue; 4]>::try_from(row.values).ok()?
    else {
        return None;
    };
    let is_one = row.number.is_none() && report.len() == 32 && how.starts_with('{');
    Some((source, KeptReading { report, nth: usize::try_from(nth).ok()?, how })).filter(|_| is_one)
}

/// The bytes of a frame, if they are those with this hash.
fn unpacked(hash: &str, bytes: usize, data: &[u8]) -> Option<Vec<u8>> {
    let bytes = zstd::bulk::decompress(data, bytes.min(MAX_BYTES)).ok()?;
    (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(bytes)
}

/// Where the words at `at` of an old text stand in a new one. `None` if they are gone, or stand there several times.
pub(super) fn same_words(old: &StoredBody, at: usize, new: &str) -> Option<usize> {
    let rest = old.draft.text.get(at..)?;
    let line = rest.lines().next().filter(|line| !line.trim().is_empty())?;
    let mut end = line.len().min(PLACE_BYTES);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    only_place(line.get(..end)?, new)
}

/// The only place of some words in a text.
pub(super) fn only_place(words: &str, text: &str) -> Option<usize> {
    let mut places = text.match_indices(words).map(|(at, _)| at);
    places.next().filter(|_| !words.is_empty() && places.next().is_none())
}

/// The span of some words that stand once in a text.
pub(super) fn only_span(words: &str, text: &str) -> Option<Span> {
    only_place(words, text).map(|start| Span { start, end: start + words.len() })
}
