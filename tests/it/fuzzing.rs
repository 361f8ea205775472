//! The fuzz targets, run over what fuzzing has found (`fuzz/finds`) and over the inputs that it begins with
//! (`fuzz/seeds`). A find becomes a test by being put into the folder of its target.

use crate::oracles;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The body of a fuzz target: it panics if a promise is broken.
type Body = fn(&[u8]);

/// Each target with its body.
const TARGETS: [(&str, Body); 20] = [
    ("decisions", oracles::decisions),
    ("decode", oracles::decode),
    ("documents", oracles::documents),
    ("extract", oracles::extract),
    ("feed", oracles::feed),
    ("filter", oracles::filter),
    ("finder", oracles::finder),
    ("html", oracles::html),
    ("ingest", oracles::ingest),
    ("jsonl", oracles::jsonl),
    ("keys", oracles::keys),
    ("listing", oracles::listing),
    ("marks", oracles::marks),
    ("paste", oracles::paste),
    ("remote", oracles::remote),
    ("serve", oracles::serve),
    ("settings", oracles::settings),
    ("stored", oracles::stored),
    ("unpack", oracles::unpack),
    ("words", oracles::words),
];

/// The files of a folder of `fuzz`; none if there is no such folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("fuzz").join(folder);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).map(|found| found.map(|file| file.unwrap().path()).collect()).unwrap_or_default();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn what_fuzzing_has_found_stays_mended() {
    let mut count = 0;
    for (name, target) in TARGETS {
        for kind in ["finds", "seeds"] {
            for file in files(&format!("{kind}/{name}")) {
                let bytes = fs::read(&file).unwrap();
                let ran = std::panic::catch_unwind(|| target(&bytes));
                assert!(ran.is_ok(), "{}", file.display());
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count} inputs");
}

#[test]
fn every_target_is_listed_everywhere() {
    let listed: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let sources: BTreeSet<String> = files("fuzz_targets").iter().map(|file| stem(file)).collect();
    assert_eq!(sources, listed);
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    let guide = fs::read_to_string("CONTRIBUTING.md").unwrap();
    for name in &listed {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
        assert!(guide.contains(&format!("`{name}`")), "{name} in CONTRIBUTING.md");
    }
    let folders: BTreeSet<String> = ["finds", "seeds"].iter().flat_map(|kind| files(kind)).map(|f| stem(&f)).collect();
    assert!(folders.is_subset(&listed), "{folders:?}");
}
