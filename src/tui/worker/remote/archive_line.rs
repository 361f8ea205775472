//! The worker thread of a reader whose archive is on another machine: it has the reader's marks, sends what takes the
//! archive, and does the rest itself. It waits for nothing but its next event.
//!
//! ```text
//! question or order    sent, and kept until its last answer is here; on a line that was lost and is back, sent again
//! order about marks    carried out at once in the reader's own file, then told to the archive
//! decision             answered by the archive, then written into the reader's own file, then said to be done
//! line lost            told once; tried again after 1, 2, 4 … 30 s, and soon after something is asked
//! ```

use super::super::ask_executor::WorkerState;
use super::super::{AskKind, PendingAsk, WorkerFlags};
use super::connection::{Connect, Connection};
use super::protocol::{
    AnswerLine, ArchiveLine, Hello, Mismatch, QuestionLine, ReaderLine, RemoteAnswer, RemoteQuestion,
};
use crate::store::{ListRow, MarkChange, MarksPart, NoteChange, SeenBy, Store, StoreError};
use crate::tui::message::{Answer, Ask, ConnectionNews};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// The longest pause between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How often is checked whether another process has changed the reader's marks.
const MARKS_CHECK: Duration = Duration::from_secs(2);

/// An archive on another machine.
pub struct RemoteArchive {
    /// The machine, as messages name it.
    pub host: String,
    pub connect: Box<dyn Connect>,
    /// The pause before a lost connection is tried again; it doubles with each attempt.
    pub first_pause: Duration,
}

/// What the thread waits for.
pub enum RemoteEvent {
    Ask(PendingAsk),
    /// The archive has said something.
    Line {
        connection: u64,
        line: ArchiveLine,
    },
    /// The connection is of no use any more.
    Broken {
        connection: u64,
        why: String,
    },
    /// The reader quits: orders are carried out, nothing else.
    End,
}

/// Something that was asked and has no last answer yet.
struct SentAsk {
    turn: u64,
    ask: Ask,
    /// The rows of its last answer, if it is a search.
    rows: Vec<ListRow>,
}

/// The state of the thread.
pub struct RemoteSession<A> {
    archive: RemoteArchive,
    /// The reader's marks (`Store::open_marks`), and what is done with them alone.
    own: WorkerState,
    flags: Arc<WorkerFlags>,
    answer: A,
    events: Sender<RemoteEvent>,
    connection: Option<Connection>,
    /// The number of attempts to connect.
    attempts: u64,
    pending: Vec<SentAsk>,
    /// When the next attempt is made, and how long was waited for that. `None` while there is a connection.
    retry: Option<(Instant, Duration)>,
    /// Whether the loss of the connection was told.
    is_lost: bool,
    /// `Store::marks_version` when the archive was told all marks.
    marks_version: i64,
    is_ending: bool,
}

impl<A: Fn(Answer) -> bool> RemoteSession<A> {
    pub fn new(
        archive: RemoteArchive,
        marks: Store,
        flags: Arc<WorkerFlags>,
        events: Sender<RemoteEvent>,
        answer: A,
    ) -> Self {
        Self {
            archive,
            own: WorkerState::new(marks, Arc::clone(&flags)),
            flags,
            answer,
            events,
            connection: None,
            attempts: 0,
            pending: Vec::new(),
            retry: None,
            is_lost: false,
            marks_version: 0,
            is_ending: false,
        }
    }

    /// Connects for the first time, and waits until the archive has said hello. What is asked meanwhile is kept.
    /// Returns why it has not.
    pub fn open(&mut self, receive: &Receiver<RemoteEvent>) -> Result<(), String> {
        self.try_connection().map_err(|why| self.unreachable(&why))?;
        loop {
            match receive.recv() {
                Ok(RemoteEvent::Ask(pending)) => self.ask(pending),
                Ok(RemoteEvent::Line { line: ArchiveLine::Hello(hello), .. }) => {
                    return self.greeted(&hello).map_err(|why| self.unreachable(&why));
                }
                Ok(RemoteEvent::Line { line: ArchiveLine::Refused(why), .. }) => return Err(self.unreachable(&why)),
                Ok(RemoteEvent::Line { .. }) => {
                    return Err(self.unreachable(&Mismatch("an answer before a hello".to_owned()).to_string()));
                }
                Ok(RemoteEvent::Broken { why, .. }) => {
                    let why = self.connection.take().map_or(why.clone(), |connection| connection.why_ended(why));
                    return Err(self.unreachable(&why));
                }
                Ok(RemoteEvent::End) | Err(_) => return Err("the reader has ended".to_owned()),
            }
        }
    }

    fn unreachable(&self, why: &str) -> String {
        let host = &self.archive.host;
        format!("the archive on {host} cannot be read: {why}; `ssh {host} baocao serve --stdio` must work there")
    }

    /// Handles events until the reader quits and its orders are carried out.
    pub fn run(mut self, receive: &Receiver<RemoteEvent>) {
        loop {
            let is_heard = match receive.recv_timeout(self.pause()) {
                Ok(RemoteEvent::Ask(pending)) => {
                    self.ask(pending);
                    true
                }
                Ok(RemoteEvent::Line { connection, line }) => !self.is_current(connection) || self.received(line),
                Ok(RemoteEvent::Broken { connection, why }) => !self.is_current(connection) || self.lost(why),
                Ok(RemoteEvent::End) => {
                    self.is_ending = true;
                    self.pending.retain(|sent| sent.ask.is_order());
                    true
                }
                Err(RecvTimeoutError::Timeout) => self.rested(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let awaits_orders = self.flags.orders.load(Ordering::SeqCst) > 0;
            if (self.is_ending || !is_heard) && !awaits_orders {
                return;
            }
        }
    }

    fn is_current(&self, connection: u64) -> bool {
        self.connection.as_ref().is_some_and(|own| own.number == connection)
    }

    /// How long the next event is waited for.
    fn pause(&self) -> Duration {
        match self.retry {
            Some((at, _)) => at.saturating_duration_since(Instant::now()).min(MARKS_CHECK),
            None => MARKS_CHECK,
        }
    }

    /// Nothing has come for a while.
    fn rested(&mut self) -> bool {
        if self.retry.is_some_and(|(at, _)| at <= Instant::now()) {
            return self.try_again();
        }
        // Another process has changed the marks: the archive is told all of them.
        let version = self.own.store.marks_version().unwrap_or(self.marks_version);
        if self.greeted_connection().is_some() && version != self.marks_version {
            self.tell_all_marks();
        }
        true
    }

    /// Carries out an order about marks, or sends what takes the archive.
    fn ask(&mut self, pending: PendingAsk) {
        let PendingAsk { turn, ask, stop } = pending;
        if RemoteQuestion::of(&ask).is_none() {
            let is_order = ask.is_order();
            let done = self.own.answer(turn, ask.clone(), &stop);
            if let Some(done) = &done {
                self.tell_change(&ask, done);
            }
            return self.finish(is_order, done);
        }
        if matches!(ask, Ask::Seen) && self.greeted_connection().is_none() {
            // Everything is new again then, which is no reason to keep the reader from quitting.
            return self.finish(true, Some(Answer::Done { turn }));
        }
        // The older question of the kind is of no use to any screen; the archive skips it, too.
        if let Some(kind) = AskKind::of(&ask) {
            self.pending.retain(|sent| AskKind::of(&sent.ask) != Some(kind));
        }
        self.send(turn, &ask);
        self.pending.push(SentAsk { turn, ask, rows: Vec::new() });
        // Somebody waits for the answer: the next attempt is made soon. One that is under way is left alone, because
        // another one would end it.
        if let Some((at, paused)) = self.retry
            && self.connection.is_none()
            && at > Instant::now() + self.archive.first_pause
        {
            self.retry = Some((Instant::now() + self.archive.first_pause, paused));
        }
    }

    /// Passes the answer on. An order is then no longer waited for.
    fn finish(&mut self, is_order: bool, done: Option<Answer>) {
        self.flags.orders.fetch_sub(usize::from(is_order), Ordering::SeqCst);
        if done.is_some_and(|done| !(self.answer)(done)) {
            self.is_ending = true;
        }
    }

    /// The connection, once the archive has said hello.
    fn greeted_connection(&self) -> Option<&Connection> {
        self.connection.as_ref().filter(|connection| connection.is_greeted)
    }

    fn send(&self, turn: u64, ask: &Ask) {
        if let (Some(connection), Some(ask)) = (self.greeted_connection(), RemoteQuestion::of(ask)) {
            connection.send(&ReaderLine::Ask(QuestionLine { turn, ask }));
        }
    }

    fn tell(&self, part: MarksPart) {
        if let Some(connection) = self.greeted_connection() {
            connection.send(&ReaderLine::Marks(Box::new(part)));
        }
    }

    /// Tells the archive what an order has changed of the marks.
    fn tell_change(&self, ask: &Ask, done: &Answer) {
        let part = match (ask, done) {
            (Ask::ChangeMarks(changes), Answer::MarksChanged { .. }) => self.marks_of(changes).unwrap_or_default(),
            (_, Answer::NoteChanged { changed, .. }) => {
                let removed = match ask {
                    Ask::ChangeNote(NoteChange::Remove(number)) => Some(*number),
                    _ => None,
                };
                MarksPart {
                    notes: changed.now.iter().cloned().collect(),
                    removed_notes: removed.into_iter().collect(),
                    ..MarksPart::default()
                }
            }
            _ => return,
        };
        self.tell(part);
    }

    fn marks_of(&self, changes: &[MarkChange]) -> Result<MarksPart, StoreError> {
        let ids: BTreeSet<&str> = changes.iter().map(|change| change.report.as_str()).collect();
        let reports = ids.into_iter().map(|id| self.own.store.marks().of_report(id)).collect::<Result<_, _>>()?;
        Ok(MarksPart { reports, ..MarksPart::default() })
    }

    /// Tells the archive all marks.
    fn tell_all_marks(&mut self) {
        // Before they are read: what changes meanwhile is told by the next check.
        self.marks_version = self.own.store.marks_version().unwrap_or_default();
        match self.own.store.marks().parts() {
            Ok(parts) => parts.into_iter().for_each(|part| self.tell(part)),
            Err(error) => tracing::warn!("the marks could not be read for the archive: {error}"),
        }
    }

    /// Connects. The archive has not answered yet.
    fn try_connection(&mut self) -> Result<(), String> {
        self.attempts += 1;
        let peer = self.archive.connect.connect(self.attempts > 1).map_err(|error| error.to_string())?;
        let connection = Connection::begin(peer, self.attempts, &self.events).map_err(|error| error.to_string())?;
        connection.send(&ReaderLine::Hello(Hello::own()));
        self.connection = Some(connection);
        Ok(())
    }

    fn try_again(&mut self) -> bool {
        let paused = self.retry.take().map(|(_, paused)| paused);
        match self.try_connection() {
            Ok(()) => {
                // Kept until the archive says hello, so that the pauses grow.
                self.retry = paused.map(|paused| (Instant::now() + LONGEST_PAUSE, paused));
                true
            }
            Err(why) => {
                self.retry = paused.map(|paused| (Instant::now(), paused));
                self.lost(why)
            }
        }
    }

    /// The archive has said hello: it is told the marks, and asked what is unanswered.
    fn greeted(&mut self, hello: &Hello) -> Result<(), String> {
        if let Some(why) = hello.mismatch(&format!("on {}", self.archive.host)) {
            return Err(why);
        }
        if let Some(connection) = &mut self.connection {
            connection.is_greeted = true;
        }
        self.retry = None;
        self.tell_all_marks();
        for sent in &self.pending {
            self.send(sent.turn, &sent.ask);
        }
        Ok(())
    }

    /// A line has come. Returns whether the reader still listens.
    fn received(&mut self, line: ArchiveLine) -> bool {
        match line {
            ArchiveLine::Hello(hello) => match self.greeted(&hello) {
                Ok(()) if std::mem::take(&mut self.is_lost) => (self.answer)(Answer::Connection(ConnectionNews::Back)),
                Ok(()) => true,
                Err(why) => self.lost(why),
            },
            ArchiveLine::Refused(why) => self.lost(why),
            ArchiveLine::Answer(line) => match self.answered(*line) {
                Ok(is_heard) => is_heard,
                Err(why) => self.lost(why.to_string()),
            },
        }
    }

    fn answered(&mut self, line: AnswerLine) -> Result<bool, Mismatch> {
        let AnswerLine { turn, answer } = line;
        if let (0, RemoteAnswer::CacheChanged { officials, doubts }) = (turn, &answer) {
            return Ok((self.answer)(Answer::CacheChanged { officials: *officials, doubts: *doubts }));
        }
        // A newer question has replaced it.
        let Some(at) = self.pending.iter().position(|sent| sent.turn == turn) else { return Ok(true) };
        let is_last = !matches!(answer, RemoteAnswer::Found { more: true, .. });
        let Some(sent) = self.pending.get_mut(at) else { return Ok(true) };
        let (ask, mut rows) = (sent.ask.clone(), std::mem::take(&mut sent.rows));
        let kept = if ask.is_order() || matches!(ask, Ask::Begin) { self.keep(&ask, &answer) } else { Ok(()) };
        // The question stays among those that are unanswered if this is no answer to it.
        let mut done = answer.into_answer(turn, &ask, &self.own.store, &mut rows)?;
        if is_last {
            self.pending.remove(at);
        } else if let Some(sent) = self.pending.get_mut(at) {
            sent.rows = rows;
        }
        let is_order = ask.is_order();
        if let Err(error) = kept {
            // What was decided beside the archive is not in the reader's file: it is taken back there.
            self.tell_all_marks();
            done = Answer::Failed { turn, why: error.to_string() };
        }
        if is_last {
            self.finish(is_order, Some(done));
        } else if !(self.answer)(done) {
            return Ok(false);
        }
        Ok(!self.is_ending)
    }

    /// Writes what was decided or seen beside the archive into the reader's own file.
    fn keep(&self, ask: &Ask, answer: &RemoteAnswer) -> Result<(), StoreError> {
        if matches!(ask, Ask::Begin)
            && let Err(error) = self.own.store.back_up_marks()
        {
            tracing::warn!("today's copy of the reader's marks was not made: {error}");
        }
        let marks = self.own.store.marks();
        match (ask, answer) {
            (Ask::Undo(_), RemoteAnswer::Decided { undone: Some(undone), .. }) => marks.forget_step(undone),
            (Ask::Judge { .. } | Ask::Merge(..) | Ask::Split(..), RemoteAnswer::Decided { step: Some(step), .. }) => {
                marks.add_step(step)
            }
            (Ask::Begin, RemoteAnswer::Begun { seen: Some(seen), .. })
            | (Ask::Seen, RemoteAnswer::Done(Some(seen))) => {
                if let Err(error) = marks.set_seen(SeenBy::Reader, *seen) {
                    tracing::warn!("what was seen could not be kept: {error}");
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The connection is lost. Tells it once, and tries again later.
    fn lost(&mut self, why: String) -> bool {
        let why = self.connection.take().map_or(why.clone(), |connection| connection.why_ended(why));
        let paused = match self.retry {
            Some((_, paused)) => (paused * 2).min(LONGEST_PAUSE),
            None => self.archive.first_pause,
        };
        self.retry = Some((Instant::now() + paused, paused));
        tracing::warn!("the line to {} was lost: {why}", self.archive.host);
        if std::mem::replace(&mut self.is_lost, true) {
            return true;
        }
        (self.answer)(Answer::Connection(ConnectionNews::Lost(why)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::connection::Peer;
    use super::*;
    use std::io;
    use std::sync::mpsc::channel;

    struct NoConnect;

    impl Connect for NoConnect {
        fn connect(&mut self, _is_again: bool) -> io::Result<Peer> {
            Err(io::Error::other("there is none"))
        }
    }

    #[test]
    fn a_question_hurries_the_next_attempt_but_ends_none_that_is_under_way() {
        let own = tempfile::tempdir().unwrap();
        let first_pause = Duration::from_secs(1);
        let archive = RemoteArchive { host: "kho".to_owned(), connect: Box::new(NoConnect), first_pause };
        let (events, _receive) = channel();
        let marks = Store::open_marks(own.path(), "kho").unwrap();
        let mut session = RemoteSession::new(archive, marks, Arc::default(), events.clone(), |_| true);
        let later = (Instant::now() + LONGEST_PAUSE * 100, LONGEST_PAUSE);
        let asked = || PendingAsk { turn: 1, ask: Ask::HasNew, stop: Arc::default() };
        let peer = Peer { input: Box::new(io::empty()), output: Box::new(io::sink()), process: None };
        session.retry = Some(later);
        session.connection = Some(Connection::begin(peer, 1, &events).unwrap());
        session.ask(asked());
        assert_eq!(session.retry, Some(later), "it has not said hello yet");
        session.connection = None;
        session.ask(asked());
        assert!(session.retry.is_some_and(|(at, paused)| at < later.0 && paused == LONGEST_PAUSE));
    }
}
