//! Sets marks and goes to them. A mark is a letter that names a place in a report; marks are stored in the cache.

use super::{jumps, open_report, orders};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::keymap::chord::Chord;
use crate::lang::phrases::marks as words;
use crate::officials::Place;
use crate::tui::app::{App, AwaitedLetter, StateBefore};
use crate::tui::message::{Ask, Effect};

/// Awaits the letter of a mark, to set it or to go to it.
pub fn await_letter(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    if action == Action::GoMark && app.marks.is_empty() {
        let key = app.keymap.key_of(app.mode(), Action::SetMark);
        app.say(words::NO_MARKS.fill(lang, &[&key]));
        return Vec::new();
    }
    let (awaiting, said) = if action == Action::SetMark {
        (AwaitedLetter::Set, words::MARK_WHICH.say(lang).to_owned())
    } else {
        let known: Vec<String> = app.marks.keys().map(char::to_string).collect();
        (AwaitedLetter::Go, words::GO_WHICH.fill(lang, &[&known.join(" ")]))
    };
    app.awaiting = Some(awaiting);
    app.say(said);
    Vec::new()
}

/// Handles the key that was awaited. Anything but a letter or digit cancels.
pub fn letter(app: &mut App, chord: Chord) -> Vec<Effect> {
    let Some(awaiting) = app.awaiting.take() else { return Vec::new() };
    let Some(letter) = chord.typed().filter(|c| c.is_alphanumeric()) else { return Vec::new() };
    match awaiting {
        AwaitedLetter::Set => set(app, letter),
        AwaitedLetter::Go => go(app, letter),
    }
}

fn set(app: &mut App, letter: char) -> Vec<Effect> {
    let Some(place) = here(app) else { return Vec::new() };
    let lang = app.settings.lang;
    let replaced = app.marks.insert(letter, place.clone());
    let named = letter.to_string();
    let said = match &replaced {
        Some(other) if *other != place => {
            words::MARK_MOVED.fill(lang, &[&named, &app.keymap.key_of(Mode::List, Action::UndoMark)])
        }
        _ => words::MARK_SET.fill(lang, &[&named]),
    };
    let before = StateBefore::Place { letter, place: replaced };
    let (_, effect) = orders::send(app, Ask::Mark(letter, Some(place)), said, before);
    orders::allow_undo(app);
    vec![effect]
}

fn go(app: &mut App, letter: char) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(place) = app.marks.get(&letter).cloned() else {
        app.complain(words::NO_MARK.fill(lang, &[&letter.to_string()]));
        return Vec::new();
    };
    jumps::record(app);
    open_report::in_same_pane(app, &place)
}

/// The place that a mark gets: the first visible byte of the text, or in the list the beginning of the selected report.
fn here(app: &App) -> Option<Place> {
    if app.mode() == Mode::List {
        return app.list.selected_row().map(|row| Place { report: row.id.as_str().into(), at: 0 });
    }
    app.reading().place()
}
