//! The one place that knows which system the program runs on: terminals, signals, and what files are beside their bytes.
//! `unix` and `other` offer the same functions under the same names, so that no other module needs a `cfg` to build.
//! What the functions are used for, and what is said when they fail, is left to the callers.

use crossterm::event::Event;
use std::time::Duration;

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub use other::{files, interrupt, terminal};
#[cfg(unix)]
pub use unix::{files, interrupt, terminal};

/// What the system tells the program about its life and its terminal, on a thread of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemNotice {
    /// The window has another size.
    Resized,
    /// The program will be stopped when this has been answered.
    Stopping,
    /// It was stopped and goes on.
    GoingOn,
    /// It ends when this has been answered.
    Ending,
}

/// Answers a notice; may be called from several threads at once.
pub type NoticeHandler = Box<dyn Fn(SystemNotice) + Send + Sync>;

/// Takes what a terminal sends. Systems send bytes or events; each function returns `false` when nobody listens.
pub trait KeySink {
    /// How long the next bytes may take before `silence` is called; `None` where it makes no difference.
    fn timeout(&self) -> Option<Duration>;
    /// Bytes of one read, at least one.
    fn bytes(&mut self, bytes: &[u8]) -> bool;
    /// Nothing came for as long as `timeout` said.
    fn silence(&mut self) -> bool;
    /// A key, a paste or a size, on systems that send these.
    fn event(&mut self, event: Event) -> bool;
}
