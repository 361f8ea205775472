//! Makes everything that is derived again from the texts, in one transaction: other processes see the old state until
//! the new one is whole, and a kill leaves the old one. The texts and the reader's marks are not touched.

use super::load::{BODY_COLUMNS, StoredBody};
use super::save::Derived;
use super::{Error, Store};
use crate::extract::{RULES, extract};
use crate::report::Title;

/// So many texts are in memory at a time.
const AT_A_TIME: usize = 256;

/// A text with its number and the second it was added.
type Numbered = (i64, i64, StoredBody);

impl Store {
    /// Makes everything derived again; says how many reports there are.
    pub fn rebuild(&mut self) -> Result<usize, Error> {
        self.write(|store| {
            store
                .db
                .execute_batch(
                    "DELETE FROM report; DELETE FROM person; DELETE FROM name; DELETE FROM official; DELETE FROM held;
                     DELETE FROM stale; DELETE FROM vocabulary; INSERT INTO words (words) VALUES ('delete-all');
                     INSERT INTO toned (toned) VALUES ('delete-all');",
                )
                .map_err(Error::when("written"))?;
            store.names.clear();
            store.words_seen.clear();
            let mut reports = 0;
            let mut after = i64::MIN;
            loop {
                let bodies = store.bodies_after(after)?;
                let Some((last, ..)) = bodies.last() else { break };
                after = *last;
                reports += bodies.len();
                let derived = derive(&bodies);
                let mut rows = Vec::with_capacity(derived.len());
                for (no, added, id, title, derived) in &derived {
                    rows.push((store.save_derived(*no, id, title, derived, *added)?, &derived.wording));
                }
                store.index(rows)?;
            }
            store
                .db
                .execute("UPDATE meta SET value = ?1 WHERE name = 'rules'", [RULES])
                .map_err(Error::when("written"))?;
            store.stale_names()?.into_iter().try_for_each(|name_no| store.identify_name(name_no))?;
            Ok(reports)
        })
    }

    fn bodies_after(&self, after: i64) -> Result<Vec<Numbered>, Error> {
        let when = Error::when("read");
        let sql = format!("SELECT {BODY_COLUMNS}, no, added FROM body WHERE no > ?1 ORDER BY no LIMIT {AT_A_TIME}");
        let mut statement = self.db.prepare_cached(&sql).map_err(&when)?;
        let rows = statement
            .query_map([after], |row| Ok((row.get(9)?, row.get(10)?, StoredBody::read(row)?)))
            .map_err(&when)?;
        rows.map(|row| match row.map_err(&when)? {
            (no, added, (body, true)) => Ok((no, added, body)),
            (.., (body, false)) => {
                Err(Error::Corrupt { why: format!("the text of report {} is not what was saved", body.id) })
            }
        })
        .collect()
    }
}

/// What is derived from each text, found by several threads, in the order given.
fn derive(bodies: &[Numbered]) -> Vec<(i64, i64, String, Title, Derived)> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let share = bodies.len().div_ceil(threads).max(1);
    let one = |(no, added, body): &Numbered| {
        let found = extract(&body.draft);
        let title = Title::of(&body.draft, &found.facts);
        let derived = Derived::new(&body.file, &body.draft, &title, &found);
        (*no, *added, body.id.clone(), title, derived)
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            bodies.chunks(share).map(|some| scope.spawn(move || some.iter().map(one).collect::<Vec<_>>())).collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            .collect()
    })
}
