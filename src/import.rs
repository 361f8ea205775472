//! Imports files: threads read them and find people and facts, one writer saves, in the order of the files. Each file
//! has one outcome; a bad file is reported with the reason and never stops the rest; what is reported as saved is
//! committed. Memory is bounded for files of any size and number. What a file's bytes mean is left to `ingest`.
//!
//! ```text
//! readers   each takes the next file: read ─ ingest ─ extract ─▶ items, at most 16,384 files and 12.5 MiB ahead
//!              │ some items at a time (`Batch`: waking the writer for each would cost more than the extraction)
//!              ▼
//! channel   unordered: a small file overtakes a large one
//!              ▼
//! writer    early  { 7: [item], 9: [item, item] }      items of files whose turn has not come
//!           turn   6                                   the file whose items are taken next
//!           uncommitted [report, report, …]            saved in one transaction; then the outcomes are reported
//! ```
//!
//! The order of files decides which of two equal reports is new and which is known, so that an import gives the same
//! result on any number of threads.

mod backpressure;
mod batch;
mod document_helper;
mod fetched_page;
mod file_date;
mod folder_walk;
mod input_part;
mod input_source;
mod kept;
mod newsboat;
mod reading_thread;
mod writer;

pub use document_helper::HelpedFormat;
pub use fetched_page::{
    FetchedPage, FetchedReport, prepare_fetched, prepare_own_text, read_fetched, save_fetched, save_prepared,
};
pub use file_date::FileDate;
pub use folder_walk::{InputEntry, InputOrigin, find, why};
pub use kept::{ReadAgainEvent, ReadAgainTotals, read_again};

use crate::extract::extract;
use crate::ingest::{FileKind, InputFormat, Unpacked, UnreadableInput};
use crate::report::{Draft, Extraction, TitleOrigin};
use crate::store::{self, KnownIds, SaveOutcome, Store};
use backpressure::Backpressure;
use batch::Batch;
use input_part::{InputPart, PartDrafts, no_address_for, or_fault};
use input_source::{Beginning, InputSource};
use reading_thread::ReaderShared;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use writer::{ImportWriter, PendingOutcome};

/// For more files than this, the ids of all reports in the cache are read first, so that known reports need no
/// extraction.
const FEW_FILES: usize = 20;

/// The stack of a reading thread in bytes: the parsers of formats recurse for nested input.
const READER_STACK_BYTES: usize = 4 << 20;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub format: InputFormat,
    /// The name of the encoding, if the user named one.
    pub encoding: Option<String>,
    /// What dates the reports that have no date of their own.
    pub date: FileDate,
    /// The address of a report that does not say its own; of a file of several reports none gets it.
    pub url: Option<String>,
    /// Who published the reports that do not say it themselves.
    pub outlet: Option<String>,
}

/// A report that is in the cache now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedReport {
    pub id: String,
    pub title: String,
    /// Where the title comes from.
    pub origin: TitleOrigin,
    /// Whether it is new or was in the cache before.
    pub saved: SaveOutcome,
    /// What was repaired in the text, for the reader.
    pub notes: Vec<String>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOutcome {
    /// The name of the file as the user gave it.
    pub file: String,
    pub reports: Vec<SavedReport>,
    /// Why it, or a part of it, could not be read.
    pub problem: Option<String>,
    /// Whether another outcome of the same file follows. A file of many reports has one for each run of some thousand,
    /// so that a file without end, such as a pipe, takes no memory without end.
    pub more: bool,
    /// Number of reports in earlier outcomes of the same file.
    pub earlier: usize,
    /// How many bytes of the file it covers; 0 for the parts of an archive, which have other sizes than the file.
    pub bytes: u64,
    /// What is in it that is no report, with the number of each kind; for a file that is none itself, its own kind.
    pub left_out: BTreeMap<FileKind, usize>,
}

impl FileOutcome {
    /// Whether the file was not read because it is no report by its name or its beginning.
    pub fn is_left_out(&self) -> bool {
        self.reports.is_empty() && self.earlier == 0 && self.problem.is_none() && !self.left_out.is_empty()
    }
}

/// What became of all files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportTotals {
    /// Files that were read, or should have been.
    pub files: usize,
    /// Reports that were not in the cache before.
    pub new: usize,
    /// Reports that were in the cache before.
    pub known: usize,
    /// Files that could not be read, or not whole.
    pub failed: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
    /// What was left out of folders and archives because it is no report, with the number of each kind.
    pub left_out: BTreeMap<FileKind, usize>,
}

/// Imports the files found. `report_outcome` is called once for each file (`FileOutcome::more`: several times), in
/// order, after its reports are committed.
/// Setting `stop` ends the import after what has been read is saved.
pub fn import(
    store: &Store,
    found: &[InputEntry],
    options: &ImportOptions,
    stop: &AtomicBool,
    report_outcome: &mut dyn FnMut(FileOutcome),
) -> Result<ImportTotals, store::StoreError> {
    let readers = std::thread::available_parallelism().map_or(2, usize::from).min(found.len().max(1));
    let stacks = std::iter::repeat_n(READER_STACK_BYTES, readers);
    import_with(store, found, options, stop, report_outcome, &Backpressure::new(found.len()), stacks)
}

/// `import` with a given limit, and one reading thread for each stack size in bytes.
fn import_with(
    store: &Store,
    found: &[InputEntry],
    options: &ImportOptions,
    stop: &AtomicBool,
    report_outcome: &mut dyn FnMut(FileOutcome),
    backpressure: &Backpressure,
    stacks: impl Iterator<Item = usize>,
) -> Result<ImportTotals, store::StoreError> {
    // A folder that is imported again is mostly known; a few files are read sooner than all ids.
    let known = if found.len() > FEW_FILES { store.cache().known_ids()? } else { KnownIds::default() };
    let keeps = store.source_limit().is_some();
    let reading = ReaderShared { found, options, known: &known, stop, backpressure, keeps };
    let read_and_write = || {
        std::thread::scope(|scope| {
            // This guard and `receive` are dropped however this closure is left, by an error or a panic as well: then
            // readers that wait for room wake up and find it closed, and their sends fail. Otherwise the scope
            // would wait for them forever.
            let _closes_on_drop = backpressure.close_on_drop();
            // Room for all that the limit lets in, so that no reader waits in `send` while the writer commits.
            let (send, receive) = sync_channel(backpressure::MAX_FILES_AHEAD);
            for stack in stacks {
                let (batch, reading) = (Batch::new(send.clone()), &reading);
                std::thread::Builder::new()
                    .stack_size(stack)
                    .spawn_scoped(scope, move || reading.work(batch))
                    .map_err(|error| no_thread(store, &error))?;
            }
            drop(send);
            ImportWriter::new(found, backpressure, report_outcome).run(store, &receive, stop)
        })
    };
    let mut totals = store.cache().save_many(read_and_write)?;
    totals.stopped |= stop.load(Ordering::Relaxed);
    Ok(totals)
}

/// The error if a reading thread cannot be started.
fn no_thread(store: &Store, error: &std::io::Error) -> store::StoreError {
    store::StoreError::Unusable {
        path: store.folder().unwrap_or(std::path::Path::new("")).to_owned(),
        why: format!("a thread could not be started: {error}"),
    }
}

/// Reads a file without a cache. Hands over each of its reports, with everything that `extract` finds in it, as it is
/// read: the file may have any length. Returns what became of the file, in the words of an import, with the number of
/// reports in `earlier`. Ends early with the first error of `take`, which it returns.
pub fn read_only<E>(
    found: &InputEntry,
    options: &ImportOptions,
    take: &mut dyn FnMut(Draft, Extraction) -> Result<(), E>,
) -> Result<FileOutcome, E> {
    let mut reading = ReadOnly { found, options, pending: PendingOutcome::new(found.name.clone()), take };
    reading.file()?;
    Ok(reading.pending.finish())
}

/// The reading of a file without a cache.
struct ReadOnly<'a, E> {
    found: &'a InputEntry,
    options: &'a ImportOptions,
    pending: PendingOutcome,
    take: &'a mut dyn FnMut(Draft, Extraction) -> Result<(), E>,
}

impl<E> ReadOnly<'_, E> {
    fn file(&mut self) -> Result<(), E> {
        if let InputOrigin::LeftOut(kind) = self.found.origin {
            self.leave_out(kind);
            return Ok(());
        }
        let begun = InputSource::open(self.found, self.options).and_then(|mut source| {
            let beginning = source.begin(self.found, &AtomicBool::new(false))?;
            Ok((source, beginning))
        });
        match begun {
            Ok((source, Beginning::Document)) => self.document(source),
            Ok((mut source, Beginning::Container)) => self.container(&mut source),
            Ok((_, Beginning::LeftOut(kind))) => {
                self.leave_out(kind);
                Ok(())
            }
            Err(problem) => {
                self.pending.add_problem(problem);
                Ok(())
            }
        }
    }

    fn leave_out(&mut self, kind: FileKind) {
        *self.pending.outcome.left_out.entry(kind).or_default() += 1;
    }

    fn document(&mut self, mut source: InputSource) -> Result<(), E> {
        // As in an import: a file of a folder is counted by kind, what was named by itself gets its answer.
        let is_named = !matches!(self.found.origin, InputOrigin::Inside { .. });
        loop {
            match source.next_part() {
                Ok(Some(bytes)) => self.part(&InputPart::of(&source, &bytes), is_named)?,
                Ok(None) => return Ok(()),
                Err(problem) => {
                    self.pending.add_problem(problem);
                    return Ok(());
                }
            }
        }
    }

    /// Hands over the reports of a part of the file, with what `extract` finds in them.
    fn part(&mut self, part: &InputPart<'_>, is_named: bool) -> Result<(), E> {
        let PartDrafts { drafts, problems, left_out } = part.drafts_or_fault(self.found, self.options);
        for problem in problems {
            self.pending.add_problem(problem);
        }
        match left_out {
            Some((_, what)) if is_named => self.pending.add_problem(what),
            Some((kind, _)) => self.leave_out(kind),
            None => {}
        }
        for draft in drafts {
            let extracted = or_fault(|| {
                let extraction = extract(&draft);
                (draft, extraction)
            });
            match extracted {
                Ok((draft, extraction)) => {
                    self.pending.outcome.earlier += 1;
                    (self.take)(draft, extraction)?;
                }
                Err(fault) => self.pending.add_problem(fault),
            }
        }
        Ok(())
    }

    /// Reads what is in an archive, mailbox or table.
    fn container(&mut self, source: &mut InputSource) -> Result<(), E> {
        let modified = source.modified();
        let (mut done, mut is_any, mut without_address) = (Ok(()), false, 0);
        let read = or_fault(|| {
            source.each_inside(&self.found.name, false, &mut |inside| {
                match inside {
                    Unpacked::LeftOut(kind) => {
                        self.leave_out(kind);
                        return true;
                    }
                    Unpacked::Problem(why) => self.pending.add_problem(why),
                    Unpacked::Part(part) => {
                        let (unpacked, before) = (InputPart::unpacked(&part, modified), self.pending.outcome.earlier);
                        done = self.part(&unpacked, false);
                        if !unpacked.is_whole() {
                            without_address += self.pending.outcome.earlier - before;
                        }
                    }
                }
                is_any = true;
                done.is_ok()
            })
        });
        done?;
        let problem = match read {
            Err(fault) => Some(fault),
            Ok(Err(why)) => Some(why.to_string()),
            Ok(Ok(())) if !is_any => Some(UnreadableInput::Empty.to_string()),
            Ok(Ok(())) => NonZero::new(without_address).filter(|_| self.options.url.is_some()).map(no_address_for),
        };
        if let Some(problem) = problem {
            self.pending.add_problem(problem);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::writer::TRANSACTION_REPORTS;
    use super::*;
    use std::fs;
    use std::time::Duration;

    fn run(store: &Store, folder: &std::path::Path) -> (ImportTotals, Vec<FileOutcome>) {
        let found = find(&[folder.to_owned()]);
        let mut outcomes = Vec::new();
        let stop = AtomicBool::new(false);
        let totals = import(store, &found, &ImportOptions::default(), &stop, &mut |o| outcomes.push(o)).unwrap();
        (totals, outcomes)
    }

    #[test]
    fn each_file_has_its_outcome_in_order_and_a_bad_one_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..1500 {
            fs::write(folder.path().join(format!("{n:04}.txt")), format!("Báo cáo số {}\n", n % 1000)).unwrap();
        }
        fs::write(folder.path().join("0500.txt"), "").unwrap();
        let store = Store::in_memory().unwrap();
        let (totals, outcomes) = run(&store, folder.path());
        assert_eq!(totals, ImportTotals { files: 1500, new: 999, known: 500, failed: 1, ..ImportTotals::default() });
        let names: Vec<_> = outcomes.iter().map(|o| o.file.rsplit('/').next().unwrap().to_owned()).collect();
        assert!(names.is_sorted() && names.len() == 1500);
        assert_eq!(outcomes.iter().filter(|o| o.problem.is_some()).count(), 1);
        assert_eq!(store.cache().counts().unwrap().reports, 999);
        let (again, _) = run(&store, folder.path());
        assert_eq!((again.new, again.known), (0, 1499));
    }

    #[test]
    fn a_file_of_many_reports_is_told_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let count = 2 * TRANSACTION_REPORTS + 2000;
        let lines = (0..count).map(|n| format!("{{\"text\":\"Tin số {n}\"}}\n")).collect::<Vec<_>>().concat();
        // Not known by its ending: the first line tells.
        fs::write(folder.path().join("a.txt"), format!("{lines}oops\n")).unwrap();
        let (totals, outcomes) = run(&Store::in_memory().unwrap(), folder.path());
        assert_eq!((totals.new, totals.files, totals.failed), (count, 1, 1));
        // A part is what one or two transactions have saved.
        let lengths: Vec<usize> = outcomes.iter().map(|outcome| outcome.reports.len()).collect();
        assert!(lengths.iter().all(|length| *length < 2 * TRANSACTION_REPORTS), "{lengths:?}");
        let mut earlier = 0;
        for outcome in &outcomes {
            assert_eq!(outcome.earlier, earlier);
            earlier += outcome.reports.len();
        }
        assert_eq!(earlier, count);
        let (last, parts) = outcomes.split_last().unwrap();
        assert!(!last.more && last.problem.is_some());
        assert!(parts.iter().all(|part| part.more && part.problem.is_none()) && !parts.is_empty());
    }

    #[test]
    fn stopping_keeps_what_was_reported() {
        let folder = tempfile::tempdir().unwrap();
        let count = TRANSACTION_REPORTS + 1000;
        for n in 0..count {
            fs::write(folder.path().join(format!("{n:05}.txt")), format!("Báo cáo số {n}\n")).unwrap();
        }
        let store = Store::in_memory().unwrap();
        let found = find(&[folder.path().to_owned()]);
        let stop = AtomicBool::new(false);
        let mut reported = 0;
        let totals = import(&store, &found, &ImportOptions::default(), &stop, &mut |o| {
            reported += o.reports.len();
            stop.store(true, Ordering::Relaxed);
        });
        assert!(totals.unwrap().stopped);
        assert!(reported > 0 && reported < count, "{reported}");
        assert_eq!(store.cache().counts().unwrap().reports, reported);
    }

    #[test]
    fn a_thread_that_cannot_be_started_ends_the_import() {
        let folder = tempfile::tempdir().unwrap();
        // More bytes than the limit lets in, so that the first reader waits for a writer that never comes.
        for n in 0..4 {
            fs::write(folder.path().join(format!("{n}.txt")), vec![0; 4 << 20]).unwrap();
        }
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let store = Store::in_memory().unwrap();
            let found = find(&[folder.path().to_owned()]);
            let (stop, more_than_any_memory) = (AtomicBool::new(false), 1 << (usize::BITS - 2));
            let backpressure = Backpressure::new(found.len());
            let second = std::iter::once_with(|| {
                // The first reader holds the third file by then, for which there is no room.
                while backpressure.taken() < 3 {
                    std::thread::yield_now();
                }
                more_than_any_memory
            });
            let stacks = std::iter::once(READER_STACK_BYTES).chain(second);
            let ended =
                import_with(&store, &found, &ImportOptions::default(), &stop, &mut |_| (), &backpressure, stacks);
            let _ = send.send(ended.unwrap_err().to_string());
        });
        // The bound only turns a hang into a failure.
        let why = receive.recv_timeout(Duration::from_secs(120)).expect("the import ends");
        assert!(why.contains("a thread could not be started"), "{why}");
    }
}
