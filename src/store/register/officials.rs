//! Reads the register: officials for the finder, one official's page, and all observations of a name.

use super::{OfficialsRegister, decisions};
use crate::extract::lexicon;
use crate::officials::co_appearance::CompanionRow;
use crate::officials::decision::Decision;
use crate::officials::identity::ids::shared_part;
use crate::officials::identity::sort_by_time;
use crate::officials::{
    DoubtWeight, NotedOfficials, Observation, Official, OfficialPage, OfficialSummary, PersonStatement, Place,
    ReportHead, identify, page_of, preview_of,
};
use crate::report::ReportKind;
use crate::store::index::dated_row_numbers;
use crate::store::official_of_person::{is_of_official, is_settled, official_of, official_of_group};
use crate::store::person_partition::{JOINS_REPORT, OF_REPORT, is_of_name};
use crate::store::{Note, NoteSubject, OfficialNote, StoreError, StoryVersion, cell_encoding};
use crate::text::tone_marks::name_key;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What the page of an official is made of. A reader on another machine makes it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialParts {
    /// The id of the official.
    pub id: String,
    /// All observations of the name, the oldest first.
    pub observations: Vec<Observation>,
    /// The reader's decisions about the name.
    pub decisions: Vec<Decision>,
    /// Those who appear in the same reports.
    pub together: Vec<CompanionRow>,
}

impl OfficialParts {
    /// The page. `None` if no official of these observations has the id.
    pub fn page(self) -> Option<OfficialPage> {
        self.page_and_notes(Vec::new()).0
    }

    /// The page, and which of `notes`, those on officials of the name, are about this official or may be.
    pub fn page_and_notes(self, notes: Vec<Note>) -> (Option<OfficialPage>, Vec<OfficialNote>) {
        let officials = identify(&self.observations, &self.decisions);
        let of_this = |note: Note| {
            let NoteSubject::Official { id, places, .. } = &note.subject else { return None };
            let noted = NotedOfficials::of(id, places, &self.observations, &officials);
            noted.ids.contains(&self.id).then_some(OfficialNote { note, certain: noted.certain })
        };
        let notes = notes.into_iter().filter_map(of_this).collect();
        let official = officials.iter().find(|official| official.id == self.id);
        (official.map(|official| page_of(official, &officials, &self.observations, self.together)), notes)
    }
}

/// What the preview of an official is made of. A reader on another machine makes it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficialPreviewParts {
    /// Of a name with few observations, the whole page.
    Whole(OfficialParts),
    /// Of a name with many, what is stored of the official, and the newest observations, the oldest of them first.
    Newest(OfficialSummary, Vec<Observation>),
}

impl OfficialPreviewParts {
    /// The id of the official.
    pub fn id(&self) -> &str {
        match self {
            Self::Whole(parts) => &parts.id,
            Self::Newest(summary, _) => &summary.id,
        }
    }

    /// The page, perhaps without what no pane has room for (`OfficialPage::is_preview`). `None` if no official of
    /// these observations has the id.
    pub fn page(self) -> Option<OfficialPage> {
        match self {
            Self::Whole(parts) => parts.page(),
            Self::Newest(summary, observations) => Some(preview_of(summary, &observations)),
        }
    }
}

/// All observations of one name, and the officials they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRegister {
    /// In order of time, the oldest first.
    pub observations: Vec<Observation>,
    /// The officials of that name.
    pub officials: Vec<Official>,
}

const COLUMNS: &str = "id, name, rank, posts, former, reports, first, last, doubts, doubt_reports, doubt_among, \
     doubt_confidence, country, has_sign";

/// Which rows of `official` are officials, wherever they are listed or counted: the observations of a name without a
/// sign of an official are one only if no official has the name, and the name is more than one word, which tells nobody
/// apart. Of those with a sign, and they are most, the index `official_by_name` has what this asks for.
pub(in crate::store) const IS_OFFICIAL: &str = "(has_sign OR (instr(name, ' ') > 0 AND NOT EXISTS (
    SELECT 1 FROM official other WHERE other.name_no = official.name_no AND other.has_sign)))";

/// Taken from the number of a story, so that it is the number of no row.
const STORIES: i64 = 1 << 62;

/// Selects the columns of `read_observation`, of `person p` and its `report r`.
const SELECT_OBSERVATION: &str =
    "SELECT r.id, r.title, r.kind, r.date_code, r.row, r.unit, r.source, p.place, p.said, r.story";
const PERSON_AND_REPORT: &str = "person p JOIN report r ON r.row = p.report";

fn read_summary(row: &Row<'_>) -> rusqlite::Result<OfficialSummary> {
    let text = |n| row.get::<_, Option<String>>(n);
    Ok(OfficialSummary {
        id: row.get(0)?,
        name: row.get(1)?,
        rank: text(2)?.and_then(|name| lexicon::rank(&name)),
        posts: cell_encoding::unpack_strings(text(3)?.as_deref()),
        former: cell_encoding::unpack_former(text(4)?.as_deref()),
        reports: row.get(5)?,
        first: cell_encoding::unpack_dated(text(6)?.as_deref()),
        last: cell_encoding::unpack_dated(text(7)?.as_deref()),
        doubts: row.get(8)?,
        gravest_doubt: match (row.get(9)?, row.get(10)?, row.get(11)?) {
            (Some(reports), Some(among), Some(confidence)) => {
                Some(DoubtWeight { reports: Reverse(reports), among: Reverse(among), confidence })
            }
            _ => None,
        },
        country: text(12)?,
        has_sign: row.get(13)?,
    })
}

impl OfficialsRegister<'_> {
    /// All officials with what the finder shows of them, in order of their ids. The observations of a name that are no
    /// official are not among them; the pages of the officials of the name show them.
    pub fn officials(&self) -> Result<Vec<OfficialSummary>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM official WHERE {IS_OFFICIAL} ORDER BY id"))
            .and_then(|mut s| s.query_map([], read_summary)?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Calls `take` with each of `officials`, in the same order, until it returns false: all of a large register at
    /// once take tens of megabytes. Returns whether it came to the end.
    pub fn each_official(&self, mut take: impl FnMut(OfficialSummary) -> bool) -> Result<bool, StoreError> {
        let when = StoreError::when("read");
        let sql = format!("SELECT {COLUMNS} FROM official WHERE {IS_OFFICIAL} ORDER BY id");
        let mut statement = self.store.db.prepare_cached(&sql).map_err(&when)?;
        let mut rows = statement.query([]).map_err(&when)?;
        while let Some(row) = rows.next().map_err(&when)? {
            if !take(read_summary(row).map_err(&when)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The names of the officials, those in most reports first.
    pub fn commonest_names(&self) -> Result<Vec<String>, StoreError> {
        self.commonest("SELECT name")
    }

    /// The ranks of the officials, those of officials in most reports first.
    pub fn commonest_ranks(&self) -> Result<Vec<String>, StoreError> {
        self.commonest("SELECT rank")
    }

    /// The posts of the officials, those of officials in most reports first. May contain duplicates.
    pub fn commonest_posts(&self) -> Result<Vec<String>, StoreError> {
        let posts = self.commonest("SELECT posts")?;
        Ok(posts.iter().flat_map(|posts| cell_encoding::unpack_strings(Some(posts))).collect())
    }

    /// The different values of the column that `select` names, `NULL` left out.
    fn commonest(&self, select: &str) -> Result<Vec<String>, StoreError> {
        let sql = format!("{select} FROM official WHERE {IS_OFFICIAL} GROUP BY 1 ORDER BY max(reports) DESC, min(id)");
        let values: Vec<Option<String>> = self
            .store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(values.into_iter().flatten().collect())
    }

    /// The summary of one official; `None` if there is none of that id.
    pub fn summary(&self, id: &str) -> Result<Option<OfficialSummary>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM official WHERE id = ?1"))
            .and_then(|mut s| s.query_row([id], read_summary).optional())
            .map_err(StoreError::when("read"))
    }

    /// The summaries of these officials, in their order; `None` for one that is not there. They are read of one state
    /// of the cache: asked for one by one, each would lock the file anew, which costs more than reading it.
    pub fn summaries(&self, ids: &[&str]) -> Result<Vec<Option<OfficialSummary>>, StoreError> {
        let when = StoreError::when("read");
        let reading = self.store.db.unchecked_transaction().map_err(&when)?;
        let found = ids.iter().map(|id| self.summary(id)).collect();
        reading.finish().map_err(&when)?;
        found
    }

    /// The register of the name of an official, who is among its officials; `None` if there is none of that id.
    /// Identifies the whole name.
    pub fn register_of(&self, id: &str) -> Result<Option<NameRegister>, StoreError> {
        let Some(name_no) = self.name_of(id)? else { return Ok(None) };
        let observations = self.observations(name_no)?;
        let officials = identify(&observations, &self.decisions_about(&observations)?);
        Ok(Some(NameRegister { observations, officials }))
    }

    /// The id now of the official who had this id; `None` if there is nobody, or it is not known which of several.
    pub fn present_id(&self, id: &str) -> Result<Option<String>, StoreError> {
        if self.name_of(id)?.is_some() {
            return Ok(Some(id.to_owned()));
        }
        let noted = self.noted(id, &[])?;
        Ok(noted.ids.into_iter().next().filter(|_| noted.certain))
    }

    /// The officials whom a note is about that was written on `id`, whom reports named at `places`.
    pub fn noted(&self, id: &str, places: &[Place]) -> Result<NotedOfficials, StoreError> {
        let Some(any) = self.ids_of_name(id)?.into_iter().next() else { return Ok(NotedOfficials::default()) };
        let Some(NameRegister { observations, officials }) = self.register_of(&any)? else {
            return Ok(NotedOfficials::default());
        };
        Ok(NotedOfficials::of(id, places, &observations, &officials))
    }

    /// The ids of the officials whom a note on an official is about. Empty for other notes.
    pub(in crate::store) fn noted_ids(&self, note: &Note) -> Result<Vec<String>, StoreError> {
        let NoteSubject::Official { id, places, .. } = &note.subject else { return Ok(Vec::new()) };
        let ids = self.ids_of_name(id)?;
        // Nearly every name has one official: there is nothing to tell apart, and nothing to identify.
        if ids.len() < 2 { Ok(ids) } else { Ok(self.noted(id, places)?.ids) }
    }

    /// The ids of all officials who share the name of the official `id`, also of those who are no official.
    fn ids_of_name(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            // The character behind `-` ends the range.
            .prepare_cached("SELECT id FROM official WHERE id = ?1 OR (id >= ?1 || '-' AND id < ?1 || '.') ORDER BY id")
            .and_then(|mut s| s.query_map([shared_part(id)], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The number of the name of an official.
    fn name_of(&self, id: &str) -> Result<Option<i64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT name_no FROM official WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))
    }

    /// The official's id of each person of a report, in press order; `None` for a name that is not identified yet.
    pub fn officials_of(&self, report: &str) -> Result<Vec<Option<String>>, StoreError> {
        let Some((_, row)) = self.store.cache().numbers_of(report)? else { return Ok(Vec::new()) };
        self.store
            .db
            .prepare_cached(&format!("SELECT {} FROM person p WHERE {OF_REPORT} ORDER BY place", official_of("p")))
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The reports that tell the story of a report, the one that represents it first. Empty if no other report tells
    /// it.
    pub fn versions_of(&self, report: &str) -> Result<Vec<StoryVersion>, StoreError> {
        self.store.stories().versions(report)
    }

    /// The page of an official.
    pub fn official_page(&self, id: &str) -> Result<Option<OfficialPage>, StoreError> {
        Ok(self.official_parts(id)?.and_then(OfficialParts::page))
    }

    /// What the page of an official is made of; `None` if there is none of that id.
    pub fn official_parts(&self, id: &str) -> Result<Option<OfficialParts>, StoreError> {
        let Some(name_no) = self.name_of(id)? else { return Ok(None) };
        let observations = self.observations(name_no)?;
        let decisions = self.decisions_about(&observations)?;
        Ok(Some(OfficialParts { id: id.to_owned(), observations, decisions, together: self.together(id)? }))
    }

    /// What the preview of an official is made of in a pane that shows `rows` lines at most: of a name with more
    /// observations only the stored summary and the newest of them. The whole page of somebody whom ten thousand
    /// reports name takes a second and a hundred megabytes, most of it for what no pane has room for.
    pub fn official_preview_parts(&self, id: &str, rows: usize) -> Result<Option<OfficialPreviewParts>, StoreError> {
        let Some(name_no) = self.name_of(id)? else { return Ok(None) };
        if !self.has_more_observations(name_no, rows)? {
            return Ok(self.official_parts(id)?.map(OfficialPreviewParts::Whole));
        }
        let Some(summary) = self.summary(id)? else { return Ok(None) };
        Ok(Some(OfficialPreviewParts::Newest(summary, self.newest_observations(id, rows)?)))
    }

    /// The newest observations of one official, at most `limit`, the oldest of them first. All observations of the name
    /// are put in order by the index alone, before any row is read: they are all over the table, a page each.
    fn newest_observations(&self, id: &str, limit: usize) -> Result<Vec<Observation>, StoreError> {
        let of_name = is_of_name("(SELECT name_no FROM official WHERE id = ?1)");
        let mut observations: Vec<Observation> = self
            .store
            .db
            .prepare_cached(&format!(
                "{SELECT_OBSERVATION}
                 FROM (SELECT part, report, place FROM person p WHERE {of_name}
                       ORDER BY report DESC, place DESC LIMIT -1) newest
                      CROSS JOIN person p
                      CROSS JOIN report r
                 WHERE p.part = newest.part AND p.report = newest.report AND p.place = newest.place
                       AND r.row = p.report AND {} LIMIT ?2",
                is_of_official("p")
            ))
            .and_then(|mut s| s.query_map(params![id, limit], read_observation)?.collect())
            .map_err(StoreError::when("read"))?;
        sort_by_time(&mut observations);
        Ok(observations)
    }

    /// Whether a name has more than `number` observations.
    fn has_more_observations(&self, name_no: i64, number: usize) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM person p WHERE {} LIMIT 1 OFFSET ?2", is_of_name("?1"));
        self.store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.exists(params![name_no, number]))
            .map_err(StoreError::when("read"))
    }

    /// The officials who appear most often in the same reports, at most 500, with the number of shared reports; those
    /// of one story are one. A report's row follows its date, so the highest is the newest. Whose a row is costs three
    /// searches, so rows are grouped before that is found out.
    fn together(&self, id: &str) -> Result<Vec<CompanionRow>, StoreError> {
        let of_name = is_of_name("(SELECT name_no FROM official WHERE id = ?1)");
        let (own, settled, theirs) = (is_of_official("p"), is_settled("other"), official_of_group("g"));
        self.store
            .db
            .prepare_cached(&format!(
                "SELECT o.id, o.name, o.rank, c.shared, r.row, r.id, min(json_extract(p.said, '$.{}')),
                        r.date_code
                 FROM (SELECT {theirs} AS them, g.shared, g.newest
                       FROM (SELECT other.name_no, other.official,
                                    count(DISTINCT coalesce(other.story - {STORIES}, other.report)) AS shared,
                                    max(other.report) AS newest
                             FROM person p JOIN person other ON other.part = p.part AND other.report = p.report
                             WHERE {of_name} AND {own} AND {settled}
                             GROUP BY other.name_no, other.official) g
                       WHERE them <> ?1
                       ORDER BY shared DESC, newest DESC, them LIMIT 500) c
                      JOIN official o ON o.id = c.them
                      JOIN report r ON r.row = c.newest
                      JOIN person p ON {JOINS_REPORT} AND p.name_no = o.name_no
                                       AND coalesce(p.official, o.id) = o.id
                 GROUP BY o.id",
                PersonStatement::AT_KEY
            ))
            .and_then(|mut s| s.query_map([id], read_together)?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The reader's decisions about the name of these observations.
    fn decisions_about(&self, observations: &[Observation]) -> Result<Vec<Decision>, StoreError> {
        observations
            .first()
            .map_or(Ok(Vec::new()), |first| decisions::decisions_of(self.store, &name_key(&first.statement.name)))
    }

    /// The observations of one official, in the order of `identify`. The stored assignment is read, not decided again:
    /// to list many officials this is much cheaper than `register_of`, which identifies the whole name.
    pub fn observations_of(&self, id: &str) -> Result<Vec<Observation>, StoreError> {
        let mut observations: Vec<Observation> = self
            .store
            .db
            .prepare_cached(&format!(
                "{SELECT_OBSERVATION} FROM {PERSON_AND_REPORT} WHERE {} AND {}",
                is_of_name("(SELECT name_no FROM official WHERE id = ?1)"),
                is_of_official("p")
            ))
            .and_then(|mut s| s.query_map([id], read_observation)?.collect())
            .map_err(StoreError::when("read"))?;
        sort_by_time(&mut observations);
        Ok(observations)
    }

    /// The observations of a name, oldest first.
    fn observations(&self, name_no: i64) -> Result<Vec<Observation>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!(
                "{SELECT_OBSERVATION} FROM {PERSON_AND_REPORT} WHERE {} ORDER BY p.report, p.place",
                is_of_name("?1")
            ))
            .and_then(|mut s| s.query_map([name_no], read_observation)?.collect())
            .map_err(StoreError::when("read"))
    }
}

fn read_together(row: &Row<'_>) -> rusqlite::Result<CompanionRow> {
    let rank: Option<String> = row.get(2)?;
    Ok(CompanionRow {
        id: row.get(0)?,
        name: row.get(1)?,
        rank: rank.and_then(|name| lexicon::rank(&name)).map(|rank| rank.name),
        reports: row.get(3)?,
        last: dated_row_numbers::dated_of(row.get(4)?, row.get(7)?),
        place: Place { report: row.get(5)?, at: row.get(6)? },
    })
}

fn read_observation(row: &Row<'_>) -> rusqlite::Result<Observation> {
    let text = |n| row.get::<_, String>(n);
    let damaged = |n, what: &str| rusqlite::Error::InvalidColumnType(n, what.to_owned(), rusqlite::types::Type::Text);
    let head = ReportHead {
        report: text(0)?.into(),
        title: text(1)?.into(),
        kind: ReportKind::from_name(&text(2)?).unwrap_or_default(),
        day: dated_row_numbers::dated_of(row.get(4)?, row.get(3)?),
        unit: row.get(5)?,
        source: text(6)?.into(),
        story: row.get(9)?,
    };
    let said = PersonStatement::from_json(&text(8)?).ok_or_else(|| damaged(8, "said"))?;
    Ok(Observation { head, place: row.get(7)?, statement: said })
}
