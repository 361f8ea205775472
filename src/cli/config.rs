//! `config`: prints the settings in effect, checks the config file, or prints where it is.

use super::exit_status::{DONE, Failure, USAGE, VerbResult};
use super::filter_problems;
use super::output::{Output, say, told};
use super::session::{Session, shown};
use crate::config::{Config, ThemeName};
use crate::keymap;
use crate::search::filter;
use crate::text::safe::Safe;
use crate::theme;
use clap::{Args, Subcommand};

/// Print, check or find the settings
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("config"))]
pub struct ConfigArgs {
    #[command(subcommand)]
    what: ConfigAction,
}

#[derive(Debug, Subcommand)]
enum ConfigAction {
    /// Print the settings in effect, in the form of the config file
    Print,
    /// Say what is wrong with the config file
    Check,
    /// Print every action with its keys, as [keys] of the config file sets them
    Keys,
    /// Print the meanings that [colours] of the config file may set, with their looks
    Colours {
        /// The theme whose looks to print
        #[arg(long, value_name = "THEME", default_value = "dark")]
        theme: ThemeName,
    },
    /// Print where the config file is
    Path,
}

impl ConfigArgs {
    /// Runs one of the three actions. `check` parses every saved filter too.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let mut out = Output::default();
        match self.what {
            ConfigAction::Print => out.write(&[Safe::text(&explained(&session.config()?.print())).as_str()])?,
            ConfigAction::Colours { theme } => {
                let lang = session.lang()?;
                for line in theme::listing(theme, lang) {
                    out.line(&Safe::line(&line))?;
                }
            }
            ConfigAction::Keys => {
                let (keymap, _) = session.keys_and_styles()?;
                let lang = session.lang()?;
                for line in keymap::listing(&keymap, lang) {
                    out.line(&Safe::line(&line))?;
                }
            }
            ConfigAction::Check => {
                let other = session.config().err().or_else(|| session.keys_and_styles().err());
                // Faults of filters are told beside those of other lines, all at once.
                let faulty = say_faulty_filters(&session.sound_settings());
                if let Some(other) = other {
                    return Err(other);
                }
                if faulty {
                    return Ok(USAGE);
                }
                let path = session.config_file();
                let there = path.as_deref().is_some_and(std::path::Path::exists);
                let path = path.map(|path| shown(&path).to_string()).unwrap_or_default();
                say(&if there {
                    format!("{path} is right")
                } else {
                    format!("there is no {path}; the default settings apply")
                });
            }
            ConfigAction::Path => {
                let path = session.config_file().ok_or_else(|| {
                    Failure::usage("no home folder is known (HOME is not set); name the file with --config")
                })?;
                out.line(&shown(&path))?;
            }
        }
        out.flush()?;
        Ok(DONE)
    }
}

/// Prints the faults of the saved filters and the watches. Returns whether there are any.
fn say_faulty_filters(config: &Config) -> bool {
    let mut faulty = false;
    let saved = config.filters.iter().map(|row| ("saved filter", row));
    for (what, (name, typed)) in saved.chain(config.watches.iter().map(|row| ("watch", row))) {
        let (_, problems) = filter::parse(typed);
        if !problems.is_empty() {
            faulty = true;
            say(&format!("the {what} {name:?} has a fault:"));
            filter_problems::say_all(typed, &problems);
        }
    }
    faulty
}

/// A config file with its comments in the language of messages.
fn explained(file: &str) -> String {
    let line =
        |line: &str| line.strip_prefix("# ").map_or_else(|| line.to_owned(), |about| format!("# {}", told(about)));
    file.split_inclusive('\n')
        .map(|whole| whole.strip_suffix('\n').map_or_else(|| line(whole), |it| line(it) + "\n"))
        .collect()
}
