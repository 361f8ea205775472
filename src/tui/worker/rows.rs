//! Windows of the list, and walks along it: where a report stands among those that answer, the next row of some sort.

use crate::search::filter::{self, Filter};
use crate::store::{Error, Found, Row, Sort, Store};
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
pub struct Owed {
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
    /// How many of them are on screen.
    pub seen: usize,
    /// The report that should stay selected.
    pub keep: Option<String>,
    /// The rows that were answered at once, so that their texts are not read again when the rest is known.
    pub begun: Option<Found>,
}

impl Owed {
    /// The rows on screen as soon as they are known; and whether that says all.
    pub fn begin(&mut self, store: &Store, stop: &AtomicBool) -> Result<(Answer, bool), Error> {
        let first = if self.offset == 0 { self.seen.min(self.limit) } else { self.limit };
        let found = self.first_rows(store, first, stop)?;
        let elsewhere = self.keep.is_some() && self.kept(&found).is_none() && found.rows.len() < found.total;
        if elsewhere && self.turn > FIRST_TURN {
            // The screen would be drawn twice: at the top of the list, and around the report that is kept.
            if self.filter == Filter::default() {
                return Ok((self.pay(store, stop)?, true));
            }
            let found = store.find_soon(&self.filter, self.sort, self.offset, self.limit, stop)?;
            return Ok(self.told(found, self.limit));
        }
        Ok(self.told(found, first))
    }

    fn first_rows(&self, store: &Store, first: usize, stop: &AtomicBool) -> Result<Found, Error> {
        if self.filter == Filter::default() && self.sort == Sort::Date && self.offset == 0 {
            let mut rows = store.newest(first + 1)?;
            let (total, counted) = (rows.len(), rows.len() <= first);
            rows.truncate(first);
            return Ok(Found { rows, total, counted, all: if counted { total } else { 0 }, offset: 0 });
        }
        store.find_soon(&self.filter, self.sort, self.offset, first, stop)
    }

    /// The answer with the first rows of so many that were wanted, and whether it says all.
    fn told(&mut self, found: Found, wanted: usize) -> (Answer, bool) {
        let kept = self.kept(&found);
        let settled = kept.is_some() || self.keep.is_none() || found.rows.len() >= found.total;
        let whole = found.counted && settled && (wanted == self.limit || found.total <= wanted);
        self.begun = (!whole).then(|| found.clone());
        (Answer::Found { turn: self.turn, found, kept, more: !whole }, whole)
    }

    /// The count and the other rows of the window; or the window around the report that was to be kept, where it answers.
    pub fn pay(&mut self, store: &Store, stop: &AtomicBool) -> Result<Answer, Error> {
        let place = match &self.keep {
            Some(id) => store.place_of(&self.filter, self.sort, id, stop)?,
            None => None,
        };
        let total = store.count(&self.filter, self.sort, stop)?;
        let offset = place.map_or(self.offset, |place| place.saturating_sub(self.limit / 2));
        let begun = self.begun.take().filter(|_| offset == self.offset).unwrap_or_default();
        let have = begun.rows.len();
        let rest = self.limit.saturating_sub(have);
        let mut found = store.find_first(&self.filter, self.sort, offset + have, rest, stop)?;
        found.rows.splice(0..0, begun.rows);
        let found = Found { offset, total, counted: true, ..found };
        Ok(Answer::Found { turn: self.turn, found, kept: place, more: false })
    }

    fn kept(&self, found: &Found) -> Option<usize> {
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
    wanted: &dyn Fn(&Row) -> bool,
) -> Result<Option<(usize, String)>, Error> {
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
) -> Result<Option<(usize, String)>, Error> {
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
            let said =
                if asked.contains(&day) { "tổng kết" } else { "tổng hợp để kết thúc, kể ra, kê khai" };
            let text = format!("Ngày {day}-3-2024, đơn vị {said} công tác.");
            let span = crate::report::Span::new(0, text.len());
            let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span }];
            let draft = Draft { text, paragraphs, ..Draft::default() };
            store.save("tep.txt", &draft, &extract(&draft)).unwrap();
        }
        store
    }

    #[test]
    fn rows_that_take_long_come_after_the_first_ones() {
        let store = store(20, &[2, 5, 9, 13, 19]);
        let (filter, never) = (filter::parse("\"tong ke").0, AtomicBool::new(false));
        let ask = |keep| Owed {
            turn: 7,
            filter: filter.clone(),
            sort: Sort::Date,
            offset: 0,
            limit: 4,
            seen: 3,
            keep,
            begun: None,
        };
        let all = store.find(&filter, Sort::Date, 0, 10).unwrap().rows;
        assert_eq!(all.len(), 5);
        let last = all.last().map(|row| row.id.clone());
        for keep in [None, last] {
            // Another search in between, so that nothing is known of this one.
            store.find(&filter::parse("khac").0, Sort::Date, 0, 1).unwrap();
            let mut owed = ask(keep.clone());
            let (Answer::Found { found, more, .. }, whole) = owed.begin(&store, &never).unwrap() else { panic!() };
            assert!(more && !whole && !found.counted);
            assert!(!found.rows.is_empty() && found.rows.len() < 3 && all.starts_with(&found.rows));
            let Answer::Found { found, kept, more, .. } = owed.pay(&store, &never).unwrap() else { panic!() };
            let from = if keep.is_some() { 2 } else { 0 };
            assert_eq!((found.total, found.counted, more, found.offset), (5, true, false, from));
            assert_eq!(found.rows, all[from..(from + 4).min(5)]);
            assert_eq!(kept, keep.map(|_| 4));
        }
    }
}
