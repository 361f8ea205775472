//! The one thread that owns the cache while the reader is open. It answers questions and carries out orders in the
//! order they were sent, but skips a question that a newer one of its kind has replaced. A search is answered in parts:
//! the rows on screen first, the rest while no other question waits. What an answer means to a screen is left to
//! `update`.
//!
//! Three flags cross the threads, because a question can take long and the channel is read only between questions:
//!
//! ```text
//! reader's thread                                   worker thread
//! new search arrives    ── stop of the old one ──▶  the old search ends; it is never answered
//! any question arrives  ── interrupt ────────────▶  the rest of a search pauses, and is continued afterwards
//! the reader quits      ── ending ───────────────▶  any question ends, those that wait are skipped
//! ```
//!
//! An order (`Ask::is_order`) is never stopped or skipped.

mod archive_follower;
mod ask_executor;
mod command;
mod decisions;
mod list_window;
mod next_row;
mod officials_index;
mod quote_pages;
pub mod remote;
mod session_file;
mod sync_run;
mod verb_process;

pub use archive_follower::ArchiveFollower;
pub use command::run_command;
pub use quote_pages::PageParts;
pub use session_file::{read as remembered, write as remember};
pub use sync_run::{Connect, SyncRun};
pub use verb_process::run_verb;

use super::message::{Answer, Ask};
use crate::store::Store;
use ask_executor::WorkerState;
use remote::{RemoteArchive, RemoteEvent, RemoteSession};
use std::cell::{Cell, RefCell};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often an idle worker checks whether another process, such as an import, has changed the cache. A check is one
/// look at a counter in shared memory; SQLite has no notice of it.
const CHANGE_CHECK: Duration = Duration::from_secs(2);

/// How long quitting waits for the worker if it has no order to carry out. The process ends afterwards in any case;
/// this only lets the cache be closed, which deletes its journal.
const QUESTION_GRACE: Duration = Duration::from_millis(100);
/// How long quitting waits for orders: as long as the store waits for a lock.
const ORDER_GRACE: Duration = Duration::from_secs(6);
/// How long it waits for the order to record what was seen. Nobody was told of that, and every session sends it at its
/// end: a question that does not stop, or an import that holds the cache, would else keep each reader from quitting.
const SEEN_GRACE: Duration = Duration::from_millis(200);
/// The pause between two looks whether the orders are carried out.
const ORDER_CHECK: Duration = Duration::from_millis(10);

/// A question or order on its way to the worker. `stop` ends a search or a preview that a newer one has replaced.
pub(super) struct PendingAsk {
    turn: u64,
    ask: Ask,
    stop: Arc<AtomicBool>,
}

/// What the reader's thread tells the worker beside the channel.
#[derive(Default)]
pub(super) struct WorkerFlags {
    /// Set when a question waits in the channel: the worker then pauses the rest of an older search.
    interrupt: Arc<AtomicBool>,
    /// Set when the reader quits.
    ending: AtomicBool,
    /// What stops the question that is being answered, besides `ending`. `None` while an order is carried out.
    stop: Mutex<Option<Arc<AtomicBool>>>,
    /// Number of orders that are not carried out yet.
    orders: AtomicUsize,
}

impl WorkerFlags {
    /// Whether to give up what is being done.
    fn is_stopped(&self) -> bool {
        let stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed) || self.ending.load(Ordering::Relaxed))
    }

    /// Runs `work`, which `stop` ends early; `None` lets it run to its end.
    fn run<T>(&self, stop: Option<Arc<AtomicBool>>, work: impl FnOnce() -> T) -> T {
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = stop;
        let done = work();
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = None;
        done
    }
}

/// A handle to the worker thread. Dropping it has the thread carry out the orders that were sent, and ends it.
pub struct Worker {
    /// `None` only while being dropped, which ends the thread.
    send: Option<AskSender>,
    /// Disconnected when the thread has ended.
    ended: Receiver<()>,
    /// The stop flag of the newest search.
    stop_search: RefCell<Arc<AtomicBool>>,
    /// The stop flag of the newest preview of an official.
    stop_preview: RefCell<Arc<AtomicBool>>,
    /// Whether `Ask::Seen` was sent, which is the last order of a session.
    sent_seen: Cell<bool>,
    flags: Arc<WorkerFlags>,
}

/// The way to the thread.
enum AskSender {
    /// Closing the channel ends the thread.
    Store(mpsc::Sender<PendingAsk>),
    /// Others send into the channel too, so the end is an event of its own.
    Remote(mpsc::Sender<RemoteEvent>),
}

impl AskSender {
    fn send(&self, pending: PendingAsk) -> bool {
        match self {
            Self::Store(channel) => channel.send(pending).is_ok(),
            Self::Remote(channel) => channel.send(RemoteEvent::Ask(pending)).is_ok(),
        }
    }
}

impl Drop for AskSender {
    fn drop(&mut self) {
        if let Self::Remote(channel) = self {
            // The thread may have ended already.
            let _ = channel.send(RemoteEvent::End);
        }
    }
}

impl Worker {
    /// Starts the thread. It opens the cache first and ends at once if `open` returns `None`. Every answer is passed to
    /// `answer`; the thread ends when that returns false, because the receiver is gone. Returns an error if the system
    /// cannot start a thread.
    pub fn spawn(
        open: impl FnOnce() -> Option<Store> + Send + 'static,
        answer: impl Fn(Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        Self::spawn_with(open, move |_, done| answer(done))
    }

    /// Like `spawn`; `answer` may read the cache too.
    pub(super) fn spawn_with(
        open: impl FnOnce() -> Option<Store> + Send + 'static,
        answer: impl Fn(&Store, Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = mpsc::channel();
        let (alive, ended) = mpsc::channel();
        let flags = Arc::<WorkerFlags>::default();
        let shared = Arc::clone(&flags);
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            // Dropped when the thread ends, for whatever reason.
            let _alive: mpsc::Sender<()> = alive;
            let Some(mut store) = open() else { return };
            let polled = Arc::clone(&shared);
            // Without it a long question cannot be stopped, but all else works.
            let _ = store.give_up_when(move || polled.is_stopped());
            work(&mut WorkerState::new(store, shared), &receive, answer);
        })?;
        Ok(Self::of(AskSender::Store(send), ended, flags))
    }

    /// Starts the thread of a reader whose archive is on another machine. `open` opens the reader's marks
    /// (`Store::open_marks`); the thread ends at once if it returns `None`. `opened` is told whether the archive
    /// answers, and else why not, before the thread ends.
    pub fn spawn_remote(
        archive: RemoteArchive,
        open: impl FnOnce() -> Option<Store> + Send + 'static,
        opened: impl FnOnce(Result<(), String>) + Send + 'static,
        answer: impl Fn(Answer) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (send, receive) = mpsc::channel();
        let (alive, ended) = mpsc::channel();
        let flags = Arc::<WorkerFlags>::default();
        let (shared, events) = (Arc::clone(&flags), send.clone());
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            let _alive: mpsc::Sender<()> = alive;
            let Some(marks) = open() else { return };
            let mut session = RemoteSession::new(archive, marks, shared, events, answer);
            let is_open = session.open(&receive);
            let is_refused = is_open.is_err();
            opened(is_open);
            if !is_refused {
                session.run(&receive);
            }
        })?;
        Ok(Self::of(AskSender::Remote(send), ended, flags))
    }

    fn of(send: AskSender, ended: Receiver<()>, flags: Arc<WorkerFlags>) -> Self {
        Self {
            send: Some(send),
            ended,
            stop_search: RefCell::default(),
            stop_preview: RefCell::default(),
            sent_seen: Cell::default(),
            flags,
        }
    }

    /// Sends a question or an order to the worker. Returns false if the worker has stopped. A new search stops an older
    /// one that is still running, and a new query or preview of the finder an older preview.
    pub fn ask(&self, turn: u64, ask: Ask) -> bool {
        let stop = Arc::new(AtomicBool::new(false));
        match &ask {
            Ask::Search(_) => self.stop_search.replace(stop.clone()).store(true, Ordering::Relaxed),
            Ask::OfficialPreview(_) | Ask::OfficialPreviewParts(_) => {
                self.stop_preview.replace(stop.clone()).store(true, Ordering::Relaxed);
            }
            Ask::Officials(..) => self.stop_preview.borrow().store(true, Ordering::Relaxed),
            _ => {}
        }
        self.flags.orders.fetch_add(usize::from(ask.is_order()), Ordering::SeqCst);
        self.sent_seen.set(self.sent_seen.get() || matches!(ask, Ask::Seen));
        // Set the flag before sending. Afterwards, the worker might have answered already, and the late flag would
        // interrupt whatever it does next.
        self.flags.interrupt.store(true, Ordering::SeqCst);
        self.send.as_ref().is_some_and(|send| send.send(PendingAsk { turn, ask, stop }))
    }

    /// Ends the thread once its orders are carried out, so that a star set right before quitting is not lost. Questions
    /// are given up, and one that does not stop is not waited for. Returns the number of marks and decisions that were
    /// not saved, because another process has kept them locked all the time.
    pub fn finish(mut self) -> usize {
        self.close()
    }

    fn close(&mut self) -> usize {
        self.stop_search.borrow().store(true, Ordering::Relaxed);
        self.flags.ending.store(true, Ordering::SeqCst);
        drop(self.send.take());
        self.flags.interrupt.store(true, Ordering::SeqCst);
        let since = Instant::now();
        while self.ended.recv_timeout(ORDER_CHECK) == Err(RecvTimeoutError::Timeout) {
            let orders = self.flags.orders.load(Ordering::SeqCst);
            // What was seen comes last, so it is among those that are left.
            let marks = orders.saturating_sub(usize::from(self.sent_seen.get()));
            let grace = match orders {
                0 => QUESTION_GRACE,
                _ if marks == 0 => SEEN_GRACE,
                _ => ORDER_GRACE,
            };
            if since.elapsed() >= grace {
                return marks;
            }
        }
        0
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.send.is_some() {
            self.close();
        }
    }
}

/// The loop of the thread. Waiting questions have priority over the rest of a search; it ends when the channel is
/// closed or `answer` returns false.
fn work(state: &mut WorkerState, receive: &Receiver<PendingAsk>, tell: impl Fn(&Store, Answer) -> bool) {
    let flags = Arc::clone(&state.flags);
    loop {
        // Clear the flag before reading the channel: every later `ask` sets it again. A question that arrives between
        // these two lines is taken from the channel right here, so none is missed. In the other order, a question sent
        // in between would lose its flag and wait for the whole rest of a search.
        flags.interrupt.store(false, Ordering::SeqCst);
        let first = match receive.try_recv() {
            Ok(first) => first,
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) if state.has_pending() => {
                if state.continue_search().is_some_and(|found| !tell(&state.store, found)) {
                    return;
                }
                continue;
            }
            Err(TryRecvError::Empty) => match receive.recv_timeout(CHANGE_CHECK) {
                Ok(first) => first,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if state.changed_elsewhere().is_some_and(|changed| !tell(&state.store, changed)) {
                        return;
                    }
                    continue;
                }
            },
        };
        for pending in newest(std::iter::once(first).chain(receive.try_iter()).collect()) {
            let is_order = pending.ask.is_order();
            // What is stopped before it is begun needs no answer either.
            let is_stopped = || pending.stop.load(Ordering::Relaxed) || flags.ending.load(Ordering::SeqCst);
            if !is_order && is_stopped() {
                continue;
            }
            let done = state.answer(pending.turn, pending.ask, &pending.stop);
            flags.orders.fetch_sub(usize::from(is_order), Ordering::SeqCst);
            // Orders that follow are carried out although nobody hears of them any more.
            if done.is_some_and(|done| !tell(&state.store, done)) && flags.orders.load(Ordering::SeqCst) == 0 {
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
    OfficialPreview,
    Completion,
    NextRow,
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
            Ask::OfficialPreview(_) | Ask::OfficialPreviewParts(_) => Some(Self::OfficialPreview),
            Ask::Complete(..) | Ask::CompleteTag(..) => Some(Self::Completion),
            Ask::Unread(_) | Ask::SearchOn(..) => Some(Self::NextRow),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{CACHE_FILE, MarkChange, ReportMark, id_of};
    use std::sync::Barrier;

    fn star(id: &str) -> Ask {
        Ask::ChangeMarks(vec![MarkChange { report: id.to_owned(), mark: ReportMark::Starred(true) }])
    }

    /// A worker that answers its first question only after the second wait for the barrier.
    fn busy_worker(folder: &std::path::Path) -> (Worker, Arc<Barrier>) {
        let barrier = Arc::new(Barrier::new(2));
        let (held, folder) = (Arc::clone(&barrier), folder.to_owned());
        let worker = Worker::spawn(
            move || Some(Store::open(&folder).unwrap()),
            move |answer| {
                if answer.turn() == 1 {
                    held.wait();
                    held.wait();
                }
                true
            },
        );
        (worker.unwrap(), barrier)
    }

    #[test]
    fn quitting_does_not_wait_for_a_question() {
        let folder = tempfile::tempdir().unwrap();
        let (worker, barrier) = busy_worker(folder.path());
        worker.ask(1, Ask::Load("a".to_owned()));
        barrier.wait();
        // The worker is held until the end of the test: joining it would never return.
        assert_eq!(worker.finish(), 0);
        barrier.wait();
    }

    #[test]
    fn quitting_does_not_wait_for_what_was_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (worker, barrier) = busy_worker(folder.path());
        worker.ask(1, Ask::Load("a".to_owned()));
        worker.ask(2, Ask::Seen);
        barrier.wait();
        assert_eq!(worker.finish(), 0, "which is no mark that could not be saved");
        barrier.wait();
    }

    #[test]
    fn a_query_of_the_finder_does_not_wait_for_a_preview() {
        let folder = tempfile::tempdir().unwrap();
        let (send, answers) = mpsc::channel();
        let barrier = Arc::new(Barrier::new(2));
        let (held, path) = (Arc::clone(&barrier), folder.path().to_owned());
        let tell = move |answer: Answer| {
            if answer.turn() == 1 {
                held.wait();
                held.wait();
            }
            send.send(answer.turn()).is_ok()
        };
        let worker = Worker::spawn(move || Some(Store::open(&path).unwrap()), tell).unwrap();
        worker.ask(1, Ask::Load("a".to_owned()));
        barrier.wait();
        let preview = || Ask::OfficialPreview("a".to_owned());
        for (turn, ask) in [preview(), preview(), Ask::Officials("a".to_owned(), 9), preview()].into_iter().enumerate()
        {
            worker.ask(2 + turn as u64, ask);
        }
        barrier.wait();
        // Neither the preview that a later one has replaced, nor the one before the query.
        let told: Vec<u64> = answers.iter().take(3).collect();
        assert_eq!(told, [1, 4, 5]);
    }

    #[test]
    fn quitting_waits_for_orders_and_skips_the_questions_among_them() {
        let folder = tempfile::tempdir().unwrap();
        let (worker, barrier) = busy_worker(folder.path());
        worker.ask(1, Ask::Load("a".to_owned()));
        for n in 2..50 {
            worker.ask(n, Ask::Tags("a".to_owned()));
            worker.ask(n, star(&format!("{n}")));
        }
        barrier.wait();
        barrier.wait();
        assert_eq!(worker.finish(), 0);
        let store = Store::open(folder.path()).unwrap();
        assert!((2..50).all(|n| store.marks().of(&format!("{n}")).unwrap().1));
    }

    #[test]
    fn a_statement_gives_up_only_while_a_question_is_answered() {
        let flags = Arc::<WorkerFlags>::default();
        let mut store = Store::in_memory().unwrap();
        let polled = Arc::clone(&flags);
        store.give_up_when(move || polled.is_stopped()).unwrap();
        let slow = || store.cache().wait_for_test();
        assert!(slow().is_ok());
        flags.ending.store(true, Ordering::SeqCst);
        assert!(flags.run(None, slow).is_ok(), "an order is carried out");
        let stopped = flags.run(Some(Arc::default()), slow);
        assert!(matches!(stopped, Err(crate::store::StoreError::Interrupted)), "{stopped:?}");
    }

    #[test]
    fn indexing_the_officials_is_given_up_at_the_end() {
        let (store, flags) = (Store::in_memory().unwrap(), Arc::<WorkerFlags>::default());
        let text = "Ngày 1-5-2021, Đại tá Lê Văn Thử dự hội nghị.";
        for draft in crate::ingest::read(text.as_bytes(), &crate::ingest::InputHint::default()).unwrap() {
            store.cache().save("a.txt", &draft, &crate::extract::people_and_facts(&draft)).unwrap();
        }
        let mut state = WorkerState::new(store, Arc::clone(&flags));
        let mut find = || state.answer(1, Ask::Officials(String::new(), 10), &Arc::default());
        flags.ending.store(true, Ordering::SeqCst);
        assert!(find().is_none());
        flags.ending.store(false, Ordering::SeqCst);
        assert!(matches!(find(), Some(Answer::Officials { all: 1, .. })));
    }

    #[test]
    fn the_next_question_is_answered_from_the_copy_that_has_replaced_an_archive() {
        let [origin, there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
        let copy_with = |text: &str| {
            let store = Store::open(origin.path()).unwrap();
            let draft = crate::report::Draft { text: text.to_owned(), ..crate::report::Draft::default() };
            store.cache().save("a.txt", &draft, &crate::extract::people_and_facts(&draft)).unwrap();
            drop(store);
            let beside = there.path().join("copy");
            std::fs::copy(origin.path().join(CACHE_FILE), &beside).unwrap();
            std::fs::rename(&beside, there.path().join(CACHE_FILE)).unwrap();
            id_of(text)
        };
        copy_with("Một");
        let (there_path, own_path) = (there.path().to_owned(), own.path().to_owned());
        let (send, answers) = mpsc::channel();
        let worker = Worker::spawn(
            move || Some(Store::open_archive(&there_path, &own_path).unwrap()),
            move |answer| send.send(answer).is_ok(),
        );
        let worker = worker.unwrap();
        let loads = |id: &str| {
            worker.ask(1, Ask::Load(id.to_owned()));
            matches!(answers.recv().unwrap(), Answer::Loaded { loaded: Some(_), .. })
        };
        assert!(!loads(&id_of("Hai")));
        let second = copy_with("Hai");
        assert!(loads(&second));
    }

    #[test]
    fn the_newest_question_of_a_kind_replaces_those_that_wait_and_no_order_is_lost() {
        let load = |id: &str| Ask::Load(id.to_owned());
        let asks = [load("a"), star("a"), load("b"), star("b"), load("c")];
        let turn = |(n, ask)| PendingAsk { turn: n, ask, stop: Arc::default() };
        let turns: Vec<u64> = newest((1..).zip(asks).map(turn).collect()).into_iter().map(|t| t.turn).collect();
        assert_eq!(turns, [2, 4, 5]);
    }
}
