//! `completions`: prints the script by which a shell completes this program's arguments.

use super::exit_status::{DONE, VerbResult};
use super::localized;
use super::output::Output;
use super::session::Session;
use clap::Args;
use clap_complete::Shell;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("completions"))]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    /// Prints the script. It is generated in memory first, because the generator panics on a closed pipe.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let mut script = Vec::new();
        let mut command = localized::command(session.language_of_messages());
        clap_complete::generate(self.shell, &mut command, "baocao", &mut script);
        let mut out = Output::default();
        out.write(&[&String::from_utf8_lossy(&script)])?;
        out.flush()?;
        Ok(DONE)
    }
}
