//! All that differs between operating systems: terminals, signals, modes and kinds of files. `unix` and `other` have
//! the same functions under the same names, so that no other module needs a `cfg`. What the functions are used for, and
//! the messages when they fail, are left to the callers.

use crossterm::event::Event;
use std::io;
use std::time::Duration;

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

pub mod terminal_env;

#[cfg(not(unix))]
pub use other::{files, helper, interrupt, terminal};
#[cfg(unix)]
pub use unix::{files, helper, interrupt, terminal};

/// An event from the system about the program or its terminal. Comes on a thread of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemNotice {
    /// The window has another size.
    Resized,
    /// The program is stopped (as by ^Z) when the handler returns.
    Stopping,
    /// The program was stopped and continues.
    Continued,
    /// The program ends when the handler returns.
    Ending,
}

/// What another program may take.
#[derive(Clone, Copy, Debug)]
pub struct HelperLimits {
    /// How long it may run.
    pub time: Duration,
    pub output_bytes: usize,
    /// How much memory it may have, where the system can bound that.
    pub memory_bytes: u64,
}

/// Why another program gave nothing.
#[derive(Debug)]
pub enum HelperFailure {
    /// It could not be started or read.
    Start(io::Error),
    /// It ended with an error.
    Refused,
    TooLong,
    TooMuch,
    /// The caller no longer wants it.
    Stopped,
}

/// Handles a notice. May be called from several threads at once.
pub type NoticeHandler = Box<dyn Fn(SystemNotice) + Send + Sync>;

/// Receives what a terminal sends: bytes or events, depending on the system. Each function returns `false` when the
/// receiver is gone, which ends the reading.
pub trait KeySink {
    /// After what time without bytes `silence` is called: an Escape that nothing follows is the key. `None` for never.
    fn timeout(&self) -> Option<Duration>;
    /// Takes the bytes of one read, at least one.
    fn bytes(&mut self, bytes: &[u8]) -> bool;
    /// Called when no bytes came for the time that `timeout` gave.
    fn silence(&mut self) -> bool;
    /// Takes a key, a paste or a size, on systems that send these.
    fn event(&mut self, event: Event) -> bool;
}
