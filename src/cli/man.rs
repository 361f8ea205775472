//! `man`: prints the manual page of the program or of one verb, generated from the definitions of its arguments.

use super::exit_status::{DONE, Failure, VerbResult};
use super::localized;
use super::output::Output;
use super::session::Session;
use clap::Args;

/// Print the manual page, or that of a verb
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("man"))]
pub struct ManArgs {
    /// The verb whose page to print
    #[arg(value_name = "VERB")]
    verb: Option<String>,
}

impl ManArgs {
    /// Prints the page as roff. It is rendered to memory first, so that `Output` handles a closed pipe.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let lang = session.language_of_messages();
        let mut command = localized::command(lang);
        if let Some(verb) = &self.verb {
            let found = command.find_subcommand(verb).cloned();
            command =
                found.ok_or_else(|| Failure::usage(format!("there is no verb {verb:?}; `baocao --help` names all")))?;
        }
        let mut page = Vec::new();
        let done = clap_mangen::Man::new(command).render(&mut page);
        done.map_err(|error| Failure::some(format!("the manual page could not be made: {error}")))?;
        let mut out = Output::default();
        out.write(&[&localized::man_page(&String::from_utf8_lossy(&page), lang)])?;
        out.flush()?;
        Ok(DONE)
    }
}
