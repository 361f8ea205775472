//! Handles the palette: all commands of a mode, found by name. Its entries are those of a menu (`MenuItem`), and `menu`
//! carries them out.

use super::{close, menu, moved, scrolled};
use crate::lang::phrases;
use crate::tui::action::Action;
use crate::tui::app::{App, MenuAction, MenuItem, PaletteState, SORTS, Screen};
use crate::tui::command_search::CommandQuery;
use crate::tui::input_line::InputLine;
use crate::tui::keymap::{KeyGroup, Mode};
use crate::tui::message::Effect;

/// Opens the palette with the commands of the present mode. In the list, these include sort orders and saved filters.
pub fn open(app: &mut App) -> Vec<Effect> {
    let (of, lang) = (app.mode(), app.settings.lang);
    let mut all: Vec<MenuItem> = Vec::new();
    // Movements come last: users know their keys and rarely look for them by name.
    let (moving, doing): (Vec<_>, Vec<_>) = app.keymap.rows(of).partition(|row| row.binding.group == KeyGroup::Move);
    for row in doing.into_iter().chain(moving).filter(|row| row.binding.action != Action::Palette) {
        let todo = MenuAction::Act(row.binding.action);
        if !all.iter().any(|entry| entry.action == todo) {
            all.push(MenuItem { key: row.all_keys(), name: row.binding.help.say(lang).to_owned(), action: todo });
        }
    }
    if of == Mode::List {
        all.extend(SORTS.iter().map(|(letter, phrase, sort)| MenuItem {
            key: format!(",{letter}"),
            name: format!("{}: {}", phrases::SORT_BY.say(lang), phrase.say(lang)),
            action: MenuAction::Sort(*sort),
        }));
        all.extend(app.settings.saved_filters.iter().map(|(name, filter)| MenuItem {
            key: String::new(),
            name: phrases::SAVED_FILTER.fill(lang, &[name]),
            action: MenuAction::Filter(filter.clone()),
        }));
    }
    let shown = (0..all.len()).collect();
    let line = InputLine::new("", &[], app.settings.typing);
    app.stack.push(Screen::Palette(Box::new(PaletteState {
        of,
        line,
        asked: CommandQuery::default(),
        all,
        shown,
        selected: 0,
        top: 0,
    })));
    Vec::new()
}

/// Shows the entries that match the line, by the first reading of it that any entry matches.
pub fn query(app: &mut App) {
    let Some(Screen::Palette(palette)) = app.stack.last_mut() else { return };
    for asked in CommandQuery::readings(palette.line.text()) {
        palette.shown = named(palette, &asked);
        palette.asked = asked;
        if !palette.shown.is_empty() {
            break;
        }
    }
    palette.selected = 0;
    palette.top = 0;
}

/// The entries that match, best first: an entry whose key was typed, then names that begin with the query, then names
/// that contain its words. Equal ones keep the order of the keymap.
fn named(palette: &PaletteState, asked: &CommandQuery) -> Vec<usize> {
    let typed = palette.line.text().trim();
    let rank = |entry: &MenuItem| {
        if !typed.is_empty() && entry.key.split(' ').any(|key| key == typed) {
            Some(0)
        } else if asked.begins(&entry.name) {
            Some(1)
        } else {
            asked.matches(&entry.name).then_some(2)
        }
    };
    let ranked = palette.all.iter().enumerate();
    let mut shown: Vec<(usize, usize)> = ranked.filter_map(|(n, entry)| Some((rank(entry)?, n))).collect();
    shown.sort_unstable();
    shown.into_iter().map(|(_, n)| n).collect()
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
