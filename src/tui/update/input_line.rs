//! Handles the input line: the filter of the list, the search in a text, in help or in the review of identities, the
//! tags or the date of a report, a note.
//! Results are live, except for tags, dates and notes. Enter keeps them; Esc restores what was before.

use super::{copy, date_line, doubts, list, notes, officials_finder, page_search, palette, tags, text_search, verbs};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::{numbers::grouped, phrases};
use crate::report::Span;
use crate::tui::app::{ActiveInput, App, CompletionCycle, InputPurpose, InputSnapshot, Screen};
use crate::tui::input_line::{InputLine, LONGEST};
use crate::tui::message::{Ask, Effect};

/// Opens the line. A filter begins with the present filter, a search begins empty.
pub fn open(app: &mut App, purpose: InputPurpose) -> Vec<Effect> {
    let (text, history): (String, &[String]) = match purpose {
        // The filter of the new reports is none that the user has typed: what they type now is about all reports.
        InputPurpose::Filter if app.shows_new() => (String::new(), &app.list.history),
        InputPurpose::Filter => (app.list.filter.text().to_owned(), &app.list.history),
        InputPurpose::Find | InputPurpose::FindOnPage => (String::new(), &app.list.history),
        _ => (String::new(), &[]),
    };
    let line = InputLine::new(&text, history, app.settings.typing);
    app.line =
        Some(ActiveInput { purpose, line, before: before(app, purpose), turn: 0, from_the_end: false, offered: None });
    Vec::new()
}

/// Opens the line for the name of the list's filter, unless there is none, or it has a fault: that would be one of the
/// settings too, and all filters that are offered later should work.
pub fn open_for_filter_name(app: &mut App) -> Vec<Effect> {
    let said = if app.list.filter.is_blank() {
        phrases::NO_FILTER_TO_SAVE
    } else if app.list.filter.problems().is_empty() {
        return open(app, InputPurpose::SaveFilter);
    } else {
        phrases::FILTER_HAS_FAULT
    };
    let key = app.keymap.key_of(Mode::List, Action::Search);
    app.complain(said.fill(app.settings.lang, &[&key]));
    Vec::new()
}

/// The snapshot that Esc restores. For tags, the caller replaces it.
fn before(app: &App, purpose: InputPurpose) -> InputSnapshot {
    match (purpose, app.stack.last()) {
        (InputPurpose::Filter, _) => InputSnapshot::Filter {
            filter: app.list.filter.clone(),
            report: list::selected_id(app),
            turn: app.list.turn,
            position: app.reading().search_position(),
        },
        (InputPurpose::Help, Some(Screen::Help(help))) => {
            InputSnapshot::Help { query: help.query.clone(), top: help.top }
        }
        (InputPurpose::Doubts, _) => InputSnapshot::Doubts(doubts::names(app)),
        (InputPurpose::FindOnPage, _) => page_search::snapshot(app),
        (InputPurpose::SaveFilter | InputPurpose::Import | InputPurpose::Export | InputPurpose::ExportPage, _) => {
            InputSnapshot::Nothing
        }
        (InputPurpose::Find | InputPurpose::Help | InputPurpose::Tags | InputPurpose::Date | InputPurpose::Note, _) => {
            InputSnapshot::Find(app.reading().search_position())
        }
    }
}

/// The line that receives letters: the input line, else that of the finder or the palette. `None` if there is none.
pub fn line_mut(app: &mut App) -> Option<&mut InputLine> {
    if let Some(typed) = &mut app.line {
        return Some(&mut typed.line);
    }
    match app.stack.last_mut() {
        Some(Screen::Finder(finder)) => Some(&mut finder.line),
        Some(Screen::Palette(palette)) => Some(&mut palette.line),
        _ => None,
    }
}

/// Types a letter into the line that receives letters.
pub fn letter(app: &mut App, letter: char) -> Vec<Effect> {
    let Some(line) = line_mut(app) else { return Vec::new() };
    line.insert(letter);
    end_completion(app);
    changed(app)
}

/// Types pasted text into the line that receives letters. Without such a line the paste is ignored: executing its
/// letters as commands would do anything but what was meant. What a note's line cannot take is opened in the editor, so
/// that nothing of it is lost; of any other line, the rest is left out, and said to be.
pub fn paste(app: &mut App, text: &str) -> Vec<Effect> {
    let lang = app.settings.lang;
    if line_mut(app).is_none() {
        app.say(phrases::NOTHING_PASTED.say(lang));
        return Vec::new();
    }
    // New lines have a sign of their own in a note.
    let is_note = matches!(&app.line, Some(typed) if typed.purpose == InputPurpose::Note);
    let text = if is_note { notes::on_one_line(text.trim_matches('\n')) } else { text.to_owned() };
    let Some(line) = line_mut(app) else { return Vec::new() };
    let (head, tail) = line.text().split_at_checked(line.cursor()).unwrap_or_default();
    let (head, tail) = (head.to_owned(), tail.to_owned());
    let has_room = line.paste(&text);
    end_completion(app);
    let effects = changed(app);
    if !has_room && is_note {
        // The line keeps what it can take, in case the editor fails.
        return notes::edit_text(app, &format!("{head}{text}{tail}"));
    }
    if !has_room {
        app.complain(phrases::LINE_FULL.fill(lang, &[&grouped(LONGEST, lang)]));
    }
    effects
}

/// Does an action of the line.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(typed) = &mut app.line else { return Vec::new() };
    if let Some(text_changed) = typed.line.edit(action) {
        if text_changed {
            end_completion(app);
            return changed(app);
        }
        return nothing_changed(app, action);
    }
    match action {
        Action::AcceptLine => keep(app),
        Action::ExternalEditor => notes::edit(app),
        Action::Restore => restore(app),
        Action::Complete | Action::CompleteBack => complete(app, action),
        _ => Vec::new(),
    }
}

/// Ends the round through the completions after an edit: Tab then completes what stands there now, even if it is the
/// same words again.
fn end_completion(app: &mut App) {
    if let Some(typed) = &mut app.line {
        typed.offered = None;
    }
}

/// Shows a notice why an editing action changed nothing, if that is not obvious.
pub fn nothing_changed(app: &mut App, action: Action) -> Vec<Effect> {
    let said = match action {
        Action::Older => phrases::NOTHING_OLDER,
        Action::Undo => phrases::NOTHING_TO_UNDO,
        _ => return Vec::new(),
    };
    app.say(said.say(app.settings.lang));
    Vec::new()
}

/// Updates the results after the text of the line has changed.
pub fn changed(app: &mut App) -> Vec<Effect> {
    let Some((purpose, text)) = app.line.as_ref().map(|typed| (typed.purpose, typed.line.text().to_owned())) else {
        if let Some(Screen::Finder(_)) = app.stack.last() {
            return officials_finder::query(app);
        }
        palette::query(app);
        return Vec::new();
    };
    apply(app, purpose, text)
}

/// Shows the results of `text`. Tags, dates, names and paths have none before they are kept.
fn apply(app: &mut App, purpose: InputPurpose, text: String) -> Vec<Effect> {
    match purpose {
        InputPurpose::Filter if text == app.list.filter.text() => Vec::new(),
        InputPurpose::Filter => list::set_filter(app, text),
        InputPurpose::Find => {
            find_typed(app, &text);
            Vec::new()
        }
        InputPurpose::FindOnPage => {
            page_search::find(app, &text);
            Vec::new()
        }
        InputPurpose::Tags
        | InputPurpose::Date
        | InputPurpose::Note
        | InputPurpose::SaveFilter
        | InputPurpose::Import
        | InputPurpose::Export
        | InputPurpose::ExportPage => Vec::new(),
        InputPurpose::Doubts => doubts::search(app, text),
        InputPurpose::Help => {
            if let Some(Screen::Help(help)) = app.stack.last_mut() {
                help.query = text;
                help.top = 0;
            }
            Vec::new()
        }
    }
}

/// Searches the text for what is typed. While the line is blank, the search from before it was opened is shown.
fn find_typed(app: &mut App, text: &str) {
    let before = app.line.as_ref().map(|typed| &typed.before);
    if !text.trim().is_empty() {
        // Each letter searches from where the line was opened, not from where the letters before it have led.
        let top = match before {
            Some(InputSnapshot::Find(position)) if position.report.as_deref() == app.reading().id() => position.top,
            _ => app.reading().top,
        };
        app.reading_mut().top = top;
        text_search::find(app, text);
        return;
    }
    if let Some(InputSnapshot::Find(position)) = before {
        let position = position.clone();
        text_search::restore_search(app, &position);
    }
}

/// Handles Enter: closes the line and keeps its results. An empty search repeats the last one.
fn keep(app: &mut App) -> Vec<Effect> {
    let date = app.line.as_ref().filter(|typed| typed.purpose == InputPurpose::Date);
    if let Some(date) = date.map(|typed| typed.line.text().to_owned())
        && !date_line::is_readable(app, &date)
    {
        return Vec::new();
    }
    let Some(typed) = app.line.take() else { return Vec::new() };
    let text = typed.line.text();
    if let InputSnapshot::Date { report } = typed.before {
        return date_line::keep(app, text, report);
    }
    if let InputSnapshot::Note(note) = typed.before {
        return notes::keep(app, text, *note);
    }
    if let InputSnapshot::TagsOfPicked(reports) = &typed.before {
        return tags::keep_for_picked(app, text, reports);
    }
    if let InputSnapshot::Tags { report, known } = typed.before {
        return tags::keep(app, text, &report, known);
    }
    if matches!(typed.before, InputSnapshot::Nothing) {
        return keep_new(app, typed.purpose, text);
    }
    if !matches!(typed.purpose, InputPurpose::Help | InputPurpose::Doubts) {
        app.list.keep_in_history(text);
    }
    match typed.purpose {
        InputPurpose::Find if text.trim().is_empty() => text_search::again(app),
        InputPurpose::Find => {
            app.last_search = text_search::end_last_word(app, text);
            text_search::say_no_hits(app);
        }
        InputPurpose::FindOnPage => app.last_search = page_search::keep(app, text),
        _ => {}
    }
    Vec::new()
}

/// Does what a line was opened for that shows nothing before it is kept. A blank line does nothing.
fn keep_new(app: &mut App, purpose: InputPurpose, text: &str) -> Vec<Effect> {
    let text = text.trim();
    match purpose {
        _ if text.is_empty() => Vec::new(),
        InputPurpose::SaveFilter => save_filter(app, text),
        InputPurpose::Import => verbs::import(app, text),
        InputPurpose::Export => verbs::export(app, text),
        InputPurpose::ExportPage => copy::page_to_file(app, text),
        _ => Vec::new(),
    }
}

/// Saves the filter of the list under a name: in the config file, and for the palette of this session.
fn save_filter(app: &mut App, name: &str) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(file) = app.settings.config_file.clone() else {
        app.complain(phrases::NO_CONFIG_FILE.say(lang));
        return Vec::new();
    };
    let filter = app.list.filter.text().trim().to_owned();
    app.settings.saved_filters.retain(|saved| saved.0 != name);
    app.settings.saved_filters.push((name.to_owned(), filter.clone()));
    app.say(phrases::FILTER_SAVED.fill(lang, &[name]));
    vec![app.ask(Ask::SaveFilter { file, name: name.to_owned(), filter }).1]
}

/// Handles Esc: closes the line and restores the snapshot. If the list was not searched meanwhile, its rows stay.
fn restore(app: &mut App) -> Vec<Effect> {
    let Some(typed) = app.line.take() else { return Vec::new() };
    match typed.before {
        InputSnapshot::Filter { turn, filter, .. } if turn == app.list.turn => app.list.filter = filter,
        InputSnapshot::Filter { filter, report, position, .. } => {
            let effects = list::restore_search(app, filter, report);
            text_search::restore_search(app, &position);
            return effects;
        }
        InputSnapshot::Find(position) => text_search::restore_search(app, &position),
        InputSnapshot::FindOnPage { search, selected, top } => page_search::restore(app, search, selected, top),
        InputSnapshot::Tags { .. }
        | InputSnapshot::TagsOfPicked(_)
        | InputSnapshot::Date { .. }
        | InputSnapshot::Note(_)
        | InputSnapshot::Nothing => {}
        InputSnapshot::Doubts(names) => return doubts::search(app, names),
        InputSnapshot::Help { query, top } => {
            if let Some(Screen::Help(help)) = app.stack.last_mut() {
                (help.query, help.top) = (query, top);
            }
        }
    }
    Vec::new()
}

/// Writes completion number `at` into the line, and lists the completions in a notice if there are several. The last
/// value is what the user typed, which the notice omits.
pub fn offer(app: &mut App, mut offered: CompletionCycle, at: usize) -> Vec<Effect> {
    let Some(typed) = &mut app.line else { return Vec::new() };
    let Some(value) = offered.values.get(at).cloned() else { return Vec::new() };
    typed.line.replace(offered.span.start..offered.span.end, &value);
    offered.span = Span::new(offered.span.start, offered.span.start + value.len());
    offered.at = at;
    typed.line.text().clone_into(&mut offered.line);
    if offered.values.len() > 2 {
        let mut shown: Vec<String> = offered.values.iter().take(12).cloned().collect();
        shown.truncate(offered.values.len() - 1);
        if let Some(own) = shown.get_mut(at) {
            *own = format!("▸{own}");
        }
        app.say(shown.join("  "));
    }
    if let Some(typed) = &mut app.line {
        typed.offered = Some(offered);
    }
    changed(app)
}

/// Handles Tab and Shift-Tab. If the line still ends in one of the completions, steps to the next or previous one.
/// Otherwise requests completions of the word before the cursor. With a single completion there is no next one: another
/// Tab completes what comes next.
fn complete(app: &mut App, action: Action) -> Vec<Effect> {
    let back = action == Action::CompleteBack;
    if let Some(typed) = &mut app.line
        && let Some(offered) = typed.offered.take_if(|offered| offered.line == typed.line.text())
        && offered.values.len() > 2
    {
        let count = offered.values.len();
        let next = (offered.at + if back { count - 1 } else { 1 }) % count;
        return offer(app, offered, next);
    }
    if app.line.as_ref().is_some_and(|typed| typed.purpose == InputPurpose::Tags) {
        return tags::complete(app, action);
    }
    let Some(typed) = app.line.as_ref().filter(|typed| typed.purpose == InputPurpose::Filter) else {
        app.say(phrases::NOTHING_TO_COMPLETE.say(app.settings.lang));
        return Vec::new();
    };
    let (text, cursor) = (typed.line.text().to_owned(), typed.line.cursor());
    let (turn, effect) = app.ask(Ask::Complete(text, cursor));
    if let Some(typed) = &mut app.line {
        (typed.turn, typed.from_the_end) = (turn, back);
    }
    vec![effect]
}
