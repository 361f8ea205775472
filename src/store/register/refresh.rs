//! Brings the register up to date: identifies every name that gained or lost an observation.
//!
//! A few names are done in one transaction. After a large import it is nearly all of them, and the observations of each
//! are all over the table `person`. If each thousand names wrote theirs, the whole table would be written once for each
//! thousand names. So the rows of officials are written name by name, and whose observation is whose is collected and
//! written in the order of the table:
//!
//! ```text
//! stale names ─ 4,000 a transaction ─▶ official, held      moved observations, in memory
//!                                                               │ at half a million, or at the end
//!                                                               ▼
//!                              person.official, in order; then the names are no longer stale
//! ```
//!
//! A kill in between leaves the names marked, and they are identified again.

use super::RegisterWriter;
use super::identify_names::MAX_NAMES;
use super::moved_observations::{MovedObservation, MovedObservations};
use crate::store::StoreError;

/// Observations written in one transaction: other processes get a turn to write in between.
const TRANSACTION_OBSERVATIONS: usize = 200_000;

/// Names that are identified and whose observations are not written yet.
struct RefreshRound<'a> {
    names: Vec<&'a [i64]>,
    moved: MovedObservations,
    /// `PRAGMA data_version` when the first of them was read: if another process writes meanwhile, what was read may no
    /// longer hold.
    data_version: i64,
}

impl RegisterWriter<'_> {
    /// Identifies every stale name again and returns their number. A cache that can only be read is left as it is; in
    /// an archive, the reader's own decisions are applied in memory.
    pub(in crate::store) fn refresh(&self) -> Result<usize, StoreError> {
        self.store.apply_own_decisions()?;
        let stale = self.stale_names()?;
        if stale.is_empty() || self.store.location.read_only.is_some() {
            return Ok(0);
        }
        if stale.len() <= MAX_NAMES {
            self.store.write(|| self.identify_names(&stale))?;
            return Ok(stale.len());
        }
        let mut round: Option<RefreshRound<'_>> = None;
        for names in stale.chunks(MAX_NAMES) {
            let begun = round.take();
            let mut going_on = self.store.write(|| {
                let mut round = match begun {
                    Some(round) => round,
                    None => RefreshRound {
                        names: Vec::new(),
                        moved: MovedObservations::default(),
                        data_version: self.store.data_version()?,
                    },
                };
                self.identify_officials(names, &mut round.moved)?;
                Ok(round)
            })?;
            going_on.names.push(names);
            if going_on.moved.is_full() {
                self.finish(going_on)?;
            } else {
                round = Some(going_on);
            }
        }
        if let Some(round) = round {
            self.finish(round)?;
        }
        Ok(stale.len())
    }

    /// Writes the moved observations of a round. If another process has written since it began, its names are
    /// identified once more, each with its observations in one transaction.
    fn finish(&self, mut round: RefreshRound<'_>) -> Result<(), StoreError> {
        round.moved.sort();
        let undisturbed = || Ok(self.store.data_version()? == round.data_version);
        for some in round.moved.places().chunks(TRANSACTION_OBSERVATIONS) {
            let write = |some: &[MovedObservation]| {
                let undisturbed = undisturbed()?;
                if undisturbed {
                    self.write_moved(some, &round.moved)?;
                }
                Ok(undisturbed)
            };
            if !self.store.write(|| write(some))? {
                break;
            }
        }
        for names in &round.names {
            self.store.write(
                || {
                    if undisturbed()? { self.mark_identified(names) } else { self.identify_names(names) }
                },
            )?;
        }
        Ok(())
    }

    /// Numbers of the names that gained or lost an observation since they were identified.
    pub(in crate::store) fn stale_names(&self) -> Result<Vec<i64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT name_no FROM stale")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cache::PreparedReport;
    use crate::store::official_of_person::official_of;
    use crate::store::{Store, tests};

    fn save(store: &Store, number: usize) {
        let (draft, found) = tests::sample(&format!("Ông Lê Văn Hòa dự {number}"), "2021-05-01", &["Lê Văn Hòa"]);
        store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
    }

    /// Begins a round with all names, has `meanwhile` happen, and finishes it. Returns how many people are nobody.
    fn left_over(meanwhile: impl FnOnce(&Store)) -> usize {
        let folder = tempfile::tempdir().unwrap();
        let [store, other] = [0, 1].map(|_| Store::open(folder.path()).unwrap());
        save(&store, 1);
        save(&store, 2);
        let writer = store.register_writer();
        let names = writer.stale_names().unwrap();
        let mut round = RefreshRound { names: vec![&names], moved: MovedObservations::default(), data_version: 0 };
        store
            .write(|| {
                round.data_version = store.data_version()?;
                writer.identify_officials(&names, &mut round.moved)
            })
            .unwrap();
        assert_eq!(writer.stale_names().unwrap(), names, "marked until their observations are written");
        meanwhile(&other);
        writer.finish(round).unwrap();
        assert!(writer.stale_names().unwrap().is_empty());
        let sql = format!("SELECT count(*) FROM person p WHERE {} IS NULL", official_of("p"));
        store.db.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_round_writes_whose_observations_are_whose() {
        assert_eq!(left_over(|_| ()), 0);
    }

    #[test]
    fn a_round_that_another_process_disturbed_is_done_again() {
        assert_eq!(left_over(|other| save(other, 3)), 0);
    }
}
