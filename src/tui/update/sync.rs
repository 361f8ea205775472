//! Begins and stops the run that fetches new reports, and keeps what it tells. The reports themselves come by the
//! cache: the worker sees that it has changed, and the list is read again in place.

use super::list;
use crate::lang::phrases;
use crate::sync::event::SyncTotals;
use crate::tui::app::{App, SyncStatus};
use crate::tui::message::{Effect, SyncJob, SyncNews};

/// Begins a run, or stops the one that goes on.
pub fn begin_or_stop(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    if let Some(status) = &mut app.sync {
        status.stopping = true;
        return vec![Effect::StopSync];
    }
    let Some(cache) = app.settings.cache.clone() else {
        app.complain(phrases::SYNC_NOT_HERE.say(lang));
        return Vec::new();
    };
    app.sync = Some(SyncStatus::default());
    vec![Effect::Sync(SyncJob { cache, config_file: app.settings.config_file.clone() })]
}

/// Keeps what the run tells; at its end, says what it came to.
pub fn told(app: &mut App, news: SyncNews) -> Vec<Effect> {
    let lang = app.settings.lang;
    match news {
        SyncNews::Progress { progress, per_minute } => {
            if let Some(status) = &mut app.sync {
                (status.progress, status.per_minute) = (Some(progress), per_minute);
            }
            Vec::new()
        }
        SyncNews::Problem(problem) => {
            if let Some(status) = &mut app.sync {
                status.problems.push(problem);
            }
            Vec::new()
        }
        SyncNews::NoSources => {
            app.sync = None;
            app.complain(phrases::SYNC_NO_SOURCES.say(lang));
            Vec::new()
        }
        SyncNews::Ended(Err(why)) => {
            app.sync = None;
            app.complain(phrases::SYNC_FAILED.fill(lang, &[&why]));
            Vec::new()
        }
        SyncNews::Ended(Ok(totals)) => {
            let problems = app.sync.take().map(|status| status.problems).unwrap_or_default();
            say_end(app, totals, &problems);
            list::refresh_in_place(app)
        }
    }
}

/// Says what a run came to, and what went wrong first.
fn say_end(app: &mut App, totals: SyncTotals, problems: &[String]) {
    let lang = app.settings.lang;
    let ended = if totals.stopped { phrases::SYNC_STOPPED } else { phrases::SYNC_DONE };
    let said = format!("{} {}", ended.say(lang), phrases::SYNC_NEW.count(lang, totals.new));
    match problems.first() {
        Some(first) => {
            let problems = phrases::SYNC_PROBLEMS.fill(lang, problems.len(), &[first]);
            app.complain(format!("{said} {problems}"));
        }
        None => app.say(said),
    }
}
