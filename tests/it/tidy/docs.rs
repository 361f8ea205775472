//! Documentation comments: every file and every public type and function has one, and each says something.

use super::names::public_type;
use super::source::{Source, none, sources};

/// Layers in which comments of three words or fewer are still being rewritten.
const SHORT_PENDING: &[&str] =
    &["cli", "config", "extract", "import", "ingest", "lang", "search", "store", "system", "text"];

/// Layers in which public types and functions are still being documented.
const MISSING_PENDING: &[&str] = &["extract", "ingest", "search", "store", "tui"];

/// Functions whose names say all.
const SELF_EVIDENT: [&str; 3] = ["new", "len", "is_empty"];

/// What clap turns into help for users, who need no more words than they need.
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
    for source in sources().iter().filter(|s| !SHORT_PENDING.contains(&s.layer())) {
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

/// The lines of types that clap makes arguments of, with the comment before them.
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
    for source in sources().iter().filter(|s| !MISSING_PENDING.contains(&s.layer())) {
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

/// The name of the type or function that a line makes public for the whole program; empty for a macro's `$name`.
fn public_item(line: &str) -> Option<&str> {
    let after = line.strip_prefix("pub ")?;
    let after = after.strip_prefix("const ").unwrap_or(after);
    let name = after
        .strip_prefix("fn ")
        .or_else(|| public_type(line).and_then(|name| after.find(name).map(|at| &after[at..])))?;
    name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
}
