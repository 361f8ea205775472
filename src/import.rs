//! Imports files: threads read them and find people and facts, one writer saves, in the order of the files. Each file
//! has one outcome; a bad file is reported with the reason and never stops the rest; what is reported as saved is
//! committed. Memory is bounded however large or many the files are. What a file's bytes mean is left to `ingest`.
//!
//! ```text
//! readers   each takes the next file: read ─ ingest ─ extract ─▶ items, at most 1,024 files and 10 MiB ahead
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
mod folder_walk;
mod input_reader;

pub use folder_walk::{ENDINGS, InputEntry, SkippedFiles, find, why};

use crate::extract::{extract, people_and_facts};
use crate::ingest::{self, InputFormat, InputHint, UnreadableInput};
use crate::report::{Draft, Extraction, TitleOrigin};
use crate::store::{self, PreparedReport, SaveOutcome, Store};
use backpressure::Backpressure;
use batch::{Batch, BatchItem};
use folder_walk::InputOrigin;
use input_reader::InputSource;
use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// A transaction is committed at this number of reports. Fewer would write each page of the tables more often.
const TRANSACTION_REPORTS: usize = 1024;
/// A transaction is also committed at this size of its files: the reports wait in memory.
const TRANSACTION_BYTES: usize = 8 << 20;
/// A transaction is also committed when its first report has waited this long, so that progress shows and a kill loses
/// little.
const TRANSACTION_WAIT: Duration = Duration::from_millis(500);

/// For more files than this, the ids of all reports in the cache are read first, so that known files need no
/// extraction.
const FEW_FILES: usize = 20;

/// Further problems of one file are only counted.
const MAX_LISTED_PROBLEMS: usize = 5;

/// The stack of a reading thread: the parsers of formats call themselves for nested input.
const READER_STACK_BYTES: usize = 4 << 20;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub format: InputFormat,
    /// The name of the encoding, if the user named one.
    pub encoding: Option<String>,
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
}

/// What became of all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportTotals {
    pub files: usize,
    /// Reports that were not in the cache before.
    pub new: usize,
    /// Reports that were in the cache before.
    pub known: usize,
    /// Files that could not be read, or not whole.
    pub failed: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Imports the files found. `report_outcome` is called once for each file, in order, after its reports are committed.
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

/// `import` through that window, with one reading thread for each stack size, in bytes.
fn import_with(
    store: &Store,
    found: &[InputEntry],
    options: &ImportOptions,
    stop: &AtomicBool,
    report_outcome: &mut dyn FnMut(FileOutcome),
    window: &Backpressure,
    stacks: impl Iterator<Item = usize>,
) -> Result<ImportTotals, store::StoreError> {
    // A folder that is imported again is mostly known; a few files are read sooner than all ids.
    let known = if found.len() > FEW_FILES { store.cache().known_ids()? } else { HashSet::new() };
    let reading = ReaderShared { found, options, known: &known, stop, window };
    let read_and_write = || {
        std::thread::scope(|scope| {
            // Both are dropped when this closure is left, by whatever way: readers that wait for room go on and find
            // the window closed, and their sends fail. Without that the scope would wait for them for ever.
            let _window_closes = window.close_on_drop();
            // Room for all that the window lets in, so that no reader waits in `send` while the writer commits.
            let (send, receive) = sync_channel(backpressure::MAX_FILES_AHEAD);
            for stack in stacks {
                let (batch, reading) = (Batch::new(send.clone()), &reading);
                std::thread::Builder::new()
                    .stack_size(stack)
                    .spawn_scoped(scope, move || reading.work(batch))
                    .map_err(|error| no_thread(store, &error))?;
            }
            drop(send);
            ImportWriter::new(found, window, report_outcome).run(store, &receive, stop)
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

/// The reports of a file with what `extract` finds in them, without a cache; and why the file, or parts of it, could
/// not be read.
pub fn read_only(found: &InputEntry, options: &ImportOptions) -> (Vec<(Draft, Extraction)>, Vec<String>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    let mut source = match InputSource::open(found, options.format) {
        Ok(source) => source,
        Err(problem) => return (all, vec![problem]),
    };
    loop {
        let bytes = match source.next_document() {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return (all, problems),
            Err(problem) => {
                problems.push(problem);
                return (all, problems);
            }
        };
        let part = InputPart { bytes: &bytes, is_lines: source.is_lines(), lines_before: source.lines_before() };
        let (drafts, bad) = part.drafts(found, options);
        problems.extend(bad);
        all.extend(drafts.into_iter().map(|draft| {
            let extraction = extract(&draft);
            (draft, extraction)
        }));
    }
}

/// What all reading threads share.
struct ReaderShared<'a> {
    found: &'a [InputEntry],
    options: &'a ImportOptions,
    /// Ids of the reports that were in the cache at the beginning. Empty for few files.
    known: &'a HashSet<String>,
    stop: &'a AtomicBool,
    window: &'a Backpressure,
}

impl ReaderShared<'_> {
    /// The loop of one thread: takes the next file, reads it, sends its reports.
    fn work(&self, mut batch: Batch) {
        while let Some((index, file)) = self.window.next().and_then(|index| Some((index, self.found.get(index)?))) {
            if self.stop.load(Ordering::Relaxed) || !self.read_file(index, file, &mut batch) {
                break;
            }
        }
        // An error means that the writer is gone, which it reports itself.
        let _ = batch.send();
    }

    /// Reads a file and sends its items. `false` if the import is over and there is nobody to send to.
    fn read_file(&self, index: usize, file: &InputEntry, batch: &mut Batch) -> bool {
        let mut source = match InputSource::open(file, self.options.format) {
            Ok(source) => source,
            Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
        };
        loop {
            // Reading standard input can block for as long as its other end likes: send what is ready before.
            if matches!(file.origin, InputOrigin::StandardInput) && !batch.send() {
                return false;
            }
            let bytes = match source.next_document() {
                // No item for a file that is not read to its end: it would be reported as a file with nothing in it.
                Ok(Some(_)) if self.stop.load(Ordering::Relaxed) => return false,
                Ok(Some(bytes)) => bytes,
                Ok(None) => return batch.add(BatchItem::end_of_file(index, None)),
                Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
            };
            // Send the batch before waiting for room: the writer makes room by saving, and may be waiting for these
            // items.
            let may_enter = self.window.enter_at_once(index, bytes.len())
                || (batch.send() && self.window.enter(index, bytes.len()));
            if !may_enter {
                return false;
            }
            let size = bytes.len();
            // A panic in a parser must cost one file only. What it leaves half done is dropped with the part.
            let part = InputPart { bytes: &bytes, is_lines: source.is_lines(), lines_before: source.lines_before() };
            let read = catch_unwind(AssertUnwindSafe(|| self.prepare(&part, file)));
            let fault = "a fault of this program stopped its reading; please report it";
            let (reports, problems) = read.unwrap_or_else(|_| (Vec::new(), vec![fault.to_owned()]));
            drop(bytes);
            let end = source.is_over();
            if !batch.add(BatchItem { index, reports, problems, is_last: end, bytes: size }) {
                return false;
            }
            if end {
                return true;
            }
        }
    }

    /// The reports of a part of a file, ready to be saved, and why it or some of its lines are none.
    fn prepare(&self, part: &InputPart<'_>, file: &InputEntry) -> (Vec<PreparedReport>, Vec<String>) {
        let (drafts, problems) = part.drafts(file, self.options);
        (drafts.into_iter().map(|draft| self.prepare_report(draft, file)).collect(), problems)
    }

    fn prepare_report(&self, draft: Draft, file: &InputEntry) -> PreparedReport {
        let is_known = !self.known.is_empty() && self.known.contains(&store::id_of(&draft.text));
        if let Some(title) = draft.title.clone().filter(|_| is_known) {
            return PreparedReport::known(&file.name, draft, title);
        }
        // A known report without a title is extracted too: its title is made of what is found.
        let extraction = people_and_facts(&draft);
        PreparedReport::new(&file.name, draft, &extraction)
    }
}

/// A whole file, or a stretch of lines of a file of JSON lines.
struct InputPart<'a> {
    bytes: &'a [u8],
    is_lines: bool,
    /// How many lines of the file come before it.
    lines_before: usize,
}

impl InputPart<'_> {
    /// Its reports, and why it or some of its lines are none.
    fn drafts(&self, file: &InputEntry, options: &ImportOptions) -> (Vec<Draft>, Vec<String>) {
        let format = if self.is_lines { InputFormat::Jsonl } else { options.format };
        let hint = InputHint { format, encoding: options.encoding.as_deref(), name: &file.name };
        let (mut drafts, mut problems) = (Vec::new(), Vec::new());
        let read = ingest::each(self.bytes, &hint, &mut |found| match found {
            Ok(draft) => drafts.push(draft),
            Err(UnreadableInput::Line { number, why }) => {
                problems.push(UnreadableInput::Line { number: number + self.lines_before, why }.to_string());
            }
            Err(why) => problems.push(why.to_string()),
        });
        problems.extend(read.err().map(|why| why.to_string()));
        // Blank lines between records are no fault; a file without any report is.
        if drafts.is_empty() && problems.is_empty() && self.lines_before == 0 {
            problems.push(UnreadableInput::Empty.to_string());
        }
        (drafts, problems)
    }
}

/// An outcome that is not reported yet.
#[derive(Default)]
struct PendingOutcome {
    outcome: FileOutcome,
    /// How many problems there were, listed or not.
    problems: usize,
}

impl PendingOutcome {
    fn new(file: String) -> Self {
        Self { outcome: FileOutcome { file, ..FileOutcome::default() }, problems: 0 }
    }

    fn add_problem(&mut self, problem: String) {
        self.problems += 1;
        match &mut self.outcome.problem {
            None => self.outcome.problem = Some(problem),
            Some(listed) if self.problems <= MAX_LISTED_PROBLEMS => {
                listed.push_str("; ");
                listed.push_str(&problem);
            }
            Some(_) => {}
        }
    }

    fn finish(mut self) -> FileOutcome {
        let unlisted = self.problems.saturating_sub(MAX_LISTED_PROBLEMS);
        if let Some(listed) = self.outcome.problem.as_mut().filter(|_| unlisted > 0) {
            listed.push_str(&["; and ", &unlisted.to_string(), " more"].concat());
        }
        self.outcome
    }
}

/// A report that waits for the next transaction.
struct UncommittedReport {
    /// The place of its file's outcome in `ImportWriter::open`.
    outcome: usize,
    report: PreparedReport,
}

/// Puts the readers' items into the order of the files, saves their reports in transactions, and reports the outcome of
/// a file after its last report is committed.
struct ImportWriter<'a> {
    found: &'a [InputEntry],
    window: &'a Backpressure,
    report_outcome: &'a mut dyn FnMut(FileOutcome),
    totals: ImportTotals,
    /// Items that came before their turn, by the index of their file. `Backpressure` bounds their number and bytes.
    early: BTreeMap<usize, Vec<BatchItem>>,
    /// The index of the file whose items are taken next.
    turn: usize,
    /// The outcomes of files with uncommitted reports, in order; the last may still get items.
    open: Vec<PendingOutcome>,
    /// How many of `open` have had their last item.
    complete: usize,
    uncommitted: Vec<UncommittedReport>,
    /// The size of the files' parts that the uncommitted reports came from.
    uncommitted_bytes: usize,
}

impl<'a> ImportWriter<'a> {
    fn new(found: &'a [InputEntry], window: &'a Backpressure, report_outcome: &'a mut dyn FnMut(FileOutcome)) -> Self {
        Self {
            found,
            window,
            report_outcome,
            totals: ImportTotals::default(),
            early: BTreeMap::new(),
            turn: 0,
            open: Vec::new(),
            complete: 0,
            uncommitted: Vec::new(),
            uncommitted_bytes: 0,
        }
    }

    fn run(
        mut self,
        store: &Store,
        receive: &Receiver<Vec<BatchItem>>,
        stop: &AtomicBool,
    ) -> Result<ImportTotals, store::StoreError> {
        // When the first report or outcome of the next transaction came.
        let mut since = Instant::now();
        while self.turn < self.found.len() {
            let wait = TRANSACTION_WAIT.saturating_sub(since.elapsed());
            match receive.recv_timeout(if self.is_idle() { TRANSACTION_WAIT } else { wait }) {
                Ok(items) => {
                    if self.is_idle() {
                        since = Instant::now();
                    }
                    for item in items {
                        self.early.entry(item.index).or_default().push(item);
                    }
                    self.take_turns();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let full = self.uncommitted.len() >= TRANSACTION_REPORTS || self.uncommitted_bytes >= TRANSACTION_BYTES;
            if full || (!self.is_idle() && since.elapsed() >= TRANSACTION_WAIT) {
                self.commit(store)?;
                since = Instant::now();
            }
            if stop.load(Ordering::Relaxed) && self.early.is_empty() {
                break;
            }
        }
        self.commit(store)?;
        self.totals.stopped = self.turn < self.found.len();
        Ok(self.totals)
    }

    /// Whether there is nothing to commit or to report.
    fn is_idle(&self) -> bool {
        self.uncommitted.is_empty() && self.complete == 0
    }

    /// Takes all items whose turn has come.
    fn take_turns(&mut self) {
        while let Some(items) = self.early.remove(&self.turn) {
            for item in items {
                self.take(item);
            }
        }
        self.window.advance(self.turn);
    }

    fn take(&mut self, item: BatchItem) {
        // All outcomes are complete: this is the first item of the next file.
        if self.open.len() == self.complete {
            let file = self.found.get(item.index).map(|file| file.name.clone()).unwrap_or_default();
            self.open.push(PendingOutcome::new(file));
        }
        let outcome = self.open.len() - 1;
        if let Some(open) = self.open.last_mut() {
            item.problems.into_iter().for_each(|problem| open.add_problem(problem));
        }
        self.uncommitted.extend(item.reports.into_iter().map(|report| UncommittedReport { outcome, report }));
        self.uncommitted_bytes += item.bytes;
        if item.is_last {
            self.complete += 1;
            self.turn += 1;
        }
    }

    /// Saves the uncommitted reports, then reports the outcomes that are complete.
    fn commit(&mut self, store: &Store) -> Result<(), store::StoreError> {
        if !self.uncommitted.is_empty() {
            let uncommitted = std::mem::take(&mut self.uncommitted).into_iter();
            let (outcomes, reports): (Vec<usize>, Vec<PreparedReport>) =
                uncommitted.map(|waiting| (waiting.outcome, waiting.report)).unzip();
            let saved = store.cache().save_all(&reports)?;
            for ((outcome, report), saved) in outcomes.into_iter().zip(reports).zip(saved) {
                match saved {
                    SaveOutcome::New => self.totals.new += 1,
                    SaveOutcome::Known => self.totals.known += 1,
                }
                if let Some(open) = self.open.get_mut(outcome) {
                    open.outcome.reports.push(SavedReport {
                        id: report.id,
                        title: report.title.text,
                        origin: report.title.origin,
                        saved,
                        notes: report.notes,
                    });
                }
            }
        }
        self.window.leave(std::mem::take(&mut self.uncommitted_bytes));
        for outcome in self.open.drain(..std::mem::take(&mut self.complete)).map(PendingOutcome::finish) {
            self.totals.files += 1;
            self.totals.failed += usize::from(outcome.problem.is_some());
            (self.report_outcome)(outcome);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn run(store: &Store, folder: &std::path::Path) -> (ImportTotals, Vec<FileOutcome>) {
        let (found, _) = find(&[folder.to_owned()]);
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
        assert_eq!(totals, ImportTotals { files: 1500, new: 999, known: 500, failed: 1, stopped: false });
        let names: Vec<_> = outcomes.iter().map(|o| o.file.rsplit('/').next().unwrap().to_owned()).collect();
        assert!(names.is_sorted() && names.len() == 1500);
        assert_eq!(outcomes.iter().filter(|o| o.problem.is_some()).count(), 1);
        assert_eq!(store.cache().counts().unwrap().reports, 999);
        let (again, _) = run(&store, folder.path());
        assert_eq!((again.new, again.known), (0, 1499));
    }

    #[test]
    fn stopping_keeps_what_was_reported() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..3000 {
            fs::write(folder.path().join(format!("{n:04}.txt")), format!("Báo cáo số {n}\n")).unwrap();
        }
        let store = Store::in_memory().unwrap();
        let (found, _) = find(&[folder.path().to_owned()]);
        let stop = AtomicBool::new(false);
        let mut reported = 0;
        let totals = import(&store, &found, &ImportOptions::default(), &stop, &mut |o| {
            reported += o.reports.len();
            stop.store(true, Ordering::Relaxed);
        });
        assert!(totals.unwrap().stopped);
        assert!(reported > 0 && reported < 3000, "{reported}");
        assert_eq!(store.cache().counts().unwrap().reports, reported);
    }

    #[test]
    fn a_thread_that_cannot_be_started_ends_the_import() {
        let folder = tempfile::tempdir().unwrap();
        // More bytes than the window lets in, so that the first reader waits for a writer that never comes.
        for n in 0..4 {
            fs::write(folder.path().join(format!("{n}.txt")), vec![0; 4 << 20]).unwrap();
        }
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let store = Store::in_memory().unwrap();
            let (found, _) = find(&[folder.path().to_owned()]);
            let (stop, more_than_any_memory) = (AtomicBool::new(false), 1 << (usize::BITS - 2));
            let window = Backpressure::new(found.len());
            let second = std::iter::once_with(|| {
                // The first reader holds the third file by then, for which there is no room.
                while window.taken() < 3 {
                    std::thread::yield_now();
                }
                more_than_any_memory
            });
            let stacks = std::iter::once(READER_STACK_BYTES).chain(second);
            let ended = import_with(&store, &found, &ImportOptions::default(), &stop, &mut |_| (), &window, stacks);
            let _ = send.send(ended.unwrap_err().to_string());
        });
        // The bound only turns a hang into a failure.
        let why = receive.recv_timeout(Duration::from_secs(120)).expect("the import ends");
        assert!(why.contains("a thread could not be started"), "{why}");
    }
}
