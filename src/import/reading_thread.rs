//! The reading threads of an import: each takes the next file, has `ingest` and `extract` read it, and sends the
//! reports in batches, ready to be saved. A file of JSON lines is read one run of lines at a time, any other file
//! whole.

use super::ImportOptions;
use super::backpressure::Backpressure;
use super::batch::{Batch, BatchItem};
use super::folder_walk::{InputEntry, InputOrigin};
use super::input_part::{InputPart, or_fault};
use super::input_source::InputSource;
use crate::extract::people_and_facts;
use crate::report::Draft;
use crate::store::{self, PreparedReport};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// What all reading threads share.
pub(super) struct ReaderShared<'a> {
    pub found: &'a [InputEntry],
    pub options: &'a ImportOptions,
    /// Ids of the reports that were in the cache at the beginning. Empty for few files.
    pub known: &'a HashSet<String>,
    pub stop: &'a AtomicBool,
    pub backpressure: &'a Backpressure,
}

impl ReaderShared<'_> {
    /// The loop of one thread: takes the next file, reads it, sends its reports.
    pub fn work(&self, mut batch: Batch) {
        while let Some((index, file)) = self.backpressure.next().and_then(|index| Some((index, self.found.get(index)?)))
        {
            if self.stop.load(Ordering::Relaxed) || !self.read_file(index, file, &mut batch) {
                break;
            }
        }
        // An error means that the writer is gone, which it reports itself.
        let _ = batch.send();
    }

    /// Reads a file and sends its items. `false` if the import is over or the writer is gone.
    fn read_file(&self, index: usize, file: &InputEntry, batch: &mut Batch) -> bool {
        let mut source = match InputSource::open(file, self.options) {
            Ok(source) => source,
            Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
        };
        loop {
            // Reading a pipe can block for as long as its other end likes: send what is ready before.
            if matches!(file.origin, InputOrigin::StandardInput | InputOrigin::Pipe(_)) && !batch.send() {
                return false;
            }
            let bytes = match source.next_part() {
                // No item for a file that is not read to its end: it would be reported as a file with nothing in it.
                Ok(Some(_)) if self.stop.load(Ordering::Relaxed) => return false,
                Ok(Some(bytes)) => bytes,
                Ok(None) => return batch.add(BatchItem::end_of_file(index, None)),
                Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
            };
            // Send the batch before waiting for room: the writer makes room by saving, and may be waiting for these
            // items.
            let cost = source.cost(bytes.len());
            let may_enter =
                self.backpressure.enter_at_once(index, cost) || (batch.send() && self.backpressure.enter(index, cost));
            if !may_enter {
                return false;
            }
            let (reports, problems) = self.prepare(&InputPart::of(&source, &bytes), file);
            drop(bytes);
            let end = source.is_over();
            if !batch.add(BatchItem { index, reports, problems, is_last: end, bytes: cost }) {
                return false;
            }
            if end {
                return true;
            }
        }
    }

    /// The reports of a part of a file, ready to be saved, and why it, or lines of it, could not be read.
    fn prepare(&self, part: &InputPart<'_>, file: &InputEntry) -> (Vec<PreparedReport>, Vec<String>) {
        let (drafts, mut problems) = part.drafts_or_fault(file, self.options);
        let mut reports = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match or_fault(|| self.prepare_report(draft, file)) {
                Ok(report) => reports.push(report),
                Err(fault) => problems.push(fault),
            }
        }
        (reports, problems)
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
