//! `rebuild`: makes everything that is derived again from the texts.

use super::exit_status::{DONE, VerbResult};
use super::output::say;
use super::session::Session;
use clap::Args;

/// Find people, facts and officials again in all texts of the cache, by the newest rules
#[derive(Debug, Args)]
pub struct RebuildArgs {}

impl RebuildArgs {
    /// Runs the verb.
    #[allow(clippy::unused_self, reason = "a verb like the others")]
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store_to_rebuild()?;
        let reports = store.cache().rebuild()?;
        say(&format!("{reports} reports read again, {} officials found", store.cache().counts()?.officials));
        Ok(DONE)
    }
}
