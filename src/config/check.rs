//! Finds everything that is wrong in a config file: lines that are no TOML, unknown settings, values of the wrong type.
//! What a line of `[colours]` and `[keys]` may say is checked by those who know it, from the `SettingLine`s.

use super::{
    Config, HOST_WORD, MAX_CONTACT_BYTES, SETTINGS, SettingSpec, SettingType, SourceSetting, retention, sources,
    toml_faults,
};
use crate::text::nearest::{in_code, nearest};
use toml::de::{DeTable, Error};
use toml::{Table, Value};

/// A line of the config file that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigFault {
    /// Line number, counted from 1.
    pub line: usize,
    /// What is wrong, and what would be valid.
    pub why: String,
}

/// A value that is wrong, by the keys that lead to it from the top of the file.
pub(super) struct ValueFault {
    path: Vec<String>,
    why: String,
}

impl ValueFault {
    pub(super) fn new(path: &[&str], why: impl Into<String>) -> Self {
        Self { path: path.iter().map(|key| (*key).to_owned()).collect(), why: why.into() }
    }
}

/// The settings of a file without any fault; else the first one.
pub(super) fn parse(text: &str) -> Result<Config, ConfigFault> {
    let (config, faults) = read(text);
    faults.into_iter().next().map_or(Ok(config), Err)
}

/// What is right in the text of a config file, and what is wrong, in the order of the lines.
///
/// Lines that are no TOML are told by the parser, which goes on behind each. The settings of the others are checked
/// with those lines left blank; unless one of them is the heading of a table, for then it is not known whose the lines
/// below it are.
pub(super) fn read(text: &str) -> (Config, Vec<ConfigFault>) {
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<ConfigFault> = Vec::new();
    for error in &errors {
        let fault = toml_fault(text, error);
        // The first error of a line is the fault; others follow from it.
        if faults.iter().all(|known| known.line != fault.line) {
            faults.push(fault);
        }
    }
    let is_faulty = |n: usize| faults.iter().any(|fault| fault.line == n + 1);
    let is_heading_lost = text.lines().enumerate().any(|(n, line)| is_faulty(n) && line.trim_start().starts_with('['));
    let sound = if faults.is_empty() { text.to_owned() } else { without_lines(text, is_faulty) };
    let (table, sound) = table_of(sound, &mut faults);
    if !is_heading_lost {
        faults.extend(faults_of_values(&table, &sound));
    }
    faults.sort();
    faults.dedup();
    (Config::of(&table, &sound), faults)
}

/// The text with the lines left blank for which `is_left_out` is true of their index.
fn without_lines(text: &str, is_left_out: impl Fn(usize) -> bool) -> String {
    let lines: Vec<&str> = text.lines().enumerate().map(|(n, line)| if is_left_out(n) { "" } else { line }).collect();
    lines.join("\n")
}

/// The table of a text that the parser has read, and the text itself. A line with a number that is too large is left
/// blank and told as a fault: the parser finds that only when it makes values.
fn table_of(mut text: String, faults: &mut Vec<ConfigFault>) -> (Table, String) {
    loop {
        let error = match text.parse() {
            Ok(table) => return (table, text),
            Err(error) => toml_fault(&text, &error),
        };
        let line = error.line;
        if faults.iter().any(|known| known.line == line) {
            return (Table::new(), text);
        }
        text = without_lines(&text, |n| n + 1 == line);
        faults.push(error);
    }
}

/// What the parser says, in our words.
fn toml_fault(text: &str, error: &Error) -> ConfigFault {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    ConfigFault { line: line_of(text, at), why: toml_faults::why(error.message(), column) }
}

/// What is wrong with the settings of a table that was parsed from `text`.
fn faults_of_values(table: &Table, text: &str) -> Vec<ConfigFault> {
    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
    let own_sources = sources::of(table);
    let mut faults = Vec::new();
    for (key, value) in table {
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
            faults.extend(check(setting, value, &own_sources));
            continue;
        }
        let hint = nearest(key, &known)
            .map_or_else(|| format!("there are {}", in_code(&known)), |near| format!("did you mean `{near}`?"));
        faults.push(ValueFault::new(&[key], format!("there is no setting `{key}`; {hint}")));
    }
    let Ok(whole) = DeTable::parse(text) else { return Vec::new() };
    let line = |fault: ValueFault| ConfigFault { line: line_at(text, whole.get_ref(), &fault.path), why: fault.why };
    faults.into_iter().map(line).collect()
}

/// The line of the key that a path leads to, or of the last one on the way that is there.
fn line_at(text: &str, whole: &DeTable<'_>, path: &[String]) -> usize {
    let (mut table, mut at) = (Some(whole), 0);
    for name in path {
        let found = table.and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name));
        let Some((key, value)) = found else { break };
        at = key.span().start;
        table = value.get_ref().as_table();
    }
    line_of(text, at)
}

/// Checks the type of a value. A fault names the values that the setting accepts. `own_sources` are those of
/// the file.
fn check(setting: &SettingSpec, value: &Value, own_sources: &[SourceSetting]) -> Vec<ValueFault> {
    let key = setting.key;
    let one = |is_right: bool, why: String| if is_right { Vec::new() } else { vec![ValueFault::new(&[key], why)] };
    match setting.takes {
        SettingType::OneOf(words) => {
            let (words, word) = (words(), value.as_str());
            let near = word.and_then(|word| nearest(word, &words));
            let hint = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
            let why = format!("`{key}` is one of {}{hint}", in_code(&words));
            one(word.is_some_and(|word| words.contains(&word)), why)
        }
        SettingType::Switch => one(value.is_bool(), format!("`{key}` is true or false")),
        SettingType::Number => {
            let is_right = value.as_integer().is_some_and(|n| n > 0 && u32::try_from(n).is_ok());
            one(is_right, format!("`{key}` is a whole number from 1"))
        }
        SettingType::Folder => one(value.is_str(), format!("`{key}` is a folder between quotation marks")),
        SettingType::Folders => one(
            is_texts(value),
            format!("`{key}` is a folder between quotation marks, or a list of them: [\"/srv/a\", \"/srv/b\"]"),
        ),
        SettingType::RemoteCommand => one(
            is_remote_command(value),
            format!(
                "`{key}` is a list of a program and its arguments, one of them with {HOST_WORD}, as [\"ssh\", \"--\", \
                 \"{HOST_WORD}\", \"baocao\", \"serve\", \"--stdio\"]; no shell runs them"
            ),
        ),
        SettingType::Contact => one(
            value.as_str().is_some_and(is_contact),
            format!("`{key}` is a mail address or a page between quotation marks, without blanks and accents"),
        ),
        SettingType::Filters => {
            lines(key, value, &Value::is_str, &format!("[{key}] holds lines of the form \"name\" = \"filter\""))
        }
        SettingType::Commands => {
            let form =
                format!("[{key}] holds lines of the form name = [\"program\", \"argument\"]; no shell runs them");
            lines(key, value, &is_command, &form)
        }
        SettingType::Colours => {
            lines(key, value, &Value::is_str, &format!("[{key}] holds lines of the form meaning = \"style\""))
        }
        SettingType::Keys => keys(key, value),
        SettingType::Retention => retention::check(value, own_sources),
        SettingType::Sources => sources::check(value),
    }
}

/// Checks the values of a table; the table itself if it is none.
fn lines(key: &str, value: &Value, is_right: &dyn Fn(&Value) -> bool, form: &str) -> Vec<ValueFault> {
    let Some(table) = value.as_table() else { return vec![ValueFault::new(&[key], form)] };
    let wrong = table.iter().filter(|(_, value)| !is_right(value));
    wrong.map(|(name, _)| ValueFault::new(&[key, name], form)).collect()
}

/// Checks `[keys]` and the tables in it.
fn keys(key: &str, value: &Value) -> Vec<ValueFault> {
    let form = format!("[{key}] and [{key}.SCREEN] hold lines of the form action = \"key\" or [\"key\", \"key key\"]");
    let Some(table) = value.as_table() else { return vec![ValueFault::new(&[key], form)] };
    let mut faults = Vec::new();
    for (name, value) in table {
        match value.as_table() {
            Some(inner) => {
                let wrong = inner.iter().filter(|(_, value)| !is_texts(value));
                faults.extend(wrong.map(|(action, _)| ValueFault::new(&[key, name, action], form.as_str())));
            }
            None if is_texts(value) => {}
            None => faults.push(ValueFault::new(&[key, name], form.as_str())),
        }
    }
    faults
}

/// Whether a text can stand in the header of a request, in parentheses.
fn is_contact(text: &str) -> bool {
    text.len() <= MAX_CONTACT_BYTES && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'(' | b')'))
}

/// Whether a value is a text or a list of texts.
fn is_texts(value: &Value) -> bool {
    value.is_str() || value.as_array().is_some_and(|keys| keys.iter().all(Value::is_str))
}

/// Whether a value is a program, alone or with its arguments.
fn is_command(value: &Value) -> bool {
    let is_program = |value: &Value| value.as_str().is_some_and(|program| !program.trim().is_empty());
    match value.as_array() {
        Some(words) => words.first().is_some_and(is_program) && words.iter().all(Value::is_str),
        None => is_program(value),
    }
}

/// Whether it is a program with arguments, one of which names the machine.
fn is_remote_command(value: &Value) -> bool {
    let words = value.as_array().map(|words| words.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    let Some(Some(words)) = words else { return false };
    let names_host = words.iter().skip(1).any(|word| word.contains(HOST_WORD));
    words.first().is_some_and(|program| !program.trim().is_empty()) && names_host
}

/// The number of the line, counted from 1, of a byte of the text.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}
