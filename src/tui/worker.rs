//! The one thread that owns the cache while the reader is open. It answers questions and carries out orders in the
//! order they were sent, but skips a question that a newer one of its kind has replaced. A search is answered in parts:
//! the rows on screen first, the rest while no other question waits. What an answer means to a screen is left to
//! `update`.
//!
//! Two flags cross the threads, because a search can take long and the channel is read only between questions:
//!
//! ```text
//! reader's thread                                   worker thread
//! new search arrives    ── stop of the old one ──▶  the old search ends; it is never answered
//! any question arrives  ── interrupt ────────────▶  the rest of a search pauses, and is continued afterwards
//! ```

mod ask_executor;
mod decisions;
mod list_window;
mod quote_pages;
mod session_file;

pub use session_file::{read as remembered, write as remember};

use super::message::{Answer, Ask};
use crate::store::Store;
use ask_executor::WorkerState;
use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread::{self, JoinHandle};

/// A question or order on its way to the worker. `stop` ends a search that a newer one has replaced.
struct PendingAsk {
    turn: u64,
    ask: Ask,
    stop: Arc<AtomicBool>,
}

/// A handle to the worker thread. Dropping it ends the thread once everything sent has been carried out.
pub struct Worker {
    /// `None` only while being dropped: closing the channel is what ends the thread.
    send: Option<mpsc::Sender<PendingAsk>>,
    thread: Option<JoinHandle<()>>,
    /// The stop flag of the newest search.
    stop_search: RefCell<Arc<AtomicBool>>,
    /// Set when a question waits in the channel: the worker then pauses the rest of an older search.
    interrupt: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread. It opens the cache first and ends at once if `open` returns `None`. Every answer is passed to
    /// `answer`; the thread ends when that returns false, because the receiver is gone. `state` is the folder of the
    /// session file. Returns an error if the system cannot start a thread.
    pub fn spawn(
        open: impl FnOnce() -> Option<Store> + Send + 'static,
        state: Option<PathBuf>,
        answer: impl Fn(Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = mpsc::channel();
        let interrupt = Arc::new(AtomicBool::new(false));
        let interrupted = interrupt.clone();
        let thread = thread::Builder::new().name("worker".to_owned()).spawn(move || {
            let Some(store) = open() else { return };
            work(&mut WorkerState::new(store, state, interrupted), &receive, answer);
        })?;
        Ok(Self { send: Some(send), thread: Some(thread), stop_search: RefCell::default(), interrupt })
    }

    /// Sends a question or an order to the worker. Returns false if the worker has stopped. A new search stops an older
    /// one that is still running.
    pub fn ask(&self, turn: u64, ask: Ask) -> bool {
        let stop = Arc::new(AtomicBool::new(false));
        if matches!(ask, Ask::Search(_)) {
            self.stop_search.replace(stop.clone()).store(true, Ordering::Relaxed);
        }
        // Set the flag before sending. Afterwards, the worker might have answered already, and the late flag would
        // interrupt whatever it does next.
        self.interrupt.store(true, Ordering::SeqCst);
        self.send.as_ref().is_some_and(|send| send.send(PendingAsk { turn, ask, stop }).is_ok())
    }
}

impl Drop for Worker {
    /// Waits for the worker to carry out what it was given: a star set right before quitting is not lost.
    fn drop(&mut self) {
        self.stop_search.borrow().store(true, Ordering::Relaxed);
        drop(self.send.take());
        self.interrupt.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // The panic hook has reported a worker that panicked.
            let _ = thread.join();
        }
    }
}

/// The loop of the thread. Waiting questions have priority over the rest of a search; it ends when the channel is
/// closed or `answer` returns false.
fn work(state: &mut WorkerState, receive: &Receiver<PendingAsk>, answer: impl Fn(Answer) -> bool) {
    loop {
        // Clear the flag before reading the channel: every later `ask` sets it again. A question that arrives between
        // these two lines is taken from the channel right here, so none is missed. In the other order, a question sent
        // in between would lose its flag and wait for the whole rest of a search.
        state.interrupt.store(false, Ordering::SeqCst);
        let first = match receive.try_recv() {
            Ok(first) => first,
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) if state.has_pending() => {
                if state.continue_search().is_some_and(|found| !answer(found)) {
                    return;
                }
                continue;
            }
            Err(TryRecvError::Empty) => match receive.recv() {
                Ok(first) => first,
                Err(_) => return,
            },
        };
        for pending in newest(std::iter::once(first).chain(receive.try_iter()).collect()) {
            if state.answer(pending.turn, pending.ask, &pending.stop).is_some_and(|found| !answer(found)) {
                return;
            }
        }
    }
}

/// Drops questions that a newer one of their kind replaces. The others keep their order, so that an order sent before a
/// question is carried out before it is answered.
fn newest(waiting: Vec<PendingAsk>) -> Vec<PendingAsk> {
    let mut seen: Vec<AskKind> = Vec::new();
    let mut kept: Vec<PendingAsk> = Vec::with_capacity(waiting.len());
    for pending in waiting.into_iter().rev() {
        match AskKind::of(&pending.ask) {
            Some(kind) if seen.contains(&kind) => {}
            kind => {
                seen.extend(kind);
                kept.push(pending);
            }
        }
    }
    kept.reverse();
    kept
}

/// The kinds of questions of which only the newest matters: no screen awaits the answers to older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AskKind {
    Search,
    Load,
    Officials,
    Official,
    Completion,
    RowWalk,
}

impl AskKind {
    /// The kind of a question. `None` for what must never be skipped: orders, and questions that several screens may
    /// ask at once, each awaiting its own answer.
    fn of(ask: &Ask) -> Option<Self> {
        match ask {
            Ask::Search(_) => Some(Self::Search),
            Ask::Load(_) => Some(Self::Load),
            Ask::Officials(..) => Some(Self::Officials),
            Ask::Official(_) => Some(Self::Official),
            Ask::Complete(..) | Ask::CompleteTag(..) => Some(Self::Completion),
            Ask::Unread(_) | Ask::SearchOn(..) => Some(Self::RowWalk),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_question_of_a_kind_replaces_those_that_wait_and_no_order_is_lost() {
        let load = |id: &str| Ask::Load(id.to_owned());
        let star = |id: &str| Ask::Star(id.to_owned(), true);
        let asks = [load("a"), star("a"), load("b"), star("b"), load("c")];
        let turn = |(n, ask)| PendingAsk { turn: n, ask, stop: Arc::default() };
        let turns: Vec<u64> = newest((1..).zip(asks).map(turn).collect()).into_iter().map(|t| t.turn).collect();
        assert_eq!(turns, [2, 4, 5]);
    }
}
