//! Windows of the list. A window is answered in parts, so that the rows on screen never wait for a count or a snippet.

use crate::store::{ListWindow, Sort, Store, StoreError, WindowBounds};
use crate::tui::message::{Answer, ListRequest};
use std::sync::atomic::AtomicBool;

/// A search that is answered in parts: the rows on screen, then the count, then the rest of the window.
///
/// ```text
/// begin            rows on screen, snippet of the selected one     more = true
/// continue_search  the same rows with the count                    more = true   (skipped if rows are missing)
/// continue_search  the whole window with all snippets              more = false
/// ```
///
/// A search that is quick enough ends earlier: an answer with `more = false` is always the last.
#[derive(Debug)]
pub struct PartialSearch {
    pub turn: u64,
    request: ListRequest,
    /// The rows that were answered already. They are sent again with the next part instead of being read twice.
    answered: Option<ListWindow>,
    /// `None` until the matching reports are counted.
    count: Option<WindowCount>,
}

/// The result of counting, which is the expensive part of a search.
#[derive(Clone, Copy, Debug, Default)]
struct WindowCount {
    /// The number of reports that match.
    total: usize,
    /// The row number of the report to keep selected. `None` if it does not match, or there is none to keep.
    kept: Option<usize>,
    /// The number of reports without a day, in the cache or left out by the filter.
    undated: Option<usize>,
}

impl PartialSearch {
    /// A search of which nothing has been answered yet.
    pub fn new(turn: u64, request: ListRequest) -> Self {
        Self { turn, request, answered: None, count: None }
    }

    /// Answers with the rows on screen as soon as they are known. Returns `StoreError::Interrupted` once `stop` is set.
    pub fn begin(&mut self, store: &Store, stop: &AtomicBool) -> Result<Answer, StoreError> {
        let ListRequest { offset, limit, on_screen, first_screen, .. } = self.request;
        let wanted = if offset == 0 { on_screen.min(limit) } else { limit };
        let found = self.first_rows(store, wanted, stop)?;
        let elsewhere = self.kept_row(&found).is_none() && found.rows.len() < found.total;
        let Some(keep) = self.request.keep.as_ref().filter(|_| elsewhere && !first_screen) else {
            return self.partial_answer(store, found, wanted, stop);
        };
        // The report to keep is not among the first rows. Answering with them would draw the screen twice: at the top
        // of the list, then around that report. So find out first where it is.
        if self.request.filter.is_everything() {
            return self.continue_search(store, stop);
        }
        if !store.index().by_story().matches(&self.request.filter, keep)? {
            self.request.keep = None;
            return self.partial_answer(store, found, wanted, stop);
        }
        let found = store.index().by_story().find_soon(
            &self.request.filter,
            self.request.sort,
            WindowBounds { offset, limit },
            stop,
        )?;
        self.partial_answer(store, found, limit, stop)
    }

    /// The first `wanted` rows of the window, without an exact count if that would take long.
    fn first_rows(&self, store: &Store, wanted: usize, stop: &AtomicBool) -> Result<ListWindow, StoreError> {
        let ListRequest { filter, sort, offset, .. } = &self.request;
        if !(filter.is_everything() && *sort == Sort::Date && *offset == 0) {
            return store.index().by_story().find_soon(
                filter,
                *sort,
                WindowBounds { offset: *offset, limit: wanted },
                stop,
            );
        }
        // The newest reports of the whole cache. Reading one row more than wanted shows whether there are more, which
        // saves a count.
        let mut rows = store.index().by_story().newest(wanted + 1)?;
        let (total, counted) = (rows.len(), rows.len() <= wanted);
        rows.truncate(wanted);
        Ok(ListWindow { rows, total, counted, all: if counted { total } else { 0 }, ..ListWindow::default() })
    }

    /// Builds an answer from the rows found so far; `wanted` is the number that was requested. Its flag `more` is set
    /// unless nothing remains to be computed. Only the selected row gets its snippet, because each snippet costs
    /// reading a text: the report to keep, else the first row, or the middle row of a window further down (where the
    /// selection is, as `update` centres the window on it).
    fn partial_answer(
        &mut self,
        store: &Store,
        mut found: ListWindow,
        wanted: usize,
        stop: &AtomicBool,
    ) -> Result<Answer, StoreError> {
        let ListRequest { offset, limit, .. } = self.request;
        let kept = self.kept_row(&found);
        let middle = if offset == 0 { 0 } else { limit / 2 };
        let selected = kept.map_or(middle, |row| row - found.offset);
        let all_snippets =
            store.index().by_story().add_one_snippet(&mut found.rows, &self.request.filter, selected, stop)?;
        let all_rows = found.counted && found.rows.len() >= found.total;
        if kept.is_some() || all_rows {
            self.request.keep = None;
        }
        if found.counted && self.request.keep.is_none() {
            found.undated = store.index().by_story().undated_count(&self.request.filter, stop)?;
            self.count = Some(WindowCount { total: found.total, kept: None, undated: found.undated });
        }
        let complete = self.count.is_some() && (wanted == limit || all_rows) && all_snippets;
        // If the search gave up early (`some`), these are matching rows from anywhere in the list, not the first ones
        // of the window. They are on screen meanwhile, but must be read again.
        self.answered = (!complete && !found.some).then(|| found.clone());
        Ok(Answer::Found { turn: self.turn, found, kept, more: !complete })
    }

    /// Answers with the next part: the count, if all rows on screen were answered already; else the whole window, moved
    /// to the report to keep if that matches. Returns `StoreError::Interrupted` once `stop` is set; what was counted by
    /// then is kept for the next call.
    pub fn continue_search(&mut self, store: &Store, stop: &AtomicBool) -> Result<Answer, StoreError> {
        let ListRequest { filter, sort, offset, limit, on_screen, keep, .. } = &self.request;
        let (sort, limit) = (*sort, *limit);
        let count = if let Some(count) = self.count {
            count
        } else {
            let kept = match keep {
                Some(id) => store.index().by_story().place_of(filter, sort, id, stop)?,
                None => None,
            };
            let undated = store.index().by_story().undated_count(filter, stop)?;
            let count = WindowCount { total: store.index().by_story().count(filter, sort, stop)?, kept, undated };
            self.count = Some(count);
            let all_on_screen = |rows: &&ListWindow| kept.is_none() && rows.rows.len() >= (*on_screen).min(count.total);
            if let Some(rows) = self.answered.as_ref().filter(all_on_screen) {
                let found = counted(rows.clone(), count);
                return Ok(Answer::Found { turn: self.turn, found, kept: None, more: true });
            }
            count
        };
        let start = count.kept.map_or(*offset, |kept| kept.saturating_sub(limit / 2));
        let mut found = self.answered.clone().filter(|_| start == *offset).unwrap_or_default();
        let have = found.rows.len();
        if have < limit.min(count.total.saturating_sub(start)) || have == 0 {
            let rest = store.index().by_story().find_first(
                filter,
                sort,
                WindowBounds { offset: start + have, limit: limit.saturating_sub(have) },
                stop,
            )?;
            found.all = rest.all;
            found.rows.extend(rest.rows);
        }
        store.index().by_story().add_snippets(&mut found.rows, filter, stop)?;
        let found = ListWindow { offset: start, ..counted(found, count) };
        Ok(Answer::Found { turn: self.turn, found, kept: count.kept, more: false })
    }

    /// The row number of the report to keep. `None` if it is not in the window.
    fn kept_row(&self, found: &ListWindow) -> Option<usize> {
        let keep = self.request.keep.as_deref()?;
        found.rows.iter().position(|row| row.id == keep).map(|n| n + found.offset)
    }
}

/// The window with its exact counts.
fn counted(window: ListWindow, count: WindowCount) -> ListWindow {
    let WindowCount { total, undated, .. } = count;
    ListWindow { total, counted: true, all: window.all.max(total), undated, ..window }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::report::{Draft, Paragraph, ParagraphKind};
    use crate::search::filter::parse;
    use crate::store::{ListRow, QueryThresholds};
    use std::sync::Arc;

    /// Reports of one day after the other; `asked` of them have the words `tổng kết`, the others both words apart.
    fn store(days: u8, asked: &[u8]) -> Store {
        let store = Store::in_memory_with(QueryThresholds::tiny()).unwrap();
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
            store.cache().save("tep.txt", &draft, &extract(&draft)).unwrap();
        }
        store
    }

    /// A window of the first four rows, of which three are on screen.
    fn window(filter: &str, keep: Option<&str>) -> PartialSearch {
        let request = ListRequest {
            filter: Arc::new(parse(filter).0),
            sort: Sort::Date,
            offset: 0,
            limit: 4,
            on_screen: 3,
            keep: keep.map(str::to_owned),
            first_screen: false,
        };
        PartialSearch::new(7, request)
    }

    fn rows_with_snippets(store: &Store, typed: &str, limit: usize) -> Vec<ListRow> {
        let filter = parse(typed).0;
        let mut rows = store.index().find(&filter, Sort::Date, WindowBounds::first(limit)).unwrap().rows;
        store.index().add_snippets(&mut rows, &filter, &AtomicBool::new(false)).unwrap();
        rows
    }

    fn ids(rows: &[ListRow]) -> Vec<&str> {
        rows.iter().map(|row| row.id.as_str()).collect()
    }

    fn found(answer: Result<Answer, StoreError>) -> (ListWindow, Option<usize>, bool) {
        let Answer::Found { found, kept, more, .. } = answer.unwrap() else { panic!() };
        (found, kept, more)
    }

    #[test]
    fn rows_that_take_long_come_after_the_first_ones() {
        let store = store(20, &[2, 5, 9, 13, 19]);
        let (asked, never) = ("\"tong ke", AtomicBool::new(false));
        let all = rows_with_snippets(&store, asked, 10);
        assert_eq!(all.len(), 5);
        let last = all.last().map(|row| row.id.as_str());
        for keep in [None, last] {
            // Another search in between, so that nothing is known of this one.
            store.index().find(&parse("khac").0, Sort::Date, WindowBounds::first(1)).unwrap();
            let mut search = window(asked, keep);
            let (first, _, more) = found(search.begin(&store, &never));
            assert!(more && !first.counted);
            assert!(!first.rows.is_empty() && first.rows.len() < 3 && ids(&all).starts_with(&ids(&first.rows)));
            let (rest, kept, more) = found(search.continue_search(&store, &never));
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
        let mut search = window(asked, None);
        let (first, _, more) = found(search.begin(&store, &never));
        assert_eq!((first.rows.len(), first.counted, more), (1, false, true), "one way to go on");
        let (rest, ..) = found(search.continue_search(&store, &never));
        assert_eq!((rest.rows.len(), rest.total), (2, 2));
        assert!(
            rest.rows.windows(2).all(|pair| pair[0].day.map(|dated| dated.day) > pair[1].day.map(|dated| dated.day)),
            "newest first"
        );
    }

    #[test]
    fn what_is_on_screen_comes_first_then_the_count_then_the_rest() {
        let store = store(20, &[2, 5]);
        let never = AtomicBool::new(false);
        let all = rows_with_snippets(&store, "don vi", 4);
        let with_lines = |found: &ListWindow| found.rows.iter().map(|row| row.snippet.is_some()).collect::<Vec<_>>();
        for keep in [None, all.get(1).map(|row| row.id.as_str())] {
            store.index().find(&parse("khac").0, Sort::Date, WindowBounds::first(1)).unwrap();
            let mut search = window("don vi", keep);
            let (first, kept, more) = found(search.begin(&store, &never));
            assert_eq!((ids(&first.rows), first.counted, kept, more), (ids(&all[..3]), false, keep.map(|_| 1), true));
            assert_eq!(with_lines(&first), [keep.is_none(), keep.is_some(), false], "the line of the selected report");
            let (count, kept, more) = found(search.continue_search(&store, &never));
            // The row of the kept report is sent once: the reader may have moved since.
            assert_eq!((count.total, count.counted, count.all, kept, more), (20, true, 20, None, true));
            assert_eq!(count.rows, first.rows);
            let (rest, kept, more) = found(search.continue_search(&store, &never));
            assert_eq!((rest.rows, rest.total, rest.all, kept, more), (all.clone(), 20, 20, None, false));
        }
    }

    #[test]
    fn a_report_that_answers_no_more_is_not_looked_for() {
        let store = store(20, &[2, 5]);
        let never = AtomicBool::new(false);
        let gone = store.index().find(&parse("hop").0, Sort::Date, WindowBounds::first(1)).unwrap().rows.remove(0).id;
        let mut search = window("ket -hop", Some(&gone));
        let (first, kept, more) = found(search.begin(&store, &never));
        assert_eq!((first.rows.len(), first.counted, kept), (2, true, None));
        assert!(more, "the other line of text follows");
        let (rest, ..) = found(search.continue_search(&store, &never));
        assert!(rest.rows.iter().all(|row| row.snippet.is_some()) && rest.rows.len() == 2);
        // Nor is a larger window read for it if there are more rows than on screen.
        let mut search = window("hop -\"tong ket\"", Some("0".repeat(32).as_str()));
        let (first, kept, _) = found(search.begin(&store, &never));
        assert_eq!((first.rows.len(), kept), (3, None));
    }
}
