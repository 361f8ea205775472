//! Reads each sample report from bytes to extraction and compares the result with its `.expected` file, which was
//! written by a careful reader (sample-data/README.md describes the format).

use baocao::extract::extract;
use baocao::ingest::{InputHint, read};
use baocao::report::{Title, TitleOrigin};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn samples_hold_what_a_careful_reader_finds() {
    let mut differences = String::new();
    for path in samples() {
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
        let found = found_in(&path);
        if found != expected {
            let _ = writeln!(differences, "{}\n{}", path.display(), difference(&expected, &found));
        }
    }
    assert!(differences.is_empty(), "- expected, + found:\n{differences}");
}

/// The paths of the sample reports, sorted.
fn samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for year in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")).unwrap() {
        let year = year.unwrap().path();
        if year.is_dir() {
            found.extend(fs::read_dir(year).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending != "expected"));
    found.sort();
    assert!(found.len() >= 36, "the samples are missing");
    found
}

/// Formats what the program finds like an `.expected` file.
fn found_in(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    let draft = read(&fs::read(path).unwrap(), &InputHint { name: &name, ..InputHint::default() }).unwrap().remove(0);
    let extraction = extract(&draft);
    let title = Title::of(&draft, &extraction.facts);
    let facts = &extraction.facts;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let origin = serde_json::to_value(title.origin).unwrap();
    let has_headline = matches!(title.origin, TitleOrigin::Text | TitleOrigin::Page);
    let mut out = String::new();
    let _ = writeln!(out, "title\t{}", if has_headline { title.text.as_str() } else { "-" });
    let _ = writeln!(out, "origin\t{}", origin.as_str().unwrap());
    let _ = writeln!(out, "kind\t{}", facts.kind.name());
    let _ = writeln!(out, "period\t{}", or_dash(facts.period.map(|period| period.to_string())));
    let _ = writeln!(out, "unit\t{}", or_dash(facts.unit.clone()));
    let _ = writeln!(out, "date\t{}", or_dash(facts.day.map(|day| day.to_string())));
    for byline in &extraction.bylines {
        let _ = writeln!(out, "byline\t{}", byline.text);
    }
    for person in &extraction.people {
        let rank = person.rank.map_or("-", |said| said.rank.name);
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let _ = writeln!(
            out,
            "person\t{rank}\t{}\t{}",
            person.name,
            if posts.is_empty() { "-".to_owned() } else { posts.join("; ") }
        );
    }
    out
}

/// Returns the lines that only one of the two texts has.
fn difference(expected: &str, found: &str) -> String {
    let (want, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let missing = want.iter().filter(|line| !got.contains(line)).map(|line| format!("  - {line}\n"));
    let extra = got.iter().filter(|line| !want.contains(line)).map(|line| format!("  + {line}\n"));
    let lines: String = missing.chain(extra).collect();
    if lines.is_empty() { "  the same lines in another order\n".to_owned() } else { lines }
}
