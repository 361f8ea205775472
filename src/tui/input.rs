//! The one thread that reads the terminal. It turns what was typed, pasted and resized into events, in the order it
//! came, and loses none of a burst. What an event means is left to `update`; that the program ends although this thread
//! waits for the rest of an escape sequence, or spins on a dead terminal, is left to `terminal`, which watches it.

use crossterm::event::{self, KeyEvent, KeyEventKind};
use std::sync::Arc;
use std::{io, thread};

/// What comes from the terminal and its signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed, or repeats; never a release.
    Key(KeyEvent),
    /// Text was pasted in one piece; it may hold anything.
    Paste(String),
    /// The window has this many columns and lines now.
    Resize(u16, u16),
    /// The program was stopped and goes on: the screen holds something else and must be drawn whole.
    Resumed,
    /// The terminal can no longer be read, and why.
    Failed(String),
}

/// Takes an event to the loop; `false` says that nobody listens any more.
pub type Sender = Arc<dyn Fn(Event) -> bool + Send + Sync>;

/// Starts the thread.
pub fn spawn(send: Sender) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || read(&send)).map(drop)
}

fn read(send: &Sender) {
    loop {
        let event = match event::read() {
            Ok(event) => translate(event),
            Err(error) => {
                send(Event::Failed(error.to_string()));
                return;
            }
        };
        if event.is_some_and(|event| !send(event)) {
            return;
        }
    }
}

/// An event of crossterm as one of ours; nothing for what is of no interest (releases, focus, mouse).
fn translate(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(width, height) => Some(Event::Resize(width, height)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn presses_and_repeats_pass_and_releases_do_not() {
        for (kind, passes) in
            [(KeyEventKind::Press, true), (KeyEventKind::Repeat, true), (KeyEventKind::Release, false)]
        {
            let key = KeyEvent::new_with_kind(KeyCode::Char('ệ'), KeyModifiers::NONE, kind);
            assert_eq!(translate(event::Event::Key(key)).is_some(), passes, "{kind:?}");
        }
        assert_eq!(translate(event::Event::FocusGained), None);
    }
}
