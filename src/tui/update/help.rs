//! Handles the help screen: scrolling and searching. Its lines are made by `help_lines`.

use super::{close, input_line, moved};
use crate::keymap::action::Action;
use crate::tui::app::{App, HelpLayout, HelpState, InputPurpose, Screen};
use crate::tui::message::Effect;
use crate::tui::{help_lines, panes};

/// Opens help for the present mode. An open input line is set aside and continued afterwards.
pub fn open(app: &mut App) -> Vec<Effect> {
    let of = app.mode();
    let typed = app.line.take();
    app.stack.push(Screen::Help(Box::new(HelpState {
        of,
        query: String::new(),
        top: 0,
        typed,
        lines: Vec::new(),
        laid_out: None,
    })));
    Vec::new()
}

/// Does an action of help.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = rows(app);
    let Some(Screen::Help(help)) = app.stack.last_mut() else { return Vec::new() };
    let reach = (help.lines.len() + 1).saturating_sub(rows);
    if let Some(to) = moved(action, 1, help.top, reach, rows.saturating_sub(2)) {
        help.top = to;
        return Vec::new();
    }
    match action {
        Action::Search => input_line::open(app, InputPurpose::Help),
        Action::Back if !help.query.is_empty() => {
            help.query.clear();
            help.top = 0;
            Vec::new()
        }
        Action::Back => {
            let typed = help.typed.take();
            close(app);
            app.line = typed;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn rows(app: &App) -> usize {
    usize::from(panes::inside(panes::middle(app), app.plain()).height).max(1)
}

/// Lays help out again if the width or the query changed; keeps the scroll position in bounds.
pub fn fit(app: &mut App) {
    let (rows, plain, lang, keymap) = (rows(app), app.plain(), app.settings.lang, app.keymap.clone());
    let width = usize::from(panes::help_of(panes::middle(app), app.plain()).width);
    // Help need not be the screen in front: the palette may lie over it.
    let front = app.stack.iter_mut().rev().find_map(|screen| match screen {
        Screen::Help(help) => Some(help),
        _ => None,
    });
    let Some(help) = front else { return };
    let layout = HelpLayout { width, query: help.query.clone() };
    if help.laid_out.as_ref() != Some(&layout) {
        help.lines = help_lines::lines(&keymap, help.of, &help.query, width, plain, lang);
        help.laid_out = Some(layout);
    }
    help.top = help.top.min(help.lines.len().saturating_sub(rows));
}
