//! Adds a source to the config file, or removes one. All other lines stay as they are, with their comments: the file is
//! edited as text, and the edit is kept only if the file then says what it should.

use super::save_filter::{text_of, write};
use super::sources::{SourceSetting, print_one};
use super::{Config, ConfigFault, parse};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Adds a source at the end of the file.
///
/// # Errors
/// If there is one of that name or address, or the file is faulty or cannot be written: a sentence that says why and
/// what to do. The file is then unchanged.
pub fn add_source(path: &Path, source: &SourceSetting) -> Result<(), String> {
    let failed = |why: &str| format!("the source {:?} could not be added to {}: {why}", source.name, path.display());
    let (text, before) = read(path).map_err(|why| failed(&why))?;
    if before.sources.iter().any(|old| old.name == source.name) {
        return Err(failed("there is one of that name; give another with --name, or remove it first"));
    }
    if let Some(old) = before.sources.iter().find(|old| old.address == source.address) {
        return Err(failed(&format!("{:?} has that address already; remove it first", old.name)));
    }
    let between = if text.is_empty() || text.ends_with("\n\n") {
        ""
    } else if text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let new = format!("{text}{between}{}", print_one(source));
    let mut wanted = before;
    wanted.sources.push(source.clone());
    wanted.sources.sort_by(|a, b| a.name.cmp(&b.name));
    keep(path, &new, &wanted).map_err(|why| failed(&why))
}

/// Removes a source: its table, down to its last line.
///
/// # Errors
/// As `add_source`; also if the source is not written as a table of its own.
pub fn remove_source(path: &Path, name: &str) -> Result<(), String> {
    let failed = |why: &str| format!("the source {name:?} could not be removed from {}: {why}", path.display());
    let (text, before) = read(path).map_err(|why| failed(&why))?;
    let mut wanted = before;
    wanted.sources.retain(|source| source.name != name);
    let new =
        without(&text, name).ok_or_else(|| failed("it is not written as a table of its own; remove it by hand"))?;
    keep(path, &new, &wanted).map_err(|why| failed(&why))
}

fn read(path: &Path) -> Result<(String, Config), String> {
    let text = text_of(path)?;
    let config = parse(&text)
        .map_err(|ConfigFault { line, why }| format!("line {line} is wrong: {why}; correct it and try again"))?;
    Ok((text, config))
}

/// Writes the new text if it says what is wanted. What else the settings say must be as before; only the numbers of
/// lines may differ.
fn keep(path: &Path, new: &str, wanted: &Config) -> Result<(), String> {
    let by_hand = || "its lines cannot be told from the others; edit the file by hand".to_owned();
    let mut read = parse(new).map_err(|_| by_hand())?;
    read.own_keys.clone_from(&wanted.own_keys);
    read.own_colours.clone_from(&wanted.own_colours);
    read.commands.clone_from(&wanted.commands);
    if read != *wanted {
        return Err(by_hand());
    }
    write(path, new).map_err(|why| format!("{why}; look at the permissions of the folder"))
}

/// The text without the table of a source. Comments behind its last line stay, and so do those before its heading.
fn without(text: &str, name: &str) -> Option<String> {
    let whole = DeTable::parse(text).ok()?;
    let DeValue::Table(sources) = whole.get_ref().get("sources")?.get_ref() else { return None };
    let (key, value) = sources.iter().find(|(key, _)| key.get_ref() == name)?;
    let DeValue::Table(table) = value.get_ref() else { return None };
    let first = super::line_of(text, key.span().start) - 1;
    let lines: Vec<&str> = text.lines().collect();
    lines.get(first).filter(|line| line.trim_start().starts_with('['))?;
    let last = table.iter().map(|(_, value)| super::line_of(text, value.span().end) - 1).max()?;
    // One blank line behind it goes with it.
    let end = last + 1 + usize::from(lines.get(last + 1).is_some_and(|line| line.trim().is_empty()));
    let kept = lines.get(..first)?.iter().chain(lines.get(end..)?);
    let kept: Vec<&str> = kept.copied().collect();
    Some(if kept.is_empty() { String::new() } else { kept.join("\n") + "\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str) -> SourceSetting {
        SourceSetting {
            name: name.to_owned(),
            address: format!("https://bao.example.vn/rss?a=\"{}\"", name.len()),
            only: vec!["sơ kết".to_owned()],
            skip: Vec::new(),
            days: 30,
            every: super::super::sources::USUAL_MINUTES,
            allow_private: false,
        }
    }

    #[test]
    fn sources_come_and_go_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        add_source(&path, &source("một \"hai\"")).unwrap();
        add_source(&path, &source("b")).unwrap();
        let why = add_source(&path, &source("b")).unwrap_err();
        assert!(why.contains("one of that name"), "{why}");
        let why = add_source(&path, &SourceSetting { name: "c".to_owned(), ..source("b") }).unwrap_err();
        assert!(why.contains("\"b\" has that address already"), "{why}");
        let text = "# mine\nlang = \"en\"\n\n# the paper\n[sources.a] # daily\naddress = \"https://a.example.vn/\"\n\
            only = [\n  \"x\", # why\n]\n\n# keys\n[keys]\nquit = \"Q\"\n";
        std::fs::write(&path, text).unwrap();
        add_source(&path, &source("b")).unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!(config.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(config.sources[1], source("b"));
        assert_eq!(parse(&config.print()).unwrap().sources, config.sources);
        remove_source(&path, "a").unwrap();
        let left = std::fs::read_to_string(&path).unwrap();
        assert!(
            left.starts_with("# mine\nlang = \"en\"\n\n# the paper\n# keys\n[keys]\nquit = \"Q\"\n\n[sources.b]"),
            "{left}"
        );
        assert!(remove_source(&path, "a").unwrap_err().contains("could not be removed"));
    }

    #[test]
    fn a_faulty_file_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        for (text, said) in [
            ("them = 1\n", "line 1 is wrong"),
            ("[sources.a]\naddres = \"x\"\n", "did you mean `address`?"),
            ("[sources.a]\nonly = \"x\"\n", "needs address"),
            ("[sources]\na = 1\n", "is a table"),
        ] {
            std::fs::write(&path, text).unwrap();
            let why = add_source(&path, &source("b")).unwrap_err();
            assert!(why.contains(said), "{why}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
