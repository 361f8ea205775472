//! Gives what is in front (the selection, the report, the page, the picked reports) to a program of the user's, and
//! shows what it writes on a page.

use super::{copy, quote_page};
use crate::keymap::Mode;
use crate::lang::phrases;
use crate::tui::app::{App, MenuAction, MenuItem, MenuState, Screen};
use crate::tui::message::{Ask, Effect};
use crate::tui::quote_pages::{PageContent, PageSubject};

/// Asks which of the user's commands is to be run; runs it at once if there is only one.
pub fn open(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    match app.settings.commands.len() {
        0 => {
            app.say(phrases::NO_COMMANDS.say(lang));
            Vec::new()
        }
        1 => run(app, 0),
        _ => {
            let entry = |(n, command): (usize, &crate::tui::settings::UserCommand)| MenuItem {
                key: char::from_digit(n as u32 + 1, 36).unwrap_or(' ').to_string(),
                name: command.name.clone(),
                other_names: String::new(),
                action: MenuAction::Pipe(n),
            };
            let entries = app.settings.commands.iter().enumerate().map(entry).collect();
            let title = phrases::COMMAND_WHICH.say(lang).to_owned();
            app.stack.push(Screen::Menu(MenuState { title, entries, selected: 0 }));
            Vec::new()
        }
    }
}

/// Runs a command with what is in front. In the list, the texts of the reports are asked for first.
pub fn run(app: &mut App, number: usize) -> Vec<Effect> {
    if app.mode() == Mode::List {
        let picked = &app.list.picked.ids;
        let selected = app.list.selected_row().map(|row| row.id.clone());
        let ids: Vec<String> =
            if picked.is_empty() { selected.into_iter().collect() } else { picked.iter().cloned().collect() };
        if ids.is_empty() {
            return nothing(app);
        }
        let (turn, effect) = app.ask(Ask::Texts(ids));
        app.awaiting_texts = Some((turn, number));
        return vec![effect];
    }
    match copy::text_in_front(app) {
        Some(text) => start(app, number, text),
        None => nothing(app),
    }
}

fn nothing(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    app.say(phrases::NOTHING_TO_PIPE.say(lang));
    Vec::new()
}

/// Runs the command that waits for these texts.
pub fn texts(app: &mut App, turn: u64, text: String) -> Vec<Effect> {
    match app.awaiting_texts.take_if(|(awaited, _)| *awaited == turn) {
        Some((_, number)) => start(app, number, text),
        None => Vec::new(),
    }
}

fn start(app: &mut App, number: usize, input: String) -> Vec<Effect> {
    let Some(command) = app.settings.commands.get(number).cloned() else { return Vec::new() };
    app.turn += 1;
    let turn = app.turn;
    app.reading_mut().selection = None;
    app.say(phrases::COMMAND_RUNS.fill(app.settings.lang, &[&command.name]));
    quote_page::show(app, PageSubject::CommandOutput(turn, command.name), turn);
    vec![Effect::RunCommand { turn, words: command.words, input }]
}

/// Shows what a command has written, on the page that awaits it.
pub fn ended(app: &mut App, turn: u64, said: Result<String, String>) {
    let running = phrases::COMMAND_RUNS.say(app.settings.lang).split("{}").next().unwrap_or_default();
    app.notice.take_if(|notice| notice.text.starts_with(running));
    quote_page::answered(app, turn, Some(Box::new(PageContent::CommandOutput(said))));
}
