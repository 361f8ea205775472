//! The reading threads of an import: each takes the next file, has `ingest` and `extract` read it, and sends the
//! reports in batches, ready to be saved. A file of JSON lines is read one run of lines at a time, any other file
//! whole.

use super::ImportOptions;
use super::backpressure::Backpressure;
use super::batch::{Batch, BatchItem};
use super::folder_walk::{InputEntry, InputOrigin};
use super::input_part::InputPart;
use super::input_source::InputSource;
use crate::extract::people_and_facts;
use crate::report::Draft;
use crate::store::{self, PreparedReport};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
            let may_enter = self.backpressure.enter_at_once(index, bytes.len())
                || (batch.send() && self.backpressure.enter(index, bytes.len()));
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

    /// The reports of a part of a file, ready to be saved, and why it, or lines of it, could not be read.
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
