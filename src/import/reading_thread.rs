//! The reading threads of an import: each takes the next file, has `ingest` and `extract` read it, and sends the
//! reports in batches, ready to be saved. A file of JSON lines is read one run of lines at a time, any other file
//! whole.

use super::ImportOptions;
use super::backpressure::Backpressure;
use super::batch::{Batch, BatchItem};
use super::folder_walk::{InputEntry, InputOrigin};
use super::input_part::{InputPart, PartDrafts, no_address_for, or_fault};
use super::input_source::{Beginning, InputSource};
use super::kept::SourceKeeper;
use crate::extract::people_and_facts;
use crate::ingest::{FileKind, InputFormat, Unpacked, UnreadableInput};
use crate::report::Draft;
use crate::store::{self, KnownIds, PreparedReport};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A part of more reports, such as a feed or a table, is sent as so many are ready: what waits for the others would
/// take memory.
const ITEM_REPORTS: usize = 256;
/// What a report takes in memory at least, in bytes, as `Backpressure` counts it: a text of a line has a title, an
/// entry in the index and a fingerprint as any other.
const REPORT_COST: usize = 3 << 10;

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
            let read = InputPart::of(&source, &bytes).drafts_or_fault(file, self.options);
            let keeps = self.keeps && source.format() != Some(InputFormat::Jsonl);
            let original = match (keeps, source.is_helped()) {
                (false, _) => None,
                (true, true) => source.helped_original(),
                (true, false) => Some(bytes),
            };
            let original = original.map(Arc::new);
            let mut keeper = SourceKeeper::new(self.options);
            let mut keep = |reports: &mut [PreparedReport]| {
                if let Some(original) = &original {
                    keeper.keep_file(reports, original, &file.name);
                }
            };
            let end = source.is_over();
            let whole = BatchItem { is_last: end, bytes: cost, covered, ..BatchItem::part_of(index, None) };
            // A file of a folder is counted by kind, as others there are; what was named by itself gets its answer.
            let is_named = !matches!(file.origin, InputOrigin::Inside { .. });
            if !self.send(read, is_named, whole, &file.name, &mut keep, batch) {
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
            match found {
                Unpacked::LeftOut(kind) => {
                    *kinds.entry(kind).or_default() += 1;
                    return goes_on;
                }
                Unpacked::Problem(why) => goes_on = goes_on && batch.add(BatchItem::part_of(index, Some(why))),
                Unpacked::Part(part) => {
                    let cost = part.bytes.len();
                    goes_on = goes_on && self.enter(index, cost, batch);
                    if !goes_on {
                        return false;
                    }
                    let unpacked = InputPart::unpacked(&part, modified);
                    let read = unpacked.drafts_or_fault(file, self.options);
                    without_address += if unpacked.is_whole() { 0 } else { read.drafts.len() };
                    let name = if part.name.is_empty() { &file.name } else { &[&file.name, "/", &part.name].concat() };
                    let mut keep = |reports: &mut [PreparedReport]| {
                        if self.keeps {
                            keeper.keep_part(reports, &part, &file.name);
                        }
                    };
                    let whole = BatchItem { bytes: cost, ..BatchItem::part_of(index, None) };
                    goes_on = self.send(read, false, whole, name, &mut keep, batch);
                }
            }
            is_any = true;
            goes_on = goes_on && (!is_pipe(file) || batch.send());
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

    /// Makes the reports of a part of a file ready to be saved, and sends them, some hundred at a time. `whole` is what
    /// is known of the part without its reports: its file, and its cost, which has entered. `name` is the path of the
    /// part; `is_named` if the user has named it by itself. `false` as `read_file`.
    fn send(
        &self,
        read: PartDrafts,
        is_named: bool,
        mut whole: BatchItem,
        name: &str,
        keep: &mut dyn FnMut(&mut [PreparedReport]),
        batch: &mut Batch,
    ) -> bool {
        let PartDrafts { drafts, problems, left_out } = read;
        whole.problems.extend(problems);
        match left_out {
            Some((_, what)) if is_named => whole.problems.push(what),
            Some((kind, _)) => whole.left_out.push((kind, 1)),
            None => {}
        }
        let (index, is_last) = (whole.index, whole.is_last);
        let mut drafts = drafts.into_iter();
        let mut item = BatchItem { is_last: false, ..whole };
        // Further items enter as parts of their own.
        let least = drafts.len().min(ITEM_REPORTS) * REPORT_COST;
        let more = least.saturating_sub(item.bytes);
        self.backpressure.count(more);
        item.bytes += more;
        loop {
            for draft in drafts.by_ref().take(ITEM_REPORTS) {
                match or_fault(|| self.prepare_report(draft, name)) {
                    Ok(report) => item.reports.push(report),
                    Err(fault) => item.problems.push(fault),
                }
            }
            keep(&mut item.reports);
            let left = drafts.len();
            item.is_last = is_last && left == 0;
            if !batch.add(item) {
                return false;
            }
            if left == 0 {
                return true;
            }
            let bytes = left.min(ITEM_REPORTS) * REPORT_COST;
            if self.stop.load(Ordering::Relaxed) || !self.enter(index, bytes, batch) {
                return false;
            }
            item = BatchItem { bytes, ..BatchItem::part_of(index, None) };
        }
    }

    fn prepare_report(&self, mut draft: Draft, file: &str) -> PreparedReport {
        let restored_file = draft.first_import().map(|import| import.file.clone());
        let file = restored_file.as_deref().unwrap_or(file);
        let mut is_known = !self.known.is_empty() && self.known.contains(&store::id_of(&draft.text));
        if !is_known && !self.known.is_empty() {
            // Earlier versions kept the line end of a text: it is still the report that it was.
            let ended = [&*draft.text, "\n"].concat();
            is_known = self.known.contains(&store::id_of(&ended));
            if is_known {
                draft.text = ended;
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::find;
    use std::sync::mpsc::sync_channel;

    /// The items of a file, in their order.
    fn items(name: &str, content: &str) -> Vec<BatchItem> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        items_of(&find(&[folder.path().join(name)]), &KnownIds::default())
    }

    fn items_of(found: &[InputEntry], known: &KnownIds) -> Vec<BatchItem> {
        let (send, receive) = sync_channel(1000);
        let backpressure = Backpressure::new(found.len());
        let (options, stop) = (ImportOptions::default(), AtomicBool::new(false));
        let reading =
            ReaderShared { found, options: &options, known, stop: &stop, backpressure: &backpressure, keeps: true };
        reading.work(Batch::new(send));
        receive.into_iter().flatten().collect()
    }

    #[test]
    fn a_page_that_is_no_report_is_counted_in_a_folder_and_told_where_it_was_named() {
        let page = "<title>404 - Không tìm thấy</title><p>Trang không còn.</p>";
        let named = items("a.html", page).remove(0);
        assert!(named.left_out.is_empty() && named.problems[0].contains("error page"), "{:?}", named.problems);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.html"), page).unwrap();
        let counted = items_of(&find(&[folder.path().to_owned()]), &KnownIds::default()).remove(0);
        assert_eq!((counted.left_out, counted.problems), (vec![(FileKind::ErrorPage, 1)], Vec::new()));
    }

    #[test]
    fn many_reports_of_one_file_are_sent_as_they_are_ready_and_cost_what_they_take() {
        let item = |n: usize| format!("<item><title>Tin {n}</title><description>Hội thi {n}.</description></item>");
        let feed: String = (0..600).map(item).collect();
        let feed = format!("<rss version=\"2.0\"><channel><title>Báo</title>{feed}</channel></rss>");
        let records: Vec<String> = (0..600).map(|n| format!("{{\"text\":\"Hội thi {n}\"}}")).collect();
        for (name, content) in [("a.xml", feed), ("a.json", format!("[{}]", records.join(",")))] {
            let items = items(name, &content);
            let counts: Vec<usize> = items.iter().map(|item| item.reports.len()).filter(|count| *count > 0).collect();
            assert_eq!(counts, [256, 256, 88], "{name}");
            assert!(items.iter().all(|item| item.bytes >= item.reports.len() * REPORT_COST), "{name}");
            let ends: Vec<bool> = items.iter().map(|item| item.is_last).collect();
            assert_eq!(ends.iter().rposition(|end| !end), ends.len().checked_sub(2), "{name}: only the last ends it");
            let places: Vec<usize> = items
                .iter()
                .flat_map(|item| &item.reports)
                .filter_map(|report| Some(report.source.as_ref()?.nth))
                .collect();
            let kept = if name == "a.xml" { (0..600).collect() } else { Vec::new() };
            assert_eq!(places, kept, "{name}: each report knows its place in the bytes that are kept");
        }
        assert_eq!(items("a.txt", "Hội thi.")[0].bytes, REPORT_COST);
    }

    #[test]
    fn a_last_line_end_makes_no_other_report() {
        let text = "Sơ kết quý I\n\nSáng 3-4, đơn vị sơ kết.";
        let id = store::id_of(text);
        for ending in ["", "\n", "\r\n", " \n\n \n"] {
            assert_eq!(items("a.txt", &[text, ending].concat())[0].reports[0].id, id, "{ending:?}");
        }
        // A cache in which the line end was kept has the report already.
        let cache = store::Store::in_memory().unwrap();
        let ended = [text, "\n"].concat();
        let draft = Draft { text: ended.clone(), ..Draft::default() };
        cache.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.txt"), text).unwrap();
        let found = items_of(&find(&[folder.path().join("b.txt")]), &cache.cache().known_ids().unwrap());
        assert_eq!(found[0].reports[0].id, store::id_of(&ended));
    }
}
