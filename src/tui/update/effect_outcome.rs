//! The notice that the user gets about the outcome of an effect.

use crate::lang::phrases;
use crate::tui::app::App;
use crate::tui::message::EffectOutcome;

/// Shows a notice of the outcome of an effect.
pub fn report(app: &mut App, outcome: EffectOutcome) {
    let lang = app.settings.lang;
    match outcome {
        EffectOutcome::WorkerGone => app.complain(phrases::WORKER_GONE.say(lang)),
        EffectOutcome::CopyCut { kept, cut } => {
            app.complain(phrases::COPY_CUT.fill(lang, &[&kept.to_string(), &cut.to_string()]));
        }
        EffectOutcome::CopyFailed(why) => app.complain(phrases::COPY_FAILED.fill(lang, &[&why])),
        EffectOutcome::UrlCopied(url) => app.say(phrases::NO_BROWSER.fill(lang, &[&url])),
        EffectOutcome::BrowserFailed(why) => app.complain(why),
        EffectOutcome::CannotSuspend => app.say(phrases::NO_SUSPEND.say(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::message::Message;
    use crate::tui::settings::{ReaderSettings, SessionState};
    use crate::tui::update::update;

    #[test]
    fn every_outcome_is_told_and_only_failures_as_a_problem() {
        let outcomes = [
            (EffectOutcome::WorkerGone, true),
            (EffectOutcome::CopyCut { kept: 10, cut: 5 }, true),
            (EffectOutcome::CopyFailed("closed".to_owned()), true),
            (EffectOutcome::UrlCopied("https://example.org/a".to_owned()), false),
            (EffectOutcome::BrowserFailed("no browser".to_owned()), true),
            (EffectOutcome::CannotSuspend, false),
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
