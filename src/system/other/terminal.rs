//! The terminal, through crossterm.

use crate::system::{Answer, Keys};
use crossterm::event;
use std::io::{self, IsTerminal, Write};

/// crossterm remembers how the console was.
pub struct Modes;

/// Whether the environment's TERM says what the terminal can do.
pub const IS_NAMED_BY_TERM: bool = false;

/// Whether standard output shows on a terminal that understands escape sequences (asking switches that on).
pub fn is_terminal() -> bool {
    io::stdout().is_terminal() && crossterm::ansi_support::supports_ansi()
}

/// The console's keys are read whatever standard input is.
pub fn keys_from_terminal() -> io::Result<()> {
    Ok(())
}

/// Columns and lines of the window.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Keys one by one, unechoed, uninterpreted.
pub fn raw_modes() -> io::Result<Modes> {
    crossterm::terminal::enable_raw_mode()?;
    Ok(Modes)
}

/// The modes as they were.
pub fn restore(_modes: &Modes) {
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Nothing waits in a queue of ours.
pub fn drop_typed_ahead() {}

/// Nothing waits in a queue of ours.
pub fn drop_output() {}

/// Writes all of `bytes`.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Hands on what the console sends, until nobody listens.
pub fn read_keys(to: &mut dyn Keys) -> io::Result<()> {
    while to.event(event::read()?) {}
    Ok(())
}

/// Closing the console ends the program, and the console with it.
#[expect(clippy::unnecessary_wraps, reason = "the same function can fail on Unix")]
pub fn watch(_answer: Answer) -> io::Result<()> {
    Ok(())
}

/// There is no job control.
pub fn suspend() -> bool {
    false
}
