//! Observations of which it must be written anew whose they are (see official_of_person.rs). Name by name they are all
//! over the table `person`, so they are collected and written in the order of the table: else each page would be read
//! and written again for each of its people.

use super::RegisterWriter;
use super::stored_observation::ObservationRow;
use crate::store::StoreError;
use rusqlite::params;

/// So many observations are kept in memory, 24 bytes each, until they are written.
const MAX_MOVED: usize = 500_000;

/// An observation of which another official is written than before. Ordered as the table is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MovedObservation {
    part: i64,
    /// Row of the report.
    report: i64,
    /// Place in the report.
    place: u32,
    /// Position of the official's id in `MovedObservations::officials`.
    official: u32,
}

/// Observations of which another official is written than before.
#[derive(Default)]
pub(super) struct MovedObservations {
    /// In the order in which names were identified, until they are sorted.
    places: Vec<MovedObservation>,
    /// The ids of the officials that they belong to now; `None` where that is the only one of the name.
    officials: Vec<Option<String>>,
}

impl MovedObservations {
    /// Whether they should be written before there are more.
    pub fn is_full(&self) -> bool {
        self.places.len() >= MAX_MOVED
    }

    /// Puts them in the order of the table, in place: a copy would take as much memory again.
    pub fn sort(&mut self) {
        self.places.sort_unstable();
    }

    /// The observations, in the order of the table once they are sorted.
    pub fn places(&self) -> &[MovedObservation] {
        &self.places
    }

    /// Adds those that belong to `official` now, `None` if the name has only one.
    pub fn add<'a>(&mut self, observations: impl Iterator<Item = &'a ObservationRow>, official: Option<&str>) {
        let before = self.places.len();
        let official_position = self.officials.len() as u32;
        self.places.extend(observations.map(|one| MovedObservation {
            part: one.part,
            report: one.report,
            place: one.place as u32,
            official: official_position,
        }));
        if self.places.len() > before {
            self.officials.push(official.map(str::to_owned));
        }
    }
}

impl RegisterWriter<'_> {
    /// Writes to which official these observations of `moved` belong now.
    pub(super) fn write_moved(&self, places: &[MovedObservation], moved: &MovedObservations) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        let mut update = self
            .store
            .db
            .prepare_cached("UPDATE person SET official = ?4 WHERE part = ?1 AND report = ?2 AND place = ?3")
            .map_err(&when)?;
        for MovedObservation { part, report, place, official } in places {
            update
                .execute(params![part, report, place, moved.officials.get(*official as usize).and_then(Option::as_ref)])
                .map_err(&when)?;
        }
        Ok(())
    }
}
