//! The definitions of the arguments in the language of the user: help, man page and completions are made of them. The
//! definitions themselves are in English, and what is parsed does not depend on the language.

use super::args::{Cli, GlobalArgs};
use super::session::Session;
use crate::lang::Lang;
use crate::lang::help::{self, HelpKind};
use crate::search::fields::FIELDS;
use crate::system::terminal_env::ColourDepth;
use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, Command, CommandFactory, ValueEnum};
use std::path::PathBuf;

/// The definitions of all verbs, complete and in a language. Not to be parsed with: the values of an option are words
/// here.
pub fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    command.build();
    if lang == Lang::Vi { in_vietnamese(command) } else { command }
}

/// The language that arguments ask for, which need not be complete or right.
pub fn language(args: &[String]) -> Lang {
    Session::new(global(args)).language_of_messages()
}

/// The help that these arguments ask for, in Vietnamese, for a terminal with or without colours. `None` if the user's
/// language is English: clap has printed that already.
pub fn help(args: &[String]) -> Option<String> {
    let mut session = Session::new(global(args));
    // Help is printed also where the settings have a fault.
    let lang = session.language_of_messages();
    if lang == Lang::En {
        return None;
    }
    let mut command = command(lang);
    for word in args {
        if let Some(verb) = command.find_subcommand(word) {
            command = verb.clone();
        }
    }
    let is_long = args.iter().any(|arg| arg == "--help");
    let text = if is_long { command.render_long_help() } else { command.render_help() };
    let colours = session.colours().unwrap_or(ColourDepth::None);
    let text = if colours == ColourDepth::None { text.to_string() } else { text.ansi().to_string() };
    let headings = help::rows().filter(|row| row.kind == HelpKind::Heading);
    Some(headings.fold(text, |text, row| with_heading(&text, row.en, row.vi)))
}

/// Replaces a heading of clap's, which may have been broken at a space: `[possible values:`.
fn with_heading(text: &str, en: &str, vi: &str) -> String {
    let (first, more) = en.split_once(' ').unwrap_or((en, ""));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(first) {
        let found = if more.is_empty() { Some(behind) } else { behind.trim_start().strip_prefix(more) };
        out.push_str(before);
        out.push_str(if found.is_some() { vi } else { first });
        rest = found.unwrap_or(behind);
    }
    out + rest
}

/// A man page with its sections, and the words that clap puts in, in a language.
pub fn man_page(roff: &str, lang: Lang) -> String {
    if lang == Lang::En {
        return roff.to_owned();
    }
    help::rows().fold(roff.to_owned(), |page, row| match row.kind {
        HelpKind::Section => page.replace(&format!(".SH {}\n", row.en), &format!(".SH \"{}\"\n", row.vi)),
        HelpKind::Heading => with_heading(&page, row.en, row.vi),
        HelpKind::Text => page,
    })
}

/// The global options that decide about the language, from arguments that may not be complete.
fn global(args: &[String]) -> GlobalArgs {
    let value = |option: &str| {
        let with_sign = |arg: &String| arg.strip_prefix(option)?.strip_prefix('=').map(str::to_owned);
        let own = args.iter().find_map(with_sign);
        own.or_else(|| args.iter().skip_while(|arg| *arg != option).nth(1).cloned())
    };
    GlobalArgs {
        lang: value("--lang").and_then(|word| Lang::from_str(&word, true).ok()),
        config: value("--config").map(PathBuf::from),
        ..GlobalArgs::default()
    }
}

fn in_vietnamese(mut command: Command) -> Command {
    let words = |text: Option<&StyledStr>| text.map(|text| translated(&text.to_string()));
    let (about, long_about) = (words(command.get_about()), words(command.get_long_about()));
    let (after, after_long) = (words(command.get_after_help()), words(command.get_after_long_help()));
    command = about.into_iter().fold(command, Command::about);
    command = long_about.into_iter().fold(command, Command::long_about);
    command = after.into_iter().fold(command, Command::after_help);
    command = after_long.into_iter().fold(command, Command::after_long_help);
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    let command = verbs.into_iter().fold(command, |command, verb| command.mut_subcommand(verb, in_vietnamese));
    command.mut_args(argument_in_vietnamese)
}

fn argument_in_vietnamese(mut arg: Arg) -> Arg {
    let words = |text: Option<&StyledStr>| text.map(|text| translated(&text.to_string()));
    let (about, long) = (words(arg.get_help()), words(arg.get_long_help()));
    arg = about.into_iter().fold(arg, Arg::help);
    arg = long.into_iter().fold(arg, Arg::long_help);
    let values = arg.get_possible_values();
    if values.iter().all(|value| value.get_help().is_none()) {
        return arg;
    }
    let values = values.into_iter().map(|value| {
        let about = words(value.get_help());
        about.into_iter().fold(value, PossibleValue::help)
    });
    let values: Vec<PossibleValue> = values.collect();
    arg.value_parser(PossibleValuesParser::new(values))
}

/// A text of the help, line by line. What has no row stays as it is.
fn translated(text: &str) -> String {
    text.split('\n').map(translated_line).collect::<Vec<_>>().join("\n")
}

/// A line: all of it, or what stands behind the last blanks of a row of columns (`BAOCAO_CACHE    folder …`).
fn translated_line(line: &str) -> String {
    let words = line.trim_start();
    let indent = line.strip_suffix(words).unwrap_or_default();
    if let Some(vi) = vietnamese(words) {
        return format!("{indent}{vi}");
    }
    let behind = words.rsplit_once("  ").and_then(|(key, rest)| Some((key, vietnamese(rest)?)));
    let field = || FIELDS.iter().find(|field| field.help.en == words);
    match behind {
        Some((key, vi)) => format!("{indent}{key}  {vi}"),
        None => field().map_or_else(|| line.to_owned(), |field| format!("{indent}{}", field.help.vi)),
    }
}

/// Words in Vietnamese; `None` if they have no row. A sentence may end in a full stop that the row does not have.
fn vietnamese(words: &str) -> Option<String> {
    let whole = help::vietnamese(words).map(str::to_owned);
    whole.or_else(|| Some(format!("{}.", help::vietnamese(words.strip_suffix('.')?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// All texts of a command and those below it, line by line.
    fn texts(command: &Command, out: &mut Vec<String>) {
        let mut add = |text: Option<&StyledStr>| {
            out.extend(
                text.into_iter().flat_map(|text| text.to_string().lines().map(str::to_owned).collect::<Vec<_>>()),
            );
        };
        add(command.get_about());
        add(command.get_long_about());
        add(command.get_after_help());
        add(command.get_after_long_help());
        for arg in command.get_arguments() {
            add(arg.get_help());
            add(arg.get_long_help());
            arg.get_possible_values().iter().for_each(|value| add(value.get_help()));
        }
        command.get_subcommands().for_each(|verb| texts(verb, out));
    }

    #[test]
    fn every_text_of_the_help_is_there_in_vietnamese_and_every_row_is_used() {
        let mut all = Vec::new();
        texts(&command(Lang::En), &mut all);
        // Examples are commands, and what is printed for a timer is a file.
        let is_code = |line: &str| line.starts_with("  ") && !line.starts_with("   ") && !line.trim().contains("  ");
        let untold: Vec<&String> =
            all.iter().filter(|line| !line.trim().is_empty() && !is_code(line) && translated(line) == **line).collect();
        assert!(untold.is_empty(), "no row in help.tsv: {untold:#?}");
        let all: HashSet<&str> = all.iter().map(|line| line.trim()).collect();
        let is_used = |en: &str| {
            let behind = format!("  {en}");
            all.iter().any(|line| *line == en || line.strip_suffix('.') == Some(en) || line.ends_with(&behind))
        };
        let unused: Vec<&str> =
            help::rows().filter(|row| row.kind == HelpKind::Text && !is_used(row.en)).map(|row| row.en).collect();
        assert!(unused.is_empty(), "rows of help.tsv without use: {unused:#?}");
    }

    #[test]
    fn help_and_man_page_speak_the_language_that_the_arguments_ask_for() {
        let args = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let help = help(&args(&["list", "--help", "--lang=vi"])).unwrap();
        for words in ["In các báo cáo khớp bộ lọc", "Tùy chọn:", "Cách dùng: baocao list", "Ví dụ:", "đơn vị"]
        {
            assert!(help.contains(words), "{words}: {help}");
        }
        let at = |words: &str| help.find(words).unwrap_or_else(|| panic!("{words}: {help}"));
        assert!(at("--json") < at("--cache") && at("--count-by") < at("--cache"), "the verb's own options come first");
        assert!(help.contains("\n  event:promoted\n      có người"), "a field and its meaning are two lines: {help}");
        let short = super::help(&args(&["list", "-h", "--lang=vi"])).unwrap();
        for words in ["Usage", "Options", "[possible", "Print ", "default:"] {
            assert!(!help.contains(words) && !short.contains(words), "{words}: {help}{short}");
        }
        assert_eq!(
            with_heading("a [possible\n  values: b] [possible c", "[possible values:", "["),
            "a [ b] [possible c"
        );
        assert_eq!(super::help(&args(&["--lang", "en", "--help"])), None);
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("c.toml");
        let with_settings = || super::help(&args(&["--help", "--config", settings.to_str().unwrap()]));
        for (lang, is_vietnamese) in [("en", false), ("vi", true)] {
            std::fs::write(&settings, format!("lang = \"{lang}\"\nplain = 1\n")).unwrap();
            assert_eq!(with_settings().is_some(), is_vietnamese, "of settings with a fault what is right counts");
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command(Lang::Vi)).render(&mut page).unwrap();
        let page = man_page(&String::from_utf8(page).unwrap(), Lang::Vi);
        assert!(page.contains(".SH \"TÊN\"") && !page.contains("SYNOPSIS"), "{page}");
        assert!(page.contains("Các giá trị:"), "{page}");
        for verb in std::iter::once(command(Lang::Vi)).chain(command(Lang::Vi).get_subcommands().cloned()) {
            let mut page = Vec::new();
            clap_mangen::Man::new(verb).render(&mut page).unwrap();
            let page = man_page(&String::from_utf8(page).unwrap(), Lang::Vi);
            for words in ["Possible values", "[default", "OPTIONS", "subcommands"] {
                assert!(!page.contains(words), "{words}: {page}");
            }
        }
    }
}
