//! Questions by post, by unit and between reports: who held what, what a unit reported, which report came before. The
//! rows of `held` are made with the register; what answers a question is decided by `officials`.

use super::packed_text::UnpackedText;
use super::{Store, StoreError, holding_row, row_numbers};
use crate::officials::holders::{Holding, is_of_unit, words_of, words_of_post};
use crate::officials::post::PostKey;
use crate::officials::{Place, sentence};
use crate::report::{Certainty, Dated, dated};
use rusqlite::{OptionalExtension, params, params_from_iter};

/// A report of a unit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UnitReport {
    /// Its id.
    pub id: String,
    /// Where it stands in time.
    #[serde(flatten, serialize_with = "dated::json::day")]
    pub when: Dated,
    /// What sort of report, in Vietnamese.
    pub kind: String,
    /// The period it reviews.
    pub period: Option<String>,
    /// The unit, as the report gives it.
    pub unit: String,
    /// Its title.
    pub title: String,
    /// Its address, else its file.
    pub source: String,
}

/// Where a report comes from and where it stands in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOrigin {
    /// Where it stands in time.
    pub when: Dated,
    /// Its address, else its file.
    pub source: String,
}

impl Store {
    /// Who holds or held posts whose words answer the query; `officials::holders` sorts them into posts. Call
    /// `refresh_officials` before, where reports may have come or gone.
    pub fn holdings(&self, query: &str) -> Result<Vec<Holding>, StoreError> {
        self.holdings_with(&words_of(query))
    }

    /// Who holds or held a post; `officials::holders::posts_of` sorts them. As for `holdings`, refresh before.
    pub fn holdings_of(&self, post: &PostKey) -> Result<Vec<Holding>, StoreError> {
        self.holdings_with(&words_of_post(post))
    }

    fn holdings_with(&self, words: &[String]) -> Result<Vec<Holding>, StoreError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        // A word begins after a space; the words are letters and digits, so nothing needs escaping.
        let tests = vec!["' ' || folded LIKE '% ' || ? || '%'"; words.len()].join(" AND ");
        let sql = format!(
            "SELECT h.official, o.name, h.data FROM held h JOIN official o ON o.id = h.official
             WHERE {tests} ORDER BY h.official, h.n"
        );
        let read =
            |row: &rusqlite::Row<'_>| Ok(holding_row::holding(row.get(0)?, row.get(1)?, row.get_ref(2)?.as_str()?));
        let rows: Vec<Option<Holding>> = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map(params_from_iter(words), read)?.collect())
            .map_err(StoreError::when("read"))?;
        let damaged = || StoreError::Corrupt { why: "a row of posts cannot be read".to_owned() };
        rows.into_iter().map(|row| row.ok_or_else(damaged)).collect()
    }

    /// The reports of a unit and of the units under it, newest first.
    pub fn reports_of_unit(&self, name: &str) -> Result<Vec<UnitReport>, StoreError> {
        let mut reports = Vec::new();
        for unit in self.units_like(name)? {
            let read = |row: &rusqlite::Row<'_>| {
                let Some(day) = row_numbers::day_of(row.get(1)?) else { return Ok(None) };
                Ok(Some(UnitReport {
                    id: row.get(0)?,
                    when: Dated { day, certainty: Certainty::from_inferred(row.get(5)?) },
                    kind: row.get(2)?,
                    period: row.get(3)?,
                    unit: unit.clone(),
                    title: row.get(4)?,
                    source: row.get(6)?,
                }))
            };
            let rows: Vec<Option<UnitReport>> = self
                .db
                .prepare_cached("SELECT id, row, kind, period, title, day IS NULL, source FROM report WHERE unit = ?1")
                .and_then(|mut s| s.query_map([&unit], read)?.collect())
                .map_err(StoreError::when("read"))?;
            reports.extend(rows.into_iter().flatten());
        }
        reports.sort_by(|a, b| (b.when.day, &a.id).cmp(&(a.when.day, &b.id)));
        Ok(reports)
    }

    /// The units that reports give, then those of posts, these in the form of comparison; each once, in order.
    pub fn units(&self) -> Result<Vec<String>, StoreError> {
        self.db
            .prepare_cached(
                "SELECT unit FROM (
                   SELECT DISTINCT unit, 0 AS place FROM report WHERE unit IS NOT NULL
                   UNION ALL SELECT DISTINCT json_extract(data, '$.u'), 1 FROM held)
                 WHERE unit <> '' ORDER BY place, unit",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The units that reports give, those with the most reports first, and how many each has.
    pub fn reporting_units(&self) -> Result<Vec<(String, usize)>, StoreError> {
        self.db
            .prepare_cached(
                "SELECT unit, count(*) AS reports FROM report WHERE unit IS NOT NULL GROUP BY unit
                 ORDER BY reports DESC, unit",
            )
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The units that reports give, each found from the one before it, however many reports each has.
    pub(super) fn unit_names(&self) -> Result<Vec<String>, StoreError> {
        self.db
            .prepare_cached(
                "WITH RECURSIVE u (unit) AS (SELECT min(unit) FROM report UNION ALL
                 SELECT (SELECT min(unit) FROM report WHERE unit > u.unit) FROM u WHERE u.unit NOTNULL)
                 SELECT unit FROM u WHERE unit NOTNULL",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The spellings of a unit's name among those that reports give, those of units under it included.
    fn units_like(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let all = self.unit_names()?;
        Ok(all.into_iter().filter(|unit| is_of_unit(unit, name)).collect())
    }

    /// The report of the same unit and kind that came before, if any: what a report is compared with.
    pub fn previous_of_kind(&self, id: &str) -> Result<Option<String>, StoreError> {
        let own: Option<(i64, String, Option<String>)> = self
            .db
            .prepare_cached("SELECT row, kind, unit FROM report WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(StoreError::when("read"))?;
        let Some((row, kind, Some(unit))) = own else { return Ok(None) };
        let mut best: Option<(i64, String)> = None;
        let is_under = |other: &String| is_of_unit(&unit, other);
        for same in self.units_like(&unit)?.iter().filter(|other| is_under(other)) {
            let found = self
                .db
                .prepare_cached(
                    "SELECT row, id FROM report WHERE unit = ?1 AND kind = ?2 AND row < ?3 ORDER BY row DESC LIMIT 1",
                )
                .and_then(|mut s| {
                    s.query_row(params![same, kind, row], |row| Ok((row.get(0)?, row.get(1)?))).optional()
                })
                .map_err(StoreError::when("read"))?;
            best = best.max(found);
        }
        Ok(best.map(|(_, id)| id))
    }

    /// Where an official is named first in the newest report that names them.
    pub fn last_mention(&self, id: &str) -> Result<Option<Place>, StoreError> {
        self.db
            .prepare_cached(
                "SELECT r.id, json_extract(p.said, '$.a') FROM person p JOIN report r ON r.row = p.report
                 WHERE p.name_no = (SELECT name_no FROM official WHERE id = ?1) AND p.official = ?1
                 ORDER BY p.report DESC, p.place LIMIT 1",
            )
            .and_then(|mut s| s.query_row([id], |row| Ok(Place { report: row.get(0)?, at: row.get(1)? })).optional())
            .map_err(StoreError::when("read"))
    }

    /// The sentence at a place, in one line; nothing where the report is gone.
    pub fn sentence(&self, place: &Place) -> Result<Option<String>, StoreError> {
        let text: Option<UnpackedText> = self
            .db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([&place.report], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(text.map(|UnpackedText(text)| one_line(sentence::around(&text, place.at).of(&text))))
    }

    /// Where a report comes from and where it stands in time.
    pub fn origin_of(&self, report: &str) -> Result<Option<ReportOrigin>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found: Option<(i64, bool, String)> = self
            .db
            .prepare_cached(
                "SELECT r.row, r.day IS NULL, r.source FROM body b JOIN report r ON r.body = b.no WHERE b.id = ?1",
            )
            .and_then(|mut s| s.query_row([report], read).optional())
            .map_err(StoreError::when("read"))?;
        let origin = |(row, inferred, source): (i64, bool, String)| {
            let when = Dated { day: row_numbers::day_of(row)?, certainty: Certainty::from_inferred(inferred) };
            Some(ReportOrigin { when, source })
        };
        Ok(found.and_then(origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::holders::posts;
    use crate::report::{
        Draft, Evidence, Extraction, Mention, Person, PostSaid, PostState, ReportFacts, ReportKind, Span,
    };

    /// A report of a unit in which one person holds one post.
    fn save(store: &mut Store, unit: &str, day: &str, name: &str, post: &str) -> String {
        let text = format!("{unit} họp ngày {day}. Ông {name}, {post} dự.");
        let at = text.find(name).unwrap();
        let post_at = text.rfind(post).unwrap();
        let person = Person {
            name: name.into(),
            rank: None,
            past_ranks: Vec::new(),
            posts: vec![PostSaid {
                text: post.into(),
                span: Span::new(post_at, post_at + post.len()),
                state: PostState::Holds,
            }],
            mentions: vec![Mention { span: Span::new(at, at + name.len()), evidence: Evidence::Post }],
            roles: Vec::new(),
            country: None,
        };
        let facts = ReportFacts {
            day: day.parse().ok(),
            unit: Some(unit.into()),
            kind: ReportKind::YearReview,
            ..ReportFacts::default()
        };
        let found = Extraction { facts, people: vec![person], ..Extraction::default() };
        let draft = Draft { text: text.clone(), ..Draft::default() };
        store.save("a.txt", &draft, &found).unwrap();
        super::super::id_of(&text)
    }

    #[test]
    fn posts_units_and_the_report_before() {
        let mut store = Store::in_memory().unwrap();
        let first = save(&mut store, "Quân khu 10", "2020-12-20", "Lý Tất Đạt", "Chính ủy Quân khu 10");
        save(&mut store, "Quân khu 11", "2021-06-20", "Hồ Sĩ Nhã", "Chính ủy Quân khu 11");
        let last = save(&mut store, "Quân khu X", "2021-12-20", "Đỗ Quang Khải", "Chính uỷ QK10");
        let found = posts("Chính ủy Quân khu 10", &store.holdings("Chính ủy Quân khu 10").unwrap());
        let names: Vec<_> = found[0].holders.iter().map(|h| h.name.clone()).collect();
        assert_eq!(names, ["Lý Tất Đạt", "Đỗ Quang Khải"]);
        assert_eq!(store.holdings("chinh uy").unwrap().len(), 3);
        let of_unit: Vec<_> = store.reports_of_unit("QK10").unwrap().into_iter().map(|r| r.id).collect();
        assert_eq!(of_unit, [last.clone(), first.clone()]);
        save(&mut store, "Quân khu 11", "2022-06-20", "Hồ Sĩ Nhã", "Chính ủy Quân khu 11");
        let units = [("Quân khu 11".to_owned(), 2), ("Quân khu 10".to_owned(), 1), ("Quân khu X".to_owned(), 1)];
        assert_eq!(store.reporting_units().unwrap(), units);
        assert_eq!(store.previous_of_kind(&last).unwrap(), Some(first.clone()));
        assert_eq!(store.previous_of_kind(&first).unwrap(), None);
        let proof = store.sentence(&found[0].holders[0].from.place).unwrap().unwrap();
        assert_eq!(proof, "Ông Lý Tất Đạt, Chính ủy Quân khu 10 dự.");
    }

    #[test]
    fn what_nobody_holds_any_more_is_gone_with_the_report() {
        let mut store = Store::in_memory().unwrap();
        let id = save(&mut store, "Quân khu 10", "2020-12-20", "Lý Tất Đạt", "Chính ủy Quân khu 10");
        store.remove(&id).unwrap();
        assert_eq!(store.holdings("chính ủy").unwrap(), []);
    }
}
