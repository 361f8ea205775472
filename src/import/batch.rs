//! What a reading thread sends to the writer, some files at a time: to wake the writer for each report would cost more
//! than to find its words. Whoever waits for something else sends first what is held back.

use crate::store::PreparedReport;
use std::sync::mpsc::SyncSender;

/// A parcel is sent when it holds so many pieces …
const PIECES: usize = 32;
/// … or pieces of so many bytes.
const BYTES: usize = 256 << 10;

/// A piece of a file's reports on its way to the writer; pieces of one file come in order.
pub(super) struct BatchItem {
    /// The file's place among all.
    pub index: usize,
    pub reports: Vec<PreparedReport>,
    pub problems: Vec<String>,
    /// Whether it is the file's last.
    pub last: bool,
    /// Bytes to give back to the window.
    pub bytes: usize,
}

/// Pieces that are not sent yet.
pub(super) struct Batch {
    pieces: Vec<BatchItem>,
    bytes: usize,
    send: SyncSender<Vec<BatchItem>>,
}

impl Batch {
    /// An empty one.
    pub fn new(send: SyncSender<Vec<BatchItem>>) -> Self {
        Self { pieces: Vec::new(), bytes: 0, send }
    }

    /// Adds a piece, and sends all where there is enough; says whether anybody still listens.
    pub fn add(&mut self, piece: BatchItem) -> bool {
        self.bytes += piece.bytes;
        self.pieces.push(piece);
        let is_enough = self.pieces.len() >= PIECES || self.bytes >= BYTES;
        !is_enough || self.send()
    }

    /// Sends what there is; says whether anybody still listens.
    pub fn send(&mut self) -> bool {
        self.bytes = 0;
        self.pieces.is_empty() || self.send.send(std::mem::take(&mut self.pieces)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    fn piece(index: usize, bytes: usize) -> BatchItem {
        BatchItem { index, reports: Vec::new(), problems: Vec::new(), last: true, bytes }
    }

    #[test]
    fn pieces_go_together_and_none_is_held_back_for_good() {
        let (send, receive) = sync_channel(10);
        let mut parcel = Batch::new(send);
        assert!((0..=PIECES).all(|n| parcel.add(piece(n, 1))));
        let order: Vec<usize> = receive.try_recv().unwrap().iter().map(|piece| piece.index).collect();
        assert_eq!(order, (0..PIECES).collect::<Vec<_>>());
        assert!(receive.try_recv().is_err());
        assert!(parcel.send() && parcel.send());
        assert_eq!(receive.try_recv().unwrap().len(), 1);
        assert!(receive.try_recv().is_err(), "nothing is no parcel");
        assert!(parcel.add(piece(0, BYTES)));
        assert_eq!(receive.try_recv().unwrap().len(), 1, "a large one goes at once");
        drop(receive);
        assert!(parcel.add(piece(0, 1)) && !parcel.send(), "nobody listens any more");
    }
}
