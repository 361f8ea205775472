//! Settings and the folders where things live: read once, passed down. The settings are a table (`KEYS`), from which the
//! checker, `config print` and the documentation are made; an unknown key is an error that names the nearest known one.

pub mod dirs;
mod nearest;

pub use nearest::nearest;

use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingType {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A folder.
    Folder,
    /// A table of names and filters.
    Filters,
}

/// A setting: its key, what it may be, its value where nothing is said, what it is for.
pub type SettingSpec = (&'static str, SettingType, &'static str, &'static str);

/// All settings.
pub const KEYS: &[SettingSpec] = &[
    ("cache", SettingType::Folder, "\"\"", "the folder of the cache; empty: the usual data folder"),
    (
        "lang",
        SettingType::OneOf(&["auto", "vi", "en"]),
        "\"auto\"",
        "the language of the reader; auto: by the locale, else Vietnamese",
    ),
    (
        "color",
        SettingType::OneOf(&["auto", "always", "never"]),
        "\"auto\"",
        "colours; auto: as the terminal and NO_COLOR say",
    ),
    (
        "theme",
        SettingType::OneOf(&["dark", "light", "mono"]),
        "\"dark\"",
        "colours for a dark or a light background, or none",
    ),
    (
        "plain",
        SettingType::Switch,
        "false",
        "no frames, no signs beyond ASCII: for screen readers, consoles and slow lines",
    ),
    (
        "typing",
        SettingType::OneOf(&["off", "telex", "vni"]),
        "\"off\"",
        "built-in typing of Vietnamese, where there is no input method",
    ),
    ("filters", SettingType::Filters, "{}", "filters with a name, offered in the palette: \"name\" = \"filter\""),
];

/// What the config file says; where it says nothing, what `KEYS` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `cache`.
    pub cache: Option<PathBuf>,
    /// `lang`.
    pub lang: String,
    /// `color`.
    pub color: String,
    /// `theme`.
    pub theme: String,
    /// `plain`.
    pub plain: bool,
    /// `typing`.
    pub typing: String,
    /// `filters`: name and filter, in order of their names.
    pub filters: Vec<(String, String)>,
}

/// What is wrong with a config file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigProblem {
    /// It could not be read.
    #[error("the settings {path:?} could not be read: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A line of it is wrong.
    #[error("the settings {path:?} are wrong in line {line}: {why}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong, and what would be right.
        why: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self::of(&Table::new())
    }
}

impl Config {
    /// Reads the file; where there is none, everything is as `KEYS` says.
    pub fn read(path: &Path) -> Result<Self, ConfigProblem> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ConfigProblem::Unreadable { path: path.to_owned(), why: error.to_string() }),
        };
        parse(&text).map_err(|(line, why)| ConfigProblem::Wrong { path: path.to_owned(), line, why })
    }

    fn of(table: &Table) -> Self {
        let text = |key: &str| {
            let usual = || KEYS.iter().find(|row| row.0 == key).map_or("", |row| row.2.trim_matches('"'));
            table.get(key).and_then(Value::as_str).unwrap_or_else(usual).to_owned()
        };
        let filters = table.get("filters").and_then(Value::as_table);
        Self {
            cache: Some(text("cache")).filter(|folder| !folder.is_empty()).map(PathBuf::from),
            lang: text("lang"),
            color: text("color"),
            theme: text("theme"),
            plain: table.get("plain").and_then(Value::as_bool).unwrap_or(false),
            typing: text("typing"),
            filters: filters
                .map(|filters| filters.iter().filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect())
                .unwrap_or_default(),
        }
    }

    /// The settings as a config file with a line of explanation each.
    pub fn print(&self) -> String {
        let block = |(key, shape, _, about): &SettingSpec| match shape {
            SettingType::Filters => format!("# {about}\n[{key}]\n{}", self.print_filters()),
            SettingType::OneOf(words) => format!("# {about} ({})\n{key} = {}\n\n", words.join(", "), self.value(key)),
            SettingType::Switch | SettingType::Folder => format!("# {about}\n{key} = {}\n\n", self.value(key)),
        };
        KEYS.iter().map(block).collect::<Vec<_>>().concat()
    }

    /// A setting of one value, as written in the file.
    fn value(&self, key: &str) -> String {
        match key {
            "cache" => quoted(&self.cache.as_deref().map(Path::to_string_lossy).unwrap_or_default()),
            "lang" => quoted(&self.lang),
            "color" => quoted(&self.color),
            "theme" => quoted(&self.theme),
            "typing" => quoted(&self.typing),
            _ => self.plain.to_string(),
        }
    }

    fn print_filters(&self) -> String {
        let line = |(name, filter): &(String, String)| format!("{} = {}\n", quoted(name), quoted(filter));
        self.filters.iter().map(line).collect::<Vec<_>>().concat()
    }
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// The settings of a text, or the line that is wrong and why.
fn parse(text: &str) -> Result<Config, (usize, String)> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        (line, error.message().lines().collect::<Vec<_>>().join("; "))
    })?;
    for (key, value) in &table {
        let wrong = |why: String| (line_of_key(text, key), why);
        let Some((_, shape, ..)) = KEYS.iter().find(|row| row.0 == key) else {
            let known: Vec<&str> = KEYS.iter().map(|row| row.0).collect();
            let hint = nearest(key, &known)
                .map_or_else(|| format!("there are {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
            return Err(wrong(format!("there is no setting `{key}`; {hint}")));
        };
        check(key, *shape, value).map_err(wrong)?;
    }
    Ok(Config::of(&table))
}

fn check(key: &str, shape: SettingType, value: &Value) -> Result<(), String> {
    match shape {
        SettingType::OneOf(words) => match value.as_str() {
            Some(word) if words.contains(&word) => Ok(()),
            other => {
                let near = other.and_then(|word| nearest(word, words));
                let hint = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
                Err(format!("`{key}` is one of {}{hint}", words.join(", ")))
            }
        },
        SettingType::Switch if value.is_bool() => Ok(()),
        SettingType::Switch => Err(format!("`{key}` is true or false")),
        SettingType::Folder if value.is_str() => Ok(()),
        SettingType::Folder => Err(format!("`{key}` is a folder between quotation marks")),
        SettingType::Filters if value.as_table().is_some_and(|table| table.values().all(Value::is_str)) => Ok(()),
        SettingType::Filters => Err(format!("[{key}] holds lines of the form \"name\" = \"filter\"")),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

fn line_of_key(text: &str, key: &str) -> usize {
    let is_it = |line: &str| {
        let bare = line.trim_start().trim_start_matches(['[', '"', '\'']);
        bare.strip_prefix(key).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    text.lines().position(is_it).map_or(1, |n| n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        let (line, why) = parse(text).unwrap_err();
        format!("{line}: {why}")
    }

    #[test]
    fn nothing_said_is_the_table() {
        let config = parse("").unwrap();
        assert_eq!(config, Config::default());
        assert_eq!((config.lang.as_str(), config.plain, config.cache), ("auto", false, None));
    }

    #[test]
    fn what_is_printed_reads_back() {
        let text =
            "lang = \"en\"\nplain = true\ncache = \"/a \\\"b\"\n[filters]\n\"của tôi\" = \"unit:\\\"Quân khu 9\\\"\"\n";
        let config = parse(text).unwrap();
        assert_eq!(config.filters, [("của tôi".to_owned(), "unit:\"Quân khu 9\"".to_owned())]);
        assert_eq!(parse(&config.print()), Ok(config));
        assert_eq!(parse(&Config::default().print()), Ok(Config::default()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_nearest_right() {
        assert_eq!(why("\nthem = \"dark\""), "2: there is no setting `them`; did you mean `theme`?");
        assert_eq!(why("lang = \"vn\""), "1: `lang` is one of auto, vi, en; did you mean \"vi\"?");
        assert_eq!(why("plain = 1"), "1: `plain` is true or false");
        assert!(why("zzzzzzzz = 1").contains("there are cache, lang"));
        assert!(why("plain = true\nlang =").starts_with("2: "));
    }
}
