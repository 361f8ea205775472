//! The search in the text of a report: the phrase typed after `/` there, else the list's filter. Moves from hit to hit.
//! `report_hits` decides which words are hits; `detail` does the scrolling.

use super::detail;
use crate::lang::{Phrase, phrases};
use crate::report::{Report, Span};
use crate::tui::app::{App, DetailState, FILTER_RULES, SearchPosition, TypedFilter};
use crate::tui::report_hits::{self, NoHitReason};

/// Moves to the next or previous hit. Past the last one it wraps to the first, with a notice.
pub fn hit(app: &mut App, back: bool) {
    let rows = app.text_rows();
    let lang = app.settings.lang;
    let detail = app.reading_mut();
    let count = detail.hits.len();
    if count == 0 {
        if detail.query.is_blank() {
            app.say(phrases::NO_SEARCH.say(lang));
        } else {
            say_no_hits(app);
        }
        return;
    }
    let from = first_visible_byte(detail);
    let next = match (detail.hit, back) {
        (Some(n), false) => n + 1,
        (Some(n), true) => n.wrapping_sub(1),
        (None, false) => detail.hits.partition_point(|h| h.start < from),
        (None, true) => detail.hits.partition_point(|h| h.start < from).wrapping_sub(1),
    };
    let (to, wrapped): (usize, Option<Phrase>) = match (next < count, back) {
        (true, _) => (next, None),
        (false, false) => (0, Some(phrases::HITS_WRAPPED)),
        (false, true) => (count - 1, Some(phrases::HITS_WRAPPED_UP)),
    };
    go_to_hit(detail, to, rows);
    if let Some(said) = wrapped.filter(|_| count > 1 || next > 0) {
        app.say(said.say(lang));
    }
}

/// Makes hit number `n` the current one and scrolls to it. A hit in the title scrolls to the top, because the head of
/// the page shows the title (in raw mode it does not).
pub fn go_to_hit(detail: &mut DetailState, n: usize, rows: usize) {
    detail.hit = Some(n);
    detail.spot = None;
    let Some(at) = detail.hits.get(n).map(|hit| hit.start) else { return };
    let in_title = detail.report.as_ref().is_some_and(|report| report_hits::is_in_title(report, at));
    if in_title && !detail.look.raw {
        detail.top = 0;
    } else {
        detail::scroll_into_view(detail, at, rows);
    }
}

/// The first visible byte. At the top of the page it is 0: the head shows the title, which may be a line of the text.
fn first_visible_byte(detail: &DetailState) -> usize {
    if detail.top == 0 { 0 } else { detail.page.first_byte(detail.top).unwrap_or(0) }
}

/// The hits of the pane's search in a report, in text order.
pub fn hits_in(detail: &DetailState, report: &Report) -> Vec<Span> {
    if detail.own_query {
        report_hits::own_hits(report, detail.query.filter())
    } else {
        report_hits::hits(report, detail.query.filter())
    }
}

/// Computes the hits again and clears the current hit.
fn update_hits(detail: &mut DetailState) {
    detail.hits = detail.report.as_ref().map_or_else(Vec::new, |report| hits_in(detail, report));
    detail.hit = None;
}

/// Updates the report next to the list after the list's filter has changed: computes its hits and scrolls to the first.
pub fn follow_filter(app: &mut App) {
    let rows = app.text_rows();
    let detail = &mut app.detail;
    update_hits(detail);
    if !detail.hits.is_empty() {
        go_to_hit(detail, 0, rows);
    }
}

/// Searches the report for `query` and goes to the first hit at or below the first visible row, else to the first hit.
pub fn find(app: &mut App, query: &str) {
    let rows = app.text_rows();
    let detail = app.reading_mut();
    detail.query = TypedFilter::search(query);
    detail.own_query = true;
    update_hits(detail);
    let from = first_visible_byte(detail);
    let first = detail.hits.partition_point(|hit| hit.start < from);
    if !detail.hits.is_empty() {
        go_to_hit(detail, if first < detail.hits.len() { first } else { 0 }, rows);
    } else if report_hits::asks_nothing(detail.query.filter()) {
        // No notice for a mere lack of hits: a word may be half typed. But a query that no text can match (such as a
        // date alone) will not get hits by typing on.
        say_no_hits(app);
    }
}

/// Ends the last word of a phrase, if the text has it as a whole word: while it was being typed, it also matched the
/// beginnings of longer ones. The hit under the cursor stays, or the next one becomes it. Returns the search to repeat.
pub fn end_last_word(app: &mut App, typed: &str) -> String {
    let rows = app.text_rows();
    let detail = app.reading_mut();
    let whole = TypedFilter::search(format!("{} ", typed.trim_end()));
    let hits = detail.report.as_ref().map_or_else(Vec::new, |report| report_hits::own_hits(report, whole.filter()));
    if hits.is_empty() || typed.starts_with(FILTER_RULES) {
        return typed.to_owned();
    }
    let from = detail.current_hit().map_or(0, |hit| hit.start);
    let search = whole.text().to_owned();
    (detail.query, detail.hits) = (whole, hits);
    let next = detail.hits.partition_point(|hit| hit.start < from);
    go_to_hit(detail, if next < detail.hits.len() { next } else { 0 }, rows);
    search
}

/// Repeats the last search: goes to the next hit if this report was searched for it already, else searches the report.
pub fn again(app: &mut App) {
    let (last, reading) = (app.last_search.clone(), app.reading());
    if last.is_empty() || (reading.own_query && reading.query.text() == last) {
        return hit(app, false);
    }
    find(app, &last);
    say_no_hits(app);
}

/// Shows a notice why nothing was found, if the report has no hits.
pub fn say_no_hits(app: &mut App) {
    let (lang, reading) = (app.settings.lang, app.reading());
    let Some(report) = reading.report.as_deref().filter(|_| reading.hits.is_empty()) else { return };
    let typed = reading.query.text();
    let apart = (!typed.starts_with(FILTER_RULES)).then(|| TypedFilter::search(format!("{FILTER_RULES}{typed}")));
    let said = match report_hits::lacks(report, reading.query.filter()) {
        NoHitReason::Words if apart.is_some_and(|words| !report_hits::own_hits(report, words.filter()).is_empty()) => {
            phrases::NO_PHRASE
        }
        NoHitReason::Words => phrases::NO_HITS,
        NoHitReason::AllButTitle => phrases::TITLE_HITS_ONLY,
        NoHitReason::Question => phrases::ASKS_NO_WORDS,
    };
    let said = said.fill(lang, &[reading.query.text().trim()]);
    app.say(said);
}

/// Drops the search typed in this report; the list's filter is its search again.
pub fn forget(app: &mut App) {
    let filter = if detail::in_list(app) { app.list.filter.clone() } else { TypedFilter::default() };
    let detail = app.reading_mut();
    detail.own_query = false;
    detail.query = filter;
    update_hits(detail);
}

/// Restores an earlier search and its scroll position. If another report is shown by now, or the search differs, goes
/// to its first hit instead.
pub fn restore_search(app: &mut App, position: &SearchPosition) {
    let rows = app.text_rows();
    // A search that came from the list's filter follows the filter as it is now.
    let filter = (!position.own_query && detail::in_list(app)).then(|| app.list.filter.clone());
    let detail = app.reading_mut();
    let query = filter.unwrap_or_else(|| position.query.clone());
    let same = position.query == query && position.report.as_deref() == detail.report.as_ref().map(|r| r.id.as_str());
    (detail.query, detail.own_query) = (query, position.own_query);
    update_hits(detail);
    if same {
        (detail.hit, detail.spot) = (position.hit, position.spot);
        let same_page = detail.page.first_byte(position.top) == position.first;
        let by_letter = position.first.filter(|_| !same_page).map(|at| detail.page.row_of(at));
        detail.top = by_letter.unwrap_or(position.top);
    } else if !detail.hits.is_empty() {
        go_to_hit(detail, 0, rows);
    }
}
