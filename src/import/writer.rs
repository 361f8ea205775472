//! The writer of an import: it runs on the thread that owns the store, puts the readers' items into the order of the
//! files, and saves their reports in transactions. The outcome of a file is reported after its last report is
//! committed.

use super::backpressure::{Backpressure, MAX_BYTES_AHEAD, MAX_FILES_AHEAD};
use super::batch::BatchItem;
use super::folder_walk::InputEntry;
use super::{FileOutcome, ImportTotals, SavedReport};
use crate::store::{self, PreparedReport, SaveOutcome, Store};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// A transaction is committed at this number of reports. Each transaction writes the pages that it changes, and those
/// of tables ordered by unit, id or day are not many more for twelve thousand reports than for six thousand.
pub(super) const TRANSACTION_REPORTS: usize = 12_288;
/// A transaction is also committed at this size of its files.
const TRANSACTION_BYTES: usize = 24 << 20;
/// The first transactions are smaller, each as large as all before it: the words of a report take two thirds of its
/// memory, and are dropped while it waits only if an earlier transaction has written them.
const FIRST_TRANSACTION_BYTES: usize = 2 << 20;
/// A report that waits for its transaction counts as this part of its bytes among those that may be read ahead.
const WAITING_PART: usize = 3;
// Else the readers would wait for room that only a commit makes, and the commit for its time.
const _: () =
    assert!(TRANSACTION_REPORTS < MAX_FILES_AHEAD && TRANSACTION_BYTES / WAITING_PART + (4 << 20) < MAX_BYTES_AHEAD);
/// A transaction is also committed when its first report has waited this long, so that progress shows and a kill loses
/// little.
const TRANSACTION_WAIT: Duration = Duration::from_secs(2);
/// From this number of reports on, a transaction waits longer: on a slow or busy machine, two seconds would make it so
/// small that a large import writes twice as much.
const LARGE_IMPORT: usize = 20_000;
/// How long the first report of a transaction waits then.
const LARGE_IMPORT_WAIT: Duration = Duration::from_secs(16);

/// Further problems of one file are only counted.
const MAX_LISTED_PROBLEMS: usize = 5;
/// A file with this many reports that are saved and not told yet is told in parts.
const OUTCOME_REPORTS: usize = 1000;

/// An outcome that is not reported yet.
#[derive(Default)]
pub(super) struct PendingOutcome {
    /// What is told of the file.
    pub outcome: FileOutcome,
    /// Number of problems, listed or not.
    problems: usize,
    /// Number of those that are listed.
    listed: usize,
    /// Why the last one came about, without the place.
    last_reason: String,
}

impl PendingOutcome {
    /// The outcome of a file of which nothing has been read yet.
    pub fn new(file: String) -> Self {
        Self { outcome: FileOutcome { file, ..FileOutcome::default() }, ..Self::default() }
    }

    /// Lists a problem, or counts it if many are listed, or the last one has the same reason: a table of addresses
    /// would say of each row that it has no text.
    pub fn add_problem(&mut self, problem: String) {
        self.problems += 1;
        let reason = problem.split_once(": ").map_or(problem.as_str(), |(_, reason)| reason).to_owned();
        if self.listed >= MAX_LISTED_PROBLEMS || (self.listed > 0 && reason == self.last_reason) {
            return;
        }
        self.listed += 1;
        self.last_reason = reason;
        match &mut self.outcome.problem {
            None => self.outcome.problem = Some(problem),
            Some(listed) => {
                listed.push_str("; ");
                listed.push_str(&problem);
            }
        }
    }

    /// The reports saved so far, as an outcome that others follow; `None` if they are few.
    fn part(&mut self) -> Option<FileOutcome> {
        if self.outcome.reports.len() < OUTCOME_REPORTS {
            return None;
        }
        let reports = std::mem::take(&mut self.outcome.reports);
        let (earlier, bytes) = (self.outcome.earlier, std::mem::take(&mut self.outcome.bytes));
        self.outcome.earlier += reports.len();
        let file = self.outcome.file.clone();
        Some(FileOutcome { file, reports, more: true, earlier, bytes, ..FileOutcome::default() })
    }

    /// The outcome, with the number of problems that are not listed.
    pub fn finish(mut self) -> FileOutcome {
        let unlisted = self.problems.saturating_sub(self.listed);
        if let Some(listed) = self.outcome.problem.as_mut().filter(|_| unlisted > 0) {
            listed.push_str(&["; and ", &unlisted.to_string(), " more"].concat());
        }
        self.outcome
    }
}

/// A report that waits for the next transaction.
struct UncommittedReport {
    /// Position of its file's outcome in `ImportWriter::open`.
    outcome: usize,
    report: PreparedReport,
}

/// Puts the readers' items into the order of the files, saves their reports in transactions, and reports the outcome of
/// a file after its last report is committed.
pub(super) struct ImportWriter<'a> {
    found: &'a [InputEntry],
    backpressure: &'a Backpressure,
    report_outcome: &'a mut dyn FnMut(FileOutcome),
    totals: ImportTotals,
    /// Items that came before their turn, by the index of their file. `Backpressure` bounds their number and bytes.
    early: BTreeMap<usize, Vec<BatchItem>>,
    /// The index of the file whose items are taken next.
    turn: usize,
    /// The outcomes of files with uncommitted reports, in order; the last may still get items.
    open: Vec<PendingOutcome>,
    /// Number of outcomes in `open` that have had their last item; they are the first ones.
    complete: usize,
    uncommitted: Vec<UncommittedReport>,
    /// Size in bytes of the parts of files that the uncommitted reports came from.
    uncommitted_bytes: usize,
    /// How many of these `Backpressure` still counts.
    waiting_bytes: usize,
    /// Size in bytes of the parts of files that were committed.
    committed_bytes: usize,
}

impl<'a> ImportWriter<'a> {
    pub fn new(
        found: &'a [InputEntry],
        backpressure: &'a Backpressure,
        report_outcome: &'a mut dyn FnMut(FileOutcome),
    ) -> Self {
        Self {
            found,
            backpressure,
            report_outcome,
            totals: ImportTotals::default(),
            early: BTreeMap::new(),
            turn: 0,
            open: Vec::new(),
            complete: 0,
            uncommitted: Vec::new(),
            uncommitted_bytes: 0,
            waiting_bytes: 0,
            committed_bytes: 0,
        }
    }

    /// Takes items until all files are done, the readers are gone, or the import is stopped; then commits the rest and
    /// returns the totals. What is committed stays, even if a later transaction fails.
    pub fn run(
        mut self,
        store: &Store,
        receive: &Receiver<Vec<BatchItem>>,
        stop: &AtomicBool,
    ) -> Result<ImportTotals, store::StoreError> {
        // When the first report or outcome of the next transaction came.
        let mut since = Instant::now();
        while self.turn < self.found.len() {
            let longest = self.transaction_wait();
            let wait = longest.saturating_sub(since.elapsed());
            // Wait no longer than until the transaction is due: an item may be long in coming, for example from a pipe.
            match receive.recv_timeout(if self.is_idle() { longest } else { wait }) {
                Ok(items) => {
                    if self.is_idle() {
                        since = Instant::now();
                    }
                    for item in items {
                        self.early.entry(item.index).or_default().push(item);
                    }
                    self.take_turns(store);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let most_bytes = self.committed_bytes.clamp(FIRST_TRANSACTION_BYTES, TRANSACTION_BYTES);
            let full = self.uncommitted.len() >= TRANSACTION_REPORTS || self.uncommitted_bytes >= most_bytes;
            if full || (!self.is_idle() && since.elapsed() >= longest) {
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

    /// How long the first report of a transaction waits.
    fn transaction_wait(&self) -> Duration {
        let done = self.totals.new + self.totals.known;
        if done < LARGE_IMPORT { TRANSACTION_WAIT } else { LARGE_IMPORT_WAIT }
    }

    /// Whether there is nothing to commit or to report.
    fn is_idle(&self) -> bool {
        self.uncommitted.is_empty() && self.complete == 0
    }

    /// Takes all items whose turn has come.
    fn take_turns(&mut self, store: &Store) {
        while let Some(items) = self.early.remove(&self.turn) {
            for item in items {
                self.take(item, store);
            }
        }
        self.backpressure.advance(self.turn);
    }

    fn take(&mut self, item: BatchItem, store: &Store) {
        // All outcomes are complete: this is the first item of the next file.
        if self.open.len() == self.complete {
            let file = self.found.get(item.index).map(|file| file.name.clone()).unwrap_or_default();
            self.open.push(PendingOutcome::new(file));
        }
        let outcome = self.open.len() - 1;
        if let Some(open) = self.open.last_mut() {
            item.problems.into_iter().for_each(|problem| open.add_problem(problem));
            open.outcome.bytes += item.covered;
            for (kind, count) in item.left_out {
                *open.outcome.left_out.entry(kind).or_default() += count;
            }
        }
        for mut report in item.reports {
            store.cache().drop_known_terms(&mut report);
            self.uncommitted.push(UncommittedReport { outcome, report });
        }
        let waiting = item.bytes / WAITING_PART;
        self.uncommitted_bytes += item.bytes;
        self.waiting_bytes += waiting;
        self.backpressure.leave(item.bytes - waiting);
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
            let restored: Vec<_> =
                reports.iter().filter_map(|report| Some((report.id.as_str(), report.restored.as_deref()?))).collect();
            store.marks().restore(&restored)?;
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
        self.committed_bytes += std::mem::take(&mut self.uncommitted_bytes);
        self.backpressure.leave(std::mem::take(&mut self.waiting_bytes));
        for outcome in self.open.drain(..std::mem::take(&mut self.complete)).map(PendingOutcome::finish) {
            let is_file = !outcome.is_left_out();
            self.totals.files += usize::from(is_file);
            self.totals.failed += usize::from(outcome.problem.is_some());
            for (kind, count) in &outcome.left_out {
                *self.totals.left_out.entry(*kind).or_default() += count;
            }
            (self.report_outcome)(outcome);
        }
        // At most one is left, that of a file which has not been read to its end.
        if let Some(part) = self.open.first_mut().and_then(PendingOutcome::part) {
            (self.report_outcome)(part);
        }
        Ok(())
    }
}
