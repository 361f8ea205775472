//! The arguments of the program: every verb and global option with its help, and the handling of words that look like
//! options inside a filter. Completions and the man page are generated from these definitions.

use super::{
    compare, completions, config, decisions, doctor, export, extract, import, lineup, list, man, official, officials,
    posts, rebuild, remove, show, unit,
};
use crate::config::Choice;
use crate::lang::Lang;
use crate::search::fields::field;
use crate::search::filter;
use crate::system::terminal_env::ColourChoice;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Read Vietnamese official reports in the terminal: filter them, read them, find the officials in them.
///
/// Without a verb, the reader opens; files and folders are imported first. If standard output is not a terminal, the
/// list of reports is printed instead.
#[derive(Debug, Parser)]
#[command(
    name = "baocao",
    version,
    about,
    disable_help_subcommand = true,
    args_override_self = true,
    after_help = EXIT_CODES,
    after_long_help = more()
)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Files and folders to import before the reader opens
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// The arguments of a call without a verb: the same as in `Cli`, but without the cost of building every verb.
#[derive(Debug, Parser)]
#[command(name = "baocao", args_override_self = true)]
struct Verbless {
    #[command(flatten)]
    global: GlobalArgs,
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Parses the arguments.
///
/// clap builds the definitions of all verbs before it parses, which would delay the first rows of the reader. Therefore
/// a call without a verb is parsed with the small `Verbless` first. The full `Cli` is used if an argument is a verb's
/// name, or if parsing fails, so that errors and help always come from the full definition.
pub fn parse(args: Vec<OsString>) -> Result<Cli, clap::Error> {
    let names_verb = |arg: &OsString| arg.to_str().is_some_and(Verb::has_subcommand);
    if !args.iter().skip(1).any(names_verb)
        && let Ok(Verbless { global, paths }) = Verbless::try_parse_from(&args)
    {
        return Ok(Cli { global, verb: None, paths });
    }
    Cli::try_parse_from(args)
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 nothing found, or some inputs could not be read; \
    2 wrong usage, or no usable terminal; 3 the cache cannot be used; 130 interrupted.";

const ENVIRONMENT: &str = "\
Files and environment:
  BAOCAO_CACHE           folder of the cache, as --cache
  XDG_DATA_HOME          where the cache is by default: baocao/cache.db
  XDG_CONFIG_HOME        where the settings are: baocao/config.toml
  XDG_STATE_HOME         where the reader keeps its last position and its log
  LC_ALL, LANG           language, unless set otherwise; plain mode without UTF-8
  NO_COLOR               no colours, unless --color says otherwise
`baocao doctor` shows what is in effect.";

/// The text after the long help of the program.
fn more() -> String {
    format!("{}\n\n{ENVIRONMENT}\n\n{EXIT_CODES}", super::examples::of(""))
}

/// Options that every verb accepts.
#[derive(Debug, Default, Args)]
pub struct GlobalArgs {
    /// Folder of the cache, instead of the usual data folder
    #[arg(long, global = true, value_name = "DIR", env = "BAOCAO_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
    /// Language of the reader and of printed text, instead of that of the settings or the locale
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColourChoice>,
    /// Config file, instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Vi, Self::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Vi => "Vietnamese",
            Self::En => "English",
        };
        Some(PossibleValue::new(Some(*self).word()).help(help))
    }
}

impl ValueEnum for ColourChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Auto => "If the terminal has them and NO_COLOR is not set",
            Self::Always => "Always",
            Self::Never => "Never",
        };
        Some(PossibleValue::new(self.word()).help(help))
    }
}

/// The verbs; each has a file of its own.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Import(import::ImportArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Officials(officials::OfficialsArgs),
    Official(official::OfficialArgs),
    Posts(posts::PostsArgs),
    Unit(unit::UnitArgs),
    Lineup(lineup::LineupArgs),
    Compare(compare::CompareArgs),
    Decisions(decisions::DecisionsArgs),
    Extract(extract::ExtractArgs),
    Export(export::ExportArgs),
    Remove(remove::RemoveArgs),
    Rebuild(rebuild::RebuildArgs),
    Doctor(doctor::DoctorArgs),
    Config(config::ConfigArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Verbs whose positional words form a filter, in which `-word` excludes the reports that contain the word.
const FILTERED: [&str; 2] = ["list", "export"];

/// Replaces the `-` of such a word while clap runs (U+2212, the minus sign), because clap would read `-hung` as the
/// options `-h -u -n -g`. `as_typed` turns it back.
pub(super) const MINUS: char = '\u{2212}';

/// Prepares the arguments for clap: after a verb that takes a filter, the `-` of each `-word` is replaced by `MINUS`.
///
/// Left alone are `--long` options, single letters (`-h`), `-o` with a value attached (`-oFILE`), and everything after
/// `--`, which clap does not read as options anyway.
pub fn for_clap(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut in_filter = false;
    let mut all_words = false;
    let word = |arg: &OsString| {
        // One letter is an option (`-h`), one digit is a word (`-7`).
        let is_word = |word: &&str| word.chars().count() > 1 || word.starts_with(|c: char| c.is_ascii_digit());
        let word = arg.to_str()?.strip_prefix('-').filter(is_word)?;
        (!word.starts_with(['-', 'o'])).then(|| OsString::from(format!("{MINUS}{word}")))
    };
    args.enumerate()
        .map(|(n, arg)| {
            if n > 0 && !in_filter {
                in_filter = FILTERED.iter().any(|verb| arg == *verb);
                return arg;
            }
            all_words |= arg == "--";
            if in_filter && !all_words { word(&arg).unwrap_or(arg) } else { arg }
        })
        .collect()
}

/// Restores a word of a filter as the user typed it: undoes `MINUS`, and puts quotation marks back.
///
/// A shell removes quotation marks and keeps the spaces between them, so `unit:"quân khu 7"` arrives as
/// `unit:quân khu 7`. A field value with spaces was therefore quoted, unless the whole argument was
/// (`"year:2018 hùng"`). To distinguish the two, each prefix of the value that ends at a space is tried: the longest
/// that the field understands is the value, and the rest are words of the filter. If the field understands none of
/// them, the whole value is quoted.
pub fn as_typed(word: &str) -> String {
    let word = word.strip_prefix(MINUS).map_or_else(|| word.to_owned(), |rest| format!("-{rest}"));
    let name_len = word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '!')).unwrap_or(word.len());
    let quoted = |(name, value): (&str, &str)| {
        let value = value.strip_prefix(':')?;
        let (sign, value) = value.split_at(value.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(value.len()));
        let parted = value.trim().contains(char::is_whitespace) && !value.contains(['"', '“', '”', '(', ':']);
        let known = field(name.trim_start_matches(['-', '!'])).is_some();
        let ends = value.match_indices(char::is_whitespace).map(|(at, _)| at).chain([value.len()]);
        let read = |end: usize| {
            let (head, rest) = value.split_at_checked(end)?;
            Some(format!("{name}:{sign}\"{head}\"{rest}")).filter(|_| !head.trim().is_empty())
        };
        let all: Vec<String> = ends.filter(|_| parted && known).filter_map(read).collect();
        let understood = all.iter().rev().find(|read| filter::parse(read).1.is_empty());
        understood.or(all.last()).cloned()
    };
    word.split_at_checked(name_len).and_then(quoted).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_to_leave_out_is_no_heap_of_options() {
        let given = ["baocao", "list", "quan", "-hung", "--limit", "1", "-h", "-\"a b\""];
        let seen = for_clap(given.iter().map(OsString::from));
        let seen: Vec<String> = seen.iter().map(|arg| as_typed(arg.to_str().unwrap())).collect();
        assert_eq!(seen, given, "and back");
        for (given, typed) in [
            ("unit:quân khu 7", "unit:\"quân khu 7\""),
            ("-rank:>=trung tướng", "-rank:>=\"trung tướng\""),
            ("unit:qk7", "unit:qk7"),
            ("unit:\"quân khu 7\"", "unit:\"quân khu 7\""),
            ("unit:qk7 kind:thăm", "unit:qk7 kind:thăm"),
            ("hội nghị: quân khu", "hội nghị: quân khu"),
            ("year:2018 hùng", "year:\"2018\" hùng"),
            ("rank:>=trung tướng hải quân", "rank:>=\"trung tướng\" hải quân"),
            ("date:quý I năm 2018 hùng", "date:\"quý I năm 2018\" hùng"),
            ("year:hai nghìn", "year:\"hai nghìn\""),
        ] {
            assert_eq!(as_typed(given), typed);
        }
        let cli = Cli::try_parse_from(for_clap(["baocao", "list", "-hung", "x", "--json"].iter().map(OsString::from)));
        assert!(matches!(cli.unwrap().verb, Some(Verb::List(_))));
        let mistyped = for_clap(["baocao", "list", "--jsn"].iter().map(OsString::from));
        assert!(Cli::try_parse_from(mistyped).is_err());
    }

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
        Verbless::command().debug_assert();
    }

    #[test]
    fn a_call_without_a_verb_is_read_as_any_other() {
        for given in [
            &["baocao"][..],
            &["baocao", "--cache", "a", "--lang", "vi", "b", "c", "--color=never", "--cache", "d"],
            &["baocao", "--", "list"],
            &["baocao", "a", "--lang"],
            &["baocao", "--lang", "fr"],
            &["baocao", "--help"],
            &["baocao", "-V"],
            &["baocao", "--cache", "list", "list", "x"],
        ] {
            let args: Vec<OsString> = given.iter().map(OsString::from).collect();
            let told = |read: Result<Cli, clap::Error>| match read {
                Ok(cli) => format!("{cli:?}"),
                Err(error) => error.to_string(),
            };
            assert_eq!(told(parse(args.clone())), told(Cli::try_parse_from(args)), "{given:?}");
        }
    }
}
