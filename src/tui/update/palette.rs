//! Handles the palette: all commands of a mode, and what can be done everywhere, found by name in either language. Its
//! entries are those of a menu (`MenuItem`), and `menu` carries them out.

use super::{close, menu, moved, scrolled};
use crate::config::{Choice, ThemeName};
use crate::keymap::action::Action;
use crate::keymap::chord::Chord;
use crate::keymap::{KeyGroup, Lookup, Mode};
use crate::lang::{Lang, phrases};
use crate::search::counts::CountField;
use crate::search::finder::letter_match;
use crate::text::fold::fold;
use crate::tui::app::{App, InputPurpose, MenuAction, MenuItem, PaletteState, SORTS, Screen};
use crate::tui::command_search::CommandQuery;
use crate::tui::input_line::InputLine;
use crate::tui::message::Effect;
use crate::tui::quote_pages::PageSubject;
use crate::tui::quote_pages::counts::CountsQuery;

/// Opens the palette: the commands of the present mode, then what can be done from everywhere.
pub fn open(app: &mut App) -> Vec<Effect> {
    let of = app.mode();
    let mut all = commands(app, of);
    if of == Mode::List {
        all.extend(sorts_and_counts(app));
    }
    all.extend(everywhere(app, of));
    let shown = (0..all.len()).collect();
    let line = InputLine::new("", &[], app.settings.typing);
    app.stack.push(Screen::Palette(Box::new(PaletteState {
        of,
        line,
        asked: CommandQuery::default(),
        by_letters: false,
        all,
        shown,
        selected: 0,
        top: 0,
    })));
    Vec::new()
}

/// The commands that have keys in mode `of`, each once. Movements come last: users know their keys and rarely look for
/// them by name.
fn commands(app: &App, of: Mode) -> Vec<MenuItem> {
    let lang = app.settings.lang;
    let mut all: Vec<MenuItem> = Vec::new();
    let (moving, doing): (Vec<_>, Vec<_>) = app.keymap.rows(of).partition(|row| row.binding.group == KeyGroup::Move);
    for row in doing.into_iter().chain(moving).filter(|row| row.binding.action != Action::Palette) {
        let todo = MenuAction::Act(row.binding.action);
        if !all.iter().any(|entry| entry.action == todo) {
            let other = row.binding.help.say(lang.other());
            all.push(MenuItem {
                key: row.all_keys(),
                name: row.binding.help.say(lang).to_owned(),
                other_names: format!("{other} {}", row.binding.action.word().replace('-', " ")),
                action: todo,
            });
        }
    }
    all
}

/// An entry without a key, named in both languages.
fn named(lang: Lang, name: impl Fn(Lang) -> String, action: MenuAction) -> MenuItem {
    MenuItem { key: String::new(), name: name(lang), other_names: name(lang.other()), action }
}

/// The orders of the list, and what its reports can be counted by.
fn sorts_and_counts(app: &App) -> Vec<MenuItem> {
    let lang = app.settings.lang;
    let (sort_key, counts_key) =
        (app.keymap.key_of(Mode::List, Action::Sort), app.keymap.key_of(Mode::List, Action::Counts));
    let sorts = SORTS.iter().map(|(letter, phrase, sort)| MenuItem {
        key: format!("{sort_key}{letter}"),
        ..named(lang, |lang| format!("{}: {}", phrases::SORT_BY.say(lang), phrase.say(lang)), MenuAction::Sort(*sort))
    });
    let filter = app.list.filter.text();
    let counts = CountField::ALL.iter().map(|(field, _, letter)| {
        let query = CountsQuery { filter: filter.to_owned(), field: *field };
        let name = |lang| format!("{}: {}", phrases::COUNT_BY.say(lang), field.phrase().say(lang));
        MenuItem {
            key: format!("{counts_key}{letter}"),
            ..named(lang, name, MenuAction::QuotePage(PageSubject::Counts(query)))
        }
    });
    sorts.chain(counts).collect()
}

/// What can be done from every screen: saved filters, import and export, themes, languages.
fn everywhere(app: &App, of: Mode) -> Vec<MenuItem> {
    let lang = app.settings.lang;
    let mut all: Vec<MenuItem> = Vec::new();
    all.extend(app.settings.saved_filters.iter().map(|(name, filter)| {
        let shown = |lang| phrases::SAVED_FILTER.fill(lang, &[name]);
        let mut item = named(lang, shown, MenuAction::Filter(filter.clone()));
        // The filter itself is shown where the others have their keys.
        item.key.clone_from(filter);
        item
    }));
    let save = MenuAction::Type(InputPurpose::SaveFilter);
    all.push(named(lang, |lang| phrases::SAVE_FILTER.say(lang).to_owned(), save));
    // The list has a key for its export.
    let export = (of != Mode::List).then_some((phrases::EXPORT_TO, InputPurpose::Export));
    for (phrase, purpose) in [(phrases::IMPORT_PATH, InputPurpose::Import)].into_iter().chain(export) {
        all.push(named(lang, |lang| phrase.say(lang).to_owned(), MenuAction::Type(purpose)));
    }
    all.extend(app.settings.commands.iter().enumerate().map(|(number, command)| {
        let shown = |lang| phrases::RUN_COMMAND.fill(lang, &[&command.name]);
        let mut item = named(lang, shown, MenuAction::Pipe(number));
        item.key = command.words.join(" ");
        item
    }));
    all.extend(ThemeName::WORDS.iter().map(|(word, theme)| {
        let shown = |lang| {
            let (of, name) = (phrases::THEME.say(lang), theme.notice().say(lang).trim_end_matches('.'));
            if name.starts_with(of) { name.to_owned() } else { format!("{of}: {name}") }
        };
        let mut item = named(lang, shown, MenuAction::Theme(*theme));
        item.other_names = format!("{} theme {}", item.other_names, word.replace('-', " "));
        item
    }));
    for (to, phrase) in [(Lang::Vi, phrases::IN_VIETNAMESE), (Lang::En, phrases::IN_ENGLISH)] {
        let mut item = named(lang, |lang| phrase.say(lang).to_owned(), MenuAction::Language(to));
        item.other_names.push_str(" language ngôn ngữ");
        all.push(item);
    }
    all
}

/// Shows the entries that match the line, by the first reading of it that any entry matches; if none does, those that
/// have its letters in order.
pub fn query(app: &mut App) {
    let Some(Screen::Palette(palette)) = app.stack.last_mut() else { return };
    palette.by_letters = false;
    for asked in CommandQuery::readings(palette.line.text()) {
        palette.shown = answering(palette, &asked);
        palette.asked = asked;
        if !palette.shown.is_empty() {
            break;
        }
    }
    if palette.shown.is_empty() {
        palette.shown = with_letters(&palette.all, palette.line.text());
        palette.by_letters = true;
    }
    palette.selected = 0;
    palette.top = 0;
}

/// The entries that match, best first: an entry whose key was typed, then names that begin with the query, shown ones
/// before other ones, then names that contain its words. Equal ones keep the order of the keymap.
fn answering(palette: &PaletteState, asked: &CommandQuery) -> Vec<usize> {
    let typed = palette.line.text().trim();
    let rank = |entry: &MenuItem| {
        if !typed.is_empty() && entry.key.split(' ').any(|key| key == typed) {
            Some(0)
        } else if asked.begins(&entry.name) {
            Some(1)
        } else if asked.begins(&entry.other_names) {
            Some(2)
        } else if asked.matches(&entry.name) {
            Some(3)
        } else {
            asked.matches(&format!("{} {}", entry.name, entry.other_names)).then_some(4)
        }
    };
    let ranked = palette.all.iter().enumerate();
    let mut shown: Vec<(usize, usize)> = ranked.filter_map(|(n, entry)| Some((rank(entry)?, n))).collect();
    shown.sort_unstable();
    shown.into_iter().map(|(_, n)| n).collect()
}

/// The entries whose name, in either language, has the letters of the query in order, with gaps: `cmpare`. Best first.
fn with_letters(all: &[MenuItem], typed: &str) -> Vec<usize> {
    let letters: String = fold(typed).chars().filter(|c| c.is_alphanumeric()).collect();
    // A tone or mark that was typed counts, and letters alone could not tell it.
    if letters.is_empty() || !typed.is_ascii() {
        return Vec::new();
    }
    let score = |entry: &MenuItem| {
        let names = [&entry.name, &entry.other_names].map(|name| letter_match(&fold(name), &letters));
        names.into_iter().flatten().map(|found| found.score).max()
    };
    let mut found: Vec<(i64, usize)> =
        all.iter().enumerate().filter_map(|(n, entry)| Some((score(entry)?, n))).collect();
    found.sort_by_key(|(score, n)| (std::cmp::Reverse(*score), *n));
    found.into_iter().map(|(_, n)| n).collect()
}

/// Handles a key that is none of the palette's: each command is shown with its keys, so a key of the screen below does
/// there what it says.
pub fn key_below(app: &mut App, chord: Chord) -> Vec<Effect> {
    let Some(Screen::Palette(palette)) = app.stack.last() else { return Vec::new() };
    let Lookup::Action(action) = app.keymap.lookup(palette.of, &[chord]) else {
        return super::no_such_key(app, chord);
    };
    close(app);
    super::act(app, action)
}

/// Does an action of the palette.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = rows(app);
    let Some(Screen::Palette(palette)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(changed) = palette.line.edit(action) {
        if changed {
            query(app);
            return Vec::new();
        }
        return super::input_line::nothing_changed(app, action);
    }
    if let Some(to) = moved(action, 1, palette.selected, palette.shown.len(), rows) {
        palette.selected = to;
        palette.top = scrolled(palette.top, to, palette.shown.len(), rows);
        return Vec::new();
    }
    match action {
        Action::Open => {
            let chosen = palette.shown.get(palette.selected).and_then(|n| palette.all.get(*n));
            let Some(todo) = chosen.map(|entry| entry.action.clone()) else {
                app.say(phrases::NO_COMMAND.say(app.settings.lang));
                return Vec::new();
            };
            close(app);
            menu::carry_out(app, todo)
        }
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn rows(app: &App) -> usize {
    let middle = crate::tui::panes::middle(app);
    usize::from(crate::tui::panes::inside(middle, app.plain()).height).saturating_sub(1).max(1)
}
