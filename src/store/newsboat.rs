//! The cache of the feed reader newsboat, of which the stored items are read. It is another program's file: nothing is
//! written to it or beside it, and no lock is taken. It may also be damaged or made to do harm: only plain tables are
//! asked, and no cell is longer than a document may be.

use super::cache::private_files;
use super::cell_encoding;
use crate::ingest::MAX_DOCUMENT_BYTES;
use crate::report::Day;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Row};
use std::path::Path;

/// What a file of SQLite begins with.
pub const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";

/// The items that the user has not deleted, in the order in which they came, with the title of their feed.
const ITEMS: &str = "SELECT i.title, i.url, i.author, i.content, i.pubDate, f.title
                     FROM rss_item i LEFT JOIN rss_feed f ON f.rssurl = i.feedurl WHERE NOT i.deleted ORDER BY i.id";

/// An item of a feed. Texts are as the feed has them; empty ones are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsboatItem {
    pub title: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    /// Its text, mostly as markup.
    pub content: Option<String>,
    pub published: Option<Day>,
    /// The title of its feed.
    pub feed: Option<String>,
}

/// An open cache of newsboat.
pub struct NewsboatCache {
    db: Connection,
}

impl NewsboatCache {
    /// Opens a file of SQLite. `None` if it is no cache of newsboat.
    pub fn open(path: &Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(format!("{}?immutable=1", private_files::uri(path)?), flags).ok()?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).ok()?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).ok()?;
        db.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(MAX_DOCUMENT_BYTES).ok()?).ok()?;
        // A view of these names could be made to go on without end.
        let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('rss_item', 'rss_feed')
                      AND sql NOT LIKE 'CREATE VIRTUAL%'";
        let tables: i64 = db.query_row(tables, [], |row| row.get(0)).ok()?;
        (tables == 2).then_some(Self { db })
    }

    /// Number of the items that the user has deleted.
    pub fn deleted(&self) -> usize {
        let count: Result<i64, _> =
            self.db.query_row("SELECT count(*) FROM rss_item WHERE deleted", [], |row| row.get(0));
        count.ok().and_then(|count| usize::try_from(count).ok()).unwrap_or_default()
    }

    /// Hands over every item, until `take` returns false. The error is why the file could not be read to its end.
    pub fn each(&self, take: &mut dyn FnMut(NewsboatItem) -> bool) -> Result<(), String> {
        let failed = |error: rusqlite::Error| format!("it is a cache of newsboat that could not be read: {error}");
        let mut statement = self.db.prepare(ITEMS).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if !take(item(row)) {
                break;
            }
        }
        Ok(())
    }
}

/// A cell of another type than expected counts as empty.
fn item(row: &Row<'_>) -> NewsboatItem {
    let text = |n| row.get::<_, String>(n).ok().filter(|text| !text.trim().is_empty());
    let seconds = row.get::<_, i64>(4).ok().filter(|seconds| *seconds > 0);
    NewsboatItem {
        title: text(0),
        url: text(1),
        author: text(2),
        content: text(3),
        published: seconds.and_then(cell_encoding::day_of_second),
        feed: text(5),
    }
}

/// Caches of newsboat for tests.
#[cfg(test)]
pub(crate) mod testing {
    use super::NewsboatItem;
    use rusqlite::{Connection, params};
    use std::path::Path;

    /// Writes a cache with these items, all of one feed; the last one was deleted by its user.
    pub fn write(path: &Path, feed: &str, items: &[NewsboatItem]) {
        let db = Connection::open(path).unwrap();
        db.execute_batch(
            "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024), title VARCHAR(1024));
             CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT, guid VARCHAR(64), title VARCHAR(1024),
               author VARCHAR(1024), url VARCHAR(1024), feedurl VARCHAR(1024), pubDate INTEGER, content VARCHAR(65535),
               unread INTEGER(1), deleted INTEGER(1) NOT NULL DEFAULT 0);",
        )
        .unwrap();
        db.execute("INSERT INTO rss_feed VALUES ('f', 'f', ?1)", [feed]).unwrap();
        for (n, item) in items.iter().enumerate() {
            let NewsboatItem { title, url, author, content, .. } = item;
            let deleted = n + 1 == items.len();
            db.execute(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, deleted)
                 VALUES (?1, ?2, ?3, ?4, 'f', 1775096400, ?5, 1, ?6)",
                params![n, title, author, url, content, deleted],
            )
            .unwrap();
        }
    }

    /// Replaces the items by a view, as a hostile file may have it.
    pub fn make_endless(path: &Path) {
        let endless = "DROP TABLE rss_item; CREATE VIEW rss_item AS
                       WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n;";
        Connection::open(path).unwrap().execute_batch(endless).unwrap();
    }
}
