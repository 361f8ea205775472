//! Handles the detail pane: scrolling, the cursor on people, the options of the page, moving to other reports. The
//! search in the text is left to `text_search`.

use super::{
    close, copy, date_line, input_line, jumps, list, marks, notes, official, quote_page, report_people, selection,
    tags, text_search,
};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::report::Meaning;
use crate::tui::app::{App, ArrivalPoint, DetailState, HighlightMode, InputPurpose, PersonAt, Screen};
use crate::tui::message::{Ask, Effect, LoadedReport};
use crate::tui::quote_pages::PageSubject;
use crate::tui::report_layout::{ReaderMarksShown, ReportPage};

/// Does an action of the detail pane.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    if scroll(app, action) {
        return Vec::new();
    }
    match action {
        Action::NextPerson | Action::PrevPerson => person(app, action == Action::PrevPerson),
        Action::NextHit | Action::PrevHit => text_search::hit(app, action == Action::PrevHit),
        Action::Zoom if app.opened_elsewhere() || !app.two_panes() => {
            app.say(phrases::ALREADY_WIDE.say(app.settings.lang));
        }
        Action::Zoom => {
            if app.zoomed && app.zoomed_in_list {
                app.in_detail = false;
            }
            (app.zoomed, app.zoomed_in_list) = (!app.zoomed, false);
        }
        Action::Back => return back(app),
        Action::CopyText | Action::CopyUrl | Action::CopyCitation | Action::OpenUrl | Action::Expand
            if app.reading().report.is_none() =>
        {
            app.say(phrases::NO_REPORT.say(app.settings.lang));
        }
        Action::OtherPane if app.stack.is_empty() => {
            app.in_detail = false;
            app.zoomed = false;
        }
        Action::Highlight | Action::Expand | Action::Raw => look(app, action),
        Action::Search => return input_line::open(app, InputPurpose::Find),
        Action::NextReportHit | Action::PrevReportHit => return search_on(app, action == Action::PrevReportHit),
        Action::NextReport | Action::PrevReport => return neighbour(app, action == Action::PrevReport),
        Action::People => return report_people::open(app),
        Action::Official => return official::of_person(app),
        Action::Post | Action::Unit | Action::Versions | Action::Compare | Action::CompareChosen | Action::Choose => {
            return about(app, action);
        }
        Action::Tags => return tags::open(app),
        Action::SetDate => return date_line::open(app),
        Action::ClearDate => return date_line::clear(app),
        Action::Select => return selection::begin(app),
        Action::AddNote => return notes::open(app),
        Action::Star if in_list(app) => return list::star(app),
        Action::ToggleRead if in_list(app) => return list::toggle_read(app),
        Action::NextUnread | Action::PrevUnread if in_list(app) => {
            return list::unread(app, action == Action::PrevUnread);
        }
        Action::SetMark | Action::GoMark => return marks::await_letter(app, action),
        Action::CopyText | Action::CopyUrl | Action::CopyCitation | Action::OpenUrl => {
            return copy::from_detail(app, action);
        }
        _ => app.say(phrases::NOT_HERE.say(app.settings.lang)),
    }
    Vec::new()
}

/// Opens the page of the post under the cursor, of the report's unit, or a comparison; or chooses the report for one.
fn about(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(report) = app.reading().report.clone() else { return Vec::new() };
    match (action, app.reading().person()) {
        (Action::Post, Some(mention)) => quote_page::open_post_of(app, &report, mention.person),
        (Action::Post, None) => {
            app.say(phrases::NO_PERSON.say(lang));
            Vec::new()
        }
        (Action::Unit, _) => quote_page::open_unit(app, report.extraction.facts.unit),
        (Action::Versions, _) => quote_page::open(app, PageSubject::Versions(report.id)),
        (Action::Choose, _) => {
            quote_page::choose(app, report.id, &report.title.text);
            Vec::new()
        }
        _ => quote_page::compare(app, action, report.id, PageSubject::Texts),
    }
}

/// Whether the report that is being read belongs to the list, rather than to a page from which it was opened.
pub fn in_list(app: &App) -> bool {
    !app.opened_elsewhere()
}

/// Lays the page out again if its width, its options or its content has changed, and keeps the scroll position in
/// bounds. The scroll position is carried over as the first visible byte, because row numbers change with the layout.
/// At the very top it stays at row 0 instead: the head of the page shows no byte of the text.
pub fn fit(app: &mut App) {
    let Some(area) = app.text_area() else { return };
    let (lang, rows) = (app.settings.lang, usize::from(area.height));
    let untitled = title_fits(app);
    let raw_key = app.keymap.key_of(Mode::Detail, Action::Raw);
    let detail = app.reading_mut();
    let Some(report) = detail.report.as_deref() else { return };
    let look = crate::tui::report_layout::PageOptions { lang, untitled, ..detail.look };
    let width = usize::from(area.width);
    if detail.page_outdated || detail.page.width != width || detail.page.look != look {
        let at_top = detail.top == 0;
        let kept = detail.page.first_byte(detail.top);
        let own = ReaderMarksShown { tags: &detail.tags, notes: &detail.notes };
        detail.page = ReportPage::lay_out(report, own, width, look, &raw_key);
        detail.look = look;
        detail.page_outdated = false;
        detail.top = if at_top { 0 } else { kept.map_or(0, |at| detail.page.row_of(at)) };
    }
    detail.top = detail.top.min(detail.page.rows.len().saturating_sub(rows.min(detail.page.rows.len())));
}

/// Whether the border has room for the whole title. The page then omits it. 6 cells are for corners and spaces.
fn title_fits(app: &App) -> bool {
    let width = crate::tui::panes::panes(app).detail.map_or(0, |pane| usize::from(pane.width));
    let title = app.reading().report.as_ref().map_or(0, |r| crate::text::wrap::width(&r.title.text));
    !app.plain() && title + 6 <= width
}

/// Shows a report that was loaded, with its tags, and scrolls to the requested point of arrival.
pub fn show(app: &mut App, LoadedReport { report, tags, notes, imported }: LoadedReport) {
    let rows = app.text_rows();
    let detail = app.reading_mut();
    detail.wanted = None;
    detail.gone = false;
    detail.mentions = mentions(&report);
    detail.mention = None;
    detail.spot = None;
    detail.selection = None;
    detail.page = ReportPage::default();
    detail.top = 0;
    detail.hits = text_search::hits_in(detail, &report);
    detail.hit = None;
    detail.report = Some(report);
    (detail.tags, detail.notes, detail.imported) = (tags, notes, imported);
    let arrive = std::mem::take(&mut detail.arrive);
    fit(app);
    let detail = app.reading_mut();
    match arrive {
        ArrivalPoint::At(at) => go_to_byte(app, at),
        ArrivalPoint::Top(at) if detail.page.first_byte(0).is_some_and(|first| first < at) => {
            detail.top = detail.page.row_of(at);
            fit(app);
        }
        ArrivalPoint::Top(_) => {}
        ArrivalPoint::Position { top, mention } => restore_position(app, top, mention),
        ArrivalPoint::LastHit if !detail.hits.is_empty() => {
            text_search::go_to_hit(detail, detail.hits.len() - 1, rows);
        }
        _ if !detail.hits.is_empty() => text_search::go_to_hit(detail, 0, rows),
        _ => {}
    }
}

/// The mentions of all people of the report, in text order.
fn mentions(report: &crate::report::Report) -> Vec<PersonAt> {
    let mut all: Vec<PersonAt> = report
        .extraction
        .people
        .iter()
        .enumerate()
        .flat_map(|(person, p)| p.mentions.iter().map(move |m| PersonAt { span: m.span, person, evidence: m.evidence }))
        .collect();
    all.sort_by_key(|mention| mention.span);
    all
}

/// Restores the position of the reader before a jump: `top` is the first visible byte of the text, `mention` the index
/// of the mention under the cursor.
pub fn restore_position(app: &mut App, top: usize, mention: Option<usize>) {
    let detail = app.reading_mut();
    let at_top = detail.page.first_byte(0).is_none_or(|first| top <= first);
    detail.top = if at_top { 0 } else { detail.page.row_of(top) };
    detail.mention = mention;
    detail.spot = None;
    fit(app);
}

/// Goes to a byte of the text: scrolls to its row and highlights the word there. If it is a mention, the cursor is put
/// on it.
pub fn go_to_byte(app: &mut App, at: usize) {
    let rows = app.text_rows();
    let detail = app.reading_mut();
    detail.mention = detail.mentions.iter().position(|m| m.span.start <= at && at < m.span.end);
    detail.spot = detail.report.as_ref().map(|report| word_at(&report.text, at));
    scroll_into_view(detail, at, rows);
}

/// The span of the word that begins at byte `at`; empty if that is out of bounds.
fn word_at(text: &str, at: usize) -> crate::report::Span {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find([' ', '\n', ',', '.', ';']).unwrap_or(rest.len());
    crate::report::Span::new(at, at + end)
}

/// Scrolls so that the row with byte `at` is visible. Does nothing if it is. Else the row goes to a third of the
/// screen, so that there is context above it and more below. `rows` is the number of rows on screen.
pub fn scroll_into_view(detail: &mut DetailState, at: usize, rows: usize) {
    let row = detail.page.row_of(at);
    if row < detail.top || row >= detail.top + rows.max(1) {
        detail.top = row.saturating_sub(rows / 3);
    }
    detail.top = detail.top.min(detail.page.rows.len().saturating_sub(rows.min(detail.page.rows.len())));
}

/// Scrolls the page if the action is a movement, and returns whether it is. A page keeps two rows of overlap.
pub fn scroll(app: &mut App, action: Action) -> bool {
    let (rows, times) = (app.text_rows(), app.times);
    let detail = app.reading_mut();
    let count = detail.page.rows.len();
    let reach = (count + 1).saturating_sub(rows);
    let page = rows.saturating_sub(2).max(1);
    let Some(to) = super::moved(action, times, detail.top, reach, page) else { return false };
    detail.top = to;
    detail.spot = None;
    true
}

/// Moves to the next or previous mention of a person: from the one under the cursor, else from the first row on screen.
fn person(app: &mut App, back: bool) {
    let rows = app.text_rows();
    let lang = app.settings.lang;
    let detail = app.reading_mut();
    let from = detail.page.first_byte(detail.top).unwrap_or(0);
    let next = match (detail.mention, back) {
        (Some(n), false) => Some(n + 1),
        (Some(n), true) => n.checked_sub(1),
        (None, false) => Some(detail.mentions.partition_point(|m| m.span.start < from)),
        (None, true) => detail.mentions.partition_point(|m| m.span.start < from).checked_sub(1),
    };
    let Some((n, at)) = next.and_then(|n| detail.mentions.get(n).map(|m| (n, m.span.start))) else {
        let said = if back { phrases::NO_PERSON_ABOVE } else { phrases::NO_PERSON_BELOW };
        app.say(said.say(lang));
        return;
    };
    detail.mention = Some(n);
    detail.spot = None;
    scroll_into_view(detail, at, rows.saturating_sub(1));
}

/// Whether the report has an abbreviation whose full form is known.
fn has_abbreviations(detail: &DetailState) -> bool {
    let known = |mark: &crate::report::Mark| mark.meaning == Meaning::Abbreviation && mark.value.is_some();
    detail.report.as_ref().is_some_and(|report| report.extraction.marks.iter().any(known))
}

/// Changes an option of the page: raw text, expanded abbreviations or highlighting.
fn look(app: &mut App, action: Action) {
    let lang = app.settings.lang;
    let detail = app.reading_mut();
    let said = match action {
        Action::Raw => {
            detail.look.raw = !detail.look.raw;
            if detail.look.raw { phrases::RAW } else { phrases::NOT_RAW }
        }
        Action::Expand if detail.look.raw => {
            let key = app.keymap.key_of(Mode::Detail, Action::Raw);
            return app.say(phrases::NOT_IN_RAW.fill(lang, &[&key]));
        }
        Action::Expand if !detail.look.expand && !has_abbreviations(detail) => phrases::NO_ABBREVIATION,
        Action::Expand => {
            detail.look.expand = !detail.look.expand;
            if detail.look.expand { phrases::EXPANDED } else { phrases::NOT_EXPANDED }
        }
        _ => {
            let (next, said) = match detail.highlight {
                HighlightMode::People => (HighlightMode::All, phrases::HIGHLIGHT_ALL),
                HighlightMode::All => (HighlightMode::None, phrases::HIGHLIGHT_NONE),
                HighlightMode::None => (HighlightMode::People, phrases::HIGHLIGHT_PEOPLE),
            };
            detail.highlight = next;
            said
        }
    };
    app.say(said.say(lang));
}

/// Handles Esc, one step at a time: closes a report that was opened from a page; else drops the search typed here; else
/// drops the cursor on a person; else leaves the pane.
fn back(app: &mut App) -> Vec<Effect> {
    if let Some(Screen::Reading(_)) = app.stack.last() {
        close(app);
        return Vec::new();
    }
    if app.detail.own_query {
        text_search::forget(app);
        return Vec::new();
    }
    if app.detail.mention.take().is_some() {
        return Vec::new();
    }
    app.zoomed = false;
    app.in_detail = false;
    Vec::new()
}

/// Moves to the next or previous report of the list.
fn neighbour(app: &mut App, back: bool) -> Vec<Effect> {
    let lang = app.settings.lang;
    let to = if back { app.list.selected.checked_sub(1) } else { Some(app.list.selected + 1) };
    let Some(to) = to.filter(|to| *to < app.list.window.total && in_list(app)) else {
        app.say(phrases::NO_MORE_REPORTS.say(lang));
        return Vec::new();
    };
    let mut effects = list::select(app, to);
    effects.extend(list::mark_read(app));
    effects
}

/// Continues the search in the next or previous report that matches it. If the search is the filter of the list, that
/// is simply the neighbouring row; else the worker looks for it.
fn search_on(app: &mut App, back: bool) -> Vec<Effect> {
    let lang = app.settings.lang;
    if app.reading().query.text().is_empty() || !in_list(app) {
        app.say(phrases::NO_SEARCH.say(lang));
        return Vec::new();
    }
    jumps::record(app);
    if !app.detail.own_query {
        let effects = neighbour(app, back);
        if back {
            app.detail.arrive = ArrivalPoint::LastHit;
        }
        return effects;
    }
    let (query, search) = (list::next_row(app, back), app.detail.query.filter().clone());
    let (turn, effect) = app.ask(Ask::SearchOn(query, search));
    app.row_turn = turn;
    app.row_unread = false;
    app.row_arrive = if back { ArrivalPoint::LastHit } else { ArrivalPoint::Start };
    vec![effect]
}
