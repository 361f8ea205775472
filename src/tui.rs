//! The reader: the screens, the keys and the loop that joins them to the terminal and to the worker.
//! `update` and `view` are pure (values in, values out); the terminal thread, the signal thread and the worker meet
//! the loop in one channel. What may be found and how it is stored is left to the layers below.

pub mod action;
pub mod app;
mod career;
pub mod chord;
pub mod flow;
mod hits;
pub mod input;
pub mod keymap;
pub mod line;
mod lineup;
mod manual;
pub mod message;
mod numbers;
pub mod page;
pub mod panes;
mod perform;
pub mod reasons;
pub mod settings;
pub mod terminal;
pub mod theme;
pub mod topic;
mod typing;
pub mod update;
pub mod view;
pub mod words;
pub mod worker;

use crate::store::Store;
use app::App;
use message::{Effect, Message};
use settings::Settings;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use terminal::Terminal;
use worker::Worker;

/// At most so many waiting messages are taken before the screen is drawn.
const BURST: usize = 256;

/// Why the reader could not run, or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no reader on this terminal (exit code 2).
    #[error(transparent)]
    Unusable(#[from] terminal::Unusable),
    /// The terminal failed later on.
    #[error("the screen could not be drawn: {0}; the terminal may be gone")]
    Drawing(std::io::Error),
    /// The system gave no thread.
    #[error("the reader could not be started: {0}; free some memory and try again")]
    Worker(std::io::Error),
}

/// Opens the reader on `store` and returns when the user leaves it; the terminal is given back in any case.
pub fn run(store: Store, settings: Settings) -> Result<(), Error> {
    let (send, receive) = mpsc::channel();
    let from_terminal = send.clone();
    let log = settings.state.as_deref().map(|folder| folder.join("baocao.log"));
    let mut terminal = Terminal::open(log, Arc::new(move |event| from_terminal.send(translated(event)).is_ok()))?;
    let remembered = worker::remembered(settings.state.as_deref());
    let answers = move |answer| send.send(Message::Answer(answer)).is_ok();
    let worker = Worker::spawn(store, settings.state.clone(), answers).map_err(Error::Worker)?;
    let size = terminal.size().map_err(Error::Drawing)?;
    let mut app = App::new(settings, remembered, size);
    for effect in update::begin(&mut app) {
        perform::perform(&mut app, &mut terminal, &worker, effect);
    }
    turn(&mut app, &mut terminal, &worker, &receive)
}

/// Draws, waits, updates, until the end.
fn turn(app: &mut App, terminal: &mut Terminal, worker: &Worker, receive: &Receiver<Message>) -> Result<(), Error> {
    loop {
        terminal.draw(|frame| view::frame(app, frame)).map_err(Error::Drawing)?;
        let Ok(first) = receive.recv() else { return Ok(()) };
        for message in std::iter::once(first).chain(receive.try_iter().take(BURST)) {
            for effect in update::update(app, message) {
                if effect == Effect::Quit {
                    return Ok(());
                }
                perform::perform(app, terminal, worker, effect);
            }
        }
    }
}

fn translated(event: input::Event) -> Message {
    match event {
        input::Event::Key(key) => Message::Key(key),
        input::Event::Paste(text) => Message::Pasted(text),
        input::Event::Resize(width, height) => Message::Resized { width, height },
        input::Event::Resumed => Message::Resumed,
        input::Event::Failed(_) => Message::Ended,
    }
}
