//! The one thread that owns the cache while the reader is open. It takes questions and orders, drops a question that a
//! newer one of its kind has overtaken, and answers the rest in the order of their turns. What an answer means is left
//! to `update`.

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

/// A question or order with its turn, and the flag that ends a search nobody waits for any more.
struct PendingAsk {
    turn: u64,
    ask: Ask,
    stop: Arc<AtomicBool>,
}

/// The way to the worker. Dropping it ends the worker after what it has been given.
pub struct Worker {
    send: Option<mpsc::Sender<PendingAsk>>,
    thread: Option<JoinHandle<()>>,
    /// Stops the search asked for last.
    search: RefCell<Arc<AtomicBool>>,
    /// Something has been asked: what is done beforehand or afterwards makes room.
    asked: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread, which opens the cache first; where `open` gives none it ends. Every answer goes to `answer`,
    /// which says whether anybody still listens.
    pub fn spawn(
        open: impl FnOnce() -> Option<Store> + Send + 'static,
        state: Option<PathBuf>,
        answer: impl Fn(Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = mpsc::channel();
        let asked = Arc::new(AtomicBool::new(false));
        let waiting = asked.clone();
        let thread = thread::Builder::new().name("worker".to_owned()).spawn(move || {
            let Some(store) = open() else { return };
            work(&mut WorkerState::new(store, state, waiting), &receive, answer);
        })?;
        Ok(Self { send: Some(send), thread: Some(thread), search: RefCell::default(), asked })
    }

    /// Gives the worker something to do; `false` where it has stopped. A search still running for an older question
    /// ends.
    pub fn ask(&self, turn: u64, ask: Ask) -> bool {
        let stop = Arc::new(AtomicBool::new(false));
        if matches!(ask, Ask::Search { .. }) {
            self.search.replace(stop.clone()).store(true, Ordering::Relaxed);
        }
        // Raised before: the worker may have answered already when this thread goes on, and would give up what it does then.
        self.asked.store(true, Ordering::SeqCst);
        self.send.as_ref().is_some_and(|send| send.send(PendingAsk { turn, ask, stop }).is_ok())
    }
}

impl Drop for Worker {
    /// Waits until what was ordered is done: a star set just before the end is not lost.
    fn drop(&mut self) {
        self.search.borrow().store(true, Ordering::Relaxed);
        drop(self.send.take());
        self.asked.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // A worker that panicked has said so through the panic hook.
            let _ = thread.join();
        }
    }
}

fn work(desk: &mut WorkerState, receive: &Receiver<PendingAsk>, answer: impl Fn(Answer) -> bool) {
    loop {
        // The flag is lowered before the channel is looked at: whatever is asked after that raises it again. (What comes
        // between these two lines finds the flag lowered, and waits for what is begun below.)
        desk.asked.store(false, Ordering::SeqCst);
        let first = match receive.try_recv() {
            Ok(first) => first,
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) if desk.owes() => {
                if desk.pay().is_some_and(|said| !answer(said)) {
                    return;
                }
                continue;
            }
            Err(TryRecvError::Empty) => match receive.recv() {
                Ok(first) => first,
                Err(_) => return,
            },
        };
        for turn in newest(std::iter::once(first).chain(receive.try_iter()).collect()) {
            if desk.answer(turn.turn, turn.ask, &turn.stop).is_some_and(|said| !answer(said)) {
                return;
            }
        }
    }
}

/// Leaves out questions that a newer one of their kind has overtaken.
fn newest(waiting: Vec<PendingAsk>) -> Vec<PendingAsk> {
    let overtaken = |n: usize, ask: &Ask| {
        kind(ask).is_some_and(|own| waiting.iter().skip(n + 1).any(|later| kind(&later.ask) == Some(own)))
    };
    let keep: Vec<bool> = waiting.iter().enumerate().map(|(n, turn)| !overtaken(n, &turn.ask)).collect();
    waiting.into_iter().zip(keep).filter_map(|(turn, keep)| keep.then_some(turn)).collect()
}

/// The kind of a question whose newest alone matters; none for orders, which are all carried out.
fn kind(ask: &Ask) -> Option<u8> {
    match ask {
        Ask::Search { .. } => Some(0),
        Ask::Load(_) => Some(1),
        Ask::Officials(..) => Some(2),
        Ask::Official(_) => Some(3),
        Ask::Complete(..) | Ask::CompleteTag(..) => Some(4),
        Ask::Unread { .. } | Ask::SearchOn { .. } => Some(5),
        _ => None,
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
