//! The reader: the screens, the keys and the event loop that connects them to the terminal and to the worker.
//! `update` and `view` are pure functions. The terminal thread, the signal thread and the worker thread all send into
//! one channel, which the loop receives from. Searching and storing are left to the layers below.
//!
//! ```text
//! terminal thread ─┐                                      ┌─▶ terminal, clipboard, browser
//! signal thread   ─┼─▶ channel ─▶ update ─▶ effects ──────┤
//! worker thread   ─┤              (App)                   ├─▶ worker (owns the cache)
//! sync, verbs     ─┘                │                     └─▶ sync, verbs (as other processes)
//!                                   └─▶ view ─▶ terminal
//! ```

mod abbreviate;
pub mod app;
mod choices;
mod command_search;
mod composed_key;
mod effect_executor;
mod help_lines;
pub mod input;
pub mod input_line;
pub mod list_columns;
pub mod message;
mod page_search;
pub mod panes;
mod people_layout;
pub mod quote_pages;
mod report_hits;
pub mod report_layout;
pub mod settings;
pub mod terminal;
pub mod text_layout;
pub mod text_selection;
mod tour;
pub mod update;
pub mod view;
pub mod worker;

use crate::config::dirs::LOG_FILE;
use crate::store::Store;
use app::App;
use effect_executor::Helpers;
use message::{Effect, Message};
use settings::ReaderSettings;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use terminal::Terminal;
use worker::Worker;
use worker::remote::RemoteArchive;

/// The most batches of messages to process before the screen is drawn. An input method sends a burst of keys for one
/// letter, and a held key repeats faster than a slow terminal draws. Without a limit, a held key could keep the screen
/// from being drawn at all.
const BURST: usize = 256;

/// How long no message comes until the keys are said to rest. A held key repeats every 30 to 50 ms.
const REST: Duration = Duration::from_millis(110);

/// How long the first frame waits for the first rows of the list.
const FIRST_ROWS: Duration = Duration::from_millis(30);

/// How long a frame waits for the answer to a question that has just been asked. Most answers arrive sooner. Drawing
/// key and answer in one frame avoids a flicker.
const ANSWER_GRACE: Duration = Duration::from_millis(4);

/// Why the reader could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The reader cannot run on this terminal (exit code 2).
    #[error(transparent)]
    Unusable(#[from] terminal::TerminalUnusable),
    /// The terminal failed while the reader was running.
    #[error("the screen could not be drawn: {0}; the terminal may be gone")]
    Drawing(std::io::Error),
    /// The worker thread could not be started, or ended before it reported whether the cache is open.
    #[error("the reader could not be started: {0}; free some memory and try again")]
    Worker(std::io::Error),
    /// The archive on another machine does not answer.
    #[error("{0}")]
    Remote(String),
    /// Orders that were sent to the worker and not carried out before the end. None of them was told to be saved.
    #[error(
        "{0} of the last marks and decisions could not be saved, because another program holds them locked; \
         end it, and set them again"
    )]
    Unsaved(usize),
}

/// Where the reports of a reader are. The functions run on the worker thread, which will own what they open.
pub enum ReaderSource<F> {
    /// In the cache that this opens.
    Store(F),
    /// On another machine. What is opened here is the reader's marks (`Store::open_marks`).
    Remote { archive: RemoteArchive, open_marks: F },
}

/// Runs the reader on its source until the user quits. The terminal is restored in any case. Returns the error of
/// opening, or a `ReaderError`.
///
/// The source is opened on the worker thread while this thread prepares the terminal: the two overlap to save start-up
/// time. The alternate screen is entered only after it is open, so that an error about the cache is printed on the
/// shell's screen, and `ssh` can ask for a password there.
pub fn run<E, F>(source: ReaderSource<F>, settings: ReaderSettings) -> Result<(), E>
where
    E: From<ReaderError> + Send + 'static,
    F: FnOnce() -> Result<Store, E> + Send + 'static,
{
    let (send, receive) = mpsc::channel();
    let (opened, is_open) = mpsc::channel();
    let answering = send.clone();
    let later = send.clone();
    let answers = move |answer| answering.send(vec![Message::Answer(answer)]).is_ok();
    // The receiver is gone if the terminal could not be prepared; that error is reported instead.
    let worker = match source {
        ReaderSource::Store(open) => {
            let open = move || match open() {
                Ok(store) => opened.send(Ok(())).is_ok().then_some(store),
                Err(error) => {
                    let _ = opened.send(Err(error));
                    None
                }
            };
            Worker::spawn(open, answers)
        }
        ReaderSource::Remote { archive, open_marks } => {
            let failed = opened.clone();
            let open = move || open_marks().map_err(|error| failed.send(Err(error))).ok();
            let tell = move |done: Result<(), String>| {
                let _ = opened.send(done.map_err(|why| ReaderError::Remote(why).into()));
            };
            Worker::spawn_remote(archive, open, tell, answers)
        }
    };
    let worker = worker.map_err(ReaderError::Worker)?;
    let helpers = Helpers { worker, sync: RefCell::default(), later };
    let mut terminal = Terminal::prepare().map_err(ReaderError::Unusable)?;
    let state = settings.state.clone();
    let remembered = worker::remembered(state.as_deref());
    let log = state.as_deref().map(|folder| folder.join(LOG_FILE));
    let mut app = App::new(settings, remembered, terminal.size().map_err(ReaderError::Drawing)?);
    let effects = update::begin(&mut app);
    // `begin` only asks questions, so none of these effects is `Quit`.
    let _ = perform_all(&mut app, &mut terminal, &helpers, effects);
    match is_open.recv() {
        Ok(done) => done?,
        Err(gone) => return Err(ReaderError::Worker(std::io::Error::other(gone)).into()),
    }
    terminal
        .enter(
            app.settings.mouse,
            log,
            app.settings.lang,
            Arc::new(move |events: Vec<input::TerminalEvent>| {
                send.send(events.into_iter().map(translated).collect()).is_ok()
            }),
        )
        .map_err(ReaderError::Unusable)?;
    let ended = event_loop(&mut app, &mut terminal, &helpers, &receive);
    // First the terminal: the user has it back whatever the worker is doing.
    drop(terminal);
    // A session that cannot be saved opens at the top of the list the next time, which needs no message now.
    if let Err(error) = worker::remember(state.as_deref(), &app.remembered()) {
        tracing::warn!("the last place could not be kept: {error}");
    }
    // What a run has under way is asked for again by the next one.
    helpers.sync.take();
    let lost = helpers.worker.finish();
    ended.map_err(E::from)?;
    if lost > 0 { Err(ReaderError::Unsaved(lost).into()) } else { Ok(()) }
}

/// The event loop: processes all waiting messages, draws once, then waits for the next message.
fn event_loop(
    app: &mut App,
    terminal: &mut Terminal,
    helpers: &Helpers,
    receive: &Receiver<Vec<Message>>,
) -> Result<(), ReaderError> {
    // Wait a moment for the first rows: an empty frame that is replaced at once would flicker.
    let mut first = receive.recv_timeout(FIRST_ROWS).ok();
    let mut grace = Duration::ZERO;
    loop {
        let until = Instant::now() + grace;
        while let Some(messages) = first {
            for message in messages.into_iter().chain(receive.try_iter().take(BURST).flatten()) {
                let effects = update::update(app, message);
                if perform_all(app, terminal, helpers, effects).is_break() {
                    return Ok(());
                }
            }
            // Stay in this loop until the grace period ends, so that a quick answer is drawn together with the key that
            // caused the question.
            let left = until.saturating_duration_since(Instant::now());
            first = (app.awaits() && !left.is_zero()).then(|| receive.recv_timeout(left).ok()).flatten();
        }
        terminal.draw(|buffer| view::draw(app, buffer)).map_err(ReaderError::Drawing)?;
        grace = ANSWER_GRACE;
        first = if app.awaits_rest() {
            match receive.recv_timeout(REST) {
                Err(RecvTimeoutError::Timeout) => Some(vec![Message::Rested]),
                received => received.ok(),
            }
        } else {
            receive.recv().ok()
        };
        if first.is_none() {
            return Ok(());
        }
    }
}

/// Performs effects and passes their outcomes to `update`, which may return more effects. Stops at `Effect::Quit`.
fn perform_all(app: &mut App, terminal: &mut Terminal, helpers: &Helpers, effects: Vec<Effect>) -> ControlFlow<()> {
    let mut waiting = VecDeque::from(effects);
    while let Some(effect) = waiting.pop_front() {
        if effect == Effect::Quit {
            return ControlFlow::Break(());
        }
        if let Some(outcome) = effect_executor::perform(terminal, helpers, effect) {
            waiting.extend(update::update(app, Message::EffectDone(outcome)));
        }
    }
    ControlFlow::Continue(())
}

fn translated(event: input::TerminalEvent) -> Message {
    match event {
        input::TerminalEvent::Key(key) => Message::Key(key),
        input::TerminalEvent::Mouse(input) => Message::Mouse(input),
        input::TerminalEvent::Paste(text) => Message::Pasted(text),
        input::TerminalEvent::Resize(width, height) => Message::Resized { width, height },
        input::TerminalEvent::Resumed => Message::Resumed,
        input::TerminalEvent::Failed(_) => Message::Ended,
    }
}
