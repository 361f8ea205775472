//! Windows of the list, and walks along it: where a report stands among those that answer, the next row of some sort.

use crate::search::filter::{self, Filter};
use crate::store::{ListRow, ListWindow, Sort, Store, StoreError};
use crate::tui::message::Answer;
use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

/// How many rows are read at once on a walk.
const STEP: usize = 500;
/// At most so many answers are looked through for the next one.
const FARTHEST: usize = 20_000;

/// The question of the start, whose first rows wait for nothing.
const FIRST_TURN: u64 = 1;

/// A search: what was asked, for as long as not all of it is said.
#[derive(Debug)]
pub struct PartialSearch {
    /// Of the question.
    pub turn: u64,
    /// Which reports.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The first row of the window.
    pub offset: usize,
    /// How many rows.
    pub limit: usize,
    /// Up to which of them they are on screen.
    pub seen: usize,
    /// The report that should stay selected, until it is told where it stands.
    pub keep: Option<String>,
    /// The rows that were answered at once, so that their texts are not read again when the rest is known.
    pub begun: Option<ListWindow>,
    /// How many answer, and where the report that is to be kept stands among them, once they are counted.
    pub counted: Option<(usize, Option<usize>)>,
}

impl PartialSearch {
    /// The rows on screen as soon as they are known; and whether that says all.
    pub fn begin(&mut self, store: &Store, stop: &AtomicBool) -> Result<(Answer, bool), StoreError> {
        let first = if self.offset == 0 { self.seen.min(self.limit) } else { self.limit };
        let found = self.first_rows(store, first, stop)?;
        let elsewhere = self.kept(&found).is_none() && found.rows.len() < found.total;
        if let Some(keep) = self.keep.as_ref().filter(|_| elsewhere && self.turn > FIRST_TURN) {
            // The screen would be drawn twice: at the top of the list, and around the report that is kept.
            if self.filter == Filter::default() {
                return self.pay(store, stop);
            }
            if !store.answers(&self.filter, keep)? {
                self.keep = None;
                return self.told(store, found, first, stop);
            }
            let found = store.find_soon(&self.filter, self.sort, self.offset, self.limit, stop)?;
            return self.told(store, found, self.limit, stop);
        }
        self.told(store, found, first, stop)
    }

    fn first_rows(&self, store: &Store, first: usize, stop: &AtomicBool) -> Result<ListWindow, StoreError> {
        if self.filter == Filter::default() && self.sort == Sort::Date && self.offset == 0 {
            let mut rows = store.newest(first + 1)?;
            let (total, counted) = (rows.len(), rows.len() <= first);
            rows.truncate(first);
            return Ok(ListWindow {
                rows,
                total,
                counted,
                all: if counted { total } else { 0 },
                ..ListWindow::default()
            });
        }
        store.find_soon(&self.filter, self.sort, self.offset, first, stop)
    }

    /// The answer with the first rows of so many that were wanted, and whether it says all. Of the lines of text only the
    /// one on screen is there: that of the report that is kept, else of the first one, or that in the middle of a window.
    fn told(
        &mut self,
        store: &Store,
        mut found: ListWindow,
        wanted: usize,
        stop: &AtomicBool,
    ) -> Result<(Answer, bool), StoreError> {
        let kept = self.kept(&found);
        let middle = if self.offset == 0 { 0 } else { self.limit / 2 };
        let on_screen = kept.map_or(middle, |place| place - found.offset);
        let lines = store.add_lines(&mut found.rows, &self.filter, (on_screen, true), stop)?;
        let all_seen = found.counted && found.rows.len() >= found.total;
        if kept.is_some() || all_seen {
            self.keep = None;
        }
        if found.counted && self.keep.is_none() {
            self.counted = Some((found.total, None));
        }
        let whole = self.counted.is_some() && (wanted == self.limit || all_seen) && lines;
        // What is not the beginning of the list is read again.
        self.begun = (!whole && !found.some).then(|| found.clone());
        Ok((Answer::Found { turn: self.turn, found, kept, more: !whole }, whole))
    }

    /// What follows, and whether it says all: the count first, where all rows on screen are there; then the lines of text
    /// and the rows beyond those on screen, or the window around the report that was to be kept.
    pub fn pay(&mut self, store: &Store, stop: &AtomicBool) -> Result<(Answer, bool), StoreError> {
        if self.counted.is_none() {
            let place = match &self.keep {
                Some(id) => store.place_of(&self.filter, self.sort, id, stop)?,
                None => None,
            };
            let total = store.count(&self.filter, self.sort, stop)?;
            self.counted = Some((total, place));
            let on_screen = |begun: &&ListWindow| place.is_none() && begun.rows.len() >= self.seen.min(total);
            if let Some(begun) = self.begun.as_ref().filter(on_screen) {
                let found = ListWindow { total, counted: true, all: begun.all.max(total), ..begun.clone() };
                return Ok((Answer::Found { turn: self.turn, found, kept: None, more: true }, false));
            }
        }
        let (total, place) = self.counted.unwrap_or_default();
        let offset = place.map_or(self.offset, |place| place.saturating_sub(self.limit / 2));
        let mut found = self.begun.clone().filter(|_| offset == self.offset).unwrap_or_default();
        let have = found.rows.len();
        if have < self.limit.min(total.saturating_sub(offset)) || have == 0 {
            let rest =
                store.find_first(&self.filter, self.sort, offset + have, self.limit.saturating_sub(have), stop)?;
            found.all = rest.all;
            found.rows.extend(rest.rows);
        }
        store.add_lines(&mut found.rows, &self.filter, (0, false), stop)?;
        let found = ListWindow { offset, total, counted: true, all: found.all.max(total), ..found };
        Ok((Answer::Found { turn: self.turn, found, kept: place, more: false }, true))
    }

    fn kept(&self, found: &ListWindow) -> Option<usize> {
        let keep = self.keep.as_deref()?;
        found.rows.iter().position(|row| row.id == keep).map(|n| n + found.offset)
    }
}

/// The next row after `from` (before it, where `back`) that is `wanted`: its place and id.
pub fn next(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    from: usize,
    back: bool,
    wanted: &dyn Fn(&ListRow) -> bool,
) -> Result<Option<(usize, String)>, StoreError> {
    let mut edge = if back { from } else { from + 1 };
    loop {
        let start = if back { edge.saturating_sub(STEP) } else { edge };
        let count = if back { edge - start } else { STEP };
        let rows = store.find(filter, sort, start, count)?.rows;
        let at = if back { rows.iter().rposition(wanted) } else { rows.iter().position(wanted) };
        if let Some((n, row)) = at.and_then(|n| rows.get(n).map(|row| (n, row))) {
            return Ok(Some((start + n, row.id.clone())));
        }
        if rows.is_empty() || (back && start == 0) {
            return Ok(None);
        }
        edge = if back { start } else { start + rows.len() };
    }
}

/// The next row of the list whose report answers `query` too.
pub fn next_with(
    store: &Store,
    list: &str,
    sort: Sort,
    from: usize,
    back: bool,
    query: &str,
) -> Result<Option<(usize, String)>, StoreError> {
    let (both, _) = filter::parse(&format!("({list}) ({query})"));
    let (list, _) = filter::parse(list);
    let mut answering = HashSet::new();
    let mut at = 0;
    loop {
        let rows = store.find(&both, sort, at, STEP)?.rows;
        if rows.is_empty() || at > FARTHEST {
            break;
        }
        at += rows.len();
        answering.extend(rows.into_iter().map(|row| row.id));
    }
    if answering.is_empty() {
        return Ok(None);
    }
    next(store, &list, sort, from, back, &|row| answering.contains(&row.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::report::{Draft, Paragraph, ParagraphKind};

    /// Reports of one day after the other; `asked` of them have the words `tổng kết`, the others both words apart.
    fn store(days: u8, asked: &[u8]) -> Store {
        let mut store = Store::in_memory().unwrap();
        for day in 1..=days {
            let said = match day % 2 {
                _ if !asked.contains(&day) => "tổng hợp để kết thúc, kể ra, kê khai",
                0 => "tổng kê kết quả",
                _ => "tổng kết",
            };
            let text = format!("Ngày {day}-3-2024, đơn vị {said} công tác.");
            let span = crate::report::Span::new(0, text.len());
            let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span }];
            let draft = Draft { text, paragraphs, ..Draft::default() };
            store.save("tep.txt", &draft, &extract(&draft)).unwrap();
        }
        store
    }

    /// A window of the first four rows, of which three are on screen.
    fn window(filter: &str, keep: Option<&str>) -> PartialSearch {
        PartialSearch {
            turn: 7,
            filter: filter::parse(filter).0,
            sort: Sort::Date,
            offset: 0,
            limit: 4,
            seen: 3,
            keep: keep.map(str::to_owned),
            begun: None,
            counted: None,
        }
    }

    fn ids(rows: &[ListRow]) -> Vec<&str> {
        rows.iter().map(|row| row.id.as_str()).collect()
    }

    fn found(answered: Result<(Answer, bool), StoreError>) -> (ListWindow, Option<usize>, bool) {
        let (Answer::Found { found, kept, more, .. }, whole) = answered.unwrap() else { panic!() };
        assert_eq!(more, !whole);
        (found, kept, more)
    }

    #[test]
    fn rows_that_take_long_come_after_the_first_ones() {
        let store = store(20, &[2, 5, 9, 13, 19]);
        let (asked, never) = ("\"tong ke", AtomicBool::new(false));
        let all = store.find(&filter::parse(asked).0, Sort::Date, 0, 10).unwrap().rows;
        assert_eq!(all.len(), 5);
        let last = all.last().map(|row| row.id.as_str());
        for keep in [None, last] {
            // Another search in between, so that nothing is known of this one.
            store.find(&filter::parse("khac").0, Sort::Date, 0, 1).unwrap();
            let mut owed = window(asked, keep);
            let (first, _, more) = found(owed.begin(&store, &never));
            assert!(more && !first.counted);
            assert!(!first.rows.is_empty() && first.rows.len() < 3 && ids(&all).starts_with(&ids(&first.rows)));
            let (rest, kept, more) = found(owed.pay(&store, &never));
            let from = if keep.is_some() { 2 } else { 0 };
            assert_eq!((rest.total, rest.counted, more, rest.offset), (5, true, false, from));
            assert_eq!(rest.rows, all[from..(from + 4).min(5)]);
            assert_eq!(kept, keep.map(|_| 4));
        }
    }

    #[test]
    fn what_the_newest_reports_do_not_have_is_shown_before_all_of_it_is_known() {
        let store = store(20, &[2, 3]);
        let (asked, never) = ("\"tong ke", AtomicBool::new(false));
        let mut owed = window(asked, None);
        let (first, _, more) = found(owed.begin(&store, &never));
        assert_eq!((first.rows.len(), first.counted, more), (1, false, true), "one way to go on");
        let (rest, ..) = found(owed.pay(&store, &never));
        assert_eq!((rest.rows.len(), rest.total), (2, 2));
        assert!(rest.rows.windows(2).all(|pair| pair[0].day > pair[1].day), "newest first");
    }

    #[test]
    fn what_is_on_screen_comes_first_then_the_count_then_the_rest() {
        let store = store(20, &[2, 5]);
        let never = AtomicBool::new(false);
        let all = store.find(&filter::parse("don vi").0, Sort::Date, 0, 4).unwrap().rows;
        let with_lines = |found: &ListWindow| found.rows.iter().map(|row| row.snippet.is_some()).collect::<Vec<_>>();
        for keep in [None, all.get(1).map(|row| row.id.as_str())] {
            store.find(&filter::parse("khac").0, Sort::Date, 0, 1).unwrap();
            let mut owed = window("don vi", keep);
            let (first, kept, more) = found(owed.begin(&store, &never));
            assert_eq!((ids(&first.rows), first.counted, kept, more), (ids(&all[..3]), false, keep.map(|_| 1), true));
            assert_eq!(with_lines(&first), [keep.is_none(), keep.is_some(), false], "the line of the selected report");
            let (count, kept, more) = found(owed.pay(&store, &never));
            // Where the kept report stands is said once: the reader may be elsewhere by now.
            assert_eq!((count.total, count.counted, count.all, kept, more), (20, true, 20, None, true));
            assert_eq!(count.rows, first.rows);
            let (rest, kept, more) = found(owed.pay(&store, &never));
            assert_eq!((rest.rows, rest.total, rest.all, kept, more), (all.clone(), 20, 20, None, false));
        }
    }

    #[test]
    fn a_report_that_answers_no_more_is_not_looked_for() {
        let store = store(20, &[2, 5]);
        let never = AtomicBool::new(false);
        let gone = store.find(&filter::parse("hop").0, Sort::Date, 0, 1).unwrap().rows.remove(0).id;
        let mut owed = window("ket -hop", Some(&gone));
        let (first, kept, more) = found(owed.begin(&store, &never));
        assert_eq!((first.rows.len(), first.counted, kept), (2, true, None));
        assert!(more, "the other line of text follows");
        let (rest, ..) = found(owed.pay(&store, &never));
        assert!(rest.rows.iter().all(|row| row.snippet.is_some()) && rest.rows.len() == 2);
        // Nor is a larger window read for it, where there are more rows than on screen.
        let mut owed = window("hop -\"tong ket\"", Some("0".repeat(32).as_str()));
        let (first, kept, _) = found(owed.begin(&store, &never));
        assert_eq!((first.rows.len(), kept), (3, None));
    }
}
