//! Checks documentation comments: every file and every public type and function has one, of more than three words.

use super::names::public_type;
use super::source::{Source, below_root, files_below, none, root, sources};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Functions that need no documentation beyond their name.
const SELF_EVIDENT: [&str; 3] = ["new", "len", "is_empty"];

/// clap turns the comments on these into help, which may be short.
const HELP: [&str; 4] = ["Parser", "Args", "Subcommand", "ValueEnum"];

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|s| !s.text.starts_with("//!"))
        .map(|s| {
            format!("src/{}: begin with `//!`: what it is for, what it promises, what it leaves to others", s.path)
        })
        .collect();
    none(&silent);
}

#[test]
fn no_comment_on_an_item_has_three_words_or_fewer() {
    let mut problems = Vec::new();
    for source in &sources() {
        let help = help_lines(source);
        let mut block = String::new();
        let mut begun = 0;
        for (n, line) in source.text.lines().enumerate() {
            let words = line.trim_start();
            let comment = words.strip_prefix("///").or_else(|| words.strip_prefix("//!"));
            if let Some(comment) = comment {
                begun = if block.is_empty() { n + 1 } else { begun };
                block.push(' ');
                block.push_str(comment);
                continue;
            }
            if !block.is_empty() && block.split_whitespace().count() <= 3 && !help.contains(&begun) {
                problems.push(format!("src/{}:{begun}:{block}: say something useful, or nothing", source.path));
            }
            block.clear();
        }
    }
    none(&problems);
}

/// Returns the line numbers of types that derive one of `HELP`, including the comment in front.
fn help_lines(source: &Source) -> Vec<usize> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut out = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        if line.trim_start().starts_with("#[derive(") && HELP.iter().any(|name| line.contains(name)) {
            let comment = lines[..n].iter().rev().take_while(|line| line.trim_start().starts_with("///")).count();
            let end = lines[n..].iter().take_while(|line| !line.starts_with('}')).count();
            out.extend(n - comment + 1..=n + end + 1);
        }
    }
    out
}

#[test]
fn every_public_type_and_function_is_documented() {
    let mut problems = Vec::new();
    for source in &sources() {
        let mut is_documented = false;
        let mut is_in_attribute = false;
        for (n, line) in source.shipped() {
            let words = line.trim_start();
            if words.starts_with("///") {
                is_documented = true;
            } else if words.starts_with("#[") || is_in_attribute {
                is_in_attribute = !words.ends_with(']');
            } else {
                if let Some(name) =
                    public_item(words).filter(|name| !is_documented && !name.is_empty() && !SELF_EVIDENT.contains(name))
                {
                    problems.push(format!("src/{}:{n}: {name} has no documentation", source.path));
                }
                is_documented = false;
            }
        }
    }
    none(&problems);
}

/// Returns the name of the type or function that a line declares `pub`; empty for a macro's `$name`.
fn public_item(line: &str) -> Option<&str> {
    let after = line.strip_prefix("pub ")?;
    let after = after.strip_prefix("const ").unwrap_or(after);
    let name = after
        .strip_prefix("fn ")
        .or_else(|| public_type(line).and_then(|name| after.find(name).map(|at| &after[at..])))?;
    name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
}

/// The names of tables, without their folders, that stand in backquotes at the begin of a row or in a heading.
fn described_tables() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("docs/tables.md")).unwrap();
    let opens = |line: &&str| line.starts_with("| `") || line.starts_with('#');
    let quoted = text.lines().filter(opens).filter_map(|line| line.split('`').nth(1));
    let table = |name: &&str| Path::new(name).extension().is_some_and(|ending| ending == "tsv");
    quoted.filter_map(|path| path.rsplit('/').next()).filter(table).map(str::to_owned).collect()
}

#[test]
fn every_table_is_described_and_every_described_table_is_there() {
    let mut files = Vec::new();
    files_below(&root().join("src"), "tsv", &mut files);
    // Those of tests are sentences and what is found in them.
    let paths = files.iter().map(|path| below_root(path)).filter(|path| !path.contains("/tests/"));
    let there: BTreeSet<String> = paths.filter_map(|path| Some(path.rsplit('/').next()?.to_owned())).collect();
    let described = described_tables();
    let silent = there.difference(&described).map(|name| format!("{name}: no row in docs/tables.md"));
    let gone = described.difference(&there).map(|name| format!("docs/tables.md: no table {name} in src"));
    none(&silent.chain(gone).collect::<Vec<_>>());
}
