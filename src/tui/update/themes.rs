//! Handles the choice of a theme. A chosen theme is kept for the next session, unless the config file or the command
//! line settles it.

use crate::config::{Choice, ThemeName};
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::theme::Theme;
use crate::tui::app::App;
use crate::tui::message::Effect;

/// Chooses the next theme, in the order in which the config file names them.
pub fn next(app: &mut App) -> Vec<Effect> {
    let all = ThemeName::WORDS;
    let at = all.iter().position(|row| row.1 == app.theme.name);
    // After the theme for any background comes the first one: those who see it have not chosen yet.
    let after = at.filter(|_| app.theme.name != ThemeName::Any || app.chosen_theme.is_some()).map_or(0, |n| n + 1);
    let next = all.get(after).or(all.first()).map_or_else(ThemeName::default, |row| row.1);
    choose(app, next)
}

/// Shows the theme of this name, and keeps it for the next session.
pub fn choose(app: &mut App, name: ThemeName) -> Vec<Effect> {
    app.theme = Theme::new(name, app.settings.sixteen, &app.settings.own_styles);
    app.chosen_theme = Some(name);
    app.say(name.notice().say(app.settings.lang));
    Vec::new()
}

/// At the start of the first session: tells how to get colours, if they were left out because the background is not
/// known.
pub fn hint(app: &mut App) {
    let unsettled = !app.settings.theme_settled && app.chosen_theme.is_none();
    if app.theme.name == ThemeName::Any && unsettled && !app.theme_told {
        let key = app.keymap.key_of(app.mode(), Action::Theme);
        app.say(phrases::THEME_HINT.fill(app.settings.lang, &[&key]));
    }
}
