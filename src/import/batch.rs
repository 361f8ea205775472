//! What a reading thread sends to the writer: the items of some files at a time, because waking the writer for each
//! report would cost more than finding its words. A thread that is about to wait for anything sends its batch first, or
//! the writer could wait for an item that is held back here.

use crate::ingest::FileKind;
use crate::store::PreparedReport;
use std::sync::mpsc::SyncSender;

/// A batch is sent at this number of items.
const BATCH_ITEMS: usize = 32;
/// A batch is also sent at this size of its items' files.
const BATCH_BYTES: usize = 256 << 10;

/// The reports of a file, or of a part of it, on the way to the writer. One thread sends all items of a file, in order.
pub(super) struct BatchItem {
    /// The index of the file among those found.
    pub index: usize,
    pub reports: Vec<PreparedReport>,
    /// Why the file, or lines of it, could not be read.
    pub problems: Vec<String>,
    /// What is in it, or what it is, that is no report, with the number of each kind.
    pub left_out: Vec<(FileKind, usize)>,
    /// Whether the file has no more items.
    pub is_last: bool,
    /// What the part of the file costs (`InputSource::cost`), which `Backpressure::leave` gets back.
    pub bytes: usize,
    /// How many bytes of the file it covers.
    pub covered: u64,
}

impl BatchItem {
    /// The last item of a file that has no more reports.
    pub fn end_of_file(index: usize, problem: Option<String>) -> Self {
        Self { is_last: true, ..Self::part_of(index, problem) }
    }

    /// An item without reports of a file that goes on.
    pub fn part_of(index: usize, problem: Option<String>) -> Self {
        let problems = problem.into_iter().collect();
        Self { index, reports: Vec::new(), problems, left_out: Vec::new(), is_last: false, bytes: 0, covered: 0 }
    }
}

/// Items that are not sent yet.
pub(super) struct Batch {
    items: Vec<BatchItem>,
    bytes: usize,
    send: SyncSender<Vec<BatchItem>>,
}

impl Batch {
    pub fn new(send: SyncSender<Vec<BatchItem>>) -> Self {
        Self { items: Vec::new(), bytes: 0, send }
    }

    /// Adds an item, and sends the batch if it is full. `false` if the writer is gone.
    pub fn add(&mut self, item: BatchItem) -> bool {
        self.bytes += item.bytes;
        self.items.push(item);
        let is_full = self.items.len() >= BATCH_ITEMS || self.bytes >= BATCH_BYTES;
        !is_full || self.send()
    }

    /// Sends the items, if there are any. `false` if the writer is gone.
    pub fn send(&mut self) -> bool {
        self.bytes = 0;
        self.items.is_empty() || self.send.send(std::mem::take(&mut self.items)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    fn item(index: usize, bytes: usize) -> BatchItem {
        BatchItem { bytes, ..BatchItem::end_of_file(index, None) }
    }

    #[test]
    fn items_go_together_and_none_is_held_back_for_good() {
        let (send, receive) = sync_channel(10);
        let mut batch = Batch::new(send);
        assert!((0..=BATCH_ITEMS).all(|n| batch.add(item(n, 1))));
        let order: Vec<usize> = receive.try_recv().unwrap().iter().map(|item| item.index).collect();
        assert_eq!(order, (0..BATCH_ITEMS).collect::<Vec<_>>());
        assert!(receive.try_recv().is_err());
        assert!(batch.send() && batch.send());
        assert_eq!(receive.try_recv().unwrap().len(), 1);
        assert!(receive.try_recv().is_err(), "an empty batch is not sent");
        assert!(batch.add(item(0, BATCH_BYTES)));
        assert_eq!(receive.try_recv().unwrap().len(), 1, "a large one goes at once");
        drop(receive);
        assert!(batch.add(item(0, 1)) && !batch.send(), "the writer is gone");
    }
}
