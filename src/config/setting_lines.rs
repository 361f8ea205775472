//! The lines of a table of the config file whose names and values another part of the program checks: `[colours]`,
//! `[keys]`, `[commands]`. Each line keeps its number, so that a fault found later is told with it.

use std::fmt::Write as _;
use toml::Value;
use toml::de::{DeTable, DeValue};

/// A line `name = "value"` or `name = ["value", "value"]` of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingLine {
    /// The name of the table within the table, as `list` in `[keys.list]`; empty if there is none.
    pub section: String,
    pub name: String,
    pub values: Vec<String>,
    /// Line number in the file, counted from 1.
    pub line: usize,
}

/// The lines of the table `key` in the text of a config file, in their order in the file. Values of other types are
/// left out: the caller has checked the types.
pub fn of(text: &str, key: &str) -> Vec<SettingLine> {
    let Ok(whole) = DeTable::parse(text) else { return Vec::new() };
    let Some(DeValue::Table(table)) = whole.get_ref().get(key).map(toml::Spanned::get_ref) else { return Vec::new() };
    let mut lines = Vec::new();
    add(&mut lines, "", table, text);
    lines.sort_by_key(|line| line.line);
    lines
}

fn add(lines: &mut Vec<SettingLine>, section: &str, table: &DeTable<'_>, text: &str) {
    for (name, value) in table {
        let values = match value.get_ref() {
            DeValue::Table(inner) => {
                add(lines, name.get_ref(), inner, text);
                continue;
            }
            DeValue::String(word) => vec![word.to_string()],
            DeValue::Array(words) => {
                words.iter().filter_map(|word| word.get_ref().as_str().map(str::to_owned)).collect()
            }
            _ => continue,
        };
        let line = super::line_of(text, name.span().start);
        lines.push(SettingLine { section: section.to_owned(), name: name.get_ref().to_string(), values, line });
    }
}

/// Formats the lines as tables of a config file, those without a section first.
pub fn print(key: &str, lines: &[SettingLine]) -> String {
    let mut out = format!("[{key}]\n");
    let mut sections: Vec<&str> = lines.iter().map(|line| line.section.as_str()).collect();
    sections.sort_unstable();
    sections.dedup();
    for section in sections {
        if !section.is_empty() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "\n[{key}.{section}]");
        }
        for line in lines.iter().filter(|line| line.section == section) {
            let value = match line.values.as_slice() {
                [one] => Value::String(one.clone()),
                all => Value::Array(all.iter().cloned().map(Value::String).collect()),
            };
            let bare = line.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            let name = if bare { line.name.clone() } else { Value::String(line.name.clone()).to_string() };
            let _ = writeln!(out, "{name} = {value}");
        }
    }
    out
}
