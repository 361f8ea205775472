//! The marks of a report whose bytes were read again and gave another text: they go on with the newer version. What is
//! about a place goes where the same words stand; where they do not, it stays with the text that has them.

use super::ReaderMarks;
use crate::officials::Place;
use crate::report::Span;
use crate::store::notes::pack_places;
use crate::store::{NoteSubject, StoreError};

impl ReaderMarks<'_> {
    /// Moves the marks on report `from` to report `to`, in one transaction of the file of marks. `place` finds the
    /// place of a marked byte in the newer text, `passage` that of quoted words.
    pub(in crate::store) fn hand_over(
        &self,
        from: &str,
        to: &str,
        place: &dyn Fn(usize) -> Option<usize>,
        passage: &dyn Fn(&str) -> Option<Span>,
    ) -> Result<(), StoreError> {
        self.store.db.execute_batch("BEGIN").map_err(StoreError::when("written"))?;
        let done = self.move_all(from, to, place, passage);
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.store.db.execute_batch(end).map_err(StoreError::when("written"));
        done.and(ended)
    }

    fn move_all(
        &self,
        from: &str,
        to: &str,
        place: &dyn Fn(usize) -> Option<usize>,
        passage: &dyn Fn(&str) -> Option<Span>,
    ) -> Result<(), StoreError> {
        for sql in [
            "INSERT INTO user.mark (report, read, starred) SELECT ?2, read, starred FROM user.mark WHERE report = ?1
             ON CONFLICT (report) DO UPDATE SET read = max(read, excluded.read),
                                                starred = max(starred, excluded.starred)",
            "INSERT OR IGNORE INTO user.tag (report, tag) SELECT ?2, tag FROM user.tag WHERE report = ?1",
            "INSERT OR IGNORE INTO user.dated (report, date) SELECT ?2, date FROM user.dated WHERE report = ?1",
            "UPDATE user.note SET report = ?2 WHERE report = ?1 AND about = 'report'",
        ] {
            self.run_user(sql, &[&from, &to])?;
        }
        for table in ["mark", "tag", "dated"] {
            self.run_user(&format!("DELETE FROM user.{table} WHERE report = ?1"), &[&from])?;
        }
        for (letter, report, at) in self.places()? {
            if let Some(at) = place(at).filter(|_| report == from) {
                self.set_place(letter, to, at)?;
            }
        }
        for note in self.store.notes().all()? {
            let NoteSubject::Official { mut places, .. } = note.subject else { continue };
            if places.iter().all(|one| *one.report != *from) {
                continue;
            }
            for one in places.iter_mut().filter(|one| *one.report == *from) {
                // Whom a place in a report means is the nearest who is named there.
                *one = Place { report: to.into(), at: place(one.at).unwrap_or(one.at) };
            }
            self.run_user("UPDATE user.note SET report = ?1 WHERE no = ?2", &[&pack_places(&places), &note.number])?;
        }
        for note in self.store.notes().of_report(from)? {
            let NoteSubject::Passage { quote, .. } = &note.subject else { continue };
            if let Some(span) = passage(quote) {
                let (start, finish) = (span.start as i64, span.end as i64);
                self.run_user(
                    "UPDATE user.note SET report = ?1, start = ?2, finish = ?3 WHERE no = ?4",
                    &[&to, &start, &finish, &note.number],
                )?;
            }
        }
        Ok(())
    }
}
