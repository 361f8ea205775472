//! `--remote HOST`: which program makes the line to an archive on another machine. No shell runs here: its words are
//! passed on as they are. What is said on the line is up to the reader.

use super::args::Verb;
use super::exit_status::Failure;
use super::session::Session;
use crate::config::HOST_WORD;

/// The machine that `--remote` names, and the program that makes the line to it.
pub struct RemoteCommand {
    pub host: String,
    /// The program and its arguments.
    pub words: Vec<String>,
}

/// What `--remote` asks for; `None` if it is not given.
pub fn command(session: &mut Session) -> Result<Option<RemoteCommand>, Failure> {
    let Some(host) = session.remote().map(str::to_owned) else { return Ok(None) };
    if host.is_empty() || host.starts_with('-') || host.chars().any(|c| c.is_control() || c.is_whitespace()) {
        // `ssh` would take it for an option, and an option can name a program to run.
        return Err(Failure::usage(format!(
            "{host:?} is not the name of a machine; `--remote` takes what `ssh` takes: a name, user@name, or a Host of \
             ~/.ssh/config"
        )));
    }
    let words = session.config()?.remote_command.iter().map(|word| word.replace(HOST_WORD, &host)).collect();
    Ok(Some(RemoteCommand { host, words }))
}

/// An error if `--remote` is given with a verb: only the reader asks another machine. What a verb prints can be had by
/// running it there.
pub fn check_verb(session: &Session, verb: &Verb) -> Result<(), Failure> {
    let Some(host) = session.remote() else { return Ok(()) };
    if matches!(verb, Verb::Config(_) | Verb::Completions(_) | Verb::Man(_)) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "`--remote` opens the reader and goes with no verb; `ssh {host} baocao …` runs a verb on that machine"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::GlobalArgs;

    fn host(host: &str) -> Result<Option<RemoteCommand>, Failure> {
        command(&mut Session::new(GlobalArgs { remote: Some(host.to_owned()), ..GlobalArgs::default() }))
    }

    #[test]
    fn what_ssh_would_take_for_an_option_is_no_machine() {
        for bad in ["", "-oProxyCommand=touch x", "--", "a b", "a\nb", " kho"] {
            assert!(matches!(host(bad), Err(Failure::Message(..))), "{bad:?}");
        }
        for good in ["kho", "bao@kho.example.vn", "ssh://kho:2222", "10.0.0.1"] {
            assert!(
                host(good).is_ok_and(|found| found.is_some_and(|found| found.words.contains(&good.to_owned()))),
                "{good}"
            );
        }
    }
}
