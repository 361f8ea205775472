//! The reading threads of an import: each takes the next file, has `ingest` and `extract` read it, and sends the
//! reports in batches, ready to be saved. A file of JSON lines is read one run of lines at a time, any other file
//! whole.

use super::ImportOptions;
use super::backpressure::Backpressure;
use super::batch::{Batch, BatchItem};
use super::folder_walk::{InputEntry, InputOrigin};
use super::input_part::{InputPart, no_address_for, or_fault};
use super::input_source::{Beginning, InputSource};
use super::kept::SourceKeeper;
use crate::extract::people_and_facts;
use crate::ingest::{FileKind, InputFormat, Unpacked, UnreadableInput};
use crate::report::Draft;
use crate::store::{self, KnownIds, PreparedReport};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};

/// What all reading threads share.
pub(super) struct ReaderShared<'a> {
    pub found: &'a [InputEntry],
    pub options: &'a ImportOptions,
    /// Ids of the reports that were in the cache at the beginning. Empty for few files.
    pub known: &'a KnownIds,
    pub stop: &'a AtomicBool,
    pub backpressure: &'a Backpressure,
    /// Whether the bytes of pages and documents are kept.
    pub keeps: bool,
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
        if let InputOrigin::LeftOut(kind) = file.origin {
            return batch.add(left_out(index, vec![(kind, 1)]));
        }
        // Reading the beginning of a pipe can block.
        if is_pipe(file) && !batch.send() {
            return false;
        }
        let mut source = match InputSource::open(file, self.options) {
            Ok(source) => source,
            Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
        };
        match source.begin(file, self.stop) {
            Ok(Beginning::Document) => {}
            Ok(Beginning::Container) => return self.read_container(index, file, &mut source, batch),
            Ok(Beginning::LeftOut(kind)) => return batch.add(left_out(index, vec![(kind, 1)])),
            Err(problem) => return batch.add(BatchItem::end_of_file(index, Some(problem))),
        }
        loop {
            // Reading a pipe can block for as long as its other end likes: send what is ready before.
            if is_pipe(file) && !batch.send() {
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
            let (cost, covered) = (source.cost(bytes.len()), bytes.len() as u64);
            if !self.enter(index, cost, batch) {
                return false;
            }
            let (mut reports, problems) = self.prepare(&InputPart::of(&source, &bytes), file, "");
            if self.keeps && source.format() != Some(InputFormat::Jsonl) {
                let original = if source.is_helped() { source.helped_original() } else { Some(bytes) };
                if let Some(original) = original {
                    SourceKeeper::new(self.options).keep_file(&mut reports, &original, &file.name);
                }
            } else {
                drop(bytes);
            }
            let end = source.is_over();
            let item =
                BatchItem { reports, problems, is_last: end, bytes: cost, covered, ..BatchItem::part_of(index, None) };
            if !batch.add(item) {
                return false;
            }
            if end {
                return true;
            }
        }
    }

    /// Waits for room for `cost` bytes of a file. `false` if the import is over.
    fn enter(&self, index: usize, cost: usize, batch: &mut Batch) -> bool {
        self.backpressure.enter_at_once(index, cost) || (batch.send() && self.backpressure.enter(index, cost))
    }

    /// Reads what is in an archive, mailbox or table, and sends its items. `false` as `read_file`.
    fn read_container(&self, index: usize, file: &InputEntry, source: &mut InputSource, batch: &mut Batch) -> bool {
        let modified = source.modified();
        let (mut goes_on, mut is_any, mut without_address) = (true, false, 0);
        let mut kinds: BTreeMap<FileKind, usize> = BTreeMap::new();
        let mut keeper = SourceKeeper::new(self.options);
        let mut take = |found: Unpacked| {
            goes_on &= !self.stop.load(Ordering::Relaxed);
            let item = match found {
                Unpacked::LeftOut(kind) => {
                    *kinds.entry(kind).or_default() += 1;
                    return goes_on;
                }
                Unpacked::Problem(why) => BatchItem::part_of(index, Some(why)),
                Unpacked::Part(part) => {
                    let cost = part.bytes.len();
                    goes_on = goes_on && self.enter(index, cost, batch);
                    if !goes_on {
                        return false;
                    }
                    let unpacked = InputPart::unpacked(&part, modified);
                    let (mut reports, problems) = self.prepare(&unpacked, file, &part.name);
                    without_address += if unpacked.is_whole() { 0 } else { reports.len() };
                    if self.keeps {
                        keeper.keep_part(&mut reports, &part, &file.name);
                    }
                    BatchItem { reports, problems, bytes: cost, ..BatchItem::part_of(index, None) }
                }
            };
            is_any = true;
            goes_on = goes_on && batch.add(item) && (!is_pipe(file) || batch.send());
            goes_on
        };
        let read = or_fault(|| source.each_inside(&file.name, self.keeps, &mut take));
        if !goes_on {
            return false;
        }
        let problem = match read {
            Err(fault) => Some(fault),
            Ok(Err(why)) => Some(why.to_string()),
            Ok(Ok(())) if !is_any => Some(UnreadableInput::Empty.to_string()),
            Ok(Ok(())) => NonZero::new(without_address).filter(|_| self.options.url.is_some()).map(no_address_for),
        };
        let end = BatchItem::end_of_file(index, problem);
        batch.add(BatchItem { left_out: kinds.into_iter().collect(), ..end })
    }

    /// The reports of a part of a file, ready to be saved, and why it, or lines of it, could not be read. `inside` is
    /// the path of the part in the file, if the file is an archive.
    fn prepare(&self, part: &InputPart<'_>, file: &InputEntry, inside: &str) -> (Vec<PreparedReport>, Vec<String>) {
        let (drafts, mut problems) = part.drafts_or_fault(file, self.options);
        let mut reports = Vec::with_capacity(drafts.len());
        let name = if inside.is_empty() { file.name.clone() } else { [&file.name, "/", inside].concat() };
        for draft in drafts {
            match or_fault(|| self.prepare_report(draft, &name)) {
                Ok(report) => reports.push(report),
                Err(fault) => problems.push(fault),
            }
        }
        (reports, problems)
    }

    fn prepare_report(&self, draft: Draft, file: &str) -> PreparedReport {
        let restored_file = draft.restored.as_ref().map(|restored| restored.file.clone());
        let file = restored_file.as_deref().unwrap_or(file);
        let is_known = !self.known.is_empty() && self.known.contains(&store::id_of(&draft.text));
        if let Some(title) = draft.title.clone().filter(|_| is_known) {
            return PreparedReport::known(file, draft, title);
        }
        // A known report without a title is extracted too: its title is made of what is found.
        let extraction = people_and_facts(&draft);
        PreparedReport::new(file, draft, &extraction)
    }
}

/// Whether reading this may wait for another program.
fn is_pipe(file: &InputEntry) -> bool {
    matches!(file.origin, InputOrigin::StandardInput | InputOrigin::Pipe(_))
}

/// The one item of a file that is not read.
fn left_out(index: usize, left_out: Vec<(FileKind, usize)>) -> BatchItem {
    BatchItem { left_out, ..BatchItem::end_of_file(index, None) }
}
