//! Handles the choice of a language. A chosen language is kept for the next session, unless the config file or the
//! command line settles it.

use crate::lang::{Lang, phrases};
use crate::tui::app::{App, Screen};
use crate::tui::message::Effect;

/// Speaks `lang` from now on. Pages and help are laid out again in it; reports notice the change by themselves.
pub fn choose(app: &mut App, lang: Lang) -> Vec<Effect> {
    app.settings.lang = lang;
    app.chosen_lang = Some(lang);
    for screen in &mut app.stack {
        match screen {
            Screen::Official(page) => page.lines.width = None,
            Screen::QuotePage(page) => page.lines.width = None,
            Screen::People(people) => people.lines.width = None,
            Screen::Help(help) => help.laid_out = None,
            _ => {}
        }
    }
    let said = if lang == Lang::Vi { phrases::IN_VIETNAMESE } else { phrases::IN_ENGLISH };
    app.say(said.say(lang));
    Vec::new()
}
