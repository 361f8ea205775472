//! Queries by post and unit: who held a post, which units there are, where an official was last named. The rows of
//! `held` are written by `identify_names`; which of them belong to one post is decided by `officials::post_holders`.

use super::{OfficialsRegister, holding_row};
use crate::officials::post::PostKey;
use crate::officials::post_holders::{Holding, words_of, words_of_post};
use crate::officials::{PersonStatement, Place};
use crate::store::StoreError;
use crate::store::official_of_person::official_of;
use crate::store::person_partition::is_of_name;
use rusqlite::{OptionalExtension, params_from_iter};

/// The most words of a query that the database tests.
const MAX_TESTED_WORDS: usize = 100;

impl OfficialsRegister<'_> {
    /// The holdings of posts that have all words of the query; `post_holders::posts` groups them by post.
    pub fn holdings(&self, query: &str) -> Result<Vec<Holding>, StoreError> {
        self.holdings_with(&words_of(query))
    }

    /// The holdings of posts that have all words of this one; `post_holders::posts_of` keeps those of the post itself.
    pub fn holdings_of(&self, post: &PostKey) -> Result<Vec<Holding>, StoreError> {
        self.holdings_with(&words_of_post(post))
    }

    fn holdings_with(&self, words: &[String]) -> Result<Vec<Holding>, StoreError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        // SQLite limits the depth of an expression; the callers compare the whole words again.
        let words = words.get(..MAX_TESTED_WORDS).unwrap_or(words);
        // A word begins after a space; the words are letters and digits, so nothing needs escaping.
        let tests = vec!["' ' || folded LIKE '% ' || ? || '%'"; words.len()].join(" AND ");
        let sql = format!(
            "SELECT h.official, o.name, h.data FROM held h JOIN official o ON o.id = h.official
             WHERE {tests} ORDER BY h.official, h.n"
        );
        let read =
            |row: &rusqlite::Row<'_>| Ok(holding_row::holding(row.get(0)?, row.get(1)?, row.get_ref(2)?.as_str()?));
        let rows: Vec<Option<Holding>> = self
            .store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map(params_from_iter(words), read)?.collect())
            .map_err(StoreError::when("read"))?;
        let damaged = || StoreError::corrupt("a row of posts cannot be read");
        rows.into_iter().map(|row| row.ok_or_else(damaged)).collect()
    }

    /// The units that reports give, then those of posts, the latter in the form used for comparison; each once, in
    /// order.
    pub fn units(&self) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!(
                "SELECT unit FROM (
                   SELECT DISTINCT unit, 0 AS place FROM report WHERE unit IS NOT NULL
                   UNION ALL SELECT DISTINCT json_extract(data, '$.{}'), 1 FROM held)
                 WHERE unit <> '' ORDER BY place, unit",
                holding_row::UNIT_KEY
            ))
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Where an official is named first in the newest report that names them.
    pub fn last_mention(&self, id: &str) -> Result<Option<Place>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!(
                "SELECT r.id, json_extract(p.said, '$.{}') FROM person p JOIN report r ON r.row = p.report
                 WHERE {} AND {} = ?1
                 ORDER BY p.report DESC, p.place LIMIT 1",
                PersonStatement::AT_KEY,
                is_of_name("(SELECT name_no FROM official WHERE id = ?1)"),
                official_of("p")
            ))
            .and_then(|mut s| s.query_row([id], |row| Ok(Place { report: row.get(0)?, at: row.get(1)? })).optional())
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests {
    use crate::officials::post_holders::posts;
    use crate::report::{
        Draft, Evidence, Extraction, Mention, Person, PostState, ReportFacts, ReportKind, Span, StatedPost,
    };
    use crate::store::{Store, id_of};

    /// A report of a unit in which one person holds one post.
    fn save(store: &Store, unit: &str, day: &str, name: &str, post: &str) -> String {
        let text = format!("{unit} họp ngày {day}. Ông {name}, {post} dự.");
        let at = text.find(name).unwrap();
        let post_at = text.rfind(post).unwrap();
        let person = Person {
            name: name.into(),
            rank: None,
            past_ranks: Vec::new(),
            posts: vec![StatedPost {
                text: post.into(),
                span: Span::new(post_at, post_at + post.len()),
                state: PostState::Holds,
                above: None,
            }],
            mentions: vec![Mention { span: Span::new(at, at + name.len()), evidence: Evidence::Post }],
            roles: Vec::new(),
            country: None,
            country_nearby: None,
            foreign_name: false,
            accused: false,
            late: false,
        };
        let facts = ReportFacts {
            day: day.parse().ok(),
            unit: Some(unit.into()),
            kind: ReportKind::YearReview,
            ..ReportFacts::default()
        };
        let found = Extraction { facts, people: vec![person], ..Extraction::default() };
        let draft = Draft { text: text.clone(), ..Draft::default() };
        store.cache().save("a.txt", &draft, &found).unwrap();
        id_of(&text)
    }

    #[test]
    fn posts_units_and_the_report_before() {
        let store = Store::in_memory().unwrap();
        let first = save(&store, "Quân khu 10", "2020-12-20", "Lý Tất Đạt", "Chính ủy Quân khu 10");
        save(&store, "Quân khu 11", "2021-06-20", "Hồ Sĩ Nhã", "Chính ủy Quân khu 11");
        let last = save(&store, "Quân khu X", "2021-12-20", "Đỗ Quang Khải", "Chính uỷ QK10");
        let found = posts("Chính ủy Quân khu 10", &store.register().unwrap().holdings("Chính ủy Quân khu 10").unwrap());
        let names: Vec<_> = found[0].holders.iter().map(|h| h.name.clone()).collect();
        assert_eq!(names, ["Lý Tất Đạt", "Đỗ Quang Khải"]);
        assert_eq!(store.register().unwrap().holdings("chinh uy").unwrap().len(), 3);
        let of_unit: Vec<_> = store.index().reports_of_unit("QK10").unwrap().into_iter().map(|r| r.id).collect();
        assert_eq!(of_unit, [last.clone(), first.clone()]);
        save(&store, "Quân khu 11", "2022-06-20", "Hồ Sĩ Nhã", "Chính ủy Quân khu 11");
        let units = [("Quân khu 11".to_owned(), 2), ("Quân khu 10".to_owned(), 1), ("Quân khu X".to_owned(), 1)];
        assert_eq!(store.index().reporting_units().unwrap(), units);
        assert_eq!(store.index().previous_of_kind(&last).unwrap(), Some(first.clone()));
        assert_eq!(store.index().previous_of_kind(&first).unwrap(), None);
        let proof = store.cache().sentence(&found[0].holders[0].place).unwrap().unwrap();
        assert_eq!(proof, "Ông Lý Tất Đạt, Chính ủy Quân khu 10 dự.");
    }

    #[test]
    fn what_nobody_holds_any_more_is_gone_with_the_report() {
        let store = Store::in_memory().unwrap();
        let id = save(&store, "Quân khu 10", "2020-12-20", "Lý Tất Đạt", "Chính ủy Quân khu 10");
        store.cache().remove(&id).unwrap();
        assert_eq!(store.register().unwrap().holdings("chính ủy").unwrap(), []);
    }
}
