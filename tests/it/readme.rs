//! Generated sections of the README: keys, fields and verbs, from the tables of the program.
//! `UPDATE_README=1 cargo test readme` writes them.

use baocao::cli::args::Cli;
use baocao::keymap;
use baocao::lang::Lang;
use baocao::search::fields::FIELDS;
use clap::CommandFactory;
use std::fmt::Write;
use std::path::Path;

#[test]
fn the_readme_says_what_the_program_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let sections = [("keys", keymap::readme_table(Lang::En)), ("fields", fields()), ("verbs", verbs())];
    let fresh = sections.iter().fold(readme.clone(), |text, (name, body)| replaced(&text, name, body));
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        let old = readme.lines().zip(fresh.lines()).find(|(is, should)| is != should);
        assert!(readme == fresh, "README.md is old: UPDATE_README=1 cargo test readme\n{old:?}");
    }
}

/// Replaces the text between the two comments that mark a section.
fn replaced(text: &str, section: &str, body: &str) -> String {
    let (open, close) = (format!("<!-- {section} -->\n"), format!("<!-- /{section} -->"));
    let (before, rest) = text.split_once(&open).unwrap();
    let (_, after) = rest.split_once(&close).unwrap();
    format!("{before}{open}{}\n{close}{after}", body.trim_end())
}

fn fields() -> String {
    let mut out = "| field | what it asks | example |\n| --- | --- | --- |\n".to_owned();
    for field in FIELDS {
        let names: Vec<_> = [field.name].iter().chain(field.aliases).map(|name| format!("`{name}:`")).collect();
        let _ = writeln!(out, "| {} | {} | `{}` |", names.join(" "), field.help.en, field.example);
    }
    out
}

fn verbs() -> String {
    let mut out = "| verb | what it does |\n| --- | --- |\n".to_owned();
    let mut cli = Cli::command();
    cli.build();
    let _ = writeln!(out, "| `baocao [PATH…]` | Open the reader, after importing what is named |");
    for verb in cli.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "| `baocao {}` | {about} |", verb.get_name());
    }
    out
}
