//! The one thread that owns the cache while the reader is open. It takes questions and orders, drops a question that a
//! newer one of its kind has overtaken, and answers the rest in the order of their turns. What an answer means is left
//! to `update`.

mod perform;
mod remember;
mod rows;

pub use perform::answer;
pub use remember::{read as remembered, write as remember};

use super::message::{Answer, Ask};
use crate::store::Store;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};

/// A question or order with its turn.
pub type Turn = (u64, Ask);

/// The way to the worker. Dropping it ends the worker after what it has been given.
pub struct Worker {
    send: Option<mpsc::Sender<Turn>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread; every answer goes to `answer`, which says whether anybody still listens.
    pub fn spawn(
        store: Store,
        state: Option<PathBuf>,
        answer: impl Fn(Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("worker".to_owned())
            .spawn(move || work(&mut perform::Desk::new(store, state), &receive, answer))?;
        Ok(Self { send: Some(send), thread: Some(thread) })
    }

    /// Gives the worker something to do; `false` where it has stopped.
    pub fn ask(&self, turn: u64, ask: Ask) -> bool {
        self.send.as_ref().is_some_and(|send| send.send((turn, ask)).is_ok())
    }
}

impl Drop for Worker {
    /// Waits until what was ordered is done: a star set just before the end is not lost.
    fn drop(&mut self) {
        drop(self.send.take());
        if let Some(thread) = self.thread.take() {
            // A worker that panicked has said so through the panic hook.
            let _ = thread.join();
        }
    }
}

fn work(desk: &mut perform::Desk, receive: &Receiver<Turn>, answer: impl Fn(Answer) -> bool) {
    while let Ok(first) = receive.recv() {
        let waiting: Vec<Turn> = std::iter::once(first).chain(receive.try_iter()).collect();
        for (turn, ask) in newest(waiting) {
            if !answer(perform::answer(desk, turn, ask)) {
                return;
            }
        }
    }
}

/// Leaves out questions that a newer one of their kind has overtaken.
fn newest(waiting: Vec<Turn>) -> Vec<Turn> {
    let overtaken = |n: usize, ask: &Ask| {
        kind(ask).is_some_and(|own| waiting.iter().skip(n + 1).any(|(_, later)| kind(later) == Some(own)))
    };
    let keep: Vec<bool> = waiting.iter().enumerate().map(|(n, (_, ask))| !overtaken(n, ask)).collect();
    waiting.into_iter().zip(keep).filter_map(|(turn, keep)| keep.then_some(turn)).collect()
}

/// The kind of a question whose newest alone matters; none for orders, which are all carried out.
fn kind(ask: &Ask) -> Option<u8> {
    match ask {
        Ask::Search { .. } => Some(0),
        Ask::Load(_) => Some(1),
        Ask::Officials(..) => Some(2),
        Ask::Official(_) => Some(3),
        Ask::Complete(..) => Some(4),
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
        let waiting = vec![(1, load("a")), (2, star("a")), (3, load("b")), (4, star("b")), (5, load("c"))];
        let turns: Vec<u64> = newest(waiting).into_iter().map(|(turn, _)| turn).collect();
        assert_eq!(turns, [2, 4, 5]);
    }
}
