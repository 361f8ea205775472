//! `restore`: replaces the cache and the reader's marks by those of a backup. How is described in
//! `store::backup::restore`.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::say;
use super::session::Session;
use crate::lang::numbers::{in_message, plural};
use crate::store::{Store, StoreError};
use crate::text::safe::Safe;
use clap::Args;
use std::path::PathBuf;

/// Replace the cache and the marks by those of a backup; what was there is kept under another name
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("restore"))]
pub struct RestoreArgs {
    /// A file that `baocao backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl RestoreArgs {
    /// Restores the backup, whatever state the cache is in.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        session.config()?;
        let (folder, _) = session.folders()?;
        let restored =
            Store::restore(&folder, &self.file, &mut |line| say(line)).map_err(|error| self.failed(error))?;
        let kept: Vec<String> = restored.aside.iter().map(|path| Safe::path(path).to_string()).collect();
        let kept = if kept.is_empty() {
            String::new()
        } else {
            format!("; what was there before is kept as {}", kept.join(" and "))
        };
        say(&format!(
            "{} report{plural} and the marks are restored from {}{kept}",
            in_message(restored.reports),
            Safe::path(&self.file),
            plural = plural(restored.reports)
        ));
        Ok(DONE)
    }

    /// A fault of the backup is one of an input; it says nothing about the cache.
    fn failed(&self, error: StoreError) -> Failure {
        match error {
            StoreError::Unusable { path, why } if path == self.file => {
                Failure::Message(SOME, format!("the backup {:?} could not be restored: {why}", self.file))
            }
            StoreError::Newer { path, .. } if path == self.file => Failure::Message(
                SOME,
                format!("the backup {:?} was made by a newer baocao; install that to restore it", self.file),
            ),
            StoreError::Corrupt { why, .. } => {
                Failure::Message(SOME, format!("the backup {:?} could not be restored: {why}", self.file))
            }
            error => error.into(),
        }
    }
}
