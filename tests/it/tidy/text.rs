//! Checks the text of sources and documents: line widths, and that links and paths have a target.

use super::source::{below_root, files_below, none, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The maximum width of a line in columns, as in `rustfmt.toml`.
const WIDEST: usize = 120;

/// Files exempt from the limit, because each line is one row of data.
const TABLES: [&str; 3] = [
    "src/keymap/table.rs",
    "src/ingest/decode/legacy.rs",
    // An entry is a line: two branches that add entries are merged by the line (`.gitattributes`).
    "CHANGELOG.md",
];

/// Paths in the documents that belong to the user and not to this repository.
const ELSEWHERE: [&str; 1] = ["config.toml"];

fn is_skipped(path: &str) -> bool {
    ["target/", ".git/", "sample-data/", "fuzz/target/", "fuzz/corpus/"].iter().any(|folder| path.starts_with(folder))
}

/// The files of the repository with one of these endings, as paths below the root.
fn files(endings: &[&str]) -> Vec<String> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = below_root(&entry);
        if entry.is_dir() && !is_skipped(&format!("{name}/")) {
            for ending in endings {
                files_below(&entry, ending, &mut paths);
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            paths.push(entry);
        }
    }
    paths.iter().map(|path| below_root(path)).filter(|path| !is_skipped(path)).collect()
}

/// Whether a file has the extension `ending`.
fn ends_in(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

#[test]
fn no_line_is_wider_than_a_screen() {
    let mut problems = Vec::new();
    for path in files(&["rs", "md"]) {
        if TABLES.contains(&path.as_str()) {
            continue;
        }
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let is_document = ends_in(&path, "md");
        for (n, line) in text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > WIDEST && !(is_document && line.starts_with('|')) {
                problems.push(format!("{path}:{}: {columns} columns", n + 1));
            }
        }
    }
    none(&problems);
}

#[test]
fn every_link_and_path_in_the_documents_leads_somewhere() {
    let known = known_paths();
    let mut problems = Vec::new();
    for path in files(&["md"]) {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for (n, line) in text.lines().enumerate() {
            let links = links(line).filter(|link| !leads_somewhere(&path, link));
            problems.extend(links.map(|link| format!("{path}:{}: the link {link} leads nowhere", n + 1)));
            // Split at backticks, every other part is inside a pair of them.
            let quoted = line.split('`').skip(1).step_by(2);
            let lost = quoted.filter(|quoted| looks_like_a_path(quoted) && !known.contains(*quoted));
            problems.extend(lost.map(|lost| format!("{path}:{}: there is no {lost}", n + 1)));
        }
    }
    none(&problems);
}

#[test]
fn every_path_in_the_comments_leads_somewhere() {
    let mut problems = Vec::new();
    for path in files(&["rs", "toml", "yml"]) {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let mark = if ends_in(&path, "rs") { "//" } else { "#" };
        for (n, line) in text.lines().enumerate() {
            let Some((_, comment)) = line.split_once(mark) else { continue };
            let words = comment.split(|c: char| !(c.is_alphanumeric() || "/._-".contains(c)));
            let paths = words.map(|word| word.trim_end_matches('.')).filter(|word| {
                let top = ["src/", "tests/", "docs/", "benches/", "examples/", "fuzz/", "sample-data/"];
                top.iter().any(|top| word.starts_with(top))
            });
            let lost = paths.filter(|word| !root().join(word).exists());
            problems.extend(lost.map(|word| format!("{path}:{}: there is no {word}", n + 1)));
        }
    }
    none(&problems);
}

/// Returns the targets of all links in a line of Markdown.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
}

/// Whether a link in a document leads to an existing file, and to a heading in it if it has a `#`.
fn leads_somewhere(document: &str, link: &str) -> bool {
    if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") {
        return true;
    }
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = if path.is_empty() { root().join(document) } else { root().join(folder).join(path) };
    target.exists() && (heading.is_empty() || headings(&target).contains(heading))
}

/// Returns the anchors of all headings of a document, as GitHub and similar hosts generate them.
fn headings(document: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(document).unwrap();
    let titles = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    titles
        .map(|title| {
            let kept = title.to_lowercase();
            kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// Whether words between backticks are the path of a file or folder: `store/error.rs`, `tui/`, but neither `a | b` nor
/// the key `Ctrl-/` nor `YEAR/`, which stands for any.
fn looks_like_a_path(quoted: &str) -> bool {
    let is_plain = quoted.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let is_named = ["rs", "md", "tsv", "toml", "sql", "zdict", "yml"]
        .iter()
        .any(|ending| quoted.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.') && stem.len() > 1));
    let is_folder = quoted.strip_suffix('/').is_some_and(|folder| {
        folder.split('/').all(|name| name.starts_with(|c: char| c.is_ascii_lowercase() || c == '.'))
    });
    is_plain && !ELSEWHERE.contains(&quoted) && (is_named || is_folder)
}

/// Returns every way to write the paths of the repository, since documents shorten them: `src/store/error.rs` also as
/// `store/error.rs` and `error.rs`, and its folders as `src/store/` and `store/`.
fn known_paths() -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for path in files(&["rs", "md", "tsv", "toml", "sql", "zdict", "yml", "txt", "expected"]) {
        let parts: Vec<&str> = path.split('/').collect();
        for end in 1..=parts.len() {
            for start in 0..end {
                let part = parts[start..end].join("/");
                known.insert(if end == parts.len() { part } else { format!("{part}/") });
            }
        }
    }
    // Refers to sample files, which are not read here.
    known.extend(["sample-data/", "sample-data/README.md"].map(str::to_owned));
    known
}
