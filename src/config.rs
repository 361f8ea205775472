//! Settings and directories: read once, then passed down as values.
//!
//! The checker, `config print` and its explanations are all generated from one table (`SETTINGS`). An unknown key is an
//! error that names the nearest known key. Command-line options that override a setting are handled in `cli`.

mod check;
mod choices;
pub mod dirs;
mod folder_values;
mod retention;
mod save_filter;
mod save_source;
mod setting_lines;
mod sources;
mod toml_faults;

pub use check::ConfigFault;
pub use choices::{Choice, InputMethod, ThemeName};
pub use retention::{RetentionRule, rule_for};
pub use save_filter::{NamedFilters, remove_filter, save_filter};
pub use save_source::{add_source, remove_source};
pub use setting_lines::SettingLine;
pub use sources::{SourceSetting, USUAL_DAYS, USUAL_MINUTES};

use crate::citation::CitationFormat;
use crate::lang::Lang;
use crate::system::files;
use crate::system::terminal_env::ColourChoice;
use check::{line_of, parse};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The type of a setting's value.
#[derive(Clone, Copy)]
enum SettingType {
    /// One of the words that the function returns.
    OneOf(fn() -> Vec<&'static str>),
    Switch,
    /// A whole number from 1.
    Number,
    Folder,
    /// A folder, or a list of them.
    Folders,
    /// An address of mail or a page.
    Contact,
    /// A table of names and filters.
    Filters,
    /// A table of outlets and limits.
    Retention,
    /// A table of tables, one for each source.
    Sources,
    /// A table of meanings and styles. What they may be is up to the reader.
    Colours,
    /// A table of actions and keys, and of such tables for single screens. What they may be is up to the reader.
    Keys,
    /// A table of names and programs with their arguments.
    Commands,
    /// The program that makes the line to another machine, and its arguments.
    RemoteCommand,
}

/// A longer config file is not read. A real one has some hundred bytes.
const MAX_FILE_BYTES: u64 = 256 << 10;

/// What kept bytes may take in the cache, in megabytes, unless the settings say otherwise: some twenty thousand pages.
const USUAL_KEPT_MEGABYTES: u32 = 1000;
/// The longest `contact`, in bytes.
const MAX_CONTACT_BYTES: usize = 200;

/// Stands in `remote_command` for the machine that `--remote` names.
pub const HOST_WORD: &str = "{host}";
/// What makes the line to another machine, unless the settings say otherwise. Compression takes the answers to a tenth.
/// Nothing behind `--` is an option of `ssh`, and a line that is dead is noticed within a minute.
const USUAL_REMOTE_COMMAND: [&str; 10] =
    ["ssh", "-T", "-C", "-o", "ServerAliveInterval=15", "--", HOST_WORD, "baocao", "serve", "--stdio"];

/// One row of `SETTINGS`.
struct SettingSpec {
    key: &'static str,
    takes: SettingType,
    /// What the setting is for: printed as a comment by `config print`.
    about: &'static str,
}

/// All settings, in the order of `config print`.
const SETTINGS: &[SettingSpec] = &[
    SettingSpec {
        key: "cache",
        takes: SettingType::Folder,
        about: "the folder of the cache; empty: the usual data folder",
    },
    SettingSpec {
        key: "archive",
        takes: SettingType::Folders,
        about: "the folder of a cache that others fill, which is then read, or a list of several, which are listed as \
                one; empty: none, your own cache",
    },
    SettingSpec {
        key: "remote_command",
        takes: SettingType::RemoteCommand,
        about: "what baocao --remote HOST runs to reach the archive there, word by word; {host} stands for HOST",
    },
    SettingSpec {
        key: "lang",
        takes: SettingType::OneOf(words::<Option<Lang>>),
        about: "the language of the reader; auto: by the locale, else Vietnamese",
    },
    SettingSpec {
        key: "color",
        takes: SettingType::OneOf(words::<ColourChoice>),
        about: "colours; auto: as the terminal and NO_COLOR say",
    },
    SettingSpec {
        key: "theme",
        takes: SettingType::OneOf(words::<Option<ThemeName>>),
        about: "colours for a dark or a light background, any, or none; auto: as last chosen, else by COLORFGBG",
    },
    SettingSpec {
        key: "plain",
        takes: SettingType::Switch,
        about: "no frames, no signs beyond ASCII: for screen readers, consoles and slow lines",
    },
    SettingSpec {
        key: "mouse",
        takes: SettingType::Switch,
        about: "wheel, click, drag of the split; most terminals then select text with Shift held",
    },
    SettingSpec {
        key: "typing",
        takes: SettingType::OneOf(words::<InputMethod>),
        about: "built-in typing of Vietnamese, if the system has no input method",
    },
    SettingSpec {
        key: "restore",
        takes: SettingType::Switch,
        about: "begin where the last session ended: filter, order, selected report, page; baocao --fresh does not",
    },
    SettingSpec {
        key: "new_first",
        takes: SettingType::Switch,
        about: "begin with the reports that came since the reader was last used, if any did; Esc leads to all of them",
    },
    SettingSpec {
        key: "q_quits",
        takes: SettingType::Switch,
        about: "q ends the reader from every screen, in place of closing what is in front",
    },
    SettingSpec {
        key: "citation",
        takes: SettingType::OneOf(words::<CitationFormat>),
        about: "the format in which the reader copies a citation",
    },
    SettingSpec {
        key: "keep_source",
        takes: SettingType::Switch,
        about: "keep the bytes of imported pages and documents, so that newer rules can read them again \
                (baocao rebuild --from-source)",
    },
    SettingSpec {
        key: "keep_source_mb",
        takes: SettingType::Number,
        about: "how many megabytes they may take in the cache; what comes beyond is read and not kept",
    },
    SettingSpec {
        key: "contact",
        takes: SettingType::Contact,
        about: "your mail address or page, which every request of sync names, so that a site's owner can write to you",
    },
    SettingSpec {
        key: "filters",
        takes: SettingType::Filters,
        about: "filters with a name, offered in the palette: \"name\" = \"filter\"",
    },
    SettingSpec {
        key: "watches",
        takes: SettingType::Filters,
        about: "what baocao digest --watch tells of: \"name\" = \"filter\"; baocao watch adds and removes them",
    },
    SettingSpec {
        key: "retention",
        takes: SettingType::Retention,
        about: "what baocao clean removes, by source or outlet: \"example.vn\" = { days = 365, reports = 500 }; \"*\" \
                is every other outlet, files is what has no address; never what is starred, tagged, noted or marked",
    },
    SettingSpec {
        key: "commands",
        takes: SettingType::Commands,
        about: "programs that get a report, a page or a selection, as in count = [\"wc\", \"-w\"]; no shell runs them",
    },
    SettingSpec {
        key: "sources",
        takes: SettingType::Sources,
        about: "where sync finds new reports, a table each; baocao source add writes them",
    },
    SettingSpec {
        key: "colours",
        takes: SettingType::Colours,
        about: "own colours by meaning, as in rank = \"bold #ffaf5f\"; baocao config colours lists the meanings",
    },
    SettingSpec {
        key: "keys",
        takes: SettingType::Keys,
        about: "own keys by action, as in next-person = [\"}\", \"g p\"]; baocao config keys lists the actions",
    },
];

/// The words that a setting of type `T` accepts, in the order of messages and documentation.
fn words<T: Choice>() -> Vec<&'static str> {
    T::WORDS.iter().map(|row| row.0).collect()
}

/// All settings. A key that is missing from the config file keeps its default value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder of the cache; `None` means the default data folder.
    pub cache: Option<PathBuf>,
    /// The folders of archives to read instead of the user's own cache. The key in the config file is `archive`.
    pub archives: Vec<PathBuf>,
    /// The program that makes the line to another machine, and its arguments, one of which has `HOST_WORD`.
    pub remote_command: Vec<String>,
    /// `None` if the locale decides.
    pub lang: Option<Lang>,
    /// The key in the config file is `color`.
    pub colours: ColourChoice,
    /// `None` if the reader decides.
    pub theme: Option<ThemeName>,
    pub plain: bool,
    /// Whether the reader uses the mouse.
    pub mouse: bool,
    /// The key in the config file is `typing`.
    pub input_method: InputMethod,
    /// Whether to begin where the last session ended.
    pub restore: bool,
    /// Whether to begin with what came since the reader was last used.
    pub new_first: bool,
    /// Whether `q` ends the reader from every screen.
    pub q_quits: bool,
    pub citation: CitationFormat,
    /// Whether the bytes of what is imported are kept.
    pub keep_source: bool,
    /// What they may take in the cache, in megabytes. The key in the config file is `keep_source_mb`.
    pub kept_megabytes: u32,
    /// The lines of `[commands]`: a name, the program and its arguments.
    pub commands: Vec<SettingLine>,
    /// Pairs of name and filter, sorted by name.
    pub filters: Vec<(String, String)>,
    /// Pairs of name and filter, sorted by name.
    pub watches: Vec<(String, String)>,
    /// The lines of `[retention]`.
    pub retention: Vec<RetentionRule>,
    /// Whom the owner of a site can write to; `None` if the user names nobody.
    pub contact: Option<String>,
    /// The tables of `[sources]`, sorted by name.
    pub sources: Vec<SourceSetting>,
    /// The lines of `[colours]`. The reader checks meanings and styles.
    pub own_colours: Vec<SettingLine>,
    /// The lines of `[keys]`. The reader checks actions and keys.
    pub own_keys: Vec<SettingLine>,
}

impl Default for Config {
    fn default() -> Self {
        Self::of(&Table::new(), "")
    }
}

/// What is wrong with a config file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigProblem {
    #[error("the settings {path:?} could not be read: {why}")]
    Unreadable { path: PathBuf, why: String },
    #[error("the settings {path:?} could not be read: you may not read them (permission denied)")]
    Denied { path: PathBuf },
    #[error("{}", self.messages().join("; "))]
    Wrong {
        path: PathBuf,
        /// All faults, in the order of their lines.
        faults: Vec<ConfigFault>,
        /// What is right in the file.
        rest: Box<Config>,
    },
}

impl ConfigProblem {
    /// A message of one line for each fault.
    pub fn messages(&self) -> Vec<String> {
        let Self::Wrong { path, faults, .. } = self else { return vec![self.to_string()] };
        let message =
            |ConfigFault { line, why }: &ConfigFault| format!("the settings {path:?} are wrong in line {line}: {why}");
        faults.iter().map(message).collect()
    }
}

impl Config {
    /// Reads and checks the config file. If there is no such file, all settings have their default values.
    ///
    /// # Errors
    /// If the file exists but cannot be read, or if lines of it are not valid TOML or not valid settings: all of them.
    pub fn read(path: &Path) -> Result<Self, ConfigProblem> {
        let text = match text_of_file(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(ConfigProblem::Denied { path: path.to_owned() });
            }
            Err(error) => return Err(ConfigProblem::Unreadable { path: path.to_owned(), why: error.to_string() }),
        };
        let (config, faults) = check::read(&text);
        if faults.is_empty() {
            return Ok(config);
        }
        Err(ConfigProblem::Wrong { path: path.to_owned(), faults, rest: Box::new(config) })
    }

    /// Converts a table whose values `check` has accepted; a value of another type counts as missing. `text` is what it
    /// was parsed from.
    fn of(table: &Table, text: &str) -> Self {
        Self {
            cache: folder_values::folder_of(table, "cache"),
            archives: folder_values::folders_of(table, "archive"),
            remote_command: words_of(table, "remote_command")
                .unwrap_or_else(|| USUAL_REMOTE_COMMAND.map(str::to_owned).to_vec()),
            lang: choice_of(table, "lang"),
            colours: choice_of(table, "color"),
            theme: choice_of(table, "theme"),
            plain: switch_of(table, "plain").unwrap_or(false),
            mouse: switch_of(table, "mouse").unwrap_or(false),
            input_method: choice_of(table, "typing"),
            restore: switch_of(table, "restore").unwrap_or(true),
            new_first: switch_of(table, "new_first").unwrap_or(true),
            q_quits: switch_of(table, "q_quits").unwrap_or(false),
            citation: choice_of(table, "citation"),
            keep_source: switch_of(table, "keep_source").unwrap_or(false),
            kept_megabytes: number_of(table, "keep_source_mb").unwrap_or(USUAL_KEPT_MEGABYTES),
            commands: setting_lines::of(text, "commands"),
            contact: text_of(table, "contact").filter(|contact| !contact.is_empty()).map(str::to_owned),
            sources: sources::of(table),
            own_colours: setting_lines::of(text, "colours"),
            own_keys: setting_lines::of(text, "keys"),
            filters: named_filters(table, "filters"),
            watches: named_filters(table, "watches"),
            retention: retention::of(table, &sources::of(table)),
        }
    }

    /// Formats the settings as a config file, with a comment line before each key. `read` accepts the result.
    pub fn print(&self) -> String {
        let block = |setting: &SettingSpec| {
            let SettingSpec { key, about, .. } = setting;
            match setting.takes {
                SettingType::Filters => format!("# {about}\n[{key}]\n{}\n", self.print_filters(key)),
                SettingType::Retention => format!("# {about}\n[{key}]\n{}\n", retention::print(&self.retention)),
                SettingType::Commands => format!("# {about}\n{}\n", setting_lines::print(key, &self.commands)),
                SettingType::Sources => format!("# {about}\n[{key}]\n\n{}\n", sources::print(&self.sources)),
                SettingType::Colours => format!("# {about}\n{}\n", setting_lines::print(key, &self.own_colours)),
                SettingType::Keys => format!("# {about}\n{}", setting_lines::print(key, &self.own_keys)),
                SettingType::OneOf(words) => {
                    format!("# {about} ({})\n{key} = {}\n\n", words().join(", "), self.value(key))
                }
                SettingType::Switch
                | SettingType::Number
                | SettingType::Folder
                | SettingType::Folders
                | SettingType::Contact
                | SettingType::RemoteCommand => {
                    format!("# {about}\n{key} = {}\n\n", self.value(key))
                }
            }
        };
        SETTINGS.iter().map(block).collect()
    }

    /// The TOML value of any setting but the tables.
    fn value(&self, key: &str) -> String {
        match key {
            "cache" => quoted(&self.cache.as_deref().map(Path::to_string_lossy).unwrap_or_default()),
            "archive" => folder_values::print(&self.archives),
            "remote_command" => {
                let words: Vec<String> = self.remote_command.iter().map(|word| quoted(word)).collect();
                format!("[{}]", words.join(", "))
            }
            "contact" => quoted(self.contact.as_deref().unwrap_or_default()),
            "lang" => quoted(self.lang.word()),
            "color" => quoted(self.colours.word()),
            "theme" => quoted(self.theme.word()),
            "typing" => quoted(self.input_method.word()),
            "citation" => quoted(self.citation.word()),
            "restore" => self.restore.to_string(),
            "mouse" => self.mouse.to_string(),
            "new_first" => self.new_first.to_string(),
            "q_quits" => self.q_quits.to_string(),
            "keep_source" => self.keep_source.to_string(),
            "keep_source_mb" => self.kept_megabytes.to_string(),
            _ => self.plain.to_string(),
        }
    }

    fn print_filters(&self, key: &str) -> String {
        let line = |(name, filter): &(String, String)| format!("{} = {}\n", quoted(name), quoted(filter));
        let filters = if key == NamedFilters::Watches.key() { &self.watches } else { &self.filters };
        filters.iter().map(line).collect::<Vec<_>>().concat()
    }
}

/// The text of a config file: of a plain file, or of a pipe that the shell has opened for this program. Anything else
/// may have no end, or wait for ever.
fn text_of_file(path: &Path) -> io::Result<String> {
    let kind = std::fs::metadata(path)?.file_type();
    if !kind.is_file() && !files::is_inherited_pipe(path) {
        let what = if kind.is_dir() { "a folder" } else { files::special_file_name(kind) };
        return Err(io::Error::other(format!("it is not a plain file but {what}")));
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(MAX_FILE_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(io::Error::other(format!(
            "it is larger than {} KiB, so it holds something else",
            MAX_FILE_BYTES >> 10
        )));
    }
    Ok(text)
}

/// The pairs of name and filter of a table, sorted by name.
fn named_filters(table: &Table, key: &str) -> Vec<(String, String)> {
    let filters = table.get(key).and_then(Value::as_table).into_iter().flatten();
    filters.filter_map(|(name, filter)| Some((name.clone(), filter.as_str()?.to_owned()))).collect()
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

/// The words of a list of texts.
fn words_of(table: &Table, key: &str) -> Option<Vec<String>> {
    let words = table.get(key)?.as_array()?.iter().map(|word| word.as_str().map(str::to_owned));
    words.collect()
}

fn switch_of(table: &Table, key: &str) -> Option<bool> {
    table.get(key).and_then(Value::as_bool)
}

fn number_of(table: &Table, key: &str) -> Option<u32> {
    table
        .get(key)
        .and_then(Value::as_integer)
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| *number > 0)
}

fn choice_of<T: Choice + Default>(table: &Table, key: &str) -> T {
    text_of(table, key).and_then(T::of).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let (_, faults) = check::read(text);
        faults.into_iter().map(|ConfigFault { line, why }| format!("{line}: {why}")).collect()
    }

    fn why(text: &str) -> String {
        all(text).swap_remove(0)
    }

    #[test]
    fn nothing_said_is_the_table() {
        let config = parse("").unwrap();
        assert_eq!(config, Config::default());
        assert_eq!((config.lang, config.plain, config.cache), (None, false, None));
    }

    #[test]
    fn what_is_printed_reads_back() {
        let text = "lang = \"en\"\nplain = true\nkeep_source = true\n\
            keep_source_mb = 20\ncache = \"/a \\\"b\"\n[watches]\na = \"b\"\n[retention]\nfiles = \
            { days = 3 }\n[filters]\n\"của tôi\" = \"unit:\\\"Quân khu 9\\\"\"\n";
        let config = parse(text).unwrap();
        assert_eq!((config.restore, config.q_quits), (true, false));
        assert_eq!(config.remote_command.first().map(String::as_str), Some("ssh"));
        assert_eq!((config.keep_source, config.kept_megabytes), (true, 20));
        assert_eq!(config.filters, [("của tôi".to_owned(), "unit:\"Quân khu 9\"".to_owned())]);
        assert_eq!(parse(&config.print()), Ok(config));
        let own =
            parse("[colours]\nrank = \"red\"\n[keys]\nquit = \"Q\"\n[keys.list]\nsort = [\"S\", \"g s\"]\n").unwrap();
        let bare = |lines: &[SettingLine]| {
            lines.iter().map(|l| (l.section.clone(), l.name.clone(), l.values.clone())).collect::<Vec<_>>()
        };
        let again = parse(&own.print()).unwrap();
        assert_eq!(bare(&again.own_colours), bare(&own.own_colours));
        assert_eq!(bare(&again.own_keys), bare(&own.own_keys));
        assert_eq!(own.own_keys[1].section, "list");
        assert_eq!(own.own_keys.iter().map(|l| l.line).collect::<Vec<_>>(), [4, 6]);
        let commands =
            parse("citation = \"bibtex\"\n[commands]\ncount = [\"wc\", \"-w\"]\n\"in ra\" = \"lpr\"\n").unwrap();
        assert_eq!(bare(&parse(&commands.print()).unwrap().commands), bare(&commands.commands));
        assert_eq!(commands.commands[0].values, ["wc", "-w"]);
        assert_eq!(parse(&Config::default().print()), Ok(Config::default()));
    }

    #[test]
    fn retention_is_by_outlet_and_checked_line_by_line() {
        let text = "[retention]\n\"example.vn\" = { days = 365 }\n\"*\" = { days = 30, reports = 5 }\n";
        let rules = parse(text).unwrap().retention;
        let days = |outlet| rule_for(&rules, outlet).map(|rule| (rule.days, rule.reports));
        assert_eq!(days(Some("Example.vn")), Some((Some(365), None)));
        assert_eq!(days(Some("other.vn")), Some((Some(30), Some(5))));
        assert_eq!(days(None), None, "files have no rule");
        for (line, fault) in [
            (
                "\"a.vn\" = { day = 3 }",
                "2: [retention] \"a.vn\" limits days or reports, not `day`; did you mean `days`?",
            ),
            ("\"a.vn\" = { days = 0 }", "2: [retention] \"a.vn\": `days` is a whole number from 1"),
            ("\"www.a.vn\" = { days = 1 }", "2: [retention] \"www.a.vn\" is neither an outlet"),
            ("bao = { days = 1 }", "2: [retention] \"bao\" is neither an outlet nor a source"),
            ("\"a.vn\" = 3", "2: [retention] holds lines of the form"),
        ] {
            let said = why(&format!("[retention]\n{line}\n"));
            assert!(said.starts_with(fault), "{said}");
        }
    }

    #[test]
    fn every_fault_of_a_file_is_told_with_its_line() {
        let text = "them = \"dark\"\nlang = \"vn\"\nplain = 1\n[filters]\na = 1\nb = \"x\"\nc = 2\n[retention]\n\
            \"a.vn\" = { day = 3, days = 0 }\nbao = { days = 1 }\n\
            [sources.bao-x]\nadress = \"https://a.vn\"\nevery = -1\n\
            [sources.b]\ndays = 3\n";
        let told = [
            "1: there is no setting `them`; did you mean `theme`?",
            "2: `lang` is one of `auto`, `vi`, `en`; did you mean \"vi\"?",
            "3: `plain` is true or false",
            "5: [filters] holds lines of the form \"name\" = \"filter\"",
            "7: [filters] holds lines of the form \"name\" = \"filter\"",
            "9: [retention] \"a.vn\" limits days or reports, not `day`; did you mean `days`?",
            "9: [retention] \"a.vn\": `days` is a whole number from 1",
            "10: [retention] \"bao\" is neither an outlet nor a source",
            "12: [sources.bao-x] has no setting `adress`; did you mean `address`?",
            "13: `every` of [sources.bao-x] is a number of minutes",
            "14: [sources.b] needs address = \"https://…\"",
        ];
        let all = all(text);
        assert_eq!(all.len(), told.len(), "{all:#?}");
        assert!(all.iter().zip(told).all(|(said, words)| said.starts_with(words)), "{all:#?}");
        // What is right of a faulty file is known: its language is that of the messages about it.
        assert_eq!(check::read("lang = \"en\"\nplain = 1\n").0.lang, Some(Lang::En));
    }

    #[test]
    fn lines_that_are_no_toml_hide_no_other_fault() {
        let lines =
            |text: &str| all(text).iter().map(|said| said.split(':').next().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines("lang = vi\nthem = \"dark\"\nplain = \ncolor = \"red\"\n"), ["1", "2", "3", "4"]);
        assert_eq!(lines("plain = 1\n[keys\nquit = \"q\"\n"), ["2"], "what the header was to begin is not known");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_nearest_right() {
        assert_eq!(why("\nthem = \"dark\""), "2: there is no setting `them`; did you mean `theme`?");
        assert_eq!(why("lang = \"vn\""), "1: `lang` is one of `auto`, `vi`, `en`; did you mean \"vi\"?");
        assert_eq!(why("plain = 1"), "1: `plain` is true or false");
        assert_eq!(why("keep_source_mb = 0"), "1: `keep_source_mb` is a whole number from 1");
        assert_eq!(
            why("theme = \"drak\""),
            "1: `theme` is one of `auto`, `dark`, `light`, `dark-colorblind`, `light-colorblind`, `any`, `mono`; \
            did you mean \"dark\"?"
        );
        assert_eq!(
            why("plain = true\n[colours]\nrank = 3"),
            "3: [colours] holds lines of the form meaning = \"style\""
        );
        for wrong in ["a = []", "a = [\"\"]", "a = [\"wc\", 1]", "a = 1"] {
            assert!(why(&format!("[commands]\n{wrong}")).starts_with("2: [commands] holds"), "{wrong}");
        }
        assert!(why("[keys]\nquit = [1]").starts_with("2: [keys] and [keys.SCREEN] hold"));
        assert!(why("zzzzzzzz = 1").contains("there are `cache`, `archive`, `remote_command`, `lang`"));
        assert!(why("plain = true\nlang =").starts_with("2: "));
    }
}
