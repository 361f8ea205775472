//! Reads rows out of a damaged SQLite file without SQLite, page by page: SQLite reaches a row only through the pages
//! above it, and refuses a file whose head is damaged or whose end is missing. Here each page that looks like a leaf of
//! a table is read by itself, so that a damaged page costs the rows in it and no others. What the rows mean, and
//! whether they are what was saved, is left to the callers.
//!
//! ```text
//! file       │ page 1 │ page 2 │ … │                     file format: https://sqlite.org/fileformat.html
//! page       │ type │ cells: n │ pointers to cells │ … free … │ cell n │ … │ cell 1 │
//! cell       │ payload length │ row number (tables only) │ payload, or its beginning │ first overflow page │
//! payload    │ length of head │ type of value 1 │ type of value 2 │ … │ value 1 │ value 2 │ …
//! ```
//!
//! Nothing in the file is trusted: every length and every page number is checked before it is used.

use rusqlite::types::Value;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The first page of an SQLite file begins with these bytes.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Page sizes to try besides that of the head: those that this program has written, the newest first.
const USUAL_PAGE_BYTES: [usize; 2] = [4096, 8192];
/// So many bytes tell the page size; a cache has millions of pages.
const GUESSED_BYTES: u64 = 16 << 20;
/// A longer payload is not believed. The longest cell is a text, of at most 16 MiB.
const MAX_PAYLOAD_BYTES: usize = 20 << 20;
/// Bytes of the head of a write-ahead log, and of the head of each page in it.
const WAL_HEAD_BYTES: u64 = 32;
const FRAME_HEAD_BYTES: u64 = 24;

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum LeafValue {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl LeafValue {
    /// The text; `None` if it is another value.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl From<LeafValue> for Value {
    fn from(value: LeafValue) -> Self {
        match value {
            LeafValue::Null => Self::Null,
            LeafValue::Integer(number) => Self::Integer(number),
            LeafValue::Real(number) => Self::Real(number),
            LeafValue::Text(text) => Self::Text(text),
            LeafValue::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

impl From<Value> for LeafValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(number),
            Value::Real(number) => Self::Real(number),
            Value::Text(text) => Self::Text(text),
            Value::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

/// A row as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafRow {
    /// `None` in a table WITHOUT ROWID, and in an index.
    pub number: Option<i64>,
    pub values: Vec<LeafValue>,
    /// The number of its page, from 1. The rows of one page belong to one table.
    pub page: u64,
}

/// A file that is read page by page.
pub struct LeafPages {
    file: File,
    log: Option<File>,
    page_bytes: usize,
    /// Number of pages in the file, of which the last may be cut off.
    pages: u64,
    /// Where newer versions of pages are in the write-ahead log, by page number.
    in_log: HashMap<u64, u64>,
    /// Pages that are free: their rows were deleted.
    free: HashSet<u64>,
}

impl LeafPages {
    /// Opens a file, with the write-ahead log beside it if there is one. Nothing is changed.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = [0; 100];
        let has_head = file.read_exact(&mut head).is_ok() && head.starts_with(MAGIC);
        let told = has_head.then(|| page_bytes(u16::from_be_bytes([head[16], head[17]]))).flatten();
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let mut pages = Self {
            file,
            log: File::open(log).ok(),
            page_bytes: told.unwrap_or(USUAL_PAGE_BYTES[0]),
            pages: 0,
            in_log: HashMap::new(),
            free: HashSet::new(),
        };
        pages.read_log();
        pages.pages = length.div_ceil(pages.page_bytes as u64);
        // What is in the log has the size that the log tells.
        if pages.in_log.is_empty() {
            pages.guess_page_bytes(length);
        }
        if has_head {
            pages.read_free_list(u32_at(&head, 32));
        }
        Ok(pages)
    }

    /// Hands over every row of every page that looks like a leaf. Ends with the first error of `take`, which is
    /// returned.
    pub fn each_row<E>(&mut self, take: &mut dyn FnMut(LeafRow) -> Result<(), E>) -> Result<(), E> {
        let last = self.in_log.keys().copied().max().unwrap_or(0).max(self.pages);
        for number in 1..=last {
            if self.free.contains(&number) {
                continue;
            }
            let Some(page) = self.page(number) else { continue };
            for row in self.rows_of(number, &page) {
                take(row)?;
            }
        }
        Ok(())
    }

    /// Chooses the page size with which most rows are found at the beginning of the file: a usual one, or that of the
    /// head, which may be damaged. Not with which most leaves: a page of half the true size may look like one, and so
    /// does one of twice the size, which hides every other page.
    fn guess_page_bytes(&mut self, length: u64) {
        let rows = |pages: &mut Self, bytes: usize| {
            pages.page_bytes = bytes;
            pages.pages = length.div_ceil(bytes as u64);
            let first = 2..=pages.pages.min(GUESSED_BYTES / bytes as u64);
            let rows = |number| pages.page(number).map_or(0, |page| pages.rows_of(number, &page).len());
            first.map(rows).sum::<usize>()
        };
        // Of several, the last is chosen.
        let told = self.page_bytes;
        let sizes = USUAL_PAGE_BYTES.into_iter().chain([told]);
        self.page_bytes = sizes.max_by_key(|bytes| rows(self, *bytes)).unwrap_or(told);
        self.pages = length.div_ceil(self.page_bytes as u64);
    }

    /// Finds the newest version of each page in the write-ahead log, up to the last page that ends a transaction.
    fn read_log(&mut self) {
        let Some(log) = &mut self.log else { return };
        let mut head = [0; WAL_HEAD_BYTES as usize];
        if log.seek(SeekFrom::Start(0)).and_then(|_| log.read_exact(&mut head)).is_err() {
            return;
        }
        let is_log = matches!(u32_at(&head, 0), 0x377f_0682 | 0x377f_0683);
        let Some(bytes) = Some(u32_at(&head, 8) as usize).filter(|bytes| is_log && is_page_bytes(*bytes)) else {
            return;
        };
        self.page_bytes = bytes;
        let salt = head.get(16..24).unwrap_or_default().to_owned();
        let mut open = Vec::new();
        let mut at = WAL_HEAD_BYTES;
        let mut frame = [0; FRAME_HEAD_BYTES as usize];
        while log.seek(SeekFrom::Start(at)).and_then(|_| log.read_exact(&mut frame)).is_ok() {
            // A frame of an earlier use of the log: the newer ones end before it.
            if frame.get(8..16) != Some(salt.as_slice()) {
                break;
            }
            open.push((u64::from(u32_at(&frame, 0)), at + FRAME_HEAD_BYTES));
            if u32_at(&frame, 4) > 0 {
                self.in_log.extend(open.drain(..));
            }
            at += FRAME_HEAD_BYTES + bytes as u64;
        }
    }

    /// Collects the free pages: a list of pages, each with the number of the next and the numbers of others.
    fn read_free_list(&mut self, first: u32) {
        let mut trunk = u64::from(first);
        while trunk > 0 && self.free.insert(trunk) {
            let Some(page) = self.page(trunk) else { return };
            let count = (u32_at(&page, 4) as usize).min(page.len() / 4);
            self.free.extend((0..count).map(|n| u64::from(u32_at(&page, 8 + 4 * n))));
            trunk = u64::from(u32_at(&page, 0));
        }
    }

    /// The newest version of a page; `None` if it is beyond the end or cannot be read. The last page of a file whose
    /// end is missing is shorter: cells that lie before the end are whole.
    fn page(&mut self, number: u64) -> Option<Vec<u8>> {
        let mut page = Vec::with_capacity(self.page_bytes);
        let bytes = self.page_bytes as u64;
        let (file, at) = match (self.in_log.get(&number), &mut self.log) {
            (Some(at), Some(log)) => (log, *at),
            _ => (&mut self.file, number.checked_sub(1)?.checked_mul(self.page_bytes as u64)?),
        };
        file.seek(SeekFrom::Start(at)).and_then(|_| file.take(bytes).read_to_end(&mut page)).ok()?;
        (!page.is_empty()).then_some(page)
    }

    /// The rows of a page; none if it is no leaf. A cell that makes no sense is left out.
    fn rows_of(&mut self, number: u64, page: &[u8]) -> Vec<LeafRow> {
        let head = if number == 1 { 100 } else { 0 };
        // Of a table WITHOUT ROWID, the pages above the leaves have rows too, each behind the number of a page.
        let (has_numbers, pointers, before) = match page.get(head) {
            Some(13) => (true, head + 8, 0),
            Some(10) => (false, head + 8, 0),
            Some(2) => (false, head + 12, 4),
            _ => return Vec::new(),
        };
        let cells = u16_at(page, head + 3).min(page.len() / 4);
        let cells = (0..cells).map(|n| u16_at(page, pointers + 2 * n)).filter(|at| *at >= 8);
        cells.filter_map(|at| self.row(number, page.get(at + before..)?, has_numbers)).collect()
    }

    fn row(&mut self, number: u64, cell: &[u8], has_number: bool) -> Option<LeafRow> {
        let mut rest = cell;
        let length = usize::try_from(varint(&mut rest)?).ok().filter(|length| *length <= MAX_PAYLOAD_BYTES)?;
        let row_number = if has_number { Some(varint(&mut rest)?) } else { None };
        let payload = self.payload(rest, length, has_number)?;
        Some(LeafRow { number: row_number, values: values(&payload)?, page: number })
    }

    /// The payload of a cell, of which a long one is continued on overflow pages.
    fn payload(&mut self, cell: &[u8], length: usize, is_table: bool) -> Option<Vec<u8>> {
        let room = self.page_bytes;
        // The rules of the file format for how much of a long payload is on the leaf.
        let most = if is_table { room - 35 } else { (room - 12) * 64 / 255 - 23 };
        if length <= most {
            return cell.get(..length).map(<[u8]>::to_vec);
        }
        let least = (room - 12) * 32 / 255 - 23;
        let even = least + (length - least) % (room - 4);
        let here = if even <= most { even } else { least };
        let mut payload = cell.get(..here)?.to_vec();
        let mut next = u64::from(u32::from_be_bytes(cell.get(here..here + 4)?.try_into().ok()?));
        // Each page adds at least one byte, so this ends even if the pages form a ring.
        while payload.len() < length {
            let page = self.page(next)?;
            next = u64::from(u32_at(&page, 0));
            let wanted = (length - payload.len()).min(room - 4);
            payload.extend_from_slice(page.get(4..4 + wanted)?);
        }
        Some(payload)
    }
}

/// The values of a payload; `None` if it is none.
fn values(payload: &[u8]) -> Option<Vec<LeafValue>> {
    let mut rest = payload;
    let head = usize::try_from(varint(&mut rest)?).ok()?;
    let mut types = payload.get(payload.len() - rest.len()..head)?;
    let mut bytes = payload.get(head..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let kind = varint(&mut types)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let (value, after) = bytes.split_at_checked(length)?;
        bytes = after;
        values.push(match kind {
            0 => LeafValue::Null,
            8 | 9 => LeafValue::Integer(kind - 8),
            7 => LeafValue::Real(f64::from_be_bytes(value.try_into().ok()?)),
            1..=6 => LeafValue::Integer(integer(value)),
            _ if kind % 2 == 0 => LeafValue::Blob(value.to_vec()),
            _ => LeafValue::Text(String::from_utf8(value.to_vec()).ok()?),
        });
    }
    Some(values)
}

/// A whole number of one to eight bytes, the highest first, with its sign.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| (number << 8) | i64::from(*byte))
}

/// Takes a number of one to nine bytes, of which each but the ninth has seven bits.
fn varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0_i64;
    for n in 1..=9 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        if n == 9 {
            return Some((number << 8) | i64::from(*byte));
        }
        number = (number << 7) | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The page size that a head tells, where 1 stands for 65,536.
fn page_bytes(told: u16) -> Option<usize> {
    let bytes = if told == 1 { 65_536 } else { usize::from(told) };
    is_page_bytes(bytes).then_some(bytes)
}

fn is_page_bytes(bytes: usize) -> bool {
    bytes.is_power_of_two() && (512..=65_536).contains(&bytes)
}

/// The number in two bytes; 0 beyond the end.
fn u16_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, |two| usize::from(u16::from_be_bytes(two)))
}

/// The number in four bytes; 0 beyond the end.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::{Connection, params};
    use std::sync::LazyLock;

    fn rows(path: &Path) -> Vec<LeafRow> {
        let mut rows = Vec::new();
        let read = LeafPages::open(path).unwrap().each_row(&mut |row| {
            rows.push(row);
            Ok::<_, ()>(())
        });
        read.unwrap();
        rows
    }

    /// A file with rows of every kind of value and of many lengths, on pages of that size.
    fn file(folder: &Path, page_bytes: usize) -> (std::path::PathBuf, Connection) {
        let path = folder.join("a.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(&format!(
            "PRAGMA page_size = {page_bytes}; PRAGMA journal_mode = WAL;
             CREATE TABLE one (no INTEGER PRIMARY KEY, text TEXT, data BLOB, size REAL);
             CREATE TABLE two (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;"
        ))
        .unwrap();
        for n in 0..200_i64 {
            let text = "chữ ".repeat(usize::try_from(n * n % 5000).unwrap());
            db.execute("INSERT INTO one VALUES (?1, ?2, ?3, ?4)", params![n * n - 50, text, vec![7_u8; 9], 0.5])
                .unwrap();
            db.execute("INSERT INTO two VALUES (?1, ?2)", params![format!("tên {n:03}"), n - 100]).unwrap();
        }
        (path, db)
    }

    fn is_whole(rows: &[LeafRow]) -> bool {
        (0..200_i64).all(|n| {
            let text = "chữ ".repeat(usize::try_from(n * n % 5000).unwrap());
            let one = [LeafValue::Null, LeafValue::Text(text), LeafValue::Blob(vec![7; 9]), LeafValue::Real(0.5)];
            let two = [LeafValue::Text(format!("tên {n:03}")), LeafValue::Integer(n - 100)];
            rows.iter().any(|row| row.number == Some(n * n - 50) && row.values == one)
                && rows.iter().any(|row| row.number.is_none() && row.values == two)
        })
    }

    #[test]
    fn every_row_is_found_without_sqlite_in_file_and_log() {
        for page_bytes in [512, 4096, 8192, 65_536] {
            let folder = tempfile::tempdir().unwrap();
            let (path, db) = file(folder.path(), page_bytes);
            assert!(is_whole(&rows(&path)), "{page_bytes}, in the log");
            db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
            assert!(is_whole(&rows(&path)), "{page_bytes}, in the file");
        }
    }

    #[test]
    fn a_head_that_is_gone_costs_nothing_but_the_first_page() {
        for page_bytes in USUAL_PAGE_BYTES {
            let folder = tempfile::tempdir().unwrap();
            let (path, db) = file(folder.path(), page_bytes);
            db.close().unwrap();
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[..page_bytes].fill(0xa5);
            bytes.truncate(bytes.len() - page_bytes - 10);
            std::fs::write(&path, bytes).unwrap();
            assert!(rows(&path).len() >= 370, "{}", rows(&path).len());
        }
    }

    #[test]
    fn rows_of_the_last_page_are_found_though_its_end_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA page_size = 4096; CREATE TABLE one (text TEXT)").unwrap();
        for n in 0..30 {
            db.execute("INSERT INTO one VALUES (?1)", [format!("{n:090}")]).unwrap();
        }
        db.close().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        // The first rows stand at the end of their page.
        bytes.truncate(2 * 4096 - 1000);
        std::fs::write(&path, bytes).unwrap();
        let left: Vec<i64> =
            rows(&path).into_iter().filter(|row| row.values.len() == 1).filter_map(|row| row.number).collect();
        assert_eq!(left, (12..=30).collect::<Vec<i64>>());
    }

    /// Half of the leaves, each of twice the size, are as many bytes as all of them.
    #[test]
    fn the_page_size_is_told_by_the_rows_whatever_their_number() {
        for (page_bytes, count) in USUAL_PAGE_BYTES.into_iter().flat_map(|bytes| [600, 640, 680].map(|n| (bytes, n))) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.db");
            let db = Connection::open(&path).unwrap();
            db.execute_batch(&format!("PRAGMA page_size = {page_bytes}; CREATE TABLE one (text TEXT)")).unwrap();
            db.execute_batch("BEGIN").unwrap();
            for n in 0..count {
                db.execute("INSERT INTO one VALUES (?1)", [format!("{n:090}")]).unwrap();
            }
            db.execute_batch("COMMIT").unwrap();
            db.close().unwrap();
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[..page_bytes].fill(0xa5);
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(rows(&path).len(), count, "pages of {page_bytes} bytes");
        }
    }

    #[test]
    fn deleted_rows_stay_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let (path, db) = file(folder.path(), 4096);
        db.execute_batch("DELETE FROM one; DELETE FROM two WHERE n < 50; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        let rows = rows(&path);
        assert!(rows.iter().all(|row| row.values.len() != 4), "the pages are free");
        assert_eq!(rows.iter().filter(|row| row.values.len() == 2).count(), 50);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_bytes_are_read_without_a_fault(
            changes in prop::collection::vec((0_usize..60_000, any::<u8>()), 0..200), cut in 0_usize..60_000,
        ) {
            static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
                let folder = tempfile::tempdir().unwrap();
                let (path, db) = file(folder.path(), 512);
                db.close().unwrap();
                std::fs::read(path).unwrap()
            });
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.db");
            let mut bytes = SOUND.clone();
            for (at, byte) in changes {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
            bytes.truncate(bytes.len().saturating_sub(cut));
            std::fs::write(&path, bytes).unwrap();
            rows(&path);
        }
    }
}
