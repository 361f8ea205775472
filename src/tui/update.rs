//! The state machine: `update` takes the state and a message, changes the state and returns the effects to perform. It
//! touches no disk, no clock and no terminal, and no other code changes the state. The keymap turns keys into actions.
//! An action that is the same on every screen is done here, any other by the module of the screen that has the keys.

mod answers;
mod copy;
mod date_line;
mod detail;
mod doubts;
mod effect_outcome;
mod help;
mod input_line;
mod jumps;
mod languages;
mod list;
mod marks;
mod menu;
mod mouse;
mod new_reports;
mod notes;
mod official;
mod officials_finder;
mod open_report;
mod orders;
mod page_search;
mod palette;
mod picked_rows;
mod pipe;
mod quote_page;
mod report_marks;
mod report_people;
mod resume;
mod selection;
mod sync;
mod tags;
mod text_search;
mod themes;
mod verbs;

use super::app::{App, Screen};
use super::composed_key;
use super::message::{Ask, Effect, Message};
use super::quote_pages::{PageSubject, doubts::DoubtsQuery};
use super::tour;
use crate::config::InputMethod;
use crate::keymap::action::Action;
use crate::keymap::chord::Chord;
use crate::keymap::{self, Lookup, Mode};
use crate::lang::phrases;
use crate::text::wrap;
use crossterm::event::KeyCode;
use ratatui::layout::Size;

/// The largest number before a key, and how often an action that is no movement is repeated at most.
const MOST_TIMES: usize = 999_999;
const MOST_REPEATS: usize = 100;

/// The questions at the start: whether there are new reports to begin with, if that is wanted; else those of
/// `begin_list`.
pub fn begin(app: &mut App) -> Vec<Effect> {
    if app.settings.new_first { new_reports::begin(app) } else { begin_list(app) }
}

/// The first window of the list, then marks, notices and the number of officials. The list comes first because it is
/// what the first frame waits for.
fn begin_list(app: &mut App) -> Vec<Effect> {
    let keep = app
        .resumed
        .selected
        .take()
        .or_else(|| app.detail.last_place.clone().map(|place| place.report.as_ref().to_owned()));
    app.in_detail &= keep.is_some();
    let first = list::first_search(app, keep.clone());
    let (_, beyond) = app.ask(Ask::Begin);
    themes::hint(app);
    let mut effects = vec![first, beyond];
    effects.extend(resume::page(app, keep.as_deref()));
    effects
}

/// Applies a message to the state and returns the effects to perform.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(event) => {
            app.notice = None;
            key(app, Chord::of(&event))
        }
        Message::Mouse(input) => mouse::event(app, input),
        Message::Pasted(text) => input_line::paste(app, &text),
        Message::Resized { width, height } => {
            app.size = Size::new(width, height);
            // A wider screen may show the report beside the list now.
            list::follow(app)
        }
        Message::Resumed => vec![Effect::Redraw],
        Message::Rested => list::rest(app),
        Message::Ended => vec![Effect::Quit],
        Message::Answer(answer) => {
            let mut effects = answers::answer(app, answer);
            effects.extend(report_marks::undo_what_waits(app));
            effects
        }
        Message::VerbEnded(end) => verbs::ended(app, end),
        Message::Sync(news) => sync::told(app, news),
        Message::CommandEnded { turn, said } => {
            pipe::ended(app, turn, said);
            Vec::new()
        }
        Message::EffectDone(outcome) => effect_outcome::report(app, outcome),
    };
    effects.extend(settle(app));
    new_reports::keep_seen(app, &mut effects);
    effects
}

/// Fits every screen to the size of its pane and keeps its cursor in bounds. This runs after every message, so that no
/// handler needs to think of the layout. Only the list can cause an effect: a question for the rows that are on screen
/// but not loaded.
fn settle(app: &mut App) -> Option<Effect> {
    detail::fit(app);
    official::fit(app);
    quote_page::fit(app);
    officials_finder::fit(app);
    report_people::fit(app);
    help::fit(app);
    list::fit(app)
}

/// Dispatches a key. In order: the letter of a mark, typing in a line, the letter of a menu entry, a command.
fn key(app: &mut App, chord: Chord) -> Vec<Effect> {
    if app.awaiting.is_some() {
        return marks::letter(app, chord);
    }
    let mode = app.mode();
    if mode.types() {
        return match (app.keymap.lookup(mode, &[chord]), chord.typed()) {
            (Lookup::Action(action), _) => act(app, action),
            (_, Some(letter)) => input_line::letter(app, letter),
            (_, None) if mode == Mode::Palette => palette::key_below(app, chord),
            (_, None) => no_such_key(app, chord),
        };
    }
    if let (Mode::Menu, Some(letter)) = (mode, chord.typed())
        && let Some(effects) = menu::letter(app, letter)
    {
        return effects;
    }
    command(app, mode, chord)
}

/// Handles a key in a mode where keys are commands, although an input method may be on. To compose, an input method
/// sends a Backspace for the letter before, then the composed letter:
///
/// ```text
/// the user presses   o         j
/// the reader gets    o         Backspace  ọ
/// the reader does    o         nothing    j      (`ọ` minus the `o` that was a command already)
/// ```
///
/// So a Backspace does nothing, and a composed letter is decoded back to the key that was pressed.
fn command(app: &mut App, mode: Mode, chord: Chord) -> Vec<Effect> {
    if chord.code == KeyCode::Backspace {
        return Vec::new();
    }
    let (key, hint) = composed(app, chord);
    let effects = command_key(app, mode, key);
    if key != chord && app.last_letter == key.typed() {
        // Remember the composed letter, not the decoded key: the input method composes the next key with it.
        app.last_letter = chord.typed();
    }
    // A notice of the command itself has priority; the hint is then shown with the next composed letter.
    if let Some(hint) = hint.filter(|_| app.notice.is_none()) {
        app.input_method_hinted = true;
        app.say(hint);
    }
    effects
}

/// The keys that give up an incomplete sequence, and do nothing else then.
const GIVING_UP: [Chord; 2] =
    [Chord { code: KeyCode::Esc, ctrl: false, alt: false }, Chord { code: KeyCode::Char('c'), ctrl: true, alt: false }];

/// Handles a key that is a command or part of a sequence. If the keys so far begin no sequence, the last one is tried
/// by itself: after `g`, a `j` still moves down.
fn command_key(app: &mut App, mode: Mode, chord: Chord) -> Vec<Effect> {
    if (!app.pending.is_empty() || app.count.is_some()) && GIVING_UP.contains(&chord) {
        app.pending.clear();
        app.count = None;
        return Vec::new();
    }
    // A terminal cannot tell Ctrl-i from Tab unless it was asked to, so after a jump back Tab is taken for it.
    if std::mem::take(&mut app.jumped_back) && chord.code == KeyCode::Tab && app.pending.is_empty() {
        return jumps::forward(app);
    }
    if count_digit(app, mode, chord) {
        return Vec::new();
    }
    app.pending.push(chord);
    let found = match app.keymap.lookup(mode, &app.pending) {
        Lookup::Unknown if app.pending.len() > 1 => {
            app.pending = vec![chord];
            app.keymap.lookup(mode, &app.pending)
        }
        found => found,
    };
    match found {
        Lookup::Prefix => Vec::new(),
        Lookup::Action(action) => {
            app.pending.clear();
            app.last_letter = chord.typed().filter(|c| c.is_alphabetic());
            counted(app, action)
        }
        Lookup::Unknown => {
            app.pending.clear();
            app.count = None;
            app.last_letter = chord.typed().filter(|c| c.is_alphabetic());
            no_such_key(app, chord)
        }
    }
}

/// Takes a digit as part of the number before a key, as in `5j`. Returns whether it is one: a digit that is a key of
/// the mode is not, nor is a zero that no other digit comes before.
fn count_digit(app: &mut App, mode: Mode, chord: Chord) -> bool {
    let digit = chord.typed().and_then(|c| c.to_digit(10)).map(|digit| digit as usize);
    let begun = app.count.is_some();
    let Some(digit) = digit.filter(|digit| app.pending.is_empty() && (begun || *digit > 0)) else { return false };
    if app.keymap.lookup(mode, &[chord]) != Lookup::Unknown {
        return false;
    }
    app.count = Some((app.count.unwrap_or(0) * 10 + digit).min(MOST_TIMES));
    true
}

/// Does an action as often as the number before its key says. In the list and in a report a movement is one movement by
/// so many lines; `gg` and `G` go to the line of that number. A number before any other key means nothing.
fn counted(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(times) = app.count.take() else { return act(app, action) };
    let is_one_movement = matches!(app.mode(), Mode::List | Mode::Detail);
    if is_one_movement && matches!(action, Action::Top | Action::Bottom) {
        let mut effects = act(app, Action::Top);
        app.times = times.saturating_sub(1);
        effects.extend(act(app, Action::Down));
        app.times = 1;
        return effects;
    }
    if is_one_movement && moved(action, 1, 0, 1, 1).is_some() {
        app.times = times;
        let effects = act(app, action);
        app.times = 1;
        return effects;
    }
    let times = if is_repeatable(action) { times.min(MOST_REPEATS) } else { 1 };
    (0..times).flat_map(|_| act(app, action)).collect()
}

/// Whether an action can be done several times in a row.
fn is_repeatable(action: Action) -> bool {
    moved(action, 1, 0, 1, 1).is_some()
        || matches!(
            action,
            Action::NextHit
                | Action::PrevHit
                | Action::NextPerson
                | Action::PrevPerson
                | Action::NextReport
                | Action::PrevReport
                | Action::PickRow
                | Action::Undo
                | Action::UndoMark
                | Action::ExtendDown
                | Action::ExtendUp
                | Action::NarrowList
                | Action::WidenList
        )
}

/// Screens named where a key does nothing here.
const MOST_NAMED: usize = 3;

/// Shows a notice that a key does nothing here, and on which screens it does something.
fn no_such_key(app: &mut App, chord: Chord) -> Vec<Effect> {
    let (lang, key) = (app.settings.lang, keymap::shown(&chord.written()));
    // A lone combining mark has no width: it would be drawn onto the character before it. Show its code point instead.
    let unseen = chord.typed().filter(|_| wrap::width(&key) == 0);
    let key = unseen.map_or(key, |mark| format!("U+{:04X}", u32::from(mark)));
    if key.is_empty() {
        return Vec::new();
    }
    app.say(match app.keymap.elsewhere(chord) {
        Some((hint, modes)) => {
            // More would be cut, and nobody reads them.
            let named = modes.get(..MOST_NAMED).unwrap_or(&modes);
            let rest = if named.len() < modes.len() { ", …" } else { "" };
            let screens = format!("{}{rest}", keymap::names(named, lang));
            phrases::KEY_ELSEWHERE.fill(lang, &[&key, hint.say(lang), &screens])
        }
        None => phrases::UNKNOWN_KEY.fill(lang, &[&key]),
    });
    Vec::new()
}

/// Decodes a composed letter to the key that was pressed; any other chord is returned as it is. Also returns the hint
/// that an input method is on, unless it has been shown in this session.
fn composed(app: &App, chord: Chord) -> (Chord, Option<String>) {
    let Some(letter) = chord.typed().filter(|c| !c.is_ascii()) else { return (chord, None) };
    let Some(key) = composed_key::key_of(app.last_letter, letter) else { return (chord, None) };
    let hint = || phrases::COMPOSED_HINT.fill(app.settings.lang, &[&letter.to_string(), &key.to_string()]);
    let hint = (!app.input_method_hinted).then(hint);
    (Chord { code: KeyCode::Char(key), ..chord }, hint)
}

/// Does an action: first those that are the same everywhere, else by the screen that has the keys.
fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let mode = app.mode();
    app.tour = app.tour.and_then(|at| tour::after(at, action, mode));
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Close => return close_front(app),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Help => return help::open(app),
        Action::Palette => return palette::open(app),
        Action::Officials => return officials_finder::open(app),
        Action::Typing => return switch_input_method(app),
        Action::Theme => return themes::next(app),
        Action::Sync => return sync::begin_or_stop(app),
        Action::JumpBack => return jumps::back(app),
        Action::JumpForward => return jumps::forward(app),
        Action::Doubts => return quote_page::open(app, PageSubject::Doubts(DoubtsQuery::default())),
        Action::Notes if mode == Mode::Notes => {
            app.say(phrases::NOTES_ARE_HERE.say(app.settings.lang));
            return Vec::new();
        }
        Action::Notes => return quote_page::open(app, PageSubject::Notes),
        Action::UndoMark => return report_marks::undo(app),
        Action::Pipe => return pipe::open(app),
        _ => {}
    }
    match mode {
        Mode::Line => input_line::act(app, action),
        Mode::List => list::act(app, action),
        Mode::Detail => detail::act(app, action),
        Mode::Select => selection::act(app, action),
        Mode::People => report_people::act(app, action),
        Mode::Finder => officials_finder::act(app, action),
        Mode::Official => official::act(app, action),
        Mode::Post
        | Mode::Unit
        | Mode::Doubts
        | Mode::Lineups
        | Mode::Texts
        | Mode::Counts
        | Mode::Notes
        | Mode::Output => quote_page::act(app, action),
        Mode::Help => help::act(app, action),
        Mode::Palette => palette::act(app, action),
        Mode::Menu => menu::act(app, action),
    }
}

/// Closes what is in front: help with the search in it, the selection, a page, a menu, the report, the list of new
/// reports. In the list of all, ends the reader.
fn close_front(app: &mut App) -> Vec<Effect> {
    if app.mode() == Mode::Select {
        app.reading_mut().selection = None;
        return Vec::new();
    }
    let shows_new = app.shows_new();
    match app.stack.last_mut() {
        Some(Screen::Help(help)) => {
            help.query.clear();
            help::act(app, Action::Back)
        }
        Some(_) => {
            close(app);
            Vec::new()
        }
        None if app.in_detail => {
            (app.in_detail, app.zoomed) = (false, false);
            Vec::new()
        }
        None if shows_new => new_reports::leave(app),
        None => vec![Effect::Quit],
    }
}

/// Closes the screen in front.
fn close(app: &mut App) {
    if let Some(Screen::Official(_) | Screen::QuotePage(_) | Screen::Finder(_) | Screen::Reading(_)) = app.stack.pop() {
        app.pending.clear();
    }
}

fn switch_input_method(app: &mut App) -> Vec<Effect> {
    let (next, said) = match app.settings.typing {
        InputMethod::Off => (InputMethod::Telex, phrases::TYPING_TELEX),
        InputMethod::Telex => (InputMethod::Vni, phrases::TYPING_VNI),
        InputMethod::Vni => (InputMethod::Off, phrases::TYPING_OFF),
    };
    app.settings.typing = next;
    if let Some(line) = input_line::line_mut(app) {
        line.set_typing(next);
    }
    let lang = app.settings.lang;
    app.say(said.say(lang));
    Vec::new()
}

/// The row to which an action, done so many times, moves the cursor from row `at` of `count`, within bounds. `None` if
/// the action is not a movement. `page` is the number of rows of a page.
fn moved(action: Action, times: usize, at: usize, count: usize, page: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    let page = page.max(1);
    let half = (page / 2).max(1);
    Some(match action {
        Action::Down => at.saturating_add(times).min(last),
        Action::Up => at.saturating_sub(times),
        Action::HalfDown => at.saturating_add(half.saturating_mul(times)).min(last),
        Action::HalfUp => at.saturating_sub(half.saturating_mul(times)),
        Action::PageDown => at.saturating_add(page.saturating_mul(times)).min(last),
        Action::PageUp => at.saturating_sub(page.saturating_mul(times)),
        Action::Top => 0,
        Action::Bottom => last,
        _ => return None,
    })
}

/// Scrolls as little as possible from `top` so that row `selected` is visible, with up to two rows of context above and
/// below it. Returns the new first row; `rows` is the number of rows on screen.
fn scrolled(top: usize, selected: usize, count: usize, rows: usize) -> usize {
    let air = (rows.saturating_sub(1) / 2).min(2);
    let top = top.min(selected.saturating_sub(air)).max((selected + air + 1).saturating_sub(rows));
    top.min(count.saturating_sub(rows))
}
