//! Formats clap's errors as one line, in place of its several: the verb, what is wrong, what is valid, where to read
//! more.

use super::args::Cli;
use super::filter_args::as_typed;
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Formats an error. `args` are the arguments of the program without its name; the verb is found in them.
pub fn line(error: &clap::Error, args: &[String]) -> String {
    let verb = verb(args);
    let help = verb.as_ref().map_or_else(|| "`baocao --help`".to_owned(), |verb| format!("`baocao {verb} --help`"));
    let what = match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!("say what to do (it can be {})", below(verb.as_deref()))
        }
        _ => what(error),
    };
    let message = verb.map_or_else(|| what.clone(), |verb| format!("{verb}: {what}"));
    format!("{}; {help} tells more", as_typed_within(&message))
}

/// Returns the verb among the arguments, with its sub-verb if it has one (`decisions merge`).
fn verb(args: &[String]) -> Option<String> {
    let cli = Cli::command();
    let mut words = args.iter();
    let top = words.find_map(|word| cli.get_subcommands().find(|verb| verb.get_name() == word))?;
    let below = words.find_map(|word| top.get_subcommands().find(|verb| verb.get_name() == word));
    let name = top.get_name();
    Some(below.map_or_else(|| name.to_owned(), |below| format!("{name} {}", below.get_name())))
}

/// Lists the sub-verbs of a verb, or all verbs if `verb` is `None`.
fn below(verb: Option<&str>) -> String {
    let cli = Cli::command();
    let verb = cli.get_subcommands().find(|known| Some(known.get_name()) == verb).unwrap_or(&cli);
    verb.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ")
}

/// Describes the error without a verb or a hint where to read more.
fn what(error: &clap::Error) -> String {
    let words = |kind| words(error, kind);
    let argument = words(ContextKind::InvalidArg).unwrap_or_default();
    let value = words(ContextKind::InvalidValue).unwrap_or_default();
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand]
        .into_iter()
        .find_map(words)
        .map(|near| format!("; did you mean {near}?"))
        .unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("there is no option {argument}{meant}"),
        ErrorKind::UnknownArgument => format!("{argument:?} is one argument too many{meant}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value{}", known(error)),
        ErrorKind::InvalidValue => format!("{argument} cannot be {value:?}{meant}{}", known(error)),
        ErrorKind::ValueValidation => format!("{argument} cannot be {value:?}: {}", reason(error)),
        ErrorKind::MissingRequiredArgument => format!("{argument} is missing"),
        ErrorKind::ArgumentConflict => match words(ContextKind::PriorArg) {
            Some(other) if other != argument => format!("{argument} does not go with {other}"),
            _ => format!("{argument} is given twice"),
        },
        ErrorKind::InvalidSubcommand => {
            let word = words(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("there is no {word:?} here{meant}")
        }
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8".to_owned(),
        _ => reason(error),
    }
}

/// Returns one context value of the error, several of them joined by commas. `None` if it is missing or empty.
fn words(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(word) => Some(word.clone()).filter(|word| !word.is_empty()),
        ContextValue::Strings(words) => Some(words.join(", ")).filter(|words| !words.is_empty()),
        _ => None,
    }
}

fn known(error: &clap::Error) -> String {
    words(error, ContextKind::ValidValue).map_or_else(String::new, |known| format!(" (it can be {known})"))
}

/// Returns the reason as the value parser gave it. clap has no accessor for it, so it is cut out of the first line of
/// the message, behind the quoted value and its colon.
fn reason(error: &clap::Error) -> String {
    let all = error.to_string();
    let first = all.lines().next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    first.rsplit_once("': ").map_or(first, |(_, why)| why).to_owned()
}

/// Replaces `filter_args::MINUS` in a message by the `-` that the user typed.
fn as_typed_within(line: &str) -> String {
    line.split(' ')
        .map(|word| match word.find(super::filter_args::MINUS) {
            Some(at) => {
                let (before, rest) = word.split_at(at);
                format!("{before}{}", as_typed(rest))
            }
            None => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}
