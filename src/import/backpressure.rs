//! Bounds how far the reading threads may run ahead of the writer, in files and in bytes, so that memory does not grow
//! with the size of an import.
//!
//! ```text
//! files    0 1 2 3 │ 4 │ 5 6 7 … 16,387 │ 16,388 …
//!          saved     turn  may be read    must wait (MAX_FILES_AHEAD)
//! ```
//!
//! The writer saves in the order of the files, so nothing after the file at `turn` can be saved before it. If later
//! files have used up the bytes, a reader that waited for room with a part of that file would wait for ever: the room
//! is freed by saving. So the file at `turn` may exceed the limit by one part.

use std::sync::{Condvar, Mutex, PoisonError};

/// Number of files, counted from the one at `turn`, that may be read.
pub(super) const MAX_FILES_AHEAD: usize = 16_384;
/// Bytes of files that may be read and not yet saved; what waits for its transaction counts as a third. The rest is to
/// go on with while a transaction is committed: a report takes nine times its bytes with all its words. A part of the
/// file at `turn` may come on top.
pub(super) const MAX_BYTES_AHEAD: usize = 25 << 19;

/// Gives files to readers, and makes them wait for room.
pub(super) struct Backpressure {
    state: Mutex<BackpressureState>,
    /// Signalled when there may be room, or the import is over.
    changed: Condvar,
    /// Number of files to import.
    files: usize,
}

#[derive(Default)]
struct BackpressureState {
    /// The index of the next file for a reader.
    next: usize,
    /// The index of the file that the writer saves next.
    turn: usize,
    /// Bytes that are read and not yet saved.
    bytes: usize,
    /// Whether the import is over.
    closed: bool,
}

impl BackpressureState {
    fn has_room(&self, index: usize, bytes: usize) -> bool {
        let fits = index < self.turn + MAX_FILES_AHEAD && self.bytes + bytes <= MAX_BYTES_AHEAD;
        // Over the limit there can be one part only, and it belongs to the file at `turn`: the writer can save it and
        // make room.
        fits || (index <= self.turn && self.bytes <= MAX_BYTES_AHEAD)
    }
}

impl Backpressure {
    pub fn new(files: usize) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), files }
    }

    /// The index of the next file to read. `None` if there is none, or the import is over.
    pub fn next(&self) -> Option<usize> {
        let mut state = self.lock();
        if state.closed || state.next >= self.files {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// Counts `bytes` of that file as read, if there is room now. `false` if not, or if the import is over.
    pub fn enter_at_once(&self, index: usize, bytes: usize) -> bool {
        let mut state = self.lock();
        let enters = !state.closed && state.has_room(index, bytes);
        state.bytes += if enters { bytes } else { 0 };
        enters
    }

    /// Waits for room, then counts `bytes` of that file as read. `false` if the import is over.
    pub fn enter(&self, index: usize, bytes: usize) -> bool {
        let mut state = self.lock();
        loop {
            if state.closed {
                return false;
            }
            if state.has_room(index, bytes) {
                state.bytes += bytes;
                return true;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Counts `bytes` of a part that has entered and turned out to take more than was thought. Nobody may wait for room
    /// while the part is held back: the writer may be waiting for it.
    pub fn count(&self, bytes: usize) {
        self.lock().bytes += bytes;
    }

    /// The writer comes to the file at `turn`.
    pub fn advance(&self, turn: usize) {
        let mut state = self.lock();
        if state.turn != turn {
            state.turn = turn;
            self.changed.notify_all();
        }
    }

    /// The writer no longer counts `bytes` as read ahead.
    pub fn leave(&self, bytes: usize) {
        self.lock().bytes -= bytes;
        self.changed.notify_all();
    }

    /// Ends the import for the readers, and wakes those that wait.
    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Number of files that the readers have taken.
    #[cfg(test)]
    pub fn taken(&self) -> usize {
        self.lock().next
    }

    /// A guard that closes this when it is dropped.
    pub fn close_on_drop(&self) -> CloseOnDrop<'_> {
        CloseOnDrop(self)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BackpressureState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held by the function that runs the import: however that ends, no reader is left waiting for room.
pub(super) struct CloseOnDrop<'a>(&'a Backpressure);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_waiting_is_let_in_at_once() {
        let backpressure = Backpressure::new(2);
        assert!(backpressure.enter_at_once(1, MAX_BYTES_AHEAD));
        assert!(!backpressure.enter_at_once(1, 1), "there is no room");
        assert!(backpressure.enter_at_once(0, 1), "its turn has come");
        backpressure.count(9);
        backpressure.leave(MAX_BYTES_AHEAD + 1);
        assert!(!backpressure.enter_at_once(1, MAX_BYTES_AHEAD - 8), "what was counted without waiting takes room too");
        backpressure.leave(9);
        assert!(backpressure.enter_at_once(1, 1) && !backpressure.enter_at_once(MAX_FILES_AHEAD, 1), "too far ahead");
        backpressure.close();
        assert!(!backpressure.enter_at_once(0, 1));
    }

    #[test]
    fn the_file_whose_turn_it_is_always_goes_on() {
        let backpressure = Backpressure::new(3);
        assert_eq!(
            [backpressure.next(), backpressure.next(), backpressure.next(), backpressure.next()],
            [Some(0), Some(1), Some(2), None]
        );
        assert!(backpressure.enter(1, MAX_BYTES_AHEAD));
        assert!(backpressure.enter(0, MAX_BYTES_AHEAD), "over the limit, and still let in");
        let next = || backpressure.enter(0, 1);
        let waited = std::thread::scope(|scope| {
            let waiting = scope.spawn(next);
            backpressure.leave(MAX_BYTES_AHEAD);
            waiting.join().unwrap()
        });
        assert!(waited, "more of it when there is room");
        backpressure.leave(MAX_BYTES_AHEAD + 1);
        backpressure.close();
        assert!(!backpressure.enter(0, 1));
    }
}
