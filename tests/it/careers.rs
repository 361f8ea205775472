//! Checks careers against expected files, one file per name: the careers of all officials of the sample reports
//! (`careers/samples`), and careers known from other sources, retold as short invented reports (`careers/facts`).
//!
//! A line is a rank, a post or a gap, with both bounds and how each is known; `~` marks an inferred day.
//! `UPDATE_CAREERS=1` writes the files of the samples again: review the diff against the reports. The files of the
//! facts are written by hand and never updated, since they say what is true and not what the program finds.

use baocao::import;
use baocao::ingest::{self, InputHint};
use baocao::officials::OfficialPage;
use baocao::officials::career::{BoundBasis, TenureBound, TenureKind};
use baocao::store::Store;
use baocao::text::fold::fold;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A cache in memory with all sample reports.
fn samples() -> Store {
    let store = Store::in_memory().unwrap();
    let files = import::find(&[root().join("sample-data")]);
    let (options, stop) = (import::ImportOptions::default(), AtomicBool::new(false));
    import::import(&store, &files, &options, &stop, &mut |_| {}).unwrap();
    store
}

/// A cache in memory with the reports of the facts. A line `-----` separates the reports of a file. A first line `@DAY`
/// is the publication day of a page whose text has no day. If only the month is known, the day is invented.
fn facts() -> Store {
    let store = Store::in_memory().unwrap();
    for path in files("facts", "txt") {
        let text = fs::read_to_string(&path).unwrap();
        for report in text.split("\n-----\n") {
            let (published, report) = match report.strip_prefix('@').and_then(|rest| rest.split_once('\n')) {
                Some((day, report)) => (Some(day.parse().unwrap()), report),
                None => (None, report),
            };
            let hint = InputHint { name: "report.txt", ..InputHint::default() };
            for mut draft in ingest::read(report.as_bytes(), &hint).unwrap() {
                draft.published = published;
                let found = baocao::extract::extract(&draft);
                store.cache().save("report.txt", &draft, &found).unwrap();
            }
        }
    }
    store
}

/// The files of a folder with this extension, in order of their names.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/it/careers").join(folder);
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    files
}

/// The careers of all officials, by the name of their expected file; namesakes share a file.
fn careers(store: &Store) -> BTreeMap<String, String> {
    let mut officials = store.register().unwrap().officials().unwrap();
    officials.sort_by_key(|official| (official.first.map(|first| first.day), official.id.clone()));
    let mut careers: BTreeMap<String, String> = BTreeMap::new();
    for official in officials {
        let page = store.register().unwrap().official_page(&official.id).unwrap().unwrap();
        let file = fold(&page.name).to_lowercase().replace(' ', "-");
        let told = careers.entry(file).or_default();
        told.push_str(if told.is_empty() { "" } else { "\n" });
        told.push_str(&career(&page));
    }
    careers
}

/// Formats a career as in the expected files: name, reports, ranks, posts and gaps.
fn career(page: &OfficialPage) -> String {
    let mut out = format!("{}\n", page.name);
    let (first, last) = (page.first.unwrap(), page.last.unwrap());
    let _ = writeln!(out, "{} reports, {first} to {last}", page.reports_count);
    for row in &page.timeline {
        let line = match row.line {
            _ if row.is_gap() => "gap ",
            TenureKind::Rank => "rank",
            TenureKind::Post => "post",
        };
        let disputed = if row.disputed { "  (disputed)" } else { "" };
        let text = if row.is_gap() { "no post is told of" } else { &row.text };
        let _ = writeln!(out, "{line}  {:<17} .. {:<17}  {text}{disputed}", edge(&row.from), edge(&row.to));
    }
    out
}

/// Formats a bound: `2018-09-06 event`, `~2024-06-30 seen`.
fn edge(edge: &TenureBound) -> String {
    let known = match edge.known {
        BoundBasis::Event => "event",
        BoundBasis::By => "by",
        BoundBasis::Seen => "seen",
    };
    format!("{} {known}", edge.when)
}

#[test]
fn careers_of_all_officials_of_the_samples() {
    let found = careers(&samples());
    let folder = root().join("tests/it/careers/samples");
    if std::env::var_os("UPDATE_CAREERS").is_some() {
        for old in files("samples", "expected") {
            fs::remove_file(old).unwrap();
        }
        for (name, told) in &found {
            fs::write(folder.join(name).with_extension("expected"), told).unwrap();
        }
    }
    compare("samples", &found, files("samples", "expected"));
}

#[test]
fn careers_that_are_known_are_recovered_from_reports() {
    let found = careers(&facts());
    compare("facts", &found, files("facts", "expected"));
}

/// Every official must have an expected file and every file an official; differences are listed line by line.
fn compare(folder: &str, found: &BTreeMap<String, String>, files: Vec<PathBuf>) {
    let mut differences = String::new();
    let mut left: Vec<&String> = found.keys().collect();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        left.retain(|other| *other != name);
        let expected = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let told = found.get(name).map_or("", String::as_str);
        if told != expected {
            let _ = writeln!(differences, "{folder}/{name}");
            for (sign, of, other) in [('-', expected.as_str(), told), ('+', told, expected.as_str())] {
                for line in of.lines().filter(|line| !other.lines().any(|known| known == *line)) {
                    let _ = writeln!(differences, "  {sign} {line}");
                }
            }
        }
    }
    for name in left {
        let _ = writeln!(differences, "{folder}/{name} has no expected file:\n{}", found[name]);
    }
    assert!(differences.is_empty(), "- expected, + found:\n{differences}");
}
