//! Loads one report, or a part of it: a sentence, its origin. People and facts are extracted again from the text, so
//! that they always follow the current rules.

use super::packed_text::UnpackedText;
use super::{ReportCache, prepared_report};
use crate::digest::StatingSentence;
use crate::extract::{RULES, extract};
use crate::officials::Place;
use crate::report::{Dated, Day, DayHints, Draft, Report, Title};
use crate::store::index::dated_row_numbers;
use crate::store::{StoreError, cell_encoding};
use crate::text::fold::fold;
use crate::text::sentence_bounds;
use rusqlite::types::FromSql;
use rusqlite::{OptionalExtension, Row, params};

/// The reports that a prefix of an id names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrefixMatch {
    None,
    One(String),
    /// Up to five of several.
    Several(Vec<String>),
}

/// A row of `body`.
pub(in crate::store) struct StoredBody {
    pub id: String,
    pub file: String,
    pub draft: Draft,
}

/// The columns that `StoredBody::read` wants, in its order.
pub(super) const BODY_COLUMNS: &str =
    "id, text, paragraphs, notes, title, origin, file, url, published, days, added, outlet";

impl StoredBody {
    /// Reads a row. The flag is true if the text is the one that was saved.
    pub fn read(row: &Row<'_>) -> rusqlite::Result<(Self, bool)> {
        let (body, sound) = Self::read_unchecked(row)?;
        let sound = sound && body.hash_is_its_id();
        Ok((body, sound))
    }

    /// Whether the hash of the text is its id.
    pub fn hash_is_its_id(&self) -> bool {
        prepared_report::id_of(&self.draft.text) == self.id
    }

    /// The error for a text that is not the one that was saved.
    pub fn damaged(&self) -> StoreError {
        StoreError::corrupt(format!("the text of report {} is not what was saved", self.id))
    }

    /// Reads a row without hashing its text. The flag is true if the text could be unpacked and its paragraphs fit it.
    /// The caller checks `hash_is_its_id`, which can be done on another thread.
    pub fn read_unchecked(row: &Row<'_>) -> rusqlite::Result<(Self, bool)> {
        let id: String = row.get(0)?;
        // A text that cannot be unpacked must not hide the id, by which the damage is reported.
        let text = UnpackedText::column_result(row.get_ref(1)?).map(|text| text.0);
        let (text, readable) = text.map_or((String::new(), false), |text| (text, true));
        let packed: Vec<u8> = row.get(2)?;
        let notes: String = row.get(3)?;
        let (own_title, origin): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        let published: Option<String> = row.get(8)?;
        let (days, added): (Option<String>, i64) = (row.get(9)?, row.get(10)?);
        let paragraphs = cell_encoding::unpack_paragraphs(&packed, &text);
        let sound = readable && paragraphs.is_some();
        let origin = origin.as_deref().and_then(cell_encoding::unpack_origin);
        let draft = Draft {
            paragraphs: paragraphs.unwrap_or_default(),
            title: own_title.zip(origin).map(|(text, origin)| Title { text, origin }),
            url: row.get(7)?,
            outlet: row.get(11)?,
            published: cell_encoding::unpack_day(published.as_deref()),
            days: cell_encoding::unpack_days(days.as_deref(), added),
            notes: cell_encoding::unpack_strings(Some(&notes)),
            restored: None,
            text,
        };
        Ok((Self { id, file: row.get(6)?, draft }, sound))
    }
}

/// The source of a report, and its day if anything tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOrigin {
    pub when: Option<Dated>,
    /// Its address, else its file.
    pub source: String,
}

impl ReportCache<'_> {
    /// Loads a whole report; everything derived is extracted again from its text. `id` may be any unambiguous prefix of
    /// an id. `None` if no report has it, or several do.
    pub fn load(&self, id: &str) -> Result<Option<Report>, StoreError> {
        let PrefixMatch::One(whole) = self.named(id)? else { return Ok(None) };
        let read = self
            .store
            .db
            .prepare_cached(&format!("SELECT {BODY_COLUMNS} FROM body WHERE id = ?1"))
            .and_then(|mut s| s.query_row([&whole], StoredBody::read).optional())
            .map_err(StoreError::when("read"))?;
        let Some((body, sound)) = read else { return Ok(None) };
        if !sound {
            return Err(body.damaged());
        }
        let mut found = extract(&body.draft);
        let title = Title::of(&body.draft, &found.facts);
        let by_hand = self.date_instead(&body.id, found.facts.day)?;
        if by_hand.is_some() {
            (found.facts.day, found.facts.day_span) = (by_hand, None);
        }
        let kept_source = self.store.kept_sources().hash_of(&body.id)?;
        let report = Report::new(body.id, body.file, title, body.draft, found);
        Ok(Some(Report { dated_by_hand: by_hand.is_some(), kept_source, ..report }))
    }

    /// The date by hand that stands in the place of the one that was found: the reader's. In an archive it is that of
    /// those who fill it, whose file of marks cannot be read, but whose list has it.
    fn date_instead(&self, id: &str, found: Option<Dated>) -> Result<Option<Dated>, StoreError> {
        if self.store.location.archive.is_none() || self.rules()? != i64::from(RULES) {
            return self.date_by_hand(id);
        }
        let listed = self.origin_of(id)?.and_then(|origin| origin.when);
        Ok(listed.filter(|listed| Some(*listed) != found))
    }

    /// The title and the day of a report. `None` if it is not in the cache.
    pub fn head_of(&self, id: &str) -> Result<Option<(String, Option<Dated>)>, StoreError> {
        let title: Option<String> = self
            .store
            .db
            .prepare_cached("SELECT title FROM report WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        let Some(title) = title else { return Ok(None) };
        Ok(Some((title, self.origin_of(id)?.and_then(|origin| origin.when))))
    }

    /// The day on which a report was first imported, in the time zone of the system. `None` if it is not in the cache.
    pub fn imported_on(&self, id: &str) -> Result<Option<Day>, StoreError> {
        let added: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT added FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        let moment = added.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let date = moment.map(|moment| moment.to_zoned(jiff::tz::TimeZone::system()).date());
        Ok(date.and_then(|date| Day::new(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())))
    }

    /// Which reports a prefix of an id names. Upper case is accepted; anything but hexadecimal digits names none.
    pub fn named(&self, prefix: &str) -> Result<PrefixMatch, StoreError> {
        let prefix = prefix.to_ascii_lowercase();
        if prefix.is_empty() || prefix.len() > 32 || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(PrefixMatch::None);
        }
        // `g` follows every hexadecimal digit.
        let past = format!("{prefix}g");
        let mut ids: Vec<String> = self
            .store
            .db
            .prepare_cached("SELECT id FROM body WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 5")
            .and_then(|mut s| s.query_map(params![prefix, past], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(match (ids.pop(), ids.is_empty()) {
            (None, _) => PrefixMatch::None,
            (Some(id), true) => PrefixMatch::One(id),
            (Some(id), false) => {
                ids.push(id);
                PrefixMatch::Several(ids)
            }
        })
    }

    /// The sentence at a place, in one line; `None` if the report is gone.
    pub fn sentence(&self, place: &Place) -> Result<Option<String>, StoreError> {
        Ok(self.text_of(&place.report)?.map(|text| sentence_at(&text, place.at)))
    }

    /// The sentence that states a fact told at a place, with the byte by which it was found; `None` if the report is
    /// gone. A headline only announces what the text states: in its place comes the first sentence below it that has
    /// the name and the other words, if there is one.
    pub fn stating_sentence(
        &self,
        place: &Place,
        name: &str,
        words: &str,
    ) -> Result<Option<StatingSentence>, StoreError> {
        let words = fold(words);
        Ok(self.text_of(&place.report)?.map(|text| {
            let headline_end = text.find('\n').unwrap_or(0);
            let below = || text.match_indices(name).map(|(at, _)| at).filter(|at| *at > headline_end);
            let stated = || below().find(|at| fold(&sentence_at(&text, *at)).contains(&words));
            let at = if place.at < headline_end { stated().unwrap_or(place.at) } else { place.at };
            StatingSentence { at, text: sentence_at(&text, at) }
        }))
    }

    fn text_of(&self, report: &str) -> Result<Option<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([report], |row| row.get(0)).optional())
            .map(|text: Option<UnpackedText>| text.map(|UnpackedText(text)| text))
            .map_err(StoreError::when("read"))
    }

    /// When a report was imported, in seconds since 1970, and the days that hint at its date; `None` if there is no
    /// such report.
    pub fn import_of(&self, id: &str) -> Result<Option<(i64, DayHints)>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT added, days FROM body WHERE id = ?1")
            .and_then(|mut s| {
                let read = |row: &Row<'_>| {
                    let (added, days): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
                    Ok((added, cell_encoding::unpack_days(days.as_deref(), added)))
                };
                s.query_row([id], read).optional()
            })
            .map_err(StoreError::when("read"))
    }

    /// Looks up the origin of a report; `None` if there is no such report.
    pub fn origin_of(&self, report: &str) -> Result<Option<ReportOrigin>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let found: Option<(i64, u8, String)> = self
            .store
            .db
            .prepare_cached(
                "SELECT r.row, r.date_code, r.source FROM body b JOIN report r ON r.body = b.no WHERE b.id = ?1",
            )
            .and_then(|mut s| s.query_row([report], read).optional())
            .map_err(StoreError::when("read"))?;
        let origin = |(row, date_code, source): (i64, u8, String)| {
            let when = dated_row_numbers::dated_of(row, date_code);
            ReportOrigin { when, source }
        };
        Ok(found.map(origin))
    }

    /// The text with a number, whether its cells could be read, and when it was imported. `None` if there is none.
    pub(in crate::store) fn body_of_number(&self, no: i64) -> Result<Option<(StoredBody, bool, i64)>, StoreError> {
        let read = |row: &Row<'_>| {
            let (body, readable) = StoredBody::read_unchecked(row)?;
            Ok((body, readable, row.get("added")?))
        };
        self.store
            .db
            .prepare_cached(&format!("SELECT {BODY_COLUMNS} FROM body WHERE no = ?1"))
            .and_then(|mut s| s.query_row([no], read).optional())
            .map_err(StoreError::when("read"))
    }

    /// `body.no` and `report.row` of a whole id.
    pub(in crate::store) fn numbers_of(&self, id: &str) -> Result<Option<(i64, i64)>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT b.no, r.row FROM body b JOIN report r ON r.body = b.no WHERE b.id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(StoreError::when("read"))
    }
}

/// The sentence around a byte of a text, in one line.
fn sentence_at(text: &str, at: usize) -> String {
    text.get(sentence_bounds::around(text, at)).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
