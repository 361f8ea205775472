//! Checks that names are unambiguous: no two layers have a public type of the same name, and each type that the
//! documents name exists in the program.

use super::source::{none, root, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Returns the name of the type that a line of code declares for other modules.
pub fn public_type(line: &str) -> Option<&str> {
    let after = line.trim_start().strip_prefix("pub")?;
    let after = if after.starts_with('(') { after.split_once(')')?.1 } else { after };
    let mut words = after.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '_'));
    matches!(words.next()?, "struct" | "enum" | "trait" | "type" | "union").then(|| words.next())?
}

#[test]
fn no_two_layers_have_a_public_type_of_one_name() {
    let mut layers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let sources = sources();
    for source in &sources {
        for name in source.code().filter_map(|(_, line)| public_type(line)) {
            layers.entry(name.to_owned()).or_default().insert(source.layer().to_owned());
        }
    }
    let shared: Vec<String> = layers
        .iter()
        .filter(|(_, layers)| layers.len() > 1)
        .map(|(name, layers)| format!("{name} is a type of {layers:?}: two words where one is shared"))
        .collect();
    none(&shared);
}

#[test]
fn a_type_that_the_documents_name_is_one_of_the_program() {
    let code: String = sources().iter().map(|source| source.text.as_str()).collect();
    let known: BTreeSet<&str> = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let mut problems = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/terms.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for (n, line) in text.lines().enumerate() {
            // Split at backticks, every other part is inside a pair of them.
            for part in line.split('`').skip(1).step_by(2) {
                let words = part.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let unknown = words.filter(|word| is_type_name(word) && !known.contains(word));
                problems.extend(unknown.map(|word| format!("{document}:{}: there is no {word}", n + 1)));
            }
        }
    }
    none(&problems);
}

/// `ReportRow` and `Store`, but neither `README` and `FTS5` nor the file `Cargo.toml`.
fn is_type_name(word: &str) -> bool {
    word.is_ascii()
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().any(|c| c.is_ascii_lowercase())
        && word.len() > 3
        && word != "Cargo"
}

#[test]
fn each_top_level_file_has_its_noun_in_the_terms() {
    let terms = fs::read_to_string(root().join("docs/terms.md")).unwrap();
    let nameless = sources().into_iter().map(|source| match source.layer() {
        layer @ ("main" | "lib") => format!("{layer}.rs"),
        layer => layer.to_owned(),
    });
    let nameless: BTreeSet<String> = nameless.filter(|name| !terms.contains(&format!("| `{name}` |"))).collect();
    none(&nameless.into_iter().map(|name| format!("docs/terms.md: no row for {name}")).collect::<Vec<_>>());
}
