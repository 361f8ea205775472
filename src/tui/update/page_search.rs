//! The search in a page of lines: an official, a post, a unit, a comparison, the people of a report, the review of
//! doubts. `tui::page_search` finds the hits; this moves the cursor from one to the next.

use crate::lang::phrases;
use crate::tui::app::{App, InputSnapshot, PageLines, PageSearch, Screen, TypedFilter};
use crate::tui::panes;

/// The lines of the page in front. `None` if no page is.
fn lines(app: &mut App) -> Option<&mut PageLines> {
    match app.stack.last_mut()? {
        Screen::Official(page) => Some(&mut page.lines),
        Screen::QuotePage(page) => Some(&mut page.lines),
        Screen::People(people) => Some(&mut people.lines),
        _ => None,
    }
}

/// What Esc in the input line restores.
pub fn snapshot(app: &App) -> InputSnapshot {
    let lines = match app.stack.last() {
        Some(Screen::Official(page)) => Some(&page.lines),
        Some(Screen::QuotePage(page)) => Some(&page.lines),
        Some(Screen::People(people)) => Some(&people.lines),
        _ => None,
    };
    let (search, selected, top) = lines.map_or_else(Default::default, |l| (l.search.clone(), l.selected, l.top));
    InputSnapshot::FindOnPage { search, selected, top }
}

/// Searches the page for what is typed, from the line where the cursor was when the input line was opened.
pub fn find(app: &mut App, typed: &str) {
    let (from, top, before) = match app.line.as_ref().map(|line| &line.before) {
        Some(InputSnapshot::FindOnPage { selected, top, search }) => (*selected, *top, search.clone()),
        _ => (0, 0, PageSearch::default()),
    };
    let blank = typed.trim().is_empty();
    let rows = panes::page_rows(app);
    let Some(lines) = lines(app) else { return };
    (lines.selected, lines.top) = (from, top);
    if blank {
        lines.search = before;
        return;
    }
    lines.search = PageSearch { query: TypedFilter::search(typed), ..PageSearch::default() };
    lines.find_hits();
    let next = lines.search.hits.iter().position(|hit| hit.first().is_some_and(|part| part.line >= from));
    if !lines.search.hits.is_empty() {
        go_to(lines, next.unwrap_or(0), rows);
    }
}

/// Handles Enter: ends the last word if the page has it whole, and says so if there is no hit. An empty line repeats
/// the last search. Returns the search to repeat.
pub fn keep(app: &mut App, typed: &str) -> String {
    if typed.trim().is_empty() {
        let last = app.last_search.clone();
        find(app, &last);
        say_no_hits(app);
        return last;
    }
    let rows = panes::page_rows(app);
    let Some(lines) = lines(app) else { return typed.to_owned() };
    let whole = TypedFilter::search(format!("{} ", typed.trim_end()));
    let was = std::mem::replace(&mut lines.search.query, whole);
    let from = lines.search.at.and_then(|at| lines.search.hits.get(at)).and_then(|hit| hit.first()).copied();
    lines.find_hits();
    if lines.search.hits.is_empty() {
        lines.search.query = was;
        lines.find_hits();
        say_no_hits(app);
        return typed.to_owned();
    }
    let next = lines.search.hits.iter().position(|hit| hit.first() >= from.as_ref()).unwrap_or(0);
    go_to(lines, next, rows);
    lines.search.query.text().to_owned()
}

/// Restores what was before the input line was opened.
pub fn restore(app: &mut App, search: PageSearch, selected: usize, top: usize) {
    let Some(lines) = lines(app) else { return };
    (lines.search, lines.selected, lines.top) = (search, selected, top);
    lines.find_hits();
}

/// Lights the names that the review of doubts is searched for, so that `n` and `N` go from one to the next.
pub fn light(lines: &mut PageLines, names: &str) {
    lines.search = PageSearch { query: TypedFilter::new(names), ..PageSearch::default() };
}

/// Moves to the next or previous hit: from the current one, else from the cursor. Past the last one it goes on from the
/// first, with a notice.
pub fn hit(app: &mut App, back: bool) {
    let (lang, rows) = (app.settings.lang, panes::page_rows(app));
    let Some(lines) = lines(app) else { return };
    let count = lines.search.hits.len();
    if lines.search.query.is_blank() {
        app.say(phrases::NO_SEARCH.say(lang));
        return;
    }
    if count == 0 {
        return say_no_hits(app);
    }
    // A movement of the cursor makes the search go on from there.
    let here = lines.search.at.filter(|at| lines.search.hits.get(*at).is_some_and(|hit| is_at(lines, hit)));
    let selected = lines.selected;
    let below = lines.search.hits.partition_point(|hit| hit.first().is_some_and(|part| part.line < selected));
    let next = match (here, back) {
        (Some(at), false) => at + 1,
        (Some(at), true) => at.wrapping_sub(1),
        (None, false) => below,
        (None, true) => below.wrapping_sub(1),
    };
    let (to, wrapped) = match (next < count, back) {
        (true, _) => (next, None),
        (false, false) => (0, Some(phrases::PAGE_HITS_WRAPPED)),
        (false, true) => (count - 1, Some(phrases::PAGE_HITS_WRAPPED_UP)),
    };
    go_to(lines, to, rows);
    if let Some(said) = wrapped {
        app.say(said.say(lang));
    }
}

/// Whether the cursor is where `go_to` puts it for a hit.
fn is_at(lines: &PageLines, hit: &[crate::tui::page_search::PageHitPart]) -> bool {
    hit.first().is_some_and(|part| lines.selected == cursor_line(lines, part.line))
}

/// The line to put the cursor on for a hit in line `n`: the first of its paragraph if that leads somewhere, because
/// only that has the places, else the line itself.
fn cursor_line(lines: &PageLines, n: usize) -> usize {
    let first = lines.first_of_paragraph(n);
    let leads = |n: usize| lines.all.get(n).is_some_and(|line| line.place.is_some() || line.official.is_some());
    if !leads(n) && leads(first) { first } else { n }
}

/// Makes hit number `n` the current one, puts the cursor there and scrolls to it. `rows` is the number of rows on
/// screen.
fn go_to(lines: &mut PageLines, n: usize, rows: usize) {
    lines.search.at = Some(n);
    let Some(part) = lines.search.hits.get(n).and_then(|hit| hit.first()).copied() else { return };
    lines.selected = cursor_line(lines, part.line);
    if part.line < lines.top || part.line >= lines.top + rows.max(1) {
        lines.top = part.line.saturating_sub(rows / 3).min(lines.selected);
    }
}

/// Says that the page has no hit.
fn say_no_hits(app: &mut App) {
    let lang = app.settings.lang;
    let Some(lines) = lines(app).filter(|lines| lines.search.hits.is_empty()) else { return };
    let said = phrases::NO_HITS_ON_PAGE.fill(lang, &[lines.search.query.text().trim()]);
    app.say(said);
}
