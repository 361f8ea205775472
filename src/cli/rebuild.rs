//! `rebuild`: derives people, facts, officials and the index again from the texts in the cache.

use super::exit_status::{DONE, INTERRUPTED, SOME, VerbResult};
use super::output::say;
use super::session::Session;
use crate::import::{self, ReadAgainEvent, ReadAgainTotals};
use crate::lang::numbers::{in_message, plural};
use crate::store::{Store, StoreError};
use crate::system::interrupt;
use clap::Args;

/// Find people, facts and officials again in all texts of the cache, by the newest rules
#[derive(Debug, Args)]
pub struct RebuildArgs {
    /// Read the kept bytes of pages and documents again first (keep_source in the settings): titles, days and texts by
    /// the newest rules. A report whose text changes gets a newer version, which takes over its marks
    #[arg(long)]
    from_source: bool,
}

impl RebuildArgs {
    /// Rebuilds the cache. Unlike other verbs it does not warn that the cache was made by other rules.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store_to_rebuild()?;
        // Damaged pages may be where a rebuild does not look. The caller mends what is found.
        if let Some(why) = store.cache().damage()? {
            return Err(StoreError::Corrupt { why, source: None }.into());
        }
        let mut code = DONE;
        if self.from_source {
            code = read_sources(&store)?;
        }
        let reports = store.cache().rebuild()?;
        let found = store.cache().counts()?.officials;
        let (plural, of_officials) = (plural(reports), plural(found));
        let (reports, officials) = (in_message(reports), in_message(found));
        say(&format!("{reports} report{plural} read again, {officials} official{of_officials} found"));
        Ok(code)
    }
}

/// Reads the kept bytes again. Says which reports have a newer version now and which could not be read; an interrupt
/// ends it, with what was read saved.
fn read_sources(store: &Store) -> VerbResult {
    let watch = interrupt::Watch::new(INTERRUPTED);
    // Counted first: the bytes of a report go to its newer version, and an interrupt leaves some unread.
    let without = store.kept_sources().reports_without()?;
    let totals = import::read_again(store, &watch.stop, &mut |event| match event {
        ReadAgainEvent::NewVersion { earlier, id } => say(&format!("{earlier} has a newer version: {id}")),
        ReadAgainEvent::Failed { id, why } => say(&format!("{id} could not be read again from its source: {why}")),
    })?;
    let ReadAgainTotals { same, completed, newer, failed, stopped } = totals;
    let stopped = if stopped { "interrupted; " } else { "" };
    let [same, completed, newer, failed, without] = [same, completed, newer, failed, without].map(in_message);
    say(&format!(
        "{stopped}of the kept sources: {same} as before, {completed} with another title, day or address, \
         {newer} with another text, {failed} not read; without a kept source: {without}"
    ));
    Ok(match totals {
        ReadAgainTotals { stopped: true, .. } => INTERRUPTED,
        ReadAgainTotals { failed: 1.., .. } => SOME,
        _ => DONE,
    })
}
