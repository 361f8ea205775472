//! Checks references to sections of docs/domain.md, in comments and in the `source` column of tables: each must exist.

use super::source::{files_below, none, root};
use std::fs;
use std::path::PathBuf;

/// Returns the numbers after each `§` of a line: `1.3`, `4`.
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

/// The numbers of a page's headings: `1` of `## 1. Ranks`, `1.3` of `### 1.3 Status words`.
fn section_numbers(page: &str) -> Vec<&str> {
    let headings = page.lines().filter(|line| line.starts_with("##"));
    headings.filter_map(|line| line.split(' ').nth(1)).map(|number| number.trim_end_matches('.')).collect()
}

#[test]
fn each_section_of_the_domain_that_is_referred_to_exists() {
    let page = fs::read_to_string(root().join("docs/domain.md")).unwrap();
    let headings = section_numbers(&page);
    let exists = |section: &str| headings.contains(&section);
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
            // A line break may separate the name of the page from the section.
            let before = n.checked_sub(1).and_then(|before| text.lines().nth(before)).unwrap_or_default();
            if !line.contains(reference) && !before.ends_with("docs/domain.md") {
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
