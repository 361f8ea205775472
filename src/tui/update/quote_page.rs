//! Handles the pages of posts, units, comparisons and the review of doubts. They can be opened from any screen that
//! names their subject. The cursor moves from place to place; Enter opens the quoted sentence, and Esc returns to the
//! same line.

use super::official::{self, scroll_to_cursor};
use super::{close, copy, doubts, input_line, jumps, list, menu, moved, notes, open_report, page_search};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::Place;
use crate::officials::post::{PostKey, posts_of_person};
use crate::officials::unit::UnitPath;
use crate::report::Report;
use crate::theme::ThemeRole;
use crate::tui::app::{
    App, InputPurpose, MenuAction, MenuItem, MenuState, PageLine, PageLineKind, PageLines, QuotePageState, Screen,
};
use crate::tui::message::{Ask, Effect};
use crate::tui::panes;
use crate::tui::quote_pages::{ComparedPair, LineOptions, PageContent, PageSubject, PostOrigin};

/// Opens the page of a subject.
pub fn open(app: &mut App, subject: PageSubject) -> Vec<Effect> {
    jumps::record(app);
    push(app, subject, None)
}

/// Shows the page of a subject, with the cursor on the line that quotes `line`, if given.
pub fn push(app: &mut App, subject: PageSubject, line: Option<Place>) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::QuotePage(subject.clone()));
    let lines = PageLines { restore: line, ..PageLines::default() };
    let page = QuotePageState { subject, turn, content: None, gone: false, unfolded: false, lines };
    app.stack.push(Screen::QuotePage(Box::new(page)));
    vec![effect]
}

/// Opens a page whose content somebody else than the worker sends, for this turn.
pub fn show(app: &mut App, subject: PageSubject, turn: u64) {
    jumps::record(app);
    let page =
        QuotePageState { subject, turn, content: None, gone: false, unfolded: false, lines: PageLines::default() };
    app.stack.push(Screen::QuotePage(Box::new(page)));
}

/// Opens the page of one of these posts. Equal posts count once; if there are several, a menu asks which.
pub fn open_post(app: &mut App, posts: Vec<(String, PostKey)>, whose: &PostOrigin) -> Vec<Effect> {
    let lang = app.settings.lang;
    let mut subjects: Vec<PageSubject> = Vec::new();
    for (words, key) in posts {
        let same = |subject: &PageSubject| matches!(subject, PageSubject::Post(_, other, _) if other.same_post(&key));
        if !subjects.iter().any(same) {
            subjects.push(PageSubject::Post(words, key, Some(whose.clone())));
        }
    }
    if subjects.len() > 1 {
        let entry = |(n, subject): (usize, PageSubject)| MenuItem {
            key: char::from_digit(n as u32 + 1, 36).unwrap_or(' ').to_string(),
            name: subject.title(lang),
            other_names: String::new(),
            action: MenuAction::QuotePage(subject),
        };
        let entries = subjects.into_iter().enumerate().map(entry).collect();
        let title = phrases::WHICH_POST.say(lang).to_owned();
        app.stack.push(Screen::Menu(MenuState { title, entries, selected: 0 }));
        return Vec::new();
    }
    if let Some(subject) = subjects.pop() {
        return open(app, subject);
    }
    app.say(phrases::NO_POST.say(lang));
    Vec::new()
}

/// Opens the page of a post of person number `person` of a report.
pub fn open_post_of(app: &mut App, report: &Report, person: usize) -> Vec<Effect> {
    let posts = posts_of_person(report, person);
    open_post(app, posts, &PostOrigin::Person(report.id.clone(), person))
}

/// Opens the page of a unit, or shows a notice that none is named.
pub fn open_unit(app: &mut App, unit: Option<String>) -> Vec<Effect> {
    if let Some(unit) = unit.filter(|unit| UnitPath::of(unit).is_some()) {
        return open(app, PageSubject::Unit(unit));
    }
    let lang = app.settings.lang;
    app.say(phrases::NO_UNIT_HERE.say(lang));
    Vec::new()
}

/// Opens the place that a line quotes, or shows a notice that it quotes none.
pub fn open_place(app: &mut App, place: Option<Place>) -> Vec<Effect> {
    if let Some(place) = place {
        return open_report::over_screen(app, &place);
    }
    let lang = app.settings.lang;
    app.say(phrases::NO_PLACE_HERE.say(lang));
    Vec::new()
}

/// Opens the page of the official of a line, or shows a notice that the line is about nobody.
pub fn open_official(app: &mut App, id: Option<String>) -> Vec<Effect> {
    if let Some(id) = id {
        return official::open(app, id);
    }
    let lang = app.settings.lang;
    app.say(phrases::NO_OFFICIAL_HERE.say(lang));
    Vec::new()
}

/// Compares a report with the unit's previous report of its kind, or with the report that was chosen, depending on
/// `action`. `subject` makes the page: line-ups or texts.
pub fn compare(app: &mut App, action: Action, report: String, subject: fn(ComparedPair) -> PageSubject) -> Vec<Effect> {
    let lang = app.settings.lang;
    if action == Action::Compare {
        return open(app, subject(ComparedPair { report, other: None }));
    }
    match app.chosen.clone() {
        Some(chosen) if chosen == report => app.say(phrases::CHOSEN_ITSELF.say(lang)),
        Some(chosen) => return open(app, subject(ComparedPair { report, other: Some(chosen) })),
        None => {
            let key = app.keymap.key_of(Mode::Detail, Action::Choose);
            app.say(phrases::NOTHING_CHOSEN.fill(lang, &[&key]));
        }
    }
    Vec::new()
}

/// Chooses a report to compare others with. Choosing the same report again cancels that.
pub fn choose(app: &mut App, report: String, title: &str) {
    let lang = app.settings.lang;
    if app.chosen.as_deref() == Some(report.as_str()) {
        app.chosen = None;
        app.say(phrases::NOT_CHOSEN.say(lang));
        return;
    }
    app.chosen = Some(report);
    let key = app.keymap.key_of(Mode::Detail, Action::CompareChosen);
    app.say(phrases::CHOSEN.fill(lang, &[title, &key]));
}

/// Compares or chooses the report of a line.
pub fn of_report_line(app: &mut App, action: Action, line: PageLine) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(place) = line.place.filter(|_| line.sort == PageLineKind::Report) else {
        app.say(phrases::NO_REPORT_HERE.say(lang));
        return Vec::new();
    };
    if action == Action::Choose {
        let title = line.pieces.into_iter().rfind(|piece| piece.1 == ThemeRole::Title);
        let title = title.map_or_else(String::new, |piece| piece.0);
        choose(app, place.report.as_ref().to_owned(), &title);
        return Vec::new();
    }
    compare(app, action, place.report.as_ref().to_owned(), PageSubject::Texts)
}

/// Requests every open page again that a decision about namesakes may have changed: the review of doubts and the pages
/// of officials.
pub fn refresh_pages(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    for n in 0..app.stack.len() {
        let ask = match app.stack.get(n) {
            Some(Screen::QuotePage(page)) if matches!(page.subject, PageSubject::Doubts(_)) => {
                Ask::QuotePage(page.subject.clone())
            }
            Some(Screen::Official(page)) => Ask::OfficialAgain(page.id.clone()),
            _ => continue,
        };
        let (awaited, effect) = app.ask(ask);
        effects.push(effect);
        match app.stack.get_mut(n) {
            Some(Screen::QuotePage(page)) => page.turn = awaited,
            Some(Screen::Official(page)) => page.turn = awaited,
            _ => {}
        }
    }
    effects
}

/// Has page number `n` of the open screens await the answer to this turn.
pub fn await_turn(app: &mut App, n: usize, turn: u64) {
    if let Some(Screen::QuotePage(page)) = app.stack.get_mut(n) {
        page.turn = turn;
    }
}

/// Gives the content of a subject to the page that awaits it. `None` if the cache knows nothing of the subject. A page
/// that would compare a report with an earlier one that is not there is closed again: it would only say so.
pub fn answered(app: &mut App, turn: u64, content: Option<Box<PageContent>>) {
    if let (None, Some(Screen::QuotePage(page))) = (&content, app.stack.last())
        && page.turn == turn
        && page.subject.is_with_previous()
    {
        let said = page.subject.not_found_phrase(&app.keymap, app.settings.lang);
        close(app);
        app.say(said);
        return;
    }
    for screen in &mut app.stack {
        if let Screen::QuotePage(page) = screen
            && page.turn == turn
        {
            page.gone = content.is_none();
            page.content = content;
            doubts::keep_cursor(page);
            page.lines.forget();
            return;
        }
    }
}

/// Does an action of the page.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = panes::page_rows(app);
    let Some(Screen::QuotePage(page)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, 1, page.lines.selected, page.lines.all.len(), rows) {
        page.lines.go(to);
        return doubts::more(app);
    }
    let (subject, line) = (page.subject.clone(), page.lines.line().cloned().unwrap_or_default());
    let page_is_empty = page.lines.all.is_empty();
    let pair = page.content.as_ref().and_then(|content| content.pair());
    let pair = pair.map(|(older, newer)| ComparedPair { report: newer.to_owned(), other: Some(older.to_owned()) });
    match action {
        Action::Counts => menu::open_counts_menu(app),
        Action::Open if matches!(subject, PageSubject::Counts(_)) => {
            counts_filter(app, &subject, line.filter.as_deref())
        }
        Action::Open if subject == PageSubject::Notes && line.place.is_none() => open_official(app, line.official),
        Action::AddNote => notes::open(app),
        Action::Remove => notes::remove(app),
        Action::Open => open_place(app, line.place),
        Action::OtherPane if line.other.is_none() && line.place.is_some() => {
            let key = app.keymap.key_of(app.mode(), Action::Open);
            app.say(phrases::NO_OTHER_PLACE.fill(app.settings.lang, &[&key]));
            Vec::new()
        }
        Action::OtherPane => open_place(app, line.other),
        Action::Official => open_official(app, line.official),
        Action::Post => {
            let whose = PostOrigin::Official(line.official.unwrap_or_default());
            open_post(app, line.post.into_iter().collect(), &whose)
        }
        Action::Unit => {
            let own = match subject {
                PageSubject::Post(_, key, _) => key.unit.map(|unit| unit.shown().to_owned()),
                _ => None,
            };
            open_unit(app, line.unit.or(own))
        }
        Action::Compare if matches!(subject, PageSubject::Lineups(_)) => {
            pair.map_or_else(Vec::new, |pair| open(app, PageSubject::Texts(pair)))
        }
        Action::Unfold => {
            unfold(app);
            Vec::new()
        }
        Action::People => pair.map_or_else(Vec::new, |pair| open(app, PageSubject::Lineups(pair))),
        Action::Compare | Action::CompareChosen | Action::Choose => of_report_line(app, action, line),
        Action::Merge | Action::Split => doubts::judge_here(app, action == Action::Merge, line),
        Action::Later => doubts::later(app),
        Action::Search if matches!(subject, PageSubject::Doubts(_)) => input_line::open(app, InputPurpose::Doubts),
        Action::Search => input_line::open(app, InputPurpose::FindOnPage),
        Action::CopyText => copy::page(app),
        Action::Export if page_is_empty => {
            app.say(phrases::NOTHING_TO_WRITE.say(app.settings.lang));
            Vec::new()
        }
        Action::Export => input_line::open(app, InputPurpose::ExportPage),
        Action::OpenUrl => copy::open_source_of(app, line.place.map(|place| place.report.as_ref().to_owned())),
        Action::NextHit | Action::PrevHit => {
            page_search::hit(app, action == Action::PrevHit);
            Vec::new()
        }
        Action::Undo => doubts::undo(app, line.official.unwrap_or_default()),
        Action::Back if !doubts::names(app).is_empty() => doubts::search(app, String::new()),
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Adds the condition of a line of counts to the filter that was counted, and shows the list.
fn counts_filter(app: &mut App, subject: &PageSubject, condition: Option<&str>) -> Vec<Effect> {
    let (PageSubject::Counts(query), Some(condition)) = (subject, condition) else {
        app.say(phrases::NO_FILTER_HERE.say(app.settings.lang));
        return Vec::new();
    };
    // A filter with an OR is a group once more is asked of it.
    let before = query.filter.trim();
    let filter = match before {
        "" => condition.to_owned(),
        before if crate::search::filter::parse(before).0.has_alternatives() => format!("({before}) {condition}"),
        before => format!("{before} {condition}"),
    };
    jumps::record(app);
    app.stack.clear();
    (app.in_detail, app.zoomed) = (false, false);
    app.list.keep_in_history(&filter);
    list::set_filter(app, filter)
}

/// Shows what recurs in a comparison, or folds it again. The cursor stays on its sentence, or on the line that folds
/// it.
fn unfold(app: &mut App) {
    let Some(Screen::QuotePage(page)) = app.stack.last_mut() else { return };
    let place = page.lines.line().and_then(|line| line.place.clone());
    page.unfolded = !page.unfolded;
    page.lines.forget();
    fit(app);
    let rows = panes::page_rows(app);
    let Some(Screen::QuotePage(page)) = app.stack.last_mut() else { return };
    page.lines.put_cursor_near(place.as_ref());
    scroll_to_cursor(&mut page.lines, rows);
}

/// Lays the page out again if its width or content has changed, and keeps the line under the cursor on screen.
pub fn fit(app: &mut App) {
    let Some(Screen::QuotePage(page)) = app.stack.last() else { return };
    let (rows, width) = (panes::page_rows(app), panes::page_width(app, page.subject.is_pair()));
    let (lang, plain) = (app.settings.lang, app.plain());
    let Some(Screen::QuotePage(page)) = app.stack.last_mut() else { return };
    let look = LineOptions { width, lang, plain, unfolded: page.unfolded };
    let Some(content) = page.content.as_deref() else { return };
    if page.lines.lay_out(width, || content.lines(look))
        && let Some(begin) = content.begin(&page.lines.all)
    {
        page.lines.selected = begin;
    }
    scroll_to_cursor(&mut page.lines, rows);
}
