//! `import --watch DIR`: takes the files of a folder, and then new and changed ones as they come, until Ctrl-C. The
//! folder is looked at once a second, because notices of the system say nothing of folders on other machines. A file is
//! taken once it is the same in two looks: one that is still being written waits.

use super::{OutcomePrinter, kinds};
use crate::cli::exit_status::{CACHE, Failure, INTERRUPTED, VerbResult};
use crate::cli::output::{Output, say};
use crate::import::{self, ImportOptions, ImportTotals, InputEntry};
use crate::store::{Store, StoreError};
use crate::system::interrupt;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// The time between two looks at the folder.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// How often the wait looks at whether Ctrl-C was pressed.
const BETWEEN_CHECKS: Duration = Duration::from_millis(100);
/// A file that was last changed so long ago is complete, also at the first look.
const COMPLETE_AFTER: Duration = Duration::from_secs(5);

/// By what a change of a file is seen: its length and the time of its last change. `None` if it has neither.
type FileStamp = Option<(u64, SystemTime)>;

/// What was seen of a folder so far.
#[derive(Debug, Default)]
struct FolderChanges {
    /// By name: the stamp of the last look, and whether the file was taken with it.
    files: HashMap<String, SeenFile>,
}

#[derive(Clone, Copy, Debug)]
struct SeenFile {
    stamp: FileStamp,
    taken: bool,
}

impl FolderChanges {
    /// Whether a file is to be taken now: it has not been with this stamp, and is complete. `old`: it was last changed
    /// long ago.
    fn takes(&mut self, name: &str, stamp: FileStamp, old: bool) -> bool {
        let before = self.files.get(name).copied().filter(|before| before.stamp == stamp);
        let taken = before.is_some_and(|before| before.taken);
        let complete = old || before.is_some();
        self.files.insert(name.to_owned(), SeenFile { stamp, taken: taken || complete });
        complete && !taken
    }

    /// The files to take now. Forgets those that are gone, so that one that comes again is taken again.
    fn of(&mut self, found: &[InputEntry], now: SystemTime) -> Vec<InputEntry> {
        let names: HashSet<&str> = found.iter().map(|entry| entry.name.as_str()).collect();
        self.files.retain(|name, _| names.contains(name.as_str()));
        let mut takes = |entry: &InputEntry| {
            let meta = entry.path().and_then(|path| path.metadata().ok());
            let stamp = meta.and_then(|meta| Some((meta.len(), meta.modified().ok()?)));
            let age = stamp.and_then(|(_, changed)| now.duration_since(changed).ok());
            // What cannot be read, or is no report by its name, is told at once.
            self.takes(&entry.name, stamp, stamp.is_none() || age.is_some_and(|age| age >= COMPLETE_AFTER))
        };
        found.iter().filter(|entry| takes(entry)).cloned().collect()
    }
}

/// Watches a folder until it is interrupted, or the output is closed.
pub fn run(store: &Store, folder: &Path, options: &ImportOptions, json: bool) -> VerbResult {
    if let Some(why) = store.read_only() {
        return Err(Failure::Message(CACHE, format!("nothing was imported: the cache cannot be written: {why}")));
    }
    if !folder.is_dir() {
        return Err(Failure::usage(format!("--watch needs a folder, and {folder:?} is none")));
    }
    store.cache().check_small()?;
    let watch = interrupt::Watch::new(INTERRUPTED);
    let stop = &watch.stop;
    let mut changes = FolderChanges::default();
    let paths = [PathBuf::from(folder)];
    let mut all = ImportTotals::default();
    say(&format!("watching {folder:?}; Ctrl-C ends it"));
    while !stop.load(Ordering::Relaxed) {
        let new = changes.of(&import::find(&paths), SystemTime::now());
        if !new.is_empty() {
            match take(store, &new, options, json, stop) {
                Ok(totals) => add(&mut all, &totals, json),
                // Another program has the cache: the next looks try these again.
                Err(TakeError::Busy(why)) => {
                    say(&why);
                    changes.files.retain(|name, _| !new.iter().any(|entry| entry.name == *name));
                }
                Err(TakeError::Failed(failure)) => return Err(failure),
            }
        }
        wait(stop);
    }
    if !json {
        say(&super::sentence(&all));
    }
    Ok(INTERRUPTED)
}

/// Why files could not be taken.
enum TakeError {
    /// Another program keeps the cache locked; in words for the user.
    Busy(String),
    Failed(Failure),
}

/// Imports some files and prints what became of each.
fn take(
    store: &Store,
    new: &[InputEntry],
    options: &ImportOptions,
    json: bool,
    stop: &AtomicBool,
) -> Result<ImportTotals, TakeError> {
    let outs = json.then(Output::default).into_iter().collect();
    let mut printer = OutcomePrinter { outs, bar: super::ImportBar::new(new), failure: None };
    let totals = import::import(store, new, options, stop, &mut |outcome| {
        if !printer.print(&outcome) {
            stop.store(true, Ordering::Relaxed);
        }
    });
    printer.bar.clear();
    if let Some(failure) = printer.failure.take() {
        return Err(TakeError::Failed(failure));
    }
    totals.map_err(|error| match error {
        StoreError::Busy { .. } => TakeError::Busy(error.to_string()),
        error => TakeError::Failed(error.into()),
    })
}

/// Adds the totals of one look, and tells them.
fn add(all: &mut ImportTotals, totals: &ImportTotals, json: bool) {
    if !json && totals.files > 0 {
        say(&super::sentence(totals));
    }
    if !totals.left_out.is_empty() {
        say(&format!("left out: {}", kinds(&totals.left_out)));
    }
    all.files += totals.files;
    all.new += totals.new;
    all.known += totals.known;
    all.failed += totals.failed;
}

/// Waits for the next look, or for Ctrl-C.
fn wait(stop: &AtomicBool) {
    let mut waited = Duration::ZERO;
    while waited < BETWEEN_LOOKS && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(BETWEEN_CHECKS);
        waited += BETWEEN_CHECKS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::InputOrigin;

    #[test]
    fn a_file_is_taken_once_when_it_no_longer_changes_and_again_after_a_change() {
        let mut changes = FolderChanges::default();
        let at = |second, length| Some((length, SystemTime::UNIX_EPOCH + Duration::from_secs(second)));
        let looks = [
            (at(1, 10), false, false),
            // Still being written.
            (at(2, 20), false, false),
            (at(2, 20), false, true),
            (at(2, 20), false, false),
            (at(9, 25), false, false),
            (at(9, 25), false, true),
            (at(9, 25), true, false),
        ];
        for (n, (stamp, old, taken)) in looks.into_iter().enumerate() {
            assert_eq!(changes.takes("a.txt", stamp, old), taken, "look {n}");
        }
        assert!(changes.takes("b.txt", at(1, 1), true), "an old file at the first look");
    }

    #[test]
    fn what_is_no_file_is_told_once_and_a_file_that_comes_back_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let mut changes = FolderChanges::default();
        let entry = |name: &str, origin| InputEntry { name: name.to_owned(), origin, is_unknown: false };
        let refused = || vec![entry("x", InputOrigin::Refused("gone".to_owned()))];
        assert_eq!(changes.of(&refused(), SystemTime::now()).len(), 1);
        assert_eq!(changes.of(&refused(), SystemTime::now()).len(), 0);
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "Tin").unwrap();
        let files = || vec![entry("a.txt", InputOrigin::File(file.clone()))];
        let later = SystemTime::now() + Duration::from_secs(60);
        assert_eq!(changes.of(&files(), later).len(), 1);
        assert_eq!(changes.of(&files(), later).len(), 0);
        assert_eq!(changes.of(&[], later).len(), 0);
        assert_eq!(changes.of(&files(), later).len(), 1);
    }
}
