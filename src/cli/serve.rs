//! `serve`: answers a reader on another machine, which has started it there by `--remote`. The archive is only read.

use super::archives;
use super::exit_status::VerbResult;
use super::open_reader;
use super::session::Session;
use clap::Args;

/// Answer a reader on another machine (baocao --remote), through standard input and output
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("serve"))]
pub struct ServeArgs {
    /// Through standard input and output, which is the only way there is
    #[arg(long, required = true)]
    stdio: bool,
}

impl ServeArgs {
    /// Answers until standard input ends.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        debug_assert!(self.stdio, "it is required");
        let folder = match session.archive()? {
            Some(archive) => archive,
            None => session.folders()?.0,
        };
        if let Some(joined) = session.joined()? {
            archives::bring_up_to_date(&joined)?;
        }
        let _follower = open_reader::follow_archives(session)?;
        open_reader::answer(&folder)
    }
}
