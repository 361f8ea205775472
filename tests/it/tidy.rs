//! What keeps the tree as ARCHITECTURE.md says it is: layers, pure cores, modules that introduce themselves,
//! tests that are all run. Each test reads the sources as text and names the line that breaks the rule.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first, as in `src/lib.rs`: each may speak only of those before it.
const LAYERS: [&str; 13] = [
    "text",
    "system",
    "lang",
    "report",
    "extract",
    "ingest",
    "officials",
    "search",
    "store",
    "import",
    "config",
    "tui",
    "cli",
];

/// Values in, values out: no disk, no clock, no environment, no terminal, no database.
const PURE: [&str; 9] =
    ["text", "lang", "report", "extract", "ingest", "officials", "search", "tui/update", "tui/view"];

/// How the outside world is spelt.
const WORLD: [&str; 8] =
    ["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::now", "Zoned::now", "rusqlite"];

struct Source {
    /// Path below `src`, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn is_in(&self, module: &str) -> bool {
        self.path == format!("{module}.rs") || self.path.starts_with(&format!("{module}/"))
    }

    /// Its lines up to the unit tests, comments left out, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.text.find("#[cfg(test)]").unwrap_or(self.text.len());
        let code = self.text.get(..tests).unwrap_or_default();
        code.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    files_below(&src, "rs", &mut paths);
    paths
        .into_iter()
        .map(|path| Source {
            path: path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect()
}

fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The layer that a `crate::…` path on this line speaks of.
fn layers_named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        rest.get(..end)
    })
}

#[test]
fn each_layer_imports_only_what_stands_under_it() {
    let mut problems = Vec::new();
    for source in sources() {
        let Some(own) = LAYERS.iter().position(|layer| source.is_in(layer)) else { continue };
        for (n, line) in source.code() {
            for named in layers_named(line) {
                if LAYERS.iter().position(|layer| *layer == named).is_some_and(|layer| layer > own) {
                    problems.push(format!("src/{}:{n}: {} must not know {named}", source.path, LAYERS[own]));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn the_list_of_layers_is_that_of_the_library() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.split(';').next()).collect();
    assert_eq!(declared, LAYERS);
}

#[test]
fn the_core_is_pure() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| PURE.iter().any(|module| s.is_in(module))) {
        for (n, line) in source.code() {
            for word in WORLD.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("src/{}:{n}: {word} in the pure core", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn one_module_knows_the_system() {
    let spellings = [
        "cfg(unix",
        "cfg(not(unix",
        "cfg(windows",
        "cfg!(unix",
        "cfg!(windows",
        "target_os",
        "std::os::",
        "rustix::",
        "signal_hook::",
    ];
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| !s.is_in("system") && !s.path.ends_with("tests.rs")) {
        for (n, line) in source.code() {
            for word in spellings.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("src/{}:{n}: {word} outside src/system", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn sql_stands_in_the_store_only() {
    let speaks_sql = |line: &str| {
        ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "PRAGMA "].iter().any(|word| line.contains(word))
            || line.contains("rusqlite")
    };
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| !s.is_in("store")) {
        problems
            .extend(source.code().filter(|(_, l)| speaks_sql(l)).map(|(n, _)| format!("src/{}:{n}: SQL", source.path)));
    }
    none(&problems);
}

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
fn no_file_holds_everything() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|s| s.code().count() > 600)
        .map(|s| format!("src/{}: {} lines of code; part it by idea", s.path, s.code().count()))
        .collect();
    none(&long);
}

#[test]
fn no_test_is_forgotten() {
    let it = root().join("tests/it");
    let main = fs::read_to_string(it.join("main.rs")).unwrap();
    let mut files = Vec::new();
    files_below(&it, "rs", &mut files);
    let forgotten: Vec<String> = files
        .iter()
        .filter(|path| path.parent() == Some(&it))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "main" && !main.contains(&format!("mod {name};")))
        .collect();
    none(&forgotten);
}

#[test]
fn the_changelog_has_an_unreleased_section_on_top() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let first = changelog.lines().find(|line| line.starts_with("## "));
    assert_eq!(first, Some("## [Unreleased]"));
}

/// The numbers after each `§` of a line: `1.3`, `4`.
fn sections_named(line: &str) -> impl Iterator<Item = &str> {
    line.split('§').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().trim_end_matches('.')
    })
}

/// Files whose comments or `source` column may refer to a section of docs/domain.md.
fn files_that_refer_to_sections() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for (folder, ending) in [("src", "rs"), ("src", "tsv"), ("benches", "rs"), ("examples", "rs")] {
        files_below(&root().join(folder), ending, &mut paths);
    }
    paths
}

#[test]
fn each_section_of_the_domain_that_is_referred_to_exists() {
    let page = fs::read_to_string(root().join("docs/domain.md")).unwrap();
    let headings: Vec<&str> = page
        .lines()
        .filter_map(|l| l.trim_start_matches('#').strip_prefix(' ').filter(|_| l.starts_with("##")))
        .collect();
    let exists = |section: &str| {
        headings
            .iter()
            .any(|heading| heading.split(' ').next().map(|number| number.trim_end_matches('.')) == Some(section))
    };
    let mut problems: Vec<String> = page
        .lines()
        .flat_map(sections_named)
        .filter(|section| !exists(section))
        .map(|section| format!("docs/domain.md: no heading {section}"))
        .collect();
    let mut references = 0;
    for path in files_that_refer_to_sections() {
        let text = fs::read_to_string(&path).unwrap();
        let reference = if path.extension().is_some_and(|e| e == "tsv") { "domain §" } else { "docs/domain.md §" };
        for (n, line) in text.lines().enumerate().filter(|(_, line)| line.contains('§')) {
            let place = format!("{}:{}", path.strip_prefix(root()).unwrap().display(), n + 1);
            if !line.contains(reference) {
                problems.push(format!("{place}: write `{reference}…`, or the reader does not know of which page"));
            }
            for section in sections_named(line) {
                references += 1;
                if !exists(section) {
                    problems.push(format!("{place}: docs/domain.md has no heading {section}"));
                }
            }
        }
    }
    none(&problems);
    assert!(references > 100, "only {references} references found: the search looks in the wrong places");
}

/// The text without its unit tests: items behind `#[cfg(test)]` become empty lines.
fn without_unit_tests(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let is_test = line.trim() == "#[cfg(test)]";
        if !is_test {
            out.push_str(line);
        } else if let Some(item) = lines.next() {
            out.push('\n');
            if item.ends_with('{') {
                let indent = item.len() - item.trim_start().len();
                let close = format!("{}}}", " ".repeat(indent));
                for _ in lines.by_ref().take_while(|line| *line != close) {
                    out.push('\n');
                }
                out.push('\n');
            }
        }
        out.push('\n');
    }
    out
}

/// The string and character literals of some code, each with its line. Knows neither raw strings nor block comments.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (n, line) in code.lines().enumerate() {
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            let mut ahead = rest.clone();
            let quote = match c {
                '/' if rest.peek() == Some(&'/') => break,
                '"' => '"',
                // A character, not a lifetime: it is escaped, or closed behind one character.
                '\'' if ahead.next() == Some('\\') || ahead.next() == Some('\'') => '\'',
                _ => continue,
            };
            let mut literal = String::new();
            while let Some(c) = rest.next().filter(|c| *c != quote) {
                literal.push(c);
                if c == '\\' {
                    literal.extend(rest.next());
                }
            }
            out.push((n + 1, literal));
        }
    }
    out
}

#[test]
fn literals_and_unit_tests_are_told_from_other_code() {
    let code = "fn a<'a>(b: &'a str) {\n    let c = ('đ', \"\\\"ê\"); // \"ô\"\n}\n#[cfg(test)]\nmod tests;\n";
    let tests = "#[cfg(test)]\nmod tests {\n    fn d() {\n        \"ư\"\n    }\n}\nconst E: &str = \"ơ\";\n";
    let code = without_unit_tests(&format!("{code}{tests}"));
    let expected = [(2, "đ"), (2, "\\\"ê"), (12, "ơ")].map(|(n, text)| (n, text.to_owned()));
    assert_eq!(literals(&code), expected);
}

#[test]
fn rules_of_vietnamese_are_rows_of_tables() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| s.is_in("extract")) {
        if source.path == "extract/grammar.rs" || source.path.ends_with("tests.rs") {
            continue;
        }
        for (n, literal) in literals(&without_unit_tests(&source.text)) {
            if literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
                problems.push(format!(
                    "src/{}:{n}: “{literal}” is Vietnamese; make it a row of a table (docs/tables.md)",
                    source.path
                ));
            }
        }
    }
    none(&problems);
}
