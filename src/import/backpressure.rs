//! How far the reading threads may run ahead of the writer: by so many files and so many bytes, so that memory does not
//! grow with the size of what is imported. The file whose turn it is goes on where the files after it fill the window;
//! without that, they would wait for it for ever.

use std::sync::{Condvar, Mutex, PoisonError};

/// How many files may be read before their turn.
pub(super) const AHEAD: usize = 1024;
/// How many bytes of files may be on their way, and one piece of the file whose turn it is.
const BYTES: usize = 10 << 20;

/// The window.
pub(super) struct Backpressure {
    state: Mutex<BackpressureState>,
    moved: Condvar,
    files: usize,
}

#[derive(Default)]
struct BackpressureState {
    /// The next file that nobody has taken.
    next: usize,
    /// The file whose turn it is.
    turn: usize,
    bytes: usize,
    closed: bool,
}

impl BackpressureState {
    fn has_room(&self, index: usize, bytes: usize) -> bool {
        let fits = index < self.turn + AHEAD && self.bytes + bytes <= BYTES;
        // Over the limit there is a piece whose turn has come: the writer saves it and makes room.
        fits || (index <= self.turn && self.bytes <= BYTES)
    }
}

impl Backpressure {
    pub fn new(files: usize) -> Self {
        Self { state: Mutex::default(), moved: Condvar::new(), files }
    }

    /// The next file to read; nothing where there is none, or nobody wants it any more.
    pub fn next(&self) -> Option<usize> {
        let mut state = self.lock();
        if state.closed || state.next >= self.files {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// Lets so many bytes of that file in, if that needs no waiting.
    pub fn enter_at_once(&self, index: usize, bytes: usize) -> bool {
        let mut state = self.lock();
        let enters = !state.closed && state.has_room(index, bytes);
        state.bytes += if enters { bytes } else { 0 };
        enters
    }

    /// Waits until so many bytes of that file may be on their way; says no where nobody wants them any more.
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
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The writer has come to that file.
    pub fn advance(&self, turn: usize) {
        let mut state = self.lock();
        if state.turn != turn {
            state.turn = turn;
            self.moved.notify_all();
        }
    }

    /// So many bytes are saved.
    pub fn leave(&self, bytes: usize) {
        self.lock().bytes -= bytes;
        self.moved.notify_all();
    }

    /// Lets nobody in any more, and wakes those who wait.
    fn close(&self) {
        self.lock().closed = true;
        self.moved.notify_all();
    }

    /// How many files the readers have taken.
    #[cfg(test)]
    pub fn taken(&self) -> usize {
        self.lock().next
    }

    /// Closes the window when the guard is dropped.
    pub fn close_on_drop(&self) -> CloseOnDrop<'_> {
        CloseOnDrop(self)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BackpressureState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held by whoever owns the import: however it ends, no reader waits for room for ever.
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
        let window = Backpressure::new(2);
        assert!(window.enter_at_once(1, BYTES));
        assert!(!window.enter_at_once(1, 1), "there is no room");
        assert!(window.enter_at_once(0, 1), "its turn has come");
        window.leave(BYTES + 1);
        assert!(window.enter_at_once(1, 1) && !window.enter_at_once(AHEAD, 1), "too far ahead");
        window.close();
        assert!(!window.enter_at_once(0, 1));
    }

    #[test]
    fn the_file_whose_turn_it_is_always_goes_on() {
        let window = Backpressure::new(3);
        assert_eq!([window.next(), window.next(), window.next(), window.next()], [Some(0), Some(1), Some(2), None]);
        assert!(window.enter(1, BYTES));
        assert!(window.enter(0, BYTES), "over the limit, and still let in");
        let next = || window.enter(0, 1);
        let waited = std::thread::scope(|scope| {
            let waiting = scope.spawn(next);
            window.leave(BYTES);
            waiting.join().unwrap()
        });
        assert!(waited, "more of it when there is room");
        window.leave(BYTES + 1);
        window.close();
        assert!(!window.enter(0, 1));
    }
}
