//! Reads the sources as text: every file below `src` with its path, and the lines that are part of the shipped program.

use std::fs;
use std::path::{Path, PathBuf};

/// One file below `src`.
pub struct Source {
    /// Path below `src`, with forward slashes.
    pub path: String,
    pub text: String,
    /// Whether the whole file is compiled for tests only (`#[cfg(test)] mod tests;` in its parent).
    pub is_test: bool,
}

impl Source {
    /// Whether the file is this module or below it: `search/finder` means `search/finder.rs` and `search/finder/…`.
    pub fn is_in(&self, module: &str) -> bool {
        self.path == format!("{module}.rs") || self.path.starts_with(&format!("{module}/"))
    }

    /// The top-level module that the file belongs to: `store` for `store.rs` and for `store/find/plan.rs`.
    pub fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The numbered lines of code that ship: no comments, and no item under `#[cfg(test)]`.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.shipped().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The numbered lines that ship, comments included.
    pub fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = if self.is_test { "" } else { self.text.as_str() };
        let is_tested = test_lines(&self.text);
        text.lines().enumerate().filter(move |(n, _)| !is_tested[*n]).map(|(n, line)| (n + 1, line))
    }
}

/// Marks the lines that belong to an item under `#[cfg(test)]`: the attribute and the item after it, which may be an
/// import, a constant, a function or a whole module.
///
/// No parser is needed, because `rustfmt` indents the last line of an item like its first. Text at the left margin
/// inside a raw string can end an item too early, which makes a check stricter but never more lenient.
fn test_lines(text: &str) -> Vec<bool> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut is_tested = Vec::new();
    // The indentation of the item that is being skipped.
    let mut skipping: Option<usize> = None;
    for line in text.lines() {
        let words = line.trim();
        if skipping.is_none() && words.starts_with("#[cfg(") && words.contains("test") && !words.contains("not(test)") {
            skipping = Some(indent(line));
            is_tested.push(true);
            // `#[cfg(test)] use …;` on one line is its own end.
            if words.ends_with(';') {
                skipping = None;
            }
            continue;
        }
        is_tested.push(skipping.is_some());
        let is_comment_or_attribute = words.is_empty() || words.starts_with("//") || words.ends_with(']');
        if skipping == Some(indent(line)) && !is_comment_or_attribute && words.ends_with(['}', ';', ',']) {
            skipping = None;
        }
    }
    is_tested
}

/// The folder of `Cargo.toml`.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Adds the files below a folder whose names end in `.ending`, sorted by path.
pub fn files_below(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
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

/// A path below the root as text with forward slashes.
pub fn below_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Every file below `src`.
pub fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    files_below(&src, "rs", &mut paths);
    let mut sources: Vec<Source> = paths
        .into_iter()
        .map(|path| Source {
            path: path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(&path).unwrap(),
            is_test: false,
        })
        .collect();
    let test_modules: Vec<String> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        source.is_test = test_modules.iter().any(|module| source.is_in(module));
    }
    sources
}

/// The modules in files of their own that a file declares under `#[cfg(test)]`, as paths below `src` without `.rs`.
fn test_modules(source: &Source) -> Vec<String> {
    let parent = source.path.strip_suffix(".rs").unwrap();
    let folder = if matches!(parent, "lib" | "main") { String::new() } else { format!("{parent}/") };
    let is_tested = test_lines(&source.text);
    let lines = source.text.lines().zip(&is_tested).filter(|(_, is_tested)| **is_tested);
    lines
        .filter_map(|(line, _)| {
            let name = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ").strip_prefix("mod ")?;
            Some(format!("{folder}{}", name.strip_suffix(';')?))
        })
        .collect()
}

/// Fails if there is any problem, and lists them one per line.
pub fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn only_the_item_under_the_attribute_is_left_out() {
    let text = "\
#[cfg(test)]
use a::{
    b,
};
fn shipped() {}
#[cfg(test)]
#[allow(
    dead_code,
    reason = \"because\"
)]
/// Says something.
fn tested(
    a: usize,
) -> bool {
    true
}
#[cfg(not(test))]
const SHIPPED: usize = 1;
struct Shipped {
    #[cfg(test)]
    tested: usize,
    shipped: usize,
}
#[cfg(any(test, feature = \"x\"))]
mod tests {
    fn tested() {}
}
fn shipped_too() {}
";
    let source = Source { path: "text.rs".to_owned(), text: text.to_owned(), is_test: false };
    let shipped: Vec<&str> = source.code().map(|(_, line)| line.trim()).collect();
    assert_eq!(
        shipped,
        [
            "fn shipped() {}",
            "#[cfg(not(test))]",
            "const SHIPPED: usize = 1;",
            "struct Shipped {",
            "shipped: usize,",
            "}",
            "fn shipped_too() {}"
        ]
    );
    // Code that follows a `#[cfg(test)]` item still counts as shipped.
    let lexicon = sources().into_iter().find(|source| source.path == "officials.rs").unwrap();
    assert!(lexicon.code().count() > 60, "{}", lexicon.code().count());
}
