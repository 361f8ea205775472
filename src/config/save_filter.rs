//! Saves a filter under a name in the config file. All other lines stay as they are, with their comments.

use super::{line_of, parse, quoted};
use crate::store::private_files;
use std::fs;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Adds the filter to `[filters]`, or replaces the one of that name. The file is written beside its place and renamed,
/// so that it is never half written. Makes the file and its folder if there are none.
///
/// # Errors
/// If the file is faulty or cannot be written: a sentence that says why and what to do. The file is then unchanged.
pub fn save_filter(path: &Path, name: &str, filter: &str) -> Result<(), String> {
    let failed = |why: String| format!("the filter {name:?} could not be saved in {}: {why}", path.display());
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error.to_string())),
    };
    parse(&text).map_err(|(line, why)| failed(format!("line {line} is wrong: {why}; correct it and save again")))?;
    let new = with_filter(&text, name, filter)
        .filter(|new| parse(new).is_ok_and(|config| config.filters.iter().any(|saved| saved.0 == name)))
        .ok_or_else(|| failed("`filters` is not written as a table of its own; add the line by hand".to_owned()))?;
    write(path, &new).map_err(|error| failed(format!("{error}; look at the permissions of the folder")))
}

/// The text with the line of the filter in it. `None` if `filters` is written in a form that has no line for it.
fn with_filter(text: &str, name: &str, filter: &str) -> Option<String> {
    let line = format!("{} = {}", quoted_key(name), quoted(filter));
    let whole = DeTable::parse(text).ok()?;
    let Some((key, value)) = whole.get_ref().iter().find(|(key, _)| key.get_ref() == "filters") else {
        let between = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Some(format!("{text}{between}\n[filters]\n{line}\n"));
    };
    let DeValue::Table(filters) = value.get_ref() else { return None };
    if let Some((_, old)) = filters.iter().find(|(key, _)| key.get_ref() == name) {
        let span = old.span();
        return Some(format!("{}{}{}", text.get(..span.start)?, quoted(filter), text.get(span.end..)?));
    }
    // Behind the line `[filters]`.
    let header = line_of(text, key.span().start);
    text.lines().nth(header - 1).filter(|header| header.trim_start().starts_with("[filters]"))?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(header, &line);
    Some(lines.join("\n") + "\n")
}

/// A name as the key of a line: always in quotation marks, so that every name can be one.
fn quoted_key(name: &str) -> String {
    let escaped: String =
        name.chars().flat_map(|c| if matches!(c, '"' | '\\') { vec!['\\', c] } else { vec![c] }).collect();
    format!("\"{escaped}\"")
}

fn write(path: &Path, text: &str) -> Result<(), String> {
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
        let one = with_filter(text, "của tôi", "unit:\"QK 9\"").unwrap();
        assert!(one.contains("[filters]  # those I use\n\"của tôi\" = 'unit:\"QK 9\"'\na = \"x\" # why\n"), "{one}");
        assert_eq!(with_filter(&one, "a", "y").unwrap(), one.replace("a = \"x\"", "a = \"y\""));
        assert_eq!(with_filter("lang = \"en\"", "b", "z").unwrap(), "lang = \"en\"\n\n[filters]\n\"b\" = \"z\"\n");
        assert_eq!(with_filter("filters = { a = \"x\" }", "b", "z"), None);
    }

    #[test]
    fn the_file_is_made_and_a_faulty_one_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        save_filter(&path, "a \"b\"", "hưng").unwrap();
        save_filter(&path, "c", "x OR y").unwrap();
        let saved = parse(&fs::read_to_string(&path).unwrap()).unwrap().filters;
        assert_eq!(saved, [("a \"b\"".to_owned(), "hưng".to_owned()), ("c".to_owned(), "x OR y".to_owned())]);
        fs::write(&path, "them = 1\n").unwrap();
        let why = save_filter(&path, "d", "x").unwrap_err();
        assert!(why.contains("line 1 is wrong") && why.contains("did you mean `theme`?"), "{why}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "them = 1\n");
    }
}
