//! The console, through crossterm: modes, size, keys as events.

use crate::system::{KeySink, NoticeHandler};
use crossterm::event;
use std::io::{self, IsTerminal, Write};

/// Empty, because crossterm remembers the console's modes itself.
pub struct Modes;

/// Whether the variable TERM describes the terminal.
pub const IS_NAMED_BY_TERM: bool = false;

/// Whether standard output is a terminal that understands escape sequences. Asking switches them on.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal() && crossterm::ansi_support::supports_ansi()
}

/// Does nothing: the console's keys are read even if standard input is a pipe or a file.
pub fn keys_from_terminal() -> io::Result<()> {
    Ok(())
}

/// The size of the window: columns and lines.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Switches to raw mode: each key comes at once, is not echoed and has no meaning of its own.
pub fn raw_modes() -> io::Result<Modes> {
    crossterm::terminal::enable_raw_mode()?;
    Ok(Modes)
}

/// Restores the modes as they were.
pub fn restore(_modes: &Modes) {
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Does nothing: the console has no queue of keys that can be dropped.
pub fn drop_typed_ahead() {}

/// Does nothing: the console takes output at once.
pub fn drop_output() {}

/// Writes all of `bytes`, and waits until they are out.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Hands on what the console sends, until the receiver is gone.
pub fn read_keys(to: &mut dyn KeySink) -> io::Result<()> {
    while to.event(event::read()?) {}
    Ok(())
}

/// Runs `other`. The console gives its keys to the program that reads them first, which is the one in front.
pub fn lend_keys<T>(other: impl FnOnce() -> T) -> T {
    other()
}

/// Does nothing: when the console is closed, the program ends with it.
#[expect(clippy::unnecessary_wraps, reason = "the same function can fail on Unix")]
pub fn watch(_handler: NoticeHandler) -> io::Result<()> {
    Ok(())
}

/// `false`: there is no job control here.
pub fn suspend() -> bool {
    false
}
