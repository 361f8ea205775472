//! `rebuild`: derives people, facts, officials and the index again from the texts in the cache.

use super::exit_status::{DONE, VerbResult};
use super::output::say;
use super::session::Session;
use crate::store::StoreError;
use clap::Args;

/// Find people, facts and officials again in all texts of the cache, by the newest rules
#[derive(Debug, Args)]
pub struct RebuildArgs {}

impl RebuildArgs {
    /// Rebuilds the cache. Unlike other verbs it does not warn that the cache was made by other rules.
    #[allow(clippy::unused_self, reason = "called like every other verb")]
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store_to_rebuild()?;
        // Damaged pages may be where a rebuild does not look. The caller mends what is found.
        if let Some(why) = store.cache().damage()? {
            return Err(StoreError::Corrupt { why, source: None }.into());
        }
        let reports = store.cache().rebuild()?;
        say(&format!("{reports} reports read again, {} officials found", store.cache().counts()?.officials));
        Ok(DONE)
    }
}
