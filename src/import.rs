//! Files -> `ingest` -> `extract` -> `store`: threads read and extract, one writer saves, in the order of the files.
//! One outcome a file; a bad file is named with the reason and never stops the rest; what is reported saved is committed.
//! Memory is bounded however large or many the files are. What a file's bytes mean is left to `ingest`.

mod backpressure;
mod batch;
mod read;
mod walk;

pub use read::InputKind;
pub use walk::{ENDINGS, InputEntry, SkippedFiles, find, why};

use crate::extract::{extract, people_and_facts};
use crate::ingest::{self, InputFormat, InputHint, UnreadableInput};
use crate::report::{Draft, Extraction, TitleOrigin};
use crate::store::{self, PreparedReport, SaveOutcome, Store};
use backpressure::Backpressure;
use batch::{Batch, BatchItem};
use read::InputSource;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};
use walk::InputOrigin;

/// A transaction is committed when it holds so many reports: with fewer, each page of the tables would be written more
/// often …
const BATCH: usize = 1024;
/// … or so many bytes of text …
const BATCH_BYTES: usize = 8 << 20;
/// … or when its first report has waited so long.
const BATCH_WAIT: Duration = Duration::from_millis(500);

/// More files than this are worth knowing all ids beforehand.
const FEW: usize = 20;

/// Bytes of stack for a thread that reads: the parsers of formats call themselves for nested input.
const READER_STACK: usize = 4 << 20;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The format, where the user gave one.
    pub format: InputFormat,
    /// The encoding's name, where the user gave one.
    pub encoding: Option<String>,
}

/// A report of a file, saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who gave the title.
    pub origin: TitleOrigin,
    /// New, or known already.
    pub saved: SaveOutcome,
    /// What was repaired on the way in.
    pub notes: Vec<String>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOutcome {
    /// The file as given.
    pub file: String,
    /// Its reports.
    pub reports: Vec<SavedReport>,
    /// Why it, or a part of it, could not be read.
    pub problem: Option<String>,
}

/// What became of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportTotals {
    /// Files looked at.
    pub files: usize,
    /// Reports that are new.
    pub new: usize,
    /// Reports that were known.
    pub known: usize,
    /// Files that could not be read, or not whole.
    pub failed: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Imports what was found. `tell` hears of each file once, in order, after its reports are committed. Setting `stop`
/// ends the import after what is in hand has been saved.
pub fn import(
    store: &Store,
    found: &[InputEntry],
    options: &ImportOptions,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(FileOutcome),
) -> Result<ImportTotals, store::StoreError> {
    let readers = std::thread::available_parallelism().map_or(2, usize::from).min(found.len().max(1));
    let stacks = std::iter::repeat_n(READER_STACK, readers);
    import_with(store, found, options, stop, tell, &Backpressure::new(found.len()), stacks)
}

/// `import` through that window, with one reading thread for each stack size, in bytes.
fn import_with(
    store: &Store,
    found: &[InputEntry],
    options: &ImportOptions,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(FileOutcome),
    window: &Backpressure,
    stacks: impl Iterator<Item = usize>,
) -> Result<ImportTotals, store::StoreError> {
    // A folder that is imported again is mostly known; a few files are read sooner than all ids.
    let known = if found.len() > FEW { store.cache().known_ids()? } else { HashSet::new() };
    let reading = ReaderShared { found, options, known: &known, stop, window };
    let read_and_write = || {
        std::thread::scope(|scope| {
            // Both are dropped when this closure is left, by whatever way: readers that wait for room go on and find the
            // window closed, and their sends fail. Without that the scope would wait for them for ever.
            let _window_closes = window.close_on_drop();
            // Room for all that the window lets in: no reader waits while the writer commits.
            let (send, receive) = sync_channel(backpressure::AHEAD);
            for stack in stacks {
                let (parcel, reading) = (Batch::new(send.clone()), &reading);
                std::thread::Builder::new()
                    .stack_size(stack)
                    .spawn_scoped(scope, move || reading.work(parcel))
                    .map_err(|error| no_thread(store, &error))?;
            }
            drop(send);
            ImportWriter::new(found, window, tell).run(store, &receive, stop)
        })
    };
    let mut totals = store.cache().save_many(read_and_write)?;
    totals.stopped |= stop.load(Ordering::Relaxed);
    Ok(totals)
}

fn no_thread(store: &Store, error: &std::io::Error) -> store::StoreError {
    store::StoreError::Unusable {
        path: store.folder().unwrap_or(std::path::Path::new("")).to_owned(),
        why: format!("a thread could not be started: {error}"),
    }
}

/// What `extract` finds in each report of a file, without a cache; and why the file, or parts of it, could not be read.
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
        let part = InputPart { bytes: &bytes, lines: source.is_lines(), lines_before: source.lines_before() };
        let (drafts, bad) = part.drafts(found, options);
        problems.extend(bad);
        all.extend(drafts.into_iter().map(|draft| {
            let extraction = extract(&draft);
            (draft, extraction)
        }));
    }
}

/// What the reading threads share.
struct ReaderShared<'a> {
    found: &'a [InputEntry],
    options: &'a ImportOptions,
    /// Ids of texts that were in the cache at the beginning.
    known: &'a HashSet<String>,
    stop: &'a AtomicBool,
    window: &'a Backpressure,
}

impl ReaderShared<'_> {
    /// One thread: takes the next file, reads, extracts, sends.
    fn work(&self, mut parcel: Batch) {
        while let Some((index, file)) = self.window.next().and_then(|index| Some((index, self.found.get(index)?))) {
            if self.stop.load(Ordering::Relaxed) || !self.file(index, file, &mut parcel) {
                break;
            }
        }
        // Where nobody listens any more, there is nobody to tell.
        let _ = parcel.send();
    }

    /// Sends a file's pieces; says whether anybody still listens.
    fn file(&self, index: usize, file: &InputEntry, parcel: &mut Batch) -> bool {
        let last = |problem: Option<String>| {
            let problems = problem.into_iter().collect();
            BatchItem { index, reports: Vec::new(), problems, last: true, bytes: 0 }
        };
        let mut source = match InputSource::open(file, self.options.format) {
            Ok(source) => source,
            Err(problem) => return parcel.add(last(Some(problem))),
        };
        loop {
            // Whoever writes to standard input takes all the time there is.
            if matches!(file.what, InputOrigin::Input) && !parcel.send() {
                return false;
            }
            let bytes = match source.next_document() {
                // What is not read to its end is not told of: it would pass for a file with nothing in it.
                Ok(Some(_)) if self.stop.load(Ordering::Relaxed) => return false,
                Ok(Some(bytes)) => bytes,
                Ok(None) => return parcel.add(last(None)),
                Err(problem) => return parcel.add(last(Some(problem))),
            };
            // The writer makes room by saving what it is sent, also what this thread holds.
            let may_enter = self.window.enter_at_once(index, bytes.len())
                || (parcel.send() && self.window.enter(index, bytes.len()));
            if !may_enter {
                return false;
            }
            let size = bytes.len();
            // A fault in reading one file must not cost the others.
            let part = InputPart { bytes: &bytes, lines: source.is_lines(), lines_before: source.lines_before() };
            let read = catch_unwind(AssertUnwindSafe(|| self.prepare(&part, file)));
            let fault = "a fault of this program stopped its reading; please report it";
            let (reports, problems) = read.unwrap_or_else(|_| (Vec::new(), vec![fault.to_owned()]));
            drop(bytes);
            let end = source.is_over();
            if !parcel.add(BatchItem { index, reports, problems, last: end, bytes: size }) {
                return false;
            }
            if end {
                return true;
            }
        }
    }

    fn prepare(&self, part: &InputPart<'_>, file: &InputEntry) -> (Vec<PreparedReport>, Vec<String>) {
        let one = |draft: Draft| {
            let is_known = !self.known.is_empty() && self.known.contains(&store::id_of(&draft.text));
            if let Some(title) = draft.title.clone().filter(|_| is_known) {
                return PreparedReport::known(&file.name, draft, title);
            }
            // What is new; and what has a made title, which is made of what is found.
            let extraction = people_and_facts(&draft);
            PreparedReport::new(&file.name, draft, &extraction)
        };
        let (drafts, problems) = part.drafts(file, self.options);
        (drafts.into_iter().map(one).collect(), problems)
    }
}

/// A file's bytes, or a stretch of its lines.
struct InputPart<'a> {
    bytes: &'a [u8],
    /// Whether it is JSON lines.
    lines: bool,
    /// How many lines of the file stand before it.
    lines_before: usize,
}

impl InputPart<'_> {
    /// Its reports, and why it or some of its lines are none.
    fn drafts(&self, file: &InputEntry, options: &ImportOptions) -> (Vec<Draft>, Vec<String>) {
        let format = if self.lines { InputFormat::Jsonl } else { options.format };
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

/// No more parts of a file than this are named as not read.
const MOST_NAMED: usize = 5;

/// An outcome that is not told yet.
#[derive(Default)]
struct PendingOutcome {
    outcome: FileOutcome,
    problems: usize,
}

impl PendingOutcome {
    fn add(&mut self, problem: String) {
        self.problems += 1;
        match &mut self.outcome.problem {
            None => self.outcome.problem = Some(problem),
            Some(told) if self.problems <= MOST_NAMED => {
                told.push_str("; ");
                told.push_str(&problem);
            }
            Some(_) => {}
        }
    }

    fn finish(mut self) -> FileOutcome {
        if let Some(told) = self.outcome.problem.as_mut().filter(|_| self.problems > MOST_NAMED) {
            let more = (self.problems - MOST_NAMED).to_string();
            told.push_str(&["; and ", &more, " more"].concat());
        }
        self.outcome
    }
}

/// The one that writes: puts pieces in order, commits in batches, tells of files whose last piece is committed.
struct ImportWriter<'a> {
    found: &'a [InputEntry],
    window: &'a Backpressure,
    tell: &'a mut dyn FnMut(FileOutcome),
    totals: ImportTotals,
    /// Pieces that came before their turn, by place.
    early: std::collections::BTreeMap<usize, Vec<BatchItem>>,
    /// The file whose turn it is.
    turn: usize,
    /// Files whose pieces are in the batch, or that are not over yet: place and what is known so far.
    open: Vec<PendingOutcome>,
    /// For each report of the batch, its file's place in `open`, and what is told of it.
    batch: Vec<(usize, PreparedReport)>,
    batch_bytes: usize,
    /// How many of `open` are over.
    over: usize,
}

impl<'a> ImportWriter<'a> {
    fn new(found: &'a [InputEntry], window: &'a Backpressure, tell: &'a mut dyn FnMut(FileOutcome)) -> Self {
        Self {
            found,
            window,
            tell,
            totals: ImportTotals::default(),
            early: std::collections::BTreeMap::new(),
            turn: 0,
            open: Vec::new(),
            batch: Vec::new(),
            batch_bytes: 0,
            over: 0,
        }
    }

    fn run(
        mut self,
        store: &Store,
        receive: &Receiver<Vec<BatchItem>>,
        stop: &AtomicBool,
    ) -> Result<ImportTotals, store::StoreError> {
        let mut since = Instant::now();
        while self.turn < self.found.len() {
            let wait = BATCH_WAIT.saturating_sub(since.elapsed());
            match receive.recv_timeout(if self.is_idle() { BATCH_WAIT } else { wait }) {
                Ok(pieces) => {
                    if self.is_idle() {
                        since = Instant::now();
                    }
                    for piece in pieces {
                        self.early.entry(piece.index).or_default().push(piece);
                    }
                    self.take_turns();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let full = self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES;
            if full || (!self.is_idle() && since.elapsed() >= BATCH_WAIT) {
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

    fn is_idle(&self) -> bool {
        self.batch.is_empty() && self.over == 0
    }

    /// Takes all pieces whose turn has come into the batch.
    fn take_turns(&mut self) {
        while let Some(pieces) = self.early.remove(&self.turn) {
            for piece in pieces {
                self.take(piece);
            }
        }
        self.window.advance(self.turn);
    }

    fn take(&mut self, piece: BatchItem) {
        if self.open.len() == self.over {
            let file = self.found.get(piece.index).map(|f| f.name.clone()).unwrap_or_default();
            self.open.push(PendingOutcome { outcome: FileOutcome { file, ..FileOutcome::default() }, problems: 0 });
        }
        let place = self.open.len() - 1;
        if let Some(open) = self.open.last_mut() {
            piece.problems.into_iter().for_each(|problem| open.add(problem));
        }
        self.batch.extend(piece.reports.into_iter().map(|report| (place, report)));
        self.batch_bytes += piece.bytes;
        if piece.last {
            self.over += 1;
            self.turn += 1;
        }
    }

    /// Commits the batch, then tells of the files that are over.
    fn commit(&mut self, store: &Store) -> Result<(), store::StoreError> {
        if !self.batch.is_empty() {
            let (places, reports): (Vec<usize>, Vec<PreparedReport>) =
                std::mem::take(&mut self.batch).into_iter().unzip();
            let saved = store.cache().save_all(&reports)?;
            for ((place, report), saved) in places.into_iter().zip(reports).zip(saved) {
                match saved {
                    SaveOutcome::New => self.totals.new += 1,
                    SaveOutcome::Known => self.totals.known += 1,
                }
                if let Some(PendingOutcome { outcome, .. }) = self.open.get_mut(place) {
                    let notes = report.notes;
                    let (id, title) = (report.id, report.title);
                    outcome.reports.push(SavedReport { id, title: title.text, origin: title.origin, saved, notes });
                }
            }
        }
        self.window.leave(self.batch_bytes);
        self.batch_bytes = 0;
        for outcome in self.open.drain(..std::mem::take(&mut self.over)).map(PendingOutcome::finish) {
            self.totals.files += 1;
            self.totals.failed += usize::from(outcome.problem.is_some());
            (self.tell)(outcome);
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
    fn stopping_keeps_what_was_told() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..3000 {
            fs::write(folder.path().join(format!("{n:04}.txt")), format!("Báo cáo số {n}\n")).unwrap();
        }
        let store = Store::in_memory().unwrap();
        let (found, _) = find(&[folder.path().to_owned()]);
        let stop = AtomicBool::new(false);
        let mut told = 0;
        let totals = import(&store, &found, &ImportOptions::default(), &stop, &mut |o| {
            told += o.reports.len();
            stop.store(true, Ordering::Relaxed);
        });
        assert!(totals.unwrap().stopped);
        assert!(told > 0 && told < 3000, "{told}");
        assert_eq!(store.cache().counts().unwrap().reports, told);
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
            let stacks = std::iter::once(READER_STACK).chain(second);
            let ended = import_with(&store, &found, &ImportOptions::default(), &stop, &mut |_| (), &window, stacks);
            let _ = send.send(ended.unwrap_err().to_string());
        });
        // The bound only turns a hang into a failure.
        let why = receive.recv_timeout(Duration::from_secs(120)).expect("the import ends");
        assert!(why.contains("a thread could not be started"), "{why}");
    }
}
