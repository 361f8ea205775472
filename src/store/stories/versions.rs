//! The stories as lists need them: which rows of reports are versions of one story, and what a row shows of the others.

use super::StoryGroups;
use crate::report::Dated;
use crate::store::index::{dated_row_numbers, outlet_of};
use crate::store::{StoreError, cache};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A report that tells a story, as a list of the versions shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryVersion {
    pub id: String,
    pub title: String,
    /// The day of the event; `None` if nothing tells it.
    pub day: Option<Dated>,
    /// Its address, else its file.
    pub source: String,
    /// The name of the outlet, else the host of its address.
    pub outlet: Option<String>,
}

/// The rows of all reports that are one of several versions of a story.
#[derive(Debug, Default)]
pub(in crate::store) struct StoryRows {
    /// The value of `meta.stories` when they were read.
    generation: i64,
    /// Rows of reports with their stories, in ascending order of the rows.
    rows: Vec<(i64, i64)>,
    /// From a story to the row of the report that represents it.
    shown: HashMap<i64, i64>,
}

impl StoryRows {
    /// The story of the report at `row`; `None` if no other report tells it.
    pub fn story_of(&self, row: i64) -> Option<i64> {
        let at = self.rows.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        self.rows.get(at).map(|(_, story)| *story)
    }

    /// The row of the report that represents a story.
    pub fn shown_of(&self, story: i64) -> Option<i64> {
        self.shown.get(&story).copied()
    }

    /// The number of reports that another one represents.
    pub fn copies(&self) -> usize {
        self.rows.len() - self.shown.len()
    }

    /// The number of reports above a row that another one represents.
    pub fn copies_above(&self, row: i64) -> usize {
        let is_copy = |(other, story): &&(i64, i64)| self.shown.get(story) != Some(other);
        self.between(row.saturating_add(1), i64::MAX).iter().filter(is_copy).count()
    }

    /// Whether every report is the only one of its story.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows from `first` to `last` that have a story, each with its story, in ascending order.
    pub fn between(&self, first: i64, last: i64) -> &[(i64, i64)] {
        let start = self.rows.partition_point(|(row, _)| *row < first);
        let end = self.rows.partition_point(|(row, _)| *row <= last);
        self.rows.get(start..end).unwrap_or_default()
    }
}

impl StoryGroups<'_> {
    /// Brings `rows` up to date if the groups have changed since they were read.
    pub fn refresh_rows(&self, rows: &mut StoryRows) -> Result<(), StoreError> {
        let when = StoreError::when("read");
        let db = &self.store.db;
        let sql = "SELECT coalesce((SELECT value FROM main.meta WHERE name = 'stories'), 0)";
        let generation = cache::number(db, sql)?;
        if rows.generation == generation {
            return Ok(());
        }
        *rows = StoryRows { generation, ..StoryRows::default() };
        let mut statement =
            db.prepare_cached("SELECT row, story, body FROM report WHERE story IS NOT NULL").map_err(&when)?;
        let mut found = statement.query([]).map_err(&when)?;
        while let Some(cells) = found.next().map_err(&when)? {
            let numbers = || Ok((cells.get(0)?, cells.get(1)?, cells.get(2)?));
            let (row, story, body): (i64, i64, i64) = numbers().map_err(&when)?;
            rows.rows.push((row, story));
            if body == story {
                rows.shown.insert(story, row);
            }
        }
        rows.rows.sort_unstable();
        Ok(())
    }

    /// The versions of the story of a report, the one that represents it first, then by day. Empty if no other report
    /// tells it.
    pub fn versions(&self, id: &str) -> Result<Vec<StoryVersion>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| {
            let source: String = row.get(4)?;
            let outlet: Option<String> = row.get(5)?;
            Ok(StoryVersion {
                id: row.get(0)?,
                title: row.get(1)?,
                day: dated_row_numbers::dated_of(row.get(2)?, row.get(3)?),
                outlet: outlet.or_else(|| outlet_of(&source)),
                source,
            })
        };
        self.store
            .db
            .prepare_cached(
                "SELECT r.id, r.title, r.row, r.date_code, r.source, b.outlet
                 FROM report r JOIN body b ON b.no = r.body
                 WHERE r.story = (SELECT story FROM report WHERE id = ?1)
                 ORDER BY r.body <> r.story, r.row, r.id",
            )
            .and_then(|mut s| s.query_map(params![id], read)?.collect())
            .map_err(StoreError::when("read"))
    }
}
