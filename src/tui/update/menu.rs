//! Handles the small menus, in which one letter chooses an entry (the orders of the list, several posts of a person),
//! and carries out the entries of menus and of the palette.

use super::{close, input_line, jumps, languages, list, moved, themes};
use crate::keymap::action::Action;
use crate::lang::{Phrase, phrases};
use crate::search::counts::CountField;
use crate::text::safe::Safe;
use crate::tui::app::{App, InputPurpose, MenuAction, MenuItem, MenuState, SORTS, Screen};
use crate::tui::message::{Effect, FileContent};
use crate::tui::quote_pages::PageSubject;
use crate::tui::quote_pages::counts::CountsQuery;
use std::path::PathBuf;

/// Opens the menu of what the reports of the list can be counted by.
pub fn open_counts_menu(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let filter = app.list.filter.text().to_owned();
    let entry = |(field, _, letter): &(CountField, &str, char)| MenuItem {
        key: letter.to_string(),
        name: field.phrase().say(lang).to_owned(),
        other_names: String::new(),
        action: MenuAction::QuotePage(PageSubject::Counts(CountsQuery { filter: filter.clone(), field: *field })),
    };
    let entries = CountField::ALL.iter().map(entry).collect();
    let title = phrases::COUNT_BY.say(lang).to_owned();
    app.stack.push(Screen::Menu(MenuState { title, entries, selected: 0 }));
    Vec::new()
}

/// Opens the menu of the list's orders.
pub fn open_sort_menu(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let entries = SORTS
        .iter()
        .map(|(letter, phrase, sort)| MenuItem {
            key: letter.to_string(),
            name: phrase.say(lang).to_owned(),
            other_names: String::new(),
            action: MenuAction::Sort(*sort),
        })
        .collect();
    let selected = SORTS.iter().position(|row| row.2 == app.list.sort).unwrap_or(0);
    app.stack.push(Screen::Menu(MenuState { title: phrases::SORT_BY.say(lang).to_owned(), entries, selected }));
    Vec::new()
}

/// Asks whether a file that is there is to be replaced. The answer that keeps it is selected.
pub fn ask_to_replace(app: &mut App, file: PathBuf, content: FileContent) {
    let lang = app.settings.lang;
    let title = phrases::FILE_IS_THERE.fill(lang, &[Safe::path(&file).as_str()]);
    let entry = |key: &str, name: Phrase, action| MenuItem {
        key: key.to_owned(),
        name: name.say(lang).to_owned(),
        other_names: String::new(),
        action,
    };
    let entries = vec![
        entry("r", phrases::REPLACE_FILE, MenuAction::Replace { file, content }),
        entry("n", phrases::REMOVE_NO, MenuAction::Nothing),
    ];
    app.notice = None;
    app.stack.push(Screen::Menu(MenuState { title, entries, selected: 1 }));
}

/// Carries out the entry of the open menu that has this letter. `None` if no entry has it.
pub fn letter(app: &mut App, letter: char) -> Option<Vec<Effect>> {
    let Some(Screen::Menu(menu)) = app.stack.last() else { return None };
    let todo = menu.entries.iter().find(|entry| entry.key == letter.to_string())?.action.clone();
    close(app);
    Some(carry_out(app, todo))
}

/// Does an action of a menu.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(Screen::Menu(menu)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, 1, menu.selected, menu.entries.len(), menu.entries.len()) {
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

/// Does what the chosen entry of the palette or a menu stands for. Palette and menu are closed by now.
pub fn carry_out(app: &mut App, todo: MenuAction) -> Vec<Effect> {
    match todo {
        MenuAction::Act(action) => super::act(app, action),
        MenuAction::Sort(sort) => {
            app.list.sort = sort;
            list::refresh(app)
        }
        MenuAction::Remove { reports, undoable } => super::picked_rows::remove(app, reports, undoable),
        MenuAction::Nothing => Vec::new(),
        MenuAction::Replace { file, content } => vec![Effect::WriteFile { file, content, replace: true }],
        MenuAction::QuotePage(subject) => super::quote_page::open(app, subject),
        MenuAction::Pipe(number) => super::pipe::run(app, number),
        MenuAction::Theme(name) => themes::choose(app, name),
        MenuAction::Language(lang) => languages::choose(app, lang),
        MenuAction::Type(InputPurpose::SaveFilter) => input_line::open_for_filter_name(app),
        MenuAction::Type(purpose) => input_line::open(app, purpose),
        MenuAction::Filter(filter) => {
            if !app.stack.is_empty() || app.in_detail {
                jumps::record(app);
            }
            app.stack.clear();
            (app.in_detail, app.zoomed) = (false, false);
            app.list.keep_in_history(&filter);
            list::set_filter(app, filter)
        }
    }
}
