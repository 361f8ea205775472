//! `remove`: removes reports from the cache, with the marks of the reader on them.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::say;
use super::report_lookup::resolve;
use super::session::Session;
use clap::Args;

/// Remove reports from the cache, with the marks on them
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("remove"))]
pub struct RemoveArgs {
    /// The reports' ids, or their beginnings
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

impl RemoveArgs {
    /// Removes the reports. All ids are looked up first. An id that begins several reports ends the verb before
    /// anything is removed; an unknown id is reported and skipped, and the code is then `SOME`.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let mut meant = Vec::new();
        let mut code = DONE;
        for id in &self.ids {
            match resolve(&store, id) {
                Ok(id) => meant.push(id),
                Err(Failure::Message(SOME, message)) => {
                    say(&message);
                    code = SOME;
                }
                Err(failure) => return Err(failure),
            }
        }
        for id in meant {
            if store.cache().remove(&id)? {
                say(&format!("report {id} removed"));
            }
        }
        Ok(code)
    }
}
