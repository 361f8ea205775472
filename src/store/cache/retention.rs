//! What retention may remove: reports on which the reader has left nothing. The rules are up to the caller. Unlike a
//! removal that the reader asks for, this one leaves the file of the marks alone, so that a report that comes again is
//! still read.

use super::ReportCache;
use crate::report::Day;
use crate::store::{ListRow, StoreError, cell_encoding};
use std::collections::HashSet;
use std::sync::Arc;

/// Reports in one transaction: few enough that other processes can write in between.
const BATCH: usize = 64;

/// A report without a star, a tag, a note, a marked place or a date set by hand, and not cited by a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnmarkedReport<'a> {
    /// The number of its row, for `ReportIndex::rows_of`.
    pub number: i64,
    /// Its address, else its file.
    pub source: &'a str,
    /// The day of the event, stated or inferred.
    pub day: Option<Day>,
    /// The time of import, in seconds since 1970.
    pub added: i64,
}

impl ReportCache<'_> {
    /// Calls `each` for every unmarked report, newest first. Returns how many reports are marked.
    pub fn each_unmarked(&self, each: &mut dyn FnMut(UnmarkedReport<'_>)) -> Result<usize, StoreError> {
        let when = StoreError::when("read");
        let decisions = self.store.register()?.decisions()?;
        let cited: HashSet<Arc<str>> =
            decisions.into_iter().flat_map(|decision| [decision.this.report, decision.that.report]).collect();
        let by_hand = self.dated_by_hand()?;
        let mut statement = self
            .store
            .db
            .prepare(
                "SELECT r.row, r.id, r.source, r.day, r.added,
                   EXISTS (SELECT 1 FROM user.mark m WHERE m.report = r.id AND m.starred)
                   OR EXISTS (SELECT 1 FROM user.tag t WHERE t.report = r.id)
                   OR r.id IN (SELECT report FROM user.place)
                   OR r.id IN (SELECT report FROM user.note WHERE report NOTNULL)
                 FROM report r ORDER BY r.row DESC",
            )
            .map_err(&when)?;
        let mut rows = statement.query([]).map_err(&when)?;
        let mut marked = 0;
        while let Some(row) = rows.next().map_err(&when)? {
            let text = |n| row.get_ref(n).and_then(|cell| Ok(cell.as_str()?)).map_err(&when);
            let id = text(1)?;
            if row.get::<_, bool>(5).map_err(&when)? || cited.contains(id) || by_hand.contains(id) {
                marked += 1;
                continue;
            }
            let day: Option<String> = row.get(3).map_err(&when)?;
            each(UnmarkedReport {
                number: row.get(0).map_err(&when)?,
                source: text(2)?,
                day: cell_encoding::unpack_day(day.as_deref()),
                added: row.get(4).map_err(&when)?,
            });
        }
        Ok(marked)
    }

    /// Removes reports and keeps the marks on them. `done` is called after each batch, with the reports of it.
    /// Officials are brought up to date at the end, and unused pages are given back.
    pub fn remove_unmarked(&self, reports: &[ListRow], done: &mut dyn FnMut(&[ListRow])) -> Result<(), StoreError> {
        for batch in reports.chunks(BATCH) {
            self.store.write(|| batch.iter().try_for_each(|report| self.delete(&report.id).map(|_| ())))?;
            done(batch);
        }
        self.store.register()?;
        self.give_back_room();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::officials::Place;
    use crate::officials::decision::{Decision, Verdict};
    use crate::report::Span;
    use crate::search::filter::Filter;
    use crate::store::{Note, NoteChange, NoteSubject, Sort, Store, WindowBounds};

    #[test]
    fn what_the_reader_marked_is_not_offered_and_the_marks_of_what_goes_stay() {
        let store = Store::in_memory().unwrap();
        let ids: Vec<String> = (0..8)
            .map(|n| {
                let text = format!("Số {n}: ông Lê Văn Thử dự");
                let (draft, found) = crate::store::tests::sample(&text, "2024-01-01", &["Lê Văn Thử"]);
                store.cache().save(&format!("{n}.txt"), &draft, &found).unwrap();
                crate::store::id_of(&draft.text)
            })
            .collect();
        store.marks().set_starred(&ids[0], true).unwrap();
        store.marks().set_tag(&ids[1], "x", true).unwrap();
        store.marks().set_place('a', &ids[2], 3).unwrap();
        store.cache().set_date(&ids[3], crate::search::date::DayRange::parse("2024")).unwrap();
        store.marks().set_read(&ids[5], true).unwrap();
        let passage =
            NoteSubject::Passage { report: ids[6].clone(), span: Span { start: 0, end: 2 }, quote: "Số".to_owned() };
        let whole = NoteSubject::Report { report: ids[7].clone(), title: "Số 7".to_owned() };
        for subject in [passage, whole] {
            store.notes().change(NoteChange::Put(Note::new(subject))).unwrap();
        }
        let place = |n: usize| Place { report: ids[n].as_str().into(), at: 0 };
        let decision =
            Decision { verdict: Verdict::Same, name: "Lê Văn Thử".into(), this: place(4), that: place(0) };
        store.register().unwrap().decide("lê văn thử", &[decision]).unwrap();
        let mut offered = Vec::new();
        let marked = store.cache().each_unmarked(&mut |report| offered.push(report.number)).unwrap();
        assert_eq!((marked, offered.len()), (7, 1));
        let rows = store.index().rows_of(&offered).unwrap();
        assert_eq!(rows[0].id, ids[5]);
        store.cache().remove_unmarked(&rows, &mut |_| ()).unwrap();
        assert_eq!(store.index().find(&Filter::default(), Sort::Date, WindowBounds::all()).unwrap().total, 7);
        assert_eq!(store.marks().of(&ids[5]).unwrap(), (true, false), "still read if it comes again");
    }
}
