//! The reader: the screens, the keys and the loop that joins them to the terminal and to the worker.
//! `update` and `view` are pure (values in, values out); the terminal thread, the signal thread and the worker meet
//! the loop in one channel. What may be found and how it is stored is left to the layers below.

pub mod action;
pub mod app;
pub mod chord;
mod command_search;
mod composed_key;
mod effects;
mod help_lines;
pub mod input;
pub mod keymap;
pub mod line_editor;
pub mod message;
pub mod panes;
mod people_layout;
mod report_hits;
pub mod report_layout;
pub mod settings;
pub mod terminal;
pub mod text_layout;
pub mod theme;
pub mod topic_pages;
pub mod update;
pub mod view;
pub mod worker;

use crate::config::dirs::LOG_FILE;
use crate::store::Store;
use app::App;
use message::{Effect, Message};
use settings::ReaderSettings;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use terminal::Terminal;
use worker::Worker;

/// How many waiting messages are taken before the screen is drawn. An input method sends a burst of keys for one
/// letter, and a held key repeats faster than a slow terminal draws.
const BURST: usize = 256;

/// How long the first frame waits for the first rows of the list.
const FIRST_ROWS: Duration = Duration::from_millis(30);

/// How long a frame waits for the answer to a question that has just been asked. Most answers come sooner, and one
/// frame is calmer than two.
const ANSWER_GRACE: Duration = Duration::from_millis(4);

/// Why the reader could not run, or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// There is no reader on this terminal (exit code 2).
    #[error(transparent)]
    Unusable(#[from] terminal::TerminalUnusable),
    /// The terminal failed later on.
    #[error("the screen could not be drawn: {0}; the terminal may be gone")]
    Drawing(std::io::Error),
    /// The system gave no thread.
    #[error("the reader could not be started: {0}; free some memory and try again")]
    Worker(std::io::Error),
}

/// Opens the reader on the cache that `open` gives, and returns when the user leaves it. The terminal is given back in
/// any case. It is not taken before the cache is open, so that an error about the cache is printed on the shell's
/// screen. `open` runs on the thread that will own the cache, at the same time as the terminal is prepared.
pub fn run<E: From<ReaderError> + Send + 'static>(
    open: impl FnOnce() -> Result<Store, E> + Send + 'static,
    settings: ReaderSettings,
) -> Result<(), E> {
    let (send, receive) = mpsc::channel();
    let (opened, is_open) = mpsc::channel();
    let open = move || match open() {
        Ok(store) => opened.send(Ok(())).is_ok().then_some(store),
        Err(error) => {
            // Nobody listens if the reader could not be started.
            let _ = opened.send(Err(error));
            None
        }
    };
    let answering = send.clone();
    let answers = move |answer| answering.send(vec![Message::Answer(answer)]).is_ok();
    let worker = Worker::spawn(open, settings.state.clone(), answers).map_err(ReaderError::Worker)?;
    let mut terminal = Terminal::prepare().map_err(ReaderError::Unusable)?;
    let remembered = worker::remembered(settings.state.as_deref());
    let log = settings.state.as_deref().map(|folder| folder.join(LOG_FILE));
    let mut app = App::new(settings, remembered, terminal.size().map_err(ReaderError::Drawing)?);
    let effects = update::begin(&mut app);
    // None of the questions of the start is `Quit`.
    let _ = perform_all(&mut app, &mut terminal, &worker, effects);
    match is_open.recv() {
        Ok(done) => done?,
        Err(gone) => return Err(ReaderError::Worker(std::io::Error::other(gone)).into()),
    }
    terminal
        .enter(
            log,
            Arc::new(move |events: Vec<input::TerminalEvent>| {
                send.send(events.into_iter().map(translated).collect()).is_ok()
            }),
        )
        .map_err(ReaderError::Unusable)?;
    Ok(event_loop(&mut app, &mut terminal, &worker, &receive)?)
}

/// The event loop: draws, waits for messages, updates. It draws once for all messages that wait.
fn event_loop(
    app: &mut App,
    terminal: &mut Terminal,
    worker: &Worker,
    receive: &Receiver<Vec<Message>>,
) -> Result<(), ReaderError> {
    // An empty first frame that is drawn over at once would only flicker.
    let mut first = receive.recv_timeout(FIRST_ROWS).ok();
    let mut grace = Duration::ZERO;
    loop {
        let until = Instant::now() + grace;
        while let Some(messages) = first {
            for message in messages.into_iter().chain(receive.try_iter().take(BURST).flatten()) {
                let effects = update::update(app, message);
                if perform_all(app, terminal, worker, effects).is_break() {
                    return Ok(());
                }
            }
            // Draw a quick answer together with the key that asked for it.
            let left = until.saturating_duration_since(Instant::now());
            first = (app.awaits() && !left.is_zero()).then(|| receive.recv_timeout(left).ok()).flatten();
        }
        terminal.draw(|buffer| view::draw(app, buffer)).map_err(ReaderError::Drawing)?;
        grace = ANSWER_GRACE;
        first = receive.recv().ok();
        if first.is_none() {
            return Ok(());
        }
    }
}

/// Performs effects and hands what came of them back to `update`; breaks off at `Effect::Quit`.
fn perform_all(app: &mut App, terminal: &mut Terminal, worker: &Worker, effects: Vec<Effect>) -> ControlFlow<()> {
    let mut waiting = VecDeque::from(effects);
    while let Some(effect) = waiting.pop_front() {
        if effect == Effect::Quit {
            return ControlFlow::Break(());
        }
        if let Some(outcome) = effects::perform(terminal, worker, effect) {
            waiting.extend(update::update(app, Message::EffectDone(outcome)));
        }
    }
    ControlFlow::Continue(())
}

fn translated(event: input::TerminalEvent) -> Message {
    match event {
        input::TerminalEvent::Key(key) => Message::Key(key),
        input::TerminalEvent::Paste(text) => Message::Pasted(text),
        input::TerminalEvent::Resize(width, height) => Message::Resized { width, height },
        input::TerminalEvent::Resumed => Message::Resumed,
        input::TerminalEvent::Failed(_) => Message::Ended,
    }
}
