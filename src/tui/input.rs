//! What comes from the terminal: keys, pastes, sizes, in the order they came, none of a burst lost. One thread reads
//! the terminal, and no other. What an event means is left to `update`; that the program ends whatever this thread
//! waits for is left to `terminal`.

pub mod decode;
mod read;

use crossterm::event::KeyEvent;
use std::sync::Arc;
use std::{io, thread};

/// What comes from the terminal and its signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalEvent {
    /// A key was pressed, or repeats; never a release. Capitals come with Shift, `Enter` for both line ends,
    /// `Backspace` for both of its codes.
    Key(KeyEvent),
    /// Text was pasted in one piece. It may contain anything, control characters included.
    Paste(String),
    /// The window has this many columns and lines now.
    Resize(u16, u16),
    /// The program was stopped and continued: the screen shows something else and must be drawn completely.
    Resumed,
    /// The terminal can no longer be read, and why.
    Failed(String),
}

/// Sends events that came together to the loop, which draws after the last of them. Returns `false` if nobody listens
/// any more.
pub type Sender = Arc<dyn Fn(Vec<TerminalEvent>) -> bool + Send + Sync>;

/// Starts the thread that reads the terminal until nobody listens.
pub(super) fn spawn(send: Sender) -> io::Result<()> {
    let read = move || {
        if let Err(error) = crate::system::terminal::read_keys(&mut read::TerminalReader::new(send.clone())) {
            send(vec![TerminalEvent::Failed(error.to_string())]);
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(drop)
}
