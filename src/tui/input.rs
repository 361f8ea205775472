//! Input from the terminal: keys, pastes and sizes, in the order in which they came; no event of a burst is lost. One
//! thread, and only this one, reads the terminal. What an event means is up to `update`. Ending the program while this
//! thread is blocked in a read is up to `terminal`.

pub mod decode;
mod read;

use crate::tui::message::MouseInput;
use crossterm::event::KeyEvent;
use std::sync::Arc;
use std::{io, thread};

/// An event from the terminal, or from a signal about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalEvent {
    /// A key was pressed, or repeats; never a release. Capitals come with Shift, `Enter` for both line ends,
    /// `Backspace` for both of its codes.
    Key(KeyEvent),
    /// Text was pasted in one piece. It may contain anything, control characters included.
    Paste(String),
    /// The mouse was used, if the terminal was asked to tell.
    Mouse(MouseInput),
    /// The window has this many columns and lines now.
    Resize(u16, u16),
    /// The program was stopped and continued: the screen shows something else and must be drawn completely.
    Resumed,
    /// The terminal can no longer be read, for this reason.
    Failed(String),
}

/// Sends the events of one read to the main loop, which draws once after the last of them. Returns `false` if the loop
/// has ended.
pub type Sender = Arc<dyn Fn(Vec<TerminalEvent>) -> bool + Send + Sync>;

/// Starts the thread that reads the terminal until the main loop has ended.
pub(super) fn spawn(send: Sender) -> io::Result<()> {
    let read = move || {
        if let Err(error) = crate::system::terminal::read_keys(&mut read::TerminalReader::new(send.clone())) {
            send(vec![TerminalEvent::Failed(error.to_string())]);
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(drop)
}
