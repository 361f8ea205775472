//! The one thread that owns the cache while the reader is open. It answers questions and carries out orders in the
//! order they were sent, but skips a question that a newer one of its kind has replaced. A search is answered in parts:
//! the rows on screen first, the rest while nothing else waits. What an answer means to a screen is left to `update`.

mod answer;
mod list_window;
mod merge_split;
mod session_file;
mod topics;

pub use session_file::{read as remembered, write as remember};

use super::message::{Answer, Ask};
use crate::store::Store;
use answer::WorkerState;
use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread::{self, JoinHandle};

/// A question or order on its way to the worker. `stop` ends a search that nobody waits for any more.
struct PendingAsk {
    turn: u64,
    ask: Ask,
    stop: Arc<AtomicBool>,
}

/// A handle to the worker thread. Dropping it ends the thread once everything sent has been carried out.
pub struct Worker {
    send: Option<mpsc::Sender<PendingAsk>>,
    thread: Option<JoinHandle<()>>,
    /// Raised to stop the newest search.
    stop_search: RefCell<Arc<AtomicBool>>,
    /// Something waits to be answered: the worker breaks off the rest of an older search.
    interrupt: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread. It opens the cache first and ends at once if `open` returns `None`. Every answer goes to
    /// `answer`, which returns whether anybody still listens.
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

    /// Sends the worker a question or an order; `false` if the worker has stopped. A search that still runs for an
    /// older question is stopped.
    pub fn ask(&self, turn: u64, ask: Ask) -> bool {
        let stop = Arc::new(AtomicBool::new(false));
        if matches!(ask, Ask::Search(_)) {
            self.stop_search.replace(stop.clone()).store(true, Ordering::Relaxed);
        }
        // Raise the flag before sending. Afterwards the worker might have answered already, and the late flag would
        // break off whatever it does next.
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

fn work(state: &mut WorkerState, receive: &Receiver<PendingAsk>, answer: impl Fn(Answer) -> bool) {
    loop {
        // Lower the flag before looking at the channel: every later ask raises it again. An ask that arrives between
        // these two lines is taken from the channel right here, so nothing is missed.
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

/// Drops questions that a newer one of their kind replaces; the others keep their order.
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

/// The kinds of questions of which only the newest matters: the screen no longer waits for the answers to older ones.
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
    /// `None` for what is always carried out: orders, and questions to which each answer has its own receiver.
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
