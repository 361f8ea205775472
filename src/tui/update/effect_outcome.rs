//! The notice that the user gets about the outcome of an effect.

use super::{menu, notes};
use crate::lang::{numbers::grouped, phrases};
use crate::store::LONGEST_NOTE;
use crate::text::safe::Safe;
use crate::tui::app::App;
use crate::tui::message::{ClipboardRoute, Effect, EffectOutcome};

/// Shows a notice of the outcome of an effect, or goes on with it.
pub fn report(app: &mut App, outcome: EffectOutcome) -> Vec<Effect> {
    let lang = app.settings.lang;
    match outcome {
        EffectOutcome::WorkerGone => app.complain(phrases::WORKER_GONE.say(lang)),
        EffectOutcome::Copied { cut, .. } if cut > 0 => {
            app.complain(phrases::COPY_CUT.fill(lang, &[&grouped(cut, lang)]));
        }
        EffectOutcome::Copied { said, route, .. } => match route {
            ClipboardRoute::Terminal => app.say(said),
            ClipboardRoute::TmuxAndTerminal => app.say(format!("{said} {}", phrases::COPIED_IN_TMUX_TOO.say(lang))),
            ClipboardRoute::TmuxOnly => app.complain(format!("{said} {}", phrases::COPIED_IN_TMUX_ONLY.say(lang))),
            ClipboardRoute::Unknown => app.say(format!("{said} {}", phrases::COPIED_PERHAPS.say(lang))),
        },
        EffectOutcome::CopyFailed(why) => app.complain(phrases::COPY_FAILED.fill(lang, &[&why])),
        EffectOutcome::UrlCopied(url) => app.say(phrases::NO_BROWSER.fill(lang, &[&url])),
        EffectOutcome::BrowserFailed(why) => app.complain(why),
        EffectOutcome::Saved(file) => app.say(phrases::PAGE_SAVED.fill(lang, &[Safe::path(&file).as_str()])),
        EffectOutcome::FileIsThere { file, content } => menu::ask_to_replace(app, file, content),
        EffectOutcome::SaveFailed { file, why } => {
            app.complain(phrases::PAGE_NOT_SAVED.fill(lang, &[Safe::path(&file).as_str(), &why]));
        }
        EffectOutcome::CannotSuspend => app.say(phrases::NO_SUSPEND.say(lang)),
        EffectOutcome::Edited(text) => return notes::edited(app, &text),
        EffectOutcome::EditedTooLong { bytes, file } => {
            notes::not_edited(app);
            let [bytes, most] = [bytes, LONGEST_NOTE].map(|number| grouped(number, lang));
            app.complain(phrases::NOTE_TOO_LONG.fill(lang, &[Safe::path(&file).as_str(), &bytes, &most]));
        }
        EffectOutcome::EditFailed(why) => {
            notes::not_edited(app);
            app.complain(phrases::NOTE_NOT_EDITED.fill(lang, &[&why]));
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::text::wrap;
    use crate::tui::message::Message;
    use crate::tui::settings::{ReaderSettings, SessionState};
    use crate::tui::update::update;

    #[test]
    fn the_file_of_a_note_that_is_too_long_is_told_within_eighty_columns() {
        let file = "/home/nguyenvana/.local/share/baocao/note-12345.txt";
        for lang in [Lang::Vi, Lang::En] {
            let settings = ReaderSettings { lang, ..ReaderSettings::default() };
            let mut app = App::new(settings, SessionState::default(), (80, 24));
            update(&mut app, Message::EffectDone(EffectOutcome::EditedTooLong { bytes: 2_000_000, file: file.into() }));
            let said = app.notice.unwrap().text;
            let shown = wrap::shorten(&said, 78);
            assert!(shown.contains(file), "{shown}");
            assert!(said.contains("048") && said.contains("000"), "{said}");
        }
    }

    #[test]
    fn every_outcome_is_told_and_only_failures_as_a_problem() {
        let outcomes = [
            (EffectOutcome::WorkerGone, true),
            (EffectOutcome::Copied { said: "a".to_owned(), route: ClipboardRoute::Terminal, cut: 5 }, true),
            (EffectOutcome::Copied { said: "a".to_owned(), route: ClipboardRoute::Terminal, cut: 0 }, false),
            (EffectOutcome::Copied { said: "a".to_owned(), route: ClipboardRoute::TmuxAndTerminal, cut: 0 }, false),
            (EffectOutcome::Copied { said: "a".to_owned(), route: ClipboardRoute::Unknown, cut: 0 }, false),
            (EffectOutcome::Copied { said: "a".to_owned(), route: ClipboardRoute::TmuxOnly, cut: 0 }, true),
            (EffectOutcome::CopyFailed("closed".to_owned()), true),
            (EffectOutcome::UrlCopied("https://example.org/a".to_owned()), false),
            (EffectOutcome::BrowserFailed("no browser".to_owned()), true),
            (EffectOutcome::Saved("a.md".into()), false),
            (EffectOutcome::SaveFailed { file: "a.md".into(), why: "full".to_owned() }, true),
            (EffectOutcome::CannotSuspend, false),
            (EffectOutcome::EditedTooLong { bytes: 2_000_000, file: "/tmp/note".into() }, true),
            (EffectOutcome::EditFailed("vi ended with 1".to_owned()), true),
        ];
        for (outcome, problem) in outcomes {
            let shown = format!("{outcome:?}");
            let mut app = App::new(ReaderSettings::default(), SessionState::default(), (80, 24));
            update(&mut app, Message::EffectDone(outcome));
            let notice = app.notice.unwrap_or_else(|| panic!("nothing is said of {shown}"));
            assert_eq!(notice.problem, problem, "{shown}: {}", notice.text);
        }
    }
}
