//! Handles the palette (all commands of a mode, by name) and the small menus (one letter for each entry).

use super::{close, list, moved, scrolled};
use crate::lang::phrases;
use crate::tui::action::Action;
use crate::tui::app::{App, MenuAction, MenuItem, MenuState, PaletteState, SORTS, Screen};
use crate::tui::command_search::CommandQuery;
use crate::tui::keymap::{self, KeyGroup, Mode};
use crate::tui::line_editor::InputLine;
use crate::tui::message::Effect;

/// Opens the palette with the commands of the present mode. In the list, these include sort orders and saved filters.
pub fn open(app: &mut App) -> Vec<Effect> {
    let (of, lang) = (app.mode(), app.settings.lang);
    let mut all: Vec<MenuItem> = Vec::new();
    // Movements come last: users know their keys and rarely look for them by name.
    let (moving, doing): (Vec<_>, Vec<_>) = keymap::rows(of).partition(|b| b.group == KeyGroup::Move);
    for binding in doing.into_iter().chain(moving).filter(|b| b.action != Action::Palette) {
        let todo = MenuAction::Act(binding.action);
        if !all.iter().any(|entry| entry.action == todo) {
            all.push(MenuItem {
                key: keymap::all_keys(binding),
                name: binding.help.say(lang).to_owned(),
                action: todo,
            });
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
            asked.answers(&entry.name).then_some(2)
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
    if let Some(to) = moved(action, palette.selected, palette.shown.len(), rows) {
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
            carry_out(app, todo)
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

/// Does what the chosen entry of the palette or a menu stands for. The palette is closed by now.
fn carry_out(app: &mut App, todo: MenuAction) -> Vec<Effect> {
    match todo {
        MenuAction::Act(action) => super::act(app, action),
        MenuAction::Sort(sort) => {
            app.list.sort = sort;
            list::refresh(app)
        }
        MenuAction::Topic(topic) => super::topic::open(app, topic),
        MenuAction::Filter(filter) => {
            app.list.keep_in_history(&filter);
            list::set_filter(app, filter)
        }
    }
}

/// Opens the menu of the list's orders.
pub fn sort_menu(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let entries = SORTS
        .iter()
        .map(|(letter, phrase, sort)| MenuItem {
            key: letter.to_string(),
            name: phrase.say(lang).to_owned(),
            action: MenuAction::Sort(*sort),
        })
        .collect();
    let selected = SORTS.iter().position(|row| row.2 == app.list.sort).unwrap_or(0);
    app.stack.push(Screen::Menu(MenuState { title: phrases::SORT_BY.say(lang).to_owned(), entries, selected }));
    Vec::new()
}

/// Carries out the menu entry with this letter. `None` if there is none.
pub fn menu_letter(app: &mut App, letter: char) -> Option<Vec<Effect>> {
    let Some(Screen::Menu(menu)) = app.stack.last() else { return None };
    let todo = menu.entries.iter().find(|entry| entry.key == letter.to_string())?.action.clone();
    close(app);
    Some(carry_out(app, todo))
}

/// Does an action of a menu.
pub fn menu_act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(Screen::Menu(menu)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, menu.selected, menu.entries.len(), menu.entries.len()) {
        menu.selected = to;
        return Vec::new();
    }
    match action {
        Action::Open => {
            let todo = menu.entries.get(menu.selected).map(|entry| entry.action.clone());
            close(app);
            todo.map_or_else(Vec::new, |todo| carry_out(app, todo))
        }
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
