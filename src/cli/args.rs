//! The arguments of the program: every verb and global option with its help. Completions and the man page are generated
//! from these definitions. Words of a filter that look like options are left to `filter_args`.

use super::{
    backup, cite, clean, compare, completions, config, decisions, demo, digest, doctor, export, extract, import,
    lineup, list, man, notes, official, officials, pages, posts, rebuild, remove, restore, serve, show, source, sync,
    unit, watch,
};
use crate::config::{Choice, ThemeName};
use crate::lang::Lang;
use crate::system::terminal_env::ColourChoice;
use clap::builder::{OsStringValueParser, PossibleValue, TypedValueParser};
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
    #[command(flatten)]
    pub reader: ReaderArgs,
    /// Files and folders to import before the reader opens
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// Options of the reader itself.
#[derive(Clone, Debug, Default, Args)]
pub struct ReaderArgs {
    /// Begin at the top of the list, and not where the last session ended
    #[arg(long)]
    pub fresh: bool,
    /// Theme of the reader, instead of that of the settings
    #[arg(long, value_name = "THEME")]
    pub theme: Option<ThemeName>,
    /// Whether the tour is shown, as by `baocao demo`.
    #[arg(skip)]
    pub tour: bool,
}

/// The arguments of a call without a verb: the same as in `Cli`, but without the cost of building every verb.
#[derive(Debug, Parser)]
#[command(name = "baocao", args_override_self = true)]
struct Verbless {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(flatten)]
    reader: ReaderArgs,
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
        && let Ok(Verbless { global, reader, paths }) = Verbless::try_parse_from(&args)
    {
        return Ok(Cli { global, verb: None, reader, paths });
    }
    Cli::try_parse_from(args)
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 nothing found, or some inputs could not be read; \
    2 wrong usage, a faulty filter, or no usable terminal; 3 the cache cannot be used; 130 interrupted.";

const ENVIRONMENT: &str = "\
Files and environment:
  BAOCAO_CACHE           folder of the cache, as --cache
  BAOCAO_ARCHIVE         folders of archives, as --archive, with a colon between them
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

/// Options that every verb accepts. They are listed after those of the verb.
#[derive(Debug, Default, Args)]
pub struct GlobalArgs {
    /// Folder of the cache, instead of the usual data folder
    #[arg(long, global = true, value_name = "DIR", env = "BAOCAO_CACHE", hide_env_values = true, display_order = 900)]
    pub cache: Option<PathBuf>,
    /// Folder of a cache that others fill, to be read without writing there; several are listed as one; empty: none
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        value_parser = OsStringValueParser::new().map(PathBuf::from),
        display_order = 901
    )]
    pub archive: Vec<PathBuf>,
    /// Machine on which the archive is: the reader asks `baocao serve --stdio` there, through ssh
    #[arg(long, global = true, value_name = "HOST", display_order = 902)]
    pub remote: Option<String>,
    /// Language of the reader and of printed text, instead of that of the settings or the locale
    #[arg(long, global = true, value_name = "LANG", display_order = 903)]
    pub lang: Option<Lang>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", display_order = 904)]
    pub color: Option<ColourChoice>,
    /// Config file, instead of the usual one
    #[arg(long, global = true, value_name = "FILE", display_order = 905)]
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

impl ValueEnum for ThemeName {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Dark, Self::Light, Self::DarkColorblind, Self::LightColorblind, Self::Any, Self::Mono]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
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
    Source(source::SourceArgs),
    Sync(sync::SyncArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Officials(officials::OfficialsArgs),
    Official(official::OfficialArgs),
    Posts(posts::PostsArgs),
    Unit(unit::UnitArgs),
    Lineup(lineup::LineupArgs),
    Compare(compare::CompareArgs),
    Decisions(decisions::DecisionsArgs),
    Notes(notes::NotesArgs),
    Cite(cite::CiteArgs),
    Extract(extract::ExtractArgs),
    Pages(pages::PagesArgs),
    Export(export::ExportArgs),
    Remove(remove::RemoveArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Rebuild(rebuild::RebuildArgs),
    Watch(watch::WatchArgs),
    Digest(digest::DigestArgs),
    Clean(clean::CleanArgs),
    Serve(serve::ServeArgs),
    Demo(demo::DemoArgs),
    Doctor(doctor::DoctorArgs),
    Config(config::ConfigArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

#[cfg(test)]
mod tests {
    use super::*;

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
            &["baocao", "--fresh", "--theme", "light", "a"],
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
