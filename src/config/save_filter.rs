//! Saves a filter under a name in the config file, among the saved filters or the watches, or takes one out. All other
//! lines stay as they are, with their comments.

use super::{Config, ConfigFault, line_of, parse, quoted};
use crate::store::private_files;
use std::fs;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// The tables of names and filters in the config file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedFilters {
    /// `[filters]`: offered in the palette.
    Saved,
    /// `[watches]`: told of by digests.
    Watches,
}

impl NamedFilters {
    /// The name of the table.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Saved => "filters",
            Self::Watches => "watches",
        }
    }

    fn of(self, config: &Config) -> &[(String, String)] {
        match self {
            Self::Saved => &config.filters,
            Self::Watches => &config.watches,
        }
    }
}

/// Adds the filter to its table, or replaces the one of that name. The file is written beside its place and renamed,
/// so that it is never half written. Makes the file and its folder if there are none.
///
/// # Errors
/// If the file is faulty or cannot be written: a sentence that says why and what to do. The file is then unchanged.
pub fn save_filter(path: &Path, table: NamedFilters, name: &str, filter: &str) -> Result<(), String> {
    let failed = |why: String| format!("the filter {name:?} could not be saved in {}: {why}", path.display());
    let text = text_of(path).map_err(failed)?;
    let new = with_filter(&text, table.key(), name, filter)
        .filter(|new| parse(new).is_ok_and(|config| table.of(&config).iter().any(|saved| saved.0 == name)))
        .ok_or_else(|| {
            failed(format!("`{}` is not written as a table of its own; add the line by hand", table.key()))
        })?;
    write(path, &new).map_err(|error| failed(format!("{error}; look at the permissions of the folder")))
}

/// Takes the filter of that name out of its table. Returns false if there is none.
///
/// # Errors
/// As of `save_filter`.
pub fn remove_filter(path: &Path, table: NamedFilters, name: &str) -> Result<bool, String> {
    let failed = |why: String| format!("the filter {name:?} could not be removed from {}: {why}", path.display());
    let text = text_of(path).map_err(failed)?;
    let is_there = |text: &str| parse(text).is_ok_and(|config| table.of(&config).iter().any(|saved| saved.0 == name));
    if !is_there(&text) {
        return Ok(false);
    }
    let new = without_filter(&text, table.key(), name)
        .filter(|new| parse(new).is_ok() && !is_there(new))
        .ok_or_else(|| failed(format!("`{}` is not written line by line; remove it by hand", table.key())))?;
    write(path, &new).map_err(|error| failed(format!("{error}; look at the permissions of the folder")))?;
    Ok(true)
}

/// The text of the config file, which is sound; empty if there is none.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error.to_string()),
    };
    parse(&text)
        .map_err(|ConfigFault { line, why }| format!("line {line} is wrong: {why}; correct it and save again"))?;
    Ok(text)
}

/// The text with the line of the filter in it. `None` if the table is written in a form that has no line for it.
fn with_filter(text: &str, table: &str, name: &str, filter: &str) -> Option<String> {
    let line = format!("{} = {}", quoted_key(name), quoted(filter));
    let whole = DeTable::parse(text).ok()?;
    let Some((key, value)) = whole.get_ref().iter().find(|(key, _)| key.get_ref() == table) else {
        let between = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Some(format!("{text}{between}\n[{table}]\n{line}\n"));
    };
    let DeValue::Table(filters) = value.get_ref() else { return None };
    if let Some((_, old)) = filters.iter().find(|(key, _)| key.get_ref() == name) {
        let span = old.span();
        return Some(format!("{}{}{}", text.get(..span.start)?, quoted(filter), text.get(span.end..)?));
    }
    // Behind the line `[filters]`, or `[watches]`.
    let header = line_of(text, key.span().start);
    text.lines().nth(header - 1).filter(|header| header.trim_start().starts_with(&format!("[{table}]")))?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(header, &line);
    Some(lines.join("\n") + "\n")
}

/// The text without the lines of the filter. `None` if anything else stands in them.
fn without_filter(text: &str, table: &str, name: &str) -> Option<String> {
    let whole = DeTable::parse(text).ok()?;
    let (_, value) = whole.get_ref().iter().find(|(key, _)| key.get_ref() == table)?;
    let DeValue::Table(filters) = value.get_ref() else { return None };
    let (key, value) = filters.iter().find(|(key, _)| key.get_ref() == name)?;
    let (before, after) = (text.get(..key.span().start)?, text.get(value.span().end..)?);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let (same_line, rest) = after.split_at(after.find('\n').map_or(after.len(), |end| end + 1));
    let is_alone = before.get(start..)?.trim().is_empty()
        && (same_line.trim().is_empty() || same_line.trim_start().starts_with('#'));
    is_alone.then(|| format!("{}{rest}", text.get(..start).unwrap_or_default()))
}

/// A name as the key of a line: always in quotation marks, so that every name can be one.
pub(super) fn quoted_key(name: &str) -> String {
    let escaped: String =
        name.chars().flat_map(|c| if matches!(c, '"' | '\\') { vec!['\\', c] } else { vec![c] }).collect();
    format!("\"{escaped}\"")
}

/// Writes a config file beside its place and renames it, so that it is never half written.
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        private_files::make_folder(folder).map_err(|error| error.to_string())?;
    }
    let beside = path.with_extension(format!("toml.{}", std::process::id()));
    private_files::private_file(&beside).map_err(|error| error.to_string())?;
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_lines_stay_and_a_filter_of_that_name_is_replaced() {
        let text = "# mine\nlang = \"en\"\n\n[filters]  # those I use\na = \"x\" # why\n\n[colours]\nrank = \"red\"\n";
        let one = with_filter(text, "filters", "của tôi", "unit:\"QK 9\"").unwrap();
        assert!(one.contains("[filters]  # those I use\n\"của tôi\" = 'unit:\"QK 9\"'\na = \"x\" # why\n"), "{one}");
        assert_eq!(with_filter(&one, "filters", "a", "y").unwrap(), one.replace("a = \"x\"", "a = \"y\""));
        assert_eq!(
            with_filter("lang = \"en\"", "filters", "b", "z").unwrap(),
            "lang = \"en\"\n\n[filters]\n\"b\" = \"z\"\n"
        );
        assert_eq!(with_filter("filters = { a = \"x\" }", "filters", "b", "z"), None);
        let without = without_filter(&one, "filters", "a").unwrap();
        assert_eq!(without, one.replace("a = \"x\" # why\n", ""));
        assert_eq!(without_filter("filters = { a = \"x\" }", "filters", "a"), None);
    }

    #[test]
    fn the_file_is_made_and_a_faulty_one_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        let (saved, watches) = (NamedFilters::Saved, NamedFilters::Watches);
        save_filter(&path, saved, "a \"b\"", "hưng").unwrap();
        save_filter(&path, saved, "c", "x OR y").unwrap();
        save_filter(&path, watches, "c", "event:promoted").unwrap();
        assert_eq!(remove_filter(&path, watches, "d"), Ok(false));
        assert_eq!(remove_filter(&path, watches, "c"), Ok(true));
        assert_eq!(parse(&fs::read_to_string(&path).unwrap()).unwrap().watches, []);
        let saved = parse(&fs::read_to_string(&path).unwrap()).unwrap().filters;
        assert_eq!(saved, [("a \"b\"".to_owned(), "hưng".to_owned()), ("c".to_owned(), "x OR y".to_owned())]);
        fs::write(&path, "them = 1\n").unwrap();
        let why = save_filter(&path, NamedFilters::Saved, "d", "x").unwrap_err();
        assert!(why.contains("line 1 is wrong") && why.contains("did you mean `theme`?"), "{why}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "them = 1\n");
    }
}
